/*
 * metadata.c: what the package document says of the book.
 *
 * All of it is computed from the book; what only a person can know (that it
 * conforms to a level of WCAG) is said where publication.yaml says it. The
 * order of some entries and the roles are those that readers understand,
 * see the comments.
 */
#include "out/epub/epub_int.h"

#define SUBJECTS	24	/* shelves of tags help nobody beyond that */

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

/* In full: of a date alone calibre makes the day before, west of UTC. */
static void
timestamp(struct buf *b, struct date d)
{
	buf_printf(b, "%04d-%02d-%02dT00:00:00Z", d.y, d.m, d.d);
}

/* ---- title ------------------------------------------------------------ */

/* Shelves sort the issues of a publication by time, not by month's name. */
static void
title(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;
	str slug;

	buf_z(b, "<dc:title id=\"title\">");
	xml_text(b, section_book_title(e));
	buf_z(b, "</dc:title>\n");
	refine(b, "title", "title-type", S("main"));
	if (!compilation(e))
		return;
	slug = period_slug(e->arena, &k->period);
	refine(b, "title", "file-as", arena_printf(e->arena,
	    "%.*s %.*s%s%.*s", STR_ARG(k->title), STR_ARG(slug),
	    k->narrowed.n ? " " : "", STR_ARG(k->narrowed)));
}

/*
 * Months of one publication, in one language, narrowed alike, are a series.
 * The specification knows "series" and "set" only; the position is a plain
 * integer, as calibre reads 2024.10 as 2024.1. KOReader prefers calibre's
 * pair, in this order.
 */
static void
series(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;
	char uuid[37];
	str name = k->title;

	if (!compilation(e) || k->issue <= 0 || k->title.n == 0)
		return;
	if (k->narrowed.n)
		name = arena_printf(e->arena, "%.*s \xe2\x80\x93 %.*s",
		    STR_ARG(name), STR_ARG(k->narrowed));
	uuid5(UUID_NS_URL, arena_printf(e->arena, "%.*s/series/%.*s/%.*s",
	    STR_ARG(k->pub->ns), STR_ARG(k->language), STR_ARG(k->narrowed)),
	    uuid);
	buf_z(b, "<meta property=\"belongs-to-collection\" id=\"series\">");
	xml_text(b, name);
	buf_z(b, "</meta>\n");
	refine(b, "series", "collection-type", S("series"));
	buf_printf(b, "<meta refines=\"#series\" property=\"group-position\""
	    ">%d</meta>\n", (int)k->issue);
	refine(b, "series", "dcterms:identifier", arena_printf(e->arena,
	    "urn:uuid:%s", uuid));
	buf_z(b, "<meta name=\"calibre:series\"");
	xml_attr(b, "content", name);
	buf_printf(b, "/>\n<meta name=\"calibre:series_index\" "
	    "content=\"%d\"/>\n", (int)k->issue);
}

/* ---- people ----------------------------------------------------------- */

static const struct doc_meta *
sole_article(const struct epub *e)
{
	return !compilation(e) && e->book->narticles ?
	    &e->book->articles[0].doc->meta : NULL;
}

/*
 * The role is always "aut": foliate-js fails on "pbl" beside dc:publisher,
 * and calibre shows nobody of another role as the book's author. No
 * file-as: names are desks and offices as well as people's, and only a
 * person could be turned into "Doe, Jane".
 */
static void
creators(const struct epub *e, struct buf *b)
{
	const struct publication *p = e->book->pub;
	const struct doc_meta *m = sole_article(e);
	str house = p->publisher.n ? p->publisher : p->title, one;
	size_t i, n = m && m->nauthors ? m->nauthors : 1;

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
}

/* One element per author of a compilation, by first appearance. */
static void
contributors(const struct epub *e, struct buf *b)
{
	struct map *seen = map_new(e->arena);
	const struct doc_meta *m;
	uint32_t i;
	size_t k, n = 0;

	for (i = 0; compilation(e) && i < e->book->narticles; i++) {
		m = &e->book->articles[i].doc->meta;
		for (k = 0; k < m->nauthors; k++) {
			if (str_trim(m->authors[k]).n == 0 ||
			    map_find(seen, m->authors[k]) != NULL)
				continue;
			map_put(seen, m->authors[k], seen);
			buf_printf(b, "<dc:contributor id=\"author-%zu\">",
			    ++n);
			xml_text(b, m->authors[k]);
			buf_printf(b, "</dc:contributor>\n<meta "
			    "refines=\"#author-%zu\" property=\"role\" "
			    "scheme=\"marc:relators\">aut</meta>\n", n);
		}
	}
}

