"""Say how surely a page is Indian."""

from __future__ import annotations

import re

from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.india.furniture import furniture_of
from tracker.reading.structure.draft import ReadingContext

_SIGNS = (
    (0.5, re.compile(r"THE GAZETTE OF INDIA|xGID[HE]x|CG-DL-E-\d{8}|egazette\.gov\.in", re.I)),
    (0.5, re.compile(r"\bG\.\s?S\.\s?R\.\s*\d+\s*\(E\)|\bS\.\s?O\.\s*\d+\s*\(E\)")),
    (0.4, re.compile(r"\bOfficial Gazette\b|\bCentral Government\b")),
    (0.3, re.compile(r"\bsub-rule\b|\bmay be called the .{5,160}(?:Rules|Act|Regulations), \d{4}", re.S)),
    (
        0.3,
        re.compile(r"\bcrore\b|\blakh\b|\bLok Sabha\b|\bParliament in the .{4,40} Year of the Republic of India", re.I),
    ),
    (0.5, re.compile(r"innner-page-main-about-us|id=[\"']NotificationUser|pib\.gov\.in|rbi\.org\.in|sebi\.gov\.in")),
    (0.4, re.compile(r"Reserve Bank of India|Ministry of Electronics and Information Technology|PIB Delhi", re.I)),
)
_READ = 400_000


def claims(source: OpenedPage, hints: ReadingContext) -> float:
    """Return how surely *source* is Indian, 0 to 1, by its markup and words."""
    if hints.jurisdiction:
        return 1.0 if hints.jurisdiction == "in" else 0.0
    text = source.text[:_READ]
    if source.format is Format.PDF:
        pdf = source.printed(furniture_of)
        text = "\n".join(block.text for block in pdf.blocks())[:_READ]
    elif source.format not in {Format.HTML, Format.TEXT}:
        return 0.0
    return min(1.0, sum(weight for weight, sign in _SIGNS if sign.search(text)))
