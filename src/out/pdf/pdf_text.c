/*
 * pdf_text.c: shaped runs to text operators.
 *
 * The pen of the reader moves by the widths of W; where the layout's pen
 * differs by half a thousandth of the size or more (kerning, justification,
 * offsets), a number in TJ moves it there. The error never adds up, as it
 * is carried in exact integers. Where glyphs are drawn wider (Tz), so are
 * W and TJ: a thousandth is one of the widened size. Tracking (Tc) is
 * scaled likewise.
 *
 * Readers rebuild text from ToUnicode. Where that gives something else than
 * the source, or glyphs stand off the line of the pen so that readers would
 * see a gap there, the text goes along as /ActualText: one span per word in
 * left-to-right runs, one per cluster in right-to-left ones, glyphs always
 * in visual order, which is what readers get right.
 */
#include "out/pdf/pdf_int.h"

struct pen {
	const struct run *r;
	int64_t	 size;		/* [sp] as printed, along the line */
	int64_t	 tracking;	/* [sp/1000000] */
	int64_t	 lag;		/* [sp/1000000] our pen minus the reader's */
};

bool
pdf_ignored(uint32_t cp)
{
	return cp == 0xad || cp == 0x200b || cp == 0x2060 || cp == 0xfeff;
}

size_t
pdf_cluster(const struct run *r, size_t i, str *text)
{
	uint32_t at = r->g[i].cluster;
	size_t j = i + 1, end = r->text.n;

	while (j < r->n && r->g[j].cluster == at)
		j++;
	if (r->rtl && i > 0)
		end = r->g[i - 1].cluster;
	else if (!r->rtl && j < r->n)
		end = r->g[j].cluster;
	*text = end >= at ? str_cut(r->text, at, end) : S("");
	return j;
}

/* ---- state ------------------------------------------------------------ */

static void
end_string(struct canvas *c)
{
	if (c->string)
		buf_char(c->b, ')');
	c->string = false;
}

void
pdf_array_end(struct canvas *c)
{
	end_string(c);
	if (c->array)
		buf_z(c->b, "]TJ\n");
	c->array = false;
}

void
pdf_text_end(struct canvas *c)
{
	if (!c->open)
		return;
	pdf_array_end(c);
	pdf_mark_end(c);
	buf_z(c->b, "ET\n");
	c->open = false;
}

void
pdf_color(struct canvas *c, uint32_t rgb)
{
	uint32_t part[3] = { rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255 };
	bool grey = part[0] == part[1] && part[1] == part[2];

	if (rgb == c->rgb)
		return;
	for (size_t i = 0; i < (grey ? 1 : 3); i++) {
		pdf_milli(c->b, (part[i] * 1000 + 127) / 255);
		buf_char(c->b, ' ');
	}
	buf_z(c->b, grey ? "g\n" : "rg\n");
	c->rgb = rgb;
}

static void
move_to(struct canvas *c, int64_t x, int64_t y)
{
	if (!c->open) {
		buf_z(c->b, "BT\n");
		c->open = true;
		c->x = c->y = 0;
	}
	pdf_milli(c->b, x - c->x);
	buf_char(c->b, ' ');
	pdf_milli(c->b, y - c->y);
	buf_z(c->b, " Td\n");
	c->x = x;
	c->y = y;
}

static void
set_font(struct canvas *c, const struct pdf_font *f, int64_t size)
{
	if (f == c->font && size == c->size)
		return;
	buf_z(c->b, "/F");
	buf_int(c->b, f->face->id);
	buf_char(c->b, ' ');
	pdf_milli(c->b, size);
	buf_z(c->b, " Tf\n");
	c->font = f;
	c->size = size;
}

static void
set_scale(struct canvas *c, int32_t scale)
{
	if (scale == c->scale)
		return;
	pdf_milli(c->b, (1000 + (int64_t)scale) * 100);
	buf_z(c->b, " Tz\n");
	c->scale = scale;
}

static void
set_tracking(struct canvas *c, int32_t tracking)
{
	if (tracking == c->tracking)
		return;
	pdf_milli(c->b, tracking);
	buf_z(c->b, " Tc\n");
	c->tracking = tracking;
}

