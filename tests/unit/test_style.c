/*
 * test_style.c: the built-in themes are whole and clean; files inherit,
 * override and are told what is wrong in them; whatever a theme says, a
 * document can be laid out with it.
 */
#include "laid.h"
#include "style/style_int.h"

static const char *const themes[] = { "book", "magazine", "large-print",
	"compact" };

#define LIMIT	{ .cap = (size_t)1 << 28 }

struct fix { struct arena *a; struct diag *d; };

static struct fix
fix_open(struct mem_limit *l)
{
	struct fix f = { .a = arena_new(l) };

	f.d = diag_new(f.a, srcmap_new(f.a));
	return f;
}

static const struct theme *
of_text(struct fix *f, const char *text)
{
	struct theme_request q = { .name = S("x.yaml"),
				    .limits = &limits_default };

	return theme_of_text(f->a, str_c(text), &q, f->d);
}

/* ---- built in --------------------------------------------------------- */

static void
check_block(const struct theme *t, size_t id)
{
	const struct block_style *b = &t->block[id];

	assert_true(b->text.size >= 7 * SP_PT);
	assert_true(b->leading > b->text.size);
	assert_true(b->bar == NO_FILL || b->bar_w > 0);
	assert_true(b->border == NO_FILL || b->border_w > 0);
	assert_true(!b->text.hyphenate || b->align == ALIGN_JUSTIFY);
}

static void
builtins_are_clean(void **state)
{
	(void)state;
	assert_int_equal(theme_nbuiltins, ARRAY_LEN(themes));
	for (size_t i = 0; i < ARRAY_LEN(themes); i++) {
		struct mem_limit lf = LIMIT;
		struct fix	 f = fix_open(&lf);
		const struct theme *t = theme_load(f.a, str_c(themes[i]), 0,
				    0, f.d);

		assert_non_null(t);
		assert_int_equal(diag_count(f.d), 0);
		assert_true(t->page_w == SP_MM(210));
		assert_true(t->header_y > 0 && t->header_y < t->margin_top);
		assert_true(t->footer_y > t->page_h - t->margin_bottom);
		assert_true(t->footer_y < t->page_h);
		assert_true(t->grid == 0 || t->feather == 0);
		for (size_t k = 0; k < STYLE_COUNT; k++)
			check_block(t, k);
		arena_free(f.a);
	}
}

static bool
is_grey(uint32_t rgb)
{
	return rgb == NO_FILL || (rgb >> 16 == (rgb & 0xff) &&
	    (rgb >> 8 & 0xff) == (rgb & 0xff));
}

/* compact is printed in one ink; large-print has nothing pale. */
static void
inks_are_kept(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	const struct theme *c = theme_load(f.a, S("compact"), 0, 0, f.d);
	const struct theme *g = theme_load(f.a, S("large-print"), 0, 0, f.d);

	(void)state;
	assert_true(is_grey(c->accent) && is_grey(c->rule) &&
	    is_grey(c->muted) && c->nsections == 0);
	assert_true(g->underline_links && g->muted == 0 && g->rule == 0);
	for (size_t i = 0; i < STYLE_COUNT; i++) {
		const struct block_style *b = &c->block[i];

		assert_true(is_grey(b->text.rgb) && is_grey(b->fill));
		assert_true(is_grey(b->bar) && is_grey(b->border));
		assert_true(b->fill == NO_FILL);
		b = &g->block[i];
		assert_true(b->text.rgb == 0 || b->text.rgb == g->accent ||
		    b->fill == g->accent || i == STYLE_COVER_SUBTITLE);
	}
	arena_free(f.a);
}

/* What no file says is not left to chance: book says it all. */
static void
book_is_whole(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	struct sheet	 s = { 0 };
	const struct yaml_node *root;
	bool		 empty;

	(void)state;
	for (size_t i = 0; i < theme_nbuiltins; i++) {
		if (!str_eq(theme_builtins[i].name, S("book")))
			continue;
		root = yaml_parse(f.a, theme_builtins[i].text, 1,
		    &limits_default, f.d, &empty);
		assert_non_null(root);
		theme_lay(f.a, &s, root, true, f.d);
	}
	for (size_t i = 0; i < theme_nkeys; i++)
		if (!s.theme[i])
			fail_msg("book lacks %.*s",
			    STR_ARG(theme_keys[i].name));
	for (size_t i = 0; i < block_nkeys; i++)
		if ((block_keys[i].flags & OR_BODY) != 0 &&
		    !s.block[STYLE_BODY][i])
			fail_msg("book lacks body's %.*s",
			    STR_ARG(block_keys[i].name));
	assert_int_equal(diag_count(f.d), 0);
	arena_free(f.a);
}

