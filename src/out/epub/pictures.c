/*
 * pictures.c: the pictures of an EPUB and its cover, made in threads before
 * the pages, which name them and tell their size.
 *
 * Equal ones are one file. An SVG stays one and has the same in pixels as
 * its fallback in the manifest; for e-ink, whose readers know little of SVG
 * and nothing of our fonts, the pixels alone stand in the text.
 */
#include "out/epub/epub_int.h"
#include "raster/raster.h"

#define PIXELS		5600000u	/* what Apple's reader takes */
#define COVER_W		1600u
#define COVER_H		2560u
#define COVER_BYTES	300000u
#define COVER_QUALITY	84	/* nine of ten fit and are drawn but once */
/* Of an SVG in pixels: what e-ink has; those who need it have little more. */
#define FALLBACK_W	1264u
#define FALLBACK_H	1680u
#define FALLBACK_TIMES	3u	/* its pixels to one of the SVG, at most */

static const struct image_form forms[] = {
	[EPUB_IMAGES_SCREEN] = { 1600, 2560, PIXELS, false },
	[EPUB_IMAGES_EINK] = { 1264, 1680, PIXELS, true },
	[EPUB_IMAGES_ORIGINAL] = { UINT32_MAX, UINT32_MAX, PIXELS, false }
};

static const struct drawn *
drawn_of(const struct epub *e, const struct image *im)
{
	return im->kind == IMAGE_SVG && e->options->drawings ?
	    e->options->drawings[im->index] : NULL;
}

/* ---- a drawing in pixels ---------------------------------------------- */

static uint32_t
times(uint32_t n, uint64_t num, uint64_t den)
{
	uint64_t v = (n * num + den / 2) / den;

	return v > 0 ? (uint32_t)v : 1;
}

static void
fallback_size(const struct image *im, struct raster *r)
{
	r->w = FALLBACK_W;
	r->h = times(im->h, FALLBACK_W, im->w);
	if (r->h > FALLBACK_H) {
		r->w = times(im->w, FALLBACK_H, im->h);
		r->h = FALLBACK_H;
	}
	if (r->w > (uint64_t)im->w * FALLBACK_TIMES) {
		r->w = im->w * FALLBACK_TIMES;
		r->h = im->h * FALLBACK_TIMES;
	}
}

static void
make_grey(struct raster *r)
{
	size_t n = (size_t)r->w * r->h;

	for (size_t i = 0; i < n; i++) {
		const unsigned char *v = r->px + i * 3;

		r->px[i] = (unsigned char)((v[0] * 299u + v[1] * 587u +
		    v[2] * 114u + 500) / 1000);
	}
	r->comps = 1;
}

/* Six bits a channel: the shades at edges are then few enough for a palette,
 * which halves the file. */
static void
drop_shades(struct raster *r)
{
	size_t n = (size_t)r->w * r->h * 3;

	for (size_t i = 0; i < n; i++)
		r->px[i] = (unsigned char)((r->px[i] & 0xfc) | r->px[i] >> 6);
}

/* Without it, there is the SVG: too much work to draw is no failure. */
static void
draw(const struct epub *e, struct picture *p, const struct image *im)
{
	bool eink = e->options->images == EPUB_IMAGES_EINK;
	struct raster r = { .comps = 3 };
	struct buf rgb = { 0 };

	fallback_size(im, &r);
	if (raster_drawing(drawn_of(e, im), r.w, r.h, &rgb)) {
		r.px = (unsigned char *)rgb.p;
		if (eink)
			make_grey(&r);
		else
			drop_shades(&r);
		if (image_png_encode(&p->png, &r)) {
			p->alone = eink;
			buf_done(&rgb);
			return;
		}
	}
	buf_done(&rgb);
	buf_done(&p->png);
}

/* ---- the cover -------------------------------------------------------- */

static void
draw_cover(struct epub *e)
{
	struct buf *b = &e->cover_file;
	int quality;

	for (quality = COVER_QUALITY; quality > 0; quality -= 10) {
		buf_done(b);
		if (!raster_page_jpeg(e->options->cover, COVER_W, COVER_H,
		    quality, b)) {
			b->failed = true;
			return;
		}
		if (b->n < COVER_BYTES)
			return;
	}
}

/* ---- all -------------------------------------------------------------- */

/* In a thread; the one behind the last picture is the cover. */
static void
make(void *user, size_t i)
{
	struct epub *e = user;
	const struct image *im;
	struct picture *p;

	if (i == e->npictures) {
		if (e->options->cover)
			draw_cover(e);
		return;
	}
	im = image_at(e->images, i);
	p = &e->pictures[i];
	if (p->same != i)
		return;
	if (im->kind != IMAGE_SVG)
		p->failed = !image_for_readers(im, &forms[e->options->images],
		    &p->copy);
	else if (drawn_of(e, im))
		draw(e, p, im);
}

