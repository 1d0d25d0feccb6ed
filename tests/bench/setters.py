"""setters.py: the same plain paragraphs, set by fascicle, by LuaLaTeX with
microtype and by Typst, each as well as it can, on pages of the same size.

A setter returns a list of PDFs, or a string that says why it cannot. Articles
are lists of paragraphs; every article begins a page, below a title of 22 pt.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.realpath(HERE + "/../../fonts")
SIZE, LEADING, INDENT = 10.5, 14.5, 15      # of the theme's body text


class Shape:
    """A page whose text is measure [pt] wide; margins as theme book has."""

    def __init__(self, measure):
        self.w_mm = round(measure / 0.75 / 72 * 25.4, 2)
        self.h_mm = max(200.0, round(self.w_mm * 1.414, 2))
        self.w, self.h = (v * 72 / 25.4 for v in (self.w_mm, self.h_mm))
        self.left = self.w / 8          # MEASURED
        self.measure = self.w - 2 * self.left
        self.top, self.bottom = self.h / 11, self.h / 10


def run(argv, folder=None):
    """Runs a command; its words if it failed, else None."""
    p = subprocess.run(argv, cwd=folder, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if p.returncode == 0:
        return None
    return p.stdout.decode(errors="replace")[-600:]


# ---- fascicle ---------------------------------------------------------------

FRONT = '---\ntitle: "Article %d"\ndate: 2020-10-%02d\nsection: all\n---\n\n'
MEASURED = """inherit: %s
margins: {inner: 12.5%%, outer: 12.5%%, measure: none}
page: {two-sided: false}
"""


def markdown(text):
    for c in "\\`*_[]<>#~|&!":
        text = text.replace(c, "\\" + c)
    if text[0] in "+-=" or text.split(" ")[0].rstrip(".)").isdigit():
        text = "&#%d;" % ord(text[0]) + text[1:]
    return text


def fascicle(articles, shape, language, folder, program, theme="book"):
    content = folder + "/content"
    os.makedirs(content)
    os.symlink(FONTS, folder + "/fonts")
    if os.path.exists(theme):
        shutil.copy(theme, content + "/given.yaml")
        theme = "given.yaml"
    with open(content + "/measured.yaml", "w") as f:
        f.write(MEASURED % theme)
    with open(content + "/publication.yaml", "w") as f:
        f.write("title: Measured\nslug: m\nlanguage: %s\n"
                "theme: measured.yaml\n"
                "page: {width: %.2f, height: %.2f}\n"
                "sections:\n  - {id: all, title: All}\n" %
                (language, shape.w_mm, shape.h_mm))
    for i, paragraphs in enumerate(articles):
        with open(content + "/a%03d.md" % i, "w") as f:
            f.write(FRONT % (i, 1 + i % 28) +
                    "\n\n".join(map(markdown, paragraphs)) + "\n")
    names = ["a%03d" % i for i in range(len(articles))]
    said = run([program, "build", "-q", "-f", "pdf", "-C", folder, "-o",
                folder + "/out"] + names)
    return said or [folder + "/out/articles/%s.pdf" % n for n in names]


# ---- LuaLaTeX ---------------------------------------------------------------

LATEX = r"""\documentclass{article}
\usepackage[paperwidth=%(w)fbp,paperheight=%(h)fbp,left=%(left)fbp,
 right=%(left)fbp,top=%(top)fbp,bottom=%(bottom)fbp,
 headheight=0pt,headsep=0pt,footskip=0pt]{geometry}
\usepackage{fontspec}
%(fonts)s
%(babel)s
\usepackage[protrusion=true,expansion=true]{microtype}
\frenchspacing\pagestyle{empty}\raggedbottom\topskip=10bp
\parindent=%(indent)fbp\parskip=0pt
\tolerance=200\pretolerance=100\emergencystretch=3em
\widowpenalty=10000\clubpenalty=10000
\begin{document}
\fontsize{%(size)fbp}{%(leading)fbp}\selectfont
"""
LATIN = r"""\setmainfont{NotoSerif}[Path=%s/,Extension=.ttf,
 UprightFont=*-Regular,BoldFont=*-Bold,Ligatures=TeXOff]"""
HINDI = r"""\directlua{luaotfload.add_fallback("latin",
 {"[%s/NotoSerif-Regular.ttf]:mode=harf;"})}
