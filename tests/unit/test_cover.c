/*
 * test_cover.c: covers and title pages of all themes and papers: whatever
 * the book is called and however many sections it has, nothing leaves the
 * page or lies on other text; all headlines are shown where there is room;
 * sections keep their accents.
 */
#include "laid.h"

#define SECTIONS_BIG	50

static struct laid laid;
static enum book_kind kind = BOOK_COMPILATION;

struct case_ {
	const char	*title;
	uint32_t	 sections, articles;	/* articles of each */
	const char	*headline;
	bool		 rtl;
};

struct laid_book {
	struct world	 w;
	struct book	 book;
	struct arena	*scratch, *work;
	const struct pages *p;
	const struct page *small;	/* the cover of an EPUB */
};

/* A book of as many sections as are wanted, all its articles alike. */
static void
grow(struct laid_book *b, const struct case_ *c)
{
	struct book_request r = { .kind = kind,
				.language = c->rtl ? S("ur") : S("en") };
	struct book_section *s;
	struct book_article *a;
	struct doc	*d;

	period_parse(S("2020-10"), &r.period);
	make(&b->w, S(FM "Text.\n"));
	b->book = *book_bind(b->w.a, publication(), &r, &b->w.doc, 1,
	    b->w.diag);
	s = ARENA_NEW(b->w.a, struct book_section, c->sections);
	a = ARENA_NEW(b->w.a, struct book_article, c->sections * c->articles);
	d = ARENA_NEW(b->w.a, struct doc, 1);
	*d = *b->w.doc;
	d->meta.title = str_c(c->headline);
	for (uint32_t i = 0; i < c->sections; i++) {
		s[i] = b->book.sections[0];
		s[i].title = i % 2 ? S("Science and Technology") :
		    S("Economy");
		s[i].first = i * c->articles;
		s[i].n = c->articles;
		for (uint32_t k = 0; k < c->articles; k++) {
			a[s[i].first + k] = b->book.articles[0];
			a[s[i].first + k].doc = d;
			a[s[i].first + k].section = i;
		}
	}
	b->book.title = str_c(c->title);
	b->book.sections = s;
	b->book.nsections = c->sections;
	b->book.articles = a;
	b->book.narticles = c->sections * c->articles;
}

static void
open_book(struct laid_book *b, const struct theme *t, const struct case_ *c)
{
	struct layout_in in = { .theme = t, .fonts = laid.fonts,
				.limits = &limits_default };

	*b = (struct laid_book){ .p = NULL };
	grow(b, c);
	b->scratch = arena_new(&b->w.mem);
	b->work = arena_new(&b->w.mem);
	in.book = &b->book;
	in.images = image_store_new(b->w.a, NULL, &limits_default, b->w.diag);
	in.text = text_engine_new(b->w.a, laid.fonts,
	    &(struct text_options){ .nhyphdirs = 0 }, b->w.diag);
	b->p = layout_book(b->w.a, b->work, b->scratch, &in, b->w.diag);
	b->small = layout_cover(b->w.a, b->work, b->scratch, &in, b->w.diag);
	text_engine_close(in.text);
}

static void
close_book(struct laid_book *b)
{
	arena_free(b->work);
	arena_free(b->scratch);
	done(&b->w);
}

static void
check_page(const struct page *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct item *it = &g->items[i];

		laid_within(g, it, false);
		for (size_t k = 0; k < i && it->kind == ITEM_RUN; k++)
			if (g->items[k].kind == ITEM_RUN)
				laid_apart(&g->items[k], it);
	}
}

/* Nothing that was only tried is left in the structure. */
static void
check_elems(const struct pages *p)
{
	bool	*used = calloc(p->nelems, sizeof *used);

	assert_non_null(used);
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < p->v[i].n; k++)
			for (uint32_t e = p->v[i].items[k].elem; e != 0;
			    e = p->elems[e].parent)
				used[e] = true;
	for (size_t e = 0; e < p->nelems; e++)
		if (p->elems[e].role == ELEM_TITLE)
			assert_true(used[e]);
	free(used);
}

static uint32_t
times(const struct page *g, const char *text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->items[i].kind == ITEM_RUN && str_starts(
		    g->items[i].as.run.text, str_c(text));
	return n;
}

