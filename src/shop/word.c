/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/word.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { NAME_ROOM = 600 };	/* a name of 200 bytes, folded or spelled in Latin */

/* -- words -- */

/* Cuts text at its spaces, each word into its row's 'member'. Gives how many
 * words there are, also beyond WORDS_MOST. */
static size_t split(const char *text, struct words *out, size_t member)
{
	size_t n = 0;

	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, ' ');
		if (n < WORDS_MOST) {
			char *at = (char *)&out->row[n] + member;
			size_t len = (size_t)(end - text);

			len = len < WORD_SIZE ? len : WORD_SIZE - 1;
			memcpy(at, text, len);
			at[len] = '\0';
		}
		n++;
	}
	return n;
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

static void spell_alone(const char *fold, char latin[WORD_SIZE])
{
	if (is_ascii(fold))
		memcpy(latin, fold, strlen(fold) + 1);
	else
		text_romanise(fold, latin, WORD_SIZE);
}

/* The Latin spelling is made from the whole text where that has as many words
 * as its folded form, which has lost marks. */
static void spell(const char *text, struct words *w, size_t all)
{
	char latin[NAME_ROOM], alone[WORD_SIZE];
	bool paired = false;

	if (!is_ascii(text)) {
		text_romanise(text, latin, sizeof(latin));
		paired = split(latin, w, offsetof(struct word, latin)) == all;
	}
	for (size_t i = 0; i < w->n; i++) {
		struct word *word = &w->row[i];
		char *end = stpcpy(word->form, word->fold);

		spell_alone(word->fold, alone);
		if (!paired) {
			memcpy(word->latin, alone, sizeof(alone));
		} else if (strcmp(word->latin, alone)) {
			*end++ = 1;
			strcpy(end, word->latin);
		}
	}
}

void words_of(const char *text, struct words *out)
{
	char fold[NAME_ROOM];
	size_t all;

	text_fold(text, fold, sizeof(fold));
	all = split(fold, out, offsetof(struct word, fold));
	out->n = all < WORDS_MOST ? all : WORDS_MOST;
	spell(text, out, all);
}

/* -- rows -- */

struct key word_prefix(enum word_tier tier, const char *text, bool whole)
{
	struct key k;

	k.len = 0;
	key_int(&k, tier, 1);
	key_text(&k, text);
	if (whole)
		key_int(&k, 0, 1);
	return k;
}

static void form_row(enum word_tier tier, const char *text, const char *form, struct key *k)
{
	*k = word_prefix(tier, text, true);
	key_text(k, form);
}

static void copy(const char *text, char out[WORD_SIZE])
{
	size_t len = strnlen(text, WORD_SIZE - 1);

	memcpy(out, text, len);
	out[len] = '\0';
}

void form_latin(const char *form, char latin[WORD_SIZE])
{
	const char *mark = strchrnul(form, 1);
	char fold[WORD_SIZE];

	if (*mark) {
		copy(mark + 1, latin);
		return;
	}
	copy(form, fold);
	spell_alone(fold, latin);
}

void form_rows(const char *form, word_row *each, void *arg)
{
	char latin[WORD_SIZE], key[WORD_SIZE];
	struct key k;

	form_latin(form, latin);
	if (*latin && strcmp(latin, form)) {
		form_row(WORD_LATIN, latin, form, &k);
		each(arg, &k);
	}
	text_skeleton(latin, TEXT_PLAIN, key, sizeof(key));
	form_row(WORD_SKELETON, key, form, &k);
	each(arg, &k);
	text_skeleton(latin, TEXT_LOOSE, key, sizeof(key));
	form_row(WORD_LOOSE, key, form, &k);
	each(arg, &k);
}

static struct key name_key(const char *form, int64_t customer)
{
	struct key k = word_prefix(WORD_NAME, form, true);

	key_int(&k, (uint64_t)customer, 4);
	return k;
}

static void put_row(void *arg, const struct key *key)
{
	txn_put(arg, TABLE_WORD, key, (struct bytes){ "", 0 });
}

static void delete_row(void *arg, const struct key *key)
{
	txn_delete(arg, TABLE_WORD, key);
}

