/*
 * pdf_struct.c: the structure tree (ISO 32000-1, 14.7 and 14.8), from the
 * elements of the layout and the sequences that the pages were marked with.
 *
 * Siblings stand in the order of the elements, which is the document's.
 * Text and elements within one paragraph stand in the order in which they
 * were painted. Elements of which nothing was painted are left out, but for
 * the empty cells of a table, whose rows stay regular.
 *
 * All of it goes into object streams: a book has more elements than pages,
 * and they deflate well. Bodies are made in threads.
 */
#include "out/pdf/pdf_int.h"

#define PAGES_LEAF	32	/* of the parent tree: pages, links, of one */
#define LINKS_LEAF	256
#define NOTES_LEAF	256
#define NOWHERE		UINT64_MAX

struct node {
	uint32_t first, last, next;	/* kept children; 0: none */
	uint32_t piece, npieces;	/* own sequences */
	uint32_t link, nlinks;		/* own annotations */
	uint32_t rank;			/* among the kept, from 1; 0: left out */
	uint32_t picture;		/* from 1, in pictures */
	uint64_t from;			/* place of its first sequence */
};

/* A picture that an element shows, and where: no page has an element 0. */
struct picture { sp x, y, w, h; uint32_t page; };

struct pdf_tree {
	struct pdf *p;
	const struct elem *elems;
	size_t	 n;
	struct node *v;
	uint64_t *pieces;		/* places, by element and order */
	uint32_t *links;		/* indices of p->links, by element */
	VEC(struct picture) pictures;
	VEC(uint32_t) kept;		/* elements; their ids ascend */
	VEC(uint32_t) notes;
	size_t	 page_leaves, link_leaves, note_leaves;
	/* Hidden objects: */
	uint32_t first, page_first, link_first, note_first;
};

/* ---- places ----------------------------------------------------------- */

static uint64_t
place(size_t page, size_t mcid)
{
	return (uint64_t)page << 32 | mcid;
}

static size_t
place_page(uint64_t at)
{
	return (size_t)(at >> 32);
}

static const uint32_t *
marks_of(const struct pdf *p, size_t page, size_t *n)
{
	const struct buf *b = &p->page[page].marks;

	*n = b->n / sizeof(uint32_t);
	return (const uint32_t *)(const void *)b->p;
}

/* ---- the tree --------------------------------------------------------- */

/* The sequences of each element, in the order of pages. */
static void
collect_pieces(struct pdf_tree *t)
{
	size_t all = 0, n;

	for (size_t i = 0; i < t->p->pages->n; i++) {
		const uint32_t *m = marks_of(t->p, i, &n);

		for (size_t k = 0; k < n; k++)
			t->v[m[k]].npieces++;
		all += n;
	}
	t->pieces = ARENA_NEW(t->p->arena, uint64_t, all + 1);
	all = 0;
	for (size_t e = 0; e < t->n; e++) {
		t->v[e].piece = (uint32_t)all;
		all += t->v[e].npieces;
		t->v[e].npieces = 0;
	}
	for (size_t i = 0; i < t->p->pages->n; i++) {
		const uint32_t *m = marks_of(t->p, i, &n);

		for (size_t k = 0; k < n; k++) {
			struct node *v = &t->v[m[k]];

			t->pieces[v->piece + v->npieces++] = place(i, k);
		}
	}
}

static void
collect_links(struct pdf_tree *t)
{
	const struct pdf *p = t->p;
	size_t all = 0;

	t->links = ARENA_NEW(p->arena, uint32_t, p->links.n + 1);
	for (size_t i = 0; i < p->links.n; i++)
		t->v[p->links.v[i].item->elem].nlinks++;
	for (size_t e = 0; e < t->n; e++) {
		t->v[e].link = (uint32_t)all;
		all += t->v[e].nlinks;
		t->v[e].nlinks = 0;
	}
	for (size_t i = 0; i < p->links.n; i++) {
		struct node *v = &t->v[p->links.v[i].item->elem];

		t->links[v->link + v->nlinks++] = (uint32_t)i;
	}
}

