/*
 * laid_blocks.h: what holds for the pages of every article, block by block
 * and not page by page, as notes and floats may stand elsewhere than where
 * they were written:
 *
 * - the letters of each block (paragraph, heading, cell, caption, code)
 *   stand on the pages once and in order;
 * - blocks of the running text follow each other as in the document, and so
 *   do notes, figures, and captioned tables among themselves; no note stands
 *   before the page of its first mark;
 * - no two runs, and no run and picture, lie on each other;
 * - nothing but furniture leaves the margins.
 *
 * Text habits may change quotes, dashes, spaces, dots and fractions; all of
 * a kind are one here.
 */
#ifndef TESTS_UNIT_LAID_BLOCKS_H
#define TESTS_UNIT_LAID_BLOCKS_H

#include "laid.h"

struct piece {			/* of the text of a block */
	uint32_t owner;		/* node */
	uint32_t page;
	size_t	 seq;
	str	 text;
};
struct pieces { struct piece *v; size_t n, cap; };

static inline void
piece_add(struct pieces *p, struct piece x)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? 2 * p->cap : 256;
		p->v = realloc(p->v, p->cap * sizeof *p->v);
		assert_non_null(p->v);
	}
	x.seq = p->n;
	p->v[p->n++] = x;
}

static inline int
piece_cmp(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static inline const struct doc_node *
block_of_node(const struct doc_node *n)
{
	while (doc_is_inline(n->kind))
		n = n->parent;
	return n;
}

/* ---- letters ---------------------------------------------------------- */

/* A letter as habits may not change it; 0: white space and what is unseen. */
static inline uint32_t
letter_kind(uint32_t c)
{
	if (c <= ' ' || c == 0xa0 || c == 0xad || c == 0x3000 ||
	    (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x2060)
		return 0;
	if (c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0x2039 ||
	    c == 0x203a)
		return '\'';
	if ((c >= 0x201c && c <= 0x201e) || c == 0xab || c == 0xbb)
		return '"';
	if (c >= 0x2010 && c <= 0x2015)
		return '-';
	if (c == 0x2026)
		return '.';
	if (c == 0x2044)
		return '/';
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* Dashes and dots in a row count as one. */
static inline void
letter_put(struct buf *b, uint32_t c)
{
	static const char *const fractions[] = { "1/4", "1/2", "3/4" };
	char	 u[4];

	if (c >= 0xbc && c <= 0xbe) {
		buf_z(b, fractions[c - 0xbc]);
		return;
	}
	c = letter_kind(c);
	if (c == 0 || ((c == '-' || c == '.') && b->n > 0 &&
	    b->p[b->n - 1] == (char)c))
		return;
	buf_add(b, u, utf8_put(u, c));
}

static inline void
letters_put(struct buf *b, str s, bool attribution)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);

		if (!attribution || (c != ',' && letter_kind(c) != '-'))
			letter_put(b, c);
	}
}

/* All blocks one after the other, each behind its number. */
static inline void
pieces_text(struct pieces *p, const struct doc *d, struct buf *b)
{
	uint32_t owner = UINT32_MAX;

	if (p->n > 0)
		qsort(p->v, p->n, sizeof *p->v, piece_cmp);
	for (size_t i = 0; i < p->n; i++) {
		const struct doc_node *n = d->nodes[p->v[i].owner];

		if (p->v[i].owner != owner)
			buf_printf(b, "\n%s #%u: ", doc_kind_name(n->kind),
			    n->id);
		owner = p->v[i].owner;
		letters_put(b, p->v[i].text, n->kind == DOC_ATTRIBUTION);
	}
}

static inline void
pieces_of_doc(struct pieces *p, const struct doc *d)
{
	for (uint32_t i = 0; i < d->nnodes; i++) {
		const struct doc_node *n = d->nodes[i];
		struct piece x = { .owner = block_of_node(n)->id };

		if (n->kind == DOC_CODE)
			x.text = n->as.code.text;
		else if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			x.text = n->as.text.text;
		if (str_trim(x.text).n > 0)
			piece_add(p, x);
	}
}

