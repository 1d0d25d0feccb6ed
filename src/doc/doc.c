/*
 * doc.c: the builder. It keeps the open nodes on a stack of its own and
 * links each new node as last child of the innermost one.
 *
 * Past a depth limit a container is dissolved: its node is made (so that
 * callers can fill it in) but not linked, and its children go to the
 * nearest linked node. Only containers whose absence leaves a well-formed
 * tree are dissolved, an item with its list, never a row without its table.
 *
 * doc_finish() cleans the strings that callers put into nodes, resolves and
 * numbers notes, and gives out ids in document order. Until then a
 * reference and its note carry the parser's own number as their key.
 */
#include "doc/doc_int.h"

static struct made *
made_new(struct doc_builder *b, enum doc_kind kind, span at)
{
	struct made *m = ARENA_NEW(b->a, struct made, 1);

	m->pub.kind = kind;
	m->pub.at = at;
	return m;
}

static bool
is_nowhere(span s)
{
	return s.lo == 0 && s.hi == 0;
}

static span
clamp(span at, span into)
{
	if (is_nowhere(at) || is_nowhere(into))
		return at;
	at.lo = at.lo < into.lo ? into.lo : at.lo > into.hi ? into.hi : at.lo;
	at.hi = at.hi < at.lo ? at.lo : at.hi > into.hi ? into.hi : at.hi;
	return at;
}

struct doc_builder *
doc_builder_new(struct arena *a, const struct limits *lim, struct diag *diag)
{
	struct doc_builder *b = ARENA_NEW(a, struct doc_builder, 1);

	b->a = a;
	b->lim = lim;
	b->diag = diag;
	b->root = made_new(b, DOC_ROOT, SPAN_NONE);
	b->nnodes = 1;
	VEC_PUSH(a, &b->stack, ((struct frame){ b->root, b->root, false }));
	return b;
}

static struct frame *
top(struct doc_builder *b)
{
	return &b->stack.v[b->stack.n - 1];
}

/*
 * A span as far as it lies in the innermost open block: parsers are sure of
 * where blocks stand, less so of what is in a line.
 */
static span
inside(const struct doc_builder *b, span at)
{
	return clamp(at, b->stack.v[b->stack.n - 1].block->pub.at);
}

/* A mark reaches over all that stands in it, though its parser may have
 * known its first character only. */
static void
reach(struct made *m)
{
	span *at = &m->pub.at;
	const struct made *c;

	for (c = m->first; c != NULL; c = c->next) {
		if (is_nowhere(c->pub.at))
			continue;
		if (is_nowhere(*at))
			*at = c->pub.at;
		if (c->pub.at.lo < at->lo)
			at->lo = c->pub.at.lo;
		if (c->pub.at.hi > at->hi)
			at->hi = c->pub.at.hi;
	}
}

static bool
must_dissolve(struct doc_builder *b, enum doc_kind kind)
{
	switch (kind) {
	case DOC_LIST:		/* its items need a level of their own */
	case DOC_DEFLIST:
		return b->blocks + 2 > b->lim->block_depth;
	case DOC_QUOTE:
	case DOC_CALLOUT:
		return b->blocks + 1 > b->lim->block_depth;
	case DOC_ITEM:
	case DOC_DEFINITION:
		return top(b)->dissolved;
	default:
		return doc_is_inline(kind) &&
		    b->inlines + 1 > b->lim->inline_depth;
	}
}

static bool
is_nesting(enum doc_kind kind)
{
	return kind == DOC_LIST || kind == DOC_ITEM || kind == DOC_QUOTE ||
	    kind == DOC_CALLOUT || kind == DOC_DEFLIST ||
	    kind == DOC_DEFINITION;
}

struct doc_node *
doc_open(struct doc_builder *b, enum doc_kind kind, span at)
{
	struct made *m = made_new(b, kind, inside(b, at));
	struct frame f = { m, m, false };

	if (kind == DOC_TERM && top(b)->dissolved)
		m->pub.kind = DOC_PARA;	/* a term of no list */
	if (must_dissolve(b, kind)) {
		if (!b->depth_told)
			diag_add(b->diag, DIAG_MD_DEPTH, at,
			    "at most %u blocks and %u marks inside one another",
			    b->lim->block_depth, b->lim->inline_depth);
		b->depth_told = true;
		f.node = top(b)->node;
		f.block = top(b)->block;
		f.dissolved = true;
	} else {
		doc_link_last(top(b)->node, m);
		b->nnodes++;
		if (doc_is_inline(kind)) {
			b->inlines++;
			f.block = top(b)->block;
		} else if (is_nesting(kind))
			b->blocks++;
	}
	VEC_PUSH(b->a, &b->stack, f);
	return &m->pub;
}

