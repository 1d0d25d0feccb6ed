/*
 * test_yaml.c: the tree, its spans, and what is refused by name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "yaml/yaml.h"

struct desk {
	struct mem_limit lim;
	struct arena	*arena;
	struct srcmap	*map;
	struct diag	*diag;
	str		 text;		/* of the last parse */
	uint32_t	 base;
	bool		 empty;
};

static int
desk_make(void **state)
{
	struct desk *t = calloc(1, sizeof *t);

	t->lim.cap = (size_t)512 << 20;
	t->arena = arena_new(&t->lim);
	t->map = srcmap_new(t->arena);
	t->diag = diag_new(t->arena, t->map);
	srcmap_add(t->map, S("earlier"), S("some text"));
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

/* From memory of exactly its size, for the sanitizer to watch the end. */
static const struct yaml_node *
parse_str(struct desk *t, str text, const struct limits *l)
{
	char *copy = malloc(text.n ? text.n : 1);
	const struct yaml_node *root;

	memcpy(copy, text.p, text.n);
	t->text = text;
	t->base = srcmap_add(t->map, S("t.yaml"), text);
	t->diag = diag_new(t->arena, t->map);
	root = yaml_parse(t->arena, (str){ copy, text.n }, t->base, l,
	    t->diag, &t->empty);
	free(copy);
	return root;
}

static const struct yaml_node *
parse(struct desk *t, const char *text)
{
	return parse_str(t, str_c(text), &limits_default);
}

static const char *
printed(const struct desk *t)
{
	struct buf b = { 0 };
	const char *z;

	for (size_t i = 0; i < diag_count(t->diag); i++) {
		struct diagnostic d = diag_at(t->diag, i);

		diag_print(&b, &d);
	}
	z = arena_cstr(t->arena, buf_view(&b));
	buf_done(&b);
	return z;
}

static void
refused(struct desk *t, const char *text, const char *want)
{
	assert_null(parse(t, text));
	assert_false(t->empty);
	assert_string_equal(printed(t), want);
}

/* What the span covers in the source. */
static const char *
covered(const struct desk *t, span at)
{
	return arena_cstr(t->arena, str_cut(t->text, at.lo - t->base,
	    at.hi - t->base));
}

/* ---- the tree ---------------------------------------------------------- */

/* {k: v, ...}, [v, ...], plain scalars as they are, others in quotes. */
static void
show(struct buf *b, const struct yaml_node *n)
{
	switch (n->kind) {
	case YAML_SCALAR:
		buf_printf(b, n->plain ? "%.*s" : "'%.*s'",
		    STR_ARG(n->text));
		return;
	case YAML_SEQ:
	case YAML_MAP:
		buf_char(b, n->kind == YAML_MAP ? '{' : '[');
		for (const struct yaml_node *c = n->child; c; c = c->next) {
			if (n->kind == YAML_MAP)
				buf_printf(b, "%.*s: ", STR_ARG(c->key));
			show(b, c);
			buf_z(b, c->next ? ", " : "");
		}
		buf_char(b, n->kind == YAML_MAP ? '}' : ']');
	}
}

static void
reads(struct desk *t, const char *text, const char *want)
{
	const struct yaml_node *root = parse(t, text);
	struct buf b = { 0 };

	assert_string_equal(printed(t), "");
	assert_non_null(root);
	show(&b, root);
	buf_char(&b, '\0');
	assert_string_equal(b.p, want);
	buf_done(&b);
}

static void
trees(void **state)
{
	struct desk *t = *state;

	reads(t, "a: 1\nb: two words\n", "{a: 1, b: two words}");
	reads(t, "a: 'x'\nb: \"y\\tz\"\n", "{a: 'x', b: 'y\tz'}");
	reads(t, "---\na: 1\n...\n", "{a: 1}");
	reads(t, "a:\n  - x\n  - y: 1\n    z: 2\n  -\n",
	    "{a: [x, {y: 1, z: 2}, ]}");
	reads(t, "a: [x, {y: 1, z}, 'q']", "{a: [x, {y: 1, z: }, 'q']}");
	reads(t, "a: |\n  l1\n  l2\nb: >-\n  f1\n  f2\n",
	    "{a: 'l1\nl2\n', b: 'f1 f2'}");
	reads(t, "a:\nb: ~\n'': x\n", "{a: , b: ~, : x}");
	reads(t, "- 1\n- 2", "[1, 2]");
	reads(t, "just text", "just text");
	reads(t, "''", "''");
	reads(t, "[]", "[]");
	reads(t, "? a\n? b\n", "{a: , b: }");
	reads(t, "[a: 1, b: 2]", "[{a: 1}, {b: 2}]");
	reads(t, "'<<': 1", "{<<: 1}");
	reads(t, "\xef\xbb\xbf" "a: 1\nb: 2\n", "{a: 1, b: 2}");
	reads(t, "a: 1\r\nb:\r\n  - 2\r\n", "{a: 1, b: [2]}");
	reads(t, "a: \"\\L\\P\\N\\_\"", "{a: '\xe2\x80\xa8\xe2\x80\xa9"
	    "\xc2\x85\xc2\xa0'}");
	reads(t, "\xe0\xa4\x95: \xe0\xa4\x96", "{\xe0\xa4\x95: \xe0\xa4\x96}");
	reads(t, "a: 2020-10-12 # c\n", "{a: 2020-10-12}");
	reads(t, "a: x&y *z !w\n", "{a: x&y *z !w}");
}

static void
empties(void **state)
{
	static const char *const texts[] = { "", "\n\n", "# only\n", "---\n",
	    "---\n...\n", "\xef\xbb\xbf", "   " };
	struct desk *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_null(parse(t, texts[i]));
		assert_true(t->empty);
		assert_int_equal(diag_count(t->diag), 0);
	}
	assert_null(yaml_parse(t->arena, (str){ NULL, 0 }, 1,
	    &limits_default, t->diag, &t->empty));
	assert_true(t->empty);
	assert_non_null(parse(t, "{}"));
	assert_false(t->empty);
}

