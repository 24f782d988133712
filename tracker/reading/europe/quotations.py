"""Text quoted from another act is payload: it stays with the words that introduce it and never becomes structure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.europe.lines import (
    QUOTATION_BREAK,
    STRUCTURE,
    EuropeanLine,
    Role,
    clean,
    split_marker,
    split_number,
)

# in Swedish and Finnish one mark does both: ”…”
_CLOSERS = {"“": "”“", "‘": "’‘", "„": "“”", "‚": "‘’", "«": "»", "»": "«", '"': '"', "'": "'", "”": "”", "’": "’"}
CLOSES = re.compile(r"[”’“‘»«\"'][\s]*[;.,]?[\s\"']*$")
_FARTHEST = 2000
_TITLES = frozenset({Role.DIVISION, Role.ARTICLE, Role.ANNEX})
_BEFORE = STRUCTURE | {Role.HEADER, Role.MARK, Role.FOOTNOTE, Role.SITE}


def flatten(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Return *lines* with the titles inside a quotation turned into plain text.

    A quotation is recognised by a title that begins with a quotation mark ("‘Article 5a"); it ends with the first
    line that ends with one. A heading that closes its own quotation ("‘Do no harm’ principle") opens none. A file that
    holds nothing but an annex to be put in is read as that annex.
    """
    ends = QuotationEnds(lines)
    index, in_act = 0, False
    while index < len(lines):
        line = lines[index]
        in_act = in_act or line.role not in _BEFORE
        if in_act and _opens_titles(line, lines[index - 1] if index else line):
            end = ends.after(index)
            for inner in lines[index : (end if end is not None else index) + 1]:
                if inner.role in STRUCTURE or inner.role is Role.GROUP:
                    inner.role = Role.TEXT
            index = end if end is not None else index
        index += 1
    return lines


def fold(lines: Sequence[EuropeanLine]) -> list[EuropeanLine]:
    """Return the lines of one provision with every quotation joined to the line that introduces it."""
    ends = QuotationEnds(lines)
    folded_lines: list[EuropeanLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if folded_lines and (line.is_quoted or _opens(line, folded_lines[-1])):
            end = _by_markup(lines, index, ends) if line.is_quoted else _closes_at(lines, index, ends)
            folded_lines[-1].text = QUOTATION_BREAK.join(
                [folded_lines[-1].text, *(inner.full for inner in lines[index : end + 1])]
            )
            index = end + 1
            continue
        folded_lines.append(line)
        index += 1
    return folded_lines


class QuotationEnds:
    """Where quotations end, looked up in constant time: a page may open one in each of its lines."""

    def __init__(self, lines: Sequence[EuropeanLine]) -> None:
        self.lines = lines
        self.by_opener: dict[str, list[int | None]] = {}

    def after(self, start: int) -> int | None:
        """Return the line with which the quotation that line *start* opens ends, or None.

        It ends with a line whose last mark closes nothing that was opened in the line itself.
        """
        text = clean(self.lines[start].full)
        opener = text[:1]
        if CLOSES.search(text[1:]) and not _closes_its_own(text[1:], opener):
            return start
        if opener not in self.by_opener:
            self.by_opener[opener] = self._next_ends(opener)
        end = self.by_opener[opener][start + 1]
        return end if end is not None and end - start < _FARTHEST else None

    def _next_ends(self, opener: str) -> list[int | None]:
        ends: list[int | None] = [None] * (len(self.lines) + 1)
        for index in range(len(self.lines) - 1, -1, -1):
            text = self.lines[index].text
            closes = CLOSES.search(text[-8:]) is not None and not _closes_its_own(text, opener)
            ends[index] = index if closes else ends[index + 1]
        return ends


def opens_quotation(line: EuropeanLine, before: EuropeanLine | None) -> bool:
    """Return whether *line* begins what the line before it introduces with a colon."""
    return before is not None and _opens(line, before)


def _opens_titles(line: EuropeanLine, before: EuropeanLine) -> bool:
    text = line.text.lstrip()
    opener = text[:1]
    is_group = line.role is Role.GROUP and clean(before.full).endswith(":")  # "the following section is added:"
    if (line.role not in STRUCTURE and not is_group) or opener not in _CLOSERS:
        return False
    return line.role in _TITLES or not _is_closed_within(text[1:], _CLOSERS[opener])


def _by_markup(lines: Sequence[EuropeanLine], start: int, ends: QuotationEnds) -> int:
    """Return the last line of a quotation that the markup names; where it names only titles, the marks end it."""
    last = start
    while last + 1 < len(lines) and lines[last + 1].is_quoted:
        last += 1
    opens = clean(lines[start].full)[:1] in _CLOSERS
    return max(last, _closes_at(lines, start, ends)) if opens else last


def _opens(line: EuropeanLine, before: EuropeanLine) -> bool:
    text = clean(line.full)
    opener = text[:1]
    if opener not in _CLOSERS or not clean(before.text).endswith(":") or before.depth > line.depth:
        return False
    rest = text[1:]
    if split_number(rest) or split_marker(rest) or line.label[:1] == opener:
        return True
    return CLOSES.search(rest) is not None or not _is_closed_within(rest, _CLOSERS[opener])


def _is_closed_within(text: str, closers: str) -> bool:
    return any(
        char in closers and not (char in "’'" and text[place + 1 : place + 2].isalpha())
        for place, char in enumerate(text)
    )


def _closes_at(lines: Sequence[EuropeanLine], start: int, ends: QuotationEnds) -> int:
    first = lines[start]

    def beyond(line: EuropeanLine) -> bool:
        sibling = line.role is Role.POINT and line.depth <= first.depth and first.role is not Role.POINT
        return line.depth < first.depth or (first.depth > 0 and sibling)

    end = ends.after(start)
    if first.depth == 0:
        return start if end is None else end
    last = start
    while last + 1 < len(lines) and last != end and not beyond(lines[last + 1]):
        last += 1
    return last


def _closes_its_own(text: str, opener: str) -> bool:
    """Return whether the last mark of a line closes a quotation that the line itself opened ("means ‘allowance’.")."""
    closers = _CLOSERS.get(opener, "")
    if opener in closers or opener not in text:
        return False
    level, own = 0, False
    for place, char in enumerate(text):
        if char == opener:
            level += 1
        elif char in closers and not text[place + 1 : place + 2].isalpha():
            own = level > 0
            level = max(level - 1, 0)
    return own
