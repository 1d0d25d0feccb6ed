/*
 * fill.c: boxes stacked in a column, the floats that stand at its top or
 * between them, and the notes at its foot. Used twice: by cut.c, which asks
 * how high things are, and by page.c, which asks where they stand.
 */
#include "layout/pager_int.h"

/* [1/100] of a line, of the white space that remains where text regains the
 * grid, and above a heading. */
#define LEAST_GAP	35
#define LEAST_HEAD	60

/* What sets boxes apart: those of one region stand in one set of columns. */
unsigned
cut_kind(const struct cut_in *in, size_t i)
{
	return in->v[i].flags & (BOX_LANDSCAPE |
	    (in->columns > 1 ? (unsigned)BOX_SPAN : 0));
}

/* ---- tables ----------------------------------------------------------- */

static void
add_notes(struct cut *c, const struct vbox *b)
{
	for (size_t k = 0; k < b->nnotes; k++) {
		const struct note *t = b->notes[k];

		for (size_t i = 0; i < t->n; i++) {
			struct note_line x = { &t->v[i], t->v[i].before, 0 };

			x.end = (c->notes.n > 0 ?
			    c->notes.v[c->notes.n - 1].end : 0) + x.gap +
			    t->v[i].h;
			VEC_PUSH(c->tmp, &c->notes, x);
		}
	}
}

static void
prepare_notes(struct cut *c)
{
	const struct cut_in	*in = c->in;
	uint32_t		 first = 0;

	c->due = ARENA_NEW(c->tmp, uint32_t, in->n + 1);
	c->first = ARENA_NEW(c->tmp, uint32_t, in->n + 1);
	for (size_t i = 0; i < in->n; i++) {
		for (size_t k = 0; k < in->v[i].nnotes; k++) {
			struct vbox	 one = { .nnotes = 1,
					    .notes = in->v[i].notes + k };

			first = (uint32_t)c->notes.n;
			add_notes(c, &one);
		}
		c->due[i + 1] = (uint32_t)c->notes.n;
		c->first[i + 1] = first;
	}
}

static void
prepare_floats(struct cut *c, size_t n)
{
	const struct cut_in	*in = c->in;
	sp			 y = 0;

	c->floats = ARENA_NEW(c->tmp, const struct floater *, n);
	c->float_end = ARENA_NEW(c->tmp, sp, n);
	c->hung = ARENA_NEW(c->tmp, uint32_t, in->n + 1);
	for (size_t i = 0; i < in->n; i++) {
		if (in->v[i].floater != NULL) {
			y += in->v[i].floater->h + in->float_gap;
			c->float_end[c->nfloats] = y;
			c->floats[c->nfloats++] = in->v[i].floater;
		}
		c->hung[i + 1] = c->nfloats;
	}
}

void
cut_prepare(struct cut *c, struct arena *tmp, const struct cut_in *in)
{
	size_t	 floats = 0, notes = 0;

	*c = (struct cut){ .in = in, .tmp = tmp };
	c->end = ARENA_NEW(tmp, uint32_t, in->n + 1);
	c->end[in->n] = (uint32_t)in->n;
	for (size_t i = in->n; i-- > 0;) {
		bool	 stop = i + 1 == in->n ||
			    (in->v[i + 1].flags & BOX_PAGE) != 0 ||
			    cut_kind(in, i) != cut_kind(in, i + 1);

		c->end[i] = stop ? (uint32_t)i + 1 : c->end[i + 1];
		floats += in->v[i].floater != NULL;
		notes += in->v[i].nnotes;
	}
	if (floats > 0)
		prepare_floats(c, floats);
	if (notes > 0)
		prepare_notes(c);
}

uint32_t
cut_hung(const struct cut *c, size_t i)
{
	return c->hung == NULL ? 0 : c->hung[i];
}

uint32_t
cut_due(const struct cut *c, size_t i)
{
	return c->due == NULL ? 0 : c->due[i];
}

