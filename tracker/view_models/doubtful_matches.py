"""Doubtful matches: words about another law that are like the title of one we hold, and not exactly it.

A likeness goes to operators, never to readers.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage import instruments, relations
from tracker.view_models.change_set_facts import Other
from tracker.view_models.provision_links import text_path


@dataclass(frozen=True, slots=True)
class DoubtfulMatch:
    """What one instrument says of another that is not recognised, and which ones of ours it may mean."""

    by: Other
    kind: str
    target: str
    basis: str
    candidates: tuple[Other, ...]


def doubtful_matches(db: Database) -> list[DoubtfulMatch]:
    """Return every relation whose other end is only like an instrument we hold, in the order they were read."""
    return [
        DoubtfulMatch(
            _other(db, row.instrument_id),
            row.kind.value.replace("_", " "),
            row.target,
            row.basis,
            tuple(_other(db, candidate) for candidate in row.candidates),
        )
        for row in relations.doubtful_relations(db)
    ]


def _other(db: Database, instrument_id: str) -> Other:
    instrument = instruments.find(db, instrument_id)
    return Other(instrument.title or instrument_id if instrument else instrument_id, text_path(instrument_id))
