/* options.c: the command line; --help, alone or per command, says it all. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"

static const char usage_text[] =
    "usage: fascicle COMMAND [OPTION...] [WHAT...]\n"
    "\n"
    "  build [WHAT...]        make books\n"
    "  check [WHAT...]        say what is wrong, write nothing\n"
    "  list [WHAT...]         say what would be built, and what not and why\n"
    "  dump doc|book|text|pages|tags WHAT\n"
    "                         print a stage as text\n"
    "\n"
    "fascicle COMMAND --help tells more; fascicle --version.\n";

static const char what_text[] =
    "\n"
    "WHAT is an article's file or id, or a period: 2020, 2020-10, 2020-W42,\n"
    "2020-10-12, 2020-10-01..2020-10-15. Without one: every article and\n"
    "every month, in every language.\n"
    "\n"
    "  -C DIR         the folder that holds content/ (default: here)\n"
    "  -l LANG        this language only\n"
    "  --section ID   narrow compilations to one section\n"
    "  --tag TAG      narrow compilations to one tag\n"
    "  --theme NAME   magazine, book, large-print, compact, or a theme's file\n"
    "                 below content/\n"
    "  --paper SIZE   A4, A5, B5, Letter, Legal, or as in 170x240mm\n"
    "  --strict       warnings are errors\n"
    "  --json         diagnostics as JSON lines\n"
    "  -q             errors only\n"
    "  -v             say more\n";

static const char workers_text[] =
    "  -j N           workers at once, 1 to 64 (default: the cores)\n"
    "  --no-sandbox   do not confine the workers\n";

static const char build_text[] =
    "  -o DIR         where books go (default: DIR/output)\n"
    "  -f FORMATS     pdf, epub or pdf,epub (default: both)\n"
    "  --pdf-standard LIST\n"
    "                 what PDF files conform to: ua1, a2a, ua1,a2a (default)\n"
    "                 or none\n"
    "  --no-tags      PDF without its structure: smaller, for eyes only\n"
    "  --linearize    PDF that shows its first page while it is fetched\n"
    "  --epub-images KIND\n"
    "                 pictures in EPUBs for a screen, for eink, or original\n"
    "  --epub-fonts WHICH\n"
    "                 faces that go into EPUB files: none (default), or\n"
    "                 subset, of those for scripts that readers may lack\n"
    "  --page-list    EPUB with the page numbers of the PDF (default)\n"
    "  --no-page-list EPUB without them\n"
    "  --epub-merge N articles of less than N bytes share files in EPUB\n";

static const char status_text[] =
    "\n"
    "Exit status: 0 done, 1 content has errors, 2 usage, 3 environment,\n"
    "4 a limit was reached.\n";

static const struct { const char *name, *line; } commands[] = {
	[CMD_BUILD] = { "build", "build [OPTION...] [WHAT...]\n\n"
	    "Makes the books and replaces their old versions." },
	[CMD_CHECK] = { "check", "check [OPTION...] [WHAT...]\n\n"
	    "Reads all that build would read, and writes nothing." },
	[CMD_LIST] = { "list", "list [OPTION...] [WHAT...]\n\n"
	    "One line for each file that build would write, then one for\n"
	    "each article that is left out, with the reason." },
	[CMD_DUMP] = { "dump", "dump doc|book|text|pages|tags [OPTION...] "
	    "WHAT\n\n"
	    "Prints articles as parsed, the book that they make, what it\n"
	    "says, its pages as laid out, or what a screen reader says of\n"
	    "them." },
};

enum { OPT_SECTION = 256, OPT_TAG, OPT_STRICT, OPT_JSON, OPT_VERSION,
	OPT_HELP, OPT_NO_SANDBOX, OPT_THEME, OPT_PAPER, OPT_PDF_STANDARD,
	OPT_NO_TAGS, OPT_LINEARIZE, OPT_EPUB_IMAGES, OPT_EPUB_FONTS,
	OPT_PAGE_LIST, OPT_NO_PAGE_LIST, OPT_EPUB_MERGE };

static const struct option longs[] = {
	{ "section", required_argument, NULL, OPT_SECTION },
	{ "tag", required_argument, NULL, OPT_TAG },
	{ "theme", required_argument, NULL, OPT_THEME },
	{ "paper", required_argument, NULL, OPT_PAPER },
	{ "pdf-standard", required_argument, NULL, OPT_PDF_STANDARD },
	{ "no-tags", no_argument, NULL, OPT_NO_TAGS },
	{ "linearize", no_argument, NULL, OPT_LINEARIZE },
	{ "epub-images", required_argument, NULL, OPT_EPUB_IMAGES },
	{ "epub-fonts", required_argument, NULL, OPT_EPUB_FONTS },
	{ "page-list", no_argument, NULL, OPT_PAGE_LIST },
	{ "no-page-list", no_argument, NULL, OPT_NO_PAGE_LIST },
	{ "epub-merge", required_argument, NULL, OPT_EPUB_MERGE },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "no-sandbox", no_argument, NULL, OPT_NO_SANDBOX },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 }
};

static int
misuse(const char *why, const char *what)
{
	fprintf(stderr, "fascicle: %s%s%s\nTry: fascicle --help\n", why,
	    what[0] == '\0' ? "" : ": ", what);
	return EXIT_USAGE;
}

static int
help(int command)
{
	if (command < 0) {
		fputs(usage_text, stdout);
		return EXIT_OK;
	}
	printf("usage: fascicle %s\n", commands[command].line);
	fputs(what_text, stdout);
	if (command == CMD_BUILD)
		fputs(build_text, stdout);
	if (command == CMD_BUILD || command == CMD_CHECK)
		fputs(workers_text, stdout);
	fputs(status_text, stdout);
	return EXIT_OK;
}

static int
jobs(struct options *o)
{
	char	*end;
	long	 n = strtol(optarg, &end, 10);

	if (*end != '\0' || n < 1 || n > 64)
		return misuse("-j takes a number from 1 to 64", optarg);
	o->jobs = (unsigned)n;
	return -1;
}

static int
formats(struct options *o)
{
	str	 rest = str_c(optarg);

	o->formats = 0;
	o->formats_given = true;
	for (;;) {
		size_t	 comma = str_find_char(rest, ',');
		str	 one = str_cut(rest, 0, comma);

		if (str_eq(one, S("pdf")))
			o->formats |= FORMAT_PDF;
		else if (str_eq(one, S("epub")))
			o->formats |= FORMAT_EPUB;
		else
			return misuse("-f takes pdf, epub or pdf,epub",
			    optarg);
		if (comma == SIZE_MAX)
			return -1;
		rest = str_from(rest, comma + 1);
	}
}

static int
theme(struct options *o)
{
	static const str prefixes[] = { { "./", 2 }, { "content/", 8 } };

	o->theme = str_c(optarg);
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_starts(o->theme, prefixes[i]))
			o->theme = str_from(o->theme, prefixes[i].n);
	if (o->theme.n == 0)
		return misuse("--theme takes the name of a theme or its file",
		    optarg);
	return -1;
}

static int
paper(struct options *o)
{
	if (!paper_parse(str_c(optarg), &o->paper))
		return misuse("--paper takes " PAPER_EXPECTED, optarg);
	return -1;
}

static int
standards(struct options *o)
{
	o->standards_given = true;
	if (!pdf_standards_parse(str_c(optarg), &o->standards))
		return misuse("--pdf-standard takes " PDF_STANDARDS_EXPECTED,
		    optarg);
	return -1;
}

static int
epub_images(struct options *o)
{
	o->images_given = true;
	if (!epub_images_parse(str_c(optarg), &o->images))
		return misuse("--epub-images takes " EPUB_IMAGES_EXPECTED,
		    optarg);
	return -1;
}

static int
epub_fonts(struct options *o)
{
	o->fonts_given = true;
	if (!epub_fonts_parse(str_c(optarg), &o->fonts))
		return misuse("--epub-fonts takes " EPUB_FONTS_EXPECTED,
		    optarg);
	return -1;
}

/* Seconds since 1970, as those who rebuild packages set them. */
static int
source_date(struct options *o)
{
	const char	*s = getenv("SOURCE_DATE_EPOCH");
	char		*end;
	long long	 v;

	if (s == NULL || s[0] == '\0')
		return -1;
	v = strtoll(s, &end, 10);
	if (*end != '\0' || s[0] == '-' || v > 253402300799)
		return misuse("SOURCE_DATE_EPOCH takes seconds since 1970",
		    s);
	o->modified = date_of_days((int32_t)(v / 86400));
	return -1;
}