void
doc_close(struct doc_builder *b)
{
	struct frame f = *top(b);

	INVARIANT(b->stack.n > 1);
	b->stack.n--;
	if (f.dissolved)
		return;
	if (doc_is_inline(f.node->pub.kind)) {
		b->inlines--;
		reach(f.node);
	} else if (is_nesting(f.node->pub.kind))
		b->blocks--;
}

struct doc_node *
doc_leaf(struct doc_builder *b, enum doc_kind kind, span at)
{
	struct made *m = made_new(b, kind, inside(b, at));

	doc_link_last(top(b)->node, m);
	b->nnodes++;
	return &m->pub;
}

static bool
is_control(uint32_t cp, bool code)
{
	if (cp == '\t' || (cp == '\n' && code))
		return false;
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
	    (cp >= 0xFDD0 && cp < 0xFDF0) || (cp & 0xFFFE) == 0xFFFE;
}

static bool
is_bidi(uint32_t cp)
{
	return (cp >= 0x202A && cp <= 0x202E) ||
	    (cp >= 0x2066 && cp <= 0x2069);
}

/* One character's place where s is the source as it stands, else at. */
static span
place(str s, span at, size_t lo, size_t hi)
{
	if (at.hi - at.lo != s.n)
		return at;
	return (span){ at.lo + (uint32_t)lo, at.lo + (uint32_t)hi };
}

/* The end of the printable ASCII that begins at i: most of any text. */
static size_t
plain_end(str s, size_t i)
{
	while (i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x7F)
		i++;
	return i;
}

/* cp stands in s at [lo, hi): U+FFFD itself, or bytes that are no UTF-8? */
static bool
is_invalid(str s, size_t lo, size_t hi, uint32_t cp)
{
	return cp == 0xFFFD &&
	    !str_eq(str_cut(s, lo, hi), S("\xEF\xBF\xBD"));
}

/* false: the character at [lo, hi) is left out. */
static bool
judge(struct doc_builder *b, str s, span at, size_t lo, size_t hi,
    uint32_t cp, bool code)
{
	bool control = is_control(cp, code);

	if ((control || is_bidi(cp)) && b->told++ < b->lim->diagnostics)
		diag_add(b->diag, control ? DIAG_CHAR_CONTROL :
		    DIAG_CHAR_BIDI, place(s, at, lo, hi), "U+%04X",
		    (unsigned)cp);
	return !control;
}

/* Valid UTF-8 without controls, in at most 3 bytes for one of s. */
static size_t
clean_into(struct doc_builder *b, char *out, str s, span at, bool code)
{
	size_t i = 0, n = 0, lo;
	bool told = false;
	uint32_t cp;

	while (i < s.n) {
		lo = i;
		i = plain_end(s, i);
		memcpy(out + n, s.p + lo, i - lo);
		n += i - lo;
		if (i == s.n)
			break;
		lo = i;
		cp = utf8_next(s, &i);
		if (!told && is_invalid(s, lo, i, cp)) {
			told = true;
			diag_add(b->diag, DIAG_UTF8_INVALID, place(s, at, lo,
			    i), "byte 0x%02X",
			    (unsigned)(unsigned char)s.p[lo]);
		}
		if (cp == '\n' && !code)
			cp = ' ';
		if (judge(b, s, at, lo, i, cp, code))
			n += utf8_put(out + n, cp);
	}
	return n;
}

static size_t
clean_bound(str s)
{
	size_t i = plain_end(s, 0);

	return utf8_valid(str_from(s, i), NULL) ? s.n : s.n * 3;
}

static str
clean(struct doc_builder *b, str s, span at, bool code)
{
	char *out = ARENA_NEW(b->a, char, clean_bound(s) + 4);

	return (str){ out, clean_into(b, out, s, at, code) };
}

void
doc_text(struct doc_builder *b, span at, str text)
{
	struct made *m = top(b)->node->last;
	size_t need = clean_bound(text) + 4;
	size_t have, cap;

	if (text.n == 0)
		return;
	if (m == NULL || m->pub.kind != DOC_TEXT) {
		m = made_new(b, DOC_TEXT, inside(b, at));
		doc_link_last(top(b)->node, m);
		b->nnodes++;
	}
	have = m->pub.as.text.text.n;
	if (m->cap - have < need) {
		cap = m->cap * 2 > have + need ? m->cap * 2 : have + need;
		m->pub.as.text.text.p = arena_grow(b->a,
		    (void *)(uintptr_t)m->pub.as.text.text.p, m->cap, cap, 1);
		m->cap = cap;
	}
	/* The bytes are ours and nobody has seen them yet. */
	m->pub.as.text.text.n += clean_into(b,
	    (char *)(uintptr_t)m->pub.as.text.text.p + have, text, at, false);
	at = inside(b, at);
	if (at.hi > m->pub.at.hi)
		m->pub.at.hi = at.hi;
}

