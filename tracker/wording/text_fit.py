"""Words made fit for a line: cleaned, clipped and wrapped in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# control characters, line and paragraph separators, surrogates, and the marks that turn the direction of text
_UNFIT = {"Cc", "Zl", "Zp", "Cs", "Co", "Cn"}
_DIRECTION = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
_STAYS_WITH_THE_LINE = frozenset("，。、；：？！）》」』”’】〉…,.;:?!)]}")


def one_line(text: str, limit: int = 300) -> str:
    """Return *text* on one line, without control characters, at most *limit* characters long."""
    return clip(" ".join(_clean(text[: limit * 8]).split()), limit)


def clip(text: str, limit: int) -> str:
    """Return *text*, or its beginning and an ellipsis when it is longer than *limit*."""
    if len(text) <= limit:
        return text
    return text[: max(limit - 1, 0)].rstrip() + "…"


def readable(text: str) -> str:
    """Return *text* with its line breaks kept and everything that is no text taken out."""
    return "\n".join(_clean(line) for line in text.replace("\r\n", "\n").split("\n"))


def width(text: str) -> int:
    """Return how many columns *text* takes in a terminal."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def wrap(text: str, columns: int = 76, indent: str = "") -> str:
    """Return *text* broken into lines of at most *columns*; Chinese may break between any two characters."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_wrap(paragraph, columns - width(indent)))
    return "\n".join((indent + line).rstrip() for line in lines)


def _clean(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) in _UNFIT else character
        for character in text
        if character not in _DIRECTION
    )


def _wrap(paragraph: str, columns: int) -> Iterator[str]:
    line, columns_used = "", 0
    for piece in _pieces(paragraph):
        wide = width(piece.rstrip())
        if columns_used and columns_used + wide > columns and piece[0] not in _STAYS_WITH_THE_LINE:
            yield line.rstrip()
            line, columns_used = "", 0
            piece = piece.lstrip()  # noqa: PLW2901
        line += piece
        columns_used += width(piece)
    yield line.rstrip()


def _pieces(paragraph: str) -> Iterator[str]:
    """Yield what must not be broken: one wide character, or one word with the space after it."""
    word = ""
    for character in paragraph:
        if _columns(character) == 2:
            if word:
                yield word
                word = ""
            yield character
        elif word.endswith(" ") and character != " ":
            yield word
            word = character
        else:
            word += character
    if word:
        yield word


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
