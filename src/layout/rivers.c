/*
 * rivers.c: white that runs down through a paragraph.
 *
 * Whether word spaces stand above each other over three lines or more is
 * not known while breaks are being chosen: it depends on the lines before
 * and on how each is stretched, so a search that knew it would have to keep
 * nearly all ways apart. Rivers are rare enough for the other order: the
 * best breaks are found as if there were none, then the spaces of the lines
 * chosen are compared, each with those of the line above. Where a river is
 * found its lines are made dearer and the paragraph is broken again, a few
 * times at most. The new breaks are taken if their demerits and those of
 * their rivers are less together, so nothing is ever made worse. Text that
 * runs both ways is left alone.
 */
#include "layout/layout_int.h"

#define ROUNDS		4
#define RIVER_LINES	3	/* fewer are none */
#define DEMERITS_RIVER	40000	/* of three lines; each more twice that */
#define WIDE_PART	10	/* spaces wider by a tenth are seen */
#define GAPS_MAX	64	/* of a line; longer ones have no rivers */
#define BAD_MAX		32

struct gap { sp x, w; unsigned depth; };	/* depth: lines of the river */
struct gaps { struct gap v[GAPS_MAX]; size_t n; };
struct bads { struct bad_line v[BAD_MAX]; size_t n; int64_t cost; };

/* The word spaces of a line where they are drawn, if they are wide: narrow
 * ones do not make white that is seen. (A space's stretch is half of it.) */
static void
gaps_of(const struct par *p, const struct bp *a, const struct bp *b,
    struct gaps *g)
{
	const struct text_para	*t = p->t;
	sp	 x = 0, w = b->w_end - a->w_next, slack = p->m->w - w, add = 0;
	sp	 ex = b->ex_end - a->ex_next;

	g->n = 0;
	ex = slack < -ex ? -ex : slack < ex ? slack : ex;
	slack -= ex;
	if (b->forced || slack * WIDE_PART < (b->st_end - a->st_next) * 2)
		return;
	for (uint32_t i = a->next; i < b->end; i++) {
		if (t->adv[i] != 0 && run_space(t->text, i)) {
			if (g->n == GAPS_MAX) {
				g->n = 0;
				return;
			}
			g->v[g->n++] = (struct gap){ x, t->adv[i], 1 };
		}
		x += t->adv[i];
	}
	if (g->n > 0)
		add = slack / (sp)g->n;
	for (size_t i = 0; i < g->n; i++) {
		g->v[i].x += g->v[i].x * ex / w + add * (sp)i -
		    a->hang_next;
		g->v[i].w += add;
	}
}

/* Half of the narrower gap lies beneath the other. */
static bool
beneath(const struct gap *a, const struct gap *b)
{
	sp	 lo = a->x > b->x ? a->x : b->x;
	sp	 ha = a->x + a->w, hb = b->x + b->w;
	sp	 both = (ha < hb ? ha : hb) - lo;

	return both * 2 > (a->w < b->w ? a->w : b->w);
}

/* Follows rivers from the gaps above into these; how many lines the longest
 * that grew has, and the cost of all that did. */
static int64_t
flow_on(const struct gaps *above, struct gaps *g, unsigned *depth)
{
	int64_t	 cost = 0;
	size_t	 k = 0;

	*depth = 0;
	for (size_t i = 0; i < g->n; i++) {
		struct gap	*x = &g->v[i];

		while (k < above->n && above->v[k].x + above->v[k].w <= x->x)
			k++;
		for (size_t j = k; j < above->n && above->v[j].x < x->x + x->w;
		    j++)
			if (beneath(&above->v[j], x) &&
			    above->v[j].depth >= x->depth)
				x->depth = above->v[j].depth + 1;
		if (x->depth < RIVER_LINES)
			continue;
		cost += x->depth == RIVER_LINES ? DEMERITS_RIVER :
		    DEMERITS_RIVER * 2;
		*depth = x->depth > *depth ? x->depth : *depth;
	}
	return cost;
}

static int64_t
rivers(const struct par *p, const uint32_t *chosen, size_t n,
    struct bads *bads)
{
	struct gaps	 g[2];
	int64_t		 all = 0;

	g[1].n = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned depth;
		int64_t	 cost;

		gaps_of(p, &p->bps.v[i > 0 ? chosen[i - 1] : 0],
		    &p->bps.v[chosen[i]], &g[i & 1]);
		cost = flow_on(&g[(i + 1) & 1], &g[i & 1], &depth);
		all += cost;
		for (unsigned k = 0; cost > 0 && k < RIVER_LINES && k <= i &&
		    bads->n < BAD_MAX; k++)
			bads->v[bads->n++] = (struct bad_line){
			    i > k ? chosen[i - k - 1] : 0, chosen[i - k],
			    cost };
	}
	return all;
}

/* Of the breaks found with dearer lines, what they cost really. */
static int64_t
less_bad(const struct bads *bads, const uint32_t *chosen, size_t n,
    int64_t cost)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < bads->n; k++)
			if (bads->v[k].to == chosen[i] && bads->v[k].from ==
			    (i > 0 ? chosen[i - 1] : 0)) {
				cost -= bads->v[k].cost;
				break;
			}
	return cost;
}

size_t
par_mend_rivers(struct par *p, struct break_params *bp, uint32_t *chosen,
    size_t n, int64_t cost)
{
	struct bads	 bads = { .n = 0 };
	int64_t		 river = rivers(p, chosen, n, &bads);
	uint32_t	*other;

	if (river == 0)
		return n;
	other = ARENA_NEW(p->l->tmp, uint32_t, p->bps.n);
	for (int i = 0; i < ROUNDS && river > 0; i++) {
		size_t	 known = bads.n, k;
		int64_t	 c, r;

		bp->bad = bads.v;
		bp->nbad = bads.n;
		k = break_total_fit(p->l->tmp, p->bps.v, p->bps.n, bp, other,
		    &c);
		c = less_bad(&bads, other, k, c);
		r = rivers(p, other, k, &bads);
		if (c + r < cost + river) {
			memcpy(chosen, other, sizeof *other * k);
			n = k;
			cost = c;
			river = r;
		}
		if (bads.n == known)
			break;
	}
	return n;
}
