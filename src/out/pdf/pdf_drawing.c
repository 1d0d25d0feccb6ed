/*
 * pdf_drawing.c: drawings as form XObjects, each once however often it
 * stands on pages. Contents are made and deflated in threads; the resources
 * that they name are noted on the way and stand in the form's own
 * dictionary.
 *
 * A form inherits the state of the page that shows it, so it begins by
 * setting what it relies on. Its units are points, y upwards, as a page's;
 * a first matrix turns that into the drawing's.
 */
#include "out/pdf/pdf_int.h"

#define PLACES	4		/* decimals of coordinates */
#define FINE	6		/* of matrices and parts */
#define OPAQUE	1000

/* A soft mask of a gradient; m leads to the drawing. */
struct mask { const struct gradient *g; struct matrix m; };

struct sketch {
	const struct pdf *p;
	struct pdf_drawing *d;
	struct buf *b;
	struct matrix base;	/* drawing to form */
	const struct clip *open;	/* of the group at hand */
	size_t	 npatterns;
	bool	 fill[OPAQUE + 1], stroke[OPAQUE + 1];	/* alphas named */
};

static void
put_numbers(struct buf *b, const fx *v, size_t n, unsigned places)
{
	for (size_t i = 0; i < n; i++) {
		fx_print(b, v[i], places);
		buf_char(b, ' ');
	}
}

static void
put_matrix(struct buf *b, const struct matrix *m)
{
	const fx v[] = { m->a, m->b, m->c, m->d, m->e, m->f };

	put_numbers(b, v, 6, FINE);
}

static void
put_path(struct buf *b, const struct path *p)
{
	static const char *const ops[] = { "m\n", "l\n", "c\n", "h\n" };
	static const size_t points[] = { 1, 1, 3, 0 };
	const fx *xy = p->xy;

	for (size_t i = 0; i < p->nops; i++) {
		size_t n = points[p->ops[i]] * 2;

		put_numbers(b, xy, n, PLACES);
		buf_z(b, ops[p->ops[i]]);
		xy += n;
	}
}

/* ---- gradients -------------------------------------------------------- */

static void
put_rgb(struct buf *b, uint32_t rgb)
{
	for (int shift = 16; shift >= 0; shift -= 8) {
		fx_print(b, (fx)(rgb >> shift & 255) * FX_ONE / 255, 4);
		buf_char(b, ' ');
	}
}

/* A colour, or how opaque it is, as a grey. */
static void
put_stop(struct buf *b, const struct stop *s, bool mask)
{
	if (mask)
		fx_print(b, s->opacity, 4);
	else
		put_rgb(b, s->rgb);
}

static void
put_step(struct buf *b, const struct stop *from, const struct stop *to,
    bool mask)
{
	buf_z(b, "<</FunctionType 2/Domain[0 1]/N 1/C0[");
	put_stop(b, from, mask);
	buf_z(b, "]/C1[");
	put_stop(b, to, mask);
	buf_z(b, "]>>");
}

struct step { const struct stop *a, *b; };

/*
 * The steps of a gradient that have a width, those before the first stop
 * and behind the last included; how many. v has room for g->n + 1.
 */
static size_t
steps_of(const struct gradient *g, struct step *v)
{
	const struct stop *s = g->stops;
	size_t last = g->n - 1, n = 0;

	if (s[0].at > 0)
		v[n++] = (struct step){ s, s };
	for (size_t i = 0; i < last; i++)
		if (s[i].at < s[i + 1].at)
			v[n++] = (struct step){ s + i, s + i + 1 };
	if (s[last].at < FX_ONE)
		v[n++] = (struct step){ s + last, s + last };
	/* All stops at 0, or all at 1: either side is one colour. */
	if (n == 0)
		v[n++] = (struct step){ s + last, s + last };
	return n;
}

static void
put_function(struct buf *b, const struct gradient *g, bool mask)
{
	struct buf room = { 0 };
	struct step *v;
	size_t n;

	if (!buf_reserve(&room, (g->n + 1) * sizeof *v)) {
		b->failed = true;
		return;
	}
	v = (struct step *)(void *)room.p;
	n = steps_of(g, v);
	if (n > 1)
		buf_z(b, "<</FunctionType 3/Domain[0 1]/Functions[");
	for (size_t i = 0; i < n; i++)
		put_step(b, v[i].a, v[i].b, mask);
	if (n > 1) {
		buf_z(b, "]/Bounds[");
		for (size_t i = 1; i < n; i++) {
			fx_print(b, v[i].a->at, FINE);
			buf_char(b, ' ');
		}
		buf_z(b, "]/Encode[");
		for (size_t i = 0; i < n; i++)
			buf_z(b, "0 1 ");
		buf_z(b, "]>>");
	}
	buf_done(&room);
}

