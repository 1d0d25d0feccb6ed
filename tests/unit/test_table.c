/*
 * test_table.c: how columns share their room, what is a number, and what
 * becomes of a table: places on the page, ways out when it is too wide, and
 * what each says.
 */
#include "layout/table_int.h"
#include "laid.h"

static struct laid laid;

/* ---- numbers ---------------------------------------------------------- */

static void
test_numbers(void **state)
{
	static const struct { const char *s; bool letters; size_t point; }
	    t[] = {
		{ "12", false, 2 }, { "1.25", false, 1 },
		{ "1,00,000.5", false, 8 }, { "-3", false, 2 },
		{ "\xe2\x88\x92" "3.5", false, 4 }, { "+9.7%", false, 2 },
		{ "\xe2\x82\xb9" "97.25", false, 5 }, { "Rs. 5", false, 5 },
		{ "US$ 2.5", false, 5 }, { "(12.5)", false, 3 },
		{ ".5", false, 0 }, { "12*", false, 2 },
		{ "\xe0\xa5\xa7\xe0\xa5\xa8.\xe0\xa5\xab", false, 6 },
		{ "\xd9\xa1\xd9\xa2\xd9\xab\xd9\xa3", false, 4 },
		{ "1\xe2\x80\xaf" "000", false, 7 },
		{ "12 km/h", true, 2 }, { "97 lakh crore", true, 2 },
		{ "12 km/h", false, SIZE_MAX }, { "2018-19", true, SIZE_MAX },
		{ "0\xe2\x80\x93" "50", true, SIZE_MAX },
		{ "2 of 3", true, SIZE_MAX }, { "", true, SIZE_MAX },
		{ "-", true, SIZE_MAX }, { "Q1", true, SIZE_MAX },
		{ "over 250", true, SIZE_MAX }, { "12,", true, SIZE_MAX },
		{ "1.2.3", true, SIZE_MAX }, { ",5", true, SIZE_MAX },
		{ "5 abcdefghijklmnopq", true, SIZE_MAX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (number_point(str_c(t[i].s), t[i].letters) != t[i].point)
			fail_msg("%s: %zu", t[i].s,
			    number_point(str_c(t[i].s), t[i].letters));
	assert_true(number_is_missing(S(" \xe2\x80\x93 ")));
	assert_true(number_is_missing(S("n/a")));
	assert_false(number_is_missing(S("0")));
	assert_false(number_is_missing(S("")));
}

/* ---- sharing ---------------------------------------------------------- */

static uint32_t
next(uint32_t *seed)
{
	return (*seed = *seed * 1664525u + 1013904223u) >> 8;
}

/* Lines of a cell, as text that fills its lines by 94 per cent. */
static sp
height(const sp *wish, uint32_t n, uint32_t rows, const sp *w)
{
	sp	 h = 0;

	for (uint32_t r = 0; r < rows; r++) {
		sp	 most = 0;

		for (uint32_t i = 0; i < n; i++) {
			sp	 x = wish[r * n + i], k = x <= w[i] ? 1 :
				    (x * 106 / 100 + w[i] - 1) / w[i];

			most = k > most ? k : most;
		}
		h += most;
	}
	return h;
}

/* The least height that widths in steps of a point give two columns. */
static sp
best_of_two(const struct column *c, const sp *wish, uint32_t rows, sp room)
{
	sp	 best = INT64_MAX;

	for (sp a = c[0].least; room - a >= c[1].least; a += SP_PT) {
		sp	 w[2] = { a, room - a };
		sp	 h = height(wish, 2, rows, w);

		best = h < best ? h : best;
	}
	return best;
}

static void
test_share(void **state)
{
	uint32_t seed = 7;
	sp	 ours = 0, best = 0, wish[16], w[2];

	(void)state;
	for (int k = 0; k < 300; k++) {
		struct column	 c[2] = { { 0 }, { 0 } };
		uint32_t	 rows = 1 + next(&seed) % 8;
		sp		 room = SP_PT * 300;

		for (uint32_t i = 0; i < rows * 2; i++) {
			wish[i] = SP_PT * (10 + next(&seed) % (i % 2 == 0 ?
			    300 : 1200));
			if (wish[i] > c[i % 2].wish)
				c[i % 2].wish = wish[i];
		}
		c[0].least = c[1].least = SP_PT * 40;
		c[1].least += SP_PT * (next(&seed) % 200);
		for (int i = 0; i < 2; i++)
			if (c[i].least > c[i].wish)
				c[i].least = c[i].wish;
		table_share(laid.a, c, 2, wish, rows, room);
		w[0] = c[0].w;
		w[1] = c[1].w;
		assert_true(w[0] + w[1] <= room);
		assert_true(w[0] >= c[0].least && w[1] >= c[1].least);
		if (c[0].wish + c[1].wish <= room) {
			assert_int_equal(w[0], c[0].wish);
			assert_int_equal(w[1], c[1].wish);
			continue;
		}
		ours += height(wish, 2, rows, w);
		best += best_of_two(c, wish, rows, room);
	}
	assert_true(best > 1000);
	assert_true(ours <= best * 104 / 100);
}

static void
test_share_many(void **state)
{
	static sp wish[12 * 20];
	uint32_t seed = 11;

	(void)state;
	for (int k = 0; k < 300; k++) {
		struct column	 c[12] = { { 0 } };
		uint32_t	 n = 1 + next(&seed) % 12;
		uint32_t	 rows = 1 + next(&seed) % 20;
		sp		 room = SP_PT * (20 + next(&seed) % 700);
		sp		 least = 0, all = 0;

		for (uint32_t i = 0; i < rows * n; i++) {
			wish[i] = SP_PT * (next(&seed) % (next(&seed) % 900 +
			    1));
			if (wish[i] > c[i % n].wish)
				c[i % n].wish = wish[i];
		}
		for (uint32_t i = 0; i < n; i++) {
			c[i].least = c[i].wish * (next(&seed) % 9) / 16;
			least += c[i].least;
		}
		table_share(laid.a, c, n, wish, rows, room);
		for (uint32_t i = 0; i < n; i++) {
			assert_true(c[i].w >= 0);
			assert_true(c[i].w <= c[i].wish + 1);
			if (least <= room)
				assert_true(c[i].w >= c[i].least);
			all += c[i].w;
		}
		assert_true(all <= room + 12);
	}
}

static void
test_share_bounds(void **state)
{
	sp	 wish[3] = { SP_PT * 30, SP_PT * 900, SP_PT * 50 };
	struct column c[3] = { { .wish = SP_PT * 30, .least = SP_PT * 20 },
	    { .wish = SP_PT * 900, .least = SP_PT * 40 },
	    { .wish = SP_PT * 50, .least = SP_PT * 50 } };

	(void)state;
	/* What is short keeps what it wishes for beside a long text. */
	table_share(laid.a, c, 3, wish, 1, SP_PT * 400);
	assert_int_equal(c[0].w, SP_PT * 30);
	assert_int_equal(c[2].w, SP_PT * 50);
	assert_true(c[1].w > SP_PT * 300 && c[1].w <= SP_PT * 320);
	/* Less than the least: all lose alike, and nothing is negative. */
	table_share(laid.a, c, 3, wish, 1, SP_PT * 55);
	assert_true(c[0].w > SP_PT * 9 && c[0].w < SP_PT * 11);
	assert_true(c[0].w + c[1].w + c[2].w <= SP_PT * 55 + 3);
}

/* ---- tables ----------------------------------------------------------- */

struct set {
	struct world	 w;
	struct theme	 theme;
	struct layout	 l;
	struct layout_in in;
	struct flow	 f;
	struct buf	 text;
	bool		 rtl;
};

static void
set_open(struct set *s)
{
	*s = (struct set){ .theme = *laid.theme };
}

/* The boxes of the only block of the text, a table. */
static void
set_table(struct set *s, const char *text)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	const struct theme *th = &s->theme;
	struct frame	 fr = { .style = STYLE_BODY };

	buf_z(&s->text, FM);
	buf_z(&s->text, text);
	make(&s->w, buf_view(&s->text));
	s->in = (struct layout_in){ .book = s->w.book, .theme = th,
	    .fonts = laid.fonts, .limits = &limits_default,
	    .images = image_store_new(s->w.a, NULL, &limits_default,
	    s->w.diag) };
	s->in.text = text_engine_new(s->w.a, laid.fonts, hyph, 1, s->w.diag);
	s->l = (struct layout){ .in = &s->in, .book = s->w.book, .th = th,
	    .out = s->w.a, .work = arena_new(&s->w.mem),
	    .tmp = arena_new(&s->w.mem), .diag = s->w.diag,
	    .lang = S("en"), .rtl = s->rtl };
	s->l.measure = th->page_w - th->margin_inner - th->margin_outer;
	s->l.column = (s->l.measure - th->column_gap * (th->columns - 1)) /
	    th->columns;
	s->l.turned = th->page_h - th->margin_top - th->margin_bottom;
	elem_add(&s->l, ELEM_ARTIFACT, 0, NULL);
	elem_add(&s->l, ELEM_DOCUMENT, 0, NULL);
	fr.elem = 1;
	fr.w = s->l.column;
	flow_table(&s->l, &s->f, &fr, s->w.doc->root->child);
}

static void
set_close(struct set *s)
{
	text_engine_close(s->in.text);
	arena_free(s->l.work);
	arena_free(s->l.tmp);
	buf_done(&s->text);
	done(&s->w);
}

/* The run with this text, of all boxes. */
static const struct item *
run_of(const struct set *s, const char *text)
{
	for (size_t i = 0; i < s->f.n; i++)
		for (size_t k = 0; k < s->f.v[i].n; k++) {
			const struct item *it = &s->f.v[i].items[k];

			if (it->kind == ITEM_RUN && str_eq(str_trim(
			    it->as.run.text), str_c(text)))
				return it;
		}
	fail_msg("no run \"%s\"", text);
	return NULL;
}

/* Where the glyph of byte `at` of a run stands. */
static sp
place_in(const struct item *it, size_t at)
{
	sp	 x = it->x;

	for (size_t i = 0; i < it->as.run.n; i++)
		if (it->as.run.g[i].cluster < at)
			x += it->as.run.g[i].adv;
	return x;
}

static const char *
said(const struct set *s, enum diag_id id)
{
	for (size_t i = 0; i < diag_count(s->w.diag); i++)
		if (diag_at(s->w.diag, i).id == id)
			return arena_cstr(s->w.a, diag_at(s->w.diag, i).text);
	return NULL;
}

static bool
says(const struct set *s, enum diag_id id, const char *words)
{
	const char	*z = said(s, id);

	return z != NULL && str_find(str_c(z), str_c(words)) != SIZE_MAX;
}

static void
test_decimal(void **state)
{
	struct set	 s;
	sp		 x;

	(void)state;
	set_open(&s);
	set_table(&s, "|a|n|m|\n|-|-|-:|\n|x|1.5|1,200|\n|y|12|33.25%|\n"
	    "|z|0.125|see|\n|z|5|7|\n");
	x = place_in(run_of(&s, "1.5"), 1);
	assert_int_equal(place_in(run_of(&s, "12"), 2), x);
	assert_int_equal(place_in(run_of(&s, "0.125"), 1), x);
	assert_true(place_in(run_of(&s, "0.125"), 5) > x);
	x = place_in(run_of(&s, "1,200"), 5);
	assert_int_equal(place_in(run_of(&s, "33.25%"), 2), x);
	/* The widest halves of two numbers are not over one another. */
	assert_true(run_of(&s, "1,200")->x >=
	    place_in(run_of(&s, "0.125"), 5) + SP_PT * 9);
	/* Words among numbers end where the column does. */
	assert_int_equal(place_in(run_of(&s, "see"), 3),
	    place_in(run_of(&s, "33.25%"), 6));
	set_close(&s);
	set_open(&s);
	set_table(&s, "|a|n|\n|-|:-|\n|x|1.5|\n|y|12.25|\n");
	assert_int_equal(run_of(&s, "1.5")->x, run_of(&s, "12.25")->x);
	set_close(&s);
}

static void
test_mirrored(void **state)
{
	struct set	 s;
	sp		 right;

	(void)state;
	set_open(&s);
	s.rtl = true;
	set_table(&s, "|A|B|\n|-|-|\n|x|1.5|\n|y|12|\n");
	right = s.l.column;
	assert_true(place_in(run_of(&s, "x"), 1) >= right - 2);
	assert_true(run_of(&s, "B")->x < run_of(&s, "A")->x);
	assert_int_equal(place_in(run_of(&s, "1.5"), 1),
	    place_in(run_of(&s, "12"), 2));
	set_close(&s);
}

/* A header of n long words and a row of m. */
static const char *
wide(struct arena *a, int n, const char *word)
{
	str	 h = S("|"), d = S("|"), r = S("|");

	for (int i = 0; i < n; i++) {
		h = arena_printf(a, "%.*s%s%d|", STR_ARG(h), word, i);
		d = arena_printf(a, "%.*s-|", STR_ARG(d));
		r = arena_printf(a, "%.*sv%d|", STR_ARG(r), i);
	}
	return arena_cstr(a, arena_printf(a, "%.*s\n%.*s\n%.*s\n", STR_ARG(h),
	    STR_ARG(d), STR_ARG(r)));
}

static void
flags_are(const struct set *s, unsigned flags)
{
	assert_true(s->f.n > 0);
	for (size_t i = 0; i < s->f.n; i++)
		assert_int_equal(s->f.v[i].flags, flags);
}

static sp
ink_end(const struct item *it)
{
	size_t	 n = it->as.run.text.n;

	while (n > 0 && it->as.run.text.p[n - 1] == ' ')
		n--;
	return place_in(it, n);
}

static void
within(const struct set *s, sp width)
{
	for (size_t i = 0; i < s->f.n; i++)
		for (size_t k = 0; k < s->f.v[i].n; k++) {
			const struct item *it = &s->f.v[i].items[k];

			assert_true(it->x >= 0);
			if (it->kind == ITEM_RUN)
				assert_true(ink_end(it) <= width + 3);
			if (it->kind == ITEM_RULE)
				assert_true(it->x + it->as.rule.w <= width);
		}
}

static void
test_shrunk(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	set_table(&s, wide(laid.a, 4, "QXZWQXZWQXZWQXZWQ"));
	flags_are(&s, 0);
	within(&s, s.l.column);
	assert_true(says(&s, DIAG_TABLE_SHRUNK, "4 columns; set in "));
	assert_null(said(&s, DIAG_TABLE_TOO_WIDE));
	assert_true(run_of(&s, "v0")->as.run.size <
	    s.theme.block[STYLE_TABLE].text.size);
	assert_true(run_of(&s, "v0")->as.run.size >=
	    s.theme.block[STYLE_TABLE].text.size * 8 / 10);
	set_close(&s);
}

static void
test_spanning(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	s.theme.columns = 2;
	set_table(&s, wide(laid.a, 4, "QXZWQXZWQX"));
	flags_are(&s, BOX_SPAN);
	within(&s, s.l.measure);
	assert_true(run_of(&s, "v3")->x > s.l.column);
	assert_int_equal(diag_count(s.w.diag), 0);
	set_close(&s);
	set_open(&s);
	s.theme.columns = 2;
	set_table(&s, "|a|b|\n|-|-|\n|1|2|\n");
	flags_are(&s, 0);
	within(&s, s.l.column);
	set_close(&s);
}

static void
test_turned(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	set_table(&s, wide(laid.a, 6, "QXZWQXZWQXZWQXZWQ"));
	flags_are(&s, BOX_LANDSCAPE);
	within(&s, s.l.turned);
	assert_true(says(&s, DIAG_TABLE_TOO_WIDE, "turned page"));
	set_close(&s);
	set_open(&s);
	s.theme.table_shrink = 1000;
	set_table(&s, wide(laid.a, 4, "QXZWQXZWQXZWQXZWQ"));
	assert_true(says(&s, DIAG_TABLE_TOO_WIDE, "records"));
	set_close(&s);
}

static void
test_records(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	set_table(&s, wide(laid.a, 20, "QXZWQXZWQXZW"));
	flags_are(&s, 0);
	within(&s, s.l.column);
	assert_true(says(&s, DIAG_TABLE_TOO_WIDE,
	    "20 columns; set as a list of records"));
	run_of(&s, "QXZWQXZWQXZW7:");	/* beside its value */
	run_of(&s, "v7");
	set_close(&s);
}

static void
test_broken(void **state)
{
	struct set	 s;
	char		 z[400] = "|a|\n|-|\n|", *p = z + strlen(z);

	(void)state;
	memset(p, 'Q', 300);
	strcpy(p + 300, "|\n");
	set_open(&s);
	set_table(&s, z);
	within(&s, s.l.column);
	assert_true(says(&s, DIAG_TABLE_TOO_WIDE, "words are broken"));
	set_close(&s);
}

/* ---- made up ---------------------------------------------------------- */

static const char *const words[] = { "a", "of", "river", "1,24,000", "3.5%",
	"Schedule", "unconstitutional", "**12.25**", "see the Act", "x[^1]",
	"https://example.org/a/b/c?d=e", "\xe2\x82\xb9" "2.35 lakh crore",
	"\xe0\xa4\xad\xe0\xa4\xbe\xe0\xa4\xb0\xe0\xa4\xa4", "", "" };

static const char *
made_up(struct arena *a, uint32_t *seed)
{
	static const char *const rules[] = { "-", "-:", ":-", ":-:" };
	uint32_t n = 1 + next(seed) % 14, rows = next(seed) % 12;
	str	 s = S("|");

	for (uint32_t i = 0; i < n; i++)
		s = arena_printf(a, "%.*s%s|", STR_ARG(s),
		    words[next(seed) % ARRAY_LEN(words)]);
	s = arena_printf(a, "%.*s\n|", STR_ARG(s));
	for (uint32_t i = 0; i < n; i++)
		s = arena_printf(a, "%.*s%s|", STR_ARG(s),
		    rules[next(seed) % 4]);
	for (uint32_t i = 0; i < n * rows; i++) {
		s = arena_printf(a, "%.*s%s", STR_ARG(s), i % n == 0 ?
		    "\n|" : "");
		for (uint32_t k = next(seed) % (next(seed) % 14 + 1) + 1;
		    k > 0; k--)
			s = arena_printf(a, "%.*s%s ", STR_ARG(s),
			    words[next(seed) % ARRAY_LEN(words)]);
		s = arena_printf(a, "%.*s|", STR_ARG(s));
	}
	return arena_cstr(a, arena_printf(a, "%.*s\n\n[^1]: n\n",
	    STR_ARG(s)));
}

static void
no_overlap(const struct vbox *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = i + 1; k < b->n; k++) {
			const struct item *x = &b->items[i],
			    *y = &b->items[k];

			if (x->kind != ITEM_RUN || y->kind != ITEM_RUN ||
			    x->y != y->y || x->elem == y->elem)
				continue;
			assert_true(ink_end(x) <= y->x + 3 ||
			    ink_end(y) <= x->x + 3);
		}
}

