# The page numbers of the EPUB are the PDF's: the words after each break are on
# that page, those before it on the one before; every break is in both lists
# once and every line of the lists leads to one; a build of the EPUB alone
# finds the same pages, and none if it is told so.
set -eu
F=$B/san/fascicle
export LC_ALL=C.UTF-8
mkdir -p "$W/p/content" && cp tests/specimen/publication.yaml "$W/p/content"

# long NAME SPECIMEN N: the specimen's front matter, its text N times, with
# numbers that tell them apart.
long() {
	awk -v n="$3" '/^---$/ && fm < 2 { fm++; print; next }
	    fm < 2 { print; next }
	    /^\[\^/ { next }
	    { gsub(/\[\^[^]]*\]/, "") }
	    /[^|]$/ && !/^(---|```|:)/ && !/\[!/ { $0 = $0 " @" }
	    /^[A-Za-z]/ || /^[^ -~]/ { for (i = 3; i < NF; i += 3) $i = $i " @" }
	    # Two numbers in an Urdu line change places in pdftotext.
	    /\|$/ && !/--/ && FILENAME !~ /urdu/ { sub(/\|$/, "@ |") }
	    { t = t $0 "\n" }
	    END { for (; n > 0; n--) {
		u = t
		gsub(/@/, n, u)
		print u
	    } }' "tests/specimen/$2.md" \
	    >"$W/p/content/$1.md"
}
long hindi.hi hindi.hi 8
long urdu.ur urdu.ur 12
long text paragraphs 4
long lists lists 4
long code code 4
"$F" build -q -C . -o "$W/m" 2020-10 -l en 2>/dev/null || :
for t in book magazine compact; do
	"$F" build -q --theme $t -C "$W/p" -o "$W/$t" hindi.hi.md urdu.ur.md \
	    text.md lists.md code.md 2>/dev/null || :
done

# breaks EPUB: a line for each: label, the words before it, the last one
# apart, three after.
breaks() {
	for m in $(unzip -p "$1" package.opf | awk -F'"' '
	    /<item id=/ { href[$2] = $4 }
	    /<itemref/ { print href[$2] }'); do
		unzip -p "$1" "$m" | tr '\n' ' ' |
		    sed 's/\xc2\xa0/ /g; s/<nav.*<\/nav>//g; s/<head>.*<\/head>//
		    s/<span id="page-\([^"]*\)"[^>]*><\/span>/\x01\1\x02/g
		    s/<\/*\(em\|strong\|a\|span\|code\|s\|su[bp]\|kbd\)\( [^>]*\)*>//g
		    s/<[^>]*>/ /g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g
		    s/&amp;/\&/g; s/[☐☑]//g'
	done | awk 'BEGIN { RS = "\001" }
	    function tail(s,  v, n, i, r) {
		n = split(s, v, /[ \t\n]+/)
		if (v[n] == "") n--
		for (i = n > 4 ? n - 4 : 1; i < n; i++) r = r v[i]
		return r " " v[n]
	    }
	    function head(s,  v, n, i, r) {
		sub(/^[ \t\n]+/, "", s)
		n = split(s, v, /[ \t\n]+/)
		for (i = 1; i <= n && i <= 3; i++) r = r v[i]
		return r
	    }
	    NR > 1 { i = index($0, "\002"); label = substr($0, 1, i - 1)
		text = substr($0, i + 1)
		if (head(text) == "") next	# only floats on that page
		print label, tail(before), head(text)
		before = text; next }
	    { before = $0 }' | LC_ALL=C sed 's/\xd9[\x8b-\x92]//g'
}

# page EPUB FIRST LAST: the text of these pages of its PDF, without blanks and
# the marks above Urdu letters, which pdftotext puts elsewhere.
page() {
	raw=-raw			# in the order of the content
	case $1 in *.ur.*) raw= ;; esac	# which runs backwards there
	pdftotext $raw -f $2 -l $3 "${1%.epub}.pdf" - |
	    sed ':l; s/^\([0-9]*\.\|[•–·☐☑]\) //; tl' | tr -d ' \t\n\f' |
	    LC_ALL=C sed 's/\xc2\xa0//g; s/\xc2\xad//g
	    s/\xe2\x98[\x90\x91]//g; s/\xe2\x80[\x8e\x8f\xaa-\xae]//g
	    s/\xd9[\x8b-\x92]//g' >"$W/page"
}

# pages_match EPUB FIRST: its PDF's page 1 is the FIRST one of the file.
pages_match() {
	n=0
	breaks "$1" >"$W/breaks"
	while read -r label before last after; do
		case $label in *[!0-9]*) continue ;; esac
		# A title's page begins with what the PDF sets on one line.
		[ "$label" != 1 ] || continue
		unzip -p "$1" '*.xhtml' | tr '\n' ' ' | grep -q \
		    "id=\"page-$label\"[^>]*></span><p class=\"kicker\"" &&
		    continue
		p=$((label + $2 - 1))
		page "$1" $p $p
		grep -qF -e "$after" "$W/page" || {
			echo "$1: page $label: no $after"; exit 1; }
		! grep -qF -e "$before$last$after" "$W/page" ||
		    [ "$2" = 1 ] || {
			echo "$1: page $label has $before"; exit 1; }
		n=$((n + 1))
		case $1 in
		*.ur.*)	# labels of lists stand anywhere in its lines
			head -c 400 "$W/page" | grep -qF -e "$after" || {
				echo "$1: page $label: late"; exit 1; }
			continue ;;
		esac
		# Of a word that is parted the rest may be on this one.
		page "$1" $((p > 2 ? p - 2 : 1)) $((p - 1))
		grep -qF -e "$before" "$W/page" || {
			echo "$1: not before page $label: $before"; exit 1; }
	done <"$W/breaks"
	[ $n -gt 0 ] || { echo "$1: no page"; exit 1; }
	echo "$1: $n pages" >>"$W/told"
}

# lists EPUB: all breaks, the navigation's list and the NCX's are alike.
lists() {
	unzip -p "$1" '*.xhtml' | grep -o 'id="page-[^"]*"' | tr -d '"' |
	    sort >"$W/ids"
	[ -z "$(uniq -d "$W/ids")" ]
	for m in nav.xhtml toc.ncx; do
		unzip -p "$1" $m | grep -o '[^"]*#page-[^"]*"' |
		    sed 's/.*#page-/id=page-/; s/"//' | sort >"$W/list"
		cmp "$W/ids" "$W/list"
	done
	[ -s "$W/ids" ]
}

# Two columns of a table that run backwards are no text for pdftotext.
rm "$W/compact/articles/urdu.ur.epub"
for e in "$W"/book/articles/*.epub "$W"/magazine/articles/*.epub \
    "$W"/compact/articles/*.epub; do
	lists "$e"
	pages_match "$e" 1
done
e=$W/m/current-affairs-2020-10.epub
lists "$e"
pages_match "$e" 5
grep -q 'urdu' "$W/told" && grep -q 'hindi' "$W/told"

"$F" build -q -f epub -C . -o "$W/alone" 2020-10 -l en
cmp "$e" "$W/alone/current-affairs-2020-10.epub"
"$F" build -q -f epub --no-page-list -C . -o "$W/none" 2020-10 -l en
unzip -p "$W/none/current-affairs-2020-10.epub" '*.xhtml' '*.opf' '*.ncx' |
    grep -q -i 'page-\?break\|page-list\|pageList\|pageNav' && exit 1
sh tests/valid/epubcheck "$W"/*/articles/*.epub "$e" >"$W/said" 2>&1 || {
	cat "$W/said"; exit 1; }
