/*
 * test_text.c: itemising, shaping, breaks, hyphens, on the real fonts.
 * argv[1]: the folder of fonts ("fonts"); run from the top of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/text_int.h"

static const char *const hyphdirs[] = { "/nowhere", "/usr/share/hyphen" };

static const struct text_options options = {
	.hyphdirs = hyphdirs, .nhyphdirs = ARRAY_LEN(hyphdirs)
};

struct world {
	const char *dir;
	struct mem_limit lim;
	struct arena *arena, *tmp;
	struct diag *diag;
	struct fontset *fonts;
	struct text_engine *e;
};

static int
world_open(void **state)
{
	struct world *w = *state;
	struct srcmap *m;

	w->lim.cap = (size_t)3 << 30;
	w->arena = arena_new(&w->lim);
	w->tmp = arena_new(&w->lim);
	m = srcmap_new(w->arena);
	w->diag = diag_new(w->arena, m);
	w->fonts = fontset_open(w->arena, w->dir, &limits_default, w->diag);
	if (w->fonts == NULL)
		return -1;
	w->e = text_engine_new(w->arena, w->fonts, &options, w->diag);
	return 0;
}

static int
world_close(void **state)
{
	struct world *w = *state;

	text_engine_close(w->e);
	fontset_close(w->fonts);
	arena_free(w->tmp);
	arena_free(w->arena);
	return 0;
}

static const struct text_style body = {
	.family = STYLE_SERIF, .size = 10 * SP_PT, .hyphenate = true
};

static struct text_para *
para(struct world *w, str text, str lang, bool rtl)
{
	struct text_span *s = ARENA_NEW(w->tmp, struct text_span, 1);

	*s = (struct text_span){ 0, (uint32_t)text.n, body, lang, 0,
	    SPAN_NONE, 0 };
	return text_shape(w->e, w->tmp, text, s, text.n > 0, rtl);
}

/* What holds of every paragraph. */
static void
check_para(const struct text_para *t)
{
	int64_t glyphs = 0, bytes = 0;
	uint32_t n = 0, at = 0;

	for (size_t i = 0; i < t->nruns; i++) {
		const struct text_run *r = &t->runs[i];
		const struct text_glyph *g = t->glyphs + r->first;

		assert_int_equal(r->first, n);
		assert_true(r->lo >= at && r->lo < r->hi);
		at = r->hi;
		n += r->n;
		for (uint32_t k = 0; k < r->n; k++) {
			assert_true(g[k].gid > 0);
			assert_true(g[k].gid < r->face->nglyphs);
			assert_true(g[k].cluster >= r->lo);
			assert_true(g[k].cluster < r->hi);
			assert_true((t->text.p[g[k].cluster] & 0xc0) != 0x80);
			if (k > 0 && (r->level & 1) != 0)
				assert_true(g[k].cluster <= g[k - 1].cluster);
			else if (k > 0)
				assert_true(g[k].cluster >= g[k - 1].cluster);
			glyphs += g[k].adv;
		}
	}
	assert_int_equal(n, t->nglyphs);
	assert_true(at <= t->text.n);
	for (size_t i = 0; i < t->text.n; i++)
		bytes += t->adv[i];
	assert_int_equal(glyphs, bytes);
}

/* The breaks as text: | allowed, _ after white space, - hyphen, / forced. */
static const char *
marked(struct world *w, const struct text_para *t)
{
	char *out = ARENA_NEW(w->tmp, char, t->text.n * 2 + 1), *q = out;

	for (size_t i = 0; i < t->text.n; i++) {
		*q++ = t->text.p[i];
		if (t->breaks[i] != BREAK_NONE)
			*q++ = " |_-/"[t->breaks[i]];
	}
	return out;
}

static const char *
broken(struct world *w, const char *z)
{
	struct text_para *t = para(w, str_c(z), S("en"), false);

	check_para(t);
	return marked(w, t);
}

static const char *
hyphened(struct world *w, const char *z, const char *lang)
{
	struct text_para *t = para(w, str_c(z), str_c(lang), false);

	text_hyphenate(w->e, t);
	return marked(w, t);
}

/* ---- breaks ------------------------------------------------------------ */

