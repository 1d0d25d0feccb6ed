/*
 * test_raster.c: formats that are turned into PNG or JPEG, pictures that
 * EXIF turns, inks, and pictures brought down in size.
 */
#include "pictures.h"

#include <gif_lib.h>
#include <jpeglib.h>
#include <webp/encode.h>

static unsigned char px[64 * 64 * 4];

/* Left half red, right half blue; the top row white. */
static void
paint(unsigned w, unsigned h, unsigned comps)
{
	static const unsigned char colors[3][4] = { { 255, 0, 0, 255 },
	    { 0, 0, 255, 255 }, { 255, 255, 255, 0 } };

	for (unsigned y = 0; y < h; y++)
		for (unsigned x = 0; x < w; x++)
			memcpy(px + (y * w + x) * comps,
			    colors[y == 0 ? 2 : x >= w / 2], comps);
}

/* ---- GIF -------------------------------------------------------------- */

static int
gif_out(GifFileType *g, const GifByteType *p, int n)
{
	buf_add(g->UserData, p, (size_t)n);
	return n;
}

/* A 4x4 frame at (x, y) of a canvas of 6x6: rows of colours 0..3. */
static void
make_gif(struct buf *b, int x, int y, bool interlace, int clear)
{
	static const GifColorType c[4] = { { 255, 0, 0 }, { 0, 255, 0 },
	    { 0, 0, 255 }, { 9, 9, 9 } };
	static const int order[] = { 0, 2, 1, 3 };
	ColorMapObject *map = GifMakeMapObject(4, c);
	int err = 0;
	GifFileType *g = EGifOpen(b, gif_out, &err);
	GraphicsControlBlock gcb = { .TransparentColor = clear };
	GifByteType ext[4];

	assert_non_null(g);
	EGifSetGifVersion(g, true);
	EGifPutScreenDesc(g, 6, 6, 2, 0, map);
	EGifGCBToExtension(&gcb, ext);
	EGifPutExtension(g, GRAPHICS_EXT_FUNC_CODE, 4, ext);
	EGifPutImageDesc(g, x, y, 4, 4, interlace, NULL);
	for (int i = 0; i < 4; i++) {
		GifPixelType row[4];

		memset(row, interlace ? order[i] : i, 4);
		EGifPutLine(g, row, 4);
	}
	EGifCloseFile(g, &err);
	GifFreeMapObject(map);
}

static void
test_gif(void **state)
{
	struct pictures p;
	const struct image *im;

	(void)state;
	pictures_open(&p);
	for (int i = 0; i < 2; i++) {
		struct buf b = { 0 };

		make_gif(&b, 1, 2, i == 1, 1);
		im = picture(&p, b.p, b.n);
		assert_non_null(im);
		assert_int_equal(im->kind, IMAGE_PNG);
		assert_int_equal(im->w, 6);
		assert_int_equal(im->h, 6);
		assert_int_equal(alpha(im, 0, 0), 0);	/* off the frame */
		assert_int_equal(alpha(im, 1, 2), 255);
		assert_int_equal(sample(im, 1, 2, 0), 255);
		assert_int_equal(alpha(im, 2, 3), 0);	/* transparent */
		assert_int_equal(sample(im, 4, 4, 2), 255);
		assert_int_equal(sample(im, 4, 5, 0), 9);
		torment(&p, b.p, b.n, 400);
		buf_done(&b);
	}
	pictures_close(&p);
}

static void
test_gif_lies(void **state)
{
	struct pictures p;
	struct buf b = { 0 };

	(void)state;
	pictures_open(&p);
	make_gif(&b, 0, 0, false, -1);
	b.p[6] = b.p[7] = b.p[8] = b.p[9] = (char)0xff;
	assert_null(picture(&p, b.p, b.n));
	assert_int_equal(pictures_said(&p), DIAG_IMAGE_LIMIT);
	assert_null(picture(&p, "GIF89a", 6));
	assert_int_equal(pictures_said(&p), DIAG_IMAGE_BROKEN);
	buf_done(&b);
	pictures_close(&p);
}

