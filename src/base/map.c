/*
 * map.c: a hash map by open addressing with linear probing, in an arena.
 *
 * Slots are a power of two and at most three quarters full; a slot is free
 * while its key.p is NULL. Nothing is ever removed, so a probe ends at the
 * first free slot. The table doubles; its old slots stay in the arena,
 * which costs as much again at most.
 */
#include "base/base.h"

struct slot {
	str	 key;
	uint64_t hash;
	void	*value;
};

struct map {
	struct arena	*arena;
	struct slot	*slots;
	size_t		 n, cap;
};

struct map *
map_new(struct arena *a)
{
	struct map *m = ARENA_NEW(a, struct map, 1);

	m->arena = a;
	m->cap = 16;
	m->slots = ARENA_NEW(a, struct slot, m->cap);
	return m;
}

/* FNV's low bits are its weakest: fold the high ones in. */
static uint64_t
hash_of(str key)
{
	uint64_t h = str_hash(key);

	h ^= h >> 32;
	h *= 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

static struct slot *
probe(struct slot *slots, size_t cap, str key, uint64_t hash)
{
	size_t i = (size_t)hash & (cap - 1);

	while (slots[i].key.p &&
	    (slots[i].hash != hash || !str_eq(slots[i].key, key)))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void
map_double(struct map *m)
{
	size_t cap = m->cap * 2;
	struct slot *slots = ARENA_NEW(m->arena, struct slot, cap);

	for (size_t i = 0; i < m->cap; i++) {
		const struct slot *s = &m->slots[i];

		if (s->key.p)
			*probe(slots, cap, s->key, s->hash) = *s;
	}
	m->slots = slots;
	m->cap = cap;
}

void *
map_put(struct map *m, str key, void *value)
{
	uint64_t hash = hash_of(key);
	struct slot *s;
	void *old;

	if (!key.p)
		key = S("");
	if (m->n >= m->cap / 4 * 3)
		map_double(m);
	s = probe(m->slots, m->cap, key, hash);
	old = s->value;
	if (!s->key.p) {
		m->n++;
		s->key = key;
		s->hash = hash;
	}
	s->value = value;
	return old;
}

void *
map_find(const struct map *m, str key)
{
	return probe(m->slots, m->cap, key, hash_of(key))->value;
}
