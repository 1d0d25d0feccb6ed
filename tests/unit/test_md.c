/*
 * test_md.c: the Markdown reader: shapes of the lead article, one input
 * for each of its diagnostics, and hostile input.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "in/md/md.h"

#define FM	"---\ntitle: T\ndate: 2020-10-12\nsection: security\n---\n"

struct fix {
	struct arena	*a;
	struct diag	*diag;
	const struct doc *doc;
};

static void
read_file(struct fix *f, str file, const char *path)
{
	static struct mem_limit lim;	/* one arena lives at a time */
	struct srcmap *sm;
	uint32_t base;

	lim = (struct mem_limit){ 0, (size_t)1 << 31, NULL };
	f->a = arena_new(&lim);
	file = arena_str(f->a, file);	/* the source map borrows it */
	sm = srcmap_new(f->a);
	f->diag = diag_new(f->a, sm);
	base = srcmap_add(sm, str_c(path), file);
	f->doc = md_parse(f->a, str_c(path), file, base,
	    &(struct doc_defaults){ S("en"), HABITS_DEFAULT }, &limits_default, f->diag);
}

static struct fix
body(const char *md)
{
	struct fix f;
	struct buf b = { 0 };

	buf_z(&b, FM);
	buf_z(&b, md);
	read_file(&f, buf_view(&b), "2020/x.md");
	buf_done(&b);
	assert_non_null(f.doc);
	return f;
}

static unsigned
count(const struct doc *d, enum doc_kind k)
{
	unsigned n = 0;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		assert_int_equal(d->nodes[i]->id, i);
		n += d->nodes[i]->kind == k;
	}
	return n;
}

static const struct doc_node *
first(const struct doc *d, enum doc_kind k)
{
	uint32_t i;

	for (i = 0; i < d->nnodes; i++)
		if (d->nodes[i]->kind == k)
			return d->nodes[i];
	fail_msg("no %s", doc_kind_name(k));
	return NULL;
}

static void
test_shapes(void **state)
{
	struct fix f = body("## A\n\nText[^1] and[^b] again[^1].\n\n"
	    "### B\n\n![Alt *x*](i.jpg \"Cap\")\n\n> [!WARNING]\n> Mind.\n\n"
	    "> Said.\n>\n> \xE2\x80\x94 Abe\n\n- [x] a\n- [ ] b\n\n"
	    "| a | b |\n|---|--:|\n| 1 |\n\nH<sub>2</sub>O ~~x~~<br>y\n\n"
	    "[^b]: Two.\n[^1]: One.\n");
	const struct doc_node *n;

	(void)state;
	assert_int_equal(diag_count(f.diag), 0);
	assert_int_equal(f.doc->nnotes, 2);
	assert_int_equal(count(f.doc, DOC_NOTEREF), 3);
	n = first(f.doc, DOC_NOTE);
	assert_int_equal(n->as.note.number, 1);
	assert_true(str_eq(doc_plain(f.a, n), S("One.")));
	assert_ptr_equal(first(f.doc, DOC_NOTEREF)->as.noteref.note, n);
	n = first(f.doc, DOC_FIGURE);
	assert_true(str_eq(n->as.image.alt, S("Alt x")));
	assert_true(str_eq(doc_plain(f.a, n->child), S("Cap")));
	n = first(f.doc, DOC_CALLOUT);
	assert_int_equal(n->as.callout.kind, CALLOUT_WARNING);
	assert_true(str_eq(doc_plain(f.a, n), S("Mind.")));
	assert_int_equal(n->child->child->kind, DOC_TEXT);
	assert_int_equal(count(f.doc, DOC_ATTRIBUTION), 1);
	assert_int_equal(first(f.doc, DOC_ITEM)->as.item.task, TASK_DONE);
	assert_int_equal(count(f.doc, DOC_CELL), 4);
	n = first(f.doc, DOC_TABLE);
	assert_int_equal(n->as.table.align[1], DOC_ALIGN_RIGHT);
	assert_true(n->child->as.row.header);
	assert_int_equal(count(f.doc, DOC_SUB), 1);
	assert_int_equal(count(f.doc, DOC_STRIKE), 1);
	assert_int_equal(count(f.doc, DOC_LINEBREAK), 1);
	arena_free(f.a);
}

