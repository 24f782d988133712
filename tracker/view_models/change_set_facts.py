"""What concerns a change set as a whole, as pages show it: amending act, from when it counts, the dates it moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlite_utils import Database

from storage import identifiers, instruments
from storage.records import AmendingAct, Comparison, Relation, RelationKind
from tracker.identity.resolution import resolve
from tracker.view_models.provision_links import text_path
from tracker.weigh.change_set.date_changes import notes_of_dates


@dataclass(frozen=True, slots=True)
class Other:
    """Another act: its title, and where it is read, with us or at its publisher; no address when neither is known."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class DateMove:
    """One row of the table of dates: which date, about what, as it was and as it is now."""

    what: str
    scope: str
    old: date | None
    new: date | None
    move: str


@dataclass(frozen=True, slots=True)
class ChangeSetFacts:
    """The top of a Change page: who changed the law, when, from when it counts, and which of its dates moved."""

    by: Other | None
    others: int
    is_corrigendum: bool
    by_on: date | None
    by_basis: str
    effect: date | None
    effect_basis: str
    dates: tuple[DateMove, ...]
    notes: tuple[str, ...]

    @property
    def is_told(self) -> bool:
        """Return whether there is more to show than that nothing is stated."""
        return bool(self.by or self.effect or self.dates)


def change_set_facts(db: Database, comparison: Comparison, instrument_id: str) -> ChangeSetFacts:
    """Return what a page says of a change set as a whole; notes that only repeat the table of dates are left out."""
    act, effect = comparison.amended_by, comparison.effect
    date_notes = set(notes_of_dates(comparison.dates))
    return ChangeSetFacts(
        by=amending_act_of(db, act, instrument_id) if act else None,
        others=act.others if act else 0,
        is_corrigendum=bool(act and act.is_corrigendum),
        by_on=act.on if act else None,
        by_basis=act.basis if act and act.basis != act.title else "",
        effect=effect.on,
        effect_basis=effect.basis,
        dates=tuple(
            DateMove(row.kind.replace("_", " "), row.scope, row.old, row.new, row.move.replace("_", " "))
            for row in comparison.dates
        ),
        notes=tuple(note for note in comparison.notes if note not in date_notes),
    )


def amending_act_of(db: Database, act: AmendingAct, instrument_id: str) -> Other:
    """Return an amending act with its page, when it is exactly one of the laws we hold."""
    instrument = instruments.find(db, instrument_id)
    relation = Relation(RelationKind.AMENDS, act.title or act.number, act.basis)
    resolution = resolve(
        relation,
        instrument.jurisdiction if instrument else "",
        partial(identifiers.instruments_with, db),
        instrument_id,
    )
    return Other(act.title or act.number, text_path(resolution.instrument_id) if resolution.instrument_id else "")
