/*
 * test_par.c: paragraphs in lines: the widths that the breaker reckoned with
 * are those that are drawn, margins hang by what their table says, glyphs
 * are widened within the theme's limit, looseness and balance do what they
 * say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/layout_int.h"

#define SLOP	(SP_PT / 64)	/* rounding of scaled glyphs, of one line */

struct set {
	sp		 half;		/* em of full-width text */
	struct mem_limit mem;
	struct arena	*a;
	struct theme	 th;
	struct layout_in in;
	struct layout	 l;
	struct diag	*diag;
};

static const char *const english[] = {
	"In a year when diplomacy has mostly been conducted on screens, four "
	"foreign ministers took the trouble to fly. \"Quad\" is the informal "
	"grouping known in full as the Quadrilateral Security Dialogue; the "
	"first meeting had been held in New York in September 2019, in the "
	"margins of the United Nations General Assembly. It was also an early "
	"test for a new government - a well-known, much-discussed one.",
	"The habit of working together was formed in the water. After the "
	"tsunami of December 2004 the four countries' navies and relief "
	"agencies coordinated their work for a few weeks, then disbanded.",
};
static const char hindi[] =
	"\xe0\xa4\xad\xe0\xa4\xbe\xe0\xa4\xb0\xe0\xa4\xa4 "
	"\xe0\xa4\x94\xe0\xa4\xb0 \xe0\xa4\x9c\xe0\xa4\xbe\xe0\xa4\xaa"
	"\xe0\xa4\xbe\xe0\xa4\xa8 \xe0\xa4\x95\xe0\xa5\x87 "
	"\xe0\xa4\xac\xe0\xa5\x80\xe0\xa4\x9a \xe0\xa4\xb8\xe0\xa4\xb9"
	"\xe0\xa4\xaf\xe0\xa5\x8b\xe0\xa4\x97 "
	"\xe0\xa4\xb8\xe0\xa4\xae\xe0\xa4\x9d\xe0\xa5\x8c\xe0\xa4\xa4"
	"\xe0\xa4\xbe \xe0\xa4\xb9\xe0\xa5\x81\xe0\xa4\x86\xe0\xa5\xa4 ";
static const char arabic[] =
	"\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 "
	"\xd8\xb9\xd9\x84\xd9\x8a\xd9\x83\xd9\x85 2020 "
	"\xd9\x88\xd8\xb1\xd8\xad\xd9\x85\xd8\xa9 Quad "
	"\xd8\xa7\xd9\x84\xd9\x84\xd9\x87\xd8\x8c ";
static const char mixed_ltr[] =
	"The words \xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 "
	"\xd8\xb9\xd9\x84\xd9\x8a\xd9\x83\xd9\x85 stand here, "
	"\xd9\x88\xd8\xb1\xd8\xad\xd9\x85\xd8\xa9 123 "
	"\xd8\xa7\xd9\x84\xd9\x84\xd9\x87 (2020) too, and "
	"\xd8\xa3\xd9\x87\xd9\x84\xd8\xa7 "
	"\xd9\x88\xd8\xb3\xd9\x87\xd9\x84\xd8\xa7. ";
static const char mixed_rtl[] =
	"\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 "
	"\xd8\xb9\xd9\x84\xd9\x8a\xd9\x83\xd9\x85\xd8\x8c the Quad of "
	"2020, \xd9\x88\xd8\xb1\xd8\xad\xd9\x85\xd8\xa9 "
	"\xd8\xa7\xd9\x84\xd9\x84\xd9\x87 and so on "
	"\xd9\x88\xd8\xa8\xd8\xb1\xd9\x83\xd8\xa7\xd8\xaa\xd9\x87 12.5 "
	"\xd9\x81\xd9\x8a the end. ";
static const char chinese[] =
	"\xe4\xb8\xad\xe5\x9b\xbd\xef\xbc\x8c\xe6\x97\xa5\xe6\x9c\xac"
	"\xe3\x80\x82\xe3\x80\x8c\xe4\xba\x9a\xe6\xb4\xb2\xe3\x80\x8d"
	"\xe7\x9a\x84\xe7\xbb\x8f\xe6\xb5\x8e\xe5\x8f\x91\xe5\xb1\x95"
	"\xe5\xbe\x88\xe5\xbf\xab\xe3\x80\x81";

