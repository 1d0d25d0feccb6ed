/*
 * targets.c: from WHAT to books. An article's book holds one entry; a
 * compilation holds every usable entry of its period and language.
 */
#include "app/app.h"

struct choice {
	struct targets		*t;
	struct arena		*a;
	const struct scan	*s;
	const struct options	*o;
	str			 lang;		/* "": every one */
};

static bool
has_tag(const struct doc_meta *m, str tag)
{
	for (size_t i = 0; i < m->ntags; i++)
		if (str_eq(m->tags[i], tag))
			return true;
	return false;
}

static bool
wanted(const struct entry *e, const struct book_request *r)
{
	return e->usable && str_eq(e->meta.language, r->language) &&
	    period_has(&r->period, e->meta.date) &&
	    (r->section.n == 0 || str_eq(e->meta.section, r->section)) &&
	    (r->tag.n == 0 || has_tag(&e->meta, r->tag));
}

/* Asked for twice, as in "2020-10 2020-10": built once. */
static bool
is_there(const struct targets *t, const struct target *x)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct target *y = &t->v[i];

		if (y->req.kind == x->req.kind &&
		    y->entries[0] == x->entries[0] &&
		    (x->req.kind == BOOK_ARTICLE ||
		    (y->req.period.kind == x->req.period.kind &&
		    date_cmp(y->req.period.from, x->req.period.from) == 0 &&
		    date_cmp(y->req.period.to, x->req.period.to) == 0)))
			return true;
	}
	return false;
}

static void
add(const struct choice *c, struct target x)
{
	x.req.modified = c->o->modified;
	if (c->o->nwhat < 2 || !is_there(c->t, &x))
		VEC_PUSH(c->a, c->t, x);
}

static bool
add_article(const struct choice *c, const struct entry *e)
{
	struct target	 x = { .req = { .kind = BOOK_ARTICLE }, .n = 1 };

	if (c->lang.n > 0 && !str_eq(c->lang, e->meta.language))
		return false;
	x.req.language = e->meta.language;
	x.req.period = (struct period){ PERIOD_DAY, e->meta.date,
	    e->meta.date };
	x.entries = ARENA_NEW(c->a, const struct entry *, 1);
	x.entries[0] = e;
	add(c, x);
	return true;
}

static bool
add_compilation(const struct choice *c, struct period p, str lang)
{
	struct target	 x = { .req = { BOOK_COMPILATION, p, lang,
			    c->o->section, c->o->tag } };
	size_t		 n = 0;

	for (size_t i = 0; i < c->s->n; i++)
		n += wanted(&c->s->entries[i], &x.req);
	if (n == 0)
		return false;
	x.entries = ARENA_NEW(c->a, const struct entry *, n);
	for (size_t i = 0; i < c->s->n; i++)
		if (wanted(&c->s->entries[i], &x.req))
			x.entries[x.n++] = &c->s->entries[i];
	add(c, x);
	return true;
}

/* The i-th entry is the first usable one in its language. */
static bool
first_in_language(const struct scan *s, size_t i)
{
	if (!s->entries[i].usable)
		return false;
	for (size_t k = 0; k < i; k++)
		if (s->entries[k].usable && str_eq(s->entries[k].meta.language,
		    s->entries[i].meta.language))
			return false;
	return true;
}

/* One compilation in each language that the content has, oldest file first. */
static bool
add_period(const struct choice *c, struct period p)
{
	bool	 any = false;

	for (size_t i = 0; i < c->s->n; i++) {
		str	 lang = c->s->entries[i].meta.language;

		if ((c->lang.n == 0 || str_eq(c->lang, lang)) &&
		    first_in_language(c->s, i))
			any = add_compilation(c, p, lang) || any;
	}
	return any;
}

static bool
narrowed_to(const struct choice *c, const struct entry *e)
{
	return (c->o->section.n == 0 ||
	    str_eq(c->o->section, e->meta.section)) &&
	    (c->o->tag.n == 0 || has_tag(&e->meta, c->o->tag));
}

static void
add_everything(const struct choice *c)
{
	struct map	*months = map_new(c->a);
	struct period	 p;

	for (size_t i = 0; i < c->s->n; i++)
		if (c->s->entries[i].usable &&
		    narrowed_to(c, &c->s->entries[i]))
			add_article(c, &c->s->entries[i]);
	for (size_t i = 0; i < c->s->n; i++) {
		const struct entry	*e = &c->s->entries[i];
		str			 key;

		if (!e->usable)
			continue;
		key = arena_printf(c->a, "%04d-%02d", e->meta.date.y,
		    e->meta.date.m);
		if (map_find(months, key) != NULL || !period_parse(key, &p))
			continue;
		map_put(months, key, months);
		add_period(c, p);
	}
}

/* ---- what was not understood ------------------------------------------- */

static void
misuse(const struct choice *c, const char *what, str word, str hint)
{
	if (c->t->misuse.n == 0)
		c->t->misuse = text_plain(c->a, arena_printf(c->a,
		    "%s \"%.*s\"%.*s", what, STR_ARG(word), STR_ARG(hint)));
}

