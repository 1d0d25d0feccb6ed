/*
 * dump_book.c: a bound book as text: what it is, its sections and articles
 * in order, its anchors, its contents.
 */
#include "out/dump/dump_int.h"

static void
sections(struct buf *b, const struct book *k)
{
	const struct book_section *s;
	const struct book_article *a;
	uint32_t i, j;

	for (i = 0; i < k->nsections; i++) {
		s = &k->sections[i];
		buf_printf(b, "section %.*s anchor=%u ", STR_ARG(s->id),
		    s->anchor);
		dump_quoted(b, s->title);
		buf_char(b, '\n');
		for (j = s->first; j < s->first + s->n; j++) {
			a = &k->articles[j];
			buf_printf(b, "  article %u %.*s anchor=%u "
			    "%04d-%02d-%02d words=%u ", j, STR_ARG(a->id),
			    a->anchor, a->doc->meta.date.y,
			    a->doc->meta.date.m, a->doc->meta.date.d,
			    a->doc->words);
			dump_quoted(b, a->doc->meta.title);
			buf_char(b, '\n');
		}
	}
}

static void
anchors(struct buf *b, const struct book *k)
{
	const struct book_anchor *a;
	uint32_t i, number;

	for (i = 1; i < k->nanchors; i++) {
		a = &k->anchors[i];
		buf_printf(b, "anchor %u %.*s", i, STR_ARG(a->name));
		if (a->node != NULL) {
			buf_printf(b, " %s #%u", doc_kind_name(a->node->kind),
			    a->node->id);
			number = k->articles[a->article].node_number[
			    a->node->id];
			if (number != 0)
				buf_printf(b, " number=%u", number);
		}
		buf_char(b, '\n');
	}
}

/* All tables: those without a number have no anchor. */
static void
tables(struct buf *b, const struct book *k)
{
	const struct doc *d;
	uint32_t i, n;

	for (i = 0; i < k->narticles; i++)
		for (d = k->articles[i].doc, n = 0; n < d->nnodes; n++)
			if (d->nodes[n]->kind == DOC_TABLE)
				buf_printf(b, "table %.*s #%u number=%u\n",
				    STR_ARG(k->articles[i].id), n,
				    k->articles[i].node_number[n]);
}

/* Sections, articles, headings, headings below them: four levels, walked
 * with a stack of that height. */
static void
toc(struct buf *b, const struct toc_entry *e)
{
	static const char *const kinds[] = { "section", "article", "heading" };
	const struct toc_entry *up[8];
	unsigned depth = 0;

	while (e != NULL || depth > 0) {
		if (e == NULL) {
			e = up[--depth]->next;
			continue;
		}
		dump_indent(b, depth);
		buf_printf(b, "toc %s anchor=%u ", kinds[e->kind], e->anchor);
		dump_quoted(b, e->text);
		buf_char(b, '\n');
		if (e->child != NULL) {
			INVARIANT(depth < ARRAY_LEN(up));
			up[depth++] = e;
			e = e->child;
		} else
			e = e->next;
	}
}

void
dump_book(struct buf *b, const struct book *k)
{
	buf_printf(b, "book %s\n", k->kind == BOOK_ARTICLE ? "article" :
	    "compilation");
	dump_field(b, "title", k->title);
	dump_field(b, "subtitle", k->subtitle);
	dump_field(b, "narrowed", k->narrowed);
	dump_field(b, "language", k->language);
	buf_printf(b, "direction %s\n", k->rtl ? "rtl" : "ltr");
	dump_field(b, "uuid", k->uuid);
	dump_field(b, "stem", k->stem);
	dump_date(b, "date", k->date);
	dump_date(b, "modified", k->modified);
	buf_printf(b, "issue %d\nwords %u\n", k->issue, k->words);
	sections(b, k);
	anchors(b, k);
	tables(b, k);
	toc(b, k->toc);
}
