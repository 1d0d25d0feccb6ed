/*
 * outline.c: the shape of a glyph as lines and cubic curves, for pictures of
 * pixels. HarfBuzz gives floats; what leaves here are integers, so fine that
 * no pixel tells the difference.
 */
#include "font/font_int.h"

static int32_t
fine(float v)
{
	float x = v * SHAPE_UNIT;

	if (!(x > -1e9f && x < 1e9f))
		return 0;
	return (int32_t)(x < 0 ? x - 0.5f : x + 0.5f);
}

static void
put(struct face_shape *o, enum shape_op op, const float *v, size_t n)
{
	int32_t at[6];

	for (size_t i = 0; i < n; i++)
		at[i] = fine(v[i]);
	buf_char(&o->ops, (char)op);
	buf_add(&o->xy, at, n * sizeof *at);
}

static void
on_move(hb_draw_funcs_t *f, void *to, hb_draw_state_t *st, float x, float y,
    void *user)
{
	const float v[] = { x, y };

	(void)f, (void)st, (void)user;
	put(to, SHAPE_MOVE, v, 2);
}

static void
on_line(hb_draw_funcs_t *f, void *to, hb_draw_state_t *st, float x, float y,
    void *user)
{
	const float v[] = { x, y };

	(void)f, (void)st, (void)user;
	put(to, SHAPE_LINE, v, 2);
}

static void
on_curve(hb_draw_funcs_t *f, void *to, hb_draw_state_t *st, float x1,
    float y1, float x2, float y2, float x, float y, void *user)
{
	const float v[] = { x1, y1, x2, y2, x, y };

	(void)f, (void)st, (void)user;
	put(to, SHAPE_CURVE, v, 6);
}

static void
on_close(hb_draw_funcs_t *f, void *to, hb_draw_state_t *st, void *user)
{
	(void)f, (void)st, (void)user;
	put(to, SHAPE_CLOSE, NULL, 0);
}

void
face_shape_open(struct face_shape *o)
{
	hb_draw_funcs_t *f = hb_draw_funcs_create();

	*o = (struct face_shape){ .funcs = f };
	hb_draw_funcs_set_move_to_func(f, on_move, NULL, NULL);
	hb_draw_funcs_set_line_to_func(f, on_line, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(f, on_curve, NULL, NULL);
	hb_draw_funcs_set_close_path_func(f, on_close, NULL, NULL);
	hb_draw_funcs_make_immutable(f);
}

bool
face_shape(struct face_shape *o, const struct face *f, uint32_t gid)
{
	o->ops.n = o->xy.n = 0;
	hb_font_get_glyph_shape(f->hbfont, gid, o->funcs, o);
	return !o->ops.failed && !o->xy.failed;
}

void
face_shape_close(struct face_shape *o)
{
	hb_draw_funcs_destroy(o->funcs);
	buf_done(&o->ops);
	buf_done(&o->xy);
}
