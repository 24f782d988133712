"""Folding: one spelling of a text for searching in every script, and the way back to the text as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


class _FoldingTable(dict[int, str]):
    """The folded form of each character met so far."""

    def __missing__(self, code: int) -> str:
        """Fold a character met for the first time: width, case and Latin accents do not tell words apart."""
        parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", chr(code)).casefold())
        character = unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))
        self[code] = character
        return character


_TABLE = _FoldingTable()
# scripts written without spaces: Han with its iteration mark, kana, Thai, Lao, Khmer, Burmese
_RUN = (
    "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f\u3040-\u30ff"
    "\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f"
)
# Indian scripts write vowels as marks, which \w leaves out
_WORD = re.compile(rf"(?P<run>[{_RUN}]+)|(?:(?![{_RUN}])[\w\u0900-\u0dff\u200c\u200d])+")


def fold(text: str) -> str:
    """Return *text* in the one spelling that is searched.

    >>> fold("Règlement ＡＩ")
    'reglement ai'
    """
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded text; ``run`` says that it is a run of a script without spaces."""

    text: str
    run: bool
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a folded text in order."""
    for match in _WORD.finditer(text):
        yield Word(match[0].replace("_", " "), match["run"] is not None, match.start(), match.end())


def tokens(text: str) -> Iterator[str]:
    """Yield what is indexed: words as they stand, runs as their pairs of characters and the last one alone.

    >>> list(tokens("ai 安全评估"))
    ['ai', '安全', '全评', '评估', '估']
    """
    for word in words(text):
        if word.run:
            yield from (word.text[i : i + 2] for i in range(len(word.text)))
        else:
            yield word.text


class _IndexTable(dict[int, str]):
    """Each character met so far as an index of words has it: what is neither letter, number nor mark parts words."""

    def __missing__(self, code: int) -> str:
        """Judge a character met for the first time by its category in Unicode."""
        category = unicodedata.category(chr(code))
        self[code] = chr(code) if category[0] in "LN" or category in {"Co", "Mn", "Mc"} else " "
        return self[code]


_INDEX_TABLE = _IndexTable()


def as_indexed(token: str) -> list[str]:
    """Return the words that an index of words makes of a token, as the tokenizer of SQLite's full text does.

    >>> as_indexed("शक्ति।")
    ['शक्ति']
    """
    return token.translate(_INDEX_TABLE).split()


def places(text: str) -> tuple[str, list[int]]:
    """Return *text* folded, and for each folded character the place in *text* it came from."""
    if all(len(_TABLE[ord(character)]) == 1 for character in set(text)):
        return fold(text), list(range(len(text)))
    pieces: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        piece = _TABLE[ord(character)]
        pieces.append(piece)
        origins.extend([place] * len(piece))
    return "".join(pieces), origins
