/*
 * layout.c: a book as pages: cover, title page, contents, then for each
 * section its opener and its articles; or one article alone.
 */
#include "layout/layout_int.h"

static struct lines
set_text(struct layout *l, enum block_id id, str text, uint32_t rgb, sp w,
    uint32_t elem)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = { .w = w, .leading = b->leading,
				    .align = b->align };
	struct text_style	 s = b->text;
	struct inlines		 in = { 0 };

	s.rgb = rgb;
	s.hyphenate = false;
	inlines_add(l, &in, text, &s, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	return par_set(l, &in, &m);
}

static struct draft
draft_like(enum page_kind kind, uint32_t article, uint32_t section)
{
	return (struct draft){ .kind = kind, .article = article,
	    .section = section };
}

const struct theme *
section_theme(const struct layout *l, uint32_t section)
{
	const struct theme	*t = l->in->theme;
	size_t			 i;

	if (t->nsections == 0 || section >= l->book->nsections)
		return t;
	/* By its place in the publication: the same in all its books. */
	i = pub_section_find(l->book->pub, l->book->sections[section].id);
	return t->sections[(i == SIZE_MAX ? section : i) % t->nsections];
}

static void
blank_to_recto(struct layout *l)
{
	if ((l->drafts.n & 1) != 0)
		page_new(l, draft_like(PAGE_BLANK, UINT32_MAX,
		    UINT32_MAX));
}

static void
contents(struct layout *l)
{
	struct flow	 f = { 0 };
	struct frame	 fr = { .w = l->measure, .elem = l->document,
			    .style = STYLE_BODY };

	flow_contents_book(l, &f, &fr);
	pager_run(l, &f, draft_like(PAGE_CONTENTS, UINT32_MAX, UINT32_MAX));
}

static struct page_start
start_section(const struct layout *l, const struct book_section *s)
{
	return (struct page_start){ .kind = START_SECTION,
	    .index = (uint32_t)(s - l->book->sections) };
}

/* A page of its own for a section, with a list of what it holds. */
static void
opener(struct layout *l, const struct book_section *s, uint32_t part)
{
	const struct block_style *b = &l->th->block[STYLE_OPENER_TITLE];
	struct flow		 f = { 0 };
	struct frame		 fr = { .w = l->measure, .elem = part,
				    .style = STYLE_BODY };
	uint32_t		 e = elem_heading(l, part, 1, NULL);
	struct lines		 x = set_text(l, STYLE_OPENER_TITLE,
				    s->title, b->text.rgb, l->measure, e);

	fr.elem = e;
	flow_text(l, &f, &fr, STYLE_OPENER_NUMBER, ELEM_LABEL,
	    arena_printf(l->out, "%zu", (size_t)(s - l->book->sections) + 1));
	if (f.n > 0) {
		f.v[0].start = start_section(l, s);
		line_blank(l, &f.v[f.n - 1], e);
	}
	fr.elem = part;
	if (x.n > 0)
		box_dest(l, &x.v[0], s->anchor, e);
	flow_lines(l, &f, x, b, 0);
	flow_contents_section(l, &f, &fr, s);
	pager_run(l, &f, draft_like(PAGE_OPENER, UINT32_MAX,
	    (uint32_t)(s - l->book->sections)));
}

/* The section's title and contents above its first article: where pages for sections
 * are not wanted. */
static void
banner(struct layout *l, struct flow *f, const struct book_section *s,
    uint32_t part)
{
	const struct block_style *b = &l->th->block[STYLE_OPENER_TITLE];
	struct frame		 fr = { .w = l->measure, .elem = part,
				    .style = STYLE_BODY };
	uint32_t		 e = elem_heading(l, part, 1, NULL);
	struct lines		 x = set_text(l, STYLE_OPENER_TITLE,
				    s->title, b->text.rgb, l->measure, e);

	f->flags = BOX_SPAN;
	if (x.n > 0) {
		box_dest(l, &x.v[0], s->anchor, e);
		x.v[0].start = start_section(l, s);
	}
	flow_lines(l, f, x, b, 0);
	f->space = 0;
	f->keep = true;
	flow_rule(l, f, &fr, SP_PT, l->th->accent, 0, b->after);
	f->keep = true;
	flow_contents_banner(l, f, &fr, s);
	flow_space(f, b->after);
	f->keep = true;
}

/* Articles that follow on on the same page, or one that has pages of its
 * own. s: the section that they begin; NULL: none. */
static void
articles(struct layout *l, uint32_t first, uint32_t n, uint32_t parent,
    const struct book_section *s)
{
	struct arena_mark	 mark = arena_mark(l->work);
	struct flow		 f = { 0 };

	if (s != NULL)
		banner(l, &f, s, parent);
	for (uint32_t i = first; i < first + n; i++) {
		if (i > first)
			flow_space(&f, l->th->block[STYLE_BODY].leading * 3);
		flow_article(l, &f, i, parent, s != NULL && i == first);
	}
	pager_run(l, &f, draft_like(PAGE_BODY, first,
	    l->book->articles[first].section));
	l->decos.v = NULL;
	l->decos.n = l->decos.cap = 0;
	arena_release(l->work, mark);
}

