/*
 * svg_clip.c: what limits the view: clip paths of shapes, and viewports
 * with their view boxes.
 */
#include "image/svg_int.h"

#define CLIP_DEPTH	8	/* clip paths that are themselves clipped */

static void
clip_add(struct svg *s, struct svg_place *at, struct path p, bool evenodd)
{
	struct clip *c = ARENA_NEW(s->arena, struct clip, 1);

	*c = (struct clip){ p, evenodd, at->clip };
	at->clip = c;
}

void
svg_clip_rect(struct svg *s, struct svg_place *at, fx x, fx y, fx w, fx h)
{
	struct svg_pen plain = { .svg = s }, p = { .svg = s };
	struct path path;

	svg_pen_rect(&plain, x, y, w, h, 0, 0);
	path = svg_pen_path(&plain);
	svg_pen_add(&p, &path, &at->m);
	clip_add(s, at, svg_pen_path(&p), false);
}

/* Adds the outline of a shape, or of the shape that a <use> means. */
static void
clip_shape(struct svg *s, const struct svg_node *n, struct svg_place at,
    struct svg_pen *pen, bool *evenodd)
{
	struct matrix m;
	struct path path;

	svg_style_of(s, n, &at);
	if (at.style.none || at.style.hidden || !svg_work(s, 1))
		return;
	if (svg_transform(svg_attr(n, S("transform")), &m))
		at.m = matrix_join(&at.m, &m);
	if (str_eq(n->name, S("use"))) {
		m = svg_identity;
		svg_length(&at, svg_attr(n, S("x")), UNIT_X, &m.e);
		svg_length(&at, svg_attr(n, S("y")), UNIT_Y, &m.f);
		at.m = matrix_join(&at.m, &m);
		n = svg_href(s, n);
		if (n == NULL || str_eq(n->name, S("use")))
			return;
		svg_style_of(s, n, &at);
		if (svg_transform(svg_attr(n, S("transform")), &m))
			at.m = matrix_join(&at.m, &m);
	}
	if (str_eq(n->name, S("text")))
		svg_say(s, n, DIAG_IMAGE_SVG_EFFECT, S("clip-path of text"));
	if (!svg_outline(s, n, &at, &path))
		return;
	svg_pen_add(pen, &path, &at.m);
	*evenodd = at.style.clip_evenodd;
}

static bool
clip_box(const struct path *of, struct svg_place *at)
{
	struct matrix m = svg_identity;
	fx x, y, w, h;

	if (of == NULL || !svg_box(of, &x, &y, &w, &h))
		return false;
	m = (struct matrix){ w, 0, 0, h, x, y };
	at->m = matrix_join(&at->m, &m);
	return true;
}

void
svg_clip_by(struct svg *s, const struct svg_node *n, struct svg_place *place,
    const struct path *of)
{
	str id = place->style.clip;

	for (unsigned i = 0; id.n > 0 && i < CLIP_DEPTH; i++) {
		const struct svg_node *c = map_find(s->ids, id);
		struct svg_pen pen = { .svg = s };
		struct svg_place at = *place;
		bool evenodd = false;
		struct matrix m;

		if (c == NULL || !str_eq(c->name, S("clipPath"))) {
			svg_say(s, n, DIAG_IMAGE_SVG_REFERENCE, id);
			return;
		}
		at.style = svg_style_start;
		svg_style_of(s, c, &at);
		id = at.style.clip;
		if (str_eq(svg_attr(c, S("clipPathUnits")),
		    S("objectBoundingBox")) && !clip_box(of, &at)) {
			svg_say(s, n, DIAG_IMAGE_SVG_VALUE,
			    S("clipPathUnits"));
			continue;
		}
		if (svg_transform(svg_attr(c, S("transform")), &m))
			at.m = matrix_join(&at.m, &m);
		for (const struct svg_node *k = c->child; k != NULL;
		    k = k->next)
			if (k->name.n > 0)
				clip_shape(s, k, at, &pen, &evenodd);
		clip_add(s, place, svg_pen_path(&pen), evenodd);
	}
}

/* ---- view boxes ------------------------------------------------------- */

bool
svg_view_box(const struct svg_node *n, fx box[4])
{
	return svg_numbers(svg_attr(n, S("viewBox")), box, 4) == 4 &&
	    box[2] > 0 && box[3] > 0;
}

/* How much of the slack stands before the picture: "Min", "Mid", "Max". */
static fx
share(str align, size_t at, fx slack)
{
	str word = str_cut(align, at, at + 3);

	if (str_eq(word, S("Min")))
		return 0;
	return str_eq(word, S("Max")) ? slack : slack / 2;
}

struct matrix
svg_view(const struct svg_node *n, fx w, fx h, struct svg_place *at)
{
	str keep = str_trim(svg_attr(n, S("preserveAspectRatio"))), align;
	struct matrix m = svg_identity;
	fx box[4], sx, sy;
	bool slice;

	at->vw = w;
	at->vh = h;
	if (!svg_view_box(n, box))
		return m;
	at->vw = box[2];
	at->vh = box[3];
	m.a = sx = fx_div(w, box[2]);
	m.d = sy = fx_div(h, box[3]);
	align = svg_word(&keep);
	svg_blanks(&keep);
	slice = str_eq(keep, S("slice"));
	if (!str_eq(align, S("none")))
		m.a = m.d = (sx < sy) != slice ? sx : sy;
	m.e = share(align, 1, w - fx_mul(m.a, box[2])) - fx_mul(m.a, box[0]);
	m.f = share(align, 5, h - fx_mul(m.d, box[3])) - fx_mul(m.d, box[1]);
	return m;
}
