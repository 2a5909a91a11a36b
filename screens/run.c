/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "screens/screens.h"
#include "screens/settings_bidi.h"
#include "screens/ui_private.h"
#include "shop/places.h"
#include "store/guard.h"

/* The one loop, and the terminal around it. */

enum { IDLE_SECONDS = 2, EXIT_TROUBLE = 4, LOAD_SHARE = 20 };

const struct screen *const main_screens[] = {
	&counter_screen, &customers_screen, &programs_screen, &items_screen, &import_screen,
	&day_screen, &figures_screen, &journal_screen, &settings_screen, &home_screen,
	&segments_screen, &backup_screen, &doctor_screen, NULL
};

/* -- signals: blocked except while waiting, so that none is missed -- */

static volatile sig_atomic_t is_over, must_stop, has_come_back;

static void note_end(int signal)
{
	(void)signal;
	is_over = 1;
}

static void note_stop(int signal)
{
	(void)signal;
	must_stop = 1;
}

static void note_come_back(int signal)
{
	(void)signal;
	has_come_back = 1;
}

static void take_signals(sigset_t *waiting)
{
	static const struct {
		int signal;
		void (*note)(int signal);
	} ours[] = {
		{ SIGHUP, note_end }, { SIGTERM, note_end }, { SIGINT, note_end },
		{ SIGQUIT, note_end }, { SIGTSTP, note_stop }, { SIGCONT, note_come_back },
	};
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGWINCH);
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		sigaction(ours[i].signal, &(struct sigaction){ .sa_handler = ours[i].note }, NULL);
		sigaddset(&block, ours[i].signal);
	}
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &block, waiting);
}

bool run_is_over(const struct ui *ui)
{
	const struct timespec no_time = { 0, 0 };

	ppoll(NULL, 0, &no_time, &ui->private->waiting);
	return is_over;
}

/* -- the terminal -- */

/* As it was before: for ends that cannot wait for curses, in a signal handler. */
static struct termios terminal_before;

static void give_back(void)
{
	static const char leave[] = "\033[?1049l\033[m\033[?25h\r\n";
	ssize_t written;

	terminal_end();
	written = write(STDOUT_FILENO, leave, sizeof(leave) - 1);
	(void)written;
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
}

/* A mistake of our own, which ends the program when this has returned. */
static void give_back_on_abort(int number)
{
	give_back();
	signal(number, SIG_DFL);
	raise(number);
}

static void guard_terminal(void)
{
	guard_before_end(give_back);
	mem_on_exhausted(give_back);
	sigaction(SIGABRT, &(struct sigaction){ .sa_handler = give_back_on_abort }, NULL);
}

static void unguard_terminal(void)
{
	signal(SIGABRT, SIG_DFL);
	mem_on_exhausted(NULL);
	guard_before_end(NULL);
}

/* Keys that were pressed while the terminal was asked what it is. */
static void give_back_keys(void)
{
	for (size_t i = strlen(terminal.typed); i > 0; i--)
		ungetch((unsigned char)terminal.typed[i - 1]);
}

static bool open_curses(void)
{
	setenv("NCURSES_NO_UTF8_ACS", "1", 0);
	if (!getenv("ESCDELAY"))
		set_escdelay(50);
	if (!terminal_is_known() || !newterm(NULL, stdout, stdin)) {
		fprintf(stderr, "regulars: the terminal \"%s\" is not known here; try: "
			"TERM=xterm regulars\n", getenv("TERM") ? getenv("TERM") : "");
		return false;
	}
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	keys_define();
	canvas_start();
	terminal_start();
	give_back_keys();
	return true;
}

/* -- the loop -- */

/* Tests read this mark from the terminal: all keys that were sent are acted
 * upon, and the frame is whole. */
static void print_mark(void)
{
	static unsigned long marks;

	if (!getenv("REGULARS_TEST_SYNC"))
		return;
	printf("\033]7770;%lu\a", ++marks);
	fflush(stdout);
}

static void paint(const struct ui *ui)
{
	frame_draw(ui);
	wnoutrefresh(stdscr);
	doupdate();
}

/* The shell below gets the terminal as it was, and we get it back as it is now. */
static void stop(struct ui *ui)
{
	must_stop = 0;
	ui_idle(ui);
	terminal_end();
	endwin();
	raise(SIGSTOP);
}

