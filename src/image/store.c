/*
 * store.c: finds, reads and keeps pictures. A source as written is decoded
 * once, joined with the article's folder and read below the content root;
 * the result, picture or fault, is kept by resolved path, so that a file
 * is decoded once however often it is used, and by (article, source), so
 * that later stages find it again without knowing about paths.
 */
#include "image/image_int.h"

#define DEFAULT_DPI	150
#define DPI_MIN		10
#define DPI_MAX		10000

struct entry {
	const struct image *image;	/* NULL: fault */
	struct image_fault fault;
	bool	 told;			/* of what it has lost */
};

struct image_store {
	struct arena		*arena;
	const struct root	*root;
	const struct limits	*limits;
	struct diag		*diag;
	struct map		*files;		/* path -> struct entry */
	struct map		*articles;	/* path -> map src -> image */
	VEC(const struct image *) images;
};

struct image_store *
image_store_new(struct arena *a, const struct root *root,
    const struct limits *limits, struct diag *diag)
{
	struct image_store *st = ARENA_NEW(a, struct image_store, 1);

	st->arena = a;
	st->root = root;
	st->limits = limits;
	st->diag = diag;
	st->files = map_new(a);
	st->articles = map_new(a);
	return st;
}

bool
image_side_check(uint32_t w, uint32_t h, const struct limits *lim,
    struct image_fault *f)
{
	if (w == 0 || h == 0)
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "no pixels");
	if (w > lim->image_side || h > lim->image_side)
		return image_fault_set(f, DIAG_IMAGE_LIMIT,
		    "a side has too many pixels");
	if ((uint64_t)w * h > lim->image_pixels)
		return image_fault_set(f, DIAG_IMAGE_LIMIT,
		    "too many pixels");
	return true;
}

sp
image_natural(uint32_t n, uint64_t num, uint64_t den)
{
	if (den == 0 || num < DPI_MIN * den || num > DPI_MAX * den) {
		num = DEFAULT_DPI;
		den = 1;
	}
	return (sp)((uint64_t)n * 72 * (uint64_t)SP_PT * den / num);
}

static bool
has_scheme(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], low = (char)(c | 0x20);

		if (c == ':')
			return i > 0;
		if (low >= 'a' && low <= 'z')
			continue;
		if (i == 0 || !((c >= '0' && c <= '9') || c == '+' ||
		    c == '-' || c == '.'))
			return false;
	}
	return false;
}

/* The path below the root that src means; false: *f says why not. */
static bool
resolve(struct arena *a, str path, str src, str *out, struct image_fault *f)
{
	str plain;

	if (src.n == 0)
		return image_fault_set(f, DIAG_IMAGE_MISSING, "empty path");
	if (has_scheme(src) || str_starts(src, S("//")))
		return image_fault_set(f, DIAG_IMAGE_REMOTE, "");
	if (!path_decode(a, src, &plain))
		return image_fault_set(f, DIAG_IMAGE_MISSING,
		    "malformed percent escape");
	if (str_starts(plain, S("/")))
		return image_fault_set(f, DIAG_IMAGE_OUTSIDE,
		    "absolute path");
	if (!path_join(a, path, plain, out))
		return image_fault_set(f, DIAG_IMAGE_OUTSIDE, "");
	return true;
}

static bool
fault_of_file(enum file_err e, struct image_fault *f)
{
	switch (e) {
	case FILE_OK:
		return true;
	case FILE_OUTSIDE:
		return image_fault_set(f, DIAG_IMAGE_OUTSIDE, "");
	case FILE_TOO_BIG:
		return image_fault_set(f, DIAG_IMAGE_LIMIT,
		    file_err_text(e));
	case FILE_DENIED:
	case FILE_IO:
		return image_fault_set(f, DIAG_IO_READ, file_err_text(e));
	case FILE_NO_MEMORY:
		return image_fault_set(f, DIAG_MEMORY_LIMIT,
		    file_err_text(e));
	case FILE_MISSING:
	case FILE_IRREGULAR:
	case FILE_NAME:
		break;
	}
	return image_fault_set(f, DIAG_IMAGE_MISSING, file_err_text(e));
}

