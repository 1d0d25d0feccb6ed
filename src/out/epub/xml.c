/*
 * xml.c: the only place where text becomes markup.
 *
 * One function escapes for text and for double-quoted attributes alike, so
 * that there is no second, weaker one to pick by mistake. Characters that
 * XML 1.0 forbids cannot be written as references either: they are dropped.
 */
#include "out/epub/epub_int.h"

static bool
xml_allowed(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	if (c == 0x7f || (c >= 0xd800 && c <= 0xdfff))
		return false;
	return (c & 0xfffe) != 0xfffe && c <= 0x10ffff;
}

/* The end of the ASCII that stands for itself and begins at i. */
static size_t
plain_end(str s, size_t i)
{
	static const bool own[128] = {
		[' '] = true, ['!'] = true, ['#'] = true, ['$'] = true,
		['%'] = true, ['\''] = true, ['('] = true, [')'] = true,
		['*'] = true, ['+'] = true, [','] = true, ['-'] = true,
		['.'] = true, ['/'] = true, [':'] = true, [';'] = true,
		['='] = true, ['?'] = true, ['@'] = true, ['['] = true,
		['\\'] = true, [']'] = true, ['^'] = true, ['_'] = true,
		['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true,
		['~'] = true, ['\n'] = true,
		['0'] = true, true, true, true, true, true, true, true, true,
		true,
		['A'] = true, true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true,
		['a'] = true, true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true, true, true, true,
		true, true, true, true, true, true, true,
	};

	while (i < s.n && (unsigned char)s.p[i] < 0x80 &&
	    own[(unsigned char)s.p[i]])
		i++;
	return i;
}

void
xml_text(struct buf *b, str s)
{
	size_t i = 0, lo;
	uint32_t c;
	char u[4];

	while (i < s.n) {
		lo = i;
		i = plain_end(s, i);
		if (i > lo)
			buf_add(b, s.p + lo, i - lo);
		if (i == s.n)
			break;
		c = utf8_next(s, &i);
		if (!xml_allowed(c))
			continue;
		switch (c) {
		case '&': buf_z(b, "&amp;"); break;
		case '<': buf_z(b, "&lt;"); break;
		case '>': buf_z(b, "&gt;"); break;
		case '"': buf_z(b, "&quot;"); break;
		case '\r': buf_char(b, '\n'); break;
		default: buf_add(b, u, utf8_put(u, c)); break;
		}
	}
}

void
xml_attr(struct buf *b, const char *name, str value)
{
	buf_char(b, ' ');
	buf_z(b, name);
	buf_z(b, "=\"");
	xml_text(b, value);
	buf_char(b, '"');
}

void
xml_element(struct buf *b, const char *tag, const char *class, str text)
{
	buf_char(b, '<');
	buf_z(b, tag);
	if (class)
		xml_attr(b, "class", str_c(class));
	buf_char(b, '>');
	xml_text(b, text);
	buf_z(b, "</");
	buf_z(b, tag);
	buf_z(b, ">\n");
}

void
xml_lang(struct buf *b, str lang, str around)
{
	xml_attr(b, "lang", lang);
	xml_attr(b, "xml:lang", lang);
	if (lang_is_rtl(lang) != lang_is_rtl(around))
		xml_attr(b, "dir", lang_is_rtl(lang) ? S("rtl") : S("ltr"));
}

void
xml_page_open(struct buf *b, const struct epub *e, str title, str lang)
{
	if (lang.n == 0)
		lang = e->book->language;
	buf_z(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\"");
	xml_lang(b, lang, S(""));
	buf_z(b, ">\n<head>\n<title>");
	xml_text(b, title);
	buf_z(b, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" "
	    "href=\"style.css\"/>\n<link rel=\"stylesheet\" type=\"text/css\" "
	    "href=\"modern.css\"/>\n</head>\n<body>\n");
}

void
xml_page_close(struct buf *b)
{
	buf_z(b, "</body>\n</html>\n");
}

/* ---- addresses -------------------------------------------------------- */

bool
xml_url(struct buf *b, str url)
{
	struct buf t = { 0 };
	bool linked = doc_url_put(&t, url);

	xml_text(b, buf_view(&t));
	b->failed = b->failed || t.failed;
	buf_done(&t);
	return linked;
}
