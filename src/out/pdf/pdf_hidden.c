/*
 * pdf_hidden.c: many small objects, deflated together in object streams
 * (ISO 32000-1, 7.5.7). libharu does not know of them: their numbers follow
 * all of its own, and a cross-reference stream that the trailer names
 * (/XRefStm, a hybrid-reference file, 7.5.8.4) tells where they are.
 */
#include "out/pdf/pdf_int.h"

#define GROUP	256		/* objects of one stream */
#define ROW	7		/* [bytes] of the table */

uint32_t
pdf_hidden_add(struct pdf *p, size_t n,
    void (*put)(const void *, size_t, struct buf *), const void *user)
{
	struct pdf_hidden h = { p->nhidden, n, put, user };

	VEC_PUSH(p->arena, &p->hidden, h);
	p->nhidden += n;
	return (uint32_t)h.first;
}

void
pdf_hidden_number(struct pdf *p)
{
	size_t n = p->nhidden;
	HPDF_Xref xref = p->doc->xref;

	if (n == 0)
		return;
	p->ngroups = (n + GROUP - 1) / GROUP;
	p->groups = ARENA_NEW(p->arena, struct pdf_group, p->ngroups);
	for (size_t i = 0; i < p->ngroups; i++)
		p->groups[i].obj = pdf_reserve(p);
	p->hidden_index = pdf_reserve(p);
	p->hidden_first = xref->start_offset + xref->entries->count;
	p->ids = p->hidden_first + (uint32_t)n;
}

static void
put_object(const struct pdf *p, size_t i, struct buf *b)
{
	const struct pdf_hidden *h = p->hidden.v;

	while (i >= h->first + h->n)
		h++;
	h->put(h->user, i - h->first, b);
	buf_char(b, '\n');
}

/* In a thread. */
static void
pack(void *user, size_t i)
{
	const struct pdf *p = user;
	struct pdf_group *g = &p->groups[i];
	size_t lo = i * GROUP, hi = lo + GROUP;
	struct buf all = { 0 }, body = { 0 };

	if (hi > p->nhidden)
		hi = p->nhidden;
	for (size_t k = lo; k < hi; k++) {
		buf_printf(&all, "%zu %zu ", p->hidden_first + k, body.n);
		put_object(p, k, &body);
	}
	g->n = hi - lo;
	g->start = all.n;
	buf_str(&all, buf_view(&body));
	g->failed = all.failed || body.failed || !deflate_add(&g->packed,
	    buf_view(&all), DEFLATE_ZLIB, p->options->level);
	buf_done(&all);
	buf_done(&body);
}

/* Kind 2, the stream, the place in it. */
static void
put_row(const struct pdf *p, size_t i, unsigned char row[ROW])
{
	uint32_t id = p->groups[i / GROUP].obj->id, at = i % GROUP;

	row[0] = 2;
	for (int k = 0; k < 4; k++)
		row[1 + k] = (unsigned char)(id >> (24 - 8 * k));
	row[5] = (unsigned char)(at >> 8);
	row[6] = (unsigned char)at;
}

/* Each row less the one above it (PNG's filter 2), which deflates to little. */
static str
index_rows(struct pdf *p)
{
	struct buf rows = { 0 }, packed = { 0 };
	unsigned char row[ROW], above[ROW] = { 0 };
	str s;

	for (size_t i = 0; i < p->nhidden; i++) {
		put_row(p, i, row);
		buf_char(&rows, 2);
		for (size_t k = 0; k < ROW; k++)
			buf_char(&rows, (char)(row[k] - above[k]));
		memcpy(above, row, ROW);
	}
	if (rows.failed || !deflate_add(&packed, buf_view(&rows),
	    DEFLATE_ZLIB, p->options->level))
		p->no_memory = true;
	buf_done(&rows);
	s = arena_str(p->arena, buf_view(&packed));
	buf_done(&packed);
	return s;
}

static void
set_stream(struct pdf *p, struct pdf_obj *o, str data)
{
	buf_printf(&p->tmp, "/Filter/FlateDecode\n/Length %zu\n", data.n);
	o->body = pdf_body(p);
	o->data = data;
	o->stream = true;
	if (data.n > INT32_MAX)
		p->too_big = true;
}

void
pdf_hidden_write(struct pdf *p)
{
	if (p->nhidden == 0 || p->status != HPDF_OK)
		return;
	pool_run(p->options->threads, p->ngroups, pack, p);
	for (size_t i = 0; i < p->ngroups; i++) {
		struct pdf_group *g = &p->groups[i];

		if (g->failed) {
			p->no_memory = true;
			return;
		}
		buf_printf(&p->tmp, "/Type/ObjStm\n/N %zu\n/First %zu\n",
		    g->n, g->start);
		set_stream(p, g->obj, buf_view(&g->packed));
	}
	buf_printf(&p->tmp, "/Type/XRef\n/Size %u\n/W[1 4 2]\n"
	    "/Index[%u %zu]\n/DecodeParms<</Predictor 12/Columns %d>>\n",
	    (unsigned)p->ids, (unsigned)p->hidden_first, p->nhidden, ROW);
	set_stream(p, p->hidden_index, index_rows(p));
}

void
pdf_hidden_done(struct pdf *p)
{
	for (size_t i = 0; i < p->ngroups; i++)
		buf_done(&p->groups[i].packed);
}
