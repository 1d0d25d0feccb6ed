/*
 * habit_spaces.c: which spaces must not end a line: between a number and
 * its unit, a word such as "Section" or "Rs" and its number, a title or an
 * initial and the name, a day and its month, and before a spaced dash.
 *
 * The lists hold what current-affairs texts are full of, for all languages
 * at once: a word of one says nothing in another. Each look is bounded by
 * WORD_MOST, so the work stays linear.
 */
#include "doc/habits_int.h"

#define WORD_MOST	48	/* bytes; no word of the lists is longer */
#define NBSP		"\xc2\xa0"
#define NNBSP		"\xe2\x80\xaf"

static const char *const units[] = {	/* after a number */
	"km", "m", "cm", "mm", "kg", "g", "mg", "t", "ha", "l", "ml", "s",
	"ms", "min", "h", "hr", "hrs", "kW", "MW", "GW", "TW", "kWh", "MWh",
	"GWh", "TWh", "kV", "Hz", "kHz", "MHz", "GHz", "KB", "kB", "MB",
	"GB", "TB", "Mbps", "Gbps", "kmph", "km/h", "m/s", "Pa", "hPa",
	"dB", "ppm", "ppb", "\xc2\xb5m", "\xc2\xb5g",
	"\xc2\xb5g/m\xc2\xb3", "MT", "MMT", "km\xc2\xb2", "m\xc2\xb2",
	"m\xc2\xb3", "km2", "sq", "cusecs", "TMC", "\xc2\xb0""C",
	"\xc2\xb0""F", "\xc2\xb0", "crore", "crores", "lakh", "lakhs",
	"million", "billion", "trillion", "thousand", "bn", "mn", "cr",
	"am", "pm", "a.m.", "p.m.", "AD", "BC", "CE", "BCE", "per",
	"percent", "करोड़", "करोड़", "लाख", "हज़ार", "हज़ार", "हजार", "अरब", "खरब",
	"प्रतिशत", "फीसदी", "किमी", "मीटर", "किग्रा", "रुपये", "रुपए", "कोटी",
	"টাকা", "কোটি", "লাখ", "লক্ষ", "শতাংশ", "கோடி", "லட்சம்", "కోట్లు",
	"లక్షల", "ಕೋಟಿ", "ಲಕ್ಷ", "കോടി", "ലക്ഷം", "કરોડ", "લાખ",
	"ਕਰੋੜ", "ਲੱਖ", "କୋଟି", "ଲକ୍ଷ", "کروڑ", "لاکھ", "ارب", "فیصد",
	"Mio.", "Mrd.", "Millionen", "Milliarden", "millions", "milliards",
	"Uhr"
};

static const char *const heads[] = {	/* before a number */
	"Article", "Articles", "Art.", "Section", "Sections", "Sec", "Sec.",
	"Schedule", "Chapter", "Ch.", "Part", "Clause", "Rule", "Rules",
	"Entry", "Para", "Paragraph", "Page", "Pages", "p.", "pp.",
	"Figure", "Fig.", "Figs.", "Table", "Tables", "Box", "Vol.",
	"Volume", "No.", "Nos.", "Number", "Issue", "Paper", "GS", "Class",
	"Grade", "Phase", "Stage", "Tier", "Level", "Order", "Regulation",
	"Appendix", "Annex", "Annexure", "Note", "Item", "Step", "Unit",
	"Module", "Week", "Question", "Q.", "NH", "War", "SDG", "COP", "PM", "Rs", "Rs.", "Re", "INR",
	"USD", "EUR", "GBP", "US$", "$", "\xc2\xa3", "\xc2\xa5",
	"\xe2\x82\xac", "\xe2\x82\xb9", "\xc2\xa7", "\xc2\xa7\xc2\xa7",
	"\xc2\xb6", "\xe2\x84\x96", "c.", "ca.", "article", "articles",
	"section", "sections", "chapter", "page", "pages", "figure",
	"table", "part", "clause", "rule", "paragraph", "para", "volume",
	"no.", "nos.", "vol.", "art.", "fig.", "sec.", "phase", "class",
	"grade", "level", "step", "अनुच्छेद", "धारा", "अध्याय", "पृष्ठ",
	"संख्या", "सं.", "क्रमांक", "भाग", "अनुसूची", "नियम", "चरण", "कक्षा", "रु",
	"रु.", "तालिका", "चित्र", "कलम", "ধারা", "অনুচ্ছেদ", "পৃষ্ঠা", "பிரிவு",
	"சட்டப்பிரிவு", "సెక్షన్", "ఆర్టికల్", "ವಿಧಿ", "കലം", "અનુચ્છેદ", "કલમ", "ਧਾਰਾ",
	"ଧାରା", "دفعہ", "آرٹیکل", "صفحہ", "باب", "نمبر", "روپے", "المادة",
	"Artikel", "Nr.", "Seite", "S.", "Abs.", "Kap.", "Abb.", "n\xc2\xb0",
	"num\xc3\xa9ro"
};