/* Every field of a theme lies in some row's place, once. */
static void
rows_are_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < theme_nkeys; i++)
		for (size_t k = 0; k < i; k++) {
			assert_true(theme_keys[i].offset !=
			    theme_keys[k].offset);
			assert_false(str_eq(theme_keys[i].name,
			    theme_keys[k].name));
		}
	for (size_t i = 0; i < block_nkeys; i++)
		for (size_t k = 0; k < i; k++) {
			assert_true(block_keys[i].offset !=
			    block_keys[k].offset);
			assert_false(str_eq(block_keys[i].name,
			    block_keys[k].name));
		}
	for (size_t i = 0; i < STYLE_COUNT; i++)
		assert_true(block_names[i].n > 0);
}

/* ---- reading ---------------------------------------------------------- */

static void
values_are_read(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	const struct theme *t = of_text(&f,
	    "inherit: magazine\n"
	    "colors: {accent: '#123', muted: navy,\n"
	    "  sections: [red, '#456']}\n"
	    "faces: {text: sans}\n"
	    "page: {size: 6x9in, columns: 1, column-rule: accent,\n"
	    "  column-min: 10em,\n"
	    "  two-sided: no, feather: 1.5%, notes: end, grid: none}\n"
	    "margins: {top: 10%, inner: 1in, outer: 2cm, measure: none}\n"
	    "header: {verso: {inner: '{first} / {last}'}, rule: none}\n"
	    "text: {underline-links: yes}\n"
	    "cover: {height: 50.5%, columns: 1}\n"
	    "tables: {rules: grid, stripe: '#f0f0f0', padding: 0.5em}\n"
	    "blocks:\n"
	    "  body: {size: 12pt, leading: 150%, before: 0.5line,"
	    " indent: 1.5em}\n"
	    "  note: {size: 75%, leading: 1line, color: muted}\n"
	    "  h2: {size: 2em, numbered: true, border: accent,"
	    " border-width: 0.75pt}\n"
	    "  code: {fill: none}\n"
	    "  term: {size: 24pt}\n");
	const struct block_style *b;

	(void)state;
	assert_int_equal(diag_count(f.d), 0);
	b = &t->block[STYLE_BODY];
	assert_true(t->accent == 0x112233 && t->muted == 0x000080);
	assert_true(b->text.family == STYLE_SANS);
	assert_true(t->page_w == 432 * SP_PT && t->page_h == 648 * SP_PT);
	assert_true(t->columns == 1 && t->column_rule == 0x112233);
	assert_true(!t->two_sided && t->feather == 15 && t->grid == 0);
	assert_true(t->notes == NOTES_END);
	assert_true(t->column_min == 120 * SP_PT && t->underline_links);
	assert_true(t->cover_height == 505 && t->cover_columns == 1);
	assert_true(t->margin_top == t->page_h / 10);
	assert_true(t->margin_inner == 72 * SP_PT);
	assert_true(t->header_rule == 0);
	assert_true(str_eq(t->header[0].inner, S("{first} / {last}")));
	assert_true(str_eq(t->header[0].outer, S("{section}")));
	assert_true(t->table_rules == RULES_GRID);
	assert_true(t->table_stripe == 0xf0f0f0);
	assert_true(t->cell_pad == 6 * SP_PT);
	assert_true(b->text.size == 12 * SP_PT && b->leading == 18 * SP_PT);
	assert_true(b->before == 9 * SP_PT && b->indent == 18 * SP_PT);
	b = &t->block[STYLE_NOTE];
	assert_true(b->text.size == 9 * SP_PT && b->leading == 18 * SP_PT);
	assert_true(b->text.rgb == 0x000080);
	b = &t->block[STYLE_H2];
	assert_true(b->text.size == 24 * SP_PT && b->numbered);
	assert_true(b->border == 0x112233 && b->border_w == SP_PT * 3 / 4);
	assert_true(t->block[STYLE_CODE].fill == NO_FILL);
	assert_true(t->block[STYLE_TERM].leading == 36 * SP_PT);
	assert_true(t->block[STYLE_LIST].text.size == 12 * SP_PT);
	arena_free(f.a);
}

