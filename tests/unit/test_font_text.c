/*
 * test_font_text.c: faces cut down to a text, for e-books: in each script the
 * subset shapes the text as the whole face does, is small, keeps its licence
 * and comes out the same twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <hb-ot.h>

#include "font/font.h"

struct fix {
	struct mem_limit mem;
	struct arena	*a;
	struct fontset	*fs;
};

static const struct { const char *lang, *text; size_t most; } texts[] = {
	{ "hi", "राष्ट्रीय क्षेत्र में प्रौद्योगिकी की श्रृंखला, वृद्धि।", 90000 },
	{ "bn", "রাষ্ট্রীয় ক্ষেত্রে প্রযুক্তির শৃঙ্খলা", 90000 },
	{ "ta", "தொழில்நுட்பம் வளர்ச்சி ஸ்ரீ", 30000 },
	{ "te", "సాంకేతిక క్షేత్రంలో రాష్ట్ర ప్రగతి", 70000 },
	{ "ml", "സാങ്കേതിക രംഗത്തെ രാഷ്ട്ര പുരോഗതി", 60000 },
	{ "ur", "قومی ٹیکنالوجی کی ترقی لا اله", 40000 },
	{ "th", "เทคโนโลยีแห่งชาติก้าวหน้าที่สุด", 20000 },
	{ "ja", "国際技術の進歩、そして課題", 60000 },
};

/* The face of the text's first character, and the characters that it has. */
static const struct face *
characters(struct fix *f, str text, str lang, uint32_t *cps, size_t *n)
{
	const struct face *face = NULL;
	size_t i = 0;
	uint32_t cp;

	*n = 0;
	while (i < text.n) {
		cp = utf8_next(text, &i);
		if (face == NULL)
			face = font_for(f->fs, FONT_SERIF, false, false, cp,
			    lang);
		assert_non_null(face);
		assert_true(*n < 256);
		if (face_glyph(face, cp) != 0)
			cps[(*n)++] = cp;
	}
	return face;
}

static hb_buffer_t *
shape(hb_font_t *font, const char *text)
{
	hb_buffer_t *b = hb_buffer_create();

	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(b);
	hb_shape(font, b, NULL, 0);
	return b;
}

/* Glyph ids differ; where each stands and how wide it is must not. */
static void
check_shape(const struct face *face, str file, const char *text)
{
	hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n,
	    HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *sub = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(sub);
	hb_buffer_t *x = shape(face->hbfont, text), *y = shape(font, text);
	unsigned n, m, i;
	hb_glyph_position_t *p = hb_buffer_get_glyph_positions(x, &n);
	hb_glyph_position_t *q = hb_buffer_get_glyph_positions(y, &m);
	hb_glyph_info_t *g = hb_buffer_get_glyph_infos(x, NULL);
	hb_glyph_info_t *h = hb_buffer_get_glyph_infos(y, NULL);

	if (n != m)
		fail_msg("%s: %u glyphs, were %u", text, m, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(g[i].cluster, h[i].cluster);
		assert_int_equal(p[i].x_advance, q[i].x_advance);
		assert_int_equal(p[i].x_offset, q[i].x_offset);
		assert_int_equal(p[i].y_offset, q[i].y_offset);
		assert_true((g[i].codepoint == 0) == (h[i].codepoint == 0));
	}
	hb_buffer_destroy(x);
	hb_buffer_destroy(y);
	hb_font_destroy(font);
	hb_face_destroy(sub);
	hb_blob_destroy(blob);
}

/* Copyright (0) and licence (13, 14), as the face has them. */
static void
check_names(const struct face *face, str file)
{
	static const hb_ot_name_id_t ids[] = { 0, 6, 13, 14 };
	hb_blob_t *blob = hb_blob_create(file.p, (unsigned)file.n,
	    HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *sub = hb_face_create(blob, 0);
	char x[2048], y[2048];
	unsigned n, m;
	size_t i;

	for (i = 0; i < ARRAY_LEN(ids); i++) {
		n = m = sizeof x;
		hb_ot_name_get_utf8(face->hb, ids[i],
		    hb_language_from_string("en", -1), &n, x);
		hb_ot_name_get_utf8(sub, ids[i],
		    hb_language_from_string("en", -1), &m, y);
		assert_true(n > 0);
		assert_int_equal(n, m);
		assert_memory_equal(x, y, n);
	}
	hb_face_destroy(sub);
	hb_blob_destroy(blob);
}

static void
test_texts(void **state)
{
	struct fix *f = *state;
	const struct face *face;
	uint32_t cps[256];
	size_t i, n;
	str one, two;

	for (i = 0; i < ARRAY_LEN(texts); i++) {
		face = characters(f, str_c(texts[i].text),
		    str_c(texts[i].lang), cps, &n);
		assert_true(face->scripts.n > 0);
		one = font_subset_text(f->a, face, cps, n);
		two = font_subset_text(f->a, face, cps, n);
		assert_true(str_eq(one, two));
		assert_memory_equal(one.p, face->cff ? "OTTO" : "\0\1\0\0",
		    4);
		if (one.n < 1000 || one.n > texts[i].most)
			fail_msg("%s: %zu bytes", texts[i].lang, one.n);
		check_shape(face, one, texts[i].text);
		check_names(face, one);
	}
}

static int
setup(void **state)
{
	static struct fix f;
	struct diag *d;

	f.mem.cap = (size_t)512 << 20;
	f.a = arena_new(&f.mem);
	d = diag_new(f.a, srcmap_new(f.a));
	f.fs = fontset_open(f.a, "fonts", &limits_default, d);
	*state = &f;
	return f.fs == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	struct fix *f = *state;

	fontset_close(f->fs);
	arena_free(f->a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
