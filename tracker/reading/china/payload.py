"""Find what a decision quotes: the words it puts into another law are no provisions of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.china.lines import heading_number
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.numbers import fold_number

_AMENDS = re.compile(r"(?:修改为|增加|作为|改为|合并|拆分|表述为)[^“”]{0,60}“|^“第[^“”]{1,12}条")
_ANNOUNCES = re.compile(r"(?:修改为|作为第[^“”。]{1,20}[条款项]|增加[^“”。]{1,20}[条款项章节])[：:]$")


def payload_flags(blocks: Sequence[Block]) -> list[bool]:
    """Say for each of *blocks* whether it begins inside what an amending decision quotes.

    Every paragraph of a quotation opens with “ and only the last one closes. A quotation left open by mistake ends
    at the next heading 一、二、 in sequence.
    """
    inside: list[bool] = []
    depth, head, announces = 0, 0, False
    for block in blocks:
        number = heading_number(block)
        if number is not None and fold_number(number[0]) == str(head + 1):
            depth, head = 0, head + 1
        starts = announces and block.text.startswith("“")
        inside.append(depth > 0 or starts)
        if depth or starts or (head and _AMENDS.search(block.text)):
            depth = _depth(block.text, depth)
        announces = bool(head) and _ANNOUNCES.search(block.text) is not None
    return inside


def _depth(text: str, depth: int) -> int:
    if depth and text.startswith("“"):
        text = text[1:]  # a further paragraph of the same quotation opens again without closing
    for char in text:
        if char == "“":
            depth += 1
        elif char == "”" and depth:
            depth -= 1
    return depth
