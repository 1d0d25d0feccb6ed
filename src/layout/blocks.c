/*
 * blocks.c: document blocks to the vertical list. Nesting is bounded by
 * the document's limits, so containers recurse.
 */
#include "layout/layout_int.h"

static void	block(struct layout *, struct flow *, const struct frame *,
		    const struct doc_node *, bool first);

/* Inset on the side where lines begin. */
static struct frame
inset(const struct layout *l, const struct frame *f, sp start, sp end)
{
	struct frame	 g = *f;

	if (start + end > f->w * 3 / 5)	/* deep nesting keeps a measure */
		start = end = 0;
	g.x += l->rtl ? end : start;
	g.w -= start + end;
	return g;
}

void
flow_images(struct layout *l, struct flow *f, const struct frame *fr,
    const struct inlines *in)
{
	for (size_t i = 0; i < in->images.n; i++)
		flow_figure(l, f, fr, in->images.v[i]);
}

static bool
has_line_breaks(const struct doc_node *n)
{
	for (const struct doc_node *c = n->child; c != NULL; c = c->next)
		if (c->kind == DOC_LINEBREAK)
			return true;
	return false;
}

static void
paragraph(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, enum block_id id, enum elem_role role)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };

	if (has_line_breaks(n))		/* verse, options: one left edge */
		m.indent = 0;
	inlines_of(l, &in, n, &b->text, elem_add(l, role, fr->elem, n));
	inlines_done(l, &in);
	flow_lines(l, f, par_set(l, &in, &m), b, fr->deco);
	flow_images(l, f, fr, &in);
}

static void
heading(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	int			 d = n->as.heading.depth;
	enum block_id		 id = d <= 1 ? STYLE_H2 : d == 2 ? STYLE_H3 :
				    STYLE_H4;
	const struct block_style *b = &l->th->block[id];
	struct frame		 wide = *fr;
	struct measure		 m;
	struct inlines		 in = { 0 };
	struct lines		 x;
	uint32_t		 e, anchor = 0;

	if (b->span && fr->style == STYLE_BODY && fr->deco == 0) {
		wide.w = l->measure;
		f->flags |= BOX_SPAN;
	}
	m = measure_of(b, &wide);
	e = elem_heading(l, fr->elem, (unsigned)d + 1 +
	    (l->book->kind == BOOK_COMPILATION), n);
	if (l->article != UINT32_MAX)
		anchor = l->book->articles[l->article].node_anchor[n->id];
	inlines_of(l, &in, n, &b->text, e);
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n > 0 && anchor != 0)
		box_dest(l, &x.v[0], anchor, e);
	if (x.n > 0)
		x.v[0].mark = e;
	flow_lines(l, f, x, b, fr->deco);
	f->flags &= ~(unsigned)BOX_SPAN;
	flow_images(l, f, fr, &in);
}

/* ---- lists ------------------------------------------------------------ */

static str
label_text(struct layout *l, const struct doc_node *list,
    const struct doc_node *item, uint32_t number, unsigned depth)
{
	static const char *const bullet[] = { "•", "–", "·" };

	if (item->as.item.task == TASK_OPEN)
		return S("☐");
	if (item->as.item.task == TASK_DONE)
		return S("☑");
	if (list->as.list.ordered)
		return arena_printf(l->out, "%u.", number);
	return str_c(bullet[depth % ARRAY_LEN(bullet)]);
}

/* Puts the label's glyphs into the item's first line. */
static void
label_place(struct layout *l, struct vbox *b, const struct frame *fr,
    str text, sp width, uint32_t elem)
{
	const struct block_style *s = &l->th->block[fr->style];
	struct measure		 m = { .w = width, .leading = s->leading,
				    .align = ALIGN_END };
	struct inlines		 in = { 0 };
	struct lines		 x;

	m.w -= s->text.size / 2;
	m.x = l->rtl ? fr->x + fr->w + s->text.size / 2 : fr->x - width;
	inlines_add(l, &in, text, &s->text, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n == 0)
		return;
	b->items = items_join(l, x.v[0].items, x.v[0].n, b->items, b->n);
	b->n += x.v[0].n;
}

