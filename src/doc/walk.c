/*
 * walk.c: reading a finished document: the depth-first walk by parent
 * pointers (no stack, no recursion), plain text, names of kinds.
 */
#include "doc/doc.h"

bool
doc_is_inline(enum doc_kind k)
{
	return k >= DOC_TEXT && k < DOC_KIND_COUNT;
}

const char *
doc_kind_name(enum doc_kind k)
{
	static const char *const names[DOC_KIND_COUNT] = {
		[DOC_ROOT] = "root", [DOC_HEADING] = "heading",
		[DOC_PARA] = "para", [DOC_LIST] = "list",
		[DOC_ITEM] = "item", [DOC_DEFLIST] = "deflist",
		[DOC_TERM] = "term", [DOC_DEFINITION] = "definition",
		[DOC_QUOTE] = "quote",
		[DOC_ATTRIBUTION] = "attribution",
		[DOC_CALLOUT] = "callout", [DOC_CODE] = "code",
		[DOC_RULE] = "rule", [DOC_TABLE] = "table",
		[DOC_ROW] = "row", [DOC_CELL] = "cell",
		[DOC_FIGURE] = "figure", [DOC_CAPTION] = "caption",
		[DOC_NOTE] = "note", [DOC_TEXT] = "text",
		[DOC_SOFTBREAK] = "softbreak",
		[DOC_LINEBREAK] = "linebreak", [DOC_EMPH] = "emph",
		[DOC_STRONG] = "strong", [DOC_STRIKE] = "strike",
		[DOC_SUB] = "sub", [DOC_SUP] = "sup", [DOC_KBD] = "kbd",
		[DOC_SMALLCAPS] = "smallcaps", [DOC_LANG] = "lang",
		[DOC_CODESPAN] = "codespan", [DOC_LINK] = "link",
		[DOC_IMAGE] = "image", [DOC_NOTEREF] = "noteref",
	};

	return (unsigned)k < DOC_KIND_COUNT ? names[k] : "?";
}

size_t
doc_comma(str s)
{
	static const str commas[] = { { ",", 1 }, { "\u060c", 2 },
	    { "\u3001", 3 }, { "\uff0c", 3 } };
	size_t first = SIZE_MAX, at, i;

	for (i = 0; i < ARRAY_LEN(commas); i++) {
		at = str_find(s, commas[i]);
		if (at < first)
			first = at;
	}
	return first;
}

bool
doc_next(struct doc_walk *w)
{
	if (w->node == NULL) {
		w->node = w->root;
		w->leaving = false;
		return w->node != NULL;
	}
	if (!w->leaving) {
		if (w->node->child != NULL)
			w->node = w->node->child;
		else
			w->leaving = true;
		return true;
	}
	if (w->node == w->root)
		return false;
	if (w->node->next != NULL) {
		w->node = w->node->next;
		w->leaving = false;
	} else {
		w->node = w->node->parent;
	}
	return true;
}

struct folded {
	char	*p;		/* NULL: only count */
	size_t	 n;
	bool	 space;		/* one is due before the next letter */
};

static void
fold(struct folded *f, str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			f->space = f->n > 0;
			continue;
		}
		if (f->space) {
			if (f->p != NULL)
				f->p[f->n] = ' ';
			f->n++;
			f->space = false;
		}
		if (f->p != NULL)
			f->p[f->n] = c;
		f->n++;
	}
}

static void
fold_below(struct folded *f, const struct doc_node *root)
{
	struct doc_walk w = { root, NULL, false };

	while (doc_next(&w)) {
		enum doc_kind k = w.node->kind;

		if (!doc_is_inline(k) || k == DOC_SOFTBREAK ||
		    k == DOC_LINEBREAK)
			fold(f, S(" "));
		else if (!w.leaving && (k == DOC_TEXT || k == DOC_CODESPAN))
			fold(f, w.node->as.text.text);
		else if (!w.leaving && k == DOC_IMAGE)
			fold(f, w.node->as.image.alt);
	}
}

str
doc_plain(struct arena *a, const struct doc_node *node)
{
	struct folded f = { NULL, 0, false };

	fold_below(&f, node);
	f.p = ARENA_NEW(a, char, f.n + 1);
	f.n = 0;
	f.space = false;
	fold_below(&f, node);
	return (str){ f.p, f.n };
}
