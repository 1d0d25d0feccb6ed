/*
 * test_layout_properties.c: what holds for the pages of every article
 * (laid_blocks.h), tried on documents grown from a grammar: all kinds of
 * blocks within each other, tables, definitions, notes, figures, many
 * scripts, long words, text from right to left; on pages of several sizes,
 * in every theme.
 *
 * PROPERTY_SHOW=1 prints each document; PROPERTY_RUNS, PROPERTY_SEED: how
 * many, from which seed.
 */
#include <unistd.h>

#include "laid_blocks.h"

#define DEPTH	5

static struct laid laid;
static const struct theme *shapes[16];	/* in turn */
static uint32_t nshapes;
static struct image_store *images;
static const char *const pictures[] = { "images/landscape.jpg",
	"images/portrait.png", "images/tiny.png", "images/wide.png",
	"images/chart.svg", "images/photo.webp", "images/dots.gif" };
static uint32_t seed;		/* of the document at hand */

struct grow {
	struct buf	*b;
	uint64_t	 r;
	char		 prefix[64];	/* of each line: quotes and indents */
	unsigned	 depth, notes;
	bool		 rtl;
};

static uint32_t
below(struct grow *g, uint32_t n)
{
	g->r = g->r * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((g->r >> 33) % n);
}

/* ---- inlines ---------------------------------------------------------- */

static const char *const latin[] = { "water", "of", "the", "a", "in", "rivers",
	"government", "a\xcc\x81", "characteristically", "\xc3\x9c" "bergr\xc3"
	"\xb6\xc3\x9f" "e", "strength", "1,234,567.89", "2019-20", "Rs 500",
	"\"quoted\"", "'single'", "isn't", "--", "---", "...", "1/2", "10 km",
	"p. 17", "Dr A. P. J. Abdul Kalam", "well-known", "and/or", "(b)", "x",
	"\xe2\x82\xb9" "25,000 crore", "Donaudampfschifffahrtsgesellschaft",
	"T\xc5\x8dky\xc5\x8d", "50 %", "\xe2\x80\x94", "so", "on," };
static const char *const scripts[] = { "\u092d\u093e\u0930\u0924",
	"\u0905\u0902\u0924\u0930\u094d\u0930\u093e\u0937\u094d\u091f\u094d"
	"\u0930\u0940\u092f \u0938\u0939\u092f\u094b\u0917\u0964",
	"\u09ac\u09be\u0982\u09b2\u09be", "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",
	"\u0c24\u0c46\u0c32\u0c41\u0c17\u0c41", "\u0c95\u0ca8\u0ccd\u0ca8\u0ca1",
	"\u0d2e\u0d32\u0d2f\u0d3e\u0d33\u0d02", "\u0a97\u0ac1\u0a9c",
	"\u0a2a\u0a70\u0a1c\u0a3e\u0a2c", "\u0b13\u0b21\u0b3c\u0b3f\u0b06",
	"\u0627\u0631\u062f\u0648", "\u67d0\u6cb3\u6d41\u57df\u9762\u79ef"
	"\u7ea6\u4e3a180\u4e07\uff0c\u5f88\u5927\u3002", "\u300c\u304b"
	"\u300d\u3068\uff08\u62ec\u5f27\uff09\u3001\u30fc", "\u0e44\u0e17\u0e22",
	"\ud55c\uad6d", "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1" };
static const char *const urdu[] = { "\u062f\u0631\u06cc\u0627",
	"\u06a9\u06d2", "\u06a9\u0646\u0627\u0631\u06d2\u060c",
	"\u067e\u0627\u0646\u06cc", "\u06c1\u06d2\u06d4", "UNESCO",
	"\u0633\u0646\u06c1 2020 \u0645\u06cc\u06ba", "(World Bank)",
	"\u06f1\u06f9\u06f7\u06f6\u0621", "3,180", "\u0646\u06c1\u0631\u0648"
	"\u06ba", "\"\u0642\u0648\u0644\"" };
static const char *const special[] = {
	"https://example.org/a/rather/long/path/index.html?with=a&query=text",
	"mail@example.org", "[a link of some words](https://example.org/)",
	"**strong words**", "*emphasis*", "***both***", "~~gone~~",
	"`code span`", "`a_rather_long_identifier_in_code(of, some, length)`",
	"H<sub>2</sub>O", "m<sup>2</sup>", "<kbd>Ctrl</kbd>",
	"**bold *nested* bold**", "\\\n", "![a dot](images/tiny.png)",
	"<span class=\"smallcaps\">Nato, unesco</span>", "1st", "A&shy;B",
	"Lop\xc2\xad" "ado\xc2\xadtemacho\xc2\xadselacho" };

