/*
 * lang.c: text with the language of each stretch that is in another script,
 * and texts of articles in a language that is not the one around them. What
 * runs the other way says so: its ends are then no matter of what is beside
 * it.
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
		xml_lang(b, f.lang, lang);
		buf_char(b, '>');
		xml_text(b, str_cut(s, f.lo, f.hi));
		buf_z(b, "</span>");
	}
	xml_text(b, str_from(s, at));
}

void
lang_attrs(struct buf *b, str lang, str around)
{
	if (!str_eq(lang, around))
		xml_lang(b, lang, around);
}

void
lang_run(struct buf *b, str s, str lang, str around)
{
	bool other = s.n > 0 && !str_eq(lang, around);

	if (other) {
		buf_z(b, "<span");
		xml_lang(b, lang, around);
		buf_char(b, '>');
	}
	lang_text(b, s, lang);
	if (other)
		buf_z(b, "</span>");
}

str
lang_of_article(const struct epub *e, uint32_t article)
{
	str lang = e->book->articles[article].doc->meta.language;

	return lang.n > 0 ? lang : e->book->language;
}
