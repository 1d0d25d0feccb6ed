/*
 * par.c: a paragraph from text to lines.
 *
 * Candidates for line ends come from the text module; total fit chooses
 * among them, first without hyphens (unless the text is so long that it will
 * want them), then with, then with the looseness of
 * despair and breaks inside words that are wider than the measure. What
 * even that cannot set is broken where it fits. A line that is too long, or
 * looser than the theme tolerates, is said so at its own text.
 */
#include "layout/layout_int.h"

#define LONG_BREAKS_MAX	1000
#define PIECE_MAX	32768	/* bytes set at once; no real paragraph is longer */
#define BALANCE_MAX	6	/* lines that are made alike */
#define LINES_SURE	3	/* from here on hyphens are sought at once */
#define EMERGENCY_PARTS	4	/* where the third pass begins */
#define SHORT_PART	8	/* of the measure may miss of a line without
				   spaces: a broken word */
#define LAST_EMS	4	/* a last line should be as long */

sp
line_baseline(sp leading, sp size)
{
	return (leading * 10 + size * 7) / 20;
}

struct measure
measure_of(const struct block_style *b, const struct frame *f)
{
	return (struct measure){ .x = f->x + b->start,
	    .w = f->w - b->start - b->end, .indent = b->indent,
	    .leading = b->leading, .align = b->align,
	    .balance = b->keep_next || b->align == ALIGN_CENTER };
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
	par_find_breaks(p);
	return n;
}

/* Where the text of a line stands in its source: as near as the source and
 * the text of a span are alike. */
static span
line_span(const struct par *p, const struct bp *from, const struct bp *to)
{
	for (size_t i = 0; i < p->in->spans.n; i++) {
		const struct text_span *s = &p->in->spans.v[i];
		uint32_t	 lo = s->at.lo, n = s->at.hi - s->at.lo;

		if (s->hi <= from->next || (s->at.lo | s->at.hi) == 0)
			continue;
		if (from->next > s->lo)
			lo += from->next - s->lo < n ? from->next - s->lo : n;
		if (to->end - s->lo < n)
			return (span){ lo, s->at.lo + (to->end - s->lo) };
		return (span){ lo, s->at.hi };
	}
	return SPAN_NONE;
}

static str
line_words(const struct par *p, const struct bp *from, const struct bp *to)
{
	return str_trim(str_cut(p->t->text, from->next, to->end));
}

/* The last way out: each line as long as fits, one candidate at least.
 * whole: words with hyphens are not broken where others may be. */
static size_t
first_fit(const struct par *p, sp width, bool whole, uint32_t *chosen)
{
	const struct bp	*b = p->bps.v;
	size_t		 from = 0, n = 0;

	while (from + 1 < p->bps.n) {
		size_t	 to = from + 1, good = 0;

		for (;; to++) {
			if (!b[to].flagged)
				good = to;
			if (to + 1 == p->bps.n || b[to].forced ||
			    b[to + 1].w_end - b[from].w_next > width)
				break;
		}
		if (whole && good != 0)
			to = good;
		chosen[n++] = (uint32_t)to;
		from = to;
	}
	return n;
}

/* Tells of the lines that are not as they should be. */
static void
tell(const struct par *p, const uint32_t *chosen, size_t n)
{
	struct break_params	 bp = { .width = p->m->w,
				    .ragged = !p->justify };

	for (size_t i = 0; i < n; i++) {
		const struct bp	*a = &p->bps.v[i > 0 ? chosen[i - 1] : 0];
		const struct bp	*b = &p->bps.v[chosen[i]];
		sp		 over = b->w_end - a->w_next - p->m->w;
		int		 fit;
		int32_t		 bad = break_line(&bp, a, b, &fit);
		str		 words = line_words(p, a, b);

		if (bad == INT32_MAX && over > SP_PT / 10)
			diag_add(p->l->diag, DIAG_PAR_OVERFULL,
			    line_span(p, a, b), "by %lld pt: \"%.*s\"",
			    (long long)(over / SP_PT + 1), STR_ARG(words));
		else if (p->justify && bad != INT32_MAX &&
		    bad > p->l->th->tolerance && (b->st_end > a->st_next ||
		    -over > p->m->w / SHORT_PART))
			diag_add(p->l->diag, DIAG_PAR_LOOSE,
			    line_span(p, a, b), "\"%.*s\"",
			    STR_ARG(words));
	}
}

