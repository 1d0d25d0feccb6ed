/*
 * breaker.c: Knuth and Plass's total-fit line breaking in integers.
 *
 * Active nodes are breaks from which a line may still begin. Each
 * candidate break looks back at all of them; a node that can no longer
 * reach a candidate is dropped. Per candidate and fitness class only the
 * cheapest way survives, so the work is candidates x lines in reach.
 */
#include "layout/layout_int.h"

#define BADNESS_MAX	10000
#define LINE_PENALTY	10
#define DEMERITS_HYPHENS	10000	/* two lines in a row */
#define DEMERITS_LAST	5000	/* hyphen before the last line */
#define DEMERITS_FIT	10000	/* tight beside loose */

enum { FIT_TIGHT, FIT_DECENT, FIT_LOOSE, FIT_VERY_LOOSE, FIT_COUNT };

struct active {
	uint32_t bp;
	int8_t	 fitness;
	int64_t	 cost;
	struct active *prev;	/* the way here */
	struct active *next;	/* in the list */
};

/* 100 r^3; r in 1/256. */
static int32_t
cubed(sp r)
{
	r = r * r / 256 * r / 256 * 100 / 256;
	return r > BADNESS_MAX ? BADNESS_MAX : (int32_t)r;
}

static int32_t
cube_badness(sp part, sp whole)
{
	if (part == 0)
		return 0;
	if (whole <= 0 || part / 5 > whole)
		return BADNESS_MAX;
	return cubed(part * 256 / whole);
}

/* The least ratio, in 1/256, that is too bad; 0: none is. */
static sp
ratio_beyond(int32_t tolerance)
{
	sp	 lo = 0, hi = 5 * 256;	/* cubed(lo) <= tolerance < cubed(hi) */

	if (tolerance >= BADNESS_MAX)
		return 0;
	while (hi - lo > 1) {
		sp	 mid = (lo + hi) / 2;

		if (cubed(mid) <= tolerance)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

int32_t
break_badness(const struct break_params *p, sp w, sp stretch, sp shrink,
    int *fitness)
{
	sp	 slack = p->width - w;
	int32_t	 b;

	if (slack >= 0) {
		b = cube_badness(slack, stretch + p->extra);
		*fitness = b > 100 ? FIT_VERY_LOOSE : b > 12 ? FIT_LOOSE :
		    FIT_DECENT;
		return b;
	}
	if (p->ragged || -slack > shrink)
		return INT32_MAX;
	b = cube_badness(-slack, shrink);
	*fitness = b > 12 ? FIT_TIGHT : FIT_DECENT;
	return b;
}

int64_t
break_demerits(int32_t badness, const struct bp *bp, bool prev_flagged,
    bool last, int fitness, int prev_fitness)
{
	int64_t	 d = LINE_PENALTY + badness;

	d *= d;
	d += (int64_t)bp->penalty * bp->penalty;
	if (bp->flagged && prev_flagged)
		d += DEMERITS_HYPHENS;
	if (last && prev_flagged)
		d += DEMERITS_LAST;
	if (fitness - prev_fitness > 1 || prev_fitness - fitness > 1)
		d += DEMERITS_FIT;
	return d;
}

struct search {
	struct arena	*arena;
	const struct bp	*bps;
	size_t		 n;
	const struct break_params *par;
	sp		 beyond;	/* see ratio_beyond */
	struct active	*head;
};

struct best { int64_t cost; struct active *from; };

/* All lines from active nodes to candidate j; drops nodes out of reach. */
static void
look_back(struct search *s, size_t j, struct best best[FIT_COUNT])
{
	const struct bp	*e = &s->bps[j];
	struct active	**link = &s->head, *a;
	bool		 last = j + 1 == s->n;

	while ((a = *link) != NULL) {
		const struct bp	*b = &s->bps[a->bp];
		sp		 w = e->w_end - b->w_next;
		int		 fit = FIT_DECENT;
		int32_t		 bad;
		int64_t		 cost;

		/* Most lines looked at are far too short: no division. */
		if (s->beyond > 0 && !e->forced && w < s->par->width &&
		    (s->par->width - w) * 256 >= s->beyond *
		    (s->par->extra + e->st_end - b->st_next)) {
			link = &a->next;
			continue;
		}
		bad = break_badness(s->par, w, e->st_end - b->st_next,
		    e->sh_end - b->sh_next, &fit);
		if (bad != INT32_MAX && e->forced && w <= s->par->width) {
			bad = 0;
			fit = FIT_DECENT;
		}
		if (bad <= s->par->tolerance) {
			cost = a->cost + break_demerits(bad, e, b->flagged,
			    last, fit, a->fitness);
			if (best[fit].from == NULL || cost < best[fit].cost)
				best[fit] = (struct best){ cost, a };
		}
		if (bad == INT32_MAX || e->forced)
			*link = a->next;
		else
			link = &a->next;
	}
}

static void
activate(struct search *s, size_t j, const struct best best[FIT_COUNT],
    struct active **tail)
{
	for (int f = 0; f < FIT_COUNT; f++) {
		struct active	*a;

		if (best[f].from == NULL)
			continue;
		a = ARENA_NEW(s->arena, struct active, 1);
		*a = (struct active){ (uint32_t)j, (int8_t)f, best[f].cost,
		    best[f].from, *tail };
		*tail = a;
	}
}

size_t
break_total_fit(struct arena *scratch, const struct bp *bps, size_t n,
    const struct break_params *par, uint32_t *chosen, int64_t *cost)
{
	struct active	 start = { .fitness = FIT_DECENT };
	struct search	 s = { scratch, bps, n, par,
			    ratio_beyond(par->tolerance), &start };
	struct active	*end = NULL, **tail;
	size_t		 count = 0;

	for (size_t j = 1; j < n && s.head != NULL; j++) {
		struct best	 best[FIT_COUNT] = { { 0, NULL } };

		look_back(&s, j, best);
		for (tail = &s.head; *tail != NULL; tail = &(*tail)->next)
			continue;
		activate(&s, j, best, tail);
	}
	for (struct active *a = s.head; a != NULL; a = a->next)
		if (a->bp + 1 == n && (end == NULL || a->cost < end->cost))
			end = a;
	if (end == NULL)
		return 0;
	*cost = end->cost;
	for (const struct active *a = end; a->prev != NULL; a = a->prev)
		count++;
	for (size_t i = count; i > 0; i--, end = end->prev)
		chosen[i - 1] = end->bp;
	return count;
}
