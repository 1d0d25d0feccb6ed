/*
 * theme_keys.c: every key of a theme file: its name, kind, place and range.
 * Reader, checks, the manual's test and the fuzzer share these tables.
 *
 * Colours come first, since what follows may name them; a block's size and
 * leading come before what is stated in their terms.
 */
#include "style/style_int.h"

#define Z(lit)		{ "" lit, sizeof(lit) - 1 }
#define D(field)	offsetof(struct design, field)
#define T(field)	offsetof(struct design, t.field)
#define B(field)	offsetof(struct block_style, field)
#define NAMES(x)	.names = x, .nnames = ARRAY_LEN(x)
#define OF_SPACE	(OF_SIZE | OF_LINE)

static const str families[] = { Z("serif"), Z("sans"), Z("mono") };
static const str faces[] = { Z("serif"), Z("sans"), Z("mono"), Z("text"),
	Z("headings"), Z("labels") };
static const str aligns[] = { Z("start"), Z("justify"), Z("center"),
	Z("end") };
static const str notes[] = { Z("foot"), Z("end") };
static const str rules[] = { Z("horizontal"), Z("head"), Z("grid"),
	Z("none") };

#define LENGTH(n, f, o, l, h)	{ .name = Z(n), .kind = KEY_LENGTH, \
	.flags = (f), .offset = (o), .lo = (l), .hi = (h) }
#define INT(n, o, l, h)		{ .name = Z(n), .kind = KEY_INT, \
	.offset = (o), .lo = (l), .hi = (h) }
#define SHARE(n, f, o, l, h)	{ .name = Z(n), .kind = KEY_SHARE, \
	.flags = (f), .offset = (o), .lo = (l), .hi = (h) }
#define BOOL(n, o)		{ .name = Z(n), .kind = KEY_BOOL, \
	.offset = (o) }
#define COLOUR(n, f, o)		{ .name = Z(n), .kind = KEY_COLOUR, \
	.flags = (f), .offset = (o) }
#define STRIP(n, o)		{ .name = Z(n), .kind = KEY_TEMPLATE, \
	.offset = (o) }
#define FAMILY(n, o)		{ .name = Z(n), .kind = KEY_ENUM, \
	.offset = (o), NAMES(families) }

