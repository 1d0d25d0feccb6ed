/*
 * cff.c: the little of a CFF table that PDF needs and HarfBuzz does not
 * tell: whether it is CID-keyed, and the CID of each glyph. Every read is
 * checked against the table's length (Adobe Technical Note 5176).
 */
#include "font/font_int.h"

#define OP_CHARSET	15
#define OP_ROS		(12 << 8 | 30)

/* Big-endian, n bytes; past the end: 0 and *ok false. */
static uint32_t
get(str t, size_t at, unsigned n, bool *ok)
{
	uint32_t v = 0;

	if (at > t.n || n > t.n - at) {
		*ok = false;
		return 0;
	}
	while (n-- > 0)
		v = v << 8 | (unsigned char)t.p[at++];
	return v;
}

/* An INDEX at `at`: where it ends, and the place of its first item. */
static size_t
index_end(str t, size_t at, str *first, bool *ok)
{
	uint32_t count = get(t, at, 2, ok), size, lo, hi, end;
	size_t data;

	*first = S("");
	if (count == 0)
		return at + 2;
	size = get(t, at + 2, 1, ok);
	if (size < 1 || size > 4)
		*ok = false;
	if (!*ok)
		return t.n;
	data = at + 2 + (size_t)(count + 1) * size;
	lo = get(t, at + 3, size, ok);
	hi = get(t, at + 3 + size, size, ok);
	end = get(t, at + 3 + (size_t)count * size, size, ok);
	*first = str_cut(t, data + lo, data + hi);
	return data + end;
}

/* One DICT entry: its operator and its last integer operand. */
static bool
next_op(str d, size_t *at, uint32_t *op, uint32_t *last)
{
	bool ok = true;

	while (ok && *at < d.n) {
		uint32_t b = get(d, (*at)++, 1, &ok);

		if (b <= 21) {
			*op = b;
			if (b == 12)
				*op = b << 8 | get(d, (*at)++, 1, &ok);
			return ok;
		}
		if (b == 28 || b == 29) {
			*last = get(d, *at, b == 28 ? 2 : 4, &ok);
			*at += b == 28 ? 2 : 4;
		} else if (b == 30) {
			while (ok && (get(d, *at, 1, &ok) & 15) != 15)
				++*at;
			++*at;
		} else if (b >= 32 && b <= 246) {
			*last = b - 139;
		} else if (b >= 247 && b <= 254) {
			*last = (b - 247) * 256 + get(d, *at, 1, &ok) + 108;
			++*at;
		}
	}
	return false;
}

static bool
read_top(str t, uint32_t *charset, bool *ros)
{
	bool ok = true;
	size_t at = get(t, 2, 1, &ok);
	uint32_t op = 0, last = 0;
	str top;

	*charset = 0;
	*ros = false;
	at = index_end(t, at, &top, &ok);	/* names */
	index_end(t, at, &top, &ok);
	if (!ok)
		return false;
	for (at = 0; next_op(top, &at, &op, &last); ) {
		if (op == OP_ROS)
			*ros = true;
		if (op == OP_CHARSET)
			*charset = last;
	}
	return true;
}

bool
cff_is_cid(str t)
{
	uint32_t charset;
	bool ros;

	return read_top(t, &charset, &ros) && ros;
}

bool
cff_cids(str t, uint32_t *cid, uint32_t n)
{
	uint32_t at, format, gid = 1;
	bool ros, ok = true;

	if (n == 0 || !read_top(t, &at, &ros) || !ros || at < 3)
		return false;
	cid[0] = 0;
	format = get(t, at++, 1, &ok);
	if (format > 2)
		return false;
	while (ok && gid < n) {
		uint32_t first = get(t, at, 2, &ok), left = 0;

		at += 2;
		if (format > 0) {
			left = get(t, at, format, &ok);
			at += format;
		}
		for (uint32_t i = 0; ok && i <= left && gid < n; i++)
			cid[gid++] = first + i;
	}
	return ok;
}
