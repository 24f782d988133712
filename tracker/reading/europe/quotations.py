"""Text quoted from another act is payload: it stays with the words that introduce it and never becomes structure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.europe.lines import (
    QUOTATION_BREAK,
    STRUCTURE,
    EuropeanLine,
    Role,
    clean,
    split_marker,
    split_number,
)

_CLOSERS = {"“": "”“", "‘": "’‘", "„": "“”", "‚": "‘’", "«": "»", "»": "«", '"': '"', "'": "'"}
CLOSES = re.compile(r"[”’“‘»«\"'][\s]*[;.,]?[\s\"']*$")
_FARTHEST = 2000
_BEFORE = STRUCTURE | {Role.HEADER, Role.MARK, Role.FOOTNOTE, Role.SITE}


def flatten(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Return *lines* with the titles inside a quotation turned into plain text.

    A quotation is recognised by a title that begins with a quotation mark ("‘Article 5a"); it ends with the first
    line that ends with one. A file that holds nothing but an annex to be put in is read as that annex.
    """
    index, in_act = 0, False
    while index < len(lines):
        line = lines[index]
        in_act = in_act or line.role not in _BEFORE
        if in_act and line.role in STRUCTURE and line.text.lstrip()[:1] in _CLOSERS:
            end = _end(lines, index, lambda _: False)
            for inner in lines[index : (end if end is not None else index) + 1]:
                if inner.role in STRUCTURE or inner.role is Role.GROUP:
                    inner.role = Role.TEXT
            index = end if end is not None else index
        index += 1
    return lines


def fold(lines: Sequence[EuropeanLine]) -> list[EuropeanLine]:
    """Return the lines of one provision with every quotation joined to the line that introduces it."""
    folded_lines: list[EuropeanLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if folded_lines and _opens(line, folded_lines[-1]):
            end = _closes_at(lines, index)
            folded_lines[-1].text = QUOTATION_BREAK.join(
                [folded_lines[-1].text, *(inner.full for inner in lines[index : end + 1])]
            )
            index = end + 1
            continue
        folded_lines.append(line)
        index += 1
    return folded_lines


def _opens(line: EuropeanLine, before: EuropeanLine) -> bool:
    text = clean(line.full)
    opener = text[:1]
    if opener not in _CLOSERS or not clean(before.text).endswith(":") or before.depth > line.depth:
        return False
    rest = text[1:]
    if split_number(rest) or split_marker(rest) or line.label[:1] == opener:
        return True
    return CLOSES.search(rest) is not None or not _closed_within(rest, _CLOSERS[opener])


def _closed_within(text: str, closers: str) -> bool:
    return any(
        char in closers and not (char in "’'" and text[place + 1 : place + 2].isalpha())
        for place, char in enumerate(text)
    )


def _closes_at(lines: Sequence[EuropeanLine], start: int) -> int:
    first = lines[start]

    def beyond(line: EuropeanLine) -> bool:
        sibling = line.role is Role.POINT and line.depth <= first.depth and first.role is not Role.POINT
        return line.depth < first.depth or (first.depth > 0 and sibling)

    end = _end(lines, start, beyond)
    if end is not None:
        return end
    if first.depth == 0:
        return start
    last = start
    while last + 1 < len(lines) and not beyond(lines[last + 1]):
        last += 1
    return last


def _end(lines: Sequence[EuropeanLine], start: int, beyond: object) -> int | None:
    assert callable(beyond)
    for index in range(start, min(len(lines), start + _FARTHEST)):
        if index > start and beyond(lines[index]):
            return None
        if CLOSES.search(lines[index].text):
            return index
    return None
