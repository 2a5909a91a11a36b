#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A till's script, to begin from: books one sale through `regulars pipe`, and
# asks again when no answer came. The operation is named by till and receipt,
# so that however often the line is sent, there is one sale.
#
#	till.sh RECEIPT AMOUNT [CUSTOMER]
#
# REGULARS_PIPE is what reaches the shop:
#	REGULARS_PIPE="regulars pipe --as till1" (the default), or
#	REGULARS_PIPE="ssh shop", where ~/.ssh/authorized_keys on the shop's machine has
#	restrict,command="regulars pipe --shop DIR --as till1" ssh-ed25519 AAAA... till1
set -u
till=till1
pipe=${REGULARS_PIPE:-regulars pipe --as $till}

# A text as a JSON string.
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

# Prints the answer to a line, however many tries it takes to get one.
ask() {
	tries=1
	while ! answer=$(printf '%s\n' "$1" | $pipe) || [ -z "$answer" ]; do
		[ $tries -lt 5 ] || return 1
		echo "till: no answer; once more" >&2
		tries=$((tries + 1))
		sleep "${REGULARS_WAIT:-1}"
	done
	printf '%s\n' "$answer"
}

[ $# -ge 2 ] || { echo "usage: till.sh RECEIPT AMOUNT [CUSTOMER]" >&2; exit 2; }
customer=null
[ $# -lt 3 ] || customer=$(quoted "$3")
ask "{\"op\": $(quoted "$till-$1"), \"do\": \"sale\", \"receipt\": $(quoted "$1"), \
\"amount\": $(quoted "$2"), \"customer\": $customer}" || {
	echo "till: the shop cannot be reached; ring it up later with the same receipt" >&2
	exit 4
}