static void come_back(const struct ui *ui)
{
	has_come_back = 0;
	reset_prog_mode();
	clearok(curscr, TRUE);
	paint(ui);
	terminal_start();
}

/* Waits for a key for a second, or not at all while there is more to read; gives
 * whether one came. */
static bool wait_for_key(const struct ui *ui)
{
	const struct timespec wait = { ui_top(ui)->partial ? 0 : 1, 0 };
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	keys_worked(&ui->private->keys);
	return ppoll(&p, 1, &wait, &ui->private->waiting) != 0;
}

static void take_presses(struct ui *ui)
{
	struct press press;

	for (;;) {
		keys_next(&ui->private->keys, &press);
		if (press.kind == PRESS_GONE)
			is_over = 1;
		if (press.kind == PRESS_NONE || press.kind == PRESS_GONE)
			return;
		ui_press(ui, &press);
		if (ui->private->quit)
			return;
		/* A letter is shown before what it finds is read; another screen, once
		 * it has something to show. */
		if (!ui_top(ui)->stale || ui->private->typed)
			paint(ui);
		keys_worked(&ui->private->keys);
	}
}

/* What others wrote is read again, once no key waits, but not for more than a
 * small part of the time: others sell all day. */
static void look_at_store(struct ui *ui)
{
	const struct ui_private *p = ui->private;

	if (ui->shop && store_is_wanted(ui->shop->store)) {
		ui_let_go(ui);
		return;
	}
	if (ui->shop && store_version(ui->shop->store) != p->version &&
	    ui_ms() - p->load_began >= LOAD_SHARE * p->load_ms)
		ui_top(ui)->aged = true;
}

static void run(struct ui *ui)
{
	struct ui_private *p = ui->private;
	int quiet = 0, minute = clock_minute_of_day(ui_now(ui));

	take_presses(ui);
	paint(ui);
	while (!p->quit && !is_over) {
		if (ui_catch_up(ui) || minute != clock_minute_of_day(ui_now(ui))) {
			minute = clock_minute_of_day(ui_now(ui));
			paint(ui);
		}
		if (!ui_top(ui)->partial)
			print_mark();
		quiet = wait_for_key(ui) ? 0 : quiet + !ui_top(ui)->partial;
		if (quiet == IDLE_SECONDS)
			ui_idle(ui);
		look_at_store(ui);
		if (p->quit)
			return;
		if (must_stop)
			stop(ui);
		if (has_come_back)
			come_back(ui);
		take_presses(ui);
	}
}

/* -- from start to end -- */

/* Without a shop in the folder a new owner is asked for a language first. */
static enum status begin(struct ui *ui)
{
	enum status st = ui_open_shop(ui, ui->folder);

	if (st != ST_NOT_FOUND)
		return st;
	if (!place_here(ui->country))
		*ui->country = '\0';
	ui_open(ui, &language_screen, NULL);
	return ST_OK;
}

static int run_in_terminal(struct ui *ui)
{
	tcgetattr(STDIN_FILENO, &terminal_before);
	if (!open_curses())
		return EXIT_TROUBLE;
	guard_terminal();
	take_signals(&ui->private->waiting);
	run(ui);
	terminal_end();
	endwin();
	unguard_terminal();
	if (!ui->private->lost || is_over)
		return EXIT_SUCCESS;
	fprintf(stderr, "regulars: %s\n", ui->private->failure);
	return EXIT_TROUBLE;
}

int screens_run(const struct screens_start *start)
{
	struct ui_private private = { .depth = 0 };
	struct ui ui = { .private = &private, .folder = start->dir };
	int status = EXIT_TROUBLE;

	snprintf(ui.who, sizeof(ui.who), "%s", start->who);
	snprintf(ui.terminal, sizeof(ui.terminal), "%s", start->terminal);
	terminal_probe();
	if (begin(&ui) == ST_OK) {
		if (ui.shop)
			bidi_recall(&ui);
		status = run_in_terminal(&ui);
	} else {
		fprintf(stderr, "regulars: %s\nregulars: %s\n", status_text(),
			_("what is wrong, and what to do, says: regulars doctor"));
	}
	ui_release(&ui);
	return status;
}
