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
	uint32_t rgb;
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
	BOX_ARTICLE = 8,	/* begins an article */
	BOX_FENCE = 16		/* what floats stays above it */
};

struct vbox {
	sp	 before;	/* white space above, dropped at a page's top */
	int32_t	 penalty;	/* for a page break before it */
	sp	 h;
	sp	 base;		/* baseline below the top of a line of text on
				   the grid, or which feathering may set
				   apart; 0: stands where it falls */
	unsigned flags;
	uint32_t mark;		/* element of the heading that begins here,
				   for running heads; 0: none */
	const struct note *const *notes;	/* whose marks stand in it */
	size_t	 nnotes;
	const struct floater *floater;	/* hangs here: on this page or later */
	struct item *items;	/* y from the top of the box */
	size_t	 n;
	struct page_start start; /* of what stands in it */
	uint32_t deco;		/* innermost decoration; 0: none */
	const struct vbox *repeat; /* set again above it at a page's top */
	const struct late *late;
};

/* A bar or a ground behind all boxes of a block, on each page it touches. */
struct deco {
	uint32_t outer;
	sp	 x, w, pad;
	uint32_t rgb;
	sp	 edge;		/* thickness of a frame; 0: all is ground */
};

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
	bool	 leads;		/* nor after it, if it is one line: what stands
				   here is its heading */
	int32_t	 penalty;	/* of the next box, at least */
	unsigned flags;		/* of the boxes to come; all but BOX_SPAN and
				   BOX_LANDSCAPE of the next one */
};

struct lines { struct vbox *v; size_t n; sp widest; };

/* ---- state of one book ------------------------------------------------ */

struct draft {
	enum page_kind	 kind;
	str		 label;
	uint32_t	 article;	/* whose running head; UINT32_MAX: none */
	uint32_t	 section;	/* whose accent; UINT32_MAX: none */
	bool		 opening;	/* an article or section begins at its
					   top */
	sp		 w, h;		/* 0: the theme's */
	uint32_t	 first, last;	/* headings for running heads; 0: none
					   yet */
	struct page_start start;
	struct item	*items;		/* in the out arena */
	size_t		 n, cap;
};

/* A line of furniture, set once for all pages that follow with its text. */
struct head_line { str text; sp room; uint32_t rgb; struct lines x; };
enum { STRIP_INNER, STRIP_CENTER, STRIP_OUTER, STRIP_PLACES };

struct note_slot {
	const struct doc_node *mark;	/* where it is set; NULL: not yet */
	const struct note *note;
	const struct doc_node *first;	/* of its marks */
};

struct late_ref { uint32_t page; size_t item; struct late late; };

struct layout {
	const struct layout_in *in;
	const struct book *book;
	const struct theme *th;		/* with the accent of the section at
					   hand */
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
	unsigned	 level;		/* of the last heading; 0: none yet */
};

/* Both lists after each other, in the work arena. */
struct item *items_join(struct layout *, const struct item *a, size_t na,
	    const struct item *b, size_t nb);
/* Puts items before those that a box has. */
void	box_items_first(struct layout *, struct vbox *, const struct item *,
	    size_t n);
uint32_t elem_add(struct layout *, enum elem_role, uint32_t parent,
	    const struct doc_node *);
uint32_t elem_heading(struct layout *, uint32_t parent, unsigned level,
	    const struct doc_node *);
/* The level of a heading that is so deep in its article; 0: its title. */
unsigned elem_level(const struct layout *, int depth);
/* The innermost element around e that blocks may be children of. */
uint32_t elem_around(const struct layout *, uint32_t e);
/* The link that e is or is within; 0: none. */
uint32_t elem_link(const struct layout *, uint32_t e);

/* The headed sections that are open in an article, outermost first. */
#define SECTS_MOST	6
struct sects {
	uint32_t around;		/* element */
	uint32_t elem[SECTS_MOST];
	int	 depth[SECTS_MOST];
	unsigned n;
};
/* Closes those that end before the heading and opens its own. */
void	sects_open(struct layout *, struct sects *, const struct doc_node *);
static inline uint32_t
sects_elem(const struct sects *s)
{
	return s->n > 0 ? s->elem[s->n - 1] : s->around;
}

