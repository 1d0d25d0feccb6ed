/*
 * svg_value.c: lengths, lists, transforms and references as attributes
 * write them.
 */
#include "image/svg_int.h"

#define TRANSFORMS_MAX	64	/* in one attribute */

const struct matrix svg_identity = { FX_ONE, 0, 0, FX_ONE, 0, 0 };

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void
svg_blanks(str *s)
{
	while (s->n > 0 && blank(s->p[0])) {
		s->p++;
		s->n--;
	}
}

void
svg_comma(str *s)
{
	svg_blanks(s);
	if (s->n > 0 && s->p[0] == ',') {
		*s = str_from(*s, 1);
		svg_blanks(s);
	}
}

str
svg_word(str *s)
{
	size_t i = 0;
	str w;

	while (i < s->n) {
		char c = s->p[i], low = (char)(c | 0x20);

		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '_' && (unsigned char)c < 0x80)
			break;
		i++;
	}
	w = str_cut(*s, 0, i);
	*s = str_from(*s, i);
	return w;
}

/* What 100 % is (CSS: of the diagonal, where neither side is meant). */
static fx
whole(const struct svg_place *p, enum svg_unit unit)
{
	if (unit == UNIT_X)
		return p->vw;
	if (unit == UNIT_Y)
		return p->vh;
	return fx_div(fx_norm(p->vw, p->vh), 23726566 /* sqrt 2 */);
}

bool
svg_length(const struct svg_place *p, str s, enum svg_unit unit, fx *out)
{
	static const struct { const char *name; int num, den; } units[] = {
		{ "px", 1, 1 }, { "pt", 4, 3 }, { "pc", 16, 1 },
		{ "mm", 480, 127 }, { "cm", 4800, 127 }, { "in", 96, 1 },
		{ "", 1, 1 }
	};
	fx v;

	svg_blanks(&s);
	if (!svg_number(&s, &v))
		return false;
	s = str_trim(s);
	if (str_eq(s, S("%"))) {
		*out = fx_mul(v, whole(p, unit)) / 100;
		return true;
	}
	if (str_eq(s, S("em")) || str_eq(s, S("ex"))) {
		*out = fx_mul(v, p->style.size);
		if (s.p[1] == 'x')
			*out /= 2;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (str_eq(s, str_c(units[i].name))) {
			*out = fx_mul(v, units[i].num * FX_ONE /
			    units[i].den);
			return true;
		}
	return false;
}

size_t
svg_numbers(str s, fx *out, size_t max)
{
	size_t n = 0;
	fx v;

	svg_blanks(&s);
	while (svg_number(&s, &v)) {
		if (n < max)
			out[n] = v;
		n++;
		svg_comma(&s);
	}
	return n;
}

/* ---- transform -------------------------------------------------------- */

static struct matrix
rotation(const fx *v, size_t n)
{
	struct matrix there = svg_identity, r, back = svg_identity;
	fx s, c;

	fx_sin_cos(v[0], &s, &c);
	r = (struct matrix){ c, s, -s, c, 0, 0 };
	if (n < 3)
		return r;
	there.e = v[1];
	there.f = v[2];
	back.e = -v[1];
	back.f = -v[2];
	r = matrix_join(&there, &r);
	return matrix_join(&r, &back);
}

static struct matrix
skewed(fx angle, bool x)
{
	struct matrix m = svg_identity;
	fx s, c, t;

	fx_sin_cos(angle, &s, &c);
	t = c == 0 ? 0 : fx_div(s, c);
	if (x)
		m.c = t;
	else
		m.b = t;
	return m;
}

static bool
one_transform(str name, const fx *v, size_t n, struct matrix *m)
{
	*m = svg_identity;
	if (str_eq(name, S("matrix")) && n == 6)
		*m = (struct matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
	else if (str_eq(name, S("translate")) && n >= 1 && n <= 2) {
		m->e = v[0];
		m->f = n == 2 ? v[1] : 0;
	} else if (str_eq(name, S("scale")) && n >= 1 && n <= 2) {
		m->a = v[0];
		m->d = n == 2 ? v[1] : v[0];
	} else if (str_eq(name, S("rotate")) && (n == 1 || n == 3))
		*m = rotation(v, n);
	else if (str_eq(name, S("skewX")) && n == 1)
		*m = skewed(v[0], true);
	else if (str_eq(name, S("skewY")) && n == 1)
		*m = skewed(v[0], false);
	else
		return false;
	return true;
}

bool
svg_transform(str s, struct matrix *m)
{
	struct matrix one;
	fx v[6];

	*m = svg_identity;
	for (unsigned i = 0; i < TRANSFORMS_MAX; i++) {
		str name;
		size_t end, n;

		svg_comma(&s);
		if (s.n == 0)
			return true;
		name = svg_word(&s);
		svg_blanks(&s);
		end = str_find_char(s, ')');
		if (!str_starts(s, S("(")) || end == SIZE_MAX)
			return false;
		n = svg_numbers(str_cut(s, 1, end), v, ARRAY_LEN(v));
		if (!one_transform(name, v, n, &one))
			return false;
		*m = matrix_join(m, &one);
		s = str_from(s, end + 1);
	}
	return false;
}

/* ---- references ------------------------------------------------------- */

str
svg_url(str *s)
{
	size_t end;
	str id;

	svg_blanks(s);
	if (str_starts(*s, S("#"))) {
		id = str_trim(str_from(*s, 1));
		*s = S("");
		return id;
	}
	if (!str_starts(*s, S("url(")) || (end = str_find_char(*s, ')')) ==
	    SIZE_MAX)
		return S("");
	id = str_trim(str_cut(*s, 4, end));
	*s = str_from(*s, end + 1);
	if (id.n >= 2 && (id.p[0] == '"' || id.p[0] == '\''))
		id = str_trim(str_cut(id, 1, id.n - 1));
	return str_starts(id, S("#")) ? str_from(id, 1) : S("");
}
