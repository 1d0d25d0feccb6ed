/*
 * md.h: Markdown with front matter -> doc. Parsing cannot fail: whatever
 * is wrong becomes a diagnostic and the best document that can be had.
 */
#ifndef IN_MD_MD_H
#define IN_MD_MD_H

#include "doc/doc.h"

/*
 * Front matter only (cheap: reads nothing after the closing line). file is
 * the whole source, base its address in the source map, path relative to
 * the content root ("2020/10/x.hi.md": a language suffix before .md is the
 * default of `language` and is not part of the default id). The titles and
 * other texts in *meta have the habits of its language. false: an error was added and the article is unusable
 * (no or broken front matter, no title, date or section); what could be
 * read is in *meta all the same.
 */
bool	md_meta(struct arena *, str path, str file, uint32_t base,
	    const struct doc_defaults *, const struct limits *, struct diag *,
	    struct doc_meta *meta);

/* The whole article. NULL only where md_meta() is false. */
const struct doc *md_parse(struct arena *, str path, str file, uint32_t base,
	    const struct doc_defaults *, const struct limits *, struct diag *);

#endif
