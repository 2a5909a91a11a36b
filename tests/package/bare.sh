#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make check-package: the Debian package is built twice, looked at by lintian,
# installed on a Debian that has nothing else, used there, and taken off again.
# It wants root, debootstrap, some minutes and a mirror of Debian.
set -u
source=$(cd "${srcdir:-.}" && pwd)
[ "$(id -u)" = 0 ] || { echo "make check-package is for root"; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is not installed"; exit 1; }
[ -n "${REGULARS_OWN_MOUNTS:-}" ] || REGULARS_OWN_MOUNTS=yes exec unshare --mount bash "$0"

work=$(mktemp -d "${TMPDIR:-/var/tmp}/regulars-package.XXXXXX")
bare=$work/bare builder=$work/builder log=$work/log
failed=0 manager=

leave() {
	[ -z "$manager" ] || { kill "$manager" && wait "$manager"; }
	leave_cgroups
	umount -R "$bare/sys/fs/cgroup" 2>/dev/null
	umount "$bare"/{proc,dev/pts} "$builder"/{proc,dev/pts} 2>/dev/null
	cp "$log" check-package.log
	rm -rf --one-file-system "$work"
}
trap leave EXIT

# step CLAIM COMMAND...: what it says goes to the log, and on the screen when it fails.
step() {
	local claim=$1 began=$SECONDS status
	shift
	echo "== $claim" >>"$log"
	"$@" >"$work/said" 2>&1 </dev/null
	status=$?
	cat "$work/said" >>"$log"
	if [ $status = 0 ]; then
		echo "ok - $claim ($((SECONDS - began)) s)"
		return
	fi
	echo "not ok - $claim"
	tail -n 30 "$work/said" | sed 's/^/#   /'
	failed=$((failed + 1))
	return 1
}

must() { step "$@" || exit 1; }

# inside ROOT WHO COMMAND...: in another system, as somebody there
inside() {
	chroot "$1" runuser -u "$2" -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
		HOME="$(chroot "$1" getent passwd "$2" | cut -d: -f6)" TERM=linux \
		DEBIAN_FRONTEND=noninteractive sh -c 'cd; exec "$@"' sh "${@:3}"
}

mirror() {
	local found
	found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
		sed -nE 's/^(URIs:|deb) *(https?:[^ ]*debian\/?)( .*)?$/\2/p' | head -n 1)
	echo "${found:-http://deb.debian.org/debian}"
}

mount_in() {
	mount -t proc proc "$1/proc" && mount -t devpts -o ptmxmode=666 devpts "$1/dev/pts"
}

make_bare() {
	debootstrap --variant=minbase bookworm "$bare" "$(mirror)" &&
		cp /etc/resolv.conf /etc/hosts "$bare/etc/" &&
		cp -r /etc/apt/apt.conf.d/. "$bare/etc/apt/apt.conf.d/" &&
		chroot "$bare" useradd --create-home --shell /bin/bash asha
}

make_builder() {
	cp -a "$bare" "$builder" && mount_in "$builder" && mkdir "$builder/one" || return
	(cd "$source" && git ls-files -z | xargs -0 cp --parents -t "$builder/one") &&
		mkdir "$builder/another" && cp -r "$builder/one" "$builder/another/one" &&
		inside "$builder" root apt-get update &&
		inside "$builder" root apt-get install -y --no-install-recommends lintian &&
		inside "$builder" root apt-get build-dep -y --no-install-recommends /one
}

build() {	# FOLDER ENVIRONMENT...
	inside "$builder" root env "${@:2}" sh -c 'cd "$1" && dpkg-buildpackage -us -uc -b' sh "$1"
}

# A copy in another folder, under another clock, language and number of jobs.
build_again() {
	build /another/one TZ=Asia/Kolkata LC_ALL=C LANGUAGE=hi DEB_BUILD_OPTIONS=parallel=3
}

same_package() {
	sha256sum "$builder"/regulars_*.deb "$builder"/another/regulars_*.deb
	cmp "$builder"/regulars_*.deb "$builder"/another/regulars_*.deb
}

