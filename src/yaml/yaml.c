/*
 * yaml.c: libyaml's events, cut down to a tree of safe YAML.
 *
 * Two steps. First libyaml is pulled event by event; nodes and text go to
 * memory set aside beforehand (its size follows from the input), and the
 * first thing refused ends the pulling. Only when the parser is closed are
 * diagnostics added, since an arena may jump and would leak the parser.
 * Then each mapping is checked for keys given twice.
 *
 * libyaml counts marks in characters; a cursor that mostly moves forward
 * turns them into bytes. A byte order mark is taken off first, because
 * libyaml would count it as indentation.
 */
#include "yaml/yaml.h"

#include <yaml.h>

#include <stdio.h>

struct frame {				/* an open mapping or sequence */
	struct yaml_node *node;
	const struct yaml_node **tail;	/* where the next child goes */
	str		 key;
	span		 key_at;
	bool		 has_key;
	bool		 block;		/* its end mark lies past its end */
};

struct reader {
	yaml_parser_t	 parser;
	const struct limits *limits;
	str		 text;		/* without byte order mark */
	uint32_t	 base;
	size_t		 chars, bytes;	/* the cursor, twice */
	struct yaml_node *nodes;
	size_t		 n, cap;
	char		*out;		/* scalars' text */
	size_t		 out_n, out_cap;
	struct frame	*frames;
	unsigned	 depth;
	unsigned	 documents;
	const struct yaml_node *root;
	bool		 refused;
	enum diag_id	 why;
	span		 where;
	char		 detail[256];
};

/* ---- places ------------------------------------------------------------ */

static bool
is_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t
byte_of(struct reader *r, size_t chars)
{
	const char *p = r->text.p;

	while (r->chars < chars && r->bytes < r->text.n) {
		do
			r->bytes++;
		while (r->bytes < r->text.n && is_tail(p[r->bytes]));
		r->chars++;
	}
	while (r->chars > chars) {
		do
			r->bytes--;
		while (is_tail(p[r->bytes]));
		r->chars--;
	}
	return r->bytes;
}

static span
span_of(const struct reader *r, size_t lo, size_t hi)
{
	return (span){ r->base + (uint32_t)lo, r->base + (uint32_t)hi };
}

static span
event_span(struct reader *r, const yaml_event_t *e)
{
	size_t lo = byte_of(r, e->start_mark.index);
	size_t hi = byte_of(r, e->end_mark.index);

	/* A block scalar's end mark lies on the line after it. */
	while (hi > lo && strchr(" \t\r\n", r->text.p[hi - 1]))
		hi--;
	return span_of(r, lo, hi);
}

/* ---- refusing ---------------------------------------------------------- */

static bool refuse(struct reader *, enum diag_id, span, const char *, ...)
    PRINTF(4, 5);

/* Always false. Only the first refusal counts. */
static bool
refuse(struct reader *r, enum diag_id why, span where, const char *fmt, ...)
{
	va_list ap;

	if (r->refused)
		return false;
	r->refused = true;
	r->why = why;
	r->where = where;
	va_start(ap, fmt);
	vsnprintf(r->detail, sizeof r->detail, fmt, ap);
	va_end(ap);
	return false;
}

/* What libyaml could not read. */
static bool
refuse_syntax(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *context = p->context ? p->context : "";
	size_t at;

	if (p->error == YAML_MEMORY_ERROR)
		return refuse(r, DIAG_MEMORY_LIMIT, span_of(r, 0, 0),
		    "reading YAML");
	at = p->error == YAML_READER_ERROR ? p->problem_offset :
	    byte_of(r, p->problem_mark.index);
	if (at > r->text.n)
		at = r->text.n;
	if (strcmp(context, "while scanning a directive") == 0)
		return refuse(r, DIAG_FM_REFUSED, span_of(r, at, at),
		    "directive");
	return refuse(r, DIAG_FM_SYNTAX, span_of(r, at, at), "%s%s%s%s",
	    context, *context ? ", " : "",
	    p->problem ? p->problem : "cannot be read",
	    at < r->text.n && r->text.p[at] == '\t' ?
	    " (indent with spaces, not tabs)" : "");
}

static bool
refuse_marks(struct reader *r, const yaml_event_t *e, const char *anchor,
    const char *tag)
{
	if (anchor)
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "anchor \"&%.100s\"", anchor);
	if (tag)
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "tag \"%.100s\"", tag);
	return true;
}

/* ---- building ---------------------------------------------------------- */

static str
keep_text(struct reader *r, const yaml_event_t *e)
{
	size_t n = e->data.scalar.length;
	char *p = r->out + r->out_n;

	memcpy(p, e->data.scalar.value, n);
	r->out_n += n;
	return (str){ p, n };
}

