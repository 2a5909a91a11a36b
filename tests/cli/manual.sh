#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The man page lists the commands as the program knows them (GENERATE=1 puts
# them in), its examples run, and its macros are sound where a checker is there.
set -u
page=$(cd "${srcdir:-.}" && pwd)/data/regulars.1
program=${REGULARS:-regulars}
command -v "$program" >/dev/null || { echo "Bail out! there is no $program"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
export REGULARS_SHOP=shop REGULARS_NOW=2026-03-01T09:14:00

regulars() { "$program" "$@"; }

number=0
verdict() {	# STATUS CLAIM: what stands in ./why explains a failure
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		sed 's/^/#   /' why
	fi
}

# The page with the program's own list of commands in its place.
regulars manual >commands
awk '
	/^\.\\" begin: regulars manual/ { print; while ((getline line < "commands") > 0) print line; skip = 1 }
	/^\.\\" end: regulars manual/ { skip = 0 }
	!skip' "$page" >current
[ "${GENERATE:-}" = 1 ] && cp current "$page"
diff "$page" current >why
verdict $? "the man page has the commands and flags of the program"

# Examples stand between .EX and .EE, one command a line.
awk '/^\.EX/ { inside = 1; next } /^\.EE/ { inside = 0 } inside' "$page" |
	sed 's/\\-/-/g; s/\\e/\\/g; s/^\$ //' >examples
while IFS= read -r example; do
	eval "$example" >why 2>&1 </dev/null
	verdict $? "$example"
done <examples

if command -v mandoc >/dev/null; then
	mandoc -T lint -W warning "$page" >why 2>&1
	verdict $? "the man page is well formed"
fi
echo "1..$number"
