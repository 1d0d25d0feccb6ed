/*
 * job.c: one book, from sources to files: parse, bind, write. When its
 * arenas reach the job's memory limit the book is lost, nothing else. The
 * job lives in an arena of its own: what was written to it before is there
 * after that.
 */
#include <stdio.h>

#include "app/app.h"
#include "out/dump/dump.h"
#include "layout/layout.h"
#include "out/epub/epub.h"
#include "out/pdf/pdf.h"

struct job {
	const struct options	*opt;
	const struct scan	*scan;
	const struct target	*target;
	const struct limits	*limits;
	struct mem_limit	 mem;
	struct arena		*doc, *pages, *work, *scratch;
	struct text_engine	*text;
	struct diag		*diag;
	struct report		*report;
	struct outfile		*out;
	int			 dirfd;
	size_t			 written;
};

static const struct theme *
theme_of(const struct job *j)
{
	return j->scan->themes[j->target->req.kind];
}

static void
load_images(struct image_store *store, const struct doc *d)
{
	for (uint32_t i = 0; i < d->nnodes; i++) {
		const struct doc_node *n = d->nodes[i];

		if (n->kind == DOC_FIGURE || n->kind == DOC_IMAGE)
			image_load(store, d->path, n->as.image.src, n->at);
	}
}

static const struct doc **
parse_all(struct job *j, size_t *n)
{
	const struct doc **docs = ARENA_NEW(j->doc, const struct doc *,
			    j->target->n);

	*n = 0;
	for (size_t i = 0; i < j->target->n; i++) {
		const struct entry *e = j->target->entries[i];
		const struct doc *d;

		if (j->report->at != NULL)
			*j->report->at = (uint32_t)i;
		d = md_parse(j->doc, e->path, e->text,
		    e->base, &j->scan->pub->articles, j->limits, j->diag);

		if (d != NULL)
			docs[(*n)++] = d;
	}
	return docs;
}

/* Starts the output file with the given extension; NULL after a message. */
static struct outfile *
out_begin(struct job *j, const struct book *b, const char *ext, str *name)
{
	*name = arena_printf(j->scratch, "%.*s.%s", STR_ARG(b->stem), ext);
	j->out = outfile_open(j->scratch, j->dirfd, *name);
	return j->out;
}

static void
say_written(struct job *j, str name, size_t pages,
    const struct outfile *out)
{
	str	 more = pages == 0 ? S("") : arena_printf(j->scratch,
		    ", %zu page%s", pages, pages == 1 ? "" : "s");

	report_line(j->report, arena_printf(j->scratch,
	    "%.*s: %llu bytes%.*s\n", STR_ARG(name),
	    (unsigned long long)outfile_bytes(out), STR_ARG(more)));
}

/* Puts the file in its place, or leaves the old one where anything failed.
 * pages: 0 where it has none. */
static void
out_end(struct job *j, str name, size_t pages, bool ok)
{
	struct outfile	*out = j->out;

	j->out = NULL;
	if (!ok || diag_failed(j->diag))
		outfile_abort(out);
	else if (outfile_commit(out)) {
		j->written++;
		j->report->bytes += outfile_bytes(out);
		if (j->opt->verbose && !j->opt->json)
			say_written(j, name, pages, out);
	} else
		diag_add_path(j->diag, DIAG_IO_WRITE, name, "%s",
		    strerror(outfile_errno(out)));
}

static struct text_options
text_options(struct arena *a, const struct publication *pub)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct text_exception	*x = ARENA_NEW(a, struct text_exception,
				    pub->nexceptions);

	for (size_t i = 0; i < pub->nexceptions; i++)
		x[i] = (struct text_exception){ pub->exceptions[i].lang,
		    pub->exceptions[i].word };
	return (struct text_options){ hyph, ARRAY_LEN(hyph), x,
	    pub->nexceptions, (pub->articles.habits & HABIT_FRACTIONS) != 0,
	    (pub->articles.habits & HABIT_ORDINALS) != 0 };
}

/* What layout gets; false: there is no theme, or no face. */
static bool
layout_of(struct job *j, const struct book *b, const struct image_store *st,
    struct diag *d, struct layout_in *in)
{
	struct text_options	 o;

