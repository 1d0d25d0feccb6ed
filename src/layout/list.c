/*
 * list.c: lists, lists of definitions and notes: a label, and blocks set in
 * by as much as the widest label of the list takes.
 *
 * A label stands on the baseline of the first line, whatever block that is
 * of. Where nesting is so deep that the measure is kept, an item is not set
 * in any more and its label stands out where its parent's does; there an
 * item that begins with a list gives its own label a line, or the two
 * would lie on one another.
 */
#include "layout/layout_int.h"

#define PENALTY_HOLD	150	/* within a short list */
#define BULLETS		3

struct list {
	const struct doc_node *node;
	sp	 indent;
};

/* Between a label and its text. */
static sp
label_gap(const struct block_style *b)
{
	return b->text.size / 2;
}

static str
label_text(struct layout *l, const struct doc_node *list,
    const struct doc_node *item, uint32_t number, unsigned depth)
{
	static const char *const bullet[BULLETS] = { "•", "–", "·" };

	if (item->as.item.task == TASK_OPEN)
		return S("☐");
	if (item->as.item.task == TASK_DONE)
		return S("☑");
	if (list->as.list.ordered)
		return arena_printf(l->out, "%u.", number);
	return str_c(bullet[depth % BULLETS]);
}

static void
label_inlines(struct layout *l, struct inlines *in, str text,
    const struct block_style *s, struct attr a)
{
	inlines_add(l, in, text, &s->text, a);
	inlines_done(l, in);
}

/* The baseline of the first line of a box, its top where it has none. */
static sp
first_baseline(const struct vbox *b, sp otherwise)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].kind == ITEM_RUN && b->items[i].as.run.n > 0)
			return b->items[i].y;
	return otherwise;
}

void
label_place(struct layout *l, struct vbox *b, const struct frame *fr,
    str text, sp width, enum block_id id, struct attr a)
{
	const struct block_style *s = &l->th->block[id];
	struct measure		 m = { .w = width, .leading = s->leading,
				    .align = ALIGN_END };
	struct inlines		 in = { 0 };
	struct lines		 x;
	sp			 own;

	m.w -= label_gap(s);
	m.x = l->rtl ? fr->x + fr->w + label_gap(s) : fr->x - width;
	label_inlines(l, &in, text, s, a);
	x = par_set(l, &in, &m);
	if (x.n == 0)
		return;
	own = first_baseline(&x.v[0], 0);
	own = first_baseline(b, own) - own;
	for (size_t i = 0; i < x.v[0].n; i++)
		x.v[0].items[i].y += own;
	box_items_first(l, b, x.v[0].items, x.v[0].n);
}

/* ---- lists ------------------------------------------------------------ */

static sp
label_width(struct layout *l, uint32_t number)
{
	const struct block_style *s = &l->th->block[STYLE_LIST];
	struct inlines		 in = { 0 };
	sp			 longest, word;

	label_inlines(l, &in, arena_printf(l->out, "%u.", number), s,
	    (struct attr){ 0 });
	par_widths(l, &in, &longest, &word);
	return longest;
}

/* The indent follows the widest number, but no list is set in less than
 * those of bullets. */
static sp
list_indent(struct layout *l, const struct doc_node *n)
{
	uint32_t	 last = n->as.list.start;
	sp		 indent = l->th->list_indent, w;

	if (!n->as.list.ordered)
		return indent;
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		last += i->next != NULL;
	w = label_width(l, n->as.list.start);
	if (label_width(l, last) > w)
		w = label_width(l, last);
	w += label_gap(&l->th->block[STYLE_LIST]);
	return w > indent ? w : indent;
}

static bool
begins_with_list(const struct doc_node *n)
{
	return n->child != NULL && (n->child->kind == DOC_LIST ||
	    n->child->kind == DOC_CALLOUT || n->child->kind == DOC_DEFLIST);
}

