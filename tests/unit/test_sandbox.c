/*
 * test_sandbox.c: what a worker tries in its sandbox and what comes of it.
 * Each try is a piece of workers_run; it reports the errno as a line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/app.h"

struct place {
	char	 dir[64];
	int	 in, out;		/* dir/in to read, dir/out to write */
};

/* ---- tries: 0, or the errno -------------------------------------------- */

static int
result(long rc)
{
	return rc < 0 ? errno : 0;
}

static int
try_open(int dirfd, const char *name, int flags)
{
	int	 fd = openat(dirfd, name, flags | O_CLOEXEC, 0600);
	int	 e = result(fd);

	if (fd >= 0)
		close(fd);
	return e;
}

static int
try_replace(const struct place *p)
{
	int	 e = try_open(p->out, "t", O_WRONLY | O_CREAT | O_EXCL);

	if (e == 0)
		e = result(renameat(p->out, "t", p->out, "new"));
	return e != 0 ? e : result(unlinkat(p->out, "new", 0));
}

static void
add_one(void *user, size_t i)
{
	((int *)user)[i]++;
}

static int
try_threads(void)
{
	int	 n[8] = { 0 }, sum = 0;

	pool_run(4, 8, add_one, n);
	for (int i = 0; i < 8; i++)
		sum += n[i];
	return sum == 8 ? 0 : EAGAIN;
}

static int
try_exec(void)
{
	char	 name[] = "/bin/true", *argv[] = { name, NULL }, *env[] = { NULL };

	return result(execve(name, argv, env));
}

static int
try_fork(void)
{
	pid_t	 child = fork();

	if (child == 0)
		_exit(0);
	return result(child);
}

static int
try_code(void)
{
	void	*p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : 0;
}

enum try {
	READ_CONTENT, LIST_CONTENT, REPLACE_OUTPUT, THREADS, READ_PASSWD,
	READ_PASSWD_UP, READ_PROC, READ_LINK_OUT, WRITE_CONTENT,
	WRITE_ELSEWHERE, MAKE_FOLDER, MAKE_LINK, CHANGE_MODE, SOCKET,
	SOCKET_UNIX, CONNECT, EXEC, FORK, KILL, PTRACE, BPF, IO_URING, CODE,
	LIMITS, TRIES
};

static int
try_file(const struct place *p, enum try t)
{
	switch (t) {
	case READ_CONTENT: return try_open(p->in, "x.md", O_RDONLY);
	case LIST_CONTENT: return try_open(p->in, ".", O_RDONLY | O_DIRECTORY);
	case REPLACE_OUTPUT: return try_replace(p);
	case READ_PASSWD: return try_open(AT_FDCWD, "/etc/passwd", O_RDONLY);
	case READ_PASSWD_UP:
		return try_open(p->in, "../secret", O_RDONLY);
	case READ_PROC:
		return try_open(AT_FDCWD, "/proc/self/environ", O_RDONLY);
	case READ_LINK_OUT: return try_open(p->in, "link", O_RDONLY);
	case WRITE_CONTENT: return try_open(p->in, "x.md", O_WRONLY);
	case WRITE_ELSEWHERE:
		return try_open(p->in, "../new", O_WRONLY | O_CREAT);
	case MAKE_FOLDER: return result(mkdirat(p->out, "d", 0700));
	case MAKE_LINK: return result(symlinkat("/etc", p->out, "l"));
	case CHANGE_MODE: return result(fchmodat(p->in, "x.md", 0777, 0));
	default: return -1;
	}
}

