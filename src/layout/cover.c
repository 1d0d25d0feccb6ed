/*
 * cover.c: the cover and the title page, by hand: no flow, each text at its
 * place.
 *
 * The cover has two parts. Above, on the theme's ground or over a rule, the
 * title and the period, at the ground's foot. Below, in columns, the
 * sections with as many of their headlines as there is room for, one of
 * each in turn, so that no section is put back; none is parted. Few ones
 * are set larger. Sizes are the theme's; a title gives way to the paper.
 */
#include "layout/layout_int.h"

#define TITLE_LINES	3
#define TITLE_LEAST	(SP_PT * 6)
#define HEADLINES	12	/* of a section at most */
#define SECTIONS	32
#define FEW		40	/* articles that may all be on the cover */
#define RULE_SECTION	(SP_PT * 3 / 4)
#define RULE_FOOT	(SP_PT / 2)
#define EMS		11	/* of a headline's size, in a column */
#define NAMES_MOST	300	/* [1/100] of their size, twice that above it */
#define ARTICLE_LINES	6	/* of an article's title */

struct cover {
	struct layout	*l;
	struct draft	*d;
	sp		 x, w;		/* of the text */
};

/* A section's lines: its title, then each headline. */
struct panel {
	const struct book_section *section;
	struct lines	 title, rest, line[HEADLINES];
	uint32_t	 lines, shown;	/* that were set; that have room */
};

struct panels {
	struct panel	*v;
	size_t		 n;
	uint32_t	 columns;
	int		 scale;		/* [1/100] of the theme's sizes */
	sp		 w, gap, y, room;
};

/* ---- texts ------------------------------------------------------------ */

/* size 0, rgb NO_FILL: the style's. */
struct wanted {
	enum block_id	 id;
	str		 text;
	sp		 w, size;
	uint32_t	 anchor, rgb;
};

static struct lines
lines_of(struct layout *l, const struct wanted *x)
{
	const struct block_style *b = &l->th->block[x->id];
	struct text_style	 s = b->text;
	struct measure		 m = { .w = x->w, .leading = b->leading,
				    .align = b->align, .balance = true };
	struct attr		 a = { .anchor = x->anchor };	/* see place() */
	struct inlines		 in = { 0 };

	s.hyphenate = false;
	if (x->rgb != NO_FILL)
		s.rgb = x->rgb;
	if (x->size > 0) {
		m.leading = b->leading * (x->size >> 8) / (s.size >> 8);
		s.size = x->size;
	}
	inlines_add(l, &in, x->text, &s, a);
	inlines_done(l, &in);
	return par_set(l, &in, &m);
}

static sp
height(const struct lines *x)
{
	sp	 h = 0;

	for (size_t i = 0; i < x->n; i++)
		h += x->v[i].h;
	return h;
}

static sp
word_width(struct layout *l, enum block_id id, str text)
{
	struct inlines	 in = { 0 };
	sp		 longest, word;

	inlines_add(l, &in, text, &l->th->block[id].text,
	    (struct attr){ .elem = 0 });
	inlines_done(l, &in);
	par_widths(l, &in, &longest, &word);
	return word;
}

/* Smaller than the theme says where a word would not fit, or the lines were
 * too many or too high. */
static struct lines
title_lines(struct layout *l, enum block_id id, str text, sp w, sp room,
    size_t most)
{
	const struct block_style *b = &l->th->block[id];
	struct wanted		 x = { id, text, w, b->text.size, 0, NO_FILL };
	sp			 word = word_width(l, id, text);
	struct lines		 got;

	if (word > w)
		x.size = x.size * (w >> 8) / ((word >> 8) + 1) * 49 / 50;
	for (;; x.size = x.size * 7 / 8) {
		got = lines_of(l, &x);
		if ((got.n <= most && height(&got) <= room) ||
		    x.size < TITLE_LEAST)
			return got;
	}
}

