/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_DRAFT_H
#define SHOP_DRAFT_H

#include "shop/shop.h"

/* A sale that is not booked yet, kept in a file of the shop's folder, so that
 * a lost connection loses nothing. It keeps its operation id: a sale that was
 * booked in the last instant is not booked again. */

enum { DRAFT_LINES = 40, DRAFT_NAME = 120, DRAFT_AMOUNT = 64 };

struct draft_line {
	int64_t item;			/* 0: 'name' alone says what it was */
	char name[DRAFT_NAME];
	int64_t price, quantity;	/* of one, minor units; how many */
};

struct draft {
	uint8_t op[OP_SIZE];
	int64_t customer;		/* 0: nobody in particular */
	char amount[DRAFT_AMOUNT];	/* as it was typed so far */
	int64_t reward, tender;
	int64_t points, points_program;	/* that pay, and whose they are */
	uint32_t line_count;
	struct draft_line lines[DRAFT_LINES];
};

/* A member of staff's file for it, held by one program at a time: who works at
 * two tills has two. { 0 } holds none. */
struct draft_slot {
	char *path;
	int fd;
};

enum { DRAFT_SLOTS = 20 };

/* Takes the slot with an unfinished sale that no running program holds; else
 * an empty one. A slot that cannot be had is said when it is saved to. */
void draft_slot_take(struct draft_slot *s, const struct shop *shop, const char *who);
/* What was saved in it stays for whoever takes it next. */
void draft_slot_release(struct draft_slot *s);

/* ST_SYSTEM: it could not be written; what was saved before is still there. */
MUST_CHECK enum status draft_save(struct draft_slot *s, const struct draft *draft);
/* ST_NOT_FOUND: there is none. A file that cannot be read as one is none. */
MUST_CHECK enum status draft_load(const struct draft_slot *s, struct draft *out);
void draft_drop(struct draft_slot *s);

/* Was it booked, and only the news of it lost? *seq: the entry. */
bool draft_is_booked(const struct shop *shop, const struct draft *draft, int64_t *seq);

#endif
