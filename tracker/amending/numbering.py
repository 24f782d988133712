"""The order of printed numbers: 2, 2a, 2aa, 2b; (e), (ea), (f); 4 bis, 4 ter; (i) to (iv); 第五条之一."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.amending.errors import AbstainError
from tracker.reading.structure.numbers import LATIN_SUFFIXES, fold_number, roman_to_int

_DIGITS = re.compile(r"(\d+)(.*)")
_LETTERS = re.compile(rf"([a-zα-ωа-я]+?)((?:{'|'.join(LATIN_SUFFIXES)})?)")
_PARTS = re.compile(r"[-.](\d+)")
_LAST_ORDINAL = {"er": "", "re": "", "º": "", "°": ""}
Key = tuple[tuple[int, str], ...]


@lru_cache(maxsize=8192)
def number_key(number: str) -> str:
    """Return a printed number in the spelling numbers are compared in.

    >>> [number_key(n) for n in ("(a)", "4 bis)", "1er", "Aa.", "第十")]
    ['a', '4bis', '1', 'aa', '第十']
    """
    text = fold_number(number).lower()
    for ending, instead in _LAST_ORDINAL.items():
        if text.endswith(ending) and text.removesuffix(ending).isdecimal():
            return text.removesuffix(ending) + instead
    return text


def sort_key(number: str, *, roman: bool = False, long: bool = False) -> Key | None:
    """Return the key a number sorts by among its siblings, or None when it is no number we know."""
    text = number_key(number)
    if digits := _DIGITS.fullmatch(text):
        return ((int(digits[1]), ""), *_suffix(digits[2]))
    if roman:
        return _roman_key(text)
    letters = _LETTERS.fullmatch(text)
    if letters is None:
        return None
    return ((len(letters[1]) if long else 0, letters[1]), *_suffix(letters[2]))


def _roman_key(text: str) -> Key | None:
    for length in range(len(text), 0, -1):
        value = roman_to_int(text[:length])
        if value is not None:
            return ((value, ""), *_suffix(text[length:]))
    return None


def _suffix(text: str) -> Key:
    if not text:
        return ()
    if text in LATIN_SUFFIXES:
        return ((LATIN_SUFFIXES.index(text), ""),)
    if parts := _PARTS.findall(text):
        return tuple((int(part), "") for part in parts)
    return ((0, text),)


def keys_of(numbers: Sequence[str]) -> list[Key]:
    """Return the sort keys of siblings in the one style that all of them fit; raises AbstainError when none does."""
    texts = [number_key(number) for number in numbers]
    styles = [{"long": "z" in texts}, {"roman": True}]
    if all(_roman_key(text) for text in texts) and any(text in {"i", "ii"} for text in texts) and "h" not in texts:
        styles.reverse()
    for style in styles:
        hit = [sort_key(text, **style) for text in texts]
        keys = [key for key in hit if key is not None]
        if len(keys) == len(texts) and all(a <= b for a, b in itertools.pairwise(keys)):
            return keys
    raise AbstainError("the numbers there do not count up")


def place_for(number: str, siblings: Sequence[str]) -> int:
    """Return where *number* goes among *siblings*, which count up; raises AbstainError when it is taken.

    >>> [place_for("2aa", ["1", "2", "2a", "2b"]), place_for("(ea)", ["d", "e", "f"]), place_for("iv", ["i", "ii"])]
    [3, 2, 2]
    """
    if number_key(number) in {number_key(sibling) for sibling in siblings}:
        raise AbstainError(f"there is a {number} already")
    for place in range(len(siblings), -1, -1):
        try:
            keys_of([*siblings[:place], number, *siblings[place:]])
        except AbstainError:
            continue
        return place
    raise AbstainError(f"{number} has no place among {', '.join(siblings)}")