/* Each section has the theme with its accent, and nothing else is changed. */
static void
sections_have_accents(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	const struct theme *t = of_text(&f, "inherit: book\n"
	    "colors: {accent: navy, sections: [red, '#456']}\n"
	    "page: {column-rule: accent}\n"
	    "blocks: {body: {color: accent}, h1: {color: black},\n"
	    "  kicker: {color: red}, quote: {bar: accent}}\n");
	const struct theme *s;

	(void)state;
	assert_int_equal(diag_count(f.d), 0);
	assert_true(t->accent == 0x80 && t->nsections == 2);
	s = t->sections[1];
	assert_true(t->sections[0]->accent == 0xff0000);
	assert_true(s->accent == 0x445566 && s->column_rule == 0x445566);
	assert_true(s->block[STYLE_LIST].text.rgb == 0x445566);
	assert_true(s->block[STYLE_QUOTE].bar == 0x445566);
	assert_true(s->block[STYLE_H1].text.rgb == 0);
	assert_true(s->block[STYLE_KICKER].text.rgb == 0xff0000);
	assert_true(s->block[STYLE_TABLE].fill == NO_FILL);
	assert_true(s->page_w == t->page_w && s->rule == t->rule);
	assert_true(t->block[STYLE_LIST].text.rgb == 0x80);
	t = of_text(&f, "inherit: magazine\ncolors: {sections: none}\n");
	assert_int_equal(t->nsections, 0);
	assert_int_equal(diag_count(f.d), 0);
	arena_free(f.a);
}

/* Columns become one, titles smaller, where an author says nothing else. */
static void
paper_may_be_small(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	const struct theme *big = theme_load(f.a, S("magazine"), 0, 0, f.d);
	const struct theme *t = theme_load(f.a, S("magazine"), SP_MM(105),
			    SP_MM(148), f.d);
	sp		 h1 = big->block[STYLE_H1].text.size;

	(void)state;
	assert_true(big->columns == 2 && t->columns == 1);
	assert_true(t->block[STYLE_H1].text.size < h1);
	assert_true(t->block[STYLE_H1].text.size >
	    t->block[STYLE_BODY].text.size * 3 / 2);
	assert_true(t->block[STYLE_H1].leading > t->block[STYLE_H1].text.size);
	assert_true(t->block[STYLE_H2].text.size ==
	    big->block[STYLE_H2].text.size);
	t = of_text(&f, "inherit: magazine\nblocks: {h1: {size: 25pt}}\n"
	    "page: {size: 105x148mm, column-min: none}\n");
	assert_true(t->columns == 2);
	assert_true(t->block[STYLE_H1].text.size == 25 * SP_PT);
	assert_int_equal(diag_count(f.d), 0);
	arena_free(f.a);
}

/* A theme file without `inherit` changes what the request names. */
static void
base_is_asked_for(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	struct theme_request q = { .name = S("x.yaml"),
				    .base = S("large-print"),
				    .limits = &limits_default };

	(void)state;
	assert_true(theme_of_text(f.a, S("page: {dpi: 1}\n"), &q, f.d)->
	    block[STYLE_BODY].text.size == 18 * SP_PT);
	assert_int_equal(diag_at(f.d, 0).id, DIAG_THEME_KEY);
	assert_true(theme_of_text(f.a, S(""), &q, f.d)->columns == 1);
	assert_int_equal(diag_count(f.d), 1);
	arena_free(f.a);
}

struct wrong { const char *text; enum diag_id id; const char *says; };