lintian_is_quiet() {
	local said
	said=$(cd "$builder" && inside "$builder" asha sh -c \
		'lintian --display-info --pedantic /regulars_*.changes' 2>&1)
	echo "${said:-nothing}"
	[ -z "$said" ]
}

install_it() {
	mount_in "$bare" && cp "$builder"/regulars_*.deb "$bare/root/regulars.deb" &&
		inside "$bare" root apt-get update &&
		inside "$bare" root apt-get install -y --no-install-recommends /root/regulars.deb &&
		cp -r "$source"/{data,debian,tests} "$bare/home/asha" &&
		chroot "$bare" chown -R asha: /home/asha
}

as_asha() { inside "$bare" asha "$@"; }

first_day() { as_asha env AUTOPKGTEST_TMP=/home/asha sh debian/tests/day; }

transcripts() {
	as_asha env srcdir=/home/asha REGULARS=/usr/bin/regulars TZ=UTC LANGUAGE= \
		bash /home/asha/tests/cli/run.sh >"$work/tap"
	cat "$work/tap"
	grep -q '^ok' "$work/tap" && ! grep -q '^not ok' "$work/tap"
}

languages() {
	local code
	for code in gu hi hy ur; do
		as_asha env LANGUAGE=$code regulars --shop /home/asha/shop sale add --amount 20
	done | tee "$work/languages"
	[ "$(sed 's/@[0-9]*//' "$work/languages" | sort -u | wc -l)" = 4 ] &&
		! grep -q Saved "$work/languages"
}

tills() {
	as_asha regulars --shop usa init --name Teas --country US --currency USD \
		--timezone America/New_York &&
		as_asha sh -c 'for file in tests/exchange/pos/*.csv; do
			regulars --shop usa import --dry-run "$file" || exit
		done'
}

completion() {
	as_asha sh -c 'cd /usr/share/bash-completion && bash ~/tests/cli/completion.sh' >"$work/tap"
	cat "$work/tap"
	grep -q '^ok' "$work/tap" && ! grep -q '^not ok' "$work/tap"
}

tools() { inside "$bare" root apt-get install -y --no-install-recommends man-db tmux systemd; }

pages() {
	local page
	for page in $(inside "$bare" root dpkg -L regulars | sed -n 's|.*/man1/\(.*\)\.1\.gz$|\1|p'); do
		as_asha man --warnings -E UTF-8 "$page" | grep -q SYNOPSIS || return
	done
	as_asha man -w regulars-sale && as_asha whatis regulars-sale
}

doctor() { as_asha regulars --shop shop doctor && as_asha regulars --shop shop verify; }

screens() {
	as_asha env REGULARS=/usr/bin/regulars bash /home/asha/tests/screens/smoke.sh >"$work/tap"
	cat "$work/tap"
	grep -q '^ok' "$work/tap" && ! grep -q '^not ok' "$work/tap"
}

units() {
	as_asha env XDG_RUNTIME_DIR=/home/asha systemd-analyze --user --man=yes verify \
		regulars-sweep.timer regulars-sweep.service regulars-watch@home-asha-till.service \
		2>&1 | tee "$work/units" | grep -i regulars
	! grep -qi regulars "$work/units"
}

# --- the services, in a service manager of asha's own, as she would have after
# logging in

own_cgroup() {
	local hierarchy
	for hierarchy in /sys/fs/cgroup{,/systemd,/unified}; do
		[ -e "$hierarchy/cgroup.procs" ] || continue
		mkdir -p "$hierarchy/regulars-check" &&
			chown -R "$1" "$hierarchy/regulars-check" &&
			echo "$BASHPID" >"$hierarchy/regulars-check/cgroup.procs" || return
	done
}

leave_cgroups() {
	find /sys/fs/cgroup{,/systemd,/unified}/regulars-check -depth -type d -exec rmdir {} + \
		2>/dev/null
}

