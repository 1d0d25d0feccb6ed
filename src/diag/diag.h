/*
 * diag.h: where a byte came from, and what is wrong with it.
 *
 * The source map gives each source a range of one 32-bit address space, so
 * that a span names file and place in eight bytes. Line and column are
 * computed when a diagnostic is printed.
 */
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include "base/base.h"

typedef struct { uint32_t lo, hi; } span;	/* {0,0}: nowhere */
#define SPAN_NONE	((span){ 0, 0 })

struct srcmap;
struct srcmap *srcmap_new(struct arena *);
/* Base address of the new source (>= 1), or 0 when the map is full. Borrows. */
uint32_t srcmap_add(struct srcmap *, str path, str text);
struct srcplace { str path; uint32_t line, column; };	/* from 1; column in
							   code points */
bool	 srcmap_find(const struct srcmap *, uint32_t at, struct srcplace *);

enum diag_level { DIAG_NOTE, DIAG_WARN, DIAG_ERROR, DIAG_LIMIT, DIAG_ENV };
/* Exit status that a level asks for: 0, 0, 1, 4, 3. */

#include "diag/diag_table.h"

enum diag_id {
#define X(id, level, text)	DIAG_##id,
	DIAGS(X)
#undef X
	DIAG_COUNT
};

struct diagnostic {
	enum diag_id	 id;
	enum diag_level	 level;
	span		 at;
	str		 path;		/* where at is SPAN_NONE; may be "" */
	uint32_t	 line, column;	/* 0: unknown */
	str		 text;		/* detail after the table's text */
};

struct diag;
struct diag *diag_new(struct arena *, const struct srcmap *);
/* Adds one. text: detail, printed after ": ". Control characters are
 * escaped when printed, so fmt arguments may be raw input. */
void	 diag_add(struct diag *, enum diag_id, span, const char *fmt, ...)
	     PRINTF(4, 5);
/* The same for a place that no source map holds (a file, a folder). */
void	 diag_add_path(struct diag *, enum diag_id, str path,
	     const char *fmt, ...) PRINTF(4, 5);
/* The same with a line and column (from 1) of that file. */
void	 diag_add_place(struct diag *, enum diag_id, struct srcplace,
	     const char *fmt, ...) PRINTF(4, 5);
void	 diag_strict(struct diag *);		/* warnings become errors */
size_t	 diag_count(const struct diag *);
/* The i-th, with path, line and column filled in. */
struct diagnostic diag_at(const struct diag *, size_t i);
enum diag_level diag_worst(const struct diag *);
bool	 diag_failed(const struct diag *);	/* worst >= DIAG_ERROR */
const char *diag_name(enum diag_id);		/* "MD_LINK_UNDEFINED" */
const char *diag_text(enum diag_id);
enum diag_level diag_level_of(enum diag_id);	/* before diag_strict */
const char *diag_level_name(enum diag_level);	/* "warning" */
int	 diag_exit_status(enum diag_level);
/* path:line:col: level: text: detail [ID]\n, control characters escaped. */
void	 diag_print(struct buf *, const struct diagnostic *);
void	 diag_print_json(struct buf *, const struct diagnostic *);

#endif
