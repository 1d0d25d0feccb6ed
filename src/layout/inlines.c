/*
 * inlines.c: from the inline nodes of a block to one text with spans.
 *
 * Each stretch of one style becomes a span; what it belongs to (element,
 * link, strike-through) stands in an attr of the same index. A change of
 * language is an element, whether the author marks it or the script tells
 * it, as in the EPUB. Depth is bounded by the document's limits, so the walk
 * may recurse.
 */
#include "layout/layout_int.h"

struct state {
	struct text_style style;
	struct attr	 attr;
	sp		 rise;
	unsigned	 scripts;	/* sub- and superscripts open */
	str		 lang;
};

static void
bytes_add(struct layout *l, struct inlines *in, str text)
{
	size_t	 cap = in->bytes.cap;

	if (text.n == 0)
		return;
	if (in->bytes.n + text.n > cap) {
		cap = (in->bytes.n + text.n) * (cap == 0 ? 1 : 2);
		in->bytes.v = arena_grow(l->out, in->bytes.v, in->bytes.cap,
		    cap, 1);
		in->bytes.cap = cap;
	}
	memcpy(in->bytes.v + in->bytes.n, text.p, text.n);
	in->bytes.n += text.n;
}

static void
piece(struct layout *l, struct inlines *in, str text, const struct state *s,
    span at)
{
	struct text_span	 sp_ = { .lo = (uint32_t)in->bytes.n,
				    .style = s->style, .lang = s->lang,
				    .rise = s->rise, .at = at };
	struct attr		 attr = s->attr;

	if (text.n == 0 && attr.dest == 0)
		return;
	bytes_add(l, in, text);
	sp_.hi = (uint32_t)in->bytes.n;
	sp_.user = (uint32_t)in->attrs.n;
	attr.lo = sp_.lo;
	attr.from = attr.leaf != NULL && attr.leaf->kind != DOC_NOTEREF ?
	    (uint32_t)(text.p - attr.leaf->as.text.text.p) : 0;
	VEC_PUSH(l->work, &in->attrs, attr);
	VEC_PUSH(l->work, &in->spans, sp_);
}

static void
foreign_add(struct layout *l, struct inlines *in, str text,
    const struct state *s, span at, str lang)
{
	struct state	 f = *s;

	f.attr.elem = elem_add(l, ELEM_SPAN, s->attr.elem,
	    l->elems.v[s->attr.elem].node);
	l->elems.v[f.attr.elem].lang = lang;
	piece(l, in, text, &f, at);
}

/* Content is told by its language; what has an anchor is a mark of ours. */
static void
add(struct layout *l, struct inlines *in, str text, const struct state *s,
    span at)
{
	struct foreign	 f;
	size_t		 i = 0;
	uint32_t	 e = s->attr.elem;

	if (e >= ARTIFACT_COUNT && s->attr.dest == 0 &&
	    l->elems.v[e].role != ELEM_CODE)
		for (; doc_foreign(text, i, s->lang, &f); i = f.hi) {
			piece(l, in, str_cut(text, i, f.lo), s, at);
			foreign_add(l, in, str_cut(text, f.lo, f.hi), s, at,
			    f.lang);
		}
	piece(l, in, str_from(text, i), s, at);
}

static void
note_mark(struct layout *l, struct inlines *in, const struct doc_node *n,
    struct state s)
{
	const struct book_article *a = &l->book->articles[l->article];

	uint32_t	 around = s.attr.elem;

	while (elem_link(l, around) != 0)	/* none in another */
		around = l->elems.v[elem_link(l, around)].parent;
	s.attr.elem = elem_add(l, ELEM_NOTEREF, around, n);
	s.attr.elem = elem_add(l, ELEM_LINK, s.attr.elem, n);
	s.attr.url = S("");
	s.attr.anchor = a->node_anchor[n->as.noteref.note->id];
	s.attr.dest = a->node_anchor[n->id];
	s.attr.note = note_of_mark(l, n, around);
	s.attr.about = arena_printf(l->out, "%.*s %u",
	    STR_ARG(book_term(l->lang, TERM_CALLOUT_NOTE)),
	    n->as.noteref.number);
	s.rise += s.style.size / 3;
	s.style.size = s.style.size * 7 / 10;
	s.style.rgb = l->th->accent;
	add(l, in, arena_printf(l->out, "%u", n->as.noteref.number), &s,
	    n->at);
}

