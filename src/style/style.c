/*
 * style.c: the theme `book`: one column, serif text of 10.5 on 14.5 points,
 * sans headings. Sizes are stated in quarter points so that every length is
 * an exact integer of sp.
 */
#include "style/style.h"

#define Q(quarters)	((sp)(quarters) * SP_PT / 4)
#define INK		0x1a1a1au
#define MUTED		0x5a5a5au
#define ACCENT		0x7a1f1fu
#define RULE		0xb8b8b8u

/* One row a block: sizes in quarter points. */
struct row {
	enum style_family family;
	bool	 bold, italic, hyphenate, caps, keep_next;
	uint8_t	 size, leading, before, after, indent, start, end;
	enum style_align align;
	uint32_t rgb, fill;
};

#define SERIF	.family = STYLE_SERIF
#define SANS	.family = STYLE_SANS
#define MONO	.family = STYLE_MONO
#define TEXT	.hyphenate = true, .align = ALIGN_JUSTIFY, .rgb = INK, \
		.fill = NO_FILL
#define LABEL	.align = ALIGN_START, .rgb = INK, .fill = NO_FILL

static const struct row book_rows[STYLE_COUNT] = {
	[STYLE_BODY] = { SERIF, TEXT, .size = 42, .leading = 58,
	    .indent = 60 },
	[STYLE_BODY_FIRST] = { SERIF, TEXT, .size = 42, .leading = 58 },
	[STYLE_H1] = { SANS, LABEL, .bold = true, .size = 88, .leading = 108,
	    .before = 24, .after = 24, .keep_next = true },
	[STYLE_H2] = { SANS, LABEL, .bold = true, .size = 56, .leading = 72,
	    .before = 72, .after = 20, .keep_next = true },
	[STYLE_H3] = { SANS, LABEL, .bold = true, .size = 46, .leading = 60,
	    .before = 52, .after = 12, .keep_next = true },
	[STYLE_H4] = { SANS, LABEL, .bold = true, .italic = true, .size = 42,
	    .leading = 58, .before = 40, .after = 8, .keep_next = true },
	[STYLE_KICKER] = { SANS, LABEL, .bold = true, .caps = true,
	    .size = 34, .leading = 48, .after = 8, .keep_next = true },
	[STYLE_SUMMARY] = { SERIF, TEXT, .italic = true, .size = 46,
	    .leading = 62, .before = 8, .after = 24 },
	[STYLE_META] = { SANS, LABEL, .size = 32, .leading = 46 },
	[STYLE_LIST] = { SERIF, TEXT, .size = 42, .leading = 58 },
	[STYLE_QUOTE] = { SERIF, TEXT, .size = 42, .leading = 58,
	    .before = 24, .after = 24 },
	[STYLE_ATTRIBUTION] = { SANS, LABEL, .size = 36, .leading = 50,
	    .before = 4, .after = 24 },
	[STYLE_CALLOUT] = { SANS, TEXT, .size = 38, .leading = 54,
	    .before = 16, .after = 16 },
	[STYLE_CALLOUT_LABEL] = { SANS, LABEL, .bold = true, .size = 36,
	    .leading = 52, .keep_next = true },
	[STYLE_CODE] = { MONO, LABEL, .size = 34, .leading = 48,
	    .before = 36, .after = 36 },
	[STYLE_TABLE] = { SANS, LABEL, .size = 34, .leading = 46 },
	[STYLE_TABLE_HEAD] = { SANS, LABEL, .bold = true, .size = 34,
	    .leading = 46 },
	[STYLE_CAPTION] = { SANS, LABEL, .size = 34, .leading = 46,
	    .before = 12, .after = 24 },
	[STYLE_NOTE] = { SERIF, TEXT, .size = 34, .leading = 46 },
	[STYLE_TOC_TITLE] = { SANS, LABEL, .bold = true, .size = 72,
	    .leading = 90, .after = 48, .keep_next = true },
	[STYLE_TOC_SECTION] = { SANS, LABEL, .bold = true, .size = 44,
	    .leading = 60, .before = 36, .after = 8, .keep_next = true },
	[STYLE_TOC_ARTICLE] = { SERIF, LABEL, .size = 42, .leading = 58 },
	[STYLE_TOC_HEADING] = { SANS, LABEL, .size = 36, .leading = 50 },
	[STYLE_TOC_SUBHEADING] = { SANS, LABEL, .size = 34, .leading = 46,
	    .start = 60 },
	[STYLE_OPENER_NUMBER] = { SANS, LABEL, .caps = true, .size = 44,
	    .leading = 60, .keep_next = true },
	[STYLE_OPENER_TITLE] = { SANS, LABEL, .bold = true, .size = 120,
	    .leading = 144, .after = 72, .keep_next = true },
	[STYLE_COVER_TITLE] = { SANS, LABEL, .bold = true, .size = 176,
	    .leading = 200 },
	[STYLE_COVER_SUBTITLE] = { SERIF, LABEL, .size = 96, .leading = 120 },
	[STYLE_COVER_SMALL] = { SANS, LABEL, .size = 44, .leading = 62 },
	[STYLE_IMPRINT] = { SERIF, LABEL, .size = 36, .leading = 52 },
	[STYLE_HEADER] = { SANS, LABEL, .size = 30, .leading = 40 },
	[STYLE_FOLIO] = { SANS, LABEL, .size = 34, .leading = 40 },
	[STYLE_TERM] = { SERIF, LABEL, .bold = true, .size = 42,
	    .leading = 58, .before = 16, .keep_next = true },
	[STYLE_DEFINITION] = { SERIF, TEXT, .size = 42, .leading = 58,
	    .start = 72 },
	[STYLE_SPEAKER] = { SANS, LABEL, .bold = true, .size = 36,
	    .leading = 50 },
	[STYLE_DROP_CAP] = { SERIF, LABEL, .size = 42, .leading = 58 },
};

