/*
 * test_doc.c: dates, slugs and the builder by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "doc/doc.h"

static void
test_date(void **state)
{
	struct date d;
	int32_t i;

	(void)state;
	assert_true(date_parse(S("2020-10-12"), &d));
	assert_int_equal(date_weekday(d), 1);
	assert_int_equal(date_days((struct date){ 1970, 1, 1 }), 0);
	assert_true(date_parse(S("2020-02-29"), &d));
	assert_false(date_parse(S("2021-02-29"), &d));
	assert_false(date_parse(S("2021-2-09"), &d));
	for (i = -700000; i < 700000; i += 13)
		assert_int_equal(date_days(date_of_days(i)), i);
}

static void
test_builder(void **state)
{
	struct mem_limit lim = { 0, 1 << 24, NULL };
	struct arena *a = arena_new(&lim);
	struct diag *diag = diag_new(a, srcmap_new(a));
	struct doc_builder *b = doc_builder_new(a, &limits_default, diag);
	const struct doc *d;
	int i;
	static const int levels[] = { 2, 4, 4, 3, 2 };
	static const int depths[] = { 1, 2, 2, 2, 1 };

	(void)state;
	for (i = 0; i < 5; i++) {
		doc_open(b, DOC_HEADING, SPAN_NONE)->as.heading.level =
		    levels[i];
		doc_text(b, SPAN_NONE, S("two "));
		doc_text(b, SPAN_NONE, S("wor\x01" "ds"));
		doc_close(b);
	}
	d = doc_finish(b, S("p"));
	assert_int_equal(d->nnodes, 11);
	assert_int_equal(d->words, 10);
	assert_int_equal(diag_count(diag), 5);
	for (i = 0; i < 5; i++)
		assert_int_equal(d->nodes[1 + 2 * i]->as.heading.depth,
		    depths[i]);
	assert_true(str_eq(doc_plain(a, d->nodes[1]), S("two words")));
	assert_true(str_eq(doc_slug(a, S("A\xC3\xA9 \xE2\x80\x94 Jiy\xC5\xAB!")),
	    S("ae-jiyu")));
	assert_true(str_starts(doc_slug(a, S("\xE0\xA4\xAD")), S("xn-")));
	arena_free(a);
}

static void
test_urls(void **state)
{
	static const struct { const char *url; enum doc_url kind; } t[] = {
		{ "https://example.org", URL_WEB }, { "HTTP://a", URL_WEB },
		{ " https://a.b-c_d/x?y#z ", URL_WEB },
		{ "https://a:65535/", URL_WEB },
		{ "https://\xE0\xA4\xAD.example/", URL_WEB },
		{ "https://a:65536/", URL_REFUSED },
		{ "https://a:/", URL_REFUSED }, { "https://", URL_REFUSED },
		{ "https://u@a/", URL_REFUSED }, { "https:a", URL_REFUSED },
		{ "http://[::1]/", URL_REFUSED },
		{ "https://a\"b/", URL_REFUSED },
		{ "https://-a/", URL_REFUSED },
		{ "mailto:a@b", URL_MAIL }, { "mailto:", URL_REFUSED },
		{ "javascript:x", URL_REFUSED }, { "JavaScript:x", URL_REFUSED },
		{ "data:x", URL_REFUSED }, { "file:///x", URL_REFUSED },
		{ "//a/", URL_REFUSED }, { "\\\\a", URL_REFUSED },
		{ "", URL_LOCAL }, { "x", URL_LOCAL }, { "#a:b", URL_LOCAL },
		{ "x/y:z", URL_LOCAL }, { "../x.md", URL_LOCAL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++)
		assert_int_equal(doc_url_kind(str_c(t[i].url)), t[i].kind);
}

static void
test_urls_written(void **state)
{
	static const struct { const char *url, *put; } t[] = {
		{ "HtTpS://Example.org/A", "https://Example.org/A" },
		{ "MAILTO:a@b", "mailto:a@b" },
		{ " http://a/b c#d#e%2f%zz ",
		    "http://a/b%20c#d%23e%2f%25zz" },
		{ "https://\xE0\xA4\xAD.example/\xE0\xA4\xAD",
		    "https://\xE0\xA4\xAD.example/%E0%A4%AD" },
		{ "https://a/?\"<>", "https://a/?%22%3C%3E" },
		{ "x.md", NULL }, { "JavaScript:x", NULL },
		{ "https://u@a/", NULL },
	};
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		buf_done(&b);
		assert_int_equal(doc_url_put(&b, str_c(t[i].url)),
		    t[i].put != NULL);
		assert_true(str_eq(buf_view(&b),
		    t[i].put != NULL ? str_c(t[i].put) : S("")));
	}
	buf_done(&b);
}

/* A heading in a quotation stands below the others and moves none. */
static void
test_quoted_heading(void **state)
{
	struct mem_limit lim = { 0, 1 << 24, NULL };
	struct arena *a = arena_new(&lim);
	struct diag *diag = diag_new(a, srcmap_new(a));
	struct doc_builder *b = doc_builder_new(a, &limits_default, diag);
	static const int depths[] = { 1, 2, 2 };
	static const int levels[] = { 2, 2, 3 };
	const struct doc *d;
	uint32_t i, n = 0;

	(void)state;
	for (i = 0; i < 3; i++) {
		if (i == 1)
			doc_open(b, DOC_QUOTE, SPAN_NONE);
		doc_leaf(b, DOC_HEADING, SPAN_NONE)->as.heading.level =
		    levels[i];
		if (i == 1)
			doc_close(b);
	}
	d = doc_finish(b, S("p"));
	for (i = 0; i < d->nnodes; i++)
		if (d->nodes[i]->kind == DOC_HEADING)
			assert_int_equal(d->nodes[i]->as.heading.depth,
			    depths[n++]);
	assert_int_equal(n, 3);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_builder),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_urls_written),
		cmocka_unit_test(test_quoted_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
