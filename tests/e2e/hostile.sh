# Hostile and unlucky input: the right status, a diagnostic with its place,
# earlier output untouched, bounded time.
set -eu
F=$B/san/fascicle
mkdir -p "$W/r/content" && cp content/publication.yaml "$W/r/content/"
head='---
title: T
date: 2020-10-01
section: economy
---
'
# expect STATUS PATTERN: check the one article that stands in article.md
expect() {
	rc=0
	timeout 60 "$F" check -C "$W/r" >"$W/out" 2>&1 || rc=$?
	if [ "$rc" != "$1" ] || ! grep -q "$2" "$W/out"; then
		echo "wanted $1 and /$2/, got $rc and:"; head -c 2000 "$W/out"
		exit 1
	fi
	! grep -q ERROR:.*Sanitizer "$W/out"
}
A=$W/r/content/article.md
put() { printf '%s' "$head" >"$A"; printf "$@" >>"$A"; }

put 'x \377\376 y\n';			expect 0 'article.md:6:.*UTF8_INVALID'
put 'x \000 y\n';			expect 0 'CHAR_CONTROL\|UTF8_INVALID'
put '![a](../../../etc/passwd)\n';	expect 1 'article.md:6:.*IMAGE_OUTSIDE'
put '![a](/etc/passwd)\n';		expect 1 IMAGE_OUTSIDE
put '![a](file:///etc/passwd)\n';	expect 1 'IMAGE_REMOTE\|IMAGE_OUTSIDE'
put '![a](http://example.org/x.png)\n';	expect 1 IMAGE_REMOTE
put '![a](none.png)\n';			expect 1 IMAGE_MISSING
ln -sf /etc/passwd "$W/r/content/link.png"
put '![a](link.png)\n';			expect 1 'IMAGE_'
rm "$W/r/content/link.png"
head -c 300 content/2020/10/images/pm-limits.png >"$W/r/content/cut.png"
put '![a](cut.png)\n';			expect 1 IMAGE_BROKEN
# The header of a picture 60,000 pixels wide and high, with a true checksum.
printf '\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\352\140\000\000\352\140\010\002\000\000\000\017\260\342\025' \
    >"$W/r/content/wide.png"
put '![a](wide.png)\n';			expect 4 IMAGE_LIMIT
printf 'a: &a [1]\nb: *a\n' | { echo ---; cat; echo ---; } >"$A"
expect 1 FM_REFUSED
printf -- '---\ntitle: T\ndate: 2020-13-01\nsection: economy\n---\nx\n' >"$A"
expect 1 'article.md:3:7:.*FM_DATE'
printf -- '---\ntitle: T\ndate: 2020-10-01\nsection: econmy\n---\nx\n' >"$A"
expect 1 'article.md:4:10:.*economy.*FM_SECTION'
printf 'no front matter\n' >"$A";	expect 1 FM_MISSING
: >"$A";				expect 1 FM_MISSING
put '\n';				expect 0 MD_EMPTY
{ printf '%s' "$head"; head -c 10000 /dev/zero | tr '\0' a; echo; } >"$A"
rc=0; "$F" check -C "$W/r" >"$W/out" 2>&1 || rc=$?; [ "$rc" = 0 ]
{ printf '%s' "$head"; head -c 10000000 /dev/zero | tr '\0' a; echo; } >"$A"
timeout 60 "$F" check -C "$W/r" >"$W/out" 2>&1
{ printf '%s' "$head"; head -c 300 /dev/zero | tr '\0' '>'; echo x; } >"$A"
expect 4 MD_DEPTH
put 'fine\n'; cp "$A" "$W/r/content/other.md"
printf -- '---\ntitle: T\nid: article\ndate: 2020-10-01\nsection: economy\n---\nx\n' \
    >"$W/r/content/other.md"
expect 1 BOOK_ID_TWICE
rm "$W/r/content/other.md"

# A failed build leaves the old book as it was, and no temporary behind.
put 'fine\n'
"$F" build -q -C "$W/r"
cp "$W/r/output/articles/article.epub" "$W/old.epub"
put '![a](none.png)\n'
rc=0; "$F" build -q -C "$W/r" 2>/dev/null || rc=$?; [ "$rc" = 1 ]
cmp "$W/r/output/articles/article.epub" "$W/old.epub"
put 'fine, and longer\n'
rc=0; (ulimit -f 1; "$F" build -q -C "$W/r" 2>/dev/null) || rc=$?
[ "$rc" = 3 ]
cmp "$W/r/output/articles/article.epub" "$W/old.epub"
[ -z "$(find "$W/r/output" -name '*.tmp')" ]

# Usage.
rc=0; "$F" frobnicate 2>/dev/null || rc=$?; [ "$rc" = 2 ]
rc=0; "$F" build -C "$W/r" 2031-01 2>/dev/null || rc=$?; [ "$rc" = 2 ]
