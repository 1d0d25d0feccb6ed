/*
 * pdf_linear.c: the finished file once more, arranged by libqpdf so that the
 * first page comes first ("linearized", "fast web view"). All in memory: a
 * worker may open no file that it does not need. Structure and metadata
 * stay; objects are packed into streams, which makes the file smaller.
 *
 * The library's calls catch its own exceptions and leave an error behind.
 */
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "out/pdf/pdf_int.h"

/* Whether there was no error; what memory there was not is told as such. */
static bool
sound(struct pdf *p, qpdf_data q)
{
	qpdf_error e;
	const char *text;

	if (!qpdf_has_error(q))
		return true;
	e = qpdf_get_error(q);
	text = qpdf_get_error_full_text(q, e);
	if (text != NULL && strstr(text, "bad_alloc") != NULL)
		p->no_memory = true;
	else
		p->why = text == NULL ? S("libqpdf") :
		    arena_str(p->arena, str_c(text));
	pdf_fail(p, HPDF_INVALID_DOCUMENT);
	return false;
}

static bool
arrange(struct pdf *p, qpdf_data q)
{
	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	qpdf_read_memory(q, "the PDF", p->whole.p, p->whole.n, NULL);
	if (!sound(p, q))
		return false;
	qpdf_init_write_memory(q);
	if (!sound(p, q))
		return false;
	qpdf_set_linearization(q, QPDF_TRUE);
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_object_stream_mode(q, qpdf_o_generate);
	qpdf_set_newline_before_endstream(q, QPDF_TRUE);	/* PDF/A */
	qpdf_write(q);
	return sound(p, q);
}

static bool
put_out(struct pdf *p, qpdf_data q)
{
	size_t n = qpdf_get_buffer_length(q);

	if (n > p->limits->pdf_bytes) {
		p->too_big = true;
		pdf_fail(p, HPDF_FILE_IO_ERROR);
	} else if (!outfile_write(p->out, qpdf_get_buffer(q), n))
		pdf_fail(p, HPDF_FILE_IO_ERROR);
	return p->status == HPDF_OK;
}

bool
pdf_linearize(struct pdf *p)
{
	qpdf_data q;
	bool ok;

	if (p->whole.failed) {
		p->no_memory = true;
		return false;
	}
	q = qpdf_init();
	ok = arrange(p, q) && put_out(p, q);
	qpdf_cleanup(&q);
	return ok;
}
