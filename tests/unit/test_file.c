/*
 * test_file.c: names that try to leave the root, files that are none, and
 * outfiles: replaced at once or not at all, whatever goes wrong.
 *
 * Each test has a folder of its own: T/root is the root, T/secret.md lies
 * outside of it.
 */
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

static void
put_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int
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

static int
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

static enum file_err
read_it(const struct place *t, const char *rel, str *out)
{
	*out = S("");
	return root_read(t->root, str_c(rel), 1 << 20, t->arena, out);
}

/* A child that does not outlive a failed test. */
static pid_t
spawn(void)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

/* ---- paths ------------------------------------------------------------- */

enum stage { DECODE, JOIN, READ };	/* who refuses */

/* References from the article "a/b/y.md", all of which must fail. */
static const struct { const char *ref; enum stage by; } escapes[] = {
	{ "../../../secret.md", JOIN },
	{ "../../../../etc/passwd", JOIN },
	{ "../../../../../../../../../../etc/passwd", JOIN },
	{ "../../../root/x.md", JOIN },		/* out and in again */
	{ "x/../../../../secret.md", JOIN },
	{ "./././../../../secret.md", JOIN },
	{ "..//..//..//secret.md", JOIN },
	{ "../../..", JOIN },
	{ "/etc/passwd", JOIN },
	{ "//etc/passwd", JOIN },
	{ "///etc/passwd", JOIN },
	{ "/../etc/passwd", JOIN },
	{ "/proc/self/environ", JOIN },
	{ "/dev/zero", JOIN },
	{ "%2e%2e/%2e%2e/%2e%2e/secret.md", JOIN },
	{ "%2E%2E/%2E%2E/%2E%2E/secret.md", JOIN },
	{ "..%2f..%2f..%2fsecret.md", JOIN },
	{ ".%2e/.%2E/%2e./secret.md", JOIN },
	{ "%2fetc%2fpasswd", JOIN },
	{ "%252e%252e/%252e%252e/%252e%252e/secret.md", READ },
	{ "..%252f..%252f..%252fsecret.md", READ },
	{ "%2e%2e%2", DECODE },
	{ "x%", DECODE },
	{ "x%zz.png", DECODE },
	{ "x%0g.png", DECODE },
	{ "x.md%00.png", DECODE },
	{ "%00", DECODE },
	{ "..\\..\\..\\secret.md", JOIN },
	{ "..%5c..%5c..%5csecret.md", JOIN },
	{ "\\\\server\\share\\x.png", JOIN },
	{ "//server/share/x.png", JOIN },
	{ "C:\\Windows\\win.ini", JOIN },
	{ "C:/Windows/win.ini", JOIN },
	{ "c:x.png", JOIN },
	{ "file:///etc/passwd", JOIN },
	{ "FILE:/etc/passwd", JOIN },
	{ "file:../../../secret.md", JOIN },
	{ "file%3a///etc/passwd", JOIN },
	{ "http://example.org/x.png", JOIN },
	{ "data:image/png;base64,AAAA", JOIN },
	{ "javascript:alert(1)", JOIN },
	{ "~/x.png", READ },
	{ "~root/.ssh/id_rsa", READ },
	{ "$HOME/x.png", READ },
	{ ".../...//secret.md", READ },
	{ "y.md.", READ },			/* trailing dot, space */
	{ "y.md ", READ },
	{ "\xe2\x80\xa5/secret.md", READ },	/* U+2025 two dot leader */
	{ "\xef\xbc\x8e\xef\xbc\x8e/secret.md", READ },	/* fullwidth dots */
	{ "\xc0\xae\xc0\xae/secret.md", READ },	/* overlong dots */
	{ "", READ },
	{ ".", READ },
	{ "..", READ },				/* a folder */
};

static void
escape_table(const struct place *t)
{
	for (size_t i = 0; i < ARRAY_LEN(escapes); i++) {
		const char *ref = escapes[i].ref;
		enum stage by = READ;
		str s, rel, text;

		if (!path_decode(t->arena, str_c(ref), &s))
			by = DECODE;
		else if (!path_join(t->arena, S("a/b/y.md"), s, &rel))
			by = JOIN;
		else
			assert_int_not_equal(root_read(t->root, rel, 1000,
			    t->arena, &text), FILE_OK);
		if (by != escapes[i].by)
			fail_msg("%s: refused at stage %d", ref, by);
	}
}

