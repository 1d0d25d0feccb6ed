/*
 * svg_int.h: between the parts of the SVG reader. XML becomes a tree of
 * elements; the tree is walked once, styles and matrices handed down, and
 * everything visible becomes a mark of the drawing (image/drawing.h).
 *
 * Work is bounded: elements, their depth, marks and points have limits, and
 * what <use> repeats counts each time.
 */
#ifndef IMAGE_SVG_INT_H
#define IMAGE_SVG_INT_H

#include "image/image_int.h"

/* ---- fx.c ------------------------------------------------------------- */

fx	fx_hold(fx);			/* held to +-FX_MAX */
/* v * a / b, rounded once and held; nothing negative, b not 0. */
fx	fx_part(fx v, fx a, fx b);
fx	fx_norm(fx x, fx y);		/* length of a vector */
fx	fx_arc_offset(fx x, fx y);
void	fx_sin_cos(fx degrees, fx *s, fx *c);
/* The number at the head of *s, which moves past it. */
bool	svg_number(str *s, fx *);

/* ---- svg_xml.c -------------------------------------------------------- */

struct svg_attr { str name, value; };
struct svg_node {
	str	 name;		/* as written, less "svg:"; "": text */
	str	 text;
	const struct svg_attr *attrs; size_t nattrs;
	const struct svg_node *parent, *child, *next;
	uint32_t line, column;	/* of the tag, from 1 */
};
/* The document's element, or NULL after *fault. No DTD, no entities. */
const struct svg_node *svg_read(struct arena *, str bytes,
	    const struct limits *, struct image_fault *);
str	svg_attr(const struct svg_node *, str name);	/* "": absent */

/* ---- state ------------------------------------------------------------ */

enum svg_unit { UNIT_X, UNIT_Y, UNIT_BOTH };	/* what % is of */

struct svg_paint {
	enum { FILL_NONE, FILL_RGB, FILL_CURRENT, FILL_URL } kind;
	uint32_t rgb;
	fx	 alpha;
	str	 url;		/* id; kind FILL_URL */
	bool	 spare;		/* rgb is the fallback of url */
};

struct svg_style {
	struct svg_paint fill, stroke;
	fx	 fill_opacity, stroke_opacity;
	uint32_t color;
	bool	 evenodd, clip_evenodd, hidden;
	fx	 width, miter, dash_offset;
	enum line_cap cap;
	enum line_join join;
	const fx *dashes; size_t ndashes;
	enum mark_family family;
	bool	 bold, italic;
	fx	 size;
	enum mark_anchor anchor;
	fx	 baseline;	/* [em] how far the text is set lower */
	/* not inherited */
	bool	 none;		/* display */
	fx	 opacity;
	str	 clip;		/* id */
	struct svg_paint stop;
	fx	 stop_opacity;
};

/* The <use> elements that are being followed. */
struct svg_use { const struct svg_node *node; const struct svg_use *outer; };

/* What an element gets from those around it. */
struct svg_place {
	struct svg_style style;
	struct matrix m;
	const struct clip *clip;
	fx	 opacity;
	fx	 vw, vh;	/* viewport, in user units */
	unsigned depth;
	const struct svg_use *uses;
	bool	 keep_spaces;	/* xml:space */
};

struct svg_rule { str element, id, classes, body; unsigned weight; };

struct svg {
	struct arena *arena;
	struct diag *diag;
	str	 path;
	const struct limits *limits;
	struct image_fault *fault;	/* set when given up */
	bool	 failed;
	struct map *ids;	/* id -> struct svg_node */
	struct map *said;	/* what was told of once */
	unsigned nsaid;
	VEC(struct svg_rule) rules;
	VEC(struct mark) marks;
	size_t	 work;		/* elements and points done */
};

/* One diagnostic for each kind and name. */
void	svg_say(struct svg *, const struct svg_node *, enum diag_id,
	    str what);
/* Adds a mark. */
void	svg_put(struct svg *, const struct mark *);
/* Counts; false: too much, and the drawing is given up. */
bool	svg_work(struct svg *, size_t n);

