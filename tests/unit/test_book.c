/*
 * test_book.c: publication, periods, binding, anchors, links.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "book/book.h"
#include "out/dump/dump.h"

struct world {
	struct mem_limit lim;
	struct arena	*a;
	struct srcmap	*map;
	struct diag	*d;
	const struct publication *pub;
};

static const char pub_text[] =
    "title: {en: Current Affairs, hi: समसामयिकी}\n"
    "language: en\npublisher: Example Press\n"
    "namespace: https://example.org/ca\npage: {size: A5}\n"
    "sections:\n"
    "  - id: polity\n    title: {en: Polity, hi: राजव्यवस्था}\n"
    "  - id: economy\n    title: Economy\n";

static const struct publication *
parse_pub(struct world *w, const char *text)
{
	str t = str_c(text);
	uint32_t base;

	w->d = diag_new(w->a, w->map);
	base = srcmap_add(w->map, S("publication.yaml"), t);
	return pub_parse(w->a, S("publication.yaml"), t, base,
	    &limits_default, w->d);
}

static int
setup(void **state)
{
	static struct world w;

	w.lim = (struct mem_limit){ 0, 1u << 28, NULL };
	w.a = arena_new(&w.lim);
	w.map = srcmap_new(w.a);
	w.pub = parse_pub(&w, pub_text);
	*state = &w;
	return w.pub == NULL;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	arena_free(w->a);
	return 0;
}

static void
is(str s, const char *want)
{
	char got[512];

	assert_true(s.n < sizeof(got));
	memcpy(got, s.p ? s.p : "", s.n);
	got[s.n] = '\0';
	assert_string_equal(got, want);
}

/* An article with two headings of one text, a figure and a note. */
static const struct doc *
article(struct world *w, const char *path, const char *id, const char *title,
    const char *date, const char *section, const char *lang)
{
	struct doc_builder *b = doc_builder_new(w->a, &limits_default, w->d);
	struct doc_node *n, *ref, *ref2, *note;
	struct doc *doc;
	int i;

	for (i = 0; i < 2; i++) {
		n = doc_open(b, DOC_HEADING, SPAN_NONE);
		n->as.heading.level = 2;
		doc_text(b, SPAN_NONE, S("Background"));
		doc_close(b);
	}
	doc_open(b, DOC_PARA, SPAN_NONE);
	doc_text(b, SPAN_NONE, S("Some words"));
	ref = doc_leaf(b, DOC_NOTEREF, SPAN_NONE);
	ref->as.noteref.number = ref->as.noteref.nth = 1;
	ref2 = doc_leaf(b, DOC_NOTEREF, SPAN_NONE);
	ref2->as.noteref.number = 1;
	ref2->as.noteref.nth = 2;
	doc_close(b);
	n = doc_leaf(b, DOC_FIGURE, SPAN_NONE);
	n->as.image.src = S("a.png");
	note = doc_open(b, DOC_NOTE, SPAN_NONE);
	note->as.note.number = 1;
	ref->as.noteref.note = ref2->as.noteref.note = note;
	doc_open(b, DOC_PARA, SPAN_NONE);
	doc_text(b, SPAN_NONE, S("The note."));
	doc_close(b);
	doc_close(b);
	doc = doc_finish(b, str_c(path));
	doc->meta.id = str_c(id);
	doc->meta.title = str_c(title);
	doc->meta.section = str_c(section);
	doc->meta.language = str_c(lang);
	assert_true(date_parse(str_c(date), &doc->meta.date));
	return doc;
}

