"""Relations between instruments: kept as they are read, and joined when the law they speak of becomes known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqlite_utils import Database

from storage import identifiers, instruments, relations
from storage.records import Relation, RelationKind, Source, Version
from tracker.identity.resolution import candidates, corrigendum_of, identifiers_of, resolve


def remember_identity(db: Database, version: Version, source: Source, news: Iterable[Relation] = ()) -> None:
    """Note by what the instrument of *version* is recognised, and what it says about others; *news* is to be told."""
    instrument = instruments.get(db, version.instrument_id)
    identifiers.add(db, instrument.id, identifiers_of(version.reading, source, instrument))
    relations.add(db, instrument.id, version.id, news, news=True)
    relations.add(db, instrument.id, version.id, relations_said(version), news=False)


def relations_said(version: Version) -> tuple[Relation, ...]:
    """Return what a version says about others; the number of a corrigendum says which act it corrects."""
    relations_read = version.reading.relations
    corrigendum = corrigendum_of(version.reading)
    if corrigendum is None or any(relation.kind is RelationKind.CORRECTS for relation in relations_read):
        return relations_read
    act = corrigendum.value.split("R(")[0].split("/corrigendum")[0]
    return (*relations_read, Relation(RelationKind.CORRECTS, act, version.reading.title))


def join_relations(db: Database) -> None:
    """Fill the other end of each relation that is exactly known by now; done twice it is done once."""
    open_relations = relations.unresolved_relations(db)
    all_instruments = instruments.all_instruments(db) if open_relations else []
    jurisdictions = {instrument.id: instrument.jurisdiction for instrument in all_instruments}
    lookup = partial(identifiers.instruments_with, db)
    for row in open_relations:
        jurisdiction = jurisdictions[row.instrument_id]
        resolution = resolve(row.relation, jurisdiction, lookup, row.instrument_id)
        if resolution.instrument_id is not None and resolution.by is not None:
            relations.resolve(db, row.id, resolution.instrument_id, resolution.by.scheme)
        else:
            alike = (instrument for instrument in all_instruments if instrument.jurisdiction == jurisdiction)
            relations.mark_tried(db, row.id, candidates(row.relation, alike, row.instrument_id))
