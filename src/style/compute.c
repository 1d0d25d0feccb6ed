/*
 * compute.c: from what a theme's files say to the theme: relative values
 * are worked out, each length is held to its range, and what would leave no
 * room for text is told and undone. Whatever the values were, the theme that
 * comes out can be laid out.
 */
#include "style/style_int.h"

struct maker {
	struct arena	*a;
	const struct sheet *s;
	const struct theme_request *q;
	struct diag	*d;
	struct design	*x;
};

#define EM_LEAST	6	/* ems of text in a column */
#define LINES_LEAST	4	/* lines of text on a page */
#define DRAWN_FOR	SP_MM(210)	/* width of A4 */

_Static_assert(sizeof(enum style_notes) == sizeof(int32_t) &&
    sizeof(unsigned) == sizeof(int32_t), "numbers are stored alike");

/* ---- messages --------------------------------------------------------- */

/* Points with up to two decimals. */
static str
points(struct arena *a, sp v)
{
	int64_t	 c = (v * 100 + SP_PT / 2) / SP_PT;

	if (c % 100 == 0)
		return arena_printf(a, "%lldpt", (long long)(c / 100));
	return arena_printf(a, "%lld.%02dpt", (long long)(c / 100),
	    (int)(c % 100));
}

static span
at_of(const struct value *v)
{
	return v ? v->at : SPAN_NONE;
}

/* Of two keys, the place that an author wrote. */
static span
at_of_two(const struct value *v, const struct value *w)
{
	return at_of(v).hi > 0 ? at_of(v) : at_of(w);
}

static const struct value *
said(const struct maker *m, str name)
{
	for (size_t i = 0; i < theme_nkeys; i++)
		if (str_eq(theme_keys[i].name, name))
			return m->s->theme[i];
	return NULL;
}

/* ---- lengths ---------------------------------------------------------- */

/* What a unit of the key is relative to; size: of the text at hand. */
static sp
relative_to(const struct maker *m, unsigned flags, enum unit unit, sp size)
{
	const struct theme *t = &m->x->t;
	sp		 body = t->block[STYLE_BODY].text.size;
	sp		 line = t->block[STYLE_BODY].leading;

	if (unit == UNIT_LINE)
		return line > 0 ? line : size * 13 / 10;
	if ((flags & OF_BODY) != 0)
		return body > 0 ? body : 10 * SP_PT;
	if (unit == UNIT_PERCENT && (flags & OF_WIDTH) != 0)
		return t->page_w;
	if (unit == UNIT_PERCENT && (flags & OF_HEIGHT) != 0)
		return t->page_h;
	return size;
}

/* Told where an author wrote it; what was inherited just follows. */
static sp
in_range(const struct maker *m, const struct key *k, const struct value *v,
    str path, sp got)
{
	sp	 lo = k->lo * SP_PT, hi = k->hi * SP_PT;
	sp	 take = got < lo ? lo : got > hi ? hi : got;

	if (take != got && path.n > 0 && v->at.hi > 0)
		diag_add(m->d, DIAG_THEME_VALUE, v->at, "%.*s: %.*s; "
		    "expected %d to %d points, and %.*s is taken",
		    STR_ARG(path), STR_ARG(points(m->a, got)), k->lo, k->hi,
		    STR_ARG(points(m->a, take)));
	return take;
}

static sp
length_of(const struct maker *m, const struct key *k, const struct value *v,
    str path, sp size)
{
	struct length	 n;

	if (!v)
		return k->flags & OR_NONE ? 0 : k->lo * SP_PT;
	if (v->none)
		return 0;
	n = (struct length){ v->n, v->unit };
	return in_range(m, k, v, path, length_sp(n, relative_to(m, k->flags,
	    v->unit, size)));
}

/* ---- storing ---------------------------------------------------------- */

static uint32_t
colour_of(const struct maker *m, const struct value *v)
{
	if (v->none)
		return NO_FILL;
	switch (v->w) {
	case COLOUR_INK:
		return m->x->ink;
	case COLOUR_ACCENT:
		return m->x->t.accent;
	case COLOUR_RULE:
		return m->x->t.rule;
	case COLOUR_MUTED:
		return m->x->t.muted;
	default:
		return (uint32_t)v->n;
	}
}

