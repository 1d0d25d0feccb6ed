/*
 * slug.c: kebab-case ASCII of any text. Latin letters lose their accents by
 * table; other scripts fall away, and a text of which nothing is left gets
 * a hash, so that a slug is never empty and never depends on a locale.
 */
#include "doc/doc.h"

/* U+00C0..U+017F */
static const char latin[] =
    "aaaaaaaceeeeiiiidnooooo-ouuuuyts" "aaaaaaaceeeeiiiidnooooo-ouuuuyty"
    "aaaaaa" "cccccccc" "dddd" "eeeeeeeeee" "gggggggg" "hhhh" "iiiiiiiiii"
    "ii" "jj" "kkk" "llllllllll" "nnnnnnnnn" "oooooo" "oo" "rrrrrr"
    "ssssssss" "tttttt" "uuuuuuuuuuuu" "ww" "yyy" "zzzzzz" "s";
/* U+1E00..U+1EFF: transliterations of Indian scripts live here */
static const char latin_more[] =
    "aabbbbbbccdddddd" "ddddeeeeeeeeeeff" "gghhhhhhhhhhiiii"
    "kkkkkkllllllllmm" "mmmmnnnnnnnnoooo" "oooopppprrrrrrrr"
    "sssssssssstttttt" "ttuuuuuuuuuuvvvv" "wwwwwwwwwwxxxxyy"
    "zzzzzzhtwyassssd" "aaaaaaaaaaaaaaaaaaaaaaaa" "eeeeeeeeeeeeeeee"
    "iiii" "oooooooooooooooooooooooo" "uuuuuuuuuuuuuu" "yyyyyyyy" "llvvyy";

_Static_assert(sizeof(latin) == 0x180 - 0xC0 + 1, "table of letters");
_Static_assert(sizeof(latin_more) == 0x100 + 1, "table of letters");

/* The letter for cp; '-' for a separator, 0 for nothing at all. */
static char
slug_letter(uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
		return (char)cp;
	if (cp >= 'A' && cp <= 'Z')
		return (char)(cp + 32);
	if (cp == '\'' || cp == 0x2019 || cp == 0xAD || cp == 0x200D)
		return 0;
	if (cp >= 0x300 && cp < 0x370)
		return 0;
	if (cp >= 0xC0 && cp < 0x180)
		return latin[cp - 0xC0];
	if (cp >= 0x1E00 && cp < 0x1F00)
		return latin_more[cp - 0x1E00];
	return '-';
}

str
doc_slug(struct arena *a, str text)
{
	char *out = ARENA_NEW(a, char, text.n + 1);
	size_t n = 0, i = 0;
	bool dash = false;

	while (i < text.n) {
		char c = slug_letter(utf8_next(text, &i));

		if (c == '-') {
			dash = n > 0;
			continue;
		}
		if (c == 0)
			continue;
		/* A dash needs its own source byte, so out is long enough. */
		if (dash)
			out[n++] = '-';
		dash = false;
		out[n++] = c;
	}
	if (n == 0)
		return arena_printf(a, "xn-%016llx",
		    (unsigned long long)str_hash(text));
	return (str){ out, n };
}
