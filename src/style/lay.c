/*
 * lay.c: the keys of one theme file, looked up in the tables and laid over
 * those of the themes that it inherits from. A key that is unknown, or whose
 * value is wrong, is told and leaves what was inherited.
 */
#include "style/style_int.h"

struct layer {
	struct arena	*a;
	struct sheet	*sheet;
	struct diag	*d;
	bool		 builtin;
};

/* ---- unknown keys ----------------------------------------------------- */

/* The nearest name so far; best: one more than its distance. */
struct guess { str key, name; unsigned best; };

static struct guess
guess_new(str key)
{
	return (struct guess){ key, S(""), key.n < 5 ? 2 : 4 };
}

static void
guess_try(struct guess *g, str name)
{
	unsigned far = str_distance(g->key, name, g->best);

	if (far < g->best) {
		g->best = far;
		g->name = name;
	}
}

static void
unknown(struct layer *y, const struct yaml_node *c, str path, str like)
{
	str	 p = str_cut(path, 0, path.n < 100 ? path.n : 100);

	if (like.n > 0)
		diag_add(y->d, DIAG_THEME_KEY, c->key_at,
		    "\"%.*s\"; did you mean \"%.*s\"?", STR_ARG(p),
		    STR_ARG(like));
	else
		diag_add(y->d, DIAG_THEME_KEY, c->key_at, "\"%.*s\"",
		    STR_ARG(p));
}

/* The part of a row's name below prefix: "top" of "margins.top". */
static str
part_below(str name, str prefix)
{
	str	 rest = name;

	if (prefix.n > 0) {
		if (!str_starts(name, prefix) || name.n <= prefix.n ||
		    name.p[prefix.n] != '.')
			return S("");
		rest = str_from(name, prefix.n + 1);
	}
	return str_cut(rest, 0, str_find_char(rest, '.'));
}

/* A key beside it, or one of the same name that has its place elsewhere. */
static str
guess_key(struct layer *y, str prefix, str key)
{
	struct guess	 g = guess_new(key);
	str		 last;

	for (size_t i = 0; i < theme_nkeys; i++)
		if ((last = part_below(theme_keys[i].name, prefix)).n > 0)
			guess_try(&g, last);
	if (prefix.n == 0) {
		guess_try(&g, S("inherit"));
		guess_try(&g, S("blocks"));
	}
	if (g.name.n > 0)
		return prefix.n == 0 ? g.name : arena_printf(y->a,
		    "%.*s.%.*s", STR_ARG(prefix), STR_ARG(g.name));
	for (size_t i = 0; i < theme_nkeys; i++) {
		last = theme_keys[i].name;
		if (str_ends(last, key) && key.n > 2 && last.n > key.n &&
		    last.p[last.n - key.n - 1] == '.')
			return last;
	}
	return S("");
}

/* ---- laying ----------------------------------------------------------- */

static const struct value *
read(struct layer *y, const struct key *k, str path,
    const struct yaml_node *c)
{
	struct value	*v = ARENA_NEW(y->a, struct value, 1);

	if (!value_read(y->a, v, k, path, c, y->d))
		return NULL;
	if (y->builtin)
		v->at = SPAN_NONE;
	return v;
}

/* A mapping, which may be left empty; else told. */
static bool
is_map(struct layer *y, const struct yaml_node *c, str path)
{
	if (c->kind == YAML_MAP)
		return true;
	if (c->kind != YAML_SCALAR || !c->plain || c->text.n > 0)
		diag_add(y->d, DIAG_THEME_VALUE, c->at,
		    "%.*s: expected keys and values", STR_ARG(path));
	return false;
}

static void
lay_block(struct layer *y, size_t id, const struct yaml_node *map)
{
	for (const struct yaml_node *c = map->child; c; c = c->next) {
		str		 path = arena_printf(y->a, "blocks.%.*s.%.*s",
				    STR_ARG(block_names[id]),
				    STR_ARG(c->key));
		size_t		 i = 0;

		while (i < block_nkeys && !str_eq(block_keys[i].name, c->key))
			i++;
		if (i == block_nkeys) {
			struct guess	 g = guess_new(c->key);

			for (i = 0; i < block_nkeys; i++)
				guess_try(&g, block_keys[i].name);
			unknown(y, c, path, g.name);
			continue;
		}
		const struct value *v = read(y, &block_keys[i], path, c);

		if (v)
			y->sheet->block[id][i] = v;
	}
}

static void
lay_blocks(struct layer *y, const struct yaml_node *map)
{
	for (const struct yaml_node *c = map->child; c; c = c->next) {
		str		 path = arena_printf(y->a, "blocks.%.*s",
				    STR_ARG(c->key));
		size_t		 i = 0;

		while (i < STYLE_COUNT && !str_eq(block_names[i], c->key))
			i++;
		if (i == STYLE_COUNT) {
			struct guess	 g = guess_new(c->key);

			for (i = 0; i < STYLE_COUNT; i++)
				guess_try(&g, block_names[i]);
			unknown(y, c, path, g.name);
		} else if (is_map(y, c, path))
			lay_block(y, i, c);
	}
}

static bool
is_group(str path)
{
	for (size_t i = 0; i < theme_nkeys; i++)
		if (part_below(theme_keys[i].name, path).n > 0)
			return true;
	return false;
}

static size_t
find_key(str path)
{
	size_t	 i;

	for (i = 0; i < theme_nkeys; i++)
		if (str_eq(theme_keys[i].name, path))
			break;
	return i;
}

/* Calls itself as deep as names in the table have parts. */
static void
lay_map(struct layer *y, str prefix, const struct yaml_node *map)
{
	for (const struct yaml_node *c = map->child; c; c = c->next) {
		str		 path = prefix.n == 0 ? c->key :
				    arena_printf(y->a, "%.*s.%.*s",
				    STR_ARG(prefix), STR_ARG(c->key));
		size_t		 i = find_key(path);
		const struct value *v;

		if (i < theme_nkeys) {
			if ((v = read(y, &theme_keys[i], path, c)) != NULL)
				y->sheet->theme[i] = v;
		} else if (str_eq(path, S("blocks"))) {
			if (is_map(y, c, path))
				lay_blocks(y, c);
		} else if (c->key.n > 0 && is_group(path)) {
			if (is_map(y, c, path))
				lay_map(y, path, c);
		} else if (!str_eq(path, S("inherit")))
			unknown(y, c, path, guess_key(y, prefix, c->key));
	}
}

void
theme_lay(struct arena *a, struct sheet *sheet, const struct yaml_node *root,
    bool builtin, struct diag *d)
{
	struct layer	 y = { a, sheet, d, builtin };

	if (is_map(&y, root, S("theme")))
		lay_map(&y, S(""), root);
}
