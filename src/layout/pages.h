/*
 * pages.h: the display list, what layout hands to the outputs. Every glyph
 * has its place; nothing is measured or broken after this.
 *
 * x grows to the right, y downwards, from the page's top left corner. Items
 * stand in reading order; what is no content (an elem below ARTIFACT_COUNT)
 * may stand anywhere.
 */
#ifndef LAYOUT_PAGES_H
#define LAYOUT_PAGES_H

#include "book/book.h"
#include "font/font.h"
#include "image/image.h"

struct glyph {
	uint32_t gid;
	uint32_t cluster;	/* byte offset in run.text */
	int32_t	 adv;		/* [sp] along the line, as drawn (scaled),
				   unjustified */
	int32_t	 dx, dy;	/* [sp] offset of the drawing; dy upwards */
};

/*
 * Glyphs of one face, size and colour on one baseline, in visual order
 * (left to right on the page; rtl: clusters descend). A drawn run borrows
 * its glyphs and text from the shaped paragraph.
 */
struct run {
	const struct face *face;
	sp	 size;
	uint32_t rgb;		/* 0xRRGGBB */
	str	 text;		/* the source text that the glyphs show */
	const struct glyph *g;
	size_t	 n;
	bool	 rtl;
	bool	 soft_hyphen;	/* this run is a hyphen that we added; text
				   is U+00AD */
	sp	 word_space;	/* added to the advance of each glyph whose
				   cluster is a word space (run_space) */
	int32_t	 scale;		/* [1/1000] glyphs are drawn wider by that,
				   -20..20 as a rule */
	int32_t	 tracking;	/* [1/1000 pt] beside each, scaled with it;
				   advances have both */
};

/* Is the byte at i a word space, U+0020 or U+00A0? */
static inline bool
run_space(str text, uint32_t i)
{
	return i < text.n && (text.p[i] == ' ' || (text.p[i] == '\xc2' &&
	    i + 1 < text.n && text.p[i + 1] == '\xa0'));
}

/*
 * Elements: the structure of the book as a tree, made by layout in document
 * order, for tagged PDF and for tests. The first ARTIFACT_COUNT are no part
 * of it: what an item is that is not content.
 *
 * Children that are blocks are read by index. Those within a text (label,
 * code, note mark, link, span) and the text around them are read as they are
 * painted. Blanks between words stand in the text, at the ends of lines too.
 * A line through or below letters is of their element.
 *
 *	document > title* part* | art; toc of the book
 *	part > heading toc art*; art > p heading p* sect*; sect > heading ...
 *	list > item > label* body; body > blocks
 *	table > caption? thead? tbody?; thead, tbody > row > th | td
 *	figure > caption?; note > (label > link) blocks
 *	toc > caption? entry*; entry > noteref > link; entry > toc
 *	p > code: a block of code; noteref > link
 */
enum elem_artifact {
	ARTIFACT_LAYOUT,	/* rules, frames, pictures that say nothing */
	ARTIFACT_HEADER, ARTIFACT_FOOTER,	/* of pages */
	ARTIFACT_BACKGROUND,	/* tints behind content */
	ARTIFACT_REPEATED,	/* header rows and labels said again */
	ARTIFACT_COUNT
};
enum elem_role {
	ELEM_ARTIFACT, ELEM_DOCUMENT, ELEM_PART, ELEM_SECT, ELEM_ART,
	ELEM_TITLE,		/* cover and title page text */
	ELEM_HEADING,		/* level: 1.. */
	ELEM_P, ELEM_LIST, ELEM_ITEM, ELEM_LABEL, ELEM_BODY, ELEM_QUOTE,
	ELEM_CALLOUT, ELEM_CODE, ELEM_TABLE, ELEM_THEAD, ELEM_TBODY, ELEM_ROW,
	ELEM_TH, ELEM_TD, ELEM_FIGURE, ELEM_CAPTION, ELEM_NOTE, ELEM_NOTEREF,
	ELEM_LINK, ELEM_TOC, ELEM_TOC_ENTRY, ELEM_SPAN,
	ELEM_ROLE_COUNT
};
enum elem_scope { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW, SCOPE_BOTH };
enum elem_numbering { NUMBERING_NONE, NUMBERING_DISC, NUMBERING_CIRCLE,
	NUMBERING_SQUARE, NUMBERING_DECIMAL };
