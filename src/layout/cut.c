/*
 * cut.c: where pages and columns end, chosen for the whole flow at once.
 *
 * Dynamic programming over the boxes. A state is a place to go on from: the
 * next box, the column and where its region begins on the page, how many
 * floats of the queue stand already and how many lines of notes. From each
 * state, in the order of the boxes, all columns that may begin there are
 * tried; a column costs what it leaves empty, the penalty at its end, notes
 * that it splits, floats that it puts off. Where two ways lead to the same
 * state the cheaper one is kept, and of too many states for one box the
 * cheapest: work and memory are linear in the boxes.
 *
 * Progress is certain: each step takes a box, a float or a line of a note,
 * or leaves a page that holds something for a new one.
 */
#include "layout/pager_int.h"

#define BEAM		12	/* states for one box */
#define SCAN_MAX	2000	/* boxes of one column */
#define LEAST_FULL	600	/* [1/1000] of a column that ends by choice */
#define TRY_TOP		3	/* floats tried at the top of a column */
#define TRY_HERE	2	/* in line, before others are put off */

/* ---- states ----------------------------------------------------------- */

static bool
same_place(const struct state *a, const struct state *b)
{
	return a->nf == b->nf && a->nl == b->nl && a->col == b->col &&
	    a->top == b->top;
}

bool
cut_complete(const struct chooser *x, const struct state *t)
{
	return t->box == x->c->in->n && t->nf == x->c->nfloats &&
	    t->nl == x->c->notes.n;
}

/* Takes *t over the state at index `at` of the same bucket. */
static void
state_put(struct chooser *x, uint32_t at, const struct state *t)
{
	uint32_t	 next = x->s.v[at].next;

	if (t->cost >= x->s.v[at].cost)
		return;
	x->s.v[at] = *t;
	x->s.v[at].next = next;
}

void
cut_reach(struct chooser *x, struct state t)
{
	uint32_t	 i, worst = 0, n = 0;

	if (cut_complete(x, &t)) {
		if (x->found && t.cost >= x->best.cost)
			return;
		x->best = t;
		x->found = true;
		return;
	}
	for (i = x->bucket[t.box]; i != 0; i = x->s.v[i].next, n++) {
		if (same_place(&x->s.v[i], &t)) {
			state_put(x, i, &t);
			return;
		}
		if (worst == 0 || x->s.v[i].cost > x->s.v[worst].cost)
			worst = i;
	}
	if (n >= BEAM) {
		state_put(x, worst, &t);
		return;
	}
	t.next = x->bucket[t.box];
	x->bucket[t.box] = (uint32_t)x->s.n;
	VEC_PUSH(x->c->tmp, &x->s, t);
}

static bool
earlier(const struct state *a, const struct state *b)
{
	if (a->nf != b->nf)
		return a->nf < b->nf;
	if (a->nl != b->nl)
		return a->nl < b->nl;
	if (a->col != b->col)
		return a->col > b->col;
	return a->top > b->top;		/* the start of a page is last */
}

/* Takes the state to go on from out of the bucket; 0: none is left. */
static uint32_t
bucket_pop(struct chooser *x, size_t box)
{
	uint32_t	*link, *first = &x->bucket[box], at = *first;

	if (at == 0)
		return 0;
	for (link = &x->s.v[at].next; *link != 0;
	    link = &x->s.v[*link].next)
		if (earlier(&x->s.v[*link], &x->s.v[*first]))
			first = link;
	at = *first;
	*first = x->s.v[at].next;
	return at;
}

/* ---- costs ------------------------------------------------------------ */

int64_t
cut_penalty(const struct cut_in *in, size_t j)
{
	if (j >= in->n || (in->v[j].flags & BOX_PAGE) != 0)
		return 0;
	return in->v[j].penalty >= PENALTY_NEVER ? COST_NEVER :
	    in->v[j].penalty;
}

int64_t
cut_empty(const struct cut_in *in, sp slack, sp grow)
{
	int64_t	 e = in->room > 0 ? slack * 1000 / in->room : 0, r;

	if (slack < 0)
		return COST_OVERFULL + (e < -1000000 ? 1000000 : -e);
	if (grow > 0 && slack <= grow) {
		r = slack * 1000 / grow;
		return r * r * r / 10000000;
	}
	return (e * EMPTY_LINE + e * e * e / 1000000 * EMPTY_CUBE) / 1000 +
	    (in->feather > 0 && slack > 0 ? COST_RAGGED : 0);
}

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

/* ---- a column of text ------------------------------------------------- */


