/*
 * file.c: reading below one folder, and nowhere else.
 *
 * The kernel resolves each name with openat2(RESOLVE_BENEATH), so neither
 * "..", an absolute name nor a symlink leads out, whatever changes
 * meanwhile. A kernel without openat2 (before 5.6) gets a walk that opens
 * one component after the other and refuses every symlink. A descriptor is
 * opened once and everything, fstat included, is asked of it. O_NONBLOCK
 * keeps a FIFO from blocking us before fstat finds it out.
 *
 * No arena call here may jump while a descriptor is open: memory comes from
 * arena_try or from a struct buf.
 */
#include "base/base_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OPEN_READ	(O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define OPEN_FOLDER	(O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct root {
	int	 fd;
	bool	 openat2;
};

const char *
file_err_text(enum file_err e)
{
	static const char *const text[] = {
		[FILE_OK] = "no error",
		[FILE_MISSING] = "no such file",
		[FILE_OUTSIDE] = "outside of the folder",
		[FILE_IRREGULAR] = "not a regular file",
		[FILE_TOO_BIG] = "file too large",
		[FILE_DENIED] = "permission denied",
		[FILE_NAME] = "not a possible file name",
		[FILE_IO] = "input/output error",
		[FILE_NO_MEMORY] = "out of memory",
	};

	_Static_assert(ARRAY_LEN(text) == FILE_NO_MEMORY + 1, "a text each");
	return text[e];
}

static enum file_err
err_of(int e)
{
	switch (e) {
	case ENOENT:
	case ENOTDIR:
		return FILE_MISSING;
	case EXDEV:
		return FILE_OUTSIDE;
	case ELOOP:		/* a circle of symlinks, or a magic link */
	case ENXIO:		/* a socket */
	case ENODEV:
	case EISDIR:
		return FILE_IRREGULAR;
	case EFBIG:
	case EOVERFLOW:
		return FILE_TOO_BIG;
	case EACCES:
	case EPERM:
		return FILE_DENIED;
	case ENAMETOOLONG:
	case EINVAL:
	case EILSEQ:
		return FILE_NAME;
	case ENOMEM:
		return FILE_NO_MEMORY;
	default:
		return FILE_IO;
	}
}

static int
openat2_beneath(int dirfd, const char *rel, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	long fd;
	int tries = 16;

	/* EAGAIN: something on the way was renamed meanwhile. */
	do
		fd = syscall(SYS_openat2, dirfd, rel, &how, sizeof how);
	while (fd < 0 && (errno == EINTR || (errno == EAGAIN && --tries)));
	return (int)fd;
}

/* One step of the walk; part is a copy of a component. Takes over dir. */
static int
walk_step(int dir, const char *part, int flags)
{
	int fd = openat(dir, part, flags | O_NOFOLLOW);
	int e = errno;

	close(dir);
	errno = e == ELOOP ? EXDEV : e;	/* we cannot tell where it leads */
	return fd;
}

/* Without openat2. "." and "//" are let through, ".." never. */
static int
walk_beneath(int dirfd, const char *rel, int flags)
{
	int dir = fcntl(dirfd, F_DUPFD_CLOEXEC, 0);

	if (*rel == '/') {
		close(dir);
		errno = EXDEV;
		return -1;
	}
	while (dir >= 0) {
		char part[NAME_MAX + 1];
		size_t n = strcspn(rel, "/");
		size_t gap = strspn(rel + n, "/");
		bool last = rel[n + gap] == '\0';

		if (n > NAME_MAX || (n == 2 && memcmp(rel, "..", 2) == 0)) {
			close(dir);
			errno = n == 2 ? EXDEV : ENAMETOOLONG;
			return -1;
		}
		memcpy(part, rel, n);
		part[n] = '\0';
		rel += n + gap;
		dir = walk_step(dir, part, last && !gap ? flags :
		    last ? flags | O_DIRECTORY : OPEN_FOLDER);
		if (last)
			break;
	}
	return dir;
}

