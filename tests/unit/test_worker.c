/* test_worker.c: a worker that dies or spins loses its own piece only. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "app/app.h"

enum { PIECE_FINE, PIECE_ABORT, PIECE_SPIN, PIECE_CONTENT, PIECE_COUNT };

static void
run(void *user, size_t i, struct report *r)
{
	volatile unsigned	 spin = 1;

	(void)user;
	if (i == PIECE_ABORT) {
		*r->at = 7;
		raise(SIGKILL);
	}
	while (i == PIECE_SPIN && spin != 0)
		spin |= 1;
	if (i == PIECE_CONTENT) {
		report_line(r, S("said twice\n"));
		report_worst(r, EXIT_CONTENT);
	}
	if (i == PIECE_FINE) {
		report_line(r, S("said twice\n"));
		r->books = 1;
	}
}

static unsigned
weight(void *user, size_t i)
{
	(void)user;
	(void)i;
	return 0;
}

static str
name(void *user, size_t i, uint32_t at)
{
	uint32_t	*seen = user;

	if (i == PIECE_ABORT)
		*seen = at;
	return S("piece");
}

static int
status_of(size_t n, unsigned jobs, size_t *books, uint32_t *seen)
{
	struct mem_limit	 mem = { .cap = (size_t)1 << 26 };
	struct arena		*a = arena_new(&mem);
	struct limits		 l = limits_default;
	struct buf		 lines = { 0 };
	struct report		 r = { .arena = a, .seen = map_new(a),
				    .lines = &lines };
	struct work		 w = { .user = seen, .n = n, .run = run,
				    .weight = weight, .name = name,
				    .limits = &l };

	l.cpu_base = 1;
	workers_run(&w, jobs, &r);
	*books = r.books;
	if (n > 0)
		assert_int_equal(str_find(buf_view(&lines),
		    S("said twice\n")), 0);
	if (n > PIECE_CONTENT)
		assert_true(str_find(str_from(buf_view(&lines), 5),
		    S("said twice\n")) == SIZE_MAX);
	buf_done(&lines);
	arena_free(a);
	return r.status;
}

static void
lost_pieces_cost_only_themselves(void **state)
{
	size_t	 books;
	uint32_t seen = 0;

	(void)state;
	for (unsigned jobs = 1; jobs <= 3; jobs++) {
		assert_int_equal(status_of(PIECE_COUNT, jobs, &books, &seen),
		    EXIT_LIMIT);
		assert_int_equal(books, 1);
		assert_int_equal(seen, 7);
	}
}

static void
fine_work_is_status_0(void **state)
{
	size_t	 books;
	uint32_t seen = 0;

	(void)state;
	assert_int_equal(status_of(1, 2, &books, &seen), EXIT_OK);
	assert_int_equal(books, 1);
	assert_int_equal(status_of(0, 2, &books, &seen), EXIT_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_pieces_cost_only_themselves),
		cmocka_unit_test(fine_work_is_status_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
