/*
 * md_inlines.c: what becomes of cmark's inlines. Of HTML only a few marks
 * are taken (br, sub, sup, kbd, span of the class smallcaps or with a
 * language); links lead only where a reader of a PDF or an EPUB can be sent
 * safely.
 */
#include "in/md/md_int.h"

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Is there anything to read or to point at? Code counts, a picture too. */
static bool
has_text(cmark_node *link)
{
	cmark_iter *it = cmark_iter_new(link);
	cmark_event_type ev;
	bool any = false;

	while (!any && (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		cmark_node_type t = cmark_node_get_type(n);

		any = t == CMARK_NODE_IMAGE || ((t == CMARK_NODE_TEXT ||
		    t == CMARK_NODE_CODE) && str_trim(md_literal(n)).n > 0);
	}
	cmark_iter_free(it);
	return any;
}

static void
link_open(struct md *m, cmark_node *n, span at)
{
	struct doc_node *d = doc_open(m->b, DOC_LINK, at);

	d->as.link.url = arena_str(m->a, str_c(cmark_node_get_url(n)));
	d->as.link.title = arena_str(m->a, str_c(cmark_node_get_title(n)));
}

/* One without text: its title, else its address. */
static void
link_bare(struct md *m, cmark_node *n, span at)
{
	str text = str_trim(str_c(cmark_node_get_title(n)));

	link_open(m, n, at);
	doc_text(m->b, at, text.n > 0 ? text : str_c(cmark_node_get_url(n)));
	doc_close(m->b);
	md_skip(m, n);
}

static void
link_enter(struct md *m, cmark_node *n)
{
	str url = str_c(cmark_node_get_url(n));
	span at = md_span(m, n);

	if (doc_url_kind(url) == URL_REFUSED) {
		diag_add(m->diag, DIAG_MD_LINK_REFUSED, at, "%.*s",
		    STR_ARG(str_cut(url, 0, m->lim->line_bytes)));
		return;
	}
	if (!has_text(n)) {
		diag_add(m->diag, DIAG_MD_LINK_EMPTY, at, "\"%.*s\" is shown; "
		    "write [text](address)",
		    STR_ARG(str_cut(url, 0, m->lim->line_bytes)));
		link_bare(m, n, at);
		return;
	}
	md_opened(n);
	link_open(m, n, at);
}

/* The text inside an image's brackets; warns when there is none. */
str
md_alt(struct md *m, cmark_node *image)
{
	cmark_iter *it = cmark_iter_new(image);
	cmark_event_type ev;
	VEC(char) out = { NULL, 0, 0 };
	size_t i;
	str alt;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		cmark_node_type t = cmark_node_get_type(n);
		str s = S("");

		if (ev != CMARK_EVENT_ENTER)
			continue;
		if (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE)
			s = md_literal(n);
		else if (t == CMARK_NODE_SOFTBREAK || t == CMARK_NODE_LINEBREAK)
			s = S(" ");
		for (i = 0; i < s.n; i++)
			VEC_PUSH(m->a, &out, s.p[i]);
	}
	cmark_iter_free(it);
	alt = str_trim((str){ out.v, out.n });
	if (alt.n == 0)
		diag_add(m->diag, DIAG_MD_ALT_MISSING, md_span(m, image),
		    "%s counts as an ornament; write ![what it shows](...)",
		    cmark_node_get_url(image));
	return alt;
}

static void
image(struct md *m, cmark_node *n)
{
	struct doc_node *d = doc_leaf(m->b, DOC_IMAGE, md_span(m, n));

	d->as.image.src = arena_str(m->a, str_c(cmark_node_get_url(n)));
	d->as.image.alt = md_alt(m, n);
	md_skip(m, n);
}

/* The name of "<name ...>" or "</name>", lower case, "" if too long. */
static str
tag_name(str s, char low[8], bool *closing)
{
	size_t i = 1, n = 0;

	*closing = s.n > 1 && s.p[1] == '/';
	if (*closing)
		i++;
	for (; i < s.n && s.p[i] != '>' && s.p[i] != ' ' && s.p[i] != '/' &&
	    s.p[i] != '\t' && s.p[i] != '\n'; i++) {
		if (n == 8)
			return S("");
		low[n++] = lower(s.p[i]);
	}
	return (str){ low, n };
}

