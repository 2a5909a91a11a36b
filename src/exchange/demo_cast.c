/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/demo_cast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

uint64_t dice_roll(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

int dice_below(struct dice *d, int n)
{
	return (int)(dice_roll(d) % (uint64_t)n);
}

bool dice_chance(struct dice *d, int percent)
{
	return dice_below(d, 100) < percent;
}

/* -- people -- */

struct tongue {
	const char *language;
	const char *first[12], *last[10];
	int share;			/* percent of the customers */
};

static const struct tongue tongues[] = {
	{ .language = "gu", .share = 34,
	  .first = { "આશા", "હાર્દિક", "પ્રજ્ઞેશ", "ભાવેશ", "જિજ્ઞા", "કૃષ્ણા",
		     "મીના", "સુરેશ", "નિલેશ", "દક્ષા", "રમેશ", "હેતલ" },
	  .last = { "પટેલ", "શાહ", "મહેતા", "દેસાઈ", "જોશી",
		    "ત્રિવેદી", "ચૌહાણ", "ઝવેરી", "સોલંકી", "પરમાર" } },
	{ .language = "en", .share = 30,
	  .first = { "Asha", "Hardik", "Pragnesh", "Bhavesh", "Jigna", "Krishna",
		     "Meena", "Suresh", "Nilesh", "Daksha", "Ramesh", "Hetal" },
	  .last = { "Patel", "Shah", "Mehta", "Desai", "Joshi",
		    "Trivedi", "Chauhan", "Zaveri", "Solanki", "Fernandes" } },
	{ .language = "hi", .share = 20,
	  .first = { "प्रिया", "गौरव", "अक्षय", "ऋषि", "सुनीता", "विश्वनाथ",
		     "लक्ष्मी", "राजेश", "पूजा", "मोहन", "कविता", "दीपक" },
	  .last = { "शर्मा", "वर्मा", "श्रीवास्तव", "सिंह", "चतुर्वेदी",
		    "गुप्ता", "मिश्रा", "यादव", "पटेल", "अग्रवाल" } },
	{ .language = "ur", .share = 12,
	  .first = { "فاطمہ", "محمد", "خدیجہ", "عثمان", "یوسف", "عائشہ",
		     "علی", "عمران", "سلمیٰ", "زبیدہ", "نواز", "حسن" },
	  .last = { "پٹیل", "شیخ", "قریشی", "خان", "میمن",
		    "انصاری", "سید", "ملک", "منصوری", "بھٹی" } },
	{ .language = "hy", .share = 4,
	  .first = { "Մարիամ", "Աշոտ", "Շուշանիկ", "Արամ", "Անահիտ", "Վարդան",
		     "Նարե", "Տիգրան", "Լիլիթ", "Գոռ", "Սոնա", "Հայկ" },
	  .last = { "Գրիգորյան", "Սարգսյան", "Խաչատրյան", "Հովհաննիսյան", "Պետրոսյան",
		    "Մկրտչյան", "Հակոբյան", "Ոսկանյան", "Թադևոսյան", "Ավագյան" } },
};

static const char *const areas[] = {
	"Adajan", "Athwa", "Katargam", "Nanpura", "Rander", "Varachha"
};
static const char *const notes[] = { "less sugar", "ginger, no cardamom", "always takes khari",
				     "pays on Fridays", "comes with her sister" };

static const struct tongue *tongue_of(struct dice *d)
{
	int roll = dice_below(d, 100);
	const struct tongue *t = tongues;

	while (roll >= t->share) {
		roll -= t->share;
		t++;
	}
	return t;
}

static void give_contacts(struct dice *d, int64_t id, struct customer *c)
{
	if (dice_chance(d, 86)) {
		c->phone_count = 1;
		snprintf(c->phones[0].text, sizeof(c->phones[0].text), "+91982%07lld",
			 4000000LL + (long long)(id % 5999999));
		c->phones[0].e164 = c->phones[0].mobile = true;
	}
	if (dice_chance(d, 15)) {
		c->email_count = 1;
		snprintf(c->emails[0].address, sizeof(c->emails[0].address),
			 "c%lld@example.org", (long long)id);
	}
	if (dice_chance(d, 20)) {
		c->card_count = 1;
		snprintf(c->cards[0].code, sizeof(c->cards[0].code), "TEA%06lld", (long long)id);
	}
}

void demo_person(uint64_t seed, int64_t id, int32_t day, struct customer *c)
{
	struct dice d = { seed ^ (uint64_t)id * UINT64_C(0xD6E8FEB86659FD93) };
	const struct tongue *t = tongue_of(&d);

	record_clear(&customer_type, c);
	snprintf(c->name, sizeof(c->name), "%s %s", t->first[dice_below(&d, 12)],
		 t->last[dice_below(&d, 10)]);
	snprintf(c->code, sizeof(c->code), "C%lld", (long long)id);
	snprintf(c->language, sizeof(c->language), "%s", t->language);
	strcpy(c->area, areas[dice_below(&d, 6)]);
	if (dice_chance(&d, 40))
		snprintf(c->birthday, sizeof(c->birthday), "%02u-%02u",
			 1 + (unsigned)dice_below(&d, 12) % 12,
			 1 + (unsigned)dice_below(&d, 28) % 28);
	if (dice_chance(&d, 10))
		strcpy(c->notes, notes[dice_below(&d, 5)]);
	c->added = day;
	give_contacts(&d, id, c);
}

const struct item demo_items[DEMO_ITEMS] = {
	{ .name = "Masala chai", .code = "CH1", .category = "tea", .price = 2000, .own_cost = 600,
	  .digit = 1 },
	{ .name = "Ginger tea", .code = "CH2", .category = "tea", .price = 2500, .own_cost = 700,
	  .digit = 2 },
	{ .name = "Kesar chai", .code = "CH3", .category = "tea", .price = 4000, .own_cost = 1400,
	  .digit = 3 },
	{ .name = "Lemon tea", .code = "CH4", .category = "tea", .price = 3000, .own_cost = 700,
	  .digit = 4 },
	{ .name = "Filter coffee", .code = "CF1", .category = "coffee", .price = 3500,
	  .own_cost = 1100, .digit = 5 },
	{ .name = "Khari", .code = "SN1", .category = "snacks", .price = 1500, .own_cost = 600,
	  .digit = 6 },
	{ .name = "Nankhatai", .code = "SN2", .category = "snacks", .price = 2000,
	  .own_cost = 800, .digit = 7 },
	{ .name = "Bun maska", .code = "SN3", .category = "snacks", .price = 4000,
	  .own_cost = 1500, .digit = 8 },
	{ .name = "Vada pav", .code = "SN4", .category = "snacks", .price = 3000,
	  .own_cost = 1200, .digit = 9 },
	{ .name = "Tea 250 g", .code = "PK1", .category = "packets", .price = 18000,
	  .own_cost = 11000 },
};

/* -- visits -- */

/* How people come: days between visits, and in a hundred visits how many are
 * the last (a regular stays for long; most passers-by do not return). */
static const struct habit { int share, gap, leaves; } habits[] = {
	{ 8, 3, 1 }, { 17, 7, 3 }, { 25, 16, 8 }, { 25, 35, 18 }, { 25, 60, 55 },
};

static const int weekday_percent[7] = { 80, 75, 80, 85, 95, 100, 90 };	/* from Monday */

struct visits {
	struct demo_visit *row;
	size_t n, cap;
	int first_weekday;
};

static int minute_of_visit(struct dice *d)
{
	int part = dice_below(d, 100);
	int spread = dice_below(d, 120) + dice_below(d, 120);

	if (part < 48)
		return 7 * 60 + spread;		/* 07:00 to 11:00 */
	if (part < 90)
		return 16 * 60 + spread;	/* 16:00 to 20:00 */
	return 11 * 60 + dice_below(d, 300);
}

static void add_visit(struct visits *v, struct dice *d, int day, int64_t customer)
{
	if (!dice_chance(d, weekday_percent[(v->first_weekday + day) % 7]))
		return;
	v->row = mem_grow(v->row, v->n, &v->cap, sizeof(*v->row));
	v->row[v->n++] = (struct demo_visit){ day * 1440 + minute_of_visit(d), (uint32_t)customer };
}

static const struct habit *habit_of(struct dice *d)
{
	int roll = dice_below(d, 100);
	const struct habit *h = habits;

	while (roll >= h->share) {
		roll -= h->share;
		h++;
	}
	return h;
}

static void visits_of(struct visits *v, struct dice *d, int64_t customer)
{
	const struct habit *h = habit_of(d);
	int day = dice_chance(d, 35) ? dice_below(d, 30) : dice_below(d, DEMO_DAYS);

	while (day < DEMO_DAYS) {
		add_visit(v, d, day, customer);
		if (dice_chance(d, h->leaves))
			return;
		/* A gap of one to twice the usual, shortest and longest rare. */
		day += 1 + (dice_below(d, h->gap) + dice_below(d, h->gap));
	}
}

static int by_time(const void *a, const void *b)
{
	const struct demo_visit *x = a, *y = b;

	if (x->minute != y->minute)
		return x->minute < y->minute ? -1 : 1;
	return (x->customer > y->customer) - (x->customer < y->customer);
}

struct demo_visit *demo_visits(uint64_t seed, int64_t customers, int32_t first_day, size_t *n)
{
	struct visits v = { .first_weekday = day_of_week(first_day) };
	size_t known;

	for (int64_t id = 1; id <= customers; id++) {
		struct dice d = { seed + (uint64_t)id * UINT64_C(0xA0761D6478BD642F) };

		visits_of(&v, &d, id);
	}
	known = v.n;
	for (size_t i = 0; i < known * 3 / 10; i++) {
		struct dice d = { ~seed + i * UINT64_C(0xE7037ED1A0B428DB) };

		add_visit(&v, &d, dice_below(&d, DEMO_DAYS), 0);
	}
	if (v.n)
		qsort(v.row, v.n, sizeof(*v.row), by_time);
	*n = v.n;
	return v.row;
}
