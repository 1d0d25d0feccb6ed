# Ways through a PDF: names that stay, links of every kind and back, the
# outline as the contents, page labels, equal pictures once, what the options
# promise, and the linearized form.
set -eu
F=$B/san/fascicle
R=$W/r
mkdir -p "$R/content"
ln -s "$PWD/fonts" "$R/fonts"
cp content/2020/10/images/pm-limits.png "$R/content/a.png"
cp "$R/content/a.png" "$R/content/b.png"
cat >"$R/content/publication.yaml" <<'Y'
title: Water Review
publisher: House & Sons
sections:
  - id: economy
    title: Economy
  - id: society
    title: Society & Law
Y
cat >"$R/content/rain.md" <<'Y'
---
title: 'Rain & <rivers>'
date: 2020-10-01
section: economy
---
## Background

See [the sea](sea), [its coast](sea.md#coast), [below](#outlook), [Table 1](#t1),
[the figure](#f1), [the web](https://example.org/a_(b)?q=é&x=1) and
[mail](mailto:a@example.org).[^1] Again.[^1]

[^1]: A note with [a link](https://example.org/note).

![A drawing](a.png)

Table: Rain by month

| Month | mm |
|-------|----|
| June  | 10 |

### भूमिका

[Here](#भूमिका).

## Outlook

Text.

## Outlook

Again.
Y
cat >"$R/content/sea.md" <<'Y'
---
title: The sea
date: 2020-10-02
section: society
---
Back to [rain](rain#background) and [its table](rain.md#t1).

## Coast

![The same drawing](b.png)
Y
fail() { echo "$*"; exit 1; }
# names PDF: all named destinations, sorted
names() {
	pdfinfo -dests "$1" | sed -n 's/.*"\(.*\)"$/\1/p' | LC_ALL=C sort
}
# objects PDF: all objects, readable
objects() { qpdf --qdf --object-streams=disable --no-original-object-ids \
    "$1" - 2>/dev/null; }
# dests PDF: what links and outline lead to, by name
dests() {
	objects "$1" | LC_ALL=C sed -n 's/^ *\/Dest (\(.*\))$/\1/p'
}
"$F" build -q -f pdf -C "$R" -o "$W/o"
m=$W/o/water-review-2020-10.pdf
r=$W/o/articles/rain.pdf

# The same names in an article's own file and in the month.
names "$r" >"$W/own"
names "$m" | grep '^rain' >"$W/month"
cmp "$W/own" "$W/month"
for n in rain rain.background rain.outlook rain.outlook-2 rain.t1 rain.f1 \
    rain.n1 rain.r1 rain.r1-2; do
	grep -qx "$n" "$W/own" || fail "no name $n"
done
grep -qx 'rain\.xn-[0-9a-f]*' "$W/own"
names "$m" | grep -qx 's-society'

# Every link leads somewhere, in these books and in the demonstration's.
"$F" build -q -f pdf -o "$W/demo"
n=0
for p in "$W"/o/*.pdf "$W"/o/articles/*.pdf "$W"/demo/*.pdf \
    "$W"/demo/articles/*.pdf; do
	names "$p" >"$W/have"
	dests "$p" | LC_ALL=C sort -u >"$W/want"
	LC_ALL=C comm -13 "$W/have" "$W/want" >"$W/lost"
	[ ! -s "$W/lost" ] || fail "$p: nothing is named $(cat "$W/lost")"
	n=$((n + $(wc -l <"$W/want")))
	# and says what it is
	objects "$p" >"$W/objects"
	[ "$(LC_ALL=C grep -c '^  /Subtype /Link' "$W/objects")" = \
	    "$(LC_ALL=C grep -c '^  /Contents [(<]' "$W/objects")" ] ||
	    fail "$p: a link without a description"
done
[ "$n" -gt 300 ]

# Between articles in the month; an article alone has no way out but the web.
for d in sea.coast rain.background rain.t1 rain.f1 rain.n1 rain.r1; do
	dests "$m" | grep -qx "$d" || fail "no link to $d"
done
for d in sea sea.coast; do
	if dests "$r" | grep -qx "$d"; then fail "a link out of the book"; fi
done
for u in 'https://example.org/a_\(b\)?q=%C3%A9&x=1' \
    'mailto:a@example.org' 'https://example.org/note'; do
	objects "$r" | grep -aqF "/URI ($u)" || fail "no link to $u"
done
[ "$(dests "$r" | grep -cx 'rain.n1')" = 2 ]	# two marks there,
[ "$(dests "$r" | grep -cx 'rain.r1')" = 1 ]	# one way back

# The outline is the contents, with their list first.
mutool show "$m" outline | awk -F '\t' '{
	for (i = 2; $i == ""; i++) ; print i - 2, $i }' | sed 1d >"$W/outline"
"$F" dump book -C "$R" 2020-10 | sed -n 's/^\( *\)toc [a-z]* anchor=[0-9]* /\1/p' |
    awk '{ match($0, /^ */); d = RLENGTH / 2; sub(/^ */, ""); print d, $0 }' \
    >"$W/toc"
diff "$W/outline" "$W/toc"
mutool show "$m" outline | sed -n 1p | grep -q '"Contents".#page=3&'
# A section's bookmark leads to its page of contents.
page=$(mutool show "$m" outline | sed -n 's/.*"Society & Law".#page=\([0-9]*\).*/\1/p')
pdftotext -f "$page" -l "$page" "$m" - | grep -q 'In this section'
# Few entries are all open, many are not.
if mutool show "$m" outline | grep -q '^+'; then exit 1; fi
mutool show "$W/demo/current-affairs-2020-10.pdf" outline >"$W/outline"
[ "$(grep -c '^-' "$W/outline")" -ge 5 ]	# sections
[ "$(grep -c '^+' "$W/outline")" -ge 15 ]	# articles
qpdf --json --json-key=pagelabels "$m" | tr -d ' \n' >"$W/labels"
grep -q '{"index":0,"label":{"/P":"u:cover".*"index":1,"label":{"/S":"/r".*{"index":4,"label":{"/S":"/D"' "$W/labels"

# Two files of one picture are one object.
[ "$(pdfimages -list "$m" | awk 'NR > 2 { print $11 }' | sort | uniq -c |
    awk '{ print $1 }')" = 2 ]

# Options: command line before publication file.
# claims WANT ARGUMENT...: the claims in the packet
claims() {
	want=$1
	shift
	"$F" build -q -f pdf -C "$R" -o "$W/c" "$@" sea
	got=$(pdfinfo -meta "$W/c/articles/sea.pdf" | sed -n \
	    's/.*<pdf\(u*a\)id:part>\([12]\)<.*/\1\2/p' | tr '\n' ' ')
	[ "$got" = "$want" ] || fail "$*: claims $got"
}
claims 'a2 ua1 '
claims 'ua1 ' --pdf-standard ua1
claims 'a2 ' --pdf-standard a2a
claims '' --pdf-standard none
claims '' --no-tags
cp "$R/content/publication.yaml" "$W/pub"
echo 'pdf: {standard: a2a, linearize: on}' >>"$R/content/publication.yaml"
claims 'a2 '
claims 'a2 ua1 ' --pdf-standard ua1,a2a
grep -aq '/Linearized 1' "$W/c/articles/sea.pdf"
cp "$W/pub" "$R/content/publication.yaml"
echo 'pdf: {tags: off}' >>"$R/content/publication.yaml"
claims ''
claims 'ua1 ' --pdf-standard ua1
cp "$W/pub" "$R/content/publication.yaml"

# Linearized: sound, the same bytes from any number of workers, the same
# text, names and outline.
"$F" build -q -f pdf -C "$R" -o "$W/l" --linearize -j 1
"$F" build -q -f pdf -C "$R" -o "$W/l2" --linearize -j 3 --no-sandbox
diff -r "$W/l" "$W/l2"
for p in $(cd "$W/o" && find . -name '*.pdf'); do
	qpdf --check "$W/l/$p" >"$W/log" || fail "$(cat "$W/log")"
	qpdf --check-linearization "$W/l/$p" >"$W/log" ||
	    fail "$(cat "$W/log")"
	grep -q 'no linearization errors' "$W/log"
	pdftotext "$W/o/$p" "$W/one"
	pdftotext "$W/l/$p" "$W/two"
	cmp "$W/one" "$W/two"
	names "$W/o/$p" >"$W/one"
	names "$W/l/$p" >"$W/two"
	cmp "$W/one" "$W/two"
	mutool show "$W/o/$p" outline >"$W/one"
	mutool show "$W/l/$p" outline >"$W/two"
	cmp "$W/one" "$W/two"
	grep -aq '<pdfaid:part>2<' "$W/l/$p"	# to be found in the bytes
done