/* What stands on a page is an element, unlike what was only tried. */
static sp
place(const struct cover *c, struct lines x, uint32_t anchor, sp left, sp y)
{
	uint32_t	 e;

	if (x.n == 0)
		return y;
	e = elem_add(c->l, ELEM_TITLE, c->l->document, NULL);
	if (anchor != 0)
		e = elem_add(c->l, ELEM_LINK, e, NULL);
	for (size_t i = 0; i < x.n; i++)
		for (size_t k = 0; k < x.v[i].n; k++)
			x.v[i].items[k].elem = e;
	return page_put(c->l, c->d, x, left, y);
}

static sp
put(const struct cover *c, enum block_id id, str text, sp y)
{
	struct wanted	 x = { id, text, c->w, 0, 0, NO_FILL };

	if (text.n == 0)
		return y;
	return place(c, lines_of(c->l, &x), 0, c->x, y);
}

static void
rule(const struct cover *c, enum elem_artifact a, sp x, sp y, sp w, sp h,
    uint32_t rgb)
{
	struct item	 it = { .kind = ITEM_RULE, .elem = a, .x = x, .y = y,
			    .as.rule = { w, h, rgb } };

	page_fill(c->l, c->d, &it, 1);
}

/* To be read on the ground. */
static struct lines
label(const struct cover *c, str text)
{
	struct wanted	 x = { STYLE_COVER_SMALL, text, c->w, 0, 0,
			    c->l->th->block[STYLE_COVER_TITLE].text.rgb };

	return lines_of(c->l, &x);
}

/* The word is a plural, which does not stand behind a one. */
static str
count(struct layout *l)
{
	str	 word = book_term(l->lang, TERM_ARTICLES);

	if (l->book->narticles == 1)
		return arena_printf(l->out, "%.*s: 1", STR_ARG(word));
	return arena_printf(l->out, "%u %.*s", l->book->narticles,
	    STR_ARG(word));
}

/* ---- the title's part ------------------------------------------------- */

/* Down to y; without a ground, a rule there. */
static void
ground(const struct cover *c, sp y)
{
	const struct theme	*th = c->l->th;
	uint32_t		 rgb = th->block[STYLE_COVER_TITLE].fill;

	if (rgb != NO_FILL)
		rule(c, ARTIFACT_BACKGROUND, 0, 0, th->page_w, y, rgb);
	else
		rule(c, ARTIFACT_LAYOUT, c->x, y - SP_PT * 3 / 2, c->w,
		    SP_PT * 3 / 2,
		    th->block[STYLE_COVER_TITLE].text.rgb);
}

struct head { str by, title, period, part; sp h; size_t lines; };

/* Where the part below begins. */
static sp
head(const struct cover *c, const struct head *x)
{
	struct layout	*l = c->l;
	sp		 h = x->h, top = l->th->margin_top * 3 / 4;
	sp		 pad = l->th->page_h / 28, y, most = h;
	struct lines	 by = label(c, x->by), title, period, part;

	if (most < l->th->page_h / 3)
		most = l->th->page_h / 3;
	title = title_lines(l, STYLE_COVER_TITLE, x->title, c->w,
	    x->period.n > 0 ? most / 2 : most * 3 / 5, x->lines);
	period = title_lines(l, STYLE_COVER_SUBTITLE, x->period, c->w,
	    most / 4, TITLE_LINES);
	part = label(c, x->part);
	y = h - pad - height(&title) - height(&period) - height(&part) -
	    pad / 4;
	if (y < top + height(&by) + pad) {
		h += top + height(&by) + pad - y;
		y = top + height(&by) + pad;
	}
	ground(c, h);
	place(c, by, 0, c->x, top);
	y = place(c, title, 0, c->x, y);
	y = place(c, period, 0, c->x, y + pad / 4);
	place(c, part, 0, c->x, y);
	return h + pad;
}

static sp
head_of_book(const struct cover *c)
{
	const struct book	*b = c->l->book;
	const struct theme	*th = c->l->th;
	struct head		 x = { b->pub->publisher, b->title,
				    b->subtitle, b->narrowed, th->page_h *
				    th->cover_height / 1000, TITLE_LINES };

	return head(c, &x);
}

/* ---- sections and headlines ------------------------------------------- */

static sp
scaled(const struct layout *l, enum block_id id, int scale)
{
	return l->th->block[id].text.size * scale / 100;
}

