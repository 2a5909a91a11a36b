/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_ZONE_NAMES_H
#define EXCHANGE_ZONE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

/* "America/New_York" for "Eastern Time (US & Canada)", the names of
 * ActiveSupport::TimeZone; NULL: not one of them. Any case. */
const char *zone_of_rails(const char *name);

/* Seconds ahead of UTC of "EST"; false: no letters that are known. Of those
 * with several meanings the one of most tills. */
bool zone_of_letters(const char *letters, int32_t *offset);

#endif
