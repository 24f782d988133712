"""Break text that lost its line ends — a page saved as one line — where the law's own numbers say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.blocks import Block
from tracker.reading.numbers import CHINESE

_BREAK = re.compile(
    rf"(?<=[\s\u3000])(?=第[{CHINESE}]{{1,9}}[条章节编](?:之[{CHINESE}]{{1,3}})?[\s\u3000])"
    rf"|(?<=[：；。])[\s\u3000]+(?=[（(][{CHINESE}]{{1,3}}[）)])"
    r"|(?<=[。；：])[\s\u3000]+(?=\S)"
)
_ARTICLES = re.compile(rf"第[{CHINESE}]{{1,9}}条[\s\u3000]")


def split_running_text(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return *blocks* with every block that holds several articles broken at articles, chapters and sentences' ends."""
    out: list[Block] = []
    for block in blocks:
        if len(_ARTICLES.findall(block.text)) < 2:
            out.append(block)
            continue
        out.extend(Block(part.strip()) for part in _BREAK.split(block.text) if part and part.strip())
    return tuple(out)
