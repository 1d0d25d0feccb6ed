"""corpus.py DIR: hostile and naughty articles into DIR/content, made by rule.

Each string stands between two marks, "k12a" and "k12b", or has an article of
its own. DIR/wanted lists what must still be there as text, a JSON value a
line: {"k": 12, "text": ...} for strings inside code, which nothing changes.
"""
import json
import os
import sys

out = os.path.join(sys.argv[1], "content")
wanted = []
count = 0


def clean(s):
    """What a document keeps of s: no controls, no noncharacters."""
    s = s.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return "".join(c for c in s if c in "\t\n" or not (
        ord(c) < 32 or 127 <= ord(c) < 160 or ord(c) & 0xfffe == 0xfffe or
        0xfdd0 <= ord(c) <= 0xfdef))


def article(name, body, **meta):
    meta = {"title": name, "date": "2020-10-01", "section": "a", **meta}
    front = "".join("%s: %s\n" % (k, v if k == "date" else
                                  json.dumps(v, ensure_ascii=False))
                    for k, v in meta.items())
    with open(os.path.join(out, name + ".md"), "wb") as f:
        f.write(b"---\n" + front.encode("utf-8", "surrogatepass") + b"---\n")
        f.write(body if isinstance(body, bytes) else
                body.encode("utf-8", "surrogatepass"))


def mark():
    global count
    count += 1
    return count


# ---- strings -------------------------------------------------------------

def any_case(word):
    return [word, word.upper(), word.title(),
            "".join(c.upper() if i % 2 else c for i, c in enumerate(word))]


def schemes():
    """Addresses that lead where no book may."""
    v = []
    for word in "javascript", "vbscript", "data", "file", "blob", "ftp", \
            "livescript", "view-source", "about", "chrome", "intent", "jar":
        for s in any_case(word):
            v.append(s + ":alert(1)")
    for s in "javascript", "vbscript", "data":
        v += [s + "&colon;x", s + "&#58;x", s + "&#x3A;x", s + "&#0000058x",
              s + "%3Ax", s[:4] + "&Tab;" + s[4:] + ":x",
              s[:4] + "&NewLine;" + s[4:] + ":x", s[:3] + "\\" + s[3:] + ":x",
              "&#" + str(ord(s[0])) + ";" + s[1:] + ":x",
              "".join("&#x%x;" % ord(c) for c in s) + ":x",
              "\u200b" + s + ":x", "\ufeff" + s + ":x", " " + s + ":x",
              "&#1;" + s + ":x", "&#x14;" + s + ":x", s + "\u00a0:x",
              "\u00ad" + s + ":x", s.replace("s", "\u017f") + ":x",
              s + "\uff1ax", "./" + s + ":x", "//" + s + ":x", "?" + s + ":"]
    v += ["data:text/html,<script>x</script>",
          "data:text/html;base64,PHNjcmlwdD4=",
          "data:image/svg+xml,<svg onload=x>", "file:///etc/passwd",
          "file://host/share", "\\\\host\\share", "//host.example/x",
          "/\\host.example", "http:/\\host", "http:host", "http:///x",
          "http://", "https://?", "https://#", "http://a@b/", "http://a:b@c",
          "http://[::1]/", "http://1:0/", "http://x:99999/", "..%2f..%2fetc",
          "%2e%2e/%2e%2e/x", "../../../etc/passwd", "a-x.xhtml#\"",
          "META-INF/container.xml", "package.opf", "#\"><script>", "#%00",
          "http://x.example/\"onclick=\"x", "http://x.example/'><b>",
          "http://x.example/%", "http://x.example/%zz%0d%0aSet:x",
          "http://x.example/]]>", "http://x.example/)/JS(x)",
          "http://\u0445.example/\u202e", "mailto:", "mailto:a\"b@c",
          "mailto:a?body=%0d%0ax&bcc=<x>", "MAILTO:x@y.example",
          "HTTPS://X.EXAMPLE/"]
    return v