/* The state after a column; what differs by its end is filled in. */
struct state
cut_follow(const struct state *s, uint32_t at, const struct step *p)
{
	return (struct state){ .cost = s->cost, .from = at, .box = s->box,
	    .nf = s->nf, .nl = s->nl, .page = s->page, .empty = s->empty,
	    .kind = (uint8_t)p->kind, .at_top = (uint8_t)p->top,
	    .here = (uint8_t)p->here, .at_foot = (uint8_t)p->foot };
}

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
	t.col = !ends;
	t.top = ends ? 0 : s.top;
	t.empty = slack;
	t.room = room;
	t.cost += floats_cost(c, p, k->j, t.nf, ends);
	if (k->j > s.box)
		t.cost += cut_penalty(in, k->j);
	if (ends) {
		t.cost += COST_PAGE;
		t.page++;
	}
	if (!free_end || slack < 0) {
		t.cost += cut_empty(in, slack, k->grow) +
		    uneven(in, &s, slack);
		t.full = slack <= k->grow;
		if (s.top > 0 && k->j > s.box && k->y < in->room / 16)
			t.cost += COST_SHORT;
	} else if (cut_complete(x, &t) && s.page > 0 &&
	    room - slack < in->room / SHORT_PAGE)
		t.cost += COST_SHORT - (room - slack) * (COST_SHORT *
		    SHORT_PAGE) / in->room;
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

/* Ends that leave a column fairly full, or the last ones that there are. */
static void
column_ends(struct chooser *x, uint32_t at, const struct step *p,
    const struct cand *k, size_t n)
{
	const struct cut_in	*in = x->c->in;
	struct state		 s = x->s.v[at];
	sp			 least = (in->room - s.top) * LEAST_FULL /
				    1000;
	bool			 good = false;

	while (n-- > 0) {
		sp	 notes = x->c->due == NULL ? 0 : cut_notes(x->c,
			    s.nl, x->c->due[k[n].j]);

		if (good && k[n].y + notes < least)
			return;
		column_end(x, at, p, &k[n], false);
		good |= k[n].j > s.box &&
		    cut_penalty(in, k[n].j) < COST_NEVER;
	}
}

/* The region ends with this column: by itself, not for want of room. */
static bool
column_last(struct chooser *x, uint32_t at, const struct step *p,
    struct fill *f, size_t e)
{
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	struct cand		 k;
	sp			 h;

	if (c->in->columns > 1 && (s.col == 0 || e < c->in->n))
		return false;
	if (!fill_flush(f, e) && e == c->in->n)
		return false;
	k = (struct cand){ e, f->next, f->y, f->grow };
	h = f->y + cut_foot(c, k.nf, p->foot) + cut_notes(c, s.nl,
	    cut_due(c, e));
	if (h > c->in->room - s.top && e > (size_t)s.box + 1)
		return false;
	column_end(x, at, p, &k, true);
	return h <= c->in->room - s.top;
}

