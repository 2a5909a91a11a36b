/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdint.h>

/* Reads one character of UTF-8 and moves '*text' behind it, for whoever reads
 * numbers that people wrote: a digit of any script comes back as '0'..'9'; a
 * sign of another script or width as the one of ASCII that means the same
 * ('+', '-', '.', ',', '\'', '(', ')', ' '); marks that cannot be seen are
 * passed over. Other characters come back as their code point, a bad byte as
 * U+FFFD, the end as 0 ('*text' stays on it). */
uint32_t digit_read(const char **text);

#endif
