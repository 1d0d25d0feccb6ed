/*
 * column.c: all columns that may begin at a state: where they may end, which
 * floats stand at their top, between their boxes and at their foot, how much
 * of the notes, and what each of that costs.
 */
#include "layout/pager_int.h"

#define SCAN_MAX	2000	/* boxes of one column */
#define GOOD_END	1000	/* penalty of an end that spares emptier ones */
#define TRY_TOP		2	/* floats tried at the top of a column */

static const struct grow none = { 0 };

void
column_prepare(struct chooser *x)
{
	const struct cut_in	*in = x->c->in;
	struct sum		*q;
	struct fill		 f;

	x->cand = ARENA_NEW(x->c->tmp, struct cand, (in->n < SCAN_MAX ?
	    in->n : SCAN_MAX) + 2);
	q = x->sum = ARENA_NEW(x->c->tmp, struct sum, in->n + 1);
	f = (struct fill){ .c = x->c, .any = true, .apart = true };
	for (size_t i = 0; i < in->n; i++) {
		fill_box(&f, i);
		q[i + 1] = (struct sum){ f.y, f.grow };
	}
}

/*
 * Stacks the first boxes of a column until the heights of all further ones
 * are those of the sums less *off: the first box, and on a grid those up to
 * the first line on it. Returns the box after them, 0: there is none.
 */
size_t
column_sums(const struct chooser *x, struct fill *f, size_t lo, size_t hi,
    sp *off)
{
	const struct cut_in	*in = x->c->in;
	size_t			 i = lo;

	if (hi - lo > SCAN_MAX)
		hi = lo + SCAN_MAX;
	while (i < hi && f->y <= in->room && fill_box(f, i++))
		if (in->grid == 0 || in->v[i - 1].base != 0) {
			*off = f->y - x->sum[i].y;
			return i;
		}
	return 0;
}

/* ---- costs ------------------------------------------------------------ */

/* Pages or columns side by side that end at different heights. */
static int64_t
uneven(const struct cut_in *in, const struct state *s, sp slack)
{
	sp	 d = slack - s->empty;

	if (!in->spreads || (s->col == 0 && (s->page == 0 ||
	    ((s->page + in->verso) & 1) != 0)))
		return 0;
	return (d < 0 ? -d : d) * COST_UNEVEN / in->room;
}

/* As many of the note lines [lo, hi) as fit into h. */
static uint32_t
notes_fit(const struct cut *c, uint32_t lo, uint32_t hi, sp h)
{
	uint32_t	 a = lo, b = hi;

	if (cut_notes(c, lo, hi) <= h)
		return hi;
	while (a < b) {
		uint32_t	 m = a + (b - a + 1) / 2;

		if (cut_notes(c, lo, m) <= h)
			a = m;
		else
			b = m - 1;
	}
	return a;
}

static int64_t
notes_cost(const struct cut *c, size_t i, size_t j, uint32_t nl)
{
	uint32_t	 due = cut_due(c, j), late;
	int64_t		 cost = 0;

	if (nl >= due)
		return 0;
	late = due - nl;
	cost = COST_NOTE_SPLIT + (late < 100 ? late : 100) * 2;
	if (due > cut_due(c, i) && nl <= c->first[j])
		cost += COST_NOTE_LATE;
	if (late == 1 || nl == c->first[j] + 1)
		cost += COST_NOTE_SPLIT;
	return cost;
}

static int64_t
floats_cost(const struct cut *c, const struct step *p, size_t j, uint32_t nf,
    bool page_ends)
{
	uint32_t	 hung = cut_hung(c, j);
	int64_t		 cost = (int64_t)p->top * COST_FLOAT_TOP +
			    (int64_t)p->foot * COST_FLOAT_FOOT;

	if (nf > hung && page_ends)
		cost += COST_EARLY;
	if (nf < hung)
		cost += (int64_t)(hung - nf) * COST_FLOAT_LATE;
	return cost;
}

/* ---- ends -------------------------------------------------------------- */


