"""What RegML and the law XML of the District of Columbia say of a document: its title, number, author and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from storage.records import Milestone, MilestoneKind, Note
from tracker.reading.america.markup import attribute, name_of, text_of
from tracker.reading.america.record import AmericanExtract

_ABOUT = frozenset({"fdsys", "preamble", "meta", "metadata"})
_DAYS = {
    "effectiveDate": MilestoneKind.IN_FORCE,
    "effective": MilestoneKind.IN_FORCE,
    "enacted": MilestoneKind.ADOPTED,
}
_NUMBERS = {"law": "D.C. Law", "act": "D.C. Act", "bill": "D.C. Bill", "resolution": "D.C. Resolution"}
_COUNCIL = "Council of the District of Columbia"


def is_about(element: etree._Element) -> bool:
    """Return whether *element* tells of the document and is no part of its text: read_about has taken it."""
    return name_of(element) in _ABOUT or _is_typed(element)


def read_about(root: etree._Element, extract: AmericanExtract) -> None:
    """Read title, number, author and days from the elements about the document, and keep their words apart."""
    for child in root:
        if name_of(child) in _ABOUT:
            extract.furniture.extend(Note(name_of(part), " ".join(map(str, part.itertext()))) for part in _parts(child))
            _read_parts(child, extract)
        elif _is_typed(child):
            extract.front.append(Note("preface", text_of(child)))
            _read_typed(child, extract)


def _is_typed(element: etree._Element) -> bool:
    """Return whether *element* is a number or heading of a document of the District, which may have several."""
    parent = element.getparent()
    is_of_document = parent is not None and name_of(parent) == "document"
    return is_of_document and name_of(element) in {"num", "heading"} and bool(attribute(element, "type"))


def _read_typed(element: etree._Element, extract: AmericanExtract) -> None:
    kind = attribute(element, "type")
    extract.agencies = [_COUNCIL]
    if name_of(element) == "heading":
        extract.title = text_of(element) if kind == "short" else extract.title or text_of(element)
    elif kind in _NUMBERS and not extract.number:
        extract.number = f"{_NUMBERS[kind]} {text_of(element)}"


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    return (part for part in element if name_of(part) and text_of(part))


def _read_parts(about: etree._Element, extract: AmericanExtract) -> None:
    for part in about.iter():
        name = name_of(part)
        parent = part.getparent()
        if name in _DAYS:
            _read_day(_DAYS[name], text_of(part), extract)
        elif name == "agency":
            extract.agencies.append(text_of(part))
        elif name == "title" and parent is about and name_of(about) == "fdsys":
            extract.title = extract.title or text_of(part)
        elif name == "cfr":
            values = [text_of(value) for value in part]
            extract.number = " CFR Part ".join(values[:2]) if len(values) > 1 else extract.number


def _read_day(kind: MilestoneKind, day: str, extract: AmericanExtract) -> None:
    try:
        extract.milestones.append(Milestone(kind, date.fromisoformat(day), f"{kind.value} {day}"))
    except ValueError:
        return
