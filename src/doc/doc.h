/*
 * doc.h: one article as a const tree, whatever syntax it was written in,
 * together with its front matter.
 *
 * A parser writes through a builder; doc_finish() returns const and nobody
 * writes again. Node ids are dense (0 is the root) and index side tables.
 * Text is UTF-8, valid, free of NUL, of controls other than tab and newline
 * (newline only inside DOC_CODE) and of noncharacters.
 */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/base.h"
#include "base/limits.h"
#include "diag/diag.h"

enum doc_kind {
	/* blocks */
	DOC_ROOT,		/* children: blocks, then DOC_NOTE in order */
	DOC_HEADING,		/* as.heading; children: inlines */
	DOC_PARA,		/* inlines */
	DOC_LIST,		/* as.list; children: DOC_ITEM */
	DOC_ITEM,		/* as.item; children: blocks */
	DOC_DEFLIST,		/* as.list.tight; children: DOC_TERM and
				   DOC_DEFINITION, a term first */
	DOC_TERM,		/* inlines */
	DOC_DEFINITION,		/* blocks */
	DOC_QUOTE,		/* blocks; the last may be DOC_ATTRIBUTION */
	DOC_ATTRIBUTION,	/* inlines; begins with a dash, U+2014 */
	DOC_CALLOUT,		/* as.callout; blocks */
	DOC_CODE,		/* as.code */
	DOC_RULE,
	DOC_TABLE,		/* as.table; children: DOC_CAPTION if there is
				   one, then DOC_ROW, header first */
	DOC_ROW,		/* as.row; children: DOC_CELL, one per column */
	DOC_CELL,		/* as.cell; inlines */
	DOC_FIGURE,		/* as.image; optional child DOC_CAPTION */
	DOC_CAPTION,		/* inlines */
	DOC_NOTE,		/* as.note; blocks; children of the root, last */
	/* inlines */
	DOC_TEXT,		/* as.text */
	DOC_SOFTBREAK,		/* a line end in the source: a space */
	DOC_LINEBREAK,
	DOC_EMPH, DOC_STRONG, DOC_STRIKE, DOC_SUB, DOC_SUP, DOC_KBD,
	DOC_SMALLCAPS,
	DOC_LANG,		/* as.lang: in another language */
	DOC_CODESPAN,		/* as.text */
	DOC_LINK,		/* as.link; inlines */
	DOC_IMAGE,		/* as.image: inside a line of text */
	DOC_NOTEREF,		/* as.noteref */
	DOC_KIND_COUNT
};

enum doc_align { DOC_ALIGN_NONE, DOC_ALIGN_LEFT, DOC_ALIGN_CENTER,
	DOC_ALIGN_RIGHT };
enum doc_callout { CALLOUT_NOTE, CALLOUT_TIP, CALLOUT_IMPORTANT,
	CALLOUT_WARNING, CALLOUT_CAUTION, CALLOUT_COUNT };
enum doc_task { TASK_NONE, TASK_OPEN, TASK_DONE };

struct doc_node {
	enum doc_kind	 kind;
	uint32_t	 id;		/* dense, document order; 0: root */
	span		 at;
	const struct doc_node *parent, *child, *next;
	union {
		struct {
			int level;	/* 1..6 as written */
			int depth;	/* 1.. without skips; 1: a section of
					   the article; one in a quotation
					   or list is below those around */
			str written;	/* plain text before habits changed
					   it, for ids; p NULL: as it is */
		} heading;
		struct { bool ordered, tight; uint32_t start; } list;
		struct { enum doc_task task; } item;
		struct { enum doc_callout kind; } callout;
		struct { str lang, text; } code; /* text ends with newline */
		struct { uint32_t ncols; const uint8_t *align; } table;
		struct { bool header; } row;
		struct { uint32_t col; } cell;
		struct { str src, alt; } image;	/* src as written */
		struct { uint32_t number; } note;	/* 1.. by first mark */
		struct { str text; } text;
		struct { str url, title; } link;
		struct { str tag; } lang;	/* BCP 47, canonical case; "":
					   nobody knows it */
		struct {
			uint32_t number;	/* of the note */
			uint32_t nth;		/* 1.. among its marks */
			const struct doc_node *note;	/* never NULL */
		} noteref;
	} as;
};

struct date { int16_t y; int8_t m, d; };	/* y 0: none */
bool	date_parse(str, struct date *);		/* strict YYYY-MM-DD */
int	date_cmp(struct date, struct date);
int32_t	date_days(struct date);			/* since 1970-01-01 */
struct date date_of_days(int32_t);
int	date_weekday(struct date);		/* ISO: Monday 1 .. Sunday 7 */

