/*
 * breaks.c: where a line may end, after UAX #14.
 *
 * Most text is plain words, and for these the answer is known: after the
 * blanks between them, after a hyphen or en dash and around an em dash that
 * stands between letters. A token (what stands between blanks) that is not
 * of this simple form is given to ICU's line iterator with everything up to
 * the nearest simple tokens on both sides; a break between two simple
 * tokens separates what follows from what precedes, so ICU's answer does
 * not depend on more. On top of UAX #14: an address breaks only at its
 * punctuation, a number keeps its per cent sign, and what reads badly cut in
 * two is not (see keeps).
 *
 * The simple form must give what ICU gives; test_text.c compares them.
 */
#include "text/text_int.h"

#include <unicode/uchar.h>
#include <unicode/utext.h>

/* ---- simple tokens ---------------------------------------------------- */

enum class {
	C_OTHER, C_ALPHA, C_DIGIT, C_INFIX, C_QUOTE, C_OPENQ, C_CLOSEQ, C_OPEN,
	C_CLOSE, C_PERCENT, C_HYPHEN, C_EN, C_EM, C_MONEY, C_AND
};

static const uint8_t ascii_class[128] = {
	['!'] = C_CLOSE, ['"'] = C_OPENQ, ['$'] = C_MONEY, ['%'] = C_PERCENT,
	['&'] = C_AND, ['\''] = C_QUOTE, ['('] = C_OPEN, [')'] = C_CLOSE,
	[','] = C_INFIX, ['-'] = C_HYPHEN, ['.'] = C_INFIX,
	['0'] = C_DIGIT, ['1'] = C_DIGIT, ['2'] = C_DIGIT, ['3'] = C_DIGIT,
	['4'] = C_DIGIT, ['5'] = C_DIGIT, ['6'] = C_DIGIT, ['7'] = C_DIGIT,
	['8'] = C_DIGIT, ['9'] = C_DIGIT,
	[':'] = C_INFIX, [';'] = C_INFIX, ['?'] = C_CLOSE,
	['A'] = C_ALPHA, ['B'] = C_ALPHA, ['C'] = C_ALPHA, ['D'] = C_ALPHA,
	['E'] = C_ALPHA, ['F'] = C_ALPHA, ['G'] = C_ALPHA, ['H'] = C_ALPHA,
	['I'] = C_ALPHA, ['J'] = C_ALPHA, ['K'] = C_ALPHA, ['L'] = C_ALPHA,
	['M'] = C_ALPHA, ['N'] = C_ALPHA, ['O'] = C_ALPHA, ['P'] = C_ALPHA,
	['Q'] = C_ALPHA, ['R'] = C_ALPHA, ['S'] = C_ALPHA, ['T'] = C_ALPHA,
	['U'] = C_ALPHA, ['V'] = C_ALPHA, ['W'] = C_ALPHA, ['X'] = C_ALPHA,
	['Y'] = C_ALPHA, ['Z'] = C_ALPHA,
	['a'] = C_ALPHA, ['b'] = C_ALPHA, ['c'] = C_ALPHA, ['d'] = C_ALPHA,
	['e'] = C_ALPHA, ['f'] = C_ALPHA, ['g'] = C_ALPHA, ['h'] = C_ALPHA,
	['i'] = C_ALPHA, ['j'] = C_ALPHA, ['k'] = C_ALPHA, ['l'] = C_ALPHA,
	['m'] = C_ALPHA, ['n'] = C_ALPHA, ['o'] = C_ALPHA, ['p'] = C_ALPHA,
	['q'] = C_ALPHA, ['r'] = C_ALPHA, ['s'] = C_ALPHA, ['t'] = C_ALPHA,
	['u'] = C_ALPHA, ['v'] = C_ALPHA, ['w'] = C_ALPHA, ['x'] = C_ALPHA,
	['y'] = C_ALPHA, ['z'] = C_ALPHA
};

