/*
 * webp.c: WebP files. Of an animation, the first frame is taken out and
 * made a file of its own. Only the picture's chunks reach libwebp, decoded
 * into memory of ours whose size the header, held to the limits, decided.
 *
 * The outputs do not know the format: a photograph (lossy, opaque) is kept
 * as JPEG, anything else as PNG.
 */
#include <webp/decode.h>

#include "image/image_int.h"

#define HEAD		12	/* "RIFF", length, "WEBP" */
#define CHUNK		8	/* name, length */
#define FRAME		16	/* place, size, times of an ANMF */
#define FLAG_ALPHA	0x10
#define LOSSLESS	2	/* features.format */

struct webp {
	str	 picture;	/* a file with one picture's chunks only */
	uint32_t w, h;		/* canvas */
	uint32_t x, y;		/* of the picture on it */
	bool	 animated;
	bool	 more;		/* frames than the first */
	WebPBitstreamFeatures head;
};

bool
image_webp_is(str b)
{
	return b.n >= HEAD && memcmp(b.p, "RIFF", 4) == 0 &&
	    memcmp(b.p + 8, "WEBP", 4) == 0;
}

static uint32_t
le(const char *p, unsigned n)
{
	const unsigned char *u = (const unsigned char *)p;
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | u[n];
	return v;
}

/* The chunk at the head of *rest: its name and data; false: cut off. */
static bool
next_chunk(str *rest, str *name, str *data)
{
	size_t n;

	if (rest->n < CHUNK)
		return false;
	n = le(rest->p + 4, 4);
	if (n > rest->n - CHUNK)
		return false;
	*name = str_cut(*rest, 0, 4);
	*data = str_cut(*rest, CHUNK, CHUNK + n);
	*rest = str_from(*rest, CHUNK + n + (n & 1));
	return true;
}

static void
put_le32(char *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (char)(v >> (8 * i));
}

static size_t
put_chunk(char *out, const char *name, str data)
{
	memcpy(out, name, 4);
	put_le32(out + 4, (uint32_t)data.n);
	if (data.n > 0)
		memcpy(out + CHUNK, data.p, data.n);
	if (data.n & 1)
		out[CHUNK + data.n] = 0;
	return CHUNK + data.n + (data.n & 1);
}

/* VP8X for a picture of w x h with alpha apart. */
static str
extended(char ext[10], uint32_t w, uint32_t h)
{
	memset(ext, 0, 10);
	ext[0] = FLAG_ALPHA;
	for (unsigned i = 0; i < 3; i++) {
		ext[4 + i] = (char)((w - 1) >> (8 * i));
		ext[7 + i] = (char)((h - 1) >> (8 * i));
	}
	return (str){ ext, 10 };
}

/* Copies a picture's own chunks out of `rest`; its size is w x h. */
static bool
take_picture(struct arena *a, str rest, uint32_t w, uint32_t h,
    struct webp *f)
{
	char *out = ARENA_NEW(a, char, rest.n + HEAD + CHUNK * 4 + 12);
	char ext[10];
	str name, data, alpha = { NULL, 0 };
	size_t n = HEAD;

	while (next_chunk(&rest, &name, &data)) {
		if (str_eq(name, S("ALPH"))) {
			alpha = data;
			continue;
		}
		if (!str_eq(name, S("VP8 ")) && !str_eq(name, S("VP8L")))
			continue;
		if (alpha.p != NULL && str_eq(name, S("VP8 "))) {
			n += put_chunk(out + n, "VP8X", extended(ext, w, h));
			n += put_chunk(out + n, "ALPH", alpha);
		}
		n += put_chunk(out + n, name.p, data);
		memcpy(out, "RIFF", 4);
		put_le32(out + 4, (uint32_t)(n - 8));
		memcpy(out + 8, "WEBP", 4);
		f->picture = (str){ out, n };
		return true;
	}
	return false;
}

static bool
has_frame(str rest)
{
	str name, data;

	while (next_chunk(&rest, &name, &data))
		if (str_eq(name, S("ANMF")))
			return true;
	return false;
}

