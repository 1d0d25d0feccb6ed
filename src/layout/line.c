/*
 * line.c: one line of a paragraph, from the breaks at its ends to items:
 * glyphs cut out of the shaped runs (shaped again where a cut is unsafe),
 * put in visual order, and the line's slack shared: glyphs are widened or
 * narrowed first, as far as the theme lets them, by one scale for the line;
 * what is left goes to word spaces and between full-width characters. What
 * belongs to a line beside its glyphs is marks.c's.
 */
#include "layout/layout_int.h"

#define NARROW		65536
#define PART_SPACE	5	/* of the slack, to each word space */
#define PART_WIDE	2	/* after each full-width character */

/* Glyphs of one run on one line. */
struct seg {
	const struct text_run *run;
	const struct text_glyph *g;
	size_t	 n;
	uint32_t lo, hi;	/* bytes */
	sp	 w;		/* natural; as drawn when drawn is set */
	struct glyph *drawn;
	struct hyphen hyphen;	/* made by us; face NULL: none */
	struct give give;
	int32_t	 wider;		/* [1/1000] scale of this line's glyphs */
	sp	 apart;		/* tracking as drawn, after each */
};
struct segs { struct seg *v; size_t n, cap; uint8_t *level; };

/* The line at work. */
struct line {
	struct par	*p;
	const struct bp	*from, *to;
	struct segs	 segs;
	uint32_t	 hi;	/* bytes drawn: with the blanks at its end */
	uint32_t	 final;	/* byte of the last character that is no blank */
	bool	 rigid;	/* there is code */
	int32_t	 scale;		/* [1/1000] */
	int32_t	 track;		/* [1/1000] of what each run may be tracked */
	sp		 space;	/* added to each word space */
	sp		 wide;	/* to each full-width character */
	sp		 narrow;	/* [1/NARROW] of its advance, taken from
					   each full-width punctuation */
};

/*
 * Index of the first glyph of a run, left to right, that is not before the
 * cut at byte `at`: clusters ascend in a left-to-right run and descend in
 * a right-to-left one.
 */
static size_t
glyph_at(const struct text_para *t, const struct text_run *r, uint32_t at)
{
	const struct text_glyph	*g = t->glyphs + r->first;
	size_t			 a = 0, b = r->n;
	bool			 rtl = (r->level & 1) != 0;

	while (a < b) {
		size_t	 m = a + (b - a) / 2;

		if (rtl ? g[m].cluster >= at : g[m].cluster < at)
			a = m + 1;
		else
			b = m;
	}
	return a;
}

static bool
edge_is_safe(const struct text_para *t, const struct text_run *r, uint32_t at)
{
	const struct text_glyph	*g = t->glyphs + r->first;
	size_t			 i;

	if (at <= r->lo || at >= r->hi)
		return true;
	i = glyph_at(t, r, at);
	if ((r->level & 1) != 0)
		return i > 0 && g[i - 1].cluster == at && !g[i - 1].unsafe;
	return i < r->n && g[i].cluster == at && !g[i].unsafe;
}

/* The slice of a run's glyphs whose clusters lie in [lo, hi). */
static void
slice(const struct text_para *t, const struct text_run *r, struct seg *s)
{
	bool	 rtl = (r->level & 1) != 0;
	size_t	 a = glyph_at(t, r, rtl ? s->hi : s->lo);
	size_t	 b = glyph_at(t, r, rtl ? s->lo : s->hi);

	s->g = t->glyphs + r->first + a;
	s->n = b - a;
}

static void
seg_add(struct par *p, struct segs *v, const struct text_run *r, uint32_t lo,
    uint32_t hi)
{
	struct seg	 s = { .run = r, .lo = lo > r->lo ? lo : r->lo,
			    .hi = hi < r->hi ? hi : r->hi };

	if (s.lo >= s.hi)
		return;
	if (edge_is_safe(p->t, r, s.lo) && edge_is_safe(p->t, r, s.hi))
		slice(p->t, r, &s);
	else
		s.g = text_reshape(p->l->in->text, p->l->tmp, p->t, r, s.lo,
		    s.hi, &s.n);
	for (size_t i = 0; i < s.n; i++)
		s.w += s.g[i].adv;
	s.give = par_give(p, r);
	VEC_PUSH(p->l->tmp, v, s);
}

