/*
 * content.c: one article -> one XHTML page.
 *
 * The tree is walked with doc_next(), so depth costs no stack. Notes come
 * last in the same file as div (not aside, not a list), with the link back
 * first: the form that Kindle, Kobo, Apple and readers without popups all
 * show. Ids sit on headings, paragraphs and divs only.
 */
#include "out/epub/epub_int.h"

static int
rank_of(const struct content *c, int depth)
{
	int r = depth + (c->e->book->kind == BOOK_COMPILATION ? 2 : 1);

	return r > 6 ? 6 : r;
}

static str
lang_of(const struct content *c)
{
	return c->art->doc->meta.language.n ? c->art->doc->meta.language :
	    c->e->book->language;
}

static str
term(const struct content *c, enum term t)
{
	return book_term(lang_of(c), t);
}

/* ---- items, notes: a mark before the first paragraph ------------------- */

static void
put_mark(struct content *c, const struct doc_node *n)
{
	if (n->kind == DOC_NOTE) {
		buf_printf(c->b, "<a href=\"#r%u\" role=\"doc-backlink\" "
		    "aria-label=\"", n->as.note.number);
		xml_text(c->b, term(c, TERM_BACK_TO_NOTE));
		buf_printf(c->b, " %u\">%u.</a> ", n->as.note.number,
		    n->as.note.number);
	} else if (n->kind == DOC_ITEM && n->as.item.task != TASK_NONE) {
		buf_z(c->b, "<span role=\"img\"");
		xml_attr(c->b, "aria-label", term(c,
		    n->as.item.task == TASK_DONE ? TERM_DONE : TERM_OPEN));
		buf_z(c->b, n->as.item.task == TASK_DONE ?
		    ">\xe2\x98\x91</span> " : ">\xe2\x98\x90</span> ");
	}
}

static bool
has_mark(const struct doc_node *n)
{
	return n->kind == DOC_NOTE ||
	    (n->kind == DOC_ITEM && n->as.item.task != TASK_NONE);
}

/* A paragraph of a tight list stands in its item without its own p. */
static bool
is_bare(const struct content *c, const struct doc_node *n)
{
	const struct doc_node *p = n->parent;

	return p && p->kind == DOC_ITEM && p->child == n && p->parent &&
	    p->parent->kind == DOC_LIST && p->parent->as.list.tight &&
	    !(c->art->node_anchor && c->art->node_anchor[n->id]);
}

static void
para_node(struct content *c, const struct doc_node *n, bool leaving)
{
	bool bare = is_bare(c, n);

	if (leaving) {
		buf_z(c->b, bare ? "\n" : "</p>\n");
		return;
	}
	if (!bare) {
		buf_z(c->b, "<p");
		inline_id(c, n);
		buf_char(c->b, '>');
	}
	if (n->parent && n->parent->child == n && has_mark(n->parent))
		put_mark(c, n->parent);
}

static void
mark_alone(struct content *c, const struct doc_node *n)
{
	if (!has_mark(n) || (n->child && n->child->kind == DOC_PARA))
		return;
	buf_z(c->b, "<p>");
	put_mark(c, n);
	buf_z(c->b, "</p>\n");
}

static void
note_node(struct content *c, const struct doc_node *n, bool leaving)
{
	if (leaving) {
		buf_z(c->b, "</div>\n");
		return;
	}
	if (!c->in_notes) {
		c->in_notes = true;
		buf_z(c->b, "<div class=\"notes\">\n");
		buf_printf(c->b, "<h%d id=\"notes\">", rank_of(c, 1));
		xml_text(c->b, term(c, TERM_NOTES));
		buf_printf(c->b, "</h%d>\n", rank_of(c, 1));
	}
	buf_printf(c->b, "<div class=\"note\" id=\"n%u\" "
	    "epub:type=\"footnote\" role=\"doc-footnote\">\n",
	    n->as.note.number);
	mark_alone(c, n);
}

/* ---- blocks ----------------------------------------------------------- */

static void
heading_node(struct content *c, const struct doc_node *n, bool leaving)
{
	int r = rank_of(c, n->as.heading.depth);

	if (leaving) {
		buf_printf(c->b, "</h%d>\n", r);
		return;
	}
	buf_printf(c->b, "<h%d", r);
	inline_id(c, n);
	buf_char(c->b, '>');
}

static void
list_node(struct content *c, const struct doc_node *n, bool leaving)
{
	const char *tag = n->as.list.ordered ? "ol" : "ul";

	if (leaving) {
		buf_printf(c->b, "</%s>\n", tag);
		return;
	}
	buf_printf(c->b, "<%s", tag);
	if (n->as.list.ordered && n->as.list.start != 1)
		buf_printf(c->b, " start=\"%u\"", n->as.list.start);
	buf_z(c->b, ">\n");
}