/* The class of the character at *i, and past it. */
static enum class
class_next(str t, size_t *i)
{
	unsigned char c = (unsigned char)t.p[*i];
	uint32_t cp;

	if (c < 0x80) {
		++*i;
		return (enum class)ascii_class[c];
	}
	cp = utf8_next(t, i);
	if (cp >= 0xc0 && cp < 0x180 && cp != 0xd7 && cp != 0xf7)
		return C_ALPHA;
	switch (cp) {
	case 0xa3:		/* pound */
	case 0x20ac:		/* euro */
	case 0x20b9:		/* rupee */
		return C_MONEY;
	case 0x2013:
		return C_EN;
	case 0x2014:
		return C_EM;
	case 0x2018:
	case 0x201c:
		return C_OPENQ;
	case 0x2019:
		return C_QUOTE;
	case 0x201d:
		return C_CLOSEQ;
	case 0x2026:
		return C_CLOSE;
	default:
		return C_OTHER;
	}
}

static bool
is_alnum(enum class c)
{
	return c == C_ALPHA || c == C_DIGIT;
}

static bool
is_alnum_at(str t, size_t i)
{
	return i < t.n && ((t.p[i] & 0x80) != 0 ||
	    is_alnum((enum class)ascii_class[(unsigned char)t.p[i]]));
}

static bool
is_letter_at(str t, size_t i)
{
	return i < t.n && (unsigned char)t.p[i] < 0x80 &&
	    ascii_class[(unsigned char)t.p[i]] == C_ALPHA;
}

static bool
is_digit_at(str t, size_t i)
{
	return i < t.n && t.p[i] >= '0' && t.p[i] <= '9';
}

/* The character that ends at byte hi. */
static uint32_t
char_before(str t, size_t hi)
{
	size_t i = hi - 1;

	while (i > 0 && hi - i < 4 && (t.p[i] & 0xc0) == 0x80)
		i--;
	return utf8_next(t, &i);
}

/* Letters and digits beside byte i, up to 3 characters' worth. */
static unsigned
alnums(str t, size_t i, bool after)
{
	unsigned n = 0;

	while (n < 3 && (after ? is_alnum_at(t, i) :
	    i > 0 && is_alnum_at(t, i - 1))) {
		i += after ? 1 : (size_t)-1;
		n++;
	}
	return n;
}

/*
 * Breaks that UAX #14 allows before byte `at` and a compositor does not:
 * within 2019-20 with its en dash, in e-mail and plan-B, in km/h and w/o,
 * before an em dash after a letter. at > 0.
 */
static bool
keeps(str t, size_t at)
{
	if (t.p[at - 1] == '-')
		return (at > 1 && is_letter_at(t, at - 2) &&
		    (at == 2 || !is_alnum_at(t, at - 3))) ||
		    (is_letter_at(t, at) && !is_alnum_at(t, at + 1));
	if (t.p[at - 1] == '/')
		return alnums(t, at - 1, false) < 3 ||
		    alnums(t, at, true) < 3;
	if (at > 3 && memcmp(t.p + at - 3, "\xe2\x80\x93", 3) == 0)
		return u_isdigit((UChar32)char_before(t, at - 3)) &&
		    at < t.n && u_isdigit((UChar32)utf8_next(t, &at));
	return t.n - at >= 3 && memcmp(t.p + at, "\xe2\x80\x94", 3) == 0 &&
	    (is_letter_at(t, at - 1) || is_digit_at(t, at - 1));
}

/* What the break before and after a token depends on. */
struct token {
	size_t	 lo, hi;
	bool	 simple;
	bool	 opens;		/* begins with ( */
	bool	 quoted;	/* ends with a quotation mark */
};

struct reader {
	str	 t;		/* up to the token's end */
	size_t	 i;		/* after the class c */
	enum class c, prev;
	uint8_t	*breaks;
};

static bool
read(struct reader *r)
{
	if (r->i >= r->t.n)
		return false;
	r->prev = r->c;
	r->c = class_next(r->t, &r->i);
	return true;
}

static enum class
peek(const struct reader *r)
{
	size_t i = r->i;

	return i < r->t.n ? class_next(r->t, &i) : C_OTHER;
}

/* One character between the first letter and the closing punctuation.
 * 1: goes on; 0: closing punctuation begins; -1: not simple. */
