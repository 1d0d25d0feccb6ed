/*
 * place.h: a folder of its own for each test of files. T/root is the root,
 * T/secret.md lies outside of it; the working folder is T.
 */
#ifndef TESTS_UNIT_PLACE_H
#define TESTS_UNIT_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base_int.h"

struct place {
	char		 dir[64];	/* T */
	struct mem_limit lim;
	struct arena	*arena;
	struct root	*root;
	int		 home;		/* working folder to go back to */
};

static inline void
put_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static inline int
place_make(void **state)
{
	struct place *t = calloc(1, sizeof *t);
	const char *tmp = getenv("TMPDIR");
	int err;

	snprintf(t->dir, sizeof t->dir, "%s/fascicle.XXXXXX",
	    tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(chdir(t->dir), 0);
	assert_int_equal(mkdir("root", 0755), 0);
	assert_int_equal(mkdir("root/a", 0755), 0);
	assert_int_equal(mkdir("root/a/b", 0755), 0);
	put_file("secret.md", "secret");
	put_file("root/x.md", "x");
	put_file("root/a/b/y.md", "yy");
	put_file("root/a/empty", "");
	t->lim.cap = (size_t)64 << 20;
	t->arena = arena_new(&t->lim);
	t->root = root_open("root", &err);
	assert_non_null(t->root);
	*state = t;
	return 0;
}

static inline int
place_clear(void **state)
{
	struct place *t = *state;
	char command[100];

	root_close(t->root);
	arena_free(t->arena);
	assert_int_equal(fchdir(t->home), 0);
	close(t->home);
	snprintf(command, sizeof command, "rm -rf '%s'", t->dir);
	assert_int_equal(system(command), 0);
	free(t);
	return 0;
}

static inline enum file_err
read_it(const struct place *t, const char *rel, str *out)
{
	*out = S("");
	return root_read(t->root, str_c(rel), 1 << 20, t->arena, out);
}

/* A child that does not outlive a failed test. */
static inline pid_t
spawn(void)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

/* Not inlined: gcc would worry about n where setjmp is used. */
__attribute__((noinline, unused)) static size_t
open_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_make, place_clear)

#endif
