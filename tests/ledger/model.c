/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/world.h"

#include "base/mem.h"
#include "shop/verify.h"
#include "tests/faults/report.h"

/* Random shops, each with a thousand random business actions, against the
 * model: the same answers, the same balances, the same lots, and a clean
 * verify. `model.t [ACTIONS [SEED]]`; a failure says the seed of its shop. */

enum { SHOP_ACTIONS = 1000 };

static uint64_t actions, first_seed = 1;

/* -- what the model says to an action -- */

static struct trace *find_last(struct world *w)
{
	for (size_t i = w->traces; i-- > 0;) {
		struct trace *t = &w->trace[i];

		if (t->recorded && clock_day(t->recorded) != w->today)
			break;
		if (t->recorded && t->who == w->who && t->undoable && !t->undone)
			return t;
	}
	return NULL;
}

static enum status expect_undo(struct world *w, struct trace **out)
{
	struct trace *t = *out = find_last(w);

	if (!t)
		return ST_REFUSED;
	for (struct trace *later = t + 1; later < w->trace + w->traces; later++)
		if (!later->undone && ((t->customer && later->customer == t->customer) ||
				       later->about == t->seq))
			return ST_REFUSED;
	return ST_OK;
}

static void undo(struct world *w, struct trace *t)
{
	int place = (int)(t - w->trace) + 1;

	w->undone = t->seq;
	t->undone = true;
	model_undo(&w->model, t->deed);
	for (int c = 1; c <= MODEL_CUSTOMERS; c++)
		for (int p = 0; p < MODEL_PROGRAMS; p++)
			if (w->opened[c][p] == place)
				w->opened[c][p] = 0;
}

static enum status expect_open(struct world *w, const struct action *a, bool *repeated)
{
	int place = w->opened[a->customer][a->program];

	if (place) {
		*repeated = w->trace[place - 1].about == -a->amount;
		return *repeated ? ST_OK : ST_EXISTS;
	}
	model_open(&w->model, a->customer, a->program, a->amount, w->f->by.now);
	return ST_OK;
}

static enum status expect(struct world *w, const struct action *a, bool *repeated)
{
	int64_t now = w->f->by.now;
	struct trace *last;
	enum status st;

	*repeated = false;
	switch (a->kind) {
	case SELL:
		return model_sell(&w->model, &a->sale);
	case REFUND:
		return model_refund(&w->model, a->about, a->amount, now);
	case CLAIM:
		if (a->about != NO_DEED && w->model.deed[a->about]->undone)
			return ST_REFUSED;
		return model_claim(&w->model, a->customer, a->reward, a->about, now);
	case ADJUST:
		return model_adjust(&w->model, a->customer, a->program, a->amount, now);
	case OPEN:
		return expect_open(w, a, repeated);
	case UNDO:
		st = expect_undo(w, &last);
		if (st == ST_OK)
			undo(w, last);
		return st;
	}
	return ST_SYSTEM;
}

static struct trace *add_trace(struct world *w, struct trace t)
{
	t.who = w->who;
	t.recorded = t.lapse ? 0 : w->f->by.now;
	w->trace = mem_grow(w->trace, w->traces, &w->trace_cap, sizeof(t));
	w->trace[w->traces] = t;
	return &w->trace[w->traces++];
}

static void note(struct world *w, const struct action *a, int64_t seq)
{
	struct trace *t = add_trace(w, (struct trace){
		.seq = seq, .customer = a->customer,
		.deed = (int)w->model.deeds - 1, .undoable = true });

	w->model.deed[t->deed]->seq = seq;
	if (a->kind == REFUND || (a->kind == CLAIM && a->about != NO_DEED))
		t->about = w->model.deed[a->about]->seq;
	if (a->kind == OPEN) {
		t->about = -a->amount;
		w->opened[a->customer][a->program] = (int)w->traces;
	}
}

/* -- comparing -- */

static int by_life(const void *a, const void *b)
{
	const struct model_lot *x = a, *y = b;

	if (x->through != y->through)
		return x->through < y->through ? -1 : 1;
	if (x->acquired != y->acquired)
		return x->acquired < y->acquired ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->left > y->left) - (x->left < y->left);
}

/* Those that are not used up and have not lapsed; equal ones together. */
static size_t gather(struct model_lot *lots, size_t n, int day)
{
	size_t kept = 0, out = 0;

	for (size_t i = 0; i < n; i++)
		if (lots[i].left > 0 && lots[i].through >= day)
			lots[kept++] = lots[i];
	qsort(lots, kept, sizeof(*lots), by_life);
	for (size_t i = 0; i < kept; i++) {
		struct model_lot *last = out ? &lots[out - 1] : NULL;

		if (last && last->through == lots[i].through &&
		    last->acquired == lots[i].acquired && last->from == lots[i].from)
			last->left += lots[i].left;
		else
			lots[out++] = lots[i];
	}
	return out;
}

