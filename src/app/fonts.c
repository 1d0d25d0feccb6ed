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

/* build/VARIANT/fascicle stands three steps below its source tree. */
static str
beside_program(struct arena *a)
{
	char	*path = ARENA_NEW(a, char, 4096);
	ssize_t	 n = readlink("/proc/self/exe", path, 4095);
	str	 s = { path, n > 0 ? (size_t)n : 0 };

	for (unsigned i = 0; i < 3; i++)
		while (s.n > 0 && s.p[--s.n] != '/')
			continue;
	return arena_printf(a, "%.*s/fonts", STR_ARG(s));
}

void
scan_fonts(struct scan *s, struct arena *a, const char *dir,
    const struct limits *l, struct diag *d)
{
	str	 places[] = { arena_printf(a, "%s/fonts", dir),
		    beside_program(a), S(FASCICLE_DATADIR "/fonts") };

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (has_manifest(a, places[i])) {
			s->fonts = fontset_open(a, arena_cstr(a, places[i]),
			    l, d);
			return;
		}
	diag_add_path(d, DIAG_FONT_MANIFEST, places[0],
	    "no fonts.yaml here nor in %.*s; run `make fonts`",
	    STR_ARG(places[2]));
}
