/*
 * base.h: what every module stands on: byte strings, arenas, growable
 * buffers, a string map, UTF-8, lengths, files.
 *
 * Nothing here knows a document, a format or a foreign library's type.
 * Errors of the environment come back as enum file_err; memory exhaustion
 * of an arena jumps to the job that owns it (see struct mem_limit).
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define NORETURN	__attribute__((noreturn))
#define ARRAY_LEN(x)	(sizeof(x) / sizeof((x)[0]))

/* An invariant of ours: stays on in release builds, never judges input. */
#define INVARIANT(x)	((x) ? (void)0 : base_broken(#x, __FILE__, __LINE__))
void	base_broken(const char *what, const char *file, int line) NORETURN;

/* ---- lengths ---------------------------------------------------------- */

/* A length on the page: 1/65536 of a PDF point (1/72 inch). */
typedef int64_t sp;
#define SP_PT		((sp)65536)
#define SP_MM(mm)	((sp)(mm) * 72 * SP_PT * 5 / 127)	/* integer mm */

/* ---- strings ---------------------------------------------------------- */

/* Borrowed bytes, not terminated. p may be NULL only when n is 0. */
typedef struct { const char *p; size_t n; } str;

#define S(lit)		((str){ "" lit, sizeof(lit) - 1 })
#define STR_ARG(s)	(int)(s).n, (s).p ? (s).p : ""	/* for %.*s */

str	str_c(const char *z);			/* NULL gives "" */
static inline bool
str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
int	str_cmp(str a, str b);			/* bytes, then length */
bool	str_starts(str s, str prefix);
bool	str_ends(str s, str suffix);
static inline str
str_cut(str s, size_t lo, size_t hi)		/* [lo,hi), clamped */
{
	if (hi > s.n)
		hi = s.n;
	if (lo > hi)
		lo = hi;
	return (str){ s.p ? s.p + lo : NULL, hi - lo };
}
static inline str
str_from(str s, size_t lo)			/* tail, clamped */
{
	return str_cut(s, lo, s.n);
}
str	str_trim(str s);			/* ASCII white space */
bool	str_switch(str s, bool *on);	/* on, off, true, false: else false */
size_t	str_find(str s, str needle);		/* SIZE_MAX: absent */
size_t	str_find_char(str s, char c);		/* SIZE_MAX: absent */
uint64_t str_hash(str s);			/* seedless FNV-1a */
/* Optimal-string-alignment distance of two short ASCII words; > cap: cap+1. */
unsigned str_distance(str a, str b, unsigned cap);

/* ---- lengths as text --------------------------------------------------- */

enum unit { UNIT_NONE, UNIT_PT, UNIT_MM, UNIT_CM, UNIT_IN, UNIT_PERCENT,
	UNIT_EM, UNIT_LINE };
struct length { int64_t n; enum unit unit; };	/* n thousandths of unit */
/* "10.5pt", "12 mm", "150%", "1.2em", "0.5line", "0"; no sign, at most three
 * decimals, below a million. */
bool	length_parse(str, struct length *);
/* of: what 100%, 1em or 1line is. A number without a unit is in points. */
sp	length_sp(struct length, sp of);

struct paper { str name; sp w, h; };
#define PAPER_EXPECTED	"A4, A5, B5, Letter, Legal, or a size such as " \
	"170x240mm or 6x9in, each side from 20 mm to 5 m"
/* A name in any case, or WIDTHxHEIGHT; name "custom". */
bool	paper_parse(str, struct paper *);
bool	paper_side(sp);				/* of a size that is allowed */

/* ---- memory ----------------------------------------------------------- */

/*
 * The budget that a job's arenas share. When it is used up (or malloc
 * fails) arena_alloc jumps to *escape with 1; with escape NULL it aborts.
 * Arenas are used by one thread; never allocate inside a foreign callback.
 */
struct mem_limit {
	size_t	 used, cap;	/* [bytes] of all arenas */
	jmp_buf	*escape;
};

struct arena;
struct arena_mark { void *block; size_t used; };

struct arena *arena_new(struct mem_limit *);	/* NULL: no memory */
void	 arena_free(struct arena *);		/* NULL is fine */
void	*arena_alloc(struct arena *, size_t n, size_t align); /* zeroed */
void	*arena_grow(struct arena *, void *old, size_t oldn, size_t n,
	     size_t align);			/* in place if it is last */
struct arena_mark arena_mark(const struct arena *);
void	 arena_release(struct arena *, struct arena_mark);
void	 arena_reset(struct arena *);
size_t	 arena_used(const struct arena *);

#define ARENA_NEW(a, T, n) \
	((T *)arena_alloc((a), sizeof(T) * (size_t)(n), _Alignof(T)))

str	 arena_str(struct arena *, str);	/* a copy */
char	*arena_cstr(struct arena *, str);	/* a copy, NUL-terminated */
str	 arena_printf(struct arena *, const char *fmt, ...) PRINTF(2, 3);
str	 arena_vprintf(struct arena *, const char *fmt, va_list);

/*
 * A growable array in an arena: declare `struct { T *v; size_t n, cap; } x`
 * (any struct with these three members) and push.
 */
#define VEC(T)		struct { T *v; size_t n, cap; }
#define VEC_PUSH(a, x, item) do {					\
	if ((x)->n == (x)->cap) {					\
		size_t cap_ = (x)->cap ? (x)->cap * 2 : 8;		\
		(x)->v = arena_grow((a), (x)->v,			\
		    sizeof *(x)->v * (x)->cap, sizeof *(x)->v * cap_,	\
		    16);						\
		(x)->cap = cap_;					\
	}								\
	(x)->v[(x)->n++] = (item);					\
} while (0)

