# An article too long for one file of an EPUB: files of at most 256 KiB, no
# word lost, every note and link still found.
set -eu
F=$B/san/fascicle
mkdir -p "$W/r/content" && cp content/publication.yaml "$W/r/content/"
{
	printf -- '---\ntitle: Long & winding\ndate: 2020-10-01\nsection: economy\n---\n'
	awk 'BEGIN { for (s = 1; s <= 40; s++) {
		printf "\n## Section %d\n\nSee [the last](#section-40).\n", s
		for (p = 1; p <= 20; p++) {
			printf "\nWord%d-%d & more[^%d]", s, p, s * 100 + p
			for (w = 0; w < 240; w++) printf " word"
			print "."
		}
		printf "\n### Below %d\n\n| a | b |\n|---|--:|\n", s
		for (r = 0; r < 40; r++) printf "| cell | %d |\n", r
		for (p = 1; p <= 20; p++)
			printf "\n[^%d]: Note of %d.\n", s * 100 + p, s
	} }'
} >"$W/r/content/long.md"
"$F" build -f epub -q -C "$W/r" 2020-10
E=$W/r/output/current-affairs-2020-10.epub
unzip -q "$E" -d "$W/x"
[ "$(ls "$W"/x/a-long*.xhtml | wc -l)" -ge 6 ]
[ -z "$(find "$W/x" -name '*.xhtml' -size +256k)" ]
[ "$(cat "$W"/x/a-long*.xhtml | grep -c '<p>.*Word')" = 800 ]
[ "$(cat "$W"/x/a-long*.xhtml | grep -c 'class="note"')" = 800 ]
[ "$(cat "$W"/x/a-long*.xhtml | grep -c '<table>')" = 40 ]
for i in $(grep -ho 'id="[^"]*"' "$W"/x/a-long*.xhtml | sort | uniq -d); do
	[ "$i" = 'id="title"' ] || { echo "twice: $i"; exit 1; }
done
sh tests/valid/epubcheck "$E" 2>"$W/said" || { cat "$W/said"; exit 1; }

# Lists, quotations, callouts and notes are cut between their blocks; a table is
# not, and that is said.
{
	printf -- '---\ntitle: Nested\ndate: 2020-10-02\nsection: economy\n---\n'
	awk 'BEGIN { print "Start[^1].\n"
		for (i = 1; i <= 1500; i++) 
			printf "%d. Item %d %0200d\n\n   more\n\n", i, i, i
		for (k = 0; k < 2; k++) {
			print k ? "## End\n\n> [!NOTE]" : "## Quote\n"
			for (i = 0; i < 900; i++)
				printf "> %c%0400d\n>\n", 83 + k, i
			print ""
		}
		printf "Done[^2].\n\n[^1]:"
		for (i = 0; i < 900; i++) printf "    N%0400d\n\n", i
		print "[^2]: Last, of [the end](#end)." }'
} >"$W/r/content/nested.md"
{
	printf -- '---\ntitle: Wide\ndate: 2020-10-03\nsection: economy\n---\n'
	awk 'BEGIN { print "| a | b |\n|---|---|"
		for (i = 0; i < 4000; i++) printf "| %d | %060d |\n", i, i }'
} >"$W/r/content/table.md"
for i in 1 2 3; do
	printf -- '---\ntitle: Short %d\ndate: 2020-10-1%d\nsection: economy\n---\n%s' \
	    $i $i 'Text[^1] of [another](short-1.md) and [an end](nested.md#end).

## A

[^1]: Note.
' >"$W/r/content/short-$i.md"
done
rm "$W/r/content/long.md"
"$F" build -f epub --epub-merge 4000 -C "$W/r" 2020-10 >/dev/null 2>"$W/said"
[ "$(grep -c 'table.md:6:1: warning: .*EPUB_LARGE' "$W/said")" = 1 ]
rm -rf "$W/x" && unzip -q "$E" -d "$W/x"
[ -z "$(find "$W/x" -name 'a-nested*.xhtml' -size +256k)" ]
[ "$(ls "$W"/x/a-nested*.xhtml | wc -l)" -ge 5 ]
[ "$(cat "$W"/x/a-nested*.xhtml | grep -c '<li>')" -ge 1500 ]
grep -q '<ol[^>]* start="[0-9]' "$W"/x/a-nested.2.xhtml
[ "$(cat "$W"/x/a-*.xhtml | grep -c '</table>')" = 1 ]
[ "$(ls "$W"/x/a-short*.xhtml)" = "$W/x/a-short-1.xhtml" ]
[ "$(grep -c 'id="title\.' "$W/x/a-short-1.xhtml")" = 3 ]
grep -q 'href="a-short-1.xhtml#title.short-3"' "$W/x/nav.xhtml"
for f in "$W"/x/*.xhtml; do
	[ -z "$(grep -o ' id="[^"]*"' "$f" | sort | uniq -d)" ]
done
sh tests/valid/epubcheck "$E" 2>"$W/said" || { cat "$W/said"; exit 1; }
