# The environment fails: disk full, broken sync, kill -9, two builds at once,
# no standard descriptors, no environment. Under a final name stands the old
# book or the new one, never another; an error is status 3; what a killed run
# leaves behind is gone after the next.
set -eu
F=$B/release/fascicle
here=$(pwd)
fail() {
	echo "$*"
	if [ -s "$W/err" ]; then head -c 1000 "$W/err"; fi
	exit 1
}

# Two contents, A and B, whose books have the same names.
for v in A B; do
	mkdir -p "$W/$v/content"
	cp content/publication.yaml "$W/$v/content/"
	cp content/2020/10/images/pm-limits.png "$W/$v/content/p.png"
	ln -s "$here/fonts" "$W/$v/fonts"
	for i in one two; do
		{
			printf -- '---\ntitle: %s %s\ndate: 2020-10-01\n' $i $v
			printf 'section: economy\nid: %s\n---\n## Text\n' $i
			printf '%s of %s.\n\n![Limits](p.png)\n' $i $v
		} >"$W/$v/content/$i.md"
	done
	"$F" build -q -C "$W/$v" -o "$W/ref$v"
done
[ "$(find "$W/refA" -type f | wc -l)" = 6 ]

# old_or_new FOLDER: each file is A's or B's, and none is missing.
old_or_new() {
	for f in $(cd "$W/refA" && find . -type f); do
		cmp -s "$1/$f" "$W/refA/$f" || cmp -s "$1/$f" "$W/refB/$f" ||
		    fail "$what: $f is neither the old nor the new one"
	done
}
# whole FOLDER: a build into it makes B's files and nothing else.
whole() {
	"$F" build -q -C "$W/B" -o "$1" || fail "$what: the next build failed"
	diff -r "$1" "$W/refB" || fail "$what: after the next build"
}
# fault WANT COMMAND...: builds B over A's books; the status must be WANT.
fault() {
	want=$1 what=$*
	shift
	rm -rf "$W/out"
	cp -a "$W/refA" "$W/out"
	rc=0
	"$@" "$F" build -q -j "$jobs" -C "$W/B" -o "$W/out" >/dev/null \
	    2>"$W/err" || rc=$?
	case " $want " in
	*" $rc "*) ;;
	*) fail "$what: status $rc" ;;
	esac
	old_or_new "$W/out"
}
tidy() { [ -z "$(find "$W/out" -name '*.tmp')" ] || fail "$what: left over"; }

jobs=3
what='a plain build'
fault 0 env
diff -r "$W/out" "$W/refB"

if strace -f -o /dev/null true 2>/dev/null; then
	inject() {
		call=$1 action=$2
		shift 2
		strace -f -qq -o "$W/trace" -e trace="$call" \
		    -e inject="$call:$action" "$@"
	}
	# sweep STATUS CALL ACTION FROM TO: at the n-th call of each process
	sweep() {
		n=$4
		while [ "$n" -le "$5" ]; do
			fault "$1" inject "$2" "$3:when=$n"
			grep -q 'INJECTED\|killed by' "$W/trace" ||
			    fail "$what: nothing was injected"
			case $1 in *137*) ;; *) tidy ;; esac
			n=$((n + 1))
		done
		whole "$W/out"
	}
	sweep 3 write error=ENOSPC 1 4
	sweep 3 write error=EIO 2 2
	sweep '0 3' write error=EINTR 1 2
	sweep 3 fsync error=EIO 1 4
	sweep 3 renameat error=EXDEV 1 2
	sweep 3 renameat error=EROFS 2 2
	sweep 3 fchmod error=EIO 1 2
	sweep '0 3' flock error=EIO 1 2
	# Power loss: the file is on the disk before its name, then the name.
	mkdir "$W/order"
	strace -ff -o "$W/order/p" -e trace=fsync,renameat \
	    "$F" build -q -C "$W/B" -o "$W/out"
	[ "$(sed '/^[-+]/d; s/(.*//' "$W"/order/p.* | tr '\n' ' ')" = \
	    "$(for i in 1 2 3 4 5 6; do printf 'fsync renameat fsync '; done)" ]

	# A worker that is killed loses its book only; the run goes on.
	sweep '4 137' write signal=KILL 1 4
	sweep '4 137' fsync signal=KILL 1 4
	sweep '4 137' renameat signal=KILL 1 2
	sweep '4 137' flock signal=KILL 1 2
	# The main process is killed: its workers die with it.
	sweep '137' wait4 signal=KILL 1 3
	sweep '137' poll signal=KILL 1 3
fi

# Few descriptors, little memory, small files.
limited() ( ulimit "$1" "$2"; shift 2; exec "$@" )
for n in 4 5 6 7 8 9 10 11 12 16; do fault '0 1 3 127' limited -n $n; tidy; done
for n in 30000 60000 100000 150000 200000 400000 800000; do
	fault '0 3 4 127' limited -v $n
	tidy
done
for n in 0 1 16 100 150 400; do fault '0 3' limited -f $n; tidy; done
whole "$W/out"

# The folder: read-only (root goes without the right to write all the same),
# a file in its place or in that of the articles, a folder, a FIFO or a
# symlink under a book's name.
if setpriv --bounding-set -dac_override true 2>/dev/null; then
	meek='setpriv --bounding-set -dac_override'
else
	meek=env
