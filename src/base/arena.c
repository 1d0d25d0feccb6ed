/*
 * arena.c: bump allocation in blocks that double from 64 KiB to 4 MiB.
 *
 * Invariants: a->last is the block being filled; every older block keeps
 * its final `used`; lim->used is the sum of the sizes of all blocks, the
 * spare included. The spare is the largest block given back by a release,
 * kept so that a scratch arena reset per paragraph does not return to malloc
 * each time. Memory is zeroed when handed out, not when given back, so what
 * is never used again costs nothing; what the kernel has just zeroed (past
 * the block's high-water mark) is not zeroed again. Large blocks ask for
 * huge pages: a book touches tens of thousands of small ones else. Under AddressSanitizer free space is
 * poisoned and allocations are kept apart by a red zone.
 */
#include "base/base_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n)	ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n)	ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define RED_ZONE	((size_t)16)
#else
#define POISON(p, n)	((void)(p), (void)(n))
#define UNPOISON(p, n)	((void)(p), (void)(n))
#define RED_ZONE	((size_t)0)
#endif

#define BLOCK_FIRST	((size_t)64 << 10)
#define BLOCK_MOST	(((size_t)4 << 20) - 64)	/* with its header: whole
						   huge pages */
#define ALIGN_MOST	((size_t)64)
#define HUGE_PAGE	((size_t)2 << 20)
#ifdef __SANITIZE_ADDRESS__
#define MAPPED_FROM	SIZE_MAX	/* malloc sees every block */
#else
#define MAPPED_FROM	HUGE_PAGE
#endif

struct block {
	struct block	*prev;
	size_t		 cap, used;	/* [bytes] of the data behind */
	size_t		 dirty;		/* bytes that may not be zero */
	size_t		 mapped;	/* bytes from mmap; 0: malloc */
	_Alignas(16) char data[];
};

struct arena {
	struct mem_limit *lim;
	struct block	*last, *spare;
};

struct arena *
arena_new(struct mem_limit *lim)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a)
		a->lim = lim;
	return a;
}

static void
block_free(struct arena *a, struct block *b)
{
	if (!b)
		return;
	a->lim->used -= sizeof *b + b->cap;
	UNPOISON(b->data, b->cap);
	if (b->mapped > 0)
		munmap(b, b->mapped);
	else
		free(b);
}

/* Gives a block back: the larger of it and the spare is the new spare. */
static void
block_retire(struct arena *a, struct block *b)
{
	struct block *old = a->spare;

	POISON(b->data, b->cap);
	if (old && old->cap >= b->cap) {
		block_free(a, b);
		return;
	}
	a->spare = b;
	block_free(a, old);
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->last) {
		struct block *b = a->last;

		a->last = b->prev;
		block_free(a, b);
	}
	block_free(a, a->spare);
	free(a);
}