const struct key theme_keys[] = {
	COLOUR("colors.ink", LITERAL, D(ink)),
	COLOUR("colors.accent", LITERAL, T(accent)),
	COLOUR("colors.rule", LITERAL, T(rule)),
	COLOUR("colors.muted", LITERAL, T(muted)),
	{ .name = Z("colors.sections"), .kind = KEY_COLOURS,
	    .flags = LITERAL | OR_NONE, .offset = D(accents) },
	FAMILY("faces.text", D(faces[0])),
	FAMILY("faces.headings", D(faces[1])),
	FAMILY("faces.labels", D(faces[2])),
	{ .name = Z("page.size"), .kind = KEY_PAPER, .offset = D(paper) },
	INT("page.columns", T(columns), 1, 2),
	LENGTH("page.column-min", OF_SPACE | OR_NONE, T(column_min), 0, 1000),
	LENGTH("page.column-gap", OF_SPACE, T(column_gap), 0, 200),
	COLOUR("page.column-rule", OR_NONE, T(column_rule)),
	BOOL("page.two-sided", T(two_sided)),
	BOOL("page.opener-recto", T(opener_recto)),
	BOOL("page.opener-page", T(opener_page)),
	BOOL("page.article-page", T(article_page)),
	LENGTH("page.grid", OF_LINE | OR_NONE, T(grid), 2, 400),
	SHARE("page.feather", OR_NONE, T(feather), 0, 500),
	INT("page.widow", T(widow), 0, 10000),
	INT("page.orphan", T(orphan), 0, 10000),
	{ .name = Z("page.notes"), .kind = KEY_ENUM, .offset = T(notes),
	    NAMES(notes) },
	BOOL("page.floats", T(floats)),
	BOOL("page.article-contents", T(article_contents)),
	LENGTH("margins.top", OF_HEIGHT, T(margin_top), 0, 7200),
	LENGTH("margins.bottom", OF_HEIGHT, T(margin_bottom), 0, 7200),
	LENGTH("margins.inner", OF_WIDTH, T(margin_inner), 0, 7200),
	LENGTH("margins.outer", OF_WIDTH, T(margin_outer), 0, 7200),
	LENGTH("margins.measure", OF_SIZE | OR_NONE, D(measure), 20, 14400),
	STRIP("header.verso.inner", T(header[0].inner)),
	STRIP("header.verso.center", T(header[0].center)),
	STRIP("header.verso.outer", T(header[0].outer)),
	STRIP("header.recto.inner", T(header[1].inner)),
	STRIP("header.recto.center", T(header[1].center)),
	STRIP("header.recto.outer", T(header[1].outer)),
	LENGTH("header.baseline", OF_HEIGHT, T(header_y), 0, 14400),
	LENGTH("header.rule", OR_NONE, T(header_rule), 0, 20),
	STRIP("footer.verso.inner", T(footer[0].inner)),
	STRIP("footer.verso.center", T(footer[0].center)),
	STRIP("footer.verso.outer", T(footer[0].outer)),
	STRIP("footer.recto.inner", T(footer[1].inner)),
	STRIP("footer.recto.center", T(footer[1].center)),
	STRIP("footer.recto.outer", T(footer[1].outer)),
	LENGTH("footer.baseline", OF_HEIGHT, D(footer_up), 0, 14400),
	INT("text.tolerance", T(tolerance), 1, 10000),
	INT("text.pretolerance", T(pretolerance), 0, 10000),
	INT("text.hyphen-penalty", T(hyphen_penalty), 0, 10000),
	SHARE("text.emergency", 0, T(emergency), 0, 1000),
	SHARE("text.protrusion", OR_NONE, T(protrusion), 0, 1000),
	SHARE("text.expansion", OR_NONE, T(expansion), 0, 20),
	SHARE("text.tracking", OR_NONE, T(tracking), 0, 10),
	BOOL("text.rivers", T(rivers)),
	INT("text.drop-cap", T(drop_cap), 0, 5),
	BOOL("text.underline-links", T(underline_links)),
	LENGTH("lists.indent", OF_SPACE, T(list_indent), 0, 200),
	LENGTH("lists.tight", OF_SPACE, T(list_tight), 0, 200),
	LENGTH("lists.loose", OF_SPACE, T(list_loose), 0, 200),
	LENGTH("quotes.indent", OF_SPACE, T(quote_indent), 0, 200),
	LENGTH("tables.padding", OF_SPACE, T(cell_pad), 0, 50),
	{ .name = Z("tables.rules"), .kind = KEY_ENUM,
	    .offset = T(table_rules), NAMES(rules) },
	COLOUR("tables.stripe", OR_NONE, T(table_stripe)),
	SHARE("tables.shrink", 0, T(table_shrink), 500, 1000),
	SHARE("figures.height", 0, T(figure_height), 100, 1000),
	INT("figures.dpi", T(figure_dpi), 72, 2400),
	SHARE("cover.height", 0, T(cover_height), 150, 850),
	INT("cover.columns", T(cover_columns), 1, 2),
};
const size_t theme_nkeys = ARRAY_LEN(theme_keys);
_Static_assert(ARRAY_LEN(theme_keys) <= THEME_KEYS_MOST, "room in a sheet");

