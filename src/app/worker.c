/*
 * worker.c: each piece of work in a process of its own, a few at once.
 *
 * A worker sends its printed diagnostics and a trailer over a pipe. One that
 * dies or runs out of its CPU time loses its piece only; what it worked on
 * is read from a page shared with it. Results are reported in the order of
 * the pieces, whatever order they end in. Signals that end a program are
 * taken from a descriptor: no handler, no global.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app.h"

#define WORKERS_MAX	64

struct trailer {
	int32_t status;
	uint32_t books, files, pages;
	uint64_t bytes;
};

struct slot {
	pid_t		 pid;		/* 0: free */
	size_t		 piece;
	int		 fd;
};

struct piece {
	struct buf	 got;
	int		 wait;		/* of waitpid */
	bool		 over;
	uint32_t	*at;		/* shared: the entry being read */
};

struct pool_of_workers {
	const struct work *work;
	struct report	*report;
	struct piece	*piece;
	struct slot	 slot[WORKERS_MAX];
	unsigned	 nslots;
	size_t		 started, over, told;
	int		 signals;	/* signalfd; -1: none */
	pid_t		 parent;
	bool		 stopped;	/* by a signal */
};

static bool
write_all(int fd, const void *p, size_t n)
{
	const char	*c = p;
	ssize_t		 k;

	for (; n > 0; c += k, n -= (size_t)k) {
		k = write(fd, c, n);
		if (k < 0 && errno == EINTR)
			k = 0;
		else if (k <= 0)
			return false;
	}
	return true;
}

/* The address space is not limited under a sanitizer: its shadow is huge. */
static void
confine(const struct work *w, size_t i)
{
	rlim_t		 s = w->limits->cpu_base +
			    (rlim_t)w->limits->cpu_per_article *
			    w->weight(w->user, i);
	struct rlimit	 cpu = { s, s + 2 };
#ifndef __SANITIZE_ADDRESS__
	struct rlimit	 as = { w->limits->worker_memory,
			    w->limits->worker_memory };

	setrlimit(RLIMIT_AS, &as);
#endif
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
}

static void
confine_more(const struct work *w, struct report *r)
{
	struct diag	*d;

	if (w->sandbox == NULL || sandbox_enter(w->sandbox))
		return;
	d = diag_new(r->arena, srcmap_new(r->arena));
	diag_add(d, DIAG_SANDBOX_OFF, SPAN_NONE, "a worker was refused it");
	report_diag(r, d);
}

struct life { struct pool_of_workers *pool; size_t piece; int fd; };

static void
worker_live(void *user)
{
	const struct life *l = user;
	struct pool_of_workers *p = l->pool;
	const struct work *w = p->work;
	size_t		 i = l->piece;
	int		 fd = l->fd;
	struct buf	 lines = { 0 };
	struct report	 r = { .arena = p->report->arena,
			    .seen = map_new(p->report->arena),
			    .json = p->report->json,
			    .quiet = p->report->quiet,
			    .verbose = p->report->verbose, .lines = &lines,
			    .at = p->piece[i].at };
	struct trailer	 t;
	bool		 sent;

	/* Dies with its parent, which may have died just now. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() != p->parent)
		_exit(1);
	confine(w, i);
	confine_more(w, &r);
	w->run(w->user, i, &r);
	t = (struct trailer){ r.status, (uint32_t)r.books,
	    (uint32_t)r.files, (uint32_t)r.pages, r.bytes };
	sent = !lines.failed && write_all(fd, lines.p, lines.n) &&
	    write_all(fd, &t, sizeof t);
	_exit(sent ? 0 : 1);
}

static void
worker_main(struct pool_of_workers *p, size_t i, int fd)
{
	struct life	 l = { p, i, fd };

	/* Out of memory must not lead back into the parent's frames. */
	if (p->report->memory == NULL)
		worker_live(&l);
	else
		guard_run(p->report->memory, worker_live, &l);
	_exit(1);
}