static void
body(struct layout *l)
{
	const struct book	*b = l->book;
	bool			 parts = b->kind == BOOK_COMPILATION;

	for (uint32_t k = 0; k < b->nsections; k++) {
		const struct book_section *s = &b->sections[k];
		uint32_t	 part = l->document, n;

		l->th = section_theme(l, k);
		if (parts) {
			part = elem_add(l, ELEM_PART, part, NULL);
			if (l->th->opener_recto)
				blank_to_recto(l);
			if (l->th->opener_page)
				opener(l, s, part);
		}
		n = l->th->article_page ? 1 : s->n;
		for (uint32_t i = 0; i < s->n; i += n)
			articles(l, s->first + i, n, part, parts && i == 0 &&
			    !l->th->opener_page ? s : NULL);
	}
	l->th = l->in->theme;
}

/* ---- labels ----------------------------------------------------------- */

static str
roman(struct arena *a, uint32_t n)
{
	static const struct { uint32_t v; const char *s; } t[] = {
		{ 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" },
		{ 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" },
		{ 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
	};
	str	 s = S("");

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		for (; n >= t[i].v; n -= t[i].v)
			s = arena_printf(a, "%.*s%s", STR_ARG(s), t[i].s);
	return s;
}

static void
labels(struct layout *l, struct pages *p)
{
	struct label_range	*r = ARENA_NEW(l->out, struct label_range, 3);
	size_t			 n = 0;

	if (p->body_first > 0) {
		r[n++] = (struct label_range){ 0, LABEL_NONE, 1, S("cover") };
		r[n++] = (struct label_range){ 1, LABEL_ROMAN, 1, S("") };
	}
	r[n++] = (struct label_range){ p->body_first, LABEL_ARABIC, 1, S("") };
	p->labels = r;
	p->nlabels = n;
	for (uint32_t i = 0; i < l->drafts.n; i++)
		l->drafts.v[i].label = i >= p->body_first ?
		    arena_printf(l->out, "%u", i - p->body_first + 1) :
		    i == 0 ? S("cover") : roman(l->out, i);
}

/* A page on which nothing begins, only notes go on or floats stand, begins
 * where the next one does. */
static struct page_start
page_start(const struct layout *l, size_t i)
{
	switch (l->drafts.v[i].kind) {
	case PAGE_TITLE:
		return (struct page_start){ .kind = START_TITLE_PAGE };
	case PAGE_CONTENTS:
		return (struct page_start){ .kind = START_CONTENTS };
	case PAGE_OPENER:
	case PAGE_BODY:
		while (i + 1 < l->drafts.n &&
		    l->drafts.v[i].start.kind == START_NONE)
			i++;
		return l->drafts.v[i].start;
	default:
		return (struct page_start){ .kind = START_NONE };
	}
}

static void
finish(struct layout *l, struct pages *p)
{
	struct page	*v = ARENA_NEW(l->out, struct page, l->drafts.n + 1);

	for (size_t i = 0; i < l->drafts.n; i++) {
		const struct draft	*d = &l->drafts.v[i];

		v[i] = (struct page){ d->kind, page_width(l, d),
		    page_height(l, d), d->label, page_start(l, i), d->items,
		    d->n };
	}
	p->v = v;
	p->n = l->drafts.n;
	p->elems = l->elems.v;
	p->nelems = l->elems.n;
	p->anchors = l->anchors;
}

const struct pages *
layout_book(struct arena *out, struct arena *work, struct arena *scratch,
    const struct layout_in *in, struct diag *d)
{
	struct pages	*p = ARENA_NEW(out, struct pages, 1);
	struct layout	 l = { .in = in, .book = in->book,
			    .th = theme_for_lang(out, in->theme,
			    in->book->language), .out = out, .work = work, .tmp = scratch,
			    .diag = d,
			    .article = UINT32_MAX,
			    .lang = in->book->language,
			    .rtl = in->book->rtl };

	l.measure = l.th->page_w - l.th->margin_inner - l.th->margin_outer;
	l.column = (l.measure - l.th->column_gap * (l.th->columns - 1)) /
	    l.th->columns;
	l.turned = l.th->page_h - l.th->margin_inner - l.th->margin_outer;
	l.anchors = ARENA_NEW(out, struct anchor_place, in->book->nanchors + 1);
	for (int i = 0; i < ARTIFACT_COUNT; i++)
		elem_add(&l, ELEM_ARTIFACT, 0, NULL);
	l.document = elem_add(&l, ELEM_DOCUMENT, 0, NULL);
	l.elems.v[l.document].lang = l.lang;
	if (in->book->kind == BOOK_COMPILATION) {
		cover_add(&l);
		title_page_add(&l);
		contents(&l);
		if (l.th->two_sided)
			blank_to_recto(&l);
		p->body_first = (uint32_t)l.drafts.n;
	}
	body(&l);
	p->book = in->book;
	p->two_sided = l.th->two_sided;
	p->image_dpi = in->theme->figure_dpi;
	labels(&l, p);
	furniture_add(&l);
	finish(&l, p);
	return p;
}
