/*
 * diag.c: collects diagnostics, tells the worst, prints them.
 *
 * A diagnostic keeps its span and its formatted detail; place and level are
 * worked out when asked for, so diag_strict counts for earlier ones too.
 * What is kept is bounded, since input decides how many there are: details
 * are cut at DETAIL_MOST bytes; notes and warnings are dropped past
 * WARN_MOST, errors past ERROR_MOST and, so that there is room for what stops
 * a book, everything past ALL_MOST. The worst level counts all of them.
 *
 * Details and paths may hold any bytes. On the way out whatever could steer
 * a terminal or reorder the line is shown as \xNN or \u{NN}.
 */
#include "diag/diag.h"

#include <stdio.h>

#define DETAIL_MOST	1024
#define WARN_MOST	100000
#define ERROR_MOST	199000
#define ALL_MOST	200000

struct entry {
	enum diag_id	 id;
	span		 at;
	str		 path, text;
	uint32_t	 line, column;	/* where at is SPAN_NONE */
};

struct diag {
	struct arena	*arena;
	const struct srcmap *map;
	VEC(struct entry) entries;
	enum diag_level	 worst;		/* before diag_strict */
	bool		 strict;
};

struct row { const char *name, *text; enum diag_level level; };

static const struct row rows[DIAG_COUNT] = {
#define X(id, level, text) [DIAG_##id] = { #id, text, DIAG_##level },
	DIAGS(X)
#undef X
};

const char *
diag_name(enum diag_id id)
{
	INVARIANT((unsigned)id < DIAG_COUNT);
	return rows[id].name;
}

const char *
diag_text(enum diag_id id)
{
	INVARIANT((unsigned)id < DIAG_COUNT);
	return rows[id].text;
}

enum diag_level
diag_level_of(enum diag_id id)
{
	INVARIANT((unsigned)id < DIAG_COUNT);
	return rows[id].level;
}

const char *
diag_level_name(enum diag_level level)
{
	static const char *const names[] = {
		[DIAG_NOTE] = "note",
		[DIAG_WARN] = "warning",
		[DIAG_ERROR] = "error",
		[DIAG_LIMIT] = "limit",
		[DIAG_ENV] = "failure",
	};

	_Static_assert(ARRAY_LEN(names) == DIAG_ENV + 1, "a name each");
	return names[level];
}

int
diag_exit_status(enum diag_level level)
{
	static const int status[] = {
		[DIAG_NOTE] = 0,
		[DIAG_WARN] = 0,
		[DIAG_ERROR] = 1,
		[DIAG_LIMIT] = 4,
		[DIAG_ENV] = 3,
	};

	_Static_assert(ARRAY_LEN(status) == DIAG_ENV + 1, "a status each");
	return status[level];
}

/* ---- collecting -------------------------------------------------------- */

struct diag *
diag_new(struct arena *a, const struct srcmap *map)
{
	struct diag *d = ARENA_NEW(a, struct diag, 1);

	d->arena = a;
	d->map = map;
	return d;
}

/* What fits of a detail of n bytes: it does not end within a character. */
static str
detail_of(const char *p, size_t n)
{
	if (n < DETAIL_MOST)
		return (str){ p, n };
	for (n = DETAIL_MOST - 1; n > 0 && (p[n - 1] & 0xc0) == 0x80; n--)
		;
	if (n > 0 && (p[n - 1] & 0x80))
		n--;
	return (str){ p, n };
}

static void
add(struct diag *d, struct entry e, const char *fmt, va_list ap)
{
	enum diag_level level;
	char detail[DETAIL_MOST];
	int n;

	INVARIANT((unsigned)e.id < DIAG_COUNT);
	level = rows[e.id].level;
	if (level > d->worst)
		d->worst = level;
	if (d->entries.n >= (level <= DIAG_WARN ? WARN_MOST :
	    level == DIAG_ERROR ? ERROR_MOST : ALL_MOST))
		return;
	n = vsnprintf(detail, sizeof detail, fmt, ap);
	if (n > 0)
		e.text = arena_str(d->arena, detail_of(detail, (size_t)n));
	VEC_PUSH(d->arena, &d->entries, e);
}

void
diag_add(struct diag *d, enum diag_id id, span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, (struct entry){ .id = id, .at = at }, fmt, ap);
	va_end(ap);
}

void
diag_add_path(struct diag *d, enum diag_id id, str path, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, (struct entry){ .id = id, .path = arena_str(d->arena, path) },
	    fmt, ap);
	va_end(ap);
}

void
diag_add_place(struct diag *d, enum diag_id id, struct srcplace p,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, (struct entry){ .id = id, .path = arena_str(d->arena, p.path),
	    .line = p.line, .column = p.column }, fmt, ap);
	va_end(ap);
}

