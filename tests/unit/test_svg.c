/*
 * test_svg.c: SVG files as drawings. What is expected is most often a piece
 * of the file that we write of them, since that shows every mark as it was
 * understood.
 */
#include "pictures.h"

#define HEAD	"<svg xmlns='http://www.w3.org/2000/svg' width='100' " \
		"height='100'>"

static const struct image *
svg(struct pictures *p, const char *body)
{
	struct buf b = { 0 };
	const struct image *im;

	buf_z(&b, HEAD);
	buf_z(&b, body);
	buf_z(&b, "</svg>");
	im = picture(p, b.p, b.n);
	buf_done(&b);
	return im;
}

/* body is drawn as something that holds `want`, and nothing is said. */
static void
drawn(struct pictures *p, const char *body, const char *want)
{
	const struct image *im = svg(p, body);

	if (im == NULL || diag_count(p->diag) > 0 || str_find(im->file,
	    str_c(want)) == SIZE_MAX)
		fail_msg("%s\nis not %s\nbut %.*s", body, want, im == NULL ?
		    0 : (int)im->file.n, im == NULL ? "" : im->file.p);
}

/* body is drawn, and `id` is said of line 1, or body is refused for it. */
static void
said(struct pictures *p, const char *body, enum diag_id id, bool refused)
{
	const struct image *im = svg(p, body);

	if ((im == NULL) != refused || pictures_said(p) != id)
		fail_msg("%s: %s", body, pictures_said(p) == DIAG_COUNT ?
		    "nothing said" : diag_name(pictures_said(p)));
	if (!refused) {
		assert_int_equal(diag_at(p->diag, 0).line, 1);
		assert_true(str_eq(diag_at(p->diag, 0).path, S("x")));
	}
}

static void
test_paths(void **state)
{
	static const char *const t[][2] = {
		{ "<path d='M1 2 3 4 5 6z'/>", "d=\"M1 2L3 4L5 6Z\"" },
		{ "<path d='m1,2-1.5.5.25-1e1'/>",
		    "d=\"M1 2L-.5 2.5L-.25 -7.5\"" },
		{ "<path d='M10 10h5v5H0V0z m1 1 1 1'/>",
		    "d=\"M10 10L15 10L15 15L0 15L0 0ZM11 11L12 12\"" },
		{ "<path d='M0 0C1 2 3 4 5 6S9 9 10 10'/>",
		    "C7 8 9 9 10 10\"" },
		{ "<path d='M0 0c1 2 3 4 5 6s4 3 5 4'/>",
		    "C7 8 9 9 10 10\"" },
		{ "<path d='M0 0Q3 3 6 0T12 0'/>",
		    "C2 2 4 2 6 0C8 -2 10 -2 12 0\"" },
		{ "<path d='M1 1zl5 5'/>", "d=\"M1 1ZM1 1L6 6\"" },
		{ "<path d='M0 0a10 10 0 01010' fill='none' stroke='red'/>",
		    "10\"" },
		{ "<path d='M0 0A0 5 0 0 0 9 9'/>", "d=\"M0 0L9 9\"" },
		{ "<path d='M0 0A5 5 0 0 0 0 0L1 1'/>",
		    "d=\"M0 0L0 0L1 1\"" },
		/* a quarter, and half a turn as two */
		{ "<path d='M10 0A10 10 0 0 1 0 10'/>",
		    "d=\"M10 0C10 5.523 5.523 10 0 10\"" },
		{ "<path d='M10 0A10 10 0 0 0 0 -10'/>",
		    "d=\"M10 0C10 -5.523 5.523 -10 0 -10\"" },
		{ "<path d='M10 0A10 10 0 1 1 0 -10'/>",
		    "C10 5.523 5.523 10 0 10C-5.523 10 -10 5.523 -10 0"
		    "C-10 -5.523 -5.523 -10 0 -10\"" },
		/* radii too small grow */
		{ "<path d='M-10 0A1 1 0 0 1 10 0'/>",
		    "C-10 -5.523 -5.523 -10 0 -10" },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		if (i != 7)
			drawn(&p, t[i][0], t[i][1]);
	}
	assert_non_null(svg(&p, t[7][0]));
	said(&p, "<path d='M1 1 L2 2 L3 x'/>", DIAG_IMAGE_SVG_VALUE, false);
	assert_true(str_find(image_at(p.store, 0)->file,
	    S("M1 1L2 2\"")) != SIZE_MAX);
	said(&p, "<path d='L1 1'/>", DIAG_IMAGE_SVG_VALUE, false);
	pictures_close(&p);
}