const struct key block_keys[] = {
	[BLOCK_SIZE] = LENGTH("size", OF_BODY | OR_BODY, B(text.size), 3, 400),
	[BLOCK_LEADING] = LENGTH("leading", OF_LEADING | OF_LINE | OR_BODY,
	    B(leading), 3, 800),
	{ .name = Z("face"), .kind = KEY_FACE, .flags = OR_BODY,
	    .offset = B(text.family), NAMES(faces) },
	BOOL("bold", B(text.bold)),
	BOOL("italic", B(text.italic)),
	COLOUR("color", OR_BODY, B(text.rgb)),
	{ .name = Z("hyphenate"), .kind = KEY_BOOL, .flags = OR_BODY,
	    .offset = B(text.hyphenate) },
	BOOL("caps", B(text.caps)),
	BOOL("small-caps", B(text.small_caps)),
	LENGTH("before", OF_SPACE, B(before), 0, 500),
	LENGTH("after", OF_SPACE, B(after), 0, 500),
	LENGTH("indent", OF_SPACE, B(indent), 0, 200),
	LENGTH("start", OF_SPACE, B(start), 0, 500),
	LENGTH("end", OF_SPACE, B(end), 0, 500),
	{ .name = Z("align"), .kind = KEY_ENUM, .flags = OR_BODY,
	    .offset = B(align), NAMES(aligns) },
	BOOL("keep-next", B(keep_next)),
	BOOL("span", B(span)),
	BOOL("numbered", B(numbered)),
	COLOUR("fill", OR_NONE, B(fill)),
	COLOUR("bar", OR_NONE, B(bar)),
	LENGTH("bar-width", 0, B(bar_w), 0, 20),
	COLOUR("border", OR_NONE, B(border)),
	LENGTH("border-width", 0, B(border_w), 0, 20),
	LENGTH("padding", OF_SPACE, B(pad), 0, 100),
};
const size_t block_nkeys = ARRAY_LEN(block_keys);
_Static_assert(ARRAY_LEN(block_keys) <= BLOCK_KEYS_MOST, "room in a sheet");

const str block_names[STYLE_COUNT] = {
	[STYLE_BODY] = Z("body"),
	[STYLE_BODY_FIRST] = Z("body-first"),
	[STYLE_H1] = Z("h1"),
	[STYLE_H2] = Z("h2"),
	[STYLE_H3] = Z("h3"),
	[STYLE_H4] = Z("h4"),
	[STYLE_KICKER] = Z("kicker"),
	[STYLE_SUMMARY] = Z("summary"),
	[STYLE_META] = Z("meta"),
	[STYLE_LIST] = Z("list"),
	[STYLE_QUOTE] = Z("quote"),
	[STYLE_ATTRIBUTION] = Z("attribution"),
	[STYLE_CALLOUT] = Z("callout"),
	[STYLE_CALLOUT_LABEL] = Z("callout-label"),
	[STYLE_CODE] = Z("code"),
	[STYLE_TABLE] = Z("table"),
	[STYLE_TABLE_HEAD] = Z("table-head"),
	[STYLE_CAPTION] = Z("caption"),
	[STYLE_NOTE] = Z("note"),
	[STYLE_TOC_TITLE] = Z("toc-title"),
	[STYLE_TOC_SECTION] = Z("toc-section"),
	[STYLE_TOC_ARTICLE] = Z("toc-article"),
	[STYLE_TOC_HEADING] = Z("toc-heading"),
	[STYLE_TOC_SUBHEADING] = Z("toc-subheading"),
	[STYLE_OPENER_NUMBER] = Z("opener-number"),
	[STYLE_OPENER_TITLE] = Z("opener-title"),
	[STYLE_COVER_TITLE] = Z("cover-title"),
	[STYLE_COVER_SUBTITLE] = Z("cover-subtitle"),
	[STYLE_COVER_SMALL] = Z("cover-small"),
	[STYLE_COVER_SECTION] = Z("cover-section"),
	[STYLE_COVER_ARTICLE] = Z("cover-article"),
	[STYLE_IMPRINT] = Z("imprint"),
	[STYLE_HEADER] = Z("header"),
	[STYLE_FOLIO] = Z("folio"),
	[STYLE_TERM] = Z("term"),
	[STYLE_DEFINITION] = Z("definition"),
	[STYLE_SPEAKER] = Z("speaker"),
	[STYLE_DROP_CAP] = Z("drop-cap"),
};
