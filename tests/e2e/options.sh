# The command line: help, what WHAT means, what is refused and how, exit
# statuses, the last line, the progress line, signals.
set -eu
F=$B/san/fascicle
R=$W/r
mkdir -p "$R/content"
cat >"$R/content/publication.yaml" <<'Y'
title: Water Review
language: en
sections:
  - id: economy
    title: Economy
  - id: society
    title: Society
Y
# put FILE DATE SECTION [LINE]: an article
put() {
	printf -- '---\ntitle: %s\ndate: %s\nsection: %s\n%b---\nText.\n' \
	    "$1" "$2" "$3" "${4:-}" >"$R/content/$1.md"
}
put rain 2020-10-01 economy 'tags: [water, sky]\n'
put rain.hi 2020-10-01 economy
put river 2020-10-20 society 'tags: [water]\n'
put sea 2020-11-02 society

# fails STATUS PATTERN ARGUMENT...
fails() {
	want=$1 pattern=$2 rc=0
	shift 2
	"$F" "$@" >"$W/out" 2>&1 || rc=$?
	if [ "$rc" != "$want" ] || ! grep -q -- "$pattern" "$W/out"; then
		echo "fascicle $*: wanted $want and /$pattern/, got $rc and:"
		cat "$W/out"
		exit 1
	fi
}
# silent ARGUMENT...: status 0 and not a word
silent() {
	"$F" "$@" >"$W/out" 2>&1 && [ ! -s "$W/out" ] || {
		echo "fascicle $*: wanted nothing, got:"
		cat "$W/out"
		exit 1
	}
}
# is N ARGUMENT...: list names N files, beside what is left out
is() {
	want=$1
	shift
	"$F" list -f epub -C "$R" "$@" >"$W/out"
	[ "$(grep -c '\.epub' "$W/out")" = "$want" ] || {
		echo "list $*: wanted $want files, got:"
		cat "$W/out"
		exit 1
	}
}

fails 0 '^usage: fascicle COMMAND' --help
fails 0 '^fascicle [0-9]' --version
for c in build check list dump; do
	fails 0 "^usage: fascicle $c " $c --help
	fails 0 "^usage: fascicle $c " --help $c
	fails 0 'Exit status' $c --help
done
fails 2 'no command'
fails 2 'no such command: frob' frob
fails 2 'fascicle --help' build --frob
fails 2 'pdf, epub' build -f pdf,doc
fails 2 'pdf, epub' build -f ''
fails 2 '1 to 64' build -j 0
fails 2 '1 to 64' build -j 4x
fails 2 'paper takes A4' build --paper A9
fails 2 'theme takes' build --theme ''
fails 2 'pdf-standard takes ua1, a2a' build --pdf-standard ua2
fails 2 'pdf-standard takes ua1, a2a' build --pdf-standard ''
fails 2 'epub-fonts takes none or subset' build --epub-fonts all
SOURCE_DATE_EPOCH=now fails 2 'SOURCE_DATE_EPOCH takes' build
fails 2 'no-tags goes with' build --no-tags --pdf-standard a2a
fails 2 'tags, then WHAT' dump doc
fails 2 'no such stage, of doc, .*: ink' dump ink river
fails 2 '^fascicle: unrecognized option' build --ink
fails 2 'there are hi, en' build -C "$R" -l fr
fails 2 'did you mean "economy"' build -C "$R" --section econmy
fails 2 'there are economy, society' build -C "$R" --section zzz
fails 2 'did you mean "water"' build -C "$R" --tag watr
fails 2 'no article in the period "2031"' build -C "$R" 2031
fails 2 'no such article or period: "pond"' build -C "$R" pond
fails 2 'not in the language' build -C "$R" -l hi river
fails 2 'no such article or period: "?\[31m"' build -C "$R" "$(printf '\033[31m')"
[ ! -e "$R/output" ]

