"""Checks: every look at every page, with its outcome, also when nothing changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import insert, inserted_id, query
from storage.records import Check, Outcome, Snapshot
from storage.serialise import dumps, from_row, utc_iso

_BY_A_GOOD_CLOCK = "AND cause <> 'clock'"  # what servers contradicted may be dated in another year


@dataclass(frozen=True, slots=True)
class Looks:
    """When one source was first watched, last looked at, and last read: looked at without failing."""

    pages: int
    first_seen_at: datetime | None
    last_at: datetime | None
    last_good_at: datetime | None


def add(
    db: Database,
    page_id: int,
    checked_at: datetime,
    outcome: Outcome,
    status: int | None = None,
    snapshot_id: int | None = None,
    cause: str = "",
    text: str = "",
) -> int:
    """Note one look at a page and return its id."""
    row = {
        "page_id": page_id,
        "checked_at": utc_iso(checked_at),
        "outcome": outcome.value,
        "status": status,
        "snapshot_id": snapshot_id,
        "cause": cause,
        "text": text,
    }
    return inserted_id(insert(db, "checks", row))


def latest(db: Database) -> dict[int, Check]:
    """Return the last look at each page, however it ended, by page; none that a wrong clock dated."""
    return _last_of_each_page(db, _BY_A_GOOD_CLOCK)


def latest_good(db: Database) -> dict[int, Check]:
    """Return the last look at each page that did not fail, by page."""
    return _last_of_each_page(db, "AND outcome <> 'failed'")


def first_at(db: Database) -> dict[int, datetime]:
    """Return when each page that was looked at was first looked at."""
    sql = "SELECT id, (SELECT min(checked_at) FROM checks WHERE page_id = pages.id) AS at FROM pages"
    return {row["id"]: datetime.fromisoformat(row["at"]) for row in query(db, sql) if row["at"]}


def of_sources(db: Database) -> dict[str, Looks]:
    """Return how each source was looked at, whatever its pages were, by source."""
    return {row["source_id"]: from_row(Looks, row) for row in query(db, _OF_SOURCES)}


def latest_of_source(db: Database, source_id: str) -> list[Check]:
    """Return the last look at each page of one source that is still looked at."""
    sql = """
        SELECT checks.* FROM pages JOIN checks ON checks.id = (
          SELECT id FROM checks WHERE page_id = pages.id ORDER BY checked_at DESC, id DESC LIMIT 1)
        WHERE pages.source_id = :source_id AND pages.gone_at IS NULL ORDER BY pages.id
    """
    return [from_row(Check, row) for row in query(db, sql, source_id=source_id)]


def was_good(db: Database, page_id: int) -> bool:
    """Return whether any look at one page did not fail."""
    return bool(query(db, _WAS_GOOD, page_id=page_id))


def seen_again(db: Database, page_id: int, snapshot_id: int) -> bool:
    """Return whether a page, looked at again after a snapshot was new, still said the same."""
    return bool(query(db, _SEEN_AGAIN, page_id=page_id, snapshot_id=snapshot_id))


def of_page(db: Database, page_id: int) -> list[Check]:
    """Return every look at one page, oldest first."""
    rows = query(db, "SELECT * FROM checks WHERE page_id = :page_id ORDER BY checked_at, id", page_id=page_id)
    return [from_row(Check, row) for row in rows]


def since(db: Database, at: datetime) -> list[Check]:
    """Return every look made at *at* or later, oldest first."""
    # by the index of each page: one by time alone would grow with every look
    sql = """
        SELECT checks.* FROM pages CROSS JOIN checks ON page_id = pages.id AND checked_at >= :at
        ORDER BY checked_at, checks.id
    """
    return [from_row(Check, row) for row in query(db, sql, at=utc_iso(at))]


def after(db: Database, check_id: int) -> list[Check]:
    """Return every look noted after the one with this id, in the order they were noted."""
    rows = query(db, "SELECT * FROM checks WHERE id > :check_id ORDER BY id", check_id=check_id)
    return [from_row(Check, row) for row in rows]


def first_looks(db: Database, check_id: int) -> dict[int, int]:
    """Return how often each page was looked at that was never looked at before the check with this id was noted."""
    return {row["page_id"]: row["looks"] for row in query(db, _FIRST_LOOKS, check_id=check_id)}


# one step into an index for each page and outcome, however long its history
_OF_SOURCES = """
WITH looks AS (
  SELECT source_id, first_seen_at, gone_at,
    (SELECT max(checked_at) FROM checks WHERE page_id = pages.id AND cause <> 'clock') AS last_at,
    nullif(max(
      ifnull((SELECT max(checked_at) FROM checks WHERE page_id = pages.id AND outcome = 'new'), ''),
      ifnull((SELECT max(checked_at) FROM checks WHERE page_id = pages.id AND outcome = 'same'), ''),
      ifnull((SELECT max(checked_at) FROM checks WHERE page_id = pages.id AND outcome = 'not_modified'), '')), '')
      AS last_good_at
  FROM pages)