static void
test_periods(void **state)
{
	static const struct { const char *text, *from, *to; } good[] = {
		{ "2020", "2020-01-01", "2020-12-31" },
		{ "2020-02", "2020-02-01", "2020-02-29" },
		{ "2021-02", "2021-02-01", "2021-02-28" },
		{ "2020-12", "2020-12-01", "2020-12-31" },
		{ "2020-W42", "2020-10-12", "2020-10-18" },
		{ "2020-W53", "2020-12-28", "2021-01-03" },
		{ "2020-W01", "2019-12-30", "2020-01-05" },
		{ "2021-W01", "2021-01-04", "2021-01-10" },
		{ "2015-W53", "2015-12-28", "2016-01-03" },
		{ "2020-10-12", "2020-10-12", "2020-10-12" },
		{ "2020-10-01..2020-10-15", "2020-10-01", "2020-10-15" },
	};
	static const char *const bad[] = { "", "202", "20201", "2020-",
	    "2020-13", "2020-00", "2020-1", "2021-W53", "2020-W00",
	    "2020-W54", "2020-w42", "2020-W4", "2020-02-30", "2021-02-29",
	    "2020-10-15..2020-10-01", "2020-10-01..2020-10",
	    "2020-10-01...2020-10-15", " 2020", "2020 ", "0000", "2020/10" };
	struct world *w = *state;
	struct period p;
	struct date d;
	size_t i;

	for (i = 0; i < ARRAY_LEN(good); i++) {
		assert_true(period_parse(str_c(good[i].text), &p));
		assert_true(date_parse(str_c(good[i].from), &d));
		assert_int_equal(date_cmp(p.from, d), 0);
		assert_true(period_has(&p, d));
		assert_true(date_parse(str_c(good[i].to), &d));
		assert_int_equal(date_cmp(p.to, d), 0);
		assert_true(period_has(&p, d));
		assert_false(period_has(&p, date_of_days(date_days(d) + 1)));
		is(period_slug(w->a, &p), good[i].text);
	}
	for (i = 0; i < ARRAY_LEN(bad); i++)
		if (period_parse(str_c(bad[i]), &p))
			fail_msg("accepted: %s", bad[i]);
}

static void
test_period_titles(void **state)
{
	static const struct { const char *text, *lang, *title; } t[] = {
		{ "2020", "en", "2020" },
		{ "2020-10", "en", "October 2020" },
		{ "2020-10", "en-IN", "October 2020" },
		{ "2020-10-12", "en", "12 October 2020" },
		{ "2020-W42", "en", "12–18 October 2020" },
		{ "2020-W40", "en", "28 September – 4 October 2020" },
		{ "2020-W53", "en", "28 December 2020 – 3 January 2021" },
		/* August: CLDR's spelling of October has changed. */
		{ "2020-08", "hi", "अगस्त 2020" },
		{ "2020-08-12", "hi", "12 अगस्त 2020" },
		{ "2020-10", "ja", "2020年10月" },
	};
	struct world *w = *state;
	struct period p;
	size_t i;

	for (i = 0; i < ARRAY_LEN(t); i++) {
		assert_true(period_parse(str_c(t[i].text), &p));
		is(period_title(w->a, &p, str_c(t[i].lang)), t[i].title);
	}
	assert_true(period_parse(S("2020-W42"), &p));
	assert_true(str_find(period_title(w->a, &p, S("hi")),
	    S("अक्")) != SIZE_MAX);
	/* Neither the Persian nor the Buddhist calendar. */
	assert_true(str_find(period_title(w->a, &p, S("th")), S("2020")) !=
	    SIZE_MAX);
	is(date_title(w->a, p.from, S("en")), "12 October 2020");
	is(date_title(w->a, (struct date){ 0, 0, 0 }, S("hi")), "");
}

static void
test_publication(void **state)
{
	struct world *w = *state;
	const struct publication *p = w->pub;

	assert_int_equal(diag_count(w->d), 0);
	is(p->title, "Current Affairs");
	is(p->slug, "current-affairs");
	is(pub_title_in(p, S("hi-IN")), "समसामयिकी");
	is(pub_title_in(p, S("ta")), "Current Affairs");
	is(p->page_name, "A5");
	is(p->theme[BOOK_ARTICLE].name, "");
	is(p->theme[BOOK_COMPILATION].name, "");
	assert_int_equal(p->nsections, 2);
	is(pub_section_title(&p->sections[0], S("hi")), "राजव्यवस्था");
	is(pub_section_title(&p->sections[1], S("hi")), "Economy");
	p = parse_pub(w, "title: T\npage: {width: 150.5, height: 210mm}\n"
	    "sections: [{id: a, title: A}]\n");
	assert_non_null(p);
	assert_true(p->page_h == SP_MM(210));
	assert_true(p->page_w > SP_MM(150) && p->page_w < SP_MM(151));
	p = parse_pub(w, "title: T\npage: 6x9in\ntheme: x/y.yaml\n"
	    "sections: [{id: a, title: A}]\n");
	assert_true(p->page_w == 432 * SP_PT && p->page_h == 648 * SP_PT);
	is(p->page_name, "custom");
	is(p->theme[BOOK_ARTICLE].name, "x/y.yaml");
	is(p->theme[BOOK_COMPILATION].name, "x/y.yaml");
	p = parse_pub(w, "title: T\ntheme: {compilation: compact}\n"
	    "sections: [{id: a, title: A}]\n");
	assert_true(p->page_w == 0);
	is(p->theme[BOOK_ARTICLE].name, "");
	is(p->theme[BOOK_COMPILATION].name, "compact");
}

