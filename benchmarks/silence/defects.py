"""One defect in one heading of a unit, each of a kind that no rule of a reader expects."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.silence.laws import Line, MadeLaw

Lines = list[Line]
Defect = Callable[[Lines, int, MadeLaw, Random], Lines]
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)


def unit_places(lines: Lines) -> list[int]:
    """Return the places of the units' headings."""
    return [place for place, (kind, _) in enumerate(lines) if kind == "unit"]


def misspelt(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Misspell the word of the heading; where there is none, the dot behind the number is a comma."""
    words = law.words
    label = _label(lines, place, law)
    wrong_label = label.replace(words["stem"], words["typo"]) if words["stem"] else label.replace(".", ",")
    return _put(lines, place, lines[place][1].replace(label, wrong_label, 1))


def run_in(lines: Lines, place: int, _law: MadeLaw, _: Random) -> Lines:
    """Print the heading at the end of the line before it."""
    kind, before = lines[place - 1]
    return [*lines[: place - 1], (kind, f"{before} {lines[place][1]}"), *lines[place + 1 :]]


def without_number(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Leave the number out."""
    label = _label(lines, place, law)
    return _put(lines, place, lines[place][1].replace(label, law.words["stem"] or "•", 1))


def without_label(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Leave the whole label out: the words behind it stand alone."""
    rest = lines[place][1].replace(_label(lines, place, law), "", 1).strip(" 　")
    return _put(lines, place, rest) if rest else [*lines[:place], *lines[place + 1 :]]


def other_number(lines: Lines, place: int, law: MadeLaw, chance: Random) -> Lines:
    """Print another unit's number: a misprint."""
    other = chance.choice([unit for unit in law.units if unit.label != _label(lines, place, law)])
    return _put(lines, place, lines[place][1].replace(_label(lines, place, law), other.label, 1))


def with_letter_spaces(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Print the label with a space behind each letter."""
    label = _label(lines, place, law)
    return _put(lines, place, lines[place][1].replace(label, " ".join(label), 1))


def with_mark(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Print marks around the label, as an annotator does."""
    label = _label(lines, place, law)
    return _put(lines, place, lines[place][1].replace(label, f"»› {label} ‹«", 1))


def in_words(lines: Lines, place: int, law: MadeLaw, _: Random) -> Lines:
    """Print the number as a word of another language."""
    unit = law.units[unit_places(lines).index(place)]
    label = f"{law.words['stem']} {_NUMBER_WORDS[unit.number]} –".strip()
    return _put(lines, place, lines[place][1].replace(unit.label, label, 1))


DEFECTS: tuple[Defect, ...] = (
    misspelt, run_in, without_number, without_label, other_number, with_letter_spaces, with_mark, in_words,
)  # fmt: skip


def _label(lines: Lines, place: int, law: MadeLaw) -> str:
    return law.units[unit_places(lines).index(place)].label


def _put(lines: Lines, place: int, words: str) -> Lines:
    return [*lines[:place], (lines[place][0], words), *lines[place + 1 :]]
