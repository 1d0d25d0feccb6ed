/*
 * url.c: which addresses an article may link to. What a reader of a PDF or
 * an EPUB may be sent to is decided here, once for both: the web, mail, or
 * a place in the publication.
 */
#include "doc/doc.h"

/* s starts with the lower-case word, in any case. */
static bool
starts(str s, str low)
{
	size_t i;

	if (s.n < low.n)
		return false;
	for (i = 0; i < low.n; i++)
		if ((s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 :
		    s.p[i]) != low.p[i])
			return false;
	return true;
}

static bool
is_host(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
	    (c & 0x80) != 0;
}

/*
 * A host name, perhaps a port, and the rest of the address. No user name,
 * which serves to disguise the host, and no address in brackets.
 */
static bool
is_web(str s)
{
	unsigned port = 0;
	size_t i = 0, digits;

	while (i < s.n && is_host(s.p[i]))
		i++;
	if (i == 0 || s.p[0] == '.' || s.p[0] == '-')
		return false;
	if (i < s.n && s.p[i] == ':') {
		digits = ++i;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			port = port < 65536 ?
			    port * 10 + (unsigned)(s.p[i] - '0') : port;
		if (i == digits || port == 0 || port > 65535)
			return false;
	}
	return i == s.n || s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#';
}

enum doc_url
doc_url_kind(str url)
{
	size_t i;

	url = str_trim(url);
	if (starts(url, S("https://")))
		return is_web(str_from(url, 8)) ? URL_WEB : URL_REFUSED;
	if (starts(url, S("http://")))
		return is_web(str_from(url, 7)) ? URL_WEB : URL_REFUSED;
	if (starts(url, S("mailto:")))
		return url.n > 7 ? URL_MAIL : URL_REFUSED;
	if (str_starts(url, S("//")) || str_starts(url, S("\\")))
		return URL_REFUSED;
	for (i = 0; i < url.n && url.p[i] != ':'; i++)
		if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#')
			return URL_LOCAL;
	return i == url.n ? URL_LOCAL : URL_REFUSED;
}

/* ---- as it is written ------------------------------------------------- */

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
			buf_char(b, c);
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
doc_url_put(struct buf *b, str url)
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
	buf_str(b, str_cut(url, colon, host));
	put_encoded(b, str_from(url, host));
	return true;
}
