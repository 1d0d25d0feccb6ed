"""rules.py: what the structure tree has to be like, beyond its ties."""
import re
import unicodedata

from taglint import language
from taglint.roles import GROUPS, HEADINGS, KIDS, MARK, MAY_BE_EMPTY, ONCE
from taglint.tree import kind_of

FLOATING = ("Note", "Figure", "Table", "Caption")
HEAD_MAX = 100          # letters of a running head
UNSPOKEN = ("Figure", "Code")   # has Alt, and lines that break anywhere
BOX_SLACK = 3.0         # [pt] content may stand out of the BBox by that
BOX_ROOM = 14.0         # [pt] and leave so much of it empty at each edge
WORD_GAP = 0.15         # [size] so far apart are words
LINE_GAP = 0.7          # [size] so far apart are lines
FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|webp|svg|tiff?|bmp)$", re.I)
SAYS_NOTHING = re.compile(r"(an? |the )?(image|picture|photo(graph)?|figure|"
                          r"chart|graph|map|logo|graphic|illustration|alt"
                          r"( text)?|untitled)( of)?[ 0-9.]*$", re.I)
MARKER = re.compile(r"([-*+\u2022\u2013\u00b7\u25e6\u25aa]|"
                    r"\(?([0-9]+|[a-z]|[ivx]+)[.)])$", re.I)
BARE_URL = re.compile(r"(https?://|mailto:|www\.)\S+$", re.I)


def folded(text):
    """Without what lines and hyphens do to it."""
    return re.sub(r"[\s\u00ad\u200b\u2060\ufeff]+", "", text)


def check_roles(tree):
    """Every kid is one that its parent may have."""
    if [e.role for e in tree.tops] != ["Document"]:
        tree.fault("not one Document at the top",
                   " ".join(e.role for e in tree.tops))
    for e in tree.walk():
        for kid in e.kids:
            if kind_of(kid) not in KIDS.get(e.role, ()):
                tree.fault(f"{e.role} holds {kind_of(kid)}", "", e)
        if not e.kids and e.role not in MAY_BE_EMPTY:
            tree.fault("element is empty", "", e)
        for role in ONCE.get(e.role, ()):
            if len(e.elems(role)) > 1:
                tree.fault("more than one of a role", f"holds {role}", e)
        captions = e.elems("Caption") if e.role != "Div" else []
        if captions and captions[0] not in (e.kids[0], e.kids[-1]):
            tree.fault("caption between other kids", "", e)
    used = {str(e.obj.get("/S", "/"))[1:] for e in tree.walk()}
    for own in tree.role_map.keys() - used:
        tree.fault("RoleMap maps a role that none has", own)


def check_headings(tree):
    """From H1 on, none skipped on the way down."""
    last = 0
    for e in tree.walk():
        if e.role not in HEADINGS:
            continue
        level = int(e.role[1])
        if level > last + 1:
            tree.fault("heading level is skipped", f"after H{last}", e)
        last = level
        if not folded(e.text()):
            tree.fault("heading says nothing", "", e)


def check_lists(tree):
    """Items in their order, bullets and numbers with a kind of numbering.
    Labels may be other than that: terms, several of one definition too, or
    boxes to tick; and a label may be all of an item."""
    for e in tree.walk():
        if e.role == "LI":
            roles = [k.role for k in e.elems()]
            if set(roles[:-1]) - {"Lbl"}:
                tree.fault("item is not label and body", " ".join(roles), e)
        if e.role != "L":
            continue
        if not e.elems("LI", "L"):
            tree.fault("list without items", "", e)
        labels = [k for i in e.elems("LI") for k in i.elems("Lbl")]
        numbering = str(e.attributes.get("/ListNumbering", "/None"))
        if numbering == "/None" and any(MARKER.match(folded(k.text()))
                                        for k in labels):
            tree.fault("list with labels, but no ListNumbering", "", e)


# ---- tables ----------------------------------------------------------------

def span(cell, key):
    """Columns or rows that a cell covers."""
    return int(cell.attributes.get(key, 1))


def rows_of(table):
    """The rows of a table, each with the part that it stands in."""
    rows = []
    for part in table.elems():
        if part.role == "TR":
            rows.append((part, table))
        else:
            rows += [(row, part) for row in part.elems("TR")]
    return rows


def widths_of(rows):
    """The columns that each row covers; spans from above included."""
    widths, open_spans = [], []
    for row, _ in rows:
        width = sum(columns for columns, _ in open_spans)
        open_spans = [(c, n - 1) for c, n in open_spans if n > 1]
        for cell in row.elems("TH", "TD"):
            columns, n = span(cell, "/ColSpan"), span(cell, "/RowSpan")
            width += columns
            if n > 1:
                open_spans.append((columns, n - 1))
        widths.append(width)
    return widths, open_spans


