#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Three short journeys through a real tmux, which stands between the program and
# every terminal it is used in over SSH. What is on a screen is looked at again
# until it is there; a journey that waits in vain shows the screen it has.
set -u
program=${REGULARS:-regulars}
command -v tmux >/dev/null || { echo "1..0 # SKIP tmux is not here"; exit 0; }
command -v "$program" >/dev/null || { echo "Bail out! there is no $program"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LINES COLUMNS LANGUAGE NO_COLOR TMUX REGULARS_SHOP REGULARS_TEST_SYNC
export HOME=$work TMPDIR=$work TMUX_TMPDIR=$work LC_ALL=C.UTF-8 TZ=UTC
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config
export REGULARS_NOW=2026-11-21T10:42:00
cat >"$work/tmux.conf" <<-'END'
	set -g status off
	set -g escape-time 0
	set -g remain-on-exit on
	set -g default-terminal screen-256color
END

# Each journey runs in a shell and has a server of its own.
through_tmux() { tmux -u -L "$journey" -f "$work/tmux.conf" "$@" 2>/dev/null; }

# open SHOP: the program in a window of 80x24. It is the shell there that tells
# its exit status: tmux 3.3 sometimes misses it.
open() {
	trap 'through_tmux kill-server' EXIT
	through_tmux new-session -d -x 80 -y 24 \
		"'$program' --shop '$work/$1' --as asha; echo \$? >'$work/$journey.ended'"
}

screen() { through_tmux capture-pane -p; }

# see TEXT / gone TEXT / ended STATUS: for half a minute at most
until_true() {
	local tries=600
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}
shows() { screen | grep -qF -- "$1"; }
hides() { ! shows "$1"; }
has_ended() { [ "$(cat "$work/$journey.ended" 2>/dev/null)" = "$1" ]; }
see() { until_true shows "$1" || trouble "\"$1\" is not there"; }
gone() { until_true hides "$1" || trouble "\"$1\" is still there"; }
ended() { until_true has_ended "$1" || trouble "it should have ended with $1"; }

press() { through_tmux send-keys "$@"; }	# names of tmux: Enter Escape C-q F9
type() { through_tmux send-keys -l -- "$1"; }

trouble() {
	echo "# $1 on this screen:"
	screen | sed 's/^/# | /'
	exit 1
}

leave() {
	press C-q
	see 'Leave regulars?'
	press 2
	ended 0
}

regulars() { "$program" --shop "$work/$1" --as asha "${@:2}" --quiet; }

# --- the journeys

first_start() {
	open nothing-yet
	see 'English'
	see 'ગુજરાતી'
	press 1
	see 'Start my shop'
	press Escape
	see 'ગુજરાતી'
	leave
}

looking_around() {
	regulars sample demo --customers 200 --seed 7
	open sample
	see 'SAMPLE'
	press F1
	see 'What today is like'
	press Escape
	see 'Enter Open'
	press C-p
	see 'What do you want to do?'
	press Escape
	gone 'What do you want to do?'
	leave
}

a_sale() {
	regulars tea init --name 'Patel Tea House' --country IN
	regulars tea program add 'Tea card' --goal 3 --reward 'Free tea'
	regulars tea customer add 'પટેલ આશા' --phone 9824012345
	open tea
	see 'Counter'
	press C-f
	see 'Find:'
	type patel
	see '> પટેલ આશા'
	press Enter
	see '0 of 3 stamps'
	type 120
	see '120'
	press Enter
	see '1 of 3'
	press Enter
	see '+1 stamp'
	leave
	regulars tea verify || trouble 'verify found faults'
}

number=0
for journey in first_start looking_around a_sale; do
	number=$((number + 1))
	if said=$($journey); then
		echo "ok $number - $journey"
	else
		echo "not ok $number - $journey"
		echo "$said"
	fi
done
echo "1..$number"
