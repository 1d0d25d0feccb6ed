/*
 * test_pixels.c: pages and drawings as pixels: everything at its place and in
 * its colour, the same in bands as in one, the same again; work that is more
 * than a picture may take is refused.
 */
#include <stdio.h>

#include <jpeglib.h>

#include "layout/layout.h"
#include "pictures.h"
#include "raster/raster.h"

static struct { struct mem_limit mem; struct arena *a; struct diag *diag;
	struct fontset *fonts; } set;

static uint32_t
at(const struct buf *b, uint32_t w, uint32_t x, uint32_t y)
{
	const unsigned char *v = (const unsigned char *)b->p +
	    ((size_t)y * w + x) * 3;

	return (uint32_t)v[0] << 16 | (uint32_t)v[1] << 8 | v[2];
}

static bool
near(uint32_t a, uint32_t b)
{
	for (int s = 0; s < 24; s += 8)
		if (abs((int)(a >> s & 255) - (int)(b >> s & 255)) > 3)
			return false;
	return true;
}

static struct item
rule(sp x, sp y, sp w, sp h, uint32_t rgb)
{
	return (struct item){ .kind = ITEM_RULE, .x = x * SP_PT, .y = y *
	    SP_PT, .as.rule = { w * SP_PT, h * SP_PT, rgb } };
}

/* ---- pages ------------------------------------------------------------ */

static void
test_rules(void **state)
{
	struct item v[] = { rule(0, 0, 100, 200, 0x112233),
	    rule(10, 20, 30, 150, 0xff8000), rule(50, 50, 20, 0, 0) };
	struct page p = { .w = 100 * SP_PT, .h = 200 * SP_PT, .items = v,
	    .n = 3 };
	struct buf b = { 0 }, again = { 0 }, jpeg = { 0 };

	(void)state;
	assert_true(raster_page(&p, 200, 400, &b));
	assert_int_equal(b.n, 200 * 400 * 3);
	assert_int_equal(at(&b, 200, 0, 0), 0x112233);
	assert_int_equal(at(&b, 200, 199, 399), 0x112233);
	/* Sharp edges, over the ends of bands. */
	for (uint32_t y = 40; y < 340; y++) {
		assert_int_equal(at(&b, 200, 19, y), 0x112233);
		assert_int_equal(at(&b, 200, 20, y), 0xff8000);
		assert_int_equal(at(&b, 200, 79, y), 0xff8000);
		assert_int_equal(at(&b, 200, 80, y), 0x112233);
	}
	assert_int_equal(at(&b, 200, 20, 39), 0x112233);
	assert_int_equal(at(&b, 200, 20, 340), 0x112233);
	/* However thin, a rule is there. */
	assert_int_equal(at(&b, 200, 110, 100), 0);
	assert_int_equal(at(&b, 200, 110, 101), 0x112233);
	assert_true(raster_page(&p, 200, 400, &again));
	assert_int_equal(again.n, b.n);
	assert_memory_equal(again.p, b.p, b.n);
	assert_true(raster_page_jpeg(&p, 200, 400, 90, &jpeg));
	assert_memory_equal(jpeg.p, "\xff\xd8\xff", 3);
	buf_done(&b);
	buf_done(&again);
	buf_done(&jpeg);
}

static void
samples(const struct buf *file, uint32_t w, uint32_t h, struct buf *rgb)
{
	struct jpeg_decompress_struct c;
	struct jpeg_error_mgr e;

	c.err = jpeg_std_error(&e);
	jpeg_create_decompress(&c);
	jpeg_mem_src(&c, (const unsigned char *)file->p, file->n);
	jpeg_read_header(&c, TRUE);
	assert_int_equal(c.image_width, w);
	assert_int_equal(c.image_height, h);
	jpeg_start_decompress(&c);
	assert_true(buf_reserve(rgb, (size_t)w * h * 3));
	while (c.output_scanline < h) {
		JSAMPROW row = (JSAMPROW)(void *)(rgb->p + rgb->n);

		jpeg_read_scanlines(&c, &row, 1);
		rgb->n += (size_t)w * 3;
	}
	jpeg_finish_decompress(&c);
	assert_int_equal(e.num_warnings, 0);
	jpeg_destroy_decompress(&c);
}

