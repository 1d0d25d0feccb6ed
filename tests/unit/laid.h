/*
 * laid.h: what holds for the pages of every article: each letter of the
 * document stands on a page once, in order, and nothing leaves its page.
 */
#ifndef TESTS_UNIT_LAID_H
#define TESTS_UNIT_LAID_H

#include "layout/layout.h"
#include "whole.h"

struct laid {
	const struct fontset *fonts;
	const struct theme *theme;
	struct arena	*a;	/* of the two above */
	struct mem_limit mem;
	struct diag	*diag;
};

/* Notes and floats in line, or letters would not stand in the document's
 * order: test_pager.c has them elsewhere. */
static inline void
laid_open(struct laid *x)
{
	const struct theme *book;
	struct theme *t;

	x->mem = (struct mem_limit){ 0, (size_t)1 << 31, NULL };
	x->a = arena_new(&x->mem);
	x->diag = diag_new(x->a, srcmap_new(x->a));
	x->fonts = fontset_open(x->a, "fonts", &limits_default, x->diag);
	assert_non_null(x->fonts);
	book = theme_load(x->a, S("book"), 595 * SP_PT, 842 * SP_PT, x->diag);
	assert_non_null(book);
	t = ARENA_NEW(x->a, struct theme, 1);
	*t = *book;
	t->notes = NOTES_END;
	t->floats = false;
	x->theme = t;
}

static inline void
laid_close(struct laid *x)
{
	fontset_close((struct fontset *)x->fonts);
	arena_free(x->a);
}

/* Elements whose text is not a DOC_TEXT of the document. */
static inline bool
laid_made(const struct pages *p, uint32_t e)
{
	enum elem_role	 r = p->elems[e].role;
	const struct doc_node *n = p->elems[e].node;

	return n == NULL || r == ELEM_NOTEREF ||
	    (r == ELEM_LABEL && n->kind != DOC_TERM);
}

static inline sp
run_width(const struct run *r)
{
	sp	 w = 0;

	for (size_t i = 0; i < r->n; i++) {
		w += r->g[i].adv;
		if (run_space(r->text, r->g[i].cluster))
			w += r->word_space;
	}
	return w;
}

static inline void
laid_within(const struct page *g, const struct item *it, bool overfull)
{
	sp	 w = 0, h = 0;

	switch (it->kind) {
	case ITEM_RUN:
		w = run_width(&it->as.run);
		break;
	case ITEM_RULE:
		w = it->as.rule.w;
		h = it->as.rule.h;
		break;
	case ITEM_IMAGE:
		w = it->as.image.w;
		h = it->as.image.h;
		break;
	case ITEM_DRAWING:
		w = it->as.drawing.w;
		h = it->as.drawing.h;
		break;
	case ITEM_LINK:
		w = it->as.link.w;
		h = it->as.link.h;
		break;
	case ITEM_DEST:
		break;
	}
	assert_true(it->y >= 0 && h >= 0 && it->y + h <= g->h);
	if (overfull)
		return;
	assert_true(w >= 0);
	assert_true(it->x >= 0);
	assert_true(it->x + w <= g->w);
}

static inline void
laid_put(struct buf *b, str t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ' ' && t.p[i] != '\n' && t.p[i] != '\t')
			buf_char(b, t.p[i]);
}

static inline void
laid_letters(const struct page *g, const struct pages *p, struct buf *b)
{
	for (size_t k = 0; k < g->n; k++) {
		const struct item *it = &g->items[k];
		str		 t = it->as.run.text;

		if (it->kind != ITEM_RUN || it->elem == 0 ||
		    it->as.run.soft_hyphen || laid_made(p, it->elem))
			continue;
		laid_put(b, t);
	}
}

static inline void
laid_same(str got, str want)
{
	size_t	 i = 0;

	if (str_eq(got, want))
		return;
	while (i < got.n && i < want.n && got.p[i] == want.p[i])
		i++;
	i = i < 40 ? 0 : i - 40;
	fail_msg("the PDF says\n%.*s\nthe document says\n%.*s",
	    STR_ARG(str_cut(got, i, got.n < i + 80 ? got.n : i + 80)),
	    STR_ARG(str_cut(want, i, want.n < i + 80 ? want.n : i + 80)));
}

/* What it takes to lay out, and the pages. */
struct laid_out {
	struct arena	*work, *scratch;
	struct text_engine *text;
	const struct pages *p;
};

static inline struct laid_out
laid_make(const struct laid *x, const struct world *w)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct laid_out	 o = { arena_new(&((struct world *)w)->mem),
			    arena_new(&((struct world *)w)->mem), NULL, NULL };
	struct layout_in in = { .book = w->book, .theme = x->theme,
			    .fonts = x->fonts, .limits = &limits_default };

	in.images = image_store_new(w->a, NULL, &limits_default, w->diag);
	in.text = o.text = text_engine_new(w->a, x->fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    w->diag);
	o.p = layout_book(w->a, o.work, o.scratch, &in, w->diag);
	return o;
}

static inline void
laid_done(struct laid_out *o)
{
	text_engine_close(o->text);
	arena_free(o->work);
	arena_free(o->scratch);
}

static inline void
laid_check(const struct laid *x, const struct world *w)
{
	struct laid_out	 o = laid_make(x, w);
	const struct pages *p = o.p;
	struct buf	 got = { 0 }, want = { 0 };
	bool		 overfull = false;

	for (size_t i = 0; i < diag_count(w->diag); i++)
		overfull |= diag_at(w->diag, i).id == DIAG_PAR_OVERFULL;
	for (size_t i = 0; i < p->n; i++) {
		laid_letters(&p->v[i], p, &got);
		for (size_t k = 0; k < p->v[i].n; k++)
			laid_within(&p->v[i], &p->v[i].items[k], overfull);
	}
	for (size_t i = 0; i < w->doc->nnodes; i++) {
		const struct doc_node *n = w->doc->nodes[i];

		if (n->kind == DOC_CODE)
			laid_put(&want, n->as.code.text);
		else if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			laid_put(&want, n->as.text.text);
	}
	laid_same(buf_view(&got), buf_view(&want));
	buf_done(&got);
	buf_done(&want);
	laid_done(&o);
}

#endif
