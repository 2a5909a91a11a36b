/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/customer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/phone.h"
#include "base/text.h"
#include "shop/consent.h"

static const char *const channels[] = {
	[CHANNEL_ANY] = "any", [CHANNEL_SMS] = "sms", [CHANNEL_EMAIL] = "email",
	[CHANNEL_WHATSAPP] = "whatsapp", [CHANNEL_POST] = "post", [CHANNEL_NONE] = "none", NULL
};

static const struct field phone_fields[] = {
	FIELD(1, FIELD_TEXT, struct phone, text, .flags = FIELD_PERSONAL, .label = "Phone"),
	FIELD(2, FIELD_BOOL, struct phone, e164, .flags = FIELD_INTERNAL, .label = "Verified"),
	FIELD(3, FIELD_BOOL, struct phone, mobile, .flags = FIELD_INTERNAL, .label = "Mobile"),
	{ 0 }
};
static const struct record_type phone_type = { "phone", sizeof(struct phone), phone_fields, 0 };

static const struct field email_fields[] = {
	FIELD(1, FIELD_TEXT, struct email, address, .flags = FIELD_PERSONAL, .label = "Email"),
	{ 0 }
};
static const struct record_type email_type = { "email", sizeof(struct email), email_fields, 0 };

static const struct field card_fields[] = {
	FIELD(1, FIELD_TEXT, struct card, code, .flags = FIELD_PERSONAL, .label = "Card"),
	{ 0 }
};
static const struct record_type card_type = { "card", sizeof(struct card), card_fields, 0 };

static const struct field tag_fields[] = {
	FIELD(1, FIELD_TEXT, struct tag, name, .flags = FIELD_PERSONAL, .label = "Tag"),
	{ 0 }
};
static const struct record_type tag_type = { "tag", sizeof(struct tag), tag_fields, 0 };

static const struct field past_code_fields[] = {
	FIELD(1, FIELD_TEXT, struct past_code, code, .flags = FIELD_PERSONAL, .label = "Past code"),
	{ 0 }
};
static const struct record_type past_code_type = {
	"past_code", sizeof(struct past_code), past_code_fields, 0
};

static const struct field consent_fields[] = {
	FIELD(1, FIELD_CHOICE, struct consent, channel, .choices = consent_channel_names,
	      .label = "Channel"),
	FIELD(2, FIELD_CHOICE, struct consent, state, .choices = consent_state_names,
	      .label = "State"),
	FIELD(3, FIELD_CHOICE, struct consent, how, .choices = consent_how_names,
	      .flags = FIELD_INTERNAL, .label = "How"),
	FIELD(4, FIELD_TIME, struct consent, since, .flags = FIELD_INTERNAL, .label = "Since"),
	FIELD(5, FIELD_INT, struct consent, seq, .flags = FIELD_INTERNAL, .label = "Entry"),
	{ 0 }
};
static const struct record_type consent_type = {
	"consent", sizeof(struct consent), consent_fields, 0
};

#define LIST(tag_, count_, member_, of_, ...)					\
	{ .tag = (tag_), .type = FIELD_LIST, .name = #member_, .of = &(of_),	\
	  .offset = offsetof(struct customer, count_),				\
	  .rows = offsetof(struct customer, member_),				\
	  .size = sizeof(((struct customer *)0)->member_) /			\
		  sizeof(((struct customer *)0)->member_[0]),			\
	  .flags = FIELD_PERSONAL, __VA_ARGS__ }

