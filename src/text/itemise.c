/*
 * itemise.c: a paragraph -> runs of one face, span, level and script.
 *
 * Paragraphs of Latin letters and common punctuation that the spans' own
 * faces have need no more than a look at each byte. Others are read cluster
 * by cluster: a base character chooses the face, its marks, joiners and
 * variation selectors stay with it. Characters of no script take the script
 * before them, at the start of the paragraph the one that follows.
 *
 * Emphasis in a script whose faces have no italic is bold, and so are the
 * numbers and marks that stand with it: printers do so rather than slant
 * letters that were never drawn to be.
 */
#include "text/text_int.h"

#include <unicode/uchar.h>

#define BRACKETS_MOST	254

struct scan {
	struct text_engine *e;
	struct arena *arena;
	struct para *p;
	const uint8_t *level;	/* per byte; NULL: all 0 */
	hb_script_t script;	/* in force; HB_SCRIPT_COMMON: none so far */
	const struct face *face; /* of the run being read, or NULL */
	size_t	 span;
	struct lang *lang;	/* of the span */
	const struct face *own;	/* the span's role face */
	bool	 own_ascii;	/* ... has all of ASCII */
	bool	 east;		/* ... the span is Japanese or Chinese */
	const struct face *common; /* of numbers and marks beside letters that
				   have no italic; NULL: as the style says */
	const struct face *quote[2]; /* Han face of an open ‘ and “ */
	uint32_t key;		/* style and language, for char_info */
	struct text_run run;	/* being read, while face != NULL */
	hb_script_t run_script;
	bool	 weak;		/* the run has no character of a script yet */
	bool	 small;		/* its small letters are to be capitals */
	VEC(struct shown) shown;	/* one per run */
};

/* ---- the simple case -------------------------------------------------- */

/* Latin or of no script, no mark, no format character. */
bool
text_is_simple_char(uint32_t cp)
{
	return (cp >= 0xa0 && cp < 0x250) || (cp >= 0x2010 && cp < 0x2028) ||
	    (cp >= 0x2030 && cp < 0x205f) || (cp >= 0x20a0 && cp < 0x20c0);
}

static const struct face *
own_face(const struct text_engine *e, const struct text_style *s)
{
	return font_role(e->fonts, (enum font_role)s->family, s->bold,
	    s->italic);
}

#define ONES	0x0101010101010101u
#define HIGH	(ONES * 0x80)

static bool
span_is_simple(const struct low *low, str t, size_t i)
{
	uint64_t x;

	while (i < t.n) {
		uint32_t cp;

		if (t.n - i >= 8) {	/* eight at a time: 20..7F? */
			memcpy(&x, t.p + i, 8);
			if (((x | (x - ONES * 0x20)) & HIGH) == 0) {
				i += 8;
				continue;
			}
		}
		cp = utf8_next(t, &i);
		if (cp < 0x80 ? cp < ' ' && cp != '\n' && cp != '\t' :
		    cp >= LOW_END || (low->has[cp / 64] >> (cp & 63) & 1) == 0)
			return false;
	}
	return true;
}

static bool
is_simple(struct text_engine *e, const struct text_para *t)
{
	if (t->rtl)
		return false;
	if (t->text.n > 0 && memchr(t->text.p, 0x7f, t->text.n) != NULL)
		return false;
	for (size_t i = 0; i < t->nspans; i++) {
		const struct text_span *s = &t->spans[i];
		const struct face *f = own_face(e, &s->style);
		const struct low *low = engine_low(e, f);

		if (!low->ascii || (s->style.small_caps &&
		    !engine_smcp(e, f)) ||
		    !span_is_simple(low, str_cut(t->text, 0, s->hi), s->lo))
			return false;
	}
	return true;
}

