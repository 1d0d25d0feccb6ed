/*
 * table_number.c: columns of numbers stand with their decimal points below
 * each other.
 *
 * A number has signs and a currency before it, digits of any of our scripts
 * in groups however large (1,00,000), a point, and a unit or a footnote's
 * mark after it. Where the Markdown says left or centre it is obeyed; where
 * it says nothing, every cell of the column must be a number or a dash.
 */
#include "layout/table_int.h"

#define NUMBER_MOST	64	/* bytes; longer ones are text */
#define UNIT_MOST	16	/* letters of a unit in words */

static const uint32_t zeros[] = {
	'0', 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66,
	0xce6, 0xd66, 0xff10
};

static bool
is_digit(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(zeros); i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return true;
	return false;
}

static bool
is_one_of(uint32_t c, const uint32_t *set, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c == set[i])
			return true;
	return false;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x2009 || c == 0x202f;
}

/* Signs, currencies and marks of approximation. */
static bool
is_prefix(uint32_t c)
{
	static const uint32_t set[] = { '+', '-', 0x2212, 0x2013, 0xb1, '~',
	    0x2248, '<', '>', 0x2264, 0x2265, '(', '$', 0xa3, 0xa5, 0x20ac,
	    0x20b9, 0x20a8 };

	return is_space(c) || is_one_of(c, set, ARRAY_LEN(set));
}

static bool
is_group(uint32_t c)
{
	static const uint32_t set[] = { ',', '\'', 0x2019, 0x66c, 0xa0,
	    0x2009, 0x202f };

	return is_one_of(c, set, ARRAY_LEN(set));
}

static bool
is_point(uint32_t c)
{
	return c == '.' || c == 0xb7 || c == 0x66b;
}

static bool
is_suffix(uint32_t c)
{
	static const uint32_t set[] = { '%', 0x2030, 0x66a, 0xb0, ')', '*',
	    0x2020, 0x2021, 0xa7, '+' };

	return is_space(c) || is_one_of(c, set, ARRAY_LEN(set));
}

static size_t
skip_currency(str s, size_t i)
{
	static const str names[] = { { "Rs.", 3 }, { "Rs", 2 }, { "INR", 3 },
	    { "USD", 3 }, { "US", 2 }, { "EUR", 3 } };

	for (size_t k = 0; k < ARRAY_LEN(names); k++)
		if (str_starts(str_from(s, i), names[k]))
			return i + names[k].n;
	return i;
}

static size_t
skip_prefix(str s)
{
	size_t	 i = 0, at;
	bool	 named = false;

	while (i < s.n) {
		at = i;
		if (is_prefix(utf8_next(s, &i)))
			continue;
		i = named ? at : skip_currency(s, at);
		if (i == at)
			break;
		named = true;
	}
	return i;
}

static bool
digit_at(str s, size_t i)
{
	return i < s.n && is_digit(utf8_next(s, &i));
}

/* The end of the digits from i on, with their groups. */
static size_t
skip_digits(str s, size_t i)
{
	size_t	 start = i, end = i;

	while (i < s.n) {
		size_t	 at = i;
		uint32_t c = utf8_next(s, &i);

		if (is_digit(c))
			end = i;
		else if (at != end || end == start || !is_group(c) ||
		    !digit_at(s, i))
			break;
	}
	return end;
}

static bool
ends_well(str s, size_t i, bool letters)
{
	size_t	 unit = 0;

	while (i < s.n) {
		uint32_t c = utf8_next(s, &i);

		if (is_suffix(c))
			continue;
		if (!letters || is_digit(c) || is_prefix(c) ||
		    (c < 0x80 && c != '/' && (c | 0x20) - 'a' >= 26) ||
		    ++unit > UNIT_MOST)
			return false;
	}
	return true;
}

size_t
number_point(str s, bool letters)
{
	size_t	 lo = skip_prefix(s), point = skip_digits(s, lo), i = point;

	if (i < s.n && is_point(utf8_next(s, &i)) && digit_at(s, i))
		i = skip_digits(s, i);
	else
		i = point;
	if (i == lo || !ends_well(s, i, letters))
		return SIZE_MAX;
	return point;
}

bool
number_is_missing(str s)
{
	static const str marks[] = { { "-", 1 }, { "\xe2\x80\x93", 3 },
	    { "\xe2\x80\x94", 3 }, { "\xe2\x88\x92", 3 }, { "..", 2 },
	    { "...", 3 }, { "\xe2\x80\xa6", 3 }, { "NA", 2 }, { "N/A", 3 },
	    { "n/a", 3 }, { "n.a.", 4 }, { "nil", 3 }, { "Nil", 3 } };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_eq(str_trim(s), marks[i]))
			return true;
	return false;
}

