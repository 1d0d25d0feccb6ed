/*
 * test_diag.c: places, levels, and messages that cannot harm a terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "diag/diag.h"

struct desk {
	struct mem_limit lim;
	struct arena	*arena;
	struct srcmap	*map;
	struct diag	*diag;
};

static int
desk_make(void **state)
{
	struct desk *t = calloc(1, sizeof *t);

	t->lim.cap = (size_t)256 << 20;
	t->arena = arena_new(&t->lim);
	t->map = srcmap_new(t->arena);
	t->diag = diag_new(t->arena, t->map);
	*state = t;
	return 0;
}

static int
desk_clear(void **state)
{
	struct desk *t = *state;

	arena_free(t->arena);
	free(t);
	return 0;
}

/* ---- places ------------------------------------------------------------ */

static void
place_is(const struct desk *t, uint32_t at, const char *path, uint32_t line,
    uint32_t column)
{
	struct srcplace p = { 0 };

	assert_true(srcmap_find(t->map, at, &p));
	assert_true(str_eq(p.path, str_c(path)));
	if (p.line != line || p.column != column)
		fail_msg("%s+%u: %u:%u, not %u:%u", path, at, p.line,
		    p.column, line, column);
}

static void
places(void **state)
{
	struct desk *t = *state;
	struct srcplace p;
	uint32_t a = srcmap_add(t->map, S("a"), S("one\ntwo\n"));
	uint32_t b = srcmap_add(t->map, S("b"), (str){ NULL, 0 });
	uint32_t c = srcmap_add(t->map, S("c"), S("x"));

	assert_true(a >= 1 && b > a && c > b);
	assert_false(srcmap_find(t->map, 0, &p));
	place_is(t, a, "a", 1, 1);
	place_is(t, a + 3, "a", 1, 4);		/* the line's end */
	place_is(t, a + 4, "a", 2, 1);
	place_is(t, a + 8, "a", 3, 1);		/* the file's end */
	place_is(t, b, "b", 1, 1);
	place_is(t, c, "c", 1, 1);
	place_is(t, c + 1, "c", 1, 2);
	assert_false(srcmap_find(t->map, c + 2, &p));
	assert_false(srcmap_find(t->map, UINT32_MAX, &p));
	assert_false(srcmap_find(srcmap_new(t->arena), 1, &p));
}

static void
places_line_ends(void **state)
{
	struct desk *t = *state;
	uint32_t a = srcmap_add(t->map, S("a"), S("1\r\n2\r3\n\r4\n\n5\r"));

	place_is(t, a + 1, "a", 1, 2);
	place_is(t, a + 3, "a", 2, 1);
	place_is(t, a + 5, "a", 3, 1);
	place_is(t, a + 7, "a", 4, 1);
	place_is(t, a + 8, "a", 5, 1);
	place_is(t, a + 11, "a", 7, 1);
	place_is(t, a + 13, "a", 8, 1);
}

static void
places_code_points(void **state)
{
	struct desk *t = *state;
	/* U+0915 (3 bytes), U+1F600 (4), bad bytes, e acute (2), x */
	uint32_t a = srcmap_add(t->map, S("a"),
	    S("\xe0\xa4\x95\xf0\x9f\x98\x80\x80\xe2\x82\xc3\xa9x"));
	uint32_t b = srcmap_add(t->map, S("b"),
	    S("\xef\xbb\xbfx\n\xef\xbb\xbfy"));

	place_is(t, a + 3, "a", 1, 2);
	place_is(t, a + 4, "a", 1, 2);		/* within a sequence */
	place_is(t, a + 6, "a", 1, 2);
	place_is(t, a + 7, "a", 1, 3);		/* 80 */
	place_is(t, a + 8, "a", 1, 4);		/* e2 82, one U+FFFD */
	place_is(t, a + 9, "a", 1, 4);
	place_is(t, a + 10, "a", 1, 5);
	place_is(t, a + 12, "a", 1, 6);
	place_is(t, b + 3, "b", 1, 1);		/* a BOM takes no column */
	place_is(t, b + 8, "b", 2, 2);		/* but elsewhere it does */
}

