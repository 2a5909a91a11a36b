#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house that can be read off the sources. Each rule prints
# its offenders, one a line, for the tree in the current folder; at the end
# every rule is shown a tree that breaks it, and must see that.
set -u
export LC_ALL=C.UTF-8
source=$(cd "${srcdir:-.}" && pwd)

sources() { find src screens -name '*.[ch]' -type f "$@" 2>/dev/null; }
sources_and_tests() { find src screens tests -name '*.[ch]' -type f "$@" 2>/dev/null; }

# --- the rules

# A floor includes itself and the floors below it. Wings share a rank, as do
# the two faces: they do not know each other.
floors() {
	sources -exec awk '
		BEGIN {
			n = split("base=1 store=2 ledger=3 shop=4 campaign=5 insight=5 exchange=5 " \
				"print=5 cli=6 screens=6 main.c=7", floor)
			for (i = 1; i <= n; i++) {
				split(floor[i], pair, "=")
				rank[pair[1]] = pair[2]
			}
		}
		FNR == 1 {
			split(FILENAME, path, "/")
			own = path[1] == "src" ? path[2] : path[1]
			if (!(own in rank))
				print FILENAME ": in no known floor"
		}
		/^[ \t]*#[ \t]*include[ \t]*"/ {
			split($0, quoted, "\"")
			split(quoted[2], path, "/")
			other = path[1]
			if (quoted[2] !~ "/" || !(other in rank))
				print FILENAME ":" FNR ": \"" quoted[2] "\" names no floor"
			else if (other != own && rank[other] >= rank[own])
				print FILENAME ":" FNR ": " own " includes " quoted[2]
		}' {} +
}

# including HEADER: the files that do; HEADER is a pattern, with or without a folder before it.
including() {
	sources -exec grep -lE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"](.*/)?$1[>\"]" {} + | sort
}

lmdb() { including 'lmdb\.h' | grep -v '^src/store/'; }
curses() { including '(n?curses|ncurses_dll|panel|form|menu|term)\.h' | grep -v '^screens/'; }
bidi() { including 'fribidi[a-z-]*\.h' | grep -v '^screens/bidi\.c'; }
unicode() { including 'utf8proc\.h' | grep -v '^src/base/text'; }
curl() {
	including 'curl\.h' | grep -v '^src/campaign/'
	including 'curl\.h' | grep '^src/campaign/' | tail -n +2
}

# What is shown goes through put_text(), which lets nothing through that could
# drive the terminal.
painters() {
	find screens -name '*.[ch]' -type f -exec grep -lE \
		'\<(mv)?w?((add|ins)(ch|n?w?str|chn?str)|(add|ins)_n?wch(str)?|n?wstr|printw|[hv]line)[[:space:]]*\(' \
		{} + 2>/dev/null | grep -v '^screens/canvas\.c'
}

# From the signature to the closing brace, both counted.
long_functions() {
	sources_and_tests -exec awk '
		FNR == 1 { inside = 0 }
		/^[A-Za-z_]/ && !inside { start = FNR; name = $0 }
		/^\{/ { inside = 1 }
		/^\}/ && inside {
			if (FNR - start + 1 > 60)
				print FILENAME ":" start ": " FNR - start + 1 " lines: " name
			inside = 0
		}' {} +
}

wide_lines() {
	local file
	sources_and_tests | while read -r file; do
		expand -t 8 "$file" | grep -nE '^.{101}' | sed "s|^\([0-9]*\):.*|$file:\1|"
	done
}

licence() {
	sources_and_tests -exec awk '
		FNR == 1 && $0 != "/* SPDX-License-Identifier: GPL-3.0-or-later */" { print FILENAME }' {} +
}

unfinished() { sources_and_tests -exec grep -nwE 'TODO|FIXME' {} +; }

# A source that Makefile.am does not name is not built, a test is not run. A
# program tests/x.t is named for its tests/x.c.
unlisted() {
	{ sources_and_tests; find tests -name '*.sh'; } | sort -u |
		comm -23 - <(tr -s ' \t\\' '\n' <Makefile.am | sed 's/^\(tests.*\)\.t$/\1.c/' | sort -u)
}

# --- shown to the house, then to a tree that breaks each rule

number=0
verdict() {	# WHAT-IS-TRUE RULE...: true when the rule prints nothing
	local claim=$1 against
	shift
	against=$("$@")
	number=$((number + 1))
	if [ -z "$against" ]; then
		echo "ok $number - $claim"
	else
		echo "not ok $number - $claim"
		echo "$against" | sed 's/^/#   /'
	fi
}

