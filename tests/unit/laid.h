/*
 * laid.h: what holds for the pages of every article, in one column or two,
 * with notes at the foot or the end, with floats or without: each letter of
 * the document stands on a page once, in the order of its block; notes and
 * captions keep their order, no note comes before its mark; no text lies on
 * other text, and nothing leaves its column or its page.
 */
#ifndef TESTS_UNIT_LAID_H
#define TESTS_UNIT_LAID_H

#include "laid_elems.h"
#include "layout/layout.h"
#include "whole.h"

struct laid {
	const struct fontset *fonts;
	struct theme	 theme[4];
	unsigned	 turn;
	struct arena	*a;	/* of the two above */
	struct mem_limit mem;
	struct diag	*diag;
};

/* One for each way of making pages. */
static inline void
laid_themes(struct laid *x)
{
	const struct theme *book = theme_load(x->a, S("book"), 595 * SP_PT,
			    842 * SP_PT, x->diag);
	struct theme	*t = x->theme;

	assert_non_null(book);
	t[0] = t[1] = t[2] = t[3] = *book;
	t[0].notes = NOTES_END;
	t[0].floats = false;
	t[1].notes = NOTES_FOOT;
	t[1].floats = true;
	t[1].widow = t[1].orphan = 2000;
	t[1].feather = 40;
	t[2].notes = NOTES_FOOT;
	t[2].floats = true;
	t[2].columns = 2;
	t[2].page_h = 400 * SP_PT;
	t[2].margin_top = t[2].margin_bottom = 50 * SP_PT;
	t[2].footer_y = 370 * SP_PT;
	t[2].column_rule = 0;
	t[2].feather = 40;
	t[3].notes = NOTES_FOOT;
	t[3].columns = 2;
	t[3].grid = t[3].block[STYLE_BODY].leading;
}

static inline void
laid_open(struct laid *x)
{
	x->mem = (struct mem_limit){ 0, (size_t)1 << 31, NULL };
	x->a = arena_new(&x->mem);
	x->diag = diag_new(x->a, srcmap_new(x->a));
	x->fonts = fontset_open(x->a, "fonts", &limits_default, x->diag);
	assert_non_null(x->fonts);
	laid_themes(x);
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
	for (;; e = p->elems[e].parent) {
		enum elem_role	 r = p->elems[e].role;
		const struct doc_node *n = p->elems[e].node;

		if (r == ELEM_NOTEREF || r == ELEM_FIGURE || (r == ELEM_LABEL && n != NULL &&
		    n->kind != DOC_TERM))
			return true;
		if (r != ELEM_LINK && r != ELEM_SPAN && r != ELEM_CODE)
			return n == NULL;
	}
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

/* Where the ink of a run begins and ends: blanks may hang. */
static inline void
run_ink(const struct item *it, sp *from, sp *to)
{
	const struct run *r = &it->as.run;
	size_t		 i, n = r->n;

	*from = it->x;
	for (i = 0; i < n && r->text.p[r->g[i].cluster] == ' '; i++)
		*from += r->g[i].adv + r->word_space;
	*to = it->x + run_width(r);
	for (; n > i && r->text.p[r->g[n - 1].cluster] == ' '; n--)
		*to -= r->g[n - 1].adv + r->word_space;
}

static inline void
laid_within(const struct page *g, const struct item *it, bool overfull)
{
	sp	 w = 0, h = 0, from = it->x;

	switch (it->kind) {
	case ITEM_RUN:
		assert_true(overfull || run_width(&it->as.run) >= 0);
		run_ink(it, &from, &w);
		w = w > from ? w - from : 0;
		from = w > 0 ? from : 0;
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
	assert_true(from >= 0);
	if (from + w > g->w)
		fail_msg("\"%.*s\" leaves the page", it->kind == ITEM_RUN ?
		    (int)it->as.run.text.n : 0, it->as.run.text.p);
}

static inline void
laid_put(struct buf *b, str t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ' ' && t.p[i] != '\n' && t.p[i] != '\t')
			buf_char(b, t.p[i]);
}

/* The block that an element is part of. */
static inline uint32_t
laid_block(const struct pages *p, uint32_t e)
{
	while (p->elems[e].role == ELEM_LINK ||
	    p->elems[e].role == ELEM_CODE ||
	    p->elems[e].role == ELEM_SPAN ||
	    p->elems[e].role == ELEM_NOTEREF)
		e = p->elems[e].parent;
	return e;
}

/* The letters of each block as they come on the pages. */
static inline void
laid_letters(const struct page *g, const struct pages *p, struct buf *b)
{
	for (size_t k = 0; k < g->n; k++) {
		const struct item *it = &g->items[k];

		if (it->kind == ITEM_RUN && it->elem >= ARTIFACT_COUNT &&
		    !it->as.run.soft_hyphen && !laid_made(p, it->elem))
			laid_put(&b[p->elems[laid_block(p, it->elem)].node->id],
			    it->as.run.text);
	}
}

struct laid_order { uint32_t note, caption; size_t mark[1000]; };

static inline void
laid_item_order(const struct pages *p, const struct item *it, size_t page,
    struct laid_order *o)
{
	for (uint32_t e = it->elem; e != 0; e = p->elems[e].parent) {
		const struct doc_node *n = p->elems[e].node;

		switch (p->elems[e].role) {
		case ELEM_NOTEREF:
			if (n != NULL && n->as.noteref.number < 1000 &&
			    o->mark[n->as.noteref.number] == 0)
				o->mark[n->as.noteref.number] = page + 1;
			break;
		case ELEM_NOTE:
			assert_true(n->as.note.number >= o->note);
			assert_true(n->as.note.number >= 1000 ||
			    o->mark[n->as.note.number] != 0);
			o->note = n->as.note.number;
			break;
		case ELEM_CAPTION:
			if (n == NULL)	/* of a contents list */
				break;
			assert_true(n->id >= o->caption);
			o->caption = n->id;
			break;
		default:
			break;
		}
	}
}

/* Notes by number, captions as they are written, marks before notes. */
static inline void
laid_orders(const struct pages *p)
{
	struct laid_order o = { 0 };

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->v[i].n; k++)
			if (p->v[i].items[k].kind == ITEM_RUN)
				laid_item_order(p, &p->v[i].items[k], i, &o);
}

