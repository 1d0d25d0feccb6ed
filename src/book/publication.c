/*
 * publication.c: reads publication.yaml into a const struct publication.
 *
 * Every key is read even after an error, so that one run tells all that is
 * wrong; each PUB_VALUE says what was expected. Defaults are filled in here
 * and nowhere else.
 */
#include "book/book_int.h"

struct reader {
	struct arena	*a;
	struct diag	*d;
	bool		 bad;
};

static void
wrong(struct reader *r, span at, const char *what, const char *expected)
{
	r->bad = true;
	diag_add(r->d, DIAG_PUB_VALUE, at, "%s: expected %s", what, expected);
}

/* A non-empty scalar; "" where it is absent or wrong. */
static str
read_text(struct reader *r, const struct yaml_node *map, str key)
{
	const struct yaml_node *n = yaml_find(map, key);
	str text;

	if (n == NULL)
		return S("");
	text = n->kind == YAML_SCALAR ? str_trim(n->text) : S("");
	if (text.n == 0)
		wrong(r, n->at, arena_cstr(r->a, key), "a text");
	return text;
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/*
 * The shape of a BCP 47 tag in its canonical case: language in lower case,
 * Script in title case, REGION in upper case. "" if it is none.
 */
static str
language_tag(struct arena *a, str s)
{
	char *out = arena_cstr(a, s);
	size_t i, at = 0, len;

	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != '-') {
			if (!is_alnum(s.p[i]))
				return S("");
			if (out[i] >= 'A' && out[i] <= 'Z')
				out[i] = (char)(out[i] + 32);
			continue;
		}
		len = i - at;
		if (len == 0 || len > 8 || (at == 0 && (len < 2 || len > 3)))
			return S("");
		if (at > 0 && (len == 4 || len == 2) && out[at] >= 'a') {
			out[at] = (char)(out[at] - 32);
			if (len == 2 && out[at + 1] >= 'a')
				out[at + 1] = (char)(out[at + 1] - 32);
		}
		at = i + 1;
	}
	for (i = 0; i < s.n && out[i] != '-'; i++)
		if (out[i] < 'a')
			return S("");
	return (str){ out, s.n };
}

