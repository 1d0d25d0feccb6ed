/*
 * test_breaker.c: total fit against brute force: over thousands of small
 * paragraphs the breaker's demerits equal the least of all ways to break,
 * with hyphens in a row, stacks, hanging margins, short last lines and
 * looseness; and they are never more than those of breaking line by line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/layout_int.h"

#define WORDS_MAX	12
#define LINES_MAX	(WORDS_MAX + 2)

static uint32_t
next(uint32_t *seed)
{
	return *seed = *seed * 1664525u + 1013904223u;
}

static uint32_t
upto(uint32_t *seed, uint32_t n)
{
	return (next(seed) >> 16) % n;
}

/* Words of 1..9 points, spaces of 3 that stretch and shrink; some hyphens,
 * a few words alike, a few ends that hang. */
static size_t
paragraph(struct bp *b, uint32_t *seed, bool ragged)
{
	size_t	 n = 2 + upto(seed, WORDS_MAX);
	uint32_t hyphens = 1 + upto(seed, 4);
	sp	 w = 0, st = 0, sh = 0;

	b[0] = (struct bp){ .word_next = 1 };
	for (size_t i = 1; i <= n; i++) {
		bool	 hyphen = upto(seed, 4) < hyphens && i < n;

		w += SP_PT * (1 + upto(seed, 9));
		b[i] = (struct bp){ .end = (uint32_t)i, .next = (uint32_t)i,
		    .w_end = w + (hyphen ? SP_PT : 0), .st_end = st,
		    .sh_end = sh, .flagged = hyphen, .hyphen = hyphen,
		    .penalty = hyphen ? 50 : 0, .forced = i == n,
		    .word_end = upto(seed, 3), .word_next = upto(seed, 3) };
		if (!hyphen) {
			w += SP_PT * 3;
			st += ragged ? 0 : SP_PT * 3 / 2;
			sh += ragged ? 0 : SP_PT;
		}
		b[i].hang_end = (int32_t)(SP_PT * upto(seed, 2));
		b[i].hang_next = (int32_t)(SP_PT * upto(seed, 2));
		b[i].w_end -= b[i].hang_end;
		b[i].w_next = w + b[i].hang_next;
		b[i].st_next = st;
		b[i].sh_next = sh;
		b[i].ex_end = ragged ? 0 : b[i].w_end / 50;
		b[i].ex_next = ragged ? 0 : b[i].w_next / 50;
	}
	return n + 1;
}

/* Demerits of all lines; -1: one is not allowed. */
static int64_t
cost_of(const struct bp *b, size_t n, const struct break_params *p,
    const uint32_t *chosen, size_t k)
{
	struct line_before at = { 1, 0 };
	size_t	 from = 0;
	int64_t	 cost = 0;

	for (size_t i = 0; i < k; i++) {
		int	 fit;
		int32_t	 bad = break_line(p, &b[from], &b[chosen[i]], &fit);

		if (bad > p->tolerance)
			return -1;
		cost += break_demerits(p, b, from, chosen[i],
		    chosen[i] + 1 == n, bad, fit, &at);
		from = chosen[i];
	}
	assert_int_equal(from, n - 1);
	return cost;
}

/* Every subset of the inner breaks: the least cost for each number of
 * lines; -1: no way. */
static void
brute(const struct bp *b, size_t n, const struct break_params *p,
    int64_t least[LINES_MAX])
{
	for (size_t i = 0; i < LINES_MAX; i++)
		least[i] = -1;
	for (uint32_t mask = 0; mask < 1u << (n - 2); mask++) {
		uint32_t chosen[LINES_MAX];
		size_t	 k = 0;
		int64_t	 c;

		for (size_t j = 1; j < n; j++)
			if (j + 1 == n || (mask >> (j - 1) & 1) != 0)
				chosen[k++] = (uint32_t)j;
		c = cost_of(b, n, p, chosen, k);
		if (c >= 0 && (least[k] < 0 || c < least[k]))
			least[k] = c;
	}
}

