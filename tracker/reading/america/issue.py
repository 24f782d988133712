"""A whole issue of the Federal Register: its rules, proposed rules, notices and presidential documents, in order."""

from __future__ import annotations

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.markup import name_of, text_of
from tracker.reading.america.presidential import presidential
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.rules import TYPES, rule
from tracker.reading.structure.draft import Draft

_ONE = frozenset({*TYPES, "PRESDOCU"})


def issue(root: etree._Element) -> AmericanExtract:
    """Take an issue apart: each document is a title of it, named by its subject and numbered by its FR Doc number."""
    extract = AmericanExtract(type="issue", language="en", title="Federal Register")
    documents = [node for node in root.iter(*_ONE) if not any(name_of(above) in _ONE for above in node.iterancestors())]
    extract.furniture = [Note(name_of(node).lower(), text_of(node)) for node in _around(root) if text_of(node)]
    extract.drafts = [_document(node, extract) for node in documents]
    return extract


def _around(root: etree._Element) -> list[etree._Element]:
    """Return the elements of an issue that hold no document."""
    parts: list[etree._Element] = []
    for child in root:
        if not name_of(child) or name_of(child) in _ONE:
            continue
        parts.extend(_around(child) if next(child.iter(*_ONE), None) is not None else [child])
    return parts


def _document(node: etree._Element, extract: AmericanExtract) -> Draft:
    one = presidential(node) if name_of(node) == "PRESDOCU" else rule(node)
    extract.front += [
        Note("preface", note.text) for note in one.front if note.name != "preface" or note.text != one.title
    ]
    extract.notes += one.notes
    extract.furniture += [Note(note.name, _without(note.text, one.number)) for note in one.furniture]
    return Draft(
        ProvisionKind.TITLE, one.number, one.number and f"FR Doc. {one.number}", one.title, children=one.drafts
    )


def _without(text: str, number: str) -> str:
    """Return the last line of a document without its number, which its label holds."""
    return text.replace(f"FR Doc. {number}", "", 1).replace(f"FR Doc. {number.replace('-', '–')}", "", 1)
