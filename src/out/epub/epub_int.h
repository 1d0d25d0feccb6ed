/*
 * epub_int.h: what the files of out/epub share. An epub is a list of
 * entries in archive order; each writer appends one page to one entry.
 */
#ifndef OUT_EPUB_EPUB_INT_H
#define OUT_EPUB_EPUB_INT_H

#include "out/epub/epub.h"

struct entry {
	const char *name;
	struct buf raw;		/* bytes that we made; empty for images */
	str	 data;		/* what is stored: raw, or an image's file */
	struct buf packed;	/* deflated; used where it is smaller */
	uint32_t crc;
	bool	 store;		/* as it is: mimetype, what is dense */
	bool	 failed;	/* no memory in a worker thread */
	size_t	 fallback;	/* the entry to show in its stead; 0: none */
	size_t	 at;		/* read position while libzip copies */
};

/* The files of one article. */
struct parts {
	const uint32_t *first;	/* node ids that begin each, in order */
	uint32_t	 n;
	const struct doc_node **refs;	/* by note number: its first mark;
					   NULL where there is one file */
	const struct doc_node **large;	/* by file: what no cut makes small
					   enough; NULL: nothing */
	size_t		 bytes;		/* of all, from above */
	uint32_t	 host;		/* the article whose only file this
					   one shares; mostly itself */
	bool		 shared;	/* with others */
};

/* Where a page of the PDF begins. */
struct page_break {
	str		 label;		/* "iv", "12": ASCII */
	uint32_t	 number;	/* of an arabic label; else 0 */
	const struct page_start *start;
	uint32_t	 article;	/* UINT32_MAX: not in one */
};

/* By image index; see `same` for what it becomes. */
struct picture {
	size_t	 same;		/* the first that is equal, which is made */
	struct image_copy copy;	/* of a PNG or JPEG */
	struct buf png;		/* of an SVG; empty: none */
	bool	 alone;		/* png stands in the text, there is no SVG */
	bool	 used;		/* referenced */
	bool	 failed;	/* no memory in a worker thread */
};

/* A page that shows an SVG which has pixels, too. */
struct fallback_use { struct buf *page; size_t picture; };

struct epub {
	const struct book *book;
	const struct image_store *images;
	const struct epub_options *options;
	struct arena	*arena;
	struct diag	*diag;
	struct picture	*pictures;
	size_t		 npictures;
	struct buf	 cover_file;	/* JPEG */
	size_t		 cover;		/* its entry; 0: none */
	VEC(struct fallback_use) fallbacks;
	bool		 any_image;
	bool		 alt_missing;	/* some image has no alt text */
	struct parts	*parts;		/* by article */
	struct embedded	*fonts;		/* in the stylesheet's order */
	size_t		 nfonts;
	const struct page_break *breaks; /* in the book's order */
	size_t		 nbreaks;
	size_t		 hint;		/* the next one, if files are written
					   in order */
	struct entry	*entries;
	size_t		 n, cap;
};

/* ---- epub.c ---- */
struct entry *epub_add(struct epub *, const char *name);

/* ---- pictures.c ---- */
bool	pictures_make(struct epub *);	/* false: no memory */
void	pictures_done(struct epub *);
void	pictures_src(struct epub *, struct buf *, const struct image *);
void	pictures_size(const struct epub *, struct buf *,
	    const struct image *);	/* width="" height="" */
void	pictures_add(struct epub *);	/* the entries */

/* ---- zip.c ---- */
bool	zip_write(struct epub *, struct outfile *);

/* ---- xml.c ---- */
void	xml_text(struct buf *, str);	/* text and attribute values */
void	xml_attr(struct buf *, const char *name, str value);
void	xml_element(struct buf *, const char *tag, const char *class, str);
void	xml_page_open(struct buf *, const struct epub *, str title, str lang);
void	xml_page_close(struct buf *);
/* lang, xml:lang; dir where it is not that of the language around. */
void	xml_lang(struct buf *, str lang, str around);
bool	xml_url(struct buf *, str url);	/* false: not one we link to */

/* ---- lang.c ---- */
/* Text in a text of language lang, other scripts' languages marked. */
void	lang_text(struct buf *, str, str lang);
/* The same of a text in lang, which stands in one of language around. */
void	lang_run(struct buf *, str, str lang, str around);
/* The attributes that lang needs there: none where it is the same. */
void	lang_attrs(struct buf *, str lang, str around);
str	lang_of_article(const struct epub *, uint32_t article);

