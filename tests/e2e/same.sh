# The same sources give the same bytes, in every theme: at another time and
# place, in another language, with other rights, by more workers.
set -eu
F=$B/release/fascicle
mkdir -p "$W/s/content"
cp -r tests/specimen/*.md tests/specimen/images \
    tests/specimen/publication.yaml "$W/s/content"
ln -s "$(pwd)/fonts" "$W/s/fonts"
cp -r "$W/s" "$W/elsewhere"
touch -d 2001-02-03 "$W"/elsewhere/content/*.md
# files FOLDER: the books in it with their sums
files() {
	(cd "$1" && find . -type f ! -name '.*' -exec sha256sum {} + | sort -k 2)
}
for t in magazine book large-print compact; do
	"$F" build -q -j 1 --theme $t -o "$W/one" 2>"$W/said"
	"$F" build -q -j 1 --theme $t -C "$W/s" -o "$W/two" 2>"$W/said2"
	(
		umask 077
		export TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 LANG=hi_IN
		export HOME=/nowhere USER=other
		"$F" build -q -j 3 --theme $t -o "$W/one-b" 2>"$W/said-b"
		cd "$W"
		"$F" build -q -j 3 --theme $t -C elsewhere -o "$W/two-b" \
		    2>"$W/said2-b"
	)
	for d in one two; do
		files "$W/$d" >"$W/$d.sums"
		files "$W/$d-b" >"$W/$d-b.sums"
		diff "$W/$d.sums" "$W/$d-b.sums"
	done
	diff "$W/said" "$W/said-b"
	diff "$W/said2" "$W/said2-b"
	[ "$(wc -l <"$W/one.sums")" -gt 40 ]
	[ "$(wc -l <"$W/two.sums")" -gt 40 ]
	[ "$t" = magazine ] || ! cmp -s "$W/one.sums" "$W/last" || exit 1
	cp "$W/one.sums" "$W/last"
	rm -rf "$W/one" "$W/two" "$W/one-b" "$W/two-b"
done