def check_cells(tree, table, rows, width):
    """Headers are TH, and say what they are headers of."""
    ids = {e.string("/ID") for e in table.walk() if e.role == "TH"}
    for row, part in rows:
        for cell in row.elems("TH", "TD"):
            scope = str(cell.attributes.get("/Scope", ""))
            wide = span(cell, "/ColSpan") == width
            if cell.role == "TD" and part.role == "THead" and \
                    folded(cell.text()):
                tree.fault("header cell is a TD", "", cell)
            if cell.role == "TD" and scope:
                tree.fault("Scope on a TD", "", cell)
            if cell.role == "TH" and scope not in ("/Row", "/Column",
                                                   "/Both"):
                tree.fault("TH without Scope", scope, cell)
            elif cell.role == "TH" and scope == (
                    "/Row" if part.role == "THead" else "/Column"):
                # A lone header row is a body, as a head needs one.
                if not wide and part.role != "Table" and len(rows) > 1:
                    tree.fault("TH has a wrong Scope", scope, cell)
            for name in cell.attributes.get("/Headers", []):
                if str(name) not in ids:
                    tree.fault("Headers name no TH", str(name), cell)


def check_table(tree, table):
    """Regular, with header cells."""
    rows = rows_of(table)
    widths, left = widths_of(rows)
    parts = [e.role for e in table.elems() if e.role != "Caption"]
    order = sorted(parts, key=("THead", "TBody", "TR", "TFoot").index)
    if parts != order or ("TR" in parts and len(set(parts)) > 1):
        tree.fault("parts of a table in a wrong order", " ".join(parts),
                   table)
    if len(set(widths)) > 1:
        tree.fault("rows of a table differ in width",
                   " ".join(map(str, widths)), table)
    if "THead" in parts and "TBody" not in parts:
        tree.fault("table with a head and no body", "", table)
    if left:
        tree.fault("cell spans more rows than there are", "", table)
    if not any(e.role == "TH" for e in table.walk()):
        tree.fault("table without header cells", "", table)
    if parts and parts[0] == "TBody" and not all(
            row.elems("TH") for row, _ in rows):
        tree.fault("table with rows that have no header", "", table)
    check_cells(tree, table, rows, max(widths, default=0))


def check_tables(tree):
    """All of them."""
    for e in tree.walk():
        if e.role == "Table":
            check_table(tree, e)


# ---- figures, links, notes -------------------------------------------------

def check_alt(tree, e):
    """An alternative text."""
    alt = e.string("/Alt")
    if alt is None and "/ActualText" not in e.obj:
        tree.fault("figure without Alt", "", e)
    elif alt is not None and not folded(alt):
        tree.fault("Alt is empty", "", e)


def check_alts(tree):
    """They stand for the figure, as far as one can see that."""
    for e in tree.walk():
        alt = (e.string("/Alt") or "").strip()
        if FILE_NAME.match(alt) or SAYS_NOTHING.match(alt):
            tree.fault("Alt says nothing", repr(alt), e)


def check_box(tree, e):
    """A BBox in its page, around what is painted."""
    if "/BBox" not in e.attributes:
        tree.fault("figure without BBox", "", e)
        return
    box = [float(v) for v in e.attributes["/BBox"]]
    painted = [s for s in e.sequences(skip=("Caption",)) if s.box]
    if not painted:
        return
    media = [float(v) for v in
             tree.pdf.pages[painted[0].page].mediabox]
    if not (media[0] <= box[0] < box[2] <= media[2] and
            media[1] <= box[1] < box[3] <= media[3]):
        tree.fault("BBox is not in the page", str(box), e)
        return
    content = [min(s.box[i] for s in painted) if i < 2 else
               max(s.box[i] for s in painted) for i in range(4)]
    out = [content[i] - box[i] if i < 2 else box[i] - content[i]
           for i in range(4)]
    if min(out) < -BOX_SLACK or max(out) > BOX_ROOM:
        tree.fault("BBox is not around the figure",
                   f"{box}, painted {[round(v, 1) for v in content]}", e)


def check_figures(tree):
    """All of them."""
    for e in tree.walk():
        if e.role == "Figure":
            check_alt(tree, e)
            check_box(tree, e)
        elif e.role == "Formula":
            check_alt(tree, e)


def near(annot, sequence):
    """Does a string of it begin in the annotation's rectangle?"""
    r = [float(v) for v in annot.Rect]
    places = [s.begin for s in sequence.strings] or (
        [sequence.box[:2]] if sequence.box else [])
    return any(r[0] - 2 <= x <= r[2] + 2 and r[1] - 2 <= y <= r[3] + 2
               for x, y in places)


def check_link(tree, e):
    """Text, annotations beside it, and what they say that they are."""
    annots = e.annotations()
    if not annots:
        tree.fault("link without annotation", "", e)
    text = folded(e.text())
    pictures = any(d.role == "Figure" for d in e.walk())
    if not text and not pictures:
        tree.fault("link without text", "", e)
    for annot in annots:
        about = str(annot.get("/Contents", "")).strip()
        if not about:
            tree.fault("link without Contents", "", e)
        elif BARE_URL.match(about) and folded(about) not in text:
            tree.fault("Contents of a link is a bare URL", about, e)
        if not any(near(annot, s) for s in e.sequences()):
            tree.fault("link is not where its text is", text[:40], e)


