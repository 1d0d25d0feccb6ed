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
