"""Keep until when comments are taken, as the list says that led to a page."""

from __future__ import annotations

from sqlite_utils import Database


def m014_comments_due(db: Database) -> None:
    """Keep until when comments are taken, as the list says that led to a page."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = ("ALTER TABLE pages ADD COLUMN comments_due_on TEXT",)
