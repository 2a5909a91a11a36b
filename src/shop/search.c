/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ledger/account.h"
#include "shop/customer_index.h"
#include "shop/query.h"

struct candidate {
	int64_t id;
	enum match match;
	int32_t last_visit;
};

struct search {
	struct txn *txn;
	struct query *query;
	size_t most;
	struct candidate *row;
	size_t n, cap;
	uint32_t *seen;		/* open addressing: customers that were judged */
	size_t seen_count, seen_slots;
	size_t looked;		/* rows, for the kind of match that is looked for now */
	unsigned closest, furthest;	/* how far apart forms are that are looked at */
	bool more;
};

/* -- who was judged -- */

static uint32_t *seen_slot(uint32_t *slots, size_t n, uint32_t id)
{
	size_t i = (id * 0x9E3779B1u >> 7) & (n - 1);

	while (slots[i] && slots[i] != id)
		i = (i + 1) & (n - 1);
	return &slots[i];
}

static void seen_grow(struct search *s)
{
	size_t n = s->seen_slots ? s->seen_slots * 2 : 1024;
	uint32_t *slots = mem_alloc(n * sizeof(*slots));

	for (size_t i = 0; i < s->seen_slots; i++)
		if (s->seen[i])
			*seen_slot(slots, n, s->seen[i]) = s->seen[i];
	free(s->seen);
	s->seen = slots;
	s->seen_slots = n;
}

/* False: the first time. */
static bool was_seen(struct search *s, uint32_t id)
{
	uint32_t *slot;

	if (s->seen_count * 2 >= s->seen_slots)
		seen_grow(s);
	slot = seen_slot(s->seen, s->seen_slots, id);
	if (*slot)
		return true;
	*slot = id;
	s->seen_count++;
	return false;
}

static void seen_forget(struct search *s)
{
	free(s->seen);
	s->seen = NULL;
	s->seen_count = s->seen_slots = 0;
}

/* -- candidates -- */

static void add_candidate(struct search *s, int64_t id, enum match match)
{
	s->row = mem_grow(s->row, s->n, &s->cap, sizeof(*s->row));
	s->row[s->n++] = (struct candidate){ .id = id, .match = match };
}

/* The main word matches in this way; do the others too? */
static void judge(struct search *s, int64_t id, enum match match)
{
	struct customer c;
	enum match worst;

	if (id <= 0 || was_seen(s, (uint32_t)id))
		return;
	if (s->query->n > 1) {
		if (!customer_get(s->txn, id, &c))
			return;
		worst = query_others(s->query, &c);
		if (worst > match)
			match = worst;
	}
	if (match < MATCHES)
		add_candidate(s, id, match);
}

static int64_t row_customer(const struct range *r)
{
	if (r->key.len < 4)
		return 0;
	return (int64_t)key_read((const uint8_t *)r->key.at + r->key.len - 4, 4);
}

/* Judges who stands under a prefix, or from a key on. */
static void walk(struct search *s, enum table table, const struct key *prefix,
		 const struct key *from, enum match match)
{
	struct range r;

	range_start(&r, s->txn, table, prefix);
	if (from)
		range_seek(&r, from);
	while (s->looked < LOOKED_AT && range_next(&r)) {
		s->looked++;
		judge(s, row_customer(&r), match);
	}
	range_end(&r);
}

/* Names that have the folded word, with or without a Latin spelling behind it
 * (00 and 01). */
static void walk_whole(struct search *s, const char *fold, enum match match)
{
	struct key plain = word_prefix(WORD_NAME, fold, true);
	struct key spelled = word_prefix(WORD_NAME, fold, false);

	key_int(&spelled, 1, 1);
	walk(s, TABLE_WORD, &plain, NULL, match);
	walk(s, TABLE_WORD, &spelled, NULL, match);
}

/* Names with a longer word that begins so. */
static void walk_longer(struct search *s, const char *fold, enum match match)
{
	struct key prefix = word_prefix(WORD_NAME, fold, false), from = prefix;

	key_int(&from, 2, 1);
	walk(s, TABLE_WORD, &prefix, &from, match);
}

/* Beside somebody who was found, the start of another name must be closer. */
static unsigned limit(const struct search *s, const struct query_word *w, enum match match)
{
	if (match == MATCH_SKELETON_PREFIX && s->n && w->near)
		return w->near - 1;
	return s->furthest;
}

