/*
 * test_habits.c: the habits of typographers: tables of texts before and
 * after, per language; marks, code and ids around them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "in/md/md.h"

struct row { const char *lang, *before, *after; };

static struct mem_limit lim;

/* In the tables ~ is U+00A0 and ` is U+202F. */
static str
plain(struct arena *a, const char *z)
{
	char *out = ARENA_NEW(a, char, strlen(z) * 3 + 1);
	size_t n = 0;

	for (; *z != '\0'; z++)
		if (*z == '~')
			n += utf8_put(out + n, 0xa0);
		else if (*z == '`')
			n += utf8_put(out + n, 0x202f);
		else
			out[n++] = *z;
	return (str){ out, n };
}

static struct arena *
fresh(void)
{
	lim = (struct mem_limit){ 0, (size_t)1 << 30, NULL };
	return arena_new(&lim);
}

static void
check(const struct row *v, size_t n, unsigned habits)
{
	struct arena *a = fresh();

	for (size_t i = 0; i < n; i++) {
		str want = plain(a, v[i].after);
		str got = doc_habits_str(a, str_c(v[i].before),
		    str_c(v[i].lang), habits);

		if (!str_eq(got, want))
			print_error("%s: %s\n  want %.*s\n  have %.*s\n",
			    v[i].lang, v[i].before, STR_ARG(want),
			    STR_ARG(got));
		assert_true(str_eq(got, want));
		/* Once more changes nothing. */
		assert_true(str_eq(doc_habits_str(a, got, str_c(v[i].lang),
		    habits), got));
	}
	arena_free(a);
}

static void
t_quotes(void **state)
{
	static const struct row v[] = {
		{ "en", "\"Yes,\" he said.", "“Yes,” he said." },
		{ "en-GB", "'Yes', he said.", "‘Yes’, he said." },
		{ "en", "He said \"it's 'all' right\".",
		    "He said “it’s ‘all’ right”." },
		{ "en", "\"'Tis so,\" she said", "“’Tis so,” she said" },
		{ "en", "\"'All' of it\"", "“‘All’ of it”" },
		{ "en", "\"He said 'no'\"", "“He said ‘no’”" },
		{ "en", "(\"in brackets\")", "(“in brackets”)" },
		{ "en", "['so']", "[‘so’]" },
		{ "en", "word—\"word\"—word", "word—“word”—word" },
		{ "en", "the '20s and the 1990's, class of '98",
		    "the ’20s and the 1990’s, class of ’98" },
		{ "en", "the states' rights and India's", "the states’ rights "
		    "and India’s" },
		{ "en", "rock 'n' roll, catch 'em", "rock ’n’ roll, catch ’em" },
		{ "en", "5'10\" tall, a 6' wall, a 12\" pipe",
		    "5'10\" tall, a 6' wall, a 12\" pipe" },
		{ "en", "5' 10\" tall", "5' 10\" tall" },
		{ "en", "\"born in 1990\"", "“born in 1990”" },
		{ "en", "\"the '80s\"", "“the ’80s”" },
		{ "en", "\"He is 5'10\" tall\"", "“He is 5'10\" tall”" },
		{ "en", "don't, O'Brien, l'etat", "don’t, O’Brien, l’etat" },
		{ "en", "\"one\" \"two\"", "“one” “two”" },
		{ "en", "“as it is” ‘so’", "“as it is” ‘so’" },
		{ "en", "a \" b ' c", "a \" b ' c" },
		{ "en", "\"unclosed, of a longer speech",
		    "“unclosed, of a longer speech" },
		{ "en", "see https://x.org/a'b--c\"d\" and 'www.x.org/it's'",
		    "see https://x.org/a'b--c\"d” and ‘www.x.org/it's’" },
		{ "en", "x'y@example.org", "x'y@example.org" },
		{ "en", "a \xe2\x81\xa0\"straight\xe2\x81\xa0\" one",
		    "a \xe2\x81\xa0\"straight\xe2\x81\xa0\" one" },
		{ "hi", "उसने कहा, \"यह 'सही' है।\"", "उसने कहा, “यह ‘सही’ है।”" },
		{ "ur", "اس نے کہا، \"یہ\" ٹھیک", "اس نے کہا، ”یہ“ ٹھیک" },
		{ "ar", "قال \"نعم\" ثم", "قال ”نعم“ ثم" },
		{ "de", "Er sagte: \"Das ist 'gut', wie geht's?\"",
		    "Er sagte: „Das ist ‚gut‘, wie geht’s?“" },
		{ "de-AT", "\"Ja\"", "„Ja“" },
		{ "fr", "Il dit \"oui\" et l'autre", "Il dit «~oui~» et l’autre" },
		{ "fr", "Il dit « oui » !", "Il dit «~oui~»`!" },
		{ "sv", "\"ja\"", "”ja”" },
		{ "es", "\"sí\"", "«sí»" },
		{ "ru", "\"да\"", "«да»" },
		{ "pl", "\"tak\"", "„tak”" },
	};

	(void)state;
	check(v, ARRAY_LEN(v), HABITS_DEFAULT);
}

