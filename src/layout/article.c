/*
 * article.c: one article as a flow: title block, contents, text, notes,
 * source credit.
 *
 * The title block is kept together and with what follows it. Who, when and
 * what for stand in two columns, as labels of one width would in a table:
 * many tags or long syllabus entries stay in their column.
 */
#include "layout/layout_int.h"

#define ROWS	4

struct meta_row { str label, text; };

static str
joined(struct layout *l, const str *v, size_t n, str between)
{
	size_t	 room = between.n * n, at = 0;
	char	*p;

	for (size_t i = 0; i < n; i++)
		room += v[i].n;
	p = ARENA_NEW(l->out, char, room + 1);
	for (size_t i = 0; i < n; i++) {
		if (i > 0) {
			memcpy(p + at, between.p, between.n);
			at += between.n;
		}
		if (v[i].n > 0)
			memcpy(p + at, v[i].p, v[i].n);
		at += v[i].n;
	}
	return (str){ p, at };
}

/* ---- the title -------------------------------------------------------- */

static void
headline(struct layout *l, struct flow *f, const struct frame *fr,
    const struct book_article *a)
{
	const struct block_style *b = &l->th->block[STYLE_H1];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	struct lines		 x;
	uint32_t		 e = elem_heading(l, fr->elem, elem_level(l,
				    0), NULL);

	inlines_add(l, &in, a->doc->meta.title, &b->text,
	    (struct attr){ .elem = e, .at = a->doc->meta.title_at });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n > 0)
		box_dest(l, &x.v[0], a->anchor, e);
	flow_lines(l, f, x, b, fr->deco);
}

static void
summary(struct layout *l, struct flow *f, const struct frame *fr, str text)
{
	const struct block_style *b = &l->th->block[STYLE_SUMMARY];
	struct block_style	 within = *b;
	struct frame		 in;
	struct measure		 m;
	struct inlines		 x = { 0 };

	if (text.n == 0)
		return;
	in = box_open(l, f, fr, STYLE_SUMMARY, 0, 0);
	m = (struct measure){ .x = in.x, .w = in.w, .leading = b->leading,
	    .align = b->align, .balance = true };
	inlines_add(l, &x, text, &b->text, (struct attr){
	    .elem = elem_add(l, ELEM_P, fr->elem, NULL) });
	inlines_done(l, &x);
	within.before = within.after = 0;
	flow_lines(l, f, par_set(l, &x, &m), &within, in.deco);
	box_close(l, f, &in, STYLE_SUMMARY);
	f->keep = true;
}

/* ---- who, when, what for ---------------------------------------------- */

