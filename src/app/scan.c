/*
 * scan.c: what stands in content/: the publication file and the front
 * matter of each article. Texts stay loaded; spans point into them.
 */
#include "app/app.h"

enum { ID_MOST = 180 };	/* of the 255 bytes of a file's name */

static enum diag_id
read_problem(enum file_err e)
{
	return e == FILE_TOO_BIG ? DIAG_MD_TOO_LARGE : DIAG_IO_READ;
}

static void
scan_publication(struct scan *s, struct arena *a, const struct limits *l,
    struct diag *d)
{
	str		 path = S("publication.yaml"), text;
	enum file_err	 e;

	e = root_read(s->root, path, l->yaml_bytes, a, &text);
	if (e == FILE_MISSING) {
		diag_add_path(d, DIAG_PUB_MISSING, path,
		    "write content/publication.yaml with title, language "
		    "and sections");
		return;
	}
	if (e != FILE_OK) {
		diag_add_path(d, DIAG_IO_READ, path, "%s", file_err_text(e));
		return;
	}
	s->pub = pub_parse(a, path, text, srcmap_add(s->map, path, text), l,
	    d);
}

/* Why the entry is left out: the first error since the from-th. */
static void
left_out(struct entry *e, const struct diag *d, size_t from)
{
	e->usable = false;
	for (size_t i = from; i < diag_count(d); i++) {
		struct diagnostic	 x = diag_at(d, i);

		if (x.level < DIAG_ERROR)
			continue;
		e->why = diag_text(x.id);
		e->why_id = diag_name(x.id);
		return;
	}
}

/* Output names are made of ids; language and extension need room, too. */
static bool
id_fits(const struct entry *e, struct diag *d)
{
	if (e->meta.id.n <= ID_MOST)
		return true;
	if (e->meta.id_at.hi > 0)
		diag_add(d, DIAG_FM_VALUE, e->meta.id_at,
		    "id: at most %d characters", ID_MOST);
	else
		diag_add_path(d, DIAG_FM_VALUE, e->path,
		    "id: the file's name has more than %d characters; give "
		    "the article an id", ID_MOST);
	return false;
}

static bool
scan_meta(struct scan *s, struct arena *a, struct entry *e,
    const struct limits *l, struct diag *d)
{
	enum file_err	 err;

	err = root_read(s->root, e->path, l->article_bytes, a, &e->text);
	if (err != FILE_OK) {
		diag_add_path(d, read_problem(err), e->path, "%s",
		    file_err_text(err));
		return false;
	}
	e->base = srcmap_add(s->map, e->path, e->text);
	if (e->base == 0) {
		diag_add_path(d, DIAG_MD_TOO_LARGE, e->path,
		    "all articles together exceed 4 GiB");
		return false;
	}
	return md_meta(a, e->path, e->text, e->base, &s->pub->articles, l, d,
	    &e->meta) && pub_check(s->pub, &e->meta, d) && id_fits(e, d);
}

static void
scan_article(struct scan *s, struct arena *a, str path,
    const struct limits *l, struct diag *d)
{
	struct entry	*e = &s->entries[s->n++];
	size_t		 before = diag_count(d);

	e->path = path;
	e->usable = true;
	if (!scan_meta(s, a, e, l, d))
		left_out(e, d, before);
}

static void
scan_ids(struct scan *s, struct arena *a, struct diag *d)
{
	struct map	*seen = map_new(a);

	for (size_t i = 0; i < s->n; i++) {
		struct entry	*e = &s->entries[i], *other;
		str		 key;

		if (!e->usable)
			continue;
		key = arena_printf(a, "%.*s %.*s", STR_ARG(e->meta.id),
		    STR_ARG(e->meta.language));
		other = map_find(seen, key);
		if (other == NULL) {
			map_put(seen, key, e);
			continue;
		}
		diag_add(d, DIAG_BOOK_ID_TWICE, e->meta.id_at,
		    "\"%.*s\" is also %.*s; give one of them another id",
		    STR_ARG(e->meta.id), STR_ARG(other->path));
		left_out(e, d, diag_count(d) - 1);
	}
}

void
scan_content(struct scan *s, struct arena *a, const char *dir,
    const struct limits *l, struct diag *d)
{
	const str	*paths;
	size_t		 n;
	enum file_err	 e;
	int		 err;
	char		*content = arena_cstr(a,
			    arena_printf(a, "%s/content", dir));

	s->root = root_open(content, &err);
	if (s->root == NULL) {
		diag_add_path(d, DIAG_IO_READ, str_c(content), "%s; run in "
		    "the folder that holds content/, or give -C",
		    strerror(err));
		return;
	}
	scan_publication(s, a, l, d);
	if (s->pub == NULL)
		return;
	e = root_list(s->root, S(""), a, &paths, &n);
	if (e != FILE_OK) {
		diag_add_path(d, DIAG_IO_READ, str_c(content), "%s",
		    file_err_text(e));
		return;
	}
	s->entries = ARENA_NEW(a, struct entry, n + 1);
	for (size_t i = 0; i < n; i++)
		if (str_ends(paths[i], S(".md")))
			scan_article(s, a, paths[i], l, d);
	scan_ids(s, a, d);
}
