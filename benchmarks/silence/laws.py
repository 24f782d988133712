"""Make an invented law of one tradition and language: numbered units with headings and sentences, under chapters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from benchmarks.laws.traditions import numeral

Line = tuple[str, str]
"""What a line is — front, chapter, unit, heading, text — and its words."""
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_UNION = ("en", "nl", "de", "fr", "es", "it", "pl", "pt", "sv", "el", "hu")
LANGUAGES: tuple[tuple[str, str], ...] = (
    *(("eu", language) for language in _UNION),
    ("cn", "zh"),
    ("us", "us"),
    ("in", "in"),
)
"""Each tradition with a table of words; two of the tables are English."""


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """One article or section: its number, what it prints above its sentences, and these."""

    number: int
    label: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeLaw:
    """An invented law; ``chapters`` says before which number each chapter begins, and its label and heading."""

    jurisdiction: str
    language: str
    seed: int
    front: tuple[str, ...]
    units: tuple[MadeUnit, ...]
    chapters: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, Any]:
        """The table of its language."""
        return table()[self.language]


@cache
def table() -> dict[str, dict[str, Any]]:
    """Return the words of every language."""
    return tomllib.loads((files("benchmarks.silence") / "languages.toml").read_text(encoding="utf-8"))


def make(jurisdiction: str, language: str, seed: int) -> MadeLaw:
    """Return a law of five to sixteen units, the same for the same seed."""
    chance = Random(f"{jurisdiction} {language} {seed}")
    words = table()[language]
    count = chance.randint(5, 16)
    units = tuple(_unit(words, number, count, chance) for number in range(1, count + 1))
    front = tuple(
        line.format(id=seed + 7) for line in (words["act"], words["day"], words["about"], words["enacts"]) if line
    )
    chapters = {}
    if words["chapters"] and count >= 8:
        starts = sorted({1, *chance.sample(range(2, count), 2)})
        chapters = {n: (_label(words["chapter"], p), words["chapters"][p - 1]) for p, n in enumerate(starts, 1)}
    return MadeLaw(jurisdiction, language, seed, front, units, chapters)


def _unit(words: dict[str, Any], number: int, count: int, chance: Random) -> MadeUnit:
    heading = chance.choice(words["headings"]) if words["headings"] else ""
    sentences = chance.sample(words["sentences"], chance.randint(1, 4))
    if number == count:
        sentences = [words["last"]]
    return MadeUnit(number, _label(words["article"], number), heading, tuple(sentences))


def _label(pattern: str, number: int) -> str:
    return pattern.format(n=number, c=numeral(number), r=_ROMAN[number] if number < len(_ROMAN) else "")