/* ---- lines ------------------------------------------------------------ */

static sp
advance_before(const struct run *r, size_t byte)
{
	sp	 w = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (r->g[i].cluster >= byte)
			continue;
		w += r->g[i].adv;
		if (r->text.p[r->g[i].cluster] == ' ')
			w += r->word_space;
	}
	return w;
}

void
line_extent(const struct vbox *b, sp *left, sp *right)
{
	bool	 any = false;

	*left = *right = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct item *it = &b->items[i];
		sp		 end;

		if (it->kind != ITEM_RUN)
			continue;
		end = it->x + advance_before(&it->as.run, SIZE_MAX);
		if (!any || it->x < *left)
			*left = it->x;
		if (!any || end > *right)
			*right = end;
		any = true;
	}
}

void
line_move(struct vbox *b, sp dx)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].kind != ITEM_DEST)
			b->items[i].x += dx;
}

/* ---- cells ------------------------------------------------------------ */

/*
 * The text of a line up to the first smaller run (a footnote's mark, an
 * exponent), in buf; n 0: nothing, or too long. Runs stand in reading order.
 */
static str
line_text(const struct vbox *b, char buf[NUMBER_MOST])
{
	size_t	 n = 0;
	sp	 size = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct run *r = &b->items[i].as.run;

		if (b->items[i].kind != ITEM_RUN)
			continue;
		if (size != 0 && r->size < size)
			break;
		size = r->size;
		if (n + r->text.n > NUMBER_MOST)
			return S("");
		memcpy(buf + n, r->text.p, r->text.n);
		n += r->text.n;
	}
	return (str){ buf, n };
}

/* The place on the line of the byte `at` of line_text. */
static sp
line_place(const struct vbox *b, size_t at)
{
	sp	 x = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct item *it = &b->items[i];

		if (it->kind != ITEM_RUN)
			continue;
		x = advance_before(&it->as.run, at);
		if (it->as.run.rtl)
			x = advance_before(&it->as.run, SIZE_MAX) - x;
		x += it->x;
		if (at <= it->as.run.text.n)
			break;
		at -= it->as.run.text.n;
	}
	return x;
}

enum kind { KIND_EMPTY, KIND_NUMBER, KIND_MISSING, KIND_TEXT };

static enum kind
cell_number(struct cell *c, bool letters)
{
	char	 buf[NUMBER_MOST];
	str	 s;
	size_t	 point;

	c->axis = -1;
	if (c->in.text.n == 0)
		return KIND_EMPTY;
	if (c->set.n != 1)
		return KIND_TEXT;
	s = line_text(&c->set.v[0], buf);
	if (number_is_missing(s)) {
		c->axis = line_place(&c->set.v[0], s.n);
		return KIND_MISSING;
	}
	point = number_point(s, letters);
	if (point == SIZE_MAX)
		return KIND_TEXT;
	c->axis = line_place(&c->set.v[0], point);
	return KIND_NUMBER;
}

static void
column_numbers(struct table *t, uint32_t i)
{
	struct column	*k = &t->col[i];
	uint8_t		 said = t->node->as.table.align == NULL ?
			    DOC_ALIGN_NONE : t->node->as.table.align[i];
	uint32_t	 count[KIND_TEXT + 1] = { 0 }, all;

	k->number = false;
	if (said == DOC_ALIGN_LEFT || said == DOC_ALIGN_CENTER)
		return;
	for (uint32_t r = 1; r < t->nrows; r++)
		count[cell_number(table_cell(t, r, i),
		    said == DOC_ALIGN_RIGHT)]++;
	all = t->nrows - 1 - count[KIND_EMPTY];
	k->number = count[KIND_NUMBER] > 0 && (said == DOC_ALIGN_RIGHT ?
	    count[KIND_TEXT] * 4 <= all : count[KIND_TEXT] == 0);
}

void
table_numbers(struct layout *l, struct table *t)
{
	for (uint32_t i = 0; i < t->ncols; i++) {
		struct column	*k = &t->col[i];

		column_numbers(t, i);
		k->before = k->after = 0;
		for (uint32_t r = 1; r < t->nrows && k->number; r++) {
			struct cell *c = table_cell(t, r, i);

			if (c->axis > k->before)
				k->before = c->axis;
			if (c->axis >= 0 && c->wish - c->axis > k->after)
				k->after = c->wish - c->axis;
		}
		if (k->wish < k->before + k->after)
			k->wish = k->before + k->after;
		if (!k->number || t->node->as.table.align[i] !=
		    DOC_ALIGN_NONE)
			continue;
		/* On the right, as digits run; numbers of the rows
		 * themselves at the table's edge. */
		k->align = i == 0 || l->rtl ? ALIGN_START : ALIGN_END;
	}
}
