/*
 * content.c: blocks of an article -> XHTML.
 *
 * The tree is walked with doc_next(), so depth costs no stack. Notes come
 * last in the same file as div (not aside, not a list), with the link back
 * first: the form that Kindle, Kobo, Apple and readers without popups all
 * show. Ids sit on headings, paragraphs and divs only.
 */
#include "out/epub/epub_int.h"

/* ---- items, notes: a mark before the first paragraph ------------------- */

static void
put_mark(struct content *c, const struct doc_node *n)
{
	if (n->kind == DOC_NOTE) {
		buf_z(c->b, "<a href=\"");
		if (c->parts->refs && c->parts->refs[n->as.note.number])
			inline_file(c, c->parts->refs[n->as.note.number]);
		else
			buf_char(c->b, '#');
		buf_printf(c->b, "r%u", n->as.note.number);
		buf_str(c->b, c->mark);
		buf_z(c->b, "\" role=\"doc-backlink\" "
		    "aria-label=\"");
		xml_text(c->b, content_term(c, TERM_BACK_TO_NOTE));
		buf_printf(c->b, " %u\">%u.</a> ", n->as.note.number,
		    n->as.note.number);
	} else if (n->kind == DOC_ITEM && n->as.item.task != TASK_NONE) {
		buf_z(c->b, "<span role=\"img\"");
		xml_attr(c->b, "aria-label", content_term(c,
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

/* The first paragraph of a tight list's item stands there without a p. */
static bool
is_bare(const struct content *c, const struct doc_node *n)
{
	const struct doc_node *p = n->parent;

	return p && (p->kind == DOC_ITEM || p->kind == DOC_DEFINITION) &&
	    p->child == n && p->parent && (p->parent->kind == DOC_LIST ||
	    p->parent->kind == DOC_DEFLIST) && p->parent->as.list.tight &&
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
	}
	if (n->as.note.number == 1) {
		buf_printf(c->b, "<h%d id=\"notes", content_rank(c, 1));
		buf_str(c->b, c->mark);
		buf_z(c->b, "\">");
		xml_text(c->b, content_term(c, TERM_NOTES));
		buf_printf(c->b, "</h%d>\n", content_rank(c, 1));
	}
	buf_printf(c->b, "<div class=\"note\" id=\"n%u", n->as.note.number);
	buf_str(c->b, c->mark);
	buf_z(c->b, "\" epub:type=\"footnote\" role=\"doc-footnote\">\n");
	mark_alone(c, n);
}

/* ---- blocks ----------------------------------------------------------- */

static void
heading_node(struct content *c, const struct doc_node *n, bool leaving)
{
	int r = content_rank(c, n->as.heading.depth);

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
	static const struct { enum term label; const char *class; }
	    kinds[CALLOUT_COUNT] = {
		[CALLOUT_NOTE] = { TERM_CALLOUT_NOTE, "callout" },
		[CALLOUT_TIP] = { TERM_CALLOUT_TIP, "callout" },
		[CALLOUT_IMPORTANT] = { TERM_CALLOUT_IMPORTANT,
		    "callout strong" },
		[CALLOUT_WARNING] = { TERM_CALLOUT_WARNING,
		    "callout strong" },
		[CALLOUT_CAUTION] = { TERM_CALLOUT_CAUTION,
		    "callout strong" }
	};

	if (leaving) {
		buf_z(c->b, "</div>\n");
		return;
	}
	buf_printf(c->b, "<div class=\"%s\" role=\"note\">\n",
	    kinds[n->as.callout.kind].class);
	xml_element(c->b, "p", "label",
	    content_term(c, kinds[n->as.callout.kind].label));
}

static void
code_node(struct content *c, const struct doc_node *n)
{
	str s = n->as.code.text;
	size_t at, to;

	buf_z(c->b, "<pre><code>");
	for (at = 0; at < s.n; at = to) {
		to = breaks_text(c, n, at, s.n);
		xml_text(c->b, str_cut(s, at, to));
	}
	buf_z(c->b, "</code></pre>\n");
}

static const struct doc_node *
first_row(const struct doc_node *table)
{
	return table->child->kind == DOC_CAPTION ? table->child->next :
	    table->child;
}

static void
row_node(struct content *c, const struct doc_node *n, bool leaving)
{
	const struct doc_node *first = first_row(n->parent);
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

/*
 * What the cell is the header of: its column in a header row, its row where
 * the first column has no header itself, else nothing. No th is empty.
 */
static const char *
scope_of(const struct doc_node *n)
{
	const struct doc_node *first = first_row(n->parent->parent);

	if (!n->child)
		return NULL;
	if (n->parent->as.row.header)
		return "col";
	return n->as.cell.col == 0 && first->as.row.header &&
	    first->child && !first->child->child ? "row" : NULL;
}

static void
cell_node(struct content *c, const struct doc_node *n, bool leaving)
{
	static const char *const classes[] = { NULL, "left", "center",
		"right" };
	const struct doc_node *table = n->parent->parent;
	const char *scope = scope_of(n);
	uint8_t al = DOC_ALIGN_NONE;

	if (leaving) {
		buf_z(c->b, scope ? "</th>\n" : "</td>\n");
		return;
	}
	if (table->as.table.align && n->as.cell.col < table->as.table.ncols)
		al = table->as.table.align[n->as.cell.col];
	buf_z(c->b, scope ? "<th" : "<td");
	if (scope)
		xml_attr(c->b, "scope", str_c(scope));
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
	xml_text(c->b, content_term(c, t));
	buf_printf(c->b, " %u", number);
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
	bool table = n->parent->kind == DOC_TABLE;

	if (leaving) {
		buf_z(c->b, table ? "</caption>\n" : "</p>\n");
		return;
	}
	buf_z(c->b, table ? "<caption>" : "<p class=\"caption\">");
	breaks_first(c, n);
	if (number) {
		buf_z(c->b, "<b class=\"number\">");
		put_number(c, table ? TERM_TABLE : TERM_FIGURE, number);
		buf_z(c->b, ".</b> ");
	}
}

static void
wrap(struct content *c, const char *open, const char *close, bool leaving)
{
	buf_z(c->b, leaving ? close : open);
}

/* The speaker's name reaches up to the first comma: inline.c closes it. */
static void
attribution_node(struct content *c, bool leaving)
{
	if (!leaving)
		buf_z(c->b, "<p class=\"attribution\">"
		    "<span class=\"speaker\">");
	else
		buf_z(c->b, c->speaker ? "</span></p>\n" : "</p>\n");
	c->speaker = !leaving;
}

static void
block_node(struct content *c, const struct doc_node *n, bool leaving)
{
	switch (n->kind) {
	case DOC_HEADING: heading_node(c, n, leaving); break;
	case DOC_PARA: para_node(c, n, leaving); break;
	case DOC_LIST: list_node(c, n, leaving); break;
	case DOC_ITEM:
		wrap(c, n->as.item.task == TASK_NONE ? "<li>" :
		    "<li class=\"task\">", "</li>\n", leaving);
		if (!leaving)
			mark_alone(c, n);
		break;
	case DOC_DEFLIST: wrap(c, "<dl>\n", "</dl>\n", leaving); break;
	case DOC_TERM: wrap(c, "<dt>", "</dt>\n", leaving); break;
	case DOC_DEFINITION: wrap(c, "<dd>", "</dd>\n", leaving); break;
	case DOC_QUOTE:
		wrap(c, "<blockquote>\n", "</blockquote>\n", leaving);
		break;
	case DOC_ATTRIBUTION:
		attribution_node(c, leaving);
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
	case DOC_TABLE:
		wrap(c, "<table>\n", "</table>\n", leaving);
		break;
	case DOC_ROW: row_node(c, n, leaving); break;
	case DOC_CELL: cell_node(c, n, leaving); break;
	case DOC_FIGURE: figure_node(c, n, leaving); break;
	case DOC_CAPTION: caption_node(c, n, leaving); break;
	case DOC_NOTE: note_node(c, n, leaving); break;
	default: break;
	}
}

/* ---- the article ------------------------------------------------------ */

/* A page that begins with a block stands before its tag where screen readers
 * say the tag with all that is in it, else within. */
static void
break_before(struct content *c, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_HEADING:
		breaks_first(c, n);
		break;
	case DOC_CALLOUT:
	case DOC_CODE:
	case DOC_RULE:
	case DOC_FIGURE:
	case DOC_NOTE:
		breaks_node(c, n);
		break;
	default:
		break;
	}
}

static void
break_within(struct content *c, const struct doc_node *n)
{
	if (n->kind == DOC_ITEM || n->kind == DOC_CELL)
		breaks_node(c, n);
}

/* Opens a container that began in the file before, at one of its children. */
static void
reopen(struct content *c, const struct doc_node *n,
    const struct doc_node *path)
{
	const struct doc_node *i;
	uint32_t number = n->as.list.start;

	switch (n->kind) {
	case DOC_LIST:
		for (i = n->child; i != path; i = i->next)
			number++;
		if (n->as.list.ordered)
			buf_printf(c->b, "<ol start=\"%u\">\n", number);
		else
			buf_z(c->b, "<ul>\n");
		break;
	case DOC_ITEM:
		buf_z(c->b, "<li class=\"goes-on\">");
		break;
	case DOC_NOTE:
		if (!c->in_notes)
			buf_z(c->b, "<div class=\"notes\">\n");
		c->in_notes = true;
		buf_z(c->b, "<div class=\"note\">\n");
		break;
	default:
		block_node(c, n, false);
		break;
	}
}

/* All that is open around n, outermost first. */
static void
reopen_all(struct content *c, const struct doc_node *n)
{
	const struct doc_node **v, *p;
	size_t k = 0, i;

	for (p = n; p->kind != DOC_ROOT; p = p->parent)
		k++;
	v = ARENA_NEW(c->e->arena, const struct doc_node *, k);
	for (k = 0, p = n; p->kind != DOC_ROOT; p = p->parent)
		v[k++] = p;
	for (i = k; i-- > 1;)
		reopen(c, v[i], v[i - 1]);
}

static void
close_all(struct content *c, const struct doc_node *n)
{
	for (n = n->parent; n && n->kind != DOC_ROOT; n = n->parent)
		block_node(c, n, true);
}

void
content_range(struct content *c, uint32_t lo, uint32_t hi)
{
	const struct doc *d = c->art->doc;
	const struct doc_node *first = lo < d->nnodes ? d->nodes[lo] : NULL;
	struct doc_walk w = { d->root, first, false };

	if (!first || lo >= hi)
		return;
	reopen_all(c, first);
	do {
		if (!w.leaving && w.node->id >= hi) {
			close_all(c, w.node);
			return;
		}
		if (!w.leaving)
			break_before(c, w.node);
		if (doc_is_inline(w.node->kind))
			inline_node(c, w.node, w.leaving);
		else
			block_node(c, w.node, w.leaving);
		if (!w.leaving)
			break_within(c, w.node);
	} while (doc_next(&w));
}