static bool somebody_has(struct txn *txn, const char *form)
{
	struct key prefix = word_prefix(WORD_NAME, form, true);
	struct range r;
	bool has;

	range_start(&r, txn, TABLE_WORD, &prefix);
	has = range_next(&r);
	range_end(&r);
	return has;
}

void words_delete(struct txn *txn, const char *name, int64_t customer)
{
	struct words words;

	words_of(name, &words);
	for (size_t i = 0; i < words.n; i++) {
		struct key k = name_key(words.row[i].form, customer);

		txn_delete(txn, TABLE_WORD, &k);
		if (!somebody_has(txn, words.row[i].form))
			form_rows(words.row[i].form, delete_row, txn);
	}
}

/* -- many customers at once -- */

struct word_list {
	size_t form;			/* in the batch's forms */
	size_t first, last;		/* customers, + 1 */
};

struct word_id {
	uint32_t customer;
	size_t next;			/* + 1 */
};

/* FNV-1a. */
static size_t slot_of(const struct word_batch *b, const char *form)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t i;

	for (const char *p = form; *p; p++)
		hash = (hash ^ (uint8_t)*p) * 0x100000001b3u;
	i = (size_t)(hash ^ hash >> 32) & (b->slot_count - 1);
	while (b->slots[i] && strcmp(b->forms.at + b->lists[b->slots[i] - 1].form, form))
		i = (i + 1) & (b->slot_count - 1);
	return i;
}

static void grow_slots(struct word_batch *b)
{
	free(b->slots);
	b->slot_count = b->slot_count ? b->slot_count * 4 : 64;
	b->slots = mem_alloc(b->slot_count * sizeof(*b->slots));
	for (size_t i = 0; i < b->n; i++)
		b->slots[slot_of(b, b->forms.at + b->lists[i].form)] = i + 1;
}

static struct word_list *list_of(struct word_batch *b, const char *form)
{
	size_t slot;

	if (b->n * 2 >= b->slot_count)
		grow_slots(b);
	slot = slot_of(b, form);
	if (!b->slots[slot]) {
		b->lists = mem_grow(b->lists, b->n, &b->cap, sizeof(*b->lists));
		b->lists[b->n++] = (struct word_list){ .form = b->forms.len };
		buf_add(&b->forms, form, strlen(form) + 1);
		b->slots[slot] = b->n;
	}
	return &b->lists[b->slots[slot] - 1];
}

void word_batch_add(struct word_batch *b, const char *name, int64_t customer)
{
	struct words words;

	words_of(name, &words);
	for (size_t i = 0; i < words.n; i++) {
		struct word_list *list = list_of(b, words.row[i].form);

		b->ids = mem_grow(b->ids, b->id_count, &b->id_cap, sizeof(*b->ids));
		b->ids[b->id_count++] = (struct word_id){ .customer = (uint32_t)customer };
		if (list->last)
			b->ids[list->last - 1].next = b->id_count;
		else
			list->first = b->id_count;
		list->last = b->id_count;
	}
}

static int by_form(const void *a, const void *b, void *forms)
{
	const char *at = forms;

	return strcmp(at + ((const struct word_list *)a)->form,
		      at + ((const struct word_list *)b)->form);
}

static void write_list(const struct word_batch *b, const struct word_list *list, struct txn *txn)
{
	const char *form = b->forms.at + list->form;

	if (!somebody_has(txn, form))
		form_rows(form, put_row, txn);
	for (size_t i = list->first; i; i = b->ids[i - 1].next) {
		struct key k = name_key(form, b->ids[i - 1].customer);

		put_row(txn, &k);
	}
}

void word_batch_write(struct word_batch *b, struct txn *txn)
{
	if (b->n)
		qsort_r(b->lists, b->n, sizeof(*b->lists), by_form, b->forms.at);
	for (size_t i = 0; i < b->n; i++)
		write_list(b, &b->lists[i], txn);
	word_batch_release(b);
}

void word_batch_release(struct word_batch *b)
{
	buf_release(&b->forms);
	free(b->lists);
	free(b->slots);
	free(b->ids);
	*b = (struct word_batch){ 0 };
}
