/*
 * engine.c: the text engine's caches and the foreign objects it owns.
 *
 * Everything lives in the engine's arena; the lists are consistent whenever
 * the arena may jump, so that text_engine_close finds each HarfBuzz font,
 * ICU iterator and dictionary. The tables are bounded: a word table takes
 * WORDS_MOST entries and looks at PROBE_MOST slots, so hostile words make
 * it useless but not slow.
 */
#include "text/text_int.h"

#include <unicode/uchar.h>

/* ---- languages, fonts, contexts --------------------------------------- */

/* HarfBuzz keeps every language it has heard of: let only sane ones in. */
static bool
is_tag(str s)
{
	if (s.n == 0 || s.n > 35)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], low = (char)(c | 0x20);

		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return true;
}

static struct lang *
lang_add(struct text_engine *e, str tag)
{
	struct lang *l = &e->lang[e->nlang];

	l->tag = arena_str(e->arena, tag);
	l->hb = hb_language_from_string(l->tag.p, (int)tag.n);
	l->id = (uint32_t)e->nlang++;
	return l;
}

struct lang *
engine_lang(struct text_engine *e, str tag)
{
	for (size_t i = 0; i < e->nlang; i++)
		if (str_eq(e->lang[i].tag, tag))
			return &e->lang[i];
	if (!is_tag(tag) || e->nlang == LANGS_MOST)
		return &e->lang[0];
	return lang_add(e, tag);
}

static struct sized *
engine_sized(struct text_engine *e, const struct face *f, sp size)
{
	struct sized *s;

	size = size < 1 ? 1 : size > SIZE_MOST ? SIZE_MOST : size;
	for (s = e->sized[f->id]; s != NULL; s = s->next)
		if (s->size == size)
			return s;
	s = ARENA_NEW(e->arena, struct sized, 1);
	s->face = f;
	s->size = size;
	s->hb = hb_font_create(f->hb);
	hb_font_set_scale(s->hb, (int)size, (int)size);
	hb_font_make_immutable(s->hb);
	s->space = face_glyph(f, ' ');
	s->space_shapes = e->sized[f->id] != NULL ?
	    e->sized[f->id]->space_shapes : face_space_shapes(f);
	s->space_adv = hb_font_get_glyph_h_advance(s->hb, s->space);
	s->next = e->sized[f->id];
	e->sized[f->id] = s;
	return s;
}

/* A fallback's size, a small capital's size. */
static sp
shown_size(struct text_engine *e, const struct shown *w,
    const struct text_style *style)
{
	int16_t *scale = &e->scale[style->family][w->face->id];
	sp size = style->size;

	if (*scale == 0)
		*scale = (int16_t)font_scale(e->fonts,
		    (enum font_role)style->family, w->face);
	if (*scale != 1000)
		size = size * *scale / 1000;
	return w->small ? size * SMALL_CAPS / 1000 : size;
}

bool
engine_smcp(struct text_engine *e, const struct face *f)
{
	int8_t *has = &e->smcp[f->id];

	if (*has == 0)
		*has = face_has_feature(f, "smcp") ? 1 : -1;
	return *has > 0;
}

static void
feature(struct ctx *c, const char *tag, uint32_t value)
{
	INVARIANT(c->nfeatures < ARRAY_LEN(c->features));
	c->features[c->nfeatures++] = (hb_feature_t){ HB_TAG(tag[0], tag[1],
	    tag[2], tag[3]), value, 0, UINT32_MAX };
}

static bool
has_case(hb_script_t s)
{
	return s == HB_SCRIPT_LATIN || s == HB_SCRIPT_COMMON ||
	    s == HB_SCRIPT_GREEK || s == HB_SCRIPT_CYRILLIC;
}

static void
ctx_features(struct ctx *c)
{
	if (c->caps) {
		feature(c, "liga", 0);
		feature(c, "clig", 0);
	}
	if (c->small_caps)
		feature(c, "smcp", 1);
	if (c->tabular) {
		feature(c, "tnum", 1);
		feature(c, "lnum", 1);
	}
	/* Tracking would tear the joined letters of other scripts. */
	if (!has_case(c->script) || c->rtl)
		return;
	if (c->caps)
		c->tracking = (int32_t)(c->font->size * 6 / 100);
	else if (c->small)
		c->tracking = (int32_t)(c->font->size * 3 / 100);
}

