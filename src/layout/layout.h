/*
 * layout.h: book -> pages. Everything is measured, broken into lines and
 * cut into pages here, once: page numbers in contents lists stand in room
 * kept for them.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "layout/pages.h"
#include "style/style.h"
#include "text/text.h"

struct layout_in {
	const struct book *book;
	const struct theme *theme;
	const struct fontset *fonts;
	const struct image_store *images;

	struct text_engine *text;
	const struct limits *limits;
};

/* pages: results; work: of an article at a time; scratch: of a paragraph,
 * and smaller things. Both are left as they were. Never fails: what cannot be set
 * well is set badly and said so. */
const struct pages *layout_book(struct arena *pages, struct arena *work,
	    struct arena *scratch, const struct layout_in *, struct diag *);

/* The cover alone, its sides as 5 to 8: the picture that an EPUB has, of any
 * kind of book. */
const struct page *layout_cover(struct arena *pages, struct arena *work,
	    struct arena *scratch, const struct layout_in *, struct diag *);
/* The text of an SVG, set as on a page. */
const struct drawn *layout_drawing(struct arena *pages,
	    struct arena *scratch, const struct layout_in *,
	    const struct image *, struct diag *);

#endif
