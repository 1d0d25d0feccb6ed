/*
 * text.h: a paragraph's characters -> shaped glyphs and the places where a
 * line may end. Nothing here knows a measure.
 *
 * Text is itemised by span, script, direction (ICU bidi) and face (fallback
 * per cluster), and shaped by HarfBuzz in sp (font scale = size). Words in
 * faces whose rules leave the space alone are shaped once and remembered.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "font/font.h"
#include "style/style.h"

/* "data-base": where the word may be cut in the language, "en" in all that
 * begin with it; without a hyphen nowhere. */
struct text_exception { str lang, word; };

struct text_options {
	/* Folders of hyph_*.dic files (as Debian's /usr/share/hyphen), searched
	 * in order when a language is first needed; none found: HYPH_MISSING
	 * once per language. */
	const char *const *hyphdirs; size_t nhyphdirs;
	const struct text_exception *exceptions; size_t nexceptions;
	bool	 fractions;		/* 1/2 by the face's frac */
	bool	 ordinals;		/* th in 5th by the face's sups */
};

struct text_engine;
/*
 * One per job, for one thread. What the options point to must stay. The
 * arena holds the caches. Close releases the foreign objects (HarfBuzz fonts
 * and buffers, dictionaries, ICU iterators).
 */
struct text_engine *text_engine_new(struct arena *, const struct fontset *,
	    const struct text_options *, struct diag *);
void	text_engine_close(struct text_engine *);

/* A stretch of the paragraph in one style; spans tile the text. */
struct text_span {
	uint32_t lo, hi;		/* bytes */
	struct text_style style;
	str	 lang;			/* BCP 47, never empty */
	sp	 rise;			/* of the baseline, upwards */
	span	 at;			/* for diagnostics */
	uint32_t user;			/* the caller's */
};

struct text_glyph {
	uint32_t gid;
	uint32_t cluster;		/* byte of the paragraph */
	int32_t	 adv, dx, dy;		/* [sp], dy upwards */
	bool	 unsafe;		/* HB_GLYPH_FLAG_UNSAFE_TO_BREAK */
};

/*
 * Glyphs of one face, span and bidi level. Runs stand in logical order and
 * tile the text (less what no face has); the glyphs within a run stand in
 * visual order, left to right.
 */
struct text_run {
	const struct face *face;
	sp	 size;			/* of the glyphs: a fallback's and a
					   small capital's is not the span's */
	uint32_t span;			/* index */
	uint32_t lo, hi;		/* bytes of the paragraph */
	uint32_t first, n;		/* into text_para.glyphs */
	uint8_t	 level;			/* bidi; odd: right to left */
};

enum text_break {
	BREAK_NONE,
	BREAK_ALLOWED,	/* a line may end after this byte, nothing added */
	BREAK_SPACE,	/* this byte ends a white space after which a line may
			   end; the space takes no room at a line's end */
	BREAK_HYPHEN,	/* a line may end after this byte, with a hyphen */
	BREAK_FORCED	/* this byte is U+000A, the author's line break; it
			   has no glyph */
};

struct text_para {
	str	 text;
	const struct text_span *spans; size_t nspans;
	const struct text_run *runs; size_t nruns;
	const struct text_glyph *glyphs; size_t nglyphs;
	uint8_t	*breaks;	/* enum text_break, one per byte; stands on
				   the last byte of the character */
	int32_t	*adv;		/* [sp] one per byte: advance of the cluster
				   that begins there, else 0 */
	int32_t	*gap;		/* [sp] one per byte: by how much a line that
				   ends after this byte is shorter (the space
				   between Han and Latin, the empty half of
				   a stop); NULL: nowhere */
	bool	 rtl;		/* paragraph direction */
	bool	 hyphenated;
};

/*
 * Shapes the text and finds its breaks but no hyphens. text must stay; the
 * result lives in the arena. Never fails: a character that no face has is
 * FONT_NO_GLYPH (once per character and engine, with U+XXXX and its Unicode
 * name) and shown as U+FFFD where a face has that, else left out; never
 * .notdef.
 */
struct text_para *text_shape(struct text_engine *, struct arena *, str text,
	    const struct text_span *, size_t n, bool rtl);

/* Adds BREAK_HYPHEN where the spans' languages and styles allow. */
void	text_hyphenate(struct text_engine *, struct text_para *);

/*
 * The bytes [lo, hi) of one run shaped on their own (context none): for a
 * line that begins or ends inside a cluster or at an unsafe place. Clusters
 * are bytes of the paragraph. Returns the glyphs, in visual order.
 */
const struct text_glyph *text_reshape(struct text_engine *, struct arena *,
	    const struct text_para *, const struct text_run *, uint32_t lo,
	    uint32_t hi, size_t *n);

/* Visual order of levels (UAX #9, rule L2): order[i] is the index of the
 * i-th from the left. */
void	text_reorder(const uint8_t *level, size_t n, uint32_t *order);

#endif
