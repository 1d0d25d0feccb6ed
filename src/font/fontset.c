/*
 * fontset.c: all faces of the manifest, and the choice among them. A
 * character's face is the one of
 * least cost (role's own, then its script's fallbacks, then all others)
 * that has it, found in one pass over the few dozen faces.
 */
#include "font/font_int.h"

struct slot {
	struct face		 face;
	const struct font_entry	*entry;
};

struct fontset {
	struct slot	*v;
	size_t		 n;
	/* role, bold, italic: asked for by every stretch of text */
	const struct face *role[FONT_ROLE_COUNT][2][2];
};

enum {
	COST_ITALIC = 1, COST_BOLD = 2, COST_ROLE = 8, COST_LANG = 64,
	COST_OTHER_ROLE = 4,		/* mono is farther than sans */
	COST_SCRIPT = 1000, COST_FAMILY = 2000, COST_SYMBOLS = 3000,
	COST_OTHERS = 4000, COST_NONE = 1000000
};

/* Is `word` one of the blank-separated words of list? */
static bool
has_word(str list, str word)
{
	while (list.n > 0) {
		size_t i = str_find_char(list, ' ');
		str w = str_cut(list, 0, i);

		if (str_eq(w, word))
			return true;
		list = i == SIZE_MAX ? S("") : str_from(list, i + 1);
	}
	return false;
}

/* 0: the language itself; 1: its first subtag; 2 any; COST_LANG: other. */
static int
lang_cost(str list, str lang)
{
	size_t dash = str_find_char(lang, '-');
	str parent = lang;

	if (list.n == 0)
		return 2;
	for (;;) {
		size_t i = parent.n;

		if (has_word(list, parent))
			return parent.n == dash ? 1 : 0;
		while (i > 0 && parent.p[i - 1] != '-')
			i--;
		if (i == 0)
			return COST_LANG;
		parent = str_cut(parent, 0, i - 1);
	}
}

static int
style_cost(const struct font_entry *e, enum font_role role, bool bold,
    bool italic)
{
	int cost = 0;

	if (e->role != role)
		cost += COST_ROLE;
	if (e->role != role && (e->role == FONT_MONO ||
	    (role == FONT_MONO && e->role == FONT_SERIF)))
		cost += COST_OTHER_ROLE;
	if (e->bold != bold)
		cost += COST_BOLD;
	if (e->italic != italic)
		cost += COST_ITALIC;
	return cost;
}

static const struct slot *
role_slot(const struct fontset *fs, enum font_role role, bool bold,
    bool italic)
{
	const struct slot *best = NULL;
	int least = COST_NONE;

	for (size_t i = 0; i < fs->n; i++) {
		const struct font_entry *e = fs->v[i].entry;
		int c = style_cost(e, role, bold, italic);

		if (e->scripts.n == 0 && !e->symbols && c < least) {
			least = c;
			best = &fs->v[i];
		}
	}
	return best;
}

/* A face that no book can do without. */
static bool
is_base(const struct font_entry *e)
{
	return e->scripts.n == 0 && !e->symbols && !e->bold && !e->italic;
}

static bool
has_regular(const struct fontset *fs, enum font_role role)
{
	const struct slot *s = role_slot(fs, role, false, false);

	return s != NULL && s->entry->role == role && !s->entry->bold &&
	    !s->entry->italic;
}

static bool
open_one(struct arena *a, const char *dir, const struct font_entry *e,
    struct slot *s, struct diag *diag)
{
	str path = arena_printf(a, "%s/%.*s", dir, STR_ARG(e->file));
	const char *wrong;
	bool missing;

	wrong = face_open(a, arena_cstr(a, path), e->index, &s->face,
	    &missing);
	if (wrong != NULL) {
		diag_add_path(diag, !missing ? DIAG_FONT_BROKEN : is_base(e) ?
		    DIAG_FONT_MISSING : DIAG_FONT_FALLBACK, path,
		    missing ? "%s; `make fonts` copies it from Debian's %.*s" :
		    "%s (of Debian's %.*s)", wrong, STR_ARG(e->package));
		return false;
	}
	s->entry = e;
	s->face.file = e->file;
	s->face.bold = e->bold;
	s->face.italic = e->italic;
	s->face.mono = e->role == FONT_MONO;
	s->face.serif = e->role == FONT_SERIF;
	s->face.scripts = e->scripts;
	return true;
}

