/*
 * package.c: package document: metadata, manifest, spine, and the guide,
 * which is old, yet Kobo, Nook and Kindle still read it.
 */
#include "out/epub/epub_int.h"

const char package_container[] =
"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
"<container version=\"1.0\" "
"xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n"
"<rootfile full-path=\"package.opf\" "
"media-type=\"application/oebps-package+xml\"/>\n"
"</rootfiles>\n</container>\n";

static bool
compilation(const struct epub *e)
{
	return e->book->kind == BOOK_COMPILATION;
}

static void
meta(struct buf *b, const char *property, str value)
{
	buf_printf(b, "<meta property=\"%s\">", property);
	xml_text(b, value);
	buf_z(b, "</meta>\n");
}

static void
refine(struct buf *b, const char *id, const char *property, str value)
{
	buf_printf(b, "<meta refines=\"#%s\" property=\"%s\">", id, property);
	xml_text(b, value);
	buf_z(b, "</meta>\n");
}

static void
timestamp(struct buf *b, struct date d)
{
	buf_printf(b, "%04d-%02d-%02dT00:00:00Z", d.y, d.m, d.d);
}

static void
creators(const struct epub *e, struct buf *b)
{
	const struct publication *p = e->book->pub;
	const struct doc_meta *m;
	str house = p->publisher.n ? p->publisher : p->title;
	str one;
	size_t i, n = 1;

	m = !compilation(e) && e->book->narticles ?
	    &e->book->articles[0].doc->meta : NULL;
	if (m && m->nauthors)
		n = m->nauthors;
	for (i = 0; i < n; i++) {
		one = m && m->nauthors ? m->authors[i] : house;
		if (str_trim(one).n == 0)
			one = section_book_title(e);
		buf_printf(b, "<dc:creator id=\"creator-%zu\">", i + 1);
		xml_text(b, one);
		buf_printf(b, "</dc:creator>\n<meta refines=\"#creator-%zu\" "
		    "property=\"role\" scheme=\"marc:relators\">aut</meta>\n",
		    i + 1);
	}
	if (str_trim(p->publisher).n)
		xml_element(b, "dc:publisher", NULL, p->publisher);
	if (str_trim(p->rights).n)
		xml_element(b, "dc:rights", NULL, p->rights);
	for (i = 0; m && i < m->ntags; i++)
		if (str_trim(m->tags[i]).n)
			xml_element(b, "dc:subject", NULL, m->tags[i]);
	if (m && str_trim(m->summary).n)
		xml_element(b, "dc:description", NULL, m->summary);
}

static void
series(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;

	if (!compilation(e) || k->issue <= 0 || k->title.n == 0)
		return;
	buf_z(b, "<meta property=\"belongs-to-collection\" id=\"series\">");
	xml_text(b, k->title);
	buf_z(b, "</meta>\n");
	refine(b, "series", "collection-type", S("series"));
	buf_printf(b, "<meta refines=\"#series\" property=\"group-position\""
	    ">%d</meta>\n", (int)k->issue);
	buf_z(b, "<meta name=\"calibre:series\"");
	xml_attr(b, "content", k->title);
	buf_printf(b, "/>\n<meta name=\"calibre:series_index\" "
	    "content=\"%d\"/>\n", (int)k->issue);
}

static void
accessibility(const struct epub *e, struct buf *b)
{
	meta(b, "schema:accessMode", S("textual"));
	if (e->any_image)
		meta(b, "schema:accessMode", S("visual"));
	if (!e->any_image || !e->alt_missing)
		meta(b, "schema:accessModeSufficient", S("textual"));
	else
		meta(b, "schema:accessModeSufficient", S("textual,visual"));
	if (e->any_image && !e->alt_missing)
		meta(b, "schema:accessibilityFeature", S("alternativeText"));
	meta(b, "schema:accessibilityFeature", S("displayTransformability"));
	if (e->nbreaks) {
		meta(b, "schema:accessibilityFeature", S("pageBreakMarkers"));
		meta(b, "schema:accessibilityFeature", S("pageNavigation"));
	}
	meta(b, "schema:accessibilityFeature", S("readingOrder"));
	meta(b, "schema:accessibilityFeature", S("structuralNavigation"));
	meta(b, "schema:accessibilityFeature", S("tableOfContents"));
	meta(b, "schema:accessibilityFeature", S("unlocked"));
	meta(b, "schema:accessibilityHazard", S("none"));
	meta(b, "schema:accessibilitySummary",
	    S("Reflowable text with headings, a table of contents and "
	    "linked notes."));
}

/* Whose pages the list of pages has. 3.3 says it as a source, 3.4 by a
 * property of its own, which EPUBCheck 4 does not know. */
