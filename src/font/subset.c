/*
 * subset.c: a face cut down to some glyphs, for PDF, or to some characters,
 * for EPUB, through HarfBuzz's subset plan. TrueType and name-keyed CFF get dense new glyph ids; a CID-keyed CFF
 * keeps its CIDs in the charset, so those are what the text must hold.
 *
 * Arena memory for the map is taken before HarfBuzz is entered. The copy
 * of the program cannot be (its size is not known); if memory ends there,
 * HarfBuzz's objects leak with the job, whose process ends next.
 */
#include <hb-subset.h>

#include "font/font_int.h"

static hb_subset_input_t *
make_input(const uint32_t *keep, size_t n)
{
	static const hb_tag_t drop[] = {
		HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
		HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
		HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
		HB_TAG('O', 'S', '/', '2'), HB_TAG('c', 'm', 'a', 'p'),
		HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'),
		HB_TAG('v', 'm', 't', 'x'), HB_TAG('S', 'T', 'A', 'T'),
		HB_TAG('D', 'S', 'I', 'G'), HB_TAG('g', 'a', 's', 'p'),
		HB_TAG('M', 'A', 'T', 'H'), HB_TAG('m', 'e', 't', 'a')
	};
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	hb_set_t *set;

	if (in == NULL)
		return NULL;
	set = hb_subset_input_glyph_set(in);
	for (size_t i = 0; i < n; i++)
		hb_set_add(set, keep[i]);
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
	    HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	set = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < ARRAY_LEN(drop); i++)
		hb_set_add(set, drop[i]);
	/* No features: nothing that shaping could reach is wanted. */
	hb_set_clear(hb_subset_input_set(in,
	    HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
	return in;
}

static void
fill_map(const struct face *f, hb_subset_plan_t *plan, const uint32_t *cids,
    struct font_subset *out)
{
	const hb_map_t *map =
	    hb_subset_plan_old_to_new_glyph_mapping(plan);

	out->n = 0;
	for (uint32_t g = 0; g < f->nglyphs; g++) {
		hb_codepoint_t to = hb_map_get(map, g);

		out->new_of_old[g] = UINT32_MAX;
		if (to == HB_MAP_VALUE_INVALID)
			continue;
		out->new_of_old[g] = cids != NULL ? cids[g] : to;
		out->n++;
	}
}

static bool
copy_program(struct arena *a, const struct face *f, hb_face_t *sub,
    struct font_subset *out)
{
	hb_blob_t *blob = f->cid ?
	    hb_face_reference_table(sub, HB_TAG('C', 'F', 'F', ' ')) :
	    hb_face_reference_blob(sub);
	unsigned n = 0;
	const char *p = hb_blob_get_data(blob, &n);

	out->program = arena_str(a, (str){ p, n });
	hb_blob_destroy(blob);
	return n > 0;
}

static uint32_t *
cids_of(struct arena *a, const struct face *f)
{
	uint32_t *cids = ARENA_NEW(a, uint32_t, f->nglyphs);
	hb_blob_t *blob = hb_face_reference_table(f->hb,
	    HB_TAG('C', 'F', 'F', ' '));
	unsigned n = 0;
	const char *p = hb_blob_get_data(blob, &n);
	bool ok = cff_cids((str){ p, n }, cids, f->nglyphs);

	hb_blob_destroy(blob);
	return ok ? cids : NULL;
}

bool
font_subset(struct arena *a, const struct face *f, const uint32_t *keep,
    size_t n, struct font_subset *out)
{
	uint32_t *cids = f->cid ? cids_of(a, f) : NULL;
	hb_subset_input_t *in;
	hb_subset_plan_t *plan;
	hb_face_t *sub = NULL;
	bool ok = false;

	out->new_of_old = ARENA_NEW(a, uint32_t, f->nglyphs);
	if ((f->cid && cids == NULL) || (in = make_input(keep, n)) == NULL)
		return false;
	plan = hb_subset_plan_create_or_fail(f->hb, in);
	if (plan != NULL) {
		fill_map(f, plan, cids, out);
		sub = hb_subset_plan_execute_or_fail(plan);
	}
	if (sub != NULL)
		ok = copy_program(a, f, sub, out);
	hb_face_destroy(sub);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(in);
	return ok;
}

static bool
is_mark(hb_unicode_funcs_t *u, hb_codepoint_t cp)
{
	hb_unicode_general_category_t c = hb_unicode_general_category(u, cp);

	return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	    c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK;
}

/*
 * Shaping takes characters apart (a vowel that stands on both sides of its
 * letter) and puts them together; it must find what it would in the face.
 */
static void
close_characters(hb_set_t *set, const uint32_t *cps, size_t n)
{
	hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
	hb_codepoint_t a, b, whole;
	size_t i, k;

	for (i = 0; i < n; i++) {
		hb_set_add(set, cps[i]);
		for (whole = cps[i]; hb_unicode_decompose(u, whole, &a, &b);
		    whole = a) {
			hb_set_add(set, a);
			if (b != 0)
				hb_set_add(set, b);
		}
	}
	for (i = 0; i < n; i++)
		for (k = 0; is_mark(u, cps[i]) && k < n; k++)
			if (hb_unicode_compose(u, cps[k], cps[i], &whole))
				hb_set_add(set, whole);
}

/* What readers of e-books, and the licence, ask for. */
static hb_subset_input_t *
make_text_input(const uint32_t *cps, size_t n)
{
	static const unsigned names[] = { 0, 1, 2, 3, 4, 5, 6, 13, 14 };
	static const hb_tag_t drop[] = {
		HB_TAG('D', 'S', 'I', 'G'), HB_TAG('g', 'a', 's', 'p'),
		HB_TAG('M', 'A', 'T', 'H'), HB_TAG('m', 'e', 't', 'a')
	};
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	hb_set_t *set;
	size_t i;

	if (in == NULL)
		return NULL;
	close_characters(hb_subset_input_unicode_set(in), cps, n);
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
	    HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	set = hb_subset_input_set(in, HB_SUBSET_SETS_NAME_ID);
	hb_set_clear(set);
	for (i = 0; i < ARRAY_LEN(names); i++)
		hb_set_add(set, names[i]);
	set = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (i = 0; i < ARRAY_LEN(drop); i++)
		hb_set_add(set, drop[i]);
	return in;
}

str
font_subset_text(struct arena *a, const struct face *f, const uint32_t *cps,
    size_t n)
{
	hb_subset_input_t *in = make_text_input(cps, n);
	hb_face_t *sub = in != NULL ? hb_subset_or_fail(f->hb, in) : NULL;
	hb_blob_t *blob = hb_face_reference_blob(sub);
	unsigned len = 0;
	const char *p = hb_blob_get_data(blob, &len);
	str out = sub != NULL ? arena_str(a, (str){ p, len }) : S("");

	hb_blob_destroy(blob);
	hb_face_destroy(sub);
	hb_subset_input_destroy(in);
	return out;
}