/* Where the pictures of figures stand. */
static void
collect_pictures(struct pdf_tree *t)
{
	for (size_t i = 0; i < t->p->pages->n; i++) {
		const struct page *g = &t->p->pages->v[i];

		for (size_t k = 0; k < g->n; k++) {
			const struct item *it = &g->items[k];
			struct picture pic = { it->x, it->y, 0, 0,
			    (uint32_t)i };

			if (it->kind == ITEM_IMAGE) {
				pic.w = it->as.image.w;
				pic.h = it->as.image.h;
			} else if (it->kind == ITEM_DRAWING) {
				pic.w = it->as.drawing.w;
				pic.h = it->as.drawing.h;
			} else
				continue;
			if (t->v[it->elem].picture != 0)
				continue;
			VEC_PUSH(t->p->arena, &t->pictures, pic);
			t->v[it->elem].picture = (uint32_t)t->pictures.n;
		}
	}
}

static bool
is_cell(const struct elem *e)
{
	return e->role == ELEM_TH || e->role == ELEM_TD;
}

/* A link of which nothing was painted stays: its area is on the page. */
static uint64_t
own_place(const struct pdf_tree *t, const struct node *v)
{
	if (v->npieces > 0)
		return t->pieces[v->piece];
	if (v->nlinks > 0)
		return place(t->p->links.v[t->links[v->link]].page,
		    UINT32_MAX);
	return NOWHERE;
}

/* Parents come before their children: up the tree, then down again. */
static void
keep(struct pdf_tree *t)
{
	for (size_t e = t->n; e-- > ARTIFACT_COUNT; ) {
		struct node *v = &t->v[e], *up = &t->v[t->elems[e].parent];
		uint64_t own = own_place(t, v);

		if (own < v->from)
			v->from = own;
		if (v->from < up->from)
			up->from = v->from;
	}
	for (uint32_t e = ARTIFACT_COUNT; e < t->n; e++) {
		const struct elem *x = &t->elems[e];
		struct node *v = &t->v[e], *up = &t->v[x->parent];

		if (v->from == NOWHERE && x->role != ELEM_DOCUMENT &&
		    (up->rank == 0 || !is_cell(x)))
			continue;
		VEC_PUSH(t->p->arena, &t->kept, e);
		v->rank = (uint32_t)t->kept.n;
		if (x->role == ELEM_NOTE)
			VEC_PUSH(t->p->arena, &t->notes, e);
		if (x->parent < ARTIFACT_COUNT)
			continue;
		if (up->first == 0)
			up->first = e;
		else
			t->v[up->last].next = e;
		up->last = e;
	}
}

static uint32_t
id_of(const struct pdf_tree *t, uint32_t elem)
{
	return t->p->hidden_first + t->first + t->v[elem].rank - 1;
}

/* ---- elements --------------------------------------------------------- */

static void
put_piece(const struct pdf_tree *t, struct buf *b, uint64_t at, size_t page)
{
	if (place_page(at) == page) {
		buf_char(b, ' ');
		buf_int(b, (int64_t)(at & UINT32_MAX));
		return;
	}
	buf_z(b, "<</Type/MCR/Pg");
	pdf_ref(b, t->p->page[place_page(at)].id);
	buf_printf(b, "/MCID %u>>", (unsigned)(at & UINT32_MAX));
}

static void
put_link(const struct pdf_tree *t, struct buf *b, uint32_t link)
{
	const struct pdf *p = t->p;

	buf_z(b, "<</Type/OBJR/Pg");
	pdf_ref(b, p->page[p->links.v[link].page].id);
	buf_z(b, "/Obj");
	pdf_ref(b, p->hidden_first + p->link_first + link);
	buf_z(b, ">>");
}

static void
put_kids(const struct pdf_tree *t, struct buf *b, const struct node *v,
    size_t page)
{
	const uint64_t *piece = t->pieces + v->piece, *end = piece +
	    v->npieces;
	uint32_t kid = v->first;

	buf_z(b, "/K[");
	while (piece < end || kid != 0) {
		if (kid == 0 || (piece < end && *piece < t->v[kid].from)) {
			put_piece(t, b, *piece++, page);
			continue;
		}
		pdf_ref(b, id_of(t, kid));
		kid = t->v[kid].next;
	}
	for (uint32_t i = 0; i < v->nlinks; i++)
		put_link(t, b, t->links[v->link + i]);
	buf_char(b, ']');
}

