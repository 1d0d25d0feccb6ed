/*
 * pdf_font.c: which glyphs the book uses, what text each stands for, and
 * the five objects of each embedded font.
 *
 * A glyph's text (ToUnicode) is chosen in document order: the character
 * that the font itself maps to it, else the whole text of a cluster that it
 * shows alone (ligatures), else whatever is left of a cluster. Where that
 * is wrong in some place, pdf_text.c adds ActualText there.
 */
#include <stdlib.h>

#include "out/pdf/pdf_int.h"

#define UNICODE_MAX	96	/* bytes of text of one glyph */
#define CLUSTER_MAX	64	/* glyphs that are compared with each other */

typedef void run_fn(struct pdf *, struct pdf_font *, const struct run *);

static const char ascii[] =
	" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

static bool
one_run(struct pdf *p, run_fn *fn, const struct run *r)
{
	if (r->n == 0)
		return true;
	if (r->face->id >= p->nfonts)
		return false;
	fn(p, &p->fonts[r->face->id], r);
	return true;
}

static bool
each_run_of(struct pdf *p, run_fn *fn, const struct item *it)
{
	const struct drawn *d;

	if (it->kind == ITEM_RUN)
		return one_run(p, fn, &it->as.run);
	if (it->kind != ITEM_DRAWING)
		return true;
	d = it->as.drawing.drawn;
	for (size_t i = 0; i < d->n; i++)
		if (!one_run(p, fn, &d->runs[i].run))
			return false;
	return true;
}

static bool
each_run(struct pdf *p, run_fn *fn)
{
	for (size_t i = 0; i < p->pages->n; i++) {
		const struct page *page = &p->pages->v[i];

		for (size_t j = 0; j < page->n; j++)
			if (!each_run_of(p, fn, &page->items[j]))
				return false;
	}
	return true;
}

static void
each_unread(struct pdf *p, run_fn *fn)
{
	for (size_t i = 0; i < p->unread.n; i++)
		(void)one_run(p, fn, p->unread.v[i]);
}

static uint32_t
gid_of(const struct pdf_font *f, const struct glyph *g)
{
	return g->gid < f->face->nglyphs ? g->gid : 0;
}

/* ---- what is used, what it means -------------------------------------- */

static void
by_ascii(struct pdf_font *f)
{
	for (size_t i = 0; ascii[i] != '\0'; i++) {
		uint32_t gid = face_glyph(f->face, (uint32_t)ascii[i]);

		if (gid != 0 && gid < f->face->nglyphs &&
		    f->unicode[gid].n == 0)
			f->unicode[gid] = (str){ ascii + i, 1 };
	}
}

/* A hyphen that is told from others by its glyph needs no ActualText. */
static void
by_soft_hyphen(struct pdf_font *f)
{
	uint32_t gid = face_glyph(f->face, 0xad);

	if (gid != 0 && gid < f->face->nglyphs && f->unicode[gid].n == 0)
		f->unicode[gid] = S("\xc2\xad");
}

static void
font_begin(struct pdf *p, struct pdf_font *f, const struct face *face)
{
	f->face = face;
	f->used = ARENA_NEW(p->arena, bool, face->nglyphs + 1);
	f->unicode = ARENA_NEW(p->arena, str, face->nglyphs + 1);
	f->width = ARENA_NEW(p->arena, int32_t, face->nglyphs + 1);
	by_ascii(f);
	by_soft_hyphen(f);
}

static void
mark_used(struct pdf *p, struct pdf_font *f, const struct run *r)
{
	bool unread = false;

	if (f->face == NULL)
		font_begin(p, f, r->face);
	for (size_t i = 0; i < r->n; i++) {
		uint32_t gid = gid_of(f, &r->g[i]);

		f->used[gid] = true;
		unread |= f->unicode[gid].n == 0;
	}
	if (unread)
		VEC_PUSH(p->arena, &p->unread, r);
}

