/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include "base/clock.h"
#include "ledger/journal.h"

/* Lines read where they stand in the row are those of the decoded entry: in
 * entries of every shape, and in rows whose bytes were changed. */

enum { ENTRIES = 400, MOST_LINES = 40, CHANGES = 60 };

static uint64_t state = 88172645463325252u;

static uint64_t any(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

/* Of every size a varint has, below zero too. */
static int64_t any_number(void)
{
	int64_t n = (int64_t)(any(UINT64_MAX) >> any(64));

	return any(4) ? n : -n;
}

static void any_text(char *out, size_t size)
{
	size_t n = any(3) ? 0 : any(size < 60 ? size : 60);

	for (size_t i = 0; i < n; i++)
		out[i] = (char)('a' + any(26));
	out[n] = '\0';
}

static void any_rest(struct entry *e)
{
	any_text(e->who, sizeof(e->who));
	any_text(e->terminal, sizeof(e->terminal));
	any_text(e->source, sizeof(e->source));
	any_text(e->receipt, sizeof(e->receipt));
	any_text(e->number, sizeof(e->number));
	any_text(e->rule, sizeof(e->rule));
	e->about = any(2) ? any_number() : 0;
	e->subject = any(2) ? any_number() : 0;
	e->discount = any(2) ? any_number() : 0;
	e->tax = any(2) ? any_number() : 0;
	e->tender_count = (uint32_t)any(3);
	for (uint32_t i = 0; i < e->tender_count; i++)
		e->tenders[i] = (struct tender){ TENDER_CASH, any_number() };
	e->posting_count = (uint32_t)any(4);
	for (uint32_t i = 0; i < e->posting_count; i++)
		e->postings[i] = (struct posting){ .unit = any_number(), .amount = any_number() };
	e->move_count = (uint32_t)any(4);
	for (uint32_t i = 0; i < e->move_count; i++)
		e->moves[i] = (struct move){ 0, any_number(), any_number(), any_number() };
}

static void any_entry(struct entry *e, int64_t seq)
{
	entry_clear(e);
	e->seq = seq;
	e->kind = (enum entry_kind)(1 + any(ENTRY_KINDS - 1));
	e->day = (int32_t)(20000 + any(1000));
	e->minute = (int)any(24 * 60);
	e->customer = (int64_t)any(UINT32_MAX);
	e->total = any_number();
	e->recorded = e->occurred = any_number();
	any_rest(e);
	e->line_count = seq == 1 ? ENTRY_LINES : (uint32_t)any(MOST_LINES);
	for (uint32_t i = 0; i < e->line_count; i++) {
		e->lines[i].item = any(5) ? any_number() : 0;
		e->lines[i].quantity = any(5) ? any_number() : 0;
		e->lines[i].amount = any(5) ? any_number() : 0;
	}
}

static enum status append_any(struct txn *txn, void *arg)
{
	uint8_t digest[DIGEST_SIZE] = { 0 };
	struct entry *e = mem_alloc(sizeof(*e));

	(void)arg;
	for (int64_t seq = 1; seq <= ENTRIES; seq++) {
		any_entry(e, seq);
		memcpy(e->before, digest, DIGEST_SIZE);
		journal_append(txn, e, digest);
	}
	free(e);
	return txn_status(txn);
}

/* Where the entry can be decoded, its lines are what the rows give. */
static bool expect_same(struct bytes key, struct bytes value, struct entry *e)
{
	struct entry_lines lines;
	struct line line;

	if (entry_decode(key, value, e) != ST_OK)
		return false;
	assert_true(entry_lines(key, value, &lines));
	assert_int_equal(lines.head.seq, e->seq);
	assert_int_equal(lines.head.day, e->day);
	assert_int_equal(lines.head.total, e->total);
	assert_int_equal(lines.about, e->about);
	for (uint32_t i = 0; i < e->line_count; i++) {
		assert_true(entry_line_next(&lines, &line));
		assert_int_equal(line.item, e->lines[i].item);
		assert_int_equal(line.quantity, e->lines[i].quantity);
		assert_int_equal(line.amount, e->lines[i].amount);
	}
	assert_false(entry_line_next(&lines, &line));
	assert_false(lines.bad);
	assert_int_equal(lines.n, e->line_count);
	return true;
}

static enum status compare_all(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	int *same = arg;
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r))
		*same += expect_same(r.key, r.value, e);
	range_end(&r);
	free(e);
	return txn_status(txn);
}

static void lines_are_those_of_the_decoded_entry(void **st)
{
	struct fixture *f = *st;
	int same = 0;

	MUST(store_write(f->store, append_any, NULL));
	MUST(store_read(f->store, compare_all, &same));
	assert_int_equal(same, ENTRIES);
}

static void read_all(struct bytes key, struct bytes value, int *refused)
{
	struct entry_lines lines;
	struct line line;

	if (!entry_lines(key, value, &lines)) {
		(*refused)++;
		return;
	}
	while (entry_line_next(&lines, &line))
		assert_true(lines.n <= ENTRY_LINES);
	*refused += lines.bad;
}

/* Each row in memory of just its size, so that sanitizers see a byte too far. */
static void change_row(struct bytes key, struct bytes value, struct entry *e, int counts[2])
{
	for (int i = 0; i < CHANGES; i++) {
		size_t len = any(4) ? value.len : any(value.len);
		uint8_t *row = mem_alloc(len);

		memcpy(row, value.at, len);
		if (len > ENTRY_HEAD)
			row[ENTRY_HEAD + any(len - ENTRY_HEAD)] = (uint8_t)any(256);
		counts[0] += expect_same(key, (struct bytes){ row, len }, e);
		read_all(key, (struct bytes){ row, len }, &counts[1]);
		free(row);
	}
}

static enum status change_all(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r))
		change_row(r.key, r.value, e, arg);
	range_end(&r);
	free(e);
	return txn_status(txn);
}

static void changed_rows_are_read_alike_or_refused(void **st)
{
	struct fixture *f = *st;
	int counts[2] = { 0 };	/* taken by both; refused by the reader of lines */

	MUST(store_write(f->store, append_any, NULL));
	MUST(store_read(f->store, change_all, counts));
	assert_true(counts[0] > ENTRIES);
	assert_true(counts[1] > ENTRIES);
}

static void more_lines_than_an_entry_has_are_damage(void **st)
{
	static uint8_t row[ENTRY_HEAD + 8 + ENTRY_LINES + 1] = { [0] = ENTRY_SALE, [6] = 0x50 };
	static const uint8_t key[8] = { [7] = 1 };
	struct entry_lines lines;
	struct line line;
	size_t at = ENTRY_HEAD;

	(void)st;
	row[at++] = ENTRY_TAG_LINES * 2 + 1;
	at += varint_put(row + at, ENTRY_LINES + 1);
	at += ENTRY_LINES + 1;	/* lines of no bytes */
	assert_true(entry_lines((struct bytes){ key, 8 }, (struct bytes){ row, at }, &lines));
	while (entry_line_next(&lines, &line))
		;
	assert_true(lines.bad);
	assert_false(entry_lines((struct bytes){ key, 8 }, (struct bytes){ row, at - 1 }, &lines));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(lines_are_those_of_the_decoded_entry),
		CASE(changed_rows_are_read_alike_or_refused),
		cmocka_unit_test(more_lines_than_an_entry_has_are_damage),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
