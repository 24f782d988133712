"""The common form of all renderings of an act: a sequence of lines, each with its role and its depth.

Every generation of markup is reduced to these lines; one assembler makes the tree. So one law in two renderings gives
one tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a line is in an act."""

    TITLE = "title"
    PREAMBLE = "preamble"
    RECITAL = "recital"
    DIVISION = "division"
    DIVISION_HEADING = "division heading"
    ARTICLE = "article"
    ARTICLE_HEADING = "article heading"
    PARAGRAPH = "paragraph"
    TEXT = "text"
    POINT = "point"
    ROW = "row"
    ANNEX = "annex"
    ANNEX_HEADING = "annex heading"
    GROUP = "group"
    CLOSING = "closing"
    FOOTNOTE = "footnote"
    MARK = "amendment mark"
    DELETION = "deleted text"
    FOOTNOTE_MARK = "footnote mark"
    HEADER = "page header"
    MEMORANDUM = "explanatory memorandum"
    CONTENTS = "table of contents"
    SITE = "site"


STRUCTURE = frozenset(
    {Role.DIVISION, Role.DIVISION_HEADING, Role.ARTICLE, Role.ARTICLE_HEADING, Role.ANNEX, Role.ANNEX_HEADING}
)


@dataclass(slots=True)
class EuropeanLine:
    """One line: its role, its printed label, its text, and how deep in lists it stands (0: in none).

    ``is_quoted`` is the markup's own word that the line is quoted from another act.
    """

    role: Role
    text: str = ""
    label: str = ""
    depth: int = 0
    is_quoted: bool = False

    @property
    def full(self) -> str:
        """Return label and text as they are printed."""
        return f"{self.label} {self.text}".strip() if self.label else self.text


QUOTATION_BREAK = "\n"  # in a provision's text: from here on it is quoted from another act
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_ANY_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_LABEL = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-zA-Z]{0,3}|[^\W\d_]{1,6})(?:[.)\]]{1,2})|\(?\d{1,2}(?:\.\d{1,2}){1,4}|[—–•·▪●○*-]"
)
_BARE = " .,:;()[]\u00a0“”‘’„«»\"'"
_NUMBER = re.compile(r"\s*(\(?\d{1,3}[a-zA-Z]{0,2}(?:\)|\.))(?:[ ]?[\u00a0\u2002-\u200a]+\s*|\s{2,})(?=\S)")
_LOOSELY_NUMBERED = re.compile(r"\s*(\(?\d{1,3}[a-zA-Z]{0,2}(?:\)|\.))\s+(?=\S)")
_MARKER = re.compile(r"\s*(\((?:\d{1,3}|[^\W\d_]{1,5})\)|(?:\d{1,3}|[a-z]{1,4})[.)]|[—–•-])\s+(?=\S)")


def fold_markup_space(raw: str) -> str:
    """Return *raw* with every run of white space that is only layout as one space; no-break spaces stay."""
    return _SPACE.sub(" ", raw).strip(" ")


def clean(raw: str) -> str:
    """Return *raw* with one plain space for every run of spaces, without invisible characters."""
    return _ANY_SPACE.sub(" ", _INVISIBLE.sub("", raw)).strip()


def clean_lines(raw: str) -> str:
    """Return *raw* cleaned line by line: the lines quoted from another act stay lines of their own."""
    return QUOTATION_BREAK.join(clean(line) for line in raw.split(QUOTATION_BREAK))


def bare(label: str) -> str:
    """Return what is printed, without its decoration; a dash or a bullet is no number.

    >>> [bare(t) for t in ("1.", "(a)", "ii)", "—", "3.1.")]
    ['1', 'a', 'ii', '', '3.1']
    """
    number = label.strip(_BARE)
    return number if any(c.isalnum() for c in number) else ""


def is_label(text: str) -> bool:
    """Return whether *text* is nothing but the label of a point; it may open a quotation ("“a)")."""
    return len(text) <= 14 and _LABEL.fullmatch(text.strip().lstrip("“‘„«»”’\"'")) is not None


def split_number(raw: str, *, loosely: bool = False) -> tuple[str, str] | None:
    """Return label and text of a line that begins a numbered paragraph ("1.   Text"), or None."""
    match = (_LOOSELY_NUMBERED if loosely else _NUMBER).match(raw)
    return (match[1], raw[match.end() :]) if match else None


def split_marker(raw: str) -> tuple[str, str] | None:
    """Return label and text of a line that begins with a point's marker ("(a) text"), or None."""
    match = _MARKER.match(raw)
    return (match[1], raw[match.end() :]) if match else None