differs() {	# RULE FILES...: how its offenders differ from these files
	local rule=$1
	shift
	diff <(printf '%s\n' "$@" | sort) <("$rule" | sed 's/:.*//' | sort)
}

sees() {	# RULE FILES...
	verdict "the rule '$1' sees what breaks it and nothing else" differs "$@"
}

write() {	# FILE LINE...: below the licence line
	local file=$1
	shift
	mkdir -p "$(dirname "$file")"
	printf '%s\n' '/* SPDX-License-Identifier: GPL-3.0-or-later */' "$@" >"$file"
}

function_of() {	# LINES: a function that long
	echo "int f(void)"
	echo "{"
	yes '	;' | head -n "$(($1 - 3))"
	echo "}"
}

bad_tree() {
	write src/main.c '#include "cli/cli.h"' '#include "screens/keys.h"' '#include "base/text.h"'
	write src/base/text.c '#include <utf8proc.h>' '#include "base/text.h"' '#include "store/key.h"'
	write src/base/money.c '# include <utf8proc.h>' '#include "text.h"'
	write src/store/key.c '#include <lmdb.h>' '#include "base/text.h"' '#include "store/key.h"'
	write src/shop/sale.c '	#include  <lmdb.h>' '#include "ledger/lot.h"' '#include <ncursesw/curses.h>'
	write src/attic/old.c '#include "base/text.h"'
	write src/insight/idea.c '#include "exchange/csv.h"' '#include "shop/sale.h"' '// TODO'
	write src/campaign/gateway.c '#include <curl/curl.h>' '/* not #include "cli/cli.h" */'
	write src/campaign/mail.c '#include <curl/curl.h>'
	write src/cli/cli.c '#include "screens/keys.h"' '#include "insight/idea.h"' '#include <curl/curl.h>'
	write screens/keys.c '#include <curses.h>' '#include "screens/keys.h"' '#include "shop/sale.h"'
	write screens/canvas.c '	mvwadd_wch(win, y, x, cell);'
	write screens/bidi.c '#include <fribidi.h>' '	/* addstr */'
	write screens/name.c '#include <fribidi/fribidi.h>' '	mvwaddstr(stdscr, 0, 0, name);'
	write tests/shop/sale.c "$(function_of 60)" '#include <lmdb.h>'
	write tests/shop/lot.c "$(function_of 10)" "$(function_of 61)"
	write tests/wide.c "$(printf '/*\t%092d' 0)" "$(printf '/*\t%093d' 0)" "$(printf '%0100d' 0 | tr 0 ક)"
	write tests/stray.c
	echo 'int x;' >src/base/money.h
	: >tests/run.sh
	sources_and_tests | grep -v stray | sed 's/^\(tests.*\)\.c$/\1.t/; s/$/ \\/' >Makefile.am
}

cd "$source" || exit 1
[ -n "$(sources)" ] || { echo "Bail out! no sources in $source"; exit 1; }
verdict "each floor includes only itself and the floors below it" floors
verdict "only src/store/ includes lmdb.h" lmdb
verdict "only one file of src/campaign/ includes curl.h" curl
verdict "only screens/ includes curses.h" curses
verdict "only screens/bidi.c includes fribidi.h" bidi
verdict "only screens/canvas.c paints" painters
verdict "only src/base/text* includes utf8proc.h" unicode
verdict "no function is longer than 60 lines" long_functions
verdict "no line is wider than 100 columns" wide_lines
verdict "every source begins with its licence" licence
verdict "nothing is marked as unfinished" unfinished
verdict "Makefile.am names every source and test" unlisted

made_up=$(mktemp -d)
trap 'rm -rf "$made_up"' EXIT
cd "$made_up" || exit 1
bad_tree
sees floors src/attic/old.c src/attic/old.c src/base/money.c src/base/text.c \
	src/insight/idea.c src/cli/cli.c
sees lmdb src/shop/sale.c
sees curl src/campaign/mail.c src/cli/cli.c
sees curses src/shop/sale.c
sees bidi screens/name.c
sees painters screens/name.c
sees unicode src/base/money.c
sees long_functions tests/shop/lot.c
sees wide_lines tests/wide.c
sees licence src/base/money.h
sees unfinished src/insight/idea.c
sees unlisted tests/run.sh tests/stray.c
echo "1..$number"
