/*
 * contents.c: contents lists. Room for the page number is kept at the end
 * of each entry's last line and filled when all pages are known; since the
 * room does not depend on the number, no round of layout depends on it.
 */
#include "layout/layout_int.h"

/* One entry: text that links to the anchor, its page number at the end. */
static void
entry(struct layout *l, struct flow *f, const struct frame *fr,
    enum block_id id, const struct toc_entry *t, bool number)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = measure_of(b, fr);
	uint32_t		 e = elem_add(l, ELEM_TOC_ENTRY, fr->elem, NULL);
	uint32_t		 link = elem_add(l, ELEM_LINK, e, NULL);
	sp			 room = b->text.size * 3;
	struct inlines		 in = { 0 };
	struct lines		 x;
	struct late		*late;

	if (number) {
		m.w -= room;
		m.x += l->rtl ? room : 0;
	}
	inlines_add(l, &in, t->text, &b->text, (struct attr){ .elem = link,
	    .anchor = t->anchor });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (number && x.n > 0) {
		late = ARENA_NEW(l->work, struct late, 1);
		*late = (struct late){ t->anchor, id,
		    l->rtl ? fr->x : fr->x + fr->w,
		    line_baseline(b->leading, b->text.size), link };
		x.v[x.n - 1].late = late;
	}
	flow_lines(l, f, x, b, fr->deco);
}

static void
title(struct layout *l, struct flow *f, const struct frame *fr,
    enum block_id id, enum term t)
{
	flow_text(l, f, fr, id, ELEM_P, book_term(l->lang, t),
	    id == STYLE_TOC_TITLE ? l->th->block[id].text.rgb :
	    l->th->accent);
}

void
flow_contents_article(struct layout *l, struct flow *f,
    const struct frame *fr, const struct book_article *a)
{
	struct frame	 in = *fr;

	if (a->nheadings < 3)
		return;
	flow_space(f, SP_PT * 8);
	title(l, f, &in, STYLE_CALLOUT_LABEL, TERM_IN_THIS_ARTICLE);
	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	for (const struct toc_entry *t = a->toc; t != NULL; t = t->next) {
		entry(l, f, &in, STYLE_TOC_HEADING, t, true);
		for (const struct toc_entry *c = t->child; c != NULL;
		    c = c->next)
			entry(l, f, &in, STYLE_TOC_SUBHEADING, c, true);
	}
	flow_rule(l, f, fr, SP_PT / 2, l->th->rule, SP_PT * 8, SP_PT * 12);
}

/* The book's entry for a section; NULL: none. */
static const struct toc_entry *
section_entry(const struct book *b, uint32_t index)
{
	for (const struct toc_entry *t = b->toc; t != NULL; t = t->next)
		if (t->kind == TOC_SECTION && t->index == index)
			return t;
	return NULL;
}

void
flow_contents_section(struct layout *l, struct flow *f,
    const struct frame *fr, const struct book_section *s)
{
	const struct toc_entry	*t = section_entry(l->book,
				    (uint32_t)(s - l->book->sections));
	struct frame		 in = *fr;

	if (t == NULL)
		return;
	title(l, f, fr, STYLE_CALLOUT_LABEL, TERM_IN_THIS_SECTION);
	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	for (const struct toc_entry *a = t->child; a != NULL; a = a->next) {
		flow_space(f, SP_PT * 10);
		entry(l, f, &in, STYLE_TOC_ARTICLE, a, true);
		for (const struct toc_entry *h = a->child; h != NULL;
		    h = h->next)
			entry(l, f, &in, STYLE_TOC_SUBHEADING, h, true);
	}
}

void
flow_contents_book(struct layout *l, struct flow *f, const struct frame *fr)
{
	struct frame	 in = *fr;

	title(l, f, fr, STYLE_TOC_TITLE, TERM_CONTENTS);
	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	for (const struct toc_entry *s = l->book->toc; s != NULL;
	    s = s->next) {
		entry(l, f, &in, STYLE_TOC_SECTION, s, true);
		for (const struct toc_entry *a = s->child; a != NULL;
		    a = a->next)
			entry(l, f, &in, STYLE_TOC_ARTICLE, a, true);
	}
}
