"""Markup that nests each level in its own element: RegML of the CFPB, and the law XML of the District of Columbia."""

from __future__ import annotations

import re

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.markup import attribute, name_of, text_of
from tracker.reading.america.outlines_about import is_about, read_about
from tracker.reading.america.record import AmericanExtract
from tracker.reading.formats.blocks import squeeze
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_LEVELS = {
    "part": K.PART,
    "subpart": K.SUBPART,
    "section": K.SECTION,
    "appendix": K.APPENDIX,
    "appendixSection": K.SUBPART,
    "interpretations": K.SUPPLEMENT,
    "interpSection": K.SUBPART,
}
_DIVISIONS = {"title": K.TITLE, "chapter": K.CHAPTER, "part": K.PART, "subchapter": K.SUBPART, "subtitle": K.SUBPART}
_PARAGRAPHS = frozenset({"paragraph", "interpParagraph", "para"})
_BY_DEPTH = (K.SUBSECTION, K.PARAGRAPH, K.SUBPARAGRAPH, K.CLAUSE, K.SUBCLAUSE, K.ITEM)
_OF_REGULATION = (*_BY_DEPTH[1:], K.POINT)  # the Code begins its levels at the paragraph, whatever its markup
_HEADINGS = frozenset({"heading", "subject", "title", "appendixTitle"})
_NUMBERS = frozenset({"num", "prefix"})
_NOTES = {
    "annotations": "annotations",
    "analysis": "analysis",
    "tableOfContents": "table of contents",
    "notice": "notice",
}
_TRANSPARENT = frozenset({"content", "regulation", "document", "tocPart", "subpart"})
_DIGITS = re.compile(r"§+\s*([\w.\-–]+?)\.?(?:\s|$)")
ROOTS = ("regulation", "document", "container", "section")


def outline(root: etree._Element) -> AmericanExtract:
    """Take a document apart whose elements are its levels."""
    extract = AmericanExtract(type="regulation" if name_of(root) == "regulation" else "statute", language="en")
    if name_of(root) == "section":
        extract.drafts = [_level(root, K.SECTION, 0, extract)]
        return extract
    read_about(root, extract)
    whole = Draft(K.PART)
    _fill(root, whole, 0, extract)
    if name_of(root) == "regulation" and [child.kind for child in whole.children] == [K.PART]:
        whole.heading = whole.heading or whole.children[0].heading
        whole.children = whole.children[0].children  # as of any piece of the Code, its heading is the title
    extract.title = extract.title or whole.heading
    heading = " ".join(filter(None, (whole.label, whole.heading)))
    extract.front[:0] = [Note("preface", heading)] if heading else []
    extract.drafts = whole.children
    extract.drafts[:0] = [Draft(K.PARAGRAPH, text=whole.text)] if whole.text else []
    return extract


def _fill(element: etree._Element, draft: Draft, depth: int, extract: AmericanExtract) -> None:
    _add(draft, element.text)
    for child in element:
        _take(child, draft, depth, extract)
        _add(draft, child.tail)


def _take(child: etree._Element, draft: Draft, depth: int, extract: AmericanExtract) -> None:
    name = name_of(child)
    kind = _kind(child, depth, is_regulation=extract.type == "regulation")
    if not name or is_about(child):
        return
    if kind is not None:
        draft.children.append(_level(child, kind, depth + 1 if name in _PARAGRAPHS else 0, extract))
    elif name in _NUMBERS:
        draft.label = f"{draft.label} {text_of(child)}".strip()
        draft.number = text_of(child).strip("()§. ") if name == "num" else draft.number
    elif name in _HEADINGS and not draft.text and not draft.children:
        draft.heading = f"{draft.heading} {text_of(child)}".strip()
    elif name in _NOTES:
        extract.notes.extend(Note(_NOTES[name], line) for line in map(_line, child) if line)
    elif name in _TRANSPARENT and len(child):
        _fill(child, draft, depth, extract)
    else:
        _add(draft, text_of(child))


def _line(element: etree._Element) -> str:
    """Return the words of an element in one line, those of its parts apart."""
    return squeeze(" ".join(map(str, element.itertext())))


def _kind(element: etree._Element, depth: int, *, is_regulation: bool) -> ProvisionKind | None:
    name = name_of(element)
    if name in _PARAGRAPHS:
        return (_OF_REGULATION if is_regulation else _BY_DEPTH)[min(depth, len(_BY_DEPTH) - 1)]
    if name == "subpart" and not attribute(element, "subpartLetter") and element.find("{*}title") is None:
        return None  # RegML puts the sections of a part without subparts into one that has no name
    if name == "container":
        prefix = next((text_of(child).lower() for child in element if name_of(child) == "prefix"), "")
        return _DIVISIONS.get(prefix, K.SUBPART)
    return _LEVELS.get(name)


def _level(element: etree._Element, kind: ProvisionKind, depth: int, extract: AmericanExtract) -> Draft:
    marker = attribute(element, "marker")
    draft = Draft(kind, marker.strip("(). "), marker)
    _fill(element, draft, depth, extract)
    match = _DIGITS.match(draft.heading) if not draft.label else None
    if match:
        draft.number, draft.label, draft.heading = match[1], match[0].strip(), draft.heading[match.end() :].strip()
    draft.number = draft.number or attribute(element, "subpartLetter") or attribute(element, "appendixLetter")
    return draft


def _add(draft: Draft, text: str | None) -> None:
    words = " ".join((text or "").split())
    if words and draft.children:
        draft.children.append(Draft(K.WRAPUP, text=words))
    elif words:
        draft.text = f"{draft.text} {words}".strip()
