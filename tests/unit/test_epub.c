/*
 * test_epub.c: a small in-memory book through epub_write(): container
 * bytes, determinism, escaping, well-formedness.
 *
 * Pages are read back with libzip and held to a small checker: every tag is
 * closed in order and no bare "<" or "&" stands in text.
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

/* S() as a constant initializer. */
#define Z(lit)	{ "" lit, sizeof(lit) - 1 }
#define HOSTILE	"\"><script>alert(1)</script>&"

struct fix {
	struct mem_limit mem;
	struct arena	*a;
	struct diag	*diag;
	char		 dir[32];
	int		 fd;
};

static const struct doc *
make_doc(struct fix *f)
{
	struct doc_builder *b = doc_builder_new(f->a, &limits_default,
	    f->diag);
	struct doc_node *n;
	struct doc *d;
	int i;

	for (i = 0; i < 3; i++) {
		n = doc_open(b, DOC_HEADING, SPAN_NONE);
		n->as.heading.level = 2;
		doc_text(b, SPAN_NONE, S("Part <" "b> & more"));
		doc_close(b);
	}
	doc_open(b, DOC_PARA, SPAN_NONE);
	doc_text(b, SPAN_NONE, S(HOSTILE));
	n = doc_open(b, DOC_LINK, SPAN_NONE);
	n->as.link.url = S("javascript:alert(1)");
	doc_text(b, SPAN_NONE, S("plain"));
	doc_close(b);
	n = doc_open(b, DOC_LINK, SPAN_NONE);
	n->as.link.url = S("https://example.org/a b?x=\"&y#z");
	doc_text(b, SPAN_NONE, S("linked"));
	doc_close(b);
	doc_close(b);
	n = doc_leaf(b, DOC_CODE, SPAN_NONE);
	n->as.code.text = S("if (a < b && c)\n");
	d = doc_finish(b, S("2020/10/hostile.md"));
	d->meta.title = S(HOSTILE);
	d->meta.id = S("hostile");
	d->meta.section = S("economy");
	d->meta.language = S("en");
	d->meta.summary = S(HOSTILE);
	d->meta.date = (struct date){ 2020, 10, 12 };
	return d;
}

static const struct book *
make_book(struct fix *f, enum book_kind kind)
{
	static const struct pub_title names[] = {
		{ { 0 }, Z("Eco<nomy") } };
	static const struct pub_section sections[] = {
		{ Z("economy"), names, 1 } };
	static const struct pub_title titles[] = {
		{ { 0 }, Z("A & B") } };
	static const struct publication pub = { .title = Z("A & B"),
		.titles = titles, .ntitles = 1, .slug = Z("a-b"),
		.publisher = Z("P <&>"), .language = Z("en"),
		.ns = Z("https://example.org/"), .sections = sections,
		.nsections = 1 };
	struct book_request r = { .kind = kind, .language = S("en") };
	const struct doc *d = make_doc(f);

	assert_true(period_parse(S("2020-10"), &r.period));
	return book_bind(f->a, &pub, &r, &d, 1, f->diag);
}

static void
write_book(struct fix *f, const struct book *k, const char *name)
{
	struct epub_options o = { .threads = 2, .generator = S("test"),
		.theme = theme_load(f->a, S("book"), 0, 0, f->diag) };
	struct outfile *out = outfile_open(f->a, f->fd, str_c(name));

	assert_non_null(out);
	assert_true(epub_write(k, NULL, &o, &limits_default, f->a, f->diag,
	    out));
	assert_true(outfile_commit(out));
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

/* Tags match and "&" begins one of the entities that we write. */
static void
check_xml(str s)
{
	str stack[64];
	size_t depth = 0, i, e, n;
	str tag;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '&')
			assert_true(str_find_char(str_cut(s, i, i + 7), ';') <
			    7);
		if (s.p[i] != '<')
			continue;
		e = str_find_char(str_from(s, i), '>');
		assert_true(e != SIZE_MAX);
		tag = str_cut(s, i + 1, i + e);
		assert_true(str_find_char(tag, '<') == SIZE_MAX);
		i += e;
		if (tag.p[0] == '?' || tag.p[0] == '!' || str_ends(tag, S("/")))
			continue;
		for (n = 0; n < tag.n && tag.p[n] != ' '; n++)
			;
		tag.n = n;
		if (tag.p[0] == '/') {
			assert_true(depth > 0);
			assert_true(str_eq(stack[--depth], str_from(tag, 1)));
		} else {
			assert_true(depth < 64);
			stack[depth++] = tag;
		}
	}
	assert_int_equal(depth, 0);
}

static void
check_pages(struct fix *f, const char *name)
{
	str path = arena_printf(f->a, "%s/%s", f->dir, name), page;
	zip_t *z = zip_open(arena_cstr(f->a, path), ZIP_RDONLY, NULL);
	zip_int64_t i;
	zip_stat_t st;
	zip_file_t *x;
	char *p;

	assert_non_null(z);
	for (i = 0; i < zip_get_num_entries(z, 0); i++) {
		assert_int_equal(zip_stat_index(z, (zip_uint64_t)i, 0, &st),
		    0);
		p = ARENA_NEW(f->a, char, st.size + 1);
		x = zip_fopen_index(z, (zip_uint64_t)i, 0);
		assert_non_null(x);
		assert_int_equal(zip_fread(x, p, st.size), st.size);
		assert_int_equal(zip_fclose(x), 0);	/* CRC verified */
		page = (str){ p, (size_t)st.size };
		assert_true(str_find(page, S("<script")) == SIZE_MAX);
		assert_true(str_find(page, S("javascript:")) == SIZE_MAX);
		if (str_starts(page, S("<?xml")))
			check_xml(page);
	}
	zip_close(z);
}

static void
run_kind(void **state, enum book_kind kind, const char *one, const char *two)
{
	struct fix *f = *state;
	const struct book *k = make_book(f, kind);
	str x, y;

	write_book(f, k, one);
	write_book(f, k, two);
	x = slurp(f, one);
	y = slurp(f, two);
	assert_true(str_eq(x, y));
	assert_memory_equal(x.p, "PK\3\4", 4);
	assert_memory_equal(x.p + 30, "mimetypeapplication/epub+zip", 28);
	assert_int_equal(x.p[8], 0);
	assert_int_equal(x.p[28], 0);
	check_pages(f, one);
}

static void
test_compilation(void **state)
{
	run_kind(state, BOOK_COMPILATION, "c1.epub", "c2.epub");
}

static void
test_article(void **state)
{
	run_kind(state, BOOK_ARTICLE, "a1.epub", "a2.epub");
}

static int
setup(void **state)
{
	static struct fix f;

	f.mem.cap = 64u << 20;
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
	static const char *const names[] = { "c1.epub", "c2.epub", "a1.epub",
		"a2.epub" };
	struct fix *f = *state;
	size_t i;

	if (getenv("KEEP_EPUB")) {
		printf("kept: %s\n", f->dir);
	} else {
		for (i = 0; i < ARRAY_LEN(names); i++)
			unlinkat(f->fd, names[i], 0);
		rmdir(f->dir);
	}
	close(f->fd);
	arena_free(f->a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compilation),
		cmocka_unit_test(test_article)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
