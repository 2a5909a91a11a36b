/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>

#include "screens/answer.h"

/* "May we text you?": asked of whom nobody has asked, once a sale, and never
 * in its way. */

bool counter_may_ask(const struct counter *k)
{
	const struct customer *c = &k->standing.customer;

	return k->step == STEP_SALE && k->till.draft.customer && !k->asked &&
	       c->id == k->till.draft.customer && consent_has_address(c, CONSENT_SMS) &&
	       consent_of(c, CONSENT_SMS) == CONSENT_NOT_ASKED;
}

static void write_down(const struct counter *k, struct ui *ui, enum consent_state state)
{
	answer_write(ui, &(struct consent_change){
		.customer = k->till.draft.customer, .channel = CONSENT_SMS, .state = state,
		.how = CONSENT_AT_COUNTER });
}

static void said_yes(void *state, struct ui *ui)
{
	write_down(state, ui, CONSENT_YES);
}

static void said_no(void *state, struct ui *ui)
{
	write_down(state, ui, CONSENT_NO);
}

void counter_ask(struct counter *k, struct ui *ui)
{
	char title[2 * NAME_TEXT], detail[400], name[NAME_TEXT];

	k->asked = true;
	snprintf(title, sizeof(title), _("May we text %s?"),
		 name_of(ui->shop, &k->standing.customer, name));
	snprintf(detail, sizeof(detail), _("News and offers. Ask them: %1$s is yes, %2$s is no, "
					   "Esc asks another time."),
		 P_("the key for yes", "y"), P_("the key for no", "n"));
	ui_confirm(ui, &(struct confirmation){ .title = title, .detail = detail,
		.yes = _("Yes, they may be texted"), .agreed = said_yes,
		.no = _("No, they want no texts"), .refused = said_no });
}
