/*
 * test_base.c: strings, arenas, buffers, the map, UTF-8, digests, deflate,
 * the pool.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <libdeflate.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/limits.h"

/* ---- strings ----------------------------------------------------------- */

#define assert_str(got, want) do {					\
	str g_ = (got);							\
	assert_int_equal(g_.n, strlen(want));				\
	if (g_.n)							\
		assert_memory_equal(g_.p, want, g_.n);			\
} while (0)

static void
strings_compare(void **state)
{
	str none = { NULL, 0 };

	(void)state;
	assert_true(str_eq(none, S("")));
	assert_true(str_eq(str_c(NULL), none));
	assert_false(str_eq(S("a"), S("b")));
	assert_false(str_eq(S("a"), S("ab")));
	assert_true(str_cmp(S("a"), S("ab")) < 0);
	assert_true(str_cmp(S("b"), S("ab")) > 0);
	assert_true(str_cmp(S("\xff"), S("a")) > 0);
	assert_int_equal(str_cmp(none, S("")), 0);
	assert_true(str_starts(S("abc"), S("ab")));
	assert_true(str_starts(S("abc"), none));
	assert_false(str_starts(S("ab"), S("abc")));
	assert_true(str_ends(S("abc"), S("bc")));
	assert_true(str_ends(S(""), none));
	assert_false(str_ends(S("bc"), S("abc")));
	assert_int_equal(str_hash(none), 0xcbf29ce484222325u);
	assert_int_equal(str_hash(S("a")), 0xaf63dc4c8601ec8cu);
}

static void
strings_cut(void **state)
{
	str s = S("hello");

	(void)state;
	assert_str(str_from(s, 2), "llo");
	assert_str(str_from(s, 9), "");
	assert_str(str_cut(s, 1, 3), "el");
	assert_str(str_cut(s, 3, 1), "");
	assert_str(str_cut(s, 4, SIZE_MAX), "o");
	assert_str(str_cut((str){ NULL, 0 }, 0, 9), "");
	assert_str(str_trim(S(" \t\r\n x y\v\f ")), "x y");
	assert_str(str_trim(S("  ")), "");
	assert_str(str_trim((str){ NULL, 0 }), "");
	assert_int_equal(str_find(s, S("lo")), 3);
	assert_int_equal(str_find(s, S("")), 0);
	assert_int_equal(str_find(s, S("hello!")), SIZE_MAX);
	assert_int_equal(str_find((str){ NULL, 0 }, S("x")), SIZE_MAX);
	assert_int_equal(str_find_char(s, 'o'), 4);
	assert_int_equal(str_find_char(s, '\0'), SIZE_MAX);
	assert_int_equal(str_find_char((str){ NULL, 0 }, 'x'), SIZE_MAX);
}

static void
strings_distance(void **state)
{
	char word[100];
	str many = { word, sizeof word };

	(void)state;
	memset(word, 'a', sizeof word);
	assert_int_equal(str_distance(S("title"), S("title"), 3), 0);
	assert_int_equal(str_distance(S("titel"), S("title"), 3), 1);
	assert_int_equal(str_distance(S("titl"), S("title"), 3), 1);
	assert_int_equal(str_distance(S(""), S("abc"), 3), 3);
	assert_int_equal(str_distance(S("abc"), S(""), 2), 3);
	assert_int_equal(str_distance(S("ca"), S("abc"), 5), 3);
	assert_int_equal(str_distance(S("kitten"), S("sitting"), 5), 3);
	assert_int_equal(str_distance(S("abcdef"), S("uvwxyz"), 2), 3);
	assert_int_equal(str_distance(many, S("a"), 3), 4);
	assert_int_equal(str_distance(many, many, 3), 0);
}

static void
lengths(void **state)
{
	(void)state;
	assert_int_equal(SP_MM(127), 360 * SP_PT);
	assert_int_equal(SP_MM(210), 39011981);		/* A4: 595.28 pt */
}

/* ---- arenas ------------------------------------------------------------ */

static void
arena_basics(void **state)
{
	struct mem_limit lim = { .cap = 1 << 20 };
	struct arena *a = arena_new(&lim);
	char *p;

	(void)state;
	assert_int_equal(arena_used(a), 0);
	for (size_t align = 1; align <= 64; align *= 2) {
		assert_non_null(arena_alloc(a, 1, 1));
		p = arena_alloc(a, 3, align);
		assert_int_equal((uintptr_t)p % align, 0);
	}
	assert_non_null(arena_alloc(a, 0, 1));
	p = arena_alloc(a, 1000, 1);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	assert_true(arena_used(a) >= 1000);
	arena_free(a);
	assert_int_equal(lim.used, 0);
	arena_free(NULL);
}

