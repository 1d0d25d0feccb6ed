/*
 * svg.c: an SVG file as a drawing: the walk over its elements. What is not
 * drawn is told once for each kind, at its place in the file; definitions
 * that nothing uses are no one's loss and pass in silence.
 */
#include "image/svg_int.h"

#define HEAD_MAX	4096	/* bytes in which <svg must stand */
#define DEFAULT_W	300	/* px, of an SVG that gives no size */
#define DEFAULT_H	150
#define MARK_COST	8	/* of work: it takes some hundred bytes */
#define SAID_MAX	50	/* diagnostics of one file */

static void draw(struct svg *s, const struct svg_node *n,
    const struct svg_place *outer);

void
svg_say(struct svg *s, const struct svg_node *n, enum diag_id id, str what)
{
	str key;

	if (s->nsaid >= SAID_MAX || !svg_work(s, 1))
		return;
	key = arena_printf(s->arena, "%d %.*s", (int)id, STR_ARG(what));
	if (map_find(s->said, key) != NULL)
		return;
	map_put(s->said, key, s);
	s->nsaid++;
	diag_add_place(s->diag, id, (struct srcplace){ s->path, n->line,
	    n->column }, "%.*s", STR_ARG(what));
}

bool
svg_work(struct svg *s, size_t n)
{
	s->work += n;
	if (!s->failed && s->work > s->limits->svg_work) {
		s->failed = true;
		image_fault_set(s->fault, DIAG_IMAGE_LIMIT,
		    "SVG has too much to draw");
	}
	return !s->failed;
}

void
svg_put(struct svg *s, const struct mark *m)
{
	size_t cost = MARK_COST, n = s->marks.n;

	/* A clip is written once for all marks in a row that it clips. */
	if (n == 0 || s->marks.v[n - 1].clip != m->clip)
		for (const struct clip *c = m->clip; c != NULL; c = c->outer)
			cost += c->path.nops;
	if (svg_work(s, cost))
		VEC_PUSH(s->arena, &s->marks, *m);
}

const struct svg_node *
svg_href(struct svg *s, const struct svg_node *n)
{
	str href = svg_attr(n, S("href")), left, id;
	const struct svg_node *to;

	if (href.n == 0)
		href = svg_attr(n, S("xlink:href"));
	left = href;
	id = svg_url(&left);
	to = id.n == 0 ? NULL : map_find(s->ids, id);
	if (to == NULL)
		svg_say(s, n, DIAG_IMAGE_SVG_REFERENCE, href.n > 0 ? href :
		    n->name);
	return to;
}

/* ---- elements --------------------------------------------------------- */

static void
children(struct svg *s, const struct svg_node *n, const struct svg_place *at)
{
	for (const struct svg_node *k = n->child; k != NULL && !s->failed;
	    k = k->next)
		if (k->name.n > 0)
			draw(s, k, at);
}

/* The first that we can draw. */
static void
choice(struct svg *s, const struct svg_node *n, const struct svg_place *at)
{
	for (const struct svg_node *k = n->child; k != NULL; k = k->next)
		if (k->name.n > 0 && !str_eq(k->name, S("foreignObject")) &&
		    svg_attr(k, S("requiredExtensions")).n == 0) {
			draw(s, k, at);
			return;
		}
}

/* A viewport within the drawing: nested svg, or symbol by its use. */
static void
viewport(struct svg *s, const struct svg_node *n, const struct svg_node *size,
    struct svg_place *at)
{
	fx x = 0, y = 0, w = at->vw, h = at->vh;
	struct matrix m = svg_identity;

	if (size == n) {
		svg_length(at, svg_attr(n, S("x")), UNIT_X, &x);
		svg_length(at, svg_attr(n, S("y")), UNIT_Y, &y);
	}
	svg_length(at, svg_attr(size, S("width")), UNIT_X, &w);
	svg_length(at, svg_attr(size, S("height")), UNIT_Y, &h);
	if (w <= 0 || h <= 0)
		return;
	m.e = x;
	m.f = y;
	at->m = matrix_join(&at->m, &m);
	if (!str_eq(svg_attr(n, S("overflow")), S("visible")))
		svg_clip_rect(s, at, 0, 0, w, h);
	m = svg_view(n, w, h, at);
	at->m = matrix_join(&at->m, &m);
	children(s, n, at);
}

static void
use(struct svg *s, const struct svg_node *n, struct svg_place *at)
{
	const struct svg_node *to = svg_href(s, n);
	struct svg_use here = { n, at->uses };
	struct matrix m = svg_identity;

	for (const struct svg_use *u = at->uses; u != NULL; u = u->outer)
		if (u->node == n) {
			svg_say(s, n, DIAG_IMAGE_SVG_REFERENCE,
			    S("use of itself"));
			return;
		}
	if (to == NULL)
		return;
	svg_length(at, svg_attr(n, S("x")), UNIT_X, &m.e);
	svg_length(at, svg_attr(n, S("y")), UNIT_Y, &m.f);
	at->m = matrix_join(&at->m, &m);
	at->uses = &here;
	if (str_eq(to->name, S("symbol"))) {
		svg_style_of(s, to, at);
		viewport(s, to, n, at);
	} else
		draw(s, to, at);
}

