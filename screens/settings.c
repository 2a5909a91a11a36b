/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "screens/columns.h"
#include "screens/screens.h"
#include "screens/settings_bidi.h"
#include "screens/terminal.h"
#include "screens/ui.h"
#include "shop/places.h"

enum row {
	ROW_NAME, ROW_LANGUAGE, ROW_COUNTRY, ROW_ZONE, ROW_NAMES, ROW_DIGITS, ROW_DATES,
	ROW_GROUPING, ROW_BIDI, ROW_ITEMS, ROW_BACKUP, ROW_DOCTOR, ROW_CURRENCY, ROW_TERMINAL,
	ROW_FOLDER, ROW_VERSION,
	ROWS
};

struct settings_state {
	struct list list;
	int64_t entries, items;
	struct places places;		/* countries by name; read once */
	struct zones zones;		/* while a time zone is chosen */
};

static const char *const names_words[] = {
	N_("as they are written"), N_("as they are written"), N_("in Latin letters"),
	N_("both"), NULL
};
static const char *const digits_words[] = {
	N_("Latin: 0 1 2 3"), N_("Latin: 0 1 2 3"), N_("those of the language's script"), NULL
};
static const char *const dates_words[] = {
	N_("as usual in the country"), N_("day, month, year"), N_("month, day, year"),
	N_("year, month, day"), NULL
};
static const char *const grouping_words[] = {
	N_("as usual in the country"), N_("by thousands"), N_("by lakh and crore"),
	N_("not at all"), NULL
};

/* What can be set, and the sentence that says what it changes. */
static const struct setting {
	const char *label, *sentence;
	const char *name;		/* for shop_set(); NULL: not a setting of the shop */
	const char *const *words;	/* of its choices; NULL: it has none */
	size_t first;			/* the first that is offered */
} settings[ROWS] = {
	[ROW_NAME] = { N_("Shop's name"), N_("Stands at the top of every screen."), "name",
		       NULL, 0 },
	[ROW_LANGUAGE] = { N_("Language"), N_("The words on every screen, from now on."),
			   "language", NULL, 0 },
	[ROW_COUNTRY] = { N_("Country"), N_("How phone numbers without a plus are read, and how "
					    "numbers and dates are usually written."),
			  "country", NULL, 0 },
	[ROW_ZONE] = { N_("Time zone"), N_("Which day and hour a sale belongs to."), "timezone",
		       NULL, 0 },
	[ROW_NAMES] = { N_("Names of people"), N_("How customers' names are shown. They are kept "
						  "as they were typed."),
			"names", names_words, NAMES_NATIVE },
	[ROW_DIGITS] = { N_("Digits"), N_("How numbers are shown. Typing works in both."),
			 "digits", digits_words, DIGITS_LATIN },
	[ROW_DATES] = { N_("Dates"), N_("How days are shown, and read when you type them."),
			"date_order", dates_words, DATE_ORDER_AUTO },
	[ROW_GROUPING] = { N_("Large numbers"), N_("How the digits of large numbers are put "
						   "together."),
			   "grouping", grouping_words, GROUPING_AUTO },
	[ROW_BIDI] = { N_("Right-to-left text"), N_("Names in Urdu or Arabic look wrong? Then "
						    "answer one question here."),
		       NULL, NULL, 0 },
	[ROW_ITEMS] = { N_("Items"), N_("What the shop sells, with prices and quick digits."),
			NULL, NULL, 0 },
	[ROW_BACKUP] = { N_("Backup"), N_("Copies of the shop, for the day this computer breaks."),
			 NULL, NULL, 0 },
	[ROW_DOCTOR] = { N_("Doctor"), N_("Is everything in order with the shop and this "
					  "computer?"), NULL, NULL, 0 },
	[ROW_CURRENCY] = { N_("Money"), N_("It stays as it is: every amount in the book is in it."),
			   NULL, NULL, 0 },
	[ROW_TERMINAL] = { N_("This terminal"),
			   N_("What entries made here are marked with. It belongs to this computer "
			      "and is set in the file shop.conf in the shop's folder, like: "
			      "terminal = \"till 1\""),
			   NULL, NULL, 0 },
	[ROW_FOLDER] = { N_("Shop's folder"), N_("All that the shop knows lies in there."),
			 NULL, NULL, 0 },
	[ROW_VERSION] = { N_("Entries in the book"), N_("Everything that ever happened in the "
							"shop is one entry. None is ever changed."),
			  NULL, NULL, 0 },
};

