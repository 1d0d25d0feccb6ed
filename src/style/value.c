/*
 * value.c: one value of a theme file, as its key's row wants it. Ranges of
 * plain numbers are judged here; lengths may be relative, so theirs wait
 * until the sizes are known.
 */
#include "style/style_int.h"

#define Z(lit)	{ "" lit, sizeof(lit) - 1 }

static const str template_names[] = { Z("title"), Z("subtitle"),
	Z("section"), Z("article"), Z("first"), Z("last"), Z("page"),
	Z("date") };

static str
expected_length(struct arena *a, unsigned f)
{
	return arena_printf(a, "a length such as 10.5pt%s%s%s%s or 4mm%s",
	    f & (OF_SIZE | OF_BODY) ? ", 1.2em" : "",
	    f & OF_LINE ? ", 0.5line" : "",
	    f & (OF_BODY | OF_LEADING) ? ", 140%" : "",
	    f & (OF_WIDTH | OF_HEIGHT) ? ", 10%" : "",
	    f & OR_NONE ? ", or none" : "");
}

static str
percent(struct arena *a, int32_t v)
{
	return v % 10 == 0 ? arena_printf(a, "%d%%", v / 10) :
	    arena_printf(a, "%d.%d%%", v / 10, v % 10);
}

/* "a, b or c" */
static str
expected_name(struct arena *a, const struct key *k)
{
	str	 s = k->names[0];

	for (size_t i = 1; i < k->nnames; i++)
		s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s),
		    i + 1 == k->nnames ? " or " : ", ",
		    STR_ARG(k->names[i]));
	return s;
}

str
value_expected(struct arena *a, const struct key *k)
{
	const char	*none = k->flags & OR_NONE ? ", or none" : "";

	switch (k->kind) {
	case KEY_BOOL:
		return S("true or false");
	case KEY_INT:
		return arena_printf(a, "a whole number from %d to %d", k->lo,
		    k->hi);
	case KEY_SHARE:
		return arena_printf(a, "a percentage from %.*s to %.*s%s",
		    STR_ARG(percent(a, k->lo)), STR_ARG(percent(a, k->hi)),
		    none);
	case KEY_ENUM:
	case KEY_FACE:
		return expected_name(a, k);
	case KEY_COLOUR:
		return arena_printf(a, "a colour in quotes such as "
		    "\"#7a1f1f\"%s%s", k->flags & LITERAL ? "" :
		    ", ink, accent, rule, muted, black or white", none);
	case KEY_COLOURS:
		return arena_printf(a, "a list of at most %d colours such as "
		    "[\"#7a1f1f\", navy]%s", SECTIONS_MOST, none);
	case KEY_LENGTH:
		return expected_length(a, k->flags);
	case KEY_TEMPLATE:
		return S("a text in quotes, at most 200 bytes, with {title}, "
		    "{subtitle}, {section}, {article}, {first}, {last}, "
		    "{page} or {date}");
	case KEY_PAPER:
		break;
	}
	return S(PAPER_EXPECTED);
}

/* ---- kinds ------------------------------------------------------------ */

static bool
find_name(str s, const str *names, size_t n, int64_t *at)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, names[i])) {
			*at = (int64_t)i;
			return true;
		}
	return false;
}

static bool
read_bool(struct value *v, str s)
{
	static const str words[] = { Z("false"), Z("true"), Z("no"),
		Z("yes"), Z("off"), Z("on") };

	if (!find_name(s, words, ARRAY_LEN(words), &v->n))
		return false;
	v->n &= 1;
	return true;
}

static bool
read_number(struct value *v, const struct key *k, str s)
{
	struct length	 x;

	if (!length_parse(s, &x))
		return false;
	if (k->kind == KEY_SHARE) {
		if (x.unit != UNIT_PERCENT || x.n % 100 != 0)
			return false;
		v->n = x.n / 100;
	} else {
		if (x.unit != UNIT_NONE || x.n % 1000 != 0)
			return false;
		v->n = x.n / 1000;
	}
	return v->n >= k->lo && v->n <= k->hi;
}

