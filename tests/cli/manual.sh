#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every group of commands has a man page, its examples run, and it is well formed
# where a checker is there. The examples of regulars(1) make a shop; those of
# each other page are run in a copy of it.
set -u
pages=$PWD/data/man
program=${REGULARS:-regulars}
command -v "$program" >/dev/null || { echo "Bail out! there is no $program"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/first" && cd "$work/first" || exit
export REGULARS_SHOP=shop REGULARS_NOW=2026-03-01T09:14:00 HOME=$work TMPDIR=$work

regulars() { "$program" "$@"; }

number=0
verdict() {	# STATUS CLAIM: what stands in ../why explains a failure
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		sed 's/^/#   /' ../why
	fi
}

# Examples stand between .EX and .EE, one command a line.
examples_of() {
	awk '/^\.EX/ { inside = 1; next } /^\.EE/ { inside = 0 } inside' "$1" |
		sed -n 's/\\-/-/g; s/\\e/\\/g; s/^\$ //p'
}

run_examples() {
	local example
	while IFS= read -r example; do
		eval "$example" >../why 2>&1 </dev/null
		verdict $? "$(basename "$1" .1): $example"
	done < <(examples_of "$1")
}

# Pages, and commands of pages, that are named somewhere and not there.
strangers() {
	local page
	grep -hoE 'regulars\\-[a-z]+ ?\(1\)' "$pages"/*.1 | sed 's/\\-/-/; s/ *(1)//' | sort -u |
		while read -r page; do [ -e "$pages/$page.1" ] || echo "there is no $page.1"; done
	for page in "$pages"/regulars-*.1; do
		page=$(basename "$page" .1)
		grep -qF "${page/-/\\-}(1)\"" "$pages/regulars.1" ||
			echo "regulars.1 does not name $page"
		case $(examples_of "$pages/$page.1") in
		*regulars*) ;;
		*) echo "$page has no example" ;;
		esac
	done
}

# What one of the checkers says of a page.
form() {
	if command -v mandoc >/dev/null; then
		mandoc -T lint -W warning "$1"
	fi
	if command -v groff >/dev/null; then
		groff -man -Tutf8 -ww -z "$1"
	fi
}

strangers >../why 2>&1
[ ! -s ../why ]
verdict $? "the overview names all pages, and no page names one that is not there"

run_examples "$pages/regulars.1"
for page in "$pages"/regulars-*.1; do
	cp -r "$work/first" "$work/again"
	cd "$work/again" || exit
	run_examples "$page"
	cd "$work/first" || exit
	rm -r "$work/again"
done

for page in "$pages"/*.1; do
	form "$page" >../why 2>&1
	[ ! -s ../why ]
	verdict $? "$(basename "$page" .1) is well formed"
done
echo "1..$number"
