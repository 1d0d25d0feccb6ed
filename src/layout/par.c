/*
 * par.c: a paragraph from text to lines.
 *
 * Candidates for line ends come from the text module; total fit chooses
 * among them, first without hyphens, then with, then with the looseness of
 * despair and breaks inside words that are wider than the measure. What
 * even that cannot set is broken where it fits and said so.
 */
#include "layout/layout_int.h"

#define PRETOLERANCE	100
#define PENALTY_HYPHEN	50
#define LONG_BREAKS_MAX	1000
#define PIECE_MAX	32768	/* bytes set at once; no real paragraph is longer */

struct bps { struct bp *v; size_t n, cap; };

struct par {
	struct layout	*l;
	const struct inlines *in;
	const struct measure *m;
	struct text_para *t;
	struct bps	 bps;
	size_t		 run;	/* where the next line's runs begin */
};

sp
line_baseline(sp leading, sp size)
{
	return (leading * 10 + size * 7) / 20;
}

struct measure
measure_of(const struct block_style *b, const struct frame *f)
{
	return (struct measure){ f->x + b->start, f->w - b->start - b->end,
	    b->indent, b->leading, b->align, false };
}

/* Running totals while the text is read from left to right. */
struct totals { sp w, st, sh; };

static void
bp_push(struct par *p, uint32_t end, uint32_t next, struct totals e,
    struct totals x, enum text_break kind)
{
	struct bp	 b = { end, next, e.w, x.w, e.st, x.st, e.sh, x.sh, 0,
			    false, kind == BREAK_FORCED };

	if (kind == BREAK_HYPHEN) {
		b.penalty = PENALTY_HYPHEN;
		b.flagged = true;
	}
	VEC_PUSH(p->l->tmp, &p->bps, b);
}

