/*
 * pdf_meta.c: what the file says about itself: document information, the
 * colours' meaning, language and how viewers should open it. Info and XMP
 * are written from one struct, so they agree key by key. Dates are the
 * book's, never the clock's.
 */
#include "out/pdf/pdf_int.h"

#define SUBJECTS_MOST	200
#define SPREAD_PAGES	3	/* fewer do not lie beside each other */

/* ---- what is said ----------------------------------------------------- */

/* Without controls, noncharacters and what is invisible: in one line, and
 * the same for both descriptions. */
static str
plain(struct pdf *p, str s)
{
	struct buf *b = &p->tmp;

	for (size_t i = 0; i < s.n; ) {
		char utf8[4];
		uint32_t cp = utf8_next(s, &i);

		if (pdf_ignored(cp))
			continue;
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
		    (cp & 0xfffe) == 0xfffe)
			cp = ' ';
		buf_add(b, utf8, utf8_put(utf8, cp));
	}
	return str_trim(pdf_body(p));
}

static str
joined(struct pdf *p, const str *v, size_t n, const char *between)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].n == 0)
			continue;
		if (p->tmp.n > 0)
			buf_z(&p->tmp, between);
		buf_str(&p->tmp, v[i]);
	}
	return pdf_body(p);
}

static void
add_subject(struct pdf *p, struct pdf_meta *m, struct map *seen, str s)
{
	s = plain(p, s);
	if (s.n == 0 || m->nsubjects == SUBJECTS_MOST ||
	    map_put(seen, s, seen) != NULL)
		return;
	m->subjects[m->nsubjects++] = s;
}

/* The sections, then an article's tags or the one tag of a compilation. */
static void
subjects(struct pdf *p, struct pdf_meta *m)
{
	const struct book *book = p->pages->book;
	struct map *seen = map_new(p->arena);

	m->subjects = ARENA_NEW(p->arena, str, SUBJECTS_MOST);
	for (uint32_t i = 0; i < book->nsections; i++)
		add_subject(p, m, seen, book->sections[i].title);
	if (book->kind == BOOK_COMPILATION) {
		add_subject(p, m, seen, book->narrowed);
	} else if (book->narticles > 0) {
		const struct doc_meta *d = &book->articles[0].doc->meta;

		for (size_t i = 0; i < d->ntags; i++)
			add_subject(p, m, seen, d->tags[i]);
	}
	m->keywords = joined(p, m->subjects, m->nsubjects, ", ");
}

/* An article's authors; who publishes where they are not named. */
static void
creators(struct pdf *p, struct pdf_meta *m)
{
	const struct book *book = p->pages->book;
	const struct doc_meta *d = book->kind == BOOK_ARTICLE &&
	    book->narticles > 0 ? &book->articles[0].doc->meta : NULL;
	size_t n = d != NULL ? d->nauthors : 0;

	m->creators = ARENA_NEW(p->arena, str, n + 1);
	for (size_t i = 0; i < n; i++)
		if ((m->creators[m->ncreators] = plain(p,
		    d->authors[i])).n > 0)
			m->ncreators++;
	if (m->ncreators == 0 && m->publisher.n > 0)
		m->creators[m->ncreators++] = m->publisher;
	m->author = joined(p, m->creators, m->ncreators, "; ");
}

static void
gather(struct pdf *p, struct pdf_meta *m)
{
	const struct book *book = p->pages->book;
	const struct publication *pub = book->pub;
	const str title[] = { plain(p, book->title),
	    plain(p, book->subtitle), plain(p, book->narrowed) };

	*m = (struct pdf_meta){ .language = book->language,
	    .uuid = book->uuid, .created = book->date,
	    .modified = book->modified.y > 0 ? book->modified : book->date };
	m->title = joined(p, title, ARRAY_LEN(title), " \xe2\x80\x93 ");
	m->producer = p->options->producer.n > 0 ? p->options->producer :
	    S("fascicle");
	if (pub != NULL) {
		m->publisher = plain(p, pub->publisher);
		m->rights = plain(p, pub->rights);
	}
	if (book->kind == BOOK_ARTICLE && book->narticles > 0)
		m->description = plain(p,
		    book->articles[0].doc->meta.summary);
	creators(p, m);
	subjects(p, m);
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
write_info(struct pdf *p, const struct pdf_meta *m)
{
	struct buf *b = &p->tmp;

	if (p->doc->info == NULL)
		return;
	put_text(b, "/Title", m->title);
	put_text(b, "/Author", m->author);
	put_text(b, "/Subject", m->description);
	put_text(b, "/Keywords", m->keywords);
	put_text(b, "/Creator", m->producer);
	put_text(b, "/Producer", m->producer);
	put_date(b, "/CreationDate", m->created);
	put_date(b, "/ModDate", m->modified);
	HPDF_Dict_RemoveElement(p->doc->info, "Producer");
	pdf_adopt(p, p->doc->info, pdf_body(p));
}

/* ---- colours ---------------------------------------------------------- */

static struct pdf_obj *
write_intent(struct pdf *p)
{
	struct buf icc = { 0 };
	struct pdf_obj *o;

	pdf_icc_srgb(&icc);
	if (icc.failed)
		p->no_memory = true;
	o = pdf_deflated(p, S("/N 3\n"), buf_view(&icc));
	buf_done(&icc);
	buf_z(&p->tmp, "/Type/OutputIntent\n/S/GTS_PDFA1\n"
	    "/OutputConditionIdentifier(sRGB IEC61966-2.1)\n"
	    "/Info(sRGB IEC61966-2.1)\n/RegistryName(http://www.color.org)\n");
	pdf_key_ref(&p->tmp, "DestOutputProfile", o);
	return pdf_raw(p, pdf_body(p));
}

/* ---- catalogue -------------------------------------------------------- */

/* How it is shown when opened; where nothing is said, as the reader likes. */
static void
put_view(struct pdf *p, struct buf *b)
{
	const struct book *book = p->pages->book;

	buf_z(b, "\n/ViewerPreferences<</DisplayDocTitle true");
	buf_z(b, book->rtl ? "/Direction/R2L>>\n" : ">>\n");
	HPDF_Dict_RemoveElement(p->doc->catalog, "PageMode");
	if (book->toc != NULL)
		buf_z(b, "/PageMode/UseOutlines\n");
	/* Recto and verso differ: the cover alone, then in pairs. */
	if (p->pages->two_sided && p->pages->n >= SPREAD_PAGES)
		buf_z(b, "/PageLayout/TwoColumnRight\n");
}

void
pdf_meta_write(struct pdf *p)
{
	struct pdf_obj *intent = p->claims_a ? write_intent(p) : NULL;
	struct pdf_obj *xmp;
	struct pdf_meta m;
	struct buf b = { 0 };
	str body;

	gather(p, &m);
	write_info(p, &m);
	pdf_nav_catalog(p, &b);
	pdf_struct_catalog(p, &b);
	if (intent != NULL) {
		buf_z(&b, "/OutputIntents[");
		pdf_ref(&b, intent->id);
		buf_z(&b, "]\n");
	}
	if (m.language.n > 0) {
		buf_z(&b, "/Lang");
		pdf_literal(&b, m.language);
	}
	put_view(p, &b);
	xmp = pdf_xmp_write(p, &m);
	pdf_key_ref(&b, "Metadata", xmp);
	if (b.failed)
		p->no_memory = true;
	body = arena_str(p->arena, buf_view(&b));
	buf_done(&b);
	pdf_adopt(p, p->doc->catalog, body);
}
