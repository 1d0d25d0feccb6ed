/*
 * table.c: tables of an article -> XHTML.
 *
 * A table stands in the file once, as a table. Where it is wider than a
 * phone or an e-reader its cells carry the name of their column, and
 * modern.css shows them there as records, "name: value", without a second
 * copy that could be found, read out or counted twice. Readers that know no
 * media queries show the table.
 */
#include "out/epub/epub_int.h"

/* Widths of a table, in halves of an em of its text. */
#define ROOM_PHONE	48	/* beside its margins, 360 pixels */
#define ROOM_READER	82	/* 600 pixels */
#define ROOM_SCREEN	134	/* 960 pixels */
#define ROOM_CELL	2	/* what stands left and right of a text */
#define CELL_TEXT	20	/* of running text: enough to be read well */
#define NAME_BYTES	60	/* of a column's name, said in each row */
#define COLUMNS_READER	10	/* more are no table for e-ink */

static const struct doc_node *
first_row(const struct doc_node *table)
{
	return table->child->kind == DOC_CAPTION ? table->child->next :
	    table->child;
}

/* ---- widths ----------------------------------------------------------- */

struct width { uint32_t word, longest, text; };

static void
text_width(str s, struct width *w)
{
	size_t i = 0;
	uint32_t cp;

	while (i < s.n) {
		cp = utf8_next(s, &i);
		w->word = cp == ' ' ? 0 : w->word + (cp < 0x2e80 ? 1 : 2);
		w->longest = w->word > w->longest ? w->word : w->longest;
		w->text++;
	}
}

/* The width of the longest word, and of the text. */
static struct width
cell_width(const struct doc_node *cell)
{
	struct doc_walk w = { cell, NULL, false };
	struct width at = { 0, 0, 0 };

	while (doc_next(&w)) {
		if (w.leaving)
			continue;
		if (w.node->kind == DOC_TEXT || w.node->kind == DOC_CODESPAN)
			text_width(w.node->as.text.text, &at);
		else if (w.node->kind == DOC_SOFTBREAK ||
		    w.node->kind == DOC_LINEBREAK)
			at.word = 0;
	}
	return at;
}

static const char *
class_of(struct content *c, const struct doc_node *table)
{
	uint32_t n = table->as.table.ncols, i, least = 0, good = 0;
	struct width *col, w;
	const struct doc_node *row, *cell;

	if (n < 3)
		return NULL;
	col = ARENA_NEW(c->e->arena, struct width, n);
	for (row = first_row(table); row; row = row->next)
		for (cell = row->child; cell; cell = cell->next) {
			w = cell_width(cell);
			i = cell->as.cell.col;
			if (i >= n)
				continue;
			if (w.longest > col[i].longest)
				col[i].longest = w.longest;
			if (w.text > col[i].text)
				col[i].text = w.text;
		}
	for (i = 0; i < n; i++) {
		least += col[i].longest + ROOM_CELL;
		good += (col[i].text < CELL_TEXT ? col[i].text : CELL_TEXT) +
		    ROOM_CELL;
	}
	if (least > ROOM_SCREEN)
		return "widest";
	if (least > ROOM_READER || n > COLUMNS_READER)
		return "wider";
	return least > ROOM_PHONE || (n > 4 && good > ROOM_READER) ? "wide" :
	    NULL;
}

/* ---- writing ---------------------------------------------------------- */

static void
names_of(struct content *c, const struct doc_node *table)
{
	const struct doc_node *row = first_row(table), *cell;
	uint32_t n = table->as.table.ncols;

	c->columns = NULL;
	if (!row || !row->as.row.header)
		return;
	c->columns = ARENA_NEW(c->e->arena, str, n);
	for (cell = row->child; cell; cell = cell->next)
		if (cell->as.cell.col < n)
			c->columns[cell->as.cell.col] = str_trim(doc_plain(
			    c->e->arena, cell));
}

void
table_node(struct content *c, const struct doc_node *n, bool leaving)
{
	const char *class;

	if (leaving) {
		buf_z(c->b, "</table>\n");
		c->columns = NULL;
		return;
	}
	class = class_of(c, n);
	buf_z(c->b, "<table");
	inline_id(c, n);
	if (class) {
		xml_attr(c->b, "class", str_c(class));
		names_of(c, n);
	}
	buf_z(c->b, ">\n");
}

void
row_node(struct content *c, const struct doc_node *n, bool leaving)
{
	const struct doc_node *first = first_row(n->parent);
	bool head = n->as.row.header;

	if (leaving) {
		buf_z(c->b, "</tr>\n");
		if (head && (!n->next || !n->next->as.row.header))
			buf_z(c->b, "</thead>\n");
		if (!head && !n->next)
			buf_z(c->b, "</tbody>\n");
		return;
	}
	if (head && first == n)
		buf_z(c->b, "<thead>\n");
	if (!head && (first == n || (first->as.row.header &&
	    first->next == n)))
		buf_z(c->b, "<tbody>\n");
	buf_z(c->b, "<tr>\n");
}

/*
 * What the cell is the header of: its column in a header row, its row where
 * the first column has no header itself or the table is shown as records,
 * else nothing. No th is empty.
 */
static const char *
scope_of(const struct content *c, const struct doc_node *n)
{
	const struct doc_node *first = first_row(n->parent->parent);

	if (!n->child)
		return NULL;
	if (n->parent->as.row.header)
		return "col";
	return n->as.cell.col == 0 && first->as.row.header &&
	    first->child && (c->columns || !first->child->child) ? "row" :
	    NULL;
}

/* The head of a record says what it is by itself, unless it is a number. */
static bool
is_named(const struct content *c, const struct doc_node *n)
{
	const struct doc_node *t = n->child;

	if (!c->columns || n->parent->as.row.header || !t ||
	    c->columns[n->as.cell.col].n == 0)
		return false;
	return n->as.cell.col > 0 || (t->kind == DOC_TEXT &&
	    t->as.text.text.n && t->as.text.text.p[0] >= '0' &&
	    t->as.text.text.p[0] <= '9');
}

static void
put_name(struct content *c, str name)
{
	size_t at = 0, end = 0;

	while (end < name.n && at <= NAME_BYTES) {
		end = at;
		if (at < name.n)
			(void)utf8_next(name, &at);
	}
	buf_z(c->b, " data-label=\"");
	xml_text(c->b, str_cut(name, 0, end));
	if (end < name.n)
		buf_z(c->b, "\xe2\x80\xa6");
	buf_z(c->b, str_ends(name, S(":")) ? "\"" : ":\"");
}

void
cell_node(struct content *c, const struct doc_node *n, bool leaving)
{
	static const char *const classes[] = { NULL, "left", "center",
		"right" };
	const struct doc_node *table = n->parent->parent;
	const char *scope = scope_of(c, n);
	uint8_t al = DOC_ALIGN_NONE;

	if (leaving) {
		buf_z(c->b, scope ? "</th>\n" : "</td>\n");
		return;
	}
	if (table->as.table.align && n->as.cell.col < table->as.table.ncols)
		al = table->as.table.align[n->as.cell.col];
	buf_z(c->b, scope ? "<th" : "<td");
	if (scope)
		xml_attr(c->b, "scope", str_c(scope));
	if (al < ARRAY_LEN(classes) && classes[al])
		xml_attr(c->b, "class", str_c(classes[al]));
	if (is_named(c, n))
		put_name(c, c->columns[n->as.cell.col]);
	buf_char(c->b, '>');
}
