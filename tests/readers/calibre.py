"""calibre.py check BOOK... | same EPUB AZW3, run by calibre-debug -e

check: no message that is a warning or worse. same: what of the EPUB must be
in the AZW3 is in it. AZW3 has no place for a series, so that is looked for
where calibre's library takes it from, in the EPUB: a month is in one, at a
whole number. Status 1 where it is not so.
"""
import sys

from calibre.ebooks.metadata.meta import get_metadata
from calibre.ebooks.oeb.polish.check.base import WARN
from calibre.ebooks.oeb.polish.check.main import run_checks
from calibre.ebooks.oeb.polish.container import get_container
from calibre.ebooks.oeb.polish.toc import get_toc


def check(path):
    bad = 0
    for e in run_checks(get_container(path, tweak_mode=True)):
        if e.level >= WARN:
            bad += 1
            print("%s: %s:%s: %s" % (path, e.name, e.line, e.msg))
    return bad


def lines(toc, depth=0):
    out = []
    for entry in toc.children:
        out.append((depth, entry.title))
        out += lines(entry, depth + 1)
    return out


def facts(path):
    with open(path, "rb") as f:
        m = get_metadata(f, path.rsplit(".", 1)[1])
    book = get_container(path, tweak_mode=True)
    return {
        "title": m.title, "authors": m.authors, "language": m.languages,
        "publisher": m.publisher,
        "cover": bool(book.opf_xpath("//*[local-name()='item' and "
                                     "@properties='cover-image']"))
        if path.endswith(".epub") else bool(m.cover_data[1]),
        "contents": lines(get_toc(book)),
    }


def series(path):
    with open(path, "rb") as f:
        m = get_metadata(f, "epub")
    if m.series and m.series in m.title and m.series_index == \
            int(m.series_index) and m.series_index > 200:
        return 0
    print("%s: series %r, %r" % (path, m.series, m.series_index))
    return 1


def same(epub, azw3):
    bad = series(epub)
    one, two = facts(epub), facts(azw3)
    if not one["contents"]:
        print("%s: no contents" % epub)
        bad += 1
    for key, value in one.items():
        if key == "cover" and not value:
            continue        # then nothing can be lost
        if key == "contents":   # short ones get the landmarks behind them
            two[key] = two[key][:len(value)]
        if value != two[key]:
            bad += 1
            print("%s: %s was %r, is %r" % (azw3, key, value, two[key]))
    return bad


def main(argv):
    if argv[0] == "same":
        bad = same(argv[1], argv[2])
    else:
        bad = sum(check(path) for path in argv[1:])
    print("calibre: %s of %d books, %d defects" % (argv[0], len(argv) - 1,
                                                   bad))
    return 1 if bad or len(argv) < 2 else 0


sys.exit(main(sys.argv[1:]))