/*
 * Growable bytes on the heap, for output and for threads. The first failed
 * allocation sets `failed`; later writes do nothing. Owner: buf_done().
 */
struct buf { char *p; size_t n, cap; bool failed; };

void	buf_done(struct buf *);			/* frees, zeroes */
void	buf_add(struct buf *, const void *p, size_t n);
void	buf_str(struct buf *, str);
void	buf_z(struct buf *, const char *z);
void	buf_char(struct buf *, char c);
void	buf_int(struct buf *, int64_t);		/* decimal, locale-free */
void	buf_printf(struct buf *, const char *fmt, ...) PRINTF(2, 3);
bool	buf_reserve(struct buf *, size_t more);
str	buf_view(const struct buf *);

/* ---- map from strings to pointers ------------------------------------- */

struct map;
struct map *map_new(struct arena *);
/* Borrows the key's bytes. Returns the old value (NULL: none) and stores. */
void	*map_put(struct map *, str key, void *value);
void	*map_find(const struct map *, str key);		/* NULL: absent */

/* ---- UTF-8 ------------------------------------------------------------ */

/*
 * Decodes the code point at *i and moves *i past it. Invalid bytes give
 * U+FFFD and move by the maximal ill-formed subpart (Unicode 3.9, U+FFFD
 * practice). Precondition: *i < s.n.
 */
uint32_t utf8_decode(str s, size_t *i);		/* the general way */
static inline uint32_t
utf8_next(str s, size_t *i)
{
	unsigned char c = (unsigned char)s.p[*i];

	if (c >= 0x80)
		return utf8_decode(s, i);
	++*i;
	return c;
}
size_t	 utf8_put(char out[4], uint32_t cp);	/* bytes written, 1..4 */
bool	 utf8_valid(str s, size_t *bad);	/* *bad: first bad byte */

/* ---- digests ---------------------------------------------------------- */

void	sha1(const void *p, size_t n, uint8_t out[20]);	/* FIPS 180-4 */
/* Name-based UUID, version 5 (RFC 9562): 36 characters and NUL. */
void	uuid5(const uint8_t ns[16], str name, char out[37]);
extern const uint8_t UUID_NS_URL[16];
/*
 * Adds bytes to a 128-bit fingerprint that starts as {0, 0}: fast, alike on
 * every machine, no defence against a forger. Splitting the bytes otherwise
 * gives another fingerprint.
 */
void	fingerprint(uint64_t state[2], const void *p, size_t n);
uint32_t crc32_of(const void *p, size_t n);

/* ---- deflate ---------------------------------------------------------- */

enum deflate_form { DEFLATE_RAW, DEFLATE_ZLIB };

/*
 * Appends the compressed form of in to out. Levels are libdeflate's (0-12).
 * Thread-safe. false: no memory.
 */
bool	deflate_add(struct buf *out, str in, enum deflate_form, int level);

/* ---- threads ---------------------------------------------------------- */

/*
 * Runs fn(user, i) for i in [0,n) on at most `threads` threads (1: here).
 * Order is free, so fn writes only what belongs to i.
 */
void	pool_run(unsigned threads, size_t n, void (*fn)(void *, size_t),
	    void *user);

/* ---- files ------------------------------------------------------------ */

enum file_err {
	FILE_OK, FILE_MISSING, FILE_OUTSIDE, FILE_IRREGULAR, FILE_TOO_BIG,
	FILE_DENIED, FILE_NAME, FILE_IO, FILE_NO_MEMORY
};
const char *file_err_text(enum file_err);	/* "no such file", ... */

/*
 * An open folder below which names are resolved and nowhere else:
 * openat2(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS), or a walk by O_NOFOLLOW
 * components where the kernel has no openat2. Only regular files open.
 */
struct root;
struct root *root_open(const char *path, int *err /* errno */);
void	 root_close(struct root *);
int	 root_fd(const struct root *);
/* Whole file into the arena. rel: no NUL inside; "a/b.md". */
enum file_err root_read(const struct root *, str rel, size_t max,
	     struct arena *, str *out);
/*
 * All regular files below rel ("" for all), as paths relative to the root,
 * in byte order. Hidden names and symlinks out of the root are left out.
 */
enum file_err root_list(const struct root *, str rel, struct arena *,
	     const str **paths, size_t *n);
/* Joins folder-of(from) and rel, folds "." and "..": false if it escapes. */
bool	 path_join(struct arena *, str from, str rel, str *out);
/* Decodes %XX once; false on a malformed escape or NUL. */
bool	 path_decode(struct arena *, str in, str *out);

/*
 * A file that replaces its old version at once or not at all: written as
 * ".NAME.XXXXXX.tmp" in the same folder (mode 0644 less nothing: the umask
 * is not read), fsynced, renamed, and the folder fsynced. The first error
 * is kept and makes every later call fail. abort removes the temporary.
 */
struct outfile;
struct outfile *outfile_open(struct arena *, int dirfd, str name);
bool	 outfile_write(struct outfile *, const void *p, size_t n);
bool	 outfile_commit(struct outfile *);	/* closes in any case */
void	 outfile_abort(struct outfile *);	/* NULL, or closed: nothing */
int	 outfile_errno(const struct outfile *);	/* 0: none so far */
uint64_t outfile_bytes(const struct outfile *);
/* Removes our temporaries older than `seconds` whose writer is gone. */
void	 outfile_clean(int dirfd, unsigned seconds);

#endif
