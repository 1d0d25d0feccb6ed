/*
 * test_report.c: of more diagnostics than are shown, those are that say why
 * there is no book.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "app/app.h"

struct desk {
	struct mem_limit mem;
	struct arena	*a;
	struct diag	*d;
	struct buf	 lines;
	struct report	 r;
};

static void
add(struct desk *t, enum diag_id id, int n)
{
	for (int i = 0; i < n; i++)
		diag_add(t->d, id, SPAN_NONE, "%s %d", diag_name(id), i);
}

static str
told(struct desk *t)
{
	report_diag(&t->r, t->d);
	assert_false(t->lines.failed);
	return buf_view(&t->lines);
}

static size_t
count(str text, const char *what)
{
	size_t n = 0, at;

	for (; (at = str_find(text, str_c(what))) != SIZE_MAX; n++)
		text = str_from(text, at + 1);
	return n;
}

static void
few_are_all_told(void **state)
{
	struct desk *t = *state;
	str s;

	add(t, DIAG_CHAR_CONTROL, 999);
	add(t, DIAG_FM_DATE, 1);
	s = told(t);
	assert_int_equal(count(s, ": CHAR_CONTROL "), 999);
	assert_int_equal(count(s, ": FM_DATE 0 "), 1);
	assert_int_equal(count(s, " not shown"), 0);
	assert_int_equal(t->r.status, EXIT_CONTENT);
}

static void
errors_go_before_warnings(void **state)
{
	struct desk *t = *state;
	str s;

	add(t, DIAG_CHAR_CONTROL, 1500);
	add(t, DIAG_FM_DATE, 2);
	add(t, DIAG_CHAR_CONTROL, 1);
	s = told(t);
	assert_int_equal(count(s, ": CHAR_CONTROL "), 998);
	assert_int_equal(count(s, ": CHAR_CONTROL 997 "), 1);
	assert_int_equal(count(s, ": FM_DATE "), 2);
	assert_int_equal(count(s, "fascicle: 503 more diagnostics of this "
	    "book are not shown\n"), 1);
	assert_int_equal(t->r.status, EXIT_CONTENT);
}

static void
errors_go_before_raised_warnings(void **state)
{
	struct desk *t = *state;
	str s;

	diag_strict(t->d);
	add(t, DIAG_CHAR_CONTROL, 1500);
	add(t, DIAG_FM_DATE, 1);
	s = told(t);
	assert_int_equal(count(s, "error: "), 1000);
	assert_int_equal(count(s, ": FM_DATE 0 "), 1);
}

static void
quiet_shows_the_error(void **state)
{
	struct desk *t = *state;
	str s;

	t->r.quiet = true;
	add(t, DIAG_CHAR_CONTROL, 1500);
	add(t, DIAG_FM_DATE, 1);
	s = told(t);
	assert_int_equal(count(s, "\n"), 1);
	assert_int_equal(count(s, ": FM_DATE 0 "), 1);
}

static void
failures_are_always_told(void **state)
{
	struct desk *t = *state;
	str s;

	add(t, DIAG_CHAR_CONTROL, 10);
	add(t, DIAG_FM_DATE, 250000);	/* more than are kept */
	add(t, DIAG_MD_DEPTH, 1);
	add(t, DIAG_IO_WRITE, 1);
	s = told(t);
	assert_int_equal(count(s, ": CHAR_CONTROL "), 0);
	assert_int_equal(count(s, ": FM_DATE "), 1000);
	assert_int_equal(count(s, ": MD_DEPTH 0 "), 1);
	assert_int_equal(count(s, ": IO_WRITE 0 "), 1);
	assert_int_equal(t->r.status, EXIT_ENVIRONMENT);
}

static int
setup(void **state)
{
	static struct desk t;

	t = (struct desk){ .mem = { .cap = (size_t)1 << 28 } };
	t.a = arena_new(&t.mem);
	t.d = diag_new(t.a, srcmap_new(t.a));
	t.r = (struct report){ .arena = t.a, .seen = map_new(t.a),
	    .lines = &t.lines };
	*state = &t;
	return 0;
}

static int
teardown(void **state)
{
	struct desk *t = *state;

	buf_done(&t->lines);
	arena_free(t->a);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(few_are_all_told),
		TEST(errors_go_before_warnings),
		TEST(errors_go_before_raised_warnings),
		TEST(quiet_shows_the_error),
		TEST(failures_are_always_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
