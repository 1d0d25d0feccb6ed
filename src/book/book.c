/*
 * book.c: binds articles into a book: puts them in order, groups them by
 * section, and gives the book its title, name and identifier.
 *
 * The identifier is a function of what the book is (namespace, kind,
 * period, language, narrowing), not of what is in it: the next edition of
 * the same issue replaces the old one on a reader's shelf.
 */
#include "book/book_int.h"

#include <stdlib.h>

struct sorted { const struct doc *doc; size_t section; str key; };

static int
compare(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int c;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if ((c = date_cmp(a->doc->meta.date, b->doc->meta.date)) != 0)
		return c;
	if ((c = str_cmp(a->key, b->key)) != 0)
		return c;
	if ((c = str_cmp(a->doc->meta.id, b->doc->meta.id)) != 0)
		return c;
	return str_cmp(a->doc->path, b->doc->path);
}

static struct sorted *
sort_docs(struct arena *a, const struct publication *pub, str lang,
    const struct doc *const *docs, size_t n)
{
	struct sorted *v = ARENA_NEW(a, struct sorted, n + 1);
	str *titles = ARENA_NEW(a, str, n + 1);
	str *keys = ARENA_NEW(a, str, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		titles[i] = docs[i]->meta.title;
	locale_sort_keys(a, lang, titles, n, keys);
	for (i = 0; i < n; i++)
		v[i] = (struct sorted){ docs[i],
		    pub_section_find(pub, docs[i]->meta.section), keys[i] };
	if (n > 1)
		qsort(v, n, sizeof(*v), compare);
	return v;
}

/* Opens a section when the sorted articles enter one. */
static struct book_section *
group(struct arena *a, struct book *b, const struct sorted *v,
    struct book_article *articles)
{
	struct book_section *s;
	const struct pub_section *ps;
	uint32_t i, n = 0;

	s = ARENA_NEW(a, struct book_section, b->narticles + 1);
	for (i = 0; i < b->narticles; i++) {
		if (i == 0 || v[i].section != v[i - 1].section) {
			s[n].first = i;
			if (v[i].section != SIZE_MAX) {
				ps = &b->pub->sections[v[i].section];
				s[n].id = ps->id;
				s[n].title = pub_section_title(ps,
				    b->language);
			} else {	/* refused earlier, as a rule */
				s[n].id = S("other");
				s[n].title = book_term(b->language,
				    TERM_ARTICLES);
			}
			n++;
		}
		s[n - 1].n++;
		articles[i].doc = v[i].doc;
		articles[i].section = n - 1;
	}
	b->nsections = n;
	return s;
}

static str
narrowed(struct arena *a, const struct book *b, const struct book_request *r)
{
	size_t i = pub_section_find(b->pub, r->section);
	str s = r->section;

	if (r->section.n > 0 && i != SIZE_MAX)
		s = pub_section_title(&b->pub->sections[i], b->language);
	if (r->tag.n == 0)
		return s;
	if (s.n == 0)
		return arena_printf(a, "#%.*s", STR_ARG(r->tag));
	return arena_printf(a, "%.*s, #%.*s", STR_ARG(s), STR_ARG(r->tag));
}

/* uuid and stem from what was asked for; what: article's id or period. */
static void
name_book(struct arena *a, struct book *b, const struct book_request *r,
    str what)
{
	bool article = b->kind == BOOK_ARTICLE;
	char *uuid = ARENA_NEW(a, char, 37);
	str tag = r->tag.n > 0 ? doc_slug(a, r->tag) : S("");

	uuid5(UUID_NS_URL, arena_printf(a, "%.*s/%s/%.*s/%.*s/%.*s/%.*s",
	    STR_ARG(b->pub->ns), article ? "article" : "compilation",
	    STR_ARG(what), STR_ARG(b->language),
	    STR_ARG(article ? S("") : r->section),
	    STR_ARG(article ? S("") : r->tag)), uuid);
	b->uuid = (str){ uuid, 36 };
	if (article)
		b->stem = what;
	else
		b->stem = arena_printf(a, "%.*s-%.*s%s%.*s%s%.*s",
		    STR_ARG(b->pub->slug), STR_ARG(what),
		    r->section.n > 0 ? "-" : "", STR_ARG(r->section),
		    tag.n > 0 ? "-tag-" : "", STR_ARG(tag));
	/* The publication's own language goes without saying, as it does in
	 * the names of the sources. */
	if (!str_eq(b->language, b->pub->language))
		b->stem = arena_printf(a, "%.*s.%.*s", STR_ARG(b->stem),
		    STR_ARG(b->language));
}

static void
describe(struct arena *a, struct book *b, const struct book_request *r)
{
	const struct doc_meta *m;
	uint32_t i;

	b->title = pub_title_in(b->pub, b->language);
	for (i = 0; i < b->narticles; i++) {
		m = &b->articles[i].doc->meta;
		if (date_cmp(m->date, b->modified) > 0)
			b->modified = m->date;
		if (date_cmp(m->updated, b->modified) > 0)
			b->modified = m->updated;
		b->words += b->articles[i].doc->words;
	}
	if (r->modified.y > 0)
		b->modified = r->modified;
	if (b->kind == BOOK_ARTICLE) {
		b->subtitle = b->narrowed = S("");
		if (b->narticles > 0) {
			b->title = b->articles[0].doc->meta.title;
			b->date = b->articles[0].doc->meta.date;
		}
		name_book(a, b, r, b->narticles > 0 ? b->articles[0].id :
		    S("empty"));
		return;
	}
	b->period = r->period;
	b->date = r->period.from;
	b->subtitle = period_title(a, &b->period, b->language);
	b->narrowed = narrowed(a, b, r);
	if (b->period.kind == PERIOD_MONTH)
		b->issue = (b->date.y - 2000) * 12 + b->date.m;
	name_book(a, b, r, period_slug(a, &b->period));
}

const struct book *
book_bind(struct arena *a, const struct publication *pub,
    const struct book_request *r, const struct doc *const *docs, size_t n,
    struct diag *d)
{
	struct book *b = ARENA_NEW(a, struct book, 1);
	struct book_article *articles;
	struct book_section *sections;
	struct sorted *v;

	b->kind = r->kind;
	b->pub = pub;
	b->language = r->language.n > 0 ? r->language : pub->language;
	b->rtl = lang_is_rtl(b->language);
	b->narticles = (uint32_t)n;
	v = sort_docs(a, pub, b->language, docs, n);
	articles = ARENA_NEW(a, struct book_article, n + 1);
	sections = group(a, b, v, articles);
	b->sections = sections;
	b->articles = articles;
	anchors_make(a, b, sections, articles);
	toc_make(a, b, articles);
	describe(a, b, r);
	resolve_check(a, b, r->known, d);
	return b;
}
