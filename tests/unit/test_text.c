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
	    "COVID-19 _2019–20");
	assert_string_equal(broken(w, "e-mail X-ray plan-B, north-south"),
	    "e-mail _X-ray _plan-B, _north-|south");
	assert_string_equal(broken(w, "so—and then—"), "so—|and _then—");
	assert_string_equal(broken(w, "30 km/h and/or a w/o b"),
	    "30 _km/h _and/or _a _w/o _b");
	assert_string_equal(broken(w, "either/neither"), "either/|neither");
	assert_string_equal(broken(w, "a \"b\" (c)"), "a _\"b\" (c)");
	assert_string_equal(broken(w, "5% or 5 % of a"), "5% _or _5 % _of _a");
	assert_string_equal(broken(w, "\tx\ty "), "\t_x\t_y ");
	assert_string_equal(broken(w, ""), "");
	assert_string_equal(broken(w, "a\xc2\xa0z"), "a\xc2\xa0z");
	assert_string_equal(broken(w, "co\xc2\xadop"), "co\xc2\xadop");
	assert_string_equal(broken(w, "日本"), "日|本");
}

/* Numbers are not cut. */
static void
breaks_numbers(void **state)
{
	static const char *const v[] = {
		"1,00,000", "12.5", "2020-21", "2020–21", "10:30", "+91",
		"98765-43210", "Rs.500", "₹1,00,000", "$5.50", "GS-2",
		"COVID-19", "12/10/2020", "24/7", "-5", "−5", "3.14.1", "5'10\"",
		"(12)", "50%", "1st", "20°", "G20", "H1N1", "No.5", "५,००,०००",
		"१२.५", "२०२०–२१"
	};
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		assert_string_equal(broken(w, v[i]), v[i]);
}

static void
breaks_urls(void **state)
{
	struct world *w = *state;

	assert_string_equal(broken(w, "see https://www.mea.gov.in/a-b?c=d. X"),
	    "see _https://www|.mea|.gov|.in/|a|-b|?c=d. _X");
	assert_string_equal(broken(w, "(www.pib.gov.in)"),
	    "(www|.pib|.gov|.in)");
	assert_string_equal(broken(w, "doi:10.1016/j.jhydrol.2020.125432"),
	    "doi:|10|.1016/|j|.jhydrol|.2020|.125432");
	assert_string_equal(broken(w, "(first.last@example.org)"),
	    "(first|.last|@example|.org)");
	assert_string_equal(broken(w, "https://x.org/a%20b?q=one&r=two"),
	    "https://x|.org/|a|%20b|?q|=one|&r|=two");
	assert_string_equal(broken(w, "src/text/long_name_of.c"),
	    "src/|text/|long|_name|_of.c");
	assert_string_equal(broken(w, "snake_case"), "snake|_case");
	assert_string_equal(hyphened(w, "international_agreement.parliament",
	    "en"), "international|_agreement|.parliament");
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

/* Emphasis: italic where there is one, else bold, with what stands by it. */
static void
shape_emphasis(void **state)
{
	struct world *w = *state;
	struct text_style st = body;
	struct text_span s = { 0, 0, st, S("hi"), 0, SPAN_NONE, 0 };
	str t = S("(2020 में), over 5 दर");
	struct text_para *p;

	s.hi = (uint32_t)t.n;
	s.style.italic = s.style.emphasis = true;
	p = text_shape(w->e, w->tmp, t, &s, 1, false);
	assert_true(run_is(p, 0, "(2020 ", "NotoSerif-Bold.ttf"));
	assert_true(run_is(p, 1, "में", "NotoSerifDevanagari-Bold"));
	assert_true(run_is(p, 2, "), ", "NotoSerif-Bold.ttf"));
	assert_true(run_is(p, 3, "over 5 ", "NotoSerif-Italic"));
	assert_true(run_is(p, 4, "दर", "NotoSerifDevanagari-Bold"));
	s.style.emphasis = false;	/* a style in italics, no emphasis */
	p = text_shape(w->e, w->tmp, t, &s, 1, false);
	assert_true(run_is(p, 0, "(2020 ", "NotoSerif-Regular"));
	assert_true(run_is(p, 1, "में", "NotoSerifDevanagari-Regular"));
	s.style.italic = false;		/* emphasis within that */
	s.style.emphasis = true;
	p = text_shape(w->e, w->tmp, t, &s, 1, false);
	assert_true(run_is(p, 1, "में", "NotoSerifDevanagari-Bold"));
	assert_true(run_is(p, 3, "over 5 ", "NotoSerif-Regular"));
}

/* No line begins with the mark of a note. */
static void
breaks_before_marks(void **state)
{
	static const char *const texts[] = { "है।1 और", "Really?1 No", "ہے۔1",
	    "文。1文", "a \xe2\x80\x94" "1 b", "so 1 it" };
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		str t = str_c(texts[i]);
		uint32_t at = (uint32_t)str_find_char(t, '1');
		struct text_span s[3] = {
			{ 0, at, body, S("hi"), 0, SPAN_NONE, 0 },
			{ at, at + 1, body, S("hi"), SP_PT, SPAN_NONE, 0 },
			{ at + 1, (uint32_t)t.n, body, S("hi"), 0, SPAN_NONE,
			    0 } };
		struct text_para *p = text_shape(w->e, w->tmp, t, s, 3,
		    false);

		assert_int_equal(p->breaks[at - 1], t.p[at - 1] == ' ' ?
		    BREAK_SPACE : BREAK_NONE);
	}
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

static struct text_para *
styled(struct world *w, const char *z, const char *lang,
    struct text_style style)
{
	struct text_span *s = ARENA_NEW(w->tmp, struct text_span, 1);
	str t = str_c(z);

	*s = (struct text_span){ 0, (uint32_t)t.n, style, str_c(lang), 0,
	    SPAN_NONE, 0 };
	return text_shape(w->e, w->tmp, t, s, 1, false);
}

static sp
width(const struct text_para *t)
{
	sp w = 0;

	for (size_t i = 0; i < t->nglyphs; i++)
		w += t->glyphs[i].adv;
	return w;
}

/* A fallback's glyphs are shaped at the run's size. */
static void
shape_scaled(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("word \xd8\xa7\xd8\xb1\xd8\xaf\xd9\x88 "
	    "भारत"), S("en"), false);

	check_para(t);
	for (size_t i = 0; i < t->nruns; i++) {
		const struct text_run *r = &t->runs[i];
		const struct text_glyph *g = &t->glyphs[r->first];
		sp size = body.size * font_scale(w->fonts, FONT_SERIF,
		    r->face) / 1000;

		assert_int_equal(r->size, size);
		assert_in_range(g->adv, face_advance(r->face, g->gid) * size /
		    r->face->upem - size / 5, face_advance(r->face, g->gid) *
		    size / r->face->upem + size / 5);
	}
	assert_int_equal(t->runs[0].size, body.size);
}