void
diag_strict(struct diag *d)
{
	d->strict = true;
}

/* ---- asking ------------------------------------------------------------ */

static enum diag_level
in_force(const struct diag *d, enum diag_level level)
{
	return d->strict && level == DIAG_WARN ? DIAG_ERROR : level;
}

size_t
diag_count(const struct diag *d)
{
	return d->entries.n;
}

struct diagnostic
diag_at(const struct diag *d, size_t i)
{
	const struct entry *e;
	struct diagnostic out;
	struct srcplace place;

	INVARIANT(i < d->entries.n);
	e = &d->entries.v[i];
	out = (struct diagnostic){
		.id = e->id,
		.level = in_force(d, rows[e->id].level),
		.at = e->at,
		.path = e->path,
		.line = e->line,
		.column = e->column,
		.text = e->text,
	};
	if (d->map && srcmap_find(d->map, e->at.lo, &place)) {
		out.path = place.path;
		out.line = place.line;
		out.column = place.column;
	}
	return out;
}

enum diag_level
diag_worst(const struct diag *d)
{
	return in_force(d, d->worst);
}

bool
diag_failed(const struct diag *d)
{
	return diag_worst(d) >= DIAG_ERROR;
}

/* ---- printing ---------------------------------------------------------- */

/* Controls, and format characters that move or hide what is near them. */
static bool
is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0xad ||
	    cp == 0x61c || cp == 0x200b || cp == 0x200e || cp == 0x200f ||
	    (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	    (cp >= 0xfff9 && cp <= 0xfffb) ||
	    (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* U+FFFD may be meant: bad bytes are those it was not written with. */
static bool
was_bad(str s, size_t lo, uint32_t cp)
{
	return cp == 0xfffd && !str_starts(str_from(s, lo),
	    S("\xef\xbf\xbd"));
}

static void
put_escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; ) {
		size_t lo = i;
		uint32_t cp = utf8_next(s, &i);

		if (was_bad(s, lo, cp))
			for (size_t k = lo; k < i; k++)
				buf_printf(b, "\\x%02x",
				    (unsigned)(unsigned char)s.p[k]);
		else if (is_unsafe(cp))
			buf_printf(b, cp < 0x80 ? "\\x%02x" : "\\u{%x}", cp);
		else
			buf_add(b, s.p + lo, i - lo);
	}
}

void
diag_print(struct buf *b, const struct diagnostic *d)
{
	if (d->path.n) {
		put_escaped(b, d->path);
		buf_char(b, ':');
		if (d->line) {
			buf_int(b, d->line);
			buf_char(b, ':');
			buf_int(b, d->column);
			buf_char(b, ':');
		}
		buf_char(b, ' ');
	}
	buf_z(b, diag_level_name(d->level));
	buf_z(b, ": ");
	buf_z(b, diag_text(d->id));
	if (d->text.n) {
		buf_z(b, ": ");
		put_escaped(b, d->text);
	}
	buf_printf(b, " [%s]\n", diag_name(d->id));
}

static void
put_json(struct buf *b, const char *key, str s)
{
	buf_printf(b, "\"%s\":\"", key);
	for (size_t i = 0; i < s.n; ) {
		size_t lo = i;
		uint32_t cp = utf8_next(s, &i);

		if (was_bad(s, lo, cp))
			buf_z(b, "\xef\xbf\xbd");
		else if (cp == '"' || cp == '\\')
			buf_printf(b, "\\%c", (char)cp);
		else if (cp == '\n')
			buf_z(b, "\\n");
		else if (cp == '\t')
			buf_z(b, "\\t");
		else if (is_unsafe(cp) && cp >= 0x10000)
			buf_printf(b, "\\u%04x\\u%04x",
			    0xd7c0 + (cp >> 10), 0xdc00 + (cp & 0x3ff));
		else if (is_unsafe(cp))
			buf_printf(b, "\\u%04x", cp);
		else
			buf_add(b, s.p + lo, i - lo);
	}
	buf_char(b, '"');
}

/* One object a line; line and column are null where unknown. */
void
diag_print_json(struct buf *b, const struct diagnostic *d)
{
	buf_char(b, '{');
	put_json(b, "path", d->path);
	if (d->line)
		buf_printf(b, ",\"line\":%u,\"column\":%u,", d->line,
		    d->column);
	else
		buf_z(b, ",\"line\":null,\"column\":null,");
	put_json(b, "level", str_c(diag_level_name(d->level)));
	buf_char(b, ',');
	put_json(b, "id", str_c(diag_name(d->id)));
	buf_char(b, ',');
	put_json(b, "text", str_c(diag_text(d->id)));
	buf_char(b, ',');
	put_json(b, "detail", d->text);
	buf_z(b, "}\n");
}
