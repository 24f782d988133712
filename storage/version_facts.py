"""Version facts: all that was read for a version beside its provisions; what lists ask is JSON, the rest is packed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlite_utils import Database

from storage.database.connection import insert, inserted_id, query
from storage.records import Authority, Reading
from storage.serialise import from_json, to_json
from storage.text_store import blobs


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """What lists say and ask of a version: kept as JSON, once for all versions in a row that agree in it."""

    title: str = ""
    number: str = ""
    type: str = ""
    topics: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    draft: bool = False


def keep(db: Database, reading: Reading, like: Mapping[str, Any] | None) -> dict[str, Any]:
    """Keep the facts that were read, leaning on a version that is *like* it, and return the columns that name them."""
    summary_json = to_json(VersionSummary(**{name: getattr(reading, name) for name in _SUMMARY_DEFAULTS}))
    rest = to_json(replace(reading, provisions=(), **_SUMMARY_DEFAULTS)).encode()
    return {
        "facts_id": _facts(db, summary_json, like["facts_id"] if like else None),
        "rest_id": blobs.put(db, rest, like["rest_id"] if like else None),
    }


def of_version(db: Database, row: Mapping[str, Any]) -> Reading:
    """Return what was read for a version, without its provisions."""
    [facts] = query(db, "SELECT listed FROM facts WHERE id = :id", id=row["facts_id"])
    summary = from_json(VersionSummary, facts["listed"])
    rest = from_json(Reading, blobs.get(db, row["rest_id"]).decode())
    return replace(rest, **{name: getattr(summary, name) for name in _SUMMARY_DEFAULTS})


def _facts(db: Database, summary_json: str, like: int | None) -> int:
    same = query(db, "SELECT id FROM facts WHERE id = :like AND listed = :listed", like=like, listed=summary_json)
    return same[0]["id"] if same else inserted_id(insert(db, "facts", {"listed": summary_json}))


_SUMMARY_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(VersionSummary)}
