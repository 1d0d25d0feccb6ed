/*
 * main.c: scan, choose, build each book, say what was done.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"

static int
folder(const char *path)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What killed workers left, here or in an earlier run: a temporary whose
 * writer lives is locked by it, so none is too young. */
static void
clean(int out, int articles)
{
	outfile_clean(out, 0);
	outfile_clean(articles, 0);
}

/* The two folders that books go to; false, and said so, when there is none. */
static bool
folders(const struct options *o, struct arena *a, int *out, int *articles)
{
	char	*dir = o->out != NULL ? arena_cstr(a, str_c(o->out)) :
		    arena_cstr(a, arena_printf(a, "%s/output", o->dir));

	*out = *articles = -1;
	if (o->command != CMD_BUILD)
		return true;
	*out = folder(dir);
	if (*out >= 0)
		*articles = folder(arena_cstr(a,
		    arena_printf(a, "%s/articles", dir)));
	if (*articles < 0) {
		fprintf(stderr, "fascicle: %s: %s\n", dir, strerror(errno));
		return false;
	}
	clean(*out, *articles);
	return true;
}

struct run {
	const struct options	*opt;
	const struct scan	*scan;
	const struct targets	*targets;
	int			 out, articles;
};

static void
run_one(void *user, size_t i, struct report *r)
{
	const struct run	*x = user;

	job_run(x->opt, x->scan, &x->targets->v[i], &limits_default, r,
	    x->out, x->articles);
}

static unsigned
run_weight(void *user, size_t i)
{
	const struct run	*x = user;

	return (unsigned)x->targets->v[i].n;
}

static str
run_name(void *user, size_t i, uint32_t at)
{
	const struct run	*x = user;
	const struct target	*t = &x->targets->v[i];

	return t->entries[at < t->n ? at : 0]->path;
}

static void
run_label(void *user, size_t i, char *out, size_t n)
{
	const struct run		*x = user;
	const struct book_request	*q = &x->targets->v[i].req;
	const struct entry		*e = x->targets->v[i].entries[0];
	struct date			 d = q->period.from;

	if (q->kind == BOOK_ARTICLE)
		snprintf(out, n, "%.*s", STR_ARG(e->meta.id));
	else
		snprintf(out, n, "%.*s from %04d-%02d-%02d, %.*s",
		    STR_ARG(x->scan->pub->slug), d.y, d.m, d.d,
		    STR_ARG(q->language));
}

static unsigned
cores(void)
{
	long	 n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

static unsigned
workers(const struct options *o)
{
	return o->jobs == 0 ? cores() : o->jobs;
}

/* Fewer books than workers: each may use more threads for that. */
static void
share_workers(struct targets *t, const struct options *o)
{
	size_t	 each = t->n == 0 ? 1 : workers(o) / t->n;

	for (size_t i = 0; i < t->n; i++)
		t->v[i].threads = each < 1 ? 1 : (unsigned)each;
}

/* What workers may read and write; NULL: not to be confined. */
static struct sandbox *
confinement(const struct run *x, struct arena *a, struct report *r)
{
	static const char *const shared[] = { FASCICLE_DATADIR,
				    "/usr/share/hyphen", "/usr/share/icu" };
	struct sandbox	*s;
	struct diag	*d;

	if (x->opt->no_sandbox)
		return NULL;
	s = sandbox_new(a);
	sandbox_read(s, root_fd(x->scan->root));
	sandbox_read_path(s, arena_cstr(a, arena_printf(a, "%s/fonts",
	    x->opt->dir)));
	for (size_t i = 0; i < ARRAY_LEN(shared); i++)
		sandbox_read_path(s, shared[i]);
	sandbox_write(s, x->out);
	sandbox_write(s, x->articles);
	if (sandbox_lacks(s) != NULL) {
		d = diag_new(a, x->scan->map);
		diag_add(d, DIAG_SANDBOX_OFF, SPAN_NONE, "%s",
		    sandbox_lacks(s));
		report_diag(r, d);
	}
	return s;
}

static void
work_all(const struct run *x, struct arena *a, struct report *r)
{
	struct run	 own = *x;
	struct sandbox	*box = confinement(x, a, r);
	struct progress	 line;
	struct work	 w = { .user = &own, .n = x->targets->n,
			    .run = run_one, .weight = run_weight,
			    .name = run_name, .label = run_label,
			    .limits = &limits_default, .sandbox = box };

	progress_init(&line, !x->opt->quiet && !x->opt->json);
	r->progress = &line;
	workers_run(&w, workers(x->opt), r);
	r->progress = NULL;
	sandbox_close(box);
}

/* The last line. */
static void
say_done(const struct run *x, const struct report *r, int64_t began)
{
	const char	*dir = x->opt->dir;
	bool		 here = strcmp(dir, ".") == 0;
	int64_t		 ms = clock_ms() - began;

	if (x->opt->quiet)
		return;
	printf("%zu of %zu books written to %s%s%s: %zu files, %zu pages, "
	    "%d.%d MB, %d.%d s\n", r->books, x->targets->n,
	    x->opt->out != NULL ? x->opt->out : here ? "" : dir,
	    x->opt->out != NULL || here ? "" : "/",
	    x->opt->out != NULL ? "" : "output", r->files, r->pages,
	    (int)(r->bytes / 1000000), (int)(r->bytes / 100000 % 10),
	    (int)(ms / 1000), (int)(ms / 100 % 10));
}

/* After the files that would be: the articles that are in none. */
static void
list_left_out(struct arena *a, const struct scan *s, const struct targets *t)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct entry	*e = &s->entries[i];
		struct diagnostic	 x = { .path = e->path };
		str			 path;

		if (e->usable || !targets_concern(t, &x))
			continue;
		path = text_plain(a, e->path);
		printf("%.*s\tleft out: %s [%s]\n", STR_ARG(path), e->why,
		    e->why_id);
	}
}