static void
test_publication_pdf(void **state)
{
	static const struct { const char *text; struct pub_pdf want; } v[] = {
		{ "", { PDF_UA1 | PDF_A2A, true, false } },
		{ "pdf: {standard: a2a, linearize: on}\n",
		    { PDF_A2A, true, true } },
		{ "pdf: {standard: [ua1, a2a]}\n",
		    { PDF_UA1 | PDF_A2A, true, false } },
		{ "pdf: {standard: \"ua1, a2a\"}\n",
		    { PDF_UA1 | PDF_A2A, true, false } },
		{ "pdf: {standard: none}\n", { 0, true, false } },
		{ "pdf: {tags: off}\n", { 0, false, false } },
		{ "pdf: {tags: off, standard: none}\n", { 0, false, false } },
	};
	struct world *w = *state;
	const struct publication *p;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		p = parse_pub(w, arena_cstr(w->a, arena_printf(w->a,
		    "title: T\n%ssections: [{id: a, title: A}]\n",
		    v[i].text)));
		assert_non_null(p);
		assert_int_equal(p->pdf.standards, v[i].want.standards);
		assert_int_equal(p->pdf.tags, v[i].want.tags);
		assert_int_equal(p->pdf.linearize, v[i].want.linearize);
	}
}

static void
test_publication_epub(void **state)
{
	static const struct { const char *text; struct pub_epub want; } v[] = {
		{ "", { .page_list = true } },
		{ "epub: {fonts: none, images: screen, page-list: on, "
		    "merge-short: 0}\n", { .page_list = true } },
		{ "epub: {fonts: subset}\n",
		    { .fonts = true, .page_list = true } },
		{ "epub: {images: eink}\n", { .page_list = true,
		    .images = EPUB_IMAGES_EINK } },
		{ "epub: {images: original, page-list: off}\n",
		    { .images = EPUB_IMAGES_ORIGINAL } },
		{ "epub: {page-list: false, merge-short: 1048576}\n",
		    { .merge = 1048576 } },
		{ "epub: {conforms: AA, certified-by: Me}\n",
		    { .page_list = true, .conforms = { "AA", 2 },
		    .certified_by = { "Me", 2 } } },
	};
	struct world *w = *state;
	const struct publication *p;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		p = parse_pub(w, arena_cstr(w->a, arena_printf(w->a,
		    "title: T\n%ssections: [{id: a, title: A}]\n",
		    v[i].text)));
		assert_non_null(p);
		assert_int_equal(p->epub.fonts, v[i].want.fonts);
		assert_int_equal(p->epub.page_list, v[i].want.page_list);
		assert_int_equal(p->epub.images, v[i].want.images);
		assert_int_equal(p->epub.merge, v[i].want.merge);
		assert_true(str_eq(p->epub.conforms, v[i].want.conforms));
		assert_true(str_eq(p->epub.certified_by,
		    v[i].want.certified_by));
	}
}