/* The narrowest width that needs no more lines: then they are alike. */
static size_t
narrowest(const struct par *p, bool whole, uint32_t *chosen, size_t n)
{
	sp	 lo = 0, hi = p->m->w;

	while (hi - lo > SP_PT) {
		sp	 mid = (lo + hi) / 2;

		if (first_fit(p, mid, whole, chosen) <= n)
			hi = mid;
		else
			lo = mid;
	}
	return first_fit(p, hi, whole, chosen);
}

static sp
last_width(const struct par *p, const uint32_t *chosen, size_t n)
{
	return p->bps.v[chosen[n - 1]].w_end -
	    p->bps.v[n > 1 ? chosen[n - 2] : 0].w_next;
}

/* Words stay whole if that takes no more lines nor leaves a short one. */
static size_t
balance(const struct par *p, uint32_t *chosen, size_t n)
{
	size_t	 got;

	if (!p->m->balance || p->justify || n < 2 || n > BALANCE_MAX)
		return n;
	if (first_fit(p, p->m->w, true, chosen) <= n) {
		got = narrowest(p, true, chosen, n);
		if (last_width(p, chosen, got) * 3 > p->m->w)
			return got;
	}
	return narrowest(p, false, chosen, n);
}

/* What a last line should be long at least. */
static sp
least_last(const struct par *p)
{
	sp	 em = p->in->spans.n > 0 ? p->in->spans.v[0].style.size : 0;
	sp	 w = em * LAST_EMS, indent =
		    p->l->th->block[STYLE_BODY].indent * 3 / 2;

	w = w > indent ? w : indent;
	return w < p->m->w / 4 ? w : p->m->w / 4;
}

/* The first pass has found lines, and nothing asks for others: the last of
 * several is not too short. */
static bool
settled(const struct par *p, const struct break_params *bp,
    const uint32_t *chosen, size_t n)
{
	return n > 0 && bp->looseness == 0 && (n == 1 ||
	    last_width(p, chosen, n) >= bp->last);
}

/* The third pass: lines may be loose, little at first, and long words are
 * broken. *cost: -1 where it was not weighed. */
static size_t
choose_anyhow(struct par *p, struct break_params *bp, uint32_t *chosen,
    int64_t *cost)
{
	size_t	 n;

	*cost = -1;
	/* Where every character may end a line all ways are alike: do not
	 * weigh thousands of them. */
	if (break_long_words(p) > LONG_BREAKS_MAX)
		return first_fit(p, p->m->w, false, chosen);
	bp->slip_next = p->slip_next;
	bp->slip_end = p->slip_end;
	for (int part = EMERGENCY_PARTS; part > 0; part--) {
		bp->extra = p->m->w * p->l->th->emergency / 1000 / part;
		n = break_total_fit(p->l->tmp, p->bps.v, p->bps.n, bp, chosen,
		    cost);
		if (n > 0)
			return n;
	}
	bp->tolerance = 9999;
	n = break_total_fit(p->l->tmp, p->bps.v, p->bps.n, bp, chosen, cost);
	return n > 0 ? n : first_fit(p, p->m->w, false, chosen);
}

/* Hardly any justified text of several lines does without hyphens: the first
 * pass would be for nothing. Letters are half as wide as high. */
static bool
wants_hyphens(const struct par *p)
{
	const struct text_style	*s = &p->in->spans.v[0].style;

	return p->justify && s->hyphenate && p->m->looseness == 0 &&
	    (sp)p->in->text.n * s->size / 2 > p->m->w * LINES_SURE;
}