/* One letter a node, in order: what became of the text. */
static void
shape(const char *md, const char *want)
{
	static const char letters[DOC_KIND_COUNT] = {
		[DOC_DEFLIST] = 'D', [DOC_TERM] = 't', [DOC_DEFINITION] = 'd',
		[DOC_PARA] = 'p', [DOC_LIST] = 'L', [DOC_ITEM] = 'i',
		[DOC_QUOTE] = 'Q', [DOC_ATTRIBUTION] = 'a',
		[DOC_CALLOUT] = 'C', [DOC_CODE] = 'c', [DOC_HEADING] = 'h',
		[DOC_NOTE] = 'n', [DOC_TABLE] = 'T' };
	struct fix f = body(md);
	char got[100] = "";
	size_t n = 0;
	uint32_t i;

	for (i = 0; i < f.doc->nnodes && n < sizeof got - 1; i++)
		if (letters[f.doc->nodes[i]->kind] != 0)
			got[n++] = letters[f.doc->nodes[i]->kind];
	assert_string_equal(got, want);
	arena_free(f.a);
}

static void
test_definitions(void **state)
{
	(void)state;
	shape("T\n: d\n", "Dtdp");
	shape("T\nU\n: d\n: e\n", "Dttdpdp");
	shape("T\n: d\n\nU\n: e\n", "Dtdptdp");
	shape("T\n\n: d\n\n    more\n\n: e\n", "Dtdppdp");
	shape("T\n\n: d\n\n    more\n\n: e\n\n    more\n\n: f\n",
	    "Dtdppdppdp");
	shape("T\n:   d\n    - a\n    - b\n", "DtdpLipip");
	shape("T\n: d\nlazy\n: e\n\nP\n", "Dtdpdpp");
	shape("> T\n> : d\n>\n> \xe2\x80\x94 A\n", "QDtdpa");
	shape("- T\n  : d\n- x\n", "LiDtdpip");
	shape("1. T\n   : d\n", "LiDtdp");
	shape("T\n: U\n  : d\n", "DtdDtdp");
	shape("T\n: d\n+ i\n", "DtdpLip");
	shape("T\n: d\n\n+ i\n\nU\n: d\n", "DtdpLipDtdp");
	shape("T\r\n: d\r\nU\r\n", "Dtdp");
	/* Ordinary text. */
	shape(": x\n", "p");
	shape(": x\n: y\n", "p");
	shape("## H\n: x\n", "hp");
	shape("a\nb\n\n: x\n", "pp");
	shape("a\n\n\n\n: x\n", "pp");
	shape("a\n:x\n: \n:\n", "p");
	shape("a\n    : x\n", "p");
	shape("- a\n: x\n", "Lip");
	shape("> a\n: x\n", "Qp");
	shape("```\na\n: x\n```\n", "c");
	shape("> [!NOTE]\n> : x\n", "Cp");
	shape("a\n: [ ] x\n", "p");
	shape("a\n: [^1]: x\n", "p");
	shape("a\n: [r]: /x\n", "p");
	shape("[r]: /x\n: d\n", "p");
	shape("|a|\n|-|\n: x\n", "T");
}

