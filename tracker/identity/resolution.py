"""Resolution: which law a relation speaks of, by its exact number or its exact title, else nothing. Pure.

A law whose title merely contains the words, or is contained in them, is a candidate for operators and never told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from storage.records import Identifier, Instrument, Reading, Relation, Source
from tracker.identity.schemes import fold_name, is_corrigendum, numbers_in, numbers_of
from tracker.identity.titles import bare_title, title_identifier

Lookup = Callable[[Identifier], Collection[str]]
_LEAST_CONTAINED = 10  # characters of a title that is no accident inside another


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which instrument a relation speaks of, by which identifier it was recognised; neither when that is not exact."""

    instrument_id: str | None = None
    by: Identifier | None = None


def identifiers_of(reading: Reading, source: Source, instrument: Instrument) -> tuple[Identifier, ...]:
    """Return everything an instrument is recognised by: the numbers it states, and its titles in normal form."""
    declared_titles = (source.title, source.title_native) if source.instrument == instrument.id else ()
    titles = (reading.title, reading.title_native, *declared_titles, instrument.title, instrument.title_native)
    # a title that quotes another law and does something to it is not the title of that law
    bare = (bare_title(title) for title in titles if title)
    identifiers = [
        *numbers_of(reading),
        *(title_identifier(title, draft=reading.draft) for title in (*titles, *bare) if title),
    ]
    return tuple(dict.fromkeys(identifier for identifier in identifiers if identifier is not None))


def identifiers_in(relation: Relation, jurisdiction: str) -> tuple[Identifier, ...]:
    """Return what a relation names the other law by: numbers first, then the whole of its words as a title."""
    title = title_identifier(relation.target)
    return (*numbers_in(relation, jurisdiction), *((title,) if title else ()))


def resolve(relation: Relation, jurisdiction: str, lookup: Lookup, own_id: str) -> Resolution:
    """Return the one instrument that *relation* speaks of; several with one name are a tie, and a tie is nothing.

    *lookup* returns the ids of the instruments that have an identifier; *own_id* is whose words the relation is.
    """
    for identifier in identifiers_in(relation, jurisdiction):
        ids = set(lookup(identifier)) - {own_id}
        if len(ids) == 1:
            return Resolution(ids.pop(), identifier)
        if ids:
            return Resolution()
    return Resolution()


def candidates(relation: Relation, instruments: Iterable[Instrument], own_id: str) -> tuple[str, ...]:
    """Return the instruments that *relation* might speak of by a likeness of titles: for operators, longest first."""
    words = fold_name(relation.target)
    length_of: dict[str, int] = {}
    for instrument in instruments:
        for title in {instrument.title, instrument.title_native} - {""}:
            name = fold_name(bare_title(title))
            alike = len(name) >= _LEAST_CONTAINED and name in words
            if instrument.id != own_id and (alike or (len(words) >= _LEAST_CONTAINED and words in name)):
                length_of[instrument.id] = max(length_of.get(instrument.id, 0), len(name))
    return tuple(sorted(length_of, key=lambda instrument_id: (-length_of[instrument_id], instrument_id)))


def corrigendum_of(reading: Reading) -> Identifier | None:
    """Return the number of a corrigendum that *reading* is, if it is one with a number of its own."""
    return next((number for number in numbers_of(reading) if is_corrigendum(number)), None)
