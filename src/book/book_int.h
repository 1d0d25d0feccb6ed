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

/* The value of "pdf", NULL: none; false after PUB_VALUE. */
bool	pub_pdf_read(const struct yaml_node *, struct pub_pdf *,
	    struct diag *);
bool	pub_epub_read(const struct yaml_node *, struct pub_epub *,
	    struct diag *);		/* the same of "epub" */

struct book_index {
	struct map *names;	/* anchor's name -> its index */
	struct map *paths;	/* article's path -> its index + 1 */
	struct map *stems;	/* the same without ".hi.md" or ".md" */
};

/* Fills in index->paths and ->stems. */
void	resolve_index(struct arena *, const struct book *,
	    struct book_index *);
/* MD_LINK_UNDEFINED for each link to a place that is not there. */
void	resolve_check(struct arena *, const struct book *,
	    const struct map *known, struct diag *);

/* Fills in the anchors of book (and of the writable sections, articles). */
void	anchors_make(struct arena *, struct book *, struct book_section *,
	    struct book_article *);
/* Fills in the contents of each article and of the book. */
void	toc_make(struct arena *, struct book *, struct book_article *);

#endif
