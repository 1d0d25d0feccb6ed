/*
 * meta.c: front matter: split off between its two fences, read as YAML and
 * checked key by key. Every message stands at the value that it is about
 * and says what was expected there.
 */
#include "in/md/md_int.h"
#include "yaml/yaml.h"

struct reader {
	struct arena	*a;
	struct diag	*diag;
	const struct yaml_node *map;
	span		 at;		/* the whole front matter */
	bool		 ok;
};

/* One line from *at without its end; *at moves past the end. */
static str
take_line(str s, size_t *at)
{
	size_t lo = *at, hi = lo;

	while (hi < s.n && s.p[hi] != '\n')
		hi++;
	*at = hi < s.n ? hi + 1 : hi;
	if (hi > lo && s.p[hi - 1] == '\r')
		hi--;
	return str_cut(s, lo, hi);
}

static bool
is_fence(str line, str fence)
{
	size_t n = line.n;

	while (n > 0 && (line.p[n - 1] == ' ' || line.p[n - 1] == '\t'))
		n--;
	return str_eq(str_cut(line, 0, n), fence);
}

bool
md_split(str file, uint32_t base, struct diag *diag, str *yaml,
    size_t *yaml_at, size_t *body_at)
{
	size_t at = str_starts(file, S("\xEF\xBB\xBF")) ? 3 : 0;
	size_t first = at, lo, hi;
	str line = take_line(file, &at);

	if (!is_fence(line, S("---"))) {
		diag_add(diag, DIAG_FM_MISSING, (span){ base + (uint32_t)first,
		    base + (uint32_t)first + (uint32_t)line.n },
		    "expected \"---\" in the first line");
		return false;
	}
	lo = at;
	while (at < file.n) {
		hi = at;
		line = take_line(file, &at);
		if (is_fence(line, S("---")) || is_fence(line, S("..."))) {
			*yaml = str_cut(file, lo, hi);
			*yaml_at = lo;
			*body_at = at;
			return true;
		}
	}
	diag_add(diag, DIAG_FM_UNCLOSED, (span){ base + (uint32_t)first,
	    base + (uint32_t)lo }, "expected a second \"---\" line");
	return false;
}

/* The scalar under key; "" when absent or, after a message, unfit. */
static str
get_text(struct reader *r, const struct yaml_node *map, str key, span *at)
{
	const struct yaml_node *v = yaml_find(map, key);

	if (v == NULL)
		return S("");
	if (at != NULL)
		*at = v->at;
	if (v->kind != YAML_SCALAR || str_trim(v->text).n == 0) {
		diag_add(r->diag, DIAG_FM_VALUE, v->at,
		    "%.*s: expected text", STR_ARG(key));
		return S("");
	}
	return arena_str(r->a, str_trim(v->text));
}

static str
get_required(struct reader *r, str key, const char *what, span *at)
{
	str s = get_text(r, r->map, key, at);

	if (yaml_find(r->map, key) == NULL)
		diag_add(r->diag, DIAG_FM_REQUIRED, r->at,
		    "%.*s: expected %s", STR_ARG(key), what);
	if (s.n == 0)
		r->ok = false;
	return s;
}

static struct date
get_date(struct reader *r, str key, str s, span at)
{
	struct date d = { 0, 0, 0 };

	if (s.n > 0 && !date_parse(s, &d))
		diag_add(r->diag, DIAG_FM_DATE, at,
		    "%.*s: expected YYYY-MM-DD, found \"%.*s\"", STR_ARG(key),
		    STR_ARG(s));
	return d;
}

static const str *
get_list(struct reader *r, str key, size_t *n)
{
	const struct yaml_node *v = yaml_find(r->map, key), *c;
	VEC(str) list = { NULL, 0, 0 };

	*n = 0;
	if (v == NULL)
		return NULL;
	if (v->kind != YAML_SEQ) {
		diag_add(r->diag, DIAG_FM_VALUE, v->at,
		    "%.*s: expected a list of texts, as in [one, two]",
		    STR_ARG(key));
		return NULL;
	}
	for (c = v->child; c != NULL; c = c->next) {
		if (c->kind != YAML_SCALAR || str_trim(c->text).n == 0) {
			diag_add(r->diag, DIAG_FM_VALUE, c->at,
			    "%.*s: expected text in the list", STR_ARG(key));
			continue;
		}
		VEC_PUSH(r->a, &list, arena_str(r->a, str_trim(c->text)));
	}
	*n = list.n;
	return list.v;
}

