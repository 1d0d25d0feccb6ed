/*
 * table_rows.c: rows to boxes. A row is one box, or, where it is too tall,
 * one for each rank of lines. Grounds and rules are parts
 * of the boxes, so that each page has its own.
 */
#include "layout/table_int.h"

#define PENALTY_SPLIT	1200	/* as much as three fifths of a page empty */
#define PENALTY_EDGE	800	/* one row alone at a page's top or foot */
#define PENALTY_RANK	400	/* within a row */
#define RULE_THIN	(SP_PT / 3)
#define RULE_HEAD	(SP_PT * 3 / 4)

struct note_at { const struct note *note; uint32_t rank; };

struct row {
	struct layout	*l;
	const struct table *t;
	const struct lines *x;		/* of each cell */
	uint32_t	 ranks, shift;	/* shift: lines above a header's */
	sp		 leading;
	uint32_t	 fill;
	const struct doc_node *node;	/* its first cell */
	bool		 header, first, last;	/* of all rows */
	bool		 split;		/* each rank is a box */
	VEC(struct note_at) notes;	/* of all cells, ranks ascend */
	const struct frame *fr;
};

/* ---- cells ------------------------------------------------------------ */

/* Where a line of the given width begins. */
static sp
line_start(const struct layout *l, const struct column *k, sp w)
{
	if (k->align == ALIGN_CENTER)
		return k->x + (k->w - w) / 2;
	if ((k->align == ALIGN_END) != l->rtl)
		return k->x + k->w - w;
	return k->x;
}

/* The lines that were set as wide as they liked, moved to their column. */
static struct lines
cell_moved(const struct layout *l, struct cell *c, const struct column *k)
{
	sp	 lo, hi, to;

	for (size_t i = 0; i < c->set.n; i++) {
		line_extent(&c->set.v[i], &lo, &hi);
		to = line_start(l, k, hi - lo);
		if (k->number && c->axis >= 0)
			to = line_start(l, k, k->before + k->after) +
			    k->before - c->axis;
		line_move(&c->set.v[i], to - lo);
	}
	return c->set;
}

static struct lines
cell_lines(struct layout *l, const struct table *t, struct cell *c,
    uint32_t i, bool header)
{
	const struct column	*k = &t->col[i];
	struct measure		 m = { .x = k->x, .w = k->w,
				    .leading = table_leading(l, t, header),
				    .align = k->align };

	if (c->set.n > 0 && c->wish <= k->w)
		return cell_moved(l, c, k);
	return par_set(l, &c->in, &m);
}

/* ---- one box ---------------------------------------------------------- */

static void
rule(struct row *r, struct items *all, sp x, sp y, sp w, sp h, uint32_t rgb)
{
	struct item	 it = { .kind = ITEM_RULE, .x = x, .y = y,
			    .as.rule = { w, h, rgb } };

	VEC_PUSH(r->l->tmp, all, it);
}

static void
grounds(struct row *r, struct items *all, sp h)
{
	if (r->fill != NO_FILL)
		rule(r, all, r->t->x, 0, r->t->w, h, r->fill);
	if (all->n > 0)
		all->v[all->n - 1].elem = ARTIFACT_BACKGROUND;
}

static void
verticals(struct row *r, struct items *all, sp h)
{
	const struct table	*t = r->t;
	uint32_t		 rgb = r->l->th->rule;

	rule(r, all, t->x, 0, RULE_THIN, h, rgb);
	rule(r, all, t->x + t->w - RULE_THIN, 0, RULE_THIN, h, rgb);
	for (uint32_t i = 0; i < t->ncols; i++)
		if (t->col[i].x > t->x + t->outer)
			rule(r, all, t->col[i].x - t->gap / 2 - RULE_THIN / 2,
			    0, RULE_THIN, h, rgb);
}

/* The rules above (top) and below a box of height h. */
static void
rules(struct row *r, struct items *all, sp h, bool top, bool bottom)
{
	enum style_rules	 kind = r->l->th->table_rules;
	const struct table	*t = r->t;
	uint32_t		 rgb = r->l->th->muted;
	sp			 w = RULE_HEAD;

	if (kind == RULES_NONE)
		return;
	if (kind == RULES_GRID)
		verticals(r, all, h);
	if (top && kind != RULES_HORIZONTAL)
		rule(r, all, t->x, 0, t->w, kind == RULES_GRID ? RULE_THIN :
		    w, kind == RULES_GRID ? r->l->th->rule : rgb);
	if (!bottom || (kind == RULES_HEAD && !r->header && !r->last))
		return;
	if (!r->header && (kind == RULES_GRID || !r->last)) {
		rgb = r->l->th->rule;
		w = RULE_THIN;
	}
	rule(r, all, t->x, h - w, t->w, w, rgb);
}

