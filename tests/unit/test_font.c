/*
 * test_font.c: the fontset on the real fonts folder (argv[1], "fonts"):
 * roles, fallbacks, coverage, subsets. Exit status 1: a check failed.
 */
#include <stdio.h>

#include <hb.h>

#include "font/font.h"

#define CHECK(x) do {							\
	if (!(x)) {							\
		printf("%s:%d: %s\n", __FILE__, __LINE__, #x);		\
		failures++;						\
	}								\
} while (0)

static int failures;

static bool
chosen(const struct fontset *fs, uint32_t cp, const char *lang,
    const char *file)
{
	const struct face *f = font_for(fs, FONT_SERIF, false, false, cp,
	    str_c(lang));

	if (f != NULL && str_eq(f->file, str_c(file)) && face_glyph(f, cp))
		return true;
	printf("U+%04X: %.*s\n", (unsigned)cp,
	    STR_ARG(f != NULL ? f->file : S("none")));
	return false;
}

static void
test_subset(struct arena *a, const struct face *f, uint32_t cp)
{
	uint32_t g = face_glyph(f, cp);
	struct font_subset s;

	CHECK(font_subset(a, f, &g, 1, &s));
	CHECK(s.n >= 2 && s.new_of_old[g] != UINT32_MAX);
	CHECK(s.program.n > 100 && s.program.n < 60000);
	printf("%.*s: %zu bytes, %u glyphs, %u -> %u\n", STR_ARG(f->name),
	    s.program.n, (unsigned)s.n, (unsigned)g,
	    (unsigned)s.new_of_old[g]);
}

static void
test_set(struct arena *a, const struct fontset *fs)
{
	const struct face *f = font_role(fs, FONT_SERIF, true, true);

	CHECK(str_eq(f->file, S("NotoSerif-BoldItalic.ttf")));
	CHECK(f->upem == 1000 && f->ascent > 0 && f->descent < 0);
	CHECK(f->italic_angle < 0 && f->x_height > 400);
	CHECK(face_advance(f, face_glyph(f, 'm')) > 500);
	f = font_role(fs, FONT_MONO, false, true);
	CHECK(str_eq(f->file, S("NotoSansMono-Regular.ttf")));
	CHECK(chosen(fs, 'a', "en", "NotoSerif-Regular.ttf"));
	CHECK(chosen(fs, 0x915, "hi", "NotoSerifDevanagari-Regular.ttf"));
	CHECK(chosen(fs, 0xb15, "or", "NotoSansOriya-Regular.ttf"));
	CHECK(chosen(fs, 0x628, "ar", "NotoNaskhArabic-Regular.ttf"));
	CHECK(chosen(fs, 0x4e00, "zh-TW", "NotoSerifCJK-Regular.ttc"));
	CHECK(font_for(fs, FONT_SERIF, false, false, 0x4e00, S("zh-TW")) !=
	    font_for(fs, FONT_SERIF, false, false, 0x4e00, S("ja-JP")));
	CHECK(font_for(fs, FONT_SERIF, false, false, 0x1d400, S("")));
	CHECK(!font_for(fs, FONT_SERIF, false, false, 0x10fffd, S("")));
	for (size_t i = 0; i < fontset_count(fs); i++) {
		f = fontset_at(fs, i);
		CHECK(f->id == i && f->name.n > 0);
		CHECK(f->cff == f->cid);
	}
	test_subset(a, font_role(fs, FONT_SERIF, false, false), 'a');
	test_subset(a, font_for(fs, FONT_SERIF, false, false, 0x4e00,
	    S("ja")), 0x4e00);
}

int
main(int argc, char **argv)
{
	struct mem_limit m = { 0, 512u << 20, NULL };
	struct arena *a = arena_new(&m);
	struct diag *d = diag_new(a, srcmap_new(a));
	const char *dir = argc > 1 ? argv[1] : "fonts";
	struct fontset *fs = fontset_open(a, dir, &limits_default, d);
	struct buf b = { NULL, 0, 0, false };

	for (size_t i = 0; i < diag_count(d); i++) {
		struct diagnostic g = diag_at(d, i);

		diag_print(&b, &g);
	}
	printf("%.*s", STR_ARG(buf_view(&b)));
	buf_done(&b);
	CHECK(fs != NULL);
	if (fs != NULL)
		test_set(a, fs);
	fontset_close(fs);
	CHECK(fontset_open(a, "/nonexistent", &limits_default, d) == NULL);
	CHECK(diag_count(d) > 0);
	arena_free(a);
	printf("test_font: %d failures\n", failures);
	return failures != 0;
}
