/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "cli/lines.h"
#include "cli/request.h"
#include "tests/fuzz/fuzz.h"

/* What a till's script sends, in pieces of the size that the first byte says:
 * lines hold no line end, and what is a request can be read as a command is. */

static void take(const char *line, size_t len)
{
	struct request r;
	struct args a;

	if (len > LINE_MOST || memchr(line, '\n', len))
		abort();
	if (request_read(line, len, &r) == ST_OK && r.command) {
		if (r.count < 2 || !*r.verb)
			abort();
		if (args_read(&a, r.count, r.word) == ST_OK && args_take(&a, 2) == ST_OK &&
		    a.command != r.command)
			abort();
		args_release(&a);
	}
	request_release(&r);
}

static void take_all(struct lines *l)
{
	enum line_kind kind;
	const char *line;
	size_t len;

	while ((kind = lines_next(l, &line, &len)) != LINE_NONE)
		if (kind == LINE_WHOLE)
			take(line, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lines l = { .from = 0 };
	size_t piece = size ? 1 + (size_t)data[0] * data[0] : 1;

	json_set_alloc_funcs(mem_alloc, free);
	for (size_t at = 1; at < size; at += piece) {
		lines_add(&l, (const char *)data + at, size - at < piece ? size - at : piece);
		take_all(&l);
	}
	lines_add(&l, "\n", 1);
	take_all(&l);
	if (lines_unended(&l))
		abort();
	lines_release(&l);
	return 0;
}
