/*
 * image_int.h: between the store and its two decoders. A decoder gets a
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

bool	image_png_is(str bytes);
bool	image_png_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);
bool	image_jpeg_is(str bytes);
bool	image_jpeg_decode(struct arena *, str bytes, const struct limits *,
	    struct image *, struct image_fault *);

#endif
