/*
 * test_image.c: the image store on good, cut, damaged, oversized and
 * escaping files, in a temporary folder. Exit status 1: a check failed.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/stat.h>

#include <jpeglib.h>
#include <png.h>

#include "image/image.h"

#define CHECK(x) do {							\
	if (!(x)) {							\
		printf("%s:%d: %s\n", __FILE__, __LINE__, #x);		\
		failures++;						\
	}								\
} while (0)

static int failures;
static char dir[] = "/tmp/test_image.XXXXXX";

static void
put(const char *name, const void *p, size_t n)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
}

/* Loads src in a store of its own; *id: the first diagnostic. */
static bool
load_as(const char *src, enum diag_id *id, struct image *out)
{
	struct mem_limit m = { 0, 256u << 20, NULL };
	struct arena *a = arena_new(&m);
	struct diag *d = diag_new(a, srcmap_new(a));
	int err = 0;
	struct root *r = root_open(dir, &err);
	struct image_store *st = image_store_new(a, r, &limits_default, d);
	const struct image *im;

	im = image_load(st, S("art/a.md"), str_c(src), SPAN_NONE);
	*id = im == NULL && diag_count(d) > 0 ? diag_at(d, 0).id :
	    DIAG_COUNT;
	CHECK((im == NULL) == (diag_count(d) == 1));
	if (im != NULL) {
		CHECK(image_find(st, S("art/a.md"), str_c(src)) == im);
		if (strcmp(src, "x") == 0)
			CHECK(image_load(st, S("a.md"), S("art/x"),
			    SPAN_NONE) == im);
		CHECK(image_count(st) == 1);
		*out = *im;
	}
	root_close(r);
	arena_free(a);
	return im != NULL;
}

static void
expect(const char *src, enum diag_id want)
{
	enum diag_id id;
	struct image im;

	load_as(src, &id, &im);
	if (id != want) {
		printf("%s: %s, not %s\n", src,
		    id < DIAG_COUNT ? diag_name(id) : "ok",
		    want < DIAG_COUNT ? diag_name(want) : "ok");
		failures++;
	}
}

static size_t
make_png(unsigned char *out, size_t max, unsigned w, unsigned h, int form)
{
	static unsigned char px[64 * 64 * 4];
	png_image im;
	png_alloc_size_t n = max;

	memset(&im, 0, sizeof im);
	for (size_t i = 0; i < sizeof px; i++)
		px[i] = (unsigned char)(i * 37);
	im.version = PNG_IMAGE_VERSION;
	im.width = w;
	im.height = h;
	im.format = (png_uint_32)form;
	if (!png_image_write_to_memory(&im, out, &n, 0, px, 0, NULL))
		abort();
	return n;
}

static size_t
make_jpeg(unsigned char **out)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr e;
	unsigned char px[32 * 3];
	JSAMPROW row[1] = { px };
	unsigned long n = 0;

	memset(px, 90, sizeof px);
	c.err = jpeg_std_error(&e);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, out, &n);
	c.image_width = c.image_height = 32;
	c.input_components = 3;
	c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_simple_progression(&c);
	c.density_unit = 1;
	c.X_density = c.Y_density = 72;
	jpeg_start_compress(&c, TRUE);
	jpeg_write_marker(&c, JPEG_COM, (const JOCTET *)"secret", 6);
	while (c.next_scanline < 32)
		jpeg_write_scanlines(&c, row, 1);
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	return n;
}

/* Cut at every length it must fail; with a flipped byte, not crash. */
static void
torture(const unsigned char *p, size_t n, bool png)
{
	unsigned char *c = malloc(n);
	enum diag_id id;
	struct image im;

	for (size_t i = 0; i < n; i++) {
		put("art/x", p, i);
		CHECK(!load_as("x", &id, &im));
	}
	for (size_t i = 0; i < n; i++) {
		memcpy(c, p, n);
		c[i] ^= 0x55;
		put("art/x", c, n);
		if (load_as("x", &id, &im))
			CHECK(!png);
	}
	free(c);
}

static void
test_png(void)
{
	static unsigned char b[65536];
	const int forms[] = { PNG_FORMAT_GRAY, PNG_FORMAT_GA,
	    PNG_FORMAT_RGB, PNG_FORMAT_RGBA };
	enum diag_id id;
	struct image im;
	size_t n;

	for (size_t i = 0; i < 4; i++) {
		n = make_png(b, sizeof b - 9, 7, 5, forms[i]);
		memcpy(b + n, "trailing!", 9);
		put("art/x", b, n + 9);
		CHECK(load_as("x", &id, &im));
		CHECK(im.w == 7 && im.h == 5 && im.kind == IMAGE_PNG);
		CHECK(im.comps == (i < 2 ? 1 : 3));
		CHECK(im.samples.n == 35 * im.comps);
		CHECK(im.alpha.n == (i % 2 ? 35 : 0));
		CHECK(im.file.n <= n);
		CHECK(im.natural_w == 7 * 72 * SP_PT / 150);
	}
	n = make_png(b, sizeof b, 7, 5, PNG_FORMAT_RGBA);
	torture(b, n, true);
	b[18] = 0xea;			/* 60,000 wide, checksum renewed */
	b[19] = 0x60;
	n = crc32_of(b + 12, 17);
	for (int i = 0; i < 4; i++)
		b[29 + i] = (unsigned char)(n >> (24 - 8 * i));
	put("art/wide.png", b, 200);
	expect("wide.png", DIAG_IMAGE_LIMIT);
}

static void
test_jpeg(void)
{
	unsigned char *p = NULL;
	enum diag_id id;
	struct image im;
	size_t n = make_jpeg(&p);

	put("art/x", p, n);
	put("art/wrong.png", p, n);
	CHECK(load_as("wrong.png", &id, &im) && im.kind == IMAGE_JPEG);
	CHECK(im.natural_w == 32 * SP_PT && im.comps == 3);
	CHECK(im.file.n == n - 10 && im.samples.n == 0);
	torture(p, n, false);
	put("art/x", p, n);
	free(p);
}

int
main(void)
{
	char art[64];

	if (mkdtemp(dir) == NULL)
		return 2;
	snprintf(art, sizeof art, "%s/art", dir);
	mkdir(art, 0755);
	test_png();
	test_jpeg();
	put("art/t.png", "GIF89a..", 8);
	put("art/e.png", "", 0);
	expect("t.png", DIAG_IMAGE_BROKEN);
	put("art/b.png", "BM......", 8);
	expect("b.png", DIAG_IMAGE_KIND);
	expect("e.png", DIAG_IMAGE_BROKEN);
	expect("none.png", DIAG_IMAGE_MISSING);
	expect("", DIAG_IMAGE_MISSING);
	expect("%zz", DIAG_IMAGE_MISSING);
	expect("http://h/x.png", DIAG_IMAGE_REMOTE);
	expect("data:image/png;base64,", DIAG_IMAGE_REMOTE);
	expect("//h/x.png", DIAG_IMAGE_REMOTE);
	expect("/etc/passwd", DIAG_IMAGE_OUTSIDE);
	expect("%2Fetc/passwd", DIAG_IMAGE_OUTSIDE);
	expect("../../etc/passwd", DIAG_IMAGE_OUTSIDE);
	expect("%2e%2e/%2e%2e/x", DIAG_IMAGE_OUTSIDE);
	expect("../art/%78", DIAG_COUNT);
	strcat(art, "/link");
	if (symlink("/etc/passwd", art) == 0)
		expect("link", DIAG_IMAGE_OUTSIDE);
	printf("test_image: %d failures\n", failures);
	return failures != 0;
}
