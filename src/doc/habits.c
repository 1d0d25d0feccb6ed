/*
 * habits.c: the habits of typographers, applied to a document once, before
 * anyone reads it, so that all outputs say the same: quotes, apostrophes,
 * dashes, ellipses, spaces that do not break.
 *
 * The texts of a block are laid out flat, so that a quotation may run
 * through emphasis and links; code, pictures and keys stand in it as one
 * letter and are never changed. What is to change is collected as edits in
 * ascending order, each inside one text, then carried out. Text that is
 * typographic already gives no edits, so the pass is idempotent, and each
 * look around is bounded, so it is linear.
 *
 * Words that hold "://", "www." or "@" stay as they are, and so does what
 * stands after U+2060, the author's way out.
 */
#include "doc/doc_int.h"
#include "doc/habits_int.h"

#define TOKEN_MOST	2048	/* bytes of a word that are looked through */

struct edit { uint32_t at, n; str with; };

/* Where a text, or a line end of the source, lies in the flat text. */
struct piece { struct made *m; uint32_t lo, hi; };

struct pass {
	struct arena *a;
	unsigned on;
	const struct habit_manner *manner;
	struct { char *v; size_t n, cap; } flat;
	VEC(struct piece) pieces;
	VEC(struct edit) edits;
	struct made *block;	/* whose inlines are being gathered */
	/* of the flat text being read */
	str	 t;
	bool	 open[2];	/* a single, a double quotation */
	size_t	 quoted;	/* end of the last quote ... */
	bool	 opened;	/* ... and whether it was an opening one */
	size_t	 word_lo, word_hi; /* of the word last looked at ... */
	bool	 fixed;		/* ... and whether it is an address */
};

/* ---- edits ------------------------------------------------------------ */

static void
edit(struct pass *p, size_t at, size_t n, const char *with)
{
	struct edit e = { (uint32_t)at, (uint32_t)n, str_c(with) };

	VEC_PUSH(p->a, &p->edits, e);
}

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == FLAT_LINE;
}

/* Does byte i stand inside a word that is an address? Quotes around it and
 * stops after it are no part of it. */
static bool
is_fixed(struct pass *p, size_t i)
{
	size_t lo = i, hi = i, at;
	str w;

	if (i > 2 && memcmp(p->t.p + i - 3, "\xe2\x81\xa0", 3) == 0)
		return true;
	if (i < p->word_lo || i >= p->word_hi) {
		while (lo > 0 && i - lo < TOKEN_MOST && !is_gap(p->t.p[lo - 1]))
			lo--;
		while (hi < p->t.n && hi - i < TOKEN_MOST && !is_gap(p->t.p[hi]))
			hi++;
		p->word_lo = lo;
		p->word_hi = hi;
		w = str_cut(p->t, lo, hi);
		at = str_find_char(w, '@');
		p->fixed = (at != SIZE_MAX && at > 0 && at + 1 < w.n &&
		    habit_class_of((unsigned char)w.p[at - 1]) >= H_DIGIT) ||
		    str_find(w, S("://")) != SIZE_MAX ||
		    str_find(w, S("www.")) != SIZE_MAX;
	}
	if (!p->fixed)
		return false;
	for (lo = p->word_lo; lo < i; lo++)
		if (habit_class_of((unsigned char)p->t.p[lo]) >= H_DIGIT)
			break;
	for (hi = i; hi < p->word_hi; hi++)
		if (habit_class_of((unsigned char)p->t.p[hi]) >= H_DIGIT)
			break;
	return lo < i && hi < p->word_hi;
}

/* ---- quotes and apostrophes ------------------------------------------- */

/* What stands before the quote at i: a quote before it counts as what it
 * has become. */
static enum habit_class
class_before(const struct pass *p, size_t i)
{
	enum habit_class c = habit_class_of(habit_before(p->t, i));

	if (c == H_QUOTE)
		return i == p->quoted ? p->opened ? H_OPEN : H_CLOSE :
		    H_LETTER;
	return c;
}

