/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

static const char flags_text[] =
	"  --shop DIR     the shop's folder; without it $REGULARS_SHOP, then regulars/shop in\n"
	"                 $XDG_DATA_HOME or ~/.local/share\n"
	"  --json         one JSON document on standard output; on failure nothing at all\n"
	"  --quiet        say nothing when all is well\n"
	"  --as STAFF     who does this, as the journal shall say; else the Unix user\n"
	"  --op ID        a name of your own for this operation. When an answer was lost,\n"
	"                 repeat the command with the same ID: nothing happens twice.\n"
	"  --help         explain a command       --version    print the version\n"
	"\n"
	"Flags stand anywhere, as --flag VALUE or --flag=VALUE. -- ends them. A yes/no flag\n"
	"is taken back by --flag=no, and most fields are emptied by an empty value: --area ''";

static const char dates_text[] =
	"Dates are 2026-03-01, times 2026-03-01T09:14:00, both in the shop's time zone; a time\n"
	"may end in Z or +05:30. Set REGULARS_NOW to such a time to try things out: the whole\n"
	"program then takes it for now.";

static const char money_text[] =
	"Amounts are in the shop's currency: 12.50, 12,50 or 1,149.00. Nothing is rounded: an\n"
	"amount with more decimals than the currency has is refused. With --json they are\n"
	"strings, \"12.50\", so that no program rounds them either.";

static const char customers_text[] =
	"CUSTOMER and --customer take whatever names one person: a phone, a card, the till's\n"
	"code, #17 for number 17, or a name, also in another script or without its accents.\n"
	"When it fits two people both are named and nothing is done.";

static const char exit_text[] =
	"0  done\n"
	"1  refused by a rule of the shop; nothing was changed, and the reason is said\n"
	"2  the command line cannot be read\n"
	"3  there is no such customer, sale, program ...\n"
	"4  the store, the disk or the system said no\n"
	"5  verify found faults";

static const char scripts_text[] =
	"With --json a command prints one document. Ids are integers, amounts decimal strings\n"
	"with the shop's \"currency\" beside them, what is absent is null, and more fields may\n"
	"be added at any time. A failure prints nothing on standard output.";

const struct topic topics[] = {
	{ "flags", "flags of every command, and how flags are written", flags_text },
	{ "customers", "how a person is named", customers_text },
	{ "dates", "dates, times, and the clock", dates_text },
	{ "money", "how amounts are written", money_text },
	{ "json", "what scripts may rely on", scripts_text },
	{ "exit", "what the exit statuses mean", exit_text },
	{ NULL, NULL, NULL }
};