static void
test_shapes(void **state)
{
	static const char *const t[][2] = {
		{ "<rect x='1' y='2' width='3' height='4'/>",
		    "d=\"M1 2L4 2L4 6L1 6Z\"" },
		{ "<rect width='10%' height='1in' rx='99'/>",
		    "M5 0L5 0C7.761 0 10 21.49 10 48" },
		{ "<circle cx='5' cy='5' r='5'/>",
		    "M10 5C10 7.761 7.761 10 5 10C2.239 10" },
		{ "<ellipse rx='10' ry='5'/>", "M10 0C10 2.761" },
		{ "<polygon points='0,0 1,1 2,0'/>", "M0 0L1 1L2 0Z" },
		{ "<polyline points='0 0 1 1 2'/>", "M0 0L1 1\"" },
		{ "<line x2='9' y2='8' stroke='red'/>", "M0 0L9 8" },
		{ "<g transform='translate(1 2) scale(3)'>"
		    "<rect width='1' height='1'/></g>",
		    "matrix(3 0 0 3 1 2)" },
		{ "<rect width='1' height='1' transform='rotate(90)'/>",
		    "matrix(0 1 -1 0 0 0)" },
		{ "<rect width='1' height='1' transform='rotate(180,5 6)'/>",
		    "matrix(-1 0 0 -1 10 12)" },
		{ "<rect width='1' height='1' transform='rotate(30)'/>",
		    "matrix(.866025 .5 -.5 .866025 0 0)" },
		{ "<rect width='1' height='1' transform='skewX(45)'/>",
		    "matrix(1 0 1 1 0 0)" },
		{ "<defs><rect id='a' width='1' height='1'/></defs>"
		    "<use href='#a' x='7'/>", "matrix(1 0 0 1 7 0)" },
		{ "<symbol id='s' viewBox='0 0 10 10'><circle r='1'/>"
		    "</symbol><use href='#s' width='50' height='20'/>",
		    "matrix(2 0 0 2 15 0)" },
		{ "<svg x='5' width='10' height='10' viewBox='0 0 5 5'>"
		    "<circle r='1'/></svg>", "matrix(2 0 0 2 5 0)" },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		drawn(&p, t[i][0], t[i][1]);
	pictures_close(&p);
}

static void
test_styles(void **state)
{
	static const char *const t[][2] = {
		{ "<rect width='1' height='1' fill='#f80'/>", "#ff8800" },
		{ "<rect width='1' height='1' fill='DarkOrchid'/>",
		    "#9932cc" },
		{ "<rect width='1' height='1' fill='rgb(10%,128,999)'/>",
		    "#1a80ff" },
		{ "<rect width='1' height='1' fill='rgba(1,2,3,.5)'/>",
		    "#010203\" fill-opacity=\".5\"" },
		{ "<rect width='1' height='1' fill='hsl(120,100%,25%)'/>",
		    "#008000" },
		{ "<g color='red'><rect width='1' height='1' "
		    "fill='currentColor'/></g>", "#ff0000" },
		{ "<g fill='red' style='fill: blue'><rect width='1' "
		    "height='1'/></g>", "#0000ff" },
		{ "<style>/* x */ .a.b{fill:lime} rect{fill:red}"
		    "#c{fill:blue}</style><rect id='c' class='b a' width='1'"
		    " height='1'/>", "#0000ff" },
		{ "<style>rect.a, .q { fill: lime }</style><rect "
		    "class='z a' width='1' height='1' fill='red'/>",
		    "#00ff00" },
		{ "<g opacity='.5'><rect width='1' height='1' "
		    "fill-opacity='50%'/></g>", "fill-opacity=\".25\"" },
		{ "<line x2='5' stroke='red' stroke-width='2' "
		    "stroke-dasharray='1,2 3'/>",
		    "stroke-dasharray=\"1 2 3 1 2 3\"" },
		{ "<line x2='5' stroke='red' stroke-linecap='round' "
		    "stroke-linejoin='bevel'/>",
		    "stroke-linecap=\"round\" stroke-linejoin=\"bevel\"" },
		{ "<linearGradient id='a'><stop stop-color='red'/><stop "
		    "offset='1'/></linearGradient><linearGradient id='b' "
		    "href='#a' x1='.5'/><rect width='5' height='10' "
		    "fill='url(#b)'/>",
		    "gradientTransform=\"matrix(5 0 0 10 0 0)\" x1=\".5\"" },
		{ "<radialGradient id='a' r='10%' gradientUnits="
		    "'userSpaceOnUse'><stop stop-color='red'/><stop "
		    "offset='.5'/></radialGradient><rect width='5' "
		    "height='10' fill='url(#a)'/>",
		    "cx=\"50\" cy=\"50\" r=\"10\"" },
		{ "<rect width='1' height='1' fill='none'/>"
		    "<g display='none'><circle r='1'/></g>"
		    "<circle r='1' visibility='hidden'/>",
		    "fill=\"#ffffff\"/>\n</svg>" },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		drawn(&p, t[i][0], t[i][1]);
	pictures_close(&p);
}

static void
test_text(void **state)
{
	static const char *const t[][2] = {
		{ "<text x='1' y='2'> a \n b </text>",
		    "x=\"1\" y=\"2\"><tspan font-family=\"sans-serif\" "
		    "font-size=\"16\" fill=\"#000000\">a b</tspan></text>" },
		{ "<text font-family='Georgia, x' font-size='2em' "
		    "font-weight='700'>a&lt;&#38;</text>",
		    "font-family=\"serif\" font-size=\"32\" "
		    "font-weight=\"bold\" fill=\"#000000\">a&lt;&amp;<" },
		{ "<text text-anchor='end'>a<tspan dy='3' "
		    "font-style='italic'>b</tspan></text>",
		    "text-anchor=\"end\"><tspan font-family=\"sans-serif\" "
		    "font-size=\"16\" fill=\"#000000\">a</tspan><tspan "
		    "dy=\"3\"" },
		{ "<text>a<tspan x='5' y='6'>b</tspan></text>",
		    "</text>\n<text xml:space=\"preserve\" x=\"5\" y=\"6\">" },
		{ "<text x='1 2' y='3'>ab</text>", "x=\"2\" y=\"3\"" },
		{ "<text><title>no</title>yes</text>", ">yes<" },
		{ "<text y='10' dominant-baseline='hanging' "
		    "font-size='10'>a</text>", "dy=\"7.3\"" },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		drawn(&p, t[i][0], t[i][1]);
	pictures_close(&p);
}

static void
test_left_out(void **state)
{
	static const struct { const char *body; enum diag_id id; } t[] = {
		{ "<filter id='f'/><rect width='1' height='1' "
		    "filter='url(#f)'/>", DIAG_IMAGE_SVG_EFFECT },
		{ "<g style='mask:url(#m)'/>", DIAG_IMAGE_SVG_EFFECT },
		{ "<pattern id='p'/><rect width='1' height='1' "
		    "fill='url(#p)'/>", DIAG_IMAGE_SVG_EFFECT },
		{ "<foreignObject/>", DIAG_IMAGE_SVG_FOREIGN },
		{ "<image href='data:image/png;base64,AA'/>",
		    DIAG_IMAGE_SVG_FOREIGN },
		{ "<rect><animate/></rect><animate/>",
		    DIAG_IMAGE_SVG_MOTION },
		{ "<script>alert(1)</script>", DIAG_IMAGE_SVG_SCRIPT },
		{ "<rect onclick='alert(1)'/>", DIAG_IMAGE_SVG_SCRIPT },
		{ "<text><textPath href='#p'>x</textPath></text>",
		    DIAG_IMAGE_SVG_TEXT },
		{ "<style>@import url(http://h/x.css);</style>",
		    DIAG_IMAGE_SVG_STYLE },
		{ "<style>g rect{fill:red}</style>", DIAG_IMAGE_SVG_STYLE },
		{ "<rect fill='nonsense'/>", DIAG_IMAGE_SVG_VALUE },
		{ "<g transform='turn(5)'/>", DIAG_IMAGE_SVG_VALUE },
		{ "<use href='#none'/>", DIAG_IMAGE_SVG_REFERENCE },
		{ "<use href='http://h/x.svg#a'/>",
		    DIAG_IMAGE_SVG_REFERENCE },
		{ "<g id='a'><use href='#a'/></g>",
		    DIAG_IMAGE_SVG_REFERENCE },
		{ "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/>"
		    "</g>", DIAG_IMAGE_SVG_REFERENCE },
		{ "<clipPath id='a' clip-path='url(#a)'/><rect width='1' "
		    "height='1' clip-path='url(#q)'/>",
		    DIAG_IMAGE_SVG_REFERENCE },
	};
	struct pictures p;

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		said(&p, t[i].body, t[i].id, false);
	/* Once for each kind, and never for what some editor notes. */
	assert_non_null(svg(&p, "<script/><script/><x:y xmlns:x='u'/>"));
	assert_int_equal(diag_count(p.diag), 1);
	pictures_close(&p);
}

static void
test_bombs(void **state)
{
	const str dtd = S("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>");
	const str wide = S("<svg width='99999' height='1'/>");
	struct pictures p;
	struct buf b = { 0 };

	(void)state;
	pictures_open(&p);
	/* Ten uses of ten uses of ... */
	buf_z(&b, "<g id='x0'><rect width='1' height='1'/></g>");
	for (int i = 1; i < 12; i++) {
		buf_printf(&b, "<g id='x%d'>", i);
		for (int k = 0; k < 10; k++)
			buf_printf(&b, "<use href='#x%d'/>", i - 1);
		buf_z(&b, "</g>");
	}
	buf_char(&b, '\0');
	said(&p, b.p, DIAG_IMAGE_LIMIT, true);
	b.n = 0;
	/* One long clip, put on and off again and again. */
	buf_z(&b, "<clipPath id='c'><path d='M0 0");
	for (int i = 0; i < 20000; i++)
		buf_z(&b, "h1");
	buf_z(&b, "'/></clipPath>");
	for (int i = 0; i < 200; i++)
		buf_z(&b, "<g clip-path='url(#c)'><circle r='1'/></g>"
		    "<circle r='1'/>");
	buf_char(&b, '\0');
	said(&p, b.p, DIAG_IMAGE_LIMIT, true);
	b.n = 0;
	for (int i = 0; i < 200; i++)
		buf_z(&b, "<g>");
	for (int i = 0; i < 200; i++)
		buf_z(&b, "</g>");
	buf_char(&b, '\0');
	said(&p, b.p, DIAG_IMAGE_LIMIT, true);
	buf_done(&b);
	said(&p, "<g>", DIAG_IMAGE_BROKEN, true);
	assert_null(picture(&p, dtd.p, dtd.n));
	assert_int_equal(pictures_said(&p), DIAG_IMAGE_BROKEN);
	assert_null(picture(&p, wide.p, wide.n));
	assert_int_equal(pictures_said(&p), DIAG_IMAGE_LIMIT);
	pictures_close(&p);
}

static void
test_sizes(void **state)
{
	static const struct { const char *attrs; sp w, h; } t[] = {
		{ "width='100' height='50'", 75, 37 },
		{ "width='1in' height='2in'", 72, 144 },
		{ "viewBox='5 5 200 100'", 150, 75 },
		{ "viewBox='0 0 200 100' width='100'", 75, 37 },
		{ "viewBox='0 0 240 130' width='240'", 180, 97 },
		{ "viewBox='0 0 200 100' width='100%' height='100%'", 150,
		    75 },
		{ "", 225, 112 },
	};
	struct pictures p;
	char file[256];

	(void)state;
	pictures_open(&p);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		int n = snprintf(file, sizeof file, "<svg %s/>", t[i].attrs);
		const struct image *im = picture(&p, file, (size_t)n);

		assert_non_null(im);
		assert_int_equal(im->kind, IMAGE_SVG);
		assert_int_equal(im->natural_w / SP_PT, t[i].w);
		assert_int_equal(im->natural_h / SP_PT, t[i].h);
		assert_int_equal(im->w * 3 / 4, t[i].w);
		assert_int_equal(im->h * 3 / 4, t[i].h);
	}
	pictures_close(&p);
}

/* Our own file means what the source meant: written again, it stays. */
static void
test_written(void **state)
{
	struct pictures p;
	const struct image *im;
	char *once;
	size_t n;

	(void)state;
	pictures_open(&p);
	im = svg(&p, "<clipPath id='c'><circle r='9'/></clipPath><g "
	    "clip-path='url(#c)' transform='rotate(20)'><path d='M0 0L9 9A5 "
	    "4 3 1 0 2 1Q1 1 2 5z' stroke='red' fill='none' "
	    "stroke-dasharray='3' stroke-opacity='.3'/><text x='3' y='4'>a "
	    "<tspan dx='1' font-weight='bold'>b</tspan></text></g>");
	assert_non_null(im);
	n = im->file.n;
	once = malloc(n);
	memcpy(once, im->file.p, n);
	im = picture(&p, once, n);
	assert_non_null(im);
	assert_int_equal(diag_count(p.diag), 0);
	/* The white ground comes again; the marks are the same. */
	if (!str_ends(im->file, str_from((str){ once, n },
	    str_find((str){ once, n }, S("<clipPath")))))
		fail_msg("%.*s\nis not\n%.*s", STR_ARG(im->file), (int)n,
		    once);
	free(once);
	pictures_close(&p);
}

static void
test_mutants(void **state)
{
	static const char seed[] = HEAD "<style>.a{fill:red}</style><defs>"
	    "<linearGradient id='g' gradientTransform='rotate(9)'><stop "
	    "offset='5%' stop-color='red'/><stop offset='1'/>"
	    "</linearGradient><clipPath id='c'><circle r='9'/></clipPath>"
	    "</defs><g transform='matrix(1 2 3 4 5 6) skewX(3)'><path "
	    "class='a' d='M1 2A3 4 5 1 0 7 8q1 2 3 4t5 6zh1e30v-1e-30' "
	    "fill='url(#g)' stroke='#123' stroke-dasharray='1 2'/></g><text "
	    "x='1 2 3' dy='4em'>abc<tspan font-size='150%'>d</tspan></text>"
	    "<use href='#c'/><svg viewBox='0 0 1e-9 1e9'><rect width='1' "
	    "height='1' rx='9'/></svg></svg>";
	struct pictures p;

	(void)state;
	pictures_open(&p);
	assert_non_null(picture(&p, seed, sizeof seed - 1));
	torment(&p, seed, sizeof seed - 1, 4000);
	pictures_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths), cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_styles), cmocka_unit_test(test_text),
		cmocka_unit_test(test_left_out), cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_sizes), cmocka_unit_test(test_written),
		cmocka_unit_test(test_mutants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
