/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/mem.h"
#include "screens/newcomer.h"

/* Somebody new in one line, and cards that nobody has yet. */

static void add_newcomer(struct counter *k, struct ui *ui, bool force);

static void add_anyway(void *state, struct ui *ui)
{
	add_newcomer(state, ui, true);
}

static void tell_added(const struct counter *k, struct ui *ui)
{
	const char *phone = newcomer_untextable(&k->newcomer);

	if (phone)
		ui_say(ui, TONE_WARN, _("Added. %s could not be verified: it is kept, and cannot "
					"be texted."), phone);
	else
		ui_say(ui, TONE_GOOD, "%s", _("Added. Type the amount of the sale, or Esc."));
}

static void add_newcomer(struct counter *k, struct ui *ui, bool force)
{
	struct actor by = ui_actor(ui);
	enum status st = customer_add(ui->shop, &by, &k->newcomer, force);

	if (st == ST_OK) {
		k->card[0] = '\0';
		find_start(k);
		find_choose(k, ui, k->newcomer.id);
		tell_added(k, ui);
	} else if (st == ST_EXISTS && !force) {
		ui_confirm(ui, &(struct confirmation){ .title = _("Add somebody like that again?"),
			.detail = status_text(), .yes = _("Add"), .agreed = add_anyway });
	} else {
		ui_fail(ui);
	}
}

static void add_named(void *state, struct ui *ui)
{
	add_newcomer(state, ui, false);
}

static void ask_about_digits(struct ui *ui, const char *digits)
{
	char title[400];

	snprintf(title, sizeof(title), _("Is %s a part of the name?"), digits);
	ui_confirm(ui, &(struct confirmation){ .title = title, .yes = _("Add"),
		.detail = _("It is too short for a phone number."), .agreed = add_named });
}

/* What was typed stays in the field, for another try. */
static void newcomer_told(void *state, struct ui *ui, const char *text)
{
	struct counter *k = state;
	char digits[sizeof(k->newcomer.name)];
	enum status st;

	if (!*text && !*k->card)
		return;
	st = newcomer_read(text, ui->shop->settings.country, &k->newcomer);
	if (st == ST_OK && *k->card)
		st = customer_add_card(&k->newcomer, k->card);
	if (st != ST_OK) {
		ui_fail(ui);
		return;
	}
	if (k->step == STEP_FIND) {
		edit_set(&k->find, text);
		ui_reload(ui);
	}
	if (newcomer_short_phone(&k->newcomer, digits, sizeof(digits)))
		ask_about_digits(ui, digits);
	else
		add_newcomer(k, ui, false);
}

/* What was looked for, for a name to go on with. A few digits were the end of
 * somebody else's phone. */
static void begun(const struct counter *k, const struct ui *ui, char *out, size_t size)
{
	const char *text = k->step == STEP_FIND ? k->find.text : "";
	bool letters = false;

	for (const char *at = text; *at;) {
		uint32_t c = digit_read(&at);

		letters |= c > ' ' && (c > 0x7f || !strchr("0123456789+-().", (int)c));
	}
	*out = '\0';
	if (letters || looks_like_phone(text, ui->shop->settings.country))
		snprintf(out, size, "%s ", text);
}

void counter_add(struct counter *k, struct ui *ui)
{
	char hint[300], text[sizeof(k->find.text) + 1];

	begun(k, ui, text, sizeof(text));

	if (*k->card)
		snprintf(hint, sizeof(hint), _("Name and phone in one line. The card %s becomes "
					       "theirs."), k->card);
	else
		snprintf(hint, sizeof(hint), "%s", _("Name and phone in one line, like: Asha Patel "
						     "98240 12345"));
	ui_ask(ui, &(struct question){ .title = _("New customer"), .hint = hint,
				       .text = text,
				       .answer = newcomer_told });
}

/* -- a card for somebody who is known -- */

static void give_card(void *state, struct ui *ui)
{
	struct counter *k = state;
	struct customer *c = mem_alloc(sizeof(*c));
	struct actor by = ui_actor(ui);
	enum status st;

	*c = k->standing.customer;
	st = customer_add_card(c, k->card);
	if (st == ST_OK)
		st = customer_edit(ui->shop, &by, c);
	if (st == ST_OK)
		ui_say(ui, TONE_GOOD, _("The card %s is theirs now."), k->card);
	else
		ui_fail(ui);
	k->card[0] = '\0';
	free(c);
}

void counter_offer_card(struct counter *k, struct ui *ui)
{
	char title[2 * NAME_TEXT], name[NAME_TEXT];

	if (sale_load(k, ui) != ST_OK) {
		ui_fail(ui);
		return;
	}
	snprintf(title, sizeof(title), _("Give the card %1$s to %2$s?"), k->card,
		 name_of(ui->shop, &k->standing.customer, name));
	ui_confirm(ui, &(struct confirmation){ .title = title, .detail = "", .yes = _("Give"),
					       .agreed = give_card });
}
