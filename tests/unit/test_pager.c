/*
 * test_pager.c: where pages end, on boxes made up for it: no way of cutting
 * small flows is cheaper than the one chosen; and whatever there is to cut,
 * boxes, notes and floats keep their order, none comes before its mark or
 * place, nothing is lost and nothing reaches over its column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/pager_int.h"

#define ROOM		(SP_PT * 100)
#define BOXES		400

static uint32_t
below(uint64_t *x, uint32_t n)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((*x >> 33) % n);
}

struct bench {
	struct mem_limit mem;
	struct arena	*a;
	struct vbox	 v[BOXES];
	struct cut_in	 in;
	struct cut	 c;
};

static void
bench_open(struct bench *b)
{
	*b = (struct bench){ .mem = { 0, (size_t)1 << 30, NULL } };
	b->a = arena_new(&b->mem);
	b->in = (struct cut_in){ .v = b->v, .room = ROOM, .turned = ROOM / 2,
	    .columns = 1, .note_sep = SP_PT * 5, .float_gap = SP_PT * 5 };
}

static void
lines_add(struct bench *b, size_t n, sp h)
{
	for (; n > 0 && b->in.n < BOXES; n--)
		b->v[b->in.n++].h = h;
}

static const struct floater *
floater(struct bench *b, sp h, bool wide)
{
	struct floater	*f = ARENA_NEW(b->a, struct floater, 1);
	struct vbox	*v = ARENA_NEW(b->a, struct vbox, 1);

	v->h = h;
	*f = (struct floater){ v, 1, h, wide };
	return f;
}

static void
note_add(struct bench *b, struct vbox *to, size_t n, sp h)
{
	struct note		*t = ARENA_NEW(b->a, struct note, 1);
	const struct note	**v = ARENA_NEW(b->a, const struct note *,
				    to->nnotes + 1);

	t->v = ARENA_NEW(b->a, struct vbox, n);
	t->n = n;
	for (size_t i = 0; i < n; i++)
		t->v[i].h = h;
	t->v[0].before = SP_PT;
	if (to->nnotes > 0)
		memcpy(v, to->notes, sizeof *v * to->nnotes);
	v[to->nnotes++] = t;
	to->notes = v;
}

/* ---- what holds for every result -------------------------------------- */

/* The page of the step that holds box i. */
static size_t
page_of(const struct cut *c, size_t i)
{
	size_t	 page = 0;

	for (size_t k = 0; k < c->steps.n; k++) {
		page += c->steps.v[k].page;
		if (i < c->steps.v[k].hi)
			return page;
	}
	return page;
}

static size_t
mark_of(const struct cut *c, uint32_t note_line)
{
	size_t	 i = 0;

	while (c->due[i + 1] <= note_line)
		i++;
	return i;
}

static size_t
place_of(const struct cut *c, uint32_t f)
{
	size_t	 i = 0;

	while (c->hung[i + 1] <= f)
		i++;
	return i;
}

static void
check_floats(const struct cut *c, const struct step *s, size_t page)
{
	for (uint32_t f = s->float_lo; f < s->float_hi; f++) {
		size_t	 at = place_of(c, f);

		assert_true(page_of(c, at) <= page);
		for (size_t i = at + 1; i < s->lo; i++)
			assert_false(c->in->v[i].flags & BOX_FENCE);
		if (f < s->float_lo + s->top)
			for (size_t i = s->lo; i < at; i++)
				assert_false((c->in->v[i].flags & (BOX_FENCE |
				    BOX_ARTICLE)) == BOX_FENCE);
	}
}