static void
wrongs_are_told(void **state)
{
	static const struct wrong w[] = {
		{ "pagse: {}", DIAG_THEME_KEY, "mean \"page\"" },
		{ "accent: red", DIAG_THEME_KEY, "\"colors.accent\"" },
		{ "page: {colums: 1}", DIAG_THEME_KEY, "\"page.columns\"" },
		{ "blocks: {bodi: {}}", DIAG_THEME_KEY, "mean \"body\"" },
		{ "blocks: {body: {sise: 3pt}}", DIAG_THEME_KEY, "\"size\"" },
		{ "page: [1]", DIAG_THEME_VALUE, "keys and values" },
		{ "page: {columns: 9}", DIAG_THEME_VALUE, "from 1 to 2" },
		{ "page: {columns: 1.5}", DIAG_THEME_VALUE, "whole" },
		{ "page: {size: A9}", DIAG_THEME_VALUE, "Letter" },
		{ "page: {size: 10x10mm}", DIAG_THEME_VALUE, "20 mm" },
		{ "page: {floats: maybe}", DIAG_THEME_VALUE, "true" },
		{ "page: {feather: 4}", DIAG_THEME_VALUE, "percentage" },
		{ "page: {feather: 4.25%}", DIAG_THEME_VALUE, "percentage" },
		{ "page: {notes: side}", DIAG_THEME_VALUE, "foot or end" },
		{ "page: {grid: 5pt}", DIAG_THEME_VALUE, "14.50pt" },
		{ "colors: {accent: #123\n }", DIAG_THEME_VALUE, "quotes" },
		{ "colors: {ink: accent}", DIAG_THEME_VALUE, "\"accent\"" },
		{ "colors: {ink: '#12345'}", DIAG_THEME_VALUE, "#7a1f1f" },
		{ "colors: {sections: red}", DIAG_THEME_VALUE, "a list" },
		{ "colors: {sections: [a]}", DIAG_THEME_VALUE, "a list" },
		{ "colors: {sections: [[red]]}", DIAG_THEME_VALUE, "a list" },
		{ "colors: {sections: [red,red,red,red,red,red,red,red,red,"
		    "red,red,red,red,red,red,red,red,red,red,red,red,red,"
		    "red,red,red]}", DIAG_THEME_VALUE, "at most 24" },
		{ "page: {size: [A4]}", DIAG_THEME_VALUE, "Letter" },
		{ "header: {recto: {inner: '{x}'}}", DIAG_THEME_VALUE,
		    "{title}" },
		{ "header: {recto: {inner: 'a } {'}}", DIAG_THEME_VALUE,
		    "{title}" },
		{ "header: {baseline: 60mm}", DIAG_THEME_VALUE, "within" },
		{ "margins: {top: 3}", DIAG_THEME_VALUE, "10.5pt" },
		{ "margins: {top: -3pt}", DIAG_THEME_VALUE, "10.5pt" },
		{ "margins: {top: 1em}", DIAG_THEME_VALUE, "10%" },
		{ "margins: {inner: 99mm, outer: 99mm}", DIAG_THEME_VALUE,
		    "6 ems" },
		{ "margins: {top: 50%, bottom: 50%}", DIAG_THEME_VALUE,
		    "4 lines" },
		{ "blocks: {body: {size: 1pt}}", DIAG_THEME_VALUE, "3 to" },
		{ "blocks: {h1: {align: left}}", DIAG_THEME_VALUE, "start" },
		{ "blocks: {h1: {start: 400pt}}", DIAG_THEME_VALUE, "half" },
		{ "lists: {indent: 190pt}", DIAG_THEME_VALUE, "quarter" },
		{ "inherit: [a]", DIAG_THEME_VALUE, "name of a theme" },
		{ "- a", DIAG_THEME_VALUE, "keys and values" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(w); i++) {
		struct mem_limit lf = LIMIT;
		struct fix	 f = fix_open(&lf);
		const struct theme *t = of_text(&f, w[i].text);

		if (!t || diag_count(f.d) != 1 ||
		    diag_at(f.d, 0).id != w[i].id || str_find(diag_at(f.d,
		    0).text, str_c(w[i].says)) == SIZE_MAX)
			fail_msg("%s: %zu, %.*s", w[i].text, diag_count(f.d),
			    diag_count(f.d) == 0 ? 0 :
			    (int)diag_at(f.d, 0).text.n,
			    diag_count(f.d) == 0 ? "" :
			    diag_at(f.d, 0).text.p);
		assert_true(diag_at(f.d, 0).at.hi > 0);
		arena_free(f.a);
	}
}

/* What leaves no theme at all. */
static void
unknown_is_an_error(void **state)
{
	static const struct wrong w[] = {
		{ "inherit: boook", DIAG_THEME_UNKNOWN, "mean \"book\"" },
		{ "inherit: zzzzzzzz", DIAG_THEME_UNKNOWN, "large-print" },
		{ "inherit: a.yaml", DIAG_THEME_UNKNOWN, "no such file" },
		{ "inherit: ../a.yaml", DIAG_THEME_UNKNOWN, "outside" },
		{ "a: [", DIAG_FM_SYNTAX, "" },
	};
	struct mem_limit lg = LIMIT;
	struct fix	 g = fix_open(&lg);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(w); i++) {
		struct mem_limit lf = LIMIT;
		struct fix	 f = fix_open(&lf);

		assert_null(of_text(&f, w[i].text));
		assert_int_equal(diag_count(f.d), 1);
		assert_int_equal(diag_at(f.d, 0).id, w[i].id);
		if (str_find(diag_at(f.d, 0).text, str_c(w[i].says)) ==
		    SIZE_MAX)
			fail_msg("%s: %.*s", w[i].text,
			    STR_ARG(diag_at(f.d, 0).text));
		arena_free(f.a);
	}
	assert_null(theme_load(g.a, S("boook"), 0, 0, g.d));
	assert_int_equal(diag_at(g.d, 0).id, DIAG_THEME_UNKNOWN);
	arena_free(g.a);
}

