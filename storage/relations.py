"""Relations: what one instrument says about another, a row with both ends; the second end may become known later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage.database.connection import execute, insert, query
from storage.records import Relation, RelationKind
from storage.serialise import dumps, from_row


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation as stored: whose words it is, and whom they are about as far as that is known.

    ``news`` says that it is told when its other end is known; ``told`` that this was done.
    """

    id: int
    instrument_id: str
    version_id: str
    kind: RelationKind
    target: str
    basis: str
    eid: str | None
    on: date | None
    news: bool
    told: bool
    target_id: str | None
    resolved_by: str
    candidates: tuple[str, ...]

    @property
    def relation(self) -> Relation:
        """The relation as it was read."""
        return Relation(self.kind, self.target, self.basis, self.eid, self.on)


def add(db: Database, instrument_id: str, version_id: str, relations_read: Iterable[Relation], *, news: bool) -> None:
    """Store what a version says about other instruments; what the instrument said before stays as it is."""
    for relation in relations_read:
        row = {
            "instrument_id": instrument_id,
            "version_id": version_id,
            "kind": relation.kind.value,
            "target": relation.target,
            "basis": relation.basis,
            "eid": relation.eid,
            "on": relation.on.isoformat() if relation.on else None,
            "news": int(news),
        }
        insert(db, "relations", row)


def unresolved_relations(db: Database) -> list[RelationRow]:
    """Return the relations whose other end is not known, and that were not tried against all that is known now."""
    newest = "(SELECT ifnull(max(id), 0) FROM identifiers)"
    return _rows(db, f"target_id IS NULL AND tried_at_row < {newest}")


def doubtful_relations(db: Database) -> list[RelationRow]:
    """Return the relations whose other end is not known exactly, though instruments are alike: for operators only."""
    return _rows(db, "target_id IS NULL AND candidates <> '[]'")


def untold_relations(db: Database) -> list[RelationRow]:
    """Return the relations that are news, whose ends are both known, and that nobody was told of; no amendments."""
    return _rows(db, "news = 1 AND told = 0 AND target_id IS NOT NULL AND kind <> 'amends'")


def untold_amendments(db: Database) -> list[RelationRow]:
    """Return the amendments that are news of an instrument we hold, and that nobody was told of."""
    return _rows(db, "news = 1 AND told = 0 AND target_id IS NOT NULL AND kind = 'amends'")


def of_instrument(db: Database, instrument_id: str) -> list[RelationRow]:
    """Return what an instrument says about others, in the order it was read."""
    return _rows(db, "instrument_id = :id", id=instrument_id)


def about_instrument(db: Database, instrument_id: str) -> list[RelationRow]:
    """Return what others say about an instrument, in the order it was read."""
    return _rows(db, "target_id = :id", id=instrument_id)


def resolve(db: Database, relation_id: int, target_id: str, scheme: str) -> None:
    """Note which instrument a relation is about, and by which scheme that was recognised."""
    sql = "UPDATE relations SET target_id = :target, resolved_by = :scheme, candidates = '[]' WHERE id = :id"
    execute(db, sql, id=relation_id, target=target_id, scheme=scheme)


def mark_tried(db: Database, relation_id: int, candidates: Iterable[str]) -> None:
    """Note that nothing known now is exactly what a relation is about, and what is alike."""
    sql = """
        UPDATE relations SET candidates = :candidates, tried_at_row = (SELECT ifnull(max(id), 0) FROM identifiers)
        WHERE id = :id
    """
    execute(db, sql, id=relation_id, candidates=dumps(list(candidates)))


def mark_told(db: Database, relation_id: int) -> None:
    """Note that whoever was to be told of a relation was told."""
    execute(db, "UPDATE relations SET told = 1 WHERE id = :id", id=relation_id)


def _rows(db: Database, condition: str, **params: str) -> list[RelationRow]:
    sql = f"SELECT * FROM relations WHERE {condition} ORDER BY id"  # noqa: S608 - conditions are ours
    return [from_row(RelationRow, row) for row in query(db, sql, **params)]