/* Each names its choices, where they are to be made. */
static void
test_publication_epub_refused(void **state)
{
	static const struct { const char *line, *said; uint32_t column; }
	v[] = {
		{ "epub: {images: 3}", "epub images: expected "
		    "screen, eink or original", 16 },
		{ "epub: {images: [eink]}", "epub images: expected "
		    "screen, eink or original", 16 },
		{ "epub: {page-list: 1}", "epub page-list: expected "
		    "on or off", 19 },
		{ "epub: {merge-short: on}", "epub merge-short: expected "
		    "a number of bytes, at most 1048576", 21 },
		{ "epub: {merge-short: 1048577}", "epub merge-short: "
		    "expected a number of bytes, at most 1048576", 21 },
		{ "epub: {merge-short: -1}", "epub merge-short: expected "
		    "a number of bytes, at most 1048576", 21 },
		{ "epub: {merge-short: 99999999999999999999999}",
		    "epub merge-short: expected a number of bytes, at most "
		    "1048576", 21 },
		{ "epub: {merge-short: }", "epub merge-short: expected "
		    "a number of bytes, at most 1048576", 21 },
	};
	struct world *w = *state;
	struct diagnostic x;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		assert_null(parse_pub(w, arena_cstr(w->a, arena_printf(w->a,
		    "title: T\n%s\nsections: [{id: a, title: A}]\n",
		    v[i].line))));
		assert_int_equal(diag_count(w->d), 1);
		x = diag_at(w->d, 0);
		assert_int_equal(x.id, DIAG_PUB_VALUE);
		assert_int_equal(x.line, 2);
		assert_int_equal(x.column, v[i].column);
		assert_true(str_eq(x.text, str_c(v[i].said)));
	}
}

static void
test_publication_errors(void **state)
{
	static const char *const bad[] = {
		"title: T\n",
		"title: T\nsections: []\n",
		"sections: [{id: a, title: A}]\n",
		"title: [T]\nsections: [{id: a, title: A}]\n",
		"title: T\nsections: [{id: A b, title: A}]\n",
		"title: T\nsections: [{id: a}]\n",
		"title: T\nsections: [a]\n",
		"title: T\nsections: [{id: a, title: A}, {id: a, title: B}]\n",
		"title: T\npage: A3\nsections: [{id: a, title: A}]\n",
		"title: T\npage: {width: 5, height: 200}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\npage: {width: 150}\nsections: [{id: a, title: A}]\n",
		"title: T\nlanguage: e\nsections: [{id: a, title: A}]\n",
		"title: T\nslug: A/b\nsections: [{id: a, title: A}]\n",
		"title: T\nnamespace: x\nsections: [{id: a, title: A}]\n",
		"title: T\nhabits: maybe\nsections: [{id: a, title: A}]\n",
		"title: T\nhabits: [quotes]\nsections: [{id: a, title: A}]\n",
		"title: T\nhabits: {quotes: 1}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nhyphenation: [a]\nsections: [{id: a, title: A}]\n",
		"title: T\nhyphenation: {exceptions: {en: a-b}}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nhyphenation: {exceptions: {en: [a--b]}}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nhyphenation: {exceptions: {x: [a-b]}}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\npdf: ua1\nsections: [{id: a, title: A}]\n",
		"title: T\npdf: {standard: ua2}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\npdf: {standard: [ua1, none]}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\npdf: {standard: ua1, tags: off}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\npdf: {linearize: 1}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nepub: subset\nsections: [{id: a, title: A}]\n",
		"title: T\nepub: {fonts: all}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nepub: {conforms: AA}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nepub: {certified-by: Me}\n"
		    "sections: [{id: a, title: A}]\n",
		"title: T\nepub: {conforms: B, certified-by: Me}\n"
		    "sections: [{id: a, title: A}]\n",
		"- a\n", "",
	};
	struct world *w = *state;
	size_t i;

	for (i = 0; i < ARRAY_LEN(bad); i++) {
		if (parse_pub(w, bad[i]) != NULL || diag_count(w->d) < 1 ||
		    diag_at(w->d, 0).id != DIAG_PUB_VALUE)
			fail_msg("case %zu", i);
	}
	assert_non_null(parse_pub(w,
	    "titel: x\ntitle: T\nsections: [{id: a, title: A}]\n"));
	assert_int_equal(diag_at(w->d, 0).id, DIAG_FM_KEY_UNKNOWN);
}