/* Width of a hyphen in the style of the text at byte i. */
static sp
hyphen_width(const struct par *p, uint32_t i)
{
	const struct text_para	*t = p->t;

	for (size_t k = 0; k < t->nruns; k++)
		if (i < t->runs[k].hi) {
			const struct face *f = t->runs[k].face;
			sp	 size = t->spans[t->runs[k].span].style.size;

			return (sp)face_advance(f, face_glyph(f, '-')) *
			    size / f->upem;
		}
	return 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Totals at the end of a line that ends before byte `end`: without the
 * white space that precedes it. */
static struct totals
less_blanks(const struct par *p, struct totals t, uint32_t lo, uint32_t end,
    uint32_t *cut)
{
	bool	 justify = p->m->align == ALIGN_JUSTIFY;

	while (end > lo && is_blank(p->t->text.p[end - 1])) {
		sp	 w = p->t->adv[--end];

		t.w -= w;
		if (justify) {
			t.st -= w / 2;
			t.sh -= w / 3;
		}
	}
	*cut = end;
	return t;
}

static void
find_breaks(struct par *p)
{
	const struct text_para	*t = p->t;
	struct totals		 now = { p->m->indent, 0, 0 }, end;
	bool			 justify = p->m->align == ALIGN_JUSTIFY;
	uint32_t		 n = (uint32_t)t->text.n, lo = 0, cut;

	p->bps.n = 0;
	bp_push(p, 0, 0, (struct totals){ 0 }, (struct totals){ 0 },
	    BREAK_NONE);
	for (uint32_t i = 0; i < n; i++) {
		sp	 w = t->adv[i];

		now.w += w;
		if (justify && t->text.p[i] == ' ') {
			now.st += w / 2;
			now.sh += w / 3;
		}
		if (t->breaks[i] == BREAK_NONE || i + 1 == n)
			continue;
		end = less_blanks(p, now, lo, t->breaks[i] == BREAK_FORCED ?
		    i : i + 1, &cut);
		if (t->breaks[i] == BREAK_HYPHEN)
			end.w += hyphen_width(p, i);
		bp_push(p, cut, i + 1, end, now, t->breaks[i]);
		lo = i + 1;
	}
	end = less_blanks(p, now, lo, n, &cut);
	bp_push(p, cut, n, end, now, BREAK_FORCED);
}

/* Allows a break at each cluster of stretches wider than the measure;
 * returns how many. */
static size_t
break_long_words(struct par *p)
{
	struct text_para	*t = p->t;
	uint32_t		 last = UINT32_MAX;
	size_t			 n = 0;

	for (size_t k = 1; k < p->bps.n; k++) {
		const struct bp	*a = &p->bps.v[k - 1], *b = &p->bps.v[k];

		if (b->w_end - a->w_next <= p->m->w)
			continue;
		last = UINT32_MAX;
		for (uint32_t i = a->next; i < b->end; i++) {
			if (t->adv[i] == 0)
				continue;
			if (last != UINT32_MAX &&
			    t->breaks[i - 1] == BREAK_NONE) {
				t->breaks[i - 1] = BREAK_ALLOWED;
				n++;
			}
			last = i;
		}
	}
	find_breaks(p);
	return n;
}

/* The last way out: each line as long as fits, one candidate at least. */
static size_t
first_fit(const struct par *p, uint32_t *chosen)
{
	const struct bp	*b = p->bps.v;
	size_t		 from = 0, n = 0;

	while (from + 1 < p->bps.n) {
		size_t	 to = from + 1;

		while (to + 1 < p->bps.n && !b[to].forced &&
		    b[to + 1].w_end - b[from].w_next <= p->m->w)
			to++;
		if (b[to].w_end - b[from].w_next > p->m->w + SP_PT / 10)
			diag_add(p->l->diag, DIAG_PAR_OVERFULL,
			    p->in->spans.n > 0 ? p->in->spans.v[0].at :
			    SPAN_NONE, "by %lld pt", (long long)
			    ((b[to].w_end - b[from].w_next - p->m->w) /
			    SP_PT + 1));
		chosen[n++] = (uint32_t)to;
		from = to;
	}
	return n;
}

static size_t
choose(struct par *p, uint32_t **chosen)
{
	bool			 ragged = p->m->align != ALIGN_JUSTIFY;
	struct break_params	 bp = { p->m->w, 0, PRETOLERANCE, ragged };
	struct arena		*tmp = p->l->tmp;
	int64_t			 cost;
	size_t			 n;

	if (ragged)
		bp.extra = p->m->w / 4;
	find_breaks(p);
	*chosen = ARENA_NEW(tmp, uint32_t, p->t->text.n + 2);
	n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen, &cost);
	if (n > 0)
		return n;
	text_hyphenate(p->l->in->text, p->t);
	find_breaks(p);
	bp.tolerance = p->l->th->tolerance;
	n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen, &cost);
	if (n > 0)
		return n;
	/* Where every character may end a line all ways are alike: do not
	 * weigh thousands of them. */
	if (break_long_words(p) > LONG_BREAKS_MAX)
		return first_fit(p, *chosen);
	bp.tolerance = 9999;
	bp.extra = p->m->w / 4;
	n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen, &cost);
	return n > 0 ? n : first_fit(p, *chosen);
}

/* ---- from breaks to items --------------------------------------------- */

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
	sp			 size = p->t->spans[r->span].style.size;
	struct text_glyph	*g = ARENA_NEW(p->l->tmp, struct text_glyph, 1);
	struct seg		 s = { .run = r, .g = g, .n = 1,
				    .hyphen = true };

	g->gid = face_glyph(f, '-');
	if (g->gid == 0)
		return;
	s.w = (sp)face_advance(f, g->gid) * size / f->upem;
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
	it.as.run = (struct run){ s->run->face, sp_->style.size,
	    sp_->style.rgb, s->hyphen ? S("\xc2\xad") :
	    str_cut(p->in->text, s->lo, s->hi), g, s->n,
	    (s->run->level & 1) != 0, s->hyphen, word_space };
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
		n += text.p[i] == ' ';
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

static struct vbox
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

static void
par_shape(struct par *p)
{
	p->t = text_shape(p->l->in->text, p->l->tmp, p->in->text,
	    p->in->spans.v, p->in->spans.n, p->l->rtl);
	if (p->m->anywhere)
		for (size_t i = 1; i < p->in->text.n; i++)
			if (p->t->adv[i] != 0 &&
			    p->t->breaks[i - 1] == BREAK_NONE)
				p->t->breaks[i - 1] = BREAK_ALLOWED;
}

