/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/screens.h"
#include "tests/screens/rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* The pile of screens, keys and what is told, with screens that note what they
 * are asked. */

enum { ACT_OWN_KEY = ACT_OWN, ACT_FIRST, ACT_SECOND };

struct noted {
	int opened, loaded, released, idled, acted, own, first, second;
	const void *arg;
	enum status load;		/* what load() gives */
	bool field, dirty, second_offered;
	bool leaves;			/* load() goes back, as after Esc */
	char typed[100];
};

static struct noted notes[3];

struct state {
	struct noted *noted;
};

static void note_open(struct noted *n, void *state, const void *arg)
{
	((struct state *)state)->noted = n;
	n->opened++;
	n->arg = arg;
}

static void open_a(void *state, struct ui *ui, const void *arg)
{
	(void)ui;
	note_open(&notes[0], state, arg);
}

static void open_b(void *state, struct ui *ui, const void *arg)
{
	(void)ui;
	note_open(&notes[1], state, arg);
}

static void open_c(void *state, struct ui *ui, const void *arg)
{
	(void)ui;
	note_open(&notes[2], state, arg);
}

static enum status load(void *state, struct ui *ui)
{
	struct noted *n = ((struct state *)state)->noted;

	n->loaded++;
	if (n->leaves)
		ui_back(ui);
	return n->load == ST_OK ? ST_OK : fail(n->load, "the book cannot be read");
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	(void)state;
	(void)ui;
	put_text(c, (struct spot){ .y = 3 }, "drawn");
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct noted *n = ((struct state *)state)->noted;

	(void)ui;
	n->acted++;
	n->own += e->action == ACT_OWN_KEY;
	n->first += e->action == ACT_FIRST;
	n->second += e->action == ACT_SECOND;
	if (e->action == ACT_TEXT && n->field)
		strcat(n->typed, e->text);
	if (e->action == ACT_ENTER && n->field)
		strcat(n->typed, "!");
	return e->action >= ACT_OWN || (e->action == ACT_TEXT && n->field);
}

static bool offers(const void *state, int action)
{
	bool second = ((const struct state *)state)->noted->second_offered;

	return action == ACT_FIRST ? !second : action == ACT_SECOND ? second : true;
}

static bool unsaved(const void *state)
{
	return ((const struct state *)state)->noted->dirty;
}

static void idle(void *state, struct ui *ui)
{
	(void)ui;
	((struct state *)state)->noted->idled++;
}

static void release(void *state)
{
	((struct state *)state)->noted->released++;
}

static const struct binding keys_a[] = {
	{ ACT_OWN_KEY, KEY_F(6), CTRL_KEY('G'), "Own", "Does its own thing" },
	{ ACT_FIRST, KEY_F(7), 0, "First", "Does the first" },
	{ ACT_SECOND, KEY_F(7), 0, "Second", "Does the second" },
	{ ACT_OWN_KEY, KEY_F(3), CTRL_KEY('N'), NULL, "Takes a common key" },
	{ 0 }
};

#define TABLE(screen_name, opens, bindings, idles) { \
	.name = screen_name, .help = "A few words.\n\n\n\n\n\n\n",				\
	.state_size = sizeof(struct state),						\
	.keys = bindings, .open = opens, .load = load, .draw = draw, .act = act, \
	.offers = offers, .unsaved = unsaved, .idle = idles, .release = release }

static const struct screen screen_a = TABLE("Alpha", open_a, keys_a, NULL);
static const struct screen screen_b = TABLE("Beta", open_b, NULL, idle);
static const struct screen screen_c = TABLE("Gamma", open_c, NULL, idle);

static int setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	memset(notes, 0, sizeof(notes));
	rig_start(r);
	ui_open(&r->ui, &screen_a, NULL);
	ui_load(&r->ui);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct rig *r = *state;

	ui_release(&r->ui);
	free(r);
	return 0;
}

/* -- the pile -- */

static void back_goes_to_the_one_below(void **state)
{
	struct rig *r = *state;

	ui_open(&r->ui, &screen_b, NULL);
	ui_settle(&r->ui);
	assert_true(rig_shows(r, "Beta"));
	ui_back(&r->ui);
	ui_settle(&r->ui);
	assert_true(rig_shows(r, "Alpha"));
	assert_int_equal(notes[1].released, 1);
	assert_int_equal(notes[0].released, 0);
	/* what others did meanwhile is read */
	ui_load(&r->ui);
	assert_int_equal(notes[0].loaded, 2);
}