static int32_t
number_of(const struct maker *m, const struct key *k, const struct value *v)
{
	if (!v)
		return k->lo;
	if (v->none)
		return 0;
	if (k->kind == KEY_FACE && v->n > STYLE_MONO)
		return (int32_t)m->x->faces[v->n - STYLE_MONO - 1];
	return (int32_t)v->n;
}

/* The value of key k at p; v NULL: nobody says. size: of the text there. */
static void
store(struct maker *m, const struct key *k, const struct value *v, str path,
    sp size, void *p)
{
	uint32_t colour;
	int32_t	 number;

	switch (k->kind) {
	case KEY_BOOL:
		*(bool *)p = v && v->n;
		break;
	case KEY_INT:
	case KEY_SHARE:
	case KEY_ENUM:
	case KEY_FACE:
		number = number_of(m, k, v);
		memcpy(p, &number, sizeof number);
		break;
	case KEY_COLOUR:
		colour = v ? colour_of(m, v) : k->flags & OR_NONE ? NO_FILL :
		    0;
		memcpy(p, &colour, sizeof colour);
		break;
	case KEY_LENGTH:
		*(sp *)p = length_of(m, k, v, path, size);
		break;
	case KEY_TEMPLATE:
		*(str *)p = v ? v->text : S("");
		break;
	case KEY_COLOURS:
		if (v) {
			m->x->accents.v = v->list;
			m->x->accents.n = (size_t)v->n;
		}
		break;
	case KEY_PAPER:
		if (v)
			*(struct paper *)p = (struct paper){ v->text, v->w,
			    v->h };
		break;
	}
}

static void
store_theme(struct maker *m, bool lengths)
{
	sp	 size = m->x->t.block[STYLE_BODY].text.size;

	for (size_t i = 0; i < theme_nkeys; i++) {
		const struct key *k = &theme_keys[i];

		if ((k->kind == KEY_LENGTH) == lengths)
			store(m, k, m->s->theme[i], k->name, size,
			    (char *)m->x + k->offset);
	}
}

/* Without a leading of its own, a text of another size than body's has one
 * in body's proportion. */
static bool
in_proportion(struct maker *m, size_t id)
{
	const struct block_style *body = &m->x->t.block[STYLE_BODY];
	struct block_style *b = &m->x->t.block[id];

	if (id == STYLE_BODY || m->s->block[id][BLOCK_LEADING] ||
	    !m->s->block[id][BLOCK_SIZE])
		return false;
	b->leading = b->text.size * body->leading / body->text.size;
	return true;
}

static void
store_block(struct maker *m, size_t id)
{
	struct block_style *b = &m->x->t.block[id];

	for (size_t i = 0; i < block_nkeys; i++) {
		const struct key *k = &block_keys[i];
		const struct value *v = m->s->block[id][i];
		str		 path = S("");

		if (i == BLOCK_LEADING && in_proportion(m, id))
			continue;
		if (v && v->at.hi > 0)
			path = arena_printf(m->a, "blocks.%.*s.%.*s",
			    STR_ARG(block_names[id]), STR_ARG(k->name));
		else if (!v && (k->flags & OR_BODY) != 0)
			v = m->s->block[STYLE_BODY][i];
		store(m, k, v, path, b->text.size, (char *)b + k->offset);
	}
}

/* ---- accents of sections ---------------------------------------------- */

/* All colours again, with another accent. */
static void
recolour(struct maker *m, uint32_t accent)
{
	m->x->t.accent = accent;
	for (size_t i = 0; i < theme_nkeys; i++)
		if (theme_keys[i].kind == KEY_COLOUR &&
		    (theme_keys[i].flags & LITERAL) == 0)
			store(m, &theme_keys[i], m->s->theme[i], S(""), 0,
			    (char *)m->x + theme_keys[i].offset);
	for (size_t id = 0; id < STYLE_COUNT; id++)
		for (size_t i = 0; i < block_nkeys; i++) {
			const struct key *k = &block_keys[i];
			const struct value *v = m->s->block[id][i];

			if (k->kind != KEY_COLOUR)
				continue;
			if (!v && (k->flags & OR_BODY) != 0)
				v = m->s->block[STYLE_BODY][i];
			store(m, k, v, S(""), 0, (char *)&m->x->t.block[id] +
			    k->offset);
		}
}