static struct inlines
label_of(struct layout *l, str label, uint32_t elem)
{
	struct text_style	 s = l->th->block[STYLE_META].text;
	struct inlines		 in = { 0 };

	s.bold = true;
	inlines_add(l, &in, label, &s, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	return in;
}

static void
meta_row(struct layout *l, struct flow *f, const struct frame *fr,
    const struct meta_row *r, sp column)
{
	const struct block_style *b = &l->th->block[STYLE_META];
	struct measure		 m = measure_of(b, fr), beside = m;
	uint32_t		 e = elem_add(l, ELEM_P, fr->elem, NULL);
	struct inlines		 label = label_of(l, r->label, e), in = { 0 };
	struct lines		 x, y;

	m.align = ALIGN_START;
	beside.w -= column;
	beside.x += l->rtl ? 0 : column;
	inlines_add(l, &in, r->text, &b->text, (struct attr){ .elem = e });
	inlines_done(l, &in);
	x = par_set(l, &in, &beside);
	y = par_set(l, &label, &m);
	if (x.n > 0 && y.n > 0) {
		line_blank(l, &y.v[0], e);
		box_items_first(l, &x.v[0], y.v[0].items, y.v[0].n);
	}
	flow_lines(l, f, x, b, fr->deco);
	f->keep = true;
}

static void
meta_rows(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_meta *m)
{
	const struct meta_row	 v[ROWS] = {
		{ book_term(l->lang, TERM_BY), joined(l, m->authors,
		    m->nauthors, S(", ")) },
		{ book_term(l->lang, TERM_UPDATED), m->updated.y == 0 ?
		    S("") : date_title(l->out, m->updated, l->lang) },
		{ book_term(l->lang, TERM_TAGS), joined(l, m->tags, m->ntags,
		    S(" · ")) },
		{ book_term(l->lang, TERM_SYLLABUS), joined(l, m->syllabus,
		    m->nsyllabus, S("; ")) } };
	sp			 column = 0, longest, word;

	for (size_t i = 0; i < ROWS; i++) {
		struct inlines	 in = label_of(l, v[i].label, 0);

		if (v[i].text.n == 0)
			continue;
		par_widths(l, &in, &longest, &word);
		if (longest > column)
			column = longest;
	}
	column += l->th->block[STYLE_META].text.size;
	if (column > fr->w / 3)
		column = fr->w / 3;
	for (size_t i = 0; i < ROWS; i++)
		if (v[i].text.n > 0)
			meta_row(l, f, fr, &v[i], column);
}

/* Section and date; below the section's title the date alone. */
static str
kicker(struct layout *l, const struct book_article *a, bool banner)
{
	str	 section = l->book->sections[a->section].title;
	str	 date = date_title(l->out, a->doc->meta.date, l->lang);

	if (banner)
		return date;
	/* Isolated (U+2068, U+2069), or "Economy · 12" would be one run of
	 * an Urdu line. */
	return arena_printf(l->out, l->rtl ?
	    "\u2068%.*s\u2069  ·  \u2068%.*s\u2069" : "%.*s  ·  %.*s",
	    STR_ARG(section), STR_ARG(date));
}

static void
title_block(struct layout *l, struct flow *f, const struct frame *fr,
    const struct book_article *a, bool banner)
{
	const struct doc_meta	*m = &a->doc->meta;

	flow_text(l, f, fr, STYLE_KICKER, ELEM_P, kicker(l, a, banner));
	headline(l, f, fr, a);
	summary(l, f, fr, m->summary);
	meta_rows(l, f, fr, m);
	flow_rule(l, f, fr, SP_PT / 2, l->th->rule, SP_PT * 8, SP_PT * 12);
	f->keep = true;
}

static void
source(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_meta *m)
{
	const struct block_style *b = &l->th->block[STYLE_META];
	struct measure		 me = measure_of(b, fr);
	struct text_style	 s = b->text;
	struct inlines		 in = { 0 };
	struct attr		 a = { .elem = 0 };
	str			 shown = m->source_title.n > 0 ?
				    m->source_title : m->source_url;

	if (shown.n == 0)
		return;
	a.elem = elem_add(l, ELEM_P, fr->elem, NULL);
	inlines_add(l, &in, arena_printf(l->out, "%.*s: ",
	    STR_ARG(book_term(l->lang, TERM_SOURCE))), &s, a);
	if (m->source_url.n > 0) {
		a.elem = elem_add(l, ELEM_LINK, a.elem, NULL);
		a.url = m->source_url;
		s.rgb = l->th->accent;
		a.under = l->th->underline_links;
	}
	inlines_add(l, &in, shown, &s, a);
	inlines_done(l, &in);
	flow_space(f, SP_PT * 14);
	f->keep = true;		/* never alone on a page */
	flow_lines(l, f, par_set(l, &in, &me), b, fr->deco);
}

void
flow_article(struct layout *l, struct flow *f, uint32_t article,
    uint32_t parent, bool banner)
{
	const struct book_article *a = &l->book->articles[article];
	struct frame		 fr = { .style = STYLE_BODY };
	size_t			 first = f->n;
	bool			 wide = l->th->block[STYLE_H1].span;

	l->article = article;
	fr.elem = l->art = elem_add(l, ELEM_ART, parent, NULL);
	if (!str_eq(a->doc->meta.language, l->lang))
		l->elems.v[l->art].lang = a->doc->meta.language;
	notes_begin(l, a->doc);
	fr.w = wide ? l->measure : l->column;
	f->flags = wide ? BOX_SPAN : 0;
	title_block(l, f, &fr, a, banner);
	f->flags = 0;
	for (size_t i = first + 1; i < f->n; i++)
		f->v[i].penalty = PENALTY_NEVER;
	f->v[first].flags |= BOX_ARTICLE | BOX_FENCE;
	f->v[first].mark = l->art;
	f->v[first].start = (struct page_start){ .kind = START_ARTICLE,
	    .index = article };
	fr.w = l->column;
	flow_contents_article(l, f, &fr, a);
	flow_blocks(l, f, &fr, a->doc->root);
	source(l, f, &fr, &a->doc->meta);
	notes_flush(l, f);
	l->article = UINT32_MAX;
}