static void
item(struct layout *l, struct flow *f, const struct frame *fr,
    const struct list *x, const struct doc_node *n, uint32_t number)
{
	uint32_t	 e = elem_add(l, ELEM_ITEM, fr->elem, n);
	uint32_t	 label = elem_add(l, ELEM_LABEL, e, n);
	struct frame	 in = frame_inset(l, fr, x->indent, 0);
	struct vbox	 alone = { .deco = fr->deco,
			    .start = start_node(l, n, 0) };
	size_t		 at;

	in.elem = elem_add(l, ELEM_BODY, e, n);
	in.style = STYLE_LIST;
	in.list_depth = fr->list_depth + 1;
	if (n->as.item.task != TASK_NONE)
		l->elems.v[label].alt = book_term(l->lang,
		    n->as.item.task == TASK_DONE ? TERM_DONE : TERM_OPEN);
	alone.h = l->th->block[STYLE_LIST].leading;
	flow_space(f, x->node->as.list.tight ? l->th->list_tight :
	    l->th->list_loose);
	at = f->n;
	if (n->child == NULL)
		flow_box(l, f, alone);
	else if (fr->w - in.w < x->indent && begins_with_list(n)) {
		flow_box(l, f, alone);
		f->keep = true;
	}
	flow_blocks(l, f, &in, n);
	if (f->n == at)
		flow_box(l, f, alone);
	label_place(l, &f->v[at], &in, label_text(l, x->node, n, number,
	    fr->list_depth), x->indent, STYLE_LIST,
	    (struct attr){ .elem = label });
}

/* As the labels say; boxes of tasks are none. */
static enum elem_numbering
numbering(const struct doc_node *n, unsigned depth)
{
	if (n->as.list.ordered)
		return NUMBERING_DECIMAL;
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		if (i->as.item.task == TASK_NONE)
			return NUMBERING_DISC + depth % BULLETS;
	return NUMBERING_NONE;
}

void
flow_list(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct list	 x = { n, list_indent(l, n) };
	struct frame	 in = *fr;
	uint32_t	 number = n->as.list.start;
	bool		 outer = fr->list_depth == 0;
	const struct block_style *b = &l->th->block[STYLE_LIST];
	size_t		 at = f->n;

	in.elem = elem_add(l, ELEM_LIST, fr->elem, n);
	l->elems.v[in.elem].numbering = (uint8_t)numbering(n,
	    fr->list_depth);
	flow_space(f, outer ? b->before : l->th->list_tight);
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		item(l, f, &in, &x, i, number++);
	flow_hold(l, f, at, PENALTY_HOLD);
	flow_space(f, outer ? b->after : l->th->list_tight);
}

/* ---- definitions ------------------------------------------------------ */

static void
definition(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, sp between)
{
	const struct block_style *b = &l->th->block[STYLE_DEFINITION];
	struct frame		 in = frame_inset(l, fr, b->start, b->end);

	in.style = STYLE_DEFINITION;
	in.list_depth = fr->list_depth + 1;
	flow_space(f, between);
	flow_blocks(l, f, &in, n);
}

void
flow_deflist(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct frame	 in = *fr;
	uint32_t	 list = elem_add(l, ELEM_LIST, fr->elem, n), item = 0;
	bool		 term = false;
	sp		 between = n->as.list.tight ? 0 :
			    l->th->block[STYLE_DEFINITION].leading / 4;

	flow_space(f, l->th->block[STYLE_LIST].before);
	for (const struct doc_node *i = n->child; i != NULL; i = i->next) {
		if (i->kind == DOC_TERM) {
			if (!term)	/* several share what follows */
				item = elem_add(l, ELEM_ITEM, list, i);
			in.elem = item;
			flow_para(l, f, &in, i, STYLE_TERM, ELEM_LABEL);
		} else {
			if (term)	/* as several are one body */
				in.elem = elem_add(l, ELEM_BODY, item, i);
			definition(l, f, &in, i, between);
		}
		term = i->kind == DOC_TERM;
		if (term && i->next != NULL && i->next->kind == DOC_TERM)
			f->space = 0;
	}
	flow_space(f, l->th->block[STYLE_LIST].after);
}

/* ---- notes ------------------------------------------------------------ */

void
flow_note(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	uint32_t	 e = elem_add(l, ELEM_NOTE, fr->elem, n);
	sp		 width = l->th->list_indent;
	struct frame	 in = frame_inset(l, fr, width, 0);
	size_t		 at = f->n;
	struct attr	 label = note_label(l, n, e);

	in.elem = e;
	in.style = STYLE_NOTE;
	flow_space(f, SP_PT * 2);
	flow_blocks(l, f, &in, n);
	if (f->n == at)
		return;
	label_place(l, &f->v[at], &in, arena_printf(l->out, "%u.",
	    n->as.note.number), width, STYLE_NOTE, label);
	if (l->article != UINT32_MAX)
		box_dest(l, &f->v[at],
		    l->book->articles[l->article].node_anchor[n->id], e);
}
