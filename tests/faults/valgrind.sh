#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A shop's day under valgrind: no command reads what is not there, uses what
# nobody wrote, or loses memory. The sanitizers do not see inside LMDB.
set -u
program=${REGULARS:-regulars}

skip() { echo "1..0 # SKIP $*"; exit; }
[ -z "${SANITIZED:-}" ] || skip "valgrind and the sanitizers do not go together"
command -v valgrind >/dev/null || skip "valgrind is not installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export REGULARS_SHOP=shop HOME=$PWD REGULARS_NOW=2026-03-01T09:14:00

number=0
# checked STATUS COMMAND...: it ends with this status, and without a complaint.
checked() {
	local expected=$1 status
	shift
	valgrind -q --error-exitcode=99 --leak-check=full --log-file=complaints \
		"$program" "$@" >out 2>&1 </dev/null
	status=$?
	number=$((number + 1))
	if [ $status = "$expected" ] && [ ! -s complaints ]; then
		echo "ok $number - regulars $*"
	else
		echo "not ok $number - regulars $* (status $status)"
		cat out complaints | sed 's/^/#   /'
	fi
}

cat >till.csv <<'END'
date,receipt,refund,customer,name,phone,item,category,quantity,amount,tender
2026-02-27T09:14:00,R-1,,C17,Ravi Shah,9824054321,Masala chai,tea,2,40.00,cash
2026-02-27T09:14:00,R-1,,C17,Ravi Shah,9824054321,Khari,snacks,1,15.00,cash
2026-02-28T09:30:00,R-1,1,C17,Ravi Shah,9824054321,Khari,snacks,1,-15.00,cash
2026-02-28T09:31:00,R-2,,C17,Ravi Shah,98240,Khari,snacks,1,15.x0,cash
END

checked 0 init --name "Patel Tea House" --country IN
checked 0 program add "Tea card" --goal 2 --reward "Free tea" --from 2026-02-01
checked 0 program add Points --kind points --earn 1 --per 1 --point-value 0.10
checked 0 customer add "Asha Patel" --phone "98240 12345"
checked 0 sale add --customer Asha --amount 120 --receipt R-9
checked 0 sale add --customer Asha --amount 60 --points 100
checked 0 reward claim Asha "Free tea"
checked 0 sale refund R-9 --amount 20
checked 0 undo
checked 1 sale add --customer Asha --amount 1 --receipt R-9
checked 3 customer show nobody
checked 0 import till.csv
checked 0 customer find patel
checked 0 explain Asha
checked 0 report summary --json
checked 0 day close --takings 500
checked 0 verify
echo "1..$number"
