/*
 * furniture.c: what stands on pages beside the text: running heads and
 * feet from the theme's templates, and the page numbers that contents lists
 * were waiting for.
 */
#include "layout/layout_int.h"

#define LEADER_MAX	400	/* dots */

static struct lines
one_line(struct layout *l, enum block_id id, str text, uint32_t rgb, sp w,
    uint32_t elem)
{
	const struct block_style *b = &l->th->block[id];
	struct measure		 m = { .w = w, .leading = b->leading,
				    .align = ALIGN_START };
	struct text_style	 s = b->text;
	struct inlines		 in = { 0 };

	s.hyphenate = false;
	s.rgb = rgb;
	inlines_add(l, &in, text, &s, (struct attr){ .elem = elem });
	inlines_done(l, &in);
	return par_set(l, &in, &m);
}

/* ---- templates -------------------------------------------------------- */

static str
heading_text(const struct layout *l, uint32_t e)
{
	const struct elem	*x = &l->elems.v[e];

	if (e == 0)
		return S("");
	if (x->node != NULL)
		return doc_plain(l->tmp, x->node);
	return x->article == UINT32_MAX ? S("") :
	    l->book->articles[x->article].doc->meta.title;
}

static str
field(const struct layout *l, const struct draft *d, str name)
{
	const struct book	*b = l->book;
	const struct book_article *a = d->article == UINT32_MAX ? NULL :
				    &b->articles[d->article];

	if (str_eq(name, S("page")))
		return d->label;
	if (str_eq(name, S("title")))
		return b->kind == BOOK_ARTICLE ?
		    pub_title_in(b->pub, l->lang) : b->title;
	if (str_eq(name, S("subtitle")))
		return b->subtitle;
	if (str_eq(name, S("first")))
		return heading_text(l, d->first);
	if (str_eq(name, S("last")))
		return heading_text(l, d->last);
	if (str_eq(name, S("section")))
		return a == NULL ? S("") : b->sections[a->section].title;
	if (str_eq(name, S("article")))
		return a == NULL ? S("") : a->doc->meta.title;
	if (str_eq(name, S("date")))
		return a == NULL ? S("") : date_title(l->tmp,
		    a->doc->meta.date, l->lang);
	return S("");
}

/* Without the separators that stand beside a field that says nothing. */
static str
trim_separators(str s)
{
	static const char *const seps[] = { " ", "\xc2\xb7", "|", "/",
	    "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa2" };

	for (size_t i = 0; i < ARRAY_LEN(seps); i++) {
		str	 x = str_c(seps[i]);

		if (str_starts(s, x))
			s = str_from(s, x.n);
		else if (str_ends(s, x))
			s = str_cut(s, 0, s.n - x.n);
		else
			continue;
		i = SIZE_MAX;	/* from the first one again */
	}
	return s;
}

static str
expand(const struct layout *l, const struct draft *d, str t)
{
	str	 all = S("");

	for (size_t i = 0; i < t.n;) {
		str	 rest = str_from(t, i), part;
		size_t	 n = str_find_char(rest, '}');

		if (rest.p[0] == '{' && n != SIZE_MAX) {
			part = field(l, d, str_cut(rest, 1, n));
			i += n + 1;
		} else {
			n = str_find_char(str_from(rest, 1), '{');
			part = n == SIZE_MAX ? rest : str_cut(rest, 0, n + 1);
			i += part.n;
		}
		all = i >= t.n && all.n == 0 ? part : arena_printf(l->tmp,
		    "%.*s%.*s", STR_ARG(all), STR_ARG(part));
	}
	return trim_separators(all);
}

/* ---- strips ----------------------------------------------------------- */

static uint32_t
strip_elem(enum block_id id)
{
	return id == STYLE_HEADER ? ARTIFACT_HEADER : ARTIFACT_FOOTER;
}

