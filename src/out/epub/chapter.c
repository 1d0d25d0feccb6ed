/*
 * chapter.c: one article -> one XHTML page, or several where it is long:
 * the title block, the list of its sections, the blocks, the source.
 */
#include "out/epub/epub_int.h"

/* The rank of a heading: 0 is the article's title, 1 a section of it. */
int
content_rank(const struct content *c, int depth)
{
	int r = depth + (c->e->book->kind == BOOK_COMPILATION ? 2 : 1);

	return r > 6 ? 6 : r;
}

str
content_term(const struct content *c, enum term t)
{
	return book_term(c->lang, t);
}

/* ---- title block ------------------------------------------------------ */

/* An element of the article's own words. */
static void
element(struct content *c, const char *tag, const char *class, str text)
{
	buf_printf(c->b, "<%s class=\"%s\">", tag, class);
	lang_text(c->b, text, c->lang);
	buf_printf(c->b, "</%s>\n", tag);
}

static void
put_list(struct content *c, const str *v, size_t n, const char *between)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i)
			buf_z(c->b, between);
		lang_text(c->b, v[i], c->lang);
	}
}

static void
labelled(struct content *c, enum term t, const str *v, size_t n,
    const char *between)
{
	if (n == 0)
		return;
	buf_z(c->b, "<p class=\"tags\"><b>");
	xml_text(c->b, content_term(c, t));
	buf_z(c->b, ":</b> ");
	put_list(c, v, n, between);
	buf_z(c->b, "</p>\n");
}

static void
put_date(struct content *c, struct date d)
{
	xml_text(c->b, date_title(c->e->arena, d, c->lang));
}

/* "12 October 2020 · Updated 2 November 2020 · By A, B" */
static void
byline(struct content *c)
{
	const struct doc_meta *m = &c->art->doc->meta;
	str by = content_term(c, TERM_BY);
	const char *dot = "";

	if (!m->date.y && !m->nauthors)
		return;
	buf_z(c->b, "<p class=\"meta\">");
	if (m->date.y) {
		put_date(c, m->date);
		dot = " \xc2\xb7 ";
		if (m->updated.y) {
			buf_z(c->b, dot);
			xml_text(c->b, content_term(c, TERM_UPDATED));
			buf_char(c->b, ' ');
			put_date(c, m->updated);
		}
	}
	if (m->nauthors) {
		buf_z(c->b, dot);
		xml_text(c->b, by);
		/* Elsewhere the word is a noun, "author". */
		buf_z(c->b, str_eq(by, S("By")) ? " " : ": ");
		put_list(c, m->authors, m->nauthors, ", ");
	}
	buf_z(c->b, "</p>\n");
}

static void
title_block(struct content *c)
{
	const struct doc_meta *m = &c->art->doc->meta;
	const struct book *k = c->e->book;
	int r = content_rank(c, 0);

	breaks_title(c);
	if (c->art->section < k->nsections) {
		buf_z(c->b, "<p class=\"kicker\"");
		lang_attrs(c->b, k->language, c->lang);
		buf_char(c->b, '>');
		xml_text(c->b, k->sections[c->art->section].title);
		buf_z(c->b, "</p>\n");
	}
	buf_printf(c->b, "<h%d id=\"title", r);
	buf_str(c->b, c->mark);
	buf_z(c->b, "\" class=\"title\">");
	lang_text(c->b, section_article_title(c->art), c->lang);
	buf_printf(c->b, "</h%d>\n", r);
	byline(c);
	if (m->summary.n)
		element(c, "p", "summary", m->summary);
	/* Entries of a syllabus hold commas. */
	labelled(c, TERM_TAGS, m->tags, m->ntags, ", ");
	labelled(c, TERM_SYLLABUS, m->syllabus, m->nsyllabus, "; ");
}

/* ---- contents, source ------------------------------------------------- */

static void
contents_line(struct content *c, const struct toc_entry *t)
{
	const struct book_anchor *x = &c->e->book->anchors[t->anchor];

	buf_z(c->b, "<li>");
	breaks_toc(c, t->anchor);
	buf_z(c->b, "<a href=\"");
	inline_file(c, x->node);
	buf_z(c->b, "i-");
	xml_text(c->b, x->name);
	buf_z(c->b, "\">");
	lang_text(c->b, t->text, c->lang);
	buf_z(c->b, "</a>");
}

