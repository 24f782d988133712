"""Put a new Chinese chapter with its articles behind the ones before it; those behind count on."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key
from tracker.amending.operations import Instruction, Place
from tracker.amending.tree import LawNode, put_below
from tracker.reading.china.cite import to_chinese

K = ProvisionKind
_NUMBER = re.compile(r"第[^章节]+(?=[章节])")


def insert_divisions(spot: Spot, anchor: Spot | None, text: LawNode, instruction: Instruction) -> None:
    """Put in the one chapter that *text* is, at the number it bears; the chapters behind it count on."""
    new = list(text.below())
    if len(new) != 1 or new[0].kind is not K.CHAPTER or not any(True for _ in new[0].below()):
        raise AbstainError("the new chapter is not set out whole")
    chapter = new[0]
    siblings = _chapters_at(spot, instruction)
    group = siblings[0].group
    place = int(number_key(chapter.number)) - 1 if number_key(chapter.number).isdecimal() else -1
    numbers = [number_key(sibling.number) for sibling in siblings]
    if group is None or not 0 <= place <= len(siblings) or numbers != [str(n + 1) for n in range(len(siblings))]:
        raise AbstainError("the chapters do not count up to the new one")
    if anchor is not None and (instruction.place is not Place.AFTER or siblings[place - 1 : place] != [anchor.node]):
        raise AbstainError("the new chapter does not bear the number of its place")
    at = group.below.index(siblings[place - 1]) + 1 if place else group.below.index(siblings[0])
    put_below(group, chapter, at)
    for count, sibling in enumerate(siblings[place:], place + 2):
        sibling.number = to_chinese(count)
        sibling.label = _NUMBER.sub(f"第{to_chinese(count)}", sibling.label, count=1)


def _chapters_at(spot: Spot, instruction: Instruction) -> list[LawNode]:
    root = spot.node
    while root.parent is not None:
        root = root.parent
    chapters = [node for node in root.below() if node.kind is K.CHAPTER]
    if not chapters or (instruction.target and spot.node.kind is not K.CHAPTER):
        raise AbstainError("where the new chapter goes is not sure")
    return chapters
