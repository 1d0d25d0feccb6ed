/*
 * dropcap.c: the large initial of an article's first paragraph.
 *
 * Its top is that of the first line's capitals (in scripts of India that of
 * their letters), it stands on the baseline of the last line beside it. The
 * paragraph is set to the shorter measure, as many lines as the initial has
 * are kept, and the rest is set again to the full one: so both parts are
 * the best that their measures allow. The initial and what follows it are
 * runs one after the other in one element: a word stays whole in copying.
 *
 * Arabic has none: its letters join. Nor has a paragraph that begins with a
 * quotation mark or a figure, or that is too short to stand beside it.
 */
#include "layout/layout_int.h"

#define LINES_MAX	8
#define VIRAMA	0x4d	/* its place in each script's block of 128 */

static bool
is_indic(uint32_t c)
{
	return c >= 0x900 && c < 0xd80;
}

/* A sign that stands with the letter before it. */
static bool
is_sign(uint32_t c)
{
	uint32_t at = c & 0x7f;

	if (c >= 0x300 && c < 0x370)
		return true;
	if (!is_indic(c))
		return c == 0x200c || c == 0x200d;
	return at <= 0x03 || (at >= 0x3a && at <= 0x3c) ||
	    (at >= 0x3e && at <= VIRAMA) || (at >= 0x51 && at <= 0x57) ||
	    (at >= 0x62 && at <= 0x63);
}

static bool
is_initial(uint32_t c)
{
	if (is_indic(c))
		return !is_sign(c) && (c & 0x7f) >= 0x04 &&
		    (c & 0x7f) <= 0x61 && c != 0x964 && c != 0x965;
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde &&
	    c != 0xd7) || (c >= 0x391 && c <= 0x3a9) ||
	    (c >= 0x400 && c <= 0x42f);
}

/* The first letter with its signs, in India the first syllable; 0: none. */
static size_t
initial(str s)
{
	size_t	 i = 0, next;
	uint32_t c, first;
	bool	 joins = false;

	if (s.n == 0)
		return 0;
	first = utf8_next(s, &i);
	if (!is_initial(first))
		return 0;
	for (next = i; i < s.n; i = next) {
		c = utf8_next(s, &next);
		/* In Tamil the sign that takes the vowel joins nothing. */
		if (is_sign(c))
			joins = is_indic(c) ? (c & 0x7f) == VIRAMA &&
			    (c & ~0x7fu) != 0xb80 : joins;
		else if (joins && is_indic(c))
			joins = false;
		else
			break;
	}
	return i;
}

static const struct item *
first_run(const struct vbox *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].kind == ITEM_RUN && b->items[i].as.run.n > 0)
			return &b->items[i];
	return NULL;
}

/* Where the text of these lines ends, and the blanks after it. */
static size_t
end_of(const struct lines *x, size_t n, str text)
{
	const char	*end = text.p;
	size_t		 at;

	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < x->v[k].n; i++) {
			const struct run *r = &x->v[k].items[i].as.run;

			if (x->v[k].items[i].kind == ITEM_RUN &&
			    !r->soft_hyphen && r->text.p >= text.p &&
			    r->text.p + r->text.n <= text.p + text.n &&
			    r->text.p + r->text.n > end)
				end = r->text.p + r->text.n;
		}
	for (at = (size_t)(end - text.p); at < text.n && (text.p[at] == ' ' ||
	    text.p[at] == '\n'); at++)
		continue;
	return at;
}

/* [1/1000] of the size that a letter stands above the baseline. */
static int
letter_height(uint32_t c, const struct face *f)
{
	uint32_t block = c & ~0x7fu;

	if (!is_indic(c))
		return f->upem > 0 ? f->cap_height * 1000 / f->upem : 700;
	return block == 0xb80 || block == 0xd00 ? 556 : 620;
}

/* The initial: its line, and the box around what it draws [sp], from its
 * origin, y upwards. */
struct cap { struct lines x; sp left, right, top, bottom; };

static void
outline(struct cap *c)
{
	sp	 pen = 0;
	bool	 any = false;

	for (size_t i = 0; i < c->x.v[0].n; i++) {
		const struct run *r = &c->x.v[0].items[i].as.run;

		if (c->x.v[0].items[i].kind != ITEM_RUN)
			continue;
		for (size_t k = 0; k < r->n; k++) {
			struct face_box	 b = face_extents(r->face, r->g[k].gid);
			sp		 x = pen + r->g[k].dx;
			sp		 s = r->size, em = r->face->upem;

			pen += r->g[k].adv;
			if (b.right == b.left)
				continue;	/* a blank */
			if (!any || x + b.left * s / em < c->left)
				c->left = x + b.left * s / em;
			if (!any || x + b.right * s / em > c->right)
				c->right = x + b.right * s / em;
			if (!any || r->g[k].dy + b.top * s / em > c->top)
				c->top = r->g[k].dy + b.top * s / em;
			if (!any || r->g[k].dy + b.bottom * s / em < c->bottom)
				c->bottom = r->g[k].dy + b.bottom * s / em;
			any = true;
		}
	}
}