	if (theme_of(j) == NULL || j->scan->fonts == NULL)
		return false;
	if (j->text == NULL) {
		o = text_options(j->doc, b->pub);
		j->text = text_engine_new(j->doc, j->scan->fonts, &o, d);
	}
	*in = (struct layout_in){ b, theme_of(j), j->scan->fonts, st, j->text,
	    j->limits };
	return true;
}

static const struct pages *
lay_out(struct job *j, const struct book *b, const struct image_store *st,
    struct diag *d)
{
	struct layout_in	 in;

	if (!layout_of(j, b, st, d, &in))
		return NULL;
	return layout_book(j->pages, j->work, j->scratch, &in, d);
}

/* What the command line says goes before what the publication does. */
static struct pdf_options
pdf_options(const struct options *o, const struct publication *pub)
{
	unsigned	 standards = o->standards_given ? o->standards :
			    pub->pdf.standards;
	bool		 tags = !o->no_tags && (pub->pdf.tags ||
			    standards != 0);

	standards = tags ? standards : 0;
	return (struct pdf_options){ .tags = tags,
	    .producer = S("fascicle " FASCICLE_VERSION),
	    .ua1 = (standards & PDF_UA1) != 0,
	    .a2a = (standards & PDF_A2A) != 0,
	    .linearize = o->linearize || pub->pdf.linearize };
}

/* What of an EPUB is drawn: its cover, and the SVGs in pixels. */
static void
lay_out_pictures(struct job *j, const struct book *b,
    const struct image_store *st, struct epub_options *o)
{
	size_t			 n = image_count(st);
	const struct drawn	**v = ARENA_NEW(j->pages,
				    const struct drawn *, n + 1);
	struct layout_in	 in;

	if (!layout_of(j, b, st, j->diag, &in))
		return;
	o->cover = layout_cover(j->pages, j->work, j->scratch, &in, j->diag);
	for (size_t i = 0; i < n; i++)
		if (image_at(st, i)->kind == IMAGE_SVG)
			v[i] = layout_drawing(j->pages, j->scratch, &in,
			    image_at(st, i), j->diag);
	o->drawings = v;
}

static void
write_epub(struct job *j, const struct book *b, const struct image_store *st,
    const struct pages *pages)
{
	struct epub_options	 o = { .threads = j->target->threads,
				    .generator = S("fascicle "
				    FASCICLE_VERSION),
				    .theme = theme_of(j), .pages = pages,
				    .merge = j->opt->merge_given ?
				    j->opt->merge : b->pub->epub.merge,
				    .images = j->opt->images_given ?
				    j->opt->images : b->pub->epub.images };
	str			 name;

	if (j->opt->fonts_given ? j->opt->fonts : b->pub->epub.fonts)
		o.fonts = j->scan->fonts;
	lay_out_pictures(j, b, st, &o);
	out_begin(j, b, "epub", &name);
	out_end(j, name, 0, epub_write(b, st, &o, j->limits, j->scratch,
	    j->diag, j->out));
}

static void
write_pdf(struct job *j, const struct pages *p)
{
	struct pdf_options	 o = pdf_options(j->opt, p->book->pub);
	str			 name;

	o.threads = j->target->threads;
	out_begin(j, p->book, "pdf", &name);
	out_end(j, name, p->n, pdf_write(p, j->scan->fonts, &o, j->limits,
	    j->scratch, j->diag, j->out));
	if (!diag_failed(j->diag))
		j->report->pages += p->n;
}

static void
dump(struct job *j, const struct doc *const *docs, size_t n,
    const struct book *b, const struct image_store *st)
{
	const struct pages *p;
	struct buf	 t = { 0 };

	if (strcmp(j->opt->stage, "book") == 0)
		dump_book(&t, b);
	else if (strcmp(j->opt->stage, "text") == 0)
		dump_text(&t, j->scratch, b, st);
	else if (strcmp(j->opt->stage, "pages") == 0) {
		if ((p = lay_out(j, b, st, j->diag)) != NULL)
			dump_pages(&t, p);
	} else if (strcmp(j->opt->stage, "tags") == 0) {
		if ((p = lay_out(j, b, st, j->diag)) != NULL)
			dump_tags(&t, j->scratch, p);
	} else
		for (size_t i = 0; i < n; i++)
			dump_doc(&t, docs[i]);
	if (t.failed || (t.n > 0 && (fwrite(t.p, 1, t.n, stdout) < t.n ||
	    fflush(stdout) != 0)))
		diag_add_path(j->diag, DIAG_IO_WRITE, S(""),
		    "the dump could not be printed whole");
	buf_done(&t);
}

