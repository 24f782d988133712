"""Break text that lost its line ends — a page saved as one line — where the law's own numbers say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from storage.records import Note
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.numbers import CHINESE, chinese_to_int

_BREAK = re.compile(
    rf"(?<=[\s\u3000])(?=第[{CHINESE}]{{1,9}}[条章节编](?:之[{CHINESE}]{{1,3}})?[\s\u3000])"
    rf"|(?<=[：；。])[\s\u3000]+(?=[（(][{CHINESE}]{{1,3}}[）)])"
    r"|(?<=[。；：])[\s\u3000]+(?=\S)"
    rf"|(?<=[。；])(?=[{CHINESE}]{{1,3}}、)"
)
_ARTICLES = re.compile(rf"(?:^|[\s\u3000])第[{CHINESE}]{{1,9}}条[\s\u3000]")
_FIRST = re.compile(
    rf"(?:^|[\s\u3000])(?=第一(?:编|章)[\s\u3000]*(?:\S{{1,20}}[\s\u3000]+){{1,8}}?第[{CHINESE}]|第一条[\s\u3000])"
)
_TITLE_END = re.compile(r"^(.{4,120}?)[_|](?:中央网络安全|中国|国家|中华人民共和国|工业和信息化部|公安部)\S{0,40}$")
_FOOT = re.compile(r"(?:^|\s)(?:关闭|【?返回顶部】?|【?打印本页】?|主办单位：?|版权所有|京ICP备|©)(?=\s|\S)")
_LONG = 1_000
_LEAST = 3  # numbers, for a paragraph to be a whole decision
_COUNT_MARK = re.compile(rf"(?:^|(?<=[。；：:”）)\s\u3000]))(?P<number>[{CHINESE}]{{1,3}})、")
_ARTICLE_HEAD = re.compile(rf"第[{CHINESE}]{{1,9}}条[\s\u3000]")


def split_running_text(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str, list[Note]]:
    """Return *blocks* with every block that holds several articles broken where its numbers and sentences end.

    Also return the title of a page saved as one line, and its navigation and footer as furniture.
    """
    out: list[Block] = []
    title, furniture = "", []
    decision = _counted_block(blocks)
    for block in blocks:
        if block is decision:
            out.extend(Block(part) for part in _count(block.text))
            continue
        if len(_ARTICLES.findall(block.text)) >= 2 and len(block.text) > 200:
            head, law = _before_law(block.text)
            opening, title, around = _saved_page(head, title)
            law, foot = _footer(law)
            furniture += [Note("navigation", around)] if around else []
            furniture += [Note("footer", foot)] if foot else []
            out.extend(opening)
            out.extend(Block(part.strip()) for part in _BREAK.split(law) if part and part.strip())
        else:
            out.append(block)
    return tuple(out), title, furniture


def _counted_block(blocks: Sequence[Block]) -> Block | None:
    """Return the block that holds a whole decision — 一、… 二、… 三、… in one paragraph — where no article is."""
    longest = max(blocks, key=lambda block: len(block.text), default=None)
    total = sum(len(block.text) for block in blocks)
    if longest is None or len(longest.text) < total / 2 or len(_count(longest.text)) <= _LEAST:
        return None
    return None if any(_ARTICLE_HEAD.match(block.text) for block in blocks) else longest


def _count(text: str) -> list[str]:
    """Return *text* parted before 一、, 二、, 三、 … as far as they count on behind a sentence, outside quotations."""
    cuts, is_open, at = [0], 0, 0
    for match in _COUNT_MARK.finditer(text):
        if chinese_to_int(match["number"]) == len(cuts):
            start = match.start("number")
            is_open += text.count("“", at, start) - text.count("”", at, start)
            at = start
            cuts += [start] if is_open <= 0 else []
    return [part for a, b in pairwise([*cuts, len(text)]) if (part := text[a:b].strip())]


def _before_law(text: str) -> tuple[str, str]:
    first = _FIRST.search(text)
    return (text[: first.end()], text[first.end() :]) if first else ("", text)


def _saved_page(head: str, title: str) -> tuple[list[Block], str, str]:
    """Return the lines before the law, the page's title, and what stands before the last print of that title."""
    words = head.split()
    match = _TITLE_END.match(words[0]) if words else None
    around: list[str] = []
    if match:
        title = match[1]
        places = [place for place, word in enumerate(words) if word == title]
        if places:
            around, words = words[: places[-1]], words[places[-1] :]
    return [Block(word) for word in words], title, " ".join(around)


def _footer(law: str) -> tuple[str, str]:
    foot = _FOOT.search(law, max(0, len(law) - _LONG))
    return (law[: foot.start()], law[foot.start() :].strip()) if foot else (law, "")
