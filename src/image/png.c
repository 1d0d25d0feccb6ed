/*
 * png.c: PNG files. The chunks are walked here first: header checked
 * against the limits, CRCs compared, a clean file built of the critical
 * chunks and tRNS, sRGB, gAMA, pHYs. Only that clean file reaches libpng,
 * which then decodes all of it to 8-bit grey or RGB, with alpha apart.
 *
 * libpng reports errors by longjmp to our frame. All arena memory is taken
 * before the library is entered, since arena_alloc may itself jump.
 */
#include <png.h>

#include "image/image_int.h"

#define PNG_SIG		"\x89PNG\r\n\x1a\n"
#define SIG_LEN		8
#define CHUNK_EXTRA	12		/* length, type, CRC */
#define HEAD_LEN	13		/* IHDR's data */
#define CHUNK_MEMORY	(8u << 20)	/* of libpng, per chunk */

struct png_file {
	str	 clean;
	uint32_t w, h;
	unsigned depth, type;		/* colour type */
	bool	 trns;
	uint32_t ppu_x, ppu_y;		/* pixels per metre; 0: unknown */
};

/* What the callbacks see: the unread rest, and the first error's text. */
struct source {
	str	 rest;
	jmp_buf	 back;
};

bool
image_png_is(str b)
{
	return b.n >= SIG_LEN && memcmp(b.p, PNG_SIG, SIG_LEN) == 0;
}

static bool
kept(const char *type)
{
	static const char names[][5] = {
		"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sRGB", "gAMA",
		"pHYs"
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (memcmp(type, names[i], 4) == 0)
			return true;
	return false;
}

static bool
read_head(str data, struct png_file *p, const struct limits *lim,
    struct image_fault *f)
{
	if (data.n != HEAD_LEN)
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "PNG header");
	p->w = image_be32(data.p);
	p->h = image_be32(data.p + 4);
	p->depth = (unsigned char)data.p[8];
	p->type = (unsigned char)data.p[9];
	if (p->type != 0 && p->type != 2 && p->type != 3 && p->type != 4 &&
	    p->type != 6)
		return image_fault_set(f, DIAG_IMAGE_BROKEN,
		    "PNG colour type");
	return image_side_check(p->w, p->h, lim, f);
}

static bool
read_chunk(const char *type, str data, struct png_file *p,
    const struct limits *lim, struct image_fault *f)
{
	if (memcmp(type, "IHDR", 4) == 0)
		return read_head(data, p, lim, f);
	if (memcmp(type, "tRNS", 4) == 0)
		p->trns = true;
	if (memcmp(type, "pHYs", 4) == 0 && data.n == 9 && data.p[8] == 1) {
		p->ppu_x = image_be32(data.p);
		p->ppu_y = image_be32(data.p + 4);
	}
	if ((type[0] & 0x20) == 0 && !kept(type))
		return image_fault_set(f, DIAG_IMAGE_KIND,
		    "PNG with an unknown critical chunk");
	return true;
}

/* Walks the chunks and copies those that stay into out (b.n bytes). */
static bool
walk(str b, char *out, struct png_file *p, const struct limits *lim,
    struct image_fault *f)
{
	size_t at = SIG_LEN, n = SIG_LEN;
	bool first = true;

	memcpy(out, b.p, SIG_LEN);
	for (;;) {
		const char *c = b.p + at;
		size_t len;

		if (b.n - at < CHUNK_EXTRA)
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "PNG is cut off");
		len = image_be32(c);
		if (len > b.n - at - CHUNK_EXTRA)
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "PNG is cut off");
		if (crc32_of(c + 4, len + 4) != image_be32(c + 8 + len))
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "PNG checksum");
		if (first != (memcmp(c + 4, "IHDR", 4) == 0))
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "PNG header");
		if (!read_chunk(c + 4, (str){ c + 8, len }, p, lim, f))
			return false;
		first = false;
		if (kept(c + 4)) {
			memcpy(out + n, c, len + CHUNK_EXTRA);
			n += len + CHUNK_EXTRA;
		}
		at += len + CHUNK_EXTRA;
		if (memcmp(c + 4, "IEND", 4) == 0)
			break;
	}
	p->clean = (str){ out, n };
	return true;
}

