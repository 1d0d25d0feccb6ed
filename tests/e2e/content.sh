# The demonstration content builds without a diagnostic, the bytes do not
# depend on time zone, locale or umask, and every book of it and of the
# specimen (in Hindi, Urdu and nine more, with fonts and without) passes
# EPUBCheck.
set -eu
F=$B/san/fascicle
"$F" build --strict -o "$W/a"
[ "$(ls "$W"/a/articles/*.epub | wc -l)" -ge 18 ]
[ -f "$W/a/current-affairs-2020-10.epub" ]
[ -f "$W/a/current-affairs-2020-10.hi.epub" ]
(umask 077; TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 "$F" build -q -j 1 -o "$W/b")
diff -r "$W/a" "$W/b"
for e in "$W"/a/*.epub; do unzip -tq "$e"; done
# The pixels of a plain chart have a palette.
e=$W/a/current-affairs-2020-10.epub
n=$(unzip -l "$e" | sed -n 's|.*images/\(img-[0-9]*\)\.svg$|\1|p' | head -1)
[ "$(unzip -p "$e" "images/$n.png" | od -An -tu1 -j25 -N1 | tr -d ' ')" = 3 ]
mkdir -p "$W/s/content"
cp -r tests/specimen/*.md tests/specimen/images \
    tests/specimen/publication.yaml "$W/s/content"
"$F" build -q -f epub -C "$W/s" -o "$W/s/out"
[ -f "$W/s/out/specimen-2020-10.hi.epub" ]
[ -f "$W/s/out/specimen-2020-10.ur.epub" ]
"$F" build -q -f epub --epub-fonts subset -C "$W/s" -o "$W/s/fonts" 2020-10
sh tests/valid/epubcheck "$W"/a/*.epub "$W"/a/articles/*.epub \
    "$W"/s/out/*.epub "$W"/s/out/articles/*.epub "$W"/s/fonts/*.epub