static bool same_lots(const struct world *w, const struct model_lots *should,
		      const struct position *is)
{
	size_t n = is ? is->lot_count : 0, m = should->n;
	struct model_lot *a = mem_alloc((n + 1) * sizeof(*a));
	struct model_lot *b = mem_alloc((m + 1) * sizeof(*b));
	bool same;

	for (size_t i = 0; i < n; i++)
		a[i] = (struct model_lot){
			.left = is->lots[i].left, .acquired = is->lots[i].acquired,
			.from = (int)is->lots[i].from,
			.through = is->lots[i].through == LOT_NEVER ? MODEL_FOREVER :
								     (int)is->lots[i].through };
	if (m)
		memcpy(b, should->row, m * sizeof(*b));
	n = gather(a, n, w->today);
	m = gather(b, m, w->today);
	same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = !by_life(&a[i], &b[i]);
	free(a);
	free(b);
	return same;
}

static bool same_unit(struct world *w, const struct holder *h, int unit)
{
	const struct model_lots *should = &w->model.standing[h->id].lots[unit];
	const struct position *p = holder_position(h, world_unit(w, unit));
	int64_t sum = 0, owed = p && p->balance < 0 ? -p->balance : 0;

	for (size_t i = 0; p && i < p->lot_count; i++)
		sum += p->lots[i].left;
	if (owed == should->owed && (!p || p->balance == sum - owed) && same_lots(w, should, p))
		return true;
	print_error("customer %lld, unit %d: there %lld, by the model %lld\n", (long long)h->id,
		    unit, p ? (long long)position_usable(p, w->today) : 0,
		    (long long)model_there(&w->model, (int)h->id, unit, w->today));
	return false;
}

static bool same_figures(struct world *w, const struct holder *h)
{
	struct model_figures m = model_figures(&w->model, (int)h->id);
	const struct figures *f = &h->figures;

	if (f->sales == m.sales && f->visits == m.visits && f->spend == m.spend &&
	    f->first_day == m.first_day && f->last_day == m.last_day)
		return true;
	print_error("customer %lld: %lld sales on %lld days for %lld, by the model %lld on %lld "
		    "for %lld\n", (long long)h->id, (long long)f->sales, (long long)f->visits,
		    (long long)f->spend, (long long)m.sales, (long long)m.visits,
		    (long long)m.spend);
	return false;
}

static bool same_customer(struct world *w, int customer)
{
	struct holder h = { .id = customer };
	bool same;

	if (!customer)
		return true;
	world_look(w, &h);
	same = same_figures(w, &h);
	for (int u = 0; u < MODEL_UNITS; u++)
		same &= !world_unit(w, u) || same_unit(w, &h, u);
	holder_release(&h);
	return same;
}

static bool everybody_agrees(struct world *w)
{
	bool same = true;

	for (int c = 1; c <= MODEL_CUSTOMERS; c++)
		same &= same_customer(w, c);
	return same;
}

/* -- a step -- */

static bool agree(struct world *w, const struct action *a, enum status should, enum status is)
{
	static const char *const words[] = { "sale", "refund", "claim", "undo", "adjust", "open" };

	if (should == is && (a->kind == UNDO ? everybody_agrees(w) : same_customer(w, a->customer)))
		return true;
	print_error("a %s of customer %d: %s, by the model %s (%s)\n", words[a->kind], a->customer,
		    status_name(is), status_name(should), status_text());
	return false;
}

/* The shop undid the same entry as the model. */
static bool same_undone(struct world *w, int64_t seq)
{
	struct entry *e = mem_alloc(sizeof(*e));
	bool same;

	MUST(shop_entry(&w->f->shop, seq, e));
	same = e->about == w->undone;
	if (!same)
		print_error("entry %lld was undone, by the model %lld\n", (long long)e->about,
			    (long long)w->undone);
	free(e);
	return same;
}

static bool step_anew(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a;
	bool known;
	enum status should, is;

	world_random_action(w, &a);
	is = world_do(w, &a, &run);
	should = expect(w, &a, &known);
	if (is == ST_OK && should == ST_OK && !known && a.kind != UNDO)
		note(w, &a, run.seq);
	w->last = a;
	w->last_ok = is == ST_OK;
	w->last_seq = run.seq;
	if (a.kind == UNDO && is == ST_OK && should == ST_OK && !same_undone(w, run.seq))
		return false;
	return agree(w, &a, should, is) && (is != ST_OK || run.repeated == known);
}

