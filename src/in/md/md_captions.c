/*
 * md_captions.c: a table's caption, which Markdown has no syntax for: a
 * paragraph that begins with "Table: ", directly before the table or, if
 * there is none, directly after it. Terms that definitions follow are no
 * caption.
 *
 * cmark's tree is read once and in order, so the caption opens the table's
 * node before the table itself is reached; one that follows is first moved
 * before it.
 */
#include "in/md/md_int.h"

static const str mark = { "Table: ", 7 };

static bool
is_caption(const struct md *m, cmark_node *p)
{
	cmark_node *t;

	if (p == NULL || cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH ||
	    md_is_terms(m, p))
		return false;
	t = cmark_node_first_child(p);
	return t != NULL && cmark_node_get_type(t) == CMARK_NODE_TEXT &&
	    str_starts(md_literal(t), mark);
}

bool
md_caption_enter(struct md *m, cmark_node *p)
{
	cmark_node *table = cmark_node_next(p);
	span at = md_span(m, p), all;
	str text;

	if (table == NULL || !md_is(table, "table") || !is_caption(m, p))
		return false;
	all = md_span(m, table);
	all.lo = at.lo < all.lo ? at.lo : all.lo;
	all.hi = at.hi > all.hi ? at.hi : all.hi;
	m->table = doc_open(m->b, DOC_TABLE, all);
	md_opened(table);
	(void)doc_open(m->b, DOC_CAPTION, at);
	md_opened(p);
	text = md_literal(cmark_node_first_child(p));
	for (m->cut = mark.n; m->cut < text.n && text.p[m->cut] == ' ';)
		m->cut++;
	return true;
}

bool
md_caption_follows(struct md *m, cmark_node *table)
{
	cmark_node *p = cmark_node_next(table);

	if (m->table != NULL || !is_caption(m, p))
		return false;
	cmark_node_insert_before(table, p);
	cmark_iter_reset(m->it, p, CMARK_EVENT_ENTER);
	return md_caption_enter(m, p);
}

struct doc_node *
md_table_open(struct md *m, cmark_node *table)
{
	struct doc_node *d = m->table;

	m->table = NULL;
	md_opened(table);
	return d != NULL ? d : doc_open(m->b, DOC_TABLE, md_span(m, table));
}
