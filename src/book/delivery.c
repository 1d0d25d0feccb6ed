/*
 * delivery.c: what publication.yaml says of the PDF and EPUB files
 * themselves, and the names of the standards that they may claim.
 */
#include "book/book_int.h"

#define MERGE_MOST	1048576		/* as EPUB_MERGE_EXPECTED says */

bool
pdf_standards_parse(str s, unsigned *set)
{
	static const struct { str name; unsigned bit; } v[] = {
		{ { "ua1", 3 }, PDF_UA1 }, { { "a2a", 3 }, PDF_A2A },
	};
	size_t comma, i;

	*set = 0;
	if (str_eq(s, S("none")))
		return true;
	for (;; s = str_from(s, comma + 1)) {
		str one;

		comma = str_find_char(s, ',');
		one = str_trim(str_cut(s, 0, comma));
		for (i = 0; i < ARRAY_LEN(v); i++)
			if (str_eq(one, v[i].name))
				break;
		if (i == ARRAY_LEN(v))
			return false;
		*set |= v[i].bit;
		if (comma == SIZE_MAX)
			return true;
	}
}

/* "ua1,a2a", [ua1, a2a] or none. */
static bool
read_standards(const struct yaml_node *n, unsigned *set)
{
	const struct yaml_node *c;
	unsigned one;

	if (n->kind == YAML_SCALAR)
		return pdf_standards_parse(str_trim(n->text), set);
	*set = 0;
	for (c = n->kind == YAML_SEQ ? n->child : NULL; c; c = c->next) {
		if (c->kind != YAML_SCALAR ||
		    !pdf_standards_parse(str_trim(c->text), &one) ||
		    one == 0)
			return false;
		*set |= one;
	}
	return *set != 0;
}

static bool
read_switch(const struct yaml_node *map, const char *of, str key, bool *on,
    struct diag *d)
{
	const struct yaml_node *n = yaml_find(map, key);

	if (n == NULL || (n->kind == YAML_SCALAR &&
	    str_switch(str_trim(n->text), on)))
		return true;
	diag_add(d, DIAG_PUB_VALUE, n->at, "%s %.*s: expected on or off",
	    of, STR_ARG(key));
	return false;
}

bool
pub_pdf_read(const struct yaml_node *map, struct pub_pdf *p, struct diag *d)
{
	static const str known[] = {
		{ "standard", 8 }, { "tags", 4 }, { "linearize", 9 },
	};
	const struct yaml_node *n;
	bool ok;

	*p = (struct pub_pdf){ PDF_UA1 | PDF_A2A, true, false };
	if (map == NULL)
		return true;
	if (map->kind != YAML_MAP) {
		diag_add(d, DIAG_PUB_VALUE, map->at, "pdf: expected "
		    "{standard: ..., tags: ..., linearize: ...}");
		return false;
	}
	yaml_check_keys(map, known, ARRAY_LEN(known), d);
	ok = read_switch(map, "pdf", S("tags"), &p->tags, d);
	ok = read_switch(map, "pdf", S("linearize"), &p->linearize, d) &&
	    ok;
	n = yaml_find(map, S("standard"));
	if (n == NULL) {
		p->standards = p->tags ? p->standards : 0;
		return ok;
	}
	if (!read_standards(n, &p->standards)) {
		diag_add(d, DIAG_PUB_VALUE, n->at, "pdf standard: expected "
		    PDF_STANDARDS_EXPECTED);
		return false;
	}
	if (p->standards != 0 && !p->tags) {
		diag_add(d, DIAG_PUB_VALUE, n->at, "pdf standard: expected "
		    "none where tags are off");
		return false;
	}
	return ok;
}

/* ---- epub ------------------------------------------------------------- */

bool
epub_fonts_parse(str s, bool *fonts)
{
	*fonts = str_eq(s, S("subset"));
	return *fonts || str_eq(s, S("none"));
}

bool
epub_images_parse(str s, enum epub_images *kind)
{
	static const str kinds[] = {
		[EPUB_IMAGES_SCREEN] = { "screen", 6 },
		[EPUB_IMAGES_EINK] = { "eink", 4 },
		[EPUB_IMAGES_ORIGINAL] = { "original", 8 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(s, kinds[i])) {
			*kind = (enum epub_images)i;
			return true;
		}
	return false;
}

bool
epub_merge_parse(str s, size_t *bytes)
{
	size_t i, v = 0;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (size_t)(s.p[i] - '0');
		if (v > MERGE_MOST)
			return false;
	}
	*bytes = v;
	return s.n > 0;
}

static str
scalar(const struct yaml_node *n)
{
	return n != NULL && n->kind == YAML_SCALAR ? str_trim(n->text) :
	    S("");
}

static bool
refuse(struct diag *d, span at, const char *what)
{
	diag_add(d, DIAG_PUB_VALUE, at, "epub %s", what);
	return false;
}

/* A level and the one who vouches for it: neither means much alone. */
static bool
read_claim(const struct yaml_node *map, struct pub_epub *p, struct diag *d)
{
	const struct yaml_node *level = yaml_find(map, S("conforms"));
	const struct yaml_node *who = yaml_find(map, S("certified-by"));
	str s = scalar(level);

	if (level == NULL && who == NULL)
		return true;
	p->conforms = s;
	p->certified_by = scalar(who);
	if (!str_eq(s, S("A")) && !str_eq(s, S("AA")) && !str_eq(s, S("AAA")))
		return refuse(d, level != NULL ? level->at : who->at,
		    "conforms: expected A, AA or AAA");
	if (p->certified_by.n == 0)
		return refuse(d, who != NULL ? who->at : level->at,
		    "certified-by: expected who says that books conform");
	return true;
}

/* How the files are made. */
static bool
read_making(const struct yaml_node *map, struct pub_epub *p, struct diag *d)
{
	const struct yaml_node *n = yaml_find(map, S("fonts"));
	bool ok = true;

	if (n != NULL && !epub_fonts_parse(scalar(n), &p->fonts))
		ok = refuse(d, n->at, "fonts: expected " EPUB_FONTS_EXPECTED);
	n = yaml_find(map, S("images"));
	if (n != NULL && !epub_images_parse(scalar(n), &p->images))
		ok = refuse(d, n->at, "images: expected "
		    EPUB_IMAGES_EXPECTED);
	n = yaml_find(map, S("merge-short"));
	if (n != NULL && !epub_merge_parse(scalar(n), &p->merge))
		ok = refuse(d, n->at, "merge-short: expected "
		    EPUB_MERGE_EXPECTED);
	return read_switch(map, "epub", S("page-list"), &p->page_list, d) &&
	    ok;
}

bool
pub_epub_read(const struct yaml_node *map, struct pub_epub *p,
    struct diag *d)
{
	static const str known[] = {
		{ "fonts", 5 }, { "images", 6 }, { "page-list", 9 },
		{ "merge-short", 11 }, { "conforms", 8 },
		{ "certified-by", 12 },
	};
	bool ok;

	*p = (struct pub_epub){ .page_list = true };
	if (map == NULL)
		return true;
	if (map->kind != YAML_MAP)
		return refuse(d, map->at, "expected {fonts: ..., images: "
		    "..., page-list: ..., merge-short: ..., conforms: ..., "
		    "certified-by: ...}");
	yaml_check_keys(map, known, ARRAY_LEN(known), d);
	ok = read_making(map, p, d);
	return read_claim(map, p, d) && ok;
}
