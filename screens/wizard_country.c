/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/wizard.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"

/* The country, which says most of the rest: time zone and currency are asked
 * only where it does not. */

enum { CURRENCIES_MOST = 400, ZONES_MOST = 60, FOLDED = 400 };

/* The names in the system's table are English. Those of countries where the
 * languages of the program are spoken, and of some near them, have others. */
static const char *const translated[] = {
	N_("Afghanistan"), N_("Armenia"), N_("Bangladesh"), N_("Bhutan"), N_("Georgia"),
	N_("India"), N_("Iran"), N_("Nepal"), N_("Oman"), N_("Pakistan"), N_("Qatar"),
	N_("Russia"), N_("Saudi Arabia"), N_("Sri Lanka"), N_("United Arab Emirates"),
};

static const char *name_of_place(const struct place *place)
{
	for (size_t i = 0; i < sizeof(translated) / sizeof(*translated); i++)
		if (strcmp(translated[i], place->name) == 0)
			return _(translated[i]);
	return place->name;
}

const char *wizard_country(const struct wizard *w, size_t row)
{
	return name_of_place(&w->places.row[w->fitting[row]]);
}

/* -- which one -- */

/* Where in the name it stands; -1: nowhere. */
static int place_in(const char *name, const char *typed)
{
	char folded[FOLDED], wanted[EDIT_SIZE];
	const char *at;

	text_fold(name, folded, sizeof(folded));
	text_fold(typed, wanted, sizeof(wanted));
	at = strstr(folded, wanted);
	return at ? (int)(at - folded) : -1;
}

static bool begins(const struct place *place, const char *typed)
{
	return place_in(place->name, typed) == 0 || place_in(name_of_place(place), typed) == 0;
}

static bool fits(const struct place *place, const char *typed)
{
	return place_in(place->name, typed) >= 0 || place_in(place->country, typed) == 0 ||
	       place_in(name_of_place(place), typed) >= 0;
}

/* The first one that begins with what was typed is chosen: "Oman" before
 * "Romania". */
void wizard_narrow(struct wizard *w)
{
	const char *typed = w->edit[ASK_COUNTRY].text;
	size_t n = 0, first = SIZE_MAX;

	for (size_t i = 0; i < w->places.n; i++) {
		if (!fits(&w->places.row[i], typed))
			continue;
		if (first == SIZE_MAX && begins(&w->places.row[i], typed))
			first = n;
		w->fitting[n++] = i;
	}
	list_count(&w->countries, n);
	list_choose(&w->countries, first == SIZE_MAX ? 0 : first);
}

/* By this machine's clock; where that says nothing, by the language. */
static const char *likely_country(const struct wizard *w, const struct ui *ui)
{
	static const struct {
		const char *language, *country;
	} homes[] = { { "gu", "IN" }, { "hi", "IN" }, { "ur", "PK" }, { "hy", "AM" } };

	if (*ui->country)
		return ui->country;
	for (size_t i = 0; i < sizeof(homes) / sizeof(*homes); i++)
		if (strcmp(homes[i].language, w->settings.language) == 0)
			return homes[i].country;
	return "IN";
}

void wizard_countries(struct wizard *w, const struct ui *ui)
{
	const char *likely = likely_country(w, ui);

	places_load(&w->places);
	w->fitting = mem_alloc((w->places.n + 1) * sizeof(*w->fitting));
	wizard_narrow(w);
	for (size_t i = 0; i < w->places.n; i++)
		if (strcmp(w->places.row[i].country, likely) == 0)
			list_choose(&w->countries, i);
}

/* -- what it does not say -- */

/* The one currency that people pay with whose code begins with the country's;
 * those without a sign are for accounts. */
static const struct currency *likely_currency(const char *country)
{
	for (unsigned i = 0; currency_at(i); i++)
		if (strncmp(currency_at(i)->code, country, 2) == 0 && *currency_at(i)->symbol)
			return currency_at(i);
	return NULL;
}

static void currency_picked(void *state, struct ui *ui, size_t i)
{
	struct wizard *w = state;

	memcpy(w->settings.currency, currency_at((unsigned)i)->code, sizeof(w->settings.currency));
	wizard_country_known(w, ui);
}

static void ask_currency(struct wizard *w, struct ui *ui)
{
	struct choice choices[CURRENCIES_MOST];
	size_t n = 0;

	if (*w->settings.currency) {
		wizard_country_known(w, ui);
		return;
	}
	for (const struct currency *c; n < CURRENCIES_MOST && (c = currency_at((unsigned)n)); n++)
		choices[n] = (struct choice){ c->name, c->code };
	ui_pick(ui, &(struct picker){ .title = _("Which currency?"), .choices = choices, .n = n,
				      .picked = currency_picked });
}

static void zone_picked(void *state, struct ui *ui, size_t i)
{
	struct wizard *w = state;

	memcpy(w->settings.timezone, w->zones.row[i].name, sizeof(w->settings.timezone));
	ask_currency(w, ui);
}

static void ask_zone(struct wizard *w, struct ui *ui)
{
	struct choice choices[ZONES_MOST];
	size_t n = 0;

	zones_release(&w->zones);
	zones_load(w->settings.country, &w->zones);
	if (!*w->settings.timezone && w->zones.n == 1)
		memcpy(w->settings.timezone, w->zones.row[0].name, sizeof(w->settings.timezone));
	if (*w->settings.timezone || !w->zones.n) {
		ask_currency(w, ui);
		return;
	}
	for (; n < w->zones.n && n < ZONES_MOST; n++)
		choices[n] = (struct choice){ w->zones.row[n].name, w->zones.row[n].remark };
	ui_pick(ui, &(struct picker){ .title = _("Which clock does it go by?"),
				      .choices = choices, .n = n, .picked = zone_picked });
}

/* Another country has other money: what was typed in it is asked again. */
static void forget_amounts(struct wizard *w)
{
	edit_set(&w->edit[ASK_COUNT], "");
	if (w->gives == GIVES_POINTS)
		edit_set(&w->edit[ASK_REWARD], "");
}

void wizard_take_country(struct wizard *w, struct ui *ui)
{
	struct settings *s = &w->settings;
	const struct currency *likely;
	const char *zone, *currency, *country;

	if (!w->countries.n) {
		ui_say(ui, TONE_WARN, "%s", w->places.n ? _("No country fits what was typed.") :
		       _("The list of countries is missing here: install the package tzdata."));
		return;
	}
	country = w->places.row[w->fitting[w->countries.at]].country;
	if (strcmp(country, s->country) == 0 && *s->currency) {
		wizard_country_known(w, ui);
		return;
	}
	forget_amounts(w);
	memcpy(s->country, country, sizeof(s->country));
	zone = country_zone(country);
	currency = country_currency(country);
	likely = likely_currency(country);
	snprintf(s->timezone, sizeof(s->timezone), "%s", zone ? zone : "");
	snprintf(s->currency, sizeof(s->currency), "%s",
		 currency ? currency : likely ? likely->code : "");
	ask_zone(w, ui);
}