static void
seg_hyphen(struct par *p, struct segs *v)
{
	const struct text_run	*r = v->v[v->n - 1].run;
	struct text_glyph	*g = ARENA_NEW(p->l->tmp, struct text_glyph, 1);
	struct seg		 s = { .run = r, .g = g, .n = 1,
				    .hyphen = par_hyphen(p, r) };

	if (s.hyphen.gid == 0)
		return;
	s.give = par_give(p, r);
	s.w = s.hyphen.w;
	*g = (struct text_glyph){ .gid = s.hyphen.gid, .adv = (int32_t)s.w };
	VEC_PUSH(p->l->tmp, v, s);
}

/* ---- slack ------------------------------------------------------------ */

/* Thousandths of `whole` that slack asks for, within limits. */
static int32_t
part_of(sp slack, sp whole, int limit)
{
	sp	 k = whole > 0 ? slack * 1000 / whole : 0;

	return (int32_t)(k > limit ? limit : k < -limit ? -limit : k);
}

/* Of one run [1/1000 pt], before it is scaled. */
static int32_t
tracking_of(const struct line *x, const struct seg *s)
{
	return (int32_t)(s->give.track * x->track / (SP_PT * 1000));
}

/* What a glyph gains by scale and tracking. */
static sp
gain(const struct seg *s, sp adv)
{
	return adv == 0 ? 0 : adv * s->wider / 1000 + s->apart;
}

/* The line's scale and tracking, as this run takes them. */
static void
give(const struct line *x, struct seg *s)
{
	s->wider = s->give.scale != 0 ? x->scale : 0;
	s->apart = (sp)tracking_of(x, s) * (1000 + s->wider) * SP_PT / 1000000;
}

/* What of the slack each kind of place takes, in parts: counts them. */
struct places { sp spaces, wide, narrow; };

static enum wide_kind
wide_at(const struct line *x, uint32_t i)
{
	str	 t = x->p->t->text;
	size_t	 at = i;

	if (!x->p->wide || i >= t.n || (unsigned char)t.p[i] < 0xe2)
		return WIDE_NONE;
	return wide_kind(utf8_next(t, &at));
}

/* Punctuation that may lose its white half: not where it hangs. */
static bool
narrows(const struct line *x, uint32_t i, enum wide_kind k)
{
	return (k == WIDE_OPEN && i > x->from->next) ||
	    (k == WIDE_CLOSE && i < x->final);
}

/* Spaces of code are rigid. */
static bool
is_rigid(const struct line *x, const struct seg *s)
{
	return x->rigid && s->run->face->mono;
}

static void
count_places(const struct line *x, const struct seg *s, struct places *n)
{
	uint32_t	 hi = s->hi < x->to->end ? s->hi : x->to->end;

	for (uint32_t i = s->lo; i < hi; i++) {
		enum wide_kind	 k;

		if (run_space(x->p->t->text, i)) {
			n->spaces += !is_rigid(x, s);
			continue;
		}
		if ((k = wide_at(x, i)) == WIDE_NONE)
			continue;
		n->wide += i < x->final;
		n->narrow += narrows(x, i, k) ? x->p->t->adv[i] : 0;
	}
}

static struct places
places_of(struct line *x)
{
	struct places	 n = { 0 };

	for (;; x->rigid = false) {
		for (size_t i = 0; i < x->segs.n; i++)
			if (x->segs.v[i].hyphen.face == NULL)
				count_places(x, &x->segs.v[i], &n);
		if (!x->rigid || n.spaces + n.wide > 0)
			return n;	/* else the line is all code */
	}
}

