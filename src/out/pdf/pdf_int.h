/*
 * pdf_int.h: what the files of out/pdf share. One struct pdf per written
 * file; fonts and images are planned first, then page contents are made in
 * threads (they read the plan and write only their own buffer), then one
 * thread hands everything to libharu and saves.
 *
 * A body is what stands between << and >> of an object, as bytes of ours.
 */
#ifndef OUT_PDF_PDF_INT_H
#define OUT_PDF_PDF_INT_H

#include <hpdf.h>

#include "out/pdf/pdf.h"

struct pdf_obj {
	HPDF_Dict dict;
	uint32_t id;
	str	 body;
	str	 data;		/* of a stream, as it goes into the file */
	bool	 stream;
};

/* One face; all arrays by the face's own glyph id. */
struct pdf_font {
	const struct face *face;	/* NULL: not used in this book */
	struct pdf_obj *obj;
	bool	 *used;
	str	 *unicode;	/* what readers get for it; empty: nothing */
	int32_t	 *width;	/* [1/1000000 em] as printed in W */
	struct font_subset sub;
};

struct pdf_image {
	const struct image *image;
	struct pdf_obj *obj;
	sp	 most_w, most_h;	/* where it stands largest */
	uint32_t w, h;		/* [px] in the file */
	struct buf packed, mask;	/* deflated samples and alpha; of a
					   scaled JPEG, the new file */
	bool	 failed;
};

/* A drawing as a form. */
struct pdf_drawing {
	const struct drawn *drawn;
	struct pdf_obj *obj;
	struct buf packed;	/* deflated contents */
	struct buf patterns, states;	/* entries of its resources */
	struct buf masks;	/* struct mask, for states to come */
	bool	 *fonts;	/* used, by face id */
	bool	 failed;
};

struct pdf_page {
	struct buf data;	/* deflated contents */
	struct buf marks;	/* uint32_t: the element of each MCID */
	bool	 failed;	/* no memory in a thread */
	HPDF_Page page;
	uint32_t id;
	size_t	 nlinks;
	str	 body;
};

/* A named destination. */
struct pdf_name { str name; const struct anchor_place *at; };

/* Objects of one kind in object streams. */
struct pdf_hidden {
	size_t	 first, n;
	void	(*put)(const void *user, size_t i, struct buf *);
	const void *user;
};

/* An object stream in the making. */
struct pdf_group {
	struct pdf_obj *obj;
	struct buf packed;
	size_t	 n, start;	/* objects; where the first begins */
	bool	 failed;
};

/* A link that has somewhere to lead; its annotation is a hidden object. */
struct pdf_link { const struct item *item; uint32_t page; };

struct pdf {
	const struct pages *pages;
	const struct pdf_options *options;
	const struct limits *limits;
	struct arena *arena;
	struct diag *diag;
	struct outfile *out;
	HPDF_Doc doc;
	HPDF_STATUS status;	/* first error of libharu or of ours */
	bool	 claims_ua, claims_a;	/* in the metadata; whoever finds that
					   the file cannot conform unsets them
					   before pdf_meta_write() */
	bool	 too_big;
	bool	 no_memory;
	struct pdf_font *fonts;	/* by face id */
	size_t	 nfonts;
	VEC(const struct run *) unread;	/* runs with glyphs for other than
					   one ASCII character */
	VEC(struct pdf_image) images;	/* different ones */
	uint32_t *image_slot;	/* by image index */
	size_t	 nslots;
	VEC(struct pdf_drawing) drawings;
	struct map *drawing_slot;	/* by image's address, from 1 */
	struct pdf_page *page;
	VEC(struct pdf_link) links;	/* in order of pages */
	uint32_t link_first;		/* hidden object */
	struct pdf_name *names;	/* sorted */
	size_t	 nnames, name_leaves;
	uint32_t name_first;		/* hidden object */
	struct pdf_obj *name_tree;	/* NULL: no names */
	VEC(struct pdf_hidden) hidden;
	size_t	 nhidden;
	struct pdf_obj *struct_root;	/* NULL: nothing is tagged */
	struct pdf_tree *tree;
	struct pdf_group *groups;
	size_t	 ngroups;
	struct pdf_obj *hidden_index;
	uint32_t hidden_first;
	uint32_t ids;		/* /Size of a file with hidden objects */
	struct buf tmp;		/* the body in the making */
	unsigned char *block;	/* of the writer */
	size_t	 blockn;
	uint64_t print[2];	/* fingerprint of what was written */
	uint64_t written;
	struct buf whole;	/* the file, where it is to be linearized */
	str	 why;		/* what libqpdf says is wrong */
	char	*instance;	/* in the XMP packet, 36 bytes to fill in */
	HPDF_Dict_AfterWriteFunc after_xmp;	/* what pdf_obj.c set */
};

