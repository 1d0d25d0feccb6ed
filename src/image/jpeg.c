/*
 * jpeg.c: JPEG files. The markers are walked here first: frame header
 * checked against the limits, scans counted, a clean file built without
 * comments, without APPn but JFIF and Adobe (which says how the colours
 * are coded) and without anything after EOI. libjpeg-turbo then decodes
 * the clean file completely, only to prove that it can be: the samples
 * are thrown away, since every output embeds the file itself.
 *
 * Not done: EXIF orientation (the tag is dropped with the rest of EXIF,
 * so that a picture shows as it is stored), ICC profiles, CMYK.
 */
#include <stdio.h>

#include <jpeglib.h>

#include "image/image_int.h"

enum {
	M_TEM = 0x01, M_SOF0 = 0xc0, M_SOF2 = 0xc2, M_DHT = 0xc4,
	M_JPG = 0xc8, M_DAC = 0xcc, M_SOF15 = 0xcf, M_RST0 = 0xd0,
	M_RST7 = 0xd7, M_SOI = 0xd8, M_EOI = 0xd9, M_SOS = 0xda,
	M_APP0 = 0xe0, M_APP14 = 0xee, M_APP15 = 0xef, M_COM = 0xfe
};

struct jpeg_file {
	str	 clean;
	uint32_t w, h, comps;
	unsigned scans;
	unsigned unit;			/* of density: 1 inch, 2 cm */
	uint32_t density_x, density_y;
};

struct errors {
	struct jpeg_error_mgr base;	/* first: the library sees this */
	jmp_buf	 back;
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
	if (j->comps == 4)
		return image_fault_set(f, DIAG_IMAGE_KIND,
		    "CMYK JPEG; convert it to RGB");
	if (j->comps != 1 && j->comps != 3)
		return image_fault_set(f, DIAG_IMAGE_BROKEN,
		    "JPEG components");
	return image_side_check(j->w, j->h, lim, f);
}

/* Looks at one segment; *keep: it belongs into the clean file. */
static bool
read_segment(unsigned m, str d, struct jpeg_file *j,
    const struct limits *lim, bool *keep, struct image_fault *f)
{
	*keep = true;
	if (m == M_COM || (m >= M_APP0 && m <= M_APP15)) {
		bool jfif = m == M_APP0 && d.n >= 14 &&
		    memcmp(d.p, "JFIF", 5) == 0;

		*keep = jfif || (m == M_APP14 && d.n >= 12 &&
		    memcmp(d.p, "Adobe", 5) == 0);
		if (jfif) {
			j->unit = (unsigned char)d.p[7];
			j->density_x = image_be16(d.p + 8);
			j->density_y = image_be16(d.p + 10);
		}
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

static void
on_error(j_common_ptr c)
{
	struct errors *e = (struct errors *)(void *)c->err;

	longjmp(e->back, 1);
}

/* Level -1 is a warning: damaged data. The rest is chatter. */
static void
on_message(j_common_ptr c, int level)
{
	if (level < 0)
		on_error(c);
}

/* row has w * comps bytes. Nothing here allocates in arenas. */
static bool
run_libjpeg(const struct jpeg_file *j, unsigned char *row)
{
	struct jpeg_decompress_struct c;
	struct errors e;
	volatile bool ok = false;
	JSAMPROW rows[1];

	rows[0] = row;
	memset(&c, 0, sizeof c);
	c.err = jpeg_std_error(&e.base);
	e.base.error_exit = on_error;
	e.base.emit_message = on_message;
	if (setjmp(e.back) == 0) {
		jpeg_create_decompress(&c);
		jpeg_mem_src(&c, (const unsigned char *)j->clean.p,
		    (unsigned long)j->clean.n);
		jpeg_read_header(&c, TRUE);
		c.out_color_space = j->comps == 1 ? JCS_GRAYSCALE : JCS_RGB;
		jpeg_start_decompress(&c);
		if (c.output_width == j->w && c.output_height == j->h &&
		    c.output_components == (int)j->comps) {
			while (c.output_scanline < c.output_height)
				jpeg_read_scanlines(&c, rows, 1);
			jpeg_finish_decompress(&c);
			ok = true;
		}
	}
	jpeg_destroy_decompress(&c);
	return ok;
}

bool
image_jpeg_decode(struct arena *a, str b, const struct limits *lim,
    struct image *im, struct image_fault *f)
{
	struct jpeg_file j = { .w = 0 };
	unsigned char *row;
	uint64_t num, den;

	if (!walk(b, ARENA_NEW(a, char, b.n), &j, lim, f))
		return false;
	row = ARENA_NEW(a, unsigned char, (size_t)j.w * j.comps);
	if (!run_libjpeg(&j, row))
		return image_fault_set(f, DIAG_IMAGE_BROKEN, "JPEG data");
	im->kind = IMAGE_JPEG;
	im->w = j.w;
	im->h = j.h;
	im->comps = j.comps;
	im->file = j.clean;
	num = j.unit == 2 ? 254 : j.unit == 1 ? 100 : 0;
	den = 100;
	im->natural_w = image_natural(j.w, j.density_x * num, den);
	im->natural_h = image_natural(j.h, j.density_y * num, den);
	return true;
}