/* Tiles or not, a drawn page is the JPEG that its samples make. */
static void
test_jpeg(void **state)
{
	static const uint32_t sides[][2] = { { 640, 520 }, { 640, 16 },
	    { 333, 270 }, { 1, 1 }, { 17, 300 } };
	struct item v[] = { rule(0, 0, 100, 60, 0x112233),
	    rule(10, 70, 33, 9, 0xff8000), rule(50, 90, 50, 31, 0x808080),
	    rule(0, 180, 51, 20, 0x00ff00) };
	struct page p = { .w = 100 * SP_PT, .h = 200 * SP_PT, .items = v,
	    .n = ARRAY_LEN(v) };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		uint32_t w = sides[i][0], h = sides[i][1];
		struct buf rgb = { 0 }, plain = { 0 }, tiled = { 0 };
		struct buf a = { 0 }, b = { 0 };
		struct raster r = { .w = w, .h = h, .comps = 3 };

		assert_true(raster_page(&p, w, h, &rgb));
		r.px = (unsigned char *)rgb.p;
		assert_true(image_jpeg_encode(&plain, &r, 84));
		assert_true(raster_page_jpeg(&p, w, h, 84, &tiled));
		samples(&plain, w, h, &a);
		samples(&tiled, w, h, &b);
		assert_memory_equal(a.p, b.p, a.n);
		buf_done(&rgb);
		buf_done(&plain);
		buf_done(&tiled);
		buf_done(&a);
		buf_done(&b);
	}
}

/* A capital I is a stem: dark in its middle, white beside it. */
static void
test_letters(void **state)
{
	const struct face *f = font_role(set.fonts, FONT_SANS, true, false);
	uint32_t gid = face_glyph(f, 'I');
	sp size = 100 * SP_PT;
	int32_t adv = (int32_t)(face_advance(f, gid) * size / f->upem);
	struct glyph g[2] = { { gid, 0, adv, 0, 0 }, { gid, 1, adv, 0, 0 } };
	struct item it = { .kind = ITEM_RUN, .x = 10 * SP_PT, .y = 130 *
	    SP_PT, .as.run = { .face = f, .size = size, .rgb = 0x800000,
	    .text = S("II"), .g = g, .n = 2 } };
	struct page p = { .w = 200 * SP_PT, .h = 200 * SP_PT, .items = &it,
	    .n = 1 };
	struct buf b = { 0 };
	uint32_t y, first = 10 + (uint32_t)(adv / 2 / SP_PT);
	uint32_t second = first + (uint32_t)(adv / SP_PT);

	(void)state;
	assert_true(raster_page(&p, 200, 200, &b));
	for (y = 70; y < 125; y++) {
		assert_int_equal(at(&b, 200, first, y), 0x800000);
		assert_int_equal(at(&b, 200, second, y), 0x800000);
		assert_int_equal(at(&b, 200, 8, y), 0xffffff);
	}
	assert_int_equal(at(&b, 200, first, 135), 0xffffff);
	assert_int_equal(at(&b, 200, first, 50), 0xffffff);
	assert_int_equal(at(&b, 200, second + 40, 100), 0xffffff);
	buf_done(&b);
}

static void
test_image(void **state)
{
	unsigned char px[4 * 4 * 3], alpha[16];
	struct image im = { .kind = IMAGE_PNG, .w = 4, .h = 4, .comps = 3,
	    .samples = { (char *)px, sizeof px }, .alpha = { (char *)alpha,
	    16 } };
	struct item it = { .kind = ITEM_IMAGE, .x = 10 * SP_PT, .y = 10 *
	    SP_PT, .as.image = { &im, 20 * SP_PT, 20 * SP_PT } };
	struct page p = { .w = 40 * SP_PT, .h = 40 * SP_PT, .items = &it,
	    .n = 1 };
	struct buf b = { 0 };

	(void)state;
	memset(px, 0, sizeof px);
	for (size_t i = 0; i < 16; i++) {
		px[i * 3 + 2] = 200;
		alpha[i] = i < 8 ? 255 : 0;
	}
	assert_true(raster_page(&p, 40, 40, &b));
	assert_true(near(at(&b, 40, 20, 13), 0x0000c8));
	assert_int_equal(at(&b, 40, 20, 27), 0xffffff);
	assert_int_equal(at(&b, 40, 5, 13), 0xffffff);
	buf_done(&b);
}

static void
test_sides(void **state)
{
	struct page p = { .w = SP_PT, .h = SP_PT };
	struct buf b = { 0 };

	(void)state;
	assert_false(raster_page(&p, RASTER_SIDE + 1, 1, &b));
	assert_false(raster_page(&p, 1, RASTER_SIDE + 1, &b));
	assert_false(raster_page(&p, 0, 1, &b));
	assert_true(raster_page(&p, RASTER_SIDE, 1, &b));
	p.w = 0;
	assert_false(raster_page(&p, 1, 1, &b));
	buf_done(&b);
}

/* ---- drawings --------------------------------------------------------- */

static bool
draw(struct pictures *p, const char *svg, uint32_t w, uint32_t h,
    struct buf *out)
{
	const struct image *im = picture(p, svg, strlen(svg));
	struct drawn d = { .image = im };

	assert_non_null(im);
	out->n = 0;
	return raster_drawing(&d, w, h, out);
}

#define HEAD(w, h)	"<svg xmlns='http://www.w3.org/2000/svg' width='" w \
	"' height='" h "'>"

