/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CONSENT_H
#define CLI_CONSENT_H

#include <jansson.h>

#include "cli/command.h"
#include "shop/consent.h"

/* What a customer says about being written to. */

MUST_CHECK enum status read_answers(const struct run *run, const struct customer *c,
				    struct consent_answer out[CONSENT_CHANNELS]);
/* {"sms":{"state","since","how","by","words"}, ...}; without the last two when
 * 'answers' is NULL. */
json_t *consent_json(const struct customer *c, const struct consent_answer *answers);
/* A line for each channel on which they were asked. */
void consent_print(struct run *run, const struct customer *c,
		   const struct consent_answer answers[CONSENT_CHANNELS]);

/* Where --email is their address, these two alone. */
#define CONSENT_PHONE_FLAGS							\
	FLAG("sms", FIELD_CHOICE, .choices = consent_flag_names,		\
	     .help = "may they be texted?"),					\
	FLAG("whatsapp", FIELD_CHOICE, .choices = consent_flag_names,		\
	     .help = "may they be written to on WhatsApp?")
extern const char *const consent_flag_names[];
/* False: it was not given for this channel. */
bool consent_flag(const struct args *a, enum consent_channel ch, enum consent_state *out);

#endif