static void
set_open(struct set *s)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	const struct fontset	*fonts;

	*s = (struct set){ .mem = { 0, (size_t)1 << 30, NULL } };
	s->a = arena_new(&s->mem);
	s->diag = diag_new(s->a, srcmap_new(s->a));
	fonts = fontset_open(s->a, "fonts", &limits_default, s->diag);
	assert_non_null(fonts);
	s->th = *theme_load(s->a, S("book"), 595 * SP_PT, 842 * SP_PT,
	    s->diag);
	s->in = (struct layout_in){ .theme = &s->th, .fonts = fonts,
	    .limits = &limits_default };
	s->in.text = text_engine_new(s->a, fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    s->diag);
	s->l = (struct layout){ .in = &s->in, .th = &s->th, .out = s->a,
	    .work = s->a, .tmp = arena_new(&s->mem), .diag = s->diag,
	    .lang = S("en") };
	s->th.protrusion = 0;
}

static void
set_close(struct set *s)
{
	text_engine_close(s->in.text);
	fontset_close((struct fontset *)s->in.fonts);
	arena_free(s->l.tmp);
	arena_free(s->a);
}

static struct measure
justified(sp w)
{
	return (struct measure){ .x = 50 * SP_PT, .w = w,
	    .leading = 14 * SP_PT, .align = ALIGN_JUSTIFY };
}

static struct lines
set_par(struct set *s, const char *text, const char *lang,
    const struct measure *m)
{
	struct inlines	 in = { 0 };
	struct text_style style = s->th.block[STYLE_BODY].text;

	s->l.lang = (str){ lang, strlen(lang) };
	s->l.rtl = strcmp(lang, "ar") == 0;
	inlines_add(&s->l, &in, (str){ text, strlen(text) }, &style,
	    (struct attr){ 0 });
	inlines_done(&s->l, &in);
	return par_set(&s->l, &in, m);
}

static const char *
repeated(struct set *s, const char *text, int n)
{
	char	*v = ARENA_NEW(s->a, char, strlen(text) * (size_t)n + 1);

	for (int i = 0; i < n; i++)
		memcpy(v + strlen(text) * (size_t)i, text, strlen(text));
	return v;
}

struct extent { sp left, right; size_t places; int32_t scale; };

/* Tracking, which a line's last letter has outside of the column. */
static sp
beside(const struct run *r)
{
	return (sp)r->tracking * (1000 + r->scale) * SP_PT / 1000000;
}

/* Where a line's ink begins and ends: blanks at its end stand aside. */
static struct extent
extent_of(const struct vbox *b, bool rtl)
{
	struct extent	 x = { INT64_MAX, INT64_MIN, 0, 0 };

	for (size_t i = 0; i < b->n; i++) {
		const struct run *r = &b->items[i].as.run;
		sp	 at = b->items[i].x;

		if (b->items[i].kind != ITEM_RUN)
			continue;
		x.left = at < x.left ? at : x.left;
		x.scale = r->scale != 0 ? r->scale : x.scale;
		for (size_t k = 0; k < r->n; k++) {
			bool	 space = run_space(r->text, r->g[k].cluster);

			x.places++;
			at += r->g[k].adv + (space ? r->word_space : 0);
			if ((!space || rtl) && at - (rtl ? 0 : beside(r)) >
			    x.right)
				x.right = at - (rtl ? 0 : beside(r));
		}
	}
	return x;
}

