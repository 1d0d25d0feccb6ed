/*
 * habits_int.h: between the files of the typographic habits: the text of a
 * block made flat, what its characters are to us, the manners of a language.
 */
#ifndef DOC_HABITS_INT_H
#define DOC_HABITS_INT_H

#include "doc/doc.h"

/* In a flat text these bytes stand for what is no text. */
#define FLAT_OBJECT	'\x01'	/* code, a picture: like a word */
#define FLAT_LINE	'\n'	/* the author's line break */

enum habit_class {
	H_EDGE,			/* the text begins or ends */
	H_SPACE, H_OPEN, H_CLOSE, H_DASH, H_QUOTE, H_DIGIT, H_LETTER
};
enum habit_class habit_class_of(uint32_t cp);
/* The character that ends before byte i, or begins at it; 0 at an edge. */
uint32_t habit_before(str t, size_t i);
uint32_t habit_after(str t, size_t i);

struct habit_manner {
	char	 lang[4];
	const char *open[2], *close[2];	/* single, double */
	bool	 french;		/* spaces before ; : ! ? */
};

const struct habit_manner *habit_manner_of(str lang);

/* What takes the place of the space at byte i; NULL: nothing. */
const char *habit_space(str t, size_t i, const struct habit_manner *);

#endif
