/*
 * inline.c: inline nodes -> XHTML, one node at a time.
 *
 * Anchors never nest in XHTML, so the one open link is remembered; a link
 * inside it is set without its own, a note's mark parts it. A cross
 * reference to another article goes to its file without a fragment: Kobo
 * shows a popup for a fragment that comes later in the book. Inside its own
 * article a reference names the file only where a long article takes several.
 */
#include "out/epub/epub_int.h"

static const struct { enum doc_kind kind; const char *tag; } inline_tags[] = {
	{ DOC_EMPH, "em" }, { DOC_STRONG, "strong" }, { DOC_STRIKE, "s" },
	{ DOC_SUB, "sub" }, { DOC_SUP, "sup" }, { DOC_KBD, "kbd" }
};

static uint32_t
node_anchor(const struct content *c, const struct doc_node *n)
{
	return c->art->node_anchor ? c->art->node_anchor[n->id] : 0;
}

void
inline_id(struct content *c, const struct doc_node *n)
{
	uint32_t at = node_anchor(c, n);

	if (at == 0)
		return;
	buf_z(c->b, " id=\"i-");	/* ids begin with a letter */
	xml_text(c->b, c->e->book->anchors[at].name);
	buf_char(c->b, '"');
}

const struct image *
inline_image(struct content *c, const struct doc_node *n)
{
	const struct image *im;

	if (!c->e->images)
		return NULL;
	im = image_find(c->e->images, c->art->doc->path, n->as.image.src);
	if (!im)
		return NULL;
	c->e->any_image = true;
	if (str_trim(n->as.image.alt).n == 0)
		c->e->alt_missing = true;
	buf_z(c->b, "<img src=\"");
	pictures_src(c->e, c->b, im);
	buf_char(c->b, '"');
	xml_attr(c->b, "alt", n->as.image.alt);
	pictures_size(c->e, c->b, im);
	buf_z(c->b, "/>");
	return im;
}

void
inline_file(struct content *c, const struct doc_node *n)
{
	uint32_t part = parts_of(c->parts, n->id);

	if (part != c->part)
		section_article_file(c->e, c->b, c->index, part);
	buf_char(c->b, '#');
}

/* A place in the article that is being written. */
static void
put_inside(struct content *c, const struct book_anchor *x)
{
	const struct doc_node *n = x->node;

	inline_file(c, n);
	if (n->kind == DOC_NOTE) {
		buf_printf(c->b, "n%u", n->as.note.number);
		buf_str(c->b, c->mark);
	} else if (n->kind == DOC_NOTEREF) {
		buf_printf(c->b, "r%u", n->as.noteref.number);
		if (n->as.noteref.nth > 1)
			buf_printf(c->b, "-%u", n->as.noteref.nth);
		buf_str(c->b, c->mark);
	} else {
		buf_z(c->b, "i-");
		xml_text(c->b, x->name);
	}
}

/* The href of an anchor of this book, from the article that is written. */
static void
put_anchor(struct content *c, uint32_t at)
{
	const struct book *k = c->e->book;
	const struct book_anchor *x = &k->anchors[at];
	uint32_t i;

	if (x->article == UINT32_MAX) {
		for (i = 0; i < k->nsections; i++)
			if (k->sections[i].anchor == at)
				break;
		if (i < k->nsections && k->kind == BOOK_COMPILATION)
			section_file(c->b, &k->sections[i]);
		else
			section_article_link(c->e, c->b, c->index);
		return;
	}
	if (x->article == c->index && x->node)
		put_inside(c, x);
	else if (x->node && c->e->parts[x->article].n > 1)
		section_article_file(c->e, c->b, x->article,
		    parts_of(&c->e->parts[x->article], x->node->id));
	else
		section_article_link(c->e, c->b, x->article);
}

static void
link_enter(struct content *c, const struct doc_node *n)
{
	uint32_t at;
	struct buf url = { 0 };

	if (c->link || !n->child)
		return;
	at = book_resolve(c->e->book, c->index, n->as.link.url, c->e->arena);
	if (at == 0 && !xml_url(&url, n->as.link.url)) {
		buf_done(&url);
		return;
	}
	c->link = n;
	buf_z(c->b, "<a href=\"");
	if (at)
		put_anchor(c, at);
	else
		buf_str(c->b, buf_view(&url));
	if (url.failed)
		c->b->failed = true;
	buf_done(&url);
	buf_char(c->b, '"');
	if (n->as.link.title.n)
		xml_attr(c->b, "title", n->as.link.title);
	buf_char(c->b, '>');
}

/*
 * Anchors do not nest: an open link ends before a note's mark and goes on
 * behind it. Where that cannot be, deeper or with no words of the link before
 * the mark, the mark stands without its own.
 */