static bool
start(struct pool_of_workers *p, struct slot *s)
{
	int	 fd[2];
	size_t	 i = p->started;
	void	*page = mmap(NULL, sizeof(uint32_t), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return false;
	if (pipe(fd) != 0) {
		munmap(page, sizeof(uint32_t));
		return false;
	}
	p->piece[i].at = page;
	s->pid = fork();
	if (s->pid == 0) {
		close(fd[0]);
		worker_main(p, i, fd[1]);
	}
	close(fd[1]);
	if (s->pid < 0) {
		s->pid = 0;
		close(fd[0]);
		munmap(page, sizeof(uint32_t));
		return false;
	}
	s->fd = fd[0];
	s->piece = i;
	p->started++;
	return true;
}

static void
lost(struct pool_of_workers *p, size_t i)
{
	struct report		*r = p->report;
	const struct piece	*x = &p->piece[i];
	bool			 slow = WIFSIGNALED(x->wait) &&
				    (WTERMSIG(x->wait) == SIGXCPU ||
				    WTERMSIG(x->wait) == SIGKILL);
	struct diag		*d = diag_new(r->arena, srcmap_new(r->arena));

	diag_add_path(d, slow ? DIAG_TIME_LIMIT : DIAG_WORKER_LOST,
	    p->work->name(p->work->user, i, *x->at),
	    "this book was not written; earlier ones are as they were");
	report_diag(r, d);
}

static void
tell(struct pool_of_workers *p)
{
	struct piece	*x = &p->piece[p->told];
	struct trailer	 t;
	size_t		 n = x->got.n, at = 0;

	if (x->wait != 0 || x->got.failed || n < sizeof t) {
		if (!p->stopped)
			lost(p, p->told);
	} else {
		n -= sizeof t;
		memcpy(&t, x->got.p + n, sizeof t);
		report_worst(p->report, t.status);
		p->report->books += t.books;
		p->report->files += t.files;
		p->report->pages += t.pages;
		p->report->bytes += t.bytes;
		while (at < n) {
			str	 rest = { x->got.p + at, n - at };
			size_t	 end = str_find_char(rest, '\n');

			end = end == SIZE_MAX ? rest.n : end + 1;
			report_line(p->report, str_cut(rest, 0, end));
			at += end;
		}
	}
	buf_done(&x->got);
	munmap(x->at, sizeof(uint32_t));
	p->told++;
}

static void
take(struct pool_of_workers *p, struct slot *s)
{
	char		 t[65536];
	struct piece	*x = &p->piece[s->piece];
	ssize_t		 n = read(s->fd, t, sizeof t);

	if (n > 0) {
		buf_add(&x->got, t, (size_t)n);
		return;
	}
	if (n < 0 && errno == EINTR)
		return;
	close(s->fd);
	while (waitpid(s->pid, &x->wait, 0) < 0 && errno == EINTR)
		continue;
	s->pid = 0;
	x->over = true;
	p->over++;
}

/* After a signal: no new work, and none that goes on. */
static void
stop(struct pool_of_workers *p)
{
	struct signalfd_siginfo	 si;

	if (read(p->signals, &si, sizeof si) != sizeof si)
		return;
	p->stopped = true;
	for (unsigned k = 0; k < p->nslots; k++)
		if (p->slot[k].pid != 0)
			kill(p->slot[k].pid, SIGKILL);
}

/* The line shows the oldest piece that is still worked on. */
static void
show(const struct pool_of_workers *p)
{
	const struct report	*r = p->report;
	char			 label[100] = "";
	size_t			 i = p->told;

	if (r->progress == NULL || !r->progress->on)
		return;
	if (p->work->label != NULL && i < p->work->n)
		p->work->label(p->work->user, i, label, sizeof label);
	progress_show(r->progress, p->over, p->work->n, r->pages, label);
}

static bool
wait_some(struct pool_of_workers *p)
{
	const struct progress *line = p->report->progress;
	struct pollfd	 f[WORKERS_MAX + 1];
	struct slot	*of[WORKERS_MAX];
	nfds_t		 n = 0;

	for (unsigned k = 0; k < p->nslots; k++)
		if (p->slot[k].pid != 0) {
			f[n] = (struct pollfd){ p->slot[k].fd, POLLIN, 0 };
			of[n++] = &p->slot[k];
		}
	if (n == 0)
		return false;
	f[n] = (struct pollfd){ p->signals, POLLIN, 0 };
	if (poll(f, n + 1, line != NULL && line->on ? 100 : -1) < 0)
		return errno == EINTR;
	if (f[n].revents != 0)
		stop(p);
	for (nfds_t k = 0; k < n; k++)
		if (f[k].revents != 0)
			take(p, of[k]);
	return true;
}

static void
work_through(struct pool_of_workers *p)
{
	bool	 more = true;

	while (more) {
		for (unsigned k = 0; k < p->nslots && !p->stopped; k++)
			if (p->slot[k].pid == 0 && p->started < p->work->n &&
			    !start(p, &p->slot[k]))
				break;
		more = wait_some(p);
		while (p->told < p->started && p->piece[p->told].over)
			tell(p);
		show(p);
	}
	if (p->report->progress != NULL)
		progress_wipe(p->report->progress);
	if (p->stopped)
		fprintf(stderr, "fascicle: stopped by a signal; books that "
		    "were not finished are as they were\n");
	else if (p->told < p->work->n)
		fprintf(stderr, "fascicle: cannot start a worker: %s\n",
		    strerror(errno));
	if (p->told < p->work->n || p->stopped)
		report_worst(p->report, EXIT_ENVIRONMENT);
}

static void
ending_signals(sigset_t *s)
{
	sigemptyset(s);
	sigaddset(s, SIGINT);
	sigaddset(s, SIGTERM);
	sigaddset(s, SIGHUP);
}

void
workers_hold_signals(void)
{
	sigset_t	 ends;

	ending_signals(&ends);
	sigprocmask(SIG_BLOCK, &ends, NULL);
}

void
workers_run(const struct work *w, unsigned jobs, struct report *r)
{
	struct pool_of_workers	 p = { .work = w, .report = r,
				    .parent = getpid() };
	sigset_t		 ends, before;

	p.nslots = jobs < 1 ? 1 : jobs > WORKERS_MAX ? WORKERS_MAX : jobs;
	p.piece = ARENA_NEW(r->arena, struct piece, w->n + 1);
	fflush(NULL);
	/* Workers inherit the mask: they are stopped by their parent only. */
	ending_signals(&ends);
	sigprocmask(SIG_BLOCK, &ends, &before);
	p.signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
	work_through(&p);
	if (p.signals >= 0)
		close(p.signals);
	sigprocmask(SIG_SETMASK, &before, NULL);
}