static void
test_drawing(void **state)
{
	struct pictures p;
	struct buf b = { 0 };

	(void)state;
	pictures_open(&p);
	assert_true(draw(&p, HEAD("100", "50")
	    "<rect width='50' height='50' fill='#00f'/>"
	    "<rect x='10' y='10' width='20' height='20' fill='red' "
	    "fill-opacity='.5'/><clipPath id='c'><rect x='60' y='10' "
	    "width='10' height='10'/></clipPath><rect x='50' width='50' "
	    "height='50' fill='#080' clip-path='url(#c)'/>"
	    "<path d='M80 25 h20' stroke='#000' stroke-width='10' "
	    "stroke-dasharray='5'/></svg>", 200, 100, &b));
	assert_int_equal(at(&b, 200, 5, 5), 0x0000ff);
	assert_true(near(at(&b, 200, 40, 40), 0x800080));
	assert_int_equal(at(&b, 200, 130, 30), 0x008800);
	assert_int_equal(at(&b, 200, 110, 30), 0xffffff);
	assert_int_equal(at(&b, 200, 130, 60), 0xffffff);
	assert_int_equal(at(&b, 200, 164, 50), 0);
	assert_int_equal(at(&b, 200, 174, 50), 0xffffff);
	assert_int_equal(at(&b, 200, 184, 50), 0);
	assert_true(draw(&p, HEAD("100", "10") "<linearGradient id='g'>"
	    "<stop offset='0' stop-color='#000'/><stop offset='1' "
	    "stop-color='#fff'/></linearGradient><rect width='100' "
	    "height='10' fill='url(#g)'/></svg>", 100, 10, &b));
	assert_true(near(at(&b, 100, 25, 5), 0x414141));
	assert_true(near(at(&b, 100, 75, 5), 0xc1c1c1));
	buf_done(&b);
	pictures_close(&p);
}

/* Far coordinates, degenerate matrices, dashes without number. */
static void
test_odd(void **state)
{
	static const char *const v[] = {
		"<rect x='-9e6' y='-9e6' width='1.8e7' height='1.8e7'/>",
		"<path d='M-9e6 50 H9e6' stroke='#000' stroke-width='9' "
		    "stroke-dasharray='.0001'/>",
		"<g transform='scale(0)'><rect width='9' height='9' "
		    "stroke='#000'/></g>",
		"<g transform='matrix(1 1 1 1 0 0)'><rect width='9' "
		    "height='9' stroke='#000'/></g>",
		"<circle r='1e6' fill='none' stroke='#000' "
		    "stroke-width='1e6' stroke-dasharray='1 2'/>",
		"<linearGradient id='g' x2='0'><stop/><stop offset='1'/>"
		    "</linearGradient><rect width='9' height='9' "
		    "fill='url(#g)'/>",
		"<radialGradient id='r' r='0'><stop/><stop offset='1'/>"
		    "</radialGradient><rect width='9' height='9' "
		    "fill='url(#r)'/>",
		"<clipPath id='c'/><rect width='9' height='9' "
		    "clip-path='url(#c)'/>",
	};
	struct pictures p;
	struct buf b = { 0 };
	char svg[512];

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		snprintf(svg, sizeof svg, HEAD("100", "100") "%s</svg>", v[i]);
		assert_true(draw(&p, svg, 300, 300, &b));
		if (i == 0)
			assert_int_equal(at(&b, 300, 299, 299), 0);
	}
	buf_done(&b);
	pictures_close(&p);
}

/* What would take minutes is refused in no time. */
static void
test_work(void **state)
{
	struct pictures p;
	struct buf svg = { 0 }, b = { 0 };

	(void)state;
	pictures_open(&p);
	buf_z(&svg, HEAD("100", "100"));
	for (int i = 0; i < 20000; i++)
		buf_z(&svg, "<rect width='100' height='100' "
		    "fill='#fff' fill-opacity='.9'/>");
	buf_z(&svg, "</svg>");
	buf_char(&svg, '\0');
	assert_false(draw(&p, svg.p, 1200, 1600, &b));
	assert_true(draw(&p, svg.p, 100, 100, &b));
	buf_done(&b);
	buf_done(&svg);
	pictures_close(&p);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules), cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_image), cmocka_unit_test(test_sides),
		cmocka_unit_test(test_drawing), cmocka_unit_test(test_odd),
		cmocka_unit_test(test_work),
	};

	set.mem = (struct mem_limit){ 0, (size_t)1 << 30, NULL };
	set.a = arena_new(&set.mem);
	set.diag = diag_new(set.a, srcmap_new(set.a));
	set.fonts = fontset_open(set.a, "fonts", &limits_default, set.diag);
	assert_non_null(set.fonts);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fontset_close(set.fonts);
	arena_free(set.a);
	return failed;
}
