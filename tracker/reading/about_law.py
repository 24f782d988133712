"""Tell a page about a law (press release, fact sheet, FAQ) from the law: the first never becomes a version of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from storage.records import Flaw
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.structure.draft import Extract

_LONGEST = 300  # characters of a headline
_EDGES = ' \t\n\r-–—:|·•.!»«"“”'


def about_flaws(source: OpenedPage, extract: Extract, title: str) -> Iterator[Flaw]:
    """Yield a fatal flaw for a page whose headline says that it speaks about a law."""
    for headline in dict.fromkeys((*_headlines(source), title, *_first_line(extract))):
        if is_about_law(headline):
            yield Flaw("about a law", f"about a law, not one: {headline[:_LONGEST]}", fatal=True)
            return


def is_about_law(headline: str) -> bool:
    """Return whether a headline is that of a press release, a fact sheet, questions and answers.

    >>> [is_about_law(t) for t in ("FACT SHEET: Lamps", "Lamps: FAQs", "An Act on facts", "《灯塔办法》答记者问")]
    [True, True, False, True]
    """
    text = " ".join(headline.split()).strip(_EDGES).casefold()
    return 0 < len(text) <= _LONGEST and _pattern().search(text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    table = tomllib.loads(resources.files(__package__).joinpath("about_law.toml").read_text(encoding="utf-8"))
    begins, ends, holds = (
        "|".join(sorted((re.escape(word.casefold()) for word in table[key]), key=len, reverse=True))
        for key in ("begins", "ends", "holds")
    )
    return re.compile(rf"^(?:{begins})(?!\w)|(?<![a-z])(?:{ends})$|(?:{holds})")


def _headlines(source: OpenedPage) -> Iterator[str]:
    """Yield the only first-level heading of a web page."""
    if source.format is Format.HTML:
        headings = source.soup.find_all("h1")
        yield from (tag.get_text(" ") for tag in headings[:1] if len(headings) == 1)


def _first_line(extract: Extract) -> Iterator[str]:
    """Yield the first line of what stands before the law."""
    yield from (note.text.split("\n", 1)[0] for note in extract.front[:1] if note.name == "preface")