static bool
is_slug(str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-')
			return false;
	return s.n > 0 && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

/* "Polity" or {en: Polity, hi: ...}. */
static const struct pub_title *
read_titles(struct reader *r, const struct yaml_node *n, size_t *count)
{
	VEC(struct pub_title) v = { NULL, 0, 0 };
	const struct yaml_node *c;
	struct pub_title t;

	if (n->kind == YAML_SCALAR && str_trim(n->text).n > 0) {
		t = (struct pub_title){ S(""), str_trim(n->text) };
		VEC_PUSH(r->a, &v, t);
	} else if (n->kind == YAML_MAP && n->child != NULL) {
		for (c = n->child; c != NULL; c = c->next) {
			t.lang = language_tag(r->a, c->key);
			if (t.lang.n == 0)
				wrong(r, c->key_at, "title",
				    "a language tag such as en or pt-BR");
			t.text = c->kind == YAML_SCALAR ?
			    str_trim(c->text) : S("");
			if (t.text.n == 0)
				wrong(r, c->at, "title", "a text");
			VEC_PUSH(r->a, &v, t);
		}
	} else
		wrong(r, n->at, "title", "a text or {language: text}");
	*count = v.n;
	return v.v;
}

/* ---- page ------------------------------------------------------------- */

/* "148", which is millimetres, "148mm" or "6in". */
static sp
read_side(struct reader *r, const struct yaml_node *page, str key)
{
	const struct yaml_node *n = yaml_find(page, key);
	struct length x;
	sp side = 0;

	if (n != NULL && n->kind == YAML_SCALAR &&
	    length_parse(n->text, &x) && x.unit < UNIT_PERCENT) {
		x.unit = x.unit == UNIT_NONE ? UNIT_MM : x.unit;
		side = length_sp(x, 0);
	}
	if (!paper_side(side))
		wrong(r, n != NULL ? n->at : page->at,
		    arena_cstr(r->a, key), "a length from 20 mm to 5 m, "
		    "such as 148mm");
	return side;
}

/* The size's name, or NULL where p has been filled in or all is wrong. */
static const struct yaml_node *
read_sides(struct reader *r, const struct yaml_node *page,
    struct publication *p)
{
	static const str known[] = {
		{ "size", 4 }, { "width", 5 }, { "height", 6 }
	};
	const struct yaml_node *size;

	yaml_check_keys(page, known, ARRAY_LEN(known), r->d);
	size = yaml_find(page, S("size"));
	if (size == NULL) {
		p->page_w = read_side(r, page, S("width"));
		p->page_h = read_side(r, page, S("height"));
		p->page_name = S("custom");
	} else if (yaml_find(page, S("width")) != NULL ||
	    yaml_find(page, S("height")) != NULL)
		wrong(r, size->at, "page", "either size or width and height");
	return size;
}

static void
read_page(struct reader *r, const struct yaml_node *page,
    struct publication *p)
{
	const struct yaml_node *size = page;
	struct paper paper;

	if (page != NULL && page->kind == YAML_MAP)
		size = read_sides(r, page, p);
	if (size == NULL)
		return;
	if (size->kind != YAML_SCALAR || !paper_parse(size->text, &paper)) {
		wrong(r, size->at, "page size", PAPER_EXPECTED);
		return;
	}
	p->page_w = paper.w;
	p->page_h = paper.h;
	p->page_name = paper.name;
}

/* ---- themes ----------------------------------------------------------- */

static struct pub_theme
read_theme(struct reader *r, const struct yaml_node *n)
{
	struct pub_theme t = { S(""), n->at };

	if (n->kind == YAML_SCALAR)
		t.name = str_trim(n->text);
	if (t.name.n == 0)
		wrong(r, n->at, "theme", "the name of a theme, its file, or "
		    "{article: ..., compilation: ...}");
	return t;
}

/* One for all books, or one for each kind of them. */
static void
read_themes(struct reader *r, const struct yaml_node *n,
    struct publication *p)
{
	static const str known[] = { { "article", 7 }, { "compilation", 11 } };
	const struct yaml_node *c;
	size_t i;

	if (n != NULL && n->kind != YAML_MAP) {
		p->theme[0] = p->theme[1] = read_theme(r, n);
		return;
	}
	yaml_check_keys(n, known, ARRAY_LEN(known), r->d);
	for (i = 0; i < ARRAY_LEN(known); i++)
		if ((c = yaml_find(n, known[i])) != NULL)
			p->theme[i] = read_theme(r, c);
}

/* ---- sections --------------------------------------------------------- */

static struct pub_section
read_section(struct reader *r, const struct yaml_node *n)
{
	static const str known[] = { { "id", 2 }, { "title", 5 } };
	const struct yaml_node *title;
	struct pub_section s = { S(""), NULL, 0 };

	if (n->kind != YAML_MAP) {
		wrong(r, n->at, "sections", "entries {id: ..., title: ...}");
		return s;
	}
	yaml_check_keys(n, known, ARRAY_LEN(known), r->d);
	s.id = read_text(r, n, S("id"));
	if (!is_slug(s.id))
		wrong(r, n->at, "section id",
		    "lower-case ASCII letters, digits and hyphens");
	title = yaml_find(n, S("title"));
	if (title == NULL)
		wrong(r, n->at, "section title", "a text or {language: text}");
	else
		s.titles = read_titles(r, title, &s.ntitles);
	return s;
}

static struct pub_section *
read_sections(struct reader *r, const struct yaml_node *map,
    struct publication *p)
{
	const struct yaml_node *list = yaml_find(map, S("sections")), *n;
	VEC(struct pub_section) v = { NULL, 0, 0 };
	struct pub_section s;
	size_t i;

	if (list == NULL || list->kind != YAML_SEQ || list->child == NULL) {
		wrong(r, list != NULL ? list->at : map->at, "sections",
		    "a list of {id: ..., title: ...}");
		return NULL;
	}
	for (n = list->child; n != NULL; n = n->next) {
		s = read_section(r, n);
		for (i = 0; i < v.n; i++)
			if (s.id.n > 0 && str_eq(v.v[i].id, s.id)) {
				wrong(r, n->at, "section id",
				    "an id that no other section has");
				break;
			}
		VEC_PUSH(r->a, &v, s);
	}
	p->sections = v.v;
	p->nsections = v.n;
	return v.v;
}

/* ---- habits and hyphens ------------------------------------------------ */

/* "on", "off" or {quotes: off, ...}. */
static unsigned
read_habits(struct reader *r, const struct yaml_node *n)
{
	static const str known[] = {
		{ "quotes", 6 }, { "dashes", 6 }, { "ellipses", 8 },
		{ "spaces", 6 }, { "ordinals", 8 }, { "fractions", 9 },
	};
	unsigned habits = HABITS_DEFAULT;
	bool on = true;

	if (n == NULL)
		return habits;
	if (n->kind == YAML_SCALAR && str_switch(str_trim(n->text), &on))
		return on ? habits : 0;
	if (n->kind != YAML_MAP) {
		wrong(r, n->at, "habits", "on, off or {quotes: off, ...}");
		return habits;
	}
	yaml_check_keys(n, known, ARRAY_LEN(known), r->d);
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const struct yaml_node *v = yaml_find(n, known[i]);
		unsigned bit = 1u << i;		/* in enum doc_habit's order */

		if (v == NULL)
			continue;
		if (v->kind != YAML_SCALAR ||
		    !str_switch(str_trim(v->text), &on))
			wrong(r, v->at, known[i].p, "on or off");
		habits = on ? habits | bit : habits & ~bit;
	}
	return habits;
}