#define PDF_ID_NONE	0xffffffffu
#define PDF_ELEM_NONE	0xffffffffu
#define PDF_BLOCK	65536
#define PDF_GAP		80	/* [1/1000] of the size: what readers take
				   for nothing between glyphs */

/* ---- pdf_buf.c: bytes of the syntax ---- */
int64_t	pdf_thousandths(sp);		/* of a point, half up */
void	pdf_milli(struct buf *, int64_t);	/* 1500 -> 1.5 */
void	pdf_sp(struct buf *, sp);		/* points, 3 decimals */
void	pdf_ratio(struct buf *, sp a, sp b);	/* a / b, 6 decimals */
void	pdf_name(struct buf *, str);
void	pdf_literal(struct buf *, str bytes);	/* (...) */
void	pdf_code(struct buf *, uint32_t code);	/* two bytes, inside (...) */
void	pdf_hex16(struct buf *, uint32_t cp);	/* UTF-16BE, hexadecimal */
void	pdf_utf16(struct buf *, str utf8);	/* <FEFF...> */
void	pdf_ref(struct buf *, uint32_t id);	/* " 12 0 R" */
void	pdf_key_ref(struct buf *, const char *key, const struct pdf_obj *);

/* ---- pdf_obj.c: objects and the file ---- */
bool	pdf_open(struct pdf *);
void	pdf_fail(struct pdf *, HPDF_STATUS);
str	pdf_body(struct pdf *);			/* takes p->tmp */
struct pdf_obj *pdf_reserve(struct pdf *);
/* An object that libharu made gets our body behind its own keys. */
struct pdf_obj *pdf_adopt(struct pdf *, HPDF_Dict, str body);
struct pdf_obj *pdf_raw(struct pdf *, str body);
/* data is borrowed until the file is saved; body is without /Length. */
struct pdf_obj *pdf_stream(struct pdf *, str body, str data);
struct pdf_obj *pdf_deflated(struct pdf *, str body, str raw);
void	pdf_room(struct pdf *);		/* before libharu adds objects */
bool	pdf_save(struct pdf *);

/* ---- pdf_font.c ---- */
bool	pdf_fonts_plan(struct pdf *, const struct fontset *);
void	pdf_fonts_write(struct pdf *);

/* ---- pdf_text.c: thread-safe ---- */
struct canvas {
	const struct pdf *p;
	struct buf *b;
	sp	 h;			/* of the page */
	uint32_t rgb;
	bool	 open;			/* between BT and ET */
	bool	 array, string;		/* inside [ of TJ, inside ( */
	const struct pdf_font *font;
	int64_t	 size;			/* [1/1000 pt] */
	int64_t	 x, y;			/* [1/1000 pt] start of the line */
	int32_t	 rise;			/* [sp] */
	int32_t	 scale;			/* [1/1000] wider than natural */
	int32_t	 tracking;		/* [1/1000 pt] */
	struct buf *marks;		/* uint32_t: the element of each MCID;
					   NULL: nothing is tagged */
	bool	 marked;		/* a sequence is open, */
	uint32_t elem;			/* of this element */
	size_t	 joined;		/* glyphs of the next run that are of
					   the text that is open */
};
/* end: of the items that follow it. */
void	pdf_run(struct canvas *, const struct item *, const struct item *end);
void	pdf_array_end(struct canvas *);	/* before other operators */
void	pdf_text_end(struct canvas *);	/* ends the open sequence, too */
void	pdf_color(struct canvas *, uint32_t rgb);
/*
 * The cluster that starts at glyph i (in visual order): its text, and the
 * index past its last glyph.
 */
size_t	pdf_cluster(const struct run *, size_t i, str *text);
bool	pdf_ignored(uint32_t cp);	/* invisible: never in the file */
/*
 * The piece from glyph i on, before n, that takes one decision: a word, a
 * space or a cluster. *text: its source, *plain: no ActualText needed.
 */
size_t	pdf_piece(const struct pdf_font *, const struct run *, size_t i,
	    size_t n, str *text, bool *plain);

