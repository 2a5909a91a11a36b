#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every call of the system that a command makes fails once, or from then on. It
# ends with a status of its own and a sentence; verify is clean; and the same
# command again, with the same operation id, leaves the shop as if nothing had
# been wrong. Every command of the program's table is tried; FAULTS=long tries
# every call and every kind of fault, else it is the first calls and three kinds.
# With FAULTS_SHARE=10 it is, behind the first 20 calls, every tenth.
#
# As many commands are tried at a time as there are processors. The trying is done
# by sweep.c; what it left is judged here.
set -u
faults_in=$(cd "${srcdir:-.}/tests/faults" && pwd)
. "$faults_in/every_command.sh"
. "$faults_in/report.sh"
built=$PWD/tests/faults

[ -z "${SANITIZED:-}" ] || { echo "1..0 # SKIP nothing can stand before the sanitizers"; exit; }
[ -e "$built/shim.so" ] || { echo "Bail out! there is no $built/shim.so"; exit 1; }
[ -w /dev/shm ] && in=/dev/shm || in=${TMPDIR:-/tmp}
all=$(mktemp -d -p "$in")
trap 'rm -rf "$all"' EXIT
cp "$built/shim.so" "$all"	# LD_PRELOAD is split at blanks
mkdir "$all/taken" "$all/said"

most=2 step=0
if [ "${FAULTS:-}" = long ]; then
	most=100000 step=$((100 / ${FAULTS_SHARE:-100}))
fi

complaints=0
complain() {
	complaints=$((complaints + 1))
	echo "# ${FAULT:-no fault}: $*" | sed '2,$s/^/#   /'
}

# check: of the folder as a fault left it. Called by sweep.c, in a shell of its own.
check() {
	. "$faults_in/every_command.sh"
	if ! cmp -s shop/data.mdb before/data.mdb; then
		only_reads "$command" && complain "it only reads, and wrote"
		regulars verify >"$aside/verified" 2>&1 || complain "$(cat "$aside/verified")"
	fi
	case $command in
	demo*) rm -rf sample ;;			# a sample is made anew
	export*) [ -z "$(ls out.jsonl.* 2>/dev/null)" ] || complain "it left an unfinished file" ;;
	esac
	once "$command" >"$aside/again" 2>&1
	status=$?
	[ $status = 0 ] || [ $status = "$repeated" ] ||
		complain "again, it ends with $status: $(cat "$aside/again")"
	state >"$aside/now"
	cmp -s "$aside/now" "$aside/wanted" ||
		complain "again, it left another shop: $(cat "$aside/again")" \
			"$(diff "$aside/wanted" "$aside/now" | head -n 4)"
	[ $complaints = 0 ]
}
export -f check complain
export faults_in complaints aside command repeated

# sweep COMMAND: all its faults, with what sweep.c says of them.
sweep() {
	local input=/dev/null op="--op same" flag=
	case $1 in *" < "*) input=${1##* < } ;; esac
	case $1 in pipe*) op= ;; esac
	case $1 in doctor) flag=-f ;; esac
	"$built/sweep" $flag $step $most "$PWD" "$aside" "$input" "$all/shim.so" \
		"$program" --as asha ${1%% < *} $op
}

# try_command NUMBER COMMAND: its line of TAP, and how many faults there were.
try_command() {
	local tried wrong
	command=$2 complaints=0
	fresh
	once "$command" >"$aside/again" 2>&1 ||
		complain "without a fault it ends with $?: $(cat "$aside/again")"
	once "$command" >"$aside/again" 2>&1
	repeated=$?
	state >"$aside/wanted"
	fresh
	sweep "$command" >"$aside/sweep" 2>&1
	grep -v "^tried " "$aside/sweep"
	read -r _ tried _ wrong _ < <(tail -n 1 "$aside/sweep" | tr -d ,)
	[ -n "$tried" ] && [ "$wrong" = 0 ] && [ $complaints = 0 ] || printf 'not '
	echo "ok $1 - regulars $command: ${tried:-0} faults"
	echo "${tried:-0} $((complaints + ${wrong:-1}))" >>"$all/counts"
}

# Takes commands until there are none left.
work() {
	local place=$all/$1 i here
	aside=$all/aside-$1
	mkdir "$place" "$aside" && cd "$place" || exit
	export REGULARS_SHOP=$place/shop HOME=$place
	prepare >"$aside/log" 2>&1 && mv shop before || { cat "$aside/log"; exit 1; }
	here=("${commands[@]//HERE/$place}")
	for i in "${!here[@]}"; do
		mkdir "$all/taken/$i" 2>/dev/null || continue
		try_command $((i + 2)) "${here[i]}" >"$all/said/$i"
	done
}

# try_control NUMBER: what it leaves must be seen to be wrong.
try_control() {
	local tried seen
	aside=$all/aside-control
	mkdir "$all/control" "$aside" && cd "$all/control" || exit
	export REGULARS_SHOP=$PWD/shop HOME=$PWD
	prepare >"$aside/log" 2>&1 && mv shop before && fresh || cat "$aside/log"
	check() { . "$faults_in/every_command.sh" && regulars verify >/dev/null 2>&1; }
	"$built/sweep" 1 1000 "$PWD" "$aside" /dev/null "$all/shim.so" dd if=earlier.mdb \
		of="$PWD/shop/data.mdb" conv=notrunc bs=4k status=none >"$aside/sweep" 2>&1
	seen=$(grep -c "what it left is wrong" "$aside/sweep")
	read -r _ tried _ < <(tail -n 1 "$aside/sweep" | tr -d ,)
	report control "a command that writes over the shop as it goes, failing calls" \
		"${tried:-0}" "$seen" 0
	[ "$seen" != 0 ] || { cat "$aside/sweep"; printf 'not '; }
	echo "ok $1 - a command that leaves a broken shop is seen"
}

missing=$(check_list)
[ -z "$missing" ] || { echo "$missing" | sed 's/^/# /'; printf 'not '; }
echo "ok 1 - every command is tried, or it is said why not"

for ((i = 0; i < $(getconf _NPROCESSORS_ONLN); i++)); do
	work $i >"$all/log-$i" 2>&1 &
done
wait
cat "$all"/log-*
for i in "${!commands[@]}"; do
	cat "$all/said/$i" || echo "not ok $((i + 2)) - ${commands[i]}"
done
report call "calls of ${#commands[@]} commands, each command of the program among them" \
	$(awk '{ tried += $1; wrong += $2 } END { print tried + 0, wrong + 0 }' "$all/counts") 0
number=$((${#commands[@]} + 2))
(try_control $number)
echo "1..$number"
