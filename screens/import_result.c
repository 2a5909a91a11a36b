/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "screens/screens.h"

/* What came of trying the file; after Enter, of importing it. */

enum { ACTIONS = 3, FIGURES = 12 };

struct result_state {
	struct import_trial tried;
	bool done;			/* imported, 'result' says what ... */
	bool stopped;			/* ... and not all of it */
	struct import_result result;
	size_t at;			/* among the actions */
};

static const struct import_result *result_of(const struct result_state *s)
{
	return s->done ? &s->result : &s->tried.result;
}

static bool something_new(const struct import_result *r)
{
	return r->accepted > 0;
}

static void start(void *state, struct ui *ui, const void *arg)
{
	struct result_state *s = state;

	(void)ui;
	s->tried = *(const struct import_trial *)arg;
	s->done = false;
	s->at = 0;
}

/* -- importing -- */

/* Beside the file; where nothing can be written there, at home. */
static const char *rejected_file(const struct result_state *s, struct buf *room)
{
	const char *path = s->tried.preview->path, *name = import_file_name(path);
	const char *home = getenv("HOME");
	bool writable;

	buf_printf(room, "%.*s.", (int)(name - path), path);
	writable = !access(room->at, W_OK);
	buf_clear(room);
	if (writable || !home)
		return NULL;
	buf_printf(room, "%s/%s.rejected.csv", home, name);
	return room->at;
}

static void import_now(void *state, struct ui *ui)
{
	struct result_state *s = state;
	struct import_watch watch = { ui, _("Importing the file") };
	struct import_options how = preview_options(s->tried.preview);
	struct actor by = ui_actor(ui);
	struct buf rejected = { 0 };
	enum status st;

	how.award_past = s->tried.award_past;
	how.rejected = rejected_file(s, &rejected);
	how.step = import_watch_step;
	how.arg = &watch;
	import_watch_step(&watch, &(struct import_progress){ .total = 1 });
	st = import_file(ui->shop, &by, s->tried.preview->path, &how, &s->result);
	buf_release(&rejected);
	s->done = st == ST_OK || something_new(&s->result);
	s->stopped = st != ST_OK;
	s->at = 0;
	if (st == ST_CANCELLED && !s->done)
		import_tell(ui, st);
	else if (st != ST_OK && st != ST_CANCELLED)
		ui_fail(ui);
}

enum { SHORT_NAME = 101 };

/* The file's name, cut between letters. */
static const char *short_name(const struct result_state *s, char out[SHORT_NAME])
{
	const char *name = import_file_name(s->tried.preview->path);
	size_t len = text_cut(name, SHORT_NAME - 1);

	memcpy(out, name, len);
	out[len] = '\0';
	return out;
}

static void ask(const struct result_state *s, struct ui *ui)
{
	const struct import_result *r = &s->tried.result;
	const struct format *f = &ui->format;
	char title[200], name[SHORT_NAME], detail[400];
	char a[FORMAT_TEXT], b[FORMAT_TEXT], c[FORMAT_TEXT];

	snprintf(title, sizeof(title), _("Import %.100s?"), short_name(s, name));
	format_number(f, r->customers_added, b);
	format_number(f, r->rejected, c);
	if (r->kind == IMPORT_SALES)
		snprintf(detail, sizeof(detail), _("Sales and refunds: %s. New customers: %s. "
			 "Lines left out: %s."), format_number(f, r->sales + r->refunds, a), b, c);
	else
		snprintf(detail, sizeof(detail), _("New customers: %s. Balances: %s. Lines left "
			 "out: %s."), b, format_number(f, r->openings, a), c);
	ui_confirm(ui, &(struct confirmation){
		.title = title, .detail = detail, .yes = _("Import"), .agreed = import_now });
}

/* -- what there is to do -- */

static bool can_import(const struct result_state *s)
{
	return !s->done && something_new(&s->tried.result);
}

static bool offers(const void *state, int action)
{
	return action != ACT_SAVE || can_import(state);
}

static bool without_regulars(const struct import_result *r)
{
	return r->kind == IMPORT_SALES && !r->named;
}

static size_t actions_of(const struct result_state *s, struct import_action rows[ACTIONS])
{
	size_t n = 0;

	if (s->done && without_regulars(&s->result))
		rows[n++] = (struct import_action){ _("Counter"), _("add the first regular") };
	else if (s->done)
		rows[n++] = (struct import_action){ _("Customers"), _("see who they are") };
	else if (can_import(s))
		rows[n++] = (struct import_action){ _("Import it"), _("asks once more") };
	if (s->done)
		rows[n++] = (struct import_action){ _("Another file"), "" };
	else
		rows[n++] = (struct import_action){ _("Back to the columns"), "" };
	if (s->done)
		rows[n++] = (struct import_action){ _("Home"), "" };
	return n;
}

static void do_done(const struct result_state *s, struct ui *ui, size_t row)
{
	if (row == 0)
		ui_open(ui, without_regulars(&s->result) ? &counter_screen : &newest_screen, NULL);
	else if (row == 1)
		ui_open(ui, &import_screen, NULL);
	else
		ui_home(ui);
}