static int
try_other(enum try t)
{
	struct rlimit	 more = { 1000, 1000 };
	struct sockaddr	 any = { .sa_family = AF_INET };

	switch (t) {
	case THREADS: return try_threads();
	case SOCKET: return result(socket(AF_INET, SOCK_STREAM, 0));
	case SOCKET_UNIX: return result(socket(AF_UNIX, SOCK_STREAM, 0));
	case CONNECT: return result(connect(0, &any, sizeof any));
	case EXEC: return try_exec();
	case FORK: return try_fork();
	case KILL: return result(kill(getppid(), 0));
	case PTRACE: return result(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
	case BPF: return result(syscall(SYS_bpf, 0, NULL, 0));
	case IO_URING: return result(syscall(SYS_io_uring_setup, 1, NULL));
	case CODE: return try_code();
	case LIMITS: return result(setrlimit(RLIMIT_CPU, &more));
	default: return -1;
	}
}

static void
run(void *user, size_t i, struct report *r)
{
	const struct place	*p = user;
	int			 e = try_file(p, (enum try)i);
	char			 line[40];

	if (e == -1)
		e = try_other((enum try)i);
	snprintf(line, sizeof line, "%zu %s\n", i, e == 0 ? "done" :
	    strerrorname_np(e));
	report_line(r, str_c(line));
}

static unsigned
weight(void *user, size_t i)
{
	(void)user;
	(void)i;
	return 0;
}

static str
name(void *user, size_t i, uint32_t at)
{
	(void)user;
	(void)i;
	(void)at;
	return S("piece");
}

/* ---- the tests --------------------------------------------------------- */

static void
put(int dirfd, const char *file)
{
	int	 fd = openat(dirfd, file, O_WRONLY | O_CREAT, 0644);

	assert_true(fd >= 0);
	close(fd);
}

static int
place_make(void **state)
{
	static struct place	 p;
	int			 top;

	snprintf(p.dir, sizeof p.dir, "/tmp/fascicle.XXXXXX");
	assert_non_null(mkdtemp(p.dir));
	top = open(p.dir, O_RDONLY | O_DIRECTORY);
	assert_int_equal(mkdirat(top, "in", 0755), 0);
	assert_int_equal(mkdirat(top, "out", 0755), 0);
	p.in = openat(top, "in", O_RDONLY | O_DIRECTORY);
	p.out = openat(top, "out", O_RDONLY | O_DIRECTORY);
	put(top, "secret");
	put(p.in, "x.md");
	assert_int_equal(symlinkat("/etc/passwd", p.in, "link"), 0);
	close(top);
	*state = &p;
	return 0;
}

static int
place_clear(void **state)
{
	const struct place	*p = *state;
	char			 command[100];

	close(p->in);
	close(p->out);
	snprintf(command, sizeof command, "rm -rf '%s'", p->dir);
	return system(command);
}

static void
every_try(struct place *p, const struct sandbox *box, struct arena *a,
    struct buf *lines)
{
	struct report	 r = { .arena = a, .seen = map_new(a),
			    .lines = lines };
	struct work	 w = { .user = p, .n = TRIES, .run = run,
			    .weight = weight, .name = name,
			    .limits = &limits_default, .sandbox = box };

	workers_run(&w, 4, &r);
	assert_int_equal(r.status, EXIT_OK);
}

static const char *
outcome(const struct buf *lines, enum try t)
{
	static char	 line[40];
	char		 want[8];
	size_t		 at;
	str		 rest;

	snprintf(want, sizeof want, "\n%d ", (int)t);
	at = t == 0 ? 1 : str_find(buf_view(lines), str_c(want));
	assert_true(at != SIZE_MAX);
	rest = str_from(buf_view(lines), t == 0 ? 2 : at + strlen(want));
	snprintf(line, sizeof line, "%.*s", (int)str_find_char(rest, '\n'),
	    rest.p);
	return line;
}

static void
a_worker_keeps_to_its_folders(void **state)
{
	struct place		*p = *state;
	struct mem_limit	 mem = { .cap = (size_t)1 << 26 };
	struct arena		*a = arena_new(&mem);
	struct sandbox		*box = sandbox_new(a);
	struct buf		 lines = { 0 };

	if (sandbox_lacks(box) != NULL) {
		print_message("%s\n", sandbox_lacks(box));
		sandbox_close(box);
		arena_free(a);
		skip();
	}
	sandbox_read(box, p->in);
	sandbox_read_path(box, "/no/such/folder");
	sandbox_write(box, p->out);
	every_try(p, box, a, &lines);
	for (int t = 0; t < TRIES; t++)
		assert_string_equal(outcome(&lines, (enum try)t),
		    t <= THREADS ? "done" : t <= WRITE_ELSEWHERE ? "EACCES" :
		    "EPERM");
	buf_done(&lines);
	sandbox_close(box);
	arena_free(a);
}

/* The tries are fair: without a sandbox the first ones succeed. */
static void
without_a_sandbox_tries_succeed(void **state)
{
	static const enum try	 free_ones[] = { READ_CONTENT, LIST_CONTENT,
				    REPLACE_OUTPUT, THREADS, READ_PASSWD,
				    READ_PASSWD_UP, READ_LINK_OUT,
				    WRITE_CONTENT, SOCKET_UNIX, FORK, CODE };
	struct place		*p = *state;
	struct mem_limit	 mem = { .cap = (size_t)1 << 26 };
	struct arena		*a = arena_new(&mem);
	struct buf		 lines = { 0 };
	struct report		 r = { .arena = a, .seen = map_new(a),
				    .lines = &lines };
	struct work		 w = { .user = p, .n = TRIES, .run = run,
				    .weight = weight, .name = name,
				    .limits = &limits_default };

	workers_run(&w, 2, &r);
	for (size_t i = 0; i < ARRAY_LEN(free_ones); i++)
		assert_string_equal(outcome(&lines, free_ones[i]), "done");
	buf_done(&lines);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_worker_keeps_to_its_folders, place_make, place_clear),
		cmocka_unit_test_setup_teardown(
		    without_a_sandbox_tries_succeed, place_make, place_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
