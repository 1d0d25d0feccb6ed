/*
 * picture.c: what is laid out to become a picture of pixels: the cover of an
 * EPUB, and drawings. Their pages have no furniture, links or structure that
 * anybody asks for.
 */
#include "layout/layout_int.h"

/* The theme's own type on small paper: large enough to be read in a list of
 * books. Sides are as 5 to 8. */
#define COVER_W		(SP_PT * 400)
#define COVER_H		(SP_PT * 640)
#define COVER_MARGIN	(SP_PT * 30)
#define COVER_HEAD	380	/* [1/1000] of the page, the title at least */

static struct layout
layout_for(struct arena *out, struct arena *work, struct arena *scratch,
    const struct layout_in *in, struct diag *d)
{
	struct layout	 l = { .in = in, .book = in->book, .th = in->theme,
			    .out = out, .work = work, .tmp = scratch,
			    .diag = d, .article = UINT32_MAX,
			    .lang = in->book->language,
			    .rtl = in->book->rtl };

	for (int i = 0; i < ARTIFACT_COUNT; i++)
		elem_add(&l, ELEM_ARTIFACT, 0, NULL);
	l.document = elem_add(&l, ELEM_DOCUMENT, 0, NULL);
	return l;
}

/* Lists of books show it a tenth as large. */
static void
enlarge(struct block_style *b)
{
	b->text.size += b->text.size / 4;
	b->leading += b->leading / 4;
}

static const struct theme *
theme_for_cover(struct arena *a, const struct theme *t, str lang)
{
	struct theme	*x = ARENA_NEW(a, struct theme, 1);

	*x = *theme_for_lang(a, t, lang);
	x->page_w = COVER_W;
	x->page_h = COVER_H;
	x->margin_inner = x->margin_outer = COVER_MARGIN;
	x->margin_top = x->margin_bottom = COVER_MARGIN;
	if (x->cover_height < COVER_HEAD)
		x->cover_height = COVER_HEAD;
	enlarge(&x->block[STYLE_COVER_TITLE]);
	enlarge(&x->block[STYLE_COVER_SMALL]);
	return x;
}

const struct page *
layout_cover(struct arena *out, struct arena *work, struct arena *scratch,
    const struct layout_in *in, struct diag *d)
{
	struct layout_in	 small = *in;
	struct page		*p = ARENA_NEW(out, struct page, 1);
	struct layout		 l;

	l = layout_for(out, work, scratch, in, d);
	if (in->book->kind == BOOK_ARTICLE && in->book->nsections > 0)
		small.theme = section_theme(&l, 0);
	small.theme = theme_for_cover(out, small.theme, in->book->language);
	l.in = &small;
	l.th = small.theme;
	l.measure = l.column = COVER_W - COVER_MARGIN * 2;
	if (in->book->kind == BOOK_ARTICLE && in->book->narticles > 0)
		cover_article_add(&l);
	else
		cover_add(&l);
	*p = (struct page){ .kind = PAGE_COVER, .w = COVER_W, .h = COVER_H,
	    .label = S(""), .items = l.drafts.v[0].items,
	    .n = l.drafts.v[0].n };
	return p;
}

const struct drawn *
layout_drawing(struct arena *out, struct arena *scratch,
    const struct layout_in *in, const struct image *im, struct diag *d)
{
	struct layout	 l = layout_for(out, scratch, scratch, in, d);

	return drawing_set(&l, im);
}