/* Adds the blank after a word of one letter to its run: a line leaves the
 * blanks at its end out, but here the word goes on beside it. */
static void
blank_add(struct layout *l, struct lines *x, str text)
{
	struct run	*r = NULL;
	struct glyph	*g;

	for (size_t i = 0; i < x->v[0].n; i++)
		if (x->v[0].items[i].kind == ITEM_RUN)
			r = &x->v[0].items[i].as.run;
	if (r == NULL || r->n == 0 || r->text.p + r->text.n != text.p +
	    text.n - 1 || face_glyph(r->face, ' ') == 0)
		return;
	g = ARENA_NEW(l->out, struct glyph, r->n + 1);
	memcpy(g, r->g, sizeof *g * r->n);
	g[r->n] = (struct glyph){ .gid = face_glyph(r->face, ' '),
	    .cluster = (uint32_t)r->text.n };
	r->g = g;
	r->n++;
	r->text.n++;
}

/* The initial of the size that reaches over n lines; no lines: none. */
static struct cap
cap_set(struct layout *l, const struct inlines *in, size_t bytes, unsigned n,
    const struct block_style *b)
{
	struct inlines	 x = inlines_part(l, in, 0, bytes);
	struct measure	 m = { .w = l->column, .leading = b->leading,
			    .align = ALIGN_START };
	struct cap	 c = { .x = { 0 } }, none = { .x = { 0 } };
	const struct item *run;
	sp		 size = b->text.size;
	size_t		 i = 0;
	sp		 tall;

	for (size_t k = 0; k < x.spans.n; k++) {
		x.spans.v[k].style = l->th->block[STYLE_DROP_CAP].text;
		x.spans.v[k].style.size = size;
	}
	c.x = par_set(l, &x, &m);
	run = c.x.n == 1 ? first_run(&c.x.v[0]) : NULL;
	if (run == NULL)
		return none;
	/* A fallback face may be set smaller than is asked for. */
	tall = letter_height(utf8_next(in->text, &i), run->as.run.face) *
	    run->as.run.size / size;
	if (tall < 100)
		return none;
	size += (sp)(n - 1) * b->leading * 1000 / tall;
	for (size_t k = 0; k < x.spans.n; k++)
		x.spans.v[k].style.size = size;
	c.x = par_set(l, &x, &m);
	if (c.x.n != 1 || first_run(&c.x.v[0]) == NULL)
		return none;
	outline(&c);
	return c;
}

/* Puts the initial before what the first line has, so much lower; its stem
 * begins where the lines do. */
static void
cap_place(struct layout *l, struct vbox *b, struct cap *c, sp x, sp drop)
{
	const struct item *line = first_run(b);
	struct vbox	*cap = &c->x.v[0];
	sp		 down;

	if (line == NULL)
		return;
	down = line->y + drop - first_run(cap)->y;
	for (size_t i = 0; i < cap->n; i++) {
		cap->items[i].y += down;
		cap->items[i].x += x - c->left;
	}
	box_items_first(l, b, cap->items, cap->n);
	b->start = cap->start;
}

/* The first n lines of x, then those of tail. */
static struct lines
lines_join(struct layout *l, struct lines x, size_t n, struct lines tail)
{
	struct lines	 out = { ARENA_NEW(l->work, struct vbox, n + tail.n),
			    n + tail.n, x.widest };

	memcpy(out.v, x.v, sizeof *x.v * n);
	if (tail.n > 0)
		memcpy(out.v + n, tail.v, sizeof *x.v * tail.n);
	return out;
}

struct lines
dropcap_set(struct layout *l, const struct inlines *in,
    const struct measure *full, const struct block_style *b,
    struct dropcap *d)
{
	size_t		 bytes = initial(in->text), n = l->th->drop_cap;
	size_t		 lines, next;
	struct measure	 m = *full;
	struct inlines	 beside, rest;
	struct lines	 x, none = { 0 };
	struct cap	 c;
	sp		 w;

	if (bytes == 0 || n < 2 || n > LINES_MAX || l->rtl)
		return none;
	for (next = bytes; next < in->text.n && in->text.p[next] == ' ';
	    next++)
		continue;
	c = cap_set(l, in, bytes, (unsigned)n, b);
	w = c.right - c.left + b->text.size * 2 / 5;
	if (c.x.n != 1 || w > m.w / 3)
		return none;
	m.indent = 0;
	m.x += w;
	m.w -= w;
	if (next > bytes)
		blank_add(l, &c.x, str_cut(in->text, 0, bytes + 1));
	beside = inlines_part(l, in, next, in->text.n);
	x = par_set(l, &beside, &m);
	lines = n + (-c.bottom > b->leading / 3);	/* signs below it */
	if (x.n < lines)
		return none;
	m = *full;
	m.indent = 0;
	rest = inlines_part(l, &beside, end_of(&x, lines, beside.text),
	    beside.text.n);
	cap_place(l, &x.v[0], &c, full->x, (sp)(n - 1) * b->leading);
	*d = (struct dropcap){ lines, c.top - (sp)(n - 1) * b->leading -
	    b->text.size };
	return lines_join(l, x, lines, par_set(l, &rest, &m));
}
