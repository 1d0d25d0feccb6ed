/*
 * blocks.c: document blocks to the vertical list. Nesting is bounded by
 * the document's limits, so containers recurse.
 */
#include "layout/layout_int.h"

#define PENALTY_HOLD	400	/* within a short quote or callout */

static void	block(struct layout *, struct flow *, const struct frame *,
		    const struct doc_node *, bool first);

void
flow_images(struct layout *l, struct flow *f, const struct frame *fr,
    const struct inlines *in)
{
	struct frame	 below = *fr;

	below.elem = elem_around(l, fr->elem);
	for (size_t i = 0; i < in->images.n; i++)
		flow_figure(l, f, &below, in->images.v[i]);
}

/* Lines of the text itself are on the grid; all else stands where it falls,
 * and the text after it regains the grid. */
static bool
on_grid(const struct layout *l, const struct frame *fr, enum block_id id)
{
	return l->th->grid > 0 && fr->style == STYLE_BODY && fr->deco == 0 &&
	    (id == STYLE_BODY || id == STYLE_BODY_FIRST) &&
	    l->th->block[id].leading == l->th->block[STYLE_BODY].leading;
}

/*
 * The lines of a paragraph. A container's own space stands around it, not
 * around each of its paragraphs.
 */
static void
para_lines(struct layout *l, struct flow *f, const struct frame *fr,
    struct lines x, enum block_id id)
{
	struct block_style	 b = l->th->block[id];
	size_t			 at = f->n;

	if (id == fr->style && id != STYLE_BODY)
		b.before = b.after = 0;
	flow_lines(l, f, x, &b, fr->deco);
	if (on_grid(l, fr, id))
		for (; at < f->n; at++)
			f->v[at].base = line_baseline(b.leading,
			    b.text.size);
}

static bool
has_line_breaks(const struct doc_node *n)
{
	for (const struct doc_node *c = n->child; c != NULL; c = c->next)
		if (c->kind == DOC_LINEBREAK)
			return true;
	return false;
}

/* ---- lines that the author ends --------------------------------------- */

/* The bytes of "(a)" or "(iv)" where a line begins so, else 0. */
static size_t
option_label(str s)
{
	size_t	 end = s.n > 4 && s.p[0] == '(' ?
		    str_find_char(str_cut(s, 0, 12), ')') : SIZE_MAX;

	return end < 2 || end == SIZE_MAX || end + 1 >= s.n ||
	    s.p[end + 1] != ' ' ? 0 : end + 1;
}

/* One such line; what does not fit stands below what its label marks. */
static struct lines
option_set(struct layout *l, const struct inlines *in, size_t lo, size_t hi,
    const struct measure *m)
{
	struct inlines	 x = inlines_part(l, in, lo, hi), label;
	size_t		 n = option_label(x.text);
	struct measure	 o = *m;
	sp		 hang, word;

	if (n > 0 && x.spans.n > 0) {
		label = inlines_part(l, &x, 0, n);
		par_widths(l, &label, &hang, &word);
		hang += x.spans.v[0].style.size / 4;
		if (hang < o.w / 4) {
			o.x += l->rtl ? 0 : hang;
			o.w -= hang;
			o.indent = -hang;
		}
	}
	return par_set(l, &x, &o);
}

/* Lines that end where the author wants it: options, verse, addresses. */
static struct lines
broken_set(struct layout *l, const struct inlines *in, const struct measure *m)
{
	struct lines	 x = par_set(l, in, m), one;
	VEC(struct vbox) all = { NULL, 0, 0 };
	size_t		 ends = 1, lo, hi;

	for (size_t i = 0; i < in->text.n; i++)
		ends += in->text.p[i] == '\n';
	if (x.n <= ends)	/* none of them turns over */
		return x;
	for (lo = 0; lo < in->text.n; lo = hi + 1) {
		hi = str_find_char(str_from(in->text, lo), '\n');
		hi = hi == SIZE_MAX ? in->text.n : lo + hi;
		one = option_set(l, in, lo, hi, m);
		if (one.n == 0)
			return x;
		if (hi < in->text.n)
			line_blank(l, &one.v[one.n - 1], inlines_elem(in,
			    hi));
		for (size_t i = 0; i < one.n; i++)
			VEC_PUSH(l->work, &all, one.v[i]);
	}
	return (struct lines){ all.v, all.n, x.widest };
}