static void
offer(struct pdf_font *f, uint32_t gid, str text)
{
	if (gid < f->face->nglyphs && f->used[gid] &&
	    f->unicode[gid].n == 0 && text.n <= UNICODE_MAX)
		f->unicode[gid] = text;
}

/* Has every glyph of the run its text? Most have after the ASCII pass. */
static bool
resolved(const struct pdf_font *f, const struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (f->unicode[gid_of(f, &r->g[i])].n == 0)
			return false;
	return true;
}

static void
by_cmap(struct pdf *p, struct pdf_font *f, const struct run *r)
{
	str text;

	(void)p;
	if (resolved(f, r))
		return;
	for (size_t i = 0; i < r->n; ) {
		i = pdf_cluster(r, i, &text);
		for (size_t k = 0, next = 0; k < text.n; k = next) {
			uint32_t cp = utf8_next(text, &next), gid;

			if (cp < 0x7f || pdf_ignored(cp))
				continue;
			gid = face_glyph(f->face, cp);
			if (gid != 0)
				offer(f, gid, str_cut(text, k, next));
		}
	}
}

static void
by_cluster(struct pdf *p, struct pdf_font *f, const struct run *r)
{
	str text;

	(void)p;
	if (resolved(f, r))
		return;
	for (size_t i = 0, j; i < r->n && !r->soft_hyphen; i = j) {
		j = pdf_cluster(r, i, &text);
		if (j == i + 1)
			offer(f, gid_of(f, &r->g[i]), text);
	}
}

/* Does some glyph of [i, j) stand for the character already? */
static bool
taken(const struct pdf_font *f, const struct run *r, size_t i, size_t j,
    str one)
{
	for (; i < j; i++)
		if (str_find(f->unicode[gid_of(f, &r->g[i])], one) !=
		    SIZE_MAX)
			return true;
	return false;
}

/* The first characters of text that no glyph of the cluster has. */
static str
left_over(const struct pdf_font *f, const struct run *r, size_t i, size_t j,
    str text)
{
	size_t lo = text.n, k = 0, next = 0;

	for (; k < text.n; k = next) {
		(void)utf8_next(text, &next);
		if (taken(f, r, i, j, str_cut(text, k, next))) {
			if (lo < k)
				break;
		} else if (lo == text.n) {
			lo = k;
		}
	}
	if (lo < text.n)
		return str_cut(text, lo, k);
	next = 0;
	(void)utf8_next(text, &next);
	return str_cut(text, 0, next);
}

/* Several glyphs, as in Indic clusters: what the known ones leave over. */
static void
by_rest(struct pdf *p, struct pdf_font *f, const struct run *r)
{
	str text;

	(void)p;
	if (resolved(f, r))
		return;
	for (size_t i = 0, j; i < r->n; i = j) {
		j = pdf_cluster(r, i, &text);
		if (r->soft_hyphen)
			text = S("-");
		text = str_cut(text, 0, UNICODE_MAX);
		if (text.n == 0 || j - i > CLUSTER_MAX)
			continue;
		for (size_t n = 0; n < j - i; n++) {
			size_t g = r->rtl ? j - 1 - n : i + n;
			uint32_t gid = gid_of(f, &r->g[g]);

			if (f->unicode[gid].n == 0)
				offer(f, gid, left_over(f, r, i, j, text));
		}
	}
}

/* ---- the plan --------------------------------------------------------- */

static bool
plan_font(struct pdf *p, struct pdf_font *f)
{
	uint32_t n = f->face->nglyphs, *keep;
	size_t k = 0;

	f->used[0] = true;
	keep = ARENA_NEW(p->arena, uint32_t, n + 1);
	for (uint32_t g = 0; g < n; g++) {
		if (!f->used[g])
			continue;
		keep[k++] = g;
		f->width[g] = (int32_t)(((int64_t)face_advance(f->face, g) *
		    1000000 + f->face->upem / 2) / f->face->upem);
	}
	if (!font_subset(p->arena, f->face, keep, k, &f->sub)) {
		diag_add_path(p->diag, DIAG_FONT_BROKEN, f->face->file,
		    "cannot be subset");
		return false;
	}
	for (size_t i = 0; i < k; i++) {
		if (f->sub.new_of_old[keep[i]] <= 0xffff)
			continue;
		diag_add_path(p->diag, DIAG_FONT_BROKEN, f->face->file,
		    "glyph %u is lost in the subset", (unsigned)keep[i]);
		return false;
	}
	return true;
}