static void
section_accents(struct maker *m)
{
	size_t		 n = m->x->accents.n;
	const struct theme **v = ARENA_NEW(m->a, const struct theme *, n + 1);

	for (size_t i = 0; i < n; i++) {
		struct maker	 other = *m;

		other.x = ARENA_NEW(m->a, struct design, 1);
		*other.x = *m->x;
		recolour(&other, m->x->accents.v[i]);
		v[i] = &other.x->t;
	}
	m->x->t.sections = v;
	m->x->t.nsections = (unsigned)n;
}

/* ---- paper ------------------------------------------------------------ */

/*
 * The sizes of built-in themes are for A4. On narrower paper titles are
 * larger than the text by less; what an author says stands.
 */
static void
fit_title(struct maker *m, size_t id)
{
	const struct theme *t = &m->x->t;
	struct block_style *b = &m->x->t.block[id];
	sp		 body = t->block[STYLE_BODY].text.size;
	sp		 old = b->text.size;

	if (t->page_w >= DRAWN_FOR || old < body * 3 / 2 ||
	    !m->s->block[id][BLOCK_SIZE] ||
	    at_of(m->s->block[id][BLOCK_SIZE]).hi > 0)
		return;
	b->text.size = body + (old - body) * (t->page_w / SP_PT) /
	    (DRAWN_FOR / SP_PT);
	b->leading = b->leading * (b->text.size >> 8) / (old >> 8);
}

/* ---- room for text ---------------------------------------------------- */

static sp
column_of(const struct theme *t)
{
	return (t->page_w - t->margin_inner - t->margin_outer -
	    t->column_gap * (t->columns - 1)) / t->columns;
}

/* A page so small that its text does not fit is the paper's fault; there
 * one sixth of it is still better than nothing. */
static sp
em_of(const struct theme *t)
{
	sp	 em = t->block[STYLE_BODY].text.size;

	return em * EM_LEAST < t->page_w * 4 / 5 ? em :
	    t->page_w * 4 / 5 / EM_LEAST;
}

static void
fit_columns(struct maker *m)
{
	struct theme	*t = &m->x->t;
	sp		 em = em_of(t);
	const struct value *size = m->s->block[STYLE_BODY][BLOCK_SIZE];

	if (column_of(t) < t->column_min)
		t->columns = 1;		/* the paper's doing, not a fault */
	if (t->columns > 1 && column_of(t) < em * EM_LEAST) {
		t->columns = 1;
		diag_add(m->d, DIAG_THEME_VALUE, at_of_two(said(m,
		    S("page.columns")), size), "page.columns: less than %d ems "
		    "are left for a column, so there is one", EM_LEAST);
	}
	if (column_of(t) < em * EM_LEAST) {
		t->margin_inner = t->margin_outer = t->page_w / 10;
		diag_add(m->d, DIAG_THEME_VALUE, at_of_two(said(m,
		    S("margins.inner")), said(m, S("margins.outer"))),
		    "margins: less than %d ems are left for the text, so "
		    "each is a tenth of the page", EM_LEAST);
	}
}

/* The column is no wider than the measure; margins take the rest. */
static void
fit_measure(struct maker *m)
{
	struct theme	*t = &m->x->t;
	sp		 over = column_of(t) - m->x->measure, in;

	if (m->x->measure == 0 || over <= 0)
		return;
	over *= t->columns;
	in = t->margin_inner + t->margin_outer;
	in = in > 0 ? over * (t->margin_inner * 1000 / in) / 1000 : over / 2;
	t->margin_inner += in;
	t->margin_outer += over - in;
}

static void
fit_height(struct maker *m)
{
	struct theme	*t = &m->x->t;
	sp		 line = t->block[STYLE_BODY].leading;

	if (line * LINES_LEAST > t->page_h * 4 / 5)
		line = t->page_h * 4 / 5 / LINES_LEAST;
	if (t->page_h - t->margin_top - t->margin_bottom <
	    line * LINES_LEAST) {
		t->margin_top = t->margin_bottom = t->page_h / 10;
		diag_add(m->d, DIAG_THEME_VALUE, at_of_two(said(m,
		    S("margins.top")), said(m, S("margins.bottom"))),
		    "margins: less than %d lines are left for the text, so "
		    "each is a tenth of the page", LINES_LEAST);
	}
}

