/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/consent.h"

#include "base/language.h"

const char *tell_channel(enum consent_channel ch)
{
	switch (ch) {
	case CONSENT_SMS: return _("Texts");
	case CONSENT_EMAIL: return _("Emails");
	case CONSENT_WHATSAPP: return _("WhatsApp");
	default: return "";
	}
}

const char *tell_consent_state(enum consent_state state)
{
	switch (state) {
	case CONSENT_YES: return P_("consent", "yes");
	case CONSENT_NO: return P_("consent", "no");
	default: return P_("consent", "not asked");
	}
}

const char *tell_consent_now(const struct customer *c, enum consent_channel ch)
{
	enum consent_state state = consent_of(c, ch);

	if (state != CONSENT_YES || consent_has_address(c, ch))
		return tell_consent_state(state);
	return ch == CONSENT_EMAIL ? _("yes, no email") : _("yes, no phone");
}

const char *tell_consent_how(enum consent_how how)
{
	switch (how) {
	case CONSENT_BY_STAFF: return _("written down in the shop");
	case CONSENT_AT_COUNTER: return _("asked at the counter");
	case CONSENT_IMPORTED: return _("from a file");
	case CONSENT_MERGED: return _("from who was merged into them");
	case CONSENT_RESTORED: return _("kept through a restore");
	default: return "";
	}
}

const char *tell_consent_short(const struct consent *said)
{
	static const char *const words[CONSENT_CHANNELS][CONSENT_STATES] = {
		[CONSENT_SMS] = { N_("Texts: not asked"), N_("Texts: yes"), N_("Texts: no") },
		[CONSENT_EMAIL] = { N_("Emails: not asked"), N_("Emails: yes"),
				    N_("Emails: no") },
		[CONSENT_WHATSAPP] = { N_("WhatsApp: not asked"), N_("WhatsApp: yes"),
				       N_("WhatsApp: no") },
	};

	if (said->channel < 0 || said->channel >= CONSENT_CHANNELS || said->state < 0 ||
	    said->state >= CONSENT_STATES)
		return "";
	return _(words[said->channel][said->state]);
}

static void tell_yes(enum consent_channel ch, const char *who, struct buf *out)
{
	if (ch == CONSENT_SMS)
		buf_sentence(out, _("%s may be texted."), who);
	else if (ch == CONSENT_EMAIL)
		buf_sentence(out, _("%s may be sent emails."), who);
	else
		buf_sentence(out, _("%s may be written to on WhatsApp."), who);
}

static void tell_no(enum consent_channel ch, const char *who, struct buf *out)
{
	if (ch == CONSENT_SMS)
		buf_sentence(out, _("%s wants no texts."), who);
	else if (ch == CONSENT_EMAIL)
		buf_sentence(out, _("%s wants no emails."), who);
	else
		buf_sentence(out, _("%s wants nothing on WhatsApp."), who);
}

static void tell_not_asked(enum consent_channel ch, const char *who, struct buf *out)
{
	if (ch == CONSENT_SMS)
		buf_sentence(out, _("%s was not asked about texts."), who);
	else if (ch == CONSENT_EMAIL)
		buf_sentence(out, _("%s was not asked about emails."), who);
	else
		buf_sentence(out, _("%s was not asked about WhatsApp."), who);
}

void tell_consent(const struct consent *said, const char *who, struct buf *out)
{
	enum consent_channel ch = (enum consent_channel)said->channel;

	if (said->state == CONSENT_YES)
		tell_yes(ch, who, out);
	else if (said->state == CONSENT_NO)
		tell_no(ch, who, out);
	else
		tell_not_asked(ch, who, out);
}