is 7				# 4 articles; October in 2 languages; November
is 2 -l HI
is 2 2020-10
is 1 2020-10 -l en
is 1 2020-11
is 2 2020
is 2 2020-10-01..2020-10-19
is 1 2020-W43
is 1 river
is 2 rain
is 1 content/rain.hi.md
is 1 ./content/river.md river
is 4 2020 2020-10 2020
is 2 --section economy 2020
is 1 --tag water 2020
is 3 --section society -l en --tag water 2020-10 sea river

# What is left out, and why; an error in one article is no matter of another.
put broken 2020-13-01 economy
fails 1 'broken.md	left out: not a date .FM_DATE.' list -C "$R"
fails 1 FM_DATE check -C "$R"
fails 1 FM_DATE check -C "$R" broken
fails 1 FM_DATE check -C "$R" 2020-10
silent check -C "$R" river
fails 1 '"id":"FM_DATE"' check --json -C "$R"
put broken 2020-10-03 economy 'tag: water\n'
fails 0 'broken.md:5:1: warning: .*did you mean "tags"' check -C "$R"
fails 1 'broken.md:5:1: error: ' check --strict -C "$R"
silent check -q -C "$R"
rm "$R/content/broken.md"

# The last line of a build.
fails 0 '^6 of 6 books written to .*: 6 files, 0 pages, [0-9]*\.[0-9] MB, [0-9]*\.[0-9] s$' \
    build -f epub -C "$R" -o "$W/o" rain river 2020-10 2020-11
[ "$(find "$W/o" -name '*.epub' | wc -l)" = 6 ]
silent build -q -C "$R" -o "$W/o"

cp "$R/content/publication.yaml" "$W/pub"

# Themes and paper: the option, then the publication file, then theme.yaml.
mkdir "$R/content/looks"
echo 'page: {size: 6x9in}' >"$R/content/looks/a.yaml"
printf 'inherit: a.yaml\nlists: {indent: 1em}\n' >"$R/content/looks/b.yaml"
# page WIDTH ARGUMENT...: how wide the pages are
page() {
	want=$1
	shift
	"$F" build -q -f pdf -C "$R" -o "$W/o" "$@" river
	pdfinfo "$W/o/articles/river.pdf" | grep -q "Page size: *$want x" || {
		echo "page $*: wanted $want, got:"
		pdfinfo "$W/o/articles/river.pdf"
		exit 1
	}
}
ln -sfn "$(pwd)/fonts" "$R/fonts"
fails 1 'did you mean "book"' check -C "$R" --theme boook
fails 1 'no such file' check -C "$R" --theme looks/c.yaml
fails 1 'outside' check -C "$R" --theme ../looks/c.yaml
silent check -C "$R" --theme looks/b.yaml
page 595.27[0-9] --theme compact
page 419.52[0-9] --theme compact --paper a5
page 432 --theme content/looks/b.yaml
page 612 --theme looks/b.yaml --paper 8.5x11in
echo 'inherit: looks/b.yaml' >"$R/content/theme.yaml"
page 432
echo 'theme: {article: book}' >>"$R/content/publication.yaml"
page 595.27[0-9]
echo 'page: B5' >>"$R/content/publication.yaml"
page 498.[89][0-9]* --theme looks/b.yaml
cp "$W/pub" "$R/content/publication.yaml"
rm "$R/content/theme.yaml"

