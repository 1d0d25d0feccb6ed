/*
 * pager.c: cuts a flow into pages.
 *
 * A page may end before any box. The best set of page ends over the whole
 * flow is found by dynamic programming: each page but the last costs what
 * it leaves empty plus the penalty at its end, a last page with next to
 * nothing on it costs more than a gap on the one before, and each page costs
 * enough that fewer pages win. Progress is certain: a page holds at least
 * one box.
 */
#include "layout/layout_int.h"

#define COST_PAGE	20000
#define COST_OVERFULL	1000000000
#define COST_NEVER	10000000
#define COST_SHORT	3000		/* of a last page, at no height */
#define FURNITURE	4		/* items, as a rule */
#define SHORT_PAGE	8		/* part of a page that is too little */

struct way { int64_t cost; size_t from; };

static sp
page_room(const struct layout *l)
{
	return l->th->page_h - l->th->margin_top - l->th->margin_bottom;
}

static sp
repeat_height(const struct vbox *b)
{
	return b->repeat != NULL ? b->repeat->h : 0;
}

static int64_t
page_cost(const struct flow *f, size_t start, size_t end, sp h, sp room)
{
	int64_t	 c = COST_PAGE;

	if (h > room)
		c += COST_OVERFULL;
	if (end == f->n) {
		if (start > 0 && h < room / SHORT_PAGE)
			c += COST_SHORT - h * (COST_SHORT * SHORT_PAGE) / room;
		return c;
	}
	c += (room - h) * 1000 / room * 2;
	c += f->v[end].penalty >= PENALTY_NEVER ? COST_NEVER :
	    f->v[end].penalty;
	return c;
}

/* starts[0..return): first box of each page. */
static size_t
cut(struct layout *l, const struct flow *f, size_t **starts)
{
	struct way	*w = ARENA_NEW(l->tmp, struct way, f->n + 1);
	sp		 room = page_room(l), h;
	size_t		 pages = 0, i;

	for (i = 1; i <= f->n; i++)
		w[i].cost = INT64_MAX;
	for (i = 0; i < f->n; i++) {
		if (w[i].cost == INT64_MAX)
			continue;
		h = repeat_height(&f->v[i]);
		for (size_t j = i + 1; j <= f->n; j++) {
			int64_t	 c;

			h += f->v[j - 1].h + (j - 1 > i ? f->v[j - 1].before :
			    0);
			if (h > room && j > i + 1)
				break;
			c = w[i].cost + page_cost(f, i, j, h, room);
			if (c < w[j].cost)
				w[j] = (struct way){ c, i };
		}
	}
	for (i = f->n; i > 0; i = w[i].from)
		pages++;
	*starts = ARENA_NEW(l->tmp, size_t, pages + 1);
	(*starts)[pages] = f->n;
	for (i = f->n; i > 0; i = w[i].from)
		(*starts)[--pages] = w[i].from;
	for (pages = 0; (*starts)[pages] < f->n; pages++)
		continue;
	return pages;
}

/* ---- one page --------------------------------------------------------- */

struct page_build {
	struct layout	*l;
	uint32_t	 page;		/* index of the draft */
	sp		 left, top;
	struct { struct item *v; size_t n, cap; } items;
};

static void
put_box(struct page_build *p, const struct vbox *b, sp y, bool again)
{
	for (size_t i = 0; i < b->n; i++) {
		struct item	 it = b->items[i];

		it.x += p->left;
		it.y += y;
		if (again)
			it.elem = 0;
		if (it.kind == ITEM_DEST) {
			if (again)
				continue;
			p->l->anchors[it.as.dest.anchor] =
			    (struct anchor_place){ p->page, it.y, true };
		}
		VEC_PUSH(p->l->tmp, &p->items, it);
	}
	if (b->late != NULL && !again) {
		struct late_ref	 r = { p->page, p->items.n, *b->late };
		struct item	 hole = { .kind = ITEM_RUN,
				    .elem = b->late->elem };

		r.late.x += p->left;
		r.late.y += y;
		VEC_PUSH(p->l->out, &p->l->lates, r);
		VEC_PUSH(p->l->tmp, &p->items, hole);
	}
}

