/*
 * jpeg_pixels.c: libjpeg-turbo between files and samples. It reports
 * errors by a jump to our frame; a warning means damaged data and counts as
 * one. Nothing here allocates in arenas: it runs in threads too.
 */
#include "image/jpeg_int.h"

static void
on_error(j_common_ptr c)
{
	struct jpeg_errors *e = (struct jpeg_errors *)(void *)c->err;

	longjmp(e->back, 1);
}

/* Level -1 is a warning: damaged data. The rest is chatter. */
static void
on_message(j_common_ptr c, int level)
{
	if (level < 0)
		on_error(c);
}

struct jpeg_error_mgr *
jpeg_errors_set(struct jpeg_errors *e)
{
	jpeg_std_error(&e->base);
	e->base.error_exit = on_error;
	e->base.emit_message = on_message;
	return &e->base;
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
	struct jpeg_errors e;
	volatile bool ok = false;

	memset(&c, 0, sizeof c);
	c.err = jpeg_errors_set(&e);
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

static void
sink_open(j_compress_ptr c)
{
	struct jpeg_sink *s = (struct jpeg_sink *)(void *)c->dest;

	s->base.next_output_byte = s->block;
	s->base.free_in_buffer = JPEG_BLOCK;
}

static boolean
sink_flush(j_compress_ptr c)
{
	struct jpeg_sink *s = (struct jpeg_sink *)(void *)c->dest;

	buf_add(s->out, s->block, JPEG_BLOCK);
	sink_open(c);
	return TRUE;
}

void
jpeg_sink_close(j_compress_ptr c)
{
	struct jpeg_sink *s = (struct jpeg_sink *)(void *)c->dest;

	buf_add(s->out, s->block, JPEG_BLOCK - s->base.free_in_buffer);
}

void
jpeg_sink_set(struct jpeg_compress_struct *c, struct jpeg_sink *s,
    struct buf *out)
{
	s->out = out;
	s->base.init_destination = sink_open;
	s->base.empty_output_buffer = sink_flush;
	s->base.term_destination = jpeg_sink_close;
	c->dest = &s->base;
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
	struct jpeg_sink sink;
	struct jpeg_errors e;
	volatile bool ok = false;
	JSAMPROW row[1];

	memset(&c, 0, sizeof c);
	c.err = jpeg_errors_set(&e);
	if (setjmp(e.back) == 0) {
		jpeg_create_compress(&c);
		jpeg_sink_set(&c, &sink, out);
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
	struct jpeg_sink sink;
	struct jpeg_errors e;
	volatile bool ok = false;
	jvirt_barray_ptr *v;

	memset(&from, 0, sizeof from);
	memset(&to, 0, sizeof to);
	from.err = to.err = jpeg_errors_set(&e);
	if (setjmp(e.back) == 0) {
		jpeg_create_decompress(&from);
		jpeg_create_compress(&to);
		jpeg_mem_src(&from, (const unsigned char *)file.p,
		    (unsigned long)file.n);
		jpeg_read_header(&from, TRUE);
		v = jpeg_read_coefficients(&from);
		jpeg_copy_critical_parameters(&from, &to);
		jpeg_sink_set(&to, &sink, out);
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
