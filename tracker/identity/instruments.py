"""Which instrument a reading is of: declared, or derived from CELEX, document number or title."""

from __future__ import annotations

import re
import unicodedata

from storage.records import Page, Reading, Source
from tracker.identity.resolution import corrigendum_of
from tracker.identity.schemes import numbers_of
from tracker.identity.titles import bare_title

_LONGEST = 60


def instrument_id(reading: Reading, source: Source, page: Page) -> str:
    """Return ``<jurisdiction>_<slug>`` for what *reading* is of; a draft is an instrument of its own."""
    corrigendum = corrigendum_of(reading)
    if corrigendum is not None:  # an act of its own, on whatever page it stands
        return f"{source.jurisdiction}_{slug(corrigendum.value)}"
    if source.instrument:
        return source.instrument
    if page.instrument_id:
        return page.instrument_id
    celex = next((number.value for number in numbers_of(reading) if number.scheme == "celex"), "")
    number = reading.number if source.jurisdiction in {"us", "in"} else ""
    name = celex or number or bare_title(reading.title) or page.url
    draft = "-draft" if reading.draft and not celex else ""
    return f"{source.jurisdiction}_{slug(name)}{draft}"


def title_of(reading: Reading, source: Source, page: Page) -> str:
    """Return what an instrument is called: as declared, by its text, by the list it was found on, or by its number."""
    if source.instrument:
        return source.title
    return next(filter(None, (reading.title, reading.title_native, page.title, reading.number)), "")


def names_of(reading: Reading, source: Source) -> tuple[str, ...]:
    """Return what an instrument is found by beside its titles: numbers, who made it, what a declaration calls it."""
    authorities = (name for authority in reading.authorities for name in (authority.name, authority.native))
    declared_titles = (source.title, source.title_native) if source.instrument else ()
    return tuple(filter(None, (reading.number, reading.uri, *declared_titles, *authorities)))


def slug(text: str) -> str:
    """Return *text* as an id part: letters of any script, digits and hyphens, at most 60 characters.

    >>> slug("Practice Rules, 2026 (G.S.R. 12(E))")
    'practice-rules-2026-g-s-r-12-e'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-")[:_LONGEST].strip("-") or "unnamed"
