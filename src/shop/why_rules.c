/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/why_parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "shop/item.h"
#include "shop/rule.h"
#include "shop/segment.h"
#include "shop/tell_rules.h"
#include "store/record_text.h"

/* -- the change of rules before an entry -- */

struct change {
	enum entry_kind kind;
	int64_t subject;	/* id of the program, reward ... */
	int64_t after;		/* only what came after this entry; 0: any */
};

/* Into w->room: the newest such change before entry 'seq' (0: of all). Heads
 * say the kind, so that most entries need not be read. False: there is none. */
static bool find_change(struct why *w, const struct change *c, int64_t seq)
{
	struct key from = { .len = 0 };
	struct entry_head head;
	struct range r;
	bool found = false;

	range_start(&r, w->txn, TABLE_JOURNAL, NULL);
	key_int(&from, (uint64_t)seq, 8);
	if (seq)
		range_seek(&r, &from);
	while (!found && range_previous(&r) && (int64_t)key_read(r.key.at, 8) > c->after) {
		if (!entry_head(r.key, r.value, &head) || head.kind != c->kind)
			continue;
		found = entry_decode(r.key, r.value, w->room) == ST_OK &&
			w->room->subject == c->subject;
	}
	range_end(&r);
	return found;
}

/* -- the rules that decided -- */

/* Tells them as they were; and when they are others today, that too. */
static void tell_program(struct why *w, int64_t id)
{
	struct change change = { .kind = ENTRY_PROGRAM, .subject = id };
	struct program *then = mem_alloc(sizeof(*then));
	struct buf words = { 0 };

	if (find_change(w, &change, w->deed.entry->seq) &&
	    entry_get_rule(w->room, &program_type, then, w->decimals) == ST_OK) {
		then->id = id;
		program_say(then, &w->deed.standing.rewards, w->format, &words);
		program_say_more(then, &w->deed.standing.rewards, w->format, &words);
		buf_printf(w->out, "  %s: %s\n", then->name, words.len ? words.at : "");
		change.after = w->deed.entry->seq;
		if (find_change(w, &change, 0))
			buf_text(w->out, _("    these rules were changed since\n"));
	}
	buf_release(&words);
	free(then);
}

static bool was_told(const int64_t *told, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (told[i] == id)
			return true;
	return false;
}

/* A reward is its program's. */
static int64_t program_of(const struct why *w, int64_t unit)
{
	const struct reward *r = reward_by_id(&w->deed.standing.rewards, unit_id(unit));

	if (unit_class(unit) == UNIT_PROGRAM)
		return unit_id(unit);
	return unit_class(unit) == UNIT_REWARD && r ? r->program : 0;
}

/* Nobody's rules decide what is brought along, changed by hand or moved. */
static bool is_decided_by_rules(enum entry_kind kind)
{
	return kind == ENTRY_SALE || kind == ENTRY_REFUND || kind == ENTRY_CLAIM ||
	       kind == ENTRY_AWARD || kind == ENTRY_LAPSE;
}

void why_tell_rules(struct why *w)
{
	const struct entry *e = w->deed.entry;
	int64_t told[ENTRY_POSTINGS];
	size_t n = 0;

	if (!is_decided_by_rules(e->kind))
		return;
	for (uint32_t i = 0; i < e->posting_count; i++) {
		int64_t id = program_of(w, e->postings[i].unit);

		if (!id || was_told(told, n, id))
			continue;
		if (!n)
			buf_text(w->out, _("The rules at that time\n"));
		told[n++] = id;
		tell_program(w, id);
	}
}

/* -- what was written -- */

static const struct record_type *type_of(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_PROGRAM: return &program_type;
	case ENTRY_REWARD: return &reward_type;
	case ENTRY_ITEM: return &item_type;
	case ENTRY_SETTING: return &settings_type;
	case ENTRY_SEGMENT: return &segment_type;
	default: return NULL;
	}
}

static bool says_nothing(const json_t *value)
{
	return !value || json_is_null(value) || json_is_false(value) ||
	       (json_is_integer(value) && !json_integer_value(value)) ||
	       (json_is_array(value) && !json_array_size(value));
}

/* Values beside each other where there are several. */
static void add_value(const json_t *value, struct buf *out)
{
	const char *between = out->len ? ", " : "";
	const json_t *part;
	const char *name;
	size_t i;

	if (json_is_string(value))
		buf_printf(out, "%s%s", between, json_string_value(value));
	else if (json_is_integer(value))
		buf_printf(out, "%s%" JSON_INTEGER_FORMAT, between, json_integer_value(value));
	else if (json_is_boolean(value))
		buf_printf(out, "%s%s", between, json_is_true(value) ? _("yes") : _("no"));
	json_array_foreach(value, i, part)
		add_value(part, out);
	json_object_foreach((json_t *)value, name, part)
		add_value(part, out);
}

/* By its name, where it is a program's or reward's number. */
static void add_named(const struct why *w, const struct field *f, const json_t *value,
		      struct buf *out)
{
	const struct program *p = strcmp(f->name, "program") ? NULL :
		program_by_id(&w->deed.standing.programs, json_integer_value(value));
	const struct reward *r = strcmp(f->name, "reward") ? NULL :
		reward_by_id(&w->deed.standing.rewards, json_integer_value(value));

	if (p || r)
		buf_text(out, p ? p->name : r->name);
	else
		add_value(value, out);
}

static void tell_field(struct why *w, const struct field *f, const json_t *now,
		       const json_t *before)
{
	struct buf old = { 0 }, text = { 0 };

	add_named(w, f, now, &text);
	add_named(w, f, before, &old);
	buf_printf(w->out, "  %s: %s\n", f->label ? _(f->label) : f->name,
		   text.len ? text.at : "");
	if (!says_nothing(before) && old.len)
		buf_printf(w->out, _("    it was: %s\n"), old.at);
	buf_release(&text);
	buf_release(&old);
}

void why_tell_change(struct why *w)
{
	const struct entry *e = w->deed.entry;
	const struct record_type *type = type_of(e->kind);
	struct change change = { .kind = e->kind, .subject = e->subject };
	json_t *now, *before = NULL;

	if (!type)
		return;
	now = json_loads(e->rule, 0, NULL);
	if (find_change(w, &change, e->seq))
		before = json_loads(w->room->rule, 0, NULL);
	buf_text(w->out, _("What was written\n"));
	for (const struct field *f = type->fields; f->tag; f++) {
		const json_t *new = json_object_get(now, f->name);
		const json_t *old = json_object_get(before, f->name);

		if (strcmp(f->name, "id") && new &&
		    (before ? !json_equal(new, old) : !says_nothing(new)))
			tell_field(w, f, new, old);
	}
	json_decref(now);
	json_decref(before);
}
