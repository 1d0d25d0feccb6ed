/*
 * doc_int.h: what the builder and its parts share: nodes that can still be
 * changed, and the state of a document that is being made.
 */
#ifndef DOC_DOC_INT_H
#define DOC_DOC_INT_H

#include "doc/doc.h"

struct made {
	struct doc_node	 pub;		/* first: a made is its node */
	struct made	*parent, *first, *last, *next;
	size_t		 cap;		/* of a DOC_TEXT's bytes */
};

struct frame {
	struct made	*node;		/* where children go */
	struct made	*block;		/* the innermost that is no inline */
	bool		 dissolved;
};

struct doc_builder {
	struct arena		*a;
	const struct limits	*lim;
	struct diag		*diag;
	struct made		*root;
	VEC(struct frame)	 stack;
	unsigned		 blocks, inlines;	/* open and linked */
	bool			 depth_told;
	uint32_t		 nnodes;
	unsigned		 told;	/* of bad characters */
};

/* The next node in document order, or NULL. */
struct made *doc_after(struct made *);
void	doc_link_last(struct made *parent, struct made *);

/* Numbers the notes and puts them last below the root; how many. */
uint32_t doc_notes_number(struct doc_builder *);

#endif