static void do_row(const struct result_state *s, struct ui *ui, size_t row)
{
	if (s->done)
		do_done(s, ui, row);
	else if (row == 0 && can_import(s))
		ask(s, ui);
	else
		ui_back(ui);
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct result_state *s = state;
	struct import_action rows[ACTIONS];
	size_t n = actions_of(s, rows), row = import_digit(e, n);

	if (row < n)
		do_row(s, ui, row);
	else if (e->action == ACT_ENTER)
		do_row(s, ui, s->at);
	else if (e->action == ACT_SAVE && can_import(s))
		ask(s, ui);
	else if (e->action == ACT_DOWN || e->action == ACT_TAB)
		s->at += s->at + 1 < n;
	else if (e->action == ACT_UP || e->action == ACT_TAB_BACK)
		s->at -= s->at > 0;
	else if (e->action == ACT_BACK && s->done)
		ui_open(ui, &import_screen, NULL);
	else
		return false;
	return true;
}

/* -- drawing -- */

struct figure {
	const char *label;
	char text[FORMAT_TEXT], note[FORMAT_TEXT];
	enum tone tone;
};

static void add_figure(struct figure *all, size_t *n, const char *label, const char *text)
{
	struct figure *f = &all[(*n)++];

	*f = (struct figure){ .label = label, .tone = TONE_NORMAL };
	snprintf(f->text, sizeof(f->text), "%s", text);
}

static void add_count(struct figure *all, size_t *n, const char *label, int64_t count,
		      const struct ui *ui)
{
	char text[FORMAT_TEXT];

	if (count)
		add_figure(all, n, label, format_number(&ui->format, count, text));
}

/* "by name, phone": what the new customers will be known by. */
static void write_known_by(const struct preview *p, char out[FORMAT_TEXT])
{
	struct buf words = { 0 };

	for (enum column c = COLUMN_CUSTOMER; c <= COLUMN_CARD; c++)
		if (p->columns.place[c] >= 0)
			buf_printf(&words, "%s%s", words.len ? ", " : "", import_column_word(c));
	snprintf(out, FORMAT_TEXT, _("by %s"), words.len ? words.at : "");
	buf_release(&words);
}

static void write_unknown(const struct import_result *r, char out[FORMAT_TEXT])
{
	snprintf(out, FORMAT_TEXT, ngettext("%ld of a sale that is not in the book",
					    "%ld of sales that are not in the book",
					    (unsigned long)r->unknown_refunds),
		 (long)r->unknown_refunds);
}

/* "void 4, unpaid 3" */
static void write_skipped(const struct import_result *r, char out[FORMAT_TEXT])
{
	static const char *const words[SKIP_REASONS] = {
		[SKIP_VOID] = N_("void"), [SKIP_UNPAID] = N_("unpaid"), [SKIP_OPEN] = N_("open"),
		[SKIP_FAILED] = N_("failed"), [SKIP_CANCELLED] = N_("cancelled"),
		[SKIP_FEE] = N_("fees"), [SKIP_OTHER] = N_("others")
	};
	struct buf all = { 0 };

	for (int i = 0; i < SKIP_REASONS; i++)
		if (r->skips[i])
			buf_printf(&all, "%s%s %lld", all.len ? ", " : "", _(words[i]),
				   (long long)r->skips[i]);
	snprintf(out, FORMAT_TEXT, "%.*s", (int)text_cut(all.at, FORMAT_TEXT - 1), all.at);
	buf_release(&all);
}

static size_t list_figures(const struct result_state *s, const struct ui *ui,
			   struct figure all[FIGURES])
{
	const struct import_result *r = result_of(s);
	char money[FORMAT_TEXT];
	size_t n = 0;

	if (r->kind == IMPORT_SALES) {
		add_count(all, &n, _("Sales"), r->sales, ui);
		add_count(all, &n, _("Refunds"), r->refunds, ui);
		if (r->unknown_refunds)
			write_unknown(r, all[n - 1].note);
		if (r->sales || r->refunds)
			add_figure(all, &n, _("Revenue"),
				   format_money(&ui->format, r->revenue, money));
	}
	add_count(all, &n, _("Balances"), r->openings, ui);
	add_count(all, &n, _("New customers"), r->customers_added, ui);
	if (r->customers_added)
		write_known_by(s->tried.preview, all[n - 1].note);
	add_count(all, &n, _("Known customers"), r->customers_matched, ui);
	add_count(all, &n, _("New items"), r->items_added, ui);
	add_count(all, &n, _("Consent answers"), r->consents, ui);
	add_count(all, &n, _("Lines there already"), r->duplicates, ui);
	add_count(all, &n, _("Lines that are no sale"), r->skipped, ui);
	if (r->skipped)
		write_skipped(r, all[n - 1].note);
	add_count(all, &n, _("Lines left out"), r->rejected, ui);
	if (r->rejected)
		all[n - 1].tone = TONE_WARN;
	return n;
}