const struct ctx *
engine_ctx(struct text_engine *e, struct shown w,
    const struct text_style *style, struct lang *lang)
{
	struct sized *s = engine_sized(e, w.face, shown_size(e, &w, style));
	struct ctx *c;

	for (c = s->ctxs; c != NULL; c = c->next)
		if (c->lang == lang && c->script == w.script &&
		    c->rtl == w.rtl && c->caps == style->caps &&
		    c->small_caps == style->small_caps && c->small == w.small &&
		    c->tabular == style->tabular)
			return c;
	c = ARENA_NEW(e->arena, struct ctx, 1);
	*c = (struct ctx){ .next = s->ctxs, .font = s, .lang = lang,
	    .script = w.script, .rtl = w.rtl, .caps = style->caps,
	    .small_caps = style->small_caps, .tabular = style->tabular,
	    .small = w.small, .id = e->nctx++ };
	ctx_features(c);
	s->ctxs = c;
	return c;
}

const struct low *
engine_low(struct text_engine *e, const struct face *f)
{
	struct low *l = e->low[f->id];

	if (l != NULL)
		return l;
	l = ARENA_NEW(e->arena, struct low, 1);
	l->ascii = true;
	for (uint32_t cp = ' '; cp < 0x7f; cp++)
		l->ascii = l->ascii && face_glyph(f, cp) != 0;
	for (uint32_t cp = 0xa0; cp < LOW_END; cp++)
		if (text_is_simple_char(cp) && face_glyph(f, cp) != 0)
			l->has[cp / 64] |= (uint64_t)1 << (cp & 63);
	e->low[f->id] = l;
	return l;
}

/* ---- characters that no face has -------------------------------------- */

bool
engine_is_missing(const struct text_engine *e, uint32_t cp)
{
	return e->missing != NULL &&
	    (e->missing[cp / 64] >> (cp & 63) & 1) != 0;
}

void
engine_missing(struct text_engine *e, uint32_t cp, bool nowhere, span at)
{
	uint64_t bit = (uint64_t)1 << (cp & 63);
	char name[100];
	UErrorCode err = U_ZERO_ERROR;

	if (e->told == NULL)
		e->told = ARENA_NEW(e->arena, uint64_t, 0x110000 / 64);
	if (e->missing == NULL && nowhere)
		e->missing = ARENA_NEW(e->arena, uint64_t, 0x110000 / 64);
	if (nowhere)
		e->missing[cp / 64] |= bit;
	if ((e->told[cp / 64] & bit) != 0)
		return;
	e->told[cp / 64] |= bit;
	u_charName((UChar32)cp, U_EXTENDED_CHAR_NAME, name, sizeof name, &err);
	name[sizeof name - 1] = '\0';
	diag_add(e->diag, DIAG_FONT_NO_GLYPH, at, "U+%04X %s", (unsigned)cp,
	    U_SUCCESS(err) ? name : "");
}

/* ---- words ------------------------------------------------------------ */

static uint64_t
mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

uint64_t
word_hash(uint32_t ctx, const char *p, size_t n)
{
	uint64_t h = (uint64_t)ctx << 32 | n, x;

	for (; n > 8; n -= 8, p += 8) {
		memcpy(&x, p, 8);
		h = mix(h, x);
	}
	x = 0;
	for (size_t i = 0; i < n; i++)
		x = x << 8 | (unsigned char)p[i];
	return mix(mix(h, x), 0x2545f4914f6cdd1du);
}

const struct word *
word_find(const struct words *t, uint32_t ctx, const char *p, size_t n,
    uint64_t hash)
{
	size_t i = (size_t)hash & (t->cap - 1);

	for (int k = 0; k < PROBE_MOST; k++, i = (i + 1) & (t->cap - 1)) {
		const struct word *w = t->v[i].word;

		if (w == NULL)
			return NULL;
		if (t->v[i].hash == hash && w->ctx == ctx && w->n == n &&
		    memcmp(w->p, p, n) == 0)
			return w;
	}
	return NULL;
}