/* Columns never run into one another, whatever the table. */
static void
test_apart(void **state)
{
	uint32_t seed = 5;

	(void)state;
	for (int i = 0; i < 150; i++) {
		struct set	 s;

		set_open(&s);
		s.rtl = i % 3 == 0;
		s.theme.columns = 1 + (unsigned)i % 2;
		s.theme.table_rules = (enum style_rules)(i % 4);
		set_table(&s, made_up(laid.a, &seed));
		for (size_t k = 0; k < s.f.n; k++)
			no_overlap(&s.f.v[k]);
		if (said(&s, DIAG_PAR_OVERFULL) == NULL)
			within(&s, s.f.v[0].flags == BOX_LANDSCAPE ?
			    s.l.turned : s.f.v[0].flags == BOX_SPAN ?
			    s.l.measure : s.l.column);
		set_close(&s);
	}
}

/* ---- rows ------------------------------------------------------------- */

static const char *
many_rows(struct arena *a, int n, const char *cell)
{
	str	 s = S("Table: Many\n\n|a|b|\n|-|-|\n");

	for (int i = 0; i < n; i++)
		s = arena_printf(a, "%.*s|r%d|%s|\n", STR_ARG(s), i, cell);
	return arena_cstr(a, s);
}

static void
test_header_again(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	set_table(&s, many_rows(laid.a, 80, "x"));
	assert_int_equal(s.f.n, 1 + 1 + 80);	/* caption, header, rows */
	assert_null(s.f.v[0].repeat);
	assert_null(s.f.v[1].repeat);
	assert_int_equal(s.f.v[1].penalty, PENALTY_NEVER);
	assert_int_equal(s.f.v[2].penalty, PENALTY_NEVER);
	assert_true(s.f.v[3].penalty > 0);	/* no row alone at a foot */
	assert_int_equal(s.f.v[40].penalty, 0);
	assert_true(s.f.v[81].penalty > 0);	/* nor at a top */
	for (size_t i = 2; i < s.f.n; i++)
		assert_ptr_equal(s.f.v[i].repeat, s.f.v[2].repeat);
	/* "Table 1 (continued)" above the header. */
	assert_true(s.f.v[2].repeat->h > s.f.v[1].h);
	assert_true(s.f.v[2].repeat->n > s.f.v[1].n);
	set_close(&s);
	set_open(&s);
	set_table(&s, many_rows(laid.a, 5, "x"));
	for (size_t i = 3; i < s.f.n; i++)
		assert_true(s.f.v[i].penalty >= 1000);	/* kept whole */
	set_close(&s);
}