/* The first picture with that file. */
static void
find_same(struct epub *e, struct map *seen, size_t i)
{
	const struct image *im = image_at(e->images, i), *first;
	str key = { (const char *)&im->hash, sizeof im->hash };
	struct picture *p = map_find(seen, key);

	e->pictures[i].same = i;
	if (!p) {
		map_put(seen, key, &e->pictures[i]);
		return;
	}
	first = image_at(e->images, p->same);
	if (first->kind == im->kind && str_eq(first->file, im->file))
		e->pictures[i].same = p->same;
}

bool
pictures_make(struct epub *e)
{
	struct map *seen = map_new(e->arena);
	size_t i;

	e->npictures = e->images ? image_count(e->images) : 0;
	e->pictures = ARENA_NEW(e->arena, struct picture, e->npictures + 1);
	for (i = 0; i < e->npictures; i++)
		find_same(e, seen, i);
	pool_run(e->options->threads ? e->options->threads : 1,
	    e->npictures + 1, make, e);
	for (i = 0; i < e->npictures; i++)
		if (e->pictures[i].failed)
			return false;
	return !e->cover_file.failed;
}

void
pictures_done(struct epub *e)
{
	size_t i;

	for (i = 0; i < e->npictures; i++) {
		buf_done(&e->pictures[i].copy.file);
		buf_done(&e->pictures[i].png);
	}
	buf_done(&e->cover_file);
}

static const char *
ending(const struct picture *p, const struct image *im)
{
	if (im->kind == IMAGE_SVG)
		return p->alone ? "png" : "svg";
	return p->copy.kind == IMAGE_JPEG ? "jpg" : "png";
}

static void
note_fallback(struct epub *e, struct buf *page, size_t picture)
{
	struct fallback_use u = { page, picture };
	size_t i = e->fallbacks.n;

	while (i-- > 0 && e->fallbacks.v[i].page == page)
		if (e->fallbacks.v[i].picture == picture)
			return;
	VEC_PUSH(e->arena, &e->fallbacks, u);
}

/*
 * calibre counts what pages name, not what the manifest does, and drops the
 * rest: so a page's head names the pixels of its drawings.
 */
static void
link_fallback(const struct fallback_use *u)
{
	struct buf *b = u->page, link = { 0 };
	size_t at = str_find(buf_view(b), S("</head>"));

	buf_printf(&link, "<link rel=\"alternate\" type=\"image/png\" "
	    "href=\"images/img-%zu.png\"/>\n", u->picture + 1);
	if (at != SIZE_MAX && !link.failed && buf_reserve(b, link.n)) {
		memmove(b->p + at + link.n, b->p + at, b->n - at);
		memcpy(b->p + at, link.p, link.n);
		b->n += link.n;
	} else
		b->failed = true;
	buf_done(&link);
}

void
pictures_src(struct epub *e, struct buf *b, const struct image *im)
{
	size_t i = e->pictures[im->index].same;
	struct picture *p = &e->pictures[i];

	p->used = true;
	if (p->png.n && !p->alone)
		note_fallback(e, b, i);
	buf_printf(b, "images/img-%zu.%s", i + 1,
	    ending(p, image_at(e->images, i)));
}

/* A drawing keeps its size, whatever pixels it is drawn in. */
void
pictures_size(const struct epub *e, struct buf *b, const struct image *im)
{
	const struct picture *p = &e->pictures[e->pictures[im->index].same];
	bool svg = im->kind == IMAGE_SVG;

	buf_printf(b, " width=\"%u\" height=\"%u\"", svg ? im->w :
	    p->copy.w, svg ? im->h : p->copy.h);
}

static struct entry *
add(struct epub *e, size_t i, const char *end)
{
	return epub_add(e, arena_cstr(e->arena, arena_printf(e->arena,
	    "images/img-%zu.%s", i + 1, end)));
}

static void
add_picture(struct epub *e, size_t i)
{
	const struct image *im = image_at(e->images, i);
	struct picture *p = &e->pictures[i];
	struct entry *x = add(e, i, ending(p, im));

	x->data = p->alone ? buf_view(&p->png) : p->copy.file.n ?
	    buf_view(&p->copy.file) : im->file;
	if (p->png.n && !p->alone) {
		x->fallback = e->n;
		add(e, i, "png")->data = buf_view(&p->png);
	}
}

void
pictures_add(struct epub *e)
{
	size_t i;

	for (i = 0; i < e->fallbacks.n; i++)
		link_fallback(&e->fallbacks.v[i]);
	for (i = 0; i < e->npictures; i++)
		if (e->pictures[i].used)
			add_picture(e, i);
	if (!e->options->cover)
		return;
	e->cover = e->n;
	epub_add(e, "images/cover.jpg")->data = buf_view(&e->cover_file);
}
