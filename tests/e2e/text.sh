# The text of every book, as poppler, MuPDF and an EPUB's pages have it, is
# that of its documents (`dump text`): block by block, word by word, less
# furniture. In all scripts, every theme, and for whatever goldens there are.
set -eu
F=$B/san/fascicle
S=$W/specimen
mkdir -p "$S/content" "$W/t"
trap 'echo "last: ${n-}"; cat "$W/said"' EXIT
cp -r tests/specimen/*.md tests/specimen/images tests/specimen/*.yaml \
    "$S/content"
ln -s "$PWD/fonts" "$S/fonts"

as=		# before the name of the book, as text-readers knows it
# compare FOLDER WHAT FILE [OPTION...]: FILE: without .pdf and .epub
compare() {
	dir=$1 what=$2 file=$3 n=$as${3##*/}
	shift 3
	"$F" dump text -C "$dir" "$@" "$what" >"$W/t/$n.text" 2>/dev/null
	"$F" dump pages -C "$dir" "$@" "$what" >"$W/t/$n.pages" 2>/dev/null
	pdftotext -raw "$file.pdf" "$W/t/$n.raw"
	pdftotext "$file.pdf" "$W/t/$n.plain"
	tests/valid/text pdf "$W/t/$n.text" "$W/t/$n.pages" "$W/t/$n.raw" \
	    "$W/t/$n.plain" >"$W/log" || { echo "$file.pdf"; cat "$W/log"; }
	[ ! -f "$file.epub" ] || tests/valid/text epub "$W/t/$n.text" \
	    "$file.epub" >"$W/log" || { echo "$file.epub"; cat "$W/log"; }
}

mupdf() {
	n=${1##*/}
	mutool draw -q -F txt -o "$W/t/$n.txt" "$1.pdf" 2>/dev/null
	tests/valid/text mupdf "$W/t/$n.text" "$W/t/$n.pages" "$W/t/$n.txt" \
	    >"$W/log" || { echo "$1.pdf, MuPDF"; cat "$W/log"; }
}

{
	"$F" build -q -o "$W/o"
	for l in en hi; do
		case $l in en) e= ;; *) e=.$l ;; esac
		compare . 2020-10 "$W/o/current-affairs-2020-10$e" -l $l
	done
	for p in "$W"/o/articles/*.pdf; do
		n=${p##*/}
		n=${n%.pdf}
		compare . "$(find content -name "$n.md")" "${p%.pdf}"
		case $n in *.hi) ;; *) mupdf "${p%.pdf}" ;; esac
	done
	"$F" build -q -C "$S" -o "$S/o" 2>/dev/null
	for p in "$S"/o/articles/*.pdf; do
		n=${p##*/}
		n=${n%.pdf}
		compare "$S" "$n.md" "${p%.pdf}"
		case $n in *.?? | mixed | directions) ;; *) mupdf "${p%.pdf}" ;; esac
	done
	G=$W/golden
	mkdir -p "$G/content"
	ln -s "$PWD/fonts" "$G/fonts"
	cp -r tests/golden/*.md tests/golden/publication.yaml \
	    tests/golden/images "$G/content"
	# Front matter or pictures that are refused, another id, words of another direction
	# by force, words that no line is long enough for.
	rm "$G"/content/fm-*.md "$G"/content/pub-*.md "$G/content/meta.md" \
	    "$G/content/bytes.md" "$G/content/loose.md" "$G/content/images-bad.md"
	"$F" build -q -C "$G" -o "$G/o" 2>/dev/null || :
	as=golden-
	for p in "$G"/content/*.md; do
		n=${p##*/}
		compare "$G" "$n" "$G/o/articles/${n%.md}"
	done
	as=
	for t in magazine large-print compact house.yaml; do
		"$F" build -q -f pdf -C "$S" --theme $t -o "$S/$t" -l en \
		    2020-10 2>/dev/null
		compare "$S" 2020-10 "$S/$t/specimen-2020-10" -l en --theme $t
	done
} >"$W/said"
[ ! -s "$W/said" ]