static void
column_end(struct chooser *x, uint32_t at, const struct step *p,
    const struct cand *k, bool free_end)
{
	const struct cut	*c = x->c;
	const struct cut_in	*in = c->in;
	struct state		 s = x->s.v[at], t = cut_follow(&s, at, p);
	bool			 ends = in->columns == 1 || s.col == 1;
	sp			 room = in->room - s.top, slack;

	t.box = (uint32_t)k->j;
	t.nf = k->nf + p->foot;
	t.here = (uint8_t)k->here;
	slack = room - k->y - cut_foot(c, k->nf, p->foot);
	if (c->due != NULL) {
		t.nl = notes_fit(c, s.nl, c->due[k->j], slack);
		if (t.nl == s.nl && k->j == s.box && t.nf == s.nf &&
		    s.top == 0 && s.nl < c->due[k->j])
			t.nl++;		/* a line taller than the page */
		slack -= cut_notes(c, s.nl, t.nl);
		t.cost += notes_cost(c, s.box, k->j, t.nl);
	}
	if (k->j == s.box && t.nf == s.nf && t.nl == s.nl)
		return;
	if (slack < 0 && s.top > 0)
		return;			/* on a page of its own, then */
	t.col = !ends;
	t.top = ends ? 0 : s.top;
	t.empty = slack;
	t.room = room;
	t.cost += floats_cost(c, p, k->j, t.nf, ends);
	if (k->j > s.box)
		t.cost += cut_penalty(in, k->j);
	if (ends || cut_complete(x, &t)) {
		t.cost += COST_PAGE + (ends ? 0 : cut_empty(in, room, none));
		t.page++;
	}
	if (!free_end || slack < 0) {
		t.cost += cut_empty(in, slack, k->grow) +
		    uneven(in, &s, slack);
		t.full = slack <= k->grow.gap + k->grow.line;
		if (s.top > 0 && k->j > s.box && k->y < in->room / 16)
			t.cost += COST_SHORT;
	} else if (cut_complete(x, &t) && s.page > 0)
		t.cost += cut_short(in, room - slack);
	cut_reach(x, t);
}

/* The least that the column must hold of notes when it ends before j. */
static sp
least_notes(const struct cut *c, const struct state *s, size_t j)
{
	uint32_t	 must;

	if (c->due == NULL || c->due[j] <= s->nl)
		return 0;
	must = s->nl + 1;
	if (c->due[j] > c->due[s->box] && c->first[j] + 1 > must)
		must = c->first[j] + 1;
	return cut_notes(c, s->nl, must);
}

/* All notes that are due when it does. */
static sp
column_notes(const struct cut *c, const struct state *s, size_t j)
{
	return c->due == NULL ? 0 : cut_notes(c, s->nl, c->due[j]);
}

/* Ends that leave a column fairly full, or the last ones that there are. */
static void
column_ends(struct chooser *x, uint32_t at, const struct step *p,
    const struct cand *k, size_t n)
{
	const struct cut_in	*in = x->c->in;
	struct state		 s = x->s.v[at];
	sp			 least = (in->room - s.top) * in->least / 1000;
	bool			 good = false;

	while (n-- > 0) {
		if (good && k[n].y + column_notes(x->c, &s, k[n].j) < least)
			return;
		column_end(x, at, p, &k[n], false);
		good |= k[n].j > s.box &&
		    cut_penalty(in, k[n].j) < GOOD_END;
	}
}

/* The region ends with this column: by itself, not for want of room. */
static bool
column_last(struct chooser *x, uint32_t at, const struct step *p,
    struct fill *f, const struct cand *last)
{
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	size_t			 e = p->hi;
	struct cand		 k = *last;
	sp			 h;

	if (c->in->columns > 1 && (s.col == 0 || e < c->in->n))
		return false;
	if (c->nfloats > 0 && cut_hung(c, e) != k.nf) {
		if (!fill_flush(f, e) && e == c->in->n)
			return false;
		k.nf = f->next;
		k.here = k.nf - p->float_lo - p->top;
		k.y = fill_height(f);
	}
	h = k.y + cut_foot(c, k.nf, p->foot) + cut_notes(c, s.nl,
	    cut_due(c, e));
	if (h > c->in->room - s.top && (e > (size_t)s.box + 1 ||
	    k.nf != last->nf))
		return false;
	column_end(x, at, p, &k, true);
	return h <= c->in->room - s.top;
}

/*
 * A column without floats: heights are differences of sums. Candidates from
 * the first that is full enough on, ascending. 0: it must be stacked box by
 * box.
 */
static size_t
scan_sums(struct chooser *x, const struct state *s, const struct step *p,
    struct fill *f, size_t *n)
{
	const struct cut	*c = x->c;
	const struct sum	*q = x->sum, *q1 = q + p->lo + 1;
	sp			 room = c->in->room - s->top, off, y;
	size_t			 from, lo, hi = p->hi, j;
	bool			 good = false;

