/*
 * reorder.c: rule L2 of UAX #9: from the highest level down to the lowest
 * odd one, reverse what stands at that level or higher.
 */
#include "text/text.h"

static void
reverse(uint32_t *v, size_t lo, size_t hi)
{
	while (lo + 1 < hi) {
		uint32_t x = v[lo];

		v[lo++] = v[--hi];
		v[hi] = x;
	}
}

void
text_reorder(const uint8_t *level, size_t n, uint32_t *order)
{
	unsigned most = 0, odd = UINT8_MAX + 1;

	for (size_t i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		if (level[i] > most)
			most = level[i];
		if ((level[i] & 1) != 0 && level[i] < odd)
			odd = level[i];
	}
	for (unsigned l = most; l >= odd; l--)
		for (size_t i = 0, lo; i < n;) {
			if (level[order[i]] < l) {
				i++;
				continue;
			}
			for (lo = i; i < n && level[order[i]] >= l; i++)
				;
			reverse(order, lo, i);
		}
}