static int
interior(struct reader *r, size_t at)
{
	enum class next;

	switch (r->c) {
	case C_ALPHA:
	case C_DIGIT:
	case C_INFIX:
	case C_QUOTE:
		return 1;
	case C_CLOSE:
	case C_CLOSEQ:
	case C_OPENQ:
		return 0;
	case C_PERCENT:
		return r->prev == C_DIGIT ? 0 : -1;
	default:
		break;
	}
	next = peek(r);
	if (!is_alnum(r->prev) || !is_alnum(next))
		return -1;
	if (r->c == C_MONEY)
		return r->prev == C_ALPHA && next == C_DIGIT ? 1 : -1;
	if (r->c == C_EM && !keeps(r->t, at))
		r->breaks[at - 1] = BREAK_ALLOWED;
	if ((r->c == C_EM || r->c == C_EN ||
	    (r->c == C_HYPHEN && next == C_ALPHA)) && !keeps(r->t, r->i))
		r->breaks[r->i - 1] = BREAK_ALLOWED;
	return r->c == C_OPEN || r->c == C_OTHER ? -1 : 1;
}

/* Opening punctuation, then the first letter or digit. */
static bool
opening(struct reader *r)
{
	while (read(r)) {
		if (is_alnum(r->c))
			return true;
		if (r->c == C_MONEY && peek(r) == C_DIGIT)
			continue;
		if (r->c != C_OPENQ && r->c != C_QUOTE && r->c != C_OPEN)
			return false;
	}
	return false;
}

/* Is the token simple? If so its breaks are set; if not some may be. */
static bool
token_read(struct token *k, str t, uint8_t *breaks)
{
	struct reader r = { { t.p, k->hi }, k->lo, C_OTHER, C_OTHER, breaks };
	int more = 1;

	k->opens = t.p[k->lo] == '(';
	if (!opening(&r)) {	/* a dash or "&" alone */
		bool one = r.i == k->hi && r.prev == C_OTHER;

		return one && (r.c == C_EN || r.c == C_AND);
	}
	if (t.p[r.i - 1] == 'w' && str_starts(str_cut(t, r.i - 1, k->hi),
	    S("www.")))
		return false;
	while (more > 0) {
		size_t at = r.i;

		if (!read(&r))
			break;
		more = interior(&r, at);
	}
	if (more < 0)
		return false;
	while (more == 0 && read(&r))
		if (r.c != C_INFIX && r.c != C_CLOSE && r.c != C_CLOSEQ &&
		    r.c != C_QUOTE && r.c != C_OPENQ)
			return false;
	k->quoted = r.c == C_QUOTE || r.c == C_CLOSEQ || r.c == C_OPENQ;
	return true;
}

/* ---- ICU -------------------------------------------------------------- */

bool
text_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Japanese and Chinese keep small Kana and long marks off line starts. */
static bool
is_strict(const char *code)
{
	return strcmp(code, "ja") == 0 || strcmp(code, "zh") == 0;
}

/* One iterator per primary language; NULL: ICU has none at all. */
static UBreakIterator *
iterator_for(struct text_engine *e, struct lang *l)
{
	struct breaker *b;
	UErrorCode err = U_ZERO_ERROR;
	char code[16] = "und";

	if (l->breaker != NULL)
		return l->breaker->it;
	for (size_t i = 0; i < l->tag.n && l->tag.p[i] != '-'; i++) {
		if (i == 3) {
			memcpy(code, "und", 4);
			break;
		}
		code[i] = (char)(l->tag.p[i] | 0x20);
		code[i + 1] = '\0';
	}
	if (is_strict(code))
		memcpy(code + 2, "@lb=strict", sizeof "@lb=strict");
	for (b = e->breakers; b != NULL; b = b->next)
		if (strcmp(b->code, code) == 0)
			break;
	if (b == NULL) {
		b = ARENA_NEW(e->arena, struct breaker, 1);
		memcpy(b->code, code, sizeof code);
		b->it = ubrk_open(UBRK_LINE, code, NULL, 0, &err);
		if (U_FAILURE(err))
			b->it = NULL;
		b->next = e->breakers;
		e->breakers = b;
	}
	l->breaker = b;
	return b->it;
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 ||
	    cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a && cp != 0x2007) ||
	    cp == 0x2028 || cp == 0x2029 || cp == 0x205f || cp == 0x3000;
}