/*
 * What a paragraph of a style is set to. A container's own insets have been
 * taken by its frame.
 */
static struct measure
para_measure(const struct layout *l, const struct frame *fr,
    enum block_id id)
{
	struct measure	 m = measure_of(&l->th->block[id], fr);

	if (id == fr->style && id != STYLE_BODY) {
		m.x = fr->x;
		m.w = fr->w;
	}
	return m;
}

/* The first paragraph of an article, which a heading may stand above. */
static bool
is_opening(const struct doc_node *n)
{
	const struct doc_node *first = n->parent->child;

	return n->parent->kind == DOC_ROOT && (n == first ||
	    (first->kind == DOC_HEADING && n == first->next));
}

/* Makes the n boxes from `at` on one that no page parts and nothing comes
 * between: the lines beside an initial. */
static void
one_piece(struct layout *l, struct flow *f, size_t at, size_t n)
{
	struct vbox	*b = &f->v[at];

	for (size_t i = 1; i < n; i++) {
		const struct vbox	*from = &b[i];

		for (size_t k = 0; k < from->n; k++)
			from->items[k].y += b->h;
		b->items = items_join(l, b->items, b->n, from->items, from->n);
		b->n += from->n;
		b->h += from->h;
		box_notes_join(l, b, from);
	}
	if (l->th->grid == 0)
		b->base = 0;	/* or feathering would take it for a line */
	memmove(b + 1, b + n, sizeof *b * (f->n - at - n));
	f->n -= n - 1;
}

void
flow_para(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, enum block_id id, enum elem_role role)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = para_measure(l, fr, id);
	struct inlines		 in = { 0 };
	struct lines		 x = { 0 };
	struct dropcap		 cap = { 0, 0 };
	size_t			 at = f->n;

	if (has_line_breaks(n))		/* one left edge */
		m.indent = 0;
	inlines_of(l, &in, n, &b->text, elem_add(l, role, fr->elem, n));
	inlines_done(l, &in);
	if (l->th->drop_cap > 0 && id == STYLE_BODY_FIRST && is_opening(n))
		x = dropcap_set(l, &in, &m, b, &cap);
	if (x.n == 0)
		x = has_line_breaks(n) ? broken_set(l, &in, &m) :
		    par_set(l, &in, &m);
	if (cap.above > 0)
		flow_space(f, cap.above + b->leading / 2);
	para_lines(l, f, fr, x, id);
	if (cap.lines > 1)
		one_piece(l, f, at, cap.lines);
	flow_images(l, f, fr, &in);
}

/* The number of a heading where its style wants one; "": none. */
static str
heading_number(const struct layout *l, const struct block_style *b,
    const struct doc_node *n)
{
	if (!b->numbered || l->article == UINT32_MAX)
		return S("");
	return l->book->articles[l->article].node_heading_number[n->id];
}

