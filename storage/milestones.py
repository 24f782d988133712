"""Milestones: the legal dates of an instrument as its latest text and other instruments give them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from storage.codec import from_row, to_row
from storage.database import insert, rows, run, transaction
from storage.records import Milestone, MilestoneKind


def replace(db: Database, instrument_id: str, version_id: str, milestones: Iterable[Milestone]) -> None:
    """Put the dates that *version_id* states in the place of those its earlier versions stated.

    What another instrument superseded stays superseded, also when the text still prints it; and a date another
    instrument set stays until the text itself states it.
    """
    with transaction(db):
        before = rows(db, "SELECT * FROM milestones WHERE instrument_id = :id", id=instrument_id)
        superseded = {(row["kind"], row["on"]): row["superseded_by"] for row in before if row["superseded_by"]}
        run(db, "DELETE FROM milestones WHERE instrument_id = :id AND version_id IS NOT NULL", id=instrument_id)
        for milestone in milestones:
            row = to_row(milestone) | {"instrument_id": instrument_id, "version_id": version_id}
            row["superseded_by"] = row["superseded_by"] or superseded.get((row["kind"], row["on"]))
            run(db, f"DELETE FROM milestones WHERE version_id IS NULL AND {_SAME}", **_same(row))  # noqa: S608
            insert(db, "milestones", row)


def of_instrument(db: Database, instrument_id: str) -> list[Milestone]:
    """Return the dates of an instrument, superseded ones included, in the order they were stated."""
    found = rows(db, "SELECT * FROM milestones WHERE instrument_id = :id ORDER BY id", id=instrument_id)
    return [from_row(Milestone, row) for row in found]


def supersede(
    db: Database,
    instrument_id: str,
    kind: MilestoneKind,
    old_on: date | None,
    by: str,
    new_on: date | None,
    basis: str,
) -> None:
    """Note that the instrument *by* put *new_on* in the place of a date; done twice it is done once."""
    row = to_row(Milestone(kind, new_on, basis)) | {"instrument_id": instrument_id, "version_id": None}
    old = {**_same(row), "on": old_on.isoformat() if old_on else None}
    with transaction(db):
        run(db, f"UPDATE milestones SET superseded_by = :by WHERE superseded_by IS NULL AND {_SAME}", **old, by=by)  # noqa: S608
        if not rows(db, f"SELECT id FROM milestones WHERE superseded_by IS NULL AND {_SAME}", **_same(row)):  # noqa: S608
            insert(db, "milestones", row)


_SAME = 'instrument_id = :instrument_id AND kind = :kind AND "on" IS :on'


def _same(row: dict[str, str | None]) -> dict[str, str | None]:
    return {name: row[name] for name in ("instrument_id", "kind", "on")}
