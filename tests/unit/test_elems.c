/*
 * test_elems.c: the structure tree (laid_elems.h says what holds for every
 * one), over made-up documents of all shapes that are hard for it, and over
 * the specimen, alone and bound, in every way of making pages.
 */
#include "image/image.h"
#include "laid.h"
#include "out/dump/dump.h"

static struct laid laid;
static const char *const scripts[] = { "bengali.bn", "captions", "chinese.zh",
	"code", "definitions", "directions", "drawings", "figures", "floats",
	"gujarati.gu", "hindi.hi", "japanese.ja", "latin", "lists", "mixed",
	"notes", "paragraphs", "questions", "quotes", "tables", "tamil.ta",
	"urdu.ur" };

struct made_up {
	struct world	 w;
	struct buf	 text, spoken;
	struct laid_out	 o;
};

static void
lay_out(struct made_up *m, const char *body, const struct theme *th)
{
	*m = (struct made_up){ .text = { 0 } };
	buf_z(&m->text, FM);
	buf_z(&m->text, body);
	make(&m->w, buf_view(&m->text));
	assert_non_null(m->w.doc);
	m->o = laid_make_in(&laid, &m->w, th);
	laid_elems(m->o.p, m->w.a, th->notes == NOTES_FOOT);
	dump_tags(&m->spoken, m->w.a, m->o.p);
	assert_false(m->spoken.failed);
}

static void
clear(struct made_up *m)
{
	laid_done(&m->o);
	done(&m->w);
	buf_done(&m->text);
	buf_done(&m->spoken);
}

/* The tree of a text below its title, as it is spoken. */
static void
check_is(const char *body, const struct theme *th, const char *want)
{
	static const str head = Z("heading 1 \"T\"\n");
	struct made_up	 m;
	size_t		 at;
	str		 got;

	lay_out(&m, body, th);
	at = str_find(buf_view(&m.spoken), head);
	assert_int_not_equal(at, SIZE_MAX);
	got = str_from(buf_view(&m.spoken), at + head.n);
	if (!str_eq(got, str_c(want)))
		fail_msg("spoken\n%.*s\ninstead of\n%s", STR_ARG(got), want);
	clear(&m);
}

static void
test_sections(void **state)
{
	(void)state;
	check_is("a\n\n## One\n\nb\n\n#### Deep\n\nc\n\n> ## Quoted\n\n"
	    "### Two\n\n## Three\n\nd\n", &laid.theme[0],
	    "    p \"a\"\n"
	    "    sect\n"
	    "      heading 2 \"One\"\n"
	    "      p \"b\"\n"
	    "      sect\n"
	    "        heading 3 \"Deep\"\n"
	    "        p \"c\"\n"
	    "        quote\n"
	    "          heading 4 \"Quoted\"\n"
	    "      sect\n"
	    "        heading 3 \"Two\"\n"
	    "    sect\n"
	    "      heading 2 \"Three\"\n"
	    "      p \"d\"\n");
}

static void
test_lists(void **state)
{
	(void)state;
	check_is("- a\n  1. b\n- [x] c\n\nterm\n: one\n\n: two\n",
	    &laid.theme[1],
	    "    list disc\n"
	    "      item\n"
	    "        label \"\xe2\x80\xa2\"\n"
	    "        body\n"
	    "          p \"a\"\n"
	    "          list decimal\n"
	    "            item\n"
	    "              label \"1.\"\n"
	    "              body\n"
	    "                p \"b\"\n"
	    "      item\n"
	    "        label alt=\"Done\" \"\xe2\x98\x91\"\n"
	    "        body\n"
	    "          p \"c\"\n"
	    "    list\n"
	    "      item\n"
	    "        label \"term\"\n"
	    "        body\n"
	    "          p \"one\"\n"
	    "          p \"two\"\n");
}

static void
test_tables(void **state)
{
	(void)state;
	check_is("| |a|\n|-|-|\n|b|1|\n| |2|\n\n| | |\n|-|-|\n|k|v|\n",
	    &laid.theme[0],
	    "    table\n"
	    "      thead\n"
	    "        row\n"
	    "          td\n"
	    "          th column \"a\"\n"
	    "      tbody\n"
	    "        row\n"
	    "          th row \"b\"\n"
	    "          td \"1\"\n"
	    "        row\n"
	    "          td\n"
	    "          td \"2\"\n"
	    "    table\n"
	    "      tbody\n"
	    "        row\n"
	    "          th row \"k\"\n"
	    "          td \"v\"\n");
}