static void
set_rise(struct canvas *c, int32_t rise)
{
	if (rise == c->rise)
		return;
	pdf_array_end(c);
	pdf_sp(c->b, rise);
	buf_z(c->b, " Ts\n");
	c->rise = rise;
}

/* ---- glyphs ----------------------------------------------------------- */

static int64_t
div_round(int64_t a, int64_t b)		/* b > 0, half away from zero */
{
	return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

static void
put_glyph(struct canvas *c, struct pen *pen, const struct glyph *g)
{
	const struct run *r = pen->r;
	uint32_t gid = g->gid < c->font->face->nglyphs ? g->gid : 0;
	int64_t step = pen->size * 1000, by;
	sp adv = g->adv;

	if (run_space(r->text, g->cluster))
		adv += r->word_space;
	set_rise(c, g->dy);
	if (!c->array)
		buf_char(c->b, '[');
	c->array = true;
	by = pen->lag + (int64_t)g->dx * 1000000;
	by = by * 2 < step && -by * 2 < step ? 0 : step > 0 ?
	    div_round(by, step) : 0;
	if (by != 0) {
		end_string(c);
		buf_int(c->b, -by);
		pen->lag -= by * step;
	}
	if (!c->string)
		buf_char(c->b, '(');
	c->string = true;
	pdf_code(c->b, c->font->sub.new_of_old[gid]);
	pen->lag += adv * 1000000 - c->font->width[gid] * pen->size -
	    pen->tracking;
}

/* ---- plain text -------------------------------------------------------- */

/* A glyph for one ASCII character that readers get from ToUnicode. */
static bool
is_plain(const struct pdf_font *f, const struct run *r, size_t i)
{
	const struct glyph *g = &r->g[i];
	size_t next = i + 1 < r->n ? r->g[i + 1].cluster : r->text.n;
	str u = g->gid < f->face->nglyphs ? f->unicode[g->gid] : S("");

	return next == (size_t)g->cluster + 1 && u.n == 1 &&
	    u.p[0] == r->text.p[g->cluster] && (g->dx | g->dy) == 0;
}

/* Whole words and spaces from glyph i on, before n, that are plain: where
 * they end. */
static size_t
plain_words(const struct pdf_font *f, const struct run *r, size_t i, size_t n)
{
	size_t end = i;

	if (r->rtl || r->soft_hyphen)
		return i;
	while (i < n && is_plain(f, r, i)) {
		if (r->text.p[r->g[i].cluster] == ' ')
			end = i + 1;
		else if (i + 1 == n ||
		    r->text.p[r->g[i + 1].cluster] == ' ')
			end = i + 1;
		i++;
	}
	return end;
}

/* What put_glyph() writes, for glyphs that need none of its questions. */
static void
put_plain(struct canvas *c, struct pen *pen, size_t i, size_t end)
{
	const struct run *r = pen->r;
	int64_t step = pen->size * 1000;

	set_rise(c, 0);
	if (!c->array)
		buf_char(c->b, '[');
	c->array = true;
	for (; i < end; i++) {
		const struct glyph *g = &r->g[i];
		sp adv = g->adv;

		if (r->text.p[g->cluster] == ' ')
			adv += r->word_space;
		if (pen->lag * 2 >= step || -pen->lag * 2 >= step) {
			int64_t by = step > 0 ? div_round(pen->lag, step) : 0;

			if (by != 0) {
				end_string(c);
				buf_int(c->b, -by);
				pen->lag -= by * step;
			}
		}
		if (!c->string)
			buf_char(c->b, '(');
		c->string = true;
		pdf_code(c->b, c->font->sub.new_of_old[g->gid]);
		pen->lag += adv * 1000000 - c->font->width[g->gid] *
		    pen->size - pen->tracking;
	}
}

/* ---- text ------------------------------------------------------------- */

/* Nothing to draw: an invisible character that the shaper kept. */
static bool
hidden(const struct run *r, size_t i, size_t j, str text)
{
	if (r->soft_hyphen || text.n == 0)
		return false;
	for (; i < j; i++)
		if (r->g[i].adv != 0)
			return false;
	for (size_t k = 0; k < text.n; )
		if (!pdf_ignored(utf8_next(text, &k)))
			return false;
	return true;
}

/* Is it a hyphen of ours whose glyph says so? */
static bool
soft_known(const struct pdf_font *f, const struct run *r)
{
	return r->n == 1 && r->g[0].gid < f->face->nglyphs &&
	    str_eq(f->unicode[r->g[0].gid], r->text);
}

static void
skip_ignored(str text, size_t *k)
{
	while (*k < text.n) {
		size_t next = *k;

		if (!pdf_ignored(utf8_next(text, &next)))
			return;
		*k = next;
	}
}

/* Readers begin a word or a line at a glyph that stands off its pen, and a
 * word behind one whose advance is much wider than the font says. */
static bool
displaced(const struct pdf_font *f, const struct run *r, size_t i, size_t j)
{
	sp size = r->size * (1000 + r->scale) / 1000;

	for (; i < j; i++) {
		const struct glyph *g = &r->g[i];

		if (g->dx != 0 || g->dy != 0)
			return true;
		if (g->gid < f->face->nglyphs && g->adv -
		    f->width[g->gid] * size / 1000000 >
		    size * PDF_GAP / 1000)
			return true;
	}
	return false;
}

/* Would a reader get the cluster's text from ToUnicode alone? */
static bool
readable(const struct pdf_font *f, const struct run *r, size_t i, size_t j,
    str text)
{
	size_t k = 0;

	if (displaced(f, r, i, j))
		return false;
	if (j == i + 1 && text.n == 1) {	/* most of English */
		uint32_t gid = r->g[i].gid;

		return gid < f->face->nglyphs && f->unicode[gid].n == 1 &&
		    f->unicode[gid].p[0] == text.p[0];
	}
	for (size_t n = 0; n < j - i; n++) {
		uint32_t gid = r->g[r->rtl ? j - 1 - n : i + n].gid;
		str u = gid < f->face->nglyphs ? f->unicode[gid] : S("");

		skip_ignored(text, &k);
		if (!str_starts(str_from(text, k), u))
			return false;
		k += u.n;
	}
	skip_ignored(text, &k);
	/* Spaces at a line's end have no glyph. */
	while (k > 0 && k < text.n && text.p[k] == ' ')
		k++;
	return k == text.n;
}

static void
put_clusters(struct canvas *c, struct pen *pen, size_t i, size_t end)
{
	while (i < end) {
		str text;
		size_t j = pdf_cluster(pen->r, i, &text);

		if (!hidden(pen->r, i, j, text))
			for (size_t k = i; k < j; k++)
				put_glyph(c, pen, &pen->r->g[k]);
		i = j;
	}
}

size_t
pdf_piece(const struct pdf_font *f, const struct run *r, size_t i, size_t n,
    str *text, bool *plain)
{
	str t;
	size_t j = pdf_cluster(r, i, &t);

	*text = t;
	*plain = r->soft_hyphen ? soft_known(f, r) :
	    readable(f, r, i, j, t) || hidden(r, i, j, t);
	if (r->rtl || str_starts(t, S(" ")))
		return j;
	while (j < n) {
		size_t k = pdf_cluster(r, j, &t);

		if (str_starts(t, S(" ")))
			break;
		if (text->n == 0)
			*text = t;
		else if (t.n > 0)
			text->n = (size_t)(t.p + t.n - text->p);
		*plain = *plain && !r->soft_hyphen &&
		    (readable(f, r, j, k, t) || hidden(r, j, k, t));
		j = k;
	}
	return j;
}

/* Glyphs [i, n) of a run, each word or cluster as readers need it. */
static void
put_pieces(struct canvas *c, struct pen *pen, const struct item *it, size_t i,
    size_t n)
{
	while (i < n) {
		str text;
		bool plain;
		size_t j = plain_words(c->font, pen->r, i, n);

		if (j > i) {
			pdf_mark(c, it->elem);
			put_plain(c, pen, i, j);
			i = j;
			continue;
		}
		j = pdf_piece(c->font, pen->r, i, n, &text, &plain);
		if (plain)
			pdf_mark(c, it->elem);
		else
			pdf_mark_actual(c, it->elem, text,
			    pen->r->soft_hyphen);
		put_clusters(c, pen, i, j);
		if (!plain)
			pdf_mark_end(c);
		i = j;
	}
}

static void
begin_run(struct canvas *c, const struct item *it, sp y)
{
	const struct run *r = &it->as.run;

	pdf_color(c, r->rgb);
	move_to(c, pdf_thousandths(it->x), pdf_thousandths(c->h - y));
	set_font(c, &c->p->fonts[r->face->id], pdf_thousandths(r->size));
	set_scale(c, r->scale);
	set_tracking(c, r->tracking);
}

/*
 * Readers put a text where its first glyph stands. An initial's baseline is
 * that of a line further down, so a space, which nobody sees, goes before it
 * on the line that the word is of.
 */
static void
lead_in(struct canvas *c, const struct item *it, const struct item *next)
{
	struct item space = *next;
	const struct face *face = space.as.run.face;
	uint32_t gid = face_glyph(face, ' ');

	if (gid == 0 || !c->p->fonts[face->id].used[gid])
		return;
	space.x = it->x;
	begin_run(c, &space, space.y);
	set_rise(c, 0);
	buf_z(c->b, "[(");
	pdf_code(c->b, c->font->sub.new_of_old[gid]);
	buf_z(c->b, ")]TJ\n");
	begin_run(c, it, it->y);
}

static sp
advance(const struct run *r, size_t i, size_t n)
{
	sp w = 0;

	for (; i < n; i++)
		w += r->g[i].adv + (run_space(r->text, r->g[i].cluster) ?
		    r->word_space : 0);
	return w;
}

/* Right to left: the words and spaces one after the other as they are read,
 * the glyphs of each from left to right. */
static void
put_words(struct canvas *c, struct pen *pen, const struct item *it)
{
	const struct run *r = pen->r;
	size_t lo, hi = r->n;
	sp to = advance(r, 0, r->n);

	for (; hi > 0; hi = lo) {
		sp w;

		lo = hi - 1;
		if (!run_space(r->text, r->g[lo].cluster))
			while (lo > 0 &&
			    !run_space(r->text, r->g[lo - 1].cluster))
				lo--;
		w = advance(r, lo, hi);
		to -= w;
		pen->lag += to * 1000000;
		put_pieces(c, pen, it, lo, hi);
		pen->lag -= (to + w) * 1000000;
	}
}

/* All of a run: what is of a text that is open, pieces of its own, and what
 * is of a text that goes on in the next run. */
static void
put_run(struct canvas *c, struct pen *pen, const struct item *it,
    const struct item *end)
{
	size_t i = c->joined, n = pen->r->n;
	struct pdf_join j;
	bool on = pdf_join(c->p, it, end, &j), through = on && j.tail < i;

	put_clusters(c, pen, 0, i);
	if (i > 0 && !through)
		pdf_mark_end(c);
	c->joined = on ? j.head : 0;
	if (on && !through) {
		put_pieces(c, pen, it, i, j.tail);
		(void)pdf_actual_open(c, it->elem);
		pdf_join_text(c, it, end, j);
		pdf_actual_done(c);
		if (j.initial)
			lead_in(c, it, pdf_next_run(it, end));
		i = j.tail;
	}
	if (on)
		put_clusters(c, pen, i, n);
	else
		put_pieces(c, pen, it, i, n);
}

void
pdf_run(struct canvas *c, const struct item *it, const struct item *end)
{
	const struct run *r = &it->as.run;
	int64_t size = pdf_thousandths(r->size);
	struct pen pen = { .r = r };

	if (r->n == 0)
		return;
	INVARIANT(r->face->id < c->p->nfonts);
	pen.size = div_round(size * SP_PT * (1000 + r->scale), 1000000);
	pen.tracking = (int64_t)r->tracking * (1000 + r->scale) * SP_PT;
	if (c->joined == 0 && c->marked && (!c->open || c->elem != it->elem))
		pdf_mark_end(c);
	begin_run(c, it, it->y);
	if (r->rtl)
		put_words(c, &pen, it);
	else
		put_run(c, &pen, it, end);
	pdf_array_end(c);
}
