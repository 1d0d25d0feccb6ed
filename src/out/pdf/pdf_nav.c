/*
 * pdf_nav.c: ways through the file: links, named destinations, outline and
 * page labels. Everything points at names ("india-japan.background"), which
 * are stable from build to build.
 */
#include <stdio.h>
#include <stdlib.h>

#include "out/pdf/pdf_int.h"

#define LEAF		64	/* names of one leaf of the name tree */
#define OUTLINE_DEPTH	16
#define OUTLINE_LINES	80	/* shown when the file is opened, at most */
#define TITLE_MAX	8000	/* bytes; libharu's strings end at 65,535 */

bool
pdf_nav_place(const struct pdf *p, uint32_t anchor)
{
	const struct pages *pages = p->pages;

	return anchor > 0 && pages->anchors != NULL &&
	    pages->book != NULL && anchor < pages->book->nanchors &&
	    pages->anchors[anchor].set &&
	    pages->anchors[anchor].page < pages->n;
}

/* ---- links ------------------------------------------------------------ */

static void
put_uri(struct buf *b, str url)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_char(b, '(');
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];

		if (c <= ' ' || c >= 0x7f || c == '\\') {
			buf_char(b, '%');
			buf_char(b, digits[c >> 4]);
			buf_char(b, digits[c & 15]);
		} else {
			if (c == '(' || c == ')')
				buf_char(b, '\\');
			buf_char(b, (char)c);
		}
	}
	buf_char(b, ')');
}

static void
put_rect(struct buf *b, sp h, const struct item *it)
{
	buf_z(b, "/Rect[");
	pdf_sp(b, it->x);
	buf_char(b, ' ');
	pdf_sp(b, h - it->y - it->as.link.h);
	buf_char(b, ' ');
	pdf_sp(b, it->x + it->as.link.w);
	buf_char(b, ' ');
	pdf_sp(b, h - it->y);
	buf_char(b, ']');
}

/* A number, as the marks and labels of notes have, or nothing. */
static bool
says_little(str s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') ||
	    s.p[i] == '.'))
		i++;
	return i == s.n;
}

/* What a link says to who cannot see it: never nothing. */
static void
put_about(const struct pdf *p, const struct item *it, struct buf *b)
{
	const struct book *book = p->pages->book;
	const struct book_anchor *to = it->as.link.anchor == 0 ? NULL :
	    &book->anchors[it->as.link.anchor];
	str about = it->as.link.about;
	enum doc_kind kind = to != NULL && to->node != NULL &&
	    says_little(about) ? to->node->kind : DOC_ROOT;
	char text[200];

	if (kind == DOC_NOTE) {
		snprintf(text, sizeof(text), "%.*s %u", STR_ARG(book_term(
		    book->language, TERM_CALLOUT_NOTE)),
		    (unsigned)to->node->as.note.number);
		about = str_c(text);
	} else if (kind == DOC_NOTEREF) {
		about = book_term(book->language, TERM_BACK_TO_NOTE);
	} else if (about.n == 0) {
		about = to == NULL ? it->as.link.url : to->name;
	}
	buf_z(b, "/Contents");
	pdf_utf16(b, about);
}

/* The annotation, as a hidden object. */
static void
put_link(const void *user, size_t i, struct buf *b)
{
	const struct pdf *p = user;
	const struct pdf_link *l = &p->links.v[i];
	const struct item *it = l->item;
	uint32_t anchor = it->as.link.anchor;

	buf_z(b, "<</Type/Annot/Subtype/Link");
	put_rect(b, p->pages->v[l->page].h, it);
	buf_z(b, "/Border[0 0 0]/F 4/P");
	pdf_ref(b, p->page[l->page].id);
	put_about(p, it, b);
	if (anchor != 0) {
		buf_z(b, "/Dest");
		pdf_literal(b, p->pages->book->anchors[anchor].name);
	} else {
		buf_z(b, "/A<</S/URI/URI");
		put_uri(b, it->as.link.url);
		buf_z(b, ">>");
	}
	if (p->options->tags)
		buf_printf(b, "/StructParent %zu", p->pages->n + i);
	buf_z(b, ">>");
}

/* Does it lead somewhere? What is no content must not be a link, either. */
static bool
leads(const struct pdf *p, const struct item *it)
{
	uint32_t anchor = it->as.link.anchor;

	if (p->options->tags && it->elem < ARTIFACT_COUNT)
		return false;
	return anchor != 0 ? pdf_nav_place(p, anchor) :
	    it->as.link.url.n > 0;
}

