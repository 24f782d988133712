"""Changes: the change set of each pair of versions, a row for each change, no text stored twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage.codec import dumps, from_json, from_row, instant, to_json, to_row
from storage.database import insert, rows, the_one, transaction
from storage.records import Change, ChangeKind, Comparison, Op, OpKind, Tag, Weight


@dataclass(frozen=True, slots=True)
class ChangeSetRow:
    """A change set without its changes, for lists; ``old`` and ``new`` are ids of versions."""

    id: int
    instrument_id: str
    old: str
    new: str
    at: datetime
    summary: dict[str, int | str]


def add_set(db: Database, *, old_version_id: str, new_version_id: str, comparison: Comparison, at: datetime) -> int:
    """Store what changed between two versions and return the id of the set; a pair that is known keeps its set."""
    row = {
        "old_version_id": old_version_id,
        "new_version_id": new_version_id,
        "at": instant(at),
        "summary": dumps(comparison.summary),
        "notes": to_json(comparison.notes),
        "pairs": dumps([old if old == new else [old, new] for old, new in comparison.pairs]),
        "replaced": int(comparison.replaced),
    }
    with transaction(db):
        set_id = insert(db, "change_sets", row)
        if set_id is None:
            known = set_of_pair(db, old_version_id, new_version_id)
            assert known is not None, "a change set is neither new nor known"
            return known
        if comparison.changes:
            db.table("changes").insert_all([_row(set_id, change) for change in comparison.changes])
        return set_id


def get_set(db: Database, set_id: int) -> Comparison:
    """Return what changed, as it was compared and weighed."""
    row = the_one(rows(db, "SELECT * FROM change_sets WHERE id = :id", id=set_id), f"change set {set_id}")
    found = rows(db, "SELECT * FROM changes WHERE change_set_id = :id ORDER BY id", id=set_id)
    pairs = ((each, each) if isinstance(each, str) else tuple(each) for each in json.loads(row["pairs"]))
    return Comparison(
        changes=tuple(_change(each) for each in found),
        summary=json.loads(row["summary"]),
        notes=from_json(tuple[str, ...], row["notes"]),
        pairs=tuple((old, new) for old, new in pairs),
        replaced=bool(row["replaced"]),
    )


def get_row(db: Database, set_id: int) -> ChangeSetRow:
    """Return the change set with this id without its changes: between which versions, and when."""
    return from_row(ChangeSetRow, the_one(rows(db, f"{_SETS} WHERE id = :id", id=set_id), f"change set {set_id}"))


def set_of_pair(db: Database, old_version_id: str, new_version_id: str) -> int | None:
    """Return the id of the change set of two versions, if they were compared."""
    sql = "SELECT id FROM change_sets WHERE old_version_id = :old AND new_version_id = :new"
    found = rows(db, sql, old=old_version_id, new=new_version_id)
    return int(found[0]["id"]) if found else None


def recent_sets(db: Database, limit: int = 50) -> list[ChangeSetRow]:
    """Return the latest change sets, newest first."""
    found = rows(db, f"{_SETS} ORDER BY at DESC, id DESC LIMIT :limit", limit=limit)
    return [from_row(ChangeSetRow, row) for row in found]


def of_instrument(db: Database, instrument_id: str) -> list[ChangeSetRow]:
    """Return the change sets of an instrument, oldest first."""
    found = rows(db, f"{_SETS} WHERE instrument_id = :instrument_id ORDER BY at, id", instrument_id=instrument_id)
    return [from_row(ChangeSetRow, row) for row in found]


_SETS = """
SELECT * FROM (
  SELECT change_sets.id, instrument_id, old_version_id AS old, new_version_id AS new, at, summary
  FROM change_sets JOIN versions ON versions.id = new_version_id)
"""


def _row(set_id: int, change: Change) -> dict[str, Any]:
    """Return the columns of a change; texts that its ops spell out, or that are the same, are left empty."""
    row = to_row(change) | {"change_set_id": set_id, "ops": dumps([_step(op) for op in change.ops])}
    if change.ops and _spelt_out(change.ops) == (change.old_text, change.new_text):
        row |= {"old_text": None, "new_text": None}
    elif change.old_text == change.new_text:
        row["new_text"] = None
    return row


def _change(row: Mapping[str, Any]) -> Change:
    ops = tuple(Op(OpKind(kind), *texts) for kind, *texts in json.loads(row["ops"]))
    old, new = row["old_text"], row["new_text"]
    if old is None:
        old, new = _spelt_out(ops)
    elif new is None:
        new = old
    return replace(_bare(row), old_text=old, new_text=new, ops=ops)


def _bare(row: Mapping[str, Any]) -> Change:
    return Change(
        kind=ChangeKind(row["kind"]),
        weight=Weight(row["weight"]),
        tags=from_json(tuple[Tag, ...], row["tags"]),
        **{name: row[name] for name in _TEXTS},
    )


_TEXTS = ("old_unit", "new_unit", "old_eid", "new_eid", "old_citation", "new_citation", "explanation")


def _step(op: Op) -> list[str]:
    return [op.kind.value, op.text, op.new] if op.new else [op.kind.value, op.text]


def _spelt_out(ops: tuple[Op, ...]) -> tuple[str, str]:
    """Return the old and the new text that *ops* lead from and to."""
    old = "".join(op.text for op in ops if op.kind is not OpKind.INSERT)
    new = "".join(op.new if op.kind is OpKind.FOLD else op.text for op in ops if op.kind is not OpKind.DELETE)
    return old, new