static int draw_figures(const struct result_state *s, const struct ui *ui,
			const struct canvas *c)
{
	struct figure all[FIGURES];
	size_t n = list_figures(s, ui, all);
	int label = 0, text = 0;

	for (size_t i = 0; i < n; i++) {
		int l = shown_columns(all[i].label), t = shown_columns(all[i].text);

		label = l > label ? l : label;
		text = t > text ? t : text;
	}
	for (size_t i = 0; i < n; i++) {
		struct spot at = { .y = (int)i, .x = 2, .cols = label, .tone = all[i].tone };

		put_text(c, at, all[i].label);
		at.x += label + 2;
		at.cols = text;
		at.align = ALIGN_RIGHT;
		at.tone = at.tone == TONE_NORMAL ? TONE_STRONG : at.tone;
		put_text(c, at, all[i].text);
		put_text(c, (struct spot){ .y = (int)i, .x = at.x + text + 2, .tone = TONE_DIM },
			 all[i].note);
	}
	return (int)n;
}

/* The lines of one receipt have the same reason. */
static bool is_told(const struct import_result *r, size_t i)
{
	return i && !strcmp(r->reasons[i].text, r->reasons[i - 1].text);
}

/* The first lines that were left out, as far as there is room. */
static int draw_reasons(const struct import_result *r, const struct canvas *c)
{
	char sentence[IMPORT_SENTENCE + FORMAT_TEXT];
	int y = 0;

	for (size_t i = 0; i < r->reason_count && y < c->at.h; i++) {
		int left = c->at.h - y;

		if (is_told(r, i))
			continue;
		snprintf(sentence, sizeof(sentence), _("line %ld: %s"), r->reasons[i].line,
			 r->reasons[i].text);
		y += put_wrapped(c, (struct spot){ .y = y, .x = 2, .cols = c->at.w - 2 },
				 left < 2 ? left : 2, sentence);
	}
	return y;
}

static void write_title(const struct result_state *s, char out[300])
{
	const struct import_result *r = result_of(s);
	char name[SHORT_NAME];

	short_name(s, name);
	if (s->done && s->stopped)
		snprintf(out, 300, _("%.100s: stopped; this much is imported, and the same file "
				     "again goes on from there"), name);
	else if (s->done)
		snprintf(out, 300, _("Imported: %.100s"), name);
	else if (something_new(r))
		snprintf(out, 300, _("%.100s: this would be imported; nothing is kept yet"), name);
	else if (r->duplicates)
		snprintf(out, 300, _("%.100s: there is nothing new in it"), name);
	else
		snprintf(out, 300, _("%.100s: nothing in it can be imported"), name);
}

/* What to do about what was left out, or for lack of customers. */
static void write_advice(const struct result_state *s, struct buf *out)
{
	const struct import_result *r = result_of(s);

	if (s->done && r->rejected_to[0])
		buf_printf(out, _("The lines left out are in %s, each with its reason. Mend them "
				  "there and import that file."), r->rejected_to);
	else if (without_regulars(r) && r->sales)
		buf_text(out, _("No line says whose sale it was: there are no regulars in this "
				"file. Add the first one at the Counter."));
	else if (!s->done && r->rejected && r->accepted)
		buf_text(out, _("The lines left out will be written to a file, to be mended and "
				"imported later; the others are imported."));
}

static enum tone title_tone(const struct result_state *s)
{
	if (!s->done)
		return TONE_STRONG;
	return s->stopped ? TONE_WARN : TONE_GOOD;
}

static int draw_text(const struct result_state *s, const struct ui *ui, const struct canvas *c)
{
	const struct import_result *r = result_of(s);
	struct buf advice = { 0 };
	char title[300];
	struct canvas part;
	int y;

	write_title(s, title);
	y = put_wrapped(c, (struct spot){ .cols = c->at.w, .tone = title_tone(s) }, 2, title);
	part = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });
	y += draw_figures(s, ui, &part);
	write_advice(s, &advice);
	if (advice.len)
		y += put_wrapped(c, (struct spot){ .y = y, .cols = c->at.w }, c->at.h - y,
				 advice.at);
	buf_release(&advice);
	part = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });
	return y + draw_reasons(r, &part);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct result_state *s = state;
	struct import_action rows[ACTIONS];
	struct import_actions actions = { rows, actions_of(s, rows), s->at, true };
	int foot = c->at.h - (int)actions.n;
	struct canvas part = canvas_part(c, (struct rect){ 0, 0, foot - 1, c->at.w });

	draw_text(s, ui, &part);
	put_rule(c, foot - 1);
	import_actions_draw(c, foot, &actions);
}

static const struct binding keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), N_("Does what is chosen") },
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Import"),
	  N_("Imports what was tried, after asking once more") },
	{ 0 }
};

const struct screen import_result_screen = {
	.name = N_("Import: result"),
	.help = N_("First the file is tried: this is what would be booked. Importing asks once "
		   "more. Lines that cannot be read are left out and written to a file of their "
		   "own; the others are imported."),
	.state_size = sizeof(struct result_state),
	.keys = keys,
	.open = start,
	.draw = draw,
	.act = act,
	.offers = offers,
};