/* Against counting from the start, over all addresses of a mixed text. */
static void
places_by_counting(void **state)
{
	static const char *const bits[] = { "a", "\n", "\r\n", "\r", "\xc3\xa9",
	    "\xe0\xa4\x95", "\xf0\x9f\x98\x80", "\x80", "\xe2\x82", "\xff",
	    "longer words ", "\n\r" };
	struct desk *t = *state;
	struct buf b = { 0 };
	uint32_t r = 1, base, line = 1, column = 1;
	str text;

	for (int i = 0; i < 20000; i++) {
		r = r * 1664525 + 1013904223;
		buf_z(&b, bits[(r >> 16) % ARRAY_LEN(bits)]);
	}
	text = buf_view(&b);
	srcmap_add(t->map, S("before"), S("abc"));
	base = srcmap_add(t->map, S("text"), text);
	for (size_t i = 0; i < text.n; ) {
		size_t lo = i;
		uint32_t cp = utf8_next(text, &i);

		for (size_t k = lo; k < i; k++)
			place_is(t, base + (uint32_t)k, "text", line, column);
		if (cp == '\n' || (cp == '\r' && (i == text.n ||
		    text.p[i] != '\n'))) {
			line++;
			column = 1;
		} else {
			column++;
		}
	}
	place_is(t, base + (uint32_t)text.n, "text", line, column);
	buf_done(&b);
}

/* 16 MiB in one line, 10,000 look-ups: quick, or this never ends. */
static void
places_quick(void **state)
{
	struct desk *t = *state;
	const size_t n = (size_t)16 << 20;
	char *p = malloc(n);
	clock_t start = clock();
	struct srcplace place;
	uint32_t base;

	memset(p, 'x', n);
	base = srcmap_add(t->map, S("long"), (str){ p, n });
	for (uint32_t i = 0; i < 10000; i++) {
		uint32_t at = (uint32_t)((uint64_t)i * n / 10000);

		assert_true(srcmap_find(t->map, base + at, &place));
		assert_int_equal(place.column, at + 1);
	}
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
	free(p);
}

static void
places_full(void **state)
{
	struct desk *t = *state;
	/* Never read: it is refused for its length alone. */
	str huge = { "", UINT32_MAX - 10 };

	assert_int_not_equal(srcmap_add(t->map, S("a"), S("0123456789")), 0);
	assert_int_equal(srcmap_add(t->map, S("b"), huge), 0);
	assert_int_equal(srcmap_add(t->map, S("b"), (str){ "", SIZE_MAX }),
	    0);
	assert_int_not_equal(srcmap_add(t->map, S("c"), S("x")), 0);
}

/* ---- levels ------------------------------------------------------------ */

static void
table_sound(void **state)
{
	static const enum diag_level levels[] = {
#define X(id, level, text) DIAG_##level,
		DIAGS(X)
#undef X
	};

	(void)state;
	for (enum diag_id i = 0; i < DIAG_COUNT; i++) {
		assert_true(strlen(diag_name(i)) > 0);
		assert_true(strlen(diag_text(i)) > 0);
		assert_true(levels[i] <= DIAG_ENV);
		for (enum diag_id k = 0; k < i; k++) {
			assert_string_not_equal(diag_name(i), diag_name(k));
			assert_string_not_equal(diag_text(i), diag_text(k));
		}
	}
	assert_string_equal(diag_name(DIAG_FM_SYNTAX), "FM_SYNTAX");
	assert_string_equal(diag_level_name(DIAG_NOTE), "note");
	assert_string_equal(diag_level_name(DIAG_WARN), "warning");
	assert_string_equal(diag_level_name(DIAG_ERROR), "error");
}