static void
put_box(const struct pdf_tree *t, struct buf *b, const struct picture *pic)
{
	sp h = t->p->pages->v[pic->page].h;

	buf_z(b, "/A<</O/Layout/Placement/Block/BBox[");
	pdf_sp(b, pic->x);
	buf_char(b, ' ');
	pdf_sp(b, h - pic->y - pic->h);
	buf_char(b, ' ');
	pdf_sp(b, pic->x + pic->w);
	buf_char(b, ' ');
	pdf_sp(b, h - pic->y);
	buf_z(b, "]>>");
}

static void
put_cell(struct buf *b, const struct elem *e)
{
	static const char *const scopes[] = { "", "Column", "Row", "Both" };
	uint8_t scope = e->role != ELEM_TH ? SCOPE_NONE : e->scope ==
	    SCOPE_NONE ? SCOPE_COLUMN : e->scope;

	if (scope == SCOPE_NONE && e->columns <= 1)
		return;
	buf_z(b, "/A<</O/Table");
	if (scope != SCOPE_NONE)
		buf_printf(b, "/Scope/%s", scopes[scope]);
	if (e->columns > 1)
		buf_printf(b, "/ColSpan %u", e->columns);
	buf_z(b, ">>");
}

static void
put_numbering(struct buf *b, const struct elem *e)
{
	static const char *const names[] = { "None", "Disc", "Circle",
	    "Square", "Decimal" };

	buf_printf(b, "/A<</O/List/ListNumbering/%s>>", names[e->numbering]);
}

static void
put_attributes(const struct pdf_tree *t, struct buf *b, uint32_t i)
{
	const struct elem *e = &t->elems[i];
	const struct node *v = &t->v[i];

	if (is_cell(e))
		put_cell(b, e);
	else if (e->role == ELEM_LIST)
		put_numbering(b, e);
	else if (e->role == ELEM_FIGURE && v->picture != 0)
		put_box(t, b, &t->pictures.v[v->picture - 1]);
	if (e->role == ELEM_NOTE)
		buf_printf(b, "/ID(n%08u)", (unsigned)i);
	if (e->lang.n > 0) {
		buf_z(b, "/Lang");
		pdf_literal(b, e->lang);
	}
	if (e->alt.n > 0) {
		buf_z(b, "/Alt");
		pdf_utf16(b, e->alt);
	}
}

static void
put_elem(const void *user, size_t n, struct buf *b)
{
	const struct pdf_tree *t = user;
	uint32_t i = t->kept.v[n];
	const struct elem *e = &t->elems[i];
	const struct node *v = &t->v[i];
	size_t page = place_page(v->npieces > 0 ? t->pieces[v->piece] : 0);

	buf_z(b, "<</S");
	pdf_role(b, e);
	buf_z(b, "/P");
	pdf_ref(b, e->parent < ARTIFACT_COUNT ? t->p->struct_root->id :
	    id_of(t, e->parent));
	if (v->npieces > 0) {
		buf_z(b, "/Pg");
		pdf_ref(b, t->p->page[page].id);
	}
	put_attributes(t, b, i);
	put_kids(t, b, v, page);
	buf_z(b, ">>");
}

/* ---- trees by number and by name -------------------------------------- */

/* Pages first: which element each sequence is of. */
static void
put_page_leaf(const void *user, size_t leaf, struct buf *b)
{
	const struct pdf_tree *t = user;
	size_t lo = leaf * PAGES_LEAF, hi = lo + PAGES_LEAF;

	if (hi > t->p->pages->n)
		hi = t->p->pages->n;
	buf_printf(b, "<</Limits[%zu %zu]/Nums[", lo, hi - 1);
	for (size_t i = lo; i < hi; i++) {
		size_t n;
		const uint32_t *m = marks_of(t->p, i, &n);

		buf_int(b, (int64_t)i);
		buf_char(b, '[');
		for (size_t k = 0; k < n; k++)
			pdf_ref(b, id_of(t, m[k]));
		buf_char(b, ']');
	}
	buf_z(b, "]>>");
}

