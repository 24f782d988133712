"""Reduce a Commission proposal (generation G, made from a word processor's styles) to lines."""

from __future__ import annotations

import re

from bs4 import Tag

from tracker.reading.europe.inline import Inline
from tracker.reading.europe.lines import EuropeanLine, Role, clean, fold_markup_space
from tracker.reading.europe.quotations import CLOSES
from tracker.reading.structure.european_words import annex_number

_STYLES = {
    "Statut": Role.TITLE,
    "Typedudocument": Role.TITLE,
    "Titreobjet": Role.TITLE,
    "IntrtEEE": Role.TITLE,
    "Institutionquiagit": Role.PREAMBLE,
    "Formuledadoption": Role.PREAMBLE,
    "ManualConsidrant": Role.RECITAL,
    "Considrant": Role.RECITAL,
    "Titrearticle": Role.ARTICLE,
    "ManualNumPar1": Role.PARAGRAPH,
    "NumPar1": Role.PARAGRAPH,
    "PartTitle": Role.DIVISION,
    "TitleTitle": Role.DIVISION,
    "ChapterTitle": Role.DIVISION,
    "SectionTitle": Role.DIVISION,
    "Annexetitre": Role.ANNEX,
    "Fait": Role.CLOSING,
    "Institutionquisigne": Role.CLOSING,
    "Personnequisigne": Role.CLOSING,
}
_OPENERS = frozenset("“‘„«‚")
_TITLE_ROLES = frozenset({Role.ARTICLE, Role.DIVISION, Role.ANNEX})
_POINT = re.compile(r"(?:Manual)?(?:Point|Tiret|Bullet|Dash)(\d)$")
_HEADING = re.compile(r"(?:Manual)?Heading\d$")
_MEMORANDUM = "Exposdesmotifstitre"
_MEMORANDUM_ENDS = frozenset({"Statut", "Typedudocument", "Institutionquiagit"})
_ACT_ONLY = frozenset({Role.ARTICLE, Role.PREAMBLE, Role.ANNEX})
_STATEMENT = re.compile(
    r"^(?:LEGISLATIVE (?:AND DIGITAL|FINANCIAL)|FINANZBOGEN|FINANCIEEL MEMORANDUM|FICHE FINANCI|"
    r"FICHA (?:LEGISLATIVA|DE FINANCIACIÓN|FINANCEIRA)|SCHEDA FINANZIARIA|OCENA SKUTKÓW FINANSOWYCH)",
    re.I,
)


def lines_of(root: Tag) -> list[EuropeanLine]:
    """Return the lines of the proposal that *root* holds: cover, memorandum, act, annexes, footnotes."""
    return _ProposalWalker().walk(root)