/* Sets the number before the heading, whose lines stand beside it. */
static void
heading_label(struct layout *l, struct lines *x, const struct frame *fr,
    const struct block_style *b, str number, uint32_t elem)
{
	struct measure	 m = measure_of(b, fr);
	struct inlines	 in = { 0 };
	struct lines	 label;

	m.align = ALIGN_START;
	inlines_add(l, &in, number, &b->text, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	label = par_set(l, &in, &m);
	if (label.n == 0 || x->n == 0)
		return;
	line_blank(l, &label.v[0], elem);
	box_items_first(l, &x->v[0], label.v[0].items, label.v[0].n);
}

static sp
number_width(struct layout *l, const struct block_style *b, str number)
{
	struct inlines	 in = { 0 };
	sp		 longest, word;

	if (number.n == 0)
		return 0;
	inlines_add(l, &in, number, &b->text, (struct attr){ .elem = 0 });
	inlines_done(l, &in);
	par_widths(l, &in, &longest, &word);
	return longest + b->text.size * 3 / 4;
}

/* Across all columns where the theme says so; the caller ends that. */
static struct frame
heading_frame(const struct layout *l, struct flow *f, const struct frame *fr,
    const struct block_style *b)
{
	struct frame	 wide = *fr;

	if (b->span && fr->style == STYLE_BODY && fr->deco == 0) {
		wide.w = l->measure;
		f->flags |= BOX_SPAN;
	}
	return wide;
}

static void
heading(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	int			 d = n->as.heading.depth;
	enum block_id		 id = d <= 1 ? STYLE_H2 : d == 2 ? STYLE_H3 :
				    STYLE_H4;
	const struct block_style *b = &l->th->block[id];
	struct frame		 wide = heading_frame(l, f, fr, b);
	struct measure		 m = measure_of(b, &wide);
	str			 number = heading_number(l, b, n);
	sp			 hang = number_width(l, b, number);
	struct inlines		 in = { 0 };
	struct lines		 x;
	uint32_t		 e, label = 0, anchor = 0;
	unsigned		 level = l->level;

	e = elem_heading(l, fr->elem, elem_level(l, d), n);
	if (hang > 0)
		label = elem_add(l, ELEM_LABEL, e, n);
	if (l->article != UINT32_MAX)
		anchor = l->book->articles[l->article].node_anchor[n->id];
	if (hang > m.w / 2)
		hang = m.w / 2;
	m.x += l->rtl ? 0 : hang;
	m.w -= hang;
	inlines_of(l, &in, n, &b->text, e);
	inlines_done(l, &in);
	x = par_set(l, &in, &m);
	if (hang > 0)
		heading_label(l, &x, &wide, b, number, label);
	if (x.n > 0 && anchor != 0)
		box_dest(l, &x.v[0], anchor, e);
	if (x.n > 0)
		x.v[0].mark = e;
	else
		l->level = level;	/* nobody reads it */
	flow_lines(l, f, x, b, fr->deco);
	f->flags &= ~(unsigned)BOX_SPAN;
	flow_images(l, f, fr, &in);
}

/* ---- boxed blocks ----------------------------------------------------- */

static void
quote(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	sp		 side = l->th->quote_indent / 2;
	struct frame	 in = box_open(l, f, fr, STYLE_QUOTE, side, side);
	size_t		 at = f->n;

	in.elem = elem_add(l, ELEM_QUOTE, fr->elem, n);
	flow_blocks(l, f, &in, n);
	flow_hold(l, f, at, PENALTY_HOLD);
	box_close(l, f, &in, STYLE_QUOTE);
}

/* Who speaks: never on a page without the end of what is said. Lines that
 * follow begin below the name. */
static void
attribution(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	const struct block_style *b = &l->th->block[STYLE_ATTRIBUTION];
	struct measure		 m = measure_of(b, fr);
	struct inlines		 in = { 0 };
	sp			 hang = b->text.size * 5 / 4;

	if (b->align == ALIGN_START || b->align == ALIGN_JUSTIFY) {
		m.x += l->rtl ? 0 : hang;
		m.w -= hang;
		m.indent = -hang;
	}
	inlines_attribution(l, &in, n, elem_add(l, ELEM_P, fr->elem, n));
	inlines_done(l, &in);
	f->keep = true;
	para_lines(l, f, fr, par_set(l, &in, &m), STYLE_ATTRIBUTION);
	flow_images(l, f, fr, &in);
}

static enum term
callout_term(enum doc_callout k)
{
	return (enum term)(TERM_CALLOUT_NOTE + (int)k);
}

static void
callout(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct frame	 in = box_open(l, f, fr, STYLE_CALLOUT, 0, 0);
	size_t		 at = f->n;

	in.elem = elem_add(l, ELEM_CALLOUT, fr->elem, n);
	flow_text(l, f, &in, STYLE_CALLOUT_LABEL, ELEM_P,
	    book_term(l->lang, callout_term(n->as.callout.kind)));
	if (f->n > at)
		f->v[at].start = start_node(l, n, 0);
	flow_blocks(l, f, &in, n);
	flow_hold(l, f, at, PENALTY_HOLD);
	box_close(l, f, &in, STYLE_CALLOUT);
}

/* A short rule in the middle, with as much white space as a line's. */
static void
thematic_break(struct layout *l, struct flow *f, const struct frame *fr)
{
	struct frame	 mid = *fr;
	sp		 around = l->th->block[STYLE_BODY].leading;

	mid.w = fr->w / 4;
	mid.x += (fr->w - mid.w) / 2;
	flow_rule(l, f, &mid, SP_PT / 2, l->th->rule, around, around);
}

static void
notes_heading(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *first)
{
	struct frame	 third = *fr;
	size_t		 at = f->n;

	third.w = fr->w / 3;
	if (l->rtl)
		third.x += fr->w - third.w;
	flow_rule(l, f, &third, SP_PT / 2, l->th->rule, SP_PT * 18,
	    SP_PT * 6);
	f->keep = true;
	flow_text(l, f, fr, STYLE_CALLOUT_LABEL, ELEM_HEADING,
	    book_term(l->lang, TERM_NOTES));
	f->v[at].start = start_node(l, first, 0);
}

static void
block(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n, bool first)
{
	switch (n->kind) {
	case DOC_HEADING:
		heading(l, f, fr, n);
		break;
	case DOC_PARA:
		flow_para(l, f, fr, n, fr->style == STYLE_BODY && first ?
		    STYLE_BODY_FIRST : fr->style, ELEM_P);
		break;
	case DOC_ATTRIBUTION:
		attribution(l, f, fr, n);
		break;
	case DOC_LIST:
		flow_list(l, f, fr, n);
		break;
	case DOC_DEFLIST:
		flow_deflist(l, f, fr, n);
		break;
	case DOC_QUOTE:
		quote(l, f, fr, n);
		break;
	case DOC_CALLOUT:
		callout(l, f, fr, n);
		break;
	case DOC_CODE:
		flow_code(l, f, fr, n);
		break;
	case DOC_RULE:
		thematic_break(l, f, fr);
		break;
	case DOC_TABLE:
		flow_table(l, f, fr, n);
		break;
	case DOC_FIGURE:
		if (floats_here(l, fr, n)) {
			struct flow	 x = { .flags = f->flags };

			flow_figure(l, &x, fr, n);
			flow_float(l, f, x.v, x.n, x.n > 0 &&
			    (x.v[0].flags & BOX_SPAN) != 0);
		} else {
			flow_barrier(l, f, n);
			flow_figure(l, f, fr, n);
		}
		break;
	case DOC_NOTE:
		flow_note(l, f, fr, n);
		break;
	default:
		break;
	}
}

/*
 * Does a paragraph belong to what follows it? One that is all strong is a
 * heading by another name; one that ends with a colon leads to a list.
 */
static bool
leads_on(const struct doc_node *n)
{
	const struct doc_node *last = n->child;
	enum doc_kind	 next = n->next != NULL ? n->next->kind : DOC_NOTE;

	if (n->kind != DOC_PARA || last == NULL || next == DOC_NOTE)
		return false;
	if (last->kind == DOC_STRONG && last->next == NULL)
		return true;
	while (last->next != NULL)
		last = last->next;
	return last->kind == DOC_TEXT && str_ends(last->as.text.text, S(":"))
	    && next != DOC_PARA && next != DOC_HEADING && next != DOC_RULE;
}

void
flow_blocks(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *node)
{
	bool		 first = true, notes = false;
	size_t		 at;
	struct frame	 in = *fr;
	struct sects	 sects = { .around = fr->elem };

	for (const struct doc_node *n = node->child; n != NULL; n = n->next) {
		if (n->kind == DOC_NOTE && l->th->notes == NOTES_FOOT)
			break;		/* each at the foot of its page */
		if (n->kind == DOC_NOTE && !notes) {
			in.elem = elem_add(l, ELEM_SECT, fr->elem, NULL);
			notes_heading(l, f, &in, n);
			notes = true;
		}
		if (n->kind == DOC_HEADING && node->kind == DOC_ROOT) {
			sects_open(l, &sects, n);
			in.elem = sects_elem(&sects);
		}
		if (n->kind == DOC_PARA && !first && fr->style != STYLE_BODY)
			flow_space(f, l->th->block[fr->style].leading / 4);
		at = f->n;
		block(l, f, &in, n, first);
		if (leads_on(n))
			f->keep = f->leads = true;
		/* What floats may leave its paragraphs to each other. */
		if (n->kind == DOC_PARA || f->n == at ||
		    f->v[f->n - 1].floater == NULL)
			first = n->kind != DOC_PARA;
	}
}
