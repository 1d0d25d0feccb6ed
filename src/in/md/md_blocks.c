/*
 * md_blocks.c: what becomes of cmark's blocks. Shapes that Markdown has no
 * syntax for are recognised here: figures (an image alone in its
 * paragraph), GitHub's alerts, a quotation's last line with its author.
 */
#include <cmark-gfm-core-extensions.h>

#include "in/md/md_int.h"

static struct doc_node *
open_node(struct md *m, cmark_node *n, enum doc_kind kind)
{
	md_opened(n);
	return doc_open(m->b, kind, md_span(m, n));
}

/* Nothing in it but comments: it would be an empty line in the contents. */
static bool
is_blank(cmark_node *n)
{
	for (n = cmark_node_first_child(n); n != NULL; n = cmark_node_next(n))
		if (cmark_node_get_type(n) != CMARK_NODE_HTML_INLINE ||
		    !str_starts(md_literal(n), S("<!--")))
			return false;
	return true;
}

static void
heading(struct md *m, cmark_node *n)
{
	int level = cmark_node_get_heading_level(n);
	span at = md_span(m, n);

	if (is_blank(n)) {
		md_skip(m, n);
		return;
	}
	if (cmark_node_get_type(cmark_node_parent(n)) !=
	    CMARK_NODE_DOCUMENT) {	/* it belongs to what is quoted */
		open_node(m, n, DOC_HEADING)->as.heading.level = level;
		return;
	}
	if (level == 1)
		diag_add(m->diag, DIAG_MD_HEADING_TITLE, at,
		    "the title stands in the front matter");
	else if (level > m->level + 1)
		diag_add(m->diag, DIAG_MD_HEADING_SKIP, at,
		    "level %d after level %d, taken for %d; write \"%.*s\"",
		    level, m->level, m->level + 1, m->level + 1, "######");
	m->level = level;
	open_node(m, n, DOC_HEADING)->as.heading.level = level;
}

static void
list(struct md *m, cmark_node *n)
{
	struct doc_node *d;

	if (md_is_definitions(m, n))
		return;		/* open since its terms */
	d = open_node(m, n, DOC_LIST);
	d->as.list.ordered =
	    cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	d->as.list.tight = cmark_node_get_list_tight(n) != 0;
	d->as.list.start = d->as.list.ordered ?
	    (uint32_t)cmark_node_get_list_start(n) : 1;
}

static void
item(struct md *m, cmark_node *n)
{
	struct doc_node *d;

	if (md_is_definitions(m, cmark_node_parent(n))) {
		md_definition(m, n);
		return;
	}
	d = open_node(m, n, DOC_ITEM);
	if (md_is(n, "tasklist"))
		d->as.item.task =
		    cmark_gfm_extensions_get_tasklist_item_checked(n) ?
		    TASK_DONE : TASK_OPEN;
}

bool
md_alert_kind(cmark_node *quote, enum doc_callout *kind)
{
	static const str names[CALLOUT_COUNT] = {
		[CALLOUT_NOTE] = { "[!note]", 7 },
		[CALLOUT_TIP] = { "[!tip]", 6 },
		[CALLOUT_IMPORTANT] = { "[!important]", 12 },
		[CALLOUT_WARNING] = { "[!warning]", 10 },
		[CALLOUT_CAUTION] = { "[!caution]", 10 },
	};
	cmark_node *p = cmark_node_first_child(quote), *t, *after;
	char low[16];
	size_t i;
	str s;

	if (p == NULL || cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH)
		return false;
	t = cmark_node_first_child(p);
	if (t == NULL || cmark_node_get_type(t) != CMARK_NODE_TEXT)
		return false;
	after = cmark_node_next(t);
	if (after != NULL &&
	    cmark_node_get_type(after) != CMARK_NODE_SOFTBREAK &&
	    cmark_node_get_type(after) != CMARK_NODE_LINEBREAK)
		return false;
	s = str_trim(md_literal(t));
	if (s.n > sizeof low)
		return false;
	for (i = 0; i < s.n; i++)
		low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ?
		    s.p[i] + 32 : s.p[i]);
	for (i = 0; i < CALLOUT_COUNT; i++)
		if (str_eq((str){ low, s.n }, names[i])) {
			*kind = (enum doc_callout)i;
			return true;
		}
	return false;
}

static void
quote(struct md *m, cmark_node *n)
{
	enum doc_callout kind;

	if (md_alert_kind(n, &kind))
		open_node(m, n, DOC_CALLOUT)->as.callout.kind = kind;
	else
		(void)open_node(m, n, DOC_QUOTE);
}

