/*
 * sandbox.c: what a worker gives up before it reads a word: Landlock leaves
 * it a few folders to read and one to write, seccomp takes away the network,
 * other programs and other processes.
 *
 * Each is entered as far as the kernel knows it. Debian 12's headers stop at
 * Landlock's second version and its library has no wrapper, so the constants
 * and calls stand here. seccomp is a list of what is refused (EPERM), since
 * what the libraries and the sanitizers call changes with their versions.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/app.h"

#define FILTER_ROOM	((size_t)1 << 20)	/* about thrice what it takes */

/* ---- Landlock, as in Linux 6.15's linux/landlock.h --------------------- */

#ifndef SYS_landlock_create_ruleset	/* the same on every architecture */
#define FILTER_ROOM	((size_t)1 << 20)	/* about thrice what it takes */

#define SYS_landlock_create_ruleset	444
#define SYS_landlock_add_rule		445
#define SYS_landlock_restrict_self	446
#endif

enum { RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

enum {
	FS_EXECUTE = 1 << 0, FS_WRITE_FILE = 1 << 1, FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3, FS_REMOVE_DIR = 1 << 4, FS_REMOVE_FILE = 1 << 5,
	FS_MAKE_CHAR = 1 << 6, FS_MAKE_DIR = 1 << 7, FS_MAKE_REG = 1 << 8,
	FS_MAKE_SOCK = 1 << 9, FS_MAKE_FIFO = 1 << 10,
	FS_MAKE_BLOCK = 1 << 11, FS_MAKE_SYM = 1 << 12,
	FS_REFER = 1 << 13,		/* version 2 */
	FS_TRUNCATE = 1 << 14,		/* version 3 */
	FS_IOCTL_DEV = 1 << 15,		/* version 5 */
	FS_READING = FS_READ_FILE | FS_READ_DIR,
	FS_WRITING = FS_WRITE_FILE | FS_REMOVE_FILE | FS_MAKE_REG |
	    FS_READ_DIR
};

struct ruleset {
	uint64_t fs;
	uint64_t net;			/* version 4: TCP bind, connect */
	uint64_t scoped;		/* version 6: abstract sockets, signals */
};

struct path_beneath { uint64_t allowed; int32_t fd; }
	__attribute__((packed));

/* What each version handles, and the size of the struct that it knows. */
static const struct { struct ruleset handled; size_t size; } versions[] = {
	{ { (FS_MAKE_SYM << 1) - 1, 0, 0 }, 8 },
	{ { (FS_REFER << 1) - 1, 0, 0 }, 8 },
	{ { (FS_TRUNCATE << 1) - 1, 0, 0 }, 8 },
	{ { (FS_TRUNCATE << 1) - 1, 3, 0 }, 16 },
	{ { (FS_IOCTL_DEV << 1) - 1, 3, 0 }, 16 },
	{ { (FS_IOCTL_DEV << 1) - 1, 3, 3 }, 24 },
	{ { (FS_IOCTL_DEV << 1) - 1, 3, 3 }, 24 },
};

struct sandbox {
	int	 ruleset;		/* -1: no Landlock */
	bool	 filtered;
	struct sock_fprog filter;
};

static int
ruleset_make(void)
{
	long	 v = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
		    RULESET_VERSION);

	if (v < 1)
		return -1;
	if (v > (long)ARRAY_LEN(versions))
		v = (long)ARRAY_LEN(versions);
	return (int)syscall(SYS_landlock_create_ruleset,
	    &versions[v - 1].handled, versions[v - 1].size, 0);
}

static void
allow(const struct sandbox *s, int fd, uint64_t what)
{
	struct path_beneath	 rule = { what, fd };

	/* A folder that cannot be granted is one that cannot be read. */
	if (s->ruleset >= 0 && fd >= 0)
		syscall(SYS_landlock_add_rule, s->ruleset, RULE_PATH_BENEATH,
		    &rule, 0);
}

void
sandbox_read(const struct sandbox *s, int dirfd)
{
	allow(s, dirfd, FS_READING);
}

void
sandbox_read_path(const struct sandbox *s, const char *path)
{
	int	 fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	allow(s, fd, FS_READING);
	if (fd >= 0)
		close(fd);
}

void
sandbox_write(const struct sandbox *s, int dirfd)
{
	allow(s, dirfd, FS_WRITING);
}

/* ---- seccomp ----------------------------------------------------------- */

static const int refused[] = {
	/* the network, other machines */
	SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
	SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
	SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendmmsg),
	SCMP_SYS(recvmmsg),
	/* other programs and processes; abort() dies without its signal */
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork),
	SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise),
	SCMP_SYS(kcmp), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd),
	SCMP_SYS(pidfd_send_signal), SCMP_SYS(kill), SCMP_SYS(tkill),
	SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo),
	SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(setrlimit),
	SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(semget),
	SCMP_SYS(msgget), SCMP_SYS(mq_open),
	/* doors into the kernel that a book has no use for */
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register), SCMP_SYS(io_setup),
	SCMP_SYS(io_submit), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(keyctl), SCMP_SYS(modify_ldt), SCMP_SYS(personality),
	SCMP_SYS(fanotify_init), SCMP_SYS(syslog), SCMP_SYS(quotactl),
	SCMP_SYS(init_module), SCMP_SYS(finit_module),
	SCMP_SYS(delete_module), SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(acct),
	SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(iopl),
	SCMP_SYS(ioperm), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
	SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(sethostname),
	SCMP_SYS(setdomainname),
	/* file systems, and what Landlock leaves open in them */
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare),
	SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen),
	SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick),
	SCMP_SYS(mount_setattr), SCMP_SYS(open_by_handle_at),
	SCMP_SYS(name_to_handle_at), SCMP_SYS(mknod), SCMP_SYS(mknodat),
	SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(link),
	SCMP_SYS(linkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
	SCMP_SYS(rmdir), SCMP_SYS(chmod), SCMP_SYS(fchmodat),
	SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown),
	SCMP_SYS(fchownat), SCMP_SYS(utime), SCMP_SYS(utimes),
	SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(setxattr),
	SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr),
	SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr),
	/* who we are */
	SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid),
	SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid),
	SCMP_SYS(setgroups), SCMP_SYS(setfsuid), SCMP_SYS(setfsgid),
	SCMP_SYS(capset),
};