/* ---- svg_value.c ------------------------------------------------------ */

void	svg_blanks(str *s);		/* passes white space */
void	svg_comma(str *s);		/* and one comma among it */
str	svg_word(str *s);		/* letters, digits, '-' */
/* A length in user units. */
bool	svg_length(const struct svg_place *, str, enum svg_unit, fx *);
bool	svg_color(str, uint32_t *rgb, fx *alpha);
/* transform="...": false: malformed, the part before is done. */
bool	svg_transform(str, struct matrix *);
/* The id in url(#id) or in #id at the head of *s; "" : none or external. */
str	svg_url(str *s);
/* Numbers of a list; at most max, and how many there are. */
size_t	svg_numbers(str, fx *out, size_t max);
extern const struct matrix svg_identity;

/* ---- svg_style.c ------------------------------------------------------ */

extern const struct svg_style svg_style_start;
/* Reads the rules of a <style>. */
void	svg_rules(struct svg *, const struct svg_node *);
/* place->style becomes the element's own. */
void	svg_style_of(struct svg *, const struct svg_node *,
	    struct svg_place *);

/* ---- svg_path.c ------------------------------------------------------- */

struct svg_pen {
	struct svg *svg;
	struct { uint8_t *v; size_t n, cap; } ops;
	struct { fx *v; size_t n, cap; } xy;
	fx	 x, y;		/* where it stands */
	fx	 x0, y0;	/* of the subpath */
};
/* The outline of a shape element; false: it has none. */
bool	svg_outline(struct svg *, const struct svg_node *,
	    const struct svg_place *, struct path *);
void	svg_pen_rect(struct svg_pen *, fx x, fx y, fx w, fx h, fx rx, fx ry);
struct path svg_pen_path(const struct svg_pen *);
void	svg_pen_move(struct svg_pen *, fx x, fx y);
void	svg_pen_line(struct svg_pen *, fx x, fx y);
void	svg_pen_curve(struct svg_pen *, const fx xy[6]);
void	svg_pen_close(struct svg_pen *);
void	svg_pen_arc(struct svg_pen *, fx rx, fx ry, fx turn, bool large,
	    bool sweep, fx x, fx y);
/* Appends p by way of m. */
void	svg_pen_add(struct svg_pen *, const struct path *,
	    const struct matrix *);
/* false: no points. */
bool	svg_box(const struct path *, fx *x, fx *y, fx *w, fx *h);

/* ---- svg_paint.c ------------------------------------------------------ */

/* A paint of an element; of: its outline, or NULL (text). */
struct paint svg_paint(struct svg *, const struct svg_node *,
	    const struct svg_place *, const struct svg_paint *, fx opacity,
	    const struct path *of);
struct stroke svg_stroke(struct svg *, const struct svg_node *,
	    const struct svg_place *, const struct path *of);

/* ---- svg_text.c ------------------------------------------------------- */

/* A <text> element, whose style and matrix `at` has already. */
void	svg_text(struct svg *, const struct svg_node *,
	    const struct svg_place *);

/* ---- svg_clip.c ------------------------------------------------------- */

/* place->clip with what the element's clip-path leaves of it. */
void	svg_clip_by(struct svg *, const struct svg_node *,
	    struct svg_place *, const struct path *of);
/* A rectangle in place's user units. */
void	svg_clip_rect(struct svg *, struct svg_place *, fx x, fx y, fx w,
	    fx h);
/* viewBox and preserveAspectRatio into a viewport of w x h. */
struct matrix svg_view(const struct svg_node *, fx w, fx h,
	    struct svg_place *);
bool	svg_view_box(const struct svg_node *, fx box[4]);
/* The element that href names, or NULL after a diagnostic. */
const struct svg_node *svg_href(struct svg *, const struct svg_node *);

/* ---- svg_write.c ------------------------------------------------------ */

/* The drawing as an SVG file of ours. */
void	svg_write(struct buf *, const struct drawing *, struct arena *scratch);

#endif