/* Hangs a new node where the next one goes. */
static struct yaml_node *
add_node(struct reader *r, enum yaml_kind kind, span at)
{
	struct frame *f = r->depth ? &r->frames[r->depth - 1] : NULL;
	struct yaml_node *node;

	node = &r->nodes[r->n++];
	node->kind = kind;
	node->at = at;
	if (!f) {
		r->root = node;
		return node;
	}
	*f->tail = node;
	f->tail = &node->next;
	if (f->node->kind == YAML_MAP) {
		node->key = f->key;
		node->key_at = f->key_at;
		f->has_key = false;
	}
	return node;
}

static bool
wants_key(const struct reader *r)
{
	const struct frame *f;

	if (r->depth == 0)
		return false;
	f = &r->frames[r->depth - 1];
	return f->node->kind == YAML_MAP && !f->has_key;
}

static bool
on_key(struct reader *r, const yaml_event_t *e)
{
	struct frame *f = &r->frames[r->depth - 1];

	f->key = keep_text(r, e);
	f->key_at = event_span(r, e);
	f->has_key = true;
	if (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	    str_eq(f->key, S("<<")))
		return refuse(r, DIAG_FM_REFUSED, f->key_at,
		    "merge key \"<<\"");
	return true;
}

/* What was set aside is enough; were it not, no bug may come of it. */
static bool
has_room(struct reader *r, const yaml_event_t *e, size_t text)
{
	if (r->n < r->cap && text <= r->out_cap - r->out_n)
		return true;
	return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
	    "too many values");
}

static bool
on_scalar(struct reader *r, const yaml_event_t *e)
{
	struct yaml_node *node;

	if (!has_room(r, e, e->data.scalar.length) ||
	    !refuse_marks(r, e, (const char *)e->data.scalar.anchor,
	    (const char *)e->data.scalar.tag))
		return false;
	if (wants_key(r))
		return on_key(r, e);
	node = add_node(r, YAML_SCALAR, event_span(r, e));
	node->text = keep_text(r, e);
	node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return true;
}

static bool
on_open(struct reader *r, const yaml_event_t *e, enum yaml_kind kind)
{
	struct yaml_node *node;

	if (!has_room(r, e, 0))
		return false;
	if (wants_key(r))
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "a key that is a %s",
		    kind == YAML_MAP ? "mapping" : "list");
	if (r->depth >= r->limits->yaml_depth)
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "nested deeper than %u", r->limits->yaml_depth);
	node = add_node(r, kind, event_span(r, e));
	r->frames[r->depth++] = (struct frame){
		.node = node,
		.tail = &node->child,
		.block = kind == YAML_MAP ?
		    e->data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE :
		    e->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE,
	};
	return true;
}

static bool
on_map(struct reader *r, const yaml_event_t *e)
{
	return refuse_marks(r, e, (const char *)e->data.mapping_start.anchor,
	    (const char *)e->data.mapping_start.tag) &&
	    on_open(r, e, YAML_MAP);
}

static bool
on_seq(struct reader *r, const yaml_event_t *e)
{
	return refuse_marks(r, e, (const char *)e->data.sequence_start.anchor,
	    (const char *)e->data.sequence_start.tag) &&
	    on_open(r, e, YAML_SEQ);
}

static bool
on_close(struct reader *r, const yaml_event_t *e)
{
	const struct frame *f = &r->frames[--r->depth];
	span end = event_span(r, e);
	uint32_t hi = f->node->at.hi;

	/* A block ends with its last child, not where libyaml noticed. */
	for (const struct yaml_node *c = f->node->child; c; c = c->next) {
		if (c->key_at.hi > hi)
			hi = c->key_at.hi;
		if (c->at.hi > hi)
			hi = c->at.hi;
	}
	f->node->at.hi = f->block ? hi : end.hi;
	return true;
}

static bool
on_document(struct reader *r, const yaml_event_t *e)
{
	if (e->data.document_start.version_directive ||
	    e->data.document_start.tag_directives.start !=
	    e->data.document_start.tag_directives.end)
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "directive");
	if (r->documents++ > 0)
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "a second document");
	return true;
}

static bool
on_event(struct reader *r, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		return on_document(r, e);
	case YAML_ALIAS_EVENT:
		return refuse(r, DIAG_FM_REFUSED, event_span(r, e),
		    "alias \"*%.100s\"", (const char *)e->data.alias.anchor);
	case YAML_SCALAR_EVENT:
		return on_scalar(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return on_seq(r, e);
	case YAML_MAPPING_START_EVENT:
		return on_map(r, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_close(r, e);
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return true;
}

/* ---- reading ----------------------------------------------------------- */

/*
 * Every node but the root has an indicator of its own before it or, in a
 * flow collection, around it; a key in a block mapping may stand without
 * value ("? a"), which gives a node for its "?".
 */
static size_t
nodes_at_most(str text)
{
	size_t n = 2;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] && strchr("-?:,[{", text.p[i]);
	return n;
}

static void
set_aside(struct reader *r, struct arena *a)
{
	r->cap = nodes_at_most(r->text);
	r->nodes = ARENA_NEW(a, struct yaml_node, r->cap);
	r->out_cap = 2 * r->text.n + 16;	/* "\L" is two, gives three */
	r->out = ARENA_NEW(a, char, r->out_cap);
	r->frames = ARENA_NEW(a, struct frame, r->limits->yaml_depth + 1);
}

/* Nothing below allocates in an arena: the parser is open. */
static bool
pull(struct reader *r)
{
	bool ok = true, more = true;

	if (!yaml_parser_initialize(&r->parser))
		return refuse(r, DIAG_MEMORY_LIMIT, span_of(r, 0, 0),
		    "reading YAML");
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser,
	    (const unsigned char *)r->text.p, r->text.n);
	while (ok && more) {
		yaml_event_t e;

		if (!yaml_parser_parse(&r->parser, &e)) {
			ok = refuse_syntax(r);
			break;
		}
		ok = on_event(r, &e);
		more = e.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&r->parser);
	return ok;
}

