/*
 * test_blocks.c: where the parts of blocks stand on their pages: labels,
 * wrapped code, attributions, numbers of headings, initials.
 */
#include "laid.h"

static struct laid laid;

struct set { struct world w; struct laid_out o; struct buf file; };

static void
set(struct set *s, const struct theme *t, const char *md)
{
	struct laid x = laid;

	*s = (struct set){ .file = { 0 } };
	buf_z(&s->file, FM);
	buf_z(&s->file, md);
	make(&s->w, buf_view(&s->file));
	for (size_t i = 0; t != NULL && i < ARRAY_LEN(x.theme); i++)
		x.theme[i] = *t;
	s->o = laid_make(&x, &s->w);
	laid_check(&x, &s->w);
}

static void
unset(struct set *s)
{
	laid_done(&s->o);
	done(&s->w);
	buf_done(&s->file);
}

/* The nth run (from 0) whose text begins so; *page: where. */
static const struct item *
run_at(const struct set *s, const char *text, unsigned nth, size_t *page)
{
	for (size_t i = 0; i < s->o.p->n; i++)
		for (size_t k = 0; k < s->o.p->v[i].n; k++) {
			const struct item *it = &s->o.p->v[i].items[k];

			if (it->kind != ITEM_RUN || it->elem < ARTIFACT_COUNT ||
			    !str_starts(it->as.run.text, str_c(text)) ||
			    nth-- > 0)
				continue;
			if (page != NULL)
				*page = i;
			return it;
		}
	fail_msg("no run \"%s\"", text);
	return NULL;
}

static const struct item *
run_of(const struct set *s, const char *text)
{
	return run_at(s, text, 0, NULL);
}

static sp
right(const struct item *it)
{
	return it->x + run_width(&it->as.run);
}

/* Letters hang out of their lines by less than that. */
static void
near(sp a, sp b)
{
	if (a - b > SP_PT / 2 || b - a > SP_PT / 2)
		fail_msg("%.2f and %.2f points", (double)a / SP_PT,
		    (double)b / SP_PT);
}

static void
test_numbers_align(void **state)
{
	struct set s;

	(void)state;
	set(&s, NULL, "8. eight\n9. nine\n10. ten\n\n---\n\n"
	    "999. many\n1000. more\n");
	near(right(run_of(&s, "8.")), right(run_of(&s, "10.")));
	near(run_of(&s, "eight")->x, run_of(&s, "ten")->x);
	near(right(run_of(&s, "999.")), right(run_of(&s, "1000.")));
	near(run_of(&s, "many")->x, run_of(&s, "more")->x);
	assert_true(run_of(&s, "many")->x > run_of(&s, "ten")->x);
	near(run_of(&s, "ten")->x - right(run_of(&s, "10.")),
	    run_of(&s, "more")->x - right(run_of(&s, "1000.")));
	assert_true(run_of(&s, "1000.")->x >= run_of(&s, "T")->x - SP_PT);
	unset(&s);
}

/* Whatever the first block of an item is, its label is on its line. */
static void
test_labels_on_baselines(void **state)
{
	static const char *const firsts[] = { "quoted", "coded", "headed",
	    "tabled", "Note", "nested", "plain" };
	struct set s;

	(void)state;
	set(&s, NULL, "1. > quoted\n2. ```\n   coded\n   ```\n3. ## headed\n"
	    "4. | tabled |\n   |---|\n5. > [!NOTE]\n   > x\n6. - nested\n"
	    "7. plain\n8.\n9. last\n");
	for (unsigned i = 0; i < ARRAY_LEN(firsts); i++) {
		char label[4];

		snprintf(label, sizeof label, "%u.", i + 1);
		assert_int_equal(run_of(&s, label)->y,
		    run_of(&s, firsts[i])->y);
	}
	assert_true(run_of(&s, "8.")->y > run_of(&s, "plain")->y);
	assert_true(run_of(&s, "8.")->y < run_of(&s, "last")->y);
	unset(&s);
}

static void
test_deep(void **state)
{
	struct buf b = { 0 };
	struct set s;
	sp room;
	int i;

	(void)state;
	for (i = 0; i < 49; i++)
		buf_z(&b, "- ");
	buf_z(&b, "leaf of the tree\n\n");
	for (i = 0; i < 99; i++)
		buf_z(&b, ">");
	buf_z(&b, " quoted words\n\n");
	for (i = 0; i < 30; i++)
		buf_printf(&b, "%*s: d\n\n%*sT\n", i * 4, "", i * 4 + 4, "");
	buf_char(&b, '\0');
	set(&s, NULL, b.p);
	room = laid.theme->page_w - laid.theme->margin_outer;
	assert_true(room - run_of(&s, "leaf")->x >= SP_PT * 100);
	assert_true(room - run_of(&s, "quoted")->x >= SP_PT * 100);
	unset(&s);
	buf_done(&b);
}

