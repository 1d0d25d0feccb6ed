/*
 * page.c: builds the pages that cut() has decided on. Each step is stacked
 * again, spread to the foot where it is to be full, and its boxes copied to
 * their places: grounds and bars first, then the text with the floats above
 * and within it, then the notes.
 */
#include "layout/pager_int.h"

#define NOTE_RULE	(SP_PT * 5)	/* below the text */

struct page_build {
	struct layout	*l;
	const struct cut *c;
	struct draft	 d;		/* of the page at hand */
	uint32_t	 page;		/* its index */
	struct page_start last;		/* of all text so far, */
	struct page_start before;	/* and of that on the pages before */
	bool		 open;
	uint32_t	 mark;		/* the last heading so far */
	uint32_t	 article;
	sp		 x, y;		/* of the column at hand */
	sp		 used;		/* by the columns of this region */
	VEC(struct item) items;
};

/* ---- boxes ------------------------------------------------------------ */

static void
put_late(struct page_build *p, const struct late *late, sp y)
{
	struct late_ref	 r = { p->page, p->items.n, *late };
	struct item	 hole = { .kind = ITEM_RUN, .elem = late->elem };

	r.late.x += p->x;
	r.late.from += p->x;
	r.late.y += y;
	VEC_PUSH(p->l->out, &p->l->lates, r);
	VEC_PUSH(p->l->tmp, &p->items, hole);
	hole.elem = ARTIFACT_LAYOUT;
	if (late->leader)
		VEC_PUSH(p->l->tmp, &p->items, hole);
}

static void
put_box(struct page_build *p, const struct placed *b)
{
	for (size_t i = 0; i < b->b->n; i++) {
		struct item	 it = b->b->items[i];

		it.x += p->x;
		it.y += p->y + b->y;
		/* A link stays what it is, wherever it leads from. */
		if (b->again && it.kind != ITEM_LINK &&
		    it.elem >= ARTIFACT_COUNT)
			it.elem = ARTIFACT_REPEATED;
		if (it.kind == ITEM_DEST) {
			if (b->again)
				continue;
			p->l->anchors[it.as.dest.anchor] =
			    (struct anchor_place){ p->page, it.y, true };
		}
		VEC_PUSH(p->l->tmp, &p->items, it);
	}
	if (b->b->late != NULL && !b->again)
		put_late(p, b->b->late, p->y + b->y);
	if (b->b->mark == 0 || b->again)
		return;
	p->mark = b->b->mark;
	if (p->d.first == 0)
		p->d.first = p->mark;
}

/* Grounds and bars, outermost first, that is by number. */
struct extent { uint32_t deco; sp top, bottom; };
struct extents { struct extent *v; size_t n, cap; };

static void
extent_add(struct layout *l, struct extents *x, uint32_t d, sp top, sp bottom)
{
	struct extent	 e = { d, top, bottom };
	size_t		 k = x->n;

	while (k > 0 && x->v[k - 1].deco > d)
		k--;
	if (k > 0 && x->v[k - 1].deco == d) {
		x->v[k - 1].bottom = bottom;
		return;
	}
	VEC_PUSH(l->tmp, x, e);
	memmove(x->v + k + 1, x->v + k, sizeof e * (x->n - 1 - k));
	x->v[k] = e;
}

static void
put_rule(struct page_build *p, sp x, sp y, sp w, sp h, uint32_t rgb)
{
	struct item	 it = { .kind = ITEM_RULE, .elem = ARTIFACT_LAYOUT,
			    .x = x, .y = y, .as.rule = { w, h, rgb } };

	VEC_PUSH(p->l->tmp, &p->items, it);
}

static void
put_ground(struct page_build *p, sp x, sp y, const struct deco *e, sp h)
{
	put_rule(p, x, y, e->w, h, e->rgb);
	p->items.v[p->items.n - 1].elem = ARTIFACT_BACKGROUND;
}

/* Four rules: a ground within a ground would lose a side at low resolution. */
static void
put_frame(struct page_build *p, sp x, sp y, sp w, sp h, const struct deco *e)
{
	put_rule(p, x, y, w, e->edge, e->rgb);
	put_rule(p, x, y + h - e->edge, w, e->edge, e->rgb);
	put_rule(p, x, y, e->edge, h, e->rgb);
	put_rule(p, x + w - e->edge, y, e->edge, h, e->rgb);
}

