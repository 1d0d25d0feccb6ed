/*
 * report.c: diagnostics on stderr. An article stands in several books; what
 * is wrong with it is said once.
 */
#include <stdio.h>

#include "app/app.h"

/* As diag_print() does, which has an escape for each. */
static bool
is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0xad ||
	    cp == 0x61c || cp == 0x200b || cp == 0x200e || cp == 0x200f ||
	    (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	    (cp >= 0xfff9 && cp <= 0xfffd) || cp >= 0xe0000;
}

str
text_plain(struct arena *a, str s)
{
	char	*p = arena_cstr(a, s);
	size_t	 n = 0;

	for (size_t i = 0, lo = 0; i < s.n; lo = i) {
		if (is_unsafe(utf8_next(s, &i))) {
			p[n++] = '?';
			continue;
		}
		memcpy(p + n, s.p + lo, i - lo);
		n += i - lo;
	}
	return (str){ p, n };
}

void
report_worst(struct report *r, int status)
{
	static const int rank[] = { 0, 1, 4, 3, 2 };

	if (rank[status] > rank[r->status])
		r->status = status;
}

void
report_line(struct report *r, str line)
{
	str	 own;

	if (map_find(r->seen, line) != NULL)
		return;
	own = arena_str(r->arena, line);
	map_put(r->seen, own, r);
	if (r->progress != NULL)
		progress_wipe(r->progress);
	if (r->lines != NULL)
		buf_str(r->lines, own);
	else
		fwrite(own.p, 1, own.n, stderr);
}

static void
report_one(struct report *r, const struct diagnostic *x)
{
	struct buf	 b = { 0 };

	report_worst(r, diag_exit_status(x->level));
	if (r->quiet && x->level < DIAG_ERROR)
		return;
	if (x->id == DIAG_SANDBOX_OFF && !r->verbose)
		return;
	if (r->json)
		diag_print_json(&b, x);
	else
		diag_print(&b, x);
	report_line(r, buf_view(&b));
	buf_done(&b);
}

/* Says how many were too many to be said, in place of them. */
static void
report_more(struct report *r, size_t n)
{
	struct buf	 b = { 0 };

	if (n > 0 && !r->json && !r->quiet) {
		buf_printf(&b, "fascicle: %zu more diagnostics of this book "
		    "are not shown\n", n);
		report_line(r, buf_view(&b));
	}
	buf_done(&b);
}

/*
 * How many of each level are said. An error is why a book is not written, so
 * errors go before warnings, also before those that --strict has raised; what
 * stops the book is said however late it comes.
 */
static void
report_room(const struct diag *d, size_t room[DIAG_ENV + 1])
{
	size_t	 n = diag_count(d), most = limits_default.diagnostics;
	size_t	 errors = 0;

	for (size_t i = 0; i < n && n > most; i++)
		errors += diag_level_of(diag_at(d, i).id) >= DIAG_ERROR;
	room[DIAG_LIMIT] = room[DIAG_ENV] = n;
	room[DIAG_ERROR] = most;
	room[DIAG_WARN] = errors < most ? most - errors : 0;
	room[DIAG_NOTE] = 0;	/* they share the warnings' */
}

void
report_diag(struct report *r, const struct diag *d)
{
	size_t	 room[DIAG_ENV + 1], n = diag_count(d), hidden = 0;

	report_room(d, room);
	for (size_t i = 0; i < n; i++) {
		struct diagnostic	 x = diag_at(d, i);
		enum diag_level		 level = diag_level_of(x.id);
		size_t			*left = &room[level == DIAG_NOTE ?
					    DIAG_WARN : level];

		report_worst(r, diag_exit_status(x.level));
		if (*left == 0) {
			hidden++;
			continue;
		}
		--*left;
		report_one(r, &x);
	}
	report_more(r, hidden);
}

void
report_scan(struct report *r, const struct diag *d, const struct targets *t)
{
	for (size_t i = 0; i < diag_count(d); i++) {
		struct diagnostic	 x = diag_at(d, i);

		if (targets_concern(t, &x))
			report_one(r, &x);
	}
}