static void
take(struct row *r, struct items *all, const struct vbox *b, sp y)
{
	for (size_t i = 0; i < b->n; i++) {
		struct item	 it = b->items[i];

		it.y += y;
		VEC_PUSH(r->l->tmp, all, it);
	}
}

struct note_refs { const struct note **v; size_t n, cap; };

/* The rank where a cell begins. A header's cells stand at its foot; in
 * pieces, all begin in the first: on a page of its own, a short cell would be
 * read before the tall ones left of it. */
static uint32_t
cell_skip(const struct row *r, uint32_t i)
{
	return r->header && !r->split ? r->ranks - (uint32_t)r->x[i].n : 0;
}

/* Where the notes of a row belong to: cells are read one after the other, so
 * a note waits for those of cells before its own. */
static void
row_notes(struct row *r)
{
	struct note_at	 a = { 0 };

	r->notes.n = r->notes.cap = 0;
	for (uint32_t i = 0; i < r->t->ncols; i++)
		for (size_t k = 0; k < r->x[i].n; k++) {
			const struct vbox *b = &r->x[i].v[k];
			uint32_t at = cell_skip(r, i) + (uint32_t)k;

			if (b->nnotes > 0 && at > a.rank)
				a.rank = at;
			for (size_t j = 0; j < b->nnotes; j++) {
				a.note = b->notes[j];
				VEC_PUSH(r->l->tmp, &r->notes, a);
			}
		}
}

/* The lines [lo, hi) of each cell, cell by cell as they are read. */
static void
take_ranks(struct row *r, struct items *all, struct note_refs *notes,
    uint32_t lo, uint32_t hi, sp y)
{
	for (uint32_t i = 0; i < r->t->ncols; i++) {
		const struct lines *x = &r->x[i];
		uint32_t	 skip = cell_skip(r, i);

		for (uint32_t k = lo > skip ? lo : skip; k < hi &&
		    k - skip < x->n; k++)
			take(r, all, &x->v[k - skip], y + (sp)(k - lo) *
			    r->leading);
	}
	for (size_t i = 0; i < r->notes.n; i++)
		if (r->notes.v[i].rank >= lo && r->notes.v[i].rank < hi)
			VEC_PUSH(r->l->tmp, notes, r->notes.v[i].note);
}

static struct vbox
box_of(struct layout *l, const struct items *all,
    const struct note_refs *notes, sp h)
{
	struct vbox		 b = { .h = h, .n = all->n };
	const struct note	**v;

	b.items = items_join(l, all->v, all->n, NULL, 0);
	if (notes->n == 0)
		return b;
	v = ARENA_NEW(l->work, const struct note *, notes->n);
	memcpy(v, notes->v, sizeof *v * notes->n);
	b.notes = v;
	b.nnotes = notes->n;
	return b;
}

static sp
piece_height(const struct layout *l, unsigned flags)
{
	const struct theme	*th = l->th;

	if ((flags & BOX_LANDSCAPE) != 0)
		return th->page_w - th->margin_inner - th->margin_outer;
	return th->page_h - th->margin_top - th->margin_bottom;
}

/* The ranks [lo, hi) of a row as a box. */
static struct vbox
ranks_box(struct row *r, uint32_t lo, uint32_t hi)
{
	sp		 pad = r->t->pad * 3 / 5;
	sp		 top = lo == 0 ? pad : 0;
	sp		 h = top + (sp)(hi - lo) * r->leading +
			    (hi == r->ranks ? pad : 0);
	struct items	 all = { 0 };
	struct note_refs notes = { 0 };

	grounds(r, &all, h);
	rules(r, &all, h, r->first && lo == 0, hi == r->ranks);
	take_ranks(r, &all, &notes, lo, hi, top);
	return box_of(r->l, &all, &notes, h);
}

/* Where the ranks from lo on begin: the first cell that goes on there. */
static struct page_start
ranks_start(const struct row *r, uint32_t lo)
{
	struct page_start	 none = { .kind = START_NONE };

	if (lo == 0)
		return start_node(r->l, r->node, 0);
	for (uint32_t i = 0; i < r->t->ncols; i++)
		if (lo < r->x[i].n)
			return r->x[i].v[lo].start;
	return none;
}

/* Below the header that is set again a row goes on with some space. */
static const struct vbox *
repeat_spaced(struct layout *l, const struct vbox *repeat, sp space)
{
	struct vbox	*b;

	if (repeat == NULL)
		return NULL;
	b = ARENA_NEW(l->work, struct vbox, 1);
	*b = *repeat;
	b->h += space;
	return b;
}

