/*
 * pdf_image.c: pictures as image objects, equal ones once. A JPEG goes in
 * as its own (clean) file; samples and alpha are deflated in threads.
 */
#include "out/pdf/pdf_int.h"

static bool
same(const struct image *a, const struct image *b)
{
	return a == b || (a->hash == b->hash && a->w == b->w &&
	    a->h == b->h && str_eq(a->file, b->file));
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

static void
deflate_image(void *user, size_t i)
{
	struct pdf *p = user;
	struct pdf_image *im = &p->images.v[i];
	int level = p->options->level;

	if (im->image->kind == IMAGE_JPEG)
		return;
	im->failed = !deflate_add(&im->packed, im->image->samples,
	    DEFLATE_ZLIB, level);
	if (im->image->alpha.n > 0 && !im->failed)
		im->failed = !deflate_add(&im->mask, im->image->alpha,
		    DEFLATE_ZLIB, level);
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

			if (im != NULL)
				add_image(p, seen, im);
		}
	pool_run(p->options->threads, p->images.n, deflate_image, p);
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
put_head(struct buf *b, const struct image *im, uint32_t comps,
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
		put_head(b, im->image, 1, "FlateDecode");
		mask = pdf_stream(p, pdf_body(p), buf_view(&im->mask));
	}
	put_head(b, im->image, im->image->comps,
	    jpeg ? "DCTDecode" : "FlateDecode");
	if (mask != NULL)
		pdf_key_ref(b, "SMask", mask);
	im->obj = pdf_stream(p, pdf_body(p), jpeg ? im->image->file :
	    buf_view(&im->packed));
}

void
pdf_images_write(struct pdf *p)
{
	for (size_t i = 0; i < p->images.n; i++)
		write_image(p, &p->images.v[i]);
}
