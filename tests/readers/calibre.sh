# calibre's book checker finds nothing, not even to warn of, in any book; and
# as AZW3, which is what a Kindle gets, books keep title, language, cover and
# contents. Their series is what calibre's library reads from the EPUB.
set -eu
export CALIBRE_CONFIG_DIRECTORY="$W/config" HOME="$W" XDG_RUNTIME_DIR="$W"
export QT_QPA_PLATFORM=offscreen QTWEBENGINE_DISABLE_SANDBOX=1
R=$B/readers
calibre-debug -e tests/readers/calibre.py -- check "$R"/content/*.epub \
    "$R"/content/articles/*.epub "$R"/books/*.epub "$R"/fonts/*.epub
set -- "$R"/content/current-affairs-2020-10.epub \
    "$R"/content/current-affairs-2020-10.hi.epub \
    "$R"/books/specimen-2020-10.epub "$R"/books/specimen-2020-10.ur.epub
for e; do
	echo "ebook-convert '$e' '$W/$(basename "$e" .epub).azw3' \
	    --no-inline-toc >'$W/$(basename "$e").log' 2>&1"
done | tr -d '\t' | xargs -P 2 -d '\n' -n 1 sh -c || {
	tail -n 20 "$W"/*.log
	exit 1
}
for e; do
	calibre-debug -e tests/readers/calibre.py -- same "$e" \
	    "$W/$(basename "$e" .epub).azw3"
done