static struct lines
piece_set(struct layout *l, const struct inlines *in, const struct measure *m)
{
	struct par	 p = { .l = l, .in = in, .m = m };
	struct arena_mark mark = arena_mark(l->tmp);
	struct lines	 out = { 0 };
	uint32_t	*chosen;

	if (in->text.n == 0)
		return out;
	par_shape(&p);
	out.n = choose(&p, &chosen);
	out.v = ARENA_NEW(l->work, struct vbox, out.n);
	for (size_t i = 0; i < out.n; i++) {
		const struct bp	*a = &p.bps.v[i == 0 ? 0 : chosen[i - 1]];
		const struct bp	*b = &p.bps.v[chosen[i]];

		out.v[i] = line_make(&p, a, b, i == 0, i + 1 == out.n);
		if (b->w_end - a->w_next > out.widest)
			out.widest = b->w_end - a->w_next;
	}
	arena_release(l->tmp, mark);
	return out;
}

/*
 * The piece of `in` that begins at byte lo: up to a blank (or, in a word
 * without end, a character) near PIECE_MAX. *hi: where the next begins.
 */
static struct inlines
piece_of(struct layout *l, const struct inlines *in, size_t lo, size_t *hi)
{
	struct inlines	 x = { .attrs = { in->attrs.v, in->attrs.n, 0 } };
	size_t		 end = lo + PIECE_MAX, at;

	if (end >= in->text.n)
		end = in->text.n;
	else {
		for (at = end; at > lo && in->text.p[at - 1] != ' '; at--)
			continue;
		while (end > lo && ((unsigned char)in->text.p[end] & 0xc0) ==
		    0x80)
			end--;
		end = at > lo ? at : end;
	}
	for (size_t i = 0; i < in->spans.n; i++) {
		struct text_span	 s = in->spans.v[i];

		if (s.hi <= lo || s.lo >= end)
			continue;
		s.lo = s.lo > lo ? (uint32_t)(s.lo - lo) : 0;
		s.hi = (uint32_t)((s.hi < end ? s.hi : end) - lo);
		VEC_PUSH(l->work, &x.spans, s);
	}
	x.text = str_cut(in->text, lo, end);
	*hi = end;
	return x;
}

struct lines
par_set(struct layout *l, const struct inlines *in, const struct measure *m)
{
	struct { struct vbox *v; size_t n, cap; } all = { 0 };
	struct lines	 out = { 0 };

	if (in->text.n <= PIECE_MAX)
		return piece_set(l, in, m);
	for (size_t lo = 0; lo < in->text.n;) {
		struct inlines	 x = piece_of(l, in, lo, &lo);
		struct lines	 part = piece_set(l, &x, m);

		for (size_t i = 0; i < part.n; i++)
			VEC_PUSH(l->work, &all, part.v[i]);
		if (part.widest > out.widest)
			out.widest = part.widest;
	}
	out.v = all.v;
	out.n = all.n;
	return out;
}

void
par_widths(struct layout *l, const struct inlines *in, sp *longest, sp *word)
{
	struct inlines	 head;
	size_t		 hi;
	struct measure	 m = { .align = ALIGN_START };
	struct par	 p = { .l = l, .in = in, .m = &m };
	struct arena_mark mark = arena_mark(l->tmp);
	sp		 line = 0;

	*longest = *word = 0;
	if (in->text.n == 0)
		return;
	if (in->text.n > PIECE_MAX) {	/* wider than any page as it is */
		head = piece_of(l, in, 0, &hi);
		p.in = &head;
	}
	par_shape(&p);
	find_breaks(&p);
	for (size_t i = 1; i < p.bps.n; i++) {
		const struct bp	*a = &p.bps.v[i - 1], *b = &p.bps.v[i];
		sp		 w = b->w_end - a->w_next;

		if (w > *word)
			*word = w;
		if (b->w_end - line > *longest)
			*longest = b->w_end - line;
		if (b->forced)
			line = b->w_next;
	}
	arena_release(l->tmp, mark);
}
