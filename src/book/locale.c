/*
 * locale.c: dates in words and the order of titles, in any language. ICU
 * does it; English dates are made here, which is quicker and also serves
 * where ICU has no data.
 *
 * The Gregorian calendar and UTC are forced: a publication's months are the
 * months of its file names. Arena allocations may jump, so none happens
 * while an ICU object is open.
 */
#include "book/book_int.h"

#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

enum { TEXT = 200 };	/* UTF-16 units of a date, with much room */

static const UChar utc[] = { 'U', 'T', 'C', 0 };
static const UChar skel_year[] = { 'y', 0 };
static const UChar skel_month[] = { 'y', 'M', 'M', 'M', 'M', 0 };
static const UChar skel_day[] = { 'y', 'M', 'M', 'M', 'M', 'd', 0 };

str
lang_primary(str lang)
{
	size_t i = str_find_char(lang, '-');

	return i == SIZE_MAX ? lang : str_cut(lang, 0, i);
}

/* ICU's name of the language: "pt_BR@calendar=gregorian". */
static void
locale_name(str lang, char out[64])
{
	static const char tail[] = "@calendar=gregorian";
	size_t i;

	for (i = 0; i < lang.n && i < 64 - sizeof(tail); i++)
		out[i] = lang.p[i] == '-' ? '_' : lang.p[i];
	memcpy(out + i, tail, sizeof(tail));
}

/* ---- ICU's dates ------------------------------------------------------ */

static UDate
udate_of(struct date d)
{
	return (UDate)date_days(d) * 86400000.0;
}

/* Length of the pattern for the skeleton in the locale; 0: no ICU data. */
static int32_t
best_pattern(const char *loc, const UChar *skel, UChar *out)
{
	UErrorCode e = U_ZERO_ERROR;
	UDateTimePatternGenerator *g = udatpg_open(loc, &e);
	int32_t n = 0;

	if (U_SUCCESS(e))
		n = udatpg_getBestPattern(g, skel, -1, out, TEXT, &e);
	udatpg_close(g);
	return U_SUCCESS(e) && n < TEXT ? n : 0;
}

static str
text_of(struct arena *a, const UChar *u, int32_t n)
{
	char out[TEXT * 3 + 1];
	int32_t len = 0;
	UErrorCode e = U_ZERO_ERROR;

	u_strToUTF8(out, sizeof(out), &len, u, n, &e);
	if (U_FAILURE(e))
		return S("");
	return arena_str(a, (str){ out, (size_t)len });
}

static str
icu_date(struct arena *a, str lang, const UChar *skel, struct date d)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar pattern[TEXT], out[TEXT];
	UDateFormat *f;
	int32_t n;
	char loc[64];

	locale_name(lang, loc);
	n = best_pattern(loc, skel, pattern);
	if (n == 0)
		return S("");
	f = udat_open(UDAT_PATTERN, UDAT_PATTERN, loc, utc, -1, pattern, n,
	    &e);
	n = 0;
	if (U_SUCCESS(e)) {
		n = udat_format(f, udate_of(d), out, TEXT, NULL, &e);
		udat_close(f);
	}
	return U_SUCCESS(e) && n < TEXT ? text_of(a, out, n) : S("");
}

static str
icu_interval(struct arena *a, str lang, struct date from, struct date to)
{
	UErrorCode e = U_ZERO_ERROR;
	UDateIntervalFormat *f;
	UChar out[TEXT];
	int32_t n = 0;
	char loc[64];

	locale_name(lang, loc);
	f = udtitvfmt_open(loc, skel_day, -1, utc, -1, &e);
	if (U_SUCCESS(e)) {
		n = udtitvfmt_format(f, udate_of(from), udate_of(to), out,
		    TEXT, NULL, &e);
		udtitvfmt_close(f);
	}
	return U_SUCCESS(e) && n < TEXT ? text_of(a, out, n) : S("");
}

/* ---- English ---------------------------------------------------------- */

static const char *
month_name(struct date d)
{
	static const char *const names[] = {
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December"
	};

	INVARIANT(d.m >= 1 && d.m <= 12);
	return names[d.m - 1];
}

static str
english_date(struct arena *a, struct date d)
{
	return arena_printf(a, "%d %s %d", d.d, month_name(d), d.y);
}

