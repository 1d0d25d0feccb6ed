/*
 * dump_text.c: a bound book's text as every output shows it, in reading
 * order: made from the documents, not from what was laid out, so that tests
 * can compare outputs with it.
 *
 * One block a line, its kind first; "+" begins each further line of one whose
 * lines the author ends. White space is folded but for that of code. Words of
 * our own stand in U+27E6 and U+27E7: an output may leave them out, or say
 * them in another way. What no output shows as text has kinds of its own:
 * "alt" and "drawing".
 */
#include "out/dump/dump_int.h"

struct text {
	struct buf	*b;
	struct arena	*a;
	const struct book *book;
	const struct book_article *art;
	const struct image_store *images;
	str		 lang;
	bool		 begun;		/* the block has text */
	bool		 space;		/* white space waits for more of it */
	unsigned	 depth;		/* of lists */
	uint32_t	*number;	/* of items, by node id */
};

/* ---- lines ------------------------------------------------------------ */

static void
open_line(struct text *t, const char *kind)
{
	buf_z(t->b, kind);
	t->begun = t->space = false;
}

static void
close_line(struct text *t)
{
	buf_char(t->b, '\n');
}

static void
put(struct text *t, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n') {
			t->space = true;
			continue;
		}
		if (t->space || !t->begun)
			buf_char(t->b, ' ');
		t->space = false;
		t->begun = true;
		buf_char(t->b, s.p[i]);
	}
}

/* Our own words. */
static void
put_own(struct text *t, str s)
{
	put(t, S("\u27e6"));
	put(t, s);
	t->space = false;
	put(t, S("\u27e7"));
}

static void
line(struct text *t, const char *kind, str s)
{
	if (str_trim(s).n == 0)
		return;
	open_line(t, kind);
	put(t, s);
	close_line(t);
}

static void
own_line(struct text *t, const char *kind, str s)
{
	open_line(t, kind);
	put_own(t, s);
	close_line(t);
}

static str
term(const struct text *t, enum term x)
{
	return book_term(t->lang, x);
}

/* ---- pictures --------------------------------------------------------- */

static void
drawing(struct text *t, const struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct mark *m = &d->marks[i];

		if (m->kind != MARK_TEXT)
			continue;
		open_line(t, "drawing");
		for (size_t k = 0; k < m->nspans; k++)
			put(t, m->spans[k].text);
		close_line(t);
	}
}

/* One that could not be read has a text in its place. */
static void
picture(struct text *t, const struct doc_node *n)
{
	const struct image *im = image_find(t->images, t->art->doc->path,
	    n->as.image.src);
	str alt = str_trim(n->as.image.alt);

	if (im == NULL) {
		line(t, "stand-in", alt.n > 0 ? alt : n->as.image.src);
		return;
	}
	line(t, "alt", alt);
	if (im->drawing != NULL)
		drawing(t, im->drawing);
}

static void
pictures_within(struct text *t, const struct doc_node *block)
{
	struct doc_walk w = { block, NULL, false };

	while (doc_next(&w))
		if (w.node->kind == DOC_IMAGE && !w.leaving)
			picture(t, w.node);
}

/* ---- inlines ---------------------------------------------------------- */

static void
inline_node(struct text *t, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_TEXT:
	case DOC_CODESPAN:
		put(t, n->as.text.text);
		break;
	case DOC_SOFTBREAK:
		t->space = true;
		break;
	case DOC_LINEBREAK:
		close_line(t);
		open_line(t, "+");
		break;
	case DOC_NOTEREF:
		put(t, arena_printf(t->a, "%u", n->as.noteref.number));
		break;
	default:
		break;
	}
}

static void
inlines(struct text *t, const struct doc_node *block)
{
	struct doc_walk w = { block, NULL, false };

	while (doc_next(&w))
		if (!w.leaving && w.node != block)
			inline_node(t, w.node);
}

static void
text_block(struct text *t, const char *kind, const struct doc_node *n)
{
	if (n->child == NULL)
		return;
	open_line(t, kind);
	inlines(t, n);
	close_line(t);
	pictures_within(t, n);
}

/* ---- blocks ----------------------------------------------------------- */

static void
caption(struct text *t, const struct doc_node *n)
{
	uint32_t number = t->art->node_number[n->parent->id];

	open_line(t, "caption");
	if (number != 0) {
		put_own(t, arena_printf(t->a, "%.*s %u.", STR_ARG(term(t,
		    n->parent->kind == DOC_TABLE ? TERM_TABLE :
		    TERM_FIGURE)), number));
		t->space = true;
	}
	inlines(t, n);
	close_line(t);
	pictures_within(t, n);
}

static void
code(struct text *t, str s)
{
	const char *kind = "code ";

	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	for (;; kind = "+ ") {
		size_t end = str_find_char(s, '\n');

		buf_z(t->b, kind);
		buf_str(t->b, str_cut(s, 0, end));
		close_line(t);
		if (end == SIZE_MAX)
			return;
		s = str_from(s, end + 1);
	}
}