static void
test_publication_habits(void **state)
{
	static const struct { const char *habits; unsigned on; } v[] = {
		{ "", HABITS_DEFAULT }, { "habits: off\n", 0 },
		{ "habits: true\n", HABITS_DEFAULT },
		{ "habits: {quotes: off}\n", HABITS_DEFAULT -
		    HABIT_QUOTES },
		{ "habits: {dashes: false, ellipses: off, spaces: off}\n",
		    HABIT_QUOTES },
		{ "habits: {ordinals: on, fractions: on}\n",
		    HABITS_DEFAULT | HABIT_ORDINALS | HABIT_FRACTIONS },
	};
	struct world *w = *state;
	const struct publication *p;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		p = parse_pub(w, arena_cstr(w->a, arena_printf(w->a,
		    "title: T\n%ssections: [{id: a, title: A}]\n",
		    v[i].habits)));
		assert_non_null(p);
		assert_int_equal(p->articles.habits, v[i].on);
	}
	p = parse_pub(w, "title: The \"T\"\nlanguage: de\n"
	    "hyphenation: {exceptions: {en: [data-base, Rao], hi: [भा-रत]}}\n"
	    "sections: [{id: a, title: It's}, {id: b, title: {en: '\"B\"'}}]\n");
	assert_non_null(p);
	is(p->title, "The „T“");
	is(p->slug, "the-t");
	is(pub_section_title(&p->sections[0], S("de")), "It’s");
	is(pub_section_title(&p->sections[1], S("en")), "“B”");
	assert_int_equal(p->nexceptions, 3);
	is(p->exceptions[1].word, "Rao");
	is(p->exceptions[2].lang, "hi");
}

/* Ids are made of what was written: habits do not move them. */
static void
test_habits_ids(void **state)
{
	struct world *w = *state;
	const char *names[2][2];

	for (unsigned on = 0; on < 2; on++) {
		struct doc_builder *b = doc_builder_new(w->a, &limits_default,
		    w->d);
		struct book_request r = { .kind = BOOK_COMPILATION,
		    .language = S("hi") };
		struct doc *d;
		const struct book *k;

		for (int i = 0; i < 2; i++) {
			doc_open(b, DOC_HEADING, SPAN_NONE)->as.heading.level =
			    2;
			doc_text(b, SPAN_NONE, i == 0 ? S("\"भारत\" -- 5 किमी") :
			    S("It's 'a' \"b\" -- 5 km"));
			doc_close(b);
		}
		doc_habits(b, S("hi"), on ? HABITS_DEFAULT : 0);
		d = doc_finish(b, S("x.md"));
		d->meta = (struct doc_meta){ .title = S("T"), .id = S("x"),
		    .section = S("polity"), .language = S("hi"),
		    .date = { 2020, 10, 12 } };
		assert_true(period_parse(S("2020-10"), &r.period));
		k = book_bind(w->a, w->pub, &r, &(const struct doc *){ d }, 1,
		    w->d);
		for (int i = 0; i < 2; i++)
			names[on][i] = arena_cstr(w->a, k->anchors[
			    k->articles[0].node_anchor[d->nodes[i == 0 ? 1 :
			    3]->id]].name);
	}
	assert_string_equal(names[0][0], names[1][0]);
	assert_string_equal(names[0][1], names[1][1]);
	assert_string_equal(names[0][1], "x.its-a-b-5-km");
}

static void
test_check(void **state)
{
	struct world *w = *state;
	struct doc_meta m = { .section = S("economy") };

	assert_true(pub_check(w->pub, &m, w->d));
	m.section = S("econmy");
	assert_false(pub_check(w->pub, &m, w->d));
	assert_int_equal(diag_at(w->d, 0).id, DIAG_FM_SECTION);
	assert_true(str_find(diag_at(w->d, 0).text, S("\"economy\"")) !=
	    SIZE_MAX);
}

static const struct book *
bind_some(struct world *w, const char *lang)
{
	struct book_request r = { .kind = BOOK_COMPILATION };
	const struct doc *docs[5];
	bool hi = strcmp(lang, "hi") == 0;

	docs[0] = article(w, hi ? "2020/10/e.hi.md" : "2020/10/e.md", "e",
	    "zeta", "2020-10-02", "economy", lang);
	docs[1] = article(w, "2020/10/d.md", "d", "\xc3\x89tude", "2020-10-01",
	    "economy", lang);
	docs[2] = article(w, "2020/10/c.md", "c", "Foxtrot", "2020-10-01",
	    "economy", lang);
	docs[3] = article(w, "2020/10/b.md", "b", "Polity b", "2020-10-09",
	    "polity", lang);
	docs[4] = article(w, "2020/09/a.md", "a", "apple", "2020-10-01",
	    "economy", lang);
	assert_true(period_parse(S("2020-10"), &r.period));
	r.language = str_c(lang);
	return book_bind(w->a, w->pub, &r, docs, 5, w->d);
}