bool
pdf_fonts_plan(struct pdf *p, const struct fontset *set)
{
	p->nfonts = fontset_count(set);
	p->fonts = ARENA_NEW(p->arena, struct pdf_font, p->nfonts + 1);
	if (!each_run(p, mark_used)) {
		diag_add_path(p->diag, DIAG_FONT_BROKEN, S(""),
		    "a face of another font set");
		return false;
	}
	each_unread(p, by_cmap);
	each_unread(p, by_cluster);
	each_unread(p, by_rest);
	for (size_t i = 0; i < p->nfonts; i++)
		if (p->fonts[i].face != NULL && !plan_font(p, &p->fonts[i]))
			return false;
	return true;
}

/* ---- objects ---------------------------------------------------------- */

struct code { uint32_t code, gid; };

static int
code_cmp(const void *a, const void *b)
{
	const struct code *x = a, *y = b;

	return (x->code > y->code) - (x->code < y->code);
}

/* The used glyphs by their codes in the text. */
static struct code *
codes_of(struct pdf *p, const struct pdf_font *f, size_t *n)
{
	struct code *v;
	size_t k = 0;

	for (uint32_t g = 0; g < f->face->nglyphs; g++)
		k += f->used[g];
	v = ARENA_NEW(p->arena, struct code, k + 1);
	*n = k;
	k = 0;
	for (uint32_t g = 0; g < f->face->nglyphs; g++)
		if (f->used[g])
			v[k++] = (struct code){ f->sub.new_of_old[g], g };
	qsort(v, k, sizeof(*v), code_cmp);
	return v;
}

static void
put_widths(struct pdf *p, const struct pdf_font *f, const struct code *v,
    size_t n)
{
	struct buf *b = &p->tmp;

	buf_z(b, "/DW 1000\n/W[");
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || v[i].code != v[i - 1].code + 1) {
			buf_z(b, i > 0 ? "]\n" : "");
			buf_int(b, v[i].code);
			buf_char(b, '[');
		} else {
			buf_char(b, ' ');
		}
		pdf_milli(b, f->width[v[i].gid]);
	}
	buf_z(b, n > 0 ? "]]\n" : "]\n");
}

static void
put_mappings(struct buf *b, const struct pdf_font *f, const struct code *v,
    size_t n)
{
	buf_int(b, (int64_t)n);
	buf_z(b, " beginbfchar\n");
	for (size_t i = 0; i < n; i++) {
		str u = f->unicode[v[i].gid];

		buf_printf(b, "<%04X><", (unsigned)v[i].code);
		for (size_t k = 0; k < u.n; )
			pdf_hex16(b, utf8_next(u, &k));
		buf_z(b, ">\n");
	}
	buf_z(b, "endbfchar\n");
}

