/*
 * table_columns.c: what the columns of a table take, and what is done when
 * it cannot fit.
 *
 * A column wishes for its longest line and needs its longest word. What
 * fits as wished is set so. Else those that wish for less than their part
 * have it, and the others share by a rule of thumb: a column's share grows
 * with the fourth root of the cubes of its cells' lengths, which is between
 * their sum, which looks at all rows alike, and their largest, which is what
 * a row's height is. Then room is moved from column to column as long as
 * that saves lines.
 *
 * Where not even the words fit: less white space, hyphens, all columns of
 * the page, smaller type, a turned page, a list of records; at last broken
 * words. Each is tried before the next.
 */
#include "layout/table_int.h"

#define SHRINK_STEP	50		/* [1/1000] */
#define TIGHT		600		/* [1/1000] of the padding */
#define TURN_COLUMNS	5		/* fewer are never turned */
#define ROWS_WEIGHED	48		/* of a long table */
#define COLUMNS_WEIGHED	12
#define MOVES_MOST	64
#define CUBE_UNIT	(SP_PT / 4)
#define CUBE_MOST	16000		/* units: wider is as bad */
#define RAGGED		1060		/* [1/1000] text that fills lines */

/* ---- sharing ---------------------------------------------------------- */

static uint64_t
root(uint64_t v)
{
	uint64_t	 r = 0;

	for (uint64_t bit = (uint64_t)1 << 62; bit != 0; bit >>= 2)
		if (v >= r + bit) {
			v -= r + bit;
			r = (r >> 1) + bit;
		} else
			r >>= 1;
	return r;
}

/* Fourth root of the sum of cubes, times 16. */
static sp
column_weight(const sp *wish, uint32_t n, uint32_t nrows, uint32_t i)
{
	uint64_t	 sum = 0;

	for (uint32_t r = 0; r < nrows; r++) {
		sp	 w = wish[(size_t)r * n + i] / CUBE_UNIT;
		uint64_t u = (uint64_t)(w > CUBE_MOST ? CUBE_MOST : w);

		sum += u * u * u;
	}
	return (sp)root(root(sum) << 8) + 1;
}

/* Columns that wish for less than an equal part of the room have it, as
 * long as the others have what they need. */
static void
grant(struct column *c, uint32_t n, bool *fixed, sp room)
{
	uint32_t	 left = n, before = n + 1;
	sp		 need = 0;

	for (uint32_t i = 0; i < n; i++)
		need += c[i].least;
	while (left > 0 && left < before) {
		sp	 part = room / left;

		before = left;
		for (uint32_t i = 0; i < n; i++) {
			if (fixed[i] || c[i].wish > part ||
			    room - c[i].wish < need - c[i].least)
				continue;
			need -= c[i].least;
			fixed[i] = true;
			c[i].w = c[i].wish;
			room -= c[i].w;
			left--;
		}
	}
}

/* By weight; columns that would leave their bounds stand at them. */
static void
share_by_weight(struct column *c, uint32_t n, const sp *weight, bool *fixed,
    sp room)
{
	bool	 again = true;

	while (again) {
		sp	 all = 0, left = room, over = 0;

		again = false;
		for (uint32_t i = 0; i < n; i++) {
			all += fixed[i] ? 0 : weight[i];
			left -= fixed[i] ? c[i].w : 0;
		}
		for (uint32_t i = 0; i < n; i++) {
			sp	 w;

			if (fixed[i])
				continue;
			w = left > 0 ? (left >> 8) * weight[i] / all << 8 : 0;
			c[i].w = w < c[i].least ? c[i].least :
			    w > c[i].wish ? c[i].wish : w;
			over += c[i].w - w;
		}
		/* As in CSS's flexible boxes: fix those on the side that
		 * the sum errs to, and share anew. */
		for (uint32_t i = 0; i < n; i++) {
			sp	 w;

			if (fixed[i])
				continue;
			w = left > 0 ? (left >> 8) * weight[i] / all << 8 : 0;
			if ((over >= 0 && c[i].w > w) ||
			    (over <= 0 && c[i].w < w))
				again = fixed[i] = true;
		}
	}
}

static sp
lines_of(sp wish, sp w)
{
	if (wish <= w)
		return wish > 0;
	return (wish / 1000 * RAGGED + w - 1) / w + (wish / 1000 * RAGGED <=
	    w);
}

/* Height of the rows in lines, times 8; each line of a cell counts a
 * little. */
