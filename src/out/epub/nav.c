/*
 * nav.c: NCX and navigation document.
 *
 * Both walk the same two levels (sections and articles; of a single article,
 * it and its sections) in spine order: Kindle shows two levels. The NCX is
 * old, yet Kobo, Nook and Kindle still read it. Both list the pages of the
 * PDF where they are known.
 */
#include "out/epub/epub_int.h"

static bool
compilation(const struct epub *e)
{
	return e->book->kind == BOOK_COMPILATION;
}

/* ---- the two levels, in both forms ------------------------------------ */

struct outline { const struct epub *e; struct buf *b; bool ncx; uint32_t n; };

/* The language of a label that is not in the book's; elements in labels would
 * be too much for some readers. */
static void
outline_lang(struct outline *o, str lang)
{
	str around = o->e->book->language;

	if (!o->ncx) {
		lang_attrs(o->b, lang, around);
		return;
	}
	if (str_eq(lang, around))
		return;
	xml_attr(o->b, "xml:lang", lang);
	if (lang_is_rtl(lang) != lang_is_rtl(around))
		xml_attr(o->b, "dir", lang_is_rtl(lang) ? S("rtl") :
		    S("ltr"));
}

/* Opens an entry up to its href; outline_label() goes on. */
static void
outline_open(struct outline *o, str label, str lang)
{
	if (!o->ncx) {
		buf_z(o->b, "<li><a");
		outline_lang(o, lang);
		buf_z(o->b, " href=\"");
		return;
	}
	buf_printf(o->b, "<navPoint id=\"p%u\"><navLabel", ++o->n);
	outline_lang(o, lang);
	buf_z(o->b, "><text>");
	xml_text(o->b, label);
	buf_z(o->b, "</text></navLabel><content src=\"");
}

static void
outline_label(struct outline *o, str label)
{
	if (o->ncx) {
		buf_z(o->b, "\"/>\n");
		return;
	}
	buf_z(o->b, "\">");
	xml_text(o->b, label);
	buf_z(o->b, "</a>");
}

static void
outline_close(struct outline *o)
{
	buf_z(o->b, o->ncx ? "</navPoint>\n" : "</li>\n");
}

static void
outline_level(struct outline *o, bool open)
{
	if (!o->ncx)
		buf_z(o->b, open ? "\n<ol>\n" : "</ol>\n");
}

static void
outline_article(struct outline *o, uint32_t article)
{
	const struct book_article *a = &o->e->book->articles[article];
	const struct book_anchor *x;
	const struct toc_entry *t;
	str lang = lang_of_article(o->e, article);
	bool any = false;

	outline_open(o, section_article_title(a), lang);
	section_article_link(o->e, o->b, article);
	outline_label(o, section_article_title(a));
	for (t = compilation(o->e) ? NULL : a->toc; t; t = t->next) {
		if (t->text.n == 0 || t->anchor == 0)
			continue;
		if (!any)
			outline_level(o, true);
		any = true;
		outline_open(o, t->text, lang);
		x = &o->e->book->anchors[t->anchor];
		section_article_file(o->e, o->b, article, parts_of(
		    &o->e->parts[article], x->node->id));
		buf_z(o->b, "#i-");
		xml_text(o->b, x->name);
		outline_label(o, t->text);
		outline_close(o);
	}
	if (any)
		outline_level(o, false);
	outline_close(o);
}

static void
outline_section(struct outline *o, const struct book_section *s)
{
	str title = section_title(s);
	uint32_t i;

	outline_open(o, title, o->e->book->language);
	section_file(o->b, s);
	outline_label(o, title);
	if (s->n)
		outline_level(o, true);
	for (i = s->first; i < s->first + s->n; i++)
		outline_article(o, i);
	if (s->n)
		outline_level(o, false);
	outline_close(o);
}

static void
outline(const struct epub *e, struct buf *b, bool ncx)
{
	struct outline o = { e, b, ncx, 0 };
	const struct book *k = e->book;
	str title;
	uint32_t i;

	if (!compilation(e)) {
		for (i = 0; i < k->narticles; i++)
			outline_article(&o, i);
		return;
	}
	for (i = 0; i < k->nsections; i++)
		outline_section(&o, &k->sections[i]);
	if (k->nsections)
		return;
	title = book_term(k->language, TERM_TITLE_PAGE); /* lists: not empty */
	outline_open(&o, title, k->language);
	buf_z(b, "title.xhtml");
	outline_label(&o, title);
	outline_close(&o);
}