static void
put_noteref(struct content *c, const struct doc_node *n)
{
	const struct doc_node *link = c->link;
	const char *tag = "a";

	if (link && n->parent == link && link->child != n) {
		buf_z(c->b, "</a>");
		c->link = NULL;
	} else if (link)
		tag = "span";
	buf_printf(c->b, "<%s class=\"noteref\" id=\"r%u", tag,
	    n->as.noteref.number);
	if (n->as.noteref.nth > 1)
		buf_printf(c->b, "-%u", n->as.noteref.nth);
	buf_str(c->b, c->mark);
	buf_char(c->b, '"');
	if (!c->link) {
		buf_z(c->b, " href=\"");
		inline_file(c, n->as.noteref.note);
		buf_printf(c->b, "n%u", n->as.noteref.number);
		buf_str(c->b, c->mark);
		buf_z(c->b, "\" epub:type=\"noteref\" "
		    "role=\"doc-noteref\"");
	}
	buf_printf(c->b, ">%u</%s>", n->as.noteref.number, tag);
	if (link && !c->link && n->next)
		link_enter(c, link);
}

/* The bytes [at, end) of a text, with the pages that begin in it. */
static void
put_pieces(struct content *c, const struct doc_node *n, size_t at, size_t end)
{
	size_t to;

	for (; at < end; at = to) {
		to = breaks_text(c, n, at, end);
		lang_text(c->b, str_cut(n->as.text.text, at, to), c->lang);
	}
}

/* Text; the first comma on an attribution's own level ends its speaker. */
static void
put_text(struct content *c, const struct doc_node *n)
{
	str s = n->as.text.text;
	size_t at = SIZE_MAX;

	if (c->speaker && n->parent->kind == DOC_ATTRIBUTION)
		at = doc_comma(s);
	if (at != SIZE_MAX) {
		put_pieces(c, n, 0, at);
		buf_z(c->b, "</span>");
		c->speaker = false;
	}
	put_pieces(c, n, at != SIZE_MAX ? at : 0, s.n);
}

static void
put_code(struct content *c, const struct doc_node *n)
{
	str s = n->as.text.text;
	size_t at, to;

	buf_z(c->b, lang_is_rtl(c->lang) ? "<code dir=\"ltr\">" : "<code>");
	for (at = 0; at < s.n; at = to) {
		to = breaks_text(c, n, at, s.n);
		xml_text(c->b, str_cut(s, at, to));
	}
	buf_z(c->b, "</code>");
}

static bool
inline_tag(struct content *c, enum doc_kind kind, bool leaving)
{
	size_t i;

	if (kind == DOC_SMALLCAPS) {
		buf_z(c->b, leaving ? "</span>" :
		    "<span class=\"smallcaps\">");
		return true;
	}

	for (i = 0; i < ARRAY_LEN(inline_tags); i++)
		if (inline_tags[i].kind == kind) {
			buf_printf(c->b, "<%s%s>", leaving ? "/" : "",
			    inline_tags[i].tag);
			return true;
		}
	return false;
}

/* c->lang is the language of the text at hand. */
static void
inline_lang(struct content *c, const struct doc_node *n, bool leaving)
{
	if (n->as.lang.tag.n == 0)
		return;
	if (!leaving) {
		buf_z(c->b, "<span");
		xml_lang(c->b, n->as.lang.tag, c->lang);
		buf_char(c->b, '>');
		c->lang = n->as.lang.tag;
		return;
	}
	buf_z(c->b, "</span>");
	for (n = n->parent; n != NULL; n = n->parent)
		if (n->kind == DOC_LANG && n->as.lang.tag.n > 0) {
			c->lang = n->as.lang.tag;
			return;
		}
	c->lang = lang_of_article(c->e, c->index);
}

void
inline_node(struct content *c, const struct doc_node *n, bool leaving)
{
	if (n->kind == DOC_LANG) {
		inline_lang(c, n, leaving);
		return;
	}
	if (inline_tag(c, n->kind, leaving))
		return;
	if (leaving) {
		if (n->kind == DOC_LINK && c->link == n) {
			buf_z(c->b, "</a>");
			c->link = NULL;
		}
		return;
	}
	switch (n->kind) {
	case DOC_TEXT:
		put_text(c, n);
		break;
	case DOC_SOFTBREAK:
		buf_char(c->b, '\n');
		break;
	case DOC_LINEBREAK:
		buf_z(c->b, "<br/>\n");
		break;
	case DOC_CODESPAN:
		put_code(c, n);
		break;
	case DOC_LINK:
		link_enter(c, n);
		break;
	case DOC_IMAGE:
		breaks_node(c, n);
		if (!inline_image(c, n))
			xml_text(c->b, n->as.image.alt);
		break;
	case DOC_NOTEREF:
		breaks_node(c, n);
		put_noteref(c, n);
		break;
	default:
		break;
	}
}