# Whoever is in a chroot may have no namespace of users, which the services want;
# and the folder unit-root they find on a machine that was started by systemd.
start_manager() {
	mkdir -p "$bare"/run/systemd/{system,unit-root} "$bare/sys/fs/cgroup" &&
		mount --rbind /sys/fs/cgroup "$bare/sys/fs/cgroup" || return
	(
		own_cgroup "$(chroot "$bare" id -u asha)" || exit
		exec unshare --mount sh -c 'mount --rbind "$1" "$1" && cd "$1" && pivot_root . mnt &&
			cd / && umount -l mnt && exec setpriv --reuid=asha --regid=asha --init-groups \
			env -i HOME=/home/asha PATH=/usr/bin:/bin XDG_RUNTIME_DIR=/home/asha/run \
			/lib/systemd/systemd --user' sh "$bare"
	) >>"$log" 2>&1 &
	manager=$!
	until_true user_systemctl list-units
}

until_true() {
	local tries=200
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return
		sleep 0.05
	done
}

user_systemctl() { as_asha env XDG_RUNTIME_DIR=/home/asha/run systemctl --user "$@"; }

nights() {
	as_asha sh -c 'mkdir -m 700 run; mkdir -p .config/environment.d backups &&
		echo REGULARS_SHOP=/home/asha/shop >.config/environment.d/regulars.conf &&
		regulars --shop shop config set backup_folder backups' &&
		start_manager &&
		user_systemctl enable --now regulars-sweep.timer &&
		user_systemctl list-timers | grep regulars-sweep.service &&
		user_systemctl start regulars-sweep.service &&
		as_asha sh -c 'ls backups/*.mdb'
	local status=$?
	user_systemctl --no-pager status regulars-sweep.service
	return $status
}

fingerprint() { cat "$bare/home/asha/shop/data.mdb" | sha256sum; }

watching() {
	local unit
	as_asha mkdir -p till || return
	unit=regulars-watch@$(as_asha systemd-escape -p /home/asha/till).service
	user_systemctl enable --now "$unit" &&
		printf 'date,receipt,amount\n2026-02-28,W-1,35.00\n' >"$bare/home/asha/till/new.csv" &&
		until_true as_asha regulars --shop shop sale show W-1 &&
		user_systemctl --no-pager status "$unit" &&
		user_systemctl stop "$unit"
}

# What it has left, besides what its owner made.
remove() {
	local before left
	before=$(fingerprint)
	inside "$bare" root dpkg -L regulars | while read -r left; do
		[ -d "$bare$left" ] || echo "$left"
	done >"$work/had"
	inside "$bare" root dpkg -r regulars && inside "$bare" root dpkg -P regulars || return
	while read -r left; do
		[ ! -e "$bare$left" ] || echo "$left is still there"
	done <"$work/had" | tee "$work/left"
	[ -s "$work/had" ] && [ ! -s "$work/left" ] && [ "$before" = "$(fingerprint)" ]
}

sizes() {
	du -b "$builder"/regulars_*.deb | sed 's|/.*/||' &&
		dpkg-deb -f "$builder"/regulars_*.deb Installed-Size
}

must "a Debian with nothing else" make_bare
must "another one with what building needs" make_builder
must "dpkg-buildpackage -us -uc -b" build /one
step "lintian has nothing to say" lintian_is_quiet
step "built again elsewhere" build_again
step "it is the same package, byte for byte" same_package
must "it installs" install_it
step "a shop's first day" first_day
step "every transcript has its answers" transcripts
step "it speaks Gujarati, Hindi, Armenian and Urdu" languages
step "it knows the files of tills" tills
step "bash completes" completion
must "man, tmux and systemd are added" tools
step "every man page is shown without a warning" pages
step "the screens open in tmux" screens
step "systemd has nothing to say against the units" units
step "a night: the sweep runs as the owner's service" nights
step "a till's file is imported by the other service" watching
step "doctor and verify find nothing bad" doctor
step "removed and purged, it leaves the shop alone and nothing else" remove
step "sizes in bytes and, installed, in KiB" sizes
sed 's/^/#   /' "$work/said"
echo "$failed failed; what was said is in check-package.log"
[ $failed = 0 ]
