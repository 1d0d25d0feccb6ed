/*
 * guard.c: the one place that memory exhaustion comes back to. An arena
 * that reaches its limit jumps here, out of whatever was going on; who
 * called then drops the arenas and closes what is open.
 */
#include "app/app.h"

bool
guard_run(struct mem_limit *m, void (*fn)(void *), void *user)
{
	jmp_buf	*before = m->escape, escape;
	bool	 whole = false;

	if (setjmp(escape) == 0) {
		m->escape = &escape;
		fn(user);
		whole = true;
	}
	m->escape = before;
	return whole;
}
