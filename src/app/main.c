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
	outfile_clean(*out, 3600);
	outfile_clean(*articles, 3600);
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

static unsigned
cores(void)
{
	long	 n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

static void
build(const struct options *o, struct arena *a, const struct scan *s,
    struct report *r)
{
	struct targets	 t = { 0 };
	struct run	 x = { .opt = o, .scan = s, .targets = &t };
	struct work	 w = { .user = &x, .run = run_one,
			    .weight = run_weight, .name = run_name,
			    .limits = &limits_default };

	if (!targets_choose(&t, a, s, o)) {
		report_worst(r, EXIT_USAGE);
		return;
	}
	if (!folders(o, a, &x.out, &x.articles)) {
		report_worst(r, EXIT_ENVIRONMENT);
		return;
	}
	w.n = t.n;
	if (o->command == CMD_BUILD || o->command == CMD_CHECK)
		workers_run(&w, o->jobs == 0 ? cores() : o->jobs, r);
	else
		for (size_t i = 0; i < t.n; i++)
			run_one(&x, i, r);
	if (o->command == CMD_BUILD && !o->quiet)
		printf("%zu of %zu books written\n", r->books, t.n);
}

static void
run(const struct options *o, struct arena *a, struct report *r)
{
	struct scan	 s = { .map = srcmap_new(a) };
	struct diag	*d = diag_new(a, s.map);

	if (o->strict)
		diag_strict(d);
	scan_content(&s, a, o->dir, &limits_default, d);
	report_diag(r, d);
	if (s.pub != NULL)
		build(o, a, &s, r);
	if (s.root != NULL)
		root_close(s.root);
}

int
main(int argc, char **argv)
{
	struct options	 o;
	struct mem_limit mem = { .cap = SIZE_MAX / 2 };
	struct arena	*a;
	struct report	 r = { 0 };
	int		 rc = options_read(&o, argc, argv);

	if (rc >= 0)
		return rc;
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	a = arena_new(&mem);
	if (a == NULL)
		return EXIT_LIMIT;
	r = (struct report){ .arena = a, .seen = map_new(a), .json = o.json,
	    .quiet = o.quiet };
	run(&o, a, &r);
	if (fflush(stdout) != 0)
		report_worst(&r, EXIT_ENVIRONMENT);
	arena_free(a);
	return r.status;
}
