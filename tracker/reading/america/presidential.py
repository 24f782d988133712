"""Presidential documents of the Federal Register: executive orders, proclamations, memoranda."""

from __future__ import annotations

import re

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.ladders import ORDER
from tracker.reading.america.markup import CLOSE, OPEN, flow, name_of, plain
from tracker.reading.america.nesting import below, section
from tracker.reading.america.record import AmericanExtract
from tracker.reading.structure.draft import Draft

_TYPES = {
    "EXECORD": "executive order",
    "PROCLA": "proclamation",
    "PRMEMO": "presidential memorandum",
    "PRNOTICE": "presidential notice",
    "PRORDER": "presidential order",
    "DETERM": "presidential determination",
}
_TITLE_BLOCK = frozenset({"TITLE3", "PRES", "EXECORDR", "PROC", "MEMO", "DETNO", "NOTICE", "ORDER", "PNOTICE"})
_SIGNATURE = frozenset({"PSIG", "PLACE", "DATE", "FILED_BY", "SIG"})
_SECTION = re.compile(
    rf"^(?P<label>(?:Section|Sec\.)\s+(?P<number>\d{{1,3}}[A-Z]?)\s*\.)\s*"
    rf"(?:{OPEN}(?P<title>[^{CLOSE}]{{1,300}}){CLOSE}(?P<points>[.:—]*)\s*)?"
)
_ORDER_NUMBER = re.compile(r"(Executive Order|Proclamation) (\d{4,6})")


def presidential(root: etree._Element) -> AmericanExtract:
    """Take a PRESDOCU element apart."""
    document = next((child for child in root if name_of(child) in _TYPES), root)
    extract = AmericanExtract(type=_TYPES.get(name_of(document), "presidential document"), language="en")
    extract.agencies.append("President")
    lines: list[str] = []
    for child in document:
        _place(child, extract, lines)
    _sections(lines, extract)
    return extract


def _place(child: etree._Element, extract: AmericanExtract, lines: list[str]) -> None:
    name, line = name_of(child), flow(child)
    if not name or not line:
        return
    text = plain(line)
    if name in _TITLE_BLOCK or (name == "HD" and not lines):
        extract.front.append(Note("preface", text))
        number = _ORDER_NUMBER.match(text)
        extract.number = extract.number or (number[0] if number else "")
        extract.title = extract.title or (text if name == "HD" else "")
    elif name in _SIGNATURE:
        extract.front.append(Note("conclusions", text))
    elif name in {"FP", "P", "HD", "EXTRACT", "LSTSUB"}:
        lines.extend(_paragraphs(child, name, line))
    else:
        extract.furniture.append(Note(name.lower(), text))


def _paragraphs(child: etree._Element, name: str, line: str) -> list[str]:
    if name in {"EXTRACT", "LSTSUB"}:
        return [inner for inner in map(flow, child) if inner]
    return [line]


def _sections(lines: list[str], extract: AmericanExtract) -> None:
    heads = [place for place, line in enumerate(lines) if _SECTION.match(line)]
    if not heads:
        text, children = below(lines, ORDER)
        first = [Draft(ProvisionKind.PARAGRAPH, text=text)] if text else []
        extract.drafts = [*first, *children]
        return
    extract.front.extend(Note("preamble", plain(line)) for line in lines[: heads[0]])
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        match = _SECTION.match(lines[start])
        assert match is not None
        heading = f"{match['title'] or ''}{match['points'] or ''}"
        rest = [lines[start][match.end() :], *lines[start + 1 : end]]
        extract.drafts.append(section(match["number"], match["label"], heading, rest, ORDER))
