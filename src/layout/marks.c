/*
 * marks.c: what a line has beside its glyphs: areas of links, lines through
 * and below letters, the anchors that stand there and the footnotes whose
 * marks do.
 *
 * Spans of a text ascend and lines are made from the first to the last, so
 * the anchors and notes of all lines are found in one walk of the spans.
 */
#include "layout/layout_int.h"

/* A line through or below letters, in their colour. */
static void
stroke_add(struct par *p, struct items *out, const struct text_style *s,
    struct item it, sp w)
{
	it.kind = ITEM_RULE;
	it.as.rule.w = w;
	it.as.rule.h = s->size / 16;
	it.as.rule.rgb = s->rgb;
	VEC_PUSH(p->l->tmp, out, it);
}

/* The link of the piece before the one whose run came last; NULL: none. */
static struct item *
link_before(const struct items *out)
{
	bool	 run = false;

	for (size_t i = out->n; i > 0; i--) {
		struct item	*it = &out->v[i - 1];

		if (it->kind == ITEM_LINK)
			return it;
		if (it->kind == ITEM_RUN && run)
			return NULL;
		run |= it->kind == ITEM_RUN;
	}
	return NULL;
}

#define SPANS_MOST	32	/* of a link, on either side of one */

static uint32_t
link_at(const struct par *p, uint32_t at)
{
	return elem_link(p->l, p->in->attrs.v[p->in->spans.v[at].user].elem);
}

/* All text of the link that a span is of, on other lines too. */
static str
link_text(const struct par *p, uint32_t at)
{
	const struct text_span	*s = p->in->spans.v;
	uint32_t		 e = link_at(p, at), lo = at, hi = at;

	while (lo > 0 && at - lo < SPANS_MOST && link_at(p, lo - 1) == e)
		lo--;
	while (hi + 1 < p->in->spans.n && hi - at < SPANS_MOST &&
	    link_at(p, hi + 1) == e)
		hi++;
	return str_trim(str_cut(p->in->text, s[lo].lo, s[hi].hi));
}

/* A link goes on through runs of other faces, as one area. */
static bool
link_goes_on(struct item *link, const struct marked *m, uint32_t elem)
{
	if (link == NULL || link->elem != elem ||
	    link->x + link->as.link.w != m->x)
		return false;
	link->as.link.w += m->w;
	return true;
}

void
marks_add(struct par *p, struct items *out, const struct marked *m)
{
	const struct text_span	*s = &p->t->spans[m->run->span];
	const struct attr	*a = &p->in->attrs.v[s->user];
	sp			 size = s->style.size;
	struct item		 it = { .elem = a->elem, .x = m->x };

	if (m->w <= 0)
		return;
	if (a->strike) {
		it.y = m->base - size * 3 / 10;
		stroke_add(p, out, &s->style, it, m->w);
	}
	if (a->under) {
		it.y = m->base + size / 8;
		stroke_add(p, out, &s->style, it, m->w);
	}
	if (a->anchor == 0 && a->url.n == 0)
		return;
	it.elem = elem_link(p->l, a->elem);
	if (link_goes_on(link_before(out), m, it.elem))
		return;
	it.kind = ITEM_LINK;
	it.y = m->base - size;
	it.as.link.w = m->w;
	it.as.link.h = size * 5 / 4;
	it.as.link.anchor = a->anchor;
	it.as.link.url = a->url;
	it.as.link.about = a->about.n > 0 ? a->about :
	    link_text(p, m->run->span);
	VEC_PUSH(p->l->tmp, out, it);
}

void
line_targets(struct par *p, struct vbox *box, uint32_t hi)
{
	struct arena		*tmp = p->l->tmp, *work = p->l->work;
	struct items		 dests = { 0 };
	VEC(const struct note *) notes = { 0 };

	for (; p->span < p->in->spans.n && p->in->spans.v[p->span].lo < hi;
	    p->span++) {
		const struct attr	*a = &p->in->attrs.v[
					    p->in->spans.v[p->span].user];
		struct item		 d = { .kind = ITEM_DEST,
					    .elem = a->elem,
					    .as.dest = { a->dest } };

		if (a->dest != 0)
			VEC_PUSH(tmp, &dests, d);
		if (a->note != NULL && p->l->th->notes == NOTES_FOOT)
			VEC_PUSH(work, &notes, a->note);
	}
	if (dests.n > 0)
		box_items_first(p->l, box, dests.v, dests.n);
	box->notes = notes.v;
	box->nnotes = notes.n;
}

/* ---- where a line begins in the document ------------------------------ */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Does a word go on at byte i? Between characters of scripts without blanks
 * one may begin. */
static bool
word_goes_on(str t, uint32_t i, bool begins)
{
	unsigned char	 a, b;

	if ((begins && i == 0) || i >= t.n)
		return false;
	a = (unsigned char)t.p[(ptrdiff_t)i - 1];
	b = (unsigned char)t.p[i];
	if (is_blank((char)a))
		return false;
	if (a == '-' || (i + !begins >= 3 && str_ends((str){ t.p + i - 3, 3 },
	    S("\xe2\x80\x90"))))
		return true;
	return a < 0x80 && b < 0x80;
}

/* The first byte of a word that begins in [lo, hi); hi: none does. */
static uint32_t
word_begin(const struct inlines *in, const struct bp *from, uint32_t hi)
{
	uint32_t	 i = from->next;

	if (!from->hyphen && !word_goes_on(in->text, i, in->base == 0))
		return i;
	while (i < hi && !is_blank(in->text.p[i]))
		i++;
	while (i < hi && is_blank(in->text.p[i]))
		i++;
	return i;
}

void
line_begins(struct par *p, struct vbox *box, const struct bp *from,
    uint32_t hi)
{
	const struct inlines	*in = p->in;
	const struct attr	*a;
	uint32_t		 at;

	if (hi > in->text.n)
		hi = (uint32_t)in->text.n;
	at = word_begin(in, from, hi);
	while (p->leaf < in->spans.n && in->spans.v[p->leaf].hi <= at)
		p->leaf++;
	for (size_t i = p->leaf; at < hi && i < in->spans.n &&
	    in->spans.v[i].lo < hi; i++) {
		a = &in->attrs.v[in->spans.v[i].user];
		if (a->leaf == NULL)
			continue;
		if (in->spans.v[i].lo > at)
			at = in->spans.v[i].lo;
		box->start = start_node(p->l, a->leaf,
		    a->leaf->kind == DOC_NOTEREF ? 0 :
		    in->base + at - a->lo + a->from);
		return;
	}
}