static void
put_shading(struct buf *b, const struct gradient *g, bool mask)
{
	const fx line[] = { g->x1, g->y1, g->x2, g->y2 };
	const fx circles[] = { g->x1, g->y1, g->r1, g->x2, g->y2, g->r2 };

	buf_printf(b, "<</ShadingType %d/ColorSpace/%s/Coords[",
	    g->radial ? 3 : 2, mask ? "DeviceGray" : "DeviceRGB");
	if (g->radial)
		put_numbers(b, circles, 6, FINE);
	else
		put_numbers(b, line, 4, FINE);
	buf_z(b, "]/Extend[true true]/Function");
	put_function(b, g, mask);
	buf_z(b, ">>");
}

/* A pattern's matrix leads to the form, whatever stands in between. */
static void
put_pattern(struct sketch *s, const struct gradient *g,
    const struct matrix *mark)
{
	struct buf *b = &s->d->patterns;
	struct matrix m = matrix_join(&s->base, mark);

	m = matrix_join(&m, &g->m);
	buf_printf(b, "/P%zu<</PatternType 2/Matrix[", ++s->npatterns);
	put_matrix(b, &m);
	buf_z(b, "]/Shading");
	put_shading(b, g, false);
	buf_z(b, ">>\n");
}

/* ---- paints ----------------------------------------------------------- */

/* Are its stops not equally opaque? */
static bool
fades(const struct paint *p)
{
	if (p->kind != PAINT_GRADIENT)
		return false;
	for (size_t i = 1; i < p->gradient->n; i++)
		if (p->gradient->stops[i].opacity !=
		    p->gradient->stops[0].opacity)
			return true;
	return false;
}

static fx
opacity_of(const struct paint *p)
{
	if (p->kind != PAINT_GRADIENT || fades(p))
		return p->opacity;
	return fx_mul(p->opacity, p->gradient->stops[0].opacity);
}

/* What follows shows by the opacity of p's stops. In the drawing's units. */
static void
put_mask(struct sketch *s, const struct paint *p, const struct matrix *mark)
{
	struct mask m = { p->gradient, matrix_join(mark, &p->gradient->m) };

	buf_add(&s->d->masks, &m, sizeof m);
	buf_printf(s->b, "/M%zu gs\n", s->d->masks.n / sizeof m);
}

static unsigned
alpha_of(const struct paint *p)
{
	return (unsigned)((opacity_of(p) * OPAQUE + FX_ONE / 2) / FX_ONE);
}

static void
put_alpha(struct sketch *s, const struct paint *p, bool stroke)
{
	unsigned a = alpha_of(p);
	bool *named = stroke ? &s->stroke[a] : &s->fill[a];

	if (a >= OPAQUE)
		return;
	if (!*named) {
		buf_printf(&s->d->states, "/%c%u<</%s ", stroke ? 'S' : 'F',
		    a, stroke ? "CA" : "ca");
		pdf_milli(&s->d->states, a);
		buf_z(&s->d->states, ">>");
	}
	*named = true;
	buf_printf(s->b, "/%c%u gs\n", stroke ? 'S' : 'F', a);
}

static void
put_paint(struct sketch *s, const struct paint *p, const struct matrix *m,
    bool stroke)
{
	put_alpha(s, p, stroke);
	if (p->kind == PAINT_GRADIENT) {
		put_pattern(s, p->gradient, m);
		buf_printf(s->b, "/Pattern %s/P%zu %s\n", stroke ? "CS" :
		    "cs", s->npatterns, stroke ? "SCN" : "scn");
		return;
	}
	put_rgb(s->b, p->rgb);
	buf_z(s->b, stroke ? "RG\n" : "rg\n");
}

/* What differs from the state that a form begins with. */
static void
put_line_style(struct sketch *s, const struct stroke *k)
{
	fx sum = 0, phase = k->dash_offset;

	fx_print(s->b, k->width, PLACES);
	buf_z(s->b, " w\n");
	if (k->cap != CAP_BUTT)
		buf_printf(s->b, "%d J\n", (int)k->cap);
	if (k->join != JOIN_MITER)
		buf_printf(s->b, "%d j\n", (int)k->join);
	else {
		fx_print(s->b, k->miter, PLACES);
		buf_z(s->b, " M\n");
	}
	if (k->ndashes == 0)
		return;
	for (size_t i = 0; i < k->ndashes; i++)
		sum = sum + k->dashes[i];
	phase %= sum;
	if (phase < 0)
		phase += sum;
	buf_char(s->b, '[');
	put_numbers(s->b, k->dashes, k->ndashes, PLACES);
	buf_z(s->b, "] ");
	fx_print(s->b, phase, PLACES);
	buf_z(s->b, " d\n");
}

