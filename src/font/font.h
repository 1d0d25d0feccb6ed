/*
 * font.h: faces, roles, fallback chains, metrics, subsets.
 *
 * fonts/fonts.yaml names families by role (serif, sans, mono) and fallbacks
 * by script, each with its files. All faces are opened before the workers
 * are forked and shared read-only; glyph look-ups are thread-safe.
 */
#ifndef FONT_FONT_H
#define FONT_FONT_H

#include "base/base.h"
#include "base/limits.h"
#include "diag/diag.h"

enum font_role { FONT_SERIF, FONT_SANS, FONT_MONO, FONT_ROLE_COUNT };

struct face {
	str	 name;		/* PostScript name, ASCII */
	str	 family;	/* "Noto Serif CJK JP", such characters only */
	str	 file;		/* path in fonts/ */
	uint32_t id;		/* dense in its fontset */
	int32_t	 upem;
	int32_t	 ascent, descent, line_gap;	/* [font units], descent < 0 */
	int32_t	 x_height, cap_height;		/* [font units] */
	int32_t	 underline_pos, underline_width, strike_pos, strike_width;
	int32_t	 x_min, y_min, x_max, y_max;	/* font bounding box */
	int32_t	 italic_angle;			/* degrees * 65536 */
	bool	 bold, italic, mono, serif;
	str	 scripts;	/* "Hani Hira": that it is a fallback for; "":
				   a role's own face, or of symbols */
	bool	 cff;		/* OpenType/CFF, else TrueType */
	bool	 cid;		/* CID-keyed CFF */
	uint32_t nglyphs;
	struct hb_face_t *hb;	/* immutable */
	struct hb_font_t *hbfont; /* immutable, scale = upem */
};

struct fontset;
/*
 * Reads dir/fonts.yaml and opens every face that it names. NULL after a
 * diagnostic (FONT_MANIFEST, FONT_MISSING for a role's regular face).
 * A missing fallback is FONT_FALLBACK, a warning; the set is usable.
 */
struct fontset *fontset_open(struct arena *, const char *dir,
	    const struct limits *, struct diag *);
void	fontset_close(struct fontset *);
size_t	fontset_count(const struct fontset *);
const struct face *fontset_at(const struct fontset *, size_t id);

/* The role's own face for weight and slope (nearest there is). */
const struct face *font_role(const struct fontset *, enum font_role,
	    bool bold, bool italic);
/*
 * The first face of the chain role -> script's fallbacks (serif before sans
 * where role is serif) -> all others that has cp. lang chooses among Han
 * variants. NULL: no face has it. Thread-safe; asks every face, so callers
 * remember the answer.
 */
const struct face *font_for(const struct fontset *, enum font_role,
	    bool bold, bool italic, uint32_t cp, str lang);
/*
 * [1/1000] The size of the face where it stands in for the role's own, whose
 * letters are to look as tall. Looks at glyphs: callers remember the answer.
 */
int32_t	font_scale(const struct fontset *, enum font_role,
	    const struct face *);
/* Has GSUB the feature, for any script? Callers remember the answer. */
bool	face_has_feature(const struct face *, const char tag[4]);
/*
 * Do GSUB or GPOS rules mention the space glyph? Then words cannot be shaped
 * one by one. Reads all rules: ask once per face.
 */
bool	face_space_shapes(const struct face *);
uint32_t face_glyph(const struct face *, uint32_t cp);	/* 0: none */
/* To be set at a line's end: U+00AD's where it looks like a hyphen. */
uint32_t face_hyphen(const struct face *);
/* Advance of a glyph in font units (unhinted). */
int32_t	face_advance(const struct face *, uint32_t gid);
/* The box around a glyph's outline in font units, y upwards. */
struct face_box { int32_t left, bottom, right, top; };
struct face_box face_extents(const struct face *, uint32_t gid);

/*
 * The shapes of glyphs, one at a time: operators and the points that they
 * take (CURVE: three, the last is where it ends), y upwards. Each thread has
 * its own. face_shape: false: no memory; a glyph without a shape is empty.
 */
#define SHAPE_UNIT	64		/* of a font unit */
enum shape_op { SHAPE_MOVE, SHAPE_LINE, SHAPE_CURVE, SHAPE_CLOSE };
struct face_shape {
	struct buf ops;			/* bytes, enum shape_op */
	struct buf xy;			/* int32_t [1/SHAPE_UNIT] */
	struct hb_draw_funcs_t *funcs;
};
void	face_shape_open(struct face_shape *);
bool	face_shape(struct face_shape *, const struct face *, uint32_t gid);
void	face_shape_close(struct face_shape *);

/*
 * A subset with dense new ids: keep[0..n) are old glyph ids, ascending;
 * new_of_old maps each. Hinting dropped; layout tables dropped. For CFF
 * `program` is the whole OpenType file (FontFile3 /OpenType, cid false) or
 * the bare CFF table (CIDFontType0C, cid true). false: cannot be subset.
 */
struct font_subset {
	str	 program;
	uint32_t *new_of_old;	/* face->nglyphs entries; UINT32_MAX: absent.
				   For cid: the CID to write in the text */
	uint32_t n;
};
bool	font_subset(struct arena *, const struct face *, const uint32_t *keep,
	    size_t n, struct font_subset *out);
/*
 * A whole font file (TrueType, or OpenType where face->cff) for those who
 * shape the text themselves: the characters cps[0..n), the glyphs that the
 * face's rules make of them, those rules, and the names that say whose the
 * face is and how it is licensed. Hinting dropped. "": cannot be subset.
 */
str	font_subset_text(struct arena *, const struct face *,
	    const uint32_t *cps, size_t n);

#endif
