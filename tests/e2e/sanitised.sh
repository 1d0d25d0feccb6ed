# Nothing that comes from an article becomes script, style, remote reference
# or malformed XML: a month of hostile Markdown and naughty strings, made by
# rule (tests/sanitised/corpus.py), is built, and every file of its EPUB is
# parsed and held to what the program writes by intent. Its text is still
# there; its PDF is sound and can do nothing but lead to the web.
set -eu
S=tests/sanitised
D=$W/r
mkdir "$D"
ln -s "$(pwd)/fonts" "$D/fonts"
python3 "$S/corpus.py" "$D"

# With the sanitizers, and as it is delivered.
"$B/san/fascicle" build -f epub -C "$D" -o "$W/san" 2020-10 >"$W/log" 2>&1 ||
    { grep -v 'warning:' "$W/log"; exit 1; }
if grep 'Sanitizer\|runtime error' "$W/log"; then exit 1; fi
"$B/release/fascicle" build -C "$D" -o "$W/out" 2020-10 >"$W/log" 2>&1
e=$W/out/t-2020-10.epub p=$W/out/t-2020-10.pdf
cmp "$e" "$W/san/t-2020-10.epub"
python3 "$S/check.py" "$e" "$D"

# The validator says the same.
sh tests/valid/epubcheck "$e" >"$W/log" 2>&1 || { tail -20 "$W/log"; exit 1; }

qpdf --check "$p" >"$W/qpdf" 2>&1 || { tail -3 "$W/qpdf"; exit 1; }
qpdf --qdf --object-streams=disable --warning-exit-0 "$p" "$W/plain.pdf"
if LC_ALL=C grep -aoE '/(JavaScript|JS|Launch|SubmitForm|ImportData|GoToR|GoToE|EmbeddedFiles?|RichMedia|Movie|Sound|XFA|AA) ' \
    "$W/plain.pdf"; then
	exit 1
fi
LC_ALL=C grep -aoE '/URI \([^)]{0,12}' "$W/plain.pdf" >"$W/uris"
if LC_ALL=C grep -vE '\((https?:/|mailto:)' "$W/uris"; then
	exit 1
fi
