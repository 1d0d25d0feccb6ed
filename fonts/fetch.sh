#!/bin/sh
# fetch.sh: copies the files that fonts.yaml names from Debian's Noto
# packages into this folder, where they are missing or different. A file
# that the system lacks is named with its package, and the status is 1.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
from=${FASCICLE_NOTO:-/usr/share/fonts}
bad=0

names=$(awk '$1 == "-" && $2 == "file:" { f = $3 }
    $1 == "package:" { print f ":" $2 }' "$here/fonts.yaml" | sort -u)

for pair in $names; do
	file=${pair%%:*}
	package=${pair#*:}
	found=
	for dir in "$from/truetype/noto" "$from/opentype/noto"; do
		if [ -f "$dir/$file" ]; then
			found=$dir/$file
			break
		fi
	done
	if [ -z "$found" ]; then
		if [ ! -f "$here/$file" ]; then
			echo "fetch.sh: $file: not installed; run:" \
			    "apt-get install $package" >&2
			bad=1
		fi
		continue
	fi
	if ! cmp -s "$found" "$here/$file"; then
		cp "$found" "$here/$file.tmp"
		mv "$here/$file.tmp" "$here/$file"
	fi
done
exit $bad
