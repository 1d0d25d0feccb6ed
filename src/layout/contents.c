/*
 * contents.c: contents lists. Room for the page number is kept at the end
 * of each entry's last line and filled when all pages are known; since the
 * room does not depend on the number, no round of layout depends on it.
 * Lines after the first hang; dots lead from an article's title to its
 * number.
 */
#include "layout/layout_int.h"

static sp
line_end(const struct vbox *b, bool rtl, sp from)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct item *it = &b->items[i];
		sp	 w = 0;

		if (it->kind != ITEM_RUN)
			continue;
		for (size_t k = 0; k < it->as.run.n; k++)
			w += it->as.run.g[k].adv;
		if (rtl ? it->x < from : it->x + w > from)
			from = rtl ? it->x : it->x + w;
	}
	return from;
}

static void
number_add(struct layout *l, struct vbox *b, const struct frame *fr,
    enum block_id id, uint32_t anchor, uint32_t elem)
{
	const struct block_style *s = &l->th->block[id];
	struct late		*late = ARENA_NEW(l->work, struct late, 1);

	*late = (struct late){ .anchor = anchor, .style = id,
	    .x = l->rtl ? fr->x : fr->x + fr->w,
	    .y = line_baseline(s->leading, s->text.size),
	    .rgb = s->text.rgb, .leader = id != STYLE_TOC_SECTION,
	    .elem = elem };
	late->from = line_end(b, l->rtl, l->rtl ? fr->x + fr->w : fr->x);
	b->late = late;
}

/* Where its text stands in the source. */
static span
entry_at(const struct book *b, const struct toc_entry *t)
{
	return t->kind == TOC_ARTICLE ?
	    b->articles[t->index].doc->meta.title_at : SPAN_NONE;
}

/* The link reaches to the number; where its text cannot be seen, it is the
 * whole line. */
static void
link_stretch(struct layout *l, struct vbox *b, const struct frame *fr,
    struct item all)
{
	struct item	*it = b->items + b->n;
	sp		 end;

	while (it > b->items && it[-1].kind != ITEM_LINK)
		it--;
	if (it == b->items) {
		all.x = fr->x;
		all.as.link.w = fr->w;
		all.as.link.h = b->h;
		box_items_first(l, b, &all, 1);
		return;
	}
	it--;
	end = it->x + it->as.link.w;
	if (l->rtl)
		it->x = fr->x;
	it->as.link.w = (l->rtl ? end : fr->x + fr->w) - it->x;
}

/* One entry: text that links to the anchor, its page number at the end.
 * Returns its element. */
static uint32_t
entry(struct layout *l, struct flow *f, const struct frame *fr,
    enum block_id id, const struct toc_entry *t, bool starts)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = measure_of(b, fr);
	uint32_t		 e = elem_add(l, ELEM_TOC_ENTRY, fr->elem, NULL);
	uint32_t		 link = elem_add(l, ELEM_LINK, elem_add(l,
				    ELEM_NOTEREF, e, NULL), NULL);
	sp			 room = b->text.size * 3;
	struct inlines		 in = { 0 };
	struct lines		 x;

	m.w -= room + b->text.size;
	m.x += l->rtl ? room : b->text.size;
	m.indent = -b->text.size;	/* lines after the first hang */
	inlines_add(l, &in, t->text, &b->text, (struct attr){ .elem = link,
	    .anchor = t->anchor, .at = entry_at(l->book, t) });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n > 0 && starts)
		x.v[0].start = (struct page_start){ .kind = START_TOC,
		    .index = t->anchor };
	if (x.n > 0) {
		link_stretch(l, &x.v[x.n - 1], fr, (struct item){
		    .kind = ITEM_LINK, .elem = link, .as.link = {
		    .anchor = t->anchor, .about = t->text } });
		line_blank(l, &x.v[x.n - 1], link);
		number_add(l, &x.v[x.n - 1], fr, id, t->anchor, link);
	}
	flow_lines(l, f, x, b, fr->deco);
	for (size_t i = 1; i < x.n; i++)
		f->v[f->n - i].penalty = PENALTY_NEVER;
	return e;
}

