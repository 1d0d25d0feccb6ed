/*
 * dump_pages.c: the display list as text: one line an item, lengths in
 * points with two decimals, so that a golden shows what moved.
 */
#include "out/dump/dump.h"

/* Points with two decimals, rounded half away from zero. */
static void
dump_pt(struct buf *b, sp v)
{
	int64_t	 c;

	if (v < 0) {
		buf_char(b, '-');
		v = -v;
	}
	c = (v * 100 + SP_PT / 2) / SP_PT;
	buf_int(b, c / 100);
	buf_char(b, '.');
	buf_char(b, (char)('0' + c / 10 % 10));
	buf_char(b, (char)('0' + c % 10));
}

static void
dump_pts(struct buf *b, sp x, sp y)
{
	buf_char(b, ' ');
	dump_pt(b, x);
	buf_char(b, ' ');
	dump_pt(b, y);
}

static void
dump_quoted(struct buf *b, str s)
{
	buf_z(b, " \"");
	for (size_t i = 0; i < s.n; i++) {
		unsigned char	 c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c < 0x20)
			buf_printf(b, "\\x%02x", c);
		else
			buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

static void
dump_run(struct buf *b, const struct run *r)
{
	dump_quoted(b, r->text);
	if (r->n == 0)
		return;
	buf_char(b, ' ');
	buf_str(b, r->face->name);
	buf_char(b, ' ');
	dump_pt(b, r->size);
	buf_printf(b, " #%06x", r->rgb);
	if (r->rtl)
		buf_z(b, " rtl");
	if (r->soft_hyphen)
		buf_z(b, " hyphen");
	if (r->word_space != 0) {
		buf_z(b, " space=");
		dump_pt(b, r->word_space);
	}
	if (r->scale != 0)
		buf_printf(b, " scale=%d", (int)r->scale);
	if (r->tracking != 0)
		buf_printf(b, " track=%d", (int)r->tracking);
	buf_z(b, " [");
	for (size_t i = 0; i < r->n; i++) {
		if (i > 0)
			buf_char(b, ' ');
		buf_int(b, r->g[i].gid);
	}
	buf_char(b, ']');
}

/* Its marks and, a line each, its text. */
static void
dump_drawing(struct buf *b, const struct item *it)
{
	const struct drawn *d = it->as.drawing.drawn;

	dump_pts(b, it->as.drawing.w, it->as.drawing.h);
	buf_printf(b, " marks=%zu", d->image->drawing->n);
	for (size_t i = 0; i < d->n; i++) {
		buf_z(b, "\n    text");
		dump_pts(b, d->runs[i].x, d->runs[i].y);
		dump_run(b, &d->runs[i].run);
	}
}

static void
dump_item(struct buf *b, const struct pages *p, const struct item *it)
{
	static const char *const names[] = { "run", "rule", "image", "link",
	    "dest", "drawing" };

	buf_printf(b, "  %s e%u", names[it->kind], it->elem);
	dump_pts(b, it->x, it->y);
	switch (it->kind) {
	case ITEM_RUN:
		dump_run(b, &it->as.run);
		break;
	case ITEM_RULE:
		dump_pts(b, it->as.rule.w, it->as.rule.h);
		buf_printf(b, " #%06x", it->as.rule.rgb);
		break;
	case ITEM_IMAGE:
		dump_pts(b, it->as.image.w, it->as.image.h);
		buf_printf(b, " %ux%u", it->as.image.image->w,
		    it->as.image.image->h);
		break;
	case ITEM_DRAWING:
		dump_drawing(b, it);
		break;
	case ITEM_LINK:
		dump_pts(b, it->as.link.w, it->as.link.h);
		dump_quoted(b, it->as.link.anchor != 0 ?
		    p->book->anchors[it->as.link.anchor].name :
		    it->as.link.url);
		break;
	case ITEM_DEST:
		dump_quoted(b, p->book->anchors[it->as.dest.anchor].name);
		break;
	}
	buf_char(b, '\n');
}

static void
dump_elems(struct buf *b, const struct pages *p)
{
	static const char *const names[] = { "artifact", "document", "part",
	    "sect", "art", "title", "heading", "p", "list", "item", "label",
	    "body", "quote", "callout", "code", "table", "thead", "tbody",
	    "row", "th", "td", "figure", "caption", "note", "noteref",
	    "link", "toc", "toc-entry", "span" };

	_Static_assert(ARRAY_LEN(names) == ELEM_ROLE_COUNT, "a role a name");
	for (size_t i = ARTIFACT_COUNT; i < p->nelems; i++) {
		const struct elem *e = &p->elems[i];

		buf_printf(b, "elem e%zu %s parent=e%u", i, names[e->role],
		    e->parent);
		if (e->role == ELEM_HEADING)
			buf_printf(b, " level=%u", e->level);
		if (e->alt.n > 0)
			dump_quoted(b, e->alt);
		buf_char(b, '\n');
	}
}

void
dump_pages(struct buf *b, const struct pages *p)
{
	static const char *const kinds[] = { "cover", "title", "contents",
	    "opener", "body", "blank" };

	dump_elems(b, p);
	for (size_t i = 0; i < p->n; i++) {
		const struct page *g = &p->v[i];

		buf_printf(b, "page %zu %s", i, kinds[g->kind]);
		dump_quoted(b, g->label);
		dump_pts(b, g->w, g->h);
		buf_char(b, '\n');
		for (size_t k = 0; k < g->n; k++)
			dump_item(b, p, &g->items[k]);
	}
}