struct elem {
	enum elem_role	 role;
	uint8_t		 level;		/* heading: 1.., no level skipped */
	uint8_t		 scope;		/* TH: what it is the header of */
	uint8_t		 numbering;	/* list */
	uint16_t	 columns;	/* TH, TD: spanned, if more than 1 */
	uint32_t	 parent;	/* 0 only for the document itself */
	const struct doc_node *node;	/* NULL: generated */
	uint32_t	 article;	/* UINT32_MAX: none */
	str		 lang;		/* "": as its parent */
	str		 alt;		/* of a figure, never ""; of the box of a
					   task: what it says */
};

/*
 * A drawing with its text shaped. Each run stands on a plane of its own
 * (points, y downwards) at (x, y); m leads from there to the drawing's
 * units. Runs stand in the order of the marks and spans that they are of.
 */
struct drawn_run {
	struct run run;
	sp	 x, y;
	struct matrix m;
	const struct mark *mark;
	const struct mark_span *span;
};
struct drawn {
	const struct image *image;	/* its drawing is the rest of it */
	const struct drawn_run *runs;
	size_t	 n;
};

enum item_kind { ITEM_RUN, ITEM_RULE, ITEM_IMAGE, ITEM_LINK, ITEM_DEST,
	ITEM_DRAWING };

struct item {
	enum item_kind	 kind;
	uint32_t	 elem;		/* index into pages.elems */
	sp		 x, y;		/* run: origin on the baseline; image,
					   drawing, rule, link: top left;
					   dest: top */
	union {
		struct run run;
		struct { sp w, h; uint32_t rgb; } rule;	/* filled rectangle */
		struct { const struct image *image; sp w, h; } image;
		struct {
			sp w, h;
			uint32_t anchor;	/* of the book; 0: url */
			str url;		/* http, https, mailto */
			str about;		/* description for /Contents */
		} link;
		struct { uint32_t anchor; } dest;
		struct { const struct drawn *drawn; sp w, h; } drawing;
	} as;
};

enum page_kind { PAGE_COVER, PAGE_TITLE, PAGE_CONTENTS, PAGE_OPENER,
	PAGE_BODY, PAGE_BLANK };

/*
 * What begins a page in the document's order: not its furniture, nor a note
 * or table header that goes on, nor a float that moved there. Never inside a
 * word: one that two pages share counts to the first of them.
 */
enum start_kind {
	START_NONE,		/* cover, blank page */
	START_TITLE_PAGE,
	START_CONTENTS,		/* the book's list */
	START_SECTION,		/* its title; index: of the section */
	START_ARTICLE,		/* its title; index: of the article */
	START_TOC,		/* index: anchor of an entry in the list of a
				   section (an article's) or of an article (a
				   heading's) */
	START_NODE		/* index: of the article */
};
struct page_start {
	enum start_kind	 kind;
	uint32_t	 index;
	const struct doc_node *node;	/* the leaf, or a block before its
					   first one */
	uint32_t	 offset;	/* byte in the leaf's own text */
};

struct page {
	enum page_kind	 kind;
	sp		 w, h;
	str		 label;		/* "cover", "iv", "12" */
	struct page_start start;
	const struct item *items;
	size_t		 n;
};

/* Page labels of the PDF: from page `first` on, prefix + style from start. */
enum label_style { LABEL_NONE, LABEL_ARABIC, LABEL_ROMAN };
struct label_range {
	uint32_t first; enum label_style style; uint32_t start; str prefix;
};

struct anchor_place { uint32_t page; sp y; bool set; };

struct pages {
	const struct book *book;
	const struct page *v;
	size_t	 n;
	const struct elem *elems;
	size_t	 nelems;
	const struct anchor_place *anchors;	/* by anchor of the book */
	const struct label_range *labels;
	size_t	 nlabels;
	uint32_t body_first;	/* page index where arabic 1 begins */
	bool	 two_sided;	/* verso and recto differ */
	unsigned image_dpi;	/* finer pictures may be brought down to that;
				   0: all stay as they are */
};

#endif
