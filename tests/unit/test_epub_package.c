/*
 * test_epub_package.c: the bytes of the container, read by hand, and what
 * the package document says of books of several kinds.
 *
 * No validator looks at most of this: which methods, times, attributes and
 * names an archive has, that a series' position is a number and the same
 * month's in each language, or that a feature is true.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zip.h>

#include "out/epub/epub.h"

#define Z(lit)	{ "" lit, sizeof(lit) - 1 }

struct fix {
	struct mem_limit mem;
	struct arena	*a;
	struct diag	*diag;
	char		 dir[32];
	int		 fd;
};

static const struct pub_title sections_titles[] = { { Z(""), Z("Economy") } };
static const struct pub_section sections[] = {
	{ Z("economy"), sections_titles, 1 } };
static const struct pub_title titles[] = {
	{ Z("en"), Z("Affairs") }, { Z("hi"), Z("\xe0\xa4\x95") } };
static const struct publication house = { .title = Z("Affairs"),
	.titles = titles, .ntitles = 2, .slug = Z("affairs"),
	.publisher = Z("Press & Sons"), .rights = Z("All <rights>"),
	.language = Z("en"), .ns = Z("https://example.org/"),
	.sections = sections, .nsections = 1 };

static struct doc *
make_doc(struct fix *f, const char *id, str lang, const str *tags,
    size_t ntags)
{
	static const str authors[] = { Z("A. Writer"), Z("Desk") };
	struct doc_builder *b = doc_builder_new(f->a, &limits_default,
	    f->diag);
	struct doc *d;
	int i;

	doc_open(b, DOC_PARA, SPAN_NONE);
	for (i = 0; i < 50; i++)
		doc_text(b, SPAN_NONE, S("Words that can be deflated. "));
	doc_close(b);
	d = doc_finish(b, arena_printf(f->a, "2020/10/%s.md", id));
	d->meta.title = str_c(id);
	d->meta.id = str_c(id);
	d->meta.section = S("economy");
	d->meta.language = lang;
	d->meta.summary = S("In short");
	d->meta.date = (struct date){ 2020, 10, 12 };
	d->meta.authors = authors;
	d->meta.nauthors = 2;
	d->meta.tags = tags;
	d->meta.ntags = ntags;
	d->meta.source_url = S("https://example.org/source");
	return d;
}

static const str tags_one[] = { Z("rare"), Z("water") };
static const str tags_two[] = { Z("water"), Z("  "), Z("sky") };

/* Two articles; of an article's book, the first of them. */
static const struct book *
make_book(struct fix *f, const struct publication *pub,
    struct book_request r, const char *period)
{
	const struct doc *docs[2];

	docs[0] = make_doc(f, "one", r.language, tags_one, 2);
	docs[1] = make_doc(f, "two", r.language, tags_two, 3);
	assert_true(period_parse(str_c(period), &r.period));
	return book_bind(f->a, pub, &r, docs, r.kind == BOOK_ARTICLE ? 1 : 2,
	    f->diag);
}

static str
slurp(struct fix *f, const char *name)
{
	int fd = openat(f->fd, name, O_RDONLY);
	off_t n = lseek(fd, 0, SEEK_END);
	char *p = ARENA_NEW(f->a, char, n + 1);

	assert_true(n > 0);
	assert_int_equal(pread(fd, p, (size_t)n, 0), n);
	close(fd);
	return (str){ p, (size_t)n };
}

static str
write_with(struct fix *f, const struct book *k, const struct fontset *fonts)
{
	struct epub_options o = { .threads = 2, .generator = S("test"),
		.theme = theme_load(f->a, S("book"), 0, 0, f->diag),
		.fonts = fonts };
	struct outfile *out = outfile_open(f->a, f->fd, S("b.epub"));

	assert_non_null(out);
	assert_true(epub_write(k, NULL, &o, &limits_default, f->a, f->diag,
	    out));
	assert_true(outfile_commit(out));
	return slurp(f, "b.epub");
}

static str
write_book(struct fix *f, const struct book *k)
{
	return write_with(f, k, NULL);
}

/* One entry of the book written last. */
static str
entry(struct fix *f, const char *name)
{
	str path = arena_printf(f->a, "%s/b.epub", f->dir);
	zip_t *z = zip_open(arena_cstr(f->a, path), ZIP_RDONLY, NULL);
	zip_stat_t st;
	zip_file_t *x;
	char *p;

	assert_non_null(z);
	assert_int_equal(zip_stat(z, name, 0, &st), 0);
	p = ARENA_NEW(f->a, char, st.size + 1);
	x = zip_fopen(z, name, 0);
	assert_int_equal(zip_fread(x, p, st.size), st.size);
	assert_int_equal(zip_fclose(x), 0);
	zip_close(z);
	return (str){ p, (size_t)st.size };
}

