/*
 * jpeg_pixels.c: libjpeg-turbo between files and samples. It reports
 * errors by a jump to our frame; a warning means damaged data and counts as
 * one. Nothing here allocates in arenas: it runs in threads too.
 */
#include <stdio.h>

#include <jpeglib.h>

#include "image/image_int.h"

#define OUT_BLOCK	32768

/* 0x00RRGGBB in the machine's own order of bytes */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define WORDS	JCS_EXT_BGRX
#else
#define WORDS	JCS_EXT_XRGB
#endif

struct errors {
	struct jpeg_error_mgr base;	/* first: the library sees this */
	jmp_buf	 back;
};

static void
on_error(j_common_ptr c)
{
	struct errors *e = (struct errors *)(void *)c->err;

	longjmp(e->back, 1);
}

/* Level -1 is a warning: damaged data. The rest is chatter. */
static void
on_message(j_common_ptr c, int level)
{
	if (level < 0)
		on_error(c);
}

/* ---- reading ---------------------------------------------------------- */

static void
read_rows(struct jpeg_decompress_struct *c, const struct image_rows *to)
{
	JSAMPROW row[1];

	while (c->output_scanline < c->output_height) {
		row[0] = to->row;
		if (to->whole)
			row[0] += (size_t)c->output_scanline *
			    c->output_width * (size_t)c->output_components;
		jpeg_read_scanlines(c, row, 1);
	}
	jpeg_finish_decompress(c);
}

bool
image_jpeg_pixels(str file, unsigned comps, unsigned part,
    const struct image_rows *to)
{
	struct jpeg_decompress_struct c;
	struct errors e;
	volatile bool ok = false;

	memset(&c, 0, sizeof c);
	c.err = jpeg_std_error(&e.base);
	e.base.error_exit = on_error;
	e.base.emit_message = on_message;
	if (setjmp(e.back) == 0) {
		jpeg_create_decompress(&c);
		jpeg_mem_src(&c, (const unsigned char *)file.p,
		    (unsigned long)file.n);
		jpeg_read_header(&c, TRUE);
		c.out_color_space = comps == 1 ? JCS_GRAYSCALE : comps == 4 ?
		    JCS_CMYK : JCS_RGB;
		c.scale_num = 1;
		c.scale_denom = part;
		jpeg_start_decompress(&c);
		if (c.output_width == to->w && c.output_height == to->h &&
		    c.output_components == (int)comps) {
			read_rows(&c, to);
			ok = true;
		}
	}
	jpeg_destroy_decompress(&c);
	return ok;
}

/* ---- writing ---------------------------------------------------------- */

struct sink {
	struct jpeg_destination_mgr base;
	struct buf *out;
	JOCTET	 block[OUT_BLOCK];
};

static void
sink_open(j_compress_ptr c)
{
	struct sink *s = (struct sink *)(void *)c->dest;

	s->base.next_output_byte = s->block;
	s->base.free_in_buffer = OUT_BLOCK;
}

static boolean
sink_flush(j_compress_ptr c)
{
	struct sink *s = (struct sink *)(void *)c->dest;

	buf_add(s->out, s->block, OUT_BLOCK);
	sink_open(c);
	return TRUE;
}

static void
sink_close(j_compress_ptr c)
{
	struct sink *s = (struct sink *)(void *)c->dest;

	buf_add(s->out, s->block, OUT_BLOCK - s->base.free_in_buffer);
}

static void
set_sink(struct jpeg_compress_struct *c, struct sink *s, struct buf *out)
{
	s->out = out;
	s->base.init_destination = sink_open;
	s->base.empty_output_buffer = sink_flush;
	s->base.term_destination = sink_close;
	c->dest = &s->base;
}

static void
set_errors(struct errors *e)
{
	jpeg_std_error(&e->base);
	e->base.error_exit = on_error;
	e->base.emit_message = on_message;
}

static void
set_form(struct jpeg_compress_struct *c, const struct raster *r, int quality)
{
	c->image_width = r->w;
	c->image_height = r->h;
	c->input_components = (int)r->comps;
	c->in_color_space = r->comps == 1 ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(c);
	c->dct_method = JDCT_ISLOW;
	c->optimize_coding = TRUE;
	jpeg_set_quality(c, quality, TRUE);
}

