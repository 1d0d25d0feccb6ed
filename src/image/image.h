/*
 * image.h: pictures, fully decoded once before anyone may use them, and
 * kept in the two forms that the outputs need: a clean file (metadata and
 * trailing data stripped, or written anew) and decoded samples or, of an
 * SVG, a drawing. Nothing undecoded passes.
 */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/base.h"
#include "base/limits.h"
#include "diag/diag.h"
#include "image/drawing.h"

enum image_kind { IMAGE_PNG, IMAGE_JPEG, IMAGE_SVG };

struct image {
	enum image_kind	 kind;		/* of `file` */
	uint32_t	 index;		/* in its store, 0.. */
	uint32_t	 w, h;		/* [px] upright */
	uint32_t	 comps;		/* of samples/JPEG: 1 grey, 3 RGB */
	sp		 natural_w, natural_h;	/* at the file's own dpi, or
					   at 150 dpi where it says none */
	str		 file;		/* clean PNG, JPEG or SVG: for EPUB,
					   and for PDF where kind is JPEG */
	str		 samples;	/* w*h*comps bytes, top row first;
					   of PNG only */
	str		 alpha;		/* w*h bytes, or empty: opaque */
	bool		 animated;	/* there were more, it is the first */
	const struct drawing *drawing;	/* of SVG, else NULL */
	uint64_t	 hash;		/* of `file`: equal images once */
};

struct image_store;
/* Borrows root (the content folder). */
struct image_store *image_store_new(struct arena *, const struct root *,
	    const struct limits *, struct diag *);
/*
 * Loads what `src` (as written) means in the article at `path`. Schemes,
 * absolute paths, ".." beyond the root, percent-encoding (decoded once) and
 * symlinks out of the root are refused with their diagnostic at `at`; a
 * second load of the same file returns the first. NULL after a diagnostic.
 * The kind is told from the bytes, never from the name.
 */
const struct image *image_load(struct image_store *, str path, str src,
	    span at);
/* The loaded one, or NULL where loading failed or never happened. */
const struct image *image_find(const struct image_store *, str path,
	    str src);
size_t	image_count(const struct image_store *);
const struct image *image_at(const struct image_store *, size_t i);
/*
 * A PNG or JPEG brought down to w x h pixels (none more than it has):
 * appends to out the samples (PNG; to alpha its alpha, where it has one) or
 * a JPEG file. Takes no arena memory: runs in threads. false: no memory.
 */
bool	image_scale(const struct image *, uint32_t w, uint32_t h,
	    struct buf *out, struct buf *alpha);

/* ---- samples and files of ours; threads may make them ------------------ */

struct raster {
	uint32_t w, h, comps;	/* 1 grey, 3 RGB; read from JPEG: 4 inks */
	unsigned char *px;	/* w * h * comps, top row first */
	unsigned char *alpha;	/* w * h, or NULL: opaque */
};
/*
 * Samples of a PNG or JPEG with the sides of `to` (none more than it has),
 * in the room of px and alpha, which are empty before. false: no memory.
 */
bool	image_pixels(const struct image *, bool grey, struct raster *to,
	    struct buf *px, struct buf *alpha);
/* All append a file; false: no memory. Of at most 256 colours and without
 * alpha, PNG has a palette. */
bool	image_png_encode(struct buf *, const struct raster *);
bool	image_jpeg_encode(struct buf *, const struct raster *, int quality);

/* Rows of words 0x00RRGGBB, asked for one after the other; the 16 from a
 * multiple of 16 on stay together. */
struct image_words {
	uint32_t w, h;
	const unsigned char *(*row)(void *user, uint32_t y);
	void	*user;
};
/* Appends a file, quickly rather than as small as can be. */
bool	image_jpeg_from_words(struct buf *, const struct image_words *,
	    int quality);

/* What e-readers that are no browsers can show: no more pixels than that, in
 * greys if asked, opaque, neither progressive nor interlaced. */
struct image_form { uint32_t w, h; uint64_t pixels; bool grey; };
struct image_copy {
	enum image_kind	 kind;		/* PNG or JPEG */
	uint32_t	 w, h;
	struct buf	 file;		/* empty: the picture's own will do */
};
/* A PNG or JPEG in that form; false: no memory. Owner: buf_done(&file). */
bool	image_for_readers(const struct image *, const struct image_form *,
	    struct image_copy *);

#endif