static void
link_target(struct layout *l, const struct doc_node *n, struct state *s)
{
	str	 url = n->as.link.url;
	struct buf t = { 0 };

	s->attr.anchor = l->article == UINT32_MAX ? 0 :
	    book_resolve(l->book, l->article, url, l->tmp);
	s->attr.url = S("");
	if (s->attr.anchor == 0 && doc_url_put(&t, url))
		s->attr.url = arena_str(l->out, buf_view(&t));
	buf_done(&t);
	if (s->attr.anchor == 0 && s->attr.url.n == 0)
		return;
	s->attr.elem = elem_add(l, ELEM_LINK, s->attr.elem, n);
	s->attr.under = l->th->underline_links;
	s->style.rgb = l->th->accent;
}

/* Raises or lowers a script; one of a script's script changes nothing, or
 * it could not be read and would leave its line. */
static void
script(struct state *s, sp rise)
{
	if (s->scripts++ >= 2)
		return;
	s->rise += rise;
	s->style.size = s->style.size * 7 / 10;
}

static void
language(struct layout *l, const struct doc_node *n, struct state *s)
{
	if (n->as.lang.tag.n == 0 || str_eq(n->as.lang.tag, s->lang))
		return;
	s->lang = n->as.lang.tag;
	s->attr.elem = elem_add(l, ELEM_SPAN, s->attr.elem, n);
	l->elems.v[s->attr.elem].lang = s->lang;
}

/* What an inline container changes for its children. */
static void
enter(struct layout *l, const struct doc_node *n, struct state *s)
{
	switch (n->kind) {
	case DOC_EMPH:
		s->style.italic = !s->style.italic;
		s->style.emphasis = !s->style.emphasis;
		break;
	case DOC_STRONG:
		s->style.bold = true;
		break;
	case DOC_STRIKE:
		s->attr.strike = true;
		break;
	case DOC_SUB:
		script(s, -s->style.size / 7);
		break;
	case DOC_SUP:
		script(s, s->style.size / 3);
		break;
	case DOC_SMALLCAPS:
		s->style.small_caps = true;
		break;
	case DOC_KBD:
		s->style.family = STYLE_MONO;
		s->style.size = s->style.size * 9 / 10;
		break;
	case DOC_LINK:
		link_target(l, n, s);
		break;
	case DOC_LANG:
		language(l, n, s);
		break;
	default:
		break;
	}
}

/* A text without the blanks that would set in a line the author began: of
 * "<br>" and the end of its line in the source only one counts; of those
 * beside a picture that is taken out of the line, too. */
static str
begun(const struct inlines *in, str t)
{
	if (in->images.n > 0 && in->bytes.n > 0 && t.n > 0 && t.p[0] == ' ' &&
	    in->bytes.v[in->bytes.n - 1] == ' ')
		return str_from(t, 1);
	if (in->bytes.n > 0 && in->bytes.v[in->bytes.n - 1] == '\n')
		while (t.n > 0 && t.p[0] == ' ')
			t = str_from(t, 1);
	return t;
}

/*
 * The element of what follows a note's mark within a link: a note is no part
 * of the link, so the rest of it, from n on, is a link of its own. e: as it
 * was before.
 */
static uint32_t
elem_after_note(struct layout *l, struct inlines *in,
    const struct doc_node *n, uint32_t e)
{
	uint32_t	 link = elem_link(l, e), up;
	struct elem	 old = l->elems.v[e];

	if (link == 0 || link != in->parted)
		return e;
	if (e == link) {
		if (in->rest == 0)
			in->rest = elem_add(l, ELEM_LINK, old.parent, n);
		return in->rest;
	}
	up = elem_after_note(l, in, n, old.parent);
	e = elem_add(l, old.role, up, n);
	l->elems.v[e].lang = old.lang;
	return e;
}

static void
part_link(struct layout *l, struct inlines *in, uint32_t e)
{
	uint32_t	 link = elem_link(l, e);

	if (link == 0)
		return;
	if (link != in->rest)
		in->parted = link;
	in->rest = 0;
}

static void	walk(struct layout *, struct inlines *,
		    const struct doc_node *parent, const struct state *);

