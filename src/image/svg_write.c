/*
 * svg_write.c: a drawing as an SVG file of ours, for EPUB: paths, text,
 * gradients and clips in the plainest form, on a white ground (readers turn
 * pages black at night). Nothing of the source's text is copied but the
 * characters of its text elements.
 */
#include "image/svg_int.h"

#define PLACES	3	/* decimals of coordinates */
#define FINE	6	/* of matrices and parts */

struct writer {
	struct buf *b;
	struct map *clips;	/* pointer -> number */
	struct arena *a;
	const struct clip *open;	/* of the group at hand */
	size_t	 nclips, ngradients;
};

static void
attr(struct writer *w, const char *name, fx v, unsigned places)
{
	buf_printf(w->b, " %s=\"", name);
	fx_print(w->b, v, places);
	buf_char(w->b, '"');
}

static void
matrix(struct writer *w, const char *name, const struct matrix *m)
{
	const fx v[] = { m->a, m->b, m->c, m->d, m->e, m->f };

	if (memcmp(m, &svg_identity, sizeof *m) == 0)
		return;
	buf_printf(w->b, " %s=\"matrix(", name);
	for (size_t i = 0; i < 6; i++) {
		if (i > 0)
			buf_char(w->b, ' ');
		fx_print(w->b, v[i], FINE);
	}
	buf_z(w->b, ")\"");
}

static void
path(struct writer *w, const struct path *p)
{
	static const char letters[] = { 'M', 'L', 'C', 'Z' };
	static const size_t points[] = { 1, 1, 3, 0 };
	const fx *xy = p->xy;

	buf_z(w->b, " d=\"");
	for (size_t i = 0; i < p->nops; i++) {
		size_t n = points[p->ops[i]] * 2;

		buf_char(w->b, letters[p->ops[i]]);
		for (size_t k = 0; k < n; k++) {
			if (k > 0)
				buf_char(w->b, ' ');
			fx_print(w->b, *xy++, PLACES);
		}
	}
	buf_char(w->b, '"');
}

static void
stops(struct writer *w, const struct gradient *g)
{
	for (size_t i = 0; i < g->n; i++) {
		buf_z(w->b, "<stop");
		attr(w, "offset", g->stops[i].at, FINE);
		buf_printf(w->b, " stop-color=\"#%06x\"", g->stops[i].rgb);
		if (g->stops[i].opacity < FX_ONE)
			attr(w, "stop-opacity", g->stops[i].opacity, FINE);
		buf_z(w->b, "/>");
	}
}

/* Its number; written where it stands first. */
static size_t
gradient(struct writer *w, const struct gradient *g)
{
	const char *kind = g->radial ? "radialGradient" : "linearGradient";

	buf_printf(w->b, "<%s id=\"g%zu\" gradientUnits=\"userSpaceOnUse\"",
	    kind, ++w->ngradients);
	matrix(w, "gradientTransform", &g->m);
	if (g->radial) {
		attr(w, "cx", g->x2, FINE);
		attr(w, "cy", g->y2, FINE);
		attr(w, "r", g->r2, FINE);
		attr(w, "fx", g->x1, FINE);
		attr(w, "fy", g->y1, FINE);
	} else {
		attr(w, "x1", g->x1, FINE);
		attr(w, "y1", g->y1, FINE);
		attr(w, "x2", g->x2, FINE);
		attr(w, "y2", g->y2, FINE);
	}
	buf_char(w->b, '>');
	stops(w, g);
	buf_printf(w->b, "</%s>\n", kind);
	return w->ngradients;
}

static size_t
gradient_of(struct writer *w, const struct paint *p)
{
	return p->kind == PAINT_GRADIENT ? gradient(w, p->gradient) : 0;
}

static void
paint(struct writer *w, const char *name, const struct paint *p, size_t grad)
{
	if (p->kind == PAINT_NONE)
		buf_printf(w->b, " %s=\"none\"", name);
	else if (p->kind == PAINT_GRADIENT)
		buf_printf(w->b, " %s=\"url(#g%zu)\"", name, grad);
	else
		buf_printf(w->b, " %s=\"#%06x\"", name, p->rgb);
	if (p->kind != PAINT_NONE && p->opacity < FX_ONE) {
		buf_printf(w->b, " %s-opacity=\"", name);
		fx_print(w->b, p->opacity, FINE);
		buf_char(w->b, '"');
	}
}

static void
stroke(struct writer *w, const struct stroke *s, size_t grad)
{
	static const char *const caps[] = { "butt", "round", "square" };
	static const char *const joins[] = { "miter", "round", "bevel" };

	if (s->paint.kind == PAINT_NONE)
		return;
	paint(w, "stroke", &s->paint, grad);
	attr(w, "stroke-width", s->width, FINE);
	if (s->cap != CAP_BUTT)
		buf_printf(w->b, " stroke-linecap=\"%s\"", caps[s->cap]);
	if (s->join != JOIN_MITER)
		buf_printf(w->b, " stroke-linejoin=\"%s\"", joins[s->join]);
	else if (s->miter != 4 * FX_ONE)
		attr(w, "stroke-miterlimit", s->miter, PLACES);
	if (s->ndashes == 0)
		return;
	buf_z(w->b, " stroke-dasharray=\"");
	for (size_t i = 0; i < s->ndashes; i++) {
		if (i > 0)
			buf_char(w->b, ' ');
		fx_print(w->b, s->dashes[i], FINE);
	}
	buf_char(w->b, '"');
	if (s->dash_offset != 0)
		attr(w, "stroke-dashoffset", s->dash_offset, FINE);
}

