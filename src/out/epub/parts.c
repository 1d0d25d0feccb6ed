/*
 * parts.c: which file of an article a node stands in.
 *
 * Old readers fail over 300 KB and others split by themselves at 260, so a
 * long article is cut into files before it is written: at a heading once a
 * file is fairly full, else between two blocks; of lists, quotations,
 * callouts and notes that are too long themselves between two blocks in
 * them; never in a table, a paragraph or a block of code. The size is
 * reckoned from above: each node's markup and its text with every escape.
 * Ids are dense in document order, so the first id of each file says it
 * all.
 *
 * On request short articles share a file: then the first is host to those
 * that follow it.
 */
#include "out/epub/epub_int.h"

#define PART_FULL	((size_t)240 << 10)	/* [bytes] of one file */
#define PART_HARD	((size_t)248 << 10)	/* where no good place is left */
#define PART_HEADING	((size_t)160 << 10)	/* a heading may begin another */
#define PART_LITTLE	((size_t)8 << 10)	/* before a long container */
#define KEPT_MOST	8			/* blocks after a heading */

static size_t
text_bytes(str s)
{
	size_t i, n = s.n;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '&' || s.p[i] == '<' || s.p[i] == '>' ||
		    s.p[i] == '"')
			n += 5;
		else if ((s.p[i] & 0xc0) == 0xc0 && (uint8_t)s.p[i] >= 0xe0)
			n += 1;		/* language marks, spread out */
	return n + s.n / 20;	/* and the breaks of pages */
}

static size_t
count(str s, char c)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

static size_t
node_bytes(const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_TEXT:
		return text_bytes(n->as.text.text);
	case DOC_CODESPAN:
		return 16 + text_bytes(n->as.text.text);
	case DOC_CODE:
		return 32 + 27 * count(n->as.code.text, '\n') +
		    text_bytes(n->as.code.text);
	case DOC_LINK:
		return 64 + 3 * n->as.link.url.n +
		    text_bytes(n->as.link.title);
	case DOC_FIGURE:
	case DOC_IMAGE:
		return 320 + text_bytes(n->as.image.alt);
	case DOC_CALLOUT:
	case DOC_NOTE:
	case DOC_NOTEREF:
		return 200;
	case DOC_CELL:
		return 200;		/* with its column's name */
	default:
		return 40;
	}
}

static const struct doc_node **
first_marks(struct arena *a, const struct doc *d)
{
	const struct doc_node **v = ARENA_NEW(a, const struct doc_node *,
	    d->nnotes + 1);
	const struct doc_node *n;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		if (n->kind == DOC_NOTEREF && n->as.noteref.nth <= 1 &&
		    n->as.noteref.number <= d->nnotes)
			v[n->as.noteref.number] = n;
	}
	return v;
}

/* The doc's bytes at the very most, from lengths alone: most articles are
 * short and need no closer look. */
static size_t
roughly(const struct doc *d)
{
	const struct doc_node *n;
	size_t bytes = 0;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		bytes += 400;
		if (n->kind == DOC_TEXT || n->kind == DOC_CODESPAN)
			bytes += 6 * n->as.text.text.n;
		else if (n->kind == DOC_CODE)
			bytes += 28 * n->as.code.text.n;	/* lines */
		else if (n->kind == DOC_LINK)
			bytes += 6 * (n->as.link.url.n + n->as.link.title.n);
		else if (n->kind == DOC_FIGURE || n->kind == DOC_IMAGE)
			bytes += 6 * n->as.image.alt.n;
	}
	return bytes;
}

/* ---- long articles ---------------------------------------------------- */

struct cutter {
	struct arena	*a;
	const struct doc *d;
	uint32_t	*end;		/* by node: the id after all below it */
	size_t		*sum;		/* bytes of all nodes before it */
	VEC(uint32_t)	 first;
	VEC(const struct doc_node *) large;
	size_t		 in_part;
};

static void
cutter_init(struct cutter *x)
{
	const struct doc *d = x->d;
	const struct doc_node *n;
	uint32_t i;

	x->end = ARENA_NEW(x->a, uint32_t, d->nnodes);
	x->sum = ARENA_NEW(x->a, size_t, d->nnodes + 1);
	for (i = 0; i < d->nnodes; i++) {
		n = d->nodes[i];
		x->end[i] = n->next ? n->next->id : n->parent ?
		    x->end[n->parent->id] : d->nnodes;
		x->sum[i + 1] = x->sum[i] + node_bytes(n);
	}
}

static size_t
bytes_of(const struct cutter *x, const struct doc_node *n)
{
	size_t bytes = x->sum[x->end[n->id]] - x->sum[n->id];

	/* A heading's words stand in its id and in the contents, too. */
	return n->kind == DOC_HEADING ? 4 * bytes + 300 : bytes;
}