static size_t
check_edges(struct set *s, const char *text, const char *lang, sp w)
{
	struct measure	 m = justified(w);
	struct lines	 x = set_par(s, text, lang, &m);
	size_t		 told = diag_count(s->diag);

	for (size_t i = 0; i < told; i++)
		if (diag_at(s->diag, i).id == DIAG_PAR_OVERFULL)
			return 0;
	for (size_t i = 0; i + 1 < x.n; i++) {
		struct extent e = extent_of(&x.v[i], s->l.rtl);

		assert_true(e.left == m.x);
		/* The white half of a full-width stop is over the edge. */
		if (e.right - m.x - m.w > SLOP && s->half > 0)
			e.right -= s->half;
		assert_in_range(e.right - m.x - m.w + SLOP, 0, SLOP * 2);
	}
	return x.n;
}

/* Every line but the last fills its measure, whatever it is made of. */
static void
lines_fill_the_measure(void **state)
{
	struct set	 s;
	size_t		 lines = 0;

	(void)state;
	set_open(&s);
	for (int w = 150; w < 500; w += 7) {
		for (size_t i = 0; i < ARRAY_LEN(english); i++)
			lines += check_edges(&s, english[i], "en", w * SP_PT);
		lines += check_edges(&s, repeated(&s, hindi, 8), "hi",
		    w * SP_PT);
		lines += check_edges(&s, repeated(&s, arabic, 8), "ar",
		    w * SP_PT);
		lines += check_edges(&s, repeated(&s, arabic, 8), "en",
		    w * SP_PT);
		lines += check_edges(&s, repeated(&s, mixed_ltr, 6), "en",
		    w * SP_PT);
		lines += check_edges(&s, repeated(&s, mixed_rtl, 6), "ar",
		    w * SP_PT);
		s.half = s.th.block[STYLE_BODY].text.size / 2;
		lines += check_edges(&s, repeated(&s, chinese, 12), "zh",
		    w * SP_PT);
		s.half = 0;
	}
	assert_true(lines > 1000);
	set_close(&s);
}

/* Scales within the limit, of one line alike, none where joined or mono. */
static void
expansion_keeps_its_limit(void **state)
{
	struct set	 s;
	struct measure	 m;
	struct lines	 x;
	int32_t		 most = 0, least = 0;

	(void)state;
	set_open(&s);
	s.th.expansion = 13;
	for (int w = 150; w < 500; w += 7) {
		m = justified(w * SP_PT);
		x = set_par(&s, english[0], "en", &m);
		for (size_t i = 0; i < x.n; i++) {
			int32_t	 k = extent_of(&x.v[i], false).scale;

			most = k > most ? k : most;
			least = k < least ? k : least;
			for (size_t j = 0; j < x.v[i].n; j++)
				assert_int_equal(k,
				    x.v[i].items[j].as.run.scale);
		}
		x = set_par(&s, repeated(&s, arabic, 8), "ar", &m);
		for (size_t i = 0; i < x.n; i++)
			for (size_t j = 0; j < x.v[i].n; j++)
				assert_true(!x.v[i].items[j].as.run.rtl ||
				    x.v[i].items[j].as.run.scale == 0);
	}
	assert_int_equal(most, 13);
	assert_int_equal(least, -13);
	s.th.expansion = 0;
	x = set_par(&s, english[0], "en", &m);
	for (size_t i = 0; i < x.n; i++)
		assert_int_equal(extent_of(&x.v[i], false).scale, 0);
	set_close(&s);
}

static void
tracking_of(const struct lines *x, int32_t *least, int32_t *most)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->v[i].n; k++) {
			int32_t	 t = x->v[i].items[k].as.run.tracking;

			*least = t < *least ? t : *least;
			*most = t > *most ? t : *most;
		}
}

/* Tracks letters that stand apart, within the limit, and no others. */
static void
tracking_keeps_its_limit(void **state)
{
	struct set	 s;
	struct lines	 x;
	int32_t		 most = 0, least = 0;
	sp		 size;

	(void)state;
	set_open(&s);
	for (int w = 150; w < 500; w += 7) {
		struct measure	 m = justified(w * SP_PT);
		int32_t		 lo = 0, hi = 0;

		s.th.tracking = 10;
		x = set_par(&s, english[0], "en", &m);
		tracking_of(&x, &least, &most);
		x = set_par(&s, hindi, "hi", &m);
		tracking_of(&x, &lo, &hi);
		s.th.tracking = 0;
		x = set_par(&s, english[0], "en", &m);
		tracking_of(&x, &lo, &hi);
		assert_int_equal(lo, 0);
		assert_int_equal(hi, 0);
	}
	/* 1 per cent of the size, in thousandths of a point */
	size = s.th.block[STYLE_BODY].text.size * 10 / SP_PT;
	assert_in_range(most, size - 1, size);
	assert_in_range(-least, size - 1, size);
	set_close(&s);
}

