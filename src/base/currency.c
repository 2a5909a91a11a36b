/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

#include "base/money.h"

#include "base/currencies.inc"

#define CURRENCIES (sizeof(currencies) / sizeof(*currencies))

static int by_code(const void *code, const void *row)
{
	return strcasecmp(code, ((const struct currency *)row)->code);
}

const struct currency *currency_find(const char *code)
{
	return bsearch(code, currencies, CURRENCIES, sizeof(*currencies), by_code);
}

const struct currency *currency_at(unsigned i)
{
	return i < CURRENCIES ? &currencies[i] : NULL;
}
