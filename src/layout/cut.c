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
#define SPAN_MAX	2000	/* boxes across all columns at once */
#define LEAST_FULL	600	/* [1/1000] of a page that ends by choice */

static const struct grow none = { 0 };

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

/* What a state has cost so far, less what it has placed of notes and floats
 * besides the boxes: by that, states for one box can be compared. */
static int64_t
rank(const struct chooser *x, const struct state *t)
{
	const struct cut	*c = x->c;
	uint32_t		 hung = cut_hung(c, t->box);
	sp			 used = t->top;

	if (t->col > 0)
		used = (c->in->room + t->top) / 2;
	used *= c->in->columns;
	if (t->nl > 0)
		used -= c->notes.v[t->nl - 1].end;
	hung = hung < t->nf ? hung : t->nf;
	if (hung > 0)
		used -= c->float_end[hung - 1];
	return t->cost + used * COST_PAGE / (c->in->room *
	    (sp)c->in->columns);
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
	const struct cut	*c = x->c;
	uint32_t	 i, worst = 0, n = 0;
	int64_t		 r, most = INT64_MIN;

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
		if (c->due == NULL && c->hung == NULL)
			continue;
		r = rank(x, &x->s.v[i]);
		if (r > most) {
			most = r;
			worst = i;
		}
	}
	if (n >= BEAM && worst != 0) {
		if (rank(x, &t) < most) {
			t.next = x->s.v[worst].next;
			x->s.v[worst] = t;
		}
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
cut_empty(const struct cut_in *in, sp slack, struct grow g)
{
	int64_t	 e = in->room > 0 ? slack * 1000 / in->room : 0, r;

	if (slack < 0)
		return COST_OVERFULL + (e < -1000000 ? 1000000 : -e);
	if (slack <= g.gap && g.gap > 0) {
		r = slack * 1000 / g.gap;
		return r * r * r / 1000000 * COST_GAPS / 1000;
	}
	if (slack <= g.gap + g.line && g.line > 0) {
		r = (slack - g.gap) * 1000 / g.line;
		return COST_GAPS + r * r * r / 1000000 * COST_LINES / 1000;
	}
	return (e * EMPTY_LINE + e * e * e / 1000000 * EMPTY_CUBE) / 1000 +
	    (in->feather > 0 && slack > 0 ? COST_RAGGED : 0);
}

/* Of a last page with so little on it. */
int64_t
cut_short(const struct cut_in *in, sp h)
{
	return h >= in->room / SHORT_PAGE ? 0 :
	    COST_SHORT - h * (COST_SHORT * SHORT_PAGE) / in->room;
}

/* The state after a step; what differs by its end is filled in. */
struct state
cut_follow(const struct state *s, uint32_t at, const struct step *p)
{
	return (struct state){ .cost = s->cost, .from = at, .box = s->box,
	    .nf = s->nf, .nl = s->nl, .page = s->page, .empty = s->empty,
	    .kind = (uint8_t)p->kind, .at_top = (uint8_t)p->top,
	    .here = (uint8_t)p->here, .at_foot = (uint8_t)p->foot };
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
		t.cost += cut_empty(in, in->room - s.top, none);
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
	while (j < e && n < SPAN_MAX && fill_box(&f, j) &&
	    (fill_height(&f) <= room || (n == 0 && s.top == 0)))
		x->cand[n++] = (struct cand){ ++j, f.next, 0,
		    fill_height(&f), none };
	for (bool any = false; n-- > 0; any = true) {
		struct state	 t = cut_follow(&s, at, &p);
		const struct cand *k = &x->cand[n];
		bool		 ends = k->j < e || turned;

		if (any && k->y < room * LEAST_FULL / 1000)
			break;
		t.box = (uint32_t)k->j;
		t.room = room;
		t.page += ends;
		t.top = ends ? 0 : cut_region(in, s.top + k->y, e < in->n ?
		    in->v[e].before : in->float_gap);
		if (ends || t.box == in->n)
			t.cost += COST_PAGE;
		if (k->y > room)
			t.cost += cut_empty(in, room - k->y, none);
		if (k->j < e)
			t.cost += cut_penalty(in, k->j) + cut_empty(in,
			    room > k->y ? room - k->y : 0, none);
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
			if ((in->v[to].flags & (to == s.box &&
			    (in->v[to].flags & BOX_ARTICLE) != 0 ? 0 :
			    to == s.box ? BOX_FENCE : BOX_FENCE | BOX_PAGE |
			    BOX_LANDSCAPE)) != 0)
				return;
			y += in->v[to].h + in->v[to].before;
		}
		if (to == in->n || y >= in->room * 2)
			return;
	}
	t.nf++;
	t.floats = true;
	t.top = cut_region(in, s.top + h, in->float_gap);
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
	bool			 page = s.box < in->n && (in->v[s.box].flags &
				    BOX_PAGE) != 0;

	wait = (page && !start) || (s.nl < cut_due(x->c, s.box) &&
	    (s.box == in->n || page || (kind & BOX_LANDSCAPE) != 0));
	span_float_try(x, at);
	if (wait || (kind != 0 && (s.nl < cut_due(x->c, s.box) ||
	    s.nf < cut_hung(x->c, s.box))) || s.box == in->n)
		columns_try(x, at, s.box);	/* of notes and floats alone */
	if (!wait && kind == 0 && s.box < in->n) {
		if (in->columns > 1 && s.col == 0 && balance_try(x, at, e))
			return;
		columns_try(x, at, e);
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

/* Balanced columns end at the same height, above their own notes. */
static sp
reach_of(const struct cut *c, const struct step *p, sp reach)
{
	sp	 most = p->room - cut_notes(c, p->note_lo, p->note_hi);

	return reach > 0 && reach < most ? reach : most;
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
		p.reach = reach_of(c, &p, t->reach);
		q.reach = reach_of(c, &q, t->reach);
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
	column_prepare(&x);
	balance_prepare(&x);
	VEC_PUSH(tmp, &x.s, (struct state){ 0 });	/* index 0: none */
	cut_reach(&x, (struct state){ 0 });
	for (size_t i = 0; i <= in->n; i++)
		while ((at = bucket_pop(&x, i)) != 0)
			state_try(&x, at);
	steps_of(&x);
}
