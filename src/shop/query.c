/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/customer_index.h"

/* From how many letters on a likeness says something: found by trying names in
 * twelve scripts, so that not one query in ten finds somebody unrelated. */
enum { SKELETON_LATIN = 3, SKELETON_LEAST = 2, LOOSE_LATIN = 4, LOOSE_LEAST = 3,
       PART_LETTERS = 3 };

enum { COMMON = 500 };		/* from so many people on a word is just common */
enum { SCANNED = 100000 };	/* forms looked at for a part of a word */

void query_digits(struct query *q, const char *text)
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text)) && n < sizeof(q->digits) - 1) {
		if (c >= '0' && c <= '9')
			q->digits[n++] = (char)c;
		else if (c >= 0x80 || !strchr(" +-.()/", (int)c))
			break;
	}
	q->digits[!c && n >= PHONE_END_LEAST ? n : 0] = '\0';
}

/* -- what sounds like a word -- */

static void add_alike(struct query_word *q, enum match match, const char *form, size_t len)
{
	struct alike *a;

	if (len >= FORM_SIZE)
		return;
	q->alike = mem_grow(q->alike, q->n, &q->cap, sizeof(*q->alike));
	a = &q->alike[q->n++];
	a->match = match;
	memcpy(a->form, form, len);
	a->form[len] = '\0';
}

/* The form in a row of the tiers that say how forms sound. */
static const char *row_form(const struct range *r, size_t *len)
{
	const char *at = (const char *)r->key.at + 1;
	const char *end = (const char *)r->key.at + r->key.len;
	const char *zero = r->key.len > 1 ? memchr(at, '\0', (size_t)(end - at)) : NULL;

	*len = zero ? (size_t)(end - zero - 1) : 0;
	return zero ? zero + 1 : "";
}

/* False: there are more than can be looked at. */
static bool hear(struct txn *txn, struct query_word *q, enum match match, struct key prefix)
{
	struct range r;
	size_t looked = 0, len;

	range_start(&r, txn, TABLE_WORD, &prefix);
	while (looked < LOOKED_AT && range_next(&r)) {
		const char *form = row_form(&r, &len);

		add_alike(q, match, form, len);
		looked++;
	}
	range_end(&r);
	return looked < LOOKED_AT;
}

static int by_form(const void *a, const void *b)
{
	const struct alike *x = a, *y = b;
	int order = strcmp(x->form, y->form);

	return order ? order : (x->match > y->match) - (x->match < y->match);
}

static void sort_alike(struct query_word *q)
{
	size_t n = 0;

	if (q->n)
		qsort(q->alike, q->n, sizeof(*q->alike), by_form);
	for (size_t i = 0; i < q->n; i++)
		if (!n || strcmp(q->alike[n - 1].form, q->alike[i].form))
			q->alike[n++] = q->alike[i];
	q->n = n;
}

static bool hear_word(struct txn *txn, struct query_word *q)
{
	char skeleton[WORD_SIZE], loose[WORD_SIZE];
	const char *latin = q->word.latin;
	size_t len = strlen(latin);
	bool all = true;

	text_skeleton(latin, TEXT_PLAIN, skeleton, sizeof(skeleton));
	text_skeleton(latin, TEXT_LOOSE, loose, sizeof(loose));
	if (len) {
		all &= hear(txn, q, MATCH_LATIN, word_prefix(WORD_LATIN, latin, true));
		all &= hear(txn, q, MATCH_LATIN_PREFIX, word_prefix(WORD_LATIN, latin, false));
	}
	if (len >= SKELETON_LATIN && strlen(skeleton) >= SKELETON_LEAST) {
		all &= hear(txn, q, MATCH_SKELETON, word_prefix(WORD_SKELETON, skeleton, true));
		all &= hear(txn, q, MATCH_SKELETON_PREFIX,
			    word_prefix(WORD_SKELETON, skeleton, false));
	}
	if (len >= LOOSE_LATIN && strlen(loose) >= LOOSE_LEAST)
		all &= hear(txn, q, MATCH_LOOSE, word_prefix(WORD_LOOSE, loose, true));
	sort_alike(q);
	return all;
}

void query_parts(struct query *q, struct txn *txn)
{
	struct query_word *w = &q->row[q->main];
	struct key tier = word_prefix(WORD_SKELETON, "", false);
	struct range r;
	size_t looked = 0, found = 0, len;

	range_start(&r, txn, TABLE_WORD, &tier);
	while (looked < SCANNED && found < LOOKED_AT && range_next(&r)) {
		const char *form = row_form(&r, &len);

		looked++;
		if (memmem(form, len, w->word.fold, strlen(w->word.fold))) {
			add_alike(w, MATCH_SUBSTRING, form, len);
			found++;
		}
	}
	range_end(&r);
	q->more |= looked == SCANNED || found == LOOKED_AT;
	sort_alike(w);
}