static void
on_read(png_structp png, png_bytep to, size_t n)
{
	struct source *s = png_get_io_ptr(png);

	if (n > s->rest.n)
		png_error(png, "cut off");
	memcpy(to, s->rest.p, n);
	s->rest = str_from(s->rest, n);
}

static void
on_error(png_structp png, png_const_charp text)
{
	struct source *s = png_get_error_ptr(png);

	(void)text;
	longjmp(s->back, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

/* Asks for 8-bit grey or RGB, with alpha where channels is even. */
static void
set_forms(png_structp png, const struct png_file *p)
{
	if (p->type == PNG_COLOR_TYPE_PALETTE)
		png_set_palette_to_rgb(png);
	if (p->type == PNG_COLOR_TYPE_GRAY && p->depth < 8)
		png_set_expand_gray_1_2_4_to_8(png);
	if (p->trns)
		png_set_tRNS_to_alpha(png);
	if (p->depth == 16)
		png_set_scale_16(png);
	png_set_interlace_handling(png);
}

/* rows[h] point to `stride` bytes each. Nothing here allocates in arenas. */
static bool
run_libpng(const struct png_file *p, png_bytep *rows, size_t stride)
{
	struct source src;
	png_structp volatile png_kept = NULL;
	png_infop volatile info_kept = NULL;
	volatile bool ok = false;
	png_structp png;
	png_infop info;

	src.rest = p->clean;
	png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &src, on_error,
	    on_warning);
	png_kept = png;
	if (png == NULL)
		return false;
	if (setjmp(src.back) == 0) {
		info = png_create_info_struct(png);
		info_kept = info;
		if (info == NULL)
			longjmp(src.back, 1);
		png_set_user_limits(png, p->w, p->h);
		png_set_chunk_malloc_max(png, CHUNK_MEMORY);
		png_set_read_fn(png, &src, on_read);
		png_read_info(png, info);
		set_forms(png, p);
		png_read_update_info(png, info);
		if (png_get_rowbytes(png, info) == stride) {
			png_read_image(png, rows);
			png_read_end(png, NULL);
			ok = true;
		}
	}
	png = png_kept;
	info = info_kept;
	png_destroy_read_struct(&png, &info, NULL);
	return ok;
}

/* Moves alpha out of the pixels; the samples close up in place. */
static void
split_alpha(unsigned char *px, size_t n, uint32_t comps,
    unsigned char *alpha, struct image *im)
{
	unsigned char all = 255;

	for (size_t i = 0; i < n; i++) {
		const unsigned char *from = px + i * (comps + 1);

		alpha[i] = from[comps];
		all &= alpha[i];
		memmove(px + i * comps, from, comps);
	}
	if (all != 255)
		im->alpha = (str){ (const char *)alpha, n };
}

static bool
decode(struct arena *a, const struct png_file *p, struct image *im,
    struct image_fault *f)
{
	bool has_alpha = p->trns || (p->type & PNG_COLOR_MASK_ALPHA) != 0;
	size_t n = (size_t)p->w * p->h, stride;
	unsigned char *px, *alpha = NULL;
	png_bytep *rows;

	im->comps = (p->type & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
	stride = (size_t)p->w * (im->comps + has_alpha);
	px = ARENA_NEW(a, unsigned char, stride * p->h);
	rows = ARENA_NEW(a, png_bytep, p->h);
	if (has_alpha)
		alpha = ARENA_NEW(a, unsigned char, n);
	for (uint32_t y = 0; y < p->h; y++)
		rows[y] = px + stride * y;
	if (!run_libpng(p, rows, stride))
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "PNG data");
	if (has_alpha)
		split_alpha(px, n, im->comps, alpha, im);
	im->samples = (str){ (const char *)px, n * im->comps };
	return true;
}

bool
image_png_decode(struct arena *a, str b, const struct limits *lim,
    struct image *im, struct image_fault *f)
{
	struct png_file p = { .w = 0 };

	if (!walk(b, ARENA_NEW(a, char, b.n), &p, lim, f) ||
	    !decode(a, &p, im, f))
		return false;
	im->kind = IMAGE_PNG;
	im->w = p.w;
	im->h = p.h;
	im->file = p.clean;
	/* Pixels per metre times 0.0254 are pixels per inch. */
	im->natural_w = image_natural(p.w, (uint64_t)p.ppu_x * 254, 10000);
	im->natural_h = image_natural(p.h, (uint64_t)p.ppu_y * 254, 10000);
	return true;
}
