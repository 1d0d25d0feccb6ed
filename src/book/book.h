/*
 * book.h: articles + publication -> one const book: order, sections,
 * anchors, numbers, contents. Both outputs read it, so what it says is the
 * same in PDF and EPUB.
 */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include "doc/doc.h"
#include "yaml/yaml.h"

/* ---- publication.yaml ------------------------------------------------- */

struct pub_title { str lang, text; };
struct pub_section {
	str	 id;				/* ASCII slug */
	const struct pub_title *titles;		/* lang "" : any language */
	size_t	 ntitles;
};
/* "data-base": its hyphens are where it may be cut. */
struct pub_exception { str lang, word; };
struct pub_theme { str name; span at; };	/* built-in, or a file's path */
/* pdf: what the files claim to be, and how they are made. */
enum { PDF_UA1 = 1, PDF_A2A = 2 };
struct pub_pdf {
	unsigned standards;	/* PDF_UA1 | PDF_A2A; none without tags */
	bool	 tags, linearize;
};
/* What pictures of EPUBs are brought down to. */
enum epub_images {
	EPUB_IMAGES_SCREEN,	/* telephones and tablets */
	EPUB_IMAGES_EINK,	/* fewer pixels, greys */
	EPUB_IMAGES_ORIGINAL	/* as they are, up to what readers can take */
};
/* epub: how the files are made, and what a person vouches for. */
struct pub_epub {
	bool	 fonts;		/* subsets of them go in */
	bool	 page_list;	/* the page numbers of the PDF */
	enum epub_images images;
	size_t	 merge;		/* shorter articles share files [bytes] */
	str	 conforms;	/* WCAG level "A", "AA", "AAA"; "": no claim */
	str	 certified_by;	/* who says so; "" without a claim */
};
struct publication {
	str	 title;		/* in its own language */
	const struct pub_title *titles; size_t ntitles;	/* title: {en:, hi:} */
	str	 slug, publisher, language, ns, rights;
	struct pub_theme theme[2];	/* by enum book_kind; "": usual */
	sp	 page_w, page_h;	/* 0: the theme's */
	str	 page_name;	/* "A4", "custom" */
	const struct pub_section *sections; size_t nsections;
	struct pub_pdf pdf;
	struct pub_epub epub;
	struct doc_defaults articles;	/* language, habits */
	const struct pub_exception *exceptions; size_t nexceptions;
};

/* NULL after diagnostics. text as in yaml_parse(). */
const struct publication *pub_parse(struct arena *, str path, str text,
	    uint32_t base, const struct limits *, struct diag *);
str	pub_section_title(const struct pub_section *, str lang);
str	pub_title_in(const struct publication *, str lang);
/* Index of the section, SIZE_MAX: none. */
size_t	pub_section_find(const struct publication *, str id);
/* FM_SECTION with the nearest id where the article's section is unknown. */
bool	pub_check(const struct publication *, const struct doc_meta *,
	    struct diag *);

/* "ua1,a2a", "none"; false: not that. */
#define PDF_STANDARDS_EXPECTED	"ua1, a2a, both as in ua1,a2a, or none"
bool	pdf_standards_parse(str, unsigned *set);
/* "subset", "none"; false: not that. */
#define EPUB_FONTS_EXPECTED	"none or subset"
bool	epub_fonts_parse(str, bool *fonts);
/* "screen", ...; false: not that. */
#define EPUB_IMAGES_EXPECTED	"screen, eink or original"
bool	epub_images_parse(str, enum epub_images *);
/* "4000"; false: not that. */
#define EPUB_MERGE_EXPECTED	"a number of bytes, at most 1048576"
bool	epub_merge_parse(str, size_t *bytes);

/* ---- periods ---------------------------------------------------------- */

enum period_kind { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR,
	PERIOD_RANGE };
struct period { enum period_kind kind; struct date from, to; /* inclusive */ };
/* 2020, 2020-10, 2020-W42, 2020-10-12, 2020-10-01..2020-10-15 */
bool	period_parse(str, struct period *);
bool	period_has(const struct period *, struct date);
str	period_slug(struct arena *, const struct period *);  /* "2020-10" */
/* "October 2020", "12–18 October 2020", in the language (ICU). */
str	period_title(struct arena *, const struct period *, str lang);
str	date_title(struct arena *, struct date, str lang); /* "12 October 2020" */

/* ---- words that we set ourselves -------------------------------------- */

