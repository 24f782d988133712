"""Let no instrument be without a name: one that never had a title is called by its id."""

from __future__ import annotations

from sqlite_utils import Database


def m012_names(db: Database) -> None:
    """Let no instrument be without a name: one that never had a title is called by its id."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = ("UPDATE instruments SET title = coalesce(nullif(title_native, ''), id) WHERE title = ''",)
