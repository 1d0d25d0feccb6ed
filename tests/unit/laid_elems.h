/*
 * laid_elems.h: what holds for the structure tree of every book:
 *
 * - parents come before children, each role where it may be; siblings stand
 *   in the document's order, notes after the block with their first mark;
 * - no heading's level is skipped, all rows of a table have as many cells,
 *   items of lists are labels and one body;
 * - every run, picture and link is of an element that may have such, every
 *   link element has an area, and all its areas lead to one place;
 * - the text of a paragraph, lines joined as they are, is that of the
 *   document: no word is torn, none runs into the next.
 */
#ifndef TESTS_UNIT_LAID_ELEMS_H
#define TESTS_UNIT_LAID_ELEMS_H

#include "layout/pages.h"
#include "whole.h"

struct tree {
	const struct pages *p;
	bool	*alive;		/* by element: something of it is painted */
	bool	*wide;		/* has glyphs that take room */
	const struct item **link;	/* of a link its first area */
};

#define R(role)		(1u << (role))
#define R_BLOCKS	(R(ELEM_DOCUMENT) | R(ELEM_PART) | R(ELEM_ART) | \
			R(ELEM_SECT) | R(ELEM_QUOTE) | R(ELEM_CALLOUT) | \
			R(ELEM_BODY) | R(ELEM_NOTE))
#define R_TEXTS		(R(ELEM_TITLE) | R(ELEM_HEADING) | R(ELEM_P) | \
			R(ELEM_LABEL) | R(ELEM_TH) | R(ELEM_TD) | \
			R(ELEM_CAPTION) | R(ELEM_LINK) | R(ELEM_SPAN))

/* What each may be a child of. */
static const uint32_t tree_up[ELEM_ROLE_COUNT] = {
	[ELEM_PART] = R(ELEM_DOCUMENT),
	[ELEM_ART] = R(ELEM_DOCUMENT) | R(ELEM_PART),
	[ELEM_SECT] = R(ELEM_ART) | R(ELEM_SECT),
	[ELEM_TITLE] = R(ELEM_DOCUMENT),
	[ELEM_HEADING] = R_BLOCKS, [ELEM_P] = R_BLOCKS,
	[ELEM_LIST] = R_BLOCKS, [ELEM_ITEM] = R(ELEM_LIST),
	[ELEM_LABEL] = R(ELEM_ITEM) | R(ELEM_NOTE) | R(ELEM_HEADING) |
	    R(ELEM_CAPTION) | R(ELEM_P),
	[ELEM_BODY] = R(ELEM_ITEM), [ELEM_QUOTE] = R_BLOCKS,
	[ELEM_CALLOUT] = R_BLOCKS, [ELEM_CODE] = R_TEXTS,
	[ELEM_TABLE] = R_BLOCKS,
	[ELEM_THEAD] = R(ELEM_TABLE), [ELEM_TBODY] = R(ELEM_TABLE),
	[ELEM_ROW] = R(ELEM_THEAD) | R(ELEM_TBODY),
	[ELEM_TH] = R(ELEM_ROW), [ELEM_TD] = R(ELEM_ROW),
	[ELEM_FIGURE] = R_BLOCKS,
	[ELEM_CAPTION] = R(ELEM_FIGURE) | R(ELEM_TABLE) | R(ELEM_TOC),
	[ELEM_NOTE] = R_BLOCKS,
	[ELEM_NOTEREF] = R_TEXTS | R(ELEM_TOC_ENTRY),
	[ELEM_LINK] = R_TEXTS | R(ELEM_NOTEREF),
	[ELEM_SPAN] = R_TEXTS | R(ELEM_FIGURE),
	[ELEM_TOC] = R(ELEM_DOCUMENT) | R(ELEM_PART) | R(ELEM_ART) |
	    R(ELEM_TOC_ENTRY),
	[ELEM_TOC_ENTRY] = R(ELEM_TOC),
};

static inline const struct elem *
tree_parent(const struct tree *t, uint32_t i)
{
	return &t->p->elems[t->p->elems[i].parent];
}

