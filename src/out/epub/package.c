/*
 * package.c: package document: metadata (metadata.c), manifest, spine, and
 * the guide, which is old, yet Kobo, Nook and Kindle still read it.
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
		    ends_with(name, ".svg") ? "image/svg+xml" :
		    ends_with(name, ".ttf") || ends_with(name, ".otf") ?
		    "application/vnd.ms-opentype" : /* as calibre asks */
		    "image/png";
		if (ends_with(name, ".ncx"))
			buf_z(b, "<item id=\"ncx\"");
		else
			buf_printf(b, "<item id=\"e%zu\"", i);
		xml_attr(b, "href", str_c(name));
		xml_attr(b, "media-type", str_c(type));
		if (strcmp(name, "nav.xhtml") == 0)
			xml_attr(b, "properties", S("nav"));
		if (e->cover == i)
			xml_attr(b, "properties", S("cover-image"));
		if (e->entries[i].fallback)
			buf_printf(b, " fallback=\"e%zu\"",
			    e->entries[i].fallback);
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
	if (e->nfonts)
		xml_attr(b, "prefix", S("ibooks: http://vocabulary.itunes."
		    "apple.com/rdf/ibooks/vocabulary-extensions-1.0/"));
	xml_attr(b, "xml:lang", lang);
	xml_attr(b, "dir", e->book->rtl ? S("rtl") : S("ltr"));
	buf_z(b, ">\n");
	metadata_write(e, b);
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
