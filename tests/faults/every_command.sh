# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: every command of the program, as it is tried on a shop made by
# prepare(), in a folder of its own. check_list() fails when the program has a
# command that stands in neither list.

program=${REGULARS:-regulars}

# What is done to the shop "before" each time. HERE is the folder; behind " < "
# is a file to read from.
commands=(
	"init --shop HERE/made --name Second --country IN"
	"config show"
	"config set timezone Asia/Dubai"
	"config set backup_folder HERE/stick"
	"config here"
	"demo HERE/sample --customers 1"
	"customer add Ravi --phone 9824054321"
	"customer show Asha"
	"customer find asha"
	"customer edit Asha --area Navrangpura"
	"customer list"
	"customer list --where visits>=1 --count"
	"customer erase Asha"
	"customer merge Meena Asha"
	"customer export Asha"
	"consent Asha"
	"consent Asha --sms yes --how signed"
	"segment add Away --where last_visit>60d"
	"segment list"
	"segment show Often"
	"segment edit Often --name Twice"
	"segment remove Often"
	"sale add --customer Asha --amount 60 --receipt R-2"
	"sale add --customer Asha --amount 60 --points 20"
	"sale refund R-1 --amount 20"
	"sale show R-1"
	"sale list"
	"item add Khari --price 15"
	"item edit Chai --price 25"
	"item list"
	"program add Points --kind points --earn 1 --per 1"
	"program add Old --kind points --earn 1 --per 1 --from 2026-02-01 --award-past"
	"program edit Points2 --earn 3"
	"program list"
	"program show Points2"
	"program simulate Points2"
	"reward add Cake --program Points2 --cost 20"
	"program add Second --goal 5 --reward Tea5 --award-past"
	"reward list"
	"reward claim Asha Tea2"
	"adjust Asha --program Points2 --amount 5 --reason late"
	"opening Meena --program Points2 --amount 40"
	"undo"
	"sweep"
	"explain Asha"
	"import till.csv"
	"import people.csv"
	"export customers"
	"export journal --jsonl --output HERE/out.jsonl"
	"pipe < lines.jsonl"
	"watch HERE/inbox --once"
	"report summary"
	"report retention"
	"report months"
	"report cohorts"
	"report rfm"
	"report hours"
	"report clv"
	"report basket"
	"report upsell"
	"report items"
	"report liability"
	"report programs"
	"report money"
	"report engagement"
	"report day"
	"day close --takings 500"
	"journal"
	"verify"
	"doctor"
	"verify --repair"
	"backup"
	"backup HERE/copy.mdb"
	"restore HERE/earlier.mdb --yes"
	"restore HERE/earlier.mdb --shop HERE/made"
	"dump HERE/copy.dump"
	"load HERE/earlier.dump --shop HERE/made"
	"help"
	"completion bash"
	"manual"
)

# Commands that are not tried here, each with its reason.
without=()

regulars() { "$program" --as asha "$@"; }

# once COMMAND: as in the list, with an operation id; lines of pipe have their own.
once() {
	local input=/dev/null op="--op same"
	case $1 in *" < "*) input=${1##* < } ;; esac
	case $1 in pipe*) op= ;; esac
	"$program" --as asha ${1%% < *} $op <"$input"
}

# The program's own table: "sale add", "undo".
table() {
	"$program" completion bash | sed -n "s/^\t\([a-z]*\):\([a-z*-]*\)) flags=.*/\1 \2/p" |
		sed 's/ \*$//'
}

# check_list: prints what is wrong with the lists.
check_list() {
	local name entry found
	[ "$(table | wc -l)" -gt 20 ] || echo "the program's table of commands cannot be read"
	while IFS= read -r name; do
		found=
		for entry in "${commands[@]}" "${without[@]}"; do
			case "$entry " in "$name "*) found=yes ;; esac
		done
		[ -n "$found" ] || echo "\"$name\" is in neither list of tests/faults/every_command.sh"
	done < <(table)
}

write_files() {
	cat >till.csv <<-'END'
		date,receipt,customer,name,phone,item,quantity,amount,tender
		2026-02-28T09:14:00,T-1,C17,Ravi Shah,9824054321,Masala chai,2,40.00,cash
		2026-02-28T09:31:00,T-2,C18,Meena Shah,9824054322,Khari,1,15.00,cash
	END
	cat >people.csv <<-'END'
		customer,name,phone,birthday,program,balance
		C17,Ravi Shah,9824054321,1990-02-29,Points2,12
		C18,Kiran Shah,9824054322,29 Feb 1992,Points2,7
	END
	cat >lines.jsonl <<-'END'
		{"do": "ping"}
		{"op": "a", "do": "sale", "customer": "9824012345", "amount": "12.50", "receipt": "P-1"}
		{"do": "find", "words": "asha"}
	END
}

# A folder for backups is chosen, one is made, and more is sold. Asha has a reward to claim, and points that lapse before today.
prepare() {
	write_files
	export REGULARS_NOW=2026-01-10T09:00:00
	regulars init --name "Patel Tea House" --country IN --quiet &&
	regulars program add Brief --kind points --earn 1 --per 1 --valid days:10 &&
	regulars customer add "Asha Patel" --phone "98240 12345" &&
	regulars sale add --customer Asha --amount 80 --receipt R-8 || return
	export REGULARS_NOW=2026-03-01T09:14:00
	mkdir stick && regulars config set backup_folder "$PWD/stick" &&
	regulars backup earlier.mdb && regulars dump earlier.dump &&
	regulars program add "Tea card" --goal 2 --reward Tea2 --from 2026-02-01 &&
	regulars program add Points2 --kind points --earn 1 --per 1 --point-value 0.10 \
		--from 2026-02-01 &&
	regulars item add Chai --price 20 &&
	regulars segment add Often --where "visits >= 2" &&
	regulars customer add "Meena Shah" --phone "98240 12346" &&
	regulars sale add --customer Asha --amount 120 --receipt R-1 &&
	regulars sale add --customer Asha --amount 30 --receipt R-0
}

# is_finding COMMAND STATUS OUTPUT: that something is wrong is its result.
is_finding() { [ "$1" = doctor ] && [ "$2" = 1 ] && [ -s "$3" ]; }

# only_reads COMMAND: it changes no byte of the shop, and works on a full disk.
only_reads() {
	case $1 in
	*" list"* | *" show"* | "customer find"* | "customer export"* | explain* | report* | \
	journal* | help | completion* | manual | verify | "program simulate"*) true ;;
	*) false ;;
	esac
}

# What the shop is now, and what other shops and backups there are.
state() {
	local shop copy
	for copy in copy.mdb stick/*.mdb; do
		[ -e "$copy" ] || continue
		regulars restore "$copy" --shop "restored-${copy##*-}" --quiet 2>&1
	done
	[ ! -e copy.dump ] || regulars load copy.dump --shop restored-dump --quiet 2>&1
	for shop in "$REGULARS_SHOP" made sample restored-*; do
		[ -e "$shop/data.mdb" ] || continue
		regulars journal --shop "$shop" --limit 0 --json 2>&1
		regulars verify --shop "$shop" 2>&1
	done
}

fresh() {
	rm -rf shop made sample met stick restored-* copy.mdb copy.dump out.jsonl* ./*.rejected.csv
	mkdir -p stick inbox
	cp -p till.csv inbox/	# a file that is being written is waited for
	cp -r --sparse=never before shop
}
