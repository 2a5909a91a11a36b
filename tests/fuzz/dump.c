/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "shop/dump.h"
#include "tests/fuzz/fuzz.h"

/* The lines of a dump: rows come in the order of tables and keys and have the
 * form that their table says, or the dump is refused. */

static bool is_after(const struct dump_row *last, const struct dump_row *row)
{
	size_t len = last->key.len < row->key.len ? last->key.len : row->key.len;
	int order = memcmp(last->key.at, row->key.at, len);

	return row->table != last->table || order < 0 || (!order && row->key.len > len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dump_reader *r;
	struct dump_row row, last = { .table = TABLES };
	enum status st = ST_OK;
	enum dump_kind kind;

	digest_start();
	json_set_alloc_funcs(mem_alloc, free);
	r = dump_reader_new();
	while (size && st == ST_OK) {
		const uint8_t *end = memchr(data, '\n', size);
		size_t len = end ? (size_t)(end - data) : size;

		st = dump_read(r, (struct bytes){ data, len }, &kind, &row);
		if (st == ST_OK && kind == DUMP_ROW) {
			if (row.key.len > KEY_MOST || !is_after(&last, &row))
				abort();
			last = row;
		}
		data += len + !!end;
		size -= len + !!end;
	}
	dump_reader_free(r);
	return 0;
}
