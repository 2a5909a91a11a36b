/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customer_card.h"

#include "base/clock.h"
#include "screens/answer.h"

/* What a customer says about being written to: in a line of the card, and
 * changed from it. */

/* -- in words -- */

/* Nobody asks about WhatsApp where nobody uses it. */
static bool is_worth_showing(const struct consent_answer *a)
{
	return a->said.seq || a->said.channel != CONSENT_WHATSAPP;
}

static void add_channel(const struct customer_card *card, const struct format *format,
			enum consent_channel ch, struct buf *out)
{
	const struct consent_answer *a = &card->answers[ch];
	const char *state = tell_consent_now(&card->standing.customer, ch);
	char day[FORMAT_TEXT];

	if (out->len)
		buf_text(out, "   ");
	if (!a->said.seq || !format) {
		buf_printf(out, _("%1$s: %2$s"), tell_channel(ch), state);
		return;
	}
	format_day(format, clock_day(a->said.since), day);
	buf_printf(out, _("%1$s: %2$s, %3$s, %4$s"), tell_channel(ch), state, day, a->who);
}

void card_consent_words(const struct customer_card *card, const struct format *format,
			struct buf *out)
{
	buf_clear(out);
	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		if (is_worth_showing(&card->answers[ch]))
			add_channel(card, format, ch, out);
}

/* -- changing it -- */

static void write_down(void *state, struct ui *ui, const char *words)
{
	const struct customer_card *c = state;

	answer_write(ui, &(struct consent_change){ .customer = c->id, .channel = c->channel,
						   .state = c->said, .words = words });
}

/* As they are offered. */
static const enum consent_state states[] = { CONSENT_YES, CONSENT_NO, CONSENT_NOT_ASKED };

static void state_chosen(void *state, struct ui *ui, size_t i)
{
	struct customer_card *c = state;

	c->said = states[i];
	if (c->said == consent_of(&c->standing.customer, c->channel)) {
		ui_say(ui, TONE_NORMAL, "%s", _("That stands already: nothing was changed."));
		return;
	}
	ui_ask(ui, &(struct question){
		.title = _("How did they say so?"), .text = "", .answer = write_down,
		.hint = _("For example: signed the form. Enter alone is enough.") });
}

static void channel_chosen(void *state, struct ui *ui, size_t i)
{
	const struct choice choices[] = {
		{ _("Yes"), _("they want news and offers") },
		{ _("No"), _("they want none") },
		{ _("Not asked"), _("nobody asked them yet") },
	};
	struct customer_card *c = state;
	size_t now = 0;

	c->channel = (enum consent_channel)i;
	for (size_t k = 0; k < CONSENT_STATES; k++)
		if (states[k] == consent_of(&c->standing.customer, c->channel))
			now = k;
	ui_pick(ui, &(struct picker){ .title = tell_channel(c->channel), .choices = choices,
				      .n = CONSENT_STATES, .chosen = now,
				      .picked = state_chosen });
}

void card_consent(struct customer_card *c, struct ui *ui)
{
	struct choice choices[CONSENT_CHANNELS];

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		choices[ch] = (struct choice){ tell_channel(ch),
					       tell_consent_now(&c->standing.customer, ch) };
	ui_pick(ui, &(struct picker){ .title = _("May we send them news and offers?"),
				      .choices = choices, .n = CONSENT_CHANNELS,
				      .picked = channel_chosen });
}
