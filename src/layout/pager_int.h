/*
 * pager_int.h: between the parts of the pager.
 *
 * cut() decides what stands on which page and in which column, as a list of
 * steps; it knows heights only. page.c builds the pages from the steps. Both
 * stack boxes by the same fill_*(), so what was planned is what is drawn.
 */
#ifndef LAYOUT_PAGER_INT_H
#define LAYOUT_PAGER_INT_H

#include "layout/layout_int.h"

/* ---- what there is to cut --------------------------------------------- */

struct cut_in {
	const struct vbox *v;
	size_t	 n;
	sp	 room;		/* height of the text area */
	sp	 turned;	/* of a page in landscape */
	unsigned columns;	/* 1 or 2 */
	sp	 grid;		/* of baselines, 0: none */
	sp	 base;		/* first baseline of the grid */
	int	 feather;	/* as the theme's */
	const struct deco *decos;	/* of the boxes; NULL: none */
	sp	 note_sep;	/* white space and rule above notes */
	sp	 float_gap;	/* white space around floats */
	int	 least;		/* [1/1000] of a column that ends by choice,
				   where there are good ends */
	bool	 verso;		/* the first page is one */
	bool	 spreads;	/* facing pages of one height are wanted */
};

/* ---- what was decided ------------------------------------------------- */

enum step_kind {
	STEP_TEXT,		/* a column */
	STEP_SPAN,		/* boxes across all columns */
	STEP_TURNED,		/* a page in landscape */
	STEP_FLOATS,		/* floats across all columns */
	STEP_END		/* the page ends here, short */
};
#define FLOATS_ALL	255	/* in line: as many as there are room for */

struct step {
	enum step_kind	 kind;
	size_t		 lo, hi;	/* boxes */
	uint32_t	 float_lo, float_hi;	/* floats of the queue that
					   stand here */
	unsigned	 top, here, foot; /* how many where */
	uint32_t	 note_lo, note_hi;	/* lines of notes */
	unsigned	 col;
	sp		 y;		/* below the top of the text area */
	sp		 room;		/* from there to the foot of notes */
	sp		 reach;		/* the text is feathered to that
					   height; 0: it is not */
	bool		 page;		/* begins one */
};

struct note_line { const struct vbox *v; sp gap, end; };

struct cut {
	const struct cut_in *in;
	struct arena	*tmp;
	const struct floater **floats;	/* in the order of their places */
	sp		*float_end;	/* heights up to there */
	uint32_t	 nfloats;
	uint32_t	*hung;		/* floats that hang above box i; NULL:
					   there are none at all */
	VEC(struct note_line) notes;	/* of all notes, in order */
	uint32_t	*due;		/* note lines marked above box i */
	uint32_t	*first;		/* line where the last of those notes
					   begins */
	uint32_t	*end;		/* of the region that box i is in */
	VEC(struct step) steps;
	int64_t		 cost;
};

void	cut(struct arena *, const struct cut_in *, struct cut *);

/* ---- stacking --------------------------------------------------------- */

/* How much white space may grow to fill a column: between blocks, and, when
 * that is not enough, between lines too. */
struct grow { sp gap, line; };

/* A box at its place in a column, and what may grow above it. */
struct placed { const struct vbox *b; sp y; struct grow grow; bool again; };
struct stack { struct placed *v; size_t n, cap; };

struct fill {
	const struct cut *c;
	struct stack	*out;	/* NULL: only heights are asked for */
	sp		 y0;	/* of the column, in the text area */
	sp		 y;	/* height so far */
	sp		 room;	/* floats below that do not stand in line, nor
				   do those after them; 0: all may */
	sp		 gap;	/* asked for below what stands there */
	sp		 pad;	/* of the last one's ground, below y */
	sp		 base;	/* of the last line, if that of the next one
				   falls onto the grid by itself */
	sp		 spare;	/* of the white space above the headings that
				   came last, for the grid's sake */
	struct grow	 grow;	/* sums */
	uint32_t	 next;	/* float at the head of the queue */
	unsigned	 here, foot;
	bool		 any;	/* something stands there */
	bool		 apart;	/* floats are not looked at */
};

void	cut_prepare(struct cut *, struct arena *, const struct cut_in *);
/* Floats at the top, then room for a header that is repeated. */
void	fill_begin(struct fill *, const struct cut *, const struct step *,
	    struct stack *out);
