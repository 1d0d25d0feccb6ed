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
	! grep -v 'ICC support' "$W/log"
	pdffonts "$p" | tail -n +3 >"$W/fonts"
	[ -s "$W/fonts" ]
	! awk '$(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes"' \
	    "$W/fonts" | grep .
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
for s in 'India and Japan Agree the Text' 'Security and Cyber' \
    'भारत-जापान' '自由で開かれたインド太平洋' 'Supply Chain Resilience'; do
	grep -q "$s" "$W/t.txt" || { echo "not in the text: $s"; exit 1; }
done
# No private-use or replacement characters stand for glyphs.
! grep -P '[\x{E000}-\x{F8FF}\x{FFFD}]' "$W/t.txt"
