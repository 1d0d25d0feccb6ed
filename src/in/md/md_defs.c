/*
 * md_defs.c: definition lists, which cmark has no syntax for:
 *
 *	Term		Term
 *	: Definition
 *			: Definition, loose
 *
 * What a definition may hold (paragraphs, lists, code) and how far it
 * reaches are rules of a list's item, so cmark is made to read it as one:
 * the source is parsed, the colons that begin definitions are found in its
 * paragraphs and become bullets, of the same width, so that no place moves,
 * and the text is parsed again; a few times, as an item that is known may
 * make a definition of what follows it. A tree that then has other items
 * than the colons called for is not used: the text stays as it was.
 *
 * In the tree an item is a definition if there is a colon in the source
 * where it begins. '+' is the bullet: it makes no rule and no heading.
 */
#include <cmark-gfm-core-extensions.h>

#include "in/md/md_int.h"

#define ROUNDS	4

static cmark_node *
parse(str body)
{
	static const char *const names[] = { "table", "strikethrough",
	    "autolink", "tasklist" };
	cmark_parser *p;
	cmark_node *root;
	size_t i;

	cmark_gfm_core_extensions_ensure_registered();
	p = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8);
	for (i = 0; i < ARRAY_LEN(names); i++)
		cmark_parser_attach_syntax_extension(p,
		    cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(p, body.p, body.n);
	root = cmark_parser_finish(p);
	cmark_parser_free(p);
	return root;
}

/* ---- where definitions begin ------------------------------------------ */

/*
 * The colon that begins line `no` (after blanks and marks of quotations),
 * if it can begin a definition; SIZE_MAX: none. What would make no item of
 * text (a task, a note, the target of a link) is none either.
 */
static size_t
colon_of(const struct md *m, int no)
{
	size_t at = md_offset(m, no, 1), end = md_offset(m, no + 1, 1), i;
	str b = m->body;

	if ((size_t)no >= m->lines.n)
		end = b.n;
	while (at < end && (b.p[at] == ' ' || b.p[at] == '>'))
		at++;
	if (end - at < 3 || b.p[at] != ':' || (b.p[at + 1] != ' ' &&
	    b.p[at + 1] != '\t'))
		return SIZE_MAX;
	for (i = at + 1; i < end && (b.p[i] == ' ' || b.p[i] == '\t'); i++)
		continue;
	if (i == end || b.p[i] == '\n' || b.p[i] == '\r')
		return SIZE_MAX;
	if (b.p[i] != '[')
		return at;
	if (end - i > 2 && b.p[i + 2] == ']')
		return SIZE_MAX;
	while (i < end && b.p[i] != ']')
		i++;
	return end - i > 1 && b.p[i + 1] == ':' ? SIZE_MAX : at;
}

/* Most texts have no such line, and then nothing is asked of the tree. */
static bool
has_colon_line(const struct md *m)
{
	str b = m->body;
	size_t i = 0, at, k;

	while ((at = str_find_char(str_from(b, i), ':')) != SIZE_MAX) {
		at += i;
		i = at + 1;
		if (i == b.n || (b.p[i] != ' ' && b.p[i] != '\t'))
			continue;
		for (k = at; k > 0 && (b.p[k - 1] == ' ' ||
		    b.p[k - 1] == '>'); k--)
			continue;
		if (k == 0 || b.p[k - 1] == '\n' || b.p[k - 1] == '\r')
			return true;
	}
	return false;
}

static bool
is_para(cmark_node *n)
{
	return n != NULL &&
	    cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH;
}

static bool
is_alert_mark(cmark_node *para)
{
	cmark_node *q = cmark_node_parent(para);
	enum doc_callout kind;

	return cmark_node_get_type(q) == CMARK_NODE_BLOCK_QUOTE &&
	    cmark_node_previous(para) == NULL && md_alert_kind(q, &kind);
}

/* Does the list's last item, and so its end, belong to definitions? */
static bool
ends_defined(const struct md *m, cmark_node *list)
{
	cmark_node *i = list == NULL || cmark_node_get_type(list) !=
	    CMARK_NODE_LIST ? NULL : cmark_node_last_child(list);

	return i != NULL && md_is_definition(m, i);
}

