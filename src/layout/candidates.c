/*
 * candidates.c: the places where a line may end, with all that the breaker
 * must know of them: width, stretch and shrink of the text up to there, and
 * what would hang out of the column.
 *
 * A line is drawn with what it was chosen for: spaces give and take, glyphs
 * are widened or narrowed within the theme's limit, full-width text takes
 * its slack between characters and in the white of its punctuation. Totals
 * run over the whole text, so that a line is a difference of two.
 */
#include "layout/layout_int.h"

#define STACK_LETTERS	3	/* alike at the starts of two lines */
#define WORD_BYTES	24	/* of a word looked at */

struct totals { sp w, st, sh, wide; };	/* wide: [sp] that may be scaled */

struct reader {
	struct par	*p;
	struct totals	 now;
	const struct text_run *run;
	struct hyphen	 hyphen;	/* of that run, once asked for */
	bool		 hyphen_known;
	int		 protrusion;
	int		 expansion;	/* [1/1000], of this run */
	uint32_t	 lo;		/* where a line began last */
};

struct hyphen
par_hyphen(struct par *p, const struct text_run *r)
{
	const struct text_style	*s = &p->t->spans[r->span].style;
	struct hyphen		 h = { .face = r->face };

	h.gid = face_hyphen(h.face);
	if (h.gid == 0) {
		h.face = font_for(p->l->in->fonts, (enum font_role)s->family,
		    s->bold, s->italic, '-', p->t->spans[r->span].lang);
		h.gid = h.face != NULL ? face_glyph(h.face, '-') : 0;
	}
	if (h.gid != 0)
		h.w = (sp)face_advance(h.face, h.gid) * r->size /
		    h.face->upem;
	return h;
}

/* Type of one width stays so; joined scripts are left alone, and an
 * ideograph is as wide as it is high. */
int
par_expansion(const struct par *p, const struct text_run *r)
{
	size_t	 i = r->lo;

	if (!p->justify || r->face->mono || (r->level & 1) != 0 ||
	    p->l->th->expansion <= 0)
		return 0;
	if ((unsigned char)p->t->text.p[i] >= 0xe2 &&
	    wide_kind(utf8_next(p->t->text, &i)) != WIDE_NONE)
		return 0;
	return p->l->th->expansion;
}

/* ---- what stands at the ends of lines --------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A letter's bytes; a capital is its small letter. 0: none. */
static unsigned
letter(char c)
{
	unsigned	 b = (unsigned char)c, low = b | 0x20;

	if (b >= 0x80)
		return b;
	return low >= 'a' && low <= 'z' ? low : 0;
}

/* The first letters at byte i. */
static uint32_t
word_at(str t, uint32_t i)
{
	uint32_t	 key = 0, n = 0;
	unsigned	 c;

	for (uint32_t k = 0; i < t.n && k < 3 && letter(t.p[i]) == 0 &&
	    !is_blank(t.p[i]); k++)
		i++;
	for (; i < t.n && (c = letter(t.p[i])) != 0; i++) {
		if ((c & 0xc0) != 0x80 && ++n > STACK_LETTERS)
			break;
		key = key * 31 + c;
	}
	return n < 2 ? 0 : key | 1;
}

/* The whole last word before byte i. */
static uint32_t
word_before(str t, uint32_t lo, uint32_t i)
{
	uint32_t	 key = 0, n = 0;
	unsigned	 c;

	for (uint32_t k = 0; i > lo && k < 3 && letter(t.p[i - 1]) == 0 &&
	    !is_blank(t.p[i - 1]); k++)
		i--;
	for (; i > lo && n < WORD_BYTES && (c = letter(t.p[i - 1])) != 0; i--,
	    n++)
		key = key * 31 + c;
	return n < 2 ? 0 : key | 1;
}

static uint32_t
char_start(str t, uint32_t lo, uint32_t i)
{
	while (i > lo && ((unsigned char)t.p[i] & 0xc0) == 0x80)
		i--;
	return i;
}

/* The character at byte i runs in the paragraph's own direction? Near the
 * run at hand: only there is asked. */
