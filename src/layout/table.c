/*
 * table.c: a table from its node to the boxes of the flow: caption, rows
 * (or records), pictures of its cells.
 *
 * Cells are set once, as wide as they like, to learn what they wish for;
 * those whose column grants it are only moved there. Long ones are measured
 * and set when their width is known.
 */
#include "layout/table_int.h"

#define SHORT_MOST	160		/* bytes of a cell set before its
					   width is known */
#define BOUNDLESS	(SP_PT * 16384)
#define SPACE_AROUND	(SP_PT * 10)

/* ---- reading ---------------------------------------------------------- */

static void
cell_measure(struct layout *l, const struct table *t, struct cell *c,
    bool header)
{
	struct measure	 m = { .w = BOUNDLESS,
			    .leading = table_leading(l, t, header),
			    .align = ALIGN_START };
	sp		 lo, hi;

	c->wish = 0;
	c->axis = -1;
	c->set = (struct lines){ 0 };
	if (c->in.text.n == 0)
		return;
	if (c->in.text.n > SHORT_MOST) {
		par_widths(l, &c->in, &c->wish, &lo);
		return;
	}
	c->set = par_set(l, &c->in, &m);
	for (size_t i = 0; i < c->set.n; i++) {
		line_extent(&c->set.v[i], &lo, &hi);
		line_move(&c->set.v[i], -lo);
		if (hi - lo > c->wish)
			c->wish = hi - lo;
	}
}

/*
 * What a cell is the header of: its column in a header row, its row where
 * the first column has no header itself. No header is empty.
 */
static enum elem_scope
scope_of(const struct table *t, const struct doc_node *n)
{
	if (n->child == NULL)
		return SCOPE_NONE;
	if (n->parent->as.row.header)
		return SCOPE_COLUMN;
	return n->as.cell.col == 0 && t->first->as.row.header &&
	    t->first->child != NULL && t->first->child->child == NULL ?
	    SCOPE_ROW : SCOPE_NONE;
}

static bool
row_is_empty(const struct doc_node *n)
{
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		if (i->child != NULL)
			return false;
	return true;
}

static void
cell_read(struct layout *l, const struct table *t, struct cell *c,
    const struct doc_node *n, uint32_t row)
{
	enum elem_scope	 scope = scope_of(t, n);
	bool	 header = n->parent->as.row.header;
	size_t	 k = 0;

	/* Tables have many cells: no room that is not needed. */
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		k++;
	c->node = n;
	c->elem = elem_add(l, scope != SCOPE_NONE ? ELEM_TH : ELEM_TD, row,
	    n);
	l->elems.v[c->elem].scope = (uint8_t)scope;
	c->in.spans.v = ARENA_NEW(l->work, struct text_span, k);
	c->in.attrs.v = ARENA_NEW(l->work, struct attr, k);
	c->in.spans.cap = c->in.attrs.cap = k;
	inlines_of(l, &c->in, n, &table_style(l, header)->text, c->elem);
	inlines_done(l, &c->in);
	cell_measure(l, t, c, header);
}

static void
columns_measure(struct layout *l, struct table *t)
{
	for (uint32_t i = 0; i < t->ncols; i++) {
		struct column	*k = &t->col[i];
		uint8_t		 said = t->node->as.table.align == NULL ?
				    DOC_ALIGN_NONE :
				    t->node->as.table.align[i];
		enum style_align right = l->rtl ? ALIGN_START : ALIGN_END;
		enum style_align left = l->rtl ? ALIGN_END : ALIGN_START;

		k->wish = 0;
		for (uint32_t r = 0; r < t->nrows; r++)
			if (table_cell(t, r, i)->wish > k->wish)
				k->wish = table_cell(t, r, i)->wish;
		k->align = said == DOC_ALIGN_CENTER ? ALIGN_CENTER :
		    said == DOC_ALIGN_RIGHT ? right :
		    said == DOC_ALIGN_LEFT ? left : ALIGN_START;
	}
	table_numbers(l, t);
}

void
table_resize(struct layout *l, struct table *t, int size)
{
	int	 old = t->size;

	t->size = size;
	for (size_t i = 0; i < (size_t)t->nrows * t->ncols; i++) {
		struct cell	*c = &t->cells[i];

		for (size_t k = 0; k < c->in.spans.n; k++) {
			struct text_span *s = &c->in.spans.v[k];

			s->style.size = s->style.size * size / old;
			s->rise = s->rise * size / old;
		}
		cell_measure(l, t, c, i < t->ncols);
	}
	columns_measure(l, t);
}

/* "Table 3.  " and the caption; or, on a further page, "Table 3
 * (continued)". */
static void
caption_inlines(struct layout *l, const struct table *t, struct inlines *in,
    bool again)
{
	uint32_t	 number =
	    l->book->articles[l->article].node_number[t->node->id];
	str		 word = book_term(l->lang, TERM_TABLE);
	struct text_style s = l->th->block[STYLE_CAPTION].text;
	struct attr	 label = { .elem = ARTIFACT_REPEATED };

	s.bold = true;
	if (!again && number != 0)
		label.elem = elem_add(l, ELEM_LABEL, t->caption_elem, t->node);
	if (again)
		inlines_add(l, in, arena_printf(l->out, "%.*s %u (%.*s)",
		    STR_ARG(word), number,
		    STR_ARG(book_term(l->lang, TERM_CONTINUED))), &s, label);
	else if (number != 0)
		inlines_add(l, in, arena_printf(l->out, "%.*s %u.  ",
		    STR_ARG(word), number), &s, label);
	if (!again)
		inlines_of(l, in, t->caption,
		    &l->th->block[STYLE_CAPTION].text, t->caption_elem);
	inlines_done(l, in);
}

/*
 * The rows with their elements, whatever they are set as; a header that
 * says nothing has none.
 */