/* What a publication says for articles that do not. */
struct doc_defaults {
	str	 language;
	unsigned habits;	/* of enum doc_habit */
};

/* The front matter. Absent strings are empty. Spans point at the values. */
struct doc_meta {
	str	 title;		span title_at;
	struct date date;	span date_at;
	str	 section;	span section_at;
	str	 language;	/* BCP 47, canonical case; never empty once
				   the publication's default is filled in */
	str	 id;		/* ASCII slug, never empty */
	span	 id_at;
	str	 summary;
	const str *tags;	size_t ntags;
	const str *syllabus;	size_t nsyllabus;
	const str *authors;	size_t nauthors;
	str	 source_title, source_url;	/* url: http, https or "" */
	struct date updated;
	unsigned habits;	/* of enum doc_habit */
};

struct doc {
	str	 path;		/* relative to the content root */
	struct doc_meta meta;
	const struct doc_node *root;
	const struct doc_node *const *nodes;	/* by id */
	uint32_t nnodes;
	uint32_t nnotes;	/* DOC_NOTE children of the root */
	uint32_t words;
};

/* ---- writing ---------------------------------------------------------- */

struct doc_builder;
struct doc_builder *doc_builder_new(struct arena *, const struct limits *,
	    struct diag *);
/*
 * Opens a node as last child of the open one and returns it for its `as`
 * to be filled in before doc_close(). Beyond the depth limits the node is
 * still made but its children become children of the limit's node
 * (MD_DEPTH once per document).
 */
struct doc_node *doc_open(struct doc_builder *, enum doc_kind, span);
void	 doc_close(struct doc_builder *);
struct doc_node *doc_leaf(struct doc_builder *, enum doc_kind, span);
/* Adds text, merged with an adjacent DOC_TEXT; the bytes are copied, made
 * valid UTF-8 and stripped of controls (UTF8_INVALID, CHAR_CONTROL). */
void	 doc_text(struct doc_builder *, span, str text);
/*
 * The habits of typographers in the article's language, before doc_finish:
 * texts change; code, keys, addresses and what is no text do not.
 */
enum doc_habit {
	HABIT_QUOTES = 1, HABIT_DASHES = 2, HABIT_ELLIPSES = 4,
	HABIT_SPACES = 8,	/* those that do not break */
	HABIT_ORDINALS = 16, HABIT_FRACTIONS = 32	/* of glyphs: text's */
};
#define HABITS_TEXT	15u	/* all that change the text */
#define HABITS_DEFAULT	HABITS_TEXT
void	 doc_habits(struct doc_builder *, str lang, unsigned habits);
/* The same for one text that stands alone. */
str	 doc_habits_str(struct arena *, str text, str lang, unsigned habits);
struct doc *doc_finish(struct doc_builder *, str path); /* root, nodes set;
	    heading depths, note numbers and words computed */

/* ---- reading ---------------------------------------------------------- */

bool	 doc_is_inline(enum doc_kind);
const char *doc_kind_name(enum doc_kind);	/* "heading" */
/* The inline text below a node, marks dropped, white space folded; of a
 * picture its alt text. */
str	 doc_plain(struct arena *, const struct doc_node *);
/* Depth-first: enter then leave. Start: {root, NULL, false}. */
struct doc_walk { const struct doc_node *root, *node; bool leaving; };
bool	 doc_next(struct doc_walk *);
/* The first comma of any script, which ends the speaker's name in an
 * attribution; SIZE_MAX: none. */
size_t	 doc_comma(str text);
/* Kebab-case ASCII of any text ("xn-" + hash when nothing is left). */
str	 doc_slug(struct arena *, str text);
/* Where an address leads: the web by a plain host name, a mailbox, a place
 * in the publication, or nowhere that a link may lead. */
enum doc_url { URL_REFUSED, URL_WEB, URL_MAIL, URL_LOCAL };
enum doc_url doc_url_kind(str url);
/* The web's or a mailbox's, its scheme in lower case and stray bytes
 * percent-encoded; false, and nothing: no link leads there. */
bool	 doc_url_put(struct buf *, str url);

/* ---- languages -------------------------------------------------------- */

/* The tag in its canonical case; false: it has not the shape of one. */
bool	 doc_language(struct arena *, str, str *tag);
/* Does anybody know the language? */
bool	 doc_language_known(str tag);
/*
 * A stretch of a text whose script tells that it is in another language than
 * the text: the first from byte `at` on; false: none. Both outputs mark
 * these and no others.
 */
struct foreign { size_t lo, hi; str lang; };
bool	 doc_foreign(str, size_t at, str own, struct foreign *);

#endif