static void
breaks_simple(void **state)
{
	struct world *w = *state;

	assert_string_equal(broken(w, "a big well-known one."),
	    "a _big _well-|known _one.");
	assert_string_equal(broken(w, "a  b\nc \nd\n"), "a  _b\n/c \n/d\n/");
	assert_string_equal(broken(w, "COVID-19 2019–20"),
	    "COVID-19 _2019–|20");
	assert_string_equal(broken(w, "a \"b\" (c)"), "a _\"b\" (c)");
	assert_string_equal(broken(w, "5% or 5 % of a"), "5% _or _5 % _of _a");
	assert_string_equal(broken(w, "\tx\ty "), "\t_x\t_y ");
	assert_string_equal(broken(w, ""), "");
	assert_string_equal(broken(w, "a\xc2\xa0z"), "a\xc2\xa0z");
	assert_string_equal(broken(w, "co\xc2\xadop"), "co\xc2\xadop");
	assert_string_equal(broken(w, "日本"), "日|本");
}

static void
breaks_urls(void **state)
{
	struct world *w = *state;

	assert_string_equal(broken(w, "see https://www.mea.gov.in/a-b?c=d. X"),
	    "see _https://www.|mea.|gov.|in/|a-|b?|c=|d. _X");
	assert_string_equal(broken(w, "(www.pib.gov.in)"),
	    "(www.|pib.|gov.|in)");
}

/* Simple tokens by us, the rest by ICU, gives what ICU gives. */
static bool
same_as_icu(struct world *w, str line)
{
	struct text_para *t = para(w, line, S("en"), false);
	uint8_t *ours = ARENA_NEW(w->tmp, uint8_t, line.n);

	if (line.n == 0)
		return true;
	memcpy(ours, t->breaks, line.n);
	text_find_breaks_icu(w->e, t);
	if (memcmp(ours, t->breaks, line.n) == 0)
		return true;
	printf("icu:  %s\n", marked(w, t));
	t->breaks = ours;
	printf("ours: %s\n", marked(w, t));
	return false;
}

static str
body_of(str file)
{
	size_t end;

	if (!str_starts(file, S("---\n")))
		return file;
	end = str_find(str_from(file, 4), S("\n---\n"));
	return end == SIZE_MAX ? file : str_from(file, end + 9);
}

static void
each_line(struct world *w, void (*fn)(struct world *, str))
{
	int err;
	struct root *root = root_open("content", &err);
	const str *paths;
	size_t n, lines = 0;

	assert_non_null(root);
	assert_int_equal(root_list(root, S(""), w->arena, &paths, &n), 0);
	for (size_t i = 0; i < n; i++) {
		str s;

		if (!str_ends(paths[i], S(".md")))
			continue;
		assert_int_equal(root_read(root, paths[i], 1 << 24, w->arena,
		    &s), 0);
		for (s = body_of(s); s.n > 0; lines++) {
			size_t nl = str_find_char(s, '\n');

			fn(w, str_trim(str_cut(s, 0, nl)));
			arena_reset(w->tmp);
			s = nl == SIZE_MAX ? S("") : str_from(s, nl + 1);
		}
	}
	root_close(root);
	assert_true(lines > 100);
}

static void
line_as_icu(struct world *w, str line)
{
	assert_true(same_as_icu(w, line));
}

static void
breaks_content(void **state)
{
	each_line(*state, line_as_icu);
}