/* What stands after it, past all quotes. */
static enum habit_class
class_after(const struct pass *p, size_t i)
{
	size_t most = i + 8;

	while (i < p->t.n && i < most && (p->t.p[i] == '"' ||
	    p->t.p[i] == '\''))
		i++;
	return habit_class_of(habit_after(p->t, i));
}

static bool
is_word_class(enum habit_class c)
{
	return c == H_LETTER || c == H_DIGIT;
}

static void
quote(struct pass *p, size_t i, bool dbl, bool opens)
{
	p->open[dbl] = opens;
	p->quoted = i + 1;
	p->opened = opens;
	edit(p, i, 1, opens ? p->manner->open[dbl] : p->manner->close[dbl]);
}

/* 5'10": the digits before byte i follow a foot mark. */
static bool
is_inches(str t, size_t i)
{
	size_t lo = i;

	while (lo > 0 && i - lo < 5 && ((t.p[lo - 1] >= '0' && t.p[lo - 1] <=
	    '9') || t.p[lo - 1] == ' '))
		lo--;
	return lo > 1 && lo < i && t.p[lo - 1] == '\'' && t.p[lo - 2] >= '0' &&
	    t.p[lo - 2] <= '9';
}

static void
double_quote(struct pass *p, size_t i)
{
	enum habit_class a = class_before(p, i), b = class_after(p, i + 1);
	bool left = a == H_EDGE || a == H_SPACE || a == H_OPEN || a == H_DASH;
	bool right = b == H_EDGE || b == H_SPACE || b == H_CLOSE;

	if (a == H_DIGIT && (!p->open[1] || is_inches(p->t, i)))
		return;
	if (left && right && !p->open[1])
		return;
	if (left && !right)
		quote(p, i, true, a != H_DASH || !p->open[1] ||
		    is_word_class(b));
	else if (!left && !right && is_word_class(a) && is_word_class(b))
		quote(p, i, true, !p->open[1]);
	else
		quote(p, i, true, false);
}

static void
apostrophe(struct pass *p, size_t i)
{
	p->quoted = i + 1;
	p->opened = false;
	edit(p, i, 1, "\xe2\x80\x99");
}

/* '20s, '98: a year without its century. */
static bool
is_decade(str t, size_t i)
{
	enum habit_class c;

	if (habit_class_of(habit_after(t, i)) != H_DIGIT ||
	    habit_class_of(habit_after(t, i + 1)) != H_DIGIT)
		return false;
	c = habit_class_of(habit_after(t, i + 2));
	if (i + 2 < t.n && t.p[i + 2] == 's')
		c = habit_class_of(habit_after(t, i + 3));
	return !is_word_class(c);
}

/* 'tis, 'em, 'n': English words that begin with an apostrophe. */
static bool
is_elision(str t, size_t i)
{
	static const char *const words[] = { "tis", "twas", "twere", "em",
	    "n", "til", "cause", "bout", "round", "cos" };

	for (size_t k = 0; k < ARRAY_LEN(words); k++) {
		size_t n = strlen(words[k]);
		str w = str_cut(t, i, i + n);

		if (w.n == n && (w.p[0] | 0x20) == words[k][0] &&
		    memcmp(w.p + 1, words[k] + 1, n - 1) == 0 &&
		    !is_word_class(habit_class_of(habit_after(t, i + n))))
			return true;
	}
	return false;
}

static void
single_quote(struct pass *p, size_t i)
{
	enum habit_class a = class_before(p, i), b = class_after(p, i + 1);

	if (is_word_class(a) && is_word_class(b)) {
		if (a != H_DIGIT || b != H_DIGIT)
			apostrophe(p, i);
	} else if (a == H_DIGIT) {	/* 6' is a measure */
		if (p->open[0])
			quote(p, i, false, false);
	} else if (a == H_LETTER || a == H_CLOSE) {
		if (p->open[0] && !is_word_class(b))
			quote(p, i, false, false);
		else
			apostrophe(p, i);
	} else if (b == H_EDGE || b == H_SPACE || b == H_CLOSE) {
		if (p->open[0])
			quote(p, i, false, false);
	} else if (is_decade(p->t, i + 1) || is_elision(p->t, i + 1)) {
		apostrophe(p, i);
	} else {
		quote(p, i, false, true);
	}
}