/* Parts of "2020/10/name.hi.md": name, and hi where it is a language. */
static str
path_stem(struct arena *a, str path, str *lang)
{
	size_t i, lo = 0;
	str name, tail;

	*lang = S("");
	for (i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			lo = i + 1;
	name = str_from(path, lo);
	if (str_ends(name, S(".md")))
		name = str_cut(name, 0, name.n - 3);
	for (i = name.n; i > 1 && name.p[i - 1] != '.'; i--)
		continue;
	if (i <= 1)
		return name;
	tail = str_from(name, i);
	/* "notes.final" is a name: a language's first part is 2 or 3 long. */
	lo = str_find_char(tail, '-');
	if (lo == SIZE_MAX)
		lo = tail.n;
	if (lo < 2 || lo > 3 || !doc_language(a, tail, lang))
		return name;
	return str_cut(name, 0, i - 1);
}

static void
read_source(struct reader *r, struct doc_meta *m)
{
	static const str known[] = { { "title", 5 }, { "url", 3 } };
	const struct yaml_node *v = yaml_find(r->map, S("source"));
	span at = SPAN_NONE;
	str url;

	if (v == NULL)
		return;
	if (v->kind != YAML_MAP) {
		diag_add(r->diag, DIAG_FM_VALUE, v->at,
		    "source: expected {title: ..., url: ...}");
		return;
	}
	yaml_check_keys(v, known, ARRAY_LEN(known), r->diag);
	m->source_title = get_text(r, v, S("title"), NULL);
	url = get_text(r, v, S("url"), &at);
	if (doc_url_kind(url) == URL_WEB)
		m->source_url = url;
	else if (url.n > 0)
		diag_add(r->diag, DIAG_FM_VALUE, at,
		    "url: expected a http or https address");
}

static void
read_language(struct reader *r, str suffix, str fallback, struct doc_meta *m)
{
	span at = SPAN_NONE;
	str s = get_text(r, r->map, S("language"), &at), tag;

	m->language = suffix.n > 0 ? suffix : fallback;
	if (s.n == 0)
		return;
	if (!doc_language(r->a, s, &tag) || !doc_language_known(tag)) {
		diag_add(r->diag, DIAG_FM_LANGUAGE, at,
		    "language: \"%.*s\", taken for \"%.*s\"; write a tag "
		    "such as \"en\" or \"zh-Hant\"", STR_ARG(s),
		    STR_ARG(m->language));
		return;
	}
	m->language = tag;
}

/* An article may put the publication's habits aside: "habits: off". */
static void
read_habits(struct reader *r, struct doc_meta *m)
{
	const struct yaml_node *v = yaml_find(r->map, S("habits"));
	bool on;

	if (v == NULL)
		return;
	if (v->kind != YAML_SCALAR || !str_switch(str_trim(v->text), &on)) {
		diag_add(r->diag, DIAG_FM_VALUE, v->at,
		    "habits: expected on or off");
		return;
	}
	if (!on)
		m->habits = 0;
	else if ((m->habits & HABITS_TEXT) == 0)
		m->habits |= HABITS_DEFAULT;
}

static void
read_keys(struct reader *r, str suffix, str fallback, struct doc_meta *m)
{
	static const str known[] = {
		{ "title", 5 }, { "date", 4 }, { "section", 7 },
		{ "language", 8 }, { "id", 2 }, { "summary", 7 },
		{ "tags", 4 }, { "syllabus", 8 }, { "authors", 7 },
		{ "source", 6 }, { "updated", 7 }, { "habits", 6 },
	};
	span at = SPAN_NONE;
	str s;

	yaml_check_keys(r->map, known, ARRAY_LEN(known), r->diag);
	m->title = get_required(r, S("title"), "the article's title",
	    &m->title_at);
	s = get_required(r, S("date"), "YYYY-MM-DD", &m->date_at);
	m->date = get_date(r, S("date"), s, m->date_at);
	if (m->date.y == 0)
		r->ok = false;
	m->section = get_required(r, S("section"), "a section's id",
	    &m->section_at);
	read_language(r, suffix, fallback, m);
	s = get_text(r, r->map, S("id"), &m->id_at);
	if (s.n > 0)
		m->id = doc_slug(r->a, s);
	m->summary = get_text(r, r->map, S("summary"), NULL);
	m->tags = get_list(r, S("tags"), &m->ntags);
	m->syllabus = get_list(r, S("syllabus"), &m->nsyllabus);
	m->authors = get_list(r, S("authors"), &m->nauthors);
	s = get_text(r, r->map, S("updated"), &at);
	m->updated = get_date(r, S("updated"), s, at);
	read_source(r, m);
	read_habits(r, m);
}

static const str *
list_habits(struct arena *a, const str *list, size_t n,
    const struct doc_meta *m)
{
	str *out;

	if (n == 0)
		return list;
	out = ARENA_NEW(a, str, n);
	for (size_t i = 0; i < n; i++)
		out[i] = doc_habits_str(a, list[i], m->language, m->habits);
	return out;
}

/* Tags are names that others ask for: they stay as written. */
static void
meta_habits(struct arena *a, struct doc_meta *m)
{
	m->title = doc_habits_str(a, m->title, m->language, m->habits);
	m->summary = doc_habits_str(a, m->summary, m->language, m->habits);
	m->source_title = doc_habits_str(a, m->source_title, m->language,
	    m->habits);
	m->authors = list_habits(a, m->authors, m->nauthors, m);
	m->syllabus = list_habits(a, m->syllabus, m->nsyllabus, m);
}

bool
md_meta(struct arena *a, str path, str file, uint32_t base,
    const struct doc_defaults *by_default, const struct limits *lim,
    struct diag *diag, struct doc_meta *meta)
{
	struct reader r = { a, diag, NULL, SPAN_NONE, true };
	struct yaml_node none = { .kind = YAML_MAP };
	str yaml, suffix;
	size_t yaml_at, body_at;
	bool empty = false;

	memset(meta, 0, sizeof *meta);
	meta->id = doc_slug(a, path_stem(a, path, &suffix));
	meta->language = suffix.n > 0 ? suffix : by_default->language;
	meta->habits = by_default->habits;
	if (!md_split(file, base, diag, &yaml, &yaml_at, &body_at))
		return false;
	r.at = (span){ base + (uint32_t)yaml_at,
	    base + (uint32_t)(yaml_at + yaml.n) };
	r.map = yaml_parse(a, yaml, r.at.lo, lim, diag, &empty);
	if (r.map == NULL && !empty)
		return false;
	if (r.map == NULL)
		r.map = &none;
	if (r.map->kind != YAML_MAP) {
		diag_add(diag, DIAG_FM_VALUE, r.map->at,
		    "expected keys with values, as in \"title: ...\"");
		return false;
	}
	read_keys(&r, suffix, by_default->language, meta);
	meta_habits(a, meta);
	return r.ok;
}
