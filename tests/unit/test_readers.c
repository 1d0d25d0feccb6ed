/*
 * test_readers.c: pictures in the form that e-readers can show: sequential,
 * 8-bit, opaque, not too large, and no worse than they were.
 */
#include "pictures.h"

#include <jpeglib.h>
#include <png.h>

static const struct image_form screen = { 1600, 2560, 5600000, false };
static const struct image_form eink = { 1264, 1680, 5600000, true };
static unsigned char px[256 * 256 * 4];

static void
noise(size_t n)
{
	uint64_t state = 3;

	for (size_t i = 0; i < n; i++)
		px[i] = (unsigned char)chance(&state);
}

/* ---- files ------------------------------------------------------------ */

static void
on_write(png_structp png, png_bytep p, png_size_t n)
{
	buf_add(png_get_io_ptr(png), p, n);
}

static void
on_flush(png_structp png)
{
	(void)png;
}

struct form { int depth, type, interlace; unsigned parts; };

static void
make_png(struct buf *b, uint32_t w, uint32_t h, struct form f)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
	    NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_bytep rows[256];

	for (uint32_t y = 0; y < h; y++)
		rows[y] = px + (size_t)y * w * f.parts;
	png_set_write_fn(png, b, on_write, on_flush);
	png_set_IHDR(png, info, w, h, f.depth, f.type, f.interlace, 0, 0);
	png_set_compression_level(png, 0);
	png_write_info(png, info);
	png_write_image(png, rows);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
}

static size_t
make_jpeg(unsigned char **out, unsigned w, unsigned h, bool progressive)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr e;
	unsigned long n = 0;

	c.err = jpeg_std_error(&e);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, out, &n);
	c.image_width = w;
	c.image_height = h;
	c.input_components = 3;
	c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, 95, TRUE);
	if (progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	while (c.next_scanline < h) {
		JSAMPROW row[1] = { px + c.next_scanline * w * 3 };

		jpeg_write_scanlines(&c, row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	return n;
}

/* Decoded again; the copy's file, or the picture's own. */
static const struct image *
again(struct pictures *p, const struct image *im, struct image_copy *c)
{
	str s = c->file.n > 0 ? buf_view(&c->file) : im->file;
	const struct image *got = picture(p, s.p, s.n);

	assert_non_null(got);
	assert_int_equal(got->kind, c->kind);
	assert_int_equal(got->w, c->w);
	assert_int_equal(got->h, c->h);
	assert_int_equal(got->alpha.n, 0);
	return got;
}

static unsigned
png_byte_at(const struct image_copy *c, size_t i)
{
	return (unsigned char)c->file.p[i];
}

static void
samples(const struct image *im, struct buf *px_out, bool grey)
{
	struct raster r = { .w = im->w, .h = im->h };
	struct buf none = { 0 };

	assert_true(image_pixels(im, grey, &r, px_out, &none));
	px_out->n = (size_t)r.w * r.h * r.comps;
	buf_done(&none);
}

/* ---- JPEG ------------------------------------------------------------- */

/* The same samples, whether progressive or not; baseline ones stay. */
static void
test_jpeg(void **state)
{
	struct pictures p;

	(void)state;
	pictures_open(&p);
	noise(sizeof px);
	for (int i = 0; i < 4; i++) {
		const struct image_form *f = i < 2 ? &screen : &eink;
		unsigned char *out = NULL;
		size_t n = make_jpeg(&out, 50, 30, i % 2 == 1);
		struct buf was = { 0 }, is = { 0 };
		struct image_copy c;
		const struct image *im = picture(&p, out, n);

		assert_non_null(im);
		samples(im, &was, f->grey);
		assert_true(image_for_readers(im, f, &c));
		assert_int_equal(c.kind, IMAGE_JPEG);
		assert_int_equal(c.file.n == 0, i == 0);
		if (i > 0)
			assert_int_equal(str_find(buf_view(&c.file),
			    S("\xff\xc2")), SIZE_MAX);
		im = again(&p, im, &c);
		assert_int_equal(im->comps, f->grey ? 1 : 3);
		samples(im, &is, false);
		assert_int_equal(is.n, was.n);
		assert_memory_equal(is.p, was.p, is.n);
		buf_done(&was);
		buf_done(&is);
		buf_done(&c.file);
		free(out);
	}
	pictures_close(&p);
}

/* ---- PNG -------------------------------------------------------------- */

/* 16 bits and interlaced: flat ones stay PNG. */
static void
test_deep(void **state)
{
	struct pictures p;
	struct buf b = { 0 };
	struct image_copy c;
	const struct image *im;

	(void)state;
	pictures_open(&p);
	memset(px, 0x7f, sizeof px);
	make_png(&b, 40, 40, (struct form){ 16, PNG_COLOR_TYPE_RGB,
	    PNG_INTERLACE_ADAM7, 6 });
	im = picture(&p, b.p, b.n);
	assert_non_null(im);
	assert_true(image_for_readers(im, &screen, &c));
	assert_int_equal(c.kind, IMAGE_PNG);
	assert_true(c.file.n > 0);
	assert_in_range(png_byte_at(&c, 24), 1, 8);	/* depth */
	assert_int_equal(png_byte_at(&c, 28), 0);	/* interlace */
	im = again(&p, im, &c);
	assert_int_equal(sample(im, 20, 20, 0), 0x7f);
	buf_done(&c.file);
	buf_done(&b);
	pictures_close(&p);
}

/* On white; half of a colour is half of it. */
static void
test_alpha(void **state)
{
	struct pictures p;
	struct buf b = { 0 };
	struct image_copy c;
	const struct image *im;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < 32 * 32; i++)
		memcpy(px + i * 4, i < 32 * 16 ? "\xff\0\0\0" :
		    "\0\0\xff\x80", 4);
	make_png(&b, 32, 32, (struct form){ 8, PNG_COLOR_TYPE_RGBA, 0, 4 });
	im = picture(&p, b.p, b.n);
	assert_non_null(im);
	assert_true(image_for_readers(im, &screen, &c));
	im = again(&p, im, &c);
	assert_int_equal(png_byte_at(&c, 25), 3);	/* palette */
	assert_int_equal(png_byte_at(&c, 24), 1);
	assert_int_equal(sample(im, 3, 3, 1), 255);
	assert_int_equal(sample(im, 3, 30, 0), 127);
	assert_int_equal(sample(im, 3, 30, 2), 255);
	buf_done(&c.file);
	buf_done(&b);
	pictures_close(&p);
}

/* Photographs become JPEG, lines PNG, of as many colours as there are. */
static void
test_kinds(void **state)
{
	static const struct { unsigned colours; enum image_kind kind; unsigned
	    depth; } v[] = { { 2, IMAGE_PNG, 1 }, { 4, IMAGE_PNG, 2 },
		{ 16, IMAGE_PNG, 4 }, { 256, IMAGE_PNG, 8 },
		{ 5000, IMAGE_JPEG, 0 } };
	struct pictures p;
	uint64_t seed = 5;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		struct buf b = { 0 };
		struct image_copy c;
		const struct image *im;

		for (unsigned k = 0; k < 100 * 100; k++) {
			unsigned x = chance(&seed) % v[i].colours;

			px[k * 3] = (unsigned char)(x * 7);
			px[k * 3 + 1] = (unsigned char)x;
			px[k * 3 + 2] = (unsigned char)(x >> 8);
		}
		make_png(&b, 100, 100, (struct form){ 8, PNG_COLOR_TYPE_RGB, 0,
		    3 });
		im = picture(&p, b.p, b.n);
		assert_non_null(im);
		assert_true(image_for_readers(im, &screen, &c));
		assert_int_equal(c.kind, v[i].kind);
		if (c.kind == IMAGE_PNG) {
			assert_int_equal(png_byte_at(&c, 24), v[i].depth);
			im = again(&p, im, &c);
			assert_memory_equal(im->samples.p, px, 30000);
		}
		buf_done(&c.file);
		buf_done(&b);
	}
	pictures_close(&p);
}

