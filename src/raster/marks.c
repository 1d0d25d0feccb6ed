/*
 * marks.c: the marks of a drawing, as the PDF has them: the same order, the
 * same clips, paints by the same rules.
 *
 * Dashes that nobody can see, or too many to count, become a solid line.
 */
#include "raster/raster_int.h"

#define DASH_LEAST	0.25	/* [px] of a pattern */
#define DASHES		100000	/* of one path */
#define FLAT		1e-12	/* determinant of what has no area */

struct sketch {
	struct brush *b;
	const cairo_matrix_t *base;	/* drawing to pixels */
	const struct clip *open;	/* that is set */
};

static bool
has_area(const cairo_matrix_t *m)
{
	double d = m->xx * m->yy - m->xy * m->yx;

	return d > FLAT || d < -FLAT;
}

/* ---- paints ----------------------------------------------------------- */

static double
part(fx v)
{
	return (double)v / FX_ONE;
}

static void
set_rgba(struct brush *b, uint32_t rgb, fx opacity)
{
	cairo_set_source_rgba(b->c, (rgb >> 16 & 255) / 255.0,
	    (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, part(opacity));
}

static void
add_stops(cairo_pattern_t *p, const struct gradient *g, fx opacity)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct stop *s = &g->stops[i];

		cairo_pattern_add_color_stop_rgba(p, part(s->at),
		    (s->rgb >> 16 & 255) / 255.0, (s->rgb >> 8 & 255) / 255.0,
		    (s->rgb & 255) / 255.0, part(fx_mul(s->opacity, opacity)));
	}
}

static void
set_gradient(struct brush *b, const struct paint *p, const cairo_matrix_t *m)
{
	const struct gradient *g = p->gradient;
	const struct stop *last = &g->stops[g->n - 1];
	cairo_matrix_t inner = brush_matrix(&g->m), way;
	cairo_pattern_t *x;

	way = brush_join(m, &inner);
	if (!has_area(&way)) {
		set_rgba(b, last->rgb, fx_mul(last->opacity, p->opacity));
		return;
	}
	if (g->radial)
		x = cairo_pattern_create_radial(part(g->x1), part(g->y1),
		    part(g->r1), part(g->x2), part(g->y2), part(g->r2));
	else
		x = cairo_pattern_create_linear(part(g->x1), part(g->y1),
		    part(g->x2), part(g->y2));
	cairo_pattern_set_extend(x, CAIRO_EXTEND_PAD);
	cairo_matrix_invert(&way);
	cairo_pattern_set_matrix(x, &way);
	add_stops(x, g, p->opacity);
	cairo_set_source(b->c, x);
	cairo_pattern_destroy(x);
}

/* How much more than a colour it costs. */
static int64_t
set_paint(struct brush *b, const struct paint *p, const cairo_matrix_t *m)
{
	if (p->kind == PAINT_GRADIENT) {
		set_gradient(b, p, m);
		return p->gradient->radial ? 8 : 2;
	}
	set_rgba(b, p->rgb, p->opacity);
	return 1;
}

/* ---- strokes ---------------------------------------------------------- */

static double
scale_of(const cairo_matrix_t *m)
{
	double v[] = { m->xx, m->xy, m->yx, m->yy }, most = 0;

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		double a = v[i] < 0 ? -v[i] : v[i];

		most = a > most ? a : most;
	}
	return most;
}

static void
set_dashes(struct brush *b, const struct stroke *k, double scale)
{
	double v[64], sum = 0;
	size_t n = k->ndashes;

	if (n == 0 || n > ARRAY_LEN(v))
		return;
	for (size_t i = 0; i < n; i++) {
		v[i] = part(k->dashes[i]);
		sum += v[i];
	}
	if (sum * scale < DASH_LEAST || b->length > DASHES * sum * scale ||
	    !brush_work(b, (int64_t)(b->length / (sum * scale)) *
	    WORK_POINT * (int64_t)n))
		return;
	cairo_set_dash(b->c, v, (int)n, part(k->dash_offset));
}

