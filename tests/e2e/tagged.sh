# Every PDF is tagged and conforms to PDF/UA-1 and PDF/A-2a: all books of the
# content, the specimen in every theme, files made of bad sources, and
# linearized ones. Those that are built to claim less claim no more.
set -eu
F=$B/release/fascicle

# sound NAME...: no fault that qpdf, MuPDF or poppler can see.
sound() {
	for p in "$@"; do
		qpdf --check "$p" >"$W/log" 2>&1 || {
			echo "$p"; cat "$W/log"; return 1; }
		{ mutool draw -q -F trace -o /dev/null "$p" 2>&1
		  pdftotext "$p" /dev/null 2>&1; } | grep -v 'ICC support' |
		    sed "s|^|$p: |" >"$W/log" || :
		if grep . "$W/log"; then return 1; fi
	done
}

# source_of FOLDER FILE...: a content folder with that in it.
source_of() {
	d=$1; shift
	mkdir -p "$d/content"
	cp -r "$@" "$d/content"
	ln -s "$(pwd)/fonts" "$d/fonts"
}

S=tests/specimen G=tests/golden
source_of "$W/s" $S/*.md $S/images $S/publication.yaml
source_of "$W/g" $G/*.md $G/images $G/publication.yaml
mkdir "$W/all"
"$F" build -q -f pdf -o "$W/all/content"
for t in magazine book large-print compact; do
	"$F" build -q -f pdf --theme $t -C "$W/s" -o "$W/all/$t" 2>/dev/null
done
"$F" build -q -f pdf --linearize -o "$W/all/linear" -l en 2020-10 \
    india-japan-cyber-security
"$F" build -q -f pdf -C "$W/g" -o "$W/all/bad" >"$W/said" 2>&1 || :
[ "$(ls "$W"/all/bad/articles/*.pdf | wc -l)" -ge 30 ]
set -- "$W"/all/*/*.pdf "$W"/all/*/articles/*.pdf
[ $# -ge 200 ]

sound "$W"/all/book/*.pdf "$W"/all/book/articles/*.pdf "$W"/all/linear/*.pdf \
    "$W"/all/linear/articles/*.pdf "$W"/all/bad/*.pdf \
    "$W"/all/bad/articles/*.pdf
for p in "$W"/all/linear/*.pdf "$W"/all/linear/articles/*.pdf; do
	qpdf --check-linearization "$p" >"$W/log" 2>&1
	grep -q 'no linearization errors' "$W/log"
done
bad=0
sh tests/valid/verapdf "$@" >"$W/verapdf" &
for d in content magazine book large-print compact linear; do
	tests/valid/tagged "$W/all/$d"/*.pdf "$W/all/$d"/articles/*.pdf ||
	    bad=1
done
tests/valid/tagged --bad-source "$W"/all/bad/*.pdf \
    "$W"/all/bad/articles/*.pdf || bad=1
wait $! || bad=1
cat "$W/verapdf"

# claims WANTED OPTION...: the lead article built with options.
claims() {
	want=$1; shift
	"$F" build -q -f pdf "$@" -o "$W/less" india-japan-cyber-security
	tests/valid/tagged $want "$W/less/articles/"*.pdf || bad=1
}
claims '--claims none' --pdf-standard none
claims '--claims none --no-tags' --no-tags
claims '--claims ua1' --pdf-standard ua1
claims '--claims a2a' --pdf-standard a2a --linearize
[ $bad -eq 0 ]

# No check that cannot fail.
tests/valid/mutants "$W/all/content/articles/india-japan-cyber-security.pdf"
