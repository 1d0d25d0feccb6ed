/*
 * epub.c: the order of entries and who writes each.
 *
 * Entries are named first, then written: mimetype, container, package, nav,
 * ncx, css, pages in spine order, images, fonts. The stylesheet is written
 * after the pages, which need fonts or not, and the package last, as it says
 * whether all pictures have alt text and lists the used ones.
 */
#include "out/epub/epub_int.h"

struct entry *
epub_add(struct epub *e, const char *name)
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
	buf_z(&epub_add(e, name)->raw, text);
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
		chapter_part(e, &epub_add(e, page_name(e, &name))->raw, i, k);
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
	section_title_page(e, &epub_add(e, "title.xhtml")->raw);
	for (i = 0; i < k->nsections; i++) {
		s = &k->sections[i];
		name = (struct buf){ NULL, 0, 0, false };
		section_file(&name, s);
		section_opener(e, &epub_add(e, page_name(e, &name))->raw, i);
		for (j = s->first; j < s->first + s->n; j++)
			add_article(e, j);
	}
}

static bool
add_fonts(struct epub *e)
{
	struct entry *x;
	size_t i;

	for (i = 0; i < e->nfonts; i++) {
		x = epub_add(e, e->fonts[i].name);
		x->data = fonts_file(e, &e->fonts[i]);
		if (x->data.n == 0)
			return false;
	}
	return true;
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

/* Languages of India's that Send to Kindle does not list (2022). */
static void
warn_kindle(const struct epub *e)
{
	static const char *const refused[] = { "bn", "te", "kn", "pa", "ur",
	    "or", "ne" };
	str lang = e->book->language, one;
	size_t i;

	for (i = 0; i < ARRAY_LEN(refused); i++) {
		one = str_c(refused[i]);
		if (str_starts(lang, one) && (lang.n == one.n ||
		    lang.p[one.n] == '-'))
			diag_add_path(e->diag, DIAG_EPUB_KINDLE,
			    e->book->stem, "%.*s", STR_ARG(lang));
	}
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

/* Pages first: the stylesheet, the fonts and the package depend on them. */
static bool
add_entries(struct epub *e)
{
	const struct book *k = e->book;
	struct entry *opf, *css;
	bool ok;

	add_z(e, "mimetype", "application/epub+zip");
	e->entries[0].store = true;
	add_z(e, "META-INF/container.xml", package_container);
	opf = epub_add(e, "package.opf");
	nav_page(e, &epub_add(e, "nav.xhtml")->raw);
	nav_ncx(e, &epub_add(e, "toc.ncx")->raw);
	css = epub_add(e, "style.css");
	css_modern(&epub_add(e, "modern.css")->raw, k->rtl);
	add_pages(e);
	fonts_plan(e);
	fonts_css(e, &css->raw);
	css_write(&css->raw, theme_for_lang(e->arena, e->options->theme,
	    k->language), k->kind == BOOK_COMPILATION, k->rtl);
	pictures_add(e);
	ok = add_fonts(e);
	package_opf(e, &opf->raw);
	return ok;
}

bool
epub_write(const struct book *book, const struct image_store *images,
    const struct epub_options *options, const struct limits *limits,
    struct arena *scratch, struct diag *diag, struct outfile *out)
{
	size_t nimages = images ? image_count(images) : 0, i;
	struct epub e = { .book = book, .images = images,
		.options = options, .arena = scratch, .diag = diag };
	bool ok;

	(void)limits;
	warn_kindle(&e);
	e.cap = 9 + (size_t)book->nsections + plan(&e) + nimages * 2 +
	    (options->fonts ? fontset_count(options->fonts) : 0);
	e.entries = ARENA_NEW(scratch, struct entry, e.cap);
	ok = pictures_make(&e);
	if (!ok)
		diag_add_path(diag, DIAG_EPUB_BACKEND, book->stem,
		    "pictures: no memory");
	else
		ok = add_entries(&e);
	ok = ok && finish(&e) && zip_write(&e, out);
	for (i = 0; i < e.n; i++) {
		buf_done(&e.entries[i].raw);
		buf_done(&e.entries[i].packed);
	}
	pictures_done(&e);
	return ok;
}
