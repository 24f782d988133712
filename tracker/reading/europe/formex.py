"""Reduce Formex 4 XML, of the Official Journal and consolidated, to the same lines as its HTML renderings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from tracker.reading.europe.lines import EuropeanLine, Role, clean, fold_markup_space
from tracker.reading.formats.raised_numbers import subscript, superscript

ROOTS = frozenset({"ACT", "CONS.ACT", "GENERAL", "ANNEX", "CONS.ANNEX", "DECISION", "AGR", "CORR", "FORMEX", "DOC"})
_META = frozenset(
    "BIB.INSTANCE BIB.INSTANCE.CONS INFO.CONSLEG INFO.PROD FAM.COMP BIB.DATA TOC PUBLICATION BIB.OJ BIB.DOC".split()
)
_PARAGRAPHS = frozenset({"P", "TXT", "NO.P", "ITEM", "ALINEA"})
_BLOCKS = frozenset("P LIST NP ALINEA PARAG TBL QUOT.S ITEM DLIST GR.SEQ TITLE ARTICLE DIVISION".split())


def is_formex(root: etree._Element) -> bool:
    """Return whether *root* begins a Formex document."""
    whole = root.tag in ROOTS or next(root.iter("ACT", "CONS.ACT"), None) is not None  # several files in a wrapper
    return whole and next(root.iter("BIB.INSTANCE", "INFO.CONSLEG", "TI.ART", "FAM.COMP"), None) is not None


def uri_of(root: etree._Element) -> str:
    """Return the CELEX number a document states: of a consolidated text, with the day of the version."""
    info = root.find(".//INFO.CONSLEG")
    if info is not None and info.get("CONSLEG.REF") and info.get("START.DATE"):
        return f"0{info.get('CONSLEG.REF')}-{info.get('START.DATE')}"
    return (root.findtext(".//NO.CELEX") or "").strip()


def published_of(root: etree._Element) -> date | None:
    """Return the day of the Official Journal; only a consolidated text states it (of its base act)."""
    day = next((str(node.get("ISO")) for node in root.findall(".//FAM.COMP/BIB.DATA/BIB.INSTANCE.CONS/DATE")), "")
    try:
        return date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:8]}")
    except ValueError:
        return None


def lines_of(root: etree._Element) -> list[EuropeanLine]:
    """Return the lines of a Formex document."""
    walker = _FormexWalker()
    walker.walk(root, 0)
    if deletions := clean(" ".join(walker.deletions)):
        walker.lines.append(EuropeanLine(Role.DELETION, deletions))
    return walker.lines


class _FormexWalker:
    def __init__(self) -> None:
        self.lines: list[EuropeanLine] = []
        self.run: list[str] = []
        self.deletion_depth = 0
        self.deletions: list[str] = []
        self.spans: list[str] = []
        self.article = 0
        self.text_role = Role.TEXT

    def walk(self, node: etree._Element, depth: int) -> None:
        self.string(node.text)
        for child in node:
            self.child(child, depth)
            self.string(child.tail)
        self.flush(depth)

    def child(self, child: etree._Element, depth: int) -> None:
        if not _is_element(child):
            self.instruction(child)
        elif child.tag in _META:
            self.header(child)
        elif child.tag in _HANDLERS:
            self.flush(depth)
            _HANDLERS[child.tag](self, child, depth)
        elif child.tag == "NOTE":
            self.note(child)
        elif child.tag in _BLOCKS or any(_is_block(inner) for inner in child.iterdescendants()):
            self.flush(depth)
            self.walk(child, depth)
        else:
            self.gather(child)

    def instruction(self, node: etree._Element) -> None:
        """Open an amended span at ``CLG.MDFO``, end it at ``CLG.MDFC``; what it deletes is no longer law."""
        target = getattr(node, "target", "")
        if target == "CLG.MDFO":
            action = str(node.get("ACTION") or "")
            self.lines.append(
                EuropeanLine(Role.MARK, " ".join(filter(None, ("CLG.MDFO", str(node.get("ACTIVE.DOC") or ""), action))))
            )
            self.deletion_depth += action == "DELETED"
            self.spans.append(action)
        elif target == "CLG.MDFC" and self.spans:
            self.deletion_depth -= self.spans.pop() == "DELETED"

    def string(self, text: str | None) -> None:
        if text:
            (self.deletions if self.deletion_depth else self.run).append(text)

    def gather(self, node: etree._Element) -> None:
        """Append the running text of an inline element."""
        tag = node.tag
        if tag == "NOTE":
            self.note(node)
        elif tag in {"QUOT.START", "QUOT.END"}:
            self.string(_quotation_mark(node))
        elif tag == "HT" and node.get("TYPE") == "UC":
            self.string("".join(str(part) for part in node.itertext()).upper())
        elif tag == "HT" and node.get("TYPE") in {"SUP", "SUB"}:
            text = "".join(str(part) for part in node.itertext())
            self.string(superscript(text) if node.get("TYPE") == "SUP" else subscript(text))
        else:
            edge = " " if tag in _PARAGRAPHS else ""
            dash = "— " if tag in {"ITEM", "NP"} and _prints_dash(node) else ""
            self.string(f"{edge}{dash}{node.text or ''}")
            for child in node:
                if _is_element(child):
                    self.gather(child)
                else:
                    self.instruction(child)
                self.string(child.tail)
            self.string(edge)

    def note(self, node: etree._Element) -> None:
        inner = _FormexWalker()
        inner.walk(node, 0)
        if inner.lines and self.deletion_depth:
            self.deletions.extend(line.full for line in inner.lines)
        elif inner.lines:
            self.lines.append(EuropeanLine(Role.FOOTNOTE, " ".join(line.full for line in inner.lines)))

    def flush(self, depth: int) -> None:
        self.add(self.text_role, self.take_run(), depth)

    def take_run(self) -> str:
        text = fold_markup_space("".join(self.run))
        self.run = []
        return text

    def add(self, role: Role, text: str, depth: int, label: str = "") -> None:
        if (text and clean(text)) or label:
            self.lines.append(EuropeanLine(role, text, label, depth))

    def text(self, node: etree._Element | None) -> str:
        """Return all text below *node* as one line; footnotes go their own way."""
        if node is None:
            return ""
        before, self.run = self.run, []
        self.gather(node)
        text, self.run = self.take_run(), before
        return text

    def texts(self, node: etree._Element) -> Iterator[str]:
        paragraphs = [part for part in node.iter("P") if not _in_note(part)]
        for part in paragraphs or [node]:
            yield self.text(part)

    # elements ---------------------------------------------------------------------------------------------------

    def header(self, node: etree._Element) -> None:
        text = clean(" ".join(str(part) for part in node.itertext()))
        if text:
            self.lines.append(EuropeanLine(Role.HEADER, text))

    def title(self, node: etree._Element, depth: int) -> None:
        parent = node.getparent()
        within = parent.tag if parent is not None else ""
        first, rest = _TITLES.get(str(within), (Role.TITLE, Role.TITLE))
        if self.article:
            first = rest = Role.TEXT
        for part in node:
            role = first if part.tag == "TI" else rest
            for text in self.texts(part) if isinstance(part.tag, str) else ():
                self.add(role, text, depth)
                role = rest if within != "GR.SEQ" else role

    def article_element(self, node: etree._Element, depth: int) -> None:
        self.article += 1
        self.walk(node, depth)
        self.article -= 1

    def article_title(self, node: etree._Element, depth: int) -> None:
        self.add(Role.ARTICLE if self.article == 1 and not depth else Role.TEXT, self.text(node), depth)

    def article_heading(self, node: etree._Element, depth: int) -> None:
        self.add(Role.ARTICLE_HEADING if self.article == 1 and not depth else Role.TEXT, self.text(node), depth)

    def number_of_paragraph(self, node: etree._Element, depth: int) -> None:
        self.add(Role.PARAGRAPH, "", depth, clean(self.text(node)))

    def item(self, node: etree._Element, depth: int) -> None:
        """Take an ITEM or NP: its number, then everything else one level deeper."""
        number = node.find("NO.P")
        label = clean(self.text(number)) if number is not None else "—" if _is_dashed(node) else ""
        if node.tag == "ITEM" and node.find("NP") is not None:
            self.walk(node, depth)
            return
        if not self.deletion_depth:
            self.add(Role.POINT, "", depth + 1, label if label else "—")
        self.walk(node, depth + 1)

    def skip(self, _: etree._Element, __: int) -> None:
        """Pass over the number of a point: its words are out already, as the label."""

    def recital(self, node: etree._Element, depth: int) -> None:
        """Take a CONSID like a point of depth 1; without a number it belongs to the preamble."""
        if node.find(".//NO.P") is None:
            self.preamble(node, depth)
        else:
            self.walk(node, 0)

    def preamble(self, node: etree._Element, depth: int) -> None:
        for text in self.texts(node):
            self.add(Role.PREAMBLE, text, depth)

    def final(self, node: etree._Element, depth: int) -> None:
        self.text_role = Role.CLOSING
        self.walk(node, depth)
        self.text_role = Role.TEXT

    def note_element(self, node: etree._Element, _: int) -> None:
        self.note(node)

    def row(self, node: etree._Element, depth: int) -> None:
        cells = [clean(self.text(cell)) for cell in node.iter("CELL")]
        self.add(Role.ROW, " | ".join(cell for cell in cells if cell), depth)

    def quotation(self, node: etree._Element, depth: int) -> None:
        """Take what is quoted from another act: its titles are payload, and all of it is one quotation."""
        start = len(self.lines)
        self.article += 2
        self.walk(node, depth)
        self.article -= 2
        for line in self.lines[start:]:
            line.is_quoted = line.role not in _APART


_APART = frozenset({Role.FOOTNOTE, Role.HEADER, Role.MARK, Role.FOOTNOTE_MARK})
_TITLES = {
    "DIVISION": (Role.DIVISION, Role.DIVISION_HEADING),
    "ANNEX": (Role.ANNEX, Role.ANNEX_HEADING),
    "CONS.ANNEX": (Role.ANNEX, Role.ANNEX_HEADING),
    "GR.SEQ": (Role.GROUP, Role.GROUP),
    "TBL": (Role.GROUP, Role.GROUP),
}
_FormexHandler = Callable[..., None]
_HANDLERS: dict[str, _FormexHandler] = {
    "TITLE": _FormexWalker.title,
    "ARTICLE": _FormexWalker.article_element,
    "TI.ART": _FormexWalker.article_title,
    "STI.ART": _FormexWalker.article_heading,
    "NO.PARAG": _FormexWalker.number_of_paragraph,
    "ITEM": _FormexWalker.item,
    "NP": _FormexWalker.item,
    "NO.P": _FormexWalker.skip,
    "CONSID": _FormexWalker.recital,
    "PREAMBLE.INIT": _FormexWalker.preamble,
    "PREAMBLE.FINAL": _FormexWalker.preamble,
    "VISA": _FormexWalker.preamble,
    "GR.CONSID.INIT": _FormexWalker.preamble,
    "FINAL": _FormexWalker.final,
    "ROW": _FormexWalker.row,
    "QUOT.S": _FormexWalker.quotation,
}


def _is_element(node: etree._Element) -> bool:
    return isinstance(node.tag, str)


def _is_block(node: etree._Element) -> bool:
    return node.tag in _HANDLERS or node.tag in _BLOCKS - {"P"} or (node.tag == "P" and not _in_note(node))


def _in_note(node: etree._Element) -> bool:
    return next(node.iterancestors("NOTE"), None) is not None


def _quotation_mark(node: etree._Element) -> str:
    try:
        return chr(int(node.get("CODE") or "", 16))
    except (ValueError, OverflowError):
        return "“" if node.tag == "QUOT.START" else "”"


def _prints_dash(node: etree._Element) -> bool:
    """Return whether a point of running text is printed with a dash: its list says so, and it has no number."""
    return _list_type(node) in {"DASH", "NDASH", "BULLET"} and node.find(".//NO.P") is None


def _is_dashed(node: etree._Element) -> bool:
    return node.getparent() is not None and _list_type(node) in {"DASH", "NDASH", "BULLET", ""}


def _list_type(node: etree._Element) -> str:
    parent = node.getparent()
    return str(parent.get("TYPE") or "").upper() if parent is not None else ""