static uint32_t
roll(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

static void
breaks_random(void **state)
{
	static const char *const bits[] = {
		"a", "word", "Z", "5", "20", " ", " ", " ", "  ", ".", ",",
		":", ";", "'", "’", "‘", "“", "”", "\"", "(", ")", "!", "?",
		"%", "-", "-", "–", "—", "…", "$", "₹", "£", "&", "é", "/",
		"[", "@", "日", "क", "े", "।", "\xc2\xa0", "\xc2\xad", "\t"
	};
	struct world *w = *state;
	uint32_t seed = 1;
	char buf[256];

	for (int k = 0; k < 60000; k++) {
		size_t n = 0;
		uint32_t most = k % 2 ? 34 : (uint32_t)ARRAY_LEN(bits);

		for (uint32_t i = 2 + roll(&seed, 14); i > 0; i--) {
			const char *z = bits[roll(&seed, most)];

			memcpy(buf + n, z, strlen(z));
			n += strlen(z);
		}
		assert_true(same_as_icu(w, (str){ buf, n }));
		arena_reset(w->tmp);
	}
}

/* ---- shaping ----------------------------------------------------------- */

static bool
same_glyph(const struct text_glyph *a, const struct text_glyph *b)
{
	return a->gid == b->gid && a->cluster == b->cluster &&
	    a->adv == b->adv && a->dx == b->dx && a->dy == b->dy;
}

static void
run_again(struct world *w, const struct text_para *t,
    const struct text_run *r)
{
	const struct text_glyph *g = t->glyphs + r->first, *again;
	size_t n;

	again = text_reshape(w->e, w->tmp, t, r, r->lo, r->hi, &n);
	assert_int_equal(n, r->n);
	for (size_t i = 0; i < n; i++)
		assert_true(same_glyph(&g[i], &again[i]));
}

/* Words shaped one by one, remembered or not, against the run as a whole. */
static void
run_as_whole(struct world *w, const struct text_para *t,
    const struct text_run *r)
{
	const struct ctx *c = ((const struct para *)t)->ctxs.v[r - t->runs];
	hb_buffer_t *b = hb_buffer_create();
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	unsigned n;
	const struct text_glyph *g = t->glyphs + r->first;

	hb_buffer_add_utf8(b, t->text.p, (int)r->hi, r->lo,
	    (int)(r->hi - r->lo));
	hb_buffer_set_direction(b, c->rtl ? HB_DIRECTION_RTL :
	    HB_DIRECTION_LTR);
	hb_buffer_set_script(b, c->script);
	hb_buffer_set_language(b, c->lang->hb);
	hb_shape(c->font->hb, b, NULL, 0);
	info = hb_buffer_get_glyph_infos(b, &n);
	pos = hb_buffer_get_glyph_positions(b, &n);
	assert_int_equal(n, r->n);
	for (unsigned i = 0; i < n; i++) {
		struct text_glyph x = { info[i].codepoint, info[i].cluster,
		    pos[i].x_advance, pos[i].x_offset, pos[i].y_offset, false };

		assert_true(same_glyph(&g[i], &x));
	}
	hb_buffer_destroy(b);
	run_again(w, t, r);
}

static void
line_as_whole(struct world *w, str line)
{
	struct text_para *t = para(w, line, S("hi"), false);

	check_para(t);
	for (size_t i = 0; i < t->nruns; i++)
		run_as_whole(w, t, &t->runs[i]);
}

static void
shape_content(void **state)
{
	size_t n = diag_count(((struct world *)*state)->diag);

	each_line(*state, line_as_whole);
	assert_int_equal(diag_count(((struct world *)*state)->diag), n);
}

static void
shape_words_cached(void **state)
{
	struct world *w = *state;
	struct text_para *a = para(w, S("office fjord AVATAR"), S("en"), false);
	struct text_para *b = para(w, S("office fjord AVATAR"), S("en"), false);
	struct text_engine *e = text_engine_new(w->arena, w->fonts,
	    &(struct text_options){ .hyphdirs = NULL }, w->diag), *old = w->e;
	struct text_para *c;

	w->e = e;
	c = para(w, S("office fjord AVATAR"), S("en"), false);
	w->e = old;
	assert_true(a->nglyphs == b->nglyphs && a->nglyphs == c->nglyphs);
	for (size_t i = 0; i < a->nglyphs; i++) {
		assert_true(same_glyph(&a->glyphs[i], &b->glyphs[i]));
		assert_true(same_glyph(&a->glyphs[i], &c->glyphs[i]));
	}
	text_engine_close(e);
}

static bool
run_is(const struct text_para *t, size_t i, const char *text, const char *file)
{
	const struct text_run *r = &t->runs[i];

	if (i < t->nruns && str_eq(str_cut(t->text, r->lo, r->hi),
	    str_c(text)) && str_starts(r->face->file, str_c(file)))
		return true;
	for (size_t k = 0; k < t->nruns; k++)
		printf("[%.*s] %.*s\n", (int)(t->runs[k].hi - t->runs[k].lo),
		    t->text.p + t->runs[k].lo, STR_ARG(t->runs[k].face->file));
	return false;
}

static void
shape_scripts(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("क्षत्रिय"), S("hi"), false);

	check_para(t);
	assert_true(t->nglyphs < 8 && t->nruns == 1);
	t = para(w, S("The रेपो दर is 日本 4 क्ष।"), S("en"), false);
	check_para(t);
	assert_true(run_is(t, 0, "The ", "NotoSerif-Regular"));
	assert_true(run_is(t, 1, "रेपो दर ", "NotoSerifDevanagari-Regular"));
	assert_true(run_is(t, 2, "is ", "NotoSerif-Regular"));
	assert_true(run_is(t, 3, "日本 ", "NotoSerifCJK"));
	assert_true(run_is(t, 4, "4 ", "NotoSerif-Regular"));
	assert_true(run_is(t, 5, "क्ष।", "NotoSerifDevanagari-Regular"));
	t = para(w, S("x\xcc\x81 क\xe2\x80\x8dष \xe2\x98\x83\xef\xb8\x8f"),
	    S("en"), false);
	check_para(t);
	assert_true(run_is(t, 0, "x\xcc\x81 ", "NotoSerif-Regular"));
	assert_true(run_is(t, 1, "क\xe2\x80\x8dष ", "NotoSerifDevanagari"));
}

