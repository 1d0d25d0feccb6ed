/*
 * line.c: one line of a paragraph, from the breaks at its ends to items:
 * glyphs cut out of the shaped runs (shaped again where a cut is unsafe),
 * put in visual order, the line's slack shared among its word spaces.
 */
#include "layout/layout_int.h"

/* Glyphs of one run on one line. */
struct seg {
	const struct text_run *run;
	const struct text_glyph *g;
	size_t	 n;
	uint32_t lo, hi;	/* bytes */
	sp	 w;
	bool	 hyphen;	/* made by us */
};
struct segs { struct seg *v; size_t n, cap; uint8_t *level; };

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
	VEC_PUSH(p->l->tmp, v, s);
}

static void
seg_hyphen(struct par *p, struct segs *v)
{
	const struct text_run	*r = v->v[v->n - 1].run;
	const struct face	*f = r->face;
	struct text_glyph	*g = ARENA_NEW(p->l->tmp, struct text_glyph, 1);
	struct seg		 s = { .run = r, .g = g, .n = 1,
				    .hyphen = true };

	g->gid = face_hyphen(f);
	if (g->gid == 0)
		return;
	s.w = (sp)face_advance(f, g->gid) * r->size / f->upem;
	g->adv = (int32_t)s.w;
	VEC_PUSH(p->l->tmp, v, s);
}

static struct item
run_item(struct par *p, const struct seg *s, sp x, sp y, sp word_space)
{
	const struct text_span	*sp_ = &p->t->spans[s->run->span];
	struct glyph		*g = ARENA_NEW(p->l->out, struct glyph, s->n);
	struct item		 it = { .kind = ITEM_RUN, .x = x,
				    .y = y - sp_->rise,
				    .elem = p->in->attrs.v[sp_->user].elem };

	for (size_t i = 0; i < s->n; i++)
		g[i] = (struct glyph){ s->g[i].gid,
		    s->hyphen ? 0 : s->g[i].cluster - s->lo, s->g[i].adv,
		    s->g[i].dx, s->g[i].dy };
	it.as.run = (struct run){ s->run->face, s->run->size,
	    sp_->style.rgb, s->hyphen ? S("\xc2\xad") :
	    str_cut(p->in->text, s->lo, s->hi), g, s->n,
	    (s->run->level & 1) != 0, s->hyphen, word_space, 0 };
	return it;
}

struct items { struct item *v; size_t n, cap; };

/* Link area, strike-through and destination of one segment. */
static void
marks_add(struct par *p, struct items *out, const struct seg *s, sp x, sp w,
    sp base)
{
	const struct text_span	*sp_ = &p->t->spans[s->run->span];
	const struct attr	*a = &p->in->attrs.v[sp_->user];
	sp			 size = sp_->style.size;
	struct item		*prev = out->n > 0 ? &out->v[out->n - 1] : NULL;
	struct item		 it = { .elem = a->elem, .x = x,
				    .y = base - size };

	if (a->strike) {
		it.kind = ITEM_RULE;
		it.y = base - size * 3 / 10;
		it.as.rule.w = w;
		it.as.rule.h = size / 16;
		it.as.rule.rgb = sp_->style.rgb;
		VEC_PUSH(p->l->tmp, out, it);
	}
	if (a->anchor == 0 && a->url.n == 0)
		return;
	if (prev != NULL && prev->kind == ITEM_LINK &&
	    prev->elem == a->elem && prev->x + prev->as.link.w == x) {
		prev->as.link.w += w;
		return;
	}
	it = (struct item){ .kind = ITEM_LINK, .elem = a->elem, .x = x,
	    .y = base - size };
	it.as.link.w = w;
	it.as.link.h = size * 5 / 4;
	it.as.link.anchor = a->anchor;
	it.as.link.url = a->url;
	it.as.link.about = str_trim(str_cut(p->in->text, s->lo, s->hi));
	VEC_PUSH(p->l->tmp, out, it);
}