/* ---- clips ------------------------------------------------------------ */

static size_t
clip_number(const struct writer *w, const struct clip *c)
{
	str key = { (const char *)&c, sizeof c };

	return (size_t)(uintptr_t)map_find(w->clips, key);
}

/* Writes those of the chain that were not yet, outermost first. */
static void
clips(struct writer *w, const struct clip *c)
{
	const struct clip *next, **key;

	while (clip_number(w, c) == 0) {
		for (next = c; next->outer != NULL &&
		    clip_number(w, next->outer) == 0; )
			next = next->outer;
		key = ARENA_NEW(w->a, const struct clip *, 1);
		*key = next;
		map_put(w->clips, (str){ (const char *)key, sizeof *key },
		    (void *)(uintptr_t)++w->nclips);
		buf_printf(w->b, "<clipPath id=\"c%zu\"", w->nclips);
		if (next->outer != NULL)
			buf_printf(w->b, " clip-path=\"url(#c%zu)\"",
			    clip_number(w, next->outer));
		buf_z(w->b, "><path");
		if (next->evenodd)
			buf_z(w->b, " clip-rule=\"evenodd\"");
		path(w, &next->path);
		buf_z(w->b, "/></clipPath>\n");
	}
}

/* The marks to come are clipped by c: one group for all that follow. */
static void
clip_group(struct writer *w, const struct clip *c)
{
	if (c == w->open)
		return;
	if (w->open != NULL)
		buf_z(w->b, "</g>\n");
	w->open = c;
	if (c == NULL)
		return;
	clips(w, c);
	buf_printf(w->b, "<g clip-path=\"url(#c%zu)\">\n",
	    clip_number(w, c));
}

/* ---- text ------------------------------------------------------------- */

/* Characters that XML may hold, escaped. */
static void
chars(struct buf *b, str s)
{
	for (size_t i = 0, from; i < s.n; ) {
		uint32_t cp;

		from = i;
		cp = utf8_next(s, &i);
		if (cp == '<')
			buf_z(b, "&lt;");
		else if (cp == '&')
			buf_z(b, "&amp;");
		else if (cp == '>')
			buf_z(b, "&gt;");
		else if (cp >= ' ' && cp != 0xfffe && cp != 0xffff)
			buf_str(b, str_cut(s, from, i));
	}
}

static void
span_of(struct writer *w, const struct mark_span *s, size_t grad)
{
	static const char *const families[] = { "sans-serif", "serif",
	    "monospace" };

	buf_z(w->b, "<tspan");
	if (s->dx != 0)
		attr(w, "dx", s->dx, PLACES);
	if (s->dy != 0)
		attr(w, "dy", s->dy, PLACES);
	buf_printf(w->b, " font-family=\"%s\"", families[s->family]);
	attr(w, "font-size", s->size, PLACES);
	if (s->bold)
		buf_z(w->b, " font-weight=\"bold\"");
	if (s->italic)
		buf_z(w->b, " font-style=\"italic\"");
	paint(w, "fill", &s->fill, grad);
	buf_char(w->b, '>');
	chars(w->b, s->text);
	buf_z(w->b, "</tspan>");
}

static void
text(struct writer *w, const struct mark *k)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	size_t *grad = ARENA_NEW(w->a, size_t, k->nspans + 1);

	for (size_t i = 0; i < k->nspans; i++)
		grad[i] = gradient_of(w, &k->spans[i].fill);
	buf_z(w->b, "<text xml:space=\"preserve\"");
	matrix(w, "transform", &k->m);
	attr(w, "x", k->x, PLACES);
	attr(w, "y", k->y, PLACES);
	if (k->anchor != MARK_START)
		buf_printf(w->b, " text-anchor=\"%s\"", anchors[k->anchor]);
	buf_char(w->b, '>');
	for (size_t i = 0; i < k->nspans; i++)
		span_of(w, &k->spans[i], grad[i]);
	buf_z(w->b, "</text>\n");
}

static void
outline(struct writer *w, const struct mark *k)
{
	size_t fill = gradient_of(w, &k->fill);
	size_t line = gradient_of(w, &k->stroke.paint);

	buf_z(w->b, "<path");
	matrix(w, "transform", &k->m);
	paint(w, "fill", &k->fill, fill);
	if (k->evenodd)
		buf_z(w->b, " fill-rule=\"evenodd\"");
	stroke(w, &k->stroke, line);
	path(w, &k->path);
	buf_z(w->b, "/>\n");
}

void
svg_write(struct buf *b, const struct drawing *d, struct arena *scratch)
{
	struct writer w = { .b = b, .clips = map_new(scratch), .a = scratch };

	buf_z(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"");
	attr(&w, "width", d->w, PLACES);
	attr(&w, "height", d->h, PLACES);
	buf_z(b, " viewBox=\"0 0 ");
	fx_print(b, d->w, PLACES);
	buf_char(b, ' ');
	fx_print(b, d->h, PLACES);
	buf_z(b, "\">\n<rect width=\"100%\" height=\"100%\""
	    " fill=\"#ffffff\"/>\n");
	for (size_t i = 0; i < d->n; i++) {
		const struct mark *k = &d->marks[i];

		clip_group(&w, k->clip);
		if (k->kind == MARK_TEXT)
			text(&w, k);
		else
			outline(&w, k);
	}
	clip_group(&w, NULL);
	buf_z(b, "</svg>\n");
}