static void
itemise_simple(struct text_engine *e, struct arena *a, struct para *p)
{
	for (size_t i = 0; i < p->pub.nspans; i++) {
		const struct text_span *s = &p->pub.spans[i];
		struct text_run r = { .face = own_face(e, &s->style),
		    .span = (uint32_t)i, .lo = s->lo, .hi = s->hi };
		const struct ctx *c;

		if (s->lo >= s->hi)
			continue;
		c = engine_ctx(e, (struct shown){ r.face, HB_SCRIPT_LATIN,
		    false, false }, &s->style, engine_lang(e, s->lang));
		r.size = c->font->size;
		VEC_PUSH(a, &p->runs, r);
		VEC_PUSH(a, &p->ctxs, c);
	}
}

/* ---- levels ----------------------------------------------------------- */

static bool
is_rtl_char(uint32_t c)
{
	return c >= 0x590 && (c < 0x900 || c == 0x200f || c == 0x202b ||
	    c == 0x202e || c == 0x2067 || (c >= 0xfb1d && c < 0xfe00) ||
	    (c >= 0xfe70 && c < 0xff00) || (c >= 0x10800 && c < 0x11000) ||
	    (c >= 0x1e800 && c < 0x1f000));
}

static bool
has_rtl(str t)
{
	for (size_t i = 0; i < t.n;)
		if (is_rtl_char(utf8_next(t, &i)))
			return true;
	return false;
}

/*
 * ICU looks at all open brackets at each letter: past BRACKETS_MOST in a
 * line they become another neutral, as UAX #9 (BD16) does past 63. What
 * would end a paragraph of ICU's becomes white space.
 */
static size_t
to_utf16(str t, UChar *out)
{
	size_t n = 0;
	unsigned brackets = 0;

	for (size_t i = 0; i < t.n;) {
		uint32_t cp = utf8_next(t, &i);

		if (u_charDirection((UChar32)cp) == U_BLOCK_SEPARATOR)
			cp = ' ';
		if (u_getIntPropertyValue((UChar32)cp,
		    UCHAR_BIDI_PAIRED_BRACKET_TYPE) != U_BPT_NONE &&
		    brackets++ >= BRACKETS_MOST)
			cp = '|';
		if (cp >= 0x10000) {
			out[n++] = (UChar)(0xd7c0 + (cp >> 10));
			cp = 0xdc00 | (cp & 0x3ff);
		}
		out[n++] = (UChar)cp;
	}
	return n;
}

/* The levels of one line of the author's; u is room for its UTF-16. */
static void
line_levels(struct text_engine *e, str t, bool rtl, UChar *u, uint8_t *level)
{
	UErrorCode err = U_ZERO_ERROR;
	size_t n = to_utf16(t, u), k = 0;
	const UBiDiLevel *from;

	memset(level, rtl, t.n);
	if (e->bidi == NULL)
		e->bidi = ubidi_open();
	ubidi_setPara(e->bidi, u, (int32_t)n, rtl, NULL, &err);
	from = ubidi_getLevels(e->bidi, &err);
	if (U_FAILURE(err))
		return;
	for (size_t i = 0, at; at = i, i < t.n; k++) {
		uint32_t cp = utf8_next(t, &i);

		memset(level + at, from[k], i - at);
		k += cp >= 0x10000;
	}
}

/* The bidi levels, one per byte; NULL where all are 0. */
static const uint8_t *
find_levels(struct text_engine *e, struct arena *a, str t, bool rtl)
{
	uint8_t *level;
	UChar *u;

	if (t.n == 0 || (!rtl && !has_rtl(t)))
		return NULL;
	level = ARENA_NEW(a, uint8_t, t.n);
	u = ARENA_NEW(a, UChar, t.n);
	for (size_t lo = 0; lo < t.n;) {
		const char *nl = memchr(t.p + lo, '\n', t.n - lo);
		size_t hi = nl != NULL ? (size_t)(nl - t.p) : t.n;

		if (hi > lo)
			line_levels(e, str_cut(t, lo, hi), rtl, u,
			    level + lo);
		if (hi < t.n)
			level[hi] = rtl;
		lo = hi + 1;
	}
	return level;
}

/* ---- clusters --------------------------------------------------------- */

