/*
 * svg_path.c: outlines: path data and the basic shapes as moves, lines and
 * cubic curves. Arcs become curves of a quarter turn at most, found by
 * vectors on the unit circle alone (no angles): a quarter turns (x, y) into
 * (-y, x); the rest's bend follows from the cosine between its ends.
 */
#include "image/svg_int.h"

#define KAPPA		9265934		/* 4/3 * (sqrt(2) - 1) */
#define ARC_SLACK	256		/* of rounding, on the unit circle */
#define BOX_STEPS	16		/* of a curve, for its extent */

/* ---- the pen ---------------------------------------------------------- */

static void
put(struct svg_pen *p, enum path_op op, const fx *xy, size_t n)
{
	struct arena *a = p->svg->arena;

	if (!svg_work(p->svg, 1))
		return;
	VEC_PUSH(a, &p->ops, (uint8_t)op);
	for (size_t i = 0; i < n; i++)
		VEC_PUSH(a, &p->xy, fx_hold(xy[i]));
	if (n > 0) {
		p->x = fx_hold(xy[n - 2]);
		p->y = fx_hold(xy[n - 1]);
	}
}

void
svg_pen_move(struct svg_pen *p, fx x, fx y)
{
	put(p, PATH_MOVE, (const fx[]){ x, y }, 2);
	p->x0 = p->x;
	p->y0 = p->y;
}

void
svg_pen_line(struct svg_pen *p, fx x, fx y)
{
	put(p, PATH_LINE, (const fx[]){ x, y }, 2);
}

void
svg_pen_curve(struct svg_pen *p, const fx xy[6])
{
	put(p, PATH_CURVE, xy, 6);
}

void
svg_pen_close(struct svg_pen *p)
{
	put(p, PATH_CLOSE, NULL, 0);
	p->x = p->x0;
	p->y = p->y0;
}

struct path
svg_pen_path(const struct svg_pen *p)
{
	return (struct path){ p->ops.v, p->ops.n, p->xy.v };
}

void
svg_pen_add(struct svg_pen *p, const struct path *from,
    const struct matrix *m)
{
	static const size_t points[] = { 1, 1, 3, 0 };
	const fx *xy = from->xy;

	for (size_t i = 0; i < from->nops; i++) {
		enum path_op op = from->ops[i];
		fx v[6];

		for (size_t k = 0; k < points[op]; k++, xy += 2) {
			v[k * 2] = xy[0];
			v[k * 2 + 1] = xy[1];
			matrix_apply(m, &v[k * 2], &v[k * 2 + 1]);
		}
		put(p, op, v, points[op] * 2);
	}
}

/* ---- arcs ------------------------------------------------------------- */

/* From the plane where the ellipse is the unit circle to the drawing. */
static void
arc_curve(struct svg_pen *p, const struct matrix *m, const fx u[2],
    const fx v[2], fx bend)
{
	fx xy[6] = {
		u[0] - fx_mul(bend, u[1]), u[1] + fx_mul(bend, u[0]),
		v[0] + fx_mul(bend, v[1]), v[1] - fx_mul(bend, v[0]),
		v[0], v[1]
	};

	for (size_t i = 0; i < 6; i += 2)
		matrix_apply(m, &xy[i], &xy[i + 1]);
	svg_pen_curve(p, xy);
}

static fx
bend_between(fx cosine)
{
	fx c, s;

	if (cosine > FX_ONE)
		cosine = FX_ONE;
	c = fx_sqrt((FX_ONE + cosine) / 2);
	s = fx_sqrt((FX_ONE - cosine) / 2);
	return s == 0 ? 0 : fx_div((FX_ONE - c) * 4 / 3, s);
}

/* From u to v, the way in which (x, y) turns into (-y, x); `large`: by
 * half a turn or more, which decides where rounding leaves it open. */
static void
arc_turn(struct svg_pen *p, const struct matrix *m, fx u[2], const fx v[2],
    bool large)
{
	for (unsigned i = 0; i < 4; i++) {
		fx dot = fx_mul(u[0], v[0]) + fx_mul(u[1], v[1]);
		fx cross = fx_mul(u[0], v[1]) - fx_mul(u[1], v[0]);
		fx next[2] = { -u[1], u[0] };

		if (i == 0 ? !large && dot > -ARC_SLACK :
		    dot > -ARC_SLACK && cross > -ARC_SLACK) {
			arc_curve(p, m, u, v, bend_between(dot));
			return;
		}
		arc_curve(p, m, u, next, KAPPA);
		u[0] = next[0];
		u[1] = next[1];
	}
}

