/*
 * epub.c: the order of entries and who writes each.
 *
 * Entries are named first, then written: mimetype, container, package, nav,
 * ncx, css, pages in spine order, images. The package is written last, as
 * it says whether all pictures have alt text and lists the used ones.
 */
#include "out/epub/epub_int.h"

static struct entry *
add(struct epub *e, const char *name)
{
	struct entry *x;

	INVARIANT(e->n < e->cap);
	x = &e->entries[e->n++];
	x->name = name;
	return x;
}

static void
add_z(struct epub *e, const char *name, const char *text)
{
	buf_z(&add(e, name)->raw, text);
}

/* The name that links to the page use, too. */
static const char *
page_name(struct epub *e, struct buf *name)
{
	char *z = arena_cstr(e->arena, buf_view(name));

	buf_done(name);
	return z;
}

static void
add_article(struct epub *e, uint32_t i)
{
	struct buf name;
	uint32_t k;

	if (e->parts[i].host != i)
		return;
	for (k = 0; k < e->parts[i].n; k++) {
		name = (struct buf){ NULL, 0, 0, false };
		section_article_file(e, &name, i, k);
		chapter_part(e, &add(e, page_name(e, &name))->raw, i, k);
	}
}

static void
add_pages(struct epub *e)
{
	const struct book *k = e->book;
	const struct book_section *s;
	struct buf name;
	uint32_t i, j;

	if (k->kind == BOOK_ARTICLE) {
		for (i = 0; i < k->narticles; i++)
			add_article(e, i);
		return;
	}
	section_title_page(e, &add(e, "title.xhtml")->raw);
	for (i = 0; i < k->nsections; i++) {
		s = &k->sections[i];
		name = (struct buf){ NULL, 0, 0, false };
		section_file(&name, s);
		section_opener(e, &add(e, page_name(e, &name))->raw, i);
		for (j = s->first; j < s->first + s->n; j++)
			add_article(e, j);
	}
}

const char *
epub_image_ending(const struct image *im)
{
	static const char *const endings[] = { "png", "jpg", "svg" };

	return endings[im->kind];
}

static void
add_images(struct epub *e, size_t n)
{
	const struct image *im;
	struct entry *x;
	size_t i;
	str s;

	for (i = 0; i < n; i++) {
		if (!e->used[i])
			continue;
		im = image_at(e->images, i);
		s = arena_printf(e->arena, "images/img-%u.%s", im->index + 1,
		    epub_image_ending(im));
		x = add(e, arena_cstr(e->arena, s));
		x->data = im->file;
		x->store = im->kind != IMAGE_SVG;
	}
}

static bool
finish(struct epub *e)
{
	size_t i;

	for (i = 0; i < e->n; i++) {
		if (e->entries[i].raw.failed) {
			diag_add_path(e->diag, DIAG_EPUB_BACKEND,
			    e->book->stem, "%s: no memory",
			    e->entries[i].name);
			return false;
		}
		if (!e->entries[i].data.p)
			e->entries[i].data = buf_view(&e->entries[i].raw);
	}
	return true;
}

/* The number of files that the articles take. */
static size_t
plan(struct epub *e)
{
	size_t n = 0;
	uint32_t i;

	e->parts = ARENA_NEW(e->arena, struct parts, e->book->narticles + 1);
	for (i = 0; i < e->book->narticles; i++) {
		parts_plan(e->arena, e->book->articles[i].doc, &e->parts[i]);
		e->parts[i].host = i;
		n += e->parts[i].n;
	}
	parts_merge(e);
	breaks_plan(e);
	return n;
}

bool
epub_write(const struct book *book, const struct image_store *images,
    const struct epub_options *options, const struct limits *limits,
    struct arena *scratch, struct diag *diag, struct outfile *out)
{
	size_t nimages = images ? image_count(images) : 0, i;
	struct epub e = { .book = book, .images = images,
		.options = options, .arena = scratch, .diag = diag };
	struct entry *opf;
	bool ok;

	(void)limits;
	e.cap = 8 + (size_t)book->nsections + plan(&e) + nimages;
	e.entries = ARENA_NEW(scratch, struct entry, e.cap);
	e.used = ARENA_NEW(scratch, bool, nimages + 1);
	add_z(&e, "mimetype", "application/epub+zip");
	e.entries[0].store = true;
	add_z(&e, "META-INF/container.xml", package_container);
	opf = add(&e, "package.opf");
	nav_page(&e, &add(&e, "nav.xhtml")->raw);
	nav_ncx(&e, &add(&e, "toc.ncx")->raw);
	css_write(&add(&e, "style.css")->raw, theme_for_lang(scratch,
	    options->theme, book->language), book->kind == BOOK_COMPILATION, book->rtl);
	add_pages(&e);
	add_images(&e, nimages);
	package_opf(&e, &opf->raw);
	ok = finish(&e) && zip_write(&e, out);
	for (i = 0; i < e.n; i++) {
		buf_done(&e.entries[i].raw);
		buf_done(&e.entries[i].packed);
	}
	return ok;
}
