/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_WHY_H
#define SHOP_WHY_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/shop.h"

/* What one entry did, for whoever asks why: when and by whom, what was bought,
 * what it moved and which lots paid, by which rules, what it refers to, what
 * stood there before, and the fingerprint of the book up to it. It is read back
 * from the journal: what was changed since is told as it was then. */
struct why_ask {
	int64_t seq;
	int32_t today;
	const struct format *format;
};

/* Lines of the language that is used; those that go into detail begin with
 * blanks. ST_NOT_FOUND, ST_CORRUPT. */
MUST_CHECK enum status shop_why(const struct shop *shop, const struct why_ask *ask,
				struct buf *out);

#endif
