/*
 * resolve.c: what a link inside an article points at.
 *
 * A path is taken relative to the article's own file; the language in a
 * file's name is no part of its identity, so that "x.md" in a Hindi article
 * finds x.hi.md of the Hindi book. Names and paths are looked up in maps: a
 * year of articles may hold thousands of links.
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

void
resolve_index(struct arena *a, const struct book *b, struct book_index *x)
{
	uint32_t i;

	x->paths = map_new(a);
	x->stems = map_new(a);
	for (i = b->narticles; i-- > 0; ) {	/* the first one stays */
		str path = b->articles[i].doc->path;
		void *v = (void *)((uintptr_t)i + 1);

		map_put(x->paths, path, v);
		map_put(x->stems, stem_of(path, b->language), v);
	}
}

static uint32_t
find_path(const struct book *b, str path)
{
	uintptr_t i = (uintptr_t)map_find(b->index->paths, path);

	if (i == 0)
		i = (uintptr_t)map_find(b->index->stems,
		    stem_of(path, b->language));
	return i == 0 ? UINT32_MAX : (uint32_t)(i - 1);
}

static uint32_t
find_id(const struct book *b, str id)
{
	const struct book_anchor *x =
	    &b->anchors[(uintptr_t)map_find(b->index->names, id)];

	return x->node == NULL ? x->article : UINT32_MAX;
}

/* The heading, figure or note that the fragment names; 0: none. */
static uint32_t
find_inside(const struct book *b, uint32_t article, str frag,
    struct arena *scratch)
{
	str name = arena_printf(scratch, "%.*s.%.*s",
	    STR_ARG(b->articles[article].id), STR_ARG(frag));

	return (uint32_t)(uintptr_t)map_find(b->index->names, name);
}

/* A local address taken apart: article's id or path below the root, and
 * fragment. */
struct place { str id, path, frag; };

static bool
place_of(const struct book *b, uint32_t article, str url, struct arena *a,
    struct place *p)
{
	size_t hash = str_find_char(url, '#');
	str path = url;

	*p = (struct place){ S(""), S(""), S("") };
	if (article >= b->narticles || url.n == 0 || url.p[0] == '/' ||
	    doc_url_kind(url) != URL_LOCAL)
		return false;
	if (hash != SIZE_MAX) {
		path = str_cut(url, 0, hash);
		if (!path_decode(a, str_from(url, hash + 1), &p->frag))
			return false;
	}
	if (!path_decode(a, path, &path))
		return false;
	if (!str_ends(path, S(".md")))
		p->id = path;
	else if (!path_join(a, b->articles[article].doc->path, path,
	    &p->path))
		return false;
	return true;
}

/* *inexact: the right article, but no such place in it. */
static uint32_t
resolve(const struct book *b, uint32_t article, const struct place *p,
    struct arena *scratch, bool *inexact)
{
	uint32_t to = article, found;
	bool other = p->id.n > 0 || p->path.n > 0;

	*inexact = false;
	if (other)
		to = p->path.n > 0 ? find_path(b, p->path) :
		    find_id(b, p->id);
	if (to == UINT32_MAX)
		return 0;
	if (p->frag.n == 0)
		return b->articles[to].anchor;
	found = find_inside(b, to, p->frag, scratch);
	if (found == 0)	/* "#भूमिका": the heading's text as other tools do */
		found = find_inside(b, to, doc_slug(scratch, p->frag),
		    scratch);
	*inexact = found == 0;
	return found == 0 && other ? b->articles[to].anchor : found;
}

uint32_t
book_resolve(const struct book *b, uint32_t article, str url,
    struct arena *scratch)
{
	struct place p;
	bool inexact;

	if (b->index == NULL || !place_of(b, article, url, scratch, &p))
		return 0;
	return resolve(b, article, &p, scratch, &inexact);
}

/* An article that exists somewhere, though not in this book. */
static bool
is_known(const struct map *known, const struct book *b, const struct place *p,
    struct arena *a)
{
	str stem = stem_of(p->path, b->language);

	if (known == NULL || map_find(known, p->id) != NULL ||
	    map_find(known, p->path) != NULL)
		return true;
	return p->path.n > 0 && map_find(known, arena_printf(a,
	    "%.*s.%.*s.md", STR_ARG(stem), STR_ARG(b->language))) != NULL;
}

/* What is wrong with the link, NULL: nothing. */
static const char *
link_fault(struct arena *a, const struct book *b, uint32_t article, str url,
    const struct map *known)
{
	bool inexact;
	struct place p;

	if (url.n == 0 || doc_url_kind(url) != URL_LOCAL)
		return NULL;
	if (!place_of(b, article, url, a, &p))
		return "not an article's id or file";
	if (resolve(b, article, &p, a, &inexact) != 0 || inexact)
		return inexact ? "no such heading in it" : NULL;
	return is_known(known, b, &p, a) ? NULL : "no article of this name";
}

void
resolve_check(struct arena *a, const struct book *b, const struct map *known,
    struct diag *d)
{
	const struct doc_node *n;
	const struct doc *doc;
	struct arena_mark mark;
	const char *fault;
	uint32_t i, k;

	for (i = 0; i < b->narticles; i++) {
		doc = b->articles[i].doc;
		for (k = 0; k < doc->nnodes; k++) {
			n = doc->nodes[k];
			if (n->kind != DOC_LINK)
				continue;
			mark = arena_mark(a);
			fault = link_fault(a, b, i, n->as.link.url, known);
			arena_release(a, mark);
			if (fault != NULL)
				diag_add(d, DIAG_MD_LINK_UNDEFINED, n->at,
				    "%.*s: %s", STR_ARG(str_cut(
				    n->as.link.url, 0, 120)), fault);
		}
	}
}