static const char *
word(struct grow *g)
{
	uint32_t k = below(g, 24);

	if (k == 0)
		return special[below(g, ARRAY_LEN(special))];
	if (k < 3)
		return scripts[below(g, ARRAY_LEN(scripts))];
	if (g->rtl && k < 20)
		return urdu[below(g, ARRAY_LEN(urdu))];
	return latin[below(g, ARRAY_LEN(latin))];
}

static void
text(struct grow *g, uint32_t most, bool marks)
{
	uint32_t n = 1 + below(g, most);

	buf_z(g->b, g->rtl ? urdu[0] : "So");
	while (n-- > 0) {
		const char *w = word(g);

		if (!marks && (w[0] == '\\' || w[0] == '!'))
			continue;
		buf_z(g->b, " ");
		buf_z(g->b, w);
		if (w[0] == '\\')
			buf_printf(g->b, "%sx", g->prefix);
		if (marks && below(g, 40) == 0)
			buf_printf(g->b, "[^%u]", 1 + below(g, ++g->notes));
	}
}

/* ---- blocks ----------------------------------------------------------- */

static void	block(struct grow *);

static void
blocks(struct grow *g, uint32_t most)
{
	uint32_t n = 1 + below(g, most);

	while (n-- > 0)
		block(g);
}

static void
line(struct grow *g, const char *before)
{
	buf_z(g->b, g->prefix);
	buf_z(g->b, before);
}

static void
end(struct grow *g)
{
	buf_z(g->b, "\n");
	line(g, "\n");
}

static void
push(struct grow *g, const char *s)
{
	assert_true(strlen(g->prefix) + strlen(s) < sizeof g->prefix);
	strcat(g->prefix, s);
	g->depth++;
}

static void
pop(struct grow *g, size_t n)
{
	g->prefix[strlen(g->prefix) - n] = '\0';
	g->depth--;
}

/* The first line of an item bears the mark, the others an indent. */
static void
list(struct grow *g)
{
	static const char *const marks[] = { "- ", "- [ ] ", "- [x] ", "1. ",
	    "98) ", "998. " };
	const char *m = marks[below(g, ARRAY_LEN(marks))];
	const char *pad = m[0] == '-' ? "  " : m[1] == '.' ? "   " :
	    m[2] == ')' ? "    " : "     ";
	uint32_t n = 1 + below(g, 5);
	bool	 tight = below(g, 2);

	while (n-- > 0) {
		line(g, m);
		text(g, 20, true);
		buf_z(g->b, "\n");
		if (!tight)
			line(g, "\n");
		if (below(g, 4) == 0 && g->depth < DEPTH) {
			line(g, "\n");
			push(g, pad);
			blocks(g, 2);
			pop(g, strlen(pad));
		}
	}
	line(g, "\n");
}

static void
definitions(struct grow *g)
{
	for (uint32_t n = 1 + below(g, 4); n > 0; n--) {
		for (uint32_t k = 1 + below(g, below(g, 4) ? 1 : 3); k > 0; k--) {
			line(g, "");
			text(g, below(g, 9) ? 2 : 20, false);
			buf_z(g->b, "\n");
		}
		for (uint32_t k = 1 + below(g, 2); k > 0; k--) {
			line(g, ": ");
			text(g, below(g, 5) ? 15 : 80, false);
			end(g);
		}
		if (below(g, 4) == 0 && g->depth < DEPTH) {
			push(g, "    ");
			blocks(g, 2);
			pop(g, 4);
		}
	}
}

static void
quote(struct grow *g)
{
	static const char *const kinds[] = { "NOTE", "TIP", "IMPORTANT",
	    "WARNING", "CAUTION" };
	uint32_t kind = below(g, 2 * ARRAY_LEN(kinds));

	push(g, "> ");
	if (kind < ARRAY_LEN(kinds)) {
		line(g, "");
		buf_printf(g->b, "[!%s]\n", kinds[kind]);
	}
	blocks(g, 3);
	if (below(g, 3) == 0) {
		line(g, "\xe2\x80\x94 A. Writer, Editor, ");
		text(g, 8, false);
		end(g);
	}
	pop(g, 2);
	buf_z(g->b, "\n");
}