def tags():
    v = []
    for t in "script", "style", "iframe", "object", "embed", "svg", "math", \
            "form", "input", "base", "link", "meta", "audio", "video", "body", \
            "html", "title", "textarea", "template", "noscript", "xmp", \
            "plaintext", "frameset", "marquee", "image", "epub:switch":
        v += ["<%s>x</%s>" % (t, t), "<%s/onload=x src=//e.example>" % t,
              "<%s" % t.upper() + " ONERROR='x()' >", "</%s>" % t,
              "<%s xmlns='urn:x' x:y=\"z\"/>" % t]
    for a in "onclick", "onload", "OnError", "style", "srcset", "href", \
            "xlink:href", "formaction", "background", "action", "poster", \
            "ping", "id", "class", "xml:base", "epub:type", "role":
        v += ["<b %s=x>y</b>" % a, "<i %s='javascript:x'>y</i>" % a,
              "<sub %s=\"x\">y</sub>" % a, "<br %s=x/>" % a,
              "<kbd\n%s=x>y</kbd>" % a, "<a %s=javascript:x>y</a>" % a,
              "<img src=x %s=x>" % a]
    v += ["<svg><script>x</script></svg>", "<svg><foreignObject><b>x</b>",
          "<svg><use href='//e.example#x'/></svg>",
          "<svg><animate onbegin=x attributeName=x>", "<b style='x:url(y)'>z",
          "<b style=\"width:expression(x)\">z", "<style>@import '//e.example'",
          "<!--", "-->", "<!-- a -- b -->", "<!---->", "<!-->", "--!>",
          "<![CDATA[x]]>", "]]>", "]]&gt;", "<?xml version='1.1'?>", "<?php x ?>",
          "<?xml-stylesheet href='//e.example'?>", "?>", "<!DOCTYPE x>",
          "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
          "<!ENTITY a 'b'>", "&a;", "&lt;b&gt;", "&amp;lt;b&amp;gt;", "&#60;b&#62;",
          "&#x3c;script&#x3e;", "&#0;", "&#x110000;", "&#xd800;", "&#xffff;",
          "&#8;", "&nbsp;", "&;", "&#;", "&#x;", "&" * 40, "<" * 40, ">" * 40,
          "\"" * 9, "'" * 9, "<a href=\"", "<a b='c", "<>", "< b>", "<\u0431>",
          "<b\u2028onclick=x>", "<a/=\"x\">", "\\<b>", "\\&amp;", "{{x}}",
          "${x}", "<%= x %>", "#{x}", "</p></section></body></html>",
          "\"><script>x</script>", "'><b onclick=x>", "--><script>x</script>",
          "]]><script>x</script>", "</title><script>x</script>"]
    return v


