/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/insight/filter_shop.h"

#include "base/mem.h"
#include "insight/clv.h"
#include "insight/retention.h"
#include "insight/rfm.h"

/* Random filters on a random shop, beside a slow and obvious way to tell whom
 * they mean: what happened stands in plain arrays, and each test counts it. */

enum { PEOPLE = 40, SALES = 400, FILTERS = 1500, DEPTH = 4, DAYS = 240 };

static const char *const tags[] = { "vip", "staff", "big eater" };
static const char *const areas[] = { "", "Adajan", "Ring Road", "Vesu" };
static const char *const states[] = { "not_asked", "yes", "no" };
static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
static const char *const items[] = { "Masala chai", "Samosa" };

struct fact {
	int customer, day, hour, amount, item;	/* item -1: none */
};
struct somebody {
	unsigned tags;
	int area, state, month, date;		/* month 0: no birthday */
};

struct model {
	struct fixture *f;
	int32_t first, today;
	struct fact sale[SALES];
	struct somebody who[PEOPLE + 1];
};

static uint64_t dice = 20260901;

static int roll(int sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int)(dice % (uint64_t)sides);
}

/* -- the shop -- */

static void add_one(struct model *m, int id)
{
	struct somebody *s = &m->who[id];
	char name[40], birthday[12];
	struct customer c;
	struct trade_run run;

	snprintf(name, sizeof(name), "Person %c%c", 'a' + id / 10, 'a' + id % 10);
	c = named(name);
	*s = (struct somebody){ (unsigned)roll(8), roll(4), roll(3), roll(13), 1 + roll(28) };
	for (unsigned i = 0; i < 3; i++)
		if (s->tags >> i & 1)
			MUST(customer_add_tag(&c, tags[i]));
	strcpy(c.area, areas[s->area]);
	snprintf(birthday, sizeof(birthday), "%02d-%02d", s->month, s->date);
	if (s->month)
		MUST(customer_set_birthday(&c, birthday));
	MUST(customer_add(&m->f->shop, &m->f->by, &c, true));
	assert_int_equal(c.id, id);
	if (s->state)
		MUST(consent_set(&m->f->shop, &m->f->by, &(struct consent_change){
			.customer = id, .channel = CONSENT_SMS, .state = s->state }, &run));
}

static void add_sale(struct model *m, struct fact *s)
{
	struct line line;
	struct sale sale = { 0 };

	*s = (struct fact){ 1 + roll(roll(2) ? PEOPLE : 6), m->first + roll(DAYS), roll(24),
			    100 * (1 + roll(9)), roll(3) - 1 };
	line = (struct line){ s->item + 1, 1000, s->amount };
	sale.occurred = clock_day_start(s->day) + s->hour * CLOCK_HOUR;
	sale.lines = &line;
	sale.line_count = s->item >= 0;
	sell(m->f, s->customer, s->item >= 0 ? 0 : s->amount, &sale);
}

static void make(struct model *m)
{
	struct item item = { .price = 1000 };

	m->first = on("2026-03-02");
	m->today = m->first + DAYS;
	for (int i = 0; i < 2; i++) {
		item.id = 0;
		strcpy(item.name, items[i]);
		MUST(item_add(&m->f->shop, &m->f->by, &item));
	}
	for (int id = 1; id <= PEOPLE; id++)
		add_one(m, id);
	m->f->by.now = clock_day_start(m->today) + 2 * CLOCK_HOUR;
	for (int i = 0; i < SALES; i++)
		add_sale(m, &m->sale[i]);
}

/* -- obvious figures -- */

static bool same_day_before(const struct model *m, int i)
{
	for (int j = 0; j < i; j++)
		if (m->sale[j].customer == m->sale[i].customer &&
		    m->sale[j].day == m->sale[i].day)
			return true;
	return false;
}

static int visits_of(const struct model *m, int id, int from, int to)
{
	int n = 0;

	for (int i = 0; i < SALES; i++)
		n += m->sale[i].customer == id && m->sale[i].day >= from &&
		     m->sale[i].day <= to && !same_day_before(m, i);
	return n;
}

static int spend_of(const struct model *m, int id, int from, int to)
{
	int sum = 0;

	for (int i = 0; i < SALES; i++)
		if (m->sale[i].customer == id && m->sale[i].day >= from && m->sale[i].day <= to)
			sum += m->sale[i].amount;
	return sum;
}

/* The first visit on 'day' or later; 0: none. */
static int next_visit(const struct model *m, int id, int day)
{
	int first = 0;

	for (int i = 0; i < SALES; i++)
		if (m->sale[i].customer == id && m->sale[i].day >= day &&
		    (!first || m->sale[i].day < first))
			first = m->sale[i].day;
	return first;
}

