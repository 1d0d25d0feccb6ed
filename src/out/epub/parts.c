/*
 * parts.c: which file of an article a node stands in.
 *
 * Old readers fail over 300 KB and others split by themselves at 260, so a
 * long article is cut into files before it is written: at a heading once a
 * file is fairly full, else between two of the article's blocks, never
 * inside one. The size is reckoned from above: each node's markup and its
 * text with every escape. Ids are dense in document order, so the first id
 * of each file says it all.
 */
#include "out/epub/epub_int.h"

#define PART_FULL	((size_t)240 << 10)	/* [bytes] of one file */
#define PART_HEADING	((size_t)160 << 10)	/* a heading may begin another */

static size_t
text_bytes(str s)
{
	size_t i, n = s.n;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '&' || s.p[i] == '<' || s.p[i] == '>' ||
		    s.p[i] == '"')
			n += 5;
		else if ((s.p[i] & 0xc0) == 0xc0 && (uint8_t)s.p[i] >= 0xe0)
			n += 1;		/* language marks, spread out */
	return n;
}

static size_t
count(str s, char c)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

static size_t
node_bytes(const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_TEXT:
		return text_bytes(n->as.text.text);
	case DOC_CODESPAN:
		return 16 + text_bytes(n->as.text.text);
	case DOC_CODE:
		return 32 + 27 * count(n->as.code.text, '\n') +
		    text_bytes(n->as.code.text);
	case DOC_LINK:
		return 64 + 3 * n->as.link.url.n +
		    text_bytes(n->as.link.title);
	case DOC_FIGURE:
	case DOC_IMAGE:
		return 320 + text_bytes(n->as.image.alt);
	case DOC_CALLOUT:
	case DOC_NOTE:
	case DOC_NOTEREF:
		return 200;
	case DOC_CELL:
		return 200;		/* with its column's name */
	default:
		return 40;
	}
}

static size_t
block_bytes(const struct doc *d, const struct doc_node *block)
{
	uint32_t i, end = block->next ? block->next->id : d->nnodes;
	size_t n = 0;

	for (i = block->id; i < end; i++)
		n += node_bytes(d->nodes[i]);
	/* A heading's words stand in its id and in the contents, too. */
	return block->kind == DOC_HEADING ? 4 * n + 300 : n;
}

static const struct doc_node **
first_marks(struct arena *a, const struct doc *d)
{
	const struct doc_node **v = ARENA_NEW(a, const struct doc_node *,
	    d->nnotes + 1);
	const struct doc_node *n;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		if (n->kind == DOC_NOTEREF && n->as.noteref.nth <= 1 &&
		    n->as.noteref.number <= d->nnotes)
			v[n->as.noteref.number] = n;
	}
	return v;
}

/* The doc's bytes at the very most, from lengths alone: most articles are
 * short and need no closer look. */
static size_t
roughly(const struct doc *d)
{
	const struct doc_node *n;
	size_t bytes = 0;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		bytes += 400;
		if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			bytes += 6 * n->as.text.text.n;
		else if (n->kind == DOC_CODE)
			bytes += 28 * n->as.code.text.n;	/* lines */
		else if (n->kind == DOC_LINK)
			bytes += 6 * (n->as.link.url.n + n->as.link.title.n);
		else if (n->kind == DOC_FIGURE || n->kind == DOC_IMAGE)
			bytes += 6 * n->as.image.alt.n;
	}
	return bytes;
}

void
parts_plan(struct arena *a, const struct doc *d, struct parts *p)
{
	VEC(uint32_t) first = { NULL, 0, 0 };
	const struct doc_node *n;
	size_t in_part = 0, more;

	VEC_PUSH(a, &first, 0);
	for (n = roughly(d) > PART_FULL ? d->root->child : NULL; n;
	    n = n->next) {
		more = block_bytes(d, n);
		if (in_part > 0 && (in_part + more > PART_FULL ||
		    (in_part > PART_HEADING && n->kind == DOC_HEADING &&
		    n->as.heading.depth <= 2))) {
			VEC_PUSH(a, &first, n->id);
			in_part = 0;
		}
		in_part += more;
	}
	p->first = first.v;
	p->n = (uint32_t)first.n;
	p->refs = p->n > 1 ? first_marks(a, d) : NULL;
}

uint32_t
parts_of(const struct parts *p, uint32_t node)
{
	uint32_t lo = 0, hi = p->n, mid;

	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if (p->first[mid] <= node)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}
