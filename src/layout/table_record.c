/*
 * table_record.c: a table that no page can hold, as a list of records: a
 * line with the header's words, then for each row its first cell as a
 * heading and "Header: value" for each other cell, a thin rule between.
 *
 * It stays a table for those who hear it, each cell with its own text: the
 * names that are said again are none of it.
 */
#include "layout/table_int.h"

#define PENALTY_VALUE	150	/* between the values of a record */

struct record {
	struct layout	*l;
	const struct table *t;
	const struct frame *fr;
	struct flow	*f;
	str		*names;		/* of the columns */
};

/* Room for n spans and no more: there may be very many values. */
static void
inlines_room(struct layout *l, struct inlines *in, size_t n)
{
	in->spans.v = ARENA_NEW(l->work, struct text_span, n);
	in->attrs.v = ARENA_NEW(l->work, struct attr, n);
	in->spans.cap = in->attrs.cap = n;
}

/* Appends one text to another. */
static void
inlines_append(struct layout *l, struct inlines *to, const struct inlines *in)
{
	uint32_t	 at = (uint32_t)to->bytes.n;
	uint32_t	 attr = (uint32_t)to->attrs.n;

	for (size_t i = 0; i < in->text.n; i++)
		VEC_PUSH(l->out, &to->bytes, in->text.p[i]);
	for (size_t i = 0; i < in->attrs.n; i++) {
		struct attr		 a = in->attrs.v[i];

		a.lo += at;
		VEC_PUSH(l->work, &to->attrs, a);
	}
	for (size_t i = 0; i < in->spans.n; i++) {
		struct text_span	 s = in->spans.v[i];

		s.lo += at;
		s.hi += at;
		s.user += attr;
		VEC_PUSH(l->work, &to->spans, s);
	}
}

static void
set(struct record *r, struct inlines *in, enum block_id id, sp inset)
{
	struct block_style	 b = r->l->th->block[id];
	struct frame		 fr = *r->fr;
	struct measure		 m;

	b.before = b.after = 0;
	b.keep_next = false;
	fr.w -= inset;
	fr.x += r->l->rtl ? 0 : inset;
	m = measure_of(&b, &fr);
	inlines_done(r->l, in);
	flow_lines(r->l, r->f, par_set(r->l, in, &m), &b, fr.deco);
}

/* The words of the header, once, in one paragraph. */
static void
key(struct record *r)
{
	struct layout		*l = r->l;
	struct inlines		 in = { 0 };
	const struct text_style	*s = &l->th->block[STYLE_TABLE_HEAD].text;

	for (uint32_t i = 0; i < r->t->ncols; i++) {
		struct cell	*c = table_cell(r->t, 0, i);

		if (c->in.text.n == 0)
			continue;
		if (in.bytes.n > 0)
			inlines_add(l, &in, S("\xc2\xa0\xc2\xa0\xc2\xb7  "), s,
			    (struct attr){ .elem = ARTIFACT_LAYOUT });
		inlines_append(l, &in, &c->in);
	}
	if (in.bytes.n == 0)
		return;
	set(r, &in, STYLE_TABLE_HEAD, 0);
	r->f->keep = true;
}

static void
value(struct record *r, struct cell *c, uint32_t col)
{
	struct layout	*l = r->l;
	struct inlines	 in = { 0 };
	bool		 head = col == 0;
	struct text_style s = l->th->block[head ? STYLE_TABLE_HEAD :
			    STYLE_TABLE].text;
	size_t		 at = r->f->n;

	if (c->in.text.n == 0)
		return;
	s.rgb = l->th->muted;
	inlines_room(l, &in, c->in.spans.n + 1);
	if (r->names[col].n > 0 && (!head || r->t->col[0].number))
		inlines_add(l, &in, arena_printf(l->out, "%.*s%s ",
		    STR_ARG(r->names[col]), head ||
		    str_ends(r->names[col], S(":")) ? "" : ":"), &s,
		    (struct attr){ .elem = ARTIFACT_REPEATED });
	for (size_t i = 0; i < c->in.spans.n && head; i++)
		c->in.spans.v[i].style.bold = true;
	inlines_append(l, &in, &c->in);
	set(r, &in, head ? STYLE_TABLE_HEAD : STYLE_TABLE, head ? 0 :
	    l->th->list_indent);
	if (at < r->f->n && r->f->v[at].penalty < PENALTY_VALUE && !head)
		r->f->v[at].penalty = PENALTY_VALUE;
	r->f->keep = head;
}

static void
record(struct record *r, uint32_t row)
{
	sp	 pad = r->t->pad;
	bool	 any = false;

	for (uint32_t i = 0; i < r->t->ncols; i++)
		any |= table_cell(r->t, row, i)->in.text.n > 0;
	if (!any)
		return;
	flow_rule(r->l, r->f, r->fr, SP_PT / 3, r->l->th->rule, pad, pad);
	r->f->keep = true;
	for (uint32_t i = 0; i < r->t->ncols; i++)
		value(r, table_cell(r->t, row, i), i);
	r->f->keep = false;
}

void
table_records(struct layout *l, struct flow *f, struct table *t,
    const struct frame *fr)
{
	struct record	 r = { l, t, fr, f, NULL };

	r.names = ARENA_NEW(l->work, str, t->ncols);
	for (uint32_t i = 0; i < t->ncols; i++)
		r.names[i] = str_trim(doc_plain(l->work,
		    table_cell(t, 0, i)->node));
	key(&r);
	for (uint32_t i = 1; i < t->nrows; i++)
		record(&r, i);
	if (l->th->table_rules != RULES_NONE)
		flow_rule(l, f, fr, SP_PT / 3, l->th->rule, t->pad * 3 / 5, 0);
}
