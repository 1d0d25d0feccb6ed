/*
 * lang.c: words of another script inside running text get their language,
 * so that a reading system picks the right voice, font and line breaks.
 *
 * Only where the script leaves no doubt: kana is Japanese (with the Han
 * characters beside it), but Han alone may be Chinese; Arabic letters that
 * Urdu alone uses on these pages say Urdu, plain ones say nothing. Latin is
 * never marked: it may be any language, or a name.
 */
#include "out/epub/epub_int.h"

enum script {
	SCRIPT_COMMON, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_ARMENIAN,
	SCRIPT_HEBREW, SCRIPT_ARABIC, SCRIPT_DEVANAGARI, SCRIPT_BENGALI,
	SCRIPT_GURMUKHI, SCRIPT_GUJARATI, SCRIPT_ODIA, SCRIPT_TAMIL,
	SCRIPT_TELUGU, SCRIPT_KANNADA, SCRIPT_MALAYALAM, SCRIPT_SINHALA,
	SCRIPT_THAI, SCRIPT_GEORGIAN, SCRIPT_HANGUL, SCRIPT_HAN, SCRIPT_OTHER
};

static const struct { uint32_t lo, hi; enum script script; } ranges[] = {
	{ 0x0000, 0x0040, SCRIPT_COMMON }, { 0x0041, 0x005a, SCRIPT_LATIN },
	{ 0x005b, 0x0060, SCRIPT_COMMON }, { 0x0061, 0x007a, SCRIPT_LATIN },
	{ 0x007b, 0x00bf, SCRIPT_COMMON }, { 0x00c0, 0x02af, SCRIPT_LATIN },
	{ 0x02b0, 0x036f, SCRIPT_COMMON }, { 0x0370, 0x03ff, SCRIPT_GREEK },
	{ 0x0530, 0x058f, SCRIPT_ARMENIAN }, { 0x0590, 0x05ff, SCRIPT_HEBREW },
	{ 0x0600, 0x06ff, SCRIPT_ARABIC }, { 0x0750, 0x077f, SCRIPT_ARABIC },
	{ 0x0900, 0x0963, SCRIPT_DEVANAGARI }, { 0x0964, 0x0965, SCRIPT_COMMON },
	{ 0x0966, 0x097f, SCRIPT_DEVANAGARI }, { 0x0980, 0x09ff, SCRIPT_BENGALI },
	{ 0x0a00, 0x0a7f, SCRIPT_GURMUKHI }, { 0x0a80, 0x0aff, SCRIPT_GUJARATI },
	{ 0x0b00, 0x0b7f, SCRIPT_ODIA }, { 0x0b80, 0x0bff, SCRIPT_TAMIL },
	{ 0x0c00, 0x0c7f, SCRIPT_TELUGU }, { 0x0c80, 0x0cff, SCRIPT_KANNADA },
	{ 0x0d00, 0x0d7f, SCRIPT_MALAYALAM }, { 0x0d80, 0x0dff, SCRIPT_SINHALA },
	{ 0x0e00, 0x0e7f, SCRIPT_THAI }, { 0x10a0, 0x10ff, SCRIPT_GEORGIAN },
	{ 0x1100, 0x11ff, SCRIPT_HANGUL }, { 0x1e00, 0x1eff, SCRIPT_LATIN },
	{ 0x1f00, 0x1fff, SCRIPT_GREEK }, { 0x2000, 0x2dff, SCRIPT_COMMON },
	{ 0x2e80, 0x2fff, SCRIPT_HAN }, { 0x3000, 0x3004, SCRIPT_COMMON },
	{ 0x3005, 0x3007, SCRIPT_HAN }, { 0x3008, 0x303f, SCRIPT_COMMON },
	{ 0x3040, 0x30ff, SCRIPT_HAN }, { 0x3130, 0x318f, SCRIPT_HANGUL },
	{ 0x3400, 0x9fff, SCRIPT_HAN }, { 0xac00, 0xd7af, SCRIPT_HANGUL },
	{ 0xf900, 0xfaff, SCRIPT_HAN }, { 0xfb50, 0xfdff, SCRIPT_ARABIC },
	{ 0xfe00, 0xfe6f, SCRIPT_COMMON }, { 0xfe70, 0xfefe, SCRIPT_ARABIC },
	{ 0xfeff, 0xff65, SCRIPT_COMMON }, { 0xff66, 0xff9f, SCRIPT_HAN },
	{ 0x20000, 0x3ffff, SCRIPT_HAN },
};

static enum script
script_of(uint32_t cp)
{
	size_t lo = 0, hi = ARRAY_LEN(ranges), mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (cp > ranges[mid].hi)
			lo = mid + 1;
		else if (cp < ranges[mid].lo)
			hi = mid;
		else
			return ranges[mid].script;
	}
	return SCRIPT_OTHER;
}

/* The one language of a script, where there is one on these pages. */
static const struct { enum script script; const char *lang; } sole[] = {
	{ SCRIPT_GREEK, "el" }, { SCRIPT_ARMENIAN, "hy" },
	{ SCRIPT_DEVANAGARI, "hi" }, { SCRIPT_GURMUKHI, "pa" },
	{ SCRIPT_GUJARATI, "gu" }, { SCRIPT_ODIA, "or" },
	{ SCRIPT_TAMIL, "ta" }, { SCRIPT_TELUGU, "te" },
	{ SCRIPT_KANNADA, "kn" }, { SCRIPT_MALAYALAM, "ml" },
	{ SCRIPT_SINHALA, "si" }, { SCRIPT_THAI, "th" },
	{ SCRIPT_GEORGIAN, "ka" }, { SCRIPT_HANGUL, "ko" },
};

