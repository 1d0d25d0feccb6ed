/*
 * targets.c: from WHAT to books. An article's book holds one entry; a
 * compilation holds every usable entry of its period and language.
 */
#include <stdio.h>

#include "app/app.h"

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

static void
add_article(struct targets *t, struct arena *a, const struct entry *e,
    const struct options *o)
{
	struct target	 x = { .req = { .kind = BOOK_ARTICLE }, .n = 1 };

	if (o->lang.n > 0 && !str_eq(o->lang, e->meta.language))
		return;
	x.req.language = e->meta.language;
	x.req.period = (struct period){ PERIOD_DAY, e->meta.date,
	    e->meta.date };
	x.entries = ARENA_NEW(a, const struct entry *, 1);
	x.entries[0] = e;
	VEC_PUSH(a, t, x);
}

static void
add_compilation(struct targets *t, struct arena *a, const struct scan *s,
    const struct options *o, struct period p, str lang)
{
	struct target	 x = { .req = { BOOK_COMPILATION, p, lang, o->section,
			    o->tag } };

	x.entries = ARENA_NEW(a, const struct entry *, s->n + 1);
	for (size_t i = 0; i < s->n; i++)
		if (wanted(&s->entries[i], &x.req))
			x.entries[x.n++] = &s->entries[i];
	if (x.n > 0)
		VEC_PUSH(a, t, x);
}

/* One compilation in each language that the content has, oldest file first. */
static bool
add_period(struct targets *t, struct arena *a, const struct scan *s,
    const struct options *o, struct period p)
{
	size_t	 before = t->n;

	for (size_t i = 0; i < s->n; i++) {
		str	 lang = s->entries[i].meta.language;
		bool	 first = s->entries[i].usable;

		for (size_t k = 0; k < i && first; k++)
			first = !(s->entries[k].usable &&
			    str_eq(s->entries[k].meta.language, lang));
		if (first && (o->lang.n == 0 || str_eq(o->lang, lang)))
			add_compilation(t, a, s, o, p, lang);
	}
	return t->n > before;
}

static void
add_everything(struct targets *t, struct arena *a, const struct scan *s,
    const struct options *o)
{
	struct map	*months = map_new(a);
	struct period	 p;

	for (size_t i = 0; i < s->n; i++)
		if (s->entries[i].usable)
			add_article(t, a, &s->entries[i], o);
	for (size_t i = 0; i < s->n; i++) {
		str	 key;

		if (!s->entries[i].usable)
			continue;
		key = arena_printf(a, "%04d-%02d", s->entries[i].meta.date.y,
		    s->entries[i].meta.date.m);
		if (map_put(months, key, &s->entries[i]) == NULL &&
		    period_parse(key, &p))
			add_period(t, a, s, o, p);
	}
}

/* A file as the user names it: with or without the way to content/. */
static const struct entry *
entry_find(const struct scan *s, str what, bool *named)
{
	size_t	 at = str_find(what, S("content/"));
	str	 rel = at == SIZE_MAX ? what : str_from(what, at + 8);

	*named = false;
	for (size_t i = 0; i < s->n; i++) {
		const struct entry *e = &s->entries[i];

		if (!str_eq(e->path, rel) && !str_eq(e->meta.id, what))
			continue;
		*named = true;
		if (e->usable)
			return e;
	}
	return NULL;
}

bool
targets_choose(struct targets *t, struct arena *a, const struct scan *s,
    const struct options *o)
{
	if (o->nwhat == 0)
		add_everything(t, a, s, o);
	for (size_t i = 0; i < o->nwhat; i++) {
		str			 what = str_c(o->what[i]);
		struct period		 p;
		const struct entry	*e;
		bool			 named;

		if (period_parse(what, &p)) {
			if (add_period(t, a, s, o, p))
				continue;
			fprintf(stderr, "fascicle: %s: no article in this "
			    "period\n", o->what[i]);
			return false;
		}
		e = entry_find(s, what, &named);
		if (e != NULL)
			add_article(t, a, e, o);
		else if (!named) {
			fprintf(stderr, "fascicle: no such article or "
			    "period\nTry: fascicle list\n");
			return false;
		}
	}
	return true;
}