/* Letters with single hyphens between them. */
static bool
is_hyphenated(str w)
{
	bool hyphen = true;

	for (size_t i = 0; i < w.n; i++) {
		bool was = hyphen;
		unsigned char c = (unsigned char)w.p[i];

		hyphen = c == '-';
		if ((hyphen && was) || (c < 0x80 && !hyphen &&
		    !(is_alnum(w.p[i]) && c > '9')))
			return false;
	}
	return !hyphen && w.n <= 200;
}

/* {exceptions: {en: [data-base, ...], hi: [...]}} */
static void
read_hyphenation(struct reader *r, const struct yaml_node *map,
    struct publication *p)
{
	static const str known[] = { { "exceptions", 10 } };
	const struct yaml_node *n = yaml_find(map, S("hyphenation")), *l, *w;
	VEC(struct pub_exception) v = { NULL, 0, 0 };

	if (n == NULL)
		return;
	if (n->kind == YAML_MAP) {
		yaml_check_keys(n, known, ARRAY_LEN(known), r->d);
		n = yaml_find(n, S("exceptions"));
		if (n == NULL)
			return;
	}
	for (l = n->kind == YAML_MAP ? n->child : NULL; l; l = l->next) {
		str lang = language_tag(r->a, l->key);

		if (lang.n == 0)
			wrong(r, l->key_at, "exceptions",
			    "a language tag such as en or pt-BR");
		if (l->kind != YAML_SEQ)
			wrong(r, l->at, "exceptions", "a list of words");
		for (w = l->kind == YAML_SEQ ? l->child : NULL; w;
		    w = w->next) {
			struct pub_exception x = { lang, str_trim(w->text) };

			if (w->kind != YAML_SCALAR || !is_hyphenated(x.word))
				wrong(r, w->at, "exceptions", "a word with "
				    "hyphens where it may be cut, as "
				    "data-base");
			VEC_PUSH(r->a, &v, x);
		}
	}
	if (n->kind != YAML_MAP)
		wrong(r, n->at, "hyphenation",
		    "{exceptions: {en: [data-base, ...]}}");
	p->exceptions = v.v;
	p->nexceptions = v.n;
}

static const struct pub_title *
titles_habits(struct arena *a, const struct pub_title *t, size_t n,
    const struct doc_defaults *d)
{
	struct pub_title *out = ARENA_NEW(a, struct pub_title, n);

	for (size_t i = 0; i < n; i++) {
		out[i].lang = t[i].lang;
		out[i].text = doc_habits_str(a, t[i].text, t[i].lang.n > 0 ?
		    t[i].lang : d->language, d->habits);
	}
	return out;
}

/* Once ids are made of what was written. */
static void
names_habits(struct arena *a, struct publication *p,
    struct pub_section *sections)
{
	const struct doc_defaults *d = &p->articles;

	p->titles = titles_habits(a, p->titles, p->ntitles, d);
	p->title = pub_title_in(p, p->language);
	p->publisher = doc_habits_str(a, p->publisher, d->language,
	    d->habits);
	p->rights = doc_habits_str(a, p->rights, d->language, d->habits);
	for (size_t i = 0; i < p->nsections; i++)
		sections[i].titles = titles_habits(a, sections[i].titles,
		    sections[i].ntitles, d);
}

/* ---- the file --------------------------------------------------------- */

static void
read_names(struct reader *r, const struct yaml_node *map,
    struct publication *p)
{
	const struct yaml_node *n = yaml_find(map, S("title"));