/* ---- WebP ------------------------------------------------------------- */

static void
test_webp(void **state)
{
	struct pictures p;
	const struct image *im;
	uint8_t *out;
	size_t n;

	(void)state;
	pictures_open(&p);
	paint(16, 8, 3);
	n = WebPEncodeRGB(px, 16, 8, 48, 80, &out);
	im = picture(&p, out, n);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_JPEG);
	assert_int_equal(im->w, 16);
	assert_int_equal(im->samples.n, 0);
	torment(&p, out, n, 300);
	WebPFree(out);
	n = WebPEncodeLosslessRGB(px, 16, 8, 48, &out);
	im = picture(&p, out, n);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_PNG);
	assert_int_equal(sample(im, 3, 3, 0), 255);
	assert_int_equal(sample(im, 12, 3, 2), 255);
	assert_int_equal(im->alpha.n, 0);
	torment(&p, out, n, 300);
	WebPFree(out);
	paint(16, 8, 4);
	n = WebPEncodeRGBA(px, 16, 8, 64, 80, &out);
	im = picture(&p, out, n);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_PNG);
	assert_int_equal(alpha(im, 0, 0), 0);
	assert_int_equal(alpha(im, 0, 5), 255);
	torment(&p, out, n, 300);
	WebPFree(out);
	pictures_close(&p);
}

static void
put_le(struct buf *b, uint32_t v, unsigned n)
{
	for (; n > 0; n--, v >>= 8)
		buf_char(b, (char)v);
}

/* Two frames, the first of 16x8 at (4, 2) of a canvas of 32x32. */
static void
test_webp_moving(void **state)
{
	struct pictures p;
	const struct image *im;
	struct buf b = { 0 };
	uint8_t *out;
	size_t n;

	(void)state;
	pictures_open(&p);
	paint(16, 8, 3);
	n = WebPEncodeLosslessRGB(px, 16, 8, 48, &out);
	buf_add(&b, "RIFF\0\0\0\0WEBPVP8X", 16);
	put_le(&b, 10, 4);
	put_le(&b, 2, 4);
	put_le(&b, 31, 3);
	put_le(&b, 31, 3);
	for (uint32_t i = 0; i < 2; i++) {
		buf_add(&b, "ANMF", 4);
		put_le(&b, (uint32_t)(16 + n - 12), 4);
		put_le(&b, 2, 3);
		put_le(&b, 1, 3);
		put_le(&b, 15, 3);
		put_le(&b, 7, 3);
		put_le(&b, 0, 4);
		buf_add(&b, out + 12, n - 12);
	}
	im = picture(&p, b.p, b.n);
	assert_non_null(im);
	assert_int_equal(im->w, 32);
	assert_int_equal(im->h, 32);
	assert_int_equal(alpha(im, 3, 3), 0);
	assert_int_equal(alpha(im, 4, 2), 255);
	assert_int_equal(sample(im, 5, 4, 0), 255);
	assert_int_equal(sample(im, 18, 9, 2), 255);
	torment(&p, b.p, b.n, 300);
	memset(b.p + 24, 0xff, 6);		/* the canvas */
	assert_null(picture(&p, b.p, b.n));
	assert_int_equal(pictures_said(&p), DIAG_IMAGE_LIMIT);
	WebPFree(out);
	buf_done(&b);
	pictures_close(&p);
}

/* ---- JPEG ------------------------------------------------------------- */