static void
item(struct layout *l, struct flow *f, struct frame *fr,
    const struct doc_node *list, const struct doc_node *n, uint32_t number)
{
	uint32_t	 e = elem_add(l, ELEM_ITEM, fr->elem, n);
	uint32_t	 label = elem_add(l, ELEM_LABEL, e, n);
	sp		 width = l->th->list_indent;
	struct frame	 in;
	size_t		 at;

	if (list->as.list.ordered && number > 99)
		width = width * 3 / 2;
	in = inset(l, fr, width, 0);
	in.elem = elem_add(l, ELEM_BODY, e, n);
	in.style = STYLE_LIST;
	in.list_depth = fr->list_depth + 1;
	flow_space(f, list->as.list.tight ? SP_PT * 2 : SP_PT * 5);
	at = f->n;
	flow_blocks(l, f, &in, n);
	if (f->n == at)
		flow_box(l, f, (struct vbox){
		    .h = l->th->block[STYLE_LIST].leading, .deco = fr->deco });
	label_place(l, &f->v[at], &in, label_text(l, list, n, number,
	    fr->list_depth), width, label);
}

static void
list(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct frame	 in = *fr;
	uint32_t	 number = n->as.list.start;

	in.elem = elem_add(l, ELEM_LIST, fr->elem, n);
	flow_space(f, fr->list_depth == 0 ? SP_PT * 6 : SP_PT * 2);
	for (const struct doc_node *i = n->child; i != NULL; i = i->next)
		item(l, f, &in, n, i, number++);
	flow_space(f, fr->list_depth == 0 ? SP_PT * 6 : SP_PT * 2);
}

/* ---- boxed blocks ----------------------------------------------------- */

static void
quote(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	sp		 pad = l->th->quote_indent;
	struct frame	 in = inset(l, fr, pad, pad / 2);

	in.elem = elem_add(l, ELEM_QUOTE, fr->elem, n);
	in.style = STYLE_QUOTE;
	in.list_depth = 0;
	in.deco = deco_add(l, (struct deco){ fr->deco,
	    l->rtl ? in.x + in.w + pad / 2 - SP_PT * 2 : in.x - pad / 2,
	    SP_PT * 2, 0, l->th->rule });
	flow_space(f, l->th->block[STYLE_QUOTE].before);
	flow_blocks(l, f, &in, n);
	flow_space(f, l->th->block[STYLE_QUOTE].after);
}

static enum term
callout_term(enum doc_callout k)
{
	return (enum term)(TERM_CALLOUT_NOTE + (int)k);
}

static void
callout(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	sp		 pad = l->th->callout_pad;
	struct frame	 in = inset(l, fr, pad, pad);
	sp		 around = SP_PT * 10 + pad * 2 / 3;

	in.elem = elem_add(l, ELEM_CALLOUT, fr->elem, n);
	in.style = STYLE_CALLOUT;
	in.list_depth = 0;
	in.deco = deco_add(l, (struct deco){ fr->deco, fr->x, fr->w,
	    pad * 2 / 3, 0xf3efe6 });
	in.deco = deco_add(l, (struct deco){ in.deco,
	    l->rtl ? fr->x + fr->w - SP_PT * 3 : fr->x, SP_PT * 3,
	    pad * 2 / 3, l->th->accent });
	flow_space(f, around);
	flow_text(l, f, &in, STYLE_CALLOUT_LABEL, ELEM_P,
	    book_term(l->lang, callout_term(n->as.callout.kind)),
	    l->th->accent);
	flow_blocks(l, f, &in, n);
	flow_space(f, around);
}

