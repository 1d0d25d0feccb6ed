/*
 * css.c: the one stylesheet of an EPUB, in the proportions of the theme.
 *
 * It sets space, rules and weight, and nothing else: no colour, background,
 * font family or fixed size, so that night mode and the reader's own
 * settings work; no flex, float or position, which old readers refuse. What
 * the theme says in points becomes a share of the reader's own text size,
 * within bounds that suit a small screen.
 *
 * "@s" and "@e" stand for the sides where lines start and end: the words
 * for them that CSS has are newer than many readers. General selectors come
 * before special ones of the same element, which calibre's check asks for.
 */
#include "out/epub/epub_int.h"

struct css {
	struct buf	*b;
	const struct theme *t;
	bool		 rtl;
	bool		 indented;	/* paragraphs, instead of set apart */
	int		 gap;		/* between paragraphs [1/100 em] */
};

static const char sheet_list[] =
".long { padding-@s: 3em; }\n"
"li { margin: 0 0 0.25em; }\n"
"li p { margin: 0 0 0.25em; }\n"
"li ul, li ol { margin: 0.25em 0 0.3em; }\n"
".goes-on { list-style-type: none; }\n"
"dl { margin: 0.5em 0 0.9em; }\n"
".smallcaps { font-variant: small-caps; }\n";

static const char sheet_rule[] =
"hr { margin: 1.6em 30%; border: 0; border-top: 1px solid; }\n";

/* Articles that share a file. */
static const char sheet_merged[] =
"section + section { margin: 3em 0 0; padding: 0.6em 0 0;\n"
"  border-top: 2px solid; }\n";

static const char sheet_cells[] =
"th.left, td.left { text-align: left; }\n"
"th.center, td.center { text-align: center; }\n"
"th.right, td.right { text-align: right; }\n"
".center { text-align: center; }\n"
".fig { margin: 1.2em 0; page-break-inside: avoid;\n"
"  break-inside: avoid; }\n"
".fig p { margin: 0 0 0.4em; }\n";

static const char sheet_notes[] =
"img { max-width: 100%; height: auto; }\n"
".noteref { font-size: 0.75em; line-height: 0;\n"
"  vertical-align: super; text-decoration: none; }\n"
"sub, sup { font-size: 0.75em; line-height: 0; }\n"
"h1 .noteref, h2 .noteref, h3 .noteref, h4 .noteref { font-weight: normal; }\n"
".notes { margin: 2em 0 0; padding: 0.6em 0 0; border-top: 1px solid;";

static const char sheet_note[] =
".notes h2, .notes h3 { margin: 0 0 0.5em; }\n"
".note { margin: 0 0 0.4em; }\n"
".note p { margin: 0 0 0.3em; }\n";

static const char sheet_contents[] =
"nav ol { margin: 0; padding: 0; list-style-type: none; }\n"
"nav li { margin: 0 0 1em; font-weight: bold; }\n"
"nav li li { margin: 0.35em 0; margin-@s: 1.3em; font-weight: normal; }\n"
"nav a { text-decoration: none; }\n"
".contents { margin: 1.2em 0 1.6em; padding: 0.7em 0 0.4em;\n"
"  border-top: 1px solid; border-bottom: 1px solid; }\n"
".contents ol { margin: 0; padding: 0; list-style-type: none; }\n"
".contents li { margin: 0 0 0.35em; }\n"
".contents li li { margin: 0.3em 0; margin-@s: 1.3em; }\n"
".contents a { text-decoration: none; }\n"
".entry { margin: 0; font-weight: bold; }\n"
".gist { margin: 0.1em 0 0.9em; font-size: 0.9em; }\n"
/* title page */
".titlepage { margin: 25% 0 0; text-align: center; }\n"
".titlepage h1 { margin: 0 0 0.3em; font-size: 2.2em; }\n"
".subtitle { margin: 0 0 0.4em; font-size: 1.3em; }\n"
".imprint { margin: 6em 0 0; }\n"
".imprint p { margin: 0 0 0.2em; font-size: 0.85em; }\n";

