/*
 * limits.c: the defaults of limits.h.
 */
#include "base/limits.h"

#define KIB	((size_t)1 << 10)
#define MIB	((size_t)1 << 20)
#define GIB	((size_t)1 << 30)

const struct limits limits_default = {
	.article_bytes = 16 * MIB,
	.input_bytes = 2 * GIB - 1,
	.line_bytes = 120,
	.block_depth = 100,
	.inline_depth = 64,
	.table_columns = 256,
	.table_rows = 100000,
	.yaml_bytes = 64 * KIB,
	.yaml_depth = 8,
	.parse_ratio = 20,
	.parse_slack = 64 * MIB,
	.image_bytes = 64 * MIB,
	.image_side = 32768,
	.image_pixels = 64 * MIB,
	.jpeg_scans = 100,
	.svg_depth = 100,
	.svg_nodes = 200000,
	.svg_work = 2000000,
	.notes = 10000,
	.job_memory = 3 * GIB,
	.worker_memory = 6 * GIB,
	.cpu_base = 30,
	.cpu_per_article = 5,
	.diagnostics = 1000,
	.pages = 200000,
	.pdf_bytes = ((uint64_t)1 << 31) - 1,
};