/* ---- marks ------------------------------------------------------------ */

/* Marks in a row with one clip stand in one group, in the drawing's units. */
static void
clip_group(struct sketch *s, const struct clip *c)
{
	if (c == s->open)
		return;
	if (s->open != NULL)
		buf_z(s->b, "Q\n");
	if (c != NULL)
		buf_z(s->b, "q\n");
	s->open = c;
	for (; c != NULL; c = c->outer) {
		if (c->path.nops == 0)
			buf_z(s->b, "0 0 0 0 re");
		else
			put_path(s->b, &c->path);
		buf_z(s->b, c->evenodd ? " W* n\n" : " W n\n");
	}
}

/* Either paint of a mark, or both where one operator does for them. */
static void
put_path_as(struct sketch *s, const struct mark *k, bool fill, bool stroke)
{
	const struct paint *p = fill ? &k->fill : &k->stroke.paint;

	buf_z(s->b, "q\n");
	if (fades(p))
		put_mask(s, p, &k->m);
	put_matrix(s->b, &k->m);
	buf_z(s->b, "cm\n");
	if (fill)
		put_paint(s, &k->fill, &k->m, false);
	if (stroke) {
		put_paint(s, &k->stroke.paint, &k->m, true);
		put_line_style(s, &k->stroke);
	}
	put_path(s->b, &k->path);
	if (!fill)
		buf_z(s->b, "S");
	else if (stroke)
		buf_z(s->b, k->evenodd ? "B*" : "B");
	else
		buf_z(s->b, k->evenodd ? "f*" : "f");
	buf_z(s->b, "\nQ\n");
}

static void
put_outline(struct sketch *s, const struct mark *k)
{
	bool fill = k->fill.kind != PAINT_NONE;
	bool stroke = k->stroke.paint.kind != PAINT_NONE;
	/* One operator for both would not let the one show through. */
	bool apart = fill && stroke && (alpha_of(&k->fill) < OPAQUE ||
	    alpha_of(&k->stroke.paint) < OPAQUE || fades(&k->fill) ||
	    fades(&k->stroke.paint));

	if (apart) {
		put_path_as(s, k, true, false);
		put_path_as(s, k, false, true);
	} else
		put_path_as(s, k, fill, stroke);
}

static void
put_text(struct sketch *s, const struct drawn_run *r)
{
	static const struct matrix flip = { FX_ONE, 0, 0, -FX_ONE, 0, 0 };
	struct matrix m = matrix_join(&r->m, &flip);
	struct item it = { .kind = ITEM_RUN, .x = r->x, .y = r->y,
	    .as.run = r->run };
	/* The colour is set here: the canvas is told that it is right. */
	struct canvas c = { .p = s->p, .b = s->b, .rgb = r->run.rgb };

	buf_z(s->b, "q\n");
	if (fades(&r->span->fill))
		put_mask(s, &r->span->fill, &r->mark->m);
	put_paint(s, &r->span->fill, &r->mark->m, false);
	put_matrix(s->b, &m);
	buf_z(s->b, "cm\n");
	pdf_run(&c, &it, &it + 1);
	pdf_text_end(&c);
	buf_z(s->b, "Q\n");
}

static void
put_marks(struct sketch *s)
{
	const struct drawn *d = s->d->drawn;
	const struct drawing *g = d->image->drawing;
	size_t r = 0;

	for (size_t i = 0; i < g->n; i++) {
		clip_group(s, g->marks[i].clip);
		if (g->marks[i].kind == MARK_PATH) {
			put_outline(s, &g->marks[i]);
			continue;
		}
		for (; r < d->n && d->runs[r].mark == &g->marks[i]; r++)
			put_text(s, &d->runs[r]);
	}
	clip_group(s, NULL);
}

/* In a thread. */
static void
draw(void *user, size_t i)
{
	struct pdf *p = user;
	struct pdf_drawing *d = &p->drawings.v[i];
	const struct drawing *g = d->drawn->image->drawing;
	struct buf b = { 0 };
	struct sketch s = { .p = p, .d = d, .b = &b, .base = { FX_ONE * 3 / 4,
	    0, 0, -FX_ONE * 3 / 4, 0, g->h * 3 / 4 } };

	buf_z(&b, "0 J 0 j []0 d 0 Tc 0 Tw 100 Tz 0 Tr 0 Ts\n");
	put_matrix(&b, &s.base);
	buf_z(&b, "cm\n");
	put_marks(&s);
	d->failed = b.failed || d->patterns.failed || d->states.failed ||
	    d->masks.failed ||
	    !deflate_add(&d->packed, buf_view(&b), DEFLATE_ZLIB,
	    p->options->level);
	buf_done(&b);
}

