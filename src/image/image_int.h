/*
 * image_int.h: between the store and its decoders. A decoder gets a
 * file's bytes, checks the header against the limits, builds the clean
 * file and decodes it completely; what is wrong comes back as an id and a
 * constant text, since only the store knows the place to blame.
 */
#ifndef IMAGE_IMAGE_INT_H
#define IMAGE_IMAGE_INT_H

#include "image/image.h"

struct image_fault {
	enum diag_id	 id;
	const char	*text;
	uint32_t	 line, column;	/* in the picture's file; 0: none */
};

/* Always false, so that a decoder can return it. */
static inline bool
image_fault_set(struct image_fault *f, enum diag_id id, const char *text)
{
	f->id = id;
	f->text = text;
	return false;
}

static inline uint32_t
image_be16(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 8 | u[1];
}

static inline uint32_t
image_be32(const char *p)
{
	return image_be16(p) << 16 | image_be16(p + 2);
}

/* The sides against the limits; *fault is set where false. */
bool	image_side_check(uint32_t w, uint32_t h, const struct limits *,
	    struct image_fault *);
/* n pixels at `num`/`den` pixels per inch; senseless values: 150 dpi. */
sp	image_natural(uint32_t n, uint64_t num, uint64_t den);

/* ---- samples ---------------------------------------------------------- */

#define IMAGE_QUALITY	92	/* of a JPEG that we write in another's stead */

/* Grey samples in RGB become one component, in place. */
void	image_greys(struct raster *);
/* As EXIF orientation `how` (2..8) says; no alpha. The new samples lie in
 * the room of out. false: no memory. */
bool	image_turn(struct buf *out, struct raster *, unsigned how);
/* Brought down to the sides of `to`; its samples go into px and alpha. */
bool	image_shrink(const struct raster *from, struct raster *to,
	    struct buf *px, struct buf *alpha);
/* A PNG with a palette where colours are few; else *few is false and nothing
 * is written. false: no memory. */
bool	image_palette_encode(struct buf *, const struct raster *, bool *few);
/* A chunk of a PNG file. */
void	image_png_chunk(struct buf *, const char *type, str data);
/* Its signature and header; type: colour type. */
void	image_png_head(struct buf *, uint32_t w, uint32_t h, unsigned depth,
	    unsigned type);
/* Fills in kind, sides, comps and file; of PNG, samples and alpha, which
 * are borrowed. false: no memory. */
bool	image_keep_jpeg(struct arena *, const struct raster *, int quality,
	    struct image *);
bool	image_keep_png(struct arena *, struct raster *, struct image *);

/* Where decoded rows go: all of them, or each into the same place. */
struct image_rows { uint32_t w, h; unsigned char *row; bool whole; };
/*
 * Decodes a whole JPEG at 1/part of its size (1, 2, 4, 8; sides rounded
 * up, as to->w and to->h must say). false: damaged. Thread-safe.
 */
bool	image_jpeg_pixels(str file, unsigned comps, unsigned part,
	    const struct image_rows *to);

/* Sequential and 8-bit, as every reader knows it? */
bool	image_jpeg_baseline(str file);
/* The same coefficients as a baseline file; grey: of the luminance alone.
 * false: it cannot be had, or no memory. */
bool	image_jpeg_again(struct buf *out, str file, bool grey);

/* ---- formats ---------------------------------------------------------- */

bool	image_png_is(str bytes);
bool	image_png_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);
bool	image_jpeg_is(str bytes);
bool	image_jpeg_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);
/* Lossy ones without alpha become JPEG, the others PNG. */
bool	image_webp_is(str bytes);
bool	image_webp_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);
bool	image_gif_is(str bytes);
bool	image_gif_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);
/* What it leaves out is said of `path`, the file's own. */
bool	image_svg_is(str bytes);
bool	image_svg_decode(struct arena *, struct diag *, str path, str bytes,
	    const struct limits *, struct image *, struct image_fault *);

#endif
