# What a screen reader reads out of the lead article and the month is what
# was read through when the goldens were written (`make golden-update`):
# every text once, in order, with its role.
set -eu
mkdir -p "$W/got"
sh tests/spoken/books "$B/san/fascicle" "$W/got"
diff -ru tests/spoken/golden "$W/got"
