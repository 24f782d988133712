"""The compare-normal form N1: differences that may never alert are folded, everything else is kept.

Folded: widths, quotes, dashes, spaces, invisible characters, compatibility forms of letters and ideographs,
hyphenation at a line's end, Devanagari digits. Never folded: superscripts, fractions, circled numbers, letter case,
traditional and simplified characters, Chinese and Arabic numerals, ``、`` and ``，``, digits that only look alike.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

VERSION = "N1.1"  # raise it with every change here: both sides of a comparison must share one

CJK = (
    r"\u2e80-\u2fdf\u3003-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_SIDE = CJK + r"\u3001\u3002\u3008-\u301f\uff01-\uff60"

_COMPATIBLE = (  # blocks that hold the same character in another dress
    range(0x2160, 0x2180),  # Roman numerals
    range(0x2E80, 0x2FD6),  # radicals, as PDF text layers have them
    range(0xF900, 0xFB07),  # compatibility ideographs, Latin ligatures
    range(0xFE10, 0xFE1A),  # vertical forms
    range(0xFE30, 0xFE6C),  # vertical and small forms
    range(0xFF01, 0xFFE7),  # full-width and half-width forms
    range(0x2F800, 0x2FA20),
)
_INVISIBLE = chain(
    [0xAD, 0x61C, 0x180E, 0xFEFF],
    range(0x200B, 0x2010),
    range(0x202A, 0x202F),
    range(0x2060, 0x206A),
    range(0xFE00, 0xFE10),
)
_ONE_SPELLING = {
    '"': "“”„‟«»〝〞〟「」",
    "'": "‘’‚‛‹›『』`´",
    "-": "‐‑‒–—―−⸺⸻─",
    "·": "‧・･•∙⋅",
    "~": "〜∼",
    ".": "。",
    "<": "〈",
    ">": "〉",
}


def _table() -> dict[str, str]:
    table = {chr(code): unicodedata.normalize("NFKC", chr(code)) for block in _COMPATIBLE for code in block}
    table |= {chr(code): unicodedata.normalize("NFD", chr(code)) for code in range(0x958, 0x960)}
    table |= {chr(0x966 + digit): str(digit) for digit in range(10)}
    table |= {"…": "...", "⋯": "...", "\u212b": "Å", "\u2126": "Ω", "\u212a": "K"}
    for plain, variants in _ONE_SPELLING.items():
        table |= dict.fromkeys(variants, plain)
    table = {char: "".join(table.get(c, c) for c in to) for char, to in table.items()}
    table |= {chr(code): "" for code in _INVISIBLE}
    return {char: to for char, to in table.items() if char != to}


_FOLDS = _table()
_ACCENTS = r"\u0300-\u036f\u093c"
_UNSEEN = "".join(char for char, to in _FOLDS.items() if not to)
_BLANKS = rf"(?:[{_UNSEEN}]+\s|\s)[\s{_UNSEEN}]*"
_ODD_BLANKS = rf"(?! (?![\s{_UNSEEN}])){_BLANKS}"  # anything but one plain space
_HYPHEN = rf"(?<=[^\W\d_])[-\u2010\u00ad][ \t\r]*\n[\s{_UNSEEN}]*(?=[^\W\d_A-Z])"
_DASHES = r"[\u2013-\u2015\u2e3a\u2e3b\u2500-]{2,}"
_BESIDE = rf"(?<=[{_CJK_SIDE}]){_BLANKS}|{_BLANKS}(?=[{_CJK_SIDE}])"
_WITH_ACCENTS = rf"[^\s{_ACCENTS}][{_ACCENTS}]+"
_SPECIAL = re.compile(
    rf"(?P<hyphen>{_HYPHEN})|(?P<dash>{_DASHES})|(?P<beside>{_BESIDE})|(?P<space>{_ODD_BLANKS})|(?P<accented>{_WITH_ACCENTS})"
    r"|(?P<one>[" + re.escape("".join(_FOLDS)) + "])"
)
_EMPTY = {"hyphen", "beside"}
_UNUSUAL = re.compile(rf"[^\x20-\x5f\x61-\x7e]|--|  |[{_ACCENTS}]")  # text without any of these is folded already
# where none of these stands, every character is folded by itself, which is ten times as fast
_BY_NEIGHBOURS = re.compile(
    rf"[{_ACCENTS}{_UNSEEN}]|[^\S ]|  |(?:[\u2013-\u2015\u2e3a\u2e3b\u2500-]){{2}}|[{_CJK_SIDE}] | [{_CJK_SIDE}]"
)
_BY_CHARACTER = str.maketrans(_FOLDS)


def fold(text: str) -> str:
    """Return *text* in compare-normal spelling (spaces are kept between words, as one)."""
    if is_folded(text):
        return text
    return _SPECIAL.sub(_spelling, text) if _BY_NEIGHBOURS.search(text) else text.translate(_BY_CHARACTER)


def is_folded(text: str) -> bool:
    """Return whether *text* is plain enough to be its own compare-normal form."""
    return _UNUSUAL.search(text) is None


def fold_with_places(text: str) -> tuple[str, list[int], list[int]]:
    """Return the folded text with, for each of its characters, where it starts and ends in *text*."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _SPECIAL.finditer(text):
        parts.append(text[at : match.start()])
        starts.extend(range(at, match.start()))
        ends.extend(range(at + 1, match.start() + 1))
        spelling = _spelling(match)
        parts.append(spelling)
        starts.extend([match.start()] * len(spelling))
        ends.extend([match.end()] * len(spelling))
        at = match.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return "".join(parts), starts, ends


def _spelling(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "one":
        return _FOLDS[match[0]]
    if kind == "space":
        return " "
    if kind in _EMPTY:
        return ""
    if kind == "dash":
        return "-"
    whole = unicodedata.normalize("NFC", match[0])
    return "".join(_FOLDS.get(char, char) for char in whole)
