/*
 * pdf_page.c: page contents (in threads, deflated at once, so that only the
 * small form stays in memory) and page objects. libharu keeps the page and
 * its place in the tree; boxes, resources and annotations are our body, as
 * its numbers are floats.
 */
#include "out/pdf/pdf_int.h"

/* ---- contents --------------------------------------------------------- */

static void
put_rule(struct canvas *c, const struct item *it)
{
	if (it->as.rule.w <= 0 || it->as.rule.h <= 0)
		return;
	pdf_text_end(c);
	pdf_mark(c, it->elem);
	pdf_color(c, it->as.rule.rgb);
	pdf_sp(c->b, it->x);
	buf_char(c->b, ' ');
	pdf_sp(c->b, c->h - it->y - it->as.rule.h);
	buf_char(c->b, ' ');
	pdf_sp(c->b, it->as.rule.w);
	buf_char(c->b, ' ');
	pdf_sp(c->b, it->as.rule.h);
	buf_z(c->b, " re f\n");
}

static void
put_image(struct canvas *c, const struct item *it)
{
	uint32_t slot;

	if (it->as.image.w <= 0 || it->as.image.h <= 0)
		return;
	pdf_text_end(c);
	pdf_mark(c, it->elem);
	(void)pdf_image_of(c->p, it->as.image.image, &slot);
	buf_z(c->b, "q ");
	pdf_sp(c->b, it->as.image.w);
	buf_z(c->b, " 0 0 ");
	pdf_sp(c->b, it->as.image.h);
	buf_char(c->b, ' ');
	pdf_sp(c->b, it->x);
	buf_char(c->b, ' ');
	pdf_sp(c->b, c->h - it->y - it->as.image.h);
	buf_printf(c->b, " cm/I%u Do Q\n", (unsigned)slot);
}

static void
put_drawing(struct canvas *c, const struct item *it)
{
	const struct image *im = it->as.drawing.drawn->image;

	if (it->as.drawing.w <= 0 || it->as.drawing.h <= 0)
		return;
	pdf_text_end(c);
	pdf_mark(c, it->elem);
	buf_z(c->b, "q ");
	pdf_ratio(c->b, it->as.drawing.w, im->natural_w);
	buf_z(c->b, " 0 0 ");
	pdf_ratio(c->b, it->as.drawing.h, im->natural_h);
	buf_char(c->b, ' ');
	pdf_sp(c->b, it->x);
	buf_char(c->b, ' ');
	pdf_sp(c->b, c->h - it->y - it->as.drawing.h);
	buf_printf(c->b, " cm/D%zu Do Q\n", pdf_drawing_slot(c->p, it));
}

static void
draw_page(void *user, size_t i)
{
	struct pdf *p = user;
	const struct page *page = &p->pages->v[i];
	struct buf b = { 0 };
	struct buf *marks = &p->page[i].marks;
	struct canvas c = { .p = p, .b = &b, .h = page->h,
	    .marks = p->options->tags ? marks : NULL };

	for (size_t k = 0; k < page->n; k++) {
		const struct item *it = &page->items[k];

		if (it->kind == ITEM_RUN)
			pdf_run(&c, it, page->items + page->n);
		else if (it->kind == ITEM_RULE)
			put_rule(&c, it);
		else if (it->kind == ITEM_IMAGE)
			put_image(&c, it);
		else if (it->kind == ITEM_DRAWING)
			put_drawing(&c, it);
	}
	pdf_text_end(&c);
	pdf_mark_end(&c);
	p->page[i].failed = b.failed || marks->failed || !deflate_add(&p->page[i].data,
	    buf_view(&b), DEFLATE_ZLIB, p->options->level);
	buf_done(&b);
}

bool
pdf_pages_draw(struct pdf *p)
{
	pool_run(p->options->threads, p->pages->n, draw_page, p);
	for (size_t i = 0; i < p->pages->n; i++)
		if (p->page[i].failed)
			p->no_memory = true;
	return !p->no_memory;
}

/* ---- objects ---------------------------------------------------------- */

/* A page's attr is libharu's own: find ours by number. */
static HPDF_STATUS
write_page(HPDF_Dict dict, HPDF_Stream to)
{
	const struct pdf *p = dict->error->user_data;
	uint32_t id = dict->header.obj_id & 0x00ffffffu;
	size_t lo = 0, hi = p->pages->n;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->page[mid].id <= id)
			lo = mid;
		else
			hi = mid;
	}
	return HPDF_Stream_Write(to, (const HPDF_BYTE *)p->page[lo].body.p,
	    (HPDF_UINT)p->page[lo].body.n);
}