static size_t
choose(struct par *p, uint32_t **chosen)
{
	const struct theme	*th = p->l->th;
	struct break_params	 bp = { .width = p->m->w,
				    .tolerance = th->pretolerance,
				    .ragged = !p->justify,
				    .extra = p->justify ? 0 : p->m->w / 4,
				    .stacks = p->justify && th->rivers,
				    .last = least_last(p),
				    .looseness = p->m->looseness };
	struct arena		*tmp = p->l->tmp;
	int64_t			 cost;
	size_t			 n = 0;
	bool			 bad;

	*chosen = ARENA_NEW(tmp, uint32_t, p->t->text.n + 2);
	if (!wants_hyphens(p)) {
		par_find_breaks(p);
		bp.slip_next = p->slip_next;
		bp.slip_end = p->slip_end;
		n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen,
		    &cost);
	}
	if (!settled(p, &bp, *chosen, n)) {
		text_hyphenate(p->l->in->text, p->t);
		par_find_breaks(p);
		bp.slip_next = p->slip_next;
		bp.slip_end = p->slip_end;
		bp.tolerance = th->tolerance;
		n = break_total_fit(tmp, p->bps.v, p->bps.n, &bp, *chosen,
		    &cost);
	}
	bad = n == 0;
	if (bad)
		n = choose_anyhow(p, &bp, *chosen, &cost);
	if (bp.stacks && n > 2 && cost >= 0 && !p->mixed && bp.looseness == 0)
		n = par_mend_rivers(p, &bp, *chosen, n, cost);
	if (bad)
		tell(p, *chosen, n);
	return balance(p, *chosen, n);
}

static void
par_shape(struct par *p)
{
	p->t = text_shape(p->l->in->text, p->l->tmp, p->in->text,
	    p->in->spans.v, p->in->spans.n, p->l->rtl);
	p->justify = p->m->align == ALIGN_JUSTIFY;
	for (size_t i = 0; i < p->t->nruns && !p->mixed; i++)
		p->mixed = ((p->t->runs[i].level & 1) != 0) != p->t->rtl;
	for (size_t i = 0; p->justify && i < p->t->nruns && !p->code; i++)
		p->code = p->t->runs[i].face->mono != p->t->runs[0].face->mono;
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
 * Where the piece of a text ends that begins at byte lo: behind a blank (or,
 * in a word without end, before a character) near PIECE_MAX.
 */
static size_t
piece_end(str text, size_t lo)
{
	size_t	 end = lo + PIECE_MAX, at = end;

	if (end >= text.n)
		return text.n;
	while (at > lo && text.p[at - 1] != ' ')
		at--;
	while (end > lo && ((unsigned char)text.p[end] & 0xc0) == 0x80)
		end--;
	return at > lo ? at : end;
}

struct lines
par_set(struct layout *l, const struct inlines *in, const struct measure *m)
{
	struct { struct vbox *v; size_t n, cap; } all = { 0 };
	struct lines	 out = { 0 };

	if (in->text.n <= PIECE_MAX)
		return piece_set(l, in, m);
	for (size_t lo = 0, hi; lo < in->text.n; lo = hi) {
		struct inlines	 x;
		struct lines	 part;

		hi = piece_end(in->text, lo);
		x = inlines_part(l, in, lo, hi);
		part = piece_set(l, &x, m);
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
	struct measure	 m = { .align = ALIGN_START };
	struct par	 p = { .l = l, .in = in, .m = &m };
	struct arena_mark mark = arena_mark(l->tmp);
	sp		 line = 0;

	*longest = *word = 0;
	if (in->text.n == 0)
		return;
	if (in->text.n > PIECE_MAX) {	/* wider than any page as it is */
		head = inlines_part(l, in, 0, piece_end(in->text, 0));
		p.in = &head;
	}
	par_shape(&p);
	par_find_breaks(&p);
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