sp
cut_notes(const struct cut *c, uint32_t lo, uint32_t hi)
{
	if (lo >= hi)
		return 0;
	return c->in->note_sep + c->notes.v[hi - 1].end -
	    c->notes.v[lo].end + c->notes.v[lo].v->h;
}

sp
cut_foot(const struct cut *c, uint32_t lo, unsigned n)
{
	sp	 h = 0;

	for (unsigned i = 0; i < n; i++)
		h += c->floats[lo + i]->h + c->in->float_gap;
	return h;
}

/* ---- stacking --------------------------------------------------------- */

static void
put(struct fill *f, const struct vbox *b, sp y, struct grow grow, bool again)
{
	struct placed	 p = { b, y, grow, again };

	f->grow.gap += grow.gap;
	f->grow.line += grow.line;
	if (f->out != NULL)
		VEC_PUSH(f->c->tmp, f->out, p);
}

void
fill_float(struct fill *f, const struct floater *x)
{
	sp	 gap = f->c->in->float_gap;

	if (f->any)
		f->y += f->gap > gap ? f->gap : gap;
	for (size_t i = 0; i < x->n; i++) {
		sp	 y = f->y + (i > 0 ? x->v[i].before : 0);

		put(f, &x->v[i], y, (struct grow){ i > 0 || !f->any ||
		    f->c->in->feather == 0 ? 0 : gap / 2, 0 }, false);
		f->y = y + x->v[i].h;
	}
	f->gap = gap;
	f->pad = 0;
	f->base = f->spare = 0;
	f->any = true;
}

sp
fill_height(const struct fill *f)
{
	return f->y + f->pad;
}

sp
fill_pad(const struct cut_in *in, const struct vbox *b)
{
	sp	 pad = 0;

	if (in->decos == NULL)
		return 0;
	for (uint32_t d = b->deco; d != 0; d = in->decos[d - 1].outer)
		if (in->decos[d - 1].pad > pad)
			pad = in->decos[d - 1].pad;
	return pad;
}

sp
fill_first(const struct cut_in *in, const struct vbox *b)
{
	return fill_pad(in, b) + (b->repeat != NULL ? b->repeat->h : 0);
}

void
fill_begin(struct fill *f, const struct cut *c, const struct step *s,
    struct stack *out)
{
	const struct vbox	*b = s->lo < s->hi ? &c->in->v[s->lo] : NULL;

	*f = (struct fill){ .c = c, .out = out, .y0 = s->y,
	    .next = s->float_lo, .here = s->here, .foot = s->foot };
	for (unsigned i = 0; i < s->top; i++)
		fill_float(f, c->floats[f->next++]);
	if (b == NULL || b->repeat == NULL)
		return;
	if (f->any)
		f->y += f->gap;
	put(f, b->repeat, f->y, (struct grow){ 0 }, true);
	f->y += b->repeat->h;
	f->gap = 0;
	f->any = false;		/* nothing between it and the first row */
}

/* How much of the white space above a box may be taken for the grid's sake:
 * the `least` [1/100] of a line remains, and no more than half a line goes. */
static sp
spare(const struct cut_in *in, sp gap, sp least)
{
	sp	 x = gap - in->grid * least / 100;

	return x < 0 ? 0 : x < in->grid / 2 ? x : in->grid / 2;
}

sp
cut_region(const struct cut_in *in, sp y, sp gap)
{
	sp	 off;

	if (in->grid == 0)
		return y + gap + 1;
	y += gap - spare(in, gap, LEAST_GAP);
	off = y % in->grid;
	return off > 0 ? y + in->grid - off : y;
}

/*
 * The first place where the box's baseline is on the grid and enough remains
 * of the white space asked for: above it, or above the headings that it
 * follows, below which only what rounding may have added is taken.
 */