static struct pdf_obj *
to_unicode(struct pdf *p, const struct pdf_font *f, const struct code *v,
    size_t n)
{
	struct code *known = ARENA_NEW(p->arena, struct code, n + 1);
	struct buf b = { 0 };
	struct pdf_obj *o;
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (f->unicode[v[i].gid].n > 0)
			known[k++] = v[i];
	buf_z(&b, "/CIDInit/ProcSet findresource begin\n"
	    "12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)"
	    "/Ordering(UCS)/Supplement 0>>def\n"
	    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (size_t i = 0; i < k; i += 100)
		put_mappings(&b, f, known + i, k - i < 100 ? k - i : 100);
	buf_z(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\n"
	    "end\nend\n");
	if (b.failed)
		p->no_memory = true;
	o = pdf_deflated(p, S(""), buf_view(&b));
	buf_done(&b);
	return o;
}

static str
base_font(struct pdf *p, const struct pdf_font *f)
{
	uint8_t h[20];
	char tag[7];

	sha1(f->sub.program.p, f->sub.program.n, h);
	for (size_t i = 0; i < 6; i++)
		tag[i] = (char)('A' + h[i] % 26);
	tag[6] = '\0';
	return arena_printf(p->arena, "%s+%.*s", tag,
	    STR_ARG(f->face->name));
}

static void
put_scaled(struct buf *b, const char *key, const struct face *f, int32_t v)
{
	buf_z(b, key);
	buf_char(b, ' ');
	buf_int(b, (int64_t)v * 1000 / f->upem);
}

static struct pdf_obj *
font_program(struct pdf *p, const struct pdf_font *f)
{
	const struct face *face = f->face;
	str extra = S("");

	if (!face->cff)
		extra = arena_printf(p->arena, "/Length1 %zu\n",
		    f->sub.program.n);
	else
		extra = face->cid ? S("/Subtype/CIDFontType0C\n") :
		    S("/Subtype/OpenType\n");
	return pdf_deflated(p, extra, f->sub.program);
}

static struct pdf_obj *
descriptor(struct pdf *p, const struct pdf_font *f, str name)
{
	struct pdf_obj *program = font_program(p, f);
	const struct face *face = f->face;
	struct buf *b = &p->tmp;
	int flags = 4 | (face->mono ? 1 : 0) | (face->serif ? 2 : 0) |
	    (face->italic ? 64 : 0);

	buf_z(b, "/Type/FontDescriptor\n/FontName");
	pdf_name(b, name);
	buf_printf(b, "\n/Flags %d\n", flags);
	put_scaled(b, "/FontBBox[", face, face->x_min);
	put_scaled(b, "", face, face->y_min);
	put_scaled(b, "", face, face->x_max);
	put_scaled(b, "", face, face->y_max);
	buf_z(b, "]\n/ItalicAngle ");
	pdf_milli(b, (int64_t)face->italic_angle * 1000 / 65536);
	put_scaled(b, "\n/Ascent", face, face->ascent);
	put_scaled(b, "\n/Descent", face, face->descent);
	put_scaled(b, "\n/CapHeight", face, face->cap_height);
	buf_printf(b, "\n/StemV %d\n", face->bold ? 140 : 80);
	pdf_key_ref(b, face->cff ? "FontFile3" : "FontFile2", program);
	return pdf_raw(p, pdf_body(p));
}

static void
write_font(struct pdf *p, struct pdf_font *f)
{
	struct pdf_obj *desc, *cid, *unicode;
	struct buf *b = &p->tmp;
	str name = base_font(p, f);
	size_t n;
	const struct code *v = codes_of(p, f, &n);

	desc = descriptor(p, f, name);
	unicode = to_unicode(p, f, v, n);
	buf_z(b, "/Type/Font\n/Subtype/CIDFontType");
	buf_z(b, f->face->cff ? "0\n" : "2\n/CIDToGIDMap/Identity\n");
	buf_z(b, "/BaseFont");
	pdf_name(b, name);
	buf_z(b, "\n/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
	    "/Supplement 0>>\n");
	pdf_key_ref(b, "FontDescriptor", desc);
	put_widths(p, f, v, n);
	cid = pdf_raw(p, pdf_body(p));
	buf_z(b, "/Type/Font\n/Subtype/Type0\n/BaseFont");
	pdf_name(b, f->face->cff ? arena_printf(p->arena, "%.*s-Identity-H",
	    STR_ARG(name)) : name);
	buf_z(b, "\n/Encoding/Identity-H\n/DescendantFonts[");
	pdf_ref(b, cid->id);
	buf_z(b, "]\n");
	pdf_key_ref(b, "ToUnicode", unicode);
	f->obj = pdf_raw(p, pdf_body(p));
}

void
pdf_fonts_write(struct pdf *p)
{
	for (size_t i = 0; i < p->nfonts; i++)
		if (p->fonts[i].face != NULL)
			write_font(p, &p->fonts[i]);
}