static const struct field customer_fields[] = {
	FIELD(1, FIELD_INT, struct customer, id, .flags = FIELD_INTERNAL, .label = "Id"),
	FIELD(2, FIELD_TEXT, struct customer, name, .flags = FIELD_PERSONAL, .label = "Name",
	      .value = "TEXT", .help = "the whole name, in any script"),
	FIELD(3, FIELD_TEXT, struct customer, called, .flags = FIELD_PERSONAL, .label = "Called",
	      .value = "TEXT", .help = "what you call them in messages"),
	FIELD(4, FIELD_TEXT, struct customer, code, .flags = FIELD_PERSONAL, .label = "Code",
	      .value = "CODE", .help = "the till's own id of this person"),
	FIELD(5, FIELD_TEXT, struct customer, birthday, .flags = FIELD_PERSONAL,
	      .label = "Birthday", .value = "DATE", .help = "05-27, or 1990-05-27"),
	FIELD(6, FIELD_TEXT, struct customer, language, .flags = FIELD_PERSONAL,
	      .label = "Language", .value = "CODE", .help = "of messages: en, hi, gu, ur, hy"),
	FIELD(7, FIELD_CHOICE, struct customer, channel, .choices = channels,
	      .flags = FIELD_PERSONAL, .label = "Channel", .value = "CHANNEL",
	      .help = "how they like to hear from you"),
	FIELD(8, FIELD_TEXT, struct customer, address, .flags = FIELD_PERSONAL,
	      .label = "Address", .value = "TEXT", .help = "street and town"),
	FIELD(9, FIELD_TEXT, struct customer, area, .flags = FIELD_PERSONAL, .label = "Area",
	      .value = "TEXT", .help = "part of town"),
	FIELD(10, FIELD_TEXT, struct customer, notes, .flags = FIELD_PERSONAL, .label = "Notes",
	      .value = "TEXT", .help = "preferences, sizes, what they like"),
	FIELD(11, FIELD_TEXT, struct customer, heard, .flags = FIELD_PERSONAL,
	      .label = "Heard of us", .value = "TEXT", .help = "how they heard of the shop"),
	FIELD(12, FIELD_DAY, struct customer, added, .flags = FIELD_INTERNAL, .label = "Added"),
	FIELD(13, FIELD_BOOL, struct customer, erased, .flags = FIELD_INTERNAL,
	      .label = "Erased"),
	LIST(14, phone_count, phones, phone_type, .label = "Phones", .value = "PHONE",
	     .help = "a phone number; again for another"),
	LIST(15, email_count, emails, email_type, .label = "Emails", .value = "EMAIL",
	     .help = "an email address; again for another"),
	LIST(16, card_count, cards, card_type, .label = "Cards", .value = "CODE",
	     .help = "number of a card they carry; again for another"),
	LIST(17, tag_count, tags, tag_type, .label = "Tags", .value = "TEXT",
	     .help = "a word to find them by; again for another"),
	LIST(18, past_code_count, past_codes, past_code_type, .label = "Past codes",
	     .help = "the till's ids of who was merged into them"),
	{ .tag = 19, .type = FIELD_LIST, .name = "consent", .of = &consent_type,
	  .offset = offsetof(struct customer, consent_count),
	  .rows = offsetof(struct customer, consents), .size = CONSENT_CHANNELS,
	  .flags = FIELD_PERSONAL | FIELD_INTERNAL, .label = "Consent" },
	{ 0 }
};
const struct record_type customer_type = {
	"customer", sizeof(struct customer), customer_fields, offsetof(struct customer, later)
};

/* -- reading what a person or a file gives -- */

#define MOST(list) ((uint32_t)(sizeof(list) / sizeof((list)[0])))

/* As the index has it: the same digits are the same phone. */
static bool same_phone(const char *a, const char *b)
{
	return !strcmp(a + (*a == '+'), b + (*b == '+'));
}

static void keep_phone(struct phone *phone, const struct phone_number *number)
{
	*phone = (struct phone){ .e164 = number->e164, .mobile = number->mobile };
	memcpy(phone->text, number->text, sizeof(number->text));
}

enum status customer_add_phone(struct customer *c, const char *text, const char *country)
{
	struct phone_number number;
	enum status st = phone_parse(text, country, &number);

	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < c->phone_count; i++) {
		if (!same_phone(c->phones[i].text, number.text))
			continue;
		if (*number.text == '+')	/* says more than the digits alone */
			keep_phone(&c->phones[i], &number);
		return ST_OK;
	}
	if (c->phone_count == MOST(c->phones))
		return fail(ST_FULL, "a customer has at most %u phones; take one away first",
			    MOST(c->phones));
	keep_phone(&c->phones[c->phone_count++], &number);
	return ST_OK;
}

static bool is_email(const char *at_sign, const char *text)
{
	const char *domain, *dot;

	if (!at_sign || at_sign == text || strchr(at_sign + 1, '@') ||
	    strpbrk(text, " <>,;:\"()[]\\"))
		return false;
	domain = at_sign + 1;
	dot = strchr(domain, '.');
	return dot && dot != domain && !strstr(domain, "..") &&
	       domain[strlen(domain) - 1] != '.';
}

enum status customer_add_email(struct customer *c, const char *text)
{
	struct email e = { "" };
	char *at_sign;
	enum status st = text_clean(text, strlen(text), e.address, sizeof(e.address));

	if (st == ST_FULL)
		return fail(ST_INVALID, "an email address has at most 127 characters");
	if (st != ST_OK)
		return st;
	at_sign = strchr(e.address, '@');
	if (!is_email(at_sign, e.address))
		return fail(ST_INVALID, "\"%.60s\" is not an email address; one looks like "
			    "asha@example.com", e.address);
	for (char *p = at_sign; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	for (uint32_t i = 0; i < c->email_count; i++)
		if (!strcasecmp(c->emails[i].address, e.address))
			return ST_OK;
	if (c->email_count == MOST(c->emails))
		return fail(ST_FULL, "a customer has at most %u emails; take one away first",
			    MOST(c->emails));
	c->emails[c->email_count++] = e;
	return ST_OK;
}

enum status customer_add_card(struct customer *c, const char *text)
{
	struct card card = { "" };
	enum status st = text_clean(text, strlen(text), card.code, sizeof(card.code));

