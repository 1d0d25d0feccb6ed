/*
 * test_breaker.c: total fit against brute force: over thousands of small
 * paragraphs the breaker's demerits equal the least of all ways to break.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/layout_int.h"

#define WORDS_MAX	12

static uint32_t
next(uint32_t *seed)
{
	return *seed = *seed * 1664525u + 1013904223u;
}

/* Words of 1..9 points, spaces of 3 that stretch and shrink; some hyphens. */
static size_t
paragraph(struct bp *b, uint32_t *seed, bool ragged)
{
	size_t	 n = 2 + (next(seed) >> 16) % WORDS_MAX;
	sp	 w = 0, st = 0, sh = 0;

	b[0] = (struct bp){ 0 };
	for (size_t i = 1; i <= n; i++) {
		bool	 hyphen = (next(seed) >> 20) % 4 == 0 && i < n;

		w += SP_PT * (1 + (next(seed) >> 16) % 9);
		b[i] = (struct bp){ .end = (uint32_t)i, .next = (uint32_t)i,
		    .w_end = w + (hyphen ? SP_PT : 0), .st_end = st,
		    .sh_end = sh, .flagged = hyphen,
		    .penalty = hyphen ? 50 : 0, .forced = i == n };
		if (!hyphen) {
			w += SP_PT * 3;
			st += ragged ? 0 : SP_PT * 3 / 2;
			sh += ragged ? 0 : SP_PT;
		}
		b[i].w_next = w;
		b[i].st_next = st;
		b[i].sh_next = sh;
	}
	return n + 1;
}

/* Demerits of the line from break i to j; -1: not allowed. */
static int64_t
line_cost(const struct bp *b, size_t n, const struct break_params *p,
    size_t i, size_t j, int fit_before, int *fit)
{
	sp	 w = b[j].w_end - b[i].w_next;
	int32_t	 bad;

	*fit = 1;
	bad = break_badness(p, w, b[j].st_end - b[i].st_next,
	    b[j].sh_end - b[i].sh_next, fit);
	if (bad != INT32_MAX && b[j].forced && w <= p->width) {
		bad = 0;
		*fit = 1;
	}
	if (bad > p->tolerance)
		return -1;
	return break_demerits(bad, &b[j], b[i].flagged, j + 1 == n, *fit,
	    fit_before);
}

/* Every subset of the inner breaks. */
static int64_t
brute(const struct bp *b, size_t n, const struct break_params *p)
{
	int64_t	 least = -1;

	for (uint32_t mask = 0; mask < 1u << (n - 2); mask++) {
		size_t	 from = 0;
		int64_t	 cost = 0, c = 0;
		int	 fit = 1;

		for (size_t j = 1; j < n && c >= 0; j++) {
			if (j + 1 < n && (mask >> (j - 1) & 1) == 0)
				continue;
			c = line_cost(b, n, p, from, j, fit, &fit);
			cost += c;
			from = j;
		}
		if (c >= 0 && (least < 0 || cost < least))
			least = cost;
	}
	return least;
}

static int64_t
cost_of(const struct bp *b, size_t n, const struct break_params *p,
    const uint32_t *chosen, size_t k)
{
	size_t	 from = 0;
	int64_t	 cost = 0, c;
	int	 fit = 1;

	for (size_t i = 0; i < k; i++) {
		c = line_cost(b, n, p, from, chosen[i], fit, &fit);
		assert_true(c >= 0);
		cost += c;
		from = chosen[i];
	}
	assert_int_equal(from, n - 1);
	return cost;
}

static void
equals_brute_force(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct bp		 b[WORDS_MAX + 4];
	uint32_t		 chosen[WORDS_MAX + 4], seed = 2020;
	unsigned		 solved = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		bool	 ragged = round % 4 == 0;
		size_t	 n = paragraph(b, &seed, ragged), k;
		struct break_params p = { SP_PT * (12 + (next(&seed) >> 16) %
			    24), ragged ? SP_PT * 8 : 0,
			    round % 3 == 0 ? 200 : 9999, ragged };
		int64_t	 cost = -1, least = brute(b, n, &p);

		k = break_total_fit(a, b, n, &p, chosen, &cost);
		assert_int_equal(k > 0, least >= 0);
		if (k == 0)
			continue;
		solved++;
		assert_true(cost == least);
		assert_true(cost_of(b, n, &p, chosen, k) == least);
		arena_reset(a);
	}
	assert_true(solved > 1000);
	arena_free(a);
}

static void
badness_grows_with_slack(void **state)
{
	struct break_params	 p = { SP_PT * 100, 0, 9999, false };
	int32_t			 last = 0, b;
	int			 fit;

	(void)state;
	for (int w = 100; w > 0; w--) {
		b = break_badness(&p, SP_PT * w, SP_PT * 10, 0, &fit);
		assert_true(b >= last && b <= 10000);
		last = b;
	}
	assert_int_equal(last, 10000);
	assert_int_equal(break_badness(&p, SP_PT * 101, 0, SP_PT / 2, &fit),
	    INT32_MAX);
	assert_int_equal(break_badness(&p, SP_PT * 101, 0, SP_PT, &fit), 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_brute_force),
		cmocka_unit_test(badness_grows_with_slack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