/* Calls that one argument makes refusable. */
static bool
refuse_some(scmp_filter_ctx c)
{
	const struct { int nr; struct scmp_arg_cmp arg; } v[] = {
		/* a process; a thread is fine */
		{ SCMP_SYS(clone), SCMP_A0_64(SCMP_CMP_MASKED_EQ,
		    CLONE_THREAD, 0) },
		/* new limits; asking for the old ones is fine */
		{ SCMP_SYS(prlimit64), SCMP_A2_64(SCMP_CMP_NE, 0) },
		/* new code */
		{ SCMP_SYS(mmap), SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC,
		    PROT_EXEC) },
		{ SCMP_SYS(mprotect), SCMP_A2_64(SCMP_CMP_MASKED_EQ,
		    PROT_EXEC, PROT_EXEC) },
		{ SCMP_SYS(pkey_mprotect), SCMP_A2_64(SCMP_CMP_MASKED_EQ,
		    PROT_EXEC, PROT_EXEC) },
		/* keys pressed for the user */
		{ SCMP_SYS(ioctl), SCMP_A1_32(SCMP_CMP_EQ, TIOCSTI) },
		{ SCMP_SYS(ioctl), SCMP_A1_32(SCMP_CMP_EQ, TIOCLINUX) },
	};

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (seccomp_rule_add_array(c, SCMP_ACT_ERRNO(EPERM), v[i].nr,
		    1, &v[i].arg) != 0)
			return false;
	/* glibc then takes clone, whose flags a filter can see. */
	return seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3),
	    0) == 0;
}

/* The filter as the kernel takes it, through a file in memory. */
static bool
filter_take(struct sandbox *s, struct arena *a, scmp_filter_ctx c)
{
	int	 fd = memfd_create("filter", MFD_CLOEXEC);
	off_t	 n = -1;

	if (fd < 0)
		return false;
	if (seccomp_export_bpf(c, fd) == 0)
		n = lseek(fd, 0, SEEK_END);
	if (n > 0) {
		s->filter.filter = arena_alloc(a, (size_t)n, 8);
		if (pread(fd, s->filter.filter, (size_t)n, 0) == n)
			s->filter.len = (unsigned short)((size_t)n /
			    sizeof *s->filter.filter);
	}
	close(fd);
	return s->filter.len > 0;
}

/*
 * libseccomp 2.5 writes through the NULL of an allocation that failed. Where
 * there is no room for its work, the arena's way out is taken before it.
 */
static void
room_for_filter(struct arena *a)
{
	void	*p = mmap(NULL, FILTER_ROOM, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		arena_alloc(a, FILTER_ROOM, 1);
	else
		munmap(p, FILTER_ROOM);
}

/* Made once for all workers: making it takes a millisecond. */
static bool
filter_make(struct sandbox *s, struct arena *a)
{
	scmp_filter_ctx	 c = seccomp_init(SCMP_ACT_ALLOW);
	bool		 ok = c != NULL;

	for (size_t i = 0; ok && i < ARRAY_LEN(refused); i++)
		ok = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), refused[i],
		    0) == 0;
	ok = ok && refuse_some(c) && filter_take(s, a, c);
	if (c != NULL)
		seccomp_release(c);
	return ok;
}

static bool
kernel_has_filters(void)
{
	/* A filter at NULL: a kernel that has filters says EFAULT. */
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) != 0 &&
	    errno == EFAULT;
}

/* ---- both -------------------------------------------------------------- */

struct sandbox *
sandbox_new(struct arena *a)
{
	struct sandbox	*s = ARENA_NEW(a, struct sandbox, 1);

	room_for_filter(a);
	s->ruleset = ruleset_make();
	s->filtered = kernel_has_filters() && filter_make(s, a);
	return s;
}

const char *
sandbox_lacks(const struct sandbox *s)
{
	if (s->ruleset >= 0)
		return s->filtered ? NULL :
		    "no seccomp filters: they can open sockets";
	return s->filtered ? "no Landlock: they can open any file" :
	    "neither Landlock nor seccomp filters";
}

bool
sandbox_enter(const struct sandbox *s)
{
	bool	 ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;

	if (s->ruleset >= 0) {
		ok = ok && syscall(SYS_landlock_restrict_self, s->ruleset,
		    0) == 0;
		close(s->ruleset);
	}
	if (s->filtered)
		ok = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &s->filter,
		    0, 0) == 0 && ok;
	return ok;
}

void
sandbox_close(struct sandbox *s)
{
	if (s != NULL && s->ruleset >= 0)
		close(s->ruleset);
	if (s != NULL)
		s->ruleset = -1;
}
