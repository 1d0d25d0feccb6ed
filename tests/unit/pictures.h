/*
 * pictures.h: bytes as a picture file in a temporary folder, loaded as the
 * program does it.
 */
#ifndef TESTS_UNIT_PICTURES_H
#define TESTS_UNIT_PICTURES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "image/image.h"

struct pictures {
	char	 dir[64], file[80];
	struct mem_limit mem;
	struct arena *a;
	struct diag *diag;
	struct root *root;
	struct image_store *store;
};

static inline void
pictures_fresh(struct pictures *p)
{
	int err = 0;

	p->mem = (struct mem_limit){ 0, (size_t)1 << 30, NULL };
	p->a = arena_new(&p->mem);
	p->diag = diag_new(p->a, srcmap_new(p->a));
	p->root = root_open(p->dir, &err);
	assert_non_null(p->root);
	p->store = image_store_new(p->a, p->root, &limits_default, p->diag);
}

static inline void
pictures_drop(struct pictures *p)
{
	root_close(p->root);
	arena_free(p->a);
}

static inline void
pictures_open(struct pictures *p)
{
	strcpy(p->dir, "/tmp/pictures.XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->file, sizeof p->file, "%s/x", p->dir);
	pictures_fresh(p);
}

static inline void
pictures_close(struct pictures *p)
{
	pictures_drop(p);
	unlink(p->file);
	rmdir(p->dir);
}

/* A store of its own for each; NULL after a diagnostic. */
static inline const struct image *
picture(struct pictures *p, const void *bytes, size_t n)
{
	FILE *f = fopen(p->file, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
	pictures_drop(p);
	pictures_fresh(p);
	return image_load(p->store, S("a.md"), S("x"), SPAN_NONE);
}

/* The first diagnostic; DIAG_COUNT: none. */
static inline enum diag_id
pictures_said(const struct pictures *p)
{
	return diag_count(p->diag) > 0 ? diag_at(p->diag, 0).id : DIAG_COUNT;
}

static inline unsigned
sample(const struct image *im, uint32_t x, uint32_t y, uint32_t c)
{
	return (unsigned char)im->samples.p[(y * im->w + x) * im->comps + c];
}

static inline unsigned
alpha(const struct image *im, uint32_t x, uint32_t y)
{
	return (unsigned char)im->alpha.p[y * im->w + x];
}

/* A generator of its own, so that failures come again. */
static inline uint32_t
chance(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*state >> 33);
}

/* Mutants and prefixes: whatever comes of them, it is an image or said. */
static inline void
torment(struct pictures *p, const void *bytes, size_t n, unsigned times)
{
	unsigned char *c = malloc(n + 1);
	uint64_t state = 7;

	for (unsigned i = 0; i < times; i++) {
		size_t len = n;

		memcpy(c, bytes, n);
		for (unsigned k = chance(&state) % 4 + 1; k > 0; k--)
			c[chance(&state) % n] = (unsigned char)chance(&state);
		if (i % 4 == 0)
			len = chance(&state) % n;
		if (picture(p, c, len) == NULL)
			assert_true(diag_failed(p->diag));
	}
	free(c);
}

#endif