static int last_visit(const struct model *m, int id)
{
	int last = 0;

	for (int day = m->first; (day = next_visit(m, id, day)); day++)
		last = day;
	return last;
}

static int sales_of(const struct model *m, int id, int weekday, int hour)
{
	int n = 0;

	for (int i = 0; i < SALES; i++)
		n += m->sale[i].customer == id && m->sale[i].hour == hour &&
		     day_of_week(m->sale[i].day) == weekday;
	return n;
}

static int bought_of(const struct model *m, int id, int item, int from)
{
	int n = 0;

	for (int i = 0; i < SALES; i++)
		n += m->sale[i].customer == id && m->sale[i].item == item &&
		     m->sale[i].day >= from && m->sale[i].day <= m->today;
	return n;
}

/* Silence at the last sale against 'halves' / 2 median gaps: how many of the gaps
 * are shorter than each is looked at, so that nothing is sorted. */
static bool silent_longer(const struct model *m, int id, int halves)
{
	int gap[SALES], n = 0, last = 0, end = 0, low, high;

	for (int day = m->first; (day = next_visit(m, id, day)); day++) {
		if (last)
			gap[n++] = day - last;
		last = day;
	}
	if (n < 2)
		return false;
	for (int i = 0; i < SALES; i++)
		end = m->sale[i].day > end ? m->sale[i].day : end;
	low = high = 0;
	for (int i = 0; i < n; i++) {
		int below = 0, as_much = 0;

		for (int j = 0; j < n; j++) {
			below += gap[j] < gap[i];
			as_much += gap[j] <= gap[i];
		}
		if (below <= (n - 1) / 2 && as_much > (n - 1) / 2)
			low = gap[i];
		if (below <= n / 2 && as_much > n / 2)
			high = gap[i];
	}
	return 4 * (end - last) > halves * (low + high);
}

static bool birthday_soon(const struct model *m, int id, int days)
{
	const struct somebody *s = &m->who[id];

	for (int ahead = 0; ahead <= days; ahead++) {
		int year, month, date;

		day_to_civil(m->today + ahead, &year, &month, &date);
		if (month == s->month && date == s->date)
			return true;
	}
	return false;
}

/* -- random tests -- */

static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };

static bool compare(int sign, int64_t a, int64_t b)
{
	switch (sign) {
	case 0: return a == b;
	case 1: return a != b;
	case 2: return a < b;
	case 3: return a <= b;
	case 4: return a > b;
	default: return a >= b;
	}
}

/* A test, by the dice. */
struct asked {
	int kind, sign, n, days, state, tag, area, weekday, hour;
};

static struct asked random_asked(void)
{
	return (struct asked){ roll(16), roll(6), roll(8), 1 + roll(DAYS), roll(3), roll(3),
			       roll(4), roll(7), roll(16) / 2 * 3 };
}

static void say(const struct model *m, const struct asked *a, struct buf *text)
{
	const char *sign = signs[a->sign];
	int days = a->days, n = a->n;
	char day[DAY_TEXT];

	day_print(m->today - days, day);
	switch (a->kind) {
	case 0: buf_printf(text, "visits %s %d", sign, n); break;
	case 1: buf_printf(text, "visits(%dd) %s %d", days, sign, n); break;
	case 2: buf_printf(text, "spend %s %d", sign, 5 * n); break;
	case 3: buf_printf(text, "spend(%dd) %s %d.00", days, sign, 3 * n); break;
	case 4: buf_printf(text, "last_visit > %dd", days); break;
	case 5: buf_printf(text, "last_visit <= %dd", days); break;
	case 6: buf_printf(text, "last_visit < %s", day); break;
	case 7: buf_printf(text, "first_visit >= %s", day); break;
	case 8: buf_printf(text, "tag:\"%s\"", tags[a->tag]); break;
	case 9: buf_printf(text, "area != \"%s\"", areas[a->area]); break;
	case 10: buf_printf(text, "area in (\"%s\", vesu)", areas[a->area]); break;
	case 11: buf_printf(text, "birthday within %dd", days); break;
	case 12: buf_printf(text, "consent.sms = %s", states[a->state]); break;
	case 13: buf_printf(text, "visited(weekday = %s, hour = %d) %s %d",
			    weekdays[a->weekday], a->hour, sign, n / 4); break;
	case 14: buf_printf(text, "bought(\"%s\", %dd) %s %d", items[n & 1], days, sign, n / 2);
		break;
	default: buf_printf(text, "gaps > %d.%d", n / 2, n % 2 * 5); break;
	}
}

