/*
 * md.c: Markdown -> doc by cmark-gfm. cmark's tree is walked once with its
 * iterator (no recursion); md_defs.c makes the tree, md_blocks.c and
 * md_inlines.c say what becomes of each node. This file holds the set-up,
 * places, and the checks that need the whole source: encoding and footnotes
 * that nobody refers to.
 */
#include "in/md/md_int.h"

#define CHECK_EVERY	64	/* nodes between looks at the memory used */

/* The end of the line that begins at i: its LF or CR, or the text's end. */
static size_t
line_end(str s, size_t i, bool cr)
{
	size_t n;

	if (!cr) {
		n = str_find_char(str_from(s, i), '\n');
		return n == SIZE_MAX ? s.n : i + n;
	}
	while (i < s.n && s.p[i] != '\n' && s.p[i] != '\r')
		i++;
	return i;
}

static void
lines_find(struct md *m)
{
	bool cr = str_find_char(m->body, '\r') != SIZE_MAX;
	size_t i = 0;

	VEC_PUSH(m->a, &m->lines, 0);
	while ((i = line_end(m->body, i, cr)) < m->body.n) {
		if (m->body.p[i] == '\r' && i + 1 < m->body.n &&
		    m->body.p[i + 1] == '\n')
			i++;
		VEC_PUSH(m->a, &m->lines, (uint32_t)++i);
	}
	m->taken = ARENA_NEW(m->a, uint8_t, m->lines.n + 1);
}

/* cmark's lines and columns count from 1; some inline ones are guesses. */
size_t
md_offset(const struct md *m, int line, int column)
{
	size_t lo, hi, at;

	if (line < 1)
		return 0;
	if ((size_t)line > m->lines.n)
		return m->body.n;
	lo = m->lines.v[line - 1];
	hi = (size_t)line < m->lines.n ? m->lines.v[line] : m->body.n;
	at = lo + (column > 1 ? (size_t)column - 1 : 0);
	return at < hi ? at : hi;
}

span
md_span(const struct md *m, cmark_node *n)
{
	size_t lo = md_offset(m, cmark_node_get_start_line(n),
	    cmark_node_get_start_column(n));
	size_t hi = md_offset(m, cmark_node_get_end_line(n),
	    cmark_node_get_end_column(n) + 1);

	if (hi < lo)
		hi = lo;
	return (span){ m->base + (uint32_t)lo, m->base + (uint32_t)hi };
}

str
md_literal(cmark_node *n)
{
	return str_c(cmark_node_get_literal(n));
}

bool
md_is(cmark_node *n, const char *type)
{
	return n != NULL && strcmp(cmark_node_get_type_string(n), type) == 0;
}

void
md_skip(struct md *m, cmark_node *n)
{
	cmark_iter_reset(m->it, n, CMARK_EVENT_EXIT);
}

void
md_opened(cmark_node *n)
{
	cmark_node_set_user_data(n, (void *)(uintptr_t)MD_OPENED_NODE);
}

/* The first byte at or after i that is not ASCII. */
static size_t
high_at(str s, size_t i)
{
	uint64_t eight;

	for (; s.n - i >= 8; i += 8) {
		memcpy(&eight, s.p + i, 8);
		if ((eight & 0x8080808080808080) != 0)
			break;
	}
	while (i < s.n && (unsigned char)s.p[i] < 0x80)
		i++;
	return i;
}

/* The end of the bytes beyond ASCII that begin at i: whole characters, as
 * no character holds a byte of ASCII. */
static size_t
high_end(str s, size_t i)
{
	while (i < s.n && (unsigned char)s.p[i] >= 0x80)
		i++;
	return i;
}

/*
 * The body, or a copy in which NUL is another control character: cmark
 * would show NUL as U+FFFD, but the document leaves controls out.
 */
static str
without_nul(struct md *m, str body)
{
	size_t at = str_find_char(body, '\0');
	char *p;

	if (at == SIZE_MAX)
		return body;
	p = ARENA_NEW(m->a, char, body.n);
	memcpy(p, body.p, body.n);
	for (; at < body.n; at++)
		if (p[at] == '\0')
			p[at] = '\x01';
	return (str){ p, body.n };
}

/* Tells invalid UTF-8, which cmark replaces silently. */
static void
check_bytes(struct md *m, str body)
{
	size_t i = 0, at, bad, told = 0;

	for (at = high_at(body, 0); at < body.n; at = high_at(body, i)) {
		i = high_end(body, at);
		if (utf8_valid(str_cut(body, at, i), &bad))
			continue;
		at += bad;
		i = at;
		(void)utf8_next(body, &i);
		if (told++ >= m->lim->diagnostics)
			continue;
		diag_add(m->diag, DIAG_UTF8_INVALID,
		    (span){ m->base + (uint32_t)at, m->base + (uint32_t)i },
		    "byte 0x%02X", (unsigned)(unsigned char)body.p[at]);
	}
}