enum term {
	TERM_CONTENTS, TERM_IN_THIS_SECTION, TERM_IN_THIS_ARTICLE, TERM_NOTES,
	TERM_SOURCE, TERM_SYLLABUS, TERM_TAGS, TERM_BY, TERM_UPDATED,
	TERM_PUBLISHED_BY, TERM_ARTICLES, TERM_FIGURE, TERM_TABLE, TERM_PAGE,
	TERM_COVER, TERM_TITLE_PAGE, TERM_BACK_TO_NOTE, TERM_BEGIN_READING,
	TERM_SUMMARY, TERM_CONTINUED, TERM_DONE, TERM_OPEN,
	TERM_CALLOUT_NOTE, TERM_CALLOUT_TIP, TERM_CALLOUT_IMPORTANT,
	TERM_CALLOUT_WARNING, TERM_CALLOUT_CAUTION,
	/* Sentences of an e-book's accessibility summary. */
	TERM_ACCESS_TEXT, TERM_ACCESS_PICTURES, TERM_ACCESS_PICTURES_SOME,
	TERM_ACCESS_PAGES,
	TERM_COUNT
};
str	book_term(str lang, enum term);		/* English where unknown */
bool	book_terms_known(str lang);		/* else they are English */
bool	lang_is_rtl(str lang);			/* ar, fa, he, ur, ... */
/* Digits of the language's contents lists are always 0-9 in this version. */

/* ---- the book --------------------------------------------------------- */

enum book_kind { BOOK_ARTICLE, BOOK_COMPILATION };

/* A place that can be linked to. Index 0 is unused: "no anchor". */
struct book_anchor {
	str	 name;		/* unique ASCII, stable: "india-japan",
				   "india-japan.background", "s-economy",
				   "india-japan.n1" (note), ".r1" (its mark),
				   ".f1" (figure), ".t1" (Table 1) */
	uint32_t article;	/* index, UINT32_MAX: none */
	const struct doc_node *node;	/* heading, note, noteref, figure,
				   table; NULL: the article or section itself */
};

enum toc_kind { TOC_SECTION, TOC_ARTICLE, TOC_HEADING };
struct toc_entry {
	enum toc_kind	 kind;
	uint32_t	 depth;		/* of a heading: 1.. ; else 0 */
	uint32_t	 anchor;
	uint32_t	 index;		/* of the section or article */
	str		 text;		/* plain */
	const struct toc_entry *child, *next;
};

struct book_article {
	const struct doc *doc;
	str	 id;		/* = anchor name; unique in the book */
	uint32_t section;	/* index into book.sections */
	uint32_t anchor;
	const uint32_t *node_anchor;	/* by node id; 0: none */
	const uint32_t *node_number;	/* tables and figures with a caption:
					   1.. ; else 0 */
	const str *node_heading_number;	/* by node id: "1", "1.1", "1.1.1" of
					   the article's own headings, for
					   themes that number them; else "" */
	const struct toc_entry *toc;	/* first heading entry (depth 1, its
					   children depth 2); NULL: none */
	uint32_t nheadings;		/* of depth 1 */
};

struct book_section {
	str	 id, title;
	uint32_t anchor;
	uint32_t first, n;	/* articles [first, first + n) */
};

struct book {
	enum book_kind	 kind;
	const struct publication *pub;
	str	 language;
	bool	 rtl;
	str	 title;		/* publication's, or the article's */
	str	 subtitle;	/* "October 2020"; of an article: "" */
	str	 narrowed;	/* "Economy", "#water" or "" */
	str	 uuid;		/* version 5, 36 characters */
	str	 stem;		/* output name without folder and extension:
				   "current-affairs-2020-10.hi" */
	struct period period;	/* of a compilation */
	struct date date;	/* first day of the period; article's date */
	struct date modified;	/* newest date or `updated` in it, or the
				   request's */
	int32_t	 issue;		/* running integer: months since 2000-01 + 1,
				   0 where the period is no month */
	const struct book_section *sections; uint32_t nsections; /* non-empty
				   ones, publication's order; an article's
				   book has one */
	const struct book_article *articles; uint32_t narticles; /* by section,
				   date, collated title, id */
	const struct book_anchor *anchors; uint32_t nanchors;
	const struct toc_entry *toc;	/* compilation: sections > articles >
					   headings; article: = its toc */
	uint32_t words;
	const struct book_index *index;	/* of names and paths */
};

struct book_request {
	enum book_kind	 kind;
	struct period	 period;
	str		 language;
	str		 section;	/* narrowed to, "" : none */
	str		 tag;
	struct date	 modified;	/* what the book says of itself; y 0:
					   the newest date in it */
	const struct map *known;	/* ids and paths of all articles that
					   there are, in this book or not; NULL:
					   links to others are not judged */
};

/*
 * Binds docs (all of one language, all wanted) into a book. Never fails;
 * BOOK_ID_TWICE is for the caller's scan, here ids are made unique. Links
 * to places that are not there are MD_LINK_UNDEFINED.
 */
const struct book *book_bind(struct arena *, const struct publication *,
	    const struct book_request *, const struct doc *const *docs,
	    size_t n, struct diag *);

/*
 * What a link of an article points at: an anchor of this book (an article
 * "other-id", "../09/x.md", "#heading-slug", "x.md#heading") or 0.
 */
uint32_t book_resolve(const struct book *, uint32_t article, str url,
	    struct arena *scratch);

#endif