static bool
has(str text, const char *what)
{
	return str_find(text, str_c(what)) != SIZE_MAX;
}

static void
check_has(str text, const char *what)
{
	if (!has(text, what))
		fail_msg("no %s in:\n%.*s", what, STR_ARG(text));
}

static void
check_lacks(str text, const char *what)
{
	if (has(text, what))
		fail_msg("%s in:\n%.*s", what, STR_ARG(text));
}

static size_t
count(str text, const char *what)
{
	size_t n = 0, at;

	for (; (at = str_find(text, str_c(what))) != SIZE_MAX; n++)
		text = str_from(text, at + 1);
	return n;
}

/* ---- the container ---------------------------------------------------- */

static uint32_t
le(str s, size_t at, size_t n)
{
	uint32_t v = 0;

	assert_true(at + n <= s.n);
	while (n-- > 0)
		v = v << 8 | (unsigned char)s.p[at + n];
	return v;
}

/* Latin letters, digits and ._- in each part; no folder of its own. */
static void
check_name(str name)
{
	size_t i;

	assert_true(name.n > 0 && name.p[name.n - 1] != '/');
	for (i = 0; i < name.n; i++)
		assert_true((name.p[i] >= 'a' && name.p[i] <= 'z') ||
		    (name.p[i] >= 'A' && name.p[i] <= 'Z') ||
		    (name.p[i] >= '0' && name.p[i] <= '9') ||
		    strchr("._-/", name.p[i]) != NULL);
}

/* The local header of the central record at c; where its data ends. */
static size_t
check_entry(str z, size_t c, size_t local)
{
	uint32_t method = le(z, c + 10, 2), flags = le(z, c + 8, 2);
	uint32_t packed = le(z, c + 20, 4), size = le(z, c + 24, 4);
	size_t namelen = le(z, c + 28, 2);

	assert_int_equal(le(z, c, 4), 0x02014b50);
	assert_int_equal(le(z, c + 4, 2) >> 8, 3);	/* made by Unix */
	assert_true(le(z, c + 6, 2) == 10 || le(z, c + 6, 2) == 20);
	assert_int_equal(flags & 8, 0);		/* no data descriptor */
	assert_int_equal(flags & 1, 0);		/* not encrypted */
	assert_int_equal(le(z, c + 12, 2), 0x6000);	/* noon */
	assert_int_equal(le(z, c + 14, 2), 0x0021);	/* 1980-01-01 */
	assert_int_equal(le(z, c + 30, 2), 0);	/* no extra field */
	assert_int_equal(le(z, c + 32, 2), 0);	/* no comment */
	assert_int_equal(le(z, c + 38, 4), 0100644u << 16);
	assert_int_equal(le(z, c + 42, 4), local);
	assert_true(method == 0 ? packed == size : method == 8 &&
	    packed < size);
	check_name(str_cut(z, c + 46, c + 46 + namelen));

	assert_int_equal(le(z, local, 4), 0x04034b50);
	assert_int_equal(le(z, local + 28, 2), 0);
	assert_memory_equal(z.p + local + 4, z.p + c + 6, 24);
	assert_memory_equal(z.p + local + 30, z.p + c + 46, namelen);
	return local + 30 + namelen + packed;
}

static void
test_container(void **state)
{
	static const char *const order[] = { "mimetype",
		"META-INF/container.xml", "package.opf", "nav.xhtml",
		"toc.ncx", "style.css", "modern.css", "title.xhtml",
		"s-economy.xhtml", "a-one.xhtml", "a-two.xhtml" };
	struct fix *f = *state;
	str z = write_book(f, make_book(f, &house, (struct book_request){
	    .kind = BOOK_COMPILATION, .language = S("en") }, "2020-10"));
	size_t end = z.n - 22, c, local = 0, i;

	assert_int_equal(le(z, end, 4), 0x06054b50);
	assert_int_equal(le(z, end + 20, 2), 0);	/* no comment */
	assert_int_equal(le(z, end + 10, 2), ARRAY_LEN(order));
	assert_memory_equal(z.p + 30, "mimetypeapplication/epub+zip", 28);
	assert_int_equal(le(z, 8, 2), 0);
	c = le(z, end + 16, 4);
	for (i = 0; i < ARRAY_LEN(order); i++) {
		assert_true(str_eq(str_cut(z, c + 46, c + 46 +
		    le(z, c + 28, 2)), str_c(order[i])));
		local = check_entry(z, c, local);
		c += 46 + le(z, c + 28, 2);
	}
	assert_int_equal(local, le(z, end + 16, 4));
	assert_int_equal(c, end);
}

/* ---- metadata --------------------------------------------------------- */

static str
opf_of(struct fix *f, const struct book *k)
{
	write_book(f, k);
	return entry(f, "package.opf");
}

