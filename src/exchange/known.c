/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"

/* Beyond either all is forgotten and asked again. */
enum { KNOWN_MOST = 1 << 22, KNOWN_BYTES = 1 << 28 };

struct known_text {
	uint32_t hash, at, id;		/* id 0: free */
};

static uint32_t hash_of(const char *text)
{
	return (uint32_t)digest_content(text, strlen(text));
}

static struct known_text *find(const struct known *k, const char *text, uint32_t hash)
{
	size_t i = hash & (k->slot_count - 1);

	while (k->slots[i].id && (k->slots[i].hash != hash ||
				  strcmp(k->texts.at + k->slots[i].at, text) != 0))
		i = (i + 1) & (k->slot_count - 1);
	return &k->slots[i];
}

uint32_t known_find(const struct known *k, const char *text)
{
	return k->n ? find(k, text, hash_of(text))->id : 0;
}

static void grow(struct known *k)
{
	struct known_text *old = k->slots;
	size_t n = k->slot_count;

	k->slot_count = n ? n * 2 : 1024;
	k->slots = mem_alloc(k->slot_count * sizeof(*k->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].id)
			*find(k, k->texts.at + old[i].at, old[i].hash) = old[i];
	free(old);
}

void known_add(struct known *k, const char *text, uint32_t id)
{
	uint32_t hash = hash_of(text);
	struct known_text *slot;

	if (k->n == KNOWN_MOST || k->texts.len > KNOWN_BYTES)
		known_clear(k);
	if (k->n * 2 >= k->slot_count)
		grow(k);
	slot = find(k, text, hash);
	if (!slot->id) {
		*slot = (struct known_text){ .hash = hash, .at = (uint32_t)k->texts.len };
		buf_add(&k->texts, text, strlen(text) + 1);
		k->n++;
	}
	slot->id = id;
}

void known_clear(struct known *k)
{
	free(k->slots);
	buf_release(&k->texts);
	*k = (struct known){ 0 };
}
