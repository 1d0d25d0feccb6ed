/*
 * gif.c: the first frame of a GIF, as PNG. giflib reads it record by
 * record, so nothing is allocated by the file's wish: the sides are checked
 * when its header says them, and of later frames only that there are any.
 */
#include <gif_lib.h>

#include "image/image_int.h"

#define EXT_GRAPHICS	0xf9
#define NO_COLOUR	(-1)

struct source { str rest; };

struct frame {
	GifFileType *g;
	struct raster r;	/* the canvas */
	int	 clear;		/* colour that is none; NO_COLOUR */
};

bool
image_gif_is(str b)
{
	return str_starts(b, S("GIF87a")) || str_starts(b, S("GIF89a"));
}

static int
on_read(GifFileType *g, GifByteType *to, int n)
{
	struct source *s = g->UserData;

	if (n <= 0)
		return 0;
	if ((size_t)n > s->rest.n)
		n = (int)s->rest.n;
	if (n > 0)
		memcpy(to, s->rest.p, (size_t)n);
	s->rest = str_from(s->rest, (size_t)n);
	return n;
}

static bool
read_extension(struct frame *f)
{
	GifByteType *d;
	int code;

	if (DGifGetExtension(f->g, &code, &d) == GIF_ERROR)
		return false;
	while (d != NULL) {
		if (code == EXT_GRAPHICS && d[0] >= 4)
			f->clear = (d[1] & 1) != 0 ? d[4] : NO_COLOUR;
		if (DGifGetExtensionNext(f->g, &d) == GIF_ERROR)
			return false;
	}
	return true;
}

/* Stops at the first picture. */
static bool
find_frame(struct frame *f)
{
	GifRecordType t;

	for (;;) {
		if (DGifGetRecordType(f->g, &t) == GIF_ERROR)
			return false;
		if (t == IMAGE_DESC_RECORD_TYPE)
			return DGifGetImageDesc(f->g) != GIF_ERROR;
		if (t != EXTENSION_RECORD_TYPE || !read_extension(f))
			return false;
	}
}

static void
put_row(struct frame *f, const ColorMapObject *map, const GifPixelType *row,
    size_t y)
{
	const GifImageDesc *d = &f->g->Image;
	size_t at = ((size_t)d->Top + y) * f->r.w + (size_t)d->Left;

	for (int x = 0; x < d->Width; x++, at++) {
		int c = row[x];

		if (c == f->clear || c >= map->ColorCount)
			continue;
		f->r.px[at * 3] = map->Colors[c].Red;
		f->r.px[at * 3 + 1] = map->Colors[c].Green;
		f->r.px[at * 3 + 2] = map->Colors[c].Blue;
		f->r.alpha[at] = 255;
	}
}

/* row has room for the frame's width; rows come in four sweeps or one. */
static bool
read_frame(struct frame *f, GifPixelType *row)
{
	static const unsigned first[] = { 0, 4, 2, 1 }, step[] = { 8, 8, 4, 2 };
	const GifImageDesc *d = &f->g->Image;
	const ColorMapObject *map = d->ColorMap != NULL ? d->ColorMap :
	    f->g->SColorMap;
	size_t h = (size_t)d->Height;

	if (map == NULL)
		return false;
	for (unsigned pass = 0; pass < (d->Interlace ? 4 : 1); pass++) {
		size_t by = d->Interlace ? step[pass] : 1;

		for (size_t y = first[pass]; y < h; y += by) {
			if (DGifGetLine(f->g, row, d->Width) == GIF_ERROR)
				return false;
			put_row(f, map, row, y);
		}
	}
	return true;
}

/* Is there another picture? What follows the first may be damaged. */
static bool
more_frames(struct frame *f)
{
	GifRecordType t;

	while (DGifGetRecordType(f->g, &t) != GIF_ERROR &&
	    t != TERMINATE_RECORD_TYPE) {
		if (t == IMAGE_DESC_RECORD_TYPE)
			return true;
		if (t != EXTENSION_RECORD_TYPE || !read_extension(f))
			return false;
	}
	return false;
}

/* The canvas is what the header says, and at least the frame's own end. */
static bool
check_sides(struct frame *f, const struct limits *lim,
    struct image_fault *fault)
{
	const GifImageDesc *d = &f->g->Image;
	int w = f->g->SWidth, h = f->g->SHeight;

	if (d->Left < 0 || d->Top < 0 || d->Width <= 0 || d->Height <= 0)
		return image_fault_set(fault, DIAG_IMAGE_BROKEN, "GIF frame");
	if (d->Left + d->Width > w)
		w = d->Left + d->Width;
	if (d->Top + d->Height > h)
		h = d->Top + d->Height;
	f->r.w = (uint32_t)w;
	f->r.h = (uint32_t)h;
	f->r.comps = 3;
	return image_side_check(f->r.w, f->r.h, lim, fault);
}

/* An opaque picture needs no alpha. */
static void
drop_alpha(struct raster *r)
{
	size_t n = (size_t)r->w * r->h;

	for (size_t i = 0; i < n; i++)
		if (r->alpha[i] != 255)
			return;
	r->alpha = NULL;
}

static bool
decode(struct arena *a, struct frame *f, const struct limits *lim,
    struct image *im, struct image_fault *fault)
{
	size_t n;

	if (!find_frame(f))
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "GIF is cut off or has no picture");
	if (!check_sides(f, lim, fault))
		return false;
	n = (size_t)f->r.w * f->r.h;
	f->r.px = ARENA_NEW(a, unsigned char, n * 3);
	f->r.alpha = ARENA_NEW(a, unsigned char, n);
	if (!read_frame(f, ARENA_NEW(a, GifPixelType, f->g->Image.Width)))
		return image_fault_set(fault, DIAG_IMAGE_BROKEN, "GIF data");
	im->animated = more_frames(f);
	drop_alpha(&f->r);
	if (!image_keep_png(a, &f->r, im))
		return image_fault_set(fault, DIAG_MEMORY_LIMIT, "GIF");
	return true;
}

bool
image_gif_decode(struct arena *a, str b, const struct limits *lim,
    struct image *im, struct image_fault *fault)
{
	struct source src = { b };
	struct frame f = { .clear = NO_COLOUR };
	int err = 0;
	bool ok;

	/* The library believes that a header is there. */
	if (b.n < 13)
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "GIF is cut off");
	f.g = DGifOpen(&src, on_read, &err);
	if (f.g == NULL)
		return image_fault_set(fault, DIAG_IMAGE_BROKEN,
		    "GIF header");
	ok = decode(a, &f, lim, im, fault);
	DGifCloseFile(f.g, &err);
	if (!ok)
		return false;
	im->natural_w = image_natural(im->w, 0, 1);
	im->natural_h = image_natural(im->h, 0, 1);
	return true;
}