static void
test_bind(void **state)
{
	struct world *w = *state;
	const struct book *b = bind_some(w, "en");
	static const char *const order[] = { "b", "a", "d", "c", "e" };
	uint32_t i, j;

	assert_int_equal(b->narticles, 5);
	for (i = 0; i < 5; i++)
		is(b->articles[i].id, order[i]);
	assert_int_equal(b->nsections, 2);
	is(b->sections[0].id, "polity");
	assert_int_equal(b->sections[1].first, 1);
	assert_int_equal(b->sections[1].n, 4);
	is(b->title, "Current Affairs");
	is(b->subtitle, "October 2020");
	is(b->stem, "current-affairs-2020-10");
	assert_int_equal(b->issue, 250);
	assert_int_equal(b->modified.d, 9);
	assert_int_equal(b->uuid.n, 36);
	assert_int_equal(b->uuid.p[14], '5');
	for (i = 1; i < b->nanchors; i++)
		for (j = 1; j < i; j++)
			assert_false(str_eq(b->anchors[i].name,
			    b->anchors[j].name));
	is(b->toc->text, "Polity");
	is(b->toc->child->text, "Polity b");
	is(b->toc->child->child->text, "Background");
	assert_int_equal(b->articles[0].nheadings, 2);
}

static void
test_two_languages(void **state)
{
	struct world *w = *state;
	const struct book *en = bind_some(w, "en"), *hi = bind_some(w, "hi");

	assert_false(str_eq(en->uuid, hi->uuid));
	assert_true(str_eq(en->uuid, bind_some(w, "en")->uuid));
	is(hi->stem, "current-affairs-2020-10.hi");
	is(hi->title, "समसामयिकी");
	assert_true(str_starts(hi->subtitle, S("अक्")));
	assert_true(str_ends(hi->subtitle, S("बर 2020")));
	is(hi->sections[0].title, "राजव्यवस्था");
	is(hi->anchors[book_resolve(hi, 0, S("e.md"), w->a)].name, "e");
	is(book_term(S("hi-IN"), TERM_CONTENTS), "विषय-सूची");
	is(book_term(S("xx"), TERM_CONTENTS), "Contents");
	assert_true(lang_is_rtl(S("ur")) && lang_is_rtl(S("ar-EG")) &&
	    lang_is_rtl(S("ks")) && lang_is_rtl(S("pnb-PK")));
	assert_false(lang_is_rtl(S("ks-Deva")) || lang_is_rtl(S("")));
	assert_false(lang_is_rtl(S("ur-Latn")) || lang_is_rtl(S("hi")));
}

static void
test_terms_complete(void **state)
{
	static const char *const langs[] = { "en", "hi", "ur", "bn", "ta",
	    "ja" };
	size_t i;
	int t;

	(void)state;
	for (i = 0; i < ARRAY_LEN(langs); i++)
		for (t = 0; t < TERM_COUNT; t++)
			assert_true(book_term(str_c(langs[i]),
			    (enum term)t).n > 0);
}

static void
test_resolve(void **state)
{
	/* From article 0, which is 2020/10/b.md. */
	static const struct { const char *url, *name; } t[] = {
		{ "c", "c" }, { "c.md", "c" }, { "../09/a.md", "a" },
		{ "#background", "b.background" },
		{ "#background-2", "b.background-2" },
		{ "#Background", "b.background" },
		{ "c.md#background", "c.background" },
		{ "c#background", "c.background" },
		{ "c.md#nothing", "c" }, { "#n1", "b.n1" },
		{ "#r1", "b.r1" }, { "#r1-2", "b.r1-2" }, { "#f1", "b.f1" },
		{ "#", "b" }, { "%63.md", "c" },
		{ "#nothing", "" }, { "nobody", "" }, { "", "" },
		{ "https://example.org/c", "" }, { "/c", "" },
		{ "../../../c.md", "" }, { "c%zz", "" }, { "mailto:a", "" },
	};
	struct world *w = *state;
	const struct book *b = bind_some(w, "en");
	size_t i;

	for (i = 0; i < ARRAY_LEN(t); i++)
		is(b->anchors[book_resolve(b, 0, str_c(t[i].url),
		    w->a)].name, t[i].name);
}

