"""Divide the lines of an instrument: front matter, numbered units under chapters, schedules, signature and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from storage.records import ProvisionKind
from tracker.reading.india.contents_list import CONTENTS, is_contents, is_headed, split_contents
from tracker.reading.india.line import IndianLine
from tracker.reading.india.numbering import NumberStyle, leading_digits, split_joined, starts_anew, style_of
from tracker.reading.india.quotes import MASK_CHAR, mask
from tracker.reading.structure.broken_references import ends_in_reference

_BESIDE = re.compile(
    r"(?P<note>[A-Z][A-Za-z ,’'()-]{2,60}\.)\s+(?P<unit>\d{1,3}[A-Z]{0,2}\.\s+(?:\(1\)|[A-Z]).*)", re.S
)
_WIDEST = 5
_TITLE = 60  # characters
_ORDINAL = (
    "FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH|ELEVENTH|TWELFTH|THIRTEENTH|FOURTEENTH|FIFTEENTH"
)
_SCHEDULE = re.compile(
    rf"(?:THE\s+)?(?:(?P<word>{_ORDINAL})\s+SCHEDULE|SCHEDULE(?:\s*[-–—]?\s*(?P<number>[IVX]{{1,6}}|\d{{1,2}}|[A-Z]))?)\.?",
    re.IGNORECASE,
)
_SCHEDULE_TITLED = re.compile(
    rf"(?P<label>(?:THE\s+)?(?:(?P<word>{_ORDINAL})\s+SCHEDULE|SCHEDULE(?:\s+(?P<number>[IVX]{{1,6}}|\d{{1,2}}))?))\s*[—–:.-]+\s*"
    r"(?P<heading>[A-Z].{2,160})",
    re.IGNORECASE,
)
_ENDS_SENTENCE = (".", ";", ":", "—", "”", "]", ")")
_ANNEX = re.compile(
    r"(?P<word>ANNEX(?:URE)?|APPENDIX|FORM)(?:\s*[-–—]?\s*(?P<number>[IVX]{1,6}|\d{1,2}|[A-Z]))?\.?", re.IGNORECASE
)
_CHAPTER = re.compile(r"(CHAPTER|PART)\s*[-–—]?\s*([IVXLC]{1,7}[A-Z]?|\d{1,2}[A-Z]?|[A-Z])\.?")
_CHAPTER_TITLED = re.compile(
    r"(?P<label>(?:CHAPTER|PART)\s*[-–—]?\s*(?P<number>[IVXLC]{1,7}[A-Z]?|\d{1,2}[A-Z]?|[A-Z]))\s*(?P<mark>[:.–—-]+)?\s+"
    r"(?P<heading>[A-Z].{1,150})",
    re.IGNORECASE,
)
_FILE = re.compile(r"\[?\s*\[\s*(?:F\.?|File)\s*(?:No|Number)\b.{0,80}", re.I)
_FAITHFULLY = re.compile(r"Yours\s+(?:faithfully|sincerely|truly)\s*,?", re.I)
_ENACTS = re.compile(
    r"\bBE\s+it\s+enacted\b|\bit\s+is\s+hereby\s+enacted\b|\benacted\s+as\s+follows\b"
    r"|\bhereby\s+(?:makes?|issues?|specifies)\s+the\s+(?:following|directions)\b",
    re.I,
)
_SIGNATORY = re.compile(
    r".{3,80},\s*(?:(?:Jt|Joint|Addl|Additional|Dy|Deputy|Under)\.?\s+)?(?:Secy|Secretary|Director|Scientist)\b.{0,60}"
)
_HISTORY = re.compile(r"(?:Foot\s?note|Note)\s*[.:—–-]+\s*(?:The\s+)?principal\b", re.I)


class GazetteZone(StrEnum):
    """What a stretch of lines is."""

    UNIT = "unit"
    CHAPTER = "chapter"
    SCHEDULE = "schedule"
    ANNEX = "annex"


@dataclass(slots=True)
class Part:
    """One stretch of lines under its number and label."""

    zone: GazetteZone
    number: str
    label: str
    lines: list[IndianLine] = field(default_factory=list)


@dataclass(slots=True)
class GazetteDivision:
    """An instrument's lines, divided."""

    front: list[IndianLine] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    signature: list[IndianLine] = field(default_factory=list)
    history: list[IndianLine] = field(default_factory=list)
    contents: list[IndianLine] = field(default_factory=list)
    lines: list[IndianLine] = field(default_factory=list)
    kind: ProvisionKind | None = None