/* Memory that has been written to comes back zeroed. */
static void
arena_zeroes_again(void **state)
{
	struct mem_limit lim = { .cap = 1 << 22 };
	struct arena *a = arena_new(&lim);
	struct arena_mark m;
	size_t used, budget = 0;

	(void)state;
	arena_alloc(a, 10, 1);
	m = arena_mark(a);
	used = arena_used(a);
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 300; i++) {
			char *p = arena_alloc(a, 1000, 8);

			for (int k = 0; k < 1000; k += 99)
				assert_int_equal(p[k], 0);
			memset(p, 0xee, 1000);
		}
		arena_release(a, m);
		assert_int_equal(arena_used(a), used);
		if (round == 1)
			budget = lim.used;
		if (round > 1)		/* no growth from repetition */
			assert_int_equal(lim.used, budget);
	}
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	arena_free(a);
	assert_int_equal(lim.used, 0);
}

static void
arena_growing(void **state)
{
	struct mem_limit lim = { .cap = 1 << 24 };
	struct arena *a = arena_new(&lim);
	char *p = arena_grow(a, NULL, 0, 16, 16), *q;

	(void)state;
	memcpy(p, "0123456789abcdef", 16);
	q = arena_grow(a, p, 16, 64, 16);
	assert_ptr_equal(p, q);			/* it was last */
	assert_memory_equal(q, "0123456789abcdef", 16);
	assert_int_equal(q[16] | q[63], 0);
	assert_non_null(arena_alloc(a, 1, 1));
	p = arena_grow(a, q, 64, 128, 16);
	assert_ptr_not_equal(p, q);
	assert_memory_equal(p, "0123456789abcdef", 16);
	assert_int_equal(p[64] | p[127], 0);
	p = arena_grow(a, p, 128, 1 << 20, 16);	/* into a new block */
	assert_memory_equal(p, "0123456789abcdef", 16);
	assert_int_equal(p[(1 << 20) - 1], 0);
	q = arena_grow(a, p, 1 << 20, 8, 16);	/* shrinks in place */
	assert_ptr_equal(p, q);
	q = arena_grow(a, q, 8, 16, 16);
	assert_memory_equal(q, "01234567\0\0\0\0\0\0\0\0", 16);
	arena_free(a);
}

static void
arena_vectors(void **state)
{
	struct mem_limit lim = { .cap = 1 << 24 };
	struct arena *a = arena_new(&lim);
	VEC(int) v = { 0 }, w = { 0 };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		VEC_PUSH(a, &v, i);
		if (i % 3 == 0)
			VEC_PUSH(a, &w, -i);
	}
	assert_int_equal(v.n, 20000);
	for (int i = 0; i < 20000; i++) {
		assert_int_equal(v.v[i], i);
		if (i % 3 == 0)
			assert_int_equal(w.v[i / 3], -i);
	}
	arena_free(a);
}

/* Allocates up to the jump; how often it went well. */
static size_t
fill(size_t size)
{
	jmp_buf escape;
	struct mem_limit lim = { .cap = 2 << 20, .escape = &escape };
	struct arena *a = arena_new(&lim);
	volatile size_t n = 0;

	if (setjmp(escape) == 0)
		for (;; n++) {
			arena_alloc(a, size, 1);
			if (lim.used > lim.cap)
				fail();
		}
	arena_free(a);
	assert_int_equal(lim.used, 0);
	return n;
}

/* Nothing leaks, and nearly all of the budget could be used. */
static void
arena_limit(void **state)
{
	static const size_t sizes[] = { 100, 5000, 70000, 1 << 20 };

	(void)state;
	assert_true(fill(1) > 60000);		/* ASan keeps bytes apart */
	assert_int_equal(fill(3 << 20), 0);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		assert_true(fill(sizes[i]) >=
		    (2u << 20) / (sizes[i] + 48) * 8 / 10);
}

static void
arena_huge(void **state)
{
	jmp_buf escape;
	struct mem_limit lim = { .cap = SIZE_MAX, .escape = &escape };
	struct arena *volatile a = arena_new(&lim);
	volatile int jumps = 0;

	(void)state;
	if (setjmp(escape) == 0)
		arena_alloc(a, SIZE_MAX, 1);
	else
		jumps++;
	if (jumps == 1 && setjmp(escape) == 0)
		arena_alloc(a, SIZE_MAX - 100, 16);
	else
		jumps++;
	assert_int_equal(jumps, 2);
	assert_non_null(arena_alloc(a, 10, 1));		/* still usable */
	arena_free(a);
}

