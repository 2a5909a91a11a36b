/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"
#include "tests/bench/pty.h"

/* What a person waits for: the program in a terminal, from the key to the
 * bytes that paint it, with a shop of as many customers as sales. Beside it an
 * empty start of the same program, and a curses program that only echoes. */

enum { STARTS = 9, STEPS = 200, TIMES = 3, SECONDS_OF_SALES = 6 };
#define CTRL(letter) ((const char[]){ (letter) & 0x1f, '\0' })
#define KEY_BACK CTRL('C')
#define KEY_EMPTY CTRL('U')
#define DOWN "\033OB"
#define UP "\033OA"
#define HOME "\033OH"
#define PAGE_DOWN "\033[6~"

struct shown {
	const char *program;
	int64_t n;			/* customers, and sales */
	double search_most;		/* milliseconds a key of a search may take */
	char now[INSTANT_TEXT];		/* behind the last sale */
	struct pty pty;
	struct lite *lite;
};

/* Times, in milliseconds. */
struct times {
	double *at;
	size_t n, cap;
};

static void note(struct times *t, double ms)
{
	t->at = mem_grow(t->at, t->n, &t->cap, sizeof(*t->at));
	t->at[t->n++] = ms;
}

static void open_program(const struct shown *s, struct pty *p)
{
	pty_start(p, (const char *const[]){ s->program, "--shop", "shop", NULL });
}

static void begin(struct shown *s)
{
	open_program(s, &s->pty);
	pty_first_frame(&s->pty);
}

static double empty_start(const struct shown *s)
{
	struct pty p;

	pty_start(&p, (const char *const[]){ s->program, "--version", NULL });
	return pty_end(&p);
}

/* -- rows -- */

static void row(const struct shown *s, const char *figure, struct bench_row r)
{
	char whole[64];

	snprintf(whole, sizeof(whole), "%s, %lld", figure, (long long)s->n);
	r.figure = whole;
	if (!r.unit)
		r.unit = "ms";
	if (r.target > 0)
		r.kind = OURS_AT_MOST;
	if (r.yardstick)
		r.ratio = r.theirs / r.ours;
	bench_row(&r);
}

/* The slowest has the target. */
static void row_of(const struct shown *s, const char *figure, struct times *t, struct bench_row r)
{
	r.ours = bench_percentile(t->at, t->n, 1);
	row(s, figure, r);
	bench_note("slowest of %zu; half within %.2f ms, 99 in 100 within %.2f ms", t->n,
		   bench_median(t->at, t->n), bench_percentile(t->at, t->n, 0.99));
	t->n = 0;
}

/* The same steps several times, the quickest of each: what is left out is the
 * scheduler's. */
struct steps {
	double at[STEPS];
};

static void step(struct shown *s, struct steps *steps, size_t i, const char *key)
{
	double ms = pty_press(&s->pty, key).settled;

	if (steps->at[i] <= 0 || ms < steps->at[i])
		steps->at[i] = ms;
}

static void row_of_steps(const struct shown *s, const char *figure, struct steps *steps,
			 struct bench_row r)
{
	struct times t = { steps->at, STEPS, STEPS };

	row_of(s, figure, &t, r);
}

/* -- the start -- */

static void starts(struct shown *s)
{
	double frame[STARTS], figures[STARTS], empty[STARTS];
	size_t n = (size_t)bench_times(STARTS, 5);
	double bytes = 0;

	for (size_t i = 0; i < n; i++) {
		struct pty p;

		empty[i] = empty_start(s);
		open_program(s, &p);
		frame[i] = pty_until(&p, "Settings");
		figures[i] = pty_first_frame(&p);
		bytes = pty_own_memory(&p);
		pty_stop(&p);
	}
	row(s, "start to the first frame", (struct bench_row){
		.ours = bench_median(frame, n), .theirs = bench_median(empty, n),
		.yardstick = "regulars --version", .target = 30 });
	row(s, "start to Home's figures", (struct bench_row){ .ours = bench_median(figures, n) });
	row(s, "memory of its own after that", (struct bench_row){
		.ours = bytes / 1e6, .unit = "MB", .target = 10 });
}

/* -- moving -- */

static void move_on_home(struct shown *s)
{
	struct steps steps = { { 0 } };

	for (size_t i = 0; i < TIMES * STEPS; i++)
		step(s, &steps, i % STEPS, i % 2 ? UP : DOWN);
	row_of_steps(s, "a step on Home", &steps, (struct bench_row){
		.theirs = pty_echo_key(), .yardstick = "bare curses", .target = 5 });
}

static void sell(const struct shown *s)
{
	struct counter c;
	struct trade_run run;

	counter_open(&c, "shop", s->n, 2);
	bench_must(instant_parse(s->now, &c.by.now));
	for (;;) {
		run = (struct trade_run){ 0 };
		counter_sell(&c, &run);
		usleep(20000);
	}
}

