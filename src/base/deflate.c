/*
 * deflate.c: one-shot compression by libdeflate.
 *
 * A compressor is allocated per call: it holds no state worth keeping, and
 * that makes the function thread-safe without locks. It costs one malloc of
 * 66 KiB (level 1) to 0.9 MiB (level 9), but 9 MiB from level 10 on: give
 * few large pieces, not many small ones, at the highest levels.
 */
#include "base/base.h"

#include <libdeflate.h>

bool
deflate_add(struct buf *out, str in, enum deflate_form form, int level)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(level);
	const char *p = in.n ? in.p : "";
	size_t bound, n = 0;

	if (!c)
		return false;
	bound = form == DEFLATE_ZLIB ?
	    libdeflate_zlib_compress_bound(c, in.n) :
	    libdeflate_deflate_compress_bound(c, in.n);
	if (buf_reserve(out, bound))
		n = form == DEFLATE_ZLIB ?
		    libdeflate_zlib_compress(c, p, in.n, out->p + out->n,
			out->cap - out->n) :
		    libdeflate_deflate_compress(c, p, in.n, out->p + out->n,
			out->cap - out->n);
	libdeflate_free_compressor(c);
	out->n += n;
	return n > 0;	/* within its bound 0 never happens */
}
