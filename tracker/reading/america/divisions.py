"""What divides a statute printed as lines (TITLE I, CHAPTER 599), and which sections are those of a bill itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_LEVELS = {
    "DIVISION": (1, K.BOOK),
    "TITLE": (2, K.TITLE),
    "SUBTITLE": (3, K.SUBPART),
    "CHAPTER": (4, K.CHAPTER),
    "SUBCHAPTER": (5, K.SUBPART),
    "PART": (6, K.PART),
    "SUBPART": (7, K.SUBPART),
}
_DIVISION = re.compile(
    rf"(?P<label>(?P<word>{'|'.join(_LEVELS)})\s+(?P<number>\d{{1,4}}[A-Z]?|[IVXLC]{{1,7}}|[A-Z]{{1,2}}))"
    r"(?:\s*(?:--|[—–.:])\s*(?P<heading>\S.*)?)?"
)
_SETS_OUT = re.compile(
    r"(?:as follows|to read|by changing .{1,80})\s*:?$|\b(?:as follows|to read(?: as follows)?):", re.I
)
_NEW_YORK = re.compile(r"^The People of the State of New York, represented", re.I)
_FIRST = re.compile(r"^(?:Section\s+1|§\s*\d{1,3})\.")
_CODE_SECTION = re.compile(r"^Section\s+\d")
_ILLINOIS = re.compile(r"^\(\d{1,3} ILCS ")
_ENACTMENT = re.compile(r"^Be it enacted\b", re.I)
_BARE_HEAD = re.compile(r"^(?:§\s*)?\d{1,2}[A-Z]?-\d{1,3}(?:\.\d{1,2})?-\d{1,5}(?:\.\d{1,3})?\s?\.\s")
_IN_CAPITALS = re.compile(r"^SEC(?:TION|\.)")
_IN_WORDS = re.compile(r"^Sec(?:tion|\.)")
_LONGEST = 160


def divisions_above(lines: Sequence[str], place: int, least: int) -> int:
    """Return where the headings of divisions begin that stand right above line *place*, not before *least*.

    A heading of a division is in capitals, and what it is called may stand on the line below it.
    """
    start = place
    while start > least:
        line = lines[start - 1]
        is_name = start - 1 > least and line.isupper() and _division(lines[start - 2]) and len(line) < _LONGEST
        if _division(line):
            start -= 1
        elif is_name:
            start -= 2
        else:
            break
    return start


def is_division(line: str) -> bool:
    """Return whether a line is the heading of a division ("TITLE I--LAMPS")."""
    return _division(line) is not None


def sets_out(draft: Draft) -> bool:
    """Return whether a section of a bill sets out sections of a code: its words end with "to read as follows:"."""
    texts = [draft.text, draft.heading, *(child.text for child in draft.children)]
    return any(_SETS_OUT.search(text) for text in texts)


class DivisionTree:
    """The divisions that are open, over the list of what stands in none."""

    def __init__(self, roots: list[Draft]) -> None:
        self.roots = roots
        self.stack: list[tuple[int, Draft]] = []

    def open(self, lines: Sequence[str]) -> None:
        """Open the divisions that *lines* head, each below those of a higher rank."""
        for line in lines:
            match = _division(line)
            if match is None:
                self._name(line)
                continue
            rank, kind = _LEVELS[match["word"]]
            while self.stack and self.stack[-1][0] >= rank:
                self.stack.pop()
            draft = Draft(kind, match["number"], match["label"], match["heading"] or "")
            self.siblings().append(draft)
            self.stack.append((rank, draft))

    def siblings(self) -> list[Draft]:
        """Return the list to which what comes next belongs."""
        return self.stack[-1][1].children if self.stack else self.roots

    def _name(self, line: str) -> None:
        draft = self.stack[-1][1] if self.stack else None
        if draft is not None:
            draft.heading = f"{draft.heading} {line}".strip()


class BillSections:
    """Which heads are sections of a bill itself, among those of the code that it sets out.

    A bill of Congress or Texas prints its own in capitals; New York counts them (Section 1., § 2.) among § 1420. of
    the code; Illinois writes Section for its own and Sec. for a code's; others have a word for their own, and numbers
    alone for a code's.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.is_new_york = any(_NEW_YORK.match(line) for line in lines)
        self.is_illinois = any(_ILLINOIS.match(line) for line in lines)
        self.has_words = any(_ENACTMENT.match(line) for line in lines) and any(_BARE_HEAD.match(line) for line in lines)
        self.last = 0

    def is_head(self, line: str) -> bool:
        """Return whether a line heads a section: in a bill of New York, "Section 1420." begins a list of contents."""
        return not self.is_new_york or _FIRST.match(line) is not None or _CODE_SECTION.match(line) is None

    def includes(self, draft: Draft) -> bool:
        """Return whether a section is one of the bill itself."""
        if self.is_new_york:
            is_next = draft.number == str(self.last + 1)
            self.last += is_next
            return is_next
        if self.is_illinois:
            return draft.label.startswith("Section")
        return _IN_CAPITALS.match(draft.label) is not None or (
            self.has_words and _IN_WORDS.match(draft.label) is not None and draft.number.isdecimal()
        )


def _division(line: str) -> re.Match[str] | None:
    return _DIVISION.fullmatch(line) if len(line) < _LONGEST and line.isupper() else None