/* The scale is drawn: glyphs of a widened line are wider by it. */
static void
scaled_glyphs_are_wider(void **state)
{
	struct set	 s;
	struct measure	 m = justified(230 * SP_PT);
	struct lines	 x;
	unsigned	 seen = 0;

	(void)state;
	set_open(&s);
	x = set_par(&s, english[1], "en", &m);
	for (size_t i = 0; i < x.n; i++) {
		const struct run *r = &x.v[i].items[0].as.run;

		for (size_t k = 0; k < r->n; k++) {
			sp	 w = (sp)face_advance(r->face, r->g[k].gid) *
				    r->size / r->face->upem;

			if (r->text.p[r->g[k].cluster] != 'e')
				continue;
			w += w * r->scale / 1000;
			assert_in_range(r->g[k].adv - w + SP_PT / 4, 0,
			    SP_PT / 2);	/* kerning */
			seen += r->scale != 0;
		}
	}
	assert_true(seen > 5);
	set_close(&s);
}

static sp
natural(const struct run *r, size_t k)
{
	return (sp)r->g[k].adv * 1000 / (1000 + r->scale) -
	    r->tracking * SP_PT / 1000;
}

/* What hangs is the table's part of the character, times the theme's. */
static void
margins_hang_by_the_table(void **state)
{
	static const int part[] = { 0, 500, 1000 };
	struct set	 s;
	unsigned	 left = 0, right = 0;

	(void)state;
	set_open(&s);
	for (size_t p = 0; p < ARRAY_LEN(part); p++)
		for (int w = 160; w < 480; w += 5) {
			struct measure	 m = justified(w * SP_PT);
			struct lines	 x;

			s.th.protrusion = part[p];
			x = set_par(&s, english[0], "en", &m);
			for (size_t i = 0; i + 1 < x.n; i++) {
				struct extent e = extent_of(&x.v[i], false);
				const struct item *a = &x.v[i].items[0];
				const struct item *b =
				    &x.v[i].items[x.v[i].n - 1];
				const struct run *r = &b->as.run;
				size_t	 k = r->n - 1;
				size_t	 at = 0;
				sp	 hang;

				hang = natural(&a->as.run, 0) * margin_start(
				    utf8_next(a->as.run.text, &at)) * part[p] /
				    1000000;
				assert_in_range(m.x - e.left - hang + SLOP, 0,
				    SLOP * 2);
				left += hang > 0;
				while (!r->soft_hyphen && run_space(r->text,
				    r->g[k].cluster))
					k--;
				at = r->g[k].cluster;
				hang = natural(r, k) * margin_end(
				    r->soft_hyphen ? '-' : utf8_next(r->text,
				    &at)) * part[p] / 1000000;
				assert_in_range(e.right - m.x - m.w - hang +
				    SLOP, 0, SLOP * 2);
				right += hang > SP_PT;
			}
		}
	assert_true(left > 20);
	assert_true(right > 20);
	set_close(&s);
}

/* Right-to-left lines hang, too: their start is on the right. */
static void
margins_hang_on_both_sides(void **state)
{
	struct set	 s;
	unsigned	 ends = 0;

	(void)state;
	set_open(&s);
	s.th.protrusion = 1000;
	for (int w = 100; w < 400; w += 5) {
		struct measure	 m = justified(w * SP_PT);
		struct lines	 x = set_par(&s, repeated(&s, arabic, 8), "ar",
				    &m);

		for (size_t i = 0; i + 1 < x.n; i++) {
			struct extent e = extent_of(&x.v[i], true);

			assert_in_range(m.x - e.left, 0, 3 * SP_PT);
			assert_in_range(e.right - m.x - m.w + SLOP, 0,
			    3 * SP_PT);
			ends += e.left < m.x - SP_PT / 2;
		}
	}
	assert_true(ends > 20);
	set_close(&s);
}

