"""Rhythms: how often each page was looked at of late, and how often that brought something new."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import query
from storage.records import CheckHistory
from storage.serialise import from_row, utc_iso


def of_pages(db: Database, since: datetime) -> dict[int, CheckHistory]:
    """Return the rhythm since *since* of every page that was ever looked at, by page.

    One query, counted in the index: no look is read but the last one of each page. A change of a page of law is a
    version that was not rejected and not seen at the first look; of a list, an instant at which something new was
    found, shared among the lists of its source.
    """
    return {row["page_id"]: from_row(CheckHistory, row) for row in query(db, _RHYTHMS, since=utc_iso(since))}


_RHYTHMS = """
WITH good AS (
  SELECT page_id, count(*) AS looks, min(checked_at) AS first_at, max(checked_at) AS last_good_at
  FROM checks WHERE outcome <> 'failed' AND checked_at >= :since GROUP BY page_id),
texts AS (
  SELECT versions.page_id, count(*) AS changes FROM versions JOIN good USING (page_id)
  WHERE first = 0 AND standing <> 'rejected' AND seen_at > first_at GROUP BY versions.page_id),
found AS (
  SELECT source_id, count(DISTINCT first_seen_at) AS changes FROM pages
  WHERE discovered = 1 AND first_seen_at >= :since GROUP BY source_id),
lists AS (SELECT source_id, count(*) AS number FROM pages WHERE listing = 1 AND gone_at IS NULL GROUP BY source_id)
SELECT pages.id AS page_id, last.checked_at AS last_at, last.cause, last.status,
  ifnull(good.looks, 0) AS looks, good.first_at, good.last_good_at,
  (SELECT count(*) FROM checks WHERE page_id = pages.id AND outcome = 'failed'
    AND checked_at > ifnull(good.last_good_at, :since) AND cause <> 'clock') AS failures,
  CASE WHEN pages.listing = 1 THEN ifnull((found.changes + lists.number - 1) / lists.number, 0)
    ELSE ifnull(texts.changes, 0) END AS changes
FROM pages
JOIN checks AS last ON last.id = (
  SELECT id FROM checks WHERE page_id = pages.id AND cause <> 'clock' ORDER BY checked_at DESC, id DESC LIMIT 1)
LEFT JOIN good ON good.page_id = pages.id
LEFT JOIN texts ON texts.page_id = pages.id
LEFT JOIN found ON found.source_id = pages.source_id
LEFT JOIN lists ON lists.source_id = pages.source_id
"""
