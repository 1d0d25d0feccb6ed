/*
 * svg_xml.c: XML by expat. Its handlers only note events in a heap buffer,
 * since arena memory may jump and must not be asked for within them; the
 * tree is built from the notes afterwards.
 *
 * A document type of one line is passed over (old writers put one); one
 * with declarations of its own is refused, so that no entity exists but
 * XML's five. Names keep their prefix except "svg:".
 */
#include <expat.h>

#include "image/svg_int.h"

struct notes {
	XML_Parser parser;
	struct buf b;
	const struct limits *limits;
	unsigned depth;
	size_t	 nodes;
	size_t	 text;		/* where the text at hand has its length; 0:
				   no text at hand */
	const char *why;	/* it was stopped; NULL: it was not */
	bool	 limit;
};

static void
stop(struct notes *x, bool limit, const char *why)
{
	if (x->why == NULL) {
		x->why = why;
		x->limit = limit;
	}
	XML_StopParser(x->parser, XML_FALSE);
}

static void
put_u32(struct notes *x, uint64_t v)
{
	uint32_t u = v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;

	buf_add(&x->b, &u, sizeof u);
}

static void
put_text(struct notes *x, const char *p, size_t n)
{
	put_u32(x, n);
	buf_add(&x->b, p, n);
}

static void XMLCALL
on_start(void *user, const XML_Char *name, const XML_Char **attrs)
{
	struct notes *x = user;
	uint32_t n = 0;

	if (++x->depth > x->limits->svg_depth) {
		stop(x, true, "SVG is nested too deeply");
		return;
	}
	if (++x->nodes > x->limits->svg_nodes) {
		stop(x, true, "SVG has too many elements");
		return;
	}
	while (attrs[n * 2] != NULL)
		n++;
	x->text = 0;
	buf_char(&x->b, '<');
	put_u32(x, XML_GetCurrentLineNumber(x->parser));
	put_u32(x, XML_GetCurrentColumnNumber(x->parser) + 1);
	put_u32(x, n);
	put_text(x, name, strlen(name));
	for (uint32_t i = 0; i < n * 2; i++)
		put_text(x, attrs[i], strlen(attrs[i]));
	if (x->b.failed)
		stop(x, true, "SVG needs too much memory");
}

static void XMLCALL
on_end(void *user, const XML_Char *name)
{
	struct notes *x = user;

	(void)name;
	x->depth--;
	x->text = 0;
	buf_char(&x->b, '>');
}

static void XMLCALL
on_text(void *user, const XML_Char *p, int n)
{
	struct notes *x = user;
	uint32_t all;

	if (x->text == 0) {
		buf_char(&x->b, 't');
		x->text = x->b.n;
		put_u32(x, 0);
	}
	buf_add(&x->b, p, (size_t)n);
	if (x->b.failed) {
		stop(x, true, "SVG needs too much memory");
		return;
	}
	/* It comes in pieces. */
	memcpy(&all, x->b.p + x->text, sizeof all);
	all += (uint32_t)n;
	memcpy(x->b.p + x->text, &all, sizeof all);
}

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *sys,
    const XML_Char *pub, int internal)
{
	(void)name;
	(void)sys;
	(void)pub;
	if (internal)
		stop(user, false, "SVG with declarations of its own (DTD)");
}

static void XMLCALL
on_entity(void *user, const XML_Char *name, int parameter)
{
	(void)name;
	(void)parameter;
	stop(user, false, "SVG with an entity that XML does not define");
}

/* ---- the tree --------------------------------------------------------- */

struct builder {
	struct arena *a;
	str	 rest;		/* of the notes */
};

static uint32_t
take_u32(struct builder *b)
{
	uint32_t v;

	memcpy(&v, b->rest.p, sizeof v);
	b->rest = str_from(b->rest, sizeof v);
	return v;
}

