/*
 * readers.c: pictures as e-readers can show them, and no larger than they
 * need be. A JPEG that is fine stays byte for byte; one that is merely
 * progressive, or has colours that are not wanted, is written anew from its
 * own coefficients, so that nothing is lost. Other pictures become what suits
 * them: PNG where colours are few or areas flat, else JPEG.
 */
#include "image/image_int.h"

#define PHOTO_QUALITY	85
#define PACKED		8	/* pixels to a byte */

/* ---- size ------------------------------------------------------------- */

static uint64_t
root_of(uint64_t v)
{
	uint64_t r = 0, bit = (uint64_t)1 << 62;

	while (bit > v)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (v >= r + bit) {
			v -= r + bit;
			r = (r >> 1) + bit;
		} else
			r >>= 1;
	}
	return r;
}

/* a * b / c, rounded, 1 at least. */
static uint32_t
part_of(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t v = (a * b + c / 2) / c;

	return v > 0 ? (uint32_t)v : 1;
}

/* The largest sides that the form allows. */
static void
fit(const struct image *im, const struct image_form *f, uint32_t *w,
    uint32_t *h)
{
	*w = im->w;
	*h = im->h;
	if (*w > f->w) {
		*h = part_of(im->h, f->w, im->w);
		*w = f->w;
	}
	if (*h > f->h) {
		*w = part_of(im->w, f->h, im->h);
		*h = f->h;
	}
	if ((uint64_t)*w * *h > f->pixels) {
		*w = (uint32_t)root_of(f->pixels * im->w / im->h);
		*w = *w > 0 ? *w : 1;
		*h = part_of(im->h, *w, im->w);
		while (*h > 1 && (uint64_t)*w * *h > f->pixels)
			--*h;
		if ((uint64_t)*w * *h > f->pixels)
			*w = (uint32_t)f->pixels;	/* a line */
	}
}

/* ---- what a picture is like ------------------------------------------- */

/* Of grey or RGB in 8 bits or less, not interlaced. */
static bool
plain_png(const struct image *im)
{
	const unsigned char *head = (const unsigned char *)im->file.p + 24;

	return im->alpha.n == 0 && head[0] <= 8 && head[1] <= 3 &&
	    head[4] == 0;
}

/* Are most pixels like their neighbour? */
static bool
flat(const struct raster *r)
{
	size_t n = (size_t)r->w * r->h, same = 0;
	const unsigned char *v = r->px;

	if (r->comps == 1)
		for (size_t i = 1; i < n; i++)
			same += v[i] == v[i - 1];
	else
		for (size_t i = 1; i < n; i++, v += 3)
			same += v[0] == v[3] && v[1] == v[4] && v[2] == v[5];
	return same * 2 >= n;
}

/* Lines in so few bytes were made with care: trying to better that takes
 * longer than all else. */
static bool
well_packed(const struct image *im)
{
	struct raster r = { im->w, im->h, im->comps, (unsigned char *)
	    (uintptr_t)im->samples.p, NULL };

	return im->file.n < (size_t)im->w * im->h / PACKED && flat(&r);
}

/* On white. */
static void
flatten(struct raster *r)
{
	size_t n = (size_t)r->w * r->h;

	if (r->alpha == NULL)
		return;
	for (size_t i = 0; i < n; i++)
		for (uint32_t c = 0; c < r->comps; c++) {
			unsigned char *v = &r->px[i * r->comps + c];
			unsigned a = r->alpha[i];

			*v = (unsigned char)((*v * a + 255 * (255 - a) +
			    127) / 255);
		}
	r->alpha = NULL;
}

/* ---- files ------------------------------------------------------------ */

static bool
encode(const struct raster *r, struct image_copy *out)
{
	bool few;

	out->kind = IMAGE_PNG;
	if (!image_palette_encode(&out->file, r, &few))
		return false;
	if (few)
		return true;
	if (flat(r))
		return image_png_encode(&out->file, r);
	out->kind = IMAGE_JPEG;
	return image_jpeg_encode(&out->file, r, PHOTO_QUALITY);
}

static bool
from_samples(const struct image *im, bool grey, struct image_copy *out)
{
	struct raster r = { .w = out->w, .h = out->h };
	struct buf px = { 0 }, alpha = { 0 };
	bool ok = image_pixels(im, grey, &r, &px, &alpha);

	if (ok) {
		flatten(&r);
		image_greys(&r);
		if (im->kind == IMAGE_JPEG) {
			out->kind = IMAGE_JPEG;
			ok = image_jpeg_encode(&out->file, &r, PHOTO_QUALITY);
		} else
			ok = encode(&r, out);
	}
	buf_done(&px);
	buf_done(&alpha);
	return ok;
}

/* One that has its size already. */
static bool
same_jpeg(const struct image *im, bool grey, struct image_copy *out)
{
	grey = grey && im->comps != 1;
	if (!grey && image_jpeg_baseline(im->file))
		return true;
	if (image_jpeg_again(&out->file, im->file, grey))
		return true;
	buf_done(&out->file);
	return from_samples(im, grey, out);
}

bool
image_for_readers(const struct image *im, const struct image_form *f,
    struct image_copy *out)
{
	bool same, keep, as_is;

	*out = (struct image_copy){ .kind = im->kind };
	fit(im, f, &out->w, &out->h);
	same = out->w == im->w && out->h == im->h;
	if (same && im->kind == IMAGE_JPEG)
		return same_jpeg(im, f->grey, out);
	as_is = same && plain_png(im) && (!f->grey || im->comps == 1);
	if (as_is && well_packed(im))
		return true;
	if (!from_samples(im, f->grey, out))
		return false;
	keep = as_is && im->file.n <= out->file.n;
	if (keep) {
		buf_done(&out->file);
		out->kind = IMAGE_PNG;
	}
	return true;
}
