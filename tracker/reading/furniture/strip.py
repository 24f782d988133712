"""Take what is known to be a site's furniture out of a page before it is read, by name and with the reason.

Nothing is thrown away: every word taken out is returned as a note, and counts when the words of the page are summed up.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bs4.element import NavigableString

from storage.records import Furniture, FurnitureKind, Note
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.furniture.text_lines import TextLine, runs_of, spots_of, words_at

_LABEL_SIGNS, _LABEL_WORDS = 10, 5  # at most so much around a counter makes its whole line a counter's
_SIGN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


def take_out(source: OpenedPage, furniture: Sequence[Furniture]) -> list[Note]:
    """Take out of the page of *source* what is *furniture* to be furniture, and return it with the reasons."""
    if not furniture or source.format is not Format.HTML or source.text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return []  # law in XML has no site around it
    spots = spots_of(source.soup)
    return [*_lines(spots, furniture), *_lists(spots, furniture), *_words(spots, furniture)]


def stamp(furniture: Iterable[Furniture]) -> str:
    """Return what names a set of known furniture: two readings are compared only when they knew the same."""
    names = sorted((item.path, item.shape, item.place, item.slot) for item in furniture)
    return hashlib.sha256(repr(names).encode()).hexdigest()[:12] if names else ""


def _lines(spots: list[TextLine], furniture: Sequence[Furniture]) -> list[Note]:
    lines = {item.shape: item for item in furniture if item.kind is FurnitureKind.SITE}
    notes = []
    for spot in spots if lines else ():
        if spot.text in lines and spot.nodes:
            notes.append(Note(lines[spot.text].reason, spot.text))
            _empty(spot)
    return notes


def _lists(spots: list[TextLine], furniture: Sequence[Furniture]) -> list[Note]:
    lists = {(item.path, item.place): item for item in furniture if item.kind is FurnitureKind.LINKS}
    notes = []
    for run in runs_of(spots) if lists else ():
        item = lists.get((run.path, run.place))
        if item is None or run.is_law:
            continue
        for spot in filter(lambda s: s.nodes, run.spots):
            notes.append(Note(item.reason, spot.text))
            _empty(spot)
    return notes


def _words(spots: list[TextLine], furniture: Sequence[Furniture]) -> list[Note]:
    slots: dict[tuple[str, str, str], dict[int, Furniture]] = defaultdict(dict)
    for item in furniture:
        if item.kind not in {FurnitureKind.LINKS, FurnitureKind.SITE}:
            slots[item.path, item.shape, item.place][item.slot] = item
    notes = []
    for spot in spots:
        slots_here = slots.get((spot.path, spot.shape, spot.place))
        if not slots_here or not spot.nodes:
            continue
        if len(slots_here) == len(spot.variables) and is_label(spot):
            notes.append(Note(next(iter(slots_here.values())).reason, spot.text))
            _empty(spot)
            continue
        for slot, (start, end) in reversed(list(enumerate(words_at(spot)))):
            if slot in slots_here and _cut(spot, slot, spot.text[start:end]):
                notes.append(Note(slots_here[slot].reason, spot.text[start:end]))
    return notes


def is_label(spot: TextLine) -> bool:
    """Say whether a line is nothing but a counter, a time or a token with its label, and so furniture whole."""
    if spot.is_law:
        return False
    around = spot.shape.replace("#", " ")
    return len(_SIGN.findall(around)) <= _LABEL_SIGNS and len(_WORD.findall(around)) <= _LABEL_WORDS


def _empty(spot: TextLine) -> None:
    for node in spot.nodes:
        node.replace_with(NavigableString(" "))
    spot.nodes = []


def _cut(spot: TextLine, slot: int, word: str) -> bool:
    """Take one varying word out of the markup of a line; say whether it stands in one piece of it."""
    before = sum(earlier == word for earlier in spot.variables[:slot])
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])")
    for place, node in enumerate(spot.nodes):
        for match in pattern.finditer(str(node)):
            if before:
                before -= 1
                continue
            text = NavigableString(f"{node[: match.start()]}{node[match.end() :]}")
            node.replace_with(text)
            spot.nodes[place] = text
            return True
    return False