/* The text cut at a word, an ellipsis after it, so that it fits. */
static struct lines
shortened(struct layout *l, enum block_id id, str text, uint32_t rgb, sp room)
{
	struct lines	 x = { 0 };
	size_t		 n = text.n;

	while (n > 0) {
		size_t	 at = n * 9 / 10;

		while (at > 0 && text.p[at] != ' ')
			at--;
		n = at;
		x = one_line(l, id, arena_printf(l->out, "%.*s\xe2\x80\xa6",
		    STR_ARG(str_trim(str_cut(text, 0, n)))), rgb, room,
		    strip_elem(id));
		if (x.n <= 1)
			return x;
	}
	x.n = 0;		/* not even that */
	return x;
}

/* Set anew only where text or room differ from the page before. */
static const struct lines *
strip_line(struct layout *l, struct head_line *h, enum block_id id, str text,
    sp room)
{
	uint32_t	 rgb = l->th->block[id].text.rgb;

	if (h->room == room && h->rgb == rgb && str_eq(h->text, text))
		return &h->x;
	h->text = arena_printf(l->out, "%.*s", STR_ARG(text));
	h->room = room;
	h->rgb = rgb;
	h->x = one_line(l, id, h->text, rgb, room, strip_elem(id));
	if (h->x.n > 1 || h->x.widest > room)
		h->x = shortened(l, id, h->text, rgb, room);
	return &h->x;
}

struct strip {
	enum block_id	 id;
	bool		 foot, recto;
	str		 text[STRIP_PLACES];
	sp		 left, w, y;
};

static void
strip_put(struct layout *l, struct draft *d, const struct strip *s,
    unsigned place, sp room)
{
	const struct block_style *b = &l->th->block[s->id];
	const struct lines	*x;
	bool			 right = (place == STRIP_OUTER) ==
				    (s->recto != l->rtl);
	sp			 at = 0;

	if (s->text[place].n == 0 || room <= 0)
		return;
	x = strip_line(l, &l->heads[s->foot][s->recto][place], s->id,
	    s->text[place], room);
	if (place == STRIP_CENTER)
		at = (s->w - x->widest) / 2;
	else if (right)
		at = s->w - x->widest;
	if (l->rtl)		/* set to the right of its room */
		at -= room - x->widest;
	page_put(l, d, *x, s->left + at, s->y - line_baseline(b->leading,
	    b->text.size));
}

/* All of a strip: what is in the middle takes what it needs of half the
 * width, the sides share the rest. */
static bool
strip_all(struct layout *l, struct draft *d, struct strip *s,
    const struct style_strip *t)
{
	sp	 gap = l->th->block[s->id].text.size, room = s->w;
	bool	 sides;
	const struct lines *x;

	s->text[STRIP_INNER] = expand(l, d, t->inner);
	s->text[STRIP_CENTER] = expand(l, d, t->center);
	s->text[STRIP_OUTER] = expand(l, d, t->outer);
	sides = s->text[STRIP_INNER].n > 0 || s->text[STRIP_OUTER].n > 0;
	if (!sides && s->text[STRIP_CENTER].n == 0)
		return false;
	if (s->text[STRIP_CENTER].n > 0) {
		room = sides ? s->w / 2 : s->w;
		x = strip_line(l, &l->heads[s->foot][s->recto][STRIP_CENTER],
		    s->id, s->text[STRIP_CENTER], room);
		strip_put(l, d, s, STRIP_CENTER, room);
		room = (s->w - x->widest) / 2 - gap;
	} else if (s->text[STRIP_INNER].n > 0 && s->text[STRIP_OUTER].n > 0) {
		bool	 more = s->text[STRIP_INNER].n >
			    s->text[STRIP_OUTER].n;
		unsigned less = more ? STRIP_OUTER : STRIP_INNER;

		x = strip_line(l, &l->heads[s->foot][s->recto][less], s->id,
		    s->text[less], s->w / 2 - gap);
		strip_put(l, d, s, less, s->w / 2 - gap);
		strip_put(l, d, s, more ? STRIP_INNER : STRIP_OUTER,
		    s->w - x->widest - gap);
		return true;
	}
	strip_put(l, d, s, STRIP_INNER, room);
	strip_put(l, d, s, STRIP_OUTER, room);
	return true;
}