static void
panel_read(struct layout *l, struct panel *p, const struct book_section *s,
    const struct panels *all)
{
	struct wanted	 x = { STYLE_COVER_SECTION, s->title, all->w,
			    scaled(l, STYLE_COVER_SECTION, (100 +
			    all->scale) / 2), s->anchor, NO_FILL };

	p->section = s;
	l->th = section_theme(l, (uint32_t)(s - l->book->sections));
	p->title = lines_of(l, &x);
	l->th = l->in->theme;
	x.id = STYLE_COVER_ARTICLE;
	x.size = scaled(l, x.id, all->scale);
	for (p->lines = 0; p->lines < HEADLINES && p->lines < s->n;
	    p->lines++) {
		const struct book_article *a = &l->book->articles[s->first +
					    p->lines];

		x.text = a->doc->meta.title;
		x.anchor = a->anchor;
		p->line[p->lines] = lines_of(l, &x);
	}
}

static sp
between(const struct layout *l)
{
	return l->th->block[STYLE_COVER_ARTICLE].leading / 4;
}

/* Between sections, which are lines of a list where nothing stands below
 * them. */
static sp
around(const struct layout *l, const struct panel *before)
{
	return l->th->block[STYLE_COVER_SECTION].leading *
	    (before->shown > 0 ? 5 : 2) / 4;
}

static sp
panel_height(const struct layout *l, const struct panel *p)
{
	sp	 h = RULE_SECTION + between(l) + height(&p->title);

	for (uint32_t i = 0; i < p->shown; i++)
		h += between(l) + height(&p->line[i]);
	return h;
}

/* How many sections stand in columns that are so high. */
static size_t
panels_fit(const struct layout *l, const struct panels *x, sp room)
{
	uint32_t col = 0;
	sp	 y = 0, h;
	size_t	 i;

	for (i = 0; i < x->n; i++) {
		h = panel_height(l, &x->v[i]);
		if (y > 0 && y + around(l, &x->v[i - 1]) + h > room) {
			col++;
			y = 0;
		}
		if (col == x->columns || h > room)
			break;
		y += (y > 0 ? around(l, &x->v[i - 1]) : 0) + h;
	}
	return i;
}

static void
panel_put(const struct cover *c, const struct panel *p, sp x, sp y, sp w)
{
	struct layout	*l = c->l;

	rule(c, ARTIFACT_LAYOUT, x, y, w, RULE_SECTION, section_theme(l,
	    (uint32_t)(p->section - l->book->sections))->
	    block[STYLE_COVER_SECTION].text.rgb);
	y = place(c, p->title, p->section->anchor, x, y + RULE_SECTION +
	    between(l));
	for (uint32_t i = 0; i < p->shown; i++)
		y = place(c, p->line[i], l->book->articles[p->section->first +
		    i].anchor, x, y + between(l));
}

static void
panels_put(const struct cover *c, const struct panels *p, size_t n, sp room)
{
	struct layout	*l = c->l;
	uint32_t	 col = 0;
	sp		 y = 0, h;

	for (size_t i = 0; i < n; i++) {
		h = panel_height(l, &p->v[i]);
		if (y > 0 && y + around(l, &p->v[i - 1]) + h > room) {
			col++;
			y = 0;
		}
		y += y > 0 ? around(l, &p->v[i - 1]) : 0;
		panel_put(c, &p->v[i], c->x + (p->w + p->gap) *
		    (l->rtl ? p->columns - 1 - col : col), p->y + y, p->w);
		y += h;
	}
}

/* As many headlines as fit, one more of each in turn; none where most
 * sections would have none. */
static void
choose(const struct layout *l, struct panels *p, size_t n)
{
	size_t	 some = 0;

	for (uint32_t most = 1; most <= HEADLINES; most++)
		for (size_t i = 0; i < n; i++) {
			p->v[i].shown += p->v[i].lines >= most &&
			    p->v[i].shown == most - 1;
			if (panels_fit(l, p, p->room) < n)
				p->v[i].shown--;
		}
	for (size_t i = 0; i < n; i++)
		some += p->v[i].shown > 0;
	for (size_t i = 0; i < n && some * 2 < n; i++)
		p->v[i].shown = 0;
}

