/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"
#include "screens/screens.h"
#include "screens/terminal.h"
#include "shop/verbs.h"

/* From nothing to a shop with a first program in five answers. Where there is a
 * good answer for any shop it stands there already, and Enter takes it. */

enum { GOAL_LEAST = 2, GOAL_MOST = 100, GOAL_USUAL = 10, BACK_SHARE = 20 };

const char *wizard_question(const struct wizard *w, enum wizard_at at)
{
	bool points = w->gives == GIVES_POINTS;

	switch (at) {
	case ASK_NAME:
		return _("What is your shop called?");
	case ASK_COUNTRY:
		return _("In which country is it?");
	case ASK_KIND:
		return _("What do you give your regulars?");
	case ASK_COUNT:
		return points ? _("How much must one spend for a point?") :
				_("How many stamps fill a card?");
	case ASK_REWARD:
	case ASKED:
		break;
	}
	return points ? _("What is a point worth, off a later bill?") :
			_("What does a full card give?");
}

/* -- going on -- */

static int64_t one_major(const struct wizard *w)
{
	int64_t unit = 1;

	for (int64_t i = 0; i < w->settings.decimals; i++)
		unit *= 10;
	return unit;
}

/* A round amount that people spend in a shop: 10 where that is a meal, 100
 * where it is a tea. */
static int64_t round_spend(const struct wizard *w)
{
	static const char dear[] = "USD EUR GBP CHF AUD CAD NZD SGD BHD KWD OMR JOD";

	return (strstr(dear, w->settings.currency) ? 10 : 100) * one_major(w);
}

/* What stands there first; what a card gives only its owner knows. */
static void propose(struct wizard *w, const struct ui *ui, enum wizard_at at)
{
	char text[FORMAT_TEXT] = "";

	if (at == ASK_COUNT && w->gives == GIVES_STAMPS)
		format_number(&ui->format, GOAL_USUAL, text);
	else if (at == ASK_COUNT)
		format_amount(&ui->format, round_spend(w), text);
	else if (at == ASK_REWARD && w->gives == GIVES_POINTS)
		format_amount(&ui->format, w->count > BACK_SHARE ? w->count / BACK_SHARE : 1, text);
	edit_set(&w->edit[at], text);
}

static void go_to(struct wizard *w, const struct ui *ui, enum wizard_at at)
{
	w->at = at;
	w->proposed = !*w->edit[at].text;
	if (w->proposed)
		propose(w, ui, at);
}

/* An answer before these is another one: they are proposed anew. */
static void forget_from(struct wizard *w, enum wizard_at at)
{
	for (; at < ASKED; at++)
		edit_set(&w->edit[at], "");
}

static void wizard_open(void *state, struct ui *ui, const void *arg)
{
	const char *language = arg ? arg : language_used();
	struct wizard *w = state;

	w->settings.decimals = -1;
	memcpy(w->settings.language, language, strlen(language) + 1);
	w->edit[ASK_NAME].most = sizeof(w->settings.name) - 1;
	w->edit[ASK_COUNTRY].hint = N_("type to find it");
	w->edit[ASK_REWARD].most = sizeof(w->reward) - 1;
	w->edit[ASK_REWARD].hint = N_("for example: a free tea, a loaf of bread, a haircut");
	w->kinds = (struct list){ .n = GIVEN };
	wizard_countries(w, ui);
}

static void wizard_release(void *state)
{
	struct wizard *w = state;

	places_release(&w->places);
	zones_release(&w->zones);
	free(w->fitting);
}

static bool wizard_unsaved(const void *state)
{
	const struct wizard *w = state;

	return *w->edit[ASK_NAME].text;
}

/* -- making it -- */

static enum status make_program(const struct wizard *w, struct ui *ui)
{
	struct program p = { .kind = PROGRAM_STAMPS, .from = ui_today(ui) };
	struct reward r = { .kind = REWARD_FREE };
	struct actor by = ui_actor(ui);

	if (w->gives == GIVES_NOTHING)
		return ST_OK;
	if (w->gives == GIVES_STAMPS) {
		snprintf(p.name, sizeof(p.name), "%s", _("Stamp card"));
		p.goal = w->count;
		memcpy(r.name, w->reward, sizeof(r.name));
		return program_add_with_reward(ui->shop, &by, &p, &r);
	}
	snprintf(p.name, sizeof(p.name), "%s", _("Points"));
	p.kind = PROGRAM_POINTS;
	p.earn = 1;
	p.spend = w->count;
	p.point_value = w->worth;
	return program_add(ui->shop, &by, &p);
}

