"""Remember what hints at a change of a page, and count its looks without reading them."""

from __future__ import annotations

from sqlite_utils import Database


def m005_schedule(db: Database) -> None:
    """Remember what hints at a change of a page, and count its looks without reading them."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    "ALTER TABLE pages ADD COLUMN listed_on TEXT",
    "ALTER TABLE pages ADD COLUMN hinted_at TEXT",
    "UPDATE pages SET listed_on = published_on",
    "CREATE INDEX pages_of_url ON pages (url)",
    "CREATE INDEX checks_counted ON checks (page_id, outcome, checked_at)",
)
