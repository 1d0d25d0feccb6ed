/*
 * dump_tags.c: the structure tree as a screen reader would speak it: one
 * line an element, indented, with what it says of itself; texts quoted, in
 * reading order and with whole words; artifacts left out.
 *
 * Each element has a list of parts: its own texts and the elements within
 * them, as they are painted, then its blocks by index. The walk goes through
 * these lists and back up by the parts that elements are, so that depth
 * costs no stack.
 */
#include "out/dump/dump_int.h"

enum part_kind { PART_TEXT, PART_PICTURE, PART_ELEM };
struct part {
	enum part_kind	 kind;
	uint32_t	 owner, elem;	/* elem: of PART_ELEM */
	str		 text;		/* of PART_TEXT */
	struct part	*next;
};

struct node {
	struct part	*first, *last;	/* what it is made of */
	struct part	*self;		/* what it is of its parent; NULL: not
					   yet */
	const struct item *link;
	bool		 alive;
};

struct tags {
	struct buf	*b;
	struct arena	*a;
	const struct pages *p;
	struct node	*v;
};

static const char *const roles[ELEM_ROLE_COUNT] = {
	"artifact", "document", "part", "sect", "art", "title", "heading",
	"p", "list", "item", "label", "body", "quote", "callout", "code",
	"table", "thead", "tbody", "row", "th", "td", "figure", "caption",
	"note", "noteref", "link", "toc", "toc-entry", "span"
};

/* Does it stand within the text of its parent? */
static bool
is_within_text(const struct pages *p, uint32_t e)
{
	enum elem_role	 up = p->elems[p->elems[e].parent].role;

	switch (p->elems[e].role) {
	case ELEM_LABEL:
		return up != ELEM_ITEM && up != ELEM_NOTE;
	case ELEM_CODE:
	case ELEM_NOTEREF:
	case ELEM_LINK:
	case ELEM_SPAN:
		return true;
	default:
		return false;
	}
}

static struct part *
part_add(struct tags *t, uint32_t owner, enum part_kind kind)
{
	struct node	*n = &t->v[owner];
	struct part	*x = ARENA_NEW(t->a, struct part, 1);

	*x = (struct part){ .kind = kind, .owner = owner };
	if (n->last != NULL)
		n->last->next = x;
	else
		n->first = x;
	n->last = x;
	return x;
}

static void
elem_join(struct tags *t, uint32_t e)
{
	struct part	*x = part_add(t, t->p->elems[e].parent, PART_ELEM);

	x->elem = e;
	t->v[e].self = x;
}

/* Something of e is painted: so are the elements around it, as far as they
 * stand within texts. */
static void
elem_painted(struct tags *t, uint32_t e)
{
	while (t->v[e].self == NULL && is_within_text(t->p, e)) {
		elem_join(t, e);
		e = t->p->elems[e].parent;
	}
}

static void
item_read(struct tags *t, const struct item *it)
{
	if (it->elem < ARTIFACT_COUNT)
		return;
	if (it->kind == ITEM_LINK && t->v[it->elem].link == NULL)
		t->v[it->elem].link = it;
	if (it->kind == ITEM_RUN && it->as.run.n > 0) {
		elem_painted(t, it->elem);
		part_add(t, it->elem, PART_TEXT)->text =
		    it->as.run.soft_hyphen ? S("") : it->as.run.text;
	} else if (it->kind == ITEM_IMAGE || it->kind == ITEM_DRAWING)
		part_add(t, it->elem, PART_PICTURE);
}

/* Blocks join their parents; what says nothing is left out. */
static void
blocks_join(struct tags *t)
{
	const struct elem	*e = t->p->elems;
	uint32_t		 n = (uint32_t)t->p->nelems, i;

	for (i = n; i-- > ARTIFACT_COUNT;) {
		struct node	*x = &t->v[i];

		x->alive |= x->first != NULL || e[i].role == ELEM_TD ||
		    e[i].role == ELEM_TH;
		if (x->alive)
			t->v[e[i].parent].alive = true;
	}
	for (i = ARTIFACT_COUNT + 1; i < n; i++)
		if (t->v[i].alive && t->v[i].self == NULL)
			elem_join(t, i);
}

static void
put_field(struct buf *b, const char *name, str s)
{
	if (s.n == 0)
		return;
	buf_printf(b, " %s=", name);
	dump_quoted(b, s);
}

static void
put_attrs(struct tags *t, uint32_t i)
{
	static const char *const scopes[] = { "", " column", " row", " both" };
	static const char *const numbers[] = { "", " disc", " circle",
	    " square", " decimal" };
	const struct elem	*e = &t->p->elems[i];
	const struct item	*link = t->v[i].link;

	if (e->role == ELEM_HEADING)
		buf_printf(t->b, " %u", e->level);
	buf_z(t->b, scopes[e->scope]);
	buf_z(t->b, numbers[e->numbering]);
	if (e->columns > 1)
		buf_printf(t->b, " columns=%u", e->columns);
	put_field(t->b, "lang", e->lang);
	put_field(t->b, "alt", e->alt);
	if (link == NULL)
		return;
	put_field(t->b, "to", link->as.link.anchor != 0 ?
	    t->p->book->anchors[link->as.link.anchor].name :
	    link->as.link.url);
	put_field(t->b, "about", link->as.link.about);
}

/* The texts from x on that stand together. Returns what follows them. */
static struct part *
put_text(struct tags *t, struct part *x)
{
	struct buf	 all = { 0 };

	for (; x != NULL && x->kind == PART_TEXT; x = x->next)
		buf_str(&all, x->text);
	dump_quoted(t->b, buf_view(&all));
	t->b->failed |= all.failed;
	buf_done(&all);
	return x;
}

/* Its line. Returns its first part that does not stand there. */
static struct part *
put_elem(struct tags *t, uint32_t i, unsigned depth)
{
	struct part	*x = t->v[i].first, *end = x;

	dump_indent(t->b, depth);
	buf_z(t->b, roles[t->p->elems[i].role]);
	put_attrs(t, i);
	while (end != NULL && end->kind == PART_TEXT)
		end = end->next;
	if (x != NULL && end == NULL) {
		buf_char(t->b, ' ');
		x = put_text(t, x);
	}
	buf_char(t->b, '\n');
	return x;
}

static void
walk(struct tags *t)
{
	uint32_t	 at = ARTIFACT_COUNT;	/* the document */
	unsigned	 depth = 1;
	struct part	*x = put_elem(t, at, 0);

	for (;;) {
		while (x == NULL && at != ARTIFACT_COUNT) {
			x = t->v[at].self->next;
			at = t->p->elems[at].parent;
			depth--;
		}
		if (x == NULL)
			return;
		if (x->kind == PART_ELEM) {
			at = x->elem;
			x = put_elem(t, at, depth++);
			continue;
		}
		dump_indent(t->b, depth);
		if (x->kind == PART_TEXT)
			x = put_text(t, x);
		else {
			buf_z(t->b, "picture");
			x = x->next;
		}
		buf_char(t->b, '\n');
	}
}

void
dump_tags(struct buf *b, struct arena *a, const struct pages *p)
{
	struct tags	 t = { b, a, p, ARENA_NEW(a, struct node,
			    p->nelems) };

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->v[i].n; k++)
			item_read(&t, &p->v[i].items[k]);
	blocks_join(&t);
	if (p->nelems > ARTIFACT_COUNT)
		walk(&t);
}