/* Shares what scaling has left. */
static void
share(struct line *x, sp slack)
{
	struct places	 n = places_of(x);
	sp		 parts = n.spaces * PART_SPACE + n.wide * PART_WIDE;

	if (slack < 0 && n.narrow > 0) {
		x->narrow = -slack * NARROW / n.narrow;
		if (x->narrow > NARROW / WIDE_SHRINK)
			x->narrow = NARROW / WIDE_SHRINK;
		slack += n.narrow * x->narrow / NARROW;
	}
	if (slack < 0 || n.wide == 0) {
		x->space = n.spaces > 0 ? slack / n.spaces : 0;
		return;
	}
	if (parts == 0)
		return;
	x->space = slack * PART_SPACE / parts;
	x->wide = slack * PART_WIDE / parts;
}

/* One glyph as the line draws it; returns its advance with the space. */
static sp
draw_glyph(const struct line *x, const struct seg *s, struct glyph *g)
{
	uint32_t	 at = s->lo + g->cluster;
	enum wide_kind	 k;
	sp		 less;

	if ((s->wider | s->apart) != 0) {
		g->adv += (int32_t)gain(s, g->adv);
		g->dx += (int32_t)((sp)g->dx * s->wider / 1000);
	}
	if (s->hyphen.face != NULL)
		return g->adv;
	if (x->space != 0 && run_space(x->p->t->text, at) &&
	    !is_rigid(x, s))
		return g->adv + x->space;
	if ((x->wide | x->narrow) == 0 || (k = wide_at(x, at)) == WIDE_NONE)
		return g->adv;
	if (x->narrow != 0 && narrows(x, at, k)) {
		less = x->p->t->adv[at] * x->narrow / NARROW;
		g->adv -= (int32_t)less;
		g->dx -= k == WIDE_OPEN ? (int32_t)less : 0;
	}
	if (at < x->final)
		g->adv += (int32_t)x->wide;
	return g->adv;
}

static void
draw(struct line *x, struct seg *s)
{
	s->drawn = ARENA_NEW(x->p->l->out, struct glyph, s->n);
	s->w = 0;
	for (size_t i = 0; i < s->n; i++) {
		s->drawn[i] = (struct glyph){ s->g[i].gid, s->hyphen.face !=
		    NULL ? 0 : s->g[i].cluster - s->lo, s->g[i].adv,
		    s->g[i].dx, s->g[i].dy };
		s->w += draw_glyph(x, s, &s->drawn[i]);
	}
}

static struct item
run_item(struct line *x, const struct seg *s, sp at, sp y)
{
	struct par		*p = x->p;
	const struct text_span	*sp_ = &p->t->spans[s->run->span];
	bool			 hyphen = s->hyphen.face != NULL;
	struct item		 it = { .kind = ITEM_RUN, .x = at,
				    .y = y - sp_->rise,
				    .elem = p->in->attrs.v[sp_->user].elem };

	it.as.run = (struct run){ hyphen ? s->hyphen.face : s->run->face,
	    s->run->size, sp_->style.rgb, hyphen ? S("\xc2\xad") :
	    str_cut(p->in->text, s->lo, s->hi), s->drawn, s->n,
	    (s->run->level & 1) != 0, hyphen,
	    is_rigid(x, s) ? 0 : x->space,
	    s->give.scale != 0 ? x->scale : 0, tracking_of(x, s) };
	return it;
}

/* ---- the line --------------------------------------------------------- */

/* Width of a segment without the blanks that end the line. */
static sp
marked_width(const struct line *x, const struct seg *s)
{
	sp	 w = s->w;

	for (size_t i = s->n; s->hi > x->to->end && i-- > 0;) {
		uint32_t	 at = s->lo + s->drawn[i].cluster;

		if (at < x->to->end)
			break;
		w -= s->drawn[i].adv + (run_space(x->p->t->text, at) ?
		    x->space : 0);
	}
	return w;
}

