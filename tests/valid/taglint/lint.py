"""lint.py: all checks of one file, in the order of what they build on."""
from dataclasses import dataclass

import pikepdf

from taglint import document, rules
from taglint.content import Content
from taglint.report import Report
from taglint.roles import HEADINGS
from taglint.tree import Tree

SECTIONS = ("Document", "Part", "Art", "Sect")


@dataclass
class Wanted:
    """What a file is said to be."""
    ua1: bool = True
    a2a: bool = True
    tags: bool = True
    bad_source: bool = False    # what the author did badly is no fault


def headings(tree):
    """How many there are to go to, besides title and notes: those of
    sections, not of what is quoted or listed."""
    def in_section(e):
        return e is None or e.role in SECTIONS and in_section(e.parent)
    return sum(e.role in HEADINGS and in_section(e.parent)
               for e in tree.walk())


def check_untagged(pdf, report, content):
    """Nothing is left of the structure."""
    if "/StructTreeRoot" in pdf.Root:
        report.fault("structure tree, but untagged")
    for page in content.pages:
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                report.fault("page with structure, but untagged", key,
                             page.index, page.obj)
        if page.sequences or page.artifacts:
            report.fault("marked content, but untagged", "", page.index)


def check(pdf, name, wanted=Wanted()):
    """Everything of one open file: the report."""
    report = Report(name)
    content = Content(pdf, report, wanted)
    if not wanted.tags:
        check_untagged(pdf, report, content)
        document.check(pdf, report, wanted, 0)
        return report
    if "/StructTreeRoot" not in pdf.Root:
        report.fault("no structure tree")
        return report
    tree = Tree(pdf, content, report)
    document.check(pdf, report, wanted, headings(tree))
    tree.check_ties()
    for rule in rules.ALL:
        rule(tree)
    if not wanted.bad_source:
        rules.check_alts(tree)
        rules.check_words(tree)
    return report


def check_file(name, wanted=Wanted()):
    """The lines about one file."""
    try:
        with pikepdf.open(name) as pdf:
            return check(pdf, name, wanted).told()
    except pikepdf.PdfError as e:
        report = Report(name)
        report.fault("not a PDF", str(e))
        return report.told()