/* Paragraphs that follow another one without being its continuation. */
static const char sheet_flush[] =
".kicker, .meta, .tags, .source, .summary, .label, .caption, .attribution,\n"
"  .entry, .gist, .subtitle, .imprint p, .note p, .fig p, .lines,\n"
"  .kicker + p, .meta + p, .tags + p, .summary + p, .label + p,\n"
"  .caption + p { text-indent: 0; }\n";

/* The box of a task hangs where other items have their mark. */
static const char sheet_special[] =
".number { margin-@e: 0.25em; }\n"
".task { list-style-type: none; text-indent: -1.3em; }\n"
".task p, .task ul, .task ol, .task dl, .task pre, .task table,\n"
"  .task blockquote, .task div { text-indent: 0; }\n"
".task .task, .task .box { text-indent: -1.3em; }\n"
".tags + p, .tags + ul, .tags + ol, .tags + dl, .tags + blockquote {\n"
"  margin-top: 1.1em; }\n"
".tags + .tags { margin-top: 0; }\n";

/* ---- writing ---------------------------------------------------------- */

static void
put(struct css *c, const char *z)
{
	str rest = str_c(z);
	size_t at;

	while ((at = str_find_char(rest, '@')) != SIZE_MAX) {
		buf_str(c->b, str_cut(rest, 0, at));
		buf_z(c->b, (rest.p[at + 1] == 's') != c->rtl ? "left" :
		    "right");
		rest = str_from(rest, at + 2);
	}
	buf_str(c->b, rest);
}

/* Hundredths of an em, as short as CSS allows. */
static void
put_em(struct css *c, int v)
{
	if (v % 100 == 0)
		buf_printf(c->b, v == 0 ? "%d" : "%dem", v / 100);
	else if (v % 10 == 0)
		buf_printf(c->b, "%d.%dem", v / 100, v / 10 % 10);
	else
		buf_printf(c->b, "%d.%02dem", v / 100, v % 100);
}

