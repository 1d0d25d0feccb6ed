"""tree.py: the structure tree, and its ties to pages and annotations."""
import pikepdf

from taglint.roles import MARK, OBJR, KIDS, OWNERS

DEPTH = 100


class Elem:
    """A structure element; kids in their order: elements, sequences of
    content (taglint.content.Sequence), annotations (pikepdf's)."""

    def __init__(self, obj, parent, role):
        self.obj = obj
        self.parent = parent
        self.role = role        # standard, without the slash
        self.kids = []
        self.attributes = {}    # key to value
        self.depth = parent.depth + 1 if parent else 0

    def elems(self, *roles):
        """Its kids that are elements, of some roles only."""
        return [k for k in self.kids if isinstance(k, Elem)
                and (not roles or k.role in roles)]

    def walk(self):
        """Itself and all below, in the order of reading."""
        yield self
        for kid in self.elems():
            yield from kid.walk()

    def sequences(self, skip=()):
        """All content in it, but for what is in elements of skip."""
        for kid in self.kids:
            if isinstance(kid, Elem):
                if kid.role not in skip:
                    yield from kid.sequences(skip)
            elif not isinstance(kid, pikepdf.Object):
                yield kid

    def annotations(self):
        """Those that are its own kids."""
        return [k for k in self.kids if isinstance(k, pikepdf.Object)]

    def string(self, key):
        """A text of its dictionary, or None."""
        return str(self.obj[key]) if key in self.obj else None

    def text(self, skip=()):
        """What it says; alternatives do not count."""
        return "".join(s.said() for s in self.sequences(skip))

    def lang(self):
        """Its language, its own or inherited, or None."""
        e = self
        while e is not None and "/Lang" not in e.obj:
            e = e.parent
        return str(e.obj.Lang) if e is not None else None


def is_dictionary(x):
    """A dictionary of pikepdf's? (Its numbers come as Python's.)"""
    return isinstance(x, pikepdf.Object) and isinstance(x, pikepdf.Dictionary)


def as_list(x):
    """K and A hold one or several."""
    if x is None:
        return []
    return list(x) if isinstance(x, pikepdf.Array) else [x]


