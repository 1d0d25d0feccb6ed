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

/* Lines that the author ends have one left edge, as on paper. */
static bool
has_line_breaks(const struct doc_node *n)
{
	for (const struct doc_node *c = n->child; c; c = c->next)
		if (c->kind == DOC_LINEBREAK)
			return true;
	return false;
}

static void
para_node(struct content *c, const struct doc_node *n, bool leaving)
{
	bool bare = is_bare(c, n), marked = n->parent &&
	    n->parent->child == n && has_mark(n->parent);

	if (leaving) {
		buf_z(c->b, bare ? "\n" : "</p>\n");
		return;
	}
	if (!bare) {
		buf_z(c->b, "<p");
		inline_id(c, n);
		if (marked && n->parent->kind == DOC_ITEM)
			buf_z(c->b, " class=\"box\"");
		else if (has_line_breaks(n))
			buf_z(c->b, " class=\"lines\"");
		buf_char(c->b, '>');
	}
	if (marked)
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

/* As on paper: the theme says which headings are numbered. */
static str
heading_number(const struct content *c, const struct doc_node *n)
{
	const struct theme *theme = c->e->options->theme;
	int d = n->as.heading.depth;
	enum block_id id = d <= 1 ? STYLE_H2 : d == 2 ? STYLE_H3 : STYLE_H4;

	if (!theme || !theme->block[id].numbered || !c->art->node_heading_number)
		return S("");
	return c->art->node_heading_number[n->id];
}

static void
heading_node(struct content *c, const struct doc_node *n, bool leaving)
{
	int r = content_rank(c, n->as.heading.depth);
	str number;

	if (leaving) {
		buf_printf(c->b, "</h%d>\n", r);
		return;
	}
	buf_printf(c->b, "<h%d", r);
	inline_id(c, n);
	buf_char(c->b, '>');
	number = heading_number(c, n);
	if (number.n) {
		buf_z(c->b, "<span class=\"number\">");
		xml_text(c->b, number);
		buf_z(c->b, "</span> ");
	}
}

static uint64_t
last_number(const struct doc_node *list)
{
	const struct doc_node *n;
	uint64_t last = list->as.list.start;

	for (n = list->child; n && n->next; n = n->next)
		last++;
	return last;
}

static void
list_open(struct content *c, const struct doc_node *n, uint32_t start)
{
	if (!n->as.list.ordered) {
		buf_z(c->b, "<ul>\n");
		return;
	}
	buf_z(c->b, "<ol");
	if (last_number(n) >= 100)
		buf_z(c->b, " class=\"long\"");
	if (start != 1)
		buf_printf(c->b, " start=\"%u\"", start);
	buf_z(c->b, ">\n");
}

static void
list_node(struct content *c, const struct doc_node *n, bool leaving)
{
	if (!leaving)
		list_open(c, n, n->as.list.start);
	else
		buf_z(c->b, n->as.list.ordered ? "</ol>\n" : "</ul>\n");
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

#define LINE_PHONE	32	/* characters of code, about */

static bool
has_long_line(str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n && n <= LINE_PHONE; i++)
		n = s.p[i] == '\n' ? 0 : n + 1;
	return n > LINE_PHONE;
}

/* A line with the breaks in it: pages of the PDF begin with lines of code. */
static void
code_text(struct content *c, const struct doc_node *n, size_t at, size_t end)
{
	size_t to;

	for (; at < end; at = to) {
		to = breaks_text(c, n, at, end);
		xml_text(c->b, str_cut(n->as.code.text, at, to));
	}
}

/* A line that goes over several hangs from the second: each is a span, its
 * end within it, so that the text alone is the code. */
static void
code_lines(struct content *c, const struct doc_node *n)
{
	str s = n->as.code.text;
	size_t at, end;

	for (at = 0; at < s.n; at = end) {
		end = str_find_char(str_from(s, at), '\n');
		end = end == SIZE_MAX ? s.n : at + end + 1;
		buf_z(c->b, "<span class=\"line\">");
		code_text(c, n, at, end);
		buf_z(c->b, "</span>");
	}
}

static void
code_node(struct content *c, const struct doc_node *n)
{
	buf_z(c->b, lang_is_rtl(c->lang) ? "<pre dir=\"ltr\"><code>" :
	    "<pre><code>");
	if (has_long_line(n->as.code.text))
		code_lines(c, n);
	else
		code_text(c, n, 0, n->as.code.text.n);
	buf_z(c->b, "</code></pre>\n");
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
	case DOC_TABLE: table_node(c, n, leaving); break;
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
		list_open(c, n, number);
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
