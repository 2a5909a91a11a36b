/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include "screens/screen.h"

/* All screens, and what starts them. */

/* A fresh start: the language first. arg: NULL, or const bool *: it is chosen. */
extern const struct screen language_screen;
/* Five answers to a shop. arg: const char *: its language. */
extern const struct screen wizard_screen;
extern const struct screen home_screen;
extern const struct screen counter_screen;	/* arg: NULL, or const int64_t *: this customer */
extern const struct screen customers_screen;	/* arg: NULL, or const char *: this query */
extern const struct screen people_screen;	/* the same of a filter: screens/customers.h */
extern const struct screen segments_screen;
extern const struct screen newest_screen;	/* the same, those added last on top */
extern const struct screen customer_screen;	/* arg: const int64_t *: who */
extern const struct screen programs_screen;
extern const struct screen items_screen;
extern const struct screen import_screen;
extern const struct screen day_screen;
extern const struct screen figures_screen;
extern const struct screen basket_screen;
extern const struct screen upsell_screen;
extern const struct screen returns_screen;
extern const struct screen cohorts_screen;
extern const struct screen rfm_screen;
extern const struct screen hours_screen;
extern const struct screen retention_screen;
extern const struct screen cooling_screen;
extern const struct screen worth_screen;
extern const struct screen months_screen;
extern const struct screen program_figures_screen;
extern const struct screen money_screen;
extern const struct screen engagement_screen;
extern const struct screen journal_screen;
extern const struct screen settings_screen;
extern const struct screen backup_screen;
extern const struct screen doctor_screen;
extern const struct screen help_screen;		/* arg: const struct screen *: about which */

/* What Home numbers, then Home, then what only the palette lists: ends with NULL. */
extern const struct screen *const main_screens[];

struct screens_start {
	const char *dir;	/* the shop's folder; without a shop in it the wizard makes one */
	const char *who, *terminal;
};

/* Runs until a person leaves; gives the exit status. */
int screens_run(const struct screens_start *start);

#endif