/* False: some headline has no room. */
static bool
panels_read(struct layout *l, struct panels *p, int scale)
{
	size_t	 n, shown = 0;

	p->scale = scale;
	memset(p->v, 0, sizeof *p->v * p->n);
	for (size_t i = 0; i < p->n; i++)
		panel_read(l, &p->v[i], &l->book->sections[i], p);
	n = panels_fit(l, p, p->room);
	choose(l, p, n);
	for (size_t i = 0; i < n; i++)
		shown += p->v[i].shown;
	return shown == l->book->narticles;
}

/* Names of sections without headlines: as large as there is room for. */
static void
names_alone(struct layout *l, struct panels *p)
{
	for (int k = NAMES_MOST; k > 100; k -= 20) {
		panels_read(l, p, k);
		for (size_t i = 0; i < p->n; i++)
			p->v[i].shown = 0;
		if (panels_fit(l, p, p->room) == p->n)
			return;
	}
	panels_read(l, p, 100);
}

/* In columns of about one height. */
static void
panels(const struct cover *c, struct panels *p)
{
	struct layout	*l = c->l;
	size_t		 n;
	sp		 room = p->room;
	bool		 all = false;

	for (int k = 180; l->book->narticles <= FEW && k > 100 && !all;
	    k -= 20)
		all = panels_read(l, p, k);
	if (!all)
		panels_read(l, p, 100);
	n = panels_fit(l, p, room);
	if (!all && n > 0 && n == p->n && p->v[0].shown == 0)
		names_alone(l, p);
	for (sp less = room; less > 0; less -= room / 64 + 1) {
		if (panels_fit(l, p, less) < n)
			break;
		p->room = less;
	}
	panels_put(c, p, n, p->room);
}

static void
headlines(const struct cover *c, sp y, sp end)
{
	struct layout	*l = c->l;
	sp		 em = l->th->block[STYLE_COVER_ARTICLE].text.size;
	size_t		 n = l->book->nsections;
	struct panels	 p = { .n = n < SECTIONS ? n : SECTIONS, .y = y,
			    .gap = em * 2, .room = end - y,
			    .columns = l->th->cover_columns };

	if (c->w < (em * EMS + p.gap) * p.columns || p.n == 1)
		p.columns = 1;
	if (p.n == 0 || p.room <= 0)
		return;
	p.w = (c->w - p.gap * (p.columns - 1)) / p.columns;
	p.v = ARENA_NEW(l->work, struct panel, p.n);
	panels(c, &p);
}

void
cover_add(struct layout *l)
{
	struct arena_mark	 mark = arena_mark(l->work);
	struct cover		 c = { .l = l, .x = page_left(l, 0),
				    .w = l->measure };
	sp			 end = l->th->page_h - l->th->margin_bottom,
				 y;

	c.d = page_new(l, (struct draft){ .kind = PAGE_COVER,
	    .article = UINT32_MAX, .section = UINT32_MAX });
	y = head_of_book(&c);
	end -= l->th->block[STYLE_COVER_SMALL].leading;
	if (y + SP_PT * 4 < end) {	/* else it is a very small page */
		headlines(&c, y, end - SP_PT * 16);
		rule(&c, ARTIFACT_LAYOUT, c.x, end - SP_PT * 4, c.w, RULE_FOOT,
		    l->th->rule);
		put(&c, STYLE_COVER_SMALL, count(l), end);
	}
	arena_release(l->work, mark);
}

/* ---- of one article --------------------------------------------------- */

/* Its section and, where there is room for all of it, its summary. */
static void
about(const struct cover *c, const struct book_article *a, sp y, sp end)
{
	struct layout		*l = c->l;
	const struct book_section *s = &l->book->sections[a->section];
	struct wanted		 x = { STYLE_COVER_SECTION, s->title, c->w,
				    scaled(l, STYLE_COVER_SECTION, 150), 0,
				    NO_FILL };
	struct lines		 v;
	sp			 em = scaled(l, STYLE_COVER_ARTICLE, 100);

	v = lines_of(l, &x);
	if (y + height(&v) > end)
		return;
	rule(c, ARTIFACT_LAYOUT, c->x, y, c->w, RULE_SECTION,
	    l->th->block[STYLE_COVER_SECTION].text.rgb);
	y = place(c, v, 0, c->x, y + RULE_SECTION + between(l)) + em / 2;
	x.id = STYLE_COVER_ARTICLE;
	x.text = a->doc->meta.summary;
	for (x.size = em * 3 / 2; x.size >= em * 3 / 4; x.size -= em / 8) {
		v = lines_of(l, &x);
		if (y + height(&v) <= end) {
			place(c, v, 0, c->x, y);
			return;
		}
	}
}

