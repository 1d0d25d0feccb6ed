/*
 * image.c: pictures of pixels on a page, brought down to the pixels that
 * they cover before cairo sees them.
 */
#include "raster/raster_int.h"

static uint32_t
side(double want, uint32_t has)
{
	return want >= has ? has : want < 1 ? 1 : (uint32_t)(want + 0.5);
}

/* Words 0xAARRGGBB, colours multiplied by alpha. */
static void
put_words(const struct raster *r, unsigned char *to)
{
	size_t n = (size_t)r->w * r->h;

	for (size_t i = 0; i < n; i++, to += 4) {
		const unsigned char *v = r->px + i * r->comps;
		uint32_t a = r->alpha != NULL ? r->alpha[i] : 255, word = a;

		for (size_t c = 0; c < 3; c++)
			word = word << 8 | (v[r->comps == 3 ? c : 0] * a +
			    127) / 255;
		memcpy(to, &word, 4);
	}
}

static void
paint(struct brush *b, const struct raster *r, unsigned char *words,
    const double box[4])
{
	cairo_surface_t *s = cairo_image_surface_create_for_data(words,
	    CAIRO_FORMAT_ARGB32, (int)r->w, (int)r->h, (int)r->w * 4);

	cairo_save(b->c);
	cairo_rectangle(b->c, box[0], box[1], box[2], box[3]);
	cairo_clip(b->c);
	cairo_translate(b->c, box[0], box[1]);
	cairo_scale(b->c, box[2] / r->w, box[3] / r->h);
	cairo_set_source_surface(b->c, s, 0, 0);
	cairo_pattern_set_extend(cairo_get_source(b->c), CAIRO_EXTEND_PAD);
	cairo_paint(b->c);
	cairo_restore(b->c);
	cairo_surface_destroy(s);
}

void
brush_image(struct brush *b, const struct image *im, double x, double y,
    double w, double h)
{
	struct raster r = { .w = side(w, im->w), .h = side(h, im->h) };
	struct buf px = { 0 }, alpha = { 0 }, words = { 0 };
	const double box[] = { x, y, w, h };

	if (w <= 0 || h <= 0 || im->kind == IMAGE_SVG)
		return;
	if (image_pixels(im, false, &r, &px, &alpha) &&
	    buf_reserve(&words, (size_t)r.w * r.h * 4)) {
		put_words(&r, (unsigned char *)words.p);
		paint(b, &r, (unsigned char *)words.p, box);
	} else
		b->failed = true;
	buf_done(&px);
	buf_done(&alpha);
	buf_done(&words);
}