static void
item(struct text *t, const struct doc_node *n)
{
	static const char *const bullet[] = { "\u2022", "\u2013", "\u00b7" };
	const struct doc_node *list = n->parent;
	uint32_t *number = &t->number[n->id];
	str label = str_c(bullet[t->depth % ARRAY_LEN(bullet)]);

	if (list->child == n)
		*number = list->as.list.start;
	if (n->next != NULL)
		t->number[n->next->id] = *number + 1;
	if (n->as.item.task != TASK_NONE)
		label = n->as.item.task == TASK_OPEN ? S("\u2610") :
		    S("\u2611");
	else if (list->as.list.ordered)
		label = arena_printf(t->a, "%u.", *number);
	own_line(t, "label", label);
}

static void
note(struct text *t, const struct doc_node *n)
{
	if (n->as.note.number == 1)
		own_line(t, "notes", term(t, TERM_NOTES));
	own_line(t, "note", arena_printf(t->a, "%u.", n->as.note.number));
}

static void
block(struct text *t, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_HEADING: text_block(t, "heading", n); break;
	case DOC_PARA: text_block(t, "p", n); break;
	case DOC_TERM: text_block(t, "term", n); break;
	case DOC_ATTRIBUTION: text_block(t, "attribution", n); break;
	case DOC_CELL:
		text_block(t, n->parent->as.row.header ? "head" : "cell", n);
		break;
	case DOC_CAPTION: caption(t, n); break;
	case DOC_CODE: code(t, n->as.code.text); break;
	case DOC_FIGURE: picture(t, n); break;
	case DOC_ITEM: item(t, n); break;
	case DOC_NOTE: note(t, n); break;
	case DOC_CALLOUT:
		own_line(t, "callout", term(t, (enum term)(TERM_CALLOUT_NOTE +
		    (int)n->as.callout.kind)));
		break;
	default:
		break;
	}
}

static void
blocks(struct text *t, const struct doc_node *root)
{
	struct doc_walk w = { root, NULL, false };

	while (doc_next(&w)) {
		bool within = w.node->kind == DOC_ITEM ||
		    w.node->kind == DOC_DEFINITION;

		if (w.leaving) {
			t->depth -= within;
			continue;
		}
		block(t, w.node);
		t->depth += within;
	}
}

/* ---- around them ------------------------------------------------------ */

static void
listed(struct text *t, const char *kind, enum term label, const str *v,
    size_t n, const char *between)
{
	if (n == 0)
		return;
	open_line(t, kind);
	put_own(t, term(t, label));
	for (size_t i = 0; i < n; i++) {
		if (i > 0) {
			t->space = between[0] == ' ';
			put_own(t, str_trim(str_c(between)));
		}
		t->space = true;
		put(t, v[i]);
	}
	close_line(t);
}

static void
title_block(struct text *t)
{
	const struct doc_meta *m = &t->art->doc->meta;
	str day = m->updated.y == 0 ? S("") : date_title(t->a, m->updated,
	    t->lang);

	open_line(t, "kicker");
	put(t, t->book->sections[t->art->section].title);
	t->space = true;
	put_own(t, S("\u00b7"));
	t->space = true;
	put(t, date_title(t->a, m->date, t->lang));
	close_line(t);
	line(t, "title", m->title);
	line(t, "summary", m->summary);
	listed(t, "by", TERM_BY, m->authors, m->nauthors, ",");
	listed(t, "updated", TERM_UPDATED, &day, day.n > 0, "");
	listed(t, "tags", TERM_TAGS, m->tags, m->ntags, " \u00b7");
	listed(t, "syllabus", TERM_SYLLABUS, m->syllabus, m->nsyllabus,
	    ";");
}

/* Where an article has one: themes may do without. */
static void
contents(struct text *t)
{
	if (t->art->nheadings < 3)
		return;
	own_line(t, "contents", term(t, TERM_IN_THIS_ARTICLE));
	for (const struct toc_entry *e = t->art->toc; e != NULL; e = e->next) {
		own_line(t, "contents", e->text);
		for (const struct toc_entry *c = e->child; c != NULL;
		    c = c->next)
			own_line(t, "contents", c->text);
	}
}

static void
source(struct text *t)
{
	const struct doc_meta *m = &t->art->doc->meta;
	str shown = m->source_title.n > 0 ? m->source_title : m->source_url;

	if (shown.n == 0)
		return;
	open_line(t, "source");
	put_own(t, arena_printf(t->a, "%.*s:", STR_ARG(term(t,
	    TERM_SOURCE))));
	t->space = true;
	put(t, shown);
	close_line(t);
}

static void
article(struct text *t, const struct book_article *a)
{
	str lang = a->doc->meta.language;

	t->art = a;
	t->number = ARENA_NEW(t->a, uint32_t, a->doc->nnodes);
	t->lang = lang.n > 0 ? lang : t->book->language;
	line(t, "article", a->id);
	title_block(t);
	contents(t);
	blocks(t, a->doc->root);
	source(t);
}

void
dump_text(struct buf *b, struct arena *a, const struct book *k,
    const struct image_store *images)
{
	struct text t = { .b = b, .a = a, .book = k, .images = images };

	line(&t, "book", k->title);
	for (uint32_t i = 0; i < k->nsections; i++) {
		const struct book_section *s = &k->sections[i];

		line(&t, "section", s->title);
		for (uint32_t j = 0; j < s->n; j++)
			article(&t, &k->articles[s->first + j]);
	}
}
