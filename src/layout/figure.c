/*
 * figure.c: a picture at its own size up to the measure and most of a
 * page's height, with its caption. A picture that could not be loaded was
 * reported when it was; its alt text stands in for it.
 */
#include "layout/layout_int.h"

static void
figure_alt(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	flow_text(l, f, fr, STYLE_CAPTION, ELEM_P, n->as.image.alt,
	    l->th->muted);
}

static void
fit(const struct layout *l, const struct frame *fr, const struct image *im,
    sp *w, sp *h)
{
	sp	 most = (l->th->page_h - l->th->margin_top -
		    l->th->margin_bottom) * 7 / 10;

	*w = im->natural_w;
	*h = im->natural_h;
	if (*w > fr->w) {
		*w = fr->w;
		*h = fr->w * (sp)im->h / (sp)im->w;
	}
	if (*h > most) {
		*h = most;
		*w = most * (sp)im->w / (sp)im->h;
	}
	if (*w < 1)
		*w = 1;
	if (*h < 1)
		*h = 1;
}

static void
caption(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, uint32_t parent)
{
	const struct block_style *b = &l->th->block[STYLE_CAPTION];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	struct text_style	 s = b->text;
	uint32_t		 number, e;

	number = l->book->articles[l->article].node_number[n->id];
	e = elem_add(l, ELEM_CAPTION, parent, n->child);
	if (number != 0) {
		s.bold = true;
		inlines_add(l, &in, arena_printf(l->out, "%.*s %u.  ",
		    STR_ARG(book_term(l->lang, TERM_FIGURE)), number), &s,
		    (struct attr){ .elem = elem_add(l, ELEM_LABEL, e, n) });
	}
	inlines_of(l, &in, n->child, &b->text, e);
	inlines_done(l, &in);
	flow_lines(l, f, par_set(l, &in, &m), b, fr->deco);
}

void
flow_figure(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	const struct doc	*d = l->book->articles[l->article].doc;
	const struct image	*im = image_find(l->in->images, d->path,
				    n->as.image.src);
	uint32_t		 e;
	struct vbox		 b = { .n = 1, .deco = fr->deco };
	sp			 w;

	e = elem_add(l, ELEM_FIGURE, fr->elem, n);
	l->elems.v[e].alt = n->as.image.alt;
	if (im == NULL) {
		figure_alt(l, f, fr, n);
		if (n->kind == DOC_FIGURE && n->child != NULL)
			caption(l, f, fr, n, e);
		return;
	}
	fit(l, fr, im, &w, &b.h);
	b.items = ARENA_NEW(l->work, struct item, 1);
	*b.items = (struct item){ .kind = ITEM_IMAGE, .elem = e,
	    .x = fr->x + (fr->w - w) / 2, .as.image = { im, w, b.h } };
	if (l->book->articles[l->article].node_anchor[n->id] != 0)
		box_dest(l, &b,
		    l->book->articles[l->article].node_anchor[n->id], e);
	flow_space(f, SP_PT * 12);
	flow_box(l, f, b);
	if (n->kind == DOC_FIGURE && n->child != NULL) {
		f->keep = true;
		caption(l, f, fr, n, e);
	}
	flow_space(f, SP_PT * 12);
}
