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
       PART_LETTERS = 3, NEARLY_LEAST = 3 };

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

/* How far a form that came up by its consonants is from the word; of longer
 * words only their start counts. */
static unsigned apart(const struct query_word *q, enum match match, const char *form)
{
	char latin[WORD_SIZE];
	struct sounds sounds;

	if (match < MATCH_SKELETON || match > MATCH_NEARLY)
		return 0;
	form_latin(form, latin);
	sounds = sounds_of(latin, form);
	return sounds_apart(&q->sounds, &sounds, match == MATCH_SKELETON_PREFIX);
}

/* Prices and limits were found together: further ones find hardly more. */
unsigned query_furthest(const struct query_word *q, enum match match)
{
	switch (match) {
	case MATCH_SKELETON: case MATCH_LOOSE: case MATCH_SKELETON_PREFIX:
		return 4 * q->near;
	case MATCH_NEARLY:
		return SOUNDS_FAR + q->near;
	default:
		return 0;
	}
}

static void add_alike(struct query_word *q, enum match match, const char *form, size_t len)
{
	struct alike a = { .match = match };

	if (len >= FORM_SIZE)
		return;
	memcpy(a.form, form, len);
	a.apart = apart(q, match, a.form);
	if (a.apart > query_furthest(q, match))
		return;
	q->alike = mem_grow(q->alike, q->n, &q->cap, sizeof(*q->alike));
	q->alike[q->n++] = a;
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

/* Longer words that begin so. */
static bool hear_start(struct txn *txn, struct query_word *q)
{
	const char *latin = q->word.latin;
	char start[WORD_SIZE];
	size_t len = strlen(latin);
	bool all = true;

	text_skeleton(latin, TEXT_PLAIN_START, start, sizeof(start));
	if (len >= SKELETON_LATIN && strlen(start) >= SKELETON_LEAST)
		all &= hear(txn, q, MATCH_SKELETON_PREFIX,
			    word_prefix(WORD_SKELETON, start, false));
	text_skeleton(latin, TEXT_LOOSE_START, start, sizeof(start));
	if (len >= LOOSE_LATIN && strlen(start) >= LOOSE_LEAST)
		all &= hear(txn, q, MATCH_SKELETON_PREFIX, word_prefix(WORD_LOOSE, start, false));
	return all;
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
	if (len >= SKELETON_LATIN && strlen(skeleton) >= SKELETON_LEAST)
		all &= hear(txn, q, MATCH_SKELETON, word_prefix(WORD_SKELETON, skeleton, true));
	if (len >= LOOSE_LATIN && strlen(loose) >= LOOSE_LEAST)
		all &= hear(txn, q, MATCH_LOOSE, word_prefix(WORD_LOOSE, loose, true));
	all &= hear_start(txn, q);
	sort_alike(q);
	return all;
}

/* -- the last resort -- */

/* The consonants of a loose skeleton that ends in 0; of short words it has the
 * vowels too. */
static void consonants(const char *skeleton, char out[WORD_SIZE])
{
	size_t n = 0;

	for (size_t i = 0; skeleton[i] && n + 1 < WORD_SIZE; i++)
		if (!i || !strchr("aiu", skeleton[i]))
			out[n++] = skeleton[i];
	out[n] = '\0';
}

/* One letter more, less or another one. */
static bool is_one_edit(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (*a && !strcmp(a + 1, b)) || (*b && !strcmp(a, b + 1)) ||
	       (*a && *b && !strcmp(a + 1, b + 1));
}

/* How a form fits of which neither the spelling nor the skeleton does. */
static enum match fit(const struct query_word *w, const char *want, const struct range *r)
{
	char have[WORD_SIZE];
	size_t len;
	const char *form = row_form(r, &len);

	if (memmem(form, len, w->word.fold, strlen(w->word.fold)))
		return MATCH_SUBSTRING;
	if (!len || w->digits || strlen(want) < NEARLY_LEAST)
		return MATCHES;
	consonants((const char *)r->key.at + 1, have);
	return !strcmp(want, have) || is_one_edit(want, have) ? MATCH_NEARLY : MATCHES;
}

void query_last_resort(struct query *q, struct txn *txn)
{
	struct query_word *w = &q->row[q->main];
	struct key tier = word_prefix(WORD_LOOSE, "", false);
	size_t looked = 0, found = 0, len;
	char want[WORD_SIZE];
	struct range r;

	text_skeleton(w->word.latin, TEXT_LOOSE_START, want, sizeof(want));
	range_start(&r, txn, TABLE_WORD, &tier);
	while (looked < SCANNED && found < LOOKED_AT && range_next(&r)) {
		enum match match = fit(w, want, &r);

		looked++;
		if (match < MATCHES) {
			const char *form = row_form(&r, &len);

			add_alike(w, match, form, len);
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

/* Half as many as there are consonants, a vowel at the start being one. */
static unsigned nearness(const struct sounds *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += !sound_is_vowel(s->at[i]) && s->at[i] != 'H';
	return n / 2;
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
		w->sounds = sounds_of(w->word.latin, w->word.fold);
		w->near = nearness(&w->sounds);
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