/* Running heads stand in the margins. */
static void
fit_furniture(struct maker *m)
{
	static const str names[] = { { "header.baseline", 15 },
		{ "footer.baseline", 15 } };
	struct theme	*t = &m->x->t;
	sp		*v[] = { &t->header_y, &m->x->footer_up };
	const sp	 most[] = { t->margin_top, t->margin_bottom };
	const sp	 usual[] = { t->margin_top * 2 / 3,
			    t->margin_bottom / 2 };

	for (size_t i = 0; i < 2; i++) {
		if (*v[i] > most[i])
			diag_add(m->d, DIAG_THEME_VALUE, at_of(said(m,
			    names[i])), "%.*s: %.*s is within the text",
			    STR_ARG(names[i]), STR_ARG(points(m->a, *v[i])));
		if (*v[i] > most[i] || *v[i] == 0)
			*v[i] = usual[i];
	}
	t->footer_y = t->page_h - m->x->footer_up;
}

static void
fit_grid(struct maker *m)
{
	struct theme	*t = &m->x->t;
	sp		 line = t->block[STYLE_BODY].leading;

	if (t->grid == 0 || line % t->grid == 0)
		return;
	diag_add(m->d, DIAG_THEME_VALUE, at_of_two(said(m, S("page.grid")),
	    m->s->block[STYLE_BODY][BLOCK_LEADING]), "page.grid: %.*s; "
	    "expected a part of body's leading, %.*s, which is taken",
	    STR_ARG(points(m->a, t->grid)), STR_ARG(points(m->a, line)));
	t->grid = line;
}

/* ---- room within blocks ----------------------------------------------- */

/* The first key of a block among those that an author wrote. */
static span
at_inset(const struct maker *m, size_t id)
{
	span	 at;

	for (size_t i = 0; i < block_nkeys; i++) {
		const struct key *k = &block_keys[i];

		if (k->kind == KEY_LENGTH && k->offset >=
		    offsetof(struct block_style, indent) &&
		    (at = at_of(m->s->block[id][i])).hi > 0)
			return at;
	}
	return SPAN_NONE;
}

static void
fit_block(struct maker *m, size_t id)
{
	struct theme	*t = &m->x->t;
	struct block_style *b = &t->block[id];
	sp		 half = column_of(t) / 2;

	if (b->start + b->end + b->pad * 2 + b->bar_w <= half &&
	    b->indent <= half)
		return;
	diag_add(m->d, DIAG_THEME_VALUE, at_inset(m, id), "blocks.%.*s: its "
	    "insets take more than half of the column, so there are none",
	    STR_ARG(block_names[id]));
	b->start = b->end = b->pad = b->bar_w = b->indent = 0;
}

static void
fit_indents(struct maker *m)
{
	static const str names[] = { { "lists.indent", 12 },
		{ "quotes.indent", 13 }, { "tables.padding", 14 } };
	struct theme	*t = &m->x->t;
	sp		*v[] = { &t->list_indent, &t->quote_indent,
			    &t->cell_pad };
	sp		 most = column_of(t) / 4;

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (*v[i] > most) {
			*v[i] = most;
			if (at_of(said(m, names[i])).hi == 0)
				continue;
			diag_add(m->d, DIAG_THEME_VALUE, at_of(said(m,
			    names[i])), "%.*s: more than a quarter of the "
			    "column, which is taken", STR_ARG(names[i]));
		}
}

static void
page_size(struct maker *m)
{
	struct theme	*t = &m->x->t;

	if (m->x->paper.w == 0)
		paper_parse(S("A4"), &m->x->paper);
	t->page_w = m->q->page_w > 0 ? m->q->page_w : m->x->paper.w;
	t->page_h = m->q->page_h > 0 ? m->q->page_h : m->x->paper.h;
}

const struct theme *
theme_compute(struct arena *a, const struct sheet *s,
    const struct theme_request *q, struct diag *d)
{
	struct design	*x = ARENA_NEW(a, struct design, 1);
	struct maker	 m = { a, s, q, d, x };

	store_theme(&m, false);
	page_size(&m);
	store_block(&m, STYLE_BODY);
	store_theme(&m, true);
	for (size_t i = 0; i < STYLE_COUNT; i++)
		if (i != STYLE_BODY) {
			store_block(&m, i);
			fit_title(&m, i);
		}
	fit_columns(&m);
	fit_measure(&m);
	fit_height(&m);
	fit_furniture(&m);
	fit_grid(&m);
	fit_indents(&m);
	for (size_t i = 0; i < STYLE_COUNT; i++)
		fit_block(&m, i);
	x->t.name = q->name;
	section_accents(&m);
	return &x->t;
}
