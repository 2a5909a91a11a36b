/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_ENTRY_LIST_H
#define LEDGER_ENTRY_LIST_H

#include "ledger/journal.h"

/* The rows of one list of an entry, read where they stand in the journal's row
 * and without a struct entry, for figures over millions of entries. */
struct entry_list {
	const uint8_t *at, *end;
	const struct record_type *of;
	bool bad;			/* a damaged row was met, and ended it */
};

/* 'list' is a list of entry_type: record_field(&entry_type, "postings"). An entry
 * without one has an empty list. Points into 'value'. */
void entry_list_find(struct bytes value, const struct field *list, struct entry_list *out);
/* Fills all of *row, which is of the list's type. False after the last. */
bool entry_list_next(struct entry_list *list, void *row);

#endif