/* What the style's roles and fallbacks have for it. */
static const struct face *
style_face(const struct scan *s, const struct text_style *st, uint32_t cp,
    str lang)
{
	const struct face *f = font_for(s->e->fonts,
	    (enum font_role)st->family, st->bold, st->italic, cp, lang);

	if (f == NULL || !st->emphasis || st->bold || f->italic ||
	    f == own_face(s->e, st))
		return f;
	return font_for(s->e->fonts, (enum font_role)st->family, true,
	    st->italic, cp, lang);
}

/* Some faces have empty glyphs for these. */
static bool
is_control(uint32_t cp)
{
	return cp < ' ' || (cp >= 0x7f && cp < 0xa0);
}

static const struct char_info *
info_of(struct scan *s, uint32_t cp, span at)
{
	uint32_t slot = (cp * 0x9e3779b1u ^ s->key * 0x85ebca6bu) >> 21;
	struct char_info *c = &s->e->chars[slot & (CHARS_CACHED - 1)];
	const struct text_span *sp_ = &s->p->pub.spans[s->span];
	const struct text_style *st = &sp_->style;

	if (c->cp == cp && c->key == s->key)
		return c;
	*c = (struct char_info){ .cp = cp, .key = s->key };
	c->kind = char_kind(cp);
	c->script = hb_unicode_script(hb_unicode_funcs_get_default(), cp);
	if (!is_control(cp) || c->kind == KIND_SPACE)
		c->face = style_face(s, st, cp, sp_->lang);
	if (c->face != NULL)
		return c;
	if (c->kind == KIND_IGNORED || c->kind == KIND_SILENT ||
	    c->kind == KIND_SPACE) {
		c->face = s->own;
		return c;
	}
	if (cp == 0x2011) {	/* HarfBuzz falls back to U+2010 */
		c->face = font_for(s->e->fonts, (enum font_role)st->family,
		    st->bold, st->italic, 0x2010, sp_->lang);
		if (c->face != NULL)
			return c;
	}
	c->missing = true;
	c->kind = KIND_BASE;
	c->face = font_for(s->e->fonts, (enum font_role)st->family, st->bold,
	    st->italic, 0xfffd, sp_->lang);
	engine_missing(s->e, cp, true, at);
	return c;
}

static bool
has(const struct face *f, uint32_t cp)
{
	return f != NULL && face_glyph(f, cp) != 0;
}

static bool
is_han_script(hb_script_t s)
{
	return s == HB_SCRIPT_HAN || s == HB_SCRIPT_HIRAGANA ||
	    s == HB_SCRIPT_KATAKANA || s == HB_SCRIPT_BOPOMOFO;
}

/* The face of Han before or after the mark, which ends at byte i. */
static const struct face *
han_beside(struct scan *s, uint32_t cp, size_t i, span at)
{
	str t = str_cut(s->p->pub.text, 0, s->p->pub.spans[s->span].hi);
	const struct char_info *c;

	if (s->face != NULL && is_han_script(s->run_script) &&
	    s->face != s->own && has(s->face, cp))
		return s->face;
	if (i >= t.n)
		return NULL;
	c = info_of(s, utf8_next(t, &i), at);
	return is_han_script(c->script) && has(c->face, cp) ? c->face : NULL;
}

/*
 * Quotes, dashes and ellipses are one character for Latin and for Han but
 * not one glyph: beside Han they take its face, a closing quote that of the
 * opening one. NULL: none of these, or no Han beside.
 */
static const struct face *
han_face(struct scan *s, uint32_t cp, size_t i, span at)
{
	bool dbl = cp >= 0x201c;
	const struct face *f;

	switch (cp) {
	case 0xb7: case 0x2014: case 0x2015: case 0x2025: case 0x2026:
		return han_beside(s, cp, i, at);
	case 0x2018: case 0x201c:
		return s->quote[dbl] = han_beside(s, cp, i, at);
	case 0x2019: case 0x201d:
		f = s->quote[dbl];
		if (f == NULL || (!dbl && i < s->p->pub.text.n &&
		    u_isalpha(s->p->pub.text.p[i])))
			return NULL;
		s->quote[dbl] = NULL;
		return f;
	default:
		return NULL;
	}
}

