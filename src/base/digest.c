/*
 * digest.c: SHA-1 (FIPS 180-4), for name-based UUIDs only, and CRC-32.
 *
 * SHA-1 is no defence here: it names things, the same on every machine.
 */
#include "base/base.h"

#include <endian.h>
#include <libdeflate.h>

const uint8_t UUID_NS_URL[16] = {
	0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
	0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
};

static uint32_t
rotate(uint32_t x, int n)
{
	return x << n | x >> (32 - n);
}

static void
sha1_schedule(uint32_t w[80], const uint8_t *p)
{
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		    (uint32_t)p[2] << 8 | p[3];
	for (int i = 16; i < 80; i++)
		w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

static void
sha1_block(uint32_t h[5], const uint8_t *p)
{
	uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
	uint32_t w[80];

	sha1_schedule(w, p);
	for (int i = 0; i < 80; i++) {
		uint32_t f, k, t;

		if (i < 20) {
			f = (b & c) | (~b & d);
			k = 0x5a827999;
		} else if (i < 40) {
			f = b ^ c ^ d;
			k = 0x6ed9eba1;
		} else if (i < 60) {
			f = (b & c) | (b & d) | (c & d);
			k = 0x8f1bbcdc;
		} else {
			f = b ^ c ^ d;
			k = 0xca62c1d6;
		}
		t = rotate(a, 5) + f + e + k + w[i];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = t;
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

/*
 * SHA-1 of head followed by body: uuid5 hashes two pieces, and joining them
 * first would need memory. head is at most one block.
 */
static void
sha1_of(str head, str body, uint8_t out[20])
{
	uint32_t h[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
	    0xc3d2e1f0 };
	uint64_t bits = ((uint64_t)head.n + body.n) * 8;
	uint8_t tail[64];
	size_t n = head.n;

	if (head.n)
		memcpy(tail, head.p, head.n);
	while (n + body.n >= sizeof tail) {
		size_t take = sizeof tail - n;

		memcpy(tail + n, body.p, take);
		body = str_from(body, take);
		sha1_block(h, tail);
		n = 0;
	}
	if (body.n)
		memcpy(tail + n, body.p, body.n);
	n += body.n;
	tail[n++] = 0x80;
	memset(tail + n, 0, sizeof tail - n);
	if (n > 56) {
		sha1_block(h, tail);
		memset(tail, 0, sizeof tail);
	}
	for (int i = 0; i < 8; i++)
		tail[63 - i] = (uint8_t)(bits >> (8 * i));
	sha1_block(h, tail);
	for (int i = 0; i < 20; i++)
		out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void
sha1(const void *p, size_t n, uint8_t out[20])
{
	sha1_of((str){ NULL, 0 }, (str){ p, n }, out);
}

void
uuid5(const uint8_t ns[16], str name, char out[37])
{
	const char *hex = "0123456789abcdef";
	uint8_t d[20];
	size_t o = 0;

	sha1_of((str){ (const char *)ns, 16 }, name, d);
	d[6] = (uint8_t)((d[6] & 0x0f) | 0x50);
	d[8] = (uint8_t)((d[8] & 0x3f) | 0x80);
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[o++] = '-';
		out[o++] = hex[d[i] >> 4];
		out[o++] = hex[d[i] & 15];
	}
	out[o] = '\0';
}

/* The two halves of a 64 x 64 bit product, folded. */
static uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 p = (unsigned __int128)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static uint64_t
little_endian(const unsigned char *p, size_t n)
{
	uint64_t w = 0;

	memcpy(&w, p, n);
	return le64toh(w);
}

void
fingerprint(uint64_t s[2], const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	uint64_t a, b;

	s[0] ^= (uint64_t)n * 0x9e3779b97f4a7c15u;
	for (; n > 0; p += n < 16 ? n : 16, n -= n < 16 ? n : 16) {
		a = little_endian(p, n < 8 ? n : 8);
		b = n > 8 ? little_endian(p + 8, n < 16 ? n - 8 : 8) : 0;
		s[0] = fold(s[0] ^ a ^ 0xa0761d6478bd642fu,
		    b ^ 0xe7037ed1a0b428dbu);
		s[1] = (s[1] << 29 | s[1] >> 35) * 0x8ebc6af09c88c6e3u ^
		    (a + b + s[0]);
	}
}

uint32_t
crc32_of(const void *p, size_t n)
{
	/* libdeflate takes NULL for "give me the initial value". */
	return n ? libdeflate_crc32(0, p, n) : 0;
}