/* ---- plan and objects ------------------------------------------------- */

static str
key_of(const struct item *it)
{
	return (str){ (const char *)&it->as.drawing.drawn->image,
	    sizeof it->as.drawing.drawn->image };
}

size_t
pdf_drawing_slot(const struct pdf *p, const struct item *it)
{
	return (size_t)(uintptr_t)map_find(p->drawing_slot, key_of(it)) - 1;
}

static void
add_drawing(struct pdf *p, const struct item *it)
{
	struct pdf_drawing d = { .drawn = it->as.drawing.drawn };

	if (map_find(p->drawing_slot, key_of(it)) != NULL)
		return;
	d.fonts = ARENA_NEW(p->arena, bool, p->nfonts + 1);
	for (size_t i = 0; i < d.drawn->n; i++)
		d.fonts[d.drawn->runs[i].run.face->id] = true;
	VEC_PUSH(p->arena, &p->drawings, d);
	map_put(p->drawing_slot, key_of(it),
	    (void *)(uintptr_t)p->drawings.n);
}

bool
pdf_drawings_plan(struct pdf *p)
{
	p->drawing_slot = map_new(p->arena);
	for (size_t i = 0; i < p->pages->n; i++)
		for (size_t j = 0; j < p->pages->v[i].n; j++)
			if (p->pages->v[i].items[j].kind == ITEM_DRAWING)
				add_drawing(p, &p->pages->v[i].items[j]);
	pool_run(p->options->threads, p->drawings.n, draw, p);
	for (size_t i = 0; i < p->drawings.n; i++)
		if (p->drawings.v[i].failed)
			p->no_memory = true;
	return !p->no_memory;
}

/* The group whose luminosity is the mask. */
static struct pdf_obj *
write_mask(struct pdf *p, const struct drawing *g, const struct mask *m)
{
	struct buf *b = &p->tmp;
	str body, paint;

	put_matrix(b, &m->m);
	buf_z(b, "cm/S sh\n");
	paint = pdf_body(p);
	buf_z(b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
	fx_print(b, g->w, PLACES);
	buf_char(b, ' ');
	fx_print(b, g->h, PLACES);
	buf_z(b, "]\n/Group<</S/Transparency/CS/DeviceGray>>"
	    "/Resources<</Shading<</S");
	put_shading(b, m->g, true);
	buf_z(b, ">>>>\n");
	body = pdf_body(p);
	return pdf_stream(p, body, paint);
}

static void
write_masks(struct pdf *p, struct pdf_drawing *d)
{
	const struct mask *m = (const struct mask *)(void *)d->masks.p;

	for (size_t i = 0; i < d->masks.n / sizeof *m; i++) {
		struct pdf_obj *o = write_mask(p, d->drawn->image->drawing,
		    &m[i]);

		buf_printf(&d->states, "/M%zu<</SMask<</S/Luminosity/G "
		    "%u 0 R>>>>", i + 1, (unsigned)o->id);
	}
	if (d->states.failed)
		p->no_memory = true;
}

static void
write_drawing(struct pdf *p, struct pdf_drawing *d)
{
	struct buf *b = &p->tmp;

	write_masks(p, d);
	buf_z(b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
	pdf_sp(b, d->drawn->image->natural_w);
	buf_char(b, ' ');
	pdf_sp(b, d->drawn->image->natural_h);
	buf_z(b, "]\n/Resources<</Font<<");
	for (size_t k = 0; k < p->nfonts; k++)
		if (d->fonts[k])
			buf_printf(b, "/F%zu %u 0 R", k,
			    (unsigned)p->fonts[k].obj->id);
	buf_z(b, ">>/ExtGState<<");
	buf_str(b, buf_view(&d->states));
	buf_z(b, ">>/Pattern<<");
	buf_str(b, buf_view(&d->patterns));
	buf_z(b, ">>>>\n/Filter/FlateDecode\n");
	d->obj = pdf_stream(p, pdf_body(p), buf_view(&d->packed));
}

void
pdf_drawings_write(struct pdf *p)
{
	for (size_t i = 0; i < p->drawings.n; i++)
		write_drawing(p, &p->drawings.v[i]);
}

void
pdf_drawings_done(struct pdf *p)
{
	for (size_t i = 0; i < p->drawings.n; i++) {
		buf_done(&p->drawings.v[i].packed);
		buf_done(&p->drawings.v[i].patterns);
		buf_done(&p->drawings.v[i].states);
		buf_done(&p->drawings.v[i].masks);
	}
}
