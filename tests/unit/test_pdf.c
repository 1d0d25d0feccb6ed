/*
 * test_pdf.c: struct pages made by hand -> PDF, with the real fonts folder
 * (argv[1], "fonts"). Written twice with 1 and 3 threads: equal bytes. A
 * file named by argv[2] is kept for the outside validators.
 */
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <hb.h>

#include "out/pdf/pdf.h"

#define CHECK(x) do {							\
	if (!(x)) {							\
		printf("%s:%d: %s\n", __FILE__, __LINE__, #x);		\
		failures++;						\
	}								\
} while (0)

static int failures;

/* ---- pages by hand ---------------------------------------------------- */

static struct item
shape(struct arena *a, const struct face *f, const char *text, bool rtl,
    sp x, sp y)
{
	sp size = 12 * SP_PT;
	hb_font_t *font = hb_font_create(f->hb);
	hb_buffer_t *buf = hb_buffer_create();
	struct item it = { .kind = ITEM_RUN, .x = x, .y = y };
	struct glyph *g;
	unsigned n;
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;

	hb_font_set_scale(font, (int)size, (int)size);
	hb_buffer_add_utf8(buf, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buf);
	hb_shape(font, buf, NULL, 0);
	info = hb_buffer_get_glyph_infos(buf, &n);
	pos = hb_buffer_get_glyph_positions(buf, &n);
	g = ARENA_NEW(a, struct glyph, n);
	for (unsigned i = 0; i < n; i++)
		g[i] = (struct glyph){ info[i].codepoint, info[i].cluster,
		    pos[i].x_advance, pos[i].x_offset, pos[i].y_offset };
	it.as.run = (struct run){ .face = f, .size = size, .rgb = 0x102030,
	    .text = arena_str(a, str_c(text)), .g = g, .n = n, .rtl = rtl };
	hb_buffer_destroy(buf);
	hb_font_destroy(font);
	return it;
}

static const struct image *
picture(struct arena *a, uint32_t index)
{
	struct image *im = ARENA_NEW(a, struct image, 1);
	char *px = ARENA_NEW(a, char, 16 * 16 * 3);
	char *alpha = ARENA_NEW(a, char, 16 * 16);

	for (int i = 0; i < 16 * 16; i++) {
		px[3 * i] = (char)(i % 16 * 16);
		px[3 * i + 1] = (char)(i / 16 * 16);
		alpha[i] = (char)(i % 16 < 8 ? 0xff : 0x60);
	}
	*im = (struct image){ .kind = IMAGE_PNG, .index = index, .w = 16,
	    .h = 16, .comps = 3, .file = S("the same file"),
	    .samples = { px, 16 * 16 * 3 }, .alpha = { alpha, 16 * 16 },
	    .hash = 7 };
	return im;
}

static void
fill_first(struct arena *a, const struct fontset *fs, struct item *v)
{
	const struct face *roman = font_role(fs, FONT_SERIF, false, false);
	const struct face *deva = font_for(fs, FONT_SERIF, false, false,
	    0x915, S("hi"));
	const struct face *arab = font_for(fs, FONT_SERIF, false, false,
	    0x628, S("ar"));
	const struct face *han = font_for(fs, FONT_SERIF, false, false,
	    0x56fd, S("zh"));

	v[0] = shape(a, roman, "The AVATAR office (waffles\\fluffy) To.",
	    false, 50 * SP_PT, 60 * SP_PT);
	v[0].as.run.word_space = 2 * SP_PT;
	v[1] = shape(a, deva, "हिन्दी राष्ट्रीय द्विपक्षीय कार्यक्रम", false,
	    50 * SP_PT, 90 * SP_PT);
	v[2] = shape(a, arab, "كتاب السلام", true, 50 * SP_PT, 120 * SP_PT);
	v[3] = shape(a, han, "印度和中国", false, 50 * SP_PT, 150 * SP_PT);
	v[4] = shape(a, roman, "co\xc2\xad" "opera", false, 50 * SP_PT,
	    180 * SP_PT);
	v[5] = shape(a, roman, "-", false, 97 * SP_PT, 180 * SP_PT);
	v[5].as.run.text = S("\xc2\xad");
	v[5].as.run.soft_hyphen = true;
	v[6] = shape(a, roman, "tion x\xcc\xa3\xcc\x82 12\xc2\xa0km", false,
	    50 * SP_PT, 196 * SP_PT);
}