static void
dests_add(struct par *p, struct items *out, uint32_t lo, uint32_t hi)
{
	for (size_t i = 0; i < p->in->spans.n; i++) {
		const struct text_span	*s = &p->in->spans.v[i];
		const struct attr	*a = &p->in->attrs.v[s->user];
		struct item		 it = { .kind = ITEM_DEST,
					    .elem = a->elem };

		if (a->dest == 0 || s->lo < lo || s->lo >= hi)
			continue;
		it.as.dest.anchor = a->dest;
		VEC_PUSH(p->l->tmp, out, it);
	}
}

/* Where the line starts and what each word space takes besides. */
static sp
line_start(const struct par *p, sp w, size_t spaces, bool last, sp *add)
{
	sp	 slack = p->m->w - w;
	bool	 start_right = p->t->rtl;

	*add = 0;
	if (p->m->align == ALIGN_JUSTIFY && spaces > 0 &&
	    (!last || slack < 0)) {
		*add = slack / (sp)spaces;
		return p->m->x;
	}
	if (p->m->align == ALIGN_CENTER)
		return p->m->x + slack / 2;
	if ((p->m->align == ALIGN_END) != start_right)
		return p->m->x + slack;
	return p->m->x;
}

static size_t
count_spaces(str text, uint32_t lo, uint32_t hi)
{
	size_t	 n = 0;

	for (uint32_t i = lo; i < hi; i++)
		n += run_stretches(text, i);
	return n;
}

/* Items in logical order, each where its level puts it. */
static void
place(struct par *p, struct segs *v, struct vbox *box, sp x, sp add)
{
	struct items	 runs = { 0 };
	sp		*at = ARENA_NEW(p->l->tmp, sp, v->n + 1);
	uint32_t	*order = ARENA_NEW(p->l->tmp, uint32_t, v->n + 1);
	uint8_t		*level = ARENA_NEW(p->l->tmp, uint8_t, v->n + 1);
	sp		*w = ARENA_NEW(p->l->tmp, sp, v->n + 1);
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
		const struct seg *s = &v->v[order[i]];

		w[order[i]] = s->w + add * (sp)(s->hyphen ? 0 :
		    count_spaces(p->in->text, s->lo, s->hi));
		at[order[i]] = x;
		x += w[order[i]];
	}
	for (size_t i = 0; i < v->n; i++) {
		VEC_PUSH(p->l->tmp, &runs, run_item(p, &v->v[i], at[i], base,
		    add));
		marks_add(p, &runs, &v->v[i], at[i], w[i], base);
	}
	box->n = runs.n;
	box->items = items_join(p->l, runs.v, runs.n, NULL, 0);
}

struct vbox
line_make(struct par *p, const struct bp *from, const struct bp *to,
    bool first, bool last)
{
	struct vbox	 box = { .h = p->m->leading };
	struct segs	 v = { 0 };
	uint32_t	 hi = p->t->rtl || to->flagged ? to->end : to->next;
	sp		 w = to->w_end - from->w_next, exact = 0, x, add;
	sp		 indent = first ? p->m->indent : 0;
	struct items	 d = { 0 };

	if (to->forced && hi > to->end)
		hi = to->end;
	while (p->run < p->t->nruns && p->t->runs[p->run].hi <= from->next)
		p->run++;
	for (size_t i = p->run; i < p->t->nruns && p->t->runs[i].lo < hi; i++)
		seg_add(p, &v, &p->t->runs[i], from->next, hi);
	if (to->flagged && v.n > 0)
		seg_hyphen(p, &v);
	for (size_t i = 0; i < v.n; i++)
		exact += v.v[i].w;
	for (uint32_t i = to->end; i < hi; i++)
		exact -= p->t->adv[i];
	if (p->t->gap != NULL && to->end > from->next)
		exact -= p->t->gap[to->end - 1];
	w = exact + indent;
	x = line_start(p, w, count_spaces(p->in->text, from->next, to->end),
	    last || to->forced, &add);
	if (!p->t->rtl)
		x += indent;
	place(p, &v, &box, x, add);
	dests_add(p, &d, from->next, last ? UINT32_MAX : to->next);
	if (d.n > 0) {
		box.items = items_join(p->l, d.v, d.n, box.items, box.n);
		box.n += d.n;
	}
	return box;
}
