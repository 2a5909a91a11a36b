#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What Tab offers in bash.
set -u
completions=$PWD/completions/regulars
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
mkdir -p tills "old tills"
touch sales.csv "sales of May.csv"
compopt() { :; }	# only known while bash completes
# shellcheck source=/dev/null
. "$completions" || { echo "Bail out! $completions cannot be read"; exit 1; }

number=0
# offers WORDS... EXPECTED: the last word is the one that Tab is pressed in;
# EXPECTED is what is offered, sorted, with | between.
offers() {
	local expected=${*: -1} offered
	COMP_WORDS=(regulars "${@:1:$#-1}")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_regulars
	offered=$(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd '|')
	number=$((number + 1))
	if [ "$offered" = "$expected" ]; then
		echo "ok $number - ${COMP_WORDS[*]}"
	else
		printf 'not ok %s - %s\n#   offered:  %s\n#   expected: %s\n' \
			"$number" "${COMP_WORDS[*]}" "$offered" "$expected"
	fi
}

offers sa sale
offers sale '' 'add|list|refund|show'
offers --shop here --json sale r refund
offers --shop = here sale r refund
offers --ver --version
offers sale add --ten --tender
offers sale add --customer asha --ten --tender
offers sale refund R-1 --ten ''
offers sale add --tender '' 'card|cash|unknown'
offers sale add --tender = 'card|cash|unknown'
offers sale add --tender = ca 'card|cash'
offers sale add --customer '' ''
offers sale add --amount '' ''
offers customer show '' ''
offers import s 'sales of May.csv|sales.csv'
offers import sales.csv --rejected sales. sales.csv
offers import --dates y ymd
offers --shop '' 'old tills|tills'
offers restore s 'sales of May.csv|sales.csv'
offers watch --once '' 'old tills|tills'
offers demo '' 'old tills|tills'
offers help sale re refund
offers help mo money
offers mo ''
echo "1..$number"