static const struct { const char *lang; enum script script; } written[] = {
	{ "hi", SCRIPT_DEVANAGARI }, { "mr", SCRIPT_DEVANAGARI },
	{ "ne", SCRIPT_DEVANAGARI }, { "sa", SCRIPT_DEVANAGARI },
	{ "kok", SCRIPT_DEVANAGARI }, { "mai", SCRIPT_DEVANAGARI },
	{ "doi", SCRIPT_DEVANAGARI }, { "brx", SCRIPT_DEVANAGARI },
	{ "bn", SCRIPT_BENGALI }, { "as", SCRIPT_BENGALI },
	{ "pa", SCRIPT_GURMUKHI }, { "gu", SCRIPT_GUJARATI },
	{ "or", SCRIPT_ODIA }, { "ta", SCRIPT_TAMIL }, { "te", SCRIPT_TELUGU },
	{ "kn", SCRIPT_KANNADA }, { "ml", SCRIPT_MALAYALAM },
	{ "si", SCRIPT_SINHALA }, { "th", SCRIPT_THAI },
	{ "el", SCRIPT_GREEK }, { "hy", SCRIPT_ARMENIAN },
	{ "ka", SCRIPT_GEORGIAN }, { "ko", SCRIPT_HANGUL },
	{ "ja", SCRIPT_HAN }, { "ur", SCRIPT_ARABIC }, { "ar", SCRIPT_ARABIC },
	{ "fa", SCRIPT_ARABIC }, { "ps", SCRIPT_ARABIC },
	{ "ks", SCRIPT_ARABIC }, { "sd", SCRIPT_ARABIC },
};

/* The script of a text in this language, as its tag says or as is usual. */
static enum script
script_of_language(str lang)
{
	size_t n = str_find_char(lang, '-'), i;

	if (n != SIZE_MAX && str_starts(str_from(lang, n), S("-Latn")))
		return SCRIPT_LATIN;
	lang = str_cut(lang, 0, n);
	for (i = 0; i < ARRAY_LEN(written); i++)
		if (str_eq(lang, str_c(written[i].lang)))
			return written[i].script;
	return SCRIPT_LATIN;
}

/* A stretch of one script: marks, blanks and digits inside belong to it. */
struct stretch { size_t lo, hi; enum script script; bool kana, urdu; };

static bool
is_kana(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30ff && cp != 0x30fb) ||
	    (cp >= 0xff66 && cp <= 0xff9f);
}

/* tteh, ddal, rreh, noon ghunna, heh goal, yeh barree. */
static bool
is_urdu(uint32_t cp)
{
	return cp == 0x0679 || cp == 0x0688 || cp == 0x0691 || cp == 0x06ba ||
	    cp == 0x06c1 || cp == 0x06d2;
}

static bool
run_next(str s, size_t at, struct stretch *r)
{
	size_t i = at, lo;
	enum script t;
	uint32_t cp;

	*r = (struct stretch){ s.n, s.n, SCRIPT_COMMON, false, false };
	while (i < s.n) {
		lo = i;
		cp = utf8_next(s, &i);
		t = script_of(cp);
		if (t == SCRIPT_COMMON)
			continue;
		if (r->script == SCRIPT_COMMON) {
			r->script = t;
			r->lo = lo;
		} else if (t != r->script)
			break;
		r->hi = i;
		r->kana = r->kana || is_kana(cp);
		r->urdu = r->urdu || is_urdu(cp);
	}
	return r->script != SCRIPT_COMMON;
}

/* NULL: the text's own, or nobody can tell. */
static const char *
run_language(const struct stretch *r, enum script own)
{
	size_t i;

	if (r->script == own)
		return NULL;
	if (r->script == SCRIPT_HAN)
		return r->kana ? "ja" : NULL;
	if (r->script == SCRIPT_ARABIC)
		return r->urdu ? "ur" : NULL;
	for (i = 0; i < ARRAY_LEN(sole); i++)
		if (sole[i].script == r->script)
			return sole[i].lang;
	return NULL;
}

/* Nothing beyond Latin and common marks: no byte of U+0370 or above other
 * than those of U+2000..U+2FFF. */
static bool
is_plain(str s)
{
	uint64_t eight;
	size_t i = 0;

	for (; s.n - i >= 8; i += 8) {
		memcpy(&eight, s.p + i, 8);
		if (eight & 0x8080808080808080)
			break;
	}
	for (; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xcd &&
		    (unsigned char)s.p[i] != 0xe2)
			return false;
	return true;
}

void
lang_text(struct buf *b, str s, str lang)
{
	enum script own;
	const char *other;
	size_t at = 0;
	struct stretch r;

	if (is_plain(s)) {
		xml_text(b, s);
		return;
	}
	own = script_of_language(lang);
	while (run_next(s, at, &r)) {
		other = run_language(&r, own);
		if (other) {
			xml_text(b, str_cut(s, at, r.lo));
			buf_z(b, "<span");
			xml_lang(b, str_c(other));
			buf_char(b, '>');
			xml_text(b, str_cut(s, r.lo, r.hi));
			buf_z(b, "</span>");
		} else
			xml_text(b, str_cut(s, at, r.hi));
		at = r.hi;
	}
	xml_text(b, str_from(s, at));
}
