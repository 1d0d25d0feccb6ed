/*
 * progress.c: one line on a terminal that says how far the work is. It is
 * wiped with blanks, so no escape sequence is ever written (NO_COLOR), and
 * it shows only when the work takes a while.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"

enum { FIRST_AFTER = 300, AGAIN_AFTER = 100 };	/* [ms] */

int64_t
clock_ms(void)
{
	struct timespec	 t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_init(struct progress *p, bool wanted)
{
	const char	*term = getenv("TERM");
	struct winsize	 w;

	*p = (struct progress){ .columns = 80 };
	p->on = wanted && isatty(STDERR_FILENO) && term != NULL &&
	    strcmp(term, "dumb") != 0;
	if (p->on && ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 &&
	    w.ws_col > 0 && w.ws_col < sizeof p->line)
		p->columns = w.ws_col;
	p->next = clock_ms() + FIRST_AFTER;
}

void
progress_show(struct progress *p, size_t done, size_t total, size_t pages,
    const char *current)
{
	int64_t	 now = clock_ms();
	size_t	 n;

	if (!p->on || now < p->next)
		return;
	progress_wipe(p);
	snprintf(p->line, p->columns, "%zu of %zu books, %zu pages%s%s", done,
	    total, pages, current[0] == '\0' ? "" : ": ", current);
	n = strlen(p->line);
	fwrite(p->line, 1, n, stderr);
	p->shown = (unsigned)n;
	p->next = now + AGAIN_AFTER;
}

void
progress_wipe(struct progress *p)
{
	if (p->shown > 0)
		fprintf(stderr, "\r%*s\r", (int)p->shown, "");
	p->shown = 0;
}