/* The elements: one paragraph stands on the first page and the last. */
enum { DOC = ARTIFACT_COUNT, P, LINK, LINK_TOO, FIGURE, ROW, CELL, LOST,
	ELEMS };

static size_t
fill_rest(struct arena *a, struct item *v, size_t n)
{
	struct item it = { .kind = ITEM_RULE, .x = 50 * SP_PT,
	    .y = 205 * SP_PT };

	it.as.rule.w = 200 * SP_PT;
	it.as.rule.h = SP_PT / 2;
	it.as.rule.rgb = 0xcc0000;
	v[n++] = it;
	for (uint32_t i = 0; i < 2; i++) {
		it = (struct item){ .kind = ITEM_IMAGE, .elem = (uint32_t)(i == 0 ?
		    (int)FIGURE : (int)ARTIFACT_LAYOUT), .y = 220 * SP_PT,
		    .x = 50 * SP_PT + 100 * SP_PT * (sp)i };
		it.as.image.image = picture(a, i);
		it.as.image.w = it.as.image.h = 80 * SP_PT;
		v[n++] = it;
	}
	for (uint32_t i = 0; i < 3; i++) {
		it = (struct item){ .kind = ITEM_LINK, .elem = i == 0 ? LINK :
		    LINK_TOO, .x = 50 * SP_PT,
		    .y = 50 * SP_PT + 30 * SP_PT * (sp)i };
		it.as.link.w = 200 * SP_PT;
		it.as.link.h = 14 * SP_PT;
		it.as.link.anchor = i;	/* 2 has no place: left out */
		it.as.link.url = i == 0 ?
		    S("https://example.org/a(b)?q=\xc3\xa9") : S("");
		it.as.link.about = S("an example");
		v[n++] = it;
	}
	return n;
}

static const struct book *
make_book(struct arena *a)
{
	struct book *book = ARENA_NEW(a, struct book, 1);
	struct book_anchor *anchors = ARENA_NEW(a, struct book_anchor, 3);
	struct toc_entry *toc = ARENA_NEW(a, struct toc_entry, 2);

	anchors[1].name = S("economy");
	anchors[2].name = S("nowhere");
	toc[0] = (struct toc_entry){ TOC_SECTION, 0, 1, 0,
	    S("Economy & \xe0\xa4\xb9\xe0\xa4\xbf"), &toc[1], NULL };
	toc[1] = (struct toc_entry){ TOC_ARTICLE, 0, 2, 0, S("Nowhere"),
	    NULL, NULL };
	*book = (struct book){ .language = S("en"),
	    .title = S("Current <Affairs>"), .subtitle = S("October 2020"),
	    .stem = S("test"), .toc = toc, .anchors = anchors,
	    .uuid = S("00000000-0000-5000-8000-000000000000"),
	    .nanchors = 3, .date = { 2020, 10, 1 },
	    .modified = { 2020, 10, 31 } };
	return book;
}

static const struct elem *
make_elems(struct arena *a)
{
	struct elem *v = ARENA_NEW(a, struct elem, ELEMS);

	v[DOC] = (struct elem){ .role = ELEM_DOCUMENT, .lang = S("en") };
	v[P] = (struct elem){ .role = ELEM_P, .parent = DOC };
	v[LINK] = (struct elem){ .role = ELEM_LINK, .parent = P };
	v[LINK_TOO] = (struct elem){ .role = ELEM_LINK, .parent = P };
	v[FIGURE] = (struct elem){ .role = ELEM_FIGURE, .parent = DOC,
	    .alt = S("A square") };
	v[ROW] = (struct elem){ .role = ELEM_ROW, .parent = DOC };
	v[CELL] = (struct elem){ .role = ELEM_TD, .parent = ROW };
	v[LOST] = (struct elem){ .role = ELEM_HEADING, .level = 1,
	    .parent = DOC };
	return v;
}

