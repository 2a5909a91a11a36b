/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/world.h"

/* Any split of a refund gives back the same as one: points, stamps, rewards and
 * the points that had paid. The same random shop is made twice; in one a sale
 * is refunded at once, in the other in parts. `refund_split.t [SPLITS [SEED]]` */

static uint64_t splits = 150, first_seed = 1;

struct outcome {
	int64_t worth[MODEL_UNITS];	/* usable and waiting; owed below zero */
	bool refunded;
};

/* The model only chooses: what it would say is another test. */
static void live_a_little(struct world *w)
{
	struct trade_run run;
	struct action a;

	for (int i = 0; i < 120; i++) {
		world_pass_time(w);
		world_random_action(w, &a);
		if ((a.kind != SELL && a.kind != CLAIM && a.kind != ADJUST) ||
		    world_do(w, &a, &run) != ST_OK)
			continue;
		if (a.kind == SELL) {
			assert_int_equal(model_sell(&w->model, &a.sale), ST_OK);
			w->model.deed[w->model.deeds - 1]->seq = run.seq;
		} else if (a.kind == CLAIM) {
			assert_int_equal(model_claim(&w->model, a.customer, a.reward, a.about,
						     w->f->by.now), ST_OK);
		} else {
			assert_int_equal(model_adjust(&w->model, a.customer, a.program, a.amount,
						      w->f->by.now), ST_OK);
		}
	}
	w->f->by.has_op = false;
}

static void refund_in_parts(struct world *w, const struct model_deed *sale, int64_t whole,
			    int parts)
{
	int64_t left = whole, part;
	struct trade_run run;

	for (int i = parts; i > 0 && left; i--) {
		part = i == 1 ? left : from_to(&w->chance, 0, left);
		if (!part)
			continue;
		MUST(refund_add(&w->f->shop, &w->f->by, &(struct refund){
			.sale = sale->seq, .amount = part, .number = "" }, &run));
		left -= part;
	}
}

static void weigh(struct world *w, int customer, struct outcome *out)
{
	struct holder h = { .id = customer };

	world_look(w, &h);
	for (int u = 0; u < MODEL_UNITS; u++) {
		struct position *p = holder_position(&h, world_unit(w, u));

		out->worth[u] = !world_unit(w, u) || !p ? 0 : p->balance < 0 ? p->balance :
				position_usable(p, w->today) + position_pending(p, w->today);
	}
	holder_release(&h);
}

static struct outcome refund(uint64_t seed, int parts)
{
	struct outcome out = { .refunded = false };
	struct model_deed *sale;
	struct world w;
	int64_t whole;
	int i;

	world_open(&w, seed);
	live_a_little(&w);
	i = world_random_sale(&w, -1);
	if (i != NO_DEED && w.model.deed[i]->customer && w.model.deed[i]->total > 0) {
		sale = w.model.deed[i];
		whole = percent(&w.chance, 50) ? sale->total : from_to(&w.chance, 1, sale->total);
		refund_in_parts(&w, sale, whole, parts);
		weigh(&w, sale->customer, &out);
		out.refunded = true;
	}
	world_close(&w);
	return out;
}

static void a_split_refund_is_one_refund(void **state)
{
	struct outcome one, many;
	uint64_t done = 0;

	(void)state;
	for (uint64_t seed = first_seed; done < splits; seed++) {
		one = refund(seed, 1);
		if (!one.refunded)
			continue;
		done++;
		many = refund(seed, 2 + (int)(seed % 4));
		for (int u = 0; u < MODEL_UNITS; u++) {
			if (one.worth[u] == many.worth[u])
				continue;
			print_error("seed %llu, unit %d: %lld at once, %lld in parts\n",
				    (unsigned long long)seed, u, (long long)one.worth[u],
				    (long long)many.worth[u]);
			assert_true(false);
		}
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_split_refund_is_one_refund),
	};

	if (argc > 1)
		splits = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		first_seed = strtoull(argv[2], NULL, 10);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
