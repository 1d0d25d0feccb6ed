/*
 * breaker.c: Knuth and Plass's total-fit line breaking in integers.
 *
 * Active nodes are breaks from which a line may still begin, in the order
 * of the text. Each candidate break looks back at those that it can be
 * reached from: a node that can no longer reach a candidate is dropped, and
 * as later nodes only make shorter lines, the first that is far too short
 * ends the look.
 *
 * What a line costs may depend on the line before by its fitness class and
 * by how many hyphens stand in a row; of all ways to a candidate that are
 * alike in both only the cheapest survives, so the result is exact. Stacks
 * (the same word at the ends, or at the starts, of two lines) depend on the
 * two breaks of a line alone: the words that it ends with and that the line
 * before ended with, the words that it and the next line begin with. They
 * cost nothing to see. Rivers need three lines; see rivers.c.
 */
#include "layout/layout_int.h"

#define BADNESS_MAX	10000
#define LINE_PENALTY	100	/* each line, besides its badness */
#define BADNESS_PART	150	/* demerits are badness^2 + this badness */
#define PENALTY_PART	7	/* and this penalty^2 */
#define DEMERITS_HYPHENS	250000	/* two lines in a row */
#define DEMERITS_LAST	20000	/* hyphen before the last line */
#define DEMERITS_REST	300000	/* which is little more than what it cut */
#define DEMERITS_FIT	6000	/* tight beside loose */
#define DEMERITS_STACK	12000
#define DEMERITS_SHORT	250000	/* a last line of no width */

enum { FIT_TIGHT, FIT_DECENT, FIT_LOOSE, FIT_VERY_LOOSE, FIT_COUNT };
#define WAYS	(FIT_COUNT * (BREAK_RUN + 1))

struct active {
	struct line_sizes at;	/* of the text before the line */
	int64_t	 cost;
	uint32_t bp, line;	/* line: how many are behind */
	struct line_before before;
	struct active *prev;	/* the way here */
	struct active *next;	/* in the list */
};

/*
 * 50 (r^2 + r^3); r in 1/256. TeX's 100 r^3 sees only what is very bad; the
 * square keeps the many lines even that are not, at no more hyphens.
 */
static int32_t
graded(sp r)
{
	r = r * r / 256 * (256 + r) / 256 * 50 / 256;
	return r > BADNESS_MAX ? BADNESS_MAX : (int32_t)r;
}

static int32_t
ratio_badness(sp part, sp whole)
{
	if (part == 0)
		return 0;
	if (whole <= 0 || part / 6 > whole)
		return BADNESS_MAX;
	return graded(part * 256 / whole);
}