def check_links(tree):
    """All of them."""
    for e in tree.walk():
        if e.role == "Link":
            check_link(tree, e)


def check_ids(tree):
    """Each but once, each Note has one, and IDTree knows them."""
    seen = {}
    for e in tree.walk():
        name = e.string("/ID")
        if e.role == "Note" and not name:
            tree.fault("note without ID", "", e)
        if name is None:
            continue
        if name in seen:
            tree.fault("ID is there twice", name, e)
        seen[name] = e
    known = list(names_of(tree.root.get("/IDTree", {})))
    if known != sorted(known):
        tree.fault("IDTree out of order")
    for name in seen.keys() - {n.decode("latin-1") for n in known}:
        tree.fault("ID is not in IDTree", name, seen[name])


def names_of(node, depth=0):
    """Names of a name tree, in its order."""
    for name in list(node.get("/Names", []))[::2]:
        yield bytes(name)
    for kid in node.get("/Kids", []) if depth < 32 else []:
        yield from names_of(kid, depth + 1)


# ---- language, order --------------------------------------------------------

def own_text(e):
    """Of an element and those below that have no language of their own."""
    parts = []
    for kid in e.kids:
        if kind_of(kid) == MARK:
            parts.append(kid.said())
        elif hasattr(kid, "role") and "/Lang" not in kid.obj:
            parts.append(own_text(kid))
    return "".join(parts)


def check_languages(tree):
    """Tags that are some, of languages that the text can be of."""
    for e in tree.walk():
        tag = e.string("/Lang")
        if tag is None:
            continue
        why = language.fault_of(tag)
        if why:
            tree.fault("Lang is no language", f"{tag!r}: {why}", e)
        elif not language.can_be(tag, own_text(e)):
            tree.fault("Lang is not that of the text",
                       f"{tag!r}: {own_text(e)[:40]!r}", e)


def check_order(tree):
    """Lines of one paragraph, and the headings and paragraphs of a section,
    are told as they are painted. Notes and what floats stand elsewhere."""
    for e in tree.walk():
        if e.role in GROUPS:
            flow = [s for k in e.elems("P", *HEADINGS) for s in
                    list(k.sequences(FLOATING))[:1]]
            check_ascending(tree, e, flow, "siblings out of order")
            sections = [s for k in e.elems(*GROUPS) for s in
                        list(k.sequences(FLOATING))[:1]]
            check_ascending(tree, e, sections, "sections out of order",
                            pages_only=True)
        elif MARK in map(kind_of, e.kids) and e.role not in FLOATING:
            check_ascending(tree, e, list(e.sequences(FLOATING)),
                            "content is not told as painted")


def check_ascending(tree, e, sequences, kind, pages_only=False):
    """Each is painted after the one before."""
    places = [(s.page, 0 if pages_only else s.order) for s in sequences]
    for a, b in zip(places, places[1:]):
        if b < a:
            tree.fault(kind, f"page {a[0] + 1} before page {b[0] + 1}", e)
            return


def joins(before, after):
    """Would two characters be read as one word, or a bracket with one? CJK
    is written without spaces; Arabic letters stand from right to left here,
    so others meet."""
    def wordy(c):
        return (c.isalnum() and ord(c) < 0x2e80 and
                unicodedata.bidirectional(c) not in ("R", "AL"))
    return wordy(before) and (wordy(after) or after == "(")


def check_words(tree):
    """Where there is a gap or a new line between words, there is a space or
    a hyphen for those who do not see it."""
    for e in tree.walk():
        if MARK in map(kind_of, e.kids) and e.role not in UNSPOKEN and \
                not (e.parent and MARK in map(kind_of, e.parent.kids)):
            check_gaps(tree, e)


def is_initial(last, s):
    """A large first letter, over several lines?"""
    return len(last.text) == 1 and last.size > 1.5 * s.size


def check_gaps(tree, e):
    """In one element, with those in its lines."""
    last, text, page = None, "", None
    for sequence in e.sequences(FLOATING + UNSPOKEN):
        for s in sequence.strings:
            if last is not None and text and s.text and \
                    joins(text[-1], s.text[0]):
                along, across = s.gap(last)
                if not is_initial(last, s) and (sequence.page != page or
                        across > LINE_GAP or along > WORD_GAP):
                    tree.fault("no space between words", repr(
                        text[-20:] + s.text[:20]), e)
            last, text = s, s.text or text
            page = sequence.page


def check_artifacts(tree):
    """Running heads, numbers and repeated headers are short; what is longer
    is text that nobody hears."""
    for page in tree.content.pages:
        for artifact in page.artifacts:
            said = folded(artifact.said())
            if len(said) > HEAD_MAX:
                page.fault("long text is an artifact", said[:40])


ALL = (check_roles, check_headings, check_lists, check_tables, check_figures,
       check_links, check_ids, check_languages, check_order,
       check_artifacts)
