# Very many blocks of a kind, in every theme; paper as small and as large as
# may be; themes of extreme values: whole books within bounds of time, memory
# and stack, or a diagnostic.
set -eu
D=$W/r
C=$D/content
mkdir -p "$C" && cp content/publication.yaml tests/specimen/images/tiny.png "$C"
ln -s "$(pwd)/fonts" "$D/fonts"
THEMES="magazine book large-print compact"
# article NAME: the text is what comes in
article() {
	{ printf -- '---\ntitle: %s\ndate: 2020-10-01\nsection: economy\n---\n' \
	    "$1"; cat; } >"$C/$1.md"
}
# built STATUS PATTERN ARTICLE [OPTION...]: with the release, seconds of CPU
built() {
	want=$1 pattern=$2 what=$3 rc=0
	shift 2
	rm -rf "$D/output"
	(ulimit -s 1024; ulimit -v 1500000; ulimit -t 20
	"$B/release/fascicle" build -f pdf -C "$D" "$@") >"$W/out" 2>&1 || rc=$?
	if [ "$rc" != "$want" ] || ! grep -q -- "$pattern" "$W/out"; then
		echo "build $*: wanted $want and /$pattern/, got $rc and:"
		head -c 2000 "$W/out"
		exit 1
	fi
	p=$D/output/articles/$what.pdf
	[ "$rc" != 0 ] || qpdf --check "$p" >"$W/qpdf" 2>&1 ||
	    { cat "$W/qpdf"; exit 1; }
}

# ---- many ----------------------------------------------------------------
awk 'BEGIN { for (t = 1; t <= 3; t++) {
	printf "Table: Caption %d\n\n| a | b | c |\n|---|--:|---|\n", t
	for (i = 0; i < 5000; i++)
		printf "| cell %d | %d.%d | some words |\n", i, i * 7, i % 10
	print "" } }' | article rows
awk 'BEGIN { for (i = 1; i <= 5000; i++)
	printf "Word%d[^%d] and more.\n\n[^%d]: Note %d.\n\n", i, i, i, i
}' | article notes
awk 'BEGIN { for (i = 1; i <= 2000; i++)
	printf "Text.\n\n![a](tiny.png \"Caption %d\")\n\n", i }' | article figures
awk 'BEGIN { for (i = 1; i <= 10000; i++)
	printf "Term %d\n: Definition %d.\n\n", i, i }' | article definitions
awk 'BEGIN { for (i = 1; i <= 9200; i++) {
	if (i % 20 == 0) printf "## Heading %d\n\n", i
	for (k = 0; k < 9; k++)
		printf "A sentence of words, as *all* of them are here, too. "
	printf "\n\n" } }' | article long
[ "$(wc -c <"$C/long.md")" -gt 4000000 ]
for t in $THEMES; do
	for a in rows notes figures definitions long; do
		built 0 '1 of 1 books written' $a --theme "$t"
	done
done

# ---- drawings ------------------------------------------------------------
svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99">'
awk -v h="$svg" 'BEGIN { printf "%s<path d=\"M0 0", h
	for (i = 0; i < 18000; i++) printf "L%d %d", i * 7 % 99, i * 13 % 99
	print "\"/></svg>" }' >"$C/line.svg"
[ "$(wc -c <"$C/line.svg")" -gt 100000 ]
awk -v h="$svg" 'BEGIN { printf "%s", h
	for (i = 0; i < 5000; i++) printf "<g>"
	printf "<path d=\"M0 0H9\"/>"
	for (i = 0; i < 5000; i++) printf "</g>"
	print "</svg>" }' >"$C/deep.svg"
awk -v h="$svg" 'BEGIN { printf "%s<defs><path id=\"a0\" d=\"M0 0H9\"/>", h
	for (i = 1; i < 12; i++) {
		printf "<g id=\"a%d\">", i
		for (k = 0; k < 10; k++) printf "<use href=\"#a%d\"/>", i - 1
		printf "</g>" }
	print "</defs><use href=\"#a11\"/></svg>" }' >"$C/uses.svg"
for i in line:0:written deep:4:IMAGE_LIMIT uses:4:IMAGE_LIMIT; do
	rest=${i#*:}
	echo "![a](${i%%:*}.svg \"A drawing\")" | article drawing
	built "${rest%:*}" "${rest#*:}" drawing
done

# ---- paper and themes ----------------------------------------------------
article all <<'EOF'
## Heading

Text[^1], **bold**, Donaudampfschifffahrtsgesellschaft, भारत, اردو, 日本語。

- list
  - nested

| a | b | c | d | e |
|---|--:|---|---|---|
| 1 | 2.5 | three words here | four | Donaudampfschifffahrtsgesellschaft |

Table: A caption

| x |
|---|
| y |

Term
: Definition.

> Quote
>
> — Someone

> [!NOTE]
> Callout

```
code code code code code code code code code code code code code code
```

![a](tiny.png "Figure")

![a](line.svg "Figure")

[^1]: The note.
EOF
for t in $THEMES; do
	for p in 20x20 20x5000 5000x20 5000x5000; do
		built 0 written all --theme "$t" --paper ${p}mm
	done
done
for p in 19x20mm 5001x20mm 0x0mm 99999999999999999999x1mm; do
	built 2 'fascicle: --paper' all --paper "$p"
done
# extreme VALUE: of every key that book.yaml says, whatever it should be
extreme() {
	sed "s/: *[^{}:,]\{1,\}\([,}]\|\$\)/: $1\1/g" \
	    src/style/themes/book.yaml >"$C/extreme.yaml"
	[ "$(grep -cF ": $1" "$C/extreme.yaml")" -gt 50 ]
	built 0 THEME_ all --theme extreme.yaml
}
for v in 0 -1 0.01pt 3pt 400pt 5m 1000em 99999999999999999999pt 100% true none \
    '"{page}"' '[]' '~'; do
	extreme "$v"
done
