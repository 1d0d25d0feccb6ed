/*
 * jpeg.c: JPEG files. The markers are walked here first: frame header
 * checked against the limits, scans counted, a clean file built without
 * comments, without APPn but JFIF and Adobe (which says how the colours
 * are coded) and without anything after EOI. The clean file is then decoded
 * completely, as a rule only to prove that it can be: the samples are
 * thrown away, since every output embeds the file itself. A picture that
 * EXIF says lies on its side, or one of printing inks, is written anew from
 * its samples.
 *
 * Not done: ICC profiles; colours are taken for sRGB.
 */
#include "image/image_int.h"

enum {
	M_TEM = 0x01, M_SOF0 = 0xc0, M_SOF2 = 0xc2, M_DHT = 0xc4,
	M_JPG = 0xc8, M_DAC = 0xcc, M_SOF15 = 0xcf, M_RST0 = 0xd0,
	M_RST7 = 0xd7, M_SOI = 0xd8, M_EOI = 0xd9, M_SOS = 0xda,
	M_APP0 = 0xe0, M_APP1 = 0xe1, M_APP14 = 0xee, M_APP15 = 0xef, M_COM = 0xfe
};

#define TIFF_ORIENTATION 0x0112

struct jpeg_file {
	str	 clean;
	uint32_t w, h, comps;
	unsigned scans;
	bool	 adobe;			/* its inks are stored inverted */
	unsigned turn;			/* EXIF orientation, 1..8 */
	unsigned unit;			/* of density: 1 inch, 2 cm */
	uint32_t density_x, density_y;
};

bool
image_jpeg_is(str b)
{
	return str_starts(b, S("\xff\xd8\xff"));
}

static bool
read_frame(unsigned m, str d, struct jpeg_file *j, const struct limits *lim,
    struct image_fault *f)
{
	if (j->comps != 0 || d.n < 6)
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "JPEG frame");
	if (m > M_SOF2 || d.p[0] != 8)
		return image_fault_set(f, DIAG_IMAGE_KIND,
		    "JPEG that is not 8-bit baseline or progressive");
	j->h = image_be16(d.p + 1);
	j->w = image_be16(d.p + 3);
	j->comps = (unsigned char)d.p[5];
	if (j->comps != 1 && j->comps != 3 && j->comps != 4)
		return image_fault_set(f, DIAG_IMAGE_BROKEN,
		    "JPEG components");
	return image_side_check(j->w, j->h, lim, f);
}

/* ---- EXIF ------------------------------------------------------------- */

static uint32_t
tiff16(str t, size_t at, bool big)
{
	uint32_t v = image_be16(t.p + at);

	return big ? v : (v >> 8 | (v & 0xff) << 8);
}

static uint32_t
tiff32(str t, size_t at, bool big)
{
	uint32_t a = tiff16(t, at, big), b = tiff16(t, at + 2, big);

	return big ? a << 16 | b : b << 16 | a;
}

/* The orientation that an APP1 segment tells in its first directory. */
static unsigned
exif_turn(str d)
{
	str t = str_from(d, 6);
	size_t at, n;
	uint32_t v;
	bool big;

	if (d.n < 14 || memcmp(d.p, "Exif\0", 6) != 0)
		return 1;
	big = str_starts(t, S("MM"));
	at = tiff32(t, 4, big);
	if ((!big && !str_starts(t, S("II"))) || at > t.n - 2)
		return 1;
	n = tiff16(t, at, big);
	for (at += 2; n > 0 && t.n - at >= 12; n--, at += 12) {
		if (tiff16(t, at, big) != TIFF_ORIENTATION)
			continue;
		v = tiff16(t, at + 8, big);
		return v >= 1 && v <= 8 ? v : 1;
	}
	return 1;
}

/* ---- segments --------------------------------------------------------- */

static void
read_app(unsigned m, str d, struct jpeg_file *j, bool *keep)
{
	bool jfif = m == M_APP0 && d.n >= 14 && memcmp(d.p, "JFIF", 5) == 0;
	bool adobe = m == M_APP14 && d.n >= 12 &&
	    memcmp(d.p, "Adobe", 5) == 0;

	*keep = jfif || adobe;
	j->adobe |= adobe;
	if (jfif) {
		j->unit = (unsigned char)d.p[7];
		j->density_x = image_be16(d.p + 8);
		j->density_y = image_be16(d.p + 10);
	}
	if (m == M_APP1 && j->turn <= 1)
		j->turn = exif_turn(d);
}