static void make_shop(struct wizard *w, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	enum status st = shop_create(ui->folder, &w->settings, false, &by);

	if (st == ST_OK)
		st = ui_open_shop(ui, ui->folder);
	if (st == ST_OK)
		st = make_program(w, ui);
	if (st != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_open(ui, &counter_screen, NULL);
	ui_say(ui, TONE_GOOD, "%s", _("Your shop is ready. Type the name of your first customer."));
}

/* -- answers -- */

static void take_name(struct wizard *w, struct ui *ui)
{
	const char *text = w->edit[ASK_NAME].text;

	if (text_clean(text, strlen(text), w->settings.name, sizeof(w->settings.name)) != ST_OK)
		ui_fail(ui);
	else if (!*w->settings.name)
		ui_say(ui, TONE_WARN, "%s", _("Type the name that stands above your door."));
	else
		go_to(w, ui, ASK_COUNTRY);
}

/* As ISO 4217 has it, but for money whose hundredths nobody has in the hand. */
static int decimals_of(const char *currency)
{
	const struct currency *c = currency_find(currency);

	if (strcmp(currency, "AMD") == 0)
		return 0;
	return c ? c->decimals : 2;
}

void wizard_country_known(struct wizard *w, struct ui *ui)
{
	w->settings.decimals = decimals_of(w->settings.currency);
	settings_format(&w->settings, language_used(), terminal.latin_only, &ui->format);
	go_to(w, ui, ASK_KIND);
}

static void take_kind(struct wizard *w, struct ui *ui)
{
	enum wizard_gives gives = (enum wizard_gives)w->kinds.at;

	if (gives != w->gives)
		forget_from(w, ASK_COUNT);
	w->gives = gives;
	if (gives == GIVES_NOTHING)
		make_shop(w, ui);
	else
		go_to(w, ui, ASK_COUNT);
}

static enum status read_count(struct wizard *w, const struct ui *ui, int64_t *count)
{
	const char *text = w->edit[ASK_COUNT].text;
	enum status st = w->gives == GIVES_STAMPS ? format_read_number(&ui->format, text, count) :
						    format_read_money(&ui->format, text, count);

	if (st == ST_OK && w->gives == GIVES_STAMPS && (*count < GOAL_LEAST || *count > GOAL_MOST))
		return fail(ST_INVALID, "a card has 2 to 100 stamps");
	if (st == ST_OK && *count <= 0)
		return fail(ST_INVALID, "it must be more than nothing");
	return st;
}

static void take_count(struct wizard *w, struct ui *ui)
{
	int64_t count;

	if (read_count(w, ui, &count) != ST_OK) {
		ui_fail(ui);
		return;
	}
	if (count != w->count && w->gives == GIVES_POINTS)
		forget_from(w, ASK_REWARD);
	w->count = count;
	go_to(w, ui, ASK_REWARD);
}

static enum status read_reward(struct wizard *w, const struct ui *ui)
{
	const char *text = w->edit[ASK_REWARD].text;
	enum status st;

	if (w->gives == GIVES_STAMPS) {
		st = text_clean(text, strlen(text), w->reward, sizeof(w->reward));
		return st == ST_OK && !*w->reward ?
			fail(ST_INVALID, "say what they get: a free tea, a loaf of bread") : st;
	}
	st = format_read_money(&ui->format, text, &w->worth);
	return st == ST_OK && w->worth <= 0 ? fail(ST_INVALID, "it must be more than nothing") : st;
}

static void answer(struct wizard *w, struct ui *ui)
{
	switch (w->at) {
	case ASK_NAME:
		take_name(w, ui);
		return;
	case ASK_COUNTRY:
		wizard_take_country(w, ui);
		return;
	case ASK_KIND:
		take_kind(w, ui);
		return;
	case ASK_COUNT:
		take_count(w, ui);
		return;
	case ASK_REWARD:
	case ASKED:
		break;
	}
	if (read_reward(w, ui) == ST_OK)
		make_shop(w, ui);
	else
		ui_fail(ui);
}

static bool act_kind(struct wizard *w, struct ui *ui, const struct event *e)
{
	int digit = ui_digit(e);

	if (digit < 1 || digit > GIVEN)
		return list_act(&w->kinds, e->action);
	list_choose(&w->kinds, (size_t)digit - 1);
	take_kind(w, ui);
	return true;
}

static bool act_country(struct wizard *w, struct ui *ui, const struct event *e)
{
	int rows = ui_rows(ui) - (int)ASK_COUNTRY - WIZARD_LIST_TOP;

	list_fit(&w->countries, rows > 0 ? (size_t)rows : 0);
	if (list_act(&w->countries, e->action))
		return true;
	if (!edit_act(&w->edit[ASK_COUNTRY], e))
		return false;
	wizard_narrow(w);
	return true;
}

static bool wizard_act(void *state, struct ui *ui, const struct event *e)
{
	struct wizard *w = state;

	if (e->action == ACT_ENTER || e->action == ACT_SCAN) {
		answer(w, ui);
		return true;
	}
	if (e->action == ACT_BACK && w->at > ASK_NAME) {
		go_to(w, ui, w->at - 1);
		return true;
	}
	if (w->at == ASK_KIND)
		return act_kind(w, ui, e);
	if (w->at == ASK_COUNTRY)
		return act_country(w, ui, e);
	if (w->proposed && e->action == ACT_TEXT)
		edit_set(&w->edit[w->at], "");
	w->proposed = false;
	return edit_act(&w->edit[w->at], e);
}

static const struct binding wizard_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Next"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Back"), NULL },
	{ ACT_QUIT, 0, CTRL_KEY('Q'), N_("Leave"), NULL },
	{ 0 }
};

const struct screen wizard_screen = {
	.name = N_("Start my shop"),
	.help = N_("Five answers and the shop is there. What stands in a field already is a good "
		   "answer: Enter takes it. Esc goes back to the question before. Everything can "
		   "be changed later in Settings and Programs."),
	.state_size = sizeof(struct wizard),
	.keys = wizard_keys,
	.open = wizard_open,
	.draw = wizard_draw,
	.act = wizard_act,
	.unsaved = wizard_unsaved,
	.release = wizard_release,
};
