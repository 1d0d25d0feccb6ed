/*
 * scale.c: a picture brought down to fewer pixels, each the mean of the
 * area that it covers, in integers, so that every machine gets the same.
 *
 * Means are taken of light, not of sample values: a sample counts as its
 * square, which is near enough to what sRGB means by it, so that thin lines
 * and fine patterns keep their tone. Under alpha the samples count by it.
 *
 * In units of 1/w of a source pixel, source pixel i covers [i*w, (i+1)*w)
 * and target pixel x covers [x*W, (x+1)*W): overlaps are exact integers.
 * A source row is summed sideways once and shared among the one or two
 * target rows that it touches. JPEG files are first decoded at a half, a
 * quarter or an eighth, where that leaves enough.
 */
#include "image/image_int.h"

#define JPEG_SCALED	90	/* quality */
#define ONE		65025	/* full light: 255 squared */

/* Rows of light, one value a component, alpha (0..ONE) last. */
struct shrink {
	const struct raster *from;
	struct raster *to;
	uint32_t parts;			/* comps and alpha */
	uint64_t *sum;			/* of a target row */
	uint32_t *row;			/* a source row, summed sideways */
	unsigned char root[ONE / 16 + 1];	/* first guess */
};

static unsigned
root_of(const struct shrink *s, uint32_t light)
{
	unsigned r;

	if (light >= ONE)
		return 255;
	r = s->root[light / 16];
	while (r < 255 && (r + 1) * (r + 1) <= light)
		r++;
	/* The nearer of r and r + 1: (r + 1/2)^2 = r * (r + 1) + 1/4. */
	return light > r * (r + 1) && r < 255 ? r + 1 : r;
}

static void
make_roots(struct shrink *s)
{
	unsigned r = 0;

	for (unsigned i = 0; i < ARRAY_LEN(s->root); i++) {
		while (r < 255 && (r + 1) * (r + 1) <= i * 16)
			r++;
		s->root[i] = (unsigned char)r;
	}
}

/* Adds one source pixel, weight times. */
static void
add_pixel(const struct raster *f, size_t at, uint64_t weight, uint64_t *sum)
{
	uint64_t a = f->alpha != NULL ? f->alpha[at] : 255;

	for (uint32_t c = 0; c < f->comps; c++) {
		uint64_t v = f->px[at * f->comps + c];

		sum[c] += weight * (f->alpha != NULL ? v * v * a / 255 :
		    v * v);
	}
	if (f->alpha != NULL)
		sum[f->comps] += weight * a * 255;
}

/* Means along source row y. */
static void
sum_sideways(struct shrink *s, uint32_t y)
{
	const struct raster *f = s->from;
	uint64_t w = s->to->w, big = f->w;
	uint32_t *to = s->row;
	size_t line = (size_t)y * f->w;

	for (uint64_t x = 0; x < w; x++) {
		uint64_t lo = x * big, hi = lo + big, sum[4] = { 0 };

		for (uint64_t i = lo / w; i * w < hi; i++) {
			uint64_t a = i * w > lo ? i * w : lo;
			uint64_t b = (i + 1) * w < hi ? (i + 1) * w : hi;

			add_pixel(f, line + i, b - a, sum);
		}
		for (uint32_t c = 0; c < s->parts; c++)
			*to++ = (uint32_t)((sum[c] + big / 2) / big);
	}
}

static void
end_row(struct shrink *s, uint32_t y)
{
	struct raster *t = s->to;
	uint64_t big = s->from->h;
	const uint64_t *sum = s->sum;
	size_t at = (size_t)y * t->w;

	for (uint32_t x = 0; x < t->w; x++, at++, sum += s->parts) {
		uint64_t a = t->alpha != NULL ? (sum[t->comps] + big / 2) /
		    big : ONE;

		for (uint32_t c = 0; c < t->comps; c++) {
			uint64_t v = (sum[c] + big / 2) / big;

			if (t->alpha != NULL)
				v = a == 0 ? 0 : v * ONE / a;
			t->px[at * t->comps + c] = (unsigned char)root_of(s,
			    (uint32_t)(v > ONE ? ONE : v));
		}
		if (t->alpha != NULL)
			t->alpha[at] = (unsigned char)((a + 127) / 255);
	}
	memset(s->sum, 0, sizeof *s->sum * t->w * s->parts);
}

static void
shrink(struct shrink *s)
{
	uint64_t h = s->to->h, big = s->from->h;
	size_t n = (size_t)s->to->w * s->parts;

	for (uint32_t i = 0; i < big; i++) {
		uint64_t lo = i * h, hi = lo + h;

		sum_sideways(s, i);
		for (uint64_t y = lo / big; y * big < hi; y++) {
			uint64_t a = y * big > lo ? y * big : lo;
			uint64_t b = (y + 1) * big < hi ? (y + 1) * big : hi;

			for (size_t k = 0; k < n; k++)
				s->sum[k] += (b - a) * s->row[k];
			if (b == (y + 1) * big)
				end_row(s, (uint32_t)y);
		}
	}
}