static const struct pages *
make_pages(struct arena *a, const struct fontset *fs)
{
	struct pages *pages = ARENA_NEW(a, struct pages, 1);
	struct page *v = ARENA_NEW(a, struct page, 100);
	struct item *items = ARENA_NEW(a, struct item, 20);
	struct anchor_place *at = ARENA_NEW(a, struct anchor_place, 3);
	struct label_range *labels = ARENA_NEW(a, struct label_range, 2);

	fill_first(a, fs, items);
	for (size_t i = 0; i < 7; i++)
		items[i].elem = P;
	for (size_t i = 0; i < 100; i++) {
		v[i].w = SP_MM(210);
		v[i].h = SP_MM(297);
	}
	v[0].items = items;
	v[0].n = fill_rest(a, items, 7);
	v[99].items = items + 1;
	v[99].n = 3;
	at[1] = (struct anchor_place){ 99, 30 * SP_PT, true };
	labels[0] = (struct label_range){ 0, LABEL_NONE, 0, S("cover") };
	labels[1] = (struct label_range){ 1, LABEL_ARABIC, 1, S("") };
	*pages = (struct pages){ .book = make_book(a), .v = v, .n = 100,
	    .elems = make_elems(a), .nelems = ELEMS, .anchors = at, .labels = labels,
	    .nlabels = 2 };
	return pages;
}

/* ---- writing and looking ---------------------------------------------- */

static bool
write_to(struct arena *a, int dir, const char *name,
    const struct pages *pages, const struct fontset *fs, unsigned threads,
    const struct limits *limits, enum diag_id *what)
{
	struct diag *diag = diag_new(a, srcmap_new(a));
	struct pdf_options o = { .threads = threads,
	    .producer = S("fascicle test"), .tags = true, .ua1 = true,
	    .a2a = true };
	struct outfile *out = outfile_open(a, dir, str_c(name));
	bool ok;

	CHECK(out != NULL);
	ok = pdf_write(pages, fs, &o, limits, a, diag, out);
	if (ok)
		CHECK(outfile_commit(out));
	else
		outfile_abort(out);
	CHECK(ok == (diag_count(diag) == 0));
	if (diag_count(diag) > 0)
		*what = diag_at(diag, 0).id;
	return ok;
}

static str
read_back(struct arena *a, const char *dir, const char *name)
{
	int err;
	struct root *root = root_open(dir, &err);
	str s = S("");

	CHECK(root != NULL);
	CHECK(root_read(root, str_c(name), 1 << 26, a, &s) == FILE_OK);
	root_close(root);
	return s;
}

static size_t
count(str s, str what)
{
	size_t n = 0, at;

	while ((at = str_find(s, what)) != SIZE_MAX) {
		n++;
		s = str_from(s, at + what.n);
	}
	return n;
}

/* The first object stream, inflated. */
static str
hidden(struct arena *a, str s)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	char *out = ARENA_NEW(a, char, 1 << 20);
	str stream = S("stream\r\n"), length = S("/Length ");
	size_t n = 0;

	s = str_from(s, str_find(s, S("/Type/ObjStm")));
	n = strtoul(s.p + str_find(s, length) + length.n, NULL, 10);
	s = str_from(s, str_find(s, stream) + stream.n);
	CHECK(libdeflate_zlib_decompress(d, s.p, n, out, 1 << 20, &n) ==
	    LIBDEFLATE_SUCCESS);
	libdeflate_free_decompressor(d);
	return (str){ out, n };
}

/* Links and what is tagged: the lost heading and the lonely cell are not. */
static void
look_hidden(str s)
{
	CHECK(count(s, S("/Type/Annot/")) == 2);
	CHECK(count(s, S("/Dest(economy)")) == 1);
	CHECK(count(s, S("https://example.org/a\\(b\\)?q=%C3%A9")) == 1);
	CHECK(count(s, S("/StructParent 10")) == 2);
	CHECK(count(s, S("/S/Document/")) == 1);
	CHECK(count(s, S("/S/P/")) == 1);
	CHECK(count(s, S("/S/Link/")) == 2);
	CHECK(count(s, S("/S/Figure/")) == 1);
	CHECK(count(s, S("/S/")) == 6);		/* and the URI action */
	CHECK(count(s, S("/Type/MCR/Pg")) >= 3);	/* on page 100 */
	CHECK(count(s, S("/Alt<FEFF0041")) == 1);
	CHECK(count(s, S("/BBox[50 541.89 130 621.89]")) == 1);
	CHECK(count(s, S("/Limits[0 31]")) == 1);
	CHECK(count(s, S("/Limits[100 101]")) == 1);
}

