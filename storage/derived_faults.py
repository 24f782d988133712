"""Rows made out of readings (definitions, authorities, topics, dates, relations), held against the readings."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from storage.database.connection import query
from storage.records import Version

_FACTS = (
    ("definition", "SELECT term AS a, eid AS b, text AS c FROM definitions WHERE version_row = :row ORDER BY ordinal"),
    ("authority", "SELECT id AS a, name AS b, native AS c FROM authorities WHERE version_row = :row ORDER BY ordinal"),
    ("topic", "SELECT topic AS a, '' AS b, '' AS c FROM topics WHERE version_row = :row ORDER BY ordinal"),
)


def derived_faults(db: Database, version: Version, number: int) -> Iterator[str]:
    """Yield each row made out of a version, whose row number is *number*, that its reading does not say."""
    reading = version.reading
    said = {
        "definition": [(term.term, term.eid, term.text) for term in reading.definitions],
        "authority": [(body.id, body.name, body.native) for body in reading.authorities],
        "topic": [(topic, "", "") for topic in reading.topics],
    }
    for name, sql in _FACTS:
        rows = [(row["a"], row["b"], row["c"]) for row in query(db, sql, row=number)]
        if rows and rows != said[name]:
            yield f"{name} rows of version {version.id}: not what was read"
    dates = {(date.kind.value, date.on.isoformat() if date.on else None, date.basis) for date in reading.dates}
    for row in query(db, 'SELECT id, kind, "on", basis FROM milestones WHERE version_id = :id', id=version.id):
        if (row["kind"], row["on"], row["basis"]) not in dates:
            yield f"date {row['id']} of {version.id}: {row['kind']} {row['on']} is not what was read"
    relations = {(relation.kind.value, relation.target, relation.basis) for relation in reading.relations}
    for row in query(db, "SELECT id, kind, target, basis FROM relations WHERE version_id = :id", id=version.id):
        if (row["kind"], row["target"], row["basis"]) not in relations:
            yield f"relation {row['id']} of {version.id}: {row['kind']} {row['target']} is not what was read"
