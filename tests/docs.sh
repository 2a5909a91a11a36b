#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README.md and ARCHITECTURE.md say what is so: every source has its line in the
# map, the commands work as written, the tour is what the demo prints. Each rule
# prints its offenders, one a line, for the tree in the current folder; at the
# end every rule is shown a tree that breaks it, and must see that.
set -u
export LC_ALL=C.UTF-8
source=$(cd "${srcdir:-.}" && pwd)
program=${REGULARS:-regulars}
command -v "$program" >/dev/null || { echo "Bail out! there is no $program"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset REGULARS_SHOP XDG_DATA_HOME
export REGULARS_NOW=2026-03-01T09:14:00

regulars() { "$program" "$@"; }

# --- ARCHITECTURE.md

# The files that the map names: those with which an item begins, under the
# folder that its heading names.
mapped() {
	awk '
		/^## / { inside = 0 }
		/^### / {
			inside = 1
			folder = match($0, /`[^`]*`/) ? substr($0, RSTART + 1, RLENGTH - 2) : ""
		}
		!inside || !sub(/^- /, "") { next }
		{
			while (match($0, /^`[^`]*` ?/)) {
				name = substr($0, 2, index(substr($0, 2), "`") - 1)
				$0 = substr($0, RLENGTH + 1)
				if (sub(/\.\[ch\]$/, "", name)) {
					print folder name ".c"
					name = name ".h"
				}
				sub(/\/$/, "", name)
				print folder name
			}
		}' ARCHITECTURE.md | sort
}

in_tree() {
	find src screens -name '*.[ch]' -type f
	find tests -mindepth 1 -maxdepth 1 '(' -type d -o -name '*.sh' ')'
	find data -maxdepth 1 -type f
}

unmapped() { comm -23 <(in_tree | sort) <(mapped | uniq); }

mapped_twice() { mapped | uniq -d; }

absent() {
	local path
	while read -r path; do
		[ -e "$path" ] || echo "$path"
	done
}

not_there() {
	{
		mapped
		grep -hoE '`(src|screens|tests|data|build-aux)/[A-Za-z0-9_./-]+\.[a-z]+`' \
			ARCHITECTURE.md README.md | tr -d '`'
		grep -hoE '\]\([^):#]+\)' ARCHITECTURE.md README.md | tr -d ']()'
	} | sort -u | absent
}

wide_lines() { grep -nE '^.{111}' ARCHITECTURE.md README.md | cut -d: -f1-2 | tr : ' '; }

# --- README.md

# blocks HEADING: the text blocks of its part.
blocks() {
	awk -v heading="## $1" '
		/^## / { inside = $0 == heading }
		!inside { next }
		/^```/ { block = !block; next }
		block' README.md
}

# The two commands stand there, and are those that bootstrap itself explains.
bootstrap_commands() {
	local word
	for word in run check; do
		blocks "Two commands" | grep -q "^\./bootstrap $word " &&
			grep -q "^\./bootstrap $word " bootstrap || echo "./bootstrap $word"
	done
}

# Each command of a shop's first day, for somebody who has no shop yet.
first_day() {
	local home line said status
	home=$(mktemp -d "$work/home.XXXXXX")
	while IFS= read -r line; do
		said=$(cd "$home" && HOME=$home && export HOME && eval "$line" 2>&1 </dev/null)
		status=$?
		[ $status = 0 ] || echo "$line: exit status $status: $said"
	done < <(blocks "Your own shop")
	[ -e "$home/.local/share/regulars/shop/data.mdb" ] || echo "there is no shop afterwards"
}

# steps <TEXT: each command after "$ ", a tab, and its answer on one line.
steps() {
	awk '
		function tell() { if (command != "") print command "\t" answer " " }
		/^\$ / { tell(); command = substr($0, 3); answer = ""; next }
		/^# / { next }
		{ answer = answer " " $0; gsub(/[ \t]+/, " ", answer) }
		END { tell() }'
}

# The tour is what the demo prints; "..." stands for what is left out, and long
# lines may be broken.
tour() {
	blocks "The same day, in commands" | steps | awk -F '\t' '
		NR == FNR { printed[$1] = $2; next }
		!($1 in printed) { print $1 ": the demo has no such command"; next }
		{
			rest = printed[$1]
			n = split($2, part, / \.\.\./)
			for (i = 1; i <= n; i++) {
				at = index(rest, part[i])
				if (!at) {
					print $1 ": not in the answer:" part[i]
					next
				}
				rest = substr(rest, at + length(part[i]) - 1)
			}
		}' "$work/demo" -
	[ -n "$(blocks "The same day, in commands")" ] || echo "there is no tour"
}

# A block behind "<!-- FILE -->" is the screen that the tests expect, from its
# first line on; its last lines may be left out.
screens_shown() {
	local file
	sed -nE 's/^<!-- ([^ ]*) -->$/\1/p' README.md | while read -r file; do
		awk -v marker="<!-- $file -->" '
			$0 == marker { here = 1; next }
			here && /^```/ { if (inside) exit; inside = 1; next }
			inside' README.md >"$work/shown"
		head -n "$(wc -l <"$work/shown")" "$file" 2>/dev/null | cmp -s - "$work/shown" &&
			[ -s "$work/shown" ] || echo "$file"
	done
}

