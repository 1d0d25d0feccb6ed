/*
 * box.c: the ground, bar and frame of a block, and the measure within.
 *
 * They are rectangles behind the block's boxes on each page that it
 * touches, as much higher at either end as its padding says: so where a
 * page ends within it, ground and bar go on below the last line and above
 * the first one, and the lines stand where they do on every other page. A
 * frame is four rules around the block's ground, if it has one.
 */
#include "layout/layout_int.h"

#define EMS	12	/* a measure is no longer made narrower than that */

struct frame
frame_inset(const struct layout *l, const struct frame *f, sp start, sp end)
{
	struct frame	 g = *f;
	sp		 least = l->th->block[STYLE_BODY].text.size * EMS;
	sp		 room, want = start + end;

	if (least > l->column * 2 / 5)
		least = l->column * 2 / 5;
	room = f->w > least ? f->w - least : 0;
	if (want > room) {	/* deep nesting keeps a measure */
		start = want > 0 ? start * (room >> 8) / ((want >> 8) + 1) : 0;
		end = want > 0 ? end * (room >> 8) / ((want >> 8) + 1) : 0;
	}
	g.x += l->rtl ? end : start;
	g.w -= start + end;
	return g;
}

static bool
is_walled(const struct block_style *b)
{
	return b->fill != NO_FILL || (b->border != NO_FILL && b->border_w > 0);
}

static sp
border_width(const struct block_style *b)
{
	return b->border == NO_FILL ? 0 : b->border_w;
}

static sp
bar_width(const struct block_style *b)
{
	return b->bar == NO_FILL ? 0 : b->bar_w;
}

/* Padding above and below: less than at the sides, as a line has white
 * space of its own there. */
static sp
pad_above(const struct block_style *b)
{
	return is_walled(b) ? b->pad * 2 / 3 : 0;
}

/* Ground, bar and frame of a box that stands in g; the bar w wide. */
static uint32_t
decos(struct layout *l, const struct frame *g, const struct block_style *b,
    sp w)
{
	sp		 bw = border_width(b);
	sp		 pad = pad_above(b);
	uint32_t	 d = g->deco;

	if (bw > 0)
		d = deco_add(l, (struct deco){ .outer = d, .x = g->x,
		    .w = g->w, .pad = pad + bw, .rgb = b->border,
		    .edge = bw });
	if (b->fill != NO_FILL)
		d = deco_add(l, (struct deco){ .outer = d, .x = g->x + bw,
		    .w = g->w - bw * 2, .pad = pad, .rgb = b->fill });
	if (w > 0)
		d = deco_add(l, (struct deco){ .outer = d, .w = w,
		    .x = l->rtl ? g->x + g->w - w : g->x,
		    .pad = bw > 0 ? pad + bw : pad, .rgb = b->bar });
	return d;
}

/* What the ground of a block that ends just here reaches below it. */
static sp
pad_before(const struct layout *l, const struct flow *f, uint32_t around)
{
	uint32_t	 d = f->n > 0 ? f->v[f->n - 1].deco : 0;
	sp		 pad = 0;

	for (; d != 0 && d != around; d = l->decos.v[d - 1].outer)
		if (l->decos.v[d - 1].pad > pad)
			pad = l->decos.v[d - 1].pad;
	return d == around ? pad : 0;
}

struct frame
box_open(struct layout *l, struct flow *f, const struct frame *fr,
    enum block_id id, sp start, sp end)
{
	const struct block_style *b = &l->th->block[id];
	sp			 bw = border_width(b), w = bar_width(b);
	bool			 walled = is_walled(b);
	sp			 inner = (w > bw ? w : bw) +
				    (walled || w > 0 ? b->pad : 0);
	sp			 outer = walled ? bw + b->pad : 0;
	struct frame		 g = frame_inset(l, fr, b->start + start,
				    b->end + end), in;

	in = frame_inset(l, &g, inner, outer);
	if (g.w - in.w < inner + outer)
		w = 0;		/* no room for it before the text */
	in.deco = decos(l, &g, b, w);
	in.style = id;
	in.list_depth = 0;
	flow_space(f, b->before + pad_above(b) + bw +
	    pad_before(l, f, fr->deco));
	return in;
}

void
box_close(struct layout *l, struct flow *f, const struct frame *in,
    enum block_id id)
{
	const struct block_style *b = &l->th->block[id];
	sp			 pad = pad_above(b);

	/* A ground that ends this one has its own padding below it. */
	if (pad > 0 && f->n > 0 && f->v[f->n - 1].deco != in->deco) {
		f->space = 0;
		f->keep = true;
		flow_box(l, f, (struct vbox){ .h = pad, .deco = in->deco });
	}
	flow_space(f, b->after + pad + border_width(b));
}
