"""The lines of a page where they stand in its markup, with the words in them that a site may change by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from tracker.reading.formats.blocks import BREAKING_TAGS, NOT_TEXT, is_unseen, squeeze

LINK_SHARE = 0.5
"""Share of a line inside links from which it counts as one of a list of links."""
_DEEP = 4  # elements of the way to a line that name its place; more would differ from page to page
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s)?"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?[AaPp][Mm])?(?:\s?(?:UTC|GMT|Z)|[+-]\d{2}:?\d{2})?"
_DATE = (
    rf"(?:{_DAY}\d{{1,2}}\s{_MONTH},?\s\d{{4}}|{_DAY}{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)
INSTANT = re.compile(rf"{_DATE}(?:,?[T\s]?\s?{_TIME})?|{_TIME}")
TOKEN = re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{8,}")
COUNT = re.compile(r"\d{1,15}|\d{1,3}(?:[,. \u00a0\u202f']\d{3}){1,4}")
_VARIABLE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{INSTANT.pattern}|{TOKEN.pattern}|\d{{1,3}}(?:[,. \u00a0\u202f']\d{{3}})+(?!\d)|\d+)"
    r"(?![A-Za-z0-9])"
)
_VARIABLE_PART = re.compile(r"[0-9a-f]{6,}|\d+", re.I)
# what begins a provision in any of the four traditions: such a line is law, whatever it does
_LAW = re.compile(
    r"^\W{0,3}(?:第\s?[一二三四五六七八九十百千零〇0-9]+\s?[条章节款项编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9a-z]{1,4}[)）]|§|"
    r"(?:Article|Art\.|Section|Sec\.|Rule|Regulation|Chapter|Annex|Schedule|Part)\s?[0-9IVXLC]|\d{1,3}(?:\.\d{1,3}){0,3}[.)、]\s)",
    re.I,
)


@dataclass(slots=True)
class TextLine:
    """One line of a page; ``shape`` is its text with a # for each word of ``variables``, ``link`` its share in links.

    Two lines of one page may have path and shape in common: ``place`` says which of how many it is, so that a line more
    or fewer makes them all others.
    """

    path: str
    text: str
    link: float
    nodes: list[NavigableString]
    shape: str = ""
    variables: tuple[str, ...] = ()
    place: str = ""

    @property
    def is_law(self) -> bool:
        """Say whether the line begins as a provision does."""
        return begins_as_law(self.text)


@dataclass(slots=True)
class VariableRun:
    """Lines one after the other that are links and stand alike: a menu, or what else the site has to offer."""

    path: str
    place: str
    spots: list[TextLine] = field(default_factory=list)

    @property
    def is_law(self) -> bool:
        """Say whether one of the lines begins as a provision does, as an entry of a table of contents may."""
        return any(spot.is_law for spot in self.spots)


def begins_as_law(line: str) -> bool:
    """Say whether *line* begins with the number of a provision in one of the four traditions.

    >>> begins_as_law("第三条 提供者"), begins_as_law("(a) the keeper"), begins_as_law("Visits: 12")
    (True, True, False)
    """
    return _LAW.match(line) is not None


def spots_of(soup: BeautifulSoup) -> list[TextLine]:
    """Return the visible lines of *soup* in reading order."""
    spots = [spot for spot in _walk(soup) if spot.text]
    for spot in spots:
        spot.variables = tuple(match[0] for match in _VARIABLE.finditer(spot.text))
        spot.shape = _VARIABLE.sub("#", spot.text)
    of_kind = Counter((spot.path, spot.shape) for spot in spots)
    so_far: Counter[tuple[str, str]] = Counter()
    for spot in spots:
        kind = spot.path, spot.shape
        so_far[kind] += 1
        spot.place = f"{so_far[kind]} of {of_kind[kind]}"
    return spots


def runs_of(spots: list[TextLine]) -> list[VariableRun]:
    """Return the lists of links among *spots*, each named by which of how many in its kind of place it is."""
    groups = [
        (path, list(group))
        for (path, in_link), group in groupby(spots, lambda s: (s.path, s.link >= LINK_SHARE))
        if in_link
    ]
    of_path = Counter(path for path, _ in groups)
    so_far: Counter[str] = Counter()
    runs = []
    for path, group in groups:
        so_far[path] += 1
        runs.append(VariableRun(path, f"{so_far[path]} of {of_path[path]}", group))
    return runs


def words_at(spot: TextLine) -> Iterator[tuple[int, int]]:
    """Yield where in the text of *spot* each of its varying words begins and ends."""
    for match in _VARIABLE.finditer(spot.text):
        yield match.span()


def _walk(soup: BeautifulSoup) -> Iterator[TextLine]:
    line: list[tuple[NavigableString, bool]] = []
    at = ""
    stack: list[tuple[PageElement | None, tuple[str, ...], bool]] = [(soup, (), False)]
    while stack:
        node, way, in_link = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT):
                at = at if any(text.strip() for text, _ in line) else ">".join(way[-_DEEP:])
                line.append((node, in_link))
            continue
        if isinstance(node, Tag) and is_unseen(node):
            continue
        breaks = not isinstance(node, Tag) or node.name in BREAKING_TAGS or node.name == "br"
        if breaks and line:
            yield _spot(at, line)
            line = []
        if isinstance(node, Tag):
            further = (*way, _element_name(node)) if node.name in BREAKING_TAGS else way
            if breaks and node.name != "br":
                stack.append((None, way, in_link))
            stack.extend((child, further, in_link or node.name == "a") for child in reversed(node.contents))
    if line:
        yield _spot(at, line)


def _spot(path: str, line: list[tuple[NavigableString, bool]]) -> TextLine:
    sizes = [(len(text.strip()), in_link) for text, in_link in line]
    all_of_it = sum(size for size, _ in sizes)
    links = sum(size for size, in_link in sizes if in_link)
    text = squeeze("".join(text for text, _ in line))
    return TextLine(path, text, links / all_of_it if all_of_it else 0.0, [text for text, _ in line])


def _element_name(node: Tag) -> str:
    """Return an element's name with id and first class, less the numbers that a site may draw anew each time."""
    if not node.attrs:
        return node.name
    names = [str(node.get("id") or ""), *(str(name) for name in (node.get("class") or ())[:1])]
    return node.name + "".join(f".{_VARIABLE_PART.sub('#', name)}" for name in names if name)
