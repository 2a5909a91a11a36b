/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LEDGER_WORLD_H
#define TESTS_LEDGER_WORLD_H

/* A random shop with random rules, the model of it, and random business
 * actions on both. The same seed gives the same. */

#include "tests/ledger/model.h"
#include "tests/shop/fixture.h"

#define DAY (24 * CLOCK_HOUR)
enum { NO_DEED = -1 };

struct chance {
	uint64_t state;
};
int64_t from_to(struct chance *c, int64_t least, int64_t most);
bool percent(struct chance *c, int n);

enum action_kind { SELL, REFUND, CLAIM, UNDO, ADJUST, OPEN };

struct action {
	enum action_kind kind;
	struct model_sale sale;
	bool now;			/* a sale that says no time */
	int customer, reward, program, about;
	int64_t amount;
	char receipt[40];
	uint8_t op[OP_SIZE];
};

/* An entry of the shop, as undo looks at it. */
struct trace {
	int64_t seq, recorded;		/* recorded 0: no entry of a person */
	int who, customer, deed;
	int64_t about;			/* seq; the amount, of an opening */
	bool undoable, undone, lapse;
};

struct world {
	struct fixture *f;
	struct chance chance;
	struct model model;
	int64_t program[MODEL_PROGRAMS], reward[MODEL_REWARDS], item[2];
	struct trace *trace;
	size_t traces, trace_cap;
	int opened[MODEL_CUSTOMERS + 1][MODEL_PROGRAMS];	/* trace of the opening, + 1 */
	int who, today;
	struct action last;
	bool last_ok;
	int64_t last_seq, undone;	/* entries */
	uint64_t step;
};

void world_open(struct world *w, uint64_t seed);
void world_close(struct world *w);
void world_add_program(struct world *w);

void world_random_action(struct world *w, struct action *a);
void world_random_sell(struct world *w, struct action *a);
void world_random_amount(struct world *w, struct action *a, enum action_kind kind);
/* A sale of the customer (-1: of anyone) that was made; NO_DEED. */
int world_random_sale(struct world *w, int customer);

enum status world_do(struct world *w, const struct action *a, struct trade_run *run);
void world_pass_time(struct world *w);		/* also who is at the till */

/* The shop's unit for a program (from 0) or a reward (from MODEL_PROGRAMS); 0:
 * there is none. */
int64_t world_unit(const struct world *w, int unit);
/* What the shop keeps of customer h->id, with all lots. */
void world_look(struct world *w, struct holder *h);

#endif
