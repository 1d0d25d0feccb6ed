/*
 * test_file.c: names that try to leave the root, files that are none, and
 * listings.
 */
#include "place.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(path_escapes), TEST(root_escapes), TEST(path_joins),
		TEST(read_files), TEST(read_symlinks), TEST(read_irregular),
		TEST(read_without_memory), TEST(read_changing),
		TEST(read_swapped), TEST(lists), TEST(list_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
