/*
 * code.c: a block of code: lines as they are written, tabs to eight
 * columns, set from left to right in any language.
 *
 * Lines that fit are set many at once, so that length costs little. A line
 * that does not fit is broken after white space or a mark of punctuation,
 * else anywhere; what goes on is set in and has a hook before it that is
 * drawn, not written: what a reader copies is the source.
 */
#include "layout/layout_int.h"

#define TAB		8
#define BATCH		8192	/* bytes of fitting lines set at once */
#define PENALTY_INNER	40	/* a page should not end between its lines */
#define PENALTY_WRAPPED	200	/* nor within a line of the source */
#define FEW		14	/* lines that stay together */
#define PENALTY_FEW	600

struct code {
	struct layout	*l;
	const struct block_style *b;
	const struct frame *fr;
	struct measure	 m;
	uint32_t	 elem;
	sp		 adv;		/* of one column */
	sp		 hang;		/* of a line that goes on */
	const struct doc_node *node;
	VEC(char)	 batch;
	VEC(size_t)	 starts;	/* in the source, of its lines */
	VEC(struct vbox) boxes;
	size_t		 from;		/* of the source: lines left out */
};

/* One line of the source with its tabs as spaces; in the out arena. */
static str
expand(struct layout *l, str s)
{
	size_t	 tabs = 0, column = 0, n = 0;
	char	*p;

	for (size_t i = 0; i < s.n; i++)
		tabs += s.p[i] == '\t';
	if (tabs == 0)
		return s;
	p = ARENA_NEW(l->out, char, s.n + tabs * TAB);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\t') {
			do
				p[n++] = ' ';
			while (++column % TAB != 0);
			continue;
		}
		p[n++] = s.p[i];
		column += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	}
	return (str){ p, n };
}

static void
push(struct code *c, struct lines x, bool wrapped)
{
	for (size_t i = 0; i < x.n; i++) {
		x.v[i].penalty = wrapped && i > 0 ? PENALTY_WRAPPED :
		    PENALTY_INNER;
		x.v[i].deco = c->fr->deco;
		if (!wrapped || i + 1 == x.n)
			line_blank(c->l, &x.v[i], c->elem);
		VEC_PUSH(c->l->work, &c->boxes, x.v[i]);
	}
}

static struct lines
set(struct code *c, str text, const struct measure *m)
{
	struct inlines	 in = { 0 };

	inlines_add(c->l, &in, text, &c->b->text,
	    (struct attr){ .elem = c->elem });
	inlines_done(c->l, &in);
	return par_set(c->l, &in, m);
}

static void
flush(struct code *c)
{
	size_t	 first = c->boxes.n;

	if (c->batch.n == 0)
		return;
	push(c, set(c, (str){ c->batch.v, c->batch.n - 1 }, &c->m), false);
	for (size_t i = 0; i < c->starts.n && first + i < c->boxes.n; i++)
		c->boxes.v[first + i].start = start_node(c->l, c->node,
		    c->starts.v[i]);
	c->batch.n = c->starts.n = 0;
}

static void
batch(struct code *c, str s, size_t start)
{
	struct arena	*a = c->l->work;

	VEC_PUSH(a, &c->starts, start);
	for (size_t i = 0; i < s.n; i++)
		VEC_PUSH(a, &c->batch, s.p[i]);
	VEC_PUSH(a, &c->batch, '\n');
	if (c->batch.n > BATCH)
		flush(c);
}

/* ---- lines that are too long ------------------------------------------ */

/* A hook before the first glyph of a line: down, then an arrow. */
static void
hook(struct code *c, struct vbox *b, sp x)
{
	sp		 u = c->b->text.size / 16;
	sp		 y = line_baseline(c->b->leading, c->b->text.size) -
			    c->b->text.size / 4;
	struct item	 it[6];
	const sp	 at[6][4] = {	/* x, y, width, height */
		{ 0, -5, 1, 6 }, { 0, 0, 8, 1 }, { 6, -2, 1, 5 },
		{ 7, -1, 1, 3 }, { 8, 0, 1, 1 }, { 5, -3, 1, 7 } };

	for (size_t i = 0; i < ARRAY_LEN(it); i++)
		it[i] = (struct item){ .kind = ITEM_RULE,
		    .x = x + c->adv / 2 + at[i][0] * u, .y = y + at[i][1] * u,
		    .as.rule = { at[i][2] * u, at[i][3] * u,
		    c->l->th->muted } };
	box_items_first(c->l, b, it, ARRAY_LEN(it));
}

static bool
is_mark(char c)
{
	return c > ' ' && c < 0x7f && c != '_' && c != '"' && c != '\'' &&
	    !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' &&
	    (c | 0x20) <= 'z');
}

