/*
 * pdf_meta.c: what the file says about itself: document information, XMP,
 * language and how viewers should open it. Both descriptions are made from
 * the same book, so they agree. Dates are the book's, never the clock's.
 */
#include "out/pdf/pdf_int.h"

static str
whole_title(struct pdf *p)
{
	const struct book *book = p->pages->book;
	str parts[3] = { book->title, book->subtitle, book->narrowed };
	struct buf *b = &p->tmp;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i].n == 0)
			continue;
		if (b->n > 0)
			buf_z(b, " \xe2\x80\x93 ");
		buf_str(b, parts[i]);
	}
	return pdf_body(p);
}

static str
publisher(const struct pdf *p)
{
	const struct publication *pub = p->pages->book->pub;

	return pub != NULL ? pub->publisher : S("");
}

static str
rights(const struct pdf *p)
{
	const struct publication *pub = p->pages->book->pub;

	return pub != NULL ? pub->rights : S("");
}

/* ---- Info ------------------------------------------------------------- */

static void
put_text(struct buf *b, const char *key, str text)
{
	if (text.n == 0)
		return;
	buf_z(b, key);
	pdf_utf16(b, text);
	buf_char(b, '\n');
}

static void
put_date(struct buf *b, const char *key, struct date d)
{
	if (d.y > 0)
		buf_printf(b, "%s(D:%04d%02d%02d000000Z)\n", key, d.y, d.m,
		    d.d);
}

static void
write_info(struct pdf *p, str title)
{
	const struct book *book = p->pages->book;
	str producer = str_c(p->options->producer.p == NULL ? "fascicle" :
	    arena_cstr(p->arena, p->options->producer));
	struct buf *b = &p->tmp;

	if (p->doc->info == NULL)
		return;
	put_text(b, "/Title", title);
	put_text(b, "/Author", publisher(p));
	put_text(b, "/Creator", producer);
	put_text(b, "/Producer", producer);
	put_date(b, "/CreationDate", book->date);
	put_date(b, "/ModDate", book->modified);
	HPDF_Dict_RemoveElement(p->doc->info, "Producer");
	pdf_adopt(p, p->doc->info, pdf_body(p));
}

/* ---- XMP -------------------------------------------------------------- */

static void
put_xml(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; ) {
		size_t at = i;
		uint32_t cp = utf8_next(s, &i);
		char utf8[4];

		if (cp == '&')
			buf_z(b, "&amp;");
		else if (cp == '<')
			buf_z(b, "&lt;");
		else if (cp == '>')
			buf_z(b, "&gt;");
		else if (cp < 0x20 || cp == 0xfffe || cp == 0xffff)
			buf_char(b, ' ');
		else if (cp == 0xfffd)
			buf_add(b, utf8, utf8_put(utf8, cp));
		else
			buf_add(b, s.p + at, i - at);
	}
}

static void
put_element(struct buf *b, const char *tag, const char *open,
    const char *close, str text)
{
	if (text.n == 0)
		return;
	buf_printf(b, "<%s>%s", tag, open);
	put_xml(b, text);
	buf_printf(b, "%s</%s>\n", close, tag);
}

static void
put_xmp_date(struct buf *b, const char *tag, struct date d)
{
	if (d.y > 0)
		buf_printf(b, "<%s>%04d-%02d-%02dT00:00:00Z</%s>\n", tag,
		    d.y, d.m, d.d, tag);
}

static void
put_description(struct pdf *p, struct buf *b, str title)
{
	static const char alt[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
	    alt_end[] = "</rdf:li></rdf:Alt>",
	    bag[] = "<rdf:Bag><rdf:li>", bag_end[] = "</rdf:li></rdf:Bag>",
	    seq[] = "<rdf:Seq><rdf:li>", seq_end[] = "</rdf:li></rdf:Seq>";
	const struct book *book = p->pages->book;
	str producer = p->options->producer.n > 0 ? p->options->producer :
	    S("fascicle");

	buf_z(b, "<dc:format>application/pdf</dc:format>\n");
	put_element(b, "dc:title", alt, alt_end, title);
	put_element(b, "dc:creator", seq, seq_end, publisher(p));
	put_element(b, "dc:publisher", bag, bag_end, publisher(p));
	put_element(b, "dc:language", bag, bag_end, book->language);
	put_element(b, "dc:rights", alt, alt_end, rights(p));
	put_element(b, "pdf:Producer", "", "", producer);
	put_element(b, "xmp:CreatorTool", "", "", producer);
	put_xmp_date(b, "xmp:CreateDate", book->date);
	put_xmp_date(b, "xmp:ModifyDate", book->modified);
	put_element(b, "xmpMM:DocumentID", "uuid:", "", book->uuid);
}

static struct pdf_obj *
write_xmp(struct pdf *p, str title)
{
	struct buf *b = &p->tmp;
	str packet;

	buf_z(b, "<?xpacket begin=\"\xef\xbb\xbf\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf="
	    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\"\n"
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	    " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
	put_description(p, b, title);
	buf_z(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
	    "<?xpacket end=\"r\"?>\n");
	packet = pdf_body(p);
	/* Not deflated: other programs look for the packet in the bytes. */
	return pdf_stream(p, S("/Type/Metadata\n/Subtype/XML\n"), packet);
}

/* ---- catalogue -------------------------------------------------------- */

void
pdf_meta_write(struct pdf *p)
{
	const struct book *book = p->pages->book;
	str title = whole_title(p);
	struct pdf_obj *xmp;
	struct buf b = { 0 };
	str body;

	write_info(p, title);
	xmp = write_xmp(p, title);
	pdf_key_ref(&b, "Metadata", xmp);
	pdf_nav_catalog(p, &b);
	pdf_struct_catalog(p, &b);
	if (book->language.n > 0) {
		buf_z(&b, "/Lang");
		pdf_literal(&b, book->language);
	}
	buf_z(&b, "\n/ViewerPreferences<</DisplayDocTitle true");
	buf_z(&b, book->rtl ? "/Direction/R2L>>\n" : ">>\n");
	HPDF_Dict_RemoveElement(p->doc->catalog, "PageMode");
	if (book->toc != NULL)
		buf_z(&b, "/PageMode/UseOutlines\n");
	if (b.failed)
		p->no_memory = true;
	body = arena_str(p->arena, buf_view(&b));
	buf_done(&b);
	pdf_adopt(p, p->doc->catalog, body);
}