static void
test_month(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_COMPILATION,
	    .language = S("en") };
	str opf = opf_of(f, make_book(f, &house, r, "2020-10")), ncx, uid;
	size_t at;

	check_has(opf, ">Affairs \xe2\x80\x93 October 2020</dc:title>");
	check_has(opf, "property=\"title-type\">main<");
	check_has(opf, "property=\"file-as\">Affairs 2020-10<");
	check_has(opf, "<dc:date>2020-10-01T00:00:00Z</dc:date>");
	check_has(opf, "dcterms:modified\">2020-10-12T00:00:00Z<");
	check_has(opf, ">Press &amp; Sons</dc:creator>");
	check_has(opf, ">All &lt;rights&gt;</dc:rights>");
	check_has(opf, "id=\"series\">Affairs</meta>");
	check_has(opf, "property=\"collection-type\">series<");
	check_has(opf, "property=\"group-position\">250<");
	check_has(opf, "<meta name=\"calibre:series\" content=\"Affairs\"/>\n"
	    "<meta name=\"calibre:series_index\" content=\"250\"/>");
	check_has(opf, "<dc:subject>water</dc:subject>\n"
	    "<dc:subject>rare</dc:subject>\n<dc:subject>sky</dc:subject>");
	check_has(opf, ">Economy \xc2\xb7 Articles: 2</dc:description>");
	check_lacks(opf, "pbl");
	check_lacks(opf, "<dc:source");
	assert_int_equal(count(opf, "<dc:language>"), 1);
	assert_int_equal(count(opf, "<dc:creator"), 1);
	assert_int_equal(count(opf, "<dc:contributor"), 2);
	assert_int_equal(count(opf, ">aut<"), 3);
	/* One identifier, in both. */
	at = str_find(opf, S("urn:uuid:"));
	uid = str_cut(opf, at, at + 45);
	ncx = entry(f, "toc.ncx");
	check_has(ncx, arena_cstr(f->a, arena_printf(f->a,
	    "name=\"dtb:uid\" content=\"%.*s\"", STR_ARG(uid))));
}

/* What a rebuild keeps and what it changes. */
static void
test_identity(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_COMPILATION,
	    .language = S("en") };
	const struct book *k = make_book(f, &house, r, "2020-10"), *other;
	str opf;

	r.modified = (struct date){ 2021, 2, 3 };
	other = make_book(f, &house, r, "2020-10");
	assert_true(str_eq(k->uuid, other->uuid));
	opf = opf_of(f, other);
	check_has(opf, "dcterms:modified\">2021-02-03T00:00:00Z<");
	check_has(opf, "<dc:date>2020-10-01T00:00:00Z</dc:date>");
	r.language = S("hi");
	assert_false(str_eq(k->uuid, make_book(f, &house, r,
	    "2020-10")->uuid));
	r.language = S("en");
	assert_false(str_eq(k->uuid, make_book(f, &house, r,
	    "2020-11")->uuid));
	assert_int_equal(k->uuid.p[14], '5');	/* the version */
}

/* Only months are numbered; a month's parts are not the month. */
static void
test_series(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_COMPILATION,
	    .language = S("en") };
	str opf = opf_of(f, make_book(f, &house, r, "2020"));

	check_lacks(opf, "belongs-to-collection");
	check_lacks(opf, "calibre:series");
	opf = opf_of(f, make_book(f, &house, r, "2021-01"));
	check_has(opf, "property=\"group-position\">253<");
	r.section = S("economy");
	opf = opf_of(f, make_book(f, &house, r, "2020-10"));
	check_has(opf, "id=\"series\">Affairs \xe2\x80\x93 Economy</meta>");
	check_has(opf, "file-as\">Affairs 2020-10 Economy<");
}

static void
test_article(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_ARTICLE, .language = S("en") };
	str opf = opf_of(f, make_book(f, &house, r, "2020-10-12"));

	check_has(opf, "id=\"title\">one</dc:title>");
	check_has(opf, "<dc:creator id=\"creator-1\">A. Writer<");
	check_has(opf, "<dc:creator id=\"creator-2\">Desk<");
	check_has(opf, "<dc:description>In short</dc:description>");
	check_has(opf, "<dc:source>https://example.org/source</dc:source>");
	check_lacks(opf, "belongs-to-collection");
	check_lacks(opf, "<dc:contributor");
}