static void
finds(void **state)
{
	struct desk *t = *state;
	const struct yaml_node *root = parse(t, "a: 1\nb: [2]\n");

	assert_true(str_eq(yaml_find(root, S("a"))->text, S("1")));
	assert_int_equal(yaml_find(root, S("b"))->kind, YAML_SEQ);
	assert_null(yaml_find(root, S("c")));
	assert_null(yaml_find(NULL, S("a")));
	assert_null(yaml_find(yaml_find(root, S("b")), S("a")));
}

/* ---- spans ------------------------------------------------------------- */

static void
spans(void **state)
{
	struct desk *t = *state;
	const struct yaml_node *root, *n;

	root = parse(t, "\xef\xbb\xbf\xe0\xa4\x95\xc3\xa9: \xf0\x9f\x98\x80 "
	    "\xc3\xa9  # c\r\n"
	    "b: \"\\u0915\xe0\xa4\x95\"\r\n"
	    "l:\r\n  - x\xc3\xa9\r\n  - y\r\n\r\n"
	    "t: |\r\n  text \xc3\xa9\r\n  more\r\n\r\n"
	    "f: [\xc3\xa9, {k: v}]\r\n"
	    "e:\r\n");
	assert_string_equal(printed(t), "");
	n = root->child;
	assert_string_equal(covered(t, n->key_at), "\xe0\xa4\x95\xc3\xa9");
	assert_string_equal(covered(t, n->at), "\xf0\x9f\x98\x80 \xc3\xa9");
	n = n->next;
	assert_string_equal(covered(t, n->key_at), "b");
	assert_string_equal(covered(t, n->at), "\"\\u0915\xe0\xa4\x95\"");
	n = n->next;
	assert_string_equal(covered(t, n->key_at), "l");
	assert_string_equal(covered(t, n->at), "- x\xc3\xa9\r\n  - y");
	assert_string_equal(covered(t, n->child->at), "x\xc3\xa9");
	assert_string_equal(covered(t, n->child->next->at), "y");
	n = n->next;
	assert_string_equal(covered(t, n->at), "|\r\n  text \xc3\xa9\r\n"
	    "  more");
	n = n->next;
	assert_string_equal(covered(t, n->at), "[\xc3\xa9, {k: v}]");
	assert_string_equal(covered(t, n->child->at), "\xc3\xa9");
	assert_string_equal(covered(t, n->child->next->at), "{k: v}");
	assert_string_equal(covered(t, n->child->next->child->key_at), "k");
	n = n->next;
	assert_string_equal(covered(t, n->key_at), "e");
	assert_string_equal(covered(t, n->at), "");
}