static struct block_style
block_of(const struct row *r)
{
	return (struct block_style){
		.text = { r->family, r->bold, r->italic, Q(r->size), r->rgb,
		    r->hyphenate, r->caps },
		.leading = Q(r->leading), .before = Q(r->before),
		.after = Q(r->after), .indent = Q(r->indent),
		.start = Q(r->start), .end = Q(r->end), .align = r->align,
		.keep_next = r->keep_next, .fill = r->fill,
		.bar = NO_FILL, .border = NO_FILL
	};
}

const struct theme *
theme_load(struct arena *a, str name, sp page_w, sp page_h, struct diag *d)
{
	struct theme	*t;

	if (!str_eq(name, S("book"))) {
		diag_add(d, DIAG_THEME_UNKNOWN, SPAN_NONE,
		    "\"%.*s\"; there is: book", STR_ARG(name));
		return NULL;
	}
	t = ARENA_NEW(a, struct theme, 1);
	*t = (struct theme){ .name = S("book"), .page_w = page_w,
	    .page_h = page_h, .margin_top = page_h / 11,
	    .margin_bottom = page_h / 10, .margin_inner = page_w / 8,
	    .margin_outer = page_w / 8, .list_indent = Q(72),
	    .quote_indent = Q(96), .callout_pad = Q(36), .cell_pad = Q(20),
	    .accent = ACCENT, .rule = RULE, .muted = MUTED,
	    .columns = 1, .column_gap = Q(80), .column_rule = NO_FILL,
	    .two_sided = true, .article_page = true,
	    .header = { { .outer = S("{section}") },
	    { .outer = S("{article}") } },
	    .footer = { { .outer = S("{page}") }, { .outer = S("{page}") } },
	    .widow = 10000, .orphan = 10000, .notes = NOTES_END,
	    .article_contents = true, .tolerance = 200, .pretolerance = 20,
	    .hyphen_penalty = 50, .emergency = 250,
	    .protrusion = 1000, .expansion = 20, .rivers = true,
	    .table_rules = RULES_HORIZONTAL, .table_stripe = NO_FILL,
	    .table_shrink = 800, .figure_height = 700, .figure_dpi = 300 };
	t->header_y = t->margin_top * 2 / 3;
	t->footer_y = page_h - t->margin_bottom / 2;
	for (size_t i = 0; i < STYLE_COUNT; i++)
		t->block[i] = block_of(&book_rows[i]);
	return t;
}
