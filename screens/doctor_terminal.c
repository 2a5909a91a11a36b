/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/doctor.h"

#include <stdlib.h>

#include "screens/terminal.h"

static const struct check terminal_check = { "terminal", N_("Terminal") };
static const struct check size_check = { "size", N_("Window") };
static const struct check colours_check = { "colours", N_("Colours") };
static const struct check keys_check = { "keys", N_("Keys") };
static const struct check order_check = { "order", N_("Right-to-left text") };
static const struct check scripts_check = { "scripts", N_("Scripts") };

enum { USUAL_ROWS = 24, USUAL_COLS = 80 };

static void judge_kind(struct diagnosis *out)
{
	const char *term = getenv("TERM");

	if (!terminal.utf8) {
		diagnosis_add(out, &terminal_check, VERDICT_WATCH,
			      _("%.40s shows no UTF-8: names are spelled in Latin letters."), term);
		diagnosis_todo(out, "%s", _("In PuTTY: Window, Translation, UTF-8. Elsewhere:"));
		diagnosis_todo(out, "export LC_ALL=C.UTF-8");
	} else if (terminal.latin_only) {
		diagnosis_add(out, &terminal_check, VERDICT_WATCH,
			      _("%.40s is a console that shows Latin letters only."), term);
		diagnosis_todo(out, "%s", _("A terminal window on a desktop shows all scripts."));
	} else {
		diagnosis_add(out, &terminal_check, VERDICT_GOOD, _("%.40s, with UTF-8."), term);
	}
}

static void judge_size(struct diagnosis *out)
{
	if (LINES >= USUAL_ROWS && COLS >= USUAL_COLS) {
		diagnosis_add(out, &size_check, VERDICT_GOOD, _("%d columns and %d lines."), COLS,
			      LINES);
		return;
	}
	diagnosis_add(out, &size_check, VERDICT_WATCH,
		      _("%d columns and %d lines: some columns of lists are left out."), COLS,
		      LINES);
	diagnosis_todo(out, _("Make the window larger: %d columns and %d lines show all."),
		       USUAL_COLS, USUAL_ROWS);
}

static void judge_scripts(struct diagnosis *out)
{
	if (terminal.latin_only)
		return;
	diagnosis_add(out, &order_check, VERDICT_GOOD, "%s",
		      terminal.bidi == BIDI_APP ? _("It is put in order by regulars.") :
						  _("It is put in order by the terminal."));
	diagnosis_todo(out, "%s", _("When it looks wrong, answer the question in Settings."));
	diagnosis_add(out, &scripts_check, VERDICT_GOOD, "%s", DOCTOR_SCRIPTS);
	diagnosis_todo(out, "%s", _("Is one of the five names boxes or question marks? Then a font "
				    "is missing on the computer that you sit at:"));
	diagnosis_todo(out, "sudo apt install fonts-noto-core");
}

void doctor_judge_terminal(const struct ui *ui, struct diagnosis *out)
{
	(void)ui;
	judge_kind(out);
	judge_size(out);
	if (terminal.colours)
		diagnosis_add(out, &colours_check, VERDICT_GOOD, "%s", _("There are some."));
	else
		diagnosis_add(out, &colours_check, VERDICT_GOOD, "%s",
			      _("There are none; words and signs say the same."));
	diagnosis_add(out, &keys_check, VERDICT_GOOD, "%s",
		      _("Where an F key does nothing, its Ctrl twin in the last line does."));
	judge_scripts(out);
}