/* ---- lengths and paper ------------------------------------------------ */

static void
lengths_are_exact(void **state)
{
	static const char *const bad[] = { "", "pt", "-1pt", "1.pt", ".5pt",
		"1.2345pt", "1000000pt", "1 2pt", "1px", "1e3pt", "99999999999"
		"999999999999pt" };
	struct length	 x;

	(void)state;
	assert_true(length_parse(S(" 10.5 pt "), &x));
	assert_true(length_sp(x, 0) == SP_PT * 21 / 2);
	assert_true(length_parse(S("210mm"), &x));
	assert_true(length_sp(x, 0) == SP_MM(210));
	assert_true(length_parse(S("2.54cm"), &x));
	assert_true(length_sp(x, 0) == 72 * SP_PT);
	assert_true(length_parse(S("8.5in"), &x));
	assert_true(length_sp(x, 0) == 612 * SP_PT);
	assert_true(length_parse(S("150%"), &x));
	assert_true(length_sp(x, 18 * SP_PT) == 27 * SP_PT);
	assert_true(length_parse(S("0.125em"), &x));
	assert_true(length_sp(x, 8 * SP_PT) == SP_PT);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(length_parse(str_c(bad[i]), &x));
}

static void
paper_has_many_names(void **state)
{
	static const struct { const char *s; sp w, h; } good[] = {
		{ "A4", SP_MM(210), SP_MM(297) },
		{ "a5", SP_MM(148), SP_MM(210) },
		{ "B5", SP_MM(176), SP_MM(250) },
		{ "letter", 612 * SP_PT, 792 * SP_PT },
		{ "LEGAL", 612 * SP_PT, 1008 * SP_PT },
		{ "210x297mm", SP_MM(210), SP_MM(297) },
		{ "210 x 297", SP_MM(210), SP_MM(297) },
		{ "6in x 9in", 432 * SP_PT, 648 * SP_PT },
		{ "6\xc3\x97" "9in", 432 * SP_PT, 648 * SP_PT },
		{ "20x5000mm", SP_MM(20), SP_MM(5000) },
	};
	static const char *const bad[] = { "", "A9", "x", "1x1mm", "210mm",
		"19x20mm", "20x5001mm", "1emx2em", "10%x10%", "A4 wide" };
	struct paper	 p;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_true(paper_parse(str_c(good[i].s), &p));
		assert_true(p.w == good[i].w && p.h == good[i].h);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(paper_parse(str_c(bad[i]), &p));
}

