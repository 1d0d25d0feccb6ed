/*
 * test_table.c: what becomes of a table: places on the page, ways out when
 * it is too wide and what each says, headers set again, rules and grounds.
 */
#include "layout/table_int.h"
#include "laid.h"

static struct laid laid;

static uint32_t
next(uint32_t *seed)
{
	return (*seed = *seed * 1664525u + 1013904223u) >> 8;
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
	s->theme.floats = false;	/* the boxes are looked at here */
	s->theme.notes = NOTES_END;
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
	s->in.text = text_engine_new(s->w.a, laid.fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    s->w.diag);
	s->l = (struct layout){ .in = &s->in, .book = s->w.book, .th = th,
	    .out = s->w.a, .work = arena_new(&s->w.mem),
	    .tmp = arena_new(&s->w.mem), .diag = s->w.diag,
	    .lang = S("en"), .rtl = s->rtl };
	s->l.measure = th->page_w - th->margin_inner - th->margin_outer;
	s->l.column = (s->l.measure - th->column_gap * (th->columns - 1)) /
	    th->columns;
	s->l.turned = th->page_h - th->margin_top - th->margin_bottom;
	for (int i = 0; i < ARTIFACT_COUNT; i++)
		elem_add(&s->l, ELEM_ARTIFACT, 0, NULL);
	fr.elem = s->l.document = elem_add(&s->l, ELEM_DOCUMENT, 0, NULL);
	fr.w = s->l.column;
	notes_begin(&s->l, s->w.doc);
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
	set_table(&s, wide(laid.a, 4, "QXZWQXZWQXZWQX"));
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

/* Each letter once and in order, in rows and in records. */
static void
test_conserved(void **state)
{
	const char	*t[] = { wide(laid.a, 20, "QXZWQXZWQXZW"),
			    wide(laid.a, 4, "QXZWQXZWQXZWQXZWQ"),
			    many_rows(laid.a, 90, "*some* words") };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct world	 w;
		struct buf	 b = { 0 };

		buf_printf(&b, FM "%s%s", i == 0 ? "Table: Caption[^1]\n\n" :
		    "", t[i]);
		buf_z(&b, "\n\n[^1]: note\n");
		make(&w, buf_view(&b));
		laid_check(&laid, &w);
		done(&w);
		buf_done(&b);
	}
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
		cmocka_unit_test(test_conserved),
		cmocka_unit_test(test_many),
	};
	int	 failed;

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