static void
build(const struct run *x, struct arena *a, struct report *r, int64_t began)
{
	struct run	 own = *x;
	bool		 work = x->opt->command == CMD_BUILD ||
			    x->opt->command == CMD_CHECK;

	if (work)
		workers_hold_signals();
	if (!folders(x->opt, a, &own.out, &own.articles)) {
		report_worst(r, EXIT_ENVIRONMENT);
		return;
	}
	if (work)
		work_all(&own, a, r);
	else
		for (size_t i = 0; i < x->targets->n; i++)
			run_one(&own, i, r);
	if (x->opt->command == CMD_LIST)
		list_left_out(a, x->scan, x->targets);
	if (x->opt->command != CMD_BUILD)
		return;
	clean(own.out, own.articles);
	say_done(&own, r, began);
}

struct session { const struct options *opt; struct report *report; };

static void
run(void *user)
{
	const struct session *session = user;
	const struct options *o = session->opt;
	struct report	*r = session->report;
	struct arena	*a = r->arena;
	int64_t		 began = clock_ms();
	struct scan	 s = { .map = srcmap_new(a) };
	struct targets	 t = { 0 };
	struct run	 x = { .opt = o, .scan = &s, .targets = &t };
	struct diag	*d = diag_new(a, s.map);
	bool		 ok = true;

	r->seen = map_new(a);
	if (o->strict)
		diag_strict(d);
	scan_content(&s, a, o->dir, &limits_default, d);
	if (s.pub != NULL && o->command != CMD_LIST)
		scan_fonts(&s, a, o->dir, &limits_default, d);
	if (s.pub != NULL)
		ok = targets_choose(&t, a, &s, o);
	share_workers(&t, o);
	if (s.pub != NULL && o->command != CMD_LIST)
		scan_themes(&s, a, &t, o, &limits_default, d);
	if (s.pub != NULL && s.n == 0)
		diag_add_path(d, DIAG_BOOK_EMPTY, S("content"),
		    "no article, that is no file named *.md");
	report_scan(r, d, &t);
	if (!ok) {
		fprintf(stderr, "fascicle: %.*s\n", STR_ARG(t.misuse));
		report_worst(r, EXIT_USAGE);
	} else if (s.pub != NULL)
		build(&x, a, r, began);
	if (s.fonts != NULL)
		fontset_close(s.fonts);
	if (s.root != NULL)
		root_close(s.root);
}

/* Descriptors 0, 1 and 2 are taken, so that no file of ours becomes one. */
static void
fill_standard(void)
{
	int	 fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct options	 o;
	struct mem_limit mem = { .cap = SIZE_MAX / 2 };
	struct arena	*a;
	struct report	 r = { 0 };
	struct session	 session = { &o, &r };
	int		 rc;

	fill_standard();
	rc = options_read(&o, argc, argv);
	if (rc >= 0)
		return rc;
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	a = arena_new(&mem);
	if (a == NULL)
		return EXIT_LIMIT;
	r = (struct report){ .arena = a, .memory = &mem, .json = o.json,
	    .quiet = o.quiet, .verbose = o.verbose };
	if (!guard_run(&mem, run, &session)) {
		fputs("fascicle: out of memory\n", stderr);
		report_worst(&r, EXIT_LIMIT);
	}
	if (fflush(stdout) != 0)
		report_worst(&r, EXIT_ENVIRONMENT);
	arena_free(a);
	return r.status;
}
