"""Statutes and bills as lines of text: section heads of several habits, each with the levels that go with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import Note, ProvisionKind
from tracker.reading.america.divisions import BillSections, DivisionTree, divisions_above, is_division, sets_out
from tracker.reading.america.ladders import CFR, COLORADO, ORDER, STATUTE
from tracker.reading.america.nesting import section
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.subdivisions import subdivide
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.markers import Ladder

K = ProvisionKind
_ENACTING_CLAUSE = re.compile(
    r"^(?:be it enacted|the people of the state of [a-z ]{3,30}, represented|"
    r"resolved by the senate|the people of the state of [a-z ]{3,30} do enact|"
    r"by the authority vested in me)",
    re.I,
)
_SIGNATURE = re.compile(r"^(?:approved:? [A-Z][a-z]+ \d|the white house\b|(?:in witness whereof)\b|\[FR Doc)", re.I)
_NAME = re.compile(r"[A-Z][A-Z.,' \-]{3,60}")  # "JANE Q. DOE" above "THE WHITE HOUSE"
_APPROVAL = re.compile(r"^approved:? ", re.I)
_HISTORY = re.compile(
    r"^[\[(]?\s*(?:(?:Added|Amended|Renumbered|Redesignated|Transferred|Reenacted|Repealed)(?:,| and \w+)?\s"
    r"(?:by|[A-Z][a-z]+ \d)|"
    r"Acts \d{4}, |Source: |\d{4} c \d|Amended by:$|Formerly )"
)
_LONGEST_HISTORY = 1500
_WIDTH = 110
_SENTENCE_END = re.compile(r"(?<!U\.S\.C)[.;:—][”\"]?(?:\s+(?:and|or))?\s*$", re.I)
_MARKER = re.compile(r"^\((?:\d{1,3}|[A-Za-z]{1,5})\)\s")
_TITLE_END = re.compile(r"(?<=[.:])\s+(?=[A-Z(“\"]|1\. )")


@dataclass(frozen=True, slots=True)
class Head:
    """How one habit of drafting prints the head of a section, and the levels below it."""

    pattern: re.Pattern[str]
    ladder: Ladder
    type: str
    has_heading: bool


HEADS = (
    Head(
        re.compile(r"^(?:§\s*)?(?P<number>\d{1,2}-\d{1,3}(?:\.\d{1,2})?-\d{1,5}(?:\.\d{1,3})?)\s?\.\s+"),
        COLORADO,
        "statute",
        True,
    ),
    Head(re.compile(r"^§\s*(?P<number>\d{1,4}\.\d{1,5}[a-z]?(?:-\d{1,2}[A-Z]?)?)\.?\s+"), CFR, "regulation", True),
    Head(
        re.compile(
            r"^(?:Section|Sec\.|SECTION|SEC\.|RCW)\s+(?P<number>\d{1,5}[A-Z]?(?:[.\-]\d{1,5}[A-Za-z]{0,2}){1,3})\.\s+(?=[A-Z(\[])"
        ),
        STATUTE,
        "statute",
        True,
    ),
    Head(re.compile(r"^(?:Section|Sec\.)\s+(?P<number>\d{1,3}[A-Z]{0,3})\s*\.(?!\d)\s*"), ORDER, "", True),
    Head(re.compile(r"^(?:SECTION|SEC\.)\s+(?P<number>\d{1,4}[A-Z]?)\s*\.(?!\d)\s*"), STATUTE, "bill", True),
    Head(
        re.compile(r"^(?:§\s*|S (?=\d))(?P<number>\d{1,5}[a-z]{0,2}(?:\.\d{1,2})?(?:-\d{1,4}|-[A-Za-z]{1,3})?)\.\s+"),
        STATUTE,
        "statute",
        True,
    ),
)


def find_head(line: str) -> tuple[Head, re.Match[str]] | None:
    """Return the head that *line* begins with, or None: a line that only refers to a section has no full stop there."""
    for head in HEADS:
        match = head.pattern.match(line)
        if match:
            return head, match
    return None


def statute(lines: Sequence[str], extract: AmericanExtract) -> None:
    """Read *lines* into sections; what stands before the first is front matter.

    Lines broken at a page's width are joined again before they are read.
    """
    if _is_wrapped(lines):
        lines = join_lines(lines)
    starts = [i for i, line in enumerate(lines) if find_head(line)]
    starts = _without_contents(starts, lines)
    if not starts:
        return
    bill = BillSections(lines)
    starts = [start for start in starts if bill.is_head(lines[start])]
    first = divisions_above(lines, starts[0], 0)
    _front(lines[:first], extract)
    last = _closing(lines, starts[-1], extract)
    tree, heads = DivisionTree(extract.drafts), set(starts)
    host: Draft | None = None
    for before, start, end in zip([first - 1, *starts], starts, [*starts[1:], last], strict=False):
        own = divisions_above(lines, end, start + 1) if end in heads else end
        above = lines[divisions_above(lines, start, before + 1) : start]
        draft = _section(lines[start:own], extract)
        is_bill = bill.includes(draft)
        if host is not None and not is_bill:
            host.children += [Draft(K.PARAGRAPH, text=line) for line in above]
            host.children.append(draft)  # a section of a code that a section of a bill sets out
        else:
            tree.open(above)
            tree.siblings().append(draft)
            host = draft if is_bill and sets_out(draft) else None


def _closing(lines: Sequence[str], start: int, extract: AmericanExtract) -> int:
    """Keep what stands below the last section — signature, approval — as conclusions; return where the law ends."""
    end = next((i for i in range(start + 1, len(lines)) if _SIGNATURE.match(lines[i])), len(lines))
    while end > start + 1 and end < len(lines) and _NAME.fullmatch(lines[end - 1]):
        end -= 1
    extract.front.extend(Note("conclusions", line) for line in lines[end:])
    if any(_APPROVAL.match(line) for line in lines[end:]):
        extract.type, extract.stage = "statute", "enacted"
    return end


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether text was broken at a width: many lines, hardly a long one, half without an end of sentence."""
    long = sum(1 for line in lines if len(line) > _WIDTH)
    open_ends = sum(1 for line in lines if len(line) > _WIDTH // 2 and not _SENTENCE_END.search(line))
    return len(lines) > 20 and long <= len(lines) // 50 and open_ends > len(lines) // 3


def join_lines(lines: Sequence[str]) -> list[str]:
    """Return *lines* with a line joined to the one before, unless that ended or this begins a section or number."""
    whole: list[str] = []
    in_body = False
    for line in lines:
        begins = find_head(line) is not None or _MARKER.match(line) is not None
        if in_body and not begins and not _SENTENCE_END.search(whole[-1]):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
        in_body = in_body or begins
    return whole


def _without_contents(starts: list[int], lines: Sequence[str]) -> list[int]:
    """Leave out a table of contents: five heads in a row with nothing below them, each met again later."""
    first = next((i for i in range(len(starts)) if starts[i : i + 5] != list(range(starts[i], starts[i] + 5))), 0)
    numbers = [_number(lines[i]) for i in starts]
    if first == 0:
        times = Counter(numbers)
        return [
            start
            for place, start in enumerate(starts)
            if times[numbers[place]] < 2 or not _is_entry(place, starts, lines)
        ]
    later, heads = Counter(numbers), set(starts)
    own: list[int] = []
    for place, start in enumerate(starts):
        later[numbers[place]] -= 1
        if place >= first + 4 or not later[numbers[place]] or start + 1 not in heads:
            own.append(start)
    return own


def _is_entry(place: int, starts: Sequence[int], lines: Sequence[str]) -> bool:
    """Return whether a head whose number stands elsewhere, too, is an entry of a list of contents: it says nothing."""
    start, end = starts[place], starts[place + 1] if place + 1 < len(starts) else len(lines)
    if any(not is_division(line) for line in lines[start + 1 : end]):
        return False
    head = find_head(lines[start])
    return head is not None and not _title(lines[start][head[1].end() :])[1]


def _number(line: str) -> str:
    head = find_head(line)
    return head[1]["number"] if head else ""


def _front(lines: Sequence[str], extract: AmericanExtract) -> None:
    for line in lines:
        unit = "preamble" if _ENACTING_CLAUSE.match(line) else "preface"
        extract.front.append(Note(unit, line))
        if re.search(r"vested in me as President\b", line):
            extract.type, extract.agencies = "executive order", ["President"]


def _section(lines: Sequence[str], extract: AmericanExtract) -> Draft:
    parts_of_head = find_head(lines[0])
    assert parts_of_head is not None
    head, match = parts_of_head
    extract.type = extract.type or head.type
    title, text = _title(lines[0][match.end() :])
    own = [text, *_without_history(match[0].strip(), lines[1:], extract)]
    ladder = head.ladder
    if ladder is ORDER and extract.type != "executive order":
        ladder = STATUTE  # "Sec. 5." heads the sections of many statutes too
    draft = subdivide(match["number"], match[0].strip(), title, own)
    return draft or section(match["number"], match[0].strip(), title, own, ladder)


def _without_history(label: str, lines: Sequence[str], extract: AmericanExtract) -> list[str]:
    """Keep what a code prints below a section about its own past as a note."""
    history = [line for line in lines if is_history(line)]
    extract.notes.extend(Note(f"history of {label}", line) for line in history)
    return [line for line in lines if not is_history(line)]


def is_history(line: str) -> bool:
    """Return whether a line tells by which acts a section was made or changed."""
    return len(line) < _LONGEST_HISTORY and _HISTORY.match(line) is not None


def _title(rest: str) -> tuple[str, str]:
    """Part "Definitions. As used in this part:" into heading and text.

    A heading is short and ends with a full stop before the text, or is all the line holds.
    """
    if rest.startswith("("):
        return "", rest
    parts = _TITLE_END.split(rest, maxsplit=1)
    first = parts[0]
    if len(first) > 250 or not first.endswith(".") or _is_sentence(first):
        return "", rest
    return first, parts[1] if len(parts) > 1 else ""


def _is_sentence(text: str) -> bool:
    """Return whether what looks like a heading is a sentence of law: it has a verb of law in it."""
    return re.search(r"\b(?:shall|may|must|is|are|means|amend|takes?)\b", text) is not None
