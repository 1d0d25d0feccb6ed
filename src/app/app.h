/*
 * app.h: options, the scan of the content folder, and the jobs that build
 * one book each. The only layer that reads the command line, the clock or
 * the environment.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "book/book.h"
#include "image/image.h"
#include "in/md/md.h"

enum command { CMD_BUILD, CMD_CHECK, CMD_LIST, CMD_DUMP };

struct options {
	enum command	 command;
	const char	*dir, *out;	/* out NULL: DIR/output */
	str		 lang, section, tag;
	unsigned	 jobs;		/* workers at once; 0: the cores */
	const char	*stage;		/* of dump: "doc" or "book" */
	bool		 json, quiet, verbose, strict;
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
};

struct scan {
	struct root	*root;
	struct srcmap	*map;
	const struct publication *pub;	/* NULL: unusable */
	struct entry	*entries;	/* by path */
	size_t		 n;
};

/* Reads publication.yaml and every article's front matter. */
void	scan_content(struct scan *, struct arena *, const char *dir,
	    const struct limits *, struct diag *);

/* One book to be built: a request and the entries that go into it. */
struct target {
	struct book_request req;
	const struct entry **entries;
	size_t		 n;
};
struct targets { struct target *v; size_t n, cap; };

/* false: a WHAT was not understood (said on stderr). */
bool	targets_choose(struct targets *, struct arena *, const struct scan *,
	    const struct options *);

/* Prints diagnostics, each once over the whole run. */
struct report {
	struct arena	*arena;
	struct map	*seen;
	bool		 json, quiet;
	int		 status;	/* worst exit status so far */
	size_t		 books;		/* files written */
	struct buf	*lines;		/* in a worker: instead of stderr */
	uint32_t	*at;		/* in a worker: index of the entry
					   being read; may be NULL */
};
void	report_line(struct report *, str line);	/* printed once; borrowed */
void	report_diag(struct report *, const struct diag *);
void	report_worst(struct report *, int status);

/* Builds, checks or dumps one book, under the job's memory limit. */
void	job_run(const struct options *, const struct scan *,
	    const struct target *, const struct limits *, struct report *,
	    int outfd, int articlesfd);

/* Work in pieces for processes of their own; callbacks get `user`. */
struct work {
	void		*user;
	size_t		 n;
	void		(*run)(void *, size_t i, struct report *);
	unsigned	(*weight)(void *, size_t i);	/* articles in it */
	str		(*name)(void *, size_t i, uint32_t at);	/* for the
					   message when the worker is lost */
	const struct limits *limits;
};
void	workers_run(const struct work *, unsigned jobs, struct report *);

#endif
