/*
 * pdf_buf.c: numbers, names and strings as PDF writes them. Lengths become
 * decimal only here, by integer arithmetic, so every machine prints the
 * same digits.
 */
#include "out/pdf/pdf_int.h"

int64_t
pdf_thousandths(sp v)
{
	int64_t t = v * 1000 + SP_PT / 2;
	int64_t q = t / SP_PT;

	return t % SP_PT < 0 ? q - 1 : q;
}

void
pdf_milli(struct buf *b, int64_t m)
{
	unsigned frac;

	if (m < 0) {
		buf_char(b, '-');
		m = -m;
	}
	frac = (unsigned)(m % 1000);
	if (m >= 1000 || frac == 0)
		buf_int(b, m / 1000);
	if (frac == 0)
		return;
	buf_char(b, '.');
	for (unsigned digit = 100; frac > 0; digit /= 10) {
		buf_char(b, (char)('0' + frac / digit));
		frac %= digit;
	}
}

void
pdf_sp(struct buf *b, sp v)
{
	pdf_milli(b, pdf_thousandths(v));
}

void
pdf_ratio(struct buf *b, sp x, sp y)
{
	fx_print(b, y == 0 ? FX_ONE : fx_div(x, y), 6);
}

static void
hex_byte(struct buf *b, unsigned c)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_char(b, digits[c >> 4 & 15]);
	buf_char(b, digits[c & 15]);
}

void
pdf_name(struct buf *b, str s)
{
	buf_char(b, '/');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c > ' ' && c < 0x7f && strchr("()<>[]{}/%#", c) == NULL) {
			buf_char(b, (char)c);
		} else {
			buf_char(b, '#');
			hex_byte(b, c);
		}
	}
}

static bool
special(unsigned char c)
{
	return c == '(' || c == ')' || c == '\\' || c == '\r';
}

static void
escaped(struct buf *b, unsigned char c)
{
	if (c == '\r') {
		buf_z(b, "\\r");
		return;
	}
	if (special(c))
		buf_char(b, '\\');
	buf_char(b, (char)c);
}

void
pdf_literal(struct buf *b, str s)
{
	buf_char(b, '(');
	for (size_t i = 0; i < s.n; i++)
		escaped(b, (unsigned char)s.p[i]);
	buf_char(b, ')');
}

void
pdf_code(struct buf *b, uint32_t code)
{
	unsigned char hi = (unsigned char)(code >> 8);
	unsigned char lo = (unsigned char)code;

	if (b->cap - b->n < 8 && !buf_reserve(b, 8))
		return;
	if (special(hi) || special(lo)) {
		escaped(b, hi);
		escaped(b, lo);
		return;
	}
	b->p[b->n++] = (char)hi;
	b->p[b->n++] = (char)lo;
}

static void
hex_unit(struct buf *b, uint32_t u)
{
	hex_byte(b, u >> 8 & 0xff);
	hex_byte(b, u & 0xff);
}

void
pdf_hex16(struct buf *b, uint32_t cp)
{
	if (cp < 0x10000) {
		hex_unit(b, cp);
		return;
	}
	cp -= 0x10000;
	hex_unit(b, 0xd800 + (cp >> 10));
	hex_unit(b, 0xdc00 + (cp & 0x3ff));
}

void
pdf_utf16(struct buf *b, str s)
{
	buf_z(b, "<FEFF");
	for (size_t i = 0; i < s.n; )
		pdf_hex16(b, utf8_next(s, &i));
	buf_char(b, '>');
}

void
pdf_ref(struct buf *b, uint32_t id)
{
	buf_char(b, ' ');
	buf_int(b, id);
	buf_z(b, " 0 R");
}

void
pdf_key_ref(struct buf *b, const char *key, const struct pdf_obj *o)
{
	buf_char(b, '/');
	buf_z(b, key);
	pdf_ref(b, o->id);
	buf_char(b, '\n');
}
