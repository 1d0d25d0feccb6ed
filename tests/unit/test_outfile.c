/*
 * test_outfile.c: files replaced at once or not at all, whatever goes
 * wrong, and the removal of what killed writers leave behind.
 */
#include "place.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(out_replaces), TEST(out_aborts), TEST(out_sizes),
		TEST(out_names), TEST(out_symlink), TEST(out_no_room),
		TEST(out_folder_gone), TEST(out_two), TEST(clean_after_kill),
		TEST(clean_spares_others), TEST(clean_by_age),
		TEST(clean_races),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