static bool
runs_along(const struct reader *r, uint32_t i)
{
	const struct text_para	*t = r->p->t;
	const struct text_run	*run = r->run, *end = t->runs + t->nruns;

	if (!r->p->mixed)
		return true;
	while (run > t->runs && run->lo > i)
		run--;
	while (run + 1 < end && run->hi <= i)
		run++;
	return ((run->level & 1) != 0) == t->rtl;
}

static sp
hang(const struct reader *r, uint32_t i, int part)
{
	if (part == 0 || !runs_along(r, i))
		return 0;
	return (sp)r->p->t->adv[i] * part * r->protrusion / 1000000;
}

/* Line text ends before byte `cut`. */
static void
end_of_line(struct reader *r, struct bp *b, uint32_t cut, struct totals *e)
{
	str		 t = r->p->t->text;
	uint32_t	 i;
	size_t		 at;
	enum wide_kind	 kind;

	if (cut <= r->lo || !r->p->justify)
		return;
	i = char_start(t, r->lo, cut - 1);
	at = i;
	b->word_end = word_before(t, r->lo, cut);
	if (b->hyphen) {
		b->hang_end = (int32_t)(r->hyphen.w * margin_end('-') *
		    r->protrusion / 1000000);
		return;
	}
	if (i + 1 == cut) {
		b->hang_end = (int32_t)hang(r, i, margin_end((unsigned char)
		    t.p[i]));
		return;
	}
	b->hang_end = (int32_t)hang(r, i, margin_end(utf8_next(t, &at)));
	if (r->p->t->gap != NULL && r->p->t->gap[cut - 1] != 0)
		b->hang_end = 0;	/* its white half is off already */
	at = i;
	if (!r->p->wide || (kind = wide_kind(utf8_next(t, &at))) == WIDE_NONE)
		return;
	e->st -= r->p->t->adv[i] / WIDE_STRETCH;
	if (kind == WIDE_CLOSE)
		e->sh -= r->p->t->adv[i] / WIDE_SHRINK;
}

/* The next line begins at byte i. */
static void
start_of_line(struct reader *r, struct bp *b, uint32_t i, struct totals *x)
{
	str		 t = r->p->t->text;
	size_t		 at = i;
	uint32_t	 cp;

	if (i >= t.n || !r->p->justify)
		return;
	b->word_next = word_at(t, i);
	cp = utf8_next(t, &at);
	b->hang_next = (int32_t)hang(r, i, margin_start(cp));
	if (b->hang_next > r->p->slip_next)
		r->p->slip_next = b->hang_next;
	if (r->p->wide && wide_kind(cp) == WIDE_OPEN)
		x->sh += r->p->t->adv[i] / WIDE_SHRINK;
}

/* ---- totals ----------------------------------------------------------- */

/* Takes off the white space that precedes byte `end`; returns where the
 * text ends. */
static uint32_t
less_blanks(const struct reader *r, struct totals *t, uint32_t end)
{
	const struct text_para	*p = r->p->t;

	while (end > r->lo && is_blank(p->text.p[end - 1])) {
		sp	 w = p->adv[--end];

		t->w -= w;
		if (!r->p->justify)
			continue;
		t->wide -= r->expansion != 0 ? w : 0;
		if (p->text.p[end] == ' ') {
			t->st -= w / 2;
			t->sh -= w / 3;
		}
	}
	return end;
}

static bool
after_hyphen(str t, uint32_t cut)
{
	return cut > 0 && (t.p[cut - 1] == '-' || (cut > 2 &&
	    t.p[cut - 3] == '\xe2' && t.p[cut - 2] == '\x80' &&
	    t.p[cut - 1] == '\x90'));
}

