/*
 * shape.c: runs -> glyphs.
 *
 * A run is cut into pieces at the bytes that HarfBuzz must not see (the
 * line feed) and, where the face's rules leave the space alone, at spaces:
 * a piece is then a word, shaped once per context and remembered. Longer
 * pieces than PIECE_MOST are cut, preferably before a base character, so
 * that no input makes HarfBuzz's work grow faster than the text. The pieces
 * of a right-to-left run are taken from its end.
 */
#include "text/text_int.h"

#include <unicode/uchar.h>

#define INVISIBLE	UINT32_MAX	/* as the engine told HarfBuzz */
#define LOOK_BACK	256		/* bytes, for a place to cut */
#define FEATURES_MOST	16		/* of one piece */
#define MARKS_MOST	64		/* in sequence; more are cut off */

/* Ends of lines, paragraphs and pages. */
static bool
is_silent(uint32_t cp)
{
	return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 ||
	    cp == 0x2029;
}

enum char_kind
char_kind(uint32_t cp)
{
	if (is_silent(cp))
		return KIND_SILENT;
	if (cp == '\t')
		return KIND_SPACE;
	if (cp >= 0x21 && cp < 0x7f)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ?
		    KIND_BASE : KIND_COMMON;
	if (u_hasBinaryProperty((UChar32)cp,
	    UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return KIND_IGNORED;
	if ((U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0 ||
	    (cp >= 0x1f3fb && cp <= 0x1f3ff))
		return KIND_MARK;
	if ((U_GET_GC_MASK((UChar32)cp) & U_GC_ZS_MASK) != 0)
		return cp == 0x3000 ? KIND_COMMON : KIND_SPACE;
	return hb_unicode_script(hb_unicode_funcs_get_default(), cp) ==
	    HB_SCRIPT_COMMON ? KIND_COMMON : KIND_BASE;
}

/* ---- one piece through HarfBuzz --------------------------------------- */

static void
glyphs_double(struct glyphs *g)
{
	size_t cap = g->cap > 0 ? g->cap * 2 : 16;

	g->v = arena_grow(g->arena, g->v, g->cap * sizeof *g->v,
	    cap * sizeof *g->v, _Alignof(struct text_glyph));
	g->cap = cap;
}

static void
glyph_push(struct glyphs *g, struct text_glyph one)
{
	if (g->n == g->cap)
		glyphs_double(g);
	g->v[g->n++] = one;
}

static void
fill(struct text_engine *e, const struct ctx *c, str piece)
{
	hb_buffer_clear_contents(e->buf);
	for (size_t i = 0, at; at = i, i < piece.n;) {
		uint32_t cp = utf8_next(piece, &i);

		if (cp == '\t')
			cp = ' ';
		else if (engine_is_missing(e, cp))
			cp = 0xfffd;
		else if (is_silent(cp))
			continue;
		else if (c->small)
			cp = (uint32_t)u_toupper((UChar32)cp);
		hb_buffer_add(e->buf, cp, (unsigned)at);
	}
	hb_buffer_set_content_type(e->buf, HB_BUFFER_CONTENT_TYPE_UNICODE);
	hb_buffer_set_direction(e->buf, c->rtl ? HB_DIRECTION_RTL :
	    HB_DIRECTION_LTR);
	hb_buffer_set_script(e->buf, c->script);
	hb_buffer_set_language(e->buf, c->lang->hb);
}

static bool
is_digit(str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* The end of "1/2" at i; i itself: none, or part of a date. */
static size_t
fraction_end(str s, size_t i)
{
	size_t k = i;

	while (is_digit(s, k))
		k++;
	if (k == i || k - i > 3 || k == s.n || s.p[k] != '/' ||
	    !is_digit(s, k + 1))
		return i;
	for (k++; is_digit(s, k); k++)
		;
	return k < s.n && s.p[k] == '/' ? i : k;
}

static bool
is_ordinal(str s, size_t i)
{
	static const char ends[] = "stndrdth";

	for (size_t k = 0; i + 2 <= s.n && k + 1 < sizeof ends; k += 2)
		if (memcmp(s.p + i, ends + k, 2) == 0)
			return i + 2 == s.n ||
			    (s.p[i + 2] | 0x20) < 'a' || (s.p[i + 2] | 0x20) > 'z';
	return false;
}

/* The context's features and those for fractions and ordinals within the
 * piece, by the clusters that they reach over. */
static unsigned
features_of(const struct text_engine *e, const struct ctx *c, str s,
    hb_feature_t *out)
{
	unsigned n = c->nfeatures;

	memcpy(out, c->features, n * sizeof *out);
	for (size_t i = 0; i < s.n && n < FEATURES_MOST; i++) {
		size_t end = i;

		if (!is_digit(s, i) || (i > 0 && (s.p[i - 1] == '/' ||
		    is_digit(s, i - 1))))
			continue;
		if (e->opt.fractions && (end = fraction_end(s, i)) > i)
			out[n++] = (hb_feature_t){ HB_TAG('f', 'r', 'a', 'c'),
			    1, (unsigned)i, (unsigned)end };
		while (end == i || is_digit(s, end))
			end++;
		if (e->opt.ordinals && is_ordinal(s, end) &&
		    n < FEATURES_MOST)
			out[n++] = (hb_feature_t){ HB_TAG('s', 'u', 'p', 's'),
			    1, (unsigned)end, (unsigned)end + 2 };
		i = end - 1;
	}
	return n;
}

/* Appends the piece's glyphs, clusters counted from the piece. */
static void
shape_piece(struct text_engine *e, const struct ctx *c, str piece, span at,
    struct glyphs *out)
{
	hb_feature_t own[FEATURES_MOST];
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	unsigned n;

	fill(e, c, piece);
	if (!e->opt.fractions && !e->opt.ordinals)
		hb_shape(c->font->hb, e->buf, c->features, c->nfeatures);
	else
		hb_shape(c->font->hb, e->buf, own, features_of(e, c, piece,
		    own));
	info = hb_buffer_get_glyph_infos(e->buf, &n);
	pos = hb_buffer_get_glyph_positions(e->buf, &n);
	for (unsigned i = 0; i < n; i++) {
		struct text_glyph g = { info[i].codepoint, info[i].cluster,
		    pos[i].x_advance, pos[i].x_offset, pos[i].y_offset,
		    (hb_glyph_info_get_glyph_flags(&info[i]) &
		    HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0 };
		size_t k = g.cluster;

		if (g.gid == INVISIBLE)
			continue;
		if (g.gid == 0) {	/* the face cannot after all */
			engine_missing(e, utf8_next(piece, &k), false, at);
			continue;
		}
		if (g.adv > 0)
			g.adv += c->tracking;
		glyph_push(out, g);
	}
}

static void
word_push(const struct word *w, uint32_t base, struct glyphs *out)
{
	struct text_glyph *to;

	while (out->cap - out->n < w->nglyphs)
		glyphs_double(out);
	to = out->v + out->n;
	for (uint32_t i = 0; i < w->nglyphs; i++) {
		to[i] = w->glyphs[i];
		to[i].cluster += base;
	}
	out->n += w->nglyphs;
}

static void
piece_push(struct text_engine *e, const struct ctx *c, str piece,
    uint32_t base, span at, struct glyphs *out)
{
	uint64_t hash = 0;
	size_t first = out->n;

	if (piece.n <= WORD_MOST) {
		const struct word *w;

		hash = word_hash(c->id, piece.p, piece.n);
		w = word_find(&e->words, c->id, piece.p, piece.n, hash);
		if (w != NULL) {
			word_push(w, base, out);
			return;
		}
	}
	shape_piece(e, c, piece, at, out);
	if (piece.n <= WORD_MOST)
		word_add(e, &e->words, hash, &(struct word){
		    .n = (uint32_t)piece.n, .ctx = c->id, .p = piece.p,
		    .nglyphs = (uint32_t)(out->n - first) }, out->v + first);
	for (size_t i = first; i < out->n; i++)
		out->v[i].cluster += base;
}

/* ---- a run cut into pieces -------------------------------------------- */

static void
space_push(const struct ctx *c, uint32_t at, struct glyphs *out)
{
	if (c->font->space != 0)
		glyph_push(out, (struct text_glyph){ c->font->space, at,
		    c->font->space_adv + c->tracking, 0, 0, false });
}

/* Does a character begin at i that may begin a piece? */
static bool
may_cut(str t, size_t i)
{
	enum char_kind k;

	if ((t.p[i] & 0xc0) == 0x80)
		return false;
	k = char_kind(utf8_next(t, &i));
	return k != KIND_MARK && k != KIND_IGNORED;
}

/* A place to cut at or before hi, above lo. */
static size_t
cut_before(str t, size_t lo, size_t hi)
{
	size_t least = hi - lo > LOOK_BACK ? hi - LOOK_BACK : lo + 1, i;

	for (i = hi; i > least; i--)
		if (may_cut(t, i))
			return i;
	for (i = hi; i > least && (t.p[i] & 0xc0) == 0x80; i--)
		;
	return i;
}

/* The first (or last) place in [lo, hi) where more than MARKS_MOST marks
 * would follow one another; otherwise hi (or lo). */
static size_t
cut_marks(str t, size_t lo, size_t hi, bool last)
{
	size_t cut = last ? lo : hi;
	unsigned marks = 0;

	if (hi - lo <= WORD_MOST)
		return cut;
	for (size_t i = lo, at; at = i, i < hi;) {
		if (char_kind(utf8_next(t, &i)) != KIND_MARK)
			marks = 0;
		else if (marks++ == MARKS_MOST) {
			cut = at;
			marks = 1;
			if (!last)
				break;
		}
	}
	return cut;
}

static bool
ends_piece(const struct ctx *c, char b)
{
	return b == '\n' || (!c->font->space_shapes &&
	    (b == ' ' || b == '\t'));
}

static void
shape_forwards(struct text_engine *e, const struct ctx *c, str t, size_t lo,
    size_t hi, span at, struct glyphs *out)
{
	while (lo < hi) {
		size_t i = lo, most = hi - lo > PIECE_MOST ?
		    lo + PIECE_MOST : hi;

		if (ends_piece(c, t.p[i])) {
			if (t.p[i] != '\n')
				space_push(c, (uint32_t)i, out);
			lo++;
			continue;
		}
		while (i < most && !ends_piece(c, t.p[i]))
			i++;
		if (i == most && i < hi && !ends_piece(c, t.p[i]))
			i = cut_before(t, lo, i);
		i = cut_marks(t, lo, i, false);
		piece_push(e, c, str_cut(t, lo, i), (uint32_t)lo, at, out);
		lo = i;
	}
}

static void
shape_backwards(struct text_engine *e, const struct ctx *c, str t, size_t lo,
    size_t hi, span at, struct glyphs *out)
{
	while (lo < hi) {
		size_t i = hi, least = hi - lo > PIECE_MOST ?
		    hi - PIECE_MOST : lo;

		if (ends_piece(c, t.p[hi - 1])) {
			hi--;
			if (t.p[hi] != '\n')
				space_push(c, (uint32_t)hi, out);
			continue;
		}
		while (i > least && !ends_piece(c, t.p[i - 1]))
			i--;
		if (i == least && i > lo && !ends_piece(c, t.p[i - 1]))
			i = cut_before(t, i, i + LOOK_BACK);
		i = cut_marks(t, i, hi, true);
		piece_push(e, c, str_cut(t, i, hi), (uint32_t)i, at, out);
		hi = i;
	}
}

static void
shape_bytes(struct text_engine *e, const struct ctx *c, str t, size_t lo,
    size_t hi, span at, struct glyphs *out)
{
	if (c->rtl)
		shape_backwards(e, c, t, lo, hi, at, out);
	else
		shape_forwards(e, c, t, lo, hi, at, out);
}

/* ---- public ----------------------------------------------------------- */

/* As many glyphs as characters, and a few: more is rare. */
static size_t
glyphs_guess(str t)
{
	size_t n = 16;

	for (size_t i = 0; i < t.n; i++)
		n += (t.p[i] & 0xc0) != 0x80;
	return n;
}

struct text_para *
text_shape(struct text_engine *e, struct arena *a, str text,
    const struct text_span *spans, size_t n, bool rtl)
{
	struct para *p = ARENA_NEW(a, struct para, 1);
	struct glyphs g = { a, NULL, 0, glyphs_guess(text) };

	INVARIANT(text.n < INT32_MAX);
	p->pub = (struct text_para){ .text = text, .spans = spans,
	    .nspans = n, .rtl = rtl };
	p->pub.breaks = ARENA_NEW(a, uint8_t, text.n);
	p->pub.adv = ARENA_NEW(a, int32_t, text.n);
	text_itemise(e, a, p);
	g.v = ARENA_NEW(a, struct text_glyph, g.cap);
	for (size_t i = 0; i < p->runs.n; i++) {
		struct text_run *r = &p->runs.v[i];

		r->first = (uint32_t)g.n;
		shape_bytes(e, p->ctxs.v[i], text, r->lo, r->hi,
		    spans[r->span].at, &g);
		r->n = (uint32_t)g.n - r->first;
	}
	for (size_t i = 0; i < g.n; i++)
		p->pub.adv[g.v[i].cluster] += g.v[i].adv;
	if (p->cjk)
		cjk_find(a, p);
	for (size_t i = 0; p->extra != NULL && i < p->runs.n; i++)
		cjk_apply(p, &p->runs.v[i], g.v + p->runs.v[i].first,
		    p->runs.v[i].n);
	p->pub.glyphs = g.v;
	p->pub.nglyphs = g.n;
	p->pub.runs = p->runs.v;
	p->pub.nruns = p->runs.n;
	text_find_breaks(e, &p->pub);
	return &p->pub;
}

const struct text_glyph *
text_reshape(struct text_engine *e, struct arena *a,
    const struct text_para *t, const struct text_run *r, uint32_t lo,
    uint32_t hi, size_t *n)
{
	const struct para *p = (const struct para *)t;	/* its first member */
	size_t i = (size_t)(r - t->runs);
	struct glyphs g = { a, NULL, 0, 0 };

	INVARIANT(i < t->nruns && lo >= r->lo && hi <= r->hi);
	shape_bytes(e, p->ctxs.v[i], t->text, lo, hi, t->spans[r->span].at,
	    &g);
	if (p->extra != NULL)
		cjk_apply(p, r, g.v, g.n);
	*n = g.n;
	return g.v;
}