static inline void
pieces_of_pages(struct pieces *p, const struct pages *g)
{
	for (uint32_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->v[i].n; k++) {
			const struct item *it = &g->v[i].items[k];

			if (it->kind != ITEM_RUN ||
			    it->elem < ARTIFACT_COUNT ||
			    it->as.run.soft_hyphen ||
			    laid_made(g, it->elem) ||
			    str_trim(it->as.run.text).n == 0)
				continue;
			piece_add(p, (struct piece){ .page = i,
			    .owner = block_of_node(
			    g->elems[it->elem].node)->id,
			    .text = it->as.run.text });
		}
}

/* ---- order ------------------------------------------------------------ */

/* What a block moves with: a note, a captioned table, a figure; else the
 * root. */
static inline const struct doc_node *
block_stream(const struct doc_node *n)
{
	const struct doc_node *in = n;

	for (; n->parent != NULL; n = n->parent)
		if (n->kind == DOC_NOTE)
			return n;
	for (n = in; n->parent != NULL; n = n->parent)
		if (n->kind == DOC_FIGURE || (n->kind == DOC_TABLE &&
		    n->child != NULL && n->child->kind == DOC_CAPTION))
			return n;
	return n;
}

/* As they stand on the pages: first pieces ascend within each stream. */
static inline void
check_order(const struct pieces *p, const struct doc *d)
{
	uint32_t last[DOC_KIND_COUNT] = { 0 }, *seen;

	seen = calloc(d->nnodes, sizeof *seen);
	assert_non_null(seen);
	for (size_t i = 0; i < p->n; i++) {
		const struct doc_node *n = d->nodes[p->v[i].owner];
		const struct doc_node *s = block_stream(n);

		if (seen[n->id]++)
			continue;
		if (n->id < last[s->kind])
			fail_msg("%s #%u stands after #%u",
			    doc_kind_name(n->kind), n->id, last[s->kind]);
		last[s->kind] = n->id;
	}
	free(seen);
}

/* No note before its first mark's page. */
static inline void
check_notes(const struct pages *g, const struct pieces *p,
    const struct doc *d)
{
	for (uint32_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->v[i].n; k++) {
			const struct elem *e =
			    &g->elems[g->v[i].items[k].elem];

			if (g->v[i].items[k].kind == ITEM_RUN &&
			    e->role == ELEM_LINK)
				e = &g->elems[e->parent];
			if (e->role != ELEM_NOTEREF || e->node == NULL ||
			    e->node->kind != DOC_NOTEREF ||
			    e->node->as.noteref.nth != 1)
				continue;
			for (size_t m = 0; m < p->n; m++)
				if (block_stream(d->nodes[p->v[m].owner]) ==
				    e->node->as.noteref.note)
					assert_true(p->v[m].page >= i);
		}
}

/* ---- places ----------------------------------------------------------- */

struct box { sp x0, x1, y0, y1; const struct item *it; };

/* How far spaces reach in from an end of a run. */
static inline sp
space_added(const struct run *r, bool right)
{
	sp	 w = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct glyph *g = &r->g[right ? r->n - 1 - i : i];

		if (r->text.p[g->cluster] != ' ')
			break;
		w += g->adv + r->word_space;
	}
	return w;
}

/* What of an item must be free of others: a run's letters of middle height
 * above the baseline, a picture whole. */
static inline bool
box_of(const struct item *it, struct box *b)
{
	const struct run *r = &it->as.run;

	b->it = it;
	if (it->kind == ITEM_IMAGE) {
		b->x0 = it->x;
		b->x1 = it->x + it->as.image.w;
		b->y0 = it->y;
		b->y1 = it->y + it->as.image.h;
		return true;
	}
	if (it->kind != ITEM_RUN || str_trim(r->text).n == 0)
		return false;
	b->x0 = it->x + space_added(r, false);
	b->x1 = it->x + run_width(r) - space_added(r, true);
	b->y0 = it->y - r->size * 9 / 20;
	b->y1 = it->y;
	return b->x1 > b->x0;
}