/* Children lie inside their parents, siblings in order. */
static void
nested(const struct yaml_node *n)
{
	uint32_t at = n->at.lo;

	for (const struct yaml_node *c = n->child; c; c = c->next) {
		assert_true(c->at.lo >= at && c->at.lo <= c->at.hi);
		assert_true(c->at.hi <= n->at.hi);
		at = c->at.hi;
		nested(c);
	}
}

static void
spans_nest(void **state)
{
	static const char *const texts[] = {
		"a:\n  b:\n    c:\n      - d: [1, {e: f}]\n\n\ng: h\n",
		"- - - x\n    - y\n  - z\n-\n- {a: b}\n",
		"a: |\n  x\n\n\n\nb: >\n  y\n",
		"a:\nb:\n  c:\n",
		"? a\n: b\n? c\n",
		"[a: 1, {b: [c, d]}, '\xc3\xa9']",
	};
	struct desk *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const struct yaml_node *root = parse(t, texts[i]);

		assert_non_null(root);
		nested(root);
	}
}

/* ---- refusals ---------------------------------------------------------- */

#define REFUSED ": error: YAML feature not allowed here: "

static void
refused_by_name(void **state)
{
	struct desk *t = *state;

	refused(t, "a: &x 1\n", "t.yaml:1:4" REFUSED
	    "anchor \"&x\" [FM_REFUSED]\n");
	refused(t, "\xc3\xa9: 1\nb: &y [1]\n", "t.yaml:2:4" REFUSED
	    "anchor \"&y\" [FM_REFUSED]\n");
	refused(t, "a: &z\n  b: 1\n", "t.yaml:1:4" REFUSED
	    "anchor \"&z\" [FM_REFUSED]\n");
	refused(t, "&k a: 1\n", "t.yaml:1:1" REFUSED
	    "anchor \"&k\" [FM_REFUSED]\n");
	refused(t, "a: *x\n", "t.yaml:1:4" REFUSED
	    "alias \"*x\" [FM_REFUSED]\n");
	refused(t, "*x : 1\n", "t.yaml:1:1" REFUSED
	    "alias \"*x\" [FM_REFUSED]\n");
	refused(t, "a: !!str 1\n", "t.yaml:1:4" REFUSED
	    "tag \"tag:yaml.org,2002:str\" [FM_REFUSED]\n");
	refused(t, "a: !x [1]\n", "t.yaml:1:4" REFUSED
	    "tag \"!x\" [FM_REFUSED]\n");
	refused(t, "a: !<tag:x> {}\n", "t.yaml:1:4" REFUSED
	    "tag \"tag:x\" [FM_REFUSED]\n");
	refused(t, "a: ! b\n", "t.yaml:1:4" REFUSED
	    "tag \"!\" [FM_REFUSED]\n");
	refused(t, "%YAML 1.1\n---\na: 1\n", "t.yaml:1:1" REFUSED
	    "directive [FM_REFUSED]\n");
	refused(t, "%TAG ! tag:x,2000:\n---\na: 1\n", "t.yaml:1:1" REFUSED
	    "directive [FM_REFUSED]\n");
	refused(t, "%FOO x\n---\na: 1\n", "t.yaml:1:5" REFUSED
	    "directive [FM_REFUSED]\n");
	refused(t, "a: 1\n<<: {b: 2}\n", "t.yaml:2:1" REFUSED
	    "merge key \"<<\" [FM_REFUSED]\n");
	refused(t, "a: {<<: 1}\n", "t.yaml:1:5" REFUSED
	    "merge key \"<<\" [FM_REFUSED]\n");
	refused(t, "a: 1\n---\nb: 2\n", "t.yaml:2:1" REFUSED
	    "a second document [FM_REFUSED]\n");
	refused(t, "{a: 1}: 2\n", "t.yaml:1:1" REFUSED
	    "a key that is a mapping [FM_REFUSED]\n");
	refused(t, "? [a]\n: 2\n", "t.yaml:1:3" REFUSED
	    "a key that is a list [FM_REFUSED]\n");
}

