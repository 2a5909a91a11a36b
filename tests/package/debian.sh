#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# debian/ says what bootstrap and configure.ac say.
set -u
cd "${srcdir:-.}" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
same() {	# CLAIM ONE OTHER: commands that print the same
	number=$((number + 1))
	if diff <($2) <($3) >"$work/why" && [ -n "$($2)" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/#   /' "$work/why"
	fi
}

# Without those that Debian counts on for every build.
bootstrap_installs() {
	local build_packages=()
	eval "$(sed -n '/^build_packages=(/,/)/p' bootstrap)"
	printf '%s\n' "${build_packages[@]}" | grep -vxE 'gcc|libc6-dev|make' | LC_ALL=C sort
}

control_wants() {
	awk '/^Build-Depends:/ { inside = 1; next } /^[^ ]/ { inside = 0 } inside' debian/control |
		sed 's/[ ,]//g; s/(.*//' | grep -v '^debhelper-compat$' | LC_ALL=C sort
}

configured_version() { sed -n 's/^AC_INIT(\[regulars\], \[\(.*\)\])$/\1/p' configure.ac; }

packaged_version() { sed -n '1s/^regulars (\(.*\)) .*/\1/p' debian/changelog; }

files() { find debian/* -type f | grep -vE '^debian/(\.|build/|regulars/|files|autoreconf|debhelper)' |
	grep -v substvars | LC_ALL=C sort; }

distributed() { grep -o '^	debian/[^ ]*' Makefile.am | tr -d '\t' | LC_ALL=C sort; }

same "the package is built with what bootstrap installs" bootstrap_installs control_wants
same "it has the version of the program" configured_version packaged_version
same "make dist takes all of debian/" files distributed
echo "1..$number"