static unsigned
hooks(const struct set *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s->o.p->n; i++)
		for (size_t k = 0; k < s->o.p->v[i].n; k++)
			n += s->o.p->v[i].items[k].kind == ITEM_RULE &&
			    s->o.p->v[i].items[k].as.rule.rgb ==
			    laid.theme->muted;
	return n / 6;
}

static void
test_code(void **state)
{
	const struct item *first;
	struct set s;

	(void)state;
	set(&s, NULL, "```\n\ttab\na\ttab\n```\n");
	assert_true(str_starts(run_of(&s, "        tab")->as.run.text,
	    S("        tab")));
	assert_true(str_starts(run_of(&s, "a       tab")->as.run.text,
	    S("a       tab")));
	assert_int_equal(hooks(&s), 0);
	unset(&s);
	set(&s, NULL, "```\n"
	    "f(void); g(void); h(void); i(void); j(void); k(void); l(void); "
	    "m(void); n(void); o(void); p(void);\n"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "\nshort\n```\n");
	assert_int_equal(hooks(&s), 2);
	first = run_of(&s, "f(void)");
	assert_true(str_ends(str_trim(first->as.run.text), S(";")));
	while (first->kind != ITEM_RUN || first->y == run_of(&s, "f(")->y)
		first++;
	assert_true(str_ends(first->as.run.text, S(";")));
	assert_true(first->x > run_of(&s, "f(void)")->x);
	assert_int_equal(run_of(&s, "short")->x, run_of(&s, "f(void)")->x);
	unset(&s);
}

static void
test_attribution(void **state)
{
	struct buf b = { 0 };
	struct set s;
	size_t page, before;
	int k, i;

	(void)state;
	set(&s, NULL, "> x\n>\n> \xe2\x80\x94 Abe, of a place\n");
	assert_true(run_of(&s, "\xe2\x80\x94 Abe")->as.run.face->bold);
	assert_false(run_of(&s, ", of a place")->as.run.face->bold);
	unset(&s);
	for (k = 0; k < 12; k++) {	/* wherever the page ends */
		b.n = 0;
		for (i = 0; i < 32 + k; i++)
			buf_z(&b, "line\\\n");
		buf_z(&b, "end\n\n> words\n>\n> \xe2\x80\x94 Who\n\n");
		for (i = 0; i < 20; i++)
			buf_z(&b, "more\n\n");
		buf_char(&b, '\0');
		set(&s, NULL, b.p);
		(void)run_at(&s, "words", 0, &before);
		(void)run_at(&s, "\xe2\x80\x94 Who", 0, &page);
		assert_int_equal(page, before);
		unset(&s);
	}
	buf_done(&b);
}

/* What leads to a list is on its page. */
static void
test_leads_on(void **state)
{
	static const char *const leads[] = { "**Strong**", "As follows:" };
	struct buf b = { 0 };
	struct set s;
	size_t page, before;
	int k, i;

	(void)state;
	for (k = 0; k < 24; k++) {
		b.n = 0;
		for (i = 0; i < 36 + k / 2; i++)
			buf_z(&b, "line\\\n");
		buf_printf(&b, "end\n\n%s\n\n- item\n", leads[k % 2]);
		for (i = 0; i < 20; i++)
			buf_z(&b, "- more\n");
		buf_char(&b, '\0');
		set(&s, NULL, b.p);
		(void)run_at(&s, k % 2 ? "As" : "Strong", 0, &before);
		(void)run_at(&s, "item", 0, &page);
		assert_int_equal(page, before);
		unset(&s);
	}
	buf_done(&b);
}

static void
test_heading_numbers(void **state)
{
	struct theme t = *laid.theme;
	struct set s;

	(void)state;
	t.block[STYLE_H2].numbered = t.block[STYLE_H3].numbered = true;
	set(&s, &t, "## First\n\n### Below\n\n### Again\n\n## Second\n\n"
	    "### Under\n\n> ## Quoted\n");
	assert_int_equal(run_of(&s, "1")->y, run_of(&s, "First")->y);
	assert_int_equal(run_of(&s, "1.2")->y, run_of(&s, "Again")->y);
	assert_int_equal(run_of(&s, "2.1")->y, run_of(&s, "Under")->y);
	assert_true(run_of(&s, "2.1")->x < run_of(&s, "Under")->x);
	assert_true(str_eq(s.w.book->articles[0].node_heading_number[1],
	    S("1")));
	unset(&s);
	set(&s, NULL, "## First\n");
	near(run_of(&s, "First")->x, run_of(&s, "T")->x);
	unset(&s);
}

