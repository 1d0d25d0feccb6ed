/*
 * hyphen.c: hyphens inside words, by libhyphen's patterns.
 *
 * A word is a run of letters and their marks in spans of one language that
 * hyphenate. Its points are looked up once per dictionary and remembered as
 * a bit per character. The author's soft hyphens always count, and a word
 * that has one is left to its author. libhyphen marks its points by
 * character where the dictionary is UTF-8, which all of today's are.
 */
#include "text/text_int.h"

#include <dirent.h>
#include <unicode/uchar.h>

#define LETTERS_LEAST	5
#define CHARS_MOST	64	/* bits of word.points */
#define BYTES_MOST	256

/* ---- dictionaries ----------------------------------------------------- */

/* Language and region of a BCP 47 tag, as the names of dictionaries have
 * them. */
struct locale_name { char lang[4], region[4]; };

static bool
locale_parse(str tag, struct locale_name *l)
{
	size_t n = str_find_char(tag, '-');

	memset(l, 0, sizeof *l);
	if (n == SIZE_MAX)
		n = tag.n;
	if (n < 2 || n > 3)
		return false;
	for (size_t i = 0; i < n; i++)
		l->lang[i] = (char)(tag.p[i] | 0x20);
	while (n < tag.n) {
		str rest = str_from(tag, n + 1);
		size_t m = str_find_char(rest, '-');

		if (m == SIZE_MAX)
			m = rest.n;
		if (m == 1)
			break;		/* extensions follow */
		if (m == 2) {
			l->region[0] = (char)(rest.p[0] & ~0x20);
			l->region[1] = (char)(rest.p[1] & ~0x20);
			break;
		}
		n += 1 + m;
	}
	return true;
}

/* How well a file fits: less is better, 0 not at all. English is British
 * by default, as the rest of the book. */
static int
fit(const char *name, const struct locale_name *l)
{
	size_t n = strlen(l->lang), m = strlen(name);
	const char *region;

	if (m < 9 + n || strncmp(name, "hyph_", 5) != 0 ||
	    strcmp(name + m - 4, ".dic") != 0 ||
	    strncmp(name + 5, l->lang, n) != 0)
		return 0;
	region = name + 5 + n;
	if (region == name + m - 4)
		return 3;
	if (*region++ != '_')
		return 0;
	m = (size_t)(name + m - 4 - region);
	if (m == 2 && l->region[0] != '\0' && memcmp(region, l->region, 2) == 0)
		return 1;
	if (m == 2 && strcmp(l->lang, "en") == 0 &&
	    memcmp(region, "GB", 2) == 0)
		return 2;
	return 4;
}

/* The best file of a folder: by fit, then by name; "" for none. */
static str
best_file(struct arena *a, const char *dir, const struct locale_name *l)
{
	DIR *d = opendir(dir);
	const struct dirent *de;
	char best[256] = "";
	int fits = 0;

	if (d == NULL)
		return S("");
	while ((de = readdir(d)) != NULL) {
		int k = fit(de->d_name, l);

		if (k == 0 || (fits != 0 && (k > fits ||
		    (k == fits && strcmp(de->d_name, best) >= 0))))
			continue;
		memcpy(best, de->d_name, strlen(de->d_name) + 1);
		fits = k;
	}
	closedir(d);
	return fits == 0 ? S("") : arena_printf(a, "%s/%s", dir, best);
}

/* Patterns that change letters would make libhyphen hand out memory. */
static bool
is_plain(const HyphenDict *d)
{
	for (; d != NULL; d = d->nextlevel)
		for (int i = 0; i < d->num_states; i++)
			if (d->states[i].repl != NULL)
				return false;
	return true;
}

/* Languages that are never hyphenated: nothing is missing. */
static bool
has_none(const char *lang)
{
	static const char list[][4] = { "ar", "fa", "he", "ja", "ko", "th",
	    "ur", "yi", "zh", "ps", "sd", "ks", "ug" };

	for (size_t i = 0; i < ARRAY_LEN(list); i++)
		if (strcmp(lang, list[i]) == 0)
			return true;
	return false;
}

