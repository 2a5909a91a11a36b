# SPDX-License-Identifier: GPL-3.0-or-later
# manual.awk PARTS TEXT: the man page TEXT with the sections of PARTS, which
# 'regulars manual' made, under the headings that stand for them.
NR == FNR {
	if (/^\.SH /)
		heading = $0
	part[heading] = part[heading] $0 "\n"
	next
}
$0 in part {
	printf "%s", part[$0]
	delete part[$0]
	next
}
{ print }
END {
	for (heading in part) {
		print FILENAME ": there is no line " heading >"/dev/stderr"
		exit 1
	}
}