/* Grounds and bars of the boxes [lo, hi), outermost first. */
struct extent { uint32_t deco; sp top, bottom; };

static void
put_decos(struct page_build *p, const struct flow *f, size_t lo, size_t hi,
    const sp *y)
{
	struct layout	*l = p->l;
	struct { struct extent *v; size_t n, cap; } x = { 0 };

	for (size_t i = lo; i < hi; i++)
		for (uint32_t d = f->v[i].deco; d != 0;
		    d = l->decos.v[d - 1].outer) {
			size_t	 k = x.n;

			while (k > 0 && x.v[k - 1].deco != d)
				k--;
			if (k == 0) {
				struct extent e = { d, y[i - lo], 0 };

				VEC_PUSH(l->tmp, &x, e);
				k = x.n;
			}
			x.v[k - 1].bottom = y[i - lo] + f->v[i].h;
		}
	for (uint32_t d = 1; d <= l->decos.n; d++)
		for (size_t k = 0; k < x.n; k++) {
			const struct deco *e = &l->decos.v[d - 1];
			struct item	 it = { .kind = ITEM_RULE,
					    .x = p->left + e->x };

			if (x.v[k].deco != d)
				continue;
			it.y = x.v[k].top - e->pad;
			it.as.rule.w = e->w;
			it.as.rule.h = x.v[k].bottom - x.v[k].top + e->pad * 2;
			it.as.rule.rgb = e->rgb;
			VEC_PUSH(l->tmp, &p->items, it);
		}
}

struct draft *
page_new(struct layout *l, struct draft like)
{
	VEC_PUSH(l->out, &l->drafts, like);
	return &l->drafts.v[l->drafts.n - 1];
}

sp
page_left(const struct layout *l, size_t page)
{
	bool	 recto = (page & 1) == 0;

	return recto != l->rtl ? l->th->margin_inner : l->th->margin_outer;
}

void
page_fill(struct layout *l, struct draft *d, const struct item *v, size_t n)
{
	struct item	*old = d->items;

	if (d->n + n > d->cap) {
		d->cap = d->n + n + FURNITURE;
		d->items = ARENA_NEW(l->out, struct item, d->cap);
		if (d->n > 0)
			memcpy(d->items, old, sizeof *old * d->n);
	}
	if (n > 0)
		memcpy(d->items + d->n, v, sizeof *v * n);
	d->n += n;
}

static void
page_build(struct layout *l, const struct flow *f, size_t lo, size_t hi,
    struct draft like)
{
	struct page_build	 p = { .l = l, .page = (uint32_t)l->drafts.n,
				    .left = page_left(l, l->drafts.n),
				    .top = l->th->margin_top };
	struct draft		*d = page_new(l, like);
	sp			*y = ARENA_NEW(l->tmp, sp, hi - lo + 1);
	sp			 at = p.top + repeat_height(&f->v[lo]);

	for (size_t i = lo; i < hi; i++) {
		at += i > lo ? f->v[i].before : 0;
		y[i - lo] = at;
		at += f->v[i].h;
	}
	put_decos(&p, f, lo, hi, y);
	if (f->v[lo].repeat != NULL)
		put_box(&p, f->v[lo].repeat, p.top, true);
	for (size_t i = lo; i < hi; i++)
		put_box(&p, &f->v[i], y[i - lo], false);
	page_fill(l, d, p.items.v, p.items.n);
}

void
pager_run(struct layout *l, struct flow *f, struct draft like)
{
	struct arena_mark	 mark = arena_mark(l->tmp);
	size_t			*starts, n;

	if (f->n == 0)
		return;
	n = cut(l, f, &starts);
	for (size_t k = 0; k < n; k++) {
		like.opening = k == 0;
		page_build(l, f, starts[k], starts[k + 1], like);
	}
	arena_release(l->tmp, mark);
}

sp
page_put(struct layout *l, struct draft *d, struct lines x, sp left, sp y)
{
	for (size_t i = 0; i < x.n; i++) {
		size_t	 first = d->n;

		page_fill(l, d, x.v[i].items, x.v[i].n);
		for (size_t k = first; k < d->n; k++) {
			d->items[k].x += left;
			d->items[k].y += y;
		}
		y += x.v[i].h;
	}
	return y;
}
