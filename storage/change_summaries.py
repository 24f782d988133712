"""Change summaries: change sets as lists show them, without their changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import query
from storage.serialise import dumps, from_row


@dataclass(frozen=True, slots=True)
class ChangeSetSummary:
    """A change set as a list shows it."""

    id: int
    instrument_id: str
    jurisdiction: str
    title: str
    title_native: str
    old: str
    new: str
    at: datetime
    summary: dict[str, int | str]


def list_sets(
    db: Database,
    *,
    jurisdiction: str = "",
    weights: Collection[str] = (),
    instrument_id: str = "",
    before_id: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[ChangeSetSummary]:
    """Return change sets, newest first; a filter that is empty lets everything through.

    *before_id* is a set behind which to go on, so that what is new meanwhile moves nothing.
    """
    rows = query(
        db,
        _SETS_OF_INSTRUMENT if instrument_id else _SETS_OF_ALL,
        jurisdiction=jurisdiction,
        weights=dumps(sorted(weights)),
        instrument_id=instrument_id,
        before=before_id,
        limit=limit,
        offset=offset,
    )
    return [from_row(ChangeSetSummary, row) for row in rows]


def of_ids(db: Database, set_ids: Collection[int]) -> list[ChangeSetSummary]:
    """Return the change sets with these numbers, newest first."""
    return [from_row(ChangeSetSummary, row) for row in query(db, _SETS_OF_IDS, ids=dumps(sorted(set_ids)))]


_SET_SUMMARY = """
SELECT change_sets.id, versions.instrument_id, jurisdiction, instruments.title, title_native, versions.id AS new,
  (SELECT before.id FROM versions AS before WHERE before.row = old_row) AS old, at, summary
"""
_FILTERS = """
WHERE (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:weights = '[]' OR json_extract(summary, '$.weight') IN (SELECT value FROM json_each(:weights)))
  AND (:before IS NULL OR (at, change_sets.id) < (SELECT at, id FROM change_sets WHERE id = :before))
"""
_NEWEST_FIRST = "ORDER BY at DESC, change_sets.id DESC LIMIT :limit OFFSET :offset"
# from the newest on, until enough are found; those of one instrument by its versions
_SETS_OF_ALL = f"""{_SET_SUMMARY} FROM change_sets CROSS JOIN versions ON versions.row = new_row
CROSS JOIN instruments ON instruments.id = versions.instrument_id {_FILTERS} {_NEWEST_FIRST}"""
_SETS_OF_INSTRUMENT = f"""{_SET_SUMMARY} FROM versions CROSS JOIN change_sets ON versions.row = new_row
CROSS JOIN instruments ON instruments.id = versions.instrument_id
{_FILTERS} AND versions.instrument_id = :instrument_id {_NEWEST_FIRST}"""
_SETS_OF_IDS = f"""{_SET_SUMMARY} FROM change_sets CROSS JOIN versions ON versions.row = new_row
CROSS JOIN instruments ON instruments.id = versions.instrument_id
WHERE change_sets.id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids)) ORDER BY at DESC, change_sets.id DESC"""  # noqa: S608 - only text of ours
