/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_DOCTOR_H
#define SHOP_DOCTOR_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/backup.h"
#include "shop/compact.h"
#include "shop/instance.h"
#include "shop/shop.h"
#include "shop/upkeep.h"
#include "store/health.h"

/* Is everything in order with a shop and the machine that it lives on? Facts are
 * gathered first and judged then. What is said names no customer, no amount and
 * no secret: an owner may send it to whoever helps. */

/* -- what was found -- */

/* WATCH: a hint. BAD: something to mend. */
enum verdict { VERDICT_GOOD, VERDICT_WATCH, VERDICT_BAD };
const char *verdict_name(enum verdict v);	/* for scripts: "watch" */

struct check {
	const char *name, *title;	/* "folder"; N_("Folder") */
};

struct finding {
	const struct check *check;
	enum verdict verdict;
	struct buf says, todo;		/* one sentence; what to do, "" nothing */
};

struct diagnosis {
	struct finding *row;
	size_t n, cap;
};
void diagnosis_release(struct diagnosis *d);
enum verdict diagnosis_worst(const struct diagnosis *d);
/* One finding more; its todo, and another line of it. */
void diagnosis_add(struct diagnosis *d, const struct check *check, enum verdict v,
		   const char *format, ...) __attribute__((format(printf, 4, 5)));
void diagnosis_todo(struct diagnosis *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* -- what there is to know -- */

enum { DOCTOR_SENTENCE = 600 };

struct doctor_facts {
	int64_t now;

	/* the folder and what is in it */
	bool folder_there, root, ours, group;	/* group: it is meant for its group too */
	bool usual;				/* the one that is meant when none is named */
	unsigned mode;				/* of the folder */
	unsigned open_files, foreign_files;	/* that others may read; that are not ours */
	char open_file[256], foreign_file[256];	/* one of them */
	bool disk_seen, network_allowed;
	struct disk_health disk;
	struct kept_copies copies;
	enum status conf;
	char conf_says[DOCTOR_SENTENCE];

	/* the store, as far as it opens */
	enum status opened;
	char opened_says[DOCTOR_SENTENCE];
	int64_t entries, first_recorded, last_recorded;	/* 0: the journal is empty */
	bool erased_since;		/* somebody, after the oldest of the copies */
	char zone[64], language[16];
	bool zone_there;
	bool health_seen;
	struct store_health health;

	bool instance_seen;
	struct instance instance;
	bool backup_seen;
	struct backup_facts backup;

	struct upkeep upkeep;
};

/* 'shop' open already, or NULL: then the store is opened in a process of its
 * own, for damage that would take this one down, and none may be open in this
 * one. Sets the time zone to the shop's where that is known. */
void doctor_look(const char *dir, struct shop *shop, int64_t now, struct doctor_facts *out);

/* 'dir' is said in what to do. */
void doctor_judge(const struct doctor_facts *f, const char *dir, const struct format *format,
		  struct diagnosis *out);
/* What the environment asks of the C library, and the words of the shop's language. */
void doctor_judge_locale(struct diagnosis *out);

/* The same name in the scripts that regulars writes: whether a font has them
 * can only be seen. */
#define DOCTOR_SCRIPTS "Patel  પટેલ  पटेल  پٹیل  Պատել"

#endif