static void
callout_node(struct content *c, const struct doc_node *n, bool leaving)
{
	static const enum term terms[CALLOUT_COUNT] = {
		[CALLOUT_NOTE] = TERM_CALLOUT_NOTE,
		[CALLOUT_TIP] = TERM_CALLOUT_TIP,
		[CALLOUT_IMPORTANT] = TERM_CALLOUT_IMPORTANT,
		[CALLOUT_WARNING] = TERM_CALLOUT_WARNING,
		[CALLOUT_CAUTION] = TERM_CALLOUT_CAUTION
	};

	if (leaving) {
		buf_z(c->b, "</div>\n");
		return;
	}
	buf_z(c->b, "<div class=\"callout\">\n");
	xml_element(c->b, "p", "label",
	    term(c, terms[n->as.callout.kind]));
}

static void
code_node(struct content *c, const struct doc_node *n)
{
	buf_z(c->b, "<pre><code>");
	xml_text(c->b, n->as.code.text);
	buf_z(c->b, "</code></pre>\n");
}

static void
row_node(struct content *c, const struct doc_node *n, bool leaving)
{
	const struct doc_node *first = n->parent->child;
	bool head = n->as.row.header;

	if (leaving) {
		buf_z(c->b, "</tr>\n");
		if (head && (!n->next || !n->next->as.row.header))
			buf_z(c->b, "</thead>\n");
		if (!head && !n->next)
			buf_z(c->b, "</tbody>\n");
		return;
	}
	if (head && first == n)
		buf_z(c->b, "<thead>\n");
	if (!head && (first == n || (first->as.row.header &&
	    first->next == n)))
		buf_z(c->b, "<tbody>\n");
	buf_z(c->b, "<tr>\n");
}

static void
cell_node(struct content *c, const struct doc_node *n, bool leaving)
{
	static const char *const classes[] = { NULL, "left", "center",
		"right" };
	const struct doc_node *table = n->parent->parent;
	bool th = n->parent->as.row.header && n->child;
	uint8_t al = DOC_ALIGN_NONE;

	if (leaving) {
		buf_z(c->b, th ? "</th>\n" : "</td>\n");
		return;
	}
	if (table->as.table.align && n->as.cell.col < table->as.table.ncols)
		al = table->as.table.align[n->as.cell.col];
	buf_z(c->b, th ? "<th scope=\"col\"" : "<td");
	if (al < ARRAY_LEN(classes) && classes[al])
		xml_attr(c->b, "class", str_c(classes[al]));
	buf_char(c->b, '>');
}

static uint32_t
number_of(const struct content *c, const struct doc_node *n)
{
	return c->art->node_number ? c->art->node_number[n->id] : 0;
}

static void
put_number(struct content *c, enum term t, uint32_t number)
{
	xml_text(c->b, term(c, t));
	buf_printf(c->b, " %u", number);
}

static void
table_node(struct content *c, const struct doc_node *n, bool leaving)
{
	if (leaving) {
		buf_z(c->b, "</table>\n");
		return;
	}
	buf_z(c->b, "<table>\n");
	if (number_of(c, n)) {
		buf_z(c->b, "<caption>");
		put_number(c, TERM_TABLE, number_of(c, n));
		buf_z(c->b, "</caption>\n");
	}
}

static void
figure_node(struct content *c, const struct doc_node *n, bool leaving)
{
	if (leaving) {
		buf_z(c->b, "</div>\n");
		return;
	}
	/* The id is on a div: Kobo misses targets on figure. A missing
	 * picture leaves its alt text; a caption is then a paragraph. */
	buf_z(c->b, "<div class=\"fig\"");
	inline_id(c, n);
	buf_z(c->b, ">\n");
	buf_z(c->b, "<p class=\"center\">");
	if (!inline_image(c, n))
		xml_text(c->b, n->as.image.alt);
	buf_z(c->b, "</p>\n");
}

static void
caption_node(struct content *c, const struct doc_node *n, bool leaving)
{
	uint32_t number = number_of(c, n->parent);

	if (leaving) {
		buf_z(c->b, "</p>\n");
		return;
	}
	buf_z(c->b, "<p class=\"caption\">");
	if (number) {
		put_number(c, TERM_FIGURE, number);
		buf_z(c->b, ". ");
	}
}

static void
wrap(struct content *c, const char *open, const char *close, bool leaving)
{
	buf_z(c->b, leaving ? close : open);
}

static void
block_node(struct content *c, const struct doc_node *n, bool leaving)
{
	switch (n->kind) {
	case DOC_HEADING: heading_node(c, n, leaving); break;
	case DOC_PARA: para_node(c, n, leaving); break;
	case DOC_LIST: list_node(c, n, leaving); break;
	case DOC_ITEM:
		wrap(c, "<li>", "</li>\n", leaving);
		if (!leaving)
			mark_alone(c, n);
		break;
	case DOC_QUOTE:
		wrap(c, "<blockquote>\n", "</blockquote>\n", leaving);
		break;
	case DOC_ATTRIBUTION:
		wrap(c, "<p class=\"attribution\">", "</p>\n", leaving);
		break;
	case DOC_CALLOUT: callout_node(c, n, leaving); break;
	case DOC_CODE:
		if (!leaving)
			code_node(c, n);
		break;
	case DOC_RULE:
		if (!leaving)
			buf_z(c->b, "<hr/>\n");
		break;
	case DOC_TABLE: table_node(c, n, leaving); break;
	case DOC_ROW: row_node(c, n, leaving); break;
	case DOC_CELL: cell_node(c, n, leaving); break;
	case DOC_FIGURE: figure_node(c, n, leaving); break;
	case DOC_CAPTION: caption_node(c, n, leaving); break;
	case DOC_NOTE: note_node(c, n, leaving); break;
	default: break;
	}
}

