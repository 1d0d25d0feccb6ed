/*
 * layout_int.h: between the parts of layout.
 *
 * inlines -> par (breaker) -> lines -> flow of vboxes -> pager -> page
 * drafts -> pages. x is measured from the left edge of the text column
 * until the pager places a box; y from the top of its box.
 */
#ifndef LAYOUT_LAYOUT_INT_H
#define LAYOUT_LAYOUT_INT_H

#include "layout/layout.h"

#define PENALTY_NEVER	10000	/* break only where nothing else is left */

/* ---- the vertical list ------------------------------------------------ */

/* A page number to be filled in when all pages are known. */
struct late {
	uint32_t anchor;
	enum block_id style;
	sp	 x, y;		/* right end (rtl: left end), baseline */
	sp	 from;		/* where the text before it ends */
	bool	 leader;	/* dots from there on */
	uint32_t elem;
};

/* A footnote, set once, where its first mark stands. */
struct note {
	const struct doc_node *node;
	struct vbox	*v;	/* its lines, x from the column's left edge */
	size_t		 n;
	sp		 h;	/* of all, spaces included */
};

/* A figure or table that may stand elsewhere than where it hangs. */
struct floater {
	struct vbox	*v;	/* kept together */
	size_t		 n;
	sp		 h;
	bool		 span;	/* as wide as all columns */
};

enum {				/* vbox.flags, flow.flags */
	BOX_SPAN = 1,		/* set to the measure of all columns */
	BOX_LANDSCAPE = 2,	/* set for a turned page, alone there */
	BOX_PAGE = 4,		/* begins a page */
	BOX_ARTICLE = 8		/* begins an article: floats stay above */
};

struct vbox {
	sp	 before;	/* white space above, dropped at a page's top */
	int32_t	 penalty;	/* for a page break before it */
	sp	 h;
	sp	 base;		/* baseline below the top of a line of text on
				   the grid; 0: stands where it falls */
	unsigned flags;
	uint32_t mark;		/* element of the heading that begins here,
				   for running heads; 0: none */
	const struct note *const *notes;	/* whose marks stand in it */
	size_t	 nnotes;
	const struct floater *floater;	/* hangs here: on this page or later */
	struct item *items;	/* y from the top of the box */
	size_t	 n;
	uint32_t deco;		/* innermost decoration; 0: none */
	const struct vbox *repeat; /* set again above it at a page's top */
	const struct late *late;
};

/* A bar or a ground behind all boxes of a block, on each page it touches. */
struct deco { uint32_t outer; sp x, w, pad; uint32_t rgb; };

/* What a block is set into. */
struct frame {
	sp	 x, w;		/* of the text, in the column */
	uint32_t deco;
	uint32_t elem;		/* parent element */
	enum block_id style;	/* of paragraphs */
	unsigned list_depth;
};

struct flow {
	struct vbox *v;		/* in the work arena */
	size_t	 n, cap;
	sp	 space;		/* pending white space, the largest asked for */
	bool	 keep;		/* no break before the next box */
	unsigned flags;		/* of the boxes to come; BOX_PAGE and
				   BOX_ARTICLE of the next one */
};

struct lines { struct vbox *v; size_t n; sp widest; };

/* ---- state of one book ------------------------------------------------ */

struct draft {
	enum page_kind	 kind;
	str		 label;
	uint32_t	 article;	/* whose running head; UINT32_MAX: none */
	uint32_t	 section;
	bool		 opening;	/* an article or section begins at its
					   top */
	sp		 w, h;		/* 0: the theme's */
	uint32_t	 first, last;	/* headings for running heads; 0: none
					   yet */
	struct item	*items;		/* in the out arena */
	size_t		 n, cap;
};

/* A line of furniture, set once for all pages that follow with its text. */
struct head_line { str text; sp room; struct lines x; };
enum { STRIP_INNER, STRIP_CENTER, STRIP_OUTER, STRIP_PLACES };

struct note_slot { const struct doc_node *mark; const struct note *note; };

struct late_ref { uint32_t page; size_t item; struct late late; };

