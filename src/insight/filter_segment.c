/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static const struct segment *find(struct parser *p)
{
	const struct segment *s = segment_by_name(&p->segments, p->token.text);

	if (!s)
		return NULL;
	for (size_t i = 0; i < p->inside_count; i++) {
		if (p->inside[i] == s) {
			fail(ST_INVALID, "the segment %s would be made of itself", s->name);
			return NULL;
		}
	}
	if (p->inside_count < FILTER_SEGMENTS)
		return s;
	fail(ST_INVALID, "segments go too deep: %s would be the %dth in one another", s->name,
	     FILTER_SEGMENTS + 1);
	return NULL;
}

/* Its text is read as a filter of its own; a mistake in it is told at its name. */
static struct filter_node *read_inside(struct parser *p, const struct segment *s)
{
	struct filter_mistake mistake;
	struct parser inner = *p;
	struct filter_node *n;

	inner.mistake = &mistake;
	inner.inside[inner.inside_count++] = s;
	if (filter_parse_in(&inner, s->filter, &n) != ST_OK) {
		fail(ST_INVALID, "in the segment %s: %.400s", s->name, mistake.text);
		parse_wrong(p, &p->token);
	}
	p->items = inner.items;
	p->categories = inner.categories;
	p->items_read = inner.items_read;
	p->tags = inner.tags;
	p->tags_read = inner.tags_read;
	return n;
}

struct filter_node *parse_segment(struct parser *p)
{
	const struct segment *s;
	struct filter_node *n;

	if (!parse_is_sign(p, ":") && !parse_is_sign(p, "=")) {
		fail(ST_INVALID, "write: segment:\"Name\"");
		parse_wrong(p, &p->token);
		return NULL;
	}
	if (!parse_next(p))
		return NULL;
	s = p->token.kind == TOKEN_WORD || p->token.kind == TOKEN_TEXT ? find(p) : NULL;
	if (!s) {
		if (!p->token.text)
			fail(ST_INVALID, "the name of a segment is missing here");
		parse_wrong(p, &p->token);
		return NULL;
	}
	n = parse_node(p, NODE_SEGMENT, read_inside(p, s));
	if (!n)
		return NULL;
	n->segment = mem_text(s->name);
	parse_next(p);
	return n;
}
