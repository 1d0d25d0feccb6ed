"""content.py: the content streams of the pages, as sequences of marked
content: where each is painted, what it says, and what stands outside."""
import pikepdf

from taglint.fonts import Font

PATHS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
SHOWS = {"Tj", "TJ", "'", '"'}
TYPES = {"/Pagination", "/Layout", "/Page", "/Background"}
SUBTYPES = {"/Header", "/Footer", "/Watermark"}
FORM_DEPTH = 8
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(a, b):
    """The matrix that does a, then b."""
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5])


def matrix(values):
    """Six operands as a matrix."""
    return tuple(float(v) for v in values)


class Sequence:
    """A marked-content sequence with an MCID, or an artifact."""

    def __init__(self, page, mcid, order):
        self.page = page        # index
        self.mcid = mcid        # None: artifact
        self.order = order      # of painting, in the page
        self.text = []
        self.box = None         # of what is painted, default user space
        self.strings = []       # String, as shown
        self.painted = False

    def add(self, x, y):
        """Something is painted at (x, y)."""
        b = self.box or (x, y, x, y)
        self.box = (min(b[0], x), min(b[1], y), max(b[2], x), max(b[3], y))

    def said(self):
        """Its text."""
        return "".join(self.text)


class String:
    """What one operator shows on a straight line."""

    def __init__(self, text, begin, end, size):
        self.text = text        # ActualText, if it stands for this
        self.begin = begin
        self.end = end
        self.size = size

    def gap(self, other):
        """How far it is to another: along the line and across [sizes]."""
        x = [sorted((s.begin[0], s.end[0])) for s in (self, other)]
        return (max(x[1][0] - x[0][1], x[0][0] - x[1][1]) / self.size,
                abs(other.begin[1] - self.end[1]) / self.size)


class Mark:
    """An entry of the stack that BDC and EMC work on."""

    def __init__(self, kind, sequence=None, actual=None):
        self.kind = kind        # artifact, content or span
        self.sequence = sequence
        self.actual = actual    # text that stands for what is inside


class State:
    """The graphics state, as far as places need it."""

    def __init__(self):
        self.ctm = IDENTITY
        self.font = None
        self.size = 0.0
        self.line = IDENTITY    # where the line begins
        self.pen = IDENTITY     # and the next glyph
        self.leading = 0.0
        self.scale = 1.0        # Tz
        self.tracking = 0.0     # Tc

    def copy(self):
        """For q."""
        new = State()
        new.__dict__.update(self.__dict__)
        return new


