# Pictures in both outputs: far too fine ones are brought down to 300 dpi in
# the PDF and stay whole in the EPUB; a drawing stays vectors and text; none
# of an SVG's own bytes reach a book.
set -eu
F=$B/san/fascicle
mkdir -p "$W/content"
cp -r tests/golden/images tests/golden/publication.yaml "$W/content"
ln -s "$(pwd)/fonts" "$W/fonts"
cat >"$W/content/a.md" <<'END'
---
title: Pictures
date: 2020-10-12
section: economy
---

![fine](images/fine.png "Fine") ![fine](images/fine.jpg "Fine")

![blue](images/blue.png "Blue")

![chart](images/chart.svg "Chart")

![again](images/chart.svg) ![odd](images/odd.svg)
END
"$F" build -C "$W" -o "$W/o" a.md >"$W/log" 2>"$W/said"
grep -q 'images/odd.svg:12:3: .*IMAGE_SVG_SCRIPT' "$W/said"
p=$W/o/articles/a.pdf
qpdf --check "$p" >"$W/log" 2>&1 || { cat "$W/log"; exit 1; }
mutool draw -q -F trace -o "$W/trace" "$p" >"$W/log" 2>&1
if grep -v 'ICC support' "$W/log"; then exit 1; fi
# Of the drawings there are paths, shades and letters, but no pixels.
pdfimages -list "$p" | tail -n +3 >"$W/list"
[ "$(wc -l <"$W/list")" -eq 3 ] || { cat "$W/list"; exit 1; }
awk '$4 == 2600 || $13 > 301 || $14 > 301 { print; bad = 1 }
    $9 == "jpeg" { jpegs++ } END { exit bad || jpegs != 1 }' "$W/list"
grep -q '<fill_shade\|<clip_path' "$W/trace"
pdftotext "$p" - | grep -q '2020 est'
# One form for both places of a drawing.
[ "$(qpdf --qdf "$p" - | grep -ac '/Subtype /Form')" -eq 2 ]
mkdir "$W/e"
unzip -q "$W/o/articles/a.epub" -d "$W/e"
find "$W/e" -name '*.svg' | sort >"$W/svgs"
[ "$(wc -l <"$W/svgs")" -eq 2 ]
if grep -il 'script\|foreign\|animate\|other.svg\|not part of' \
    $(cat "$W/svgs"); then exit 1; fi
file=$(find "$W/e" -name '*.png' -size +3k)
[ -n "$file" ]
# The bytes do not depend on when they are made.
"$F" build -q -C "$W" -o "$W/o2" a.md 2>/dev/null
cmp "$p" "$W/o2/articles/a.pdf"