/* Terms and definitions stand where their lines do. */
static void
test_definition_spans(void **state)
{
	struct fix f = body("> T *u\n> v* w  \n> U\n> : d\n> e\n\nP\n");
	const struct doc_node *t = first(f.doc, DOC_TERM), *n;
	uint32_t zero = first(f.doc, DOC_QUOTE)->at.lo;

	(void)state;
	assert_int_equal(t->at.lo - zero, 2);
	assert_int_equal(t->at.hi - zero, 13);
	assert_int_equal(t->next->kind, DOC_TERM);
	assert_int_equal(t->next->at.lo - zero, 18);
	assert_int_equal(t->next->at.hi - zero, 19);
	n = t->next->next;
	assert_int_equal(n->kind, DOC_DEFINITION);
	assert_int_equal(n->at.lo - zero, 22);
	assert_int_equal(n->at.hi - zero, 29);
	assert_int_equal(t->parent->at.lo - zero, 2);
	assert_int_equal(t->parent->at.hi - zero, 29);
	arena_free(f.a);
}

static void
test_attributions(void **state)
{
	struct fix f;

	(void)state;
	shape("> x\n>\n> \xe2\x80\x94 A\n", "Qpa");
	shape("> x\n>\n> -- A\n", "Qpa");
	shape("> x\n>\n> --- A\n", "Qpa");
	f = body("> x\n>\n> --A *b*\n");
	assert_true(str_eq(doc_plain(f.a, first(f.doc, DOC_ATTRIBUTION)),
	    S("\xe2\x80\x94 A b")));
	arena_free(f.a);
	shape("> x\n>\n> - A\n", "QpLip");
	shape("> -- A\n", "Qp");
	shape("x\n\n-- A\n", "pp");
}

static void
told(const char *md, enum diag_id id)
{
	struct fix f = body(md);
	size_t i, n = 0;

	for (i = 0; i < diag_count(f.diag); i++)
		n += diag_at(f.diag, i).id == id;
	if (n != 1)
		fail_msg("%s: %zu times", diag_name(id), n);
	arena_free(f.a);
}

static void
test_diagnostics(void **state)
{
	(void)state;
	told("", DIAG_MD_EMPTY);
	told("# x\n", DIAG_MD_HEADING_TITLE);
	told("## x\n\n#### y\n", DIAG_MD_HEADING_SKIP);
	told("![](a.png)\n", DIAG_MD_ALT_MISSING);
	told("a <b>c\n", DIAG_MD_HTML);
	told("<div>\nx\n</div>\n", DIAG_MD_HTML);
	told("[a](javascript:x)\n", DIAG_MD_LINK_REFUSED);
	told("a[^x] b\n", DIAG_MD_NOTE_UNDEFINED);
	told("a\n\n[^x]: b\n", DIAG_MD_NOTE_UNUSED);
	told("a\xFF z\n", DIAG_UTF8_INVALID);
	told("a\x02 z\n", DIAG_CHAR_CONTROL);
	told("a\xE2\x80\xAE z\n", DIAG_CHAR_BIDI);
}

static void
repeat(const char *s, size_t times, const char *tail, unsigned limits)
{
	struct buf b = { 0 };
	struct fix f;
	size_t i, n = 0;

	for (i = 0; i < times; i++)
		buf_z(&b, s);
	buf_z(&b, tail);
	buf_char(&b, '\0');
	f = body(b.p);
	for (i = 0; i < diag_count(f.diag); i++)
		n += diag_at(f.diag, i).id == DIAG_MD_DEPTH;
	assert_int_equal(n, limits);
	assert_true(f.doc->words > 0);
	arena_free(f.a);
	buf_done(&b);
}

static void
test_hostile(void **state)
{
	(void)state;
	repeat(">", 100, " x\n", 0);
	repeat(">", 101, " x\n", 1);
	repeat(">", 50000, " x\n", 1);
	repeat("[", 50000, "x\n", 0);
	repeat("x", 10000, "\n", 0);
	repeat("T\n: d\n\n", 20000, "x\n", 0);
	repeat("T\n: ", 20000, "x\n", 0);
	repeat("> ", 99, "T\n: d\n", 0);
	repeat("- ", 60, "T\n", 1);
}

