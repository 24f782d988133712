"""Hide what is quoted: the words an instrument inserts into another one are no provisions of its own."""

from __future__ import annotations

import re

from tracker.reading.india.text import fold_dashes
from tracker.reading.structure.set_in import set_in_spans

MASK_CHAR = "\ue000"  # a private character: no page prints it
_OPEN, _CLOSE = "“", "”"
_HALF_OPEN = re.compile(r"(“[^“”\"\n]{1,120})\"")  # gazettes mix the two kinds of mark
_HALF_CLOSED = re.compile(r"\"([^“”\"\n]{1,120}”)")
_STRAIGHT = re.compile(r'"[^"\n]{1,200}"')
_DOUBLED = (("‘‘", "““"), ("’’", "””"), ("``", "““"), ("''", "””"))


def mask(text: str) -> str:
    """Return *text*, character for character, with dashes folded and everything inside quotation marks HIDDEN.

    Quotation marks nest while they balance; where they do not, a quotation ends at the first closing mark, or with
    its paragraph.
    """
    for typed, printed in _DOUBLED:
        text = text.replace(typed, printed)
    text = _HALF_OPEN.sub("\\1”", _HALF_CLOSED.sub("“\\1", text))
    spans = _nested_spans(text) if text.count(_OPEN) == text.count(_CLOSE) else None
    characters = list(fold_dashes(text))
    for start, end in _plain(text) if spans is None else spans:
        characters[start:end] = MASK_CHAR * (end - start)
    for start, end in set_in_spans("".join(characters)):
        characters[start:end] = MASK_CHAR * (end - start)
    for match in _STRAIGHT.finditer("".join(characters)):
        characters[match.start() : match.end()] = MASK_CHAR * (match.end() - match.start())
    return "".join(characters)


def _nested_spans(text: str) -> list[tuple[int, int]] | None:
    spans, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char == _OPEN:
            start = start if depth else place
            depth += 1
        elif char == _CLOSE:
            depth -= 1
            if depth < 0:
                return None
            if depth == 0:
                spans.append((start, place + 1))
    return spans


def _plain(text: str) -> list[tuple[int, int]]:
    spans, place = [], 0
    while (start := text.find(_OPEN, place)) >= 0:
        closing = text.find(_CLOSE, start)
        next_open = text.find(_OPEN, start + 1)
        if closing < 0 or (0 <= next_open < closing and "\n" in text[start:next_open]):
            line = text.find("\n", start)
            closing = (line if line >= 0 else len(text)) - 1
        spans.append((start, closing + 1))
        place = closing + 1
    return spans