/* -- reading -- */

static enum status count_work(struct txn *txn, void *arg)
{
	struct settings_state *s = arg;
	uint8_t digest[DIGEST_SIZE];

	s->entries = journal_last(txn, digest);
	s->items = (int64_t)txn_count(txn, TABLE_ITEM);
	return txn_status(txn);
}

static enum status settings_load(void *state, struct ui *ui)
{
	struct settings_state *s = state;

	list_count(&s->list, ROWS);
	if (!s->places.n)
		places_load(&s->places);
	return store_read(ui->shop->store, count_work, s);
}

static void settings_release(void *state)
{
	struct settings_state *s = state;

	places_release(&s->places);
	zones_release(&s->zones);
}

/* -- values -- */

static int64_t choice_of(const struct shop *shop, const char *name)
{
	const int64_t *at = field_at(record_field(&settings_type, name), &shop->settings);

	return *at;
}

static const char *country_word(const struct settings_state *s, const char *code)
{
	for (size_t i = 0; i < s->places.n; i++)
		if (!strcmp(s->places.row[i].country, code))
			return s->places.row[i].name;
	return code;
}

static const char *bidi_word(void)
{
	if (terminal.latin_only)
		return _("this terminal shows Latin letters only");
	return terminal.bidi == BIDI_APP ? _("put in order by regulars") :
					   _("put in order by the terminal");
}

enum { VALUE_SIZE = 300 };

static void say_count(const struct ui *ui, int64_t n, char out[VALUE_SIZE])
{
	char text[FORMAT_TEXT];

	snprintf(out, VALUE_SIZE, "%s", format_number(&ui->format, n, text));
}

static void say_value(const struct settings_state *s, const struct ui *ui, enum row row,
		      char out[VALUE_SIZE])
{
	const struct settings *now = &ui->shop->settings;
	const struct language *language = language_find(now->language);
	const char *text = "";

	switch (row) {
	case ROW_NAME: text = now->name; break;
	case ROW_LANGUAGE: text = language ? language->name : now->language; break;
	case ROW_COUNTRY: text = country_word(s, now->country); break;
	case ROW_ZONE: text = now->timezone; break;
	case ROW_NAMES: case ROW_DIGITS: case ROW_DATES: case ROW_GROUPING:
		text = _(settings[row].words[choice_of(ui->shop, settings[row].name)]);
		break;
	case ROW_BIDI: text = bidi_word(); break;
	case ROW_ITEMS: say_count(ui, s->items, out); return;
	case ROW_BACKUP: case ROW_DOCTOR: text = _("Enter opens it"); break;
	case ROW_CURRENCY: text = now->currency; break;
	case ROW_TERMINAL: text = ui->terminal; break;
	case ROW_FOLDER: text = store_dir(ui->shop->store); break;
	case ROW_VERSION: say_count(ui, s->entries, out); return;
	case ROWS: break;
	}
	snprintf(out, VALUE_SIZE, "%s", text);
}

/* -- drawing -- */

struct drawing {
	const struct settings_state *state;
	const struct ui *ui;
	char value[VALUE_SIZE];
};

enum { COL_LABEL, COL_VALUE };

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	struct drawing *d = *(struct drawing *const *)arg;

	if (column == COL_LABEL) {
		out->text = _(settings[row].label);
		return;
	}
	say_value(d->state, d->ui, (enum row)row, d->value);
	out->text = d->value;
	out->tone = row > ROW_DOCTOR ? TONE_DIM : TONE_STRONG;
}

static int label_columns(void)
{
	int most = 0;

	for (int i = 0; i < ROWS; i++) {
		int w = shown_columns(_(settings[i].label));

		most = w > most ? w : most;
	}
	return most;
}

/* How a day and an amount look now: the answer to "what would it change?" */
static void draw_example(const struct ui *ui, const struct canvas *c, int y)
{
	char day[FORMAT_TEXT], money[FORMAT_TEXT], text[2 * FORMAT_TEXT + 60];
	int64_t amount = 1234567;

	for (int i = 0; i < ui->format.decimals; i++)
		amount *= 10;
	format_day(&ui->format, ui_today(ui), day);
	format_money(&ui->format, amount, money);
	snprintf(text, sizeof(text), _("It looks like this: %1$s   %2$s"), day, money);
	put_text(c, (struct spot){ .y = y, .x = 1, .tone = TONE_DIM }, text);
}

