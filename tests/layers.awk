# layers.awk: who may include what. Reads src/LAYERS first, then sources.
#
# A file's module is the longest module path that its own path begins with.
# Checked: project headers come from the same or a lower layer, never from a
# sibling; a private header (*_int.h) only from its module; the foreign
# headers of column 3 only in the modules that list them, where a header
# nobody lists counts as one of its family; memory is base's alone.

function violation(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	bad = 1
}

# The longest module that path (below src/) lies in; "" for none.
function module_of(path,    m, best) {
	best = ""
	for (m in layer)
		if (index(path, m "/") == 1 && length(m) > length(best))
			best = m
	return best
}

# Headers of one library belong together: hb-ot.h and hb.h, unicode/*.
function family_of(h) {
	if (h ~ /^hb(-.*)?\.h$/) return "harfbuzz"
	if (h ~ /^unicode\//) return "icu"
	if (h ~ /^hpdf.*\.h$/) return "libharu"
	if (h ~ /^qpdf\//) return "libqpdf"
	if (h ~ /^cairo.*\.h$/) return "cairo"
	if (h ~ /^zip(conf)?\.h$/) return "libzip"
	if (h ~ /^png(conf)?\.h$/) return "libpng"
	if (h ~ /^(jpeglib|jerror|jmorecfg|turbojpeg)\.h$/) return "libjpeg"
	if (h ~ /^webp\//) return "libwebp"
	if (h ~ /^gif_.*\.h$/) return "giflib"
	if (h ~ /^expat.*\.h$/) return "expat"
	if (h ~ /^cmark[-_].*\.h$/) return "cmark-gfm"
	if (h ~ /^yaml\.h$/) return "libyaml"
	if (h ~ /^hyphen\.h$/) return "hyphen"
	if (h ~ /^seccomp\.h$/) return "libseccomp"
	if (h ~ /^libdeflate\.h$/) return "libdeflate"
	if (h ~ /^pthread\.h$/) return "pthread"
	return ""
}

# The line without strings, character constants and comments.
function code_of(line,    out, c, two, quote) {
	out = quote = ""
	while (line != "") {
		c = substr(line, 1, 1)
		two = substr(line, 1, 2)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				line = substr(line, 3)
				out = out " "
				continue
			}
		} else if (quote != "") {
			if (c == "\\") {
				line = substr(line, 3)
				continue
			}
			if (c == quote)
				quote = ""
		} else if (two == "/*") {
			in_comment = 1
			line = substr(line, 3)
			continue
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			quote = c
		} else {
			out = out c
		}
		line = substr(line, 2)
	}
	return out
}

function check_own(h,    m) {
	m = module_of(h)
	if (m == "")
		violation("\"" h "\" is in no module of src/LAYERS")
	else if (m == module)
		return
	else if (h ~ /_int\.h$/)
		violation("\"" h "\" is private to " m)
	else if (layer[m] == layer[module])
		violation("\"" h "\": " m " is a sibling of " module)
	else if (layer[m] > layer[module])
		violation("\"" h "\": " m " is above " module)
}

function check_foreign(h,    f) {
	f = family_of(h)
	if (h in listed) {
		if (!((module, h) in home))
			violation("<" h "> has its home elsewhere")
	} else if (f != "" && !((module, f) in home)) {
		violation("<" h "> (" f ") is not for " module)
	}
}

FILENAME ~ /LAYERS$/ {
	if ($0 ~ /^#/ || NF < 2)
		next
	layer[$2] = $1 + 0
	for (i = 3; i <= NF; i++) {
		listed[$i] = 1
		home[$2, $i] = 1
		home[$2, family_of($i)] = 1
	}
	next
}

FNR == 1 {
	in_comment = 0
	pardon = 0
	path = FILENAME
	sub(/^.*src\//, "", path)
	module = module_of(path)
	if (module == "")
		violation("in no module of src/LAYERS")
}

module == "" { next }

!in_comment && /^[ \t]*#[ \t]*include[ \t]*"/ {
	h = $0
	sub(/^[^"]*"/, "", h)
	sub(/".*$/, "", h)
	check_own(h)
}

!in_comment && /^[ \t]*#[ \t]*include[ \t]*</ {
	h = $0
	sub(/^[^<]*</, "", h)
	sub(/>.*$/, "", h)
	check_foreign(h)
}

{
	marked = /foreign-owned/
	code = code_of($0)
	# strdup and its like allocate too.
	if (module != "base" && code ~ /(^|[^A-Za-z0-9_.>])(malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf|aligned_alloc|posix_memalign|getline)[ \t]*\(/ &&
	    !(module ~ /^out\// && (marked || pardon)))
		violation("memory comes from base only")
	pardon = marked
}

END { exit bad }