static void
rows_read(struct layout *l, struct table *t)
{
	struct cell	*c = t->cells;
	uint32_t	 head = 0, body = 0, row;

	for (const struct doc_node *k = t->first; k != NULL; k = k->next) {
		bool	 header = k->as.row.header;

		if (header && row_is_empty(k)) {
			for (const struct doc_node *i = k->child; i != NULL;
			    i = i->next)
				*c++ = (struct cell){ .node = i, .axis = -1 };
			continue;
		}
		/* A head needs a body: a lone header row is one. */
		header = header && k->next != NULL;
		if (header && head == 0)
			head = elem_add(l, ELEM_THEAD, t->elem, NULL);
		if (!header && body == 0)
			body = elem_add(l, ELEM_TBODY, t->elem, NULL);
		row = elem_add(l, ELEM_ROW, header ? head : body, k);
		for (const struct doc_node *i = k->child; i != NULL;
		    i = i->next)
			cell_read(l, t, c++, i, row);
	}
}

static struct table *
table_read(struct layout *l, const struct doc_node *n, uint32_t parent)
{
	struct table	*t = ARENA_NEW(l->work, struct table, 1);

	t->node = n;
	t->first = n->child;
	t->ncols = n->as.table.ncols;
	t->size = 1000;
	t->elem = elem_add(l, ELEM_TABLE, parent, n);
	if (t->first != NULL && t->first->kind == DOC_CAPTION) {
		t->caption = t->first;
		t->first = t->first->next;
		t->caption_elem = elem_add(l, ELEM_CAPTION, t->elem,
		    t->caption);
		caption_inlines(l, t, &t->caption_in, false);
	}
	for (const struct doc_node *k = t->first; k != NULL; k = k->next)
		t->nrows++;
	t->col = ARENA_NEW(l->work, struct column, t->ncols);
	t->cells = ARENA_NEW(l->work, struct cell,
	    (size_t)t->nrows * t->ncols);
	rows_read(l, t);
	columns_measure(l, t);
	return t;
}

const struct doc_node *
table_header(const struct table *t)
{
	if (t->nrows == 0 || !t->first->as.row.header)
		return NULL;
	for (uint32_t i = 0; i < t->ncols; i++)
		if (table_cell(t, 0, i)->in.text.n > 0)
			return t->first;
	return NULL;
}

/* ---- caption ---------------------------------------------------------- */

static struct measure
caption_measure(const struct layout *l, const struct table *t,
    const struct frame *fr)
{
	struct frame	 in = *fr;

	if (t->flags != 0) {
		in.x = t->x;
		in.w = t->w;
	}
	return measure_of(&l->th->block[STYLE_CAPTION], &in);
}

static void
caption(struct layout *l, struct flow *f, const struct table *t,
    const struct frame *fr)
{
	struct measure	 m = caption_measure(l, t, fr);
	struct block_style b = l->th->block[STYLE_CAPTION];
	struct lines	 x;
	uint32_t	 anchor =
	    l->book->articles[l->article].node_anchor[t->node->id];

	x = par_set(l, &t->caption_in, &m);
	if (x.n > 0 && anchor != 0)
		box_dest(l, &x.v[0], anchor, t->caption_elem);
	b.keep_next = true;
	b.after = l->th->cell_pad / 2;
	flow_lines(l, f, x, &b, fr->deco);
	for (size_t i = 1; i < f->n; i++)
		f->v[i].penalty = PENALTY_NEVER;
}

/* What stands above the header on further pages. */
static const struct vbox *
continued(struct layout *l, const struct table *t, const struct frame *fr)
{
	struct measure	 m = caption_measure(l, t, fr);
	struct inlines	 in = { 0 };
	struct lines	 x;
	struct vbox	*b;

	if (t->caption == NULL ||
	    l->book->articles[l->article].node_number[t->node->id] == 0)
		return NULL;
	caption_inlines(l, t, &in, true);
	x = par_set(l, &in, &m);
	if (x.n != 1)
		return NULL;
	b = ARENA_NEW(l->work, struct vbox, 1);
	*b = x.v[0];
	b->h += l->th->cell_pad / 2;
	return b;
}

/* ---- all of it -------------------------------------------------------- */

/* The one place where a table's boxes join the flow. */
static void
hand_over(struct layout *l, struct flow *f, const struct frame *fr,
    const struct table *t, struct flow *boxes)
{
	if ((t->flags & BOX_LANDSCAPE) == 0 && floats_here(l, fr, t->node)) {
		flow_float(l, f, boxes->v, boxes->n,
		    (t->flags & BOX_SPAN) != 0);
		return;
	}
	flow_space(f, SPACE_AROUND);
	flow_barrier(l, f, t->node);
	for (size_t i = 0; i < boxes->n; i++) {
		struct vbox	 b = boxes->v[i];

		if (i == 0) {
			flow_space(f, b.before);
			flow_box(l, f, b);
			continue;
		}
		b.flags |= f->flags;
		VEC_PUSH(l->work, f, b);
	}
	flow_space(f, SPACE_AROUND);
}

void
flow_table(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct table	*t;
	struct flow	 boxes = { 0 };

	t = table_read(l, n, fr->elem);
	table_fit(l, t, fr);
	boxes.flags = t->flags;
	if (t->caption != NULL)
		caption(l, &boxes, t, fr);
	if (t->records)
		table_records(l, &boxes, t, fr);
	else
		table_rows(l, &boxes, t, fr, continued(l, t, fr));
	hand_over(l, f, fr, t, &boxes);
	flow_images(l, f, fr, &t->caption_in);
	for (size_t i = 0; i < (size_t)t->nrows * t->ncols; i++)
		flow_images(l, f, fr, &t->cells[i].in);
}
