"""document.py: what the file as a whole has to have: catalogue, metadata,
ways through it, and nothing that acts or is there twice."""
import hashlib
import re
import xml.etree.ElementTree as ElementTree

import pikepdf

from taglint import language
from taglint.rules import names_of

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
SAME = {"/Title": "dc:title", "/Author": "dc:creator",
        "/Subject": "dc:description", "/Keywords": "pdf:Keywords",
        "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer",
        "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
ACTIONS = {"/URI", "/GoTo"}
PICTURE = ("/Width", "/Height", "/ColorSpace", "/SMask", "/Decode")
OUTLINE_MAX = 100000


# ---- metadata ---------------------------------------------------------------

class Xmp:
    """The properties of the metadata stream, as lists of texts."""

    def __init__(self, data):
        self.values = {}
        short = {uri: name for name, uri in SPACES.items()}
        rdf = f"{{{SPACES['rdf']}}}"
        for about in ElementTree.fromstring(data).iter(rdf + "Description"):
            properties = list(about.attrib.items())
            properties += [(p.tag, p) for p in about]
            for tag, value in properties:
                uri, _, name = tag[1:].partition("}")
                if uri in short:
                    self.values.setdefault(f"{short[uri]}:{name}",
                                           self.texts(value, rdf))

    @staticmethod
    def texts(value, rdf):
        """The items of a property, of alternatives the first; or its
        text."""
        if isinstance(value, str):
            return [value]
        items = [i.text or "" for i in value.iter(rdf + "li")]
        if value.find(rdf + "Alt") is not None:
            return items[:1]
        return items or [(value.text or "").strip()]

    def one(self, name):
        """A property's only text, several joined; or None."""
        values = self.values.get(name)
        return "; ".join(values) if values else None


def read_xmp(pdf, report):
    """The XMP of the file, or None."""
    if "/Metadata" not in pdf.Root:
        report.fault("no XMP")
        return None
    try:
        return Xmp(pdf.Root.Metadata.read_bytes())
    except ElementTree.ParseError as e:
        report.fault("XMP is not XML", str(e))
        return None


def date_of(text):
    """A date of Info as XMP writes it; others as they are."""
    m = re.match(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)"
                 r"(Z|[+-]\d\d'\d\d)'?$", text)
    if not m:
        return text
    zone = m.group(7).replace("'", ":")
    return "{}-{}-{}T{}:{}:{}".format(*m.groups()[:6]) + zone


def check_info(pdf, report, wanted):
    """Info and XMP tell the same, field by field; and XMP claims what the
    file is said to be."""
    xmp = read_xmp(pdf, report)
    if xmp is None:
        return
    for key, name in SAME.items():
        told = pdf.docinfo.get(key)
        told = date_of(str(told)) if told is not None else None
        if told != xmp.one(name):
            report.fault("Info is unlike XMP",
                         f"{key} {told!r}, {name} {xmp.one(name)!r}")
    if not (xmp.one("dc:title") or "").strip():
        report.fault("XMP has no title")
    if str(pdf.Root.get("/Lang", "")) not in xmp.values.get("dc:language",
                                                            []):
        report.fault("dc:language is not Lang")
    claims = [xmp.one(n) for n in ("pdfuaid:part", "pdfaid:part",
                                   "pdfaid:conformance")]
    if claims != (["1"] if wanted.ua1 else [None]) + (
            ["2", "A"] if wanted.a2a else [None, None]):
        report.fault("XMP does not claim what it is", str(claims))


# ---- catalogue --------------------------------------------------------------

def check_catalog(pdf, report, wanted):
    """Marked, with language, title bar, identity and colours."""
    root = pdf.Root
    marked = root.get("/MarkInfo", {}).get("/Marked", False)
    if bool(marked) != wanted.tags:
        report.fault("not Marked" if wanted.tags else "Marked, but untagged")
    if root.get("/MarkInfo", {}).get("/Suspects"):
        report.fault("Suspects")
    why = language.fault_of(str(root.get("/Lang", "")))
    if why:
        report.fault("Lang of the document", why)
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        report.fault("no DisplayDocTitle")
    ids = [bytes(i) for i in pdf.trailer.get("/ID", [])]
    if len(ids) != 2 or any(len(i) != 16 or not i.strip(b"\0")
                            for i in ids):
        report.fault("no ID of the file")
    if wanted.a2a:
        check_intent(root, report)