static void
shape_bidi(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("to سلام عليكم now"), S("en"), false);
	const struct text_run *r = &t->runs[1];

	check_para(t);
	assert_int_equal(t->nruns, 3);
	assert_int_equal(t->runs[0].level, 0);
	assert_true(str_eq(str_cut(t->text, r->lo, r->hi), S("سلام عليكم")));
	assert_int_equal(r->level, 1);
	assert_true(t->glyphs[r->first].cluster >
	    t->glyphs[r->first + r->n - 1].cluster);
	run_as_whole(w, t, r);
	t = para(w, S("abc (d)"), S("ar"), true);
	check_para(t);
	assert_int_equal(t->runs[0].level, 2);
	assert_true(t->rtl);
}

static void
shape_order(void **state)
{
	static const uint8_t level[] = { 0, 1, 2, 2, 1, 0 };
	static const uint32_t want[] = { 0, 4, 2, 3, 1, 5 };
	uint32_t order[6];

	(void)state;
	text_reorder(level, 6, order);
	assert_memory_equal(order, want, sizeof want);
	text_reorder(level, 0, order);
}

static void
shape_invisible(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("co\xc2\xadop\xe2\x80\x8b"), S("en"),
	    false), *u;

	check_para(t);
	assert_int_equal(t->nglyphs, 4);
	t = para(w, S("a\tb\nc\r\xe2\x80\xa8"), S("en"), false);
	u = para(w, S("a b"), S("en"), false);
	check_para(t);
	assert_int_equal(t->nglyphs, 4);
	assert_true(same_glyph(&t->glyphs[1], &u->glyphs[1]));
	t = para(w, S("\xcc\x81\xe2\x80\x8d"), S("en"), false);
	check_para(t);
}

static void
shape_caps(void **state)
{
	struct world *w = *state;
	struct text_span s = { 0, 5, body, S("en"), 0, SPAN_NONE, 0 };
	struct text_para *t = text_shape(w->e, w->tmp, S("ff AV"), &s, 1,
	    false), *u;

	s.style.caps = true;
	u = text_shape(w->e, w->tmp, S("ff AV"), &s, 1, false);
	check_para(u);
	assert_int_equal(u->nglyphs, 5);
	assert_int_equal(u->glyphs[2].adv, t->glyphs[t->nglyphs - 3].adv +
	    body.size * 6 / 100);
}

static void
shape_missing(void **state)
{
	struct world *w = *state;
	size_t n = diag_count(w->diag);
	struct text_para *t;
	struct diagnostic d;

	for (int i = 0; i < 3; i++) {
		t = para(w, S("a \xf4\x8f\xbf\xbd b\x01"), S("en"), false);
		check_para(t);
		assert_int_equal(t->nglyphs, 6);
		run_again(w, t, &t->runs[0]);
	}
	assert_int_equal(diag_count(w->diag), n + 2);
	d = diag_at(w->diag, n);
	assert_int_equal(d.id, DIAG_FONT_NO_GLYPH);
	assert_true(str_starts(d.text, S("U+10FFFD ")));
}

static void
shape_part(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("an office"), S("en"), false);
	const struct text_glyph *g;
	size_t n;

	g = text_reshape(w->e, w->tmp, t, &t->runs[0], 3, 5, &n);
	assert_int_equal(n, 2);
	assert_int_equal(g[0].cluster, 3);
	assert_int_equal(g[1].cluster, 4);
	text_reshape(w->e, w->tmp, t, &t->runs[0], 4, 4, &n);
	assert_int_equal(n, 0);
}

