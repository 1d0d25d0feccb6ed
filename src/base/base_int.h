/*
 * base_int.h: what base's own files share and nobody else may call.
 */
#ifndef BASE_BASE_INT_H
#define BASE_BASE_INT_H

#include "base/base.h"

/*
 * arena_alloc that answers NULL instead of jumping, for callers that hold a
 * descriptor or heap memory which a jump would leak.
 */
void	*arena_try(struct arena *, size_t n, size_t align);

/* Makes the root behave as on a kernel without openat2 (for tests). */
void	 root_forget_openat2(struct root *);

#endif
