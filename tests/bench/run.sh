#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh PROGRAM...: measures and prints one table; for `make bench`, which
# builds the programs. BENCH_QUICK=1 takes a minute instead of ten; BENCH_DIR
# names a folder on the disk to measure, for the current one; REGULARS is the
# program whose screens are measured.
set -u
export LC_ALL=C.UTF-8

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
load() { cut -d ' ' -f 1-3 /proc/loadavg; }

echo "$(nproc) x ${model:-unknown processor}, $(uname -sr), load $(load)"
echo "What stands side by side took turns; figures are medians. A ratio says how many times"
echo "as good ours is; those of different machines compare, figures do not."
echo
printf '%-44s %9s %-3s %-26s %8s  %-11s\n' FIGURE OURS "" YARDSTICK RATIO TARGET

BENCH_DIR=$(mktemp -d "${BENCH_DIR:-.}/bench-XXXXXX") || exit 1
export BENCH_DIR
trap 'rm -rf "$BENCH_DIR"' EXIT
table=$BENCH_DIR/table
failed=0
for program; do
	"$program" | tee -a "$table"
	[ "${PIPESTATUS[0]}" = 0 ] || failed=$((failed + 1))
done

echo
echo "$(grep -c ' held$' "$table") targets held, $(grep -c 'NOT HELD$' "$table") not;" \
	"load at the end $(load)"
[ "$failed" = 0 ] || { echo "$failed programs failed" >&2; exit 1; }
