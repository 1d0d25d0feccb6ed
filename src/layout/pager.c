/*
 * pager.c: a flow on pages: what the theme asks for is told to cut(), what
 * cut() decides is built by page.c. And pages made by hand.
 */
#include "layout/pager_int.h"

#define FURNITURE	8		/* items, as a rule */
#define NOTE_SEP	(SP_PT * 12)

struct draft *
page_new(struct layout *l, struct draft like)
{
	VEC_PUSH(l->out, &l->drafts, like);
	return &l->drafts.v[l->drafts.n - 1];
}

sp
page_left(const struct layout *l, size_t page)
{
	bool	 recto = (page & 1) == 0 || !l->th->two_sided;

	return recto != l->rtl ? l->th->margin_inner : l->th->margin_outer;
}

sp
page_width(const struct layout *l, const struct draft *d)
{
	return d->w > 0 ? d->w : l->th->page_w;
}

sp
page_height(const struct layout *l, const struct draft *d)
{
	return d->h > 0 ? d->h : l->th->page_h;
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

void
pager_run(struct layout *l, struct flow *f, struct draft like)
{
	struct arena_mark	 mark = arena_mark(l->tmp);
	const struct theme	*th = l->th;
	const struct block_style *b = &th->block[STYLE_BODY];
	bool			 body = like.kind == PAGE_BODY;
	sp			 margins = th->margin_top + th->margin_bottom;
	struct cut_in		 in = { .v = f->v, .n = f->n,
				    .room = th->page_h - margins,
				    .turned = th->page_w - margins,
				    .columns = body ? th->columns : 1,
				    .note_sep = NOTE_SEP,
				    .float_gap = b->leading, .least = 860,
				    .verso = (l->drafts.n & 1) != 0,
				    .spreads = body && th->two_sided };
	struct cut		 c;

	if (f->n == 0)
		return;
	in.decos = l->decos.v;
	if (body && th->grid > 0) {
		in.grid = th->grid;
		in.base = line_baseline(b->leading, b->text.size);
	} else if (body)
		in.feather = th->feather;
	cut(l->tmp, &in, &c);
	pages_build(l, &c, like);
	arena_release(l->tmp, mark);
}
