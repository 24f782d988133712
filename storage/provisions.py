"""Provisions: a row for each numbered piece of a version, from which its tree is rebuilt exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage.codec import from_row, instant
from storage.database import rows, run, run_many, transaction
from storage.records import Provision, ProvisionKind


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One provision as one version had it, without its children."""

    version_id: str
    seen_at: datetime
    eid: str
    pid: str
    kind: ProvisionKind
    number: str
    label: str
    heading: str
    text: str
    citation: str


def add_all(db: Database, version_row: int, tree: Iterable[Provision]) -> None:
    """Store every provision of *tree* under a version's row, in reading order."""
    found = [_row(version_row, ordinal, parent, each) for ordinal, parent, each in _numbered(tree)]
    if found:
        with transaction(db):
            db.table("provisions").insert_all(found)


def remove_all(db: Database, version_row: int) -> None:
    """Remove the provisions of a version whose text is about to be replaced."""
    run(db, "DELETE FROM provisions WHERE version_row = :version_row", version_row=version_row)


def tree_of(db: Database, version_row: int) -> tuple[Provision, ...]:
    """Return the provisions of a version as they were stored."""
    sql = "SELECT * FROM provisions WHERE version_row = :version_row ORDER BY ordinal DESC"
    below: dict[int | None, list[Provision]] = {}
    for row in rows(db, sql, version_row=version_row):  # backwards: a provision's children come before it
        children = tuple(reversed(below.pop(row["ordinal"], [])))
        below.setdefault(row["parent"], []).append(_provision(row, children))
    return tuple(reversed(below.get(None, [])))


def set_pids(db: Database, version_row: int, pids: Mapping[str, str]) -> None:
    """Give provisions, named by eid, their persistent ids."""
    sql = "SELECT ordinal, eid FROM provisions WHERE version_row = :version_row"
    given = [
        (pids[r["eid"]], version_row, r["ordinal"]) for r in rows(db, sql, version_row=version_row) if r["eid"] in pids
    ]
    run_many(db, "UPDATE provisions SET pid = ? WHERE version_row = ? AND ordinal = ?", given)


def lineage(db: Database, instrument_id: str, eid: str) -> list[ProvisionRow]:
    """Return the provisions of all versions that share a persistent id with *eid* of the latest, oldest first."""
    return [from_row(ProvisionRow, row) for row in rows(db, _LINEAGE, instrument_id=instrument_id, eid=eid)]


def eid_now(db: Database, instrument_id: str, eid: str, meant_at: datetime, version_id: str) -> str | None:
    """Return how a version numbers the provision that was *eid* at *meant_at*; None when it has no such provision.

    Before the first version of an instrument its first one says what is meant; an *eid* no provision had is itself.
    """
    given = {"instrument_id": instrument_id, "eid": eid, "at": instant(meant_at), "version_id": version_id}
    meant = rows(db, _MEANT, **given)
    if not meant:
        return eid
    found = rows(db, _NUMBERED_NOW, pid=meant[0]["pid"], version_id=version_id)
    return found[0]["eid"] if found else None


_MEANT = """
WITH current AS (
  SELECT row FROM versions WHERE instrument_id = :instrument_id AND standing = 'confirmed'
    AND language = (SELECT language FROM versions WHERE id = :version_id)
  ORDER BY seen_at > :at, CASE WHEN seen_at <= :at THEN seen_at END DESC, seen_at,
    CASE WHEN seen_at <= :at THEN -row ELSE row END LIMIT 1)
SELECT pid FROM provisions JOIN current ON version_row = current.row WHERE eid = :eid AND pid <> ''
"""
_NUMBERED_NOW = """
SELECT eid FROM provisions JOIN versions ON versions.row = version_row WHERE versions.id = :version_id AND pid = :pid
"""
# the latest confirmed version that has the eid says which persistent id is meant
_LINEAGE = """
WITH meant AS (
  SELECT pid, language FROM provisions JOIN versions ON versions.row = version_row
  WHERE instrument_id = :instrument_id AND standing = 'confirmed' AND eid = :eid AND pid <> ''
  ORDER BY seen_at DESC, row DESC LIMIT 1)
SELECT provisions.*, versions.id AS version_id, seen_at FROM meant
  JOIN provisions ON provisions.pid = meant.pid
  JOIN versions ON versions.row = version_row AND versions.language = meant.language
WHERE instrument_id = :instrument_id AND standing = 'confirmed' ORDER BY seen_at, row, ordinal
"""


def _numbered(tree: Iterable[Provision]) -> Iterator[tuple[int, int | None, Provision]]:
    """Yield each provision with its ordinal and its parent's, in reading order, however deep the tree is."""
    waiting: list[tuple[int | None, Provision]] = [(None, each) for each in reversed(tuple(tree))]
    ordinal = 0
    while waiting:
        parent, provision = waiting.pop()
        yield ordinal, parent, provision
        waiting.extend((ordinal, child) for child in reversed(provision.children))
        ordinal += 1


def _row(version_row: int, ordinal: int, parent: int | None, provision: Provision) -> dict[str, Any]:
    columns = {name: getattr(provision, name) for name in _TEXTS}
    return {"version_row": version_row, "ordinal": ordinal, "parent": parent, "kind": provision.kind.value, **columns}


_TEXTS = ("eid", "pid", "number", "label", "heading", "text", "citation")


def _provision(row: Mapping[str, Any], children: tuple[Provision, ...]) -> Provision:
    return Provision(kind=ProvisionKind(row["kind"]), children=children, **{name: row[name] for name in _TEXTS})