static inline void
tree_items(struct tree *t, const struct page *g)
{
	for (size_t k = 0; k < g->n; k++) {
		const struct item *it = &g->items[k];
		enum elem_role	 r = t->p->elems[it->elem].role;
		bool		 paint = it->kind != ITEM_LINK &&
				    it->kind != ITEM_DEST &&
				    (it->kind != ITEM_RUN || it->as.run.n > 0);

		assert_true(it->elem < t->p->nelems);
		for (uint32_t e = it->elem; paint && e >= ARTIFACT_COUNT &&
		    !t->alive[e]; e = t->p->elems[e].parent)
			t->alive[e] = true;
		if (it->kind == ITEM_LINK) {
			assert_int_equal(r, ELEM_LINK);
			if (t->link[it->elem] == NULL)
				t->link[it->elem] = it;
			assert_int_equal(it->as.link.anchor,
			    t->link[it->elem]->as.link.anchor);
			assert_true(it->as.link.about.n > 0);
		} else if (it->kind == ITEM_IMAGE || it->kind == ITEM_DRAWING)
			assert_true(it->elem == ARTIFACT_LAYOUT ||
			    r == ELEM_FIGURE);
		else if (it->kind == ITEM_RUN && it->as.run.n > 0)
			assert_true(it->elem < ARTIFACT_COUNT ||
			    (R(r) & (R_TEXTS | R(ELEM_CODE) |
			    R(ELEM_FIGURE))) != 0);
		for (size_t i = 0; it->kind == ITEM_RUN && i < it->as.run.n;
		    i++)
			t->wide[it->elem] |= it->as.run.g[i].adv > 0 &&
			    !run_space(it->as.run.text,
			    it->as.run.g[i].cluster);
	}
}

static inline void
tree_roles(const struct tree *t)
{
	const struct elem *e = t->p->elems;

	for (uint32_t i = 0; i < ARTIFACT_COUNT; i++)
		assert_int_equal(e[i].role, ELEM_ARTIFACT);
	assert_int_equal(e[ARTIFACT_COUNT].role, ELEM_DOCUMENT);
	assert_true(e[ARTIFACT_COUNT].lang.n > 0);
	for (uint32_t i = ARTIFACT_COUNT + 1; i < t->p->nelems; i++) {
		assert_true(e[i].parent < i);
		if ((tree_up[e[i].role] & R(tree_parent(t, i)->role)) == 0)
			fail_msg("e%u of role %d below role %d", i,
			    e[i].role, tree_parent(t, i)->role);
		assert_int_equal(e[i].scope != SCOPE_NONE,
		    e[i].role == ELEM_TH);
		if (e[i].role == ELEM_FIGURE)
			assert_true(e[i].alt.n > 0);
		if (e[i].role == ELEM_LINK && t->wide[i])
			assert_non_null(t->link[i]);
	}
}

static inline void
tree_levels(const struct tree *t)
{
	unsigned last = 0;

	for (uint32_t i = ARTIFACT_COUNT; i < t->p->nelems; i++) {
		const struct elem *e = &t->p->elems[i];

		if (e->role != ELEM_HEADING || !t->alive[i])
			continue;
		if (e->level < 1 || e->level > last + 1)
			fail_msg("heading of level %u after %u", e->level,
			    last);
		last = e->level;
	}
}

/* Of a row, or of an item: LABELs, then one BODY. */
static inline uint32_t
tree_count(const struct tree *t, uint32_t up, uint32_t roles)
{
	uint32_t n = 0;

	for (uint32_t i = up + 1; i < t->p->nelems; i++)
		n += t->p->elems[i].parent == up &&
		    (R(t->p->elems[i].role) & roles) != 0;
	return n;
}

static inline void
tree_shapes(const struct tree *t)
{
	const struct elem *e = t->p->elems;

	for (uint32_t i = ARTIFACT_COUNT; i < t->p->nelems; i++) {
		if (e[i].role == ELEM_ROW) {
			uint32_t table = tree_parent(t, i)->parent;

			assert_int_equal(e[table].role, ELEM_TABLE);
			assert_int_equal(tree_count(t, i, R(ELEM_TH) |
			    R(ELEM_TD)), e[table].node->as.table.ncols);
		} else if (e[i].role == ELEM_ITEM) {
			assert_true(tree_count(t, i, R(ELEM_LABEL)) > 0);
			assert_int_equal(tree_count(t, i, R(ELEM_BODY)), 1);
		} else if (e[i].role == ELEM_LABEL)
			assert_int_equal(tree_parent(t, i)->role ==
			    ELEM_ITEM && tree_count(t, e[i].parent,
			    R(ELEM_BODY)) == 0, 0);
		else if (e[i].role == ELEM_NOTE)
			assert_int_equal(tree_count(t, i, R(ELEM_LABEL)), 1);
	}
}

/* Blocks follow each other as they are written. */
static inline void
tree_order(const struct tree *t)
{
	uint32_t *last = calloc(t->p->nelems, sizeof *last);

	assert_non_null(last);
	for (uint32_t i = ARTIFACT_COUNT; i < t->p->nelems; i++) {
		const struct elem *e = &t->p->elems[i];

		if (e->node == NULL || e->role == ELEM_NOTE ||
		    e->role == ELEM_SPAN)
			continue;
		if (e->node->id < last[e->parent])
			fail_msg("e%u, %s #%u, stands after #%u", i,
			    doc_kind_name(e->node->kind), e->node->id,
			    last[e->parent]);
		last[e->parent] = e->node->id;
	}
	free(last);
}

