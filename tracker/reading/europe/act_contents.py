"""The table of contents that a long act of the Union prints: its chapters and articles are named, not law."""

from __future__ import annotations

from tracker.reading.europe.lines import STRUCTURE, EuropeanLine, Role, clean
from tracker.reading.structure import european_words

_LONGEST = 250  # characters of an entry
_MOST = 4_000  # entries
_LEAST = 2
_ENDS = (".", ",", ";", ":")
_BEFORE_LAW = frozenset(
    {Role.TITLE, Role.TEXT, Role.ROW, Role.PREAMBLE, Role.HEADER, Role.GROUP, Role.DIVISION_HEADING}
)


def set_contents_apart(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Give the lines of a table of contents their own role; it stands before the first article, under its name."""
    for place, line in enumerate(lines):
        text = clean(line.full)
        if line.role is Role.ARTICLE or european_words.article_number(text) is not None:
            return lines
        if line.role in _BEFORE_LAW and european_words.is_contents(text):
            end = _end(lines, place + 1)
            for entry in lines[place:end]:
                entry.role = Role.CONTENTS
            return lines
    return lines


def _end(lines: list[EuropeanLine], start: int) -> int:
    """Return where the entries from *start* on end: at a line that is none, or where the law begins with the first."""
    first, keys, end = "", 0, start
    for place in range(start, min(len(lines), start + _MOST)):
        text = clean(lines[place].full)
        key = _key(text)
        if (key and key == first) or not _is_entry(lines[place], text, key):
            break
        first = first or key
        keys += bool(key)
        end = place + 1
    return end if keys >= _LEAST else start


def _is_entry(line: EuropeanLine, text: str, key: str) -> bool:
    if line.role in {Role.RECITAL, Role.PARAGRAPH, Role.CLOSING}:
        return False
    return len(text) <= _LONGEST and (bool(key) or line.role in STRUCTURE or not text.endswith(_ENDS))


def _key(text: str) -> str:
    """Return "chapter i" or "article 5" where *text* begins so, in any language, or nothing."""
    begin = " ".join(text.split()[:2]).rstrip(".:–— ")
    if european_words.article_number(begin) or european_words.division_of(begin) if begin else None:
        return begin.casefold()
    return ""