/* SVG 2, appendix B.2.4, in the plane of the unit circle. */
void
svg_pen_arc(struct svg_pen *p, fx rx, fx ry, fx turn, bool large, bool sweep,
    fx x, fx y)
{
	fx dx = (p->x - x) / 2, dy = (p->y - y) / 2, s, c, hx, hy, far, off;
	struct matrix m;
	fx u[2], v[2];

	rx = rx < 0 ? -rx : rx;
	ry = ry < 0 ? -ry : ry;
	if ((dx == 0 && dy == 0) || rx == 0 || ry == 0) {
		svg_pen_line(p, x, y);
		return;
	}
	fx_sin_cos(turn, &s, &c);
	hx = fx_div(fx_mul(c, dx) + fx_mul(s, dy), rx);
	hy = fx_div(fx_mul(c, dy) - fx_mul(s, dx), ry);
	far = fx_norm(hx, hy);
	if (far > FX_ONE) {
		rx = fx_mul(rx, far);
		ry = fx_mul(ry, far);
		hx = fx_div(hx, far);
		hy = fx_div(hy, far);
	}
	off = fx_arc_offset(hx, hy);
	if (large == sweep)
		off = -off;
	u[0] = hx - fx_mul(off, hy);
	u[1] = hy + fx_mul(off, hx);
	v[0] = -hx - fx_mul(off, hy);
	v[1] = -hy + fx_mul(off, hx);
	m = (struct matrix){ fx_mul(c, rx), fx_mul(s, rx), -fx_mul(s, ry),
	    fx_mul(c, ry), fx_hold(x + dx), fx_hold(y + dy) };
	dx = fx_mul(off, hy);
	dy = -fx_mul(off, hx);
	matrix_apply(&m, &dx, &dy);
	m.e = dx;
	m.f = dy;
	if (!sweep) {		/* mirrored, the turn goes the other way */
		m.c = -m.c;
		m.d = -m.d;
		u[1] = -u[1];
		v[1] = -v[1];
	}
	arc_turn(p, &m, u, v, large);
	/* No gap where the next piece begins. */
	if (p->xy.n >= 2 && !p->svg->failed) {
		p->x = p->xy.v[p->xy.n - 2] = fx_hold(x);
		p->y = p->xy.v[p->xy.n - 1] = fx_hold(y);
	}
}

/* ---- path data -------------------------------------------------------- */

struct reader {
	struct svg_pen	*pen;
	str	 s;
	bool	 rel;
	char	 last;		/* command before, in upper case */
	fx	 cx, cy;	/* last control point */
};

/* n numbers, by pairs relative to the pen where that is meant. */
static bool
points(struct reader *r, fx *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		svg_comma(&r->s);
		if (!svg_number(&r->s, &v[i]))
			return false;
		if (r->rel)
			v[i] += i % 2 == 0 ? r->pen->x : r->pen->y;
		v[i] = fx_hold(v[i]);
	}
	return true;
}

static bool
flag(struct reader *r, bool *on)
{
	svg_comma(&r->s);
	if (r->s.n == 0 || (r->s.p[0] != '0' && r->s.p[0] != '1'))
		return false;
	*on = r->s.p[0] == '1';
	r->s = str_from(r->s, 1);
	return true;
}

static bool
arc_to(struct reader *r)
{
	bool rel = r->rel, large, sweep, ok;
	fx a[3], v[2];

	r->rel = false;
	ok = points(r, a, 3) && flag(r, &large) && flag(r, &sweep);
	r->rel = rel;
	if (!ok || !points(r, v, 2))
		return false;
	svg_pen_arc(r->pen, a[0], a[1], a[2], large, sweep, v[0], v[1]);
	return true;
}

/* The mirrored control point of the curve before, if it was one of these. */
static void
mirror(const struct reader *r, const char *after, fx v[2])
{
	v[0] = r->pen->x;
	v[1] = r->pen->y;
	if (r->last == after[0] || r->last == after[1]) {
		v[0] += v[0] - r->cx;
		v[1] += v[1] - r->cy;
	}
}

static void
cubic(struct reader *r, const fx v[6])
{
	r->cx = v[2];
	r->cy = v[3];
	svg_pen_curve(r->pen, v);
}

/* From (x, y), control point q: raised to a cubic. */
static void
quadratic(struct reader *r, const fx q[2], const fx to[2])
{
	fx x = r->pen->x, y = r->pen->y;
	fx v[6] = { x + (q[0] - x) * 2 / 3, y + (q[1] - y) * 2 / 3,
	    to[0] + (q[0] - to[0]) * 2 / 3, to[1] + (q[1] - to[1]) * 2 / 3,
	    to[0], to[1] };

	svg_pen_curve(r->pen, v);
	r->cx = q[0];
	r->cy = q[1];
}

