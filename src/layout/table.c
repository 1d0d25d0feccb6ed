/*
 * table.c: column widths from content, rows kept whole where they fit, the
 * header again on each page.
 *
 * Each column has a least width (its longest word) and a wish (its longest
 * line). What the measure leaves above the least widths is shared in
 * proportion to what the columns still wish for; where not even the least
 * widths fit, words break and it is said.
 */
#include "layout/layout_int.h"

#define PENALTY_SPLIT	1200	/* as much as three fifths of a page empty */

struct cell { struct inlines in; sp least, wish; uint32_t elem; };
struct table {
	const struct doc_node *node;
	uint32_t	 ncols, elem;
	sp		*least, *wish, *x, *w;
	sp		 pad;
};

static const struct block_style *
cell_style(const struct layout *l, bool header)
{
	return &l->th->block[header ? STYLE_TABLE_HEAD : STYLE_TABLE];
}

static struct cell *
row_cells(struct layout *l, const struct table *t, const struct doc_node *row,
    uint32_t elem)
{
	struct cell	*c = ARENA_NEW(l->work, struct cell, t->ncols);
	uint32_t	 i = 0;

	for (const struct doc_node *n = row->child; n != NULL && i < t->ncols;
	    n = n->next, i++) {
		c[i].elem = elem_add(l, row->as.row.header ? ELEM_TH :
		    ELEM_TD, elem, n);
		inlines_of(l, &c[i].in, n,
		    &cell_style(l, row->as.row.header)->text, c[i].elem);
		inlines_done(l, &c[i].in);
		par_widths(l, &c[i].in, &c[i].wish, &c[i].least);
	}
	return c;
}

/* Shares `room` among columns that lie between least and wish. */
static void
share(struct table *t, sp room)
{
	sp	 least = 0, want = 0, used = 0, fair;

	for (uint32_t i = 0; i < t->ncols; i++) {
		least += t->least[i];
		want += t->wish[i] - t->least[i];
	}
	for (uint32_t i = 0; i < t->ncols; i++) {
		fair = t->wish[i] - t->least[i];
		if (least > room)
			t->w[i] = t->least[i] * (room >> 8) /
			    ((least >> 8) + 1);
		else if (want <= room - least)
			t->w[i] = t->wish[i];
		else
			t->w[i] = t->least[i] + fair * ((room - least) >> 8) /
			    ((want >> 8) + 1);
		used += t->w[i];
	}
	for (uint32_t i = 0; i < t->ncols && used < room; i++)
		t->w[i] += (room - used) / t->ncols;
}

static void
columns(struct layout *l, struct table *t, const struct frame *fr)
{
	sp	 room = fr->w - t->pad * 2 * (sp)t->ncols, x = fr->x, all = 0;

	for (uint32_t i = 0; i < t->ncols; i++)
		all += t->least[i];
	if (all > room)
		diag_add(l->diag, DIAG_TABLE_TOO_WIDE, t->node->at,
		    "%u columns; words are broken to make it fit", t->ncols);
	share(t, room > 0 ? room : 1);
	for (uint32_t k = 0; k < t->ncols; k++) {
		uint32_t	 i = l->rtl ? t->ncols - 1 - k : k;

		t->x[i] = x + t->pad;
		x += t->w[i] + t->pad * 2;
	}
}

static enum style_align
column_align(const struct table *t, uint32_t i)
{
	switch (t->node->as.table.align == NULL ? DOC_ALIGN_NONE :
	    (enum doc_align)t->node->as.table.align[i]) {
	case DOC_ALIGN_CENTER:
		return ALIGN_CENTER;
	case DOC_ALIGN_RIGHT:
		return ALIGN_END;
	default:
		return ALIGN_START;
	}
}

struct items { struct item *v; size_t n, cap; };

static void
take(struct layout *l, struct items *all, const struct vbox *b, sp y)
{
	for (size_t i = 0; i < b->n; i++) {
		struct item	 it = b->items[i];

		it.y += y;
		VEC_PUSH(l->tmp, all, it);
	}
}

static struct vbox
box_of(struct layout *l, const struct items *all, sp h, uint32_t deco)
{
	struct vbox	 b = { .h = h, .n = all->n, .deco = deco };

	b.items = items_join(l, all->v, all->n, NULL, 0);
	return b;
}

/* The lines [from, to) of each cell, cell by cell as they are read. */
static void
take_ranks(struct layout *l, struct items *all, const struct table *t,
    const struct lines *x, size_t from, size_t to, sp y, sp leading)
{
	for (uint32_t i = 0; i < t->ncols; i++)
		for (size_t k = from; k < to && k < x[i].n; k++)
			take(l, all, &x[i].v[k], y + (sp)(k - from) * leading);
}

/*
 * One box for the row, or, for a row taller than half a page, one box for
 * each rank of lines, so that a page may end between them.
 */
