/*
 * epub.h: book -> one EPUB 3.3 file through libzip.
 *
 * Entries are built in memory, deflated by us and handed over with their
 * CRC; times and attributes are fixed. Bytes depend on the arguments only.
 */
#ifndef OUT_EPUB_EPUB_H
#define OUT_EPUB_EPUB_H

#include "book/book.h"
#include "font/font.h"
#include "image/image.h"
#include "layout/pages.h"
#include "style/style.h"

struct epub_options {
	const struct theme *theme;	/* the stylesheet follows it */
	const struct fontset *fonts;	/* subsets of them go in; NULL: none */
	unsigned threads;	/* for serialising and deflate; >= 1 */
	int	 level;		/* libdeflate level; 0: the default (6) */
	str	 generator;	/* "fascicle 0.1" */
	enum epub_images images;
	const struct page *cover;	/* to be drawn as the cover's picture;
					   NULL: none */
	/* By image index, of SVGs: what a picture of pixels is drawn from.
	 * NULL, or an entry that is: none is made. */
	const struct drawn *const *drawings;
	const struct pages *pages; /* of the PDF, for the list of pages; NULL:
				      none */
	size_t	 merge;		/* articles smaller than that [bytes] share
				   files; 0: none do */
};

/*
 * Writes the whole file to out (which the caller commits or aborts). false
 * after a diagnostic (EPUB_BACKEND, IO_WRITE).
 */
bool	epub_write(const struct book *, const struct image_store *,
	    const struct epub_options *, const struct limits *,
	    struct arena *scratch, struct diag *, struct outfile *out);

#endif