/* Names what people do try, so that they need not guess. */
static bool
fault_of_kind(str b, struct image_fault *f)
{
	const char *text = "neither PNG, JPEG, WebP, GIF nor SVG";

	if (b.n == 0)
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "empty file");
	if (b.n > 12 && memcmp(b.p + 4, "ftyp", 4) == 0)
		text = "AVIF or HEIC; convert it to JPEG";
	else if (str_starts(b, S("II*")) || str_starts(b, S("MM")))
		text = "TIFF; convert it to PNG or JPEG";
	else if (str_starts(b, S("BM")))
		text = "BMP; convert it to PNG";
	else if (str_starts(b, S("%PDF")))
		text = "PDF; convert it to SVG";
	return image_fault_set(f, DIAG_IMAGE_KIND, text);
}

static bool
decode(struct image_store *st, str rel, struct image *im,
    struct image_fault *f)
{
	str bytes = { NULL, 0 };

	if (!fault_of_file(root_read(st->root, rel, st->limits->image_bytes,
	    st->arena, &bytes), f))
		return false;
	if (image_png_is(bytes))
		return image_png_decode(st->arena, bytes, st->limits, im, f);
	if (image_jpeg_is(bytes))
		return image_jpeg_decode(st->arena, bytes, st->limits, im, f);
	if (image_webp_is(bytes))
		return image_webp_decode(st->arena, bytes, st->limits, im, f);
	if (image_gif_is(bytes))
		return image_gif_decode(st->arena, bytes, st->limits, im, f);
	if (image_svg_is(bytes))
		return image_svg_decode(st->arena, st->diag, rel, bytes,
		    st->limits, im, f);
	return fault_of_kind(bytes, f);
}

/* A failed picture's bytes are of no more use: its memory goes back. */
static struct entry *
entry_for(struct image_store *st, str rel)
{
	struct entry *e = map_find(st->files, rel);
	struct image *im;
	struct arena_mark mark;

	if (e != NULL)
		return e;
	e = ARENA_NEW(st->arena, struct entry, 1);
	im = ARENA_NEW(st->arena, struct image, 1);
	mark = arena_mark(st->arena);
	if (decode(st, rel, im, &e->fault)) {
		im->hash = str_hash(im->file);
		im->index = (uint32_t)st->images.n;
		e->image = im;
		VEC_PUSH(st->arena, &st->images, im);
	} else
		arena_release(st->arena, mark);
	map_put(st->files, rel, e);
	return e;
}

static void
remember(struct image_store *st, str path, str src, const struct image *im)
{
	struct map *m = map_find(st->articles, path);

	if (m == NULL) {
		m = map_new(st->arena);
		map_put(st->articles, arena_str(st->arena, path), m);
	}
	map_put(m, arena_str(st->arena, src), (void *)(uintptr_t)im);
}

const struct image *
image_load(struct image_store *st, str path, str src, span at)
{
	const struct image *im = image_find(st, path, src);
	struct image_fault f = { DIAG_IMAGE_MISSING, "", 0, 0 };
	struct entry *e;
	str rel;

	if (im != NULL)
		return im;
	if (resolve(st->arena, path, src, &rel, &f)) {
		e = entry_for(st, rel);
		if (e->image != NULL) {
			if (e->image->animated && !e->told)
				diag_add(st->diag, DIAG_IMAGE_ANIMATED, at,
				    "%.*s: the first picture is kept",
				    STR_ARG(src));
			e->told = true;
			remember(st, path, src, e->image);
			return e->image;
		}
		f = e->fault;
	}
	if (f.line != 0)
		diag_add(st->diag, f.id, at, "%.*s:%u:%u: %s", STR_ARG(src),
		    f.line, f.column, f.text);
	else if (f.text[0] != '\0')
		diag_add(st->diag, f.id, at, "%.*s: %s", STR_ARG(src),
		    f.text);
	else
		diag_add(st->diag, f.id, at, "%.*s", STR_ARG(src));
	return NULL;
}

const struct image *
image_find(const struct image_store *st, str path, str src)
{
	const struct map *m = map_find(st->articles, path);

	return m == NULL ? NULL : map_find(m, src);
}

size_t
image_count(const struct image_store *st)
{
	return st->images.n;
}

const struct image *
image_at(const struct image_store *st, size_t i)
{
	INVARIANT(i < st->images.n);
	return st->images.v[i];
}