static const char *const titles[] = {	/* before a capital */
	"Dr", "Dr.", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Prof",
	"Prof.", "Shri", "Smt", "Smt.", "Sri", "Sh.", "St", "St.", "Lt.",
	"Col.", "Gen.", "Maj.", "Capt.", "Brig.", "Adm.", "Hon.", "Pt.",
	"Rev.", "Mx", "M/s", "Messrs", "Justice", "Mme", "Mlle", "M.",
	"Herr", "Frau"
};

static const char *const titles_any[] = {	/* of scripts without them */
	"डॉ", "डॉ.", "श्री", "श्रीमती", "सुश्री", "पं.", "प्रो.", "ডঃ", "ড.", "শ্রী", "டாக்டர்",
	"திரு", "డా.", "శ్రీ", "ಡಾ.", "ಶ್ರೀ", "ഡോ.", "ശ്രീ", "ડૉ.", "શ્રી", "ਡਾ.", "ਸ਼੍ਰੀ", "ଡ.",
	"ଶ୍ରୀ", "ڈاکٹر"
};

static const char *const months[] = {	/* after a day */
	"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December", "Jan",
	"Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct",
	"Nov", "Dec", "जनवरी", "फरवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई",
	"अगस्त", "सितंबर", "सितम्बर", "अक्टूबर", "अक्तूबर", "नवंबर", "नवम्बर", "दिसंबर",
	"दिसम्बर", "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট",
	"সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর", "جنوری", "فروری", "مارچ",
	"اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر",
	"دسمبر", "Januar", "Februar", "M\xc3\xa4rz", "Mai", "Juni", "Juli",
	"Oktober", "Dezember", "janvier", "f\xc3\xa9vrier", "mars", "avril",
	"mai", "juin", "juillet", "ao\xc3\xbbt", "septembre", "octobre",
	"novembre", "d\xc3\xa9" "cembre"
};

