/*
 * drawing.c: the text of a drawing, shaped by our own engine with our own
 * faces, as all other text is.
 *
 * A line of a drawing is shaped at about the size at which it will be seen,
 * however its coordinates are scaled, so that no precision is lost; what is
 * left of its matrix goes along with each run.
 */
#include "layout/layout_int.h"

#define SIZE_MOST	(512 * SP_PT)	/* text is shaped at that at most */

struct drawn_runs { struct drawn_run *v; size_t n, cap; };

/* One line at work. */
struct line {
	struct layout	*l;
	const struct mark *mark;
	fx		 k;		/* drawing units to points */
	struct matrix	 m;
	struct text_para *t;
	struct drawn_runs *out;
};

static sp
to_sp(fx v)
{
	return v / (FX_ONE / SP_PT);
}

static bool
set_scale(struct line *x)
{
	const struct mark *k = x->mark;
	fx size = 0, back;

	for (size_t i = 0; i < k->nspans; i++)
		if (k->spans[i].size > size)
			size = k->spans[i].size;
	x->k = matrix_scale(&k->m) * 3 / 4;
	while (x->k > 1 && to_sp(fx_mul(size, x->k)) > SIZE_MOST)
		x->k /= 2;
	if (x->k <= 0 || to_sp(fx_mul(size, x->k)) <= 0)
		return false;
	back = fx_div(FX_ONE, x->k);
	x->m = k->m;
	x->m.a = fx_mul(k->m.a, back);
	x->m.b = fx_mul(k->m.b, back);
	x->m.c = fx_mul(k->m.c, back);
	x->m.d = fx_mul(k->m.d, back);
	return true;
}

static enum style_family
family_of(enum mark_family f)
{
	return f == MARK_SERIF ? STYLE_SERIF : f == MARK_MONO ? STYLE_MONO :
	    STYLE_SANS;
}

static void
shape(struct line *x)
{
	struct layout	*l = x->l;
	const struct mark *k = x->mark;
	struct text_span *spans = ARENA_NEW(l->tmp, struct text_span,
			    k->nspans + 1);
	size_t		 n = 0, at = 0;
	char		*text;

	for (size_t i = 0; i < k->nspans; i++)
		n += k->spans[i].text.n;
	text = ARENA_NEW(l->out, char, n + 1);
	for (size_t i = 0; i < k->nspans; i++) {
		const struct mark_span *s = &k->spans[i];

		memcpy(text + at, s->text.p, s->text.n);
		spans[i] = (struct text_span){ .lo = (uint32_t)at,
		    .hi = (uint32_t)(at + s->text.n), .lang = l->lang,
		    .user = (uint32_t)i, .style = { .family =
		    family_of(s->family), .bold = s->bold,
		    .italic = s->italic, .rgb = s->fill.rgb,
		    .size = to_sp(fx_mul(s->size, x->k)) } };
		at += s->text.n;
	}
	x->t = text_shape(l->in->text, l->tmp, (str){ text, n }, spans,
	    k->nspans, false);
}

static sp
run_width(const struct text_para *t, const struct text_run *r)
{
	sp	 w = 0;

	for (uint32_t i = 0; i < r->n; i++)
		w += t->glyphs[r->first + i].adv;
	return w;
}

static void
put_run(struct line *x, const struct text_run *r, sp at, sp y)
{
	const struct text_para	*t = x->t;
	const struct text_span	*s = &t->spans[r->span];
	const struct mark_span	*ms = &x->mark->spans[s->user];
	struct glyph		*g = ARENA_NEW(x->l->out, struct glyph, r->n);
	struct drawn_run	 d = { .x = at, .y = y, .m = x->m,
				    .mark = x->mark, .span = ms };

	if (ms->fill.kind == PAINT_NONE || r->n == 0)
		return;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct text_glyph *from = &t->glyphs[r->first + i];

		g[i] = (struct glyph){ from->gid, from->cluster - r->lo,
		    from->adv, from->dx, from->dy };
	}
	d.run = (struct run){ .face = r->face, .size = s->style.size,
	    .rgb = s->style.rgb, .text = str_cut(t->text, r->lo, r->hi),
	    .g = g, .n = r->n, .rtl = (r->level & 1) != 0 };
	VEC_PUSH(x->l->out, x->out, d);
}

/* Runs from left to right; a span's steps come before its first run. */
static sp
place(struct line *x, sp from, bool put)
{
	const struct text_para	*t = x->t;
	uint8_t		*level = ARENA_NEW(x->l->tmp, uint8_t, t->nruns + 1);
	uint32_t	*order = ARENA_NEW(x->l->tmp, uint32_t, t->nruns + 1);
	bool		*seen = ARENA_NEW(x->l->tmp, bool, t->nspans + 1);
	sp		 at = from, y = to_sp(fx_mul(x->mark->y, x->k));

	for (size_t i = 0; i < t->nruns; i++)
		level[i] = t->runs[i].level;
	text_reorder(level, t->nruns, order);
	for (size_t i = 0; i < t->nruns; i++) {
		const struct text_run	*r = &t->runs[order[i]];
		const struct mark_span	*s = &x->mark->spans[r->span];

		if (!seen[r->span]) {
			at += to_sp(fx_mul(s->dx, x->k));
			y += to_sp(fx_mul(s->dy, x->k));
		}
		seen[r->span] = true;
		if (put)
			put_run(x, r, at, y);
		at += run_width(t, r);
	}
	return at - from;
}

static void
set_line(struct line *x)
{
	struct arena_mark	 keep = arena_mark(x->l->tmp);
	sp			 at, w;

	if (set_scale(x)) {
		shape(x);
		at = to_sp(fx_mul(x->mark->x, x->k));
		w = place(x, at, false);
		if (x->mark->anchor == MARK_MIDDLE)
			at -= w / 2;
		else if (x->mark->anchor == MARK_END)
			at -= w;
		place(x, at, true);
	}
	arena_release(x->l->tmp, keep);
}

const struct drawn *
drawing_set(struct layout *l, const struct image *im)
{
	struct drawn	*d = ARENA_NEW(l->out, struct drawn, 1);
	struct drawn_runs runs = { 0 };
	struct line	 x = { .l = l, .out = &runs };

	for (size_t i = 0; i < im->drawing->n; i++) {
		x.mark = &im->drawing->marks[i];
		if (x.mark->kind == MARK_TEXT)
			set_line(&x);
	}
	*d = (struct drawn){ im, runs.v, runs.n };
	return d;
}
