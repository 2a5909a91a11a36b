#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every call of the system that a command makes fails once, or from then on. It
# ends with a status of its own and a sentence; verify is clean; and the same
# command again, with the same operation id, leaves the shop as if nothing had
# been wrong. Every command of the program's table is tried; FAULTS=long tries
# every call and every kind of fault, else it is the first calls and three kinds.
# With FAULTS_SHARE=10 it is, behind the first 20 calls, every tenth.
set -u
faults_in=$(cd "${srcdir:-.}/tests/faults" && pwd)
. "$faults_in/every_command.sh"
. "$faults_in/report.sh"
shim=$PWD/tests/faults/shim.so

[ -z "${SANITIZED:-}" ] || { echo "1..0 # SKIP nothing can stand before the sanitizers"; exit; }
[ -e "$shim" ] || { echo "Bail out! there is no $shim"; exit 1; }
[ -w /dev/shm ] && in=/dev/shm || in=${TMPDIR:-/tmp}
work=$(mktemp -d -p "$in")
trap 'rm -rf "$work"' EXIT
cp "$shim" "$work/shim.so"	# LD_PRELOAD is split at blanks
shim=$work/shim.so
cd "$work" || exit 1
export REGULARS_SHOP=$work/shop HOME=$work

# The numbers of shim.h: call, how, error.
kinds=("writes no-room 0 1 28" "flush fault 1 0 5" "open no-permission 3 0 13")
most=2 step=1
if [ "${FAULTS:-}" = long ]; then
	kinds=("write no-room 0 0 28" "writes no-room 0 1 28" "write fault 0 0 5"
		"writes fault 0 1 5" "write half 0 2 0" "write done-and-fault 0 3 5"
		"flush fault 1 0 5" "flushes fault 1 1 5" "read fault 2 0 5"
		"open no-permission 3 0 13" "opens too-many 3 1 24" "length no-room 4 0 28"
		"map none 5 0 12" "maps none 5 1 12" "memory none 6 0 12" "memory gone 6 1 12")
	most=100000 step=$((100 / ${FAULTS_SHARE:-100}))
fi

prepare >log 2>&1 || { cat log; echo "Bail out! the shop could not be made"; exit 1; }
mv shop before

sentence='^regulars: .{10,}|out of dynamic memory'

complaints=0
complain() {
	complaints=$((complaints + 1))
	[ $complaints -gt 20 ] || echo "# $*"
}

# try COMMAND CALL HOW NTH ERROR: false when the fault was not met.
try() {
	local command=$1 status
	shift
	fresh
	SHIM_UNDER=$work SHIM_MET=$work/met SHIM_FAULT="$*" LD_PRELOAD=$shim \
		once "$command" >out 2>error
	status=$?
	[ -e met ] || return
	[ $status -le 5 ] || complain "$command ($*): ended with $status: $(cat error)"
	[ $status = 0 ] || grep -Eq "$sentence" error || is_finding "$command" $status out ||
		complain "$command ($*): status $status without a sentence: $(cat error)"
	if ! cmp -s shop/data.mdb before/data.mdb; then
		regulars verify >verified 2>&1 || complain "$command ($*): $(cat verified)"
		only_reads "$command" && complain "$command ($*): it only reads, and wrote"
	fi
	only_reads "$command" && return
	case $command in demo*) rm -rf sample ;; esac	# a sample is made anew
	once "$command" >again 2>&1
	state >now
	cmp -s now wanted || complain "$command ($*): again, it left another shop: $(cat again)"
}

# sweep COMMAND: all its faults; how many there were is in 'faults'. The demo makes
# a year of sales, of whose thousands of calls behind the first 20 every tenth is
# enough.
sweep() {
	local call how error nth kind every=$step
	case $1 in demo*) every=$((step * 10)) ;; esac
	for kind in "${kinds[@]}"; do
		read -r _ _ call how error <<<"$kind"
		for ((nth = 1; nth <= most; nth += nth < 20 ? 1 : every)); do
			try "$1" "$call" "$how" $nth "$error" || break
			faults=$((faults + 1))
		done
	done
}

missing=$(check_list)
[ -z "$missing" ] || { echo "$missing" | sed 's/^/# /'; printf 'not '; }
echo "ok 1 - every command is tried, or it is said why not"

number=1 faults=0 bad=0
for command in "${commands[@]//HERE/$work}"; do
	complaints=0 before=$faults
	fresh
	once "$command" >again 2>&1 ||
		complain "$command: without a fault it ends with $?: $(cat again)"
	state >wanted
	sweep "$command"
	number=$((number + 1))
	bad=$((bad + complaints))
	[ $complaints = 0 ] || printf 'not '
	echo "ok $number - regulars $command: $((faults - before)) faults"
done
report call "calls of ${#commands[@]} commands, each command of the program among them" \
	$faults $bad 0
echo "1..$number"
