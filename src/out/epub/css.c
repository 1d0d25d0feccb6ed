/*
 * css.c: the one stylesheet of an EPUB.
 *
 * It sets space, rules and weight, and nothing else: no colour, background,
 * font family or fixed size, so that night mode and the reader's own
 * settings work; no flex, float or position, which old readers refuse.
 * "@s" and "@e" stand for the sides where lines start and end: the words
 * for them that CSS has are newer than many readers. General selectors come
 * before special ones of the same element, which calibre's check asks for.
 */
#include "out/epub/epub_int.h"

static const char sheet[] =
"body { margin: 0 5%; }\n"
"p { margin: 0 0 0.7em; -epub-hyphens: auto; -webkit-hyphens: auto;\n"
"  hyphens: auto; orphans: 2; widows: 2; }\n"
"h1, h2, h3, h4, h5, h6 { margin: 1.4em 0 0.5em; line-height: 1.25;\n"
"  -epub-hyphens: none; -webkit-hyphens: none; hyphens: none;\n"
"  page-break-after: avoid; break-after: avoid;\n"
"  page-break-inside: avoid; break-inside: avoid; }\n"
"h1 { font-size: 1.7em; }\n"
"h2 { font-size: 1.35em; }\n"
"h3 { font-size: 1.2em; }\n"
"h4, h5, h6 { font-size: 1em; }\n"
"h5, h6 { font-style: italic; }\n"
/* blocks */
"ul, ol { margin: 0.5em 0 0.9em; padding: 0; padding-@s: 1.6em; }\n"
"li { margin: 0 0 0.25em; }\n"
"li ul, li ol { margin: 0.25em 0 0.3em; }\n"
".task { list-style-type: none; }\n"
"blockquote { margin: 1em 0; margin-@s: 0.4em; padding: 0;\n"
"  padding-@s: 1em; border-@s: 3px solid; }\n"
".attribution { text-align: @e; font-size: 0.9em; }\n"
".speaker { font-weight: bold; }\n"
".smallcaps { font-variant: small-caps; }\n"
"dl { margin: 0.5em 0 0.9em; }\n"
"dt { margin: 0.6em 0 0.1em; font-weight: bold;\n"
"  page-break-after: avoid; break-after: avoid; }\n"
"dd { margin: 0 0 0.25em; margin-@s: 1.6em; }\n"
".callout { margin: 1.2em 0; padding: 0.7em 1em 0.2em;\n"
"  border: 1px solid; }\n"
".strong { border-width: 2px; }\n"
"pre { margin: 0.8em 0; padding: 0.6em 0.8em; border: 1px solid;\n"
"  font-size: 0.85em; white-space: pre-wrap; word-wrap: break-word; }\n"
"code, kbd { font-size: 0.9em; }\n"
"pre code { font-size: 1em; }\n"
"hr { margin: 1.6em 30%; border: 0; border-top: 1px solid; }\n"
"table { margin: 1.2em 0; width: 100%; border-collapse: collapse;\n"
"  border-top: 2px solid; border-bottom: 2px solid; font-size: 0.9em; }\n"
"caption { padding: 0 0.4em 0.3em; text-align: @s; font-weight: bold; }\n"
"tr { page-break-inside: avoid; break-inside: avoid; }\n"
"th, td { padding: 0.3em 0.4em; border-bottom: 1px solid;\n"
"  text-align: @s; vertical-align: top; }\n"
"th { font-weight: bold; }\n"
"th.left, td.left { text-align: left; }\n"
"th.center, td.center { text-align: center; }\n"
"th.right, td.right { text-align: right; }\n"
".center { text-align: center; }\n"
".fig { margin: 1.2em 0; page-break-inside: avoid;\n"
"  break-inside: avoid; }\n"
".fig p { margin: 0 0 0.4em; }\n"
".caption { text-align: center; font-size: 0.85em; }\n"
"img { max-width: 100%; height: auto; }\n"
".noteref { font-size: 0.75em; line-height: 0;\n"
"  vertical-align: super; text-decoration: none; }\n"
"sub, sup { font-size: 0.75em; line-height: 0; }\n"
".notes { margin: 2em 0 0; padding: 0.6em 0 0; border-top: 1px solid;\n"
"  font-size: 0.9em; }\n"
".notes h2, .notes h3 { margin: 0 0 0.5em; }\n"
".note { margin: 0 0 0.4em; }\n"
".note p { margin: 0 0 0.3em; }\n"
/* what stands above and below the text */
".title { margin: 0.2em 0 0.5em; font-size: 1.7em; }\n"
".kicker { margin: 1em 0 0; font-size: 0.8em; font-weight: bold;\n"
"  text-transform: uppercase; }\n"
".meta, .tags, .source { font-size: 0.85em; }\n"
".meta { margin: 0 0 0.9em; }\n"
".tags { margin: 0 0 0.3em; }\n"
".summary { font-size: 1.1em; font-style: italic; }\n"
".label { margin: 0 0 0.3em; font-size: 0.85em; font-weight: bold;\n"
"  page-break-after: avoid; break-after: avoid; }\n"
".source { margin: 1.5em 0 0; }\n"
/* lists of contents */
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

void
css_write(struct buf *b, bool rtl)
{
	str rest = { sheet, sizeof(sheet) - 1 };
	size_t at;

	while ((at = str_find_char(rest, '@')) != SIZE_MAX) {
		buf_str(b, str_cut(rest, 0, at));
		buf_z(b, (rest.p[at + 1] == 's') != rtl ? "left" : "right");
		rest = str_from(rest, at + 2);
	}
	buf_str(b, rest);
}
