/*
 * limits.h: every bound that input is held to, in one struct. The defaults
 * are in limits.c; tests try each at the limit and one past it.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

struct limits {
	size_t	 article_bytes;		/* one article's file, 16 MiB */
	size_t	 input_bytes;		/* all sources of a book, 2 GiB - 1 */
	size_t	 line_bytes;		/* a diagnostic's quoted text, 120 */
	unsigned block_depth;		/* nested blocks, 100 */
	unsigned inline_depth;		/* nested inlines, 64 */
	unsigned table_columns;		/* 256 */
	unsigned table_rows;		/* 100,000 */
	size_t	 yaml_bytes;		/* front matter, 64 KiB */
	unsigned yaml_depth;		/* 8 */
	size_t	 parse_ratio;		/* document <= ratio x input + slack */
	size_t	 parse_slack;		/* [bytes] */
	size_t	 image_bytes;		/* 64 MiB */
	uint32_t image_side;		/* 32,768 px */
	uint64_t image_pixels;		/* 64 Mpx */
	unsigned jpeg_scans;		/* 100 */
	unsigned svg_depth;		/* nested elements, uses included, 100 */
	size_t	 svg_nodes;		/* elements, 200,000 */
	size_t	 svg_work;		/* elements and points drawn, 2,000,000 */
	unsigned notes;			/* footnotes of one article, 10,000 */
	size_t	 job_memory;		/* arenas of one book, 3 GiB */
	size_t	 worker_memory;		/* address space of a worker, 6 GiB */
	unsigned cpu_base;		/* CPU seconds of a worker, 30 ... */
	unsigned cpu_per_article;	/* ... plus this per article, 5 */
	unsigned diagnostics;		/* printed per book, 1,000 */
	uint32_t pages;			/* of one book, 200,000 */
	uint64_t pdf_bytes;		/* 2^31 - 1: libharu's offsets */
};

extern const struct limits limits_default;

#endif
