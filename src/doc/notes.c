/*
 * notes.c: the notes of a document: which there are, in which order.
 */
#include "doc/doc_int.h"

void
doc_link_last(struct made *parent, struct made *m)
{
	m->parent = parent;
	m->next = NULL;
	m->pub.next = NULL;
	m->pub.parent = &parent->pub;
	if (parent->last != NULL) {
		parent->last->next = m;
		parent->last->pub.next = &m->pub;
	} else {
		parent->first = m;
		parent->pub.child = &m->pub;
	}
	parent->last = m;
}

struct made *
doc_after(struct made *m)
{
	if (m->first != NULL)
		return m->first;
	while (m != NULL && m->next == NULL)
		m = m->parent;
	return m == NULL ? NULL : m->next;
}

struct notes {
	struct made	**by_key;	/* [0..max], NULL: no such note */
	uint32_t	 max;
	VEC(struct made *) order;	/* as they are marked */
	VEC(uint32_t)	 nth;		/* marks so far, by number - 1 */
};

static void
note_take(struct doc_builder *b, struct notes *t, struct made *note)
{
	VEC_PUSH(b->a, &t->order, note);
	VEC_PUSH(b->a, &t->nth, 0);
	note->pub.as.note.number = (uint32_t)t->order.n;
}

/* Takes the notes off the root and files them by the parser's numbers. */
static void
notes_detach(struct doc_builder *b, struct notes *t)
{
	struct made *m = b->root->first, *next;
	VEC(struct made *) all = { NULL, 0, 0 };
	size_t i;

	b->root->first = b->root->last = NULL;
	b->root->pub.child = NULL;
	for (; m != NULL; m = next) {
		next = m->next;
		if (m->pub.kind != DOC_NOTE) {
			doc_link_last(b->root, m);
			continue;
		}
		VEC_PUSH(b->a, &all, m);
		m->next = NULL;
		m->parent = NULL;
		if (m->pub.as.note.number > t->max)
			t->max = m->pub.as.note.number;
	}
	INVARIANT(t->max <= (uint32_t)1 << 24);
	t->by_key = ARENA_NEW(b->a, struct made *, (size_t)t->max + 1);
	for (i = 0; i < all.n; i++) {
		t->by_key[all.v[i]->pub.as.note.number] = all.v[i];
		all.v[i]->pub.as.note.number = 0;
	}
}

static void
notes_mark(struct doc_builder *b, struct notes *t, struct made *from)
{
	struct made *m, *note;
	uint32_t key;

	for (m = from; m != NULL; m = doc_after(m)) {
		if (m->pub.kind != DOC_NOTEREF)
			continue;
		key = m->pub.as.noteref.number;
		note = key <= t->max ? t->by_key[key] : NULL;
		if (note == NULL) {	/* never a dangling reference */
			m->pub.kind = DOC_TEXT;
			m->pub.as.text.text = arena_printf(b->a, "[%u]",
			    (unsigned)key);
			continue;
		}
		if (note->pub.as.note.number == 0)
			note_take(b, t, note);
		key = note->pub.as.note.number;
		m->pub.as.noteref.number = key;
		m->pub.as.noteref.note = &note->pub;
		m->pub.as.noteref.nth = ++t->nth.v[key - 1];
	}
}

/*
 * Numbers notes by their first mark, the body's marks before those inside
 * notes, and puts them back in that order. A note that is marked nowhere, or
 * only in such notes, cannot be reached and is left out.
 */
uint32_t
doc_notes_number(struct doc_builder *b)
{
	struct notes t = { 0 };
	size_t done;
	uint32_t key;

	notes_detach(b, &t);
	notes_mark(b, &t, b->root);
	for (done = 0; done < t.order.n; done++)
		notes_mark(b, &t, t.order.v[done]);
	for (done = 0; done < t.order.n; done++)
		doc_link_last(b->root, t.order.v[done]);
	for (key = 0; key <= t.max; key++)
		if (t.by_key[key] != NULL &&
		    t.by_key[key]->pub.as.note.number == 0)
			diag_add(b->diag, DIAG_MD_NOTE_UNUSED,
			    t.by_key[key]->pub.at, "left out");
	return (uint32_t)t.order.n;
}