static inline bool
laid_below(const struct pages *p, uint32_t e, enum elem_role role)
{
	for (; e != 0; e = p->elems[e].parent)
		if (p->elems[e].role == role)
			return true;
	return false;
}

/* Two runs that would be printed on each other. */
static inline void
laid_apart(const struct item *a, const struct item *b)
{
	sp	 h = a->as.run.size < b->as.run.size ? a->as.run.size :
		    b->as.run.size, dy = a->y < b->y ? b->y - a->y :
		    a->y - b->y;
	sp	 a1, a2, b1, b2;

	run_ink(a, &a1, &a2);
	run_ink(b, &b1, &b2);
	if (a1 >= a2 || b1 >= b2 || dy >= h * 7 / 10 ||
	    a2 <= b1 + SP_PT || b2 <= a1 + SP_PT)
		return;
	fail_msg("\"%.*s\" lies on \"%.*s\"", STR_ARG(a->as.run.text),
	    STR_ARG(b->as.run.text));
}

static inline void
laid_column(const struct theme *t, const struct page *g, size_t page,
    const struct pages *p, const struct item *it)
{
	sp	 left = page % 2 == 0 ? t->margin_inner : t->margin_outer;
	sp	 w = t->page_w - t->margin_inner - t->margin_outer;
	sp	 tol = it->as.run.size, mid = left + w / 2;
	sp	 from, end;

	run_ink(it, &from, &end);
	if (from >= end)
		return;		/* nothing but blanks */
	assert_true(it->y > t->margin_top);
	assert_true(it->y < g->h - t->margin_bottom);
	if (g->w != t->page_w)
		return;
	if (from < left - tol || end > left + w + tol)
		fail_msg("\"%.*s\" reaches from %lld to %lld of %lld",
		    STR_ARG(it->as.run.text), (long long)((from - left) /
		    SP_PT), (long long)((end - left) / SP_PT),
		    (long long)(w / SP_PT));
	if (t->columns == 2 && p->elems[it->elem].node != NULL &&
	    !laid_below(p, it->elem, ELEM_TABLE))
		if (from < mid && end > mid)
			fail_msg("\"%.*s\" reaches over its column",
			    STR_ARG(it->as.run.text));
}