static bool
is_indic(const char *lang)
{
	static const char list[][4] = {
		"as", "bn", "gu", "hi", "kn", "kok", "ml", "mr", "ne", "or",
		"pa", "sa", "ta", "te"
	};

	for (size_t i = 0; i < ARRAY_LEN(list); i++)
		if (strcmp(lang, list[i]) == 0)
			return true;
	return false;
}

static const struct dict *
dict_load(struct text_engine *e, str path, const struct locale_name *l)
{
	struct dict *d;

	for (d = e->dicts; d != NULL; d = d->next)
		if (str_eq(d->path, path))
			return d->hnj != NULL ? d : NULL;
	d = ARENA_NEW(e->arena, struct dict, 1);
	d->path = path;
	d->indic = is_indic(l->lang);
	d->next = e->dicts;
	e->dicts = d;
	d->hnj = hnj_hyphen_load(path.p);
	if (d->hnj != NULL && !is_plain(d->hnj)) {
		hnj_hyphen_free(d->hnj);
		d->hnj = NULL;
	}
	return d->hnj != NULL ? d : NULL;
}

static const struct dict *
dict_for(struct text_engine *e, struct lang *l, span at)
{
	struct locale_name name;

	if (l->sought)
		return l->dict;
	l->sought = true;
	if (locale_parse(l->tag, &name))
		for (size_t i = 0; i < e->opt.nhyphdirs && l->dict == NULL;
		    i++) {
			str path = best_file(e->arena, e->opt.hyphdirs[i],
			    &name);

			if (path.n > 0)
				l->dict = dict_load(e, path, &name);
		}
	if (l->dict == NULL && !has_none(name.lang))
		diag_add(e->diag, DIAG_HYPH_MISSING, at, "language %.*s",
		    STR_ARG(l->tag));
	return l->dict;
}

/* ---- one word --------------------------------------------------------- */

/* A word's characters, as libhyphen is to see them. */
struct spelt {
	char	 low[BYTES_MOST * 2];
	size_t	 nlow;
	uint32_t cp[CHARS_MOST];
	size_t	 n;
	bool	 ascii, capitals;	/* all of it */
};

