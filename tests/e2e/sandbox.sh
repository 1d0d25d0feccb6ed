# What a build asks of the kernel: no socket, no other program; workers in
# their sandbox, said under -v where the kernel has none, and the same bytes
# with and without.
set -eu
F=$B/release/fascicle
"$F" build -q -o "$W/a"
"$F" build -q --no-sandbox -o "$W/b"
diff -r "$W/a" "$W/b"
strace -f -o /dev/null true 2>/dev/null || {
	echo "ptrace is not allowed here: not traced"
	exit 0
}
strace -f -o "$W/net" -e trace=%network,execve,execveat \
    "$F" build -q -o "$W/b"
grep -c execve "$W/net" | grep -qx 1
if grep -vE 'execve|^[0-9]+ +(\+\+\+|---) ' "$W/net"; then exit 1; fi

if "$F" check -v 2>&1 | grep SANDBOX_OFF; then
	exit 0		# a kernel that cannot do the rest
fi

# Each worker enters both, after it was forked and before it reads a text.
mkdir "$W/in"
strace -ff -o "$W/in/p" -e trace=landlock_restrict_self,prctl,openat2 \
    "$F" build -q -o "$W/b"
for p in "$W"/in/p.*; do
	if grep -q publication.yaml "$p"; then continue; fi	# not a worker
	tr '\n' ' ' <"$p" >"$W/one"
	grep -q 'restrict_self([0-9]*, 0) *= 0 .*_MODE_FILTER, {.*= 0' "$W/one"
	if grep -q 'openat2.*MODE_FILTER' "$W/one"; then exit 1; fi
done

# A kernel without: said under -v only, once, and the build goes on.
poor() {
	strace -f -o /dev/null -e inject="$1" "$F" build $2 -o "$W/c" \
	    2>"$W/err" >/dev/null
	diff -r "$W/a" "$W/c"
}
poor landlock_create_ruleset:error=ENOSYS -v
[ "$(grep -c 'no Landlock.*SANDBOX_OFF' "$W/err")" = 1 ]
poor landlock_create_ruleset:error=EOPNOTSUPP ''
if grep -v '\[PAR_LOOSE\]$' "$W/err"; then exit 1; fi
poor prctl:error=EINVAL -v
[ "$(grep -c 'no seccomp.*SANDBOX_OFF' "$W/err")" = 1 ]
poor landlock_restrict_self:error=E2BIG -v
[ "$(grep -c SANDBOX_OFF "$W/err")" = 1 ]
