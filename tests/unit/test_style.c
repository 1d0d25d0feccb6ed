/* test_style.c: every block of the theme is set, and fits its page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "style/style.h"

static void
book_is_complete(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 22 };
	struct arena		*a = arena_new(&l);
	struct diag		*d = diag_new(a, srcmap_new(a));
	const struct theme	*t = theme_load(a, S("book"), SP_MM(210),
				    SP_MM(297), d);

	(void)state;
	assert_non_null(t);
	assert_true(t->margin_inner + t->margin_outer < t->page_w / 2);
	for (size_t i = 0; i < STYLE_COUNT; i++) {
		assert_true(t->block[i].text.size >= 6 * SP_PT);
		assert_true(t->block[i].leading > t->block[i].text.size);
	}
	assert_null(theme_load(a, S("boook"), 1, 1, d));
	assert_int_equal(diag_at(d, 0).id, DIAG_THEME_UNKNOWN);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(book_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
