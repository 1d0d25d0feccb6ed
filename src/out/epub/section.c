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

/* Ids hold no dot, so a second file's name is nobody's first. */
void
section_article_file(const struct epub *e, struct buf *b, uint32_t article,
    uint32_t part)
{
	buf_z(b, "a-");
	xml_text(b, e->book->articles[e->parts[article].host].id);
	if (part > 0)
		buf_printf(b, ".%u", part + 1);
	buf_z(b, ".xhtml");
}

void
section_article_link(const struct epub *e, struct buf *b, uint32_t article)
{
	section_article_file(e, b, article, 0);
	if (e->parts[article].host == article)
		return;
	buf_z(b, "#title.");
	xml_text(b, e->book->articles[article].id);
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

str
section_title(const struct book_section *s)
{
	return str_trim(s->title).n ? s->title : s->id;
}

static void
imprint(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;

	buf_z(b, "<div class=\"imprint\">\n");
	if (k->pub->publisher.n)
		xml_element(b, "p", NULL, k->pub->publisher);
	if (k->pub->rights.n)
		xml_element(b, "p", NULL, k->pub->rights);
	buf_z(b, "<p>");
	xml_text(b, book_term(k->language, TERM_ARTICLES));
	buf_printf(b, ": %u</p>\n</div>\n", k->narticles);
}

void
section_title_page(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;

	xml_page_open(b, e, section_book_title(e), k->language);
	breaks_page(e, b, START_TITLE_PAGE, 0);
	buf_z(b, "<section class=\"titlepage\" epub:type=\"titlepage\" "
	    "aria-labelledby=\"title\">\n<h1 id=\"title\">");
	xml_text(b, k->title.n ? k->title : k->stem);
	buf_z(b, "</h1>\n");
	if (k->subtitle.n)
		xml_element(b, "p", "subtitle", k->subtitle);
	if (k->narrowed.n)
		xml_element(b, "p", "subtitle", k->narrowed);
	imprint(e, b);
	buf_z(b, "</section>\n");
	xml_page_close(b);
}

/* An article's title, and what it is about in a line or two. */
static void
section_entry(const struct epub *e, struct buf *b, uint32_t article)
{
	const struct book_article *a = &e->book->articles[article];
	const struct doc_meta *m = &a->doc->meta;
	str lang = e->book->language, own = lang_of_article(e, article);

	buf_z(b, "<li><p class=\"entry\">");
	breaks_page(e, b, START_TOC, a->anchor);
	buf_z(b, "<a href=\"");
	section_article_link(e, b, article);
	buf_z(b, "\">");
	lang_run(b, section_article_title(a), own, lang);
	buf_z(b, "</a></p>\n<p class=\"gist\">");
	xml_text(b, date_title(e->arena, m->date, lang));
	if (m->date.y && m->summary.n)
		buf_z(b, " \xc2\xb7 ");
	lang_run(b, m->summary, own, lang);
	buf_z(b, "</p></li>\n");
}

void
section_opener(const struct epub *e, struct buf *b, uint32_t index)
{
	const struct book *k = e->book;
	const struct book_section *s = &k->sections[index];
	uint32_t i;

	xml_page_open(b, e, section_title(s), k->language);
	buf_z(b, "<section role=\"doc-part\" epub:type=\"part\" "
	    "aria-labelledby=\"title\">\n");
	breaks_page(e, b, START_SECTION, index);
	xml_element(b, "p", "kicker", section_book_title(e));
	buf_z(b, "<h1 id=\"title\" class=\"title\">");
	xml_text(b, section_title(s));
	buf_z(b, "</h1>\n");
	if (s->n) {
		buf_z(b, "<div class=\"contents\">\n");
		xml_element(b, "p", "label",
		    book_term(k->language, TERM_IN_THIS_SECTION));
		buf_z(b, "<ol>\n");
		for (i = s->first; i < s->first + s->n; i++)
			section_entry(e, b, i);
		buf_z(b, "</ol>\n</div>\n");
	}
	buf_z(b, "</section>\n");
	xml_page_close(b);
}

void
section_start_file(const struct epub *e, struct buf *b)
{
	if (e->book->narticles)
		section_article_file(e, b, 0, 0);
	else
		buf_z(b, "title.xhtml");
}
