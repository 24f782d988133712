"""Put new Chinese provisions where their number says: 条, 款, 项 and whole chapters."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.amending.chinese_numbers.article_label import article_label
from tracker.amending.chinese_numbers.insert_divisions import insert_divisions
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key, place_for
from tracker.amending.operations import Instruction, Level
from tracker.amending.tree import LawNode, TextGroup, put_below
from tracker.reading.china.cite import to_chinese

K = ProvisionKind
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千两\d]+")


def insert_counted(spot: Spot, anchor: Spot | None, text: LawNode, instruction: Instruction) -> None:
    """Put new 条, 款 or 项 where their number says; the settling of all numbers comes last."""
    if instruction.level is Level.UNIT:
        _insert_articles(spot, text, instruction)
    elif instruction.level is Level.SUBPARAGRAPH:
        _insert_paragraphs(spot, anchor, text, instruction)
    elif instruction.level is Level.POINT:
        _insert_items(spot, text, instruction)
    else:
        insert_divisions(spot, anchor, text, instruction)


def _insert_articles(spot: Spot, text: LawNode, instruction: Instruction) -> None:
    root = spot.node
    while root.parent is not None:
        root = root.parent
    new = [node for node in text.below() if node.kind is K.ARTICLE]
    if not new:
        if not instruction.number:
            raise AbstainError("which number the new article bears is not said")
        new = [LawNode(K.ARTICLE, instruction.number, article_label(instruction.number), groups=text.groups)]
        for group in text.groups:
            group.owner = new[0]
    articles = [node for node in root.walk() if node.kind is K.ARTICLE]
    for node in new:
        if "-" in number_key(node.number):
            place = place_for(node.number, [article.number for article in articles])
            beside = articles[place - 1].group
            if beside is not None:
                put_below(beside, node, beside.below.index(articles[place - 1]) + 1)
        else:
            last = articles[-1].group
            if last is not None:
                put_below(last, node, len(last.below))


def _insert_paragraphs(spot: Spot, anchor: Spot | None, text: LawNode, instruction: Instruction) -> None:
    node, new = spot.node, text.shown_groups
    visible = node.shown_groups
    if node.kind is not K.ARTICLE or not new:
        raise AbstainError("where the new paragraph goes is not sure")
    place = int(instruction.number) - 1 if instruction.number.isdecimal() else len(visible)
    if anchor is not None and anchor.group is not None and not instruction.number:
        place = visible.index(anchor.group) + 1
    if place > len(visible):
        raise AbstainError(f"there are only {len(visible)} paragraphs there")
    at = node.groups.index(visible[place]) if place < len(visible) else len(node.groups)
    for offset, group in enumerate(new):
        group.kind = K.PARAGRAPH
        node.adopt(group, at + offset)
    node.is_amended = True


def _insert_items(spot: Spot, text: LawNode, instruction: Instruction) -> None:
    new = [node for node in text.below() if node.kind is K.ITEM]
    groups = [group for group in spot.groups if any(child.kind is K.ITEM for child in group.below)]
    if len(groups) != 1 or not new:
        raise AbstainError("where the new item goes is not sure")
    items = [child for child in groups[0].below if child.kind is K.ITEM]
    number = new[0].number or instruction.number
    if not number:
        raise AbstainError("which number the new item bears is not said")
    place = int(number_key(number)) - 1
    if not 0 <= place <= len(items) or [int(number_key(item.number)) for item in items] != list(
        range(1, len(items) + 1)
    ):
        raise AbstainError("the items do not count up to the new one")
    at = groups[0].below.index(items[place]) if place < len(items) else groups[0].below.index(items[-1]) + 1
    for offset, node in enumerate(new):
        put_below(groups[0], node, at + offset)
    count_items(groups[0])
    _end_items(groups[0])


def count_items(group: TextGroup) -> None:
    """Give the items of a list the numbers they bear after one was put in or taken out."""
    items = [child for child in group.below if child.kind is K.ITEM]
    for count, item in enumerate(items, 1):
        _give_number(item, count, items[0].label)


def _give_number(item: LawNode, count: int, like: str) -> None:
    label = item.label or like
    numeral = to_chinese(count) if not any(char.isdecimal() and char.isascii() for char in label) else str(count)
    item.label, item.number = _NUMERAL.sub(numeral, label, count=1), numeral


def _end_items(group: TextGroup) -> None:
    """End all items but the last in a semicolon, as Chinese lists do."""
    items = [child for child in group.below if child.kind is K.ITEM]
    for item in items[:-1]:
        last = item.groups[-1]
        if last.text.endswith("。"):
            last.text = f"{last.text[:-1]}；"