static void
test_tall_row(void **state)
{
	struct set	 s;
	str		 t = S("");

	(void)state;
	for (int i = 0; i < 2000; i++)
		t = arena_printf(laid.a, "%.*sword ", STR_ARG(t));
	set_open(&s);
	set_table(&s, arena_cstr(laid.a, arena_printf(laid.a,
	    "|a|b|\n|-|-|\n|x|%.*s|\n|y|z|\n", STR_ARG(t))));
	assert_true(s.f.n > 60);
	for (size_t i = 1; i < s.f.n; i++)
		assert_true(s.f.v[i].h < SP_PT * 30);
	assert_true(s.f.v[2].repeat->h > s.f.v[1].repeat->h);
	set_close(&s);
}

static size_t
count_rules(const struct vbox *b, bool upright)
{
	size_t	 n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->items[i].kind == ITEM_RULE &&
		    (b->items[i].as.rule.h > b->items[i].as.rule.w) == upright;
	return n;
}

static void
test_rules(void **state)
{
	static const struct { enum style_rules r; size_t head, row, last; }
	    t[] = { { RULES_HORIZONTAL, 1, 1, 1 }, { RULES_HEAD, 2, 0, 1 },
		{ RULES_GRID, 2, 1, 1 }, { RULES_NONE, 0, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct set	 s;

		set_open(&s);
		s.theme.table_rules = t[i].r;
		set_table(&s, "|a|b|\n|-|-|\n|1|2|\n|3|4|\n");
		assert_int_equal(count_rules(&s.f.v[0], false), t[i].head);
		assert_int_equal(count_rules(&s.f.v[1], false), t[i].row);
		assert_int_equal(count_rules(&s.f.v[2], false), t[i].last);
		assert_int_equal(count_rules(&s.f.v[1], true),
		    t[i].r == RULES_GRID ? 3 : 0);
		/* Text begins at the margin where no line or ground does. */
		if (t[i].r != RULES_GRID)
			assert_int_equal(run_of(&s, "a")->x, 0);
		else
			assert_true(run_of(&s, "a")->x > 0);
		set_close(&s);
	}
}

static void
test_grounds(void **state)
{
	struct set	 s;

	(void)state;
	set_open(&s);
	s.theme.table_rules = RULES_NONE;
	s.theme.table_stripe = 0x112233;
	s.theme.block[STYLE_TABLE_HEAD].fill = 0x445566;
	set_table(&s, "|a|b|\n|-|-|\n|1|2|\n|3|4|\n");
	assert_int_equal(s.f.v[0].items[0].as.rule.rgb, 0x445566);
	assert_int_equal(s.f.v[0].items[0].as.rule.h, s.f.v[0].h);
	assert_int_equal(s.f.v[1].items[0].kind, ITEM_RUN);
	assert_int_equal(s.f.v[2].items[0].as.rule.rgb, 0x112233);
	assert_true(run_of(&s, "a")->x > 0);
	set_close(&s);
}

/* Ten times the rows in at most fifteen times the memory. */
static void
test_many(void **state)
{
	size_t	 used[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct set	 s;

		set_open(&s);
		set_table(&s, many_rows(laid.a, i == 0 ? 100 : 1000,
		    "some words in a cell"));
		used[i] = arena_used(s.l.work);
		set_close(&s);
	}
	assert_true(used[1] <= used[0] * 15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_share_many),
		cmocka_unit_test(test_share_bounds),
		cmocka_unit_test(test_decimal),
		cmocka_unit_test(test_mirrored),
		cmocka_unit_test(test_shrunk),
		cmocka_unit_test(test_spanning),
		cmocka_unit_test(test_turned),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_apart),
		cmocka_unit_test(test_header_again),
		cmocka_unit_test(test_tall_row),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_many),
	};
	int	 failed;

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
