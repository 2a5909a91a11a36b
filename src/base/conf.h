/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>

#include "base/status.h"

/* shop.conf: what concerns this machine, not the shop. What the shop itself
 * has settled (name, currency, zone) stands in the store, where each change
 * is an entry. A missing file is an empty one; every setting has a default. */
struct conf {
	char terminal[64];	/* names this machine in entries: "till 1"; "" = the tty */
	bool network_disk;	/* allow a file system that LMDB does not promise to work on */
	int map_gib;		/* room reserved for the store, GiB; 16 */
};

/* ST_INVALID: "shop.conf:3: ..." with the line and what is allowed there. */
MUST_CHECK enum status conf_read(const char *path, struct conf *out);

#endif