/* The first frame of an animation, or the picture itself. */
static bool
find_picture(struct arena *a, str b, struct webp *f)
{
	str rest = str_from(b, HEAD), name, data, all = rest;

	if (!next_chunk(&rest, &name, &data))
		return false;
	if (!str_eq(name, S("VP8X")))
		return take_picture(a, all, 0, 0, f);
	if (data.n < 10)
		return false;
	f->w = le(data.p + 4, 3) + 1;
	f->h = le(data.p + 7, 3) + 1;
	all = rest;
	while (next_chunk(&rest, &name, &data))
		if (str_eq(name, S("ANMF")) && data.n >= FRAME) {
			f->animated = true;
			f->x = le(data.p, 3) * 2;
			f->y = le(data.p + 3, 3) * 2;
			f->more = has_frame(rest);
			return take_picture(a, str_from(data, FRAME),
			    le(data.p + 6, 3) + 1, le(data.p + 9, 3) + 1, f);
		}
	return take_picture(a, all, f->w, f->h, f);
}

static bool
read_head(struct webp *f, const struct limits *lim, struct image_fault *fault)
{
	uint32_t w, h;

	if (WebPGetFeatures((const uint8_t *)f->picture.p, f->picture.n,
	    &f->head) != VP8_STATUS_OK || f->head.width <= 0 ||
	    f->head.height <= 0)
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "WebP header");
	w = (uint32_t)f->head.width;
	h = (uint32_t)f->head.height;
	if (!f->animated) {
		f->w = w;
		f->h = h;
	}
	if (!image_side_check(f->w, f->h, lim, fault))
		return false;
	if (w > f->w || h > f->h || f->x > f->w - w || f->y > f->h - h)
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "WebP frame");
	return true;
}

/* px has the picture's own size in 3 or 4 bytes each. */
static bool
run_libwebp(const struct webp *f, unsigned char *px, size_t n, bool alpha)
{
	WebPDecoderConfig c;
	bool ok;

	if (!WebPInitDecoderConfig(&c))
		return false;
	c.output.colorspace = alpha ? MODE_RGBA : MODE_RGB;
	c.output.is_external_memory = 1;
	c.output.u.RGBA.rgba = px;
	c.output.u.RGBA.size = n;
	c.output.u.RGBA.stride = f->head.width * (alpha ? 4 : 3);
	ok = WebPDecode((const uint8_t *)f->picture.p, f->picture.n, &c) ==
	    VP8_STATUS_OK;
	WebPFreeDecBuffer(&c.output);
	return ok;
}

/* From the picture's pixels to the canvas, alpha apart. */
static void
place(const struct webp *f, const unsigned char *px, struct raster *r)
{
	size_t step = r->alpha != NULL && f->head.has_alpha ? 4 : 3;

	for (uint32_t y = 0; y < (uint32_t)f->head.height; y++) {
		size_t at = ((size_t)f->y + y) * r->w + f->x;

		for (int x = 0; x < f->head.width; x++, at++, px += step) {
			memcpy(r->px + at * 3, px, 3);
			if (r->alpha != NULL)
				r->alpha[at] = step == 4 ? px[3] : 255;
		}
	}
}

static bool
decode(struct arena *a, const struct webp *f, struct image *im,
    struct image_fault *fault)
{
	struct raster r = { f->w, f->h, 3, NULL, NULL };
	bool alpha = f->head.has_alpha != 0;
	size_t n = (size_t)r.w * r.h;
	size_t own = (size_t)f->head.width * (size_t)f->head.height *
	    (alpha ? 4 : 3);
	unsigned char *px = ARENA_NEW(a, unsigned char, own);
	bool photo = !alpha && f->head.format != LOSSLESS, ok;

	if (!run_libwebp(f, px, own, alpha))
		return image_fault_set(fault, DIAG_IMAGE_BROKEN, "WebP data");
	if (!alpha && own == n * 3)
		r.px = px;
	else {
		r.px = ARENA_NEW(a, unsigned char, n * 3);
		r.alpha = ARENA_NEW(a, unsigned char, n);
		place(f, px, &r);
		photo = false;
	}
	ok = photo ? image_keep_jpeg(a, &r, IMAGE_QUALITY, im) :
	    image_keep_png(a, &r, im);
	if (!ok)
		return image_fault_set(fault, DIAG_MEMORY_LIMIT, "WebP");
	return true;
}

bool
image_webp_decode(struct arena *a, str b, const struct limits *lim,
    struct image *im, struct image_fault *fault)
{
	struct webp f = { .w = 0 };

	if (!find_picture(a, b, &f))
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "WebP is cut off or has no picture");
	if (!read_head(&f, lim, fault) || !decode(a, &f, im, fault))
		return false;
	im->animated = f.more;
	im->natural_w = image_natural(im->w, 0, 1);
	im->natural_h = image_natural(im->h, 0, 1);
	return true;
}
