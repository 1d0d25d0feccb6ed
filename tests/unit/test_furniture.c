/*
 * test_furniture.c: what stands beside the text, and on which pages: running
 * heads from marks, long ones cut, numbers at the outer edge, blank pages
 * left blank; sections; dots in contents lists; the grid of baselines.
 */
#include "laid.h"

#define LOREM	"Words enough for a line or two of text on the page, so that " \
		"it fills up with them and the next one begins in its turn.\n\n"

static struct laid laid;

struct made_up {
	bool		 twice;		/* its article */
	struct world	 w;
	struct buf	 text;
	struct arena	*scratch, *work;
	struct layout_in in;
	struct theme	 th;
	const struct pages *p;
};

/* In the text, @ is a page of words and ~ a paragraph. */
static str
words(struct buf *b, const char *text)
{
	buf_z(b, FM);
	for (; *text != '\0'; text++)
		if (*text == '@' || *text == '~')
			for (int i = *text == '@' ? 20 : 1; i > 0; i--)
				buf_z(b, LOREM);
		else
			buf_char(b, *text);
	return buf_view(b);
}

static void
lay_out(struct made_up *m, const char *text, enum book_kind kind)
{
	static const char *const hyph[] = { "/usr/share/hyphen" };
	struct book_request r = { .kind = kind, .language = S("en") };

	period_parse(S("2020-10"), &r.period);
	make(&m->w, words(&m->text, text));
	assert_non_null(m->w.doc);
	m->scratch = arena_new(&m->w.mem);
	m->work = arena_new(&m->w.mem);
	m->in = (struct layout_in){ .fonts = laid.fonts, .theme = &m->th,
	    .limits = &limits_default };
	m->in.book = book_bind(m->w.a, publication(), &r,
	    (const struct doc *[]){ m->w.doc, m->w.doc }, m->twice ? 2 : 1,
	    m->w.diag);
	m->in.images = image_store_new(m->w.a, NULL, &limits_default,
	    m->w.diag);
	m->in.text = text_engine_new(m->w.a, laid.fonts,
	    &(struct text_options){ .hyphdirs = hyph, .nhyphdirs = 1 },
	    m->w.diag);
	m->p = layout_book(m->w.a, m->work, m->scratch, &m->in, m->w.diag);
}

static void
clear(struct made_up *m)
{
	text_engine_close(m->in.text);
	arena_free(m->work);
	arena_free(m->scratch);
	done(&m->w);
	buf_done(&m->text);
}

/* The words of furniture on a page, those above or below the text. */
static str
furniture(struct made_up *m, size_t page, bool foot)
{
	const struct page *g = &m->p->v[page];
	str		 all = S("");

	for (size_t i = 0; i < g->n; i++)
		if (g->items[i].kind == ITEM_RUN && g->items[i].elem < ARTIFACT_COUNT &&
		    (foot ? g->items[i].y > g->h - m->th.margin_bottom :
		    g->items[i].y < m->th.margin_top))
			all = arena_printf(m->w.a, "%.*s[%.*s]", STR_ARG(all),
			    STR_ARG(g->items[i].as.run.text));
	return all;
}

static void
check_is(str got, const char *want)
{
	if (!str_eq(got, str_c(want)))
		fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), want);
}

static void
test_marks(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };

	(void)state;
	m.th.header[0] = m.th.header[1] = (struct style_strip){
	    .inner = S("{first}"), .outer = S("{last}") };
	m.th.footer[0] = m.th.footer[1] = (struct style_strip){
	    .center = S("{section} \xc2\xb7 {page}") };
	lay_out(&m, "## One\n\n@@## Two\n\n~~~~~## Three\n\n@", BOOK_ARTICLE);
	assert_true(m.p->n >= 4);
	check_is(furniture(&m, 0, false), "");
	check_is(furniture(&m, 1, false), "[One][One]");
	check_is(furniture(&m, 2, false), "[Two][Three]");
	check_is(furniture(&m, m.p->n - 1, false), "[Three][Three]");
	check_is(furniture(&m, 1, true), "[Economy \xc2\xb7 2]");
	clear(&m);
}

static void
test_long(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	const struct page *g;

	(void)state;
	m.th.header[0] = m.th.header[1] = (struct style_strip){
	    .inner = S("{first}"), .center = S("{page}"),
	    .outer = S("{article}") };
	lay_out(&m, "## A heading that is much longer than half of a running"
	    " head can be, and for that matter longer than all of it\n\n"
	    "@@", BOOK_ARTICLE);
	assert_true(m.p->n >= 2);
	check_is(furniture(&m, 1, false), "[2][A heading that is much longer "
	    "than half of a\xe2\x80\xa6][T]");
	g = &m.p->v[1];
	for (size_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < i; k++)
			if (g->items[i].kind == ITEM_RUN &&
			    g->items[k].kind == ITEM_RUN)
				laid_apart(&g->items[i], &g->items[k]);
	clear(&m);
}

static void
test_sides(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	sp		 x[2] = { 0 };

	(void)state;
	for (int k = 0; k < 2; k++) {
		m.th.two_sided = k == 0;
		m.th.margin_inner = SP_PT * 90;
		m.th.margin_outer = SP_PT * 50;
		lay_out(&m, "@@", BOOK_ARTICLE);
		for (size_t p = 0; p < 2; p++)
			for (size_t i = 0; i < m.p->v[p].n; i++)
				if (m.p->v[p].items[i].elem < ARTIFACT_COUNT &&
				    m.p->v[p].items[i].kind == ITEM_RUN &&
				    m.p->v[p].items[i].y > m.th.page_h * 9 / 10)
					x[p] = m.p->v[p].items[i].x;
		assert_true(x[0] > m.th.page_w / 2);
		if (k == 0)
			assert_true(x[1] == SP_PT * 50);
		else
			assert_true(x[1] == x[0]);
		clear(&m);
	}
}

