"""check.py EPUB [DIR]: nothing in the book can run, fetch or break.

Every page, package, NCX, container and drawing goes through expat: no
entity, comment or instruction, only elements and attributes that the program
writes by intent, addresses of this book or of the web and mail only. With
DIR, what corpus.py wrote there: each string stands in the text as it was, and
each of the faults below is found when it is put into a page.
"""
import json
import os
import posixpath
import re
import sys
import urllib.parse
import xml.parsers.expat
import zipfile

XHTML, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
SVG, NCX = "http://www.w3.org/2000/svg", "http://www.daisy.org/z3986/2005/ncx/"
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
BOX = "urn:oasis:names:tc:opendocument:xmlns:container"

ALL = "id class lang dir role aria-label aria-labelledby title hidden".split() \
    + [XML + " lang", OPS + " type"]


def names(ns, words):
    return {ns + " " + w for w in words.split()}


elements = {
    "xhtml": names(XHTML, "html head title link body section nav p h1 h2 h3 h4 "
                   "h5 h6 div span a b em strong s sub sup kbd code pre br hr "
                   "ul ol li dl dt dd blockquote table caption thead tbody tr "
                   "th td img"),
    "opf": names(OPF, "package metadata meta manifest item spine itemref guide "
                 "reference link collection") | names(DC, "identifier title "
                 "language creator contributor publisher date subject "
                 "description source rights type format relation coverage"),
    "ncx": names(NCX, "ncx head meta docTitle docAuthor text navMap navPoint "
                 "navLabel content pageList pageTarget"),
    "xml": names(BOX, "container rootfiles rootfile"),
    "svg": names(SVG, "svg g path rect text tspan image defs clipPath "
                 "linearGradient radialGradient stop title desc use"),
}
own = {	# attributes beyond ALL, by element
    "a": "href", "link": "rel type href", "img": "src alt width height",
    "ol": "start", "th": "scope data-label", "td": "data-label",
}
svg_attributes = set("width height viewBox x y d fill stroke stroke-width "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
    "stroke-dashoffset stroke-opacity fill-opacity fill-rule clip-rule opacity "
    "transform id clip-path font-family font-size font-weight font-style "
    "text-anchor x1 y1 x2 y2 cx cy r fx fy offset stop-color stop-opacity "
    "gradientUnits gradientTransform spreadMethod clipPathUnits dx dy rx ry "
    "direction unicode-bidi version role aria-label textLength lengthAdjust "
    "preserveAspectRatio".split()) | {XML + " space", XML + " lang"}
addresses = {"href", "src", "full-path"}
forbidden = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
properties = set("margin margin-left margin-right margin-top margin-bottom "
    "padding padding-left padding-right padding-top padding-bottom border "
    "border-top border-left border-right border-bottom border-width "
    "border-left-width border-right-width border-collapse font-size font-style "
    "font-weight font-variant text-indent text-align text-transform "
    "text-decoration line-height list-style-type vertical-align white-space "
    "word-wrap overflow-wrap tab-size display content opacity width min-width "
    "max-width height orphans widows -epub-hyphens -webkit-hyphens hyphens "
    "page-break-inside page-break-after page-break-before break-inside "
    "break-after break-before".split())

faults = []
files = {}


def fault(where, what):
    faults.append("%s: %s" % (where, what))


def local(where, address, fragments):
    path, _, frag = address.partition("#")
    to = posixpath.normpath(posixpath.join(posixpath.dirname(where),
                            urllib.parse.unquote(path))) if path else where
    if to not in files:
        fault(where, "leads nowhere: " + address)
    fragments.append((where, to, frag))


def address(where, tag, name, value, fragments):
    web = re.match(r"(https?|mailto):[^\x00-\x20\"<>\\]*$", value)
    if web:
        if tag != "a" or name != "href":
            fault(where, "remote: <%s %s=%s>" % (tag, name, value))
    elif re.match(r"[A-Za-z0-9._#/%-]+$", value):
        local(where, value, fragments)
    else:
        fault(where, "address: %r" % value)


def attributes(where, kind, tag, attrs, fragments):
    for name, value in attrs.items():
        if forbidden.search(value):
            fault(where, "character in %s: %r" % (name, value))
        low = name.split(" ")[-1].lower()
        if low.startswith("on") or low in ("style", "base", "srcset"):
            fault(where, "<%s %s=%r>" % (tag, name, value))
        if kind == "xhtml" and name not in ALL and \
                name not in own.get(tag, "").split():
            fault(where, "<%s %s>" % (tag, name))
        if kind == "svg":
            if name not in svg_attributes and not (tag == "image" and
                                                   low == "href"):
                fault(where, "<%s %s>" % (tag, name))
            if "url(" in value and not re.match(r"url\(#[\w.-]+\)$", value):
                fault(where, "<%s %s=%r>" % (tag, name, value))
            if low == "href" and not value.startswith("data:image/png;base64,"):
                fault(where, "drawing refers to %r" % value[:60])
        elif low in addresses or (tag == "content" and low == "src"):
            # Names in the container begin at the root.
            address("" if low == "full-path" else where, tag, name, value,
                    fragments)