/* ---- parts.c ---- */
void	parts_plan(struct arena *, const struct doc *, struct parts *);
uint32_t parts_of(const struct parts *, uint32_t node);
/* Short articles that follow each other in a section share a file. */
void	parts_merge(struct epub *);

/* ---- chapter.c ---- */
/* A file of an article, with those that share it. */
void	chapter_part(struct epub *, struct buf *, uint32_t article,
	    uint32_t part);

/* An article while it is written. */
struct content {
	struct epub	*e;
	struct buf	*b;
	const struct book_article *art;
	uint32_t	 index;
	uint32_t	 part;
	str		 lang;
	const struct parts *parts;
	const struct doc_node *link;	/* the open one, or NULL */
	bool		 in_notes;
	bool		 speaker;	/* the name in an attribution is open */
	str		*columns;	/* names of those of a wide table, or NULL */
	str		 mark;		/* after ids that every article has, where
					   they share a file: ".id"; else "" */
	const struct page_break *breaks; /* those to come in this part */
	size_t		 nbreaks;
};
int	content_rank(const struct content *, int depth);
str	content_term(const struct content *, enum term);

/* ---- breaks.c ---- */
void	breaks_plan(struct epub *);
/* The address of a break: file and fragment. */
void	breaks_file(const struct epub *, struct buf *,
	    const struct page_break *);
/* Those of a file that is no article's. */
void	breaks_page(const struct epub *, struct buf *, enum start_kind,
	    uint32_t index);
/* In an article's file; each puts what is due at a place. */
void	breaks_begin(struct content *);
void	breaks_title(struct content *);
void	breaks_toc(struct content *, uint32_t anchor);
void	breaks_node(struct content *, const struct doc_node *);
/* The same for the first leaf below n. */
void	breaks_first(struct content *, const struct doc_node *n);
/* What is due at byte `at` of a text; returns where the next one is, or
 * end. */
size_t	breaks_text(struct content *, const struct doc_node *, size_t at,
	    size_t end);
void	breaks_end(struct content *);

/* ---- content.c ---- */
/* The blocks from node id lo on, up to but not with id hi. */
void	content_range(struct content *, uint32_t lo, uint32_t hi);

/* ---- table.c ---- */
void	table_node(struct content *, const struct doc_node *, bool leaving);
void	row_node(struct content *, const struct doc_node *, bool leaving);
void	cell_node(struct content *, const struct doc_node *, bool leaving);

/* ---- inline.c ---- */
void	inline_node(struct content *, const struct doc_node *, bool leaving);
const struct image *inline_image(struct content *, const struct doc_node *);
void	inline_id(struct content *, const struct doc_node *);
/* "a-x.xhtml#" where the node is in another file than this one, else "#". */
void	inline_file(struct content *, const struct doc_node *);

/* ---- section.c ---- */
void	section_title_page(const struct epub *, struct buf *);
void	section_opener(const struct epub *, struct buf *, uint32_t index);
str	section_article_title(const struct book_article *);
str	section_title(const struct book_section *);
void	section_article_file(const struct epub *, struct buf *,
	    uint32_t article, uint32_t part);
/* The same with a fragment where others come before it in the file. */
void	section_article_link(const struct epub *, struct buf *,
	    uint32_t article);
void	section_file(struct buf *, const struct book_section *);
str	section_book_title(const struct epub *);
void	section_start_file(const struct epub *, struct buf *); /* where reading
	    begins: the first article */

/* ---- package.c ---- */
void	package_opf(const struct epub *, struct buf *);
extern const char package_container[];

/* ---- metadata.c ---- */
void	metadata_write(const struct epub *, struct buf *);

/* ---- fonts.c ---- */
struct embedded {
	const struct face *face;
	const char	*name;		/* "fonts/NotoSansX-Bold.ttf" */
	const uint32_t	*cps;		/* ascending */
	size_t		 ncps;
	uint64_t	 weight;	/* how often its letters stand there */
};
/* Which faces the pages, written by then, need. */
void	fonts_plan(struct epub *);
void	fonts_css(const struct epub *, struct buf *);
/* The file; "" after a diagnostic. */
str	fonts_file(const struct epub *, const struct embedded *);
/* ---- nav.c ---- */
void	nav_ncx(const struct epub *, struct buf *);
void	nav_page(const struct epub *, struct buf *);

/* ---- css.c ---- */
void	css_write(struct buf *, const struct theme *, bool compilation,
	    bool rtl);
void	css_modern(struct buf *, bool rtl);

#endif
