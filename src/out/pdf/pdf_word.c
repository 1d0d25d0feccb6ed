/*
 * pdf_word.c: words that go on from one run to the next, of another face or
 * size, on the same line.
 *
 * Readers measure the white space between glyphs to find words, so they see
 * a gap within one where a large initial stands before it, where a stop or
 * hyphen follows a word that ends in a mark, or where a quarter em parts
 * Han from figures. There one sequence of /ActualText takes what belongs
 * together of both runs, or of more.
 */
#include "out/pdf/pdf_int.h"

static bool
blank_first(str s)
{
	return s.n == 0 || run_space(s, 0);
}

static bool
blank_last(str s)
{
	return s.n == 0 || s.p[s.n - 1] == ' ' ||
	    (s.n > 1 && run_space(s, (uint32_t)s.n - 2));
}

const struct item *
pdf_next_run(const struct item *it, const struct item *end)
{
	for (it++; it < end; it++)
		if (it->kind != ITEM_DEST && it->kind != ITEM_LINK)
			return it->kind == ITEM_RUN ? it : NULL;
	return NULL;
}

/* A stretch of another language is an element of its own. */
static uint32_t
around(const struct pdf *p, uint32_t elem)
{
	const struct elem *e = &p->pages->elems[elem];

	return e->role == ELEM_SPAN ? e->parent : elem;
}

/* Does the second go on with the first one's text, without white space? A
 * paragraph's runs are pieces of one text. */
static bool
goes_on(const struct pdf *p, const struct item *a, const struct item *b)
{
	const struct run *r = &a->as.run, *s = &b->as.run;

	return a->elem >= ARTIFACT_COUNT && b->elem >= ARTIFACT_COUNT &&
	    (a->elem == b->elem || around(p, a->elem) == around(p,
	    b->elem)) && r->n > 0 && s->n > 0 && !r->rtl &&
	    !s->rtl && (s->soft_hyphen || r->text.p + r->text.n ==
	    s->text.p) && !blank_last(r->text) && !blank_first(s->text);
}

/* Where the last glyph of a run ends for a reader. */
static sp
end_of(const struct pdf_font *f, const struct item *it)
{
	const struct run *r = &it->as.run;
	const struct glyph *last = &r->g[r->n - 1];
	sp x = it->x + last->dx;

	for (size_t i = 0; i + 1 < r->n; i++)
		x += r->g[i].adv + (run_space(r->text, r->g[i].cluster) ?
		    r->word_space : 0);
	if (last->gid < f->face->nglyphs)
		x += f->width[last->gid] * (r->size * (1000 + r->scale) /
		    1000) / 1000000;
	return x;
}

/* The first glyph of the last word. */
static size_t
last_word(const struct run *r)
{
	size_t i = r->n - 1;

	while (i > 0 && !run_space(r->text, r->g[i - 1].cluster))
		i--;
	return i;
}

static size_t
last_cluster(const struct run *r)
{
	size_t i = r->n - 1;

	while (i > 0 && r->g[i - 1].cluster == r->g[i].cluster)
		i--;
	return i;
}

bool
pdf_join(const struct pdf *p, const struct item *it, const struct item *end,
    struct pdf_join *j)
{
	const struct item *next = pdf_next_run(it, end);
	const struct run *a = &it->as.run, *b;
	const struct pdf_font *f;
	bool plain_a, plain_b;
	sp gap, dy, size;
	str text;

	if (next == NULL || !goes_on(p, it, next))
		return false;
	b = &next->as.run;
	f = &p->fonts[a->face->id];
	size = a->size < b->size ? a->size : b->size;
	gap = next->x - end_of(f, it);
	dy = it->y > next->y ? it->y - next->y : next->y - it->y;
	if (next->x < it->x || gap < -size || gap > a->size)
		return false;		/* another line */
	j->initial = dy > size / 2;
	j->tail = last_word(a);
	(void)pdf_piece(f, a, j->tail, a->n, &text, &plain_a);
	j->head = pdf_piece(&p->fonts[b->face->id], b, 0, b->n, &text,
	    &plain_b);
	if (!plain_a || (!plain_b && !b->soft_hyphen) || j->initial)
		return true;
	j->tail = last_cluster(a);
	j->head = pdf_cluster(b, 0, &text);
	return gap > size * PDF_GAP / 1000;
}

void
pdf_join_text(struct canvas *c, const struct item *it,
    const struct item *end, struct pdf_join j)
{
	struct pdf_join k;

	pdf_actual_add(c, str_from(it->as.run.text,
	    it->as.run.g[j.tail].cluster), false);
	for (;; j = k) {
		const struct run *r;
		bool on;
		size_t to;

		it = pdf_next_run(it, end);
		r = &it->as.run;
		on = pdf_join(c->p, it, end, &k) && k.tail < j.head;
		to = on || j.head == r->n ? r->text.n :
		    r->g[j.head].cluster;

		pdf_actual_add(c, str_cut(r->text, 0, to), r->soft_hyphen);
		if (!on)
			return;
	}
}
