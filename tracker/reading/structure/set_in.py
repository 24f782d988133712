"""The words that an amending act sets into another law, where only straight marks tell where they begin and end."""

from __future__ import annotations

import re

_MARK = re.compile(r'"')
_SETS_IN = re.compile(r'\n[ \t\u00a0]{0,20}(?P<mark>")(?=[(\[\d*A-Z])')
_ANNOUNCES = ("—", "–", "-", ":")  # "namely:—", at the end of the line before
_ENDS_LINE = re.compile(r"[.;,]{0,2}\s*(?:\n|$)")
_LONGEST_SET_IN = 20_000
_NEAR = 8


def set_in_spans(text: str) -> list[tuple[int, int]]:
    """Return what stands between straight marks that open a line behind "namely:—" and close at a line's end.

    Marks inside it pair: the one that closes stands an odd number of marks behind the one that opens.
    """
    openings = {match.start("mark") for match in _SETS_IN.finditer(text) if _is_announced(text, match.start())}
    if not openings:
        return []
    spans: list[tuple[int, int]] = []
    nearest = [-1, -1]
    marks = [match.start() for match in _MARK.finditer(text)]
    for place in range(len(marks) - 1, -1, -1):
        closing = nearest[(place + 1) % 2]
        if marks[place] in openings and 0 <= closing - marks[place] <= _LONGEST_SET_IN:
            spans.append((marks[place], closing + 1))
        if _ENDS_LINE.match(text, marks[place] + 1):
            nearest[place % 2] = marks[place]
    return spans


def _is_announced(text: str, end: int) -> bool:
    return text[max(0, end - _NEAR) : end].rstrip().endswith(_ANNOUNCES)