static void
t_dashes(void **state)
{
	static const struct row v[] = {
		{ "en", "2019--20, and --- so", "2019–20, and~— so" },
		{ "en", "one---two", "one—two" },
		{ "en", "one -- two", "one~– two" },
		{ "en", "the --strict option, --", "the --strict option,~–" },
		{ "en", "--- A. Author", "— A.~Author" },
		{ "en", "a ---- b <-- c --> d", "a ---- b <-- c --> d" },
		{ "en", "one - two, e-mail", "one~- two, e-mail" },
		{ "en", "one – two — three", "one~– two~— three" },
		{ "en", "Well... no.... ..", "Well… no.... .." },
		{ "en", "../a .../b", "../a .../b" },
	};

	(void)state;
	check(v, ARRAY_LEN(v), HABITS_DEFAULT);
}

static void
t_spaces(void **state)
{
	static const struct row v[] = {
		{ "en", "5 km, 20 % of 500 crore", "5~km, 20~% of 500~crore" },
		{ "en", "5 kids of 20 men", "5 kids of 20 men" },
		{ "en", "Rs 500, Rs. 5, ₹ 500 crore",
		    "Rs~500, Rs.~5, ₹~500~crore" },
		{ "en", "GS 2, GS II, No. 5, Part IV of", "GS~2, GS~II, No.~5, "
		    "Part~IV of" },
		{ "en", "Article 21 and Section 144 (page 5)",
		    "Article~21 and Section~144 (page~5)" },
		{ "en", "Dr Singh met Mrs. Rao, a Dr of law",
		    "Dr~Singh met Mrs.~Rao, a Dr of law" },
		{ "en", "A. P. J. Abdul Kalam and A.P.J. Kalam",
		    "A.~P.~J.~Abdul Kalam and A.P.J.~Kalam" },
		{ "en", "on 12 October 2020, 1st May, 112 May",
		    "on 12~October 2020, 1st~May, 112 May" },
		{ "en", "in 2020 October", "in 2020 October" },
		{ "en", "+91 98765 43210", "+91~98765 43210" },
		{ "en", "10 \xc2\xb0""C, 3 m\xc2\xb2", "10~\xc2\xb0""C, 3~m\xc2\xb2" },
		{ "en", "5 ", "5 " },
		{ "en", " 5  km", " 5  km" },
		{ "hi", "अनुच्छेद 21, 500 करोड़ रुपये।", "अनुच्छेद~21, 500~करोड़ रुपये।" },
		{ "hi", "१२ अक्टूबर, डॉ. सिंह, ५ किमी।", "१२~अक्टूबर, डॉ.~सिंह, ५~किमी।" },
		{ "hi", "हाँ । यही । 5 लाख ।", "हाँ~। यही~। 5~लाख~।" },
		{ "ur", "دفعہ 370، 12 اکتوبر", "دفعہ~370، 12~اکتوبر" },
		{ "ur", "10 فیصد، 5 لاکھ۔", "10~فیصد، 5~لاکھ۔" },
		{ "en", "60 µg/m³ of PM 2.5, SDG 6, World War II",
		    "60~µg/m³ of PM~2.5, SDG~6, World War~II" },
		{ "fr", "Quoi ? Non ; si : oui !", "Quoi`? Non`; si~: oui`!" },
		{ "en", "What ? No", "What ? No" },
	};

	(void)state;
	check(v, ARRAY_LEN(v), HABITS_DEFAULT);
}

static void
t_switches(void **state)
{
	static const char all[] = "\"a\" -- b... 5 km";
	static const struct row quotes[] = { { "en", all, "“a” -- b... 5 km" } };
	static const struct row dashes[] = { { "en", all, "\"a\" – b... 5 km" } };
	static const struct row dots[] = { { "en", all, "\"a\" -- b… 5 km" } };
	static const struct row none[] = { { "en", all, all } };

	(void)state;
	check(quotes, 1, HABIT_QUOTES);
	check(dashes, 1, HABIT_DASHES);
	check(dots, 1, HABIT_ELLIPSES);
	check(none, 1, 0);
	check(none, 1, HABIT_FRACTIONS | HABIT_ORDINALS);
}

static const struct doc *
parse(struct arena *a, const char *fm, const char *md)
{
	struct srcmap *sm = srcmap_new(a);
	str file = arena_printf(a, "---\ntitle: The \"T\"\ndate: 2020-10-12\n"
	    "section: x\nsummary: It's -- so\nauthors: [A. B. Sen]\n"
	    "tags: [it's]\n%s---\n%s", fm, md);
	struct doc_defaults d = { S("en"), HABITS_DEFAULT };
	const struct doc *doc = md_parse(a, S("x.md"), file, srcmap_add(sm,
	    S("x.md"), file), &d, &limits_default, diag_new(a, sm));

	assert_non_null(doc);
	return doc;
}

