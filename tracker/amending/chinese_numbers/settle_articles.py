"""Settle Chinese numbers: every article gets the one it bears after all changes, and references follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from storage.records import ProvisionKind
from tracker.amending.chinese_numbers.article_label import article_label
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key
from tracker.amending.operations import Action, Instruction, Level
from tracker.amending.tree import LawNode, put_below
from tracker.reading.structure.numbers import chinese_to_int

K = ProvisionKind
_REFERENCE = re.compile(r"(《[^》]*》(?:的)?)?第([〇零一二三四五六七八九十百千两]+)条(之[一二三四五六七八九十]+)?")
_LIST = re.compile(r"(?:[、和及至到]|以及)$")
_OTHER = re.compile(r"(?:法|条例|规定|办法|决定)$")
_OWN = re.compile(r"本(?:法|条例|规定|办法|决定|规则)$")


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
        if node not in new or node.group is None or _is_in_new_division(node):
            continue
        node.group.below.remove(node)
        neighbour = before if before is not None else order[1]
        group = neighbour.group
        if group is not None:
            put_below(group, node, group.below.index(neighbour) + (before is not None))


def _is_in_new_division(node: LawNode) -> bool:
    """Return whether an article came with the chapter that holds it: it stays there."""
    return node.parent is not None and node.parent.kind is not K.BOOK and not node.parent.origin


def _renumber(node: LawNode, number: str) -> None:
    if number_key(node.number) != number:
        label = article_label(number)
        node.label = re.sub(r"第[^条]+条(?:之[一二三四五六七八九十]+)?", label, node.label) or label
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
        result += [before, hit[0] if foreign or key not in moves else (hit[1] or "") + article_label(moves[key])]
        end = hit.end()
    return "".join([*result, text[end:]])


_CHAIN = 12