void
cover_article_add(struct layout *l)
{
	const struct book	*b = l->book;
	const struct book_article *a = &b->articles[0];
	struct cover		 c = { .l = l, .x = page_left(l, 0),
				    .w = l->measure };
	struct head		 x = { pub_title_in(b->pub, b->language),
				    b->title, S(""), date_title(l->out,
				    b->date, b->language), l->th->page_h * 11 /
				    20, ARTICLE_LINES };
	sp			 end = l->th->page_h - l->th->margin_bottom,
				 y;

	c.d = page_new(l, (struct draft){ .kind = PAGE_COVER,
	    .article = UINT32_MAX, .section = UINT32_MAX });
	y = head(&c, &x);
	end -= l->th->block[STYLE_COVER_SMALL].leading;
	about(&c, a, y, end - SP_PT * 16);
	rule(&c, ARTIFACT_LAYOUT, c.x, end - SP_PT * 4, c.w, RULE_FOOT, l->th->rule);
	put(&c, STYLE_COVER_SMALL, b->pub->publisher, end);
}

/* ---- the title page --------------------------------------------------- */

/* Down to the text's foot, below `least`, as much as there is room for. */
static void
imprint(const struct cover *c, sp least)
{
	struct layout		*l = c->l;
	const struct publication *pub = l->book->pub;
	str			 v[4] = { S(""), pub->rights, count(l),
				    arena_printf(l->out, "urn:uuid:%.*s",
				    STR_ARG(l->book->uuid)) };
	struct lines		 x[4] = { 0 };
	sp			 end = l->th->page_h - l->th->margin_bottom,
				 y = end;

	if (pub->publisher.n > 0)
		v[0] = arena_printf(l->out, "%.*s %.*s",
		    STR_ARG(book_term(l->lang, TERM_PUBLISHED_BY)),
		    STR_ARG(pub->publisher));
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		struct wanted	 w = { STYLE_IMPRINT, v[i], c->w, 0, 0,
				    NO_FILL };

		if (v[i].n > 0)
			x[i] = lines_of(l, &w);
		y -= height(&x[i]);
	}
	y = y < least ? least : y;
	rule(c, ARTIFACT_LAYOUT, c->x, y - SP_PT * 8, c->w, RULE_FOOT,
	    l->th->rule);
	for (size_t i = 0; i < ARRAY_LEN(v) && y + height(&x[i]) <= end; i++)
		y = place(c, x[i], 0, c->x, y);
}

void
title_page_add(struct layout *l)
{
	const struct book	*b = l->book;
	sp			 h = l->th->page_h, y = h / 4;
	struct cover		 c = { .l = l, .w = l->measure };
	sp			 size = l->th->block[STYLE_OPENER_TITLE].
				    text.size;

	c.x = page_left(l, l->drafts.n);
	c.d = page_new(l, (struct draft){ .kind = PAGE_TITLE,
	    .article = UINT32_MAX, .section = UINT32_MAX });
	rule(&c, ARTIFACT_LAYOUT, l->rtl ? c.x + c.w - size * 2 : c.x, y - size / 2,
	    size * 2, SP_PT * 2, l->th->accent);
	y = place(&c, title_lines(l, STYLE_OPENER_TITLE, b->title, c.w, h / 4,
	    TITLE_LINES), 0, c.x, y);
	y = put(&c, STYLE_COVER_SMALL, b->subtitle, y + size / 4);
	y = put(&c, STYLE_COVER_SMALL, b->narrowed, y);
	imprint(&c, y + SP_PT * 16);
}
