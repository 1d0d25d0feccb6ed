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
[ "$(cat "$W"/x/a-long*.xhtml | grep -c '<p>Word')" = 800 ]
[ "$(cat "$W"/x/a-long*.xhtml | grep -c 'class="note"')" = 800 ]
[ "$(cat "$W"/x/a-long*.xhtml | grep -c '<table>')" = 40 ]
for i in $(grep -ho 'id="[^"]*"' "$W"/x/a-long*.xhtml | sort | uniq -d); do
	[ "$i" = 'id="title"' ] || { echo "twice: $i"; exit 1; }
done
sh tests/valid/epubcheck "$E" 2>"$W/said" || { cat "$W/said"; exit 1; }
