# fascicle(1) explains every diagnostic under its level, and no other; it
# names every option; the pages are clean.
set -eu
sed -n 's/.*X(\([A-Z0-9_]*\), *\([A-Z]*\),.*/\1 \2/p' src/diag/diag_table.h |
    sed 's/NOTE$/note/; s/WARN$/warning/; s/ERROR$/error/; s/LIMIT$/limit/
	s/ENV$/failure/' | sort >"$W/table"
sed -n 's/^\.It Dv \([A-Z0-9_]*\) Pq \(.*\)/\1 \2/p' man/fascicle.1 | sort >"$W/page"
[ "$(wc -l <"$W/table")" -gt 50 ]
diff "$W/table" "$W/page"
for c in build check list dump; do
	"$B/san/fascicle" $c --help
done | grep -o '^  --*[a-zA-Z-]*' | sort -u | while read -r o; do
	grep -q "^\.It Fl ${o#-}" man/fascicle.1 || {
		echo "$o is not in fascicle(1)"
		exit 1
	}
done
if command -v mandoc >/dev/null; then
	mandoc -Tlint -Wwarning man/fascicle.1 man/fascicle-content.5
fi
