/*
 * srcmap.c: from an address to file, line and column.
 *
 * Sources lie one after the other in a 32-bit address space, each followed
 * by one free address, so that the end of a file is a place too. Address 0
 * is nowhere. When a source is added it is read once, leaving a milestone
 * about every 4 KiB; a look-up finds the source and the milestone by halves
 * and reads on from there, so its cost depends neither on the size of the
 * file nor on the length of its lines.
 *
 * Lines end in LF, CR LF or CR. A byte order mark takes no column.
 */
#include "diag/diag.h"

#define STEP	4096

struct milestone { uint32_t at, line, column; };

struct source {
	uint32_t	 base;
	str		 path, text;
	const struct milestone *stones;
	uint32_t	 n;
};

struct srcmap {
	struct arena	*arena;
	VEC(struct source) sources;
	uint32_t	 next;		/* first free address */
};

struct srcmap *
srcmap_new(struct arena *a)
{
	struct srcmap *m = ARENA_NEW(a, struct srcmap, 1);

	m->arena = a;
	m->next = 1;
	return m;
}

/* Moves the place past one code point of text. */
static void
advance(str text, struct milestone *m)
{
	size_t i = m->at;
	uint32_t cp = utf8_next(text, &i);
	bool crlf = cp == '\r' && i < text.n && text.p[i] == '\n';

	if (cp == '\n' || (cp == '\r' && !crlf)) {
		m->line++;
		m->column = 1;
	} else if (cp != 0xfeff || m->at != 0) {
		m->column++;
	}
	m->at = (uint32_t)i;
}

/* The end of the bytes of ASCII that begin at i. */
static size_t
ascii_end(str text, size_t i, size_t end)
{
	uint64_t eight;

	for (; end - i >= 8; i += 8) {
		memcpy(&eight, text.p + i, 8);
		if ((eight & 0x8080808080808080) != 0)
			break;
	}
	while (i < end && (unsigned char)text.p[i] < 0x80)
		i++;
	return i;
}

/* Moves past ASCII without CR, which is most of any source, by lines. */
static void
advance_plain(str text, size_t end, struct milestone *m)
{
	size_t n;
	str rest;

	end = ascii_end(text, m->at, end < text.n ? end : text.n);
	rest = str_cut(text, m->at, end);
	n = str_find_char(rest, '\r');
	if (n != SIZE_MAX)
		rest.n = n;
	m->at += (uint32_t)rest.n;
	while ((n = str_find_char(rest, '\n')) != SIZE_MAX) {
		rest = str_from(rest, n + 1);
		m->line++;
		m->column = 1;
	}
	m->column += (uint32_t)rest.n;
}

static void
survey(struct arena *a, struct source *s)
{
	size_t most = s->text.n / STEP + 1;
	struct milestone *v = ARENA_NEW(a, struct milestone, most);
	struct milestone m = { 0, 1, 1 };

	while (s->n < most) {
		v[s->n++] = m;
		for (size_t end = (size_t)m.at + STEP; m.at < end; ) {
			advance_plain(s->text, end, &m);
			if (m.at >= s->text.n)
				goto done;
			if (m.at < end)
				advance(s->text, &m);
		}
	}
done:
	s->stones = v;
}

uint32_t
srcmap_add(struct srcmap *m, str path, str text)
{
	struct source s = { .base = m->next, .path = path, .text = text };

	if (text.n >= UINT32_MAX - m->next)
		return 0;
	survey(m->arena, &s);
	VEC_PUSH(m->arena, &m->sources, s);
	m->next += (uint32_t)text.n + 1;
	return s.base;
}

bool
srcmap_find(const struct srcmap *m, uint32_t at, struct srcplace *out)
{
	size_t lo = 0, hi = m->sources.n;
	const struct source *s;
	struct milestone place;

	if (at == 0 || at >= m->next)
		return false;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->sources.v[mid].base <= at)
			lo = mid;
		else
			hi = mid;
	}
	s = &m->sources.v[lo];
	at -= s->base;
	for (lo = 0, hi = s->n; hi - lo > 1; ) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->stones[mid].at <= at)
			lo = mid;
		else
			hi = mid;
	}
	place = s->stones[lo];
	while (place.at < at) {
		struct milestone next;

		advance_plain(s->text, at, &place);
		next = place;
		if (place.at < at)
			advance(s->text, &next);
		if (next.at > at || next.at == place.at) /* within a sequence */
			break;
		place = next;
	}
	*out = (struct srcplace){ s->path, place.line, place.column };
	return true;
}
