/* test_core.c: arenas, strings, UTF-8, digests, YAML: the ground floor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "yaml/yaml.h"

static void
arena_jumps_at_its_limit(void **state)
{
	jmp_buf			 escape;
	static struct mem_limit	 l;
	static struct arena	*a;
	static int		 jumped;

	(void)state;
	l = (struct mem_limit){ .cap = 1 << 20, .escape = &escape };
	a = arena_new(&l);
	assert_non_null(a);
	jumped = setjmp(escape);
	if (jumped == 0)
		for (;;)
			arena_alloc(a, 1000, 8);
	assert_int_equal(jumped, 1);
	assert_true(l.used <= l.cap);
	arena_free(a);
	assert_int_equal(l.used, 0);
}

static void
arena_memory_is_zeroed_again(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 20 };
	struct arena		*a = arena_new(&l);
	struct arena_mark	 m = arena_mark(a);
	char			*p = arena_alloc(a, 64, 1);

	(void)state;
	memset(p, 'x', 64);
	arena_release(a, m);
	p = arena_alloc(a, 64, 1);
	for (int i = 0; i < 64; i++)
		assert_int_equal(p[i], 0);
	arena_free(a);
}

static void
map_finds_what_was_put(void **state)
{
	struct mem_limit	 l = { .cap = 1 << 24 };
	struct arena		*a = arena_new(&l);
	struct map		*m = map_new(a);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		str	 k = arena_printf(a, "key %d", i);

		assert_null(map_put(m, k, (void *)k.p));
	}
	for (int i = 0; i < 5000; i++) {
		str	 k = arena_printf(a, "key %d", i);

		assert_non_null(map_find(m, k));
		assert_memory_equal(map_find(m, k), k.p, k.n);
	}
	assert_null(map_find(m, S("key 5000")));
	arena_free(a);
}

static void
utf8_replaces_maximal_subparts(void **state)
{
	const struct { str in; unsigned bad; } t[] = {
		{ S("\xc0\xaf"), 2 }, { S("\xe0\x80\xaf"), 3 },
		{ S("\xed\xa0\x80"), 3 }, { S("\xf4\x91\x92\x93"), 4 },
		{ S("\xe1\x80"), 1 }, { S("\xf1\x80\x80"), 1 },
		{ S("\xe0\xa4\x85"), 0 }, { S("\xf0\x9f\x98\x80"), 0 },
	};

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(t); k++) {
		unsigned	 bad = 0;

		for (size_t i = 0; i < t[k].in.n;)
			bad += utf8_next(t[k].in, &i) == 0xfffd;
		assert_int_equal(bad, t[k].bad);
		assert_int_equal(utf8_valid(t[k].in, NULL), t[k].bad == 0);
	}
}

static void
digests_match_published_vectors(void **state)
{
	static const uint8_t abc[20] = { 0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06,
	    0x81, 0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c,
	    0xd0, 0xd8, 0x9d };
	uint8_t	 d[20];
	char	 u[37];

	(void)state;
	sha1("abc", 3, d);
	assert_memory_equal(d, abc, 20);
	assert_int_equal(crc32_of("123456789", 9), 0xcbf43926u);
	uuid5(UUID_NS_URL, S("http://example.com/"), u);
	assert_int_equal(strlen(u), 36);
	assert_int_equal(u[14], '5');
}

static void
distance_counts_a_swap_once(void **state)
{
	(void)state;
	assert_int_equal(str_distance(S("titel"), S("title"), 3), 1);
	assert_int_equal(str_distance(S("title"), S("title"), 3), 0);
	assert_int_equal(str_distance(S("date"), S("language"), 3), 4);
}

/* Parses text; the id of the first diagnostic, DIAG_COUNT for none. */
static enum diag_id
yaml_says(str text, bool *tree)
{
	struct mem_limit	 l = { .cap = (size_t)1 << 26 };
	struct arena		*a = arena_new(&l);
	struct srcmap		*m = srcmap_new(a);
	struct diag		*d = diag_new(a, m);
	bool			 empty;
	enum diag_id		 id;

	*tree = yaml_parse(a, text, srcmap_add(m, S("t"), text),
	    &limits_default, d, &empty) != NULL;
	id = diag_count(d) == 0 ? DIAG_COUNT : diag_at(d, 0).id;
	arena_free(a);
	return id;
}

static void
yaml_refuses_bombs_by_name(void **state)
{
	const struct { str in; enum diag_id id; } t[] = {
		{ S("a: 1\nb: [x, y]\n"), DIAG_COUNT },
		{ S("a: &x [1]\n"), DIAG_FM_REFUSED },
		{ S("a: *x\n"), DIAG_FM_REFUSED },
		{ S("a: !!int 3\n"), DIAG_FM_REFUSED },
		{ S("a: 1\na: 2\n"), DIAG_FM_KEY_TWICE },
		{ S("a: [1\n"), DIAG_FM_SYNTAX },
		{ S("[[[[[[[[[[[[1]]]]]]]]]]]]\n"), DIAG_FM_REFUSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		bool	 tree;

		assert_int_equal(yaml_says(t[i].in, &tree), t[i].id);
		assert_int_equal(tree, t[i].id == DIAG_COUNT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_jumps_at_its_limit),
		cmocka_unit_test(arena_memory_is_zeroed_again),
		cmocka_unit_test(map_finds_what_was_put),
		cmocka_unit_test(utf8_replaces_maximal_subparts),
		cmocka_unit_test(digests_match_published_vectors),
		cmocka_unit_test(distance_counts_a_swap_once),
		cmocka_unit_test(yaml_refuses_bombs_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
