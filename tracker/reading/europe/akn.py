"""Reduce Akoma Ntoso 3.0, as the Commission's drafting system writes it (AKN4EU), to lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lxml import etree

from tracker.reading.europe.lines import QUOTATION_BREAK, EuropeanLine, Role, clean, fold_markup_space

_DIVISIONS = frozenset({"part", "title", "chapter", "section", "subsection", "book", "subpart"})
_POINTS = frozenset({"point", "indent", "item", "clause", "subclause"})
_BLOCKS = frozenset(
    "p list blockList paragraph subparagraph content intro wrapUp wrap table tr quotedStructure heading num citation "
    "recital alinea hcontainer container block tblock".split()
) | (_DIVISIONS | _POINTS | {"article"})
_META = frozenset({"meta", "coverPage"})
_TITLE_ROLES = {"article": (Role.ARTICLE, Role.ARTICLE_HEADING), "doc": (Role.ANNEX, Role.ANNEX_HEADING)}


def is_akn(root: etree._Element) -> bool:
    """Return whether *root* begins an Akoma Ntoso document."""
    return _name(root) == "akomaNtoso"


def language_of(root: etree._Element) -> str:
    """Return the language the metadata state, by its ISO 639-1 code where they give one."""
    node_value = next((node.get("language") for node in root.iter() if _name(node) == "FRBRlanguage"), None)
    return str(node_value or "")[:2].lower()


def number_of(root: etree._Element) -> str:
    """Return the document number the metadata state."""
    return next((str(node.get("value") or "") for node in root.iter() if _name(node) == "FRBRnumber"), "")


def published_of(root: etree._Element) -> date | None:
    """Return the day of publication the metadata state."""
    node_value = next((node.get("date") for node in root.iter() if _name(node) == "publication"), None)
    try:
        return date.fromisoformat(str(node_value or ""))
    except ValueError:
        return None


def lines_of(root: etree._Element) -> list[EuropeanLine]:
    """Return the lines of an Akoma Ntoso document; its metadata are no words of the page."""
    walker = _AknWalker()
    walker.walk(root, 0)
    return walker.lines


class _AknWalker:
    def __init__(self) -> None:
        self.lines: list[EuropeanLine] = []
        self.run: list[str] = []
        self.role = Role.TEXT
        self.quotation_depth = 0

    def walk(self, node: etree._Element, depth: int) -> None:
        self.run.append(node.text or "")
        for child in node:
            self.child(child, depth)
            self.run.append(child.tail or "")
        self.flush(depth)

    def child(self, child: etree._Element, depth: int) -> None:
        name = _name(child)
        if not name or name in _META:
            return
        if name == "authorialNote":
            self.lines.append(EuropeanLine(Role.FOOTNOTE, f"{child.get('marker') or ''} {_text(child)}".strip()))
        elif name in _HANDLERS:
            self.flush(depth)
            _HANDLERS[name](self, child, depth)
        elif name in _BLOCKS or any(_name(inner) in _BLOCKS for inner in child.iterdescendants()):
            self.flush(depth)
            self.walk(child, depth)
        else:
            self.inline(child)

    def inline(self, node: etree._Element) -> None:
        self.run.append(node.text or "")
        for child in node:
            if _name(child) == "authorialNote":
                self.lines.append(EuropeanLine(Role.FOOTNOTE, f"{child.get('marker') or ''} {_text(child)}".strip()))
            elif _name(child):
                self.inline(child)
            self.run.append(child.tail or "")

    def flush(self, depth: int) -> None:
        text, self.run = fold_markup_space("".join(self.run)), []
        if clean(text):
            self.lines.append(EuropeanLine(self.role, text, "", depth))

    def within(self, role: Role, node: etree._Element, depth: int) -> None:
        before, self.role = self.role, role
        self.walk(node, depth)
        self.role = before

    # elements ---------------------------------------------------------------------------------------------------

    def title(self, node: etree._Element, depth: int) -> None:
        self.within(Role.TITLE, node, depth)

    def cover(self, node: etree._Element, depth: int) -> None:
        self.within(Role.HEADER, node, depth)

    def preamble(self, node: etree._Element, depth: int) -> None:
        self.within(Role.PREAMBLE, node, depth)

    def closing(self, node: etree._Element, depth: int) -> None:
        self.within(Role.CLOSING, node, depth)

    def recital(self, node: etree._Element, _: int) -> None:
        label, rest = _number(node), EuropeanLine(Role.RECITAL)
        rest.label = label
        self.lines.append(rest)
        self.within(Role.TEXT, node, 1)

    def title_of_unit(self, node: etree._Element, depth: int) -> None:
        """Take an article, a division or an annex: its number and heading are titles, the rest follows."""
        first, second = _TITLE_ROLES.get(_name(node), (Role.DIVISION, Role.DIVISION_HEADING))
        first, second = (Role.TEXT, Role.TEXT) if self.quotation_depth else (first, second)
        label, heading = _number(node), next((_text(child) for child in node if _name(child) == "heading"), "")
        self.lines.extend(EuropeanLine(role, text) for role, text in ((first, label), (second, heading)) if text)
        self.within(Role.TEXT, node, depth)

    def annex(self, node: etree._Element, depth: int) -> None:
        """Take a document among the attachments: the lines of its preface are the title of an annex."""
        preface = next((child for child in node if _name(child) == "preface"), None)
        titles = [clean(_text(p)) for p in preface.iter() if _name(p) == "p"] if preface is not None else []
        roles = [Role.ANNEX, *[Role.ANNEX_HEADING] * len(titles)]
        self.lines.extend(EuropeanLine(role, text) for role, text in zip(roles, titles, strict=False) if text)
        for child in node:
            if child is not preface:
                self.child(child, depth)

    def paragraph(self, node: etree._Element, depth: int) -> None:
        label = _number(node)
        if label:
            self.lines.append(EuropeanLine(Role.PARAGRAPH, "", label, depth))
        self.walk(node, depth)

    def point(self, node: etree._Element, depth: int) -> None:
        self.lines.append(EuropeanLine(Role.POINT, "", _number(node) or "—", depth + 1))
        self.walk(node, depth + 1)

    def row(self, node: etree._Element, depth: int) -> None:
        cells = [clean(_text(cell)) for cell in node]
        self.lines.append(EuropeanLine(Role.ROW, " | ".join(cell for cell in cells if cell), "", depth))

    def quotation(self, node: etree._Element, depth: int) -> None:
        """Take what is quoted from another act as lines of text behind the words that introduce it."""
        inner = _AknWalker()
        inner.quotation_depth = 1
        inner.walk(node, 0)
        opening, closing = str(node.get("startQuote") or "‘"), str(node.get("endQuote") or "’")
        text = QUOTATION_BREAK.join(line.full for line in inner.lines if line.full)
        if self.lines and text:
            self.lines[-1].text = f"{self.lines[-1].text}{QUOTATION_BREAK}{opening}{text}{closing}"
        elif text:
            self.lines.append(EuropeanLine(self.role, f"{opening}{text}{closing}", "", depth))

    def skip(self, _: etree._Element, __: int) -> None:
        """Pass over a number or heading: its words are out already."""


_AknHandler = Callable[..., None]
_HANDLERS: dict[str, _AknHandler] = {
    **dict.fromkeys(_DIVISIONS | {"article"}, _AknWalker.title_of_unit),
    **dict.fromkeys(_POINTS, _AknWalker.point),
    "preface": _AknWalker.cover,
    "longTitle": _AknWalker.title,
    "preamble": _AknWalker.preamble,
    "conclusions": _AknWalker.closing,
    "recital": _AknWalker.recital,
    "doc": _AknWalker.annex,
    "paragraph": _AknWalker.paragraph,
    "tr": _AknWalker.row,
    "quotedStructure": _AknWalker.quotation,
    "num": _AknWalker.skip,
    "heading": _AknWalker.skip,
}


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _number(node: etree._Element) -> str:
    return next((clean(_text(child)) for child in node if _name(child) == "num"), "")


def _text(node: etree._Element) -> str:
    return clean(" ".join(" ".join(str(part) for part in node.itertext()).split()))
