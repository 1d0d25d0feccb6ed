/*
 * zip.c: entries -> one ZIP archive, through libzip, in memory.
 *
 * Entries are deflated here (in threads) and handed to libzip as data that
 * is compressed already, so libzip only copies; its stat must then give
 * sizes, method and CRC, which it does not verify. The archive goes to the
 * outfile only when it is complete: the outfile does fsync and rename.
 */
#include "out/epub/epub_int.h"

#include <zip.h>

#define DOS_NOON	0x6000u	/* no zone's clock changes at 12:00 */
#define DOS_DATE	0x0021u	/* 1980-01-01 */
#define ATTRIBUTES	(0100644u << 16)
#define LEAST		32	/* deflated, an entry is shorter by that part:
				   many pictures are, JPEGs without tables of
				   their own by a third */

struct job { struct entry *v; int level; };

static void
entry_pack(void *user, size_t i)
{
	const struct job *j = user;
	struct entry *x = &j->v[i];

	x->crc = crc32_of(x->data.p, x->data.n);
	if (x->store)
		return;
	if (!deflate_add(&x->packed, x->data, DEFLATE_RAW, j->level) ||
	    x->packed.failed)
		x->failed = true;
	else if (x->packed.n >= x->data.n - x->data.n / LEAST)
		x->store = true;
}

static zip_int64_t
entry_read(struct entry *x, void *data, zip_uint64_t len)
{
	size_t n = x->packed.n - x->at;

	if (n > len)
		n = (size_t)len;
	if (n)
		memcpy(data, x->packed.p + x->at, n);
	x->at += n;
	return (zip_int64_t)n;
}

static zip_int64_t
entry_stat(const struct entry *x, void *data, zip_uint64_t len)
{
	zip_stat_t *st = data;

	if (len < sizeof *st)
		return -1;
	zip_stat_init(st);
	st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
	    ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
	st->size = x->data.n;
	st->comp_size = x->packed.n;
	st->comp_method = ZIP_CM_DEFLATE;
	st->crc = x->crc;
	return (zip_int64_t)sizeof *st;
}

static zip_int64_t
entry_source(void *user, void *data, zip_uint64_t len, zip_source_cmd_t cmd)
{
	struct entry *x = user;

	switch (cmd) {
	case ZIP_SOURCE_OPEN:
		x->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		return entry_read(x, data, len);
	case ZIP_SOURCE_STAT:
		return entry_stat(x, data, len);
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_FREE:
		return 0;
	case ZIP_SOURCE_ERROR:
		if (len >= 2 * sizeof(int))
			memset(data, 0, 2 * sizeof(int));
		return 2 * (zip_int64_t)sizeof(int);
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
		    ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
		    ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	default:
		return -1;
	}
}

static bool
entry_add(zip_t *z, struct entry *x)
{
	zip_source_t *s;
	zip_int64_t at;
	zip_uint64_t i;

	if (x->store)
		s = zip_source_buffer(z, x->data.p, x->data.n, 0);
	else
		s = zip_source_function(z, entry_source, x);
	if (!s)
		return false;
	at = zip_file_add(z, x->name, s, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(s);	/* only an added source is libzip's */
		return false;
	}
	i = (zip_uint64_t)at;
	return zip_set_file_compression(z, i, x->store ? ZIP_CM_STORE :
	    ZIP_CM_DEFLATE, 0) == 0 &&
	    zip_file_set_dostime(z, i, DOS_NOON, DOS_DATE, 0) == 0 &&
	    zip_file_set_external_attributes(z, i, 0, ZIP_OPSYS_UNIX,
	    ATTRIBUTES) == 0;
}

static void
backend(struct epub *e, const char *what, const char *why)
{
	diag_add_path(e->diag, DIAG_EPUB_BACKEND, e->book->stem, "%s: %s",
	    what, why);
}

static bool
archive_copy(struct epub *e, zip_source_t *s, struct outfile *out)
{
	char chunk[16384];
	zip_int64_t n;
	bool ok = true;

	if (zip_source_open(s) < 0) {
		backend(e, "reading", zip_error_strerror(zip_source_error(s)));
		return false;
	}
	while (ok && (n = zip_source_read(s, chunk, sizeof chunk)) != 0) {
		if (n < 0) {
			backend(e, "reading",
			    zip_error_strerror(zip_source_error(s)));
			ok = false;
		} else if (!outfile_write(out, chunk, (size_t)n)) {
			diag_add_path(e->diag, DIAG_IO_WRITE, e->book->stem,
			    "%s", strerror(outfile_errno(out)));
			ok = false;
		}
	}
	zip_source_close(s);
	return ok;
}

/* Takes over s's extra reference on success of zip_open only. */
static bool
archive_fill(struct epub *e, zip_source_t *s)
{
	zip_error_t err;
	zip_t *z;
	size_t i;

	zip_error_init(&err);
	zip_source_keep(s);
	z = zip_open_from_source(s, ZIP_TRUNCATE, &err);
	if (!z) {
		backend(e, "opening", zip_error_strerror(&err));
		zip_error_fini(&err);
		zip_source_free(s);
		return false;
	}
	zip_error_fini(&err);
	for (i = 0; i < e->n; i++)
		if (!entry_add(z, &e->entries[i]))
			break;
	if (i == e->n && zip_close(z) == 0)
		return true;
	backend(e, i < e->n ? e->entries[i].name : "closing",
	    zip_strerror(z));
	zip_discard(z);
	return false;
}

bool
zip_write(struct epub *e, struct outfile *out)
{
	struct job j = { e->entries, e->options->level };
	zip_error_t err;
	zip_source_t *s;
	bool ok;
	size_t i;

	INVARIANT(e->n > 0);	/* libzip deletes the file of an empty one */
	if (j.level <= 0)
		j.level = 6;
	pool_run(e->options->threads ? e->options->threads : 1, e->n,
	    entry_pack, &j);
	for (i = 0; i < e->n; i++)
		if (e->entries[i].failed) {
			backend(e, e->entries[i].name, "no memory");
			return false;
		}
	zip_error_init(&err);
	s = zip_source_buffer_create(NULL, 0, 0, &err);
	if (!s) {
		backend(e, "opening", zip_error_strerror(&err));
		zip_error_fini(&err);
		return false;
	}
	zip_error_fini(&err);
	ok = archive_fill(e, s) && archive_copy(e, s, out);
	zip_source_free(s);
	return ok;
}
