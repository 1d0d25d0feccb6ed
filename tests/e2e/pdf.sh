# Every PDF of the demonstration content: sound for qpdf, MuPDF and poppler,
# fonts embedded as subsets with Unicode maps, contents as links and
# bookmarks, page labels, and the article's words in reading order.
set -eu
F=$B/san/fascicle
"$F" build -q --strict -o "$W/o"
n=0
for p in "$W"/o/*.pdf "$W"/o/articles/*.pdf; do
	n=$((n + 1))
	qpdf --check "$p" >"$W/log" 2>&1 || { echo "$p"; cat "$W/log"; exit 1; }
	mutool draw -q -F trace -o /dev/null "$p" >"$W/log" 2>&1
	if grep -v 'ICC support' "$W/log"; then echo "$p"; exit 1; fi
	pdffonts "$p" | tail -n +3 >"$W/fonts"
	[ -s "$W/fonts" ]
	if awk '$(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes"' \
	    "$W/fonts" | grep .; then echo "$p"; exit 1; fi
	pdftotext "$p" "$W/t.txt" 2>"$W/log"
	[ ! -s "$W/log" ]
done
[ "$n" -ge 21 ]
m=$W/o/current-affairs-2020-10.pdf
pdfinfo "$m" >"$W/info"
grep -q 'Title: *Current Affairs' "$W/info"
grep -q 'Page size: *595.* x 841.*(A4)' "$W/info"
mutool show "$m" outline >"$W/outline"
[ "$(grep -c 'Polity' "$W/outline")" -ge 1 ]
[ "$(wc -l <"$W/outline")" -ge 24 ]
pdftotext "$m" "$W/t.txt"
tr -d ' \n' <"$W/t.txt" >"$W/words"	# lines may end anywhere
for s in 'India and Japan Agree the Text' 'Security and Cyber' \
    'भारत-जापान' '自由で開かれたインド太平洋' 'Supply Chain Resilience'; do
	grep -q "$(echo "$s" | tr -d ' ')" "$W/words" || {
		echo "not in the text: $s"; exit 1; }
done
# No private-use or replacement characters stand for glyphs.
if grep -P '[\x{E000}-\x{F8FF}\x{FFFD}]' "$W/t.txt"; then exit 1; fi
# Readers put glyphs where layout did, widened and
# tracked ones (Tz, Tc) too: lines of body text that end in a letter which does not hang end at the margin.
"$F" build -q --theme book -o "$W/book" -f pdf 2020-10
mutool trace "$W/book/current-affairs-2020-10.pdf" 2>/dev/null | awk '
/<page / { line = "" }
/<span / { split($0, s, "trm=\""); split(s[2], trm, " "); size = trm[4] + 0
	wide += trm[1] != trm[4] }
/<g / && size == 10.5 && !/unicode=" "/ {
	split($0, g, "\""); y = g[8]; end = g[6] + g[10] * trm[1]
	if (y != line && line != "" && text ~ /^[a-eghjm-qsuz]$/) {
		ends[++n] = last; seen[int(last * 5)]++ }
	line = y; last = end; text = g[2] }
END {
	for (k in seen) if (seen[k] > seen[margin]) margin = k
	for (i = 1; i <= n; i++) if (int(ends[i] * 5) == margin) {
		at++; sum += ends[i] }
	for (i = 1; i <= n; i++) {
		d = ends[i] - sum / at
		if (d < 2 && d > -2 && (d > 0.03 || d < -0.03)) near++ }
	print at " lines end at the margin, " near + 0 " near it"
	exit !(at > 200 && near < 8 && wide > 100) }'
# A character that no face has is told where it stands, a title's too.
mkdir -p "$W/copied/content"
cp tests/specimen/*.??.md "$W/copied/content"
cp tests/specimen/publication.yaml "$W/copied/content"
ln -s "$PWD/fonts" "$W/copied/fonts"
"$F" build -f pdf -C "$W/copied" -o "$W/copied/o" 2>"$W/log"
[ ! -s "$W/log" ] || ! grep FONT_NO_GLYPH "$W/log"
cp tests/golden/glyphs.md "$W/copied/content"
sed -i 's/economy/scripts/' "$W/copied/content/glyphs.md"
"$F" build -f pdf -C "$W/copied" -o "$W/copied/o" 2>"$W/log"
grep -q '^glyphs.md:2:8: warning: .*U+1F600 GRINNING FACE' "$W/log"
grep -q '^glyphs.md:7:1: warning: .*U+16A0 RUNIC' "$W/log"