static void walk_alike(struct search *s, const struct query_word *w, enum match match)
{
	unsigned end = limit(s, w, match);

	for (size_t i = 0; i < w->n && s->looked < LOOKED_AT; i++) {
		const struct alike *a = &w->alike[i];
		struct key form;

		if (a->match != match || a->apart < s->closest || a->apart > end)
			continue;
		form = word_prefix(WORD_NAME, a->form, true);
		walk(s, TABLE_WORD, &form, NULL, match);
	}
}

static void walk_phones(struct search *s, const char *digits)
{
	struct key k = phone_prefix(digits, false);

	walk(s, TABLE_PHONE, &k, NULL, MATCH_PHONE);
}

/* Somebody has just this word: it is not the beginning of another one. */
static bool is_whole(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->row[i].match == MATCH_EXACT || s->row[i].match == MATCH_LATIN ||
		    s->row[i].match == MATCH_SKELETON || s->row[i].match == MATCH_LOOSE)
			return true;
	return false;
}

static void look(struct search *s, enum match match)
{
	const struct query_word *w = &s->query->row[s->query->main];
	bool own_script = !strcmp(w->word.latin, w->word.fold);

	switch (match) {
	case MATCH_PHONE:
		if (w->digits)
			walk_phones(s, w->word.fold);
		return;
	case MATCH_EXACT:
		walk_whole(s, w->word.fold, match);
		return;
	case MATCH_PREFIX:
		walk_longer(s, w->word.fold, match);
		return;
	case MATCH_LATIN:
		if (!own_script && *w->word.latin)
			walk_whole(s, w->word.latin, match);
		break;
	case MATCH_LATIN_PREFIX:
		if (!own_script && *w->word.latin)
			walk_longer(s, w->word.latin, match);
		break;
	case MATCH_SKELETON_PREFIX:
		if (is_whole(s))
			return;
		break;
	default:
		break;
	}
	walk_alike(s, w, match);
}

static size_t count_up_to(const struct search *s, enum match match)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->row[i].match <= match;
	return n;
}

/* Step by step further away, until somebody is found. */
static void look_further(struct search *s, enum match first, enum match end, unsigned apart)
{
	unsigned furthest = query_furthest(&s->query->row[s->query->main], first);

	s->looked = 0;
	for (; !s->n && apart <= furthest; apart++) {
		s->closest = s->furthest = apart;
		for (enum match m = first; m < end; m++)
			look(s, m);
	}
	s->more |= s->looked == LOOKED_AT;
}

/* From the best kind of match down, until there are enough. */
static void look_at_words(struct search *s)
{
	unsigned near = s->query->row[s->query->main].near;

	if (!s->query->n)
		return;
	s->closest = 0;
	s->furthest = near;
	for (enum match m = MATCH_PHONE; m < MATCH_NEARLY; m++) {
		if (count_up_to(s, (enum match)(m - 1)) >= s->most)
			return;
		s->looked = 0;
		look(s, m);
		s->more |= s->looked == LOOKED_AT;
	}
	look_further(s, MATCH_SKELETON, MATCH_NEARLY, near + 1);
}

/* At forms that no key leads to; not where the main word was found and only the
 * others were missing. */
static void look_everywhere(struct search *s)
{
	if (!s->query->n || s->seen_count || !s->query->row[s->query->main].by_part)
		return;
	query_last_resort(s->query, s->txn);
	look_further(s, MATCH_NEARLY, MATCH_SUBSTRING, 0);
	look_further(s, MATCH_SUBSTRING, MATCHES, 0);
}

/* Abdul Rahman is one word to some and two to others. */
static void look_joined(struct search *s, const char *text)
{
	char joined[WORD_SIZE], *end = joined;

	text_fold(text, joined, sizeof(joined));
	for (const char *c = joined; *c; c++)
		if (*c != ' ')
			*end++ = *c;
	*end = '\0';
	query_release(s->query);
	query_words(s->query, s->txn, joined);
	seen_forget(s);
	look_at_words(s);
}

/* -- the query as a whole -- */