/* `all` bytes on a huge page's border, zero; NULL: none to be had. */
static struct block *
block_map(size_t all)
{
	char *p = mmap(NULL, all + HUGE_PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t head;

	if (p == MAP_FAILED)
		return NULL;
	head = (size_t)(-(uintptr_t)p & (HUGE_PAGE - 1));
	if (head > 0)
		munmap(p, head);
	munmap(p + head + all, HUGE_PAGE - head);
	madvise(p + head, all, MADV_HUGEPAGE);	/* may be refused: fine */
	return (struct block *)(void *)(p + head);
}

/* Mapped blocks come out up to a huge page larger, where there is room. */
static struct block *
block_make(size_t cap, size_t room)
{
	size_t all = sizeof(struct block) + cap;
	struct block *b;

	if (cap >= MAPPED_FROM && room - all >= HUGE_PAGE) {
		all = (all + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
		b = block_map(all);
		if (!b)
			return NULL;
		b->mapped = all;
		b->dirty = 0;
		return b;
	}
	b = malloc(all);
	if (b) {
		b->mapped = 0;
		b->dirty = cap;
	}
	return b;
}

/* A block within the budget; NULL: none. */
static struct block *
block_new(struct arena *a, size_t need)
{
	struct mem_limit *lim = a->lim;
	size_t room = lim->cap > lim->used ? lim->cap - lim->used : 0;
	size_t cap = a->last ? a->last->cap * 2 : BLOCK_FIRST;
	struct block *b;

	if (cap > BLOCK_MOST)
		cap = BLOCK_MOST;
	if (cap < need)
		cap = need;
	if (room < sizeof *b || room - sizeof *b < need)
		return NULL;
	if (cap > room - sizeof *b)	/* the last bytes of the budget */
		cap = need;
	b = block_make(cap, room);
	if (!b)
		return NULL;
	b->cap = b->mapped > 0 ? b->mapped - sizeof *b : cap;
	lim->used += sizeof *b + b->cap;
	POISON(b->data, b->cap);
	return b;
}

/* Makes a->last a block with `need` free bytes. */
static bool
block_push(struct arena *a, size_t need)
{
	struct block *b = a->spare;

	if (b && b->cap >= need) {
		a->spare = NULL;
	} else {
		b = block_new(a, need);
		if (!b && a->spare) {	/* it holds budget: try without */
			block_free(a, a->spare);
			a->spare = NULL;
			b = block_new(a, need);
		}
		if (!b)
			return false;
	}
	b->prev = a->last;
	b->used = 0;
	a->last = b;
	return true;
}

/* Where the next allocation of this alignment starts: offset in b->data. */
static size_t
block_start(const struct block *b, size_t align)
{
	uintptr_t at = (uintptr_t)b->data + b->used;

	return b->used + (size_t)(-at & (align - 1));
}

/* As arena_try, but the bytes are not zeroed. */
static void *
take(struct arena *a, size_t n, size_t align)
{
	struct block *b = a->last;
	size_t at;

	INVARIANT(align > 0 && align <= ALIGN_MOST &&
	    (align & (align - 1)) == 0);
	if (n > SIZE_MAX / 4)
		return NULL;
	at = b ? block_start(b, align) : 0;
	if (!b || at > b->cap || b->cap - at < n + RED_ZONE) {
		if (!block_push(a, (n + RED_ZONE + align + 15) & ~(size_t)15))
			return NULL;
		b = a->last;
		at = block_start(b, align);
	}
	b->used = at + n + RED_ZONE;
	UNPOISON(b->data + at, n);
	return b->data + at;
}

/* Zeroes n bytes at p of the newest block, as far as they are not zero, and
 * counts all that is in use as dirty. */
static void *
zeroed(struct arena *a, char *p, size_t n)
{
	struct block *b = a->last;
	size_t at = (size_t)(p - b->data);

	if (at < b->dirty)
		memset(p, 0, n < b->dirty - at ? n : b->dirty - at);
	if (b->dirty < b->used)
		b->dirty = b->used;
	return p;
}

void *
arena_try(struct arena *a, size_t n, size_t align)
{
	void *p = take(a, n, align);

	return p ? zeroed(a, p, n) : NULL;
}

NORETURN static void
out_of_memory(const struct arena *a)
{
	if (a->lim->escape)
		longjmp(*a->lim->escape, 1);
	fputs("fascicle: out of memory\n", stderr);
	abort();
}

void *
arena_alloc(struct arena *a, size_t n, size_t align)
{
	void *p = take(a, n, align);

	if (!p)
		out_of_memory(a);
	return zeroed(a, p, n);
}

/* Grows or shrinks the newest allocation where it stands. */
static bool
grow_in_place(struct arena *a, char *old, size_t oldn, size_t n)
{
	struct block *b = a->last;
	size_t at;

	if (!b || b->used < oldn + RED_ZONE ||
	    b->data + (b->used - oldn - RED_ZONE) != old)
		return false;
	at = (size_t)(old - b->data);
	if (n > b->cap || b->cap - n < at + RED_ZONE)
		return false;
	b->used = at + n + RED_ZONE;
	if (n < oldn) {
		POISON(old + n, oldn - n);
	} else {
		UNPOISON(old, n);
		zeroed(a, old + oldn, n - oldn);
	}
	return true;
}

void *
arena_grow(struct arena *a, void *old, size_t oldn, size_t n, size_t align)
{
	char *p;

	if (!old)
		return arena_alloc(a, n, align);
	if (grow_in_place(a, old, oldn, n))
		return old;
	if (n <= oldn)
		return old;
	p = take(a, n, align);
	if (!p)
		out_of_memory(a);
	memcpy(p, old, oldn);
	zeroed(a, p + oldn, n - oldn);
	POISON(old, oldn);
	return p;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->last, a->last ? a->last->used : 0 };
}

void
arena_release(struct arena *a, struct arena_mark m)
{
	struct block *b;

	while ((b = a->last) != m.block) {
		INVARIANT(b);	/* the mark is of this arena, and older */
		a->last = b->prev;
		block_retire(a, b);
	}
	if (!b)
		return;
	INVARIANT(m.used <= b->used);
	POISON(b->data + m.used, b->cap - m.used);
	b->used = m.used;
}

void
arena_reset(struct arena *a)
{
	arena_release(a, (struct arena_mark){ NULL, 0 });
}

size_t
arena_used(const struct arena *a)
{
	size_t n = 0;

	for (const struct block *b = a->last; b; b = b->prev)
		n += b->used;
	return n;
}

str
arena_str(struct arena *a, str s)
{
	return (str){ arena_cstr(a, s), s.n };
}

char *
arena_cstr(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	INVARIANT(fmt);		/* gcc 12 with UBSan believes it may be NULL */
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n <= 0)
		return (str){ "", 0 };
	p = arena_alloc(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (str){ p, (size_t)n };
}

str
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	str s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}