struct fontset *
fontset_open(struct arena *a, const char *dir, const struct limits *lim,
    struct diag *diag)
{
	struct fontset *fs = ARENA_NEW(a, struct fontset, 1);
	str path = arena_printf(a, "%s/fonts.yaml", dir), text;
	const struct font_entry *v;
	struct root *root;
	enum file_err fe;
	int err = 0;
	size_t n;

	root = root_open(dir, &err);
	fe = root == NULL ? FILE_MISSING :
	    root_read(root, S("fonts.yaml"), lim->yaml_bytes, a, &text);
	root_close(root);
	if (fe != FILE_OK) {
		diag_add_path(diag, DIAG_FONT_MANIFEST, path, "%s",
		    file_err_text(fe));
		return NULL;
	}
	if (!font_manifest_read(a, path, text, lim, diag, &v, &n))
		return NULL;
	fs->v = ARENA_NEW(a, struct slot, n + 1);
	for (size_t i = 0; i < n; i++) {
		fs->v[fs->n].face.id = (uint32_t)fs->n;
		if (open_one(a, dir, &v[i], &fs->v[fs->n], diag))
			fs->n++;
		else
			memset(&fs->v[fs->n], 0, sizeof *fs->v);
	}
	for (int r = 0; r < FONT_ROLE_COUNT; r++)
		if (!has_regular(fs, (enum font_role)r)) {
			fontset_close(fs);
			return NULL;
		}
	for (int i = 0; i < FONT_ROLE_COUNT * 4; i++)
		fs->role[i / 4][i / 2 % 2][i % 2] = &role_slot(fs,
		    (enum font_role)(i / 4), i / 2 % 2, i % 2)->face;
	return fs;
}

void
fontset_close(struct fontset *fs)
{
	for (size_t i = 0; fs != NULL && i < fs->n; i++)
		face_close(&fs->v[i].face);
	if (fs != NULL)
		fs->n = 0;
}

size_t
fontset_count(const struct fontset *fs)
{
	return fs->n;
}

const struct face *
fontset_at(const struct fontset *fs, size_t id)
{
	INVARIANT(id < fs->n);
	return &fs->v[id].face;
}

const struct face *
font_role(const struct fontset *fs, enum font_role role, bool bold,
    bool italic)
{
	return fs->role[role][bold][italic];
}

/* The regular face of the same family: all its weights take one scale. */
static const struct slot *
regular_of(const struct fontset *fs, const struct slot *s)
{
	const struct font_entry *e = s->entry;

	for (size_t i = 0; i < fs->n && (e->bold || e->italic); i++) {
		const struct font_entry *o = fs->v[i].entry;

		if (o->role == e->role && !o->bold && !o->italic &&
		    o->symbols == e->symbols && str_eq(o->scripts,
		    e->scripts) && str_eq(o->langs, e->langs))
			return &fs->v[i];
	}
	return s;
}

int32_t
font_scale(const struct fontset *fs, enum font_role role,
    const struct face *f)
{
	const struct slot *s = &fs->v[f->id];

	return font_scale_of(fs->role[role][0][0], &regular_of(fs, s)->face,
	    s->entry);
}

static int
slot_cost(const struct font_entry *e, enum font_role role, bool bold,
    bool italic, str script, str lang)
{
	int c = style_cost(e, role, bold, italic);

	if (e->symbols)
		return c + COST_SYMBOLS;
	if (e->scripts.n == 0)
		return e->role == role ? c : c + COST_FAMILY;
	c += lang_cost(e->langs, lang);
	return has_word(e->scripts, script) ? c + COST_SCRIPT :
	    c + COST_OTHERS;
}

const struct face *
font_for(const struct fontset *fs, enum font_role role, bool bold,
    bool italic, uint32_t cp, str lang)
{
	hb_tag_t tag = hb_script_to_iso15924_tag(hb_unicode_script(
	    hb_unicode_funcs_get_default(), cp));
	const struct face *best = NULL;
	int least = COST_NONE;
	char script[4];

	hb_tag_to_string(tag, script);
	for (size_t i = 0; i < fs->n; i++) {
		const struct slot *s = &fs->v[i];
		int c;

		if (face_glyph(&s->face, cp) == 0)
			continue;
		c = slot_cost(s->entry, role, bold, italic,
		    (str){ script, 4 }, lang);
		if (c < least) {
			least = c;
			best = &s->face;
		}
	}
	return best;
}