static sp
rows_height(const struct column *c, uint32_t n, const sp *wish,
    uint32_t nrows)
{
	sp	 h = 0;

	for (uint32_t r = 0; r < nrows; r++) {
		sp	 most = 0;

		for (uint32_t i = 0; i < n; i++) {
			sp	 k = lines_of(wish[(size_t)r * n + i], c[i].w);

			h += k;
			most = k > most ? k : most;
		}
		h += most * 8;
	}
	return h;
}

struct move { uint32_t from, to; sp by, height; };

static void
try_move(struct column *c, uint32_t n, const sp *wish, uint32_t nrows,
    struct move *best, uint32_t from, uint32_t to, sp by)
{
	sp	 h;

	if (from == to || c[to].w >= c[to].wish)
		return;
	if (by > c[to].wish - c[to].w)
		by = c[to].wish - c[to].w;
	if (c[from].w - by < c[from].least)
		return;
	c[from].w -= by;
	c[to].w += by;
	h = rows_height(c, n, wish, nrows);
	c[from].w += by;
	c[to].w -= by;
	if (h < best->height)
		*best = (struct move){ from, to, by, h };
}

/* Moves room between columns while rows become lower. */
static void
improve(struct column *c, uint32_t n, const sp *wish, uint32_t nrows, sp room)
{
	for (int k = 0; k < MOVES_MOST; k++) {
		struct move	 best = { 0, 0, 0, rows_height(c, n, wish,
				    nrows) };

		for (int part = 8; part <= 128 && best.by == 0; part *= 2)
			for (uint32_t i = 0; i < n; i++)
				for (uint32_t j = 0; j < n; j++)
					try_move(c, n, wish, nrows, &best, i,
					    j, room / part);
		if (best.by == 0)
			return;
		c[best.from].w -= best.by;
		c[best.to].w += best.by;
	}
}

void
table_share(struct arena *tmp, struct column *c, uint32_t n, const sp *wish,
    uint32_t nrows, sp room)
{
	struct arena_mark mark = arena_mark(tmp);
	sp		*weight = ARENA_NEW(tmp, sp, n);
	bool		*fixed = ARENA_NEW(tmp, bool, n);
	sp		 least = 0, all = 0;

	for (uint32_t i = 0; i < n; i++) {
		weight[i] = column_weight(wish, n, nrows, i);
		least += c[i].least;
		all += c[i].wish;
	}
	if (all <= room)
		for (uint32_t i = 0; i < n; i++)
			c[i].w = c[i].wish;
	else if (least >= room)
		for (uint32_t i = 0; i < n; i++)
			c[i].w = c[i].least / ((least >> 12) + 1) *
			    (room >> 12) + 1;
	else {
		grant(c, n, fixed, room);
		share_by_weight(c, n, weight, fixed, room);
		if (n <= COLUMNS_WEIGHED)
			improve(c, n, wish, nrows, room);
	}
	arena_release(tmp, mark);
}

/* ---- measuring -------------------------------------------------------- */

/* The longest piece that no line end may cut once hyphens are allowed. */
static sp
hyphened_piece(struct layout *l, const struct inlines *in)
{
	struct arena_mark	 mark = arena_mark(l->tmp);
	struct text_para	*p;
	sp			 w = 0, ink = 0, most = 0;

	p = text_shape(l->in->text, l->tmp, in->text, in->spans.v,
	    in->spans.n, l->rtl);
	text_hyphenate(l->in->text, p);
	for (size_t i = 0; i < p->text.n; i++) {
		w += p->adv[i];
		if (p->text.p[i] != ' ')
			ink = w;
		if (p->breaks[i] == BREAK_NONE && i + 1 < p->text.n)
			continue;
		if (p->breaks[i] == BREAK_HYPHEN)
			ink += in->spans.v[0].style.size / 2;
		most = ink > most ? ink : most;
		w = ink = 0;
	}
	arena_release(l->tmp, mark);
	return most;
}

static void
hyphens_allow(struct inlines *in, bool allow)
{
	for (size_t i = 0; i < in->spans.n; i++)
		if (in->spans.v[i].style.family != STYLE_MONO)
			in->spans.v[i].style.hyphenate = allow;
}

/* What a column of text needs to look like one. */
static sp
narrowest(const struct layout *l, const struct table *t)
{
	return l->th->block[STYLE_TABLE].text.size * t->size / 1000 * 9 / 2;
}

static sp
cell_least(struct layout *l, struct table *t, struct cell *c)
{
	sp	 wish, word, few = narrowest(l, t);

	par_widths(l, &c->in, &wish, &word);
	if (!t->hyphenate || word <= few)
		return word;
	word = hyphened_piece(l, &c->in);
	return word > few ? word : few;
}