static void
test_all_papers(void **state)
{
	static const char *const names[] = { "book", "magazine",
	    "large-print", "compact" };
	static const struct { sp w, h; } papers[] = { { 595, 842 },
	    { 420, 595 }, { 298, 420 }, { 842, 595 }, { 150, 150 } };
	static const struct case_ cases[] = {
		{ "Current Affairs", 7, 2, "The Quad Meets in Tokyo", false },
		{ "A Gazette of the Rivers and Waterways of the Northern "
		    "Provinces and of the Lands that They Cross", 3, 1,
		    "One", false },
		{ "Donaudampfschifffahrtsgesellschaft", SECTIONS_BIG, 4,
		    "A headline that is long enough to take more than a line",
		    false },
		{ "X", 1, 60, "Y", true },
	};
	struct laid_book b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names) * ARRAY_LEN(papers); i++) {
		const struct theme *t = theme_load(laid.a,
		    str_c(names[i % 4]), papers[i / 4].w * SP_PT,
		    papers[i / 4].h * SP_PT, laid.diag);

		for (size_t k = 0; k < ARRAY_LEN(cases); k++) {
			open_book(&b, t, &cases[k]);
			assert_int_equal(b.p->v[0].kind, PAGE_COVER);
			assert_int_equal(b.p->v[1].kind, PAGE_TITLE);
			check_page(&b.p->v[0]);
			check_page(&b.p->v[1]);
			check_page(b.small);
			assert_int_equal(b.small->w * 8, b.small->h * 5);
			check_elems(b.p);
			close_book(&b);
		}
	}
}

static void
test_headlines(void **state)
{
	static const struct case_ few = { "P", 4, 2, "Headline", false },
		many = { "P", 8, 60, "Headline", false };
	const struct theme *t = theme_load(laid.a, S("book"), 0, 0, laid.diag);
	struct laid_book b;
	uint32_t n;

	(void)state;
	open_book(&b, t, &few);
	assert_int_equal(times(&b.p->v[0], "Headline"), 8);
	assert_int_equal(times(&b.p->v[0], "8 Articles"), 1);
	assert_int_equal(times(&b.p->v[1], "8 Articles"), 1);
	close_book(&b);
	open_book(&b, t, &many);
	n = times(&b.p->v[0], "Headline");
	assert_true(n > 16 && n < 60);
	assert_int_equal(times(&b.p->v[0], "Economy"), 4);
	assert_int_equal(times(&b.p->v[0], "Science"), 4);
	close_book(&b);
}

/* Of the largest letters. */
static sp
title_size(const struct page *g)
{
	sp	 most = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->items[i].kind == ITEM_RUN &&
		    g->items[i].as.run.size > most)
			most = g->items[i].as.run.size;
	return most;
}

/* An article's cover says what it is, and where it comes from. In a list of
 * books, 160 pixels wide, its title has 10 pixels and more. */
static void
test_article(void **state)
{
	static const char *const titles[] = { "Water", "The Labour Codes: "
	    "What Twenty-Nine Laws Became in One Afternoon of September" };
	const struct theme *t = theme_load(laid.a, S("book"), 0, 0, laid.diag);
	struct case_ c = { titles[0], 1, 1, "Headline", false };
	struct laid_book b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		c.title = titles[i];
		c.rtl = i == 1;
		kind = BOOK_ARTICLE;
		open_book(&b, t, &c);
		kind = BOOK_COMPILATION;
		check_page(b.small);
		/* The publication has that name, too. */
		assert_int_equal(times(b.small, "Economy"), 2);
		assert_int_equal(times(b.small, "12 October 2020"), !c.rtl);
		assert_true(title_size(b.small) * 160 >= b.small->w * 10);
		close_book(&b);
	}
}

/* On pages of a section its accent is used, on the title page the book's. */
static void
test_accents(void **state)
{
	static const struct case_ c = { "P", 1, 1, "Headline", false };
	struct theme	 t = laid.theme[0], s = t;
	const struct theme *list[] = { &s };
	struct laid_book b;
	uint32_t	 seen = 0;

	(void)state;
	s.accent = s.block[STYLE_KICKER].text.rgb = 0x123456;
	t.sections = list;
	t.nsections = 1;
	open_book(&b, &t, &c);
	for (size_t i = 0; i < b.p->n; i++)
		for (size_t k = 0; k < b.p->v[i].n; k++) {
			const struct item *it = &b.p->v[i].items[k];

			if (it->kind != ITEM_RUN || it->as.run.rgb != 0x123456)
				continue;
			assert_int_equal(b.p->v[i].kind, PAGE_BODY);
			seen++;
		}
	assert_true(seen > 0);
	close_book(&b);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_papers),
		cmocka_unit_test(test_headlines),
		cmocka_unit_test(test_accents),
		cmocka_unit_test(test_article),
	};

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