/* ---- whatever a theme says -------------------------------------------- */

#define ARTICLE	FM \
	"## A heading of some length\n\nA paragraph with **strong** words " \
	"and a note.[^1] It goes on for a while, so that lines break.\n\n" \
	"- one\n- two\n  1. three\n     > quoted\n     >\n     > " \
	"\xe2\x80\x94 Someone\n\n> [!NOTE]\n> Mind this.\n\n```\ncode " \
	"that is rather long for a line, says who wrote it\n```\n\n" \
	"| a | b |\n|---|--:|\n| one | 2 |\n| three | 44 |\n\n" \
	"### Deeper\n\n#### Deepest\n\nEnd.\n\n[^1]: The note.\n"

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* A theme with a few bytes changed: digits for digits as a rule, so that
 * most stay YAML and say something odd. */
static str
changed(struct arena *a, str s, uint32_t *seed)
{
	char	*p = arena_cstr(a, s);
	unsigned n = 1 + next(seed) % 12;

	while (n > 0) {
		size_t	 at = next(seed) % s.n;

		if (p[at] >= '0' && p[at] <= '9')
			p[at] = (char)('0' + next(seed) % 10);
		else if (next(seed) % 256 == 0)
			p[at] = "9 :{},%-x\n"[next(seed) % 10];
		else
			continue;
		n--;
	}
	return (str){ p, s.n };
}

static bool
lay_out(struct laid *x, struct world *w, const struct theme *t)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct arena	*out = arena_new(&w->mem), *work = arena_new(&w->mem);
	struct arena	*tmp = arena_new(&w->mem);
	struct layout_in in = { .book = w->book, .theme = t,
			    .fonts = x->fonts, .limits = &limits_default };
	const struct pages *p;
	size_t		 n;

	in.images = image_store_new(out, NULL, &limits_default, w->diag);
	in.text = text_engine_new(out, x->fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 }, w->diag);
	p = layout_book(out, work, tmp, &in, w->diag);
	n = p->n;
	text_engine_close(in.text);
	arena_free(tmp);
	arena_free(work);
	arena_free(out);
	return n > 0 && n < 2000;
}

/* calibre's check of a book refuses a selector with two rules. */
static void
one_rule_each(str css)
{
	struct buf b = { 0 };
	size_t	 end, brace;

	while ((end = str_find_char(css, '\n')) != SIZE_MAX) {
		str line = str_cut(css, 0, end);

		css = str_from(css, end);
		if (line.n > 0 && line.p[0] != ' ' &&
		    (brace = str_find_char(line, '{')) != SIZE_MAX) {
			buf_char(&b, '\n');
			buf_str(&b, str_cut(line, 0, brace + 1));
			if (str_find(css, buf_view(&b)) != SIZE_MAX)
				fail_msg("twice: %.*s", STR_ARG(line));
			buf_done(&b);
			b = (struct buf){ 0 };
		}
		css = str_from(css, 1);
	}
}

static void
no_theme_breaks_layout(void **state)
{
	struct laid	 x;
	struct world	 w;
	uint32_t	 seed = 1, usable = 0;
	struct buf	 css;

	(void)state;
	laid_open(&x);
	make(&w, S(ARTICLE));
	for (int i = 0; i < 300; i++) {
		struct mem_limit lf = LIMIT;
		struct fix	 f = fix_open(&lf);
		const struct builtin *b = &theme_builtins[next(&seed) %
				    theme_nbuiltins];
		struct theme_request q = { .name = S("x"), .base = S("book"),
				    .limits = &limits_default };
		str		 s = changed(f.a, b->text, &seed);
		const struct theme *t;

		if (next(&seed) % 4 == 0)
			q.page_w = q.page_h = SP_MM(20) +
			    next(&seed) % 400 * SP_PT;
		if ((t = theme_of_text(f.a, s, &q, f.d)) != NULL) {
			usable++;
			if (!lay_out(&x, &w, t))
				fail_msg("%.*s", STR_ARG(s));
			css = (struct buf){ 0 };
			css_write(&css, t, true, false);
			assert_true(css.n > 1000 && css.n < 10000);
			one_rule_each(buf_view(&css));
			buf_done(&css);
		}
		arena_free(f.a);
	}
	assert_true(usable > 200);
	done(&w);
	laid_close(&x);
}

