"""mutations.py: ways to spoil a good tagged PDF, each with what its fault is
called: by the checker (CHECKER), by veraPDF, where only that can see it
(VERAPDF); where only the spoken text differs, that does (SPOKEN)."""
import pikepdf
from pikepdf import Array, Dictionary, Name

from taglint import lint
from taglint.content import Content
from taglint.report import Report
from taglint.tree import Tree, as_list

CHECKER, VERAPDF, SPOKEN = [], [], []   # (function, what has to be said)


def seen_by(judges, expected):
    """Decorator: a mutation and how its fault is called."""
    def add(mutation):
        judges.append((mutation, expected))
        return mutation
    return add


class File:
    """A PDF to spoil."""

    def __init__(self, name):
        self.pdf = pikepdf.open(name)
        content = Content(self.pdf, Report(name), lint.Wanted())
        self.tree = Tree(self.pdf, content, Report(name))

    def all(self, *roles):
        """Elements of some roles, in the order of reading."""
        return [e for e in self.tree.walk() if e.role in roles]

    def first(self, *roles):
        """The first of them."""
        return self.all(*roles)[0]

    def plain(self):
        """A paragraph of one sequence."""
        return next(e for e in self.all("P") if len(e.kids) == 1
                    and not e.elems())

    def link(self):
        """A link to the web: its element and annotation."""
        return next((e, a) for e in self.all("Link")
                    for a in e.annotations() if "/A" in a)

    def edit(self, change, page=0):
        """Changes the bytes of a page's content."""
        obj = self.pdf.pages[page].obj
        old = obj.Contents.read_bytes()
        new = change(old)
        assert new != old, "nothing to change"
        obj.Contents = self.pdf.make_stream(new)


def remove(obj, key):
    """A key that has to be there."""
    assert key in obj, key
    del obj[key]


def attribute(elem, key):
    """The attribute dictionary of an element that has a key."""
    a = elem.obj.A
    return next(d for d in (a if isinstance(a, Array) else [a]) if key in d)


def swap(array, i, j):
    """Two of an array's."""
    a, b = array[i], array[j]
    array[i], array[j] = b, a


# ---- tree and ties -----------------------------------------------------------

@seen_by(CHECKER, "siblings out of order")
def siblings_swapped(f):
    paragraphs = [e for e in f.all("P") if e.parent.role in ("Art", "Sect")
                  and len(e.parent.elems("P")) > 1]
    parent = paragraphs[-1].parent
    swap(parent.obj.K, parent.kids.index(parent.elems("P")[0]),
         parent.kids.index(parent.elems("P")[-1]))


@seen_by(CHECKER, "content is not told as painted")
def lines_swapped(f):
    e = next(e for e in f.all("P") if len(e.kids) > 1)
    swap(e.obj.K, 0, len(e.obj.K) - 1)


@seen_by(CHECKER, "content in the tree twice")
def mcid_twice_in_tree(f):
    e = f.plain()
    e.obj.K = Array(as_list(e.obj.K) * 2)


@seen_by(CHECKER, "MCID is there twice")
def mcid_twice_on_page(f):
    f.edit(lambda b: b.replace(b"/MCID 2", b"/MCID 1"))


@seen_by(CHECKER, "ParentTree names another element")
def parent_tree_swapped(f):
    key = int(f.pdf.pages[0].obj.StructParents)
    parents = f.tree.parents[key]
    other = next(i for i in range(len(parents))
                 if parents[i].objgen != parents[0].objgen)
    swap(parents, 0, other)


@seen_by(CHECKER, "ParentTree has a key that none uses")
def parent_tree_longer(f):
    node = f.tree.root.ParentTree
    while "/Kids" in node:
        node = node.Kids[-1]
    node.Nums.extend([f.tree.root.ParentTreeNextKey, Array([])])


@seen_by(CHECKER, "content in no element")
def content_forgotten(f):
    remove(f.plain().obj, "/K")


@seen_by(CHECKER, "P is not the parent")
def parent_wrong(f):
    f.all("P")[3].obj.P = f.tree.root


@seen_by(CHECKER, "element is empty")
def paragraph_empty(f):
    f.all("P")[3].obj.K = Array([])


@seen_by(CHECKER, "annotation in no element")
def annotation_forgotten(f):
    e, annot = f.link()
    e.obj.K = Array([k for k in e.obj.K if not isinstance(k, Dictionary)
                     or k.get("/Type") != Name.OBJR])


