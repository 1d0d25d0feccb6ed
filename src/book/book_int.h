/*
 * book_int.h: what the files of this module share and nobody else sees.
 */
#ifndef BOOK_BOOK_INT_H
#define BOOK_BOOK_INT_H

#include "book/book.h"

/* "hi" of "hi-IN". */
str	lang_primary(str lang);

/* Bytes that sort as the language's dictionaries do, one key per title. */
void	locale_sort_keys(struct arena *, str lang, const str *titles,
	    size_t n, str *keys);

/* Fills in the anchors of book (and of the writable sections, articles). */
void	anchors_make(struct arena *, struct book *, struct book_section *,
	    struct book_article *);
/* Fills in the contents of each article and of the book. */
void	toc_make(struct arena *, struct book *, struct book_article *);

#endif
