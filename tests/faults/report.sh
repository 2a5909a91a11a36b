# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: report(), as in tests/faults/report.h.

# report PROMISE WHAT COUNT LOSSES SEED
report() {
	echo "# $1: $2: $3, losses $4, seed $5"
	[ -z "${FAULTS_REPORT:-}" ] ||
		printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" >>"$FAULTS_REPORT"
}