static void settings_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct settings_state *s = state;
	struct drawing d = { .state = s, .ui = ui }, *const arg = &d;
	int label = label_columns(), h = c->at.h - 4, y = h;
	struct heading headings[] = {
		{ N_("Setting"), label, label, 2, ALIGN_LEFT },
		{ N_("Now"), 8, c->at.w, 3, ALIGN_LEFT }, { 0 }
	};
	struct canvas rows;

	h = h < ROWS + 1 ? h : ROWS + 1;
	y = h;
	rows = canvas_part(c, (struct rect){ 0, 0, h, c->at.w });
	put_rule(c, y);
	y += 1 + put_wrapped(c, (struct spot){ .y = y + 1, .x = 1, .cols = c->at.w - 2 }, 3,
			     _(settings[s->list.at].sentence));
	if (s->list.at >= ROW_DIGITS && s->list.at <= ROW_GROUPING)
		draw_example(ui, c, y);
	if (s->list.at == ROW_VERSION)
		put_format(c, (struct spot){ .y = y, .x = 1, .tone = TONE_DIM }, "%s",
			   PACKAGE_STRING);
	columns_draw(&rows, &(struct listing){ .headings = headings, .list = &s->list,
					       .cell = draw_cell, .arg = &arg, .focused = true });
}

/* -- changing -- */

static void tell_language(struct ui *ui, const char *code)
{
	const struct language *language = language_find(code);

	if (!strcmp(language_used(), code))
		ui_say(ui, TONE_GOOD, _("From now on the words are in %s."), language->name);
	else if (terminal.latin_only)
		ui_say(ui, TONE_WARN, "%s", _("This terminal can show Latin letters only, so the "
					      "words here stay as they are."));
	else
		ui_say(ui, TONE_WARN, _("The words of %s are not installed on this computer."),
		       language->english);
}

