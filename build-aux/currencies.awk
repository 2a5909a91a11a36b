# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the table of src/base/currency.c from data/currencies.tsv.

BEGIN {
	FS = "\t"
	n = 0
	print "/* Made from data/currencies.tsv, which names the source. */"
	print "static const struct currency currencies[] = {"
}

/^#/ {
	next
}

!seen++ {
	if ($0 != "code\tdecimals\tsymbol\tname") {
		print FILENAME ": not the columns that are expected" > "/dev/stderr"
		exit 1
	}
	next
}

{
	printf "\t{ \"%s\", %d, \"%s\", \"%s\" },\n", $1, $2, ($3 == "" ? $1 : $3), $4
	n++
}

END {
	print "};"
	if (!n)
		exit 1
}
