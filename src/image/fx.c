/*
 * fx.c: numbers and matrices of drawings, in integers, so that every
 * machine draws the same. Products and quotients pass through 128 bits.
 */
#include "image/svg_int.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

#define PI_40	INT64_C(3454217652358)	/* pi * 2^40 */
#define ONE_40	((wide)1 << 40)

static fx
held(wide v)
{
	if (v > FX_MAX)
		return FX_MAX;
	return v < -FX_MAX ? -FX_MAX : (fx)v;
}

fx
fx_hold(fx v)
{
	return held(v);
}

fx
fx_mul(fx a, fx b)
{
	wide p = (wide)a * b;

	return held((p + (FX_ONE / 2)) >> 24);
}

fx
fx_div(fx a, fx b)
{
	wide n = (wide)a * FX_ONE, half = b < 0 ? -((wide)b / 2) : b / 2;

	return held((n < 0 ? n - half : n + half) / b);
}

fx
fx_part(fx v, fx a, fx b)
{
	return held(((wide)v * a + b / 2) / b);
}

static uint64_t
root(uwide v)
{
	uwide r = 0, bit = (uwide)1 << 126;

	while (bit > v)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (v >= r + bit) {
			v -= r + bit;
			r = (r >> 1) + bit;
		} else
			r >>= 1;
	}
	return (uint64_t)r;
}

fx
fx_sqrt(fx v)
{
	return v <= 0 ? 0 : (fx)root((uwide)v << 24);
}

fx
fx_norm(fx x, fx y)
{
	uwide sum = (uwide)((wide)x * x) + (uwide)((wide)y * y);

	return held((wide)root(sum));
}

/* sqrt((1 - n) / n) where n = x*x + y*y is below 1; else 0. */
fx
fx_arc_offset(fx x, fx y)
{
	uwide n = (uwide)((wide)x * x) + (uwide)((wide)y * y);
	uwide one = (uwide)1 << 48;

	if (n >= one || n == 0)
		return 0;
	return held((wide)root(((one - n) << 48) / n));
}

/* By series; a quadrant at most, so that few terms are enough. */
static void
sin_cos_first(wide x, fx *s, fx *c)
{
	wide term = x, sum_s = 0, sum_c = 0, square = x * x / ONE_40;
	int k;

	for (k = 1; term != 0; k += 2) {
		sum_s += term;
		term = -(term * square / ONE_40) / ((k + 1) * (k + 2));
	}
	term = ONE_40;
	for (k = 0; term != 0; k += 2) {
		sum_c += term;
		term = -(term * square / ONE_40) / ((k + 1) * (k + 2));
	}
	*s = (fx)((sum_s + (1 << 15)) >> 16);
	*c = (fx)((sum_c + (1 << 15)) >> 16);
}

void
fx_sin_cos(fx degrees, fx *s, fx *c)
{
	fx turn = degrees % (360 * FX_ONE), swap;
	int quarter;

	if (turn < 0)
		turn += 360 * FX_ONE;
	quarter = (int)(turn / (90 * FX_ONE));
	turn -= quarter * 90 * FX_ONE;
	sin_cos_first((wide)turn * PI_40 / (180 * FX_ONE), s, c);
	for (; quarter > 0; quarter--) {
		swap = *s;
		*s = *c;
		*c = -swap;
	}
}

/* ---- matrices --------------------------------------------------------- */

void
matrix_apply(const struct matrix *m, fx *x, fx *y)
{
	fx x1 = fx_hold(fx_mul(m->a, *x) + fx_mul(m->c, *y) + m->e);

	*y = fx_hold(fx_mul(m->b, *x) + fx_mul(m->d, *y) + m->f);
	*x = x1;
}

struct matrix
matrix_join(const struct matrix *o, const struct matrix *i)
{
	struct matrix m = {
		.a = fx_hold(fx_mul(o->a, i->a) + fx_mul(o->c, i->b)),
		.b = fx_hold(fx_mul(o->b, i->a) + fx_mul(o->d, i->b)),
		.c = fx_hold(fx_mul(o->a, i->c) + fx_mul(o->c, i->d)),
		.d = fx_hold(fx_mul(o->b, i->c) + fx_mul(o->d, i->d)),
		.e = i->e, .f = i->f
	};

	matrix_apply(o, &m.e, &m.f);
	return m;
}

fx
matrix_scale(const struct matrix *m)
{
	wide area = (wide)m->a * m->d - (wide)m->b * m->c;

	return held((wide)root((uwide)(area < 0 ? -area : area)));
}

/* ---- text ------------------------------------------------------------- */

void
fx_print(struct buf *b, fx v, unsigned places)
{
	uint64_t unit = 1, u, whole;

	for (unsigned i = 0; i < places; i++)
		unit *= 10;
	u = (uint64_t)(v < 0 ? -v : v);
	u = (uint64_t)(((uwide)u * unit + FX_ONE / 2) >> 24);
	if (v < 0 && u != 0)
		buf_char(b, '-');
	whole = u / unit;
	u %= unit;
	if (whole != 0 || u == 0)
		buf_int(b, (int64_t)whole);
	if (u == 0)
		return;
	buf_char(b, '.');
	for (unit /= 10; u > 0; unit /= 10) {
		buf_char(b, (char)('0' + u / unit));
		u %= unit;
	}
}

/* Digits of *m up to 18 that count; *e: how many tens to multiply by. */
static size_t
digits(str s, size_t i, uint64_t *m, int *e, int behind)
{
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
		if (*m < UINT64_C(100000000000000000)) {
			*m = *m * 10 + (uint64_t)(s.p[i] - '0');
			*e -= behind;
		} else if (*e < 1000)
			*e += 1 - behind;
	}
	return i;
}

static fx
decimal(uint64_t m, int e)
{
	wide v = (wide)m << 24;

	for (; e > 0 && v <= FX_MAX; e--)
		v *= 10;
	for (; e < -1 && v != 0; e++)
		v /= 10;
	if (e < 0)
		v = (v + 5) / 10;
	return held(v);
}

static size_t
exponent(str s, size_t i, int *e)
{
	bool minus = false;
	size_t k = i + 1;
	int n = 0;

	if (k < s.n && (s.p[k] == '-' || s.p[k] == '+'))
		minus = s.p[k++] == '-';
	if (k >= s.n || s.p[k] < '0' || s.p[k] > '9')
		return i;
	for (; k < s.n && s.p[k] >= '0' && s.p[k] <= '9'; k++)
		if (n < 1000)
			n = n * 10 + (s.p[k] - '0');
	*e += minus ? -n : n;
	return k;
}

bool
svg_number(str *s, fx *out)
{
	size_t i = 0, from;
	bool minus = false;
	uint64_t m = 0;
	int e = 0;

	if (i < s->n && (s->p[i] == '-' || s->p[i] == '+'))
		minus = s->p[i++] == '-';
	from = i;
	i = digits(*s, i, &m, &e, 0);
	if (i + 1 < s->n && s->p[i] == '.' && s->p[i + 1] >= '0' &&
	    s->p[i + 1] <= '9')
		i = digits(*s, i + 1, &m, &e, 1);
	else if (i < s->n && s->p[i] == '.' && i > from)
		i++;
	if (i == from)
		return false;
	if (i < s->n && (s->p[i] == 'e' || s->p[i] == 'E'))
		i = exponent(*s, i, &e);
	*out = decimal(m, e);
	if (minus)
		*out = -*out;
	*s = str_from(*s, i);
	return true;
}