bool
image_jpeg_encode(struct buf *out, const struct raster *r, int quality)
{
	struct jpeg_compress_struct c;
	struct sink sink;
	struct errors e;
	volatile bool ok = false;
	JSAMPROW row[1];

	memset(&c, 0, sizeof c);
	set_errors(&e);
	c.err = &e.base;
	if (setjmp(e.back) == 0) {
		jpeg_create_compress(&c);
		set_sink(&c, &sink, out);
		set_form(&c, r, quality);
		jpeg_start_compress(&c, TRUE);
		while (c.next_scanline < c.image_height) {
			row[0] = r->px + (size_t)c.next_scanline * r->w *
			    r->comps;
			jpeg_write_scanlines(&c, row, 1);
		}
		jpeg_finish_compress(&c);
		ok = true;
	}
	jpeg_destroy_compress(&c);
	return ok && !out->failed;
}

bool
image_jpeg_from_words(struct buf *out, const struct image_words *in,
    int quality)
{
	struct jpeg_compress_struct c;
	struct sink sink;
	struct errors e;
	volatile bool ok = false;
	JSAMPROW row[1];

	memset(&c, 0, sizeof c);
	set_errors(&e);
	c.err = &e.base;
	if (setjmp(e.back) == 0) {
		jpeg_create_compress(&c);
		set_sink(&c, &sink, out);
		c.image_width = in->w;
		c.image_height = in->h;
		c.input_components = 4;
		c.in_color_space = WORDS;
		jpeg_set_defaults(&c);
		c.dct_method = JDCT_ISLOW;
		jpeg_set_quality(&c, quality, TRUE);
		jpeg_start_compress(&c, TRUE);
		while (c.next_scanline < c.image_height) {
			row[0] = (JSAMPROW)(uintptr_t)in->row(in->user,
			    c.next_scanline);
			jpeg_write_scanlines(&c, row, 1);
		}
		jpeg_finish_compress(&c);
		ok = true;
	}
	jpeg_destroy_compress(&c);
	return ok && !out->failed;
}

/* ---- from file to file ------------------------------------------------ */

/* Only of luminance and chroma, the former in full. */
static bool
drop_chroma(struct jpeg_decompress_struct *from,
    struct jpeg_compress_struct *to)
{
	const jpeg_component_info *luma = &from->comp_info[0];
	int table = to->comp_info[0].quant_tbl_no;

	if (to->jpeg_color_space != JCS_YCbCr ||
	    luma->h_samp_factor != from->max_h_samp_factor ||
	    luma->v_samp_factor != from->max_v_samp_factor)
		return false;
	jpeg_set_colorspace(to, JCS_GRAYSCALE);
	to->comp_info[0].quant_tbl_no = table;
	return true;
}

bool
image_jpeg_again(struct buf *out, str file, bool grey)
{
	struct jpeg_decompress_struct from;
	struct jpeg_compress_struct to;
	struct sink sink;
	struct errors e;
	volatile bool ok = false;
	jvirt_barray_ptr *v;

	memset(&from, 0, sizeof from);
	memset(&to, 0, sizeof to);
	set_errors(&e);
	from.err = to.err = &e.base;
	if (setjmp(e.back) == 0) {
		jpeg_create_decompress(&from);
		jpeg_create_compress(&to);
		jpeg_mem_src(&from, (const unsigned char *)file.p,
		    (unsigned long)file.n);
		jpeg_read_header(&from, TRUE);
		v = jpeg_read_coefficients(&from);
		jpeg_copy_critical_parameters(&from, &to);
		set_sink(&to, &sink, out);
		to.optimize_coding = TRUE;
		if (!grey || drop_chroma(&from, &to)) {
			jpeg_write_coefficients(&to, v);
			jpeg_finish_compress(&to);
			jpeg_finish_decompress(&from);
			ok = true;
		}
	}
	jpeg_destroy_compress(&to);
	jpeg_destroy_decompress(&from);
	return ok && !out->failed;
}