static void
clean_node(struct doc_builder *b, struct doc_node *d)
{
	switch (d->kind) {
	case DOC_CODE:
		d->as.code.lang = clean(b, d->as.code.lang, d->at, false);
		d->as.code.text = clean(b, d->as.code.text, d->at, true);
		break;
	case DOC_CODESPAN:
		d->as.text.text = clean(b, d->as.text.text, d->at, false);
		break;
	case DOC_LINK:
		d->as.link.url = clean(b, d->as.link.url, d->at, false);
		d->as.link.title = clean(b, d->as.link.title, d->at, false);
		break;
	case DOC_FIGURE:
	case DOC_IMAGE:
		d->as.image.src = clean(b, d->as.image.src, d->at, false);
		d->as.image.alt = clean(b, d->as.image.alt, d->at, false);
		break;
	default:
		break;
	}
}

/*
 * Depth of each heading: the number of headings it stands below, plus 1.
 * One inside a quotation or a list stands below those of the article but
 * divides nothing of it.
 */
static void
number_headings(struct made *root)
{
	int open[6];
	int n = 0;
	struct made *m;

	for (m = root; m != NULL; m = doc_after(m)) {
		/* The article's title is level 1, so "#" counts as "##". */
		int level = m->pub.as.heading.level;

		if (m->pub.kind != DOC_HEADING)
			continue;
		if (level < 2)
			level = 2;
		if (m->parent != root) {
			m->pub.as.heading.depth = n + 1;
			continue;
		}
		while (n > 0 && open[n - 1] >= level)
			n--;
		open[n++] = level;
		m->pub.as.heading.depth = n;
	}
}

/* The end of the word of ASCII that begins at i. */
static size_t
word_end(str s, size_t i)
{
	while (i < s.n && s.p[i] > ' ')
		i++;
	return i;
}

static bool
is_ideograph(uint32_t cp)
{
	return (cp >= 0x3040 && cp < 0x3100) || (cp >= 0x3400 && cp < 0xA000);
}

/*
 * Words of the running text: runs without white space, and every character
 * of the scripts that put no space between words. Notes and code blocks
 * are not read through, so they do not count.
 */
static uint32_t
count_words(const struct made *root)
{
	const struct made *m;
	uint32_t words = 0;
	bool inside = false;

	for (m = root; m != NULL; m = doc_after((struct made *)(uintptr_t)m)) {
		enum doc_kind k = m->pub.kind;
		str s = m->pub.as.text.text;
		size_t i = 0;

		if (k == DOC_NOTE)
			break;
		if (!doc_is_inline(k) || k == DOC_SOFTBREAK ||
		    k == DOC_LINEBREAK)
			inside = false;
		if (k != DOC_TEXT && k != DOC_CODESPAN)
			continue;
		while (i < s.n) {
			size_t end = word_end(s, i);
			uint32_t cp;

			if (end > i) {
				words += !inside;
				inside = true;
				i = end;
				continue;
			}
			cp = utf8_next(s, &i);
			if (cp == ' ' || cp == '\t' || cp == 0x3000 ||
			    cp == 0xa0 || cp == 0x202f) {
				inside = false;
			} else if (is_ideograph(cp)) {
				words++;
				inside = false;
			} else if (!inside) {
				words++;
				inside = true;
			}
		}
	}
	return words;
}

struct doc *
doc_finish(struct doc_builder *b, str path)
{
	struct doc *d = ARENA_NEW(b->a, struct doc, 1);
	const struct doc_node **nodes = ARENA_NEW(b->a,
	    const struct doc_node *, b->nnodes);
	struct made *m;
	uint32_t id = 0;

	INVARIANT(b->stack.n == 1);
	d->nnotes = doc_notes_number(b);
	number_headings(b->root);
	for (m = b->root; m != NULL; m = doc_after(m)) {
		clean_node(b, &m->pub);
		INVARIANT(id < b->nnodes);
		m->pub.id = id;
		nodes[id++] = &m->pub;
	}
	d->path = arena_str(b->a, path);
	d->root = &b->root->pub;
	d->nodes = nodes;
	d->nnodes = id;
	d->words = count_words(b->root);
	return d;
}
