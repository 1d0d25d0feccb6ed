# Every golden in tests/golden is what the program makes of its source;
# together they show every kind of node and every diagnostic of the readers;
# and each of their EPUBs is valid, however odd its source.
set -eu
G=tests/golden
mkdir -p "$W/got" "$W/want" "$W/epub"
KEEP=$W/epub sh "$G/stages" "$B/san/fascicle" "$(pwd)/$G" "$W/got"
for e in diag doc book text pages tags xhtml opf css; do cp "$G"/*."$e" "$W/want"; done
diff -ru "$W/want" "$W/got"

if grep -l 'Sanitizer\|^exit [^014]' "$W"/got/*.diag; then exit 1; fi

for k in $(grep -o '= "[a-z]*"' src/doc/walk.c | tr -d '= "'); do
	cat "$W"/got/*.doc | grep -q "^ *$k #" || {
		echo "no golden has a node of kind $k"; exit 1; }
done
# Not for goldens: memory and disk run out in other tests.
for d in $(grep -rhoE 'DIAG_[A-Z0-9_]+' src/yaml src/doc src/in src/book \
    src/image src/style --include='*.c' | sort -u); do
	case $d in DIAG_MEMORY_LIMIT | DIAG_IO_READ) continue ;; esac
	cat "$W"/got/*.diag | grep -q "\[${d#DIAG_}\]" || {
		echo "no golden shows $d"; exit 1; }
done
sh tests/valid/epubcheck "$W"/epub/*.epub
