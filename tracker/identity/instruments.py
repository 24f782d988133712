"""Which instrument a reading is of: declared, or derived from CELEX, document number or title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from storage.records import Instrument, Page, Reading, Relation, Source

_CELEX = re.compile(r"^([0-9])([0-9]{4}[A-Z]{1,2}[0-9]{4})")
_STAGES = re.compile(r"[（(](?:征求意见稿|草案|修订草案|试行|draft|updated as on[^)]*)[）)]", re.IGNORECASE)
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_LONGEST = 60


def instrument_id(reading: Reading, source: Source, page: Page) -> str:
    """Return ``<jurisdiction>_<slug>`` for what *reading* is of; a draft is an instrument of its own."""
    if source.instrument:
        return source.instrument
    if page.instrument_id:
        return page.instrument_id
    celex = _celex(reading.uri)
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
    authorities = (name for each in reading.authorities for name in (each.name, each.native))
    declared = (source.title, source.title_native) if source.instrument else ()
    return tuple(filter(None, (reading.number, reading.uri, *declared, *authorities)))


def slug(text: str) -> str:
    """Return *text* as an id part: letters of any script, digits and hyphens, at most 60 characters.

    >>> slug("Practice Rules, 2026 (G.S.R. 12(E))")
    'practice-rules-2026-g-s-r-12-e'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+|_+", "-", folded).strip("-")[:_LONGEST].strip("-") or "unnamed"


def bare_title(title: str) -> str:
    """Return *title* without its stage ("（征求意见稿）", "(Updated as on …)"), and out of a notice that quotes it."""
    quoted = _QUOTED.search(title)
    return _STAGES.sub("", quoted[1] if quoted else title).strip()


def target_of(relation: Relation, instruments: Iterable[Instrument], numbers: dict[str, str]) -> str | None:
    """Return the id of the known instrument that *relation* speaks of, or None.

    *numbers* maps the folded document numbers of known instruments to their ids. A title counts when it is the same,
    or long enough to be no accident and contained.
    """
    wanted = _fold(relation.target)
    for number, known in numbers.items():
        if number and number in wanted and len(number) >= 5:
            return known
    best: tuple[int, str] | None = None
    for instrument in instruments:
        for title in {instrument.title, instrument.title_native} - {""}:
            folded = _fold(bare_title(title))
            if folded == wanted or (len(folded) >= 10 and folded in wanted) or (len(wanted) >= 10 and wanted in folded):
                best = max(best or (0, ""), (len(folded), instrument.id))
    return best[1] if best else None


def fold_number(number: str) -> str:
    """Return a document number without spaces, points and case, for comparing."""
    return _fold(number)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _celex(uri: str) -> str:
    """Return the CELEX number of the base act: sector 0, a consolidated text, is of the act of sector 3."""
    match = _CELEX.match(uri)
    if not match:
        return ""
    return ("3" if match[1] == "0" else match[1]) + match[2]
