/*
 * test_epub_lang.c: books that run from right to left, and books whose
 * articles are in several languages: what each page and each stretch of text
 * says of its language and direction.
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
#define PANI	"\xd9\xbe\xd8\xa7\xd9\x86\xdb\x8c"	/* Urdu: water */
#define HAI	"\xdb\x81\xdb\x92"			/* Urdu alone: is */
#define JAL	"\xe0\xa4\x9c\xe0\xa4\xb2"		/* Hindi: water */
#define UR	"lang=\"ur\" xml:lang=\"ur\""
#define EN	"lang=\"en\" xml:lang=\"en\""
#define HI	"lang=\"hi\" xml:lang=\"hi\""
#define RTL	" dir=\"rtl\""
#define LTR	" dir=\"ltr\""

struct fix {
	struct mem_limit mem;
	struct arena	*a;
	struct diag	*diag;
	char		 dir[32];
	int		 fd;
	size_t		 merge;
};

static const struct pub_title section_titles[] = {
	{ Z("ur"), Z(PANI " " HAI) }, { Z(""), Z("Economy") } };
static const struct pub_section sections[] = {
	{ Z("economy"), section_titles, 2 } };
static const struct pub_title titles[] = {
	{ Z("en"), Z("Affairs") }, { Z("ur"), Z(PANI) } };
static const struct publication house = { .title = Z("Affairs"),
	.titles = titles, .ntitles = 2, .slug = Z("affairs"),
	.language = Z("en"), .ns = Z("https://example.org/"),
	.sections = sections, .nsections = 1 };

static void
marked(struct doc_builder *b, const char *lang, const char *text)
{
	struct doc_node *n = doc_open(b, DOC_LANG, SPAN_NONE);

	n->as.lang.tag = str_c(lang);
	doc_text(b, SPAN_NONE, str_c(text));
	doc_close(b);
}

