/*
 * whole.h: an article through all stages up to the pages of its EPUB, for
 * tests of what holds for every article.
 */
#ifndef TESTS_UNIT_WHOLE_H
#define TESTS_UNIT_WHOLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <stdio.h>

#include "in/md/md.h"
#include "out/epub/epub_int.h"

#define Z(lit)	{ "" lit, sizeof(lit) - 1 }
#define FM	"---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"

struct world {
	struct mem_limit mem;
	struct arena	*a;
	struct diag	*diag;
	str		 file;
	const struct doc *doc;
	const struct book *book;
	struct buf	 page;
	uint32_t nfiles;
};

static inline const struct publication *
publication(void)
{
	static const struct pub_title names[] = { { { 0 }, Z("Economy") } };
	static const struct pub_section sections[] = {
		{ Z("economy"), names, 1 } };
	static const struct publication pub = { .title = Z("P"),
		.titles = names, .ntitles = 1, .slug = Z("p"),
		.language = Z("en"), .ns = Z("https://example.org/"),
		.sections = sections, .nsections = 1 };

	return &pub;
}

/* All stages up to the pages of the EPUB, without its archive. */
static inline void
make(struct world *w, str file)
{
	struct book_request r = { .kind = BOOK_ARTICLE, .language = S("en") };
	struct epub_options o = { .threads = 1 };
	struct parts parts;
	struct epub e = { .options = &o, .parts = &parts };
	struct srcmap *map;
	uint32_t base, k;

	*w = (struct world){ .mem = { 0, (size_t)1 << 31, NULL } };
	w->a = arena_new(&w->mem);
	map = srcmap_new(w->a);
	w->diag = diag_new(w->a, map);
	w->file = file;
	base = srcmap_add(map, S("x.md"), file);
	w->doc = md_parse(w->a, S("x.md"), file, base,
	    &(struct doc_defaults){ S("en"), HABITS_DEFAULT }, &limits_default, w->diag);
	if (!w->doc)
		return;
	w->book = book_bind(w->a, publication(), &r, &w->doc, 1, w->diag);
	e.book = w->book;
	e.arena = w->a;
	e.diag = w->diag;
	parts_plan(w->a, w->doc, &parts);
	w->nfiles = parts.n;
	for (k = 0; k < parts.n; k++)
		chapter_part(&e, &w->page, 0, k);
	assert_false(w->page.failed);
}

static inline void
done(struct world *w)
{
	buf_done(&w->page);
	arena_free(w->a);
}

#endif