/* "5 %": no break at the blanks before the sign at byte i. */
static bool
is_percent(str t, size_t i)
{
	if (i >= t.n || t.p[i] != '%')
		return false;
	while (i > 0 && t.p[i - 1] == ' ')
		i--;
	return i > 0 && t.p[i - 1] >= '0' && t.p[i - 1] <= '9';
}

/* ICU says that a line may end before byte `at`. */
static void
boundary(struct text_para *t, size_t at)
{
	uint32_t cp = char_before(t->text, at);

	if (cp == 0xad || is_percent(t->text, at) || keeps(t->text, at))
		return;
	t->breaks[at - 1] = is_space(cp) ? BREAK_SPACE : BREAK_ALLOWED;
}

/* ---- addresses -------------------------------------------------------- */

/* name@example.org */
static bool
is_mail(str t)
{
	size_t at = str_find_char(t, '@');

	return at != SIZE_MAX && at > 0 && is_alnum_at(t, at - 1) &&
	    is_alnum_at(t, at + 1) &&
	    str_find_char(str_from(t, at), '.') != SIZE_MAX;
}

/* 10.1016/j.x.2020: a number of the DOI system. */
static bool
is_doi(str t)
{
	size_t i = str_find(t, S("10."));

	if (i == SIZE_MAX || (i > 0 && is_alnum_at(t, i - 1)))
		return false;
	for (i += 3; is_digit_at(t, i); i++)
		;
	return i + 1 < t.n && t.p[i] == '/' && i > 6;
}

/* A name of a program's: with _ inside, or a path of several folders. */
static bool
is_name(str t)
{
	unsigned slashes = 0;

	for (size_t i = 1; i + 1 < t.n; i++) {
		if (t.p[i] == '_' && is_alnum_at(t, i - 1) &&
		    is_alnum_at(t, i + 1))
			return true;
		slashes += t.p[i] == '/' && is_letter_at(t, i + 1);
	}
	return slashes > 1;
}

bool
text_is_url(str token)
{
	return str_find(token, S("www.")) != SIZE_MAX ||
	    str_find(token, S("://")) != SIZE_MAX || is_mail(token) ||
	    is_doi(token) || is_name(token);
}

/*
 * Breaks of a token that is an address: after a slash or colon, before other
 * punctuation, so that no line seems to end in a stop or a hyphen of ours.
 * Three characters at least stand before the first and after the last.
 */
static void
url_breaks(struct text_para *t, size_t lo, size_t hi)
{
	str s = t->text;

	memset(t->breaks + lo, BREAK_NONE, hi - 1 - lo);
	while (lo < hi && !is_alnum_at(s, lo) && s.p[lo] != '/')
		lo++;
	while (hi > lo && !is_alnum_at(s, hi - 1) && s.p[hi - 1] != '/')
		hi--;
	for (size_t i = lo + 2; i + 2 < hi; i++) {
		bool goes_on = is_alnum_at(s, i + 1) || s.p[i + 1] == '%' ||
		    s.p[i + 1] == '~';

		if (s.p[i] != '\0' && strchr("/:,;", s.p[i]) != NULL &&
		    s.p[i - 1] != '/' && goes_on)
			t->breaks[i] = BREAK_ALLOWED;
		else if (s.p[i] != '\0' && is_alnum_at(s, i - 1) && goes_on &&
		    i > lo + 2 && strchr("._?&=#-%@+", s.p[i]) != NULL)
			t->breaks[i - 1] = BREAK_ALLOWED;
	}
}

static void
urls_mend(struct text_para *t, size_t lo, size_t hi)
{
	while (lo < hi) {
		size_t i = lo;

		while (i < hi && !text_is_blank(t->text.p[i]))
			i++;
		if (i > lo && text_is_url(str_cut(t->text, lo, i)))
			url_breaks(t, lo, i);
		lo = i + 1;
	}
}

