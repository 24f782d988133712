"""Succession: which version of a law stands, and what becomes of the one before it, in one transaction.

The newest confirmed version of an instrument in one language stands in rows; when another takes its place it is packed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from storage import provisions, standing_rows
from storage.database.connection import query, transaction
from storage.records import Provision
from storage.text_store import pack_refs


def store(db: Database, version_row: int, tree: Iterable[Provision]) -> None:
    """Store what a version says, new or read again: in rows when it is the law as it stands, else packed."""
    with transaction(db):
        version = _version(db, version_row)
        before, newest = _standing_row(db, version), _newest(db, version)
        if newest == version_row:
            _replace(db, version, before, newest, tree)
        else:
            pack_refs.keep(db, version_row, tree, _like(db, version, version_row))
        _refresh_past(db, version, {before, newest} if before != version_row else {newest})


def settle(db: Database, version_row: int) -> None:
    """Let the newest confirmed version stand now that what is known of *version_row* is another than before."""
    with transaction(db):
        version = _version(db, version_row)
        before, newest = _standing_row(db, version), _newest(db, version)
        if newest != before:
            _replace(db, version, before, newest, provisions.tree_of(db, newest) if newest is not None else ())
        _refresh_past(db, version, {before, newest})


def _replace(
    db: Database, version: dict[str, Any], before: int | None, newest: int | None, tree: Iterable[Provision]
) -> None:
    was_law = False
    if before is not None and before != newest:
        pack_refs.keep(db, before, provisions.tree_of(db, before), _like(db, version, newest))
        was_law = _version(db, before)["standing"] == "confirmed"
    if newest is not None:
        standing_rows.forget_past(db, newest)
        standing_rows.replace(db, before, newest, tree, past=was_law)
        pack_refs.drop(db, newest)
    elif before is not None:
        standing_rows.remove(db, before, past=was_law)


def _refresh_past(db: Database, version: dict[str, Any], settled_rows: set[int | None]) -> None:
    """Find anew what only the past said of this version and of the one before it, but for *settled_rows*."""
    for row in query(db, _THIS_AND_BEFORE, **version):
        if row["row"] in settled_rows:
            continue
        standing_rows.forget_past(db, row["row"])
        if row["standing"] == "confirmed" and row["next_row"] is not None:
            ordinals = provisions.no_longer_said(db, row["row"], row["next_row"])
            standing_rows.remember_past(db, row["row"], ordinals)


def _like(db: Database, version: dict[str, Any], not_row: int | None) -> pack_refs.PackRefs:
    return pack_refs.like(db, version["instrument_id"], version["language"], not_row or 0)


def _standing_row(db: Database, version: dict[str, Any]) -> int | None:
    return standing_rows.standing_version(db, version["instrument_id"], version["language"])


def _newest(db: Database, version: dict[str, Any]) -> int | None:
    rows = query(db, _NEWEST, instrument_id=version["instrument_id"], language=version["language"])
    return rows[0]["row"] if rows else None


def _version(db: Database, version_row: int) -> dict[str, Any]:
    sql = "SELECT row, instrument_id, language, seen_at, standing FROM versions WHERE row = :row"
    [version] = query(db, sql, row=version_row)
    return version


_NEWEST = """
SELECT row FROM versions WHERE instrument_id = :instrument_id AND language = :language AND standing = 'confirmed'
ORDER BY seen_at DESC, row DESC LIMIT 1
"""
_NEXT = """
SELECT later.row FROM versions AS later
WHERE later.instrument_id = this.instrument_id AND later.language = this.language AND later.standing = 'confirmed'
  AND (later.seen_at, later.row) > (this.seen_at, this.row) ORDER BY later.seen_at, later.row LIMIT 1
"""
_THIS_AND_BEFORE = f"""
SELECT this.row, this.standing, ({_NEXT}) AS next_row FROM versions AS this
WHERE this.row = :row OR this.row = (
  SELECT row FROM versions WHERE instrument_id = :instrument_id AND language = :language AND standing = 'confirmed'
    AND (seen_at, row) < (:seen_at, :row) ORDER BY seen_at DESC, row DESC LIMIT 1)
ORDER BY this.row = :row
"""  # noqa: S608 - constants