static bool is_meant(const struct model *m, const struct asked *a, int id)
{
	const struct somebody *s = &m->who[id];
	int from = m->today - a->days + 1, to = m->today, n = a->n;
	int last = last_visit(m, id), first = next_visit(m, id, m->first);

	switch (a->kind) {
	case 0: return compare(a->sign, visits_of(m, id, 0, to), n);
	case 1: return compare(a->sign, visits_of(m, id, from, to), n);
	case 2: return compare(a->sign, spend_of(m, id, 0, to), 500 * n);
	case 3: return compare(a->sign, spend_of(m, id, from, to), 300 * n);
	case 4: return last && to - last > a->days;
	case 5: return last && to - last <= a->days;
	case 6: return last && last < to - a->days;
	case 7: return first && first >= to - a->days;
	case 8: return s->tags >> a->tag & 1;
	case 9: return s->area != a->area;
	case 10: return s->area == a->area || s->area == 3;
	case 11: return birthday_soon(m, id, a->days);
	case 12: return s->state == a->state;
	case 13: return compare(a->sign, sales_of(m, id, a->weekday, a->hour), n / 4);
	case 14: return compare(a->sign, bought_of(m, id, n & 1, from), n / 2);
	default: return silent_longer(m, id, n);
	}
}

/* Writes a test to 'text' and whom it means to 'is'. */
static void random_test(const struct model *m, struct buf *text, bool is[PEOPLE + 1])
{
	struct asked a = random_asked();

	say(m, &a, text);
	for (int id = 1; id <= PEOPLE; id++)
		is[id] = is_meant(m, &a, id);
}

static void random_filter(const struct model *m, int depth, struct buf *text,
			  bool is[PEOPLE + 1])
{
	int kind = depth ? roll(4) : 0;
	bool other[PEOPLE + 1];

	if (!kind) {
		random_test(m, text, is);
		return;
	}
	buf_text(text, kind == 1 ? "not (" : "(");
	random_filter(m, depth - 1, text, is);
	if (kind > 1) {
		buf_text(text, kind == 2 ? " and " : " or ");
		random_filter(m, depth - 1, text, other);
	}
	buf_text(text, ")");
	for (int id = 1; id <= PEOPLE; id++)
		is[id] = kind == 1 ? !is[id] : kind == 2 ? is[id] && other[id] :
			 is[id] || other[id];
}

static bool try_filter(const struct model *m)
{
	struct buf text = { 0 }, want = { 0 }, have = { 0 };
	bool is[PEOPLE + 1], any = false;

	random_filter(m, roll(DEPTH), &text, is);
	for (int id = 1; id <= PEOPLE; id++) {
		if (is[id])
			buf_printf(&want, "%s%d", want.len ? " " : "", id);
		any |= is[id];
	}
	buf_text(&want, "");
	chosen(m->f, text.at, m->today, &have);
	if (strcmp(want.at, have.at))
		print_error("%s\n", text.at);
	assert_string_equal(have.at, want.at);
	assert_prints_itself(m->f, text.at);
	buf_release(&text);
	buf_release(&want);
	buf_release(&have);
	return any;
}

static void finds_whom_the_slow_way_finds(void **state)
{
	struct model *m = mem_alloc(sizeof(*m));
	int any = 0;

	m->f = *state;
	make(m);
	for (int i = 0; i < FILTERS; i++)
		any += try_filter(m);
	assert_true(any > FILTERS / 3);		/* most say something */
	free(m);
}

/* -- what reports work out -- */

/* With a scan that is there already. */
static void assert_same_with(const struct model *m, const char *text, const struct scan *scan)
{
	struct filter *filter = parsed(m->f, text);
	struct filter_search s;
	struct people_set found;

	MUST(filter_run(&m->f->shop, filter, m->today, &found));
	MUST(filter_begin(&m->f->shop, filter, m->today, &s));
	filter_use_scan(&s, scan);
	while (!s.whole)
		MUST(filter_step(&m->f->shop, &s));
	assert_true(found.n > 0);
	assert_int_equal(s.found.n, found.n);
	for (int id = 1; id <= PEOPLE; id++)
		assert_true(people_has(&s.found, id) == people_has(&found, id));
	filter_end(&s);
	people_release(&found);
	filter_free(filter);
}

static void assert_chosen(const struct model *m, const char *text, const bool is[PEOPLE + 1])
{
	struct buf want = { 0 }, have = { 0 };

	buf_text(&want, "");
	for (int id = 1; id <= PEOPLE; id++)
		if (is[id])
			buf_printf(&want, "%s%d", want.len ? " " : "", id);
	chosen(m->f, text, m->today, &have);
	if (strcmp(want.at, have.at))
		print_error("%s\n", text);
	assert_string_equal(have.at, want.at);
	buf_release(&want);
	buf_release(&have);
}