/* The least widths of all columns: only cells that could raise them are
 * looked at. */
static void
columns_least(struct layout *l, struct table *t)
{
	for (uint32_t i = 0; i < t->ncols; i++) {
		struct column	*k = &t->col[i];

		k->least = k->number ? k->before + k->after : 0;
		if (k->least < narrowest(l, t))
			k->least = narrowest(l, t);
		if (k->least > k->wish)
			k->least = k->wish;
		for (uint32_t r = 0; r < t->nrows; r++) {
			struct cell *c = table_cell(t, r, i);
			sp	 w = c->wish > k->least ?
				    cell_least(l, t, c) : 0;

			if (w > k->least)
				k->least = w;
		}
	}
}

static void
hyphenate(struct layout *l, struct table *t)
{
	if (t->hyphenate)
		return;
	t->hyphenate = true;
	for (size_t i = 0; i < (size_t)t->nrows * t->ncols; i++)
		hyphens_allow(&t->cells[i].in, true);
	columns_least(l, t);
}

/* ---- fitting ---------------------------------------------------------- */

static sp
sum(const struct table *t, bool wish)
{
	sp	 all = 0;

	for (uint32_t i = 0; i < t->ncols; i++)
		all += wish ? t->col[i].wish : t->col[i].least;
	return all;
}

/* White space around and between the columns. */
static sp
space(const struct table *t)
{
	return t->outer * 2 + t->gap * (sp)(t->ncols - 1);
}

static void
pads_set(const struct layout *l, struct table *t, int part)
{
	const struct theme	*th = l->th;
	sp			 pad = th->cell_pad * t->size / 1000;
	bool			 edges = th->table_rules == RULES_GRID ||
				    th->table_stripe != NO_FILL ||
				    th->block[STYLE_TABLE].fill != NO_FILL ||
				    th->block[STYLE_TABLE_HEAD].fill !=
				    NO_FILL;

	if (t->ncols > COLUMNS_WEIGHED)
		pad = pad * COLUMNS_WEIGHED / (sp)t->ncols;
	t->pad = pad * part / 1000;
	t->gap = t->pad * 2;
	t->outer = edges ? t->pad : 0;
}

/* Does the table fit at this size, with little white space if it must? */
static bool
fits(const struct layout *l, struct table *t, sp width, int size)
{
	sp	 need = sum(t, false) / 1000 * size;

	pads_set(l, t, 1000);
	if (need + space(t) <= width)
		return true;
	pads_set(l, t, TIGHT);
	return need + space(t) <= width;
}

static bool
fits_as_it_is(struct layout *l, struct table *t, sp width)
{
	if (fits(l, t, width, t->size))
		return true;
	hyphenate(l, t);
	return fits(l, t, width, t->size);
}

/* Columns of text with a word or two a line. */
static bool
is_cramped(struct layout *l, struct table *t)
{
	for (uint32_t i = 0; i < t->ncols; i++)
		if (t->col[i].wish > narrowest(l, t) * 12 &&
		    t->col[i].w < narrowest(l, t) * 3 / 2)
			return true;
	return false;
}

/* Widths for the given measure, from the cells of all rows or of some. */
static void
share(struct layout *l, struct table *t, sp width)
{
	struct arena_mark mark = arena_mark(l->tmp);
	uint32_t	 step = (t->nrows + ROWS_WEIGHED - 1) / ROWS_WEIGHED;
	uint32_t	 n = (t->nrows + step - 1) / step;
	sp		*wish = ARENA_NEW(l->tmp, sp, (size_t)n * t->ncols);
	sp		 room = width - space(t);

	for (uint32_t r = 0; r < n; r++)
		for (uint32_t i = 0; i < t->ncols; i++)
			wish[(size_t)r * t->ncols + i] =
			    table_cell(t, r * step, i)->wish;
	table_share(l->tmp, t->col, t->ncols, wish, n, room > 0 ? room :
	    SP_PT);
	arena_release(l->tmp, mark);
}

/*
 * A table that is narrower than its measure is as wide as its text asks
 * for, or, if that takes no more than a little white space, as the measure.
 */
