# lines.awk: `dump pages` reduced to one row a line of text. pages=all, or
# front for the pages of no article.

function flush() {
	if (xs == "")
		return
	printf "  %s %s%s \"%s\"%s =%d\n", y, xs, flags, text, faces, sum
	xs = flags = text = faces = ""
	sum = 0
}

# Adds what is not yet in a list.
function add(list, x) {
	return index(list " ", x " ") ? list : list x
}

/^page / {
	flush()
	skip = pages == "front" && $3 == "body"
	if (!skip)
		print
}
skip { next }
/^  run / {
	if ($4 != y)
		flush()
	y = $4
	xs = xs (xs == "" ? "" : ",") $3
	open = index($0, "\"")
	rest = substr($0, open + 1)
	match(rest, /" [^"]*$/)
	if (RSTART == 0)
		next
	t = substr(rest, 1, RSTART - 1)
	n = split(substr(rest, RSTART + 2), f, " ")
	text = text (rest ~ / hyphen[^"]*$/ ? "\342\200\220" : t)
	faces = add(faces, " " f[1] " " f[2])
	for (i = 4; i <= n && f[i] !~ /^\[/; i++)
		flags = add(flags, " " f[i])
	for (; i <= n; i++) {
		gsub(/[^0-9]/, "", f[i])
		sum = (sum * 31 + f[i]) % 1000003
	}
}
/^  (rule|image|drawing) / {
	flush()
	sub(/ e[0-9]+/, "")
	print
}
END { flush() }