/* Both kinds of span close alike. */
static bool
closes(enum doc_kind close, enum doc_kind open)
{
	return close == open || (close == DOC_SMALLCAPS && open == DOC_LANG);
}

/* Closes the innermost open mark of this kind below parent, if any. */
static bool
tag_close(struct md *m, cmark_node *parent, enum doc_kind kind)
{
	size_t i = m->tags.n;

	while (i > 0 && m->tags.v[i - 1].parent == parent &&
	    !closes(kind, m->tags.v[i - 1].kind))
		i--;
	if (i == 0 || m->tags.v[i - 1].parent != parent)
		return false;
	for (; m->tags.n >= i; m->tags.n--)
		doc_close(m->b);
	return true;
}

void
md_tags_close(struct md *m, cmark_node *parent)
{
	while (m->tags.n > 0 && m->tags.v[m->tags.n - 1].parent == parent) {
		diag_add(m->diag, DIAG_MD_HTML, md_span(m, parent),
		    "<%s> is not closed",
		    doc_kind_name(m->tags.v[m->tags.n - 1].kind));
		m->tags.n--;
		doc_close(m->b);
	}
}

/* What a tag says of the language: lang="hi"; "": nothing. */
static str
tag_lang(str tag)
{
	size_t i = str_find(tag, S(" lang=\""));

	if (i == SIZE_MAX)
		return S("");
	tag = str_from(tag, i + 7);
	return str_cut(tag, 0, str_find_char(tag, '"'));
}

/* Opens the text in that language; one that nobody knows changes nothing. */
static void
lang_open(struct md *m, span at, str lang)
{
	struct doc_node *d = doc_open(m->b, DOC_LANG, at);
	bool shaped = doc_language(m->a, lang, &d->as.lang.tag);

	if (shaped && doc_language_known(d->as.lang.tag))
		return;
	d->as.lang.tag = S("");
	diag_add(m->diag, DIAG_MD_LANGUAGE, at, "\"%.*s\"; write a tag such "
	    "as lang=\"hi\" or lang=\"zh-Hant\"",
	    STR_ARG(str_cut(lang, 0, m->lim->line_bytes)));
}

/* The mark that a tag opens or closes; DOC_KIND_COUNT: none. Of a span
 * that closes it is not known which it was. */
static enum doc_kind
tag_kind(str name, str tag, bool closing)
{
	if (str_eq(name, S("sub")))
		return DOC_SUB;
	if (str_eq(name, S("sup")))
		return DOC_SUP;
	if (str_eq(name, S("kbd")))
		return DOC_KBD;
	if (str_eq(name, S("span")) && !closing &&
	    tag_lang(tag).n > 0)
		return DOC_LANG;
	if (str_eq(name, S("span")) && (closing ||
	    str_find(tag, S(" class=\"smallcaps\"")) != SIZE_MAX))
		return DOC_SMALLCAPS;
	return DOC_KIND_COUNT;
}

static void
html(struct md *m, cmark_node *n)
{
	str s = md_literal(n);
	cmark_node *parent = cmark_node_parent(n);
	enum doc_kind kind;
	char low[8];
	bool closing, fine = true;
	str name;

	if (str_starts(s, S("<!--")))
		return;
	name = tag_name(s, low, &closing);
	kind = tag_kind(name, s, closing);
	if (kind != DOC_KIND_COUNT && closing) {
		fine = tag_close(m, parent, kind);
		if (!fine && m->tags_over > 0) {
			m->tags_over--;
			fine = true;
		}
	} else if (kind != DOC_KIND_COUNT &&
	    m->tags.n > m->lim->inline_depth) {
		m->tags_over++;		/* MD_DEPTH has told of the last */
	} else if (kind != DOC_KIND_COUNT) {
		if (kind == DOC_LANG)
			lang_open(m, md_span(m, n), tag_lang(s));
		else
			doc_open(m->b, kind, md_span(m, n));
		VEC_PUSH(m->a, &m->tags, ((struct md_tag){ parent, kind }));
	} else if (str_eq(name, S("br"))) {
		(void)doc_leaf(m->b, DOC_LINEBREAK, md_span(m, n));
	} else {
		fine = false;
	}
	if (!fine)
		diag_add(m->diag, DIAG_MD_HTML, md_span(m, n), "%.*s",
		    STR_ARG(str_cut(s, 0, m->lim->line_bytes)));
}