static size_t
make_jpeg(unsigned char **out, unsigned w, unsigned h, int comps, int turn)
{
	unsigned char exif[] = "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1"
	    "\0\0\0\0\0\0\0\0";
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr e;
	unsigned long n = 0;

	c.err = jpeg_std_error(&e);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, out, &n);
	c.image_width = w;
	c.image_height = h;
	c.input_components = comps;
	c.in_color_space = comps == 4 ? JCS_CMYK : JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, 95, TRUE);
	c.density_unit = 1;
	c.X_density = 100;
	c.Y_density = 200;
	jpeg_start_compress(&c, TRUE);
	exif[25] = (unsigned char)turn;
	if (turn > 0)
		jpeg_write_marker(&c, JPEG_APP0 + 1, exif, 32);
	while (c.next_scanline < h) {
		JSAMPROW row[1] = { px + c.next_scanline * w *
		    (unsigned)comps };

		jpeg_write_scanlines(&c, row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	return n;
}

/* What a JPEG shows, as a PNG of the same store would: by scaling to 1/8. */
static void
seen(const struct image *im, struct buf *out)
{
	struct jpeg_decompress_struct c;
	struct jpeg_error_mgr e;

	memset(&c, 0, sizeof c);
	c.err = jpeg_std_error(&e);
	jpeg_create_decompress(&c);
	jpeg_mem_src(&c, (const unsigned char *)im->file.p, im->file.n);
	jpeg_read_header(&c, TRUE);
	jpeg_start_decompress(&c);
	assert_true(buf_reserve(out, (size_t)im->w * im->h * im->comps));
	while (c.output_scanline < c.output_height) {
		JSAMPROW row[1] = { (unsigned char *)out->p +
		    c.output_scanline * im->w * im->comps };

		jpeg_read_scanlines(&c, row, 1);
	}
	jpeg_finish_decompress(&c);
	jpeg_destroy_decompress(&c);
}

static bool
near(const struct buf *b, const struct image *im, uint32_t x, uint32_t y,
    int r, int g, int bl)
{
	const unsigned char *p = (const unsigned char *)b->p +
	    (y * im->w + x) * 3;

	return abs(p[0] - r) < 40 && abs(p[1] - g) < 40 &&
	    abs(p[2] - bl) < 40;
}

/*
 * Stored: the quarter at the top left is red, the one at the top right
 * green. Where they must be seen for each orientation.
 */
static void
test_turned(void **state)
{
	static const struct { bool side; int rx, ry, gx, gy; } want[9] = {
		{ 0 }, { false, 0, 0, 1, 0 }, { false, 1, 0, 0, 0 },
		{ false, 1, 1, 0, 1 }, { false, 0, 1, 1, 1 },
		{ true, 0, 0, 0, 1 }, { true, 1, 0, 1, 1 },
		{ true, 1, 1, 1, 0 }, { true, 0, 1, 0, 0 } };
	struct pictures p;

	(void)state;
	pictures_open(&p);
	memset(px, 255, sizeof px);
	for (unsigned y = 0; y < 16; y++)
		for (unsigned x = 0; x < 48; x++)
			memcpy(px + (y * 48 + x) * 3, x < 24 ?
			    "\xff\0\0" : "\0\xff\0", 3);
	for (int turn = 1; turn <= 8; turn++) {
		unsigned char *out = NULL;
		size_t n = make_jpeg(&out, 48, 32, 3, turn);
		const struct image *im = picture(&p, out, n);
		struct buf b = { 0 };
		uint32_t w, h;

		assert_non_null(im);
		w = want[turn].side ? 32 : 48;
		h = want[turn].side ? 48 : 32;
		assert_int_equal(im->w, w);
		assert_int_equal(im->h, h);
		assert_int_equal(im->natural_w, w * 72 * SP_PT /
		    (want[turn].side ? 200 : 100));
		assert_int_equal(str_find(im->file, S("Exif")), SIZE_MAX);
		seen(im, &b);
		assert_true(near(&b, im, w / 4 + w / 2 *
		    (uint32_t)want[turn].rx, h / 4 + h / 2 *
		    (uint32_t)want[turn].ry, 255, 0, 0));
		assert_true(near(&b, im, w / 4 + w / 2 *
		    (uint32_t)want[turn].gx, h / 4 + h / 2 *
		    (uint32_t)want[turn].gy, 0, 255, 0));
		buf_done(&b);
		if (turn == 6)
			torment(&p, out, n, 300);
		free(out);
	}
	pictures_close(&p);
}

/* Adobe's inks are stored inverted: 255 is none. */
static void
test_inks(void **state)
{
	struct pictures p;
	unsigned char *out = NULL;
	const struct image *im;
	struct buf b = { 0 };
	size_t n;

	(void)state;
	pictures_open(&p);
	for (unsigned i = 0; i < 32 * 32; i++)
		memcpy(px + i * 4, i % 32 < 16 ? "\xff\xff\xff\xff" :
		    "\xff\xff\xff\0", 4);
	n = make_jpeg(&out, 32, 32, 4, 0);
	im = picture(&p, out, n);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_JPEG);
	assert_int_equal(im->comps, 3);
	seen(im, &b);
	assert_true(near(&b, im, 4, 4, 255, 255, 255));
	assert_true(near(&b, im, 28, 4, 29, 29, 27));
	torment(&p, out, n, 300);
	buf_done(&b);
	free(out);
	pictures_close(&p);
}

