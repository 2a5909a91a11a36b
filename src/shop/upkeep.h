/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_UPKEEP_H
#define SHOP_UPKEEP_H

#include <stdbool.h>
#include <stdint.h>

/* When a shop was looked after on this machine: a small file in its folder and
 * not in the store, which may be broken just then. */
struct upkeep {
	int64_t swept;		/* when a sweep last came to its end; 0: never */
	int64_t verified;	/* the same of verify, and how many faults it found */
	int64_t faults;
};
/* What cannot be read was never. */
void upkeep_read(const char *dir, struct upkeep *out);
/* What cannot be written is not kept: nothing depends on it. */
void upkeep_swept(const char *dir, int64_t now);
void upkeep_verified(const char *dir, int64_t now, int64_t faults);

#endif
