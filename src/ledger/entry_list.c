/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/entry_list.h"

/* The bytes of the next field of either form: see store/record.c. */
static bool next_field(const uint8_t **at, const uint8_t *end, unsigned *tag,
		       struct bytes *content)
{
	unsigned head = **at;
	uint64_t v;
	size_t n = varint_get(*at + 1, (size_t)(end - *at) - 1, &v);

	*tag = head / 2;
	if (!n)
		return false;
	*at += 1 + n;
	*content = (struct bytes){ *at, 0 };
	if (!(head & 1))
		return true;
	if (v > (uint64_t)(end - *at))
		return false;
	content->len = (size_t)v;
	*at += v;
	return true;
}

void entry_list_find(struct bytes value, const struct field *list, struct entry_list *out)
{
	const uint8_t *at = value.at, *end = at + value.len;
	struct bytes content;
	unsigned tag;

	*out = (struct entry_list){ .of = list->of, .bad = value.len < ENTRY_HEAD };
	if (out->bad)
		return;
	for (at += ENTRY_HEAD; at < end; ) {
		out->bad = !next_field(&at, end, &tag, &content);
		if (out->bad || tag > list->tag)
			return;
		if (tag == list->tag) {
			out->at = content.at;
			out->end = out->at + content.len;
			return;
		}
	}
}

bool entry_list_next(struct entry_list *list, void *row)
{
	uint64_t len;
	size_t n;

	if (list->bad || list->at == list->end)
		return false;
	n = varint_get(list->at, (size_t)(list->end - list->at), &len);
	list->bad = !n || len > (uint64_t)(list->end - list->at) - n ||
		    record_decode(list->of, row, list->at + n, (size_t)len) != ST_OK;
	if (list->bad)
		return false;
	list->at += n + len;
	return true;
}