static int
merge(struct options *o)
{
	o->merge_given = true;
	if (!epub_merge_parse(str_c(optarg), &o->merge))
		return misuse("--epub-merge takes " EPUB_MERGE_EXPECTED,
		    optarg);
	return -1;
}

static int
page_list(struct options *o, bool on)
{
	o->page_list_given = true;
	o->page_list = on;
	return -1;
}

/* -1: go on. *asked: --help, whatever command it is for. */
static int
option(struct options *o, int c, bool *asked)
{
	switch (c) {
	case 'C': o->dir = optarg; return -1;
	case 'o': o->out = optarg; return -1;
	case 'f': return formats(o);
	case 'l': o->lang = str_c(optarg); return -1;
	case 'j': return jobs(o);
	case 'q': o->quiet = true; return -1;
	case 'v': o->verbose = true; return -1;
	case OPT_SECTION: o->section = str_c(optarg); return -1;
	case OPT_TAG: o->tag = str_c(optarg); return -1;
	case OPT_THEME: return theme(o);
	case OPT_PAPER: return paper(o);
	case OPT_PDF_STANDARD: return standards(o);
	case OPT_NO_TAGS: o->no_tags = true; return -1;
	case OPT_LINEARIZE: o->linearize = true; return -1;
	case OPT_EPUB_IMAGES: return epub_images(o);
	case OPT_EPUB_FONTS: return epub_fonts(o);
	case OPT_PAGE_LIST: return page_list(o, true);
	case OPT_NO_PAGE_LIST: return page_list(o, false);
	case OPT_EPUB_MERGE: return merge(o);
	case OPT_NO_SANDBOX: o->no_sandbox = true; return -1;
	case OPT_STRICT: o->strict = true; return -1;
	case OPT_JSON: o->json = true; return -1;
	case OPT_VERSION:
		puts("fascicle " FASCICLE_VERSION);
		return EXIT_OK;
	case OPT_HELP: *asked = true; return -1;
	default:
		fputs("Try: fascicle --help\n", stderr);
		return EXIT_USAGE;
	}
}