static bool
is_attribution(cmark_node *p)
{
	cmark_node *q = cmark_node_parent(p), *t = cmark_node_first_child(p);
	enum doc_callout kind;

	return cmark_node_get_type(q) == CMARK_NODE_BLOCK_QUOTE &&
	    cmark_node_next(p) == NULL && cmark_node_previous(p) != NULL &&
	    t != NULL && cmark_node_get_type(t) == CMARK_NODE_TEXT &&
	    (str_starts(md_literal(t), S("\xE2\x80\x94")) ||
	    str_starts(md_literal(t), S("--"))) &&
	    !md_alert_kind(q, &kind);
}

static void
figure(struct md *m, cmark_node *p, cmark_node *image)
{
	struct doc_node *d = doc_open(m->b, DOC_FIGURE, md_span(m, p));
	str title = str_c(cmark_node_get_title(image));

	d->as.image.src = arena_str(m->a, str_c(cmark_node_get_url(image)));
	d->as.image.alt = md_alt(m, image);
	if (title.n > 0) {
		doc_open(m->b, DOC_CAPTION, d->at);
		doc_text(m->b, d->at, title);
		doc_close(m->b);
	}
	doc_close(m->b);
	md_skip(m, p);
}

/* An attribution; hyphens at its start are a dash. */
static void
attribution(struct md *m, cmark_node *p)
{
	cmark_node *t = cmark_node_first_child(p);
	str s = md_literal(t);
	size_t i = 0;

	while (i < s.n && s.p[i] == '-')
		i++;
	if (i > 0)
		(void)cmark_node_set_literal(t, arena_cstr(m->a,
		    arena_printf(m->a, "\xE2\x80\x94%s%.*s", i < s.n &&
		    s.p[i] == ' ' ? "" : " ", STR_ARG(str_from(s, i)))));
	(void)open_node(m, p, DOC_ATTRIBUTION);
}

static void
paragraph(struct md *m, cmark_node *p)
{
	cmark_node *first = cmark_node_first_child(p);
	cmark_node *parent = cmark_node_parent(p);
	enum doc_callout kind;

	if (md_is_terms(m, p)) {
		md_terms(m, p);
		return;
	}
	if (md_caption_enter(m, p))
		return;
	if (first != NULL && cmark_node_next(first) == NULL &&
	    cmark_node_get_type(first) == CMARK_NODE_IMAGE) {
		figure(m, p, first);
		return;
	}
	/* An alert's first line is its mark and no text. */
	if (cmark_node_get_type(parent) == CMARK_NODE_BLOCK_QUOTE &&
	    cmark_node_previous(p) == NULL && md_alert_kind(parent, &kind)) {
		if (cmark_node_next(first) == NULL) {
			md_skip(m, p);
			return;
		}
		(void)open_node(m, p, DOC_PARA);
		/* On with the text's exit and the break, which says nothing
		 * at a paragraph's start. */
		md_skip(m, cmark_node_next(first));
		return;
	}
	if (is_attribution(p))
		attribution(m, p);
	else
		(void)open_node(m, p, DOC_PARA);
}

static void
code(struct md *m, cmark_node *n)
{
	struct doc_node *d = doc_leaf(m->b, DOC_CODE, md_span(m, n));
	str info = str_trim(str_c(cmark_node_get_fence_info(n)));
	size_t i = 0;

	while (i < info.n && info.p[i] != ' ' && info.p[i] != '\t')
		i++;
	d->as.code.lang = arena_str(m->a, str_cut(info, 0, i));
	d->as.code.text = arena_str(m->a, md_literal(n));
	if (!str_ends(d->as.code.text, S("\n")))
		d->as.code.text = arena_printf(m->a, "%.*s\n",
		    STR_ARG(d->as.code.text));
}

static void
html(struct md *m, cmark_node *n)
{
	bool had;
	str text = str_trim(md_strip_tags(m->a, md_literal(n), &had));
	span at = md_span(m, n);

	if (had || text.n > 0)
		diag_add(m->diag, DIAG_MD_HTML, at, text.n > 0 ?
		    "its text is kept" : "nothing is left of it");
	if (text.n == 0)
		return;
	doc_open(m->b, DOC_PARA, at);
	doc_text(m->b, at, text);
	doc_close(m->b);
}

