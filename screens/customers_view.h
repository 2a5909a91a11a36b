/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMERS_VIEW_H
#define SCREENS_CUSTOMERS_VIEW_H

#include "screens/customers_rows.h"
#include "screens/edit.h"
#include "screens/list.h"
#include "screens/sift.h"
#include "screens/ui.h"
#include "shop/segment.h"

/* The screen of all customers in the order that was chosen, of those that a
 * filter chooses, or of those that the words find. What its files share:
 * customers.c, customers_*.c. */

/* Whom the filter chooses, in the order of the list. */
struct shown {
	uint32_t *ids;
	size_t n;
	bool sorted;			/* else in the order in which they were found, and only
					   the first of them */
	unsigned version;		/* of the sift, */
	int64_t seq;			/* the directory */
	enum directory_order order;	/* and its order: what it was made of */
};

/* What can be picked for a place of a condition. */
struct value {
	char *text, *folded;
	const char *label;		/* translated; NULL: the text itself */
};
struct values {
	struct value *row;
	size_t n, cap;
};

/* A condition that is being picked from lists: customers_conditions.c. */
struct draft {
	struct buf text;		/* what is written of it */
	const char *rest;		/* what is not */
	size_t what;			/* which condition */
	struct values values;		/* that were offered last */
};

struct customers {
	struct edit words;
	struct directory directory;
	enum directory_order order;
	struct people people;
	struct list list;
	bool found;		/* people are those that the words found */
	bool anew;		/* the next list begins at its first line */
	bool in_list;		/* the cursor stands there, not in the words */
	size_t similar;		/* the line "similar names" stands here; NO_LINE: nowhere */

	bool has_line, in_line;	/* the filter's line is there; the cursor stands in it */
	struct edit filter;
	struct sift sift;
	char mistake[700];	/* what is wrong with it, and where the screen helps */
	struct shown shown;
	char segment[SEGMENT_NAME];	/* under which a filter was kept; "" none: */
	char taken[SEGMENT_NAME];	/* the name that was asked for, of another segment */
	char *kept;		/* this one; NULL none */
	char *given;		/* the filter with which the screen was opened; NULL none */
	char *dropped;		/* the one that was taken off last; NULL none */
	struct draft draft;
};
#define NO_LINE SIZE_MAX

/* -- customers.c -- */

/* Another list: its first line is chosen. */
void customers_begin(struct customers *s, struct ui *ui);

/* -- customers_read.c -- */

/* Who stands in a line of the list. NULL: it is the line "similar names", or
 * they are not read. */
const struct person *customers_person(const struct customers *s, size_t line);
int64_t customers_chosen(const struct customers *s);	/* id; 0: nobody */
/* The line in between is passed over. */
void customers_leave_line(struct customers *s, int action);
enum status customers_load(void *state, struct ui *ui);
void customers_release(void *state);

/* -- customers_filter.c -- */

void filter_set(struct customers *s, struct ui *ui, const char *text);
/* It is what is kept as this segment; "": it is not kept. */
void filter_name(struct customers *s, const char *segment);
/* Keys of the filter and its line. False: not one of them. */
bool filter_act(struct customers *s, struct ui *ui, const struct event *e);
bool filter_offers(const void *state, int action);
/* Esc: takes one layer off. False: there is none. */
bool filter_peel(struct customers *s, struct ui *ui);

enum { ACT_SORT = ACT_OWN, ACT_FILTER, ACT_SHOW, ACT_CONDITION, ACT_KEEP, ACT_SEGMENTS,
       ACT_ALL_SEGMENTS, ACT_FILE, ACT_ALL_FILE };

/* -- customers_conditions.c, customers_values.c -- */

/* What shall be added, or taken away: asks step by step, and writes it. */
void conditions_ask(struct customers *s, struct ui *ui);
void draft_release(struct draft *d);
/* What there is to pick from for the place 'kind' of a condition, in place of
 * what was in it. False: nothing, and a sentence says so. */
bool values_read(struct values *v, struct ui *ui, char kind);
void values_release(struct values *v);

/* -- customers_file.c -- */

/* The people of the list as CSV. */
void customers_write(struct customers *s, struct ui *ui);

/* -- customers_view.c, customers_head.c -- */

void customers_draw(const void *state, const struct ui *ui, const struct canvas *c);
/* While a filter is typed: its words, for the help. */
void customers_explain(const void *state, const struct ui *ui, struct buf *out);
/* The lines above the list; gives how many. */
int customers_head(const struct customers *s, const struct ui *ui, const struct canvas *c);
/* Lines that the list has with its header. */
int customers_list_rows(const struct customers *s, const struct ui *ui);

#endif