static void
look(str s)
{
	CHECK(str_starts(s, S("%PDF-1.7\n")));
	CHECK(str_ends(s, S("%%EOF\n")));
	CHECK(count(s, S("/Type /Page\n")) == 100);
	CHECK(count(s, S("/Type /Catalog")) == 1);
	CHECK(count(s, S("/Type/Font\n/Subtype/Type0")) == 4);
	CHECK(count(s, S("/Type/FontDescriptor")) == 4);
	CHECK(count(s, S("/FontFile2")) == 3);
	CHECK(count(s, S("/CIDFontType0C")) == 1);
	CHECK(count(s, S("/Type/XObject\n/Subtype/Image")) == 2);
	CHECK(count(s, S("/SMask")) == 1);
	CHECK(count(s, S("/Type/Metadata")) == 1);
	CHECK(count(s, S("/Dest (economy)")) == 1);
	CHECK(count(s, S("nowhere")) == 0);
	CHECK(count(s, S("/MediaBox[0 0 595.276 841.89]")) == 100);
	CHECK(count(s, S("Current &lt;Affairs&gt;")) == 2);
	CHECK(count(s, S("(D:20201001000000Z)")) == 1);
	CHECK(count(s, S("/Lang(en)")) == 1);
	CHECK(count(s, S("/ID[<")) == 1);
	CHECK(count(s, S("/Type/StructTreeRoot")) == 1);
	CHECK(count(s, S("/Type/ObjStm")) == 1);
	CHECK(count(s, S("/XRefStm ")) == 1);
	CHECK(count(s, S("/StructParents ")) == 100);
}

static void
test_write(struct arena *a, const struct fontset *fs, const char *dir)
{
	const struct pages *pages = make_pages(a, fs);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct limits tight = limits_default;
	enum diag_id what = DIAG_COUNT;
	str one, two;

	CHECK(write_to(a, fd, "one.pdf", pages, fs, 1, &limits_default,
	    &what));
	CHECK(write_to(a, fd, "two.pdf", pages, fs, 3, &limits_default,
	    &what));
	one = read_back(a, dir, "one.pdf");
	two = read_back(a, dir, "two.pdf");
	CHECK(str_eq(one, two));
	look(one);
	look_hidden(hidden(a, one));
	tight.pdf_bytes = one.n;
	CHECK(write_to(a, fd, "two.pdf", pages, fs, 1, &tight, &what));
	tight.pdf_bytes = one.n - 1;
	CHECK(!write_to(a, fd, "no.pdf", pages, fs, 1, &tight, &what));
	CHECK(what == DIAG_PDF_LIMIT);
	tight.pages = 99;
	CHECK(!write_to(a, fd, "no.pdf", pages, fs, 1, &tight, &what));
	CHECK(what == DIAG_PAGE_LIMIT);
	CHECK(unlinkat(fd, "no.pdf", 0) == -1);
	CHECK(unlinkat(fd, "two.pdf", 0) == 0);
	printf("%zu bytes\n", one.n);
	close(fd);
}

int
main(int argc, char **argv)
{
	struct mem_limit limit = { 0, (size_t)1 << 30, NULL };
	struct arena *a = arena_new(&limit);
	struct diag *diag = diag_new(a, srcmap_new(a));
	char temp[] = "/tmp/test_pdf.XXXXXX", *dir = mkdtemp(temp);
	struct fontset *fs = fontset_open(a, argc > 1 ? argv[1] : "fonts",
	    &limits_default, diag);

	CHECK(fs != NULL && dir != NULL);
	if (failures == 0) {
		str path = arena_printf(a, "%s/one.pdf", dir);

		test_write(a, fs, dir);
		if (argc > 2)
			CHECK(rename(arena_cstr(a, path), argv[2]) == 0);
		else
			CHECK(unlink(arena_cstr(a, path)) == 0);
		CHECK(rmdir(dir) == 0);
	}
	fontset_close(fs);
	arena_free(a);
	if (failures > 0)
		printf("%d checks failed\n", failures);
	return failures > 0;
}
