/*
 * pdf_xmp.c: the XMP packet (ISO 16684-1), which PDF/A and PDF/UA read what
 * a file claims to be from. Its bytes are not deflated: other programs look
 * for the packet in the file.
 *
 * DocumentID is the book's; InstanceID is that of this version of it. The
 * packet is written behind all other objects but the streams of hidden ones,
 * which are packed before anything is written; so the fingerprint of what
 * went before and of those makes the InstanceID, which is put in when the
 * packet is written.
 */
#include <inttypes.h>
#include <stdio.h>

#include "out/pdf/pdf_int.h"

static void
put_xml(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&': buf_z(b, "&amp;"); break;
		case '<': buf_z(b, "&lt;"); break;
		case '>': buf_z(b, "&gt;"); break;
		case '"': buf_z(b, "&quot;"); break;
		default: buf_char(b, s.p[i]);
		}
}

static void
put_simple(struct buf *b, const char *tag, const char *prefix, str text)
{
	if (text.n == 0)
		return;
	buf_printf(b, "<%s>%s", tag, prefix);
	put_xml(b, text);
	buf_printf(b, "</%s>\n", tag);
}

/* Text in a language: first for all who do not ask, then by its name. */
static void
put_alt(struct buf *b, const char *tag, str text, str lang)
{
	if (text.n == 0)
		return;
	buf_printf(b, "<%s><rdf:Alt>", tag);
	for (int i = 0; i < (lang.n > 0 ? 2 : 1); i++) {
		buf_z(b, "<rdf:li xml:lang=\"");
		put_xml(b, i == 0 ? S("x-default") : lang);
		buf_z(b, "\">");
		put_xml(b, text);
		buf_z(b, "</rdf:li>");
	}
	buf_printf(b, "</rdf:Alt></%s>\n", tag);
}

/* kind: "Bag", or "Seq" where the order says something. */
static void
put_list(struct buf *b, const char *tag, const char *kind, const str *v,
    size_t n)
{
	if (n == 0)
		return;
	buf_printf(b, "<%s><rdf:%s>", tag, kind);
	for (size_t i = 0; i < n; i++) {
		buf_z(b, "<rdf:li>");
		put_xml(b, v[i]);
		buf_z(b, "</rdf:li>");
	}
	buf_printf(b, "</rdf:%s></%s>\n", kind, tag);
}

static void
put_date(struct buf *b, const char *tag, struct date d)
{
	if (d.y > 0)
		buf_printf(b, "<%s>%04d-%02d-%02dT00:00:00Z</%s>\n", tag,
		    d.y, d.m, d.d, tag);
}

static void
put_description(struct pdf *p, struct buf *b, const struct pdf_meta *m)
{
	str date = arena_printf(p->arena, "%04d-%02d-%02d", m->created.y,
	    m->created.m, m->created.d);

	buf_z(b, "<dc:format>application/pdf</dc:format>\n");
	put_alt(b, "dc:title", m->title, m->language);
	put_list(b, "dc:creator", "Seq", m->creators, m->ncreators);
	put_list(b, "dc:subject", "Bag", m->subjects, m->nsubjects);
	put_alt(b, "dc:description", m->description, m->language);
	put_list(b, "dc:publisher", "Bag", &m->publisher,
	    m->publisher.n > 0);
	put_list(b, "dc:date", "Seq", &date, m->created.y > 0);
	put_simple(b, "dc:identifier", "urn:uuid:", m->uuid);
	put_list(b, "dc:language", "Bag", &m->language, m->language.n > 0);
	put_alt(b, "dc:rights", m->rights, m->language);
	put_simple(b, "pdf:Keywords", "", m->keywords);
	put_simple(b, "pdf:Producer", "", m->producer);
	put_simple(b, "xmp:CreatorTool", "", m->producer);
	put_date(b, "xmp:CreateDate", m->created);
	put_date(b, "xmp:ModifyDate", m->modified);
	put_date(b, "xmp:MetadataDate", m->modified);
	put_simple(b, "xmpMM:DocumentID", "uuid:", m->uuid);
}

/* ---- claims ----------------------------------------------------------- */

/* PDF/A knows pdfuaid:part only when the packet describes it. */
static const char extension[] =
    "<rdf:Description rdf:about=\"\"\n"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>The part of ISO 14289 that the file "
    "conforms to</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

static void
put_claims(const struct pdf *p, struct buf *b)
{
	if (p->claims_a)
		buf_z(b, "<rdf:Description rdf:about=\"\" xmlns:pdfaid="
		    "\"http://www.aiim.org/pdfa/ns/id/\">\n"
		    "<pdfaid:part>2</pdfaid:part>\n"
		    "<pdfaid:conformance>A</pdfaid:conformance>\n"
		    "</rdf:Description>\n");
	if (p->claims_ua)
		buf_z(b, "<rdf:Description rdf:about=\"\" xmlns:pdfuaid="
		    "\"http://www.aiim.org/pdfua/ns/id/\">\n"
		    "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n");
	if (p->claims_a && p->claims_ua)
		buf_z(b, extension);
}

/* ---- the packet ------------------------------------------------------- */

#define INSTANCE	36

/* RFC 9562's version 8: the rest of the bits are ours. */
static HPDF_STATUS
write_packet(HPDF_Dict dict)
{
	struct pdf *p = dict->error->user_data;
	uint64_t v[2] = { p->print[0], p->print[1] };
	char id[INSTANCE + 1];

	fingerprint(v, p->block, p->blockn);
	for (size_t i = 0; i < p->ngroups; i++)
		fingerprint(v, p->groups[i].packed.p, p->groups[i].packed.n);
	snprintf(id, sizeof(id), "%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64
	    "-%04" PRIx64 "-%012" PRIx64, v[0] >> 32, v[0] >> 16 & 0xffff,
	    v[0] & 0xfff, 0x8000 | (v[1] >> 48 & 0x3fff),
	    v[1] & 0xffffffffffff);
	memcpy(p->instance, id, INSTANCE);
	return p->after_xmp(dict);
}

struct pdf_obj *
pdf_xmp_write(struct pdf *p, const struct pdf_meta *m)
{
	struct buf *b = &p->tmp;
	struct pdf_obj *o;
	size_t at, n;
	char *packet;

	buf_z(b, "<?xpacket begin=\"\xef\xbb\xbf\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf="
	    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\"\n"
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	    " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
	put_description(p, b, m);
	buf_z(b, "<xmpMM:InstanceID>uuid:");
	at = b->n;
	buf_z(b, "00000000-0000-8000-8000-000000000000"
	    "</xmpMM:InstanceID>\n</rdf:Description>\n");
	put_claims(p, b);
	buf_z(b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
	n = b->n;
	packet = arena_cstr(p->arena, buf_view(b));
	if (b->failed)
		p->no_memory = true;
	b->n = 0;
	o = pdf_stream(p, S("/Type/Metadata\n/Subtype/XML\n"),
	    (str){ packet, n });
	p->instance = packet + at;
	if (o->dict != NULL) {
		p->after_xmp = o->dict->after_write_fn;
		o->dict->after_write_fn = write_packet;
	}
	return o;
}
