/*
 * jpeg_tiles.c: JPEG files of drawn pages, most of which is ground of one
 * colour.
 *
 * A restart marker behind each tile makes its coded bytes stand for
 * themselves, wherever they stand. So libjpeg codes each tile that differs,
 * as one high and narrow picture, and the bytes of tiles of one colour are
 * repeated where those come again. Samples are what they would be without.
 */
#include "image/jpeg_int.h"

#define TILE_H		16u		/* of a block of samples, 4:2:0 */
#define TILE_W		320u		/* where it divides the width */
#define GROUNDS		16u		/* colours remembered */

/* 0x00RRGGBB in the machine's own order of bytes */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define WORDS	JCS_EXT_BGRX
#else
#define WORDS	JCS_EXT_XRGB
#endif

struct ground { uint32_t rgb, segment; };

struct tiles {
	const struct image_words *in;
	uint32_t	 w;		/* of a tile [px] */
	uint32_t	 across, down;
	uint32_t	*segment;	/* by tile: which bytes it has */
	uint32_t	 n;		/* segments */
	struct ground	 ground[GROUNDS];
	uint32_t	 ngrounds;
	struct buf	 coded;		/* header, then segments with a marker
					   between them */
	struct buf	 room;		/* of segment */
	struct jpeg_compress_struct c;
	struct jpeg_errors e;
	struct jpeg_sink sink;
};

/* ---- coding ----------------------------------------------------------- */

static void
start(struct tiles *t, int quality)
{
	struct jpeg_compress_struct *c = &t->c;
	uint32_t most = t->across * t->down + 1;

	c->image_width = t->w;
	c->image_height = most * TILE_H;
	c->input_components = 4;
	c->in_color_space = WORDS;
	jpeg_set_defaults(c);
	c->dct_method = JDCT_ISLOW;
	c->restart_in_rows = 1;
	jpeg_set_quality(c, quality, TRUE);
	jpeg_start_compress(c, TRUE);
}

static void
code(struct tiles *t, JSAMPROW *row)
{
	for (uint32_t i = 0; i < TILE_H;)
		i += jpeg_write_scanlines(&t->c, row + i, TILE_H - i);
}

static bool
is_ground(const struct tiles *t, JSAMPROW *row)
{
	size_t n = (size_t)t->w * 4;

	if (memcmp(row[0], row[0] + 4, n - 4) != 0)
		return false;
	for (uint32_t i = 1; i < TILE_H; i++)
		if (memcmp(row[0], row[i], n) != 0)
			return false;
	return true;
}

/* The segment of a tile that came before, or the next one. */
static uint32_t
find_segment(struct tiles *t, JSAMPROW *row)
{
	uint32_t rgb, i;

	if (!is_ground(t, row))
		return t->n;
	memcpy(&rgb, row[0], 4);
	for (i = 0; i < t->ngrounds; i++)
		if (t->ground[i].rgb == rgb)
			return t->ground[i].segment;
	if (i < GROUNDS)
		t->ground[t->ngrounds++] = (struct ground){ rgb, t->n };
	return t->n;
}

/* The rows of a strip; below the last one that again, as libjpeg would. */
static void
read_strip(const struct image_words *in, uint32_t strip, JSAMPROW *row)
{
	for (uint32_t i = 0; i < TILE_H; i++) {
		uint32_t y = strip * TILE_H + i;

		row[i] = y < in->h ? (JSAMPROW)(uintptr_t)in->row(in->user,
		    y) : row[i - 1];
	}
}

static void
code_all(struct tiles *t)
{
	JSAMPROW row[TILE_H] = { 0 };
	uint32_t *to = t->segment;

	for (uint32_t y = 0; y < t->down; y++) {
		read_strip(t->in, y, row);
		for (uint32_t x = 0; x < t->across; x++, to++) {
			*to = find_segment(t, row);
			if (*to == t->n) {
				code(t, row);
				t->n++;
			}
			for (uint32_t i = 0; i < TILE_H; i++)
				row[i] += (size_t)t->w * 4;
		}
	}
	/* One more, so that a marker stands behind the last. */
	for (uint32_t i = 0; i < TILE_H; i++)
		row[i] -= (size_t)t->w * 4;
	code(t, row);
	jpeg_sink_close((j_compress_ptr)&t->c);
}