static void
put_link_leaf(const void *user, size_t leaf, struct buf *b)
{
	const struct pdf_tree *t = user;
	size_t pages = t->p->pages->n;
	size_t lo = leaf * LINKS_LEAF, hi = lo + LINKS_LEAF;

	if (hi > t->p->links.n)
		hi = t->p->links.n;
	buf_printf(b, "<</Limits[%zu %zu]/Nums[", pages + lo, pages + hi - 1);
	for (size_t i = lo; i < hi; i++) {
		buf_int(b, (int64_t)(pages + i));
		pdf_ref(b, id_of(t, t->p->links.v[i].item->elem));
		buf_char(b, ' ');
	}
	buf_z(b, "]>>");
}

static void
put_note_leaf(const void *user, size_t leaf, struct buf *b)
{
	const struct pdf_tree *t = user;
	size_t lo = leaf * NOTES_LEAF, hi = lo + NOTES_LEAF;

	if (hi > t->notes.n)
		hi = t->notes.n;
	buf_printf(b, "<</Limits[(n%08u)(n%08u)]/Names[",
	    (unsigned)t->notes.v[lo], (unsigned)t->notes.v[hi - 1]);
	for (size_t i = lo; i < hi; i++) {
		buf_printf(b, "(n%08u)", (unsigned)t->notes.v[i]);
		pdf_ref(b, id_of(t, t->notes.v[i]));
	}
	buf_z(b, "]>>");
}

/* ---- all of it -------------------------------------------------------- */

static void
put_leaves(struct buf *b, const char *key, uint32_t first, size_t n)
{
	buf_printf(b, "/%s<</Kids[", key);
	for (size_t i = 0; i < n; i++)
		pdf_ref(b, first + (uint32_t)i);
	buf_z(b, "]>>\n");
}

static size_t
leaves_of(size_t n, size_t each)
{
	return (n + each - 1) / each;
}

static void
hide(struct pdf_tree *t)
{
	struct pdf *p = t->p;

	t->page_leaves = leaves_of(p->pages->n, PAGES_LEAF);
	t->link_leaves = leaves_of(p->links.n, LINKS_LEAF);
	t->note_leaves = leaves_of(t->notes.n, NOTES_LEAF);
	t->first = pdf_hidden_add(p, t->kept.n, put_elem, t);
	t->page_first = pdf_hidden_add(p, t->page_leaves, put_page_leaf, t);
	t->link_first = pdf_hidden_add(p, t->link_leaves, put_link_leaf, t);
	t->note_first = pdf_hidden_add(p, t->note_leaves, put_note_leaf, t);
}

void
pdf_struct_plan(struct pdf *p)
{
	struct pdf_tree *t;

	if (!p->options->tags)
		return;
	p->tree = t = ARENA_NEW(p->arena, struct pdf_tree, 1);
	t->p = p;
	t->elems = p->pages->elems;
	t->n = p->pages->nelems;
	t->v = ARENA_NEW(p->arena, struct node, t->n + 1);
	for (size_t e = 0; e < t->n; e++)
		t->v[e].from = NOWHERE;
	collect_pieces(t);
	collect_links(t);
	collect_pictures(t);
	keep(t);
	hide(t);
}

void
pdf_struct_catalog(struct pdf *p, struct buf *b)
{
	if (!p->options->tags)
		return;
	p->struct_root = pdf_reserve(p);
	pdf_key_ref(b, "StructTreeRoot", p->struct_root);
	buf_z(b, "/MarkInfo<</Marked true>>\n");
}

void
pdf_struct_write(struct pdf *p)
{
	const struct pdf_tree *t = p->tree;
	struct buf *b = &p->tmp;
	uint32_t first = p->hidden_first;

	if (t == NULL)
		return;
	buf_z(b, "/Type/StructTreeRoot\n/K[");
	for (size_t i = 0; i < t->kept.n; i++)
		if (t->elems[t->kept.v[i]].parent < ARTIFACT_COUNT)
			pdf_ref(b, id_of(t, t->kept.v[i]));
	buf_z(b, "]\n");
	/* The leaves of pages and of links are neighbours. */
	put_leaves(b, "ParentTree", first + t->page_first, t->page_leaves +
	    t->link_leaves);
	buf_printf(b, "/ParentTreeNextKey %zu\n", p->pages->n + p->links.n);
	if (t->note_leaves > 0)
		put_leaves(b, "IDTree", first + t->note_first,
		    t->note_leaves);
	p->struct_root->body = pdf_body(p);
}