static void
shape(struct svg *s, const struct svg_node *n, struct svg_place *at)
{
	struct mark k = { .kind = MARK_PATH };

	if (!svg_outline(s, n, at, &k.path) || at->style.hidden)
		return;
	svg_clip_by(s, n, at, &k.path);
	k.m = at->m;
	k.clip = at->clip;
	k.evenodd = at->style.evenodd;
	k.fill = svg_paint(s, n, at, &at->style.fill, at->style.fill_opacity,
	    &k.path);
	k.stroke = svg_stroke(s, n, at, &k.path);
	if (k.fill.kind != PAINT_NONE || k.stroke.paint.kind != PAINT_NONE)
		svg_put(s, &k);
}

/* ---- the walk --------------------------------------------------------- */

enum kind {
	K_GROUP, K_SHAPE, K_TEXT, K_USE, K_SVG, K_SWITCH, K_STYLE, K_SILENT,
	K_FOREIGN, K_MOTION, K_SCRIPT
};

static const struct { const char *name; enum kind kind; } kinds[] = {
	{ "path", K_SHAPE }, { "g", K_GROUP }, { "rect", K_SHAPE },
	{ "text", K_TEXT }, { "line", K_SHAPE }, { "circle", K_SHAPE },
	{ "ellipse", K_SHAPE }, { "polygon", K_SHAPE },
	{ "polyline", K_SHAPE }, { "use", K_USE }, { "a", K_GROUP },
	{ "svg", K_SVG }, { "switch", K_SWITCH }, { "style", K_STYLE },
	{ "defs", K_SILENT }, { "title", K_SILENT }, { "desc", K_SILENT },
	{ "metadata", K_SILENT }, { "symbol", K_SILENT },
	{ "linearGradient", K_SILENT }, { "radialGradient", K_SILENT },
	{ "clipPath", K_SILENT }, { "mask", K_SILENT },
	{ "pattern", K_SILENT }, { "filter", K_SILENT },
	{ "marker", K_SILENT }, { "view", K_SILENT }, { "cursor", K_SILENT },
	{ "font", K_SILENT }, { "font-face", K_SILENT },
	{ "color-profile", K_SILENT }, { "animate", K_MOTION },
	{ "animateTransform", K_MOTION }, { "animateMotion", K_MOTION },
	{ "animateColor", K_MOTION }, { "set", K_MOTION },
	{ "script", K_SCRIPT },
};

/* Elements of other vocabularies are some program's notes to itself. */
static enum kind
kind_of(str name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(name, str_c(kinds[i].name)))
			return kinds[i].kind;
	return str_find_char(name, ':') != SIZE_MAX ? K_SILENT : K_FOREIGN;
}

static void
draw_as(struct svg *s, const struct svg_node *n, enum kind kind,
    struct svg_place *at)
{
	switch (kind) {
	case K_GROUP:
		svg_clip_by(s, n, at, NULL);
		children(s, n, at);
		break;
	case K_SWITCH:
		svg_clip_by(s, n, at, NULL);
		choice(s, n, at);
		break;
	case K_SHAPE:
		shape(s, n, at);
		break;
	case K_TEXT:
		svg_clip_by(s, n, at, NULL);
		svg_text(s, n, at);
		break;
	case K_USE:
		svg_clip_by(s, n, at, NULL);
		use(s, n, at);
		break;
	case K_SVG:
		viewport(s, n, n, at);
		break;
	default:
		break;
	}
}

/* false: nothing of it is drawn. */
static bool
drawn(struct svg *s, const struct svg_node *n, enum kind kind)
{
	switch (kind) {
	case K_MOTION:
		svg_say(s, n, DIAG_IMAGE_SVG_MOTION, n->name);
		return false;
	case K_SCRIPT:
		svg_say(s, n, DIAG_IMAGE_SVG_SCRIPT, n->name);
		return false;
	case K_FOREIGN:
		svg_say(s, n, DIAG_IMAGE_SVG_FOREIGN, n->name);
		return false;
	case K_SILENT:
	case K_STYLE:
		return false;
	default:
		return true;
	}
}

static void
draw(struct svg *s, const struct svg_node *n, const struct svg_place *outer)
{
	enum kind kind = kind_of(n->name);
	struct svg_place at = *outer;
	struct matrix m;

	if (!svg_work(s, 1) || !drawn(s, n, kind))
		return;
	if (++at.depth > s->limits->svg_depth) {
		s->failed = true;
		image_fault_set(s->fault, DIAG_IMAGE_LIMIT,
		    "SVG is nested too deeply");
		return;
	}
	svg_style_of(s, n, &at);
	if (at.style.none)
		return;
	for (size_t i = 0; i < n->nattrs; i++)
		if (str_starts(n->attrs[i].name, S("on")))
			svg_say(s, n, DIAG_IMAGE_SVG_SCRIPT,
			    n->attrs[i].name);
	if (!svg_transform(svg_attr(n, S("transform")), &m))
		svg_say(s, n, DIAG_IMAGE_SVG_VALUE, S("transform"));
	at.m = matrix_join(&at.m, &m);
	at.opacity = fx_mul(at.opacity, at.style.opacity);
	draw_as(s, n, kind, &at);
}