/* ---- the pages of the PDF --------------------------------------------- */

static uint32_t
last_page(const struct epub *e)
{
	size_t i;

	for (i = e->nbreaks; i-- > 0;)
		if (e->breaks[i].number)
			return e->breaks[i].number;
	return 0;
}

static void
page_targets(const struct epub *e, struct buf *b)
{
	const struct page_break *x;
	size_t i;

	if (!e->nbreaks)
		return;
	buf_z(b, "<pageList>\n<navLabel><text>");
	xml_text(b, book_term(e->book->language, TERM_PAGE));
	buf_z(b, "</text></navLabel>\n");
	for (i = 0; i < e->nbreaks; i++) {
		x = &e->breaks[i];
		buf_printf(b, "<pageTarget id=\"page-%zu\" type=\"%s\"", i + 1,
		    x->number ? "normal" : "front");
		if (x->number)
			buf_printf(b, " value=\"%u\"", x->number);
		buf_z(b, "><navLabel><text>");
		xml_text(b, x->label);
		buf_z(b, "</text></navLabel><content src=\"");
		breaks_file(e, b, x);
		buf_z(b, "\"/></pageTarget>\n");
	}
	buf_z(b, "</pageList>\n");
}

static void
page_list(const struct epub *e, struct buf *b)
{
	size_t i;

	if (!e->nbreaks)
		return;
	buf_z(b, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" "
	    "hidden=\"hidden\">\n<ol>\n");
	for (i = 0; i < e->nbreaks; i++) {
		buf_z(b, "<li><a href=\"");
		breaks_file(e, b, &e->breaks[i]);
		buf_z(b, "\">");
		xml_text(b, e->breaks[i].label);
		buf_z(b, "</a></li>\n");
	}
	buf_z(b, "</ol>\n</nav>\n");
}

/* ---- the two files ---------------------------------------------------- */

void
nav_ncx(const struct epub *e, struct buf *b)
{
	buf_z(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" "
	    "version=\"2005-1\"");
	xml_attr(b, "xml:lang", e->book->language);
	if (e->book->rtl)
		xml_attr(b, "dir", S("rtl"));
	buf_z(b, ">\n<head>\n<meta name=\"dtb:uid\" content=\"urn:uuid:");
	xml_text(b, e->book->uuid);
	buf_z(b, "\"/>\n<meta name=\"dtb:depth\" content=\"2\"/>\n"
	    "<meta name=\"dtb:totalPageCount\" content=\"");
	buf_printf(b, "%zu\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"%u"
	    "\"/>\n</head>\n<docTitle><text>", e->nbreaks, last_page(e));
	xml_text(b, section_book_title(e));
	buf_z(b, "</text></docTitle>\n<navMap>\n");
	outline(e, b, true);
	buf_z(b, "</navMap>\n");
	page_targets(e, b);
	buf_z(b, "</ncx>\n");
}

static void
landmark(struct buf *b, const char *type, const char *href, str text)
{
	buf_printf(b, "<li><a epub:type=\"%s\" href=\"%s\">", type, href);
	xml_text(b, text);
	buf_z(b, "</a></li>\n");
}

void
nav_page(const struct epub *e, struct buf *b)
{
	str lang = e->book->language, title = book_term(lang, TERM_CONTENTS);

	xml_page_open(b, e, title, lang);
	breaks_page(e, b, START_CONTENTS, 0);
	buf_z(b, "<nav epub:type=\"toc\" role=\"doc-toc\" "
	    "aria-labelledby=\"title\">\n<h1 id=\"title\">");
	xml_text(b, title);
	buf_z(b, "</h1>\n<ol>\n");
	outline(e, b, false);
	buf_z(b, "</ol>\n</nav>\n"
	    "<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n");
	if (compilation(e))
		landmark(b, "titlepage", "title.xhtml",
		    book_term(lang, TERM_TITLE_PAGE));
	landmark(b, "toc", "nav.xhtml", title);
	buf_z(b, "<li><a epub:type=\"bodymatter\" href=\"");
	section_start_file(e, b);
	buf_z(b, "\">");
	xml_text(b, book_term(lang, TERM_BEGIN_READING));
	buf_z(b, "</a></li>\n</ol>\n</nav>\n");
	page_list(e, b);
	xml_page_close(b);
}
