/*
 * text_int.h: what the files of text share: the engine with its caches of
 * fonts, contexts, words and characters, and a paragraph's private half.
 */
#ifndef TEXT_TEXT_INT_H
#define TEXT_TEXT_INT_H

#include <hb.h>
#include <hyphen.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>

#include "text/text.h"

#define PIECE_MOST	4096	/* bytes that HarfBuzz sees at once */
#define WORD_MOST	64	/* bytes of a word that is remembered */
#define WORDS_MOST	((size_t)1 << 18)	/* remembered */
#define PROBE_MOST	32	/* steps in the table of words */
#define CHARS_CACHED	2048	/* slots; a power of two */
#define LANGS_MOST	64	/* of one engine; further ones are "und" */
#define SIZE_MOST	(4096 * SP_PT)
#define SMALL_CAPS	780	/* [1/1000] of capitals that stand for them */
#define LOW_END		0x2100	/* characters that struct low knows */

struct dict {
	struct dict *next;
	str	 path;
	HyphenDict *hnj;	/* NULL: cannot be used */
	bool	 indic;
};

struct breaker {		/* one line iterator per primary language */
	struct breaker *next;
	char	 code[16];
	UBreakIterator *it;	/* NULL: ICU has none */
};

struct lang {
	str	 tag;
	hb_language_t hb;
	struct breaker *breaker;	/* NULL: not needed yet */
	const struct dict *dict;
	bool	 sought;		/* the dictionary, found or not */
	uint32_t id;
};

/* A face at a size. */
struct sized {
	struct sized *next;
	const struct face *face;
	sp	 size;
	hb_font_t *hb;
	uint32_t space;		/* glyph; 0: none */
	int32_t	 space_adv;	/* [sp] */
	bool	 space_shapes;	/* words depend on the spaces beside */
	struct ctx *ctxs;
};

/* All that the glyphs of a word depend on besides its bytes. */
struct ctx {
	struct ctx *next;
	const struct sized *font;
	const struct lang *lang;
	hb_script_t script;
	bool	 rtl, caps, small_caps, tabular;
	bool	 small;		/* capitals in the place of small letters */
	int32_t	 tracking;	/* [sp] added to each glyph */
	uint32_t id;
	unsigned nfeatures;
	hb_feature_t features[6];
};

/* How the characters of a run are shown: what engine_ctx() asks for besides
 * the span's style. */
struct shown {
	const struct face *face;
	hb_script_t script;
	bool	 rtl;
	bool	 small;		/* see struct ctx */
};

/* A remembered word: its glyphs (clusters from 0) or its hyphens. The
 * glyphs and the bytes lie behind it, so that one look fetches all. */
struct word {
	uint32_t n, ctx;
	uint32_t nglyphs;
	const char *p;
	uint64_t points;	/* bit k: a hyphen may follow character k */
	struct text_glyph glyphs[];
};
struct word_slot { uint64_t hash; struct word *word; };	/* NULL: free */
struct words { struct word_slot *v; size_t n, cap; };

/* Which of the characters below LOW_END a face has, simple ones only. */
struct low { bool ascii; uint64_t has[LOW_END / 64]; };

enum char_kind {
	KIND_BASE,	/* takes its own face */
	KIND_COMMON,	/* of no script: prefers a face near by */
	KIND_MARK,	/* follows its base */
	KIND_IGNORED,	/* default ignorable */
	KIND_SPACE,	/* white space that has a width */
	KIND_SILENT	/* line and page ends: no glyph */
};

struct char_info {
	uint32_t cp, key;	/* key 0: free slot */
	const struct face *face; /* font_for, or U+FFFD's; NULL: left out */
	hb_script_t script;
	enum char_kind kind;
	bool	 missing;	/* no face has it */
};

struct text_engine {
	struct arena *arena;
	const struct fontset *fonts;
	struct text_options opt;
	struct map *exceptions;	/* "en database" -> struct exception */
	struct diag *diag;
	hb_buffer_t *buf;
	UBiDi	*bidi;
	UText	*utext;
	struct sized **sized;	/* by face id */
	struct low **low;	/* by face id */
	int16_t	*scale[FONT_ROLE_COUNT]; /* [1/1000] by face id; 0: not known */
	int8_t	*smcp;		/* by face id: 1 has it, -1 has not */
	uint32_t nctx;
	struct words words, hyphens;
	struct char_info *chars;
	struct lang lang[LANGS_MOST];
	size_t	 nlang;
	struct breaker *breakers;
	struct dict *dicts;
	uint64_t *missing;	/* a bit per character that no face has;
				   NULL: none so far */
	uint64_t *told;		/* a bit per character reported */
};

/* The public paragraph and what each run was shaped with. */
struct para {
	struct text_para pub;
	VEC(struct text_run) runs;
	VEC(const struct ctx *) ctxs;
	bool	 cjk;		/* has Han or Kana */
	int32_t	*extra, *shift;	/* [sp] by the cluster's byte, to be added to
				   advance and dx of its glyphs; NULL: none */
};

struct glyphs {
	struct arena *arena;
	struct text_glyph *v;
	size_t	 n, cap;
};

/* engine.c */
struct lang *engine_lang(struct text_engine *, str tag);
const struct ctx *engine_ctx(struct text_engine *, struct shown,
	    const struct text_style *, struct lang *);
/* Has the face small capitals of its own? */
bool	engine_smcp(struct text_engine *, const struct face *);
const struct low *engine_low(struct text_engine *, const struct face *);
uint64_t word_hash(uint32_t ctx, const char *p, size_t n);
const struct word *word_find(const struct words *, uint32_t ctx,
	    const char *p, size_t n, uint64_t hash);	/* NULL: unknown */
/* Remembers it if there is room. */
void	word_add(struct text_engine *, struct words *, uint64_t hash,
	    const struct word *head, const struct text_glyph *);
/* Says once that cp is not shown. nowhere: because no face has it. */
void	engine_missing(struct text_engine *, uint32_t cp, bool nowhere,
	    span at);
bool	engine_is_missing(const struct text_engine *, uint32_t cp);

/* itemise.c: fills runs and ctxs, without glyphs. */
void	text_itemise(struct text_engine *, struct arena *, struct para *);
bool	text_is_simple_char(uint32_t cp);

/* hyphen.c: the options' exceptions, filed. */
void	exceptions_read(struct text_engine *);

/* shape.c */
enum char_kind char_kind(uint32_t cp);

/* cjk.c: white space between and around Han and Kana */
void	cjk_find(struct arena *, struct para *);
void	cjk_apply(const struct para *, const struct text_run *,
	    struct text_glyph *, size_t n);

/* breaks.c */
void	text_find_breaks(struct text_engine *, struct text_para *);
/* As text_find_breaks, with ICU for everything: the tests compare. */
void	text_find_breaks_icu(struct text_engine *, struct text_para *);
bool	text_is_url(str token);
bool	text_is_blank(char c);

#endif