#define GAPS	64
struct gaps { sp lo[GAPS], hi[GAPS]; int lines[GAPS]; size_t n; };

/* Word spaces of one line of one run that are a tenth wider than natural. */
static void
gaps_of(const struct vbox *b, struct gaps *g)
{
	const struct run *r = &b->items[0].as.run;
	sp	 x = b->items[0].x;

	g->n = 0;
	for (size_t k = 0; k < r->n; k++) {
		sp	 lo = x;
		bool	 space = run_space(r->text, r->g[k].cluster);

		x += r->g[k].adv + (space ? r->word_space : 0);
		if (!space || g->n == GAPS ||
		    r->word_space * 10 < (sp)r->g[k].adv)
			continue;
		g->lo[g->n] = lo;
		g->hi[g->n] = x;
		g->lines[g->n++] = 1;
	}
}

/* How often three lines or more have such spaces above each other. */
static unsigned
count_rivers(const struct lines *x)
{
	struct gaps	 g[2] = { { .n = 0 }, { .n = 0 } };
	unsigned	 n = 0;

	for (size_t i = 0; i + 1 < x->n; i++) {
		struct gaps	*a = &g[(i + 1) & 1], *b = &g[i & 1];

		gaps_of(&x->v[i], b);
		for (size_t k = 0; k < b->n; k++) {
			for (size_t j = 0; j < a->n; j++) {
				sp	 lo = a->lo[j] > b->lo[k] ?
					    a->lo[j] : b->lo[k];
				sp	 hi = a->hi[j] < b->hi[k] ?
					    a->hi[j] : b->hi[k];

				if ((hi - lo) * 2 > b->hi[k] - b->lo[k] &&
				    a->lines[j] >= b->lines[k])
					b->lines[k] = a->lines[j] + 1;
			}
			n += b->lines[k] >= 3;
		}
	}
	return n;
}

static void
rivers_dry_up(void **state)
{
	struct set	 s;
	unsigned	 n[2] = { 0, 0 };

	(void)state;
	set_open(&s);
	s.th.expansion = 0;
	for (int w = 160; w < 300; w++)
		for (int on = 0; on < 2; on++) {
			struct measure	 m = justified(w * SP_PT);
			struct lines	 x;

			s.th.rivers = on;
			x = set_par(&s, repeated(&s, english[1], 3), "en",
			    &m);
			n[on] += count_rivers(&x);
		}
	assert_true(n[0] > 50);
	assert_true(n[1] * 10 < n[0] * 9);
	set_close(&s);
}

static void
looseness_is_heard(void **state)
{
	struct set	 s;
	unsigned	 more = 0, fewer = 0;

	(void)state;
	set_open(&s);
	for (int w = 120; w < 400; w += 5) {
		struct measure	 m = justified(w * SP_PT);
		const char	*text = repeated(&s, english[0], 3);
		size_t		 n = set_par(&s, text, "en", &m).n, k;

		m.looseness = 1;
		k = set_par(&s, text, "en", &m).n;
		assert_true(k == n || k == n + 1);
		more += k > n;
		m.looseness = -1;
		k = set_par(&s, text, "en", &m).n;
		assert_true(k == n || k + 1 == n);
		fewer += k < n;
	}
	assert_true(more > 10);
	assert_true(fewer > 10);
	set_close(&s);
}

/* A heading does not leave one short word. */
static void
headings_are_balanced(void **state)
{
	struct set	 s;
	unsigned	 seen = 0;

	(void)state;
	set_open(&s);
	for (int w = 180; w < 330; w += 5) {
		struct measure	 m = { .w = w * SP_PT,
				    .leading = 14 * SP_PT,
				    .align = ALIGN_START, .balance = true };
		struct lines	 x = set_par(&s, "The doctrine of basic "
				    "structure and what became of it in law",
				    "en", &m);
		sp		 first, last;

		if (x.n != 2)
			continue;
		first = extent_of(&x.v[0], false).right;
		last = extent_of(&x.v[1], false).right;
		assert_true(last * 10 > first * 6);
		assert_true(first <= m.w);
		seen++;
	}
	assert_true(seen > 10);
	set_close(&s);
}

