/*
 * test_properties.c: what holds for every document, tried on documents that
 * are made up from a fixed seed and on the goldens with bytes changed at
 * random:
 *
 * - ids are dense and in document order, spans lie inside their parents,
 *   text is clean, tables are full, notes are found;
 * - the page of an EPUB is well-formed, its ids are unique, its links lead
 *   somewhere, and its text is the document's, neither more nor less;
 * - the pages of a PDF hold that text too, in its order, and nothing else
 *   than it, and no item leaves its page (every fourth document: slower).
 */
#include <dirent.h>

#include "laid.h"

static struct laid laid, rich;

/* What the theme leaves out. */
static const struct theme *
enrich(struct theme *t)
{
	int	 i;

	t->drop_cap = 3;
	for (i = STYLE_H2; i <= STYLE_H4; i++)
		t->block[i].numbered = true;
	for (i = STYLE_SUMMARY; i <= STYLE_CODE; i++) {
		t->block[i].border = 0;
		t->block[i].border_w = SP_PT;
		t->block[i].pad = SP_PT * 7;
	}
	return t;
}

/* ---- chance ----------------------------------------------------------- */

static uint32_t
below(uint64_t *x, uint32_t n)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((*x >> 33) % n);
}

/* ---- what holds for a document ---------------------------------------- */

static void
check_node(const struct doc *d, const struct doc_node *n, span file)
{
	const struct doc_node *p = n->parent, *c;
	uint32_t cells = 0;

	assert_ptr_equal(d->nodes[n->id], n);
	assert_true(n->at.lo <= n->at.hi);
	assert_true(n->at.lo >= file.lo && n->at.hi <= file.hi);
	if (p != d->root)
		assert_true(n->at.lo >= p->at.lo && n->at.hi <= p->at.hi);
	assert_true(n->id > p->id);
	if (n->kind == DOC_NOTE)
		assert_ptr_equal(p, d->root);
	if (n->kind == DOC_ROW) {
		for (c = n->child; c; c = c->next) {
			assert_int_equal(c->kind, DOC_CELL);
			assert_int_equal(c->as.cell.col, cells++);
		}
		assert_int_equal(cells, p->as.table.ncols);
	}
	if (n->kind == DOC_NOTEREF) {
		assert_non_null(n->as.noteref.note);
		assert_int_equal(n->as.noteref.note->kind, DOC_NOTE);
		assert_int_equal(n->as.noteref.note->as.note.number,
		    n->as.noteref.number);
	}
	if (doc_is_inline(p->kind))
		assert_true(doc_is_inline(n->kind));
}

static void
check_text(str s, bool code)
{
	size_t i = 0;
	uint32_t c;

	assert_true(utf8_valid(s, NULL));
	while (i < s.n) {
		c = utf8_next(s, &i);
		assert_true(c >= 0x20 || c == '\t' || (code && c == '\n'));
		assert_false(c >= 0x7f && c < 0xa0);
	}
}

static void
check_doc(const struct world *w)
{
	span file = { 1, 1 + (uint32_t)w->file.n };
	const struct doc *d = w->doc;
	struct doc_walk walk = { d->root, NULL, false };
	uint32_t next = 0;

	while (doc_next(&walk)) {
		if (walk.leaving)
			continue;
		assert_int_equal(walk.node->id, next++);
		if (walk.node == d->root)
			continue;
		check_node(d, walk.node, file);
		if (walk.node->kind == DOC_TEXT ||
		    walk.node->kind == DOC_CODESPAN)
			check_text(walk.node->as.text.text, false);
		else if (walk.node->kind == DOC_CODE)
			check_text(walk.node->as.code.text, true);
	}
	assert_int_equal(next, d->nnodes);
}

/* ---- what holds for a page -------------------------------------------- */

static void
put_letters(struct buf *b, str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t')
			buf_char(b, s.p[i]);
}

