"""Printed law in PDF: session laws, slip bills, Federal Register pages, by the lines the text layer gives."""

from __future__ import annotations

import re

from storage.records import Note
from tracker.reading.america.plain import join_lines, statute
from tracker.reading.america.record import AmericanExtract
from tracker.reading.formats.recognise import OpenedPage

_FURNITURE = (
    ("running head", re.compile(r"(?:\d{1,6} )?Federal Register ?/ ?Vol\. .{0,120}")),
    ("masthead", re.compile(r"(?:Federal Register ?)?(?:Presidential Documents)?|Vol\. \d{1,3}, No\. \d{1,3}")),
    ("date line", re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}")),
    ("legend", re.compile(r"(?:Capital letters|Dashes|Underlin).{0,120} indicate.{0,120}")),
    ("document line", re.compile(r"\[FR Doc\. .{0,80}|Filed \d.{0,40}\]|Billing code .{0,30}", re.I)),
    ("page number", re.compile(r"(?:Page )?\d{1,4}|\[?Page \d{1,4}\]?")),
)


def furniture_of(text: str) -> str:
    """Return the name of the furniture that *text* is, or nothing when it is law."""
    if len(text) > 250:
        return ""
    return next((name for name, pattern in _FURNITURE if pattern.fullmatch(text)), "")


def paper(source: OpenedPage) -> AmericanExtract:
    """Take a PDF apart; struck words are a note, never text."""
    pdf = source.printed(furniture_of)
    extract = AmericanExtract(language="en", flaws=list(pdf.flaws))
    extract.furniture.extend(pdf.furniture)
    extract.notes.extend(pdf.notes)
    lines: list[str] = []
    for paragraph in pdf.paragraphs:
        name = furniture_of(paragraph.text)
        if name:
            extract.furniture.append(Note(name, paragraph.text))
        else:
            lines.append(paragraph.text)
    statute(join_lines(lines), extract)
    if not extract.drafts:
        extract.notes.extend(Note("page text", line) for line in lines)
    return extract
