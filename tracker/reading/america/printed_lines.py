"""Bills, laws and rules as printed lines, of a <pre> or a file, with the title and number they begin with."""

from __future__ import annotations

import re
from itertools import pairwise

from storage.records import Note
from tracker.reading.america.fixed_width import paragraphs
from tracker.reading.america.plain import statute
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.register_text import is_register_text, register_text

_ACT = re.compile(r"AN? (?:ACT|BILL|JOINT RESOLUTION|RESOLUTION)")
_NUMBER = re.compile(
    r"\b(?:(?:SENATE|HOUSE|ASSEMBLY) (?:BILL|FILE) (?:NO\. ?)?[\w\-]{1,12}|Executive Order \d{4,6}|"
    r"(?:H\. ?R\.|S\.|H\. ?J\. ?Res\.|S\. ?J\. ?Res\.|[HSA]\.?B\.?|[HS]\.?F\.?) ?(?:No\. ?)?\d{1,5}(?:-[A-Z])?)\b",
    re.I,
)
_TITLE = re.compile(
    r"^(?:AN ACT|A BILL|A BILL FOR AN ACT)[,:]?\s+(?=\S.{8})|^(?:concerning|relating to|to amend)\s", re.I
)
_CONGRESS = re.compile(r"\d{2,3}(?:th|st|nd|rd) CONGRESS", re.I)
_OF_CONGRESS = re.compile(r"(?:H\. ?R\.|S\.|[HS]\. ?(?:J\.|CON\.)? ?RES\.) ?\d{1,5}", re.I)
_CHAMBERS = {"IN SENATE": "S.", "IN ASSEMBLY": "A.", "SENATE - ASSEMBLY": "S."}
_OF_NEW_YORK = re.compile(r"\d{1,5}(?:--[A-Z])?")
_ENACTMENT = re.compile(r"^(?:The People of the State of New York, represented|Be it enacted)", re.I)
_PUBLIC = re.compile(r"^(?:Public (?:Act|Law|Chapter)|Chapter|Laws of|CHAPTER|P\.L\.) (?:No\. ?)?\d", re.I)
_ENROLMENT = re.compile(r"\bEnrolled\b", re.I)


def printed_lines(text: str) -> AmericanExtract:
    """Read a page set in lines of a fixed width."""
    if is_register_text(text):
        return register_text(text)
    extract = AmericanExtract(language="en")
    lines, extract.furniture = paragraphs(text)
    statute(lines, extract)
    if not extract.drafts:
        extract.notes.extend(Note("page text", line) for line in lines)
    title_from_front(extract)
    return extract


def title_from_front(extract: AmericanExtract) -> None:
    """Read title and number from the lines before the law: what follows AN ACT, else the first that is a title."""
    preface = [note.text for note in extract.front if note.name == "preface"]
    extract.number = extract.number or _number(preface)
    heading_line = (line for line in preface if _TITLE.match(line) and len(line) < 1500)
    after_act = (line for before, line in pairwise(preface) if _ACT.fullmatch(before))
    rest = (line.removeprefix("The President ") for line in preface if not _NUMBER.search(line))
    titles = (line for line in (*after_act, *rest) if 10 < len(line) < 400 and _ACT.match(line) is None)
    extract.title = next(heading_line, "") or next(titles, "")
    _stage(preface, extract)


def _stage(preface: list[str], extract: AmericanExtract) -> None:
    """Say of an act with a bill's number what it is: a bill, unless it is printed as a public act."""
    is_enacted = any(note.name == "preamble" and _ENACTMENT.match(note.text) for note in extract.front)
    if not is_enacted or not extract.number or extract.type not in {"", "statute"} or extract.stage:
        return
    is_public = any(_PUBLIC.match(line) for line in preface)
    extract.type, extract.stage = ("statute", "enacted") if is_public else ("bill", extract.stage)
    if not is_public and any(_ENROLMENT.search(line) for line in preface):
        extract.stage = "enrolled"


def _number(preface: list[str]) -> str:
    """Return the number of a bill: of Congress with its Congress, of New York by the chamber it began in."""
    congress = next((line for line in preface if _CONGRESS.fullmatch(line)), "")
    own = next((line for line in preface if _OF_CONGRESS.fullmatch(line)), "")
    if congress and own:
        return f"{congress} {own}"
    chamber = next((mark for line in preface if (mark := _CHAMBERS.get(line.upper()))), "")
    number = next((line for line in preface if _OF_NEW_YORK.fullmatch(line)), "")
    if chamber and number:
        return f"{chamber} {number}"
    return next((match[0] for line in preface if (match := _NUMBER.search(line))), "")