/* Items in logical order, each where its level puts it. */
static void
place(struct line *l, struct vbox *box, sp x)
{
	struct par	*p = l->p;
	struct segs	*v = &l->segs;
	struct items	 runs = { 0 };
	sp		*at = ARENA_NEW(p->l->tmp, sp, v->n + 1);
	uint32_t	*order = ARENA_NEW(p->l->tmp, uint32_t, v->n + 1);
	uint8_t		*level = ARENA_NEW(p->l->tmp, uint8_t, v->n + 1);
	sp		 base = 0;

	for (size_t i = 0; i < v->n; i++) {
		sp	 size = p->t->spans[v->v[i].run->span].style.size;

		level[i] = v->v[i].run->level;
		if (size > base)
			base = size;
	}
	base = line_baseline(p->m->leading, base);
	text_reorder(level, v->n, order);
	for (size_t i = 0; i < v->n; i++) {
		at[order[i]] = x;
		x += v->v[order[i]].w;
	}
	for (size_t i = 0; i < v->n; i++) {
		VEC_PUSH(p->l->tmp, &runs, run_item(l, &v->v[i], at[i],
		    base));
		marks_add(p, &runs, &(struct marked){ v->v[i].run, v->v[i].lo,
		    v->v[i].hi, at[i], marked_width(l, &v->v[i]), base });
	}
	box->n = runs.n;
	box->items = items_join(p->l, runs.v, runs.n, NULL, 0);
}

/* Blanks that end a line would stand in its midst, or at its other end, if
 * what is around them runs against the paragraph. */
static bool
ends_mixed(const struct par *p, const struct bp *to)
{
	const struct text_run	*r = p->t->runs;
	size_t			 i = p->run;

	if (p->t->rtl || !p->mixed)
		return p->t->rtl;
	while (i + 1 < p->t->nruns && r[i].hi < to->end)
		i++;
	for (; i < p->t->nruns && r[i].lo < to->next; i++)
		if (r[i].level != 0)
			return true;
	return false;
}

/* The glyphs of the line; returns their width less blanks at its end. */
static sp
collect(struct line *x)
{
	struct par	*p = x->p;
	sp		 w = 0;

	while (p->run < p->t->nruns && p->t->runs[p->run].hi <= x->from->next)
		p->run++;
	for (size_t i = p->run; i < p->t->nruns && p->t->runs[i].lo < x->hi;
	    i++)
		seg_add(p, &x->segs, &p->t->runs[i], x->from->next, x->hi);
	if (x->to->hyphen && x->segs.n > 0)
		seg_hyphen(p, &x->segs);
	for (size_t i = 0; i < x->segs.n; i++)
		w += x->segs.v[i].w;
	for (uint32_t i = x->to->end; i < x->hi; i++)
		w -= p->t->adv[i];
	if (p->t->gap != NULL && x->to->end > x->from->next)
		w -= p->t->gap[x->to->end - 1];
	return w;
}

/* Drawn before the blanks that end the line. */
static bool
counts(const struct line *x, const struct seg *s, size_t k)
{
	return s->hyphen.face != NULL || s->g[k].cluster < x->to->end;
}

/* Tracking after the last letter, which stands out of the column. */
static sp
tracked_last(const struct line *x)
{
	const struct seg	*s = x->segs.v + x->segs.n - 1;

	while (s > x->segs.v && s->hyphen.face == NULL && s->lo >= x->to->end)
		s--;
	return s->run->level == 0 ? s->apart : 0;
}

/*
 * Widths and tracking give alike, in proportion to what they may, and the
 * most that the slack asks for and the theme lets. Tracking is set by what
 * scaling in whole thousandths leaves.
 */
