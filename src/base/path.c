/*
 * path.c: names inside a root, as text.
 *
 * This is the first of two fences; the kernel is the second (file.c). Here
 * a reference that is not plainly a relative path is refused although it
 * could be a legal file name: one with a backslash, a drive letter or a URL
 * scheme means something else to another system or to a reader.
 */
#include "base/base.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "http:", "file:", "C:": RFC 3986's scheme, of one letter or more. */
static bool
has_scheme(str s)
{
	size_t i = 0;

	if (s.n == 0 || !is_letter(s.p[0]))
		return false;
	while (i < s.n && (is_letter(s.p[i]) || (s.p[i] >= '0' &&
	    s.p[i] <= '9') || (s.p[i] && strchr("+-.", s.p[i]))))
		i++;
	return i < s.n && s.p[i] == ':';
}

/* Appends the parts of `rel` to out[0..*n), folding; false: escapes. */
static bool
fold(char *out, size_t *n, str rel)
{
	while (rel.n > 0) {
		size_t end = str_find_char(rel, '/');
		str part = str_cut(rel, 0, end);

		rel = end == SIZE_MAX ? str_from(rel, rel.n) :
		    str_from(rel, end + 1);
		if (part.n == 0 || str_eq(part, S(".")))
			continue;
		if (str_eq(part, S(".."))) {
			if (*n == 0)
				return false;
			while (*n > 0 && out[*n - 1] != '/')
				--*n;
			if (*n > 0)
				--*n;
			continue;
		}
		if (*n > 0)
			out[(*n)++] = '/';
		memcpy(out + *n, part.p, part.n);
		*n += part.n;
	}
	return true;
}

bool
path_join(struct arena *a, str from, str rel, str *out)
{
	size_t folder = from.n, n = 0;
	char *p;

	if (str_starts(rel, S("/")) || str_starts(from, S("/")) ||
	    has_scheme(rel) || str_find_char(rel, '\\') != SIZE_MAX ||
	    str_find_char(rel, '\0') != SIZE_MAX)
		return false;
	while (folder > 0 && from.p[folder - 1] != '/')
		folder--;
	p = arena_alloc(a, from.n + rel.n + 2, 1);
	if (!fold(p, &n, str_cut(from, 0, folder)) || !fold(p, &n, rel))
		return false;
	*out = (str){ p, n };
	return true;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
path_decode(struct arena *a, str in, str *out)
{
	char *p = arena_alloc(a, in.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];

		if (c == '%') {
			int hi, lo;

			if (in.n - i < 3)
				return false;
			hi = hex_value(in.p[i + 1]);
			lo = hex_value(in.p[i + 2]);
			if (hi < 0 || lo < 0)
				return false;
			c = (char)(hi * 16 + lo);
			i += 2;
		}
		if (c == '\0')
			return false;
		p[n++] = c;
	}
	*out = (str){ p, n };
	return true;
}