static void
shape_small_caps(void **state)
{
	struct world *w = *state;
	struct text_style s = body;
	struct text_para *plain = styled(w, "Nato 12", "en", s), *t;

	s.small_caps = true;
	t = styled(w, "Nato 12", "en", s);
	check_para(t);
	assert_int_equal(t->nruns, 1);	/* Noto Serif has them */
	assert_int_equal(t->nglyphs, 7);
	assert_int_equal(t->glyphs[0].gid, plain->glyphs[0].gid);
	assert_int_not_equal(t->glyphs[1].gid, plain->glyphs[1].gid);
	assert_int_not_equal(t->glyphs[1].gid, face_glyph(t->runs[0].face,
	    'A'));
	/* Where a face has none, capitals made small. */
	w->e->smcp[t->runs[0].face->id] = -1;
	t = styled(w, "Nato fi", "en", s);
	check_para(t);
	assert_int_equal(t->nruns, 4);
	assert_int_equal(t->runs[0].size, s.size);
	assert_int_equal(t->runs[1].size, s.size * SMALL_CAPS / 1000);
	assert_int_equal(t->glyphs[1].gid, face_glyph(t->runs[1].face, 'A'));
	assert_int_equal(t->nglyphs, 7);
	assert_int_equal(t->glyphs[1].cluster, 1);
	w->e->smcp[t->runs[0].face->id] = 1;
}

