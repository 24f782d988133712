"""Short glosses in English for citations of Chinese provisions: 第十条第二款 is "art. 10(2)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LEVELS = {"编": "book", "章": "ch.", "节": "sec.", "条": "art.", "款": "", "项": "", "目": ""}
_PART = re.compile(
    r"第[（(]?([零〇一二三四五六七八九十百千两\d]+)[）)]?([编章节条款项目])(?:之([一二三四五六七八九十]+))?"
)
_CITATION = re.compile(rf"(?:{_PART.pattern})+")
_QUOTATION = re.compile(r"(“[^”]*”|《[^》]*》)")


def citation_gloss(citation: str) -> str:
    """Return the English of a citation that is nothing but Chinese levels and numbers; nothing for any other.

    >>> citation_gloss("第十条第二款第（三）项"), citation_gloss("第二十一条之一"), citation_gloss("Article 3")
    ('art. 10(2)(3)', 'art. 21-1', '')
    """
    if not _CITATION.fullmatch(citation.strip()):
        return ""
    return "".join(_levels(citation)).strip()


def with_glosses(sentence: str) -> str:
    """Return an English sentence with a gloss behind each Chinese citation; what is quoted stays as it is.

    >>> with_glosses("第十条 added; new duty: “依照第三条登记”")
    '第十条 (art. 10) added; new duty: “依照第三条登记”'
    >>> with_glosses("New duty (第十条)")
    'New duty (第十条, art. 10)'
    """
    pieces = _QUOTATION.split(sentence)
    return "".join(piece if place % 2 else _CITATION.sub(_with_gloss, piece) for place, piece in enumerate(pieces))


def citations_in_english(sentence: str) -> str:
    """Return an English sentence with a gloss in the place of each Chinese citation; what is quoted stays as it is.

    >>> citations_in_english("第五条第二款 removed: “依照第三条登记”")
    'Art. 5(2) removed: “依照第三条登记”'
    """
    pieces = _QUOTATION.split(sentence)
    parts = (piece if place % 2 else _CITATION.sub(_gloss_alone, piece) for place, piece in enumerate(pieces))
    text = "".join(parts)
    return text[:1].upper() + text[1:] if _CITATION.match(sentence) else text


def _gloss_alone(match: re.Match[str]) -> str:
    return citation_gloss(match[0]) or match[0]


def _with_gloss(match: re.Match[str]) -> str:
    gloss = citation_gloss(match[0])
    around = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() :][:1]
    return f"{match[0]}, {gloss}" if around == "()" else f"{match[0]} ({gloss})"


def _levels(citation: str) -> Iterator[str]:
    for number, level, further in _PART.findall(citation):
        value = f"{_number(number)}-{_number(further)}" if further else f"{_number(number)}"
        yield f" {_LEVELS[level]} {value}" if _LEVELS[level] else f"({value})"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