static void
caption(struct grow *g)
{
	line(g, "Table: ");
	text(g, below(g, 3) ? 6 : 40, below(g, 4) == 0);
	end(g);
}

static void
table(struct grow *g)
{
	static const char *const aligns[] = { "---|", ":--|", ":-:|", "--:|" };
	uint32_t cols = 1 + below(g, below(g, 4) ? 5 : 12);
	uint32_t rows = 1 + below(g, below(g, 6) ? 6 : 70);

	if (below(g, 4) == 0)
		caption(g);
	for (uint32_t r = 0; r <= rows; r++) {
		line(g, "|");
		for (uint32_t c = 0; c < cols; c++) {
			if (below(g, 3) == 0)
				buf_printf(g->b, "%u.%u", below(g, 5000),
				    below(g, 100));
			else if (below(g, 8))
				text(g, below(g, 6) ? 3 : 30, false);
			if (below(g, 60) == 0)
				buf_printf(g->b, "[^%u]", ++g->notes);
			buf_z(g->b, "|");
		}
		buf_z(g->b, "\n");
		if (r > 0)
			continue;
		line(g, "|");
		for (uint32_t c = 0; c < cols; c++)
			buf_z(g->b, aligns[below(g, 4)]);
		buf_z(g->b, "\n");
	}
	line(g, "\n");
}

static void
code(struct grow *g)
{
	uint32_t n = 1 + below(g, 12);

	line(g, "```\n");
	while (n-- > 0) {
		line(g, below(g, 3) ? "" : "\t");
		for (uint32_t k = below(g, 14); k > 0; k--)
			buf_z(g->b, below(g, 30) ? "word(a, b); " :
			    "averyveryveryveryverylongidentifierindeed");
		buf_z(g->b, "\n");
	}
	line(g, "```");
	end(g);
}

static void
figure(struct grow *g)
{
	line(g, "");
	buf_printf(g->b, "![A picture](%s", pictures[below(g,
	    ARRAY_LEN(pictures))]);
	if (below(g, 3)) {
		buf_z(g->b, " \"A caption of ");
		for (uint32_t n = below(g, 30); n > 0; n--)
			buf_printf(g->b, "words %u ", n);
		buf_z(g->b, "or so\"");
	}
	buf_z(g->b, ")");
	end(g);
}

static void
heading(struct grow *g)
{
	static const char *const marks[] = { "## ", "## ", "### ", "#### ",
	    "##### ", "###### " };

	line(g, marks[below(g, ARRAY_LEN(marks))]);
	text(g, 10, false);
	if (below(g, 10) == 0)
		buf_printf(g->b, "[^%u]", ++g->notes);
	end(g);
}

static void
block(struct grow *g)
{
	bool	 deep = g->depth >= DEPTH;

	switch (below(g, 22)) {
	case 0: case 1:
		heading(g);
		break;
	case 2: case 3: case 4:
		if (!deep) {
			list(g);
			break;
		} /* FALLTHROUGH */
	case 5: case 6:
		if (!deep) {
			quote(g);
			break;
		} /* FALLTHROUGH */
	case 7: case 8:
		table(g);
		break;
	case 9:
		code(g);
		break;
	case 10: case 11:
		figure(g);
		break;
	case 12: case 13:
		definitions(g);
		break;
	case 14:
		line(g, "***");
		end(g);
		break;
	default:
		line(g, "");
		text(g, below(g, 4) ? 30 : 150, true);
		end(g);
	}
}

static void
notes(struct grow *g)
{
	for (uint32_t i = 1; i <= g->notes; i++) {
		buf_printf(g->b, "[^%u]: ", i);
		text(g, below(g, 5) ? 15 : 200, false);
		buf_z(g->b, "\n\n");
		if (below(g, 6) == 0) {
			push(g, "    ");
			blocks(g, 2);
			pop(g, 4);
		}
	}
}

static void
document(struct grow *g)
{
	g->rtl = below(g, 6) == 0;
	g->depth = g->notes = 0;
	g->b->n = 0;
	buf_printf(g->b, "---\ntitle: Grown\ndate: 2020-10-12\nsection: economy\n"
	    "language: %s\n", g->rtl ? "ur" : "en");
	if (below(g, 2))
		buf_z(g->b, "summary: What it is about, in some words.\n"
		    "tags: [one, two]\nauthors: [A. Writer]\n");
	buf_z(g->b, "---\n\n");
	blocks(g, below(g, 4) ? 6 : 25);
	notes(g);
}

/* ---- layout ----------------------------------------------------------- */