static size_t
cheapest(const int64_t least[LINES_MAX])
{
	size_t	 best = 0;

	for (size_t i = 1; i < LINES_MAX; i++)
		if (least[i] >= 0 && (best == 0 || least[i] < least[best]))
			best = i;
	return best;
}

/* As many lines as looseness should give. */
static size_t
wanted(const int64_t least[LINES_MAX], int looseness)
{
	size_t	 best = cheapest(least), got = best;
	int	 step = looseness < 0 ? -1 : 1;

	for (int i = 1; best > 0 && i <= looseness * step; i++) {
		int	 k = (int)best + i * step;

		if (k > 0 && k < LINES_MAX && least[k] >= 0)
			got = (size_t)k;
	}
	return got;
}

static struct break_params
params(uint32_t *seed, int round)
{
	bool	 ragged = round % 4 == 0;

	return (struct break_params){ .width = SP_PT * (12 + upto(seed, 24)),
	    .extra = ragged ? SP_PT * 8 : 0, .ragged = ragged,
	    .tolerance = round % 3 == 0 ? 200 : 9999,
	    .stacks = round % 2 == 0, .last = round % 5 == 0 ? SP_PT * 6 : 0,
	    .slip_next = SP_PT, .slip_end = SP_PT * 2 };
}

static void
equals_brute_force(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct bp		 b[WORDS_MAX + 4];
	uint32_t		 chosen[WORDS_MAX + 4], seed = 2020;
	unsigned		 solved = 0, hyphens = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct break_params p = params(&seed, round);
		size_t	 n = paragraph(b, &seed, p.ragged), k, row = 0;
		int64_t	 cost = -1, least[LINES_MAX];

		brute(b, n, &p, least);
		k = break_total_fit(a, b, n, &p, chosen, &cost);
		assert_int_equal(k > 0, cheapest(least) > 0);
		if (k == 0)
			continue;
		solved++;
		assert_true(cost == least[cheapest(least)]);
		assert_true(cost_of(b, n, &p, chosen, k) == cost);
		for (size_t i = 0; i < k; i++) {
			row = b[chosen[i]].flagged ? row + 1 : 0;
			hyphens += row >= 3;
		}
		arena_reset(a);
	}
	assert_true(solved > 1000);
	assert_true(hyphens > 0);
	arena_free(a);
}

static void
looseness_finds_its_lines(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct bp		 b[WORDS_MAX + 4];
	uint32_t		 chosen[WORDS_MAX + 4], seed = 77;
	unsigned		 met[5] = { 0 };

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct break_params p = params(&seed, round);
		size_t	 n = paragraph(b, &seed, p.ragged), k, want;
		int64_t	 cost = -1, least[LINES_MAX];

		p.looseness = round % 5 - 2;
		brute(b, n, &p, least);
		want = wanted(least, p.looseness);
		k = break_total_fit(a, b, n, &p, chosen, &cost);
		assert_int_equal(k, want);
		if (k == 0)
			continue;
		assert_true(cost == least[want]);
		assert_true(cost_of(b, n, &p, chosen, k) == cost);
		met[p.looseness + 2] += (int)want - (int)cheapest(least) ==
		    p.looseness;
		arena_reset(a);
	}
	/* Two lines fewer: twelve words leave no room for that. */
	for (int i = 1; i < 5; i++)
		assert_true(met[i] > 0);
	arena_free(a);
}

/* Each line as long as its badness allows. */
static size_t
greedy(const struct bp *b, size_t n, const struct break_params *p,
    uint32_t *chosen)
{
	size_t	 from = 0, k = 0;

	while (from + 1 < n) {
		size_t	 to = 0;
		int	 fit;

		for (size_t j = from + 1; j < n; j++)
			if (break_line(p, &b[from], &b[j], &fit) <=
			    p->tolerance)
				to = j;
		if (to == 0)
			return 0;
		chosen[k++] = (uint32_t)to;
		from = to;
	}
	return k;
}