struct layout {
	const struct layout_in *in;
	const struct book *book;
	const struct theme *th;
	struct arena	*out;		/* what the pages hold */
	struct arena	*work;		/* lines, boxes and flow at hand */
	struct arena	*tmp;
	struct diag	*diag;
	VEC(struct elem) elems;
	VEC(struct deco) decos;
	VEC(struct draft) drafts;
	VEC(struct late_ref) lates;
	struct anchor_place *anchors;	/* by anchor */
	uint32_t	 document;	/* element */
	uint32_t	 article;	/* being set; UINT32_MAX: none */
	str		 lang;
	bool		 rtl;
	sp		 column;	/* width of one text column */
	sp		 measure;	/* of all columns and the gaps between */
	sp		 turned;	/* measure of a page in landscape */
	struct head_line heads[2][2][STRIP_PLACES]; /* header, footer; of
						   verso, recto */
	VEC(const struct doc_node *) note_queue; /* marked within notes */
	bool		 in_note;
	struct note_slot *notes;	/* of this article, by number */
	uint32_t	 art;		/* element of this article */
};

/* Both lists after each other, in the work arena. */
struct item *items_join(struct layout *, const struct item *a, size_t na,
	    const struct item *b, size_t nb);
uint32_t elem_add(struct layout *, enum elem_role, uint32_t parent,
	    const struct doc_node *);
uint32_t elem_heading(struct layout *, uint32_t parent, unsigned level,
	    const struct doc_node *);
uint32_t deco_add(struct layout *, struct deco);	/* its index, from 1 */

/* ---- inlines ---------------------------------------------------------- */

/* What a span of text is part of; text_span.user is its index. */
struct attr {
	uint32_t elem;
	uint32_t anchor;	/* link to; 0: none */
	str	 url;
	bool	 strike;
	uint32_t dest;		/* anchor that stands here; 0: none */
	const struct note *note; /* first mark of it; NULL: none */
};

struct inlines {
	str	 text;		/* in the out arena */
	VEC(struct text_span) spans;
	VEC(struct attr) attrs;
	VEC(const struct doc_node *) images;	/* pictures within the text */
	VEC(char) bytes;
};

/* Collects the inline children of node. */
void	inlines_of(struct layout *, struct inlines *, const struct doc_node *,
	    const struct text_style *, uint32_t elem);
/* Appends plain text of ours. */
void	inlines_add(struct layout *, struct inlines *, str text,
	    const struct text_style *, struct attr);
void	inlines_done(struct layout *, struct inlines *);

/* ---- lines ------------------------------------------------------------ */

struct measure {
	sp	 x, w, indent;		/* indent: of the first line */
	sp	 leading;
	enum style_align align;
	bool	 anywhere;		/* code: break after any character */
};

/* Sets a paragraph. Lines and items live in the work arena, what
 * items point to in the out arena. */
struct lines par_set(struct layout *, const struct inlines *,
	    const struct measure *);
/* Widths of the longest line that never breaks and of the one that always
 * does, for tables. */
void	par_widths(struct layout *, const struct inlines *, sp *longest,
	    sp *word);
struct measure measure_of(const struct block_style *, const struct frame *);
/* Baseline below the top of a line box. */
sp	line_baseline(sp leading, sp size);

/* ---- the line breaker ------------------------------------------------- */

/* One place where a line may end; [0] is the paragraph's start. */
struct bp {
	uint32_t end, next;	/* line text ends before `end`; the next
				   line starts at `next` (bytes) */
	sp	 w_end, w_next;	/* natural width up to there */
	sp	 st_end, st_next;	/* stretch up to there */
	sp	 sh_end, sh_next;	/* shrink */
	int32_t	 penalty;
	bool	 flagged;	/* a hyphen */
	bool	 forced;
};

struct break_params {
	sp	 width, extra;	/* extra: stretch of every line */
	int32_t	 tolerance;	/* largest badness, 0..10000 */
	bool	 ragged;	/* white space stands at the line's end */
};

/*
 * Total fit (Knuth & Plass, "Breaking paragraphs into lines", 1981) in
 * integers. bps[0] is the start, the last is forced. Fills chosen[] with
 * the indices of the breaks, ascending; 0: no solution within tolerance.
 * *cost: its demerits.
 */