/*
 * cmark turns a reference without a note back into text; it is told apart
 * from an escaped one by looking for it, unescaped, in the source.
 */
static void
undefined_notes(struct md *m, cmark_node *n, str s)
{
	size_t i = 0, at, end, from;

	if (str_find_char(s, '^') == SIZE_MAX)	/* quicker than two letters */
		return;
	while ((at = str_find(str_from(s, i), S("[^"))) != SIZE_MAX) {
		at += i;
		i = at + 2;
		end = str_find_char(str_cut(s, i, i + 1000), ']');
		if (end == SIZE_MAX || end == 0)
			continue;
		end += i + 1;
		from = md_offset(m, cmark_node_get_start_line(n), 1);
		if (from < m->seen)
			from = m->seen;
		/* A window, so that odd input cannot cost its square. */
		i = end;
		end = str_find(str_cut(m->body, from, from + 8192),
		    str_cut(s, at, end));
		if (end == SIZE_MAX)
			continue;
		from += end;
		m->seen = from + 1;
		if (from > 0 && m->body.p[from - 1] == '\\')
			continue;
		diag_add(m->diag, DIAG_MD_NOTE_UNDEFINED,
		    (span){ m->base + (uint32_t)from,
		    m->base + (uint32_t)(from + i - at) }, "%.*s",
		    STR_ARG(str_cut(s, at, i)));
	}
}

static void
noteref(struct md *m, cmark_node *n)
{
	str s = md_literal(n);
	uint32_t number = 0;
	size_t i;

	for (i = 0; i < s.n && i < 8 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		number = number * 10 + (uint32_t)(s.p[i] - '0');
	doc_leaf(m->b, DOC_NOTEREF, md_span(m, n))->as.noteref.number = number;
}

static void
mark(struct md *m, cmark_node *n, enum doc_kind kind)
{
	md_opened(n);
	(void)doc_open(m->b, kind, md_span(m, n));
}

void
md_inline_enter(struct md *m, cmark_node *n)
{
	span at = md_span(m, n);

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
		undefined_notes(m, n, md_literal(n));
		at.lo += (uint32_t)m->cut;
		doc_text(m->b, at, str_from(md_literal(n), m->cut));
		m->cut = 0;
		break;
	case CMARK_NODE_SOFTBREAK:
		if (md_terms_break(m, n))
			break;
		(void)doc_leaf(m->b, DOC_SOFTBREAK, at);
		break;
	case CMARK_NODE_LINEBREAK:
		if (md_terms_break(m, n))
			break;
		(void)doc_leaf(m->b, DOC_LINEBREAK, at);
		break;
	case CMARK_NODE_CODE:
		doc_leaf(m->b, DOC_CODESPAN, at)->as.text.text =
		    arena_str(m->a, md_literal(n));
		break;
	case CMARK_NODE_HTML_INLINE:
		html(m, n);
		break;
	case CMARK_NODE_EMPH:
		mark(m, n, DOC_EMPH);
		break;
	case CMARK_NODE_STRONG:
		mark(m, n, DOC_STRONG);
		break;
	case CMARK_NODE_LINK:
		link_enter(m, n);
		break;
	case CMARK_NODE_IMAGE:
		image(m, n);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		noteref(m, n);
		break;
	default:
		if (md_is(n, "strikethrough"))
			mark(m, n, DOC_STRIKE);
		break;
	}
}