/* Remembers which lines cannot hold an unused note. */
static void
mark_lines(struct md *m, cmark_node *n)
{
	cmark_node_type t = cmark_node_get_type(n);
	int i, lo = cmark_node_get_start_line(n);
	int hi = cmark_node_get_end_line(n);

	if (t == CMARK_NODE_FOOTNOTE_DEFINITION) {
		if (lo >= 1 && (size_t)lo <= m->lines.n)
			m->taken[lo - 1] = MD_LINE_NOTE;
		return;
	}
	if (t != CMARK_NODE_CODE_BLOCK && t != CMARK_NODE_HTML_BLOCK)
		return;
	for (i = lo; i >= 1 && i <= hi && (size_t)i <= m->lines.n; i++)
		m->taken[i - 1] = MD_LINE_LITERAL;
}

/* cmark drops notes without a mark, so they are looked for in the source. */
static void
unused_notes(struct md *m)
{
	size_t i, lo, at, end;

	for (i = 0; i < m->lines.n; i++) {
		lo = at = m->lines.v[i];
		end = i + 1 < m->lines.n ? m->lines.v[i + 1] : m->body.n;
		while (at < end && at < lo + 3 && m->body.p[at] == ' ')
			at++;
		if (m->taken[i] != MD_LINE_OTHER ||
		    !str_starts(str_cut(m->body, at, end), S("[^")))
			continue;
		lo = at;
		for (at += 2; at < end && m->body.p[at] != ']'; at++)
			if (m->body.p[at] == ' ' || m->body.p[at] == '\n')
				break;
		if (at == lo + 2 || at + 1 >= end || m->body.p[at] != ']' ||
		    m->body.p[at + 1] != ':')
			continue;
		diag_add(m->diag, DIAG_MD_NOTE_UNUSED,
		    (span){ m->base + (uint32_t)lo,
		    m->base + (uint32_t)at + 1 }, "%.*s",
		    STR_ARG(str_cut(m->body, lo, at + 1)));
	}
}

static void
walk(struct md *m, cmark_node *root)
{
	size_t start = arena_used(m->a);
	size_t most = m->lim->parse_ratio * m->body.n + m->lim->parse_slack;
	cmark_event_type ev;
	unsigned entered = 0;
	bool full = false;

	m->it = cmark_iter_new(root);
	while ((ev = cmark_iter_next(m->it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(m->it);

		if (n == root)
			continue;
		if (ev == CMARK_EVENT_EXIT) {
			md_tags_close(m, n);
			md_block_leave(m, n);
			if ((uintptr_t)cmark_node_get_user_data(n) ==
			    MD_OPENED_NODE)
				doc_close(m->b);
			continue;
		}
		mark_lines(m, n);
		/* Past the limit nothing is opened, what is open closes. */
		if (!full && entered++ % CHECK_EVERY == 0 &&
		    arena_used(m->a) - start > most) {
			full = true;
			diag_add(m->diag, DIAG_MD_AMPLIFIED, md_span(m, n),
			    "over %zu bytes", most);
		}
		if (!full && !md_block_enter(m, n))
			md_inline_enter(m, n);
	}
	cmark_iter_free(m->it);
}

const struct doc *
md_parse(struct arena *a, str path, str file, uint32_t base,
    const struct doc_defaults *by_default, const struct limits *lim,
    struct diag *diag)
{
	struct md m = { .a = a, .lim = lim, .diag = diag, .level = 1 };
	struct doc_meta meta;
	struct doc *d;
	cmark_node *root;
	str yaml;
	size_t yaml_at, body_at;

	if (file.n > lim->article_bytes) {
		diag_add(diag, DIAG_MD_TOO_LARGE, (span){ base, base },
		    "%zu bytes, at most %zu", file.n, lim->article_bytes);
		file = str_cut(file, 0, lim->article_bytes);
	}
	if (!md_meta(a, path, file, base, by_default, lim, diag, &meta) ||
	    !md_split(file, base, diag, &yaml, &yaml_at, &body_at))
		return NULL;
	m.base = base + (uint32_t)body_at;
	check_bytes(&m, str_from(file, body_at));
	m.body = without_nul(&m, str_from(file, body_at));
	lines_find(&m);
	m.b = doc_builder_new(a, lim, diag);
	root = md_tree(&m);
	walk(&m, root);
	cmark_node_free(root);
	unused_notes(&m);
	doc_habits(m.b, meta.language, meta.habits);
	d = doc_finish(m.b, path);
	d->meta = meta;
	if (d->root->child == NULL)
		diag_add(diag, DIAG_MD_EMPTY, (span){ m.base, m.base },
		    "nothing after the front matter");
	return d;
}