/* ---- the page --------------------------------------------------------- */

static void
put_list(struct content *c, enum term t, const str *v, size_t n,
    const char *class)
{
	size_t i;

	if (n == 0)
		return;
	buf_printf(c->b, "<p class=\"%s\">", class);
	xml_text(c->b, term(c, t));
	buf_z(c->b, ": ");
	for (i = 0; i < n; i++) {
		if (i)
			buf_z(c->b, ", ");
		xml_text(c->b, v[i]);
	}
	buf_z(c->b, "</p>\n");
}

static void
put_date(struct content *c, struct date d)
{
	xml_text(c->b, date_title(c->e->arena, d, lang_of(c)));
}

static void
title_block(struct content *c)
{
	const struct doc_meta *m = &c->art->doc->meta;
	const struct book *k = c->e->book;
	int r = rank_of(c, 0);

	if (c->art->section < k->nsections)
		xml_element(c->b, "p", "kicker",
		    k->sections[c->art->section].title);
	buf_printf(c->b, "<h%d id=\"title\">", r);
	xml_text(c->b, section_article_title(c->art));
	buf_printf(c->b, "</h%d>\n", r);
	if (m->date.y) {
		buf_z(c->b, "<p class=\"meta\">");
		put_date(c, m->date);
		if (m->updated.y) {
			buf_z(c->b, " \xc2\xb7 ");
			xml_text(c->b, term(c, TERM_UPDATED));
			buf_char(c->b, ' ');
			put_date(c, m->updated);
		}
		buf_z(c->b, "</p>\n");
	}
	put_list(c, TERM_BY, m->authors, m->nauthors, "meta");
	put_list(c, TERM_TAGS, m->tags, m->ntags, "tags");
	put_list(c, TERM_SYLLABUS, m->syllabus, m->nsyllabus, "tags");
	if (m->summary.n)
		xml_element(c->b, "p", "summary", m->summary);
}

static void
contents_list(struct content *c)
{
	const struct toc_entry *t;

	if (c->art->nheadings < 3 || !c->art->toc)
		return;
	buf_z(c->b, "<div class=\"contents\">\n");
	xml_element(c->b, "p", "label", term(c, TERM_IN_THIS_ARTICLE));
	buf_z(c->b, "<ol>\n");
	for (t = c->art->toc; t; t = t->next) {
		if (t->text.n == 0 || t->anchor == 0)
			continue;
		buf_z(c->b, "<li><a href=\"#i-");
		xml_text(c->b, c->e->book->anchors[t->anchor].name);
		buf_z(c->b, "\">");
		xml_text(c->b, t->text);
		buf_z(c->b, "</a></li>\n");
	}
	buf_z(c->b, "</ol>\n</div>\n");
}

static void
source_credit(struct content *c)
{
	const struct doc_meta *m = &c->art->doc->meta;
	struct buf url = { 0 };
	bool linked;

	if (m->source_title.n == 0 && m->source_url.n == 0)
		return;
	linked = m->source_url.n && xml_url(&url, m->source_url);
	buf_z(c->b, "<p class=\"source\">");
	xml_text(c->b, term(c, TERM_SOURCE));
	buf_z(c->b, ": ");
	if (linked) {
		buf_z(c->b, "<a href=\"");
		buf_str(c->b, buf_view(&url));
		buf_z(c->b, "\">");
	}
	xml_text(c->b, m->source_title.n ? m->source_title : m->source_url);
	buf_z(c->b, linked ? "</a></p>\n" : "</p>\n");
	if (url.failed)
		c->b->failed = true;
	buf_done(&url);
}

void
content_article(struct epub *e, struct buf *b, uint32_t index)
{
	struct content c = { e, b, &e->book->articles[index], index, NULL,
		false };
	struct doc_walk w = { c.art->doc->root, NULL, false };

	xml_page_open(b, e, section_article_title(c.art), lang_of(&c));
	buf_z(b, "<section role=\"doc-chapter\" epub:type=\"chapter\" "
	    "aria-labelledby=\"title\">\n");
	title_block(&c);
	contents_list(&c);
	while (doc_next(&w)) {
		if (doc_is_inline(w.node->kind))
			inline_node(&c, w.node, w.leaving);
		else
			block_node(&c, w.node, w.leaving);
	}
	if (c.in_notes)
		buf_z(b, "</div>\n");
	source_credit(&c);
	buf_z(b, "</section>\n");
	xml_page_close(b);
}