/* The document's own text, and alt texts as there are no pictures here. */
static void
doc_letters(const struct doc *d, struct buf *b)
{
	const struct doc_node *n;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			put_letters(b, n->as.text.text);
		else if (n->kind == DOC_CODE)
			put_letters(b, n->as.code.text);
		else if (n->kind == DOC_FIGURE || n->kind == DOC_IMAGE)
			put_letters(b, n->as.image.alt);
	}
}

/* Elements that hold words of ours or of the front matter. */
static bool
is_furniture(str tag)
{
	static const char *const marks[] = { "head",
		" id=\"title\"", " id=\"notes\"", " class=\"kicker\"",
		" class=\"meta\"", " class=\"tags\"", " class=\"summary\"",
		" class=\"contents\"", " class=\"label\"",
		" class=\"noteref\"", " class=\"source\"",
		" class=\"number\"", " role=\"doc-backlink\"", " role=\"img\"" };
	size_t i;

	if (str_eq(tag, str_c(marks[0])))
		return true;
	for (i = 1; i < ARRAY_LEN(marks); i++)
		if (str_find(tag, str_c(marks[i])) != SIZE_MAX)
			return true;
	return false;
}

struct scan {
	struct arena	*a;
	struct map	*ids;
	VEC(str)	 targets;	/* of links inside the page */
	VEC(str)	 open;
	size_t		 skip;		/* depth of the furniture; 0: none */
	struct buf	 letters;
};

static str
attribute(str tag, str name)
{
	size_t at = str_find(tag, name);

	if (at == SIZE_MAX)
		return S("");
	tag = str_from(tag, at + name.n);
	return str_cut(tag, 0, str_find_char(tag, '"'));
}

static void
open_tag(struct scan *s, str tag)
{
	size_t n = str_find_char(tag, ' ');
	str id = attribute(tag, S(" id=\""));
	str href = attribute(tag, S(" href=\"#"));

	if (id.n && !str_eq(id, S("title")))
		assert_null(map_put(s->ids, id, s));
	if (href.n)
		VEC_PUSH(s->a, &s->targets, href);
	if (str_ends(tag, S("/")))
		return;
	VEC_PUSH(s->a, &s->open, str_cut(tag, 0, n));
	if (s->skip == 0 && is_furniture(tag))
		s->skip = s->open.n;
}

static void
close_tag(struct scan *s, str name)
{
	assert_true(s->open.n > 0);
	assert_true(str_eq(s->open.v[s->open.n - 1], name));
	if (s->skip == s->open.n)
		s->skip = 0;
	s->open.n--;
}

static char
entity(str s, size_t *i)
{
	static const struct { str name; char c; } known[] = {
		{ Z("&amp;"), '&' }, { Z("&lt;"), '<' }, { Z("&gt;"), '>' },
		{ Z("&quot;"), '"' } };
	size_t k;

	for (k = 0; k < ARRAY_LEN(known); k++)
		if (str_starts(str_from(s, *i), known[k].name)) {
			*i += known[k].name.n;
			return known[k].c;
		}
	fail_msg("a bare &");
	return 0;
}

static void
text_run(struct scan *s, str page, size_t *i)
{
	size_t end = str_find_char(str_from(page, *i), '<');
	char c;

	end = end == SIZE_MAX ? page.n : *i + end;
	while (*i < end) {
		c = page.p[*i] == '&' ? entity(page, i) : page.p[(*i)++];
		if (s->skip == 0)
			put_letters(&s->letters, (str){ &c, 1 });
	}
}

/* Scans all pages; what they hold of the document goes to s->letters. */
static void
scan_page(struct scan *s, str page)
{
	size_t i = 0, end;
	str tag;

	while (i < page.n) {
		if (page.p[i] != '<') {
			text_run(s, page, &i);
			continue;
		}
		end = str_find_char(str_from(page, i), '>');
		assert_true(end != SIZE_MAX);
		tag = str_cut(page, i + 1, i + end);
		i += end + 1;
		if (tag.p[0] == '/')
			close_tag(s, str_from(tag, 1));
		else if (tag.p[0] != '?' && tag.p[0] != '!')
			open_tag(s, tag);
	}
	assert_int_equal(s->open.n, 0);
	for (i = 0; i < s->targets.n; i++)
		if (!map_find(s->ids, s->targets.v[i]))
			fail_msg("a link to #%.*s, which is nowhere in\n%.*s",
			    STR_ARG(s->targets.v[i]), STR_ARG(page));
}