static bool
is_mark(uint32_t cp)
{
	return cp >= 0x300 && (cp == 0x200c || cp == 0x200d ||
	    (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0);
}

static bool
spell(str word, struct spelt *s)
{
	s->nlow = s->n = 0;
	s->ascii = s->capitals = true;
	for (size_t i = 0; i < word.n; s->n++) {
		uint32_t cp = utf8_next(word, &i);
		uint32_t low = (uint32_t)u_tolower((UChar32)cp);

		if (s->n == CHARS_MOST)
			return false;
		s->cp[s->n] = cp;
		s->capitals = s->capitals && (low != cp || is_mark(cp));
		s->ascii = s->ascii && low < 0x80;
		s->nlow += utf8_put(s->low + s->nlow, low);
	}
	return true;
}

/* Letters without marks among the characters [lo, hi). */
static unsigned
letters(const struct spelt *s, size_t lo, size_t hi)
{
	unsigned n = 0;

	for (size_t i = lo; i < hi; i++)
		n += !is_mark(s->cp[i]);
	return n;
}

/* Joins the letters beside it; Tamil's only silences its own. */
static bool
is_virama(uint32_t cp)
{
	return cp != 0xbcd && u_getIntPropertyValue((UChar32)cp,
	    UCHAR_CANONICAL_COMBINING_CLASS) == 9;
}

/* ---- exceptions ------------------------------------------------------- */

struct exception { uint64_t points; };

/* "en database": the language and the word, which may go without hyphens. */
static str
exception_key(struct arena *a, str lang, const char *low, size_t n)
{
	return arena_printf(a, "%.*s %.*s", STR_ARG(lang), (int)n, low);
}

void
exceptions_read(struct text_engine *e)
{
	e->exceptions = map_new(e->arena);
	for (size_t i = 0; i < e->opt.nexceptions; i++) {
		const struct text_exception *x = &e->opt.exceptions[i];
		char *low = ARENA_NEW(e->arena, char, x->word.n * 2 + 4);
		uint64_t points = 0;
		size_t n = 0, k = 0, at = 0;
		struct exception *v;

		while (at < x->word.n) {
			uint32_t cp = utf8_next(x->word, &at);

			if (cp == '-' && k > 0 && k <= CHARS_MOST) {
				points |= (uint64_t)1 << (k - 1);
				continue;
			}
			n += utf8_put(low + n,
			    (uint32_t)u_tolower((UChar32)cp));
			k++;
		}
		v = ARENA_NEW(e->arena, struct exception, 1);
		v->points = points;
		map_put(e->exceptions, exception_key(e->arena, x->lang, low,
		    n), v);
	}
}

/* The word's entry under the language's tag or that tag's first part. */
static const struct exception *
exception_find(struct text_engine *e, str tag, const struct spelt *s)
{
	struct arena_mark m = arena_mark(e->arena);
	size_t dash = str_find_char(tag, '-');
	const struct exception *x;

	if (e->opt.nexceptions == 0)
		return NULL;
	x = map_find(e->exceptions, exception_key(e->arena, tag, s->low,
	    s->nlow));
	if (x == NULL && dash != SIZE_MAX)
		x = map_find(e->exceptions, exception_key(e->arena,
		    str_cut(tag, 0, dash), s->low, s->nlow));
	arena_release(e->arena, m);
	return x;
}

/* The points of a word, a bit per character after which one stands. */
static uint64_t
points_of(struct text_engine *e, const struct lang *l, str word)
{
	const struct dict *d = l->dict;
	const struct exception *x;
	char hyphens[BYTES_MOST * 2 + 8] = { 0 };
	unsigned right;
	uint64_t points = 0;
	struct spelt s;
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;

	if (!spell(word, &s) || s.n < LETTERS_LEAST || s.capitals)
		return 0;
	if ((x = exception_find(e, l->tag, &s)) != NULL)
		return x->points;
	if (d == NULL || (!d->hnj->utf8 && !s.ascii))
		return 0;
	right = d->indic ? 2 : 3;
	s.low[s.nlow] = '\0';
	if (hnj_hyphen_hyphenate2(d->hnj, s.low, (int)s.nlow, hyphens, NULL,
	    &rep, &pos, &cut) != 0)
		return 0;
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((hyphens[i] & 1) != 0 && !is_mark(s.cp[i + 1]) &&
		    s.cp[i] != 0x200d && !is_virama(s.cp[i]) &&
		    letters(&s, 0, i + 1) >= 2 &&
		    letters(&s, i + 1, s.n) >= right)
			points |= (uint64_t)1 << i;
	return points;
}

static uint64_t
points_cached(struct text_engine *e, const struct lang *l, str word)
{
	uint64_t hash = word_hash(l->id, word.p, word.n), points;
	const struct word *w = word_find(&e->hyphens, l->id, word.p, word.n,
	    hash);

	if (w != NULL)
		return w->points;
	points = points_of(e, l, word);
	word_add(e, &e->hyphens, hash, &(struct word){ .n = (uint32_t)word.n,
	    .ctx = l->id, .p = word.p, .points = points }, NULL);
	return points;
}

/* ---- a paragraph ------------------------------------------------------ */

/* Where the words are sought. */
struct place {
	struct text_engine *e;
	struct text_para *t;
	size_t	 span;		/* holds the byte being read */
};

enum sort { SORT_NONE, SORT_LETTER, SORT_SOFT, SORT_BAR };

/* Letters of scripts that are hyphenated; SORT_BAR next to a word bars it
 * from hyphenation. */
static enum sort
sort_of(uint32_t cp)
{
	if (cp < 0x80) {
		if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
			return SORT_LETTER;
		return (cp >= '0' && cp <= '9') || cp == '@' || cp == '/' ||
		    cp == '_' || cp == '\\' ? SORT_BAR : SORT_NONE;
	}
	if (cp == 0xad)
		return SORT_SOFT;
	if (cp == 0x200c || cp == 0x200d)
		return SORT_LETTER;
	if (cp >= 0x2e80 && !(cp >= 0xa500 && cp < 0xac00) &&
	    !(cp >= 0xfb00 && cp < 0xfb07))
		return SORT_NONE;
	if ((U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_M_MASK)) != 0)
		return SORT_LETTER;
	return u_isdigit((UChar32)cp) ? SORT_BAR : SORT_NONE;
}

