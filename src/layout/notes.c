/*
 * notes.c: footnotes. A note is set when its first mark is met and travels
 * with the line of that mark; the pager puts it at the foot.
 *
 * Notes marked within notes have the numbers after all others. They are set
 * when the article ends, from a queue, so that no chain of notes is walked
 * by recursion.
 */
#include "layout/layout_int.h"

#define NOTE_GAP	(SP_PT * 2)

/* The number, hanging before the first line. */
static void
number_place(struct layout *l, struct vbox *b, const struct doc_node *n,
    sp width, struct attr label)
{
	const struct block_style *s = &l->th->block[STYLE_NOTE];
	struct measure		 m = { .w = width - s->text.size * 2 / 5,
				    .leading = s->leading,
				    .align = ALIGN_END };
	struct inlines		 in = { 0 };
	struct lines		 x;

	if (l->rtl)
		m.x = l->column - m.w;
	inlines_add(l, &in, arena_printf(l->out, "%u", n->as.note.number),
	    &s->text, label);
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (x.n == 0)
		return;
	box_items_first(l, b, x.v[0].items, x.v[0].n);
}

static const struct note *
note_set(struct layout *l, const struct doc_node *n, uint32_t around)
{
	const struct book_article *a = &l->book->articles[l->article];
	sp			 size = l->th->block[STYLE_NOTE].text.size;
	sp			 width = size * (n->as.note.number > 99 ? 11 :
				    8) / 5;
	struct frame		 fr = { .w = l->column - width,
				    .style = STYLE_NOTE };
	struct note		*t = ARENA_NEW(l->work, struct note, 1);
	struct flow		 f = { 0 };
	struct attr		 label;

	fr.x = l->rtl ? 0 : width;
	fr.elem = elem_add(l, ELEM_NOTE, around, n);
	label = note_label(l, n, fr.elem);
	l->in_note = true;
	flow_blocks(l, &f, &fr, n);
	l->in_note = false;
	if (f.n == 0)
		flow_box(l, &f, (struct vbox){
		    .h = l->th->block[STYLE_NOTE].leading });
	number_place(l, &f.v[0], n, width, label);
	box_dest(l, &f.v[0], a->node_anchor[n->id], fr.elem);
	f.v[0].before = NOTE_GAP;
	*t = (struct note){ .node = n, .v = f.v, .n = f.n };
	for (size_t i = 0; i < f.n; i++)
		t->h += f.v[i].h + (i > 0 ? f.v[i].before : 0);
	return t;
}

void
notes_begin(struct layout *l, const struct doc *d)
{
	l->notes = ARENA_NEW(l->work, struct note_slot, d->nnotes + 1);
	for (uint32_t i = 0; i < d->nnodes; i++) {
		const struct doc_node	*n = d->nodes[i];

		if (n->kind == DOC_NOTEREF && n->as.noteref.nth == 1)
			l->notes[n->as.noteref.number].first = n;
	}
}

struct attr
note_label(struct layout *l, const struct doc_node *n, uint32_t e)
{
	const struct note_slot	*s = &l->notes[n->as.note.number];
	struct attr		 a = { .elem = elem_add(l, ELEM_LABEL, e,
				    n) };

	if (s->first == NULL)
		return a;
	a.anchor = l->book->articles[l->article].node_anchor[s->first->id];
	if (a.anchor == 0)
		return a;
	a.elem = elem_add(l, ELEM_LINK, a.elem, NULL);
	a.about = arena_printf(l->out, "%.*s %u",
	    STR_ARG(book_term(l->lang, TERM_BACK_TO_NOTE)),
	    n->as.note.number);
	return a;
}

/* Where a note is read: after the block with its mark. */
const struct note *
note_of_mark(struct layout *l, const struct doc_node *mark, uint32_t e)
{
	const struct doc_node	*n = mark->as.noteref.note;
	struct note_slot	*s = &l->notes[n->as.note.number];

	if (l->th->notes != NOTES_FOOT)
		return NULL;
	/* A note is set before the text goes on: another that it speaks of
	 * may be marked in that text first. */
	if (l->in_note && mark->as.noteref.nth != 1)
		return NULL;
	if (s->mark != NULL)	/* cells may be tried more than once */
		return s->mark == mark ? s->note : NULL;
	s->mark = mark;
	if (l->in_note)
		VEC_PUSH(l->work, &l->note_queue, n);
	else
		s->note = note_set(l, n, elem_around(l, e));
	return s->note;
}

void
notes_flush(struct layout *l, struct flow *f)
{
	VEC(const struct note *) all = { 0 };
	struct vbox		 b;

	for (size_t i = 0; i < l->note_queue.n; i++)
		VEC_PUSH(l->work, &all, note_set(l, l->note_queue.v[i],
		    l->art));
	b = (struct vbox){ .notes = all.v, .nnotes = all.n };
	if (f->n > 0)
		box_notes_join(l, &f->v[f->n - 1], &b);
	l->note_queue.v = NULL;
	l->note_queue.n = l->note_queue.cap = 0;
}

void
box_notes_join(struct layout *l, struct vbox *b, const struct vbox *from)
{
	const struct note	**v;

	if (from->nnotes == 0)
		return;
	v = ARENA_NEW(l->work, const struct note *, b->nnotes + from->nnotes);
	if (b->nnotes > 0)
		memcpy(v, b->notes, sizeof *v * b->nnotes);
	memcpy(v + b->nnotes, from->notes, sizeof *v * from->nnotes);
	b->notes = v;
	b->nnotes += from->nnotes;
}