static void
refused_syntax(void **state)
{
	struct desk *t = *state;

	refused(t, "a:\n\tb: c\n", "t.yaml:2:1: error: malformed YAML: while "
	    "scanning for the next token, found character that cannot start "
	    "any token (indent with spaces, not tabs) [FM_SYNTAX]\n");
	refused(t, "a: [1, 2\n", "t.yaml:2:1: error: malformed YAML: while "
	    "parsing a flow sequence, did not find expected ',' or ']' "
	    "[FM_SYNTAX]\n");
	refused(t, "\xc3\xa9: b: c\n", "t.yaml:1:5: error: malformed YAML: "
	    "mapping values are not allowed in this context [FM_SYNTAX]\n");
	refused(t, "a: \"x\n", "t.yaml:2:1: error: malformed YAML: while "
	    "scanning a quoted scalar, found unexpected end of stream "
	    "[FM_SYNTAX]\n");
	refused(t, "\xc3\xa9: \x01\n", "t.yaml:1:4: error: malformed YAML: "
	    "control characters are not allowed [FM_SYNTAX]\n");
	refused(t, "a: \xc3\xa9\xff\n", "t.yaml:1:5: error: malformed YAML: "
	    "invalid UTF-8 [FM_SYNTAX]\n");
	refused(t, "\xef\xbb\xbf" "a: \xed\xa0\x80\n", "t.yaml:1:4: error: "
	    "malformed YAML: invalid UTF-8 [FM_SYNTAX]\n");
	refused(t, "\xff\xfe" "a", "t.yaml:1:1: error: malformed YAML: "
	    "invalid UTF-8 [FM_SYNTAX]\n");
	assert_null(parse_str(t, (str){ "a: \0b", 5 }, &limits_default));
	assert_int_equal(diag_count(t->diag), 1);
	assert_int_equal(diag_at(t->diag, 0).id, DIAG_FM_SYNTAX);
}

#define TWICE ": error: key given twice: "

static void
refused_twice(void **state)
{
	struct desk *t = *state;

	refused(t, "a: 1\nb: 2\na: 3\n", "t.yaml:3:1" TWICE
	    "\"a\" [FM_KEY_TWICE]\n");
	refused(t, "a: 1\n'a': 3\n\"a\": 4\n", "t.yaml:2:1" TWICE
	    "\"a\" [FM_KEY_TWICE]\nt.yaml:3:1" TWICE
	    "\"a\" [FM_KEY_TWICE]\n");
	refused(t, "x:\n  - {\xc3\xa9: 1, \xc3\xa9: 2}\n", "t.yaml:2:12" TWICE
	    "\"\xc3\xa9\" [FM_KEY_TWICE]\n");
	reads(t, "a: {b: 1}\nb: {a: 1, b: 2}\n",
	    "{a: {b: 1}, b: {a: 1, b: 2}}");
}

static void
limit_depth(void **state)
{
	struct desk *t = *state;
	struct limits l = limits_default;

	reads(t, "[[[[[[[[x]]]]]]]]", "[[[[[[[[x]]]]]]]]");
	refused(t, "[[[[[[[[[x]]]]]]]]]", "t.yaml:1:9" REFUSED
	    "nested deeper than 8 [FM_REFUSED]\n");
	refused(t, "a:\n b:\n  c:\n   d:\n    e:\n     f:\n      g:\n"
	    "       h:\n        i: 1\n", "t.yaml:9:9" REFUSED
	    "nested deeper than 8 [FM_REFUSED]\n");
	l.yaml_depth = 0;
	assert_non_null(parse_str(t, S("x"), &l));
	assert_null(parse_str(t, S("[]"), &l));
}