/* The face of a base character, given what stands before it. */
static const struct face *
choose_face(const struct scan *s, const struct char_info *c, uint8_t level)
{
	const struct face *near = s->run.level == level ? s->face : NULL;
	uint32_t cp = c->cp;

	switch (c->kind) {
	case KIND_IGNORED:
	case KIND_SILENT:
		return near != NULL ? near : s->own;
	case KIND_SPACE:
		return has(near, ' ') ? near : has(s->own, ' ') ? s->own :
		    c->face;
	case KIND_COMMON:
		/* Indic dandas and the like, and what the role lacks. */
		if (cp >= 0x80 && ((cp >= 0x900 && cp < 0xe00) ||
		    cp >= 0x2e80 || !has(s->own, cp)) && has(near, cp))
			return near;
		if (c->face == s->own && has(s->common, cp))
			return s->common;
		break;
	case KIND_BASE:
	case KIND_MARK:
		break;
	}
	return c->face;
}

/* Does the mark go with a cluster of this face and base? May change the
 * face to one that has both. */
static bool
joins(const struct char_info *base, const struct char_info *mark,
    const struct face **face, bool first)
{
	if (mark->missing)
		return false;
	if (mark->kind == KIND_IGNORED || has(*face, mark->cp))
		return true;
	if (first && base->kind != KIND_SPACE && has(mark->face, base->cp)) {
		*face = mark->face;
		return true;
	}
	return false;
}

static void
run_end(struct scan *s)
{
	if (s->face == NULL)
		return;
	VEC_PUSH(s->arena, &s->p->runs, s->run);
	VEC_PUSH(s->arena, &s->shown, ((struct shown){ s->face,
	    s->run_script, (s->run.level & 1) != 0, s->small }));
	s->face = NULL;
}

/* Is the character at lo to be a capital made small, for want of better? */
static bool
wants_small(const struct scan *s, const struct face *f, uint32_t lo)
{
	const struct text_span *sp_ = &s->p->pub.spans[s->span];
	size_t i = lo;
	uint32_t cp;

	if (!sp_->style.small_caps || f == NULL || engine_smcp(s->e, f))
		return false;
	cp = utf8_next(s->p->pub.text, &i);
	return (uint32_t)u_toupper((UChar32)cp) != cp;
}

static bool
is_real(hb_script_t s)
{
	return s != HB_SCRIPT_COMMON && s != HB_SCRIPT_INHERITED &&
	    s != HB_SCRIPT_UNKNOWN;
}

/* The face of numbers and marks beside a letter of face f. */
static const struct face *
common_face(const struct scan *s, const struct face *f)
{
	const struct text_style *st = &s->p->pub.spans[s->span].style;

	if ((!st->italic && !st->emphasis) || f == NULL || f->italic ||
	    f == s->own)
		return NULL;
	return font_role(s->e->fonts, (enum font_role)st->family, f->bold,
	    false);
}

static void
cluster_add(struct scan *s, const struct face *f, hb_script_t script,
    uint32_t lo, uint32_t hi)
{
	uint8_t level = s->level != NULL ? s->level[lo] : 0;
	bool small = wants_small(s, f, lo);
	bool real = is_real(script);

	if (real) {
		s->script = script;
		s->common = common_face(s, f);
	}
	s->p->cjk = s->p->cjk || is_han_script(script);
	if (s->face == f && s->small == small && s->run.level == level && s->run.hi == lo &&
	    s->run.span == s->span && (!real || s->weak ||
	    s->run_script == script)) {
		s->run.hi = hi;
		s->run_script = s->script;
		s->weak = s->weak && !real;
		return;
	}
	run_end(s);
	if (f == NULL)
		return;
	s->run = (struct text_run){ .face = f, .span = (uint32_t)s->span,
	    .lo = lo, .hi = hi, .level = level };
	s->small = small;
	s->run_script = s->script;
	s->weak = !real;
	s->face = f;
}

