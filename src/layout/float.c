/*
 * float.c: figures and tables that may leave their place in the text.
 */
#include "layout/layout_int.h"

bool
floats_here(const struct layout *l, const struct frame *fr,
    const struct doc_node *n)
{
	return l->th->floats && !l->stays[n->kind == DOC_TABLE] && l->article != UINT32_MAX && !l->in_note &&
	    n->parent != NULL && n->parent->kind == DOC_ROOT &&
	    fr->deco == 0 && l->book->articles[l->article].
	    node_number[n->id] != 0;
}

/* Higher than a page, or with notes, which must not come before their
 * marks: such boxes stay where they are. */
static bool
moves(const struct layout *l, const struct flow *x, sp *h)
{
	sp	 room = l->th->page_h - l->th->margin_top -
		    l->th->margin_bottom;

	*h = 0;
	for (size_t i = 0; i < x->n; i++) {
		*h += x->v[i].h + (i > 0 ? x->v[i].before : 0);
		if (x->v[i].nnotes > 0 || (x->v[i].flags & (BOX_LANDSCAPE |
		    BOX_PAGE)) != 0)
			return false;
	}
	return *h <= room * 9 / 10;
}

void
flow_float(struct layout *l, struct flow *f, const struct flow *x, bool wide)
{
	struct vbox	 anchor = { .penalty = PENALTY_NEVER };
	struct floater	*t;
	bool		 keep = f->keep;
	sp		 h, space = f->space;

	if (x->n == 0)
		return;
	if (!l->th->floats || !moves(l, x, &h)) {
		for (size_t i = 0; i < x->n; i++) {
			flow_space(f, x->v[i].before);
			flow_box(l, f, x->v[i]);
		}
		flow_space(f, x->space);
		return;
	}
	t = ARENA_NEW(l->work, struct floater, 1);
	*t = (struct floater){ x->v, x->n, h, wide };
	for (size_t i = 0; i < x->n; i++)
		x->v[i].flags &= ~(unsigned)BOX_SPAN;
	anchor.floater = t;
	flow_box(l, f, anchor);
	f->v[f->n - 1].penalty = f->n > 1 ? PENALTY_NEVER : 0;
	f->keep = keep;		/* what followed the heading follows it still */
	f->space = space;
}