/* Words, marked and not, in three languages; code; two headings. */
static const struct doc *
make_doc(struct fix *f, const char *lang, const char *title)
{
	struct doc_builder *b = doc_builder_new(f->a, &limits_default,
	    f->diag);
	struct doc_node *n;
	struct doc *d;

	for (int i = 0; i < 2; i++) {
		n = doc_open(b, DOC_HEADING, SPAN_NONE);
		n->as.heading.level = 2;
		doc_text(b, SPAN_NONE, str_c(title));
		doc_close(b);
	}
	doc_open(b, DOC_PARA, SPAN_NONE);
	marked(b, "ur", "Pani");
	n = doc_open(b, DOC_LANG, SPAN_NONE);
	n->as.lang.tag = S("ur");
	marked(b, "en", "Water!");
	doc_text(b, SPAN_NONE, S(JAL));
	doc_close(b);
	marked(b, "en", "End.");
	doc_text(b, SPAN_NONE, S("[" JAL "|" HAI "]"));
	n = doc_leaf(b, DOC_CODESPAN, SPAN_NONE);
	n->as.text.text = S("a[0]");
	doc_close(b);
	n = doc_leaf(b, DOC_CODE, SPAN_NONE);
	n->as.code.text = S("b[1]\n");
	d = doc_finish(b, arena_printf(f->a, "2020/10/%s.md", lang));
	d->meta.title = str_c(title);
	d->meta.id = arena_printf(f->a, "x-%s", lang);
	d->meta.section = S("economy");
	d->meta.language = str_c(lang);
	d->meta.summary = str_c(title);
	d->meta.date = (struct date){ 2020, 10, 12 };
	return d;
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

static void
check_has(str text, const char *what)
{
	if (str_find(text, str_c(what)) == SIZE_MAX)
		fail_msg("no %s in:\n%.*s", what, STR_ARG(text));
}

static void
check_lacks(str text, const char *what)
{
	if (str_find(text, str_c(what)) != SIZE_MAX)
		fail_msg("%s in:\n%.*s", what, STR_ARG(text));
}

/* A book in that language, of articles in all three or of one in its own. */
static void
write_book(struct fix *f, enum book_kind kind, const char *lang)
{
	struct book_request r = { .kind = kind, .language = str_c(lang) };
	struct epub_options o = { .threads = 2, .generator = S("test"),
		.theme = theme_load(f->a, S("book"), 0, 0, f->diag),
		.merge = f->merge };
	struct outfile *out = outfile_open(f->a, f->fd, S("b.epub"));
	const struct doc *v[] = { make_doc(f, "en", "Water"),
		make_doc(f, "ur", PANI), make_doc(f, "hi", JAL) };
	const struct book *k;

	assert_true(period_parse(S("2020-10"), &r.period));
	k = kind == BOOK_COMPILATION ?
	    book_bind(f->a, &house, &r, v, 3, f->diag) :
	    book_bind(f->a, &house, &r, &v[str_eq(r.language, S("ur"))], 1,
	    f->diag);
	assert_non_null(out);
	assert_true(epub_write(k, NULL, &o, &limits_default, f->a, f->diag,
	    out));
	assert_true(outfile_commit(out));
}

/* ---- the package and the pages ---------------------------------------- */

static void
test_progression(void **state)
{
	struct fix *f = *state;
	str s;

	write_book(f, BOOK_ARTICLE, "ur");
	s = entry(f, "package.opf");
	check_has(s, "xml:lang=\"ur\"" RTL ">");
	check_has(s, "page-progression-direction=\"rtl\"");
	check_has(s, "<dc:language>ur</dc:language>");
	check_has(entry(f, "nav.xhtml"), UR RTL ">\n<head>");
	check_has(entry(f, "toc.ncx"), "xml:lang=\"ur\"" RTL ">");
	write_book(f, BOOK_COMPILATION, "en");
	s = entry(f, "package.opf");
	check_has(s, "xml:lang=\"en\"" LTR ">");
	check_lacks(s, "page-progression-direction");
	check_has(entry(f, "nav.xhtml"), EN ">\n<head>");
	check_lacks(entry(f, "title.xhtml"), "rtl");
}

/* Each article's file is in its own language; its section's name is not. */
static void
test_english_book(void **state)
{
	struct fix *f = *state;
	str s;

	write_book(f, BOOK_COMPILATION, "en");
	s = entry(f, "a-x-en.xhtml");
	check_has(s, EN ">\n<head>");
	check_has(s, "<p class=\"kicker\">Economy</p>");
	check_has(s, "epub:type=\"chapter\" aria-labelledby");
	s = entry(f, "a-x-ur.xhtml");
	check_has(s, UR RTL ">\n<head>");
	check_has(s, "<p class=\"kicker\" " EN LTR ">Economy</p>");
	check_has(s, "class=\"title\">" PANI "<");
	check_has(s, "epub:type=\"chapter\" aria-labelledby");
	s = entry(f, "a-x-hi.xhtml");
	check_has(s, HI ">\n<head>");
	check_has(s, "<p class=\"kicker\" " EN ">Economy</p>");
	check_has(s, "class=\"title\">" JAL "<");
}

static void
test_urdu_book(void **state)
{
	struct fix *f = *state;
	str s;

	write_book(f, BOOK_COMPILATION, "ur");
	check_has(entry(f, "package.opf"),
	    "page-progression-direction=\"rtl\"");
	check_has(entry(f, "s-economy.xhtml"), UR RTL ">\n<head>");
	s = entry(f, "a-x-en.xhtml");
	check_has(s, EN ">\n<head>");
	check_has(s, "<p class=\"kicker\" " UR RTL ">" PANI " " HAI "</p>");
	check_has(entry(f, "a-x-ur.xhtml"), "<p class=\"kicker\">" PANI);
}

/* ---- titles elsewhere ------------------------------------------------- */

static void
test_titles(void **state)
{
	struct fix *f = *state;
	str s;

	write_book(f, BOOK_COMPILATION, "en");
	s = entry(f, "s-economy.xhtml");
	check_has(s, "<a href=\"a-x-en.xhtml\">Water</a>");
	check_has(s, "<a href=\"a-x-ur.xhtml\"><span " UR RTL ">" PANI
	    "</span></a>");
	check_has(s, " \xc2\xb7 <span " UR RTL ">" PANI "</span></p>");
	check_has(s, "<a href=\"a-x-hi.xhtml\"><span " HI ">" JAL
	    "</span></a>");
	s = entry(f, "nav.xhtml");
	check_has(s, "<li><a href=\"a-x-en.xhtml\">Water</a>");
	check_has(s, "<li><a " UR RTL " href=\"a-x-ur.xhtml\">" PANI "</a>");
	check_has(s, "<li><a " HI " href=\"a-x-hi.xhtml\">" JAL "</a>");
	s = entry(f, "toc.ncx");
	check_has(s, "<navLabel><text>Water<");
	check_has(s, "<navLabel xml:lang=\"ur\"" RTL "><text>" PANI "<");
	check_has(s, "<navLabel xml:lang=\"hi\"><text>" JAL "<");
	write_book(f, BOOK_COMPILATION, "ur");
	s = entry(f, "nav.xhtml");
	check_has(s, "<li><a " EN LTR " href=\"a-x-en.xhtml\">Water</a>");
	check_has(s, "<li><a href=\"a-x-ur.xhtml\">" PANI "</a>");
	check_has(s, "<li><a " HI LTR " href=\"a-x-hi.xhtml\">" JAL "</a>");
	check_has(entry(f, "toc.ncx"), "<navLabel xml:lang=\"en\"" LTR
	    "><text>Water<");
	check_has(entry(f, "s-economy.xhtml"), "<a href=\"a-x-en.xhtml\">"
	    "<span " EN LTR ">Water</span></a>");
}

/* ---- runs ------------------------------------------------------------- */

/* A mark has a direction where it is not that of the words around it. */
static void
test_runs(void **state)
{
	struct fix *f = *state;
	str s;

	write_book(f, BOOK_COMPILATION, "en");
	s = entry(f, "a-x-en.xhtml");
	check_has(s, "<p><span " UR RTL ">Pani</span><span " UR RTL ">"
	    "<span " EN LTR ">Water!</span><span " HI LTR ">" JAL
	    "</span></span><span " EN ">End.</span>[<span " HI ">" JAL
	    "</span>|<span " UR RTL ">" HAI "</span>]<code>a[0]");
	check_has(s, "<pre><code>b[1]");
	s = entry(f, "a-x-ur.xhtml");
	check_has(s, "<p><span " UR ">Pani</span><span " UR ">"
	    "<span " EN LTR ">Water!</span><span " HI LTR ">" JAL
	    "</span></span><span " EN LTR ">End.</span>[<span " HI LTR ">"
	    JAL "</span>|" HAI "]<code dir=\"ltr\">a[0]");
	check_has(s, "<pre dir=\"ltr\"><code>b[1]");
}

/* Articles that share a file: it is in the book's language, they are not. */
static void
test_merged(void **state)
{
	struct fix *f = *state;
	str s;

	f->merge = 100000;
	write_book(f, BOOK_COMPILATION, "en");
	f->merge = 0;
	s = entry(f, "a-x-en.xhtml");
	check_has(s, EN ">\n<head>\n<title>Economy<");
	check_has(s, "epub:type=\"chapter\" aria-labelledby=\"title.x-en\"");
	check_has(s, "epub:type=\"chapter\" " UR RTL
	    " aria-labelledby=\"title.x-ur\"");
	check_has(s, "epub:type=\"chapter\" " HI
	    " aria-labelledby=\"title.x-hi\"");
	check_has(s, "<p class=\"kicker\" " EN LTR ">Economy</p>");
	check_has(entry(f, "nav.xhtml"), "<a " UR RTL
	    " href=\"a-x-en.xhtml#title.x-ur\">");
}

static int
setup(void **state)
{
	static struct fix f;

	f.mem.cap = (size_t)256 << 20;
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
		cmocka_unit_test(test_progression),
		cmocka_unit_test(test_english_book),
		cmocka_unit_test(test_urdu_book),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_merged),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