/* May all of [lo, hi) be hyphenated, and in what language? */
static const struct text_span *
span_of(struct place *p, size_t lo, size_t hi)
{
	const struct text_span *s = p->t->spans, *first;
	size_t i = p->span;

	while (i + 1 < p->t->nspans && s[i].hi <= lo)
		i++;
	p->span = i;
	first = &s[i];
	for (; i < p->t->nspans && s[i].lo < hi; i++)
		if (!s[i].style.hyphenate || !str_eq(s[i].lang, first->lang))
			return NULL;
	return first;
}

static void
word_hyphenate(struct place *p, size_t lo, size_t hi)
{
	str word = str_cut(p->t->text, lo, hi);
	const struct text_span *s;
	struct lang *l;
	uint64_t points;

	if (word.n > BYTES_MOST || (s = span_of(p, lo, hi)) == NULL)
		return;
	l = engine_lang(p->e, s->lang);
	if (dict_for(p->e, l, s->at) == NULL && p->e->opt.nexceptions == 0)
		return;
	points = points_cached(p->e, l, word);
	for (size_t i = 0; points != 0 && i < word.n; points >>= 1) {
		utf8_next(word, &i);
		if ((points & 1) != 0 &&
		    p->t->breaks[lo + i - 1] == BREAK_NONE)
			p->t->breaks[lo + i - 1] = BREAK_HYPHEN;
	}
}

/* The words of one token, which ends at t.n. */
static void
token_hyphenate(struct place *p, str t, size_t i)
{
	size_t lo = i, n = 0;
	enum sort before = SORT_NONE, sort;
	bool soft = false;

	for (size_t at = i;; at = i) {
		sort = i < t.n ? sort_of(utf8_next(t, &i)) : SORT_NONE;
		if (sort == SORT_LETTER && n++ == 0)
			lo = at;
		soft = soft || sort == SORT_SOFT;
		if (sort == SORT_LETTER || (sort == SORT_SOFT && n > 0))
			continue;
		if (n >= LETTERS_LEAST && !soft && before != SORT_BAR &&
		    sort != SORT_BAR)
			word_hyphenate(p, lo, at);
		if (at == t.n)
			return;
		n = 0;
		soft = sort == SORT_SOFT;
		before = sort;
	}
}

/* The author's own: U+00AD between two characters of a token. */
static void
soft_hyphens(struct text_para *t)
{
	str s = t->text;

	for (size_t i = 1; i + 2 < s.n; i++) {
		const char *c = memchr(s.p + i, '\xc2', s.n - i);

		if (c == NULL)
			return;
		i = (size_t)(c - s.p);
		if (i + 2 < s.n && s.p[i + 1] == '\xad' &&
		    !text_is_blank(s.p[i - 1]) && !text_is_blank(s.p[i + 2]) &&
		    t->breaks[i + 1] == BREAK_NONE)
			t->breaks[i + 1] = BREAK_HYPHEN;
	}
}

/* The end of the token at lo; *plain: surely no address. */
static size_t
token_end(str t, size_t lo, bool *plain)
{
	*plain = true;
	for (; lo < t.n && !text_is_blank(t.p[lo]); lo++)
		if (t.p[lo] == '.' || t.p[lo] == '/' || t.p[lo] == '@' ||
		    t.p[lo] == '_')
			*plain = false;
	return lo;
}

void
text_hyphenate(struct text_engine *e, struct text_para *t)
{
	struct place p = { e, t, 0 };

	if (t->hyphenated || t->nspans == 0)
		return;
	t->hyphenated = true;
	soft_hyphens(t);
	for (size_t lo = 0, hi; lo < t->text.n; lo = hi + 1) {
		bool plain;
		str token;

		hi = token_end(t->text, lo, &plain);
		token = str_cut(t->text, lo, hi);
		if (token.n >= LETTERS_LEAST && (plain ||
		    !text_is_url(token)))
			token_hyphenate(&p, (str){ t->text.p, hi }, lo);
	}
}
