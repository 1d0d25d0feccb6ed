/*
 * par.c: a paragraph from text to lines.
 *
 * Candidates for line ends come from the text module; total fit chooses
 * among them, first without hyphens, then with, then with the looseness of
 * despair and breaks inside words that are wider than the measure. What
 * even that cannot set is broken where it fits and said so.
 */
#include "layout/layout_int.h"

#define LONG_BREAKS_MAX	1000
#define PIECE_MAX	32768	/* bytes set at once; no real paragraph is longer */

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
		b.penalty = p->l->th->hyphen_penalty;
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

			return (sp)face_advance(f, face_hyphen(f)) *
			    t->runs[k].size / f->upem;
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
	if (p->t->gap != NULL && end > lo)
		t.w -= p->t->gap[end - 1];
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
		if (justify && run_stretches(t->text, i)) {
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
	struct break_params	 bp = { p->m->w, 0,
				    p->l->th->pretolerance, ragged };
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
	bp.extra = p->m->w * p->l->th->emergency / 1000;
	n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen, &cost);
	return n > 0 ? n : first_fit(p, *chosen);
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
