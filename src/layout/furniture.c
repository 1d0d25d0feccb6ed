/*
 * furniture.c: what stands on pages beside the text: running heads, page
 * numbers, and the numbers that contents lists were waiting for.
 */
#include "layout/layout_int.h"

static struct lines
one_line(struct layout *l, enum block_id id, str text, sp w,
    enum style_align align, uint32_t elem)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = { .w = w, .leading = b->leading,
				    .align = align };
	struct text_style	 s = b->text;
	struct inlines		 in = { 0 };
	struct lines		 x;

	s.hyphenate = false;
	if (id == STYLE_HEADER)
		s.rgb = l->th->muted;
	inlines_add(l, &in, text, &s, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n > 1)
		x.n = 1;
	return x;
}

/* Baseline of one line at y. */
static void
put_line(struct layout *l, struct draft *d, enum block_id id, str text,
    size_t page, sp y, bool outer)
{
	const struct block_style *b = &l->th->block[id];
	bool			 recto = (page & 1) == 0;
	bool			 right = recto == outer;
	struct head_line	*h = &l->heads[recto];

	if (id != STYLE_HEADER || h->text.p != text.p) {
		h = id == STYLE_HEADER ? h : &l->heads[2];
		h->text = text;
		h->x = one_line(l, id, text, l->column,
		    right != l->rtl ? ALIGN_END : ALIGN_START, 0);
	}
	page_put(l, d, h->x, page_left(l, page),
	    y - line_baseline(b->leading, b->text.size));
}

/* What the running head of this page says; "" for none. */
static str
head_text(const struct layout *l, const struct draft *d, size_t page)
{
	const struct book	*b = l->book;

	if (d->kind != PAGE_BODY || d->opening || d->article == UINT32_MAX)
		return S("");
	if (b->kind == BOOK_ARTICLE)
		return (page & 1) == 0 ? b->articles[0].doc->meta.title :
		    pub_title_in(b->pub, l->lang);
	if ((page & 1) == 0)
		return b->articles[d->article].doc->meta.title;
	return b->sections[b->articles[d->article].section].title;
}

static bool
has_folio(const struct draft *d)
{
	return d->kind == PAGE_BODY || d->kind == PAGE_OPENER ||
	    d->kind == PAGE_CONTENTS;
}

static void
late_fill(struct layout *l, const struct late_ref *r)
{
	const struct anchor_place *a = &l->anchors[r->late.anchor];
	struct draft		*d = &l->drafts.v[r->page];
	struct lines		 x;

	if (!a->set)
		return;
	x = one_line(l, r->late.style, l->drafts.v[a->page].label,
	    l->column, ALIGN_END, r->late.elem);
	for (size_t i = 0; i < (x.n > 0 ? x.v[0].n : 0); i++) {
		struct item	 it = x.v[0].items[i];

		if (it.kind != ITEM_RUN)
			continue;
		it.x = l->rtl ? r->late.x : r->late.x - l->column + it.x;
		it.y = r->late.y;
		d->items[r->item] = it;
		break;
	}
}

void
furniture_add(struct layout *l)
{
	for (size_t i = 0; i < l->lates.n; i++)
		late_fill(l, &l->lates.v[i]);
	for (size_t i = 0; i < l->drafts.n; i++) {
		struct draft	*d = &l->drafts.v[i];
		str		 head = head_text(l, d, i);

		if (head.n > 0)
			put_line(l, d, STYLE_HEADER, head, i, l->th->header_y,
			    true);
		if (has_folio(d))
			put_line(l, d, STYLE_FOLIO, d->label, i,
			    l->th->footer_y, true);
	}
}
