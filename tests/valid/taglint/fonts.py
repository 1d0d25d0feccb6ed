"""fonts.py: what the codes of a font stand for, and those that stand for
nothing."""
import re

import pikepdf

REPLACEMENT = 0xfffd
RANGE = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")


def utf16(hexed):
    """The text of the hexadecimal digits of a CMap."""
    return bytes.fromhex(hexed.decode()).decode("utf-16-be", "replace")


def tokens(body):
    """The strings and brackets of a CMap's section."""
    return [m.group(1) if m.group(1) is not None else m.group(2)
            for m in TOKEN.finditer(body)]


def read_range(t, i, codes):
    """One line of bfrange, from token i on; where the next one begins."""
    low, high = int(t[i], 16), int(t[i + 1], 16)
    if t[i + 2] != b"[":
        text = utf16(t[i + 2])
        for code in range(low, high + 1):
            codes[code] = text[:-1] + chr(ord(text[-1]) + code - low)
        return i + 3
    end = t.index(b"]", i)
    for code, text in zip(range(low, high + 1), t[i + 3:end]):
        codes[code] = utf16(text)
    return end + 1


def to_unicode(stream):
    """Code to text, as a CMap says it."""
    codes = {}
    for m in RANGE.finditer(stream.read_bytes()):
        t = tokens(m.group(2))
        i = 0
        while i < len(t):
            if m.group(1) == b"bfchar":
                codes[int(t[i], 16)] = utf16(t[i + 1])
                i += 2
            else:
                i = read_range(t, i, codes)
    return codes


def is_private(c):
    """Is it a character that says nothing to others?"""
    return (0xe000 <= c <= 0xf8ff or c >= 0xf0000 or c < 0x20
            or c in (REPLACEMENT, 0xfffe, 0xffff, 0xfeff)
            or 0x7f <= c < 0xa0 or 0xd800 <= c < 0xe000)


def read_widths(obj):
    """W of a Type0 font: code, which is the CID, to width; and the default."""
    cid = obj.DescendantFonts[0]
    widths, w, i = {}, list(cid.get("/W", [])), 0
    while i + 1 < len(w):
        if isinstance(w[i + 1], pikepdf.Array):
            for k, width in enumerate(w[i + 1]):
                widths[int(w[i]) + k] = float(width)
            i += 2
        else:
            for code in range(int(w[i]), int(w[i + 1]) + 1):
                widths[code] = float(w[i + 2])
            i += 3
    return widths, float(cid.get("/DW", 1000))


class Font:
    """A font with what was shown in it: code to the first page."""

    def __init__(self, obj):
        self.obj = obj
        self.wide = obj.get("/Subtype") == "/Type0"
        has = isinstance(obj.get("/ToUnicode"), pikepdf.Stream)
        self.codes = to_unicode(obj.ToUnicode) if has else {}
        self.widths, self.default = read_widths(obj) if self.wide else ({}, 0)
        self.used = {}

    def show(self, data, page):
        """The text of a string shown on a page, its glyphs, their width
        [1/1000 of the size]."""
        if self.wide:
            codes = [data[i] << 8 | data[i + 1]
                     for i in range(0, len(data) - 1, 2)]
        else:
            codes = data
        for code in codes:
            self.used.setdefault(code, page)
        return ("".join(self.codes.get(code, "\ufffd") for code in codes),
                len(codes),
                sum(self.widths.get(code, self.default) for code in codes))

    def check(self, report, bad_source):
        """Every code that was shown is a glyph with a text. U+FFFD shows
        what in a bad source is no character."""
        if "/ToUnicode" not in self.obj:
            report.fault("font without ToUnicode", obj=self.obj)
        for code, page in sorted(self.used.items()):
            text = self.codes.get(code, "")
            if code == 0 and self.wide:
                report.fault("glyph .notdef is shown", "", page, self.obj)
            elif not text:
                report.fault("glyph that ToUnicode has not", f"code {code}",
                             page, self.obj)
            elif any(is_private(ord(c)) for c in text) and not (
                    bad_source and text == chr(REPLACEMENT)):
                report.fault("ToUnicode to no character",
                             f"code {code} to {ascii(text)}", page, self.obj)
