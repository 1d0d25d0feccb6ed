/*
 * lang.c: text with the language of each stretch that is in another script.
 */
#include "out/epub/epub_int.h"

void
lang_text(struct buf *b, str s, str lang)
{
	struct foreign f;
	size_t at = 0;

	for (; doc_foreign(s, at, lang, &f); at = f.hi) {
		xml_text(b, str_cut(s, at, f.lo));
		buf_z(b, "<span");
		xml_lang(b, f.lang);
		buf_char(b, '>');
		xml_text(b, str_cut(s, f.lo, f.hi));
		buf_z(b, "</span>");
	}
	xml_text(b, str_from(s, at));
}
