/*
 * pdf.c: the order of the work. Plans first (fonts, images, drawings), then
 * the pages' contents, in threads; then one thread builds the objects, but
 * for the hidden ones (structure, links, names), which have numbers once all
 * others exist and are packed in threads; then the file is saved. Whatever
 * went wrong is told once, here, except a broken font, which names itself.
 */
#include <stdio.h>

#include "out/pdf/pdf_int.h"

static bool
plan(struct pdf *p, const struct fontset *fonts)
{
	p->page = ARENA_NEW(p->arena, struct pdf_page, p->pages->n + 1);
	return pdf_fonts_plan(p, fonts) && pdf_images_plan(p) &&
	    pdf_drawings_plan(p) && pdf_pages_draw(p);
}

static bool
build(struct pdf *p)
{
	if (!pdf_open(p))
		return false;
	pdf_fonts_write(p);
	pdf_images_write(p);
	pdf_drawings_write(p);
	if (p->status != HPDF_OK || !pdf_pages_add(p))
		return false;
	pdf_nav_outline(p);
	pdf_nav_links(p);
	pdf_nav_names(p);
	pdf_struct_plan(p);
	if (p->status != HPDF_OK)
		return false;
	pdf_meta_write(p);
	pdf_hidden_number(p);
	pdf_pages_finish(p);
	pdf_nav_names_write(p);
	pdf_struct_write(p);
	pdf_hidden_write(p);
	return pdf_save(p) && (!p->options->linearize || pdf_linearize(p));
}

static void
release(struct pdf *p)
{
	if (p->doc != NULL)
		HPDF_Free(p->doc);
	for (size_t i = 0; p->page != NULL && i < p->pages->n; i++) {
		buf_done(&p->page[i].data);
		buf_done(&p->page[i].marks);
	}
	for (size_t i = 0; i < p->images.n; i++) {
		buf_done(&p->images.v[i].packed);
		buf_done(&p->images.v[i].mask);
	}
	pdf_drawings_done(p);
	pdf_hidden_done(p);
	buf_done(&p->tmp);
	buf_done(&p->whole);
}

static void
report(const struct pdf *p)
{
	str stem = p->pages->book->stem;
	int err = outfile_errno(p->out);

	if (p->too_big)
		diag_add_path(p->diag, DIAG_PDF_LIMIT, stem, "%zu pages",
		    p->pages->n);
	else if (p->no_memory)
		diag_add_path(p->diag, DIAG_MEMORY_LIMIT, stem, "%s",
		    "writing the PDF");
	else if (err != 0)
		diag_add_path(p->diag, DIAG_IO_WRITE, stem, "%s",
		    strerror(err));
	else if (p->why.n > 0)
		diag_add_path(p->diag, DIAG_PDF_BACKEND, stem, "%.*s",
		    STR_ARG(p->why));
	else if (p->status != HPDF_OK)
		diag_add_path(p->diag, DIAG_PDF_BACKEND, stem,
		    "status 0x%04lx", (unsigned long)p->status);
}

bool
pdf_write(const struct pages *pages, const struct fontset *fonts,
    const struct pdf_options *options, const struct limits *limits,
    struct arena *scratch, struct diag *diag, struct outfile *out)
{
	struct pdf_options o = *options;
	struct pdf p = {
		.pages = pages, .options = &o, .limits = limits,
		.arena = scratch, .diag = diag, .out = out
	};
	bool ok;

	if (o.level == 0)
		o.level = 5;
	if (o.threads == 0)
		o.threads = 1;
	p.claims_ua = o.tags && o.ua1;
	p.claims_a = o.tags && o.a2a;
	if (pages->n > limits->pages) {
		diag_add_path(diag, DIAG_PAGE_LIMIT, pages->book->stem,
		    "%zu", pages->n);
		return false;
	}
	ok = plan(&p, fonts) && build(&p);
	if (!ok)
		report(&p);
	release(&p);
	return ok;
}