static void
never_costlier_than_greedy(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct bp		 b[WORDS_MAX + 4];
	uint32_t		 chosen[WORDS_MAX + 4], seed = 5;
	unsigned		 less = 0;

	(void)state;
	for (int round = 0; round < 8000; round++) {
		struct break_params p = params(&seed, round);
		size_t	 n = paragraph(b, &seed, p.ragged), k;
		int64_t	 cost = -1, simple;

		k = greedy(b, n, &p, chosen);
		if (k == 0)
			continue;
		simple = cost_of(b, n, &p, chosen, k);
		assert_true(break_total_fit(a, b, n, &p, chosen, &cost) > 0);
		assert_true(cost <= simple);
		less += cost < simple;
		arena_reset(a);
	}
	assert_true(less > 200);
	arena_free(a);
}

static void
bad_lines_cost(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct bp		 b[WORDS_MAX + 4];
	uint32_t		 chosen[WORDS_MAX + 4], seed = 9;
	unsigned		 moved = 0;

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct break_params p = params(&seed, round);
		struct bad_line	 bad = { .cost = 1000000000 };
		size_t	 n = paragraph(b, &seed, p.ragged), k;
		int64_t	 cost, after;

		k = break_total_fit(a, b, n, &p, chosen, &cost);
		if (k < 2)
			continue;
		bad.to = chosen[0];
		p.bad = &bad;
		p.nbad = 1;
		assert_true(break_total_fit(a, b, n, &p, chosen, &after) > 0);
		assert_true(after >= cost);
		moved += after < bad.cost && chosen[0] != bad.to;
		arena_reset(a);
	}
	assert_true(moved > 100);
	arena_free(a);
}

static void
badness_grows_with_slack(void **state)
{
	struct break_params	 p = { .width = SP_PT * 100,
				    .tolerance = 9999 };
	int32_t			 last = 0, b;
	int			 fit;

	(void)state;
	for (int w = 100; w > 0; w--) {
		b = break_badness(&p, (struct line_sizes){ SP_PT * w,
		    SP_PT * 10, 0, 0 }, &fit);
		assert_true(b >= last && b <= 10000);
		last = b;
	}
	assert_int_equal(last, 10000);
	assert_int_equal(break_badness(&p, (struct line_sizes){ SP_PT * 101,
	    0, SP_PT / 2, 0 }, &fit), INT32_MAX);
	assert_int_equal(break_badness(&p, (struct line_sizes){ SP_PT * 101,
	    0, SP_PT, 0 }, &fit), 100);
}

/* Glyphs take their share of the slack before spaces do. */
static void
expansion_spares_spaces(void **state)
{
	struct break_params	 p = { .width = SP_PT * 100,
				    .tolerance = 9999 };
	struct line_sizes	 x = { SP_PT * 98, SP_PT * 10, SP_PT * 7, 0 };
	int			 fit;
	int32_t			 b = break_badness(&p, x, &fit);

	(void)state;
	x.ex = SP_PT * 2;
	assert_true(break_badness(&p, x, &fit) < b);
	x.w = SP_PT * 109;
	assert_int_not_equal(break_badness(&p, x, &fit), INT32_MAX);
	x.w++;
	assert_int_equal(break_badness(&p, x, &fit), INT32_MAX);
	x.w = SP_PT * 109;
	x.ex--;
	assert_int_equal(break_badness(&p, x, &fit), INT32_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_brute_force),
		cmocka_unit_test(looseness_finds_its_lines),
		cmocka_unit_test(never_costlier_than_greedy),
		cmocka_unit_test(bad_lines_cost),
		cmocka_unit_test(badness_grows_with_slack),
		cmocka_unit_test(expansion_spares_spaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