static void
check_height(const struct cut *c, const struct step *s)
{
	struct stack	 st = { 0 };
	struct fill	 f;
	sp		 h, foot, low = 0;

	fill_begin(&f, c, s, &st);
	for (size_t i = s->lo; i < s->hi; i++)
		assert_true(fill_box(&f, i));
	while (f.next + s->foot < s->float_hi)
		fill_float(&f, c->floats[f.next++]);
	for (size_t i = 0; i < st.n; i++) {
		assert_true(st.v[i].y >= low);
		low = st.v[i].y + st.v[i].b->h;
	}
	foot = cut_foot(c, f.next, s->foot) +
	    cut_notes(c, s->note_lo, s->note_hi);
	if (s->reach > 0 && foot > 0)	/* spread, but not over what is below */
		assert_true(s->reach + foot <= s->room);
	h = fill_height(&f) + foot;
	if (h <= s->room && s->y + s->room <= (s->kind == STEP_TURNED ?
	    c->in->turned : c->in->room))
		return;
	/* only what is higher than a page, alone on it */
	assert_true(s->y == 0);
	assert_true(st.n + s->note_hi - s->note_lo <= 1 ||
	    (st.n == 2 && st.v[0].again));
}

/* What was decided, for whoever looks into a failure. */
static void
show(const struct cut *c)
{
	if (getenv("PAGER_SHOW") == NULL)
		return;
	fprintf(stderr, "cost %lld\n", (long long)c->cost);
	for (uint32_t f = 0; f < c->nfloats; f++)
		fprintf(stderr, "float %u at %zu%s\n", f, place_of(c, f),
		    c->floats[f]->span ? " wide" : "");
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct step *s = &c->steps.v[i];

		fprintf(stderr, "%s%d [%zu %zu) floats [%u %u) %u %u %u notes "
		    "[%u %u) col %u y %d room %d\n", s->page ? "page " : "",
		    s->kind, s->lo, s->hi, s->float_lo, s->float_hi, s->top,
		    s->here, s->foot, s->note_lo, s->note_hi, s->col,
		    (int)(s->y / SP_PT), (int)(s->room / SP_PT));
	}
	for (size_t i = 0; i < c->in->n; i++)
		if (c->in->v[i].flags != 0)
			fprintf(stderr, "box %zu flags %u\n", i,
			    c->in->v[i].flags);
}

static void
check(struct bench *b)
{
	const struct cut	*c = &b->c;
	size_t			 at = 0, page = 0;
	uint32_t		 floats = 0, notes = 0;

	cut(b->a, &b->in, &b->c);
	show(c);
	assert_true(c->steps.n > 0 && c->steps.v[0].page);
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct step	*s = &c->steps.v[i];

		page += s->page;
		assert_int_equal(s->lo, at);
		assert_true(s->hi >= s->lo);
		assert_int_equal(s->float_lo, floats);
		assert_int_equal(s->note_lo, notes);
		assert_true(s->col < b->in.columns);
		for (size_t k = s->lo; k < s->hi; k++)
			assert_true(k == s->lo || ((b->v[k].flags & BOX_PAGE)
			    == 0 && cut_kind(&b->in, k) ==
			    cut_kind(&b->in, s->lo)));
		if (s->lo > 0 && s->lo < s->hi &&
		    (b->v[s->lo].flags & BOX_PAGE) != 0)
			assert_true(s->page || s->y > 0 || s->float_hi > 0);
		for (uint32_t n = s->note_lo; n < s->note_hi; n++)
			assert_true(page_of(c, mark_of(c, n)) <= page);
		check_floats(c, s, page);
		check_height(c, s);
		at = s->hi;
		floats = s->float_hi;
		notes = s->note_hi;
	}
	assert_int_equal(at, b->in.n);
	assert_int_equal(floats, c->nfloats);
	assert_int_equal(notes, c->notes.n);
}

/* ---- the best of all ways --------------------------------------------- */

static int64_t
least_cost(const struct cut_in *in, size_t i)
{
	struct grow	 none = { 0 };
	int64_t		 best = INT64_MAX;
	sp		 h = 0;

	for (size_t j = i + 1; j <= in->n; j++) {
		int64_t	 c = COST_PAGE;

		h += in->v[j - 1].h + (j > i + 1 ? in->v[j - 1].before : 0);
		if (h > in->room && j > i + 1)
			break;
		if (j < in->n || h > in->room)
			c += cut_empty(in, in->room - h, none);
		if (j < in->n)
			c += cut_penalty(in, j) + least_cost(in, j);
		else if (i > 0 && h < in->room / SHORT_PAGE)
			c += COST_SHORT - h * (COST_SHORT * SHORT_PAGE) /
			    in->room;
		best = c < best ? c : best;
	}
	return best;
}

