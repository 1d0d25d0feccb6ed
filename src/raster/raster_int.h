/*
 * raster_int.h: between the parts of the rasteriser. Paths are handed to
 * cairo in pixels, transformed and held to a range here, as its own numbers
 * have few bits.
 */
#ifndef RASTER_RASTER_INT_H
#define RASTER_RASTER_INT_H

#include <cairo.h>

#include "raster/raster.h"

/* Work is reckoned in pixels of edges; areas cost a part of theirs. */
#define WORK		((int64_t)64 << 20)
#define WORK_AREA	64
#define WORK_POINT	16

struct brush {
	cairo_t	*c;
	double	 w, h;			/* [px] */
	struct face_shape shape;
	int64_t	 work;			/* that is left */
	bool	 failed;		/* nothing more is drawn */
	/* the path at hand */
	double	 x, y, x0, y0;		/* where it is, where it began */
	double	 length;		/* [px] */
	double	 left, top, right, bottom;
	int64_t	 points;
};

/* Takes that much; false: there is none left. */
bool	brush_work(struct brush *, int64_t);
cairo_matrix_t brush_matrix(const struct matrix *);
/* First inner, then outer. */
cairo_matrix_t brush_join(const cairo_matrix_t *outer,
	    const cairo_matrix_t *inner);

/* The path at hand, its points by way of m. */
void	brush_move(struct brush *, const cairo_matrix_t *m, double x,
	    double y);
void	brush_line(struct brush *, const cairo_matrix_t *m, double x,
	    double y);
void	brush_curve(struct brush *, const cairo_matrix_t *m,
	    const double xy[6]);
void	brush_close(struct brush *);
void	brush_path(struct brush *, const struct path *,
	    const cairo_matrix_t *m);
/* A run on a plane (points, y downwards) that leads by m to pixels. */
void	brush_run(struct brush *, const struct run *, sp x, sp y,
	    const cairo_matrix_t *m);
/* Fills it with the source, or makes it the clip; there is none then.
 * times: how much more than a colour the source costs. */
void	brush_fill(struct brush *, bool evenodd, int64_t times);
void	brush_clip(struct brush *, bool evenodd);
void	brush_drop(struct brush *);

/* A drawing; m leads from its units to pixels. */
void	brush_drawing(struct brush *, const struct drawn *,
	    const cairo_matrix_t *m);
/* A picture into the rectangle. */
void	brush_image(struct brush *, const struct image *, double x, double y,
	    double w, double h);

#endif