static void
row_boxes(struct layout *l, struct flow *f, const struct table *t,
    const struct lines *x, sp leading, const struct frame *fr, bool header,
    const struct vbox *repeat)
{
	sp		 half = (l->th->page_h - l->th->margin_top -
			    l->th->margin_bottom) / 2, top, h;
	size_t		 ranks = 1, step;
	struct item	 rule = { .kind = ITEM_RULE, .x = fr->x,
			    .as.rule = { fr->w, header ? SP_PT : SP_PT / 3,
			    header ? l->th->muted : l->th->rule } };

	for (uint32_t i = 0; i < t->ncols; i++)
		if (x[i].n > ranks)
			ranks = x[i].n;
	step = (sp)ranks * leading > half ? 1 : ranks;
	for (size_t k = 0; k < ranks; k += step) {
		struct items	 all = { 0 };
		struct vbox	 b;

		top = k == 0 ? t->pad : 0;
		h = top + (sp)step * leading;
		take_ranks(l, &all, t, x, k, k + step, top, leading);
		if (k + step == ranks) {
			h += t->pad;
			rule.y = h - rule.as.rule.h;
			VEC_PUSH(l->tmp, &all, rule);
		}
		b = box_of(l, &all, h, fr->deco);
		b.repeat = repeat;
		flow_box(l, f, b);
	}
}

static void
row(struct layout *l, struct flow *f, const struct table *t,
    const struct doc_node *n, struct cell *c, const struct frame *fr,
    const struct vbox *repeat)
{
	const struct block_style *b = cell_style(l, n->as.row.header);
	struct lines		*x = ARENA_NEW(l->tmp, struct lines, t->ncols);

	for (uint32_t i = 0; i < t->ncols; i++) {
		struct measure	 m = { .x = t->x[i], .w = t->w[i],
				    .leading = b->leading,
				    .align = column_align(t, i) };

		x[i] = par_set(l, &c[i].in, &m);
	}
	row_boxes(l, f, t, x, b->leading, fr, n->as.row.header, repeat);
}

static void
measure_columns(struct table *t, struct cell **cells, size_t nrows)
{
	for (size_t r = 0; r < nrows; r++)
		for (uint32_t i = 0; i < t->ncols; i++) {
			if (cells[r][i].least > t->least[i])
				t->least[i] = cells[r][i].least;
			if (cells[r][i].wish > t->wish[i])
				t->wish[i] = cells[r][i].wish;
		}
}

static struct table *
table_new(struct layout *l, const struct doc_node *n, uint32_t elem)
{
	struct table	*t = ARENA_NEW(l->work, struct table, 1);
	uint32_t	 k = n->as.table.ncols;

	*t = (struct table){ .node = n, .ncols = k, .elem = elem,
	    .pad = l->th->cell_pad };
	if (k > 12)
		t->pad = t->pad * 12 / (sp)k;
	t->least = ARENA_NEW(l->work, sp, k * 4);
	t->wish = t->least + k;
	t->x = t->wish + k;
	t->w = t->x + k;
	return t;
}

/* A table that fits on a page is split only where that saves much paper. */
static void
keep_whole(const struct layout *l, struct flow *f, size_t first)
{
	sp	 h = 0;

	for (size_t i = first; i < f->n; i++)
		h += f->v[i].before + f->v[i].h;
	if (h > (l->th->page_h - l->th->margin_top - l->th->margin_bottom) *
	    9 / 10)
		return;
	for (size_t i = first + 1; i < f->n; i++)
		if (f->v[i].penalty < PENALTY_SPLIT)
			f->v[i].penalty = PENALTY_SPLIT;
}

void
flow_table(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct table	*t;
	struct cell	**cells;
	size_t		 nrows = 0, r = 0, at;
	struct vbox	*head = NULL;
	size_t		 first;
	uint32_t	 e;

	for (const struct doc_node *k = n->child; k != NULL; k = k->next)
		nrows++;
	if (n->as.table.ncols == 0 || nrows == 0)
		return;
	t = table_new(l, n, elem_add(l, ELEM_TABLE, fr->elem, n));
	cells = ARENA_NEW(l->work, struct cell *, nrows);
	for (const struct doc_node *k = n->child; k != NULL; k = k->next) {
		e = elem_add(l, ELEM_ROW, t->elem, k);
		cells[r++] = row_cells(l, t, k, e);
	}
	measure_columns(t, cells, nrows);
	columns(l, t, fr);
	flow_space(f, SP_PT * 10);
	first = f->n;
	r = 0;
	for (const struct doc_node *k = n->child; k != NULL; k = k->next) {
		at = f->n;
		row(l, f, t, k, cells[r++], fr, head);
		if (!k->as.row.header || head != NULL)
			continue;
		f->keep = true;
		if (f->n != at + 1)
			continue;
		head = ARENA_NEW(l->work, struct vbox, 1);
		*head = f->v[at];
	}
	keep_whole(l, f, first);
	flow_space(f, SP_PT * 10);
	for (r = 0; r < nrows; r++)
		for (uint32_t i = 0; i < t->ncols; i++)
			flow_images(l, f, fr, &cells[r][i].in);
}