/* The bytes [lo, hi), no line feed among them, by ICU. */
static void
by_icu(struct text_engine *e, struct text_para *t, size_t lo, size_t hi)
{
	UErrorCode err = U_ZERO_ERROR;
	UBreakIterator *it = iterator_for(e, engine_lang(e,
	    t->spans[0].lang));
	int32_t at;

	memset(t->breaks + lo, BREAK_NONE, hi - lo);
	e->utext = utext_openUTF8(e->utext, t->text.p + lo,
	    (int64_t)(hi - lo), &err);
	if (it != NULL)
		ubrk_setUText(it, e->utext, &err);
	if (it == NULL || U_FAILURE(err)) {	/* blanks will have to do */
		for (size_t i = lo + 1; i < hi; i++)
			if (t->text.p[i - 1] == ' ' && t->text.p[i] != ' ')
				t->breaks[i - 1] = BREAK_SPACE;
		return;
	}
	while ((at = ubrk_next(it)) != UBRK_DONE)
		if ((size_t)at < hi - lo)
			boundary(t, lo + (size_t)at);
	urls_mend(t, lo, hi);
}

/* ---- a paragraph ------------------------------------------------------ */

/* The next token of a line; leading blanks belong to the first. */
static struct token
token_next(str line, size_t start, size_t lo, uint8_t *breaks)
{
	struct token k = { lo, lo, false, false, false };

	while (k.hi < line.n && (line.p[k.hi] == ' ' && lo == start))
		k.hi++;
	lo = k.hi;
	while (k.hi < line.n && line.p[k.hi] != ' ')
		k.hi++;
	if (lo == k.lo && k.hi > k.lo)
		k.simple = token_read(&k, line, breaks);
	return k;
}

/* The bytes [lo, line.n): what stands between two line feeds. */
static void
line_breaks(struct text_engine *e, struct text_para *t, size_t lo, str line)
{
	struct token last = { lo, lo, false, false, false }, k;
	size_t from = lo;	/* of what ICU is to see */
	bool open = false;	/* something since `from` is not simple */

	for (size_t i = lo; i < line.n; last = k) {
		k = token_next(line, lo, i, t->breaks);
		if (k.simple && open) {
			by_icu(e, t, from, k.hi);
			open = false;
		} else if (k.simple) {
			if (k.lo > lo && !(last.quoted && k.opens))
				t->breaks[k.lo - 1] = BREAK_SPACE;
		} else {
			if (!open)
				from = last.lo;
			open = true;
		}
		for (i = k.hi; i < line.n && line.p[i] == ' '; i++)
			;
	}
	if (open)
		by_icu(e, t, from, line.n);
}

/* What is raised or lowered, as the mark of a note, stays with what it
 * stands at, whatever the two characters are. */
static void
scripts_stick(struct text_para *t)
{
	for (size_t i = 1; i < t->nspans; i++) {
		uint32_t lo = t->spans[i].lo;
		uint8_t *b = &t->breaks[lo > 0 ? lo - 1 : 0];

		if (t->spans[i].rise != 0 && t->spans[i - 1].rise == 0 &&
		    lo > 0 && lo < t->spans[i].hi && *b == BREAK_ALLOWED)
			*b = BREAK_NONE;
	}
}

static void
find(struct text_engine *e, struct text_para *t, bool icu)
{
	str text = t->text;
	size_t lo = 0;

	if (t->nspans == 0)
		return;
	while (lo < text.n) {
		const char *nl = memchr(text.p + lo, '\n', text.n - lo);
		size_t hi = nl != NULL ? (size_t)(nl - text.p) : text.n;

		if (icu && lo < hi)
			by_icu(e, t, lo, hi);
		else
			line_breaks(e, t, lo, (str){ text.p, hi });
		if (hi < text.n)
			t->breaks[hi] = BREAK_FORCED;
		lo = hi + 1;
	}
	scripts_stick(t);
}

void
text_find_breaks(struct text_engine *e, struct text_para *t)
{
	find(e, t, false);
}

void
text_find_breaks_icu(struct text_engine *e, struct text_para *t)
{
	memset(t->breaks, BREAK_NONE, t->text.n);
	find(e, t, true);
}