/* Words with hyphens stay whole in a heading where there is room. */
static void
headings_keep_words_whole(void **state)
{
	struct set	 s;
	unsigned	 seen = 0;

	(void)state;
	set_open(&s);
	for (int w = 140; w < 220; w += 2) {
		struct measure	 m = { .w = w * SP_PT,
				    .leading = 14 * SP_PT,
				    .align = ALIGN_START, .balance = true };
		struct lines	 x = set_par(&s, "Reading the Cyber-Security "
				    "Pact Again", "en", &m);

		if (x.n != 2)
			continue;
		for (size_t k = 0; k < x.v[0].n; k++) {
			str	 t = str_trim(x.v[0].items[k].as.run.text);

			assert_false(str_ends(t, S("-")));
		}
		seen++;
	}
	assert_true(seen > 10);
	set_close(&s);
}

/* Spaces of code keep their width, as long as there are others. */
static void
code_keeps_its_spaces(void **state)
{
	struct set	 s;
	unsigned	 text = 0, code = 0;

	(void)state;
	set_open(&s);
	for (int w = 150; w < 400; w += 10) {
		struct measure	 m = justified(w * SP_PT);
		struct inlines	 in = { 0 };
		struct text_style plain = s.th.block[STYLE_BODY].text,
				  mono = s.th.block[STYLE_CODE].text;
		struct lines	 x;

		for (int i = 0; i < 6; i++) {
			inlines_add(&s.l, &in, S("Some words, then what is "),
			    &plain, (struct attr){ 0 });
			inlines_add(&s.l, &in, S("a b c d"), &mono,
			    (struct attr){ 0 });
			inlines_add(&s.l, &in, S(" and so forth. "), &plain,
			    (struct attr){ 0 });
		}
		inlines_done(&s.l, &in);
		x = par_set(&s.l, &in, &m);
		for (size_t i = 0; i + 1 < x.n; i++) {
			struct extent e = extent_of(&x.v[i], false);

			assert_in_range(e.right - m.x - m.w + SLOP, 0,
			    SLOP * 2);
			for (size_t k = 0; k < x.v[i].n; k++) {
				const struct run *r = &x.v[i].items[k].as.run;

				assert_true(!r->face->mono ||
				    r->word_space == 0);
				code += r->face->mono;
				text += r->word_space != 0;
			}
		}
	}
	assert_true(text > 20 && code > 20);
	set_close(&s);
}

/* Every face that text is set in has a hyphen, its own or another's. */
static void
hyphens_are_drawn(void **state)
{
	struct set	 s;
	unsigned	 other = 0;

	(void)state;
	set_open(&s);
	for (size_t i = 0; i < fontset_count(s.in.fonts); i++) {
		struct text_span one = { .lang = S("en"),
				    .style = s.th.block[STYLE_BODY].text };
		struct text_para t = { .spans = &one, .nspans = 1 };
		struct text_run	 r = { .face = fontset_at(s.in.fonts, i),
				    .size = one.style.size };
		struct par	 p = { .l = &s.l, .t = &t };
		struct hyphen	 h = par_hyphen(&p, &r);

		assert_int_not_equal(h.gid, 0);
		assert_true(h.w > SP_PT);
		other += h.face != r.face;
	}
	assert_true(other > 0);
	set_close(&s);
}

/* A line that is looser than the theme tolerates is told where its own text
 * stands in the source. */
