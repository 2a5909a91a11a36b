#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every call of the system that a command makes fails once, or from then on. It
# ends with a status of its own and a sentence; verify is clean; and the same
# command again, with the same operation id, leaves the shop as if nothing had
# been wrong. FAULTS=long tries every command and every kind of fault.
set -u
program=${REGULARS:-regulars}
shim=$PWD/tests/faults/shim.so

[ -z "${SANITIZED:-}" ] || { echo "1..0 # SKIP nothing can stand before the sanitizers"; exit; }
[ -e "$shim" ] || { echo "Bail out! there is no $shim"; exit 1; }
[ -w /dev/shm ] && TMPDIR=/dev/shm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$shim" "$work/shim.so"	# LD_PRELOAD is split at blanks
shim=$work/shim.so
cd "$work" || exit 1
export REGULARS_SHOP=$work/shop HOME=$work REGULARS_NOW=2026-03-01T09:14:00

regulars() { "$program" --as asha "$@"; }

# The numbers of shim.h: call, how, error.
kinds=("write no-room 0 0 28" "flush fault 1 0 5" "open no-permission 3 0 13")
commands=("sale add --customer Asha --amount 60 --receipt R-2")
if [ "${FAULTS:-}" = long ]; then
	kinds=("write no-room 0 0 28" "writes no-room 0 1 28" "write fault 0 0 5"
		"writes fault 0 1 5" "write half 0 2 0" "write done-and-fault 0 3 5"
		"flush fault 1 0 5" "flushes fault 1 1 5" "read fault 2 0 5"
		"open no-permission 3 0 13" "opens too-many 3 1 24" "length no-room 4 0 28"
		"map none 5 0 12" "maps none 5 1 12" "memory none 6 0 12" "memory gone 6 1 12")
	commands+=("sale refund R-1 --amount 20" "undo" "day close --takings 500"
		"customer add Ravi --phone 9824054321" "customer edit Asha --area Navrangpura"
		"customer erase Asha" "item add Khari --price 15"
		"program add Points --kind points --earn 1 --per 1" "program edit Points2 --earn 3"
		"reward add Cake --program Points2 --cost 20"
		"adjust Asha --program Points2 --amount 5 --reason late"
		"opening Asha --program Points2 --amount 40"
		"reward claim Asha Tea2" "import till.csv" "sweep" "verify" "explain Asha"
		"report summary" "report retention" "report liability" "customer find asha"
		"config set timezone Asia/Dubai" "journal")
fi

cat >till.csv <<'END'
date,receipt,customer,name,phone,item,quantity,amount,tender
2026-02-28T09:14:00,T-1,C17,Ravi Shah,9824054321,Masala chai,2,40.00,cash
2026-02-28T09:31:00,T-2,C18,Meena Shah,9824054322,Khari,1,15.00,cash
END

prepare() {
	regulars init --name "Patel Tea House" --country IN --quiet &&
	regulars program add "Tea card" --goal 2 --reward Tea2 --from 2026-02-01 &&
	regulars program add Points2 --kind points --earn 1 --per 1 --from 2026-02-01 &&
	regulars customer add "Asha Patel" --phone "98240 12345" &&
	regulars sale add --customer Asha --amount 120 --receipt R-1 &&
	regulars sale add --customer Asha --amount 30 --receipt R-0
}
prepare >log 2>&1 || { cat log; echo "Bail out! the shop could not be made"; exit 1; }
mv shop before

# What the shop is now.
state() {
	regulars journal --limit 0 --json 2>&1
	regulars customer show "#1" --json 2>&1
	regulars verify 2>&1
}

fresh() { rm -rf shop met; cp -r before shop; }

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
	SHIM_UNDER=$work/shop SHIM_MET=$work/met SHIM_FAULT="$*" LD_PRELOAD=$shim \
		"$program" --as asha $command --op same >out 2>error </dev/null
	status=$?
	[ -e met ] || return
	[ $status -le 5 ] || complain "$command ($*): ended with $status: $(cat error)"
	[ $status = 0 ] || grep -Eq '^regulars: .{10,}|out of dynamic memory' error ||
		complain "$command ($*): status $status without a sentence: $(cat error)"
	regulars verify >verified 2>&1 || complain "$command ($*): $(cat verified)"
	regulars $command --op same >again 2>&1
	state >now
	cmp -s now wanted || complain "$command ($*): again, it left another shop: $(cat again)"
}

number=0
for command in "${commands[@]}"; do
	complaints=0 faults=0
	fresh
	regulars $command --op same >again 2>&1 ||
		complain "$command: without a fault it ends with $?: $(cat again)"
	state >wanted
	for kind in "${kinds[@]}"; do
		read -r _ _ call how error <<<"$kind"
		for ((nth = 1; ; nth++)); do
			try "$command" "$call" "$how" $nth "$error" || break
			faults=$((faults + 1))
		done
	done
	[ $faults -gt 0 ] || complain "the shim saw nothing"
	number=$((number + 1))
	[ $complaints = 0 ] || printf 'not '
	echo "ok $number - regulars $command: $faults faults"
done
echo "1..$number"
