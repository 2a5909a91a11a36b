/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "base/text.h"

/* -- sets of seqs -- */

void seqs_add(struct seqs *s, int64_t seq)
{
	s->at = mem_grow(s->at, s->n, &s->cap, sizeof(*s->at));
	s->at[s->n++] = seq;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void seqs_sort(struct seqs *s)
{
	if (s->n)
		qsort(s->at, s->n, sizeof(*s->at), by_number);
}

bool seqs_have(const struct seqs *s, int64_t seq)
{
	return s->n && bsearch(&seq, s->at, s->n, sizeof(*s->at), by_number);
}

/* -- a run -- */

static void plain_unit(void *arg, int64_t unit, char out[UNIT_WORDS])
{
	(void)arg;
	snprintf(out, UNIT_WORDS, "unit %" PRId64, unit);
}

void verify_start(struct verify *v, struct txn *txn, const struct verify_watch *watch)
{
	*v = (struct verify){
		.txn = txn, .watch = watch, .unit_words = plain_unit,
		.derived = { &derived_about, &derived_undone, &derived_timeline,
			     &derived_merged } };
	v->entry = mem_alloc(sizeof(*v->entry));
	v->other = mem_alloc(sizeof(*v->other));
	for (enum table t = 0; t < TABLES; t++)
		v->all_rows += txn_count(txn, t);
}

void verify_release(struct verify *v)
{
	free(v->undone.at);
	free(v->accepted.at);
	merges_release(&v->merges);
	free(v->lost.at);
	free(v->torn.at);
	free(v->unclear.at);
	free(v->units);
	free(v->entry);
	free(v->other);
	*v = (struct verify){ 0 };
}

void verify_fault(struct verify *v, const char *format, ...)
{
	char raw[600], safe[3 * sizeof(raw)];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_printable(raw, safe, sizeof(safe));
	v->faults++;
	v->watch->fault(v->watch->arg, safe);
}

bool verify_step(struct verify *v)
{
	enum { OFTEN = 4096 };

	if (++v->rows % OFTEN == 0 && v->watch->step &&
	    !v->watch->step(v->watch->arg, v->rows, v->all_rows))
		txn_fail(v->txn, fail(ST_CANCELLED, "verify was stopped before its end"));
	return txn_status(v->txn) == ST_OK;
}

struct verify_unit *verify_unit(struct verify *v, int64_t unit)
{
	for (size_t i = 0; i < v->unit_count; i++)
		if (v->units[i].unit == unit)
			return &v->units[i];
	v->units = mem_grow(v->units, v->unit_count, &v->unit_cap, sizeof(*v->units));
	v->units[v->unit_count] = (struct verify_unit){ .unit = unit };
	return &v->units[v->unit_count++];
}

/* -- rows -- */

static void tell_damaged(struct verify *v, const struct range *r)
{
	char hex[2 * 40 + 1] = "";

	for (size_t i = 0; i < r->key.len && i < 40; i++)
		snprintf(hex + 2 * i, 3, "%02x", ((const uint8_t *)r->key.at)[i]);
	verify_fault(v, "table %s: the row with key %s is damaged", table_name(r->table), hex);
}

bool verify_next(struct verify *v, struct range *r)
{
	r->lenient = true;
	while (range_next(r) && verify_step(v)) {
		if (!r->damaged)
			return true;
		tell_damaged(v, r);
	}
	return false;
}

enum peek verify_peek(struct verify *v, enum table table, const struct key *key,
		      struct bytes *value)
{
	enum peek found = PEEK_NONE;
	struct range r;

	range_start(&r, v->txn, table, key);
	r.lenient = true;
	if (range_next(&r) && r.key.len == key->len) {
		found = r.damaged ? PEEK_DAMAGED : PEEK_THERE;
		*value = r.value;
	}
	range_end(&r);
	return found;
}

void tally_add(struct tally *t, struct bytes key, struct bytes value)
{
	uint64_t parts[] = { digest_content(key.at, key.len),
			     digest_content(value.at, value.len) };

	t->rows++;
	t->sum += digest_content(parts, sizeof(parts));
}

bool tally_equal(const struct tally *a, const struct tally *b)
{
	return a->rows == b->rows && a->sum == b->sum;
}

/* -- the whole -- */

void ledger_verify(struct verify *v)
{
	verify_journal(v);
	for (size_t i = 0; v->derived[i]; i++)
		verify_derived(v, v->derived[i]);
	seqs_sort(&v->unclear);
	verify_holders(v);
}

enum status ledger_rebuild(struct verify *v)
{
	verify_journal(v);
	if (txn_status(v->txn) == ST_OK && v->not_accepted)
		return fail(ST_REFUSED, "entry %" PRId64 " is damaged or missing, and what it "
			    "moved would be lost from the balances; restore a backup, or accept "
			    "the loss first with: regulars verify --accept %" PRId64,
			    v->not_accepted, v->not_accepted);
	rebuild_journal(v);
	for (size_t i = 0; v->derived[i]; i++)
		rebuild_derived(v, v->derived[i]);
	rebuild_holders(v);
	return txn_status(v->txn);
}