static str
take_text(struct builder *b)
{
	uint32_t n = take_u32(b);
	str s = arena_str(b->a, str_cut(b->rest, 0, n));

	b->rest = str_from(b->rest, n);
	return s;
}

static struct svg_node *
take_element(struct builder *b)
{
	struct svg_node *n = ARENA_NEW(b->a, struct svg_node, 1);
	struct svg_attr *v;

	n->line = take_u32(b);
	n->column = take_u32(b);
	n->nattrs = take_u32(b);
	n->name = take_text(b);
	if (str_starts(n->name, S("svg:")))
		n->name = str_from(n->name, 4);
	n->attrs = v = ARENA_NEW(b->a, struct svg_attr, n->nattrs + 1);
	for (size_t i = 0; i < n->nattrs; i++) {
		v[i].name = take_text(b);
		v[i].value = take_text(b);
	}
	return n;
}

static const struct svg_node *
build(struct builder *b, const struct limits *lim)
{
	/* The way down to the element at hand, and each one's last child. */
	struct svg_node **open = ARENA_NEW(b->a, struct svg_node *,
	    lim->svg_depth + 2);
	struct svg_node **last = ARENA_NEW(b->a, struct svg_node *,
	    lim->svg_depth + 2), *n, top = { .line = 1 };
	size_t depth = 0;

	open[0] = &top;
	while (b->rest.n > 0) {
		char c = b->rest.p[0];

		b->rest = str_from(b->rest, 1);
		if (c == '>') {
			depth--;
			continue;
		}
		if (c == 't') {
			n = ARENA_NEW(b->a, struct svg_node, 1);
			n->text = take_text(b);
		} else
			n = take_element(b);
		n->parent = depth > 0 ? open[depth] : NULL;
		if (last[depth] != NULL)
			last[depth]->next = n;
		else
			open[depth]->child = n;
		last[depth] = n;
		if (c == '<') {
			open[++depth] = n;
			last[depth] = NULL;
		}
	}
	return top.child;
}

/* ---- reading ---------------------------------------------------------- */

static bool
parse(struct notes *x, str bytes)
{
	XML_Parser p = x->parser;

	XML_SetUserData(p, x);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	XML_SetStartDoctypeDeclHandler(p, on_doctype);
	XML_SetSkippedEntityHandler(p, on_entity);
	XML_SetParamEntityParsing(p, XML_PARAM_ENTITY_PARSING_NEVER);
	/* Without a seed of ours it would ask the system for one. */
	XML_SetHashSalt(p, (unsigned long)(str_hash(bytes) | 1));
	return XML_Parse(p, bytes.p, (int)bytes.n, XML_TRUE) ==
	    XML_STATUS_OK && !x->b.failed;
}

const struct svg_node *
svg_read(struct arena *a, str bytes, const struct limits *lim,
    struct image_fault *f)
{
	struct notes x = { .limits = lim };
	struct builder b = { .a = a };
	const struct svg_node *top = NULL;

	image_fault_set(f, DIAG_IMAGE_BROKEN, "SVG is not well-formed XML");
	if (bytes.n > INT32_MAX || (x.parser = XML_ParserCreate(NULL)) ==
	    NULL)
		return NULL;
	if (parse(&x, bytes)) {
		b.rest = arena_str(a, buf_view(&x.b));
		top = build(&b, lim);
	} else if (x.why != NULL)
		image_fault_set(f, x.limit ? DIAG_IMAGE_LIMIT :
		    DIAG_IMAGE_BROKEN, x.why);
	else {
		f->line = (uint32_t)XML_GetCurrentLineNumber(x.parser);
		f->column = (uint32_t)XML_GetCurrentColumnNumber(x.parser) + 1;
	}
	XML_ParserFree(x.parser);
	buf_done(&x.b);
	return top;
}

str
svg_attr(const struct svg_node *n, str name)
{
	for (size_t i = 0; i < n->nattrs; i++)
		if (str_eq(n->attrs[i].name, name))
			return n->attrs[i].value;
	return S("");
}