static void
set_line_style(struct brush *b, const struct stroke *k, double scale)
{
	static const cairo_line_cap_t caps[] = { CAIRO_LINE_CAP_BUTT,
		CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE };
	static const cairo_line_join_t joins[] = { CAIRO_LINE_JOIN_MITER,
		CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL };

	cairo_set_line_width(b->c, part(k->width));
	cairo_set_line_cap(b->c, caps[k->cap]);
	cairo_set_line_join(b->c, joins[k->join]);
	cairo_set_miter_limit(b->c, part(k->miter));
	set_dashes(b, k, scale);
}

/* The path at hand, with a pen that m has stretched. */
static void
stroke(struct brush *b, const struct stroke *k, const cairo_matrix_t *m)
{
	double scale = scale_of(m), wide = part(k->width) * scale;
	double most = b->w + b->h;
	int64_t times;

	wide = wide > most ? most : wide;
	if (!has_area(m) || wide <= 0 || !brush_work(b, (int64_t)wide *
	    b->points + (int64_t)(b->length > most * 64 ? most * 64 :
	    b->length) * (int64_t)wide / WORK_AREA))
		return;
	cairo_save(b->c);
	times = set_paint(b, &k->paint, m);
	cairo_set_matrix(b->c, m);
	set_line_style(b, k, scale);
	if (brush_work(b, (int64_t)most * times))
		cairo_stroke(b->c);
	cairo_restore(b->c);
}

/* ---- marks ------------------------------------------------------------ */

static void
set_clip(struct sketch *s, const struct clip *c)
{
	if (c == s->open)
		return;
	if (s->open != NULL)
		cairo_restore(s->b->c);
	if (c != NULL)
		cairo_save(s->b->c);
	s->open = c;
	for (; c != NULL && !s->b->failed; c = c->outer) {
		brush_path(s->b, &c->path, s->base);
		brush_clip(s->b, c->evenodd);
	}
}

static void
put_outline(struct sketch *s, const struct mark *k)
{
	cairo_matrix_t own = brush_matrix(&k->m);
	cairo_matrix_t m = brush_join(s->base, &own);

	if (k->fill.kind != PAINT_NONE) {
		int64_t times = set_paint(s->b, &k->fill, &m);

		brush_path(s->b, &k->path, &m);
		brush_fill(s->b, k->evenodd, times);
	}
	if (k->stroke.paint.kind != PAINT_NONE) {
		brush_path(s->b, &k->path, &m);
		if (!s->b->failed)
			stroke(s->b, &k->stroke, &m);
		brush_drop(s->b);
	}
}

static void
put_text(struct sketch *s, const struct drawn_run *r)
{
	cairo_matrix_t mark = brush_matrix(&r->mark->m);
	cairo_matrix_t plane = brush_matrix(&r->m), m;
	int64_t times;

	mark = brush_join(s->base, &mark);
	times = set_paint(s->b, &r->span->fill, &mark);
	m = brush_join(s->base, &plane);
	brush_run(s->b, &r->run, r->x, r->y, &m);
	brush_fill(s->b, false, times);
}

void
brush_drawing(struct brush *b, const struct drawn *d, const cairo_matrix_t *m)
{
	const struct drawing *g = d->image->drawing;
	struct sketch s = { .b = b, .base = m };
	size_t r = 0;

	for (size_t i = 0; i < g->n && !b->failed; i++) {
		set_clip(&s, g->marks[i].clip);
		if (g->marks[i].kind == MARK_PATH) {
			put_outline(&s, &g->marks[i]);
			continue;
		}
		for (; r < d->n && d->runs[r].mark == &g->marks[i]; r++)
			put_text(&s, &d->runs[r]);
	}
	set_clip(&s, NULL);
}
