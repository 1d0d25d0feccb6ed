# fascicle(1) explains every diagnostic under its level, and no other; it
# names every option; fascicle-theme(5) names every key and block; the pages
# are clean.
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
sed -n 's/.*[(= ]Z*(*"\([a-z0-9.-]*\)"[,)].*/\1/p' src/style/theme_keys.c |
    tr . '\n' | sort -u >"$W/keys"
[ "$(wc -l <"$W/keys")" -gt 100 ]
while read -r k; do
	grep -Eq "(^|[ .])$k([ ,.]|\$)" man/fascicle-theme.5 || {
		echo "$k is not in fascicle-theme(5)"
		exit 1
	}
done <"$W/keys"
# Each page for itself: mandoc looks for the others in the system.
for p in man/*.[15]; do
	if mandoc -Tlint -Wall "$p" 2>&1 |
	    grep -v 'STYLE: referenced manual not found: Xr fascicle'; then
		exit 1
	fi
done
