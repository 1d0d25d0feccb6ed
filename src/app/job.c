/*
 * job.c: one book, from sources to files: parse, bind, write. The only
 * setjmp of the program stands here: an arena that reaches the job's
 * memory limit comes back to it and the book is lost, nothing else.
 */
#include <stdio.h>

#include "app/app.h"
#include "out/dump/dump.h"
#include "out/epub/epub.h"

struct job {
	const struct options	*opt;
	const struct scan	*scan;
	const struct target	*target;
	const struct limits	*limits;
	struct mem_limit	 mem;
	struct arena		*doc, *scratch;
	struct diag		*diag;
	struct report		*report;
	struct outfile		*out;
	int			 dirfd;
	bool			 written;
};

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
		    e->base, j->scan->pub->language, j->limits, j->diag);

		if (d != NULL)
			docs[(*n)++] = d;
	}
	return docs;
}

static void
write_epub(struct job *j, const struct book *b, const struct image_store *st)
{
	struct epub_options	 o = { .threads = 1,
				    .generator = S("fascicle "
				    FASCICLE_VERSION) };
	str			 name = arena_printf(j->scratch, "%.*s.epub",
				    STR_ARG(b->stem));

	j->out = outfile_open(j->scratch, j->dirfd, name);
	if (j->out != NULL && epub_write(b, st, &o, j->limits, j->scratch,
	    j->diag, j->out) && !diag_failed(j->diag)) {
		j->written = outfile_commit(j->out);
		if (!j->written)
			diag_add_path(j->diag, DIAG_IO_WRITE, name, "%s",
			    strerror(outfile_errno(j->out)));
		return;
	}
	if (j->out == NULL)
		diag_add_path(j->diag, DIAG_IO_WRITE, name,
		    "cannot make a file in the output folder");
	outfile_abort(j->out);
}

static void
dump(const struct job *j, const struct doc *const *docs, size_t n,
    const struct book *b)
{
	struct buf	 t = { 0 };

	if (strcmp(j->opt->stage, "book") == 0)
		dump_book(&t, b);
	else
		for (size_t i = 0; i < n; i++)
			dump_doc(&t, docs[i]);
	fwrite(buf_view(&t).p, 1, t.n, stdout);
	buf_done(&t);
}

static void
job_stages(struct job *j)
{
	size_t			 n;
	const struct doc	**docs = parse_all(j, &n);
	const struct book	*b;
	struct image_store	*st;

	b = book_bind(j->doc, j->scan->pub, &j->target->req, docs, n,
	    j->diag);
	if (j->opt->command == CMD_LIST) {
		printf("%.*s.epub\t%u articles\n", STR_ARG(b->stem),
		    b->narticles);
		return;
	}
	if (j->opt->command == CMD_DUMP) {
		dump(j, docs, n, b);
		return;
	}
	st = image_store_new(j->doc, j->scan->root, j->limits, j->diag);
	for (size_t i = 0; i < n; i++)
		load_images(st, docs[i]);
	if (j->opt->command == CMD_BUILD && !diag_failed(j->diag))
		write_epub(j, b, st);
}

static void
job_out_of_memory(struct job *j)
{
	diag_add(j->diag, DIAG_MEMORY_LIMIT, SPAN_NONE,
	    "%zu MiB for one book; build a shorter period",
	    j->limits->job_memory >> 20);
	outfile_abort(j->out);
}

/* The job lives in an arena of its own: what was written to it before the
 * jump is there after it. */
static void
job_guard(struct job *j)
{
	jmp_buf	 escape;

	j->mem.escape = &escape;
	if (setjmp(escape) == 0)
		job_stages(j);
	else
		job_out_of_memory(j);
}

void
job_run(const struct options *opt, const struct scan *scan,
    const struct target *target, const struct limits *limits,
    struct report *r, int outfd, int articlesfd)
{
	struct mem_limit dmem = { .cap = (size_t)64 << 20 };
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
	j->scratch = arena_new(&j->mem);
	if (j->doc == NULL || j->scratch == NULL)
		job_out_of_memory(j);
	else
		job_guard(j);
	report_diag(r, j->diag);
	r->books += j->written;
	arena_free(j->scratch);
	arena_free(j->doc);
	arena_free(notes);
}