uint32_t deco_add(struct layout *, struct deco);	/* its index, from 1 */
/* A place in the article at hand; none outside of articles. */
struct page_start start_node(const struct layout *, const struct doc_node *,
	    size_t offset);

/* ---- inlines ---------------------------------------------------------- */

/* What a span of text is part of; text_span.user is its index. */
struct attr {
	uint32_t elem;
	uint32_t anchor;	/* link to; 0: none */
	str	 url, about;	/* about: what the link is; "": its text */
	bool	 strike, under;
	uint32_t dest;		/* anchor that stands here; 0: none */
	const struct note *note; /* first mark of it; NULL: none */
	span	 at;		/* of a text that no node holds */
	const struct doc_node *leaf; /* whose text it is; NULL: ours */
	uint32_t lo;		/* where it begins in the whole text, */
	uint32_t from;		/* and in the leaf's */
};

struct inlines {
	str	 text;		/* in the out arena */
	uint32_t base;		/* bytes of the whole text before it */
	VEC(struct text_span) spans;
	VEC(struct attr) attrs;
	VEC(const struct doc_node *) images;	/* pictures within the text */
	VEC(char) bytes;
	uint32_t parted;	/* the link's element that a note parted; */
	uint32_t rest;		/* that of its rest; 0: none yet */
};

/* Collects the inline children of node. */
void	inlines_of(struct layout *, struct inlines *, const struct doc_node *,
	    const struct text_style *, uint32_t elem);
/* Appends plain text of ours. */
void	inlines_add(struct layout *, struct inlines *, str text,
	    const struct text_style *, struct attr);
/* Of an attribution: the speaker up to the first comma, then the rest. */
void	inlines_attribution(struct layout *, struct inlines *,
	    const struct doc_node *, uint32_t elem);
void	inlines_done(struct layout *, struct inlines *);
/* The element of a byte of a finished text. */
uint32_t inlines_elem(const struct inlines *, size_t at);
/* The bytes [lo, hi) of a finished text. */
struct inlines inlines_part(struct layout *, const struct inlines *, size_t lo,
	    size_t hi);

/* ---- lines ------------------------------------------------------------ */