@seen_by(CHECKER, "StructParent is another's, too")
def annotation_key_shared(f):
    annots = [a for e in f.all("Link") for a in e.annotations()]
    annots[0].StructParent = annots[1].StructParent


# ---- content -----------------------------------------------------------------

@seen_by(CHECKER, "painted outside content and artifacts")
def rule_unmarked(f):
    f.edit(lambda b: b + b"\n0 0 10 10 re f\n")


@seen_by(CHECKER, "artifact inside content")
def artifact_nested(f):
    f.edit(lambda b: b.replace(
        b"BDC", b"BDC /Artifact<</Type/Layout>>BDC EMC", 1)
           if b.index(b"/MCID") < b.index(b"BDC") else b.replace(
               b"/MCID 0>>BDC",
               b"/MCID 0>>BDC /Artifact<</Type/Layout>>BDC EMC", 1))


@seen_by(CHECKER, "artifact without a type that there is")
def artifact_untyped(f):
    f.edit(lambda b: b + b"\n/Artifact BMC 0 0 9 9 re f EMC\n")


@seen_by(CHECKER, "BDC without EMC")
def sequence_open(f):
    f.edit(lambda b: b[:b.rindex(b"EMC")] + b[b.rindex(b"EMC") + 3:])


def to_artifact(f, sequence):
    """A sequence of the first page becomes an artifact."""
    def change(b):
        at = b.index(b"/MCID %d>>" % sequence.mcid)
        begin = b.rindex(b"/", 0, at)
        end = b.index(b"BDC", at)
        return b[:begin] + b"/Artifact<</Type/Layout>>" + b[end:]
    f.edit(change)


@seen_by(CHECKER, "ParentTree has content that is not there")
def content_to_artifact(f):
    to_artifact(f, next(f.first("P").sequences()))


@seen_by(CHECKER, "long text is an artifact")
def paragraph_hidden(f):
    e = next(e for e in f.all("P") if len(e.text()) > 200)
    sequence = next(e.sequences())
    remove(e.parent.obj, "/K")
    f.tree.parents[int(f.pdf.pages[0].obj.StructParents)][
        sequence.mcid] = None
    to_artifact(f, sequence)


@seen_by(CHECKER, "no space between words")
def space_gone(f):
    page = f.pdf.pages[0].obj
    e = next(e for e in f.all("P") if len(e.text()) > 200)
    mcid, inside, done = next(e.sequences()).mcid, False, False
    operators = list(pikepdf.parse_content_stream(page))
    for operands, operator in operators:
        if str(operator) == "BDC":
            inside = operands[1].get("/MCID") == mcid
        elif inside and not done and str(operator) == "TJ":
            last = operands[0][-1]
            operands[0][-1] = pikepdf.String(bytes(last)[:-2])
            done = True
    page.Contents = f.pdf.make_stream(
        pikepdf.unparse_content_stream(operators))


# ---- roles ------------------------------------------------------------------

@seen_by(CHECKER, "LI holds P")
def paragraph_in_item(f):
    f.first("LBody").obj.S = Name.P


@seen_by(CHECKER, "item is not label and body")
def label_last(f):
    e = next(e for e in f.all("LI") if len(e.kids) == 2)
    swap(e.obj.K, 0, 1)


@seen_by(CHECKER, "heading level is skipped")
def heading_skipped(f):
    f.first("H2").obj.S = Name.H4


@seen_by(CHECKER, "role that there is not")
def role_unknown(f):
    f.all("P")[2].obj.S = Name.Paragraph


@seen_by(CHECKER, "RoleMap maps a role that none has")
def role_map_idle(f):
    if "/RoleMap" not in f.tree.root:
        f.tree.root.RoleMap = Dictionary()
    f.tree.root.RoleMap.Aside = Name.Div


@seen_by(CHECKER, "list with labels, but no ListNumbering")
def numbering_gone(f):
    e = next(e for e in f.all("L") if any(i.elems("Lbl")
                                          for i in e.elems("LI")))
    remove(attribute(e, "/ListNumbering"), "/ListNumbering")


@seen_by(CHECKER, "note without ID")
def note_id_gone(f):
    remove(f.first("Note").obj, "/ID")


