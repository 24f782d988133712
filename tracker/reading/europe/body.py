"""Give a provision its text and children from the lines that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from storage.records import ProvisionKind
from tracker.reading.europe.lines import EuropeanLine, Role, bare, clean_lines, split_number
from tracker.reading.europe.quotations import fold
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_COUNT = re.compile(r"(\d{1,3})([a-zA-Z]{0,2})")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")


@dataclass(slots=True)
class _EuropeGroup:
    """One unnumbered paragraph: its text, and the lists and table rows under it."""

    text: str = ""
    below: list[EuropeanLine] = field(default_factory=list)


def fill(owner: Draft, lines: Sequence[EuropeanLine]) -> None:
    """Put *lines* into *owner*: numbered paragraphs, unnumbered paragraphs, points, indents and table rows."""
    lines = _split_numbers(fold(_under_decimals(_with_labels(lines))))
    first = next((i for i, line in enumerate(lines) if line.role is Role.PARAGRAPH), len(lines))
    _put(owner, lines[:first], 0, K.PARAGRAPH)
    while first < len(lines):
        head = lines[first]
        end = next((i for i in range(first + 1, len(lines)) if lines[i].role is Role.PARAGRAPH), len(lines))
        paragraph = Draft(K.PARAGRAPH, bare(head.label), head.label)
        own = [EuropeanLine(Role.TEXT, head.text, "", 0)] if head.text else []
        _put(paragraph, [*own, *lines[first + 1 : end]], 0, K.SUBPARAGRAPH)
        owner.children.append(paragraph)
        first = end


def _with_labels(lines: Sequence[EuropeanLine]) -> list[EuropeanLine]:
    """Join a label with the text that follows it at its own depth."""
    lines_out: list[EuropeanLine] = []
    for line in lines:
        last = lines_out[-1] if lines_out else None
        awaits_text = last is not None and last.role in {Role.POINT, Role.PARAGRAPH} and not last.text
        if last is not None and awaits_text and line.role is Role.TEXT and line.depth == last.depth:
            last.text = line.text
        else:
            lines_out.append(replace(line))
    return lines_out


def _under_decimals(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Nest what follows a point such as "3.1.": some renderings do so themselves, others only set it below."""
    under = False
    for line in lines:
        decimal = line.role is Role.POINT and _DECIMAL.fullmatch(line.label) is not None
        if decimal:
            under = line.depth == 1
        elif under and (line.depth == 0 or (line.depth == 1 and line.role is Role.POINT)):
            line.depth += 1
    return lines


def _split_numbers(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Take the number off a paragraph; where no wide space follows it, only when it continues the count."""
    next_count = 1
    for line in lines:
        if line.role is Role.TEXT and line.depth == 0:
            parts = split_number(line.text) or _next_number(line.text, next_count)
            if parts:
                line.role, (line.label, line.text) = Role.PARAGRAPH, parts
        elif line.role is Role.PARAGRAPH and line.label[:1] in "“‘„«»”’\"'":
            line.role, line.text, line.label = Role.TEXT, line.full, ""
        number = _COUNT.fullmatch(bare(line.label)) if line.role is Role.PARAGRAPH else None
        next_count = int(number[1]) + 1 if number else next_count
    return lines


def _next_number(text: str, next_count: int) -> tuple[str, str] | None:
    """Return label and text of a paragraph that is next, or follows what was deleted or inserted ("3." after "1a.")."""
    parts = split_number(text, loosely=True)
    number = _COUNT.fullmatch(bare(parts[0])) if parts else None
    if number is None:
        return None
    first = next_count if not number[2] else next_count - 1
    return parts if first <= int(number[1]) <= (1 if next_count == 1 else next_count + 3) else None


def _put(owner: Draft, lines: Sequence[EuropeanLine], depth: int, kind: ProvisionKind) -> None:
    groups = _groups(lines, depth)
    if not groups:
        return
    if len(groups) == 1:
        owner.text = clean_lines(groups[0].text)
        owner.children.extend(_below(groups[0].below))
        return
    if kind is K.WRAPUP and len(groups) == 2 and groups[0].below and not groups[1].below:
        owner.text = clean_lines(groups[0].text)
        owner.children.extend(_below(groups[0].below))
        owner.children.append(Draft(K.WRAPUP, text=clean_lines(groups[1].text)))
        return
    for group in groups:
        child = Draft(K.SUBPARAGRAPH if kind is K.WRAPUP else kind, text=clean_lines(group.text))
        child.children.extend(_below(group.below))
        owner.children.append(child)


def _groups(lines: Sequence[EuropeanLine], depth: int) -> list[_EuropeGroup]:
    groups: list[_EuropeGroup] = []
    for line in lines:
        if line.role is Role.TEXT and line.depth <= depth:
            groups.append(_EuropeGroup(line.text))
            continue
        if not groups:
            groups.append(_EuropeGroup())
        groups[-1].below.append(line)
    return groups


def _below(lines: Sequence[EuropeanLine]) -> list[Draft]:
    """Return the points and rows that *lines* make."""
    drafts: list[Draft] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.role is Role.ROW:
            drafts.append(Draft(K.PARAGRAPH, text=clean_lines(line.text)))
            index += 1
            continue
        end = index + 1
        while end < len(lines) and not _beside(lines[end], line):
            end += 1
        drafts.append(_point(line, lines[index + 1 : end]))
        index = end
    return drafts


def _beside(line: EuropeanLine, point: EuropeanLine) -> bool:
    """Return whether a line stands beside or above a point, not in it."""
    return line.depth < point.depth or (line.depth == point.depth and line.role is Role.POINT)


def _point(line: EuropeanLine, inner: Sequence[EuropeanLine]) -> Draft:
    point = Draft(K.POINT, bare(line.label), line.label)
    own = [EuropeanLine(Role.TEXT, line.text, "", line.depth)] if line.text else []
    _put(point, [*own, *inner], line.depth, K.WRAPUP)
    return point
