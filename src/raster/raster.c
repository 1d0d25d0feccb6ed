/*
 * raster.c: a page's items in their order. Rectangles end on whole pixels,
 * as a rule that is half as dark and twice as wide helps nobody.
 */
#include "raster/raster_int.h"

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
	    m->yy * (double)y / SP_PT, m->xx * (double)w / SP_PT,
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

static void
put_item(struct brush *b, const cairo_matrix_t *m, const struct item *it)
{
	struct place p;

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

/* ---- the surface ------------------------------------------------------ */

/* A surface over the free room of rgb, white. */
static bool
brush_open(struct brush *b, uint32_t w, uint32_t h, struct buf *rgb)
{
	size_t n = (size_t)w * h * 4;
	cairo_surface_t *s;

	*b = (struct brush){ .w = w, .h = h, .work = WORK };
	if (w == 0 || h == 0 || w > RASTER_SIDE || h > RASTER_SIDE ||
	    !buf_reserve(rgb, n))
		return false;
	memset(rgb->p + rgb->n, 255, n);
	s = cairo_image_surface_create_for_data((unsigned char *)rgb->p +
	    rgb->n, CAIRO_FORMAT_RGB24, (int)w, (int)h, (int)w * 4);
	b->c = cairo_create(s);
	cairo_surface_destroy(s);
	cairo_set_antialias(b->c, CAIRO_ANTIALIAS_GRAY);
	face_shape_open(&b->shape);
	return true;
}

/* cairo's pixels are words, 0xRRGGBB; they close up in place. */
static bool
brush_end(struct brush *b, struct buf *rgb)
{
	size_t n = (size_t)b->w * (size_t)b->h;
	bool ok = !b->failed && cairo_status(b->c) == CAIRO_STATUS_SUCCESS;
	unsigned char *to = (unsigned char *)rgb->p + rgb->n;
	const unsigned char *from = to;

	cairo_surface_flush(cairo_get_target(b->c));
	cairo_destroy(b->c);
	face_shape_close(&b->shape);
	if (!ok)
		return false;
	for (size_t i = 0; i < n; i++, from += 4, to += 3) {
		uint32_t v;

		memcpy(&v, from, 4);
		to[0] = (unsigned char)(v >> 16);
		to[1] = (unsigned char)(v >> 8);
		to[2] = (unsigned char)v;
	}
	rgb->n += n * 3;
	return true;
}

bool
raster_page(const struct page *p, uint32_t w, uint32_t h, struct buf *rgb)
{
	struct brush b;
	cairo_matrix_t m;

	if (p->w <= 0 || p->h <= 0 || !brush_open(&b, w, h, rgb))
		return false;
	cairo_matrix_init_scale(&m, w * (double)SP_PT / (double)p->w,
	    h * (double)SP_PT / (double)p->h);
	for (size_t i = 0; i < p->n && !b.failed; i++)
		put_item(&b, &m, &p->items[i]);
	return brush_end(&b, rgb);
}

bool
raster_drawing(const struct drawn *d, uint32_t w, uint32_t h, struct buf *rgb)
{
	const struct drawing *g = d->image->drawing;
	struct brush b;
	cairo_matrix_t m;

	if (g->w <= 0 || g->h <= 0 || !brush_open(&b, w, h, rgb))
		return false;
	cairo_matrix_init_scale(&m, w * (double)FX_ONE / (double)g->w,
	    h * (double)FX_ONE / (double)g->h);
	brush_drawing(&b, d, &m);
	return brush_end(&b, rgb);
}