/* Looks at one segment; *keep: it belongs into the clean file. */
static bool
read_segment(unsigned m, str d, struct jpeg_file *j,
    const struct limits *lim, bool *keep, struct image_fault *f)
{
	*keep = true;
	if (m == M_COM || (m >= M_APP0 && m <= M_APP15)) {
		read_app(m, d, j, keep);
		return true;
	}
	if (m >= M_SOF0 && m <= M_SOF15 && m != M_DHT && m != M_JPG &&
	    m != M_DAC)
		return read_frame(m, d, j, lim, f);
	if (m == M_SOS) {
		if (j->comps == 0)
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "JPEG scan before its frame");
		if (++j->scans > lim->jpeg_scans)
			return image_fault_set(f, DIAG_IMAGE_LIMIT,
			    "JPEG has too many scans");
	}
	return true;
}

/* The end of the entropy-coded data that starts at `at`: next marker. */
static size_t
scan_end(str b, size_t at)
{
	while (at + 1 < b.n) {
		unsigned next = (unsigned char)b.p[at + 1];

		if ((unsigned char)b.p[at] != 0xff)
			at++;
		else if (next == 0 || (next >= M_RST0 && next <= M_RST7))
			at += 2;
		else if (next == 0xff)
			at++;
		else
			return at;
	}
	return b.n;
}

/*
 * JFIF keeps 14 bytes of data (its thumbnail goes) and Adobe 12; other
 * segments stay whole. Returns the bytes written to out.
 */
static size_t
put_segment(char *out, unsigned m, str d)
{
	size_t n = d.n;

	if (m == M_APP0)
		n = 14;
	else if (m == M_APP14)
		n = 12;
	out[0] = (char)0xff;
	out[1] = (char)m;
	out[2] = (char)((n + 2) >> 8);
	out[3] = (char)((n + 2) & 0xff);
	memcpy(out + 4, d.p, n);
	if (m == M_APP0)
		out[4 + 12] = out[4 + 13] = 0;	/* no thumbnail */
	return n + 4;
}

/* The marker at *at, fill bytes passed over; 0: none. */
static unsigned
next_marker(str b, size_t *at)
{
	unsigned m;

	if (*at >= b.n || (unsigned char)b.p[*at] != 0xff)
		return 0;
	while (*at < b.n && (unsigned char)b.p[*at] == 0xff)
		++*at;
	if (*at >= b.n)
		return 0;
	m = (unsigned char)b.p[(*at)++];
	return m;
}

/* Copies what stays into out, which has room for b.n bytes. */
static bool
walk(str b, char *out, struct jpeg_file *j, const struct limits *lim,
    struct image_fault *f)
{
	size_t at = 2, n = 2, len, end;
	unsigned m;
	bool keep;
	str d;

	memcpy(out, b.p, 2);
	while ((m = next_marker(b, &at)) != M_EOI) {
		if (m <= M_TEM || (m >= M_RST0 && m <= M_SOI) ||
		    b.n - at < 2)
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "JPEG is cut off or has a stray marker");
		len = image_be16(b.p + at);
		if (len < 2 || len > b.n - at)
			return image_fault_set(f, DIAG_IMAGE_BROKEN,
			    "JPEG is cut off");
		d = (str){ b.p + at + 2, len - 2 };
		if (!read_segment(m, d, j, lim, &keep, f))
			return false;
		if (keep)
			n += put_segment(out + n, m, d);
		at += len;
		if (m == M_SOS) {
			end = scan_end(b, at);
			memcpy(out + n, b.p + at, end - at);
			n += end - at;
			at = end;
		}
	}
	if (j->scans == 0)
		return image_fault_set(f, DIAG_IMAGE_BROKEN,
		    "JPEG without a picture");
	memcpy(out + n, "\xff\xd9", 2);
	j->clean = (str){ out, n + 2 };
	return true;
}

