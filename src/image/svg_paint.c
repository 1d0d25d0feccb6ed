/*
 * svg_paint.c: colours and gradients of an element's fill and stroke. A
 * gradient takes what it does not say from the one that its href names.
 */
#include "image/svg_int.h"

#define CHAIN_MAX	16	/* of hrefs */
#define STOPS_MAX	256

/* The attribute of a gradient, or of the one that it is like. */
struct chain { const struct svg_node *v[CHAIN_MAX]; size_t n; };

static str
attr_of(const struct chain *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++) {
		str v = svg_attr(c->v[i], str_c(name));

		if (v.n > 0)
			return v;
	}
	return S("");
}

static void
follow(struct svg *s, const struct svg_node *n, struct chain *c)
{
	while (n != NULL && c->n < CHAIN_MAX) {
		c->v[c->n++] = n;
		if (svg_attr(n, S("href")).n == 0 &&
		    svg_attr(n, S("xlink:href")).n == 0)
			return;
		n = svg_href(s, n);
	}
}

static struct stop
stop_of(struct svg *s, const struct svg_node *n, struct svg_place at)
{
	struct stop out = { .opacity = FX_ONE };
	str v = svg_attr(n, S("offset"));

	svg_style_of(s, n, &at);
	if (svg_number(&v, &out.at) && str_eq(str_trim(v), S("%")))
		out.at /= 100;
	out.at = out.at < 0 ? 0 : out.at > FX_ONE ? FX_ONE : out.at;
	out.rgb = at.style.stop.kind == FILL_CURRENT ? at.style.color :
	    at.style.stop.rgb;
	out.opacity = fx_mul(at.style.stop_opacity, at.style.stop.alpha);
	return out;
}

static size_t
stops_of(struct svg *s, const struct chain *c, const struct svg_place *at,
    struct stop **out)
{
	const struct svg_node *n = NULL;
	size_t k = 0, room = 0;

	for (size_t i = 0; n == NULL && i < c->n; i++)
		for (n = c->v[i]->child; n != NULL; n = n->next)
			if (str_eq(n->name, S("stop")))
				break;
	for (const struct svg_node *i = n; i != NULL && room < STOPS_MAX;
	    i = i->next)
		room += str_eq(i->name, S("stop"));
	*out = ARENA_NEW(s->arena, struct stop, room + 1);
	for (; n != NULL && k < room; n = n->next) {
		if (!str_eq(n->name, S("stop")) || !svg_work(s, 1))
			continue;
		(*out)[k] = stop_of(s, n, *at);
		if (k > 0 && (*out)[k].at < (*out)[k - 1].at)
			(*out)[k].at = (*out)[k - 1].at;
		k++;
	}
	return k;
}

/* A coordinate: a part of 1 where `box`, else a length. */
static fx
coordinate(const struct chain *c, const char *name, bool box,
    const struct svg_place *at, enum svg_unit unit, int percent)
{
	struct svg_place in = *at;
	fx out;
	str v = attr_of(c, name);

	if (box)
		in.vw = in.vh = FX_ONE;
	if (v.n == 0 || !svg_length(&in, v, box ? UNIT_X : unit, &out))
		out = (unit == UNIT_X ? in.vw : unit == UNIT_Y ? in.vh :
		    box ? FX_ONE : fx_div(fx_norm(in.vw, in.vh), 23726566)) *
		    percent / 100;
	return out;
}

/* A focus outside its circle is drawn in, as SVG asks. */
static void
hold_focus(struct gradient *g)
{
	fx dx = g->x1 - g->x2, dy = g->y1 - g->y2, far = fx_norm(dx, dy);

	if (far < g->r2 || far == 0)
		return;
	g->x1 = g->x2 + fx_mul(fx_div(dx, far), g->r2 / 100 * 99);
	g->y1 = g->y2 + fx_mul(fx_div(dy, far), g->r2 / 100 * 99);
}

static void
geometry(const struct chain *c, bool box, const struct svg_place *at,
    struct gradient *g)
{
	g->radial = str_eq(c->v[0]->name, S("radialGradient"));
	if (!g->radial) {
		g->x1 = coordinate(c, "x1", box, at, UNIT_X, 0);
		g->y1 = coordinate(c, "y1", box, at, UNIT_Y, 0);
		g->x2 = coordinate(c, "x2", box, at, UNIT_X, 100);
		g->y2 = coordinate(c, "y2", box, at, UNIT_Y, 0);
		return;
	}
	g->x2 = g->x1 = coordinate(c, "cx", box, at, UNIT_X, 50);
	g->y2 = g->y1 = coordinate(c, "cy", box, at, UNIT_Y, 50);
	g->r2 = coordinate(c, "r", box, at, UNIT_BOTH, 50);
	if (attr_of(c, "fx").n > 0)
		g->x1 = coordinate(c, "fx", box, at, UNIT_X, 50);
	if (attr_of(c, "fy").n > 0)
		g->y1 = coordinate(c, "fy", box, at, UNIT_Y, 50);
	if (attr_of(c, "fr").n > 0)
		g->r1 = coordinate(c, "fr", box, at, UNIT_BOTH, 0);
	hold_focus(g);
}