static void
path_escapes(void **state)
{
	struct place *t = *state;

	escape_table(t);
	root_forget_openat2(t->root);
	escape_table(t);
}

/* The second fence alone: what the kernel, or the walk, refuses. */
static void
root_escapes(void **state)
{
	static const struct { const char *rel; enum file_err want; } c[] = {
		{ "../secret.md", FILE_OUTSIDE },
		{ "a/../../secret.md", FILE_OUTSIDE },
		{ "/etc/passwd", FILE_OUTSIDE },
		{ "//etc/passwd", FILE_OUTSIDE },
		{ "..", FILE_OUTSIDE },
		{ "", FILE_NAME },
		{ "none", FILE_MISSING },
		{ "none/x", FILE_MISSING },
		{ "x.md/x", FILE_MISSING },
		{ "x.md/", FILE_MISSING },
		{ "a", FILE_IRREGULAR },
		{ "a/", FILE_IRREGULAR },
		{ ".", FILE_IRREGULAR },
		{ "a//b/./y.md", FILE_OK },
	};
	struct place *t = *state;
	char name[5000];
	str out;

	memset(name, 'n', sizeof name);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < ARRAY_LEN(c); i++) {
			enum file_err e = read_it(t, c[i].rel, &out);

			if (e != c[i].want)
				fail_msg("\"%s\": %s", c[i].rel,
				    file_err_text(e));
		}
		assert_int_equal(root_read(t->root, (str){ "x.md\0y", 6 },
		    100, t->arena, &out), FILE_NAME);
		assert_int_equal(root_read(t->root, (str){ name, 300 }, 100,
		    t->arena, &out), FILE_NAME);
		assert_int_equal(root_read(t->root, (str){ name,
		    sizeof name }, 100, t->arena, &out), FILE_NAME);
		root_forget_openat2(t->root);
	}
}

static void
path_joins(void **state)
{
	static const struct { const char *from, *rel, *want; } c[] = {
		{ "a/b/y.md", "p.png", "a/b/p.png" },
		{ "a/b/y.md", "../p.png", "a/p.png" },
		{ "a/b/y.md", "../../p.png", "p.png" },
		{ "a/b/y.md", "./i//p.png", "a/b/i/p.png" },
		{ "a/b/y.md", "i/../j/./p.png", "a/b/j/p.png" },
		{ "a/b/y.md", "p.png/", "a/b/p.png" },
		{ "y.md", "p.png", "p.png" },
		{ "", "p.png", "p.png" },
		{ "y.md", "", "" },
		{ "a/y.md", "..", "" },
		{ "a/./b/../y.md", "p.png", "a/p.png" },
		{ "y.md", "./c:x.png", "c:x.png" },
		{ "y.md", "i/c:x.png", "i/c:x.png" },
		{ "y.md", "1:2.png", "1:2.png" },
		{ "y.md", "...", "..." },
		{ "y.md", "..a/b..", "..a/b.." },
		{ "y.md", "\xe0\xa4\x95.png", "\xe0\xa4\x95.png" },
	};
	struct place *t = *state;
	str out;

	for (size_t i = 0; i < ARRAY_LEN(c); i++) {
		assert_true(path_join(t->arena, str_c(c[i].from),
		    str_c(c[i].rel), &out));
		assert_true(str_eq(out, str_c(c[i].want)));
	}
	assert_false(path_join(t->arena, S("y.md"), S(".."), &out));
	assert_false(path_join(t->arena, S("../y.md"), S("x"), &out));
	assert_false(path_join(t->arena, S("/y.md"), S("x"), &out));
	assert_true(path_decode(t->arena, S("a%20b%41%c3%A9%25"), &out));
	assert_true(str_eq(out, S("a bA\xc3\xa9%")));
	assert_true(path_decode(t->arena, (str){ NULL, 0 }, &out));
	assert_int_equal(out.n, 0);
}

/* ---- reading ----------------------------------------------------------- */

