/* options.c: the command line; --help says what there is. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"

static const char usage_text[] =
    "usage: fascicle build|check|list [OPTION...] [WHAT...]\n"
    "       fascicle dump doc|book [OPTION...] WHAT\n"
    "\n"
    "WHAT is an article's file, or a period: 2020, 2020-10, 2020-W42,\n"
    "2020-10-12, 2020-10-01..2020-10-15. Without one: every article and\n"
    "every month, in every language.\n"
    "\n"
    "  -C DIR         the folder that holds content/ (default: here)\n"
    "  -o DIR         where books go (default: DIR/output)\n"
    "  -l LANG        this language only\n"
    "  -j N           workers at once (default: the cores)\n"
    "  --section ID   narrow a compilation to one section\n"
    "  --tag TAG      narrow a compilation to one tag\n"
    "  --strict       warnings are errors\n"
    "  --json         diagnostics as JSON lines\n"
    "  -q             errors only;  -v  say more\n"
    "  --version, --help\n"
    "\n"
    "Exit status: 0 done, 1 content has errors, 2 usage, 3 environment,\n"
    "4 a limit was reached.\n";

enum { OPT_SECTION = 256, OPT_TAG, OPT_STRICT, OPT_JSON, OPT_VERSION,
	OPT_HELP };

static const struct option longs[] = {
	{ "section", required_argument, NULL, OPT_SECTION },
	{ "tag", required_argument, NULL, OPT_TAG },
	{ "strict", no_argument, NULL, OPT_STRICT },
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
option(struct options *o, int c)
{
	switch (c) {
	case 'C': o->dir = optarg; return -1;
	case 'o': o->out = optarg; return -1;
	case 'l': o->lang = str_c(optarg); return -1;
	case 'j': return jobs(o);
	case 'q': o->quiet = true; return -1;
	case 'v': o->verbose = true; return -1;
	case OPT_SECTION: o->section = str_c(optarg); return -1;
	case OPT_TAG: o->tag = str_c(optarg); return -1;
	case OPT_STRICT: o->strict = true; return -1;
	case OPT_JSON: o->json = true; return -1;
	case OPT_VERSION:
		puts("fascicle " FASCICLE_VERSION);
		return EXIT_OK;
	case OPT_HELP:
		fputs(usage_text, stdout);
		return EXIT_OK;
	default:
		fputs("Try: fascicle --help\n", stderr);
		return EXIT_USAGE;
	}
}

static int
command(struct options *o, int argc, char **argv)
{
	static const char *const names[] = { "build", "check", "list", "dump" };

	if (argc == 0)
		return misuse("no command given", "");
	for (unsigned i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(argv[0], names[i]) != 0)
			continue;
		o->command = (enum command)i;
		argc--, argv++;
		if (o->command == CMD_DUMP) {
			if (argc < 2)
				return misuse("dump takes a stage and WHAT",
				    "");
			if (strcmp(argv[0], "doc") != 0 &&
			    strcmp(argv[0], "book") != 0)
				return misuse("no such stage", argv[0]);
			o->stage = argv[0];
			argc--, argv++;
		}
		o->what = argv;
		o->nwhat = (size_t)argc;
		return -1;
	}
	return misuse("no such command", argv[0]);
}

int
options_read(struct options *o, int argc, char **argv)
{
	int	 c, rc;

	*o = (struct options){ .dir = "." };
	while ((c = getopt_long(argc, argv, "C:o:l:j:qv", longs, NULL)) != -1)
		if ((rc = option(o, c)) >= 0)
			return rc;
	return command(o, argc - optind, argv + optind);
}