static int
stage(struct options *o, int argc, char **argv)
{
	if (argc < 2)
		return misuse("dump takes doc, book, text, pages or tags, "
		    "then WHAT", "");
	if (strcmp(argv[0], "doc") != 0 && strcmp(argv[0], "book") != 0 &&
	    strcmp(argv[0], "text") != 0 && strcmp(argv[0], "pages") != 0 &&
	    strcmp(argv[0], "tags") != 0)
		return misuse("no such stage, of doc, book, text, pages "
		    "and tags", argv[0]);
	o->stage = argv[0];
	return -1;
}

static int
command(struct options *o, int argc, char **argv, bool asked)
{
	int	 c, rc;

	if (argc == 0)
		return asked ? help(-1) : misuse("no command given", "");
	for (c = 0; c < (int)ARRAY_LEN(commands); c++)
		if (strcmp(argv[0], commands[c].name) == 0)
			break;
	if (c == (int)ARRAY_LEN(commands))
		return misuse("no such command", argv[0]);
	if (asked)
		return help(c);
	o->command = (enum command)c;
	argc--, argv++;
	if (o->command == CMD_DUMP) {
		if ((rc = stage(o, argc, argv)) >= 0)
			return rc;
		argc--, argv++;
	}
	o->what = argv;
	o->nwhat = (size_t)argc;
	return -1;
}

/* Its messages begin as all others do, wherever the program stands. */
static int
each_option(struct options *o, int argc, char **argv, bool *asked)
{
	char	 name[] = "fascicle", *called = argv[0];
	int	 c, rc = -1;

	argv[0] = name;
	while (rc < 0 && (c = getopt_long(argc, argv, "C:o:f:l:j:qv", longs,
	    NULL)) != -1)
		rc = option(o, c, asked);
	argv[0] = called;
	return rc;
}

int
options_read(struct options *o, int argc, char **argv)
{
	bool	 asked = false;
	int	 rc;

	*o = (struct options){ .dir = ".",
	    .formats = FORMAT_PDF | FORMAT_EPUB };
	if ((rc = each_option(o, argc, argv, &asked)) >= 0)
		return rc;
	if (o->no_tags && o->standards_given && o->standards != 0)
		return misuse("--no-tags goes with --pdf-standard none "
		    "only", "");
	if ((rc = source_date(o)) >= 0)
		return rc;
	return command(o, argc - optind, argv + optind, asked);
}