static inline void
box_say(const struct box *b, const struct box *c)
{
	const struct box *v[] = { b, c };

	for (int i = 0; i < 2; i++)
		print_error("x %.2f..%.2f y %.2f..%.2f %.*s\n",
		    (double)v[i]->x0 / SP_PT, (double)v[i]->x1 / SP_PT,
		    (double)v[i]->y0 / SP_PT, (double)v[i]->y1 / SP_PT,
		    STR_ARG(v[i]->it->kind == ITEM_RUN ?
		    v[i]->it->as.run.text : S("(picture)")));
}

/* How far two may reach into each other: lines beside a large initial hang
 * out towards it. */
static inline sp
box_slack(const struct box *b, const struct box *c)
{
	sp	 x, y;

	if (b->it->kind != ITEM_RUN || c->it->kind != ITEM_RUN)
		return SP_PT;
	x = b->it->as.run.size;
	y = c->it->as.run.size;
	return x > 2 * y ? y / 2 : y > 2 * x ? x / 2 : SP_PT;
}

static inline void
check_overlap(const struct page *g)
{
	struct box *v = calloc(g->n + 1, sizeof *v);
	size_t	 n = 0;

	assert_non_null(v);
	for (size_t k = 0; k < g->n; k++)
		n += box_of(&g->items[k], &v[n]);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			sp	 x = box_slack(&v[i], &v[k]);

			if (v[i].x1 - x <= v[k].x0 ||
			    v[k].x1 - x <= v[i].x0 ||
			    v[i].y1 - SP_PT / 2 <= v[k].y0 ||
			    v[k].y1 - SP_PT / 2 <= v[i].y0)
				continue;
			box_say(&v[i], &v[k]);
			fail_msg("page %.*s: these lie on each other",
			    STR_ARG(g->label));
		}
	free(v);
}

/* Optical margins hang by no more than a letter. Turned pages have margins
 * of their own. */
static inline void
check_margins(const struct page *g, const struct theme *t)
{
	sp	 side = t->margin_inner < t->margin_outer ? t->margin_inner :
		    t->margin_outer;
	sp	 wide = t->margin_inner + t->margin_outer - side;
	struct box b;

	for (size_t k = 0; k < g->n; k++) {
		const struct item *it = &g->items[k];
		sp	 hang = it->kind == ITEM_RUN ? it->as.run.size : 0;

		if (it->elem < ARTIFACT_COUNT || g->w != t->page_w ||
		    !box_of(it, &b))
			continue;
		if (b.x0 < side - hang || b.x1 > g->w - side + hang ||
		    b.y0 < t->margin_top - SP_PT ||
		    b.y1 > g->h - t->margin_bottom + SP_PT)
			box_say(&b, &b);
		assert_true(b.x0 >= side - hang);
		assert_true(b.x1 <= g->w - side + hang);
		assert_true(b.x1 - b.x0 <= g->w - side - wide + 2 * hang);
		assert_true(b.y0 >= t->margin_top - SP_PT);
		assert_true(b.y1 <= g->h - t->margin_bottom + SP_PT);
	}
}

/* ---- all of it -------------------------------------------------------- */

static inline void
check_blocks(const struct pages *g, const struct doc *d)
{
	struct pieces got = { 0 }, want = { 0 };
	struct buf a = { 0 }, b = { 0 };

	pieces_of_pages(&got, g);
	check_order(&got, d);
	check_notes(g, &got, d);
	pieces_of_doc(&want, d);
	pieces_text(&got, d, &a);
	pieces_text(&want, d, &b);
	laid_same(buf_view(&a), buf_view(&b));
	buf_done(&a);
	buf_done(&b);
	free(got.v);
	free(want.v);
}

/* Lines that are too long were said to be so, and may lie anywhere. */
static inline void
check_places(const struct pages *g, const struct theme *t, bool overfull)
{
	for (size_t i = 0; i < g->n; i++) {
		for (size_t k = 0; k < g->v[i].n; k++)
			laid_within(&g->v[i], &g->v[i].items[k], overfull ||
			    g->v[i].items[k].kind == ITEM_RUN);
		if (overfull)
			continue;
		check_overlap(&g->v[i]);
		check_margins(&g->v[i], t);
	}
}

#endif
