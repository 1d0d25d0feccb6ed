/*
 * pdf_mark.c: marked content, which tells readers what each painted thing
 * is: a numbered sequence (MCID) of an element, or an artifact.
 *
 * A sequence goes on while the element stays, over lines and colours. It
 * must not cross the end of a text object, so what is painted outside of
 * text gets sequences of its own. Text for readers (/ActualText) is a
 * sequence beside the others of its element, not within one: readers lose
 * what follows a nested one.
 */
#include "out/pdf/pdf_int.h"

static const char *const roles[ELEM_ROLE_COUNT] = {
	[ELEM_ARTIFACT] = "Artifact", [ELEM_DOCUMENT] = "Document",
	[ELEM_PART] = "Part", [ELEM_SECT] = "Sect", [ELEM_ART] = "Art",
	[ELEM_TITLE] = "P", [ELEM_HEADING] = "H", [ELEM_P] = "P",
	[ELEM_LIST] = "L", [ELEM_ITEM] = "LI", [ELEM_LABEL] = "Lbl",
	[ELEM_BODY] = "LBody", [ELEM_QUOTE] = "BlockQuote",
	[ELEM_CALLOUT] = "Div", [ELEM_CODE] = "Code",
	[ELEM_TABLE] = "Table", [ELEM_THEAD] = "THead",
	[ELEM_TBODY] = "TBody", [ELEM_ROW] = "TR", [ELEM_TH] = "TH",
	[ELEM_TD] = "TD", [ELEM_FIGURE] = "Figure",
	[ELEM_CAPTION] = "Caption", [ELEM_NOTE] = "Note",
	[ELEM_NOTEREF] = "Reference", [ELEM_LINK] = "Link",
	[ELEM_TOC] = "TOC", [ELEM_TOC_ENTRY] = "TOCI",
	[ELEM_SPAN] = "Span"
};

void
pdf_role(struct buf *b, const struct elem *e)
{
	buf_char(b, '/');
	buf_z(b, roles[e->role]);
	if (e->role == ELEM_HEADING)
		buf_char(b, (char)('0' + (e->level < 1 ? 1 :
		    e->level > 6 ? 6 : e->level)));
}

/* The number of a new sequence of the element. */
static void
put_mcid(struct canvas *c, uint32_t elem)
{
	buf_printf(c->b, "/MCID %zu", c->marks->n / sizeof(elem));
	buf_add(c->marks, &elem, sizeof(elem));
}

static void
put_artifact(struct canvas *c, uint32_t kind)
{
	static const char *const types[ARTIFACT_COUNT] = {
		[ARTIFACT_LAYOUT] = "Layout",
		[ARTIFACT_HEADER] = "Pagination/Subtype/Header",
		[ARTIFACT_FOOTER] = "Pagination/Subtype/Footer",
		[ARTIFACT_BACKGROUND] = "Layout",
		[ARTIFACT_REPEATED] = "Pagination"
	};

	buf_printf(c->b, "/Artifact<</Type/%s>>BDC\n", types[kind]);
}

void
pdf_mark_end(struct canvas *c)
{
	if (!c->marked)
		return;
	pdf_array_end(c);
	buf_z(c->b, "EMC\n");
	c->marked = false;
}

void
pdf_mark(struct canvas *c, uint32_t elem)
{
	if (c->marks == NULL || (c->marked && c->elem == elem))
		return;
	pdf_mark_end(c);
	pdf_array_end(c);
	c->marked = true;
	c->elem = elem;
	if (elem < ARTIFACT_COUNT) {
		put_artifact(c, elem);
		return;
	}
	pdf_role(c->b, &c->p->pages->elems[elem]);
	buf_z(c->b, "<<");
	put_mcid(c, elem);
	buf_z(c->b, ">>BDC\n");
}

bool
pdf_actual_open(struct canvas *c, uint32_t elem)
{
	pdf_mark_end(c);
	pdf_array_end(c);
	/* What is no content has no text for readers either. */
	if (c->marks != NULL && elem < ARTIFACT_COUNT) {
		pdf_mark(c, elem);
		return false;
	}
	buf_z(c->b, "/Span<<");
	if (c->marks != NULL)
		put_mcid(c, elem);
	buf_z(c->b, "/ActualText<FEFF");
	return true;
}

void
pdf_actual_add(struct canvas *c, str text, bool all)
{
	for (size_t i = 0; i < text.n; ) {
		uint32_t cp = utf8_next(text, &i);

		if (all || !pdf_ignored(cp))
			pdf_hex16(c->b, cp);
	}
}

void
pdf_actual_done(struct canvas *c)
{
	buf_z(c->b, ">>>BDC\n");
	c->marked = true;
	c->elem = PDF_ELEM_NONE;
}

void
pdf_mark_actual(struct canvas *c, uint32_t elem, str text, bool all)
{
	if (!pdf_actual_open(c, elem))
		return;
	pdf_actual_add(c, text, all);
	pdf_actual_done(c);
}