/* A descriptor, or -1 with errno. */
static int
open_beneath(const struct root *r, str rel, int flags)
{
	char path[PATH_MAX];
	int fd;

	if (rel.n == 0 || str_find_char(rel, '\0') != SIZE_MAX) {
		errno = EINVAL;
		return -1;
	}
	if (rel.n >= sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(path, rel.p, rel.n);
	path[rel.n] = '\0';
	if (r->openat2) {
		fd = openat2_beneath(r->fd, path, flags);
		if (fd >= 0 || errno != ENOSYS)
			return fd;
	}
	return walk_beneath(r->fd, path, flags);
}

struct root *
root_open(const char *path, int *err)
{
	struct root *r = malloc(sizeof *r);
	int probe;

	if (!r) {
		*err = ENOMEM;
		return NULL;
	}
	r->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->fd < 0) {
		*err = errno;
		free(r);
		return NULL;
	}
	/* Some containers answer EPERM: ask now, where it is no name's. */
	probe = openat2_beneath(r->fd, ".", O_PATH | O_CLOEXEC);
	r->openat2 = probe >= 0;
	if (probe >= 0)
		close(probe);
	*err = 0;
	return r;
}

void
root_close(struct root *r)
{
	if (!r)
		return;
	close(r->fd);
	free(r);
}

int
root_fd(const struct root *r)
{
	return r->fd;
}

void
root_forget_openat2(struct root *r)
{
	r->openat2 = false;
}

static bool
same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* Reads n bytes and sees the end right after them; -1 with errno. */
static int
read_exactly(int fd, char *p, size_t n)
{
	size_t have = 0;
	char more;

	for (;;) {
		ssize_t k = have < n ?
		    pread(fd, p + have, n - have, (off_t)have) :
		    pread(fd, &more, 1, (off_t)have);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		if (k == 0 && have == n)
			return 0;
		if (k == 0 || have == n)
			break;
		have += (size_t)k;
	}
	errno = EBUSY;		/* it has another size than a moment ago */
	return -1;
}

/*
 * The file as it was at one moment: size and times are the same before and
 * after, or it is read again, three times at most.
 */
static enum file_err
read_open(int fd, size_t max, struct arena *a, str *out)
{
	for (int tries = 3; tries > 0; tries--) {
		struct arena_mark mark = arena_mark(a);
		struct stat st, after;
		size_t n;
		char *p;

		if (fstat(fd, &st) < 0)
			return err_of(errno);
		if (!S_ISREG(st.st_mode))
			return FILE_IRREGULAR;
		if ((uint64_t)st.st_size > max)
			return FILE_TOO_BIG;
		n = (size_t)st.st_size;
		p = arena_try(a, n, 1);
		if (!p)
			return FILE_NO_MEMORY;
		if (read_exactly(fd, p, n) == 0 && fstat(fd, &after) == 0 &&
		    after.st_size == st.st_size &&
		    same_time(after.st_mtim, st.st_mtim)) {
			*out = (str){ p, n };
			return FILE_OK;
		}
		arena_release(a, mark);
		if (errno != EBUSY && errno != 0)
			return err_of(errno);
	}
	return FILE_IO;
}

enum file_err
root_read(const struct root *r, str rel, size_t max, struct arena *a,
    str *out)
{
	int fd = open_beneath(r, rel, OPEN_READ);
	enum file_err e;

	if (fd < 0)
		return err_of(errno);
	errno = 0;
	e = read_open(fd, max, a, out);
	close(fd);
	return e;
}

/* ---- listing ----------------------------------------------------------- */

/*
 * Names found, each with its NUL; `folders` is a queue of the same form
 * that is still to be read from `next` on.
 */
struct listing {
	const struct root *root;
	struct buf	 files, folders;
	size_t		 next, n;
};

enum entry { ENTRY_OTHER, ENTRY_FILE, ENTRY_FOLDER };