/* Two arenas share one budget. */
static void
arena_shared_budget(void **state)
{
	jmp_buf escape;
	struct mem_limit lim = { .cap = 1 << 20, .escape = &escape };
	struct arena *volatile a = arena_new(&lim);
	struct arena *volatile b = arena_new(&lim);

	(void)state;
	arena_alloc(a, 900000, 1);
	if (setjmp(escape) == 0) {
		arena_alloc(b, 900000, 1);
		fail();
	}
	arena_reset(a);
	arena_free(a);
	assert_non_null(arena_alloc(b, 900000, 1));
	arena_free(b);
}

static void
arena_texts(void **state)
{
	struct mem_limit lim = { .cap = 1 << 20 };
	struct arena *a = arena_new(&lim);
	char *z;

	(void)state;
	assert_str(arena_printf(a, "%d-%.*s", 7, STR_ARG(S("xyz"))), "7-xyz");
	assert_str(arena_printf(a, "%s", ""), "");
	assert_str(arena_str(a, S("abc")), "abc");
	assert_str(arena_str(a, (str){ NULL, 0 }), "");
	z = arena_cstr(a, str_cut(S("abcdef"), 1, 3));
	assert_string_equal(z, "bc");
	assert_int_equal(arena_printf(a, "%70000d", 1).n, 70000);
	arena_free(a);
}

/* ---- buffers ----------------------------------------------------------- */

static void
buffers(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_str(&b, (str){ NULL, 0 });
	assert_str(buf_view(&b), "");
	buf_str(&b, S("a"));
	buf_z(&b, "bc");
	buf_char(&b, '-');
	buf_int(&b, 0);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_printf(&b, "|%s|%03d", "x", 7);
	assert_str(buf_view(&b), "abc-0 -9223372036854775808 "
	    "9223372036854775807|x|007");
	for (int i = 0; i < 100000; i++)
		buf_char(&b, 'z');
	assert_false(b.failed);
	assert_int_equal(b.p[b.n - 1], 'z');
	buf_done(&b);
	assert_null(b.p);
	assert_int_equal(b.n | b.cap, 0);
}

static void
buffers_fail(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_z(&b, "kept");
	assert_false(buf_reserve(&b, SIZE_MAX));
	assert_true(b.failed);
	buf_z(&b, "no");
	buf_int(&b, 1);
	buf_printf(&b, "%d", 1);
	assert_false(buf_reserve(&b, 0));
	assert_str(buf_view(&b), "kept");
	buf_done(&b);
	assert_false(b.failed);
}

/* ---- map --------------------------------------------------------------- */

static void
maps(void **state)
{
	struct mem_limit lim = { .cap = 1 << 26 };
	struct arena *a = arena_new(&lim);
	struct map *m = map_new(a);
	int x, y;

	(void)state;
	assert_null(map_find(m, S("x")));
	assert_null(map_put(m, S("x"), &x));
	assert_ptr_equal(map_put(m, S("x"), &y), &x);
	assert_ptr_equal(map_find(m, S("x")), &y);
	assert_null(map_find(m, S("")));
	assert_null(map_put(m, (str){ NULL, 0 }, &x));
	assert_ptr_equal(map_find(m, S("")), &x);
	assert_ptr_equal(map_find(m, (str){ NULL, 0 }), &x);
	for (uintptr_t i = 1; i <= 50000; i++) {
		str key = arena_printf(a, "key%u", (unsigned)i);

		assert_null(map_put(m, key, (void *)i));
	}
	for (uintptr_t i = 1; i <= 50000; i++) {
		char key[16];

		snprintf(key, sizeof key, "key%u", (unsigned)i);
		assert_int_equal((uintptr_t)map_find(m, str_c(key)), i);
	}
	assert_null(map_find(m, S("key50001")));
	assert_ptr_equal(map_find(m, S("x")), &y);
	arena_free(a);
}

/* ---- UTF-8 ------------------------------------------------------------- */

