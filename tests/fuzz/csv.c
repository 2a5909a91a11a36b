/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/csv_write.h"
#include "exchange/csv.h"
#include "tests/fuzz/fuzz.h"

/* Reads a file; what could be read goes to 'out' as CSV, under a header that
 * settles its form. */
static void read_rows(const void *data, size_t size, struct buf *out)
{
	char path[FUZZ_PATH];
	int fd = fuzz_file(data, size, path);
	struct csv *c;
	struct csv_row row;
	enum status st;

	csv_add_row(out, (const char *[]){ "a", "b" }, 2, CSV_FOR_PROGRAMS);
	if (csv_open(path, &c) == ST_OK) {
		while ((st = csv_next(c, &row)) == ST_OK || st == ST_INVALID)
			if (st == ST_OK)
				csv_add_row(out, row.field, row.n, CSV_FOR_PROGRAMS);
		csv_close(c);
	}
	close(fd);
}

/* What was written reads back the same: one more header on top. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = { 0 }, twice = { 0 };

	read_rows(data, size, &once);
	read_rows(once.at, once.len, &twice);
	if (twice.len != once.len + 4 || memcmp(twice.at + 4, once.at, once.len) != 0)
		abort();
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
