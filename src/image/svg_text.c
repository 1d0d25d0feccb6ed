/*
 * svg_text.c: text elements as lines of styled spans. A line begins where
 * an x is given; what only steps (dx, dy, y) stays in it, since widths are
 * not known before layout shapes the text.
 */
#include "image/svg_int.h"

#define PLACES_MAX	1024	/* characters with a place of their own */

struct texter {
	struct svg *s;
	struct mark line;
	struct { struct mark_span *v; size_t n, cap; } spans;
	fx	 y;		/* of the pen */
	fx	 dx, dy;	/* steps before the next span */
	bool	 space;		/* the text so far ends in white space */
};

/* Places of an element's characters, one after the other. */
struct places { fx *v[4]; size_t n[4], most; };
enum { AT_X, AT_Y, AT_DX, AT_DY };

static void
flush(struct texter *t)
{
	struct mark_span *last;

	if (t->spans.n == 0)
		return;
	last = &t->spans.v[t->spans.n - 1];
	if (t->space && last->text.n > 0 &&
	    last->text.p[last->text.n - 1] == ' ')
		last->text.n--;
	t->line.spans = t->spans.v;
	t->line.nspans = t->spans.n;
	if (svg_work(t->s, t->spans.n))
		svg_put(t->s, &t->line);
	t->spans.v = NULL;
	t->spans.n = t->spans.cap = 0;
}

static void
start_line(struct texter *t, const struct svg_place *at, fx x)
{
	flush(t);
	t->line.x = x;
	t->line.y = t->y;
	t->line.anchor = at->style.anchor;
	t->dx = t->dy = 0;
	t->space = true;
}

static void
move(struct texter *t, const struct places *p, size_t i,
    const struct svg_place *at)
{
	if (i < p->n[AT_Y]) {
		fx step = p->v[AT_Y][i] - t->y;

		t->y = p->v[AT_Y][i];
		t->dy = fx_hold(t->dy + step);
	}
	if (i < p->n[AT_X])
		start_line(t, at, p->v[AT_X][i]);
	if (i < p->n[AT_DX])
		t->dx = fx_hold(t->dx + p->v[AT_DX][i]);
	if (i < p->n[AT_DY]) {
		t->dy = fx_hold(t->dy + p->v[AT_DY][i]);
		t->y = fx_hold(t->y + p->v[AT_DY][i]);
	}
}

static void
put_span(struct texter *t, const struct svg_node *n,
    const struct svg_place *at, str text)
{
	const struct svg_style *st = &at->style;
	fx lower = fx_mul(st->baseline, st->size);
	struct mark_span x = { .text = text, .family = st->family,
	    .bold = st->bold, .italic = st->italic, .size = st->size,
	    .dx = t->dx, .dy = fx_hold(t->dy + lower) };

	if (text.n == 0)
		return;
	x.fill = svg_paint(t->s, n, at, &st->fill, st->fill_opacity, NULL);
	if (st->hidden)
		x.fill.kind = PAINT_NONE;
	VEC_PUSH(t->s->arena, &t->spans, x);
	t->dx = 0;
	t->dy = -lower;
	t->space = text.p[text.n - 1] == ' ';
}

/* White space closes up to one space, none at a line's start. */
static str
collapsed(struct texter *t, const struct svg_place *at, str s)
{
	char *out = ARENA_NEW(t->s->arena, char, s.n + 1);
	bool space = t->space;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool blank = (unsigned char)s.p[i] <= ' ';

		if (blank && space && !at->keep_spaces)
			continue;
		out[n++] = blank ? ' ' : s.p[i];
		space = blank;
	}
	return (str){ out, n };
}

/* From the element's character *i on. */
static void
put_text(struct texter *t, const struct svg_node *n,
    const struct svg_place *at, const struct places *p, size_t *i, str s)
{
	size_t k = 0;

	while (k < s.n && *i < p->most && svg_work(t->s, 1)) {
		size_t from = k;

		utf8_next(s, &k);
		/* The first of each list was used when the element began. */
		if (*i > 0)
			move(t, p, *i, at);
		put_span(t, n, at, str_cut(s, from, k));
		++*i;
	}
	put_span(t, n, at, str_from(s, k));
}

