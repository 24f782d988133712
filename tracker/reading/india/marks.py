"""Take out the marks of a consolidated text: ``1[…]`` around what was changed, and the footnotes that say how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storage.records import Note
from tracker.reading.india.line import IndianLine

_MARK = re.compile(r"(?<![\w.)])(\d{1,3})\[(?=[\w(“\"‘*])")
_EDGE = re.compile(r"(?<![\w.)])\d{1,3}\[(?=[\w(“\"‘*])|[\[\]]")
_FOOTNOTE = re.compile(
    r"\d{1,3}\.?\s*(?:Subs|Ins|Rep|Omitted|Added)\.?\s+(?:by|vide|with)\b"
    r"|\d{1,3}\.\s*(?:The\s+(?:words?|proviso|Explanation|figures?|letters?|brackets)|Clauses?|Sections?|Sub-sections?|Rules?|Sub-rules?|"
    r"Provisos?|Explanation|Entr(?:y|ies)|Items?)\b[^.]{0,200}?\b(?:omitted|subs\.|ins\.|renumbered|substituted|inserted)(?:\s+as\b.{0,60})?\s+by\b"
    r"|\d{1,3}\.\s*\d{1,2}(?:st|nd|rd|th)\s+\w+,?\s+\d{4},?\s*(?:vide|see)\b"
    r"|\d{1,3}\.\s*(?:Vide|W\.e\.f\.|Ibid)\b",
    re.I,
)
_OMISSION = re.compile(r"(?:\d{1,3}\s*\[?)?\*(?:\s*\*){2,}\s*\]?")


def without_marks(lines: Sequence[IndianLine]) -> tuple[list[IndianLine], list[Note]]:
    """Return *lines* without amendment marks, and the marks and footnotes as notes."""
    rest: list[IndianLine] = []
    notes: list[Note] = []
    numbers: list[str] = []
    open_marks: list[bool] = []
    footnote = False
    for line in lines:
        if _OMISSION.fullmatch(line.text):
            notes.append(Note("omission mark", line.text))
        elif _FOOTNOTE.match(line.text):
            notes.append(Note("footnote", line.text))
            footnote = not line.text.endswith((".", ")"))
        elif footnote and not line.fresh:
            notes[-1] = Note("footnote", f"{notes[-1].text} {line.text}")
            footnote = not line.text.endswith((".", ")"))
        else:
            footnote = False
            rest.append(replace(line, text=_without_mark(line.text, numbers, open_marks)))
    if numbers:
        notes.append(Note("amendment marks", " ".join(numbers)))
    return [line for line in rest if line.text], notes


def _without_mark(text: str, numbers: list[str], open_marks: list[bool]) -> str:
    """Drop the marks of *text*; *open_marks* remembers, across lines, which open bracket is a mark."""
    if not open_marks and not _MARK.search(text):
        return text
    parts, place = [], 0
    for match in _EDGE.finditer(text):
        mark = match[0][-1] == "[" and len(match[0]) > 1
        closes = match[0] == "]" and bool(open_marks) and open_marks.pop()
        if match[0][-1] == "[":
            open_marks.append(mark)
        if mark:
            numbers.append(match[0][:-1])
        if mark or closes:
            parts.append(text[place : match.start()])
            place = match.end()
    return "".join([*parts, text[place:]]).strip()
