/*
 * report.c: diagnostics on stderr. An article stands in several books; what
 * is wrong with it is said once.
 */
#include <stdio.h>

#include "app/app.h"

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
	if (r->lines != NULL)
		buf_str(r->lines, own);
	else
		fwrite(own.p, 1, own.n, stderr);
}

void
report_diag(struct report *r, const struct diag *d)
{
	for (size_t i = 0; i < diag_count(d); i++) {
		struct diagnostic	 x = diag_at(d, i);
		struct buf		 b = { 0 };

		report_worst(r, diag_exit_status(x.level));
		if (r->quiet && x.level < DIAG_ERROR)
			continue;
		if (r->json)
			diag_print_json(&b, &x);
		else
			diag_print(&b, &x);
		report_line(r, buf_view(&b));
		buf_done(&b);
	}
}