/* false: floats must stand somewhere before this box can. */
bool	fill_box(struct fill *, size_t i);
/* All floats that hang above box i, in line. */
bool	fill_flush(struct fill *, size_t i);
void	fill_float(struct fill *, const struct floater *);
/* Height of all that stands there. */
sp	fill_height(const struct fill *);
/* Height above a column's first box, for what sticks out or is repeated. */
sp	fill_first(const struct cut_in *, const struct vbox *);
/* What the grounds of a box stick out above and below it. */
sp	fill_pad(const struct cut_in *, const struct vbox *);
uint32_t cut_hung(const struct cut *, size_t i);
uint32_t cut_due(const struct cut *, size_t i);
/* Height of the note lines [lo, hi) with what stands above them. */
sp	cut_notes(const struct cut *, uint32_t lo, uint32_t hi);
/* What the floats [lo, lo + n) need at a column's foot. */
sp	cut_foot(const struct cut *, uint32_t lo, unsigned n);
unsigned cut_kind(const struct cut_in *, size_t i);

/* ---- choosing --------------------------------------------------------- */

#define COST_PAGE	20000	/* fewer pages win */
#define COST_OVERFULL	1000000000
#define COST_EARLY	100000000	/* a float before its place */
#define COST_NEVER	10000000
#define COST_SHORT	3000	/* of a last page, at no height */
#define SHORT_PAGE	6	/* part of a page that is too little */
#define EMPTY_LINE	600	/* of an empty column, in proportion */
#define EMPTY_CUBE	10000	/* and by the third power */
#define COST_GAPS	40	/* gaps between blocks grown to the full */
#define COST_LINES	300	/* and those between lines */
#define COST_RAGGED	400	/* a column that feathering cannot fill */
#define COST_UNEVEN	600	/* columns side by side, one empty */
#define COST_NOTE_SPLIT	500
#define COST_NOTE_LATE	30000	/* a note begins after its mark's page */
#define COST_FLOAT_TOP	60	/* in line is best */
#define COST_FLOAT_FOOT	90
#define COST_FLOAT_LATE	400	/* for each column that it is put off */

struct state {
	int64_t	 cost;
	uint32_t from;		/* state before, 0: none */
	uint32_t next;		/* of the same box */
	uint32_t box, nf, nl;	/* what stands already */
	uint32_t page;
	sp	 top;		/* where the region begins on the page */
	sp	 room, reach, empty;
	uint32_t mid, mid_nf;	/* balanced: first box of the second column */
	uint8_t	 kind, col, at_top, here, at_foot;	/* of the step to it */
	bool	 full, floats;
};

/* Where a column may end. */
struct cand { size_t j; uint32_t nf, here; sp y; struct grow grow; };
/* The end of a region in one column, at a box: its top, its foot, what is
 * repeated above it, floats that stand by then. */
struct split { sp at, y, h; uint32_t nf; };

struct sum { sp y; struct grow grow; };

struct chooser {
	struct cut	*c;
	VEC(struct state) s;	/* from 1 */
	uint32_t	*bucket;	/* first state of a box */
	struct cand	*cand;
	struct split	*splits;	/* two columns */
	struct sum	*sum;		/* of all boxes above */
	struct state	 best;
	bool		 found;
};

void	cut_reach(struct chooser *, struct state);
int64_t	cut_penalty(const struct cut_in *, size_t j);
int64_t	cut_empty(const struct cut_in *, sp slack, struct grow);
int64_t	cut_short(const struct cut_in *, sp h);
/* Where the region begins that a gap parts from what ends at y: on a grid,
 * where a line of text does. */
sp	cut_region(const struct cut_in *, sp y, sp gap);
struct state cut_follow(const struct state *, uint32_t at,
	    const struct step *);
bool	cut_complete(const struct chooser *, const struct state *);

void	column_prepare(struct chooser *);
size_t	column_sums(const struct chooser *, struct fill *, size_t lo, size_t hi,
	    sp *off);
/* Columns of the boxes from the state's to `end`, with floats where they
 * may stand. */
void	columns_try(struct chooser *, uint32_t at, size_t end);
void	balance_prepare(struct chooser *);
/* Both columns of a region that ends on this page, alike in height; true:
 * all ends there, and nothing else can be better. */
bool	balance_try(struct chooser *, uint32_t at, size_t end);

/* ---- building --------------------------------------------------------- */

void	pages_build(struct layout *, const struct cut *, struct draft like);

#endif