static void
put_decos(struct page_build *p, const struct stack *s)
{
	struct layout	*l = p->l;
	struct extents	 x = { 0 };

	for (size_t i = 0; i < s->n; i++)
		for (uint32_t d = s->v[i].b->deco; d != 0;
		    d = l->decos.v[d - 1].outer)
			extent_add(l, &x, d, s->v[i].y, s->v[i].y +
			    s->v[i].b->h);
	for (size_t k = 0; k < x.n; k++) {
		const struct deco *e = &l->decos.v[x.v[k].deco - 1];
		sp		 y = p->y + x.v[k].top - e->pad;
		sp		 h = x.v[k].bottom - x.v[k].top + e->pad * 2;

		if (e->edge > 0)
			put_frame(p, p->x + e->x, y, e->w, h, e);
		else
			put_ground(p, p->x + e->x, y, e, h);
	}
}

static void
put_stack(struct page_build *p, const struct stack *s)
{
	put_decos(p, s);
	for (size_t i = 0; i < s->n; i++)
		put_box(p, &s->v[i]);
}

/* ---- parts of a column ------------------------------------------------ */

/* Lets the white space grow until the text ends at `reach`. */
static void
spread(struct stack *s, const struct fill *f, sp reach)
{
	sp	 slack = reach - fill_height(f), gaps = 0, lines = 0;
	sp	 of_gaps, of_lines;

	if (slack <= 0 || slack > f->grow.gap + f->grow.line)
		return;
	of_gaps = slack < f->grow.gap ? slack : f->grow.gap;
	of_lines = slack - of_gaps;
	for (size_t i = 0; i < s->n; i++) {
		gaps += s->v[i].grow.gap;
		lines += s->v[i].grow.line;
		if (of_gaps > 0)
			s->v[i].y += of_gaps * gaps / f->grow.gap;
		if (of_lines > 0)
			s->v[i].y += of_lines * lines / f->grow.line;
	}
}

static void
put_notes(struct page_build *p, const struct step *s)
{
	const struct cut	*c = p->c;
	sp			 w = p->l->column / 3;
	sp			 y = s->room - cut_notes(c, s->note_lo,
				    s->note_hi);
	struct stack		 st = { 0 };

	if (s->note_lo == s->note_hi)
		return;
	put_rule(p, p->l->rtl ? p->x + p->l->column - w : p->x,
	    p->y + y + NOTE_RULE, w, SP_PT / 2, p->l->th->rule);
	y += c->in->note_sep;
	for (uint32_t i = s->note_lo; i < s->note_hi; i++) {
		struct placed	 at = { .b = c->notes.v[i].v };

		y += i > s->note_lo ? c->notes.v[i].gap : 0;
		at.y = y;
		y += at.b->h;
		VEC_PUSH(p->l->tmp, &st, at);
	}
	put_stack(p, &st);
}

static void
put_foot(struct page_build *p, const struct step *s, struct fill *f)
{
	const struct cut	*c = p->c;
	struct stack		 st = { 0 };
	struct fill		 g = { .c = c, .out = &st };

	if (s->foot == 0)
		return;
	g.y = s->room - cut_notes(c, s->note_lo, s->note_hi) -
	    cut_foot(c, f->next, s->foot);
	g.any = true;
	for (unsigned i = 0; i < s->foot; i++)
		fill_float(&g, c->floats[f->next + i]);
	put_stack(p, &st);
}

static sp
column_x(const struct layout *l, const struct cut_in *in, unsigned col)
{
	if (in->columns == 1)
		return 0;
	return (l->rtl ? 1 - col : col) * (l->column + l->th->column_gap);
}

/* The rule between both columns, once the second is known. */
static void
column_rule(struct page_build *p, const struct step *s)
{
	const struct theme	*th = p->l->th;

	if (s->col == 0 || th->column_rule == NO_FILL || p->used == 0)
		return;
	put_rule(p, page_left(p->l, p->page) + p->l->column +
	    th->column_gap / 2 - SP_PT / 4, p->y, SP_PT / 2, p->used,
	    th->column_rule);
}

/* ---- pages ------------------------------------------------------------ */

static void
page_end(struct page_build *p)
{
	if (!p->open)
		return;
	p->d.last = p->mark;
	page_fill(p->l, &p->l->drafts.v[p->page], p->items.v, p->items.n);
	p->l->drafts.v[p->page].first = p->d.first != 0 ? p->d.first :
	    p->d.last;
	p->l->drafts.v[p->page].last = p->d.last;
	p->items.n = 0;
	p->open = false;
}

