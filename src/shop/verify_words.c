/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify_parts.h"

#include <string.h>

#include "shop/word.h"

/* What each word in the book sounds like: rows that are shared by all who have
 * the word, made from the forms in the rows of the names. */

struct forms {
	struct verify *v;
	struct tally due;
	const char *form;
};

static void add_form(void *arg, const struct key *key)
{
	struct forms *f = arg;

	tally_add(&f->due, (struct bytes){ key->at, key->len }, (struct bytes){ "", 0 });
}

static void look_up_form(void *arg, const struct key *key)
{
	struct forms *f = arg;
	struct bytes value;

	if (verify_peek(f->v, TABLE_WORD, key, &value) == PEEK_NONE)
		verify_fault(f->v, "table word: a row of the word %s is missing", f->form);
}

/* Calls 'each' for the rows of every form that somebody's name has. */
static void each_form(struct forms *f, word_row *each)
{
	struct key prefix = word_prefix(WORD_NAME, "", false);
	char form[FORM_SIZE] = "", next[FORM_SIZE];
	struct range r;

	f->form = form;
	range_start(&r, f->v->txn, TABLE_WORD, &prefix);
	r.lenient = true;
	while (range_next(&r)) {
		size_t len = r.key.len < 6 ? 0 : r.key.len - 6;	/* tier, 00, customer */

		if (r.damaged || !len || len >= sizeof(next))
			continue;
		memcpy(next, (const char *)r.key.at + 1, len);
		next[len] = '\0';
		if (!strcmp(form, next))
			continue;
		strcpy(form, next);
		form_rows(form, each, f);
	}
	range_end(&r);
}

static bool somebody_has(struct verify *v, const struct key *key)
{
	const char *form = memchr(key->at, 0, key->len);
	struct key prefix = word_prefix(WORD_NAME, "", false);
	struct range r;
	bool has;

	if (!form)
		return false;
	key_bytes(&prefix, form + 1, (size_t)(key->at + key->len - (const uint8_t *)form - 1));
	key_int(&prefix, 0, 1);
	range_start(&r, v->txn, TABLE_WORD, &prefix);
	r.lenient = true;
	has = range_next(&r);
	range_end(&r);
	return has;
}

static void blame_forms(struct forms *f)
{
	struct range r;

	each_form(f, look_up_form);
	range_start(&r, f->v->txn, TABLE_WORD, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		struct key k;

		if (r.damaged || !r.key.len || *(const uint8_t *)r.key.at == WORD_NAME ||
		    r.key.len > KEY_MOST)
			continue;
		k.len = 0;
		key_bytes(&k, r.key.at, r.key.len);
		if (!somebody_has(f->v, &k))
			verify_fault(f->v, "table word has a row of a word that nobody has: %.*s",
				     (int)k.len - 1, (const char *)k.at + 1);
	}
	range_end(&r);
}

void verify_sounds(struct verify *v, const struct tally *found)
{
	struct forms f = { .v = v };

	each_form(&f, add_form);
	if (!tally_equal(found, &f.due))
		blame_forms(&f);
}
