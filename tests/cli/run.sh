#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the transcripts tests/cli/*.txt, each in a folder of its own with a
# shop-to-be in ./shop at 2026-03-01 09:14. In a transcript
#
#	# says what is shown
#	$ is a command (lines that begin with "> " go on with it)
#	  ... what it prints on standard output and error
#	? N is its exit status, where that is not 0
#
# GENERATE=1 writes what is printed now into the transcripts: read the diff.
set -u
here=$(cd "${srcdir:-.}/tests/cli" && pwd)
program=${REGULARS:-regulars}
command -v "$program" >/dev/null || { echo "Bail out! there is no $program"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Whoever runs the tests, it is Asha who does everything, or whom --as names.
regulars() {
	case " $* " in
	*' --as'*) "$program" "$@" ;;
	*) "$program" --as asha "$@" ;;
	esac
}

# play TRANSCRIPT: prints it anew. Commands share one shell, so that they can
# set variables.
play() {
	local line command='' status
	run_command() {
		[ -n "$command" ] || return
		eval "$command" >out 2>&1 </dev/null
		status=$?
		cat out
		[ -z "$(tail -c 1 out)" ] || echo
		[ $status = 0 ] || echo "? $status"
		command=''
	}
	while IFS= read -r line; do
		case $line in
		'$ '*) run_command; command=${line#'$ '}; printf '%s\n' "$line" ;;
		'> '*) command+=$'\n'${line#'> '}; printf '%s\n' "$line" ;;
		'# '*) run_command; [ "$line" = "$first" ] || echo; printf '%s\n' "$line" ;;
		esac
	done <"$1"
	run_command
}

number=0
for transcript in "$here"/*.txt; do
	name=$(basename "$transcript" .txt)
	first=$(head -n 1 "$transcript")
	mkdir "$work/$name"
	(
		cd "$work/$name" || exit
		export REGULARS_SHOP=shop REGULARS_NOW=2026-03-01T09:14:00 HOME=$PWD
		play "$transcript"
	) >"$work/$name.now"
	[ "${GENERATE:-}" = 1 ] && cp "$work/$name.now" "$transcript"
	number=$((number + 1))
	if difference=$(diff "$transcript" "$work/$name.now"); then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		echo "$difference" | sed 's/^/#   /'
	fi
done
echo "1..$number"