static void
loose_lines_are_named(void **state)
{
	struct set	 s;
	struct measure	 m = justified(118 * SP_PT);
	struct inlines	 in = { 0 };
	struct text_style style;
	unsigned	 n = 0;

	(void)state;
	set_open(&s);
	style = s.th.block[STYLE_BODY].text;
	style.hyphenate = false;
	inlines_add(&s.l, &in, (str){ english[1], strlen(english[1]) },
	    &style, (struct attr){ 0 });
	inlines_done(&s.l, &in);
	in.spans.v[0].at = (span){ 1000, 1000 +
	    (uint32_t)strlen(english[1]) };
	par_set(&s.l, &in, &m);
	for (size_t i = 0; i < diag_count(s.diag); i++) {
		struct diagnostic d = diag_at(s.diag, i);
		size_t	 len = d.at.hi - d.at.lo;

		if (d.id != DIAG_PAR_LOOSE)
			continue;
		assert_int_equal(d.level, DIAG_NOTE);
		assert_in_range(d.at.lo, 1000, d.at.hi);
		assert_memory_equal(d.text.p + 1, english[1] + d.at.lo - 1000,
		    len);
		assert_int_equal(d.text.n, len + 2);
		n++;
	}
	assert_in_range(n, 2, 10);
	n = (unsigned)diag_count(s.diag);
	s.th.tolerance = 10000;
	par_set(&s.l, &in, &m);
	assert_int_equal(diag_count(s.diag), n);
	set_close(&s);
}

/* A character that is wider than the measure sticks out, and it is said
 * which; elsewhere no line does, however narrow. */
static void
overfull_lines_are_named(void **state)
{
	struct set	 s;
	struct measure	 m = justified(8 * SP_PT);
	size_t		 n = 0, told;

	(void)state;
	set_open(&s);
	set_par(&s, "mill Worm", "en", &m);
	told = diag_count(s.diag);
	for (size_t i = 0; i < told; i++) {
		struct diagnostic d = diag_at(s.diag, i);

		if (d.id != DIAG_PAR_OVERFULL)
			continue;
		assert_non_null(strchr(d.text.p, "mWm"[n]));
		n++;
	}
	assert_int_equal(n, 3);
	for (int w = 60; w < 300; w += 3) {
		m = justified(w * SP_PT);
		set_par(&s, english[0], "en", &m);
		set_par(&s, repeated(&s, arabic, 3), "ar", &m);
		set_par(&s, repeated(&s, chinese, 3), "zh", &m);
	}
	for (size_t i = told; i < diag_count(s.diag); i++)
		assert_int_not_equal(diag_at(s.diag, i).id,
		    DIAG_PAR_OVERFULL);
	set_close(&s);
}

static void
tables_of_margins(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x30000; c++) {
		assert_in_range(margin_start(c), 0, 700);
		assert_in_range(margin_end(c), 0, 700);
		if (wide_kind(c) == WIDE_CLOSE)
			assert_int_equal(margin_end(c), 500);
	}
	assert_true(margin_end('.') > margin_end(';'));
	assert_true(margin_end(0x964) > 0);
	assert_true(margin_start(0x201c) > 0);
	assert_int_equal(margin_end('e'), 0);
	assert_int_equal(wide_kind(0x4e2d), WIDE_LETTER);
	assert_int_equal(wide_kind(0x300c), WIDE_OPEN);
	assert_int_equal(wide_kind(0x3002), WIDE_CLOSE);
	assert_int_equal(wide_kind('a'), WIDE_NONE);
	assert_int_equal(wide_kind(0xac00), WIDE_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_fill_the_measure),
		cmocka_unit_test(expansion_keeps_its_limit),
		cmocka_unit_test(tracking_keeps_its_limit),
		cmocka_unit_test(code_keeps_its_spaces),
		cmocka_unit_test(scaled_glyphs_are_wider),
		cmocka_unit_test(margins_hang_by_the_table),
		cmocka_unit_test(margins_hang_on_both_sides),
		cmocka_unit_test(rivers_dry_up),
		cmocka_unit_test(looseness_is_heard),
		cmocka_unit_test(headings_are_balanced),
		cmocka_unit_test(headings_keep_words_whole),
		cmocka_unit_test(hyphens_are_drawn),
		cmocka_unit_test(loose_lines_are_named),
		cmocka_unit_test(overfull_lines_are_named),
		cmocka_unit_test(tables_of_margins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