	if (st == ST_FULL)
		return fail(ST_INVALID, "a card number has at most 63 characters");
	if (st != ST_OK)
		return st;
	if (!*card.code)
		return fail(ST_INVALID, "a card needs a number");
	for (uint32_t i = 0; i < c->card_count; i++)
		if (!strcasecmp(c->cards[i].code, card.code))
			return ST_OK;
	if (c->card_count == MOST(c->cards))
		return fail(ST_FULL, "a customer has at most %u cards; take one away first",
			    MOST(c->cards));
	c->cards[c->card_count++] = card;
	return ST_OK;
}

enum status customer_add_tag(struct customer *c, const char *text)
{
	struct tag tag = { "" };
	enum status st = text_clean(text, strlen(text), tag.name, sizeof(tag.name));

	if (st == ST_FULL)
		return fail(ST_INVALID, "a tag has at most 39 bytes, 13 Gujarati letters");
	if (st != ST_OK || !*tag.name)
		return st;
	for (uint32_t i = 0; i < c->tag_count; i++)
		if (!strcmp(c->tags[i].name, tag.name))
			return ST_OK;
	if (c->tag_count == MOST(c->tags))
		return fail(ST_FULL, "a customer has at most %u tags; take one away first",
			    MOST(c->tags));
	c->tags[c->tag_count++] = tag;
	return ST_OK;
}

/* Digits of any script as ASCII; what is longer than a date becomes "". */
static void plain_digits(const char *text, char out[12])
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text)) && n < 11)
		out[n++] = (char)(c < 0x80 ? c : '?');
	out[c ? 0 : n] = '\0';
}

enum status customer_set_birthday(struct customer *c, const char *text)
{
	/* Without a year it may be 29 February, so any leap year will do. */
	int year = 2000, month = 0, day = 0, end = 0;
	char plain[12];

	plain_digits(text, plain);
	if (strlen(plain) == 5)
		sscanf(plain, "%2d-%2d%n", &month, &day, &end);
	else if (strlen(plain) == 10)
		sscanf(plain, "%4d-%2d-%2d%n", &year, &month, &day, &end);
	if (*text && (!end || plain[end] || plain[strspn(plain, "0123456789-")] ||
		      year < 1880 || year > 2199 || !date_exists(year, month, day)))
		return fail(ST_INVALID, "birthday \"%.40s\" is not a date; write month and day "
			    "as 05-27, or with the year 1990-05-27", text);
	memcpy(c->birthday, plain, sizeof(c->birthday));
	return ST_OK;
}

/* -- all fields -- */

static enum status tidy_texts(struct customer *c)
{
	char clean[sizeof(c->notes)];
	enum status st;

	for (const struct field *f = customer_fields; f->tag; f++) {
		char *text = field_at(f, c);

		if (f->type != FIELD_TEXT)
			continue;
		st = text_clean(text, strnlen(text, f->size), clean, f->size);
		if (st != ST_OK)
			return fail(ST_INVALID, "%s: %s", f->label, status_text());
		strcpy(text, clean);
	}
	return ST_OK;
}

static enum status tidy_lists(struct customer *c, const char *country)
{
	const struct customer given = *c;
	enum status st = ST_OK;

	c->phone_count = c->email_count = c->card_count = c->tag_count = 0;
	for (uint32_t i = 0; i < given.phone_count && st == ST_OK; i++)
		st = customer_add_phone(c, given.phones[i].text, country);
	for (uint32_t i = 0; i < given.email_count && st == ST_OK; i++)
		st = customer_add_email(c, given.emails[i].address);
	for (uint32_t i = 0; i < given.card_count && st == ST_OK; i++)
		st = customer_add_card(c, given.cards[i].code);
	for (uint32_t i = 0; i < given.tag_count && st == ST_OK; i++)
		st = customer_add_tag(c, given.tags[i].name);
	return st;
}

enum status customer_tidy(struct customer *c, const char *country)
{
	char birthday[sizeof(c->birthday)];
	enum status st = tidy_texts(c);

	if (st == ST_OK)
		st = tidy_lists(c, country);
	memcpy(birthday, c->birthday, sizeof(birthday));
	if (st == ST_OK)
		st = customer_set_birthday(c, birthday);
	if (st == ST_OK && !*c->name && !*c->code && !c->phone_count && !c->email_count &&
	    !c->card_count)
		st = fail(ST_INVALID, "a customer needs a name, or at least a phone, an email, "
			  "a card or a code");
	return st;
}

const char *customer_label(const struct customer *c)
{
	if (*c->name)
		return c->name;
	if (c->phone_count)
		return c->phones[0].text;
	if (c->email_count)
		return c->emails[0].address;
	return c->card_count ? c->cards[0].code : c->code;
}

void customer_title(const struct customer *c, char out[CUSTOMER_TITLE])
{
	const char *label = customer_label(c), *title = *label ? label : "somebody erased";

	snprintf(out, CUSTOMER_TITLE, "%.*s (#%" PRId64 ")", (int)text_cut(title, 60), title,
		 c->id);
}