static void
scale(struct line *x, sp *slack)
{
	sp	 wide = 0, track = 0, all;
	int	 limit = x->p->l->th->expansion;

	for (size_t i = 0; i < x->segs.n; i++) {
		const struct seg	*s = &x->segs.v[i];

		for (size_t k = 0; k < s->n; k++) {
			if (s->g[k].adv == 0 || !counts(x, s, k))
				continue;
			wide += s->give.scale != 0 ? s->g[k].adv : 0;
			track += s->give.track;
		}
	}
	track /= 1000;
	all = wide * limit / 1000 + track;
	x->scale = part_of(*slack, all, 1000) * limit / 1000;
	x->track = part_of(*slack - wide * x->scale / 1000, track, 1000);
	if ((x->scale | x->track) == 0)
		return;
	for (size_t i = 0; i < x->segs.n; i++) {
		struct seg	*s = &x->segs.v[i];

		give(x, s);
		for (size_t k = 0; k < s->n; k++)
			if (counts(x, s, k))
				*slack -= gain(s, s->g[k].adv);
	}
	*slack += tracked_last(x);
}

/* Shares the slack and returns where the line starts. */
static sp
fit(struct line *x, sp slack, bool last)
{
	struct par	*p = x->p;
	bool		 start_right = p->t->rtl;

	if (p->justify && (!last || slack < 0)) {
		scale(x, &slack);
		share(x, slack);
		return p->m->x - (p->t->rtl ? x->to->hang_end :
		    x->from->hang_next);
	}
	if (p->m->align == ALIGN_CENTER)
		return p->m->x + slack / 2;
	if ((p->m->align == ALIGN_END) != start_right)
		return p->m->x + slack - (start_right ? x->to->hang_end : 0);
	return p->m->x - x->from->hang_next;
}

void
line_blank(struct layout *l, struct vbox *b, uint32_t e)
{
	const struct item *last = NULL;
	struct item	 it;
	struct run	*r = &it.as.run;
	struct glyph	*g;

	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].kind == ITEM_RUN && b->items[i].as.run.n > 0)
			last = &b->items[i];
	if (last == NULL || face_glyph(last->as.run.face, ' ') == 0)
		return;
	it = *last;
	it.elem = e;
	for (size_t i = 0; i < r->n && !r->rtl; i++)
		it.x += r->g[i].adv + (run_space(r->text, r->g[i].cluster) ?
		    r->word_space : 0);
	g = ARENA_NEW(l->out, struct glyph, 1);
	g->gid = face_glyph(r->face, ' ');
	*r = (struct run){ .face = r->face, .size = r->size, .rgb = r->rgb,
	    .text = S(" "), .g = g, .n = 1, .rtl = r->rtl };
	b->items = items_join(l, b->items, b->n, &it, 1);
	b->n++;
}

/* Blanks at the line's end that were left out, or its end where the author
 * wants it. Where a line of code is broken there may be none. */
static bool
lacks_blank(const struct par *p, const struct line *x, bool last)
{
	return !last && !x->to->hyphen && x->hi == x->to->end &&
	    x->to->next > x->to->end && (!p->m->anywhere ||
	    p->t->text.p[x->hi] == ' ');
}

struct vbox
line_make(struct par *p, const struct bp *from, const struct bp *to,
    bool first, bool last)
{
	struct vbox	 box = { .h = p->m->leading };
	struct line	 l = { .p = p, .from = from, .to = to,
			    .rigid = p->code };
	sp		 indent = first ? p->m->indent : 0, slack, x;

	l.hi = to->hyphen || to->forced || ends_mixed(p, to) ? to->end :
	    to->next;
	l.final = to->end > from->next && !to->hyphen ? to->end - 1 : to->end;
	while (l.final > from->next && l.final < to->end &&
	    ((unsigned char)p->t->text.p[l.final] & 0xc0) == 0x80)
		l.final--;
	slack = p->m->w + from->hang_next + to->hang_end - indent -
	    collect(&l);
	x = fit(&l, slack, last || to->forced);
	for (size_t i = 0; i < l.segs.n; i++)
		draw(&l, &l.segs.v[i]);
	if (!p->t->rtl)
		x += indent;
	place(&l, &box, x);
	if (lacks_blank(p, &l, last))
		line_blank(p->l, &box, inlines_elem(p->in, l.hi));
	line_targets(p, &box, last ? UINT32_MAX : to->next);
	line_begins(p, &box, from, last ? UINT32_MAX : to->next);
	return box;
}
