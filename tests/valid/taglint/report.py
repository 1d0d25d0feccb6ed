"""report.py: faults of one file, a line each; of the same one only the first
few, so that one mistake of the writer's does not hide the others."""
from collections import Counter

SHOWN = 5       # lines of the same kind


class Report:
    """What is wrong with the file called name."""

    def __init__(self, name):
        self.name = name
        self.lines = []
        self.kinds = Counter()

    def fault(self, kind, what="", page=None, obj=None):
        """A fault of a kind, a fixed text; what: the particulars; page: its
        index; obj: anything of pikepdf's that has an object number."""
        self.kinds[kind] += 1
        if self.kinds[kind] > SHOWN:
            return
        where = [] if page is None else [f"page {page + 1}"]
        if obj is not None and obj.objgen[0]:
            where.append(f"object {obj.objgen[0]}")
        self.lines.append(f"{self.name}: {', '.join(where) or 'file'}: "
                          f"{kind}{': ' if what else ''}{what}")

    def told(self):
        """All lines, those that were left out as counts."""
        more = [f"{self.name}: {n - SHOWN} times more: {kind}"
                for kind, n in self.kinds.items() if n > SHOWN]
        return self.lines + more