/* ---- hyphens ----------------------------------------------------------- */

static void
hyphen_words(void **state)
{
	struct world *w = *state;
	struct text_para *t;

	assert_string_equal(hyphened(w, "International law", "en"),
	    "In-ter-na-tional _law");
	assert_string_equal(hyphened(w, "“agreement,”", "en-US"),
	    "“agree-ment,”");
	assert_string_equal(hyphened(w, "UNESCO parliament2 a@federal", "en"),
	    "UNESCO _parliament2 _a@federal");
	assert_string_equal(hyphened(w, "co\xc2\xad" "operation", "en"),
	    "co\xc2\xad-operation");
	assert_string_equal(hyphened(w, "भारतीय सरकार", "hi"),
	    "भार-तीय _सर-कार");
	t = para(w, S("international"), S("en"), false);
	((struct text_span *)t->spans)->style.hyphenate = false;
	text_hyphenate(w->e, t);
	assert_string_equal(marked(w, t), "international");
}

static void
hyphen_missing(void **state)
{
	struct world *w = *state;
	size_t n = diag_count(w->diag);

	assert_string_equal(hyphened(w, "international", "fi"),
	    "international");
	assert_string_equal(hyphened(w, "international", "fi"),
	    "international");
	assert_string_equal(hyphened(w, "日本日本日本", "ja"),
	    "日|本|日|本|日|本");
	assert_int_equal(diag_count(w->diag), n + 1);
	assert_int_equal(diag_at(w->diag, n).id, DIAG_HYPH_MISSING);
}

/* ---- hostile ----------------------------------------------------------- */

static str
repeated(struct world *w, const char *z, size_t times)
{
	size_t n = strlen(z);
	char *p = ARENA_NEW(w->tmp, char, n * times + 1);

	for (size_t i = 0; i < times; i++)
		memcpy(p + n * i, z, n);
	return (str){ p, n * times };
}

/* Work grows as the text does: nothing here takes long. */
static void
hostile(void **state)
{
	static const char *const z[] = {
		"a", "\xcc\x81", "ا", "ا ", "ِ", "क्", "日", "-", "www.", "\xff",
		"\xe2\x80\x8d", "\xe2\x80\xae", "\xe2\x81\xa7", "(", "://",
		"\xf4\x8f\xbf\xbd", "😀", "\n", " ", "\xc2\xad", "a क", "[a",
		"“ ", "\x01", "\t"
	};
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(z); i++) {
		struct timespec a, b;
		struct text_para *t;
		long ms;

		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
		t = para(w, repeated(w, z[i], 200000), S("en"), i % 2 != 0);
		check_para(t);
		text_hyphenate(w->e, t);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
		ms = (b.tv_sec - a.tv_sec) * 1000 +
		    (b.tv_nsec - a.tv_nsec) / 1000000;
		printf("%-8s %5ld ms\n", z[i], ms);
		assert_true(ms < 20000);
		arena_reset(w->tmp);
	}
}

static void
languages_many(void **state)
{
	struct world *w = *state;
	char tag[8];

	for (int i = 0; i < 200; i++) {
		snprintf(tag, sizeof tag, "x%c-%c", 'a' + i % 26,
		    'a' + i / 26);
		check_para(para(w, S("word"), str_c(tag), false));
	}
	check_para(para(w, S("word"), S("no such language"), false));
	assert_true(w->e->nlang <= LANGS_MOST);
}

int
main(int argc, char **argv)
{
	struct world w = { .dir = argc > 1 ? argv[1] : "fonts" };
#define T(fn)	cmocka_unit_test_prestate_setup_teardown(fn,		\
		    world_open, world_close, &w)
	const struct CMUnitTest tests[] = {
		T(breaks_simple), T(breaks_urls), T(breaks_content),
		T(breaks_random), T(shape_content), T(shape_words_cached),
		T(shape_scripts), T(shape_bidi), T(shape_order),
		T(shape_invisible), T(shape_caps), T(shape_missing),
		T(shape_part), T(hyphen_words), T(hyphen_missing), T(hostile),
		T(languages_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
