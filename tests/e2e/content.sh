# The demonstration content builds without a diagnostic, every book passes
# EPUBCheck, and the bytes do not depend on time zone, locale or umask.
set -eu
F=$B/san/fascicle
"$F" build --strict -o "$W/a"
[ "$(ls "$W"/a/articles/*.epub | wc -l)" -ge 18 ]
[ -f "$W/a/current-affairs-2020-10.epub" ]
[ -f "$W/a/current-affairs-2020-10.hi.epub" ]
(umask 077; TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 "$F" build -q -j 1 -o "$W/b")
diff -r "$W/a" "$W/b"
for e in "$W"/a/*.epub; do unzip -tq "$e"; done
sh tests/valid/epubcheck "$W"/a/*.epub "$W"/a/articles/*.epub
