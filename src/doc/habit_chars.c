/*
 * habit_chars.c: what characters are to the habits, and the quotation marks
 * of languages, after CLDR and the rules of each language's printers.
 */
#include "doc/habits_int.h"

/* ---- characters ------------------------------------------------------- */

static bool
is_indic_digit(uint32_t cp)
{
	return (cp >= 0x966 && cp < 0xdf0 && (cp & 0x7f) >= 0x66 &&
	    (cp & 0x7f) <= 0x6f) || (cp >= 0x660 && cp <= 0x669) ||
	    (cp >= 0x6f0 && cp <= 0x6f9);
}

static enum habit_class
class_of_high(uint32_t cp)
{
	switch (cp) {
	case 0xa0: case 0x202f: case 0x3000:
		return H_SPACE;
	case 0xab: case 0xa1: case 0xbf: case 0x2018: case 0x201a:
	case 0x201c: case 0x201e: case 0x2039: case 0x300c: case 0x300e:
	case 0xff08:
		return H_OPEN;
	case 0xbb: case 0x2019: case 0x201d: case 0x203a: case 0x2026:
	case 0x964: case 0x965: case 0x60c: case 0x61b: case 0x61f:
	case 0x6d4: case 0x3001: case 0x3002: case 0x300d: case 0x300f:
	case 0xff09: case 0xff0c: case 0xff01: case 0xff1f:
		return H_CLOSE;
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015:
		return H_DASH;
	default:
		break;
	}
	if (cp >= 0x2000 && cp <= 0x200a)
		return H_SPACE;
	return is_indic_digit(cp) ? H_DIGIT : H_LETTER;
}

/* Others are H_LETTER. */
static const uint8_t ascii[128] = {
	[0] = H_EDGE + 1,
	['0'] = H_DIGIT + 1, ['1'] = H_DIGIT + 1, ['2'] = H_DIGIT + 1,
	['3'] = H_DIGIT + 1, ['4'] = H_DIGIT + 1, ['5'] = H_DIGIT + 1,
	['6'] = H_DIGIT + 1, ['7'] = H_DIGIT + 1, ['8'] = H_DIGIT + 1,
	['9'] = H_DIGIT + 1,
	[' '] = H_SPACE + 1, ['\t'] = H_SPACE + 1, [FLAT_LINE] = H_SPACE + 1,
	['"'] = H_QUOTE + 1, ['\''] = H_QUOTE + 1,
	['('] = H_OPEN + 1, ['['] = H_OPEN + 1, ['{'] = H_OPEN + 1,
	['<'] = H_OPEN + 1,
	['-'] = H_DASH + 1, ['/'] = H_DASH + 1,
	['.'] = H_CLOSE + 1, [','] = H_CLOSE + 1, [';'] = H_CLOSE + 1,
	[':'] = H_CLOSE + 1, ['!'] = H_CLOSE + 1, ['?'] = H_CLOSE + 1,
	[')'] = H_CLOSE + 1, [']'] = H_CLOSE + 1, ['}'] = H_CLOSE + 1,
	['>'] = H_CLOSE + 1
};

enum habit_class
habit_class_of(uint32_t cp)
{
	if (cp >= 0x80)
		return class_of_high(cp);
	return ascii[cp] == 0 ? H_LETTER : (enum habit_class)(ascii[cp] - 1);
}

uint32_t
habit_before(str t, size_t i)
{
	size_t lo = i;

	if (i == 0)
		return 0;
	do
		lo--;
	while (lo > 0 && i - lo < 4 && ((unsigned char)t.p[lo] & 0xc0) ==
	    0x80);
	return utf8_next(t, &lo);
}

uint32_t
habit_after(str t, size_t i)
{
	return i < t.n ? utf8_next(t, &i) : 0;
}

/* ---- the manners of languages ----------------------------------------- */

#define LSQ	"\xe2\x80\x98"
#define RSQ	"\xe2\x80\x99"
#define SBQ	"\xe2\x80\x9a"
#define LDQ	"\xe2\x80\x9c"
#define RDQ	"\xe2\x80\x9d"
#define DBQ	"\xe2\x80\x9e"
#define LGQ	"\xc2\xab"
#define RGQ	"\xc2\xbb"
#define NBSP	"\xc2\xa0"

static const struct habit_manner manners[] = {	/* the first is for all */
	{ "", { LSQ, LDQ }, { RSQ, RDQ }, false },
	{ "de", { SBQ, DBQ }, { LSQ, LDQ }, false },
	{ "cs", { SBQ, DBQ }, { LSQ, LDQ }, false },
	{ "sk", { SBQ, DBQ }, { LSQ, LDQ }, false },
	{ "sl", { SBQ, DBQ }, { LSQ, LDQ }, false },
	{ "bg", { SBQ, DBQ }, { LSQ, LDQ }, false },
	{ "pl", { SBQ, DBQ }, { RSQ, RDQ }, false },
	{ "ro", { SBQ, DBQ }, { RSQ, RDQ }, false },
	{ "hu", { SBQ, DBQ }, { RSQ, RDQ }, false },
	{ "sv", { RSQ, RDQ }, { RSQ, RDQ }, false },
	{ "fi", { RSQ, RDQ }, { RSQ, RDQ }, false },
	{ "fr", { LSQ, LGQ NBSP }, { RSQ, NBSP RGQ }, true },
	{ "es", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "it", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "pt", { LSQ, LDQ }, { RSQ, RDQ }, false },
	{ "no", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "nb", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "ru", { SBQ, LGQ }, { LSQ, RGQ }, false },
	{ "uk", { SBQ, LGQ }, { LSQ, RGQ }, false },
	{ "el", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "fa", { LSQ, LGQ }, { RSQ, RGQ }, false },
	{ "ar", { RSQ, RDQ }, { LSQ, LDQ }, false },
	{ "ur", { RSQ, RDQ }, { LSQ, LDQ }, false },
};

const struct habit_manner *
habit_manner_of(str lang)
{
	for (size_t i = 1; i < ARRAY_LEN(manners); i++) {
		str l = str_c(manners[i].lang);

		if (str_starts(lang, l) && (lang.n == l.n ||
		    lang.p[l.n] == '-'))
			return &manners[i];
	}
	return &manners[0];
}