/* Fills a column in one way; returns where no more fits. */
static size_t
column_scan(struct chooser *x, uint32_t at, const struct step *p)
{
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	sp			 room = c->in->room - s.top, foot;
	size_t			 e = p->hi, j = p->lo, n = 0;
	struct fill		 f;

	fill_begin(&f, c, p, NULL);
	foot = cut_foot(c, f.next + (p->here == FLOATS_ALL ? 0 : p->here),
	    p->foot);
	if (p->top > 0 || (cut_due(c, j) > s.nl && (j == e ||
	    c->in->v[j].h + cut_notes(c, s.nl, s.nl + 1) > room)))
		x->cand[n++] = (struct cand){ j, f.next, f.y, 0 };
	while (j < e && n < SCAN_MAX && fill_box(&f, j)) {
		bool	 fits = f.y + foot + least_notes(c, &s, j + 1) <=
			    room;

		if (!fits && n > 0)
			break;
		j++;
		if (f.here == 0 || f.here == FLOATS_ALL || !fits)
			x->cand[n++] = (struct cand){ j, f.next, f.y,
			    f.grow };
		if (!fits)
			break;
	}
	if (j == e && e > p->lo && f.y + foot <= room && (f.here == 0 ||
	    f.here == FLOATS_ALL) && column_last(x, at, p, &f, e))
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

/* Columns that begin at a state, with floats where they may stand. */
static void
columns_try(struct chooser *x, uint32_t at, size_t e)
{
	static const unsigned	 here[] = { FLOATS_ALL, 0, 1, TRY_HERE };
	const struct cut	*c = x->c;
	struct state		 s = x->s.v[at];
	struct step		 p = { .kind = STEP_TEXT, .lo = s.box,
				    .hi = e, .float_lo = s.nf, .y = s.top };
	size_t			 last = column_scan(x, at, &p);
	uint32_t		 hung = cut_hung(c, last), n;

	if (hung <= s.nf)
		return;
	n = hung - s.nf;
	for (p.top = 0; p.top <= TRY_TOP && p.top <= n; p.top++)
		for (size_t i = 0; i < ARRAY_LEN(here); i++)
			for (p.foot = 0; p.foot <= 1; p.foot++) {
				unsigned	 k;

				p.here = here[i];
				k = p.here == FLOATS_ALL ? 0 : p.here;
				if (p.top + k + p.foot > n ||
				    (p.here == FLOATS_ALL && p.foot > 0) ||
				    p.top + p.here + p.foot == 0 ||
				    !may_float(c, s.nf, p.top + k + p.foot))
					continue;
				column_scan(x, at, &p);
			}
}

/* ---- other steps ------------------------------------------------------ */

/* Leaves the rest of the page free. */
static void
page_leave(struct chooser *x, uint32_t at)
{
	const struct cut_in	*in = x->c->in;
	struct state		 s = x->s.v[at];
	struct step		 p = { .kind = STEP_END };
	struct state		 t = cut_follow(&s, at, &p);
	bool			 forced = s.box < in->n &&
				    (in->v[s.box].flags & (BOX_PAGE |
				    BOX_LANDSCAPE)) != 0;

	if (s.col == 0 && s.top == 0)
		return;
	t.page++;
	t.cost += COST_PAGE + cut_penalty(in, s.box);
	if (!forced && s.top < in->room)
		t.cost += cut_empty(in, in->room - s.top, 0);
	if (s.nf > cut_hung(x->c, s.box))
		t.cost += COST_EARLY;
	t.empty = 0;
	cut_reach(x, t);
}

/* Boxes across all columns, or a page of them in landscape. */
static void
span_try(struct chooser *x, uint32_t at, size_t e, enum step_kind kind)
{
	const struct cut_in	*in = x->c->in;
	struct state		 s = x->s.v[at];
	struct step		 p = { .kind = kind, .lo = s.box, .hi = e,
				    .float_lo = s.nf, .y = s.top };
	bool			 turned = kind == STEP_TURNED;
	sp			 room = turned ? in->turned :
				    in->room - s.top;
	size_t			 n = 0, j = s.box;
	struct fill		 f;

	fill_begin(&f, x->c, &p, NULL);
	while (j < e && n < SCAN_MAX && fill_box(&f, j) &&
	    (f.y <= room || n == 0))
		x->cand[n++] = (struct cand){ ++j, f.next, f.y, 0 };
	for (bool any = false; n-- > 0; any = true) {
		struct state	 t = cut_follow(&s, at, &p);
		const struct cand *k = &x->cand[n];
		bool		 ends = k->j < e || turned;

		if (any && k->y < room * LEAST_FULL / 1000)
			break;
		t.box = (uint32_t)k->j;
		t.room = room;
		t.page += ends;
		t.top = ends ? 0 : s.top + k->y + (e < in->n ?
		    in->v[e].before : in->float_gap) + 1;
		if (ends || t.box == in->n)
			t.cost += COST_PAGE;
		if (k->y > room)
			t.cost += cut_empty(in, room - k->y, 0);
		if (k->j < e)
			t.cost += cut_penalty(in, k->j) + cut_empty(in,
			    room > k->y ? room - k->y : 0, 0);
		if (ends && s.nf > cut_hung(x->c, k->j))
			t.cost += COST_EARLY;
		cut_reach(x, t);
		if (k->j == e)
			break;
	}
}

/* A float across all columns: at the top of a page, or where what it hangs
 * in has ended. */
static void
span_float_try(struct chooser *x, uint32_t at)
{
	const struct cut	*c = x->c;
	const struct cut_in	*in = c->in;
	struct state		 s = x->s.v[at];
	struct step		 p = { .kind = STEP_FLOATS, .top = 1 };
	struct state		 t = cut_follow(&s, at, &p);
	sp			 h;

	if (in->columns == 1 || s.col > 0 || s.nf >= c->nfloats ||
	    !c->floats[s.nf]->span)
		return;
	h = c->floats[s.nf]->h;
	if (s.top > 0 && (s.top + h > in->room ||
	    (cut_hung(c, s.box) <= s.nf && !s.floats)))
		return;
	if (cut_hung(c, s.box) <= s.nf) {	/* it hangs further down */
		size_t	 to = s.box;
		sp	 y = h;

		for (; to < in->n && y < in->room * 2; to++) {
			if (in->v[to].floater == c->floats[s.nf])
				break;
			if (to > s.box && (in->v[to].flags &
			    (BOX_ARTICLE | BOX_PAGE | BOX_LANDSCAPE)) != 0)
				return;
			y += in->v[to].h + in->v[to].before;
		}
		if (to == in->n || y >= in->room * 2)
			return;
	}
	t.nf++;
	t.floats = true;
	t.top = s.top + h + in->float_gap + 1;
	t.room = in->room - s.top;
	t.cost += COST_FLOAT_TOP + (h > t.room ? COST_OVERFULL : 0);
	if (cut_complete(x, &t))
		t.cost += COST_PAGE;
	cut_reach(x, t);
}

static void
state_try(struct chooser *x, uint32_t at)
{
	const struct cut_in	*in = x->c->in;
	struct state		 s = x->s.v[at];
	size_t			 e = x->c->end[s.box];
	unsigned		 kind = s.box < in->n ?
				    cut_kind(in, s.box) : 0;
	bool			 start = s.col == 0 && s.top == 0, wait;

	wait = s.nl < cut_due(x->c, s.box) && (s.box == in->n || (start &&
	    (in->v[s.box].flags & (BOX_PAGE | BOX_LANDSCAPE)) != 0));
	span_float_try(x, at);
	if (wait || (kind != 0 && (s.nl < cut_due(x->c, s.box) ||
	    s.nf < cut_hung(x->c, s.box))) || s.box == in->n)
		columns_try(x, at, s.box);	/* of notes and floats alone */
	if (!wait && kind == 0 && s.box < in->n) {
		columns_try(x, at, e);
		if (in->columns > 1 && s.col == 0)
			balance_try(x, at, e);
	} else if (!wait && (kind & BOX_LANDSCAPE) != 0 && start)
		span_try(x, at, e, STEP_TURNED);
	else if (!wait && kind == BOX_SPAN && s.col == 0)
		span_try(x, at, e, STEP_SPAN);
	page_leave(x, at);
}

/* ---- from states to steps --------------------------------------------- */

static struct step
step_of(const struct cut *c, const struct state *s, const struct state *t)
{
	struct step	 p = { (enum step_kind)t->kind, s->box, t->box,
			    s->nf, t->nf, t->at_top, t->here, t->at_foot, s->nl,
			    t->nl, s->col, s->top, t->room, 0,
			    s->col == 0 && s->top == 0 };

	if (t->full && p.kind == STEP_TEXT)
		p.reach = t->room - cut_notes(c, s->nl, t->nl) -
		    cut_foot(c, t->nf - t->at_foot, t->at_foot);
	return p;
}

static void
steps_add(struct cut *c, const struct state *s, const struct state *t)
{
	struct step	 p = step_of(c, s, t);

	if (p.kind == STEP_END)
		return;
	if (t->mid != 0) {
		struct step	 q = p;

		p.hi = q.lo = t->mid;
		p.note_hi = q.note_lo = cut_due(c, t->mid);
		p.float_hi = q.float_lo = t->mid_nf;
		q.top = 0;
		q.col = 1;
		q.page = false;
		p.reach = t->reach > 0 ? t->reach : p.room -
		    cut_notes(c, p.note_lo, p.note_hi);
		q.reach = t->reach > 0 ? t->reach : q.room -
		    cut_notes(c, q.note_lo, q.note_hi);
		VEC_PUSH(c->tmp, &c->steps, p);
		p = q;
	}
	VEC_PUSH(c->tmp, &c->steps, p);
}

static void
steps_of(struct chooser *x)
{
	size_t			 n = 1, i;
	const struct state	**way;

	INVARIANT(x->found);
	for (i = x->best.from; i != 0; i = x->s.v[i].from)
		n++;
	way = ARENA_NEW(x->c->tmp, const struct state *, n);
	way[n - 1] = &x->best;
	for (i = x->best.from; --n > 0; i = x->s.v[i].from)
		way[n - 1] = &x->s.v[i];
	for (i = 0; way[i] != &x->best; i++)
		steps_add(x->c, way[i], way[i + 1]);
	x->c->cost = x->best.cost;
}

void
cut(struct arena *tmp, const struct cut_in *in, struct cut *c)
{
	struct chooser	 x = { .c = c };
	uint32_t	 at;

	cut_prepare(c, tmp, in);
	if (in->n == 0)
		return;
	x.bucket = ARENA_NEW(tmp, uint32_t, in->n + 1);
	x.cand = ARENA_NEW(tmp, struct cand, (in->n < SCAN_MAX ? in->n :
	    SCAN_MAX) + 2);
	balance_prepare(&x);
	VEC_PUSH(tmp, &x.s, (struct state){ 0 });	/* index 0: none */
	cut_reach(&x, (struct state){ 0 });
	for (size_t i = 0; i <= in->n; i++)
		while ((at = bucket_pop(&x, i)) != 0)
			state_try(&x, at);
	steps_of(&x);
}
