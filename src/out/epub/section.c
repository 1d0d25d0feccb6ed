/*
 * section.c: the pages between articles: title page and section openers,
 * and the names under which pages and articles are known.
 */
#include "out/epub/epub_int.h"

str
section_article_title(const struct book_article *a)
{
	str t = str_trim(a->doc->meta.title);

	return t.n ? t : a->id;	/* readers refuse empty entries */
}

void
section_article_file(struct buf *b, const struct book_article *a)
{
	buf_z(b, "a-");
	xml_text(b, a->id);
	buf_z(b, ".xhtml");
}

void
section_file(struct buf *b, const struct book_section *s)
{
	buf_z(b, "s-");
	xml_text(b, s->id);
	buf_z(b, ".xhtml");
}

str
section_book_title(const struct epub *e)
{
	const struct book *k = e->book;
	str t = k->title.n ? k->title : k->stem;

	if (k->subtitle.n)
		t = arena_printf(e->arena, "%.*s \xe2\x80\x93 %.*s",
		    STR_ARG(t), STR_ARG(k->subtitle));
	if (k->narrowed.n)
		t = arena_printf(e->arena, "%.*s \xe2\x80\x93 %.*s",
		    STR_ARG(t), STR_ARG(k->narrowed));
	return t;
}

void
section_title_page(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;

	xml_page_open(b, e, section_book_title(e), k->language);
	buf_z(b, "<section class=\"titlepage\" epub:type=\"titlepage\" "
	    "aria-labelledby=\"title\">\n<h1 id=\"title\">");
	xml_text(b, k->title.n ? k->title : k->stem);
	buf_z(b, "</h1>\n");
	if (k->subtitle.n)
		xml_element(b, "p", "subtitle", k->subtitle);
	if (k->narrowed.n)
		xml_element(b, "p", "subtitle", k->narrowed);
	if (k->pub->publisher.n)
		xml_element(b, "p", "meta", k->pub->publisher);
	if (k->pub->rights.n)
		xml_element(b, "p", "meta", k->pub->rights);
	buf_z(b, "</section>\n");
	xml_page_close(b);
}

static str
section_title(const struct book_section *s)
{
	return str_trim(s->title).n ? s->title : s->id;
}

void
section_opener(const struct epub *e, struct buf *b, uint32_t index)
{
	const struct book *k = e->book;
	const struct book_section *s = &k->sections[index];
	uint32_t i;

	xml_page_open(b, e, section_title(s), k->language);
	buf_z(b, "<section role=\"doc-part\" epub:type=\"part\" "
	    "aria-labelledby=\"title\">\n<h1 id=\"title\">");
	xml_text(b, section_title(s));
	buf_z(b, "</h1>\n");
	if (s->n) {
		buf_z(b, "<div class=\"contents\">\n");
		xml_element(b, "p", "label",
		    book_term(k->language, TERM_IN_THIS_SECTION));
		buf_z(b, "<ol>\n");
		for (i = s->first; i < s->first + s->n; i++) {
			buf_z(b, "<li><a href=\"");
			section_article_file(b, &k->articles[i]);
			buf_z(b, "\">");
			xml_text(b, section_article_title(&k->articles[i]));
			buf_z(b, "</a></li>\n");
		}
		buf_z(b, "</ol>\n</div>\n");
	}
	buf_z(b, "</section>\n");
	xml_page_close(b);
}
