/*
 * pdf_obj.c: objects with bodies of ours in libharu's cross-reference
 * table, and the way out of the file.
 *
 * libharu writes "<<", its own keys, then calls write_fn for ours, ">>",
 * then after_write_fn, where a stream's bytes follow. Its error handler is
 * called from inside its frames: it records and never jumps; nothing in a
 * callback takes arena memory.
 *
 * The digest runs over blocks of 64 KiB, each hashed behind the digest of
 * the one before; it becomes the /ID.
 */
#include <inttypes.h>
#include <stdio.h>

#include "out/pdf/pdf_int.h"

#define ID_MASK		0x00ffffffu

void
pdf_fail(struct pdf *p, HPDF_STATUS status)
{
	if (p->status == HPDF_OK)
		p->status = status != HPDF_OK ? status : HPDF_INVALID_OBJECT;
}

static void
on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	(void)detail;
	pdf_fail(user, error);
}

static struct pdf *
owner(HPDF_Dict dict)
{
	return dict->error->user_data;
}

static HPDF_STATUS
put(HPDF_Stream to, str s)
{
	if (s.n == 0)
		return HPDF_OK;
	return HPDF_Stream_Write(to, (const HPDF_BYTE *)s.p,
	    (HPDF_UINT)s.n);
}

static HPDF_STATUS
write_body(HPDF_Dict dict, HPDF_Stream to)
{
	const struct pdf_obj *o = dict->attr;

	return put(to, o->body);
}

static HPDF_STATUS
write_data(HPDF_Dict dict)
{
	const struct pdf_obj *o = dict->attr;
	HPDF_Stream to = owner(dict)->doc->stream;
	HPDF_STATUS rc;

	if (!o->stream)
		return HPDF_OK;
	if ((rc = put(to, S("\nstream\r\n"))) != HPDF_OK ||
	    (rc = put(to, o->data)) != HPDF_OK)
		return rc;
	return put(to, S("\nendstream"));
}

str
pdf_body(struct pdf *p)
{
	str s = arena_str(p->arena, buf_view(&p->tmp));

	if (p->tmp.failed)
		p->no_memory = true;
	p->tmp.n = 0;
	return s;
}

/* libharu's lists grow by a constant: quadratic, unless we raise it. */
void
pdf_room(struct pdf *p)
{
	HPDF_List l = p->doc->xref->entries;

	if (l->count + 8 >= l->block_siz && l->items_per_block < l->count)
		l->items_per_block = l->count;
	l = p->doc->page_list;
	if (l->count + 1 >= l->block_siz && l->items_per_block < l->count)
		l->items_per_block = l->count;
}

static void
attach(struct pdf_obj *o, HPDF_Dict dict)
{
	o->dict = dict;
	o->id = dict->header.obj_id & ID_MASK;
	dict->attr = o;
	dict->write_fn = write_body;
	dict->after_write_fn = write_data;
}

struct pdf_obj *
pdf_reserve(struct pdf *p)
{
	struct pdf_obj *o = ARENA_NEW(p->arena, struct pdf_obj, 1);
	HPDF_Dict dict;

	if (p->status != HPDF_OK)
		return o;
	pdf_room(p);
	dict = HPDF_Dict_New(p->doc->mmgr);
	/* Xref_Add frees what it cannot add. */
	if (dict == NULL || HPDF_Xref_Add(p->doc->xref, dict) != HPDF_OK) {
		pdf_fail(p, HPDF_GetError(p->doc));
		return o;
	}
	attach(o, dict);
	return o;
}

struct pdf_obj *
pdf_adopt(struct pdf *p, HPDF_Dict dict, str body)
{
	struct pdf_obj *o = ARENA_NEW(p->arena, struct pdf_obj, 1);

	o->body = body;
	attach(o, dict);
	return o;
}

struct pdf_obj *
pdf_raw(struct pdf *p, str body)
{
	struct pdf_obj *o = pdf_reserve(p);

	o->body = body;
	return o;
}

struct pdf_obj *
pdf_stream(struct pdf *p, str body, str data)
{
	struct pdf_obj *o;

	INVARIANT(p->tmp.n == 0);
	buf_str(&p->tmp, body);
	buf_printf(&p->tmp, "/Length %zu\n", data.n);
	o = pdf_raw(p, pdf_body(p));
	o->data = data;
	o->stream = true;
	if (data.n > INT32_MAX)
		p->too_big = true;
	return o;
}

