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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_builder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
