# The specimen: every kind of block and every script, in every theme. Its
# lines stand where the goldens say, set in the faces that are meant for them.
# `make golden-update` writes them.
set -eu
S=tests/specimen
mkdir -p "$W/got"
sh "$S/lines" "$B/san/fascicle" "$W/got"
diff -ru "$S/golden" "$W/got"
if grep -r 'Sanitizer\|FONT_\|THEME_' "$W"/got/*/said; then exit 1; fi

mkdir -p "$W/content"
cp -r "$S"/*.md "$S/images" "$S/publication.yaml" "$W/content"
"$B/san/fascicle" dump doc -C "$W" -l en 2020-10 >"$W/doc"
for k in $(grep -o '= "[a-z]*"' src/doc/walk.c | tr -d '= "'); do
	grep -q "^ *$k #" "$W/doc" || {
		echo "the specimen has no node of kind $k"; exit 1; }
done
