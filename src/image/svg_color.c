/*
 * svg_color.c: colours as CSS writes them.
 */
#include "image/svg_int.h"

struct name { const char *name; uint32_t rgb; };

static const struct name names[] = {	/* sorted */
	{ "aliceblue", 0xf0f8ff }, { "antiquewhite", 0xfaebd7 },
	{ "aqua", 0x00ffff }, { "aquamarine", 0x7fffd4 },
	{ "azure", 0xf0ffff }, { "beige", 0xf5f5dc }, { "bisque", 0xffe4c4 },
	{ "black", 0x000000 }, { "blanchedalmond", 0xffebcd },
	{ "blue", 0x0000ff }, { "blueviolet", 0x8a2be2 },
	{ "brown", 0xa52a2a }, { "burlywood", 0xdeb887 },
	{ "cadetblue", 0x5f9ea0 }, { "chartreuse", 0x7fff00 },
	{ "chocolate", 0xd2691e }, { "coral", 0xff7f50 },
	{ "cornflowerblue", 0x6495ed }, { "cornsilk", 0xfff8dc },
	{ "crimson", 0xdc143c }, { "cyan", 0x00ffff },
	{ "darkblue", 0x00008b }, { "darkcyan", 0x008b8b },
	{ "darkgoldenrod", 0xb8860b }, { "darkgray", 0xa9a9a9 },
	{ "darkgreen", 0x006400 }, { "darkgrey", 0xa9a9a9 },
	{ "darkkhaki", 0xbdb76b }, { "darkmagenta", 0x8b008b },
	{ "darkolivegreen", 0x556b2f }, { "darkorange", 0xff8c00 },
	{ "darkorchid", 0x9932cc }, { "darkred", 0x8b0000 },
	{ "darksalmon", 0xe9967a }, { "darkseagreen", 0x8fbc8f },
	{ "darkslateblue", 0x483d8b }, { "darkslategray", 0x2f4f4f },
	{ "darkslategrey", 0x2f4f4f }, { "darkturquoise", 0x00ced1 },
	{ "darkviolet", 0x9400d3 }, { "deeppink", 0xff1493 },
	{ "deepskyblue", 0x00bfff }, { "dimgray", 0x696969 },
	{ "dimgrey", 0x696969 }, { "dodgerblue", 0x1e90ff },
	{ "firebrick", 0xb22222 }, { "floralwhite", 0xfffaf0 },
	{ "forestgreen", 0x228b22 }, { "fuchsia", 0xff00ff },
	{ "gainsboro", 0xdcdcdc }, { "ghostwhite", 0xf8f8ff },
	{ "gold", 0xffd700 }, { "goldenrod", 0xdaa520 }, { "gray", 0x808080 },
	{ "green", 0x008000 }, { "greenyellow", 0xadff2f },
	{ "grey", 0x808080 }, { "honeydew", 0xf0fff0 },
	{ "hotpink", 0xff69b4 }, { "indianred", 0xcd5c5c },
	{ "indigo", 0x4b0082 }, { "ivory", 0xfffff0 }, { "khaki", 0xf0e68c },
	{ "lavender", 0xe6e6fa }, { "lavenderblush", 0xfff0f5 },
	{ "lawngreen", 0x7cfc00 }, { "lemonchiffon", 0xfffacd },
	{ "lightblue", 0xadd8e6 }, { "lightcoral", 0xf08080 },
	{ "lightcyan", 0xe0ffff }, { "lightgoldenrodyellow", 0xfafad2 },
	{ "lightgray", 0xd3d3d3 }, { "lightgreen", 0x90ee90 },
	{ "lightgrey", 0xd3d3d3 }, { "lightpink", 0xffb6c1 },
	{ "lightsalmon", 0xffa07a }, { "lightseagreen", 0x20b2aa },
	{ "lightskyblue", 0x87cefa }, { "lightslategray", 0x778899 },
	{ "lightslategrey", 0x778899 }, { "lightsteelblue", 0xb0c4de },
	{ "lightyellow", 0xffffe0 }, { "lime", 0x00ff00 },
	{ "limegreen", 0x32cd32 }, { "linen", 0xfaf0e6 },
	{ "magenta", 0xff00ff }, { "maroon", 0x800000 },
	{ "mediumaquamarine", 0x66cdaa }, { "mediumblue", 0x0000cd },
	{ "mediumorchid", 0xba55d3 }, { "mediumpurple", 0x9370db },
	{ "mediumseagreen", 0x3cb371 }, { "mediumslateblue", 0x7b68ee },
	{ "mediumspringgreen", 0x00fa9a }, { "mediumturquoise", 0x48d1cc },
	{ "mediumvioletred", 0xc71585 }, { "midnightblue", 0x191970 },
	{ "mintcream", 0xf5fffa }, { "mistyrose", 0xffe4e1 },
	{ "moccasin", 0xffe4b5 }, { "navajowhite", 0xffdead },
	{ "navy", 0x000080 }, { "oldlace", 0xfdf5e6 }, { "olive", 0x808000 },
	{ "olivedrab", 0x6b8e23 }, { "orange", 0xffa500 },
	{ "orangered", 0xff4500 }, { "orchid", 0xda70d6 },
	{ "palegoldenrod", 0xeee8aa }, { "palegreen", 0x98fb98 },
	{ "paleturquoise", 0xafeeee }, { "palevioletred", 0xdb7093 },
	{ "papayawhip", 0xffefd5 }, { "peachpuff", 0xffdab9 },
	{ "peru", 0xcd853f }, { "pink", 0xffc0cb }, { "plum", 0xdda0dd },
	{ "powderblue", 0xb0e0e6 }, { "purple", 0x800080 },
	{ "rebeccapurple", 0x663399 }, { "red", 0xff0000 },
	{ "rosybrown", 0xbc8f8f }, { "royalblue", 0x4169e1 },
	{ "saddlebrown", 0x8b4513 }, { "salmon", 0xfa8072 },
	{ "sandybrown", 0xf4a460 }, { "seagreen", 0x2e8b57 },
	{ "seashell", 0xfff5ee }, { "sienna", 0xa0522d },
	{ "silver", 0xc0c0c0 }, { "skyblue", 0x87ceeb },
	{ "slateblue", 0x6a5acd }, { "slategray", 0x708090 },
	{ "slategrey", 0x708090 }, { "snow", 0xfffafa },
	{ "springgreen", 0x00ff7f }, { "steelblue", 0x4682b4 },
	{ "tan", 0xd2b48c }, { "teal", 0x008080 }, { "thistle", 0xd8bfd8 },
	{ "tomato", 0xff6347 }, { "turquoise", 0x40e0d0 },
	{ "violet", 0xee82ee }, { "wheat", 0xf5deb3 }, { "white", 0xffffff },
	{ "whitesmoke", 0xf5f5f5 }, { "yellow", 0xffff00 },
	{ "yellowgreen", 0x9acd32 },
};