/* ---- dashes, stops, spaces -------------------------------------------- */

/* The bytes from i that are c. */
static size_t
run_of(str t, size_t i, char c)
{
	size_t n = 0;

	while (i + n < t.n && t.p[i + n] == c)
		n++;
	return n;
}

/* Returns the end of the hyphens at i. Two that begin a word are an option
 * of a program. */
static size_t
dash(struct pass *p, size_t i)
{
	size_t n = run_of(p->t, i, '-'), hi = i + n;
	uint32_t a = habit_before(p->t, i), b = habit_after(p->t, hi);
	bool begins = habit_class_of(a) != H_LETTER &&
	    habit_class_of(a) != H_DIGIT && habit_class_of(a) != H_CLOSE;

	if ((n != 2 && n != 3) || (p->on & HABIT_DASHES) == 0 ||
	    a == '<' || a == '!' || b == '>' || is_fixed(p, i))
		return hi;
	if (n == 2 && begins && habit_class_of(b) == H_LETTER && b < 0x80)
		return hi;
	edit(p, i, n, n == 2 ? "\xe2\x80\x93" : "\xe2\x80\x94");
	return hi;
}

static size_t
ellipsis(struct pass *p, size_t i)
{
	size_t n = run_of(p->t, i, '.');

	if (n == 3 && (p->on & HABIT_ELLIPSES) != 0 &&
	    habit_after(p->t, i + 3) != '/' && !is_fixed(p, i))
		edit(p, i, 3, "\xe2\x80\xa6");
	return i + n;
}

static void
space(struct pass *p, size_t i)
{
	const char *with = habit_space(p->t, i, p->manner);

	if (with != NULL && !(p->edits.n > 0 &&
	    p->edits.v[p->edits.n - 1].at == i))
		edit(p, i, 1, with);
}

/* The first byte from i on that a habit may begin at. */
static size_t
trigger(str t, size_t i)
{
	static const bool at[256] = {
		['"'] = true, ['\''] = true, ['-'] = true, ['.'] = true,
		[' '] = true
	};

	while (i < t.n && !at[(unsigned char)t.p[i]])
		i++;
	return i;
}

/* The edits of the flat text p->t. */
static void
read(struct pass *p)
{
	bool quotes = (p->on & HABIT_QUOTES) != 0;
	bool spaces = (p->on & HABIT_SPACES) != 0;

	p->open[0] = p->open[1] = false;
	p->quoted = SIZE_MAX;
	p->word_lo = p->word_hi = 0;
	p->edits.n = 0;
	for (size_t i = trigger(p->t, 0); i < p->t.n; i = trigger(p->t, i)) {
		switch (p->t.p[i]) {
		case '"':
			if (quotes && !is_fixed(p, i))
				double_quote(p, i);
			i++;
			break;
		case '\'':
			if (quotes && !is_fixed(p, i))
				single_quote(p, i);
			i++;
			break;
		case '-':
			i = dash(p, i);
			break;
		case '.':
			i = ellipsis(p, i);
			break;
		default:
			if (spaces)
				space(p, i);
			i++;
			break;
		}
	}
}

/* ---- a block ---------------------------------------------------------- */

static void
flat_add(struct pass *p, str s)
{
	if (s.n == 0)
		return;
	if (p->flat.n + s.n > p->flat.cap) {
		size_t cap = (p->flat.n + s.n) * 2 + 1024;

		p->flat.v = arena_grow(p->a, p->flat.v, p->flat.cap, cap, 1);
		p->flat.cap = cap;
	}
	memcpy(p->flat.v + p->flat.n, s.p, s.n);
	p->flat.n += s.n;
}

/* The text [lo, hi) of the flat one with the edits from *k on that lie in
 * it; s.p NULL: none does. */