static void
test_accessibility(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_ARTICLE, .language = S("hi") };
	struct publication pub = house;
	str opf = opf_of(f, make_book(f, &pub, r, "2020-10-12"));

	check_has(opf, "schema:accessMode\">textual<");
	check_has(opf, "schema:accessModeSufficient\">textual<");
	check_lacks(opf, "visual");
	check_lacks(opf, "alternativeText");	/* of what? */
	check_lacks(opf, "pageBreakMarkers");
	check_lacks(opf, "conformsTo");
	check_lacks(opf, "certifiedBy");
	check_has(opf, "accessibilitySummary\">\xe0\xa4\xaa\xe0\xa4\xbe");
	pub.epub = (struct pub_epub){ .conforms = S("AA"),
	    .certified_by = S("Q & A") };
	r.language = S("fr");
	opf = opf_of(f, make_book(f, &pub, r, "2020-10-12"));
	check_has(opf, "id=\"conforms\">EPUB Accessibility 1.1 - WCAG 2.2 "
	    "Level AA</meta>");
	check_has(opf, "refines=\"#conforms\" property=\"a11y:certifiedBy\">"
	    "Q &amp; A<");
	check_has(opf, "accessibilitySummary\" xml:lang=\"en\">The text");
}

static void
test_kindle(void **state)
{
	static const struct { const char *lang; size_t told; } v[] = {
		{ "en", 0 }, { "hi", 0 }, { "ta", 0 }, { "bn", 1 },
		{ "ur", 1 }, { "pa-IN", 1 }, { "nep", 0 },
	};
	struct fix *f = *state;
	size_t i, n;

	for (i = 0; i < ARRAY_LEN(v); i++) {
		n = diag_count(f->diag);
		write_book(f, make_book(f, &house, (struct book_request){
		    .kind = BOOK_ARTICLE, .language = str_c(v[i].lang) },
		    "2020-10-12"));
		assert_int_equal(diag_count(f->diag) - n, v[i].told);
		if (v[i].told)
			assert_int_equal(diag_at(f->diag, n).id,
			    DIAG_EPUB_KINDLE);
	}
}

/* ---- fonts ------------------------------------------------------------ */

/* None unless asked for; of Latin none at all. */
static void
test_fonts_absent(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_COMPILATION,
	    .language = S("en") };
	struct fontset *fs = fontset_open(f->a, "fonts", &limits_default,
	    f->diag);
	str without, with;

	assert_non_null(fs);
	without = write_book(f, make_book(f, &house, r, "2020-10"));
	with = write_with(f, make_book(f, &house, r, "2020-10"), fs);
	assert_true(str_eq(without, with));
	check_lacks(entry(f, "package.opf"), "ibooks");
	check_lacks(entry(f, "style.css"), "font-f");
	fontset_close(fs);
}

/* The month's name, the contents' and the title are in Hindi. */
static void
test_fonts_hindi(void **state)
{
	struct fix *f = *state;
	struct book_request r = { .kind = BOOK_COMPILATION,
	    .language = S("hi") };
	struct fontset *fs = fontset_open(f->a, "fonts", &limits_default,
	    f->diag);
	str opf, css, bold;

	assert_non_null(fs);
	write_with(f, make_book(f, &house, r, "2020-10"), fs);
	opf = entry(f, "package.opf");
	check_has(opf, "prefix=\"ibooks: http://vocabulary.itunes.apple.com/"
	    "rdf/ibooks/vocabulary-extensions-1.0/\"");
	check_has(opf, "property=\"ibooks:specified-fonts\">true<");
	check_has(opf, "href=\"fonts/NotoSerifDevanagari-Regular.ttf\" "
	    "media-type=\"application/vnd.ms-opentype\"");
	assert_int_equal(count(opf, "href=\"fonts/"), 2);
	css = entry(f, "style.css");
	assert_int_equal(count(css, "@font-face"), 2);
	check_has(css, "  font-weight: bold;\n"
	    "  src: url(fonts/NotoSerifDevanagari-Bold.ttf); }");
	check_has(css, "html { font-family: \"Noto Serif Devanagari\", "
	    "serif;");
	bold = entry(f, "fonts/NotoSerifDevanagari-Bold.ttf");
	assert_true(bold.n > 5000 && bold.n < 100000);
	fontset_close(fs);
}

static int
setup(void **state)
{
	static struct fix f;

	f.mem.cap = (size_t)512 << 20;
	f.a = arena_new(&f.mem);
	f.diag = diag_new(f.a, srcmap_new(f.a));
	snprintf(f.dir, sizeof f.dir, "/tmp/test_epub.XXXXXX");
	if (!mkdtemp(f.dir))
		return -1;
	f.fd = open(f.dir, O_RDONLY | O_DIRECTORY);
	*state = &f;
	return f.fd < 0 ? -1 : 0;
}

static int
teardown(void **state)
{
	struct fix *f = *state;

	unlinkat(f->fd, "b.epub", 0);
	rmdir(f->dir);
	close(f->fd);
	arena_free(f->a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_container),
		cmocka_unit_test(test_month),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_series),
		cmocka_unit_test(test_article),
		cmocka_unit_test(test_accessibility),
		cmocka_unit_test(test_kindle),
		cmocka_unit_test(test_fonts_absent),
		cmocka_unit_test(test_fonts_hindi)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