def check_intent(root, report):
    """One output intent, with an ICC profile that is one."""
    intents = list(root.get("/OutputIntents", []))
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        report.fault("no output intent")
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    if profile[36:40] != b"acsp" or profile[16:20] != b"RGB " or \
            int.from_bytes(profile[:4], "big") != len(profile):
        report.fault("output intent without an RGB profile")


# ---- ways -------------------------------------------------------------------

class Places:
    """Where destinations lead."""

    def __init__(self, pdf, report):
        self.pages = {p.obj.objgen: i for i, p in enumerate(pdf.pages)}
        self.named = {}
        dests = pdf.Root.get("/Names", {}).get("/Dests", {})
        self.read(dests, report, 0)
        names = list(names_of(dests))
        if names != sorted(names) or len(names) != len(set(names)):
            report.fault("named destinations out of order")
        for name, dest in self.named.items():
            if self.page(dest) is None:
                report.fault("named destination on no page", ascii(name))

    def read(self, node, report, depth):
        """A node of the name tree; Limits are those of its names."""
        pairs = list(node.get("/Names", []))
        for name, dest in zip(pairs[::2], pairs[1::2]):
            self.named[bytes(name)] = dest
        for kid in node.get("/Kids", []) if depth < 32 else []:
            self.read(kid, report, depth + 1)
        names = list(names_of(node))
        if depth > 0 and [bytes(v) for v in node.get("/Limits", [])] != \
                [names[0], names[-1]]:
            report.fault("names have wrong Limits", ascii(names[0]))

    def page(self, dest):
        """The index of the page that a destination is on, or None."""
        if isinstance(dest, pikepdf.String):
            dest = self.named.get(bytes(dest))
        if isinstance(dest, pikepdf.Dictionary):
            dest = dest.get("/D")
        if not isinstance(dest, pikepdf.Array) or len(dest) < 2:
            return None
        if not isinstance(dest[0], pikepdf.Object):
            return None
        return self.pages.get(dest[0].objgen)

    def of(self, obj):
        """Of what has a Dest or an action to go there."""
        return self.page(obj["/Dest"] if "/Dest" in obj
                         else obj.get("/A", {}).get("/D"))


def check_outline(pdf, report, places, headings):
    """There is one, whole, where there are headings to go to; and each entry
    leads to a page."""
    root = pdf.Root.get("/Outlines")
    if root is None or "/First" not in root:
        if headings > 2:
            report.fault("no outline", f"{headings} headings")
        return
    check_entries(root, report, places, set())


def check_entries(parent, report, places, seen):
    """The entries below one; chained both ways, pages ascending."""
    entry, last, page = parent.get("/First"), None, 0
    while entry is not None and len(seen) < OUTLINE_MAX:
        title = str(entry.get("/Title", ""))
        if entry.objgen in seen:
            report.fault("outline in a circle", title, obj=entry)
            return
        seen.add(entry.objgen)
        chained = entry.Parent.objgen == parent.objgen and (
            last is None or entry.Prev.objgen == last.objgen)
        if not chained:
            report.fault("outline badly chained", title, obj=entry)
        if not title.strip():
            report.fault("outline entry without title", obj=entry)
        at = places.of(entry)
        if at is None:
            report.fault("outline entry leads nowhere", title, obj=entry)
        elif at < page:
            report.fault("outline out of order", title, obj=entry)
        page = page if at is None else at
        if "/First" in entry:
            check_entries(entry, report, places, seen)
        last, entry = entry, entry.get("/Next")
    if last is None or parent.Last.objgen != last.objgen:
        report.fault("outline badly chained", "Last", obj=parent)