static void
one(struct layout *l, struct inlines *in, const struct doc_node *n,
    const struct state *outer)
{
	struct state	 s = *outer;

	s.attr.elem = elem_after_note(l, in, n, s.attr.elem);
	s.attr.leaf = n->kind == DOC_TEXT || n->kind == DOC_CODESPAN ||
	    n->kind == DOC_NOTEREF ? n : NULL;
	switch (n->kind) {
	case DOC_TEXT:
		add(l, in, begun(in, n->as.text.text), &s, n->at);
		break;
	case DOC_SOFTBREAK:
		add(l, in, begun(in, S(" ")), &s, n->at);
		break;
	case DOC_LINEBREAK:
		add(l, in, S("\n"), &s, n->at);
		break;
	case DOC_CODESPAN:
		s.style.family = STYLE_MONO;
		s.style.size = s.style.size * 9 / 10;
		s.style.hyphenate = false;
		s.attr.elem = elem_add(l, ELEM_CODE, s.attr.elem, n);
		add(l, in, n->as.text.text, &s, n->at);
		break;
	case DOC_NOTEREF:
		note_mark(l, in, n, s);
		part_link(l, in, s.attr.elem);
		break;
	case DOC_IMAGE:
		VEC_PUSH(l->work, &in->images, n);
		break;
	default:
		enter(l, n, &s);
		walk(l, in, n, &s);
		break;
	}
}

static void
walk(struct layout *l, struct inlines *in, const struct doc_node *parent,
    const struct state *outer)
{
	for (const struct doc_node *n = parent->child; n != NULL; n = n->next)
		one(l, in, n, outer);
}

void
inlines_of(struct layout *l, struct inlines *in, const struct doc_node *node,
    const struct text_style *style, uint32_t elem)
{
	struct state	 s = { .style = *style, .attr = { .elem = elem },
			    .lang = l->lang };

	walk(l, in, node, &s);
}

void
inlines_attribution(struct layout *l, struct inlines *in,
    const struct doc_node *node, uint32_t elem)
{
	struct state	 s = { .style = l->th->block[STYLE_SPEAKER].text,
			    .attr = { .elem = elem }, .lang = l->lang };
	const struct text_style *rest = &l->th->block[STYLE_ATTRIBUTION].text;
	bool		 speaks = true;

	for (const struct doc_node *n = node->child; n != NULL;
	    n = n->next) {
		str	 t = n->as.text.text;
		size_t	 at = SIZE_MAX;

		if (speaks && n->kind == DOC_TEXT)
			at = doc_comma(t);
		if (at == SIZE_MAX) {
			one(l, in, n, &s);
			continue;
		}
		s.attr.leaf = n;
		add(l, in, str_cut(t, 0, at), &s, n->at);
		s.style = *rest;
		speaks = false;
		add(l, in, str_from(t, at), &s, n->at);
		s.attr.leaf = NULL;
	}
}

void
inlines_add(struct layout *l, struct inlines *in, str text,
    const struct text_style *style, struct attr attr)
{
	struct state	 s = { .style = *style, .attr = attr,
			    .lang = l->lang };

	add(l, in, text, &s, attr.at);
}

void
inlines_done(struct layout *l, struct inlines *in)
{
	(void)l;
	in->text = (str){ in->bytes.v, in->bytes.n };
}

/* The first span that ends behind byte lo: a text may be cut into very many
 * parts. */
static size_t
span_at(const struct inlines *in, size_t lo)
{
	size_t	 a = 0, b = in->spans.n;

	while (a < b) {
		size_t	 m = a + (b - a) / 2;

		if (in->spans.v[m].hi <= lo)
			a = m + 1;
		else
			b = m;
	}
	return a;
}

uint32_t
inlines_elem(const struct inlines *in, size_t at)
{
	return in->attrs.v[in->spans.v[span_at(in, at)].user].elem;
}

struct inlines
inlines_part(struct layout *l, const struct inlines *in, size_t lo, size_t hi)
{
	struct inlines	 x = { .attrs = { in->attrs.v, in->attrs.n, 0 },
			    .base = in->base + (uint32_t)lo };

	for (size_t i = span_at(in, lo); i < in->spans.n &&
	    in->spans.v[i].lo < hi; i++) {
		struct text_span	 s = in->spans.v[i];

		s.lo = s.lo > lo ? (uint32_t)(s.lo - lo) : 0;
		s.hi = (uint32_t)((s.hi < hi ? s.hi : hi) - lo);
		VEC_PUSH(l->work, &x.spans, s);
	}
	x.text = str_cut(in->text, lo, hi);
	return x;
}