size_t	break_total_fit(struct arena *scratch, const struct bp *bps, size_t n,
	    const struct break_params *, uint32_t *chosen, int64_t *cost);
/* Badness of a line of natural width w, 0..10000; INT32_MAX: overfull. */
int32_t	break_badness(const struct break_params *, sp w, sp stretch,
	    sp shrink, int *fitness);
int64_t	break_demerits(int32_t badness, const struct bp *, bool prev_flagged,
	    bool last, int fitness, int prev_fitness);

/* ---- a paragraph at work ---------------------------------------------- */

struct bps { struct bp *v; size_t n, cap; };

struct par {
	struct layout	*l;
	const struct inlines *in;
	const struct measure *m;
	struct text_para *t;
	struct bps	 bps;
	size_t		 run;	/* where the next line's runs begin */
};

/* The line between two breaks, as a box of items in the work arena. */
struct vbox line_make(struct par *, const struct bp *from,
	    const struct bp *to, bool first, bool last);

/* ---- blocks ----------------------------------------------------------- */

void	flow_space(struct flow *, sp);
/* Lines of one paragraph: widows and orphans are kept together. */
void	flow_lines(struct layout *, struct flow *, struct lines,
	    const struct block_style *, uint32_t deco);
void	flow_box(struct layout *, struct flow *, struct vbox);
/* A rule across the frame. */
void	flow_rule(struct layout *, struct flow *, const struct frame *,
	    sp thickness, uint32_t rgb, sp before, sp after);
/* A paragraph of our own text. */
void	flow_text(struct layout *, struct flow *, const struct frame *,
	    enum block_id, enum elem_role, str text, uint32_t rgb);
/* All blocks below node. */
void	flow_blocks(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *node);
void	flow_table(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
void	flow_figure(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
/* The pictures that stood within a text: as figures below it. */
void	flow_images(struct layout *, struct flow *, const struct frame *,
	    const struct inlines *);
/* Marks the next box as the place of an anchor. */
void	box_dest(struct layout *, struct vbox *, uint32_t anchor,
	    uint32_t elem);

/* ---- contents --------------------------------------------------------- */

void	flow_contents_article(struct layout *, struct flow *,
	    const struct frame *, const struct book_article *);
void	flow_contents_section(struct layout *, struct flow *,
	    const struct frame *, const struct book_section *);
void	flow_contents_book(struct layout *, struct flow *,
	    const struct frame *);

/* ---- notes and floats ------------------------------------------------- */

void	notes_begin(struct layout *, const struct doc *);
/* The note that a mark points at, set at its first mark; NULL: it was set
 * before, or notes stand at the end. */
const struct note *note_of_mark(struct layout *, const struct doc_node *mark);
/* Notes marked within notes: at the foot of the last page. */
void	notes_flush(struct layout *, struct flow *);
/* Gives a box the notes of another that became part of it. */
void	box_notes_join(struct layout *, struct vbox *, const struct vbox *from);
/* Blocks of this frame may float. */
bool	floats_here(const struct layout *, const struct frame *,
	    const struct doc_node *);
/* Hangs boxes into the flow as a float, or puts them there as they are where
 * they must not move. wide: they are as wide as all columns. */
void	flow_float(struct layout *, struct flow *, struct vbox *, size_t n,
	    bool wide);

/* ---- pages ------------------------------------------------------------ */

/* Cuts the flow into pages and appends them as drafts of the given kind. */
void	pager_run(struct layout *, struct flow *, struct draft like);
/* A page of boxes at given places: lines from y on. */
struct draft *page_new(struct layout *, struct draft like);
/* Appends items to a page, with room for its furniture. */
void	page_fill(struct layout *, struct draft *, const struct item *, size_t);
sp	page_put(struct layout *, struct draft *, struct lines, sp x, sp y);
sp	page_left(const struct layout *, size_t page);	/* margin */
sp	page_height(const struct layout *, const struct draft *);
sp	page_width(const struct layout *, const struct draft *);
void	furniture_add(struct layout *);

/* ---- articles --------------------------------------------------------- */

void	flow_article(struct layout *, struct flow *, uint32_t article,
	    uint32_t parent);

#endif
