/*
 * outfile.c: a file that replaces its old version at once or not at all.
 *
 * Bytes go to a temporary in the same folder; commit flushes, fsyncs and
 * renames it, then fsyncs the folder. Until the rename the old version is
 * untouched. If only the folder's fsync fails, the complete new version
 * stands and the failure is reported all the same.
 *
 * A temporary is alive while its writer holds flock() on it: the kernel
 * drops the lock when the writer dies, however it dies, and it works across
 * PID namespaces, where process ids say nothing. outfile_clean removes a
 * temporary only after taking that lock itself. Between its creation and
 * its lock a temporary could be taken for a dead one, so the writer checks,
 * with the lock held, that its name still stands, or makes another.
 *
 * A name that is a symlink is replaced, not followed; any other name that
 * is not a regular file (folder, FIFO, device) is refused at once.
 */
#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define OUT_BUFFER	((size_t)64 << 10)
#define SUFFIX_LEN	11		/* ".XXXXXX.tmp" */
#define STEM_MOST	128		/* of NAME in a temporary's name */
#define NO_LOCK_AGE	86400		/* [s], where flock is not supported */

struct outfile {
	int	 dirfd, fd;	/* fd -1: closed */
	int	 err;		/* first errno */
	bool	 linked;	/* the temporary's name is ours */
	uint64_t bytes;
	size_t	 held;		/* in buffer */
	char	 name[NAME_MAX + 1], tmp[NAME_MAX + 1];
	char	 buffer[OUT_BUFFER];
};

/* ---- names ------------------------------------------------------------- */

static const char digits[] = "0123456789abcdefghijklmnopqrstuv";

/*
 * Writes ".XXXXXX.tmp": four digits that differ between attempts and two
 * that check the whole name, so that no foreign file is taken for ours.
 */
static void
tmp_suffix(char out[SUFFIX_LEN + 1], str stem, uint32_t attempt)
{
	char tag[4];
	uint64_t h;

	for (int i = 0; i < 4; i++)
		tag[i] = digits[attempt >> (5 * i) & 31];
	h = str_hash(stem);
	for (int i = 0; i < 4; i++)
		h = (h ^ (unsigned char)tag[i]) * 0x100000001b3u;
	h ^= h >> 32;
	snprintf(out, SUFFIX_LEN + 1, ".%.4s%c%c.tmp", tag,
	    digits[h & 31], digits[h >> 5 & 31]);
}

/* The part of a temporary's name that stands for `name`. */
static str
tmp_stem(char out[STEM_MOST + 24], str name)
{
	size_t n = name.n;

	if (n <= STEM_MOST) {
		memcpy(out, name.p, n);
		return (str){ out, n };
	}
	for (n = STEM_MOST; n > 0 && (name.p[n] & 0xc0) == 0x80; n--)
		;		/* not within a UTF-8 sequence */
	memcpy(out, name.p, n);
	n += (size_t)snprintf(out + n, 24, "-%016llx",
	    (unsigned long long)str_hash(name));
	return (str){ out, n };
}

static bool
tmp_is_ours(const char *name)
{
	size_t n = strlen(name);
	char want[SUFFIX_LEN + 1];
	uint32_t attempt = 0;
	str stem;

	if (n < SUFFIX_LEN + 2 || name[0] != '.')
		return false;
	stem = (str){ name + 1, n - 1 - SUFFIX_LEN };
	for (int i = 4; i > 0; i--) {
		char c = name[n - SUFFIX_LEN + (size_t)i];
		const char *d = c ? strchr(digits, c) : NULL;

		if (!d)
			return false;
		attempt = attempt << 5 | (uint32_t)(d - digits);
	}
	tmp_suffix(want, stem, attempt);
	return strcmp(name + n - SUFFIX_LEN, want) == 0;
}

static bool
name_possible(str name)
{
	return name.n > 0 && str_find_char(name, '/') == SIZE_MAX &&
	    str_find_char(name, '\0') == SIZE_MAX &&
	    !str_eq(name, S(".")) && !str_eq(name, S(".."));
}

/* ---- opening ----------------------------------------------------------- */

static bool
lock_unsupported(int e)
{
	return e == ENOLCK || e == EOPNOTSUPP || e == EINVAL || e == ENOSYS;
}

/* 0: the name still leads to this very file; ENOENT: no longer. */
static int
still_named(int dirfd, const char *name, int fd)
{
	struct stat a, b;

	if (fstat(fd, &a) < 0 ||
	    fstatat(dirfd, name, &b, AT_SYMLINK_NOFOLLOW) < 0)
		return errno;
	return a.st_dev == b.st_dev && a.st_ino == b.st_ino ? 0 : ENOENT;
}