/* What was typed ahead was meant for it, and finds it half read. */
static void one_that_leaves_while_it_is_read_gets_no_key(void **state)
{
	struct rig *r = *state;

	notes[1].leaves = true;
	ui_open(&r->ui, &screen_b, NULL);
	rig_key(r, '\r');
	assert_int_equal(notes[1].loaded, 1);
	assert_int_equal(notes[1].acted, 0);
	assert_int_equal(notes[1].released, 1);
	assert_int_equal(notes[0].acted, 0);
	assert_true(rig_shows(r, "Alpha"));
}

/* An action waits for what is stale, and not for what is read ahead or was
 * written by others. */
static void what_may_wait_is_read_when_no_key_waits(void **state)
{
	struct rig *r = *state;

	assert_false(ui_catch_up(&r->ui));
	ui_read_on(&r->ui);
	ui_top(&r->ui)->aged = true;
	rig_key(r, KEY_F(6));
	assert_int_equal(notes[0].own, 1);
	assert_int_equal(notes[0].loaded, 1);
	assert_true(ui_catch_up(&r->ui));
	assert_int_equal(notes[0].loaded, 2);
	assert_false(ui_catch_up(&r->ui));
	ui_reload(&r->ui);
	rig_key(r, KEY_F(6));
	assert_int_equal(notes[0].loaded, 3);
	assert_false(ui_catch_up(&r->ui));
}

static void who_is_open_is_come_back_to(void **state)
{
	struct rig *r = *state;
	int arg = 7;

	ui_open(&r->ui, &screen_b, NULL);
	ui_open(&r->ui, &screen_c, NULL);
	ui_open(&r->ui, &screen_a, NULL);
	ui_settle(&r->ui);
	assert_true(rig_shows(r, "Alpha"));
	assert_int_equal(r->private.depth, 1);
	assert_int_equal(notes[0].opened, 1);
	assert_int_equal(notes[1].released + notes[2].released, 2);
	ui_open(&r->ui, &screen_b, NULL);
	ui_open(&r->ui, &screen_a, &arg);
	assert_int_equal(notes[0].opened, 2);
	assert_ptr_equal(notes[0].arg, &arg);
}

static void what_is_unsaved_stays_behind(void **state)
{
	struct rig *r = *state;
	int arg = 7;

	ui_open(&r->ui, &screen_b, NULL);
	ui_open(&r->ui, &screen_c, NULL);
	notes[1].dirty = true;
	ui_open(&r->ui, &screen_a, NULL);
	ui_settle(&r->ui);
	assert_int_equal(notes[1].released, 0);
	assert_int_equal(notes[2].released, 1);
	assert_true(rig_shows(r, "Alpha"));
	/* it is not opened anew over what was typed in it */
	ui_open(&r->ui, &screen_b, &arg);
	ui_settle(&r->ui);
	assert_true(rig_shows(r, "Beta"));
	assert_int_equal(notes[1].opened, 1);
	assert_true(rig_shows(r, "First save this"));
	assert_int_equal(notes[0].released, 1);
}

static void one_takes_the_place_of_another(void **state)
{
	struct rig *r = *state;

	ui_open(&r->ui, &screen_b, NULL);
	ui_instead(&r->ui, &screen_c, NULL);
	ui_settle(&r->ui);
	assert_true(rig_shows(r, "Gamma"));
	assert_int_equal(notes[1].released, 1);
	rig_key(r, ESC);
	assert_true(rig_shows(r, "Alpha"));
}

static void esc_never_drops_what_was_typed(void **state)
{
	struct rig *r = *state;

	ui_open(&r->ui, &screen_b, NULL);
	notes[1].dirty = true;
	rig_key(r, ESC);
	assert_true(rig_shows(r, "Leave without saving?"));
	rig_key(r, '\r');
	assert_true(rig_shows(r, "Beta"));
	assert_false(overlay_is_open(&r->ui));
	rig_key(r, ESC);
	rig_type(r, "2");
	assert_true(rig_shows(r, "Alpha"));
	assert_int_equal(notes[1].released, 1);
}

static void the_last_screen_is_not_closed(void **state)
{
	struct rig *r = *state;

	rig_key(r, ESC);
	assert_true(rig_shows(r, "Leave regulars?"));
	assert_false(rig_shows(r, "not saved"));
	rig_key(r, ESC);
	assert_false(r->private.quit);
	/* one that keeps what is half done loses nothing */
	ui_open(&r->ui, &screen_b, NULL);
	notes[1].dirty = true;
	rig_key(r, CTRL_KEY('Q'));
	assert_false(rig_shows(r, "not saved"));
	rig_key(r, ESC);
	notes[0].dirty = true;
	rig_key(r, CTRL_KEY('Q'));
	assert_true(rig_shows(r, "not saved"));
	rig_type(r, "2");
	assert_true(r->private.quit);
}

