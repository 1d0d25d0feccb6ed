# Hostile and unlucky content: the right status, a diagnostic with its place,
# bounded time and memory, nothing read from outside, earlier output whole.
set -eu
F=$B/san/fascicle
R=$B/release/fascicle
D=$W/r
A=$D/content/article.md
mkdir -p "$D/content/sub" && cp content/publication.yaml "$D/content/"
ln -s "$(pwd)/fonts" "$D/fonts"
head='---
title: T
date: 2020-10-01
section: economy
---
'
# rep N TEXT, lines N TEXT: the text N times, on one line or on N
rep() { yes -- "$2" | head -n "$1" | tr -d '\n'; }
lines() { yes -- "$2" | head -n "$1"; }
put() { printf '%s' "$head" >"$A"; printf "$@" >>"$A"; }
puts() { { printf '%s' "$head"; cat; } >"$A"; }
# expect STATUSES PATTERN [OPTION...]: check the content, with the sanitizers
expect() {
	want=$1 pattern=$2 rc=0
	shift 2
	timeout 120 "$F" check -f epub -C "$D" "$@" >"$W/out" 2>&1 || rc=$?
	judge "check $*"
}
# built STATUSES PATTERN [OPTION...]: build it all, within a stack of 1 MiB
# and 1 GiB of memory, and look at the books
built() {
	want=$1 pattern=$2 rc=0
	shift 2
	rm -rf "$D/output"
	(ulimit -s 1024; ulimit -v 3000000
	timeout 120 "$R" build -C "$D" "$@") >"$W/out" 2>&1 || rc=$?
	judge "build $*"
	for e in "$D"/output/*.epub "$D"/output/articles/*.epub; do
		[ ! -e "$e" ] || unzip -tqq "$e"
	done
	for e in "$D"/output/*.pdf "$D"/output/articles/*.pdf; do
		[ ! -e "$e" ] || qpdf --check "$e" >"$W/qpdf" 2>&1 ||
		    { cat "$W/qpdf"; exit 1; }
	done
}
judge() {
	case " $want " in
	*" $rc "*) ;;
	*) bad=1 ;;
	esac
	if [ -n "$pattern" ] && ! grep -q -- "$pattern" "$W/out"; then
		bad=1
	fi
	if [ -n "${bad-}" ] ||
	    grep -q 'ERROR:.*Sanitizer\|runtime error' "$W/out"; then
		echo "$1: wanted $want and /$pattern/, got $rc and:"
		head -c 2000 "$W/out"
		exit 1
	fi
	# Nothing in a message can steer a terminal.
	if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$W/out"; then
		echo "$1: control characters:"
		cat -v "$W/out"
		exit 1
	fi
}
# ---- bytes ---------------------------------------------------------------
put 'x \377\376 y\n';			expect 0 'article.md:6:3:.*UTF8_INVALID'
put 'x \300\257 \355\240\200 y\n';	expect 0 'article.md:6:3:.*UTF8_INVALID'
put 'x \377 y\n';			expect 1 'UTF8_INVALID' --strict
put 'x \000 y\n';			expect 0 'CHAR_CONTROL\|UTF8_INVALID'
put 'x \033]0;t\007 \302\233 y\n';	expect 0 CHAR_CONTROL
put 'x \342\200\256 y\n';		expect 0 'article.md:6:3:.*CHAR_BIDI'
printf '\377\376-\000-\000' >"$A";	expect 1 FM_MISSING
put '[x](<a\033[31mb.md>)\n';		expect 0 '\\x1b\|MD_LINK\|CHAR_CONTROL'
printf -- '---\ntitle: "\\e[31mT"\ndate: 2020-10-01\nsection: "\\e[31m"\n---\nx\n' >"$A"
expect 1 'FM_SECTION'
# BOM, CR LF, CR and no end of the last line: the book of the clean file.
put '## A\n\n- b\n- c\n\nd\n'; built 0 written
cp "$D/output/articles/article.epub" "$W/clean.epub"
cp "$D/output/articles/article.pdf" "$W/clean.pdf"
cp "$A" "$W/clean.md"
for f in 's/$/\r/' '1s/^/\xef\xbb\xbf/'; do
	sed "$f" "$W/clean.md" >"$A"; built 0 written
	cmp "$D/output/articles/article.epub" "$W/clean.epub"
	cmp "$D/output/articles/article.pdf" "$W/clean.pdf"
done
head -c -1 "$W/clean.md" >"$A"; built 0 written
cmp "$D/output/articles/article.epub" "$W/clean.epub"

# ---- front matter --------------------------------------------------------
printf 'a: &a [1]\nb: *a\n' | { echo ---; cat; echo ---; } >"$A"
expect 1 FM_REFUSED
{ # a billion laughs
	printf -- '---\na: &a [x, x]\n'
	for i in b c d e f g h i j; do
		printf '%s: &%s [*a, *a, *a, *a, *a, *a, *a, *a]\n' $i $i
	done
	echo ---
} >"$A"
expect 1 FM_REFUSED
for bomb in '[' '{a: ' '- ' '? ' '!!x ' '"' '| ' '<<: {'; do
	{ printf -- '---\ntitle: '; rep 20000 "$bomb"; printf '\n---\n'; } >"$A"
	expect '1 4' 'article.md'
done
{ printf -- '---\n'; lines 70000 'k: v'; printf -- '---\n'; } >"$A";		expect '1 4' 'article.md'
{ printf -- '---\ntitle: '; rep 70000 x; printf '\n---\n'; } >"$A"
expect '1 4' 'article.md'
printf -- '---\ntitle: T\ndate: 2020-13-01\nsection: economy\n---\nx\n' >"$A"
expect 1 'article.md:3:7:.*FM_DATE'
printf -- '---\ntitle: T\ndate: 2020-10-01\nsection: econmy\n---\nx\n' >"$A"
expect 1 'article.md:4:10:.*economy.*FM_SECTION'
printf -- '---\ndate: 2020-10-01\nsection: economy\n---\nx\n' >"$A"
expect 1 'article.md:.*title.*FM_REQUIRED'
printf -- '---\ntitle: T\ntitle: U\n' >"$A";	expect 1 FM_UNCLOSED
printf -- '---\ntitle: [\n---\n' >"$A";	expect 1 'article.md:[23]:.*FM_'
printf 'no front matter\n' >"$A";	expect 1 'article.md:1:1:.*FM_MISSING'
: >"$A";				expect 1 FM_MISSING
printf -- '---\ntitle: T\nid: %s\ndate: 2020-10-01\nsection: economy\n---\nx\n' \
    "$(rep 300 a)" >"$A"
expect 1 'article.md:3:5:.*180.*FM_VALUE'
# Titles that mean something in XML, PDF, file names.
for t in '"><script>x</script>&amp;]]>' ')>> endobj <</JS(' '../../../etc/x' \
    '%s%n%p $(id) `id`' '-rf' 'CON' "it's"; do
	printf -- '---\ntitle: >-\n  %s\ndate: 2020-10-01\nsection: economy\n---\nx %s\n' \
	    "$t" "$t" >"$A"
	built 0 written
	[ -f "$D/output/articles/article.epub" ]
done
printf -- '---\ntitle: T\nid: ../../x/y\ndate: 2020-10-01\nsection: economy\n---\nx\n' >"$A"
built 0 written
[ -f "$D/output/articles/x-y.epub" ] && [ ! -e "$W/x" ]

# ---- text ----------------------------------------------------------------
put '\n';				built 0 MD_EMPTY
rep 10000 a | puts;			built 0 written
rep 3000 "$(printf 'e\314\201')" | puts;		built 0 written
for depth in 90 101; do
	rep $depth '> ' | puts; echo x >>"$A"
	if [ $depth = 90 ]; then built 0 written; else expect 4 MD_DEPTH; fi
done
awk 'BEGIN { for (i = 0; i < 45; i++) { printf "%*s- x\n", 2 * i, "" } }' | puts
built 0 written
awk 'BEGIN { for (i = 0; i < 100; i++) { printf "%*s- x\n", 2 * i, "" } }' | puts
expect 4 MD_DEPTH
rep 50000 '>' | puts; echo x >>"$A";	expect 4 MD_DEPTH
for t in '*a **b ' '[' '![' '<' '`' '_' '[a](b ' '&#x' '- ' '# ' '| ' '\\' \
    '[^1]' '~' '$' '<!-- ' '1. ' '<?' 'a*' '[]()' '|a'; do
	rep 20000 "$t" | puts;		expect '0 1 4' ''
done
{ printf '[x]: /'; rep 50000 u; printf '\n\n'; rep 50000 '[x] '; } | puts
built 4 'article.md.*MD_AMPLIFIED' -f epub
[ "$(wc -l <"$W/out")" -lt 1100 ]
{ for i in 1 2 3; do printf '[^%s]: a [^%s] b\n\n' $i $((i % 3 + 1)); done
printf 'x[^1]\n'; } | puts;		built 0 written
awk 'BEGIN { for (i = 1; i <= 3000; i++) printf "x[^%d]\n\n[^%d]: n\n\n", i, i }' |
    puts;				built 0 written
# Tables: wider than the page, long, too wide, too long.
{ rep 40 '| wide column '; echo '|'; rep 40 '|---'; echo '|'
rep 40 '| unbreakablewordthatislong '; echo '|'; } | puts
built 0 written
{ printf '| a | b |\n|---|---|\n'; lines 3000 '| one cell | and another |'; } | puts;				built 0 written
{ rep 300 '| a '; echo '|'; rep 300 '|---'; echo '|'; } | puts
expect 4 MD_TABLE_WIDE
{ echo '```'; lines 20000 'a line of code'; echo '```'; } | puts;		built 0 written
{ echo '```'; rep 100000 x; echo; echo '```'; } | puts; built 0 written
lines 500 '## heading' | puts;				built 0 written
# Long lines; letters without a gap may cost the PDF its memory limit.
rep 1000000 'ab cd efg ' | puts;	built 0 written article
head -c 10000000 /dev/zero | tr '\0' a | puts; built '0 4' 'written\|MEMORY_LIMIT' article
rep 2000000 'abcdefghi ' | puts;	expect 4 'article.md.*MD_TOO_LARGE'
put '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=x>y</b>\n'
built 0 'MD_HTML'
if unzip -p "$D/output/articles/article.epub" '*.xhtml' |
    grep -i '<script\|javascript:\|onclick'; then
	exit 1
fi
if grep -aq '/JavaScript\|/Launch' "$D/output/articles/article.pdf"; then exit 1; fi
put 'x\n'; cp "$A" "$D/content/other.md"
printf -- '---\ntitle: T\nid: article\ndate: 2020-10-01\nsection: economy\n---\nx\n' \
    >"$D/content/other.md"
expect 1 'other.md:3:5:.*article.md.*BOOK_ID_TWICE'
rm "$D/content/other.md"

# ---- paths ---------------------------------------------------------------
echo secret-7531 >"$W/secret.png"
echo secret-7531 >"$D/secret.png"
# refused PATTERN PATH...: as an image, alone and in a line of text
refused() {
	why=$1
	shift
	for i; do
		put '![a](<%s>)\n\ntext ![b](<%s>) text\n' "$i" "$i"
		expect 1 "article.md:[68]:.*$why"
	done
}
refused IMAGE_OUTSIDE ../../../etc/passwd ../secret.png ./../secret.png \
    sub/../../secret.png /etc/passwd %2e%2e/secret.png ..%2fsecret.png \
    /proc/self/environ /dev/zero
refused IMAGE_REMOTE http://example.org/x.png https://example.org/x.png \
    ftp://example.org/x HTTP://EXAMPLE.ORG/x.png //example.org/x.png \
    data:image/png,x file:///etc/passwd C:/windows/x.png
refused 'IMAGE_[MOK]' none.png %252e%252e/secret.png '..\secret.png' \
    'x%00.png' x%zz.png 'secret.png ' ... .hidden sub 'a|b;c$(d)`e`.png'
for link in /etc/passwd ../secret.png /dev/zero /proc/self/mem link.png; do
	ln -sf "$link" "$D/content/link.png"
	put '![a](link.png)\n';		expect 1 'article.md:6:.*IMAGE_'
done
rm "$D/content/link.png"
mkfifo "$D/content/fifo.png"
refused 'IMAGE_' fifo.png
rm "$D/content/fifo.png"
ln -s / "$D/content/out"; ln -s . "$D/content/sub/loop"; mkfifo "$D/content/f.md"
ln -s /etc/passwd "$D/content/p.md"
put 'x\n';				expect 0 ''
rm "$D/content/out" "$D/content/sub/loop" "$D/content/f.md" "$D/content/p.md"
# Names of articles: spaces, quotes, a dash, a newline, no UTF-8, an escape.
for n in 'a b' "q'\"" -rf "$(printf 'new\nline')" "$(printf 'l\351')" \
    "$(printf '\033[31m')" '$(x)' '%s%n' 'x.hi' '..' '...x' ''; do
	rm -f "$A"
	{ printf '%s' "$head"; echo 'x <b>'; } >"$D/content/$n.md"
	built '0 1' ''
	rm -f "$D/content/$n.md"
done
for f in $(find "$D/output" -type f); do
	case ${f#"$D/output/"} in
	*[!a-z0-9./-]*) echo "$f: not an ASCII name"; exit 1 ;;
	esac
done

# ---- images --------------------------------------------------------------
png=content/2020/10/images/pm-limits.png
jpg=content/2020/10/images/osiris-rex-tag.jpg
shows() {
	put '![a](x.png)\n\nand ![b](x.png) too\n'
	expect "$1" "article.md:[68]:.*$2"
}
for f in "$png" "$jpg"; do
	for n in 1 8 20 100 300 5000 60000; do
		head -c $n "$f" >"$D/content/x.png"
		shows 1 'IMAGE_BROKEN\|IMAGE_KIND'
	done
	# One byte changed, here and there: refused, or a picture all the same.
	for n in 9 17 21 30 40 60 500 3000 20000 70000; do
		{ head -c $n "$f"; printf '\245'; tail -c +$((n + 2)) "$f"; } \
		    >"$D/content/x.png"
		put '![a](x.png)\n';	expect '0 1 4' ''
	done
done
: >"$D/content/x.png";			shows 1 'IMAGE_'
echo text >"$D/content/x.png";		shows 1 'IMAGE_KIND'
printf 'GIF89a\001\000\001\000' >"$D/content/x.png"; shows 1 'IMAGE_KIND'
printf '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>' >"$D/content/x.png"
shows 1 'IMAGE_KIND'
printf '%%PDF-1.4\n' >"$D/content/x.png"; shows 1 'IMAGE_KIND'
rm "$D/content/x.png"
# The header of a picture 60,000 pixels wide and high, with a true checksum.
printf '\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\352\140\000\000\352\140\010\002\000\000\000\017\260\342\025' \
    >"$D/content/x.png";		shows 4 IMAGE_LIMIT
# A wrong extension is no matter; what follows the picture is left behind.
cp "$jpg" "$D/content/x.png"; { cat "$png"; echo secret-7531; } >"$D/content/y.jpg"
put '![a](x.png)\n\n![a](y.jpg)\n';	built 0 written
# What was built here holds no secret, no path, no user, no host.
for e in "$D"/output/articles/article.*; do
	{ cat "$e"; unzip -p "$e" 2>/dev/null || true; } >"$W/all"
	for word in secret-7531 "$W" "$(id -un)@$(hostname)" "$HOME/"; do
		if LC_ALL=C grep -aqF -- "$word" "$W/all"; then
			echo "$e holds $word"
			exit 1
		fi
	done
done

# ---- many ----------------------------------------------------------------
rm -rf "$D/content/"*.md "$D/content/"*.jpg "$D/content/"*.png
built 1 'BOOK_EMPTY'
for i in $(seq 200); do
	{ printf '%s' "$head"; rep 40 "word $i "; } >"$D/content/n$i.md"
done
built 0 '^201 of 201' -f epub

# ---- a failed build leaves the old book as it was, and no temporary -------
rm "$D/content"/n*.md
put 'fine\n'
"$F" build -q -C "$D"
cp -a "$D/output" "$W/old"
same() {
	diff -r "$D/output" "$W/old"
	[ -z "$(find "$D/output" -name '*.tmp')" ]
}
put '![a](none.png)\n'
rc=0; "$F" build -q -C "$D" 2>/dev/null || rc=$?; [ "$rc" = 1 ]; same
rep 200 '> ' | puts; echo x >>"$A"
rc=0; "$F" build -q -C "$D" 2>/dev/null || rc=$?; [ "$rc" = 4 ]; same
put '<b>\n'
rc=0; "$F" build -q --strict -C "$D" 2>/dev/null || rc=$?; [ "$rc" = 1 ]; same
put 'fine, and longer\n'
rc=0; (ulimit -f 1; "$F" build -q -C "$D" 2>/dev/null) || rc=$?
[ "$rc" = 3 ]; same