static void
check_page(struct world *w, bool on_paper)
{
	struct scan s = { .a = w->a, .ids = map_new(w->a) };
	struct buf want = { 0 };

	scan_page(&s, buf_view(&w->page));
	doc_letters(w->doc, &want);
	if (!str_eq(buf_view(&want), buf_view(&s.letters)))
		fail_msg("the page says\n%.*s\nthe document says\n%.*s",
		    STR_ARG(buf_view(&s.letters)), STR_ARG(buf_view(&want)));
	if (on_paper)
		laid_check(w->file.n % 2 ? &laid : &rich, w);
	buf_done(&want);
	buf_done(&s.letters);
}

/* false: there was no usable front matter. */
static bool
check(str file, bool on_paper)
{
	struct world w;
	bool parsed;

	make(&w, file);
	parsed = w.doc != NULL;
	if (parsed) {
		check_doc(&w);
		check_page(&w, on_paper);
	}
	done(&w);
	return parsed;
}

/* ---- documents made up ------------------------------------------------ */

static const char *const words[] = { "word", "Two words", "x", "*em*",
	"**strong**", "~~gone~~", "`code`", "``a`b``", "[l](#w)",
	"[far](https://example.org/?a=1&b=\"2\")", "[x](other)", "![i](i.png)",
	"<span class=\"smallcaps\">s", "</span>", "\n: ", ", ",
	"<sub>2</sub>", "<sup>", "</sub>", "<kbd>K</kbd>", "<br>", "<b>b</b>",
	"<!-- c -->", "&amp;", "&#x939;", "[^1]", "[^2]", "[^none]", "\\*", "<",
	"&", "\"", "'", "| a", "*", "_", "`", "[", "](", "भारत", "自由で", "اردو ہے",
	"e\xcc\x81", "\xe2\x80\x8d", "\xff", "\xc3", "\x01", "\xe2\x80\xae",
	"www.example.org", "a@example.org", "https://example.org/x." };

static void
put_line(struct buf *b, uint64_t *r)
{
	uint32_t n = 1 + below(r, 8);

	while (n-- > 0) {
		buf_z(b, words[below(r, ARRAY_LEN(words))]);
		buf_z(b, below(r, 4) ? " " : "");
	}
	buf_z(b, below(r, 12) ? "\n" : below(r, 2) ? "  \n" : "\\\n");
}

static const char *const starts[] = { "", "", "", "## ", "### ", "#### ",
	"# ", "- ", "1. ", "7) ", "- [ ] ", "- [x] ", "> ", "> [!NOTE]\n> ",
	"> > ", "> \xe2\x80\x94 ", "    ", "```\n", "~~~ c\n", "***\n", "---\n",
	"|a|b|\n|-|:-:|\n|", "[^1]: ", "[^2]: ", "<div>", "</div>\n", "\t",
	"![alt](i.png \"Caption\")\n", "[r]: https://example.org/ 't'\n",
	": ", ":   ", "Term\n: ", "Term\n\n: ", "> T\n> : ", "  : ",
	": + ", "> -- ", "```\n\ta  b\n", "- > - ", "  - ", "    - ", "===\n",
	"Table: ", "\n\nTable: t\n\n",
	"|n|p|q|\n|-|-:|-|\n|1.5|2,000%|3|\n|10|x y z w|\n\n",
	"||\n|-|\n|x|\n\n" };

static void
make_up(struct buf *b, uint64_t *r)
{
	uint32_t n = 1 + below(r, 30);

	buf_z(b, FM);
	while (n-- > 0) {
		buf_z(b, starts[below(r, ARRAY_LEN(starts))]);
		put_line(b, r);
		if (below(r, 2))
			buf_z(b, below(r, 8) ? "\n" : "\r\n\r");
	}
}