SELECT source_id, count(*) - count(gone_at) AS pages, min(first_seen_at) AS first_seen_at, max(last_at) AS last_at,
  max(last_good_at) AS last_good_at FROM looks GROUP BY source_id
"""
_FIRST_LOOKS = """
SELECT page_id, count(*) AS looks FROM checks WHERE id > :check_id
  AND NOT EXISTS (SELECT 1 FROM checks AS earlier WHERE earlier.page_id = checks.page_id AND earlier.id <= :check_id)
GROUP BY page_id ORDER BY min(id)
"""


def last(db: Database, page_id: int, outcomes: Collection[Outcome] = tuple(Outcome)) -> Check | None:
    """Return the last look at one page that ended in one of *outcomes*, if there was one."""
    sql = """
        SELECT * FROM checks WHERE page_id = :page_id AND outcome IN (SELECT value FROM json_each(:outcomes))
        ORDER BY checked_at DESC, id DESC LIMIT 1
    """
    rows = query(db, sql, page_id=page_id, outcomes=dumps([outcome.value for outcome in outcomes]))
    return from_row(Check, rows[0]) if rows else None


def validators(snapshot: Snapshot) -> dict[str, str]:
    """Return ``etag`` and ``last_modified`` of a kept snapshot, as far as its publisher gave them."""
    headers = {name.lower().replace("-", "_"): value for name, value in snapshot.headers.items()}
    return {name: headers[name] for name in ("etag", "last_modified") if headers.get(name)}


def _last_of_each_page(db: Database, condition: str) -> dict[int, Check]:
    # one step into the index per page: the history may be long, the pages are few
    sql = f"""
        SELECT checks.* FROM pages JOIN checks ON checks.id = (
          SELECT id FROM checks WHERE page_id = pages.id {condition} ORDER BY checked_at DESC, id DESC LIMIT 1)
    """  # noqa: S608 - the condition is one of two above
    return {row["page_id"]: from_row(Check, row) for row in query(db, sql)}


_WAS_GOOD = "SELECT 1 FROM checks WHERE page_id = :page_id AND outcome IN ('new', 'same', 'not_modified') LIMIT 1"
# of the looks that brought something new, which are few, the one that brought the snapshot; then one step further
_SEEN_AGAIN = """
SELECT 1 FROM checks AS again, (
  SELECT id, checked_at FROM checks WHERE page_id = :page_id AND outcome = 'new' AND snapshot_id = :snapshot_id LIMIT 1
  ) AS seen
WHERE again.page_id = :page_id AND again.outcome IN ('same', 'not_modified') AND again.checked_at >= seen.checked_at
  AND (again.checked_at, again.id) > (seen.checked_at, seen.id) LIMIT 1
"""
# one step into an index for each condition, however long the history of the page
_VALIDATORS = """
SELECT snapshots.headers FROM pages JOIN snapshots ON snapshots.id = (
  SELECT id FROM snapshots WHERE page_id = pages.id ORDER BY fetched_at DESC, id DESC LIMIT 1)
WHERE pages.source_id = :source_id AND pages.url = :page_url AND snapshots.url = :url
  AND EXISTS (SELECT 1 FROM checks WHERE page_id = pages.id AND outcome IN ('new', 'same') AND checked_at >= :since)
  AND (SELECT outcome FROM checks WHERE page_id = pages.id ORDER BY checked_at DESC, id DESC LIMIT 1) <> 'failed'
"""
