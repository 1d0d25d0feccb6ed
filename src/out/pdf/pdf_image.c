/*
 * pdf_image.c: pictures as image objects, equal ones once. A JPEG goes in
 * as its own (clean) file; samples and alpha are deflated in threads. What
 * is far finer than the pages ask for, where it stands largest, is brought
 * down to that on the way.
 */
#include "out/pdf/pdf_int.h"

/* Pixels may be up to 4/3 of what the resolution asks for. */
#define SPARE_NUM	4
#define SPARE_DEN	3

static bool
same(const struct image *a, const struct image *b)
{
	return a == b || (a->hash == b->hash && a->w == b->w &&
	    a->h == b->h && str_eq(a->file, b->file));
}

/* The largest size at which it stands decides how many pixels it needs. */
static void
note_size(struct pdf *p, uint32_t slot, const struct item *it)
{
	struct pdf_image *im = &p->images.v[slot];

	if (it->as.image.w > im->most_w)
		im->most_w = it->as.image.w;
	if (it->as.image.h > im->most_h)
		im->most_h = it->as.image.h;
}

static void
add_image(struct pdf *p, struct map *seen, const struct image *im)
{
	str key = { (const char *)&im->hash, sizeof(im->hash) };
	uint32_t *found;

	if (p->image_slot[im->index] != PDF_ID_NONE)
		return;
	found = map_find(seen, key);
	if (found == NULL || !same(p->images.v[*found].image, im)) {
		struct pdf_image new = { .image = im };

		found = ARENA_NEW(p->arena, uint32_t, 1);
		*found = (uint32_t)p->images.n;
		VEC_PUSH(p->arena, &p->images, new);
		map_put(seen, key, found);
	}
	p->image_slot[im->index] = *found;
}

static const struct image *
image_at_item(const struct item *it)
{
	return it->kind == ITEM_IMAGE ? it->as.image.image : NULL;
}

/* Pixels for `most` at the pages' resolution, of the n that there are; a
 * third more than enough is left alone. */
static uint32_t
enough(const struct pdf *p, uint32_t n, sp most)
{
	int64_t want = (most * p->pages->image_dpi + SP_PT * 72 - 1) /
	    (SP_PT * 72);

	if (p->pages->image_dpi == 0 || want * SPARE_NUM >= (int64_t)n *
	    SPARE_DEN)
		return n;
	return want > 0 ? (uint32_t)want : 1;
}

static bool
pack_samples(const struct pdf *p, struct pdf_image *im, str samples,
    str alpha)
{
	int level = p->options->level;

	return deflate_add(&im->packed, samples, DEFLATE_ZLIB, level) &&
	    (alpha.n == 0 || deflate_add(&im->mask, alpha, DEFLATE_ZLIB,
	    level));
}

/* In a thread. */
static void
pack_image(void *user, size_t i)
{
	struct pdf *p = user;
	struct pdf_image *im = &p->images.v[i];
	const struct image *from = im->image;
	struct buf samples = { 0 }, alpha = { 0 };

	im->w = enough(p, from->w, im->most_w);
	im->h = enough(p, from->h, im->most_h);
	if (im->w == from->w || im->h == from->h) {
		im->w = from->w;
		im->h = from->h;
		im->failed = from->kind != IMAGE_JPEG && !pack_samples(p, im,
		    from->samples, from->alpha);
		return;
	}
	if (from->kind == IMAGE_JPEG)
		im->failed = !image_scale(from, im->w, im->h, &im->packed,
		    &alpha);
	else
		im->failed = !image_scale(from, im->w, im->h, &samples,
		    &alpha) || !pack_samples(p, im, buf_view(&samples),
		    buf_view(&alpha));
	buf_done(&samples);
	buf_done(&alpha);
}

static void
count_slots(struct pdf *p)
{
	for (size_t i = 0; i < p->pages->n; i++)
		for (size_t j = 0; j < p->pages->v[i].n; j++) {
			const struct image *im =
			    image_at_item(&p->pages->v[i].items[j]);

			if (im != NULL && im->index >= p->nslots)
				p->nslots = (size_t)im->index + 1;
		}
}

bool
pdf_images_plan(struct pdf *p)
{
	struct map *seen = map_new(p->arena);

	count_slots(p);
	p->image_slot = ARENA_NEW(p->arena, uint32_t, p->nslots + 1);
	for (size_t i = 0; i < p->nslots; i++)
		p->image_slot[i] = PDF_ID_NONE;
	for (size_t i = 0; i < p->pages->n; i++)
		for (size_t j = 0; j < p->pages->v[i].n; j++) {
			const struct image *im =
			    image_at_item(&p->pages->v[i].items[j]);

			if (im == NULL)
				continue;
			add_image(p, seen, im);
			note_size(p, p->image_slot[im->index],
			    &p->pages->v[i].items[j]);
		}
	pool_run(p->options->threads, p->images.n, pack_image, p);
	for (size_t i = 0; i < p->images.n; i++)
		if (p->images.v[i].failed)
			p->no_memory = true;
	return !p->no_memory;
}

const struct pdf_image *
pdf_image_of(const struct pdf *p, const struct image *im, uint32_t *slot)
{
	*slot = p->image_slot[im->index];
	return &p->images.v[*slot];
}

static void
put_head(struct buf *b, const struct pdf_image *im, uint32_t comps,
    const char *filter)
{
	buf_printf(b, "/Type/XObject\n/Subtype/Image\n/Width %u\n/Height %u\n"
	    "/ColorSpace/%s\n/BitsPerComponent 8\n/Filter/%s\n",
	    (unsigned)im->w, (unsigned)im->h,
	    comps == 1 ? "DeviceGray" : "DeviceRGB", filter);
}

static void
write_image(struct pdf *p, struct pdf_image *im)
{
	bool jpeg = im->image->kind == IMAGE_JPEG;
	struct pdf_obj *mask = NULL;
	struct buf *b = &p->tmp;

	if (im->mask.n > 0) {
		put_head(b, im, 1, "FlateDecode");
		mask = pdf_stream(p, pdf_body(p), buf_view(&im->mask));
	}
	put_head(b, im, im->image->comps,
	    jpeg ? "DCTDecode" : "FlateDecode");
	if (mask != NULL)
		pdf_key_ref(b, "SMask", mask);
	im->obj = pdf_stream(p, pdf_body(p), im->packed.n == 0 ? im->image->file :
	    buf_view(&im->packed));
}

void
pdf_images_write(struct pdf *p)
{
	for (size_t i = 0; i < p->images.n; i++)
		write_image(p, &p->images.v[i]);
}
