/*
 * pool.c: a parallel for loop.
 *
 * Threads draw the next index from one counter, so uneven work balances
 * itself. The caller's thread works too: when the system gives no further
 * thread, all the work is still done, only slower.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS_MOST	64

struct work {
	void		(*fn)(void *, size_t);
	void		*user;
	size_t		 n;
	atomic_size_t	 next;
};

static void *
work_on(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) < w->n)
		w->fn(w->user, i);
	return NULL;
}

void
pool_run(unsigned threads, size_t n, void (*fn)(void *, size_t), void *user)
{
	struct work w = { .fn = fn, .user = user, .n = n };
	pthread_t others[THREADS_MOST];
	size_t want = threads > THREADS_MOST ? THREADS_MOST : threads;
	size_t have = 0;

	if (want > n)
		want = n;
	atomic_init(&w.next, 0);
	while (have + 1 < want &&
	    pthread_create(&others[have], NULL, work_on, &w) == 0)
		have++;
	work_on(&w);
	while (have > 0)
		pthread_join(others[--have], NULL);
}
