/*
 * svg_style.c: what an element looks like: what it inherits, then its
 * presentation attributes, then the rules of <style> by weight, then its
 * style attribute. Rules may select by element, class and id, together;
 * selectors that look around (descendants, states) are told and left out.
 */
#include "image/svg_int.h"

#define RULES_MAX	1000
#define RULES_WORK	64	/* rules looked at for one piece of work */
#define DASHES_MAX	32
#define MITER		4

enum property {
	P_FILL, P_FILL_OPACITY, P_FILL_RULE, P_STROKE, P_STROKE_OPACITY,
	P_STROKE_WIDTH, P_LINECAP, P_LINEJOIN, P_MITER, P_DASHES,
	P_DASH_OFFSET, P_COLOR, P_CLIP, P_CLIP_RULE, P_FAMILY, P_SIZE,
	P_WEIGHT, P_SLOPE, P_ANCHOR, P_BASELINE, P_VISIBILITY, P_DISPLAY,
	P_OPACITY, P_STOP_COLOR, P_STOP_OPACITY, P_EFFECT, P_MARKER
};

static const struct { const char *name; enum property id; } properties[] = {
	{ "fill", P_FILL }, { "fill-opacity", P_FILL_OPACITY },
	{ "fill-rule", P_FILL_RULE }, { "stroke", P_STROKE },
	{ "stroke-opacity", P_STROKE_OPACITY },
	{ "stroke-width", P_STROKE_WIDTH }, { "stroke-linecap", P_LINECAP },
	{ "stroke-linejoin", P_LINEJOIN }, { "stroke-miterlimit", P_MITER },
	{ "stroke-dasharray", P_DASHES },
	{ "stroke-dashoffset", P_DASH_OFFSET }, { "color", P_COLOR },
	{ "clip-path", P_CLIP }, { "clip-rule", P_CLIP_RULE },
	{ "font-family", P_FAMILY }, { "font-size", P_SIZE },
	{ "font-weight", P_WEIGHT }, { "font-style", P_SLOPE },
	{ "text-anchor", P_ANCHOR }, { "dominant-baseline", P_BASELINE },
	{ "alignment-baseline", P_BASELINE }, { "visibility", P_VISIBILITY },
	{ "display", P_DISPLAY }, { "opacity", P_OPACITY },
	{ "stop-color", P_STOP_COLOR }, { "stop-opacity", P_STOP_OPACITY },
	{ "filter", P_EFFECT }, { "mask", P_EFFECT },
	{ "mix-blend-mode", P_EFFECT }, { "marker", P_MARKER },
	{ "marker-start", P_MARKER }, { "marker-mid", P_MARKER },
	{ "marker-end", P_MARKER },
};

const struct svg_style svg_style_start = {
	.fill = { .kind = FILL_RGB, .alpha = FX_ONE },
	.stroke = { .kind = FILL_NONE, .alpha = FX_ONE },
	.fill_opacity = FX_ONE, .stroke_opacity = FX_ONE,
	.width = FX_ONE, .miter = MITER * FX_ONE,
	.size = 16 * FX_ONE, .opacity = FX_ONE, .stop_opacity = FX_ONE,
	.stop = { .kind = FILL_RGB, .alpha = FX_ONE },
};

/* ---- values ----------------------------------------------------------- */

static bool
set_paint(struct svg_paint *p, str v)
{
	struct svg_paint new = { .kind = FILL_RGB, .alpha = FX_ONE };

	if (str_eq(v, S("none")))
		new.kind = FILL_NONE;
	else if (str_eq(v, S("currentColor")) ||
	    str_eq(v, S("currentcolor")))
		new.kind = FILL_CURRENT;
	else if (str_starts(v, S("url("))) {
		new.kind = FILL_URL;
		new.url = svg_url(&v);
		new.spare = svg_color(v, &new.rgb, &new.alpha);
	} else if (!svg_color(v, &new.rgb, &new.alpha))
		return false;
	*p = new;
	return true;
}

