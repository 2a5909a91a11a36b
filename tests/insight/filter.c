/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/insight/filter_shop.h"

#include "base/mem.h"

/* Every field and every comparison on a shop of six people that can be counted
 * by hand; today is Tuesday, 1 September 2026. */

enum { ASHA = 1, RAMESH, JOSE, LATA, GONE, TWIN };

static void add_item(struct fixture *f, const char *name, const char *code, const char *category)
{
	struct item item = { .price = 1000 };

	strcpy(item.name, name);
	strcpy(item.code, code);
	strcpy(item.category, category);
	MUST(item_add(&f->shop, &f->by, &item));
}

static void say(struct fixture *f, int64_t customer, enum consent_channel channel,
		enum consent_state state)
{
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = customer, .channel = channel, .state = state }, &run));
}

static void add_asha(struct fixture *f)
{
	struct customer c = with_phone("Asha Patel", "98240 12345");

	strcpy(c.area, "Adajan");
	strcpy(c.called, "Ashaben");
	MUST(customer_set_birthday(&c, "1990-09-05"));
	MUST(customer_add_tag(&c, "VIP"));
	strcpy(c.language, "gu");
	add_customer(f, &c);
	say(f, ASHA, CONSENT_SMS, CONSENT_YES);
}

static void add_ramesh(struct fixture *f)
{
	struct customer c = named("રમેશ પટેલ");

	strcpy(c.area, "અડાજણ");
	MUST(customer_set_birthday(&c, "02-29"));
	MUST(customer_add_email(&c, "ramesh@example.org"));
	MUST(customer_add_tag(&c, "staff"));
	MUST(customer_add_tag(&c, "big eater"));
	MUST(customer_add_card(&c, "TEA7"));
	c.channel = CHANNEL_WHATSAPP;
	add_customer(f, &c);
	say(f, RAMESH, CONSENT_SMS, CONSENT_NO);
}

static void add_jose(struct fixture *f)
{
	struct customer c = with_phone("José Nuñez", "0261 2345678");

	strcpy(c.heard, "Instagram");
	strcpy(c.notes, "No sugar, ever");
	strcpy(c.code, "C-7");
	strcpy(c.address, "12 Ring Road");
	MUST(customer_set_birthday(&c, "09-01"));
	add_customer(f, &c);
}

static void add_people(struct fixture *f)
{
	struct customer c;

	add_asha(f);
	add_ramesh(f);
	f->by.now = at("2026-08-20T10:00:00");
	add_jose(f);
	c = with_phone("Lata", "98240 99999");
	add_customer(f, &c);
	c = named("Somebody Else");
	add_customer(f, &c);
	c = named("Asha P");
	add_customer(f, &c);
}

static int64_t sell_at(struct fixture *f, int64_t customer, const char *when, int64_t item,
		       int64_t amount)
{
	struct line line = { item, 1000, amount };
	struct sale s = { .occurred = at(when), .lines = &line, .line_count = item ? 1 : 0 };

	f->by.now = f->by.now < s.occurred ? s.occurred : f->by.now;
	return sell(f, customer, item ? 0 : amount, &s);
}

static void add_sales(struct fixture *f)
{
	struct trade_run run;
	int64_t sale;

	sell_at(f, ASHA, "2026-03-02T10:00:00", 1, 10000);	/* Monday */
	sell_at(f, ASHA, "2026-03-02T12:30:00", 0, 5000);
	sell_at(f, ASHA, "2026-04-01T10:00:00", 0, 20000);
	sell_at(f, ASHA, "2026-05-01T10:00:00", 1, 30000);
	sell_at(f, TWIN, "2026-06-10T17:00:00", 0, 7000);	/* Wednesday */
	sell_at(f, GONE, "2026-06-11T17:00:00", 0, 7000);
	sell_at(f, RAMESH, "2026-08-25T09:30:00", 2, 4000);	/* Tuesday */
	sale = sell_at(f, RAMESH, "2026-08-29T18:00:00", 0, 6000);	/* Saturday */
	f->by.now = at("2026-08-30T10:00:00");
	MUST(give_back(f, sale, 1000));
	sell_at(f, JOSE, "2026-08-31T20:00:00", 0, 50000);
	sell_at(f, JOSE, "2026-09-01T08:00:00", 0, 50000);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
}

static int setup(void **state)
{
	struct customer_merged *merged = mem_alloc(sizeof(*merged));
	struct program points = { .earn = 1, .spend = 1000, .validity = VALID_DAYS,
				  .valid_for = 30, .point_value = 10 };
	struct program card = { .goal = 3 };
	struct reward tea = { .kind = REWARD_FREE };
	struct fixture *f;

	fixture_setup(state);
	f = *state;
	add_item(f, "Masala chai", "CH1", "tea");
	add_item(f, "Samosa", "S1", "snacks");
	add_card(f, &card, &tea);
	add_points(f, &points);
	add_people(f);
	f->by.now = at("2026-08-21T10:00:00");
	add_sales(f);
	MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){ .from = TWIN,
								       .into = ASHA }, merged));
	holder_release(&merged->holder);
	free(merged);
	MUST(customer_erase(&f->shop, &f->by, GONE));
	return 0;
}