static bool
read_length(struct value *v, unsigned f, str s)
{
	struct length	 x;

	if (!length_parse(s, &x))
		return false;
	v->n = x.n;
	v->unit = x.unit;
	switch (x.unit) {
	case UNIT_NONE:
		return x.n == 0;
	case UNIT_PERCENT:
		return (f & (OF_BODY | OF_LEADING | OF_WIDTH |
		    OF_HEIGHT)) != 0;
	case UNIT_EM:
		return (f & (OF_SIZE | OF_BODY)) != 0;
	case UNIT_LINE:
		return (f & OF_LINE) != 0;
	case UNIT_PT:
	case UNIT_MM:
	case UNIT_CM:
	case UNIT_IN:
		break;
	}
	return true;
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "#rgb" or "#rrggbb" */
static bool
read_hex(struct value *v, str s)
{
	unsigned twice = s.n == 4;
	uint32_t rgb = 0;

	if ((s.n != 4 && s.n != 7) || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < s.n; i++) {
		int	 d = hex_digit(s.p[i]);

		if (d < 0)
			return false;
		rgb = rgb << 4 | (uint32_t)d;
		if (twice)
			rgb = rgb << 4 | (uint32_t)d;
	}
	v->n = rgb;
	return true;
}

static bool
read_colour(struct value *v, unsigned f, str s)
{
	static const str refs[] = { Z(""), Z("ink"), Z("accent"), Z("rule"),
		Z("muted") };
	static const str names[] = { Z("black"), Z("white"), Z("gray"),
		Z("grey"), Z("silver"), Z("navy"), Z("maroon"), Z("teal"),
		Z("green"), Z("red"), Z("blue"), Z("purple"), Z("olive") };
	static const uint32_t rgb[] = { 0, 0xffffff, 0x808080, 0x808080,
		0xc0c0c0, 0x000080, 0x800000, 0x008080, 0x008000, 0xff0000,
		0x0000ff, 0x800080, 0x808000 };
	int64_t	 i;

	_Static_assert(ARRAY_LEN(names) == ARRAY_LEN(rgb), "one each");
	v->w = COLOUR_LITERAL;
	if (s.n > 0 && (f & LITERAL) == 0 &&
	    find_name(s, refs, ARRAY_LEN(refs), &i)) {
		v->w = i;
		return true;
	}
	if (find_name(s, names, ARRAY_LEN(names), &i)) {
		v->n = rgb[i];
		return true;
	}
	return read_hex(v, s);
}

/* Every brace belongs to a name that furniture knows. */
static bool
read_template(struct value *v, str s)
{
	size_t	 lo, hi;
	int64_t	 i;

	v->text = s;
	if (s.n > 200)
		return false;
	while ((lo = str_find_char(s, '{')) != SIZE_MAX) {
		s = str_from(s, lo + 1);
		hi = str_find_char(s, '}');
		if (hi == SIZE_MAX || !find_name(str_cut(s, 0, hi),
		    template_names, ARRAY_LEN(template_names), &i))
			return false;
		s = str_from(s, hi + 1);
	}
	return true;
}

static bool
read_paper(struct value *v, str s)
{
	struct paper	 p;

	if (!paper_parse(s, &p))
		return false;
	v->w = p.w;
	v->h = p.h;
	v->text = p.name;
	return true;
}

static bool
read_kind(struct value *v, const struct key *k, str s)
{
	if ((k->flags & OR_NONE) != 0 && str_eq(s, S("none")))
		return v->none = true;
	switch (k->kind) {
	case KEY_BOOL:
		return read_bool(v, s);
	case KEY_INT:
	case KEY_SHARE:
		return read_number(v, k, s);
	case KEY_ENUM:
	case KEY_FACE:
		return find_name(s, k->names, k->nnames, &v->n);
	case KEY_COLOUR:
		return read_colour(v, k->flags, s);
	case KEY_LENGTH:
		return read_length(v, k->flags, s);
	case KEY_TEMPLATE:
		return read_template(v, s);
	case KEY_COLOURS:
		return false;
	case KEY_PAPER:
		break;
	}
	return read_paper(v, s);
}

/* "[navy, olive]" */
static bool
read_list(struct arena *a, struct value *v, const struct key *k,
    const struct yaml_node *n)
{
	uint32_t	*list = ARENA_NEW(a, uint32_t, SECTIONS_MOST);
	struct value	 one = { 0 };
	int64_t		 got = 0;

	if (k->kind != KEY_COLOURS)
		return false;
	for (const struct yaml_node *c = n->child; c != NULL; c = c->next) {
		if (c->kind != YAML_SCALAR || got == SECTIONS_MOST ||
		    !read_colour(&one, k->flags, str_trim(c->text)))
			return false;
		list[got++] = (uint32_t)one.n;
	}
	v->list = list;
	v->n = got;
	return true;
}

bool
value_read(struct arena *a, struct value *v, const struct key *k, str path,
    const struct yaml_node *n, struct diag *d)
{
	str	 want, s = n->text;

	*v = (struct value){ .at = n->at };
	if (n->kind == YAML_SCALAR && read_kind(v, k, k->kind ==
	    KEY_TEMPLATE ? s : str_trim(s)))
		return true;
	if (n->kind == YAML_SEQ && read_list(a, v, k, n))
		return true;
	want = value_expected(a, k);
	if (n->kind != YAML_SCALAR || s.n == 0)
		diag_add(d, DIAG_THEME_VALUE, n->at, "%.*s: expected %.*s",
		    STR_ARG(path), STR_ARG(want));
	else
		diag_add(d, DIAG_THEME_VALUE, n->at, "%.*s: \"%.*s\"; "
		    "expected %.*s", STR_ARG(path), STR_ARG(str_cut(s, 0,
		    s.n < 60 ? s.n : 60)), STR_ARG(want));
	return false;
}
