/*
 * test_font.c: the fontset on the real fonts folder (argv[1], "fonts"):
 * roles, fallbacks, coverage, subsets. Exit status 1: a check failed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

static int32_t
scale_of(const struct fontset *fs, enum font_role role, bool bold,
    uint32_t cp, const char *lang)
{
	return font_scale(fs, role, font_for(fs, role, bold, false, cp,
	    str_c(lang)));
}

/* Noto's families are of a kind: next to nothing is left to mend. */
static void
test_scales(const struct fontset *fs)
{
	CHECK(font_scale(fs, FONT_SERIF, font_role(fs, FONT_SERIF, true,
	    true)) == 1000);
	CHECK(scale_of(fs, FONT_SERIF, false, 0x915, "hi") == 1000);
	CHECK(scale_of(fs, FONT_SANS, true, 0x915, "hi") == 1000);
	CHECK(scale_of(fs, FONT_SERIF, false, 0x995, "bn") == 1000);
	CHECK(scale_of(fs, FONT_SERIF, false, 0xc15, "te") == 1000);
	CHECK(scale_of(fs, FONT_SERIF, false, 0x4e00, "ja") == 1000);
	CHECK(scale_of(fs, FONT_SANS, true, 0x4e00, "zh") == 1000);
	CHECK(scale_of(fs, FONT_SERIF, true, 0x4e00, "ja") == 1000);
	CHECK(scale_of(fs, FONT_SERIF, false, 0x628, "ur") > 1040);
	CHECK(scale_of(fs, FONT_SERIF, false, 0x628, "ur") == scale_of(fs,
	    FONT_SERIF, true, 0x628, "ur"));
	CHECK(scale_of(fs, FONT_SERIF, false, 0xb95, "ta") < 970);
	for (size_t i = 0; i < fontset_count(fs); i++)
		for (int r = 0; r < FONT_ROLE_COUNT; r++) {
			int32_t k = font_scale(fs, (enum font_role)r,
			    fontset_at(fs, i));

			CHECK(k >= 900 && k <= 1120);
		}
	CHECK(face_has_feature(font_role(fs, FONT_SERIF, false, false),
	    "smcp"));
	CHECK(!face_has_feature(font_role(fs, FONT_SERIF, false, false),
	    "zzzz"));
	CHECK(face_hyphen(font_for(fs, FONT_SERIF, false, false, 0xb15,
	    S("or"))) != 0);
}

/* A manifest of the real faces with a scale for one of them. */
static struct fontset *
with_scale(struct arena *a, const char *fonts, const char *scale,
    struct diag *d)
{
	static const char *const files[] = { "NotoSerif-Regular.ttf",
	    "NotoSans-Regular.ttf", "NotoSansMono-Regular.ttf",
	    "NotoSerifDevanagari-Regular.ttf" };
	static const char *const roles[] = { "serif", "sans", "mono",
	    "serif" };
	char dir[] = "/tmp/fascicle-fonts.XXXXXX", path[4200], from[4200];
	char *real = realpath(fonts, NULL);
	struct fontset *fs;
	FILE *f;

	if (mkdtemp(dir) == NULL || real == NULL)
		abort();
	snprintf(path, sizeof path, "%s/fonts.yaml", dir);
	f = fopen(path, "w");
	fprintf(f, "faces:\n");
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		fprintf(f, "  - {file: %s, role: %s, style: regular%s%s}\n",
		    files[i], roles[i], i == 3 ? ", script: Deva, scale: " :
		    "", i == 3 ? scale : "");
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		snprintf(from, sizeof from, "%s/%s", real, files[i]);
		if (symlink(from, path) != 0)
			abort();
	}
	fclose(f);
	fs = fontset_open(a, dir, &limits_default, d);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/fonts.yaml", dir);
	unlink(path);
	rmdir(dir);
	free(real);
	return fs;
}

static void
test_manifest_scale(struct arena *a, const char *fonts, struct diag *d)
{
	static const struct { const char *z; int32_t scale; } good[] = {
		{ "1.06", 1060 }, { "0.5", 500 }, { "2", 2000 },
		{ "1.125", 1125 }, { "1", 1000 }
	};
	static const char *const bad[] = { "0.4", "2.1", "x", "1.2.3", "-1",
	    "1.0625", ".9" };
	struct fontset *fs;

	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		fs = with_scale(a, fonts, good[i].z, d);
		CHECK(fs != NULL);
		if (fs != NULL)
			CHECK(scale_of(fs, FONT_SERIF, false, 0x915, "hi") ==
			    good[i].scale);
		fontset_close(fs);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		size_t told = diag_count(d);

		fs = with_scale(a, fonts, bad[i], d);
		CHECK(fs == NULL && diag_count(d) == told + 1 &&
		    diag_at(d, told).id == DIAG_FONT_MANIFEST);
		fontset_close(fs);
	}
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
	if (fs != NULL) {
		test_set(a, fs);
		test_scales(fs);
	}
	fontset_close(fs);
	test_manifest_scale(a, dir, d);
	CHECK(fontset_open(a, "/nonexistent", &limits_default, d) == NULL);
	CHECK(diag_count(d) > 0);
	arena_free(a);
	printf("test_font: %d failures\n", failures);
	return failures != 0;
}
