#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The catalogues in data/po/ are sound, and whoever stands at the counter reads
# their own language: every sentence of the files below is translated. At the
# end each rule is shown what breaks it, and must see that.
#
# GENERATE=1 brings the catalogues up to the sources first: what is new is there
# to translate, what is said no more is gone.
set -u
export LC_ALL=C.UTF-8
source=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source" || exit 1

languages=(gu hi hy ur)

# Complete in all of them: what is seen and said at the counter, and on the way there.
complete=(
	src/base/format.c
	src/base/format_read.c
	src/shop/tell*.c
	screens/counter*.c
	screens/form.c
	screens/form_value.c
	screens/frame.c
	screens/help.c
	screens/home.c
	screens/keys.c
	screens/language.c
	screens/overlay.c
	screens/palette.c
	screens/run.c
	screens/till.c
	screens/ui.c
	screens/wizard*.c
)

# template FILE...: what they say, sorted. A sentence that is "%s" alone says nothing of its own.
template() {
	xgettext --language=C --from-code=UTF-8 --sort-output --no-location --omit-header \
		--keyword --keyword=_ --keyword=N_ --keyword=P_:1c,2 --keyword=ngettext:1,2 \
		--keyword=fail:2 --flag=fail:2:c-format --flag=ui_say:3:c-format \
		--flag=put_format:3:c-format --add-comments=Translators: --output=- "$@" |
		msggrep --sort-output --no-location --invert-match --msgid -e '^%s\(: %s\)\?$'
}

sources() { find src screens -name '*.[ch]' -type f | sort; }

# --- GENERATE=1

# merged CATALOGUE TEMPLATE
merged() {
	msgmerge --quiet --no-fuzzy-matching --no-location --sort-output "$1" "$2" |
		msgattrib --no-obsolete --sort-output
}

generate() {
	local language
	mapfile -t all < <(sources)
	template "${all[@]}" >"$work/all.pot" 2>/dev/null
	[ -s "$work/all.pot" ] || exit 1
	for language in "${languages[@]}"; do
		merged "data/po/$language.po" "$work/all.pot" >"$work/$language.po" &&
			cp "$work/$language.po" "data/po/$language.po" || exit 1
	done
}

# --- the rules: each prints its offenders, one a line, for the catalogues in the current folder

# What xgettext cannot take from these sources: one sentence with and without a
# plural, or one that is put together.
unclear() { template "$@" 2>&1 >/dev/null; }

# Catalogues that msgfmt does not take: plural forms, formats, line ends.
unsound() {
	local language
	for language in "${languages[@]}"; do
		msgfmt --check --output-file=/dev/null "$language.po" 2>&1
	done
}

# What ./complete.pot says and a catalogue does not, or not for certain.
untranslated() {
	local language
	for language in "${languages[@]}"; do
		merged "$language.po" complete.pot >now.po
		for kind in --untranslated --only-fuzzy; do
			msgattrib $kind --no-wrap now.po | sed "1,/^$/d" |
				sed -n "s/^msgid /$language: /p"
		done
	done
}

# --- shown to the house, then to catalogues that break them

number=0
verdict() {	# WHAT-IS-TRUE RULE...: true when the rule prints nothing
	local claim=$1 against
	shift
	against=$("$@")
	number=$((number + 1))
	if [ -z "$against" ]; then
		echo "ok $number - $claim"
	else
		echo "not ok $number - $claim"
		echo "$against" | sed 's/^/#   /'
	fi
}

differs() {	# RULE OFFENDERS...
	local rule=$1
	shift
	diff <(printf '%s\n' "$@" | sort) <("$rule" | sort -u)
}

sees() {	# RULE OFFENDERS...
	verdict "the rule '$1' sees what breaks it and nothing else" differs "$@"
}

unclear_lines() { unclear "$work/bad/unclear.c" | grep -c 'used without plural'; }
unsound_files() { unsound | sed -n 's/\.po:.*//p'; }

bad_catalogues() {
	local language
	printf '%s\n' '_("one"); ngettext("%d cup", "%d cups", n); fail(ST_X, "%s is gone", name);' \
		'fail(ST_X, "%s", why); P_("a door", "Open"); N_("two");' >said.c
	template said.c >complete.pot
	printf '%s\n' '_("%s ready"); ngettext("%s ready", "%s are ready", n);' >unclear.c
	for language in "${languages[@]}"; do
		{ grep -B 100 '^"Plural-Forms' "$source/data/po/$language.po"; echo; } >header.po
		msgen complete.pot | msgcat header.po - >"$language.po"
	done
	sed -i 's/^msgstr "one"/msgstr ""/; s/^msgstr "%s is/msgstr "%d is/' gu.po
	sed -i '/^msgid "Open"/{ n; s/"Open"/""/ }; s/plural=(.*)/plural=2/' hi.po
	sed -i '/^msgid "two"/i #, fuzzy' hy.po
	sed -i '/^msgstr\[1\]/s/".*"/""/' ur.po
}

[ "${GENERATE:-}" = 1 ] && generate
mkdir "$work/good" "$work/bad"
cp data/po/*.po "$work/good"
mapfile -t all < <(sources)
verdict "each sentence is said in one way" unclear "${all[@]}"
template "${complete[@]}" >"$work/good/complete.pot" 2>/dev/null
[ -s "$work/good/complete.pot" ] || { echo "Bail out! files are gone that were complete"; exit 1; }
cd "$work/good" || exit 1
verdict "every catalogue is sound" unsound
verdict "every sentence at the counter is there in each language" untranslated

cd "$work/bad" || exit 1
bad_catalogues
sees unclear_lines 1
sees unsound_files gu hi ur
sees untranslated 'gu: "one"' 'hi: "Open"' 'hy: "two"'
echo "1..$number"
