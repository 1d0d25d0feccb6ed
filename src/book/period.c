/*
 * period.c: the notations of a period and the days that each spans.
 *
 * A week is ISO 8601's: it begins on Monday, and week 1 is the one that
 * holds January 4. Everything but exact notation is refused.
 */
#include "book/book_int.h"

/* n digits at s[at]; -1 if they are not there. */
static int
digits(str s, size_t at, size_t n)
{
	int v = 0;
	size_t i;

	if (at + n > s.n)
		return -1;
	for (i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

static struct date
ymd(int y, int m, int d)
{
	return (struct date){ (int16_t)y, (int8_t)m, (int8_t)d };
}

/* Days since 1970 of the Monday of the year's week 1. */
static int32_t
first_monday(int y)
{
	struct date d = ymd(y, 1, 4);

	return date_days(d) - (date_weekday(d) - 1);
}

static bool
parse_week(int y, int w, struct period *p)
{
	int32_t monday = first_monday(y) + (w - 1) * 7;

	if (w < 1 || y > 9998 || monday >= first_monday(y + 1))
		return false;
	p->kind = PERIOD_WEEK;
	p->from = date_of_days(monday);
	p->to = date_of_days(monday + 6);
	return true;
}

static bool
parse_month(int y, int m, struct period *p)
{
	struct date next;

	if (m < 1 || m > 12)
		return false;
	next = m == 12 ? ymd(y + 1, 1, 1) : ymd(y, m + 1, 1);
	p->kind = PERIOD_MONTH;
	p->from = ymd(y, m, 1);
	p->to = date_of_days(date_days(next) - 1);
	return true;
}

bool
period_parse(str s, struct period *p)
{
	int y = digits(s, 0, 4);

	if (y < 1)
		return false;
	if (s.n == 4) {
		p->kind = PERIOD_YEAR;
		p->from = ymd(y, 1, 1);
		p->to = ymd(y, 12, 31);
		return true;
	}
	if (s.p[4] != '-')
		return false;
	if (s.n == 7)
		return parse_month(y, digits(s, 5, 2), p);
	if (s.n == 8 && s.p[5] == 'W')
		return parse_week(y, digits(s, 6, 2), p);
	if (s.n == 10 && date_parse(s, &p->from)) {
		p->kind = PERIOD_DAY;
		p->to = p->from;
		return true;
	}
	if (s.n == 22 && str_eq(str_cut(s, 10, 12), S("..")) &&
	    date_parse(str_cut(s, 0, 10), &p->from) &&
	    date_parse(str_from(s, 12), &p->to)) {
		p->kind = PERIOD_RANGE;
		return date_cmp(p->from, p->to) <= 0;
	}
	return false;
}

bool
period_has(const struct period *p, struct date d)
{
	return d.y != 0 && date_cmp(p->from, d) <= 0 &&
	    date_cmp(d, p->to) <= 0;
}

str
period_slug(struct arena *a, const struct period *p)
{
	struct date f = p->from, t = p->to;
	int32_t thursday;

	switch (p->kind) {
	case PERIOD_YEAR:
		return arena_printf(a, "%04d", f.y);
	case PERIOD_MONTH:
		return arena_printf(a, "%04d-%02d", f.y, f.m);
	case PERIOD_WEEK:
		/* A week belongs to the year of its Thursday. */
		thursday = date_days(f) + 3;
		f = date_of_days(thursday);
		return arena_printf(a, "%04d-W%02d", f.y,
		    (thursday - date_days(ymd(f.y, 1, 1))) / 7 + 1);
	case PERIOD_DAY:
		return arena_printf(a, "%04d-%02d-%02d", f.y, f.m, f.d);
	case PERIOD_RANGE:
		break;
	}
	return arena_printf(a, "%04d-%02d-%02d..%04d-%02d-%02d", f.y, f.m,
	    f.d, t.y, t.m, t.d);
}
