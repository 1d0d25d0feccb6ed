/*
 * str.c: borrowed byte strings. Nothing here allocates or reads past n.
 */
#include "base/base.h"

str
str_c(const char *z)
{
	return z ? (str){ z, strlen(z) } : (str){ "", 0 };
}

int
str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq(str_cut(s, 0, prefix.n), prefix);
}

bool
str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str
str_trim(str s)
{
	size_t lo = 0, hi = s.n;

	while (lo < hi && is_space(s.p[lo]))
		lo++;
	while (hi > lo && is_space(s.p[hi - 1]))
		hi--;
	return str_cut(s, lo, hi);
}

bool
str_switch(str s, bool *on)
{
	*on = str_eq(s, S("on")) || str_eq(s, S("true"));
	return *on || str_eq(s, S("off")) || str_eq(s, S("false"));
}

size_t
str_find(str s, str needle)
{
	const char *p;

	if (needle.n == 0)
		return 0;
	if (needle.n > s.n)
		return SIZE_MAX;
	p = memmem(s.p, s.n, needle.p, needle.n);
	return p ? (size_t)(p - s.p) : SIZE_MAX;
}

size_t
str_find_char(str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;

	return p ? (size_t)(p - s.p) : SIZE_MAX;
}

uint64_t
str_hash(str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Three rows of the usual table are enough: the current one, the one above
 * for edits, and the one above that for a swap of neighbours.
 */
unsigned
str_distance(str a, str b, unsigned cap)
{
	enum { MOST = 64 };
	unsigned rows[3][MOST + 1];
	unsigned *up2 = rows[0], *up = rows[1], *row = rows[2];

	if (a.n > MOST || b.n > MOST)
		return str_eq(a, b) ? 0 : cap + 1;
	for (unsigned j = 0; j <= b.n; j++)
		up[j] = up2[j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned *t;

		row[0] = i;
		for (unsigned j = 1; j <= b.n; j++) {
			bool same = a.p[i - 1] == b.p[j - 1];

			row[j] = least(up[j - 1] + !same,
			    least(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				row[j] = least(row[j], up2[j - 2] + 1);
		}
		t = up2;
		up2 = up;
		up = row;
		row = t;
	}
	return least(up[b.n], cap + 1);
}