# How EPUBs are made: the option, then the publication file, then the default.
mkdir "$W/k"
cp -r "$R/content" "$W/k" && cp tests/specimen/images/*.svg "$W/k/content"
ln -sfn "$(pwd)/fonts" "$W/k/fonts"
svg=$(cd "$W/k/content" && ls *.svg | sed 1q)
printf -- '---\ntitle: Pool\ndate: 2020-10-02\nsection: economy\n---\n![P](%s)\n' \
    "$svg" >"$W/k/content/pool.md"
# made PAGES FILES SVGS ARGUMENT...: has it pages, files of articles, drawings
made() {
	want="$1 $2 $3"
	shift 3
	"$F" build -q -f epub -C "$W/k" -o "$W/ko" -l en "$@" 2020-10
	unzip -p "$W/ko/water-review-2020-10.epub" nav.xhtml >"$W/nav"
	unzip -Z1 "$W/ko/water-review-2020-10.epub" >"$W/names"
	got="$(grep -c '"page-list"' "$W/nav" || :) $(
	    grep -c '^a-' "$W/names" || :) $(grep -c 'svg$' "$W/names" || :)"
	[ "$got" = "$want" ] || {
		echo "epub $*: wanted $want, got $got"
		exit 1
	}
}
fails 2 'epub-images takes screen, eink or original' build --epub-images grey
fails 2 'epub-merge takes a number of bytes' build --epub-merge +4
fails 2 'epub-merge takes a number of bytes' build --epub-merge ''
made 1 3 1
made 0 2 0 --no-page-list --epub-merge 4000 --epub-images eink
made 1 3 1 --no-page-list --page-list
echo 'epub: {page-list: off, merge-short: 4000, images: eink}' \
    >>"$W/k/content/publication.yaml"
made 0 2 0
made 1 2 0 --page-list
made 0 3 0 --epub-merge 0
made 0 2 1 --epub-images screen
echo 'epub: {images: grey}' | cat "$W/pub" - >"$W/k/content/publication.yaml"
fails 1 'publication.yaml:8:16: error: .*screen, eink or original' \
    check -C "$W/k"

# The publication file.
bad() {
	fails 1 "$1" check -C "$R"
	fails 1 "$1" build -C "$R"
	cp "$W/pub" "$R/content/publication.yaml"
}
rm "$R/content/publication.yaml"
bad 'publication.yaml: error: .*PUB_MISSING'
echo 'title: [' >"$R/content/publication.yaml"
bad 'publication.yaml:[12]:[0-9]*: error: .*FM_SYNTAX'
echo 'title: T' >"$R/content/publication.yaml"
bad 'publication.yaml:1:1: error: .*PUB_VALUE'
sed 's/language: en/language: e_n/' "$W/pub" >"$R/content/publication.yaml"
bad 'publication.yaml:2:11: error:'
sed 's/economy/Eco nomy/' "$W/pub" >"$R/content/publication.yaml"
bad 'publication.yaml:4:5: error:'
fails 3 'IO_READ' check -C "$W/nowhere"
mkdir -p "$W/e/content" && cp "$W/pub" "$W/e/content/publication.yaml"
fails 1 'BOOK_EMPTY' build -C "$W/e"

# The progress line: on a terminal only, without escape sequences.
if script -qec true /dev/null >/dev/null 2>&1; then
	# PDF too: EPUB alone may be done before the line is due.
	TERM=xterm script -qec "$F build -j 1 -o '$W/o'" /dev/null \
	    </dev/null >"$W/tty"
	grep -q ' of 2[0-9] books, [0-9]* pages: ' "$W/tty"
	TERM=dumb script -qec "$F build -j 1 -o '$W/o'" /dev/null \
	    </dev/null >"$W/dumb"
	if grep -q ' pages: ' "$W/dumb"; then exit 1; fi
	if LC_ALL=C grep -q "$(printf '\033')" "$W/tty"; then exit 1; fi
fi
TERM=xterm "$F" build -j 1 -o "$W/o" >"$W/out" 2>&1
if grep -q ' pages: ' "$W/out"; then exit 1; fi

# Signals: status 3, no temporary, no worker left.
for s in INT TERM HUP; do
	"$F" build -j 2 -f epub -o "$W/s" >"$W/out" 2>&1 &
	pid=$!
	while [ ! -d "$W/s/articles" ]; do sleep 0.02; done
	kill -$s $pid
	rc=0; wait $pid || rc=$?
	[ "$rc" = 3 ] || [ "$rc" = 0 ] || { echo "SIG$s: $rc"; exit 1; }
	[ -z "$(find "$W/s" -name '*.tmp')" ]
	[ -z "$(pgrep -P $pid || true)" ]
	rm -rf "$W/s"
done