/* Ill-formed input and the code points it decodes to, 0 at the end. */
static const struct utf8_case {
	const char *bytes;
	uint32_t cps[10];
} utf8_cases[] = {
	{ "\x80", { 0xfffd } },
	{ "\xbf\xbf", { 0xfffd, 0xfffd } },
	{ "\xc0\x80", { 0xfffd, 0xfffd } },		/* overlong NUL */
	{ "\xc1\xbf", { 0xfffd, 0xfffd } },
	{ "\xe0\x80\x80", { 0xfffd, 0xfffd, 0xfffd } },
	{ "\xe0\x9f\xbf", { 0xfffd, 0xfffd, 0xfffd } },
	{ "\xf0\x80\x80\x80", { 0xfffd, 0xfffd, 0xfffd, 0xfffd } },
	{ "\xf0\x8f\xbf\xbf", { 0xfffd, 0xfffd, 0xfffd, 0xfffd } },
	{ "\xed\xa0\x80", { 0xfffd, 0xfffd, 0xfffd } },	/* surrogates */
	{ "\xed\xbf\xbf", { 0xfffd, 0xfffd, 0xfffd } },
	{ "\xf4\x90\x80\x80", { 0xfffd, 0xfffd, 0xfffd, 0xfffd } },
	{ "\xf5\x80", { 0xfffd, 0xfffd } },
	{ "\xff\xfe", { 0xfffd, 0xfffd } },
	{ "\xc3", { 0xfffd } },				/* cut off */
	{ "\xe2\x82", { 0xfffd } },
	{ "\xf0\x9f\x98", { 0xfffd } },
	{ "\xc3" "a", { 0xfffd, 'a' } },
	{ "\xe2\x82" "a", { 0xfffd, 'a' } },
	{ "\xf0\x9f\x98\xc3\xa9", { 0xfffd, 0xe9 } },
	{ "\xe2\xe2\x82\xac", { 0xfffd, 0x20ac } },
	/* Unicode 15, table 3-8 to 3-11 */
	{ "\xc0\xaf\xe0\x80\xbf\xf0\x81\x82" "A", { 0xfffd, 0xfffd, 0xfffd,
	    0xfffd, 0xfffd, 0xfffd, 0xfffd, 0xfffd, 'A' } },
	{ "\xf4\x91\x92\x93\xff" "A\x80\xbf" "B", { 0xfffd, 0xfffd, 0xfffd,
	    0xfffd, 0xfffd, 'A', 0xfffd, 0xfffd, 'B' } },
	{ "\xe1\x80\xe2\xf0\x91\x92\xf1\xbf" "A", { 0xfffd, 0xfffd, 0xfffd,
	    0xfffd, 'A' } },
};

static void
utf8_ill_formed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(utf8_cases); i++) {
		const struct utf8_case *c = &utf8_cases[i];
		size_t at = 0, k = 0, bad = SIZE_MAX, first = 0;
		char *copy;
		str s;

		/* An exact copy, for the sanitizer to watch its end. */
		s.n = strlen(c->bytes);
		copy = malloc(s.n);
		memcpy(copy, c->bytes, s.n);
		s.p = copy;
		while (at < s.n) {
			uint32_t cp = utf8_next(s, &at);

			if (cp != c->cps[k])
				print_error("case %zu: U+%04X\n", i, cp);
			assert_int_equal(cp, c->cps[k++]);
		}
		assert_int_equal(c->cps[k], 0);
		assert_false(utf8_valid(s, &bad));
		while (c->cps[first] != 0xfffd)
			first++;
		assert_int_equal(bad, first);
		assert_false(utf8_valid(s, NULL));
		free(copy);
	}
}

static void
utf8_all(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char b[4];
		size_t n = utf8_put(b, cp), i = 0, bad;
		uint32_t want = cp >= 0xd800 && cp <= 0xdfff ? 0xfffd : cp;

		if (utf8_next((str){ b, n }, &i) != want || i != n ||
		    !utf8_valid((str){ b, n }, &bad))
			fail_msg("U+%04X", cp);
	}
	assert_true(utf8_valid((str){ NULL, 0 }, NULL));
}

/* ---- digests, deflate -------------------------------------------------- */

static void
digest_is(const char *text, size_t n, const char *want)
{
	uint8_t d[20];
	char hex[41];

	sha1(text, n, d);
	for (int i = 0; i < 20; i++)
		snprintf(hex + 2 * i, 3, "%02x", d[i]);
	assert_string_equal(hex, want);
}