static void what_is_half_done_is_kept(void **state)
{
	struct rig *r = *state;
	struct shop shop = { .store = NULL };

	ui_open(&r->ui, &screen_b, NULL);
	r->ui.shop = &shop;
	ui_idle(&r->ui);
	assert_int_equal(notes[1].idled, 1);
	ui_back(&r->ui);
	ui_settle(&r->ui);
	assert_int_equal(notes[1].idled, 2);
	r->ui.shop = NULL;
}

/* -- keys -- */

static void its_own_keys_come_first(void **state)
{
	struct rig *r = *state;

	rig_key(r, KEY_F(6));
	rig_key(r, CTRL_KEY('G'));
	rig_key(r, KEY_F(3));
	assert_int_equal(notes[0].own, 3);
	rig_key(r, KEY_F(7));
	assert_int_equal(notes[0].first, 1);
	notes[0].second_offered = true;
	rig_key(r, KEY_F(7));
	assert_int_equal(notes[0].first, 1);
	assert_int_equal(notes[0].second, 1);
}

static void help_opens_where_nothing_is_typed(void **state)
{
	struct rig *r = *state;

	rig_type(r, "?");
	assert_true(rig_shows(r, "A few words."));
	assert_true(rig_shows(r, "Does its own thing"));
	rig_type(r, "?");
	assert_true(rig_shows(r, "drawn"));
	notes[0].field = true;
	rig_type(r, "?");
	assert_true(rig_shows(r, "drawn"));
	assert_string_equal(notes[0].typed, "?");
}

static void without_a_shop_its_keys_do_nothing(void **state)
{
	static const int keys[] = { KEY_F(2), KEY_F(4), KEY_F(5), CTRL_KEY('Z') };
	struct rig *r = *state;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		rig_key(r, keys[i]);
	rig_type(r, "/");
	rig_scan(r, "TEA17001");
	assert_true(rig_shows(r, "Alpha"));
	assert_int_equal(r->private.depth, 1);
	assert_null(strstr(rig_row(r, -1), "Sale"));
}

static void a_scan_is_typing_in_a_field(void **state)
{
	struct rig *r = *state;

	notes[0].field = true;
	rig_scan(r, "TEA17001");
	assert_string_equal(notes[0].typed, "TEA17001!");
}