void
pdf_nav_links(struct pdf *p)
{
	for (uint32_t i = 0; i < p->pages->n; i++) {
		const struct page *page = &p->pages->v[i];
		size_t n = p->links.n;

		for (size_t k = 0; k < page->n; k++) {
			const struct item *it = &page->items[k];

			if (it->kind == ITEM_LINK && leads(p, it))
				VEC_PUSH(p->arena, &p->links,
				    ((struct pdf_link){ it, i }));
		}
		p->page[i].nlinks = p->links.n - n;
	}
	p->link_first = pdf_hidden_add(p, p->links.n, put_link, p);
}

/* ---- named destinations ----------------------------------------------- */

static int
name_cmp(const void *a, const void *b)
{
	return str_cmp(((const struct pdf_name *)a)->name,
	    ((const struct pdf_name *)b)->name);
}

static void
names_of(struct pdf *p)
{
	const struct book *book = p->pages->book;
	struct pdf_name *v = ARENA_NEW(p->arena, struct pdf_name,
	    (size_t)book->nanchors + 1);
	size_t n = 0;

	for (uint32_t i = 1; i < book->nanchors; i++)
		if (pdf_nav_place(p, i))
			v[n++] = (struct pdf_name){ book->anchors[i].name,
			    &p->pages->anchors[i] };
	qsort(v, n, sizeof(*v), name_cmp);
	p->names = v;
	p->nnames = n;
}

/* A leaf of the name tree, as a hidden object. */
static void
put_names(const void *user, size_t leaf, struct buf *b)
{
	const struct pdf *p = user;
	size_t lo = leaf * LEAF, hi = lo + LEAF;

	if (hi > p->nnames)
		hi = p->nnames;
	buf_z(b, "<</Limits[");
	pdf_literal(b, p->names[lo].name);
	pdf_literal(b, p->names[hi - 1].name);
	buf_z(b, "]/Names[");
	for (size_t i = lo; i < hi; i++) {
		const struct anchor_place *at = p->names[i].at;

		pdf_literal(b, p->names[i].name);
		buf_char(b, '[');
		buf_int(b, p->page[at->page].id);
		buf_z(b, " 0 R/XYZ 0 ");
		pdf_sp(b, p->pages->v[at->page].h - at->y);
		buf_z(b, " 0]");
	}
	buf_z(b, "]>>");
}

void
pdf_nav_names(struct pdf *p)
{
	names_of(p);
	p->name_leaves = (p->nnames + LEAF - 1) / LEAF;
	p->name_first = pdf_hidden_add(p, p->name_leaves, put_names, p);
	if (p->nnames > 0)
		p->name_tree = pdf_reserve(p);
}

/* Its root, once the leaves have numbers. */
void
pdf_nav_names_write(struct pdf *p)
{
	if (p->name_tree == NULL)
		return;
	buf_z(&p->tmp, "/Kids[");
	for (uint32_t i = 0; i < p->name_leaves; i++)
		pdf_ref(&p->tmp, p->hidden_first + p->name_first + i);
	buf_z(&p->tmp, "]\n");
	p->name_tree->body = pdf_body(p);
}

/* ---- outline ---------------------------------------------------------- */

/* The title as UTF-16BE with a byte order mark, in bytes. */
static HPDF_Binary
title_of(struct pdf *p, str text)
{
	struct buf *b = &p->tmp;
	HPDF_Binary s;

	buf_add(b, "\xfe\xff", 2);
	for (size_t i = 0; i < text.n && i < TITLE_MAX; ) {
		uint32_t cp = utf8_next(text, &i);

		if (cp < 0x20 || pdf_ignored(cp))
			continue;
		if (cp >= 0x10000) {
			uint32_t hi = 0xd800 + ((cp - 0x10000) >> 10);

			buf_char(b, (char)(hi >> 8));
			buf_char(b, (char)hi);
			cp = 0xdc00 + ((cp - 0x10000) & 0x3ff);
		}
		buf_char(b, (char)(cp >> 8));
		buf_char(b, (char)cp);
	}
	s = HPDF_Binary_New(p->doc->mmgr, (HPDF_BYTE *)b->p,
	    (HPDF_UINT)b->n);
	b->n = 0;
	return s;
}