/* ---- subjects --------------------------------------------------------- */

struct subject { str tag; uint32_t n; };
struct subjects { VEC(struct subject) v; struct map *at; };

static void
subject_add(const struct epub *e, struct subjects *s, str tag)
{
	struct subject one = { str_trim(tag), 1 };
	size_t *at;

	if (one.tag.n == 0)
		return;
	at = map_find(s->at, one.tag);
	if (at != NULL) {
		s->v.v[*at].n++;
		return;
	}
	at = ARENA_NEW(e->arena, size_t, 1);
	*at = s->v.n;
	map_put(s->at, one.tag, at);
	VEC_PUSH(e->arena, &s->v, one);
}

/* The tags, the most frequent first, else as they come. */
static void
subjects(const struct epub *e, struct buf *b)
{
	struct subjects s = { { NULL, 0, 0 }, map_new(e->arena) };
	const struct doc_meta *m;
	size_t i, k, best;

	for (i = 0; i < e->book->narticles; i++) {
		m = &e->book->articles[i].doc->meta;
		for (k = 0; k < m->ntags; k++)
			subject_add(e, &s, m->tags[k]);
	}
	for (k = 0; k < SUBJECTS && k < s.v.n; k++) {
		for (best = i = 0; i < s.v.n; i++)
			if (s.v.v[i].n > s.v.v[best].n)
				best = i;
		xml_element(b, "dc:subject", NULL, s.v.v[best].tag);
		s.v.v[best].n = 0;
	}
}

/* ---- what it is about ------------------------------------------------- */

/* A compilation's: its sections and how many articles there are. */
static void
description(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;
	const struct doc_meta *m = sole_article(e);
	struct buf t = { 0 };
	uint32_t i;

	if (m && str_trim(m->summary).n)
		xml_element(b, "dc:description", NULL, m->summary);
	if (!compilation(e) || k->narticles == 0)
		return;
	for (i = 0; i < k->nsections; i++) {
		buf_str(&t, k->sections[i].title);
		buf_z(&t, " \xc2\xb7 ");
	}
	buf_str(&t, book_term(k->language, TERM_ARTICLES));
	buf_printf(&t, ": %u", k->narticles);
	if (!t.failed)
		xml_element(b, "dc:description", NULL, buf_view(&t));
	else
		b->failed = true;
	buf_done(&t);
}

static void
source(const struct epub *e, struct buf *b)
{
	const struct doc_meta *m = sole_article(e);
	str url, name;

	if (!m)
		return;
	url = str_trim(m->source_url);
	name = str_trim(m->source_title);
	if (url.n || name.n)
		xml_element(b, "dc:source", NULL, !url.n ? name : !name.n ?
		    url : arena_printf(e->arena, "%.*s, %.*s", STR_ARG(name),
		    STR_ARG(url)));
}

static void
house(const struct epub *e, struct buf *b)
{
	const struct publication *p = e->book->pub;

	if (str_trim(p->publisher).n)
		xml_element(b, "dc:publisher", NULL, p->publisher);
	if (str_trim(p->rights).n)
		xml_element(b, "dc:rights", NULL, p->rights);
}

/* ---- accessibility ---------------------------------------------------- */

static void
feature(struct buf *b, const char *what)
{
	meta(b, "schema:accessibilityFeature", str_c(what));
}

/* Said in the book's language or, where we have no words in it, English. */
static void
access_summary(const struct epub *e, struct buf *b)
{
	str lang = e->book->language;

	buf_z(b, "<meta property=\"schema:accessibilitySummary\"");
	if (!book_terms_known(lang)) {
		xml_attr(b, "xml:lang", S("en"));
		if (e->book->rtl)
			xml_attr(b, "dir", S("ltr"));
	}
	buf_char(b, '>');
	xml_text(b, book_term(lang, TERM_ACCESS_TEXT));
	if (e->any_image) {
		buf_char(b, ' ');
		xml_text(b, book_term(lang, e->alt_missing ?
		    TERM_ACCESS_PICTURES_SOME : TERM_ACCESS_PICTURES));
	}
	if (e->nbreaks) {
		buf_char(b, ' ');
		xml_text(b, book_term(lang, TERM_ACCESS_PAGES));
	}
	buf_z(b, "</meta>\n");
}