/* How much of the rest of a line fits into so many columns: at least one
 * character, to a blank in the latter half, or to a mark there. */
static size_t
fitting(str s, size_t columns)
{
	size_t	 n = columns < 1 ? 1 : columns;

	if (s.n <= n)
		return s.n;
	while (n < s.n && s.p[n] == ' ')
		n++;
	for (size_t k = n; k > n / 2; k--)
		if (s.p[k - 1] == ' ')
			return k;
	for (size_t k = n; k > n / 2; k--)
		if (is_mark(s.p[k - 1]))
			return k;
	return n;
}

static bool
is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The line with its ends put in, where every character is as wide. */
static str
broken(const struct code *c, str s, sp hang)
{
	size_t	 first = (size_t)(c->m.w / c->adv), n = 0, take;
	size_t	 later = (size_t)((c->m.w - hang) / c->adv);
	char	*p = ARENA_NEW(c->l->out, char, s.n * 2 + 1);

	for (size_t i = 0; i < s.n; i += take) {
		take = fitting(str_from(s, i), i == 0 ? first : later);
		if (i > 0)
			p[n++] = '\n';
		memcpy(p + n, s.p + i, take);
		n += take;
	}
	return (str){ p, n };
}

static void
long_line(struct code *c, str s, size_t start)
{
	struct measure	 m = c->m;
	struct lines	 x;
	sp		 hang = c->hang;

	for (size_t i = 0; i < s.n && s.p[i] == ' '; i++)
		hang += c->adv;
	if (hang > c->m.w / 2)
		hang = c->hang;
	m.x += hang;
	m.w -= hang;
	m.indent = -hang;
	x = set(c, is_ascii(s) ? broken(c, s, hang) : s, &m);
	if (x.n > 0)
		x.v[0].start = start_node(c->l, c->node, start);
	for (size_t i = 1; i < x.n; i++)
		hook(c, &x.v[i], c->m.x + hang - c->hang);
	push(c, x, true);
}

/* ---- the block -------------------------------------------------------- */

static void
lines(struct code *c, str t)
{
	const char	*begin = t.p;
	size_t		 end, at;

	for (;;) {
		str	 s;

		at = (size_t)(t.p - begin);

		end = str_find_char(t, '\n');
		s = expand(c->l, str_cut(t, 0, end));
		/* No face of the role is narrower for a character than for
		 * a byte of it. */
		if ((sp)s.n * c->adv <= c->m.w)
			batch(c, s, at);
		else {
			flush(c);
			long_line(c, s, at);
		}
		if (end == SIZE_MAX)
			break;
		t = str_from(t, end + 1);
	}
	flush(c);
}

/* Two lines at least on a page; a short block whole, where it can be. */
static void
penalties(struct code *c)
{
	size_t	 n = c->boxes.n;

	for (size_t i = 1; i < n; i++) {
		struct vbox	*b = &c->boxes.v[i];

		if (i == 1 || i + 1 == n)
			b->penalty = PENALTY_NEVER;
		else if (n <= FEW)
			b->penalty = PENALTY_FEW;
	}
	if (n > 0)
		c->boxes.v[0].penalty = 0;
}

static sp
column_width(struct layout *l, const struct block_style *b)
{
	struct inlines	 in = { 0 };
	sp		 longest, word;

	inlines_add(l, &in, S("0"), &b->text, (struct attr){ 0 });
	inlines_done(l, &in);
	par_widths(l, &in, &longest, &word);
	return longest > 0 ? longest : b->text.size / 2;
}

void
flow_code(struct layout *l, struct flow *f, const struct frame *fr,
    const struct doc_node *n)
{
	struct frame	 in = box_open(l, f, fr, STYLE_CODE, 0, 0);
	struct code	 c = { .l = l, .b = &l->th->block[STYLE_CODE],
			    .fr = &in, .node = n };
	bool		 rtl = l->rtl;
	str		 t = n->as.code.text;

	if (t.n > 0 && t.p[t.n - 1] == '\n')
		t.n--;
	l->rtl = false;
	c.m = (struct measure){ .x = in.x, .w = in.w, .align = ALIGN_START,
	    .leading = c.b->leading, .anywhere = true };
	c.elem = elem_add(l, ELEM_CODE, elem_add(l, ELEM_P, fr->elem, n), n);
	c.adv = column_width(l, c.b);
	c.hang = c.adv * 3 < in.w / 4 ? c.adv * 3 : in.w / 4;
	lines(&c, t);
	penalties(&c);
	for (size_t i = 0; i < c.boxes.n; i++)
		flow_box(l, f, c.boxes.v[i]);
	l->rtl = rtl;
	box_close(l, f, &in, STYLE_CODE);
}