/* The frame of a list below its title. */
static struct frame
list_open(struct layout *l, struct flow *f, const struct frame *fr, enum term t)
{
	struct frame	 in = *fr;

	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	flow_text(l, f, &in, STYLE_CALLOUT_LABEL, ELEM_CAPTION,
	    book_term(l->lang, t));
	return in;
}

/* The frame of a list within an entry, where it has any entries. */
static struct frame
list_within(struct layout *l, const struct frame *fr, uint32_t e,
    const struct toc_entry *first)
{
	struct frame	 in = *fr;

	if (first != NULL)
		in.elem = elem_add(l, ELEM_TOC, e, NULL);
	return in;
}

void
flow_contents_article(struct layout *l, struct flow *f,
    const struct frame *fr, const struct book_article *a)
{
	struct frame	 in, sub;

	if (a->nheadings < 3 || !l->th->article_contents)
		return;
	flow_space(f, SP_PT * 8);
	in = list_open(l, f, fr, TERM_IN_THIS_ARTICLE);
	for (const struct toc_entry *t = a->toc; t != NULL; t = t->next) {
		/* neither the first nor the last is left alone */
		f->keep |= t->next == NULL && t->child == NULL;
		sub = list_within(l, &in, entry(l, f, &in, STYLE_TOC_HEADING,
		    t, true), t->child);
		f->keep |= t == a->toc;
		for (const struct toc_entry *c = t->child; c != NULL;
		    c = c->next) {
			f->keep |= t->next == NULL && c->next == NULL;
			entry(l, f, &sub, STYLE_TOC_SUBHEADING, c, true);
		}
	}
	f->keep = true;		/* nor is the rule */
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
	struct frame		 in, sub;

	if (t == NULL)
		return;
	in = list_open(l, f, fr, TERM_IN_THIS_SECTION);
	for (const struct toc_entry *a = t->child; a != NULL; a = a->next) {
		flow_space(f, SP_PT * 10);
		sub = list_within(l, &in, entry(l, f, &in, STYLE_TOC_ARTICLE,
		    a, true), a->child);
		f->keep = a->child != NULL;
		for (const struct toc_entry *h = a->child; h != NULL;
		    h = h->next)
			entry(l, f, &sub, STYLE_TOC_SUBHEADING, h, false);
	}
}

#define BANNER_KEEP	12	/* entries that stay on one page */

void
flow_contents_banner(struct layout *l, struct flow *f,
    const struct frame *fr, const struct book_section *s)
{
	const struct toc_entry	*t = section_entry(l->book,
				    (uint32_t)(s - l->book->sections));
	struct frame		 in = *fr;

	if (t == NULL || s->n < 2)	/* its title stands just below */
		return;
	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	for (const struct toc_entry *a = t->child; a != NULL; a = a->next) {
		f->keep |= s->n <= BANNER_KEEP || a->next == NULL;
		entry(l, f, &in, STYLE_TOC_ARTICLE, a, true);
		f->keep |= a == t->child;
	}
}

void
flow_contents_book(struct layout *l, struct flow *f, const struct frame *fr)
{
	struct frame	 in = *fr, sub;

	flow_text(l, f, fr, STYLE_TOC_TITLE, ELEM_HEADING,
	    book_term(l->lang, TERM_CONTENTS));
	in.elem = elem_add(l, ELEM_TOC, fr->elem, NULL);
	for (const struct toc_entry *s = l->book->toc; s != NULL;
	    s = s->next) {
		l->th = section_theme(l, s->index);
		sub = list_within(l, &in, entry(l, f, &in, STYLE_TOC_SECTION,
		    s, false), s->child);
		for (const struct toc_entry *a = s->child; a != NULL;
		    a = a->next) {
			/* the last is not left alone on a page */
			f->keep |= a->next == NULL && a != s->child;
			entry(l, f, &sub, STYLE_TOC_ARTICLE, a, true);
		}
	}
	l->th = l->in->theme;
}
