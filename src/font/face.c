/*
 * face.c: opens one face through HarfBuzz and reads what the contract in
 * font.h promises. Afterwards the HarfBuzz objects are immutable, so any
 * thread or forked worker may look glyphs up.
 */
#include <hb-ot.h>
#include <stdio.h>
#include <unistd.h>

#include "font/font_int.h"

static str
table_of(const struct face *f, hb_tag_t tag, hb_blob_t **blob)
{
	unsigned n = 0;
	const char *p;

	*blob = hb_face_reference_table(f->hb, tag);
	p = hb_blob_get_data(*blob, &n);
	return (str){ p, n };
}

static int32_t
be16s(str t, size_t at)
{
	uint32_t v;

	if (t.n < 2 || at > t.n - 2)
		return 0;
	v = (uint32_t)(unsigned char)t.p[at] << 8 | (unsigned char)t.p[at + 1];
	return v >= 0x8000 ? (int32_t)v - 0x10000 : (int32_t)v;
}

static void
read_tables(struct face *f)
{
	hb_blob_t *b;
	str t = table_of(f, HB_TAG('h', 'e', 'a', 'd'), &b);

	f->x_min = be16s(t, 36);
	f->y_min = be16s(t, 38);
	f->x_max = be16s(t, 40);
	f->y_max = be16s(t, 42);
	hb_blob_destroy(b);
	t = table_of(f, HB_TAG('p', 'o', 's', 't'), &b);
	f->italic_angle = be16s(t, 4) * 65536 + (be16s(t, 6) & 0xffff);
	hb_blob_destroy(b);
	t = table_of(f, HB_TAG('C', 'F', 'F', ' '), &b);
	f->cff = t.n > 0;
	f->cid = f->cff && cff_is_cid(t);
	hb_blob_destroy(b);
}

static int32_t
metric(const struct face *f, hb_ot_metrics_tag_t tag, int32_t otherwise)
{
	hb_position_t v;

	return hb_ot_metrics_get_position(f->hbfont, tag, &v) ? v : otherwise;
}

static void
read_metrics(struct face *f)
{
	hb_font_extents_t e;
	int32_t em = f->upem;

	memset(&e, 0, sizeof e);
	hb_font_get_h_extents(f->hbfont, &e);
	f->ascent = e.ascender > 0 ? e.ascender : em * 4 / 5;
	f->descent = e.descender < 0 ? e.descender : -em / 5;
	f->line_gap = e.line_gap;
	f->x_height = metric(f, HB_OT_METRICS_TAG_X_HEIGHT, em / 2);
	f->cap_height = metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT, em * 7 / 10);
	f->underline_pos = metric(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET,
	    -em / 10);
	f->underline_width = metric(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE,
	    em / 20);
	f->strike_pos = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET,
	    f->x_height / 2);
	f->strike_width = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_SIZE,
	    f->underline_width);
}

/* Letters, digits, hyphens and `also`: these need no escape anywhere. */
static size_t
plain(const char *buf, size_t n, char also, char *out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		char c = buf[i], low = (char)(c | 0x20);

		if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == also)
			out[m++] = c;
	}
	return m;
}

static str
read_family(struct arena *a, const struct face *f)
{
	char buf[64], out[64];
	unsigned n = sizeof buf;
	size_t m;

	hb_ot_name_get_utf8(f->hb, HB_OT_NAME_ID_FONT_FAMILY,
	    hb_language_from_string("en", -1), &n, buf);
	m = plain(buf, n, ' ', out);
	return m > 0 ? arena_str(a, (str){ out, m }) : f->name;
}

static str
read_name(struct arena *a, const struct face *f, const char *path)
{
	char buf[64], out[64];
	unsigned n = sizeof buf;
	size_t m;
	const char *slash = strrchr(path, '/');

	hb_ot_name_get_utf8(f->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME,
	    HB_LANGUAGE_INVALID, &n, buf);
	if (n == 0) {
		n = (unsigned)snprintf(buf, sizeof buf, "%s",
		    slash != NULL ? slash + 1 : path);
		if (n >= sizeof buf)
			n = sizeof buf - 1;
	}
	m = plain(buf, n, '-', out);
	return arena_str(a, m > 0 ? (str){ out, m } : S("Unnamed"));
}