static void
test_made_up(void **state)
{
	uint64_t r = 20201012;
	struct buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 4000; i++) {
		b.n = 0;
		make_up(&b, &r);
		if (getenv("PROPERTY_SHOW"))
			fprintf(stderr, "== %d\n%.*s\n", i, (int)b.n, b.p);
		assert_true(check(buf_view(&b), i % 4 == 0));
	}
	buf_done(&b);
}

/* ---- goldens with changes --------------------------------------------- */

struct goldens { struct buf v[64]; size_t n; };

static int
by_name(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static void
read_golden(struct goldens *g, const char *name)
{
	char path[512], chunk[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof path, "tests/golden/%s", name);
	f = fopen(path, "rb");
	assert_non_null(f);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_add(&g->v[g->n], chunk, n);
	fclose(f);
	g->n++;
}

static void
read_goldens(struct goldens *g)
{
	DIR *d = opendir("tests/golden");
	char *names[64];
	size_t n = 0, i;
	struct dirent *e;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL && n < ARRAY_LEN(names))
		if (str_ends(str_c(e->d_name), S(".md")))
			names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof *names, by_name);
	for (i = 0; i < n; i++) {
		read_golden(g, names[i]);
		free(names[i]);
	}
	assert_true(g->n > 10);
}

/* One change: a byte, a stretch left out, doubled, or of another golden. */
static void
mutate(struct buf *b, const struct goldens *g, uint64_t *r)
{
	static const char odd[] = "\n\n\n*_`[](){}<>#-+>|!~&\\\"' \t\r:^1";
	const struct buf *other = &g->v[below(r, (uint32_t)g->n)];
	uint32_t n = (uint32_t)b->n;
	size_t at = n ? below(r, n) : 0, len = 1 + below(r, 40);
	struct buf out = { 0 };

	if (at + len > b->n)
		len = b->n - at;
	buf_add(&out, b->p, at);
	switch (below(r, 6)) {
	case 0:
		buf_char(&out, (char)below(r, 256));
		len = len > 0;
		break;
	case 1:
		buf_char(&out, odd[below(r, sizeof odd - 1)]);
		len = 0;
		break;
	case 2:
		break;
	case 3:
		buf_add(&out, b->p + at, len);
		len = 0;
		break;
	case 4:
		if (other->n > 80)
			buf_add(&out, other->p + below(r,
			    (uint32_t)other->n - 60), 60);
		break;
	default:
		buf_char(&out, odd[below(r, sizeof odd - 1)]);
		len = len > 0;
		break;
	}
	buf_add(&out, b->p + at + len, b->n - at - len);
	buf_done(b);
	*b = out;
}

static void
test_mutated(void **state)
{
	struct goldens g = { .n = 0 };
	uint64_t r = 1;
	struct buf b;
	unsigned i, k, usable = 0;

	(void)state;
	read_goldens(&g);
	for (i = 0; i < 4000; i++) {
		const struct buf *from = &g.v[i % g.n];

		b = (struct buf){ 0 };
		buf_add(&b, from->p, from->n);
		for (k = 1 + below(&r, 6); k > 0; k--)
			mutate(&b, &g, &r);
		if (getenv("PROPERTY_SHOW"))
			fprintf(stderr, "== %u\n%.*s\n", i, (int)b.n, b.p);
		usable += check(buf_view(&b), i / g.n % 4 == 0);
		buf_done(&b);
	}
	assert_true(usable > 500);
	for (i = 0; i < g.n; i++)
		buf_done(&g.v[i]);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_made_up),
		cmocka_unit_test(test_mutated),
	};
	struct theme t;

	laid_open(&laid);
	rich = laid;
	t = *laid.theme;
	enrich(&t);
	for (size_t i = 0; i < ARRAY_LEN(rich.theme); i++)
		rich.theme[i] = t;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