static void
limit_bytes(void **state)
{
	struct desk *t = *state;
	struct limits l = limits_default;
	char *p = malloc(l.yaml_bytes + 1);

	memset(p, 'x', l.yaml_bytes + 1);
	assert_non_null(parse_str(t, (str){ p, l.yaml_bytes }, &l));
	assert_null(parse_str(t, (str){ p, l.yaml_bytes + 1 }, &l));
	assert_string_equal(printed(t), "t.yaml:1:1" REFUSED
	    "more than 65536 bytes of YAML [FM_REFUSED]\n");
	free(p);
}

/* ---- bombs ------------------------------------------------------------- */

/* `unit` over and over, 64 KiB of it, between head and tail. */
static str
bomb(struct desk *t, const char *head, const char *unit, const char *tail)
{
	const size_t most = limits_default.yaml_bytes - strlen(tail);
	struct buf b = { 0 };
	str s;

	buf_z(&b, head);
	while (b.n + strlen(unit) <= most)
		buf_z(&b, unit);
	buf_z(&b, tail);
	s = arena_str(t->arena, buf_view(&b));
	buf_done(&b);
	return s;
}

/* Whatever comes out, it comes soon and with a diagnostic or a tree. */
static void
bombs(void **state)
{
	static const struct { const char *head, *unit, *tail; int id; } c[] = {
		{ "", "[", "", DIAG_FM_REFUSED },
		{ "", "{", "", DIAG_FM_REFUSED },
		{ "", "{a: ", "", DIAG_FM_REFUSED },
		{ "", "[a: ", "", DIAG_FM_REFUSED },
		{ "", "- ", "", DIAG_FM_REFUSED },
		{ "", "? ", "", DIAG_FM_REFUSED },
		{ "", "? - ", "", DIAG_FM_REFUSED },
		{ "", "-\n ", "", -1 },
		{ "a: &a [x]\nb: [", "*a,", "]", DIAG_FM_REFUSED },
		{ "[", "&a x,", "]", DIAG_FM_REFUSED },
		{ "", "---\n", "", DIAG_FM_REFUSED },
		{ "", "%TAG ! x\n", "", -1 },
		{ "", "a: 1\n", "", DIAG_FM_KEY_TWICE },
		{ "[", "{},", "]", -2 },
		{ "[", "{a,b},", "]", -2 },
		{ "[", ",", "]", -1 },
		{ "[", "a: ,", "]", -2 },
		{ "{", "? ,", "}", -1 },
		{ "", ":\n", "", -1 },
		{ "", "-\n", "", -2 },
		{ "", "\"\\L\"", "", -1 },
		{ "\"", "\\L", "\"", -2 },
		{ "\"", "\n", "\"", -2 },
		{ "|\n", " \n", " x", -1 },
		{ "", "\t", "", -1 },
		{ "", "#", "", -1 },
		{ "", "# \n", "", -1 },
		{ "", "'", "", -1 },
		{ "!", "x", "", -1 },
		{ "!<", "%41", ">", -1 },
		{ "", "!", "", -1 },
		{ "", "\xe0\xa4\x95", "", -2 },
		{ "a", " \xc2\x85", "", -1 },
	};
	struct desk *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(c); i++) {
		str s = bomb(t, c[i].head, c[i].unit, c[i].tail);
		clock_t start = clock();
		const struct yaml_node *root = parse_str(t, s,
		    &limits_default);
		double took = (double)(clock() - start) / CLOCKS_PER_SEC;

		if (took > 5)		/* with sanitizers; 0.1 without */
			fail_msg("%s...: %.1f s", c[i].unit, took);
		assert_true(root || t->empty || diag_count(t->diag) > 0);
		assert_false(root && diag_count(t->diag) > 0);
		if (c[i].id >= 0 && (root || (int)diag_at(t->diag, 0).id !=
		    c[i].id))
			fail_msg("%s...: %s", c[i].unit, printed(t));
		if (c[i].id == -2 && !root)
			fail_msg("%s...: %s", c[i].unit, printed(t));
	}
}

