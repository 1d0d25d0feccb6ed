/*
 * flow.c: the vertical list. White space between blocks collapses to the
 * largest asked for; penalties say where a page may end.
 */
#include "layout/layout_int.h"

#define PENALTY_HYPHEN_FOOT	60
#define HOLD_LINES		7
#define PENALTY_ONE_LINE	2000	/* below a heading, at a page's foot */

struct item *
items_join(struct layout *l, const struct item *a, size_t na,
    const struct item *b, size_t nb)
{
	struct item	*v = ARENA_NEW(l->work, struct item, na + nb + 1);

	if (na > 0)
		memcpy(v, a, sizeof *v * na);
	if (nb > 0)
		memcpy(v + na, b, sizeof *v * nb);
	return v;
}

void
box_items_first(struct layout *l, struct vbox *b, const struct item *v,
    size_t n)
{
	b->items = items_join(l, v, n, b->items, b->n);
	b->n += n;
}

uint32_t
deco_add(struct layout *l, struct deco d)
{
	VEC_PUSH(l->work, &l->decos, d);
	return (uint32_t)l->decos.n;
}

struct page_start
start_node(const struct layout *l, const struct doc_node *n, size_t offset)
{
	return (struct page_start){ l->article == UINT32_MAX ? START_NONE :
	    START_NODE, l->article, n, (uint32_t)offset };
}

void
flow_space(struct flow *f, sp h)
{
	if (h > f->space)
		f->space = h;
}

void
flow_box(struct layout *l, struct flow *f, struct vbox b)
{
	b.before = f->space;
	b.flags |= f->flags;
	f->flags &= BOX_SPAN | BOX_LANDSCAPE;
	if (b.penalty < f->penalty)
		b.penalty = f->penalty;
	if (f->keep)
		b.penalty = PENALTY_NEVER;
	f->space = 0;
	f->keep = f->leads = false;
	f->penalty = 0;
	VEC_PUSH(l->work, f, b);
}

static bool
ends_with_hyphen(const struct vbox *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].kind == ITEM_RUN &&
		    b->items[i].as.run.soft_hyphen)
			return true;
	return false;
}

/* Of a page that ends before line i of a paragraph. */
static int32_t
line_penalty(const struct layout *l, const struct lines *x, size_t i,
    const struct block_style *b)
{
	int32_t	 c = 0;

	if (b->keep_next)
		return PENALTY_NEVER;
	if (i == 1)
		c += l->th->orphan;
	if (i + 1 == x->n)
		c += l->th->widow;
	if (ends_with_hyphen(&x->v[i - 1]))
		c += PENALTY_HYPHEN_FOOT;
	return c < PENALTY_NEVER ? c : PENALTY_NEVER;
}

void
flow_lines(struct layout *l, struct flow *f, struct lines x,
    const struct block_style *b, uint32_t deco)
{
	bool	 grows = l->th->feather > 0 &&
		    b->leading == l->th->block[STYLE_BODY].leading;
	bool	 alone = f->leads && x.n == 1 && !b->keep_next;

	flow_space(f, b->before);
	for (size_t i = 0; i < x.n; i++) {
		struct vbox	 box = x.v[i];

		box.deco = deco;
		if (grows)
			box.base = line_baseline(b->leading, b->text.size);
		if (i > 0)
			box.penalty = line_penalty(l, &x, i, b);
		flow_box(l, f, box);
	}
	flow_space(f, b->after);
	if (b->keep_next && x.n > 0)
		f->keep = f->leads = true;
	if (alone)
		f->penalty = PENALTY_ONE_LINE;
}

void
flow_hold(const struct layout *l, struct flow *f, size_t first,
    int32_t penalty)
{
	sp	 h = 0, most = l->th->block[STYLE_BODY].leading * HOLD_LINES;

	for (size_t i = first; i < f->n && h <= most; i++)
		h += f->v[i].h;
	for (size_t i = first + 1; i < f->n && h <= most; i++)
		if (f->v[i].penalty < penalty)
			f->v[i].penalty = penalty;
}

void
flow_rule(struct layout *l, struct flow *f, const struct frame *fr,
    sp thickness, uint32_t rgb, sp before, sp after)
{
	struct vbox	 box = { .h = thickness, .n = 1, .deco = fr->deco };

	box.items = ARENA_NEW(l->work, struct item, 1);
	*box.items = (struct item){ .kind = ITEM_RULE, .x = fr->x,
	    .as.rule = { fr->w, thickness, rgb } };
	flow_space(f, before);
	flow_box(l, f, box);
	flow_space(f, after);
}

void
flow_text(struct layout *l, struct flow *f, const struct frame *fr,
    enum block_id id, enum elem_role role, str text)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	uint32_t		 e = role != ELEM_HEADING ?
				    elem_add(l, role, fr->elem, NULL) :
				    elem_heading(l, fr->elem, l->article ==
				    UINT32_MAX ? 1 : elem_level(l, 1), NULL);

	inlines_add(l, &in, text, &b->text, (struct attr){ .elem = e });
	inlines_done(l, &in);
	flow_lines(l, f, par_set(l, &in, &m), b, fr->deco);
}

void
box_dest(struct layout *l, struct vbox *b, uint32_t anchor, uint32_t elem)
{
	struct item	 d = { .kind = ITEM_DEST, .elem = elem,
			    .as.dest = { anchor } };

	box_items_first(l, b, &d, 1);
}
