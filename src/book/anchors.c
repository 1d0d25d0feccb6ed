/*
 * anchors.c: names every place of the book that can be linked to, and
 * numbers figures, tables and headings.
 *
 * Articles take their ids first, so that nothing else can push them aside:
 * their names stand in other people's links. What is inside an article is
 * named after it with a dot, which no id holds; a second heading of the
 * same text gets "-2". So a name changes only when its own article does.
 */
#include "book/book_int.h"

struct namer {
	struct arena	*a;
	struct map	*taken;		/* name -> its anchor */
	struct map	*last;		/* name -> number of its last twin */
	VEC(struct book_anchor) v;
};

/* Adds an anchor under the name, or under name-2, name-3, ... */
static uint32_t
add(struct namer *n, str name, uint32_t article, const struct doc_node *node)
{
	struct book_anchor b = { name, article, node };
	uintptr_t i;

	if (map_find(n->taken, name) != NULL) {
		i = (uintptr_t)map_find(n->last, name);
		for (i = i == 0 ? 2 : i + 1; map_find(n->taken, b.name) !=
		    NULL; i++)
			b.name = arena_printf(n->a, "%.*s-%u", STR_ARG(name),
			    (unsigned)i);
		map_put(n->last, name, (void *)(i - 1));
	}
	map_put(n->taken, b.name, (void *)(uintptr_t)n->v.n);
	VEC_PUSH(n->a, &n->v, b);
	return (uint32_t)(n->v.n - 1);	/* 1.., so never NULL in the map */
}

/*
 * The name of a node inside the article; "" if it needs none. Pictures are
 * counted with and without captions; a table without one has no number that
 * a text could call it by.
 */
static str
node_name(struct namer *n, str id, const struct doc_node *d, uint32_t figure,
    uint32_t number)
{
	str slug;

	switch (d->kind) {
	case DOC_HEADING:
		slug = doc_slug(n->a, d->as.heading.written.p != NULL ?
		    d->as.heading.written : doc_plain(n->a, d));
		return arena_printf(n->a, "%.*s.%.*s", STR_ARG(id),
		    STR_ARG(slug));
	case DOC_NOTE:
		return arena_printf(n->a, "%.*s.n%u", STR_ARG(id),
		    d->as.note.number);
	case DOC_NOTEREF:
		if (d->as.noteref.nth > 1)
			return arena_printf(n->a, "%.*s.r%u-%u", STR_ARG(id),
			    d->as.noteref.number, d->as.noteref.nth);
		return arena_printf(n->a, "%.*s.r%u", STR_ARG(id),
		    d->as.noteref.number);
	case DOC_FIGURE:
		return arena_printf(n->a, "%.*s.f%u", STR_ARG(id), figure);
	case DOC_TABLE:
		if (number != 0)
			return arena_printf(n->a, "%.*s.t%u", STR_ARG(id),
			    number);
		return S("");
	default:
		return S("");
	}
}

static void
name_nodes(struct namer *n, struct book_article *art, uint32_t index)
{
	const struct doc *doc = art->doc;
	uint32_t *anchor = ARENA_NEW(n->a, uint32_t, doc->nnodes + 1);
	uint32_t *number = ARENA_NEW(n->a, uint32_t, doc->nnodes + 1);
	uint32_t figures = 0, captions = 0, tables = 0, i;
	const struct doc_node *d;
	str name;

	for (i = 0; i < doc->nnodes; i++) {
		d = doc->nodes[i];
		figures += d->kind == DOC_FIGURE;
		if (d->kind == DOC_FIGURE && d->child != NULL)
			number[i] = ++captions;
		else if (d->kind == DOC_TABLE && d->child != NULL &&
		    d->child->kind == DOC_CAPTION)
			number[i] = ++tables;
		name = node_name(n, art->id, d, figures, number[i]);
		if (name.n > 0)
			anchor[i] = add(n, name, index, d);
	}
	art->node_anchor = anchor;
	art->node_number = number;
}

/* "2.1" after "2" and "1.3": one number for each depth. */
static void
number_headings(struct arena *a, struct book_article *art)
{
	const struct doc *doc = art->doc;
	str *number = ARENA_NEW(a, str, doc->nnodes + 1);
	const struct doc_node *d;
	uint32_t at[6] = { 0 };
	str s;

	for (d = doc->root->child; d != NULL; d = d->next) {
		int depth = d->as.heading.depth, i;

		if (d->kind != DOC_HEADING || depth < 1 || depth > 6)
			continue;
		at[depth - 1]++;
		for (i = depth; i < 6; i++)
			at[i] = 0;
		s = arena_printf(a, "%u", at[0]);
		for (i = 1; i < depth; i++)
			s = arena_printf(a, "%.*s.%u", STR_ARG(s), at[i]);
		number[d->id] = s;
	}
	art->node_heading_number = number;
}

void
anchors_make(struct arena *a, struct book *b, struct book_section *sections,
    struct book_article *articles)
{
	struct book_index *index = ARENA_NEW(a, struct book_index, 1);
	struct namer n = { a, map_new(a), map_new(a), { NULL, 0, 0 } };
	struct book_anchor none = { S(""), UINT32_MAX, NULL };
	uint32_t i;

	VEC_PUSH(a, &n.v, none);
	for (i = 0; i < b->narticles; i++) {
		articles[i].anchor = add(&n, articles[i].doc->meta.id, i,
		    NULL);
		articles[i].id = n.v.v[articles[i].anchor].name;
	}
	for (i = 0; i < b->nsections; i++)
		sections[i].anchor = add(&n, arena_printf(a, "s-%.*s",
		    STR_ARG(sections[i].id)), UINT32_MAX, NULL);
	for (i = 0; i < b->narticles; i++) {
		name_nodes(&n, &articles[i], i);
		number_headings(a, &articles[i]);
	}
	b->anchors = n.v.v;
	b->nanchors = (uint32_t)n.v.n;
	index->names = n.taken;
	resolve_index(a, b, index);
	b->index = index;
}