bool
image_shrink(const struct raster *from, struct raster *to, struct buf *px,
    struct buf *alpha)
{
	struct shrink s = { .from = from, .to = to };
	struct buf sum = { 0 }, row = { 0 };
	size_t n = (size_t)to->w * to->h, k;
	bool ok;

	to->comps = from->comps;
	s.parts = to->comps + (from->alpha != NULL);
	k = (size_t)to->w * s.parts;
	ok = buf_reserve(px, n * to->comps) && buf_reserve(&sum, k *
	    sizeof *s.sum) && buf_reserve(&row, k * sizeof *s.row) &&
	    (from->alpha == NULL || buf_reserve(alpha, n));
	if (ok) {
		make_roots(&s);
		to->px = (unsigned char *)px->p;
		px->n = n * to->comps;
		if (from->alpha != NULL) {
			to->alpha = (unsigned char *)alpha->p;
			alpha->n = n;
		}
		s.sum = (uint64_t *)(void *)sum.p;
		s.row = (uint32_t *)(void *)row.p;
		memset(s.sum, 0, k * sizeof *s.sum);
		shrink(&s);
	}
	buf_done(&sum);
	buf_done(&row);
	return ok;
}

/* ---- samples of a picture --------------------------------------------- */

/* Samples that are there already go on as they are. */
static bool
take(const struct raster *from, struct raster *to, struct buf *px,
    struct buf *alpha)
{
	size_t n = (size_t)to->w * to->h;

	if (from->w != to->w || from->h != to->h)
		return image_shrink(from, to, px, alpha);
	buf_add(px, from->px, n * from->comps);
	if (from->alpha != NULL)
		buf_add(alpha, from->alpha, n);
	to->comps = from->comps;
	to->px = (unsigned char *)px->p;
	to->alpha = from->alpha != NULL ? (unsigned char *)alpha->p : NULL;
	return !px->failed && !alpha->failed;
}

static bool
jpeg_pixels(const struct image *im, bool grey, struct raster *to,
    struct buf *px)
{
	struct raster from = { .comps = grey ? 1 : im->comps };
	struct image_rows rows = { .whole = true };
	struct buf all = { 0 }, none = { 0 };
	unsigned part = 1;
	bool ok;

	while (part < 8 && im->w / (part * 2) >= to->w &&
	    im->h / (part * 2) >= to->h)
		part *= 2;
	from.w = rows.w = (im->w + part - 1) / part;
	from.h = rows.h = (im->h + part - 1) / part;
	ok = buf_reserve(&all, (size_t)from.w * from.h * from.comps);
	rows.row = from.px = (unsigned char *)all.p;
	ok = ok && image_jpeg_pixels(im->file, from.comps, part, &rows) &&
	    take(&from, to, px, &none);
	buf_done(&all);
	return ok;
}

/* By the weights of JPEG, so that both kinds look alike. */
static void
make_grey(struct raster *r)
{
	size_t n = (size_t)r->w * r->h;
	const unsigned char *v = r->px;

	if (r->comps != 3)
		return;
	for (size_t i = 0; i < n; i++, v += 3)
		r->px[i] = (unsigned char)((v[0] * 299u + v[1] * 587u + v[2] *
		    114u + 500) / 1000);
	r->comps = 1;
}

bool
image_pixels(const struct image *im, bool grey, struct raster *to,
    struct buf *px, struct buf *alpha)
{
	struct raster from = { im->w, im->h, im->comps, NULL, NULL };
	bool ok;

	INVARIANT(to->w > 0 && to->h > 0 && to->w <= im->w && to->h <= im->h);
	to->alpha = NULL;
	if (im->kind == IMAGE_JPEG)
		return jpeg_pixels(im, grey, to, px);
	from.px = (unsigned char *)(uintptr_t)im->samples.p;
	if (im->alpha.n > 0)
		from.alpha = (unsigned char *)(uintptr_t)im->alpha.p;
	ok = take(&from, to, px, alpha);
	if (ok && grey)
		make_grey(to);
	return ok;
}

bool
image_scale(const struct image *im, uint32_t w, uint32_t h, struct buf *out,
    struct buf *alpha)
{
	struct raster to = { .w = w, .h = h };
	struct buf px = { 0 };
	bool ok;

	if (im->kind != IMAGE_JPEG)
		return image_pixels(im, false, &to, out, alpha);
	ok = image_pixels(im, false, &to, &px, alpha) &&
	    image_jpeg_encode(out, &to, JPEG_SCALED);
	buf_done(&px);
	return ok;
}