	if (cut_hung(c, p->lo) != s->nf ||
	    (from = lo = column_sums(x, f, p->lo, hi, &off)) == 0)
		return 0;
	if (hi - p->lo > SCAN_MAX)
		hi = p->lo + SCAN_MAX;
	while (lo < hi) {		/* the last that fits */
		size_t	 m = lo + (hi - lo + 1) / 2;

		if (q[m].y + off <= room)
			lo = m;
		else
			hi = m - 1;
	}
	for (j = lo; j > from; j--)
		if (q[j].y + off + fill_pad(c->in, &c->in->v[j - 1]) +
		    least_notes(c, s, j) <= room)
			break;
	if (cut_hung(c, j) != s->nf || (j == from && from > p->lo + 1))
		return 0;
	hi = j;
	for (; j >= from; j--) {
		y = q[j].y + off;
		if (good && y + column_notes(c, s, j) < room *
		    c->in->least / 1000)
			break;
		good |= cut_penalty(c->in, j) < GOOD_END;
	}
	if (j < from && from > p->lo + 1)
		return 0;
	for (j++; j <= hi; j++)
		x->cand[(*n)++] = (struct cand){ j, s->nf, 0, q[j].y + off +
		    fill_pad(c->in, &c->in->v[j - 1]), { q[j].grow.gap -
		    q1->grow.gap, q[j].grow.line - q1->grow.line } };
	return hi;
}

/* A column with floats, box by box. */
static size_t
scan_boxes(struct chooser *x, const struct state *s, const struct step *p,
    struct fill *f, size_t *n)
{
	const struct cut	*c = x->c;
	sp			 room = c->in->room - s->top;
	size_t			 j = p->lo;

	room -= cut_foot(c, f->next, p->foot);
	f->room = p->here > 0 ? room : 0;
	while (j < p->hi && *n < SCAN_MAX && fill_box(f, j)) {
		sp		 y = fill_height(f);
		uint32_t	 here = f->next - p->float_lo - p->top;
		bool		 fits = y + least_notes(c, s, j + 1) <= room;

		if (!fits && (*n > 0 || j > p->lo ||
		    here > (c->in->v[j].floater != NULL)))
			break;	/* alone it may be too high, no other way */
		j++;
		x->cand[(*n)++] = (struct cand){ j, f->next, here, y,
		    f->grow };
		if (!fits)
			break;
	}
	return j;
}

/* Fills a column in one way; returns where no more fits. */
static size_t
column_scan(struct chooser *x, uint32_t at, const struct step *p)
{
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	size_t			 j = p->lo, n = 0;
	struct step		 bare = *p;
	struct fill		 f;

	bare.hi = bare.lo;	/* floats and notes alone */
	fill_begin(&f, c, &bare, NULL);
	if (p->top > 1 && f.y > c->in->room - s.top)
		return j;
	if (p->top > 0 || (cut_due(c, j) > s.nl && (j == p->hi ||
	    c->in->v[j].h + cut_notes(c, s.nl, s.nl + 1) >
	    c->in->room - s.top)))
		x->cand[n++] = (struct cand){ j, f.next, 0, f.y, none };
	fill_begin(&f, c, p, NULL);
	j = p->top + p->here + p->foot > 0 ? 0 :
	    scan_sums(x, &s, p, &f, &n);
	if (j == 0) {
		fill_begin(&f, c, p, NULL);
		j = scan_boxes(x, &s, p, &f, &n);
	}
	if (j == p->hi && n > 0 && x->cand[n - 1].j == j && j > p->lo &&
	    column_last(x, at, p, &f, &x->cand[n - 1]))
		return j;
	column_ends(x, at, p, x->cand, n);
	return j;
}

static bool
may_float(const struct cut *c, uint32_t lo, unsigned n)
{
	if (lo + n > c->nfloats)
		return false;
	for (unsigned i = 0; i < n; i++)
		if (c->floats[lo + i]->span && c->in->columns > 1)
			return false;
	return true;
}

void
columns_try(struct chooser *x, uint32_t at, size_t e)
{
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	struct step		 p = { .kind = STEP_TEXT, .lo = s.box,
				    .hi = e, .float_lo = s.nf, .y = s.top };
	uint32_t		 hung = cut_hung(c, column_scan(x, at, &p));

	if (hung <= s.nf)
		return;
	for (p.top = 0; p.top <= TRY_TOP; p.top++) {
		if (!may_float(c, s.nf, p.top) || s.nf + p.top > hung)
			return;
		p.here = FLOATS_ALL;
		p.foot = 0;
		column_scan(x, at, &p);
		p.here = 0;
		if (p.top > 0)
			column_scan(x, at, &p);
		p.foot = 1;
		if (s.nf + p.top < hung && may_float(c, s.nf, p.top + 1))
			column_scan(x, at, &p);
	}
}
