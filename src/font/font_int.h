/*
 * font_int.h: between the parts of the font module: the manifest's entries,
 * a face with what only the fontset needs, and the reading of CFF tables.
 */
#ifndef FONT_FONT_INT_H
#define FONT_FONT_INT_H

#include <hb.h>

#include "font/font.h"

struct font_entry {
	str		 file, package;
	enum font_role	 role;
	bool		 bold, italic, symbols;
	unsigned	 index;		/* in a collection */
	str		 scripts;	/* "Hani Hira"; "": role's own family */
	str		 langs;		/* "zh-Hant zh-TW"; "": any */
	int32_t		 scale;		/* [1/1000] declared; 0: by look */
};

/* false after a diagnostic; *v in the manifest's order. */
bool	font_manifest_read(struct arena *, str path, str text,
	    const struct limits *, struct diag *,
	    const struct font_entry **v, size_t *n);

/* NULL for success, else what is wrong with the file, *missing told. */
const char *face_open(struct arena *, const char *path, unsigned index,
	    struct face *, bool *missing);
void	face_close(struct face *);

/* font_scale() of a face of this entry beside the base face. */
int32_t	font_scale_of(const struct face *base, const struct face *,
	    const struct font_entry *);

/* CID-keyed? (ROS is the first operator of the Top DICT.) */
bool	cff_is_cid(str table);
/* cid[0..n) of the glyphs of a CID-keyed table; false: malformed. */
bool	cff_cids(str table, uint32_t *cid, uint32_t n);

#endif