# --- shown to the house, then to a tree that breaks each rule

number=0
verdict() {	# WHAT-IS-TRUE RULE...: true when the rule prints nothing
	local claim=$1 against
	shift
	against=$("$@" 2>&1)
	number=$((number + 1))
	if [ -z "$against" ]; then
		echo "ok $number - $claim"
	else
		echo "not ok $number - $claim"
		echo "$against" | sed 's/^/#   /'
	fi
}

differs() {	# RULE OFFENDERS...
	local rule=$1
	shift
	diff <(printf '%s\n' "$@" | sort) <("$rule" | sed 's/:.*//' | sort)
}

sees() {	# RULE OFFENDERS...
	verdict "the rule '$1' sees what breaks it and nothing else" differs "$@"
}

bad_tree() {
	mkdir -p src/base screens tests/base tests/new data
	touch src/base/text.{c,h} src/base/clock.h src/base/stray.c tests/loose.sh data/old.tsv COPYING
	printf '%s\n' '### `src/base/`' '' '- `text.[ch]` see [COPYING](COPYING) and [that](doc/no.md)' \
		'- `clock.[ch]` by `data/zones.tsv`' '### `tests/`' '- `base/` `gone.sh` like `base/x.c`' \
		'### `data/`' '## More' '- `no/such` file, unlike `src/base/text.c` and `src/base/tail.c`' \
		'- `text.c` again' '### Top level' '- `COPYING`' '- `COPYING`' \
		"$(printf '%0110d' 0 | tr 0 ક)" "$(printf '%0111d' 0)" >ARCHITECTURE.md
	printf '%s\n' '## Two commands' '```' './bootstrap run # does it' './bootstrap check # too' '```' \
		"## The same day, in commands" '```' '$ regulars verify' '...' 'is  well.' 'Entries:' '...' \
		'$ regulars report retention' 'Customers' '...' 'Nonsense' '$ regulars frobnicate' '```' \
		'## Your own shop' '```' 'regulars init --name "Two Words" --country IN' \
		'regulars customer add "Asha Patel"' 'regulars customer show Nobody' '```' '## At the counter' \
		'<!-- good.txt -->' '```' ' Home' '```' '<!-- old.txt -->' '```' ' Hum' '```' \
		'<!-- gone.txt -->' '```' ' Home' '```' >README.md
	printf '%s\n' ' Home' ' Help F1' | tee good.txt >old.txt
	echo './bootstrap run   and no more' >bootstrap
}

regulars demo "$work/shop" >"$work/said" 2>"$work/why" || echo "the demo fails" >>"$work/why"
verdict "the demo walks through its day" cat "$work/why"
steps <"$work/said" >"$work/demo"

cd "$source" || exit 1
verdict "every source, folder of tests and data file is in the map" unmapped
verdict "none is in it twice" mapped_twice
verdict "every file that is named is there" not_there
verdict "no line is wider than 110 columns" wide_lines
verdict "README has the two commands of bootstrap" bootstrap_commands
verdict "the commands of README for a shop of one's own work" first_day
verdict "the tour in README is what the demo prints" tour
verdict "the screens in README are those of the tests" screens_shown

mkdir "$work/made-up"
cd "$work/made-up" || exit 1
bad_tree
sees unmapped src/base/stray.c tests/new tests/loose.sh data/old.tsv
sees mapped_twice COPYING
sees not_there src/base/clock.c tests/gone.sh src/base/tail.c data/zones.tsv doc/no.md
sees wide_lines "ARCHITECTURE.md 15"
sees bootstrap_commands "./bootstrap check"
sees first_day "regulars customer show Nobody"
sees tour "regulars report retention" "regulars frobnicate"
sees screens_shown old.txt gone.txt
echo "1..$number"