static int
within(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* Hundredths of `of` in v, to the nearest 5, within bounds. */
static int
share(sp v, sp of, int lo, int hi)
{
	int64_t x = of > 0 ? (v * 20 + of / 2) / of * 5 : lo;

	return within((int)(x < 10000 ? x : 10000), lo, hi);
}

static const struct block_style *
block(const struct css *c, enum block_id id)
{
	return &c->t->block[id];
}

static void
put_size(struct css *c, enum block_id id, int lo, int hi)
{
	put(c, " font-size: ");
	put_em(c, share(block(c, id)->text.size, block(c,
	    STYLE_BODY)->text.size, lo, hi));
	put(c, ";");
}

/* Space above and below, in ems of the block's own size. */
static void
put_margin(struct css *c, enum block_id id, int lo, int hi)
{
	const struct block_style *s = block(c, id);

	put(c, " margin: ");
	put_em(c, share(s->before, s->text.size, lo, hi));
	put(c, " 0 ");
	put_em(c, share(s->after, s->text.size, 20, 100));
	put(c, ";");
}

static void
put_letters(struct css *c, enum block_id id, bool bold)
{
	const struct text_style *s = &block(c, id)->text;

	if (s->bold != bold)
		put(c, s->bold ? " font-weight: bold;" :
		    " font-weight: normal;");
	if (s->italic && !c->t->upright)
		put(c, " font-style: italic;");
	if (s->caps)
		put(c, " text-transform: uppercase;");
	else if (s->small_caps)
		put(c, " font-variant: small-caps;");
}

/* ---- text ------------------------------------------------------------- */

static void
put_hyphens(struct css *c, const char *how)
{
	buf_printf(c->b, " -epub-hyphens: %s; -webkit-hyphens: %s;\n"
	    "  hyphens: %s;", how, how, how);
}

static void
put_paragraphs(struct css *c)
{
	const struct block_style *s = block(c, STYLE_BODY);

	put(c, "body { margin: 0 5%; word-wrap: break-word; orphans: 2;\n"
	    "  widows: 2;");
	put_hyphens(c, s->text.hyphenate ? "auto" : "none");
	put(c, " }\np { margin: 0");
	if (c->gap > 0) {
		put(c, " 0 ");
		put_em(c, c->gap);
	}
	put(c, "; }\n");
	if (c->t->upright)
		put(c, "em { font-style: normal; font-weight: bold; }\n");
	if (c->indented) {
		put(c, "p + p { text-indent: ");
		put_em(c, share(s->indent, s->text.size, 100, 200));
		put(c, "; }\n");
	}
}

static void
put_heading(struct css *c, const char *selector, enum block_id id, int lo,
    int hi)
{
	put(c, selector);
	put(c, " {");
	put_margin(c, id, 60, 200);
	put_size(c, id, lo, hi);
	put_letters(c, id, true);
	put(c, " }\n");
}

/* An article's title is h1 in a book of its own, h2 below a section. */
static void
put_headings(struct css *c, bool compilation)
{
	const struct block_style *s = block(c, STYLE_H2);

	put(c, "h1, h2, h3, h4, h5, h6 {");
	put_margin(c, STYLE_H4, 60, 200);
	buf_printf(c->b, " line-height: 1.%d;\n ", share(s->leading,
	    s->text.size, 115, 140) - 100);
	put_hyphens(c, "none");
	put(c, "\n  page-break-after: avoid; break-after: avoid;\n"
	    "  page-break-inside: avoid; break-inside: avoid; }\n");
	put_heading(c, "h1", compilation ? STYLE_OPENER_TITLE : STYLE_H1,
	    130, 200);
	if (compilation) {
		put_heading(c, "h2", STYLE_H1, 125, 180);
		put(c, sheet_merged);
	}
	put_heading(c, compilation ? "h3" : "h2", STYLE_H2, 110, 150);
	put_heading(c, compilation ? "h4" : "h3", STYLE_H3, 100, 130);
	put_heading(c, compilation ? "h5, h6" : "h4, h5, h6", STYLE_H4, 100,
	    120);
}

/* ---- blocks ----------------------------------------------------------- */

/* A rule without its end; margin: as CSS has it. */
static void
open_line(struct css *c, const char *selector, const char *margin,
    enum block_id id, int lo, int hi)
{
	buf_printf(c->b, "%s { margin: %s;", selector, margin);
	put_size(c, id, lo, hi);
	put_letters(c, id, false);
}

static void
put_line(struct css *c, const char *selector, const char *margin,
    enum block_id id, int lo, int hi)
{
	open_line(c, selector, margin, id, lo, hi);
	put(c, " }\n");
}

/* A line that stays with what follows it. */
static void
put_kept_line(struct css *c, const char *selector, const char *margin,
    enum block_id id, int lo, int hi)
{
	open_line(c, selector, margin, id, lo, hi);
	put(c, "\n  page-break-after: avoid; break-after: avoid; }\n");
}

static void
put_lists(struct css *c)
{
	put(c, "ul, ol { margin: 0.5em 0 0.9em; padding: 0; padding-@s: ");
	put_em(c, share(c->t->list_indent, block(c, STYLE_BODY)->text.size,
	    120, 240));
	put(c, "; }\n");
	put(c, sheet_list);
	put_kept_line(c, "dt", "0.6em 0 0.1em", STYLE_TERM, 85, 110);
	put(c, "dt + dt { margin-top: 0; }\n");
	put(c, "dd { margin: 0 0 0.25em; margin-@s: ");
	put_em(c, share(block(c, STYLE_DEFINITION)->start, block(c,
	    STYLE_BODY)->text.size, 100, 240));
	put(c, "; }\n.speaker {");
	put_letters(c, STYLE_SPEAKER, false);
	put(c, " }\n");
}

static int
pixels(sp v)
{
	return within((int)((v + SP_PT / 2) / SP_PT), 1, 4);
}

static void
put_quotes(struct css *c)
{
	const struct block_style *s = block(c, STYLE_QUOTE);

	if (s->bar != NO_FILL && s->bar_w > 0) {
		put(c, "blockquote { margin: 1em 0; margin-@s: 0.4em; "
		    "padding: 0;\n  padding-@s: 1em; border-@s: ");
		buf_printf(c->b, "%dpx solid; }\n", pixels(s->bar_w));
	} else
		put(c, "blockquote { margin: 1em 1.6em; padding: 0; }\n");
	put(c, ".attribution {");
	put(c, block(c, STYLE_ATTRIBUTION)->align == ALIGN_END ?
	    " text-align: @e;" : "");
	put_size(c, STYLE_ATTRIBUTION, 80, 100);
	put_letters(c, STYLE_ATTRIBUTION, false);
	put(c, " }\n");
}

/* A ground cannot be had, so a frame or a bar tells a callout. */
static void
put_callouts(struct css *c)
{
	const struct block_style *s = block(c, STYLE_CALLOUT);
	bool bar = s->bar != NO_FILL && s->bar_w > 0 && s->border == NO_FILL;
	int px = bar ? pixels(s->bar_w) : 1;

	put(c, ".callout { margin: 1.2em 0; padding: 0.7em 1em ");
	put_em(c, within(70 - c->gap, 20, 70));
	put(c, ";\n  ");
	buf_printf(c->b, "border: %dpx solid;", px);
	if (bar)
		put(c, " border-top: 0; border-@e: 0; border-bottom: 0;");
	put(c, " }\n.strong { ");
	put(c, bar ? "border-@s-width: " : "border-width: ");
	buf_printf(c->b, "%dpx; }\n", px + (bar ? 2 : 1));
}

static void
put_code(struct css *c)
{
	put(c, "pre { margin: 0.8em 0; padding: 0.6em 0.8em; "
	    "border: 1px solid;\n ");
	put_size(c, STYLE_CODE, 75, 100);
	put(c, " white-space: pre-wrap; word-wrap: break-word; }\n"
	    "code, kbd { font-size: 0.9em;");
	put_hyphens(c, "none");
	put(c, " }\n"
	    "pre code { font-size: 1em; }\n"
	    ".line { display: block; padding-left: 2em; "
	    "text-indent: -2em; }\n");
	put(c, sheet_rule);
}

static void
put_tables(struct css *c)
{
	enum style_rules r = c->t->table_rules;

	put(c, "table { margin: 1.2em 0; border-collapse: collapse;\n ");
	if (r != RULES_NONE)
		put(c, " border-top: 2px solid; border-bottom: 2px solid;");
	put_size(c, STYLE_TABLE, 75, 100);
	put(c, " }\ncaption { padding: 0 0.4em 0.3em; text-align: ");
	put(c, block(c, STYLE_CAPTION)->align == ALIGN_CENTER ? "center;" :
	    "@s;");
	put_letters(c, STYLE_CAPTION, false);
	put(c, " }\n"
	    "tr { page-break-inside: avoid; break-inside: avoid; }\n"
	    "th, td { padding: 0.3em 0.4em; text-align: @s; "
	    "vertical-align: baseline;");
	put(c, r == RULES_HORIZONTAL ? " border-bottom: 1px solid;" :
	    r == RULES_GRID ? " border: 1px solid;" : "");
	put(c, " }\nth {");
	put(c, block(c, STYLE_TABLE_HEAD)->text.bold ?
	    " font-weight: bold;" : " font-weight: normal;");
	put(c, r == RULES_HEAD ? " border-bottom: 1px solid;" : "");
	put(c, " }\ntbody th {");
	put(c, r == RULES_HEAD ? " border-bottom: 0;" : "");
	put(c, " font-weight: normal; }\n");
	put(c, sheet_cells);
	put(c, block(c, STYLE_CAPTION)->align == ALIGN_CENTER ?
	    ".caption { text-align: center;" :
	    ".fig .center { text-align: @s; }\n.caption {");
	put_size(c, STYLE_CAPTION, 80, 100);
	put_letters(c, STYLE_CAPTION, false);
	put(c, " }\n");
	put(c, sheet_notes);
	put(c, "\n ");
	put_size(c, STYLE_NOTE, 80, 100);
	put(c, " }\n");
	put(c, sheet_note);
}

/* ---- above and below the text ----------------------------------------- */

static void
put_heads(struct css *c)
{
	put_line(c, ".kicker", "1em 0 0", STYLE_KICKER, 75, 100);
	put_line(c, ".meta", "0 0 0.9em", STYLE_META, 80, 100);
	put_line(c, ".tags", "0 0 0.3em", STYLE_META, 80, 100);
	put_line(c, ".source", "1.5em 0 0", STYLE_META, 80, 100);
	put_line(c, ".summary", "0 0 0.8em", STYLE_SUMMARY, 100, 120);
	put_kept_line(c, ".label", "0 0 0.3em", STYLE_CALLOUT_LABEL, 80, 100);
	if (c->indented)
		put(c, sheet_flush);
	put(c, sheet_contents);
	put(c, sheet_special);
}

/* ---- for newer readers ------------------------------------------------- */

/*
 * A sheet of its own: old readers drop a whole one for a single thing that
 * they do not know. The widths of devices stand beside those of windows,
 * for readers that lay a chapter out in one window of many columns.
 */
static const char sheet_modern[] =
"table { min-width: 60%; text-indent: 0; }\n"
"pre { tab-size: 4; }\n"
"a, code { overflow-wrap: anywhere; }\n"
"td a, td code { overflow-wrap: break-word; }\n"
"blockquote > p:first-child { margin-top: 0; }\n"
"li > p:last-child, dd > p:last-child, blockquote > p:last-child,\n"
"  .note > p:last-child { margin-bottom: 0; }\n"
".callout > ul:last-child, .callout > ol:last-child,\n"
"  .callout > table:last-child, .callout > pre:last-child {\n"
"  margin-bottom: 0.4em; }\n"
".contents .gist { margin-bottom: 0.9em; }\n";

/* "#" stands for the class of the tables. */
static const char sheet_records[] =
"# thead { display: none; }\n"
"#, # caption, # tbody, # tr, # th, # td { display: block; }\n"
"# th, # td { padding: 0 0 0.15em; padding-@s: 1em; border: 0;\n"
"  text-align: @s; }\n"
"# tr { padding: 0.4em 0 0.3em; }\n"
"# tr + tr { border-top: 1px solid; }\n"
"# th, # td:first-child { padding-@s: 0; font-weight: bold; }\n"
"# caption { padding: 0.3em 0 0.1em; }\n"
"# td:empty { display: none; }\n"
"# [data-label]:before { content: attr(data-label) \" \"; opacity: 0.7;\n"
"  font-weight: normal; }\n";

static void
put_records(struct css *c, const char *class, const char *width)
{
	str rest = str_c(sheet_records);
	struct buf named = { NULL, 0, 0, false };
	size_t at;

	while ((at = str_find_char(rest, '#')) != SIZE_MAX) {
		buf_str(&named, str_cut(rest, 0, at));
		buf_z(&named, class);
		rest = str_from(rest, at + 1);
	}
	buf_str(&named, rest);
	buf_char(&named, '\0');
	if (width)
		buf_printf(c->b, "@media (max-width: %s), "
		    "(max-device-width: %s) {\n", width, width);
	if (named.failed)
		c->b->failed = true;
	else
		put(c, named.p);
	put(c, width ? "}\n" : "");
	buf_done(&named);
}

void
css_modern(struct buf *b, bool rtl)
{
	struct css c = { .b = b, .rtl = rtl };

	put(&c, sheet_modern);
	put_records(&c, ".wide", "37.5em");
	put_records(&c, ".wider", "60em");
	put_records(&c, ".widest", NULL);
}

void
css_write(struct buf *b, const struct theme *t, bool compilation, bool rtl)
{
	const struct block_style *body = &t->block[STYLE_BODY];
	struct css c = { .b = b, .t = t, .rtl = rtl };
	sp apart = body->before > body->after ? body->before : body->after;

	c.indented = body->indent > 0 && apart < body->leading / 4;
	c.gap = c.indented ? 0 : share(apart, body->text.size, 40, 100);
	put_paragraphs(&c);
	put_headings(&c, compilation);
	put_lists(&c);
	put_quotes(&c);
	put_callouts(&c);
	put_code(&c);
	put_tables(&c);
	put_heads(&c);
}