/* The first length of a list; *list moves past it. */
static bool
next_length(const struct svg_place *at, str *list, enum svg_unit unit,
    fx *out)
{
	size_t k = 0;
	bool ok;

	while (k < list->n && strchr(", \t\r\n", list->p[k]) == NULL)
		k++;
	ok = svg_length(at, str_cut(*list, 0, k), unit, out);
	*list = str_from(*list, k);
	svg_comma(list);
	return ok;
}

static void
read_places(struct texter *t, const struct svg_node *n,
    const struct svg_place *at, struct places *p)
{
	static const char *const names[] = { "x", "y", "dx", "dy" };

	for (size_t i = 0; i < 4; i++) {
		str v = str_trim(svg_attr(n, str_c(names[i])));
		size_t room = v.n / 2 + 1;

		if (room > PLACES_MAX)
			room = PLACES_MAX;
		if (v.n > 0)
			p->v[i] = ARENA_NEW(t->s->arena, fx, room);
		while (v.n > 0 && p->n[i] < room) {
			if (!next_length(at, &v, i % 2 == 0 ? UNIT_X : UNIT_Y,
			    &p->v[i][p->n[i]])) {
				svg_say(t->s, n, DIAG_IMAGE_SVG_VALUE,
				    str_c(names[i]));
				break;
			}
			p->n[i]++;
		}
		if (p->n[i] > p->most)
			p->most = p->n[i];
	}
	if (p->most == 1)
		p->most = 0;		/* the text need not be cut up */
}

static void content(struct texter *t, const struct svg_node *n,
    const struct svg_place *at);

static void
inner(struct texter *t, const struct svg_node *n, const struct svg_place *at)
{
	struct svg_place in = *at;

	if (str_eq(n->name, S("title")) || str_eq(n->name, S("desc")) ||
	    str_find_char(n->name, ':') != SIZE_MAX)
		return;
	if (!str_eq(n->name, S("tspan")) && !str_eq(n->name, S("a"))) {
		svg_say(t->s, n, DIAG_IMAGE_SVG_TEXT, n->name);
		if (!str_eq(n->name, S("textPath")))
			return;
	}
	svg_style_of(t->s, n, &in);
	if (in.style.none || ++in.depth > t->s->limits->svg_depth)
		return;
	in.opacity = fx_mul(in.opacity, in.style.opacity);
	if (str_eq(svg_attr(n, S("xml:space")), S("preserve")))
		in.keep_spaces = true;
	content(t, n, &in);
}

static void
content(struct texter *t, const struct svg_node *n,
    const struct svg_place *at)
{
	struct places places = { .most = 0 }, *p = &places;
	size_t i = 0;

	if (!svg_work(t->s, 1))
		return;
	read_places(t, n, at, p);
	move(t, p, 0, at);
	for (const struct svg_node *k = n->child; k != NULL; k = k->next)
		if (k->name.n > 0)
			inner(t, k, at);
		else
			put_text(t, n, at, p, &i, collapsed(t, at, k->text));
}

void
svg_text(struct svg *s, const struct svg_node *n, const struct svg_place *at)
{
	struct texter t = { .s = s, .space = true, .line = {
	    .kind = MARK_TEXT, .m = at->m, .clip = at->clip,
	    .anchor = at->style.anchor } };
	struct svg_place in = *at;
	str y = str_trim(svg_attr(n, S("y")));

	if (!next_length(at, &y, UNIT_Y, &t.y))
		t.y = 0;
	t.line.y = t.y;
	if (str_eq(svg_attr(n, S("xml:space")), S("preserve")))
		in.keep_spaces = true;
	if (svg_attr(n, S("rotate")).n > 0)
		svg_say(s, n, DIAG_IMAGE_SVG_TEXT, S("rotate"));
	content(&t, n, &in);
	flush(&t);
}
