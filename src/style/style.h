/*
 * style.h: what a theme says, computed: one block style per kind of block,
 * page geometry and furniture. Lengths in sp, all resolved.
 *
 * Themes are YAML: four are built in (style/themes), others stand below the
 * content folder. fascicle-theme(5) is the contract for authors.
 */
#ifndef STYLE_STYLE_H
#define STYLE_STYLE_H

#include "base/base.h"
#include "base/limits.h"
#include "diag/diag.h"

/* Roles are font.h's, by the same order; style is a sibling and keeps its
 * own names. */
enum style_family { STYLE_SERIF, STYLE_SANS, STYLE_MONO };
enum style_align { ALIGN_START, ALIGN_JUSTIFY, ALIGN_CENTER, ALIGN_END };

struct text_style {
	enum style_family family;
	bool	 bold, italic;
	bool	 emphasis;	/* bold where the script has no italic */
	sp	 size;
	uint32_t rgb;
	bool	 hyphenate;
	bool	 caps;		/* tracked upper case labels */
	bool	 small_caps;	/* lower case letters as small capitals */
	bool	 tabular;	/* lining figures of one width */
};

struct block_style {
	struct text_style text;
	sp	 leading;		/* baseline to baseline */
	sp	 before, after;		/* vertical glue, collapsed by max */
	sp	 indent;		/* first line */
	sp	 start, end;		/* insets of the measure */
	enum style_align align;
	bool	 keep_next;		/* no page break after it */
	bool	 span;			/* across all columns of the page */
	bool	 numbered;		/* headings: 1, 1.1, 1.1.1 */
	uint32_t fill;			/* 0xRRGGBB background, or NO_FILL */
	uint32_t bar;			/* colour of a bar where lines start,
					   or NO_FILL */
	sp	 bar_w;
	uint32_t border;		/* colour of a frame, or NO_FILL */
	sp	 border_w;
	sp	 pad;			/* within ground, bar and frame */
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
	STYLE_COVER_SMALL,
	STYLE_COVER_SECTION, STYLE_COVER_ARTICLE, /* headlines on the cover */
	STYLE_IMPRINT, STYLE_HEADER, STYLE_FOLIO,
	STYLE_TERM, STYLE_DEFINITION,	/* of a definition list */
	STYLE_SPEAKER,			/* the name within an attribution */
	STYLE_DROP_CAP,			/* face and colour of the initial */
	STYLE_COUNT
};

enum style_notes { NOTES_FOOT, NOTES_END };
enum style_rules {		/* of a table */
	RULES_HORIZONTAL,	/* below each row */
	RULES_HEAD,		/* above, below the header, at the end */
	RULES_GRID, RULES_NONE
};

/* One strip of furniture, a template each: {title} {subtitle} {section}
 * {article} {first} {last} {page} {date}; first and last are the first and
 * the last heading of the page. "" leaves the place free. */
struct style_strip { str inner, center, outer; };

struct theme {
	str	 name;
	sp	 page_w, page_h;
	sp	 margin_top, margin_bottom, margin_inner, margin_outer;
	sp	 header_y, footer_y;	/* baselines of running head, folio */
	sp	 list_tight, list_loose;	/* between items */
	sp	 list_indent, quote_indent, cell_pad;
	uint32_t accent, rule, muted;	/* colours */
	struct block_style block[STYLE_COUNT];
	/* The same theme with each accent that it has for sections, which
	 * take them in turn; none: sections have that of the book. */
	const struct theme *const *sections;
	unsigned nsections;

	/* pages */
	unsigned columns;		/* of the body, 1 or 2 */
	sp	 column_min;		/* narrower ones are too many */
	sp	 column_gap;
	uint32_t column_rule;		/* colour between columns, NO_FILL */
	bool	 two_sided;		/* verso and recto differ */
	bool	 opener_recto;		/* section openers on right pages */
	bool	 opener_page;		/* they have pages of their own */
	bool	 article_page;		/* an article begins a page, else it
					   follows on */
	sp	 grid;			/* of baselines; 0: none */
	int	 feather;		/* [1/1000] of the leading that a gap
					   between lines may grow to fill a
					   page; 0: ragged bottom */
	struct style_strip header[2], footer[2];	/* verso, recto */
	sp	 header_rule;		/* thickness below the header, 0: none */
	int	 widow, orphan;		/* costs of one line alone, 0..10000 */
	enum style_notes notes;
	bool	 floats;		/* figures and tables may move */
	bool	 article_contents;	/* a list below the title */

	/* paragraphs */
	int	 tolerance;		/* Knuth-Plass badness, second pass */
	int	 pretolerance;		/* first pass, without hyphens */
	int	 hyphen_penalty;
	int	 emergency;		/* [1/1000] of the measure: stretch of a
					   line in the last pass */
	int	 protrusion;		/* [1/1000] of what optical margins
					   are at full strength */
	int	 expansion;		/* [1/1000] most that glyphs are
					   widened or narrowed, 0..20 */
	bool	 upright;		/* the language's script has no
					   italic */
	int	 tracking;		/* [1/1000] of their size, most that
					   they are moved apart or closer */
	bool	 rivers;		/* rivers and stacks cost demerits */
	unsigned drop_cap;		/* lines; 0: none */
	bool	 underline_links;

	/* tables and figures */
	enum style_rules table_rules;
	uint32_t table_stripe;		/* ground of every other row, NO_FILL */
	int	 table_shrink;		/* [1/1000] least size of a table's text
					   before other ways are tried */
	int	 figure_height;		/* [1/1000] of the page at most */
	unsigned figure_dpi;		/* pictures finer than that are scaled */

	/* the cover */
	int	 cover_height;		/* [1/1000] of the page, the title */
	unsigned cover_columns;		/* of headlines, 1 or 2 */
};

/* What is asked for. The first three are needed. */
struct theme_request {
	str	 name;		/* built-in, or a file below root */
	str	 base;		/* built-in that a file without `inherit`
				   changes; "": book */
	const struct limits *limits;
	span	 at;		/* where the name stands */
	const struct root *root;	/* NULL: built-in ones only */
	struct srcmap *map;
	sp	 page_w, page_h;	/* 0: the theme's own paper */
};

/*
 * What is wrong with single keys is told and left out; NULL after what
 * leaves no theme: THEME_UNKNOWN, THEME_CYCLE, or no YAML. Every theme can
 * be laid out, however odd.
 */
const struct theme *theme_read(struct arena *, const struct theme_request *,
	    struct diag *);
/* A built-in one; page sizes in sp, 0: its own paper. */
const struct theme *theme_load(struct arena *, str name, sp page_w,
	    sp page_h, struct diag *);
bool	theme_is_builtin(str name);
/* The theme with the leading that the language's script needs, and upright;
 * the same one for scripts like Latin. */
const struct theme *theme_for_lang(struct arena *, const struct theme *,
	    str lang);

#endif