static bool
by_name(str s, uint32_t *rgb)
{
	char low[24];
	size_t lo = 0, hi = ARRAY_LEN(names);
	str key = { low, s.n };

	if (s.n == 0 || s.n > sizeof low)
		return false;
	for (size_t i = 0; i < s.n; i++)
		low[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ?
		    (char)(s.p[i] | 0x20) : s.p[i];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = str_cmp(key, str_c(names[mid].name));

		if (d == 0) {
			*rgb = names[mid].rgb;
			return true;
		}
		if (d < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return false;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa */
static bool
by_hex(str s, uint32_t *rgb, fx *alpha)
{
	uint32_t v[4] = { 0, 0, 0, 255 };
	size_t each = s.n <= 4 ? 1 : 2;

	if (s.n != 3 && s.n != 4 && s.n != 6 && s.n != 8)
		return false;
	for (size_t i = 0; i < s.n / each; i++) {
		int a = hex(s.p[i * each]), b = hex(s.p[i * each + each - 1]);

		if (a < 0 || b < 0)
			return false;
		v[i] = (uint32_t)(a * 16 + b);
	}
	*rgb = v[0] << 16 | v[1] << 8 | v[2];
	*alpha = (fx)v[3] * FX_ONE / 255;
	return true;
}

/* One argument of a function; percent: of `full`. */
static bool
argument(str *s, fx full, fx *out)
{
	svg_comma(s);
	if (str_starts(*s, S("/"))) {
		*s = str_from(*s, 1);
		svg_blanks(s);
	}
	if (!svg_number(s, out))
		return false;
	if (str_starts(*s, S("%"))) {
		*out = fx_mul(*out, full) / 100;
		*s = str_from(*s, 1);
	} else if (str_starts(*s, S("deg")))
		*s = str_from(*s, 3);
	return true;
}

static fx
within(fx v, fx most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

static uint32_t
byte_of(fx v)		/* 0..255 */
{
	return (uint32_t)((within(v, 255 * FX_ONE) + FX_ONE / 2) / FX_ONE);
}

/* The part of a hue that one of red, green, blue has (CSS Color 4, 7.1). */
static fx
hue_part(fx hue, fx s, fx l, int n)
{
	fx a = fx_mul(s, l < FX_ONE - l ? l : FX_ONE - l), k, low;

	k = (n * FX_ONE + hue / 30) % (12 * FX_ONE);
	low = k - 3 * FX_ONE < 9 * FX_ONE - k ? k - 3 * FX_ONE :
	    9 * FX_ONE - k;
	if (low > FX_ONE)
		low = FX_ONE;
	if (low < -FX_ONE)
		low = -FX_ONE;
	return l - fx_mul(a, low);
}

static uint32_t
from_hsl(fx h, fx s, fx l)
{
	h %= 360 * FX_ONE;
	if (h < 0)
		h += 360 * FX_ONE;
	s = within(s, FX_ONE);
	l = within(l, FX_ONE);
	return byte_of(hue_part(h, s, l, 0) * 255) << 16 |
	    byte_of(hue_part(h, s, l, 8) * 255) << 8 |
	    byte_of(hue_part(h, s, l, 4) * 255);
}

static bool
by_function(str s, bool hsl, uint32_t *rgb, fx *alpha)
{
	fx v[4] = { 0, 0, 0, FX_ONE };

	for (size_t i = 0; i < 3; i++)
		if (!argument(&s, !hsl ? 255 * FX_ONE : i == 0 ?
		    360 * FX_ONE : FX_ONE, &v[i]))
			return false;
	svg_blanks(&s);
	if (!str_starts(s, S(")")) && !argument(&s, FX_ONE, &v[3]))
		return false;
	*alpha = within(v[3], FX_ONE);
	*rgb = hsl ? from_hsl(v[0], v[1], v[2]) : byte_of(v[0]) << 16 |
	    byte_of(v[1]) << 8 | byte_of(v[2]);
	return true;
}

bool
svg_color(str s, uint32_t *rgb, fx *alpha)
{
	s = str_trim(s);
	*alpha = FX_ONE;
	if (str_starts(s, S("#")))
		return by_hex(str_from(s, 1), rgb, alpha);
	if (str_starts(s, S("rgb(")))
		return by_function(str_from(s, 4), false, rgb, alpha);
	if (str_starts(s, S("rgba(")))
		return by_function(str_from(s, 5), false, rgb, alpha);
	if (str_starts(s, S("hsl(")))
		return by_function(str_from(s, 4), true, rgb, alpha);
	if (str_starts(s, S("hsla(")))
		return by_function(str_from(s, 5), true, rgb, alpha);
	if (str_eq(s, S("transparent"))) {
		*rgb = 0;
		*alpha = 0;
		return true;
	}
	return by_name(s, rgb);
}
