"""Find where a Chinese law begins: its first container or article, behind order, notice and contents list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from storage.records import ProvisionKind
from tracker.reading.china.annexes import annex_title
from tracker.reading.china.lines import RANK, classify, heading_number
from tracker.reading.china.payload import payload_flags
from tracker.reading.china.standard import first_clause
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.numbers import fold_number

K = ProvisionKind
_LEAST = 200
_LEAST_ACT = 60  # of an amendment or a decision: one paragraph is a whole act
_HEAD = 12  # lines of an order and its signature above the decision it issues
_AMENDS = re.compile(r"修正案|(?:修改|废止|停止).{0,80}(?:决定|决议)$")
_ACT = re.compile(r"(?:决定|决议|批复|解释|公告|通告|命令|修正案(?:[（(].{1,8}[）)])?)$")
_NOTICE = re.compile(r"(?:通知|意见|函|复函)$")
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[（(](?:19|20)[0-9]{2}[〕\]）)]\s*(?:第\s*)?[0-9]{1,4}\s*号|第[0-9一二三四五六七八九十百]{1,5}号$"
)
_ISSUES = re.compile(r"印发|发布|公布|颁布|征求意见")
_ABOUT = re.compile(r"征求意见|征集|公示|结果|举行|召开|开展|发布会|答记者问|解读|问答")


def first_provision(blocks: Sequence[Block], title: str, *, guidance: bool) -> int | None:
    """Return where the law begins, or None if there is none: its first container or article, past a table of contents.

    Without any article, first-level headings 一、二、三、 in sequence make a text of their own (two do in an act), and
    so do the clauses 1, 1.1, 2 of a standard and chapters alone. An act — by its *title* or number — and guidance may
    have no numbers at all.
    """
    own = articles(blocks)
    heads = [(i, head) for i, b in enumerate(blocks) if (head := heading_number(b))]
    numbers = [fold_number(head[0]) for _, head in heads]
    if len(own) >= 2:
        apart = numbers[:3] == ["1", "2", "3"] and _are_annexed(blocks, heads[2][0], own[0], title)
        return heads[0][0] if apart else containers_before(blocks, own[0])
    act = is_act(title, blocks)
    if numbers[:3] == ["1", "2", "3"] or (numbers[:2] == ["1", "2"] and (act or any(payload_flags(blocks)))):
        return heads[0][0]
    clause = first_clause(blocks)
    if clause is not None:
        return clause
    chapters = [i for i, b in enumerate(blocks) if classify(b, "").kind is K.CHAPTER]
    if own or len(chapters) >= 2:
        return containers_before(blocks, own[0]) if own else chapters[0]
    decision = _decision_under_order(blocks)
    if decision is not None and is_act("", blocks[decision:]):
        below = _first_sentence(blocks[decision:])
        return decision + below if below is not None else None
    return _first_sentence(blocks) if act else 0 if guidance and _size(blocks) >= _LEAST else None


def _decision_under_order(blocks: Sequence[Block]) -> int | None:
    """Return where the title of an amending decision stands below the order that issues it and its signature."""
    heads = enumerate(blocks[:_HEAD])
    return next((n for n, b in heads if n and len(b.text) <= 80 and _AMENDS.search(b.text)), None)


def _are_annexed(blocks: Sequence[Block], heading: int, article: int, title: str) -> bool:
    """Say whether the articles only stand in an annex of a document that has headings of its own.

    What a notice issues is the law itself, though it is annexed.
    """
    name = title or next((block.text for block in blocks[:1]), "")
    between = (annex_title(block.text) for block in blocks[heading:article])
    return not _ISSUES.search(name) and any(title_ is not None for title_ in between)


def is_act(title: str, blocks: Sequence[Block]) -> bool:
    """Say whether a page without numbers is an act all the same: a decision, a reply, or what has a document number."""
    name = title or (blocks[0].text if blocks and len(blocks[0].text) <= 80 else "")
    least = _LEAST_ACT if _AMENDS.search(name) else _LEAST
    if _ABOUT.search(name) or _size(blocks) < least:
        return False
    has_number = any(_DOCUMENT_NUMBER.search(block.text) for block in blocks[:8] if len(block.text) <= 60)
    return _ACT.search(name) is not None or (has_number and _NOTICE.search(name) is not None)


def _first_sentence(blocks: Sequence[Block]) -> int | None:
    return next((n for n, b in enumerate(blocks) if len(b.text) > 40 and b.text.endswith(("。", "："))), None)


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def has_articles(blocks: Sequence[Block]) -> bool:
    """Say whether *blocks* hold articles of their own, outside what they quote."""
    return len(list(islice(_article_places(blocks), 2))) == 2


def articles(blocks: Sequence[Block]) -> list[int]:
    """Return the places of the articles of *blocks* that stand outside a quotation."""
    return list(_article_places(blocks))


def _article_places(blocks: Sequence[Block]) -> Iterator[int]:
    if not any(block.text[:1] == "第" for block in blocks):
        return
    payload = payload_flags(blocks)
    last = ""
    for place, block in enumerate(blocks):
        line = None if payload[place] or block.text[:1] != "第" else classify(block, last)
        if line is not None and line.kind is K.ARTICLE:
            yield place
            last = fold_number(line.number)


def containers_before(blocks: Sequence[Block], first_article: int) -> int:
    """Return where the containers right above the first article begin: each ranks higher than the one below it.

    A contents list that ends right there repeats a rank and so stays outside.
    """
    start, rank = first_article, 9
    while start:
        above = blocks[start - 1]
        kind = classify(above, "").kind
        place, has_no_title = start - 1, kind is None and len(above.text) <= 40 and start >= 2
        if has_no_title and classify(blocks[start - 2], "").kind in RANK and not classify(blocks[start - 2], "").rest:
            place, kind = start - 2, classify(blocks[start - 2], "").kind  # the heading stands on a line of its own
        if kind not in RANK or RANK[kind] >= rank:
            break
        start, rank = place, RANK[kind]
    return start
