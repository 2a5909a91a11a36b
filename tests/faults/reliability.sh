#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# reliability.sh REPORT...: writes RELIABILITY.md from the lines that a run of
# `make check-faults` left (tests/faults/report.h), on standard output. Ends with
# 1 when something went wrong, a control was not seen, or FAULTS_STATUS is not 0.
set -u
cat "$@" >/dev/null || exit 1

# The lines of one promise, those of the same thing added up.
lines() {
	cat "${reports[@]}" | awk -F '\t' -v promise="$1" '
		$1 != promise { next }
		!($2 in count) { order[++n] = $2 }
		{ count[$2] += $3; losses[$2] += $4; seed[$2] = $5 ? $5 : "all there is" }
		function grouped(x,   rest) {
			for (x = x ""; length(x) > 3; x = substr(x, 1, length(x) - 3))
				rest = "," substr(x, length(x) - 2) rest
			return x rest
		}
		END {
			for (i = 1; i <= n; i++)
				printf "| %s | %s | %s | %s |\n", order[i], \
					grouped(count[order[i]]), grouped(losses[order[i]]), \
					seed[order[i]]
		}'
}

bad=0
# promise NAME SENTENCE LIMITS
promise() {
	local found
	found=$(lines "$1")
	echo
	echo "## $2"
	echo
	if [ -z "$found" ]; then
		echo "Not tried in this run."
	else
		echo "| tried | times | went wrong | seed |"
		echo "|---|---:|---:|---|"
		echo "$found"
		bad=$((bad + $(echo "$found" | awk -F ' [|] ' '$3 != "0"' | wc -l)))
	fi
	echo
	echo "Limits: $3"
}

reports=("$@")
known=" kill power call full once damage backup clock terminal hostile fuzz control "
while IFS=$'\t' read -r name _; do
	case $known in *" $name "*) ;; *) echo "no promise is called $name" >&2; exit 1 ;; esac
done < <(cat "$@")

cat <<END
# What was tried, and what went wrong

Written by \`make check-faults\`; nothing here was typed in. "went wrong" is a sale that
was acknowledged and lost, a thing done twice, a wrong answer beside a clean
\`regulars verify\`, a crash, or whatever else the heading promises not to happen.

| | |
|---|---|
| source | ${FAULTS_COMMIT:-not known} |
| share of the full counts | ${FAULTS_SHARE:-100} % |
| took | ${FAULTS_MINUTES:-?} minutes |
| system | $(uname -sr | cut -d - -f 1), $(getconf _NPROCESSORS_ONLN) processors |
| LMDB | ${FAULTS_LMDB:-not known} |
| compiler | ${FAULTS_COMPILER:-not known} |
END
[ "${FAULTS_STATUS:-0}" = 0 ] || { echo; echo "**A test failed in this run.**"; }

promise kill "What was acknowledged survives kill -9" \
	"SIGKILL loses a process and not the machine; for that, see below."
promise power "What was acknowledged survives a power cut" \
	"a disk that says it has flushed and has not; a disk that is destroyed. Sectors of
512 bytes are taken to be written whole. The states are made from what was recorded on
one file system; no plug was pulled."
promise call "Whatever call of the system fails, what was told is true" \
	"calls of the C library and of LMDB fail here, not the kernel behind them. Without
any memory left the program ends, with a sentence, and what was unfinished is not kept."
promise full "A full disk is said, and work goes on when there is room" \
	"a small tmpfs; file systems that find out later that they were full (NFS) are
refused unless shop.conf allows them."
promise once "The same operation is never booked twice" \
	"repeated means repeated with its operation id or its receipt number. The model that
the ledger is held against was written by the same people."
promise damage "Damage is found: no wrong answer beside a clean verify" \
	"rows carry a check that every reader looks at, LMDB's own pages do not: damage there
can give a wrong answer until \`regulars verify\` is asked. Pages that are free hold nothing.
Whoever can write to the file can write a sound one: fingerprints on the paper of a day close
(\`regulars verify --against\`) are for that."
promise backup "A backup that is there restores" \
	"a backup that nobody carries out of the house burns with it."
promise clock "Clocks that jump disturb neither sales nor figures" \
	"a sale is of the day that the clock showed. A sweep while the clock is a year ahead
takes off what would have lapsed by then."
promise terminal "A terminal may close, shrink or lose its line" \
	"what was typed in the last two seconds before kill -9 is lost; nothing is booked."
promise hostile "No text drives a terminal, a spreadsheet or a script" \
	"the file of refused rows has them as they came, so that they can be mended; it is
safe in a spreadsheet, and printing it raw on a terminal is up to that terminal."
promise fuzz "Random bytes crash nothing that reads files, lines, keys or records" \
	"as long as was tried. What was found is in tests/fuzz/seeds, and tried again by
\`make check\`."

cat <<END

## Controls: what is broken on purpose, and must be seen

A test that cannot see these is no test. "seen" must not be 0.

| broken | tries | seen | seed |
|---|---:|---:|---|
END
lines control
unseen=$(lines control | awk -F ' [|] ' '$3 == "0"' | wc -l)

cat <<END

## How to repeat it

	./configure && make && make check-faults

on Debian 12 with the packages that README.md names; \`FAULTS_SHARE=10 make check-faults\`
tries a tenth of it, and \`make check\` the short form. Runs with a seed make the same
choices again; the instants at which processes are killed are not the same twice.
\`make fuzz FUZZ_SECONDS=3600\` fuzzes each target for an hour; its counts are in the next
report that is written in the same build folder.
END
[ $bad = 0 ] && [ "$unseen" = 0 ] && [ "${FAULTS_STATUS:-0}" = 0 ]