static void
test_article_book(void **state)
{
	struct world *w = *state;
	struct book_request r = { .kind = BOOK_ARTICLE, .language = S("en") };
	const struct doc *doc = article(w, "x.md", "s-polity", "X",
	    "2020-10-03", "polity", "en"), *two[2];
	const struct book *b = book_bind(w->a, w->pub, &r, &doc, 1, w->d);
	struct buf out = { NULL, 0, 0, false };

	is(b->title, "X");
	is(b->subtitle, "");
	is(b->stem, "s-polity");
	assert_int_equal(b->issue, 0);
	assert_ptr_equal(b->toc, b->articles[0].toc);
	/* The article's name is its id; the section gives way. */
	is(b->anchors[b->sections[0].anchor].name, "s-polity-2");
	dump_doc(&out, doc);
	dump_book(&out, b);
	assert_true(str_find(buf_view(&out), S("anchor 1 s-polity\n")) !=
	    SIZE_MAX);
	assert_true(str_find(buf_view(&out), S("\"Background\"")) !=
	    SIZE_MAX);
	buf_done(&out);
	two[0] = two[1] = doc;
	b = book_bind(w->a, w->pub, &r, two, 2, w->d);
	is(b->articles[1].id, "s-polity-2");
	r.kind = BOOK_COMPILATION;
	r.section = S("economy");
	r.tag = S("Water");
	assert_true(period_parse(S("2020-W42"), &r.period));
	b = book_bind(w->a, w->pub, &r, NULL, 0, w->d);
	is(b->narrowed, "Economy, #Water");
	is(b->stem, "current-affairs-2020-W42-economy-tag-water");
	assert_null(b->toc);
}

/* A link to nowhere is told; one to an article of another book is not. */
static void
test_links_told(void **state)
{
	static const struct { const char *url, *fault; } t[] = {
		{ "", NULL }, { "https://example.org/", NULL },
		{ "x", NULL }, { "../10/x.md", NULL }, { "#", NULL },
		{ "#none", "no such heading in it" },
		{ "x#none", "no such heading in it" },
		{ "old", NULL }, { "../09/old.md", NULL },
		{ "../09/old.en.md", NULL },
		{ "older", "no article of this name" },
		{ "../../../x.md", "not an article's id or file" },
		{ "/x", "not an article's id or file" },
	};
	struct world *w = *state;
	struct book_request r = { .kind = BOOK_ARTICLE, .language = S("en") };
	struct doc_builder *b;
	struct map *known = map_new(w->a);
	const struct doc *done;
	struct doc *doc;
	struct diag *d;
	size_t i;

	map_put(known, S("old"), w);
	map_put(known, S("2020/09/old.md"), w);
	map_put(known, S("2020/09/old.en.md"), w);
	r.known = known;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		d = diag_new(w->a, srcmap_new(w->a));
		b = doc_builder_new(w->a, &limits_default, d);
		doc_leaf(b, DOC_LINK, SPAN_NONE)->as.link.url =
		    str_c(t[i].url);
		doc = doc_finish(b, S("2020/10/x.md"));
		doc->meta.id = doc->meta.title = S("x");
		doc->meta.section = S("polity");
		done = doc;
		book_bind(w->a, w->pub, &r, &done, 1, d);
		assert_int_equal(diag_count(d), t[i].fault != NULL);
		if (t[i].fault == NULL)
			continue;
		assert_int_equal(diag_at(d, 0).id, DIAG_MD_LINK_UNDEFINED);
		assert_true(str_ends(diag_at(d, 0).text,
		    str_c(t[i].fault)));
	}
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_periods), T(test_period_titles), T(test_publication),
		T(test_publication_pdf), T(test_publication_epub),
		T(test_publication_epub_refused),
		T(test_publication_errors),
		T(test_publication_habits),
		T(test_habits_ids), T(test_check), T(test_bind),
		T(test_two_languages), T(test_terms_complete),
		T(test_resolve), T(test_article_book), T(test_links_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
