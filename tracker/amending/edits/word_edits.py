"""Put words in the place of others within a provision, a heading or a sentence: found as often as said, or abstain."""

from __future__ import annotations

from storage.records import ProvisionKind
from tracker.amending.edit import ReadyEdit
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.operations import Level
from tracker.amending.tree import TextGroup
from tracker.amending.words import count_words, put_words, sentences

K = ProvisionKind
_STOPS = frozenset(".,;:")


def substitute(edit: ReadyEdit) -> None:
    """Put the new words where the old ones stand, as often as the instruction says."""
    instruction = edit.instruction
    old, new = instruction.old_words, instruction.new_words
    if not old.strip():
        raise AbstainError("no words are named")
    if instruction.last_only:
        _substitute_at_end(edit)
        return
    if instruction.times > 1 or len(edit.spots) > 1:
        _check_times(edit, old)
    else:
        _check_count(edit.spots[0], old, each_place=instruction.each_place)
    for spot in edit.spots:
        _put(spot, old, new)


def _substitute_at_end(edit: ReadyEdit) -> None:
    """Put the new words where the old ones end a provision."""
    old, new = edit.instruction.old_words.strip(), edit.instruction.new_words.rstrip()
    if old in _STOPS and new[:1].isalnum():
        new = f" {new}"  # a stop gives way to words
    group = edit.spots[0].groups[0]
    if len(edit.spots) != 1 or not group.text.rstrip().endswith(old) or group.below:
        raise AbstainError("the words do not stand at the end")
    head = group.text.rstrip().removesuffix(old)
    group.text = (head.rstrip() if not new else head + new).strip()


def _check_times(edit: ReadyEdit, old: str) -> None:
    """Hold how often the words are found against how often they are named: once for each place, or as often as said."""
    instruction = edit.instruction
    if instruction.each_place or instruction.times == 1:
        for spot in edit.spots:
            _check_count(spot, old, each_place=instruction.each_place)
        return
    total = sum(count_words(text, old) for spot in edit.spots for text in _texts(spot))
    if total != instruction.times:
        raise AbstainError(f"the words are found {total} times, and named {instruction.times} times")


def _check_count(spot: Spot, old: str, *, each_place: bool) -> None:
    total = sum(count_words(text, old) for text in _texts(spot))
    if total == 0:
        raise AbstainError("the words are not found there")
    if total > 1 and not each_place:
        raise AbstainError(f"the words are found {total} times there")


def _texts(spot: Spot) -> list[str]:
    if spot.part is not None and spot.part.level is Level.HEADING:
        return [spot.node.heading]
    if spot.part is not None:
        return [part_of(spot)[1]]
    headings = [] if spot.group is not None else [node.heading for node in spot.node.walk() if node.kind is not K.BOOK]
    return [*headings, *(group.text for group in spot.texts())]


def _put(spot: Spot, old: str, new: str) -> None:
    if spot.part is not None and spot.part.level is Level.HEADING:
        spot.node.heading = put_words(spot.node.heading, old, new)
        return
    if spot.part is not None:
        before, part, after = part_of(spot)
        group = lead_group(spot)
        tail = part[len(part.rstrip()) :]
        group.text = before + put_words(part.rstrip(), old, new) + tail + after
        return
    for group in spot.texts():
        group.text = put_words(group.text, old, new) if count_words(group.text, old) else group.text
    if spot.group is None:
        for node in spot.node.walk():
            node.heading = put_words(node.heading, old, new) if count_words(node.heading, old) else node.heading


def lead_group(spot: Spot) -> TextGroup:
    """Return the words that open a place."""
    groups = [group for group in spot.groups if group.text]
    if not groups or (len(groups) > 1 and spot.part is not None and spot.part.level is Level.SENTENCE):
        raise AbstainError("which sentence is meant is not sure")
    return groups[0]


def part_of(spot: Spot) -> tuple[str, str, str]:
    """Return the words before the part, the part, and the words after it."""
    group, part = lead_group(spot), spot.part
    if part is None or part.level is not Level.SENTENCE:
        return "", group.text, ""
    hit = sentences(group.text)
    place = part.places[0] if part.places else 1
    index = place - 1 if place > 0 else len(hit) + place
    if not 0 <= index < len(hit) or (group.below and index == len(hit) - 1 and len(hit) > 1 and place < 0):
        raise AbstainError("there is no such sentence there")
    return "".join(hit[:index]), hit[index], "".join(hit[index + 1 :])