static bool
set_part(fx *to, str v)
{
	fx x;

	if (!svg_number(&v, &x))
		return false;
	if (str_eq(str_trim(v), S("%")))
		x /= 100;
	*to = x < 0 ? 0 : x > FX_ONE ? FX_ONE : x;
	return true;
}

static bool
set_word(int *to, str v, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v, str_c(words[i]))) {
			*to = (int)i;
			return true;
		}
	return false;
}

static bool
set_cap(enum line_cap *cap, str v)
{
	static const char *const words[] = { "butt", "round", "square" };
	int i;

	if (!set_word(&i, v, words, ARRAY_LEN(words)))
		return false;
	*cap = (enum line_cap)i;
	return true;
}

static bool
set_join(enum line_join *join, str v)
{
	static const char *const words[] = { "miter", "round", "bevel",
	    "miter-clip", "arcs" };
	int i;

	if (!set_word(&i, v, words, ARRAY_LEN(words)))
		return false;
	*join = i > 2 ? JOIN_MITER : (enum line_join)i;
	return true;
}

static bool
set_anchor(enum mark_anchor *anchor, str v)
{
	static const char *const words[] = { "start", "middle", "end" };
	int i;

	if (!set_word(&i, v, words, ARRAY_LEN(words)))
		return false;
	*anchor = (enum mark_anchor)i;
	return true;
}

static bool
set_dashes(struct svg *s, struct svg_place *at, str v)
{
	fx len[DASHES_MAX], sum = 0, *out;
	size_t n = 0, twice;

	at->style.ndashes = 0;
	if (str_eq(v, S("none")))
		return true;
	for (; v.n > 0 && n < DASHES_MAX; n++) {
		size_t k = 0;

		while (k < v.n && strchr(", \t\r\n", v.p[k]) == NULL)
			k++;
		if (!svg_length(at, str_cut(v, 0, k), UNIT_BOTH, &len[n]) ||
		    len[n] < 0)
			return false;
		sum = fx_hold(sum + len[n]);
		v = str_from(v, k);
		svg_comma(&v);
	}
	if (sum == 0)
		return true;
	twice = n % 2 == 0 ? n : n * 2;
	at->style.dashes = out = ARENA_NEW(s->arena, fx, twice);
	for (size_t i = 0; i < twice; i++)
		out[i] = len[i % n];
	at->style.ndashes = twice;
	return true;
}

