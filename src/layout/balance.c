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

static void
split_set(struct balance *b, size_t i, sp top, sp y, uint32_t nf)
{
	const struct vbox	*v = &b->c->in->v[i];

	b->v[i - b->lo] = (struct split){ top, y + fill_pad(b->c->in, v),
	    i > b->lo ? fill_first(b->c->in, v) : 0, nf };
}

/* All that is left in one column; by sums where nothing floats. */
static bool
stack_all(const struct chooser *x, struct balance *b, struct fill *f)
{
	const struct cut	*c = b->c;
	const struct vbox	*v = c->in->v;
	size_t			 i = b->lo, to = b->hi;
	sp			 off = 0, y;

	if (cut_hung(c, b->hi) == b->s.nf) {
		struct fill	 g = *f;

		to = column_sums(x, &g, b->lo, b->hi, &off);
		if (to == 0)
			to = b->hi;
	}
	for (; i < to; i++) {
		y = f->y;
		if (!fill_box(f, i) || f->y > b->room * 2)
			return false;
		split_set(b, i, v[i].floater != NULL ? y : f->y - v[i].h,
		    f->y, f->next);
	}
	for (; i < b->hi; i++)
		split_set(b, i, x->sum[i + 1].y + off - v[i].h,
		    x->sum[i + 1].y + off, f->next);
	if (to == b->hi) {
		fill_flush(f, b->hi);
		b->all = fill_height(f);
	} else
		b->all = b->v[b->hi - 1 - b->lo].y;
	return b->all <= b->room * 2;
}

/* The second column as it comes out, with its header and on the grid: *h
 * grows where that is higher than was thought. */
static bool
second_fits(const struct balance *b, size_t mid, sp *h)
{
	struct step	 p = { .kind = STEP_TEXT, .lo = mid, .hi = b->hi,
			    .here = FLOATS_ALL, .y = b->s.top };
	struct fill	 f;
	sp		 y, notes;

	if (mid == b->hi)
		return true;
	p.float_lo = b->v[mid - 1 - b->lo].nf;
	y = b->all - b->v[mid - b->lo].at + b->v[mid - b->lo].h;
	if (b->c->in->grid > 0 || cut_hung(b->c, b->hi) != p.float_lo) {
		fill_begin(&f, b->c, &p, NULL);
		for (size_t i = mid; i < b->hi; i++)
			if (!fill_box(&f, i))
				return false;
		fill_flush(&f, b->hi);
		y = fill_height(&f);
	}
	notes = cut_notes(b->c, cut_due(b->c, mid), cut_due(b->c, b->hi));
	if (y + (b->last ? 0 : notes) > *h)
		*h = y + (b->last ? 0 : notes);
	return y + notes <= b->room;
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
	if (cut_complete(x, &t)) {
		t.cost += COST_PAGE;
		if (b->s.page > 0 && b->s.top == 0)
			t.cost += cut_short(in, h);
	}
	cut_reach(x, t);
}

/* The best box to split at, 0: none; near the middle if there is one. */
static size_t
split_find(const struct balance *b, int64_t *cost, sp *h)
{
	sp	 near = b->room / 4, hj = 0;
	size_t	 mid = 0;

	*cost = INT64_MAX;
	for (unsigned pass = 0; ; pass++, near = b->room * 2) {
		for (size_t j = b->lo + 1; j <= b->hi; j++) {
			sp	 y = b->v[j - 1 - b->lo].y * 2 - b->all;
			int64_t	 c;

			if (y < -near || y > near)
				continue;
			c = split_cost(b, j, &hj);
			if (c < *cost) {
				*cost = c;
				mid = j;
				*h = hj;
			}
		}
		if (*cost < COST_NEVER || pass > 0)
			return mid;
	}
}

bool
balance_try(struct chooser *x, uint32_t at, size_t end)
{
	const struct cut	*c = x->c;
	const struct cut_in	*in = c->in;
	struct balance		 b = { .c = c, .s = x->s.v[at],
				    .hi = end, .v = x->splits };
	struct step		 p = { .kind = STEP_TEXT, .hi = end,
				    .here = FLOATS_ALL };
	int64_t			 cost;
	size_t			 mid;
	sp			 h = 0;
	struct fill		 f;

	b.lo = p.lo = b.s.box;
	b.room = in->room - b.s.top;
	p.y = b.s.top;
	p.float_lo = b.s.nf;
	if (end - b.lo > BOXES_MAX || x->sum[end].y - x->sum[b.lo].y -
	    in->v[b.lo].before > b.room * 2)
		return false;
	if (cut_hung(c, b.lo) > b.s.nf)
		p.top = cut_hung(c, b.lo) - b.s.nf;
	for (unsigned i = 0; i < p.top; i++)
		if (c->floats[b.s.nf + i]->span || p.top > UINT8_MAX)
			return false;
	fill_begin(&f, c, &p, NULL);
	if (!stack_all(x, &b, &f))
		return false;
	b.last = (end == in->n && f.next == c->nfloats) || (end < in->n &&
	    (in->v[end].flags & (BOX_PAGE | BOX_LANDSCAPE)) != 0);
	mid = split_find(&b, &cost, &h);
	if (mid == 0 || !second_fits(&b, mid, &h))
		return false;
	balance_reach(x, at, &b, &p, f.next, mid, cost, h);
	return b.last && end == in->n && cost < COST_NEVER;
}
