/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pipe.h"

#include "tests/shop/fixture.h"

#include <jansson.h>

#include "base/mem.h"
#include "shop/customer.h"
#include "shop/verify.h"

/* A till's line to the shop of the fixture, which it opens itself. */
struct till {
	struct run run;
	struct pipe pipe;
	struct buf answers;
};

static struct till till_of(struct fixture *f)
{
	struct till t = { .run = { .by = f->by } };

	shop_close(&f->shop);
	t.pipe.dir = f->dir;
	return t;
}

static void till_end(struct till *t)
{
	if (t->run.shop.store)
		shop_close(&t->run.shop);
	buf_release(&t->answers);
}

/* One line, and on it a JSON object that says whether it was done. */
static json_t *ask(struct till *t, const char *line, size_t len)
{
	json_t *answer;
	json_error_t error;

	buf_clear(&t->answers);
	t->pipe.run = &t->run;
	pipe_line(&t->pipe, line, len, &t->answers);
	assert_true(t->answers.len > 1);
	assert_ptr_equal(memchr(t->answers.at, '\n', t->answers.len),
			 t->answers.at + t->answers.len - 1);
	answer = json_loadb(t->answers.at, t->answers.len, JSON_REJECT_DUPLICATES, &error);
	if (!answer)
		print_error("%s: %s\n", t->answers.at, error.text);
	assert_true(json_is_object(answer));
	assert_true(json_is_boolean(json_object_get(answer, "ok")));
	return answer;
}

static json_t *ask_text(struct till *t, const char *line)
{
	return ask(t, line, strlen(line));
}

static void assert_status(json_t *answer, const char *status, int exit_status)
{
	assert_true(json_is_false(json_object_get(answer, "ok")));
	assert_string_equal(json_string_value(json_object_get(answer, "status")), status);
	assert_int_equal(json_integer_value(json_object_get(answer, "exit")), exit_status);
	assert_true(*json_string_value(json_object_get(answer, "error")));
	json_decref(answer);
}

static json_int_t seq_of(json_t *answer, bool repeated)
{
	json_t *result = json_object_get(answer, "result");
	json_int_t seq = json_integer_value(json_object_get(result, "seq"));

	assert_true(json_is_true(json_object_get(answer, "ok")));
	assert_int_equal(json_is_true(json_object_get(result, "repeated")), repeated);
	json_decref(answer);
	return seq;
}

static void a_line_sent_twice_is_one_sale(void **state)
{
	const char *line = "{\"op\": \"a-1\", \"do\": \"sale\", \"amount\": \"12.50\"}";
	struct till t = till_of(*state);
	json_int_t seq = seq_of(ask_text(&t, line), false);

	assert_int_equal(seq_of(ask_text(&t, line), true), seq);
	till_end(&t);			/* the line breaks, and another is opened */
	assert_int_equal(seq_of(ask_text(&t, line), true), seq);
	assert_true(seq_of(ask_text(&t, "{\"op\": \"a-2\", \"do\": \"sale\", \"amount\": \"1\"}"),
			   false) > seq);
	till_end(&t);
}

static void statuses_are_those_of_commands(void **state)
{
	struct till t = till_of(*state);

	assert_status(ask_text(&t, "{"), "usage", 2);
	assert_status(ask_text(&t, "{\"op\": \"a\", \"do\": \"sale\", \"amount\": \"x\"}"),
		      "usage", 2);
	assert_status(ask_text(&t, "{\"do\": \"show\", \"customer\": 5}"), "not_found", 3);
	assert_status(ask_text(&t, "{\"op\": \"a\", \"do\": \"undo\"}"), "refused", 1);
	till_end(&t);
	t.pipe.dir = "/nowhere";
	assert_status(ask_text(&t, "{\"do\": \"ping\"}"), "fault", 4);
	assert_null(t.run.shop.store);
	till_end(&t);
}

/* What a till might send, cut, doubled and with bytes changed, the same at
 * each run. */
static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static size_t mutate(const char *line, uint32_t *seed, char *out, size_t room)
{
	size_t len = strlen(line), from = next_random(seed) % len;

	memcpy(out, line, len);
	switch (next_random(seed) % 4) {
	case 0:
		return from;
	case 1:
		memmove(out + from + 1, out + from, len - from);
		return len + 1;
	case 2:
		len += len < room / 2 ? from : 0;
		memcpy(out + len - from, line, from);
		return len;
	}
	for (int i = (int)(next_random(seed) % 4); i >= 0; i--)
		out[next_random(seed) % len] = (char)next_random(seed);
	return len;
}

static void any_bytes_have_one_answer(void **state)
{
	static const char *const lines[] = {
		"{\"op\": \"m-1\", \"do\": \"sale\", \"amount\": \"12.50\", \"receipt\": \"R-1\"}",
		"{\"op\": \"m-2\", \"do\": \"customer_add\", \"phone\": [\"9824012345\"]}",
		"{\"op\": \"m-6\", \"do\": \"customer_add\", \"name\": \"\\u0a86\"}",
		"{\"op\": \"m-3\", \"do\": \"sale\", \"item\": [\"Tea:2@20.00\", \"Khari@5\"]}",
		"{\"op\": \"m-4\", \"do\": \"refund\", \"receipt\": \"R-1\", \"amount\": \"1.00\"}",
		"{\"do\": \"find\", \"words\": \"asha\", \"limit\": 3}",
		"{\"op\": \"m-5\", \"do\": \"consent\", \"customer\": 1, \"sms\": \"yes\"}",
	};
	struct fixture *f = *state;
	struct till t = till_of(f);
	struct verify_result result;
	char line[1000];
	uint32_t seed = 7;

	for (int i = 0; i < 20000; i++) {
		const char *whole = lines[next_random(&seed) % 7];
		size_t len = mutate(whole, &seed, line, sizeof(line));

		json_decref(i % 50 ? ask(&t, line, len) : ask_text(&t, whole));
	}
	MUST(shop_verify(&t.run.shop, &(struct verify_ask){ .patience = 0 }, &result));
	assert_int_equal(result.faults, 0);
	assert_true(result.entries > 5);
	till_end(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_sent_twice_is_one_sale),
		TEST(statuses_are_those_of_commands),
		TEST(any_bytes_have_one_answer),
	};

	json_set_alloc_funcs(mem_alloc, free);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