static void
page_furniture(struct layout *l, struct draft *d, size_t page)
{
	const struct theme	*th = l->th;
	bool			 recto = (page & 1) == 0 || !th->two_sided;
	struct strip		 s = { .recto = recto,
				    .left = page_left(l, page),
				    .w = page_width(l, d) -
				    th->margin_inner - th->margin_outer };

	if (d->kind == PAGE_BODY && !d->opening) {
		s.id = STYLE_HEADER;
		s.y = th->header_y;
		if (strip_all(l, d, &s, &th->header[recto]) &&
		    th->header_rule > 0)
			page_fill(l, d, &(struct item){ .kind = ITEM_RULE,
			    .elem = ARTIFACT_HEADER, .x = s.left, .y = s.y + th->block[STYLE_HEADER].
			    text.size / 2, .as.rule = { s.w, th->header_rule,
			    th->rule } }, 1);
	}
	if (d->kind == PAGE_BODY || d->kind == PAGE_OPENER ||
	    d->kind == PAGE_CONTENTS) {
		s.id = STYLE_FOLIO;
		s.foot = true;
		s.y = page_height(l, d) - (th->page_h - th->footer_y);
		strip_all(l, d, &s, &th->footer[recto]);
	}
}

/* ---- page numbers in contents lists ----------------------------------- */

/* Dots from the text to the number, on one raster in all lines. */
static void
leader(struct layout *l, struct item *it, const struct late *late,
    const struct item *number, sp w)
{
	const struct run	*r = &number->as.run;
	sp			 pitch, from, to;
	size_t			 n;
	struct glyph		*g;
	char			*text;
	uint32_t		 dot = face_glyph(r->face, '.');

	pitch = l->th->block[STYLE_TOC_ARTICLE].text.size;
	from = (l->rtl ? late->x + w : late->from) + r->size / 2;
	to = (l->rtl ? late->from : late->x - w) - r->size / 2;
	from += (late->x - from) % pitch;
	if (l->rtl)
		from += pitch;
	if (dot == 0 || to - from < pitch * 2)
		return;
	n = (size_t)((to - from) / pitch);
	n = n < LEADER_MAX ? n : LEADER_MAX;
	g = ARENA_NEW(l->out, struct glyph, n);
	text = ARENA_NEW(l->out, char, n);
	for (size_t i = 0; i < n; i++) {
		text[i] = '.';
		g[i] = (struct glyph){ .gid = dot, .cluster = (uint32_t)i,
		    .adv = (int32_t)pitch };
	}
	*it = (struct item){ .kind = ITEM_RUN, .elem = ARTIFACT_LAYOUT,
	    .x = from, .y = number->y };
	it->as.run = (struct run){ .face = r->face, .size = r->size,
	    .rgb = l->th->rule, .text = { text, n }, .g = g, .n = n };
}

static void
late_fill(struct layout *l, const struct late_ref *r)
{
	const struct anchor_place *a = &l->anchors[r->late.anchor];
	struct item		*at = l->drafts.v[r->page].items + r->item;
	const struct late	*late = &r->late;
	struct lines		 x;

	if (!a->set)
		return;
	x = one_line(l, late->style, l->drafts.v[a->page].label, late->rgb,
	    l->measure, late->elem);
	for (size_t i = 0; i < (x.n > 0 ? x.v[0].n : 0); i++) {
		struct item	 it = x.v[0].items[i];

		if (it.kind != ITEM_RUN)
			continue;
		it.x = l->rtl ? late->x : late->x - x.widest;
		it.y = late->y;
		*at = it;
		if (late->leader)
			leader(l, at + 1, late, &it, x.widest);
		break;
	}
}

void
furniture_add(struct layout *l)
{
	for (size_t i = 0; i < l->lates.n; i++)
		late_fill(l, &l->lates.v[i]);
	for (size_t i = 0; i < l->drafts.n; i++) {
		struct arena_mark	 mark = arena_mark(l->tmp);

		l->th = section_theme(l, l->drafts.v[i].section);
		page_furniture(l, &l->drafts.v[i], i);
		arena_release(l->tmp, mark);
	}
	l->th = l->in->theme;
}
