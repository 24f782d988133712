"""Read the text a Chinese decision quotes into provisions, as the reader would in the position it will take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.amending.operations import Level
from tracker.amending.tree import LawNode, TextGroup, from_draft
from tracker.reading.china.body import build
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.draft import Draft, Extract

K = ProvisionKind
_ARTICLE = re.compile(r"^第[〇零一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?[\s\u3000]")
_CHAPTER = re.compile(r"^第[〇零一二三四五六七八九十百]+章[\s\u3000]")
_ITEM = re.compile(r"^[（(][一二三四五六七八九十\d]+[）)]")


def quoted_node(lines: Sequence[str], level: Level | None) -> LawNode:
    """Return a provision that holds what *lines* quote: whole articles and chapters, or the 款 and 项 of one."""
    lines_left = [line.strip() for line in lines if line.strip()]
    whole = bool(lines_left) and any(pattern.match(lines_left[0]) for pattern in (_ARTICLE, _CHAPTER))
    if level is Level.POINT and not whole and not _ITEM.match(lines_left[0]):
        return from_draft(Draft(K.ARTICLE, children=[Draft(K.ITEM, text=lines_left[0])]))
    if level is Level.POINT and not whole:
        lines_left.insert(0, "：")  # what announces a list
    if not whole:
        lines_left[0] = f"第一条　{lines_left[0]}"
    extract = Extract()
    build([Block(line) for line in lines_left], extract, guidance=False)
    node = from_draft(Draft(K.BOOK, children=extract.drafts) if whole else extract.drafts[0])
    node.number = node.label = ""
    for group in _all_groups(node):
        group.fresh = True
        group.text = "" if group.text == "：" else group.text
    return node


def _all_groups(node: LawNode) -> list[TextGroup]:
    return [group for inner in node.walk() for group in inner.groups]