static void
read_files(void **state)
{
	struct place *t = *state;
	str out;

	for (int round = 0; round < 2; round++) {
		assert_int_equal(read_it(t, "a/b/y.md", &out), FILE_OK);
		assert_true(str_eq(out, S("yy")));
		assert_int_equal(read_it(t, "a/empty", &out), FILE_OK);
		assert_int_equal(out.n, 0);
		assert_int_equal(root_read(t->root, S("a/b/y.md"), 2,
		    t->arena, &out), FILE_OK);
		assert_int_equal(root_read(t->root, S("a/b/y.md"), 1,
		    t->arena, &out), FILE_TOO_BIG);
		root_forget_openat2(t->root);
	}
	assert_int_equal(root_open("none", &(int){ 0 }) == NULL, 1);
	assert_int_equal(root_open("root/x.md", &(int){ 0 }) == NULL, 1);
}

static void
read_symlinks(void **state)
{
	struct place *t = *state;
	char target[100];
	str out;

	snprintf(target, sizeof target, "%s/root/x.md", t->dir);
	assert_int_equal(symlink("../secret.md", "root/up"), 0);
	assert_int_equal(symlink(target, "root/absolute"), 0);
	assert_int_equal(symlink("/etc", "root/etc"), 0);
	assert_int_equal(symlink("loop", "root/loop"), 0);
	assert_int_equal(symlink("gone", "root/dangling"), 0);
	assert_int_equal(symlink("a/b/y.md", "root/inside"), 0);
	assert_int_equal(symlink("..", "root/a/parent"), 0);
	assert_int_equal(read_it(t, "up", &out), FILE_OUTSIDE);
	assert_int_equal(read_it(t, "absolute", &out), FILE_OUTSIDE);
	assert_int_equal(read_it(t, "etc/passwd", &out), FILE_OUTSIDE);
	assert_int_equal(read_it(t, "loop", &out), FILE_IRREGULAR);
	assert_int_equal(read_it(t, "dangling", &out), FILE_MISSING);
	assert_int_equal(read_it(t, "inside", &out), FILE_OK);
	assert_true(str_eq(out, S("yy")));
	assert_int_equal(read_it(t, "a/parent/x.md", &out), FILE_OK);
	root_forget_openat2(t->root);		/* the walk follows none */
	assert_int_equal(read_it(t, "up", &out), FILE_OUTSIDE);
	assert_int_equal(read_it(t, "inside", &out), FILE_OUTSIDE);
	assert_int_not_equal(read_it(t, "etc/passwd", &out), FILE_OK);
	assert_int_not_equal(read_it(t, "a/parent/x.md", &out), FILE_OK);
	assert_int_equal(read_it(t, "x.md", &out), FILE_OK);
}

/* Neither blocks nor is read: alarm() ends the test if one does. */
static void
read_irregular(void **state)
{
	struct place *t = *state;
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct root *dev, *proc;
	str out;
	int err;

	assert_int_equal(mkfifo("root/fifo", 0644), 0);
	strcpy(un.sun_path, "root/socket");
	assert_int_equal(bind(s, (struct sockaddr *)&un, sizeof un), 0);
	alarm(10);
	assert_int_equal(read_it(t, "fifo", &out), FILE_IRREGULAR);
	assert_int_equal(read_it(t, "socket", &out), FILE_IRREGULAR);
	dev = root_open("/dev", &err);
	assert_int_equal(root_read(dev, S("zero"), 100, t->arena, &out),
	    FILE_IRREGULAR);
	proc = root_open("/proc/self", &err);
	assert_int_not_equal(root_read(proc, S("fd/0"), 1 << 20, t->arena,
	    &out), FILE_OK);
	assert_int_not_equal(root_read(proc, S("root/etc/passwd"), 1 << 20,
	    t->arena, &out), FILE_OK);
	assert_int_not_equal(root_read(proc, S("exe"), 1 << 30, t->arena,
	    &out), FILE_OK);
	alarm(0);
	root_close(proc);
	root_close(dev);
	close(s);
}

static size_t
open_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