/*
 * A symlink counts only when it leads to a regular file inside the root.
 * Folders are listed where they stand: following links to them would list
 * files twice and could run in circles.
 */
static enum entry
entry_kind(const struct listing *l, int dir, const char *name, str path)
{
	struct stat st;
	int fd;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return ENTRY_OTHER;	/* gone meanwhile */
	if (S_ISDIR(st.st_mode))
		return ENTRY_FOLDER;
	if (S_ISREG(st.st_mode))
		return ENTRY_FILE;
	if (!S_ISLNK(st.st_mode))
		return ENTRY_OTHER;
	fd = open_beneath(l->root, path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return ENTRY_OTHER;
	if (fstat(fd, &st) < 0)
		st.st_mode = 0;
	close(fd);
	return S_ISREG(st.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

static void
list_entry(struct listing *l, int dir, str folder, const char *name)
{
	struct buf path = { 0 };

	if (*name == '.')
		return;
	buf_str(&path, folder);
	if (folder.n)
		buf_char(&path, '/');
	buf_z(&path, name);
	switch (entry_kind(l, dir, name, buf_view(&path))) {
	case ENTRY_FILE:
		buf_add(&l->files, path.p, path.n);
		buf_char(&l->files, '\0');
		l->n++;
		break;
	case ENTRY_FOLDER:
		buf_add(&l->folders, path.p, path.n);
		buf_char(&l->folders, '\0');
		break;
	case ENTRY_OTHER:
		break;
	}
	if (path.failed)
		l->files.failed = true;
	buf_done(&path);
}

/* Lists one folder; 0 or errno. */
static int
list_folder(struct listing *l, str folder)
{
	int fd = open_beneath(l->root, folder.n ? folder : S("."),
	    OPEN_FOLDER);
	struct dirent *d;
	DIR *dir;
	int e;

	if (fd < 0)
		return errno;
	dir = fdopendir(fd);
	if (!dir) {
		e = errno;
		close(fd);
		return e;
	}
	while (errno = 0, (d = readdir(dir)))
		list_entry(l, dirfd(dir), folder, d->d_name);
	e = errno;
	closedir(dir);
	return l->files.failed || l->folders.failed ? ENOMEM : e;
}

/* All folders, breadth first: depth costs no stack. */
static int
list_all(struct listing *l, str rel)
{
	int e = list_folder(l, rel);

	while (e == 0 && l->next < l->folders.n) {
		/* A copy: the queue may move while it grows. */
		char path[PATH_MAX];
		size_t n = strlen(l->folders.p + l->next);

		if (n >= sizeof path)
			return ENAMETOOLONG;
		memcpy(path, l->folders.p + l->next, n);
		l->next += n + 1;
		e = list_folder(l, (str){ path, n });
		if (e == ENOENT)	/* gone meanwhile */
			e = 0;
	}
	return e;
}

static int
path_order(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* Moves the names found into the arena, in order. */
static enum file_err
list_keep(const struct listing *l, struct arena *a, const str **paths,
    size_t *n)
{
	str *v = arena_try(a, sizeof *v * (l->n + 1), _Alignof(str));
	char *p = v ? arena_try(a, l->files.n + 1, 1) : NULL;

	if (!p)
		return FILE_NO_MEMORY;
	if (l->files.n)
		memcpy(p, l->files.p, l->files.n);
	for (size_t i = 0; i < l->n; i++) {
		v[i] = str_c(p);
		p += v[i].n + 1;
	}
	qsort(v, l->n, sizeof *v, path_order);
	*paths = v;
	*n = l->n;
	return FILE_OK;
}

enum file_err
root_list(const struct root *r, str rel, struct arena *a, const str **paths,
    size_t *n)
{
	struct listing l = { .root = r };
	enum file_err e;
	int sys;

	while (str_ends(rel, S("/")))
		rel.n--;
	sys = list_all(&l, rel);
	e = sys ? err_of(sys) : list_keep(&l, a, paths, n);
	buf_done(&l.files);
	buf_done(&l.folders);
	return e;
}
