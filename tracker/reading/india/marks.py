"""Take out the marks of a consolidated text: ``1[…]`` around what was changed, and the footnotes that say how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from storage.records import Note
from tracker.reading.india.line import IndianLine
from tracker.reading.india.numbering import starts_anew, unit_of

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_MARK = re.compile(r"[⁰¹²³⁴-⁹]{1,3}(?=\s?(?:\[|\*\s?\*))")
_MARK = re.compile(r"(?<![\w.)])\^?(\d{1,3})\s?\[(?=\s?[\w(“\"‘*^])|\^\d{1,3}\b")
_EDGE = re.compile(r"(?<![\w.)])\^?\d{1,3}\s?\[(?=\s?[\w(“\"‘*^])|\^\d{1,3}(?:\s?\*{3})?(?![\w[])|[\[\]]")
_FOOTNOTES = re.compile(r"Foot\s?notes?[.:]?", re.I)
_OPENS_FOOTNOTE = re.compile(r"\d{1,3}\.\s?\S|[*†]\s|\d{1,2}(?:st|nd|rd|th)\s+\w+,?\s+\d{4},?\s*vide\b")
_FOOTNOTE = re.compile(
    r"\d{1,3}\.?\s*(?:Subs|Ins|Rep|Omitted|Added)\.?\s+(?:by|vide|with)\b"
    r"|\d{1,3}\.\s*(?:The\s+(?:words?|proviso|Explanation|figures?|letters?|brackets)|Clauses?|Sections?|Sub-sections?|Rules?|Sub-rules?|"
    r"Provisos?|Explanation|Entr(?:y|ies)|Items?)\b[^.]{0,200}?\b(?:omitted|subs\.|ins\.|renumbered|substituted|inserted)(?:\s+as\b.{0,60})?\s+by\b"
    r"|\d{1,3}\.\s*\d{1,2}(?:st|nd|rd|th)\s+\w+,?\s+\d{4},?\s*(?:vide|see)\b"
    r"|\d{1,3}\.\s*(?:Vide|W\.e\.f\.|Ibid)\b",
    re.I,
)
_OMISSION = re.compile(r"(?:\d{1,3}\s*\[?)?\*(?:\s*\*){2,}\s*\]?")


@dataclass(slots=True)
class AmendmentMarks:
    """What stands on a consolidated text beside the law: marks and footnotes.

    ``footnotes`` are the footnotes again, each with the number of the unit it stands at.
    """

    notes: list[Note] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    open_marks: list[bool] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)

    def add_mark(self, number: str, unit: str) -> None:
        """Keep a mark that stands in *unit*; its footnote may be printed at the bottom of the page."""
        self.numbers.append(number)
        self.units.setdefault(number, unit)

    def add_footnote(self, unit: str, text: str) -> None:
        """Keep a footnote: that of the unit in which its mark stands, else of *unit*, behind which it is printed."""
        number = re.match(r"\d{1,3}", text)
        self.notes.append(Note("footnote", text))
        self.footnotes.append((self.units.pop(number[0], unit) if number else unit, text))

    def extend_footnote(self, text: str) -> None:
        """Add a further line to the last footnote."""
        self.notes[-1] = Note("footnote", f"{self.notes[-1].text} {text}")
        unit, before = self.footnotes[-1]
        self.footnotes[-1] = (unit, f"{before} {text}")


def without_marks(lines: Sequence[IndianLine]) -> tuple[list[IndianLine], AmendmentMarks]:
    """Return *lines* without amendment marks, and the marks and footnotes.

    A footnote goes on over lines until its sentence ends, and under a heading "Footnotes" until the next heading; the
    heading of a unit ends it in any case.
    """
    marks = AmendmentMarks()
    rest: list[IndianLine] = []
    unit = ""
    goes_on = under_heading = False
    for line in lines:
        head = _unit_heading(line)
        if head or line.bold:
            goes_on = under_heading = False
        unit = head or unit
        if _FOOTNOTES.fullmatch(line.text):
            under_heading = True
            marks.notes.append(Note("footnotes", line.text))
        elif _OMISSION.fullmatch(line.text):
            marks.notes.append(Note("omission mark", line.text))
            if number := re.match(r"\^?(\d{1,3})", line.text):
                marks.units.setdefault(number[1], unit)
        elif _FOOTNOTE.match(line.text) or (under_heading and (_OPENS_FOOTNOTE.match(line.text) or not goes_on)):
            marks.add_footnote(unit, line.text)
            goes_on = under_heading or not line.text.endswith((".", ")"))
        elif goes_on and not line.fresh:
            marks.extend_footnote(line.text)
            goes_on = under_heading or not line.text.endswith((".", ")"))
        else:
            goes_on = False
            rest.append(replace(line, text=_without_mark(line.text, marks, unit)))
    if marks.numbers:
        marks.notes.append(Note("amendment marks", " ".join(marks.numbers)))
    return [line for line in rest if line.text], marks


def _unit_heading(line: IndianLine) -> str:
    """Return the number of a line that surely is the heading of a unit, or nothing."""
    head = unit_of(line)
    if head is None or _FOOTNOTE.match(line.text):
        return ""
    return head[0] if starts_anew(head[2]) or (line.bold and not head[1][:1].isdigit()) else ""


def _without_mark(text: str, marks: AmendmentMarks, unit: str) -> str:
    """Drop the marks of *text*; across lines it is remembered which open bracket is a mark."""
    text = _RAISED_MARK.sub(lambda match: f"^{match[0].translate(_RAISED)}", text)
    if not marks.open_marks and not _MARK.search(text):
        return text
    parts, place = [], 0
    for match in _EDGE.finditer(text):
        edge = match[0]
        mark = len(edge) > 1
        closes = edge == "]" and bool(marks.open_marks) and marks.open_marks.pop()
        if edge[-1] == "[":
            marks.open_marks.append(mark)
        if mark:
            marks.add_mark("".join(filter(str.isdigit, edge)), unit)
        if mark or closes:
            parts.append(text[place : match.start()])
            place = match.end()
    return "".join([*parts, text[place:]]).strip()
