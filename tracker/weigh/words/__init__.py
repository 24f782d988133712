"""The words an edit is weighed by: one TOML file for each language, English for all others."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

SECTIONS = (
    "modality connective threshold penalty scope definition actor date strength exception narrowing condition limit "
    "prison age term intervals quantifier qualifier order"
).split()
_LOOKALIKE = re.compile(r"\bNos?\.?(?=\s?\d)|(?<=\d\s)May\b|\bMay(?=,?\s\d)|(?<=[a-z,]\s)May\b")
_WIDE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Vocabulary:
    """The trigger words of one language, longest first in each pattern."""

    language: str
    modality: Finder
    connective: Finder
    threshold: Finder
    penalty: Finder
    scope: Finder
    definition: Finder
    actor: Finder
    date: Finder
    strength: Finder
    exception: Finder
    narrowing: Finder
    condition: Finder
    limit: Finder
    prison: Finder
    age: Finder
    term: Finder
    intervals: Finder
    quantifier: Finder
    qualifier: Finder
    order: Finder
    units: dict[str, str]
    months: dict[str, int]
    denominators: dict[str, int]
    no_nouns: frozenset[str]
    is_own: bool = True  # English stands in for a language without a file


@dataclass(frozen=True)
class Finder:
    """Finds words of one class in a text; each match gives its meaning and its own spelling.

    Words that mean ``ignored`` hold a trigger by accident (应用 is no 应) and are passed over.
    """

    pattern: re.Pattern[str] | None
    meaning: dict[str, str]

    def find(self, text: str) -> list[tuple[str, str]]:
        """Return (meaning, words as written) for each hit, in order."""
        if self.pattern is None:
            return []
        items = ((self._of(hit[0]), hit[0]) for hit in self.pattern.finditer(_quiet(text)))
        return [(meaning, words) for meaning, words in items if meaning != "ignored"]

    def _of(self, text: str) -> str:
        """Return the meaning of a hit; a gap in a word (no … shall) is filled by others."""
        bare = " ".join(text.lower().split())
        if bare in self.meaning:
            return self.meaning[bare]
        gaps = (words.split(" … ") for words in self.meaning if " … " in words)
        return next(self.meaning[f"{a} … {b}"] for a, b in gaps if bare.startswith(f"{a} ") and bare.endswith(f" {b}"))

    def places(self, text: str) -> list[tuple[str, int, int]]:
        """Return (meaning, start, end) for each hit, in order."""
        if self.pattern is None:
            return []
        hits = ((self._of(hit[0]), *hit.span()) for hit in self.pattern.finditer(_quiet(text)))
        return [hit for hit in hits if hit[0] != "ignored"]

    def without(self, text: str) -> str:
        """Return *text* less every hit and the blanks and marks around it."""
        bare = text if self.pattern is None else self.pattern.sub("", text)
        return "".join(char for char in bare if char.isalnum())


@lru_cache(maxsize=256)  # the same words are asked for one class after another
def _quiet(text: str) -> str:
    """Return *text* with what only looks like a word of the law blotted out: No 45/2001, 11 May 2005."""
    return _LOOKALIKE.sub(lambda hit: "#" * len(hit[0]), text) if _LOOKALIKE.search(text) else text


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of *language* (``zh``, ``en-GB`` …); English where there is no file for it."""
    name = language.lower()[:2]
    folder = files(__name__)
    file = folder / f"{name}.toml"
    is_own = not name or (name.isascii() and name.isalpha() and file.is_file())
    if not is_own or not name:
        name, file = "en", folder / "en.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    finders = {section: _finder(table.get(section, {})) for section in SECTIONS}
    units = {word.lower(): code for code, words in table["units"].items() for word in words}
    months = {month.lower(): place for place, month in enumerate(table["months"]["names"], 1)}
    parts = {word.lower(): int(many) for many, words in table.get("denominators", {}).items() for word in words}
    no_nouns = frozenset(table["no_nouns"]["words"])
    return Vocabulary(name, **finders, units=units, months=months, denominators=parts, no_nouns=no_nouns, is_own=is_own)


def _finder(meanings: dict[str, list[str]]) -> Finder:
    meaning = {word.lower(): name for name, words in meanings.items() for word in words}
    if not meaning:
        return Finder(None, {})
    return Finder(any_of(meaning), meaning)


def any_of(words: object) -> re.Pattern[str]:
    """Return a pattern for any of *words*, longest first; spaces in them match any blanks."""
    longest_first = sorted(map(str, words), key=len, reverse=True)  # type: ignore[call-overload]
    groups = itertools.groupby(longest_first, key=_edges)
    return re.compile("|".join(_within_edges(edges, group) for edges, group in groups), re.IGNORECASE)


def _edges(word: str) -> tuple[str, str]:
    """Return what must stand at the edges of a hit: a word is found whole, Chinese characters anywhere."""
    if _WIDE.search(word):
        return "", ""
    return (r"(?<!\w)" if word[0].isalnum() else ""), r"(?!\w)"


def _within_edges(edges: tuple[str, str], words: Iterable[str]) -> str:
    """Return *words* within their edges, asked for once for all of them: a sixth of the time of once for each."""
    alternatives = "|".join(_word_pattern(word) for word in words)
    return f"{edges[0]}(?:{alternatives}){edges[1]}"


def _word_pattern(word: str) -> str:
    return r"\s+".join(r"(?:[\w-]+\s+){0,4}?[\w-]+" if part == "…" else re.escape(part) for part in word.split())
