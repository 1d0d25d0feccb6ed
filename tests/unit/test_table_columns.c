/*
 * test_table_columns.c: what is a number, and how columns share their room.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/table_int.h"

/* ---- numbers ---------------------------------------------------------- */

static void
test_numbers(void **state)
{
	static const struct { const char *s; bool letters; size_t point; }
	    t[] = {
		{ "12", false, 2 }, { "1.25", false, 1 },
		{ "1,00,000.5", false, 8 }, { "-3", false, 2 },
		{ "\xe2\x88\x92" "3.5", false, 4 }, { "+9.7%", false, 2 },
		{ "\xe2\x82\xb9" "97.25", false, 5 }, { "Rs. 5", false, 5 },
		{ "US$ 2.5", false, 5 }, { "(12.5)", false, 3 },
		{ ".5", false, 0 }, { "12*", false, 2 },
		{ "\xe0\xa5\xa7\xe0\xa5\xa8.\xe0\xa5\xab", false, 6 },
		{ "\xd9\xa1\xd9\xa2\xd9\xab\xd9\xa3", false, 4 },
		{ "1\xe2\x80\xaf" "000", false, 7 },
		{ "12 km/h", true, 2 }, { "97 lakh crore", true, 2 },
		{ "12 km/h", false, SIZE_MAX }, { "2018-19", true, SIZE_MAX },
		{ "0\xe2\x80\x93" "50", true, SIZE_MAX },
		{ "2 of 3", true, SIZE_MAX }, { "", true, SIZE_MAX },
		{ "-", true, SIZE_MAX }, { "Q1", true, SIZE_MAX },
		{ "over 250", true, SIZE_MAX }, { "12,", true, SIZE_MAX },
		{ "1.2.3", true, SIZE_MAX }, { ",5", true, SIZE_MAX },
		{ "5 abcdefghijklmnopq", true, SIZE_MAX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (number_point(str_c(t[i].s), t[i].letters) != t[i].point)
			fail_msg("%s: %zu", t[i].s,
			    number_point(str_c(t[i].s), t[i].letters));
	assert_true(number_is_missing(S(" \xe2\x80\x93 ")));
	assert_true(number_is_missing(S("n/a")));
	assert_false(number_is_missing(S("0")));
	assert_false(number_is_missing(S("")));
}

/* ---- sharing ---------------------------------------------------------- */

static uint32_t
next(uint32_t *seed)
{
	return (*seed = *seed * 1664525u + 1013904223u) >> 8;
}

/* Lines of a cell, as text that fills its lines by 94 per cent. */
static sp
height(const sp *wish, uint32_t n, uint32_t rows, const sp *w)
{
	sp	 h = 0;

	for (uint32_t r = 0; r < rows; r++) {
		sp	 most = 0;

		for (uint32_t i = 0; i < n; i++) {
			sp	 x = wish[r * n + i], k = x <= w[i] ? 1 :
				    (x * 106 / 100 + w[i] - 1) / w[i];

			most = k > most ? k : most;
		}
		h += most;
	}
	return h;
}

/* The least height that widths in steps of a point give two columns. */
static sp
best_of_two(const struct column *c, const sp *wish, uint32_t rows, sp room)
{
	sp	 best = INT64_MAX;

	for (sp a = c[0].least; room - a >= c[1].least; a += SP_PT) {
		sp	 w[2] = { a, room - a };
		sp	 h = height(wish, 2, rows, w);

		best = h < best ? h : best;
	}
	return best;
}

static void
test_share(void **state)
{
	struct arena *arena = *state;
	uint32_t seed = 7;
	sp	 ours = 0, best = 0, wish[16], w[2];

	for (int k = 0; k < 300; k++) {
		struct column	 c[2] = { { 0 }, { 0 } };
		uint32_t	 rows = 1 + next(&seed) % 8;
		sp		 room = SP_PT * 300;

		for (uint32_t i = 0; i < rows * 2; i++) {
			wish[i] = SP_PT * (10 + next(&seed) % (i % 2 == 0 ?
			    300 : 1200));
			if (wish[i] > c[i % 2].wish)
				c[i % 2].wish = wish[i];
		}
		c[0].least = c[1].least = SP_PT * 40;
		c[1].least += SP_PT * (next(&seed) % 200);
		for (int i = 0; i < 2; i++)
			if (c[i].least > c[i].wish)
				c[i].least = c[i].wish;
		table_share(arena, c, 2, wish, rows, room);
		w[0] = c[0].w;
		w[1] = c[1].w;
		assert_true(w[0] + w[1] <= room);
		assert_true(w[0] >= c[0].least && w[1] >= c[1].least);
		if (c[0].wish + c[1].wish <= room) {
			assert_int_equal(w[0], c[0].wish);
			assert_int_equal(w[1], c[1].wish);
			continue;
		}
		ours += height(wish, 2, rows, w);
		best += best_of_two(c, wish, rows, room);
	}
	assert_true(best > 1000);
	assert_true(ours <= best * 104 / 100);
}

static void
test_share_many(void **state)
{
	static sp wish[12 * 20];
	struct arena *arena = *state;
	uint32_t seed = 11;

	for (int k = 0; k < 300; k++) {
		struct column	 c[12] = { { 0 } };
		uint32_t	 n = 1 + next(&seed) % 12;
		uint32_t	 rows = 1 + next(&seed) % 20;
		sp		 room = SP_PT * (20 + next(&seed) % 700);
		sp		 least = 0, all = 0;

		for (uint32_t i = 0; i < rows * n; i++) {
			wish[i] = SP_PT * (next(&seed) % (next(&seed) % 900 +
			    1));
			if (wish[i] > c[i % n].wish)
				c[i % n].wish = wish[i];
		}
		for (uint32_t i = 0; i < n; i++) {
			c[i].least = c[i].wish * (next(&seed) % 9) / 16;
			least += c[i].least;
		}
		table_share(arena, c, n, wish, rows, room);
		for (uint32_t i = 0; i < n; i++) {
			assert_true(c[i].w >= 0);
			assert_true(c[i].w <= c[i].wish + 1);
			if (least <= room)
				assert_true(c[i].w >= c[i].least);
			all += c[i].w;
		}
		assert_true(all <= room + 12);
	}
}

static void
test_share_bounds(void **state)
{
	struct arena *arena = *state;
	sp	 wish[3] = { SP_PT * 30, SP_PT * 900, SP_PT * 50 };
	struct column c[3] = { { .wish = SP_PT * 30, .least = SP_PT * 20 },
	    { .wish = SP_PT * 900, .least = SP_PT * 40 },
	    { .wish = SP_PT * 50, .least = SP_PT * 50 } };

	/* What is short keeps what it wishes for beside a long text. */
	table_share(arena, c, 3, wish, 1, SP_PT * 400);
	assert_int_equal(c[0].w, SP_PT * 30);
	assert_int_equal(c[2].w, SP_PT * 50);
	assert_true(c[1].w > SP_PT * 300 && c[1].w <= SP_PT * 320);
	/* Less than the least: all lose alike, and nothing is negative. */
	table_share(arena, c, 3, wish, 1, SP_PT * 55);
	assert_true(c[0].w > SP_PT * 9 && c[0].w < SP_PT * 11);
	assert_true(c[0].w + c[1].w + c[2].w <= SP_PT * 55 + 3);
}

int
main(void)
{
	struct mem_limit mem = { 0, (size_t)1 << 28, NULL };
	struct arena	*a = arena_new(&mem);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test_prestate(test_share, a),
		cmocka_unit_test_prestate(test_share_many, a),
		cmocka_unit_test_prestate(test_share_bounds, a),
	};
	int	 failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(a);
	return failed;
}
