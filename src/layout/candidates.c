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

#define SPACE_STRETCH	2	/* part of its width */
#define SPACE_SHRINK	4
#define HYPHEN_EMS	33	/* about 66 letters */
#define HYPHEN_NEVER	10000
#define STACK_LETTERS	3	/* alike at the starts of two lines */
#define WORD_BYTES	24	/* of a word looked at */
#define SCRIPT_BYTES	32	/* of a run, to know its script */

struct totals { sp w, st, sh, ex; };	/* ex: [sp/1000] */

struct reader {
	struct par	*p;
	struct totals	 now;
	const struct text_run *run;
	struct hyphen	 hyphen;	/* of that run, once asked for */
	bool		 hyphen_known;
	int		 protrusion;
	struct give	 give;		/* of this run */
	bool		 rigid;		/* code, whose spaces are */
	int32_t		 penalty;	/* of a hyphen */
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
		h.gid = h.face != NULL ? face_hyphen(h.face) : 0;
	}
	if (h.gid != 0)
		h.w = (sp)face_advance(h.face, h.gid) * r->size /
		    h.face->upem;
	return h;
}

/* Letters that stand apart: Latin, Greek, Cyrillic; tracking would tear the
 * others. A run is of one script. */
static bool
may_track(const struct par *p, const struct text_run *r)
{
	size_t	 i = r->lo, hi = r->hi - r->lo < SCRIPT_BYTES ? r->hi :
		    r->lo + SCRIPT_BYTES;

	while (i < hi) {
		uint32_t	 cp = utf8_next(p->t->text, &i);

		if ((cp | 0x20) - 'a' < 26 || (cp >= 0xc0 && cp < 0x530))
			return true;
		if (cp >= 0x530 && (cp < 0x2000 || cp > 0x206f))
			return false;
	}
	return false;
}

/* Type of one width stays so; joined scripts are left alone, and an
 * ideograph is as wide as it is high. */
struct give
par_give(const struct par *p, const struct text_run *r)
{
	const struct theme	*th = p->l->th;
	size_t			 i = r->lo;

	if (!p->justify || r->face->mono || (r->level & 1) != 0 ||
	    (th->expansion | th->tracking) == 0)
		return (struct give){ 0, 0 };
	if ((unsigned char)p->t->text.p[i] >= 0xe2 &&
	    wide_kind(utf8_next(p->t->text, &i)) != WIDE_NONE)
		return (struct give){ 0, 0 };
	return (struct give){ th->expansion, th->tracking != 0 &&
	    may_track(p, r) ? r->size * th->tracking : 0 };
}

static inline sp
given(struct give g, sp w)
{
	return w * g.scale + (w != 0 ? g.track : 0);
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
	if (b->hyphen) {
		b->hang_end = (int32_t)(r->hyphen.w * margin_end('-') *
		    r->protrusion / 1000000);
		return;
	}
	b->word_end = word_before(t, r->lo, cut);
	i = char_start(t, r->lo, cut - 1);
	if (i + 1 == cut) {
		b->hang_end = (int32_t)hang(r, i, margin_end((unsigned char)
		    t.p[i]));
		return;
	}
	at = i;
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
	if (!b->hyphen)
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
		t->ex -= given(r->give, w);
		if (p->text.p[end] == ' ' && !r->rigid) {
			t->st -= w / SPACE_STRETCH;
			t->sh -= w / SPACE_SHRINK;
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
	struct totals	 e = r->now, x = r->now;
	struct bp	 b = { .next = i, .forced = kind == BREAK_FORCED };

	b.end = less_blanks(r, &e, kind == BREAK_FORCED && i > r->lo &&
	    p->t->text.p[i - 1] == '\n' ? i - 1 : i);
	if (kind == BREAK_HYPHEN) {
		if (!r->hyphen_known)
			r->hyphen = par_hyphen(p, r->run);
		r->hyphen_known = true;
		if (r->hyphen.w > p->hyphen)
			p->hyphen = r->hyphen.w;
		b.penalty = r->penalty;
		b.flagged = b.hyphen = true;
		e.w += r->hyphen.w;
		e.ex += given(r->give, r->hyphen.w);
	} else if (kind == BREAK_ALLOWED && after_hyphen(p->t->text, b.end)) {
		b.penalty = r->penalty;
		b.flagged = true;
	}
	if (p->t->gap != NULL && b.end > r->lo)
		e.w -= p->t->gap[b.end - 1];
	end_of_line(r, &b, b.end, &e);
	if (b.hang_end + p->hyphen > p->slip_end)
		p->slip_end = b.hang_end + p->hyphen;
	start_of_line(r, &b, i, &x);
	b.w_end = e.w - b.hang_end;
	b.st_end = e.st;
	b.sh_end = e.sh;
	b.ex_end = e.ex / 1000;
	b.w_next = x.w + b.hang_next;
	b.st_next = x.st;
	b.sh_next = x.sh;
	b.ex_next = x.ex / 1000;
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
		if (r->rigid)
			return;
		r->now.st += w / SPACE_STRETCH;
		r->now.sh += w / SPACE_SHRINK;
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
	struct give		 give = r->give;

	for (; i < hi; i++) {
		sp		 w = t->adv[i];
		unsigned char	 c = (unsigned char)t->text.p[i];

		r->now.w += w;
		r->now.ex += given(give, w);
		if (justify && w != 0 && (c == ' ' || c >= 0xc2))
			glue(r, i);
		if (breaks[i] != BREAK_NONE && i + 1 < n)
			candidate(r, i + 1, (enum text_break)breaks[i]);
	}
}

/*
 * The looseness that a hyphen mends is seen the more, the more spaces a line
 * has, and the hyphens of long lines are farther apart: the theme's penalty
 * is for lines of HYPHEN_EMS and falls with the measure.
 */
static int32_t
hyphen_penalty(const struct par *p)
{
	int	 all = p->l->th->hyphen_penalty;
	sp	 em = p->in->spans.n > 0 ? p->in->spans.v[0].style.size : 0;
	sp	 part = p->m->w > 0 ? em * HYPHEN_EMS * 100 / p->m->w : 100;

	if (!p->justify || all >= HYPHEN_NEVER)
		return all;
	part = part < 50 ? 50 : part > 200 ? 200 : part;
	return (int32_t)(all * (100 + 2 * part) / 300);
}

void
par_find_breaks(struct par *p)
{
	const struct text_para	*t = p->t;
	struct reader		 r = { .p = p, .run = t->runs,
				    .penalty = hyphen_penalty(p),
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
		r.rigid = p->code && r.run->face->mono;
		r.give = par_give(p, r.run);
		read_bytes(&r, at, r.run->hi);
		at = r.run->hi;
	}
	r.rigid = false;
	r.give = (struct give){ 0, 0 };
	read_bytes(&r, at, n);
	candidate(&r, n, BREAK_FORCED);
}
