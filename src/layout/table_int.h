/*
 * table_int.h: between the parts of a table: cells are read (table.c),
 * columns get their widths (table_columns.c), numbers their point
 * (table_number.c); rows become boxes (table_rows.c) or, where nothing
 * helps, a list of records (table_record.c).
 */
#ifndef LAYOUT_TABLE_INT_H
#define LAYOUT_TABLE_INT_H

#include "layout/layout_int.h"

struct cell {
	struct inlines	 in;
	const struct doc_node *node;
	uint32_t	 elem;
	struct lines	 set;	/* as wide as it likes, each line from x 0;
				   n 0: empty, or too long for that */
	sp		 wish;	/* width of the longest line */
	sp		 axis;	/* of a number: where its decimal point is;
				   -1: no number */
};

struct column {
	sp		 wish;	/* of its widest cell */
	sp		 least;	/* longest piece that no line end may cut */
	sp		 x, w;
	sp		 before, after;	/* the widest parts of its numbers on
					   either side of the point */
	enum style_align align;	/* of all but numbers */
	bool		 number;
};

struct table {
	const struct doc_node *node;
	const struct doc_node *caption;	/* NULL: none */
	const struct doc_node *first;	/* row */
	struct inlines	 caption_in;
	uint32_t	 elem, caption_elem;
	uint32_t	 ncols, nrows;
	struct cell	*cells;		/* row by row */
	struct column	*col;
	sp		 x, w;		/* of the whole table */
	sp		 pad;		/* left and right of a cell */
	sp		 outer;		/* at the table's edges: none without
					   ground or grid */
	sp		 gap;		/* between columns */
	int		 size;		/* [1/1000] of the theme's */
	bool		 hyphenate;
	bool		 records;
	unsigned	 flags;		/* of its boxes */
};

static inline struct cell *
table_cell(const struct table *t, uint32_t row, uint32_t col)
{
	return &t->cells[(size_t)row * t->ncols + col];
}

static inline const struct block_style *
table_style(const struct layout *l, bool header)
{
	return &l->th->block[header ? STYLE_TABLE_HEAD : STYLE_TABLE];
}

static inline sp
table_leading(const struct layout *l, const struct table *t, bool header)
{
	return table_style(l, header)->leading * t->size / 1000;
}

/* The header row, where it has any text; NULL: none. */
const struct doc_node *table_header(const struct table *);

/* ---- columns ---------------------------------------------------------- */

/* Decides how the table is set into the frame and what its columns take:
 * fills in all of the above from `x` on, and says what it had to do. */
void	table_fit(struct layout *, struct table *, const struct frame *);
/*
 * Shares `room` among n columns that lie between least and wish, such that
 * the rows become as low as can be: wish[row * n + column] are the cells'.
 */
void	table_share(struct arena *, struct column *, uint32_t n,
	    const sp *wish, uint32_t nrows, sp room);

/* Measures all cells again at another size [1/1000]. */
void	table_resize(struct layout *, struct table *, int size);

/* ---- numbers ---------------------------------------------------------- */

/* The byte of a number before which its decimal point stands (or would);
 * SIZE_MAX: no number. letters: units in words may follow. */
size_t	number_point(str, bool letters);
/* A dash or the like in place of a number. */
bool	number_is_missing(str);
/* Finds the columns of numbers, and each number's axis. */
void	table_numbers(struct layout *, struct table *);
/* Left and right end of a line's text. */
void	line_extent(const struct vbox *, sp *left, sp *right);
void	line_move(struct vbox *, sp dx);

/* ---- rows and records ------------------------------------------------- */

/* repeat: what stands above the header where a page begins inside the
 * table; NULL: nothing. */
void	table_rows(struct layout *, struct flow *, struct table *,
	    const struct frame *, const struct vbox *repeat);
void	table_records(struct layout *, struct flow *, struct table *,
	    const struct frame *);

#endif
