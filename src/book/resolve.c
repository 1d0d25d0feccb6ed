/*
 * resolve.c: what a link inside an article points at.
 *
 * A path is taken relative to the article's own file; the language in a
 * file's name is no part of its identity, so that "x.md" in a Hindi article
 * finds x.hi.md of the Hindi book.
 */
#include "book/book_int.h"

/* "2020/10/x" of "2020/10/x.md" and, in a Hindi book, "2020/10/x.hi.md". */
static str
stem_of(str path, str lang)
{
	if (str_ends(path, S(".md")))
		path = str_cut(path, 0, path.n - 3);
	if (path.n > lang.n && str_ends(path, lang) &&
	    path.p[path.n - lang.n - 1] == '.')
		path = str_cut(path, 0, path.n - lang.n - 1);
	return path;
}

static uint32_t
find_path(const struct book *b, uint32_t from, str rel, struct arena *scratch)
{
	str path, stem;
	uint32_t i;

	if (!path_join(scratch, b->articles[from].doc->path, rel, &path))
		return UINT32_MAX;
	for (i = 0; i < b->narticles; i++)
		if (str_eq(b->articles[i].doc->path, path))
			return i;
	stem = stem_of(path, b->language);
	for (i = 0; i < b->narticles; i++)
		if (str_eq(stem_of(b->articles[i].doc->path, b->language),
		    stem))
			return i;
	return UINT32_MAX;
}

static uint32_t
find_id(const struct book *b, str id)
{
	uint32_t i;

	for (i = 0; i < b->narticles; i++)
		if (str_eq(b->articles[i].id, id))
			return i;
	return UINT32_MAX;
}

/* The heading, figure or note that the fragment names; 0: none. */
static uint32_t
find_inside(const struct book_article *art, const struct book *b, str frag)
{
	uint32_t i, k;
	str name;

	for (i = 0; i < art->doc->nnodes; i++) {
		k = art->node_anchor[i];
		if (k == 0)
			continue;
		name = b->anchors[k].name;
		if (name.n > art->id.n &&
		    str_eq(str_from(name, art->id.n + 1), frag))
			return k;
	}
	return 0;
}

static bool
has_scheme(str url)
{
	size_t i;

	for (i = 0; i < url.n; i++) {
		if (url.p[i] == ':')
			return true;
		if (url.p[i] == '/' || url.p[i] == '#' || url.p[i] == '?')
			return false;
	}
	return false;
}

uint32_t
book_resolve(const struct book *b, uint32_t article, str url,
    struct arena *scratch)
{
	size_t hash = str_find_char(url, '#');
	str path = url, frag = S("");
	uint32_t to = article, found;

	if (article >= b->narticles || url.n == 0 || url.p[0] == '/' ||
	    has_scheme(url))
		return 0;
	if (hash != SIZE_MAX) {
		path = str_cut(url, 0, hash);
		if (!path_decode(scratch, str_from(url, hash + 1), &frag))
			return 0;
	}
	if (!path_decode(scratch, path, &path))
		return 0;
	if (path.n > 0)
		to = str_ends(path, S(".md")) ?
		    find_path(b, article, path, scratch) : find_id(b, path);
	if (to == UINT32_MAX)
		return 0;
	if (frag.n == 0)
		return b->articles[to].anchor;
	found = find_inside(&b->articles[to], b, frag);
	if (found == 0)	/* "#भूमिका": the heading's text as other tools do */
		found = find_inside(&b->articles[to], b,
		    doc_slug(scratch, frag));
	if (found == 0 && path.n > 0)
		return b->articles[to].anchor;	/* the right article at least */
	return found;
}