/* The known word that is most likely meant, as a hint; or all of them. */
static str
hint(struct arena *a, str word, const str *known, size_t n)
{
	unsigned	 best = word.n < 5 ? 2 : 4;
	size_t		 found = SIZE_MAX;
	str		 all = S("");

	for (size_t i = 0; i < n; i++) {
		unsigned	 far = str_distance(word, known[i], best);

		if (far < best) {
			best = far;
			found = i;
		}
	}
	if (found != SIZE_MAX)
		return arena_printf(a, "; did you mean \"%.*s\"?",
		    STR_ARG(known[found]));
	for (size_t i = 0; i < n && all.n < 300; i++)
		all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
		    i == 0 ? "; there are " : ", ", STR_ARG(known[i]));
	return all;
}

static void
check_section(const struct choice *c)
{
	const struct publication *p = c->s->pub;
	str		*ids = ARENA_NEW(c->a, str, p->nsections + 1);

	for (size_t i = 0; i < p->nsections; i++)
		ids[i] = p->sections[i].id;
	if (c->o->section.n > 0 &&
	    pub_section_find(p, c->o->section) == SIZE_MAX)
		misuse(c, "no section", c->o->section, hint(c->a,
		    c->o->section, ids, p->nsections));
}

static void
check_tag(const struct choice *c)
{
	struct map	*seen = map_new(c->a);
	VEC(str)	 tags = { NULL, 0, 0 };

	if (c->o->tag.n == 0)
		return;
	for (size_t i = 0; i < c->s->n; i++) {
		const struct entry	*e = &c->s->entries[i];

		for (size_t k = 0; e->usable && k < e->meta.ntags; k++) {
			str	 tag = e->meta.tags[k];

			if (map_put(seen, tag, seen) == NULL)
				VEC_PUSH(c->a, &tags, tag);
		}
	}
	if (map_find(seen, c->o->tag) == NULL)
		misuse(c, "no article has the tag", c->o->tag,
		    hint(c->a, c->o->tag, tags.v, tags.n));
}

static bool
same_letters(str a, str b)
{
	size_t	 i = 0;

	while (i < a.n && i < b.n && (a.p[i] == b.p[i] ||
	    ((a.p[i] ^ b.p[i]) == 0x20 && (a.p[i] | 0x20) >= 'a' &&
	    (a.p[i] | 0x20) <= 'z')))
		i++;
	return i == a.n && i == b.n;
}

/* -l in any case of letters becomes the language as the articles have it. */
static void
check_language(struct choice *c)
{
	VEC(str)	 langs = { NULL, 0, 0 };

	if (c->o->lang.n == 0)
		return;
	for (size_t i = 0; i < c->s->n; i++)
		if (first_in_language(c->s, i))
			VEC_PUSH(c->a, &langs,
			    c->s->entries[i].meta.language);
	for (size_t i = 0; i < langs.n; i++)
		if (same_letters(langs.v[i], c->o->lang))
			c->lang = langs.v[i];
	if (c->lang.n == 0)
		misuse(c, "no article is in the language", c->o->lang,
		    hint(c->a, c->o->lang, langs.v, langs.n));
}

/* ---- one WHAT ---------------------------------------------------------- */

/* A file as the user names it, with or without the way to content/; or an
 * id, which translations share. */
static bool
add_named(const struct choice *c, str what)
{
	size_t	 at = str_find(what, S("content/"));
	str	 rel = at == SIZE_MAX ? what : str_from(what, at + 8);
	bool	 found = false, fits = false;

	if (str_starts(rel, S("./")))
		rel = str_from(rel, 2);
	for (size_t i = 0; i < c->s->n; i++) {
		const struct entry *e = &c->s->entries[i];

		if (!str_eq(e->path, rel) && (e->meta.id.n == 0 ||
		    !str_eq(e->meta.id, what)))
			continue;
		found = true;
		VEC_PUSH(c->a, &c->t->named, e);
		fits = !e->usable || add_article(c, e) || fits;
	}
	if (found && !fits)
		misuse(c, "not in the language that -l asks for:", what,
		    S(""));
	return found;
}

static void
add_what(const struct choice *c, str what)
{
	struct period	 p;

	if (!period_parse(what, &p)) {
		if (!add_named(c, what))
			misuse(c, "no such article or period:", what,
			    S("; fascicle list says what there is"));
		return;
	}
	c->t->periods = true;
	if (!add_period(c, p))
		misuse(c, "no article in the period", what, S(""));
}

bool
targets_choose(struct targets *t, struct arena *a, const struct scan *s,
    const struct options *o)
{
	struct choice	 c = { t, a, s, o, S("") };

	check_section(&c);
	check_tag(&c);
	check_language(&c);
	if (t->misuse.n > 0)
		return false;
	if (o->nwhat == 0)
		add_everything(&c);
	for (size_t i = 0; i < o->nwhat; i++)
		add_what(&c, str_c(o->what[i]));
	return t->misuse.n == 0;
}

/* Asked for articles only: what is wrong with others is not their matter. */
bool
targets_concern(const struct targets *t, const struct diagnostic *x)
{
	if (t->periods || t->named.n == 0 || !str_ends(x->path, S(".md")))
		return true;
	for (size_t i = 0; i < t->named.n; i++)
		if (str_eq(t->named.v[i]->path, x->path))
			return true;
	return false;
}