/* A line may end after byte i - 1, the next begins at i. */
static void
candidate(struct reader *r, uint32_t i, enum text_break kind)
{
	struct par	*p = r->p;
	const struct theme *th = p->l->th;
	struct totals	 e = r->now, x = r->now;
	struct bp	 b = { .next = i, .forced = kind == BREAK_FORCED };
	int		 exp = p->justify ? th->expansion : 0;

	b.end = less_blanks(r, &e, kind == BREAK_FORCED && i > r->lo &&
	    p->t->text.p[i - 1] == '\n' ? i - 1 : i);
	if (kind == BREAK_HYPHEN) {
		if (!r->hyphen_known)
			r->hyphen = par_hyphen(p, r->run);
		r->hyphen_known = true;
		if (r->hyphen.w > p->hyphen)
			p->hyphen = r->hyphen.w;
		b.penalty = th->hyphen_penalty;
		b.flagged = b.hyphen = true;
		e.w += r->hyphen.w;
		e.wide += r->expansion != 0 ? r->hyphen.w : 0;
	} else if (kind == BREAK_ALLOWED && after_hyphen(p->t->text, b.end)) {
		b.penalty = th->hyphen_penalty;
		b.flagged = true;
	}
	if (p->t->gap != NULL && b.end > r->lo)
		e.w -= p->t->gap[b.end - 1];
	end_of_line(r, &b, b.end, &e);
	if (b.hang_end + p->hyphen > p->slip_end)
		p->slip_end = b.hang_end + p->hyphen;
	start_of_line(r, &b, i, &x);
	b.w_end = e.w - b.hang_end;
	b.st_end = e.st + e.wide * exp / 1000;
	b.sh_end = e.sh + e.wide * exp / 1000;
	b.w_next = x.w + b.hang_next;
	b.st_next = x.st + x.wide * exp / 1000;
	b.sh_next = x.sh + x.wide * exp / 1000;
	VEC_PUSH(p->l->tmp, &p->bps, b);
	r->lo = i;
}

/* Stretch and shrink of what is not a plain letter. */
static void
glue(struct reader *r, uint32_t i)
{
	const struct text_para	*t = r->p->t;
	sp			 w = t->adv[i];
	size_t			 at = i;
	enum wide_kind		 kind;

	if (run_space(t->text, i)) {
		r->now.st += w / 2;
		r->now.sh += w / 3;
		return;
	}
	if ((unsigned char)t->text.p[i] < 0xe2)
		return;
	kind = wide_kind(utf8_next(t->text, &at));
	if (kind == WIDE_NONE)
		return;
	r->p->wide = true;
	r->now.st += w / WIDE_STRETCH;
	r->now.sh += kind == WIDE_LETTER ? 0 : w / WIDE_SHRINK;
}

static void
read_bytes(struct reader *r, uint32_t i, uint32_t hi)
{
	const struct text_para	*t = r->p->t;
	const uint8_t		*breaks = t->breaks;
	uint32_t		 n = (uint32_t)t->text.n;
	bool			 justify = r->p->justify;
	sp			 mask = r->expansion != 0 ? -1 : 0;

	for (; i < hi; i++) {
		sp		 w = t->adv[i];
		unsigned char	 c = (unsigned char)t->text.p[i];

		r->now.w += w;
		r->now.wide += w & mask;
		if (justify && w != 0 && (c == ' ' || c >= 0xc2))
			glue(r, i);
		if (breaks[i] != BREAK_NONE && i + 1 < n)
			candidate(r, i + 1, (enum text_break)breaks[i]);
	}
}

void
par_find_breaks(struct par *p)
{
	const struct text_para	*t = p->t;
	struct reader		 r = { .p = p, .run = t->runs,
				    .protrusion = p->justify ?
				    p->l->th->protrusion : 0 };
	struct bp		 first = { 0 };
	struct totals		 none = { 0 };
	uint32_t		 n = (uint32_t)t->text.n, at = 0;

	p->bps.n = 0;
	p->slip_next = p->slip_end = p->hyphen = 0;
	r.now.w = p->m->indent;
	start_of_line(&r, &first, 0, &none);
	first.w_next = first.hang_next;
	first.sh_next = none.sh;
	VEC_PUSH(p->l->tmp, &p->bps, first);
	for (size_t k = 0; k < t->nruns; k++) {
		r.run = &t->runs[k];
		r.hyphen_known = false;
		r.expansion = par_expansion(p, r.run);
		read_bytes(&r, at, r.run->hi);
		at = r.run->hi;
	}
	r.expansion = 0;
	read_bytes(&r, at, n);
	candidate(&r, n, BREAK_FORCED);
}
