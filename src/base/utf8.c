/*
 * utf8.c: UTF-8 after table 3-7 of the Unicode Standard.
 *
 * The lead byte fixes the length and the range of the second byte, which is
 * all it takes to refuse overlong forms, surrogates and what lies above
 * U+10FFFF; later bytes are 80..BF. A failure after k good bytes consumes
 * those k: the "maximal subpart" that becomes one U+FFFD.
 */
#include "base/base.h"

struct lead { uint8_t len, lo, hi; };	/* of the second byte */

static struct lead
lead_of(unsigned char c)
{
	if (c < 0xc2 || c > 0xf4)
		return (struct lead){ 0, 0, 0 };
	if (c < 0xe0)
		return (struct lead){ 2, 0x80, 0xbf };
	if (c < 0xf0)
		return (struct lead){ 3, c == 0xe0 ? 0xa0 : 0x80,
		    c == 0xed ? 0x9f : 0xbf };
	return (struct lead){ 4, c == 0xf0 ? 0x90 : 0x80,
	    c == 0xf4 ? 0x8f : 0xbf };
}

/* Decodes at *i; false: ill-formed, *i past the maximal subpart. */
static bool
decode(str s, size_t *i, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char c = p[(*i)++];
	struct lead l;

	*cp = c;
	if (c < 0x80)
		return true;
	l = lead_of(c);
	if (l.len == 0)
		return false;
	*cp = c & (0x7fu >> l.len);
	for (int k = 1; k < l.len; k++) {
		if (*i >= s.n || p[*i] < l.lo || p[*i] > l.hi)
			return false;
		*cp = *cp << 6 | (p[(*i)++] & 0x3f);
		l.lo = 0x80;
		l.hi = 0xbf;
	}
	return true;
}

uint32_t
utf8_decode(str s, size_t *i)
{
	uint32_t cp;

	return decode(s, i, &cp) ? cp : 0xfffd;
}

size_t
utf8_put(char out[4], uint32_t cp)
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = 0xfffd;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

bool
utf8_valid(str s, size_t *bad)
{
	size_t i = 0;

	while (i < s.n) {
		size_t at = i;
		uint32_t cp;

		if (!decode(s, &i, &cp)) {
			if (bad)
				*bad = at;
			return false;
		}
	}
	return true;
}