/* Reads the cluster at i and returns its end. */
static uint32_t
cluster_read(struct scan *s, str t, size_t i)
{
	span at = s->p->pub.spans[s->span].at;
	size_t lo = i, next;
	struct char_info base = *info_of(s, utf8_next(t, &i), at);
	const struct face *face = choose_face(s, &base, s->level != NULL ?
	    s->level[lo] : 0), *han;
	bool first = true;

	if (s->east && (han = han_face(s, base.cp, i, at)) != NULL)
		face = han;

	for (next = i; next < t.n; i = next) {
		uint32_t cp = utf8_next(t, &next);
		const struct char_info *c;

		if (cp < 0x300)
			break;
		c = info_of(s, cp, at);
		if ((c->kind != KIND_MARK && c->kind != KIND_IGNORED) ||
		    base.missing || !joins(&base, c, &face, first) ||
		    (s->level != NULL && s->level[next - 1] != s->level[lo]))
			break;
		first = false;
	}
	cluster_add(s, face, base.script, (uint32_t)lo, (uint32_t)i);
	return (uint32_t)i;
}

/* What stands before the first letter goes with it. */
static const struct face *
first_common(struct scan *s, const struct text_span *sp_, str t)
{
	if (!sp_->style.italic && !sp_->style.emphasis)
		return NULL;
	for (size_t i = sp_->lo; i < t.n;) {
		const struct char_info *c = info_of(s, utf8_next(t, &i),
		    sp_->at);

		if (is_real(c->script))
			return common_face(s, c->face);
	}
	return NULL;
}

static void
span_read(struct scan *s)
{
	const struct text_span *sp_ = &s->p->pub.spans[s->span];
	str t = str_cut(s->p->pub.text, 0, sp_->hi);

	s->lang = engine_lang(s->e, sp_->lang);
	s->own = own_face(s->e, &sp_->style);
	s->own_ascii = engine_low(s->e, s->own)->ascii;
	s->east = str_starts(s->lang->tag, S("ja")) ||
	    str_starts(s->lang->tag, S("zh"));
	s->key = 1 + ((((s->lang->id * 4 + sp_->style.family) * 2 +
	    sp_->style.bold) * 2 + sp_->style.italic) * 2 +
	    sp_->style.emphasis);
	s->common = first_common(s, sp_, t);
	for (size_t i = sp_->lo; i < t.n;) {
		const char c = t.p[i];

		if (c > ' ' && c < 0x7f && s->own_ascii &&
		    (i + 1 == t.n || (t.p[i + 1] & 0x80) == 0)) {
			bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

			cluster_add(s, letter || s->common == NULL ? s->own :
			    s->common, letter ? HB_SCRIPT_LATIN :
			    HB_SCRIPT_COMMON, (uint32_t)i, (uint32_t)i + 1);
			i++;
		} else {
			i = cluster_read(s, t, i);
		}
	}
}

/* Runs before the first script take that one. */
static void
contexts_add(struct scan *s)
{
	const struct text_span *spans = s->p->pub.spans;
	hb_script_t first = HB_SCRIPT_LATIN;

	for (size_t i = 0; i < s->shown.n; i++)
		if (s->shown.v[i].script != HB_SCRIPT_COMMON) {
			first = s->shown.v[i].script;
			break;
		}
	for (size_t i = 0; i < s->shown.n; i++) {
		struct text_run *r = &s->p->runs.v[i];
		const struct text_span *sp_ = &spans[r->span];
		struct shown w = s->shown.v[i];
		const struct ctx *c;

		if (w.script == HB_SCRIPT_COMMON)
			w.script = first;
		c = engine_ctx(s->e, w, &sp_->style,
		    engine_lang(s->e, sp_->lang));
		r->size = c->font->size;
		VEC_PUSH(s->arena, &s->p->ctxs, c);
	}
}

void
text_itemise(struct text_engine *e, struct arena *a, struct para *p)
{
	struct scan s = { .e = e, .arena = a, .p = p,
	    .script = HB_SCRIPT_COMMON };

	if (is_simple(e, &p->pub)) {
		itemise_simple(e, a, p);
		return;
	}
	s.level = find_levels(e, a, p->pub.text, p->pub.rtl);
	for (s.span = 0; s.span < p->pub.nspans; s.span++)
		span_read(&s);
	run_end(&s);
	contexts_add(&s);
}
