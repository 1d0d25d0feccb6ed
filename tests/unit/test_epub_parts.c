/*
 * test_epub_parts.c: where an article is cut into files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "whole.h"

#define HEADINGS	3000

/* Headings in a row belong together, but not all of them. */
static void
test_headings(void **state)
{
	struct buf b = { 0 };
	struct world w;
	int i;

	(void)state;
	buf_z(&b, FM);
	for (i = 0; i < HEADINGS; i++)
		buf_z(&b, "# a\n");
	make(&w, buf_view(&b));
	assert_non_null(w.doc);
	assert_in_range(w.nfiles, 2, 16);
	done(&w);
	buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
