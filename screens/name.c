/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/phone.h"
#include "base/text.h"
#include "screens/terminal.h"

/* A terminal without other scripts shows Latin letters whatever is settled. */
static enum names_setting names_of(const struct shop *shop)
{
	enum names_setting names = (enum names_setting)shop->settings.names;

	if (terminal.latin_only)
		return NAMES_LATIN;
	return names == NAMES_AUTO ? NAMES_NATIVE : names;
}

/* "" for a name in Latin letters, whatever its accents and apostrophes, and
 * for one whose letters have no spelling. */
static const char *latin(const char *name, char out[NAME_TEXT])
{
	char as_is[NAME_TEXT], spelled[NAME_TEXT];

	text_latin(name, TEXT_ACCENTS, out, NAME_TEXT);
	text_fold(name, as_is, sizeof(as_is));
	text_fold(out, spelled, sizeof(spelled));
	if (!strcmp(as_is, spelled) || (strchr(out, '?') && !strchr(name, '?')))
		out[0] = '\0';
	return out;
}

static const char *copy(const char *name, char out[NAME_TEXT])
{
	snprintf(out, NAME_TEXT, "%s", name);
	return out;
}

const char *name_first(const struct shop *shop, const char *name, char out[NAME_TEXT])
{
	if (names_of(shop) == NAMES_LATIN && *latin(name, out))
		return out;
	return copy(name, out);
}

const char *name_second(const struct shop *shop, const char *name, char out[NAME_TEXT])
{
	return names_of(shop) == NAMES_LATIN ? copy("", out) : latin(name, out);
}

bool names_are_both(const struct shop *shop)
{
	return names_of(shop) == NAMES_BOTH;
}

const char *name_shown(const struct shop *shop, const char *name, char out[NAME_TEXT])
{
	char spelled[NAME_TEXT];

	if (!names_are_both(shop) || !*latin(name, spelled))
		return name_first(shop, name, out);
	snprintf(out, NAME_TEXT, "%.*s  %.*s", NAME_TEXT / 2 - 2, name, NAME_TEXT / 2 - 2, spelled);
	return out;
}

const char *name_of(const struct shop *shop, const struct customer *c, char out[NAME_TEXT])
{
	char phone[NAME_PHONE];

	if (*c->name)
		return name_shown(shop, c->name, out);
	if (*phone_of(c, phone))
		return copy(phone, out);
	if (c->email_count)
		return copy(c->emails[0].address, out);
	if (c->card_count)
		return copy(c->cards[0].code, out);
	if (*c->code)
		return copy(c->code, out);
	snprintf(out, NAME_TEXT, _("Customer %" PRId64), c->id);
	return out;
}

const char *phone_of(const struct customer *c, char out[NAME_PHONE])
{
	out[0] = '\0';
	if (c->phone_count)
		phone_show(c->phones[0].text, out);
	return out;
}
