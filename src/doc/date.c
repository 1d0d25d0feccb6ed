/*
 * date.c: calendar dates of the proleptic Gregorian calendar. Day numbers
 * are computed by eras of 400 years (146,097 days) that begin in March, so
 * that the leap day is a year's last.
 */
#include "doc/doc.h"

static int
days_of_month(int y, int m)
{
	static const int8_t n[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	if (m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))
		return 29;
	return n[m - 1];
}

bool
date_parse(str s, struct date *out)
{
	int v[3] = { 0, 0, 0 };
	size_t i, part = 0;

	if (s.n != 10)
		return false;
	for (i = 0; i < 10; i++) {
		if (i == 4 || i == 7) {
			if (s.p[i] != '-')
				return false;
			part++;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v[part] = v[part] * 10 + (s.p[i] - '0');
	}
	/* Year 0 stands for "no date". */
	if (v[0] < 1 || v[1] < 1 || v[1] > 12 || v[2] < 1 ||
	    v[2] > days_of_month(v[0], v[1]))
		return false;
	*out = (struct date){ (int16_t)v[0], (int8_t)v[1], (int8_t)v[2] };
	return true;
}

int
date_cmp(struct date a, struct date b)
{
	if (a.y != b.y)
		return a.y < b.y ? -1 : 1;
	if (a.m != b.m)
		return a.m < b.m ? -1 : 1;
	return a.d == b.d ? 0 : a.d < b.d ? -1 : 1;
}

int32_t
date_days(struct date d)
{
	int32_t y = d.y - (d.m <= 2);
	int32_t era = (y >= 0 ? y : y - 399) / 400;
	int32_t yoe = y - era * 400;
	int32_t doy = (153 * (d.m + (d.m > 2 ? -3 : 9)) + 2) / 5 + d.d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct date
date_of_days(int32_t days)
{
	int32_t z = days + 719468;
	int32_t era = (z >= 0 ? z : z - 146096) / 146097;
	int32_t doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int32_t m = mp < 10 ? mp + 3 : mp - 9;

	return (struct date){ (int16_t)(yoe + era * 400 + (m <= 2)),
	    (int8_t)m, (int8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

int
date_weekday(struct date d)
{
	/* 1970-01-01 was a Thursday (4). */
	int32_t w = (date_days(d) + 3) % 7;

	return (int)(w < 0 ? w + 7 : w) + 1;
}