/* Every prefix, and every prefix with a byte turned, of a mixed text. */
static void
mutants(void **state)
{
	static const char text[] = "---\n\xc3\xa9: [1, {k: 'v'}]\n"
	    "? x\n: |\n  a\n  b\nl:\n- \"q\\x41\\L\"\n- >-\n   f\n# c\n"
	    "m: {a, b: }\n...\n";
	struct desk *t = *state;
	struct arena_mark m = arena_mark(t->arena);
	uint32_t r = 7;

	for (size_t n = 0; n < sizeof text; n++)
		for (int k = 0; k < 40; k++) {
			char copy[sizeof text];

			memcpy(copy, text, n);
			for (int j = 0; j < k && n > 0 && j < 3; j++) {
				r = r * 1664525 + 1013904223;
				copy[(r >> 8) % n] = "[]{}:,-?&*!|>'\"%@` \t"
				    "\n\r#a\xc3\xa9\0"[(r >> 20) % 27];
			}
			/* A map of its own: the tree is not looked at. */
			t->map = srcmap_new(t->arena);
			if (!parse_str(t, (str){ copy, n }, &limits_default))
				assert_true(t->empty ||
				    diag_count(t->diag) > 0);
			arena_release(t->arena, m);
		}
}

/* Parses within a budget; whether it was enough. */
static bool
fits(size_t cap)
{
	str text = S("a: [1, 2]\nb: {c: d, e: &x f}\n");
	jmp_buf escape;
	struct mem_limit lim = { .cap = cap, .escape = &escape };
	struct arena *a = arena_new(&lim);
	volatile bool ok = false;
	bool empty;

	if (setjmp(escape) == 0) {
		struct srcmap *map = srcmap_new(a);
		struct diag *d = diag_new(a, map);

		arena_alloc(a, 64500, 1);
		yaml_parse(a, text, srcmap_add(map, S("t"), text),
		    &limits_default, d, &empty);
		ok = true;
	}
	arena_free(a);
	assert_int_equal(lim.used, 0);
	return ok;
}

/* The budget ends amid the work: a jump, and nothing leaks. */
static void
no_memory(void **state)
{
	size_t jumps = 0;

	(void)state;
	for (size_t cap = 66000; cap < 80000; cap += 50)
		jumps += !fits(cap);
	assert_true(jumps > 5);
	assert_true(fits(200000));
}

/* ---- keys -------------------------------------------------------------- */

static void
unknown_keys(void **state)
{
	static const str known[] = { { "title", 5 }, { "date", 4 },
	    { "section", 7 } };
	struct desk *t = *state;
	const struct yaml_node *root = parse(t, "title: 1\ntitel: 2\n"
	    "dat: 3\nsecton: 4\nwhatever: 5\nab: 6\n'': 7\n");

	yaml_check_keys(root, known, ARRAY_LEN(known), t->diag);
	assert_string_equal(printed(t),
	    "t.yaml:2:1: warning: unknown key: \"titel\"; did you mean "
	    "\"title\"? [FM_KEY_UNKNOWN]\n"
	    "t.yaml:3:1: warning: unknown key: \"dat\"; did you mean "
	    "\"date\"? [FM_KEY_UNKNOWN]\n"
	    "t.yaml:4:1: warning: unknown key: \"secton\"; did you mean "
	    "\"section\"? [FM_KEY_UNKNOWN]\n"
	    "t.yaml:5:1: warning: unknown key: \"whatever\" "
	    "[FM_KEY_UNKNOWN]\n"
	    "t.yaml:6:1: warning: unknown key: \"ab\" [FM_KEY_UNKNOWN]\n"
	    "t.yaml:7:1: warning: unknown key: \"\" [FM_KEY_UNKNOWN]\n");
	yaml_check_keys(NULL, known, 3, t->diag);
	yaml_check_keys(root->child, known, 3, t->diag);
	yaml_check_keys(root, NULL, 0, t->diag);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(trees), TEST(empties), TEST(finds), TEST(spans),
		TEST(spans_nest), TEST(refused_by_name),
		TEST(refused_syntax), TEST(refused_twice), TEST(limit_depth),
		TEST(limit_bytes), TEST(bombs), TEST(mutants),
		TEST(no_memory), TEST(unknown_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