static void
worst_and_status(void **state)
{
	struct desk *t = *state;
	struct diag *d = t->diag;

	assert_int_equal(diag_count(d), 0);
	assert_int_equal(diag_exit_status(diag_worst(d)), 0);
	assert_false(diag_failed(d));
	diag_add(d, DIAG_HYPH_MISSING, SPAN_NONE, "xx");	/* note */
	diag_add(d, DIAG_MD_EMPTY, SPAN_NONE, "%s", "");	/* warning */
	assert_int_equal(diag_worst(d), DIAG_WARN);
	assert_int_equal(diag_exit_status(diag_worst(d)), 0);
	assert_false(diag_failed(d));
	diag_strict(d);			/* counts for earlier ones too */
	assert_true(diag_failed(d));
	assert_int_equal(diag_exit_status(diag_worst(d)), 1);
	assert_int_equal(diag_at(d, 0).level, DIAG_NOTE);
	assert_int_equal(diag_at(d, 1).level, DIAG_ERROR);
	diag_add(d, DIAG_MD_DEPTH, SPAN_NONE, "x");
	assert_int_equal(diag_exit_status(diag_worst(d)), 4);
	diag_add(d, DIAG_IO_WRITE, SPAN_NONE, "x");
	diag_add(d, DIAG_FM_DATE, SPAN_NONE, "x");
	assert_int_equal(diag_worst(d), DIAG_ENV);
	assert_int_equal(diag_exit_status(diag_worst(d)), 3);
	assert_int_equal(diag_count(d), 5);
}

/* A million warnings stay within bounds, and an error after them counts; as
 * many errors do, and what stops a book after them. */
static void
flood(void **state)
{
	struct desk *t = *state;
	size_t n;

	for (int i = 0; i < 1000000; i++)
		diag_add(t->diag, DIAG_CHAR_CONTROL, SPAN_NONE, "U+%04X", i);
	n = diag_count(t->diag);
	assert_true(n >= 1000 && n <= 200000);
	diag_add(t->diag, DIAG_FM_DATE, SPAN_NONE, "x");
	assert_int_equal(diag_count(t->diag), n + 1);
	assert_int_equal(diag_at(t->diag, n).id, DIAG_FM_DATE);
	assert_true(diag_failed(t->diag));
	for (int i = 0; i < 1000000; i++)
		diag_add(t->diag, DIAG_FM_DATE, SPAN_NONE, "%d", i);
	n = diag_count(t->diag);
	assert_true(n < 200000);
	diag_add(t->diag, DIAG_IO_WRITE, SPAN_NONE, "x");
	assert_int_equal(diag_at(t->diag, n).id, DIAG_IO_WRITE);
}

/* ---- printing ---------------------------------------------------------- */

static void
prints(const struct desk *t, size_t i, const char *want)
{
	struct diagnostic d = diag_at(t->diag, i);
	struct buf b = { 0 };

	diag_print(&b, &d);
	buf_char(&b, '\0');
	assert_string_equal(b.p, want);
	buf_done(&b);
}

static void
prints_json(const struct desk *t, size_t i, const char *want)
{
	struct diagnostic d = diag_at(t->diag, i);
	struct buf b = { 0 };

	diag_print_json(&b, &d);
	buf_char(&b, '\0');
	assert_string_equal(b.p, want);
	buf_done(&b);
}

static void
print_forms(void **state)
{
	struct desk *t = *state;
	uint32_t base = srcmap_add(t->map, S("ch1.md"), S("\n\xc3\xa9[x]"));

	diag_add(t->diag, DIAG_MD_LINK_UNDEFINED, (span){ base + 3, base + 6 },
	    "\"%s\"", "intro");
	diag_add(t->diag, DIAG_MD_EMPTY, (span){ base, base }, "%s", "");
	diag_add_path(t->diag, DIAG_IO_READ, S("a/b.md"), "%s", "gone");
	diag_add(t->diag, DIAG_SANDBOX_OFF, SPAN_NONE, "old kernel");
	prints(t, 0, "ch1.md:2:2: warning: link to an article that is not "
	    "here: \"intro\" [MD_LINK_UNDEFINED]\n");
	prints(t, 1, "ch1.md:1:1: warning: article has no text "
	    "[MD_EMPTY]\n");
	prints(t, 2, "a/b.md: failure: cannot read: gone [IO_READ]\n");
	prints(t, 3, "note: the kernel cannot confine the workers: "
	    "old kernel [SANDBOX_OFF]\n");
	prints_json(t, 0, "{\"path\":\"ch1.md\",\"line\":2,\"column\":2,"
	    "\"level\":\"warning\",\"id\":\"MD_LINK_UNDEFINED\","
	    "\"text\":\"link to an article that is not here\","
	    "\"detail\":\"\\\"intro\\\"\"}\n");
	prints_json(t, 2, "{\"path\":\"a/b.md\",\"line\":null,"
	    "\"column\":null,\"level\":\"failure\",\"id\":\"IO_READ\","
	    "\"text\":\"cannot read\",\"detail\":\"gone\"}\n");
}

