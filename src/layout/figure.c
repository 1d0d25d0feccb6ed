/*
 * figure.c: a picture at its own size up to the measure and the part of a
 * page's height that the theme allows, with its caption. A picture much
 * wider than a column of several stands across them all. One that could not
 * be loaded was reported when it was; its alt text stands in its place,
 * framed. One without any is taken for an ornament, its caption for a text
 * of its own.
 */
#include "layout/layout_int.h"

#define SPACE		(SP_PT * 12)	/* above and below */
#define LEAST		(SP_PT / 2)	/* of a side, so that it is seen */
#define PAD		(SP_PT * 8)	/* within the frame of an alt text */
#define LINE		(SP_PT / 2)	/* of that frame */

static void
fit(const struct layout *l, const struct frame *fr, const struct image *im,
    sp *w, sp *h)
{
	sp	 room = l->th->page_h - l->th->margin_top -
		    l->th->margin_bottom;
	sp	 most = room * l->th->figure_height / 1000;

	*w = im->natural_w;
	*h = im->natural_h;
	if (*w > fr->w) {
		*h = *h * fr->w / *w;
		*w = fr->w;
	}
	if (*h > most) {
		*w = *w * most / *h;
		*h = most;
	}
	if (*w < LEAST)
		*w = LEAST;
	if (*h < LEAST)
		*h = LEAST;
}

static void
caption(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, uint32_t figure)
{
	const struct block_style *b = &l->th->block[STYLE_CAPTION];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	struct text_style	 s = b->text;
	uint32_t		 number, e;

	number = l->book->articles[l->article].node_number[n->id];
	e = figure != ARTIFACT_LAYOUT ?
	    elem_add(l, ELEM_CAPTION, figure, n->child) :
	    elem_add(l, ELEM_P, fr->elem, n->child);
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

static void
dest(struct layout *l, struct vbox *b, const struct doc_node *n, uint32_t e)
{
	uint32_t	 a = l->book->articles[l->article].node_anchor[n->id];

	if (a != 0)
		box_dest(l, b, a, e);
}

/* The alt text within a thin frame. */
static void
stand_in(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, uint32_t e)
{
	struct frame	 in = *fr;
	const struct block_style *b = &l->th->block[STYLE_CAPTION];
	str		 alt = str_trim(n->as.image.alt);
	struct inlines	 text = { 0 };
	struct measure	 m;
	size_t		 first = f->n;

	in.deco = deco_add(l, (struct deco){ .outer = fr->deco, .x = fr->x,
	    .w = fr->w, .pad = PAD, .rgb = l->th->rule, .edge = LINE });
	in.x += PAD;
	in.w -= PAD * 2;
	if (e == ARTIFACT_LAYOUT)
		e = elem_add(l, ELEM_P, fr->elem, NULL);
	m = measure_of(b, &in);
	flow_space(f, PAD);
	inlines_add(l, &text, alt.n > 0 ? alt : n->as.image.src, &b->text,
	    (struct attr){ .elem = e });
	inlines_done(l, &text);
	flow_lines(l, f, par_set(l, &text, &m), b, in.deco);
	if (f->n > first) {
		dest(l, &f->v[first], n, e);
		f->v[first].start = start_node(l, n, 0);
	}
	flow_space(f, PAD * 2);
}

/* Pictures stand where the lines of their captions do. */
static sp
picture_x(const struct layout *l, const struct frame *fr, sp w)
{
	enum style_align align = l->th->block[STYLE_CAPTION].align;

	if (align == ALIGN_CENTER)
		return fr->x + (fr->w - w) / 2;
	return (align == ALIGN_END) != l->rtl ? fr->x + fr->w - w : fr->x;
}

static void
picture(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, const struct image *im, uint32_t e)
{
	struct vbox	 b = { .n = 1, .deco = fr->deco };
	sp		 w;

	fit(l, fr, im, &w, &b.h);
	b.items = ARENA_NEW(l->work, struct item, 1);
	*b.items = (struct item){ .kind = ITEM_IMAGE, .elem = e,
	    .x = picture_x(l, fr, w), .as.image = { im, w, b.h } };
	if (im->drawing != NULL) {
		b.items->kind = ITEM_DRAWING;
		b.items->as.drawing.drawn = drawing_set(l, im);
		b.items->as.drawing.w = w;
		b.items->as.drawing.h = b.h;
	}
	dest(l, &b, n, e);
	b.start = start_node(l, n, 0);
	flow_box(l, f, b);
}

/* Does it want all columns? Only what is wide gains by them. */
static bool
wants_span(const struct layout *l, const struct frame *fr,
    const struct image *im)
{
	return im != NULL && l->th->columns > 1 && fr->w == l->column &&
	    im->natural_w > l->column * 13 / 10 &&
	    im->natural_w > im->natural_h * 5 / 4;
}

/* The boxes of a figure, kept together, go into the flow here. */
static void
hand_over(struct layout *l, struct flow *f, const struct flow *boxes,
    bool all)
{
	flow_space(f, SPACE);
	for (size_t i = 0; i < boxes->n; i++) {
		struct vbox	 b = boxes->v[i];

		if (i > 0) {
			f->keep = true;
			flow_space(f, b.before);
		}
		if (all)
			b.flags |= BOX_SPAN;
		flow_box(l, f, b);
	}
	flow_space(f, boxes->space > SPACE ? boxes->space : SPACE);
}

void
flow_figure(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	const struct doc	*d = l->book->articles[l->article].doc;
	const struct image	*im = image_find(l->in->images, d->path,
				    n->as.image.src);
	struct frame		 wide = *fr;
	struct flow		 boxes = { 0 };
	bool			 all = wants_span(l, fr, im);
	uint32_t		 e = ARTIFACT_LAYOUT;

	if (str_trim(n->as.image.alt).n > 0) {
		e = elem_add(l, ELEM_FIGURE, fr->elem, n);
		l->elems.v[e].alt = str_trim(n->as.image.alt);
	}
	if (all)
		wide.w = l->measure;
	if (im == NULL)
		stand_in(l, &boxes, &wide, n, e);
	else
		picture(l, &boxes, &wide, n, im, e);
	if (n->kind == DOC_FIGURE && n->child != NULL)
		caption(l, &boxes, &wide, n, e);
	hand_over(l, f, &boxes, all);
}
