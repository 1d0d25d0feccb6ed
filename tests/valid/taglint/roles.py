"""roles.py: the standard structure types of PDF 1.7 and what each may hold
(ISO 32000-1, 14.8.4, read strictly: text stands in paragraphs)."""

MARK, OBJR = "content", "annotation"

INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link",
          "Annot", "Ruby", "Warichu", "Formula", "Figure", "Form"}
HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
BLOCKS = HEADINGS | {"P", "L", "Table", "Code", "Figure", "Formula", "Note",
                     "BlockQuote", "Div", "Sect", "Art", "TOC", "Index"}
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
ROWS = {"TR"}

KIDS = {
    "Document": BLOCKS | {"Part"},
    "Part": BLOCKS | {"Part"},
    "Art": BLOCKS,
    "Sect": BLOCKS,
    "Div": BLOCKS | {"Caption"},
    "BlockQuote": BLOCKS,
    "Index": BLOCKS,
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "TOC", "NonStruct"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Lbl": INLINE | {MARK},
    "LBody": BLOCKS | INLINE | {MARK},
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": ROWS, "TBody": ROWS, "TFoot": ROWS,
    "TR": {"TH", "TD"},
    "TH": BLOCKS | INLINE | {MARK},
    "TD": BLOCKS | INLINE | {MARK},
    "P": INLINE | {MARK, "Lbl"},
    "Note": BLOCKS | INLINE | {MARK, "Lbl"},
    "Caption": INLINE | {MARK, "P", "Lbl"},
    "Figure": INLINE | {MARK, "P", "Caption"},
    "Formula": INLINE | {MARK},
    "Link": INLINE | {MARK, OBJR, "Lbl"},
    "Annot": INLINE | {MARK, OBJR},
    "Form": {OBJR},
    "Ruby": {"RB", "RT", "RP"}, "Warichu": {"WP", "WT"},
    "NonStruct": BLOCKS | INLINE | {MARK}, "Private": {MARK},
}
KIDS.update({h: INLINE | {MARK, "Lbl"} for h in HEADINGS})
KIDS.update({r: INLINE | {MARK, "Lbl"} for r in
             ("Span", "Quote", "Reference", "BibEntry", "Code")})
KIDS.update({r: {MARK, "Span"} for r in ("RB", "RT", "RP", "WP", "WT")})

# May be without anything: a cell or an item that says nothing.
MAY_BE_EMPTY = {"TD", "TH", "LBody"}
ONCE = {"Table": {"THead", "TFoot", "Caption"}, "LI": {"LBody"},
        "L": {"Caption"}, "Figure": {"Caption"}, "TOC": {"Caption"}}
# Who else than the elements above may own an attribute.
OWNERS = {"/BBox": "/Layout", "/Scope": "/Table", "/ColSpan": "/Table",
          "/RowSpan": "/Table", "/Headers": "/Table", "/Summary": "/Table",
          "/ListNumbering": "/List"}