static bool
is_opening(const struct page_build *p, const struct step *s)
{
	return s->lo < s->hi && (s->lo == 0 ||
	    (p->c->in->v[s->lo].flags & BOX_ARTICLE) != 0);
}

static void
page_begin(struct page_build *p, const struct step *s, struct draft like)
{
	struct layout	*l = p->l;

	page_end(p);
	p->before = p->last;
	p->d = like;
	p->d.opening = is_opening(p, s);
	p->d.article = p->article;
	if (s->kind == STEP_TURNED) {
		p->d.w = l->th->page_h;
		p->d.h = l->th->page_w;
	}
	p->page = (uint32_t)l->drafts.n;
	page_new(l, p->d);
	p->open = true;
}

/* Whose page it is: of the first article that begins on it, else of the one
 * that goes on. */
static void
articles_of(struct page_build *p, const struct step *s)
{
	struct draft	*d = &p->l->drafts.v[p->page];

	for (size_t i = s->lo; i < s->hi; i++) {
		const struct vbox *b = &p->c->in->v[i];

		if ((b->flags & BOX_ARTICLE) == 0)
			continue;
		p->article = p->l->elems.v[b->mark].article;
		if (d->opening && i == s->lo)
			d->article = p->article;
	}
}

/* Where it comes in the document: the article, what of it; -1: before all. */
static int64_t
order_of(const struct layout *l, const struct page_start *s)
{
	int64_t	 a = s->index;

	if (s->kind == START_TOC)
		a = l->book->anchors[s->index].article;
	if (s->kind == START_SECTION || (s->kind == START_TOC &&
	    l->book->anchors[s->index].node == NULL))
		return -1;
	return (a << 32) + (s->kind == START_NODE ? s->node->id : 0);
}

static bool
is_before(const struct layout *l, const struct page_start *a,
    const struct page_start *b)
{
	int64_t	 x = order_of(l, a), y = order_of(l, b);

	return x < y || (x == y && a->offset < b->offset);
}

/* What stands on the page begins it if it comes before the rest of it, and
 * after what the page before has: so not a float that text has passed. */
static void
start_at(struct page_build *p, const struct page_start *s)
{
	struct page_start	*start = &p->l->drafts.v[p->page].start;

	if (s->kind == START_NONE || (p->before.kind != START_NONE &&
	    is_before(p->l, s, &p->before)))
		return;
	if (start->kind == START_NONE || is_before(p->l, s, start))
		*start = *s;
}

static void
start_of(struct page_build *p, const struct step *s)
{
	const struct vbox	*b;

	for (uint32_t i = s->float_lo; i < s->float_hi; i++)
		start_at(p, &p->c->floats[i]->v->start);
	for (size_t i = s->lo; i < s->hi; i++) {
		b = &p->c->in->v[i];
		if (b->floater != NULL || b->start.kind == START_NONE)
			continue;
		start_at(p, &b->start);
		if (p->last.kind == START_NONE ||
		    is_before(p->l, &p->last, &b->start))
			p->last = b->start;
	}
}

static void
put_step(struct page_build *p, const struct step *s)
{
	const struct cut	*c = p->c;
	struct stack		 st = { 0 };
	struct fill		 f;
	sp			 used;

	p->x = page_left(p->l, p->page);
	p->y = p->l->th->margin_top + s->y;
	if (s->kind == STEP_TEXT)
		p->x += column_x(p->l, c->in, s->col);
	fill_begin(&f, c, s, &st);
	for (size_t i = s->lo; i < s->hi; i++)
		fill_box(&f, i);
	while (f.next + s->foot < s->float_hi)
		fill_float(&f, c->floats[f.next++]);
	spread(&st, &f, s->reach);
	put_stack(p, &st);
	put_foot(p, s, &f);
	put_notes(p, s);
	used = s->note_lo < s->note_hi || s->foot > 0 ? s->room :
	    s->reach > f.y ? s->reach : f.y;
	p->used = s->col == 1 && p->used > used ? p->used : used;
	column_rule(p, s);
}

void
pages_build(struct layout *l, const struct cut *c, struct draft like)
{
	struct page_build	 p = { .l = l, .c = c,
				    .article = like.article };

	for (size_t i = 0; i < c->steps.n; i++) {
		const struct step	*s = &c->steps.v[i];

		if (s->page || !p.open)
			page_begin(&p, s, like);
		articles_of(&p, s);
		start_of(&p, s);
		put_step(&p, s);
	}
	page_end(&p);
}
