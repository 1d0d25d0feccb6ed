/*
 * raster.c: samples on their way to a file of ours: grey ones recognised,
 * turned as EXIF says, written as PNG. Pictures of formats that the outputs
 * do not know pass through here.
 *
 * A PNG of ours has one IDAT; each row takes the filter whose bytes are
 * smallest in sum, the usual guess at what deflates best.
 */
#include "image/image_int.h"

#define PNG_LEVEL	8		/* of deflate; once a picture */
#define FILTERS		5

/* Grey samples in three parts close up to one. */
void
image_greys(struct raster *r)
{
	size_t n = (size_t)r->w * r->h;

	if (r->comps != 3)
		return;
	for (size_t i = 0; i < n * 3; i += 3)
		if (r->px[i] != r->px[i + 1] || r->px[i] != r->px[i + 2])
			return;
	for (size_t i = 0; i < n; i++)
		r->px[i] = r->px[i * 3];
	r->comps = 1;
}

/* Where the pixel of the upright picture at (x, y) is stored. */
static size_t
stored_at(const struct raster *r, unsigned how, uint32_t x, uint32_t y)
{
	uint32_t right = r->w - 1, down = r->h - 1;

	switch (how) {
	case 2:
		return (size_t)y * r->w + (right - x);
	case 3:
		return (size_t)(down - y) * r->w + (right - x);
	case 4:
		return (size_t)(down - y) * r->w + x;
	case 5:
		return (size_t)x * r->w + y;
	case 6:
		return (size_t)(down - x) * r->w + y;
	case 7:
		return (size_t)(down - x) * r->w + (right - y);
	case 8:
		return (size_t)x * r->w + (right - y);
	default:
		return (size_t)y * r->w + x;
	}
}

bool
image_turn(struct buf *out, struct raster *r, unsigned how)
{
	struct raster t = *r;
	size_t n = (size_t)r->w * r->h * r->comps;
	unsigned char *to;

	if (how >= 5) {
		t.w = r->h;
		t.h = r->w;
	}
	if (!buf_reserve(out, n))
		return false;
	to = t.px = (unsigned char *)out->p;
	for (uint32_t y = 0; y < t.h; y++)
		for (uint32_t x = 0; x < t.w; x++, to += r->comps)
			memcpy(to, r->px + stored_at(r, how, x, y) * r->comps,
			    r->comps);
	*r = t;
	return true;
}

/* ---- PNG -------------------------------------------------------------- */

static void
put_be32(struct buf *b, uint32_t v)
{
	char c[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8),
		(char)v };

	buf_add(b, c, 4);
}

void
image_png_chunk(struct buf *b, const char *type, str data)
{
	size_t at;

	put_be32(b, (uint32_t)data.n);
	at = b->n;
	buf_add(b, type, 4);
	buf_str(b, data);
	if (!b->failed)
		put_be32(b, crc32_of(b->p + at, b->n - at));
}

void
image_png_head(struct buf *b, uint32_t w, uint32_t h, unsigned depth,
    unsigned type)
{
	char d[13] = { 0 };

	for (size_t i = 0; i < 4; i++) {
		d[i] = (char)(w >> (24 - 8 * i));
		d[4 + i] = (char)(h >> (24 - 8 * i));
	}
	d[8] = (char)depth;
	d[9] = (char)type;
	buf_z(b, "\x89PNG\r\n\x1a\n");
	image_png_chunk(b, "IHDR", (str){ d, sizeof d });
}

static unsigned
paeth(unsigned left, unsigned up, unsigned corner)
{
	int p = (int)left + (int)up - (int)corner;
	int dl = p > (int)left ? p - (int)left : (int)left - p;
	int du = p > (int)up ? p - (int)up : (int)up - p;
	int dc = p > (int)corner ? p - (int)corner : (int)corner - p;

	if (dl <= du && dl <= dc)
		return left;
	return du <= dc ? up : corner;
}