static void look_for_owner(struct search *s, const char *text)
{
	int64_t id = 0;
	struct customer c;

	if (*text == '#')
		id = strtoll(text + 1, NULL, 10);
	if (id && customer_get(s->txn, id, &c) && !c.erased)
		judge(s, id, MATCH_CARD);
	judge(s, customer_by_card(s->txn, text), MATCH_CARD);
	judge(s, customer_by_code(s->txn, text), MATCH_CARD);
}

static void look_for_email(struct search *s, const char *text)
{
	struct key k;

	if (!strchr(text, '@') || strlen(text) >= sizeof(((struct email *)0)->address))
		return;
	k = email_prefix(text, false);
	walk(s, TABLE_EMAIL, &k, NULL, MATCH_EMAIL);
}

/* Within a country people write a 0 before the number, which E.164 has not. */
static void look_for_phone(struct search *s)
{
	const char *digits = s->query->digits;

	if (!*digits)
		return;
	walk_phones(s, digits);
	while (!s->n && *digits == '0')
		if (strlen(++digits) >= PHONE_END_LEAST && *digits != '0')
			walk_phones(s, digits);
}

/* -- the result -- */

static int by_match(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->match != y->match)
		return x->match < y->match ? -1 : 1;
	if (x->last_visit != y->last_visit)
		return x->last_visit > y->last_visit ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Only ties that the cut goes through, or that are shown, need their visits. */
static void rank(struct search *s)
{
	enum match last;

	if (!s->n)
		return;
	qsort(s->row, s->n, sizeof(*s->row), by_match);
	while (s->row[0].match < MATCH_NEARLY && s->row[s->n - 1].match >= MATCH_NEARLY)
		s->n--;
	last = s->row[(s->n < s->most ? s->n : s->most) - 1].match;
	for (size_t i = 0; i < s->n && s->row[i].match <= last; i++) {
		struct holder h;

		holder_load(s->txn, s->row[i].id, &h);
		s->row[i].last_visit = (int32_t)h.figures.last_day;
		holder_release(&h);
	}
	qsort(s->row, s->n, sizeof(*s->row), by_match);
}

static void give(struct search *s, struct finding *out)
{
	size_t n = s->n < s->most ? s->n : s->most;

	out->row = n ? mem_alloc(n * sizeof(*out->row)) : NULL;
	out->more = s->more || s->query->more || s->n > s->most;
	for (size_t i = 0; i < n; i++) {
		struct found *f = &out->row[out->n];

		if (!customer_get(s->txn, s->row[i].id, &f->customer))
			continue;
		f->id = s->row[i].id;
		f->match = s->row[i].match;
		f->last_visit = s->row[i].last_visit;
		out->n++;
	}
}

enum status customer_find(struct txn *txn, const char *words, size_t most, struct finding *out)
{
	struct query query = { .n = 0 };
	struct search s = { .txn = txn, .query = &query, .most = most };

	assert(most > 0);
	*out = (struct finding){ 0 };
	look_for_owner(&s, words);
	look_for_email(&s, words);
	query_digits(&query, words);
	look_for_phone(&s);
	if (!s.n && !strchr(words, '@')) {
		query_words(&query, txn, words);
		look_at_words(&s);
		if (!s.n)
			look_everywhere(&s);
		if (!s.n && query.n > 1)
			look_joined(&s, words);
	}
	rank(&s);
	give(&s, out);
	query_release(&query);
	free(s.row);
	free(s.seen);
	if (txn_status(txn) != ST_OK)
		finding_release(out);
	return txn_status(txn);
}

void finding_release(struct finding *f)
{
	free(f->row);
	*f = (struct finding){ 0 };
}

const char *match_name(enum match m)
{
	static const char *const names[MATCHES] = {
		[MATCH_CARD] = "card", [MATCH_PHONE] = "phone", [MATCH_EMAIL] = "email",
		[MATCH_EXACT] = "exact", [MATCH_PREFIX] = "prefix", [MATCH_LATIN] = "latin",
		[MATCH_LATIN_PREFIX] = "latin prefix", [MATCH_SKELETON] = "similar",
		[MATCH_LOOSE] = "similar", [MATCH_SKELETON_PREFIX] = "similar",
		[MATCH_NEARLY] = "similar", [MATCH_SUBSTRING] = "part",
	};

	return m < MATCHES ? names[m] : "";
}