/* libharu's contents stream, with our bytes instead of its buffer. */
static void
set_contents(struct pdf *p, HPDF_Page page, str data)
{
	HPDF_PageAttr attr = page->attr;
	HPDF_Dict contents = attr->contents;
	HPDF_Number length = HPDF_Dict_GetItem(contents, "Length",
	    HPDF_OCLASS_NUMBER);
	struct pdf_obj *o;

	if (length == NULL || data.n > INT32_MAX) {
		pdf_fail(p, HPDF_INVALID_PAGE);
		return;
	}
	HPDF_Stream_Free(contents->stream);
	contents->stream = NULL;
	attr->stream = NULL;
	HPDF_Number_SetValue(length, (HPDF_INT32)data.n);
	o = pdf_adopt(p, contents, S("/Filter/FlateDecode\n"));
	o->data = data;
	o->stream = true;
}

bool
pdf_pages_add(struct pdf *p)
{
	for (size_t i = 0; i < p->pages->n; i++) {
		struct pdf_page *pg = &p->page[i];

		pdf_room(p);
		pg->page = HPDF_AddPage(p->doc);
		if (pg->page == NULL) {
			pdf_fail(p, HPDF_GetError(p->doc));
			return false;
		}
		pg->id = pg->page->header.obj_id & 0x00ffffffu;
		HPDF_Dict_RemoveElement(pg->page, "MediaBox");
		HPDF_Dict_RemoveElement(pg->page, "Resources");
		pg->page->write_fn = write_page;
		set_contents(p, pg->page, buf_view(&pg->data));
	}
	return p->status == HPDF_OK;
}

/* Last page (from 1) that used it. */
struct marks { size_t *font, *image, *drawing; };

static void
put_resources(struct pdf *p, size_t i, struct marks *m)
{
	const struct page *page = &p->pages->v[i];
	struct buf *b = &p->tmp;

	for (size_t k = 0; k < page->n; k++) {
		const struct item *it = &page->items[k];
		uint32_t slot;

		if (it->kind == ITEM_RUN && it->as.run.n > 0)
			m->font[it->as.run.face->id] = i + 1;
		if (it->kind == ITEM_DRAWING)
			m->drawing[pdf_drawing_slot(p, it)] = i + 1;
		if (it->kind != ITEM_IMAGE)
			continue;
		(void)pdf_image_of(p, it->as.image.image, &slot);
		m->image[slot] = i + 1;
	}
	buf_z(b, "/Resources<</Font<<");
	for (size_t k = 0; k < p->nfonts; k++)
		if (m->font[k] == i + 1)
			buf_printf(b, "/F%zu %u 0 R", k,
			    (unsigned)p->fonts[k].obj->id);
	buf_z(b, ">>/XObject<<");
	for (size_t k = 0; k < p->images.n; k++)
		if (m->image[k] == i + 1)
			buf_printf(b, "/I%zu %u 0 R", k,
			    (unsigned)p->images.v[k].obj->id);
	for (size_t k = 0; k < p->drawings.n; k++)
		if (m->drawing[k] == i + 1)
			buf_printf(b, "/D%zu %u 0 R", k,
			    (unsigned)p->drawings.v[k].obj->id);
	buf_z(b, ">>>>\n");
}

/* first: id of the page's first annotation. */
static void
finish_page(struct pdf *p, size_t i, struct marks *m, uint32_t first)
{
	const struct page *page = &p->pages->v[i];
	struct buf *b = &p->tmp;

	buf_z(b, "/MediaBox[0 0 ");
	pdf_sp(b, page->w);
	buf_char(b, ' ');
	pdf_sp(b, page->h);
	buf_z(b, "]\n");
	put_resources(p, i, m);
	if (p->options->tags)
		buf_printf(b, "/StructParents %zu\n/Tabs/S\n", i);
	if (p->page[i].nlinks > 0) {
		buf_z(b, "/Annots[");
		for (uint32_t k = 0; k < p->page[i].nlinks; k++)
			pdf_ref(b, first + k);
		buf_z(b, "]\n");
	}
	p->page[i].body = pdf_body(p);
}

void
pdf_pages_finish(struct pdf *p)
{
	struct marks m = {
		ARENA_NEW(p->arena, size_t, p->nfonts + 1),
		ARENA_NEW(p->arena, size_t, p->images.n + 1),
		ARENA_NEW(p->arena, size_t, p->drawings.n + 1)
	};
	uint32_t link = p->hidden_first + p->link_first;

	for (size_t i = 0; i < p->pages->n && p->status == HPDF_OK; i++) {
		finish_page(p, i, &m, link);
		link += (uint32_t)p->page[i].nlinks;
	}
}
