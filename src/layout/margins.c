/*
 * margins.c: how far characters hang out of the column, and which ones are
 * full-width.
 *
 * A margin looks straight when ink, not advance, is aligned: what is small
 * or thin hangs by much, what only has a slanted side by little. Values are
 * in thousandths of the character's advance and were set by eye on serif
 * and sans faces; the theme scales them all.
 */
#include "layout/layout_int.h"

static const uint16_t ascii_start[128] = {
	['"'] = 450, ['\''] = 600, ['('] = 120, ['['] = 80, ['-'] = 300,
	['*'] = 200, ['1'] = 60, ['4'] = 30, ['7'] = 30, ['A'] = 40,
	['J'] = 40, ['T'] = 50, ['V'] = 50, ['W'] = 40, ['X'] = 30,
	['Y'] = 60, ['t'] = 30, ['v'] = 50, ['w'] = 40, ['x'] = 30,
	['y'] = 50
};

static const uint16_t ascii_end[128] = {
	['!'] = 150, ['"'] = 450, ['\''] = 600, [')'] = 120, [']'] = 80,
	['*'] = 200, [','] = 650, ['-'] = 600, ['.'] = 700, ['/'] = 100,
	[':'] = 400, [';'] = 400, ['?'] = 150, ['%'] = 40, ['1'] = 60,
	['7'] = 40, ['A'] = 40, ['F'] = 40, ['K'] = 30, ['L'] = 40,
	['P'] = 40, ['T'] = 50, ['V'] = 50, ['W'] = 40, ['X'] = 30,
	['Y'] = 60, ['k'] = 30, ['r'] = 40, ['t'] = 30, ['v'] = 50,
	['w'] = 40, ['x'] = 30, ['y'] = 50
};

int
margin_start(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_start[cp];
	switch (cp) {
	case 0x2018: case 0x2019: case 0x201a: case 0x2039: case 0x203a:
		return 600;
	case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb:
		return 450;
	case 0x2013:
		return 250;
	case 0x2014:
		return 150;
	default:
		return wide_kind(cp) == WIDE_OPEN ? 500 : 0;
	}
}

int
margin_end(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_end[cp];
	switch (cp) {
	case 0x2010: case 0x2011: case 0xad:
	case 0x2018: case 0x2019: case 0x201a: case 0x2039: case 0x203a:
		return 600;
	case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb:
		return 450;
	case 0x2013:
		return 300;
	case 0x2014: case 0x2026:
		return 180;
	case 0x964:		/* danda */
		return 500;
	case 0x965:		/* double danda */
		return 350;
	case 0x60c: case 0x61b: case 0x6d4:	/* Arabic , ; . */
		return 500;
	case 0x61f:		/* Arabic ? */
		return 150;
	default:
		return wide_kind(cp) == WIDE_CLOSE ? 500 : 0;
	}
}

static enum wide_kind
wide_punctuation(uint32_t cp)
{
	switch (cp) {
	case 0x3008: case 0x300a: case 0x300c: case 0x300e: case 0x3010:
	case 0x3014: case 0x3016: case 0x3018: case 0x301a: case 0x301d:
	case 0xff08: case 0xff3b: case 0xff5b: case 0xff5f:
		return WIDE_OPEN;
	case 0x3001: case 0x3002: case 0x3009: case 0x300b: case 0x300d:
	case 0x300f: case 0x3011: case 0x3015: case 0x3017: case 0x3019:
	case 0x301b: case 0x301e: case 0x301f: case 0xff09: case 0xff0c:
	case 0xff0e: case 0xff3d: case 0xff5d: case 0xff60:
		return WIDE_CLOSE;
	default:
		return WIDE_LETTER;
	}
}

enum wide_kind
wide_kind(uint32_t cp)
{
	if (cp < 0x2e80 || (cp > 0xa4cf && cp < 0xf900) || (cp > 0xfaff &&
	    cp < 0xfe30) || (cp > 0xfe4f && cp < 0xff00) || (cp > 0xff60 &&
	    cp < 0x20000) || cp > 0x3ffff || cp == 0x3000)
		return WIDE_NONE;
	return wide_punctuation(cp);
}
