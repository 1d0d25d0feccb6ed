/*
 * drawing.h: what is left of an SVG once it is read: paths and text with
 * their paints, in drawing order, all styles and references resolved.
 *
 * Coordinates are user units of the mark, y downwards; each mark's matrix
 * leads to the drawing, whose unit is one CSS pixel (3/4 pt) at its natural
 * size, origin at the top left.
 */
#ifndef IMAGE_DRAWING_H
#define IMAGE_DRAWING_H

#include "base/base.h"

/* A number of a drawing: 1/16777216. Magnitudes stay below FX_MAX, so that
 * sums of a few never overflow. */
typedef int64_t fx;
#define FX_ONE	((fx)1 << 24)
#define FX_MAX	((fx)1 << 48)

/* x' = a*x + c*y + e, y' = b*x + d*y + f */
struct matrix { fx a, b, c, d, e, f; };

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
struct path {
	const uint8_t *ops;	/* enum path_op */
	size_t	 nops;
	const fx *xy;		/* MOVE, LINE: one point; CURVE: three */
};

struct stop { fx at; uint32_t rgb; fx opacity; };	/* at: 0..FX_ONE,
							   not descending */
struct gradient {
	bool	 radial;
	fx	 x1, y1, r1;	/* linear: from; radial: focus */
	fx	 x2, y2, r2;	/* linear: to; radial: outer circle */
	struct matrix m;	/* to the mark's units */
	const struct stop *stops; size_t n;	/* two at least */
};

enum paint_kind { PAINT_NONE, PAINT_RGB, PAINT_GRADIENT };
struct paint {
	enum paint_kind kind;
	uint32_t rgb;
	const struct gradient *gradient;
	fx	 opacity;	/* 0..FX_ONE */
};

enum line_cap { CAP_BUTT, CAP_ROUND, CAP_SQUARE };
enum line_join { JOIN_MITER, JOIN_ROUND, JOIN_BEVEL };
struct stroke {
	struct paint paint;
	fx	 width, miter, dash_offset;
	enum line_cap cap;
	enum line_join join;
	const fx *dashes; size_t ndashes;	/* even; none: solid */
};

/* Only what lies in the path, and in those of all outer clips, shows. */
struct clip {
	struct path path;	/* in the drawing's units */
	bool	 evenodd;
	const struct clip *outer;
};

/* A stretch of text in one style. */
enum mark_family { MARK_SANS, MARK_SERIF, MARK_MONO };
struct mark_span {
	str	 text;
	enum mark_family family;
	bool	 bold, italic;
	fx	 size;
	fx	 dx, dy;	/* the pen's step before it */
	struct paint fill;
};

enum mark_anchor { MARK_START, MARK_MIDDLE, MARK_END };
enum mark_kind { MARK_PATH, MARK_TEXT };
struct mark {
	enum mark_kind kind;
	struct matrix m;
	const struct clip *clip;	/* NULL: none */
	struct path path;
	bool	 evenodd;
	struct paint fill;
	struct stroke stroke;
	/* text: one line */
	fx	 x, y;
	enum mark_anchor anchor;
	const struct mark_span *spans; size_t nspans;
};

struct drawing {
	fx	 w, h;			/* natural size [CSS px] */
	const struct mark *marks; size_t n;
};

/* a * b and a / b (b not 0), rounded, held to +-FX_MAX. */
fx	fx_mul(fx a, fx b);
fx	fx_div(fx a, fx b);
fx	fx_sqrt(fx);			/* of what is not negative */
/* x and y by way of m. */
void	matrix_apply(const struct matrix *, fx *x, fx *y);
/* First inner, then outer. */
struct matrix matrix_join(const struct matrix *outer,
	    const struct matrix *inner);
/* The square root of how much larger m makes an area. */
fx	matrix_scale(const struct matrix *);
/* Decimal, at most `places` (1..6) behind the point. */
void	fx_print(struct buf *, fx, unsigned places);

#endif
