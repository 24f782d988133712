"""Open an Indian page as lines: from text, HTML, positioned HTML or PDF; furniture and the Hindi half set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup, Tag

from storage.records import Flaw, Note
from tracker.reading.formats.blocks import Block, blocks_of, lines_of
from tracker.reading.formats.markdown import is_page, plain_text, tables_as_rows, tidy
from tracker.reading.formats.pdf.model import HINDI
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.india.furniture import furniture_of, is_running_head
from tracker.reading.india.line import IndianLine
from tracker.reading.india.marks import without_marks
from tracker.reading.india.state_amendments import without_state_amendments
from tracker.reading.india.text import closed_up, hindi_share
from tracker.reading.structure.draft import ReadingContext

CONTAINERS = (
    "div.innner-page-main-about-us-content-right-part",
    "#NotificationUser",
    "#ltrDescription",
    "#example-min",
    "main",
)
_POSITION = re.compile(r"top:\s*(-?[\d.]+)pt;\s*left:\s*(-?[\d.]+)pt")
_NUMBER = re.compile(r"\d{1,4}")
_PAGE, _SURE = 12, 3  # fewer lines apart is a column of a table; fewer numbers prove nothing
_TAIL = re.compile(r"^Uploaded by Dte\.? of Printing|^Digitally signed by", re.I)


@dataclass(slots=True)
class OpenedGazette:
    """A page as lines of law, and what was set aside."""

    lines: list[IndianLine] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    language: str = "en"


def open_page(source: OpenedPage, hints: ReadingContext) -> OpenedGazette:
    """Return *source* as lines, less the gazette's furniture and the Hindi half."""
    gazette = OpenedGazette()
    lines = [replace(line, text=closed_up(line.text)) for line in _lines(source, hints, gazette)]
    lines = _without_tail(lines, gazette)
    if sum(hindi_share(line.text) > 0.5 for line in lines) > 0.9 * len(lines) and source.format is not Format.PDF:
        gazette.language = "hi"
        gazette.lines = lines
        return gazette
    lines, marks = without_marks(_sorted_out(lines, gazette))
    gazette.lines, of_states = without_state_amendments(lines)
    gazette.notes += [*marks.notes, *of_states]
    gazette.footnotes = marks.footnotes
    return gazette


def _lines(source: OpenedPage, hints: ReadingContext, gazette: OpenedGazette) -> list[IndianLine]:
    if source.format is Format.PDF:
        pdf = source.printed(furniture_of)
        gazette.furniture += pdf.furniture
        gazette.notes += pdf.notes
        gazette.flaws += pdf.flaws
        return [IndianLine(p.text, fresh=True, bold=p.bold, centred=p.centred) for p in pdf.paragraphs]
    if source.format is Format.HTML and is_page(source.text):
        pages = source.soup.select('div[id^="page"] > p[style*="top:"]')
        if pages:
            return _by_position(source.soup)
        tables_as_rows(source.soup)
        page_blocks = blocks_of(source.soup, hints.select, hints.remove, CONTAINERS)
        gazette.furniture += page_blocks.furniture
        return [_line(block, fresh=True) for block in page_blocks.main]
    text, markup = plain_text(source.text)
    blocks, links = tidy(lines_of(text))
    gazette.furniture += [*markup, *links]
    return [_line(block, fresh=False) for block in blocks]


def _line(block: Block, *, fresh: bool) -> IndianLine:
    return IndianLine(block.text, fresh, block.bold, block.align == "center" or block.tag == "h4")


def _by_position(soup: BeautifulSoup) -> list[IndianLine]:
    """Return text placed by coordinates in reading order: down each page, across each line."""
    lines: list[IndianLine] = []
    for page in soup.select('div[id^="page"]'):
        pieces = []
        for paragraph in page.find_all("p"):
            if isinstance(paragraph, Tag):
                match = _POSITION.search(str(paragraph.get("style") or ""))
                text = " ".join(paragraph.get_text().split())
                if text and match:
                    pieces.append((float(match[1]), float(match[2]), text))
                elif text:
                    pieces.append((1e9, 0.0, text))
        lines.extend(IndianLine(text) for text in _rows(sorted(pieces)))
    return lines


def _rows(pieces: list[tuple[float, float, str]]) -> list[str]:
    rows: list[list[tuple[float, float, str]]] = []
    for piece in pieces:
        if rows and piece[0] - rows[-1][0][0] <= 2.5:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(text for _, _, text in sorted(row, key=lambda p: p[1])) for row in rows]


def _without_tail(lines: list[IndianLine], gazette: OpenedGazette) -> list[IndianLine]:
    """Cut what the press prints after the law: the upload notice and the digital signature."""
    for place, line in enumerate(lines):
        if _TAIL.match(line.text) and len(lines) - place <= 12:
            gazette.furniture += [Note("signature", rest.text) for rest in lines[place:]]
            return lines[:place]
    return lines


def _page_numbers(lines: list[IndianLine]) -> set[int]:
    """Return the places of bare numbers that count the pages: each one more than the last, a page of lines apart."""
    places: list[int] = []
    for place, line in enumerate(lines):
        if not _NUMBER.fullmatch(line.text):
            continue
        if places and place - places[-1] >= _PAGE and int(line.text) == int(lines[places[-1]].text) + 1:
            places.append(place)
        elif len(places) < _SURE:
            places = [place]
    return set(places) if len(places) >= _SURE else set()


def _sorted_out(lines: list[IndianLine], gazette: OpenedGazette) -> list[IndianLine]:
    heads = {place for place, line in enumerate(lines) if is_running_head(line.text)}
    pages = _page_numbers(lines)
    rest: list[IndianLine] = []
    hindi: list[str] = []
    for place, line in enumerate(lines):
        name = furniture_of(line.text)
        if name:
            gazette.furniture.append(Note(name, line.text))
        elif place in pages or (_NUMBER.fullmatch(line.text) and heads & {place - 2, place - 1, place + 1, place + 2}):
            gazette.furniture.append(Note("page number", line.text))
        elif hindi_share(line.text) > 0.3:
            hindi.append(line.text)
        else:
            rest.append(line)
    if hindi:
        gazette.notes.append(Note(HINDI, "\n".join(hindi)))
        gazette.flaws.append(
            Flaw("hindi text layer", "the Hindi half is kept but unfit for comparison; English is read")
        )
    return rest
