/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/little.h"

#include <curses.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PASTE_BEGINS = 0x1001, PASTE_ENDS };

struct little {
	char text[200], key[40];
	int frames, keys, pastes;
	long marks;
	const char *mood;
};

static void draw_fault(const char *mood)
{
	if (!strcmp(mood, "blink")) {
		attron(A_BLINK);
		mvaddstr(5, 0, "blink");
		attroff(A_BLINK);
	}
	if (!strcmp(mood, "bad"))
		mvaddstr(5, 0, "\357\277\275");
	if (!strcmp(mood, "bytes"))
		printf("\302\240");
	curs_set(strcmp(mood, "hidden") ? 1 : 0);
}

static void draw(const struct little *l)
{
	erase();
	mvprintw(0, 0, "size %dx%d keys %d pastes %d", COLS, LINES, l->keys, l->pastes);
	mvprintw(1, 0, "key %s", l->key);
	mvprintw(2, 0, "text %s", l->text);
	mvaddstr(3, 0, "પટેલ આશા|王小明|e\314\201");
	attron(A_REVERSE | A_BOLD);
	mvaddstr(4, 2, "chosen");
	attroff(A_REVERSE | A_BOLD);
	attron(COLOR_PAIR(1));
	mvaddstr(4, 10, "red");
	attroff(COLOR_PAIR(1));
	draw_fault(l->mood);
	mvaddstr(LINES - 1, 0, "Enter Open  Help F1");
	move(2, 5);
	refresh();
}

static void mark(struct little *l)
{
	printf("\033]7770;%ld\a", ++l->marks);
	fflush(stdout);
}

static void add_text(struct little *l, wint_t letter)
{
	char bytes[MB_LEN_MAX + 1] = "";

	if (wctomb(bytes, (wchar_t)letter) > 0 && strlen(l->text) + sizeof(bytes) < 150)
		strcat(l->text, bytes);
}

static void take_key(struct little *l, int kind, wint_t key)
{
	l->keys++;
	if (kind == KEY_CODE_YES && key == PASTE_ENDS)
		l->pastes++;
	snprintf(l->key, sizeof(l->key), "%s %#x",
		 kind == KEY_CODE_YES && key < 0x1000 ? keyname((int)key) : "-", (unsigned)key);
	if (kind == OK && key >= ' ' && key != 0x7f)
		add_text(l, key);
	if (kind == OK && key == ('c' & 0x1f))
		l->text[0] = '\0';
}

/* The chores of a key besides being shown. True: the program ends. */
static bool ends(struct little *l, int kind, wint_t key)
{
	if (kind == OK && key == ('x' & 0x1f))
		abort();
	if (kind == OK && key == ('w' & 0x1f))	/* deaf from now on */
		for (;;)
			pause();
	if (kind == OK && key == ('t' & 0x1f)) {	/* a frame later, without a key */
		poll(NULL, 0, 30);
		mvaddstr(6, 0, "later");
		refresh();
		mark(l);
	}
	return kind == OK && key == ('q' & 0x1f);
}

static void begin(void)
{
	struct sigaction abrupt = { .sa_handler = SIG_DFL };
	sigset_t resized;

	setlocale(LC_ALL, "");
	initscr();
	sigaction(SIGHUP, &abrupt, NULL);
	sigemptyset(&resized);
	sigaddset(&resized, SIGWINCH);
	sigprocmask(SIG_BLOCK, &resized, NULL);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	if (has_colors() && !getenv("NO_COLOR")) {
		start_color();
		use_default_colors();
		init_pair(1, COLOR_RED, -1);
	}
	define_key("\033[200~", PASTE_BEGINS);
	define_key("\033[201~", PASTE_ENDS);
	printf("\033[?2004h");
}

int little_program(const char *mood)
{
	struct little l = { .key = "none", .mood = mood };
	sigset_t none;
	wint_t key;
	int kind;

	begin();
	sigemptyset(&none);
	for (bool over = false; !over;) {
		draw(&l);
		mark(&l);
		ppoll(&(struct pollfd){ 0, POLLIN, 0 }, 1, NULL, &none);
		while (!over && (kind = get_wch(&key)) != ERR) {
			if (kind != KEY_CODE_YES || key != KEY_RESIZE)
				take_key(&l, kind, key);
			over = ends(&l, kind, key);
		}
	}
	if (strcmp(mood, "dirty")) {
		printf("\033[?2004l");
		endwin();
	}
	return 3;
}
