/*
 * css.c: the one stylesheet of an EPUB.
 *
 * It sets space, rules and weight, and nothing else: no colour, background,
 * font family or fixed size, so that night mode and the reader's own
 * settings work; no flex, float or position, which old readers refuse.
 */
#include "out/epub/epub_int.h"

const char css_sheet[] =
"body { margin: 0 5%; }\n"
"p { margin: 0 0 0.6em; -epub-hyphens: auto; -webkit-hyphens: auto;\n"
"  hyphens: auto; orphans: 2; widows: 2; }\n"
"h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 0.5em; line-height: 1.2;\n"
"  -epub-hyphens: none; -webkit-hyphens: none; hyphens: none;\n"
"  page-break-after: avoid; break-after: avoid;\n"
"  page-break-inside: avoid; break-inside: avoid; }\n"
"h1 { font-size: 1.6em; }\n"
"h2 { font-size: 1.4em; }\n"
"h3 { font-size: 1.2em; }\n"
"h4, h5, h6 { font-size: 1em; }\n"
".kicker, .meta, .tags, .source, .label { font-size: 0.85em; }\n"
".kicker, .label { font-weight: bold; }\n"
".summary { margin: 0.6em 0 1em; font-style: italic; }\n"
".subtitle { font-size: 1.2em; }\n"
".titlepage { margin-top: 3em; text-align: center; }\n"
".contents { margin: 1em 0; }\n"
".contents li { margin: 0 0 0.3em; }\n"
"blockquote { margin: 0.8em 1.5em; }\n"
".attribution { text-align: right; font-style: italic; }\n"
".callout { margin: 1em 0; padding: 0.5em 0.8em;\n"
"  border: 1px solid; }\n"
"pre { margin: 0.8em 0; padding: 0.5em; border: 1px solid;\n"
"  font-size: 0.85em; white-space: pre-wrap; }\n"
"hr { margin: 1.2em 20%; border: 0; border-top: 1px solid; }\n"
"table { margin: 1em 0; border-collapse: collapse; }\n"
"caption { font-size: 0.85em; }\n"
"th, td { padding: 0.2em 0.5em; border: 1px solid;\n"
"  vertical-align: top; }\n"
".left { text-align: left; }\n"
".center { text-align: center; }\n"
".right { text-align: right; }\n"
".fig { margin: 1em 0; text-align: center;\n"
"  page-break-inside: avoid; break-inside: avoid; }\n"
".caption { font-size: 0.85em; }\n"
"img { max-width: 100%; height: auto; }\n"
".noteref { font-size: 0.75em; line-height: 0;\n"
"  vertical-align: super; text-decoration: none; }\n"
"sub, sup { line-height: 0; }\n"
".notes { margin-top: 2em; border-top: 1px solid; }\n"
".note { margin: 0.4em 0; font-size: 0.9em; }\n"
".source { margin-top: 1.5em; }\n";