/* A person's claim, and the person; nobody else can make it. */
static void
conformance(const struct epub *e, struct buf *b)
{
	const struct pub_epub *p = &e->book->pub->epub;

	if (p->conforms.n == 0)
		return;
	buf_printf(b, "<meta property=\"dcterms:conformsTo\" id=\"conforms\">"
	    "EPUB Accessibility 1.1 - WCAG 2.2 Level %.*s</meta>\n",
	    STR_ARG(p->conforms));
	refine(b, "conforms", "a11y:certifiedBy", p->certified_by);
}

static void
accessibility(const struct epub *e, struct buf *b)
{
	/* Every word is text; pictures are for eyes. */
	meta(b, "schema:accessMode", S("textual"));
	if (e->any_image)
		meta(b, "schema:accessMode", S("visual"));
	/* Text is enough where it says what the pictures show. */
	meta(b, "schema:accessModeSufficient", e->alt_missing ?
	    S("textual,visual") : S("textual"));
	if (e->any_image && !e->alt_missing)
		feature(b, "alternativeText");
	/* The stylesheet sets no colour, family or fixed size. */
	feature(b, "displayTransformability");
	/* The pages of the PDF are marked and listed. */
	if (e->nbreaks) {
		feature(b, "pageBreakMarkers");
		feature(b, "pageNavigation");
	}
	/* Files, notes and tables stand in the order of the source. */
	feature(b, "readingOrder");
	/* Sections and articles begin with headings that skip no level. */
	feature(b, "structuralNavigation");
	/* nav.xhtml lists them and is never empty. */
	feature(b, "tableOfContents");
	/* Nothing is encrypted. */
	feature(b, "unlocked");
	/* Of moving pictures the image module keeps the first frame, there
	 * is no script and no sound: nothing flashes, moves or makes noise. */
	meta(b, "schema:accessibilityHazard", S("none"));
	access_summary(e, b);
	conformance(e, b);
}

/*
 * Whose pages the list of pages has. EPUB 3.3 says it as a source, 3.4 by a
 * property of its own, which EPUBCheck 4 does not know.
 */
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

/* ---- all of it -------------------------------------------------------- */

/* No clock: what has no date at all is as old as the reckoning of issues. */
static struct date
modified(const struct book *k)
{
	return k->modified.y ? k->modified : k->date.y ? k->date :
	    (struct date){ 2000, 1, 1 };
}

void
metadata_write(const struct epub *e, struct buf *b)
{
	const struct book *k = e->book;

	buf_z(b, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
	    "<dc:identifier id=\"uid\">urn:uuid:");
	xml_text(b, k->uuid);
	buf_z(b, "</dc:identifier>\n");
	title(e, b);
	/* One only: calibre takes the last for the book's. */
	xml_element(b, "dc:language", NULL, k->language);
	if (k->date.y) {
		buf_z(b, "<dc:date>");
		timestamp(b, k->date);
		buf_z(b, "</dc:date>\n");
	}
	creators(e, b);
	contributors(e, b);
	house(e, b);
	subjects(e, b);
	description(e, b);
	source(e, b);
	page_source(e, b);
	buf_z(b, "<meta property=\"dcterms:modified\">");
	timestamp(b, modified(k));
	buf_z(b, "</meta>\n");
	series(e, b);
	accessibility(e, b);
	if (e->nfonts)		/* Apple Books heeds @font-face only then */
		meta(b, "ibooks:specified-fonts", S("true"));
	if (e->options->generator.n) {
		buf_z(b, "<meta name=\"generator\"");
		xml_attr(b, "content", e->options->generator);
		buf_z(b, "/>\n");
	}
	/* Nook asks for this order of attributes. */
	if (e->cover)
		buf_printf(b, "<meta name=\"cover\" content=\"e%zu\"/>\n",
		    e->cover);
	buf_z(b, "</metadata>\n");
}