static bool
along(struct reader *r, bool across)
{
	struct svg_pen *p = r->pen;
	fx v;

	svg_comma(&r->s);
	if (!svg_number(&r->s, &v))
		return false;
	if (r->rel)
		v += across ? p->x : p->y;
	svg_pen_line(p, across ? v : p->x, across ? p->y : v);
	return true;
}

static bool
curve_to(struct reader *r, char c)
{
	fx v[6], q[2];

	switch (c) {
	case 'C':
		if (!points(r, v, 6))
			return false;
		break;
	case 'S':
		mirror(r, "CS", q);
		if (!points(r, v + 2, 4))
			return false;
		memcpy(v, q, sizeof q);
		break;
	case 'Q':
		if (!points(r, v, 4))
			return false;
		quadratic(r, v, v + 2);
		return true;
	default:
		mirror(r, "QT", q);
		if (!points(r, v, 2))
			return false;
		quadratic(r, q, v);
		return true;
	}
	cubic(r, v);
	return true;
}

/* One set of arguments; c in upper case. */
static bool
command(struct reader *r, char c)
{
	fx v[2];

	switch (c) {
	case 'M':
	case 'L':
		if (!points(r, v, 2))
			return false;
		if (c == 'M')
			svg_pen_move(r->pen, v[0], v[1]);
		else
			svg_pen_line(r->pen, v[0], v[1]);
		return true;
	case 'H':
	case 'V':
		return along(r, c == 'H');
	case 'A':
		return arc_to(r);
	case 'C':
	case 'S':
	case 'Q':
	case 'T':
		return curve_to(r, c);
	default:
		return false;
	}
}

/* Draws up to the first error, as SVG wants it; false: there was one. */
static bool
path_data(struct svg_pen *p, str s)
{
	struct reader r = { .pen = p, .s = s };
	char c = 0;

	svg_blanks(&r.s);
	while (r.s.n > 0 && !p->svg->failed) {
		char at = r.s.p[0], up = (char)(at & ~0x20);
		bool letter = (at | 0x20) >= 'a' && (at | 0x20) <= 'z';

		if (letter) {
			r.rel = at != up;
			c = up;
			r.s = str_from(r.s, 1);
		} else if (c == 'M')
			c = 'L';	/* more pairs after a move */
		if (p->ops.n == 0 && c != 'M')
			return false;
		if (c == 'Z') {
			if (!letter)
				return false;
			svg_pen_close(p);
		} else {
			/* After a close, drawing starts at its point. */
			if (r.last == 'Z' && c != 'M')
				svg_pen_move(p, p->x, p->y);
			if (!command(&r, c))
				return false;
		}
		r.last = c;
		svg_comma(&r.s);
	}
	return true;
}

/* ---- basic shapes ----------------------------------------------------- */

static fx
length(const struct svg_place *p, const struct svg_node *n, const char *name,
    enum svg_unit unit)
{
	fx v = 0;

	if (!svg_length(p, svg_attr(n, str_c(name)), unit, &v))
		return 0;
	return v;
}

/* A quarter of an ellipse to (x, y), inside the corner (cx, cy). */
static void
quarter(struct svg_pen *p, fx x, fx y, fx cx, fx cy)
{
	svg_pen_curve(p, (const fx[]){
	    p->x + fx_mul(KAPPA, cx - p->x), p->y + fx_mul(KAPPA, cy - p->y),
	    x + fx_mul(KAPPA, cx - x), y + fx_mul(KAPPA, cy - y), x, y });
}

void
svg_pen_rect(struct svg_pen *p, fx x, fx y, fx w, fx h, fx rx, fx ry)
{
	fx r = x + w, b = y + h;

	if (rx <= 0 || ry <= 0) {
		svg_pen_move(p, x, y);
		svg_pen_line(p, r, y);
		svg_pen_line(p, r, b);
		svg_pen_line(p, x, b);
		svg_pen_close(p);
		return;
	}
	svg_pen_move(p, x + rx, y);
	svg_pen_line(p, r - rx, y);
	quarter(p, r, y + ry, r, y);
	svg_pen_line(p, r, b - ry);
	quarter(p, r - rx, b, r, b);
	svg_pen_line(p, x + rx, b);
	quarter(p, x, b - ry, x, b);
	svg_pen_line(p, x, y + ry);
	quarter(p, x + rx, y, x, y);
	svg_pen_close(p);
}

static bool
rect(struct svg_pen *p, const struct svg_node *n, const struct svg_place *at)
{
	fx w = length(at, n, "width", UNIT_X);
	fx h = length(at, n, "height", UNIT_Y), rx, ry;
	bool has_x = svg_length(at, svg_attr(n, S("rx")), UNIT_X, &rx);
	bool has_y = svg_length(at, svg_attr(n, S("ry")), UNIT_Y, &ry);

	if (w <= 0 || h <= 0)
		return false;
	if (!has_x)
		rx = has_y ? ry : 0;
	if (!has_y)
		ry = rx;
	svg_pen_rect(p, length(at, n, "x", UNIT_X),
	    length(at, n, "y", UNIT_Y), w, h, rx > w / 2 ? w / 2 : rx,
	    ry > h / 2 ? h / 2 : ry);
	return true;
}

