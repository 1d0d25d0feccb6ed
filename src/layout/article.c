/*
 * article.c: one article as a flow: title block, contents, text, notes,
 * source credit.
 */
#include "layout/layout_int.h"

static str
joined(struct layout *l, const str *v, size_t n, str between)
{
	str	 all = S("");

	for (size_t i = 0; i < n; i++)
		all = arena_printf(l->out, "%.*s%.*s%.*s", STR_ARG(all),
		    i == 0 ? 0 : (int)between.n, between.p, STR_ARG(v[i]));
	return all;
}

static void
labelled(struct layout *l, struct flow *f, const struct frame *fr,
    enum term t, str text)
{
	const struct block_style *b = &l->th->block[STYLE_META];
	struct measure		 m = measure_of(b, fr);
	struct text_style	 s = b->text;
	struct attr		 a = { .elem = 0 };
	struct inlines		 in = { 0 };

	if (text.n == 0)
		return;
	a.elem = elem_add(l, ELEM_P, fr->elem, NULL);
	s.bold = true;
	s.rgb = l->th->muted;
	inlines_add(l, &in, arena_printf(l->out, "%.*s: ",
	    STR_ARG(book_term(l->lang, t))), &s, a);
	s.bold = false;
	inlines_add(l, &in, text, &s, a);
	inlines_done(l, &in);
	flow_lines(l, f, par_set(l, &in, &m), b, fr->deco);
}

static void
headline(struct layout *l, struct flow *f, const struct frame *fr,
    const struct book_article *a)
{
	const struct block_style *b = &l->th->block[STYLE_H1];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	struct lines		 x;
	uint32_t		 e = elem_heading(l, fr->elem, 1 +
				    (l->book->kind == BOOK_COMPILATION), NULL);

	inlines_add(l, &in, a->doc->meta.title, &b->text,
	    (struct attr){ .elem = e });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n > 0)
		box_dest(l, &x.v[0], a->anchor, e);
	flow_lines(l, f, x, b, fr->deco);
}

static void
title_block(struct layout *l, struct flow *f, const struct frame *fr,
    const struct book_article *a)
{
	const struct doc_meta	*m = &a->doc->meta;
	str			 section = l->book->sections[a->section].title;

	/* Isolated (U+2068, U+2069), or "Economy · 12" would be one run of
	 * an Urdu line. */
	flow_text(l, f, fr, STYLE_KICKER, ELEM_P, arena_printf(l->out,
	    l->rtl ? "\u2068%.*s\u2069  ·  \u2068%.*s\u2069" :
	    "%.*s  ·  %.*s", STR_ARG(section),
	    STR_ARG(date_title(l->out, m->date, l->lang))), l->th->accent);
	headline(l, f, fr, a);
	if (m->summary.n > 0)
		flow_text(l, f, fr, STYLE_SUMMARY, ELEM_P, m->summary,
		    l->th->muted);
	labelled(l, f, fr, TERM_BY, joined(l, m->authors, m->nauthors,
	    S(", ")));
	labelled(l, f, fr, TERM_TAGS, joined(l, m->tags, m->ntags, S(", ")));
	labelled(l, f, fr, TERM_SYLLABUS, joined(l, m->syllabus,
	    m->nsyllabus, S("; ")));
	if (m->updated.y != 0)
		labelled(l, f, fr, TERM_UPDATED, date_title(l->out,
		    m->updated, l->lang));
	flow_rule(l, f, fr, SP_PT / 2, l->th->rule, SP_PT * 8, SP_PT * 12);
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
	}
	inlines_add(l, &in, shown, &s, a);
	inlines_done(l, &in);
	flow_space(f, SP_PT * 14);
	f->keep = true;		/* never alone on a page */
	flow_lines(l, f, par_set(l, &in, &me), b, fr->deco);
}

void
flow_article(struct layout *l, struct flow *f, uint32_t article,
    uint32_t parent)
{
	const struct book_article *a = &l->book->articles[article];
	struct frame		 fr = { .w = l->measure, .style = STYLE_BODY };
	size_t			 first = f->n;

	l->article = article;
	fr.elem = l->art = elem_add(l, ELEM_ART, parent, NULL);
	notes_begin(l, a->doc);
	f->flags = BOX_SPAN;
	title_block(l, f, &fr, a);
	f->flags = 0;
	f->v[first].flags |= BOX_ARTICLE;
	f->v[first].mark = l->art;
	fr.w = l->column;
	flow_contents_article(l, f, &fr, a);
	flow_blocks(l, f, &fr, a->doc->root);
	source(l, f, &fr, &a->doc->meta);
	notes_flush(l, f);
	l->article = UINT32_MAX;
}
