/*
 * diag_table.h: every message that fascicle can give, by area. Every id
 * stands in fascicle(1) and in some test's expected output.
 */
#ifndef DIAG_DIAG_TABLE_H
#define DIAG_DIAG_TABLE_H

#define DIAGS(X) \
	X(UTF8_INVALID,      WARN,  "invalid UTF-8, shown as U+FFFD") \
	X(CHAR_CONTROL,      WARN,  "control character, left out") \
	X(CHAR_BIDI,         WARN,  "invisible bidirectional control") \
	X(FM_MISSING,        ERROR, "no front matter") \
	X(FM_UNCLOSED,       ERROR, "front matter is not closed") \
	X(FM_SYNTAX,         ERROR, "malformed YAML") \
	X(FM_REFUSED,        ERROR, "YAML feature not allowed here") \
	X(FM_KEY_UNKNOWN,    WARN,  "unknown key") \
	X(FM_KEY_TWICE,      ERROR, "key given twice") \
	X(FM_REQUIRED,       ERROR, "required key is missing") \
	X(FM_VALUE,          ERROR, "wrong kind of value") \
	X(FM_DATE,           ERROR, "not a date") \
	X(FM_LANGUAGE,       WARN,  "not a known language") \
	X(FM_SECTION,        ERROR, "unknown section") \
	X(PUB_MISSING,       ERROR, "no publication file") \
	X(PUB_VALUE,         ERROR, "wrong value in publication file") \
	X(MD_HTML,           WARN,  "HTML is not passed through") \
	X(MD_DEPTH,          LIMIT, "nested too deeply") \
	X(MD_EMPTY,          WARN,  "article has no text") \
	X(MD_ALT_MISSING,    WARN,  "image has no alt text") \
	X(MD_HEADING_SKIP,   WARN,  "heading level skipped") \
	X(MD_HEADING_TITLE,  WARN,  "level-1 heading inside an article") \
	X(MD_LANGUAGE,       WARN,  "marked as no known language") \
	X(MD_LINK_EMPTY,     WARN,  "link without text") \
	X(MD_TABLE_HEADER,   WARN,  "table has no header row") \
	X(MD_NOTE_UNDEFINED, WARN,  "footnote is not defined") \
	X(MD_NOTE_UNUSED,    WARN,  "footnote is never referred to") \
	X(MD_TABLE_WIDE,     LIMIT, "table has too many columns") \
	X(MD_TABLE_LONG,     LIMIT, "table has too many rows") \
	X(MD_LINK_REFUSED,   WARN,  "link not allowed, shown as text") \
	X(MD_LINK_UNDEFINED, WARN,  "link to an article that is not here") \
	X(MD_TOO_LARGE,      LIMIT, "article too large") \
	X(MD_AMPLIFIED,      LIMIT, "article grows too much when parsed") \
	X(BOOK_ID_TWICE,     ERROR, "two articles have one id") \
	X(BOOK_EMPTY,        ERROR, "nothing to build") \
	X(IMAGE_MISSING,     ERROR, "no such image") \
	X(IMAGE_OUTSIDE,     ERROR, "image path leaves the content folder") \
	X(IMAGE_REMOTE,      ERROR, "remote images are never fetched") \
	X(IMAGE_BROKEN,      ERROR, "image is damaged") \
	X(IMAGE_KIND,        ERROR, "image format not supported") \
	X(IMAGE_LIMIT,       LIMIT, "image too large") \
	X(IMAGE_ANIMATED,    WARN,  "animation is not shown") \
	X(IMAGE_SVG_EFFECT,  WARN,  "SVG effect is not drawn") \
	X(IMAGE_SVG_FOREIGN, WARN,  "SVG content is not drawn") \
	X(IMAGE_SVG_MOTION,  WARN,  "SVG animation is not shown") \
	X(IMAGE_SVG_SCRIPT,  WARN,  "SVG script is left out") \
	X(IMAGE_SVG_TEXT,    WARN,  "SVG text is set otherwise") \
	X(IMAGE_SVG_STYLE,   WARN,  "SVG style rule is not understood") \
	X(IMAGE_SVG_VALUE,   WARN,  "SVG value is not understood") \
	X(IMAGE_SVG_REFERENCE, WARN, "SVG reference leads nowhere") \
	X(FONT_MANIFEST,     ENV,   "font manifest") \
	X(FONT_MISSING,      ENV,   "font file is missing") \
	X(FONT_FALLBACK,     WARN,  "font file is missing, another face is used") \
	X(FONT_BROKEN,       ENV,   "font file cannot be used") \
	X(FONT_NO_GLYPH,     WARN,  "no font has this character") \
	X(HYPH_MISSING,      NOTE,  "no hyphenation patterns") \
	X(THEME_UNKNOWN,     ERROR, "unknown theme") \
	X(THEME_CYCLE,       ERROR, "themes inherit without end") \
	X(THEME_KEY,         WARN,  "unknown key in a theme") \
	X(THEME_VALUE,       WARN,  "wrong value in a theme") \
	X(PAR_OVERFULL,      WARN,  "line too long for its measure") \
	X(PAR_LOOSE,         NOTE,  "line looser than the theme allows") \
	X(TABLE_SHRUNK,      NOTE,  "table set in smaller type to fit") \
	X(TABLE_TOO_WIDE,    WARN,  "table is wider than the page") \
	X(PAGE_LIMIT,        LIMIT, "too many pages") \
	X(MEMORY_LIMIT,      LIMIT, "memory limit reached") \
	X(TIME_LIMIT,        LIMIT, "time limit reached") \
	X(WORKER_LOST,       LIMIT, "building the book crashed") \
	X(IO_READ,           ENV,   "cannot read") \
	X(IO_WRITE,          ENV,   "cannot write") \
	X(PDF_BACKEND,       ENV,   "PDF library failed") \
	X(PDF_LIMIT,         LIMIT, "PDF would exceed 2 GiB") \
	X(EPUB_BACKEND,      ENV,   "ZIP library failed") \
	X(EPUB_KINDLE,       NOTE,  "Kindle may refuse the book's language") \
	X(EPUB_LARGE,        WARN,  "cannot be cut for old readers") \
	X(SANDBOX_OFF,       NOTE,  "the kernel cannot confine the workers")

#endif