def divide(lines: Sequence[IndianLine]) -> GazetteDivision:
    """Return *lines* divided. Numbers inside quotation marks begin nothing; a contents list is kept apart."""
    lines = split_joined(lines)
    outside = _outside_quotes(lines)
    style = style_of(lines, outside)
    division = GazetteDivision(lines=lines, kind=style.kind)
    body, closing = _closing(lines, outside)
    start = _first_unit(lines[:body], outside, style)
    division.contents, front = split_contents(lines[:start])
    division.front = front
    _close(lines[body:], closing, division)
    current: list[IndianLine] = division.front
    last = 0
    in_attachment = False
    for place in range(start, body):
        free = outside[place] or style.stands_out(lines[place])
        part = _begin(lines, place, last, style, in_attachment=in_attachment) if free else None
        if part is None:
            current.append(lines[place])
            continue
        in_attachment = in_attachment or part.zone in {GazetteZone.SCHEDULE, GazetteZone.ANNEX}
        if part.zone is GazetteZone.UNIT:
            last = leading_digits(part.number)
        division.parts.append(part)
        current = part.lines
    return division


def _begin(
    lines: Sequence[IndianLine], place: int, last: int, style: NumberStyle, *, in_attachment: bool
) -> Part | None:
    """Begin a part at a line; what looks like a schedule is none where the count of units goes on behind it."""
    line, before = lines[place], lines[place - 1].text if place else ""
    goes_on = bool(last) and not line.fresh and ends_in_reference(before) and not _is_title(lines, place - 1)
    part = None if goes_on else _attachment(line, before)
    if part is not None and (in_attachment or not style.goes_on(place, last)):
        return part
    if in_attachment:
        return None
    head = style.unit(line)
    if head and style.is_sure(line, head) and (style.kind is not None or leading_digits(head[0]) == last + 1):
        return _part_of(line, head)
    return None if goes_on else _chapter(line) or _unit(line, last, style)


def _is_title(lines: Sequence[IndianLine], place: int) -> bool:
    """Return whether a line is a heading though it ends in "rules": short, in capitals at first, behind a sentence."""
    text, before = lines[place].text, lines[place - 1].text if place else ""
    return len(text) <= _TITLE and text[:1].isupper() and before.rstrip().endswith(_ENDS_SENTENCE)


def _attachment(line: IndianLine, before: str) -> Part | None:
    schedule = _SCHEDULE.fullmatch(line.text)
    if schedule and _is_schedule(line, before, has_word=schedule["word"] is not None):
        return Part(GazetteZone.SCHEDULE, schedule["word"] or schedule["number"] or "", line.text)
    has_title = _SCHEDULE_TITLED.fullmatch(line.text) if line.bold or line.text.isupper() else None
    if has_title:
        heading = IndianLine(has_title["heading"], line.fresh)
        return Part(GazetteZone.SCHEDULE, has_title["word"] or has_title["number"] or "", has_title["label"], [heading])
    annex = _ANNEX.fullmatch(line.text)
    if annex is None:
        return None
    has_name = annex["number"] is not None or annex["word"].upper() != "FORM"
    stands_out = line.text.isupper() or line.bold or line.centred or before.rstrip().endswith((".", ";", ":", "”", "]"))
    number = (annex["number"] or "").upper()
    return Part(GazetteZone.ANNEX, number, line.text) if has_name and stands_out and line.text[:1].isupper() else None


def _is_schedule(line: IndianLine, before: str, *, has_word: bool) -> bool:
    """Return whether a line is the title of a schedule, and not the end of "… specified in the Sixth / Schedule."."""
    if line.text.isupper() or line.centred or line.bold:
        return True
    has_end = line.fresh or not before or before.rstrip().endswith(_ENDS_SENTENCE)
    return has_end and not has_word


def _chapter(line: IndianLine) -> Part | None:
    chapter = _CHAPTER.fullmatch(line.text) or (_CHAPTER.fullmatch(line.text.upper()) if line.bold else None)
    if chapter:
        return Part(GazetteZone.CHAPTER, chapter[2], line.text)
    match = _CHAPTER_TITLED.fullmatch(line.text)
    if match is None or not _is_titled(line, match):
        return None
    return Part(
        GazetteZone.CHAPTER, match["number"].upper(), match["label"], [IndianLine(match["heading"], line.fresh)]
    )


def _is_titled(line: IndianLine, match: re.Match[str]) -> bool:
    """Say whether a line is a chapter with its heading, and no sentence that begins "Part I of the …"."""
    heading = match["heading"]
    if heading.endswith((".", ";", ",", ":")) and not heading.isupper():
        return False
    return line.text.isupper() or line.bold or line.centred or (match["mark"] is not None and line.text[:1].isupper())