static void
page_source(const struct epub *e, struct buf *b)
{
	str of = arena_printf(e->arena, "%.*s (PDF)",
	    STR_ARG(section_book_title(e)));

	if (!e->nbreaks)
		return;
	buf_z(b, "<dc:source id=\"pages\">");
	xml_text(b, of);
	buf_z(b, "</dc:source>\n");
	refine(b, "pages", "source-of", S("pagination"));
	meta(b, "pageBreakSource", of);
}

static void
metadata(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;
	struct date mod = e->options->modified;
	str title = section_book_title(e), slug;

	if (!mod.y)
		mod = k->modified.y ? k->modified : k->date;
	if (!mod.y)
		mod = (struct date){ 2000, 1, 1 };
	buf_z(b, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
	    "<dc:identifier id=\"uid\">urn:uuid:");
	xml_text(b, k->uuid);
	buf_z(b, "</dc:identifier>\n<dc:title id=\"title\">");
	xml_text(b, title);
	buf_z(b, "</dc:title>\n");
	refine(b, "title", "title-type", S("main"));
	if (compilation(e)) {
		slug = period_slug(e->arena, &k->period);
		refine(b, "title", "file-as", arena_printf(e->arena,
		    "%.*s %.*s", STR_ARG(k->title), STR_ARG(slug)));
	}
	xml_element(b, "dc:language", NULL, k->language);
	if (k->date.y) {
		buf_z(b, "<dc:date>");
		timestamp(b, k->date);
		buf_z(b, "</dc:date>\n");
	}
	creators(e, b);
	buf_z(b, "<meta property=\"dcterms:modified\">");
	timestamp(b, mod);
	buf_z(b, "</meta>\n");
	series(e, b);
	page_source(e, b);
	accessibility(e, b);
	if (e->options->generator.n) {
		buf_z(b, "<meta name=\"generator\"");
		xml_attr(b, "content", e->options->generator);
		buf_z(b, "/>\n");
	}
	buf_z(b, "</metadata>\n");
}

static bool
ends_with(const char *name, const char *suffix)
{
	return str_ends(str_c(name), str_c(suffix));
}

/* Entries 0 and 1 are mimetype and container, 2 the package itself. */
static void
manifest(const struct epub *e, struct buf *b)
{
	const char *name, *type;
	size_t i;

	buf_z(b, "<manifest>\n");
	for (i = 3; i < e->n; i++) {
		name = e->entries[i].name;
		type = ends_with(name, ".xhtml") ? "application/xhtml+xml" :
		    ends_with(name, ".ncx") ? "application/x-dtbncx+xml" :
		    ends_with(name, ".css") ? "text/css" :
		    ends_with(name, ".jpg") ? "image/jpeg" :
		    ends_with(name, ".svg") ? "image/svg+xml" : "image/png";
		if (ends_with(name, ".ncx"))
			buf_z(b, "<item id=\"ncx\"");
		else
			buf_printf(b, "<item id=\"e%zu\"", i);
		xml_attr(b, "href", str_c(name));
		xml_attr(b, "media-type", str_c(type));
		if (strcmp(name, "nav.xhtml") == 0)
			xml_attr(b, "properties", S("nav"));
		buf_z(b, "/>\n");
	}
	buf_z(b, "</manifest>\n");
}

/* nav.xhtml is entry 3 and read after the title page, where there is one. */
static void
spine(const struct epub *e, struct buf *b)
{
	bool nav = false;
	size_t i;

	buf_z(b, "<spine toc=\"ncx\"");
	if (e->book->rtl)
		xml_attr(b, "page-progression-direction", S("rtl"));
	buf_z(b, ">\n");
	for (i = 4; i < e->n; i++) {
		if (!ends_with(e->entries[i].name, ".xhtml"))
			continue;
		if (!nav && strcmp(e->entries[i].name, "title.xhtml") != 0) {
			buf_z(b, "<itemref idref=\"e3\"/>\n");
			nav = true;
		}
		buf_printf(b, "<itemref idref=\"e%zu\"/>\n", i);
	}
	if (!nav)
		buf_z(b, "<itemref idref=\"e3\"/>\n");
	buf_z(b, "</spine>\n");
}

void
package_opf(const struct epub *e, struct buf *b)
{
	str lang = e->book->language;

	buf_z(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
	    "unique-identifier=\"uid\"");
	xml_attr(b, "xml:lang", lang);
	xml_attr(b, "dir", e->book->rtl ? S("rtl") : S("ltr"));
	buf_z(b, ">\n");
	metadata(e, b);
	manifest(e, b);
	spine(e, b);
	buf_z(b, "<guide>\n<reference type=\"toc\"");
	xml_attr(b, "title", book_term(lang, TERM_CONTENTS));
	buf_z(b, " href=\"nav.xhtml\"/>\n<reference type=\"text\"");
	xml_attr(b, "title", book_term(lang, TERM_BEGIN_READING));
	buf_z(b, " href=\"");
	section_start_file(e, b);
	buf_z(b, "\"/>\n</guide>\n</package>\n");
}
