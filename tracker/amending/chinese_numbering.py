"""Chinese numbering: new provisions get the number they will bear, the others count on, and references follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from storage.records import ProvisionKind
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key, place_for
from tracker.amending.operations import Action, Instruction, Level
from tracker.amending.tree import LawNode, TextGroup, put_below
from tracker.reading.china.cite import to_chinese
from tracker.reading.structure.numbers import chinese_to_int

K = ProvisionKind
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千两\d]+")
_REFERENCE = re.compile(r"(《[^》]*》(?:的)?)?第([〇零一二三四五六七八九十百千两]+)条(之[一二三四五六七八九十]+)?")
_LIST = re.compile(r"(?:[、和及至到]|以及)$")
_OTHER = re.compile(r"(?:法|条例|规定|办法|决定)$")
_OWN = re.compile(r"本(?:法|条例|规定|办法|决定|规则)$")


def insert_counted(spot: Spot, anchor: Spot | None, text: LawNode, instruction: Instruction) -> None:
    """Put new 条, 款 or 项 where their number says; the settling of all numbers comes last."""
    if instruction.level is Level.UNIT:
        _insert_articles(spot, text, instruction)
    elif instruction.level is Level.SUBPARAGRAPH:
        _insert_paragraphs(spot, anchor, text, instruction)
    elif instruction.level is Level.POINT:
        _insert_items(spot, text, instruction)
    else:
        raise AbstainError("a chapter or section is not put in")


def _insert_articles(spot: Spot, text: LawNode, instruction: Instruction) -> None:
    root = spot.node
    while root.parent is not None:
        root = root.parent
    new = [node for node in text.below() if node.kind is K.ARTICLE]
    if not new:
        if not instruction.number:
            raise AbstainError("which number the new article bears is not said")
        new = [LawNode(K.ARTICLE, instruction.number, _label(instruction.number), groups=text.groups)]
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


def _label(number: str) -> str:
    head, _, tail = number_key(number).partition("-")
    return f"第{to_chinese(int(head))}条" + (f"之{to_chinese(int(tail))}" if tail else "")


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
    for count, item in enumerate([child for child in groups[0].below if child.kind is K.ITEM], 1):
        _give_number(item, count, items[0].label)
    _end_items(groups[0])


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


def settle_articles(
    root: LawNode, instructions: Sequence[Instruction], open_at: Mapping[int, str], *, follow: bool
) -> dict[int, str]:
    """Give every article the number it bears after all changes; return the instructions whose numbers do not agree."""
    articles = [node for node in root.walk() if node.kind is K.ARTICLE]
    new = [node for node in articles if not node.origin and "-" not in number_key(node.number)]
    statements = _stated_numbers(instructions, open_at)
    if not new and not statements and not follow:
        return {}
    if not follow and not statements:
        return _collisions(articles, new, instructions, open_at)
    order = _in_final_order(articles, new)
    if order is None:
        return _all_insertions(instructions, open_at, "the new numbers leave a gap")
    numbers = _count(order)
    wrong = {
        place: f"it would become Article {numbers.get(old, '—')}, not {target}"
        for place, old, target in statements
        if numbers.get(old) != target
    }
    if wrong:
        return _all_insertions(instructions, open_at, "the numbers after it do not agree") | wrong
    _put_in_order(order, new)
    moves = {old: number for old, number in numbers.items() if old != number}
    for node in order:
        _renumber(node, numbers.get(_old(node), number_key(node.number)))
    if moves:
        _follow(root, moves)
    return {}


def _stated_numbers(instructions: Sequence[Instruction], open_at: Mapping[int, str]) -> list[tuple[int, str, str]]:
    return [
        (place, instruction.target[-1].numbers[0][0], instruction.number)
        for place, instruction in enumerate(instructions)
        if instruction.action is Action.RENUMBER
        and place not in open_at
        and instruction.level is Level.UNIT
        and instruction.target
        and instruction.target[-1].level is Level.UNIT
    ]


def _old(node: LawNode) -> str:
    return node.origin.removeprefix("art_")


def _collisions(
    articles: Sequence[LawNode], new: Sequence[LawNode], instructions: Sequence[Instruction], open_at: Mapping[int, str]
) -> dict[int, str]:
    numbers_in_use = {_old(node) for node in articles if node.origin}
    if any(number_key(node.number) in numbers_in_use for node in new):
        return _all_insertions(instructions, open_at, "the number is taken and the others are not said to count on")
    return {}


def _all_insertions(instructions: Sequence[Instruction], open_at: Mapping[int, str], why: str) -> dict[int, str]:
    moving_actions = {Action.INSERT, Action.RENUMBER, Action.DELETE}
    return {
        place: why
        for place, instruction in enumerate(instructions)
        if instruction.action in moving_actions and place not in open_at and _is_of_articles(instruction)
    }


def _is_of_articles(instruction: Instruction) -> bool:
    level = instruction.level if instruction.action is Action.INSERT else None
    return level is Level.UNIT or bool(instruction.target and instruction.target[-1].level is Level.UNIT)


def _in_final_order(articles: Sequence[LawNode], new: Sequence[LawNode]) -> list[LawNode] | None:
    """Return the articles in their final order: the new ones at their numbers, the others filling up around them."""
    at = {int(number_key(node.number)): node for node in new}
    rest = [node for node in articles if node not in new]
    order: list[LawNode] = []
    count = 0
    while rest or at:
        count += 1
        if count in at:
            order.append(at.pop(count))
            continue
        if not rest:
            return None
        order.append(rest.pop(0))
        while rest and "-" in number_key(rest[0].number):  # 第五条之一 counts with 第五条
            order.append(rest.pop(0))
    return order


def _count(order: Sequence[LawNode]) -> dict[str, str]:
    numbers: dict[str, str] = {}
    count = 0
    for node in order:
        is_insertion = "-" in number_key(node.number)
        count += not is_insertion
        number = f"{count}-{number_key(node.number).partition('-')[2]}" if is_insertion else str(count)
        if node.origin:
            numbers[_old(node)] = number
    return numbers


def _put_in_order(order: Sequence[LawNode], new: Sequence[LawNode]) -> None:
    for before, node in zip([None, *order], order, strict=False):
        if node not in new or node.group is None:
            continue
        node.group.below.remove(node)
        neighbour = before if before is not None else order[1]
        group = neighbour.group
        if group is not None:
            put_below(group, node, group.below.index(neighbour) + (before is not None))


def _renumber(node: LawNode, number: str) -> None:
    if number_key(node.number) != number:
        node.label = re.sub(r"第[^条]+条(?:之[一二三四五六七八九十]+)?", _label(number), node.label) or _label(number)
        node.number = number


def _follow(root: LawNode, moves: Mapping[str, str]) -> None:
    """Let references to renumbered articles follow, in words the decision left as they were."""
    for group in Spot(root).texts():
        if not group.fresh and "条" in group.text:
            group.text = _follow_in(group.text, moves)


def _follow_in(text: str, moves: Mapping[str, str]) -> str:
    result: list[str] = []
    end, foreign = 0, False
    for hit in _REFERENCE.finditer(text):
        before = text[end : hit.start()]
        in_chain = bool(result) and len(before) <= _CHAIN and _LIST.search(before) is not None
        is_named_law = _OTHER.search(before) is not None and _OWN.search(before) is None
        foreign = bool(hit[1]) or is_named_law or (foreign and in_chain)
        value = chinese_to_int(hit[2])
        key = str(value) if not hit[3] else f"{value}-{chinese_to_int(hit[3][1:])}"
        result += [before, hit[0] if foreign or key not in moves else (hit[1] or "") + _label(moves[key])]
        end = hit.end()
    return "".join([*result, text[end:]])


_CHAIN = 12
