/*
 * dump.h: each stage's result as text, one line a thing, stable: goldens
 * and `fascicle dump` read it.
 */
#ifndef OUT_DUMP_DUMP_H
#define OUT_DUMP_DUMP_H

#include "layout/pages.h"

void	dump_doc(struct buf *, const struct doc *);
void	dump_book(struct buf *, const struct book *);
/* The text as outputs show it, in reading order. */
void	dump_text(struct buf *, struct arena *, const struct book *,
	    const struct image_store *);
void	dump_pages(struct buf *, const struct pages *);	/* lengths in pt with
			two decimals, text quoted, glyph ids of each run */
/* The structure tree as it is read aloud, worked out in a. */
void	dump_tags(struct buf *, struct arena *a, const struct pages *);

#endif