@seen_by(CHECKER, "ID is there twice")
def note_id_twice(f):
    notes = f.all("Note")
    notes[1].obj.ID = notes[0].obj.ID


# ---- tables ------------------------------------------------------------------

@seen_by(CHECKER, "TH without Scope")
def scope_gone(f):
    e = f.first("TH")
    remove(attribute(e, "/Scope"), "/Scope")


@seen_by(CHECKER, "TH has a wrong Scope")
def scope_wrong(f):
    attribute(f.first("TH"), "/Scope").Scope = Name.Row


@seen_by(CHECKER, "header cell is a TD")
def header_row_of_td(f):
    for e in f.first("THead").walk():
        if e.role == "TH":
            e.obj.S = Name.TD


@seen_by(CHECKER, "table with rows that have no header")
def header_row_in_body(f):
    for e in f.first("THead").walk():
        if e.role in ("TH", "THead"):
            e.obj.S = Name.TD if e.role == "TH" else Name.TBody
            if "/A" in e.obj:
                del e.obj["/A"]


@seen_by(CHECKER, "rows of a table differ in width")
def cell_gone(f):
    e = f.all("TD")[-1]
    row = e.parent.obj
    row.K = Array(list(row.K)[:-1])


@seen_by(CHECKER, "rows of a table differ in width")
def span_too_wide(f):
    f.first("TD").obj.A = Dictionary(O=Name.Table, ColSpan=2)


# ---- figures, links, language ------------------------------------------------

@seen_by(CHECKER, "figure without BBox")
def box_gone(f):
    e = f.first("Figure")
    remove(attribute(e, "/BBox"), "/BBox")


@seen_by(CHECKER, "BBox is not around the figure")
def box_elsewhere(f):
    a = attribute(f.first("Figure"), "/BBox")
    a.BBox = Array([10, 10, 60, 60])


@seen_by(CHECKER, "BBox is not in the page")
def box_outside(f):
    a = attribute(f.first("Figure"), "/BBox")
    a.BBox[2] = 9999


@seen_by(CHECKER, "figure without Alt")
def alt_gone(f):
    remove(f.first("Figure").obj, "/Alt")


@seen_by(CHECKER, "Alt says nothing")
def alt_file_name(f):
    f.first("Figure").obj.Alt = pikepdf.String("chart-2.png")


@seen_by(CHECKER, "link without Contents")
def contents_gone(f):
    remove(f.link()[1], "/Contents")


@seen_by(CHECKER, "Contents of a link is a bare URL")
def contents_url(f):
    f.link()[1].Contents = pikepdf.String("https://example.org/a/b")


@seen_by(CHECKER, "link is not where its text is")
def link_elsewhere(f):
    f.link()[1].Rect = Array([1, 1, 2, 2])


@seen_by(CHECKER, "link leads nowhere")
def link_to_nowhere(f):
    annot = next(a for e in f.all("Link") for a in e.annotations()
                 if "/Dest" in a)
    annot.Dest = pikepdf.String("no.such.place")


@seen_by(CHECKER, "Lang is no language")
def lang_nonsense(f):
    f.all("P")[4].obj.Lang = pikepdf.String("xx-Nonsense-Tag")


@seen_by(CHECKER, "Lang is not that of the text")
def lang_wrong(f):
    f.all("P")[4].obj.Lang = pikepdf.String("ta")


# ---- fonts -------------------------------------------------------------------

def font_of(f):
    """The font of the first text, and its ToUnicode."""
    font = next(iter(f.tree.content.fonts.values())).obj
    return font, font.ToUnicode.read_bytes()


@seen_by(CHECKER, "font without ToUnicode")
def to_unicode_gone(f):
    remove(font_of(f)[0], "/ToUnicode")


@seen_by(CHECKER, "ToUnicode to no character")
def to_unicode_private(f):
    font, data = font_of(f)
    font.ToUnicode = f.pdf.make_stream(data.replace(b"<0065>", b"<E065>"))


@seen_by(CHECKER, "glyph .notdef is shown")
def notdef_shown(f):
    font = next(k for k in f.pdf.pages[0].obj.Resources.Font.keys())
    f.edit(lambda b: b + b"\n/Artifact<</Type/Layout>>BDC BT " +
           font.encode() + b" 9 Tf <0000>Tj ET EMC\n")


# ---- the file as a whole -----------------------------------------------------

