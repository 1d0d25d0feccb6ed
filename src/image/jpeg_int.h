/*
 * jpeg_int.h: what each use of libjpeg-turbo needs: errors that jump to our
 * frame, a warning being one, and files written to a buf.
 */
#ifndef IMAGE_JPEG_INT_H
#define IMAGE_JPEG_INT_H

#include <stdio.h>

#include <jpeglib.h>

#include "image/image_int.h"

#define JPEG_BLOCK	32768

struct jpeg_errors {
	struct jpeg_error_mgr base;	/* first: the library sees this */
	jmp_buf	 back;
};

struct jpeg_sink {
	struct jpeg_destination_mgr base;
	struct buf *out;
	JOCTET	 block[JPEG_BLOCK];
};

struct jpeg_error_mgr *jpeg_errors_set(struct jpeg_errors *);
void	jpeg_sink_set(struct jpeg_compress_struct *, struct jpeg_sink *,
	    struct buf *out);
/* What waits in the block; libjpeg does it when it finishes a file. */
void	jpeg_sink_close(j_compress_ptr);

#endif