def parse(where, data, fragments):
    """The text of the file, and its ids."""
    kind = where.rsplit(".", 1)[-1]
    text, ids = [], set()
    p = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    p.buffer_text = True

    def start(name, attrs):
        tag = name.split(" ")[-1]
        if name not in elements[kind]:
            fault(where, "element " + name)
        if "id" in attrs:
            if attrs["id"] in ids:
                fault(where, "id twice: " + attrs["id"])
            ids.add(attrs["id"])
        attributes(where, kind, tag, attrs, fragments)

    def doctype(name, system, public, subset):
        if kind != "xhtml" or (name, system, public, subset) != \
                ("html", None, None, 0):
            fault(where, "doctype")

    p.StartElementHandler = start
    p.StartDoctypeDeclHandler = doctype
    p.CharacterDataHandler = text.append
    p.CommentHandler = lambda s: fault(where, "comment: " + s)
    p.ProcessingInstructionHandler = lambda t, s: fault(where, "instruction " + t)
    p.EntityDeclHandler = lambda *a: fault(where, "entity")
    if not data.startswith(b'<?xml version="1.0" encoding="utf-8"?>') and \
            kind != "svg":
        fault(where, "no declaration")
    try:
        p.Parse(data, True)
    except xml.parsers.expat.ExpatError as e:
        fault(where, "not well-formed: %s" % e)
    text = "".join(text)
    if forbidden.search(text):
        fault(where, "character in text: %r" % forbidden.search(text).group())
    return text, ids


def sheet(where, data):
    s = data.decode("ascii", "replace")
    for bad in "\ufffd", "url", "@import", "@namespace", "@font-face", \
            "expression", "<", "\\", "position", "/*":
        if bad in s:
            fault(where, "%s in a sheet" % bad)
    for name in re.findall(r"[{;]\s*([a-z-]+)\s*:", re.sub(
            r"@media[^{]*\{|:(first|last)-child|:empty|:before", "", s)):
        if name not in properties:
            fault(where, "property " + name)


def survived(text, folder):
    """Every mark, string within code and title is there."""
    n = int(open(os.path.join(folder, "marks")).read())
    for k in range(1, n + 1):
        if not re.search("k%da[^0-9]" % k, text):
            fault("text", "k%da is lost" % k)
    bare = re.sub(r"\s", "", text)
    for line in open(os.path.join(folder, "wanted")):
        w = json.loads(line)
        if "title" in w:
            want = re.sub(r"\s", "", "k%da%sk%db" % (w["k"], w["title"], w["k"]))
            if want not in bare:
                fault("text", "title %r is not there" % want)
            continue
        a, b = text.find("k%da\n" % w["k"]), text.find("k%db\n" % w["k"])
        got = text[a:b].split("\n", 1)[-1]
        if w["text"] not in (got, got[:-1]):
            fault("text", "k%d was %r, is %r" % (w["k"], w["text"], got))


def places(fragments, ids):
    for where, to, frag in fragments:
        if frag and frag not in ids.get(to, ()):
            fault(where, "no such place: %s#%s" % (to, frag))


def look(ids, text):
    fragments = []
    for n, data in files.items():
        kind = n.rsplit(".", 1)[-1]
        if kind in elements:
            t, ids[n] = parse(n, data, fragments)
            if kind == "xhtml":
                text[n] = t
        elif kind == "css":
            sheet(n, data)
        elif n != "mimetype" and kind not in ("png", "jpg", "otf", "ttf"):
            fault(n, "what is this?")
    places(fragments, ids)


END = b"</section>"
mutants = [(END, x + END) for x in (
    b"<script>x()</script>", b"<p onclick='x()'>y</p>",
    b"<p style='color: red'>y</p>", b"<iframe></iframe>",
    b"<p><a href='javascript:x()'>y</a></p>",
    b"<p><a href='JaVaScRiPt&#58;x()'>y</a></p>",
    b"<p><a href='vbscript:x'>y</a></p>", b"<p><a href='data:,x'>y</a></p>",
    b"<p><img src='http://e.example/x' alt=''/></p>",
    b"<p><a href='file:///etc/passwd'>y</a></p>",
    b"<p><a href='..%2f..%2fx'>y</a></p>", b"<p><a href='#nowhere'>y</a></p>",
    b"<p id='title'>y</p>", b"<!-- x -->", b"<?x y?>",
    b"<x:p xmlns:x='urn:x'>y</x:p>", b"</p>", b"&nbsp;", b"&#x85;", b"\x01",
    b"&#xffff;", b"\xed\xa0\x80")] + [
    (b"<!DOCTYPE html>", b"<!DOCTYPE html [<!ENTITY x 'y'>]>"),
    (b"<code>&lt;", b"<code>"), (b"</code></pre>", b" </code></pre>"),
    (b"k9a", b""),
]


def prove(ids, text, folder):
    """That each fault is found where it is put into a page."""
    for old, new in mutants:
        page = next(n for n in files if n.endswith("code-tags.xhtml"))
        faults.clear()
        fragments, data = [], files[page]
        if old not in data:
            sys.exit("no place for %r" % new)
        t, i = parse(page, data.replace(old, new, 1), fragments)
        places(fragments, {**ids, page: i})
        if not faults:
            survived("".join({**text, page: t}.values()), folder)
        if not faults:
            sys.exit("not found: %r" % new)


def main():
    book = zipfile.ZipFile(sys.argv[1])
    for n in book.namelist():
        if re.search(r"[^A-Za-z0-9._/-]|\.\.|^/", n):
            fault(n, "name")
        files[n] = book.read(n)
    ids, text = {}, {}
    look(ids, text)
    if len(sys.argv) > 2:
        survived("".join(text.values()), sys.argv[2])
    for f in faults[:40]:
        print(f)
    if faults:
        sys.exit("%d faults in %s" % (len(faults), sys.argv[1]))
    if len(sys.argv) > 2:
        prove(ids, text, sys.argv[2])


main()