@seen_by(CHECKER, "not Marked")
def mark_gone(f):
    remove(f.pdf.Root, "/MarkInfo")


@seen_by(CHECKER, "no structure tree")
def tree_gone(f):
    remove(f.pdf.Root, "/StructTreeRoot")


@seen_by(CHECKER, "Lang of the document")
def lang_gone(f):
    remove(f.pdf.Root, "/Lang")


@seen_by(CHECKER, "no DisplayDocTitle")
def title_hidden(f):
    remove(f.pdf.Root.ViewerPreferences, "/DisplayDocTitle")


@seen_by(CHECKER, "Tabs are not in the order of structure")
def tabs_gone(f):
    remove(f.pdf.pages[0].obj, "/Tabs")


@seen_by(CHECKER, "no outline")
def outline_gone(f):
    remove(f.pdf.Root, "/Outlines")


@seen_by(CHECKER, "outline entry leads nowhere")
def outline_to_nowhere(f):
    f.pdf.Root.Outlines.First.Dest = pikepdf.String("no.such.place")


@seen_by(CHECKER, "outline badly chained")
def outline_cut(f):
    remove(f.pdf.Root.Outlines.First, "/Next")


@seen_by(CHECKER, "page labels")
def labels_gone(f):
    remove(f.pdf.Root, "/PageLabels")


@seen_by(CHECKER, "named destinations out of order")
def names_unsorted(f):
    node = f.pdf.Root.Names.Dests
    while "/Kids" in node:
        node = node.Kids[0]
    swap(node.Names, 0, 2)
    swap(node.Names, 1, 3)


@seen_by(CHECKER, "no ID of the file")
def id_gone(f):
    remove(f.pdf.trailer, "/ID")


@seen_by(CHECKER, "Info is unlike XMP")
def info_title(f):
    f.pdf.docinfo["/Title"] = pikepdf.String("Another title")


@seen_by(CHECKER, "Info is unlike XMP")
def info_date(f):
    f.pdf.docinfo["/ModDate"] = pikepdf.String("D:19990101000000Z")


@seen_by(CHECKER, "XMP does not claim what it is")
def claim_gone(f):
    data = f.pdf.Root.Metadata.read_bytes()
    f.pdf.Root.Metadata = f.pdf.make_stream(
        data.replace(b"pdfuaid:part", b"pdfuaid:spam"))


@seen_by(CHECKER, "no output intent")
def intent_gone(f):
    remove(f.pdf.Root, "/OutputIntents")


@seen_by(CHECKER, "action at opening")
def script_at_opening(f):
    f.pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")


@seen_by(CHECKER, "action of a kind that is not allowed")
def link_launches(f):
    f.link()[1].A.S = Name.Launch


@seen_by(CHECKER, "stream is stored twice")
def picture_twice(f):
    image = next(o for o in f.pdf.objects if isinstance(o, pikepdf.Stream)
                 and "/Length1" in o or isinstance(o, pikepdf.Stream)
                 and o.get("/Subtype") in ("/Image", "/OpenType",
                                           "/CIDFontType0C"))
    twin = f.pdf.make_stream(image.read_raw_bytes())
    for key, value in image.items():
        if key != "/Length":
            twin[key] = value
    f.pdf.Root.Spare = twin


# ---- what others see ---------------------------------------------------------

@seen_by(VERAPDF, "7.21.5-1")
def widths_wrong(f):
    font = font_of(f)[0].DescendantFonts[0]
    for part in font.W:
        if isinstance(part, Array):
            for i, width in enumerate(part):
                part[i] = width + 77


@seen_by(VERAPDF, "7.1-9")
def title_gone(f):
    data = f.pdf.Root.Metadata.read_bytes()
    f.pdf.Root.Metadata = f.pdf.make_stream(
        data.replace(b"dc:title>", b"dc:source>"))
    f.pdf.Root.Metadata.Type = Name.Metadata
    f.pdf.Root.Metadata.Subtype = Name.XML


@seen_by(SPOKEN, "")
def letters_wrong(f):
    font, data = font_of(f)
    font.ToUnicode = f.pdf.make_stream(
        data.replace(b"<0065>", b"<006F>").replace(b"<0061>", b"<0069>"))


@seen_by(SPOKEN, "")
def paragraphs_swapped(f):
    siblings_swapped(f)