/* One filtered row behind its filter's number. */
static void
filter_row(unsigned char *to, unsigned filter, const unsigned char *row,
    const unsigned char *above, size_t n, size_t bpp)
{
	*to++ = (unsigned char)filter;
	for (size_t i = 0; i < bpp && i < n; i++)
		to[i] = (unsigned char)(row[i] - (filter == 2 || filter == 4 ?
		    above[i] : filter == 3 ? above[i] / 2 : 0));
	switch (filter) {
	case 1:
		for (size_t i = bpp; i < n; i++)
			to[i] = (unsigned char)(row[i] - row[i - bpp]);
		break;
	case 2:
		for (size_t i = bpp; i < n; i++)
			to[i] = (unsigned char)(row[i] - above[i]);
		break;
	case 3:
		for (size_t i = bpp; i < n; i++)
			to[i] = (unsigned char)(row[i] - (row[i - bpp] +
			    above[i]) / 2);
		break;
	case 4:
		for (size_t i = bpp; i < n; i++)
			to[i] = (unsigned char)(row[i] - paeth(row[i - bpp],
			    above[i], above[i - bpp]));
		break;
	default:
		memcpy(to, row, n);
	}
}

/* Of the bytes, as signed numbers. */
static uint64_t
sum_of(const unsigned char *v, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i] < 128 ? v[i] : 256u - v[i];
	return sum;
}

/* A row as PNG interleaves it. */
static void
join_row(unsigned char *to, const struct raster *r, uint32_t y)
{
	size_t at = (size_t)y * r->w;

	for (uint32_t x = 0; x < r->w; x++, at++) {
		memcpy(to, r->px + at * r->comps, r->comps);
		to += r->comps;
		if (r->alpha != NULL)
			*to++ = r->alpha[at];
	}
}

static bool
filter_all(struct buf *out, struct buf *rows, const struct raster *r)
{
	size_t bpp = r->comps + (r->alpha != NULL), n = r->w * bpp;
	unsigned char *above, *row, *try, *best, *swap;

	if (!buf_reserve(rows, n * 4 + 2))
		return false;
	above = (unsigned char *)rows->p;
	row = above + n;
	try = row + n;
	best = try + n + 1;
	memset(above, 0, n);
	for (uint32_t y = 0; y < r->h; y++) {
		uint64_t least = UINT64_MAX, sum;

		join_row(row, r, y);
		for (unsigned f = 0; f < FILTERS; f++) {
			filter_row(try, f, row, above, n, bpp);
			sum = sum_of(try + 1, n);
			if (sum >= least)
				continue;
			least = sum;
			swap = try;
			try = best;
			best = swap;
		}
		buf_add(out, best, n + 1);
		swap = above;
		above = row;
		row = swap;
	}
	return !out->failed;
}

static bool
encode_full(struct buf *out, const struct raster *r)
{
	struct buf raw = { 0 }, rows = { 0 }, data = { 0 };
	bool ok = filter_all(&raw, &rows, r) && deflate_add(&data,
	    buf_view(&raw), DEFLATE_ZLIB, PNG_LEVEL);

	if (ok) {
		image_png_head(out, r->w, r->h, 8, (r->comps == 3 ? 2u : 0u) +
		    (r->alpha != NULL ? 4u : 0u));
		image_png_chunk(out, "IDAT", buf_view(&data));
		image_png_chunk(out, "IEND", S(""));
		ok = !out->failed;
	}
	buf_done(&raw);
	buf_done(&rows);
	buf_done(&data);
	return ok;
}

bool
image_png_encode(struct buf *out, const struct raster *r)
{
	bool few = false;

	if (r->alpha == NULL && !image_palette_encode(out, r, &few))
		return false;
	return few || encode_full(out, r);
}

/* ---- into a picture --------------------------------------------------- */

bool
image_keep_jpeg(struct arena *a, const struct raster *r, int quality,
    struct image *im)
{
	struct buf b = { 0 };
	bool ok = image_jpeg_encode(&b, r, quality);

	if (ok)
		im->file = arena_str(a, buf_view(&b));
	buf_done(&b);
	im->kind = IMAGE_JPEG;
	im->w = r->w;
	im->h = r->h;
	im->comps = r->comps;
	return ok;
}

bool
image_keep_png(struct arena *a, struct raster *r, struct image *im)
{
	struct buf b = { 0 };
	size_t n = (size_t)r->w * r->h;
	bool ok;

	image_greys(r);
	ok = image_png_encode(&b, r);
	if (ok)
		im->file = arena_str(a, buf_view(&b));
	buf_done(&b);
	im->kind = IMAGE_PNG;
	im->w = r->w;
	im->h = r->h;
	im->comps = r->comps;
	im->samples = (str){ (const char *)r->px, n * r->comps };
	if (r->alpha != NULL)
		im->alpha = (str){ (const char *)r->alpha, n };
	return ok;
}