/* Is e within the block that stands before the note? */
static inline bool
tree_just_before(const struct tree *t, uint32_t e, uint32_t note)
{
	const struct elem *v = t->p->elems;
	uint32_t up = v[note].parent, before = note;

	while (before-- > up)
		if (v[before].parent == up && v[before].role != ELEM_NOTE)
			break;
	for (; e > up; e = v[e].parent)
		if (e == before)
			return true;
	return false;
}

static inline bool
tree_below(const struct tree *t, uint32_t e, enum elem_role r)
{
	for (; e >= ARTIFACT_COUNT; e = t->p->elems[e].parent)
		if (t->p->elems[e].role == r)
			return true;
	return false;
}

/* Each note once, and a foot's note behind its first mark. */
static inline void
tree_notes(const struct tree *t, bool foot)
{
	const struct elem *e = t->p->elems;

	for (uint32_t i = ARTIFACT_COUNT; i < t->p->nelems; i++) {
		const struct doc_node *n = e[i].node;
		uint32_t found = 0;

		if (e[i].role != ELEM_NOTEREF || n == NULL ||
		    n->as.noteref.nth != 1)
			continue;
		for (uint32_t k = ARTIFACT_COUNT; k < t->p->nelems; k++)
			if (e[k].role == ELEM_NOTE &&
			    e[k].article == e[i].article &&
			    e[k].node == n->as.noteref.note) {
				assert_int_equal(found, 0);
				found = k;
			}
		assert_int_not_equal(found, 0);
		if (foot && !tree_below(t, i, ELEM_NOTE))
			assert_true(tree_just_before(t, i, found));
	}
}

/* ---- texts ------------------------------------------------------------ */

/* White space folded, soft hyphens and what else cannot be seen left out. */
static inline void
tree_fold(struct buf *to, str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t	 at = i;
		uint32_t c = utf8_next(s, &i);

		if (c == 0xad || (c >= 0x200b && c <= 0x200f) ||
		    (c >= 0x202a && c <= 0x202e) || c == 0x2060 ||
		    c == 0xfeff)
			continue;
		if (c != ' ' && c != '\n' && c != '\t')
			buf_str(to, str_cut(s, at, i));
		else if (to->n > 0 && to->p[to->n - 1] != ' ')
			buf_char(to, ' ');
	}
}

/* The paragraph that a run is text of; 0: none, or of a note's mark. */
static inline uint32_t
tree_para(const struct pages *p, uint32_t e)
{
	for (;; e = p->elems[e].parent)
		switch (p->elems[e].role) {
		case ELEM_LINK:
		case ELEM_SPAN:
		case ELEM_CODE:
			break;
		case ELEM_P:
			return p->elems[e].node != NULL &&
			    p->elems[e].node->kind == DOC_PARA ? e : 0;
		default:
			return 0;
		}
}

static inline bool
tree_has_image(const struct doc_node *n)
{
	struct doc_walk w = { n, NULL, false };

	while (doc_next(&w))
		if (w.node->kind == DOC_IMAGE)
			return true;
	return false;
}

static inline void
tree_texts(const struct tree *t, struct arena *a)
{
	struct buf *v = calloc(t->p->nelems, sizeof *v);

	assert_non_null(v);
	for (size_t i = 0; i < t->p->n; i++)
		for (size_t k = 0; k < t->p->v[i].n; k++) {
			const struct item *it = &t->p->v[i].items[k];
			uint32_t e = tree_para(t->p, it->elem);

			if (it->kind == ITEM_RUN && e != 0)
				tree_fold(&v[e], it->as.run.text);
		}
	for (uint32_t i = 0; i < t->p->nelems; i++) {
		const struct doc_node *n = t->p->elems[i].node;
		struct buf	 want = { 0 };

		if (v[i].n > 0 && !tree_has_image(n)) {
			tree_fold(&want, doc_plain(a, n));
			if (!str_eq(str_trim(buf_view(&want)),
			    str_trim(buf_view(&v[i]))))
				fail_msg("spoken\n%.*s\nwritten\n%.*s",
				    STR_ARG(buf_view(&v[i])),
				    STR_ARG(buf_view(&want)));
		}
		buf_done(&want);
		buf_done(&v[i]);
	}
	free(v);
}

/* All of it. foot: notes stand at the foot of pages. */
static inline void
laid_elems(const struct pages *p, struct arena *a, bool foot)
{
	struct tree t = { p, calloc(p->nelems, sizeof *t.alive),
			    calloc(p->nelems, sizeof *t.wide),
			    calloc(p->nelems, sizeof *t.link) };

	assert_non_null(t.wide);
	assert_non_null(t.alive);
	assert_non_null(t.link);
	for (size_t i = 0; i < p->n; i++)
		tree_items(&t, &p->v[i]);
	tree_roles(&t);
	tree_levels(&t);
	tree_shapes(&t);
	tree_order(&t);
	tree_notes(&t, foot);
	tree_texts(&t, a);
	free(t.alive);
	free(t.wide);
	free(t.link);
}

#endif