static void
test_best(void **state)
{
	static const int32_t	 penalty[] = { 0, 0, 0, 60, 400, 1200,
				    PENALTY_NEVER };
	uint64_t		 r = 4;
	struct bench		 b;

	(void)state;
	for (int k = 0; k < 2000; k++) {
		bench_open(&b);
		lines_add(&b, 1 + below(&r, 13), 0);
		for (size_t i = 0; i < b.in.n; i++) {
			b.v[i].h = SP_PT * (1 + below(&r, k % 50 ? 50 : 120));
			b.v[i].before = SP_PT * below(&r, 9);
			b.v[i].penalty = penalty[below(&r, ARRAY_LEN(penalty))];
		}
		check(&b);
		assert_int_equal(b.c.cost, least_cost(&b.in, 0));
		arena_free(b.a);
	}
}

/* ---- anything --------------------------------------------------------- */

static void
make_up(struct bench *b, uint64_t *r)
{
	uint32_t	 odd = 1 + below(r, 40), high = below(r, 60) ? 12 : 130;
	struct vbox	*head = &b->v[BOXES - 1];

	b->in.columns = 1 + below(r, 2);
	b->in.least = below(r, 2) ? 800 : 0;
	b->in.spreads = below(r, 2);
	if (below(r, 3) == 0) {
		b->in.grid = SP_PT * 10;
		b->in.base = SP_PT * 7;
	} else if (below(r, 2))
		b->in.feather = 50;
	head->h = SP_PT * 8;
	lines_add(b, 1 + below(r, 150), SP_PT * 10);
	for (size_t i = 0; i < b->in.n; i++) {
		struct vbox	*v = &b->v[i];

		if (below(r, 3) == 0) {
			v->h = SP_PT * (1 + below(r, high));
			v->before = SP_PT * below(r, 20);
		} else if (v->h == SP_PT * 10)
			v->base = SP_PT * 7;
		if (below(r, odd) == 0)
			note_add(b, v, 1 + below(r, below(r, 20) ? 4 : 60),
			    SP_PT * (1 + below(r, 8)));
		if (below(r, odd * 2) == 0) {
			*v = (struct vbox){ .floater = floater(b, SP_PT * (1 +
			    below(r, 90)), below(r, 3) == 0) };
			v->penalty = PENALTY_NEVER;
		}
		if (below(r, 5) == 0)
			v->penalty = (int32_t)below(r, PENALTY_NEVER + 1);
		if (below(r, odd) == 0 && v->floater == NULL)
			v->repeat = head;
		if (below(r, odd * 3) == 0 && v->floater == NULL)
			v->flags |= BOX_ARTICLE | BOX_FENCE;
		if (below(r, odd * 3) == 0 && v->floater == NULL)
			v->flags |= BOX_FENCE;
		if (below(r, odd * 3) == 0)
			v->flags |= BOX_PAGE;
		if (below(r, odd * 2) == 0 || (i > 0 && below(r, 2) &&
		    (v[-1].flags & BOX_SPAN) != 0))
			v->flags |= BOX_SPAN;
		if (below(r, odd * 9) == 0)
			v->flags |= BOX_LANDSCAPE;
	}
}

static void
test_anything(void **state)
{
	uint64_t	 r = 9;
	struct bench	 b;

	(void)state;
	for (int k = 0; k < 4000; k++) {
		bench_open(&b);
		make_up(&b, &r);
		if (getenv("PAGER_SHOW"))
			fprintf(stderr, "== %d\n", k);
		check(&b);
		arena_free(b.a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
