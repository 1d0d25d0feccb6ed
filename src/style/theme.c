/*
 * theme.c: from a theme's name to the theme. The file, the one that it
 * inherits from, and so on are read first; then they are laid over each
 * other, the farthest ancestor first.
 */
#include "style/style_int.h"

struct file {
	str	 name;
	bool	 builtin;
	const struct yaml_node *root;	/* NULL: empty */
	struct file *heir;		/* who inherits from it */
};

struct chain {
	struct arena	*a;
	const struct theme_request *q;
	struct diag	*d;
	struct file	*top;		/* farthest ancestor so far */
	unsigned	 n;
};

/* ---- names ------------------------------------------------------------ */

static const struct builtin *
builtin_find(str name)
{
	for (size_t i = 0; i < theme_nbuiltins; i++)
		if (str_eq(theme_builtins[i].name, name))
			return &theme_builtins[i];
	return NULL;
}

bool
theme_is_builtin(str name)
{
	return builtin_find(name) != NULL;
}

static bool
is_file_name(str s)
{
	return str_find_char(s, '/') != SIZE_MAX || str_ends(s, S(".yaml")) ||
	    str_ends(s, S(".yml"));
}

/* Always NULL. */
static struct file *
unknown(struct chain *c, str name, span at)
{
	unsigned best = 4;
	str	 like = S(""), all = S("");

	for (size_t i = 0; i < theme_nbuiltins; i++) {
		str	 s = theme_builtins[i].name;
		unsigned far = str_distance(name, s, best);

		if (far < best) {
			best = far;
			like = s;
		}
		all = arena_printf(c->a, "%.*s%s%.*s", STR_ARG(all),
		    i > 0 ? ", " : "", STR_ARG(s));
	}
	name = str_cut(name, 0, name.n < 100 ? name.n : 100);
	if (like.n > 0)
		diag_add(c->d, DIAG_THEME_UNKNOWN, at,
		    "\"%.*s\"; did you mean \"%.*s\"?", STR_ARG(name),
		    STR_ARG(like));
	else
		diag_add(c->d, DIAG_THEME_UNKNOWN, at, "\"%.*s\"; there are "
		    "%.*s, or name a file such as theme.yaml", STR_ARG(name),
		    STR_ARG(all));
	return NULL;
}

/* ---- files ------------------------------------------------------------ */

static struct file *
push(struct chain *c, struct file f)
{
	struct file	*own = ARENA_NEW(c->a, struct file, 1);

	*own = f;
	own->heir = c->top;
	c->top = own;
	c->n++;
	return own;
}

static bool
parse(struct chain *c, struct file *f, str text, uint32_t base)
{
	bool	 empty;

	f->root = yaml_parse(c->a, text, base, c->q->limits, c->d, &empty);
	return f->root != NULL || empty;
}

/* "a.yaml > b.yaml > a.yaml"; always NULL. */
static struct file *
told_chain(struct chain *c, str name, span at, const char *what)
{
	str	 s = name;

	for (const struct file *f = c->top; f; f = f->heir)
		s = arena_printf(c->a, "%.*s > %.*s", STR_ARG(f->name),
		    STR_ARG(s));
	diag_add(c->d, DIAG_THEME_CYCLE, at, "%s%.*s", what, STR_ARG(s));
	return NULL;
}

static struct file *
add_builtin(struct chain *c, str name, span at)
{
	const struct builtin *b = builtin_find(name);
	struct file	*f;

	if (!b)
		return unknown(c, name, at);
	f = push(c, (struct file){ .name = b->name, .builtin = true });
	return parse(c, f, b->text, 0) ? f : NULL;
}

static struct file *
add_file(struct chain *c, str rel, span at)
{
	str	 from = c->top ? c->top->name : S(""), path, text;
	enum file_err e = FILE_MISSING;
	uint32_t base;
	struct file *f;

	if (!path_join(c->a, from, rel, &path))
		e = FILE_OUTSIDE;
	else if (c->q->root) {
		for (f = c->top; f; f = f->heir)
			if (!f->builtin && str_eq(f->name, path))
				return told_chain(c, path, at, "");
		e = root_read(c->q->root, path, c->q->limits->yaml_bytes,
		    c->a, &text);
	}
	if (e != FILE_OK) {
		diag_add(c->d, DIAG_THEME_UNKNOWN, at, "\"%.*s\": %s; files "
		    "stand below content/, named relative to it or to the "
		    "theme that names them", STR_ARG(str_cut(rel, 0,
		    rel.n < 100 ? rel.n : 100)), file_err_text(e));
		return NULL;
	}
	base = srcmap_add(c->q->map, path, text);
	f = push(c, (struct file){ .name = path });
	return parse(c, f, text, base) ? f : NULL;
}

/* What f inherits from; "": it is the last. */
static str
parent_of(struct chain *c, const struct file *f, span *at)
{
	const struct yaml_node *n = yaml_find(f->root, S("inherit"));

	*at = SPAN_NONE;
	if (n && n->kind == YAML_SCALAR && str_trim(n->text).n > 0) {
		*at = f->builtin ? SPAN_NONE : n->at;
		return str_trim(n->text);
	}
	if (n)
		diag_add(c->d, DIAG_THEME_VALUE, n->at, "inherit: expected "
		    "the name of a theme or its file");
	if (f->builtin)
		return S("");
	return c->q->base.n > 0 ? c->q->base : S("book");
}

/* All ancestors of c->top; false after a diagnostic. */
static bool
climb(struct chain *c)
{
	struct file	*f = c->top;
	span		 at;
	str		 name;

	while (f && (name = parent_of(c, f, &at)).n > 0) {
		if (c->n == CHAIN_MOST)
			f = told_chain(c, name, at, "too many: ");
		else if (is_file_name(name))
			f = add_file(c, name, at);
		else
			f = add_builtin(c, name, at);
	}
	return f != NULL;
}

static const struct theme *
finish(struct chain *c)
{
	struct sheet	*s;

	if (!climb(c))
		return NULL;
	s = ARENA_NEW(c->a, struct sheet, 1);
	for (const struct file *f = c->top; f; f = f->heir)
		if (f->root)
			theme_lay(c->a, s, f->root, f->builtin, c->d);
	return theme_compute(c->a, s, c->q, c->d);
}

const struct theme *
theme_read(struct arena *a, const struct theme_request *q, struct diag *d)
{
	struct chain	 c = { a, q, d, NULL, 0 };
	struct file	*f = is_file_name(q->name) ?
			    add_file(&c, q->name, q->at) :
			    add_builtin(&c, q->name, q->at);

	return f ? finish(&c) : NULL;
}

const struct theme *
theme_of_text(struct arena *a, str text, const struct theme_request *q,
    struct diag *d)
{
	struct chain	 c = { a, q, d, NULL, 0 };
	struct file	*f = push(&c, (struct file){ .name = q->name });

	return parse(&c, f, text, 1) ? finish(&c) : NULL;
}

const struct theme *
theme_load(struct arena *a, str name, sp page_w, sp page_h, struct diag *d)
{
	struct theme_request q = { .name = name, .page_w = page_w,
				    .page_h = page_h,
				    .limits = &limits_default };

	if (!theme_is_builtin(name)) {
		unknown(&(struct chain){ a, &q, d, NULL, 0 }, name,
		    SPAN_NONE);
		return NULL;
	}
	return theme_read(a, &q, d);
}