/* May the paragraph begin with a definition: of the line before it? */
static bool
follows_term(const struct md *m, cmark_node *p)
{
	cmark_node *before = cmark_node_previous(p);

	if (ends_defined(m, before))
		return true;
	if (!is_para(before) || is_alert_mark(before) ||
	    cmark_node_get_start_line(p) >
	    cmark_node_get_end_line(before) + 2)
		return false;
	return cmark_node_get_start_line(before) ==
	    cmark_node_get_end_line(before) ||
	    (cmark_node_get_start_line(before) <
	    cmark_node_get_end_line(before) && colon_of(m,
	    cmark_node_get_end_line(before)) != SIZE_MAX);
}

struct colons { size_t *v; size_t n, cap; };

/* A line that is lazy, or set in too far, is no item in its container. */
static bool
stands_right(const struct md *m, cmark_node *p, int no, size_t at)
{
	size_t column = at - md_offset(m, no, 1) + 1;

	if (cmark_node_get_type(cmark_node_parent(p)) ==
	    CMARK_NODE_DOCUMENT)
		return column <= 4;
	return (int)column == cmark_node_get_start_column(p);
}

static void
find_in(struct md *m, cmark_node *p, struct colons *c)
{
	int lo = cmark_node_get_start_line(p), no;
	int hi = cmark_node_get_end_line(p);
	size_t at;

	if (lo < 1 || is_alert_mark(p))
		return;
	for (no = lo; no <= hi && (size_t)no <= m->lines.n; no++) {
		at = colon_of(m, no);
		if (at == SIZE_MAX)
			continue;
		if (no == lo && !follows_term(m, p))
			return;
		if (stands_right(m, p, no, at))
			VEC_PUSH(m->a, c, at);
	}
}

static void
find(struct md *m, cmark_node *root, struct colons *c)
{
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type ev;

	c->n = 0;
	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE)
		if (ev == CMARK_EVENT_ENTER &&
		    is_para(cmark_iter_get_node(it)))
			find_in(m, cmark_iter_get_node(it), c);
	cmark_iter_free(it);
}

/* Every colon is an item, and terms stand before each list of them. */
static bool
is_sound(const struct md *m, cmark_node *root, size_t colons)
{
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type ev;
	bool sound = true;
	size_t items = 0;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it), *list;

		if (ev != CMARK_EVENT_ENTER || !md_is_definition(m, n))
			continue;
		items++;
		list = cmark_node_parent(n);
		if (cmark_node_previous(n) == NULL)
			sound = sound && is_para(cmark_node_previous(list)) &&
			    !is_alert_mark(cmark_node_previous(list));
		else
			sound = sound &&
			    md_is_definition(m, cmark_node_previous(n));
	}
	cmark_iter_free(it);
	return sound && items == colons;
}

cmark_node *
md_tree(struct md *m)
{
	cmark_node *root = parse(m->body);
	struct colons c = { NULL, 0, 0 };
	size_t all = 0, i;
	char *p = NULL;
	int round;

	m->source = m->body;
	if (!has_colon_line(m))
		return root;
	for (round = 0; round < ROUNDS; round++) {
		find(m, root, &c);
		if (c.n == 0)
			break;
		if (p == NULL) {
			p = ARENA_NEW(m->a, char, m->body.n);
			memcpy(p, m->source.p, m->body.n);
			m->body.p = p;
		}
		for (i = 0; i < c.n; i++)
			p[c.v[i]] = '+';
		all += c.n;
		cmark_node_free(root);
		root = parse(m->body);
	}
	if (all > 0 && !is_sound(m, root, all)) {
		m->body = m->source;
		cmark_node_free(root);
		root = parse(m->body);
	}
	return root;
}

/* ---- what becomes of them --------------------------------------------- */

bool
md_is_definition(const struct md *m, cmark_node *n)
{
	size_t at;

	if (m->body.p == m->source.p || cmark_node_get_type(n) !=
	    CMARK_NODE_ITEM)
		return false;
	at = md_offset(m, cmark_node_get_start_line(n),
	    cmark_node_get_start_column(n));
	return at < m->source.n && m->source.p[at] == ':';
}

bool
md_is_definitions(const struct md *m, cmark_node *n)
{
	return n != NULL && cmark_node_get_type(n) == CMARK_NODE_LIST &&
	    cmark_node_first_child(n) != NULL &&
	    md_is_definition(m, cmark_node_first_child(n));
}

