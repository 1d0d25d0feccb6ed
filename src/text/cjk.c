/*
 * cjk.c: white space of Han and Kana, after JIS X 4051 and CLREQ: a quarter
 * em between them and letters or digits of other scripts, and no more than
 * half an em of white between two pieces of full-width punctuation.
 *
 * The text stays as it is: advances change. What each cluster gains is kept
 * by its byte, so that a piece shaped again gets the same. At a line's end
 * the quarter em and the white half of a stop go: text_para.gap says so.
 */
#include "text/text_int.h"

#include <unicode/uchar.h>

enum sort { SORT_OTHER, SORT_HAN, SORT_WORD, SORT_OPEN, SORT_CLOSE };

struct seen {
	enum sort sort;
	size_t	 at, hi;	/* bytes */
	sp	 size;
	bool	 squeezed;
};

static enum sort
sort_of(uint32_t cp, bool centred)
{
	int32_t script;

	switch (cp) {
	case 0x3008: case 0x300a: case 0x300c: case 0x300e: case 0x3010:
	case 0x3014: case 0x3016: case 0x3018: case 0x301a: case 0x301d:
	case 0xff08: case 0xff3b: case 0xff5b: case 0x2018: case 0x201c:
		return SORT_OPEN;
	case 0x3001: case 0x3002: case 0xff0c: case 0xff0e:
		return centred ? SORT_OTHER : SORT_CLOSE;
	case 0x3009: case 0x300b: case 0x300d: case 0x300f: case 0x3011:
	case 0x3015: case 0x3017: case 0x3019: case 0x301b: case 0x301e:
	case 0x301f: case 0xff09: case 0xff3d: case 0xff5d: case 0x2019:
	case 0x201d:
		return SORT_CLOSE;
	case 0x3005: case 0x3006: case 0x3007: case 0x303b:
		return SORT_HAN;
	default:
		break;
	}
	if ((cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30a1 && cp <= 0x30fa) ||
	    cp == 0x30fc || (cp >= 0x3400 && cp <= 0x9fff) ||
	    (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x323af))
		return SORT_HAN;
	if (cp < 0x30 || (cp >= 0x2e80 && cp <= 0xffff))
		return SORT_OTHER;
	if (cp < 0x80)
		return u_isalnum((UChar32)cp) ? SORT_WORD : SORT_OTHER;
	script = (int32_t)hb_unicode_script(hb_unicode_funcs_get_default(),
	    cp);
	return script == (int32_t)HB_SCRIPT_LATIN || script ==
	    (int32_t)HB_SCRIPT_GREEK || script == (int32_t)HB_SCRIPT_CYRILLIC ?
	    SORT_WORD : SORT_OTHER;
}

/* Taiwan and Hong Kong set their stops in the middle of the square. */
static bool
is_centred(str lang)
{
	return str_starts(lang, S("zh-Hant")) || str_starts(lang,
	    S("zh-TW")) || str_starts(lang, S("zh-HK"));
}

static bool
is_full(const struct para *p, const struct seen *c)
{
	return p->pub.adv[c->at] * (sp)10 >= c->size * 9;
}

/* What a and b, which follow one another, do to their white space. */
static void
pair(struct para *p, struct seen *a, const struct seen *b)
{
	int32_t half = (int32_t)(a->size / 2), quarter;

	if ((a->sort == SORT_HAN && b->sort == SORT_WORD) ||
	    (a->sort == SORT_WORD && b->sort == SORT_HAN)) {
		quarter = (int32_t)((a->sort == SORT_HAN ? a : b)->size / 4);
		p->extra[a->at] += quarter;
		p->pub.gap[a->hi - 1] = quarter;
	} else if (a->sort == SORT_CLOSE && !a->squeezed &&
	    (b->sort == SORT_OPEN || b->sort == SORT_CLOSE)) {
		p->extra[a->at] -= half;
		p->pub.gap[a->hi - 1] = 0;
		a->squeezed = true;
	} else if (a->sort == SORT_OPEN && b->sort == SORT_OPEN) {
		p->extra[b->at] -= half;
		p->shift[b->at] -= half;
	}
}

static void
run_read(struct para *p, const struct text_run *r, struct seen *last)
{
	str text = str_cut(p->pub.text, 0, r->hi);
	bool centred = is_centred(p->pub.spans[r->span].lang);

	for (size_t i = r->lo; i < text.n;) {
		struct seen now = { .at = i, .size = r->size };

		now.sort = sort_of(utf8_next(text, &i), centred);
		now.hi = i;
		if (p->pub.adv[now.at] == 0) {	/* part of what precedes */
			if (last->hi == now.at)
				last->hi = i;
			continue;
		}
		if ((now.sort == SORT_OPEN || now.sort == SORT_CLOSE) &&
		    !is_full(p, &now))
			now.sort = SORT_OTHER;
		if (last->hi == now.at)
			pair(p, last, &now);
		if (now.sort == SORT_CLOSE)
			p->pub.gap[now.hi - 1] = (int32_t)(now.size / 2);
		*last = now;
	}
}

void
cjk_find(struct arena *a, struct para *p)
{
	struct seen last = { .hi = SIZE_MAX };

	p->extra = ARENA_NEW(a, int32_t, p->pub.text.n);
	p->shift = ARENA_NEW(a, int32_t, p->pub.text.n);
	p->pub.gap = ARENA_NEW(a, int32_t, p->pub.text.n);
	for (size_t i = 0; i < p->runs.n; i++) {
		if (p->runs.v[i].level == 0)
			run_read(p, &p->runs.v[i], &last);
		else
			last.hi = SIZE_MAX;
	}
	for (size_t i = 0; i < p->pub.text.n; i++)
		p->pub.adv[i] += p->extra[i];
}

/* The last glyph of a cluster takes what the cluster gains. */
void
cjk_apply(const struct para *p, const struct text_run *r,
    struct text_glyph *g, size_t n)
{
	if (r->level != 0)
		return;
	for (size_t i = 0; i < n; i++) {
		g[i].dx += p->shift[g[i].cluster];
		if (i + 1 == n || g[i + 1].cluster != g[i].cluster)
			g[i].adv += p->extra[g[i].cluster];
	}
}