static str
english_interval(struct arena *a, struct date f, struct date t)
{
	if (f.y != t.y)
		return arena_printf(a, "%d %s %d \xe2\x80\x93 %d %s %d", f.d,
		    month_name(f), f.y, t.d, month_name(t), t.y);
	if (f.m != t.m)
		return arena_printf(a, "%d %s \xe2\x80\x93 %d %s %d", f.d,
		    month_name(f), t.d, month_name(t), t.y);
	return arena_printf(a, "%d\xe2\x80\x93%d %s %d", f.d, t.d,
	    month_name(t), t.y);
}

static str
english_period(struct arena *a, const struct period *p)
{
	switch (p->kind) {
	case PERIOD_YEAR:
		return arena_printf(a, "%d", p->from.y);
	case PERIOD_MONTH:
		return arena_printf(a, "%s %d", month_name(p->from),
		    p->from.y);
	case PERIOD_DAY:
		return english_date(a, p->from);
	case PERIOD_WEEK:
	case PERIOD_RANGE:
		break;
	}
	if (date_cmp(p->from, p->to) == 0)
		return english_date(a, p->from);
	return english_interval(a, p->from, p->to);
}

/* ---- titles ----------------------------------------------------------- */

str
period_title(struct arena *a, const struct period *p, str lang)
{
	str t = S("");

	if (str_eq(lang_primary(lang), S("en")))
		return english_period(a, p);
	switch (p->kind) {
	case PERIOD_YEAR:
		t = icu_date(a, lang, skel_year, p->from);
		break;
	case PERIOD_MONTH:
		t = icu_date(a, lang, skel_month, p->from);
		break;
	case PERIOD_DAY:
		t = icu_date(a, lang, skel_day, p->from);
		break;
	case PERIOD_WEEK:
	case PERIOD_RANGE:
		t = icu_interval(a, lang, p->from, p->to);
		break;
	}
	return t.n > 0 ? t : english_period(a, p);
}

str
date_title(struct arena *a, struct date d, str lang)
{
	str t = S("");

	if (d.y == 0)
		return t;
	if (!str_eq(lang_primary(lang), S("en")))
		t = icu_date(a, lang, skel_day, d);
	return t.n > 0 ? t : english_date(a, d);
}

/* ---- order ------------------------------------------------------------ */

/* Appends the sort key of one title; u has room for its UTF-16. */
static bool
add_key(struct buf *b, const UCollator *c, str title, UChar *u, size_t cap)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t len = 0, n;

	u_strFromUTF8WithSub(u, (int32_t)cap, &len, title.p ? title.p : "",
	    (int32_t)title.n, 0xfffd, NULL, &e);
	if (U_FAILURE(e))
		return false;
	n = ucol_getSortKey(c, u, len, NULL, 0);
	if (n <= 0 || !buf_reserve(b, (size_t)n))
		return false;
	ucol_getSortKey(c, u, len, (uint8_t *)b->p + b->n, n);
	b->n += (size_t)n;
	return true;
}

void
locale_sort_keys(struct arena *a, str lang, const str *titles, size_t n,
    str *keys)
{
	UErrorCode e = U_ZERO_ERROR;
	struct buf b = { NULL, 0, 0, false };
	size_t *end = ARENA_NEW(a, size_t, n + 1), i, cap = 1;
	UCollator *c;
	UChar *u;
	char loc[64], *all;
	bool ok;

	for (i = 0; i < n; i++)
		if (titles[i].n >= cap)
			cap = titles[i].n + 1;
	u = ARENA_NEW(a, UChar, cap);
	all = NULL;
	locale_name(lang, loc);
	c = ucol_open(loc, &e);
	ok = U_SUCCESS(e);
	for (i = 0; i < n && ok; i++) {
		ok = add_key(&b, c, titles[i], u, cap);
		end[i + 1] = b.n;
	}
	if (U_SUCCESS(e))
		ucol_close(c);
	for (i = 0; i < n; i++)
		keys[i] = titles[i];
	if (ok && n > 0) {
		all = ARENA_NEW(a, char, b.n);
		memcpy(all, b.p, b.n);
		for (i = 0; i < n; i++)
			keys[i] = (str){ all + end[i], end[i + 1] - end[i] };
	}
	buf_done(&b);
}
