"""Find a heading that lost its label in what the page prints behind the heading of the last unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from storage.records import Provision
from tracker.reading.checks.evidence import BEGINS, Evidence, number_of
from tracker.reading.checks.tail import closed_up
from tracker.reading.structure.broken_references import ends_in_reference
from tracker.reading.structure.numbers import CHINESE, chinese_to_int

_CHINESE_LABEL = re.compile("[\u4e00-\u9fff]")
_ANCHORS = (90, 24)  # characters of the last unit's own words: as many as are found
_GAP = "[ \u00a0\u3000]"
_ODD = re.compile(
    rf"^[^\n。；，：]{{0,5}}?(?P<number>[{CHINESE}0-9](?:{_GAP}?[{CHINESE}0-9]){{0,8}}){_GAP}?条(?=\s|[‹«*])"
)
_BARE = re.compile(rf"^\W{{0,4}}[^\W\d_]?{_GAP}?条(?=\s|[‹«*])")
_INSIDE = re.compile(rf"(?<=[。；”])(?:{_GAP}|\*)*第(?P<number>[{CHINESE}]{{1,6}})条(?=\s|\*)")
_COMMENCES = re.compile(
    r"^.{0,16}?本(?:法|法典|条例|办法|规定|细则|规则|决定|解释|规范|措施|章程|通则|准则)自.{2,40}?(?:施行|生效|实施|执行)。?"
)
_NUMBERED = re.compile(r"^\W{0,4}(?P<number>\d{1,3})[A-Z]{0,2}[.,]\s?(?=[A-Z(“])")
_DASH = re.compile(r"^.{0,14}?[A-Z][^.;:—]{3,100}\.\s?(?:—|––|--)")
_IN_WORDS = re.compile(
    r"^\W{0,3}(?:(?:Section|Rule|Regulation|Article)\W{1,4}[A-Za-z]{3,12}\s[–—-]|[a-z]{3,12}\s[–—]\W{0,3}(?=[A-Z(]))"
)
_LOST_NUMBER = re.compile(r"^\W{0,3}(?:Section|Rule|Regulation|Article)\s*[:.–—-]*\s*(?:$|[A-Z])")
_MARKS = re.compile(r"^(?:\W{0,2}\^?\d{0,3}\[\s?){1,3}")  # ^1[ before what was inserted
_QUOTED = re.compile(r"^\W{0,3}[“\"‘`]")
_PROSE = re.compile(r"\b(?:shall|may|is|are|be|means|includes|has|have|was|were|hereby)\b|\d")
_NO_HEADING = re.compile(
    r"(?:Explanation|Illustration|Exception|Proviso|Note|Provided|Form|Table|Schedule|Annex|Footnote)", re.I
)
_SENTENCE = (".", "。", "”", ":", ";")
_STOPS = " .;,\u00a0"  # behind a quotation that closes
_LONGEST_TAIL = 300  # lines
_HEADING = 60
_MOST = 0.8  # of the units have a heading: then a line without one may be another's


def hidden_in(evidence: Evidence, units: Sequence[Provision], number: int, cuts: Sequence[str], aside: str) -> str:
    """Return a line behind the heading of the last of *units* that looks like that of *number*, or nothing.

    *cuts* are the labels behind which something else is printed, schedules and annexes; *aside* is what notes and the
    signature hold, as one line.
    """
    tail = [line for line in _tail(evidence, units[-1], cuts) if " ".join(line.split()) not in aside]
    label = units[-1].label
    found = _chinese(tail, number, label) if _CHINESE_LABEL.search(label) else _indian(tail, number, units)
    return next(iter(found), "")


def _tail(evidence: Evidence, unit: Provision, cuts: Sequence[str]) -> list[str]:
    """Return the lines from that which opens *unit* on, up to the first attachment, without quotations."""
    lines = evidence.lines
    start = next((at for length in _ANCHORS if (at := _opening(lines, unit, length)) >= 0), -1)
    if start < 0:
        return []
    end = min(
        (place for label in cuts if label and (place := lines.find(f"\n{label}", start)) >= 0), default=len(lines)
    )
    quoted = [(a, b) for a, b in evidence.quotations if b > start and a < end]
    shown, at = [], start
    for line in lines[start:end].split("\n"):
        if line.strip() and not any(a <= at and at + len(line.rstrip(_STOPS)) <= b for a, b in quoted):
            shown.append(line.strip())
        at += len(line) + 1
    return shown[:_LONGEST_TAIL]


def _opening(lines: str, unit: Provision, length: int) -> int:
    """Return where the first *length* characters of *unit* are printed for the last time, or -1."""
    parts = (part for p in unit.walk() for part in (p.label if p is not unit else "", p.heading, p.text) if part)
    words = " ".join(parts)[:length].split()
    found = list(re.finditer(r"\W{0,8}".join(map(re.escape, words)), lines)) if words else []
    return found[-1].start() if found else -1


def _chinese(tail: Sequence[str], number: int, label: str) -> Iterator[str]:
    commences_in_an_article = "条" in label  # a decision counts 一、二、三 and says without a number when it begins
    for place, line in enumerate(tail):
        odd = _ODD.match(line) if place else None
        if odd and _value(odd["number"]) in {number, None}:
            yield line
        if place and (_BARE.match(line) or (commences_in_an_article and _COMMENCES.match(line))):
            yield line
        for match in _INSIDE.finditer(line):
            if chinese_to_int(match["number"]) == number:
                yield line[match.start() :].strip()


def _value(text: str) -> int | None:
    bare = re.sub(_GAP, "", text)
    return int(bare) if bare.isdecimal() else chinese_to_int(bare)


def _indian(tail: Sequence[str], number: int, units: Sequence[Provision]) -> Iterator[str]:
    has_headings = sum(bool(unit.heading) for unit in units) > _MOST * len(units)
    seen = {number - 1}
    bare = [_MARKS.sub("", line) for line in tail]
    for before, line, after in zip(bare, bare[1:], [*bare[2:], ""], strict=False):
        begins, numbered = BEGINS.match(closed_up(line)), _NUMBERED.match(line)
        own = numbered is not None and int(numbered["number"]) == number - 1
        if own or _QUOTED.match(line) or _NO_HEADING.match(line) or ends_in_reference(before):
            continue
        stray = numbered is not None and int(numbered["number"]) > 1 and int(numbered["number"]) - 1 not in seen
        if numbered:
            seen.add(int(numbered["number"]))
        is_next = begins is not None and number_of(begins) == number
        is_heading = _DASH.match(line) or (has_headings and _is_heading(line, after))
        if stray or (_ends(before) and (is_next or is_heading)) or _IN_WORDS.match(line) or _LOST_NUMBER.match(line):
            yield line


def _ends(line: str) -> bool:
    return line.endswith(_SENTENCE)


def _is_heading(line: str, after: str) -> bool:
    bare = line.rstrip(".")
    is_title = 3 <= len(bare) <= _HEADING and bare[:1].isupper() and bare[-1:].isalpha() and len(bare.split()) <= 10
    return (
        is_title and not _PROSE.search(bare) and after[:1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ(" and len(after) > len(bare)
    )