bool
md_is_terms(const struct md *m, cmark_node *p)
{
	return md_is_definitions(m, cmark_node_next(p));
}

/*
 * Opens the list from these first terms to its last definition. Whatever
 * happens in between, leaving the last of cmark's lists closes it.
 */
static void
list_open(struct md *m, cmark_node *p)
{
	span at = md_span(m, p);
	cmark_node *list = NULL;
	bool tight = true;

	for (; is_para(p) && md_is_terms(m, p); p = cmark_node_next(list)) {
		list = cmark_node_next(p);
		tight = tight && cmark_node_get_list_tight(list) &&
		    cmark_node_get_start_line(list) ==
		    cmark_node_get_end_line(p) + 1;
		at.hi = md_span(m, list).hi;
		if (!ends_defined(m, list))
			break;
	}
	doc_open(m->b, DOC_DEFLIST, at)->as.list.tight = tight;
	md_opened(list);
}

/* Lines that the inlines from n up to the next end of a line take up. */
static int
term_lines(cmark_node *n)
{
	int lines = 1;

	for (; n != NULL; n = cmark_node_next(n)) {
		cmark_node_type t = cmark_node_get_type(n);
		cmark_iter *it;

		if (t == CMARK_NODE_SOFTBREAK || t == CMARK_NODE_LINEBREAK)
			break;
		it = cmark_iter_new(n);
		while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
			t = cmark_node_get_type(cmark_iter_get_node(it));
			lines += t == CMARK_NODE_SOFTBREAK ||
			    t == CMARK_NODE_LINEBREAK;
		}
		cmark_iter_free(it);
	}
	return lines;
}

/* Opens a term: the lines from m->term_line on that its inlines take. */
static void
term_open(struct md *m, cmark_node *p, cmark_node *first)
{
	span all = md_span(m, p), at;
	size_t lo = md_offset(m, m->term_line, 1), hi;

	m->term_line += term_lines(first);
	hi = md_offset(m, m->term_line, 1);
	while (lo < hi && (m->body.p[lo] == ' ' || m->body.p[lo] == '>'))
		lo++;
	while (hi > lo && (m->body.p[hi - 1] == '\n' ||
	    m->body.p[hi - 1] == '\r' || m->body.p[hi - 1] == ' '))
		hi--;
	at.lo = m->base + (uint32_t)lo;
	at.hi = m->base + (uint32_t)hi;
	if (at.lo < all.lo || at.lo > all.hi)
		at.lo = all.lo;
	if (at.hi > all.hi || at.hi < at.lo)
		at.hi = all.hi;
	(void)doc_open(m->b, DOC_TERM, at);
}

void
md_terms(struct md *m, cmark_node *p)
{
	if (!ends_defined(m, cmark_node_previous(p)))
		list_open(m, p);
	m->terms = p;
	m->term_line = cmark_node_get_start_line(p);
	term_open(m, p, cmark_node_first_child(p));
	md_opened(p);
}

bool
md_terms_break(struct md *m, cmark_node *n)
{
	cmark_node *p = cmark_node_parent(n);

	if (p != m->terms)
		return false;
	md_tags_close(m, p);
	doc_close(m->b);
	term_open(m, p, cmark_node_next(n));
	return true;
}

/* An item of a list that begins with definitions: a bullet after them
 * begins a list of its own. */
void
md_definition(struct md *m, cmark_node *item)
{
	cmark_node *before = cmark_node_previous(item);
	cmark_node *list = cmark_node_parent(item);
	struct doc_node *d;
	span at;

	md_opened(item);
	if (md_is_definition(m, item)) {
		(void)doc_open(m->b, DOC_DEFINITION, md_span(m, item));
		return;
	}
	if (before != NULL && md_is_definition(m, before)) {
		doc_close(m->b);
		at = md_span(m, list);
		at.lo = md_span(m, item).lo;
		d = doc_open(m->b, DOC_LIST, at);
		d->as.list.tight = cmark_node_get_list_tight(list) != 0;
		d->as.list.start = 1;
	}
	d = doc_open(m->b, DOC_ITEM, md_span(m, item));
	if (md_is(item, "tasklist"))
		d->as.item.task =
		    cmark_gfm_extensions_get_tasklist_item_checked(item) ?
		    TASK_DONE : TASK_OPEN;
}
