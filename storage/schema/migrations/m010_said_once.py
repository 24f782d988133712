"""Index what versions share once, which the next round does, and list events without reading them all."""

from __future__ import annotations

from sqlite_utils import Database


def m010_said_once(db: Database) -> None:
    """Index what versions share once, which the next round does, and list events without reading them all."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "search_standing" (
        "first" INTEGER PRIMARY KEY NOT NULL,
        "many" INTEGER NOT NULL,
        "version_row" INTEGER NOT NULL REFERENCES "versions"("row"),
        "ordinal" INTEGER NOT NULL
    ) STRICT
    """,
    'CREATE INDEX "idx_search_standing_version_row" ON "search_standing" ("version_row")',
    "CREATE INDEX events_latest ON events (at, id)",
    "CREATE INDEX events_of_jurisdiction ON events (jurisdiction, at, id)",
    "CREATE INDEX events_moved ON events (at, id) WHERE kind = 'date_moved'",
    "INSERT INTO search_words (search_words) VALUES ('delete-all')",
    "DELETE FROM search_groups",
)