class PageReader:
    """Reads the content of one page into sequences."""

    def __init__(self, reader, index, obj):
        self.reader = reader
        self.report = reader.report
        self.index = index
        self.obj = obj
        self.sequences = {}     # by MCID
        self.artifacts = []
        self.stack = []
        self.state = State()
        self.saved = []
        self.path = []

    def fault(self, kind, what=""):
        """One of this page."""
        self.report.fault(kind, what, self.index)

    def read(self):
        """All of it."""
        self.run(self.obj, self.obj.get("/Resources"), 0)
        if self.stack:
            self.fault("BDC without EMC")

    def run(self, stream, resources, depth):
        """The operators of a page or form."""
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name in ("BDC", "BMC"):
                self.begin(operands, name, resources)
            elif name == "EMC":
                self.end()
            elif name in SHOWS:
                self.show(operands)
            elif name in PATHS:
                self.paint_path()
            elif name == "Do":
                self.paint_object(str(operands[0]), resources, depth)
            elif name in ("sh", "INLINE IMAGE"):
                self.paint("sh")
            elif name == "Tf":
                self.state.font = self.reader.font(
                    resources.Font[str(operands[0])])
                self.state.size = float(operands[1])
            else:
                self.move(name, operands)

    # ---- marked content ------------------------------------------------

    def current(self):
        """The innermost sequence or artifact, or None."""
        for mark in reversed(self.stack):
            if mark.kind != "span":
                return mark.sequence
        return None

    def begin(self, operands, name, resources):
        """BDC, BMC: what kind of sequence begins, and is it legal here?"""
        tag = str(operands[0])
        props = operands[1] if name == "BDC" else {}
        if isinstance(props, pikepdf.Name):
            props = resources.Properties[str(props)]
        kinds = {mark.kind for mark in self.stack}
        order = len(self.sequences) + len(self.artifacts)
        if tag == "/Artifact":
            self.check_artifact(props, kinds)
            s = Sequence(self.index, None, order)
            self.artifacts.append(s)
            self.stack.append(Mark("artifact", s))
        elif "/MCID" in props:
            s = self.new_sequence(int(props["/MCID"]), kinds, order)
            self.stack.append(Mark("content", s, self.actual(props)))
        else:
            if tag != "/Span":
                self.fault("marked content of no use", tag)
            self.stack.append(Mark("span", self.current(),
                                   self.actual(props)))

    def check_artifact(self, props, kinds):
        """Its place and its property list."""
        kind, sub = props.get("/Type"), props.get("/Subtype")
        if "content" in kinds:
            self.fault("artifact inside content")
        if "artifact" in kinds:
            self.fault("artifact inside artifact")
        if kind is None or str(kind) not in TYPES:
            self.fault("artifact without a type that there is", str(kind))
        if sub is not None and (str(sub) not in SUBTYPES
                                or kind != "/Pagination"):
            self.fault("artifact of a subtype that there is not", str(sub))
        if kind == "/Background" and "/BBox" not in props:
            self.fault("background artifact without BBox")

    def new_sequence(self, mcid, kinds, order):
        """A content sequence."""
        if "artifact" in kinds:
            self.fault("content inside artifact", f"MCID {mcid}")
        if "content" in kinds:
            self.fault("content inside content", f"MCID {mcid}")
        if mcid in self.sequences:
            self.fault("MCID is there twice", str(mcid))
        s = Sequence(self.index, mcid, order)
        self.sequences[mcid] = s
        return s

    def actual(self, props):
        """The text that stands for what is inside, or None."""
        if "/ActualText" not in props:
            return None
        text = str(props["/ActualText"])
        if not text:
            self.fault("ActualText is empty")
        return text

    def end(self):
        """EMC."""
        if not self.stack:
            self.fault("EMC without BDC")
            return
        mark = self.stack.pop()
        if mark.kind == "content" and not mark.sequence.painted:
            self.fault("content that paints nothing",
                       f"MCID {mark.sequence.mcid}")

    # ---- painting ------------------------------------------------------

    def paint(self, operator):
        """Something is painted: into which sequence?"""
        sequence = self.current()
        if sequence is None and self.reader.tags:
            self.fault("painted outside content and artifacts", operator)
        sequence = sequence or Sequence(self.index, None, 0)
        sequence.painted = True
        return sequence

    def place(self, points, m):
        """Points in the space of m belong to the current sequence."""
        sequence = self.current()
        for x, y in points if sequence is not None else []:
            sequence.add(x * m[0] + y * m[2] + m[4],
                         x * m[1] + y * m[3] + m[5])

    def paint_path(self):
        """f, S and such."""
        self.paint("path")
        self.place(self.path, self.state.ctm)
        self.path = []

    def paint_object(self, name, resources, depth):
        """Do: a picture, or a form, which is run too."""
        obj = resources.XObject[name]
        sequence = self.paint("Do")
        self.reader.objects[obj.objgen] = obj
        if obj.get("/Subtype") == "/Image":
            self.place([(0, 0), (1, 0), (0, 1), (1, 1)], self.state.ctm)
        elif depth < FORM_DEPTH:
            self.paint_form(obj, resources, depth)
        return sequence

    def paint_form(self, obj, resources, depth):
        """It covers its box; what it holds is part of this sequence."""
        sequence, saved, path = self.current(), self.state, self.path
        before = sequence.box if sequence is not None else None
        self.state = saved.copy()
        self.path = []
        self.state.ctm = multiply(matrix(obj.get("/Matrix", IDENTITY)),
                                  saved.ctm)
        ctm = self.state.ctm
        self.run(obj, obj.get("/Resources", resources), depth + 1)
        self.state, self.path = saved, path
        if sequence is not None:
            sequence.box = before
        x0, y0, x1, y1 = (float(v) for v in obj.BBox)
        self.place([(x0, y0), (x1, y0), (x0, y1), (x1, y1)], ctm)

    def show(self, operands):
        """A string: its text, where it begins and ends."""
        if not operands or self.state.font is None:
            return
        sequence = self.paint("text")
        text, width = self.measure(operands[-1])
        text = self.spoken(text)
        sequence.text.append(text)
        m = multiply(self.state.pen, self.state.ctm)
        self.state.pen = multiply((1, 0, 0, 1, width, 0), self.state.pen)
        end = multiply(self.state.pen, self.state.ctm)
        self.place([(0, 0)], m)
        sequence.strings.append(String(text, m[4:], end[4:],
                                       max(self.state.size, 0.1)))

    def measure(self, shown):
        """The text and width of a string or the array of TJ."""
        state, texts, width = self.state, [], 0.0
        for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(part, pikepdf.String):
                text, n, w = state.font.show(bytes(part), self.index)
                texts.append(text)
                width += w / 1000 * state.size + n * state.tracking
            else:
                width -= float(part) / 1000 * state.size
        return "".join(texts), width * state.scale

    def spoken(self, text):
        """Text, or what stands for it: at the first string inside."""
        for mark in self.stack:
            if mark.actual is not None:
                text, mark.actual = mark.actual, ""
                break
        return text

    # ---- places --------------------------------------------------------

    def move(self, name, operands):
        """Operators that change the state or the path."""
        state = self.state
        if name == "q":
            self.saved.append(state.copy())
        elif name == "Q" and self.saved:
            self.state = self.saved.pop()
        elif name == "cm":
            state.ctm = multiply(matrix(operands), state.ctm)
        elif name == "BT":
            self.begin_line(IDENTITY)
        elif name == "Tm":
            self.begin_line(matrix(operands))
        elif name in ("Td", "TD"):
            x, y = (float(v) for v in operands)
            state.leading = -y if name == "TD" else state.leading
            self.begin_line(multiply((1, 0, 0, 1, x, y), state.line))
        elif name == "T*":
            self.begin_line(multiply((1, 0, 0, 1, 0, -state.leading),
                                     state.line))
        else:
            self.set(name, operands)

    def begin_line(self, m):
        """The pen goes to where m is."""
        self.state.line = self.state.pen = m

    def set(self, name, operands):
        """Parameters of text; the rest is paths."""
        state = self.state
        if name == "Tz":
            state.scale = float(operands[0]) / 100
        elif name == "Tc":
            state.tracking = float(operands[0])
        elif name == "TL":
            state.leading = float(operands[0])
        elif name == "n":
            self.path = []
        else:
            self.add_path(name, operands)

    def add_path(self, name, operands):
        """m, l, c, v, y, re."""
        if name == "re":
            x, y, w, h = (float(v) for v in operands)
            self.path += [(x, y), (x + w, y), (x, y + h), (x + w, y + h)]
        elif name in ("m", "l", "c", "v", "y"):
            v = [float(v) for v in operands]
            self.path += list(zip(v[::2], v[1::2]))


class Content:
    """All pages of a file."""

    def __init__(self, pdf, report, wanted):
        self.report = report
        self.tags = wanted.tags
        self.fonts = {}
        self.objects = {}       # pictures and forms that are painted
        self.pages = []
        for index, page in enumerate(pdf.pages):
            reader = PageReader(self, index, page.obj)
            reader.read()
            self.pages.append(reader)
        for font in self.fonts.values():
            font.check(report, wanted.bad_source)

    def font(self, obj):
        """One object for each font."""
        if obj.objgen not in self.fonts:
            self.fonts[obj.objgen] = Font(obj)
        return self.fonts[obj.objgen]
