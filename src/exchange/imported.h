/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_IMPORTED_H
#define EXCHANGE_IMPORTED_H

#include <stdbool.h>

#include "base/digest.h"
#include "exchange/import.h"

/* Which files an import has been through, by their content and how it was read.
 * The same again would change nothing, and write what it had rejected over the
 * lines that somebody is mending. It is kept in the store, so that a store from
 * before an import takes the file in again, and forgotten after 400 days. */

/* Of what is read from fd. ST_SYSTEM: it cannot be read. */
MUST_CHECK enum status imported_digest(int fd, const struct import_options *how,
				       uint8_t out[DIGEST_SIZE]);
MUST_CHECK enum status imported_find(struct shop *shop, const uint8_t digest[DIGEST_SIZE],
				     bool *found);
MUST_CHECK enum status imported_note(struct shop *shop, const uint8_t digest[DIGEST_SIZE],
				     int32_t today);

#endif