static void
code(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	const struct block_style *b = &l->th->block[STYLE_CODE];
	sp		 pad = l->th->callout_pad / 2;
	struct frame	 in = inset(l, fr, pad, pad);
	struct measure	 m = measure_of(b, &in);
	struct inlines	 x = { 0 };
	str		 t = n->as.code.text;

	if (t.n > 0 && t.p[t.n - 1] == '\n')
		t.n--;
	m.anywhere = true;
	in.deco = deco_add(l, (struct deco){ fr->deco, fr->x, fr->w, pad,
	    0xf4f4f4 });
	inlines_add(l, &x, t, &b->text, (struct attr){
	    .elem = elem_add(l, ELEM_CODE, fr->elem, n) });
	inlines_done(l, &x);
	flow_space(f, b->before + pad);
	flow_lines(l, f, par_set(l, &x, &m), b, in.deco);
	flow_space(f, b->after + pad);
}

static void
note(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	uint32_t	 e = elem_add(l, ELEM_NOTE, fr->elem, n);
	sp		 width = l->th->list_indent;
	struct frame	 in = inset(l, fr, width, 0);
	size_t		 at = f->n;

	in.elem = e;
	in.style = STYLE_NOTE;
	flow_space(f, SP_PT * 2);
	flow_blocks(l, f, &in, n);
	if (f->n == at)
		return;
	label_place(l, &f->v[at], &in, arena_printf(l->out, "%u.",
	    n->as.note.number), width, elem_add(l, ELEM_LABEL, e, n));
	if (l->article != UINT32_MAX)
		box_dest(l, &f->v[at],
		    l->book->articles[l->article].node_anchor[n->id], e);
}

static void
notes_heading(struct layout *l, struct flow *f, const struct frame *fr)
{
	struct frame	 third = *fr;

	third.w = fr->w / 3;
	if (l->rtl)
		third.x += fr->w - third.w;
	flow_rule(l, f, &third, SP_PT / 2, l->th->rule, SP_PT * 18,
	    SP_PT * 6);
	f->keep = true;
	flow_text(l, f, fr, STYLE_CALLOUT_LABEL, ELEM_P,
	    book_term(l->lang, TERM_NOTES), l->th->muted);
}

static void
block(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, bool first)
{
	switch (n->kind) {
	case DOC_HEADING:
		heading(l, f, fr, n);
		break;
	case DOC_PARA:
		paragraph(l, f, fr, n, fr->style == STYLE_BODY && first ?
		    STYLE_BODY_FIRST : fr->style, ELEM_P);
		break;
	case DOC_ATTRIBUTION:
		f->keep = true;
		paragraph(l, f, fr, n, STYLE_ATTRIBUTION, ELEM_P);
		break;
	case DOC_LIST:
		list(l, f, fr, n);
		break;
	case DOC_QUOTE:
		quote(l, f, fr, n);
		break;
	case DOC_CALLOUT:
		callout(l, f, fr, n);
		break;
	case DOC_CODE:
		code(l, f, fr, n);
		break;
	case DOC_RULE:
		flow_rule(l, f, fr, SP_PT / 2, l->th->rule, SP_PT * 14,
		    SP_PT * 14);
		break;
	case DOC_TABLE:
		flow_table(l, f, fr, n);
		break;
	case DOC_FIGURE:
		if (floats_here(l, fr, n)) {
			struct flow	 x = { .flags = f->flags };

			flow_figure(l, &x, fr, n);
			flow_float(l, f, x.v, x.n, false);
		} else
			flow_figure(l, f, fr, n);
		break;
	case DOC_NOTE:
		note(l, f, fr, n);
		break;
	default:
		break;
	}
}

void
flow_blocks(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *node)
{
	bool	 first = true, notes = false;

	for (const struct doc_node *n = node->child; n != NULL; n = n->next) {
		if (n->kind == DOC_NOTE && l->th->notes == NOTES_FOOT)
			break;		/* each at the foot of its page */
		if (n->kind == DOC_NOTE && !notes) {
			notes_heading(l, f, fr);
			notes = true;
		}
		if (n->kind == DOC_PARA && !first && fr->style != STYLE_BODY)
			flow_space(f, SP_PT * 4);
		block(l, f, fr, n, first);
		first = n->kind != DOC_PARA;
	}
}