static bool
is_container(const struct doc_node *n)
{
	return n->kind == DOC_LIST || n->kind == DOC_ITEM ||
	    n->kind == DOC_QUOTE || n->kind == DOC_CALLOUT ||
	    n->kind == DOC_DEFLIST || n->kind == DOC_NOTE;
}

static const struct doc_node *
before(const struct cutter *x, const struct doc_node *n)
{
	const struct doc_node *p = x->d->nodes[n->id - 1];

	while (p->parent != n->parent)
		p = p->parent;
	return p;
}

/* May a file begin with n? All around it are containers. */
static bool
may_begin(const struct cutter *x, const struct doc_node *n)
{
	if (n->parent->child == n)
		return n->parent->kind == DOC_ROOT;
	if (n->parent->kind == DOC_DEFLIST)
		return n->kind == DOC_TERM &&
		    before(x, n)->kind == DOC_DEFINITION;
	return true;
}

/* Does it belong to what stands before it? */
static bool
belongs(const struct cutter *x, const struct doc_node *n)
{
	return n->kind == DOC_ATTRIBUTION || (n->parent->child != n &&
	    before(x, n)->kind == DOC_HEADING);
}

/* With what must follow it: a heading is not the last in its file. Of many
 * headings in a row only the next few count, or each would be so much that
 * it had a file of its own. */
static size_t
bytes_kept(const struct cutter *x, const struct doc_node *n)
{
	size_t bytes = bytes_of(x, n), next;
	int i;

	for (i = 0; i < KEPT_MOST && n->next && (n->kind == DOC_HEADING ||
	    n->kind == DOC_TERM); n = n->next, i++) {
		next = bytes_of(x, n->next);
		bytes += is_container(n->next) && next > PART_FULL ?
		    PART_LITTLE : next;
	}
	return bytes;
}

static void
begin_part(struct cutter *x, const struct doc_node *n)
{
	VEC_PUSH(x->a, &x->first, n->id);
	VEC_PUSH(x->a, &x->large, NULL);
	x->in_part = 0;
}

/* One block and all below it, or the container that is gone into; returns
 * where it goes on. */
static uint32_t
cut_at(struct cutter *x, const struct doc_node *n)
{
	size_t bytes = bytes_of(x, n), kept = bytes_kept(x, n);
	bool into = is_container(n) && bytes > PART_FULL;
	bool full;

	full = into ? x->in_part > PART_LITTLE && !belongs(x, n) :
	    x->in_part + kept > (belongs(x, n) ? PART_HARD : PART_FULL) ||
	    (x->in_part > PART_HEADING && n->kind == DOC_HEADING &&
	    n->as.heading.depth <= 2);
	if (x->in_part > 0 && full && may_begin(x, n))
		begin_part(x, n);
	if (into) {
		x->in_part += node_bytes(n);
		return n->id + 1;
	}
	x->in_part += bytes;
	if (bytes > PART_FULL)
		x->large.v[x->large.n - 1] = n;
	return x->end[n->id];
}

void
parts_plan(struct arena *a, const struct doc *d, struct parts *p)
{
	struct cutter x = { .a = a, .d = d };
	uint32_t i;

	*p = (struct parts){ .bytes = roughly(d) };
	VEC_PUSH(a, &x.first, 0);
	VEC_PUSH(a, &x.large, NULL);
	if (p->bytes > PART_FULL) {
		cutter_init(&x);
		p->bytes = x.sum[d->nnodes];
		for (i = 1; i < d->nnodes;)
			i = cut_at(&x, d->nodes[i]);
		p->large = x.large.v;
	}
	p->first = x.first.v;
	p->n = (uint32_t)x.first.n;
	p->refs = p->n > 1 ? first_marks(a, d) : NULL;
}

uint32_t
parts_of(const struct parts *p, uint32_t node)
{
	uint32_t lo = 0, hi = p->n, mid;

	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if (p->first[mid] <= node)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* ---- short articles --------------------------------------------------- */

/* Reckoned closer than at first, where that may tell. */
static size_t
bytes_closely(const struct doc *d)
{
	size_t bytes = 0;
	uint32_t i;

	for (i = 0; i < d->nnodes; i++)
		bytes += node_bytes(d->nodes[i]);
	return bytes;
}

void
parts_merge(struct epub *e)
{
	const struct book_article *a = e->book->articles;
	size_t most = e->options->merge, bytes, in_file = 0;
	uint32_t i, host = UINT32_MAX;

	for (i = 0; most > 0 && i < e->book->narticles; i++) {
		bytes = bytes_closely(a[i].doc);
		if (e->parts[i].n > 1 || bytes >= most) {
			host = UINT32_MAX;
			continue;
		}
		if (host == UINT32_MAX || a[host].section != a[i].section ||
		    in_file + bytes > PART_HEADING) {
			host = i;
			in_file = 0;
		}
		in_file += bytes;
		e->parts[i].host = host;
		if (i > host)
			e->parts[i].shared = e->parts[host].shared = true;
	}
}
