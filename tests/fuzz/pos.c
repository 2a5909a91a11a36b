/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "exchange/till.h"
#include "tests/fuzz/fuzz.h"

/* A file of some till, read by a description of data/pos, which the first byte
 * chooses; from 128 on, what stands before the first NUL is the description. */

static const struct till_format *known(size_t i)
{
	static struct formats all;

	if (!all.n && (formats_load(&all) != ST_OK || !all.n))
		abort();
	return all.row[i % all.n];
}

/* All texts of the contract are there. */
static bool is_whole(const struct till_line *line)
{
	const char *at = line->text;

	for (int i = 0; i < COLUMNS; i++)
		at += strnlen(at, line->text_len) + 1;
	return line->why && at == line->text + line->text_len;
}

static void read_lines(const struct till_reading *how)
{
	struct till *t = NULL;
	struct till_line line;
	long long total;

	if (till_open(how, &t) == ST_OK) {
		while (till_next(t, &line))
			if (!is_whole(&line))
				abort();
		till_rewind(t);
		if (till_position(t, &total) != 0 || total < 0)
			abort();
	}
	till_close(t);
}

static void read_file(const struct till_format *f, const void *bytes, size_t size)
{
	struct import_options options = { .map_count = 0 };
	struct till_reading how = { .decimals = 2, .currency = "USD" };
	struct binding *binding = NULL;
	struct columns columns;
	struct csv_row header;
	char path[FUZZ_PATH];
	struct csv *csv;
	int fd = fuzz_file(bytes, size, path);

	if (csv_open(path, &csv) == ST_OK) {
		if (csv_next(csv, &header) == ST_OK &&
		    binding_make(f, &header, &options, &binding, &columns) == ST_OK) {
			how.path = path;
			how.binding = binding;
			read_lines(&how);
		}
		binding_free(binding);
		csv_close(csv);
	}
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size ? memchr(data, '\0', size) : NULL;
	struct till_format *f;
	char path[FUZZ_PATH];
	int fd;

	if (!size)
		return 0;
	if (data[0] < 128) {
		read_file(known(data[0]), data + 1, size - 1);
		return 0;
	}
	if (!end)
		end = data + size;
	fd = fuzz_file(data + 1, (size_t)(end - data) - 1, path);
	if (format_read(path, &f) == ST_OK) {
		read_file(f, end, (size_t)(data + size - end));
		format_free(f);
	}
	close(fd);
	return 0;
}