static void set(struct ui *ui, enum row row, const char *value)
{
	struct actor by = ui_actor(ui);

	if (shop_set(ui->shop, &by, settings[row].name, value) != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_use_language(ui, row == ROW_LANGUAGE ? value : language_used());
	if (row == ROW_LANGUAGE)
		tell_language(ui, value);
	else
		ui_say(ui, TONE_GOOD, "%s", _("It is so from now on."));
	ui_reload(ui);
}

static enum row chosen(const void *state)
{
	return (enum row)((const struct settings_state *)state)->list.at;
}

static void typed(void *state, struct ui *ui, const char *text)
{
	set(ui, chosen(state), text);
}

static void ask_text(struct ui *ui, enum row row, const char *text)
{
	ui_ask(ui, &(struct question){ .title = _(settings[row].label),
				       .hint = _(settings[row].sentence), .text = text,
				       .answer = typed });
}

static void picked_choice(void *state, struct ui *ui, size_t i)
{
	const struct setting *setting = &settings[chosen(state)];
	const struct field *f = record_field(&settings_type, setting->name);

	set(ui, chosen(state), f->choices[setting->first + i]);
}

/* Each choice with what a day or a number would look like. */
static void pick_choice(struct ui *ui, enum row row)
{
	const struct setting *setting = &settings[row];
	int64_t now = choice_of(ui->shop, setting->name);
	struct choice choices[4];
	char details[4][FORMAT_TEXT];
	size_t n = 0;

	for (size_t i = setting->first; setting->words[i]; i++, n++) {
		struct settings tried = ui->shop->settings;
		struct format f;
		int64_t *at = field_at(record_field(&settings_type, setting->name), &tried);

		*at = (int64_t)i;
		settings_format(&tried, language_used(), terminal.latin_only, &f);
		details[n][0] = '\0';
		if (row == ROW_DATES)
			format_day(&f, ui_today(ui), details[n]);
		else if (row != ROW_NAMES)
			format_number(&f, 1234567, details[n]);
		choices[n] = (struct choice){ _(setting->words[i]), details[n] };
	}
	ui_pick(ui, &(struct picker){
		.title = _(setting->label), .choices = choices, .n = n, .picked = picked_choice,
		.chosen = now > (int64_t)setting->first ? (size_t)now - setting->first : 0 });
}

static void picked_language(void *state, struct ui *ui, size_t i)
{
	(void)state;
	set(ui, ROW_LANGUAGE, language_at(i)->code);
}

static void pick_language(struct ui *ui)
{
	struct choice choices[16];
	size_t n = 0, now = 0;

	for (; n < 16 && language_at(n); n++) {
		choices[n] = (struct choice){ language_at(n)->name, language_at(n)->english };
		if (!strcmp(language_at(n)->code, ui->shop->settings.language))
			now = n;
	}
	ui_pick(ui, &(struct picker){ .title = _("Language"), .choices = choices, .n = n,
				      .chosen = now, .picked = picked_language });
}

enum { PLACES_MOST = 300 };

static void picked_country(void *state, struct ui *ui, size_t i)
{
	struct settings_state *s = state;

	set(ui, ROW_COUNTRY, s->places.row[i].country);
}

/* By name; where the system has no list, its two letters are asked for. */
static void pick_country(struct settings_state *s, struct ui *ui)
{
	struct choice choices[PLACES_MOST];
	size_t now = 0;

	if (!s->places.n) {
		ask_text(ui, ROW_COUNTRY, ui->shop->settings.country);
		return;
	}
	for (size_t i = 0; i < s->places.n && i < PLACES_MOST; i++) {
		choices[i] = (struct choice){ s->places.row[i].name, s->places.row[i].country };
		if (!strcmp(s->places.row[i].country, ui->shop->settings.country))
			now = i;
	}
	ui_pick(ui, &(struct picker){
		.title = _("Country"), .choices = choices, .chosen = now, .picked = picked_country,
		.n = s->places.n < PLACES_MOST ? s->places.n : PLACES_MOST });
}

static void picked_zone(void *state, struct ui *ui, size_t i)
{
	struct settings_state *s = state;

	if (i < s->zones.n)
		set(ui, ROW_ZONE, s->zones.row[i].name);
	else
		ask_text(ui, ROW_ZONE, ui->shop->settings.timezone);
}

/* Those of the country, and any other by its name. */
static void pick_zone(struct settings_state *s, struct ui *ui)
{
	struct choice choices[PLACES_MOST + 1];
	size_t n, now = 0;

	zones_release(&s->zones);
	zones_load(ui->shop->settings.country, &s->zones);
	if (s->zones.n > PLACES_MOST)
		s->zones.n = PLACES_MOST;
	for (n = 0; n < s->zones.n; n++) {
		choices[n] = (struct choice){ s->zones.row[n].name, s->zones.row[n].remark };
		if (!strcmp(s->zones.row[n].name, ui->shop->settings.timezone))
			now = n;
	}
	choices[n++] = (struct choice){ _("Another one ..."), NULL };
	ui_pick(ui, &(struct picker){ .title = _("Time zone"), .choices = choices, .n = n,
				      .chosen = now, .picked = picked_zone });
}

/* -- acting -- */

static void enter(struct settings_state *s, struct ui *ui)
{
	enum row row = chosen(s);

	switch (row) {
	case ROW_NAME:
		ask_text(ui, row, ui->shop->settings.name);
		return;
	case ROW_LANGUAGE:
		pick_language(ui);
		return;
	case ROW_COUNTRY:
		pick_country(s, ui);
		return;
	case ROW_ZONE:
		pick_zone(s, ui);
		return;
	case ROW_NAMES: case ROW_DIGITS: case ROW_DATES: case ROW_GROUPING:
		pick_choice(ui, row);
		return;
	case ROW_BIDI:
		if (!terminal.latin_only)
			ui_open(ui, &bidi_screen, NULL);
		return;
	case ROW_ITEMS:
		ui_open(ui, &items_screen, NULL);
		return;
	case ROW_BACKUP:
		ui_open(ui, &backup_screen, NULL);
		return;
	case ROW_DOCTOR:
		ui_open(ui, &doctor_screen, NULL);
		return;
	case ROW_CURRENCY: case ROW_TERMINAL: case ROW_FOLDER: case ROW_VERSION: case ROWS:
		return;
	}
}

static bool settings_act(void *state, struct ui *ui, const struct event *e)
{
	struct settings_state *s = state;

	if (e->action != ACT_ENTER)
		return list_act(&s->list, e->action);
	enter(s, ui);
	return true;
}

static const struct binding settings_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Change"), N_("Changes the chosen setting, at once") },
	{ 0 }
};

const struct screen settings_screen = {
	.name = N_("Settings"),
	.help = N_("What the shop has settled about itself. A change holds at once and for every "
		   "terminal of the shop; each is an entry in the book."),
	.state_size = sizeof(struct settings_state),
	.keys = settings_keys,
	.load = settings_load,
	.draw = settings_draw,
	.act = settings_act,
	.release = settings_release,
};