static void
test_openers(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	size_t		 openers = 0;

	(void)state;
	m.th.opener_recto = m.th.opener_page = true;
	lay_out(&m, "## One\n\n@", BOOK_COMPILATION);
	for (size_t i = 0; i < m.p->n; i++) {
		const struct page *g = &m.p->v[i];

		if (g->kind == PAGE_BLANK)
			assert_int_equal(g->n, 0);
		if (g->kind != PAGE_OPENER)
			continue;
		openers++;
		assert_int_equal(i % 2, 0);
		check_is(furniture(&m, i, true), "[1]");
	}
	assert_int_equal(openers, 1);
	clear(&m);
}

/* Lines of contents lists between two heights of a page. */
static size_t
entries(const struct made_up *m, size_t page, sp top, sp foot)
{
	size_t	 n = 0;
	sp	 y = top;

	for (size_t k = 0; k < m->p->v[page].n; k++) {
		const struct item *it = &m->p->v[page].items[k];

		if (!laid_below(m->p, it->elem, ELEM_TOC_ENTRY) ||
		    it->kind != ITEM_RUN || it->y <= y || it->y >= foot)
			continue;
		y = it->y;
		n++;
	}
	return n;
}

/* Without pages of their own sections stand above their first articles. */
static void
test_banners(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	const struct anchor_place *s, *a;

	(void)state;
	m.th.opener_page = false;
	lay_out(&m, "## One\n\n@", BOOK_COMPILATION);
	for (size_t i = 0; i < m.p->n; i++)
		assert_int_not_equal(m.p->v[i].kind, PAGE_OPENER);
	s = &m.p->anchors[m.in.book->sections[0].anchor];
	a = &m.p->anchors[m.in.book->articles[0].anchor];
	assert_true(s->set && a->set);
	assert_int_equal(s->page, a->page);
	assert_true(s->y + m.th.block[STYLE_OPENER_TITLE].leading < a->y);
	assert_int_equal(entries(&m, a->page, s->y, a->y), 0);
	clear(&m);
	m.twice = true;
	lay_out(&m, "## One\n\n@", BOOK_COMPILATION);
	s = &m.p->anchors[m.in.book->sections[0].anchor];
	a = &m.p->anchors[m.in.book->articles[0].anchor];
	assert_int_equal(s->page, a->page);
	assert_int_equal(entries(&m, a->page, s->y, a->y), 2);
	clear(&m);
}

/* A paragraph of the text itself; NULL: another block. */
static const struct doc_node *
text_of(const struct made_up *m, const struct item *it)
{
	const struct doc_node *n = m->p->elems[it->elem].node;

	if (it->kind != ITEM_RUN || it->elem < ARTIFACT_COUNT || n == NULL ||
	    n->kind != DOC_PARA || n->parent->kind != DOC_ROOT)
		return NULL;
	return n;
}

/* Lines of the text are on the grid in both columns, and what stands
 * between them keeps about the space that it asks for. */
static void
test_grid(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	sp		 line, y0 = 0, last = 0;
	size_t		 n = 0, after = 0;

	(void)state;
	m.th.columns = 2;
	m.th.column_gap = SP_PT * 20;
	m.th.grid = line = m.th.block[STYLE_BODY].leading;
	m.th.feather = 0;
	m.th.block[STYLE_LIST].before = m.th.block[STYLE_LIST].after =
	    line / 2;
	lay_out(&m, "~~## One\n\n~- a\n- b\n\n~> [!NOTE]\n> c\n\n~~### Two\n\n"
	    "~~1. d\n2. e\n3. f\n\n~@", BOOK_ARTICLE);
	for (size_t p = 0; p < m.p->n; p++)
		for (size_t i = 0; i < m.p->v[p].n; i++) {
			const struct item *it = &m.p->v[p].items[i];
			const struct doc_node *t = text_of(&m, it);

			if (t == NULL && it->elem >= ARTIFACT_COUNT &&
			    it->kind == ITEM_RUN)
				last = it->y;
			if (t == NULL)
				continue;
			y0 = n++ == 0 ? it->y : y0;
			assert_int_equal((it->y - y0) % line, 0);
			if (last > 0 && last < it->y && t->id > 1) {
				after++;
				assert_true(it->y - last > line);
				assert_true(it->y - last < line * 5 / 2);
			}
			last = 0;
		}
	assert_true(after >= 4);
	clear(&m);
}

/* Dots stand on one raster, counted from the numbers. */
static void
test_leaders(void **state)
{
	struct made_up	 m = { .th = laid.theme[0] };
	sp		 right = 0;
	size_t		 n = 0;

	(void)state;
	lay_out(&m, "## A\n\n~## Longer\n\n~## Longest of all\n\n~### Below\n\n"
	    "~", BOOK_ARTICLE);
	for (size_t i = 0; i < m.p->v[0].n; i++) {
		const struct item *it = &m.p->v[0].items[i];
		sp	 end;

		if (it->kind != ITEM_RUN ||
		    !str_starts(it->as.run.text, S("...")))
			continue;
		end = it->x + run_width(&it->as.run);
		assert_int_equal(it->elem, ARTIFACT_LAYOUT);
		assert_true(n == 0 || (end - right) %
		    it->as.run.g[0].adv == 0);
		right = end;
		n++;
	}
	assert_int_equal(n, 4);
	clear(&m);
}

int
main(void)
{
	int failed;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_sides),
		cmocka_unit_test(test_openers),
		cmocka_unit_test(test_banners),
		cmocka_unit_test(test_grid),
		cmocka_unit_test(test_leaders),
	};

	laid_open(&laid);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	laid_close(&laid);
	return failed;
}
