/*
 * dump_int.h: what the dumps share.
 */
#ifndef OUT_DUMP_DUMP_INT_H
#define OUT_DUMP_DUMP_INT_H

#include "out/dump/dump.h"

/* In double quotes; quotes, backslashes and controls escaped. */
void	dump_quoted(struct buf *, str);
void	dump_indent(struct buf *, unsigned depth);
void	dump_field(struct buf *, const char *name, str);	/* not if "" */
void	dump_date(struct buf *, const char *name, struct date);

#endif
