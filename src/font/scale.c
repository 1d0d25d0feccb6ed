/*
 * scale.c: how much larger or smaller a fallback face is set, so that its
 * letters stand beside those of the role's own face at the same size.
 *
 * What the eye compares is the height of the bodies: in Latin the middle
 * between x-height and cap height, where the headline of Devanagari is best;
 * in each other script the top of a plain letter, times what makes that
 * script's bodies look as tall. Near 1 it is 1: nobody sees two per cent,
 * and sizes stay round.
 */
#include "font/font_int.h"

#define SNAP	20	/* [1/1000] */

/* letter: a plain one; height: [1/1000] of its top to the Latin middle. */
static const struct { char script[5]; uint32_t letter; int32_t height; }
refs[] = {
	{ "Deva", 0x0915, 1000 }, { "Beng", 0x0995, 1000 },
	{ "Guru", 0x0a15, 1000 }, { "Gujr", 0x0a95, 1010 },
	{ "Orya", 0x0b15, 1065 }, { "Taml", 0x0b95, 850 },
	{ "Telu", 0x0c15, 1162 }, { "Knda", 0x0c95, 1245 },
	{ "Mlym", 0x0d15, 900 }, { "Thai", 0x0e01, 893 },
	{ "Arab", 0x0627, 1150 }, { "Hani", 0x56fd, 1290 },
	{ "Hang", 0xac00, 1290 },
};

/* The top of the letter [1/1000 em]; 0: not known. */
static int64_t
top_of(const struct face *f, uint32_t cp)
{
	hb_glyph_extents_t e;
	uint32_t gid = face_glyph(f, cp);

	if (gid == 0 || !hb_font_get_glyph_extents(f->hbfont, gid, &e) ||
	    e.y_bearing <= 0)
		return 0;
	return (int64_t)e.y_bearing * 1000 / f->upem;
}

static int32_t
settle(int64_t scale)
{
	if (scale > 1000 - SNAP && scale < 1000 + SNAP)
		return 1000;
	return scale < 700 ? 700 : scale > 1400 ? 1400 : (int32_t)scale;
}

int32_t
font_scale_of(const struct face *base, const struct face *f,
    const struct font_entry *e)
{
	int64_t middle = ((int64_t)base->x_height + base->cap_height) * 500 /
	    base->upem, top;

	if (f == base || e->symbols)
		return 1000;
	if (e->scale != 0)
		return e->scale;
	if (e->scripts.n == 0) {
		top = (int64_t)f->x_height * 1000 / f->upem;
		return top > 0 ? settle((int64_t)base->x_height * 1000 *
		    1000 / base->upem / top) : 1000;
	}
	for (size_t i = 0; i < ARRAY_LEN(refs); i++)
		if (str_starts(e->scripts, str_c(refs[i].script))) {
			top = top_of(f, refs[i].letter);
			return top > 0 ? settle(middle * refs[i].height /
			    top) : 1000;
		}
	return 1000;
}
