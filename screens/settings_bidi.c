/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/settings_bidi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "screens/terminal.h"

/* -- the answers of one person: lines of a kind of terminal and its name -- */

enum { ANSWERS_MOST = 4096, KIND_SIZE = 64 };

/* Letters and digits alone, so that it stays in the folder and in its line. */
static void add_plain(struct buf *out, const char *text)
{
	for (; *text; text++) {
		bool plain = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
			     (*text >= '0' && *text <= '9') || *text == '-';

		if (plain)
			buf_add(out, text, 1);
		else
			buf_printf(out, "_%02x", (unsigned char)*text);
	}
}

static void answers_path(const struct ui *ui, struct buf *path)
{
	buf_printf(path, "%s/terminal-", store_dir(ui->shop->store));
	add_plain(path, ui->who);
}

/* "xterm-256color " */
static void add_kind(struct buf *out)
{
	const char *term = getenv("TERM");

	add_plain(out, term && strlen(term) < KIND_SIZE ? term : "");
	buf_text(out, " ");
}

/* The file as it is; "" when it is not there or too long to be ours. */
static void read_answers(const char *path, char text[ANSWERS_MOST])
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t len = fd >= 0 ? read(fd, text, ANSWERS_MOST) : 0;

	if (fd >= 0)
		close(fd);
	text[len > 0 && len < ANSWERS_MOST ? len : 0] = '\0';
}

bool bidi_recall(const struct ui *ui)
{
	struct buf path = { 0 }, kind = { 0 };
	char text[ANSWERS_MOST], *line, *rest = text;
	bool found = false;

	answers_path(ui, &path);
	add_kind(&kind);
	read_answers(path.at, text);
	while (!found && (line = strsep(&rest, "\n")))
		found = !strncmp(line, kind.at, kind.len) && terminal_use_bidi(line + kind.len);
	buf_release(&path);
	buf_release(&kind);
	return found;
}

static bool write_whole(const char *path, const struct buf *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool written = fd >= 0 && write(fd, text->at, text->len) == (ssize_t)text->len;

	if (fd >= 0 && close(fd))
		written = false;
	return written;
}

/* The other kinds' lines stay. */
static enum status keep(const struct ui *ui, const char *name)
{
	struct buf path = { 0 }, beside = { 0 }, kind = { 0 }, out = { 0 };
	char text[ANSWERS_MOST], *line, *rest = text;
	bool kept;

	answers_path(ui, &path);
	add_kind(&kind);
	buf_printf(&beside, "%s.new", path.at);
	read_answers(path.at, text);
	buf_printf(&out, "%s%s\n", kind.at, name);
	while ((line = strsep(&rest, "\n")))
		if (*line && strncmp(line, kind.at, kind.len) &&
		    out.len + strlen(line) + 1 < ANSWERS_MOST)
			buf_printf(&out, "%s\n", line);
	kept = write_whole(beside.at, &out) && !rename(beside.at, path.at);
	if (!kept)
		fail(ST_SYSTEM, "the answer cannot be kept in %s: %s", path.at, strerror(errno));
	buf_release(&path);
	buf_release(&beside);
	buf_release(&kind);
	buf_release(&out);
	return kept ? ST_OK : ST_SYSTEM;
}

/* -- the question -- */

static const char *const ways[] = { "app", "terminal" };

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

static const char sample[] = "فاطمہ پٹیل";

/* The same name, its letters put in order by us, and left to the terminal. */
static void draw_sample(const struct canvas *c, int y, enum bidi how)
{
	enum bidi before = terminal.bidi;

	terminal.bidi = how;
	put_gutter(c, y);
	put_text(c, (struct spot){ .y = y, .x = 6, .cols = 20, .tone = TONE_STRONG }, sample);
	terminal.bidi = before;
}

static void bidi_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	int y;

	(void)state;
	(void)ui;
	y = put_wrapped(c, (struct spot){ .x = 1, .cols = c->at.w - 2 }, 3,
			_("A name in Urdu stands here twice. In the right one the letters are "
			  "joined and read from right to left. Which looks right?"));
	put_text(c, (struct spot){ .y = y + 1, .x = 2, .cols = 2, .tone = TONE_KEY }, "1");
	draw_sample(c, y + 1, BIDI_APP);
	put_text(c, (struct spot){ .y = y + 3, .x = 2, .cols = 2, .tone = TONE_KEY }, "2");
	draw_sample(c, y + 3, BIDI_TERMINAL);
	put_text(c, (struct spot){ .y = y + 5, .x = 2, .cols = 2, .tone = TONE_KEY }, "3");
	put_text(c, (struct spot){ .y = y + 5, .x = 6 }, _("I cannot tell: leave it as it is"));
	put_cursor(c, y + 1, 2);
}

/* A terminal that was told to leave letters alone is told otherwise, or back. */
static void use(struct ui *ui, const char *name)
{
	terminal_end();
	terminal_use_bidi(name);
	terminal_start();
	clearok(curscr, TRUE);
	if (keep(ui, name) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, "%s",
		       _("Right-to-left text is shown like that from now on."));
}

static bool bidi_act(void *state, struct ui *ui, const struct event *e)
{
	int digit = ui_digit(e);

	(void)state;
	if (digit < 1 || digit > WAYS + 1)
		return false;
	if (digit <= WAYS)
		use(ui, ways[digit - 1]);
	ui_back(ui);
	return true;
}

static const struct binding bidi_keys[] = {
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Leaves it as it is") },
	{ 0 }
};

const struct screen bidi_screen = {
	.name = N_("Right-to-left text"),
	.help = N_("Some terminals put the letters of Urdu and Arabic in order themselves, others "
		   "leave it to regulars. Only you can see which yours does. The answer is kept "
		   "for you and this kind of terminal."),
	.keys = bidi_keys,
	.draw = bidi_draw,
	.act = bidi_act,
};
