/*
 * elems.c: the elements of the structure tree. They are made in the order
 * of the document, each once, whatever is measured or tried: layout only
 * decides where their items stand. Those without any are the output's to
 * leave out.
 */
#include "layout/layout_int.h"

#define LEVEL_MOST	6

uint32_t
elem_add(struct layout *l, enum elem_role role, uint32_t parent,
    const struct doc_node *node)
{
	struct elem	 e = { .role = role, .parent = parent, .node = node,
			    .article = l->article };

	VEC_PUSH(l->out, &l->elems, e);
	return (uint32_t)l->elems.n - 1;
}

uint32_t
elem_heading(struct layout *l, uint32_t parent, unsigned level,
    const struct doc_node *node)
{
	uint32_t	 e = elem_add(l, ELEM_HEADING, parent, node);

	if (level > l->level + 1)	/* one without text stood between */
		level = l->level + 1;
	l->level = level > LEVEL_MOST ? LEVEL_MOST : level;
	l->elems.v[e].level = (uint8_t)l->level;
	return e;
}

unsigned
elem_level(const struct layout *l, int depth)
{
	return (unsigned)depth + 1 + (l->book->kind == BOOK_COMPILATION);
}

static bool
holds_blocks(enum elem_role r)
{
	return r == ELEM_DOCUMENT || r == ELEM_PART || r == ELEM_ART ||
	    r == ELEM_SECT || r == ELEM_QUOTE || r == ELEM_CALLOUT ||
	    r == ELEM_BODY || r == ELEM_NOTE;
}

uint32_t
elem_around(const struct layout *l, uint32_t e)
{
	while (e > l->document && !holds_blocks(l->elems.v[e].role))
		e = l->elems.v[e].parent;
	return e;
}

uint32_t
elem_link(const struct layout *l, uint32_t e)
{
	while (e > l->document && l->elems.v[e].role != ELEM_LINK)
		e = l->elems.v[e].parent;
	return e > l->document ? e : 0;
}

/* ---- sections --------------------------------------------------------- */

void
sects_open(struct layout *l, struct sects *s, const struct doc_node *n)
{
	int		 depth = n->as.heading.depth;

	while (s->n > 0 && s->depth[s->n - 1] >= depth)
		s->n--;
	if (s->n == SECTS_MOST)
		return;
	s->elem[s->n] = elem_add(l, ELEM_SECT, sects_elem(s), n);
	s->depth[s->n++] = depth;
}