static bool
in_list(const char *const *list, size_t n, str w)
{
	if (w.n == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (list[i][0] == w.p[0] && str_eq(str_c(list[i]), w))
			return true;
	return false;
}
#define IN_LIST(list, w)	in_list(list, ARRAY_LEN(list), w)

static bool
ends_word(str t, size_t i)
{
	enum habit_class c = habit_class_of(habit_after(t, i));

	return c != H_LETTER && c != H_DIGIT;
}

/* The word that ends at byte hi: back to white space or a bracket. */
static str
word_before(str t, size_t hi)
{
	size_t lo = hi;

	while (lo > 0 && hi - lo < WORD_MOST) {
		uint32_t cp = habit_before(t, lo);
		enum habit_class c = habit_class_of(cp);

		if (c == H_SPACE || c == H_OPEN || c == H_QUOTE)
			break;
		do
			lo--;
		while (lo > 0 && ((unsigned char)t.p[lo] & 0xc0) == 0x80);
	}
	return str_cut(t, lo, hi);
}

/* The word at byte lo: up to white space. */
static str
word_after(str t, size_t lo)
{
	size_t hi = lo;

	while (hi < t.n && hi - lo < WORD_MOST && t.p[hi] != ' ' &&
	    t.p[hi] != FLAT_LINE && t.p[hi] != FLAT_OBJECT)
		hi++;
	return str_cut(t, lo, hi);
}

/* w in the list, with or without the punctuation at its end. */
static bool
listed(const char *const *list, size_t n, str w)
{
	if (in_list(list, n, w))
		return true;
	while (w.n > 0 && (strchr(".,;:!?)]'\"-", w.p[w.n - 1]) != NULL)) {
		w.n--;
		if (in_list(list, n, w))
			return true;
	}
	while (w.n > 3 && habit_class_of(habit_before(w, w.n)) == H_CLOSE &&
	    (w.p[w.n - 1] & 0x80) != 0) {	/* a danda, an Arabic stop */
		do
			w.n--;
		while (((unsigned char)w.p[w.n] & 0xc0) == 0x80);
		if (in_list(list, n, w))
			return true;
	}
	return false;
}

static bool
is_capital(uint32_t cp)
{
	return (cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde);
}

/* "XIV" and nothing more. */
static bool
is_roman(str t, size_t i)
{
	size_t lo = i;

	while (i < t.n && i - lo < 8 && strchr("IVXLC", t.p[i]) != NULL)
		i++;
	return i > lo && ends_word(t, i);
}

/* Ends in one or two digits, perhaps with "th": a day of a month. */
static bool
is_day(str w)
{
	size_t n = 0;

	if (w.n > 2 && (str_ends(w, S("st")) || str_ends(w, S("nd")) ||
	    str_ends(w, S("rd")) || str_ends(w, S("th"))))
		w.n -= 2;
	while (n < w.n && n < 3 && w.p[w.n - 1 - n] >= '0' &&
	    w.p[w.n - 1 - n] <= '9')
		n++;
	if (n > 0)
		return n < 3;
	for (; n < 3 && w.n > 0 && habit_class_of(habit_before(w, w.n)) ==
	    H_DIGIT; n++)
		do
			w.n--;
		while (w.n > 0 && ((unsigned char)w.p[w.n] & 0xc0) == 0x80);
	return n > 0 && n < 3;
}

/* "P." or the last of "A.P.": an initial. */
static bool
is_initial(str w)
{
	return w.n >= 2 && w.p[w.n - 1] == '.' && w.p[w.n - 2] >= 'A' &&
	    w.p[w.n - 2] <= 'Z' && (w.n == 2 || w.p[w.n - 3] == '.');
}

/* " - " as a dash: the line ends after it, not before. */
static bool
is_dash_after(str t, size_t i)
{
	str w = word_after(t, i);

	return str_eq(w, S("-")) || str_eq(w, S("\xe2\x80\x93")) || str_eq(w, S("\xe2\x80\x94")) ||
	    str_eq(w, S("--")) || str_eq(w, S("---"));
}

static const char *
french_space(str t, size_t i)
{
	uint32_t a = habit_before(t, i), b = habit_after(t, i + 1);

	if (a == 0xab || b == 0xbb)
		return NBSP;
	if (b == ':' && ends_word(t, i + 2))
		return NBSP;
	return b == ';' || b == '!' || b == '?' ? NNBSP : NULL;
}

static bool
after_number(str t, size_t i)
{
	str w = word_after(t, i + 1);

	if (w.n > 0 && (w.p[0] == '%' || str_starts(w, S("\xe2\x80\xb0"))))
		return true;
	return listed(units, ARRAY_LEN(units), w) ||
	    (listed(months, ARRAY_LEN(months), w) && is_day(word_before(t,
	    i)));
}

static bool
is_bound(str t, size_t i)
{
	uint32_t a = habit_before(t, i), b = habit_after(t, i + 1);
	enum habit_class ca = habit_class_of(a), cb = habit_class_of(b);
	str w;

	if (ca == H_EDGE || ca == H_SPACE || cb == H_EDGE || cb == H_SPACE)
		return false;
	if (b == 0x964 || b == 0x965)	/* no line begins with a danda */
		return true;
	if (cb == H_DASH)
		return is_dash_after(t, i + 1);
	if (ca == H_DIGIT && cb != H_DIGIT && after_number(t, i))
		return true;
	if (cb == H_DIGIT) {
		w = word_before(t, i);
		return IN_LIST(heads, w) || (w.n > 1 && w.p[0] == '+' &&
		    ca == H_DIGIT);
	}
	if (ca == H_LETTER && b >= 'a' && b <= 'z')
		return a == 'h' && IN_LIST(months, word_after(t, i + 1)) &&
		    is_day(word_before(t, i));
	if (is_capital(b)) {
		w = word_before(t, i);
		return is_initial(w) || IN_LIST(titles, w) ||
		    (is_roman(t, i + 1) && IN_LIST(heads, w)) ||
		    (ca == H_LETTER && is_day(w) && listed(months,
		    ARRAY_LEN(months), word_after(t, i + 1)));
	}
	return a >= 0x80 || a == '.' ? IN_LIST(titles_any,
	    word_before(t, i)) : false;
}

/* Most spaces: after a small letter or a comma, before a small letter. */
static bool
is_plain(char a, char b)
{
	return b >= 'a' && b <= 'z' && a != 'h' && ((a >= 'a' && a <= 'z') ||
	    a == ',');
}

const char *
habit_space(str t, size_t i, const struct habit_manner *m)
{
	const char *with = m->french ? french_space(t, i) : NULL;

	if (i > 0 && i + 1 < t.n && is_plain(t.p[i - 1], t.p[i + 1]))
		return with;
	if (with != NULL)
		return with;
	return is_bound(t, i) ? NBSP : NULL;
}
