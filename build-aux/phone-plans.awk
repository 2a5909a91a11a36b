# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the tables of src/base/phone.c from data/phone-plans.tsv.

BEGIN {
	FS = "\t"
	n = 0
}

# "9,11" or "6,[8-10]": marks the lengths of the list in possible[].
function mark_lengths(list,   parts, ends, count, i, len) {
	gsub(/[][]/, "", list)
	count = split(list, parts, ",")
	for (i = 1; i <= count; i++) {
		if (split(parts[i], ends, "-") == 1)
			ends[2] = ends[1]
		for (len = ends[1] + 0; len <= ends[2] + 0; len++)
			possible[len] = 1
	}
}

# As a number whose bit n says that length n is possible.
function length_bits(   bit, len, sum) {
	sum = 0
	bit = 1
	for (len = 0; len < 24; len++) {
		if (len in possible)
			sum += bit
		bit *= 2
	}
	return sum
}

/^#/ {
	next
}

!seen++ {
	if ($0 !~ /^country\tcode\tmain\tintl\ttrunk\trule\tbecomes\t/ || NF != 14) {
		print FILENAME ": not the columns that are expected" > "/dev/stderr"
		exit 1
	}
	next
}

{
	split("", possible)
	mark_lengths($8)
	mark_lengths($9)
	row[n] = sprintf("\"%s\", %d, %d, \"%s\",\n\t  { \"%s\", \"%s\", \"%s\",\n\t    \"%s\" }, \"%s\"",
		$1, $2, length_bits(), $10,
		$4, ($6 == "" ? $5 : $6), $13, $14, $7)
	code[n] = $2 + 0
	if (!(code[n] in first))
		first[code[n]] = n
	if ($3 == "*")
		main_of[code[n]] = n
	n++
}

# The rows of one code form a chain that begins with the main one.
END {
	if (!n)
		exit 1
	for (c in first) {
		head = c in main_of ? main_of[c] : first[c]
		last = head
		for (i = first[c]; i < n; i++) {
			if (code[i] == c && i != head) {
				after[last] = i + 1
				last = i
			}
		}
		heads[c] = head + 1
	}
	print "/* Made from data/phone-plans.tsv, which names source and licence. */"
	print "static const struct plan plans[] = {"
	for (i = 0; i < n; i++)
		printf "\t{ %s, %d },\n", row[i], after[i]
	print "};\n\nstatic const short first_of_code[1000] = {"
	for (i = 1; i < 1000; i++)
		if (i in heads)
			printf "\t[%d] = %d,\n", i, heads[i]
	print "};"
}