/* A table set as a list of records is spoken as the table that it is. */
static void
test_records(void **state)
{
	struct made_up	 m;
	struct buf	 b = { 0 };
	str		 s;

	(void)state;
	for (int k = 0; k < 4; k++) {
		for (int i = 0; i < 30; i++)
			buf_printf(&b, k == 1 ? "|---" : "|%s%d",
			    k == 0 ? "Heading" : "incomprehensibly", i);
		buf_z(&b, "|\n");
	}
	buf_char(&b, '\0');
	lay_out(&m, b.p, &laid.theme[1]);
	s = buf_view(&m.spoken);
	assert_int_not_equal(str_find(s, S("th column \"Heading29\"\n")),
	    SIZE_MAX);
	assert_int_not_equal(str_find(s, S("td \"incomprehensibly29\"\n")),
	    SIZE_MAX);
	clear(&m);
	buf_done(&b);
}

/* At the foot behind the block with the mark, at the end in a section. */
static void
test_notes(void **state)
{
	const char	*text = "a[^1] b\n\nc\n\n[^1]: d\n";

	(void)state;
	check_is(text, &laid.theme[1],
	    "    p\n"
	    "      \"a\"\n"
	    "      noteref\n"
	    "        link to=\"x.n1\" about=\"Note 1\" \"1\"\n"
	    "      \" b\"\n"
	    "    note\n"
	    "      label\n"
	    "        link to=\"x.r1\" about=\"Back to the text 1\" \"1\"\n"
	    "      p \"d\"\n"
	    "    p \"c\"\n");
	check_is(text, &laid.theme[0],
	    "    p\n"
	    "      \"a\"\n"
	    "      noteref\n"
	    "        link to=\"x.n1\" about=\"Note 1\" \"1\"\n"
	    "      \" b\"\n"
	    "    p \"c\"\n"
	    "    sect\n"
	    "      heading 2 \"Notes\"\n"
	    "      note\n"
	    "        label\n"
	    "          link to=\"x.r1\" about=\"Back to the text 1\" "
	    "\"1.\"\n"
	    "        p \"d\"\n");
}

/* Languages, code, links over parts; a break is a blank. */
static void
test_inlines(void **state)
{
	(void)state;
	check_is("a\\\n<span lang=\"fr\">*b*</span> \u092d\u093e `c` "
	    "[d `e` \u0ba4](https://x.example/)\n", &laid.theme[0],
	    "    p\n"
	    "      \"a \"\n"
	    "      span lang=\"fr\" \"b\"\n"
	    "      \" \"\n"
	    "      span lang=\"hi\" \"\u092d\u093e\"\n"
	    "      \" \"\n"
	    "      code \"c\"\n"
	    "      \" \"\n"
	    "      link to=\"https://x.example/\" about=\"d e \u0ba4\"\n"
	    "        \"d \"\n"
	    "        code \"e\"\n"
	    "        \" \"\n"
	    "        span lang=\"ta\" \"\u0ba4\"\n");
}

/* Lines of code are apart, one that is broken is whole. */
static void
test_code(void **state)
{
	struct made_up	 m;
	str		 s;

	(void)state;
	lay_out(&m, "```\na = 1;\nb\n\nc: this one is a line that does not fit "
	    "into the measure_of_a_page_which_is_not_so_wide_as_all_of_that; "
	    "and goes on\nd\n```\n", &laid.theme[2]);
	s = buf_view(&m.spoken);
	assert_int_not_equal(str_find(s, S("code \"a = 1; b c: this one is a "
	    "line that does not fit into the measure_of_a_page_which_is_not_"
	    "so_wide_as_all_of_that; and goes on d ")), SIZE_MAX);
	clear(&m);
}

/* Twice the same article in one month. */
static void
check_bound(struct world *w, const struct theme *th)
{
	struct book_request r = { .kind = BOOK_COMPILATION,
				    .language = w->doc->meta.language };
	const struct book *alone = w->book;
	struct laid_out	 o;

	period_parse(S("2020-10"), &r.period);
	w->book = book_bind(w->a, publication(), &r, (const struct doc *[]){
	    w->doc, w->doc }, 2, w->diag);
	o = laid_make_in(&laid, w, th);
	laid_elems(o.p, w->a, th->notes == NOTES_FOOT);
	laid_done(&o);
	w->book = alone;
}

static void
test_specimen(void **state)
{
	int		 err;
	struct root	*r = root_open("tests/specimen", &err);

	(void)state;
	assert_non_null(r);
	for (size_t i = 0; i < ARRAY_LEN(scripts); i++) {
		const struct theme *th = &laid.theme[i %
				    ARRAY_LEN(laid.theme)];
		struct world	 w;
		struct laid_out	 o;
		str		 s;

		assert_int_equal(root_read(r, arena_printf(laid.a, "%s.md",
		    scripts[i]), 1 << 20, laid.a, &s), 0);
		make(&w, s);
		assert_non_null(w.doc);
		o = laid_make_in(&laid, &w, th);
		laid_elems(o.p, w.a, th->notes == NOTES_FOOT);
		laid_done(&o);
		check_bound(&w, th);
		done(&w);
	}
	root_close(r);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_inlines),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_specimen),
	};

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