def check_labels(pdf, report):
    """Every page has one."""
    numbers = list(pdf.Root.get("/PageLabels", {}).get("/Nums", []))
    first = [int(n) for n in numbers[::2]]
    if not first or first[0] != 0 or first != sorted(set(first)) or \
            first[-1] >= len(pdf.pages):
        report.fault("page labels", str(first))


# ---- pages ------------------------------------------------------------------

def check_annotation(annot, page, index, report, places):
    """A link that is printed, in its page, to somewhere."""
    def fault(kind, what=""):
        report.fault(kind, what, index, annot)

    if annot.get("/Subtype") != "/Link":
        fault("annotation is no link", str(annot.get("/Subtype")))
        return
    if int(annot.get("/F", 0)) & 0x2f != 4:
        fault("link is hidden or not printed")
    r = [float(v) for v in annot.Rect]
    m = [float(v) for v in page.mediabox]
    if not (m[0] <= r[0] < r[2] <= m[2] and m[1] <= r[1] < r[3] <= m[3]):
        fault("link is not in the page", str(r))
    action = annot.get("/A", {})
    uri = str(action.get("/URI", ""))
    if action.get("/S") == "/URI":
        if not re.match(r"(https?|mailto):[\x21-\x7e]+$", uri):
            fault("link to no address", uri)
    elif places.of(annot) is None:
        fault("link leads nowhere", str(annot.get("/Dest", "")))


def check_pages(pdf, report, wanted, places):
    """Tab order and annotations."""
    for index, page in enumerate(pdf.pages):
        if wanted.tags and page.obj.get("/Tabs") != "/S":
            report.fault("Tabs are not in the order of structure", "",
                         index)
        for annot in page.obj.get("/Annots", []):
            check_annotation(annot, page, index, report, places)


# ---- all objects ------------------------------------------------------------

def check_actions(pdf, report):
    """Nothing acts but links."""
    for key in ("/AA", "/AcroForm", "/Requirements", "/Collection"):
        if key in pdf.Root:
            report.fault("catalogue has what acts", key)
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in pdf.Root.get("/Names", {}):
            report.fault("names have what acts", key)
    for obj in pdf.objects:
        if not isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        action = obj if obj.get("/Type") == "/Action" else obj.get("/A")
        if "/AA" in obj or "/JS" in obj:
            report.fault("object that acts", "", obj=obj)
        if isinstance(action, pikepdf.Dictionary) and \
                action.get("/S") is not None and \
                str(action.S) not in ACTIONS:
            report.fault("action of a kind that is not allowed",
                         str(action.S), obj=obj)
    opened = pdf.Root.get("/OpenAction")
    if isinstance(opened, pikepdf.Dictionary) and opened.S != "/GoTo":
        report.fault("action at opening", str(opened.S))


def identity(value):
    """Of an indirect object its number, of others what they hold."""
    if isinstance(value, pikepdf.Object) and value.objgen[0]:
        return value.objgen
    return repr(value)


def check_once(pdf, report):
    """No two streams of pictures or fonts are the same bytes."""
    seen = {}
    for obj in pdf.objects:
        if not isinstance(obj, pikepdf.Stream):
            continue
        if obj.get("/Subtype") == "/Image":
            facts = tuple(identity(obj.get(k)) for k in PICTURE)
        elif "/Length1" in obj or obj.get("/Subtype") in (
                "/OpenType", "/CIDFontType0C"):
            facts = ("font",)
        else:
            continue
        key = facts, hashlib.sha256(obj.read_raw_bytes()).digest()
        if key in seen:
            report.fault("stream is stored twice",
                         f"also object {seen[key]}", obj=obj)
        seen[key] = obj.objgen[0]


def check(pdf, report, wanted, headings):
    """All of that; headings: how many the file has."""
    places = Places(pdf, report)
    check_catalog(pdf, report, wanted)
    check_info(pdf, report, wanted)
    check_outline(pdf, report, places, headings)
    check_labels(pdf, report)
    check_pages(pdf, report, wanted, places)
    check_actions(pdf, report)
    check_once(pdf, report)