/* ---- joining ---------------------------------------------------------- */

static void
put16(char *p, uint32_t v)
{
	p[0] = (char)(v >> 8);
	p[1] = (char)v;
}

/* Gives the header the sides of the whole; returns where it ends. */
static size_t
mend_header(struct tiles *t)
{
	struct buf *b = &t->coded;
	size_t at = 2;
	unsigned char m = 0;

	while (m != 0xda && at + 9 <= b->n) {		/* SOS */
		m = (unsigned char)b->p[at + 1];
		if (m == 0xc0) {			/* SOF0 */
			put16(b->p + at + 5, t->in->h);
			put16(b->p + at + 7, t->in->w);
		}
		at += 2 + image_be16(b->p + at + 2);
	}
	return m == 0xda && at <= b->n ? at : 0;
}

/* The next RSTn at or after `at`; the end: none. */
static size_t
find_marker(const struct buf *b, size_t at)
{
	const char *p;

	for (; at + 1 < b->n; at = (size_t)(p - b->p) + 2) {
		p = memchr(b->p + at, 0xff, b->n - 1 - at);
		if (!p)
			break;
		if ((p[1] & 0xf8) == (0xd0 & 0xf8))
			return (size_t)(p - b->p);
	}
	return b->n;
}

static bool
join_tiles(struct tiles *t, const str *v, struct buf *out)
{
	size_t n = (size_t)t->across * t->down;

	for (size_t i = 0; i < n; i++) {
		char mark[2] = { (char)0xff, (char)(0xd0 + (i + 7) % 8) };

		if (i > 0)
			buf_add(out, mark, sizeof mark);
		buf_str(out, v[t->segment[i]]);
	}
	buf_add(out, "\xff\xd9", 2);
	return !out->failed;
}

static bool
join(struct tiles *t, struct buf *out)
{
	struct buf room = { 0 };
	size_t at = mend_header(t), end;
	bool ok = at > 0 && buf_reserve(&room, t->n * sizeof(str));
	str *v = (str *)(void *)room.p;

	if (ok)
		buf_add(out, t->coded.p, at);
	for (uint32_t i = 0; ok && i < t->n; i++, at = end + 2) {
		end = find_marker(&t->coded, at);
		ok = end < t->coded.n;
		v[i] = (str){ t->coded.p + at, end - at };
	}
	ok = ok && join_tiles(t, v, out);
	buf_done(&room);
	return ok;
}

/* ---- all -------------------------------------------------------------- */

static bool
open_tiles(struct tiles *t, const struct image_words *in)
{
	t->in = in;
	t->w = in->w % TILE_W == 0 ? TILE_W : in->w;
	t->across = in->w / t->w;
	t->down = (in->h + TILE_H - 1) / TILE_H;
	if (((uint64_t)t->across * t->down + 1) * TILE_H >
	    JPEG_MAX_DIMENSION) {
		t->w = in->w;
		t->across = 1;
	}
	if (!buf_reserve(&t->room, (size_t)t->across * t->down *
	    sizeof *t->segment))
		return false;
	t->segment = (uint32_t *)(void *)t->room.p;
	return true;
}

bool
image_jpeg_from_words(struct buf *out, const struct image_words *in,
    int quality)
{
	struct tiles t;
	volatile bool ok = false;

	memset(&t, 0, sizeof t - sizeof t.sink);
	if (!open_tiles(&t, in))
		return false;
	t.c.err = jpeg_errors_set(&t.e);
	if (setjmp(t.e.back) == 0) {
		jpeg_create_compress(&t.c);
		jpeg_sink_set(&t.c, &t.sink, &t.coded);
		start(&t, quality);
		code_all(&t);
		ok = true;
	}
	jpeg_destroy_compress(&t.c);
	ok = ok && !t.coded.failed && join(&t, out);
	buf_done(&t.coded);
	buf_done(&t.room);
	return ok && !out->failed;
}