\setmainfont{NotoSerifDevanagari}[Path=%s/,Extension=.ttf,Renderer=HarfBuzz,
 Script=Devanagari,UprightFont=*-Regular,BoldFont=*-Bold,
 RawFeature={fallback=latin}]"""


def latex_text(text):
    for c in "&%$#_{}":
        text = text.replace(c, "\\" + c)
    return text.replace("~", r"\string~").replace("^", r"\string^")


def latex_source(articles, shape, language):
    hindi = language == "hi"
    out = [LATEX % dict(
        vars(shape), size=SIZE, leading=LEADING, indent=INDENT,
        fonts=HINDI % (FONTS, FONTS) if hindi else LATIN % FONTS,
        babel=r"\usepackage[british]{babel}" if not hindi else "")]
    for i, paragraphs in enumerate(articles):
        out.append(r"\clearpage\noindent{\fontsize{22bp}{27bp}\selectfont "
                   r"%d\par}\vskip 24bp" % i)
        out.append("\n\n".join(map(latex_text, paragraphs)) + "\n")
    return "\n".join(out) + "\\end{document}\n"


def lualatex(articles, shape, language, folder):
    if not shutil.which("lualatex"):
        return "no lualatex here"
    with open(folder + "/m.tex", "w") as f:
        f.write(latex_source(articles, shape, language))
    said = run(["lualatex", "-interaction=nonstopmode", "-halt-on-error",
                "m.tex"], folder)
    return said or [folder + "/m.pdf"]


# ---- Typst ------------------------------------------------------------------

TYPST = """#set page(width: %(w)fpt, height: %(h)fpt, margin: (x: %(left)fpt,
  top: %(top)fpt, bottom: %(bottom)fpt))
#set text(font: (%(fonts)s), size: %(size)fpt, lang: "%(lang)s",
  region: "%(region)s", hyphenate: true, overhang: true,
  top-edge: 0.75em, bottom-edge: -0.25em)
#set smartquote(enabled: false)
#set par(justify: true, linebreaks: "optimized", spacing: %(lead)fpt,
  leading: %(lead)fpt, first-line-indent: (amount: %(indent)fpt, all: true)
  %(limits)s)
"""
TYPST_BOOK = """#set page("a4", margin: (x: 74.4pt, top: 76pt, bottom: 84pt),
  numbering: "1", header: context align(end, text(7.5pt,
  query(heading.where(level: 1).before(here())).at(-1, default: [~]))))
#set text(font: "Noto Serif", size: 10.5pt, lang: "en", region: "GB",
  hyphenate: true, top-edge: 0.75em, bottom-edge: -0.25em)
#set par(justify: true, spacing: 4pt, leading: 4pt,
  first-line-indent: 15pt)
#show heading: set text(font: "Noto Sans")
#outline(depth: 2)
"""
LIMITS = """, justification-limits: (spacing: (min: 66.67%, max: 150%),
  tracking: (min: -0.01em, max: 0.02em))"""
COMPILE = """import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]],
  ignore_system_fonts=True)"""


def typst_text(text):
    for c in "\\#$*_`<>@~=-+/[]":
        text = text.replace(c, "\\" + c)
    return text


def typst_source(articles, shape, language, tracking):
    hindi = language == "hi"
    out = [TYPST % dict(
        vars(shape), size=SIZE, lead=LEADING - SIZE, indent=INDENT,
        fonts='"Noto Serif"' + ', "Noto Serif Devanagari"' * hindi,
        lang=language, region="IN" if hindi else "GB",
        limits=LIMITS if tracking else "")]
    for i, paragraphs in enumerate(articles):
        out.append("#pagebreak(weak: true)\n#block(below: 24pt, "
                   "text(size: 22pt)[%d])\n" % i)
        out.append("\n\n".join(map(typst_text, paragraphs)) + "\n")
    return "\n".join(out)


def typst_command(source, pdf):
    """How Typst is run here: its program, or the module of this Python."""
    if shutil.which("typst"):
        return ["typst", "compile", "--ignore-system-fonts", "--font-path",
                FONTS, source, pdf]
    try:
        import typst                                    # noqa: F401
    except ImportError:
        return None
    return [sys.executable, "-c", COMPILE, source, pdf, FONTS]


def typst(articles, shape, language, folder, tracking=False):
    source, pdf = folder + "/m.typ", folder + "/m.pdf"
    argv = typst_command(source, pdf)
    if argv is None:
        return "no typst here (nor a module of that name)"
    with open(source, "w") as f:
        f.write(typst_source(articles, shape, language, tracking))
    return run(argv) or [pdf]
