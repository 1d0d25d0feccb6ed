/*
 * raster.h: pages and drawings as pixels, through cairo: for what a reader
 * shows as a picture (the cover of an EPUB, a drawing where there is no SVG).
 *
 * cairo draws shapes only: letters are outlines of our own faces. What is
 * drawn may come from anybody, so the work that it takes is reckoned first.
 * Takes no arena memory: runs in threads.
 */
#ifndef RASTER_RASTER_H
#define RASTER_RASTER_H

#include "layout/pages.h"

#define RASTER_SIDE	8192u		/* [px] at most */

/*
 * Appends w * h * 3 bytes, red first, top row first, on white; the sides of
 * the page or drawing are stretched to those of the raster. false: no memory,
 * or more work than a picture may take.
 */
bool	raster_page(const struct page *, uint32_t w, uint32_t h,
	    struct buf *rgb);
/* The same as a JPEG file, without room for the whole. */
bool	raster_page_jpeg(const struct page *, uint32_t w, uint32_t h,
	    int quality, struct buf *jpeg);
bool	raster_drawing(const struct drawn *, uint32_t w, uint32_t h,
	    struct buf *rgb);

#endif
