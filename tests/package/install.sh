#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make install puts everything in its place, and make uninstall takes all of it
# away again.
set -u
source=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
export REGULARS_SHOP=$work/shop
unset MAKEFLAGS MFLAGS MAKELEVEL

number=0
verdict() {	# STATUS CLAIM: what stands in the file why explains a failure
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		sed 's/^/#   /' "$work/why"
	fi
}

# silent CLAIM COMMAND...: true when the command says nothing.
silent() {
	local claim=$1
	shift
	"$@" >"$work/why" 2>&1
	[ ! -s "$work/why" ]
	verdict $? "$claim"
}

# place VARIABLE: where configure was told to put such files.
place() { make -s -f Makefile -f - where <<<"where: ; @echo '\$($1)'"; }

bin=$root$(place bindir)
man=$root$(place mandir)
doc=$root$(place docdir)
locale=$(place localedir)
pos=$root$(place posdir)
units=$root$(place userunitdir)
completion=$root$(place completiondir)

files() { find "$root" ! -type d | LC_ALL=C sort; }

expected() {
	local file
	echo "$bin/regulars"
	echo "$completion/regulars"
	for file in "$source"/*.md COPYING phone-plans.LICENSE; do echo "$doc/${file##*/}"; done
	(
		cd "$source/data" || exit
		for file in examples/*; do echo "$doc/$file"; done
		for file in man/*.man; do echo "$man/man1/$(basename "$file" .man).1"; done
		for file in pos/*.conf; do echo "$pos/$(basename "$file")"; done
		for file in po/*.po; do
			echo "$root$locale/$(basename "$file" .po)/LC_MESSAGES/regulars.mo"
		done
		for file in systemd/*; do echo "$units/$(basename "$file" .in)"; done
	)
}

# Files that others may not read, and those that hold nothing or a word that
# should have been replaced.
spoilt() {
	find "$root" -type f ! -perm 644 ! -path "$bin/*" ! -path "$doc/examples/*"
	find "$bin" "$doc/examples" -type f ! -perm 755
	find "$root" -type f -empty
	grep -rlE '@(bindir|prefix|datadir)@' "$units" "$man" "$completion"
}

# The program tells what a sale did in Gujarati, by the catalogue that was
# installed.
speaks() {
	local said
	"$bin/regulars" init --name "Patel Tea House" --country IN >/dev/null
	said=$(LANGUAGE=gu REGULARS_LOCALEDIR=$root$locale "$bin/regulars" sale add --amount 20)
	case $said in
	*નોંધાયું*) ;;
	*) echo "$said" ;;
	esac
	grep -qaF "$locale" "$bin/regulars" || echo "the program does not look in $locale"
}

units_verify() {
	local unit
	for unit in "$units"/*; do
		sed -i "s|^ExecStart=[^ ]*|ExecStart=$bin/regulars|" "$unit"
	done
	XDG_RUNTIME_DIR=$work systemd-analyze --user --man=no --recursive-errors=no verify \
		"$units/regulars-sweep.timer" "$units/regulars-sweep.service" \
		"$units/regulars-watch@home-asha-till.service" 2>&1 | grep -i regulars
}

make -s install DESTDIR="$root" >"$work/why" 2>&1
verdict $? "make install"
diff <(expected | LC_ALL=C sort) <(files) >"$work/why"
verdict $? "what should be installed is, once, and nothing else"
silent "each file can be read by all and holds something" spoilt
silent "the program makes a shop and speaks Gujarati" speaks
if command -v systemd-analyze >/dev/null; then
	silent "systemd has nothing to say against the units" units_verify
fi
make -s uninstall DESTDIR="$root" >"$work/why" 2>&1
verdict $? "make uninstall"
silent "nothing is left" files
echo "1..$number"