static void
text_is(struct arena *a, const struct doc *d, const char *want)
{
	str got = doc_plain(a, d->root);

	if (!str_eq(got, plain(a, want)))
		print_error("want %s\nhave %.*s\n", want, STR_ARG(got));
	assert_true(str_eq(got, plain(a, want)));
}

static void
t_inlines(void **state)
{
	struct arena *a = fresh();

	(void)state;
	text_is(a, parse(a, "", "He said \"*it's* **all** [right](x)\"."),
	    "He said “it’s all right”.");
	text_is(a, parse(a, "", "*\"Yes\"* and \"`a \"b\" -- c`'s\""),
	    "“Yes” and “a \"b\" -- c’s”");
	text_is(a, parse(a, "", "\"End.\"[^1] and\n\n[^1]: \"Note\""),
	    "“End.” and “Note”");
	text_is(a, parse(a, "", "Press <kbd>'</kbd> in \"x\""),
	    "Press ' in “x”");
	/* A line end of the source is a space like others. */
	text_is(a, parse(a, "", "Article\n21 of\nthe 5\nkm"),
	    "Article~21 of the 5~km");
	/* Marks do not join what stands apart. */
	text_is(a, parse(a, "", "a-*-b*"), "a--b");
	text_is(a, parse(a, "", "\"one\n\ntwo\""), "“one two”");
	text_is(a, parse(a, "", "    \"code\" -- 5 km"), "");
	text_is(a, parse(a, "", "<https://x.org/a--b'c>"),
	    "https://x.org/a--b'c");
	text_is(a, parse(a, "", "| \"a\" | 5 km |\n|---|---|\n| it's | -- |"),
	    "“a” 5~km it’s –");
	arena_free(a);
}

static void
t_meta(void **state)
{
	struct arena *a = fresh();
	const struct doc *d = parse(a, "", "x");

	(void)state;
	assert_true(str_eq(d->meta.title, S("The “T”")));
	assert_true(str_eq(d->meta.summary, plain(a, "It’s~– so")));
	assert_true(str_eq(d->meta.authors[0], plain(a, "A.~B.~Sen")));
	assert_true(str_eq(d->meta.tags[0], S("it's")));
	d = parse(a, "habits: off\n", "It's \"so\"");
	assert_true(str_eq(d->meta.title, S("The \"T\"")));
	text_is(a, d, "It's \"so\"");
	d = parse(a, "language: de\n", "\"so\"");
	text_is(a, d, "„so“");
	arena_free(a);
}

static void
t_written(void **state)
{
	struct arena *a = fresh();
	const struct doc *d = parse(a, "", "## A \"b\" -- 5 km\n\n## Plain");
	const struct doc_node *h = d->root->child;

	(void)state;
	assert_true(str_eq(doc_plain(a, h), plain(a, "A “b”~– 5~km")));
	assert_true(str_eq(h->as.heading.written, S("A \"b\" -- 5 km")));
	assert_null(h->next->as.heading.written.p);
	arena_free(a);
}

/* Words are counted alike with the habits on and off. */
static void
t_words(void **state)
{
	struct arena *a = fresh();
	static const char md[] = "On 12 October, Dr A. B. Sen -- of \"GS 2\".";

	(void)state;
	assert_int_equal(parse(a, "", md)->words,
	    parse(a, "habits: off\n", md)->words);
	arena_free(a);
}

/* Triggers without end cost no more than their length. */
static void
t_linear(void **state)
{
	static const char *const units[] = { "\"", "'", "-", "--x", "...x", "1 ",
	    "'\"", "\" ", "A. ", "x@\"", "5' ", "\xe0\xa5\xa4 " };
	static const str langs[] = { { "en", 2 }, { "fr", 2 }, { "hi", 2 } };
	struct arena *a = fresh();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct buf b = { 0 };
		struct arena_mark m = arena_mark(a);

		while (b.n < (1u << 20))
			buf_z(&b, units[i]);
		for (size_t k = 0; k < ARRAY_LEN(langs); k++) {
			str once = doc_habits_str(a, buf_view(&b), langs[k],
			    HABITS_DEFAULT);

			assert_true(utf8_valid(once, NULL));
			assert_true(str_eq(once, doc_habits_str(a, once,
			    langs[k], HABITS_DEFAULT)));
		}
		buf_done(&b);
		arena_release(a, m);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(t_quotes), cmocka_unit_test(t_dashes),
		cmocka_unit_test(t_spaces), cmocka_unit_test(t_switches),
		cmocka_unit_test(t_inlines), cmocka_unit_test(t_meta),
		cmocka_unit_test(t_written), cmocka_unit_test(t_words),
		cmocka_unit_test(t_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