/* One that is fine and no larger than ours stays byte for byte. */
static void
test_kept(void **state)
{
	struct pictures p;
	struct buf b = { 0 };
	struct image_copy c;
	const struct image *im;

	(void)state;
	pictures_open(&p);
	memset(px, 9, sizeof px);
	make_png(&b, 64, 64, (struct form){ 8, PNG_COLOR_TYPE_RGB, 0, 3 });
	im = picture(&p, b.p, b.n);
	assert_non_null(im);
	assert_true(image_for_readers(im, &screen, &c));
	assert_true(c.file.n > 0 && c.file.n < b.n);
	buf_done(&b);
	buf_add(&b, c.file.p, c.file.n);
	buf_done(&c.file);
	im = picture(&p, b.p, b.n);
	assert_non_null(im);
	assert_true(image_for_readers(im, &screen, &c));
	assert_int_equal(c.file.n, 0);
	buf_done(&b);
	pictures_close(&p);
}

/* ---- size ------------------------------------------------------------- */

static void
test_sides(void **state)
{
	static const struct { uint32_t w, h; struct image_form f; uint32_t
	    want_w, want_h; } v[] = {
		{ 200, 100, { 100, 100, 99999, 0 }, 100, 50 },
		{ 100, 200, { 100, 100, 99999, 0 }, 50, 100 },
		{ 100, 200, { 100, 200, 20000, 0 }, 100, 200 },
		{ 100, 200, { UINT32_MAX, UINT32_MAX, 5000, 0 }, 50, 100 },
		{ 256, 1, { 10, 10, 99999, 0 }, 10, 1 },
		{ 256, 256, { 9999, 9999, 1, 0 }, 1, 1 },
		{ 256, 2, { 9999, 9999, 7, 0 }, 7, 1 },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	noise(sizeof px);
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		struct buf b = { 0 };
		struct image_copy c;
		const struct image *im;

		make_png(&b, v[i].w, v[i].h, (struct form){ 8,
		    PNG_COLOR_TYPE_RGB, 0, 3 });
		im = picture(&p, b.p, b.n);
		assert_non_null(im);
		assert_true(image_for_readers(im, &v[i].f, &c));
		assert_int_equal(c.w, v[i].want_w);
		assert_true(c.h == v[i].want_h && (uint64_t)c.w * c.h <=
		    v[i].f.pixels);
		again(&p, im, &c);
		buf_done(&c.file);
		buf_done(&b);
	}
	pictures_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jpeg), cmocka_unit_test(test_deep),
		cmocka_unit_test(test_alpha), cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_kept), cmocka_unit_test(test_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