static HPDF_Outline
add_entry(struct pdf *p, HPDF_Outline parent, str text)
{
	HPDF_Outline o;

	pdf_room(p);
	o = HPDF_CreateOutline(p->doc, parent, "", NULL);
	if (o == NULL) {
		pdf_fail(p, HPDF_GetError(p->doc));
		return NULL;
	}
	HPDF_Dict_RemoveElement(o, "Type");
	HPDF_Dict_Add(o, "Title", title_of(p, text));
	return o;
}

static void
add_entries(struct pdf *p, HPDF_Outline parent, const struct toc_entry *e,
    unsigned depth, unsigned open)
{
	for (; e != NULL && p->status == HPDF_OK; e = e->next) {
		HPDF_Outline o = add_entry(p, parent, e->text);

		if (o == NULL)
			return;
		if (pdf_nav_place(p, e->anchor))
			HPDF_Dict_Add(o, "Dest", HPDF_String_New(p->doc->mmgr,
			    arena_cstr(p->arena,
			    p->pages->book->anchors[e->anchor].name), NULL));
		HPDF_Outline_SetOpened(o, depth < open);
		if (depth < OUTLINE_DEPTH)
			add_entries(p, o, e->child, depth + 1, open);
	}
}

/* Entries by depth; n has OUTLINE_DEPTH + 1 elements. */
static void
count_entries(const struct toc_entry *e, unsigned depth, size_t *n)
{
	for (; e != NULL; e = e->next) {
		n[depth]++;
		if (depth < OUTLINE_DEPTH)
			count_entries(e->child, depth + 1, n);
	}
}

/* As many levels are open as a reader can look through at a glance. */
static unsigned
levels_open(const struct toc_entry *toc)
{
	size_t n[OUTLINE_DEPTH + 1] = { 0 }, shown;
	unsigned open = 0;

	count_entries(toc, 0, n);
	shown = n[0];
	while (open < OUTLINE_DEPTH &&
	    (shown += n[open + 1]) <= OUTLINE_LINES)
		open++;
	return open;
}

/* The book's contents list, by its page: it has no name. Written out, as
 * libharu's own destinations are objects, which PDF/A refuses here. */
static void
add_contents(struct pdf *p)
{
	const struct pages *pages = p->pages;
	HPDF_Outline o;
	HPDF_Array to;
	size_t i = 0;

	while (i < pages->n && pages->v[i].kind != PAGE_CONTENTS)
		i++;
	if (i == pages->n)
		return;
	o = add_entry(p, NULL, book_term(pages->book->language,
	    TERM_CONTENTS));
	to = o == NULL ? NULL : HPDF_Array_New(p->doc->mmgr);
	if (to == NULL)
		return;
	HPDF_Array_Add(to, p->page[i].page);
	HPDF_Array_AddName(to, "XYZ");
	HPDF_Array_AddNumber(to, 0);
	HPDF_Array_AddNumber(to, (HPDF_INT32)(pages->v[i].h / SP_PT));
	HPDF_Array_AddNumber(to, 0);
	HPDF_Dict_Add(o, "Dest", to);
}

void
pdf_nav_outline(struct pdf *p)
{
	const struct toc_entry *toc = p->pages->book->toc;

	if (toc == NULL)
		return;
	add_contents(p);
	if (p->status == HPDF_OK)
		add_entries(p, NULL, toc, 0, levels_open(toc));
}

/* ---- catalogue -------------------------------------------------------- */

static void
put_labels(struct pdf *p, struct buf *b)
{
	const struct label_range *v = p->pages->labels;
	size_t n = p->pages->nlabels;

	if (n == 0)
		return;
	buf_z(b, "/PageLabels<</Nums[");
	if (v[0].first != 0)
		buf_z(b, "0<</S/D>>");
	for (size_t i = 0; i < n; i++) {
		buf_int(b, v[i].first);
		buf_z(b, "<<");
		if (v[i].style != LABEL_NONE)
			buf_z(b, v[i].style == LABEL_ROMAN ? "/S/r" : "/S/D");
		if (v[i].style != LABEL_NONE && v[i].start > 1)
			buf_printf(b, "/St %u", (unsigned)v[i].start);
		if (v[i].prefix.n > 0) {
			buf_z(b, "/P");
			pdf_utf16(b, v[i].prefix);
		}
		buf_z(b, ">>\n");
	}
	buf_z(b, "]>>\n");
}

void
pdf_nav_catalog(struct pdf *p, struct buf *b)
{
	if (p->name_tree != NULL) {
		buf_z(b, "/Names<<");
		pdf_key_ref(b, "Dests", p->name_tree);
		buf_z(b, ">>\n");
	}
	put_labels(p, b);
}