/* No memory for the file: an error, no jump, no descriptor left. */
static void
read_without_memory(void **state)
{
	struct place *t = *state;
	jmp_buf escape;
	struct mem_limit lim = { .cap = 200000, .escape = &escape };
	struct arena *a = arena_new(&lim);
	const size_t fds = open_fds();
	int fd = open("root/big", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	str out;

	assert_int_equal(ftruncate(fd, 1 << 20), 0);
	close(fd);
	if (setjmp(escape) != 0)
		fail();
	assert_int_equal(root_read(t->root, S("big"), 1 << 20, a, &out),
	    FILE_NO_MEMORY);
	assert_int_equal(root_read(t->root, S("x.md"), 1 << 20, a, &out),
	    FILE_OK);
	assert_int_equal(open_fds(), fds);
	arena_free(a);
}

/* While a writer keeps changing it, a file is read whole or not at all. */
static void
read_changing(void **state)
{
	struct place *t = *state;
	struct arena_mark m = arena_mark(t->arena);
	int read = 0;
	pid_t child = spawn();

	if (child == 0) {
		for (;;) {
			int fd = open("root/x.md", O_WRONLY | O_TRUNC);
			char b[8192];

			for (int i = 0; i < 8; i++) {
				memset(b, 'a' + i, sizeof b);
				if (write(fd, b, sizeof b) < 0)
					_exit(1);
			}
			close(fd);
			usleep(300);
		}
	}
	for (int i = 0; i < 3000; i++) {
		str out;
		enum file_err e = read_it(t, "x.md", &out);

		assert_true(e == FILE_OK || e == FILE_IO);
		read += e == FILE_OK;
		arena_release(t->arena, m);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	assert_true(read > 0);
}

/* A name swapped for a symlink to the secret, again and again. */
static void
read_swapped(void **state)
{
	struct place *t = *state;
	pid_t child;

	put_file("root/swap", "fair");
	put_file("root/swap2", "fair");
	child = spawn();
	if (child == 0)
		for (;;) {
			if (symlink("../secret.md", "root/s") != 0 ||
			    rename("root/s", "root/swap") != 0 ||
			    link("root/swap2", "root/s") != 0 ||
			    rename("root/s", "root/swap") != 0)
				_exit(1);
		}
	for (int i = 0; i < 10000; i++) {
		str out;
		enum file_err e = read_it(t, "swap", &out);

		if (e == FILE_OK)
			assert_true(str_eq(out, S("fair")));
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

/* ---- listing ----------------------------------------------------------- */

static void
list_is(const struct place *t, const char *rel, const char *want)
{
	struct buf b = { 0 };
	const str *paths;
	size_t n;

	assert_int_equal(root_list(t->root, str_c(rel), t->arena, &paths,
	    &n), FILE_OK);
	for (size_t i = 0; i < n; i++) {
		buf_str(&b, paths[i]);
		buf_char(&b, ' ');
	}
	buf_char(&b, '\0');
	assert_string_equal(b.p, want);
	buf_done(&b);
}

static void
lists(void **state)
{
	struct place *t = *state;
	const size_t fds = open_fds();
	const str *paths;
	size_t n;

	put_file("root/a.md", "");
	put_file("root/a/.hidden", "");
	put_file("root/B", "");
	put_file("root/\xff\n", "");
	assert_int_equal(mkdir("root/.git", 0755), 0);
	put_file("root/.git/config", "");
	assert_int_equal(mkfifo("root/fifo", 0644), 0);
	assert_int_equal(symlink("../secret.md", "root/up"), 0);
	assert_int_equal(symlink("x.md", "root/link"), 0);
	assert_int_equal(symlink(".", "root/a/self"), 0);
	assert_int_equal(symlink("/etc", "root/etc"), 0);
	list_is(t, "", "B a.md a/b/y.md a/empty link x.md \xff\n ");
	list_is(t, "a", "a/b/y.md a/empty ");
	list_is(t, "a/b/", "a/b/y.md ");
	assert_int_equal(root_list(t->root, S("none"), t->arena, &paths, &n),
	    FILE_MISSING);
	assert_int_equal(root_list(t->root, S(".."), t->arena, &paths, &n),
	    FILE_OUTSIDE);
	assert_int_not_equal(root_list(t->root, S("etc"), t->arena, &paths,
	    &n), FILE_OK);
	root_forget_openat2(t->root);
	list_is(t, "", "B a.md a/b/y.md a/empty x.md \xff\n ");
	assert_int_equal(open_fds(), fds);
}

static void
list_many(void **state)
{
	struct place *t = *state;
	const str *paths;
	char name[64];
	size_t n;

	for (int i = 0; i < 1500; i++) {
		snprintf(name, sizeof name, "root/a/b/f%d", i);
		put_file(name, "");
	}
	assert_int_equal(root_list(t->root, S(""), t->arena, &paths, &n),
	    FILE_OK);
	assert_int_equal(n, 1503);
	for (size_t i = 1; i < n; i++)
		assert_true(str_cmp(paths[i - 1], paths[i]) < 0);
}

/* ---- outfiles ---------------------------------------------------------- */

/* What the file holds, or "(none)". */
static void
holds(const char *name, const char *want)
{
	char got[100] = "(none)";
	FILE *f = fopen(name, "r");

	if (f) {
		got[fread(got, 1, sizeof got - 1, f)] = '\0';
		fclose(f);
	}
	assert_string_equal(got, want);
}

static size_t
leftovers(const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	size_t n = 0;

	while ((e = readdir(d)))
		n += str_ends(str_c(e->d_name), S(".tmp"));
	closedir(d);
	return n;
}

static bool
write_file(const struct place *t, const char *name, const char *text)
{
	struct outfile *o = outfile_open(t->arena, root_fd(t->root),
	    str_c(name));

	outfile_write(o, text, strlen(text));
	return outfile_commit(o);
}

static void
out_replaces(void **state)
{
	struct place *t = *state;
	struct outfile *o;
	struct stat st;

	umask(0077);
	o = outfile_open(t->arena, root_fd(t->root), S("x.md"));
	assert_true(outfile_write(o, "new ", 4));
	assert_true(outfile_write(o, NULL, 0));
	assert_true(outfile_write(o, "text", 4));
	holds("root/x.md", "x");
	assert_int_equal(leftovers("root"), 1);
	assert_true(outfile_commit(o));
	umask(0022);
	holds("root/x.md", "new text");
	assert_int_equal(outfile_bytes(o), 8);
	assert_int_equal(outfile_errno(o), 0);
	assert_int_equal(stat("root/x.md", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(leftovers("root"), 0);
	/* After the end nothing more happens. */
	outfile_abort(o);
	assert_false(outfile_write(o, "z", 1));
	assert_false(outfile_commit(o));
	holds("root/x.md", "new text");
	outfile_abort(NULL);
}

static void
out_aborts(void **state)
{
	struct place *t = *state;
	const size_t fds = open_fds();
	struct outfile *o = outfile_open(t->arena, root_fd(t->root),
	    S("x.md"));

	assert_true(outfile_write(o, "new", 3));
	outfile_abort(o);
	outfile_abort(o);
	assert_false(outfile_commit(o));
	holds("root/x.md", "x");
	assert_int_equal(leftovers("root"), 0);
	assert_int_equal(open_fds(), fds);
}

/* Writes of every size around the buffer come out as they went in. */
static void
out_sizes(void **state)
{
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 200000, 3,
	    65533, 65534, 7 };
	struct place *t = *state;
	struct outfile *o = outfile_open(t->arena, root_fd(t->root),
	    S("big"));
	char *text = malloc(200000);
	size_t at = 0, total = 0;
	str got;

	for (size_t i = 0; i < 200000; i++)
		text[i] = (char)(i * 7 + i / 251);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		assert_true(outfile_write(o, text, sizes[i]));
		total += sizes[i];
	}
	assert_true(outfile_commit(o));
	assert_int_equal(outfile_bytes(o), total);
	assert_int_equal(read_it(t, "big", &got), FILE_OK);
	assert_int_equal(got.n, total);
	for (size_t i = 0; i < ARRAY_LEN(sizes); at += sizes[i++])
		assert_memory_equal(got.p + at, text, sizes[i]);
	free(text);
}

static void
out_names(void **state)
{
	static const struct { const char *name; int err; } c[] = {
		{ "", EINVAL }, { ".", EINVAL }, { "..", EINVAL },
		{ "a/x", EINVAL }, { "/x", EINVAL }, { "../x", EINVAL },
		{ "a", EISDIR }, { "fifo", EEXIST },
		{ "-rf", 0 }, { " x y\n", 0 }, { "\xff", 0 }, { ".x", 0 },
	};
	struct place *t = *state;
	char longest[300];

	assert_int_equal(mkfifo("root/fifo", 0644), 0);
	for (size_t i = 0; i < ARRAY_LEN(c); i++) {
		struct outfile *o = outfile_open(t->arena, root_fd(t->root),
		    str_c(c[i].name));

		assert_int_equal(outfile_errno(o), c[i].err);
		assert_int_equal(outfile_write(o, "z", 1), c[i].err == 0);
		assert_int_equal(outfile_commit(o), c[i].err == 0);
	}
	assert_int_equal(outfile_errno(outfile_open(t->arena,
	    root_fd(t->root), (str){ "x\0y", 3 })), EINVAL);
	memset(longest, 'n', sizeof longest);
	for (size_t n = 100; n <= 256; n++) {
		char name[300];

		memcpy(name, longest, n);
		name[n] = '\0';
		assert_int_equal(write_file(t, name, "z"), n <= 255);
	}
	for (size_t n = 0; n < 80; n++)		/* 240 bytes */
		memcpy(longest + 3 * n, "\xe0\xa4\x95", 3);
	longest[240] = '\0';
	assert_true(write_file(t, longest, "z"));
	assert_int_equal(leftovers("root"), 0);
}

/* A symlink is replaced; what it led to stays. */
static void
out_symlink(void **state)
{
	struct place *t = *state;
	struct stat st;

	assert_int_equal(symlink("../secret.md", "root/link"), 0);
	assert_true(write_file(t, "link", "mine"));
	holds("secret.md", "secret");
	holds("root/link", "mine");
	assert_int_equal(lstat("root/link", &st), 0);
	assert_true(S_ISREG(st.st_mode));
}

/* EFBIG in the middle: the old file stays, nothing is left behind. */
static void
out_no_room(void **state)
{
	struct place *t = *state;
	struct rlimit old, few = { 100000, 100000 };
	static char text[300000];
	static const size_t piece[] = { 1, 1000, 70000, sizeof text };

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	few.rlim_max = old.rlim_max;
	for (size_t i = 0; i < ARRAY_LEN(piece); i++) {
		struct outfile *o;
		bool ok = true;

		assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
		o = outfile_open(t->arena, root_fd(t->root), S("x.md"));
		for (size_t n = 0; n < sizeof text; n += piece[i])
			ok = outfile_write(o, text, piece[i]);
		assert_false(ok);
		assert_false(outfile_commit(o));
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
		assert_int_equal(outfile_errno(o), EFBIG);
		holds("root/x.md", "x");
		assert_int_equal(leftovers("root"), 0);
	}
	/* Less than the buffer: noticed only at the end. */
	few.rlim_cur = 10;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
	assert_false(write_file(t, "x.md", "more than ten bytes"));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	holds("root/x.md", "x");
	assert_int_equal(leftovers("root"), 0);
}

/* The folder goes read-only, or away, before the rename. */
static void
out_folder_gone(void **state)
{
	struct place *t = *state;
	struct outfile *o;
	int fd;

	assert_int_equal(mkdir("root/gone", 0755), 0);
	fd = open("root/gone", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	o = outfile_open(t->arena, fd, S("z"));
	assert_true(outfile_write(o, "z", 1));
	assert_int_equal(system("rm -rf root/gone"), 0);
	assert_false(outfile_commit(o));
	assert_int_equal(outfile_errno(o), ENOENT);
	o = outfile_open(t->arena, fd, S("z"));
	assert_int_equal(outfile_errno(o), ENOENT);
	assert_false(outfile_commit(o));
	close(fd);
	o = outfile_open(t->arena, -1, S("z"));
	assert_int_equal(outfile_errno(o), EBADF);
	outfile_abort(o);
	/* An O_PATH descriptor will do. */
	fd = open("root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	o = outfile_open(t->arena, fd, S("z"));
	assert_true(outfile_write(o, "z", 1));
	assert_true(outfile_commit(o));
	close(fd);
}

/* Two at once on one name: the later commit wins, both are whole. */
static void
out_two(void **state)
{
	struct place *t = *state;
	struct outfile *a = outfile_open(t->arena, root_fd(t->root), S("z"));
	struct outfile *b = outfile_open(t->arena, root_fd(t->root), S("z"));

	assert_int_equal(leftovers("root"), 2);
	assert_true(outfile_write(a, "aaa", 3));
	assert_true(outfile_write(b, "bb", 2));
	outfile_clean(root_fd(t->root), 0);	/* both are alive */
	assert_int_equal(leftovers("root"), 2);
	assert_true(outfile_commit(b));
	holds("root/z", "bb");
	assert_true(outfile_commit(a));
	holds("root/z", "aaa");
	assert_int_equal(leftovers("root"), 0);
}

/* ---- leftovers --------------------------------------------------------- */

/* A writer that is killed leaves a temporary, which clean removes. */
static void
clean_after_kill(void **state)
{
	struct place *t = *state;
	int ready[2];
	pid_t child;
	char c;

	assert_int_equal(pipe(ready), 0);
	child = spawn();
	if (child == 0) {
		struct outfile *o = outfile_open(t->arena,
		    root_fd(t->root), S("x.md"));

		outfile_write(o, "half", 4);
		if (write(ready[1], "!", 1) < 0)
			_exit(1);
		pause();
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(leftovers("root"), 1);
	outfile_clean(root_fd(t->root), 0);
	assert_int_equal(leftovers("root"), 1);		/* alive */
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	outfile_clean(root_fd(t->root), 3600);
	assert_int_equal(leftovers("root"), 1);		/* too young */
	outfile_clean(root_fd(t->root), 0);
	assert_int_equal(leftovers("root"), 0);
	holds("root/x.md", "x");
	close(ready[0]);
	close(ready[1]);
}

/* Only names that we made ourselves, only regular files. */
static void
clean_spares_others(void **state)
{
	static const char *const names[] = {
		".tmp", ".x.tmp", ".x.abcdef.tmp", ".x.000000.tmp", "x.tmp",
		".report.md.a1b2c3.tmp", ".......tmp", ".x.ABCDEF.tmp",
		".x.\xff\xff\xff\xff\xff\xff.tmp",
	};
	struct place *t = *state;
	char path[64];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(path, sizeof path, "root/%s", names[i]);
		put_file(path, "theirs");
	}
	outfile_clean(root_fd(t->root), 0);
	assert_int_equal(leftovers("root"), ARRAY_LEN(names));
	outfile_clean(-1, 0);
}

/* Old enough, by its own time. */
static void
clean_by_age(void **state)
{
	struct place *t = *state;
	struct timespec old[2] = { { .tv_sec = time(NULL) - 7200 },
	    { .tv_sec = time(NULL) - 7200 } };
	const struct dirent *e;
	pid_t child = spawn();
	DIR *d;

	if (child == 0) {
		outfile_open(t->arena, root_fd(t->root), S("x.md"));
		_exit(0);
	}
	waitpid(child, NULL, 0);
	assert_int_equal(leftovers("root"), 1);
	d = opendir("root");
	while ((e = readdir(d)))
		if (str_ends(str_c(e->d_name), S(".tmp")))
			assert_int_equal(utimensat(dirfd(d), e->d_name, old,
			    0), 0);
	closedir(d);
	outfile_clean(root_fd(t->root), 10000);
	assert_int_equal(leftovers("root"), 1);
	outfile_clean(root_fd(t->root), 3600);
	assert_int_equal(leftovers("root"), 0);
}

/* Writers and cleaners at once: every commit succeeds all the same. */
static void
clean_races(void **state)
{
	struct place *t = *state;
	pid_t children[4];

	for (size_t k = 0; k < ARRAY_LEN(children); k++) {
		children[k] = spawn();
		if (children[k] != 0)
			continue;
		for (int i = 0; i < 150; i++) {
			if (k >= 2)
				outfile_clean(root_fd(t->root), 0);
			else if (!write_file(t, "race", k ? "1" : "0"))
				_exit(1);
		}
		_exit(0);
	}
	for (size_t k = 0; k < ARRAY_LEN(children); k++) {
		int status;

		waitpid(children[k], &status, 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(leftovers("root"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_make, place_clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(path_escapes), TEST(root_escapes), TEST(path_joins),
		TEST(read_files), TEST(read_symlinks), TEST(read_irregular),
		TEST(read_without_memory), TEST(read_changing),
		TEST(read_swapped), TEST(lists), TEST(list_many),
		TEST(out_replaces), TEST(out_aborts), TEST(out_sizes),
		TEST(out_names), TEST(out_symlink), TEST(out_no_room),
		TEST(out_folder_gone), TEST(out_two), TEST(clean_after_kill),
		TEST(clean_spares_others), TEST(clean_by_age),
		TEST(clean_races),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
