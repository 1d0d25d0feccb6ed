/*
 * app.h: options, the scan of the content folder, and the jobs that build
 * one book each. The only layer that reads the command line, the clock or
 * the environment.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "book/book.h"
#include "font/font.h"
#include "image/image.h"
#include "in/md/md.h"
#include "style/style.h"

enum { FORMAT_PDF = 1, FORMAT_EPUB = 2 };
enum command { CMD_BUILD, CMD_CHECK, CMD_LIST, CMD_DUMP };

struct options {
	enum command	 command;
	const char	*dir, *out;	/* out NULL: DIR/output */
	str		 lang, section, tag;
	str		 theme;		/* "": the publication's */
	struct paper	 paper;		/* w 0: the publication's */
	unsigned	 formats;	/* FORMAT_PDF | FORMAT_EPUB */
	bool		 formats_given;	/* by -f */
	enum epub_images images;	/* of EPUB */
	unsigned	 jobs;		/* workers at once; 0: the cores */
	const char	*stage;		/* of dump: "doc", "book", "text",
					   "pages" */
	unsigned	 standards;	/* PDF_UA1 | PDF_A2A */
	bool		 standards_given;	/* by --pdf-standard */
	bool		 no_tags, linearize;	/* of PDF */
	bool		 fonts, fonts_given;	/* into EPUB; by --epub-fonts */
	struct date	 modified;	/* SOURCE_DATE_EPOCH; y 0: not set */
	bool		 page_list;	/* of EPUB */
	size_t		 merge;		/* short articles of EPUB [bytes] */
	bool		 images_given, page_list_given, merge_given;
	bool		 json, quiet, verbose, strict, no_sandbox;
	char		**what;
	size_t		 nwhat;
};

enum { EXIT_OK, EXIT_CONTENT, EXIT_USAGE, EXIT_ENVIRONMENT, EXIT_LIMIT };

/* Fills *o. -1: go on; otherwise the exit status (help, version, misuse). */
int	options_read(struct options *o, int argc, char **argv);

/* One article file: what the scan knows without parsing its text. */
struct entry {
	str		 path;		/* relative to content/ */
	str		 text;
	uint32_t	 base;		/* in the source map */
	struct doc_meta	 meta;
	bool		 usable;
	const char	*why;		/* not usable: name and text of the */
	const char	*why_id;	/* first error */
};

struct scan {
	struct root	*root;
	struct srcmap	*map;
	const struct publication *pub;	/* NULL: unusable */
	struct fontset	*fonts;		/* NULL: unusable */
	const struct theme *themes[2];	/* by enum book_kind; NULL: unusable,
					   or not needed */
	struct entry	*entries;	/* by path */
	size_t		 n;
};

/* Reads publication.yaml and every article's front matter. */
void	scan_content(struct scan *, struct arena *, const char *dir,
	    const struct limits *, struct diag *);

/* Opens the first folder of faces that there is: DIR/fonts, the one beside
 * the program's source tree, the installed one. */
void	scan_fonts(struct scan *, struct arena *, const char *dir,
	    const struct limits *, struct diag *);

struct targets;
/* Reads the themes that the targets need. */
void	scan_themes(struct scan *, struct arena *, const struct targets *,
	    const struct options *, const struct limits *, struct diag *);

/* One book to be built: a request and the entries that go into it. */
struct target {
	struct book_request req;
	const struct entry **entries;
	size_t		 n;
	unsigned	 threads;	/* that its job may use, >= 1 */
};
struct targets {
	struct target	*v;
	size_t		 n, cap;
	VEC(const struct entry *) named; /* by a WHAT, usable or not */
	bool		 periods;	/* a WHAT was a period */
	str		 misuse;	/* what was not understood; "" */
};
/* false: see misuse. */
bool	targets_choose(struct targets *, struct arena *, const struct scan *,
	    const struct options *);
/* Is a diagnostic of the scan about what was asked for? */
bool	targets_concern(const struct targets *, const struct diagnostic *);

/* One line on a terminal that says how far the work is. */
struct progress {
	bool		 on;
	unsigned	 columns, shown;	/* shown: bytes on the screen */
	int64_t		 next;			/* [ms] not before */
	char		 line[160];
};
void	progress_init(struct progress *, bool wanted);
void	progress_show(struct progress *, size_t done, size_t total,
	    size_t pages, const char *current);
void	progress_wipe(struct progress *);	/* before other output */
int64_t	clock_ms(void);				/* monotonic */

/* Prints diagnostics, each once over the whole run. */
struct report {
	struct arena	*arena;
	struct mem_limit *memory;	/* of arena; NULL: nobody guards it */
	struct map	*seen;
	bool		 json, quiet, verbose;
	int		 status;	/* worst exit status so far */
	size_t		 books;		/* wholly written */
	size_t		 files, pages;	/* written; pages: of PDF */
	uint64_t	 bytes;
	struct progress	*progress;	/* NULL: none */
	struct buf	*lines;		/* in a worker: instead of stderr */
	uint32_t	*at;		/* in a worker: index of the entry
					   being read; may be NULL */
};
/* For a terminal: characters that could steer it or hide become "?". */
str	text_plain(struct arena *, str);
void	report_line(struct report *, str line);	/* printed once; borrowed */
void	report_diag(struct report *, const struct diag *);
/* Only those that concern the targets. */
void	report_scan(struct report *, const struct diag *,
	    const struct targets *);
void	report_worst(struct report *, int status);

/*
 * Runs fn(user). false: an arena of the limit ran out of memory and fn was
 * left where it stood. The only setjmp of the program.
 */
bool	guard_run(struct mem_limit *, void (*fn)(void *), void *user);

/* Builds, checks or dumps one book, under the job's memory limit. */
void	job_run(const struct options *, const struct scan *,
	    const struct target *, const struct limits *, struct report *,
	    int outfd, int articlesfd);

/*
 * What a worker may still do: read below some folders, write in others; no
 * network, no other program or process. Made once, entered by each worker.
 */
struct sandbox;
struct sandbox *sandbox_new(struct arena *);
void	sandbox_close(struct sandbox *);		/* NULL is fine */
void	sandbox_read(const struct sandbox *, int dirfd);
void	sandbox_read_path(const struct sandbox *, const char *path); /* no
					   such folder: nothing is granted */
void	sandbox_write(const struct sandbox *, int dirfd);
const char *sandbox_lacks(const struct sandbox *); /* of the kernel; NULL:
					   nothing */
/* For good; false: not all of what the kernel has could be entered. */
bool	sandbox_enter(const struct sandbox *);

/* Work in pieces for processes of their own; callbacks get `user`. */
struct work {
	void		*user;
	size_t		 n;
	void		(*run)(void *, size_t i, struct report *);
	unsigned	(*weight)(void *, size_t i);	/* articles in it */
	str		(*name)(void *, size_t i, uint32_t at);	/* for the
					   message when the worker is lost */
	void		(*label)(void *, size_t i, char *, size_t); /* for the
					   progress line; may be NULL */
	const struct limits *limits;
	const struct sandbox *sandbox;	/* NULL: none */
};
/*
 * SIGINT, SIGTERM and SIGHUP end it: the workers are killed and the status
 * is EXIT_ENVIRONMENT. What a killed worker leaves behind is the caller's.
 * Who makes folders before calls workers_hold_signals() first.
 */
void	workers_hold_signals(void);
void	workers_run(const struct work *, unsigned jobs, struct report *);

#endif
