/*
 * toc.c: the contents as a tree: sections, their articles, and of each
 * article the headings of the two upper depths. Headings inside quotes or
 * lists belong to what is quoted and stay out.
 */
#include "book/book_int.h"

/* A sibling list that grows at its end. */
struct chain { struct toc_entry *first, *last; };

static struct toc_entry *
append(struct arena *a, struct chain *c, struct toc_entry value)
{
	struct toc_entry *e = ARENA_NEW(a, struct toc_entry, 1);

	*e = value;
	if (c->last != NULL)
		c->last->next = e;
	else
		c->first = e;
	c->last = e;
	return e;
}

static void
article_toc(struct arena *a, struct book_article *art, uint32_t index)
{
	struct chain top = { NULL, NULL }, sub = { NULL, NULL };
	const struct doc_node *d;
	struct toc_entry e, *made;

	for (d = art->doc->root->child; d != NULL; d = d->next) {
		if (d->kind != DOC_HEADING || d->as.heading.depth > 2)
			continue;
		e = (struct toc_entry){ TOC_HEADING,
		    (uint32_t)d->as.heading.depth, art->node_anchor[d->id],
		    index, doc_plain(a, d), NULL, NULL };
		if (e.depth > 1 && top.last != NULL) {
			made = append(a, &sub, e);
			if (top.last->child == NULL)
				top.last->child = made;
		} else {
			append(a, &top, e);
			sub = (struct chain){ NULL, NULL };
			art->nheadings += e.depth <= 1;
		}
	}
	art->toc = top.first;
}

static const struct toc_entry *
section_toc(struct arena *a, const struct book *b,
    const struct book_section *s)
{
	struct chain c = { NULL, NULL };
	const struct book_article *art;
	uint32_t i;

	for (i = s->first; i < s->first + s->n; i++) {
		art = &b->articles[i];
		append(a, &c, (struct toc_entry){ TOC_ARTICLE, 0,
		    art->anchor, i, art->doc->meta.title, art->toc, NULL });
	}
	return c.first;
}

void
toc_make(struct arena *a, struct book *b, struct book_article *articles)
{
	struct chain c = { NULL, NULL };
	const struct book_section *s;
	uint32_t i;

	for (i = 0; i < b->narticles; i++)
		article_toc(a, &articles[i], i);
	if (b->kind == BOOK_ARTICLE) {
		b->toc = b->narticles > 0 ? articles[0].toc : NULL;
		return;
	}
	for (i = 0; i < b->nsections; i++) {
		s = &b->sections[i];
		append(a, &c, (struct toc_entry){ TOC_SECTION, 0, s->anchor,
		    i, s->title, section_toc(a, b, s), NULL });
	}
	b->toc = c.first;
}