def _unit(line: IndianLine, last: int, style: NumberStyle) -> Part | None:
    """Begin a unit where its number goes on from the *last* one; a gap of a few is an omitted unit.

    A wide gap is a text of selected units: then the unit must begin with its heading or with (1).
    """
    beside = _BESIDE.fullmatch(line.text) if style.kind is None else None
    if beside is not None and last:
        # the marginal note was printed on the same line, before the number
        part = _unit(IndianLine(beside["unit"]), last, style)
        if part is None or leading_digits(part.number) != last + 1:
            return None
        part.lines.insert(0, IndianLine(beside["note"], line.fresh, bold=True))
        return part
    head = style.unit(line)
    if head is None:
        return None
    number, _, rest = head
    step = leading_digits(number) - last
    has_word = style.kind is not None and line.text[:1].isupper()
    if step < 0 or (step == 0 and number.isdigit()) or (step > 1 and not rest and not has_word):
        return None
    if step > _WIDEST and not starts_anew(rest) and not has_word:
        return None
    return _part_of(line, head)


def _part_of(line: IndianLine, head: tuple[str, str, str]) -> Part:
    number, label, rest = head
    lines = [IndianLine(rest, line.fresh, line.bold, line.centred)] if rest else []
    return Part(GazetteZone.UNIT, number, label, lines)


def _outside_quotes(lines: Sequence[IndianLine]) -> list[bool]:
    mask_text = mask("\n".join(line.text for line in lines))
    outside, place = [], 0
    for line in lines:
        outside.append(mask_text[place : place + 1] != MASK_CHAR)
        place += len(line.text) + 1
    return outside


def _first_unit(lines: Sequence[IndianLine], outside: Sequence[bool], style: NumberStyle) -> int:
    """Return where the law begins: at its number 1 , after a contents list, with its chapter heading."""
    ones = [
        place
        for place, line in enumerate(lines)
        if outside[place] and (unit := style.unit(line)) is not None and unit[0] == "1"
    ]
    start = _first_after_enactment(lines, ones, style)
    if start is None:
        schedules = [place for place, line in enumerate(lines) if outside[place] and _SCHEDULE.fullmatch(line.text)]
        ones = [place for place in ones if not schedules or place < schedules[0] or len(ones) == 1] or ones[:1]
        if not ones:
            units = [place for place, line in enumerate(lines) if outside[place] and style.unit(line)]
            return units[0] if len(units) >= 2 else len(lines)
        start = ones[-1] if len(ones) > 1 and is_contents(lines[ones[0] : ones[1]], style) else ones[0]
    return _with_chapter(lines, start)


def _first_after_enactment(lines: Sequence[IndianLine], ones: Sequence[int], style: NumberStyle) -> int | None:
    """Return the number 1 behind the enacting words, when a contents list before them prints another.

    Without enacting words it is the first 1 with the heading and the dash of a section, which no list prints.
    """
    if len(ones) < 2:
        return None
    has_heading = any(CONTENTS.fullmatch(line.text) for line in lines[: ones[1]])
    contents = next((place for place, line in enumerate(lines) if CONTENTS.fullmatch(line.text)), ones[0])
    enactment = next((n for n, line in enumerate(lines) if n > contents and _ENACTS.search(line.text)), None)
    if not has_heading and (enactment is None or any(is_headed(line, style) for line in lines[contents:enactment])):
        return None
    if enactment is None:
        heads = ((place, style.unit(lines[place])) for place in ones if place > contents)
        return next((place for place, head in heads if head and style.is_sure(lines[place], head)), None)
    return next((place for place in ones if place > enactment), None)


def _with_chapter(lines: Sequence[IndianLine], start: int) -> int:
    """Return where the headings right above the first unit begin: part and chapter, and their titles."""
    first = start
    for back in range(1, 6):
        if start - back < 0 or len(lines[start - back].text) > 120:
            break
        if _chapter(lines[start - back]) is not None:
            first = start - back
    return first


def _closing(lines: Sequence[IndianLine], outside: Sequence[bool]) -> tuple[int, str]:
    """Return where the law ends: at the file number, the signature or the history note after it."""
    for place in range(len(lines)):
        if not outside[place] or place < len(lines) - 40:
            continue
        text = lines[place].text
        is_signature = place >= len(lines) - 6 and (_SIGNATORY.fullmatch(text) or _FAITHFULLY.fullmatch(text))
        if _FILE.fullmatch(text) or _HISTORY.match(text) or is_signature:
            return place, text
    return len(lines), ""


def _close(lines: Sequence[IndianLine], _: str, division: GazetteDivision) -> None:
    current = division.signature
    for line in lines:
        if _HISTORY.match(line.text):
            current = division.history
        current.append(line)
