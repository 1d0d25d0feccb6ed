/*
 * style.h: what a theme says, computed: one block style per kind of block,
 * page geometry and furniture. Lengths in sp, all resolved.
 *
 * The theme here is `book`; theme files come later and fill the same struct.
 */
#ifndef STYLE_STYLE_H
#define STYLE_STYLE_H

#include "base/base.h"
#include "diag/diag.h"

/* Roles are font.h's, by the same order; style is a sibling and keeps its
 * own names. */
enum style_family { STYLE_SERIF, STYLE_SANS, STYLE_MONO };
enum style_align { ALIGN_START, ALIGN_JUSTIFY, ALIGN_CENTER, ALIGN_END };

struct text_style {
	enum style_family family;
	bool	 bold, italic;
	sp	 size;
	uint32_t rgb;
	bool	 hyphenate;
	bool	 caps;		/* tracked upper case labels */
};

struct block_style {
	struct text_style text;
	sp	 leading;		/* baseline to baseline */
	sp	 before, after;		/* vertical glue, collapsed by max */
	sp	 indent;		/* first line */
	sp	 start, end;		/* insets of the measure */
	enum style_align align;
	bool	 keep_next;		/* no page break after it */
	uint32_t fill;			/* 0xRRGGBB background, or NO_FILL */
};
#define NO_FILL	UINT32_MAX

enum block_id {
	STYLE_BODY, STYLE_BODY_FIRST,	/* first paragraph after a heading */
	STYLE_H1, STYLE_H2, STYLE_H3, STYLE_H4, /* H1: article title */
	STYLE_KICKER,			/* section and date above the title */
	STYLE_SUMMARY, STYLE_META, STYLE_LIST, STYLE_QUOTE,
	STYLE_ATTRIBUTION, STYLE_CALLOUT, STYLE_CALLOUT_LABEL, STYLE_CODE,
	STYLE_TABLE, STYLE_TABLE_HEAD, STYLE_CAPTION, STYLE_NOTE,
	STYLE_TOC_TITLE, STYLE_TOC_SECTION, STYLE_TOC_ARTICLE,
	STYLE_TOC_HEADING, STYLE_TOC_SUBHEADING, STYLE_OPENER_NUMBER,
	STYLE_OPENER_TITLE, STYLE_COVER_TITLE, STYLE_COVER_SUBTITLE,
	STYLE_COVER_SMALL, STYLE_IMPRINT, STYLE_HEADER, STYLE_FOLIO,
	STYLE_COUNT
};

struct theme {
	str	 name;
	sp	 page_w, page_h;
	sp	 margin_top, margin_bottom, margin_inner, margin_outer;
	sp	 header_y, footer_y;	/* baselines of running head, folio */
	sp	 list_indent, quote_indent, callout_pad, cell_pad;
	uint32_t accent, rule, muted;	/* colours */
	struct block_style block[STYLE_COUNT];
	int	 tolerance;		/* Knuth-Plass badness, second pass */
};

/* NULL after THEME_UNKNOWN. page sizes in sp. */
const struct theme *theme_load(struct arena *, str name, sp page_w,
	    sp page_h, struct diag *);

#endif
