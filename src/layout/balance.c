/*
 * balance.c: the end of a region in two columns. What is left of it, when
 * it fits on the page, is shared between both columns so that they end at
 * the same height, the first rather longer than the second.
 */
#include "layout/pager_int.h"

#define COST_LOPSIDED	4000	/* difference of a whole page */
#define COST_RIGHT	30	/* the second is the longer one */
#define BOXES_MAX	1000	/* of such an end */

struct balance {
	const struct cut *c;
	struct state	 s;
	size_t		 lo, hi;
	struct split	*v;	/* after box lo + i */
	sp		 all;	/* in one column */
	sp		 room;
	bool		 last;	/* the page ends here */
};

void
balance_prepare(struct chooser *x)
{
	const struct cut_in	*in = x->c->in;

	if (in->columns == 1)
		return;
	x->splits = ARENA_NEW(x->c->tmp, struct split, in->n < BOXES_MAX ?
	    in->n : BOXES_MAX);
	x->height = ARENA_NEW(x->c->tmp, sp, in->n + 1);
	for (size_t i = 0; i < in->n; i++)
		x->height[i + 1] = x->height[i] + in->v[i].before +
		    in->v[i].h;
}

static int64_t
split_cost(const struct balance *b, size_t j, sp *h)
{
	const struct cut	*c = b->c;
	uint32_t		 d = cut_due(c, j);
	sp			 h1 = b->v[j - 1 - b->lo].y, h2 = 0, n1, n2;
	int64_t			 cost;

	if (j < b->hi)
		h2 = b->all - b->v[j - b->lo].at + b->v[j - b->lo].h;
	n1 = cut_notes(c, b->s.nl, d);
	n2 = cut_notes(c, d, cut_due(c, b->hi));
	if (h1 + n1 > b->room || h2 + n2 > b->room)
		return INT64_MAX;
	*h = h1 > h2 ? h1 : h2;
	if (!b->last) {
		h1 += n1;
		h2 += n2;
		*h = h1 > h2 ? h1 : h2;
	}
	cost = (h1 > h2 ? h1 - h2 : h2 - h1) * COST_LOPSIDED / c->in->room;
	return cost + (h2 > h1 ? COST_RIGHT : 0) +
	    (j < b->hi ? cut_penalty(c->in, j) : 0);
}

/* Stacks all that is left in one column. */
static bool
stack_all(struct balance *b, struct fill *f)
{
	const struct vbox	*v = b->c->in->v;

	for (size_t i = b->lo; i < b->hi; i++) {
		struct split	*e = &b->v[i - b->lo];
		sp		 y = f->y;

		if (!fill_box(f, i) || f->y > b->room * 2)
			return false;
		*e = (struct split){ v[i].floater != NULL ? y :
		    f->y - v[i].h, f->y, v[i].repeat != NULL && i > b->lo ? v[i].repeat->h : 0,
		    f->next };
	}
	fill_flush(f, b->hi);
	b->all = f->y;
	return f->y <= b->room * 2;
}

/* The second column as it comes out, with its header and on the grid. */
static bool
second_fits(const struct balance *b, size_t mid)
{
	struct step	 p = { .kind = STEP_TEXT, .lo = mid, .hi = b->hi,
			    .here = FLOATS_ALL, .y = b->s.top };
	struct fill	 f;

	if (mid == b->hi)
		return true;
	p.float_lo = b->v[mid - 1 - b->lo].nf;
	fill_begin(&f, b->c, &p, NULL);
	for (size_t i = mid; i < b->hi; i++)
		if (!fill_box(&f, i))
			return false;
	fill_flush(&f, b->hi);
	return f.y + cut_notes(b->c, cut_due(b->c, mid),
	    cut_due(b->c, b->hi)) <= b->room;
}

static void
balance_reach(struct chooser *x, uint32_t at, const struct balance *b,
    const struct step *p, uint32_t nf, size_t mid, int64_t cost, sp h)
{
	const struct cut_in	*in = x->c->in;
	struct state		 t = cut_follow(&b->s, at, p);

	t.box = (uint32_t)b->hi;
	t.nf = nf;
	t.nl = cut_due(x->c, b->hi);
	t.mid = (uint32_t)mid;
	t.mid_nf = b->v[mid - 1 - b->lo].nf;
	t.room = b->last ? b->room : h;
	t.reach = b->last ? h : 0;
	t.cost += cost + (int64_t)p->top * COST_FLOAT_TOP;
	t.empty = 0;
	t.top = b->s.top + h + (b->hi < in->n ? in->v[b->hi].before :
	    in->float_gap) + 1;
	if (b->last && b->hi < in->n)
		t.top = in->room + 1;
	if (t.nf > cut_hung(x->c, b->hi))
		t.cost += COST_EARLY;
	if (cut_complete(x, &t))
		t.cost += COST_PAGE;
	cut_reach(x, t);
}

void
balance_try(struct chooser *x, uint32_t at, size_t end)
{
	const struct cut	*c = x->c;
	const struct cut_in	*in = c->in;
	struct balance		 b = { .c = c, .s = x->s.v[at],
				    .hi = end };
	struct step		 p = { .kind = STEP_TEXT, .hi = end,
				    .here = FLOATS_ALL };
	int64_t			 best = INT64_MAX, cost;
	size_t			 mid = 0;
	sp			 h = 0, hj = 0;
	struct fill		 f;

	b.lo = p.lo = b.s.box;
	b.room = in->room - b.s.top;
	p.y = b.s.top;
	p.float_lo = b.s.nf;
	if (end - b.lo > BOXES_MAX || x->height[end] - x->height[b.lo] -
	    in->v[b.lo].before > b.room * 2)
		return;
	if (cut_hung(c, b.lo) > b.s.nf)
		p.top = cut_hung(c, b.lo) - b.s.nf;
	for (unsigned i = 0; i < p.top; i++)
		if (c->floats[b.s.nf + i]->span || p.top > UINT8_MAX)
			return;
	b.v = x->splits;
	fill_begin(&f, c, &p, NULL);
	if (!stack_all(&b, &f))
		return;
	b.last = (end == in->n && f.next == c->nfloats) || (end < in->n &&
	    (in->v[end].flags & (BOX_PAGE | BOX_LANDSCAPE)) != 0);
	for (size_t j = b.lo + 1; j <= end; j++) {
		cost = split_cost(&b, j, &hj);
		if (cost < best) {
			best = cost;
			mid = j;
			h = hj;
		}
	}
	if (mid != 0 && second_fits(&b, mid))
		balance_reach(x, at, &b, &p, f.next, mid, best, h);
}
