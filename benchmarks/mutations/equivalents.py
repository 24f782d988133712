"""Which characters are one character in another dress, by Unicode's own data, apart from the product's table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from random import Random

_CHARACTERS = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]


def _decompositions(mark: str, among: Iterable[str]) -> dict[str, str]:
    """Return {character: what it decomposes to} for decompositions of one kind (``<wide>``, ``<compat>``, "" …)."""
    decompositions = {}
    for char in among:
        tag, _, codes = (
            unicodedata.decomposition(char).rpartition("> ") if mark else ("", "", unicodedata.decomposition(char))
        )
        if codes and (tag + ">" == mark if mark else "<" not in codes):
            decompositions[char] = "".join(chr(int(code, 16)) for code in codes.split())
    return decompositions


def _of_category(category: str) -> list[str]:
    return [char for char in _CHARACTERS if unicodedata.category(char) == category]


WIDE = {
    plain: wide for wide, plain in _decompositions("<wide>", _CHARACTERS).items() if ord(plain) < 0x7F and plain != " "
}
NARROW = {wide: plain for plain, wide in WIDE.items() if not wide.isalnum()}  # ，to , and （ to (
RADICALS = {
    plain: radical
    for radical, plain in _decompositions("<compat>", [chr(c) for c in range(0x2F00, 0x2FD6)]).items()
    if len(plain) == 1
}
IDEOGRAPHS = {
    plain: other
    for other, plain in _decompositions("", [chr(c) for c in range(0xF900, 0xFAFF)]).items()
    if len(plain) == 1
}
LIGATURES = {plain: one for one, plain in _decompositions("<compat>", [chr(c) for c in range(0xFB00, 0xFB05)]).items()}
SPACES = [char for char in _of_category("Zs") if ord(char) not in (0x20, 0x1680, 0x3000)]
DASHES = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"]
SINGLE_QUOTES = ["'", "\u2018", "\u2019", "\u201b", "\u2039", "\u203a"]
DOUBLE_QUOTES = ['"', "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"]
INVISIBLE_CHARACTERS = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one, by its Unicode name."""
    return unicodedata.name(char, "").startswith("CJK UNIFIED")


class Dresser:
    """Dresses the words of a page; the same words are dressed differently each time."""

    def __init__(self, chance: Random, share: float = 0.5) -> None:
        self.chance, self.share = chance, share

    def by_table(self, table: dict[str, str], text: str) -> str:
        """Replace some of the characters of *table*."""
        for plain in sorted(table, key=len, reverse=True):
            if len(plain) > 1:
                text = text.replace(plain, table[plain])
        return "".join(table[char] if char in table and self._now() else char for char in text)

    def by_class(self, members: list[str], text: str) -> str:
        """Replace some members of a class by others of it."""
        return "".join(self.chance.choice(members) if char in members and self._now() else char for char in text)

    def blanks(self, text: str) -> str:
        """Make some spaces other spaces."""
        return "".join(self.chance.choice(SPACES) if char == " " and self._now() else char for char in text)

    def double_spaces(self, text: str) -> str:
        """Make some spaces two, or a line's end (markup is free to)."""
        return "".join(
            self.chance.choice(("  ", "\n", " \n  ")) if char == " " and self._now() else char for char in text
        )

    def insert_invisible(self, text: str) -> str:
        """Put characters nobody sees between others."""
        return "".join(
            char + (self.chance.choice(INVISIBLE_CHARACTERS) if self.chance.random() < 0.05 else "") for char in text
        )

    def between_han(self, text: str) -> str:
        """Put spaces between Chinese characters, as some editors do."""
        parts = [text[:1]]
        for before, char in pairwise(text):
            gap = " " if is_han(before) and is_han(char) and self.chance.random() < 0.1 else ""
            parts.append(gap + char)
        return "".join(parts)

    def around_latin(self, text: str) -> str:
        """Put a space between Chinese characters and digits, as typographers do."""
        parts = [text[:1]]
        for before, char in pairwise(text):
            edge = (is_han(before) and char.isascii() and char.isdigit()) or (
                is_han(char) and before.isascii() and before.isdigit()
            )
            parts.append((" " if edge and self._now() else "") + char)
        return "".join(parts)

    def decompose(self, text: str) -> str:
        """Write accents as characters of their own."""
        return unicodedata.normalize("NFD", text)

    def _now(self) -> bool:
        return self.chance.random() < self.share