/* ---- size ------------------------------------------------------------- */

static void
test_scale(void **state)
{
	char v[16], a[16];
	struct image im = { .kind = IMAGE_PNG, .w = 4, .h = 4, .comps = 1,
	    .samples = { v, 16 } };
	struct buf out = { 0 }, mask = { 0 };

	(void)state;
	for (unsigned i = 0; i < 16; i++) {
		v[i] = (char)((i + i / 4) % 2 ? 255 : 0);
		a[i] = (char)(v[i] == 0 ? 0 : 255);
	}
	/* Half black, half white is half the light, not grey 128. */
	assert_true(image_scale(&im, 2, 2, &out, &mask));
	assert_int_equal(out.n, 4);
	assert_int_equal(mask.n, 0);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal((unsigned char)out.p[i], 180);
	out.n = 0;
	/* Thirds of pixels; nothing is lost at the edges. */
	memset(v, 77, 16);
	assert_true(image_scale(&im, 3, 1, &out, &mask));
	assert_int_equal(out.n, 3);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal((unsigned char)out.p[i], 77);
	out.n = 0;
	/* What is transparent has no colour. */
	im.alpha = (str){ a, 16 };
	for (unsigned i = 0; i < 16; i++)
		v[i] = (char)(a[i] ? 200 : 3);
	assert_true(image_scale(&im, 1, 1, &out, &mask));
	assert_int_equal((unsigned char)out.p[0], 200);
	assert_in_range((unsigned char)mask.p[0], 127, 128);
	buf_done(&out);
	buf_done(&mask);
}

static void
test_scale_jpeg(void **state)
{
	struct pictures p;
	unsigned char *out = NULL;
	struct buf small = { 0 }, again = { 0 }, none = { 0 }, b = { 0 };
	const struct image *im;
	struct image got;
	size_t n;

	(void)state;
	pictures_open(&p);
	paint(64, 64, 3);
	n = make_jpeg(&out, 64, 64, 3, 0);
	im = picture(&p, out, n);
	assert_non_null(im);
	assert_true(image_scale(im, 20, 20, &small, &none));
	assert_true(image_scale(im, 20, 20, &again, &none));
	assert_int_equal(small.n, again.n);
	assert_memory_equal(small.p, again.p, small.n);
	got = *im;
	got.w = got.h = 20;
	got.file = buf_view(&small);
	seen(&got, &b);
	assert_true(near(&b, &got, 4, 10, 255, 0, 0));
	assert_true(near(&b, &got, 15, 10, 0, 0, 255));
	buf_done(&small);
	buf_done(&again);
	buf_done(&b);
	free(out);
	pictures_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gif), cmocka_unit_test(test_gif_lies),
		cmocka_unit_test(test_webp),
		cmocka_unit_test(test_webp_moving),
		cmocka_unit_test(test_turned), cmocka_unit_test(test_inks),
		cmocka_unit_test(test_scale), cmocka_unit_test(test_scale_jpeg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