/* The least ratio, in 1/256, that is too bad; 0: none is. */
static sp
ratio_beyond(int32_t tolerance)
{
	sp	 lo = 0, hi = 6 * 256;	/* graded(lo) <= tolerance, not hi's */

	if (tolerance >= BADNESS_MAX)
		return 0;
	while (hi - lo > 1) {
		sp	 mid = (lo + hi) / 2;

		if (graded(mid) <= tolerance)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

/*
 * Glyphs take slack first, and that hardly shows: badness is of what spaces
 * have to take. The little that is counted of the glyphs' share tells lines
 * apart that need no space. Fitness is of both: a widened line beside a
 * narrowed one is seen.
 */
#define EXPANSION_COUNTS	8	/* part of it */

static sp
less_expansion(sp slack, sp ex)
{
	sp	 taken = slack < ex ? slack : ex;

	return slack - taken + taken / EXPANSION_COUNTS;
}

int32_t
break_badness(const struct break_params *p, struct line_sizes x, int *fitness)
{
	sp	 slack = p->width - x.w;

	*fitness = FIT_DECENT;
	if (slack >= 0) {
		if (!p->ragged && slack * 2 > x.st + x.ex)
			*fitness = slack > x.st + x.ex ? FIT_VERY_LOOSE :
			    FIT_LOOSE;
		return ratio_badness(less_expansion(slack, x.ex), x.st +
		    p->extra);
	}
	if (p->ragged || -slack > x.sh + x.ex)
		return INT32_MAX;
	if (-slack * 2 > x.sh + x.ex)
		*fitness = FIT_TIGHT;
	return ratio_badness(less_expansion(-slack, x.ex), x.sh);
}

static struct line_sizes
sizes(const struct bp *e, const struct line_sizes *before)
{
	return (struct line_sizes){ e->w_end - before->w,
	    e->st_end - before->st, e->sh_end - before->sh,
	    e->ex_end - before->ex };
}

int32_t
break_line(const struct break_params *p, const struct bp *from,
    const struct bp *to, int *fitness)
{
	struct line_sizes x = sizes(to, &(struct line_sizes){ from->w_next,
			    from->st_next, from->sh_next, from->ex_next });

	if (to->forced && x.w <= p->width) {
		*fitness = FIT_DECENT;
		return 0;
	}
	return break_badness(p, x, fitness);
}

static int64_t
hyphen_demerits(int in_a_row)
{
	static const int64_t	 d[BREAK_RUN + 2] = { 0, 0, DEMERITS_HYPHENS,
				    DEMERITS_HYPHENS * 4,
				    DEMERITS_HYPHENS * 10 };

	return d[in_a_row];
}

static int64_t
bad_demerits(const struct break_params *p, size_t from, size_t to)
{
	for (size_t i = 0; i < p->nbad; i++)
		if (p->bad[i].from == from && p->bad[i].to == to)
			return p->bad[i].cost;
	return 0;
}

static int64_t
last_demerits(const struct break_params *p, sp w, bool hyphened)
{
	int64_t	 d = 0;

	if (hyphened)
		d += w < p->last * 2 ? DEMERITS_REST : DEMERITS_LAST;
	if (w < p->last && p->last > 256)
		d += DEMERITS_SHORT * ((p->last - w) >> 8) / (p->last >> 8);
	return d;
}

int64_t
break_demerits(const struct break_params *p, const struct bp *bps,
    size_t from, size_t to, bool last, int32_t badness, int fitness,
    struct line_before *at)
{
	const struct bp	*a = &bps[from], *b = &bps[to];
	int64_t		 d = LINE_PENALTY;
	int		 run = b->flagged ? at->hyphens + 1 : 0;

	d += (int64_t)badness * (badness + BADNESS_PART);
	d += (int64_t)b->penalty * b->penalty * PENALTY_PART +
	    hyphen_demerits(run);
	if (fitness - at->fitness > 1 || at->fitness - fitness > 1)
		d += DEMERITS_FIT;
	if (last)
		d += last_demerits(p, b->w_end - a->w_next, a->flagged);
	if (p->stacks) {
		d += a->word_end == b->word_end && a->word_end != 0 ?
		    DEMERITS_STACK : 0;
		d += a->word_next == b->word_next && a->word_next != 0 ?
		    DEMERITS_STACK : 0;
	}
	if (p->nbad > 0)
		d += bad_demerits(p, from, to);
	*at = (struct line_before){ fitness, run > BREAK_RUN ? BREAK_RUN :
	    run };
	return d;
}

/* ---- the search ------------------------------------------------------- */

struct search {
	struct arena	*arena;
	const struct bp	*bps;
	size_t		 n;
	const struct break_params *par;
	sp		 beyond;	/* see ratio_beyond */
	struct active	*head, **tail;
	uint32_t	 least, most;	/* lines behind the active nodes, where
					   looseness is asked for */
};

struct best { int64_t cost; struct active *from; struct line_before to; };

/* The best ways to one candidate, one for each state that they may end in. */
struct ways { uint32_t set; struct best v[WAYS]; };

static void
way_add(struct ways *w, int64_t cost, struct active *from,
    struct line_before to)
{
	int	 k = to.hyphens * FIT_COUNT + to.fitness;

	if ((w->set >> k & 1) != 0 && w->v[k].cost <= cost)
		return;
	w->set |= 1u << k;
	w->v[k] = (struct best){ cost, from, to };
}

enum reach { REACH_NONE, REACH_SHORT, REACH_FAR, REACH_LONG, REACH_LINE };

/*
 * A line from node a to break e. Most looked at are far too short, which
 * needs no division; FAR: those from later nodes are, too. NONE: too long,
 * and those to later breaks are, too.
 */
static enum reach
reach(const struct search *s, const struct active *a, const struct bp *e,
    int32_t *bad, int *fit)
{
	const struct break_params *p = s->par;
	struct line_sizes x = sizes(e, &a->at);
	sp	 slack = p->width - x.w, room;

	if (e->forced && slack >= 0) {
		*bad = 0;
		*fit = FIT_DECENT;
		return REACH_LINE;
	}
	if (s->beyond > 0 && slack > 0) {
		room = s->beyond * (p->extra + x.st) + x.ex * 256;
		if ((slack - p->slip_next) * 256 >= room)
			return REACH_FAR;
		if (slack * 256 >= room)
			return REACH_SHORT;
	}
	*bad = break_badness(p, x, fit);
	if (*bad != INT32_MAX)
		return *bad > p->tolerance ? REACH_SHORT : REACH_LINE;
	return -slack > p->slip_end + (p->ragged ? 0 : x.sh + x.ex) ?
	    REACH_NONE : REACH_LONG;
}

/* All lines from active nodes to candidate j, `line` lines behind if that
 * matters; drops nodes out of reach. */
static void
look_back(struct search *s, size_t j, uint32_t line, struct ways *ways)
{
	const struct bp	*e = &s->bps[j];
	struct active	**link = &s->head, *a;
	uint32_t	 at = UINT32_MAX;
	enum reach	 r = REACH_NONE;
	int32_t		 bad = 0;
	int		 fit = FIT_DECENT;

	while ((a = *link) != NULL && a->bp < j) {
		if (a->bp != at) {
			at = a->bp;
			r = reach(s, a, e, &bad, &fit);
		}
		if (r == REACH_FAR)
			break;
		if (r == REACH_LINE && (line == UINT32_MAX ||
		    line == a->line)) {
			struct line_before b = a->before;
			int64_t	 d = break_demerits(s->par, s->bps, at, j,
				    j + 1 == s->n, bad, fit, &b);

			way_add(ways, a->cost + d, a, b);
		}
		if (r != REACH_NONE && (!e->forced || line != UINT32_MAX)) {
			link = &a->next;
			continue;
		}
		*link = a->next;
		if (a->next == NULL)
			s->tail = link;
	}
}

/* No way is kept that is dearer than one with fewer hyphens in a row: what
 * is to come costs that one no more. */
static bool
worth(const struct ways *w, int k)
{
	for (int i = k - FIT_COUNT; i >= 0; i -= FIT_COUNT)
		if ((w->set >> i & 1) != 0 && w->v[i].cost <= w->v[k].cost)
			return false;
	return true;
}

static void
activate(struct search *s, size_t j, const struct ways *w)
{
	const struct bp	*b = &s->bps[j];

	for (int k = 0; w->set >> k != 0; k++) {
		struct active	*a;

		if ((w->set >> k & 1) == 0 || !worth(w, k))
			continue;
		a = ARENA_NEW(s->arena, struct active, 1);
		*a = (struct active){ { b->w_next, b->st_next, b->sh_next,
		    b->ex_next }, w->v[k].cost, (uint32_t)j,
		    w->v[k].from->line + 1, w->v[k].to, w->v[k].from, NULL };
		*s->tail = a;
		s->tail = &a->next;
		if (a->line > s->most)
			s->most = a->line;
	}
}

/* With looseness, ways of different numbers of lines are kept apart. */
static void
activate_by_lines(struct search *s, size_t j)
{
	uint32_t	 most = s->most;
	struct active	**link = &s->head;

	for (uint32_t line = s->least; line <= most; line++) {
		struct ways	 w;

		w.set = 0;
		look_back(s, j, line, &w);
		activate(s, j, &w);
	}
	while (s->bps[j].forced && *link != NULL && (*link)->bp < j)
		*link = (*link)->next;
	s->least = UINT32_MAX;
	s->tail = &s->head;
	for (struct active *a = s->head; a != NULL; a = a->next) {
		s->least = a->line < s->least ? a->line : s->least;
		s->tail = &a->next;
	}
}

/* Where the cheapest way ends, or with looseness the one that is nearest to
 * what is asked for. */
static const struct active *
end_of(const struct search *s)
{
	const struct active	*best = NULL, *end;
	int			 want = s->par->looseness, got = 0;

	for (const struct active *a = s->head; a != NULL; a = a->next)
		if (a->bp + 1 == s->n && (best == NULL ||
		    a->cost < best->cost))
			best = a;
	end = best;
	if (best == NULL || want == 0)
		return best;
	for (const struct active *a = s->head; a != NULL; a = a->next) {
		int	 d = (int)a->line - (int)best->line;

		if (a->bp + 1 != s->n || (want > 0 ? d < got || d > want :
		    d > got || d < want))
			continue;
		if (d != got || a->cost < end->cost)
			end = a;
		got = d;
	}
	return end;
}

size_t
break_total_fit(struct arena *scratch, const struct bp *bps, size_t n,
    const struct break_params *par, uint32_t *chosen, int64_t *cost)
{
	struct active	 start = { { bps[0].w_next, bps[0].st_next,
			    bps[0].sh_next, bps[0].ex_next }, 0, 0, 0,
			    { FIT_DECENT, 0 }, NULL, NULL };
	struct search	 s = { scratch, bps, n, par,
			    ratio_beyond(par->tolerance), &start,
			    &start.next, 0, 0 };
	const struct active *end;
	size_t		 count = 0;

	for (size_t j = 1; j < n && s.head != NULL; j++) {
		struct ways	 w;

		if (par->looseness != 0) {
			activate_by_lines(&s, j);
			continue;
		}
		w.set = 0;
		look_back(&s, j, UINT32_MAX, &w);
		activate(&s, j, &w);
	}
	end = end_of(&s);
	if (end == NULL)
		return 0;
	*cost = end->cost;
	for (const struct active *a = end; a->prev != NULL; a = a->prev)
		count++;
	for (size_t i = count; i > 0; i--, end = end->prev)
		chosen[i - 1] = end->bp;
	return count;
}
