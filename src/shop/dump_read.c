/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/dump_parts.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

struct dump_reader {
	crypto_generichash_state digest;
	int64_t line, due[DUMP_TABLES], seen[DUMP_TABLES];
	bool begun, ended;
	int table;			/* place in dump_tables of the last row */
	struct key last;
	uint8_t value[DUMP_VALUE];
};

struct dump_reader *dump_reader_new(void)
{
	struct dump_reader *r = mem_alloc(sizeof(*r));

	crypto_generichash_init(&r->digest, NULL, 0, DIGEST_SIZE);
	return r;
}

void dump_reader_free(struct dump_reader *r)
{
	free(r);
}

int64_t dump_rows(const struct dump_reader *r)
{
	int64_t sum = 0;

	for (int i = 0; i < DUMP_TABLES; i++)
		sum += r->due[i];
	return sum;
}

static enum status wrong(const struct dump_reader *r)
{
	return fail(ST_CORRUPT, "the dump is damaged in line %" PRId64 "; nothing was kept",
		    r->line);
}

/* -- the header -- */

enum { ROWS_MOST = 2000000000 };

static enum status read_counts(struct dump_reader *r, json_t *rows, int tables)
{
	if (json_object_size(rows) != (size_t)tables)
		return wrong(r);
	for (int i = 0; i < tables; i++) {
		const json_t *n = json_object_get(rows, table_name(dump_tables[i]));

		r->due[i] = json_integer_value(n);
		if (!json_is_integer(n) || r->due[i] < 0 || r->due[i] > ROWS_MOST)
			return wrong(r);
	}
	return ST_OK;
}

static enum status read_header(struct dump_reader *r, json_t *json)
{
	const char *what;
	int format, needs;
	json_t *rows;

	if (json_unpack(json, "{s:s, s:i, s:i, s:o}", "regulars", &what, "format", &format,
			"needs", &needs, "rows", &rows) || strcmp(what, "dump") != 0)
		return fail(ST_INVALID, "this is no dump of a shop");
	if (format > DUMP_FORMAT || needs > SHOP_NEEDS)
		return fail(ST_TOO_NEW, "this dump is of a newer regulars; install that version "
			    "here too");
	r->begun = true;
	return json_object_size(json) == 4 && format == DUMP_FORMAT && needs > 0 ?
		read_counts(r, rows, dump_table_count(needs)) : wrong(r);
}

/* -- a row -- */

static bool read_key(const char *hex, struct key *key)
{
	size_t len = strlen(hex);
	const char *end;

	return len && len <= 2 * KEY_MOST && len % 2 == 0 &&
	       !sodium_hex2bin(key->at, sizeof(key->at), hex, len, NULL, &key->len, &end) &&
	       end == hex + len;
}

static bool read_value(struct dump_reader *r, const char *base64, struct bytes *value)
{
	size_t len = strlen(base64);
	const char *end;

	value->at = r->value;
	return !sodium_base642bin(r->value, sizeof(r->value), base64, len, NULL, &value->len,
				  &end, sodium_base64_VARIANT_ORIGINAL) && end == base64 + len;
}

/* Numbers have the width that the table says. */
static bool has_form(const struct dump_row *row)
{
	switch (row->table) {
	case TABLE_META:		/* names, and "file:" with a digest: read_key() */
		return true;
	case TABLE_JOURNAL: case TABLE_SIDE:
		return row->key.len == 8 && key_read(row->key.at, 8) > 0 &&
		       key_read(row->key.at, 8) <= INT64_MAX;
	case TABLE_DONE:
		return row->value.len == 16;
	default:
		return row->key.len == 4;
	}
}

static bool is_after(const struct key *a, const struct key *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->at, b->at, len);

	return order ? order > 0 : a->len > b->len;
}

static int place_of(const char *table)
{
	int i = 0;

	while (i < DUMP_TABLES && strcmp(table_name(dump_tables[i]), table) != 0)
		i++;
	return i;
}

static enum status read_row(struct dump_reader *r, json_t *json, struct dump_row *row)
{
	const char *table, *key, *value;
	int place;

	if (json_unpack(json, "{s:s, s:s, s:s}", "table", &table, "key", &key, "value", &value) ||
	    json_object_size(json) != 3)
		return wrong(r);
	place = place_of(table);
	row->key.len = 0;
	if (place == DUMP_TABLES || place < r->table || !read_key(key, &row->key) ||
	    !read_value(r, value, &row->value))
		return wrong(r);
	row->table = dump_tables[place];
	if (!has_form(row) || !dump_has(row->table, (struct bytes){ row->key.at, row->key.len }) ||
	    (place == r->table && r->seen[place] && !is_after(&row->key, &r->last)))
		return wrong(r);
	r->table = place;
	r->last = row->key;
	return r->seen[place]++ < r->due[place] ? ST_OK : wrong(r);
}

/* -- the end -- */

static enum status read_end(struct dump_reader *r, const char *end)
{
	crypto_generichash_state so_far = r->digest;
	uint8_t digest[DIGEST_SIZE];
	char hex[2 * DIGEST_SIZE + 1];

	crypto_generichash_final(&so_far, digest, sizeof(digest));
	sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	if (strcmp(hex, end) != 0 || memcmp(r->due, r->seen, sizeof(r->due)) != 0)
		return fail(ST_CORRUPT, "the dump was changed or lacks rows; nothing was kept");
	r->ended = true;
	return ST_OK;
}

static enum status read_json(struct dump_reader *r, json_t *json, enum dump_kind *kind,
			     struct dump_row *row)
{
	const char *end;

	if (!r->begun) {
		*kind = DUMP_HEADER;
		return read_header(r, json);
	}
	if (!json_unpack(json, "{s:s}", "end", &end) && json_object_size(json) == 1) {
		*kind = DUMP_END;
		return read_end(r, end);
	}
	*kind = DUMP_ROW;
	return read_row(r, json, row);
}

enum status dump_read(struct dump_reader *r, struct bytes line, enum dump_kind *kind,
		      struct dump_row *row)
{
	json_t *json;
	enum status st;

	r->line++;
	if (r->ended)
		return wrong(r);
	json = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json && !r->begun)
		return fail(ST_INVALID, "this is no dump of a shop");
	st = json ? read_json(r, json, kind, row) : wrong(r);
	json_decref(json);
	crypto_generichash_update(&r->digest, line.at, line.len);
	crypto_generichash_update(&r->digest, (const uint8_t *)"\n", 1);
	return st;
}

enum status dump_prove(int fd)
{
	int copy = dup(fd);
	FILE *f = copy < 0 ? NULL : fdopen(copy, "r");
	struct dump_reader *r = dump_reader_new();
	enum status st = ST_OK;
	struct dump_row row;
	enum dump_kind kind;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (f)
		rewind(f);
	while (f && st == ST_OK && (n = getline(&line, &room, f)) > 0)
		st = dump_read(r, (struct bytes){ line, (size_t)n - 1 }, &kind, &row);
	if (st == ST_OK)
		st = dump_read_all(r);
	if (f)
		fclose(f);
	else if (copy >= 0)
		close(copy);
	free(line);
	dump_reader_free(r);
	return st == ST_OK ? st : fail(ST_CORRUPT, "what was dumped cannot be read again; nothing "
				       "was kept; run: regulars verify");
}

enum status dump_read_all(const struct dump_reader *r)
{
	return r->ended ? ST_OK :
		fail(ST_CORRUPT, "the dump was cut off after line %" PRId64 "; nothing was kept",
		     r->line);
}