/* Sections, and below each its own sub-sections. */
static void
contents_list(struct content *c)
{
	const struct toc_entry *t, *u;

	if (c->art->nheadings < 3)
		return;
	buf_z(c->b, "<div class=\"contents\">\n");
	xml_element(c->b, "p", "label", content_term(c, TERM_IN_THIS_ARTICLE));
	buf_z(c->b, "<ol>\n");
	for (t = c->art->toc; t; t = t->next) {
		contents_line(c, t);
		if (t->child)
			buf_z(c->b, "\n<ol>\n");
		for (u = t->child; u; u = u->next) {
			contents_line(c, u);
			buf_z(c->b, "</li>\n");
		}
		buf_z(c->b, t->child ? "</ol>\n</li>\n" : "</li>\n");
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
	xml_text(c->b, content_term(c, TERM_SOURCE));
	buf_z(c->b, ": ");
	if (linked) {
		buf_z(c->b, "<a href=\"");
		buf_str(c->b, buf_view(&url));
		buf_z(c->b, "\">");
	}
	lang_text(c->b, m->source_title.n ? m->source_title : m->source_url,
	    c->lang);
	buf_z(c->b, linked ? "</a></p>\n" : "</p>\n");
	if (url.failed)
		c->b->failed = true;
	buf_done(&url);
}

/* ---- the file --------------------------------------------------------- */

#define PART_MAX	((size_t)256 << 10)	/* old readers fail above that */

/* Of one article, its own; "(continued)" of its later files. Of several,
 * their section's. */
static str
file_title(const struct epub *e, uint32_t article, uint32_t part, str lang)
{
	const struct book_article *a = &e->book->articles[article];
	str title = section_article_title(a);

	if (part > 0)
		return arena_printf(e->arena, "%.*s (%.*s)", STR_ARG(title),
		    STR_ARG(book_term(lang, TERM_CONTINUED)));
	return e->parts[article].shared && a->section < e->book->nsections ?
	    section_title(&e->book->sections[a->section]) : title;
}

static void
open_part(struct content *c, str file_lang)
{
	str of_title = arena_printf(c->e->arena, "title%.*s",
	    STR_ARG(c->mark));

	buf_z(c->b, "<section role=\"doc-chapter\" epub:type=\"chapter\"");
	lang_attrs(c->b, c->lang, file_lang);
	if (c->part == 0)
		xml_attr(c->b, "aria-labelledby", of_title);
	else
		xml_attr(c->b, "aria-label", file_title(c->e, c->index,
		    c->part, c->lang));
	buf_z(c->b, ">\n");
}

static void
check_size(const struct content *c)
{
	const struct doc_node *n = c->parts->large ?
	    c->parts->large[c->part] : NULL;

	if (c->b->n <= PART_MAX)
		return;
	if (n)
		diag_add(c->e->diag, DIAG_EPUB_LARGE, n->at,
		    "its file has %zu KiB", c->b->n >> 10);
	else
		diag_add_path(c->e->diag, DIAG_EPUB_LARGE, c->art->doc->path,
		    "a file has %zu KiB", c->b->n >> 10);
}

/* A part of an article as a section of its file, which is in file_lang. */
static void
put_part(struct epub *e, struct buf *b, uint32_t article, uint32_t part,
    str file_lang)
{
	const struct book_article *art = &e->book->articles[article];
	const struct parts *p = &e->parts[article];
	struct content c = { .e = e, .b = b, .art = art, .index = article,
		.part = part, .lang = lang_of_article(e, article),
		.parts = p };

	if (p->shared)
		c.mark = arena_printf(e->arena, ".%.*s", STR_ARG(art->id));
	breaks_begin(&c);
	open_part(&c, file_lang);
	if (part == 0) {
		title_block(&c);
		contents_list(&c);
	}
	content_range(&c, part == 0 ? 1 : p->first[part], part + 1 == p->n ?
	    art->doc->nnodes : p->first[part + 1]);
	if (c.in_notes)
		buf_z(b, "</div>\n");
	breaks_end(&c);
	if (part + 1 == p->n)
		source_credit(&c);
	buf_z(b, "</section>\n");
	check_size(&c);
}

void
chapter_part(struct epub *e, struct buf *b, uint32_t article, uint32_t part)
{
	bool shared = e->parts[article].shared;
	str lang = shared ? e->book->language : lang_of_article(e, article);
	uint32_t i;

	/* Of several languages, perhaps: its title is a section's. */
	xml_page_open(b, e, file_title(e, article, part, lang), lang);
	put_part(e, b, article, part, lang);
	for (i = article + 1; shared && i < e->book->narticles && e->parts[i].host == article; i++)
		put_part(e, b, i, 0, lang);
	xml_page_close(b);
}