static str
edited(struct pass *p, size_t lo, size_t hi, size_t *k)
{
	size_t first = *k, n = hi - lo, at = lo;
	char *out, *q;

	while (*k < p->edits.n && p->edits.v[*k].at < hi)
		n += p->edits.v[(*k)++].with.n;
	if (*k == first)
		return (str){ NULL, 0 };
	q = out = ARENA_NEW(p->a, char, n);
	for (size_t i = first; i < *k; i++) {
		const struct edit *e = &p->edits.v[i];

		if (e->at < lo || e->at + e->n > hi)
			continue;	/* reaches over two texts */
		memcpy(q, p->t.p + at, e->at - at);
		q += e->at - at;
		memcpy(q, e->with.p, e->with.n);
		q += e->with.n;
		at = e->at + e->n;
	}
	memcpy(q, p->t.p + at, hi - at);
	q += hi - at;
	return (str){ out, (size_t)(q - out) };
}

/* Headings keep their words as written: their ids are made of them. */
static void
block_end(struct pass *p)
{
	size_t k = 0;

	p->t = (str){ p->flat.v, p->flat.n };
	if (p->block != NULL && p->pieces.n > 0)
		read(p);
	if (p->pieces.n > 0 && p->edits.n > 0) {
		if (p->block->pub.kind == DOC_HEADING)
			p->block->pub.as.heading.written = doc_plain(p->a,
			    &p->block->pub);
		for (size_t i = 0; i < p->pieces.n; i++) {
			struct piece *x = &p->pieces.v[i];
			str s = edited(p, x->lo, x->hi, &k);

			if (s.p == NULL)
				continue;
			x->m->pub.kind = DOC_TEXT;
			x->m->pub.as.text.text = s;
			x->m->cap = 0;
		}
	}
	p->flat.n = p->pieces.n = p->edits.n = 0;
}

static bool
is_key(const struct made *m)
{
	while (m != NULL && doc_is_inline(m->pub.kind) &&
	    m->pub.kind != DOC_KBD)
		m = m->parent;
	return m != NULL && m->pub.kind == DOC_KBD;
}

static void
piece(struct pass *p, struct made *m, str s)
{
	struct piece x = { m, (uint32_t)p->flat.n,
	    (uint32_t)(p->flat.n + s.n) };

	flat_add(p, s);
	VEC_PUSH(p->a, &p->pieces, x);
}

static void
inline_add(struct pass *p, struct made *m)
{
	switch (m->pub.kind) {
	case DOC_TEXT:
		if (is_key(m->parent))
			flat_add(p, (str){ "\x01", 1 });
		else
			piece(p, m, m->pub.as.text.text);
		break;
	case DOC_SOFTBREAK:
		piece(p, m, S(" "));
		break;
	case DOC_LINEBREAK:
		flat_add(p, S("\n"));
		break;
	case DOC_CODESPAN:
	case DOC_IMAGE:
		flat_add(p, (str){ "\x01", 1 });
		break;
	default:
		break;
	}
}

void
doc_habits(struct doc_builder *b, str lang, unsigned habits)
{
	struct pass p = { .a = b->a, .on = habits,
	    .manner = habit_manner_of(lang) };

	if ((habits & HABITS_TEXT) == 0)
		return;
	for (struct made *m = b->root; m != NULL; m = doc_after(m)) {
		if (doc_is_inline(m->pub.kind)) {
			inline_add(&p, m);
			continue;
		}
		block_end(&p);
		p.block = m;
	}
	block_end(&p);
}

str
doc_habits_str(struct arena *a, str text, str lang, unsigned habits)
{
	struct pass p = { .a = a, .on = habits, .manner = habit_manner_of(lang),
	    .t = text };
	size_t k = 0;
	str s;

	if ((habits & HABITS_TEXT) == 0 || text.n == 0)
		return text;
	read(&p);
	s = edited(&p, 0, text.n, &k);
	return s.p == NULL ? text : s;
}
