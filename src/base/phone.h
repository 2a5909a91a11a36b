/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

#include <stdbool.h>

#include "base/status.h"

enum { PHONE_TEXT = 24 };	/* room for "+" and 15 digits, or what was typed */

struct phone_number {
	char text[PHONE_TEXT];	/* E.164 "+919824012345"; else as typed: digits, maybe "+" */
	bool e164;		/* a possible number of its country */
	bool mobile;		/* a mobile's, or one that cannot be told from those (US) */
};

/* Reads what a person typed or a file holds: spaces, dots, dashes, brackets,
 * "tel:", digits of any script, 00 or the country's own international prefix,
 * a trunk prefix, the country code without a plus, a spreadsheet's ".0" behind
 * it all. 'country' is ISO 3166 ("IN"); a number with a plus is judged by the
 * country of its own code. Of several readings a mobile number wins, then one
 * with the country's code.
 * A plus, or 00 where that is the international prefix, is believed: what stands
 * behind it is never taken for a number of 'country'.
 * What cannot be verified is kept as its digits, with a plus if it was believed,
 * and e164 false ("cannot be texted"), never a wall. The text that is kept is
 * read as the same number again. ST_INVALID: no digits, fewer than 3, more than 17,
 * letters, or a spreadsheet's 4.41E+11 (the sentence says how to export the
 * column as text). */
MUST_CHECK enum status phone_parse(const char *text, const char *country,
				   struct phone_number *out);

/* Is there a plan for this ISO 3166 country ("IN", "in")? */
bool phone_country_exists(const char *country);

/* "+91 98240 12345": for people; 'out' has at least 2 * PHONE_TEXT. A number
 * that is not E.164 is shown as it is. */
void phone_show(const char *e164, char *out);

#endif