static void
shape_features(void **state)
{
	struct world *w = *state;
	struct text_style s = body;
	struct text_options o = options;
	struct text_engine *old = w->e;
	struct text_para *t, *plain = styled(w, "1/2 5th", "en", s);

	s.tabular = true;
	t = styled(w, "1117", "en", s);
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(t->glyphs[i].adv, t->glyphs[0].adv);
	s.tabular = false;
	o.fractions = o.ordinals = true;
	w->e = text_engine_new(w->arena, w->fonts, &o, w->diag);
	t = styled(w, "1/2 5th", "en", s);
	check_para(t);
	assert_int_not_equal(t->glyphs[0].gid, plain->glyphs[0].gid);
	assert_true(width(t) < width(plain));
	assert_int_equal(t->glyphs[4].gid, plain->glyphs[4].gid);
	plain = styled(w, "12/10/2020 a1", "en", s);
	for (size_t i = 0; i < plain->nglyphs; i++)
		assert_int_equal(plain->glyphs[i].gid, face_glyph(
		    plain->runs[0].face,
		    (unsigned char)plain->text.p[plain->glyphs[i].cluster]));
	text_engine_close(w->e);
	w->e = old;
}

/* The white space of Han: a quarter em beside letters, none doubled. */
static void
shape_cjk(void **state)
{
	struct world *w = *state;
	struct text_para *t = para(w, S("国A国"), S("ja"), false);
	sp em = body.size;

	check_para(t);
	assert_int_equal(t->adv[0], em + em / 4);
	assert_int_equal(t->gap[2], em / 4);
	assert_int_equal(t->gap[3], em / 4);
	assert_int_equal(t->adv[4], em);
	t = para(w, S("国」「国"), S("ja"), false);
	check_para(t);
	assert_int_equal(t->adv[3], em - em / 2);
	assert_int_equal(t->gap[5], 0);
	assert_int_equal(width(t), 4 * em - em / 2);
	t = para(w, S("（「国。」）"), S("ja"), false);
	check_para(t);
	assert_int_equal(t->adv[3], em - em / 2);
	assert_int_equal(width(t), 6 * em - 3 * (em / 2));
	assert_int_equal(t->gap[17], em / 2);
	t = para(w, S("国。」"), S("zh-Hant"), false);
	assert_int_equal(width(t), 3 * em);
	assert_null(para(w, S("한국 A"), S("ko"), false)->gap);
	/* Shaped again, a part has the same space. */
	t = para(w, S("国A国」「国"), S("ja"), false);
	for (size_t i = 0; i < t->nruns; i++)
		run_again(w, t, &t->runs[i]);
}

/* Quotes and ellipses beside Han are its own, full-width; beside Latin not. */
static void
shape_cjk_marks(void **state)
{
	struct world *w = *state;
	const struct face *han = font_for(w->fonts, FONT_SERIF, false, false,
	    0x56fd, S("zh"));
	struct text_para *t = para(w, S("“国”……国—“it’s”"), S("zh"), false);
	size_t n = 0;

	check_para(t);
	for (size_t i = 0; i < t->nruns; i++)
		n += t->runs[i].face == han;
	assert_int_equal(n, 2);
	assert_int_equal(t->runs[0].hi, 24);
	assert_int_equal(t->runs[2].lo, 30);
	t = para(w, S("“国” it’s…"), S("en"), false);
	assert_true(t->runs[0].face != han);
}

/* Kinsoku shori: what may not begin or end a line. */
static void
breaks_cjk(void **state)
{
	static const char *const starts[] = { "。", "、", "」", "）", "ー", "ゃ",
	    "っ", "ョ", "々", "・", "！", "？", "：", "…", "〜", "ァ", "ん" };
	static const char *const ends[] = { "「", "（", "『", "【" };
	struct world *w = *state;
	char z[32];

	for (size_t i = 0; i + 1 < ARRAY_LEN(starts); i++) {
		snprintf(z, sizeof z, "国%s国", starts[i]);
		assert_int_equal(para(w, str_c(z), S("ja"), false)->breaks[2],
		    BREAK_NONE);
	}
	assert_int_equal(para(w, S("国ん国"), S("ja"), false)->breaks[2],
	    BREAK_ALLOWED);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct text_para *t;

		snprintf(z, sizeof z, "国%s国", ends[i]);
		t = para(w, str_c(z), S("zh-Hans"), false);
		assert_int_equal(t->breaks[2], BREAK_ALLOWED);
		assert_int_equal(t->breaks[5], BREAK_NONE);
	}
	assert_string_equal(marked(w, para(w, S("国……国——国"), S("zh"), false)),
	    "国……|国|——|国");
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

/* Every dictionary of Debian's loads and cuts between syllables: no line
 * begins with a mark or ends in a virama, and no letter stands alone. */
