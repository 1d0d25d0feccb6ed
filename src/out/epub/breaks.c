/*
 * breaks.c: where the pages of the PDF begin in the text.
 *
 * Breaks come in the order of the book, so a writer of a file needs but a
 * cursor: it puts the next one when it comes to the node and byte where
 * that page begins. One whose node has no place for it (or is not written)
 * is put at the next place that there is, the last ones where the file
 * ends: each stands once, in the file that the lists of pages name.
 */
#include "out/epub/epub_int.h"

/* The article in whose files it stands; UINT32_MAX: in none. */
static uint32_t
article_of(const struct epub *e, const struct page_start *s)
{
	const struct book_anchor *x;

	if (s->kind == START_ARTICLE || s->kind == START_NODE)
		return s->index;
	if (s->kind != START_TOC)
		return UINT32_MAX;
	x = &e->book->anchors[s->index];
	return x->node ? x->article : UINT32_MAX;
}

static uint32_t
section_of(const struct epub *e, const struct page_start *s)
{
	const struct book *k = e->book;

	if (s->kind == START_SECTION)
		return s->index;
	return k->articles[k->anchors[s->index].article].section;
}

void
breaks_plan(struct epub *e)
{
	const struct pages *p = e->options->pages;
	struct page_break *v;
	size_t i;

	if (!p)
		return;
	v = ARENA_NEW(e->arena, struct page_break, p->n + 1);
	for (i = 0; i < p->n; i++) {
		if (p->v[i].start.kind == START_NONE)
			continue;
		v[e->nbreaks++] = (struct page_break){ p->v[i].label,
		    i >= p->body_first ? (uint32_t)(i - p->body_first + 1) :
		    0, &p->v[i].start, article_of(e, &p->v[i].start) };
	}
	e->breaks = v;
}

void
breaks_file(const struct epub *e, struct buf *b, const struct page_break *x)
{
	const struct page_start *s = x->start;

	if (x->article != UINT32_MAX)
		section_article_file(e, b, x->article, s->kind == START_NODE ?
		    parts_of(&e->parts[x->article], s->node->id) : 0);
	else if (s->kind == START_TITLE_PAGE)
		buf_z(b, "title.xhtml");
	else if (s->kind == START_CONTENTS)
		buf_z(b, "nav.xhtml");
	else
		section_file(b, &e->book->sections[section_of(e, s)]);
	buf_z(b, "#page-");
	xml_text(b, x->label);
}

static void
put(struct buf *b, const struct page_break *x)
{
	buf_z(b, "<span id=\"page-");
	xml_text(b, x->label);
	buf_z(b, "\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" "
	    "aria-label=\"");
	xml_text(b, x->label);
	buf_z(b, "\"></span>");
}

/* ---- pages that are no article's -------------------------------------- */

void
breaks_page(const struct epub *e, struct buf *b, enum start_kind kind,
    uint32_t index)
{
	size_t i;

	for (i = 0; i < e->nbreaks; i++)
		if (e->breaks[i].start->kind == kind &&
		    e->breaks[i].start->index == index)
			put(b, &e->breaks[i]);
}

/* ---- articles --------------------------------------------------------- */

/* The first break that does not come before this article. */
static size_t
first_of(const struct epub *e, uint32_t article)
{
	size_t i = 0;

	if (e->hint < e->nbreaks && e->breaks[e->hint].article == article)
		return e->hint;
	while (i < e->nbreaks && e->breaks[i].article != article)
		i++;
	return i;
}

void
breaks_begin(struct content *c)
{
	const struct epub *e = c->e;
	size_t i = first_of(e, c->index), n;
	const struct page_break *v;

	for (; i < e->nbreaks && e->breaks[i].article == c->index; i++) {
		v = &e->breaks[i];
		if ((v->start->kind == START_NODE ? parts_of(c->parts,
		    v->start->node->id) : 0) == c->part)
			break;
	}
	for (n = i; n < e->nbreaks && e->breaks[n].article == c->index; n++) {
		v = &e->breaks[n];
		if ((v->start->kind == START_NODE ? parts_of(c->parts,
		    v->start->node->id) : 0) != c->part)
			break;
	}
	c->breaks = e->breaks + i;
	c->nbreaks = n - i;
	c->e->hint = n;
}

static void
next(struct content *c)
{
	put(c->b, c->breaks++);
	c->nbreaks--;
}

void
breaks_title(struct content *c)
{
	while (c->nbreaks && c->breaks->start->kind == START_ARTICLE)
		next(c);
}

void
breaks_toc(struct content *c, uint32_t anchor)
{
	breaks_title(c);
	while (c->nbreaks && c->breaks->start->kind == START_TOC &&
	    c->breaks->start->index == anchor)
		next(c);
}

/* Does the page begin before byte `to` of n? */
static bool
is_due(const struct page_start *s, const struct doc_node *n, size_t to)
{
	return s->kind != START_NODE || s->node->id < n->id ||
	    (s->node == n && s->offset < to);
}

void
breaks_node(struct content *c, const struct doc_node *n)
{
	while (c->nbreaks && is_due(c->breaks->start, n, 1))
		next(c);
}

void
breaks_first(struct content *c, const struct doc_node *n)
{
	while (n->child)
		n = n->child;
	breaks_node(c, n);
}

size_t
breaks_text(struct content *c, const struct doc_node *n, size_t at, size_t end)
{
	while (c->nbreaks && is_due(c->breaks->start, n, at + 1))
		next(c);
	if (c->nbreaks && is_due(c->breaks->start, n, end))
		return c->breaks->start->offset;
	return end;
}

void
breaks_end(struct content *c)
{
	while (c->nbreaks)
		next(c);
}
