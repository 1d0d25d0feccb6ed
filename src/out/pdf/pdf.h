/*
 * pdf.h: pages -> one PDF 1.7 file through libharu's object layer.
 *
 * libharu keeps the document, pages, objects, cross-reference table and
 * outline; content, fonts, images and metadata bodies are ours. No font or
 * image file ever reaches libharu. Bytes depend on the arguments only.
 */
#ifndef OUT_PDF_PDF_H
#define OUT_PDF_PDF_H

#include "layout/pages.h"

struct pdf_options {
	unsigned threads;	/* for content and deflate; >= 1 */
	int	 level;		/* libdeflate level; 0: the default (5) */
	str	 producer;	/* "fascicle 0.1" */
	bool	 tags;		/* structure for readers; true is usual */
	bool	 ua1, a2a;	/* standards to be claimed; both need tags */
	bool	 linearize;	/* first page first, for the web */
};

/*
 * Writes the whole file to out (which the caller commits or aborts). false
 * after a diagnostic (PDF_BACKEND, PDF_LIMIT, IO_WRITE, FONT_BROKEN).
 * scratch is used for plans and tables; its memory limit applies.
 */
bool	pdf_write(const struct pages *, const struct fontset *,
	    const struct pdf_options *, const struct limits *,
	    struct arena *scratch, struct diag *, struct outfile *out);

#endif
