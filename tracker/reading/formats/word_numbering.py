"""Work out the numbers that Word counts itself, so that a numbered paragraph has the number a reader sees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = "零一二三四五六七八九"


def label_of(style: str, number: int) -> str:
    """Return *number* as Word prints it in *style*.

    >>> [label_of(s, 14) for s in ("decimal", "lowerLetter", "upperRoman", "chineseCountingThousand", "bullet")]
    ['14', 'n', 'XIV', '十四', '–']
    """
    return _STYLES.get(style, str)(number)


class WordNumbers:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, lists: etree._Element | None, styles: etree._Element | None) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.lists: dict[str, str] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * _MOST_LEVELS)
        if lists is not None:
            self._learn(lists)
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            place = _list_place(style.find(f"{_W}pPr"))
            if place is not None:
                self.styles[str(style.get(f"{_W}styleId"))] = place

    def label(self, shape: etree._Element | None, style: str) -> str:
        """Return the label of the next paragraph with *shape* (its pPr) and *style*; "" when it has none."""
        place = _list_place(shape) or self.styles.get(style)
        if place is None or place[0] not in self.lists:
            return ""
        abstract, depth = self.lists[place[0]], place[1]
        count = self.levels.get((abstract, depth))
        if count is None:
            return ""
        counts = self.counts[abstract]
        counts[depth] = counts[depth] + 1 if counts[depth] else count[2]
        counts[depth + 1 :] = [0] * (_MOST_LEVELS - depth - 1)
        return self._spelt(abstract, count, counts)

    def _spelt(self, abstract: str, level: tuple[str, str, int], counts: list[int]) -> str:
        style, pattern, _ = level
        if style == "bullet":
            return label_of(style, 0)
        if style == "none":
            return ""

        def number(place: re.Match[str]) -> str:
            depth = int(place[1]) - 1
            above = self.levels.get((abstract, depth), ("decimal", "", 1))
            return label_of(above[0], counts[depth] or above[2])

        return _PLACE.sub(number, pattern).strip()

    def _learn(self, lists: etree._Element) -> None:
        for abstract in lists.iter(f"{_W}abstractNum"):
            name = str(abstract.get(f"{_W}abstractNumId"))
            for level in abstract.findall(f"{_W}lvl"):
                depth = _number(level.get(f"{_W}ilvl"), 0)
                style, text = _value(level, "numFmt") or "decimal", _value(level, "lvlText")
                self.levels[name, depth] = (style, text, _number(_value(level, "start"), 1))
        for num in lists.iter(f"{_W}num"):
            self.lists[str(num.get(f"{_W}numId"))] = _value(num, "abstractNumId")


def _list_place(shape: etree._Element | None) -> tuple[str, int] | None:
    place = shape.find(f"{_W}numPr") if shape is not None else None
    if place is None:
        return None
    depth = _number(_value(place, "ilvl"), 0)
    return (_value(place, "numId"), depth) if 0 <= depth < _MOST_LEVELS else None


def _value(node: etree._Element, name: str) -> str:
    place = node.find(f"{_W}{name}")
    return str(place.get(f"{_W}val") or "") if place is not None else ""


def _number(text: object, otherwise: int) -> int:
    label = str(text)
    return int(label) if label.isascii() and label.isdigit() and len(label) < 6 else otherwise


def _letter(number: int) -> str:
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if 0 < number < 100 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 40:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _chinese(number: int) -> str:
    """Return *number*, below 1000, in Chinese: 十四, 二十, 一百零五."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


_STYLES: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda _: "–",
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"), _chinese),
    "decimalZero": lambda number: f"{number:02d}",
}
