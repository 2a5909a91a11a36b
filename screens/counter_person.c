/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

/* What staff need to know of a person at a glance: the name first, then what
 * they have and what is ready, and at the end what to say. */

/* Facts beside each other, each whole; what does not fit begins a new line. */
struct flow {
	const struct canvas *c;
	int y, x;
};

static void put_fact(struct flow *f, enum tone tone, const char *text)
{
	int cols = shown_columns(text), most = f->c->at.w - 2;

	if (f->x > 1 && f->x + cols > f->c->at.w - 1) {
		f->x = 1;
		f->y++;
	}
	put_text(f->c, (struct spot){ .y = f->y, .x = f->x, .cols = cols < most ? cols : most,
				      .tone = tone }, text);
	f->x += cols + 3;
}

static void put_ready(struct flow *f, const struct standing *s)
{
	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];
		char text[300];

		if (standing_ready(s, r) <= 0 || !standing_can_have(s, r))
			continue;
		snprintf(text, sizeof(text), _("Ready: %s"), r->name);
		put_fact(f, TONE_GOOD, text);
	}
}

static void put_program(struct flow *f, const struct standing *s, const struct program *p,
			const struct format *format)
{
	int64_t n = standing_balance(s, p);
	unsigned long plural = (unsigned long)(n < 0 ? -n : n);
	char text[300], count[FORMAT_TEXT], goal[FORMAT_TEXT];

	format_number(format, n < 0 ? -n : n, count);
	format_number(format, p->goal, goal);
	if (p->kind == PROGRAM_STAMPS && n < 0)
		snprintf(text, sizeof(text), ngettext("%1$s: %2$s stamp owed",
						      "%1$s: %2$s stamps owed", plural),
			 p->name, count);
	else if (p->kind == PROGRAM_STAMPS)
		snprintf(text, sizeof(text), _("%1$s: %2$s of %3$s stamps"), p->name, count, goal);
	else if (n < 0)
		snprintf(text, sizeof(text), ngettext("%1$s: %2$s point owed",
						      "%1$s: %2$s points owed", plural),
			 p->name, count);
	else
		snprintf(text, sizeof(text), ngettext("%1$s: %2$s point", "%1$s: %2$s points",
						      plural), p->name, count);
	put_fact(f, n < 0 ? TONE_WARN : TONE_NORMAL, text);
}

/* Their next birthday, when it is within a week. -1: it is not. */
static int32_t birthday_soon(const char *birthday, int32_t today)
{
	size_t len = strlen(birthday);
	int year, month, day, of_month, of_day;

	if (len < 5 || sscanf(birthday + len - 5, "%2d-%2d", &of_month, &of_day) != 2)
		return -1;
	for (int32_t ahead = 0; ahead < 8; ahead++) {
		day_to_civil(today + ahead, &year, &month, &day);
		if (month == of_month && day == of_day)
			return today + ahead;
	}
	return -1;
}

static void put_birthday(struct flow *f, const struct counter *k, const struct ui *ui)
{
	int32_t today = ui_today(ui), day = birthday_soon(k->standing.customer.birthday, today);
	char text[300], when[FORMAT_TEXT];

	if (day < 0)
		return;
	if (day == today)
		snprintf(text, sizeof(text), "%s", _("Birthday today!"));
	else
		snprintf(text, sizeof(text), _("Birthday: %s"),
			 format_weekday(&ui->format, day, when));
	put_fact(f, TONE_WARN, text);
}

static void put_visit(struct flow *f, const struct counter *k, const struct ui *ui)
{
	int32_t last = (int32_t)k->standing.holder.figures.last_day;
	char text[300], when[FORMAT_TEXT];

	if (last)
		snprintf(text, sizeof(text), _("Last visit: %s"),
			 format_ago(&ui->format, last, ui_today(ui), when));
	else
		snprintf(text, sizeof(text), "%s", _("First visit"));
	put_fact(f, TONE_DIM, text);
}

static int put_facts(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	const struct standing *s = &k->standing;
	struct flow f = { c, y, 1 };

	put_ready(&f, s);
	for (size_t i = 0; i < s->programs.n; i++)
		if (standing_shows(s, &s->programs.row[i]))
			put_program(&f, s, &s->programs.row[i], &ui->format);
	put_birthday(&f, k, ui);
	put_visit(&f, k, ui);
	if (counter_may_ask(k))
		put_fact(&f, TONE_KEY, _("^G: may we text them?"));
	return f.y + 1;
}

static int put_note(const struct counter *k, const struct canvas *c, int y)
{
	char text[sizeof(k->standing.customer.notes) + 100];

	if (!*k->standing.customer.notes)
		return y;
	snprintf(text, sizeof(text), _("Note: %s"), k->standing.customer.notes);
	return y + put_wrapped(c, (struct spot){ .y = y, .x = 1, .cols = c->at.w - 2 },
			       c->at.h > 12 ? 2 : 1, text);
}

static int put_say(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	struct buf say = { 0 }, text = { 0 };

	tell_standing(&k->standing, &ui->format, &say);
	if (say.len) {
		buf_printf(&text, _("Say: %s"), say.at);
		y += put_wrapped(c, (struct spot){ .y = y, .x = 1, .cols = c->at.w - 2,
						   .tone = TONE_STRONG }, 2, text.at);
	}
	buf_release(&say);
	buf_release(&text);
	return y;
}

int person_draw(const struct counter *k, const struct ui *ui, const struct canvas *c)
{
	const struct customer *who = &k->standing.customer;
	char phone[NAME_PHONE], name[NAME_TEXT];
	int wide, y;

	if (!k->till.draft.customer) {
		put_text(c, (struct spot){ .x = 1, .tone = TONE_TITLE }, _("Walk-in"));
		return 1 + put_wrapped(c, (struct spot){ .y = 1, .x = 1, .cols = c->at.w - 2,
							 .tone = TONE_DIM }, 2,
				       _("Nobody earns by this sale. A card, or ^F (F2), says "
					 "whose it is."));
	}
	wide = shown_columns(phone_of(who, phone));
	put_text(c, (struct spot){ .x = 1, .cols = c->at.w - wide - 4, .tone = TONE_TITLE },
		 name_of(ui->shop, who, name));
	put_text(c, (struct spot){ .x = c->at.w - wide - 1, .cols = wide ? wide : 1 }, phone);
	y = put_facts(k, ui, c, 1);
	y = put_note(k, c, y);
	return put_say(k, ui, c, y);
}
