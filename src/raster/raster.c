/*
 * raster.c: a page's items in their order. Rectangles end on whole pixels,
 * as a rule that is half as dark and twice as wide helps nobody.
 *
 * A page is drawn in bands that fit a processor's cache, each when its first
 * row is asked for: a cover in full would be as large as all else in a job.
 */
#include "raster/raster_int.h"

#define BAND	256u		/* rows */

static void
set_rgb(struct brush *b, uint32_t rgb)
{
	cairo_set_source_rgb(b->c, (rgb >> 16 & 255) / 255.0,
	    (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static double
whole(double v)
{
	return (double)(int64_t)(v < 0 ? v - 0.5 : v + 0.5);
}

/* Page points to pixels. */
struct place { cairo_matrix_t m; double x, y, w, h; };

static struct place
place(const cairo_matrix_t *m, sp x, sp y, sp w, sp h)
{
	return (struct place){ *m, m->xx * (double)x / SP_PT,
	    m->yy * (double)y / SP_PT + m->y0, m->xx * (double)w / SP_PT,
	    m->yy * (double)h / SP_PT };
}

static void
put_rule(struct brush *b, const cairo_matrix_t *m, const struct item *it)
{
	static const cairo_matrix_t same = { 1, 0, 0, 1, 0, 0 };
	struct place p = place(m, it->x, it->y, it->as.rule.w,
	    it->as.rule.h);
	double x = whole(p.x), y = whole(p.y);
	double right = whole(p.x + p.w), end = whole(p.y + p.h);

	right = right > x ? right : x + 1;
	end = end > y ? end : y + 1;
	set_rgb(b, it->as.rule.rgb);
	brush_move(b, &same, x, y);
	brush_line(b, &same, right, y);
	brush_line(b, &same, right, end);
	brush_line(b, &same, x, end);
	brush_close(b);
	brush_fill(b, false, 1);
}

static void
put_drawing(struct brush *b, const cairo_matrix_t *m, const struct item *it)
{
	const struct drawn *d = it->as.drawing.drawn;
	const struct drawing *g = d->image->drawing;
	struct place p = place(m, it->x, it->y, it->as.drawing.w,
	    it->as.drawing.h);

	cairo_matrix_init(&p.m, p.w * FX_ONE / (double)g->w, 0, 0,
	    p.h * FX_ONE / (double)g->h, p.x, p.y);
	cairo_save(b->c);
	cairo_rectangle(b->c, p.x, p.y, p.w, p.h);
	cairo_clip(b->c);
	brush_drawing(b, d, &p.m);
	cairo_restore(b->c);
}

/* May it show in this band? No glyph leaves the box of its face. */
static bool
touches(const struct brush *b, const cairo_matrix_t *m, const struct item *it)
{
	const struct run *r = &it->as.run;
	sp up = 0, down = 0, k;

	if (it->kind != ITEM_RUN || r->n == 0)
		return true;
	for (size_t i = 0; i < r->n; i++) {
		up = r->g[i].dy > up ? r->g[i].dy : up;
		down = -r->g[i].dy > down ? -r->g[i].dy : down;
	}
	k = r->size / r->face->upem + 1;
	up = it->y - up - r->face->y_max * k;
	down = it->y + down - r->face->y_min * k;
	return m->yy * (double)down / SP_PT + m->y0 >= -1 &&
	    m->yy * (double)up / SP_PT + m->y0 <= b->h + 1;
}

static void
put_item(struct brush *b, const cairo_matrix_t *m, const struct item *it)
{
	struct place p;

	if (!touches(b, m, it))
		return;
	switch (it->kind) {
	case ITEM_RUN:
		set_rgb(b, it->as.run.rgb);
		brush_run(b, &it->as.run, it->x, it->y, m);
		brush_fill(b, false, 1);
		break;
	case ITEM_RULE:
		put_rule(b, m, it);
		break;
	case ITEM_IMAGE:
		p = place(m, it->x, it->y, it->as.image.w, it->as.image.h);
		brush_image(b, it->as.image.image, p.x, p.y, p.w, p.h);
		break;
	case ITEM_DRAWING:
		put_drawing(b, m, it);
		break;
	case ITEM_LINK:
	case ITEM_DEST:
		break;
	}
}

/* ---- surfaces --------------------------------------------------------- */

/* White, over w * h words. */
static void
brush_open(struct brush *b, char *words, uint32_t w, uint32_t h,
    cairo_antialias_t how)
{
	cairo_surface_t *s;

	memset(words, 255, (size_t)w * h * 4);
	s = cairo_image_surface_create_for_data((unsigned char *)words,
	    CAIRO_FORMAT_RGB24, (int)w, (int)h, (int)w * 4);
	b->c = cairo_create(s);
	cairo_surface_destroy(s);
	cairo_set_antialias(b->c, how);
	b->w = w;
	b->h = h;
}

static void
brush_end(struct brush *b)
{
	if (cairo_status(b->c) != CAIRO_STATUS_SUCCESS)
		b->failed = true;
	cairo_surface_flush(cairo_get_target(b->c));
	cairo_destroy(b->c);
}

/* Words 0xRRGGBB close up in place. */
static void
close_up(char *words, size_t n)
{
	unsigned char *to = (unsigned char *)words;

	for (size_t i = 0; i < n; i++, words += 4, to += 3) {
		uint32_t v;

		memcpy(&v, words, 4);
		to[0] = (unsigned char)(v >> 16);
		to[1] = (unsigned char)(v >> 8);
		to[2] = (unsigned char)v;
	}
}

static bool
too_large(uint32_t w, uint32_t h)
{
	return w == 0 || h == 0 || w > RASTER_SIDE || h > RASTER_SIDE;
}

/* ---- pages ------------------------------------------------------------ */

struct bands {
	struct brush	 b;
	const struct page *p;
	uint32_t	 w, h;
	struct buf	 words;		/* of a band */
};

static void
draw_band(struct bands *x, uint32_t y)
{
	uint32_t n = x->h - y < BAND ? x->h - y : BAND;
	cairo_matrix_t m;

	cairo_matrix_init(&m, x->w * (double)SP_PT / (double)x->p->w, 0, 0,
	    x->h * (double)SP_PT / (double)x->p->h, 0, -(double)y);
	/* Large letters: nobody sees that it is quicker. */
	brush_open(&x->b, x->words.p, x->w, n, CAIRO_ANTIALIAS_FAST);
	for (size_t i = 0; i < x->p->n && !x->b.failed; i++)
		put_item(&x->b, &m, &x->p->items[i]);
	brush_end(&x->b);
}

static const unsigned char *
row_of(void *user, uint32_t y)
{
	struct bands *x = user;

	if (y % BAND == 0)
		draw_band(x, y);
	return (unsigned char *)x->words.p + (size_t)(y % BAND) * x->w * 4;
}

static bool
bands_open(struct bands *x, const struct page *p, uint32_t w, uint32_t h)
{
	*x = (struct bands){ .p = p, .w = w, .h = h, .b = { .work = WORK } };
	if (p->w <= 0 || p->h <= 0 || too_large(w, h) ||
	    !buf_reserve(&x->words, (size_t)w * BAND * 4))
		return false;
	face_shape_open(&x->b.shape);
	return true;
}

static void
bands_close(struct bands *x)
{
	face_shape_close(&x->b.shape);
	buf_done(&x->words);
}

bool
raster_page(const struct page *p, uint32_t w, uint32_t h, struct buf *rgb)
{
	struct bands x;

	if (!bands_open(&x, p, w, h))
		return false;
	for (uint32_t y = 0; y < h; y += BAND) {
		size_t n = (size_t)w * (h - y < BAND ? h - y : BAND);

		draw_band(&x, y);
		close_up(x.words.p, n);
		buf_add(rgb, x.words.p, n * 3);
	}
	bands_close(&x);
	return !x.b.failed && !rgb->failed;
}

bool
raster_page_jpeg(const struct page *p, uint32_t w, uint32_t h, int quality,
    struct buf *jpeg)
{
	struct bands x;
	struct image_words in = { w, h, row_of, &x };
	bool ok;

	if (!bands_open(&x, p, w, h))
		return false;
	ok = image_jpeg_from_words(jpeg, &in, quality);
	bands_close(&x);
	return ok && !x.b.failed;
}

/* ---- drawings --------------------------------------------------------- */

bool
raster_drawing(const struct drawn *d, uint32_t w, uint32_t h, struct buf *rgb)
{
	const struct drawing *g = d->image->drawing;
	struct brush b = { .work = WORK };
	size_t n = (size_t)w * h;
	cairo_matrix_t m;

	if (g->w <= 0 || g->h <= 0 || too_large(w, h) ||
	    !buf_reserve(rgb, n * 4))
		return false;
	cairo_matrix_init_scale(&m, w * (double)FX_ONE / (double)g->w,
	    h * (double)FX_ONE / (double)g->h);
	face_shape_open(&b.shape);
	brush_open(&b, rgb->p + rgb->n, w, h, CAIRO_ANTIALIAS_GRAY);
	brush_drawing(&b, d, &m);
	brush_end(&b);
	face_shape_close(&b.shape);
	close_up(rgb->p + rgb->n, n);
	rgb->n += n * 3;
	return !b.failed;
}