/* ---- pdf_word.c: thread-safe ---- */
struct pdf_join {
	size_t	 tail;		/* where it begins in a run */
	size_t	 head;		/* how much of the next one is part of it */
	bool	 initial;	/* the next one is on a line of its own */
};
/* What is painted next, if that is a run. */
const struct item *pdf_next_run(const struct item *, const struct item *end);
/* Is there text that readers must be given for parts of both runs? */
bool	pdf_join(const struct pdf *, const struct item *,
	    const struct item *end, struct pdf_join *);
void	pdf_join_text(struct canvas *, const struct item *,
	    const struct item *end, struct pdf_join);

/* ---- pdf_mark.c: thread-safe ---- */
void	pdf_role(struct buf *, const struct elem *);	/* "/H2" */
/* What is painted from here on is of this element, or an artifact. */
void	pdf_mark(struct canvas *, uint32_t elem);
/*
 * The same for what readers should take for this text, up to pdf_mark_end;
 * also where nothing is tagged. all: invisible characters too.
 */
void	pdf_mark_actual(struct canvas *, uint32_t elem, str text, bool all);
void	pdf_mark_end(struct canvas *);
/* The same in steps; false: an artifact, which has no text. */
bool	pdf_actual_open(struct canvas *, uint32_t elem);
void	pdf_actual_add(struct canvas *, str text, bool all);
void	pdf_actual_done(struct canvas *);

/* ---- pdf_page.c ---- */
bool	pdf_pages_draw(struct pdf *);	/* in threads */
bool	pdf_pages_add(struct pdf *);	/* reserves the page objects */
void	pdf_pages_finish(struct pdf *);	/* bodies and annotations */

/* ---- pdf_image.c ---- */
bool	pdf_images_plan(struct pdf *);	/* deflates, in threads */
void	pdf_images_write(struct pdf *);
const struct pdf_image *pdf_image_of(const struct pdf *,
	    const struct image *, uint32_t *slot);

/* ---- pdf_drawing.c ---- */
bool	pdf_drawings_plan(struct pdf *);	/* draws, in threads */
void	pdf_drawings_write(struct pdf *);
void	pdf_drawings_done(struct pdf *);
size_t	pdf_drawing_slot(const struct pdf *, const struct item *);

/* ---- pdf_nav.c ---- */
bool	pdf_nav_place(const struct pdf *, uint32_t anchor);	/* has a place */
void	pdf_nav_links(struct pdf *);		/* finds them */
void	pdf_nav_names(struct pdf *);
void	pdf_nav_names_write(struct pdf *);	/* the root, with numbers */
void	pdf_nav_outline(struct pdf *);
/* Adds /Names and /PageLabels to the catalogue's body. */
void	pdf_nav_catalog(struct pdf *, struct buf *);

/* ---- pdf_struct.c ---- */
void	pdf_struct_catalog(struct pdf *, struct buf *);	/* names the root */
void	pdf_struct_plan(struct pdf *);		/* after pdf_nav_links */
void	pdf_struct_write(struct pdf *);		/* the root, with numbers */

/* ---- pdf_hidden.c: objects in object streams ---- */
/*
 * n objects of which put(user, i, b) appends the i-th, thread-safe, when all
 * have numbers. The id of the first is p->hidden_first (known after
 * pdf_hidden_number) + what is returned.
 */
uint32_t pdf_hidden_add(struct pdf *, size_t n,
	    void (*put)(const void *user, size_t i, struct buf *),
	    const void *user);
void	pdf_hidden_number(struct pdf *);	/* once all others exist */
void	pdf_hidden_write(struct pdf *);
void	pdf_hidden_done(struct pdf *);

/* ---- pdf_icc.c ---- */
void	pdf_icc_srgb(struct buf *);	/* adds an ICC profile of sRGB */

/* ---- pdf_meta.c ---- */
/* What Info and XMP both say; texts are plain and in one line. */
struct pdf_meta {
	str	 title, description, publisher, rights, language, uuid;
	str	 author, keywords;	/* creators, subjects in one text */
	str	 producer;
	str	*creators, *subjects;
	size_t	 ncreators, nsubjects;
	struct date created, modified;
};
void	pdf_meta_write(struct pdf *);	/* Info, XMP, catalogue */

/* ---- pdf_xmp.c ---- */
struct pdf_obj *pdf_xmp_write(struct pdf *, const struct pdf_meta *);

/* ---- pdf_linear.c ---- */
bool	pdf_linearize(struct pdf *);	/* p->whole, to p->out */

#endif