static void
hyphen_indic(void **state)
{
	static const struct { const char *lang, *text; } v[] = {
		{ "hi", "विश्वविद्यालय अंतरराष्ट्रीय संविधान न्यायपालिका" },
		{ "mr", "महाराष्ट्र विद्यापीठ आंतरराष्ट्रीय" },
		{ "bn", "বিশ্ববিদ্যালয় আন্তর্জাতিক সংবিধান" },
		{ "ta", "பல்கலைக்கழகம் அரசியலமைப்பு நாடாளுமன்றம்" },
		{ "te", "విశ్వవిద్యాలయం అంతర్జాతీయ రాజ్యాంగం" },
		{ "kn", "ವಿಶ್ವವಿದ್ಯಾಲಯ ಅಂತರರಾಷ್ಟ್ರೀಯ ಸಂವಿಧಾನ" },
		{ "ml", "സർവ്വകലാശാല അന്താരാഷ്ട്ര ഭരണഘടന" },
		{ "gu", "યુનિવર્સિટી આંતરરાષ્ટ્રીય બંધારણસભા" },
		{ "pa", "ਯੂਨੀਵਰਸਿਟੀ ਅੰਤਰਰਾਸ਼ਟਰੀ ਸੰਵਿਧਾਨ" },
		{ "or", "ବିଶ୍ୱବିଦ୍ୟାଳୟ ଆନ୍ତର୍ଜାତୀୟ ସମ୍ବିଧାନ" },
	};
	struct world *w = *state;
	size_t told = diag_count(w->diag);

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		str t = str_c(v[i].text);
		struct text_para *p = para(w, t, str_c(v[i].lang), false);
		size_t n = 0, at = 0;
		uint32_t last = 0;

		text_hyphenate(w->e, p);
		while (at < t.n) {
			size_t lo = at;
			uint32_t cp = utf8_next(t, &at);

			if (lo > 0 && p->breaks[lo - 1] == BREAK_HYPHEN) {
				assert_int_not_equal(char_kind(cp), KIND_MARK);
				assert_true(last == 0xbcd ||
				    u_getIntPropertyValue((UChar32)last,
				    UCHAR_CANONICAL_COMBINING_CLASS) != 9);
				assert_int_not_equal(cp, ' ');
				n++;
			}
			last = cp;
		}
		assert_true(n > 3);
	}
	assert_int_equal(diag_count(w->diag), told);
}

static void
hyphen_exceptions(void **state)
{
	static const struct text_exception x[] = {
		{ { "en", 2 }, { "da-ta-base", 10 } },
		{ { "en", 2 }, { "parliament", 10 } },
		{ { "en-US", 5 }, { "agreem-ent", 10 } },
		{ { "hi", 2 }, { "भा-रतीय", 20 } },
		{ { "fi", 2 }, { "sana-kirja", 10 } },
	};
	struct text_options o = options;
	struct world *w = *state;
	struct text_engine *old = w->e;

	o.exceptions = x;
	o.nexceptions = ARRAY_LEN(x);
	w->e = text_engine_new(w->arena, w->fonts, &o, w->diag);
	assert_string_equal(hyphened(w, "Database databases DATABASE", "en"),
	    "Da-ta-base _data-bases _DATABASE");
	assert_string_equal(hyphened(w, "the database", "en-GB"),
	    "the _da-ta-base");
	assert_string_equal(hyphened(w, "parliament agreement", "en"),
	    "parliament _agree-ment");
	assert_string_equal(hyphened(w, "agreement", "en-US"), "agreem-ent");
	assert_string_equal(hyphened(w, "भारतीय", "hi"), "भा-रतीय");
	assert_string_equal(hyphened(w, "sanakirja", "fi"), "sana-kirja");
	text_engine_close(w->e);
	w->e = old;
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
	assert_string_equal(hyphened(w, "日本 international", "ja"),
	    "日|本 _international");
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
		T(breaks_simple), T(breaks_numbers), T(breaks_urls), T(breaks_content),
		T(breaks_random), T(shape_content), T(shape_words_cached),
		T(shape_scripts), T(shape_emphasis),
		T(breaks_before_marks), T(shape_bidi), T(shape_order),
		T(shape_invisible), T(shape_caps), T(shape_missing),
		T(shape_part), T(shape_scaled), T(shape_small_caps),
		T(shape_features), T(shape_cjk), T(shape_cjk_marks),
		T(breaks_cjk),
		T(hyphen_words), T(hyphen_indic), T(hyphen_exceptions),
		T(hyphen_missing), T(hostile),
		T(languages_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
