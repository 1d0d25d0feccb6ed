/*
 * brush.c: paths in pixels, and what they cost. cairo's coordinates have 24
 * bits before the point, so what lies far outside is moved nearer.
 */
#include "raster/raster_int.h"

#define FAR	131072.0	/* [px] */

bool
brush_work(struct brush *b, int64_t n)
{
	b->work -= n;
	if (b->work < 0)
		b->failed = true;
	return !b->failed;
}

cairo_matrix_t
brush_matrix(const struct matrix *m)
{
	cairo_matrix_t x;

	cairo_matrix_init(&x, (double)m->a / FX_ONE, (double)m->b / FX_ONE,
	    (double)m->c / FX_ONE, (double)m->d / FX_ONE,
	    (double)m->e / FX_ONE, (double)m->f / FX_ONE);
	return x;
}

cairo_matrix_t
brush_join(const cairo_matrix_t *outer, const cairo_matrix_t *inner)
{
	cairo_matrix_t x;

	cairo_matrix_multiply(&x, inner, outer);
	return x;
}

/* ---- the path at hand ------------------------------------------------- */

static double
near(double v)
{
	return v < -FAR ? -FAR : v > FAR ? FAR : v;
}

static void
apply(const cairo_matrix_t *m, double *x, double *y)
{
	double a = m->xx * *x + m->xy * *y + m->x0;
	double d = m->yx * *x + m->yy * *y + m->y0;

	*x = near(a);
	*y = near(d);
}

static void
grow_box(struct brush *b, double x, double y)
{
	if (b->points++ == 0) {
		b->left = b->right = x;
		b->top = b->bottom = y;
		return;
	}
	b->left = x < b->left ? x : b->left;
	b->right = x > b->right ? x : b->right;
	b->top = y < b->top ? y : b->top;
	b->bottom = y > b->bottom ? y : b->bottom;
}

/* How much of a..b lies in 0..most. */
static double
visible(double a, double b, double most)
{
	double lo = a < b ? a : b, hi = a < b ? b : a;

	lo = lo < 0 ? 0 : lo;
	hi = hi > most ? most : hi;
	return hi > lo ? hi - lo : 0;
}

static void
go(struct brush *b, double x, double y)
{
	double dx = x - b->x, dy = y - b->y;

	b->length += (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
	brush_work(b, WORK_POINT + (int64_t)(visible(b->y, y, b->h) +
	    visible(b->x, x, b->w) / WORK_POINT));
	grow_box(b, x, y);
	b->x = x;
	b->y = y;
}

void
brush_move(struct brush *b, const cairo_matrix_t *m, double x, double y)
{
	apply(m, &x, &y);
	b->x = b->x0 = x;
	b->y = b->y0 = y;
	go(b, x, y);
	if (!b->failed)
		cairo_move_to(b->c, x, y);
}

void
brush_line(struct brush *b, const cairo_matrix_t *m, double x, double y)
{
	apply(m, &x, &y);
	go(b, x, y);
	if (!b->failed)
		cairo_line_to(b->c, x, y);
}

void
brush_curve(struct brush *b, const cairo_matrix_t *m, const double xy[6])
{
	double v[6];

	memcpy(v, xy, sizeof v);
	for (size_t i = 0; i < 6; i += 2) {
		apply(m, &v[i], &v[i + 1]);
		go(b, v[i], v[i + 1]);
	}
	if (!b->failed)
		cairo_curve_to(b->c, v[0], v[1], v[2], v[3], v[4], v[5]);
}

void
brush_close(struct brush *b)
{
	go(b, b->x0, b->y0);
	if (!b->failed)
		cairo_close_path(b->c);
}

void
brush_path(struct brush *b, const struct path *p, const cairo_matrix_t *m)
{
	const fx *at = p->xy;
	double v[6];

	for (size_t i = 0; i < p->nops && !b->failed; i++) {
		size_t n = p->ops[i] == PATH_CLOSE ? 0 :
		    p->ops[i] == PATH_CURVE ? 6 : 2;

		for (size_t k = 0; k < n; k++)
			v[k] = (double)*at++ / FX_ONE;
		if (p->ops[i] == PATH_MOVE)
			brush_move(b, m, v[0], v[1]);
		else if (p->ops[i] == PATH_LINE)
			brush_line(b, m, v[0], v[1]);
		else if (p->ops[i] == PATH_CURVE)
			brush_curve(b, m, v);
		else
			brush_close(b);
	}
}

void
brush_drop(struct brush *b)
{
	cairo_new_path(b->c);
	b->x = b->y = b->x0 = b->y0 = b->length = 0;
	b->left = b->top = b->right = b->bottom = 0;
	b->points = 0;
}

static int64_t
area(const struct brush *b)
{
	return (int64_t)(visible(b->left, b->right, b->w) *
	    visible(b->top, b->bottom, b->h)) / WORK_AREA;
}

void
brush_fill(struct brush *b, bool evenodd, int64_t times)
{
	if (b->points > 0 && brush_work(b, area(b) * times)) {
		cairo_set_fill_rule(b->c, evenodd ? CAIRO_FILL_RULE_EVEN_ODD :
		    CAIRO_FILL_RULE_WINDING);
		cairo_fill(b->c);
	}
	brush_drop(b);
}

/* No path at all: nothing shows. */
void
brush_clip(struct brush *b, bool evenodd)
{
	if (brush_work(b, area(b) * 4)) {
		cairo_set_fill_rule(b->c, evenodd ? CAIRO_FILL_RULE_EVEN_ODD :
		    CAIRO_FILL_RULE_WINDING);
		cairo_clip(b->c);
	}
	brush_drop(b);
}

/* ---- letters ---------------------------------------------------------- */

/* m leads from 1/SHAPE_UNIT of font units, y upwards, to pixels. */
static void
put_outline(struct brush *b, const cairo_matrix_t *m)
{
	const int32_t *at = (const int32_t *)(void *)b->shape.xy.p;
	double v[6];

	for (size_t i = 0; i < b->shape.ops.n && !b->failed; i++) {
		int op = b->shape.ops.p[i];
		size_t n = op == SHAPE_CLOSE ? 0 : op == SHAPE_CURVE ? 6 :
		    2;

		for (size_t k = 0; k < n; k++)
			v[k] = *at++;
		if (op == SHAPE_MOVE)
			brush_move(b, m, v[0], v[1]);
		else if (op == SHAPE_LINE)
			brush_line(b, m, v[0], v[1]);
		else if (op == SHAPE_CURVE)
			brush_curve(b, m, v);
		else
			brush_close(b);
	}
}

void
brush_run(struct brush *b, const struct run *r, sp x, sp y,
    const cairo_matrix_t *m)
{
	double k = (double)r->size / SP_PT / r->face->upem / SHAPE_UNIT;
	cairo_matrix_t g;

	for (size_t i = 0; i < r->n && !b->failed; i++) {
		const struct glyph *q = &r->g[i];

		cairo_matrix_init(&g, k * (1000 + r->scale) / 1000, 0, 0, -k,
		    (double)(x + q->dx) / SP_PT, (double)(y - q->dy) / SP_PT);
		g = brush_join(m, &g);
		if (!face_shape(&b->shape, r->face, q->gid))
			b->failed = true;
		put_outline(b, &g);
		x += q->adv;
		if (run_space(r->text, q->cluster))
			x += r->word_space;
	}
}
