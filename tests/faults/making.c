/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/behind.h"

/* Making a shop: whatever call fails, there is a whole shop or none and nothing
 * else; and all of it is on the disk before it gets its name. */

enum { STEP_MADE, STEP_FAULTS_OVER, STEPS };

struct making {
	char base[64], dir[80], log[80];
	struct told told[STEPS];
	bool heard[STEPS];
	long faults, refused, whole, ended;
};

/* make DIR CALL HOW NTH ERROR TO FROM */
static int make(char **argv)
{
	struct settings settings = { .name = "Patel Tea House", .country = "IN", .decimals = -1 };
	struct shim_fault fault = read_fault(argv + 3);
	int to = atoi(argv[7]);
	struct till t;
	enum status st;
	bool met;

	till_start(&t);
	SHIM(shim_arm)(&fault);
	st = shop_create(argv[2], &settings, false, &t.by);
	tell(to, STEP_MADE, st, st == ST_OK ? "" : status_text());
	SHIM(shim_count)(&met);
	SHIM(shim_arm)(NULL);
	tell(to, STEP_FAULTS_OVER, met, "");
	return 0;
}

static int setup(void **state)
{
	struct making *m = mem_alloc(sizeof(*m));

	scratch_make(m->base);
	snprintf(m->dir, sizeof(m->dir), "%s/shop", m->base);
	snprintf(m->log, sizeof(m->log), "%s.log", m->base);
	*state = m;
	return 0;
}

static int teardown(void **state)
{
	struct making *m = *state;

	scratch_remove(m->base);
	unlink(m->log);
	free(m);
	return 0;
}

static int opens(void *arg)
{
	struct till t;

	till_open(&t, arg);
	check_verify(&t);
	till_close(&t);
	return 0;
}

static bool is_empty_folder(const char *dir)
{
	return rmdir(dir) == 0 && mkdir(dir, 0700) == 0;
}

/* After a failure nothing is there, unless the program ended for memory and
 * could not tidy up: then under a name of its own. */
static void check(struct making *m, int exit)
{
	const struct told *t = &m->told[STEP_MADE];

	if (access(m->dir, F_OK) == 0) {
		assert_int_equal(child_run(opens, m->dir), 0);
		m->whole++;
		scratch_remove(m->dir);
		/* Only the flush of the folder above comes after the name. */
		assert_true(!m->heard[STEP_MADE] || t->status == ST_OK ||
			    strstr(t->sentence, "to the disk"));
	} else {
		assert_true(!m->heard[STEP_MADE] || t->status != ST_OK);
	}
	if (m->heard[STEP_MADE] && t->status != ST_OK) {
		m->refused++;
		assert_true(strlen(t->sentence) > 20);
		if (getenv("FAULTS_TELL"))
			printf("# making: %s: %s\n", status_name((enum status)t->status),
			       t->sentence);
	}
	if (exit)
		scratch_remove(m->base);
	assert_true(exit ? !mkdir(m->base, 0700) : is_empty_folder(m->base));
}

static void start_making(struct making *m, struct behind *b, const struct shim_fault *f)
{
	struct words w = { .n = 0 };

	memset(m->heard, 0, sizeof(m->heard));
	b->under = m->base;
	add_word(&w, "make");
	add_word(&w, m->dir);
	add_fault(&w, f);
	behind_start(b, &w);
}

static void hear_all(struct making *m, const struct behind *b)
{
	struct told t;

	while (hear(b, &t)) {
		m->told[t.step] = t;
		m->heard[t.step] = true;
	}
}

static bool make_with(struct making *m, const struct shim_fault *f)
{
	struct behind b = { 0 };
	int exit;

	start_making(m, &b, f);
	hear_all(m, &b);
	exit = behind_end(&b);
	if (exit && !ended_for_memory(&b, exit))
		die("making ended with %d: %s", exit, b.stderr_text);
	m->ended += exit != 0;
	check(m, exit);
	return !m->heard[STEP_FAULTS_OVER] || m->told[STEP_FAULTS_OVER].status;
}

static void a_shop_is_whole_or_not_there_whatever_call_fails(void **state)
{
	struct making *m = *state;

	for (int i = 0; i < SWEEPS; i++) {
		const struct sweep *s = &sweeps[i];
		struct shim_fault f = { s->call, s->how, 1, s->error };
		struct making before = *m;

		for (; make_with(m, &f); f.nth++)
			assert_in_range(f.nth, 1, MOST_CALLS);
		m->faults += f.nth - 1;
		printf("# %-26s %3ld faults: %2ld refused, %2ld whole, %2ld ended for memory\n",
		       s->what, m->faults - before.faults, m->refused - before.refused,
		       m->whole - before.whole, m->ended - before.ended);
		assert_true(m->faults > before.faults);
	}
	report("call", "calls while a shop was made", m->faults, 0, NO_SEED);
}

/* -- what is on the disk when it gets its name -- */

struct order {
	ino_t made, above;
	bool unsynced, folder, named, above_synced;
};

static void follow(struct order *o, const struct shim_record *r)
{
	switch ((enum shim_event)r->event) {
	case SHIM_WROTE:
		assert_false(o->named);
		o->unsynced = true;
		break;
	case SHIM_SYNCED:
		o->unsynced = false;
		break;
	case SHIM_FOLDER_SYNCED:
		o->folder |= r->at == o->made;
		o->above_synced |= o->named && r->at == o->above;
		break;
	case SHIM_RENAMED:
		assert_int_equal(r->at, o->made);
		assert_false(o->unsynced);
		assert_true(o->folder);
		o->named = true;
		break;
	case SHIM_WROTE_THROUGH:
	case SHIM_CUT:
	case SHIM_MARK:
		break;
	}
}

static ino_t inode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

static void all_is_on_the_disk_before_it_has_its_name(void **state)
{
	struct making *m = *state;
	struct behind b = { .extra = "SHIM_LOG", .value = m->log };
	struct shim_fault none = { SHIM_LENGTH, SHIM_ONCE, MOST_CALLS, 0 };
	struct shim_record r;
	struct order o = { 0 };
	FILE *log;

	start_making(m, &b, &none);
	hear_all(m, &b);
	assert_int_equal(behind_end(&b), 0);
	assert_int_equal(m->told[STEP_MADE].status, ST_OK);
	o.made = inode_of(m->dir);
	o.above = inode_of(m->base);
	log = fopen(m->log, "rb");
	assert_non_null(log);
	while (fread(&r, sizeof(r), 1, log) == 1) {
		assert_int_equal(fseek(log, r.len, SEEK_CUR), 0);
		follow(&o, &r);
	}
	fclose(log);
	assert_true(o.named && o.above_synced);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(a_shop_is_whole_or_not_there_whatever_call_fails),
		CASE(all_is_on_the_disk_before_it_has_its_name),
	};

	if (argc == 9)
		return make(argv);
	if (is_sanitized())
		return 0;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