/* As much of a key as a message shows. */
static str
shown(str key)
{
	size_t n = key.n < 100 ? key.n : 100;

	while (n > 0 && n < key.n && is_tail(key.p[n]))
		n--;
	return str_cut(key, 0, n);
}

/* False when some mapping has a key twice, each told. */
static bool
check_twice(const struct reader *r, struct arena *a, struct diag *d)
{
	bool ok = true;

	for (size_t i = 0; i < r->n; i++) {
		const struct yaml_node *c = r->nodes[i].child;
		struct map *keys;

		if (r->nodes[i].kind != YAML_MAP || !c || !c->next)
			continue;
		keys = map_new(a);
		for (; c; c = c->next) {
			if (!map_find(keys, c->key)) {
				map_put(keys, c->key, &r->nodes[i]);
				continue;
			}
			diag_add(d, DIAG_FM_KEY_TWICE, c->key_at, "\"%.*s\"",
			    STR_ARG(shown(c->key)));
			ok = false;
		}
	}
	return ok;
}

/* Checks what must hold before libyaml may see the text. */
static bool
check_bytes(struct reader *r)
{
	size_t bad;

	if (r->text.n > r->limits->yaml_bytes)
		return refuse(r, DIAG_FM_REFUSED, span_of(r, 0, 0),
		    "more than %zu bytes of YAML", r->limits->yaml_bytes);
	if (!utf8_valid(r->text, &bad))
		return refuse(r, DIAG_FM_SYNTAX, span_of(r, bad, bad + 1),
		    "invalid UTF-8");
	return true;
}

/* Nothing but comments, or a "---" with nothing after it. */
static bool
is_empty(const struct yaml_node *root)
{
	return !root || (root->kind == YAML_SCALAR && root->plain &&
	    root->text.n == 0);
}

const struct yaml_node *
yaml_parse(struct arena *a, str text, uint32_t base,
    const struct limits *limits, struct diag *d, bool *empty)
{
	struct reader *r = ARENA_NEW(a, struct reader, 1);

	*empty = false;
	r->limits = limits;
	r->base = base;
	r->text = text.p ? text : S("");
	if (str_starts(text, S("\xef\xbb\xbf"))) {
		r->text = str_from(text, 3);
		r->base += 3;
	}
	if (check_bytes(r)) {
		set_aside(r, a);
		pull(r);
	}
	if (r->refused) {
		diag_add(d, r->why, r->where, "%s", r->detail);
		return NULL;
	}
	if (is_empty(r->root)) {
		*empty = true;
		return NULL;
	}
	return check_twice(r, a, d) ? r->root : NULL;
}

/* ---- asking ------------------------------------------------------------ */

const struct yaml_node *
yaml_find(const struct yaml_node *map, str key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (const struct yaml_node *c = map->child; c; c = c->next)
		if (str_eq(c->key, key))
			return c;
	return NULL;
}

/* The known key that key is most likely meant to be; SIZE_MAX: none. */
static size_t
nearest(str key, const str *known, size_t n)
{
	unsigned best = key.n < 5 ? 2 : 3;	/* one more than allowed */
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		unsigned far = str_distance(key, known[i], best);

		if (far < best) {
			best = far;
			found = i;
		}
	}
	return found;
}

static bool
is_known(str key, const str *known, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(key, known[i]))
			return true;
	return false;
}

void
yaml_check_keys(const struct yaml_node *map, const str *known, size_t n,
    struct diag *d)
{
	if (!map || map->kind != YAML_MAP)
		return;
	for (const struct yaml_node *c = map->child; c; c = c->next) {
		str key = shown(c->key);
		size_t like;

		if (is_known(c->key, known, n))
			continue;
		like = nearest(c->key, known, n);
		if (like == SIZE_MAX)
			diag_add(d, DIAG_FM_KEY_UNKNOWN, c->key_at,
			    "\"%.*s\"", STR_ARG(key));
		else
			diag_add(d, DIAG_FM_KEY_UNKNOWN, c->key_at,
			    "\"%.*s\"; did you mean \"%.*s\"?", STR_ARG(key),
			    STR_ARG(known[like]));
	}
}
