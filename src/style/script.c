/*
 * script.c: a theme for a language whose script needs more room between
 * lines than Latin, for which themes are written: marks above and below
 * letters, stacked conjuncts, full-width letters.
 *
 * Each script has a least leading for text and another for what is set
 * larger, where a line is short and has fewer of them above each other. All
 * heights grow with the body's leading, so what makes up whole lines of the
 * grid still does. A heading's lines move apart at the cost of the space
 * around them, so that one of a single line stands where it stood.
 */
#include "style/style_int.h"

/* Of the size [1/1000]: about what the highest mark and the deepest conjunct
 * of everyday words take in the faces that fonts.yaml names. */
struct room { char script[5]; int32_t text, display; };

static const struct room rooms[] = {
	{ "Deva", 1330, 1300 }, { "Beng", 1330, 1300 },
	{ "Guru", 1330, 1300 }, { "Gujr", 1330, 1300 },
	{ "Orya", 1330, 1280 }, { "Taml", 1330, 1260 },
	{ "Telu", 1365, 1340 }, { "Knda", 1365, 1340 },
	{ "Mlym", 1330, 1260 }, { "Thai", 1365, 1330 },
	{ "Arab", 1365, 1330 }, { "Hant", 1450, 1300 },
	{ "Kore", 1420, 1280 },
};

static const struct { char lang[4], script[5]; } langs[] = {
	{ "hi", "Deva" }, { "mr", "Deva" }, { "ne", "Deva" },
	{ "sa", "Deva" }, { "kok", "Deva" }, { "mai", "Deva" },
	{ "doi", "Deva" }, { "brx", "Deva" }, { "bn", "Beng" },
	{ "as", "Beng" }, { "pa", "Guru" }, { "gu", "Gujr" },
	{ "or", "Orya" }, { "ta", "Taml" }, { "te", "Telu" },
	{ "kn", "Knda" }, { "ml", "Mlym" }, { "th", "Thai" },
	{ "ar", "Arab" }, { "ur", "Arab" }, { "fa", "Arab" },
	{ "ks", "Arab" }, { "sd", "Arab" }, { "ps", "Arab" },
	{ "ug", "Arab" }, { "zh", "Hant" }, { "ja", "Hant" },
	{ "ko", "Kore" },
};

static str
script_of(str lang)
{
	size_t	 n = str_find_char(lang, '-');
	str	 first = str_cut(lang, 0, n < lang.n ? n : lang.n), next;

	if (n < lang.n) {
		next = str_from(lang, n + 1);
		n = str_find_char(next, '-');
		if (n == 4 || (n == SIZE_MAX && next.n == 4))
			return str_starts(next, S("Han")) ||
			    str_starts(next, S("Jpan")) ? S("Hant") :
			    str_cut(next, 0, 4);
	}
	for (size_t i = 0; i < ARRAY_LEN(langs); i++)
		if (str_eq(first, str_c(langs[i].lang)))
			return str_c(langs[i].script);
	return S("");
}

/* As high as the body's leading has become. */
static void
grow(sp *v, sp now, sp was)
{
	*v = *v * now / was;
}

static void
block_fit(struct block_style *b, sp now, sp was, int32_t least)
{
	sp	 more;

	grow(&b->leading, now, was);
	grow(&b->before, now, was);
	grow(&b->after, now, was);
	more = b->text.size * least / 1000 - b->leading;
	if (more <= 0)
		return;
	b->leading += more;
	b->before -= more / 2 < b->before ? more / 2 : b->before;
	b->after -= more / 2 < b->after ? more / 2 : b->after;
}

/* Each paragraph begins with white of whole ideographs, the first too: two
 * in Chinese, one in Japanese. */
static void
indent_fit(struct theme *x, str lang)
{
	struct block_style *b = x->block;
	sp		 n = str_starts(lang, S("zh")) ? 2 : 1;

	if (b[STYLE_BODY].indent == 0)
		return;
	b[STYLE_BODY].indent = b[STYLE_BODY].text.size * n;
	b[STYLE_BODY_FIRST].indent = b[STYLE_BODY_FIRST].text.size * n;
}

const struct theme *
theme_for_lang(struct arena *a, const struct theme *t, str lang)
{
	const struct block_style *body = &t->block[STYLE_BODY];
	sp		 size = body->text.size, was = body->leading, now;
	const struct room *r = NULL;
	struct theme	*x;
	str		 script = script_of(lang);

	for (size_t i = 0; i < ARRAY_LEN(rooms); i++)
		if (str_eq(script, str_c(rooms[i].script)))
			r = &rooms[i];
	if (r == NULL || was <= 0)
		return t;
	now = size * r->text / 1000;
	if (now < was)
		now = was;
	x = ARENA_NEW(a, struct theme, 1);
	*x = *t;
	x->upright = true;
	grow(&x->grid, now, was);
	for (size_t i = 0; i < STYLE_COUNT; i++)
		if (i != STYLE_CODE)
			block_fit(&x->block[i], now, was, x->block[i].text
			    .size > size * 5 / 4 ? r->display : r->text);
	if (str_eq(script, S("Hant")))
		indent_fit(x, lang);
	return x;
}