#define LONG	" and so on it goes, in as many words as are needed to fill" \
		" four lines of this page, which is not so few as one might" \
		" think, since a line holds a dozen of them or more, and there" \
		" are to be four of them at the least, so here are some more" \
		" words of no import, and yet more of them, to the very end.\n"

static void
drop(const struct theme *t, const char *text, const char *initial,
    const char *rest)
{
	struct buf b = { 0 };
	struct set s;
	const struct item *cap, *line;
	sp leading = t->block[STYLE_BODY_FIRST].leading;
	sp body = t->block[STYLE_BODY_FIRST].text.size;

	buf_z(&b, text);
	buf_z(&b, LONG);
	buf_char(&b, '\0');
	set(&s, t, b.p);
	cap = run_of(&s, initial);
	assert_int_equal(cap->as.run.text.n, strlen(initial));
	line = run_of(&s, rest);
	assert_true(cap[1].kind == ITEM_RUN && &cap[1] == line);
	assert_int_equal(cap->elem, line->elem);
	assert_true(cap->as.run.size > body * 3);
	near(cap->y, line->y + 2 * leading);
	assert_true(line->x > cap->x + cap->as.run.size / 4);
	if ((unsigned char)initial[0] < 0x80)	/* tops of capitals */
		near(cap->y - cap->as.run.size * cap->as.run.face->cap_height /
		    cap->as.run.face->upem, line->y - line->as.run.size *
		    line->as.run.face->cap_height / line->as.run.face->upem);
	unset(&s);
	buf_done(&b);
}

static void
no_drop(const struct theme *t, const char *text)
{
	struct set s;

	set(&s, t, text);
	for (size_t k = 0; k < s.o.p->v[0].n; k++)
		if (s.o.p->v[0].items[k].kind == ITEM_RUN)
			assert_true(s.o.p->v[0].items[k].as.run.size <
			    SP_PT * 23);
	unset(&s);
}

static void
test_drop_cap(void **state)
{
	struct theme t = *laid.theme;

	(void)state;
	t.drop_cap = 3;
	drop(&t, "India", "I", "ndia");
	drop(&t, "A word", "A ", "word");
	drop(&t, "\xc3\x89tat", "\xc3\x89", "tat");
	drop(&t, "क्षेत्रीय", "क्षे", "त्रीय");
	drop(&t, "हिन्दी", "हि", "न्दी");
	no_drop(&t, "India is too short.\n");
	no_drop(&t, "\"India" LONG);
	no_drop(&t, "2020" LONG);
	no_drop(&t, "\xd9\x88\xd8\xb2\xdb\x8c\xd8\xb1" LONG);
	no_drop(&t, "- India" LONG);
	no_drop(&t, "\xe0\xa4\xbe" LONG);
	t.drop_cap = 0;
	no_drop(&t, "India" LONG);
}

/* An option that turns over goes on below its text, not its label. */
static void
test_options(void **state)
{
	struct set s;
	const struct item *a;

	(void)state;
	set(&s, NULL, "Which?\\\n(a) an option that is so long that it turns "
	    "over, as options of these questions do that repeat all of a "
	    "statement\\\n(b) short\n");
	a = run_of(&s, "(a)");
	near(a->x, run_of(&s, "Which")->x);
	near(a->x, run_of(&s, "(b)")->x);
	while (a->kind != ITEM_RUN || a->y == run_of(&s, "(a)")->y)
		a++;
	assert_true(a->x > run_of(&s, "(a)")->x + SP_PT * 10);
	assert_true(a->y < run_of(&s, "(b)")->y);
	unset(&s);
	set(&s, NULL, "Which?<br>\n(a) one<br>\n(b) two<br> (c) three\n");
	near(run_of(&s, "(c)")->x, run_of(&s, "Which")->x);
	near(run_of(&s, "(b)")->x, run_of(&s, "(a)")->x);
	unset(&s);
}

/* A title of two lines has them alike. */
static void
test_balance(void **state)
{
	struct set s;
	const struct item *a, *b;

	(void)state;
	set(&s, NULL, "## A heading that is somewhat longer than what fits on "
	    "one line, by\n");
	a = run_of(&s, "A heading");
	b = a;
	while (b->y == a->y)
		b++;
	assert_int_equal(b->kind, ITEM_RUN);
	assert_true(run_width(&b->as.run) * 2 > run_width(&a->as.run));
	unset(&s);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_align),
		cmocka_unit_test(test_labels_on_baselines),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_attribution),
		cmocka_unit_test(test_leads_on),
		cmocka_unit_test(test_heading_numbers),
		cmocka_unit_test(test_drop_cap),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_balance),
	};

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