/* Of a clean file: its frame's marker is SOF0. */
bool
image_jpeg_baseline(str b)
{
	size_t at = 2;
	unsigned m;

	while ((m = next_marker(b, &at)) != 0 && m != M_SOS && m != M_EOI &&
	    b.n - at >= 2) {
		if (m >= M_SOF0 && m <= M_SOF15 && m != M_DHT && m != M_JPG &&
		    m != M_DAC)
			return m == M_SOF0;
		at += image_be16(b.p + at);
	}
	return false;
}

/* ---- pictures that cannot stay as they are ---------------------------- */

/* Full coverage of one ink leaves this much of red, green and blue. */
static const unsigned char inks[4][3] = {
	{ 0, 158, 224 }, { 230, 0, 126 }, { 255, 237, 0 }, { 29, 29, 27 }
};

/*
 * Four inks over each other on white paper, each a filter for the light
 * that the others leave: no profile, but the colours of a press. Samples
 * close up in place.
 */
static void
inks_to_rgb(struct raster *r, bool inverted)
{
	size_t n = (size_t)r->w * r->h;

	for (size_t i = 0; i < n; i++) {
		const unsigned char *from = r->px + i * 4;
		unsigned light[3] = { 255 * 255, 255 * 255, 255 * 255 };

		for (unsigned k = 0; k < 4; k++) {
			unsigned ink = inverted ? 255u - from[k] : from[k];

			for (unsigned c = 0; c < 3; c++)
				light[c] = light[c] * (255 * 255 - ink *
				    (255u - inks[k][c])) / (255 * 255);
		}
		for (unsigned c = 0; c < 3; c++)
			r->px[i * 3 + c] = (unsigned char)((light[c] + 127) /
			    255);
	}
	r->comps = 3;
}

/* Decodes, makes RGB of inks, turns upright, and writes a new JPEG. */
static bool
make_anew(struct arena *a, const struct jpeg_file *j, struct image *im,
    struct image_fault *f)
{
	struct raster r = { j->w, j->h, j->comps, NULL, NULL };
	struct buf px = { 0 }, turned = { 0 };
	struct image_rows rows = { r.w, r.h, NULL, true };
	bool ok = buf_reserve(&px, (size_t)r.w * r.h * r.comps);

	image_fault_set(f, DIAG_MEMORY_LIMIT, "turning a JPEG");
	if (ok) {
		rows.row = r.px = (unsigned char *)px.p;
		ok = image_jpeg_pixels(j->clean, r.comps, 1, &rows);
		if (!ok)
			image_fault_set(f, DIAG_IMAGE_BROKEN, "JPEG data");
	}
	if (ok && r.comps == 4)
		inks_to_rgb(&r, j->adobe);
	if (ok && j->turn > 1)
		ok = image_turn(&turned, &r, j->turn);
	ok = ok && image_keep_jpeg(a, &r, IMAGE_QUALITY, im);
	buf_done(&px);
	buf_done(&turned);
	return ok;
}

/* Proves that the clean file decodes; it is kept as it is. */
static bool
keep_clean(struct arena *a, const struct jpeg_file *j, struct image *im,
    struct image_fault *f)
{
	struct image_rows rows = { j->w, j->h, NULL, false };

	rows.row = ARENA_NEW(a, unsigned char, (size_t)j->w * j->comps);
	if (!image_jpeg_pixels(j->clean, j->comps, 1, &rows))
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "JPEG data");
	im->kind = IMAGE_JPEG;
	im->w = j->w;
	im->h = j->h;
	im->comps = j->comps;
	im->file = j->clean;
	return true;
}

bool
image_jpeg_decode(struct arena *a, str b, const struct limits *lim,
    struct image *im, struct image_fault *f)
{
	struct jpeg_file j = { .turn = 1 };
	uint64_t num, den = 100;
	bool ok, side;

	if (!walk(b, ARENA_NEW(a, char, b.n), &j, lim, f))
		return false;
	ok = j.comps == 4 || j.turn > 1 ? make_anew(a, &j, im, f) :
	    keep_clean(a, &j, im, f);
	if (!ok)
		return false;
	num = j.unit == 2 ? 254 : j.unit == 1 ? 100 : 0;
	side = j.turn >= 5;
	im->natural_w = image_natural(im->w, (side ? j.density_y :
	    j.density_x) * num, den);
	im->natural_h = image_natural(im->h, (side ? j.density_x :
	    j.density_y) * num, den);
	return true;
}
