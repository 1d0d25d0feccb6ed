/*
 * float.c: figures and tables that may leave their place in the text.
 */
#include "layout/layout_int.h"

bool
floats_here(const struct layout *l, const struct frame *fr,
    const struct doc_node *n)
{
	return l->th->floats && l->article != UINT32_MAX && !l->in_note &&
	    n->parent != NULL && n->parent->kind == DOC_ROOT &&
	    fr->deco == 0 && l->book->articles[l->article].
	    node_number[n->id] != 0;
}

void
flow_barrier(const struct layout *l, struct flow *f, const struct doc_node *n)
{
	if (l->th->floats && l->article != UINT32_MAX && !l->in_note &&
	    l->book->articles[l->article].node_number[n->id] != 0)
		f->flags |= BOX_FENCE;
}

/* Higher than a page, or with notes, which must not come before their
 * marks: such boxes stay where they are. */
static bool
moves(const struct layout *l, const struct vbox *v, size_t n, sp *h)
{
	sp	 room = l->th->page_h - l->th->margin_top -
		    l->th->margin_bottom;

	*h = 0;
	for (size_t i = 0; i < n; i++) {
		*h += v[i].h + (i > 0 ? v[i].before : 0);
		if (v[i].nnotes > 0 || (v[i].flags & (BOX_LANDSCAPE |
		    BOX_PAGE)) != 0)
			return false;
	}
	return l->th->floats && *h <= room * 9 / 10;
}

/* Those of its kind that hang above must not come below it: they are
 * numbered. */
static void
stay(struct layout *l, struct flow *f, const struct vbox *v, size_t n)
{
	sp	 gap = l->th->block[STYLE_BODY].leading;

	flow_space(f, gap);
	f->flags |= BOX_FENCE;
	for (size_t i = 0; i < n; i++) {
		flow_space(f, v[i].before);
		flow_box(l, f, v[i]);
	}
	flow_space(f, gap);
}

void
flow_float(struct layout *l, struct flow *f, struct vbox *v, size_t n,
    bool wide)
{
	struct vbox	 anchor = { 0 };
	struct floater	*t;
	bool		 keep = f->keep, leads = f->leads;
	int32_t		 penalty = f->penalty;
	sp		 h, space = f->space;

	if (n == 0)
		return;
	if (!moves(l, v, n, &h)) {
		stay(l, f, v, n);
		return;
	}
	t = ARENA_NEW(l->work, struct floater, 1);
	*t = (struct floater){ v, n, h, wide };
	for (size_t i = 0; i < n; i++)
		v[i].flags &= ~(unsigned)BOX_SPAN;
	anchor.floater = t;
	flow_box(l, f, anchor);
	f->v[f->n - 1].penalty = f->n > 1 ? PENALTY_NEVER : 0;
	f->keep = keep;		/* what followed the heading follows it still */
	f->space = space;
	f->leads = leads;
	f->penalty = penalty;
}
