/*
 * pdf_icc.c: the colour space of our numbers, as an ICC profile (ICC.1:2004,
 * version 4.2) made here: a display with the primaries, white and curve of
 * sRGB (IEC 61966-2-1). PDF/A wants it where colours are given as RGB.
 *
 * Numbers are s15Fixed16 (1/65536). The primaries have the chromaticities
 * (0.64, 0.33), (0.30, 0.60), (0.15, 0.06), the white D65 (0.3127, 0.3290);
 * as the profile's own white is D50, all are adapted to that by Bradford's
 * matrix, which the tag chad holds. Columns add up to D50 to the last unit,
 * so white is white.
 *
 * The curve is the parametric one of type 3: above d, (ax + b)^g, else cx,
 * with g = 2.4, a = 1/1.055, b = 0.055/1.055, c = 1/12.92, d = 0.04045.
 */
#include "out/pdf/pdf_int.h"

#define D50_X	0xf6d6		/* 0.9642, 1, 0.8249 */
#define D50_Y	0x10000
#define D50_Z	0xd32d

#define HEADER	128
#define NTAGS	10
#define TABLE	(4 + 12 * NTAGS)

static void
be16(struct buf *b, unsigned v)
{
	buf_char(b, (char)(v >> 8 & 0xff));
	buf_char(b, (char)(v & 0xff));
}

static void
be32(struct buf *b, uint32_t v)
{
	be16(b, v >> 16);
	be16(b, v & 0xffff);
}

static void
zeros(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, '\0');
}

static void
numbers(struct buf *b, const char *type, const uint32_t *v, size_t n)
{
	buf_z(b, type);
	zeros(b, 4);
	for (size_t i = 0; i < n; i++)
		be32(b, v[i]);
}

/* One text in American English, which the format wants first. */
static void
text(struct buf *b, const char *s)
{
	size_t n = strlen(s);

	buf_z(b, "mluc");
	zeros(b, 4);
	be32(b, 1);		/* records, each of 12 bytes */
	be32(b, 12);
	buf_z(b, "enUS");
	be32(b, (uint32_t)n * 2);
	be32(b, 28);		/* where it begins */
	for (size_t i = 0; i < n; i++)
		be16(b, (unsigned char)s[i]);
	zeros(b, (4 - n * 2 % 4) % 4);
}

static void
curve(struct buf *b)
{
	static const uint32_t gabcd[] = { 0x26666, 0xf2a7, 0x0d59, 0x13d0,
	    0x0a5b };

	buf_z(b, "para");
	zeros(b, 4);
	be16(b, 3);
	be16(b, 0);
	for (size_t i = 0; i < ARRAY_LEN(gabcd); i++)
		be32(b, gabcd[i]);
}

static void
header(struct buf *b, size_t size)
{
	be32(b, (uint32_t)size);
	be32(b, 0);			/* any colour engine */
	be32(b, 0x04200000);
	buf_z(b, "mntrRGB XYZ ");
	be16(b, 2026);			/* when we chose the numbers */
	be16(b, 1);
	be16(b, 1);
	zeros(b, 6);
	buf_z(b, "acsp");
	zeros(b, 28);			/* platform, flags, maker, model,
					   attributes, intent: perceptual */
	be32(b, D50_X);
	be32(b, D50_Y);
	be32(b, D50_Z);
	zeros(b, HEADER - 80);
}

struct tag { const char *name; size_t at, n; };

static void
body(struct buf *b, struct tag tags[NTAGS])
{
	static const uint32_t white[] = { D50_X, D50_Y, D50_Z },
	    red[] = { 0x6fa0, 0x38f5, 0x0390 },
	    green[] = { 0x6297, 0xb787, 0x18d9 },
	    blue[] = { 0x249f, 0x0f84, 0xb6c4 },
	    chad[] = { 0x10c42, 0x05de, 0xfffff325, 0x0793, 0xfd90,
	    0xfffffba1, 0xfffffda2, 0x03dc, 0xc06e };
	static const char *const names[NTAGS] = { "desc", "cprt", "wtpt",
	    "chad", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };

	for (size_t i = 0; i < NTAGS; i++) {
		tags[i].name = names[i];
		tags[i].at = b->n;
		switch (i) {
		case 0: text(b, "sRGB"); break;
		case 1: text(b, "No copyright, use freely"); break;
		case 2: numbers(b, "XYZ ", white, 3); break;
		case 3: numbers(b, "sf32", chad, 9); break;
		case 4: numbers(b, "XYZ ", red, 3); break;
		case 5: numbers(b, "XYZ ", green, 3); break;
		case 6: numbers(b, "XYZ ", blue, 3); break;
		case 7: curve(b); break;
		default: tags[i].at = tags[7].at; break; /* the same one */
		}
		tags[i].n = i > 7 ? tags[7].n : b->n - tags[i].at;
	}
}

void
pdf_icc_srgb(struct buf *b)
{
	struct buf rest = { 0 };
	struct tag tags[NTAGS];

	body(&rest, tags);
	header(b, HEADER + TABLE + rest.n);
	be32(b, NTAGS);
	for (size_t i = 0; i < NTAGS; i++) {
		buf_z(b, tags[i].name);
		be32(b, (uint32_t)(HEADER + TABLE + tags[i].at));
		be32(b, (uint32_t)tags[i].n);
	}
	buf_str(b, buf_view(&rest));
	b->failed |= rest.failed;
	buf_done(&rest);
}