static struct word_slot *
free_slot(const struct words *t, uint64_t hash)
{
	size_t i = (size_t)hash & (t->cap - 1);

	for (int k = 0; k < PROBE_MOST; k++, i = (i + 1) & (t->cap - 1))
		if (t->v[i].word == NULL)
			return &t->v[i];
	return NULL;
}

/* The few words that find no slot near their place are forgotten. */
static void
words_double(struct text_engine *e, struct words *t)
{
	struct words old = *t;
	struct word_slot *to;

	t->v = ARENA_NEW(e->arena, struct word_slot, old.cap * 2);
	t->cap = old.cap * 2;
	t->n = 0;
	for (size_t i = 0; i < old.cap; i++)
		if (old.v[i].word != NULL &&
		    (to = free_slot(t, old.v[i].hash)) != NULL) {
			*to = old.v[i];
			t->n++;
		}
}

void
word_add(struct text_engine *e, struct words *t, uint64_t hash,
    const struct word *head, const struct text_glyph *g)
{
	size_t ng = head->nglyphs * sizeof *g;
	struct word *w;
	char *bytes;

	if (t->n >= t->cap / 2 && t->cap < 2 * WORDS_MOST)
		words_double(e, t);
	if (t->n >= WORDS_MOST || free_slot(t, hash) == NULL)
		return;
	w = arena_alloc(e->arena, sizeof *w + ng + head->n,
	    _Alignof(struct word));
	*w = *head;
	if (ng > 0)
		memcpy(w->glyphs, g, ng);
	bytes = (char *)w + sizeof *w + ng;
	memcpy(bytes, head->p, head->n);
	w->p = bytes;
	*free_slot(t, hash) = (struct word_slot){ hash, w };
	t->n++;
}

/* ---- public ----------------------------------------------------------- */

struct text_engine *
text_engine_new(struct arena *a, const struct fontset *fonts,
    const struct text_options *opt, struct diag *diag)
{
	struct text_engine *e = ARENA_NEW(a, struct text_engine, 1);
	size_t faces = fontset_count(fonts);

	e->arena = a;
	e->fonts = fonts;
	e->opt = *opt;
	e->diag = diag;
	e->sized = ARENA_NEW(a, struct sized *, faces);
	e->low = ARENA_NEW(a, struct low *, faces);
	for (int r = 0; r < FONT_ROLE_COUNT; r++)
		e->scale[r] = ARENA_NEW(a, int16_t, faces);
	e->smcp = ARENA_NEW(a, int8_t, faces);
	exceptions_read(e);
	e->chars = ARENA_NEW(a, struct char_info, CHARS_CACHED);
	e->words.cap = e->hyphens.cap = 1024;
	e->words.v = ARENA_NEW(a, struct word_slot, e->words.cap);
	e->hyphens.v = ARENA_NEW(a, struct word_slot, e->hyphens.cap);
	lang_add(e, S("und"));
	e->buf = hb_buffer_create();
	hb_buffer_set_cluster_level(e->buf,
	    HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
	hb_buffer_set_invisible_glyph(e->buf, UINT32_MAX);
	return e;
}

void
text_engine_close(struct text_engine *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < fontset_count(e->fonts); i++) {
		for (struct sized *s = e->sized[i]; s != NULL; s = s->next)
			hb_font_destroy(s->hb);
		e->sized[i] = NULL;
	}
	for (struct breaker *b = e->breakers; b != NULL; b = b->next)
		ubrk_close(b->it);
	for (struct dict *d = e->dicts; d != NULL; d = d->next)
		if (d->hnj != NULL)
			hnj_hyphen_free(d->hnj);
	e->breakers = NULL;
	e->dicts = NULL;
	utext_close(e->utext);
	e->utext = NULL;
	ubidi_close(e->bidi);
	e->bidi = NULL;
	hb_buffer_destroy(e->buf);
	e->buf = NULL;
}