/* The largest and the smallest that the ranges allow, all at once. */
static void
no_range_breaks_layout(void **state)
{
	struct laid	 x;
	struct world	 w;

	(void)state;
	laid_open(&x);
	make(&w, S(ARTICLE));
	for (int big = 0; big < 2; big++)
		for (int paper = 0; paper < 2; paper++) {
			struct mem_limit lf = LIMIT;
			struct fix	 f = fix_open(&lf);
			struct buf	 b = { 0 };
			const struct theme *t;

			buf_printf(&b, "page: {size: %s}\nmargins: "
			    "{measure: none}\nblocks:\n",
			    paper ? "5x5in" : "20x20mm");
			for (size_t i = 0; i < STYLE_COUNT; i++) {
				buf_printf(&b, "  %.*s: {",
				    STR_ARG(block_names[i]));
				for (size_t k = 0; k < block_nkeys; k++)
					if (block_keys[k].kind == KEY_LENGTH)
						buf_printf(&b, "%.*s: %dpt,",
						    STR_ARG(block_keys[k]
						    .name), big ?
						    block_keys[k].hi :
						    block_keys[k].lo);
				buf_z(&b, "}\n");
			}
			buf_char(&b, '\0');
			t = of_text(&f, b.p);
			assert_non_null(t);
			assert_true(lay_out(&x, &w, t));
			buf_done(&b);
			arena_free(f.a);
		}
	done(&w);
	laid_close(&x);
}

/* Leading follows the script, on the grid and off it. */
static void
scripts_have_room(void **state)
{
	struct mem_limit lf = LIMIT;
	struct fix	 f = fix_open(&lf);
	const struct theme *t = theme_load(f.a, S("magazine"), 0, 0, f.d), *x;
	const struct block_style *b = t->block, *y;

	(void)state;
	assert_ptr_equal(theme_for_lang(f.a, t, S("en-IN")), t);
	assert_ptr_equal(theme_for_lang(f.a, t, S("hi-Latn")), t);
	assert_ptr_equal(theme_for_lang(f.a, t, S("")), t);
	assert_false(t->upright);
	x = theme_for_lang(f.a, t, S("hi"));
	y = x->block;
	assert_int_equal(y[STYLE_BODY].leading, b[STYLE_BODY].leading);
	assert_int_equal(x->grid, t->grid);
	assert_true(x->upright);
	assert_int_equal(y[STYLE_H1].leading, b[STYLE_H1].text.size * 1300 /
	    1000);
	assert_true(y[STYLE_H1].before < b[STYLE_H1].before);
	x = theme_for_lang(f.a, t, S("zh-Hans-CN"));
	y = x->block;
	assert_true(y[STYLE_BODY].leading > b[STYLE_BODY].leading);
	assert_int_equal(x->grid, y[STYLE_BODY].leading);
	assert_int_equal(y[STYLE_BODY_FIRST].indent, 2 *
	    y[STYLE_BODY].text.size);
	assert_int_equal(y[STYLE_H4].leading, y[STYLE_BODY].leading);
	assert_int_equal(y[STYLE_CODE].leading, b[STYLE_CODE].leading);
	y = theme_for_lang(f.a, t, S("pa-Arab"))->block;
	assert_int_equal(y[STYLE_H1].leading, b[STYLE_H1].text.size * 1330 /
	    1000);
	arena_free(f.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builtins_are_clean),
		cmocka_unit_test(inks_are_kept),
		cmocka_unit_test(book_is_whole),
		cmocka_unit_test(rows_are_apart),
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(sections_have_accents),
		cmocka_unit_test(paper_may_be_small),
		cmocka_unit_test(base_is_asked_for),
		cmocka_unit_test(wrongs_are_told),
		cmocka_unit_test(unknown_is_an_error),
		cmocka_unit_test(lengths_are_exact),
		cmocka_unit_test(paper_has_many_names),
		cmocka_unit_test(no_theme_breaks_layout),
		cmocka_unit_test(no_range_breaks_layout),
		cmocka_unit_test(scripts_have_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
