# Ace by DAISY finds no violation in the months, the specimen, the books in
# Hindi and Urdu, and an article's book. It ends well whatever it finds, so
# its report is read.
set -eu
export PUPPETEER_EXECUTABLE_PATH="$PWD/tests/readers/chromium"
export HOME="$W" XDG_CONFIG_HOME="$W/config" ACE_TIMEOUT_INITIAL=60000
R=$B/readers
set -- "$R"/content/current-affairs-2020-10.epub \
    "$R"/content/current-affairs-2020-10.hi.epub \
    "$R"/content/articles/india-japan-cyber-security.epub \
    "$R"/books/specimen-2020-10.epub "$R"/books/specimen-2020-10.hi.epub \
    "$R"/books/specimen-2020-10.ur.epub
for e; do
	[ -f "$e" ] || { echo "$e was not built"; exit 1; }
	n=$(echo "${e#"$R"/}" | tr / -)
	echo "$B/validators/npm/node_modules/.bin/ace-cli -s -f \
	    -o '$W/$n' '$e' >'$W/$n.log' 2>&1 || touch '$W/$n.failed'"
done | tr -d '\t' | xargs -P 2 -d '\n' -n 1 sh -c
if ls "$W"/*.failed 2>/dev/null; then
	cat "$W"/*.log
	exit 1
fi
node tests/readers/ace.js "$#" "$W"/*/report.json
