/*
 * pdf_hidden.c: many small objects, deflated together in object streams
 * (ISO 32000-1, 7.5.7). libharu does not know of them: their numbers follow
 * all of its own, and a cross-reference stream that the trailer names
 * (/XRefStm, a hybrid-reference file, 7.5.8.4) tells where they are.
 */
#include "out/pdf/pdf_int.h"

#define GROUP	256		/* objects of one stream */

struct job {
	struct pdf *p;
	size_t	 n;
	uint32_t first;
	void	(*put)(void *, size_t, struct buf *);
	void	*user;
	struct pdf_group *groups;
};

static size_t
groups_of(size_t n)
{
	return (n + GROUP - 1) / GROUP;
}

/* The streams and their table come first, so the rest has numbers at once. */
uint32_t
pdf_hidden_first(struct pdf *p, size_t n)
{
	size_t ngroups = groups_of(n);
	HPDF_Xref xref;

	p->groups = ARENA_NEW(p->arena, struct pdf_group, ngroups + 1);
	p->ngroups = ngroups;
	for (size_t i = 0; i < ngroups; i++)
		p->groups[i].obj = pdf_reserve(p);
	p->hidden_index = pdf_reserve(p);
	xref = p->doc->xref;
	p->hidden_first = xref->start_offset + xref->entries->count;
	p->ids = p->hidden_first + (uint32_t)n;
	return p->hidden_first;
}

/* In a thread. */
static void
pack(void *user, size_t i)
{
	struct job *j = user;
	struct pdf_group *g = &j->groups[i];
	size_t lo = i * GROUP, hi = lo + GROUP < j->n ? lo + GROUP : j->n;
	struct buf all = { 0 }, body = { 0 };

	for (size_t k = lo; k < hi; k++) {
		buf_printf(&all, "%zu %zu ", j->first + k, body.n);
		j->put(j->user, k, &body);
		buf_char(&body, '\n');
	}
	g->n = hi - lo;
	g->start = all.n;
	buf_str(&all, buf_view(&body));
	g->failed = all.failed || body.failed || !deflate_add(&g->packed,
	    buf_view(&all), DEFLATE_ZLIB, j->p->options->level);
	buf_done(&all);
	buf_done(&body);
}

static void
put_big_endian(struct buf *b, uint32_t v, int bytes)
{
	for (int shift = bytes * 8 - 8; shift >= 0; shift -= 8)
		buf_char(b, (char)(v >> shift & 255));
}

/* An entry: kind 2, the stream, the place in it. */
static str
index_rows(struct pdf *p, size_t n)
{
	struct buf rows = { 0 }, packed = { 0 };
	str s;

	for (size_t i = 0; i < n; i++) {
		buf_char(&rows, 2);
		put_big_endian(&rows, p->groups[i / GROUP].obj->id, 4);
		put_big_endian(&rows, (uint32_t)(i % GROUP), 2);
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
pdf_hidden_write(struct pdf *p, size_t n,
    void (*put)(void *, size_t, struct buf *), void *user)
{
	struct job j = { p, n, p->hidden_first, put, user, p->groups };

	pool_run(p->options->threads, p->ngroups, pack, &j);
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
	buf_printf(&p->tmp, "/Type/XRef\n/Size %u\n/W[1 4 2]\n/Index[%u %zu]"
	    "\n", (unsigned)p->ids, (unsigned)p->hidden_first, n);
	set_stream(p, p->hidden_index, index_rows(p, n));
}

void
pdf_hidden_done(struct pdf *p)
{
	for (size_t i = 0; i < p->ngroups; i++)
		buf_done(&p->groups[i].packed);
}
