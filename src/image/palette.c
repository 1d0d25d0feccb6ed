/*
 * palette.c: pictures of few colours as PNG with a palette: a byte a pixel
 * or less. Filters do not help there, so rows have none.
 */
#include "image/image_int.h"

#define COLOURS		256
#define SLOTS		1024		/* of the hash; a power of two */
#define PALETTE_LEVEL	9		/* of deflate */

struct palette {
	uint32_t rgb[COLOURS];
	size_t	 n;
	struct { uint32_t rgb; uint16_t at; bool used; } slot[SLOTS];
};

/* Its index; COLOURS: there is no room for it. */
static size_t
index_of(struct palette *p, uint32_t rgb)
{
	uint32_t h = (rgb * 2654435761u) >> 22;

	while (p->slot[h].used && p->slot[h].rgb != rgb)
		h = (h + 1) & (SLOTS - 1);
	if (p->slot[h].used)
		return p->slot[h].at;
	if (p->n == COLOURS)
		return COLOURS;
	p->slot[h].used = true;
	p->slot[h].rgb = rgb;
	p->slot[h].at = (uint16_t)p->n;
	p->rgb[p->n] = rgb;
	return p->n++;
}

/* Each pixel's index; false: more than `most` colours. */
static bool
index_all(struct palette *p, const struct raster *r, unsigned char *to,
    size_t most)
{
	size_t n = (size_t)r->w * r->h, at = 0;
	uint32_t last = UINT32_MAX, rgb;
	const unsigned char *v = r->px;

	for (size_t i = 0; i < n; i++, v += r->comps) {
		rgb = r->comps == 1 ? v[0] * 0x010101u :
		    (uint32_t)v[0] << 16 | (uint32_t)v[1] << 8 | v[2];
		if (rgb != last)
			at = index_of(p, rgb);
		if (at >= most)
			return false;
		last = rgb;
		to[i] = (unsigned char)at;
	}
	return true;
}

static unsigned
depth_of(size_t colours)
{
	return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}

/* Rows of indices, packed, each behind its filter's number. */
static void
pack_rows(struct buf *raw, const struct raster *r, const unsigned char *at,
    unsigned depth)
{
	size_t row = ((size_t)r->w * depth + 7) / 8 + 1;
	char *to;

	if (!buf_reserve(raw, row * r->h))
		return;
	to = raw->p;
	memset(to, 0, row * r->h);
	for (uint32_t y = 0; y < r->h; y++, to += row)
		for (uint32_t x = 0; x < r->w; x++, at++) {
			size_t bit = (size_t)x * depth;

			to[1 + bit / 8] |= (char)(*at << (8 - depth -
			    bit % 8));
		}
	raw->n = row * r->h;
}

static bool
write_file(struct buf *out, const struct raster *r, const struct palette *p,
    const unsigned char *at)
{
	struct buf raw = { 0 }, data = { 0 };
	unsigned depth = depth_of(p->n);
	char rgb[COLOURS * 3];
	bool ok;

	for (size_t i = 0; i < p->n; i++)
		for (size_t c = 0; c < 3; c++)
			rgb[i * 3 + c] = (char)(p->rgb[i] >> (16 - 8 * c));
	pack_rows(&raw, r, at, depth);
	ok = !raw.failed && deflate_add(&data, buf_view(&raw), DEFLATE_ZLIB,
	    PALETTE_LEVEL);
	if (ok) {
		image_png_head(out, r->w, r->h, depth, 3);
		image_png_chunk(out, "PLTE", (str){ rgb, p->n * 3 });
		image_png_chunk(out, "IDAT", buf_view(&data));
		image_png_chunk(out, "IEND", S(""));
	}
	buf_done(&raw);
	buf_done(&data);
	return ok && !out->failed;
}

bool
image_palette_encode(struct buf *out, const struct raster *r, bool *few)
{
	struct buf index = { 0 };
	struct palette p = { .n = 0 };
	bool ok = buf_reserve(&index, (size_t)r->w * r->h);
	unsigned char *at = (unsigned char *)index.p;

	/* More greys than that are as small without a palette, and filtered. */
	*few = ok && index_all(&p, r, at, r->comps == 1 ? 16 : COLOURS);
	if (*few)
		ok = write_file(out, r, &p, at);
	buf_done(&index);
	return ok;
}
