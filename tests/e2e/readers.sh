# What readers get to see of an EPUB: a cover in every book, and of all kinds
# of pictures in every form only those that every device knows.
set -eu
F=$B/san/fascicle
mkdir -p "$W/content"
cp -r tests/golden/images tests/golden/publication.yaml "$W/content"
cp "$W/content/images/fine.png" "$W/content/images/same.png"
ln -s "$(pwd)/fonts" "$W/fonts"
cat >"$W/content/a.md" <<'END'
---
title: Pictures
date: 2020-10-12
section: economy
---

![fine](images/fine.png) ![fine](images/fine.jpg) ![again](images/same.png)

![clear](images/clear.png) ![photo](images/photo.webp) ![gif](images/drawing.gif)

![turned](images/turned.jpg) ![inks](images/inks.jpg) ![chart](images/chart.svg)
END
sed 's/Pictures/Others/' "$W/content/a.md" >"$W/content/b.md"

# byte FILE AT [N]: bytes as decimal numbers
byte() {
	od -An -v -tu1 -j "$2" -N "${3:-1}" "$1" | tr -s ' \n' ' ' |
	    sed 's/^ //; s/ $//'
}
number() {
	set -- $(byte "$1" "$2" "$3")
	n=0
	for d; do n=$((n * 256 + d)); done
	echo $n
}
# frame JPEG: marker of its frame and where that is
frame() {
	at=2
	while m=$(byte "$1" $((at + 1))); do
		case $m in
		192 | 193 | 194) echo "$m $at"; return ;;
		218) return 1 ;;
		esac
		at=$((at + 2 + $(number "$1" $((at + 2)) 2)))
	done
}
# check FOLDER WIDTH HEIGHT
check() {
	[ -z "$(find "$1" -name '*.webp' -o -name '*.gif')" ]
	for p in "$1"/images/*.png; do
		[ "$(byte "$p" 24)" -le 8 ]
		[ "$(byte "$p" 28)" = 0 ]
		case $(byte "$p" 25) in 0 | 2 | 3) ;; *) exit 1 ;; esac
		[ "$(number "$p" 16 4)" -le "$2" ]
		[ "$(number "$p" 20 4)" -le "$3" ]
	done
	for p in "$1"/images/img-*.jpg; do
		set -- "$1" "$2" "$3" $(frame "$p")
		[ "$4" = 192 ]
		[ "$(number "$p" $(($5 + 7)) 2)" -le "$2" ]
		[ "$(number "$p" $(($5 + 5)) 2)" -le "$3" ]
		if grep -aq Exif "$p"; then exit 1; fi
	done
	set -- "$1" $(frame "$1/images/cover.jpg")
	[ "$2" = 192 ]
	[ "$(number "$1/images/cover.jpg" $(($3 + 7)) 2)" = 1600 ]
	[ "$(number "$1/images/cover.jpg" $(($3 + 5)) 2)" = 2560 ]
	[ "$(wc -c <"$1/images/cover.jpg")" -lt 300000 ]
	id=$(sed -n 's/<item id="\([^"]*\)" href="images\/cover.jpg" media-type="image\/jpeg" properties="cover-image"\/>/\1/p' \
	    "$1/package.opf")
	grep -qx "<meta name=\"cover\" content=\"$id\"/>" "$1/package.opf"
	if grep -q cover "$1"/*.xhtml; then exit 1; fi
}
# unpack KIND: the books of that kind
unpack() {
	"$F" build -q -f epub --epub-images "$1" -C "$W" -o "$W/$1" 2>"$W/said" ||
	    { cat "$W/said"; exit 1; }
	for b in "$W/$1"/*.epub "$W/$1"/articles/a.epub; do
		d=$W/x/$1/$(basename "$b" .epub)
		mkdir -p "$d"
		unzip -q "$b" -d "$d"
	done
}
for k in screen eink original; do unpack $k; done
for d in "$W"/x/screen/*; do check "$d" 1600 2560; done
for d in "$W"/x/eink/*; do check "$d" 1264 1680; done
for d in "$W"/x/original/*; do check "$d" 2600 1600; done

# Equal ones once, in an article and over all of a month.
for d in "$W"/x/screen/*; do
	[ "$(ls "$d"/images/img-*.jpg "$d"/images/img-*.png | wc -l)" = 8 ]
done
# A drawing stays one, with pixels in its stead; on e-ink there are these.
d=$W/x/screen/a
id=$(sed -n 's/.*media-type="image\/svg+xml" fallback="\([^"]*\)".*/\1/p' "$d/package.opf")
grep -q "<item id=\"$id\" href=\"images/img-.*png\"" "$d/package.opf"
grep -q 'src="images/img-[0-9]*.svg"' "$d/a-a.xhtml"
[ "$(grep -c '<link rel="alternate" type="image/png"' "$d/a-a.xhtml")" = 1 ]
# A picture is deflated only where that makes it shorter.
unzip -v "$W/screen/articles/a.epub" >"$W/list"
grep -q 'Defl.*images/cover.jpg' "$W/list"
grep -q 'Stored.*images/img-.*' "$W/list"
d=$W/x/eink/a
[ -z "$(find "$d" -name '*.svg')" ]
if grep -q 'svg' "$d/package.opf" "$d"/*.xhtml; then exit 1; fi
for p in "$d"/images/img-*.jpg; do
	set -- $(frame "$p")
	[ "$(byte "$p" $(($2 + 9)))" = 1 ]	# grey
done
# The same bytes, whatever else is built and by however many threads.
for j in 1 5; do
	"$F" build -q -j$j -C "$W" -o "$W/again" a.md 2>/dev/null
	cmp "$W/again/articles/a.epub" "$W/screen/articles/a.epub"
	rm -rf "$W/again"
done
