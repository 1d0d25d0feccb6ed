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

static void
build(const struct options *o, struct arena *a, const struct scan *s,
    struct report *r)
{
	struct targets	 t = { 0 };
	int		 out, articles;

	if (!targets_choose(&t, a, s, o)) {
		report_worst(r, EXIT_USAGE);
		return;
	}
	if (!folders(o, a, &out, &articles)) {
		report_worst(r, EXIT_ENVIRONMENT);
		return;
	}
	for (size_t i = 0; i < t.n; i++)
		job_run(o, s, &t.v[i], &limits_default, r, out, articles);
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
