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
xml_lang(struct buf *b, str lang)
{
	xml_attr(b, "lang", lang);
	xml_attr(b, "xml:lang", lang);
	if (lang_is_rtl(lang))
		xml_attr(b, "dir", S("rtl"));
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
	xml_lang(b, lang);
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

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Readers and checkers refuse stray bytes in addresses: percent-encode. */
static void
put_encoded(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	bool hash = false, keep;
	size_t i;
	char c;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		keep = is_alnum(c) || (c && strchr("-._~:/?@!$&'()*+,;=", c));
		if (c == '%')
			keep = s.n - i > 2 && is_hex(s.p[i + 1]) &&
			    is_hex(s.p[i + 2]);
		if (c == '#' && !hash)
			hash = keep = true;
		if (keep) {
			xml_text(b, str_cut(s, i, i + 1));
			continue;
		}
		buf_char(b, '%');
		buf_char(b, hex[(uint8_t)c >> 4]);
		buf_char(b, hex[(uint8_t)c & 15]);
	}
}

/* Bytes of "https://host:port" at the front of url, which has that form. */
static size_t
authority_length(str url)
{
	size_t i = str_find(url, S("//")) + 2;

	while (i < url.n && url.p[i] != '/' && url.p[i] != '?' &&
	    url.p[i] != '#')
		i++;
	return i;
}

bool
xml_url(struct buf *b, str url)
{
	enum doc_url kind;
	size_t colon, host;

	url = str_trim(url);
	kind = doc_url_kind(url);
	if (kind != URL_WEB && kind != URL_MAIL)
		return false;
	for (colon = 0; url.p[colon] != ':'; colon++)
		buf_char(b, (char)(url.p[colon] | 0x20));
	/* A host outside ASCII stands as it is: %XX is no host. */
	host = kind == URL_WEB ? authority_length(url) : colon;
	xml_text(b, str_cut(url, colon, host));
	put_encoded(b, str_from(url, host));
	return true;
}
