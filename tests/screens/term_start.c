/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/term.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <utmp.h>

#include "base/mem.h"

/* A terminal and the program in it come to be. */

enum { MOST_ARGS = 32, PATH = 512 };

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct term *t = user;

	if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor_shown = value->boolean;
	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void on_output(const char *bytes, size_t len, void *user)
{
	struct term *t = user;

	buf_add(&t->out, bytes, len);
}

static void make_display(struct term *t)
{
	t->vt = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vt, t->utf8);
	vterm_output_set_callback(t->vt, on_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

/* -- the program -- */

static void set(const char *name, const char *value, const char *otherwise)
{
	setenv(name, value ? value : otherwise, 1);
}

static void set_folder(const char *name, const char *home, const char *folder)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/%s", home, folder);
	setenv(name, path, 1);
}

static void set_environment(const struct term_options *how)
{
	static const char *const unset[] = { "LINES", "COLUMNS", "LANGUAGE", "LANG", "NO_COLOR",
		"COLORTERM", "TMUX", "SSH_CONNECTION", "REGULARS_SHOP", "REGULARS_BIDI" };

	for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
		unsetenv(unset[i]);
	set("TERM", how->term, "xterm-256color");
	set("LC_ALL", how->locale, "C.UTF-8");
	set("REGULARS_NOW", how->now, "2026-11-21T10:42:00");
	set("REGULARS_TEST_SYNC", "1", NULL);
	set("TZ", "UTC", NULL);
	set("ESCDELAY", "25", NULL);
	set("HOME", how->home, "/nonexistent");
	set_folder("XDG_DATA_HOME", getenv("HOME"), "data");
	set_folder("XDG_CONFIG_HOME", getenv("HOME"), "config");
	set_folder("XDG_CACHE_HOME", getenv("HOME"), "cache");
	set_folder("XDG_STATE_HOME", getenv("HOME"), "state");
	set_folder("XDG_RUNTIME_DIR", getenv("HOME"), "run");
	set("TMPDIR", getenv("HOME"), NULL);
	for (const char *const *one = how->env; one && *one; one++)
		putenv(mem_text(*one));
}

/* The child. It dies with the test, whatever becomes of that. */
static _Noreturn void become(const struct term_options *how, int slave)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP };
	const char *argv[MOST_ARGS] = { how->program ? how->program : getenv("REGULARS") };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], SIG_DFL);
	for (size_t i = 0; how->args && how->args[i] && i + 2 < MOST_ARGS; i++)
		argv[i + 1] = how->args[i];
	set_environment(how);
	if (how->folder && chdir(how->folder))
		_exit(127);
	if (!login_tty(slave) && argv[0])
		execv(argv[0], (char *const *)argv);
	_exit(127);
}

static void make_program(struct term *t, const struct term_options *how)
{
	struct winsize size = { .ws_row = (unsigned short)t->rows,
				.ws_col = (unsigned short)t->cols };

	if (openpty(&t->master, &t->slave, NULL, NULL, &size))
		term_fails(t, "no pseudo-terminal: %s", strerror(errno));
	/* Inherited by the next terminal's program, they would keep this one up. */
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->slave, F_SETFD, FD_CLOEXEC);
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	fflush(stdout);
	t->pid = fork();
	if (!t->pid)
		become(how, t->slave);
	t->ended = t->pid < 0 ? -1 : pidfd_open(t->pid, 0);
	if (t->ended < 0)
		term_fails(t, "no process: %s", strerror(errno));
}

static bool is_utf8(const char *locale)
{
	return !locale || strstr(locale, "UTF-8") || strstr(locale, "utf8");
}

struct term *term_start(const struct term_options *how, const char *file, int line)
{
	struct term *t = mem_alloc(sizeof(*t));

	*t = (struct term){ .master = -1, .slave = -1, .ended = -1, .cursor_shown = true,
			    .rows = how->rows ? how->rows : 24,
			    .cols = how->cols ? how->cols : 80,
			    .utf8 = is_utf8(how->locale), .keyboard = how->keyboard,
			    .patience_ms = PATIENCE_MS, .file = file, .line = line };
	make_display(t);
	make_program(t, how);
	if (!term_settles(t, 0))
		term_fails(t, "no first frame came");
	return t;
}