/* The files asked for or, for `check`, what can go wrong on the way. */
static void
job_outputs(struct job *j, const struct book *b, const struct image_store *st)
{
	bool			 pdf = (j->opt->formats & FORMAT_PDF) != 0;
	bool			 listed = j->opt->page_list_given ?
				    j->opt->page_list :
				    b->pub->epub.page_list;
	const struct pages	*p = NULL;

	if (diag_failed(j->diag) || theme_of(j) == NULL)
		return;
	if (pdf && (p = lay_out(j, b, st, j->diag)) == NULL)
		return;
	if (j->opt->command != CMD_BUILD)
		return;
	if (pdf)
		write_pdf(j, p);
	if ((j->opt->formats & FORMAT_EPUB) == 0)
		return;
	/* What is wrong with pages that nobody will see is not told. */
	if (!pdf && listed)
		p = lay_out(j, b, st, diag_new(j->doc, j->scan->map));
	write_epub(j, b, st, listed ? p : NULL);
}

static void
list(const struct job *j, const struct book *b)
{
	static const struct { unsigned format; const char *ext; } v[] = {
		{ FORMAT_PDF, "pdf" }, { FORMAT_EPUB, "epub" } };

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (j->opt->formats & v[i].format)
			printf("%s%.*s.%s\t%u article%s\n",
			    b->kind == BOOK_ARTICLE ? "articles/" : "",
			    STR_ARG(b->stem), v[i].ext, b->narticles,
			    b->narticles == 1 ? "" : "s");
}

static void
job_stages(void *user)
{
	struct job		*j = user;
	size_t			 n;
	const struct doc	**docs = parse_all(j, &n);
	const struct book	*b;
	struct image_store	*st;

	b = book_bind(j->doc, j->scan->pub, &j->target->req, docs, n,
	    j->diag);
	if (j->opt->command == CMD_LIST) {
		list(j, b);
		return;
	}
	st = image_store_new(j->doc, j->scan->root, j->limits, j->diag);
	for (size_t i = 0; i < n; i++)
		load_images(st, docs[i]);
	if (j->opt->command == CMD_DUMP)
		dump(j, docs, n, b, st);
	else
		job_outputs(j, b, st);
}

static void
job_out_of_memory(struct job *j)
{
	const struct target	*t = j->target;

	diag_add_path(j->diag, DIAG_MEMORY_LIMIT, t->n == 1 ?
	    t->entries[0]->path : S(""), "%zu MiB were in use, at most %zu "
	    "for one book%s", j->mem.used >> 20, j->limits->job_memory >> 20,
	    t->n == 1 ? "" : "; build a shorter period");
	outfile_abort(j->out);
}

void
job_run(const struct options *opt, const struct scan *scan,
    const struct target *target, const struct limits *limits,
    struct report *r, int outfd, int articlesfd)
{
	struct mem_limit dmem = { .cap = (size_t)512 << 20 };
	struct arena	*notes = arena_new(&dmem);
	struct job	*j;

	if (notes == NULL) {
		report_worst(r, EXIT_LIMIT);
		return;
	}
	j = ARENA_NEW(notes, struct job, 1);
	*j = (struct job){ .opt = opt, .scan = scan, .target = target,
	    .limits = limits, .report = r, .mem = { .cap = limits->job_memory },
	    .dirfd = target->req.kind == BOOK_ARTICLE ? articlesfd : outfd };
	j->diag = diag_new(notes, scan->map);
	if (opt->strict)
		diag_strict(j->diag);
	j->doc = arena_new(&j->mem);
	j->pages = arena_new(&j->mem);
	j->work = arena_new(&j->mem);
	j->scratch = arena_new(&j->mem);
	if (j->doc == NULL || j->pages == NULL || j->work == NULL ||
	    j->scratch == NULL ||
	    !guard_run(&j->mem, job_stages, j))
		job_out_of_memory(j);
	report_diag(r, j->diag);
	r->files += j->written;
	r->books += j->written > 0 && !diag_failed(j->diag);
	if (j->text != NULL)
		text_engine_close(j->text);
	arena_free(j->scratch);
	arena_free(j->work);
	arena_free(j->pages);
	arena_free(j->doc);
	arena_free(notes);
}
