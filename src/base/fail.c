/*
 * fail.c: the end of the road for a broken invariant of ours.
 *
 * Only a bug of fascicle comes here, never bad input, so stopping at once
 * is right: the parent process sees the signal and no output is replaced.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

void
base_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "fascicle: internal error: %s (%s:%d)\n", what, file,
	    line);
	abort();
}