struct pdf_obj *
pdf_deflated(struct pdf *p, str body, str raw)
{
	struct buf packed = { 0 };
	str data;

	if (!deflate_add(&packed, raw, DEFLATE_ZLIB, p->options->level))
		p->no_memory = true;
	data = arena_str(p->arena, buf_view(&packed));
	buf_done(&packed);
	buf_str(&p->tmp, body);
	buf_z(&p->tmp, "/Filter/FlateDecode\n");
	return pdf_stream(p, pdf_body(p), data);
}

bool
pdf_open(struct pdf *p)
{
	p->doc = HPDF_New(on_error, p);
	if (p->doc == NULL) {
		pdf_fail(p, HPDF_FAILD_TO_ALLOC_MEM);
		return false;
	}
	/* One flat page tree ends at 32,767 pages. */
	HPDF_SetPagesConfiguration(p->doc, 64);
	p->block = ARENA_NEW(p->arena, unsigned char, PDF_BLOCK);
	return p->status == HPDF_OK;
}

/* ---- saving ----------------------------------------------------------- */

static bool
flush(struct pdf *p)
{
	bool ok = true;

	if (p->options->linearize)
		buf_add(&p->whole, p->block, p->blockn);
	else
		ok = outfile_write(p->out, p->block, p->blockn);
	fingerprint(p->print, p->block, p->blockn);
	p->blockn = 0;
	return ok;
}

/* libharu forgets a status that only a writer returned: keep our own. */
static HPDF_STATUS
stop(struct pdf *p)
{
	pdf_fail(p, HPDF_FILE_IO_ERROR);
	return HPDF_FILE_IO_ERROR;
}

static HPDF_STATUS
sink(HPDF_Stream stream, const HPDF_BYTE *from, HPDF_UINT n)
{
	struct pdf *p = stream->attr;

	p->written += n;
	if (p->written > p->limits->pdf_bytes) {
		p->too_big = true;
		return stop(p);
	}
	while (n > 0) {
		size_t k = PDF_BLOCK - p->blockn;

		if (k > n)
			k = n;
		memcpy(p->block + p->blockn, from, k);
		p->blockn += k;
		from += k;
		n -= (HPDF_UINT)k;
		if (p->blockn == PDF_BLOCK && !flush(p))
			return stop(p);
	}
	return HPDF_OK;
}

/* Where the object began in the file, which is all but written. */
static uint32_t
place_of(const struct pdf *p, const struct pdf_obj *o)
{
	HPDF_XrefEntry e = HPDF_Xref_GetEntry(p->doc->xref, o->id -
	    p->doc->xref->start_offset);

	return e != NULL ? e->byte_offset : 0;
}

/* libharu counts its own objects: hidden ones have numbers behind those. */
static HPDF_STATUS
count_hidden(HPDF_Dict dict)
{
	const struct pdf *p = owner(dict);
	HPDF_Number size = HPDF_Dict_GetItem(dict, "Size",
	    HPDF_OCLASS_NUMBER);

	if (p->ids != 0 && size != NULL)
		HPDF_Number_SetValue(size, (HPDF_INT32)p->ids);
	return HPDF_OK;
}

/* What the trailer has of ours. */
static HPDF_STATUS
write_trailer(HPDF_Dict dict, HPDF_Stream to)
{
	struct pdf *p = owner(dict);
	uint64_t id[2] = { p->print[0], p->print[1] };
	char text[96];
	HPDF_STATUS rc;
	int n;

	fingerprint(id, p->block, p->blockn);
	if (p->ids != 0) {
		n = snprintf(text, sizeof(text), "/XRefStm %u\n",
		    (unsigned)place_of(p, p->hidden_index));
		if ((rc = put(to, (str){ text, (size_t)n })) != HPDF_OK)
			return rc;
	}
	n = snprintf(text, sizeof(text),
	    "/ID[<%016" PRIX64 "%016" PRIX64 "><%016" PRIX64 "%016" PRIX64
	    ">]\n", id[0], id[1], id[0], id[1]);
	return put(to, (str){ text, (size_t)n });
}

bool
pdf_save(struct pdf *p)
{
	HPDF_STATUS rc;

	if (p->status != HPDF_OK || p->no_memory || p->too_big)
		return false;
	p->doc->stream = HPDF_CallbackWriter_New(p->doc->mmgr, sink, p);
	p->doc->trailer->before_write_fn = count_hidden;
	p->doc->trailer->write_fn = write_trailer;
	p->doc->pdf_version = HPDF_VER_17;
	rc = HPDF_SaveToStream(p->doc);
	if (rc != HPDF_OK || (rc = HPDF_GetError(p->doc)) != HPDF_OK)
		pdf_fail(p, rc);
	if (p->status == HPDF_OK && !flush(p))
		pdf_fail(p, HPDF_FILE_IO_ERROR);
	return p->status == HPDF_OK;
}