static void a_digit_is_one_of_any_script_alone(void **state)
{
	static const struct {
		const char *text;
		int digit;
	} cases[] = { { "1", 1 }, { "9", 9 }, { "૩", 3 }, { "५", 5 }, { "۴", 4 }, { "0", 0 },
		      { "12", 0 }, { "a", 0 }, { "", 0 }, { "1 ", 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(ui_digit(&(struct event){ ACT_TEXT, cases[i].text }),
				 cases[i].digit);
	assert_int_equal(ui_digit(&(struct event){ ACT_SCAN, "1" }), 0);
	assert_int_equal(ui_digit(&(struct event){ ACT_ENTER, "" }), 0);
	/* another key at once: that is how a scanner types */
	ungetch('2');
	assert_int_equal(ui_digit(&(struct event){ ACT_TEXT, "1" }), 0);
	assert_int_equal(getch(), '2');
}

/* -- telling -- */

static void a_failure_stays_until_a_key(void **state)
{
	struct rig *r = *state;

	notes[0].load = ST_CORRUPT;
	ui_reload(&r->ui);
	ui_load(&r->ui);
	assert_true(rig_shows(r, "the book cannot be read"));
	assert_true(rig_shows(r, "Press any key"));
	rig_key(r, KEY_F(6));
	assert_false(rig_shows(r, "the book cannot be read"));
	assert_int_equal(notes[0].own, 0);
}

static void a_message_stays_until_a_key(void **state)
{
	struct rig *r = *state;

	ui_say(&r->ui, TONE_GOOD, "%d sales", 3);
	assert_string_equal(rig_row(r, -2), "  3 sales");
	rig_key(r, KEY_F(6));
	assert_null(strstr(rig_row(r, -2), "sales"));
}

static void long_ones_are_cut_between_letters(void **state)
{
	struct rig *r = *state;
	char text[3 * UI_MESSAGE + 1];

	for (size_t i = 0; i < UI_MESSAGE; i++)
		memcpy(text + 3 * i, "અ", 4);
	ui_say(&r->ui, TONE_GOOD, "%s", text);
	assert_true(strlen(r->private.message) < UI_MESSAGE);
	assert_int_equal(strlen(r->private.message) % 3, 0);
	assert_false(rig_shows(r, "\uFFFD"));
	/* three lines of it, and the keys below them */
	assert_non_null(strstr(rig_row(r, -1), "F1"));
	assert_non_null(strstr(rig_row(r, -4), "અઅ"));
	assert_null(strstr(rig_row(r, -5), "અ"));
}

/* -- footer, help, menu -- */

static void the_footer_has_what_fits(void **state)
{
	struct rig *r = *state;

	assert_string_equal(rig_row(r, -1), "  ^G Own F6  F7 First"
			    "                                                                     "
			    "? Help F1");
	notes[0].second_offered = true;
	assert_non_null(strstr(rig_row(r, -1), "F7 Second"));
	assert_null(strstr(rig_row(r, -1), "First"));
	resize_term(16, 60);
	assert_non_null(strstr(rig_row(r, -1), "? Help F1"));
	ui_say(&r->ui, TONE_GOOD, "said");
	resize_term(15, 60);
	assert_true(rig_shows(r, "too small"));
}

static void help_scrolls_to_its_end_and_stops(void **state)
{
	struct rig *r = *state;

	resize_term(16, 60);
	rig_key(r, KEY_F(1));
	assert_true(rig_shows(r, "A few words."));
	assert_false(rig_shows(r, "Shows what the keys do"));
	for (int i = 0; i < 40; i++)
		rig_key(r, KEY_DOWN);
	assert_non_null(strstr(rig_row(r, -3), "Shows what the keys do"));
	rig_key(r, KEY_UP);
	assert_null(strstr(rig_row(r, -3), "Shows what the keys do"));
	rig_key(r, KEY_HOME);
	assert_true(rig_shows(r, "A few words."));
	rig_key(r, KEY_NPAGE);
	rig_key(r, KEY_NPAGE);
	assert_non_null(strstr(rig_row(r, -3), "Shows what the keys do"));
	/* all of it fits: nothing scrolls */
	resize_term(DRAWN_ROWS, DRAWN_COLS);
	rig_key(r, KEY_DOWN);
	assert_true(rig_shows(r, "A few words."));
}

static void the_menu_lists_its_own_actions_first(void **state)
{
	struct rig *r = *state;

	rig_key(r, CTRL_KEY('P'));
	assert_true(rig_shows(r, "1 Does its own thing"));
	assert_true(rig_shows(r, "2 Does the first"));
	assert_true(rig_shows(r, "3 Takes a common key"));
	assert_false(rig_shows(r, "Does the second"));
	assert_false(rig_shows(r, "Adds a customer"));
	rig_type(r, "1");
	assert_int_equal(notes[0].own, 1);
	rig_key(r, CTRL_KEY('P'));
	rig_type(r, "the fi");
	rig_key(r, '\r');
	assert_int_equal(notes[0].first, 1);
	rig_key(r, CTRL_KEY('P'));
	rig_type(r, "leaves");
	rig_key(r, '\r');
	assert_true(rig_shows(r, "Leave regulars?"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(back_goes_to_the_one_below),
		TEST(one_that_leaves_while_it_is_read_gets_no_key),
		TEST(what_may_wait_is_read_when_no_key_waits),
		TEST(who_is_open_is_come_back_to),
		TEST(what_is_unsaved_stays_behind),
		TEST(one_takes_the_place_of_another),
		TEST(esc_never_drops_what_was_typed),
		TEST(the_last_screen_is_not_closed),
		TEST(what_is_half_done_is_kept),
		TEST(its_own_keys_come_first),
		TEST(help_opens_where_nothing_is_typed),
		TEST(without_a_shop_its_keys_do_nothing),
		TEST(a_scan_is_typing_in_a_field),
		TEST(a_digit_is_one_of_any_script_alone),
		TEST(a_failure_stays_until_a_key),
		TEST(a_message_stays_until_a_key),
		TEST(long_ones_are_cut_between_letters),
		TEST(the_footer_has_what_fits),
		TEST(help_scrolls_to_its_end_and_stops),
		TEST(the_menu_lists_its_own_actions_first),
	};

	drawn_start("xterm-256color");
	nodelay(stdscr, TRUE);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