static void assert_as_rfm(const struct model *m, const struct scan *scan)
{
	char text[80];
	struct rfm rfm;

	MUST(rfm_of(scan, &(struct rfm_options){ 0 }, &rfm));
	for (int kind = 0; kind < RFM_SEGMENTS + 5; kind++) {
		bool is[PEOPLE + 1] = { false };
		int score = kind - RFM_SEGMENTS + 1;

		if (kind < RFM_SEGMENTS)
			snprintf(text, sizeof(text), "rfm = \"%s\"", rfm_kinds[kind].name);
		else
			snprintf(text, sizeof(text), "r = %d or (f >= %d and m > %d)", score,
				 score, score);
		for (int id = 1; id <= PEOPLE; id++) {
			const struct rfm_row *row = rfm_find(&rfm, id);

			is[id] = row && (score < 1 ? row->segment == kind :
					 row->r == score || (row->f >= score && row->m > score));
		}
		assert_chosen(m, text, is);
	}
	rfm_release(&rfm);
}

static void assert_as_clv(const struct model *m, const struct scan *scan)
{
	bool is[3][PEOPLE + 1] = { { false } };
	struct clv_person row;
	struct clv clv;

	MUST(clv_of(scan, &(struct clv_options){ .decimals = 2 }, &clv));
	assert_int_equal(clv.state, CLV_FITTED);
	for (int id = 1; id <= PEOPLE; id++) {
		if (!clv_person(&clv, id, &row))
			continue;
		is[0][id] = row.alive < 0.9;
		is[1][id] = row.expected >= 10;
		is[2][id] = row.value > 7500;
	}
	assert_chosen(m, "p_alive < .9", is[0]);
	assert_chosen(m, "expected >= 10", is[1]);
	assert_chosen(m, "value > 75", is[2]);
	clv_release(&clv);
}

static size_t how_many(const struct model *m, const char *text)
{
	struct filter *filter = parsed(m->f, text);
	struct people_set found;
	size_t n;

	MUST(filter_run(&m->f->shop, filter, m->today, &found));
	n = found.n;
	people_release(&found);
	filter_free(filter);
	return n;
}

/* A figure counts the people that its filter finds. */
static void assert_as_retention(const struct model *m, const struct scan *scan)
{
	char from[DAY_TEXT], middle[DAY_TEXT], next[DAY_TEXT], to[DAY_TEXT], text[120];
	int32_t end = scan->last_sale_day;
	struct retention r;

	MUST(retention_of(scan, &(struct retention_options){ .quiet_days = 15 }, &r));
	assert_int_equal(how_many(m, "gaps > 2"), r.churn_own_gap.part);
	assert_int_equal(how_many(m, "visits >= 3"), r.churn_own_gap.whole);
	assert_int_equal(how_many(m, "visits >= 2"), r.repeat_purchase.part);
	day_print(end - 29, from);
	day_print(end - 15, middle);
	day_print(end - 14, next);
	day_print(end, to);
	snprintf(text, sizeof(text), "visits(%s..%s)", from, middle);
	assert_int_equal(how_many(m, text), r.churn.whole);
	snprintf(text, sizeof(text), "visits(%s..%s) and visits(%s..%s) = 0", from, middle,
		 next, to);
	assert_int_equal(how_many(m, text), r.churn.part);
	assert_true(r.churn.part > 0 && r.churn_own_gap.part > 0);
}

static void asks_what_reports_say(void **state)
{
	struct model *m = mem_alloc(sizeof(*m));
	struct scan scan;

	m->f = *state;
	make(m);
	MUST(scan_read(m->f->shop.store, &scan));
	assert_as_retention(m, &scan);
	assert_as_rfm(m, &scan);
	assert_as_clv(m, &scan);
	assert_same_with(m, "visits(60d) >= 2 or gaps > 3 or rfm = lost or p_alive < .2", &scan);
	scan_release(&scan);
	free(m);
}

/* Between parts nothing is held open: somebody else sells and is seen. */
static void searches_in_parts(void **state)
{
	struct model *m = mem_alloc(sizeof(*m));
	struct filter_search s;
	struct filter *filter;
	int64_t done = 0, steps = 0;

	m->f = *state;
	make(m);
	filter = parsed(m->f, "bought(\"Samosa\") or visits(30d) > 1 or gaps < 1");
	MUST(filter_begin(&m->f->shop, filter, m->today, &s));
	assert_int_equal(s.found.n, 0);
	while (!s.whole) {
		MUST(filter_step(&m->f->shop, &s));
		assert_true(s.done >= done && s.done <= s.total);
		done = s.done;
		steps++;
		sell(m->f, 1 + roll(PEOPLE), 1000, NULL);
	}
	assert_true(steps >= 2 && s.found.n > 5 && s.done == s.total);
	filter_end(&s);
	assert_int_equal(s.found.n, 0);
	filter_free(filter);
	free(m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_whom_the_slow_way_finds, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(asks_what_reports_say, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(searches_in_parts, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
