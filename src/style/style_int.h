/*
 * style_int.h: between the reader of themes, its tables and its values.
 *
 * A theme file is a tree of keys; each key is a row of a table. Files of an
 * inheritance are laid over each other key by key, as written; only then are
 * relative values worked out, so that a new text size moves all that is
 * stated in its terms.
 */
#ifndef STYLE_STYLE_INT_H
#define STYLE_STYLE_INT_H

#include "style/style.h"
#include "yaml/yaml.h"

enum key_kind {
	KEY_BOOL, KEY_INT,
	KEY_SHARE,		/* a percentage, kept in thousandths */
	KEY_ENUM, KEY_FACE, KEY_COLOUR, KEY_LENGTH, KEY_TEMPLATE, KEY_PAPER,
	KEY_COLOURS		/* a list of them */
};

enum {				/* key.flags: what a length may be relative to */
	OF_SIZE = 1,		/* em: the block's own size of text */
	OF_LINE = 2,		/* line: the leading of body */
	OF_LEADING = 4,		/* %: a leading, of the size */
	OF_BODY = 8,		/* em and %: of the size of body */
	OF_WIDTH = 16, OF_HEIGHT = 32,	/* %: of the page */
	OR_NONE = 64,		/* "none": 0 or NO_FILL */
	OR_BODY = 128,		/* a block without it is as body is */
	LITERAL = 256		/* a colour that no other one defines */
};

/* What a file says for a key, as written. */
struct value {
	span	 at;		/* SPAN_NONE: in a built-in theme */
	int64_t	 n;		/* thousandths of unit; index; number */
	enum unit unit;
	bool	 none;
	str	 text;
	sp	 w, h;		/* of paper */
	const uint32_t *list;	/* n of them */
};

struct key {
	str	 name;		/* "margins.top" */
	enum key_kind kind;
	unsigned flags;
	size_t	 offset;	/* in struct design or struct block_style */
	int32_t	 lo, hi;	/* lengths: points */
	const str *names;	/* of an enum */
	size_t	 nnames;
};

enum { THEME_KEYS_MOST = 80, BLOCK_KEYS_MOST = 32, CHAIN_MOST = 8 };
extern const struct key theme_keys[];
extern const size_t theme_nkeys;
extern const struct key block_keys[];	/* size and leading come first */
extern const size_t block_nkeys;
enum { BLOCK_SIZE, BLOCK_LEADING };
enum { SECTIONS_MOST = 24 };		/* accents */
extern const str block_names[STYLE_COUNT];

/* Words in front of the colours that a value may name. */
enum { COLOUR_LITERAL, COLOUR_INK, COLOUR_ACCENT, COLOUR_RULE, COLOUR_MUTED };

/* A theme, and what only its making needs. */
struct design {
	struct theme t;
	uint32_t ink;
	enum style_family faces[3];	/* text, headings, labels */
	struct paper paper;
	sp	 measure;		/* widest column; 0: any */
	sp	 footer_up;		/* from the lower edge; 0: as it comes */
	struct { const uint32_t *v; size_t n; } accents; /* of sections */
};

/* The values of all files so far. */
struct sheet {
	const struct value *theme[THEME_KEYS_MOST];
	const struct value *block[STYLE_COUNT][BLOCK_KEYS_MOST];
};

struct builtin { str name, text; };
extern const struct builtin theme_builtins[];	/* made from themes/ */
extern const size_t theme_nbuiltins;

/* lay.c: a theme file's tree, laid over sheet. builtin: spans are none. */
void	theme_lay(struct arena *, struct sheet *, const struct yaml_node *,
	    bool builtin, struct diag *);
/* value.c: false after THEME_VALUE. path: the key's, for the message. */
bool	value_read(struct arena *, struct value *, const struct key *,
	    str path, const struct yaml_node *, struct diag *);
str	value_expected(struct arena *, const struct key *);
/* compute.c: the theme that a sheet describes. */
const struct theme *theme_compute(struct arena *, const struct sheet *,
	    const struct theme_request *, struct diag *);
/* theme.c: text stands in for the request's file. */
const struct theme *theme_of_text(struct arena *, str text,
	    const struct theme_request *, struct diag *);

#endif