static const struct expected {
	const char *filter, *ids;
} cases[] = {
	/* figures */
	{ "visits = 0", "4" }, { "visits", "1 2 3" }, { "not visits", "4" },
	{ "visits >= 2", "1 2" }, { "visits > 2", "1" }, { "visits != 2", "1 3 4" },
	{ "visits <= 1", "3 4" }, { "visits < 1", "4" }, { "sales = 5", "1" },
	{ "spend >= 720", "1" }, { "spend = 90", "2" }, { "spend = 90.00", "2" },
	{ "spend = ₹90 or spend > Rs600", "1 2" },
	{ "spend > 90 and spend <= 500", "3" }, { "id > 2", "3 4" }, { "id <= 1", "1" },

	/* days that were */
	{ "last_visit > 30d", "1" }, { "last_visit > 83d", "" }, { "last_visit >= 83d", "1" },
	{ "last_visit > 82d", "1" }, { "last_visit = 83d", "1" }, { "last_visit != 83d", "2 3" },
	{ "last_visit < 3d", "3" }, { "last_visit <= 3d", "2 3" }, { "last_visit > 1w", "1" },
	{ "last_visit > 2m", "1" }, { "last_visit > 1y", "" },
	{ "last_visit > 2 months and visits(90 days)", "1" },
	{ "last_visit within 3days", "3" }, { "visits(8 Days) >= 2", "2" },
	{ "last_visit within 3d", "3" },
	{ "last_visit within 4d", "2 3" }, { "last_visit < 2026-08-29", "1" },
	{ "last_visit <= 2026-08-29", "1 2" }, { "last_visit > 2026-08-29", "3" },
	{ "last_visit >= 2026-08", "2 3" }, { "last_visit = 2026-08", "2 3" },
	{ "last_visit = 2026", "1 2 3" }, { "last_visit = yesterday", "3" },
	{ "last_visit within 2026-08-29..2026-08-30", "2" }, { "last_visit = today", "" },
	{ "first_visit within 2026-03", "1" }, { "cohort = 2026-03", "1" },
	{ "cohort in (2026-03, 2026-08)", "1 2 3" }, { "cohort < 2026-08", "1" },
	{ "cohort > 2026-03", "2 3" }, { "has last_visit", "1 2 3" },
	{ "added within 14d", "3 4" }, { "added > 2m", "1 2" },

	/* in a window */
	{ "visits(30d) = 0", "1 4" }, { "visits(30d)", "2 3" }, { "visits(8d) >= 2", "2" },
	{ "visits(7d) >= 2", "" }, { "visits(2026-03) = 1", "1" },
	{ "visits(2026-04-01..2026-05-01) = 2", "1" }, { "visits(2026-03..2026-04) = 2", "1" },
	{ "visits(2026) = 4", "1" }, { "spend(2026-03) = 150", "1" },
	{ "spend(2026-08-29) = 50", "2" }, { "spend(2026-08-30..2026-08-30)", "" },
	{ "spend(4d) >= 50", "2 3" }, { "visits(yesterday)", "3" },

	/* habits: 30, 30 and 40 days, then 82 until the last sale */
	{ "gaps > 2", "1" }, { "gaps > 2.73", "1" }, { "gaps > 2.74", "" }, { "gaps <= 3", "1" },
	{ "visited(weekday = tue)", "2" }, { "visited(weekday = sat..mon)", "1 2 3" },
	{ "visited(weekday = mon) >= 2", "1" }, { "visited(hour = 9)", "2" },
	{ "visited(hour = 18..20)", "2 3" }, { "visited(hour = 20..9) = 1", "2 3" },
	{ "visited(weekday = saturday, hour = 18, 30d)", "2" },
	{ "visited(weekday = mon, 2026-08)", "3" },
	{ "bought(\"Masala chai\")", "1" }, { "bought(item = s1)", "2" },
	{ "bought(item = \"masala CHAI\") = 2", "1" }, { "bought(category = snacks, 30d)", "2" },
	{ "bought(category = \"Tea\", 30d)", "" }, { "bought(item = CH1, 2026-05) = 1", "1" },

	/* programs: five stamps were a card of three and two; Asha's points lapsed */
	{ "member(\"Tea card\")", "1 2 3" }, { "not member(Points)", "4" },
	{ "member(Points) = no", "4" },
	{ "stamps_left <= 1", "1 2" }, { "stamps_left(\"Tea card\") = 2", "3" },
	{ "stamps = 2", "1 2" }, { "balance(\"Tea card\") > 0", "1 2 3" },
	{ "points > 0", "2 3" }, { "points(Points) = 50", "3" }, { "ready", "1" },
	{ "ready > 0", "1" }, { "ready = 0", "2 3 4" },
	{ "lapses within 27d", "2" }, { "lapses < 25d", "2" }, { "has lapses", "2 3" },
	{ "lapses = 2026-09-30", "3" }, { "lapses > 28d", "3" },
	{ "earned", "1 2 3" }, { "earned(30d)", "2 3" }, { "earned >= 5", "1" },
	{ "redeemed", "" },

	/* records */
	{ "tag:vip", "1" }, { "not tag:staff", "1 3 4" }, { "tag:\"Big Eater\"", "2" },
	{ "tag ~ eat", "2" }, { "has tag", "1 2" }, { "tag = \"\"", "3 4" },
	{ "tag != staff", "1 3 4" },
	{ "name ~ patel", "1 2" }, { "name ~ \"પટેલ\"", "1 2" }, { "name = \"jose nunez\"", "3" },
	{ "name ~ \"JOSÉ\"", "3" }, { "name != lata", "1 2 3" }, { "called = ashaben", "1" },
	{ "area = \"ADAJAN\"", "1 2" }, { "area = \"\"", "3 4" }, { "not has area", "3 4" },
	{ "area != adajan", "3 4" }, { "area in (vesu, adajan)", "1 2" },
	{ "heard ~ insta", "3" }, { "notes contains \"no sugar\"", "3" }, { "code = C-7", "3" },
	{ "address ~ \"ring road\"", "3" }, { "language = GU", "1" }, { "has language", "1" },
	{ "phone = \"98240 12345\"", "1" }, { "phone ~ \"99 999\"", "4" },
	{ "phone = \"+919824012345\"", "1" }, { "has phone", "1 3 4" }, { "textable", "1 4" },
	{ "textable = no", "2 3" }, { "has email", "2" }, { "email ~ \"example.org\"", "2" },
	{ "card = tea7", "2" }, { "channel = whatsapp", "2" }, { "channel != whatsapp", "1 3 4" },
	{ "consent.sms", "1" }, { "consent.sms = yes", "1" }, { "consent.sms = no", "2" },
	{ "consent.sms = not_asked", "3 4" }, { "consent.email", "" },
	{ "not consent.whatsapp", "1 2 3 4" },

	/* birthdays */
	{ "birthday within 7d", "1 3" }, { "birthday within 3d", "3" }, { "birthday = today", "3" },
	{ "birthday = 09-05", "1" }, { "birthday != 09-05", "2 3" }, { "has birthday", "1 2 3" },
	{ "birthday within 2026-09", "1 3" }, { "birthday within 2027-02-28..2027-02-28", "2" },
	{ "birthday within 2028-02-28..2028-02-28", "" }, { "birthday = 02-29", "2" },
	{ "birthday within 2028-02", "2" }, { "birthday within 1y", "1 2 3" },

	/* joined */
	{ "visits >= 2 and not tag:staff", "1" }, { "tag:staff or tag:vip", "1 2" },
	{ "visits and (tag:staff or spend = 500)", "2 3" },
	{ "NOT (visits OR textable) or id = 4", "4" },
	{ "visits and textable or has email", "1 2" },
	{ "not not tag:vip", "1" }, { "last_visit > 30d and visits >= 3 and not tag:staff", "1" },
	{ "visits\n  and\tarea = 'adajan'", "1 2" },
	{ "visits = 0 or last_visit > 30d", "1 4" }, { "area = \u201cadajan\u201d", "1 2" },
};

static void chooses_whom_it_says(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf ids = { 0 };

		chosen(f, cases[i].filter, on("2026-09-01"), &ids);
		if (strcmp(ids.at, cases[i].ids))
			print_error("%s\n", cases[i].filter);
		assert_string_equal(ids.at, cases[i].ids);
		assert_prints_itself(f, cases[i].filter);
		buf_release(&ids);
	}
}

/* Of the first two customers there is no account any more. */
static void passes_over_who_was_merged(void **state)
{
	struct customer_merged *merged = mem_alloc(sizeof(*merged));
	struct fixture *f = *state;
	struct buf ids = { 0 };

	for (int64_t from = ASHA; from <= RAMESH; from++) {
		MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){
			.from = from, .into = LATA }, merged));
		holder_release(&merged->holder);
	}
	chosen(f, "visits >= 0", on("2026-09-01"), &ids);
	assert_string_equal(ids.at, "3 4");
	buf_clear(&ids);
	chosen(f, "tag:vip and visits = 6 and bought(\"samosa\")", on("2026-09-01"), &ids);
	assert_string_equal(ids.at, "4");
	buf_release(&ids);
	free(merged);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(chooses_whom_it_says, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(passes_over_who_was_merged, setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