static sp
snap(const struct fill *f, const struct vbox *b, sp y)
{
	sp	 grid = f->c->in->grid, gap = y - f->y;
	sp	 take = spare(f->c->in, gap - f->pad, LEAST_GAP), off, round = grid / 16;

	if (take < round)
		take = gap < round ? gap : round;
	if (b->penalty >= PENALTY_NEVER && take < f->spare)
		take = f->spare;
	off = (f->y0 + y - take + b->base - f->c->in->base) % grid;
	if (off < 0)
		off += grid;
	return off > 0 ? y - take + grid - off : y - take;
}

bool
fill_flush(struct fill *f, size_t i)
{
	uint32_t	 want = cut_hung(f->c, i);

	if (f->next == want)
		return true;
	if (f->next > want || want - f->next > f->here)
		return false;
	for (; f->next < want; f->next++) {
		const struct floater	*x = f->c->floats[f->next];

		if (x->span && f->c->in->columns > 1)
			return false;
		fill_float(f, x);
		f->here--;
	}
	return true;
}

/* The float that hangs at box i, where it stands in line. */
static void
hang(struct fill *f, size_t i, const struct vbox *b)
{
	if (f->apart || f->here == 0 || f->next != cut_hung(f->c, i) ||
	    (b->floater->span && f->c->in->columns > 1))
		return;
	if (b->before > f->gap)
		f->gap = b->before;
	if (f->room > 0 && f->any && f->y + b->floater->h + (f->gap >
	    f->c->in->float_gap ? f->gap : f->c->in->float_gap) > f->room) {
		f->here = 0;
		return;
	}
	fill_float(f, b->floater);
	f->next++;
	f->here--;
}

/* Headings above a line that went to the grid go with it: the space is
 * wanted above them, not below; at a column's top the first one stays. */
static void
follow(const struct fill *f, size_t i, sp by)
{
	const struct vbox	*v = f->c->in->v;
	size_t			 k;

	if (f->out == NULL || by == 0)
		return;
	for (k = f->out->n; k > 0 && i > 0 && v[i].penalty >=
	    PENALTY_NEVER && f->out->v[k - 1].b == &v[i - 1] &&
	    v[i - 1].base == 0; k--)
		i--;
	if (k == 0)
		for (k++; k < f->out->n && f->out->v[k].b->before == 0; k++)
			continue;
	for (; k < f->out->n; k++)
		f->out->v[k].y += by;
}

/* The box's place on the grid; a line that follows another of its kind is
 * there by itself. */
static sp
on_grid(struct fill *f, size_t i, sp y)
{
	const struct vbox	*b = &f->c->in->v[i];
	sp			 to = y;

	if (b->base == 0 && b->penalty < PENALTY_NEVER)
		f->spare = spare(f->c->in, y - f->y - f->pad, LEAST_HEAD);
	if (b->base != 0 && (y > f->y || b->base != f->base)) {
		to = snap(f, b, y);
		follow(f, i, to - y);
	}
	if (b->base != 0)
		f->spare = 0;
	f->base = b->h == f->c->in->grid ? b->base : 0;
	return to;
}

bool
fill_box(struct fill *f, size_t i)
{
	const struct cut_in	*in = f->c->in;
	const struct vbox	*b = &in->v[i];
	struct grow		 grow = { 0 };
	sp			 y, gap;

	if ((b->flags & BOX_FENCE) != 0 && f->c->hung != NULL && !f->apart &&
	    (f->foot > 0 || !fill_flush(f, i)))
		return false;
	if (b->floater != NULL) {
		hang(f, i, b);
		return true;
	}
	y = f->y;
	if (f->any) {
		gap = b->before > f->gap ? b->before : f->gap;
		y += gap;
		if (in->feather > 0)
			grow = (struct grow){ gap / 2, b->base != 0 ?
			    b->h * in->feather / 1000 : 0 };
	} else if (b->deco != 0)
		y += fill_pad(in, b);
	if (in->grid > 0)
		y = on_grid(f, i, y);
	f->pad = b->deco != 0 ? fill_pad(in, b) : 0;
	put(f, b, y, grow, false);
	f->y = y + b->h;
	f->gap = 0;
	f->any = true;
	return true;
}
