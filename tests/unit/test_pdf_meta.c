/*
 * test_pdf_meta.c: what a PDF says about itself. The ICC profile is read
 * byte by byte; Info and XMP of made-up books are compared; claims follow
 * the options; the linearized form keeps both.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "out/pdf/pdf_int.h"

struct world {
	struct mem_limit limit;
	struct arena	*a;
	struct fontset	*fonts;
	char		 dir[32];
	int		 fd;
};

static int
setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->limit.cap = (size_t)1 << 30;
	w->a = arena_new(&w->limit);
	w->fonts = fontset_open(w->a, "fonts", &limits_default,
	    diag_new(w->a, srcmap_new(w->a)));
	assert_non_null(w->fonts);
	strcpy(w->dir, "/tmp/test_pdf_meta.XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	w->fd = open(w->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	unlinkat(w->fd, "x.pdf", 0);
	close(w->fd);
	rmdir(w->dir);
	fontset_close(w->fonts);
	arena_free(w->a);
	free(w);
	return 0;
}

/* ---- the profile ------------------------------------------------------ */

static uint32_t
be32(str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;

	assert_true(at + 4 <= s.n);
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* Where the tag's data begin. */
static size_t
tag(str s, const char *name)
{
	for (size_t i = 0; i < be32(s, 128); i++) {
		size_t at = 132 + 12 * i, off = be32(s, at + 4);

		if (memcmp(s.p + at, name, 4) != 0)
			continue;
		assert_int_equal(off % 4, 0);
		assert_true(off >= 132 + 12 * be32(s, 128));
		assert_true(off + be32(s, at + 8) <= s.n);
		return off;
	}
	fail_msg("no tag %s", name);
	return 0;
}

static void
test_profile(void **state)
{
	static const char *const columns[] = { "rXYZ", "gXYZ", "bXYZ" },
	    *const others[] = { "desc", "cprt", "chad", "wtpt" },
	    *const curves[] = { "rTRC", "gTRC", "bTRC" };
	struct buf b = { 0 };
	str s;

	(void)state;
	pdf_icc_srgb(&b);
	s = buf_view(&b);
	assert_int_equal(be32(s, 0), s.n);
	assert_true(s.n % 4 == 0 && s.n < 600);
	assert_int_equal(be32(s, 8), 0x04200000);
	assert_memory_equal(s.p + 12, "mntrRGB XYZ ", 12);
	assert_memory_equal(s.p + 36, "acsp", 4);
	for (size_t i = 0; i < 3; i++) {	/* white is D50 exactly */
		uint32_t sum = 0;

		for (size_t k = 0; k < 3; k++)
			sum += be32(s, tag(s, columns[k]) + 8 + 4 * i);
		assert_int_equal(sum, be32(s, 68 + 4 * i));
		assert_int_equal(sum, be32(s, tag(s, "wtpt") + 8 + 4 * i));
	}
	for (size_t i = 0; i < 3; i++) {
		size_t at = tag(s, curves[i]);

		assert_memory_equal(s.p + at, "para\0\0\0\0\0\3\0\0", 12);
		/* 1 becomes 1; the straight part ends at 0.0031308 */
		assert_int_equal(be32(s, at + 16) + be32(s, at + 20),
		    0x10000);
		assert_in_range((uint64_t)be32(s, at + 24) *
		    be32(s, at + 28) * 10000000 >> 32, 31200, 31400);
	}
	for (size_t i = 0; i < 4; i++)
		tag(s, others[i]);
	buf_done(&b);
}

/* ---- books ------------------------------------------------------------ */

static const struct pages *
pages_of(struct arena *a, struct book *book)
{
	struct pages *p = ARENA_NEW(a, struct pages, 1);
	struct page *v = ARENA_NEW(a, struct page, 4);

	for (size_t i = 0; i < 4; i++)
		v[i] = (struct page){ .kind = PAGE_BODY, .w = SP_MM(210),
		    .h = SP_MM(297) };
	*p = (struct pages){ .book = book, .v = v, .n = 4,
	    .two_sided = true };
	book->stem = S("x");
	book->uuid = S("fd46b5ed-fe97-53c6-b86a-2d6f78ed1247");
	return p;
}

/* An article with two authors and all that XML would stumble over. */
static struct book *
article_book(struct arena *a)
{
	static const str authors[] = { { "Ann & Co", 8 },
	    { "  B\tC ", 6 } }, tags[] = { { "rain<", 5 }, { "", 0 },
	    { "sky", 3 }, { "rain<", 5 } };
	static const struct publication pub = { .publisher =
	    { "House > \"Home\"", 14 }, .rights = { "(c) <a>", 7 } };
	struct book *book = ARENA_NEW(a, struct book, 1);
	struct book_article *art = ARENA_NEW(a, struct book_article, 1);
	struct book_section *section = ARENA_NEW(a, struct book_section, 1);
	struct doc *doc = ARENA_NEW(a, struct doc, 1);

	doc->meta.summary = S("A\nsum\xc2\xad" "mary\xef\xbf\xbe]]>.");
	doc->meta.authors = authors;
	doc->meta.nauthors = 2;
	doc->meta.tags = tags;
	doc->meta.ntags = 4;
	art->doc = doc;
	section->title = S("Econ\xc3\xb3my");
	*book = (struct book){ .kind = BOOK_ARTICLE, .pub = &pub,
	    .language = S("pt-BR"), .title = S("<b>\xf0\x9d\x84\x9e & \"q\""),
	    .sections = section, .nsections = 1, .articles = art,
	    .narticles = 1, .date = { 2020, 10, 1 },
	    .modified = { 2020, 12, 31 } };
	return book;
}

static str
written(struct world *w, const struct pages *pages,
    const struct pdf_options *o, const struct limits *l, enum diag_id *what)
{
	struct diag *d = diag_new(w->a, srcmap_new(w->a));
	struct outfile *out = outfile_open(w->a, w->fd, S("x.pdf"));
	struct root *root;
	int err;
	str s = S("");

	assert_non_null(out);
	if (!pdf_write(pages, w->fonts, o, l, w->a, d, out)) {
		outfile_abort(out);
		assert_int_equal(diag_count(d), 1);
		*what = diag_at(d, 0).id;
		return s;
	}
	assert_true(outfile_commit(out));
	root = root_open(w->dir, &err);
	assert_int_equal(root_read(root, S("x.pdf"), 1 << 24, w->a, &s),
	    FILE_OK);
	root_close(root);
	return s;
}

static str
plain_file(struct world *w, struct book *book, const struct pdf_options *o)
{
	enum diag_id none;
	str s = written(w, pages_of(w->a, book), o, &limits_default, &none);

	assert_true(s.n > 0);
	return s;
}

static void
has(str s, const char *what)
{
	if (str_find(s, str_c(what)) == SIZE_MAX)
		fail_msg("not in the file: %s", what);
}

static void
lacks(str s, const char *what)
{
	if (str_find(s, str_c(what)) != SIZE_MAX)
		fail_msg("in the file: %s", what);
}

/* Info's /Key<FEFF...> says the text. */
static void
info(str s, const char *key, const char *utf8)
{
	struct buf b = { 0 };

	buf_z(&b, key);
	pdf_utf16(&b, str_c(utf8));
	buf_char(&b, '\0');
	has(s, b.p);
	buf_done(&b);
}

static const struct pdf_options both = { .threads = 1, .tags = true,
    .ua1 = true, .a2a = true, .producer = { "fascicle 0", 10 } };

static void
test_agree(void **state)
{
	struct world *w = *state;
	str s = plain_file(w, article_book(w->a), &both);

	info(s, "/Title", "<b>\xf0\x9d\x84\x9e & \"q\"");
	has(s, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">&lt;b&gt;"
	    "\xf0\x9d\x84\x9e &amp; &quot;q&quot;</rdf:li>"
	    "<rdf:li xml:lang=\"pt-BR\">&lt;b&gt;");
	info(s, "/Author", "Ann & Co; B C");
	has(s, "<dc:creator><rdf:Seq><rdf:li>Ann &amp; Co</rdf:li>"
	    "<rdf:li>B C</rdf:li></rdf:Seq></dc:creator>");
	info(s, "/Subject", "A summary ]]>.");
	has(s, "\"x-default\">A summary ]]&gt;.</rdf:li>");
	info(s, "/Keywords", "Econ\xc3\xb3my, rain<, sky");
	has(s, "<pdf:Keywords>Econ\xc3\xb3my, rain&lt;, sky</pdf:Keywords>");
	has(s, "<dc:subject><rdf:Bag><rdf:li>Econ\xc3\xb3my</rdf:li>"
	    "<rdf:li>rain&lt;</rdf:li><rdf:li>sky</rdf:li></rdf:Bag>");
	has(s, "<dc:publisher><rdf:Bag><rdf:li>House &gt; &quot;Home&quot;");
	has(s, "<dc:language><rdf:Bag><rdf:li>pt-BR</rdf:li></rdf:Bag>");
	has(s, "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">(c) &lt;");
	has(s, "/CreationDate(D:20201001000000Z)");
	has(s, "<xmp:CreateDate>2020-10-01T00:00:00Z<");
	has(s, "/ModDate(D:20201231000000Z)");
	has(s, "<xmp:ModifyDate>2020-12-31T00:00:00Z<");
	info(s, "/Creator", "fascicle 0");
	info(s, "/Producer", "fascicle 0");
	has(s, "<xmp:CreatorTool>fascicle 0<");
	has(s, "<pdf:Producer>fascicle 0<");
	has(s, "<xmpMM:DocumentID>uuid:fd46b5ed-fe97-53c6-b86a-2d6f78ed1247");
	lacks(s, "uuid:00000000");
	has(s, "/Lang(pt-BR)");
	has(s, "/PageLayout/TwoColumnRight");
	has(s, "/DisplayDocTitle true");
}

static str
instance(str s)
{
	size_t at = str_find(s, S("<xmpMM:InstanceID>uuid:"));

	assert_true(at != SIZE_MAX);
	return str_cut(s, at, at + 60);
}

/* Another version of a book is another instance of the same document. */
static void
test_instance(void **state)
{
	struct world *w = *state;
	struct book *book = article_book(w->a);
	str one = plain_file(w, book, &both);

	assert_true(str_eq(one, plain_file(w, book, &both)));
	book->title = S("Other");
	assert_false(str_eq(instance(one), instance(plain_file(w, book,
	    &both))));
}

/* A compilation by nobody in particular says less, and nothing is empty. */
static void
test_little(void **state)
{
	struct world *w = *state;
	struct book book = { .kind = BOOK_COMPILATION, .title = S("T"),
	    .subtitle = S("October"), .narrowed = S("#a"),
	    .language = S("ur"), .rtl = true, .date = { 2020, 10, 1 } };
	str s = plain_file(w, &book, &both);

	info(s, "/Title", "T \xe2\x80\x93 October \xe2\x80\x93 #a");
	has(s, "/ModDate(D:20201001000000Z)");
	lacks(s, "/Author");
	lacks(s, "dc:creator");
	lacks(s, "dc:publisher");
	lacks(s, "dc:description");
	lacks(s, "<rdf:li></rdf:li>");
	has(s, "/Direction/R2L");
}

static void
test_claims(void **state)
{
	static const struct { bool tags, ua1, a2a, says_ua, says_a; } v[] = {
		{ true, true, true, true, true },
		{ true, true, false, true, false },
		{ true, false, true, false, true },
		{ true, false, false, false, false },
		{ false, true, true, false, false },
	};
	struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		struct pdf_options o = both;
		str s;

		o.tags = v[i].tags;
		o.ua1 = v[i].ua1;
		o.a2a = v[i].a2a;
		s = plain_file(w, article_book(w->a), &o);
		(v[i].says_ua ? has : lacks)(s,
		    "<pdfuaid:part>1</pdfuaid:part>");
		(v[i].says_a ? has : lacks)(s, "<pdfaid:part>2</pdfaid:part>"
		    "\n<pdfaid:conformance>A</pdfaid:conformance>");
		(v[i].says_a ? has : lacks)(s, "/GTS_PDFA1");
		(v[i].says_a && v[i].says_ua ? has : lacks)(s,
		    "pdfaExtension:schemas");
	}
}

static void
test_linearized(void **state)
{
	struct world *w = *state;
	struct pdf_options o = both;
	struct limits tight = limits_default;
	enum diag_id what = DIAG_COUNT;
	str one, two;

	o.linearize = true;
	one = plain_file(w, article_book(w->a), &o);
	two = plain_file(w, article_book(w->a), &o);
	assert_true(str_eq(one, two));
	has(one, "/Linearized 1");
	has(one, "<pdfaid:part>2</pdfaid:part>");
	assert_true(str_find(one, S("/Linearized 1")) < 1024);
	tight.pdf_bytes = 4000;
	one = written(w, pages_of(w->a, article_book(w->a)), &o, &tight,
	    &what);
	assert_int_equal(one.n, 0);
	assert_int_equal(what, DIAG_PDF_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profile),
		cmocka_unit_test_setup_teardown(test_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(test_instance, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_little, setup, teardown),
		cmocka_unit_test_setup_teardown(test_claims, setup, teardown),
		cmocka_unit_test_setup_teardown(test_linearized, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