static enum doc_align
align_of(uint8_t a)
{
	return a == 'l' ? DOC_ALIGN_LEFT : a == 'c' ? DOC_ALIGN_CENTER :
	    a == 'r' ? DOC_ALIGN_RIGHT : DOC_ALIGN_NONE;
}

static void
table(struct md *m, cmark_node *n)
{
	const uint8_t *from = cmark_gfm_extensions_get_table_alignments(n);
	struct doc_node *d;
	uint32_t i, ncols = cmark_gfm_extensions_get_table_columns(n);
	uint8_t *align;

	if (md_caption_follows(m, n))
		return;
	d = md_table_open(m, n);
	if (ncols > m->lim->table_columns) {
		diag_add(m->diag, DIAG_MD_TABLE_WIDE, d->at,
		    "%u columns, at most %u", (unsigned)ncols,
		    m->lim->table_columns);
		ncols = m->lim->table_columns;
	}
	align = ARENA_NEW(m->a, uint8_t, ncols + 1);
	for (i = 0; i < ncols && from != NULL; i++)
		align[i] = (uint8_t)align_of(from[i]);
	d->as.table.ncols = ncols;
	d->as.table.align = align;
	m->ncols = ncols;
	m->nrows = 0;
	m->long_told = false;
}

static bool
row_is_empty(cmark_node *n)
{
	for (n = cmark_node_first_child(n); n; n = cmark_node_next(n))
		if (cmark_node_first_child(n))
			return false;
	return true;
}

static void
row(struct md *m, cmark_node *n)
{
	if (m->nrows >= m->lim->table_rows) {
		if (!m->long_told)
			diag_add(m->diag, DIAG_MD_TABLE_LONG, md_span(m, n),
			    "at most %u", m->lim->table_rows);
		m->long_told = true;
		md_skip(m, n);
		return;
	}
	m->nrows++;
	m->col = 0;
	if (m->nrows == 1 && row_is_empty(n))
		diag_add(m->diag, DIAG_MD_TABLE_HEADER, md_span(m, n),
		    "its first column is taken for one; write the names of "
		    "the columns into the first row");
	open_node(m, n, DOC_ROW)->as.row.header = m->nrows == 1;
}

static void
cell(struct md *m, cmark_node *n)
{
	uint32_t col = m->col++;

	if (col >= m->ncols)
		md_skip(m, n);
	else
		open_node(m, n, DOC_CELL)->as.cell.col = col;
}

static void
note(struct md *m, cmark_node *n)
{
	if (m->notes >= m->lim->notes) {
		if (!m->notes_told)
			diag_add(m->diag, DIAG_MD_TOO_LARGE, md_span(m, n),
			    "at most %u footnotes", m->lim->notes);
		m->notes_told = true;
		md_skip(m, n);
		return;
	}
	open_node(m, n, DOC_NOTE)->as.note.number = ++m->notes;
}

static bool
table_enter(struct md *m, cmark_node *n)
{
	if (md_is(n, "table"))
		table(m, n);
	else if (md_is(n, "table_header") || md_is(n, "table_row"))
		row(m, n);
	else if (md_is(n, "table_cell"))
		cell(m, n);
	else
		return false;
	return true;
}

bool
md_block_enter(struct md *m, cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_HEADING:
		heading(m, n);
		return true;
	case CMARK_NODE_PARAGRAPH:
		paragraph(m, n);
		return true;
	case CMARK_NODE_LIST:
		list(m, n);
		return true;
	case CMARK_NODE_ITEM:
		item(m, n);
		return true;
	case CMARK_NODE_BLOCK_QUOTE:
		quote(m, n);
		return true;
	case CMARK_NODE_CODE_BLOCK:
		code(m, n);
		return true;
	case CMARK_NODE_HTML_BLOCK:
		html(m, n);
		return true;
	case CMARK_NODE_THEMATIC_BREAK:
		(void)doc_leaf(m->b, DOC_RULE, md_span(m, n));
		return true;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		note(m, n);
		return true;
	default:
		return table_enter(m, n);
	}
}

/* Rows may be short in the source; in the document they never are. */
void
md_block_leave(struct md *m, cmark_node *n)
{
	if ((uintptr_t)cmark_node_get_user_data(n) != MD_OPENED_NODE ||
	    !(md_is(n, "table_header") || md_is(n, "table_row")))
		return;
	for (; m->col < m->ncols; m->col++)
		doc_leaf(m->b, DOC_CELL, md_span(m, n))->as.cell.col = m->col;
}