static void
digests(void **state)
{
	const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmno"
	    "mnopnopq";
	char *million = malloc(1000000);

	(void)state;
	digest_is(NULL, 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	digest_is("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d");
	digest_is(two, 56, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	memset(million, 'a', 1000000);
	digest_is(million, 1000000,
	    "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
	digest_is(million, 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a");
	digest_is(million, 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5");
	digest_is(million, 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d");
	digest_is(million, 65, "11655326c708d70319be2610e8a57d9a5b959d3b");
	free(million);
	assert_int_equal(crc32_of("123456789", 9), 0xcbf43926);
	assert_int_equal(crc32_of(NULL, 0), 0);
}

static void
uuids(void **state)
{
	/* RFC 9562, appendix A.4: the DNS namespace */
	static const uint8_t dns[16] = {
		0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
		0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
	};
	char name[200], out[37];

	(void)state;
	uuid5(dns, S("www.example.com"), out);
	assert_string_equal(out, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
	uuid5(UUID_NS_URL, S("http://example.org/"), out);
	assert_string_equal(out, "715d503b-5f95-5532-9100-00663eb45ade");
	uuid5(UUID_NS_URL, (str){ NULL, 0 }, out);
	assert_string_equal(out, "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
	memset(name, 'x', sizeof name);
	uuid5(UUID_NS_URL, (str){ name, 48 }, out);
	assert_string_equal(out, "8fa6ffa9-9280-5899-a2d8-b082ccdf6380");
	uuid5(UUID_NS_URL, (str){ name, 200 }, out);
	assert_string_equal(out, "cd3580b9-d244-586a-8077-74317319b48d");
}

static void
deflates(void **state)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	char text[5000], back[5000];

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i % 7 * (i / 100));
	for (int level = 0; level <= 12; level += 3)
		for (size_t n = 0; n <= sizeof text; n += 2500) {
			struct buf b = { 0 };
			size_t got;

			buf_z(&b, "head");
			assert_true(deflate_add(&b, (str){ n ? text : NULL,
			    n }, DEFLATE_ZLIB, level));
			assert_memory_equal(b.p, "head", 4);
			assert_int_equal(libdeflate_zlib_decompress(d,
			    b.p + 4, b.n - 4, back, sizeof back, &got), 0);
			assert_int_equal(got, n);
			assert_memory_equal(back, text, n);
			b.n = 0;
			assert_true(deflate_add(&b, (str){ text, n },
			    DEFLATE_RAW, level));
			assert_int_equal(libdeflate_deflate_decompress(d,
			    b.p, b.n, back, sizeof back, &got), 0);
			assert_int_equal(got, n);
			buf_done(&b);
		}
	libdeflate_free_decompressor(d);
}

static void
deflate_refuses(void **state)
{
	struct buf b = { .failed = true };

	(void)state;
	assert_false(deflate_add(&b, S("x"), DEFLATE_RAW, 6));
	b.failed = false;
	assert_false(deflate_add(&b, S("x"), DEFLATE_RAW, 99));
	buf_done(&b);
}

/* ---- pool -------------------------------------------------------------- */

struct tally { atomic_int seen[1000]; };

static void
count_one(void *user, size_t i)
{
	atomic_fetch_add(&((struct tally *)user)->seen[i], 1);
}

static void
pools(void **state)
{
	static const unsigned threads[] = { 0, 1, 2, 7, 64, 5000 };
	static const size_t sizes[] = { 0, 1, 3, 1000 };

	(void)state;
	for (size_t t = 0; t < ARRAY_LEN(threads); t++)
		for (size_t s = 0; s < ARRAY_LEN(sizes); s++) {
			struct tally *y = calloc(1, sizeof *y);

			pool_run(threads[t], sizes[s], count_one, y);
			for (size_t i = 0; i < ARRAY_LEN(y->seen); i++)
				assert_int_equal(atomic_load(&y->seen[i]),
				    i < sizes[s]);
			free(y);
		}
}

static void
limits_make_sense(void **state)
{
	const struct limits *l = &limits_default;

	(void)state;
	assert_int_equal(l->article_bytes, 16 << 20);
	assert_int_equal(l->input_bytes, 0x7fffffff);
	assert_int_equal(l->yaml_bytes, 65536);
	assert_int_equal(l->yaml_depth, 8);
	assert_true(l->worker_memory > l->job_memory);
	assert_int_equal(l->pdf_bytes, 0x7fffffff);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_compare),
		cmocka_unit_test(strings_cut),
		cmocka_unit_test(strings_distance),
		cmocka_unit_test(lengths),
		cmocka_unit_test(arena_basics),
		cmocka_unit_test(arena_zeroes_again),
		cmocka_unit_test(arena_growing),
		cmocka_unit_test(arena_vectors),
		cmocka_unit_test(arena_limit),
		cmocka_unit_test(arena_huge),
		cmocka_unit_test(arena_shared_budget),
		cmocka_unit_test(arena_texts),
		cmocka_unit_test(buffers),
		cmocka_unit_test(buffers_fail),
		cmocka_unit_test(maps),
		cmocka_unit_test(utf8_ill_formed),
		cmocka_unit_test(utf8_all),
		cmocka_unit_test(digests),
		cmocka_unit_test(uuids),
		cmocka_unit_test(deflates),
		cmocka_unit_test(deflate_refuses),
		cmocka_unit_test(pools),
		cmocka_unit_test(limits_make_sense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