/* From the gradient's plane to the element's. */
static bool
gradient_matrix(struct svg *s, const struct chain *c, bool box,
    const struct path *of, struct gradient *g)
{
	struct matrix own, to_box = svg_identity;
	fx x, y, w, h;

	if (box) {
		if (of == NULL || !svg_box(of, &x, &y, &w, &h) || w == 0 ||
		    h == 0)
			return false;
		to_box = (struct matrix){ w, 0, 0, h, x, y };
	}
	if (!svg_transform(attr_of(c, "gradientTransform"), &own))
		svg_say(s, c->v[0], DIAG_IMAGE_SVG_VALUE,
		    S("gradientTransform"));
	g->m = matrix_join(&to_box, &own);
	return true;
}

/* One colour in a gradient's stead: the mean of its stops. */
static struct paint
mean_of(const struct stop *v, size_t n, fx opacity)
{
	struct paint p = { .kind = n == 0 ? PAINT_NONE : PAINT_RGB };
	uint32_t sum[3] = { 0, 0, 0 };
	fx alpha = 0;

	for (size_t i = 0; i < n; i++) {
		for (unsigned k = 0; k < 3; k++)
			sum[k] += v[i].rgb >> (16 - 8 * k) & 255;
		alpha += v[i].opacity;
	}
	if (n == 0)
		return p;
	for (unsigned k = 0; k < 3; k++)
		p.rgb = p.rgb << 8 | sum[k] / (uint32_t)n;
	p.opacity = fx_mul(opacity, alpha / (fx)n);
	return p;
}

static struct paint
gradient_paint(struct svg *s, const struct svg_node *n,
    const struct svg_place *at, fx opacity, const struct path *of)
{
	struct gradient *g = ARENA_NEW(s->arena, struct gradient, 1);
	struct chain c = { .n = 0 };
	struct stop *stops;
	bool box;

	follow(s, n, &c);
	g->n = stops_of(s, &c, at, &stops);
	g->stops = stops;
	box = !str_eq(attr_of(&c, "gradientUnits"), S("userSpaceOnUse"));
	geometry(&c, box, at, g);
	if (g->n < 2)
		return mean_of(stops, g->n, opacity);
	if (!gradient_matrix(s, &c, box, of, g) ||
	    matrix_scale(&g->m) == 0)
		return mean_of(stops, g->n, opacity);
	if (g->radial ? g->r2 <= 0 : g->x1 == g->x2 && g->y1 == g->y2)
		return mean_of(stops + g->n - 1, 1, opacity);
	if (attr_of(&c, "spreadMethod").n > 0 &&
	    !str_eq(attr_of(&c, "spreadMethod"), S("pad")))
		svg_say(s, n, DIAG_IMAGE_SVG_VALUE, S("spreadMethod"));
	return (struct paint){ PAINT_GRADIENT, stops[0].rgb, g, opacity };
}

struct paint
svg_paint(struct svg *s, const struct svg_node *n, const struct svg_place *at,
    const struct svg_paint *p, fx opacity, const struct path *of)
{
	struct paint out = { .kind = PAINT_RGB, .rgb = p->rgb };
	const struct svg_node *g;

	out.opacity = fx_mul(fx_mul(opacity, p->alpha), at->opacity);
	if (p->kind == FILL_NONE || out.opacity == 0) {
		out.kind = PAINT_NONE;
		return out;
	}
	if (p->kind == FILL_CURRENT)
		out.rgb = at->style.color;
	if (p->kind != FILL_URL)
		return out;
	g = p->url.n == 0 ? NULL : map_find(s->ids, p->url);
	if (g != NULL && (str_eq(g->name, S("linearGradient")) ||
	    str_eq(g->name, S("radialGradient"))))
		return gradient_paint(s, g, at, fx_mul(opacity, at->opacity),
		    of);
	if (g != NULL)
		svg_say(s, n, DIAG_IMAGE_SVG_EFFECT, g->name);
	else
		svg_say(s, n, DIAG_IMAGE_SVG_REFERENCE, p->url);
	if (!p->spare)
		out.kind = PAINT_NONE;
	return out;
}

struct stroke
svg_stroke(struct svg *s, const struct svg_node *n,
    const struct svg_place *at, const struct path *of)
{
	const struct svg_style *st = &at->style;
	struct stroke out = { .width = st->width, .miter = st->miter,
	    .cap = st->cap, .join = st->join, .dashes = st->dashes,
	    .ndashes = st->ndashes, .dash_offset = st->dash_offset };

	if (out.width <= 0)
		return out;
	if (out.miter < FX_ONE)
		out.miter = FX_ONE;
	out.paint = svg_paint(s, n, at, &st->stroke, st->stroke_opacity, of);
	return out;
}
