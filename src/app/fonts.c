/*
 * fonts.c: where the faces are. Opened before the workers are forked, so
 * that all of them share one mapping.
 */
#include <unistd.h>

#include "app/app.h"

static bool
has_manifest(struct arena *a, str dir)
{
	return access(arena_cstr(a, arena_printf(a, "%.*s/fonts.yaml",
	    STR_ARG(dir))), R_OK) == 0;
}

/* The folder `below` in the one that stands `up` steps above the program. */
static str
beside_program(struct arena *a, unsigned up, const char *below)
{
	char	*path = ARENA_NEW(a, char, 4096);
	ssize_t	 n = readlink("/proc/self/exe", path, 4095);
	str	 s = { path, n > 0 ? (size_t)n : 0 };

	for (; up > 0; up--)
		while (s.n > 0 && s.p[--s.n] != '/')
			continue;
	return arena_printf(a, "%.*s/%s", STR_ARG(s), below);
}

void
scan_fonts(struct scan *s, struct arena *a, const char *dir,
    const struct limits *l, struct diag *d)
{
	/* The publication's own, those of a source tree whose
	 * build/VARIANT/fascicle this is, those of an installation. */
	str	 places[] = { arena_printf(a, "%s/fonts", dir),
		    beside_program(a, 3, "fonts"),
		    beside_program(a, 2, "share/fascicle/fonts"),
		    S(FASCICLE_DATADIR "/fonts") };

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (has_manifest(a, places[i])) {
			s->fonts = fontset_open(a, arena_cstr(a, places[i]),
			    l, d);
			return;
		}
	diag_add_path(d, DIAG_FONT_MANIFEST, places[0],
	    "no fonts.yaml here nor in %.*s; run `make fonts`",
	    STR_ARG(places[3]));
}
