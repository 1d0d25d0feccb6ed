/*
 * md_html.c: the text of an HTML block: tags and comments dropped, the
 * commonest entities decoded. What scripts and style sheets hold is no text.
 */
#include "in/md/md_int.h"

static bool
starts_low(str s, str low)
{
	size_t i;

	if (s.n < low.n)
		return false;
	for (i = 0; i < low.n; i++)
		if ((s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 :
		    s.p[i]) != low.p[i])
			return false;
	return true;
}

/* Bytes of the tag, comment or whole script at the front of s. */
static size_t
markup_length(str s)
{
	static const str raw[] = { { "script", 6 }, { "style", 5 } };
	size_t i, end;

	if (str_starts(s, S("<!--"))) {
		end = str_find(str_from(s, 4), S("-->"));
		return end == SIZE_MAX ? s.n : end + 7;
	}
	for (i = 0; i < ARRAY_LEN(raw); i++) {
		if (!starts_low(str_from(s, 1), raw[i]))
			continue;
		for (end = 1; end < s.n; end++)
			if (s.p[end] == '<' && s.n - end > 1 &&
			    s.p[end + 1] == '/' &&
			    starts_low(str_from(s, end + 2), raw[i]))
				break;
		s = str_from(s, end);
		i = str_find_char(s, '>');
		return i == SIZE_MAX ? end + s.n : end + i + 1;
	}
	end = str_find_char(s, '>');
	return end == SIZE_MAX ? s.n : end + 1;
}

/* "&#65;", "&#x41;": its bytes, or 0. */
static size_t
number_entity(str s, uint32_t *cp)
{
	bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
	size_t first = hex ? 3 : 2, i;
	uint32_t v = 0, digit;

	for (i = first; i < s.n && i < first + 7; i++) {
		char c = (char)(s.p[i] | 0x20);

		if (s.p[i] >= '0' && s.p[i] <= '9')
			digit = (uint32_t)(s.p[i] - '0');
		else if (hex && c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a') + 10;
		else
			break;
		v = v * (hex ? 16 : 10) + digit;
	}
	if (i == first || i == s.n || s.p[i] != ';')
		return 0;
	*cp = v == 0 || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000) ?
	    0xFFFD : v;
	return i + 1;
}

/* The entity at the front of s and its character; 0: none that we know. */
static size_t
entity(str s, uint32_t *cp)
{
	static const struct { str name; uint32_t cp; } known[] = {
		{ { "&amp;", 5 }, '&' }, { { "&lt;", 4 }, '<' },
		{ { "&gt;", 4 }, '>' }, { { "&quot;", 6 }, '"' },
		{ { "&apos;", 6 }, '\'' }, { { "&nbsp;", 6 }, 0xA0 },
		{ { "&copy;", 6 }, 0xA9 }, { { "&ndash;", 7 }, 0x2013 },
		{ { "&mdash;", 7 }, 0x2014 }, { { "&lsquo;", 7 }, 0x2018 },
		{ { "&rsquo;", 7 }, 0x2019 }, { { "&ldquo;", 7 }, 0x201C },
		{ { "&rdquo;", 7 }, 0x201D }, { { "&hellip;", 8 }, 0x2026 },
	};
	size_t i;

	if (s.n > 2 && s.p[1] == '#')
		return number_entity(s, cp);
	for (i = 0; i < ARRAY_LEN(known); i++)
		if (str_starts(s, known[i].name)) {
			*cp = known[i].cp;
			return known[i].name.n;
		}
	return 0;
}

str
md_strip_tags(struct arena *a, str s, bool *had)
{
	char *out = ARENA_NEW(a, char, s.n + 1);
	size_t i = 0, n = 0, len;
	uint32_t cp;

	*had = false;
	while (i < s.n) {
		str rest = str_from(s, i);

		if (s.p[i] == '<') {
			*had = *had || !(str_starts(rest, S("<!--")) ||
			    starts_low(rest, S("<br")));
			i += markup_length(rest);
		} else if (s.p[i] == '&' && (len = entity(rest, &cp)) > 0) {
			n += utf8_put(out + n, cp);	/* never longer */
			i += len;
		} else
			out[n++] = s.p[i++];
	}
	return (str){ out, n };
}