/* All stages up to the pages. */
static void
bind(struct world *w, str file, bool rtl)
{
	struct book_request r = { .kind = BOOK_ARTICLE,
				  .language = rtl ? S("ur") : S("en") };
	struct srcmap *map;
	uint32_t base;

	*w = (struct world){ .mem = { 0, (size_t)1 << 31, NULL } };
	w->a = arena_new(&w->mem);
	map = srcmap_new(w->a);
	w->diag = diag_new(w->a, map);
	w->file = file;
	base = srcmap_add(map, S("x.md"), file);
	w->doc = md_parse(w->a, S("x.md"), file, base, 
	    &(struct doc_defaults){ S("en"), HABITS_DEFAULT },
	    &limits_default, w->diag);
	assert_non_null(w->doc);
	w->book = book_bind(w->a, publication(), &r, &w->doc, 1, w->diag);
}

static const struct pages *
lay(struct world *w, const struct theme *t, struct arena *a)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct arena *work = arena_new(&w->mem), *scratch = arena_new(&w->mem);
	struct layout_in in = { .book = w->book, .theme = t,
				.fonts = laid.fonts, .images = images,
				.limits = &limits_default };
	const struct pages *p;

	in.text = text_engine_new(w->a, laid.fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    w->diag);
	p = layout_book(a, work, scratch, &in, w->diag);
	text_engine_close(in.text);
	arena_free(work);
	arena_free(scratch);
	return p;
}

/* false: lines are too long, so that places were not looked at. */
static bool
check(const struct grow *g, const struct theme *t)
{
	struct world w;
	const struct pages *p;
	bool	 overfull = false;

	bind(&w, buf_view(g->b), g->rtl);
	p = lay(&w, t, w.a);
	for (size_t i = 0; i < diag_count(w.diag); i++)
		overfull |= diag_at(w.diag, i).id == DIAG_PAR_OVERFULL;
	assert_true(p->n > 0);
	check_blocks(p, w.doc);
	laid_elems(p, w.a, t->notes == NOTES_FOOT);
	check_places(p, t, overfull);
	done(&w);
	return !overfull;
}

static uint32_t
setting(const char *name, uint32_t otherwise)
{
	const char *s = getenv(name);

	return s != NULL ? (uint32_t)strtoul(s, NULL, 10) : otherwise;
}

static void
test_grown(void **state)
{
	struct buf b = { 0 };
	uint32_t runs = setting("PROPERTY_RUNS", 640), looked = 0;
	uint32_t first = setting("PROPERTY_SEED", 1);

	(void)state;
	for (uint32_t i = 0; i < runs; i++) {
		struct grow g = { .b = &b, .r = seed = first + i };

		for (int k = 0; k < 4; k++)
			below(&g, 2);
		document(&g);
		if (getenv("PROPERTY_SHOW"))
			fprintf(stderr, "== seed %u\n%.*s\n", seed,
			    (int)b.n, b.p);
		looked += check(&g, shapes[seed % nshapes]);
	}
	assert_true(looked * 10 >= runs * 6);
	buf_done(&b);
}

/* ---- themes and pictures ---------------------------------------------- */

static void
shapes_open(void)
{
	static const char *const names[] = { "book", "magazine",
	    "large-print", "compact" };
	static const struct { sp w, h; } sizes[] = { { 595, 842 },
	    { 420, 595 }, { 612, 792 }, { 300, 450 } };
	const struct theme *t;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
			t = theme_load(laid.a, str_c(names[i]),
			    sizes[k].w * SP_PT, sizes[k].h * SP_PT,
			    laid.diag);
			assert_non_null(t);
			shapes[nshapes++] = t;
		}
}

static struct root *
images_open(void)
{
	int	 err;
	struct root *r = root_open("tests/specimen", &err);

	assert_non_null(r);
	images = image_store_new(laid.a, r, &limits_default, laid.diag);
	for (size_t i = 0; i < ARRAY_LEN(pictures); i++)
		assert_non_null(image_load(images, S("x.md"),
		    str_c(pictures[i]), SPAN_NONE));
	return r;
}

int
main(void)
{
	int failed;
	struct root *r;
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_grown) };

	laid_open(&laid);
	shapes_open();
	r = images_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (failed) {		/* said last: no leaks of what was left */
		print_error("the document of PROPERTY_SEED=%u\n", seed);
		fflush(NULL);
		_exit(1);
	}
	root_close(r);
	laid_close(&laid);
	return failed;
}