/* The last action again: as a lost command is repeated, or as a till sends the
 * same receipt once more. */
static bool step_again(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a = w->last;
	bool same_op = percent(&w->chance, 60);
	enum status is;

	if (!same_op && !a.receipt[0])
		return true;
	a.op[0] ^= !same_op;
	is = world_do(w, &a, &run);
	return agree(w, &a, ST_OK, is) && run.repeated && run.seq == w->last_seq;
}

/* An operation id that was used for something else. */
static bool step_clash(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a = w->last;

	world_random_amount(w, &a, a.kind == ADJUST ? OPEN : ADJUST);
	return agree(w, &a, ST_EXISTS, world_do(w, &a, &run));
}

static bool step_sweep(struct world *w)
{
	struct swept swept;
	int64_t customers = 0;

	MUST(sweep(&w->f->shop, &w->f->by, &swept));
	for (int c = 1; c <= MODEL_CUSTOMERS; c++) {
		if (!model_sweep(&w->model, c, w->f->by.now))
			continue;
		customers++;
		add_trace(w, (struct trace){ .customer = c, .lapse = true });
	}
	if (swept.customers == customers)
		return true;
	print_error("swept %lld customers, by the model %lld\n", (long long)swept.customers,
		    (long long)customers);
	return false;
}

/* A program that begins before it is added, and what it awards for the past. */
static bool step_award(struct world *w)
{
	int program = w->model.programs;
	size_t before = w->model.deeds;
	struct awarded awarded;

	if (program == MODEL_PROGRAMS)
		return true;
	w->f->by.has_op = false;
	world_add_program(w);
	add_trace(w, (struct trace){ .seq = 0 });
	MUST(program_award_past(&w->f->shop, &w->f->by, w->program[program], &awarded));
	model_award(&w->model, program);
	for (size_t i = before; i < w->model.deeds; i++) {
		const struct model_deed *d = w->model.deed[i];

		add_trace(w, (struct trace){ .customer = d->customer,
					     .about = w->model.deed[d->about]->seq });
	}
	return awarded.sales == (int64_t)(w->model.deeds - before) && everybody_agrees(w);
}

/* The shop was set up with the wrong zone, or has moved: days that were booked
 * stay what they were. */
static bool step_zone(struct world *w)
{
	static const char *const zones[] = { "Asia/Kolkata", "UTC", "Pacific/Auckland",
					     "America/Los_Angeles" };

	const char *zone = zones[from_to(&w->chance, 0, 3)];
	bool moves = strcmp(zone, w->f->shop.settings.timezone) != 0;

	MUST(shop_set(&w->f->shop, &w->f->by, "timezone", zone));
	w->today = clock_day(w->f->by.now);
	if (moves)
		add_trace(w, (struct trace){ .seq = 0 });
	return true;
}

static bool step(struct world *w)
{
	int64_t n = from_to(&w->chance, 0, 999);

	w->step++;
	if (w->last_ok && n < 100)
		return step_again(w);
	if (w->last_ok && n < 110)
		return step_clash(w);
	world_pass_time(w);
	if (n > 997)
		return step_award(w);
	if (n > 995)
		return step_zone(w);
	return n < 150 ? step_sweep(w) : step_anew(w);
}

static void tell_fault(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

static bool is_sound(struct world *w)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_verify(&w->f->shop, &ask, &result));
	return !result.faults;
}

/* Repairing what is not broken changes nothing. */
static bool survives_repair(struct world *w)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_repair(&w->f->shop, &ask, &result));
	return !result.faults && everybody_agrees(w) && is_sound(w);
}

static bool run_shop(uint64_t seed, uint64_t steps)
{
	struct world w;
	bool good = true;

	world_open(&w, seed);
	for (uint64_t i = 0; good && i < steps; i++)
		good = step(&w) && (i % 50 || everybody_agrees(&w));
	good = good && everybody_agrees(&w) && is_sound(&w) && survives_repair(&w);
	if (!good)
		print_error("seed %llu, step %llu\n", (unsigned long long)seed,
			    (unsigned long long)w.step);
	world_close(&w);
	return good;
}

static void the_shop_does_what_the_model_says(void **state)
{
	uint64_t seed = first_seed;

	(void)state;
	for (uint64_t done = 0; done < actions; done += SHOP_ACTIONS)
		assert_true(run_shop(seed++, SHOP_ACTIONS));
	report("once", "random actions beside a plain model, a tenth of them repeated",
	       (long)actions, 0, first_seed);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shop_does_what_the_model_says),
	};

	actions = (uint64_t)short_or_long(20000, 1000000);
	if (argc > 1)
		actions = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		first_seed = strtoull(argv[2], NULL, 10);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