/* ---- the whole -------------------------------------------------------- */

/* Ids and rules stand anywhere, so they are gathered first. */
static void
survey(struct svg *s, const struct svg_node *top)
{
	const struct svg_node *n = top;

	while (n != NULL) {
		str id = svg_attr(n, S("id"));

		if (id.n > 0 && map_find(s->ids, id) == NULL)
			map_put(s->ids, id, (void *)(uintptr_t)n);
		if (str_eq(n->name, S("style")))
			svg_rules(s, n);
		if (n->child != NULL) {
			n = n->child;
			continue;
		}
		while (n != NULL && n != top && n->next == NULL)
			n = n->parent;
		n = n == NULL || n == top ? NULL : n->next;
	}
}

/* A side as given; 0: not given, or as a part of what we do not know. */
static fx
side(const struct svg_place *at, const struct svg_node *n, const char *name)
{
	str v = svg_attr(n, str_c(name));
	fx out;

	if (str_ends(v, S("%")) || !svg_length(at, v, UNIT_X, &out) ||
	    out < 0)
		return 0;
	return out;
}

static void
natural_size(const struct svg_place *at, const struct svg_node *n, fx *w,
    fx *h)
{
	fx box[4];
	bool boxed = svg_view_box(n, box);

	*w = side(at, n, "width");
	*h = side(at, n, "height");
	if (boxed && *w == 0 && *h == 0) {
		*w = box[2];
		*h = box[3];
	} else if (boxed && *w == 0)
		*w = fx_part(*h, box[2], box[3]);
	else if (boxed && *h == 0)
		*h = fx_part(*w, box[3], box[2]);
	if (*w == 0)
		*w = DEFAULT_W * FX_ONE;
	if (*h == 0)
		*h = DEFAULT_H * FX_ONE;
}

static bool
draw_all(struct svg *s, const struct svg_node *top, struct drawing *d)
{
	struct svg_place at = { .style = svg_style_start, .m = svg_identity,
	    .opacity = FX_ONE };
	struct matrix m;

	survey(s, top);
	natural_size(&at, top, &d->w, &d->h);
	if (!image_side_check((uint32_t)((d->w + FX_ONE - 1) / FX_ONE),
	    (uint32_t)((d->h + FX_ONE - 1) / FX_ONE), s->limits, s->fault))
		return false;
	svg_style_of(s, top, &at);
	m = svg_view(top, d->w, d->h, &at);
	at.m = m;
	at.opacity = at.style.opacity;
	if (!at.style.none)
		children(s, top, &at);
	d->marks = s->marks.v;
	d->n = s->marks.n;
	return !s->failed;
}

bool
image_svg_is(str b)
{
	str head = str_cut(b, 0, HEAD_MAX);

	if (str_starts(head, S("\xff\xfe<")) ||
	    str_starts(head, S("\xfe\xff\0<")))
		return true;
	if (str_starts(head, S("\xef\xbb\xbf")))
		head = str_from(head, 3);
	svg_blanks(&head);
	return str_starts(head, S("<")) && (str_find(head, S("<svg")) !=
	    SIZE_MAX || str_find(head, S(":svg")) != SIZE_MAX);
}

static bool
keep(struct arena *a, const struct drawing *d, struct image *im,
    struct image_fault *f)
{
	struct buf b = { 0 };
	bool ok;

	svg_write(&b, d, a);
	ok = !b.failed;
	if (ok)
		im->file = arena_str(a, buf_view(&b));
	buf_done(&b);
	if (!ok)
		return image_fault_set(f, DIAG_MEMORY_LIMIT, "SVG");
	im->kind = IMAGE_SVG;
	im->drawing = d;
	im->w = (uint32_t)((d->w + FX_ONE - 1) / FX_ONE);
	im->h = (uint32_t)((d->h + FX_ONE - 1) / FX_ONE);
	im->comps = 3;
	/* A CSS pixel is three quarters of a point. */
	im->natural_w = d->w / (FX_ONE / SP_PT) * 3 / 4;
	im->natural_h = d->h / (FX_ONE / SP_PT) * 3 / 4;
	return true;
}

bool
image_svg_decode(struct arena *a, struct diag *diag, str path, str bytes,
    const struct limits *lim, struct image *im, struct image_fault *f)
{
	struct svg s = { .arena = a, .diag = diag, .path = path,
	    .limits = lim, .fault = f };
	struct drawing *d = ARENA_NEW(a, struct drawing, 1);
	const struct svg_node *top = svg_read(a, bytes, lim, f);

	if (top == NULL)
		return false;
	if (!str_eq(top->name, S("svg")))
		return image_fault_set(f, DIAG_IMAGE_KIND, "XML but no SVG");
	s.ids = map_new(a);
	s.said = map_new(a);
	return draw_all(&s, top, d) && keep(a, d, im, f);
}
