"""Cite a Chinese provision as lawyers there do: 第五条第二款第三项."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.sibling_places import place_of

K = ProvisionKind
_DIGITS = "零一二三四五六七八九"


def cite(path: Sequence[Draft]) -> str:
    """Return the citation of the last of *path*; a 款 is counted by its place among its parent's."""
    return "".join(_step(path, depth) for depth in range(len(path)))


def to_chinese(value: int) -> str:
    """Return *value* (1 to 9999) in Chinese numerals.

    >>> [to_chinese(n) for n in (3, 10, 15, 20, 105, 120)]
    ['三', '十', '十五', '二十', '一百零五', '一百二十']
    """
    text, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if zero else "") + _DIGITS[digit] + sign
            zero = False
        elif text:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def _step(path: Sequence[Draft], depth: int) -> str:
    draft = path[depth]
    if draft.kind is K.PARAGRAPH and not draft.number:
        place = place_of(draft, path[depth - 1]) if depth else None
        return f"第{to_chinese(place.of_kind if place else 1)}款"
    if draft.kind is K.ITEM:
        return f"第{draft.number}项"
    if draft.kind is K.POINT:
        return f"第{draft.number}目"
    return (draft.label or draft.heading).replace(" ", "").replace("\u3000", "")