class _ProposalWalker:
    def __init__(self) -> None:
        self.lines: list[EuropeanLine] = []
        self.inline = Inline()
        self.apart = Role.HEADER  # the cover page, then the memorandum; None once the act begins
        self.in_act = False
        self.levels: list[int] = []
        self.in_quotation = False  # inside text quoted from another act

    def walk(self, root: Tag) -> list[EuropeanLine]:
        self.node(root)
        if self.inline.footnote_marks:
            self.lines.append(EuropeanLine(Role.FOOTNOTE_MARK, " ".join(filter(None, self.inline.footnote_marks))))
        return self.lines

    def node(self, node: Tag) -> None:
        for child in node.find_all(True, recursive=False):
            if child.name == "p":
                self.paragraph(child)
            elif child.name == "table":
                self.table(child)
            elif child.name == "dl":
                self.footnotes(child)
            elif child.name in {"div", "section", "ul", "ol", "li"}:
                self.node(child)
            elif text := self.inline.text(child):
                self.add(Role.TEXT, text)

    def paragraph(self, node: Tag) -> None:
        classes = [str(name) for name in node.get("class") or ()]
        style = next((name for name in classes if name != "li"), "")
        self.follow(style, node)
        if not self.in_act:
            self.lines.append(EuropeanLine(self.apart, self.inline.text(node)))
            return
        role = _STYLES.get(style, Role.TEXT)
        label, text = ("", "") if role in _TITLE_ROLES else self.label_and_text(node)
        point = _POINT.match(style)
        if self.quotes(role, f"{label} {text}".strip()):
            return
        if _HEADING.match(style) and label:
            self.levels = []
            self.add(Role.GROUP, f"{label}\u00a0{text}")
        elif point:
            self.lines.append(EuropeanLine(Role.POINT, text, label or "—", self.depth(int(point[1]))))
        elif role in _TITLE_ROLES:
            self.title_line(role, node)
        else:
            self.levels = self.levels if role is Role.TEXT and style not in {"Normal", "Text1"} else []
            self.add(role, text, label)

    def quotes(self, role: Role, text: str) -> bool:
        """Take a paragraph quoted from another act as text of what introduces it, whatever its style."""
        before = self.lines[-1] if self.lines else None
        opens = text[:1] in _OPENERS and before is not None and clean(before.text).endswith(":")
        if role in _TITLE_ROLES or not (opens or self.in_quotation):
            return False
        self.lines.append(EuropeanLine(Role.TEXT, text, "", len(self.levels)))
        self.in_quotation = CLOSES.search(text) is None
        return True

    def follow(self, style: str, node: Tag) -> None:
        """Know whether this is the cover, the memorandum, the act, or the statement after it."""
        if style == _MEMORANDUM:
            self.apart, self.in_act = Role.MEMORANDUM, False
        elif (style in _MEMORANDUM_ENDS and self.apart is Role.MEMORANDUM) or _STYLES.get(style) in _ACT_ONLY:
            self.in_act = True
        elif self.in_act and _STATEMENT.match(clean(node.get_text())):
            self.in_act = False

    def label_and_text(self, node: Tag) -> tuple[str, str]:
        number = next((c for c in node.contents if isinstance(c, Tag) and _is_number(c)), None)
        if number is None:
            return "", self.inline.text(node)
        label = clean(self.inline.text(number))
        self.inline.out_already.add(id(number))
        return label, self.inline.text(node)

    def depth(self, level: int) -> int:
        """Styles count from the margin, which depends on what stands above; only their order matters."""
        while self.levels and self.levels[-1] > level:
            self.levels.pop()
        if not self.levels or self.levels[-1] < level:
            self.levels.append(level)
        return len(self.levels)

    def title_line(self, role: Role, node: Tag) -> None:
        """Add the title and, after a line break, the heading."""
        self.levels = []
        pieces = _split_at_breaks(node, self.inline)
        heading = {Role.ARTICLE: Role.ARTICLE_HEADING, Role.DIVISION: Role.DIVISION_HEADING}.get(
            role, Role.ANNEX_HEADING
        )
        if role is Role.ANNEX and annex_number(clean(pieces[0] if pieces else "")) is None:
            role = Role.ANNEX_HEADING
        for index, text in enumerate(pieces):
            self.add(role if index == 0 else heading, text)

    def add(self, role: Role, text: str, label: str = "") -> None:
        if text or label:
            self.lines.append(EuropeanLine(role if self.in_act else self.apart, text, label, len(self.levels)))

    def table(self, node: Tag) -> None:
        for row in node.find_all("tr"):
            cells = [clean(self.inline.text(cell)) for cell in row.find_all(("td", "th"), recursive=False)]
            self.add(Role.ROW, " | ".join(cell for cell in cells if cell))

    def footnotes(self, node: Tag) -> None:
        for note in node.find_all("dd"):
            self.lines.append(EuropeanLine(Role.FOOTNOTE, self.inline.text(note)))


def _is_number(node: Tag) -> bool:
    classes = node.get("class") or ()
    return "num" in classes or "list-symbol" in classes


def _split_at_breaks(node: Tag, inline: Inline) -> list[str]:
    inline.line_break = "\x02"
    parts = inline.text(node).split("\x02")
    inline.line_break = " "
    return [text for part in parts if (text := fold_markup_space(part))]
