"""glyphs.py: where the glyphs of a PDF stand, as `mutool trace` tells it for
PDFs of any origin, gathered to lines; and widths of a font file."""
import re
import struct
import subprocess

PAGE = re.compile(r'<page number="(\d+)" mediabox="(\S+) (\S+) (\S+) (\S+)">')
TEXT = re.compile(r'<(?:fill|clip|stroke)_text.* transform="([^"]*)"')
SPAN = re.compile(r'<span font="([^"]*)".* trm="([^"]*)"')
GLYPH = re.compile(r'<g(?: unicode="([^"]*)")?(?: glyph="([^"]*)")? '
                   r'x="([^"]*)" y="([^"]*)" adv="([^"]*)"')
ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}


class Glyph:
    """One drawn glyph: text, left edge, right edge, baseline [pt], font."""
    __slots__ = ("text", "x", "end", "y", "font", "size", "stretch")


def character(s):
    """What the trace calls unicode: a character, an entity or a number."""
    if s is None:
        return ""
    if s.startswith("&#x"):
        return chr(int(s[3:-1], 16))
    if s.startswith("&#"):
        return chr(int(s[2:-1]))
    return ENTITY.get(s, s)


def pages(pdf):
    """A list of glyphs for each page; y grows downwards."""
    out = subprocess.run(["mutool", "trace", pdf], capture_output=True,
                         check=True).stdout.decode("utf-8", "replace")
    all_pages, font, m, t = [], None, None, None
    for line in out.splitlines():
        g = GLYPH.search(line)
        if g:
            if not g.group(2) and all_pages[-1]:    # rest of a ligature
                all_pages[-1][-1].text += character(g.group(1))
                continue
            x, y, adv = (float(g.group(i)) for i in (3, 4, 5))
            new = Glyph()
            new.text, new.font = character(g.group(1)), font
            new.x = x * m[0] + y * m[2] + m[4]
            new.y = x * m[1] + y * m[3] + m[5]
            wide = abs(t[0] * m[0])
            new.size = abs(t[3] * m[3])
            new.end = new.x + adv * wide
            new.stretch = wide / new.size if new.size else 1
            all_pages[-1].append(new)
        elif (s := SPAN.search(line)):
            font = s.group(1).split("+")[-1]
            t = [float(v) for v in s.group(2).split()]
        elif (s := TEXT.search(line)):
            m = [float(v) for v in s.group(1).split()]
        elif PAGE.search(line):
            all_pages.append([])
    return all_pages


class Line:
    """Glyphs on one baseline, spaces left out, from left to right."""

    def __init__(self, glyphs):
        self.y = glyphs[0].y
        self.g = sorted((g for g in glyphs if g.text.strip() or not g.text),
                        key=lambda g: g.x)
        self.x = self.g[0].x
        self.end = max(g.end for g in self.g)
        self.words = []         # (text, left, right, last glyph)
        word, start, end, last = "", self.x, self.x, None
        for g in self.g:
            if last and g.x - end > 0.1 * g.size:
                self.words.append((word, start, end, last))
                word, start, end = "", g.x, g.x
            word += g.text
            if g.end >= end:
                end, last = g.end, g
        self.words.append((word, start, end, last))

    def gaps(self):
        """(left, right, glyph before) of each space."""
        w = self.words
        return [(a[2], b[1], a[3]) for a, b in zip(w, w[1:])]


def lines(glyphs, low, high):
    """Lines of the glyphs of a size between low and high, downwards."""
    rows = {}
    for g in glyphs:
        if low < g.size < high:
            for y in rows:
                if abs(y - g.y) < 4:    # raised or lowered on one line
                    rows[y].append(g)
                    break
            else:
                rows[g.y] = [g]
    out = []
    for y in sorted(rows):
        if any(g.text.strip() for g in rows[y]):
            out.append(Line(rows[y]))
    return out


class Widths:
    """Advance widths of a TrueType file [em] by character."""

    def __init__(self, path):
        with open(path, "rb") as f:
            d = f.read()
        n = struct.unpack_from(">H", d, 4)[0]
        t = {d[12 + 16 * i:16 + 16 * i]:
             struct.unpack_from(">I", d, 20 + 16 * i)[0] for i in range(n)}
        self.em = struct.unpack_from(">H", d, t[b"head"] + 18)[0]
        nh = struct.unpack_from(">H", d, t[b"hhea"] + 34)[0]
        self.adv = struct.unpack_from(">" + "Hh" * nh, d, t[b"hmtx"])[::2]
        self.gid = {}
        c = t[b"cmap"]
        for i in range(struct.unpack_from(">H", d, c + 2)[0]):
            at = c + struct.unpack_from(">I", d, c + 8 + 8 * i)[0]
            if struct.unpack_from(">H", d, at)[0] == 4:
                self.read4(d, at)

    def read4(self, d, at):
        n = struct.unpack_from(">H", d, at + 6)[0] // 2
        part = [struct.unpack_from(">%dH" % n, d, at + 14 + 2 * n * k +
                                   (2 if k else 0)) for k in range(4)]
        for k, (end, first, delta, off) in enumerate(zip(*part)):
            for ch in range(first, end + 1):
                g = ch
                if off:
                    g = struct.unpack_from(">H", d, at + 16 + 6 * n + 2 * k +
                                           off + 2 * (ch - first))[0]
                if g or not off:
                    self.gid[ch] = (g + delta) & 0xffff

    def has(self, text):
        return all(ord(c) in self.gid for c in text)

    def of(self, text):
        return sum(self.adv[min(self.gid.get(ord(c), 0), len(self.adv) - 1)]
                   for c in text) / self.em
