/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/segment.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/rule.h"

static const struct field segment_fields[] = {
	FIELD(1, FIELD_INT, struct segment, id, .flags = FIELD_INTERNAL, .label = "Id"),
	FIELD(2, FIELD_TEXT, struct segment, name, .flags = FIELD_REQUIRED, .label = "Segment",
	      .value = "TEXT", .help = "what these people are called"),
	FIELD(3, FIELD_TEXT, struct segment, filter, .flags = FIELD_INTERNAL, .label = "Filter"),
	FIELD(4, FIELD_DAY, struct segment, added, .flags = FIELD_INTERNAL, .label = "Added"),
	FIELD(5, FIELD_BOOL, struct segment, stopped, .flags = FIELD_INTERNAL,
	      .label = "Removed"),
	{ 0 }
};
const struct record_type segment_type = {
	"segment", sizeof(struct segment), segment_fields, offsetof(struct segment, later)
};

/* -- the list -- */

void segments_load(struct txn *txn, struct segments *out)
{
	struct range r;

	*out = (struct segments){ 0 };
	range_start(&r, txn, TABLE_SEGMENT, NULL);
	while (range_next(&r)) {
		struct segment *s;

		out->row = mem_grow(out->row, out->n, &out->cap, sizeof(*out->row));
		s = &out->row[out->n];
		if (record_decode(&segment_type, s, r.value.at, r.value.len) != ST_OK)
			txn_fail(txn, ST_CORRUPT);
		else if (!s->stopped)
			out->n++;
	}
	range_end(&r);
}

static enum status load_work(struct txn *txn, void *arg)
{
	segments_release(arg);		/* of a first attempt */
	segments_load(txn, arg);
	return txn_status(txn);
}

enum status segments_read(struct shop *shop, struct segments *out)
{
	*out = (struct segments){ 0 };
	return store_read(shop->store, load_work, out);
}

void segments_release(struct segments *s)
{
	free(s->row);
	*s = (struct segments){ 0 };
}

const struct segment *segment_by_name(const struct segments *s, const char *name)
{
	struct naming names = { s->n ? s->row->name : "", s->n, sizeof(*s->row) };
	size_t i;

	if (name_find(&names, name, &i))
		return &s->row[i];
	if (i < s->n)
		fail(ST_NOT_FOUND, "there is no segment \"%.80s\"; did you mean \"%s\"?", name,
		     s->row[i].name);
	else
		fail(ST_NOT_FOUND, "there is no segment \"%.80s\"; the list of segments has those "
		     "that there are", name);
	return NULL;
}

/* -- one filter in another -- */

enum { FOLD_ROOM = 2 * SEGMENT_NAME };

static bool is_called(const char *at, size_t len, const char *folded)
{
	char word[SEGMENT_NAME], have[FOLD_ROOM];

	if (len >= sizeof(word))
		return false;
	memcpy(word, at, len);
	word[len] = '\0';
	text_fold(word, have, sizeof(have));
	return !strcmp(have, folded);
}

bool filter_names_segment(const char *filter, const char *name)
{
	static const char word[] = "segment";
	char folded[FOLD_ROOM];

	text_fold(name, folded, sizeof(folded));
	for (const char *at = filter; *at; at++) {
		const char *end;

		if (strncasecmp(at, word, sizeof(word) - 1))
			continue;
		at += sizeof(word) - 1;
		at += strspn(at, " :=");
		if ((*at == '"' || *at == '\'') && (end = strchr(at + 1, *at)))
			at++;
		else
			end = at + strcspn(at, " ()");
		if (is_called(at, (size_t)(end - at), folded))
			return true;
		if (!*end)
			break;
		at = end;
	}
	return false;
}

/* Others would look for it in vain. */
static enum status not_named(const struct segments *all, const struct segment *s)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->row[i].id != s->id && filter_names_segment(all->row[i].filter, s->name))
			return fail(ST_REFUSED, "the segment \"%s\" is made of \"%s\"; change its "
				    "filter first", all->row[i].name, s->name);
	return ST_OK;
}

/* -- what is taken in -- */

static enum status tidy_text(const char *what, char *text, size_t size)
{
	char clean[SEGMENT_FILTER];

	if (text_clean(text, strnlen(text, size), clean, size) != ST_OK)
		return fail(ST_INVALID, "%s: %s", what, status_text());
	strcpy(text, clean);
	return ST_OK;
}

static enum status tidy(struct segment *s)
{
	enum status st = tidy_text("Name", s->name, sizeof(s->name));

	if (st == ST_OK)
		st = tidy_text("Filter", s->filter, sizeof(s->filter));
	if (st == ST_OK && strchr(s->name, '"'))
		st = fail(ST_INVALID, "a segment's name has no quotation marks: filters write it "
			  "between two of them");
	return st;
}

static enum status check(const struct segments *all, const struct segment *s)
{
	char want[FOLD_ROOM], have[FOLD_ROOM];

	if (!*s->name)
		return fail(ST_INVALID, "a segment needs a name");
	if (!*s->filter)
		return fail(ST_INVALID, "a segment needs a filter: who is in it");
	if (filter_names_segment(s->filter, s->name))
		return fail(ST_REFUSED, "a segment cannot be made of itself");
	text_fold(s->name, want, sizeof(want));
	for (size_t i = 0; i < all->n; i++) {
		text_fold(all->row[i].name, have, sizeof(have));
		if (all->row[i].id != s->id && !strcmp(want, have))
			return fail(ST_EXISTS, "there is a segment \"%s\" already; change that "
				    "one, or take another name", all->row[i].name);
	}
	return ST_OK;
}

