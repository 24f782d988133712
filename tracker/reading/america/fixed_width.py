"""Law set in lines of a fixed width, as GPO's <pre> pages, New York's and Utah's bills print it: paragraphs again.

The margin's line numbers and the heads of its pages are furniture; a paragraph begins with a line set in further than
the lines it goes on with, and a word parted at the end of a line is one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from storage.records import Note

_LINE_NUMBER = re.compile(r"^(?P<space>\s{0,6})(?P<number>\d{1,4})(?=\s|$)")
_PAGE_HEAD = re.compile(
    r"^\s*(?:\[\[Page [^\]]{1,40}\]\]|[SA]\. \d{1,5}(?:-{1,2}[A-Z])?\s+\d{1,4}(?:\s+[SA]\. \d{1,5}(?:-{1,2}[A-Z])?)?|"
    r"(?:[SA]\. \d{1,5}(?:-{1,2}[A-Z])?\s+)?\d{1,4}\s+[SA]\. \d{1,5}(?:-{1,2}[A-Z])?|"
    r"EXPLANATION-{2}Matter in .*|\[ \] is old law to be omitted\.|LBD[\d-]+|<DOC>|<all>|[-=_*\s]{8,})\s*$"
)
_SET_IN = re.compile(r"^\s{2,}\S")
_WIDTH = 96  # characters of the longest line
_LEAST = 15
_STEP = 12  # columns at most between the first line of a paragraph and the lines it goes on with
_OPEN_WORD = re.compile(r"(?<=[a-z])-$")
_SENTENCE_END = re.compile(r"[.;:?!”\"')\]]\s*(?:and|or)?\s*$|--$|—$")
_MARKER = re.compile(r"\s*(?:\(\w{1,5}\)|\d{1,3}\.|§|SEC|Sec\.|Section)\s")
_SHARE = 0.3  # of a page's text: the site of Congress prints much around a bill
_SKIP = 3  # numbers that stand at empty lines may not be printed
_FULL = 58  # columns of a line that is full
_TITLES = ("AN ACT to ", "AN ACT relating ", "A BILL to ")
_AFTER_TITLE = ("The People of", "Be it enacted", "BE IT ENACTED")
_ALONE = ("[", "BILLING CODE")
_HEADS = ("SEC", "TITLE ", "SUBTITLE ", "PART ", "CHAPTER ")


def preformatted_text(soup: BeautifulSoup) -> str:
    """Return the text of a page that is one <pre>, or nothing when it is not."""
    texts = [tag.get_text() for tag in soup.find_all("pre")]
    whole = soup.body.get_text() if soup.body else ""
    return "\n".join(texts) if texts and len("".join(texts)) >= _SHARE * len(whole) else ""


def is_fixed_width(text: str) -> bool:
    """Return whether *text* is set in lines of a fixed width: none is long, and many are set in."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _LEAST or sum(len(line.rstrip()) > _WIDTH for line in lines) > len(lines) // 40:
        return False
    numbers = list(_margin(lines))
    return bool(numbers) or sum(_SET_IN.match(line) is not None for line in lines) >= len(lines) // 5


def paragraphs(text: str) -> tuple[list[str], list[Note]]:
    """Return the paragraphs of *text*, and what the margin and the heads of its pages print."""
    lines = text.replace("``", "“").replace("''", "”").splitlines()
    margin = dict(_margin(lines))
    furniture = [Note("line numbers", " ".join(margin.values()))] if margin else []
    body: list[str] = []
    for place, printed_line in enumerate(lines):
        number = margin.get(place, "")
        line = printed_line.replace(number, " " * len(number), 1) if number else printed_line
        if _PAGE_HEAD.match(line) and line.strip():
            furniture.append(Note("page head", line.strip()))
            continue
        body.append(line)
    return list(_join_into_paragraphs(_without_page_breaks(body))), furniture


def _margin(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that the margin numbers, when it numbers more than half of them: 1, 2, 3 … on each page."""
    pairs: list[tuple[int, str]] = []
    last, full = 0, 0
    for place, line in enumerate(lines):
        full += bool(line.strip() and pairs)  # New York numbers its lines from the enacting clause on
        match = _LINE_NUMBER.match(line)
        number = int(match["number"]) if match else 0
        if match and (number == 1 or last < number <= last + _SKIP):
            pairs.append((place, match["number"]))
            last = number
    if full and len(pairs) * 2 > full and len(pairs) > _LEAST // 2:
        yield from pairs


def _without_page_breaks(lines: Sequence[str]) -> list[str]:
    """Take out the empty lines that a page break leaves inside a sentence."""
    left: list[str] = []
    follower = _next_full(lines)
    for place, line in enumerate(lines):
        if not line.strip():
            before = left[-1] if left else ""
            after = follower[place]
            goes_on = before.strip() and not _SENTENCE_END.search(before) and after.strip()[:1].islower()
            if goes_on:
                continue
        left.append(line)
    return left


def _next_full(lines: Sequence[str]) -> list[str]:
    """Return for each line the next that is not empty."""
    follower, after = [""] * len(lines), ""
    for place in range(len(lines) - 1, -1, -1):
        after = lines[place] if lines[place].strip() else after
        follower[place] = after
    return follower


def _join_into_paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield each paragraph of *lines* as one line."""
    paragraph = _Paragraph()
    for line in lines:
        text = " ".join(line.split())
        column = len(line) - len(line.lstrip())
        if text and paragraph.goes_on_with(text, column):
            paragraph.add(text, column, len(line.rstrip()))
            continue
        if paragraph.pieces:
            yield paragraph.text
        paragraph = _Paragraph([text] if text else [], column, column, len(line.rstrip()), text.isupper())
    if paragraph.pieces:
        yield paragraph.text


@dataclass(slots=True)
class _Paragraph:
    """What of a paragraph was met: its pieces, the columns of its first and last line, and where the last ended."""

    pieces: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0
    end: int = 0
    is_heading: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str, column: int, end: int) -> None:
        if _OPEN_WORD.search(self.pieces[-1]) and text[:1].islower():
            self.pieces[-1] = self.pieces[-1][:-1]
            self.pieces.append(text)
        else:
            self.pieces.append(f" {text}")
        self.last, self.end = column, end
        self.is_heading = self.is_heading and text.isupper()

    def goes_on_with(self, text: str, column: int) -> bool:
        """Return whether a line goes on with it: set in less, as long lines do, or beginning in the middle."""
        if not self.pieces:
            return False
        if self.pieces[0].startswith(_TITLES):
            return not text.startswith(_AFTER_TITLE)
        if self.is_heading:
            return text.isupper() and column > self.first and self.pieces[0].startswith(_HEADS)
        begins = text.startswith(_ALONE) or (_MARKER.match(text) and _SENTENCE_END.search(self.pieces[-1]))
        return not begins and self._is_below(text, column)

    def _is_below(self, text: str, column: int) -> bool:
        if self.last < self.first:
            return column == self.last
        if column < self.first <= column + _STEP:
            return True
        is_marker = _MARKER.match(text) is not None
        if column == self.first == 0 and self.end >= _FULL and not is_marker:
            return True
        return text[:1].islower() and not _SENTENCE_END.search(self.pieces[-1]) and not is_marker