static bool
holds(str list, const char *low)
{
	size_t n = strlen(low);

	for (size_t i = 0; i + n <= list.n; i++) {
		size_t k = 0;

		while (k < n && (list.p[i + k] | 0x20) == low[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}

/* The family named first decides, by what its name gives away. */
static void
set_family(enum mark_family *f, str v)
{
	static const char *const mono[] = { "mono", "courier", "consol",
	    "menlo", "typewriter" };
	static const char *const serif[] = { "times", "georgia", "garamond",
	    "serif", "roman", "palatino", "cambria", "century", "book" };
	size_t comma = str_find_char(v, ',');

	if (comma != SIZE_MAX)
		v.n = comma;
	*f = MARK_SANS;
	for (size_t i = 0; i < ARRAY_LEN(mono); i++)
		if (holds(v, mono[i]))
			*f = MARK_MONO;
	if (*f == MARK_MONO || holds(v, "sans"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(serif); i++)
		if (holds(v, serif[i]))
			*f = MARK_SERIF;
}

static bool
set_size(struct svg_place *at, fx outer, str v)
{
	static const struct { const char *name; int part; } named[] = {
		{ "xx-small", 576 }, { "x-small", 640 }, { "small", 832 },
		{ "medium", 1024 }, { "large", 1216 }, { "x-large", 1536 },
		{ "xx-large", 2048 }
	};
	struct svg_place in = *at;
	fx size;

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (str_eq(v, str_c(named[i].name))) {
			at->style.size = named[i].part * FX_ONE / 64;
			return true;
		}
	if (str_eq(v, S("smaller")) || str_eq(v, S("larger"))) {
		at->style.size = v.p[0] == 's' ? outer * 5 / 6 :
		    outer * 6 / 5;
		return true;
	}
	in.style.size = outer;
	in.vw = outer;			/* a percentage is of the size */
	if (!svg_length(&in, v, UNIT_X, &size) || size < 0)
		return false;
	at->style.size = size;
	return true;
}

static bool
set_weight(bool *bold, str v)
{
	fx n;

	if (str_eq(v, S("bold")) || str_eq(v, S("bolder")))
		*bold = true;
	else if (str_eq(v, S("normal")) || str_eq(v, S("lighter")))
		*bold = false;
	else if (svg_number(&v, &n))
		*bold = n >= 600 * FX_ONE;
	else
		return false;
	return true;
}

/* Where the alphabetic baseline lies under the line that is asked for. */
static void
set_baseline(fx *b, str v)
{
	static const struct { const char *name; int percent; } t[] = {
		{ "middle", 27 }, { "central", 35 }, { "hanging", 73 },
		{ "text-before-edge", 90 }, { "before-edge", 90 },
		{ "text-top", 90 }, { "text-after-edge", -22 },
		{ "after-edge", -22 }, { "ideographic", -22 },
		{ "text-bottom", -22 }
	};

	*b = 0;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (str_eq(v, str_c(t[i].name)))
			*b = t[i].percent * FX_ONE / 100;
}

/* ---- properties ------------------------------------------------------- */

static bool
set_text(struct svg_place *at, fx outer, enum property id, str v)
{
	struct svg_style *st = &at->style;

	switch (id) {
	case P_FAMILY:
		set_family(&st->family, v);
		return true;
	case P_SIZE:
		return set_size(at, outer, v);
	case P_WEIGHT:
		return set_weight(&st->bold, v);
	case P_SLOPE:
		st->italic = str_eq(v, S("italic")) ||
		    str_starts(v, S("oblique"));
		return true;
	case P_ANCHOR:
		return set_anchor(&st->anchor, v);
	default:
		set_baseline(&st->baseline, v);
		return true;
	}
}

static bool
set_line(struct svg *s, struct svg_place *at, enum property id, str v)
{
	struct svg_style *st = &at->style;

	switch (id) {
	case P_STROKE_WIDTH:
		return svg_length(at, v, UNIT_BOTH, &st->width);
	case P_LINECAP:
		return set_cap(&st->cap, v);
	case P_LINEJOIN:
		return set_join(&st->join, v);
	case P_MITER:
		return svg_number(&v, &st->miter);
	case P_DASHES:
		return set_dashes(s, at, v);
	default:
		return svg_length(at, v, UNIT_BOTH, &st->dash_offset);
	}
}

static bool
set_color(struct svg_style *st, str v)
{
	fx alpha;

	return str_eq(v, S("currentColor")) ||
	    svg_color(v, &st->color, &alpha);
}

static bool
set_other(struct svg_style *st, enum property id, str v)
{
	switch (id) {
	case P_FILL:
		return set_paint(&st->fill, v);
	case P_STROKE:
		return set_paint(&st->stroke, v);
	case P_STOP_COLOR:
		return set_paint(&st->stop, v);
	case P_COLOR:
		return set_color(st, v);
	case P_FILL_OPACITY:
		return set_part(&st->fill_opacity, v);
	case P_STROKE_OPACITY:
		return set_part(&st->stroke_opacity, v);
	case P_STOP_OPACITY:
		return set_part(&st->stop_opacity, v);
	case P_OPACITY:
		return set_part(&st->opacity, v);
	case P_FILL_RULE:
		st->evenodd = str_eq(v, S("evenodd"));
		return true;
	case P_CLIP_RULE:
		st->clip_evenodd = str_eq(v, S("evenodd"));
		return true;
	case P_VISIBILITY:
		st->hidden = !str_eq(v, S("visible"));
		return true;
	case P_DISPLAY:
		st->none = str_eq(v, S("none"));
		return true;
	default:
		st->clip = svg_url(&v);
		return true;
	}
}

static void
set(struct svg *s, const struct svg_node *n, struct svg_place *at, fx outer,
    str name, str v)
{
	enum property id;
	size_t i = 0;
	bool ok;

	while (i < ARRAY_LEN(properties) &&
	    !str_eq(name, str_c(properties[i].name)))
		i++;
	if (i == ARRAY_LEN(properties) || str_eq(v, S("inherit")))
		return;
	id = properties[i].id;
	if (id == P_EFFECT || id == P_MARKER) {
		if (!str_eq(v, S("none")) && !str_eq(v, S("normal")))
			svg_say(s, n, DIAG_IMAGE_SVG_EFFECT, name);
		return;
	}
	if (id >= P_FAMILY && id <= P_BASELINE)
		ok = set_text(at, outer, id, v);
	else if (id >= P_STROKE_WIDTH && id <= P_DASH_OFFSET)
		ok = set_line(s, at, id, v);
	else
		ok = set_other(&at->style, id, v);
	if (!ok)
		svg_say(s, n, DIAG_IMAGE_SVG_VALUE, name);
}

static void
declarations(struct svg *s, const struct svg_node *n, struct svg_place *at,
    fx outer, str body)
{
	while (body.n > 0) {
		size_t end = str_find_char(body, ';'), colon;
		str one = str_cut(body, 0, end), v;

		body = end == SIZE_MAX ? S("") : str_from(body, end + 1);
		colon = str_find_char(one, ':');
		if (colon == SIZE_MAX)
			continue;
		v = str_trim(str_from(one, colon + 1));
		if (str_ends(v, S("!important")))
			v = str_trim(str_cut(v, 0, v.n - 10));
		set(s, n, at, outer, str_trim(str_cut(one, 0, colon)), v);
	}
}

/* ---- rules ------------------------------------------------------------ */

/* One compound of a selector: e, .class, #id in any number and order. */
static bool
selector(struct svg *s, str sel, struct svg_rule *r)
{
	char *classes = ARENA_NEW(s->arena, char, sel.n + 1);
	size_t n = 0;

	sel = str_trim(sel);
	if (str_starts(sel, S("*")))
		sel = str_from(sel, 1);
	else if ((r->element = svg_word(&sel)).n > 0)
		r->weight++;
	while (sel.n > 0) {
		char c = sel.p[0];
		str w;

		sel = str_from(sel, 1);
		w = svg_word(&sel);
		if ((c != '.' && c != '#') || w.n == 0)
			return false;
		r->weight += c == '.' ? 100 : 10000;
		if (c == '#') {
			r->id = w;
			continue;
		}
		memcpy(classes + n, w.p, w.n);
		n += w.n;
		classes[n++] = ' ';
	}
	r->classes = (str){ classes, n };
	return true;
}

static void
add_rule(struct svg *s, const struct svg_node *n, str sels, str body)
{
	while (sels.n > 0) {
		size_t end = str_find_char(sels, ','), k;
		struct svg_rule r = { .body = body };

		if (s->rules.n >= RULES_MAX ||
		    !selector(s, str_cut(sels, 0, end), &r)) {
			svg_say(s, n, DIAG_IMAGE_SVG_STYLE,
			    str_trim(str_cut(sels, 0, end)));
		} else {
			VEC_PUSH(s->arena, &s->rules, r);
			/* By weight; of equal weight, as they stand. */
			for (k = s->rules.n - 1; k > 0 &&
			    s->rules.v[k - 1].weight > r.weight; k--)
				s->rules.v[k] = s->rules.v[k - 1];
			s->rules.v[k] = r;
		}
		sels = end == SIZE_MAX ? S("") : str_from(sels, end + 1);
	}
}

/* The text of a node without comments. */
static str
sheet(struct svg *s, const struct svg_node *n)
{
	size_t room = 0, k = 0, at;
	char *out;

	for (const struct svg_node *t = n->child; t != NULL; t = t->next)
		room += t->text.n;
	out = ARENA_NEW(s->arena, char, room + 1);
	for (const struct svg_node *t = n->child; t != NULL; t = t->next) {
		if (t->text.n > 0)
			memcpy(out + k, t->text.p, t->text.n);
		k += t->text.n;
	}
	for (str left = { out, k }; (at = str_find(left, S("/*"))) !=
	    SIZE_MAX; ) {
		size_t from = (size_t)(left.p - out) + at;
		size_t end = str_find(str_from(left, at + 2), S("*/"));
		size_t gone = end == SIZE_MAX ? left.n - at : end + 4;

		memset(out + from, ' ', gone);
		left = str_from(left, at + gone);
	}
	return (str){ out, k };
}

/* The end of an at-rule that begins at s: behind its block or semicolon. */
static size_t
at_rule_end(str s)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '{')
			depth++;
		else if (s.p[i] == '}' && depth > 1)
			depth--;
		else if (s.p[i] == '}' || (s.p[i] == ';' && depth == 0))
			return i + 1;
	}
	return s.n;
}

void
svg_rules(struct svg *s, const struct svg_node *n)
{
	str css = sheet(s, n), name;
	size_t open, close;

	for (;;) {
		svg_blanks(&css);
		if (str_starts(css, S("@"))) {
			name = str_from(css, 1);
			svg_say(s, n, DIAG_IMAGE_SVG_STYLE, svg_word(&name));
			css = str_from(css, at_rule_end(css));
			continue;
		}
		open = str_find_char(css, '{');
		close = str_find_char(css, '}');
		if (open == SIZE_MAX || close == SIZE_MAX || close < open)
			break;
		add_rule(s, n, str_cut(css, 0, open),
		    str_cut(css, open + 1, close));
		css = str_from(css, close + 1);
	}
	if (css.n > 0)
		svg_say(s, n, DIAG_IMAGE_SVG_STYLE, S("unclosed rule"));
}

/* Is each of the wanted words (each with a space behind it) in the list? */
static bool
has_classes(str list, str wanted)
{
	while (wanted.n > 0) {
		size_t end = str_find_char(wanted, ' ');
		str w = str_cut(wanted, 0, end), left = list;
		bool found = false;

		while (!found && left.n > 0) {
			size_t k = 0;

			svg_blanks(&left);
			while (k < left.n && strchr(" \t\r\n", left.p[k]) ==
			    NULL)
				k++;
			found = str_eq(str_cut(left, 0, k), w);
			left = str_from(left, k);
		}
		if (!found)
			return false;
		wanted = str_from(wanted, end + 1);
	}
	return true;
}

static bool
meant(const struct svg_rule *r, const struct svg_node *n, str id,
    str classes)
{
	return (r->element.n == 0 || str_eq(r->element, n->name)) &&
	    (r->id.n == 0 || str_eq(r->id, id)) &&
	    (r->classes.n == 0 || has_classes(classes, r->classes));
}

void
svg_style_of(struct svg *s, const struct svg_node *n, struct svg_place *at)
{
	struct svg_style *st = &at->style;
	fx outer = st->size;
	str id = svg_attr(n, S("id")), classes = svg_attr(n, S("class"));

	if (!svg_work(s, s->rules.n / RULES_WORK))
		return;
	st->none = false;
	st->opacity = st->stop_opacity = FX_ONE;
	st->clip = S("");
	st->stop = svg_style_start.stop;
	for (size_t i = 0; i < n->nattrs; i++)
		set(s, n, at, outer, n->attrs[i].name,
		    str_trim(n->attrs[i].value));
	for (size_t i = 0; i < s->rules.n; i++)
		if (meant(&s->rules.v[i], n, id, classes))
			declarations(s, n, at, outer, s->rules.v[i].body);
	declarations(s, n, at, outer, svg_attr(n, S("style")));
}