/* Lines of the text are on the grid. */
static inline void
laid_on_grid(const struct theme *t, const struct pages *p,
    const struct item *it)
{
	const struct block_style *b = &t->block[STYLE_BODY];
	const struct elem *e = &p->elems[it->elem];

	if (t->grid > 0 && e->role == ELEM_P && e->node != NULL &&
	    e->node->kind == DOC_PARA && e->node->parent->kind == DOC_ROOT &&
	    it->as.run.size == b->text.size)
		assert_int_equal((it->y - t->margin_top) % t->grid,
		    (b->leading * 10 + b->text.size * 7) / 20);
}

static inline void
laid_places(const struct theme *t, const struct pages *p, size_t page,
    bool overfull)
{
	const struct page *g = &p->v[page];

	for (size_t k = 0; k < g->n; k++) {
		const struct item *it = &g->items[k];

		laid_within(g, it, overfull);
		if (it->kind != ITEM_RUN || overfull || it->as.run.n == 0)
			continue;
		if (it->elem >= ARTIFACT_COUNT)
			laid_column(t, g, page, p, it);
		if (it->elem >= ARTIFACT_COUNT)
			laid_on_grid(t, p, it);
		for (size_t m = 0; m < k; m++)
			if (g->items[m].kind == ITEM_RUN)
				laid_apart(it, &g->items[m]);
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
laid_make_in(const struct laid *x, const struct world *w,
    const struct theme *theme)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct laid_out	 o = { arena_new(&((struct world *)w)->mem),
			    arena_new(&((struct world *)w)->mem), NULL, NULL };
	struct layout_in in = { .book = w->book, .theme = theme,
			    .fonts = x->fonts, .limits = &limits_default };

	in.images = image_store_new(w->a, NULL, &limits_default, w->diag);
	in.text = o.text = text_engine_new(w->a, x->fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    w->diag);
	o.p = layout_book(w->a, o.work, o.scratch, &in, w->diag);
	return o;
}

static inline struct laid_out
laid_make(const struct laid *x, const struct world *w)
{
	return laid_make_in(x, w, x->theme);
}

static inline void
laid_done(struct laid_out *o)
{
	text_engine_close(o->text);
	arena_free(o->work);
	arena_free(o->scratch);
}

static inline void
laid_text(const struct pages *p, const struct doc *d)
{
	struct buf	*got = calloc(d->nnodes, sizeof *got);
	struct buf	 all = { 0 }, want = { 0 };

	for (size_t i = 0; i < p->n; i++)
		laid_letters(&p->v[i], p, got);
	for (size_t i = 0; i < d->nnodes; i++) {
		const struct doc_node *n = d->nodes[i];

		buf_str(&all, buf_view(&got[i]));
		buf_done(&got[i]);
		if (n->kind == DOC_CODE)
			laid_put(&want, n->as.code.text);
		else if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			laid_put(&want, n->as.text.text);
	}
	laid_same(buf_view(&all), buf_view(&want));
	buf_done(&all);
	buf_done(&want);
	free(got);
}

static inline void
laid_check(struct laid *x, const struct world *w)
{
	const struct theme *th =
			    &x->theme[x->turn++ % ARRAY_LEN(x->theme)];
	struct laid_out	 o = laid_make_in(x, w, th);
	const struct pages *p = o.p;
	bool		 overfull = false;

	for (size_t i = 0; i < diag_count(w->diag); i++)
		overfull |= diag_at(w->diag, i).id == DIAG_PAR_OVERFULL;
	laid_text(p, w->doc);
	laid_elems(p, w->a, th->notes == NOTES_FOOT);
	laid_orders(p);
	for (size_t i = 0; i < p->n; i++)
		laid_places(th, p, i, overfull);
	laid_done(&o);
}

#endif
