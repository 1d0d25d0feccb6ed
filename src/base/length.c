/*
 * length.c: lengths and sizes of paper as authors write them, exactly: a
 * number is kept as an integer of thousandths, so no machine rounds it
 * otherwise.
 */
#include "base/base.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Thousandths of the number that s begins with, and where it ends. */
static bool
read_number(str s, int64_t *n, size_t *end)
{
	int64_t unit = 1000, v = 0;
	size_t i = 0;

	if (s.n == 0 || !is_digit(s.p[0]))
		return false;
	for (; i < s.n && is_digit(s.p[i]); i++)
		if ((v = v * 10 + (s.p[i] - '0')) >= 1000000)
			return false;
	if (i < s.n && s.p[i] == '.') {
		if (++i == s.n || !is_digit(s.p[i]))
			return false;
		for (; i < s.n && is_digit(s.p[i]); i++) {
			if (unit == 1)
				return false;
			v = v * 10 + (s.p[i] - '0');
			unit /= 10;
		}
	}
	*n = v * unit;
	*end = i;
	return true;
}

static bool
find_unit(str s, enum unit *unit)
{
	static const struct { str name; enum unit unit; } v[] = {
		{ { "", 0 }, UNIT_NONE }, { { "pt", 2 }, UNIT_PT },
		{ { "mm", 2 }, UNIT_MM }, { { "cm", 2 }, UNIT_CM },
		{ { "in", 2 }, UNIT_IN }, { { "%", 1 }, UNIT_PERCENT },
		{ { "em", 2 }, UNIT_EM }, { { "line", 4 }, UNIT_LINE },
	};

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (str_eq(s, v[i].name)) {
			*unit = v[i].unit;
			return true;
		}
	return false;
}

bool
length_parse(str s, struct length *out)
{
	size_t end;

	s = str_trim(s);
	return read_number(s, &out->n, &end) &&
	    find_unit(str_trim(str_from(s, end)), &out->unit);
}

sp
length_sp(struct length x, sp of)
{
	switch (x.unit) {
	case UNIT_MM:
		return x.n * 72 * SP_PT * 5 / 127 / 1000;
	case UNIT_CM:
		return x.n * 72 * SP_PT * 5 / 127 / 100;
	case UNIT_IN:
		return x.n * 72 * SP_PT / 1000;
	case UNIT_PERCENT:
		return x.n * (of / 100) / 1000 + x.n * (of % 100) / 100000;
	case UNIT_EM:
	case UNIT_LINE:
		return x.n * of / 1000;
	case UNIT_NONE:
	case UNIT_PT:
		break;
	}
	return (x.n * SP_PT + 500) / 1000;
}

/* ---- paper ------------------------------------------------------------ */

static bool
same_word(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if ((a.p[i] | 0x20) != (b.p[i] | 0x20))
			return false;
	return true;
}

bool
paper_side(sp v)
{
	return v >= SP_MM(20) && v <= SP_MM(5000);
}

static bool
is_absolute(enum unit u)
{
	return u == UNIT_PT || u == UNIT_MM || u == UNIT_CM || u == UNIT_IN;
}

/* "210x297mm", "6in x 9in"; without a unit: millimetres. */
static bool
read_sides(str s, struct paper *out)
{
	size_t x = str_find_char(s, 'x'), skip = 1;
	struct length w, h;

	if (x == SIZE_MAX) {
		x = str_find(s, S("\xc3\x97"));
		skip = 2;
	}
	if (x == SIZE_MAX || !length_parse(str_cut(s, 0, x), &w) ||
	    !length_parse(str_from(s, x + skip), &h))
		return false;
	if (h.unit == UNIT_NONE)
		h.unit = w.unit == UNIT_NONE ? UNIT_MM : w.unit;
	if (w.unit == UNIT_NONE)
		w.unit = h.unit;
	if (!is_absolute(w.unit) || !is_absolute(h.unit))
		return false;
	*out = (struct paper){ S("custom"), length_sp(w, 0),
	    length_sp(h, 0) };
	return paper_side(out->w) && paper_side(out->h);
}

bool
paper_parse(str s, struct paper *out)
{
	static const struct paper v[] = {
		{ { "A4", 2 }, SP_MM(210), SP_MM(297) },
		{ { "A5", 2 }, SP_MM(148), SP_MM(210) },
		{ { "B5", 2 }, SP_MM(176), SP_MM(250) },
		{ { "Letter", 6 }, 612 * SP_PT, 792 * SP_PT },
		{ { "Legal", 5 }, 612 * SP_PT, 1008 * SP_PT },
	};

	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (same_word(s, v[i].name)) {
			*out = v[i];
			return true;
		}
	return read_sides(s, out);
}
