"""What an instruction quotes: words within the sentence, and lines set out below it."""

from __future__ import annotations

import re

_PAIRS = {"‘": "’", "“": '”"', "«": "»", "„": "“”", "‚": "‘’", '"': '"”', "»": "«", "「": "」"}
_END = re.compile(r"[’”»“\"'](?:\s*[.;,·])*\s*$")
OPENERS = frozenset("‘“«„")
MASK = re.compile(r"⟦(\d+)⟧")


def mask(text: str) -> tuple[str, list[str]]:
    """Return *text* with each quotation as a mark, and the words quoted; quotations within them stay in them.

    >>> mask("the words ‘the “Act”’ are replaced by ‘it’s’")
    ('the words ⟦0⟧ are replaced by ⟦1⟧', ['the “Act”', 'it’s'])
    """
    result: list[str] = []
    quotation: list[str] = []
    place = 0
    while place < len(text):
        char = text[place]
        end = _closes(text, place) if char in _PAIRS and _may_open(text, place) else -1
        if end < 0:
            result.append(char)
            place += 1
            continue
        result.append(f"⟦{len(quotation)}⟧")
        quotation.append(text[place + 1 : end].strip())
        place = end + 1
    return "".join(result), quotation


def _may_open(text: str, place: int) -> bool:
    return not (place and text[place - 1].isalnum() and text[place].isascii())


def _closes(text: str, start: int) -> int:
    opener, closers, depth = text[start], _PAIRS[text[start]], 0
    for place in range(start + 1, len(text)):
        char = text[place]
        if char == opener and opener not in closers:
            depth += 1
        elif char in closers:
            inside = char == "’" and text[place - 1].isalnum() and text[place + 1 : place + 2].isalpha()
            if inside:
                continue
            if depth == 0:
                return place
            depth -= 1
    return -1


def ends_quotation(lines: list[str]) -> bool:
    """Return whether the last of *lines* ends in a closing mark.

    >>> [ends_quotation(["‘1. One."]), ends_quotation(["‘1. One.", "2. Two.’;"])]
    [False, True]
    """
    return bool(lines) and _END.search(lines[-1]) is not None


_INNER = {"‘": ("“", "”"), "«": ("“", "”"), "„": ("‚", "‘"), "“": ("‘", "’")}
_WITHIN = {
    opener: re.compile(rf"{left}((?:[^{left}{right}]|(?<=\w){right}(?=\w))*)[{left}{right}]")
    for opener, (left, right) in _INNER.items()
}


def promote_marks(line: str, opener: str) -> str:
    """Return *line* with the marks of a quotation within a quotation as those of one that stands alone.

    >>> promote_marks("the acronym “CTB” is the issuer’s", "‘")
    'the acronym ‘CTB’ is the issuer’s'
    """
    pattern = _WITHIN.get(opener)
    return pattern.sub(lambda hit: f"{opener}{hit[1]}{_PAIRS[opener][0]}", line) if pattern else line


def strip_quotes(lines: list[str]) -> list[str]:
    """Return *lines* without the marks that open and close the quotation, and what stands behind it.

    >>> strip_quotes(["‘1. One.", "2. Two.’;"])
    ['1. One.', '2. Two.']
    """
    lines_left = [line.strip() for line in lines if line.strip()]
    if not lines_left:
        return []
    opener = lines_left[0][:1] if lines_left[0][:1] in _PAIRS else ""
    if opener:
        lines_left[0] = lines_left[0][1:].lstrip()
    closing_mark = _END.search(lines_left[-1])
    if closing_mark and not _opens_inside(lines_left[-1][: closing_mark.start()], lines_left[-1][closing_mark.start()]):
        lines_left[-1] = lines_left[-1][: closing_mark.start()].rstrip()
    return [promote_marks(line, opener) for line in lines_left if line]


def _opens_inside(before: str, closer: str) -> bool:
    """Return whether the last mark closes a quotation that was opened within the last line."""
    openers = [opener for opener, closers in _PAIRS.items() if closer in closers and opener != closer]
    return sum(before.count(opener) for opener in openers) > sum(
        1 for place, char in enumerate(before) if char == closer and not before[place + 1 : place + 2].isalpha()
    )