fi
stands() {
	rc=0
	$meek "$F" build -q -C "$W/B" -o "$W/out" 2>"$W/err" || rc=$?
	[ "$rc" = 3 ] || fail "$what: status $rc"
	[ -s "$W/err" ] || fail "$what: silent"
}
fresh() { rm -rf "$W/out"; cp -a "$W/refA" "$W/out"; what=$1; }
fresh 'a read-only folder'
chmod 555 "$W/out" "$W/out/articles"
stands
chmod 755 "$W/out" "$W/out/articles"
diff -r "$W/out" "$W/refA"
fresh 'a file for a folder'; rm -r "$W/out"; : >"$W/out"
stands
[ -f "$W/out" ] && rm "$W/out"
what='no parent'
rc=0; "$F" build -q -C "$W/B" -o "$W/no/such" 2>"$W/err" || rc=$?
[ "$rc" = 3 ] || fail "$what: status $rc"
fresh 'a file for articles/'; rm -r "$W/out/articles"; : >"$W/out/articles"
stands
fresh 'a folder under the name'; f=$W/out/articles/one.epub; rm "$f"; mkdir "$f"
stands
[ -d "$f" ]
fresh 'a FIFO under the name'; rm "$f"; mkfifo "$f"
stands
[ -p "$f" ]
fresh 'a symlink under the name'; rm "$f"; echo mine >"$W/mine"; ln -s "$W/mine" "$f"
"$F" build -q -C "$W/B" -o "$W/out"
[ "$(cat "$W/mine")" = mine ]
diff -r "$W/out" "$W/refB"
fresh 'symlinks for the folders'
mv "$W/out/articles" "$W/art"; ln -s ../art "$W/out/articles"
mv "$W/out" "$W/real"; ln -s real "$W/out"
"$F" build -q -C "$W/B" -o "$W/out"
diff -r "$W/out" "$W/refB"
rm -r "$W/out" "$W/real" "$W/art"

# Two builds at once on one folder.
jobs=2 n=0
cp -a "$W/refA" "$W/out"
while [ "$n" -lt 20 ]; do
	what="two builds, pair $n"
	"$F" build -q -C "$W/A" -o "$W/out" &
	pid=$!
	sleep "0.0$(printf %02d "$n")"
	"$F" build -q -C "$W/B" -o "$W/out" || fail "$what: status $?"
	wait $pid || fail "$what: status $?"
	old_or_new "$W/out"
	n=$((n + 1))
done
whole "$W/out"

# An article that changes while it is read: one version or the other.
cp -a "$W/A" "$W/M"
( while [ ! -e "$W/enough" ]; do
	for v in A B; do
		cat "$W/$v/content/one.md" >"$W/M/content/one.md"
		cp "$W/$v/content/one.md" "$W/new.md"
		mv "$W/new.md" "$W/M/content/one.md"
	done
done ) &
pid=$!
for i in 1 2 3 4 5 6 7 8; do
	what="a changing article, build $i" rc=0
	"$F" build -q -C "$W/M" -o "$W/out" one 2>"$W/err" || rc=$?
	case $rc in 0 | 1 | 3) ;; *) : >"$W/enough"; fail "$what: $rc" ;; esac
	old_or_new "$W/out"
done
: >"$W/enough"
wait $pid

# Standard descriptors that are closed, or full.
same() { diff -r "$W/out" "$W/refB" || fail "$what: other bytes"; rm -r "$W/out"; }
b() { "$@" "$F" build -C "$W/B" -o "$W/out"; }
rm -r "$W/out"
what='closed stdin, stdout, stderr'
b env <&- >&- 2>&-; same
b env <&- >&-; same
b env >&- 2>&-; same
b env 2>&- >/dev/null; same
what='full stdout'
rc=0; b env >/dev/full 2>"$W/err" || rc=$?
[ "$rc" = 3 ] || fail "$what: status $rc"
same
for stage in doc book pages; do
	rc=0; "$F" dump "$stage" -C "$W/B" 2020-10 >/dev/full 2>"$W/err" || rc=$?
	[ "$rc" = 3 ] || fail "$what: dump $stage: status $rc"
done
b env 2>/dev/full >/dev/null; same

# The bytes are the same in any surroundings.
q() { b "$@" >/dev/null; }
what='no environment'; q env -i; same
what='HOME unset'; q env -u HOME; same
for tz in Pacific/Kiritimati Etc/GMT+12 Asia/Kolkata :/nonsense; do
	what="TZ $tz"; q env TZ=$tz; same
done
for l in de_DE.UTF-8 tr_TR.UTF-8 hi_IN ar_SA@calendar=islamic C; do
	what="locale $l"; q env LC_ALL=$l LANG=$l; same
done
for m in 000 077 022; do
	what="umask $m"
	(umask $m; q env)
	[ "$(stat -c %a "$W/out/articles/one.epub")" = 644 ] || fail "$what"
	same
done
what='another working folder'
mkdir "$W/cwd"; (cd "$W/cwd"; q env); same
what='a relative one'
(cd "$W/B"; "$F" build -q -o ../out); same
what='files made in another order'
mkdir -p "$W/C/content"; ln -s "$here/fonts" "$W/C/fonts"
for f in two.md publication.yaml p.png one.md; do
	cp "$W/B/content/$f" "$W/C/content/"
done
"$F" build -q -C "$W/C" -o "$W/out"; same
for j in 1 3 64; do
	what="-j $j"; "$F" build -q -j $j -C "$W/B" -o "$W/out"; same
done
