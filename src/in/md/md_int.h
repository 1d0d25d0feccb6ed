/*
 * md_int.h: what the parts of the Markdown reader share: the split file,
 * the place table and the state of the walk over cmark's tree.
 */
#ifndef IN_MD_MD_INT_H
#define IN_MD_MD_INT_H

#include <cmark-gfm.h>

#include "in/md/md.h"

/* An inline HTML mark that is open: closed by its tag or by its parent. */
struct md_tag {
	cmark_node	*parent;
	enum doc_kind	 kind;
};

struct md {
	struct arena		*a;
	const struct limits	*lim;
	struct diag		*diag;
	struct doc_builder	*b;
	cmark_iter		*it;
	str			 body;		/* as cmark reads it */
	str			 source;	/* the same with the colons of
						   definitions: md_defs.c */
	uint32_t		 base;		/* address of body's first byte */
	VEC(uint32_t)		 lines;		/* offsets in body */
	uint8_t			*taken;		/* by line: enum md_line */
	VEC(struct md_tag)	 tags;
	size_t			 tags_over;	/* opened past the limit */
	size_t			 seen;		/* undefined notes found up to */
	cmark_node		*terms;		/* paragraph of terms, open */
	uint32_t		 ncols, nrows, col, notes;
	int			 term_line;	/* where the next begins */
	int			 level;		/* of the last heading */
	struct doc_node		*table;		/* opened by its caption */
	size_t			 cut;		/* bytes of the next text that are
						   a mark and no text */
	bool			 long_told, notes_told;
};

/* What cmark made of a line that looks like a footnote's definition. */
enum md_line { MD_LINE_OTHER, MD_LINE_NOTE, MD_LINE_LITERAL };

/* What entering a node left open, kept in cmark's user data. */
enum md_opened { MD_OPENED_NOTHING, MD_OPENED_NODE };

/* Splits file: front matter without its fences, and where the body starts. */
bool	md_split(str file, uint32_t base, struct diag *, str *yaml,
	    size_t *yaml_at, size_t *body_at);

span	md_span(const struct md *, cmark_node *);
size_t	md_offset(const struct md *, int line, int column);
str	md_literal(cmark_node *);
/* Leaves out what is below the node, and the event of leaving it. */
void	md_skip(struct md *, cmark_node *);
void	md_opened(cmark_node *);
bool	md_is(cmark_node *, const char *type);

/* Parses the body; a tree in which definitions are items of lists. */
cmark_node *md_tree(struct md *);
/* Is the item a definition, does the paragraph hold terms? */
bool	md_is_definition(const struct md *, cmark_node *item);
bool	md_is_terms(const struct md *, cmark_node *para);
void	md_terms(struct md *, cmark_node *para);
/* The end of a line within a paragraph of terms begins another. */
bool	md_terms_break(struct md *, cmark_node *);
/* Does the list begin with a definition? What becomes of its items: */
bool	md_is_definitions(const struct md *, cmark_node *list);
void	md_definition(struct md *, cmark_node *item);
/* "[!NOTE]" alone in the first line of the quotation, any case. */
bool	md_alert_kind(cmark_node *quote, enum doc_callout *);

bool	md_block_enter(struct md *, cmark_node *); /* false: not a block */
void	md_block_leave(struct md *, cmark_node *);
void	md_inline_enter(struct md *, cmark_node *);
void	md_tags_close(struct md *, cmark_node *parent);
/* Opens a table and in it this paragraph, its caption; false: it is none. */
bool	md_caption_enter(struct md *, cmark_node *paragraph);
/* The same for the paragraph that follows; the table comes again. */
bool	md_caption_follows(struct md *, cmark_node *table);
struct doc_node *md_table_open(struct md *, cmark_node *table);
str	md_alt(struct md *, cmark_node *image);
str	md_strip_tags(struct arena *, str html, bool *had);

#endif