static void
test_front_matter(void **state)
{
	struct fix f;

	(void)state;
	read_file(&f, S("hello\n"), "x.md");
	assert_null(f.doc);
	assert_int_equal(diag_at(f.diag, 0).id, DIAG_FM_MISSING);
	arena_free(f.a);
	read_file(&f, S("---\ntitle: x\n"), "x.md");
	assert_int_equal(diag_at(f.diag, 0).id, DIAG_FM_UNCLOSED);
	arena_free(f.a);
	read_file(&f, S("---\ntitle: x\ndate: 2020-02-30\nsection: s\n---\n"),
	    "x.md");
	assert_null(f.doc);
	assert_int_equal(diag_at(f.diag, 0).id, DIAG_FM_DATE);
	assert_int_equal(diag_at(f.diag, 0).line, 3);
	assert_int_equal(diag_at(f.diag, 0).column, 7);
	arena_free(f.a);
	read_file(&f, S(FM "a\0b\n"), "2020/A b.hi.md");
	assert_non_null(f.doc);
	assert_true(str_eq(f.doc->meta.id, S("a-b")));
	assert_true(str_eq(f.doc->meta.language, S("hi")));
	assert_int_equal(diag_at(f.diag, 0).id, DIAG_CHAR_CONTROL);
	arena_free(f.a);
}

static void
buf_fixed(char *out, size_t n, const char *line)
{
	(void)snprintf(out, n, "---\n%sdate: 2020-10-12\nsection: s\n%s\n"
	    "---\nx\n", line != NULL ? "title: T\n" : "",
	    line != NULL ? line : "language: en");
}

static void
fm_told(const char *line, enum diag_id id, bool usable)
{
	char text[256];
	struct fix f;

	buf_fixed(text, sizeof text, line);
	read_file(&f, str_c(text), "x.md");
	assert_int_equal(f.doc != NULL, usable);
	assert_true(diag_count(f.diag) > 0);
	assert_string_equal(diag_name(diag_at(f.diag, 0).id), diag_name(id));
	assert_int_equal(diag_at(f.diag, 0).line, usable ? 5 : 2);
	arena_free(f.a);
}

static void
test_front_matter_keys(void **state)
{
	(void)state;
	fm_told("colour: red", DIAG_FM_KEY_UNKNOWN, true);
	fm_told("tags: one", DIAG_FM_VALUE, true);
	fm_told("source: {url: \"ftp://x\"}", DIAG_FM_VALUE, true);
	fm_told("language: e_n", DIAG_FM_LANGUAGE, true);
	fm_told("updated: soon", DIAG_FM_DATE, true);
	fm_told(NULL, DIAG_FM_REQUIRED, false);
}

static void
test_lead_article(void **state)
{
	struct mem_limit lim = { 0, (size_t)1 << 30, NULL };
	struct arena *a = arena_new(&lim);
	struct root *root;
	struct fix f;
	int err;
	str file;

	(void)state;
	root = root_open("content", &err);
	if (root == NULL)
		skip();
	assert_int_equal(root_read(root,
	    S("2020/10/india-japan-cyber-security.md"), (size_t)1 << 24, a,
	    &file), FILE_OK);
	root_close(root);
	f.a = NULL;
	read_file(&f, file, "2020/10/india-japan-cyber-security.md");
	assert_non_null(f.doc);
	assert_int_equal(diag_count(f.diag), 0);
	assert_true(f.doc->nnotes > 0 && f.doc->words > 500);
	assert_int_equal(f.doc->meta.ntags, 5);
	assert_true(str_eq(f.doc->meta.source_url,
	    S("https://www.mea.gov.in/")));
	assert_true(str_eq(f.doc->meta.id, S("india-japan-cyber-security")));
	assert_int_equal(count(f.doc, DOC_FIGURE), 1);
	assert_int_equal(first(f.doc, DOC_HEADING)->as.heading.depth, 1);
	arena_free(f.a);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_definitions),
		cmocka_unit_test(test_definition_spans),
		cmocka_unit_test(test_attributions),
		cmocka_unit_test(test_diagnostics),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_front_matter),
		cmocka_unit_test(test_front_matter_keys),
		cmocka_unit_test(test_lead_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