struct measure {
	sp	 x, w, indent;		/* indent: of the first line */
	sp	 leading;
	enum style_align align;
	bool	 anywhere;		/* code: break after any character */
	bool	 balance;		/* few ragged lines are made alike */
	int	 looseness;		/* lines more than best, as can be */
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
/* The same, with the theme's large initial; no lines: it has none here. */
struct dropcap {
	size_t	 lines;		/* beside it: as one piece, at their leading */
	sp	 above;		/* how far it stands out of the first one */
};
struct lines dropcap_set(struct layout *, const struct inlines *,
	    const struct measure *, const struct block_style *,
	    struct dropcap *);
/* Baseline below the top of a line box. */
sp	line_baseline(sp leading, sp size);

/* ---- the line breaker ------------------------------------------------- */

/*
 * One place where a line may end; [0] is the paragraph's start. The line
 * from break a to break b is b.w_end - a.w_next wide: what hangs out of the
 * column at its ends is taken off these already.
 */
struct bp {
	uint32_t end, next;	/* line text ends before `end`; the next
				   line starts at `next` (bytes) */
	sp	 w_end, w_next;	/* natural width up to there */
	sp	 st_end, st_next;	/* stretch up to there */
	sp	 sh_end, sh_next;	/* shrink */
	sp	 ex_end, ex_next;	/* what glyphs may widen or narrow */
	int32_t	 hang_end, hang_next;	/* [sp] of this line, of the next */
	uint32_t word_end, word_next;	/* what the line ends with, what the
				   next begins with, as numbers: the same
				   above each other is a stack; 0: nothing */
	int32_t	 penalty;
	bool	 flagged;	/* ends with a hyphen, ours or not */
	bool	 hyphen;	/* ours: to be drawn */
	bool	 forced;
};

/* A line that costs more than it seems. */
struct bad_line { uint32_t from, to; int64_t cost; };

struct break_params {
	sp	 width, extra;	/* extra: stretch of every line */
	int32_t	 tolerance;	/* largest badness, 0..10000 */
	bool	 ragged;	/* white space stands at the line's end */
	bool	 stacks;	/* cost demerits */
	sp	 last;		/* a last line shorter than that costs */
	sp	 slip_next;	/* most that a line may be longer than one
				   that begins before it: the largest hang */
	sp	 slip_end;	/* or shorter than one that ends before it:
				   hyphen and hang */
	int	 looseness;
	const struct bad_line *bad;
	size_t	 nbad;
};

/* What the line before hands on. */
struct line_before {
	int	 fitness;
	int	 hyphens;	/* in a row up to its end, 0..BREAK_RUN */
};
#define BREAK_RUN	3

/*
 * Total fit (Knuth & Plass, "Breaking paragraphs into lines", 1981) in
 * integers. bps[0] is the start, the last is forced. Fills chosen[] with
 * the indices of the breaks, ascending; 0: no solution within tolerance.
 * *cost: its demerits. With looseness, of all numbers of lines the one that
 * comes nearest, none on the other side of the best.
 */
size_t	break_total_fit(struct arena *scratch, const struct bp *bps, size_t n,
	    const struct break_params *, uint32_t *chosen, int64_t *cost);
/* What a line has: natural width, stretch, shrink, expansion of glyphs. */
struct line_sizes { sp w, st, sh, ex; };
/* Its badness, 0..10000; INT32_MAX: overfull. */
int32_t	break_badness(const struct break_params *, struct line_sizes,
	    int *fitness);
/* The same for the line between two breaks; forced ones may be short. */
int32_t	break_line(const struct break_params *, const struct bp *from,
	    const struct bp *to, int *fitness);
/* Demerits of that line. *at: in, the line before; out, this one. */
int64_t	break_demerits(const struct break_params *, const struct bp *bps,
	    size_t from, size_t to, bool last, int32_t badness, int fitness,
	    struct line_before *at);

/* ---- a paragraph at work ---------------------------------------------- */

struct bps { struct bp *v; size_t n, cap; };

/* The hyphen that we add, of the text's face or of a fallback. */
struct hyphen { const struct face *face; uint32_t gid; sp w; };

struct par {
	struct layout	*l;
	const struct inlines *in;
	const struct measure *m;
	struct text_para *t;
	struct bps	 bps;
	bool		 justify;
	bool		 mixed;	/* text runs both ways */
	bool		 wide;	/* there are full-width characters */
	bool		 code;	/* there is code, whose spaces are rigid, in text */
	sp		 slip_next, slip_end;	/* see break_params */
	sp		 hyphen;	/* the widest */
	size_t		 run;	/* where the next line's runs begin */
	size_t		 span;	/* and its anchors and notes */
	size_t		 leaf;	/* and the span that it begins in */
};

/* candidates.c: all breaks with the totals up to each. */
void	par_find_breaks(struct par *);
struct hyphen par_hyphen(struct par *, const struct text_run *);
/* What the glyphs of a run may give: in their widths [1/1000], and beside
 * each of them [sp/1000]. */
struct give { int scale; sp track; };
struct give par_give(const struct par *, const struct text_run *);

/* The line between two breaks, as a box of items in the work arena; the
 * lines of a paragraph are made in order. */
struct vbox line_make(struct par *, const struct bp *from,
	    const struct bp *to, bool first, bool last);

/* A blank of e after a box's text, for those who read it without seeing
 * where the line ends or the next text begins; it takes no room. */
void	line_blank(struct layout *, struct vbox *, uint32_t e);

/* marks.c: what a line has beside its glyphs. */
struct items { struct item *v; size_t n, cap; };
struct marked {			/* the bytes [lo, hi) of a run, as drawn */
	const struct text_run *run;
	uint32_t lo, hi;
	sp	 x, w, base;
};
/* Their link area, and the lines through and below them. */
void	marks_add(struct par *, struct items *, const struct marked *);
/* The anchors and notes of the line that ends before byte hi. */
void	line_targets(struct par *, struct vbox *, uint32_t hi);

/* Where the first word that begins in [from->next, hi) stands in the
 * document. */
void	line_begins(struct par *, struct vbox *, const struct bp *from,
	    uint32_t hi);

/* rivers.c: breaks again, if that costs less than the rivers do. */
size_t	par_mend_rivers(struct par *, struct break_params *,
	    uint32_t *chosen, size_t n, int64_t cost);

/* ---- margins and full-width characters -------------------------------- */

/* [1/1000] of its advance that a character hangs out of the column at the
 * start and at the end of a line. */
int	margin_start(uint32_t cp);
int	margin_end(uint32_t cp);

enum wide_kind {
	WIDE_NONE,
	WIDE_LETTER,	/* ideograph, kana */
	WIDE_OPEN,	/* punctuation whose left half is white */
	WIDE_CLOSE	/* whose right half is */
};
enum wide_kind wide_kind(uint32_t cp);
#define WIDE_STRETCH	20	/* part of its advance, between two */
#define WIDE_SHRINK	2	/* of punctuation: its white half */

/* ---- blocks ----------------------------------------------------------- */

void	flow_space(struct flow *, sp);
/* Lines of one paragraph: widows and orphans are kept together. */
void	flow_lines(struct layout *, struct flow *, struct lines,
	    const struct block_style *, uint32_t deco);
void	flow_box(struct layout *, struct flow *, struct vbox);
/* What has been added from box `first` on is a short piece that a page should
 * rather not end in. */
void	flow_hold(const struct layout *, struct flow *, size_t first,
	    int32_t penalty);
/* A rule across the frame. */
void	flow_rule(struct layout *, struct flow *, const struct frame *,
	    sp thickness, uint32_t rgb, sp before, sp after);
/* A paragraph of our own text. */
void	flow_text(struct layout *, struct flow *, const struct frame *,
	    enum block_id, enum elem_role, str text);
/*
 * The ground, bar and frame of a style, set in by start and end, opened for
 * what is set into the frame returned; space before and after it.
 */
struct frame box_open(struct layout *, struct flow *, const struct frame *,
	    enum block_id, sp start, sp end);
void	box_close(struct layout *, struct flow *, const struct frame *in,
	    enum block_id);
/* The frame set in, as far as its measure stays readable. */
struct frame frame_inset(const struct layout *, const struct frame *, sp start,
	    sp end);
/* A paragraph of a style. */
void	flow_para(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *, enum block_id, enum elem_role);
/* Puts a label into the margin of `width` beside the frame, on the baseline
 * of the box's first line. */
void	label_place(struct layout *, struct vbox *, const struct frame *,
	    str text, sp width, enum block_id, struct attr);
void	flow_list(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
void	flow_deflist(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
void	flow_note(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
void	flow_code(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
/* All blocks below node. */
void	flow_blocks(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *node);
void	flow_table(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
void	flow_figure(struct layout *, struct flow *, const struct frame *,
	    const struct doc_node *);
/* A picture's drawing with its text set. */
const struct drawn *drawing_set(struct layout *, const struct image *);
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
/* Its articles, a line each, below its title on the same page. */
void	flow_contents_banner(struct layout *, struct flow *,
	    const struct frame *, const struct book_section *);
void	flow_contents_book(struct layout *, struct flow *,
	    const struct frame *);

/* ---- notes and floats ------------------------------------------------- */

void	notes_begin(struct layout *, const struct doc *);
/* The note that a mark within e points at, set at its first mark; NULL: it
 * was set before, or notes stand at the end. */
const struct note *note_of_mark(struct layout *, const struct doc_node *mark,
	    uint32_t e);
/* Its number as a label of element e, which leads back to its first mark. */
struct attr note_label(struct layout *, const struct doc_node *note,
	    uint32_t e);
/* Notes marked within notes: at the foot of the last page. */
void	notes_flush(struct layout *, struct flow *);
/* Gives a box the notes of another that became part of it. */
void	box_notes_join(struct layout *, struct vbox *, const struct vbox *from);
/* Blocks of this frame may float. */
bool	floats_here(const struct layout *, const struct frame *,
	    const struct doc_node *);
/* What follows has a place in the order of figures and tables, but does not
 * float. */
void	flow_barrier(const struct layout *, struct flow *,
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

/* ---- covers ----------------------------------------------------------- */

void	cover_add(struct layout *);
void	cover_article_add(struct layout *);	/* in the theme of its section */
void	title_page_add(struct layout *);

/* ---- articles and sections -------------------------------------------- */

/* The theme with the accent of a section of the book; UINT32_MAX: none. */
const struct theme *section_theme(const struct layout *, uint32_t section);
/* banner: the section's title stands just above it. */
void	flow_article(struct layout *, struct flow *, uint32_t article,
	    uint32_t parent, bool banner);

#endif
