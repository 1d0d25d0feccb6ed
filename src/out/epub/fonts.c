/*
 * fonts.c: subsets of the faces for scripts that a reader may lack.
 *
 * Latin, Greek and Cyrillic are left alone: every reader has faces for them,
 * and its owner a favourite. Of other scripts, the characters are taken from
 * the pages as they were written, so the fonts have what the pages show.
 * The first face of the list in which the stylesheet names them has the
 * digits and stops, too, where its script is the book's; the others have
 * letters of their script only, so in any text each takes what is its own
 * and leaves the rest to the reader's face. Both weights go in: headings are
 * bold.
 */
#include "out/epub/epub_int.h"

#define CODE_POINTS	0x110000u
#define FIRST_FOREIGN	0x0590u		/* the blocks before are European */

/* By code point: is on a page, how often; of Latin letters: how many. */
struct seen { uint32_t *times; uint64_t latin; };

static void
see_page(struct seen *s, str page)
{
	bool tag = false;
	uint32_t cp;
	size_t i = 0;

	while (i < page.n) {
		cp = utf8_next(page, &i);
		if (cp == '<')
			tag = true;
		else if (cp == '>')
			tag = false;
		else if (!tag) {
			s->times[cp]++;
			s->latin += (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
		}
	}
}

static bool
is_page(const struct entry *x)
{
	return str_ends(str_c(x->name), S(".xhtml"));
}

/* Digits, stops and signs: no letters of the European scripts. */
static bool
is_common(uint32_t cp)
{
	return (cp >= 0x20 && cp < 'A') || (cp > 'Z' && cp < 'a') ||
	    (cp > 'z' && cp < 0xc0 && cp != 0xaa && cp != 0xb5 &&
	    cp != 0xba) || (cp >= 0x2010 && cp <= 0x2027) ||
	    (cp >= 0x20a0 && cp <= 0x20cf);
}

/* Stops that stand in a Unicode block of Devanagari, and in many scripts. */
static bool
is_danda(uint32_t cp)
{
	return cp == 0x0964 || cp == 0x0965;
}

static enum font_role
body_role(const struct epub *e)
{
	return e->options->theme->block[STYLE_BODY].text.family ==
	    STYLE_SANS ? FONT_SANS : FONT_SERIF;
}

/* ---- the choice of faces ---------------------------------------------- */

struct plan {
	const struct epub *e;
	const struct seen *seen;
	uint8_t	*face[2];	/* by foreign code point: face id + 1 */
	struct embedded *of;	/* by face id */
};

/* One face of the foreign characters, of each weight. */
static void
choose(struct plan *p, bool bold)
{
	const struct epub *e = p->e;
	const struct face *f;
	uint32_t cp;

	for (cp = FIRST_FOREIGN; cp < CODE_POINTS; cp++) {
		if (p->seen->times[cp] == 0 || is_danda(cp))
			continue;
		f = font_for(e->options->fonts, body_role(e), bold, false, cp,
		    e->book->language);
		if (f == NULL || f->scripts.n == 0 || f->id >= UINT8_MAX)
			continue;
		p->face[bold][cp] = (uint8_t)(f->id + 1);
		p->of[f->id].face = f;
		p->of[f->id].ncps++;
		p->of[f->id].weight += p->seen->times[cp];
	}
}

/* Is it one of the face's characters? */
static bool
wanted(const struct plan *p, const struct embedded *x, uint32_t cp,
    bool common)
{
	static const uint32_t joiners[] = { 0x200c, 0x200d, 0x25cc };
	size_t i;

	if (is_danda(cp))
		return p->seen->times[cp] > 0 && face_glyph(x->face, cp) != 0;

	if (p->face[0][cp] == x->face->id + 1 ||
	    p->face[1][cp] == x->face->id + 1)
		return true;
	/* What shaping looks for, whether or not the text has it. */
	for (i = 0; i < ARRAY_LEN(joiners); i++)
		if (cp == joiners[i])
			return face_glyph(x->face, cp) != 0;
	return common && is_common(cp) && p->seen->times[cp] > 0 &&
	    face_glyph(x->face, cp) != 0;
}

static void
fill(const struct plan *p, struct embedded *x)
{
	bool common = x->weight > p->seen->latin;
	struct arena *a = p->e->arena;
	VEC(uint32_t) v = { NULL, 0, 0 };
	uint32_t cp;

	for (cp = 0; cp < CODE_POINTS; cp++)
		if (wanted(p, x, cp, common))
			VEC_PUSH(a, &v, cp);
	x->cps = v.v;
	x->ncps = v.n;
	x->name = arena_cstr(a, arena_printf(a, "fonts/%.*s.%s",
	    STR_ARG(x->face->name), x->face->cff ? "otf" : "ttf"));
}

/* The heaviest first, so that the book's own script leads. */
static void
sort(struct embedded *v, size_t n)
{
	struct embedded x;
	size_t i, k;

	for (i = 1; i < n; i++) {
		x = v[i];
		for (k = i; k > 0 && v[k - 1].weight < x.weight; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

void
fonts_plan(struct epub *e)
{
	struct seen seen = { NULL, 0 };
	struct plan p = { .e = e, .seen = &seen };
	size_t i, n;

	if (e->options->fonts == NULL)
		return;
	seen.times = ARENA_NEW(e->arena, uint32_t, CODE_POINTS);
	for (i = 0; i < e->n; i++)
		if (is_page(&e->entries[i]))
			see_page(&seen, buf_view(&e->entries[i].raw));
	n = fontset_count(e->options->fonts);
	p.of = ARENA_NEW(e->arena, struct embedded, n + 1);
	for (i = 0; i < 2; i++) {
		p.face[i] = ARENA_NEW(e->arena, uint8_t, CODE_POINTS);
		choose(&p, i == 1);
	}
	e->fonts = ARENA_NEW(e->arena, struct embedded, n + 1);
	for (i = 0; i < n; i++) {
		if (p.of[i].face == NULL)
			continue;
		fill(&p, &p.of[i]);
		e->fonts[e->nfonts++] = p.of[i];
	}
	sort(e->fonts, e->nfonts);
}

/* ---- what comes of it ------------------------------------------------- */

str
fonts_file(const struct epub *e, const struct embedded *x)
{
	str file = font_subset_text(e->arena, x->face, x->cps, x->ncps);

	if (file.n == 0)
		diag_add_path(e->diag, DIAG_EPUB_BACKEND, e->book->stem,
		    "%s: cannot be subset", x->name);
	return file;
}

/* Under the names that the files have, too: some readers go by those. */
static void
families(const struct epub *e, struct buf *b)
{
	size_t i, k;
	str name;

	for (i = 0; i < e->nfonts; i++) {
		name = e->fonts[i].face->family;
		for (k = 0; k < i; k++)
			if (str_eq(e->fonts[k].face->family, name))
				break;
		if (k == i)
			buf_printf(b, "%s\"%.*s\"", i > 0 ? ", " : "",
			    STR_ARG(name));
	}
}

void
fonts_css(const struct epub *e, struct buf *b)
{
	const struct face *f;
	size_t i;

	for (i = 0; i < e->nfonts; i++) {
		f = e->fonts[i].face;
		buf_printf(b, "@font-face { font-family: \"%.*s\"; "
		    "font-style: normal;\n  font-weight: %s;\n"
		    "  src: url(%s); }\n", STR_ARG(f->family),
		    f->bold ? "bold" : "normal", e->fonts[i].name);
	}
	if (e->nfonts == 0)
		return;
	buf_z(b, "html { font-family: ");
	families(e, b);
	buf_z(b, body_role(e) == FONT_SANS ? ", sans-serif; }\n" :
	    ", serif; }\n");
	buf_z(b, "pre, code, kbd { font-family: monospace, ");
	families(e, b);
	buf_z(b, "; }\n");
}
