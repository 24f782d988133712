"""Acts as plain text and Markdown: recognised by their words alone, read without Markdown's own signs."""

from __future__ import annotations

import re

from storage.records import Note
from tracker.reading.authorities import table
from tracker.reading.europe.lines import clean
from tracker.reading.europe.references import NUMBER
from tracker.reading.europe.speech import speeches
from tracker.reading.formats.blocks import Block
from tracker.reading.formats.markdown import is_page, plain_text, tidy
from tracker.reading.structure import european_words

_READ = 40_000  # characters from which an act is recognised
_HEAD = 1_500  # characters in which its title stands
_SURE = 0.9
_SIGNS = re.compile(r"^\s{0,3}(?:#{1,6}|>)\s+|\*\*|__", re.M)
_UNION = re.compile(r"Official Journal of the European|\bELI: http|\beur-lex\.europa\.eu|\bTFEU\b|\bCELEX\b", re.I)
_LONGEST_TITLE = 80


def claims_text(text: str) -> float:
    """Return how surely a text is an act of the Union, 0 to 1: by its title, its articles and who made it."""
    sample = _SIGNS.sub("", text[:_READ])
    lines = [clean(line) for line in sample.splitlines() if len(line) < _LONGEST_TITLE]
    articles = sum(european_words.article_number(line) is not None for line in lines)
    if not articles:
        return 0.0
    head = sample[:_HEAD]
    title_line = NUMBER.search(head) is not None and any(speech.type.search(head) for speech in speeches().values())
    by_institution = any(name in head.casefold() for name in _institutions()) or _UNION.search(sample) is not None
    return min(_SURE, 0.45 * title_line + 0.3 * by_institution + 0.05 * min(articles, 3))


def lines_of_text(text: str) -> tuple[list[str], list[Note]]:
    """Return the lines of a text or Markdown file without the signs of Markdown, and what it does not show."""
    notes: list[Note] = []
    if not is_page(text):
        text, notes = plain_text(text)
    blocks, links = tidy([Block(line) for raw in text.splitlines() if (line := _SIGNS.sub("", raw).rstrip()).strip()])
    return [block.text for block in blocks], [*notes, *links]


def _institutions() -> list[str]:
    """Return the institutions by names long enough to mean nobody else."""
    return [name.casefold() for entry in table("europe") for name in entry.names if " " in name]
