/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/day_facts.h"

#include <stdio.h>

/* -- making them -- */

static struct fact *add(struct day_facts *f, const char *label)
{
	struct fact *fact = &f->row[f->n < DAY_FACTS_MOST ? f->n++ : DAY_FACTS_MOST - 1];

	*fact = (struct fact){ .label = label, .tone = TONE_NORMAL };
	return fact;
}

static void add_money(struct day_facts *f, const struct ui *ui, const char *label, int64_t amount)
{
	char text[FORMAT_TEXT];

	if (amount)
		snprintf(add(f, label)->value, FACT_TEXT, "%s",
			 format_money(&ui->format, amount, text));
}

static void add_count(struct day_facts *f, const struct ui *ui, const char *label, int64_t n)
{
	char text[FORMAT_TEXT];

	if (n)
		snprintf(add(f, label)->value, FACT_TEXT, "%s",
			 format_number(&ui->format, n, text));
}

static void add_sales(struct day_facts *f, const struct takings *t, const struct ui *ui)
{
	char n[FORMAT_TEXT], share[FORMAT_TEXT];
	struct fact *fact = add(f, _("Sales"));

	format_number(&ui->format, t->sales, n);
	snprintf(fact->value, FACT_TEXT, "%s", n);
	fact->tone = TONE_STRONG;
	fact = add(f, _("Takings"));
	fact->tone = TONE_STRONG;
	snprintf(fact->value, FACT_TEXT, "%s", format_money(&ui->format, t->revenue, n));
	if (!t->sales)
		return;
	format_number(&ui->format, t->known_sales, n);
	format_percent(&ui->format, t->known_sales * 10000 / t->sales, share);
	snprintf(add(f, _("By known customers"))->value, FACT_TEXT, "%s  %s", n, share);
}

static void add_refunds(struct day_facts *f, const struct takings *t, const struct ui *ui)
{
	char n[FORMAT_TEXT], amount[FORMAT_TEXT];

	if (!t->refunds)
		return;
	format_number(&ui->format, t->refunds, n);
	format_money(&ui->format, t->refunded, amount);
	snprintf(add(f, _("Refunds"))->value, FACT_TEXT, "%s  %s", n, amount);
}

static void add_short(struct day_facts *f, const struct ui *ui, int64_t missing)
{
	if (!missing)
		return;
	add_money(f, ui, _("Short by"), missing);
	f->row[f->n - 1].tone = TONE_WARN;
}

void day_facts_make(struct day_facts *f, const struct day_report *r, const struct ui *ui,
		    int32_t today)
{
	f->n = 0;
	add_sales(f, &r->takings, ui);
	add_money(f, ui, _("In cash"), r->tenders[TENDER_CASH]);
	add_money(f, ui, _("By bank card"), r->tenders[TENDER_CARD]);
	add_money(f, ui, _("Paid in unknown ways"), r->tenders[TENDER_UNKNOWN]);
	add_refunds(f, &r->takings, ui);
	add_money(f, ui, _("Off for rewards and points"), r->discounts);
	add_money(f, ui, _("Tax in the takings"), r->tax);
	add_money(f, ui, _("Not rung up"), r->takings.walk_in);
	add_short(f, ui, r->missing);
	add_count(f, ui, _("Balances changed by hand"), r->adjustments);
	add_count(f, ui, _("Undone"), r->undone);
	add_count(f, ui, _("Booked after the close"), r->late);
	if (r->day != today)
		return;
	add_money(f, ui, _("Points owed, worth"), r->liability.points_value);
	add_money(f, ui, _("Rewards ready, worth"), r->liability.rewards_value);
}

/* -- drawing -- */

enum { MARGIN = 1, GAP = 2, BETWEEN = 4 };

struct widths {
	int label, value;
};

static struct widths measure(const struct day_facts *f)
{
	struct widths w = { 0, 0 };

	for (size_t i = 0; i < f->n; i++) {
		int label = shown_columns(f->row[i].label), value = shown_columns(f->row[i].value);

		w.label = label > w.label ? label : w.label;
		w.value = value > w.value ? value : w.value;
	}
	return w;
}

/* In one column, or in two of equal height. */
int day_facts_draw(const struct canvas *c, const struct day_facts *f)
{
	struct widths w = measure(f);
	int wide = w.label + GAP + w.value;
	int columns = MARGIN + 2 * wide + BETWEEN <= c->at.w ? 2 : 1;
	int lines = ((int)f->n + columns - 1) / columns;

	for (size_t i = 0; i < f->n; i++) {
		int y = (int)i % lines, x = MARGIN + (int)i / lines * (wide + BETWEEN);
		const struct fact *fact = &f->row[i];

		put_text(c, (struct spot){ .y = y, .x = x, .cols = w.label }, fact->label);
		put_text(c, (struct spot){ .y = y, .x = x + w.label + GAP, .cols = w.value,
					   .tone = fact->tone, .align = ALIGN_RIGHT },
			 fact->value);
	}
	return lines < c->at.h ? lines : c->at.h;
}
