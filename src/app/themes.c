/*
 * themes.c: which theme each kind of book has: --theme, the publication's,
 * content/theme.yaml, or the usual one. They are read once, before the
 * workers start, which share them.
 */
#include "app/app.h"

static const str usual[] = {
	[BOOK_ARTICLE] = { "book", 4 },
	[BOOK_COMPILATION] = { "magazine", 8 },
};

static bool
has_house_theme(const struct scan *s, struct arena *a,
    const struct limits *l)
{
	str	 text;

	return root_read(s->root, S("theme.yaml"), l->yaml_bytes, a, &text) !=
	    FILE_MISSING;
}

static const struct theme *
read(const struct scan *s, struct arena *a, enum book_kind kind,
    const struct options *o, const struct limits *l, struct diag *d)
{
	const struct pub_theme	*p = &s->pub->theme[kind];
	struct theme_request	 q = { .name = usual[kind],
				    .base = usual[kind], .limits = l,
				    .root = s->root, .map = s->map,
				    .page_w = s->pub->page_w,
				    .page_h = s->pub->page_h };

	if (o->theme.n > 0)
		q.name = o->theme;
	else if (p->name.n > 0) {
		q.name = p->name;
		q.at = p->at;
	} else if (has_house_theme(s, a, l))
		q.name = S("theme.yaml");
	if (o->paper.w > 0) {
		q.page_w = o->paper.w;
		q.page_h = o->paper.h;
	}
	return theme_read(a, &q, d);
}

void
scan_themes(struct scan *s, struct arena *a, const struct targets *t,
    const struct options *o, const struct limits *l, struct diag *d)
{
	bool	 wanted[2] = { false, false };

	for (size_t i = 0; i < t->n; i++)
		wanted[t->v[i].req.kind] = true;
	for (int k = 0; k < 2; k++)
		if (wanted[k])
			s->themes[k] = read(s, a, (enum book_kind)k, o, l, d);
}