/* -- changes; each is an entry with the segment as it now is -- */

static enum status put(struct trade *t, const struct segment *s)
{
	uint8_t row[2048];
	size_t len = sizeof(row);
	struct key k = account_key(s->id);	/* an id as four bytes */
	enum status st = record_encode(&segment_type, s, row, &len);

	if (st != ST_OK)
		return st;
	txn_put(t->txn, TABLE_SEGMENT, &k, (struct bytes){ row, len });
	shop_raise_needs(t->txn);
	book_start(&t->book, t->entry, ENTRY_SEGMENT, &t->by);
	t->entry->subject = s->id;
	st = entry_set_rule(t->entry, &segment_type, s, t->shop->decimals);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	t->seq = t->entry->seq;
	return st;
}

struct change {
	const char *which;		/* NULL: a new one */
	const struct segment *wanted;	/* NULL: it goes */
	struct segment now;		/* what came of it */
	struct segments all;
};

static enum status add(struct trade *t, struct change *c)
{
	struct segment *s = &c->now;
	enum status st;
	struct range r;

	*s = (struct segment){ .id = 1, .added = clock_day(t->by.now) };
	strcpy(s->name, c->wanted->name);
	strcpy(s->filter, c->wanted->filter);
	range_start(&r, t->txn, TABLE_SEGMENT, NULL);
	if (range_previous(&r))
		s->id = (int64_t)key_read(r.key.at, 4) + 1;
	range_end(&r);
	st = check(&c->all, s);
	return st == ST_OK ? put(t, s) : st;
}

static bool is_same_name(const struct segment *a, const struct segment *b)
{
	char one[FOLD_ROOM], two[FOLD_ROOM];

	text_fold(a->name, one, sizeof(one));
	text_fold(b->name, two, sizeof(two));
	return !strcmp(one, two);
}

static enum status edit(struct trade *t, struct change *c, const struct segment *before)
{
	struct segment *after = &c->now;
	enum status st;

	if (*c->wanted->name)
		strcpy(after->name, c->wanted->name);
	if (*c->wanted->filter)
		strcpy(after->filter, c->wanted->filter);
	st = check(&c->all, after);
	if (st == ST_OK && !is_same_name(before, after))
		st = not_named(&c->all, before);
	if (st != ST_OK || (!strcmp(before->name, after->name) &&
			    !strcmp(before->filter, after->filter)))
		return st;
	return put(t, after);
}

static enum status drop(struct trade *t, struct change *c)
{
	enum status st = not_named(&c->all, &c->now);

	c->now.stopped = true;
	return st == ST_OK ? put(t, &c->now) : st;
}

static enum status alter(struct trade *t, struct change *c)
{
	const struct segment *before = segment_by_name(&c->all, c->which);

	if (!before)
		return ST_NOT_FOUND;
	c->now = *before;
	return c->wanted ? edit(t, c, before) : drop(t, c);
}

static enum status change_work(struct trade *t, void *arg)
{
	struct change *c = arg;
	enum status st;

	segments_load(t->txn, &c->all);
	st = txn_status(t->txn);
	if (st == ST_OK)
		st = c->which ? alter(t, c) : add(t, c);
	segments_release(&c->all);
	return st;
}

/* -- once -- */

static void add_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text) + 1);
}

/* What was asked for: another question under the same operation id is noticed. */
static uint64_t content_of(const struct change *c)
{
	struct buf b = { 0 };
	uint64_t digest;

	add_text(&b, c->which ? c->which : "");
	if (c->wanted) {
		add_text(&b, c->wanted->name);
		add_text(&b, c->wanted->filter);
	}
	digest = digest_content(b.at, b.len);
	buf_release(&b);
	return digest;
}

/* The operation was done before: what it made, or left as it was. */
static enum status repeat(struct shop *shop, int64_t seq, struct change *c)
{
	struct segments all;
	const struct segment *s;
	struct entry *e = entry_new();
	enum status st = seq ? shop_entry(shop, seq, e) : segments_read(shop, &all);

	if (st == ST_OK && seq)
		st = entry_get_rule(e, &segment_type, &c->now, shop->decimals);
	else if (st == ST_OK) {
		s = segment_by_name(&all, c->which);
		if (s)
			c->now = *s;
		st = s ? ST_OK : ST_NOT_FOUND;
	}
	if (!seq)
		segments_release(&all);
	entry_free(e);
	return st;
}

static enum status change(struct shop *shop, const struct actor *by, struct change *c)
{
	struct trade_run run = { .work = change_work, .arg = c, .content = content_of(c) };
	enum status st = trade_run(shop, by, &run);

	return st == ST_OK && run.repeated ? repeat(shop, run.seq, c) : st;
}

enum status segment_add(struct shop *shop, const struct actor *by, struct segment *s)
{
	struct change c = { .wanted = s };
	enum status st = tidy(s);

	if (st == ST_OK)
		st = change(shop, by, &c);
	if (st == ST_OK)
		*s = c.now;
	return st;
}

enum status segment_edit(struct shop *shop, const struct actor *by, const char *which,
			 struct segment *s)
{
	struct change c = { .which = which, .wanted = s };
	enum status st = tidy(s);

	if (st == ST_OK)
		st = change(shop, by, &c);
	if (st == ST_OK)
		*s = c.now;
	return st;
}

enum status segment_remove(struct shop *shop, const struct actor *by, const char *which,
			   struct segment *s)
{
	struct change c = { .which = which };
	enum status st = change(shop, by, &c);

	*s = c.now;
	return st;
}
