/*
 * manifest.c: reads fonts.yaml into font entries. The file is no source of
 * any book, so it is parsed with a source map and diagnostics of its own,
 * which are then reported as FONT_MANIFEST with the line in the text.
 */
#include "font/font_int.h"
#include "yaml/yaml.h"

struct reader {
	struct arena	*arena;
	str		 path;
	struct srcmap	*map;
	struct diag	*diag;		/* the caller's */
};

static bool
complain(const struct reader *r, const struct yaml_node *at,
    const char *text)
{
	struct srcplace p;

	if (at != NULL && srcmap_find(r->map, at->at.lo, &p))
		diag_add_path(r->diag, DIAG_FONT_MANIFEST, r->path,
		    "line %u: %s", (unsigned)p.line, text);
	else
		diag_add_path(r->diag, DIAG_FONT_MANIFEST, r->path, "%s",
		    text);
	return false;
}

static str
value(const struct yaml_node *map, str key)
{
	const struct yaml_node *v = yaml_find(map, key);

	return v != NULL && v->kind == YAML_SCALAR ? v->text : S("");
}

/* A file name, not a path: the manifest cannot lead out of its folder. */
static bool
is_name(str s)
{
	return s.n > 0 && s.p[0] != '.' &&
	    str_find_char(s, '/') == SIZE_MAX &&
	    str_find_char(s, '\0') == SIZE_MAX;
}

static bool
read_style(str s, struct font_entry *e)
{
	e->bold = str_starts(s, S("bold"));
	e->italic = str_ends(s, S("italic"));
	return str_eq(s, S("regular")) || str_eq(s, S("bold")) ||
	    str_eq(s, S("italic")) || str_eq(s, S("bolditalic"));
}

static bool
read_role(str s, struct font_entry *e)
{
	static const struct { const char *name; enum font_role role; } v[] = {
		{ "serif", FONT_SERIF }, { "sans", FONT_SANS },
		{ "mono", FONT_MONO }
	};

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (str_eq(s, str_c(v[i].name))) {
			e->role = v[i].role;
			return true;
		}
	return false;
}

static bool
read_index(str s, struct font_entry *e)
{
	e->index = 0;
	if (s.n > 2)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		e->index = e->index * 10 + (unsigned)(s.p[i] - '0');
	}
	return true;
}

/* "1.06" as thousandths, 0.5 to 2. */
static bool
read_scale(str s, struct font_entry *e)
{
	int32_t v = 0, unit = 0;

	e->scale = 0;
	if (s.n == 0)
		return true;
	if (s.n > 5)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && unit == 0 && i > 0) {
			unit = 1000;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9' || unit == 1)
			return false;
		v = v * 10 + (s.p[i] - '0');
		unit /= 10;
	}
	e->scale = v * (unit == 0 ? 1000 : unit);
	return e->scale >= 500 && e->scale <= 2000;
}

static bool
read_entry(const struct reader *r, const struct yaml_node *m,
    struct font_entry *e)
{
	if (m->kind != YAML_MAP)
		return complain(r, m, "a face is a mapping");
	e->file = value(m, S("file"));
	e->package = value(m, S("package"));
	e->scripts = value(m, S("script"));
	e->langs = value(m, S("lang"));
	e->symbols = str_eq(value(m, S("symbols")), S("true"));
	if (!is_name(e->file))
		return complain(r, m, "file: a file name is expected");
	if (!read_role(value(m, S("role")), e))
		return complain(r, m, "role: serif, sans or mono");
	if (!read_style(value(m, S("style")), e))
		return complain(r, m,
		    "style: regular, bold, italic or bolditalic");
	if (!read_scale(value(m, S("scale")), e))
		return complain(r, m, "scale: 0.5 to 2 is expected");
	if (!read_index(value(m, S("index")), e))
		return complain(r, m, "index: a small number is expected");
	return true;
}

static const struct yaml_node *
parse(const struct reader *r, str text, const struct limits *lim)
{
	struct diag *own = diag_new(r->arena, r->map);
	uint32_t base = srcmap_add(r->map, r->path, text);
	const struct yaml_node *root;
	bool empty = false;

	root = yaml_parse(r->arena, text, base, lim, own, &empty);
	for (size_t i = 0; i < diag_count(own); i++) {
		struct diagnostic d = diag_at(own, i);

		diag_add_path(r->diag, DIAG_FONT_MANIFEST, r->path,
		    "line %u: %s: %.*s", (unsigned)d.line, diag_text(d.id),
		    STR_ARG(d.text));
	}
	if (root == NULL && diag_count(own) == 0)
		complain(r, NULL, "empty");
	return root;
}

bool
font_manifest_read(struct arena *a, str path, str text,
    const struct limits *lim, struct diag *diag,
    const struct font_entry **v, size_t *n)
{
	struct reader r = { a, path, srcmap_new(a), diag };
	const struct yaml_node *root = parse(&r, text, lim), *faces;
	VEC(struct font_entry) list = { NULL, 0, 0 };

	if (root == NULL)
		return false;
	faces = root->kind == YAML_MAP ? yaml_find(root, S("faces")) : NULL;
	if (faces == NULL || faces->kind != YAML_SEQ)
		return complain(&r, root, "no list of faces");
	for (const struct yaml_node *m = faces->child; m; m = m->next) {
		struct font_entry e = { .index = 0 };

		if (!read_entry(&r, m, &e))
			return false;
		VEC_PUSH(a, &list, e);
	}
	*v = list.v;
	*n = list.n;
	return true;
}
