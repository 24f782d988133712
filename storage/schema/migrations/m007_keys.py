"""Remember the keys of programs that write, and the sessions that were ended."""

from __future__ import annotations

from sqlite_utils import Database


def m007_keys(db: Database) -> None:
    """Remember the keys of programs that write, and the sessions that were ended."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "keys" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "name" TEXT NOT NULL,
        "sha256" TEXT NOT NULL,
        "made_at" TEXT NOT NULL,
        "ended_at" TEXT
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "idx_keys_sha256" ON "keys" ("sha256")',
    """
    CREATE TABLE "ended_sessions" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "expires_at" TEXT NOT NULL
    ) STRICT
    """,
)