def odd():
    """Text that breaks programs, without being markup."""
    v = ["%s%n%x%p", "%d" * 30, "$(id)", "`id`", "; ls", "| x", "&& x",
         "' OR 1=1 --", "\"; DROP", "../" * 12, "..\\..\\x", "CON", "NUL",
         "C:\\x", "~", "-rf", "--", "-", ".", "..", "null", "nil", "NaN",
         "true", "no", "0", "-0", "1e400", "0x7fffffffffffffff",
         "99999999999999999999", "1/0", "\u0663\u0662\u0661", "\u215b",
         ") Tj ET", ">> endobj", "endstream", "%%EOF", "trailer <</Root 1 0 R>>",
         "(/JS(x))", "\\)\\(", "<</S/JavaScript>>", "startxref", "obj<<",
         "@import url(x)", "} body { x", "*/ x /*", "expression(x)", "\\3c b",
         "a" * 700, "\u0915\u094d" * 200, "e\u0301" * 200, "o" + "\u0308" * 90,
         "\u202eabc", "\u202e\u202d\u202a\u202b\u202c", "\u2066x\u2067y\u2068",
         "\u200f\u200e\u061c", "\u05d0\u05d1 a \u05d2 1 b", "\u0645\u062d\u0645\u062f 12 ab",
         "\u0e01\u0e33\u0e49", "\u1100\u1161\u11a8", "\u0f40\u0f72", "\u1780\u17d2\u1781",
         "\ufdfa", "\ufb01\ufb03", "\u01c4\u01c5", "\u0130i\u0131I", "\u00df\u1e9e",
         "\u212b\u00c5A\u030a", "\u200b\u200c\u200d\u2060", "\ufeff", "\u00ad\u00ad",
         "\u034f", "\u180e", "\u3164\uffa0", "\u2028\u2029", "\u0085", "\u00a0 \u2003",
         "\ufe0f", "\u20dd\u20e0", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
         "\U0001f1ee\U0001f1f3", "\U0001f44d\U0001f3ff", "1\ufe0f\u20e3",
         "\U000e0041\U000e007f", "\U000e0100", "\U0001d54f", "\U00020000",
         "\U0002a6d7", "\U0010fffd", "\ue000\uf8ff", "\ufffc\ufffd", "\u0600\u06dd",
         "\u0378", "\U000323af", "\u16a0\u1680", "\ua9c5\uabed", "\u2e3b" * 30]
    v += [chr(c) for c in list(range(0, 10)) + list(range(11, 13)) +
          list(range(14, 32)) + list(range(127, 160))]
    v += [chr(p << 16 | x) for p in range(17) for x in (0xfffd, 0xfffe, 0xffff)]
    v += ["%s%s%s" % (c, c * 3, c) for c in
          "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]
    v += ["x%sy" % chr(c) for c in range(0x2000, 0x2070)]
    return v


# Bytes that are no UTF-8: halves of pairs, overlong, cut short, too high.
broken = [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80",
          b"\xc0\x80", b"\xc0\xaf", b"\xc1\xbf", b"\xe0\x80\xaf",
          b"\xe0\x9f\xbf", b"\xf0\x80\x80\xaf", b"\xf0\x8f\xbf\xbf",
          b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe", b"\xff",
          b"\x80", b"\xbf\xbf", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98",
          b"\xe2\x82<b>", b"\xc3\"", b"\xf0\x9f<", b"\x00", b"a\x00b",
          b"\x1b[31m", b"\x1b]0;x\x07", b"\xef\xbf\xbe", b"\xef\xbf\xbf",
          b"\xef\xb7\x90", b"\xf0\x9f\xbf\xbe", b"\xe2\x80\xae\xff"]


# ---- places --------------------------------------------------------------

def in_code(name, strings):
    body = []
    for s in strings:
        k, s = mark(), s.replace("\r", "\n")
        body.append("k%da\n\n~~~~~~~\n%s\n~~~~~~~\n\nk%db\n\n" % (k, s, k))
        wanted.append({"k": k, "text": clean(s) + "\n"})
    article(name, "".join(body))


def in_text(name, strings, form):
    article(name, "".join(form.replace("@", "k%da " % k).replace(
        "%", s.replace("\n", " ")).replace("$", " k%db" % k) + "\n\n"
        for s in strings for k in [mark()]))


def forms(name, strings):
    one = [s.replace("\n", " ") for s in strings]
    in_text(name + "-plain", one, "@%$")
    in_text(name + "-styled", one, "@**%** *%* ~~%~~$")
    in_text(name + "-quoted", one, "> @%$\n\n- @%$")
    in_text(name + "-heads", one[:150], "## @%$")
    cell = [s.replace("|", "\\|") for s in one]
    for i in range(0, len(cell), 12):
        row = cell[i:i + 12]
        article("%s-cells-%d" % (name, i), "| %s |\n|%s\n| %s |\n" % (
            " | ".join(row), "---|" * len(row), " | ".join(row)))
    article(name + "-notes", "".join("x[^%d]\n\n[^%d]: %s\n\n" % (i, i, s)
                                     for i, s in enumerate(one)))
    article(name + "-terms", "".join("%s\n: %s\n\n" % (s, s) for s in one))


def links(name, addresses):
    article(name, "".join(
        "k%da [x](<%s>) [x](%s) [x](/ \"%s\") <%s> %s k%db\n\n[r%d]: <%s> \"%s\"\n\n"
        "[t][r%d]\n\n" % (k, a, a.replace(" ", ""), a.replace('"', '\\"'), a,
                          a, k, k, a, a.replace('"', '\\"'), k)
        for s in addresses for a in [s.replace("\n", "")] for k in [mark()]))


def blocks(name, strings):
    """Each at the end of an article: it may take in all that follows."""
    for i, s in enumerate(strings):
        k = mark()
        article("%s-%d" % (name, i), "k%da z k%db\n\n%s\n\n%s x\n" % (k, k, s, s))


def nested():
    for i, (a, b) in enumerate((("> ", ""), ("- ", ""), ("*", "*"), ("[", "](x)"),
                                ("**_", "_**"), ("<sub>", "</sub>"),
                                ("`", "`"), ("<b>", ""),
                                ("~~", "~~"), ("1. ", ""))):
        article("nested-%d" % i, a * 40 + "x" + b * 40 + "\n")


def metas(strings):
    for i, s in enumerate(strings):
        k = mark()
        s = clean(s).replace("\n", " ").replace("\ufffd", "")
        wanted.append({"k": k, "title": s})
        article("meta-%d" % i, "x\n", title="k%da %s k%db" % (k, s, k),
                summary=s + " x", tags=[s + "x", "y"], authors=[s + " x"],
                syllabus=[s + " x"], id="x" + s[:40] + str(i),
                source={"title": s + " x", "url": "https://e.example/" +
                        "".join(c for c in s if c.isalnum())[:40]})


SVG = """<svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40"
 onload="x()" style="background:url(//e.example)">
<script>x()</script><style>@import "//e.example"; * { fill: url(//e) }</style>
<foreignObject><b xmlns="http://www.w3.org/1999/xhtml" onclick="x()">b</b>
</foreignObject><image xlink:href="file:///etc/passwd" width="9" height="9"/>
<a xlink:href="javascript:x()"><rect width="9" height="9" onclick="x()"/></a>
<use xlink:href="https://e.example/x.svg#y"/><set attributeName="href" to="x"/>
<rect x="9" width="20" height="20" fill="url(https://e.example#g)" id="a&quot;b"/>
<text x="1" y="30">k0a &lt;script&gt; &amp; ]]&gt; k0b</text></svg>
"""


def pictures():
    names = ["a'b.svg", 'a"b.svg', "a&b.svg", "a<b>.svg", "a;c.svg", "\u0915.svg"]
    for n in names:
        with open(os.path.join(out, n), "w") as f:
            f.write(SVG)
    article("pictures", "".join(
        "![a \" onerror=x <%s> k%d](<%s> \"cap <b>k%d</b> \\\" ]]>\")\n\n"
        "text ![b <script> & ' \"](<%s>) text\n\n" % (i, i, n.replace("<", "\\<")
         .replace(">", "\\>").replace("&", "&amp;"), i, n.replace("<", "\\<")
         .replace(">", "\\>").replace("&", "&amp;"))
        for i, n in enumerate(names)))


os.makedirs(out)
with open(os.path.join(out, "publication.yaml"), "w") as f:
    f.write("title: 'T <script>&amp; \"x\" ]]>'\nslug: t\nlanguage: en\n"
            "namespace: https://example.org/t\nhabits: off\n"
            "publisher: '<b onclick=x>&'\nrights: '\"><x/>'\n"
            "sections:\n  - {id: a, title: 'A </h1><script> & \"'}\n")
for name, strings in ("tags", tags()), ("odd", odd()), ("schemes", schemes()):
    in_code("code-" + name, strings)
    forms(name, strings)
links("links", schemes() + tags()[:150])
blocks("block", tags())
metas((tags() + schemes() + odd())[::7])
article("bytes", b"".join(b"k%da %s `%s` k%db\n\n" % (k, s, s, k)
                          for s in broken for k in [mark()]))
nested()
pictures()
with open(os.path.join(sys.argv[1], "wanted"), "w") as f:
    f.writelines(json.dumps(w) + "\n" for w in wanted)
with open(os.path.join(sys.argv[1], "marks"), "w") as f:
    f.write("%d\n" % count)