class Tree:
    """The tree of a file."""

    def __init__(self, pdf, content, report):
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.content = content
        self.report = report
        self.page_of = {p.obj.objgen: p.index for p in content.pages}
        self.role_map = self.read_role_map()
        self.owner = {}         # (page, MCID) to Elem
        self.owner_of_annot = {}
        self.seen = set()
        self.parents = self.read_parents()
        self.tops = [e for e in (self.read(k, None)
                                 for k in as_list(self.root.get("/K"))) if e]

    def walk(self):
        """All elements, in the order of reading."""
        for top in self.tops:
            yield from top.walk()

    def fault(self, kind, what="", elem=None):
        """One of an element, said with its role and first page."""
        if elem is None:
            self.report.fault(kind, what)
            return
        first = next(elem.sequences(), None)
        self.report.fault(kind, f"{elem.role}{' ' if what else ''}{what}",
                          first.page if first else None, elem.obj)

    # ---- reading -------------------------------------------------------

    def read_role_map(self):
        """Role of the file's own to standard role."""
        roles = {str(k)[1:]: str(v)[1:] for k, v in
                 dict(self.root.get("/RoleMap", {})).items()}
        for own, standard in roles.items():
            if own in KIDS:
                self.fault("RoleMap maps a standard role", own)
            if standard not in KIDS:
                self.fault("RoleMap maps to no standard role",
                           f"{own} to {standard}")
        return roles

    def read(self, obj, parent):
        """An element with all below."""
        own = str(obj.get("/S", "/"))[1:]
        e = Elem(obj, parent, self.role_map.get(own, own))
        if e.role not in KIDS:
            self.fault("role that there is not", "", e)
        if obj.objgen in self.seen or e.depth > DEPTH:
            self.fault("element is in the tree twice", "", e)
            return None
        self.seen.add(obj.objgen)
        above = parent.obj if parent else self.root
        if "/P" not in obj or obj.P.objgen != above.objgen:
            self.fault("P is not the parent", "", e)
        self.read_attributes(e)
        for kid in as_list(obj.get("/K")):
            self.read_kid(e, kid)
        return e

    def read_attributes(self, e):
        """A, by key; each of the owner that it is defined for."""
        for a in as_list(e.obj.get("/A")):
            if not is_dictionary(a):
                continue        # a revision number
            for key, value in a.items():
                if key in OWNERS and a.get("/O") != OWNERS[key]:
                    self.fault("attribute of a wrong owner", key, e)
                e.attributes[key] = value

    def read_kid(self, e, kid):
        """One of K."""
        if not isinstance(kid, pikepdf.Object):
            self.read_mcid(e, e.obj.get("/Pg"), int(kid))
        elif kid.get("/Type") == "/MCR":
            self.read_mcid(e, kid.get("/Pg", e.obj.get("/Pg")),
                           int(kid.MCID))
        elif kid.get("/Type") == "/OBJR":
            annot = kid.Obj
            if annot.objgen in self.owner_of_annot:
                self.fault("annotation in the tree twice", "", e)
            self.owner_of_annot[annot.objgen] = e
            e.kids.append(annot)
        else:
            below = self.read(kid, e)
            if below is not None:
                e.kids.append(below)

    def read_mcid(self, e, page, mcid):
        """A content sequence that the element holds."""
        index = self.page_of.get(page.objgen if page is not None else None)
        if index is None:
            self.fault("content on no page", f"MCID {mcid}", e)
            return
        sequence = self.content.pages[index].sequences.get(mcid)
        if sequence is None:
            self.fault("content that its page has not",
                       f"MCID {mcid} of page {index + 1}", e)
            return
        if (index, mcid) in self.owner:
            self.fault("content in the tree twice",
                       f"MCID {mcid} of page {index + 1}", e)
        self.owner[index, mcid] = e
        e.kids.append(sequence)

    def read_parents(self):
        """The ParentTree as a dictionary, keys in order, Limits true."""
        found = {}
        self.read_number_node(self.root.get("/ParentTree", {}), found, 0)
        keys = list(found)
        if keys != sorted(keys):
            self.fault("ParentTree out of order")
        following = int(self.root.get("/ParentTreeNextKey", 0))
        if keys and following <= max(keys):
            self.fault("ParentTreeNextKey is too small", str(following))
        return found

    def read_number_node(self, node, found, depth):
        """A node of the ParentTree: its first and last key."""
        numbers = list(node.get("/Nums", []))
        keys = [int(k) for k in numbers[::2]]
        for key, value in zip(keys, numbers[1::2]):
            if key in found:
                self.fault("ParentTree has a key twice", str(key))
            found[key] = value
        for kid in node.get("/Kids", []) if depth < DEPTH else []:
            keys += self.read_number_node(kid, found, depth + 1)
        if depth > 0 and keys:
            limits = [int(k) for k in node.get("/Limits", [])]
            if limits != [keys[0], keys[-1]]:
                self.fault("ParentTree has wrong Limits",
                           f"{limits} of {keys[0]} to {keys[-1]}")
        return keys[:1] + keys[-1:]

    # ---- ties ----------------------------------------------------------

    def check_ties(self):
        """Page, ParentTree and tree tell the same; nothing is left over."""
        used = set()
        for page in self.content.pages:
            self.check_page(page, used)
        for key in self.parents.keys() - used:
            self.fault("ParentTree has a key that none uses", str(key))

    def key_of(self, obj, name, page, used):
        """An object's key in the ParentTree, or None."""
        key = obj.get(name)
        if key is None or int(key) not in self.parents:
            self.report.fault(f"{name[1:]} is not in the ParentTree",
                              str(key), page, obj)
            return None
        if int(key) in used:
            self.report.fault(f"{name[1:]} is another's, too", str(key),
                              page, obj)
        used.add(int(key))
        return self.parents[int(key)]

    def check_page(self, page, used):
        """Its sequences and annotations."""
        if page.sequences or "/StructParents" in page.obj:
            parents = self.key_of(page.obj, "/StructParents", page.index,
                                  used)
            if parents is not None:
                self.check_sequences(page, list(parents))
        for annot in page.obj.get("/Annots", []):
            parent = self.key_of(annot, "/StructParent", page.index, used)
            owner = self.owner_of_annot.get(annot.objgen)
            if owner is None:
                self.report.fault("annotation in no element", "",
                                  page.index, annot)
            elif parent is not None and parent.objgen != owner.obj.objgen:
                self.report.fault("annotation of another element", "",
                                  page.index, annot)
            elif annot.get("/Subtype") == "/Link" and owner.role != "Link":
                self.report.fault("link in no Link", owner.role, page.index,
                                  annot)

    def check_sequences(self, page, parents):
        """Each is where the ParentTree says."""
        for mcid in page.sequences:
            owner = self.owner.get((page.index, mcid))
            listed = parents[mcid] if mcid < len(parents) else None
            if owner is None:
                page.fault("content in no element", f"MCID {mcid}")
            elif listed is None or listed.objgen != owner.obj.objgen:
                page.fault("ParentTree names another element",
                           f"MCID {mcid}")
        for mcid, parent in enumerate(parents):
            if parent is not None and mcid not in page.sequences:
                page.fault("ParentTree has content that is not there",
                           f"MCID {mcid}")


def kind_of(kid):
    """What roles.KIDS calls a kid."""
    if isinstance(kid, Elem):
        return kid.role
    return OBJR if isinstance(kid, pikepdf.Object) else MARK