	p->language = read_text(r, map, S("language"));
	if (p->language.n == 0)
		p->language = S("en");
	else if ((p->language = language_tag(r->a, p->language)).n == 0) {
		wrong(r, yaml_find(map, S("language"))->at, "language",
		    "a language tag such as en or pt-BR");
		p->language = S("en");
	}
	if (n == NULL)
		wrong(r, map->at, "title", "a text or {language: text}");
	else
		p->titles = read_titles(r, n, &p->ntitles);
	p->title = pub_title_in(p, p->language);
	p->slug = read_text(r, map, S("slug"));
	if (p->slug.n == 0)
		p->slug = doc_slug(r->a, p->title);
	else if (!is_slug(p->slug))
		wrong(r, yaml_find(map, S("slug"))->at, "slug",
		    "lower-case ASCII letters, digits and hyphens");
	p->ns = read_text(r, map, S("namespace"));
	if (p->ns.n == 0)
		p->ns = arena_printf(r->a, "urn:fascicle:%.*s",
		    STR_ARG(p->slug));
	else if (!str_starts(p->ns, S("https://")) &&
	    !str_starts(p->ns, S("http://")) &&
	    !str_starts(p->ns, S("urn:")))
		wrong(r, yaml_find(map, S("namespace"))->at, "namespace",
		    "a URI that begins with https://, http:// or urn:");
}

const struct publication *
pub_parse(struct arena *a, str path, str text, uint32_t base,
    const struct limits *lim, struct diag *d)
{
	static const str known[] = {
		{ "title", 5 }, { "slug", 4 }, { "publisher", 9 },
		{ "language", 8 }, { "namespace", 9 }, { "page", 4 },
		{ "theme", 5 }, { "rights", 6 }, { "sections", 8 },
		{ "habits", 6 }, { "hyphenation", 11 }, { "pdf", 3 },
		{ "epub", 4 },
	};
	struct pub_section *sections;
	struct reader r = { a, d, false };
	const struct yaml_node *map;
	struct publication *p;
	bool empty = false;

	map = yaml_parse(a, text, base, lim, d, &empty);
	if (map == NULL) {
		if (empty)
			diag_add_path(d, DIAG_PUB_VALUE, path,
			    "the file is empty: expected title and sections");
		return NULL;
	}
	if (map->kind != YAML_MAP) {
		wrong(&r, map->at, "publication", "keys and values");
		return NULL;
	}
	yaml_check_keys(map, known, ARRAY_LEN(known), d);
	p = ARENA_NEW(a, struct publication, 1);
	read_names(&r, map, p);
	p->publisher = read_text(&r, map, S("publisher"));
	p->rights = read_text(&r, map, S("rights"));
	read_page(&r, yaml_find(map, S("page")), p);
	read_themes(&r, yaml_find(map, S("theme")), p);
	if (!pub_pdf_read(yaml_find(map, S("pdf")), &p->pdf, d) ||
	    !pub_epub_read(yaml_find(map, S("epub")), &p->epub, d))
		r.bad = true;
	sections = read_sections(&r, map, p);
	p->articles = (struct doc_defaults){ p->language,
	    read_habits(&r, yaml_find(map, S("habits"))) };
	read_hyphenation(&r, map, p);
	names_habits(a, p, sections);
	return r.bad ? NULL : p;
}

/* ---- asking ----------------------------------------------------------- */

/* The language itself, its primary language, any, English, the first. */
static str
title_in(const struct pub_title *t, size_t n, str lang)
{
	const str want[] = { lang, lang_primary(lang), S(""), S("en") };
	size_t i, k;

	for (k = 0; k < ARRAY_LEN(want); k++)
		for (i = 0; i < n; i++)
			if (str_eq(t[i].lang, want[k]))
				return t[i].text;
	return n > 0 ? t[0].text : S("");
}

str
pub_section_title(const struct pub_section *s, str lang)
{
	str t = title_in(s->titles, s->ntitles, lang);

	return t.n > 0 ? t : s->id;
}

str
pub_title_in(const struct publication *p, str lang)
{
	return title_in(p->titles, p->ntitles, lang);
}

size_t
pub_section_find(const struct publication *p, str id)
{
	size_t i;

	for (i = 0; i < p->nsections; i++)
		if (str_eq(p->sections[i].id, id))
			return i;
	return SIZE_MAX;
}

bool
pub_check(const struct publication *p, const struct doc_meta *m,
    struct diag *d)
{
	unsigned best = 4, dist;
	size_t i, near = SIZE_MAX;

	if (pub_section_find(p, m->section) != SIZE_MAX)
		return true;
	if (m->section.n == 0)
		return false;	/* the missing key has been told of */
	for (i = 0; i < p->nsections; i++) {
		dist = str_distance(m->section, p->sections[i].id, 3);
		if (dist < best) {
			best = dist;
			near = i;
		}
	}
	if (near != SIZE_MAX)
		diag_add(d, DIAG_FM_SECTION, m->section_at,
		    "\"%.*s\"; did you mean \"%.*s\"?", STR_ARG(m->section),
		    STR_ARG(p->sections[near].id));
	else
		diag_add(d, DIAG_FM_SECTION, m->section_at, "\"%.*s\"",
		    STR_ARG(m->section));
	return false;
}