bool
face_space_shapes(const struct face *f)
{
	static const hb_tag_t tags[] = {
		HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S')
	};
	hb_codepoint_t space = face_glyph(f, ' ');
	hb_set_t *set = hb_set_create();
	bool found = false;

	for (size_t t = 0; t < ARRAY_LEN(tags) && !found; t++) {
		unsigned n = hb_ot_layout_table_get_lookup_count(f->hb,
		    tags[t]);

		for (unsigned i = 0; i < n && !found; i++) {
			hb_set_clear(set);
			hb_ot_layout_lookup_collect_glyphs(f->hb, tags[t], i,
			    set, set, set, NULL);
			found = hb_set_has(set, space);
		}
	}
	hb_set_destroy(set);
	return found;
}

bool
face_has_feature(const struct face *f, const char tag[4])
{
	hb_tag_t want = HB_TAG(tag[0], tag[1], tag[2], tag[3]), tags[32];
	unsigned at = 0, n;

	do {
		n = ARRAY_LEN(tags);
		hb_ot_layout_table_get_feature_tags(f->hb,
		    HB_TAG('G', 'S', 'U', 'B'), at, &n, tags);
		for (unsigned i = 0; i < n; i++)
			if (tags[i] == want)
				return true;
		at += n;
	} while (n > 0);
	return false;
}

const char *
face_open(struct arena *a, const char *path, unsigned index, struct face *f,
    bool *missing)
{
	hb_blob_t *blob;

	*missing = access(path, F_OK) != 0;
	if (*missing)
		return "no such file";
	blob = hb_blob_create_from_file_or_fail(path);
	if (blob == NULL)
		return "cannot be read";
	if (index >= hb_face_count(blob)) {
		hb_blob_destroy(blob);
		return "not a font, or no such face in it";
	}
	f->hb = hb_face_create(blob, index);
	hb_blob_destroy(blob);
	f->nglyphs = hb_face_get_glyph_count(f->hb);
	f->upem = (int32_t)hb_face_get_upem(f->hb);
	f->hbfont = hb_font_create(f->hb);
	hb_font_set_scale(f->hbfont, f->upem, f->upem);
	hb_face_make_immutable(f->hb);
	hb_font_make_immutable(f->hbfont);
	if (f->nglyphs == 0 || f->upem < 16 || f->upem > 16384) {
		face_close(f);
		return "no glyphs";
	}
	read_tables(f);
	read_metrics(f);
	f->name = read_name(a, f, path);
	f->family = read_family(a, f);
	return NULL;
}

void
face_close(struct face *f)
{
	hb_font_destroy(f->hbfont);
	hb_face_destroy(f->hb);
	f->hbfont = NULL;
	f->hb = NULL;
}

uint32_t
face_glyph(const struct face *f, uint32_t cp)
{
	hb_codepoint_t g;

	return hb_font_get_nominal_glyph(f->hbfont, cp, &g) ? g : 0;
}

uint32_t
face_hyphen(const struct face *f)
{
	uint32_t g = face_glyph(f, '-'), soft = face_glyph(f, 0xad);

	/* Text that is copied tells the one from the other, if glyphs do. */
	if (soft != 0 && g != 0 && face_advance(f, soft) ==
	    face_advance(f, g))
		return soft;
	return g != 0 ? g : face_glyph(f, 0x2010);
}

struct face_box
face_extents(const struct face *f, uint32_t gid)
{
	hb_glyph_extents_t x;

	if (!hb_font_get_glyph_extents(f->hbfont, gid, &x))
		return (struct face_box){ 0, 0, 0, 0 };
	return (struct face_box){ x.x_bearing, x.y_bearing + x.height,
	    x.x_bearing + x.width, x.y_bearing };
}

int32_t
face_advance(const struct face *f, uint32_t gid)
{
	return hb_font_get_glyph_h_advance(f->hbfont, gid);
}