static bool
ellipse(struct svg_pen *p, const struct svg_node *n,
    const struct svg_place *at, bool circle)
{
	fx x = length(at, n, "cx", UNIT_X), y = length(at, n, "cy", UNIT_Y);
	fx rx = circle ? length(at, n, "r", UNIT_BOTH) :
	    length(at, n, "rx", UNIT_X);
	fx ry = circle ? rx : length(at, n, "ry", UNIT_Y);

	if (rx <= 0 || ry <= 0)
		return false;
	svg_pen_move(p, x + rx, y);
	quarter(p, x, y + ry, x + rx, y + ry);
	quarter(p, x - rx, y, x - rx, y + ry);
	quarter(p, x, y - ry, x - rx, y - ry);
	quarter(p, x + rx, y, x + rx, y - ry);
	svg_pen_close(p);
	return true;
}

static bool
polygon(struct svg_pen *p, str s, bool close)
{
	bool first = true;
	fx x, y;

	svg_blanks(&s);
	while (svg_number(&s, &x) && !p->svg->failed) {
		svg_comma(&s);
		if (!svg_number(&s, &y))
			break;
		svg_comma(&s);
		if (first)
			svg_pen_move(p, x, y);
		else
			svg_pen_line(p, x, y);
		first = false;
	}
	if (close && !first)
		svg_pen_close(p);
	return !first;
}

bool
svg_outline(struct svg *s, const struct svg_node *n,
    const struct svg_place *at, struct path *out)
{
	struct svg_pen p = { .svg = s };
	str name = n->name, d;

	if (str_eq(name, S("path"))) {
		d = svg_attr(n, S("d"));
		if (!path_data(&p, d) && !s->failed)
			svg_say(s, n, DIAG_IMAGE_SVG_VALUE, S("d"));
	} else if (str_eq(name, S("rect"))) {
		if (!rect(&p, n, at))
			return false;
	} else if (str_eq(name, S("circle")) || str_eq(name, S("ellipse"))) {
		if (!ellipse(&p, n, at, name.p[0] == 'c'))
			return false;
	} else if (str_eq(name, S("line"))) {
		svg_pen_move(&p, length(at, n, "x1", UNIT_X),
		    length(at, n, "y1", UNIT_Y));
		svg_pen_line(&p, length(at, n, "x2", UNIT_X),
		    length(at, n, "y2", UNIT_Y));
	} else if (str_eq(name, S("polyline")) ||
	    str_eq(name, S("polygon"))) {
		if (!polygon(&p, svg_attr(n, S("points")),
		    str_eq(name, S("polygon"))))
			return false;
	} else
		return false;
	*out = svg_pen_path(&p);
	return out->nops > 0;
}

/* ---- extent ----------------------------------------------------------- */

struct extent { fx x0, y0, x1, y1; bool any; };

static void
take(struct extent *e, fx x, fx y)
{
	if (!e->any)
		*e = (struct extent){ x, y, x, y, true };
	e->x0 = x < e->x0 ? x : e->x0;
	e->y0 = y < e->y0 ? y : e->y0;
	e->x1 = x > e->x1 ? x : e->x1;
	e->y1 = y > e->y1 ? y : e->y1;
}

static fx
curve_at(fx a, fx b, fx c, fx d, fx t)	/* t: 0..BOX_STEPS */
{
	fx u = BOX_STEPS - t;

	return (a * u * u * u + b * 3 * u * u * t + c * 3 * u * t * t +
	    d * t * t * t) / (BOX_STEPS * BOX_STEPS * BOX_STEPS);
}

bool
svg_box(const struct path *p, fx *x, fx *y, fx *w, fx *h)
{
	struct extent e = { .any = false };
	const fx *xy = p->xy;
	fx px = 0, py = 0;

	for (size_t i = 0; i < p->nops; i++) {
		if (p->ops[i] == PATH_CLOSE)
			continue;
		if (p->ops[i] == PATH_CURVE) {
			for (fx t = 1; t < BOX_STEPS; t++)
				take(&e, curve_at(px, xy[0], xy[2], xy[4], t),
				    curve_at(py, xy[1], xy[3], xy[5], t));
			xy += 4;
		}
		px = xy[0];
		py = xy[1];
		take(&e, px, py);
		xy += 2;
	}
	*x = e.x0;
	*y = e.y0;
	*w = e.x1 - e.x0;
	*h = e.y1 - e.y0;
	return e.any;
}
