/*
 * test_figure.c: where pictures of every shape come to stand. The pictures
 * are SVG files of given sizes, since these are easily written.
 */
#include "laid.h"
#include "pictures.h"


struct fixture {
	struct laid	 laid;
	struct pictures	 pics;
	struct theme	 theme;
	struct world	 w;
	struct arena	*work, *scratch;
	const struct pages *pages;
};

/* An article with one figure of w x h CSS pixels between paragraphs. */
static void
lay(struct fixture *f, const char *attrs, const char *inside,
    unsigned columns)
{
	struct layout_in in = { .limits = &limits_default };
	struct buf	 b = { 0 };

	laid_open(&f->laid);
	pictures_open(&f->pics);
	f->theme = *f->laid.theme;
	f->theme.columns = columns;
	make(&f->w, S(FM "\nBefore.\n\n![alt](x \"Caption\")\n\nAfter.\n"));
	buf_printf(&b, "<svg %s>%s</svg>", attrs, inside);
	/* In the article's own store, so that layout finds it by name. */
	picture(&f->pics, b.p, b.n);
	buf_done(&b);
	image_load(f->pics.store, S("x.md"), S("x"), SPAN_NONE);
	f->work = arena_new(&f->w.mem);
	f->scratch = arena_new(&f->w.mem);
	in.book = f->w.book;
	in.theme = &f->theme;
	in.fonts = f->laid.fonts;
	in.images = f->pics.store;
	in.text = text_engine_new(f->w.a, in.fonts,
	    &(struct text_options){ 0 }, f->w.diag);
	f->pages = layout_book(f->w.a, f->work, f->scratch, &in, f->w.diag);
	text_engine_close(in.text);
}

static void
drop(struct fixture *f)
{
	arena_free(f->work);
	arena_free(f->scratch);
	done(&f->w);
	pictures_close(&f->pics);
	laid_close(&f->laid);
}

/* The only drawing of the pages. */
static const struct item *
drawing(const struct fixture *f)
{
	const struct item *found = NULL;

	for (size_t i = 0; i < f->pages->n; i++)
		for (size_t k = 0; k < f->pages->v[i].n; k++) {
			const struct item *it = &f->pages->v[i].items[k];

			laid_within(&f->pages->v[i], it, false);
			if (it->kind != ITEM_DRAWING)
				continue;
			assert_null(found);
			found = it;
		}
	return found;
}

static void
test_shapes(void **state)
{
	static const struct { const char *attrs; sp w, h; } t[] = {
		/* its own size, three quarters of a point a pixel */
		{ "width='100' height='40'", 75 * SP_PT, 30 * SP_PT },
		/* not blown up */
		{ "width='2' height='2'", 3 * SP_PT / 2, 3 * SP_PT / 2 },
		/* the measure, as far as it goes */
		{ "width='6000' height='600'", 0, 0 },
		{ "width='600' height='6000'", 0, 0 },
		/* a hair that must be seen */
		{ "width='30000' height='1'", 0, SP_PT / 2 },
		{ "width='1' height='30000'", SP_PT / 2, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct fixture	 f;
		const struct theme *th = &f.theme;
		const struct item *it;
		sp		 measure, most;

		lay(&f, t[i].attrs, "", 1);
		measure = th->page_w - th->margin_inner - th->margin_outer;
		most = (th->page_h - th->margin_top - th->margin_bottom) *
		    th->figure_height / 1000;
		it = drawing(&f);
		assert_non_null(it);
		assert_true(f.pages->n <= 2);
		assert_true(it->as.drawing.w > 0);
		assert_true(it->as.drawing.w <= measure);
		assert_true(it->as.drawing.h <= most);
		if (t[i].w != 0)
			assert_int_equal(it->as.drawing.w, t[i].w);
		if (t[i].h != 0)
			assert_int_equal(it->as.drawing.h, t[i].h);
		if (i == 2)
			assert_int_equal(it->as.drawing.w / 10,
			    it->as.drawing.h);
		if (i == 3)
			assert_int_equal(it->as.drawing.h, most);
		drop(&f);
	}
}

/* Wide pictures stand across the columns, others within one. */
static void
test_columns(void **state)
{
	static const struct { const char *attrs; bool all; } t[] = {
		{ "width='560' height='200'", true },
		{ "width='560' height='560'", false },
		{ "width='300' height='100'", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct fixture	 f;
		sp		 column;

		lay(&f, t[i].attrs, "", 2);
		column = (f.theme.page_w - f.theme.margin_inner -
		    f.theme.margin_outer - f.theme.column_gap) / 2;
		assert_non_null(drawing(&f));
		assert_int_equal(drawing(&f)->as.drawing.w > column,
		    t[i].all);
		drop(&f);
	}
}

/* Text of a drawing: anchors, steps, sizes under a scale. */
static void
test_text(void **state)
{
	struct fixture	 f;
	const struct drawn *d;
	sp		 w;

	(void)state;
	lay(&f, "width='400' height='100' viewBox='0 0 40 10'",
	    "<text x='20' y='5' font-size='2' text-anchor='end'>one<tspan "
	    "dx='1' dy='2' font-weight='bold'>two</tspan></text>", 1);
	d = drawing(&f)->as.drawing.drawn;
	assert_int_equal(d->n, 2);
	/* 2 units of 10 px each are 15 pt. */
	assert_int_equal(d->runs[0].run.size, 15 * SP_PT);
	assert_true(d->runs[1].run.face->bold);
	w = run_width(&d->runs[1].run);
	assert_in_range(d->runs[1].x + w, 150 * SP_PT - 9, 150 * SP_PT + 9);
	w = run_width(&d->runs[0].run);
	assert_in_range(d->runs[1].x - d->runs[0].x - w,
	    15 * SP_PT / 2 - 9, 15 * SP_PT / 2 + 9);
	assert_int_equal(d->runs[1].y - d->runs[0].y, 15 * SP_PT);
	assert_true(str_eq(d->runs[1].run.text, S("two")));
	drop(&f);
}

static void
test_missing(void **state)
{
	struct fixture	 f;
	size_t		 rules = 0, alts = 0;

	(void)state;
	lay(&f, "width='nonsense", "", 1);
	assert_null(drawing(&f));
	for (size_t k = 0; k < f.pages->v[0].n; k++) {
		const struct item *it = &f.pages->v[0].items[k];

		rules += it->kind == ITEM_RULE && it->as.rule.h > 20 * SP_PT;
		alts += it->kind == ITEM_RUN && str_eq(it->as.run.text,
		    S("alt"));
	}
	assert_int_equal(rules, 2);	/* a frame and what is within */
	assert_int_equal(alts, 1);
	drop(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes), cmocka_unit_test(test_columns),
		cmocka_unit_test(test_text), cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