static void
spread(const struct layout *l, struct table *t, sp x, sp width)
{
	sp	 em = l->th->block[STYLE_TABLE].text.size, all = space(t);
	sp	 slack, most = t->ncols < 3 ? em * 3 / 2 : em * 4;
	sp	 near = t->ncols < 3 ? width / 8 : width / 4;

	for (uint32_t i = 0; i < t->ncols; i++)
		all += t->col[i].w;
	slack = width - all;
	if (t->ncols > 1 && slack > 0) {
		bool	 little = slack <= near;

		slack /= t->ncols - 1;
		if (!little && slack > most)
			slack = t->gap < em * 2 ? em * 2 - t->gap : 0;
		t->gap += slack;
		all += slack * (sp)(t->ncols - 1);
	}
	t->w = all < width && width - all > SP_PT / 4 ? all : width;
	t->x = l->rtl ? x + width - t->w : x;
}

static void
columns_place(const struct layout *l, struct table *t)
{
	sp	 x = t->x + t->outer;

	for (uint32_t k = 0; k < t->ncols; k++) {
		struct column	*c = &t->col[l->rtl ? t->ncols - 1 - k : k];

		c->x = x;
		x += c->w + t->gap;
	}
}

static void
settle(struct layout *l, struct table *t, sp x, sp width)
{
	share(l, t, width);
	spread(l, t, x, width);
	columns_place(l, t);
}

/* ---- what is done about it -------------------------------------------- */

static str
points(const struct layout *l, const struct table *t)
{
	sp	 tenths = l->th->block[STYLE_TABLE].text.size * t->size /
		    1000 * 10 / SP_PT;

	return arena_printf(l->tmp, "%d.%d", (int)(tenths / 10),
	    (int)(tenths % 10));
}

/* Smaller type, as little smaller as helps. */
static bool
shrink(struct layout *l, struct table *t, sp width)
{
	int	 least = l->th->table_shrink > 0 ? l->th->table_shrink : 1000;

	for (int size = 1000; size > least;) {
		size = size - SHRINK_STEP > least ? size - SHRINK_STEP : least;
		if (!fits(l, t, width * 999 / 1000, size))
			continue;
		table_resize(l, t, size);
		columns_least(l, t);
		(void)fits(l, t, width, 1000);
		return true;
	}
	return false;
}

static bool
turn(struct layout *l, struct table *t)
{
	if (t->ncols < TURN_COLUMNS || l->turned <= l->measure)
		return false;
	if (fits(l, t, l->turned, 1000)) {
		diag_add(l->diag, DIAG_TABLE_TOO_WIDE, t->node->at,
		    "%u columns; set on a turned page", t->ncols);
	} else if (shrink(l, t, l->turned)) {
		diag_add(l->diag, DIAG_TABLE_TOO_WIDE, t->node->at,
		    "%u columns; set on a turned page in %.*s pt", t->ncols,
		    STR_ARG(points(l, t)));
	} else
		return false;
	t->flags = BOX_LANDSCAPE;
	settle(l, t, 0, l->turned);
	return true;
}

static void
give_up(struct layout *l, struct table *t, const struct frame *fr)
{
	t->records = t->ncols > 1;
	diag_add(l->diag, DIAG_TABLE_TOO_WIDE, t->node->at, t->records ?
	    "%u columns; set as a list of records" :
	    "%u column; its words are broken", t->ncols);
	if (!t->records)
		settle(l, t, fr->x, fr->w);
}

void
table_fit(struct layout *l, struct table *t, const struct frame *fr)
{
	bool	 top = fr->deco == 0 && fr->list_depth == 0 &&
		    fr->w == l->column;
	bool	 all = top && l->th->columns > 1;
	sp	 wide = all ? l->measure : fr->w;

	t->x = fr->x;
	t->w = fr->w;
	if (t->ncols == 0 || t->nrows == 0)
		return;
	pads_set(l, t, 1000);
	if (sum(t, true) + space(t) <= fr->w) {
		settle(l, t, fr->x, fr->w);
		return;
	}
	columns_least(l, t);
	if (fits_as_it_is(l, t, fr->w)) {
		settle(l, t, fr->x, fr->w);
		if (!all || !is_cramped(l, t))
			return;
	}
	if (all && fits_as_it_is(l, t, wide)) {
		t->flags = BOX_SPAN;
		settle(l, t, 0, wide);
	} else if (shrink(l, t, wide)) {
		diag_add(l->diag, DIAG_TABLE_SHRUNK, t->node->at,
		    "%u columns; set in %.*s pt", t->ncols,
		    STR_ARG(points(l, t)));
		t->flags = all ? BOX_SPAN : 0;
		settle(l, t, all ? 0 : fr->x, wide);
	} else if (!top || !turn(l, t))
		give_up(l, t, fr);
}
