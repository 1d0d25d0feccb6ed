/*
 * buf.c: growable bytes on the heap.
 *
 * Capacity doubles. The first failed allocation (or a size that cannot be)
 * sets `failed` and keeps what is there; every later write does nothing, so
 * a writer checks once, at its end.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

void
buf_done(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

bool
buf_reserve(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	char *p;

	if (b->failed)
		return false;
	if (more <= b->cap - b->n)
		return true;
	if (more > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		goto fail;
	while (cap - b->n < more)
		cap *= 2;
	p = realloc(b->p, cap);
	if (!p)
		goto fail;
	b->p = p;
	b->cap = cap;
	return true;
fail:
	b->failed = true;
	return false;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0 || !buf_reserve(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
buf_str(struct buf *b, str s)
{
	buf_add(b, s.p, s.n);
}

void
buf_z(struct buf *b, const char *z)
{
	buf_add(b, z, strlen(z));
}

void
buf_char(struct buf *b, char c)
{
	if (b->n < b->cap || buf_reserve(b, 1))
		b->p[b->n++] = c;
}

void
buf_int(struct buf *b, int64_t v)
{
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
	char d[24];
	size_t i = sizeof d;

	do
		d[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		d[--i] = '-';
	buf_add(b, d + i, sizeof d - i);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0) {
		b->failed = true;
		return;
	}
	if (!buf_reserve(b, (size_t)n + 1))
		return;
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

str
buf_view(const struct buf *b)
{
	return (str){ b->p, b->n };
}
