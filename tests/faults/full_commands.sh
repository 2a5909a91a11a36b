#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command on a disk without a byte left: a small tmpfs that nobody else
# sees. What only reads works there; what writes is refused in a sentence, or
# needed no room; verify is clean, and when there is room the same command leaves
# the shop as if there had always been some. Root mounts it; others do where a
# user may have a namespace.
set -u
faults_in=$(cd "${srcdir:-.}/tests/faults" && pwd)
. "$faults_in/every_command.sh"
. "$faults_in/report.sh"

if [ -z "${FULL_DISK:-}" ]; then
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	for way in "unshare -m" "unshare -rm"; do
		FULL_DISK=$work $way mount -t tmpfs -o size=16m regulars "$work" 2>/dev/null ||
			continue
		FULL_DISK=$work srcdir=${srcdir:-.} $way bash "$0"
		exit
	done
	echo "1..0 # SKIP no small disk can be mounted here"
	exit
fi
work=$FULL_DISK
mount --make-rprivate / && mount -t tmpfs -o size=16m regulars "$work" && cd "$work" ||
	{ echo "Bail out! no small disk"; exit 1; }
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
export REGULARS_SHOP=$work/shop HOME=$work

prepare >"$aside/log" 2>&1 || { cat "$aside/log"; echo "Bail out! no shop"; exit 1; }
mv shop before

complaints=0
complain() {
	complaints=$((complaints + 1))
	echo "# $*"
}

fill() { dd if=/dev/zero of=ballast bs=64k >/dev/null 2>&1; cat /dev/zero >>ballast 2>/dev/null; }

try() {
	local command=$1 status
	fresh
	fill
	once "$command" >"$aside/out" 2>"$aside/error"
	status=$?
	if only_reads "$command"; then
		cmp -s "$aside/out" "$aside/again" ||
			complain "$command: $(cat "$aside/out" "$aside/error")"
	else
		[ $status = 0 ] || refused=$((refused + 1))
		[ $status = 0 ] || grep -Eq '^regulars: .{10,}' "$aside/error" ||
			is_finding "$command" $status "$aside/out" ||
			complain "$command: $status without a sentence: $(cat "$aside/error")"
	fi
	[ $status -le 5 ] || complain "$command: ended with $status"
	regulars verify >"$aside/verified" 2>&1 || complain "$command: $(cat "$aside/verified")"
	rm ballast
	once "$command" >"$aside/again" 2>&1
	state >"$aside/now"
	cmp -s "$aside/now" "$aside/wanted" ||
		complain "$command: again, it left another shop: $(cat "$aside/again")"
}

number=0 bad=0 refused=0
for command in "${commands[@]//HERE/$work}"; do
	complaints=0
	fresh
	once "$command" >"$aside/again" 2>&1
	state >"$aside/wanted"
	try "$command"
	number=$((number + 1))
	bad=$((bad + complaints))
	[ $complaints = 0 ] || printf 'not '
	echo "ok $number - regulars $command"
done
[ $refused -gt 5 ] || printf 'not '
echo "ok $((number + 1)) - $refused commands were refused for want of room"
report full "commands on a disk without a byte left, each command of the program" $number $bad 0
echo "1..$((number + 1))"
