"""Numbers as legal drafters print them, folded to one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30}
CHINESE = "〇○零一二三四五六七八九十百千两廿卅"
LATIN_SUFFIXES = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "novies", "decies", "undecies",
    "duodecies", "terdecies", "quaterdecies",
)  # fmt: skip
"""What French and Italian acts print behind the number of an article inserted: 3 bis is the second, 3 ter the third."""
_LETTERS = frozenset("CDLM")  # alone, a letter: nobody drafts a hundredth part
_INSERTION = re.compile(r"^(.+?)之([" + CHINESE + r"]+|\d+)$")
_ROMAN = re.compile(r"^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_TENTHS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_TEENS = ["eleventh", "twelfth", *(f"{n}teenth" for n in ("thir", "four", "fif", "six", "seven", "eigh", "nine"))]
_ORDINALS = {word: str(n) for n, word in enumerate([*_TENTHS, *_TEENS, "twentieth"], 1)}


def chinese_to_int(text: str) -> int | None:
    """Return the value of a Chinese numeral below ten thousand, or None if *text* is none.

    >>> [chinese_to_int(t) for t in ("十", "二十五", "一百零五", "一百五", "二〇二六", "廿三")]
    [10, 25, 105, 150, 2026, 23]
    """
    if not text or any(c not in CHINESE for c in text):
        return None
    if not any(c in _UNITS or c in _TENS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, pending, last_unit = 0, 0, 1
    for c in text:
        if c in _TENS:
            total, pending, last_unit = total + _TENS[c], 0, 10
        elif c in _UNITS:
            total, pending, last_unit = total + (pending or 1) * _UNITS[c], 0, _UNITS[c]
        else:
            pending = _DIGITS[c]
            last_unit = 1 if pending == 0 else last_unit
    return total + pending * (last_unit // 10 if last_unit >= 100 and pending else 1)


def roman_to_int(text: str) -> int | None:
    """Return the value of a Roman numeral of either case, or None if *text* is none.

    >>> [roman_to_int(t) for t in ("iv", "XIII", "abc", "")]
    [4, 13, None, None]
    """
    upper = text.upper()
    if not upper or not _ROMAN.match(upper):
        return None
    values = [_ROMAN_VALUES[c] for c in upper]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


@lru_cache(maxsize=4096)
def fold_number(number: str) -> str:
    """Return *number* in the one spelling used in ids: Chinese to Arabic, widths folded, letters lower-case.

    Roman numerals are kept as they are in upper case; ``五十之一`` becomes ``50-1``; ordinal words become Arabic.

    >>> [fold_number(t) for t in ("七十九", "五之一", "１２", "4A", "III", "(a)", "first", "①", "6-1-1702")]
    ['79', '5-1', '12', '4a', 'III', 'a', '1', '1', '6-1-1702']
    """
    text = unicodedata.normalize("NFKC", number).strip().strip("()[]（）.．、:：,;“”\"'‘’").strip()
    if text.lower() in _ORDINALS:
        return _ORDINALS[text.lower()]
    insertion = _INSERTION.match(text)
    if insertion:
        return f"{fold_number(insertion[1])}-{fold_number(insertion[2])}"
    value = chinese_to_int(text)
    if value is not None:
        return str(value)
    if text.isupper() and roman_to_int(text) is not None and text not in _LETTERS:
        return text
    return re.sub(r"\s+", "", text).lower()