static void
row_boxes(struct row *r, struct flow *f, const struct vbox *repeat)
{
	uint32_t	 step = r->split ? 1 : r->ranks;

	for (uint32_t k = 0; k < r->ranks; k += step) {
		struct arena_mark mark = arena_mark(r->l->tmp);
		struct vbox	 b = ranks_box(r, k, k + step);

		arena_release(r->l->tmp, mark);
		b.deco = r->fr->deco;
		b.repeat = repeat;
		b.start = ranks_start(r, k);
		if (k == 0 && r->split)
			repeat = repeat_spaced(r->l, repeat,
			    r->t->pad * 3 / 5);
		else if (k > 0)
			b.penalty = k == 1 || k + 1 == r->ranks ?
			    PENALTY_NEVER : PENALTY_RANK;
		flow_box(r->l, f, b);
	}
}

/* ---- all rows --------------------------------------------------------- */

static uint32_t
row_fill(const struct layout *l, bool header, uint32_t index)
{
	if (header)
		return l->th->block[STYLE_TABLE_HEAD].fill;
	if (l->th->table_stripe != NO_FILL && index % 2 == 0)
		return l->th->table_stripe;
	return l->th->block[STYLE_TABLE].fill;
}

/* A row is cut that is higher than half a page, or than what the header
 * leaves of one. */
static bool
row_splits(const struct row *r, const struct vbox *repeat)
{
	sp	 room = piece_height(r->l, r->t->flags);
	sp	 h = (sp)r->ranks * r->leading;

	return h > room / 2 || (repeat != NULL && h + repeat->h +
	    r->t->pad * 6 / 5 > room);
}

static void
row_set(struct layout *l, struct flow *f, const struct table *t,
    struct row *r, uint32_t index, const struct vbox *repeat)
{
	struct arena_mark mark = arena_mark(l->tmp);
	struct lines	*x = ARENA_NEW(l->tmp, struct lines, t->ncols);

	r->ranks = 1;
	for (uint32_t i = 0; i < t->ncols; i++) {
		x[i] = cell_lines(l, t, table_cell(t, index, i), i,
		    r->header);
		if (x[i].n > r->ranks)
			r->ranks = (uint32_t)x[i].n;
	}
	r->x = x;
	r->leading = table_leading(l, t, r->header);
	r->split = row_splits(r, repeat);
	r->fill = row_fill(l, r->header, index);
	row_notes(r);
	row_boxes(r, f, repeat);
	arena_release(l->tmp, mark);
}

/* What stands at the top of each further page: the header, below `above`. */
static const struct vbox *
repeat_of(struct layout *l, const struct vbox *above, const struct vbox *head)
{
	struct vbox	*b = ARENA_NEW(l->work, struct vbox, 1);
	size_t		 n;

	*b = *head;
	b->notes = NULL;
	b->nnotes = 0;
	b->before = 0;
	if (above == NULL)
		return b;
	n = above->n;
	b->items = items_join(l, above->items, n, head->items, head->n);
	b->n = n + head->n;
	for (size_t i = n; i < b->n; i++)
		b->items[i].y += above->h;
	b->h = above->h + head->h;
	return b;
}

static void
raise(struct vbox *b, int32_t penalty)
{
	if (b->penalty < penalty)
		b->penalty = penalty;
}

/* Where a page may end: a table that fits on one is split only where that
 * saves much paper, and neither the first nor the last row stands alone. */
static void
penalties(const struct layout *l, struct flow *f, const struct table *t,
    size_t first, size_t second, size_t last)
{
	sp	 h = 0;

	for (size_t i = 0; i < f->n; i++)
		h += f->v[i].before + f->v[i].h;
	if (second < f->n)
		raise(&f->v[second], PENALTY_EDGE);
	if (last > first)
		raise(&f->v[last], PENALTY_EDGE);
	if (h > piece_height(l, t->flags) * 9 / 10)
		return;
	for (size_t i = first + 1; i < f->n; i++)
		raise(&f->v[i], PENALTY_SPLIT);
}

void
table_rows(struct layout *l, struct flow *f, struct table *t,
    const struct frame *fr, const struct vbox *above)
{
	bool		 head = table_header(t) != NULL;
	struct row	 r = { .l = l, .t = t, .fr = fr };
	const struct vbox *repeat = NULL;
	size_t		 first = f->n, second = SIZE_MAX, last = 0;

	for (uint32_t i = head ? 0 : 1; i < t->nrows; i++) {
		r.header = i == 0;
		r.node = table_cell(t, i, 0)->node;
		r.first = f->n == first;
		r.last = i + 1 == t->nrows;
		if (i == 2)
			second = f->n;
		last = f->n;
		row_set(l, f, t, &r, i, repeat);
		if (!r.header)
			continue;
		f->keep = true;
		if (f->n == first + 1)
			repeat = repeat_of(l, above, &f->v[first]);
	}
	f->keep = false;
	penalties(l, f, t, first, second, last);
}