/* One attempt: 0, EEXIST to try another name, or another errno. */
static int
tmp_create(struct outfile *o)
{
	int e;

	o->fd = openat(o->dirfd, o->tmp,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (o->fd < 0)
		return errno == EINTR ? EEXIST : errno;
	if (flock(o->fd, LOCK_EX | LOCK_NB) < 0 && !lock_unsupported(errno))
		e = errno == EWOULDBLOCK ?
		    EWOULDBLOCK :	/* a cleaner has it */
		    EEXIST;		/* once more, by another name */
	else
		e = still_named(o->dirfd, o->tmp, o->fd);
	o->linked = e == 0;
	if (e == 0)
		return 0;
	/*
	 * A cleaner that has it, or was quicker, removes the name itself:
	 * were it removed here, the cleaner could hit the next of that name.
	 */
	if (e != ENOENT && e != EWOULDBLOCK)
		unlinkat(o->dirfd, o->tmp, 0);
	close(o->fd);
	o->fd = -1;
	return e == ENOENT || e == EWOULDBLOCK ? EEXIST : e;
}

static int
tmp_open(struct outfile *o, str name)
{
	char room[STEM_MOST + 24], suffix[SUFFIX_LEN + 1];
	str stem = tmp_stem(room, name);
	uint32_t seed = (uint32_t)getpid() * 2654435761u;
	int e = EEXIST;

	for (uint32_t i = 0; e == EEXIST && i < 1000; i++) {
		tmp_suffix(suffix, stem, seed + i);
		snprintf(o->tmp, sizeof o->tmp, ".%.*s%s", STR_ARG(stem),
		    suffix);
		e = tmp_create(o);
	}
	return e;
}

/* What stands under the final name may be replaced: 0, or errno. */
static int
target_check(const struct outfile *o)
{
	struct stat st;

	if (fstatat(o->dirfd, o->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	return S_ISREG(st.st_mode) || S_ISLNK(st.st_mode) ? 0 : EEXIST;
}

struct outfile *
outfile_open(struct arena *a, int dirfd, str name)
{
	struct outfile *o = ARENA_NEW(a, struct outfile, 1);

	o->dirfd = dirfd;
	o->fd = -1;
	if (!name_possible(name)) {
		o->err = EINVAL;
	} else if (name.n > NAME_MAX) {
		o->err = ENAMETOOLONG;
	} else {
		memcpy(o->name, name.p, name.n);
		o->err = target_check(o);
		if (o->err == 0)
			o->err = tmp_open(o, name);
	}
	return o;
}

/* ---- writing ----------------------------------------------------------- */

static bool
fail(struct outfile *o, int e)
{
	if (o->err == 0)
		o->err = e;
	return false;
}

static bool
write_all(struct outfile *o, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(o->fd, p, n > (1u << 30) ? 1u << 30 : n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return fail(o, k < 0 ? errno : EIO);
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool
flush(struct outfile *o)
{
	size_t n = o->held;

	o->held = 0;
	return write_all(o, o->buffer, n);
}

bool
outfile_write(struct outfile *o, const void *p, size_t n)
{
	if (o->err)
		return false;
	if (o->fd < 0)
		return fail(o, EBADF);
	o->bytes += n;
	if (n > OUT_BUFFER - o->held && !flush(o))
		return false;
	if (n >= OUT_BUFFER)
		return write_all(o, p, n);
	if (n > 0)
		memcpy(o->buffer + o->held, p, n);
	o->held += n;
	return true;
}

/* ---- ending ------------------------------------------------------------ */

static int
sync_fd(int fd)
{
	int r;

	do
		r = fsync(fd);
	while (r < 0 && errno == EINTR);
	return r < 0 ? errno : 0;
}

/* File systems that cannot sync a folder say EINVAL: nothing to be done. */
static int
sync_folder(int dirfd)
{
	int e = sync_fd(dirfd);

	if (e == EBADF) {	/* an O_PATH descriptor */
		int fd = openat(dirfd, ".",
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (fd < 0)
			return errno;
		e = sync_fd(fd);
		close(fd);
	}
	return e == EINVAL ? 0 : e;
}

/*
 * The writing descriptor is closed before the rename, so that an error that
 * comes only then (NFS) leaves the old version; a duplicate keeps the lock.
 */
static bool
replace(struct outfile *o)
{
	int lock, e;

	if (fchmod(o->fd, 0644) < 0 && errno != EPERM)
		return fail(o, errno);
	e = sync_fd(o->fd);
	if (e)
		return fail(o, e);
	lock = fcntl(o->fd, F_DUPFD_CLOEXEC, 0);
	if (lock < 0)
		return fail(o, errno);
	e = close(o->fd) < 0 ? errno : 0;
	o->fd = -1;
	if (e == 0 && renameat(o->dirfd, o->tmp, o->dirfd, o->name) < 0)
		e = errno;
	if (e == 0) {
		o->linked = false;
		e = sync_folder(o->dirfd);
	}
	close(lock);
	return e == 0 || fail(o, e);
}

void
outfile_abort(struct outfile *o)
{
	if (!o)
		return;
	if (o->linked)		/* first the name, then the lock */
		unlinkat(o->dirfd, o->tmp, 0);
	o->linked = false;
	if (o->fd >= 0)
		close(o->fd);
	o->fd = -1;
}

bool
outfile_commit(struct outfile *o)
{
	if (o->err == 0 && o->fd < 0)
		fail(o, EBADF);
	if (o->err == 0 && flush(o))
		replace(o);
	outfile_abort(o);
	return o->err == 0;
}

int
outfile_errno(const struct outfile *o)
{
	return o->err;
}

uint64_t
outfile_bytes(const struct outfile *o)
{
	return o->bytes;
}

/* ---- cleaning ---------------------------------------------------------- */

/* The one clock below app: an age decides what is removed, no output. */
static bool
old_enough(int fd, unsigned seconds)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    time(NULL) - st.st_mtime >= (time_t)seconds;
}

static void
clean_one(int dirfd, const char *name, unsigned seconds)
{
	int fd = openat(dirfd, name,
	    O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && (!lock_unsupported(errno) ||
	    !old_enough(fd, NO_LOCK_AGE))) {
		close(fd);
		return;
	}
	if (old_enough(fd, seconds) && still_named(dirfd, name, fd) == 0)
		unlinkat(dirfd, name, 0);
	close(fd);
}

void
outfile_clean(int dirfd, unsigned seconds)
{
	int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *d;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((d = readdir(dir)))
		if (tmp_is_ours(d->d_name))
			clean_one(dirfd, d->d_name, seconds);
	closedir(dir);
}
