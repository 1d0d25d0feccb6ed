/*
 * dump_doc.c: an article as text: its front matter, one field a line, then
 * one node a line, indented by depth, with its id and attributes.
 */
#include "out/dump/dump_int.h"

void
dump_quoted(struct buf *b, str s)
{
	size_t i;

	buf_char(b, '"');
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, s.p[i]);
		} else if (c == '\n')
			buf_z(b, "\\n");
		else if (c == '\t')
			buf_z(b, "\\t");
		else if (c < 0x20 || c == 0x7f)
			buf_printf(b, "\\x%02x", c);
		else
			buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

void
dump_indent(struct buf *b, unsigned depth)
{
	while (depth-- > 0)
		buf_z(b, "  ");
}

void
dump_field(struct buf *b, const char *name, str s)
{
	if (s.n == 0)
		return;
	buf_printf(b, "%s ", name);
	dump_quoted(b, s);
	buf_char(b, '\n');
}

void
dump_date(struct buf *b, const char *name, struct date d)
{
	if (d.y != 0)
		buf_printf(b, "%s %04d-%02d-%02d\n", name, d.y, d.m, d.d);
}

static void
list(struct buf *b, const char *name, const str *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		dump_field(b, name, v[i]);
}

static void
meta(struct buf *b, const struct doc_meta *m)
{
	dump_field(b, "id", m->id);
	dump_field(b, "title", m->title);
	dump_date(b, "date", m->date);
	dump_date(b, "updated", m->updated);
	dump_field(b, "section", m->section);
	dump_field(b, "language", m->language);
	dump_field(b, "summary", m->summary);
	list(b, "tag", m->tags, m->ntags);
	list(b, "syllabus", m->syllabus, m->nsyllabus);
	list(b, "author", m->authors, m->nauthors);
	dump_field(b, "source-title", m->source_title);
	dump_field(b, "source-url", m->source_url);
}

static void
attr(struct buf *b, const char *name, str s)
{
	if (s.n == 0)
		return;
	buf_printf(b, " %s=", name);
	dump_quoted(b, s);
}

static const char *const callouts[CALLOUT_COUNT] = {
	"note", "tip", "important", "warning", "caution"
};
static const char *const tasks[] = { "", " open", " done" };

static void
columns(struct buf *b, const struct doc_node *n)
{
	static const char letters[] = "-lcr";
	uint32_t i;

	buf_printf(b, " columns=%u align=", n->as.table.ncols);
	for (i = 0; i < n->as.table.ncols; i++)
		buf_char(b, letters[n->as.table.align[i] & 3]);
}

static void
inline_attrs(struct buf *b, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_TEXT:
	case DOC_CODESPAN:
		buf_char(b, ' ');
		dump_quoted(b, n->as.text.text);
		break;
	case DOC_LINK:
		attr(b, "url", n->as.link.url);
		attr(b, "title", n->as.link.title);
		break;
	case DOC_LANG:
		attr(b, "tag", n->as.lang.tag);
		break;
	case DOC_NOTEREF:
		buf_printf(b, " %u nth=%u", n->as.noteref.number,
		    n->as.noteref.nth);
		break;
	default:
		break;
	}
}

static void
attrs(struct buf *b, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_HEADING:
		buf_printf(b, " level=%d depth=%d", n->as.heading.level,
		    n->as.heading.depth);
		break;
	case DOC_LIST:
		if (n->as.list.ordered)
			buf_printf(b, " ordered start=%u", n->as.list.start);
		buf_z(b, n->as.list.tight ? " tight" : " loose");
		break;
	case DOC_DEFLIST:
		buf_z(b, n->as.list.tight ? " tight" : " loose");
		break;
	case DOC_ITEM:
		buf_z(b, tasks[n->as.item.task]);
		break;
	case DOC_CALLOUT:
		buf_printf(b, " %s", callouts[n->as.callout.kind]);
		break;
	case DOC_CODE:
		attr(b, "lang", n->as.code.lang);
		attr(b, "text", n->as.code.text);
		break;
	case DOC_TABLE:
		columns(b, n);
		break;
	case DOC_ROW:
		buf_z(b, n->as.row.header ? " header" : "");
		break;
	case DOC_CELL:
		buf_printf(b, " %u", n->as.cell.col);
		break;
	case DOC_FIGURE:
	case DOC_IMAGE:
		attr(b, "src", n->as.image.src);
		attr(b, "alt", n->as.image.alt);
		break;
	case DOC_NOTE:
		buf_printf(b, " %u", n->as.note.number);
		break;
	default:
		inline_attrs(b, n);
		break;
	}
}

void
dump_doc(struct buf *b, const struct doc *d)
{
	struct doc_walk w = { d->root, NULL, false };
	unsigned depth = 0;
	const struct doc_node *n;

	dump_field(b, "doc", d->path);
	meta(b, &d->meta);
	buf_printf(b, "nodes %u notes %u words %u\n", d->nnodes, d->nnotes,
	    d->words);
	while (doc_next(&w)) {
		n = w.node;
		/* Depth is counted by parents: whether leaves are left, too,
		 * is the walk's affair. */
		if (w.leaving)
			continue;
		for (depth = 0; n != d->root && n != NULL; n = n->parent)
			depth++;
		dump_indent(b, depth);
		buf_printf(b, "%s #%u", doc_kind_name(w.node->kind),
		    w.node->id);
		attrs(b, w.node);
		buf_char(b, '\n');
	}
}