/* The chosen place is marked with '>', which nothing else on Home is. */
static void move_while_others_sell(struct shown *s)
{
	double end = bench_seconds() + bench_times(SECONDS_OF_SALES, 3);
	struct times t = { 0 };
	pid_t till = fork();

	if (!till)
		sell(s);
	for (int i = 0; bench_seconds() < end; i++) {
		usleep(13000);
		note(&t, pty_press_until(&s->pty, i % 2 ? UP : DOWN, ">"));
	}
	kill(till, SIGKILL);
	waitpid(till, NULL, 0);
	row(s, "the same while another sells", (struct bench_row){
		.ours = bench_percentile(t.at, t.n, 0.99), .target = 5 });
	bench_note("99 in 100 of %zu; half within %.2f ms, the slowest %.2f ms", t.n,
		   bench_median(t.at, t.n), bench_percentile(t.at, t.n, 1));
	free(t.at);
}

static void home(struct shown *s)
{
	begin(s);
	move_on_home(s);
	move_while_others_sell(s);
	pty_stop(&s->pty);
}

/* -- searching -- */

/* Each letter of a word typed, the quickest of several times. */
static void type(struct shown *s, const char *word, struct times *painted, struct times *found)
{
	struct pty_took quickest[128], took;
	char letter[8];
	size_t n = 0;

	for (int time = 0; time < TIMES; time++) {
		const char *at = word;

		for (n = 0; *at && n < 128; n++) {
			size_t len = 1;

			while ((at[len] & 0xc0) == 0x80)
				len++;
			snprintf(letter, sizeof(letter), "%.*s", (int)len, at);
			at += len;
			took = pty_press(&s->pty, letter);
			if (!time || took.settled < quickest[n].settled)
				quickest[n] = took;
		}
		pty_press(&s->pty, KEY_EMPTY);
	}
	for (size_t i = 0; i < n; i++) {
		note(painted, quickest[i].paint);
		note(found, quickest[i].settled);
	}
}

static void type_a_person(struct shown *s, struct dice *dice, struct times times[2])
{
	struct customer *c = mem_alloc(sizeof(*c));
	char latin[400];

	counter_person(1 + dice_below(dice, (int)s->n), c);
	type(s, c->name, &times[0], &times[1]);
	text_romanise(c->name, latin, sizeof(latin));
	type(s, latin, &times[0], &times[1]);
	type(s, c->phones[0].text + strlen(c->phones[0].text) - 6, &times[0], &times[1]);
	free(c);
}

/* SQLite looks for a part of a name in one script. */
static double lite_search(struct shown *s)
{
	struct lite_query *q;
	double took[5];
	int64_t sum;

	if (!s->lite)
		return 0;
	q = lite_prepare(s->lite, "SELECT name FROM person WHERE name LIKE '%' || ? || '%'"
			 " LIMIT 20");
	for (int i = 0; i < 5; i++) {
		double begin = bench_seconds();

		lite_text(q, 1, "zqx");
		lite_read(q, &sum);
		took[i] = (bench_seconds() - begin) * 1e3;
	}
	return bench_median(took, 5);
}

static void search(struct shown *s, const char *figure)
{
	struct times times[2] = { { 0 }, { 0 } };
	struct dice dice = { 4 };
	double lite = lite_search(s);
	char echoed[64];

	for (int i = 0; i < bench_times(12, 4); i++)
		type_a_person(s, &dice, times);
	snprintf(echoed, sizeof(echoed), "%s: letter", figure);
	row_of(s, echoed, &times[0], (struct bench_row){ .target = 5 });
	snprintf(echoed, sizeof(echoed), "%s: found", figure);
	row_of(s, echoed, &times[1], (struct bench_row){
		.theirs = lite, .yardstick = lite > 0 ? "SQLite LIKE" : NULL,
		.target = s->search_most });
	free(times[0].at);
	free(times[1].at);
}

/* -- the counter -- */

static void ring_up(struct shown *s, struct dice *dice, struct times *whole, struct times *saved)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct pty_took took;
	double sum = 0;

	counter_person(1 + dice_below(dice, (int)s->n), c);
	for (const char *digit = c->phones[0].text + 3; *digit; digit++)
		sum += pty_press(&s->pty, (char[]){ *digit, '\0' }).settled;
	sum += pty_press(&s->pty, "\r").settled;
	sum += pty_press(&s->pty, "4").settled;
	sum += pty_press(&s->pty, "5").settled;
	took = pty_press(&s->pty, "\r");
	note(whole, sum + took.settled);
	note(saved, took.settled);
	free(c);
}

static void sales(struct shown *s)
{
	struct times whole = { 0 }, saved = { 0 };
	struct dice dice = { 9 };
	double flush = disk_flush_seconds() * 1e3;

	for (int i = 0; i < bench_times(40, 15); i++)
		ring_up(s, &dice, &whole, &saved);
	row(s, "a sale saved", (struct bench_row){
		.ours = bench_median(saved.at, saved.n), .theirs = flush,
		.yardstick = "one flush of the disk" });
	row(s, "all 14 keys of a sale", (struct bench_row){
		.ours = bench_median(whole.at, whole.n) });
	free(whole.at);
	free(saved.at);
}