static void
print_escapes(void **state)
{
	static const struct { const char *in, *out, *json; } c[] = {
		{ "\x1b[31m", "\\x1b[31m", "\\u001b[31m" },
		{ "a\nb\tc\r", "a\\x0ab\\x09c\\x0d", "a\\nb\\tc\\u000d" },
		{ "\x7f", "\\x7f", "\\u007f" },
		{ "\xc2\x9b" "31m", "\\u{9b}31m", "\\u009b31m" },
		{ "\x9b", "\\x9b", "\xef\xbf\xbd" },
		{ "\xff\xfe", "\\xff\\xfe", "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xe2\x82", "\\xe2\\x82", "\xef\xbf\xbd" },
		{ "\xef\xbf\xbd", "\xef\xbf\xbd", "\xef\xbf\xbd" },
		{ "\xe2\x80\xae", "\\u{202e}", "\\u202e" },
		{ "\xe2\x81\xa6", "\\u{2066}", "\\u2066" },
		{ "\xe2\x80\xa8", "\\u{2028}", "\\u2028" },
		{ "\xef\xbb\xbf", "\\u{feff}", "\\ufeff" },
		{ "\xf3\xa0\x80\x81", "\\u{e0001}", "\\udb40\\udc01" },
		{ "\xe0\xa4\x95\xe2\x80\x8d", "\xe0\xa4\x95\xe2\x80\x8d",
		    "\xe0\xa4\x95\xe2\x80\x8d" },	/* Indic ZWJ */
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80",
		    "\xf0\x9f\x98\x80" },
		{ "\"\\", "\"\\", "\\\"\\\\" },
	};
	struct desk *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(c); i++) {
		str text, json;

		text = arena_printf(t->arena, "%s: warning: article has no "
		    "text: %s [MD_EMPTY]\n%c", c[i].out, c[i].out, 0);
		json = arena_printf(t->arena, "{\"path\":\"%s\",\"line\":"
		    "null,\"column\":null,\"level\":\"warning\",\"id\":"
		    "\"MD_EMPTY\",\"text\":\"article has no text\","
		    "\"detail\":\"%s\"}\n%c", c[i].json, c[i].json, 0);
		diag_add_path(t->diag, DIAG_MD_EMPTY, str_c(c[i].in), "%s",
		    c[i].in);
		prints(t, i, text.p);
		prints_json(t, i, json.p);
	}
}

/* A detail of any length is cut, never within a character. */
static void
print_cut(void **state)
{
	struct desk *t = *state;
	struct buf b = { 0 };

	for (int i = 0; i < 5000; i++)
		buf_z(&b, "\xe0\xa4\x95");
	for (int shift = 0; shift < 3; shift++) {
		str text;

		diag_add(t->diag, DIAG_MD_EMPTY, SPAN_NONE, "%.*s%.*s", shift,
		    "xx", (int)b.n, b.p);
		text = diag_at(t->diag, (size_t)shift).text;
		assert_true(text.n > 900 && text.n < 1100);
		assert_true(utf8_valid(text, NULL));
	}
	buf_done(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(places), TEST(places_line_ends),
		TEST(places_code_points), TEST(places_by_counting),
		TEST(places_quick), TEST(places_full), TEST(table_sound),
		TEST(worst_and_status), TEST(flood), TEST(print_forms),
		TEST(print_escapes), TEST(print_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