/* -- words -- */

static bool begins(const char *text, const char *start)
{
	return *start && !strncmp(text, start, strlen(start));
}

static size_t letters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static size_t count(struct txn *txn, enum table table, struct key prefix, size_t n)
{
	struct range r;

	range_start(&r, txn, table, &prefix);
	while (n < COMMON && range_next(&r))
		n++;
	range_end(&r);
	return n;
}

static size_t count_people(struct txn *txn, const struct query_word *q)
{
	size_t n = count(txn, TABLE_WORD, word_prefix(WORD_NAME, q->word.fold, false), 0);

	if (q->digits)
		n = count(txn, TABLE_PHONE, phone_prefix(q->word.fold, false), n);
	for (size_t i = 0; i < q->n && n < COMMON; i++) {
		const char *form = q->alike[i].form;

		if (!begins(form, q->word.fold))
			n = count(txn, TABLE_WORD, word_prefix(WORD_NAME, form, true), n);
	}
	return n;
}

/* Of words that are all common, the longest. */
static size_t rarest(struct txn *txn, const struct query *q)
{
	size_t best = 0, least = SIZE_MAX, length = 0;

	for (size_t i = 0; i < q->n; i++) {
		size_t n = count_people(txn, &q->row[i]), len = strlen(q->row[i].word.latin);

		if (n < least || (n == least && len > length)) {
			best = i;
			least = n;
			length = len;
		}
	}
	return best;
}

void query_words(struct query *q, struct txn *txn, const char *text)
{
	struct words words;

	words_of(text, &words);
	q->n = words.n < QUERY_WORDS ? words.n : QUERY_WORDS;
	for (size_t i = 0; i < q->n; i++) {
		struct query_word *w = &q->row[i];
		size_t len;

		*w = (struct query_word){ .word = words.row[i] };
		len = strlen(w->word.fold);
		w->digits = len >= PHONE_END_LEAST && strspn(w->word.fold, "0123456789") == len;
		w->by_part = letters(w->word.fold) >= PART_LETTERS;
		q->more |= !hear_word(txn, w);
	}
	q->main = q->n > 1 ? rarest(txn, q) : 0;
}

void query_release(struct query *q)
{
	for (size_t i = 0; i < q->n; i++)
		free(q->row[i].alike);
}

/* -- the other words -- */

static enum match match_word(const struct query_word *q, const struct word *w)
{
	const struct word *want = &q->word;
	struct alike key = { .match = MATCH_CARD };
	size_t low = 0, high = q->n;

	if (!strcmp(w->fold, want->fold))
		return MATCH_EXACT;
	if (begins(w->fold, want->fold))
		return MATCH_PREFIX;
	if (!strcmp(w->fold, want->latin))
		return MATCH_LATIN;
	if (begins(w->fold, want->latin))
		return MATCH_LATIN_PREFIX;
	strcpy(key.form, w->form);
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (by_form(&q->alike[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < q->n && !strcmp(q->alike[low].form, w->form))
		return q->alike[low].match;
	return q->by_part && strstr(w->fold, want->fold) ? MATCH_SUBSTRING : MATCHES;
}

static bool phone_ends(const struct customer *c, const char *digits)
{
	size_t len = strlen(digits);

	for (uint32_t i = 0; i < c->phone_count; i++) {
		const char *phone = c->phones[i].text;
		size_t all = strlen(phone);

		if (all >= len && !strcmp(phone + all - len, digits))
			return true;
	}
	return false;
}

enum match query_others(const struct query *q, const struct customer *c)
{
	enum match worst = MATCH_CARD;
	struct words words;

	words_of(c->name, &words);
	for (size_t i = 0; i < q->n && worst < MATCHES; i++) {
		enum match best = MATCHES;

		if (i == q->main)
			continue;
		if (q->row[i].digits && phone_ends(c, q->row[i].word.fold))
			best = MATCH_PHONE;
		for (size_t j = 0; j < words.n && best > MATCH_EXACT; j++) {
			enum match m = match_word(&q->row[i], &words.row[j]);

			if (m < best)
				best = m;
		}
		if (best > worst)
			worst = best;
	}
	return worst;
}