static void counter(struct shown *s)
{
	begin(s);
	pty_press(&s->pty, "1");
	search(s, "a key at the Counter");
	sales(s);
	pty_stop(&s->pty);
}

/* -- the customers -- */

static void open_customers(struct shown *s)
{
	struct pty_took took;

	begin(s);
	pty_press(&s->pty, DOWN);
	took = pty_press(&s->pty, "\r");
	row(s, "Customers opened: frame", (struct bench_row){ .ours = took.paint, .target = 30 });
	row(s, "Customers opened: everybody", (struct bench_row){ .ours = took.settled });
	row(s, "memory of its own after that", (struct bench_row){
		.ours = pty_own_memory(&s->pty) / 1e6, .unit = "MB" });
	pty_press(&s->pty, KEY_BACK);
	pty_press_until(&s->pty, "\r", CTRL('['));
	row(s, "found while they are read", (struct bench_row){
		.ours = pty_press(&s->pty, "a").settled, .target = s->search_most });
	pty_press(&s->pty, KEY_EMPTY);
}

static void walk_customers(struct shown *s)
{
	struct steps lines = { { 0 } }, pages = { { 0 } };

	for (int time = 0; time < TIMES; time++) {
		for (size_t i = 0; i < STEPS; i++)
			step(s, &lines, i, DOWN);
		for (size_t i = 0; i < STEPS; i++)
			step(s, &pages, i, PAGE_DOWN);
		pty_press(&s->pty, HOME);
	}
	row_of_steps(s, "a step in Customers", &lines, (struct bench_row){ .target = 5 });
	row_of_steps(s, "a page in Customers", &pages, (struct bench_row){ .target = 5 });
}

static void open_cards(struct shown *s)
{
	struct times t = { 0 };

	for (int i = 0; i < bench_times(30, 10); i++) {
		struct pty_took took = pty_press(&s->pty, "\r");

		/* The first one's last line waits for all sales, in parts that give way
		 * to keys: what the customer is worth. */
		if (i)
			note(&t, took.settled);
		else
			row(s, "the first card's last line", (struct bench_row){
				.ours = took.settled });
		pty_press(&s->pty, KEY_BACK);
		pty_press(&s->pty, DOWN);
	}
	row_of(s, "a card opened from Customers", &t, (struct bench_row){ .target = 30 });
	free(t.at);
}

static void customers(struct shown *s)
{
	open_customers(s);
	walk_customers(s);
	open_cards(s);
	search(s, "a key in Customers");
	pty_stop(&s->pty);
}

/* -- whole -- */

static void fill(void *arg)
{
	struct shown *s = arg;
	struct counter c;

	counter_make(&c, "shop");
	counter_add_customers(&c, s->n);
	counter_fill(&c, s->n, 10000);
	instant_print(c.by.now, s->now);
	counter_close(&c);
}

static void fill_lite(struct shown *s)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct lite_query *insert;

	s->lite = lite_open("people.db", "OFF");
	if (s->lite) {
		lite_run(s->lite, "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT); BEGIN");
		insert = lite_prepare(s->lite, "INSERT INTO person VALUES(?, ?)");
		for (int64_t i = 1; i <= s->n; i++) {
			counter_person(i, c);
			lite_text(insert, 2, c->name);
			LITE_DO(insert, i);
		}
		lite_run(s->lite, "COMMIT");
	}
	free(c);
}

static void measure(void *arg)
{
	struct shown own = *(struct shown *)arg, *s = &own;

	bench_must(clock_set_zone("Asia/Kolkata"));
	setenv("REGULARS_NOW", s->now, 1);
	fill_lite(s);
	starts(s);
	home(s);
	customers(s);
	counter(s);
	if (s->lite)
		lite_close(s->lite);
}

static const char *program(void)
{
	const char *path = getenv("REGULARS");

	if (!path || access(path, X_OK))
		bench_fail("set REGULARS to the program to measure");
	return path;
}

int main(int argc, char **argv)
{
	static const struct { int64_t n; double search_most; } sizes[] = {
		{ 10000, 5 }, { 100000, 10 }, { 1000000, 30 }
	};
	struct shown *s;

	if (argc == 2 && strcmp(argv[1], PTY_ECHO) == 0)
		return pty_echo();
	bench_start();
	for (size_t i = 0; i < (bench_quick() ? 2 : 3); i++) {
		s = bench_shared(sizeof(*s));
		s->program = program();
		s->n = sizes[i].n;
		s->search_most = sizes[i].search_most;
		bench_apart(fill, s);
		bench_apart(measure, s);
		bench_remove("shop");
		bench_remove("people.db");
	}
	return 0;
}
